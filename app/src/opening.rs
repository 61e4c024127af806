//! What comes into the page: an example; plan files, price sheets, series and what Azure prints, by picker, drop or paste.

mod alone;
mod dates;
mod folders;
mod mixed;
mod zone;

pub(crate) use folders::open_folders;
pub(crate) use mixed::{cancel, is_remembered, open_again, open_alone, open_chosen};
pub use zone::DropZone;

pub(crate) use alone::Alone;
pub(crate) use dates::DateOrders;

use crate::later;
use crate::slices;
use crate::state::{Act, Action, WorkspaceAct};
use dr_core::import::dates::DateOrder;
use dr_core::import::open::{Content, open_dated};
use dr_core::import::retail::read_files;
use dr_core::plan::Plan;
use dr_core::portfolio::{Portfolio, Reading};
use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, File, FileList, HtmlInputElement, RequestInit, Response};
use yew::prelude::*;

/// Opens an example plan that stands beside the page.
pub(crate) async fn open_example(file: &str, name: &str, act: Act) {
    match fetch_text(&format!("{file}.json")).await {
        Ok(text) => {
            let files = vec![(name.to_owned(), text.into_bytes())];
            open_with_second(files, &act);
        }
        Err(reason) => act.emit(Action::Refuse(format!(
            "The example “{name}” could not be read: {reason}. Is {file}.json beside the page?"
        ))),
    }
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

/// Reading comes with the second part of the program.
fn open_with_second(files: Vec<(String, Vec<u8>)>, act: &Act) {
    let to = act.clone();
    later::with(act, move |second| (second.take)(files, &to));
}

/// What files ask for, by their contents and not by their names; what is not taken is said after it.
pub(crate) fn take(files: Vec<(String, Vec<u8>)>, act: &Act) {
    take_dated(files, None, act);
}

/// The same with the order of day and month in their dates, where the person says it.
fn take_dated(files: Vec<(String, Vec<u8>)>, dates: Option<DateOrder>, act: &Act) {
    let opened = open_dated(files, dates);
    let refused = opened.refusals();
    let last = (!refused.is_empty()).then_some(refused);
    match opened.taken {
        None => act.emit(Action::Refuse(last.unwrap_or_default())),
        Some((name, Content::Portfolio(begun))) => {
            let act = act.clone();
            read_in_slices(*begun, move |read| {
                act.emit(Action::Workspace(WorkspaceAct::Open(Box::new(read), name)));
                if let Some(said) = last {
                    act.emit(Action::Remark(said));
                }
            });
        }
        Some((name, content)) => {
            act.emit(action(name, content));
            if let Some(said) = last {
                act.emit(Action::Remark(said));
            }
        }
    }
}

fn action(name: String, content: Content) -> Action {
    match content {
        Content::Plan(plan) => Action::Open { from: message(&plan, &name), plan },
        Content::Portfolio(mut begun) => {
            begun.advance(usize::MAX);
            Action::Workspace(WorkspaceAct::Open(Box::new(begun.finish()), name))
        }
        Content::Series(series) => Action::Follow { series, file: name },
        Content::Sheet(pages) => Action::OpenSheet(pages, read_files),
    }
}

/// Reads the entries of a portfolio while the page answers: of 20 MB there may be ten thousand.
fn read_in_slices(begun: Reading, then: impl FnOnce(Portfolio) + 'static) {
    let mut under_way = Some((begun, then));
    // Goes on to its end: nothing takes back that a file was chosen.
    let _stop = slices::run(move |slice| {
        let Some((begun, _)) = &mut under_way else { return true };
        let mut done = false;
        while !done && slice.goes_on() {
            done = begun.advance(4);
        }
        if done && let Some((read, then)) = under_way.take() {
            then(read.finish());
        }
        done
    });
}

fn message(plan: &Plan, name: &str) -> String {
    if plan.story.printed.is_empty() {
        format!("Opened {name}.")
    } else {
        format!("Opened {name}, a published case; the Overview lists what is published and what is assumed.")
    }
}

/// Opens the files that a person chose or dropped: the second part sorts and reads them.
fn open_files(list: &FileList, act: &Act) {
    open_all((0..list.length()).filter_map(|at| list.get(at)).collect(), act);
}

fn open_all(files: Vec<File>, act: &Act) {
    let to = act.clone();
    if !files.is_empty() {
        later::with(act, move |second| (second.open)(files, &to));
    }
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
        input.set_accept("application/json,.json,.ndjson,.jsonl,text/csv,.csv,.tsv,.txt");
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

#[cfg(test)]
mod tests {
    use super::{action, message};
    use crate::state::{Action, WorkspaceAct};
    use dr_core::codec;
    use dr_core::import::open::open;
    use dr_core::plan::{Plan, Printed};

    fn published() -> Plan {
        let mut plan = Plan::default();
        let [what, outcome, source] = ["activation", "24 min", "S2"].map(str::to_owned);
        plan.story.printed.push(Printed { what, outcome, source });
        plan
    }

    #[test]
    fn a_published_case_says_where_its_figures_stand() {
        let published_case = "Opened Tax, a published case; the Overview lists what is published and what is assumed.";
        for (plan, said) in [(Plan::default(), "Opened Tax."), (published(), published_case)] {
            assert_eq!(message(&plan, "Tax"), said);
        }
    }

    fn actions(files: &[(&str, &str)]) -> Vec<Action> {
        let bytes = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
        let opened = open(files.iter().map(bytes).collect());
        let (taken, said) = (opened.taken.is_some(), opened.refusals());
        let first = opened.taken.map(|(name, content)| action(name, content));
        let last = if taken { Action::Remark(said.clone()) } else { Action::Refuse(said.clone()) };
        first.into_iter().chain((!said.is_empty()).then_some(last)).collect()
    }

    fn refused(name: &str, text: &str) -> String {
        match actions(&[(name, text)]).remove(0) {
            Action::Refuse(said) => said,
            _ => panic!("{name} is refused"),
        }
    }

    #[test]
    fn files_are_told_apart_by_their_content() {
        let plan = codec::to_json(&Plan { name: "Items".to_owned(), ..Plan::default() });
        let (page, cut) = (r#"{"Items":[]}"#, r#"{"Items": [{"retailPri"#);
        let sheet = format!("{page}{}", " ".repeat(2_000_000));
        assert!(matches!(actions(&[("plan.txt", &plan)])[..], [Action::Open { .. }]));
        let files: [&[(&str, &str)]; 4] = [&[("a", page)], &[("b", cut)], &[("d", &sheet)], &[("a", page), ("b", cut)]];
        for files in files {
            assert!(matches!(&actions(files)[..], [Action::OpenSheet(all, _)] if all.len() == files.len()));
        }
        let [Action::OpenSheet(pages, _), Action::Remark(said)] = &actions(&[("plan.txt", &plan), ("a", page)])[..]
        else {
            panic!("pages are taken, and the plan is named")
        };
        assert_eq!(pages.len(), 1);
        assert!(said.starts_with("plan.txt: This is a plan, not a price sheet."), "{said}");
        let said = refused("c.json", &"x".repeat(10_000_000));
        assert!(said.starts_with("c.json: This is text of no known kind"), "{said}");
    }

    #[test]
    fn a_portfolio_is_told_by_its_content() {
        let text = r#"{"portfolio":1,"plans":[{"plan":{"name":"A"}},{"plan":3}]}"#;
        let Some(Action::Workspace(WorkspaceAct::Open(all, name))) = actions(&[("all.json", text)]).pop() else {
            panic!("{text} opens")
        };
        assert_eq!((all.entries.len(), all.broken.len(), name.as_str()), (1, 1, "all.json"));
        let said = refused("all.json", r#"{"portfolio":9}"#);
        assert!(said.starts_with("all.json: This is no portfolio file: its version"), "{said}");
    }

    #[test]
    fn a_file_opens_or_is_refused_with_its_name() {
        let Some(Action::Open { plan, from }) = actions(&[("tax.json", &codec::to_json(&published()))]).pop() else {
            panic!("a plan that was written here opens")
        };
        assert_eq!(*plan, published());
        assert!(from.starts_with("Opened tax.json, "), "{from}");
        let Some(Action::Follow { file, .. }) = actions(&[("day.csv", "time,writes/s\n0,1\n60,2\n")]).pop() else {
            panic!("a series is followed")
        };
        assert_eq!(file, "day.csv");
        let said = refused("day.csv", "time,writes/s\n0,many\n");
        assert!(said.starts_with("day.csv: Line 2"), "{said}");
        for text in ["", "[]", "{\"format\": 1", "<b>"] {
            let said = refused("a<b>.txt", text);
            assert!(said.starts_with("a<b>.txt: "), "{said}");
        }
    }
}
