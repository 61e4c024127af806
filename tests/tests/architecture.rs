//! The floors of `docs/architecture.md` and `docs/rooms.md`, held against every path in the core, in its report and in the page, in macros too: arrows
//! point down, each is in the table, and each of the table is in the code. Inside a room no more than two files need each other.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

/// A path from the root of the crate: `["model", "rto", "RtoChain"]`.
type Words = Vec<String>;
type Arrows = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What one file names.
struct File {
    module: Words,
    /// Where the visitor is: the module, or one inside it that has no file of its own.
    at: Words,
    /// What its `use` lines name, from the root of the crate.
    uses: Vec<Words>,
    /// Every other path that begins with `crate`, `self`, `super` or a module below.
    paths: Vec<Words>,
    /// What it passes on: name and path.
    passes: Vec<(String, Words)>,
    /// Modules that it declares.
    below: Vec<String>,
    /// Those of them that are for tests alone.
    tests: Vec<String>,
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| it.path().is_ident("cfg") && it.parse_args::<syn::Ident>().is_ok_and(|it| it == "test"))
}

impl File {
    fn read(path: &Path, module: Words) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let whole = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut file = Self {
            at: module.clone(),
            module,
            uses: Vec::new(),
            paths: Vec::new(),
            passes: Vec::new(),
            below: Vec::new(),
            tests: Vec::new(),
        };
        for item in &whole.items {
            let Item::Mod(it) = item else { continue };
            file.below.push(it.ident.to_string());
            if is_test(&it.attrs) {
                file.tests.push(it.ident.to_string());
            }
        }
        file.visit_file(&whole);
        file
    }

    /// The path from the root; `None` for another crate's.
    fn root_path(&self, words: &[String]) -> Option<Words> {
        let mut at = match words.first()?.as_str() {
            "crate" => Vec::new(),
            "self" => self.at.clone(),
            "super" => self.at.split_last()?.1.to_vec(),
            // A module below that is named without `self`.
            name if self.below.iter().any(|it| it == name) => [&self.module[..], &words[..1]].concat(),
            _ => return None,
        };
        for word in &words[1..] {
            if word == "super" {
                at.pop();
            } else {
                at.push(word.clone());
            }
        }
        Some(at)
    }

    fn name(&mut self, words: &[String]) {
        self.paths.extend(self.root_path(words).filter(|path| !path.is_empty()));
    }

    fn take(&mut self, tree: &UseTree, before: &[String], public: bool) {
        let with = |word: String| before.iter().cloned().chain([word]).collect::<Words>();
        let mut leaf = |name: String, words: Words| {
            // A name without `crate`, `self` or `super` is a module below, or another crate.
            let words = if words.first().is_some_and(|it| ["crate", "self", "super"].contains(&it.as_str())) {
                words
            } else {
                ["self".to_owned()].into_iter().chain(words).collect()
            };
            let Some(path) = self.root_path(&words) else { return };
            if public {
                self.passes.push((name, path));
            } else {
                self.uses.push(path);
            }
        };
        match tree {
            UseTree::Path(it) => self.take(&it.tree, &with(it.ident.to_string()), public),
            UseTree::Group(it) => it.items.iter().for_each(|tree| self.take(tree, before, public)),
            UseTree::Name(it) if it.ident == "self" => {
                leaf(before.last().cloned().unwrap_or_default(), before.to_vec());
            }
            UseTree::Name(it) => leaf(it.ident.to_string(), with(it.ident.to_string())),
            UseTree::Rename(it) => leaf(it.rename.to_string(), with(it.ident.to_string())),
            UseTree::Glob(_) => leaf("*".to_owned(), before.to_vec()),
        }
    }
}

impl<'ast> Visit<'ast> for File {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(it) => &it.attrs,
            Item::Fn(it) => &it.attrs,
            Item::Impl(it) => &it.attrs,
            Item::Use(it) => &it.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.at.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.at.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.take(&item.tree, &[], !matches!(item.vis, syn::Visibility::Inherited));
    }

    /// `pub(in …)` says who may name an item; it names nothing.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let words: Words = path.segments.iter().map(|it| it.ident.to_string()).collect();
        self.name(&words);
        visit::visit_path(self, path);
    }

    /// What a macro is given is no syntax yet: its paths are read from its words.
    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        let text = words_of(it.tokens.clone());
        for path in text.split(' ').filter(|it| it.contains("::")) {
            self.name(&path.split("::").map(str::to_owned).collect::<Words>());
        }
        visit::visit_macro(self, it);
    }
}

