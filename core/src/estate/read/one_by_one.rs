//! A long list is never in memory as a whole.

use super::lenient_json::Maybe;
use super::shape::Item;
use super::take::Taken;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A document whose entries are taken one by one, so that a long list is never in memory as a whole.
pub(super) struct Document<'a>(pub(super) &'a mut Taken);

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any value")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let item = <Item as serde::Deserialize>::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        self.0.document(item);
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut entries = 0;
        self.0.is_list = true;
        while let Some(Maybe(item)) = list.next_element::<Maybe<Item>>()? {
            entries += 1;
            if let Some(item) = item {
                self.0.document(item);
            }
        }
        self.0.is_list = false;
        if entries == 0 {
            self.0.empty_list();
        }
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
