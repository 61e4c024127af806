//! Ids of Azure's resources: compared without case, cut into parts, never changed for people.

/// The id as it is compared: small letters, without a slash at its end.
#[must_use]
pub(super) fn key(id: &str) -> String {
    id.trim().trim_end_matches('/').to_ascii_lowercase()
}

/// The value behind a segment: `part(id, "resourceGroups")`; compared without case.
#[must_use]
pub(super) fn part<'a>(id: &'a str, segment: &str) -> Option<&'a str> {
    let mut segments = id.split('/');
    while let Some(it) = segments.next() {
        if it.eq_ignore_ascii_case(segment) {
            return segments.next().filter(|value| !value.is_empty());
        }
    }
    None
}

/// The last segment: the resource's own name.
#[must_use]
pub fn name(id: &str) -> &str {
    let id = id.trim_end_matches('/');
    id.rsplit('/').next().unwrap_or(id)
}

/// The key of the cache that an id is of or belongs to: of a database its cluster, of a link the cache that holds it, of a metric
/// the cache that it measures. `None` for an id that names no cache.
#[must_use]
pub(super) fn cache(id: &str) -> Option<String> {
    let id = key(id);
    ["/providers/microsoft.cache/redisenterprise/", "/providers/microsoft.cache/redis/"].into_iter().find_map(|kind| {
        let from = id.find(kind)? + kind.len();
        let length = id[from..].find('/').unwrap_or(id.len() - from);
        (length > 0).then(|| id[..from + length].to_owned())
    })
}

/// The location as templates write it: "West Europe" → "westeurope".
#[must_use]
pub(super) fn location(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Letters of a subscription's id that are shown.
const SHORT: usize = 8;

/// The begin of ids of subscriptions, "aaaaaaaa", where that tells all of them apart; as they are else, and any other text.
#[must_use]
pub(super) fn shortened(all: &[String]) -> Vec<String> {
    let is_id = |it: &String| it.len() == 36 && it.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-');
    let short: Vec<String> = all.iter().map(|it| it.chars().take(SHORT).collect()).collect();
    let count = |of: &[String]| of.iter().collect::<std::collections::BTreeSet<_>>().len();
    if all.iter().all(is_id) && count(&short) == count(all) { short } else { all.to_vec() }
}

/// Where resources stand that code describes and that have no id before they are deployed.
const CODE: &str = "/subscriptions/template/resourceGroups/template/providers/";

/// The id that stands for a resource without one, by its type and the names of its levels: `("Microsoft.Cache/redis/linkedServers",
/// "a/b")` is below `redis/a`.
#[must_use]
pub(super) fn stand_in(kind: &str, name: &str) -> String {
    let mut segments = kind.split('/');
    let provider = segments.next().unwrap_or_default();
    let levels = segments.zip(name.split('/'));
    levels.fold(format!("{CODE}{provider}"), |id, (segment, name)| format!("{id}/{segment}/{name}"))
}

/// True for an id that stands for one: nothing that Azure has given.
#[must_use]
pub(super) fn is_stand_in(id: &str) -> bool {
    id.get(..CODE.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(CODE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_id_has_one_that_says_so() {
        let link = stand_in("Microsoft.Cache/redis/linkedServers", "a/b");
        assert!(link.ends_with("/Microsoft.Cache/redis/a/linkedServers/b"), "{link}");
        assert_eq!(
            (cache(&link), is_stand_in(&key(&link))),
            (Some(key(&stand_in("Microsoft.Cache/Redis", "a"))), true)
        );
        assert!(!is_stand_in("/subscriptions/0/resourceGroups/template/providers/Microsoft.Cache/redis/a"));
        assert_eq!((stand_in("", ""), is_stand_in("")), (CODE.to_owned(), false));
    }

    /// Spellings as recorded answers have them.
    #[test]
    fn ids_are_one_in_every_spelling() {
        let cluster = "/subscriptions/0/resourceGroups/rg-A/providers/Microsoft.Cache/redisEnterprise/amr";
        let link = "/subscriptions/0/resourcegroups/RG-a/providers/Microsoft.Cache/Redis/pair/linkedServers/other";
        assert_eq!(key(&format!("{cluster}/")), cluster.to_ascii_lowercase());
        assert_eq!(part(link, "resourceGroups"), Some("RG-a"));
        assert_eq!((part(link, "zones"), name(link)), (None, "other"));
        let of = |tail: &str| cache(&format!("{cluster}{tail}"));
        for tail in ["", "/", "/databases/default", "/providers/Microsoft.Insights/metrics/usedmemory"] {
            assert_eq!(of(tail), Some(key(cluster)), "{tail}");
        }
        assert_eq!(
            cache(link).as_deref(),
            Some("/subscriptions/0/resourcegroups/rg-a/providers/microsoft.cache/redis/pair")
        );
        for none in [
            "",
            "/",
            "pair",
            "/subscriptions/0/providers/Microsoft.Storage/storageAccounts/s",
            "/providers/microsoft.cache/redis/",
        ] {
            assert_eq!(cache(none), None, "{none}");
        }
        assert_eq!(["West Europe", "westeurope"].map(location), ["westeurope", "westeurope"]);
    }
}
