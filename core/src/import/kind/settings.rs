//! Files of settings: TOML, INI and their like.

/// Lines that are looked at.
const LINES: usize = 12;

/// True for a text whose first line is a section's name in brackets, which no JSON begins with: `[build]`, `[[headers]]`.
pub(super) fn is_section(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let line = line.split_once('#').map_or(line, |(line, _)| line).trim();
    let inner = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    let inner = inner.map(|name| name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name).trim());
    let letter = |it: char| it.is_alphanumeric() || "_-. :/\"'".contains(it);
    inner.is_some_and(|name| {
        name.starts_with(char::is_alphabetic) && name.chars().all(letter) && !["true", "false", "null"].contains(&name)
    })
}

/// The format of a text, with its article: three in four of its first lines are a section, a setting, or go on with one.
/// `head` is in small letters. None for other texts.
pub(super) fn kind(head: &str) -> Option<&'static str> {
    let lines: Vec<&str> = head
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with(['#', ';']))
        .take(LINES)
        .collect();
    let sections = lines.iter().filter(|line| is_section(line)).count();
    let values: Vec<&str> = lines.iter().filter_map(|line| value(line)).collect();
    if values.is_empty() || 4 * (sections + values.len()) < 3 * lines.len() || (sections == 0 && values.len() < 2) {
        return None;
    }
    let typed = values.iter().all(|value| is_typed(value));
    Some(match (sections, typed) {
        (0, _) => "a file of settings (name = value), as .env, TOML and tfvars are",
        (_, true) => "a TOML file",
        (_, false) => "an INI file",
    })
}

/// What stands behind `name =`.
fn value(line: &str) -> Option<&str> {
    let (name, value) = line.split_once('=')?;
    let letter = |it: char| it.is_alphanumeric() || "_-.\"'".contains(it);
    let name = name.trim().trim_start_matches("export ");
    let starts = name.starts_with(|it: char| it.is_alphabetic() || "_\"'".contains(it));
    (starts && name.chars().all(letter)).then_some(value.trim())
}

/// True for a value that TOML can have; INI has words without quotes.
fn is_typed(value: &str) -> bool {
    value.starts_with(['"', '\'', '[', '{', '+', '-'])
        || value.starts_with(|it: char| it.is_ascii_digit())
        || value.starts_with("true")
        || value.starts_with("false")
}
