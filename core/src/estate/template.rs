//! Ids of what a template describes, which has none until it is deployed.

use super::loose::Text;
use super::shape::Item;

/// A resource of a template has no id: its name stands for one, so that its links find it.
pub(super) fn name_by_template(item: &mut Item) {
    let kind = item.kind_of_resource();
    let name = item.name.str();
    // A name that is computed is known after the deployment.
    if !kind.starts_with("microsoft.cache/") || name.is_empty() || name.starts_with('[') || !item.id.str().is_empty() {
        return;
    }
    let mut names = name.split('/');
    let mut path = format!(
        "{TEMPLATE}{}/{}",
        kind.split('/').take(2).collect::<Vec<_>>().join("/"),
        names.next().unwrap_or_default()
    );
    for (segment, name) in kind.split('/').skip(2).zip(names) {
        path = format!("{path}/{segment}/{name}");
    }
    item.id = Text::of(&path);
}

/// The id of a link's peer; of a template's `[resourceId('Microsoft.Cache/redis', 'name')]` the one that stands for the name.
pub(super) fn of_expression(id: &str) -> String {
    let quoted: Vec<&str> = id.split('\'').skip(1).step_by(2).collect();
    match quoted.as_slice() {
        [.., kind, name] if id.starts_with('[') => format!("{TEMPLATE}{kind}/{name}"),
        _ => id.to_owned(),
    }
}

/// Where the resources of a template stand until they are deployed.
const TEMPLATE: &str = "/subscriptions/template/resourceGroups/template/providers/";
