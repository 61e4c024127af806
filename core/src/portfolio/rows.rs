//! Evaluating a portfolio in chunks: a row a plan.

use super::{Entry, Move, Portfolio, each, is_imported, tag_text};
use crate::catalog::{Catalog, Severity, SkuId};
use crate::evaluate::{answer_alone, evaluate_listed};
use crate::explore::search::{successor, winner};
use crate::model::cost::{Bill, Total, bill, terms, unpriced};
use crate::model::demand::{Demand, demand};
use crate::model::fit::{SizeChoice, SizeName};
use crate::model::horizon::{Months, Waits, may_wait, month_of_half, month_of_today, waits};
use crate::model::rpo::Shown;
use crate::model::verdict::{Caveat, Objective};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Plan, ReservationTerm};
use crate::units::format;
use crate::units::{Currency, Date, Money, Secs};
use crate::words::misfit::sizes;
use crate::words::shown;
use crate::words::waits::of_months;
use std::sync::Arc;

/// What a plan gives for the topology that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The plan with its tags.
    pub entry: Arc<Entry>,
    /// The topology that counts: the entry's own, else the recommended one; `None` when none is possible.
    pub topology: Option<Topology>,
    /// The size of its caches, given or derived; `None` without a bill.
    pub size: Option<SkuId>,
    /// A steady month at effective prices, a lower bound where a price is missing; of a design that waits the one of its move. `None` without a bill.
    pub monthly: Option<Total>,
    /// A month of the nodes that run today, where the plan says what runs and it is no pair ([`month_of_today`]); of an imported pair of
    /// which one half alone is known, that of this half ([`month_of_half`]).
    pub today: Option<Total>,
    /// The same as `monthly` at list prices.
    pub list: Option<Total>,
    /// Age of what may be lost by the model, 95 % quantile; `None` where it never drains or there is none.
    pub rpo: Option<Secs>,
    /// What can be shown of it.
    pub rpo_shown: Shown,
    /// Targets of the plan that the model meets and nothing shows.
    pub unshown: Vec<Objective>,
    /// Targets of the plan that it misses, or of which nobody can say that it meets them.
    pub misses: Vec<Objective>,
    /// Of the budget among them nobody can say it: a price is missing.
    pub budget_open: bool,
    /// The month from which on a budget that the first month keeps is missed, and its bill.
    pub later: Option<(u32, Money)>,
    /// The last day of a pair's service, where the group that has to follow lacks something; of a pair alone.
    pub until: Option<Date>,
    /// The last day of what runs, where the design waits for it (M-10): until then nobody pays its month.
    pub waits: Option<Date>,
    /// Time to recover from an unplanned outage, 95 % quantile; `None` where there is no recovery path.
    pub rto: Option<Secs>,
    /// Findings that block, warn and inform.
    pub findings: [u32; 3],
    /// Lines of the bill without a price; hours of people are none of them. The month does not hold them.
    pub unpriced_lines: u32,
    /// The designs between which a missing price decides; `topology` is `None` then, and the months are the least of theirs.
    pub open: Vec<Topology>,
    /// The same design by the term that costs the least a month; `None` without a bill, and where a price is missing.
    pub by_term: Option<ByTerm>,
    /// The cheapest design in the plan's regions that meets every target of it, whatever sizes it gives (M-17); `None` where there is
    /// none, and where a missing price keeps that open.
    pub cheapest: Option<Cheapest>,
    /// What has to move to Azure Managed Redis (M-18); `None` where nothing has.
    pub moves: Option<Move>,
}

/// A design as it is, by its cheapest term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByTerm {
    /// The reservation; `None` where it is paid as it is used.
    pub term: Option<ReservationTerm>,
    /// Its steady month.
    pub monthly: Money,
}

impl ByTerm {
    fn of(answer: &TopologyAnswer, plan: &Plan, catalog: &Catalog, demand: &Demand) -> Option<Self> {
        let by = |term: Option<ReservationTerm>| {
            let monthly = bill(&answer.case(&plan.paid_by(term), catalog, demand)).total.complete()?;
            Some(Self { term, monthly })
        };
        let each = terms(plan).into_iter().filter_map(by);
        each.min_by_key(|it| (it.monthly, it.term.map(ReservationTerm::years)))
    }
}

