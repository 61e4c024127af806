//! Ways from what runs today, by hand (review F6).

use super::*;
use crate::catalog::RegionId;
use crate::model::testing::{CATALOG, plain, sku};
use crate::plan::Confirmation;
use crate::units::UnitPrice;
use rust_decimal::Decimal;

/// A plan that does not grow, with every size given and an hour of an engineer at $90: 160 h are $14,400.
fn fixed() -> Plan {
    let mut plan = plain(3.0, 1_000.0);
    (plan.workload.growth_per_year, plan.workload.load_growth_per_year) = (Ratio::ZERO, Some(Ratio::ZERO));
    (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
    (plan.rebuild.sku, plan.active.sku) = (sku("Balanced_B5"), sku("Balanced_B5"));
    plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(90)));
    plan.horizon.months = 36;
    plan
}

fn paid(total: &Total) -> Money {
    total.complete().expect("every price is known")
}

fn cents(text: &str) -> Money {
    Money::new(text.parse().expect("a decimal"))
}

fn migrations(path: &Path) -> Vec<(u32, Topology, bool, Money)> {
    let of = |step: &Step| match &step.change {
        Change::Migration { becomes, ends, .. } => {
            Some((step.month, *becomes, ends.is_some(), paid(&step.cost_once())))
        }
        _ => None,
    };
    path.steps.iter().filter_map(of).collect()
}

/// F6: replacing a pair today was free and cost $14,400 at retirement. Both pay 160 h × $90 and a month side by side now: the group in
/// month 1, the pair in month 22 (Premium ends on 2028-09-30, D6).
#[test]
fn a_pair_that_runs_is_replaced_at_the_same_price_now_and_at_its_end() {
    let mut plan = fixed();
    plan.passive.exists = Confirmation::Confirmed;
    let seen = horizon(&plan, &CATALOG);
    let [rebuild, pair, group] = &seen.paths;
    assert_eq!(migrations(group), [(1, Topology::Active, false, Money::whole(14_400))]);
    assert_eq!(migrations(pair), [(22, Topology::Active, true, Money::whole(14_400))]);
    assert_eq!(migrations(rebuild), [(1, Topology::Rebuild, false, Money::whole(14_400))]);
    let (month, both) = (|path: &Path, at: usize| paid(&path.months[at].bill), paid(&group.months[0].bill));
    assert_eq!(both, month(pair, 0) + month(group, 1), "the pair runs on beside it for a month");
    assert_eq!((pair.way, group.way, rebuild.way), (Origin::Runs, Origin::Moves, Origin::Moves));
    // 36 months of the group, a month of the pair, the move; and 22 of the pair, 15 of the group, the move.
    let (p, g) = (month(pair, 0), month(group, 1));
    assert_eq!(paid(&group.total()), g * Decimal::from(36) + p + Money::whole(14_400));
    assert_eq!(paid(&pair.total()), p * Decimal::from(22) + g * Decimal::from(15) + Money::whole(14_400));
}

