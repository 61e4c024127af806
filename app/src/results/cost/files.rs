//! The bill as files: the figures of the page in the formats of spreadsheets, reviews and `FinOps` tools.

use crate::files::{NO_DATE, download, file_stem, today};
use crate::state::{Act, Action, Session};
use dr_core::explore::BillBands;
use dr_core::explore::bill_bands::bands_of_all;
use dr_core::model::Topology;
use dr_core::report::bill_text::{self, Banded};
use dr_core::report::focus::{self, FocusError, Stamp};
use dr_core::units::Date;
use std::rc::Rc;
use yew::prelude::*;

type Write = fn(&str, &[Banded]) -> String;

/// Ending, type and writer of every format that holds all three bills.
const FORMATS: [(&str, &str, &str, Write); 3] = [
    ("CSV", "csv", "text/csv", |_, bills| bill_text::csv_of_all(bills)),
    ("Markdown", "md", "text/markdown", |plan, bills| bill_text::document(bill_text::title(plan), bills).markdown()),
    ("JSON", "json", "application/json", |_, bills| dr_core::report::json::bills_json(bills)),
];

/// A link for each format; bands that are known already are not worked out again.
pub(super) fn links(session: &Rc<Session>, bands: Option<&Rc<[BillBands; 3]>>) -> Html {
    FORMATS
        .into_iter()
        .map(|(name, ending, mime, write)| {
            let (session, known) = (Rc::clone(session), bands.cloned());
            let onclick = Callback::from(move |_: MouseEvent| {
                let bands = known.clone().unwrap_or_else(|| Rc::new(bands_of_all(&session.plan, &session.catalog)));
                let text = write(&session.plan.name, &bill_text::banded(&session.evaluation, &bands));
                download(&format!("{}-bill.{ending}", file_stem(&session.plan.name)), mime, text.as_bytes());
            });
            html! { <button type="button" class="link" {onclick}>{ name }</button> }
        })
        .collect()
}

/// The link to one topology's bill with FOCUS columns: a file that is summed holds one design only.
pub(super) fn focus_link(topology: Topology, session: &Rc<Session>, act: &Act) -> Html {
    let (session, act) = (Rc::clone(session), act.clone());
    let onclick = Callback::from(move |_: MouseEvent| save_focus(Some(topology), &session, &act));
    let name = format!("FOCUS file of the {}", topology.name().to_ascii_lowercase());
    html! { <button type="button" class="link" aria-label={name} {onclick}>{ "FOCUS" }</button> }
}

/// Saves a topology's bill with FOCUS columns, the recommended one's if none is named, and says what is not in it; refuses where there is
/// no bill.
pub(crate) fn save_focus(topology: Option<Topology>, session: &Session, act: &Act) {
    let Some(date) = today() else {
        return act.emit(Action::Refuse(NO_DATE.to_owned()));
    };
    match focus(topology, session, date) {
        Ok((topology, text, said)) => {
            let name = format!("{}-{}-focus.csv", file_stem(&session.plan.name), topology.slug());
            download(&name, "text/csv", text.as_bytes());
            act.emit(Action::Tell(said));
        }
        Err(why) => act.emit(Action::Refuse(why.to_string())),
    }
}

