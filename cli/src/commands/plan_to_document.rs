//! A plan that becomes one document: what `decision`, `horizon` and `outage` take.

use super::delivery::{Delivery, Format};
use super::input::PlanInput;
use crate::error::CliError;
use crate::output::Printed;
use clap::Args;
use dr_core::catalog::Catalog;
use dr_core::plan::Plan;
use dr_core::report::document::Document;

/// Which plan, and how its document is written.
#[derive(Debug, Args)]
pub(super) struct PlanToDocument {
    #[command(flatten)]
    input: PlanInput,

    #[command(flatten)]
    delivery: Delivery,
}

impl PlanToDocument {
    /// What `of` makes of the plan, in the format and where it was asked for.
    pub(super) fn printed(&self, of: impl FnOnce(&Plan, &Catalog, Format) -> Document) -> Result<Printed, CliError> {
        let (plan, catalog) = self.input.open()?;
        self.delivery.document(&of(&plan, &catalog, self.delivery.format()))
    }
}
