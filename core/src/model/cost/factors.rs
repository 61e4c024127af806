//! What a bill pays at prices whose regional factor is estimated.

use super::{Bill, BillLine, Label, PricedNode};
use crate::catalog::{FactorBand, PriceService, RegionId};
use crate::model::Place;
use crate::units::Money;
use serde::Serialize;

/// A region's factor for one service: prices that have it are off together, and prices of two factors are not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FactorKey {
    /// The region.
    pub region: RegionId,
    /// The service whose prices it multiplies.
    pub service: PriceService,
}

/// A price to look up: it tells an estimated factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    /// Of a node.
    Node(PricedNode),
    /// Of a GB out of a region.
    Traffic(Place),
}

/// The part of a bill that is in proportion to one estimated factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactorPart {
    /// Which factor.
    pub key: FactorKey,
    /// What it may be.
    pub band: FactorBand,
    /// What the lines at its prices add up to in the bill's currency, at the estimate.
    pub amount: Money,
}

impl BillLine {
    /// The estimated factor that the line is in proportion to; `None` for a price without a band, and without a price.
    #[must_use]
    pub fn factor(&self) -> Option<(FactorKey, FactorBand)> {
        let band = self.paid()?.band?;
        Some((FactorKey { region: self.region.clone()?, service: band.service }, band))
    }
}

impl BillLine {
    /// The price that tells its estimated factor; `None` for a line that is of neither nodes nor traffic.
    #[must_use]
    pub fn look_up(&self) -> Option<LookUp> {
        let from = match &self.label {
            Label::Traffic { route, .. } | Label::ExportCopies(route) => Some(&route.from),
            _ => None,
        };
        let from = from.filter(|place| Some(&place.region) == self.region.as_ref());
        self.node.clone().map(LookUp::Node).or_else(|| from.cloned().map(LookUp::Traffic))
    }
}

/// Two lists of parts as one, in the same order.
pub(in crate::model) fn merged(mut sum: Vec<FactorPart>, more: &[FactorPart]) -> Vec<FactorPart> {
    for part in more {
        match sum.binary_search_by(|own| own.key.cmp(&part.key)) {
            Ok(at) => sum[at].amount += part.amount,
            Err(at) => sum.insert(at, part.clone()),
        }
    }
    sum
}

impl Bill {
    /// The parts of the bill by estimated factor, in the order of regions and services; empty where every price is published, derived,
    /// yours or unknown.
    #[must_use]
    pub fn by_factor(&self) -> Vec<FactorPart> {
        by_factor(&self.lines)
    }
}

/// The same of any lines.
pub(in crate::model) fn by_factor(lines: &[BillLine]) -> Vec<FactorPart> {
    let mut parts: Vec<FactorPart> = Vec::new();
    for line in lines {
        let (Some((key, band)), Some(amount)) = (line.factor(), line.amount) else { continue };
        match parts.binary_search_by(|part| part.key.cmp(&key)) {
            Ok(at) => parts[at].amount += amount,
            Err(at) => parts.insert(at, FactorPart { key, band, amount }),
        }
    }
    parts
}
