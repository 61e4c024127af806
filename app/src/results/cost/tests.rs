//! What a line of the bill opens to, as HTML.

use super::{row, set_own_price};
use crate::state::{Action, use_session};
use crate::testing::{drawn, session};
use dr_core::catalog::{RegionId, SkuId};
use dr_core::model::Topology;
use dr_core::plan::Plan;
use dr_core::units::UnitPrice;
use insta::assert_snapshot;
use rust_decimal::Decimal;
use yew::prelude::*;

/// The lines of the pair's nodes and of what has no price, opened.
#[component]
fn Opened() -> Html {
    let session = use_session();
    let lines = &session.evaluation.passive.bill.lines;
    let unpriced = lines.iter().find(|line| line.amount.is_none());
    let shown = lines.first().into_iter().chain(unpriced);
    html! { <table>{ for shown.map(|line| row(line, Topology::Passive, &session, true, Callback::noop())) }</table> }
}

#[test]
fn an_open_line_says_where_it_comes_from() {
    assert_snapshot!(drawn(&session(Plan::default()), html! { <Opened /> }));
}

/// What the plan holds after a text was typed as a node's own price, or the refusal.
fn typed(text: &str, plan: &mut Plan) -> Result<(), String> {
    match set_own_price(text, SkuId::new("premium-p1"), RegionId::new("eastus")) {
        Action::Edit { change, .. } => {
            change(plan);
            Ok(())
        }
        Action::Refuse(said) => Err(said),
        _ => panic!("{text} neither edits nor is refused"),
    }
}

#[test]
fn an_own_price_is_set_replaced_and_taken_back() {
    let mut plan = Plan::default();
    for (text, price) in [("0.25", Some(25)), ("$0.30", Some(30)), (" ", None)] {
        typed(text, &mut plan).unwrap();
        let own: Vec<UnitPrice> = plan.pricing.overrides.iter().map(|own| own.per_node_hour).collect();
        let expected: Vec<UnitPrice> = price.into_iter().map(|cents| UnitPrice::new(Decimal::new(cents, 2))).collect();
        assert_eq!(own, expected, "{text}");
    }
}

#[test]
fn an_own_price_out_of_range_is_refused() {
    for text in ["0", "-1", "10001", "much", "=1+1", "NaN", "1e400"] {
        let mut plan = Plan::default();
        let said = typed(text, &mut plan).unwrap_err();
        assert!(said.starts_with("Own price: ") && said.contains("at most $10,000"), "{said}");
        assert_eq!(plan, Plan::default());
    }
}
