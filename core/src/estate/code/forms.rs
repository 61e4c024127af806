//! Forms of values that code has beside those of answers, read as loosely.

use crate::estate::read::lenient_json::{Any, Objects, Take, loose};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, SeqAccess};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An object, or a text that holds one as JSON.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::estate) struct Nested<T>(pub(in crate::estate) Option<Box<T>>);

/// The objects of a list, or one object of another form.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::estate) struct Either<T, M> {
    pub(in crate::estate) list: Vec<T>,
    pub(in crate::estate) one: Option<Box<M>>,
}

/// Names whose value is true; tags where one of them is, and what is marked in blocks.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::estate) struct Marks {
    /// Names of the marked values.
    pub(in crate::estate) names: BTreeSet<String>,
    /// Blocks with the names of the marked values in them; a list of values has no names.
    pub(in crate::estate) inner: BTreeSet<(String, String)>,
    /// The whole is marked.
    pub(in crate::estate) whole: bool,
}

/// Values by their names.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::estate) struct Fields<T>(pub(in crate::estate) BTreeMap<String, T>);

/// What the expressions of a value refer to, wherever they stand in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::estate) struct Mentions(pub(in crate::estate) Vec<String>);

impl<T> Default for Nested<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T, M> Default for Either<T, M> {
    fn default() -> Self {
        Self { list: Vec::new(), one: None }
    }
}

impl<T> Default for Fields<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

loose!([] Marks, [T] Fields<T>, [] Mentions);

impl<'de, T: Deserialize<'de>, M: Deserialize<'de>> Deserialize<'de> for Either<T, M> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any(std::marker::PhantomData))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Nested<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any(std::marker::PhantomData))
    }
}

impl<'de, T: DeserializeOwned> Take<'de> for Nested<T> {
    fn text(text: &str) -> Self {
        Self(serde_json::from_str(text).ok().map(Box::new))
    }
    fn map<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|it| Self(Some(Box::new(it))))
    }
}

impl<'de, T: Deserialize<'de>, M: Deserialize<'de>> Take<'de> for Either<T, M> {
    fn list<A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        Ok(Self { list: Objects::list(list)?.0, one: None })
    }
    fn map<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        let one = M::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Self { list: Vec::new(), one: Some(Box::new(one)) })
    }
}

impl<'de> Take<'de> for Marks {
    fn flag(whole: bool) -> Self {
        Self { whole, ..Self::default() }
    }
    fn map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut marks = Self::default();
        while let Some((name, mark)) = map.next_entry::<String, Value>()? {
            if mark == Value::Bool(true) || (name == "tags" && is_marked(&mark)) {
                marks.names.insert(name);
            } else {
                marks.inner.extend(inside(&mark).into_iter().map(|inner| (name.clone(), inner)));
            }
        }
        Ok(marks)
    }
}

/// True for what is marked or has a mark in it.
fn is_marked(mark: &Value) -> bool {
    match mark {
        Value::Bool(mark) => *mark,
        Value::Array(list) => list.iter().any(is_marked),
        Value::Object(fields) => fields.values().any(is_marked),
        _ => false,
    }
}

/// Names of what is marked in a block, or in blocks of one name.
fn inside(block: &Value) -> BTreeSet<String> {
    match block {
        Value::Array(list) => list.iter().flat_map(inside).collect(),
        Value::Object(fields) => fields.iter().filter(|it| is_marked(it.1)).map(|it| it.0.clone()).collect(),
        // An entry of a list without names.
        other => is_marked(other).then(String::new).into_iter().collect(),
    }
}

impl<'de, T: Deserialize<'de>> Take<'de> for Fields<T> {
    fn map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some((name, value)) = map.next_entry()? {
            fields.insert(name, value);
        }
        Ok(Self(fields))
    }
}

impl<'de> Take<'de> for Mentions {
    fn text(text: &str) -> Self {
        Self(vec![text.to_owned()])
    }
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut all = Vec::new();
        while let Some(Self(more)) = list.next_element()? {
            all.extend(more);
        }
        Ok(Self(all))
    }
    fn map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut all = Vec::new();
        while let Some((name, Self(more))) = map.next_entry::<String, Self>()? {
            // A constant is no reference; a secret may stand there.
            if name != "constant_value" {
                all.extend(more);
            }
        }
        Ok(Self(all))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// A tag that a state marks as a secret was kept: the mark stands inside the value's own.
    #[test]
    fn one_marked_tag_takes_all_with_it() {
        let marks: Marks = serde_json::from_str(
            r#"{"tags":{"n":true},"sku":{},"zones":[false],"key":true,"redis_configuration":[{"a":[{"b":true}]}],"name":null}"#,
        )
        .unwrap();
        assert_eq!(marks.names.iter().map(String::as_str).collect::<Vec<_>>(), ["key", "tags"]);
        let inner: Vec<(&str, &str)> =
            marks.inner.iter().map(|(block, name)| (block.as_str(), name.as_str())).collect();
        assert_eq!(inner, [("redis_configuration", "a")]);
        assert!(!marks.whole && serde_json::from_str::<Marks>("true").unwrap().whole);
    }
}