/// D3: a group never has less memory or fewer shards, so a smaller one is made beside it: 160 h × $90 and a month of both. It is scaled to a larger
/// size where it stands, and so is a lone cache to any (Azure lists those that it may have); more caches than one are moved together.
#[test]
fn managed_redis_that_runs_is_kept_in_its_size_or_one_that_it_is_scaled_to() {
    for (topology, regions, caches, runs, size, way, becomes) in [
        (Topology::Active, 2, 1, "B10", "B10", Origin::Runs, None),
        (Topology::Active, 2, 1, "B5", "B10", Origin::Runs, Some("B5")),
        (Topology::Active, 2, 1, "B20", "B10", Origin::Moves, None),
        (Topology::Active, 2, 2, "B10", "B10", Origin::Moves, None),
        (Topology::Active, 1, 1, "B10", "B10", Origin::Moves, None),
        (Topology::Rebuild, 1, 1, "B10", "B10", Origin::Runs, None),
        (Topology::Rebuild, 1, 1, "B20", "B10", Origin::Runs, Some("B20")),
        (Topology::Rebuild, 1, 1, "B5", "B10", Origin::Runs, Some("B5")),
        (Topology::Rebuild, 1, 2, "B10", "B10", Origin::Moves, None),
        // A member of a group that stays alone is no smaller than the group.
        (Topology::Rebuild, 2, 1, "B10", "B10", Origin::Runs, None),
        (Topology::Rebuild, 2, 1, "B20", "B10", Origin::Moves, None),
    ] {
        let mut plan = fixed();
        let named = |size: &str| sku(&format!("Balanced_{size}"));
        (plan.rebuild.sku, plan.active.sku) = (named(size), named(size));
        (plan.today.sku, plan.today.regions, plan.today.caches) = (named(runs), regions, caches);
        (plan.today.grouped, plan.passive.exists) = (Confirmation::Confirmed, Confirmation::NotSo);
        let seen = horizon(&plan, &CATALOG);
        let path = seen.of(topology);
        let resized = path.steps.iter().find_map(|step| match &step.change {
            Change::Resize { from, .. } => Some(from[0].sku.short().to_owned()),
            _ => None,
        });
        assert_eq!((path.way, resized.as_deref()), (way, becomes), "{topology:?}: {caches} × {runs} → {size}");
        let month = paid(&path.months[35].bill) * Decimal::from(36);
        let once = if way == Origin::Moves {
            Money::whole(14_400) + paid(&month_of_today(&plan, &CATALOG).unwrap())
        } else {
            Money::ZERO
        };
        assert_eq!(paid(&path.total()), month + once, "{topology:?}: {caches} × {runs} → {size}");
        assert_eq!(keeps_what_runs(topology, &plan, &CATALOG), way == Origin::Runs);
    }
}

/// A region more is one more member of the group that runs (S3): a copy to it, and nothing else once.
#[test]
fn a_region_more_is_a_member_that_joins() {
    let mut plan = fixed();
    plan.add_member(RegionId::new("swedencentral"));
    (plan.today.sku, plan.today.regions, plan.today.grouped) = (sku("Balanced_B5"), 2, Confirmation::Confirmed);
    (plan.passive.exists, plan.pricing.active_egress) = (Confirmation::NotSo, crate::plan::EgressBilling::ListRate);
    let joins = horizon(&plan, &CATALOG);
    let path = joins.of(Topology::Active);
    let [step] = &path.steps[..] else { panic!("{:?}", path.steps) };
    let Change::Build { joining, .. } = step.change else { panic!("{step:?}") };
    assert_eq!((path.way, joining, step.once.len()), (Origin::Builds, 1, 1));
    let sent = step.once[0].quantity;
    assert!(keeps_what_runs(Topology::Active, &plan, &CATALOG));
    plan.today.sku = None;
    let made = horizon(&plan, &CATALOG);
    let both: Decimal = made.of(Topology::Active).steps[0].once.iter().map(|line| line.quantity).sum();
    assert_eq!(both, sent * Decimal::from(2), "of a new group two copies");
}

/// What nobody has said is not counted; where nothing runs only the first copies are: 3 GB from East US to North Europe at the dearer
/// list, $0.05 a GB, and absorbed for a group (D1).
#[test]
fn a_design_that_is_made_anew_pays_its_first_copies() {
    let mut plan = fixed();
    let unsaid = horizon(&plan, &CATALOG);
    plan.passive.exists = Confirmation::NotSo;
    let anew = horizon(&plan, &CATALOG);
    let more = Topology::ALL.map(|it| paid(&anew.of(it).months[0].cost()) - paid(&unsaid.of(it).months[0].cost()));
    assert_eq!(more, [Money::ZERO, cents("0.15"), Money::ZERO]);
    assert_eq!(Topology::ALL.map(|it| anew.of(it).way), [Origin::Builds; 3]);
}

