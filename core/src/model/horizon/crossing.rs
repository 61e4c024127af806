//! Where one topology's cumulative cost passes another's.

use super::Path;
use crate::model::Topology;
use crate::model::cost::Total;
use crate::units::sorted;
use serde::Serialize;
use std::cmp::Ordering;

/// A month in which the order of two cumulative costs changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Crossing {
    /// The first month at whose end the order is the new one.
    pub month: u32,
    /// Had cost less until then.
    pub passes: Topology,
    /// Costs less from then on.
    pub passed: Topology,
    /// Cumulative cost of both at the end of that month, in the order of the two fields before.
    pub at: [Total; 2],
}

/// Every crossing of two paths, by month. Equal costs do not change an order; months that one
/// path lacks are not compared, nor are sums that lack a price unless the order is certain.
pub(super) fn crossings(paths: &[Path; 3]) -> Vec<Crossing> {
    let pairs = [(0, 1), (0, 2), (1, 2)];
    let mut found: Vec<Crossing> = pairs.iter().flat_map(|(a, b)| between(&paths[*a], &paths[*b])).collect();
    sorted::sort_by_key(&mut found, |it| (it.month, it.passes, it.passed));
    found
}

fn between(a: &Path, b: &Path) -> Vec<Crossing> {
    let mut order = Ordering::Equal;
    let mut found = Vec::new();
    for (one, other) in a.months.iter().zip(&b.months) {
        let Some(now) = one.cumulative.certainly(&other.cumulative).filter(|now| *now != Ordering::Equal) else {
            continue;
        };
        if order != Ordering::Equal && order != now {
            let (passes, passed) = if now == Ordering::Greater { (a, b) } else { (b, a) };
            let mut at = [one.cumulative.clone(), other.cumulative.clone()];
            if now == Ordering::Less {
                at.reverse();
            }
            found.push(Crossing { month: one.number, passes: passes.topology, passed: passed.topology, at });
        }
        order = now;
    }
    found
}
