//! What runs, and paths, dates and money of a move, each with where its expected value comes from.

mod target_sizes;

use super::*;
use crate::catalog::SkuId;
use crate::model::testing::{CATALOG, plain, sku};
use crate::plan::{Confirmation, DataClass, DataPart, Network};
use crate::units::{Bytes, Money, Range, Secs, UnitPrice};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// A pair that runs, of a size and with shards.
fn pair(size: &str, shards: Option<u32>, dataset_gb: f64) -> Plan {
    let mut plan = plain(dataset_gb, 1_000.0);
    plan.passive.exists = Confirmation::Confirmed;
    (plan.passive.sku, plan.passive.shards) = (sku(size), shards);
    plan
}

/// Caches that run, no pair.
fn runs(size: &str, caches: u32, regions: u32, dataset_gb: f64) -> Plan {
    let mut plan = plain(dataset_gb, 1_000.0);
    plan.passive.exists = Confirmation::NotSo;
    (plan.today.sku, plan.today.caches, plan.today.regions) = (sku(size), caches, regions);
    plan
}

fn moved(plan: &Plan, target: Topology) -> Migration {
    migration(plan, &CATALOG, target, None).unwrap()
}

fn short(id: Option<&SkuId>) -> &str {
    id.map_or("none", SkuId::short)
}

/// What runs, told apart by size, shards, capacity and regions. E10 × 2 in a region is capacity 4 (S30).
#[test]
fn what_runs_is_one_kind() {
    let kind = |plan: &Plan| moved(plan, Topology::Active).running;
    let cases = vec![
        (pair("Premium_P2", Some(3), 10.0), Kind::Pair, 3, "2028-09-30"),
        (pair("Premium_P2", Some(0), 5.0), Kind::Pair, 0, "2028-09-30"),
        (runs("Premium_P3", 1, 1, 10.0), Kind::Premium, 0, "2028-09-30"),
        (runs("Premium_P1", 4, 1, 10.0), Kind::Premium, 4, "2028-09-30"),
        (runs("Standard_C3", 1, 1, 4.0), Kind::Standard, 0, "2028-09-30"),
        (runs("Basic_C3", 1, 1, 4.0), Kind::Basic, 0, "2028-09-30"),
        (runs("Enterprise_E10", 2, 1, 10.0), Kind::Enterprise, 4, "2027-03-31"),
        (runs("Enterprise_E10", 1, 2, 8.0), Kind::EnterpriseGroup, 2, "2027-03-31"),
        (runs("EnterpriseFlash_F300", 1, 2, 8.0), Kind::FlashGroup, 3, "2027-03-31"),
    ];
    for (plan, expected, units, ends) in cases {
        let running = kind(&plan);
        assert_eq!((running.kind, running.units, running.last_day.to_string().as_str()), (expected, units, ends));
    }
    let mut apart = runs("Enterprise_E10", 1, 2, 8.0);
    apart.today.grouped = Confirmation::NotSo;
    assert_eq!(kind(&apart).kind, Kind::Enterprise);
}

#[test]
fn nothing_to_move_says_why() {
    let why = |plan: &Plan| migration(plan, &CATALOG, Topology::Active, None).unwrap_err();
    let mut plan = plain(5.0, 1_000.0);
    assert_eq!(why(&plan), NothingToMove::Unsaid);
    plan.passive.exists = Confirmation::NotSo;
    assert_eq!(why(&plan), NothingToMove::Nothing);
    assert_eq!(why(&runs("Balanced_B10", 1, 1, 5.0)), NothingToMove::Managed);
    assert_eq!(why(&runs("Premium_P9", 1, 1, 5.0)), NothingToMove::Unknown);
}