/// Enterprise E10 in both regions until 2027-03-31 (D6), month 4. Its nodes cost what is entered; a group of B5 $455.52 of nodes
/// (2 × 2 × 730 h × 0.156) in East US and 1.08 × as much in North Europe. Waiting saves the difference for three months, or costs it.
#[test]
fn enterprise_is_left_now_or_at_its_end_whichever_costs_less() {
    let mut plan = fixed();
    plan.today.sku = sku("Enterprise_E10");
    plan.today.regions = 2;
    let nodes = |plan: &Plan| {
        let month = horizon(plan, &CATALOG).of(Topology::Active).months[10].clone();
        paid(&month.bill) - paid(&month.other)
    };
    for (today, month) in [(100, 4), (5_000, 1)] {
        plan.today.month = Some(Money::whole(today));
        let group = horizon(&plan, &CATALOG).of(Topology::Active).clone();
        let step = group.steps.iter().find(|step| matches!(step.change, Change::Migration { .. })).expect("a move");
        assert_eq!((step.month, group.way), (month, Origin::Moves), "{today}");
        let Change::Migration { otherwise: Some(otherwise), ends, .. } = &step.change else { panic!("both ways") };
        assert_eq!(ends.map(|(_, date)| date.to_string()).as_deref(), (month == 4).then_some("2027-03-31"));
        let apart = paid(otherwise) - paid(&group.total());
        let saved = (nodes(&plan) - Money::whole(today)) * Decimal::from(3);
        assert_eq!(apart, if month == 4 { saved } else { Money::ZERO - saved }, "{today}");
        // A whole month instead of a whole month: both pay beside their nodes what the group pays there.
        let Change::Migration { before, after, .. } = &step.change else { panic!("a move") };
        assert_eq!(paid(after) - paid(before), nodes(&plan) - Money::whole(today), "{today}");
        let beside = paid(&group.months[month as usize - 1].other);
        assert!(beside > Money::ZERO && paid(before) == Money::whole(today) + beside, "{before:?}");
    }
}

/// The same Enterprise cache alone in one region: a group or a pair that waited for its end would have no replica for three months, and meet
/// no target by it. Only the rebuild, which it is as good as, waits.
#[test]
fn a_single_cache_is_no_reason_to_wait() {
    let mut plan = fixed();
    (plan.today.sku, plan.today.regions) = (sku("Enterprise_E10"), 1);
    plan.today.month = Some(Money::whole(100));
    let seen = horizon(&plan, &CATALOG);
    let moved = |topology: Topology| migrations(seen.of(topology)).first().map(|it| it.0);
    assert_eq!([Topology::Active, Topology::Passive].map(moved), [Some(1), Some(1)]);
    assert_eq!(moved(Topology::Rebuild), Some(4), "the end of Enterprise");
}

/// One cache in each of two regions that are not linked is no replica of the other: a group moves now. Standard ends with Premium in month 22
/// (2028-09-30, D6), Enterprise in month 4; as one group, which the plan does not deny, Enterprise waits at $100 a month.
#[test]
fn lone_caches_in_two_regions_are_no_reason_to_wait() {
    let mut plan = fixed();
    (plan.today.regions, plan.today.month) = (2, Some(Money::whole(100)));
    let moved = |plan: &Plan| {
        let seen = horizon(plan, &CATALOG);
        [Topology::Rebuild, Topology::Active].map(|it| migrations(seen.of(it)).first().map(|it| it.0))
    };
    plan.today.sku = sku("Standard_C4");
    assert_eq!(moved(&plan), [Some(22), Some(1)]);
    plan.today.sku = sku("Enterprise_E10");
    assert_eq!(moved(&plan), [Some(4), Some(4)]);
    plan.today.grouped = Confirmation::NotSo;
    assert_eq!(moved(&plan), [Some(4), Some(1)]);
}

