use super::*;
use crate::catalog::SkuId;
use crate::evaluate::evaluate;
use crate::model::Case;
use crate::model::cost::bill;
use crate::model::fit::{SizeChoice, smallest};
use crate::model::horizon::first_design;
use crate::plan::{EgressBilling, Network};
use crate::report::explored::bill_bands::sentence;
use crate::units::Currency;
use crate::units::{OpsPerSec, Ratio};
use proptest::prelude::*;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled().unwrap());

fn span(low: f64, high: f64) -> Span {
    Span { low: Ratio::fraction(low), high: Ratio::fraction(high) }
}

/// Every volume is a range, every line is there.
fn ranged() -> Plan {
    let mut plan = Plan::default();
    (plan.workload.spread.rates, plan.workload.spread.data) = (span(0.5, 2.0), span(0.8, 3.0));
    (plan.passive.network, plan.active.network) = (Network::PrivateEndpoint, Network::PrivateEndpoint);
    plan.pricing.active_egress = EgressBilling::ListRate;
    plan
}

fn even_regions(names: &[&str]) -> Vec<crate::plan::RegionShare> {
    let share = 1.0 / names.len() as f64;
    names.iter().map(|name| crate::plan::RegionShare::new(name, share, share)).collect()
}

/// Two regions whose factors are read from price lists, of Premium too.
fn listed_prices() -> Vec<crate::plan::RegionShare> {
    even_regions(&["eastus", "canadacentral"])
}

/// A pair of P2 in Japan East and Sweden Central, where both factors are estimated; everything else is a point.
fn estimated() -> Plan {
    let mut plan = Plan::default();
    plan.outages.per_year = Range::exactly(0.25);
    plan.assumptions.crdt_factor = Range::exactly(1.5);
    plan.regions = even_regions(&["japaneast", "swedencentral"]);
    plan.passive.sku = Some(SkuId::new("Premium_P2"));
    plan
}

/// By hand: half of the mass rises from low ÷ factor to 1, so that P05 is low + √(2 × 5 %) × (1 − low). Premium in Japan East is
/// 1.39 (1.03 to 1.51), in Sweden Central 1.14 (1.00 to 1.24). Facts: prices-2026-11, region-factors.csv.
#[test]
fn an_estimated_price_spreads_its_line_and_the_total() {
    let plan = estimated();
    let bill = evaluate(&plan, &CATALOG).answers.passive.bill;
    let band = bands(&plan, Topology::Passive);
    assert_eq!(band.ranged, ["regional prices"]);
    let nodes = |at: usize| (bill.lines[at].amount.unwrap().as_f64_for_charts(), band.lines[at].unwrap());
    for (at, factor, low, high) in [(0, 1.39, 1.03, 1.51), (1, 1.14, 1.00, 1.24)] {
        let (own, line) = nodes(at);
        let (low, high) = (low / factor, high / factor);
        let p05 = low + f64::sqrt(0.1) * (1.0 - low);
        let p95 = high - f64::sqrt(0.1) * (high - 1.0);
        assert!((line.p05.value / own / p05 - 1.0).abs() < 1e-3, "{} against {p05}", line.p05.value / own);
        assert!((line.p95.value / own / p95 - 1.0).abs() < 1e-3, "{} against {p95}", line.p95.value / own);
    }
    // Two factors are independent: the total is narrower than both ends together, and wider than either alone.
    let width = |band: Bands| band.p95.value - band.p05.value;
    let (japan, sweden) = (width(nodes(0).1), width(nodes(1).1));
    let total = width(band.total);
    assert!(total < japan + sweden && total > japan.max(sweden), "{total} of {japan} and {sweden}");
    let rest: Vec<usize> = (2..bill.lines.len()).filter(|at| bill.lines[*at].factor().is_none()).collect();
    assert!(rest.iter().all(|at| band.lines[*at].is_none_or(|it| it.p95.value <= it.p05.value)), "nothing else moves");
}

