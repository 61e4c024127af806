//! Why a price is unknown, and what to enter.

use super::misfit::misfits;
use crate::model::cost::{NoPrice, Own};

impl NoPrice {
    /// "no price for people: enter an engineer's hour", "no price for P3 in West Europe: enter one".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Catalog(said) => said.clone(),
            Self::NotEntered(Own::EngineerHour) => "no price for people: enter an engineer's hour".to_owned(),
            Self::NotEntered(own) => format!("no price: {}", own.to_enter()),
            Self::OtherCurrency { what, typed, prices } => {
                format!("{} is in {typed} and the prices are in {prices}: enter it in {prices}", what.name())
            }
            Self::NoGroup(lacking) => format!("no group can follow. {}", misfits(lacking)),
        }
    }
}

impl Own {
    /// "enter what a million reads of the database costs".
    #[must_use]
    pub fn to_enter(self) -> String {
        format!("enter what {} costs", self.name())
    }

    const fn name(self) -> &'static str {
        match self {
            Self::EngineerHour => "the hour of an engineer",
            Self::MillionReads => "a million reads of the database",
            Self::ExportStorage => "a GB of exports for a month",
            Self::DowntimeHour => "an hour without service",
            Self::LostRecord => "a lost write",
            Self::Peering => "a GB over peered networks",
            Self::DnsZone => "a private DNS zone for a month",
            Self::TrafficSwitch => "the traffic switch for a month",
        }
    }
}
