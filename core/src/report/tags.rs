//! Tags that an import sets, in words.

use crate::catalog::{Catalog, RegionId};
use crate::portfolio::Tags;
use crate::units::format;

/// What a tag is called: "Azure region" of `azure-region`; any other as it is written.
#[must_use]
pub fn tag_name(key: &str) -> &str {
    match key {
        "azure-region" => "Azure region",
        "azure-subscription" => "Azure subscription",
        "azure-resource-group" => "Azure resource group",
        "azure-cache" => "cache",
        own => own,
    }
}

/// The value of a tag: "North Europe and West Europe" of the regions of a deployment; any other as it is written.
#[must_use]
pub fn tag_value(key: &str, value: &str, catalog: &Catalog) -> String {
    match key {
        "azure-region" => format::listed(&value.split(' ').map(|it| region_name(it, catalog)).collect::<Vec<_>>()),
        "azure-subscription" | "azure-resource-group" | "azure-cache" => {
            format::listed(&value.split(' ').collect::<Vec<_>>())
        }
        _ => value.to_owned(),
    }
}

/// "Azure region=North Europe and West Europe", "team=payments".
#[must_use]
pub fn tag_pair(key: &str, value: &str, catalog: &Catalog) -> String {
    format!("{}={}", tag_name(key), tag_value(key, value, catalog))
}

/// "Azure region=North Europe, team=payments": the tags of a plan as they are looked at; [`crate::portfolio::tag_text`] as they are typed.
#[must_use]
pub fn tag_pairs(tags: &Tags, catalog: &Catalog) -> String {
    tags.iter().map(|(key, value)| tag_pair(key, value, catalog)).collect::<Vec<_>>().join(", ")
}

/// "North Europe" of `northeurope`; a region that the catalogue does not have as it is written.
#[must_use]
pub fn region_name<'a>(id: &'a str, catalog: &'a Catalog) -> &'a str {
    catalog.region(&RegionId::new(id)).map_or(id, |it| &it.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_imports_tags_have_names_and_others_stay() {
        let catalog = Catalog::bundled().unwrap();
        let value = |key, value| tag_value(key, value, &catalog);
        assert_eq!(value("azure-region", "northeurope westeurope"), "North Europe and West Europe");
        assert_eq!(value("azure-region", "atlantis"), "atlantis");
        assert_eq!(value("azure-resource-group", "rg-a rg-b"), "rg-a and rg-b");
        assert_eq!(
            (value("team", "a b"), tag_name("team"), tag_name("azure-region")),
            ("a b".to_owned(), "team", "Azure region")
        );
        let tags = [("azure-region", "northeurope westeurope"), ("team", "payments")];
        let tags = tags.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
        assert_eq!(tag_pairs(&tags, &catalog), "Azure region=North Europe and West Europe, team=payments");
    }
}
