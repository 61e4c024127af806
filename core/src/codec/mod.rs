//! A plan as text: versioned JSON, and the `#…` fragment of a link.
//!
//! A link holds what differs from a frozen baseline (`core/data/plan-baseline-v1.json`); omitted fields of a file take its
//! version's baseline. So changed defaults change no saved plan.

mod alias;
pub(crate) mod json;
mod patch;
mod reference;
mod schema;
mod shape;

pub use alias::Aliases;
pub use reference::reference;
pub use schema::schema;

use crate::plan::{Plan, Readiness, check, file};
use crate::units::names::Named;
use crate::units::quote::short;
use crate::units::sentence_error;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use json::NoJson;
use serde_json::{Map, Value};

/// Plan files and links above this size are refused unread.
pub const MAX_PLAN_BYTES: usize = 1_000_000;
/// Version that this release writes.
pub const PLAN_VERSION: u64 = 1;

const BASELINE: &str = include_str!("../../data/plan-baseline-v1.json");
const LINK_PREFIX: &str = "p1.";

sentence_error! {
    /// Why a text is no plan; one sentence that names the field and the rule.
    PlanError
}

impl From<String> for PlanError {
    fn from(message: String) -> Self {
        Self(message)
    }
}

/// The plan as pretty JSON with its version, ending in a line break.
#[must_use]
pub fn to_json(plan: &Plan) -> String {
    pretty_line(&versioned(to_value(plan)))
}

/// Reads a plan file: size, syntax, version, fields, bounds. Fields left out take the baseline's value.
///
/// # Examples
///
/// ```
/// use dr_core::codec;
///
/// let plan = codec::from_json(r#"{"v":1,"name":"Shop","workload":{"writes":2500}}"#)?;
/// assert_eq!(plan.workload.writes.as_per_s(), 2_500.0);
/// assert_eq!(codec::from_json(&codec::to_json(&plan))?, plan);
///
/// let error = codec::from_json(r#"{"v":1,"workload":{"writes":-1}}"#).unwrap_err();
/// assert!(error.to_string().starts_with("Writes: "));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_json(text: &str) -> Result<Plan, PlanError> {
    refuse_oversized(text.len())?;
    let value = json::value(text)
        .map_err(|why| PlanError(format!("This is no plan file: {why}. Open a file that this page has saved.")))?;
    let Value::Object(mut fields) = value else {
        return Err(PlanError(
            "This is no plan file: it holds no plan. Open a file that this page has saved.".to_owned(),
        ));
    };
    match fields.remove("v") {
        Some(version) if version.as_u64() == Some(PLAN_VERSION) => from_fields(Value::Object(fields)),
        Some(version) if version.as_u64().is_some_and(|version| version > PLAN_VERSION) => Err(PlanError(format!(
            "This plan has version {version}; this release reads up to version {PLAN_VERSION}. Open it in the release that saved it, or in a newer one."
        ))),
        _ => Err(PlanError(format!(
            "This is no plan file: its version (v) is missing or unknown; version {PLAN_VERSION} is read here."
        ))),
    }
}

/// Holds a plan against what the readers of files and of links would refuse: bounds ([`check`]), and the length of what they
/// are given. A plan that passes reads back equal from [`to_json`] and from [`to_fragment`].
///
/// # Errors
/// The sentence of the first rule that the plan breaks; a plan whose file or link is above [`MAX_PLAN_BYTES`].
pub fn admit(plan: &Plan) -> Result<(), PlanError> {
    if let Some(first) = check(plan).into_iter().next() {
        return Err(PlanError(first.message));
    }
    let file = to_json(plan).len();
    // A link packs three bytes of the file's into four letters at most, and leaves out what is the baseline's.
    let link = if file > MAX_PLAN_BYTES / 4 * 3 - 1_000 { to_fragment(plan).len() + 1 } else { 0 };
    refuse_oversized(file.max(link))
}

/// The plan as the fragment of a link, without the `#`.
///
/// # Examples
///
/// ```
/// use dr_core::codec;
///
/// let plan = codec::from_json(r#"{"v":1,"name":"Shop"}"#)?;
/// let link = format!("#{}", codec::to_fragment(&plan));
/// assert!(link.starts_with("#p1.") && link.len() < 40);
/// assert_eq!(codec::from_fragment(&link)?, plan);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn to_fragment(plan: &Plan) -> String {
    let left_out = left_out(&baseline(), plan.recovery.readiness);
    let changes = patch::difference(&left_out, &to_value(plan)).unwrap_or_else(|| Value::Object(Map::new()));
    format!("{LINK_PREFIX}{}", URL_SAFE_NO_PAD.encode(changes.to_string()))
}

/// Reads the fragment of a link, with or without the `#`, and without what follows a slash: the page's view.
pub fn from_fragment(fragment: &str) -> Result<Plan, PlanError> {
    refuse_oversized(fragment.len())?;
    let broken = || PlanError("This link holds no whole plan: a part of it is missing. Ask for it again.".to_owned());
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let fragment = fragment.split_once('/').map_or(fragment, |(plan, _)| plan);
    let Some(encoded) = fragment.strip_prefix(LINK_PREFIX) else {
        return Err(unknown_link(fragment).unwrap_or_else(broken));
    };
    let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| broken())?;
    let text = String::from_utf8(bytes).map_err(|_| broken())?;
    let changes = json::value(&text).map_err(|why| match why {
        NoJson::NotWhole(_) => broken(),
        NoJson::Wrong(why) => PlanError(format!("This link cannot be read: {why}. Ask for it again.")),
    })?;
    if !changes.is_object() {
        return Err(broken());
    }
    from_fields(changes)
}

