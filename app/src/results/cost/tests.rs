//! What a line of the bill opens to, as HTML.

use super::super::own_price::set_own_price;
use super::bill::{below_total, row};
use crate::results::fold::paper;
use crate::state::{Action, Mode, Session, Tab, use_session};
use crate::testing::{drawn, session, session_with};
use dr_core::catalog::{RegionId, SkuId};
use dr_core::explore::bill_bands::bands_of_all;
use dr_core::model::Topology;
use dr_core::plan::Plan;
use dr_core::units::{Currency, UnitPrice};
use insta::assert_snapshot;
use rust_decimal::Decimal;
use std::rc::Rc;
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

#[test]
fn states_and_what_stands_beside_the_bill() {
    let session = session_with(|plan| {
        plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(90)));
        plan.outages.downtime_hour = Some(UnitPrice::new(Decimal::from(1_000)));
    });
    assert_snapshot!(drawn(&session, html! { <super::states::StatesView /> }));
}

/// What the plan holds after a text was typed as a node's own price, or the refusal.
fn typed(text: &str, plan: &mut Plan) -> Result<(), String> {
    match set_own_price(text, SkuId::new("premium-p1"), RegionId::new("eastus"), Currency::USD) {
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

fn with_sheet(names: &[&str]) -> Session {
    let folder = format!("{}/../tests/fixtures/sheets", env!("CARGO_MANIFEST_DIR"));
    let files =
        names.iter().map(|name| ((*name).to_owned(), std::fs::read_to_string(format!("{folder}/{name}")).unwrap()));
    let session = Rc::new(session(Plan::default())).reduce(Action::OpenSheet(files.collect()));
    (*session).clone()
}

#[test]
fn the_panel_of_a_price_sheet() {
    assert_snapshot!("no_sheet", drawn(&session(Plan::default()), html! { <super::prices::Prices /> }));
    assert_snapshot!(
        "two_pages",
        drawn(&with_sheet(&["east-page-1.json", "east-page-2.json"]), html! { <super::prices::Prices /> })
    );
    let euros = with_sheet(&["euros.ndjson"]);
    assert_snapshot!("euros", drawn(&euros, html! { <super::prices::Prices /> }));
}

/// Every line of the inputs, the overview and all views of the cost with a dollar sign, but for the filter of the API's
/// address.
fn dollars(session: &Session) -> Vec<String> {
    let views = html! { <><crate::inputs::Inputs /><Opened /><crate::results::Results />{ paper(Tab::Cost.views().map(super::view).collect()) }</> };
    let html = drawn(session, views);
    let lines = html.lines().filter(|line| line.contains('$') && !line.contains("prices.azure.com"));
    lines.map(|line| line.trim().to_owned()).collect()
}

#[test]
fn no_dollar_is_left_on_the_page_with_a_sheet_in_euros() {
    let euros = Rc::new(with_sheet(&["euros.ndjson"])).reduce(Action::Switch(Mode::Advanced));
    // The budget is in dollars until a person says otherwise, and so are amounts that are typed beside it.
    let units = dollars(&euros);
    assert!(!units.is_empty() && units.iter().all(|line| line.starts_with("<span class=\"unit\">$")), "{units:?}");
    let eur = euros.catalog.currency();
    let said = Rc::clone(&euros).reduce(Action::edit("pricing.currency", move |plan| plan.amounts_are_in(eur)));
    assert_eq!(dollars(&said), Vec::<String>::new());
    assert_eq!(said.plan.objectives, euros.plan.objectives);
    let anew = euros.reduce(Action::edit("pricing.currency", move |plan| plan.retype_amounts_in(eur)));
    assert_eq!((dollars(&anew), anew.plan.objectives.budget), (Vec::<String>::new(), None));
}

/// The group stands on the CRDT factor from the start; the rebuild on no range.
#[test]
fn the_band_stands_below_the_total_where_an_input_is_a_range() {
    let session = session(Plan::default());
    let bands = bands_of_all(&session.plan, &session.catalog);
    let says = |topology: Topology| {
        let bill = &session.evaluation.of(topology).bill;
        below_total(topology, bill, Some(&bands)).collect::<Vec<_>>().join(" ")
    };
    assert!(says(Topology::Active).starts_with("P05 $") && says(Topology::Active).contains("CRDT factor"));
    assert!(says(Topology::Passive).contains("outage rate is a range."));
    assert!(!says(Topology::Rebuild).contains("P05"));
}
