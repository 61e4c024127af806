//! What comes into the page: example plans; plan files, price sheets and series by picker or drop.

use super::menu::Entry;
use crate::files;
use crate::state::{Act, Action, BookAct, Session, use_act};
use dr_core::codec::{self, MAX_PLAN_BYTES};
use dr_core::import::retail::{MAX_SHEET_BYTES, looks_like_sheet, price_list_address};
use dr_core::import::series::{looks_like_series, read_series};
use dr_core::plan::Plan;
use dr_core::portfolio;
use dr_core::report::format;
use dr_core::units::Bytes;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortSignal, DragEvent, File, FileList, HtmlInputElement, RequestInit, Response};
use yew::prelude::*;

/// File, name and topology of every example.
const EXAMPLES: [(&str, &str, &str); 7] = [
    ("plans/tax-filing", "Tax filing", "passive pair, published case"),
    ("plans/enrolment", "University enrolment", "passive pair, published case"),
    ("plans/marine-logistics", "Marine logistics", "passive pair, published case"),
    ("plans/gaming-leaderboard", "Gaming leaderboard", "active group of three, published case"),
    ("plans/travel-booking", "Travel booking", "active group, published case"),
    ("plans/energy-trading", "Energy trading", "active group, published case"),
    ("portfolios/twelve-plans", "Twelve plans with tags", "a portfolio, made up"),
];

/// The six published cases, a portfolio, and a new plan.
pub(super) fn examples(act: &Act) -> Vec<Entry> {
    let example = |(file, name, note): (&'static str, &'static str, &'static str)| {
        let act = act.clone();
        Entry::new(name, note, Callback::from(move |()| spawn_local(open_example(file, name, act.clone()))))
    };
    let new = act.reform(|()| Action::Open {
        plan: Box::default(),
        from: "A new plan. Undo brings the last one back.".to_owned(),
    });
    EXAMPLES
        .into_iter()
        .map(example)
        .chain([Entry::new("New plan", "10 GB, 5,000 writes/s, two regions", new)])
        .collect()
}

async fn open_example(file: &str, name: &str, act: Act) {
    act.emit(match fetch_text(&format!("{file}.json")).await {
        Ok(text) => recognised(vec![(name.to_owned(), text)]),
        Err(reason) => {
            Action::Refuse(format!("The example “{name}” could not be read: {reason}. Is {file}.json beside the page?"))
        }
    });
}

/// Milliseconds after which a server that says nothing is given up; the service worker has its copy earlier.
const ANSWER_WITHIN: u32 = 10_000;

async fn fetch_text(address: &str) -> Result<String, String> {
    let broken = |_: JsValue| "the network did not answer".to_owned();
    let options = RequestInit::new();
    options.set_signal(Some(&AbortSignal::timeout_with_u32(ANSWER_WITHIN)));
    let fetching = gloo::utils::window().fetch_with_str_and_init(address, &options);
    let response = JsFuture::from(fetching).await.map_err(broken)?;
    let response: Response = response.dyn_into().map_err(broken)?;
    if !response.ok() {
        return Err(format!("the server answers {}", response.status()));
    }
    let text = JsFuture::from(response.text().map_err(broken)?).await.map_err(broken)?;
    text.as_string().ok_or_else(|| "it is no text".to_owned())
}

fn opened(text: &str, name: &str) -> Action {
    if looks_like_series(text) {
        return match read_series(text) {
            Ok(series) => Action::Follow { series: Box::new(series), file: name.to_owned() },
            Err(error) => Action::Refuse(format!("{name}: {error}")),
        };
    }
    match codec::from_json(text) {
        Ok(plan) => Action::Open { from: told(&plan, name), plan: Box::new(plan) },
        Err(error) => Action::Refuse(format!("{name}: {error}")),
    }
}

#[inline(never)] // few files are portfolios
fn opened_portfolio(text: &str, name: &str) -> Action {
    match portfolio::read(text) {
        Ok(all) => Action::Book(BookAct::Open(Box::new(all), name.to_owned())),
        Err(error) => Action::Refuse(format!("{name}: {error}")),
    }
}

