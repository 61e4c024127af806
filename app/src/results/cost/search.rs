//! The search for the cheapest design: the plan's regions after a pause in the typing, every allowed region in a worker on request.

use super::bands::PAUSE;
use crate::document::{blocks, section, section_with, sections, table_with, text};
use crate::results::in_pieces::{Pieces, use_pieces};
use crate::results::on_request::{Asked, OnRequest, use_on_request};
use crate::state::{Act, Action, Session, use_act, use_session};
use dr_core::explore::search::{DesignChoice, Found, RegionsFound, Search, search};
use dr_core::jobs::Job;
use dr_core::model::Topology;
use dr_core::report::document::{Block, Section};
use dr_core::report::search::design;
use dr_core::report::views::cost as views;
use std::rc::Rc;
use yew::prelude::*;

/// What the search found of a plan.
struct Searched(Search);

impl Pieces for Searched {
    fn begun(session: &Session, _: Option<Topology>) -> Option<Self> {
        Some(Self(search(&session.plan, &session.catalog)))
    }

    fn further(&mut self, _: &Session) {}

    fn is_whole(&self) -> bool {
        true
    }
}

/// The cheapest designs, each with a button that puts it into the plan.
#[component]
pub(super) fn SearchView() -> Html {
    let (session, act) = (use_session(), use_act());
    let found = use_pieces::<Searched>(&session, None, PAUSE);
    let found = found.borrow();
    let Some(Searched(found)) = found.as_ref() else { return section(&views::search_on_its_way()) };
    html! { <>{ of_plan(&session, &act, found) }<Regions /></> }
}

/// What the search finds where no design of the plan meets every target; nothing else.
#[component]
pub(in crate::results) fn Beyond() -> Html {
    let session = use_session();
    let found = use_pieces::<Searched>(&session, None, PAUSE);
    let found = found.borrow();
    let found = found.as_ref().and_then(|Searched(found)| views::beyond(session.subject(), found));
    found.map_or_else(Html::default, |found| html! { <p role="status">{ text(&found) }</p> })
}

fn of_plan(session: &Session, act: &Act, found: &Search) -> Html {
    let all = views::search_sections(session.subject(), found);
    let Some((best, rest)) = all.split_first() else { return Html::default() };
    let designs: Vec<&Found> = found.shown().collect();
    html! { <>{ with_buttons(best, &designs, (session, act), Html::default()) }{ sections(rest) }</> }
}

/// A section whose first table has a row for each design, with a button that takes it.
fn with_buttons(section: &Section, designs: &[&Found], to: (&Session, &Act), inside: Html) -> Html {
    let mut section = section.clone();
    let first = section.blocks.iter().position(|block| matches!(block, Block::Table(_)));
    let rest = first.map(|at| section.blocks.split_off(at));
    let Some([Block::Table(table), after @ ..]) = rest.as_deref() else {
        return section_with(&section, Html::default(), inside);
    };
    let button = |row: usize| designs.get(row).map_or_else(Html::default, |found| take(to, &found.choice));
    let before = std::mem::take(&mut section.blocks);
    let content = html! { <>{ blocks(&before) }{ inside }{ table_with(table, &button) }{ blocks(after) }</> };
    section_with(&section, Html::default(), content)
}

/// The button; of the plan's own design that it is that.
fn take((session, act): (&Session, &Act), choice: &DesignChoice) -> Html {
    if let Some(own) = views::own_design(session.subject(), choice) {
        return html! { <span class="quiet">{ own }</span> };
    }
    let label = format!("Take this design: {}", design(choice));
    let (choice, catalog) = (choice.clone(), Rc::clone(&session.catalog));
    let onclick = act.reform(move |_: MouseEvent| {
        let (choice, catalog) = (choice.clone(), Rc::clone(&catalog));
        Action::edit("regions", move |plan| *plan = choice.taken(plan, &catalog))
    });
    html! { <button type="button" class="btn" data-take="" aria-label={label} {onclick}>{ "Take this design" }</button> }
}

/// The button, the bar, the placements.
#[component]
fn Regions() -> Html {
    let (session, act) = (use_session(), use_act());
    let OnRequest { asked, start, cancel } = use_on_request(&session, job, 1);
    let asked = asked.borrow();
    regions(&session, &act, &asked, &start, &cancel)
}

fn job(session: &Session) -> Job {
    let prices = session.sheet.as_ref().map(|sheet| sheet.prices.clone());
    Job::Regions { plan: Box::new((*session.plan).clone()), prices }
}

