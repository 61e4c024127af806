//! The second part of the program: what a first result does not need.
//!
//! The build cuts the program at [`second`]: what only its table reaches is a file of its own. Everywhere else but in the
//! built page the table is at hand.

use crate::bar::{export_text, without_names};
use crate::js_api::evaluation_of;
use crate::later::{self, Coming, Second};
use crate::opening::{open_again, open_alone, open_chosen, open_folders, take};
use crate::paper::put_on_paper;
use crate::results::{draw, save_focus};
use crate::worker::{answer, import};
use wasm_split_helpers::SplitLoaderError;
#[cfg(in_parts)]
use wasm_split_helpers::wasm_split;

pub(crate) static SECOND: Second = Second {
    draw,
    take,
    open: open_chosen,
    again: open_again,
    alone: open_alone,
    folders: open_folders,
    text: export_text,
    focus: save_focus,
    paper: put_on_paper,
    without_names,
    evaluation: evaluation_of,
    answer,
    import,
};

/// The way into the second part; an error where it did not come.
#[cfg(in_parts)]
#[wasm_split(second, fallible)]
fn second() -> Result<&'static Second, SplitLoaderError> {
    Ok(&SECOND)
}

/// Not cut: the table is at hand.
#[cfg(not(in_parts))]
#[allow(clippy::unused_async, clippy::unnecessary_wraps, reason = "as the one that is cut")]
async fn second() -> Result<&'static Second, SplitLoaderError> {
    Ok(&SECOND)
}

fn coming() -> Coming {
    Box::pin(async { second().await.ok() })
}

/// Makes the second part reachable; page and worker begin with it.
pub fn offer() {
    later::comes_by(coming);
}