/// Which paths apply to which kind, and the reason against the others: D5, Z4, Z5, Z6.
#[test]
fn paths_apply_or_say_why_not() {
    use PathKind::{DualWrite, ExportImport, InPlace, Rewarm, Rolling, Tool, UnlinkFirst};
    let why = |plan: &Plan, path| moved(plan, Topology::Active).path(path).unwrap().outcome.clone().err();
    let two = pair("Premium_P2", Some(0), 5.0);
    let public = |mut plan: Plan| {
        plan.passive.network = Network::Public;
        plan
    };
    let mut injected = two.clone();
    injected.passive.network = Network::VnetInjected;
    let mut only_here = public(runs("Standard_C3", 1, 1, 3.0));
    only_here.data.parts = vec![DataPart { class: DataClass::HeldOnlyHere, ..part() }];
    let group = runs("Enterprise_E10", 1, 2, 5.0);
    let cases: [(&Plan, PathKind, Option<WhyNot>); 20] = [
        (&two, DualWrite, None),
        (&two, ExportImport, None),
        (&two, UnlinkFirst, None),
        (&two, Tool, Some(WhyNot::GeoLinked)),
        (&two, Rolling, Some(WhyNot::OnlyEnterpriseGroup)),
        (&two, InPlace, Some(WhyNot::OnlyEnterprise)),
        (&injected, UnlinkFirst, Some(WhyNot::Injected)),
        (&runs("Standard_C3", 1, 1, 3.0), Tool, Some(WhyNot::PrivateEndpoint)),
        (&public(runs("Standard_C3", 1, 1, 3.0)), Tool, None),
        (&only_here, Tool, Some(WhyNot::HeldOnlyHere)),
        (&only_here, Rewarm, Some(WhyNot::HeldOnlyHere)),
        (&runs("Standard_C3", 1, 1, 3.0), ExportImport, Some(WhyNot::NoExport)),
        (&runs("Standard_C3", 1, 1, 3.0), UnlinkFirst, Some(WhyNot::NoLink)),
        (&group, Rolling, None),
        (&group, InPlace, Some(WhyNot::GeoLinked)),
        (&group, Tool, Some(WhyNot::OnlyClassic)),
        (&runs("Enterprise_E10", 1, 1, 5.0), InPlace, None),
        (&runs("Enterprise_E10", 1, 1, 5.0), Rolling, Some(WhyNot::OnlyEnterpriseGroup)),
        (&runs("EnterpriseFlash_F300", 1, 2, 5.0), Rolling, Some(WhyNot::FlashInGroup)),
        (&runs("EnterpriseFlash_F300", 1, 2, 5.0), DualWrite, None),
    ];
    for (plan, path, expected) in cases {
        assert_eq!(why(plan, path), expected, "{path:?} of {:?}", moved(plan, Topology::Active).running.kind);
    }
    let rebuilt = moved(&group, Topology::Rebuild);
    assert_eq!(rebuilt.path(Rolling).unwrap().outcome, Err(WhyNot::NoGroupFollows));
}

fn part() -> DataPart {
    DataPart::new("sessions", 0.5, 0.5, DataClass::Unknown, crate::plan::Conflicts::Unknown)
}

fn figures(plan: &Plan, path: PathKind) -> Figures {
    moved(plan, Topology::Active).path(path).unwrap().figures().unwrap().clone()
}

/// Two P2 without shards in East US and North Europe, four nodes at the catalogue's prices: a month side by side costs their month,
/// and 160 h at $90 are $14,400. The tool needs 6 min, and the month counts all the same.
#[test]
fn running_twice_costs_the_old_nodes_for_the_time_side_by_side() {
    let mut plan = pair("Premium_P2", Some(0), 5.0);
    plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(90)));
    let node = |region: &str| {
        let region = crate::catalog::RegionId::new(region);
        CATALOG.node_amount(&SkuId::new("Premium_P2"), &region).unwrap().as_decimal()
    };
    let month = Money::new((node("eastus") + node("northeurope")) * Decimal::from(2 * 730));
    for path in [PathKind::DualWrite, PathKind::ExportImport, PathKind::Rewarm, PathKind::UnlinkFirst] {
        let figures = figures(&plan, path);
        assert_eq!(figures.beside, Secs::hours(730.0), "{path:?}");
        assert_eq!(figures.twice.complete(), Some(month), "{path:?}");
        assert_eq!(figures.once.complete(), Some(Money::whole(14_400)), "a group's traffic is absorbed (D1)");
    }
    // Half a month: the longest key lives 365 h, and no month side by side is planned.
    (plan.horizon.parallel_months, plan.migration.longest_ttl) = (0, Secs::hours(365.0));
    plan.migration.client_switch = Range::exactly(Secs::ZERO);
    assert_eq!(
        figures(&plan, PathKind::DualWrite).twice.complete(),
        Some(Money::new(month.as_decimal() / Decimal::TWO))
    );
}

/// A group of two Enterprise clusters: each member runs beside its successor for a link and a day; nothing else runs twice. In place
/// nothing does.
#[test]
fn rolling_pays_a_member_at_a_time_and_in_place_pays_nothing_twice() {
    let mut plan = runs("Enterprise_E10", 1, 2, 5.0);
    plan.today.month = Some(Money::whole(7_300));
    plan.migration.client_switch = Range::exactly(Secs::hours(24.0));
    let rolling = figures(&plan, PathKind::Rolling);
    let each = rolling.least.as_hours();
    assert!(each > 24.0 && each < 25.0, "{each}");
    let paid = rolling.twice.complete().unwrap().as_f64_for_charts();
    assert!((paid - 10.0 * each).abs() < 0.01, "$10 an hour: {paid} for {each} h");
    let mut alone = runs("Enterprise_E10", 1, 1, 5.0);
    alone.today.month = Some(Money::whole(7_300));
    assert_eq!(figures(&alone, PathKind::InPlace).twice.complete(), Some(Money::ZERO));
}

