//! Bicep, read by tree-sitter-bicep: it parses without an error, every name is declared, and every module is given what it asks for.

use super::{ends_in, every};
use dr_core::report::code::{CodeFile, Language};
use std::collections::{BTreeMap, BTreeSet};
use tree_sitter::{Node, Parser, Tree};

pub(super) fn tree(text: &str) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_bicep::LANGUAGE.into()).unwrap();
    let tree = parser.parse(text, None).unwrap();
    assert!(!tree.root_node().has_error(), "{text}\n{}", tree.root_node().to_sexp());
    tree
}

pub(super) fn walk<'a>(node: Node<'a>, visit: &mut dyn FnMut(Node<'a>)) {
    visit(node);
    let mut cursor = node.walk();
    let children: Vec<Node<'a>> = node.children(&mut cursor).collect();
    for child in children {
        walk(child, visit);
    }
}

pub(super) fn text<'a>(node: Node, source: &'a str) -> &'a str {
    &source[node.byte_range()]
}

/// The declaration's kind, name, and value, in their order.
fn declarations<'a>(tree: &'a Tree, source: &'a str) -> Vec<(&'a str, &'a str, Node<'a>)> {
    let root = tree.root_node();
    let mut cursor = root.walk();
    let all: Vec<Node> = root.children(&mut cursor).filter(|node| node.kind().ends_with("_declaration")).collect();
    let named = all.into_iter().filter_map(|node| {
        let mut cursor = node.walk();
        let name = node.children(&mut cursor).find(|child| child.kind() == "identifier")?;
        Some((node.kind(), text(name, source), node))
    });
    named.collect()
}

/// Functions of the language that the code calls, and its types.
const KNOWN: [&str; 16] = [
    "contains",
    "filter",
    "items",
    "toObject",
    "setting",
    "subscription",
    "resourceGroup",
    "union",
    "guid",
    "loadTextContent",
    "description",
    "string",
    "object",
    "array",
    "int",
    "bool",
];

/// Names that stand for something: not the keys of objects, and not what follows a point.
fn named<'a>(node: Node<'a>, source: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    walk(node, &mut |it| {
        if it.kind() != "identifier" {
            return;
        }
        let Some(parent) = it.parent() else { return };
        let key = parent.kind() == "object_property" && parent.child(0).is_some_and(|first| first.id() == it.id());
        if !key {
            found.insert(text(it, source));
        }
    });
    found
}

/// Parameters of a file: all, and those without a default.
fn parameters(file: &CodeFile) -> (BTreeSet<String>, BTreeSet<String>) {
    let tree = tree(&file.text);
    let params = declarations(&tree, &file.text).into_iter().filter(|(kind, ..)| *kind == "parameter_declaration");
    let (mut all, mut needed) = (BTreeSet::new(), BTreeSet::new());
    for (_, name, node) in params {
        all.insert(name.to_owned());
        if !text(node, &file.text).contains(" = ") {
            needed.insert(name.to_owned());
        }
    }
    (all, needed)
}

/// The keys under `params:` of a module.
fn given(module: Node, source: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    walk(module, &mut |node| {
        if node.kind() == "object_property" && node.child(0).is_some_and(|key| text(key, source) == "params") {
            let inside = node.child(node.child_count() - 1).unwrap();
            let mut cursor = inside.walk();
            let pairs = inside.children(&mut cursor).filter(|child| child.kind() == "object_property");
            keys.extend(pairs.filter_map(|pair| Some(text(pair.child(0)?, source).to_owned())));
        }
    });
    keys
}

#[test]
fn bicep_parses_and_every_reference_resolves() {
    for (what, files) in every(Language::Bicep) {
        let asked: BTreeMap<&str, _> =
            files.iter().filter(|file| ends_in(file.name, "bicep")).map(|file| (file.name, parameters(file))).collect();
        for file in files.iter().filter(|file| ends_in(file.name, "bicep")) {
            let tree = tree(&file.text);
            let declared = declarations(&tree, &file.text);
            let names: BTreeSet<&str> = declared.iter().map(|(_, name, _)| *name).collect();
            assert_eq!(names.len(), declared.len(), "{what} {}: a name twice", file.name);
            for (kind, name, node) in &declared {
                let unknown: Vec<&str> = named(*node, &file.text)
                    .into_iter()
                    .filter(|it| {
                        !names.contains(it)
                            && !KNOWN.contains(it)
                            && !["outputs", "id"].contains(it)
                            && !is_part(*node, &file.text, it)
                    })
                    .collect();
                assert!(unknown.is_empty(), "{what} {}: {name} names {unknown:?}", file.name);
                if *kind == "module_declaration" {
                    let path = text(*node, &file.text).split('\'').nth(1).unwrap();
                    let (all, needed) = asked.get(path).unwrap_or_else(|| panic!("{what}: no file {path}"));
                    let given = given(*node, &file.text);
                    assert!(
                        given.is_subset(all) && needed.is_subset(&given),
                        "{what}: {name} gives {given:?} to {path}, which has {all:?}"
                    );
                }
            }
            let all: BTreeSet<&str> = declared.iter().flat_map(|(_, _, node)| named(*node, &file.text)).collect();
            let uses = |name: &str| file.text.matches(name).count() > 1;
            assert!(names.iter().all(|name| all.contains(name)));
            let (params, _) = &asked[file.name];
            let idle: Vec<&String> = params.iter().filter(|name| !uses(name)).collect();
            assert!(idle.is_empty(), "{what} {}: never used: {idle:?}", file.name);
        }
    }
}

/// True where the name follows a point: a part of something that is checked itself.
fn is_part(node: Node, source: &str, name: &str) -> bool {
    let mut part = false;
    walk(node, &mut |it| {
        if text(it, source) == name && it.kind() == "property_identifier" {
            part = true;
        }
    });
    part || text(node, source).contains(&format!(".{name}"))
}

/// A misspelt name is found, and a missing brace: the checks can fail.
#[test]
fn a_reference_to_nothing_is_found() {
    let source = "param a string\nvar b = c\n";
    let tree = tree(source);
    let declared = declarations(&tree, source);
    assert_eq!(declared.len(), 2);
    assert!(named(declared[1].2, source).contains("c"));
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_bicep::LANGUAGE.into()).unwrap();
    assert!(parser.parse("var b = {\n  a: 1\n", None).unwrap().root_node().has_error());
}