/// What files ask for, by their shape and not by their names: a plan, a portfolio, a series, or the pages of a price sheet.
fn recognised(files: Vec<(String, String)>) -> Action {
    if let Some((name, _)) = files.iter().find(|(_, text)| files.len() > 1 && !looks_like_sheet(text)) {
        return Action::Refuse(format!(
            "{name} is no price sheet. Several files at once are the pages of one price sheet; open a plan or a series alone."
        ));
    }
    match files.as_slice() {
        [(name, text)] if portfolio::is_portfolio(text) => opened_portfolio(text, name),
        [(name, text)] if text.len() <= MAX_PLAN_BYTES || looks_like_series(text) => match opened(text, name) {
            Action::Refuse(_) if looks_like_sheet(text) => Action::OpenSheet(files),
            plan => plan,
        },
        [(name, text)] if !looks_like_sheet(text) => {
            let size = format::bytes(Bytes::bytes(text.len() as f64));
            Action::Refuse(format!(
                "{name} is no plan, no series and no price sheet: it has {size}, a plan has at most 1 MB, and there is no row of the Retail Prices API in it."
            ))
        }
        _ => Action::OpenSheet(files),
    }
}

fn told(plan: &Plan, name: &str) -> String {
    if plan.story.printed.is_empty() {
        format!("Opened {name}.")
    } else {
        format!("Opened {name}: a published case. What is printed and what is assumed stands under Compare.")
    }
}

/// Reads the files that a person chose or dropped; what is larger than any sheet is refused unread.
fn open_files(list: &FileList, act: &Act) {
    let files: Vec<File> = (0..list.length()).filter_map(|at| list.get(at)).collect();
    let size: f64 = files.iter().map(|file| file.size()).sum();
    if size > MAX_SHEET_BYTES as f64 {
        let size = format::bytes(Bytes::bytes(size));
        act.emit(Action::Refuse(format!(
            "{size} were not read: a plan has at most 1 MB, a series 16 MB, a portfolio 20 MB and a price sheet 64 MB."
        )));
        return;
    }
    if !files.is_empty() {
        spawn_local(read_files(files, act.clone()));
    }
}

async fn read_files(chosen: Vec<File>, act: Act) {
    let mut texts = Vec::new();
    for file in chosen {
        match files::text_of(&file, MAX_SHEET_BYTES).await {
            Ok(text) => texts.push((file.name(), text)),
            Err(reason) => return act.emit(Action::Refuse(reason)),
        }
    }
    act.emit(recognised(texts));
}

/// What can be opened: a plan, a price sheet, and how to get one.
pub(super) fn open_entries(session: &Session, act: &Act) -> Vec<Entry> {
    let copy = {
        let (session, act) = (session.clone(), act.clone());
        Callback::from(move |()| {
            files::copy(&price_list_address(&session.plan, session.catalog.currency()));
            act.emit(Action::Tell("The address is on the clipboard. Open it in another tab, save every page (each names the next in NextPageLink), then open the files here together.".to_owned()));
        })
    };
    let pick = pick_files(act);
    let mut entries = vec![
        Entry::new("Plan, portfolio or series of measurements…", "a file, or dropped on the page", pick.clone()),
        Entry::new("Price sheet…", "answers of the Azure Retail Prices API, all pages at once", pick),
        Entry::new(
            "Copy the address of a price sheet",
            "for this plan’s regions; nothing is asked for from here",
            copy,
        ),
    ];
    if session.sheet.is_some() {
        entries.push(Entry::new("Back to the bundled prices", "", act.reform(|()| Action::CloseSheet)));
    }
    entries
}

/// Lets a person choose files, and opens what they are.
pub(crate) fn pick_files(act: &Act) -> Callback<()> {
    let act = act.clone();
    Callback::from(move |()| {
        let made = gloo::utils::document()
            .create_element("input")
            .ok()
            .and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = made else { return };
        input.set_type("file");
        input.set_multiple(true);
        input.set_accept("application/json,.json,.ndjson,text/csv,.csv,.tsv,.txt");
        let (act, chosen) = (act.clone(), input.clone());
        EventListener::once(&input, "change", move |_| {
            if let Some(files) = chosen.files() {
                open_files(&files, &act);
            }
        })
        .forget();
        input.click();
    })
}

