//! The load that nobody has given or measured.

use crate::plan::{LoadFigure, Plan};
use crate::units::format;
use crate::units::names::Named;

/// "data and connections, which nobody has measured; 10 GB and 1,000 connections are starting values"; `None` where all of the load is
/// known.
#[must_use]
pub fn open_load(plan: &Plan) -> Option<String> {
    let load = &plan.workload;
    let open = LoadFigure::NAMES.iter().filter(|(figure, ..)| plan.is_open(*figure));
    let (names, taken): (Vec<&str>, Vec<String>) = open
        .map(|(figure, name, _)| {
            let taken = match figure {
                LoadFigure::Data => format::bytes(load.dataset),
                LoadFigure::Operations => format!("{} writes/s", format::count(load.writes.as_per_s())),
                LoadFigure::Connections => format::counted(load.connections as usize, "connection"),
            };
            (*name, taken)
        })
        .unzip();
    let are = if taken.len() == 1 { "is a starting value" } else { "are starting values" };
    let (names, taken) = (format::listed(&names), format::listed(&taken));
    (!names.is_empty()).then(|| format!("{names}, which nobody has measured; {taken} {are}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A new plan starts from 10 GB, 5,000 writes a second and 1,000 connections.
    #[test]
    fn what_nobody_has_measured_is_named_with_what_is_taken() {
        let mut plan = Plan::default();
        let said = |plan: &Plan| open_load(plan).map(|it| it.replace('\u{a0}', " "));
        assert_eq!(said(&plan), None);
        plan.workload.open = vec![LoadFigure::Data];
        assert_eq!(said(&plan).as_deref(), Some("data, which nobody has measured; 10 GB is a starting value"));
        plan.workload.open = vec![LoadFigure::Connections, LoadFigure::Data, LoadFigure::Operations];
        let all = "data, operations and connections, which nobody has measured; 10 GB, 5,000 writes/s and 1,000 connections \
                   are starting values";
        assert_eq!(said(&plan).as_deref(), Some(all));
    }
}
