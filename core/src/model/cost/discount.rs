//! Negotiated discounts, one for each family of meters.
//!
//! A discount is a factor on the unit price, `effective = list × (1 − discount)`. It comes after everything that chooses a
//! price (the dearer of two schemes, absorbed or not, the tier of the month's total) and before the quantity,
//! so it commutes with all sums: a discounted line is the discounted list cost, and the families do not touch each other.
//! Own prices of nodes, reserved hours, people and prices of 0 have none.

use super::{BillLine, Formula, LineKind, Note};
use crate::plan::Pricing;
use crate::units::UnitPrice;
use rust_decimal::Decimal;

impl LineKind {
    /// The plan's discount on lines of this kind, between 0 and 1; 0 for people.
    #[must_use]
    pub fn discount(self, pricing: &Pricing) -> Decimal {
        let discount = match self {
            Self::Nodes | Self::DrillCaches => pricing.discount,
            Self::Egress | Self::FullSyncs | Self::ClientTraffic | Self::ExportCopies => pricing.discount_bandwidth,
            Self::EndpointHours | Self::EndpointData => pricing.discount_endpoints,
            Self::Alerts | Self::Logs => pricing.discount_monitoring,
            Self::Peering
            | Self::DnsZones
            | Self::TrafficSwitch
            | Self::Exports
            | Self::Drills
            | Self::Run
            | Self::Migration => Decimal::ZERO,
        };
        discount.clamp(Decimal::ZERO, Decimal::ONE)
    }
}

/// `price × (1 − discount)`.
pub(super) fn less(price: UnitPrice, discount: Decimal) -> UnitPrice {
    let left = Decimal::ONE - discount.clamp(Decimal::ZERO, Decimal::ONE);
    UnitPrice::new(price.as_decimal().saturating_mul(left))
}

/// The remark of a discounted line; `None` without a discount.
pub(super) fn said(discount: Decimal) -> Option<Note> {
    (discount > Decimal::ZERO).then_some(Note::Discount(discount))
}

/// The discount on nodes that reserved ones do not get; `None` where the plan has no discount on nodes, or where no
/// node of these lines is reserved at the catalogue's price. Whether a negotiated discount comes off a reservation is not published.
pub(crate) fn not_applied(lines: &[BillLine], pricing: &Pricing) -> Option<Decimal> {
    let lost = |line: &BillLine| matches!(line.formula, Formula::NodeHours { not_applied: Some(_), .. });
    lines.iter().any(lost).then(|| LineKind::Nodes.discount(pricing))
}

/// Takes the discount off lines that are paid at their list price; lines of nodes have theirs already.
pub(super) fn apply(lines: &mut [BillLine], pricing: &Pricing) {
    for line in lines {
        let discount = line.kind.discount(pricing);
        let Some(list) = line.price.known().map(|known| known.amount) else { continue };
        let nodes = matches!(line.kind, LineKind::Nodes | LineKind::DrillCaches);
        if nodes || discount.is_zero() || list == UnitPrice::default() {
            continue;
        }
        let effective = less(list, discount);
        (line.effective, line.contracted) = (Some(effective), Some(effective));
        line.amount = Some(effective * line.quantity);
        line.notes.splice(0..0, said(discount));
    }
}