/// One factor of a region is common to all its lines: nodes and drill caches of one region move as one, so the quantiles add up.
#[test]
fn lines_of_one_region_are_dear_together() {
    let mut plan = estimated();
    plan.regions = even_regions(&["eastus", "japaneast"]);
    plan.pricing.drills_per_year = 12;
    plan.pricing.drill_cache_hours = Decimal::from(24);
    let bill = evaluate(&plan, &CATALOG).answers.passive.bill;
    let band = bands(&plan, Topology::Passive);
    let of_factor: Vec<usize> = (0..bill.lines.len()).filter(|at| bill.lines[*at].factor().is_some()).collect();
    let sum =
        |quantile: fn(&Bands) -> f64| -> f64 { of_factor.iter().map(|at| quantile(&band.lines[*at].unwrap())).sum() };
    let rest = bill.total.at_least().as_f64_for_charts() - bill.by_factor()[0].amount.as_f64_for_charts();
    for quantile in [|band: &Bands| band.p05.value, |band: &Bands| band.p95.value] {
        let (lines, total) = (sum(quantile) + rest, quantile(&band.total));
        assert!((lines / total - 1.0).abs() < 1e-6, "{lines} against {total}");
    }
}

fn bands(plan: &Plan, topology: Topology) -> BillBands {
    bill_bands(plan, &CATALOG, topology, BILL_SAMPLING)
}

/// 95 % quantile of a triangle: high − √(5 % × width × (high − mode)).
#[test]
fn one_line_follows_its_triangle() {
    let mut plan = ranged();
    plan.outages.per_year = Range::exactly(0.25);
    plan.passive.sku = Some(SkuId::new("Premium_P2"));
    plan.workload.spread.data = Span::default();
    let evaluation = evaluate(&plan, &CATALOG);
    let bill = &evaluation.passive.bill;
    let band = bands(&plan, Topology::Passive);
    let place = bill.lines.iter().position(|line| line.kind == LineKind::Egress).unwrap();
    let (line, own) = (band.lines[place].unwrap(), bill.lines[place].amount.unwrap().as_f64_for_charts());
    let expected = [0.5 + f64::sqrt(0.05 * 1.5 * 0.5), 2.0 - f64::sqrt(0.5 * 1.5), 2.0 - f64::sqrt(0.05 * 1.5)];
    for (quantile, factor) in [line.p05, line.p50, line.p95].into_iter().zip(expected) {
        assert!((quantile.value / own / factor - 1.0).abs() < 1e-3, "{} against {factor}", quantile.value / own);
    }
    let nodes = band.lines[0].unwrap();
    assert_eq!((nodes.p05, nodes.p95.value), (nodes.p95, bill.lines[0].amount.unwrap().as_f64_for_charts()));
}

#[test]
fn without_a_range_the_band_is_the_bill() {
    let mut plan = Plan::default();
    plan.assumptions.crdt_factor = Range::exactly(1.5);
    plan.outages.per_year = Range::exactly(0.25);
    plan.regions = listed_prices();
    let evaluation = evaluate(&plan, &CATALOG);
    for (topology, bill) in evaluation.bills() {
        let band = bands(&plan, topology);
        assert!(band.is_point() && band.lines.len() == bill.lines.len());
        assert_eq!(money(band.total.p50.value).to_cents(), bill.total.at_least().to_cents());
        assert!(sentence(&band, bill.currency).ends_with(": no volume, no rate and no price of this bill is a range."));
    }
}

#[test]
fn only_a_group_stands_on_the_crdt_factor() {
    let mut plan = Plan::default();
    plan.outages.per_year = Range::exactly(0.25);
    plan.regions = listed_prices();
    assert!(bands(&plan, Topology::Passive).is_point() && bands(&plan, Topology::Rebuild).is_point());
    assert_eq!(bands(&plan, Topology::Active).ranged, ["CRDT factor"]);
}

