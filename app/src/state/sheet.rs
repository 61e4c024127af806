//! The price sheet over the bundled prices: opened, kept for the next visit, taken out.

use super::{Notice, Session, words};
use dr_core::catalog::Catalog;
use dr_core::evaluate::evaluate;
use dr_core::import::retail::{MAX_PERSISTED_BYTES, Sheet, SheetError, SheetReport, persisted, read_persisted};
use dr_core::report::estate::ReadSheet;
use dr_core::units::Date;
use std::rc::Rc;

/// What makes a sheet of files. It comes with the action: a first result needs no reader of sheets.
pub type SheetReader = fn(&[(String, String)], &Catalog, Date) -> Result<Sheet, SheetError>;

/// An opened sheet.
#[derive(Debug, PartialEq)]
pub struct OpenedSheet {
    /// Names of its files: "east.json, north.json".
    pub name: String,
    /// What it replaced and left out.
    pub report: SheetReport,
    /// Its prices as a text, for the next visit and for workers.
    pub prices: String,
}

impl OpenedSheet {
    /// True when the browser keeps it for the next visit.
    #[must_use]
    pub fn is_persisted(&self) -> bool {
        self.prices.len() <= MAX_PERSISTED_BYTES
    }
}

impl Session {
    /// Opens the files as one sheet; a refusal leaves everything as it is.
    pub(super) fn with_files(self: Rc<Self>, files: &[(String, String)], read: SheetReader) -> Rc<Self> {
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let name = match names.as_slice() {
            [first, _, _, ..] => format!("{first} and {} more", names.len() - 1),
            few => few.join(", "),
        };
        match read(files, &self.catalog, self.plan.horizon.start) {
            Err(error) => {
                let text = if files.len() > 1 { error.to_string() } else { format!("{name}: {error}") };
                self.with(|next| next.notice = Some(Notice { text, refused: true }))
            }
            Ok(sheet) => self.with(|next| {
                next.put_sheet(&name, &sheet);
                next.notice = next.sheet.as_deref().map(|sheet| Notice { text: message(sheet), refused: false });
            }),
        }
    }

    /// The session with the sheet of an earlier visit, or the sentence that it cannot be read.
    pub(super) fn with_persisted_sheet(mut self, text: &str) -> Result<Self, String> {
        let read = text.split_once('\n').and_then(|(name, rest)| Some((name, read_persisted(rest, &self.catalog)?)));
        let (name, sheet) = read.ok_or_else(|| words::NO_SHEET.to_owned())?;
        self.put_sheet(name, &sheet);
        Ok(self)
    }

    /// The same of a sheet that a worker has read; what was told before stands before it.
    pub(super) fn with_read_sheet(self: Rc<Self>, read: &ReadSheet) -> Rc<Self> {
        let Some(sheet) = read_persisted(&read.prices, &self.catalog) else {
            return self.with(|next| next.notice = Some(Notice { text: words::NO_SHEET.to_owned(), refused: true }));
        };
        self.with(|next| {
            next.put_sheet(&read.name, &sheet);
            let before = next.notice.take().map_or_else(String::new, |it| format!("{} ", it.text));
            next.notice = next.sheet.as_deref().map(|sheet| {
                let text = format!("{before}{}", message(sheet));
                Notice { text, refused: false }
            });
        })
    }

    pub(super) fn without_sheet(self: Rc<Self>) -> Rc<Self> {
        if self.sheet.is_none() {
            return self;
        }
        self.with(|next| {
            next.catalog = Rc::new(next.catalog.without_sheet());
            next.sheet = None;
            next.evaluation = Rc::new(evaluate(&next.plan, &next.catalog));
            next.notice = Some(Notice { text: "The bundled prices are back.".to_owned(), refused: false });
        })
    }

    fn put_sheet(&mut self, name: &str, sheet: &Sheet) {
        let (catalog, report) = sheet.over(&self.catalog);
        let prices = persisted(sheet, &catalog);
        self.evaluation = Rc::new(evaluate(&self.plan, &catalog));
        self.catalog = Rc::new(catalog);
        self.sheet = Some(Rc::new(OpenedSheet { name: name.replace(['\n', '\r'], " "), report, prices }));
    }
}

