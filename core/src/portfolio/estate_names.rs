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

/// Aliases of everything that the imported plans of portfolios name: subscriptions, resource groups, caches, and the plans themselves,
/// which are named after their caches.
#[must_use]
pub fn aliases<'a>(portfolios: impl IntoIterator<Item = &'a Portfolio>) -> Aliases {
    let imported = portfolios.into_iter().flat_map(|all| &all.entries).filter(|entry| is_imported(entry));
    let names = imported.flat_map(|entry| {
        let plan = [("deployment", entry.plan.name.as_str())];
        let tags = TAGS
            .iter()
            .flat_map(|(key, kind)| entry.tag(key).unwrap_or_default().split(' ').map(move |name| (*kind, name)));
        plan.into_iter().chain(tags)
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
        let own = entry("weu and neu", &[("azure-cache", "weu neu"), ("azure-resource-group", "rg"), ("team", "shop")]);
        let all = Portfolio { entries: vec![own, entry("Basket", &[("team", "shop")])], ..Portfolio::default() };
        let aliases = aliases([&all]);
        let shared = |name: &str| aliases.in_plan(&Plan { name: name.to_owned(), ..Plan::default() }).name;
        assert_eq!(shared("weu and neu"), "deployment-1");
        assert_eq!(shared("Basket, neu in rg of shop"), "Basket, cache-2 in group-1 of shop");
        assert_eq!((is_imported(&all.entries[0]), is_imported(&all.entries[1])), (true, false));
    }
}