/// A design that meets every target of its plan, over all sizes and terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Cheapest {
    /// Which topology.
    pub topology: Topology,
    /// The size of its caches.
    pub size: SizeChoice,
    /// The reservation that it is paid by; `None` where it is paid as it is used.
    pub term: Option<ReservationTerm>,
    /// Its steady month.
    pub monthly: Money,
    /// Targets of the plan that the model meets and nothing shows.
    pub unshown: Vec<Objective>,
    /// The first month of the group that follows a pair, its size and its bill.
    pub follows: Option<(u32, Vec<SizeName>, Money)>,
    /// The last day of a pair's service, where the group that has to follow lacks something.
    pub until: Option<Date>,
    /// See [`Row::waits`].
    pub waits: Option<Date>,
}

/// Targets that an answer meets in the model, and that nothing shows.
fn unshown(answer: &TopologyAnswer) -> Vec<Objective> {
    answer.verdicts.iter().filter(|it| it.met_unshown()).map(|it| it.objective).collect()
}

/// From when on a budget is missed that the first month keeps.
fn later(answer: &TopologyAnswer) -> Option<(u32, Money)> {
    answer.verdicts.iter().flat_map(|it| &it.caveats).find_map(|caveat| match caveat {
        Caveat::OverLater { next, .. } => next.as_ref().map(|(month, _, bill)| (*month, *bill)),
        _ => None,
    })
}

/// How a design waits for the end of what runs.
fn waits_for(topology: Topology, plan: &Plan, catalog: &Catalog) -> Option<Waits> {
    if may_wait(topology, plan, catalog) { waits(topology, plan, catalog) } else { None }
}

/// " after 2028-09-30" of a design that waits, " until 2028-09-30" of a pair whose group lacks something; "" of all else.
fn span(waits: Option<Date>, until: Option<Date>) -> String {
    let until = until.map_or_else(String::new, |until| format!(" until {until}"));
    waits.map_or_else(String::new, |day| of_months(Months::After(day))) + &until
}

/// Targets that an answer does not meet for certain.
fn misses(answer: &TopologyAnswer) -> Vec<Objective> {
    let missed = answer.verdicts.iter().filter(|it| it.target.is_some() && it.met != Some(true));
    missed.map(|it| it.objective).collect()
}

impl Cheapest {
    /// What the search takes (M-17).
    fn of(plan: &Plan, catalog: &Catalog) -> Option<Self> {
        let (found, over) = winner(plan, catalog)?;
        let (topology, month) = (found.choice.topology, found.month.complete()?);
        let until = successor(plan, catalog, &found.choice, &over).map(|it| it.until);
        let (size, monthly, unshown) = match &over.waits {
            None => (found.choice.size, month, found.unshown),
            Some(waits) => {
                let taken = found.choice.taken(plan, catalog);
                let then = answer_alone(topology, &waits.plan_at_move(topology, &taken), catalog);
                (SizeChoice::of(&then.design)?, then.bill.total.complete()?, unshown(&then))
            }
        };
        let own = &over.own;
        let follows = own.follows.as_ref().and_then(|(month, to)| Some((*month, to.clone(), own.bill(*month)?)));
        let (term, waits) = (found.choice.reservation, over.waits.map(|it| it.until));
        Some(Self { topology, size, term, monthly, unshown, follows, until, waits })
    }

    /// "$981: active group of B10, reserved for 3 years", "$1,412: passive pair of P1 × 3 shards, from month 23 $3,228 (group of M50)".
    fn words(&self, currency: Currency) -> String {
        let of = if self.topology == Topology::Rebuild { "on" } else { "of" };
        let shards = match self.size.shards {
            shards if shards > 1 && self.topology == Topology::Passive => format!(" × {shards} shards"),
            _ => String::new(),
        };
        let (cost, name) = (format::money(self.monthly, currency), self.topology.name().to_ascii_lowercase());
        let term = self.term.map_or_else(String::new, |term| format!(", reserved for {}", term.as_str()));
        let until = span(self.waits, self.until);
        let follows = self.follows.as_ref().map_or_else(String::new, |(month, to, bill)| {
            format!(", from month {month} {} (group of {})", format::money(*bill, currency), sizes(to))
        });
        let unshown = shown::unshown(&self.unshown);
        format!("{cost}: {name} {of} {}{shards}{term}{unshown}{until}{follows}", self.size.sku.short())
    }
}

