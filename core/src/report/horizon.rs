//! The horizon in words: who costs least, where lines cross, what happens in which month.

use crate::catalog::Service;
use crate::model::Topology;
use crate::model::cost::{BillLine, Total};
use crate::model::fit::SizeName;
use crate::model::horizon::{Change, Crossing, Horizon, Path, Step};
use crate::model::sync::{FullSync, SyncOutcome};
use crate::units::format;
use crate::units::{Bytes, Currency, Date, Money};
use crate::words::misfit::{misfits, sizes};

#[cfg(test)]
mod tests;

/// A step, ready to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepWords {
    /// Whose.
    pub topology: Topology,
    /// From 1.
    pub month: u32,
    /// First day of the month.
    pub date: Date,
    /// What is done, in sentences.
    pub what: String,
    /// Which limit is passed by which figure, or which date; may be empty.
    pub why: String,
    /// What it costs once; "–" for nothing.
    pub once: String,
}

/// "passive pair", for the middle of a sentence.
pub(super) fn name(topology: Topology) -> String {
    topology.name().to_ascii_lowercase()
}

/// The three tiers have one date (D6): a cache of Basic does not end because Premium does.
fn premium(from: &[SizeName]) -> &'static str {
    let all = from.iter().all(|size| size.sku.as_str().starts_with("Premium_"));
    if all { "Premium retires" } else { "Basic, Standard and Premium retire" }
}

/// Every step of every path, by month.
#[must_use]
pub fn steps(horizon: &Horizon) -> Vec<StepWords> {
    let of = |path: &Path| path.steps.iter().map(|step| words(horizon, path, step)).collect::<Vec<_>>();
    let mut all: Vec<StepWords> = horizon.paths.iter().flat_map(of).collect();
    all.sort_by_key(|step| (step.month, step.topology));
    all
}

fn words(horizon: &Horizon, path: &Path, step: &Step) -> StepWords {
    let why = match (&step.change, &horizon.retirement) {
        (Change::Migration { ends: Some((Service::Premium, _)), from, .. }, Some(ends)) => {
            format!("{} on {}, in month {} ({}).", premium(from), ends.date, ends.month, ends.source)
        }
        (Change::Migration { ends: Some((service, date)), from, .. }, _) => {
            let retires = if *service == Service::Premium { premium(from) } else { "Enterprise retires" };
            format!("{retires} on {date} (D6).")
        }
        (Change::Migration { ends: None, .. } | Change::Build { joining: 0, .. }, _) => {
            "It does not run today.".to_owned()
        }
        (Change::Build { .. }, _) if path.topology == Topology::Passive => "Its primary runs today.".to_owned(),
        (Change::Build { .. }, _) => "The rest of the group runs today.".to_owned(),
        (Change::Resize { .. }, _) => "It runs in another size today.".to_owned(),
        _ => misfits(&step.reasons),
    };
    StepWords {
        topology: path.topology,
        month: step.month,
        date: horizon.start.plus_months(step.month - 1),
        what: what(horizon, path, step),
        why,
        once: once(step, horizon.currency),
    }
}

/// "$0.08"; "$12.40 and 160 hours without a price".
fn once(step: &Step, currency: Currency) -> String {
    let lines: &[BillLine] = &step.once;
    let mut known: Vec<Money> = lines.iter().filter_map(|line| line.amount).collect();
    if let Change::Migration { lost, .. } = step.change {
        known.extend((lost > Money::ZERO).then_some(lost));
    }
    if lines.is_empty() && known.is_empty() {
        return format::NONE.to_owned();
    }
    let lacking = lines.iter().any(|line| line.amount.is_none() && !line.kind.is_staff());
    let mark = if lacking { "≥\u{a0}" } else { "" };
    let open = lines.iter().filter(|line| line.amount.is_none());
    let open = open.map(|line| format!("{} {}s without a price", format::quantity(line.quantity), line.unit));
    let sum = (!known.is_empty()).then(|| format!("{mark}{}", format::money_cents(known.into_iter().sum(), currency)));
    sum.into_iter().chain(open).collect::<Vec<_>>().join(" and ")
}

fn what(horizon: &Horizon, path: &Path, step: &Step) -> String {
    match &step.change {
        Change::Scale { before, after, .. } => {
            let prepaid = match horizon.reservation {
                Some(_) => " The prepaid term is taken to be exchanged for the new size.",
                None => "",
            };
            format!("{} {}{prepaid}", scaled(path, step), instead(horizon, before, after))
        }
        Change::NothingLarger { size } => {
            let size = sizes(size);
            format!("No size of the catalogue is large enough: {size} stays, too small from here on.")
        }
        Change::TargetMissed { size, asked } => {
            format!("No size meets {} under this load: {} stays.", asked.words(), sizes(size))
        }
        Change::Renewal { term, renewed, otherwise } => {
            let [renewed, otherwise] = [renewed, otherwise].map(|amount| amount.amount(horizon.currency));
            let term = term.as_str();
            format!(
                "The prepaid term of {term} ends and renews at the same price (assumption): {renewed} a month, or {otherwise} \
                 pay as you go."
            )
        }
        Change::Build { to, load, joining: 0 } => {
            format!("{} of {} is made: {}", a_new(path.topology), sizes(to), copied(load))
        }
        Change::Build { to, load, .. } if path.topology == Topology::Passive => {
            format!("A pair of {} is made of the cache that runs and a new partner: {}", sizes(to), copied(load))
        }
        Change::Build { to, load, joining } => {
            let members = format::counted(*joining, "member");
            let joins = if *joining == 1 { "joins" } else { "join" };
            format!("{members} of {} {joins} the group that runs: {}", sizes(to), copied(load))
        }
        Change::Resize { .. } => scaled(path, step),
        Change::Migration { .. } => moved(horizon, &step.change),
    }
}