/// The names among tokens with a space between any two that no `::` joins.
fn words_of(tokens: TokenStream) -> String {
    let mut words = String::new();
    for token in tokens {
        match token {
            TokenTree::Ident(name) if words.ends_with("::") => words += &name.to_string(),
            TokenTree::Ident(name) => words.extend([" ", &name.to_string()]),
            TokenTree::Punct(it) if it.as_char() == ':' => words.push(':'),
            TokenTree::Group(group) => words.extend([" ", &words_of(group.stream()), " "]),
            TokenTree::Punct(_) | TokenTree::Literal(_) => words.push(' '),
        }
    }
    words
}

/// Every file of the library in a folder that is not for tests alone, by its module.
fn files(folder: &str) -> BTreeMap<Words, File> {
    let mut files = BTreeMap::new();
    let mut folders = vec![(root().join(folder), Words::new())];
    while let Some((folder, module)) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let below = || module.iter().cloned().chain([stem.clone()]).collect::<Words>();
            if path.is_dir() {
                folders.push((path, below()));
            } else if path.extension().is_some_and(|it| it == "rs") && stem != "main" {
                let module = if stem == "mod" || stem == "lib" { module.clone() } else { below() };
                files.insert(module.clone(), File::read(&path, module));
            }
        }
    }
    let tests: Vec<Words> = files
        .values()
        .flat_map(|file| file.tests.iter().map(|it| [&file.module[..], std::slice::from_ref(it)].concat()))
        .collect();
    files.retain(|module, _| !tests.iter().any(|test| module.starts_with(test)));
    files
}

/// The file in which the item of a path stands: what a module passes on is looked for where it comes from.
fn home<'a>(files: &'a BTreeMap<Words, File>, path: &[String]) -> Option<&'a File> {
    let mut path = path.to_vec();
    // A chain of modules that pass a name on is short; a circle of them would not compile.
    for _ in 0..8 {
        let depth = (0..=path.len()).rev().find(|depth| files.contains_key(&path[..*depth]))?;
        let file = &files[&path[..depth]];
        let Some(name) = path.get(depth) else { return Some(file) };
        let Some((_, from)) = file.passes.iter().find(|(passed, _)| passed == name) else { return Some(file) };
        path = from.iter().chain(&path[depth + 1..]).cloned().collect();
    }
    None
}

/// A row of a table: a room, the modules that are in it, the rooms that it may use.
struct Row {
    room: String,
    modules: Vec<Words>,
    uses: BTreeSet<String>,
}

/// The room of a module: that of the longest path of the table which it begins with.
fn room<'a>(table: &'a [Row], module: &[String]) -> Option<&'a str> {
    let of =
        |row: &'a Row| row.modules.iter().filter(|it| module.starts_with(it)).map(|it| (it.len(), row.room.as_str()));
    table.iter().flat_map(of).max_by_key(|(length, _)| *length).map(|(_, room)| room)
}

/// The rows of the table whose first column has this name, from the ground up. Names in the second column are the modules of a room
/// below `within`; a room without any is its module. "all above" in the third column is every room of the rows before, "all but" those
/// without the named ones.
fn table(first: &str, within: &[&str]) -> Vec<Row> {
    let read = |name: &str| std::fs::read_to_string(root().join("docs").join(name)).unwrap();
    let text = [read("architecture.md"), read("rooms.md")].concat();
    let rows = text
        .lines()
        .skip_while(|line| !line.starts_with(&format!("| {first} |")))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let path = |module: &String| within.iter().copied().chain(module.split("::")).map(str::to_owned).collect::<Words>();
    let mut above = BTreeSet::new();
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        let [room, inside, uses] = cells.as_slice() else { panic!("three cells: {line}") };
        let room = words(room)[0].clone();
        let listed = if within.is_empty() { Vec::new() } else { words(inside) };
        let modules = if listed.is_empty() { vec![path(&room)] } else { listed.iter().map(path).collect() };
        let named: BTreeSet<String> = words(uses).into_iter().collect();
        let uses = if uses.trim_start().starts_with("all ") { &above - &named } else { named };
        above.insert(room.clone());
        Row { room, modules, uses }
    };
    rows.map(row).collect()
}

/// The arrows between rooms. `to` gives the module that a path leads to.
fn arrows_of_the_code(
    files: &BTreeMap<Words, File>,
    table: &[Row],
    to: impl Fn(&BTreeMap<Words, File>, &Words) -> Option<Words>,
) -> Arrows {
    let mut arrows = Arrows::new();
    for file in files.values() {
        let Some(from) = room(table, &file.module) else { continue };
        let all = file.uses.iter().chain(&file.paths).chain(file.passes.iter().map(|(_, path)| path));
        let rooms = all.filter_map(|path| room(table, &to(files, path)?)).filter(|to| *to != from);
        arrows.entry(from.to_owned()).or_default().extend(rooms.map(str::to_owned));
    }
    arrows
}