/// The full syncs of a pair follow the outages that cause a part of them: 31 a year and two for each outage a year.
#[test]
fn the_rate_of_outages_moves_what_full_syncs_cost() {
    let mut plan = Plan::default();
    plan.outages.per_year = Range::new(0.1, 0.25, 10.0);
    plan.regions = listed_prices();
    let bill = evaluate(&plan, &CATALOG).answers.passive.bill;
    let place = bill.lines.iter().position(|line| line.kind == LineKind::FullSyncs).unwrap();
    let own = bill.lines[place].amount.unwrap().as_f64_for_charts();
    let pair = bands(&plan, Topology::Passive);
    assert_eq!(pair.ranged, ["outage rate"]);
    // Median of the triangle: high − √(half × width × (high − mode)).
    let middle = 10.0 - f64::sqrt(0.5 * 9.9 * 9.75);
    let expected = own * (31.0 + 2.0 * middle) / 31.5;
    let line = pair.lines[place].unwrap();
    assert!((line.p50.value / expected - 1.0).abs() < 1e-3, "{} against {expected}", line.p50.value);
    let more = line.p50.value - own;
    assert!((pair.total.p50.value - bill.total.at_least().as_f64_for_charts() - more).abs() < 1e-3 * more);
    // Absorbed traffic costs nothing however often it runs; a count of the plan's own is no range.
    plan.pricing.active_egress = EgressBilling::Absorbed;
    assert_eq!(bands(&plan, Topology::Active).ranged, ["CRDT factor"]);
    plan.pricing.full_syncs_per_year = Some(12);
    assert!(bands(&plan, Topology::Passive).is_point());
}

/// Data beyond the largest size: those trials have no bill.
#[test]
fn volumes_that_nothing_holds_are_counted() {
    let mut plan = ranged();
    plan.workload.dataset = crate::units::Bytes::gb(400.0);
    plan.workload.spread.data = span(1.0, 100.0);
    let band = bands(&plan, Topology::Passive);
    assert!(band.left_out > 0 && band.left_out < band.trials, "{}", band.left_out);
    assert_eq!(band.total.trials + band.left_out, band.trials);
}

