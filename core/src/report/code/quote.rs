//! Texts inside the quoting of each language.

/// A text as a string of Bicep: in single quotes; quotes, backslashes, line breaks and `${` are escaped, other control characters as
/// `\u{…}`. So is a slash that begins what looks like a comment, but for that of an address: editors take it for one.
#[must_use]
pub fn bicep_string(text: &str) -> String {
    let mut quoted = String::from("'");
    let mut letters = text.chars().peekable();
    let mut plain = false;
    while let Some(letter) = letters.next() {
        match letter {
            '/' if !plain && matches!(letters.peek(), Some('/' | '*')) => quoted.push_str(r"\u{2f}"),
            '\\' => quoted.push_str(r"\\"),
            '\'' => quoted.push_str(r"\'"),
            '\n' => quoted.push_str(r"\n"),
            '\r' => quoted.push_str(r"\r"),
            '\t' => quoted.push_str(r"\t"),
            '$' if letters.peek() == Some(&'{') => quoted.push_str(r"\$"),
            other if other.is_control() => quoted.extend(other.escape_unicode()),
            other => quoted.push(other),
        }
        plain = letter.is_alphanumeric() || letter == ':';
    }
    quoted.push('\'');
    quoted
}

/// A text as a string of HCL: in double quotes; quotes, backslashes and line breaks are escaped, `${` and `%{` doubled, other control
/// characters as `\uXXXX`. A sign that follows its like is written as `\uXXXX` too: three in a row would be read in two ways.
#[must_use]
pub fn hcl_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => quoted.push_str(r"\\"),
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str(r"\n"),
            '\r' => quoted.push_str(r"\r"),
            '\t' => quoted.push_str(r"\t"),
            '$' | '%' if letters.peek() == Some(&'{') && before == letter => {
                quoted.extend(four_digits(letter));
            }
            '$' | '%' if letters.peek() == Some(&'{') => quoted.extend([letter, letter]),
            other if other.is_control() => quoted.extend(four_digits(other)),
            other => quoted.push(other),
        }
        before = letter;
    }
    quoted.push('"');
    quoted
}

/// `\u0024`: every sign that is written so is below U+10000.
fn four_digits(sign: char) -> Vec<char> {
    format!("\\u{:04x}", u32::from(sign)).chars().collect()
}
