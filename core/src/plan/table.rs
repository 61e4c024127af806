//! The table of the plan's fields.
//!
//! Each struct of a plan is written with [`table`]: a row is a field with its type, its default, and what it is for a person. From
//! the rows come the structs and their defaults, the bounds and messages, what files and links hold, the JSON Schema, the inputs
//! of the page, and the reference in `docs/fields.md`.
//!
//! ```text
//! /// What it is; the reference quotes it.
//! dataset: Bytes = Bytes::gb(10.0) => number("Data today", Data, "GB", 1e3..=1e15) { basic: true };
//! ```
//!
//! | kind | its words | the field's type |
//! |---|---|---|
//! | `number` | label, dimension, unit of a bare number, bounds in base units | a quantity or `Option` of one |
//! | `place` | the same; the page offers the plan's regions | a place in the plan's regions |
//! | `range` | the same, then the source of the default | `Range` of a quantity |
//! | `ends` | labels of both ends | `Span` |
//! | `switch` | label | `bool` |
//! | `confirm` | label | `Confirmation` |
//! | `choice` | label, and what follows a choice | an enum of `names!`, or `Option` of one |
//! | `several` | label | `Vec` of such an enum |
//! | `size` | label, `Premium`, `Managed` or `Running` | `Option<SkuId>` |
//! | `text` | label, most characters | `String` |
//! | `places` | label, its texts | a list with texts for each region |
//! | `group` | none | a struct that is a table of its own |
//! | `special` | none | anything else; the page draws it by hand, or not at all |
//!
//! In braces follows what [`Shown`] says beyond the usual.

pub(crate) use super::rows::{inside, kind, left_out, numeric, path_of};

use super::field::{Field, RangeField};
use super::{Confirmation, Plan, RegionSite, Section};
use crate::catalog::SkuId;
use crate::units::Range;
use crate::units::names::Named;
use serde_json::Value;

/// One field of the plan, or a group of them.
pub struct Row {
    /// Path in the plan file, `workload.writes`.
    pub path: &'static str,
    /// What it holds, and how it is read and set.
    pub kind: Kind,
    /// Where and how the page shows it.
    pub shown: Shown,
}

/// What a field holds.
pub enum Kind {
    /// A number, or none where it may be derived.
    Number(Field),
    /// A place in the plan's regions.
    Place(Field),
    /// Low, most likely and high.
    Range(RangeField, &'static [Field; 3]),
    /// The ends of a figure as shares of it.
    Ends(&'static [Field; 2]),
    /// Yes or no.
    Switch(Switch),
    /// Unknown, confirmed or not so.
    Confirm(Confirm),
    /// One of several names.
    Choice(Choice),
    /// Any of several names.
    Several(Several),
    /// A size of the catalogue, or none to derive it.
    Size(Size),
    /// A line of text; empty where nothing is known.
    Text(TextField),
    /// Texts for each region of the plan.
    Places(&'static str, &'static [PlaceText]),
    /// Fields of its own.
    Group(&'static [Row]),
    /// A text, a day, a list: nothing that one input holds.
    Special,
}

/// Where and how the page shows a field.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// The group of inputs that it stands in.
    pub section: Section,
    /// True when it is there in basic mode too.
    pub basic: bool,
    /// For which plans basic mode has it.
    pub basic_when: fn(&Plan) -> bool,
    /// Another label than the field's own; empty: its own.
    pub short: &'static str,
    /// What an empty field means: "none", "unknown"; empty where it depends on the plan.
    pub empty: &'static str,
    /// A remark below the field.
    pub note: &'static str,
    /// For which plans it is shown.
    pub when: fn(&Plan) -> bool,
}

impl Row {
    /// What a person calls it; empty for a group, and for what is no single input.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match &self.kind {
            Kind::Number(field) | Kind::Place(field) => field.label,
            Kind::Range(range, _) => range.label,
            Kind::Switch(switch) => switch.label,
            Kind::Confirm(confirm) => confirm.label,
            Kind::Choice(choice) => choice.label,
            Kind::Several(several) => several.label,
            Kind::Size(size) => size.label,
            Kind::Text(text) => text.label,
            Kind::Places(label, _) => label,
            Kind::Ends(_) | Kind::Group(_) | Kind::Special => "",
        }
    }
}

impl Shown {
    /// In this group, in advanced mode, for every plan, without words of its own.
    #[must_use]
    pub const fn inside(section: Section) -> Self {
        Self { section, basic: false, basic_when: |_| true, short: "", empty: "", note: "", when: |_| true }
    }
}

/// Yes or no.
#[derive(Clone, Copy)]
pub struct Switch {
    /// What a person calls it.
    pub label: &'static str,
    /// Reads it.
    pub get: fn(&Plan) -> bool,
    /// Sets it.
    pub set: fn(&mut Plan, bool),
}

/// What a person confirms, or says is not so.
#[derive(Clone, Copy)]
pub struct Confirm {
    /// What a person calls it.
    pub label: &'static str,
    /// Reads the answer.
    pub get: fn(&Plan) -> Confirmation,
    /// Sets it.
    pub set: fn(&mut Plan, Confirmation),
}

