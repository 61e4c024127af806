use super::*;
use crate::state::Session;
use crate::testing::drawn;
use dr_core::plan::Plan;
use dr_core::report::runbook::Case;

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

/// Once the pair is relinked the steps of a replacement are skipped; who goes to one all the same sees it grey, and why.
#[test]
fn a_replacement_that_is_not_needed_is_grey() {
    let session = Session::new(Plan::default()).expect("a catalogue");
    let night = Rc::new(night_of(Topology::Passive, Loss::Serving, session.subject()));
    let at = |case| night.steps.iter().position(|step| step.case == case).expect("a step of the case");
    let moment = Timestamp::of_seconds(1_795_918_440.0).expect("a moment");
    let mut log = NightLog::of(&night);
    for step in &night.steps[..at(Case::Replaced)] {
        log.tick(step, moment);
    }
    let log = Rc::new(log);
    let draw = |first: Option<usize>| {
        let (night, log) = (Rc::clone(&night), Rc::clone(&log));
        drawn(&session, html! { <Next {night} {log} time={None::<String>} change={Callback::noop()} {first} /> })
    };
    let next = draw(None);
    assert!(next.contains("Return in a quiet hour") && !next.contains("needless"), "{next}");
    let gone_to = draw(Some(at(Case::Replaced)));
    assert!(
        gone_to.contains("class=\"step needless\"") && gone_to.contains("Not needed: what was lost is back."),
        "{gone_to}"
    );
}
