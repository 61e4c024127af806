//! Regions as bills and price sheets name them: "US West 2", "West US 2", "westus2".

use crate::catalog::Catalog;

/// The countries of the names that bills use, and what Azure Resource Manager calls them. Public tables of billing regions agree.
const COUNTRIES: [(&str, &str); 31] = [
    ("ae", "uae"),
    ("ap", "asia"),
    ("at", "austria"),
    ("au", "australia"),
    ("be", "belgium"),
    ("br", "brazil"),
    ("ca", "canada"),
    ("ch", "switzerland"),
    ("cl", "chile"),
    ("de", "germany"),
    ("dk", "denmark"),
    ("es", "spain"),
    ("eu", "europe"),
    ("fr", "france"),
    ("id", "indonesia"),
    ("il", "israel"),
    ("in", "india"),
    ("it", "italy"),
    ("ja", "japan"),
    ("kr", "korea"),
    ("mx", "mexico"),
    ("my", "malaysia"),
    ("no", "norway"),
    ("nz", "newzealand"),
    ("pl", "poland"),
    ("qa", "qatar"),
    ("se", "sweden"),
    ("sg", "singapore"),
    ("uk", "uk"),
    ("us", "us"),
    ("za", "southafrica"),
];

/// The name of a region of the catalogue that a text stands for; `None` where it is none of them.
pub(crate) fn region<'a>(text: &str, catalog: &'a Catalog) -> Option<&'a str> {
    let known = |name: &str| catalog.region_at(name).map(|at| catalog.regions()[at].id.as_str());
    let words: Vec<String> = text.split_whitespace().map(str::to_ascii_lowercase).collect();
    if let Some(plain) = known(&words.concat()) {
        return Some(plain);
    }
    let (first, rest) = words.split_first()?;
    let country = COUNTRIES.iter().find(|(code, _)| code == first)?.1;
    let (number, place) = match rest.split_last() {
        Some((last, before)) if last.bytes().all(|byte| byte.is_ascii_digit()) => (last.as_str(), before.concat()),
        _ => ("", rest.concat()),
    };
    // "west" + "us" + "2", "australia" + "central" + "2": the catalogue has one of the two.
    known(&format!("{place}{country}{number}")).or_else(|| known(&format!("{country}{place}{number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of billing regions by public tables (Microsoft's TES on Azure, `AzureRegionUtils`).
    #[test]
    fn a_region_is_known_by_every_name() {
        let catalog = Catalog::bundled().expect("a catalogue");
        let cases = [
            ("US West", "westus"),
            ("US West 2", "westus2"),
            ("US North Central", "northcentralus"),
            ("EU North", "northeurope"),
            ("AP Southeast", "southeastasia"),
            ("JA East", "japaneast"),
            ("AU Central 2", "australiacentral2"),
            ("IN Central", "centralindia"),
            ("IN South Central", "indiasouthcentral"),
            ("DE West Central", "germanywestcentral"),
            ("UK South", "uksouth"),
            ("ZA North", "southafricanorth"),
            ("AE Central", "uaecentral"),
            ("West Europe", "westeurope"),
            ("WestEurope", "westeurope"),
        ];
        for (name, id) in cases {
            assert_eq!(region(name, &catalog), Some(id), "{name}");
        }
        for name in ["", "Zone 1", "US Gov Virginia", "US"] {
            assert_eq!(region(name, &catalog), None, "{name}");
        }
        let display = catalog.regions().iter().filter(|it| region(&it.name, &catalog) != Some(it.id.as_str()));
        assert_eq!(display.count(), 0);
    }
}
