//! Plans of another design than what runs today: their month is that of what follows, and what runs costs another.

use super::{Row, is_imported};
use crate::model::Topology;
use crate::model::cost::Total;
use crate::units::format;
use crate::units::{Currency, Money};

/// What plans of another design cost than what runs, and what runs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Others {
    /// How many plans.
    pub plans: usize,
    /// What is known of their steady months.
    pub monthly: Money,
    /// Those whose month lacks a price.
    pub incomplete: usize,
    /// Those without a month.
    pub without_month: usize,
    /// A month of the nodes that run today, of those that have a price.
    pub today: Money,
    /// Plans of which no size or no price says what runs.
    pub without_today: usize,
    /// Plans of which `today` holds a part of the caches alone.
    pub parts_today: usize,
}

impl Row {
    /// True where the month is of another design than what runs today: of another size than the plan says to run, given or
    /// derived; of an import also where the plan holds no size of it.
    #[must_use]
    pub fn plans_another(&self) -> bool {
        let plan = &self.entry.plan;
        let design = self.topology.and_then(|topology| match topology {
            Topology::Rebuild => plan.rebuild.sku.as_ref(),
            Topology::Passive => plan.passive.sku.as_ref(),
            Topology::Active => plan.active.sku.as_ref(),
        });
        let resized = plan.pair_runs_as().map(|it| it.0);
        match (resized.or(plan.today.sku.as_ref().filter(|_| !plan.pair_runs())), design) {
            (Some(runs), Some(own)) => own != runs || plan.today.month.is_some() || self.is_part_today(),
            (None, Some(_)) => false,
            (Some(runs), None) if self.size.as_ref().is_some_and(|own| own != runs) => true,
            (_, None) => is_imported(&self.entry),
        }
    }

    /// True where an import names more caches of a group than the plan has regions of today: the month of today is that of a part.
    #[must_use]
    pub fn is_part_today(&self) -> bool {
        let plan = &self.entry.plan;
        let names = self.entry.tag("azure-cache").map_or(0, |it| it.split_whitespace().count());
        let is_group = self.entry.topology == Some(Topology::Active);
        is_group && plan.today.month.is_none() && usize::try_from(plan.today.regions).is_ok_and(|it| it < names)
    }
}

impl Others {
    /// With one more row, where it is of such a plan.
    #[must_use]
    pub(super) fn with(self, row: &Row) -> Self {
        if !row.plans_another() {
            return self;
        }
        let today = row.today.as_ref().and_then(Total::complete);
        Self {
            plans: self.plans + 1,
            monthly: self.monthly + row.known(),
            incomplete: self.incomplete + usize::from(row.is_incomplete()),
            without_month: self.without_month + usize::from(row.monthly.is_none()),
            today: self.today + today.unwrap_or(Money::ZERO),
            without_today: self.without_today + usize::from(today.is_none()),
            parts_today: self.parts_today + usize::from(today.is_some() && row.is_part_today()),
        }
    }

    /// "In it $4,281 for 4 plans of another design than what runs today; the nodes that run cost $686 a month."; `None` without such a plan.
    #[must_use]
    pub fn says(&self, currency: Currency) -> Option<String> {
        let mark = |open: usize| if open > 0 { "≥\u{a0}" } else { "" };
        let [monthly, today] = [(self.monthly, self.incomplete), (self.today, self.parts_today)]
            .map(|(sum, open)| format!("{}{}", mark(open), format::money(sum, currency)));
        let runs = match (self.plans - self.without_today, self.without_today) {
            (0, _) => "what runs has no known price".to_owned(),
            (_, 0) => format!("the nodes that run cost {today} a month"),
            (_, without) => format!("the nodes that run cost {today} a month, those of {without} not known"),
        };
        let plans = format::counted(self.plans, "plan");
        let lacks = match (self.plans - self.without_month, self.without_month) {
            (0, 0) => return None,
            (0, _) => return Some(format!("{plans} without a month: {runs}.")),
            (_, 0) => String::new(),
            (_, without) => format!(", no month for {without} of them"),
        };
        Some(format!("In it {monthly} for {plans} of another design than what runs today{lacks}; {runs}."))
    }
}