/// "$1,300 a month instead of $910."
fn instead(horizon: &Horizon, before: &Total, after: &Total) -> String {
    let [before, after] = [before, after].map(|amount| amount.amount(horizon.currency));
    format!("{after} a month instead of {before}.")
}

fn scaled(path: &Path, step: &Step) -> String {
    let (Change::Scale { from, to, relink, .. } | Change::Resize { from, to, relink }) = &step.change else {
        return String::new();
    };
    let [from, to] = [from, to].map(|it| sizes(it));
    match relink {
        Some(sync) => format!(
            "Unlink, scale both caches from {from} to {to}, link again: {} {}",
            copied(sync),
            if sync.never_complete(path.topology) {
                "No size that fits can be linked under this load: no replica from here on."
            } else {
                "Until then there is no replica."
            }
        ),
        None if runs_a_group(path, step) => format!(
            "All members scale together from {from} to {to}; until the last is done the old size limits all and nothing else \
             scales (preview)."
        ),
        None => format!("The cache scales from {from} to {to}."),
    }
}

fn moved(horizon: &Horizon, change: &Change) -> String {
    let Change::Migration {
        becomes,
        from,
        to,
        last_month,
        side_by_side,
        before,
        after,
        load,
        prepaid_left,
        otherwise,
        lost,
        ends,
    } = change
    else {
        return String::new();
    };
    let [from, to] = [from, to].map(|it| sizes(it));
    let beside = match side_by_side {
        0 => String::new(),
        months => format!(", side by side for {} (assumption)", format::counted(*months as usize, "month")),
    };
    let left = prepaid_left.map_or_else(String::new, |(months, paid)| {
        format!(
            " {} of the old prepaid term remain, worth {}: exchange or cancel the reservation before (D6, 2025-10-02; into Managed Redis: inferred){}.",
            format::counted(months as usize, "month"),
            format::money(paid, horizon.currency),
            if *lost == Money::ZERO { "; it is no cost" } else { "" }
        )
    });
    let from = if from.is_empty() { String::new() } else { format!(" from {from}") };
    let after_month = if *last_month == 0 { "at once".to_owned() } else { format!("after month {last_month}") };
    let next = format!("{} of {to} takes over{from} {after_month}{beside}: {}", a_new(*becomes), copied(load));
    let lost = if *lost > Money::ZERO {
        let lost = format::money(*lost, horizon.currency);
        format!(" {lost} of the old reservation are neither exchanged nor refunded (Z10).")
    } else {
        String::new()
    };
    let otherwise = otherwise.as_ref().map_or_else(String::new, |total| {
        let other = if ends.is_some() { "now" } else { "at the end of the old service" };
        format!(" Moved {other}, the whole way costs {}.", total.amount(horizon.currency))
    });
    let instead = if before.at_least() == Money::ZERO { String::new() } else { instead(horizon, before, after) };
    format!("{next} {instead}{left}{lost}{otherwise}").trim_end().to_owned()
}

/// "A group", for the start of a sentence.
const fn a_new(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "One cache",
        Topology::Passive => "A pair",
        Topology::Active => "A group",
    }
}

/// True where the step is a group's: of the active path, or of a pair's after it has become one.
fn runs_a_group(path: &Path, step: &Step) -> bool {
    path.topology == Topology::Active
        || path
            .steps
            .iter()
            .any(|it| matches!(it.change, Change::Migration { becomes: Topology::Active, .. }) && it.month < step.month)
}

/// "3.8 GB are copied in 6 min – 8 min."; of a rebuild that reloads nothing how long its cache takes.
fn copied(sync: &FullSync) -> String {
    let bytes = format::bytes(sync.total_bytes);
    match &sync.outcome {
        SyncOutcome::Converges { new_link, .. } if sync.total_bytes < Bytes::bytes(1.0) => {
            format!("the cache is created in {}; nothing is reloaded.", format::duration_range(*new_link))
        }
        SyncOutcome::Converges { new_link, .. } => {
            format!("{bytes} are copied in {}.", format::duration_range(*new_link))
        }
        SyncOutcome::NeverConverges { incoming, apply } => format!(
            "the copy of {bytes} never ends, since {} arrive and {} are applied.",
            format::rate(*incoming),
            format::rate(*apply)
        ),
        SyncOutcome::NotApplicable => "nothing is copied.".to_owned(),
    }
}

