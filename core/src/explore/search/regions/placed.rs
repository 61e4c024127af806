//! The best design of a placement, with what it costs over the horizon.

use super::super::ahead::Ahead;
use super::super::choice::DesignChoice;
use super::super::found::Found;
use crate::catalog::Catalog;
use crate::plan::Plan;
use crate::units::Money;
use serde_json::Value;

/// The best design of a placement that meets every target, with what it costs over the horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The design.
    pub design: Found,
    /// What it costs over the horizon with its way from what runs today (M-10), with the expected loss where the plan prices that; `None` where
    /// a price is missing.
    pub over: Option<Money>,
    /// False where its months end before the horizon does: then `over` is of fewer.
    pub whole: bool,
    /// The months, from 1, in which the rest of its own term is exchanged or refunded.
    pub exchanged: Vec<u32>,
    /// What is paid while it waits for the end of the old service ([`crate::model::horizon::Waits::words`]); `None` where it does not.
    pub waiting: Option<[String; 3]>,
}

impl Placed {
    pub(super) fn of(design: Found, ahead: &Ahead) -> Self {
        let cost = ahead.of(&design);
        let own = cost.exchanged.iter().filter(|it| !it.of_today).map(|it| it.month).collect();
        let waiting = cost.waiting(ahead.catalog().currency());
        Self { design, over: cost.total().complete(), whole: cost.whole, exchanged: own, waiting }
    }

    /// What comes last behind all others, then the cost over the horizon, then what a person reads.
    pub(super) fn order(&self) -> impl Ord + '_ {
        (self.design.comes_last, self.over.is_none(), !self.whole, self.over, self.design.order())
    }
}

impl Placed {
    pub(super) fn to_value(&self) -> Value {
        let over = self.over.map(|over| over.as_decimal().to_string());
        let mut value = self.design.choice.to_value();
        if let Some(fields) = value.as_object_mut() {
            fields.insert("over".to_owned(), over.into());
            fields.insert("whole".to_owned(), self.whole.into());
            fields.insert("exchanged".to_owned(), self.exchanged.clone().into());
            fields.insert("waiting".to_owned(), self.waiting.clone().map(|it| it.to_vec()).into());
        }
        value
    }

    /// What it costs over the horizon is taken as it was found: a path for each design would stop the page.
    pub(super) fn from_value(value: &Value, plan: &Plan, catalog: &Catalog) -> Option<Self> {
        let over = value.get("over")?;
        let months = value.get("exchanged")?.as_array()?.iter();
        let month = |it: &Value| it.as_u64()?.try_into().ok();
        let design = Found::of(DesignChoice::from_value(value)?, plan, catalog)?;
        let waiting: Option<[String; 3]> = serde_json::from_value(value.get("waiting")?.clone()).ok()?;
        Some(Self {
            design: if waiting.is_some() { design.may_wait() } else { design },
            over: if over.is_null() { None } else { Some(Money::new(over.as_str()?.parse().ok()?)) },
            whole: value.get("whole")?.as_bool()?,
            exchanged: months.map(month).collect::<Option<_>>()?,
            waiting,
        })
    }
}