fn unknown_link(fragment: &str) -> Option<PlanError> {
    let (version, _) = fragment.strip_prefix('p')?.split_once('.')?;
    let version: u64 = version.parse().ok()?;
    (version > PLAN_VERSION).then(|| {
        PlanError(format!(
            "This link has version {version}; this release reads up to version {PLAN_VERSION}. Open it in the release that made it, or in a newer one."
        ))
    })
}

fn refuse_oversized(size: usize) -> Result<(), PlanError> {
    if size <= MAX_PLAN_BYTES {
        return Ok(());
    }
    Err(PlanError(crate::units::file_size::too_large("a plan", size as u64, MAX_PLAN_BYTES)))
}

/// Plans inside other files: read over, and written against, a baseline that is read once.
pub(crate) struct Plans {
    baseline: Plan,
    /// As it is written, by level of readiness.
    written: [(Readiness, Value); 2],
}

impl Plans {
    pub(crate) fn new() -> Self {
        let baseline = baseline();
        let written = [Readiness::FirstTime, Readiness::Rehearsed].map(|level| (level, left_out(&baseline, level)));
        Self { baseline, written }
    }

    /// A plan that is whole or leaves fields out; its version may stand in it and is this release's otherwise.
    pub(crate) fn read(&self, given: Value) -> Result<Plan, PlanError> {
        let Value::Object(mut fields) = given else {
            return Err(PlanError("plan: it is no group of fields.".to_owned()));
        };
        match fields.remove("v") {
            None => {}
            Some(version) if version.as_u64() == Some(PLAN_VERSION) => {}
            Some(version) => {
                let version = short(&version.to_string());
                return Err(PlanError(format!(
                    "This plan has version {version}; this release reads version {PLAN_VERSION}. Open it in the release that saved it, or in a newer one."
                )));
            }
        }
        over(self.baseline.clone(), Value::Object(fields))
    }

    /// The targets of a plan as they are written, all of them.
    pub(crate) fn targets(plan: &Plan) -> Value {
        to_value(plan).get_mut("objectives").map(Value::take).unwrap_or_default()
    }

    /// What of a plan differs from the baseline, with the version.
    pub(crate) fn changes(&self, plan: &Plan) -> Value {
        let [first, rehearsed] = &self.written;
        let (_, written) = if plan.recovery.readiness == rehearsed.0 { rehearsed } else { first };
        let changes = patch::difference(written, &to_value(plan));
        versioned(changes.unwrap_or_else(|| Value::Object(Map::new())))
    }
}

fn from_fields(given: Value) -> Result<Plan, PlanError> {
    over(baseline(), given)
}

fn over(mut plan: Plan, given: Value) -> Result<Plan, PlanError> {
    shape::check(&given)?;
    // Ranges that are left out are those of the level that stands there.
    if let Some(level) = given.pointer("/recovery/readiness").and_then(Value::as_str).and_then(Readiness::named) {
        plan.recovery = plan.recovery.at(level);
    }
    file::read_group(&mut plan, given).map_err(|fault| PlanError(fault.sentence()))?;
    match check(&plan).first() {
        None => Ok(plan),
        Some(first) => Err(PlanError(first.message.clone())),
    }
}

/// The frozen plan; fields that are newer than it have today's default, or what was taken for them when links left them out.
/// What only a person can confirm is unknown where it is left out: the frozen plan confirmed it for them.
fn baseline() -> Plan {
    let mut plan = Plan::default();
    plan.rebuild.reload_factor = crate::plan::as_it_stands();
    // A test proves that it can be read.
    let frozen = serde_json::from_str(BASELINE).unwrap_or_default();
    let _ = file::read_group(&mut plan, frozen);
    let new = Plan::default();
    (plan.passive.checks, plan.active.checks, plan.passive.exists) =
        (new.passive.checks, new.active.checks, new.passive.exists);
    // So are the durations of people's steps: the level of readiness gives them.
    plan.recovery = new.recovery;
    plan
}

/// What a plan of this level takes where a file or a link leaves a field out; the level itself is what is left out.
fn left_out(baseline: &Plan, level: Readiness) -> Value {
    let mut plan = baseline.clone();
    let usual = plan.recovery.readiness;
    plan.recovery = plan.recovery.at(level);
    plan.recovery.readiness = usual;
    to_value(&plan)
}

fn versioned(plan: Value) -> Value {
    let mut fields = Map::new();
    fields.insert("v".to_owned(), PLAN_VERSION.into());
    if let Value::Object(rest) = plan {
        fields.extend(rest);
    }
    Value::Object(fields)
}

/// Plans and evaluations are structs of numbers, text and lists: their serialisation has no way to fail.
fn to_value(plan: &Plan) -> Value {
    file::write_group(&mut plan.clone())
}

/// Pretty JSON that ends in a line break.
pub(crate) fn pretty_line(value: &impl serde::Serialize) -> String {
    let mut json = pretty(value);
    json.push('\n');
    json
}

fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
