//! Totals, and how they are shared out by a tag.

use super::{Others, Row};
use crate::model::cost::Total;
use crate::plan::ReservationTerm;
use crate::units::format;
use crate::units::{Currency, Money, Ratio};
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a list of rows adds up to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Totals {
    /// How many plans.
    pub plans: usize,
    /// `Σ` of what is known of the steady months at effective prices: a lower bound where `incomplete` is not 0.
    pub monthly: Money,
    /// `Σ` at list prices.
    pub list: Money,
    /// Plans of which no topology is possible, or not the one that is fixed; they are not in the sums.
    pub without_bill: usize,
    /// Plans whose month lacks a price; the sums hold what is known of them.
    pub incomplete: usize,
    /// Plans with hours of people that have no hourly rate; the sums do not hold them.
    pub without_staff: usize,
    /// Lines without a price; hours of people are none of them.
    pub unpriced_lines: u32,
    /// Plans of another design than what runs today.
    pub others: Others,
    /// Plans whose design waits for the end of what runs: their months are those of the move.
    pub waiting: usize,
    /// Plans with a finding that blocks.
    pub blocked: usize,
    /// Plans whose design misses a target, or of which nobody can say that it meets all.
    pub missing_targets: usize,
    /// Plans with a bill by what their nodes are paid by: as used, one year, three years.
    pub terms: [usize; 3],
    /// The same of the plans' own designs, each by its cheapest term.
    pub by_term_terms: [usize; 3],
    /// `Σ` of them.
    pub by_term: Money,
    /// Plans whose design has no complete month; they are not in that sum.
    pub without_by_term: usize,
    /// The same of the cheapest designs.
    pub cheapest_terms: [usize; 3],
    /// `Σ` of the cheapest designs that meet every target of their plan (M-17).
    pub cheapest: Money,
    /// `Σ` of the months of the plans that have one, as planned.
    pub with_cheapest: Money,
    /// Plans without such a design; they are not in that sum.
    pub without_cheapest: usize,
    /// What the rows' months at effective and at list prices add up to as they are printed.
    pub printed: [Decimal; 2],
}

/// Adds rows up.
#[must_use]
pub fn totals<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Totals {
    rows.into_iter().fold(Totals::default(), |sum, row| Totals {
        plans: sum.plans + 1,
        monthly: sum.monthly + row.known(),
        list: sum.list + row.known_list(),
        without_bill: sum.without_bill + usize::from(row.monthly.is_none()),
        incomplete: sum.incomplete + usize::from(row.is_incomplete()),
        without_staff: sum.without_staff + usize::from(row.monthly.as_ref().is_some_and(Total::is_without_staff)),
        unpriced_lines: sum.unpriced_lines.saturating_add(row.unpriced_lines),
        others: sum.others.with(row),
        waiting: sum.waiting + usize::from(row.waits.is_some()),
        blocked: sum.blocked + usize::from(row.findings[0] > 0),
        missing_targets: sum.missing_targets + usize::from(!row.misses.is_empty()),
        terms: counted(sum.terms, row.monthly.is_some(), row.entry.plan.pricing.reservation),
        by_term_terms: counted(sum.by_term_terms, row.by_term.is_some(), row.by_term.and_then(|it| it.term)),
        by_term: sum.by_term + row.by_term.map_or(Money::ZERO, |it| it.monthly),
        without_by_term: sum.without_by_term + usize::from(row.by_term.is_none()),
        cheapest_terms: counted(
            sum.cheapest_terms,
            row.cheapest.is_some(),
            row.cheapest.as_ref().and_then(|it| it.term),
        ),
        cheapest: sum.cheapest + row.cheapest.as_ref().map_or(Money::ZERO, |it| it.monthly),
        with_cheapest: sum.with_cheapest + row.cheapest.as_ref().map_or(Money::ZERO, |_| row.known()),
        without_cheapest: sum.without_cheapest + usize::from(row.cheapest.is_none()),
        printed: [
            sum.printed[0].saturating_add(format::whole(row.known())),
            sum.printed[1].saturating_add(format::whole(row.known_list())),
        ],
    })
}

/// One more plan that pays so; none of it where there is no bill.
fn counted(mut of: [usize; 3], has_bill: bool, term: Option<ReservationTerm>) -> [usize; 3] {
    if has_bill {
        of[term.map_or(0, |term| if term == ReservationTerm::OneYear { 1 } else { 2 })] += 1;
    }
    of
}

/// "paid as used"; "reserved for 3 years"; "5 paid as used, 7 reserved for 1 year".
fn paid(of: [usize; 3]) -> String {
    let names = ["paid as used", "reserved for 1 year", "reserved for 3 years"];
    let some: Vec<(usize, &str)> = of.into_iter().zip(names).filter(|(count, _)| *count > 0).collect();
    match some.as_slice() {
        [(_, name)] => (*name).to_owned(),
        _ => some.iter().map(|(count, name)| format!("{count} {name}")).collect::<Vec<_>>().join(", "),
    }
}

