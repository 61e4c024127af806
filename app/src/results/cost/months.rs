//! The months ahead: cumulative cost, cost by year, what happens on the way.

use crate::charts::{figure, table_view};
use crate::files::{download, file_stem};
use crate::results::fold::Fold;
use crate::state::{Session, use_session};
use dr_core::model::horizon::{Horizon, Path, horizon};
use dr_core::report::chart::horizon_chart;
use dr_core::report::horizon::{StepWords, by_year, markdown, remarks, steps};
use dr_core::units::format;
use std::rc::Rc;
use yew::prelude::*;

/// The chart, then the years and the steps behind it.
#[component]
pub(super) fn Months() -> Html {
    let session = use_session();
    let months = horizon(&session.plan, &session.catalog);
    let (steps, remarks) = (steps(&months), remarks(&months));
    html! {
        <>
            { figure(horizon_chart(&months, &session.catalog)) }
            <Fold title="Cost by year" tells={first_year(&months)}>
                <p class="links">{ save(&session) }</p>
                { table_view(&by_year(&months), "Cost by year") }
                if !remarks.is_empty() { <ul class="mind">{ for remarks.iter().map(|line| html! { <li>{ line }</li> }) }</ul> }
            </Fold>
            <Fold title="Steps on the way" tells={says(&months, &steps)}><ol class="log">{ for steps.iter().map(step) }</ol></Fold>
        </>
    }
}

/// "The first year costs $11,961 for the rebuild and $45,243 for the passive pair, with what the steps cost once."
fn first_year(months: &Horizon) -> String {
    let year = |path: &Path| {
        let cost = path.years().first()?.words(months.currency);
        Some(format!("{cost} for the {}", path.topology.name().to_ascii_lowercase()))
    };
    let years: Vec<String> = months.paths.iter().filter_map(year).collect();
    match years.split_last() {
        None => String::new(),
        Some((last, [])) => format!("The first year costs {last}, with what the steps cost once."),
        Some((last, first)) => {
            format!("The first year costs {} and {last}, with what the steps cost once.", first.join(", "))
        }
    }
}

/// "3 changes in 36 months, the first in month 5 (2027-04-01)."
fn says(months: &Horizon, steps: &[StepWords]) -> String {
    match steps.first() {
        None => format!(
            "Nothing outgrows its size and nothing ends in {}.",
            format::counted(months.months as usize, "month")
        ),
        Some(first) => format!(
            "{} in {}, the first in month {} ({}).",
            format::counted(steps.len(), "change"),
            format::counted(months.months as usize, "month"),
            first.month,
            first.date
        ),
    }
}

fn step(step: &StepWords) -> Html {
    html! {
        <li>
            <time datetime={step.date.to_string()}>{ format!("month {}", step.month) }</time><span class="mark" aria-hidden="true"></span>
            <span><b>{ step.topology.name() }</b>{ format!(": {}", step.what) }
                if !step.why.is_empty() { <>{ " " }<span class="quiet">{ &step.why }</span></> }
                if step.once != "–" { { format!(" Once: {}.", step.once) } }
            </span>
        </li>
    }
}

/// The link to the whole horizon as a file.
fn save(session: &Rc<Session>) -> Html {
    let session = Rc::clone(session);
    let onclick = Callback::from(move |_: MouseEvent| {
        let months = horizon(&session.plan, &session.catalog);
        let text = markdown(&session.plan.name, &months, horizon_chart(&months, &session.catalog).as_ref());
        download(&format!("{}-horizon.md", file_stem(&session.plan.name)), "text/markdown", text.as_bytes());
    });
    html! { <button type="button" class="link" {onclick}>{ "Markdown" }</button> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::fold::paper;
    use crate::testing::{drawn, element, session, session_with};
    use dr_core::plan::Plan;
    use dr_core::units::{Bytes, Ratio};
    use insta::assert_snapshot;

    #[test]
    fn the_years_and_steps_of_the_first_plan() {
        let session = session(Plan::default());
        let html = drawn(&session, paper(html! { <Months /> }));
        assert_snapshot!(html.split_once("<h2>Cost by year").map(|(_, rest)| rest).unwrap_or_default());
        assert!(element(&html, "class=\"panel chart\"").contains("Cost over 36 months"));
    }

    #[test]
    fn a_quiet_horizon_says_so() {
        let session = session_with(|plan| {
            (plan.workload.dataset, plan.workload.growth_per_year) = (Bytes::gb(1.0), Ratio::ZERO);
            plan.horizon.months = 1;
        });
        let html = drawn(&session, html! { <Months /> });
        assert!(html.contains("Nothing outgrows its size and nothing ends in 1 month."), "{html}");
    }
}
