//! What several files say of one resource: where they agree, that; where they do not, the newest that has a time; else nothing.

use crate::estate::id;
use crate::import::words::cut;
use crate::units::format;
use std::collections::{BTreeMap, BTreeSet};

/// What printed a description, and when the resource had last been changed by then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// "az redis list".
    pub source: &'static str,
    /// Milliseconds since 1970; `None` where the description has no time.
    pub changed: Option<i64>,
}

/// Values in which files disagree, each with what printed it.
pub type Dispute = BTreeMap<String, BTreeSet<&'static str>>;

/// The value of a field.
pub(in crate::estate) trait Fact: Ord + Clone {
    /// As a sentence shows it.
    fn shown(&self) -> String;
    /// True where both mean the same.
    fn is(&self, other: &Self) -> bool {
        self == other
    }
    /// What holds of values that differ; `None` where that is nothing.
    fn common(_: &[&Self]) -> Option<Self> {
        None
    }
}

/// The value on which descriptions agree, of those with a time the newest; else what they have in common, and the dispute.
pub(in crate::estate) fn settle<T: Fact>(claims: &[(Origin, &T)]) -> (Option<T>, Option<Dispute>) {
    let newest = claims.iter().filter_map(|(origin, _)| origin.changed).max();
    let counts = |origin: &Origin| origin.changed.is_none() || origin.changed == newest;
    let counted: Vec<&(Origin, &T)> = claims.iter().filter(|(origin, _)| counts(origin)).collect();
    let values: Vec<&T> = counted.iter().map(|(_, value)| *value).collect();
    let Some(greatest) = values.iter().max() else { return (None, None) };
    if values.iter().all(|it| it.is(greatest)) {
        return (Some((*greatest).clone()), None);
    }
    let mut dispute = Dispute::new();
    for (origin, value) in counted {
        dispute.entry(value.shown()).or_default().insert(origin.source);
    }
    (T::common(&values), Some(dispute))
}

/// What code is called where files disagree.
pub(in crate::estate) const CODE: &str = "file of code";

/// What has printed a description, or those that it joins.
pub(in crate::estate) fn sources(own: Origin, joined: impl Iterator<Item = Origin>) -> BTreeSet<&'static str> {
    let joined: BTreeSet<&'static str> = joined.map(|it| it.source).collect();
    // What code alone says has no answer of Azure that printed it.
    let own = if own.source.is_empty() { CODE } else { own.source };
    if joined.is_empty() { [own].into() } else { joined }
}

/// "1.0 in az redis list and 1.2 in az redis show"; "1.0 in one az redis list and 1.2 in another".
pub(in crate::estate) fn worded(dispute: &Dispute) -> String {
    let sources: Vec<&str> = dispute.values().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let each: Vec<String> = dispute
        .iter()
        .enumerate()
        .map(|(at, (value, by))| match (sources.len(), at) {
            (1, 0) => format!("{value} in one {}", sources[0]),
            (1, _) => format!("{value} in another"),
            _ => format!("{value} in {}", format::listed(&by.iter().copied().collect::<Vec<_>>())),
        })
        .collect();
    format::listed(&each)
}

