//! What can be pressed and typed in the tab Cost.

use super::super::own_price::set_own_price;
use super::bill::own_row;
use crate::results::fold::unfolded;
use crate::state::{Action, Mode, Session, Tab, use_session};
use crate::testing::{drawn, element, session};
use dr_core::catalog::{RegionId, SkuId};
use dr_core::model::Topology;
use dr_core::plan::Plan;
use dr_core::report::views;
use dr_core::units::{Currency, UnitPrice};
use rust_decimal::Decimal;
use std::rc::Rc;
use yew::prelude::*;

/// The lines of the pair's nodes and of what has no price, opened.
#[component]
fn Opened() -> Html {
    let session = use_session();
    let section = views::cost::bill(session.subject(), None);
    let table = section.tables().into_iter().find(|table| table.id == views::cost::BILLS[1]).expect("a table");
    let lines = &session.evaluation.passive.bill.lines;
    let rows = lines.iter().zip(&table.rows);
    let unpriced = lines.iter().position(|line| line.amount.is_none());
    let shown = rows.enumerate().filter(|(at, _)| *at == 0 || Some(*at) == unpriced);
    html! { <table>{ for shown.map(|(_, (line, row))| own_row(row, &table.columns, (Topology::Passive, line), &session, true, Callback::noop())) }</table> }
}

#[test]
fn an_open_line_has_its_facts_and_the_box_of_its_own_price() {
    let html = drawn(&session(Plan::default()), html! { <Opened /> });
    assert_eq!(html.matches("aria-expanded=\"true\"").count(), 2, "{html}");
    assert_eq!(html.matches("<dt>Formula</dt>").count(), 2, "{html}");
    assert_eq!(html.matches("Your price of a node-hour").count(), 1, "nodes have a price of their own: {html}");
    assert!(
        html.contains("<dt>No price</dt>") && !html.contains("Price sheet…"),
        "people are on no price list: {html}"
    );
}

/// Each line is a button, each design has its file, and the colours of designs and prices are there.
#[test]
fn the_bill_opens_line_by_line() {
    let session = session(Plan::default());
    let html = drawn(&session, unfolded(html! { <super::bill::Bill /> }));
    for (topology, bill) in session.evaluation.bills() {
        let part = element(&html, &format!("data-bill=\"{}\"", topology.slug()));
        assert_eq!(part.matches("aria-expanded=\"false\"").count(), bill.lines.len(), "{part}");
        assert_eq!(part.matches("class=\"total\"").count(), 1, "{part}");
        assert!(part.contains("class=\"word "), "{part}");
    }
    assert_eq!(html.matches(">FOCUS<").count(), 3, "{html}");
}

/// Folds without a bill were left out.
#[test]
fn the_bill_ends_with_the_sources_of_its_prices() {
    let session = session(Plan::default());
    let html = drawn(&session, unfolded(html! { <super::bill::Bill /> }));
    assert_eq!(html.matches("Sources of the prices").count(), 1, "{html}");
    assert!(html.contains("infracost"), "{html}");
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
    let session = Rc::new(session(Plan::default()))
        .reduce(Action::OpenSheet(files.collect(), dr_core::import::retail::read_files));
    (*session).clone()
}

#[test]
fn a_sheet_can_be_opened_and_taken_out() {
    let button = |html: &str, name: &str| html.contains(&format!(">{name}</button>"));
    let bundled = drawn(&session(Plan::default()), html! { <super::prices::Prices /> });
    assert!(button(&bundled, "Open a price sheet…") && !button(&bundled, "Back to the bundled prices"), "{bundled}");
    assert!(bundled.contains("prices.azure.com") && button(&bundled, "Copy"), "{bundled}");
    let pages = drawn(&with_sheet(&["east-page-1.json", "east-page-2.json"]), html! { <super::prices::Prices /> });
    assert!(button(&pages, "Open another") && button(&pages, "Back to the bundled prices"), "{pages}");
    assert!(pages.contains("6 prices in USD from 8 rows"), "{pages}");
}

/// Every line of the inputs, the overview and all views of the cost with a dollar sign, but for the filter of the API's
/// address.
fn dollars(session: &Session) -> Vec<String> {
    let views = html! { <><crate::inputs::Inputs /><Opened /><crate::results::Results />{ unfolded(Tab::Cost.views().map(super::view).collect()) }</> };
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