/// A file dropped anywhere on the page is opened; while one hovers, the page says so.
#[component]
pub fn DropZone() -> Html {
    let act = use_act();
    let over = use_state(|| false);
    {
        let over = over.clone();
        use_effect_with((), move |()| {
            let window = gloo::utils::window();
            let options = EventListenerOptions::enable_prevent_default();
            let (enter, leave) = (over.clone(), over.clone());
            let listeners = [
                EventListener::new_with_options(&window, "dragover", options, move |event| {
                    event.prevent_default();
                    enter.set(true);
                }),
                EventListener::new(&window, "dragleave", move |event| {
                    let outside = event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none());
                    if outside {
                        leave.set(false);
                    }
                }),
                EventListener::new_with_options(&window, "drop", options, move |event| {
                    event.prevent_default();
                    over.set(false);
                    let files =
                        event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).and_then(|data| data.files());
                    if let Some(files) = files {
                        open_files(&files, &act);
                    }
                }),
            ];
            move || drop(listeners)
        });
    }
    if *over {
        html! { <div class="drop" aria-hidden="true"><p>{ "Drop a plan, a price sheet or a series of measurements to open it" }</p></div> }
    } else {
        Html::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{opened, recognised, told};
    use crate::state::{Action, BookAct};
    use dr_core::codec;
    use dr_core::plan::{Plan, Printed};

    fn published() -> Plan {
        let mut plan = Plan::default();
        let [what, outcome, source] = ["activation", "24 min", "S2"].map(str::to_owned);
        plan.story.printed.push(Printed { what, outcome, source });
        plan
    }

    #[test]
    fn a_published_case_says_where_its_figures_stand() {
        let published_case = "Opened Tax: a published case. What is printed and what is assumed stands under Compare.";
        for (plan, said) in [(Plan::default(), "Opened Tax."), (published(), published_case)] {
            assert_eq!(told(&plan, "Tax"), said);
        }
    }

    #[test]
    fn files_are_told_apart_by_their_shape() {
        let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let plan = file("plan.txt", &codec::to_json(&Plan { name: "Items".to_owned(), ..Plan::default() }));
        let (page, cut) = (file("a.json", r#"{"Items":[]}"#), file("b.json", r#"{"Items": [{"retailPri"#));
        let large = file("c.json", &"x".repeat(10_000_000));
        let sheet = file("d.json", &format!("{}{}", page.1, " ".repeat(2_000_000)));
        assert!(matches!(recognised(vec![plan.clone()]), Action::Open { .. }));
        for files in [vec![page.clone()], vec![cut.clone()], vec![sheet], vec![page.clone(), cut]] {
            let count = files.len();
            assert!(matches!(recognised(files), Action::OpenSheet(all) if all.len() == count));
        }
        for (files, part) in [
            (vec![page, plan], "plan.txt is no price sheet"),
            (vec![large], "c.json is no plan, no series and no price sheet: it has 10\u{a0}MB"),
        ] {
            let Action::Refuse(said) = recognised(files) else { panic!("{part}") };
            assert!(said.starts_with(part), "{said}");
        }
    }

    #[test]
    fn a_portfolio_is_told_by_its_shape() {
        let text = r#"{"portfolio":1,"plans":[{"plan":{"name":"A"}},{"plan":3}]}"#;
        let Action::Book(BookAct::Open(all, name)) = recognised(vec![("all.json".to_owned(), text.to_owned())]) else {
            panic!("{text} opens")
        };
        assert_eq!((all.entries.len(), all.broken.len(), name.as_str()), (1, 1, "all.json"));
        let Action::Refuse(said) = recognised(vec![("all.json".to_owned(), r#"{"portfolio":9}"#.to_owned())]) else {
            panic!("9 is no version")
        };
        assert!(said.starts_with("all.json: This is no portfolio file: its version"), "{said}");
    }

    #[test]
    fn a_file_opens_or_is_refused_with_its_name() {
        let Action::Open { plan, from } = opened(&codec::to_json(&published()), "tax.json") else {
            panic!("a plan that was written here opens")
        };
        assert_eq!(*plan, published());
        assert!(from.starts_with("Opened tax.json: "), "{from}");
        let Action::Follow { file, .. } = opened("time,writes/s\n0,1\n60,2\n", "day.csv") else {
            panic!("a series is followed")
        };
        assert_eq!(file, "day.csv");
        let Action::Refuse(said) = opened("time,writes/s\n0,many\n", "day.csv") else { panic!("many is no number") };
        assert!(said.starts_with("day.csv: Line 2"), "{said}");
        for text in ["", "[]", "{\"format\": 1", "<b>"] {
            let Action::Refuse(said) = opened(text, "a<b>.txt") else { panic!("{text} is no plan") };
            assert!(said.starts_with("a<b>.txt: "), "{said}");
        }
    }
}