/// 160 h of one person are 28 days. A month of 730 h holds 7 d of writes to both and 2 × 1 d of clients, and 514 h to wait; at worst clients take
/// 2 × 7 d: 168 + 336 + 514 h are 43 days. 71 days before 2028-09-30 is 2028-07-21 (by `date`). Enterprise in place: 28 days and a day of an
/// hour and ten minutes before 2027-03-31 is 2027-03-02.
#[test]
fn the_latest_day_to_begin_is_the_last_day_less_the_move() {
    let schedule = figures(&pair("Premium_P2", Some(0), 5.0), PathKind::DualWrite).schedule;
    assert_eq!((schedule.prepare, schedule.beside, schedule.latest.to_string().as_str()), (28, 43, "2028-07-21"));
    assert_eq!(schedule.late_by(), 0);
    let mut plan = runs("Enterprise_E10", 1, 1, 5.0);
    let schedule = figures(&plan, PathKind::InPlace).schedule;
    assert_eq!((schedule.beside, schedule.latest.to_string().as_str()), (1, "2027-03-02"));
    plan.horizon.start = "2027-03-12".parse().unwrap();
    assert_eq!(figures(&plan, PathKind::InPlace).schedule.late_by(), 10);
    let later = migration(&plan, &CATALOG, Topology::Active, Some("2027-03-05".parse().unwrap())).unwrap();
    let given = later.path(PathKind::InPlace).unwrap().figures().unwrap().schedule;
    assert_eq!(given.late_by(), 3, "from a day that is passed in");
}

/// Unlink first, the steps of the runbook by hand: unlink 2/6/15 min, the endpoints as long, a tool of 5/6/30 min, a member of 7/10/14 min, and
/// its link.
#[test]
fn unlink_first_leaves_a_gap_and_the_others_leave_none() {
    let mut plan = pair("Premium_P2", Some(0), 5.0);
    plan.passive.network = Network::Public;
    let without = figures(&plan, PathKind::UnlinkFirst).gap;
    plan.passive.network = Network::PrivateEndpoint;
    let all = moved(&plan, Topology::Active);
    for (path, figures) in all.applying() {
        match figures.gap {
            Gap::Lasts(gap) if path.path == PathKind::UnlinkFirst => {
                let link = gap.map(|it| it.as_secs() / 60.0);
                let steps = [16.0, 28.0, 74.0];
                assert!(link.low > steps[0] && link.mode > steps[1] && link.high > steps[2], "{gap:?}");
                let Gap::Lasts(open) = without else { panic!("{without:?}") };
                let endpoints = [gap.low - open.low, gap.high - open.high].map(|it| (it.as_secs() / 60.0).round());
                assert_eq!(endpoints, [2.0, 15.0]);
            }
            gap => assert_eq!(gap, Gap::Lasts(Range::exactly(Secs::ZERO)), "{:?}", path.path),
        }
    }
    assert_eq!(all.first_choice().unwrap().path, PathKind::DualWrite);
    let lone = moved(&runs("Standard_C3", 1, 1, 3.0), Topology::Active);
    assert!(lone.applying().all(|(_, figures)| figures.gap == Gap::NoneToday));
}

/// Writes stop from the export until every region has moved: twice the copy, the repointing and the reconnect. With private endpoints unlink
/// first keeps clients out while the endpoints go (as an unlink, 2–15 min), the tool runs (5–30 min) and the name leads elsewhere.
#[test]
fn the_downtime_lasts_until_the_last_client_has_moved() {
    let mut plan = pair("Premium_P2", Some(0), 5.0);
    plan.recovery.repoint = Range::exactly(Secs::mins(20.0));
    plan.recovery.reconnect = Range::exactly(Secs::mins(1.0));
    plan.migration.name_switch = Range::exactly(Secs::mins(3.0));
    let export = figures(&plan, PathKind::ExportImport);
    assert!(export.copy.high > Secs::ZERO);
    assert_eq!(export.downtime.high, export.copy.high + export.copy.high + Secs::mins(21.0));
    plan.passive.network = Network::Public;
    assert_eq!(figures(&plan, PathKind::UnlinkFirst).downtime, Range::exactly(Secs::mins(3.0)));
    plan.passive.network = Network::PrivateEndpoint;
    let off = figures(&plan, PathKind::UnlinkFirst).downtime;
    assert_eq!((off.low, off.high), (Secs::mins(10.0), Secs::mins(48.0)));
    // In place: 3 min at best and 15–60 min of the run, and 1–10 min for endpoints in the new zone.
    let mut alone = runs("Enterprise_E10", 1, 1, 5.0);
    alone.migration.name_switch = Range::exactly(Secs::mins(3.0));
    alone.active.network = Network::Public;
    assert_eq!(figures(&alone, PathKind::InPlace).downtime.high, Secs::mins(60.0));
    alone.active.network = Network::PrivateEndpoint;
    let off = figures(&alone, PathKind::InPlace).downtime;
    assert_eq!((off.low, off.high), (Secs::mins(4.0), Secs::mins(70.0)));
}

