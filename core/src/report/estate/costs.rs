//! What was paid for the caches, beside the months of their plans, with the difference line by line.

use super::Answer;
use crate::estate::costs::{Actual, Cause, Compared, Part, actual, compared, days_of};
use crate::estate::{Member, Planned, id_name};
use crate::evaluate::evaluate_unread;
use crate::model::cost::{Bill, BillLine};
use crate::model::horizon::nodes_of_today;
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::units::{Currency, Date, HOURS_PER_MONTH, Money, format};

impl Answer<'_> {
    /// What was paid, and why it is not the plan's month; `None` where no export is among the files.
    pub(super) fn costs(&self) -> Option<Section> {
        let paid = actual(&self.read.facts);
        if paid.is_empty() {
            return None;
        }
        let months: Vec<Month> = self
            .estate
            .planned
            .iter()
            .flat_map(|planned| {
                let is_known = self.is_beside(planned);
                let paid = &paid;
                self.compared(planned).into_iter().map(move |it| {
                    let of = |own: &Actual| (own.month, own.currency) == (it.month, it.currency);
                    let has = |key: &String| paid.iter().any(|own| own.cache == *key && of(own));
                    let members = planned.deployment.members.iter().filter(|it| !has(&it.key));
                    let unpaid = members.map(Member::shown).collect();
                    Month { planned, it, is_known, unpaid }
                })
            })
            .collect();
        let says = format!(
            "What the cost exports have for each cache, month by month, with commitments spread over their term, beside the plan’s month \
             of {HOURS_PER_MONTH} h; beside that of the nodes alone where no plan holds what runs. Taxes, credits and purchases without a cache are in neither; no currency is converted."
        );
        let section = Section::new("estate-costs", "Paid and modelled", says)
            .with(Block::Table(self.paid_by_cache(&paid)))
            .with(Block::Table(side_by_side(&months)))
            .with(Block::Table(parts(&months)));
        Some(section.with(Block::list(remarks(&months))))
    }

    /// The months of a deployment that were paid, each beside that of its plan; where no plan holds what runs beside that of its nodes, and
    /// without parts of a difference where these are not known.
    pub(super) fn compared(&self, planned: &Planned) -> Vec<Compared> {
        let facts = &self.read.facts;
        if facts.charges.is_empty() {
            return Vec::new();
        }
        let evaluation = evaluate_unread(&planned.draft.plan, self.catalog);
        let bill = &evaluation.of(planned.topology()).bill;
        if planned.draft.unheld.is_none() {
            return compared(&planned.deployment, facts, bill);
        }
        let nodes = Bill { lines: self.nodes(planned).unwrap_or_default(), ..bill.clone() };
        let mut months = compared(&planned.deployment, facts, &nodes);
        for it in months.iter_mut().filter(|_| nodes.lines.is_empty()) {
            it.parts.clear();
        }
        months
    }

    /// True where a month stands beside what was paid for a deployment.
    pub(super) fn is_beside(&self, planned: &Planned) -> bool {
        planned.draft.unheld.is_none() || self.nodes(planned).is_some()
    }

    /// The nodes that run, where every one is known and has a price.
    fn nodes(&self, planned: &Planned) -> Option<Vec<BillLine>> {
        let nodes = nodes_of_today(&planned.draft.plan, self.catalog).filter(|_| !self.is_least(planned))?;
        nodes.iter().all(|it| it.amount.is_some()).then_some(nodes)
    }

    fn paid_by_cache(&self, paid: &[Actual]) -> Table {
        let rows = paid.iter().map(|it| {
            let (effective, billed) = (money(it.effective(), it.currency), money(it.billed(), it.currency));
            let meters: Vec<&str> = it.lines.iter().map(|(of, _)| of.name.as_str()).collect();
            let members = self.estate.planned.iter().flat_map(|planned| &planned.deployment.members);
            let member = members.into_iter().find(|member| member.key == it.cache);
            let name = member.map_or_else(|| id_name(&it.cache).to_owned(), Member::shown);
            Row::of([name, month(it.month), days(it.days(), it.month), effective, billed, once(&meters)])
        });
        let heads = ["Cache", "Month", "Days paid", "Paid, amortised", "On the invoice", "Meters"];
        table("estate-costs-caches", "Paid by cache and month", heads, 3..=4, rows.collect())
    }
}

fn table(
    id: &'static str,
    name: &str,
    heads: [&str; 6],
    figures: std::ops::RangeInclusive<usize>,
    rows: Vec<Row>,
) -> Table {
    let column =
        |(at, head): (usize, &str)| if figures.contains(&at) { Column::figures(head) } else { Column::text(head) };
    Table { id, name: name.to_owned(), columns: heads.into_iter().enumerate().map(column).collect(), rows }
}

/// A month of a deployment that was paid, and whether one stands beside it.
struct Month<'a> {
    planned: &'a Planned,
    it: Compared,
    is_known: bool,
    /// Its caches of which no charge is in the files.
    unpaid: Vec<String>,
}

