//! Names of an imported estate in the tags of its plans.

use super::{Entry, Portfolio};
use crate::codec::Aliases;

/// Tags that an import sets, with the kind of what they name; a value may hold several, with spaces between.
const TAGS: [(&str, &str); 3] =
    [("azure-subscription", "subscription"), ("azure-resource-group", "group"), ("azure-cache", "cache")];

/// True for a plan that an import has made.
#[must_use]
pub fn is_imported(entry: &Entry) -> bool {
    entry.tag("azure-cache").is_some()
}

/// Values of tags that name nobody.
const PLAIN: [&str; 4] = ["true", "false", "yes", "none"];

/// True for the value of a tag that may be a name: of a person, a customer, a project.
fn may_name(value: &str) -> bool {
    let letters = value.chars().filter(|it| it.is_alphabetic()).count();
    letters >= 3 && !PLAIN.iter().any(|it| value.trim().eq_ignore_ascii_case(it))
}

/// Aliases of everything that the imported plans of portfolios name: subscriptions, resource groups, caches, the plans themselves,
/// which are named after their caches, and the values of their tags.
#[must_use]
pub fn aliases<'a>(portfolios: impl IntoIterator<Item = &'a Portfolio>) -> Aliases {
    let imported = portfolios.into_iter().flat_map(|all| &all.entries).filter(|entry| is_imported(entry));
    let names = imported.flat_map(|entry| {
        let plan = [("deployment", entry.plan.name.as_str())];
        let tags = TAGS
            .iter()
            .flat_map(|(key, kind)| entry.tag(key).unwrap_or_default().split(' ').map(move |name| (*kind, name)));
        let own = entry.tags.iter().filter(|(key, value)| !key.starts_with("azure-") && may_name(value));
        plan.into_iter().chain(tags).chain(own.map(|(_, value)| ("tag", value.as_str())))
    });
    Aliases::new(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;
    use std::sync::Arc;

    #[test]
    fn the_names_of_imported_plans_alone_have_aliases() {
        let entry = |name: &str, tags: &[(&str, &str)]| {
            let tags = tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            Arc::new(Entry { tags, topology: None, plan: Plan { name: name.to_owned(), ..Plan::default() } })
        };
        let own = entry(
            "weu and neu",
            &[
                ("azure-cache", "weu neu"),
                ("azure-resource-group", "rg"),
                ("team", "Shop of Ada"),
                ("live", "true"),
                ("tier", "1"),
            ],
        );
        let all = Portfolio { entries: vec![own, entry("Basket", &[("team", "shop")])], ..Portfolio::default() };
        let aliases = aliases([&all]);
        let shared = |name: &str| aliases.in_plan(&Plan { name: name.to_owned(), ..Plan::default() }).name;
        assert_eq!(shared("weu and neu"), "deployment-1");
        assert_eq!(shared("Basket, neu in rg of shop"), "Basket, cache-2 in group-1 of shop");
        // A tag may name a person or a customer; one that only counts or confirms names nobody.
        assert_eq!(shared("shop of ada: true, 1"), "tag-1: true, 1");
        assert_eq!((is_imported(&all.entries[0]), is_imported(&all.entries[1])), (true, false));
    }
}