/// One of several names.
#[derive(Clone, Copy)]
pub struct Choice {
    /// What a person calls it.
    pub label: &'static str,
    /// True when it may be none, written as an empty name.
    pub optional: bool,
    /// Names in files and labels, in the order in which they are offered.
    pub names: fn() -> Vec<(&'static str, &'static str)>,
    /// The name chosen.
    pub get: fn(&Plan) -> &'static str,
    /// Chooses a name; one that is unknown changes nothing.
    pub set: fn(&mut Plan, &str),
}

/// Any of several names.
#[derive(Clone, Copy)]
pub struct Several {
    /// What a person calls them.
    pub label: &'static str,
    /// Names in files and labels, in the order in which they are offered.
    pub names: fn() -> Vec<(&'static str, &'static str)>,
    /// True when the name is chosen.
    pub has: fn(&Plan, &str) -> bool,
    /// Takes the name in, or out.
    pub set: fn(&mut Plan, &str, bool),
}

/// Which sizes a field offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sizes {
    /// Premium P1 to P5.
    Premium,
    /// Azure Managed Redis.
    Managed,
    /// Everything that may run today: both of these, and the tiers that end.
    Running,
}

/// A size of the catalogue, or none.
#[derive(Clone, Copy)]
pub struct Size {
    /// What a person calls it.
    pub label: &'static str,
    /// Which sizes are offered.
    pub of: Sizes,
    /// The size chosen.
    pub get: fn(&Plan) -> Option<&SkuId>,
    /// Chooses one.
    pub set: fn(&mut Plan, Option<SkuId>),
}

/// A line of text.
#[derive(Clone, Copy)]
pub struct TextField {
    /// Path in the plan file, `site.owner`.
    pub path: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// Most characters that it may have.
    pub most: usize,
    /// Reads it.
    pub get: fn(&Plan) -> &str,
    /// Sets it.
    pub set: fn(&mut Plan, String),
}

/// A line of text for each region of the plan.
#[derive(Clone, Copy)]
pub struct PlaceText {
    /// Its name in an entry of the list.
    pub name: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// Most characters that it may have.
    pub most: usize,
    /// Reads it from an entry.
    pub of: fn(&RegionSite) -> &str,
    /// Reads that of the region at a place of the plan; empty where nothing is known.
    pub get: fn(&Plan, usize) -> &str,
    /// Sets it.
    pub set: fn(&mut Plan, usize, String),
}

/// What the reference says of a row: parallel to the rows, so that the page does not carry it.
pub(crate) struct RowDocs {
    /// What the field is, as its documentation says.
    pub(crate) doc: &'static str,
    /// What a file holds there.
    pub(crate) inside: Inside,
}

/// What a file holds at a row.
pub(crate) enum Inside {
    /// Fields of its own.
    Group(&'static [RowDocs]),
    /// A value of this JSON Schema, before the field's bounds.
    Leaf(fn() -> Value),
}

/// A struct of the plan whose fields are rows.
pub(crate) trait Table {
    const ROWS: &'static [Row];
    const ROW_DOCS: &'static [RowDocs];
}

/// What a range or a list is of.
pub(super) trait Parts {
    type One;
}

impl<T> Parts for Range<T> {
    type One = T;
}

impl<T> Parts for Vec<T> {
    type One = T;
}

/// An enum of names, or none of it.
pub(super) trait Chosen {
    const OPTIONAL: bool;
    fn names() -> Vec<(&'static str, &'static str)>;
    fn chosen(&self) -> &'static str;
    fn choose(&mut self, name: &str);
}

impl<T: Named> Chosen for T {
    const OPTIONAL: bool = false;

    fn names() -> Vec<(&'static str, &'static str)> {
        T::NAMES.iter().map(|(_, name, label)| (*name, *label)).collect()
    }

    fn chosen(&self) -> &'static str {
        self.name()
    }

    fn choose(&mut self, name: &str) {
        *self = T::named(name).unwrap_or(*self);
    }
}

impl<T: Named> Chosen for Option<T> {
    const OPTIONAL: bool = true;

    fn names() -> Vec<(&'static str, &'static str)> {
        <T as Chosen>::names()
    }

    fn chosen(&self) -> &'static str {
        self.map_or("", T::name)
    }

    fn choose(&mut self, name: &str) {
        if name.is_empty() {
            *self = None;
        } else if let Some(named) = T::named(name) {
            *self = Some(named);
        }
    }
}

/// True when a list has the variant of this name.
pub(super) fn has<T: Named>(list: &[T], name: &str) -> bool {
    list.iter().any(|known| known.name() == name)
}

/// Takes the variant of this name into the list, at its end, or out of it.
pub(super) fn put<T: Named>(list: &mut Vec<T>, name: &str, on: bool) {
    list.retain(|known| known.name() != name);
    list.extend(T::named(name).filter(|_| on));
}
