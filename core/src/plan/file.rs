//! Values of the plan file, read and written in place by the table of the plan's fields.
//!
//! Derived serde code would say the same once more per type: it weighs six times as much in the page.

use super::Span;
use crate::catalog::{RegionId, SkuId};
use crate::units::names::Named;
use crate::units::quote::short;
use crate::units::{Bytes, BytesPerSec, Currency, Date, Money, OpsPerSec, Range, Ratio, Secs, UnitPrice};
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value, json};

/// What is wrong, and at which field of the file.
#[derive(Debug)]
pub(crate) struct Fault {
    path: String,
    what: String,
}

impl Fault {
    pub(crate) fn new(what: &str) -> Self {
        Self { path: String::new(), what: what.to_owned() }
    }

    /// The same fault seen from one level further out.
    fn inside(mut self, name: &str) -> Self {
        if !self.path.is_empty() {
            self.path.insert(0, '.');
        }
        self.path.insert_str(0, name);
        self
    }

    /// The field, if it is not the whole, and what is wrong with it.
    pub(crate) fn sentence(&self) -> String {
        let colon = if self.path.is_empty() { "" } else { ": " };
        ["This plan cannot be read: ", &self.path, colon, &self.what, "."].concat()
    }
}

/// A value of the plan file.
pub(crate) trait Part {
    /// What may stand there, as JSON Schema.
    fn part_shape() -> Value
    where
        Self: Sized;
    fn write(&mut self) -> Value;
    /// Takes over what is given; the rest of a group of fields stays.
    fn read(&mut self, given: Value) -> Result<(), Fault>;
}

/// Called for each field with its name.
pub(crate) type Visit<'a> = dyn FnMut(&'static str, &mut dyn Part) + 'a;

/// A group of named fields.
pub(crate) trait Group {
    fn each(&mut self, visit: &mut Visit<'_>);
}

/// A value without fields of its own.
pub(crate) trait Leaf: Sized {
    fn to_value(&self) -> Value;
    fn from_value(given: Value) -> Result<Self, Fault>;
    /// What may stand there, as JSON Schema.
    fn shape() -> Value;
}

impl<T: Leaf> Part for T {
    fn part_shape() -> Value {
        T::shape()
    }

    fn write(&mut self) -> Value {
        self.to_value()
    }

    fn read(&mut self, given: Value) -> Result<(), Fault> {
        *self = T::from_value(given)?;
        Ok(())
    }
}

impl<T: Leaf> Leaf for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }

    fn from_value(given: Value) -> Result<Self, Fault> {
        if given.is_null() { Ok(None) } else { T::from_value(given).map(Some) }
    }

    fn shape() -> Value {
        json!({ "anyOf": [T::shape(), { "type": "null" }] })
    }
}

impl<T: Leaf> Leaf for Vec<T> {
    fn to_value(&self) -> Value {
        Value::Array(self.iter().map(T::to_value).collect())
    }

    fn from_value(given: Value) -> Result<Self, Fault> {
        let read = |(at, item): (usize, Value)| T::from_value(item).map_err(|fault| fault.inside(&at.to_string()));
        list(given)?.into_iter().enumerate().map(read).collect()
    }

    fn shape() -> Value {
        json!({ "type": "array", "items": T::shape() })
    }
}

impl<T: Named> Leaf for T {
    fn to_value(&self) -> Value {
        Value::from(self.name())
    }

    fn from_value(given: Value) -> Result<Self, Fault> {
        if let (Some(flag), Some([yes, no])) = (given.as_bool(), T::FLAGS) {
            return Ok(if flag { yes } else { no });
        }
        let text = read_text(given)?;
        T::named(&text).ok_or_else(|| Fault::new(&["unknown variant `", &short(&text), "`"].concat()))
    }

    fn shape() -> Value {
        let names = T::NAMES.iter().map(|(_, name, _)| Value::from(*name));
        let flags = T::FLAGS.map_or(&[][..], |_| &[true, false]).iter().map(|flag| Value::from(*flag));
        json!({ "enum": names.chain(flags).collect::<Vec<_>>() })
    }
}

/// The fields of an entry of a list, which is given as a whole.
pub(crate) struct Given(Map<String, Value>);