/// What runs costs the same whatever follows and wherever that stands: C4 in East US the $100 of its nodes and what a rebuild there pays beside
/// its own, also before one in Brazil South, whose own lines are others.
#[test]
fn what_runs_costs_the_same_whatever_replaces_it() {
    let mut plan = fixed();
    plan.data.export_interval = Some(crate::units::Secs::hours(6.0));
    (plan.today.sku, plan.today.regions) = (sku("Standard_C4"), 1);
    plan.today.month = Some(Money::whole(100));
    let month = |plan: &Plan, topology: Topology| {
        let path = horizon(plan, &CATALOG).of(topology).clone();
        path.steps.iter().find_map(|step| match &step.change {
            Change::Migration { before, .. } => Some(paid(before)),
            _ => None,
        })
    };
    let own = Topology::ALL.map(|it| month(&plan, it));
    let beside = paid(&horizon(&plan, &CATALOG).of(Topology::Rebuild).months[35].other);
    assert_eq!(own, [Some(Money::whole(100) + beside); 3]);
    // The pair that follows is left for a group at the end of Premium: its own month, and nothing of C4's.
    let pair = horizon(&plan, &CATALOG).of(Topology::Passive).clone();
    let left = pair.steps.iter().find_map(|step| match &step.change {
        Change::Migration { before, ends: Some(_), .. } => Some(paid(before)),
        _ => None,
    });
    assert_eq!(left, Some(paid(&pair.months[20].bill)));
    let mut far = plan.clone();
    far.regions.insert(0, crate::plan::RegionShare::new("brazilsouth", 0.0, 0.0));
    far.today.elsewhere = "eastus".to_owned();
    let moved = horizon(&far, &CATALOG);
    assert!(paid(&moved.of(Topology::Rebuild).months[35].other) > beside, "its clients are in other regions");
    assert_eq!(month(&far, Topology::Rebuild), own[0]);
    // Two Enterprise caches that are one group pay what a group does, and what lone ones do where they are none.
    (plan.today.sku, plan.today.regions) = (sku("Enterprise_E10"), 2);
    let of_group = paid(&horizon(&plan, &CATALOG).of(Topology::Active).months[35].other);
    assert_eq!(Topology::ALL.map(|it| month(&plan, it)), [Some(Money::whole(100) + of_group); 3]);
    plan.today.grouped = Confirmation::NotSo;
    assert_eq!(Topology::ALL.map(|it| month(&plan, it)), [Some(Money::whole(100) + beside); 3]);
}

/// Until a design takes over that waits, the months that a budget is held against are those of what runs: three at $100 and what it pays beside its
/// nodes, then the design's own. No larger size is named that nobody pays.
#[test]
fn a_design_that_waits_is_paid_from_its_move_on() {
    let mut plan = fixed();
    (plan.today.sku, plan.today.regions) = (sku("Enterprise_E10"), 2);
    plan.today.month = Some(Money::whole(100));
    (plan.workload.growth_per_year, plan.active.sku, plan.horizon.months) = (Ratio::percent(2_500.0), None, 12);
    let seen = horizon(&plan, &CATALOG);
    let (path, own) = (seen.of(Topology::Active), &seen.own[Topology::Active as usize]);
    let mut anew = plan.clone();
    anew.today = crate::plan::Today::default();
    let by_itself = horizon(&anew, &CATALOG).own[Topology::Active as usize].clone();
    assert_eq!(own.bills[..3], path.months[..3].iter().map(|it| paid(&it.bill)).collect::<Vec<_>>());
    assert!(own.bills[..3].iter().all(|it| *it < by_itself.bills[0]));
    assert_eq!(own.bills[3..], by_itself.bills[3..]);
    let (first, later) = (by_itself.next.unwrap(), own.next.clone().unwrap());
    assert!(first.0 <= 4 && later.0 > 4, "{first:?} {later:?}");
    assert_eq!(own.outgrown.as_ref().map(|it| it.0), Some(later.0));
}

/// A group's given size that does not hold the load is not what follows a pair: its path costs what it costs with an open size. The months
/// that a budget is held against go on as that group.
#[test]
fn what_follows_a_pair_holds_its_load() {
    let mut plan = fixed();
    plan.active.sku = None;
    let open = horizon(&plan, &CATALOG);
    plan.active.sku = sku("Balanced_B1");
    let small = horizon(&plan, &CATALOG);
    assert!(!small.of(Topology::Active).lacks.is_empty(), "3 GB do not fit into 1 GB");
    assert_eq!(small.of(Topology::Passive).total(), open.of(Topology::Passive).total());
    let own = &small.own[Topology::Passive as usize];
    assert_eq!((own.bills.len(), own.follows.as_ref().map(|it| it.0)), (36, Some(23)));
    assert_eq!(own.bills[..], *open.own[Topology::Passive as usize].bills);
    assert_eq!(own.bills[22], open.of(Topology::Active).months[22].bill.at_least(), "from then on the group's own");
}

