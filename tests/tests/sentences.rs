//! `model`, `decide`, `evaluate` and `explore` hold no sentence: reasons are data there, and `words` and `report` say them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use proc_macro2::Delimiter;
use std::path::{Path, PathBuf};
use syn::buffer::{Cursor, TokenBuffer};
use syn::visit::{self, Visit};
use syn::{Attribute, File, Item, ItemMod, Lit, LitStr, Macro};

/// Rooms without sentences.
const ROOMS: [&str; 4] = ["model", "decide", "evaluate", "explore"];

/// What may stay all the same, with the reason.
const STAYS: [(&str, &str); 4] = [
    ("the pair's own lines", OF_A_PRICE),
    ("D1; S3 says otherwise", OF_A_PRICE),
    ("absorbed by the service", OF_A_PRICE),
    ("no row of the catalogue: enter what a GB of exports costs for a month", OF_A_PRICE),
];

const OF_A_PRICE: &str = "source and remark of a price are texts, as the catalogue's rows have them";

/// So many words make a sentence, or a part of one.
const WORDS: usize = 4;

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| it.path().is_ident("cfg") && it.parse_args::<syn::Ident>().is_ok_and(|it| it == "test"))
}

/// What follows an attribute in a macro: a comment there is one, too.
fn after_attribute(at: Cursor) -> Option<Cursor> {
    let (sign, rest) = at.punct()?;
    (sign.as_char() == '#').then_some(rest)?.group(Delimiter::Bracket).map(|(_, _, after)| after)
}

/// Every text of a file that is no test, no comment and no reason of a lint, those inside macros among them.
#[derive(Default)]
struct Texts(Vec<String>);

impl Texts {
    fn of(file: &File) -> Vec<String> {
        let mut texts = Self::default();
        texts.visit_file(file);
        texts.0
    }

    fn tokens(&mut self, mut at: Cursor) {
        while !at.eof() {
            if let Some(after) = after_attribute(at) {
                at = after;
            } else if let Some((inside, _, _, after)) = at.any_group() {
                self.tokens(inside);
                at = after;
            } else if let Some((literal, after)) = at.literal() {
                if let Ok(Lit::Str(text)) = syn::parse_str(&literal.to_string()) {
                    self.0.push(text.value());
                }
                at = after;
            } else if let Some((_, after)) = at.token_tree() {
                at = after;
            }
        }
    }
}

impl<'ast> Visit<'ast> for Texts {
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_item_mod(&mut self, it: &'ast ItemMod) {
        if !is_test(&it.attrs) {
            visit::visit_item_mod(self, it);
        }
    }

    fn visit_item_fn(&mut self, it: &'ast syn::ItemFn) {
        if !is_test(&it.attrs) {
            visit::visit_item_fn(self, it);
        }
    }

    fn visit_macro(&mut self, it: &'ast Macro) {
        self.tokens(TokenBuffer::new2(it.tokens.clone()).begin());
    }

    fn visit_lit_str(&mut self, it: &'ast LitStr) {
        self.0.push(it.value());
    }
}

/// The files of a module and of those below it that are not for tests alone.
fn files(path: &Path, below: &Path) -> Vec<(PathBuf, File)> {
    let file = syn::parse_file(&std::fs::read_to_string(path).unwrap()).unwrap();
    let modules = file.items.iter().filter_map(|item| match item {
        Item::Mod(it) if it.content.is_none() && !is_test(&it.attrs) => Some(it.ident.to_string()),
        _ => None,
    });
    let mut found: Vec<_> = modules.flat_map(|name| module(below, &name)).collect();
    found.push((path.to_owned(), file));
    found
}

fn module(folder: &Path, name: &str) -> Vec<(PathBuf, File)> {
    let (single, inside) = (folder.join(format!("{name}.rs")), folder.join(name));
    let path = if single.exists() { single } else { inside.join("mod.rs") };
    files(&path, &inside)
}

fn is_sentence(text: &str) -> bool {
    text.split_whitespace().count() >= WORDS
}

#[test]
fn what_works_out_answers_holds_no_sentence() {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src");
    let files: Vec<_> = ROOMS.iter().flat_map(|room| module(&core, room)).collect();
    assert!(files.len() > 90, "{} files of four rooms", files.len());
    let mut found = Vec::new();
    for (path, file) in &files {
        let name = path.strip_prefix(&core).unwrap().display();
        let texts = Texts::of(file).into_iter().filter(|text| is_sentence(text));
        found.extend(
            texts.filter(|text| STAYS.iter().all(|(stays, _)| stays != text)).map(|text| format!("{name}: {text}")),
        );
    }
    assert!(found.is_empty(), "data in the models, words in `words` or `report`:\n{}", found.join("\n"));
}

/// The reader of texts finds what it is for: in a call, in a macro and in a nested one, and leaves comments and tests alone.
#[test]
fn texts_are_found_where_they_stand() {
    let file = syn::parse_file(
        r#"
        //! A comment with many words is none.
        /// Nor is this one, as long as it is.
        #[expect(unused, reason = "a lint has its reason in words")]
        fn say() -> String {
            let plain = "The first text that is found.";
            let made = vec![format!("The second {plain} is found.", plain = [r"The third is found here."])];
            made.concat()
        }
        sentence_error! {
            /// A comment inside a macro is none either.
            Error
        }
        #[cfg(test)]
        mod tests { const SAID: &str = "A test may say what it likes."; }
        "#,
    );
    let texts = Texts::of(&file.unwrap());
    assert_eq!(texts, ["The first text that is found.", "The second {plain} is found.", "The third is found here."]);
}