/// Declares facts about a resource: each unknown until a file says it, and where files disagree.
macro_rules! facts {
    ($(#[$doc:meta])* $name:ident { $($(#[$row:meta])* $field:ident: $type:ty = $property:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name {
            $($(#[$row])* pub $field: Option<$type>,)*
            /// Properties in which files disagree; their fields are unknown, or what the values have in common.
            pub disputed: BTreeMap<&'static str, Dispute>,
            /// Properties in which code has another value; that of Azure counts.
            pub unlike: BTreeSet<&'static str>,
            /// What printed it.
            pub(in crate::estate) origin: Origin,
            /// The descriptions that have been joined, where there are several.
            pub(in crate::estate) each: Vec<Self>,
        }

        impl $name {
            /// Joins what another file says of the same resource, the same way in any order.
            pub(in crate::estate) fn join(&mut self, other: Self) {
                let mut all = std::mem::take(self).descriptions();
                all.extend(other.descriptions());
                all.sort();
                all.dedup();
                *self = Self::of(all);
            }

            fn descriptions(mut self) -> Vec<Self> {
                if self.each.is_empty() && self != Self::default() {
                    return vec![self];
                }
                std::mem::take(&mut self.each)
            }

            fn of(mut all: Vec<Self>) -> Self {
                if all.len() < 2 {
                    return all.pop().unwrap_or_default();
                }
                let mut one = Self::default();
                $({
                    let claims: Vec<(Origin, &$type)> =
                        all.iter().filter_map(|it| Some((it.origin, it.$field.as_ref()?))).collect();
                    let (value, dispute) = settle(&claims);
                    one.$field = value;
                    one.disputed.extend(dispute.map(|it| ($property, it)));
                })*
                one.each = all;
                one
            }

            /// Takes from code what no answer of Azure says, and notes where code differs.
            pub(in crate::estate) fn fill(&mut self, code: Self) {
                self.unlike.extend(&code.unlike);
                $(
                    let differs = self.$field.as_ref().zip(code.$field.as_ref()).is_some_and(|(own, other)| !own.is(other));
                    if differs && SETTINGS.contains(&$property) {
                        self.unlike.insert($property);
                    }
                    if self.$field.is_none() && !self.disputed.contains_key($property) {
                        self.$field = code.$field;
                        self.disputed.extend(code.disputed.get($property).map(|it| ($property, it.clone())));
                    }
                )*
            }
        }
    };
}
pub(in crate::estate) use facts;

impl Fact for String {
    fn shown(&self) -> String {
        cut(if self.starts_with('/') { id::name(self) } else { self })
    }
    fn is(&self, other: &Self) -> bool {
        self.eq_ignore_ascii_case(other)
    }
}

impl Fact for bool {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Fact for u32 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { cut(&format::listed(names)) }
}

impl Fact for Vec<String> {
    fn shown(&self) -> String {
        listed(&self.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// Ids: all that any file names.
impl Fact for BTreeSet<String> {
    fn shown(&self) -> String {
        listed(&self.iter().map(|it| id::name(it)).collect::<Vec<_>>())
    }
    fn common(values: &[&Self]) -> Option<Self> {
        Some(values.iter().flat_map(|it| it.iter().cloned()).collect())
    }
}

/// Tags: those on which all files agree.
impl Fact for BTreeMap<String, String> {
    fn shown(&self) -> String {
        let pairs: Vec<String> = self.iter().map(|(key, value)| format!("{key}={value}")).collect();
        listed(&pairs.iter().map(String::as_str).collect::<Vec<_>>())
    }
    fn common(values: &[&Self]) -> Option<Self> {
        let (first, others) = values.split_first()?;
        let shared = |key: &str, value: &str| others.iter().all(|it| it.get(key).is_some_and(|own| own == value));
        Some(
            first
                .iter()
                .filter(|(key, value)| shared(key, value))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
        )
    }
}

/// Linked databases with their states: all that any file names, without a state where files disagree.
impl Fact for Vec<(String, String)> {
    fn shown(&self) -> String {
        let each: Vec<String> = self
            .iter()
            .map(|(key, state)| {
                format!("{} {state}", id::part(key, "redisenterprise").unwrap_or(key)).trim_end().to_owned()
            })
            .collect();
        listed(&each.iter().map(String::as_str).collect::<Vec<_>>())
    }
    fn common(values: &[&Self]) -> Option<Self> {
        let mut all: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
        for (key, state) in values.iter().copied().flatten() {
            all.entry(key).or_default().push(state);
        }
        let agreed = |states: &[&String]| states.len() == values.len() && states.windows(2).all(|it| it[0] == it[1]);
        let one = |(key, states): (&String, Vec<&String>)| {
            (key.clone(), if agreed(&states) { states[0].clone() } else { String::new() })
        };
        Some(all.into_iter().map(one).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim<'a>(source: &'static str, changed: Option<i64>, value: &'a String) -> (Origin, &'a String) {
        (Origin { source, changed }, value)
    }

    #[test]
    fn the_newest_counts_where_its_time_is_known_and_nothing_else_does() {
        let [failed, good] = ["Failed", "Succeeded"].map(str::to_owned);
        let cases = [
            (vec![claim("a", None, &good), claim("b", None, &good)], Some(&good), None),
            (vec![claim("a", None, &good), claim("b", None, &failed)], None, Some("Failed in b and Succeeded in a")),
            (
                vec![claim("a", None, &good), claim("a", None, &failed)],
                None,
                Some("Failed in one a and Succeeded in another"),
            ),
            (vec![claim("a", Some(1), &good), claim("b", Some(2), &failed)], Some(&failed), None),
            // Without a time it may be older or newer than each of them.
            (
                vec![claim("a", Some(1), &good), claim("b", Some(2), &failed), claim("c", None, &failed)],
                Some(&failed),
                None,
            ),
            (
                vec![claim("a", Some(1), &failed), claim("b", Some(2), &failed), claim("c", None, &good)],
                None,
                Some("Failed in b and Succeeded in c"),
            ),
        ];
        for (claims, value, says) in cases {
            let (found, dispute) = settle(&claims);
            assert_eq!((found.as_ref(), dispute.map(|it| worded(&it)).as_deref()), (value, says), "{claims:?}");
        }
        let other = "SUCCEEDED".to_owned();
        assert_eq!(settle(&[claim("a", None, &good), claim("b", None, &other)]), (Some(good.clone()), None));
    }
}
