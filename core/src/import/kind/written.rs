//! Texts that are neither JSON nor a table: pages, pictures in words, infrastructure as code, our own documents.

use super::{Foreign, settings};

/// The kind of a text by its first lines; none for what may be a table.
pub(super) fn kind(text: &str) -> Option<Foreign> {
    // Languages show themselves early; a table of megabytes is not searched.
    let head: String = text.chars().take(4_000).collect::<String>().to_ascii_lowercase();
    let first = head.lines().next().unwrap_or_default().trim_end();
    if let Some(marked) = head.starts_with('<').then(|| marked(&head)) {
        return Some(marked);
    }
    if first.contains("#p1.") && !first.contains(' ') {
        return Some(Foreign::Link);
    }
    if let Some(own) = own(first, &head) {
        return Some(own);
    }
    let lines = || head.lines().map(str::trim_start);
    let begins = |words: &[&str]| lines().any(|line| words.iter().any(|word| line.starts_with(word)));
    if begins(&["targetscope =", "targetscope="])
        || (begins(&["resource ", "param ", "module "]) && head.contains("@20"))
    {
        return Some(Foreign::Code("Bicep"));
    }
    if begins(&["resource \"", "provider \"", "terraform {", "module \"", "variable \"", "data \"", "output \""]) {
        return Some(Foreign::Code("Terraform configuration"));
    }
    if first == "---" || first.starts_with("%yaml") || looks_like_yaml(&head) {
        return Some(Foreign::Code("YAML"));
    }
    settings::kind(&head).map(Foreign::Settings)
}

fn marked(head: &str) -> Foreign {
    if head.contains("<!doctype html") || head.contains("<html") || head.contains("<head") || head.contains("<body") {
        Foreign::WebPage
    } else if head.contains("<svg") {
        Foreign::Picture("SVG")
    } else {
        Foreign::Xml
    }
}

fn own(first: &str, head: &str) -> Option<Foreign> {
    if first.starts_with("# runbook: ") {
        Some(Foreign::Own("a runbook (Markdown)"))
    } else if first.starts_with("# decision record: ") {
        Some(Foreign::Own("a decision record (Markdown)"))
    } else if first.starts_with("# ") && first.ends_with(": the horizon") {
        Some(Foreign::Own("the months of a horizon (Markdown)"))
    } else if first.starts_with("| line | meter |") || head.contains("\n| line | meter |") {
        Some(Foreign::Own("a bill (Markdown)"))
    } else {
        None
    }
}

/// Most of the first lines are `key: value`, `key:` or `- item`; in no line of a table does a name and a colon come first.
fn looks_like_yaml(head: &str) -> bool {
    let lines: Vec<&str> =
        head.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#')).take(12).collect();
    let keyed = |line: &&&str| {
        let (key, value) = line.trim_start_matches("- ").split_once(':').unwrap_or((" ", ""));
        let name =
            !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'.'));
        name && !key.bytes().all(|it| it.is_ascii_digit()) && (value.is_empty() || value.starts_with(' '))
    };
    let keys = lines.iter().filter(keyed).count();
    keys >= 2 && 4 * keys >= 3 * lines.len()
}
