//! Names and ids of resources in the texts of a plan, replaced before it leaves in a link.

use crate::plan::{Plan, Site};
use crate::units::sorted;
use std::collections::BTreeMap;

/// Names of an estate's resources, each with the alias that stands for it in a link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases {
    /// Names in small letters with their aliases, the longest first, so that a name inside another waits for it.
    names: Vec<(String, String)>,
}

/// What a site file names.
fn site_names(site: &Site) -> impl Iterator<Item = (&'static str, &str)> {
    let regions = site.regions.iter().flat_map(|it| {
        let (cache, group) = (it.cache_name().unwrap_or_default(), it.group().unwrap_or_default());
        [("cache", cache), ("group", group), ("subscription", it.own_subscription().unwrap_or_default())]
    });
    [("subscription", site.subscription.as_str()), ("group", site.nickname.as_str())].into_iter().chain(regions)
}

/// What stands for the id of a resource.
const ID: &str = "resource-id";
/// What stands for a subscription, a tenant or another identifier that no file has named.
const IDENTIFIER: &str = "identifier";

impl Aliases {
    /// Aliases of names, each with its kind: "cache" and the second name of that kind give `cache-2`. The same name has one alias.
    #[must_use]
    pub fn new<'a>(names: impl IntoIterator<Item = (&'static str, &'a str)>) -> Self {
        Self::default().with(names)
    }

    /// These aliases and those of further names.
    fn with<'a>(&self, names: impl IntoIterator<Item = (&'static str, &'a str)>) -> Self {
        let mut known: BTreeMap<String, String> = self.names.iter().cloned().collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (kind, name) in names {
            let name = name.trim().to_ascii_lowercase();
            if !name.is_empty() && !known.contains_key(&name) {
                let of_kind = |alias: &&String| alias.rsplit_once('-').is_some_and(|(of, _)| of == kind);
                let count = counts.entry(kind).or_insert_with(|| known.values().filter(of_kind).count());
                *count += 1;
                known.insert(name, format!("{kind}-{count}"));
            }
        }
        let mut names: Vec<(String, String)> = known.into_iter().collect();
        sorted::sort_by(&mut names, |one, other| other.0.len().cmp(&one.0.len()).then_with(|| one.0.cmp(&other.0)));
        Self { names }
    }

    /// True where no name is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The plan with an alias for each name in its texts, whatever the case of its letters, wherever no letter or digit goes on; ids of
    /// resources and GUIDs go in any case.
    ///
    /// The site file is left out: an alias in a command would name nothing. Its names have aliases where other texts hold them.
    #[must_use]
    pub fn in_plan(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        let site = std::mem::take(&mut plan.site);
        let all = self.with(site_names(&site));
        for (text, most) in plan.texts_mut() {
            let changed = all.in_text(text);
            if changed != *text {
                *text = changed.chars().take(most).collect();
            }
        }
        plan
    }

    fn in_text(&self, text: &str) -> String {
        // Of ASCII alone, so that places stay: names of Azure have no other letters.
        let small = text.to_ascii_lowercase();
        let mut out = String::new();
        let mut at = 0;
        while let Some(letter) = text[at..].chars().next() {
            let goes_on = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            if let Some((length, alias)) = self.here(&small[at..], goes_on) {
                out.push_str(alias);
                at += length;
            } else {
                out.push(letter);
                at += letter.len_utf8();
            }
        }
        out
    }

    /// What a text begins with that is replaced: its length and what stands for it.
    fn here(&self, text: &str, goes_on: bool) -> Option<(usize, &str)> {
        if let Some(rest) = text.strip_prefix("/subscriptions/") {
            let end = rest.find(|it: char| it.is_whitespace() || "\"'“”,;()".contains(it)).unwrap_or(rest.len());
            return Some((text.len() - rest.len() + end, ID));
        }
        if goes_on {
            return None;
        }
        let ends = |length: usize| !text[length..].starts_with(char::is_alphanumeric);
        let named = self.names.iter().find(|(name, _)| text.starts_with(name.as_str()) && ends(name.len()));
        named
            .map(|(name, alias)| (name.len(), alias.as_str()))
            .or_else(|| guid(text).map(|length| (length, IDENTIFIER)))
    }
}