/// By its price: E10 is 0.480 a node and hour in East US (S01, 0.960 for two), two nodes, 730 h: $700.80.
#[test]
fn what_runs_today_is_priced() {
    let mut plan = fixed();
    (plan.today.sku, plan.today.caches) = (sku("Enterprise_E10"), 3);
    let rebuild = horizon(&plan, &CATALOG).of(Topology::Rebuild).clone();
    let alone = paid(&rebuild.months[10].bill);
    let first = rebuild.months.iter().find(|month| month.caches.len() == 2).expect("a month side by side");
    assert_eq!(paid(&first.bill) - alone, cents("700.80") * Decimal::from(3));
}

/// Z10: of what is left as much is exchanged as the new commitment is worth, and the rest is refunded up to $50,000 a year. 12 months at
/// $120,000 leave $110,000 after the month side by side, so $60,000 are lost without a new term; at $12,000 nothing is.
#[test]
fn a_prepaid_term_is_exchanged_or_refunded_up_to_the_limit() {
    let lost = |plan: &Plan| {
        let group = horizon(plan, &CATALOG).of(Topology::Active).clone();
        let found = group.steps.iter().find_map(|step| match step.change {
            Change::Migration { lost, .. } => Some(lost),
            _ => None,
        });
        found.expect("a move")
    };
    let mut plan = fixed();
    plan.passive.exists = Confirmation::Confirmed;
    (plan.today.prepaid, plan.today.prepaid_months) = (Some(Money::whole(120_000)), 12);
    assert_eq!(lost(&plan), Money::whole(60_000));
    plan.today.prepaid = Some(Money::whole(12_000));
    assert_eq!(lost(&plan), Money::ZERO);
    // 11 of 12 months of $12,000 are left after the month side by side: nothing is lost, and nobody claims it by itself.
    let rests = |plan: &Plan| horizon(plan, &CATALOG).costs([None; 3]).of(Topology::Active).exchanged.clone();
    let rest = rests(&plan)[0];
    assert_eq!((rest.left, rest.worth, rest.of_today), (11, Money::whole(11_000), true));
    assert!(rests(&Plan { today: crate::plan::Today::default(), ..plan.clone() }).iter().all(|it| !it.of_today));
    // A group of X500 for three years commits more than what is left.
    plan.today.prepaid = Some(Money::whole(120_000));
    (plan.pricing.reservation, plan.active.sku) = (Some(ReservationTerm::ThreeYears), sku("ComputeOptimized_X500"));
    assert_eq!(lost(&plan), Money::ZERO);
    // Three years of B5 take what they cost: 2 nodes at $1,845 in East US and 2 at $2,034 in North Europe are $7,758 (S01). $102,242 are left,
    // of which $50,000 are refunded.
    plan.active.sku = sku("Balanced_B5");
    let off = lost(&plan) - Money::whole(52_242);
    assert!(off < cents("0.01") && off > cents("-0.01"), "{off:?}");
    // Of $60,000 for 12 months $55,000 are left: $7,758 are exchanged and $47,242 refunded.
    plan.today.prepaid = Some(Money::whole(60_000));
    assert_eq!(lost(&plan), Money::ZERO);
}

/// A single AMR cache is the rebuild; a pair would be another service. A group's name is given when a database is created, and one that joins
/// loses its data (S3): a cache that runs alone moves to a group, 160 h × $90 and no traffic (D1), in month 1 since nothing ends. Caches in every
/// region are the group, unless the plan says that they are none.
#[test]
fn managed_redis_that_runs_is_a_group_only_where_it_is_one() {
    let mut plan = fixed();
    plan.today.sku = sku("Balanced_B5");
    let ways = |plan: &Plan| Topology::ALL.map(|it| horizon(plan, &CATALOG).of(it).way);
    assert_eq!(ways(&plan), [Origin::Runs, Origin::Moves, Origin::Moves]);
    let moved = migrations(horizon(&plan, &CATALOG).of(Topology::Active));
    assert_eq!(moved, [(1, Topology::Active, false, Money::whole(14_400))]);
    plan.today.regions = 2;
    assert_eq!(ways(&plan), [Origin::Runs, Origin::Moves, Origin::Runs]);
    plan.today.grouped = Confirmation::NotSo;
    assert_eq!(ways(&plan), [Origin::Runs, Origin::Moves, Origin::Moves]);
    plan.today.sku = sku("Premium_P1");
    assert_eq!(ways(&plan), [Origin::Moves, Origin::Builds, Origin::Moves]);
}