impl Row {
    /// Evaluates one entry.
    #[must_use]
    pub fn of(entry: &Arc<Entry>, catalog: &Catalog) -> Self {
        let evaluation = evaluate_listed(&entry.plan, catalog, entry.topology);
        let topology = entry.topology.or_else(|| evaluation.comparison.recommended());
        let answer = topology.map(|topology| evaluation.of(topology)).filter(|answer| !answer.design.caches.is_empty());
        let open = if topology.is_none() { evaluation.comparison.open.clone() } else { Vec::new() };
        let bound = |sum: fn(&Bill) -> &Total| {
            let sums = open.iter().map(|topology| sum(&evaluation.of(*topology).bill));
            Total::least_of(sums, &evaluation.comparison.missing)
        };
        let waits = topology.and_then(|it| waits_for(it, &entry.plan, catalog));
        // Of one that waits the month of its move is the first that anybody pays.
        let late = topology.zip(waits.as_ref()).map(|(it, waits)| waits.plan_at_move(it, &entry.plan));
        let at_move = topology.zip(late.as_ref()).map(|(it, plan)| answer_alone(it, plan, catalog));
        let billed = at_move.as_ref().or(answer);
        let pair = topology.filter(|it| *it == Topology::Passive);
        let finite = |time: &Secs| time.is_finite();
        let count = |severity| {
            let found = evaluation.findings.iter();
            let own = found.filter(|it| Some(it.topology) == topology && it.severity == severity).count();
            u32::try_from(own).unwrap_or(u32::MAX)
        };
        Self {
            entry: Arc::clone(entry),
            topology,
            size: billed.and_then(|it| it.design.caches.first()).map(|cache| cache.sku.clone()),
            monthly: billed.map(|it| it.bill.total.clone()).or_else(|| bound(|bill| &bill.total)),
            today: today(entry, catalog),
            list: billed.map(|it| it.bill.list_total.clone()).or_else(|| bound(|bill| &bill.list_total)),
            rpo: answer.and_then(|it| it.rpo.judged()).filter(finite),
            rpo_shown: answer.map_or(Shown::Itself, |it| it.rpo.shown()),
            unshown: answer.map(unshown).unwrap_or_default(),
            misses: answer.map(misses).unwrap_or_default(),
            budget_open: answer.is_some_and(|it| {
                it.verdicts.iter().any(|it| it.objective == Objective::Cost && it.target.is_some() && it.met.is_none())
            }),
            later: answer.and_then(later),
            until: pair.and(evaluation.comparison.successor.as_ref()).map(|it| it.until),
            waits: waits.map(|it| it.until),
            rto: answer.and_then(|it| it.rto.first()).map(|chain| chain.p95).filter(finite),
            findings: Severity::ALL.map(count),
            unpriced_lines: billed.map_or(0, |it| unpriced(&it.bill.lines)),
            by_term: billed.and_then(|it| {
                let plan = late.as_ref().unwrap_or(&entry.plan);
                ByTerm::of(it, plan, catalog, &demand(plan))
            }),
            cheapest: Cheapest::of(&entry.plan, catalog),
            moves: Move::of(&entry.plan, &evaluation, catalog),
            open,
        }
    }

    /// What is known of the month: all of it where it is complete; 0 without a bill.
    #[must_use]
    pub fn known(&self) -> Money {
        self.monthly.as_ref().map_or(Money::ZERO, Total::at_least)
    }

    /// What is known of the month at list prices.
    #[must_use]
    pub fn known_list(&self) -> Money {
        self.list.as_ref().map_or(Money::ZERO, Total::at_least)
    }

    /// True where there is a month and it lacks a price.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.monthly.as_ref().is_some_and(|month| !month.is_complete())
    }
}

fn today(entry: &Entry, catalog: &Catalog) -> Option<Total> {
    let is_pair = entry.topology == Some(Topology::Passive) && is_imported(entry);
    month_of_today(&entry.plan, catalog).or_else(|| is_pair.then(|| month_of_half(&entry.plan, catalog)).flatten())
}

/// The rows so far, in the order of the entries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// One row for each entry that was evaluated.
    pub rows: Vec<Row>,
}

impl Rows {
    /// Evaluates the next entries, at most `chunk`; true when all are done. The size of the chunks changes no row.
    pub fn advance(&mut self, portfolio: &Portfolio, catalog: &Catalog, chunk: usize) -> bool {
        let left = portfolio.entries.get(self.rows.len()..).unwrap_or_default();
        self.rows.extend(each(&left[..chunk.min(left.len())], |entry| Row::of(entry, catalog)));
        self.rows.len() >= portfolio.entries.len()
    }

