//! What the answers look like, as HTML.

use super::{cards, code, compare, fold, head, overview, rules, runbook, tabs};
use crate::state::{Session, View};
use crate::testing::{drawn, element, parts, session, session_with};
use dr_core::catalog::RegionId;
use dr_core::plan::{Plan, Printed, Story};
use dr_core::report::runbook::PARTS;
use insta::assert_snapshot;
use yew::prelude::*;

fn first() -> Session {
    session(Plan::default())
}

fn one_region() -> Session {
    session_with(|plan| plan.remove_region(1))
}

#[test]
fn the_verdict_is_told_when_it_changes() {
    let html = drawn(&first(), html! { <head::Head /> });
    assert!(html.contains("data-verdict=\"\" role=\"status\""), "{html}");
}

/// In one golden: a card, the table of a phone, the same of one region, what lacks a price, the tabs.
#[test]
fn the_answers() {
    let cards = |session: &Session| drawn(session, html! { <cards::Cards /> });
    let (first, one, unpriced) = (cards(&first()), cards(&one_region()), west_europe());
    let unpriced = drawn(&unpriced, overview::overview(&unpriced));
    let cost = element(&element(&unpriced, "data-card=\"active\""), "data-measure=\"Cost, as planned\"");
    let lone = element(&element(&one, "data-card=\"active\""), "class=\"design\"");
    assert_snapshot!(parts(&[
        ("a card", element(&first, "data-card=\"passive\"")),
        ("on a phone", element(&first, "class=\"matrix\"")),
        ("one region is no group", lone),
        ("one region on a phone", element(&one, "class=\"matrix\"")),
        ("what lacks a price", element(&unpriced, "class=\"missing\"")),
        ("its cost", cost),
        ("tabs, with what blocks", drawn(&one_region(), html! { <tabs::Tabs /> })),
    ]));
    assert!(!unpriced.contains("not possible") && !unpriced.contains("does not fit"), "unpriced is not impossible");
}

#[test]
fn every_card_has_its_measures() {
    let session = first();
    let html = drawn(&session, html! { <cards::Cards /> });
    for card in dr_core::report::views::overview::cards(session.subject()) {
        let html = element(&html, &format!("data-card=\"{}\"", card.topology.slug()));
        for measure in &card.measures {
            assert!(html.contains(&format!("data-measure=\"{}\"", measure.name)), "{html}");
            assert!(html.contains(&measure.value) && html.contains(&measure.note), "{}: {html}", measure.value);
        }
    }
}

/// West Europe without a price of any node (page 0.2, 0.3).
fn west_europe() -> Session {
    crate::testing::without_prices_in("westeurope", |plan| plan.exchange_region(0, RegionId::new("westeurope")))
}

#[test]
fn with_every_price_there_is_nothing_to_ask_for() {
    assert!(!drawn(&first(), overview::overview(&first())).contains("class=\"missing\""));
}

/// Marks of severity, the way to an input, and a choice of topologies.
#[test]
fn findings_have_their_marks_and_lead_to_inputs() {
    let html = drawn(&one_region(), html! { <rules::Rules view={View::Rules} /> });
    assert!(html.contains("<span class=\"sev block\">blocker</span>"), "{html}");
    assert_eq!(html.matches("aria-pressed=\"true\"").count(), 1);
    assert!(html.contains("class=\"link\""), "{html}");
    assert!(html.matches("data-finding=\"PLAN-PRICE\"").count() <= 1, "what is said of several stands once");
}

#[test]
fn every_command_of_the_runbook_can_be_copied() {
    let parts = PARTS.map(|part| html! { <runbook::RunbookPanel {part} /> });
    let html = drawn(&first(), fold::unfolded(html! { <>{ for parts }</> }));
    let commands = html.matches("<pre").count();
    assert!(commands > 10, "{commands}");
    assert_eq!(html.matches("class=\"btn copy\"").count(), commands);
    assert!(html.contains(">Markdown</button>") && html.contains(">Decision record</button>"), "{html}");
    // Three designs and two shells in each part.
    assert_eq!(html.matches("aria-pressed=").count(), 5 * PARTS.len());
}

/// What every shell needs stands folded above the later parts; the first section of a part is open, the others are folded.
#[test]
fn a_part_of_the_runbook_opens_with_its_first_section() {
    let [_, _, fail_over, ..] = PARTS;
    let html = drawn(&first(), html! { <runbook::RunbookPanel part={fail_over} /> });
    assert!(html.contains("data-section=\"before\"") && html.contains("data-section=\"unplanned-failover\""), "{html}");
    assert!(!html.contains("az extension add"), "the first is folded: {html}");
    assert!(html.contains("<pre"), "{html}");
}

#[test]
fn what_a_plan_says_of_itself_is_text() {
    let hostile = || "<b onclick=\"alert(1)\">=cmd</b>".to_owned();
    let session = session_with(|plan| {
        plan.name = hostile();
        let printed = vec![Printed { what: hostile(), outcome: hostile(), source: hostile() }];
        plan.story = Story {
            summary: hostile(),
            printed,
            assumed: vec![hostile()],
            changed: hostile(),
            outcomes: Vec::new(),
            unmodelled: Vec::new(),
        };
    });
    let html = drawn(
        &session,
        html! { <>{ compare::compare(&session) }<rules::Rules view={View::Rules} /><runbook::RunbookPanel part={PARTS[0]} /></> },
    );
    assert!(!html.contains("<b onclick"), "{html}");
    assert!(html.contains("&lt;b onclick"), "{html}");
}

/// Both languages and three designs to choose from, every file to copy and to save, and no name as markup.
#[test]
fn every_file_of_the_code_can_be_copied_and_saved() {
    let html = drawn(&first(), fold::unfolded(html! { <code::CodePanel /> }));
    assert_eq!(html.matches("aria-pressed=").count(), 3 + 2);
    let files = html.matches("class=\"btn copy\"").count();
    assert!(files >= 7 && files == html.matches("<pre").count(), "{files}");
    for name in ["main.bicep", "alerts.bicep", "workbook.json"] {
        assert!(html.contains(&format!("class=\"link\">{name}</button>")), "{name}");
    }
    assert!(html.contains("data-section=\"alerts\"") && html.contains("data-section=\"dashboards\""));
}