/// Where cumulative costs cross, one sentence each; that none does is an answer too.
#[must_use]
pub fn crossings(horizon: &Horizon) -> String {
    let compared = horizon.paths.iter().filter(|path| !path.months.is_empty());
    if horizon.crossings.is_empty() {
        return if compared.clone().count() < 2 {
            "There is nothing to compare.".to_owned()
        } else if compared.clone().any(|path| !path.total().is_complete()) {
            "Whether the cost lines cross is not known.".to_owned()
        } else {
            "The cost lines do not cross.".to_owned()
        };
    }
    let mut pairs: Vec<Vec<&Crossing>> = Vec::new();
    for crossing in &horizon.crossings {
        let same = |first: &Crossing| {
            [first.passes, first.passed].contains(&crossing.passes)
                && [first.passes, first.passed].contains(&crossing.passed)
        };
        match pairs.iter_mut().find(|pair| pair.first().is_some_and(|first| same(first))) {
            Some(pair) => pair.push(crossing),
            None => pairs.push(vec![crossing]),
        }
    }
    let of = |pair: &Vec<&Crossing>| match pair.as_slice() {
        [one] => crosses_once(one, horizon),
        several => cross_again(several),
    };
    pairs.iter().map(of).collect::<Vec<_>>().join(" ")
}

/// "In sum the active group is cheaper than the passive pair until month 12 (2027-11-01), then dearer: $40,000 against $39,000."
fn crosses_once(it: &Crossing, horizon: &Horizon) -> String {
    let [more, less] = it.at.each_ref().map(|amount| amount.amount(horizon.currency));
    format!(
        "In sum the {} is cheaper than the {} until month {} ({}), then dearer: {more} against {less}.",
        name(it.passes),
        name(it.passed),
        it.month,
        horizon.start.plus_months(it.month - 1)
    )
}

/// "In sum the active group is cheaper up to month 11, the passive pair in months 12–21, the active group again from month 22."
fn cross_again(crossings: &[&Crossing]) -> String {
    let months =
        |from: u32, to: u32| if from == to { format!("in month {to}") } else { format!("in months {from}–{to}") };
    let mut parts: Vec<String> = Vec::new();
    for (at, crossing) in crossings.iter().enumerate() {
        let last = crossing.month - 1;
        parts.push(match at.checked_sub(1).map(|before| crossings[before].month) {
            None => format!("In sum the {} is cheaper up to month {last}", name(crossing.passes)),
            Some(from) => format!("the {} {}", name(crossing.passes), months(from, last)),
        });
    }
    parts.extend(crossings.last().map(|it| format!("the {} again from month {}", name(it.passed), it.month)));
    format!("{}.", parts.join(", "))
}

/// What a total does not say: paths that end early, sizes that do not fit today, lines without a price, cents that are lost in
/// rounding.
#[must_use]
pub fn remarks(horizon: &Horizon) -> Vec<String> {
    let mut said = Vec::new();
    for path in &horizon.paths {
        let who = path.topology.name();
        if let Some(stop) = &path.stops {
            let until = if path.months.is_empty() {
                "not possible".to_owned()
            } else {
                format!("ends with month {}", stop.month - 1)
            };
            said.push(format!("{who}: {until}. {}", stop.reason.words()));
        }
        if !path.lacks.is_empty() {
            said.push(format!(
                "{who}: the size does not fit on the first day and is taken as given. {}",
                misfits(&path.lacks)
            ));
        }
        if let Some(month) = path.unsynced {
            said.push(format!(
                "{who}: from month {month} no full sync ends under the load: an interruption leaves no replica. These months \
                 still count as a pair."
            ));
        }
        let total = path.total();
        if !total.is_complete() {
            said.push(format!("{who}: {}; sums with ≥ do not hold it.", total.words(horizon.currency)));
        }
        if total.is_without_staff() {
            said.push(format!("{who}: without hours of people, which have no hourly rate."));
        }
    }
    said.extend(rounding(horizon).map(str::to_owned));
    said
}

/// [`format::ROUNDED`] where the printed years of a path do not add up to its printed total, or a printed month does not lead
/// from one printed cumulative cost to the next; `None` where all do.
fn rounding(horizon: &Horizon) -> Option<&'static str> {
    let cents = |parts: &mut dyn Iterator<Item = Money>, total| format::rounding(parts, total, Money::to_cents);
    horizon.paths.iter().find_map(|path| {
        let months = path.months.iter().scan(Money::ZERO, |before, month| {
            let parts = [*before, month.cost().at_least()];
            *before = month.cumulative.at_least();
            Some(cents(&mut parts.into_iter(), *before))
        });
        cents(&mut path.years().iter().map(Total::at_least), path.total().at_least())
            .or_else(|| months.flatten().next())
    })
}