/// The length of the GUID at the beginning of a text.
fn guid(text: &str) -> Option<usize> {
    const LENGTH: usize = 36;
    let bytes = text.as_bytes().get(..LENGTH)?;
    let fits = |(at, byte): (usize, &u8)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    bytes.iter().enumerate().all(fits).then_some(LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{from_fragment, to_fragment};
    use crate::plan::Printed;
    use proptest::prelude::*;

    const GUID: &str = "0b1f6471-1bf0-4dda-aec3-cb9272f09590";

    #[test]
    fn names_become_aliases_wherever_they_stand_as_words() {
        let aliases =
            Aliases::new([("cache", "orders-weu"), ("cache", "orders"), ("group", "rg.One"), ("cache", "ORDERS")]);
        let cases = [
            ("orders-weu and Orders", "cache-1 and cache-2"),
            ("metrics-orders-weu.json of RG.one", "metrics-cache-1.json of group-1"),
            ("reorders and orders2 stay", "reorders and orders2 stay"),
            ("/subscriptions/0/resourceGroups/x, then", "resource-id, then"),
        ];
        for (text, out) in cases {
            assert_eq!(aliases.in_text(text), out);
        }
        assert_eq!(Aliases::default().in_text(&format!("Ü {GUID}!")), "Ü identifier!");
    }

    #[test]
    fn a_plan_without_names_stays() {
        let plan = Plan::default();
        assert_eq!(Aliases::new([("cache", "orders")]).in_plan(&plan), plan);
    }

    /// A link has no name of the site file, and the runbook of its plan asks for them.
    #[test]
    fn a_site_file_stays_out_of_a_link_with_aliases() {
        let mut plan = Plan { name: "Orders on orders-weu".to_owned(), ..Plan::default() };
        plan.site.owner = "Ada, +44 20 7946 0000".to_owned();
        let site = plan.site_of_mut(0).unwrap();
        site.cache = format!("/subscriptions/{GUID}/resourceGroups/rg-weu/providers/Microsoft.Cache/Redis/orders-weu");
        let shared = Aliases::new([("cache", "other")]).in_plan(&plan);
        assert_eq!((shared.name.as_str(), &shared.site), ("Orders on cache-2", &Site::default()));
    }

    fn name() -> impl Strategy<Value = String> {
        "[a-zA-Z0-9][a-zA-Z0-9-]{0,20}[a-zA-Z0-9]"
    }

    proptest! {
        /// A link made with aliases holds no id, subscription, resource group nor cache of the import, and opens.
        #[test]
        fn a_link_with_aliases_holds_no_name(cache in name(), group in name(), before in "[ .(]{0,3}", after in "[ .:)]{0,3}") {
            let aliases = Aliases::new([("cache", cache.as_str()), ("group", group.as_str()), ("subscription", GUID)]);
            let id = format!("/subscriptions/{GUID}/resourceGroups/{group}/providers/Microsoft.Cache/Redis/{cache}");
            let mut plan = Plan { name: format!("{before}{cache}{after}{group}"), ..Plan::default() };
            plan.story.summary = format!("{} in {group} of {GUID}", cache.to_uppercase());
            plan.story.printed.push(Printed { what: id, outcome: cache.clone(), source: group.clone() });
            let shared = aliases.in_plan(&plan);
            let link = to_fragment(&shared);
            prop_assert_eq!(&from_fragment(&link).unwrap(), &shared);
            let mut shared = shared;
            for (text, _) in shared.texts_mut() {
                let text = text.to_ascii_lowercase();
                for name in [&cache, &group, GUID].map(str::to_ascii_lowercase) {
                    // An alias may have a name's letters: "cache" and "1" are what it is made of.
                    let made = ["cache", "group", "subscription", "resource", "id", "identifier", "in", "of"].contains(&name.as_str())
                        || name.chars().all(|it| it.is_ascii_digit()) || aliases.names.iter().any(|(_, alias)| *alias == name);
                    let words = text.match_indices(&name).any(|(at, _)| {
                        !text[..at].ends_with(char::is_alphanumeric) && !text[at + name.len()..].starts_with(char::is_alphanumeric)
                    });
                    prop_assert!(made || !words, "{} in {}", name, text);
                }
            }
        }
    }
}