fn regions(
    session: &Session,
    act: &Act,
    asked: &Asked,
    start: &Callback<MouseEvent>,
    cancel: &Callback<MouseEvent>,
) -> Html {
    let text = asked.found.as_deref();
    let found = text.and_then(|text| RegionsFound::from_text(text, &session.plan, &session.catalog));
    let mut section = views::in_regions(session.subject(), found.as_ref(), asked.progress);
    if let Some(refused) = &asked.refused {
        section.says = refused.clone().into();
    }
    let control = match asked.progress {
        Some(progress) => html! {
            <p class="links">
                <progress aria-label="Placements tried" max={progress.trials.to_string()} value={progress.done.to_string()}></progress>
                <button type="button" class="btn" data-regions="cancel" onclick={cancel.clone()}>{ "Cancel" }</button>
            </p>
        },
        None if found.is_some() => Html::default(),
        None => {
            html! { <p><button type="button" class="btn" data-regions="start" onclick={start.clone()}>{ "Search every region" }</button></p> }
        }
    };
    let designs: Vec<&Found> = found.iter().flat_map(RegionsFound::shown).collect();
    with_buttons(&section, &designs, (session, act), control)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::in_pieces::whole;
    use crate::testing::{drawn, session, session_with};
    use crate::worker::Runner;
    use dr_core::jobs::Reply;
    use dr_core::plan::{Area, Plan, Residency};
    use dr_core::stats::sample::Progress;
    use std::cell::RefCell;

    #[component]
    fn Whole() -> Html {
        let session = use_session();
        let Searched(found) = whole(&session).expect("a search of every plan");
        of_plan(&session, &Act::noop(), &found)
    }

    #[test]
    fn every_design_found_can_be_taken() {
        let session = session(Plan::default());
        let Searched(found) = whole(&session).expect("a search");
        let html = drawn(&session, html! { <Whole /> });
        let of_others = found.shown().filter(|it| views::own_design(session.subject(), &it.choice).is_none()).count();
        assert!(of_others > 0 && html.matches("data-take").count() == of_others, "{html}");
        assert!(html.contains("data-section=\"search-targets\"") && html.contains("data-section=\"search-steps\""));
    }

    /// Taken, the plan has the design, meets every target with it, and one undo brings the plan back.
    #[test]
    fn a_design_that_is_taken_can_be_undone() {
        let first = Rc::new(session(Plan::default()));
        let Searched(found) = whole(&first).expect("a search");
        let winner = found.winner().expect("a design").clone();
        let (choice, catalog) = (winner.choice.clone(), Rc::clone(&first.catalog));
        let taken = Rc::clone(&first).reduce(Action::edit("regions", move |plan| *plan = choice.taken(plan, &catalog)));
        let answer = taken.evaluation.of(winner.choice.topology);
        assert_eq!(answer.bill.total, winner.month);
        assert_eq!(taken.evaluation.comparison.choice, Some(winner.choice.topology));
        // It is the plan's own then, and has no button; each other has one.
        let Searched(again) = whole(&taken).expect("a search");
        let html = drawn(&taken, html! { <Whole /> });
        let own = |it: &&Found| views::own_design(taken.subject(), &it.choice).is_some();
        let owned = again.shown().filter(own).count();
        assert!(again.shown().any(|it| it.choice == winner.choice && own(&it)), "{again:?}");
        assert_eq!(html.matches("The plan’s own design").count(), owned, "{html}");
        assert_eq!(html.matches("data-take").count(), again.shown().count() - owned, "{html}");
        assert_eq!(taken.reduce(Action::Undo).plan, first.plan);
    }

    #[test]
    fn nothing_is_searched_before_the_first_drawing() {
        let html = drawn(&session(Plan::default()), html! { <SearchView /> });
        assert!(html.contains("as soon as the typing pauses") && !html.contains("data-take"), "{html}");
    }

    #[test]
    fn a_search_of_regions_from_the_button_to_the_designs() {
        let session = session_with(|plan| {
            (plan.placement.residency, plan.placement.areas) = (Residency::OneGeography, vec![Area::NorthAmerica]);
            // People in Europe are far from every pair in the United States.
            (plan.objectives.write_latency, plan.objectives.rto) = (None, None);
        });
        let view = |asked: &Asked| {
            let shown = regions(&session, &Act::noop(), asked, &Callback::noop(), &Callback::noop());
            drawn(&session, shown)
        };
        let mut asked = Asked::default();
        assert!(view(&asked).contains("data-regions=\"start\""));
        asked.listen(Reply::Progress(Progress { done: 200, trials: 2_402 }));
        assert!(view(&asked).contains("200 of 2,402") && view(&asked).contains("data-regions=\"cancel\""));
        let job = Job::Regions { plan: Box::new((*session.plan).clone()), prices: None };
        let heard = Rc::new(RefCell::new(asked));
        let hears = Rc::clone(&heard);
        let _running = Runner::Serialised.start(&job, move |reply| hears.borrow_mut().listen(reply));
        let html = view(&heard.borrow());
        assert!(html.contains("data-take") && html.contains("data-table=\"search-regions\""), "{html}");
        heard.borrow_mut().listen(Reply::Refused("No memory.".to_owned()));
        assert!(view(&heard.borrow()).contains("No memory."));
    }
}
