//! Calibration: a drill's series of used memory takes the place of the assumption.

use crate::charts::Figure;
use crate::document::section_with;
use crate::files;
use crate::state::{Action, Session, use_act, use_session};
use dr_core::calibrate::{Fit, calibrate};
use dr_core::import::kind::Known;
use dr_core::import::series::{Series, Wanted, read_for};
use dr_core::import::words::file_name;
use dr_core::plan::Plan;
use dr_core::report::chart::fit_chart;
use dr_core::report::document::Section;
use dr_core::report::views::outage::{calibration_section, read_drill};
use dr_core::units::Secs;
use dr_core::units::format;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A series that was opened, and what is said of it; texts as typed.
#[derive(Clone, PartialEq)]
struct Opened {
    file: String,
    series: Rc<Series>,
    from: String,
    to: String,
    deletes: String,
}

impl Opened {
    fn new(file: String, series: Series, session: &Session) -> Self {
        let last = series.samples.last().map_or(Secs::ZERO, |sample| sample.at);
        let deletes = session.evaluation.demand.removals.as_per_s();
        let (from, to) = ("0".to_owned(), format::number(last.as_mins()));
        Self { file, series: Rc::new(series), from, to, deletes: format::number(deletes) }
    }

    /// The fit, or why there is none.
    fn fit(&self, session: &Session) -> Result<Fit, String> {
        let drill = read_drill(&self.from, &self.to, &self.deletes)?;
        calibrate(&self.series, drill, &session.plan, &session.evaluation).map_err(|error| error.to_string())
    }
}

/// What the coefficients are based on, and a drill to fit them to.
#[component]
pub(super) fn Calibration() -> Html {
    let (session, act) = (use_session(), use_act());
    let opened = use_state(|| None::<Opened>);
    let open = {
        let (opened, session, act) = (opened.clone(), Rc::clone(&session), act.clone());
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
            let (opened, session, act) = (opened.clone(), Rc::clone(&session), act.clone());
            spawn_local(async move {
                let (read, name) = (files::text_of(&file, Known::Series).await, file_name(&file.name()));
                match read.and_then(|text| read_for(&text, Wanted::Memory).map_err(|error| format!("{name}: {error}")))
                {
                    Ok(series) => opened.set(Some(Opened::new(name, series, &session))),
                    Err(reason) => act.emit(Action::Refuse(reason)),
                }
            });
        })
    };
    let typed = {
        let opened = opened.clone();
        Callback::from(move |next: Opened| opened.set(Some(next)))
    };
    let keep = {
        let opened = opened.clone();
        act.reform(move |(fit, file): (Fit, String)| {
            opened.set(None);
            let today = files::today();
            Action::edit("calibration", move |plan: &mut Plan| {
                *plan = fit.apply(plan, today.unwrap_or(plan.horizon.start), &file);
            })
        })
    };
    let forget = act.reform(|_: MouseEvent| Action::edit("calibration", |plan| plan.calibration = None));
    let found = calibration_section(session.subject());
    let content = html! {
        <>
            <p class="group">
                <label class="btn">{ "Open a drill’s used memory…" }<input class="visually-hidden" type="file" aria-label="Open a drill’s used memory" data-field="calibration" accept=".csv,.json,.txt" onchange={open} /></label>
                if session.plan.calibration.is_some() { <button type="button" class="btn" onclick={forget}>{ "Back to assumptions" }</button> }
            </p>
            if let Some(opened) = &*opened { { fitting(&session, opened, &typed, &keep) } }
        </>
    };
    // The fit of a drill that is open takes the place of the one that the plan keeps.
    let found = if opened.is_some() { Section { blocks: Vec::new(), ..found } } else { found };
    section_with(&found, Html::default(), content)
}

fn fitting(session: &Session, opened: &Opened, typed: &Callback<Opened>, keep: &Callback<(Fit, String)>) -> Html {
    let field = |label: &'static str, unit: &'static str, value: &str, set: fn(&mut Opened, String)| {
        let (opened, typed) = (opened.clone(), typed.clone());
        let onchange = Callback::from(move |event: Event| {
            let mut next = opened.clone();
            set(&mut next, event.target_unchecked_into::<HtmlInputElement>().value());
            typed.emit(next);
        });
        html! { <label class="own-price">{ label }<span class="q"><input type="text" inputmode="decimal" value={value.to_owned()} {onchange} /><span class="unit">{ unit }</span></span></label> }
    };
    let result = match opened.fit(session) {
        Err(message) => html! { <p class="msg" role="alert">{ message }</p> },
        Ok(fit) => {
            let chart = Rc::new(fit_chart(&fit));
            let (keep, file) = (keep.clone(), opened.file.clone());
            let onclick = Callback::from(move |_: MouseEvent| keep.emit((fit.clone(), file.clone())));
            html! { <Figure {chart}><p class="group"><button type="button" class="btn" {onclick}>{ "Keep it in the plan" }</button></p></Figure> }
        }
    };
    html! {
        <>
            <div class="group">
                { field("Member away from", "min", &opened.from, |opened, text| opened.from = text) }
                { field("until", "min", &opened.to, |opened, text| opened.to = text) }
                { field("Deletes and expiries", "/s", &opened.deletes, |opened, text| opened.deletes = text) }
            </div>
            { result }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{drawn, session_with};

    const DRILL: &str =
        "time,used_memory (bytes)\n0,8000000000\n60,8012000000\n120,8024000000\n180,8036000000\n240,8048000000\n";

    #[test]
    fn a_drill_is_fitted_shown_and_kept() {
        let session = session_with(|plan| plan.workload.dataset = dr_core::units::Bytes::gb(5.0));
        let mut opened =
            Opened::new("drill.csv".to_owned(), read_for(DRILL, Wanted::Memory).expect("a series"), &session);
        assert_eq!((opened.from.as_str(), opened.to.as_str()), ("0", "4"));
        opened.deletes = "1,000".to_owned();
        let fit = opened.fit(&session).expect("a fit");
        // 12 MB a minute are 200 kB/s: 200 B for each of 1,000 deletes, the key and other changes among them.
        assert!((fit.line.slope - 200_000.0).abs() < 1e-3, "{:?}", fit.line);
        let html = drawn(&session, fitting(&session, &opened, &Callback::noop(), &Callback::noop()));
        assert!(html.contains("The drill and its fit") && html.contains("Keep it in the plan"), "{html}");
        opened.deletes = "none".to_owned();
        let html = drawn(&session, fitting(&session, &opened, &Callback::noop(), &Callback::noop()));
        assert!(html.contains("Deletes and expiries: “none” is no number"), "{html}");
    }
}
