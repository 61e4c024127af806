//! Lines of text and names that people and files give: how long they may be and what they may hold.

use super::format;
use super::quote::is_printable;

/// Longest name of a region or a size: Azure's own have up to 24 characters.
pub const MAX_ID: usize = 64;

/// What is wrong with a line of text, as a clause that ends with what to do; `None` for at most `most` printable characters.
#[must_use]
pub fn line_fault(text: &str, most: usize) -> Option<String> {
    let length = text.chars().count();
    if length > most {
        let (length, most) = (format::count(length as f64), format::count(most as f64));
        return Some(format!("it has {length} characters; enter at most {most}"));
    }
    let bad = text.chars().find(|character| !is_printable(*character))?;
    Some(format!("it holds a character that cannot be printed (U+{:04X}); take it out", u32::from(bad)))
}

/// What is wrong with the name of a region or a size, likewise; `None` for 1 to [`MAX_ID`] ASCII letters, digits, `-`, `_` and `.`.
#[must_use]
pub fn id_fault(name: &str) -> Option<String> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let sound = (1..=MAX_ID).contains(&name.len()) && name.bytes().all(known);
    let rule = || format!("a name has 1 to {MAX_ID} letters, digits, “-”, “_” and “.”; enter it as Azure writes it");
    (!sound).then(rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_azure() {
        for good in ["northeurope", "Balanced_B10", "my-region.2", &"x".repeat(64)] {
            assert_eq!(id_fault(good), None);
        }
        for bad in ["", "north europe", "eastus'", "a\nb", "é", "$(x)", &"x".repeat(65)] {
            assert!(id_fault(bad).is_some(), "{bad}");
        }
    }
}
