//! Values of JSON that are read where they have the form that is expected, and passed over where they have not.
//!
//! A field of another type is a field that is absent: no file is refused for one. Texts that hold a secret are absent too.

use crate::import::secret;
use crate::import::series::timestamp;
use crate::import::words::quoted;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// What a type makes of each form of a value; what it does not name makes it absent.
pub(in crate::estate) trait Take<'de>: Default {
    fn text(_: &str) -> Self {
        Self::default()
    }
    fn number(_: f64) -> Self {
        Self::default()
    }
    fn flag(_: bool) -> Self {
        Self::default()
    }
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
    fn map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
}

pub(in crate::estate) struct Any<T>(pub(in crate::estate) PhantomData<T>);

impl<'de, T: Take<'de>> Visitor<'de> for Any<T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any value")
    }
    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::text(text))
    }
    fn visit_bool<E>(self, flag: bool) -> Result<T, E> {
        Ok(T::flag(flag))
    }
    fn visit_i64<E>(self, number: i64) -> Result<T, E> {
        Ok(T::number(number as f64))
    }
    fn visit_u64<E>(self, number: u64) -> Result<T, E> {
        Ok(T::number(number as f64))
    }
    fn visit_f64<E>(self, number: f64) -> Result<T, E> {
        Ok(T::number(number))
    }
    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::default())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::list(list)
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::map(map)
    }
}

macro_rules! loose {
    ($([$($generic:ident)?] $type:ty),+) => {$(
        impl<'de $(, $generic: serde::Deserialize<'de>)?> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_any($crate::estate::read::lenient_json::Any(std::marker::PhantomData))
            }
        }
    )+};
}
pub(in crate::estate) use loose;
loose!([] Text, [] Stamp, [] Name, [] Number, [] Count, [] Flag, [] Present, [] Next, [] Tags, [T] List<T>, [T] Objects<T>, [T] Named<T>, [T] Maybe<T>);

/// A text, or a figure as text; absent where it is empty or holds a secret.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::estate) struct Text(pub(in crate::estate) Option<String>);

impl Take<'_> for Text {
    fn text(text: &str) -> Self {
        Self((!text.trim().is_empty() && !secret::is_in(text)).then(|| text.trim().to_owned()))
    }
    fn number(number: f64) -> Self {
        Self(Some(number.to_string()))
    }
}

impl Text {
    /// The text of a word that no file has quoted.
    pub(in crate::estate) fn of(text: &str) -> Self {
        Self::text(text)
    }

    pub(in crate::estate) fn str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}

/// A point in time, in seconds since 1970: nothing is kept of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::estate) struct Stamp(pub(in crate::estate) Option<f64>);

impl Take<'_> for Stamp {
    fn text(text: &str) -> Self {
        Self(timestamp::seconds(text))
    }
    fn number(number: f64) -> Self {
        Self(Some(number))
    }
}

/// A name: a text, or of a metric an object with its value.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::estate) struct Name(pub(in crate::estate) Text);

impl<'de> Take<'de> for Name {
    fn text(text: &str) -> Self {
        Self(Text::text(text))
    }
    fn map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut name = Text::default();
        while let Some(field) = map.next_key::<String>()? {
            if field == "value" {
                name = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Self(name))
    }
}

impl Name {
    pub(in crate::estate) fn str(&self) -> &str {
        self.0.str()
    }
}

/// A figure, or a text that is one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::estate) struct Number(pub(in crate::estate) Option<f64>);

impl Take<'_> for Number {
    fn text(text: &str) -> Self {
        Self(crate::units::float(text).filter(|it| it.is_finite()))
    }
    fn number(number: f64) -> Self {
        Self(Some(number).filter(|it| it.is_finite()))
    }
}

impl Number {
    /// A whole number of at most nine digits.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole and in range")]
    pub(in crate::estate) fn whole(self) -> Option<u32> {
        self.0.filter(|it| (0.0..1e9).contains(it) && it.fract().abs() < f64::EPSILON).map(|it| it as u32)
    }
}

/// A figure that is to be a whole number, with what stands in its place where it is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::estate) enum Count {
    /// Nothing stands there.
    #[default]
    None,
    /// A figure, whole or not.
    Figure(f64),
    /// Something else, in words.
    Other(String),
}