#[test]
fn the_band_in_words() {
    let mut said = Vec::new();
    for plan in [Plan::default(), ranged()] {
        for topology in Topology::ALL {
            said.push(format!("{}: {}", topology.name(), sentence(&bands(&plan, topology), Currency::USD)));
        }
    }
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn the_stated_error_of_the_followed_trials_is_small() {
    let plan = ranged();
    for topology in Topology::ALL {
        let total = bands(&plan, topology).total;
        for quantile in [total.p05, total.p50, total.p95] {
            assert!(quantile.error < 0.005 * quantile.value, "{topology:?}: {quantile:?}");
        }
    }
}

/// The total and every line lie inside their own bands.
fn holds_its_own(plan: &Plan) {
    for topology in Topology::ALL {
        let bill = evaluate(plan, &CATALOG).of(topology).bill.clone();
        let band = bill_bands(plan, &CATALOG, topology, Sampling { seed: 1, trials: 512 });
        let inside = |own: crate::units::Money, band: &Bands| {
            let own = own.as_f64_for_charts();
            assert!(
                band.trials == 0 || band.p05.value.is_nan() || (band.p05.value <= own && own <= band.p95.value),
                "{own}: {band:?}"
            );
        };
        inside(bill.total.at_least(), &band.total);
        for (line, band) in bill.lines.iter().zip(&band.lines) {
            if let Some((own, band)) = line.amount.zip(band.as_ref()) {
                inside(own, band);
            }
        }
    }
}

/// Premium in the US is estimated at 1.00, from 1.00 to 1.20: half of the trials are at it, so that P05 is the total (facts:
/// prices-2026-11, region-factors.csv). By hand P95 of the pair's node is 1.20 − 0.20 × √0.1.
#[test]
fn an_estimate_at_the_end_of_its_band_is_inside_of_it() {
    let mut plan = estimated();
    plan.regions = even_regions(&["eastus", "westus2"]);
    let (bill, band) = (evaluate(&plan, &CATALOG).answers.passive.bill, bands(&plan, Topology::Passive));
    let own = bill.total.at_least().as_f64_for_charts();
    assert!((band.total.p05.value - own).abs() < 1e-9 && band.total.p95.value > own, "{own}: {:?}", band.total);
    let at = bill.lines.iter().position(|line| line.factor().is_some()).unwrap();
    let (line, own) = (band.lines[at].unwrap(), bill.lines[at].amount.unwrap().as_f64_for_charts());
    assert!((line.p95.value / own - (1.2 - 0.2 * f64::sqrt(0.1))).abs() < 1e-3, "{line:?} of {own}");
}

#[test]
fn the_totals_of_the_presets_lie_inside_their_bands() {
    for text in crate::presets::PRESETS {
        holds_its_own(&crate::codec::from_json(text).unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is a range, and on whichever side of the plan: P05 ≤ total ≤ P95.
    #[test]
    fn a_total_lies_inside_its_band(
        rates in (0.1_f64..1.0, 1.0_f64..4.0), data in (0.1_f64..1.0, 1.0_f64..4.0), sides in prop::collection::vec(any::<bool>(), 4),
        gb in 0.5_f64..300.0, places in prop::sample::subsequence(CATALOG.regions().to_vec(), 2..=5),
    ) {
        let mut plan = ranged();
        let end = |of: (f64, f64), low: bool, high: bool| span(if low { of.0 } else { 1.0 }, if high { of.1 } else { 1.0 });
        plan.workload.spread.rates = end(rates, sides[0], sides[1]);
        plan.workload.spread.data = end(data, sides[2], sides[3]);
        plan.workload.dataset = Bytes::gb(gb);
        plan.regions = even_regions(&places.iter().map(|region| region.id.as_str()).collect::<Vec<_>>());
        holds_its_own(&plan);
    }

    /// Straight lines between bends are the bill of the trial itself, with the size chosen again and each estimated price at the factor
    /// of the trial.
    #[test]
    fn a_trial_is_the_bill_of_its_volumes(
        gb in 0.5_f64..300.0, writes in 100.0_f64..200_000.0, value in 50.0_f64..20_000.0,
        given in any::<bool>(), uniform in prop::collection::vec(0.001_f64..0.999, 8),
    ) {
        let mut plan = ranged();
        plan.workload.dataset = crate::units::Bytes::gb(gb);
        plan.workload.writes = OpsPerSec::per_s(writes);
        plan.workload.value_size = crate::units::Bytes::bytes(value);
        if given {
            plan.active.sku = Some(SkuId::new("Balanced_B50"));
        }
        for topology in Topology::ALL {
            let study = BillStudy::new(topology, &plan, &CATALOG);
            if study.base.bill.lines.is_empty() {
                continue;
            }
            let volume = study.volume(&uniform[..study.inputs()]);
            let mut results = vec![0.0; study.outputs()];
            study.trial(&uniform[..study.inputs()], &mut results);
            let asked = study.base.plan_with(volume);
            let demand = demand(&asked);
            let kept = first_design(topology, &plan, &CATALOG, &crate::model::demand::demand(&plan));
            let kept = SizeChoice::of(&kept).map(|size| {
                let mut given = asked.clone();
                size.give_to(topology, &mut given);
                smallest(topology, &given, &CATALOG, &demand)
            });
            // The plan's own size stays while it fits.
            let kept = kept.filter(|design| design.misfits.is_empty());
            let design = kept.unwrap_or_else(|| smallest(topology, &asked, &CATALOG, &demand));
            if !design.possible {
                prop_assert!(results.iter().all(|it| it.is_nan()));
                continue;
            }
            let exact = bill(&Case::new(topology, &asked, &CATALOG, &demand, &design));
            let total = results.last().copied().unwrap_or_default();
            let moved = exact.by_factor().into_iter().map(|part| {
                let at = study.inputs.iter().position(|(input, _)| match input {
                    Input::Factor(at) => study.base.factors[*at].key == part.key,
                    _ => false,
                });
                part.amount.as_f64_for_charts() * at.map_or(0.0, |at| study.inputs[at].1.at(uniform[at]) - 1.0)
            });
            let known = exact.total.at_least().as_f64_for_charts() + moved.sum::<f64>();
            prop_assert!((total - known).abs() <= 1e-3 + 1e-4 * known, "{topology:?}: {total} against {known}");
            let lines: f64 = results[..results.len() - 1].iter().sum();
            prop_assert!((lines - total).abs() <= 1e-6 * known.max(1.0), "lines {lines} against {total}");
        }
    }

    /// Quantiles rise, and a higher high end never lowers them.
    #[test]
    fn bands_are_in_order_and_widen(high in 1.0_f64..4.0, more in 0.0_f64..4.0) {
        let mut plan = ranged();
        plan.workload.spread.rates = span(0.5, high);
        let narrow = bill_bands(&plan, &CATALOG, Topology::Passive, Sampling { seed: 3, trials: 512 }).total;
        plan.workload.spread.rates = span(0.5, high + more);
        let wide = bill_bands(&plan, &CATALOG, Topology::Passive, Sampling { seed: 3, trials: 512 }).total;
        prop_assert!(narrow.p05.value <= narrow.p50.value && narrow.p50.value <= narrow.p95.value);
        prop_assert!(wide.p95.value >= narrow.p95.value - 1e-6);
    }
}

/// One plan for which 882 pairs of counts came up: 31,000 bills when each had its own bends, five seconds in the page. What is
/// counted is bills, which is where the time goes: one for each size that came up, two axes of knots, a halving each side of a bend.
#[test]
fn a_plan_whose_volumes_span_every_size_needs_few_bills() {
    let text = include_str!("../../../../tests/fixtures/hostile/slow-bands.json");
    let plan = crate::codec::from_json(text).unwrap();
    for topology in Topology::ALL {
        let study = BillStudy::new(topology, &plan, &CATALOG);
        let _ = run_trials(&study, &Lattice::new(1, study.inputs()), 0..10_000);
        let sizes = study.sizes.borrow();
        assert!(sizes.by_counts.len() > 50, "{topology:?}: {} is no wide range", sizes.by_counts.len());
        let bills = sizes.by_caches.len() + study.moves.get().map_or(0, Moves::bills);
        // Five sizes of Premium with up to 30 shards each are 150 designs alone.
        assert!(bills <= 200, "{topology:?}: {bills} bills");
    }
}

/// A pair of UAE North and Qatar: the stream's price is $0.16 a GB or $0.08 (S14, S15), so that its line may be half of what it is. Half of the trials
/// lie below the estimate, on a slope that ends at the low end: P05 is 0.5 + 0.5 × √(0.05 ÷ 0.5) = 0.658 of it.
#[test]
fn traffic_that_is_estimated_has_a_band() {
    let mut plan = crate::plan::Plan::default();
    plan.regions = ["uaenorth", "qatarcentral"].map(|it| crate::plan::RegionShare::new(it, 0.5, 0.5)).into();
    let bill = &evaluate(&plan, &CATALOG).passive.bill;
    let at = bill.lines.iter().position(|line| line.kind == LineKind::Egress).unwrap();
    let amount = bill.lines[at].amount.unwrap().as_f64_for_charts();
    let bands = bill_bands(&plan, &CATALOG, Topology::Passive, BILL_SAMPLING);
    let line = bands.lines[at].unwrap();
    assert!((line.p05.value / amount - 0.658).abs() < 0.005, "{line:?} of {amount}");
    assert!((line.p95.value - amount).abs() < 0.01, "{line:?} of {amount}");
}
