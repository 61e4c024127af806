//! Answers that hold reasons as data, field by field as their JSON has them: with the sentences.

use crate::catalog::{RegionId, SkuId};
use crate::decide::Comparison;
use crate::model::Topology;
use crate::model::cost::{BillLine, Commitment, LineKind, LinePrice, MissingPrice, NoPrice, PricedNode, Total};
use crate::model::fit::Misfit;
use crate::model::rto::{Barrier, RtoChain, RtoPath, RtoStep};
use crate::model::verdict::{Figure, Objective, Verdict};
use crate::plan::ReservationTerm;
use crate::report::{Span, price_doubt, verdict, why};
use crate::units::{Money, Range, Secs, UnitPrice};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

impl Serialize for Misfit {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.words())
    }
}

impl Serialize for NoPrice {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.words())
    }
}

/// A complete sum is its decimal text; an incomplete one is no number: `{"at_least": "2663.1", "missing": ["M50 in West Europe"]}`.
impl Serialize for Total {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct AtLeast {
            at_least: Money,
            missing: Vec<String>,
        }
        if let Some(amount) = self.complete() {
            return amount.serialize(to);
        }
        let missing = self.missing().iter().map(MissingPrice::what).collect();
        AtLeast { at_least: self.at_least(), missing }.serialize(to)
    }
}

impl Serialize for PricedNode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Worded<'a> {
            sku: &'a SkuId,
            region: &'a RegionId,
            name: String,
        }
        Worded { sku: &self.sku, region: &self.place.region, name: self.name() }.serialize(to)
    }
}

impl Serialize for MissingPrice {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Worded<'a> {
            what: String,
            node: Option<&'a PricedNode>,
        }
        let node = match self {
            Self::Node(node) => Some(node),
            Self::Line(_) | Self::Running => None,
        };
        Worded { what: self.what(), node }.serialize(to)
    }
}

impl Serialize for BillLine {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Worded<'a> {
            kind: LineKind,
            label: String,
            meter: String,
            region: Option<&'a RegionId>,
            quantity: Decimal,
            unit: &'static str,
            formula: String,
            price: &'a LinePrice,
            effective: Option<UnitPrice>,
            contracted: Option<UnitPrice>,
            term: Option<ReservationTerm>,
            list_cost: Option<Money>,
            amount: Option<Money>,
            note: String,
            reservation: Option<&'a Commitment>,
        }
        let worded = Worded {
            kind: self.kind,
            label: self.label(),
            meter: self.meter(),
            region: self.region.as_ref(),
            quantity: self.quantity,
            unit: self.unit,
            formula: self.formula(),
            price: &self.price,
            effective: self.effective,
            contracted: self.contracted,
            term: self.term,
            list_cost: self.list_cost,
            amount: self.amount,
            note: self.note(),
            reservation: self.reservation.as_ref(),
        };
        worded.serialize(to)
    }
}

impl Serialize for RtoChain {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Worded<'a> {
            path: RtoPath,
            steps: &'a [RtoStep],
            total: Range<Secs>,
            p50: Secs,
            p95: Secs,
            dominant: usize,
            unplanned: bool,
            reason: String,
            barriers: &'a [Barrier],
        }
        let worded = Worded {
            path: self.path,
            steps: &self.steps,
            total: self.total,
            p50: self.p50,
            p95: self.p95,
            dominant: self.dominant,
            unplanned: self.unplanned,
            reason: self.why(),
            barriers: &self.barriers,
        };
        worded.serialize(to)
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Worded {
            objective: Objective,
            figure: Figure,
            target: Option<Figure>,
            met: Option<bool>,
            modelled_met: Option<bool>,
            caveat: String,
        }
        let Self { objective, figure, target, met: modelled_met, .. } = *self;
        let (met, caveat) = (self.met_and_shown(), verdict::caveat(self));
        Worded { objective, figure, target, met, modelled_met, caveat }.serialize(to)
    }
}

impl Serialize for Comparison {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Worded<'a> {
            choice: Option<Topology>,
            nearest: Option<Topology>,
            sentence: Vec<Span>,
            deadline: Option<String>,
            flip: Option<String>,
            missing: &'a [MissingPrice],
            open: &'a [Topology],
            price_doubts: Vec<String>,
            too_close_to_call: bool,
            turns: Vec<String>,
        }
        let worded = Worded {
            choice: self.choice,
            nearest: self.nearest,
            sentence: verdict::sentence(self),
            deadline: verdict::deadline(self),
            flip: verdict::tipping_point(self),
            missing: &self.missing,
            open: &self.open,
            price_doubts: price_doubt::sentences(self),
            too_close_to_call: self.too_close(),
            turns: self.turns.iter().map(why::turn).collect(),
        };
        worded.serialize(to)
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::{Catalog, RegionId};
    use crate::evaluate::evaluate;
    use crate::model::cost::Total;
    use crate::plan::{Plan, RegionShare};
    use crate::units::Money;

    #[test]
    fn an_incomplete_sum_is_no_number_in_json() {
        assert_eq!(serde_json::to_string(&Total::exactly(Money::whole(7))).unwrap(), "\"7\"");
        let regions = ["westeurope", "northeurope"].map(|name| RegionShare::new(name, 0.5, 0.5)).to_vec();
        let plan = Plan { regions, ..Plan::default() };
        let catalog = Catalog::bundled().unwrap().without_node_prices(&RegionId::new("westeurope"));
        let total = evaluate(&plan, &catalog).answers.active.bill.total;
        let text = serde_json::to_string(&total).unwrap();
        assert!(text.starts_with("{\"at_least\":\"") && text.contains("in West Europe\"]"), "{text}");
    }
}
