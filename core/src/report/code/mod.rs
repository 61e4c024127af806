//! Infrastructure as code for one design: Bicep and Terraform, as files.
//!
//! API versions, the provider's version and the traps that comments name come from the services' type definitions, the provider's
//! source and its issues (collected 2026-11-28). Whatever the plan does not know is a parameter without a default.

mod bicep;
mod design;
mod document;
mod quote;
mod remarks;
mod terraform;

pub use document::{document, languages};
pub use quote::{bicep_string, hcl_string};

use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::plan::Plan;
use crate::report::watching::workbook;
use crate::units::names::names;
use design::Blueprint;

names! {
    /// A language of infrastructure as code.
    #[derive(Default)]
    Language {
        /// Bicep, by subscription.
        #[default]
        Bicep = "bicep", "Bicep",
        /// Terraform with the azurerm provider.
        Terraform = "terraform", "Terraform",
    }
}

/// One file of the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeFile {
    /// Its name; all files stand in one folder.
    pub name: &'static str,
    /// Its text, ending in a line break.
    pub text: String,
}

/// The files that build one design; empty where the plan has too few regions for it.
///
/// # Examples
///
/// ```
/// use dr_core::catalog::Catalog;
/// use dr_core::evaluate::evaluate;
/// use dr_core::model::Topology;
/// use dr_core::plan::Plan;
/// use dr_core::report::code::{Language, files};
///
/// let (plan, catalog) = (Plan { name: "Shop".to_owned(), ..Plan::default() }, Catalog::bundled()?);
/// let evaluation = evaluate(&plan, &catalog);
/// let files = files(Language::Bicep, Topology::Active, &plan, &catalog, &evaluation);
/// assert!(files[0].text.contains("targetScope = 'subscription'"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn files(
    language: Language,
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    evaluation: &Evaluation,
) -> Vec<CodeFile> {
    let Some(blueprint) = Blueprint::of(topology, plan, catalog, evaluation) else { return Vec::new() };
    let mut files = match language {
        Language::Bicep => bicep::files(&blueprint),
        Language::Terraform => terraform::files(&blueprint),
    };
    files.push(CodeFile { name: "workbook.json", text: workbook(&blueprint.base, topology, plan, evaluation) });
    files
}

/// Parts of a file with a blank line between two of them; a remark stands right above what it is about.
fn together(parts: impl IntoIterator<Item = String>) -> String {
    let remark = |part: &str| part.lines().all(|line| line.starts_with("//") || line.starts_with('#'));
    let mut text = String::new();
    let mut apart = false;
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if apart {
            text.push('\n');
        }
        apart = !remark(&part);
        text.push_str(&part);
    }
    text
}

/// The files one below the other, each under a line with its name.
#[must_use]
pub fn joined(files: &[CodeFile]) -> String {
    let one = |file: &CodeFile| format!("==> {} <==\n{}", file.name, file.text);
    files.iter().map(one).collect::<Vec<_>>().join("\n")
}