fn message(sheet: &OpenedSheet) -> String {
    format!("Opened {}: {} Details: Cost, Prices.", sheet.name, sheet.report.headline())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Action;
    use crate::testing::session_with;
    use dr_core::import::retail::read_files;
    use dr_core::plan::Plan;
    use dr_core::units::Money;
    use yew::Reducible;

    const NODE: &str = r#"{"Items":[{"currencyCode":"EUR","retailPrice":0.4,"armRegionName":"eastus","effectiveStartDate":"2026-10-01T00:00:00Z","meterName":"P1 Cache Instance","productName":"Azure Redis Cache Premium","skuName":"P1","unitOfMeasure":"1 Hour","type":"Consumption"}],"NextPageLink":null}"#;

    fn start() -> Rc<Session> {
        Rc::new(session_with(|_| {}))
    }

    fn open(session: &Rc<Session>, files: &[(&str, &str)]) -> Rc<Session> {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Rc::clone(session).reduce(Action::OpenSheet(files, read_files))
    }

    /// Texts that made the page die at every visit.
    #[test]
    fn kept_prices_without_bounds_are_told_and_the_page_lives() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/hostile");
        for number in 0..3 {
            let text = std::fs::read_to_string(format!("{folder}/kept-prices-overflow-{number}.txt")).unwrap();
            let refused = Session::new(Plan::default()).unwrap().with_persisted_sheet(&format!("east.json\n{text}"));
            assert_eq!(refused.err().as_deref(), Some(words::NO_SHEET), "text {number}");
        }
    }

    #[test]
    fn a_sheet_changes_the_prices_and_undo_leaves_it() {
        let first = start();
        let opened = open(&first, &[("prices.json", NODE)]);
        assert_eq!(opened.catalog.currency().code(), "EUR");
        assert_eq!(opened.plan, first.plan);
        assert_eq!(opened.evaluation.passive.bill.currency.code(), "EUR");
        let said = &opened.notice.as_ref().unwrap().text;
        assert!(said.starts_with("Opened prices.json: 1 price in EUR from 1 row"), "{said}");
        let edit = Action::edit("objectives.budget", |plan| plan.objectives.budget = Some(Money::whole(9)));
        let edited = Rc::clone(&opened).reduce(edit);
        let back = edited.reduce(Action::Undo);
        assert_eq!((back.plan.clone(), back.catalog.currency()), (first.plan.clone(), opened.catalog.currency()));
        let bundled = back.reduce(Action::CloseSheet);
        assert_eq!(bundled.evaluation, first.evaluation);
        assert!(bundled.sheet.is_none());
        assert!(Rc::ptr_eq(&Rc::clone(&first).reduce(Action::CloseSheet), &first));
    }

    #[test]
    fn a_persisted_sheet_is_the_sheet_again() {
        let opened = open(&start(), &[("a\nb.json", NODE)]);
        let text = opened.sheet.as_ref().unwrap();
        let text = format!("{}\n{}", text.name, text.prices);
        let again = session_with(|_| {}).with_persisted_sheet(&text).unwrap();
        assert_eq!(
            (again.evaluation, &again.sheet.as_ref().unwrap().report),
            (opened.evaluation.clone(), &opened.sheet.as_ref().unwrap().report)
        );
        assert_eq!(again.sheet.unwrap().name, "a b.json");
        for damaged in ["", "a.json", "a.json\n", "a.json\n{}", &text.replace("eastus", "atlantis")] {
            assert!(session_with(|_| {}).with_persisted_sheet(damaged).is_err_and(|why| !why.is_empty()), "{damaged}");
        }
    }

    #[test]
    fn what_is_no_sheet_is_refused_and_nothing_is_lost() {
        let first = open(&start(), &[("prices.json", NODE)]);
        let garbage = "\u{0}\u{1}x".repeat(3_500_000);
        let all_wrong = |price: &str| NODE.replace("0.4", price);
        let cases = [
            (&NODE[..200], "not whole JSON"),
            (garbage.as_str(), "not whole JSON"),
            (&all_wrong("\"0.4\""), "not readable as a price row"),
            (&all_wrong("-1"), "not readable as a price row"),
            (&all_wrong("NaN"), "not whole JSON"),
            (&all_wrong("1e999"), "not whole JSON"),
            ("{\"Items\":[]}", "no “Items”"),
        ];
        for (text, part) in cases {
            let after = open(&first, &[("x.json", text)]);
            let notice = after.notice.clone().unwrap();
            assert!(
                notice.refused && notice.text.starts_with("x.json: ") && notice.text.contains(part),
                "{}",
                notice.text
            );
            assert!(notice.text.len() < 500 && Rc::ptr_eq(&after.catalog, &first.catalog), "{}", notice.text);
            assert_eq!((&after.evaluation, &after.sheet), (&first.evaluation, &first.sheet));
        }
        let after = open(&first, &[("1.json", NODE), ("2.json", &NODE[..200])]);
        assert!(after.notice.as_ref().unwrap().text.starts_with("2.json is no price sheet"));
    }

    #[test]
    fn the_same_row_twice_is_one_price() {
        let opened = open(&start(), &[("1.json", NODE), ("2.json", NODE), ("3.json", NODE)]);
        let sheet = opened.sheet.as_ref().unwrap();
        assert_eq!((sheet.name.as_str(), sheet.report.prices.len(), sheet.report.rows), ("1.json and 2 more", 1, 3));
        assert_eq!(sheet.report.contradictions, Vec::<String>::new());
    }
}
