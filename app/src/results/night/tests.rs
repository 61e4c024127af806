use super::*;
use crate::state::Session;
use crate::testing::drawn;
use dr_core::plan::Plan;

/// Without a clock, as a reader's first sight before the program has looked: the title, the question, the first step.
#[test]
fn the_first_step_and_the_question_stand_there() {
    let session = Session::new(Plan { name: "Orders <b>".to_owned(), ..Plan::default() }).expect("a catalogue");
    let html = drawn(&session, html! { <NightPanel /> });
    assert!(html.contains("Orders &lt;b&gt; · "), "{html}");
    assert!(html.contains("When did the outage begin?"));
    assert!(html.contains("1 of "));
    assert!(html.contains(">Not needed</button>"), "a step that another path makes needless is left out: {html}");
    assert_eq!(html.matches("class=\"words\"").count(), 1, "one step at a time");
}