/// The file, and what to say of it; no file without a bill.
fn focus(topology: Option<Topology>, session: &Session, date: Date) -> Result<(Topology, String, String), FocusError> {
    let stamp = Stamp { date, tags: &[], version: &session.catalog.model_version() };
    let (topology, file) = focus::file(&session.plan, &session.catalog, &session.evaluation, topology, &stamp)?;
    Ok((topology, file.csv(), file.says(topology)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::fold::unfolded;
    use crate::testing::{drawn, session};
    use dr_core::plan::Plan;
    use dr_core::report::focus::FocusFile;
    use dr_core::units::Money;
    use dr_core::units::format::money_cents;

    /// The texts of the amounts in a part of the page.
    fn amounts(html: &str, mark: &str) -> Vec<String> {
        let part = crate::testing::element(html, mark);
        let cell = |line: &str| Some(line.trim().strip_prefix("<td class=\"num\">")?.strip_suffix("</td>")?.to_owned());
        part.lines().filter_map(cell).collect()
    }

    /// The figures of every file are those on the page: line by line and the total.
    #[test]
    fn files_print_what_the_page_prints() {
        let session = session(Plan::default());
        let html = drawn(&session, unfolded(html! { <super::super::bill::Bill /> }));
        let bands = bands_of_all(&session.plan, &session.catalog);
        let bills = bill_text::banded(&session.evaluation, &bands);
        let (csv, markdown, json) = (
            bill_text::csv_of_all(&bills),
            bill_text::document("", &bills).markdown(),
            dr_core::report::json::bills_json(&bills),
        );
        for (topology, bill, _) in bills {
            let page = amounts(&html, &format!("data-bill=\"{}\"", topology.slug()));
            let cents = |amount: Option<&str>| {
                amount
                    .filter(|it| !it.is_empty())
                    .map_or("no price".to_owned(), |it| money_cents(Money::new(it.parse().unwrap()), bill.currency))
            };
            let (lines, total) = page.split_at(page.len() - 1);
            // Labels may hold commas; the amount stands before the currency.
            let in_csv = csv.lines().filter(|line| line.starts_with(&format!("{},", topology.name())));
            let in_csv: Vec<String> =
                in_csv.map(|line| cents(line.split(",USD,").next().and_then(|it| it.rsplit(',').next()))).collect();
            assert_eq!(in_csv, lines, "CSV, {}", topology.name());

            let section = markdown.split("## ").find(|part| part.starts_with(topology.name())).unwrap();
            let cells = section.lines().filter(|line| line.starts_with("| ")).skip(2);
            let in_markdown: Vec<&str> =
                cells.map(|line| line.split('|').nth(6).unwrap().trim_matches(['*', ' '])).collect();
            assert_eq!(in_markdown, page, "Markdown, {}", topology.name());

            let value: serde_json::Value = serde_json::from_str(&json).unwrap();
            let one = value.as_array().unwrap().iter().find(|it| it["topology"] == topology.slug()).unwrap();
            let in_json: Vec<String> =
                one["bill"]["lines"].as_array().unwrap().iter().map(|line| cents(line["amount"].as_str())).collect();
            assert_eq!(in_json, lines, "JSON, {}", topology.name());
            assert_eq!(cents(one["bill"]["total"].as_str()), total[0]);

            let file = FocusFile::of(
                &session.plan,
                &session.catalog,
                session.evaluation.of(topology),
                &Stamp { date: session.catalog.as_of(), tags: &[], version: "1" },
            );
            let in_focus: Vec<String> =
                file.rows.iter().map(|row| money_cents(row.billed_cost, bill.currency)).collect();
            let priced: Vec<&String> = lines.iter().filter(|amount| *amount != "no price").collect();
            assert_eq!(in_focus.iter().collect::<Vec<_>>(), priced, "FOCUS, {}", topology.name());
        }
    }

    /// Trust E4: no file of a header alone; the terminal refuses with the same sentence.
    #[test]
    fn a_design_without_a_bill_has_no_file() {
        let session = crate::testing::session_with(|plan| plan.remove_region(1));
        let why = focus(Some(Topology::Passive), &session, session.catalog.as_of()).unwrap_err().to_string();
        assert!(why.starts_with("The passive pair is not possible for this plan: there is no bill to write."), "{why}");
    }

    #[test]
    fn what_is_left_out_is_said() {
        let session = session(Plan::default());
        let (_, text, said) = focus(Some(Topology::Passive), &session, session.catalog.as_of()).unwrap();
        assert!(text.starts_with("BilledCost,"));
        assert_eq!(
            said,
            "Saved the bill of the passive pair with the columns of FOCUS 1.2. 1 line has no price and is not in the file. \
             This is a forecast: the columns conform, an invoice will differ."
        );
    }
}
