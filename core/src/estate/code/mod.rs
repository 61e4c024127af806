//! An estate from its code: Terraform's states and plans, ARM templates and what Bicep makes. What the code leaves open is asked.

mod attributes;
mod expression;
mod forms;
mod functions;
mod grammar;
mod parameters;
mod settle;
mod template;
mod terraform;
#[cfg(test)]
mod tests;

pub(super) use attributes::{Change, Configuration, State};
pub(super) use forms::Either;
pub(super) use parameters::{Packed, Parameters};
pub(super) use settle::settle;
pub(super) use template::{CODE_HAS, Head, take as take_template};
pub(super) use terraform::{Document, take as take_terraform};
