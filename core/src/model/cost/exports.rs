//! Exports: where they are kept, and the way to another region, without which they are lost with the first one.

use super::clients::own_or_listed;
use super::item::{Formula, Label, Note, Route};
use super::line::{Item, decimal, line};
use super::no_price::Own;
use super::traffic::{Sent, at_list};
use super::{BillLine, LineKind, Scope};
use crate::catalog::Meter;
use crate::model::{Place, Topology};
use crate::units::{Bytes, HOURS_PER_MONTH, Secs};
use rust_decimal::Decimal;

/// One export: `data × snapshot ratio`. A snapshot holds plain data, whatever a member of a group uses for them.
fn export(scope: &Scope) -> Bytes {
    scope.plan.workload.dataset * scope.plan.assumptions.snapshot_ratio
}

/// `export × exports kept × price of a GB for a month`, by default that of block blobs with a copy in another region (S33); no line
/// where nothing is exported.
pub(super) fn storage(scope: &Scope) -> Option<BillLine> {
    let data = &scope.plan.data;
    data.export_interval?;
    let first = &scope.design.caches.first()?.region;
    let each = export(scope);
    let item = Item {
        label: Label::Exports,
        meter: None,
        region: Some(first.clone()),
        quantity: decimal(each.as_gb()) * Decimal::from(data.exports_kept),
        unit: "GB-month",
        formula: Formula::Exports { bytes: each, kept: data.exports_kept },
        notes: vec![Note::WithoutWrites],
    };
    let own = (scope.plan.pricing.export_storage, Own::ExportStorage);
    Some(line(LineKind::Exports, item, own_or_listed(scope, own, Meter::ExportGb, first)))
}

/// `export × hours of a month ÷ interval × egress price` from the first region to the second, of a rebuild to the one in which it comes back;
/// no line without a second region.
pub(super) fn copies<'a>(scope: &Scope<'a>, sent: &mut Sent<'a>) -> Vec<BillLine> {
    let plan = scope.plan;
    let to = if scope.topology == Topology::Rebuild { plan.comes_back(scope.catalog) } else { plan.elsewhere() };
    let (Some(interval), Some(cache), Some(to)) = (plan.data.export_interval, scope.design.caches.first(), to) else {
        return Vec::new();
    };
    let times = Secs::hours(f64::from(HOURS_PER_MONTH)) / interval;
    let each = export(scope);
    let [from, to] = [&cache.region, &to.region].map(|region| Place::of(scope.catalog, region));
    let (schedule, meter) = scope.egress(&from.region, &to.region);
    let item = Item {
        label: Label::ExportCopies(Route { from, to: vec![to] }),
        meter,
        region: Some(cache.region.clone()),
        quantity: decimal((each * times).as_gb()),
        unit: "GB",
        formula: Formula::ExportCopies { bytes: each, interval },
        notes: vec![if scope.topology == Topology::Rebuild { Note::ExportLost } else { Note::ExportGuards }],
    };
    at_list(LineKind::ExportCopies, item, schedule, &cache.region, sent)
}

#[cfg(test)]
mod tests {
    use super::super::bill;
    use super::*;
    use crate::model::testing::{Answers, plain};
    use crate::units::UnitPrice;

    /// By hand: 10 GB each hour, two kept: 20 GB at $0.0458 (S33) are $0.92; 730 copies are 7,300 GB from East US to North Europe, at the
    /// dearer of both lists (0.05 to another continent) $365.
    #[test]
    fn exports_are_on_the_bill() {
        let mut plan = plain(10.0, 1_000.0);
        let lines = |plan: &crate::plan::Plan| {
            let answers = Answers::of(Topology::Rebuild, plan);
            let bill = bill(&answers.case(Topology::Rebuild, plan));
            let exports =
                bill.lines.into_iter().filter(|it| matches!(it.kind, LineKind::Exports | LineKind::ExportCopies));
            exports.map(|it| (it.quantity, it.amount.unwrap().to_cents().to_string())).collect::<Vec<_>>()
        };
        assert_eq!(lines(&plan), []);
        plan.data.export_interval = Some(Secs::hours(1.0));
        let at = |gb: i64, amount: &str| (Decimal::from(gb), amount.to_owned());
        assert_eq!(lines(&plan), [at(20, "0.92"), at(7_300, "365.00")]);
        let note = |topology: Topology| {
            let answers = Answers::of(topology, &plan);
            let bill = bill(&answers.case(topology, &plan));
            bill.lines.into_iter().find(|it| it.kind == LineKind::ExportCopies).unwrap().notes.into_iter().next()
        };
        assert_eq!(note(Topology::Rebuild), Some(Note::ExportLost));
        assert_eq!(note(Topology::Passive), Some(Note::ExportGuards), "the other region holds the data");
        plan.pricing.export_storage = Some(UnitPrice::new(Decimal::new(2, 2)));
        plan.regions.truncate(1);
        assert_eq!(lines(&plan), [at(20, "0.40")], "no other region to copy to");
    }
}
