//! Prices at the ends of what a decimal holds, from 10⁻²⁸ to 7.9 × 10²⁸ and below 0, through everything that adds or multiplies
//! money: no panic, and what is too large is said.

use crate::catalog::{Catalog, Meter, SheetPrice, Target};
use crate::evaluate::evaluate;
use crate::explore::bill_bands;
use crate::import::retail::Sheet;
use crate::model::Topology;
use crate::model::cost::states::states;
use crate::model::horizon::horizon;
use crate::plan::{EgressBilling, Network, Plan, ReservationTerm};
use crate::portfolio::{Entry, Portfolio, Rows, Tags, rounding, shares, totals};
use crate::report::bill_text::{self, banded};
use crate::report::chart::{bill_chart, portfolio_chart};
use crate::report::portfolio::{csv, document, json};
use crate::report::views::cost::months_document;
use crate::stats::sample::Sampling;
use crate::units::format;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::sync::{Arc, LazyLock};

const METERS: [Meter; 5] =
    [Meter::PrivateEndpointHour, Meter::PrivateEndpointIn, Meter::PrivateEndpointOut, Meter::AlertSeries, Meter::LogGb];

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled().unwrap());

fn extreme() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        Just(Decimal::MAX),
        Just(Decimal::MIN),
        Just(Decimal::from_i128_with_scale(1, 28)),
        Just(Decimal::ZERO),
        (any::<i64>(), 0_u32..28).prop_map(|(digits, scale)| Decimal::from_i128_with_scale(digits.into(), scale)),
        (1_i128..79_228_162_514_264_337_593_543_950_335).prop_map(|digits| Decimal::from_i128_with_scale(digits, 0)),
    ]
}

fn plan() -> Plan {
    let mut plan = Plan::default();
    (plan.passive.network, plan.active.network) = (Network::PrivateEndpoint, Network::PrivateEndpoint);
    plan.pricing.active_egress = EgressBilling::ListRate;
    plan
}

/// A sheet that no file gives: its reader has bounds, and the sums hold without them.
fn priced(prices: &[Decimal]) -> Catalog {
    let mut prices = prices.iter().copied().cycle();
    let mut sheet = Sheet::default();
    let (skus, regions) = (CATALOG.skus().len(), CATALOG.regions().len());
    let mut put = |target| {
        let amount = prices.next().unwrap_or_default();
        sheet.list.prices.push((target, SheetPrice { amount, effective: None }));
    };
    for (sku, region) in (0..skus).flat_map(|sku| (0..regions).map(move |region| (sku, region))) {
        put(Target::Node { sku, region, pair: false });
        put(Target::Reservation { sku, region, term: ReservationTerm::OneYear });
    }
    for region in 0..regions {
        put(Target::Egress { region, from: Decimal::ZERO });
    }
    for meter in METERS {
        put(Target::Meter { meter, region: None, from: Decimal::ZERO });
    }
    sheet.list.prices.sort_unstable_by_key(|(target, _)| *target);
    sheet.over(&CATALOG).0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_price_makes_a_sum_panic(prices in prop::collection::vec(extreme(), 1..7), reserved in any::<bool>()) {
        let (mut plan, catalog) = (plan(), priced(&prices));
        plan.pricing.reservation = reserved.then_some(ReservationTerm::OneYear);
        let evaluation = evaluate(&plan, &catalog);
        let bands = Topology::ALL.map(|topology| bill_bands(&plan, &catalog, topology, Sampling { seed: 1, trials: 16 }));
        for bill in banded(&evaluation, &bands) {
            let _ = (bill_text::document("", &[bill]).plain(), bill_text::document("", &[bill]).markdown(), bill_text::csv(bill), bill_text::rounding(bill.1));
        }
        let path = horizon(&plan, &catalog);
        let _ = (months_document(&plan, &path, &catalog).markdown(), bill_chart(&plan, &evaluation));
        for topology in Topology::ALL {
            let _ = states(&plan, &catalog, &evaluation.demand, evaluation.of(topology));
        }
        let entry = Arc::new(Entry { tags: Tags::new(), topology: None, plan });
        let all = Portfolio { entries: vec![entry; 3], ..Portfolio::default() };
        let (rows, currency) = (Rows::all(&all, &catalog).rows, catalog.currency());
        let parts = shares(&rows, "team");
        let _ = (totals(&rows).says(currency), rounding(&parts), portfolio_chart(&rows, "team", &catalog));
        let _ = (document(&all, &rows, &catalog).plain(), csv(&rows, currency), json(&rows, currency));
    }
}

/// 10²⁸ a GB and some GB more than seven: a figure that no decimal holds.
#[test]
fn a_month_that_is_too_large_is_said_in_words() {
    let catalog = priced(&[Decimal::from_i128_with_scale(10_i128.pow(28), 0)]);
    let evaluation = evaluate(&plan(), &catalog);
    let (_, bill) = evaluation.bills()[1];
    let text = bill_text::document("", &[(Topology::Passive, bill, None)]).plain();
    assert!(text.contains(format::TOO_LARGE) && !text.contains("79,228,162"), "{text}");
    assert_eq!(bill_text::rounding(bill), None);
}
