//! JSON in which each key of an object stands once: serde's own reader keeps the last of two and says nothing.

use crate::units::quote::short;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;
use std::fmt;

/// Why a text cannot be taken over, as a clause that names the place.
#[derive(Debug)]
pub(crate) enum NoJson {
    /// It is cut off, goes on behind its end, or is no JSON at all.
    NotWhole(String),
    /// It is JSON, but a key is there twice, or something else than fields stands there.
    Wrong(String),
}

impl fmt::Display for NoJson {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotWhole(why) => write!(out, "it is not whole JSON ({why})"),
            Self::Wrong(why) => out.write_str(why),
        }
    }
}

/// A text as a value.
pub(crate) fn value(text: &str) -> Result<Value, NoJson> {
    read(text, Tree)
}

/// The fields of an object, each as the text that stands there.
pub(crate) fn fields(text: &str) -> Result<BTreeMap<String, &RawValue>, NoJson> {
    read(text, Fields).map_err(|why| match why {
        NoJson::Wrong(why) if why.starts_with("invalid type") => NoJson::Wrong("it holds no JSON object".to_owned()),
        other => other,
    })
}

/// The documents of a text, one behind the other, up to the first that cannot be read: that error is a data error where a key
/// is there twice, else the text is not whole.
pub(crate) fn documents(text: &str) -> impl Iterator<Item = serde_json::Result<Value>> {
    let mut reader = Some(serde_json::Deserializer::from_str(text));
    std::iter::from_fn(move || {
        let mut here = reader.take()?;
        if here.end().is_ok() {
            return None;
        }
        let document = Tree.deserialize(&mut here);
        reader = document.is_ok().then_some(here);
        Some(document)
    })
}

fn read<'a, S: DeserializeSeed<'a>>(text: &'a str, seed: S) -> Result<S::Value, NoJson> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = seed.deserialize(&mut reader).and_then(|read| reader.end().map(|()| read));
    let why = |error: serde_json::Error| {
        let kind = if error.is_data() { NoJson::Wrong } else { NoJson::NotWhole };
        kind(error.to_string())
    };
    read.map_err(why)
}

fn twice<E: Error>(key: &str) -> E {
    E::custom(format_args!("the field “{}” is there twice in one group: take one out", short(key)))
}

/// A whole value.
struct Tree;

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }
    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = from.next_element_seed(Self)? {
            list.push(entry);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = from.next_key::<String>()? {
            if fields.contains_key(&key) {
                return Err(twice(&key));
            }
            let value = from.next_value_seed(Self)?;
            fields.insert(key, value);
        }
        Ok(Value::Object(fields))
    }
}

/// The fields of an object.
struct Fields;

impl<'de> DeserializeSeed<'de> for Fields {
    type Value = BTreeMap<String, &'de RawValue>;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields {
    type Value = BTreeMap<String, &'de RawValue>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some(key) = from.next_key::<String>()? {
            if fields.contains_key(&key) {
                return Err(twice(&key));
            }
            let value = from.next_value()?;
            fields.insert(key, value);
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_stands_once_at_every_depth() {
        for (text, key) in [
            (r#"{"v":1,"v":2}"#, "v"),
            (r#"{"a":{"name":"A","b":1,"name":"A"}}"#, "name"),
            (r#"[1,{"x":[{"y":null,"\u0079":1}]}]"#, "y"),
        ] {
            let why = value(text).expect_err(text).to_string();
            assert!(why.starts_with(&format!("the field “{key}” is there twice in one group")), "{why}");
            assert!(why.contains("line 1 column"), "{why}");
        }
        assert!(fields(r#"{"plans":[],"plans":[]}"#).is_err());
        assert!(value(r#"{"a":{"b":1},"c":{"b":1}}"#).is_ok());
    }

    #[test]
    fn what_is_cut_off_or_goes_on_is_not_whole() {
        for text in ["", "{", "[1,", "\"a", "{} {}", "nul", &"[".repeat(100_000)] {
            let why = value(text).expect_err("no JSON").to_string();
            assert!(why.starts_with("it is not whole JSON"), "{why}");
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::btree_map(".*", inner, 0..8).prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        /// Without a double the reader is serde's own.
        #[test]
        fn values_are_those_of_the_derived_reader(json in any_json()) {
            let text = json.to_string();
            prop_assert_eq!(value(&text).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
        }
    }
}