impl<'de> Take<'de> for Count {
    fn text(text: &str) -> Self {
        match crate::units::float(text).filter(|it| it.is_finite()) {
            Some(figure) => Self::Figure(figure),
            None if text.trim().is_empty() => Self::None,
            None => Self::Other(quoted(text)),
        }
    }
    fn number(number: f64) -> Self {
        Self::Figure(number)
    }
    fn flag(flag: bool) -> Self {
        Self::Other(flag.to_string())
    }
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::Other("a list".to_owned()))
    }
    fn map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::Other("an object".to_owned()))
    }
}

impl Count {
    /// The figure of a text.
    pub(in crate::estate) fn of(text: &str) -> Self {
        Self::text(text)
    }

    /// A whole number of at most nine digits.
    pub(in crate::estate) fn whole(&self) -> Option<u32> {
        match self {
            Self::Figure(figure) => Number(Some(*figure)).whole(),
            Self::None | Self::Other(_) => None,
        }
    }

    /// As a sentence shows it; `None` where nothing stands there.
    pub(in crate::estate) fn shown(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Figure(figure) if figure.abs() < 1e9 => Some(figure.to_string()),
            Self::Figure(figure) => Some(format!("{figure:e}")),
            Self::Other(words) => Some(words.clone()),
        }
    }
}

/// Yes or no: `true`, "true", "Enabled".
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::estate) struct Flag(pub(in crate::estate) Option<bool>);

impl Take<'_> for Flag {
    fn text(text: &str) -> Self {
        let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        Self(if is(&["true", "enabled"]) { Some(true) } else { is(&["false", "disabled"]).then_some(false) })
    }
    fn flag(flag: bool) -> Self {
        Self(Some(flag))
    }
}

/// Whether a field is there with a value, of which nothing is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::estate) struct Present(pub(in crate::estate) bool);

impl<'de> Take<'de> for Present {
    fn text(_: &str) -> Self {
        Self(true)
    }
    fn map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self(true))
    }
}

/// The address of a next page: its path in small letters, and nothing of its tokens.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::estate) struct Next(pub(in crate::estate) Option<String>);

impl Take<'_> for Next {
    fn text(text: &str) -> Self {
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let path = path.find("/subscriptions/").map_or(path, |at| &path[at..]);
        let path = if secret::is_in(path) { "" } else { path };
        Self((!text.trim().is_empty()).then(|| path.trim_end_matches('/').to_ascii_lowercase()))
    }
}

/// Names with texts; a value that holds a secret is left out with its name.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::estate) struct Tags(pub(in crate::estate) BTreeMap<String, String>);

impl<'de> Take<'de> for Tags {
    fn map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut tags = BTreeMap::new();
        while let Some((name, value)) = map.next_entry::<String, Loosely>()? {
            if let Some(value) = value.0.filter(|_| !secret::is_named_by(&name)) {
                tags.insert(name, value);
            }
        }
        Ok(Self(tags))
    }
}

/// As [`Text`], and an empty text is one.
#[derive(Default)]
struct Loosely(Option<String>);

impl Take<'_> for Loosely {
    fn text(text: &str) -> Self {
        Self((!secret::is_in(text)).then(|| text.to_owned()))
    }
}
loose!([] Loosely);

/// The entries of a list of values.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::estate) struct List<T>(pub(in crate::estate) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Take<'de> for List<T> {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element()? {
            entries.push(entry);
        }
        Ok(Self(entries))
    }
}

/// The objects of a list; what is no object in it is passed over. The second says that the list is there, if empty.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::estate) struct Objects<T>(pub(in crate::estate) Vec<T>, pub(in crate::estate) bool);

impl<T> Default for Objects<T> {
    fn default() -> Self {
        Self(Vec::new(), false)
    }
}

impl<'de, T: Deserialize<'de>> Take<'de> for Objects<T> {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut entries = Vec::new();
        while let Some(Maybe(entry)) = list.next_element::<Maybe<T>>()? {
            entries.extend(entry);
        }
        Ok(Self(entries, true))
    }
}

/// The entries of a list, or the values of an object: a template with names for its resources has them so.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::estate) struct Named<T>(pub(in crate::estate) Vec<T>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Take<'de> for Named<T> {
    fn list<A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        Ok(Self(Objects::list(list)?.0))
    }
    fn map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut entries = Vec::new();
        while let Some((_, Maybe(entry))) = map.next_entry::<IgnoredAny, Maybe<T>>()? {
            entries.extend(entry);
        }
        Ok(Self(entries))
    }
}

/// An object of fields.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::estate) struct Maybe<T>(pub(in crate::estate) Option<T>);

impl<T> Default for Maybe<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Take<'de> for Maybe<T> {
    fn map<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|it| Self(Some(it)))
    }
}