/// A region without a price: what runs twice is unknown, no path is ranked, and none is free.
#[test]
fn an_unknown_price_ranks_no_path() {
    let catalog = CATALOG.without_node_prices(&crate::catalog::RegionId::new("eastus"));
    let all = migration(&runs("Enterprise_E5", 1, 2, 3.0), &catalog, Topology::Active, None).unwrap();
    assert_eq!(all.old_month.complete(), None);
    let rolling = all.path(PathKind::Rolling).unwrap().figures().unwrap();
    assert_eq!((rolling.twice.complete(), rolling.rank()), (None, None));
    assert!(!rolling.twice.missing().is_empty() && all.first_choice().is_none());
}

#[test]
fn clients_meet_what_their_service_lacked() {
    let pair = moved(&pair("Premium_P2", Some(0), 5.0), Topology::Active).changes;
    let group = moved(&runs("Enterprise_E10", 1, 2, 5.0), Topology::Active).changes;
    for change in [ClientChange::Port, ClientChange::OneDatabase, ClientChange::ClusterPolicy] {
        assert!(pair.contains(&change) && !group.contains(&change), "{change:?}");
    }
    assert!(pair.contains(&ClientChange::HostName) && group.contains(&ClientChange::HostName));
}

fn any_running() -> impl Strategy<Value = Plan> {
    let sizes = prop::sample::select(vec![
        "Premium_P1",
        "Premium_P3",
        "Standard_C3",
        "Basic_C0",
        "Enterprise_E5",
        "Enterprise_E20",
        "EnterpriseFlash_F700",
    ]);
    let ranges = (0.05..200.0, 1.0..200_000.0, 0_u32..6, 1_u32..4);
    (sizes, ranges, any::<bool>(), 0_u32..4, 0.0..2_000.0).prop_map(
        |(size, (gb, writes, caches, regions), two, months, ttl)| {
            let mut plan =
                if two { pair("Premium_P2", Some(caches), gb) } else { runs(size, caches.max(1), regions, gb) };
            plan.workload.writes = crate::units::OpsPerSec::per_s(writes);
            plan.assumptions.crdt_factor = Range::new(1.0, 1.4, 2.0);
            (plan.horizon.parallel_months, plan.migration.longest_ttl) = (months, Secs::hours(ttl));
            plan
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// A path without a complete cost is in no ranking; side by side leaves no gap; the size by need holds the data with its factor; a
    /// larger factor asks for no less.
    #[test]
    fn laws_of_a_move(plan in any_running(), group in any::<bool>()) {
        let target = if group { Topology::Active } else { Topology::Rebuild };
        let all = moved(&plan, target);
        if let Some(first) = all.first_choice() {
            prop_assert!(first.figures().unwrap().cost().complete().is_some());
        }
        let unpriced = all.old_month.complete().is_none();
        for (path, figures) in all.applying() {
            if path.path == PathKind::DualWrite {
                prop_assert_eq!(figures.gap.worst(), Secs::ZERO);
                prop_assert!(figures.beside >= plan.migration.longest_ttl);
            }
            prop_assert_eq!(figures.rank().is_some(), figures.cost().complete().is_some());
            let free = figures.beside <= Secs::ZERO;
            prop_assert!(!unpriced || free || figures.twice.complete().is_none(), "{:?}", path.path);
            prop_assert!(figures.least <= figures.beside);
        }
        let mut before = Bytes::ZERO;
        for need in &all.sizes.needs {
            let Some(sku) = need.sku.as_ref().map(|id| CATALOG.sku(id).unwrap()) else { continue };
            prop_assert!(need.asked.as_bytes() <= sku.memory.as_bytes() * (1.0 + 1e-9), "{need:?}");
            prop_assert!(need.memory >= before, "{:?}", all.sizes.needs);
            before = need.memory;
        }
    }
}