/// "11 plans cost $28,400 a month".
fn plans_cost(plans: usize, amount: &str) -> String {
    let cost = if plans == 1 { "costs" } else { "cost" };
    format!("{} {cost} {amount} a month", format::counted(plans, "plan"))
}

/// "; 1 plan has none"; "" where every plan has one.
fn without(plans: usize) -> String {
    let has = if plans == 1 { "has" } else { "have" };
    if plans == 0 { String::new() } else { format!("; {} {has} none", format::counted(plans, "plan")) }
}

impl Totals {
    /// The month at effective prices: "$30,463"; "≥ $30,463" where a plan lacks a price, beside [`Totals::why`].
    #[must_use]
    pub fn amount(&self, currency: Currency) -> String {
        self.marked(self.monthly, currency)
    }

    /// "With the cheapest design that meets every target of its plan, 11 plans cost $28,400 a month; 1 plan has none."
    fn searched(&self, currency: Currency) -> String {
        let with = self.plans - self.without_cheapest;
        if with == 0 {
            return "No plan has a design that meets all its targets for certain.".to_owned();
        }
        format!(
            "With the cheapest design that meets every target of its plan, by any term, {} ({}){}.",
            plans_cost(with, &format::money(self.cheapest, currency)),
            paid(self.cheapest_terms),
            without(self.without_cheapest)
        )
    }

    /// "By the cheapest term of the same designs, 12 plans cost $21,840 a month (reserved for 3 years)."; `None` where that changes nothing:
    /// what is left up to the cheapest designs is their own.
    fn by_any_term(&self, currency: Currency) -> Option<String> {
        let with = self.plans - self.without_by_term;
        let same = with == 0 || self.by_term_terms == self.terms;
        (!same).then(|| {
            format!(
                "The same designs by their cheapest term: {} ({}){}.",
                plans_cost(with, &format::money(self.by_term, currency)),
                paid(self.by_term_terms),
                without(self.without_by_term)
            )
        })
    }

    fn marked(&self, amount: Money, currency: Currency) -> String {
        let amount = format::money(amount, currency);
        if self.incomplete == 0 { amount } else { format!("≥\u{a0}{amount}") }
    }

    /// "4 plans have lines without a price"; `None` where every month is complete.
    #[must_use]
    pub fn why(&self) -> Option<String> {
        let verb = if self.incomplete == 1 { "has" } else { "have" };
        let plans = format::counted(self.incomplete, "plan");
        (self.incomplete > 0).then(|| format!("{plans} {verb} lines without a price"))
    }

    /// "11 plans cost $43,373 a month" of those that have a bill; `None` where none has.
    fn month(&self, currency: Currency) -> Option<String> {
        let billed = self.plans - self.without_bill;
        (billed > 0).then(|| plans_cost(billed, &self.amount(currency)))
    }

    /// What the plans cost and what they could, in one sentence: "12 plans cost $43,373 a month; $19,799 with the cheapest design that meets
    /// every target of its plan."; in a second what of it does not run today.
    #[must_use]
    pub fn headline(&self, currency: Currency) -> String {
        let with = self.plans - self.without_cheapest;
        let cheapest = || format::money(self.cheapest, currency);
        let best = match with {
            _ if self.plans == 0 => return "No plan.".to_owned(),
            0 => "no plan has a design that meets all its targets for certain".to_owned(),
            _ if self.without_cheapest == 0 => {
                format!("{} with the cheapest design that meets every target of its plan", cheapest())
            }
            _ => format!(
                "{with} of them, {}, would cost {} with the cheapest design that meets every target; {} {} none",
                format::money(self.with_cheapest, currency),
                cheapest(),
                format::others(self.without_cheapest),
                if self.without_cheapest == 1 { "has" } else { "have" }
            ),
        };
        let month = self.month(currency).unwrap_or_else(|| {
            let has = if self.plans == 1 { "has" } else { "have" };
            format!("{} {has} no month", format::counted(self.plans, "plan"))
        });
        let said = format!("{month}; {best}.");
        [said].into_iter().chain(self.others.says(currency)).collect::<Vec<_>>().join(" ")
    }

    /// The totals in words: "12 plans cost ≥ $34,567 a month, ≥ $40,120 at list prices: 2 plans have lines without a price. …".
    #[must_use]
    pub fn says(&self, currency: Currency) -> String {
        self.sentences(currency).join(" ")
    }