    /// The rows that still hold after the portfolio has changed: those up to the first entry that is another.
    #[must_use]
    pub fn unchanged(&self, portfolio: &Portfolio) -> Self {
        let same = self.rows.iter().zip(&portfolio.entries);
        let same = same.take_while(|(row, entry)| Arc::ptr_eq(&row.entry, entry));
        Self { rows: same.map(|(row, _)| row.clone()).collect() }
    }

    /// Every row of a portfolio at once.
    ///
    /// # Examples
    ///
    /// ```
    /// use dr_core::catalog::Catalog;
    /// use dr_core::portfolio::{Rows, read};
    /// use dr_core::report::portfolio::document;
    ///
    /// let catalog = Catalog::bundled()?;
    /// let portfolio = read(r#"{"portfolio": 1, "plans": [{"tags": {"team": "shop"}, "plan": {"name": "Basket"}}]}"#)?;
    /// let rows = Rows::all(&portfolio, &catalog).rows;
    /// let text = document(&portfolio, &rows, &catalog).plain();
    /// assert!(text.contains("By team") && text.contains("Basket"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn all(portfolio: &Portfolio, catalog: &Catalog) -> Self {
        let mut rows = Self::default();
        rows.advance(portfolio, catalog, usize::MAX);
        rows
    }
}

/// "Active group"; "Rebuild after 2028-09-30"; "Passive pair until 2028-09-30"; "Active group, misses budget (from month 4 $3,191) and RTO";
/// "open, no price: passive pair or active group"; "none possible".
fn design(row: &Row, currency: Currency) -> String {
    let names: Vec<String> = row.open.iter().map(|topology| topology.name().to_ascii_lowercase()).collect();
    match row.topology {
        Some(topology) if row.misses.is_empty() => topology.name().to_owned() + &span(row.waits, row.until),
        Some(topology) => {
            let later = row.later.map_or_else(String::new, |(month, bill)| {
                format!(" (from month {month} {})", format::money(bill, currency))
            });
            let name =
                |it: &Objective| if *it == Objective::Cost { format!("budget{later}") } else { it.name().to_owned() };
            let missed = row.misses.iter().filter(|it| !(row.budget_open && **it == Objective::Cost));
            let misses: Vec<String> = missed.map(name).collect();
            let misses =
                if misses.is_empty() { String::new() } else { format!(", misses {}", format::listed(&misses)) };
            let open = if row.budget_open { ", budget open" } else { "" };
            format!("{}{}{misses}{open}", topology.name(), span(row.waits, None))
        }
        None if names.is_empty() => "none possible".to_owned(),
        None => format!("open, no price: {}", names.join(" or ")),
    }
}

/// Headings of [`cells`].
pub const HEAD: [&str; 10] = [
    "Plan",
    "Tags",
    "Topology",
    "A month",
    "At list",
    "RPO P95",
    "RTO P95",
    "Findings",
    "Unpriced lines",
    "Meets every target for",
];

/// A row as it is printed on the page and in a terminal.
#[must_use]
pub fn cells(row: &Row, currency: Currency) -> [String; 10] {
    let absent = || format::NONE.to_owned();
    let month = |total: &Option<Total>| total.as_ref().map_or_else(absent, |total| total.month(currency));
    let list = |total: &Option<Total>| total.as_ref().map_or_else(absent, |total| total.amount(currency));
    let time = |time: Option<Secs>| format::duration_or(time, format::NONE);
    let counted = |(severity, count): (Severity, u32)| (count > 0).then(|| severity.counted(count as usize));
    let findings: Vec<String> = Severity::ALL.into_iter().zip(row.findings).filter_map(counted).collect();
    [
        row.entry.plan.name.clone(),
        tag_text(&row.entry.tags),
        design(row, currency),
        month(&row.monthly),
        list(&row.list),
        row.rpo.map_or_else(absent, |rpo| shown::rpo(row.rpo_shown, &format::duration(rpo))),
        time(row.rto),
        if findings.is_empty() { absent() } else { findings.join(", ") },
        if row.unpriced_lines == 0 { absent() } else { row.unpriced_lines.to_string() },
        row.cheapest.as_ref().map_or_else(absent, |it| it.words(currency)),
    ]
}
