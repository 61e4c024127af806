//! The command that prints what the files miss, with the names and ids that they have: read-only verbs alone.

use crate::estate::deployments::Member;
use crate::estate::facts::Facts;
use crate::estate::id;

/// Prints a cache or cluster that only others name; `None` where its id stands for one.
pub(in crate::estate) fn description(member: &Member, facts: &Facts) -> Option<String> {
    let key = &member.key;
    let subscription = id::part(key, "subscriptions").filter(|_| !id::is_stand_in(key))?;
    let file = |kind: &str, name: &str| word(&format!("{kind}-{name}.json"));
    if key.contains("/microsoft.cache/redisenterprise/") {
        let (id, to) = (word(&written(key, facts)), file("redisenterprise", &member.name));
        return Some(format!("az redisenterprise show --ids {id} -o json > {to}"));
    }
    // A link below its own cache names its peer, and neither its group nor its id.
    if key.contains("/linkedservers/") {
        let to = file("redis", subscription);
        return Some(format!("az redis list --subscription {} -o json > {to}", word(subscription)));
    }
    Some(format!("az redis show --ids {} -o json > {}", word(&written(key, facts)), file("redis", &member.name)))
}

/// Prints the links of a cache, which say who is primary; `None` where its id stands for one.
pub(in crate::estate) fn links(member: &Member, facts: &Facts) -> Option<String> {
    let id = written(&member.key, facts);
    let part = |name: &str| id::part(&id, name).filter(|_| !id::is_stand_in(&id)).map(word);
    let (subscription, group) = (part("subscriptions")?, part("resourceGroups")?);
    let name = word(&member.name);
    let to = word(&format!("links-{}.json", member.name));
    Some(format!(
        "az redis server-link list --name {name} --resource-group {group} --subscription {subscription} -o json > {to}"
    ))
}

/// Prints the private endpoints beside one, by its key.
pub(in crate::estate) fn endpoints(key: &str) -> Option<String> {
    of_subscription("az network private-endpoint list", "endpoints", key)
}

/// Prints the alerts beside one, by its key.
pub(in crate::estate) fn alerts(key: &str) -> Option<String> {
    of_subscription("az monitor metrics alert list", "alerts", key)
}

fn of_subscription(command: &str, kind: &str, key: &str) -> Option<String> {
    let of = id::part(key, "subscriptions").filter(|_| !id::is_stand_in(key))?;
    Some(format!("{command} --subscription {} -o json > {}", word(of), word(&format!("{kind}-{of}.json"))))
}

/// The id as a file writes it, else as it is compared.
fn written(key: &str, facts: &Facts) -> String {
    let own = facts.caches.get(key).and_then(|it| it.id.clone());
    let links = || facts.links.iter().find(|((_, peer), _)| peer == key).and_then(|(_, link)| link.peer.clone());
    own.or_else(links).unwrap_or_else(|| key.to_owned())
}

/// A word of a shell: in quotes where it has letters that a shell reads.
fn word(text: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_./".contains(it);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
