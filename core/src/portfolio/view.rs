//! Which rows are in view, and in which order.

use super::Row;
use crate::model::cost::Total;
use crate::units::Secs;
use std::cmp::Ordering;

/// By what rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// The order of the file.
    #[default]
    File,
    /// The plan's name, letters without their case.
    Name,
    /// The tags.
    Tags,
    /// The topology that counts.
    Topology,
    /// The month at effective prices.
    Monthly,
    /// The month at list prices.
    List,
    /// RPO P95.
    Rpo,
    /// RTO P95.
    Rto,
    /// Findings: by those that block, then warnings, then infos.
    Findings,
    /// Lines without a price.
    Unknown,
    /// The month of the cheapest design that meets every target.
    Cheapest,
}

impl SortBy {
    /// What each column of [`super::HEAD`] sorts by.
    pub const COLUMNS: [Self; 10] = [
        Self::Name,
        Self::Tags,
        Self::Topology,
        Self::Monthly,
        Self::List,
        Self::Rpo,
        Self::Rto,
        Self::Findings,
        Self::Unknown,
        Self::Cheapest,
    ];
}

/// Up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Small to large.
    #[default]
    Rising,
    /// Large to small.
    Falling,
}

/// What a person asks to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Words; each has to stand in the plan's name, a tag or the topology, in any case of letters.
    pub text: String,
    /// A tag and the value that it must have.
    pub tag: Option<(String, String)>,
    /// By what to sort.
    pub sort: SortBy,
    /// Up or down.
    pub order: Order,
}

/// Positions of the rows that match, in the order asked for. Equals keep the order of the file; what is absent stands last
/// in both directions, and so do, before it, months that lack a price.
#[must_use]
pub fn view(rows: &[Row], query: &Query) -> Vec<usize> {
    let text = query.text.to_ascii_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut places: Vec<usize> = (0..rows.len()).filter(|at| matches(&rows[*at], &words, query.tag.as_ref())).collect();
    if query.sort != SortBy::File {
        places.sort_by(|a, b| compare(&rows[*a], &rows[*b], query));
    }
    places
}

fn matches(row: &Row, words: &[&str], tag: Option<&(String, String)>) -> bool {
    let has_tag = tag.is_none_or(|(key, value)| row.entry.tag(key) == Some(value));
    has_tag && (words.is_empty() || holds_all(row, words))
}

fn holds_all(row: &Row, words: &[&str]) -> bool {
    let mut whole = row.entry.plan.name.to_ascii_lowercase();
    for (key, value) in &row.entry.tags {
        for part in ["\n", key, "=", value] {
            whole.push_str(&part.to_ascii_lowercase());
        }
    }
    if let Some(topology) = row.topology {
        whole.push('\n');
        whole.push_str(&topology.name().to_ascii_lowercase());
    }
    words.iter().all(|word| whole.contains(word))
}

fn compare(a: &Row, b: &Row, query: &Query) -> Ordering {
    let falling = query.order == Order::Falling;
    let turned = |order: Ordering| if falling { order.reverse() } else { order };
    let known = |a_absent: bool, b_absent: bool, order: Ordering| match (a_absent, b_absent) {
        (false, false) => turned(order),
        (a_absent, b_absent) => a_absent.cmp(&b_absent),
    };
    let time = |a: Option<Secs>, b: Option<Secs>| {
        let secs = |time: Option<Secs>| time.map_or(0.0, Secs::as_secs);
        known(a.is_none(), b.is_none(), secs(a).total_cmp(&secs(b)))
    };
    // Complete sums by amount, then lower bounds by what is known of them, then plans without a bill.
    let money = |a: &Option<Total>, b: &Option<Total>| {
        let place = |it: &Option<Total>| it.as_ref().map_or(2, |total| u8::from(!total.is_complete()));
        let amount = |it: &Option<Total>| it.as_ref().map(Total::at_least);
        place(a).cmp(&place(b)).then_with(|| turned(amount(a).cmp(&amount(b))))
    };
    match query.sort {
        SortBy::File => Ordering::Equal,
        SortBy::Name => turned(a.entry.plan.name.to_ascii_lowercase().cmp(&b.entry.plan.name.to_ascii_lowercase())),
        SortBy::Tags => known(a.entry.tags.is_empty(), b.entry.tags.is_empty(), a.entry.tags.cmp(&b.entry.tags)),
        SortBy::Topology => known(a.topology.is_none(), b.topology.is_none(), a.topology.cmp(&b.topology)),
        SortBy::Monthly => money(&a.monthly, &b.monthly),
        SortBy::List => money(&a.list, &b.list),
        SortBy::Rpo => time(a.rpo, b.rpo),
        SortBy::Rto => time(a.rto, b.rto),
        SortBy::Findings => turned(a.findings.cmp(&b.findings)),
        SortBy::Unknown => turned(a.unpriced_lines.cmp(&b.unpriced_lines)),
        SortBy::Cheapest => {
            let month = |row: &Row| row.cheapest.as_ref().map(|it| it.monthly);
            known(a.cheapest.is_none(), b.cheapest.is_none(), month(a).cmp(&month(b)))
        }
    }
}
