//! No text leaves its quoting: a string that either grammar reads back is the text that went in.

use super::bicep::{text, tree, walk};
use super::{ends_in, hostile, of};
use dr_core::model::Topology;
use dr_core::report::code::{Language, bicep_string, hcl_string};
use hcl_edit::expr::Expression;
use hcl_edit::structure::Body;
use proptest::prelude::*;

/// Characters that mean something to a language, and some that do not.
fn texts() -> impl Strategy<Value = String> {
    let sharp = proptest::sample::select(
        &[
            "'", "\"", "\\", "$", "${", "$${", "%", "%{", "%%{", "{", "}", "\n", "\r", "\t", "\0", "'''", "//", "/*",
            "#", "<<EOF", "é", "\u{2028}", "\u{1b}", "a", " ",
        ][..],
    );
    prop_oneof![prop::collection::vec(sharp, 0..24).prop_map(|parts| parts.concat()), any::<String>()]
}

/// What a string of Bicep means, by the rules of the language's specification.
fn bicep_value(literal: &str) -> String {
    let mut value = String::new();
    let inside = &literal[1..literal.len() - 1];
    let mut letters = inside.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            value.push(letter);
            continue;
        }
        match letters.next().unwrap() {
            'n' => value.push('\n'),
            'r' => value.push('\r'),
            't' => value.push('\t'),
            'u' => {
                assert_eq!(letters.next(), Some('{'));
                let hex: String = letters.by_ref().take_while(|c| *c != '}').collect();
                value.push(char::from_u32(u32::from_str_radix(&hex, 16).unwrap()).unwrap());
            }
            plain @ ('\\' | '\'' | '$') => value.push(plain),
            other => panic!("{other}"),
        }
    }
    value
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn bicep_reads_back_what_was_quoted(given in texts()) {
        let source = format!("var a = {}\nvar b = 'end'\n", bicep_string(&given));
        let tree = tree(&source);
        let mut strings = Vec::new();
        let mut interpolated = false;
        walk(tree.root_node(), &mut |node| {
            interpolated |= node.kind().contains("interpolation");
            if node.kind() == "string" {
                strings.push(text(node, &source).to_owned());
            }
        });
        prop_assert!(!interpolated, "{source}");
        prop_assert_eq!(strings.len(), 2, "{}", source);
        prop_assert_eq!(bicep_value(&strings[0]), given);
    }

    #[test]
    fn terraform_reads_back_what_was_quoted(given in texts()) {
        let source = format!("a = {}\nb = \"end\"\n", hcl_string(&given));
        let body: Body = source.parse().unwrap_or_else(|error| panic!("{source}\n{error}"));
        prop_assert_eq!(body.attributes().count(), 2);
        let value = &body.get_attribute("a").unwrap().value;
        let Expression::String(read) = value else { panic!("{source}: {value:?}") };
        prop_assert_eq!(read.as_str(), given);
    }
}

/// A plan whose every text attacks has the same blocks and resources as one whose names are plain: nothing was added by a name.
#[test]
fn hostile_names_add_nothing() {
    let kinds = |plan, topology| {
        let mut kinds = Vec::new();
        for file in of(Language::Terraform, topology, plan).iter().filter(|file| ends_in(file.name, "tf")) {
            let body: Body = file.text.parse().unwrap();
            kinds.extend(body.blocks().map(|block| (block.ident.to_string(), block.labels.len())));
        }
        for file in of(Language::Bicep, topology, plan).iter().filter(|file| ends_in(file.name, "bicep")) {
            let tree = tree(&file.text);
            let mut cursor = tree.root_node().walk();
            kinds.extend(
                tree.root_node()
                    .children(&mut cursor)
                    .filter(|it| it.kind() != "comment")
                    .map(|it| (it.kind().to_owned(), 0)),
            );
        }
        kinds
    };
    let attacked = hostile();
    let mut plain = hostile();
    plain.name = "Shop".to_owned();
    for (place, region) in ["eastus", "northeurope"].into_iter().enumerate() {
        plain.regions[place].region = dr_core::catalog::RegionId::new(region);
        let site = plain.site_of_mut(place).unwrap();
        (site.resource_group, site.cache) = (format!("rg{place}"), format!("cache{place}"));
        (site.vnet, site.subnet, site.zone_group) = ("v".to_owned(), "s".to_owned(), "z".to_owned());
    }
    for topology in Topology::ALL {
        assert_eq!(kinds(&attacked, topology), kinds(&plain, topology), "{topology:?}");
    }
}
