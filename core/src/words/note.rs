//! Remarks on the lines of a bill.

use super::bill::percent;
use crate::model::cost::{Note, Per, TermEnd};
use crate::model::sync::{Cause, SyncCause};
use crate::units::{Currency, Date, Money, format};

impl Note {
    /// One sentence or two.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Tier(from, unit) => format!("The part beyond {} {unit} in the month.", format::quantity(*from)),
            Self::Discount(discount) => format!("Your discount of {} on the list price.", percent(*discount)),
            Self::NoReservation(term) => format!("No price for a reservation of {}: pay as you go.", term.as_str()),
            Self::Prepaid { each, term, all, currency } => format!(
                "Prepaid: {} a node for {}, {} in all, here by the hour.",
                format::money(*each, *currency),
                term.as_str(),
                format::money(*all, *currency)
            ),
            Self::TermEnds { ends, then } => term_ends(*ends, *then),
            Self::WireOverhead(share) => format!("The rate holds {} for TLS and TCP.", format::percent(*share)),
            Self::Origin(how) => how.to_string(),
            Self::Absorbed { listed, currency, per } => absorbed(*listed, *currency, *per),
            Self::Causes(causes) => in_a_year(causes),
            fixed => fixed.fixed().to_owned(),
        }
    }

    /// The words of a remark without figures.
    const fn fixed(&self) -> &'static str {
        match self {
            Self::OneNode => "Without high availability: one node.",
            Self::TwoNodes => "Two nodes for high availability; zone redundancy has no meter.",
            Self::Charged => {
                "At standard rates by the older how-to (S3, 2025-05-18); absorbed today (D1); might be charged (D7, 2026-01-12)."
            }
            Self::NeverEnds => "The sync never ends: the traffic is larger.",
            Self::CreationAlone => "The sync never ends: only the creation is counted.",
            Self::WithoutProtocol => "Keys and values, assumed without protocol overhead.",
            Self::SeriesPerRule => "One time series for each rule.",
            Self::FreeLogs => "5 GB a month free per billing account, not deducted.",
            Self::WithoutQueries => "Queries are not counted (S32).",
            Self::WithoutWrites => "Write operations are not counted.",
            Self::ExportLost => "An export in the first region is lost with it.",
            Self::ExportGuards => "The other region holds the data too; a copy restores what is deleted or corrupted.",
            Self::HoursAssumed => "The hours are an assumption.",
            _ => "",
        }
    }
}

fn term_ends(ends: Date, then: TermEnd) -> String {
    match then {
        TermEnd::Retires { last, left, months } => format!(
            "Premium retires on {last}, before the term ends on {ends}: {left} of {months} prepaid months are left; exchange or cancel \
             earlier (D6, 2025-10-02)."
        ),
        TermEnd::PayAsYouGo(price, currency) => {
            format!("It ends on {ends}; unrenewed, a node-hour then costs {}.", format::price(price, currency))
        }
        TermEnd::NoPrice => format!("It ends on {ends}; no pay-as-you-go price follows."),
    }
}

fn absorbed(listed: Option<Money>, currency: Currency, per: Per) -> String {
    let listed = listed.map_or_else(
        || "without a price here".to_owned(),
        |amount| format!("{} {}", format::money(amount, currency), per.as_str()),
    );
    format!("Absorbed today (D1); at standard rates (S3, 2025-05-18): {listed}; might be charged (D7, 2026-01-12).")
}

/// "A year: 24 by patching, 1 by scaling."
fn in_a_year(causes: &[SyncCause]) -> String {
    let part = |it: &SyncCause| format!("{} by {}", format::number(it.per_year), it.cause.name());
    format!("A year: {}.", causes.iter().map(part).collect::<Vec<_>>().join(", "))
}

impl Cause {
    /// "patching", "scaling", "drills", "outages"; "as entered" for a count of the plan's own.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entered => "as entered",
            Self::PairPatched | Self::MemberPatched => "patching",
            Self::Scaled => "scaling",
            Self::Drilled => "drills",
            Self::LinkTrouble => "link trouble",
            Self::Outage => "outages",
        }
    }

    /// Why so many, in a few words.
    #[must_use]
    pub const fn how(self) -> &'static str {
        match self {
            Self::Entered => "the plan's own count",
            Self::PairPatched => "of either cache",
            Self::MemberPatched => "failover in the region, 1–15 s",
            Self::Scaled => "unlink, scale, link again",
            Self::Drilled => "the roles swapped, and back",
            Self::LinkTrouble => "of each link",
            Self::Outage => "of each region",
        }
    }

    /// Source tag, or "assumption".
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Entered => "your input",
            Self::PairPatched => "D8",
            Self::MemberPatched => "D13",
            Self::Scaled => "S1",
            Self::Drilled | Self::LinkTrouble | Self::Outage => "assumption",
        }
    }
}
