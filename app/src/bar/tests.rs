//! What the bar and the message line look like, as HTML, and what leaves the page.

use super::exports::{bills, shown_runbook};
use super::{NoticeLine, PlanBar};
use crate::state::{Action, Session};
use crate::testing::{drawn, element, parts, session_with};
use insta::assert_snapshot;
use std::rc::Rc;
use yew::prelude::*;

fn after(session: Session, action: Action) -> Session {
    (*Rc::new(session).reduce(action)).clone()
}

/// In one golden; a refusal is an alert, and a message is not.
#[test]
fn the_bar_of_a_changed_plan_and_its_message_line() {
    let session = session_with(|_| {});
    let changed = after(session.clone(), Action::edit("name", |plan| plan.name = "Orders".to_owned()));
    let line = |session: &Session| drawn(session, html! { <NoticeLine /> });
    let told = after(session.clone(), Action::Tell("Opened Orders.".to_owned()));
    let refused = after(session.clone(), Action::Refuse("a.txt is no plan.".to_owned()));
    assert_snapshot!(parts(&[
        ("bar", drawn(&changed, html! { <PlanBar /> })),
        ("nothing to tell", line(&session)),
        ("a message", line(&told)),
        ("a refusal", line(&refused)),
    ]));
}

/// What the menu says of an example is in its file: a pair that runs, or a group of as many members as it has regions.
#[test]
fn the_menu_says_the_topology_of_each_example() {
    for (file, _, note) in super::opens::EXAMPLES.iter().filter(|(file, ..)| file.starts_with("plans/")) {
        let path = format!("{}/../public/{file}.json", env!("CARGO_MANIFEST_DIR"));
        let plan = dr_core::codec::from_json(&std::fs::read_to_string(path).expect("a file")).expect("a plan");
        let runs = plan.passive.exists == dr_core::plan::Confirmation::Confirmed;
        assert_eq!(note.contains("passive pair"), runs, "{file}");
        assert_eq!(note.contains("active group"), !runs, "{file}");
        assert_eq!(note.contains("of three"), plan.regions.len() == 3, "{file}");
    }
}

/// A file that leaves open which of two numbers is the month is read again as the person says.
#[test]
fn dates_that_no_file_settles_ask_at_the_message() {
    let text = "day,writes/s\n2/3/2026 9:00,1\n2/3/2026 10:00,2\n";
    let said = dr_core::import::open::open(vec![("day.csv".to_owned(), text.as_bytes().to_vec())]).refusals();
    let of =
        |text: &str| drawn(&after(session_with(|_| {}), Action::Refuse(text.to_owned())), html! { <NoticeLine /> });
    let html = of(&said);
    assert!(
        html.contains("Read dates with the day first") && html.contains("Read dates with the month first"),
        "{html}"
    );
    assert!(!of("day.csv: No.").contains("data-dates"));
}

#[test]
fn a_name_is_text_wherever_it_stands() {
    let hostile = "<b onclick=\"alert(1)\">=cmd|' /C calc'!A1";
    let session = session_with(|plan| plan.name = hostile.to_owned());
    let html = drawn(&session, html! { <PlanBar /> });
    assert!(!html.contains("<b "), "{html}");
    let name = element(&html, "data-field=\"name\"");
    assert!(name.contains("value=\"&lt;b onclick=&quot;alert(1)&quot;&gt;=cmd|"), "{name}");
}

#[test]
fn the_exported_bill_starts_no_formula() {
    let session = session_with(|plan| plan.regions[0].region = dr_core::catalog::RegionId::new("=cmd|' /C calc'!A1"));
    let text = bills(&session);
    assert!(text.contains("=cmd"), "the region stands in the bill: {text}");
    assert_eq!(text.matches("topology,kind,").count(), 1, "one header for the three bills");
    for (name, lines) in session.evaluation.bills().map(|(topology, bill)| (topology.name(), bill.lines.len())) {
        assert_eq!(text.lines().filter(|line| line.starts_with(name)).count(), lines, "{name}");
    }
    for line in text.lines() {
        for cell in line.split(',') {
            assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']), "{cell} in {line}");
        }
    }
}

#[test]
fn the_runbook_of_the_recommendation_is_exported() {
    assert!(shown_runbook(&session_with(|_| {})).contains("active"), "the first plan leads to an active group");
}

/// A plan of an import leaves in a link with an alias; any other as it is.
#[test]
fn the_link_of_an_imported_plan_holds_no_name() {
    use crate::state::WorkspaceAct;
    use dr_core::codec;
    let text = r#"{"portfolio":1,"plans":[{"tags":{"azure-cache":"weu neu","azure-resource-group":"rg-orders"},"plan":{"name":"weu and neu"}}]}"#;
    let portfolio = dr_core::portfolio::read(text).expect("a portfolio");
    let opened = Action::Workspace(WorkspaceAct::Open(Box::new(portfolio), "estate.json".to_owned()));
    let session = after(session_with(|_| {}), opened);
    assert_eq!(super::share::without_names(&session), None);
    let imported = after(session, Action::Workspace(WorkspaceAct::Plan(0)));
    let shared = super::share::without_names(&imported).expect("aliases");
    assert_eq!(codec::from_fragment(&codec::to_fragment(&shared)).expect("a plan").name, "deployment-1");
    let renamed = after(imported, Action::edit("name", |plan| plan.name = "Orders of neu in rg-orders".to_owned()));
    assert_eq!(super::share::without_names(&renamed).expect("aliases").name, "Orders of cache-2 in group-1");
}

#[test]
fn files_under_way_show_how_far_they_are() {
    let progress = dr_core::stats::sample::Progress { done: 3, trials: 9 };
    let html = drawn(&after(session_with(|_| {}), Action::Reading(Some(progress))), html! { <NoticeLine /> });
    assert!(html.contains("max=\"9\" value=\"3\"") && html.contains("Cancel"), "{html}");
}
