//! What is said of plans and portfolios that stand in a browser's storage: why one is not read, and what tells two apart.

use crate::catalog::Catalog;
use crate::plan::{FIELDS, Field, Plan};
use crate::units::format;
use serde_json::Value;

/// Differences that a sentence spells out; the others are counted.
const SPELT_OUT: usize = 3;

/// Why a kept text is not read, and what can be done: it is empty, of a newer version, cut off, not of this page, or else what its
/// reader `said`.
///
/// `version` names the field that holds the version and the highest one that this release reads; `None` for texts without a version.
/// Total: any text has an answer.
#[must_use]
pub fn why_unread(text: &str, version: Option<(&str, u64)>, said: &str) -> String {
    if text.trim().is_empty() {
        return "It is empty: there is nothing to open.".to_owned();
    }
    let Some((key, reads)) = version else { return said.to_owned() };
    let cut = "It is cut off: no release can open it; download what is there.";
    let foreign = "It was not written by this page, and nothing of it can be opened here.";
    match serde_json::from_str::<Value>(text) {
        Err(error) if error.is_eof() && text.trim_start().starts_with('{') => cut.to_owned(),
        Err(_) => foreign.to_owned(),
        Ok(value) => match value.get(key) {
            None => foreign.to_owned(),
            Some(version) if version.as_u64().is_some_and(|version| version > reads) => format!(
                "It has version {version}; this release reads version {reads}. Open it in the release that saved it or a newer \
                 one."
            ),
            Some(_) => format!("{said} Another release may open it."),
        },
    }
}

/// What a kept plan has that the one in view has otherwise, "Regions East US and UK South, now East US and North Europe; Writes
/// 7,900/s, now 5,000/s and 2 more"; "the name alone", and "what is chosen, none of its figures" where no figure differs. Empty for
/// equal plans.
#[must_use]
pub fn differences(kept: &Plan, now: &Plan, catalog: &Catalog) -> String {
    if kept == now {
        return String::new();
    }
    let regions = |plan: &Plan| {
        let names: Vec<&str> = plan.regions.iter().map(|share| catalog.region_name(&share.region)).collect();
        format::listed(&names)
    };
    let [own, other] = [kept, now].map(regions);
    let moved = (own != other).then(|| format!("Regions {own}, now {other}"));
    let figures = FIELDS.iter().filter_map(|field| figure(field, kept, now, catalog));
    let all: Vec<String> = moved.into_iter().chain(figures).collect();
    match all.len().saturating_sub(SPELT_OUT) {
        _ if Plan { name: now.name.clone(), ..kept.clone() } == *now => "the name alone".to_owned(),
        _ if all.is_empty() => "what is chosen, none of its figures".to_owned(),
        0 => all.join("; "),
        more => format!("{} and {more} more", all[..SPELT_OUT].join("; ")),
    }
}

fn figure(field: &Field, kept: &Plan, now: &Plan, catalog: &Catalog) -> Option<String> {
    let [own, other] = [kept, now].map(field.get);
    let print = |plan: &Plan, value: Option<f64>| {
        let currency = plan.typing_currency(catalog.currency());
        value.map_or_else(|| "left open".to_owned(), |value| field.print_exactly(value, currency))
    };
    (own.map(f64::to_bits) != other.map(f64::to_bits))
        .then(|| format!("{} {}, now {}", field.label, print(kept, own), print(now, other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec;
    use crate::units::OpsPerSec;

    /// Trust A3, and the reader's finding: “reload” and “a newer release may open it” were said of texts that neither helps.
    #[test]
    fn each_kind_of_unread_text_has_a_sentence_that_is_true_of_it() {
        let plan = codec::to_json(&Plan::default());
        let broken = plan.replace("\"dataset\"", "\"colour\"");
        let cases = [
            (String::new(), "It is empty: there is nothing to open."),
            (" \n".to_owned(), "It is empty: there is nothing to open."),
            (
                plan.replace("\"v\": 1", "\"v\": 2"),
                "It has version 2, and this release reads version 1: open it in the release that saved it, or in a newer one.",
            ),
            (plan[..plan.len() / 2].to_owned(), "It is cut off: no release can open it; download what is there."),
            ("\u{0}%".to_owned(), "It was not written by this page, and nothing of it can be opened here."),
            ("[1]".to_owned(), "It was not written by this page, and nothing of it can be opened here."),
            (
                "{\"theme\":\"dark\"}".to_owned(),
                "It was not written by this page, and nothing of it can be opened here.",
            ),
        ];
        for (text, expected) in cases {
            let said = codec::from_json(&text).expect_err(&text).to_string();
            assert_eq!(why_unread(&text, Some(("v", codec::PLAN_VERSION)), &said), expected, "{text}");
        }
        let said = codec::from_json(&broken).expect_err("an unknown field").to_string();
        assert!(said.contains("colour"), "{said}");
        let why = why_unread(&broken, Some(("v", codec::PLAN_VERSION)), &said);
        assert_eq!(why, format!("{said} Another release may open it."));
        assert_eq!(why_unread("x", None, "It is no list."), "It is no list.");
    }

    fn told(kept: &Plan, now: &Plan) -> String {
        differences(kept, now, &Catalog::bundled().expect("a catalogue"))
    }

    #[test]
    fn two_plans_of_one_name_are_told_apart_by_what_differs() {
        let now = Plan::default();
        assert_eq!(told(&now, &now), "");
        let mut kept = Plan::default();
        kept.workload.writes = OpsPerSec::per_s(7_900.0);
        let said = told(&kept, &now).replace('\u{a0}', " ");
        assert_eq!(said, "Writes 7,900/s, now 5,000/s");
        kept.exchange_region(1, crate::catalog::RegionId::new("uksouth"));
        kept.objectives.budget = None;
        kept.objectives.rpo = None;
        let said = told(&kept, &now);
        assert!(said.starts_with("Regions East US and UK South, now East US and "), "{said}");
        assert!(said.ends_with(" and 1 more"), "{said}");
        let renamed = Plan { name: "Orders".to_owned(), ..Plan::default() };
        assert_eq!(told(&renamed, &now), "the name alone");
        let mut chosen = Plan::default();
        chosen.outage.acts = !chosen.outage.acts;
        assert_eq!(told(&chosen, &now), "what is chosen, none of its figures");
    }
}
