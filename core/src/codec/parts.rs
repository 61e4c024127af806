//! Values of the plan file, read and written in place by one listing of their fields.
//!
//! The derived serde code says the same of every type, but says it once more per type: it weighs six times as much in
//! the page. A test holds the two to each other, field by field.

use crate::catalog::{RegionId, SkuId};
use crate::units::quote::short;
use crate::units::{Bytes, BytesPerSec, Currency, Date, Money, OpsPerSec, Range, Ratio, Secs, UnitPrice};
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value};

/// What is wrong, and at which field of the file.
#[derive(Debug)]
pub(super) struct Fault {
    path: String,
    what: String,
}

impl Fault {
    pub(super) fn new(what: &str) -> Self {
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
    pub(super) fn sentence(&self) -> String {
        let colon = if self.path.is_empty() { "" } else { ": " };
        ["This plan cannot be read: ", &self.path, colon, &self.what, "."].concat()
    }
}

/// A value of the plan file.
pub(super) trait Part {
    fn write(&mut self) -> Value;
    /// Takes over what is given; the rest of a group of fields stays.
    fn read(&mut self, given: Value) -> Result<(), Fault>;
}

/// Called for each field with its name.
pub(super) type Visit<'a> = dyn FnMut(&'static str, &mut dyn Part) + 'a;

/// A group of named fields.
pub(super) trait Group {
    fn each(&mut self, visit: &mut Visit<'_>);
}

/// A value without fields of its own.
pub(super) trait Leaf: Sized {
    fn to_value(&self) -> Value;
    fn from_value(given: Value) -> Result<Self, Fault>;
}

impl<T: Leaf> Part for T {
    fn write(&mut self) -> Value {
        self.to_value()
    }

    fn read(&mut self, given: Value) -> Result<(), Fault> {
        *self = T::from_value(given)?;
        Ok(())
    }
}

impl<T: Leaf> Part for Option<T> {
    fn write(&mut self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }

    fn read(&mut self, given: Value) -> Result<(), Fault> {
        *self = if given.is_null() { None } else { Some(T::from_value(given)?) };
        Ok(())
    }
}

impl<T: Leaf> Part for Vec<T> {
    fn write(&mut self) -> Value {
        Value::Array(self.iter().map(T::to_value).collect())
    }

    fn read(&mut self, given: Value) -> Result<(), Fault> {
        self.clear();
        for (at, item) in list(given)?.into_iter().enumerate() {
            self.push(T::from_value(item).map_err(|fault| fault.inside(&at.to_string()))?);
        }
        Ok(())
    }
}

fn list(given: Value) -> Result<Vec<Value>, Fault> {
    match given {
        Value::Array(items) => Ok(items),
        other => Err(unlike(&other, "a list")),
    }
}

pub(super) fn write_group(group: &mut dyn Group) -> Value {
    let mut fields = Map::new();
    group.each(&mut |name, part| drop(fields.insert(name.to_owned(), part.write())));
    Value::Object(fields)
}

/// Puts what is given over a group; `whole` when every field has to be there.
pub(super) fn read_group(group: &mut dyn Group, given: Value, whole: bool) -> Result<(), Fault> {
    let Value::Object(mut given) = given else { return Err(unlike(&given, "a group of fields")) };
    let mut fault = None;
    group.each(&mut |name, part| {
        let read = match given.remove(name) {
            Some(value) => part.read(value).map_err(|fault| fault.inside(name)),
            None if whole => Err(Fault::new(&["missing field `", name, "`"].concat())),
            None => Ok(()),
        };
        if fault.is_none() {
            fault = read.err();
        }
    });
    match (fault, given.keys().next()) {
        (Some(fault), _) => Err(fault),
        (None, Some(name)) => Err(Fault::new(&["unknown field `", &short(name), "`"].concat())),
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

/// One of the names of a list.
pub(super) fn read_name<T: Copy>(names: &[(&str, T)], given: Value) -> Result<T, Fault> {
    let text = read_text(given)?;
    let found = names.iter().find(|(name, _)| *name == text);
    found.map(|(_, value)| *value).ok_or_else(|| Fault::new(&["unknown variant `", &short(&text), "`"].concat()))
}

pub(super) fn write_name<T: PartialEq>(names: &[(&str, T)], value: &T) -> Value {
    names.iter().find(|(_, named)| named == value).map_or(Value::Null, |(name, _)| Value::from(*name))
}

macro_rules! leaves {
    ($($type:ty: $read:expr, $write:expr;)*) => {$(
        impl Leaf for $type {
            fn to_value(&self) -> Value {
                $write(self)
            }
            fn from_value(given: Value) -> Result<Self, Fault> {
                $read(given)
            }
        }
    )*};
}

leaves! {
    bool: |given: Value| given.as_bool().ok_or_else(|| unlike(&given, "true or false")), |value: &bool| Value::Bool(*value);
    u32: |given: Value| {
        let whole = given.as_u64().and_then(|whole| u32::try_from(whole).ok());
        whole.ok_or_else(|| unlike(&given, "a whole number"))
    }, |value: &u32| Value::from(*value);
    String: read_text, |text: &String| Value::from(text.as_str());
    SkuId: |given| read_text(given).map(|name| Self::new(&name)), |id: &SkuId| Value::from(id.as_str());
    RegionId: |given| read_text(given).map(|name| Self::new(&name)), |id: &RegionId| Value::from(id.as_str());
    Date: |given| read_text(given)?.parse().map_err(|error: crate::units::DateError| Fault::new(&error.to_string())),
        |date: &Date| Value::from(date.to_string());
    Currency: |given| {
        let code = read_text(given)?;
        Self::new(&code).ok_or_else(|| unlike(&Value::String(code), "a currency: enter an ISO code of three capital letters"))
    }, |currency: &Currency| Value::from(currency.code());
    Decimal: read_decimal, |value: &Decimal| Value::from(value.to_string());
    Money: |given| read_decimal(given).map(Self::new), |amount: &Money| Value::from(amount.as_decimal().to_string());
    UnitPrice: |given| read_decimal(given).map(Self::new),
        |price: &UnitPrice| Value::from(price.as_decimal().to_string());
    f64: |given: Value| read_number(&given), |value: &f64| write_number(*value);
    Bytes: |given: Value| read_number(&given).map(Self::bytes), |size: &Bytes| write_number(size.as_bytes());
    BytesPerSec: |given: Value| read_number(&given).map(Self::bytes_per_s),
        |rate: &BytesPerSec| write_number(rate.as_bytes_per_s());
    OpsPerSec: |given: Value| read_number(&given).map(Self::per_s), |rate: &OpsPerSec| write_number(rate.as_per_s());
    Secs: |given: Value| read_number(&given).map(Self::secs), |time: &Secs| write_number(time.as_secs());
    Ratio: |given: Value| read_number(&given).map(Self::fraction), |share: &Ratio| write_number(share.as_fraction());
}

impl<T: Leaf> Group for Range<T> {
    fn each(&mut self, visit: &mut Visit<'_>) {
        visit("low", &mut self.low);
        visit("mode", &mut self.mode);
        visit("high", &mut self.high);
    }
}

impl<T: Leaf> Part for Range<T> {
    fn write(&mut self) -> Value {
        write_group(self)
    }

    fn read(&mut self, given: Value) -> Result<(), Fault> {
        read_group(self, given, false)
    }
}