impl Given {
    pub(crate) fn open(given: Value) -> Result<Self, Fault> {
        match given {
            Value::Object(fields) => Ok(Self(fields)),
            other => Err(unlike(&other, "a group of fields")),
        }
    }

    /// The field, or what it is when it is left out.
    pub(crate) fn take<T: Leaf>(&mut self, name: &str, left_out: Option<T>) -> Result<T, Fault> {
        match (self.0.remove(name), left_out) {
            (Some(value), _) => T::from_value(value).map_err(|fault| fault.inside(name)),
            (None, Some(usual)) => Ok(usual),
            (None, None) => Err(Fault::new(&["missing field `", name, "`; it has no default: add it"].concat())),
        }
    }

    /// Nothing else may stand there.
    pub(crate) fn close(self) -> Result<(), Fault> {
        self.0.keys().next().map_or(Ok(()), |name| Err(unknown(name)))
    }
}

/// The shape of a field of an entry: its name, what it is, its own shape, and whether it has to be there.
type EntryField = (&'static str, &'static str, fn() -> Value, bool);

/// The shape of an entry of a list.
pub(crate) fn entry_shape(fields: &[EntryField]) -> Value {
    let described = |(name, doc, shape, _): &EntryField| ((*name).to_owned(), with(shape(), "description", doc.trim()));
    let properties: Map<String, Value> = fields.iter().map(described).collect();
    let required: Vec<&str> = fields.iter().filter(|(.., needed)| *needed).map(|(name, ..)| *name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// The shape of a group of equal fields.
fn fields_shape<const N: usize>(names: [&str; N], each: &Value) -> Value {
    let properties: Map<String, Value> = names.into_iter().map(|name| (name.to_owned(), each.clone())).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// A shape that says one thing more.
pub(crate) fn with(mut shape: Value, key: &str, value: impl Into<Value>) -> Value {
    if let Value::Object(said) = &mut shape {
        said.insert(key.to_owned(), value.into());
    }
    shape
}

fn unknown(name: &str) -> Fault {
    Fault::new(&["unknown field `", &short(name), "`"].concat())
}

fn list(given: Value) -> Result<Vec<Value>, Fault> {
    match given {
        Value::Array(items) => Ok(items),
        other => Err(unlike(&other, "a list")),
    }
}

pub(crate) fn write_group(group: &mut dyn Group) -> Value {
    let mut fields = Map::new();
    group.each(&mut |name, part| drop(fields.insert(name.to_owned(), part.write())));
    Value::Object(fields)
}

/// Puts what is given over a group: what is left out stays as it is.
pub(crate) fn read_group(group: &mut dyn Group, given: Value) -> Result<(), Fault> {
    let Value::Object(mut given) = given else { return Err(unlike(&given, "a group of fields")) };
    let mut fault = None;
    group.each(&mut |name, part| {
        let Some(value) = given.remove(name) else { return };
        let read = part.read(value).map_err(|fault| fault.inside(name));
        if fault.is_none() {
            fault = read.err();
        }
    });
    match (fault, given.keys().next()) {
        (Some(fault), _) => Err(fault),
        (None, Some(name)) => Err(unknown(name)),
        (None, None) => Ok(()),
    }
}

/// What stands there, and what belongs there.
fn unlike(given: &Value, wanted: &str) -> Fault {
    Fault::new(&[&short(&given.to_string()), " is not ", wanted].concat())
}

fn read_text(given: Value) -> Result<String, Fault> {
    match given {
        Value::String(text) => Ok(text),
        other => Err(unlike(&other, "a text")),
    }
}

fn read_number(given: &Value) -> Result<f64, Fault> {
    given.as_f64().ok_or_else(|| unlike(given, "a number"))
}

fn write_number(value: f64) -> Value {
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

fn read_decimal(given: Value) -> Result<Decimal, Fault> {
    let text = read_text(given)?;
    let read = text.parse().or_else(|_| Decimal::from_scientific(&text));
    read.map_err(|_| unlike(&Value::String(text), "a decimal number"))
}

/// A number that JSON writes in a text.
const DECIMAL: &str = r"^[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?$";

macro_rules! leaves {
    ($($type:ty: $shape:tt, $read:expr, $write:expr;)*) => {$(
        impl Leaf for $type {
            fn to_value(&self) -> Value {
                $write(self)
            }
            fn from_value(given: Value) -> Result<Self, Fault> {
                $read(given)
            }
            fn shape() -> Value {
                json!($shape)
            }
        }
    )*};
}

leaves! {
    bool: { "type": "boolean" },
        |given: Value| given.as_bool().ok_or_else(|| unlike(&given, "true or false")), |value: &bool| Value::Bool(*value);
    u32: { "type": "integer", "minimum": 0 }, |given: Value| {
        let whole = given.as_u64().and_then(|whole| u32::try_from(whole).ok());
        whole.ok_or_else(|| unlike(&given, "a whole number"))
    }, |value: &u32| Value::from(*value);
    String: { "type": "string" }, read_text, |text: &String| Value::from(text.as_str());
    SkuId: { "type": "string" }, |given| read_text(given).map(|name| Self::new(&name)), |id: &SkuId| Value::from(id.as_str());
    RegionId: { "type": "string" },
        |given| read_text(given).map(|name| Self::new(&name)), |id: &RegionId| Value::from(id.as_str());
    Date: { "type": "string", "pattern": "^2[01][0-9]{2}-[0-9]{2}-[0-9]{2}$" },
        |given| read_text(given)?.parse().map_err(|error: crate::units::DateError| Fault::new(&error.to_string())),
        |date: &Date| Value::from(date.to_string());
    Currency: { "type": "string", "pattern": "^[A-Z]{3}$" }, |given| {
        let code = read_text(given)?;
        Self::new(&code).ok_or_else(|| unlike(&Value::String(code), "a currency: enter an ISO code of three capital letters"))
    }, |currency: &Currency| Value::from(currency.code());
    Decimal: { "type": "string", "pattern": DECIMAL }, read_decimal, |value: &Decimal| Value::from(value.to_string());
    Money: { "type": "string", "pattern": DECIMAL },
        |given| read_decimal(given).map(Self::new), |amount: &Money| Value::from(amount.as_decimal().to_string());
    UnitPrice: { "type": "string", "pattern": DECIMAL },
        |given| read_decimal(given).map(Self::new), |price: &UnitPrice| Value::from(price.as_decimal().to_string());
    f64: { "type": "number" }, |given: Value| read_number(&given), |value: &f64| write_number(*value);
    Bytes: { "type": "number" },
        |given: Value| read_number(&given).map(Self::bytes), |size: &Bytes| write_number(size.as_bytes());
    BytesPerSec: { "type": "number" },
        |given: Value| read_number(&given).map(Self::bytes_per_s), |rate: &BytesPerSec| write_number(rate.as_bytes_per_s());
    OpsPerSec: { "type": "number" },
        |given: Value| read_number(&given).map(Self::per_s), |rate: &OpsPerSec| write_number(rate.as_per_s());
    Secs: { "type": "number" }, |given: Value| read_number(&given).map(Self::secs), |time: &Secs| write_number(time.as_secs());
    Ratio: { "type": "number" },
        |given: Value| read_number(&given).map(Self::fraction), |share: &Ratio| write_number(share.as_fraction());
}

impl<T: Leaf> Group for Range<T> {
    fn each(&mut self, visit: &mut Visit<'_>) {
        visit("low", &mut self.low);
        visit("mode", &mut self.mode);
        visit("high", &mut self.high);
    }
}

impl Group for Span {
    fn each(&mut self, visit: &mut Visit<'_>) {
        visit("low", &mut self.low);
        visit("high", &mut self.high);
    }
}

impl<T: Leaf> Part for Range<T> {
    fn part_shape() -> Value {
        fields_shape(["low", "mode", "high"], &T::shape())
    }

    fn write(&mut self) -> Value {
        write_group(self)
    }

    fn read(&mut self, given: Value) -> Result<(), Fault> {
        read_group(self, given)
    }
}

impl Part for Span {
    fn part_shape() -> Value {
        fields_shape(["low", "high"], &Ratio::shape())
    }

    fn write(&mut self) -> Value {
        write_group(self)
    }

    fn read(&mut self, given: Value) -> Result<(), Fault> {
        read_group(self, given)
    }
}