fn arrows_point_down(table: &[Row], code: &Arrows) {
    assert!(table.len() > 10, "the table is in docs/architecture.md or docs/rooms.md");
    for (at, row) in table.iter().enumerate() {
        let below: BTreeSet<&String> = table[..at].iter().map(|row| &row.room).collect();
        let up: Vec<_> = row.uses.iter().filter(|used| !below.contains(used)).collect();
        assert!(up.is_empty(), "{} may not use {up:?}: they are not below it", row.room);
        assert_eq!(code.get(&row.room), Some(&row.uses), "{}: the code, then the table", row.room);
    }
}

/// The rooms of a crate: each is a module of its root.
fn rooms_of_a_crate(folder: &str, first: &str) {
    let (table, files) = (table(first, &[]), files(folder));
    arrows_point_down(&table, &arrows_of_the_code(&files, &table, |_, path| Some(path.clone())));
    let without: Vec<_> = files.keys().filter(|it| !it.is_empty() && room(&table, it).is_none()).collect();
    assert!(without.is_empty(), "every room is in the table: {without:?}");
}

#[test]
fn arrows_of_the_core_point_down_and_are_those_of_the_table() {
    rooms_of_a_crate("core/src", "Room");
}

#[test]
fn arrows_of_the_page_point_down_and_are_those_of_the_table() {
    rooms_of_a_crate("app/src", "Room of the page");
}

/// A room of the report is a list of its modules. What a module passes on belongs to the room that it comes from.
#[test]
fn arrows_of_the_report_point_down_and_are_those_of_the_table() {
    let (table, files) = (table("Room of the report", &["report"]), files("core/src"));
    arrows_point_down(
        &table,
        &arrows_of_the_code(&files, &table, |files, path| Some(home(files, path)?.module.clone())),
    );
    let inside = |it: &&Words| it.first().is_some_and(|it| it == "report") && it.len() > 1;
    let without: Vec<_> = files.keys().filter(inside).filter(|it| room(&table, it).is_none()).collect();
    assert!(without.is_empty(), "every module of the report is in a room: {without:?}");
    let gone: Vec<_> = table.iter().flat_map(|row| &row.modules).filter(|it| !files.contains_key(*it)).collect();
    assert!(gone.is_empty(), "no such module: {gone:?}");
}

/// The files that a file names. Left out: the root of a library, which names all of its rooms and is in none, and what a module
/// calls in the files below it (`below::f()`): it is their face, and they take its types.
fn edges(files: &BTreeMap<Words, File>) -> BTreeMap<&Words, BTreeSet<&Words>> {
    let named = |file: &File| {
        let beside = file.paths.iter().filter(|path| !path.starts_with(&file.module));
        let to = file.uses.iter().chain(beside).filter_map(|path| home(files, path));
        to.map(|it| it.module.clone()).filter(|it| *it != file.module && !it.is_empty()).collect::<BTreeSet<_>>()
    };
    let own = |it: Words| files.get_key_value(&it).map(|(it, _)| it);
    files.values().map(|file| (&file.module, named(file).into_iter().filter_map(own).collect())).collect()
}

/// Files that need each other, by Tarjan's algorithm in its simplest form: two files are in a circle when each reaches the other.
fn circles(folder: &str) -> BTreeSet<BTreeSet<String>> {
    let files = files(folder);
    let edges = edges(&files);
    let reached = |from: &Words| {
        let (mut seen, mut open) = (BTreeSet::<&Words>::new(), vec![from]);
        while let Some(at) = open.pop() {
            open.extend(edges.get(at).into_iter().flatten().filter(|to| seen.insert(**to)));
        }
        seen.into_iter().cloned().collect::<BTreeSet<Words>>()
    };
    let reaches: BTreeMap<&Words, BTreeSet<Words>> = files.keys().map(|it| (it, reached(it))).collect();
    let circle = |(from, to): (&&Words, &BTreeSet<Words>)| {
        to.iter().filter(|it| reaches[it].contains(*from)).map(|it| it.join("::")).collect::<BTreeSet<String>>()
    };
    reaches.iter().map(circle).filter(|circle| circle.len() > 2).collect()
}

#[test]
fn inside_a_room_no_more_than_two_files_need_each_other() {
    for folder in ["core/src", "app/src"] {
        let circles = circles(folder);
        assert!(circles.is_empty(), "{folder}: {circles:#?}");
    }
}