fn side_by_side(months: &[Month]) -> Table {
    let rows = months.iter().map(|Month { planned, it, is_known, .. }| {
        let difference = it.difference().map_or_else(|| "unknown".to_owned(), |amount| money(amount, it.currency));
        let nodes = if planned.draft.unheld.is_some() { ", nodes alone" } else { "" };
        let plan = if *is_known { format!("{}{nodes}", plan_month(it)) } else { "unknown".to_owned() };
        let cells = [
            planned.draft.plan.name.clone(),
            month(it.month),
            days(it.days, it.month),
            money(it.paid, it.currency),
            plan,
            difference,
        ];
        Row::of(cells)
    });
    let heads = ["Deployment", "Month", "Days paid", "Paid, amortised", "Plan’s month", "Difference"];
    table("estate-costs-months", "Paid beside the plan’s month", heads, 3..=5, rows.collect())
}

/// The plan's month in the plan's currency, whatever the invoice is in.
fn plan_month(it: &Compared) -> String {
    let amount = money(it.modelled, it.modelled_in);
    if it.unpriced > 0 { format!("at least {amount}") } else { amount }
}

fn parts(months: &[Month]) -> Table {
    let rows = months.iter().filter(|it| it.is_known).flat_map(|Month { planned, it, .. }| {
        let name = planned.draft.plan.name.clone();
        it.parts.iter().map(move |part| {
            Row::of([
                format!("{name}, {}", month(it.month)),
                line(part.cause).to_owned(),
                if part.modelled == Money::ZERO { format::NONE.to_owned() } else { money(part.modelled, it.currency) },
                part.paid.map_or_else(|| format::NONE.to_owned(), |paid| money(paid, it.currency)),
                money(part.amount, it.currency),
                why(part, it),
            ])
        })
    });
    let heads = ["Deployment and month", "Line", "Plan’s month", "Paid", "Part of the difference", "Why"];
    table("estate-costs-lines", "The difference line by line", heads, 2..=4, rows.collect())
}

const fn line(cause: Cause) -> &'static str {
    match cause {
        Cause::Days => "Days of the month",
        Cause::NodeHours => "Compute: node-hours",
        Cause::Price => "Compute: price of a node-hour",
        Cause::Commitment => "Compute: reservations, amortised",
        Cause::Traffic => "Traffic between regions",
        Cause::EndpointHours => "Private endpoints",
        Cause::EndpointData => "Endpoint traffic",
        Cause::Monitoring => "Alerts and logs",
        Cause::Elsewhere => "Other lines of the plan",
        Cause::UnknownMeters => "Unknown meters",
    }
}

fn why(part: &Part, it: &Compared) -> String {
    match part.cause {
        Cause::Days => format!("{} h are paid; a month of the plan has {HOURS_PER_MONTH} h.", it.days * 24),
        Cause::NodeHours if part.paid.is_none() => "No node-hour is among the charges.".to_owned(),
        Cause::NodeHours => format!("Node-hours paid against those of the plan in these days, at the plan’s price: {}.", part.meters.join(", ")),
        Cause::Price => "Hours paid as they are used, at another price than the plan’s: agreement, region, currency of the list, date.".to_owned(),
        Cause::Commitment => "Hours paid by a reservation or savings plan against what the plan assumes.".to_owned(),
        Cause::UnknownMeters => format!("A plan has no line for {}.", part.meters.join(", ")),
        Cause::Elsewhere => "Billed under other resources than caches and their endpoints, or not at all.".to_owned(),
        _ if part.paid.is_none() => "No charge of this kind is under the ids of the caches and their endpoints.".to_owned(),
        _ => format!("Paid as {}.", part.meters.join(", ")),
    }
}

/// What the tables cannot say in a cell.
fn remarks(months: &[Month]) -> Vec<String> {
    let mut said = Vec::new();
    for Month { planned, it, is_known, unpaid } in months {
        let place = format!("{}, {}", planned.draft.plan.name, month(it.month));
        if !unpaid.is_empty() {
            said.push(format!("{place}: no charge of {} is in the files.", format::listed(unpaid)));
        }
        if let Some(why) = planned.draft.unheld.as_ref().filter(|_| !is_known) {
            said.push(format!("{place}: there is no month beside it: {why}."));
            continue;
        }
        if it.currency != it.modelled_in {
            said.push(format!(
                "{place}: {} was paid and the plan’s month is in {}; the two are not subtracted. Give a price sheet in {} (--prices).",
                it.currency, it.modelled_in, it.currency
            ));
        } else if it.unpriced > 0 {
            said.push(format!(
                "{place}: {} of the plan without a price: the difference is unknown.",
                format::counted(it.unpriced, "line")
            ));
        }
        if it.contested > 0 {
            said.push(format!(
                "{place}: files name different amounts for {}; the greater counts.",
                format::counted(it.contested, "charge")
            ));
        }
        if it.unamortised {
            said.push(format!(
                "{place}: reserved hours stand at 0 in the export. Save the amortised cost to see what they come to."
            ));
        }
    }
    said
}

/// "2026-11".
fn month(day: Date) -> String {
    format!("{}-{:02}", day.year(), day.month())
}

fn days(paid: u32, of: Date) -> String {
    format!("{paid} of {}", days_of(of))
}

fn money(amount: Money, currency: Currency) -> String {
    format::money_cents(amount, currency)
}

fn once(names: &[&str]) -> String {
    let mut names = names.to_vec();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}