    /// The same, a sentence each; where the printed months of the rows do not add up to them, the last says that they are rounded.
    #[must_use]
    pub fn sentences(&self, currency: Currency) -> Vec<String> {
        if self.plans == 0 {
            return vec!["No plan.".to_owned()];
        }
        let list = if self.list == self.monthly {
            String::new()
        } else {
            format!(", {} at list prices", self.marked(self.list, currency))
        };
        let why = self.why().map_or_else(String::new, |why| format!(": {why}"));
        let term = if self.terms == [0; 3] { String::new() } else { format!(" ({})", paid(self.terms)) };
        let mut said: Vec<String> =
            self.month(currency).into_iter().map(|month| format!("{month}{term}{list}{why}.")).collect();
        said.extend(self.others.says(currency));
        if self.without_staff > 0 {
            said.push(format!(
                "Not in it: hours of people without an hourly rate in {}.",
                format::counted(self.without_staff, "plan")
            ));
        }
        if self.waiting > 0 {
            let plans = format::counted(self.waiting, "plan");
            said.push(format!("Cheapest after the end of what runs, with the month of that move: {plans}."));
        }
        if self.without_bill > 0 {
            said.push(format!("Without a possible topology: {}.", format::counted(self.without_bill, "plan")));
        }
        if self.missing_targets > 0 {
            let plans = format::counted(self.missing_targets, "plan");
            said.push(format!("With a design that misses a target: {plans}."));
        }
        if self.blocked > 0 {
            said.push(format!("With a finding that blocks: {}.", format::counted(self.blocked, "plan")));
        }
        said.extend(self.by_any_term(currency));
        said.push(self.searched(currency));
        let added = ![self.monthly, self.list].iter().any(|sum| sum.is_too_large());
        if added && self.printed != [self.monthly, self.list].map(format::whole) {
            said.push(format::ROUNDED.to_owned());
        }
        said
    }
}

/// The part of one value of a tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The value; `None` for plans without the tag.
    pub value: Option<String>,
    /// Plans with that value.
    pub plans: usize,
    /// What is known of their months together.
    pub monthly: Money,
    /// Plans among them whose month lacks a price: `monthly` is a lower bound where this is not 0.
    pub incomplete: usize,
    /// Plans among them that have no month.
    pub without_bill: usize,
    /// Of the total of all rows, 0 where that is 0; `None` where a month lacks a price: a lower bound has no parts of a whole.
    pub share: Option<Ratio>,
}

impl Share {
    /// The month printed by `as_money`, "≥" before it where it lacks a price; "no month" where nothing of it is known.
    #[must_use]
    pub fn amount(&self, currency: Currency, as_money: fn(Money, Currency) -> String) -> String {
        if self.is_without_month() {
            return "no month".to_owned();
        }
        let amount = as_money(self.monthly, currency);
        if self.incomplete == 0 { amount } else { format!("≥\u{a0}{amount}") }
    }

    fn is_without_month(&self) -> bool {
        self.monthly == Money::ZERO && (self.incomplete > 0 || self.without_bill == self.plans)
    }

    /// "41 %"; "–" where there is no share.
    #[must_use]
    pub fn percent(&self) -> String {
        self.share.filter(|_| !self.is_without_month()).map_or_else(|| format::NONE.to_owned(), format::percent)
    }
}

/// Why there are no shares; `None` where there are.
#[must_use]
pub fn no_shares(parts: &[Share]) -> Option<&'static str> {
    parts
        .iter()
        .any(|part| part.incomplete > 0)
        .then_some("There are no shares of a total that is not known: months with ≥ have lines without a price.")
}

/// The total by the values of a tag, the dearest first and lower bounds after complete sums; plans without the tag stand last, so that the parts add up to the total.
#[must_use]
pub fn shares(rows: &[Row], key: &str) -> Vec<Share> {
    let whole = totals(rows).monthly.as_f64_for_charts();
    let mut found: BTreeMap<Option<&str>, (usize, Money, usize, usize)> = BTreeMap::new();
    for row in rows {
        let (plans, monthly, incomplete, without_bill) = found.entry(row.entry.tag(key)).or_default();
        *plans += 1;
        *monthly += row.known();
        *incomplete += usize::from(row.is_incomplete());
        *without_bill += usize::from(row.monthly.is_none());
    }
    let part = |(value, (plans, monthly, incomplete, without_bill))| Share {
        value: Option::map(value, str::to_owned),
        plans,
        monthly,
        incomplete,
        without_bill,
        share: None,
    };
    let mut parts: Vec<Share> = found.into_iter().map(part).collect();
    if parts.iter().all(|part| part.incomplete == 0) {
        for part in &mut parts {
            let amount = part.monthly.as_f64_for_charts();
            part.share = Some(Ratio::fraction(if whole > 0.0 { amount / whole } else { 0.0 }));
        }
    }
    parts.sort_by_key(|part| (part.value.is_none(), part.incomplete > 0, Reverse(part.monthly)));
    parts
}

/// [`format::ROUNDED`] where the printed months of the parts do not add up to the printed month of all, in whole units or in
/// cents; `None` where they do.
#[must_use]
pub fn rounding(parts: &[Share]) -> Option<&'static str> {
    let months = || parts.iter().map(|part| part.monthly);
    let whole: Money = months().sum();
    format::rounding(months(), whole, format::whole).or_else(|| format::rounding(months(), whole, Money::to_cents))
}
