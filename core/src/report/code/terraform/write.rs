//! Blocks of HCL and their layout, as `terraform fmt` leaves them.

use super::super::design::Name;
use super::super::quote::hcl_string;

/// One line or block of a body.
pub(super) enum Item {
    /// `name = expression`.
    Attribute(String, String),
    /// `head { … }`.
    Block(String, Vec<Item>),
    /// A remark.
    Comment(String),
}

/// An attribute with an expression.
pub(super) fn set(name: &str, expression: impl Into<String>) -> Item {
    Item::Attribute(name.to_owned(), expression.into())
}

/// An attribute with a text.
pub(super) fn say(name: &str, text: &str) -> Item {
    Item::Attribute(name.to_owned(), hcl_string(text))
}

/// The variable of a name that is asked for.
pub(super) fn variable_of(kind: &str, symbol: &str) -> String {
    format!("{kind}_name_{symbol}")
}

/// An attribute with a name, with an ending.
pub(super) fn call(attribute: &str, name: &Name, ending: &str) -> Item {
    match name {
        Name::Known(name) => say(attribute, &format!("{name}{ending}")),
        Name::Asked { kind, symbol, .. } if ending.is_empty() => {
            set(attribute, format!("var.{}", variable_of(kind, symbol)))
        }
        Name::Asked { kind, symbol, .. } => {
            set(attribute, format!("\"${{var.{}}}{ending}\"", variable_of(kind, symbol)))
        }
    }
}

/// A block inside another.
pub(super) fn block(head: &str, items: Vec<Item>) -> Item {
    Item::Block(head.to_owned(), items)
}

/// A remark of one or more lines.
pub(super) fn remark(said: &str) -> Item {
    Item::Comment(said.to_owned())
}

/// `resource "azurerm_redis_cache" "primary" { … }`.
pub(super) fn resource(kind: &str, name: &str, items: Vec<Item>) -> String {
    top(&format!("resource \"{kind}\" \"{name}\""), items)
}

/// The same of something whose loss is that of data: a plan that would destroy or replace it is refused.
pub(super) fn held(kind: &str, name: &str, items: Vec<Item>) -> String {
    held_with(kind, name, items, &[])
}

/// The same of something that runs and keeps these attributes as they are.
pub(super) fn held_with(kind: &str, name: &str, mut items: Vec<Item>, kept: &[&str]) -> String {
    let mut lifecycle = vec![set("prevent_destroy", "true")];
    lifecycle.extend((!kept.is_empty()).then(|| set("ignore_changes", list(kept))));
    items.push(block("lifecycle", lifecycle));
    resource(kind, name, items)
}

/// A block at the top of a file.
pub(super) fn top(head: &str, items: Vec<Item>) -> String {
    written(&[Item::Block(head.to_owned(), items)], 0)
}

/// A remark at the top of a file.
pub(super) fn comment(said: &str) -> String {
    written(&[remark(said)], 0)
}

/// `[a, b]` of expressions.
pub(super) fn list<S: AsRef<str>>(expressions: impl IntoIterator<Item = S>) -> String {
    let all: Vec<String> = expressions.into_iter().map(|it| it.as_ref().to_owned()).collect();
    format!("[{}]", all.join(", "))
}

fn written(items: &[Item], depth: usize) -> String {
    let pad = "  ".repeat(depth);
    let mut text = String::new();
    for (at, item) in items.iter().enumerate() {
        match item {
            Item::Attribute(name, expression) => {
                let width = run(items, at);
                text.extend([pad.as_str(), &format!("{name:width$}"), " = ", &indented(expression, depth), "\n"]);
            }
            Item::Block(head, inside) => {
                if at > 0 && !matches!(items[at - 1], Item::Comment(_)) {
                    text.push('\n');
                }
                if inside.is_empty() {
                    text.extend([pad.as_str(), head, " {}\n"]);
                } else {
                    text.extend([pad.as_str(), head, " {\n", &written(inside, depth + 1), &pad, "}\n"]);
                }
            }
            Item::Comment(said) => text.extend(said.lines().map(|line| format!("{pad}# {line}\n"))),
        }
    }
    text
}

/// The longest name of the attributes around this one without a block or a remark between them.
fn run(items: &[Item], at: usize) -> usize {
    let width = |item: &Item| match item {
        Item::Attribute(name, _) => Some(name.len()),
        Item::Block(..) | Item::Comment(_) => None,
    };
    let before = items[..at].iter().rev().map_while(width);
    let after = items[at..].iter().map_while(width);
    before.chain(after).max().unwrap_or_default()
}

/// An expression of several lines keeps its own layout, moved to the depth.
fn indented(expression: &str, depth: usize) -> String {
    expression.replace('\n', &format!("\n{}", "  ".repeat(depth)))
}
