//! Bytes to text, once for every file: plans, portfolios, sheets, series, on the page and in the terminal.

use super::kind::{Foreign, binary};
use crate::units::Bytes;
use crate::units::sentence_error;

sentence_error! {
    /// Why bytes are no text that can be read; one sentence that says what they are and what to do.
    TextError
}

/// The text of a file.
///
/// UTF-8 with or without a byte order mark, UTF-16 of either order with a mark, and without one where the first letters are
/// of ASCII. A text is never changed: bytes that are no UTF-8 are refused with their place. Pictures, spreadsheets, archives
/// and other binary files are refused by what they are.
pub fn read(bytes: &[u8]) -> Result<String, TextError> {
    let said = |kind: Foreign| TextError(kind.to_string());
    if let Some(kind) = binary::by_first_bytes(bytes) {
        return Err(said(kind));
    }
    let text = match order(bytes) {
        Some((order, skip)) => utf16(&bytes[skip..], order)?,
        None => utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes), bytes)?,
    };
    // Some binary data is valid UTF-8, and no text of any kind that is read here has such letters.
    if text.contains('\0') || binary::has_controls(text.as_bytes()) {
        return Err(said(Foreign::Binary(Bytes::bytes(bytes.len() as f64))));
    }
    Ok(text)
}

/// The text of a string that a browser or a file has as text already: without a byte order mark.
#[must_use]
pub(crate) fn unmarked(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

/// UTF-16's order of bytes and the length of its mark; none for what is not UTF-16.
fn order(bytes: &[u8]) -> Option<(Order, usize)> {
    let ascii = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    match *bytes {
        [0xff, 0xfe, ..] => Some((Order::Little, 2)),
        [0xfe, 0xff, ..] => Some((Order::Big, 2)),
        [a, 0, b, 0, ..] if ascii(a) && ascii(b) => Some((Order::Little, 0)),
        [0, a, 0, b, ..] if ascii(a) && ascii(b) => Some((Order::Big, 0)),
        _ => None,
    }
}

fn utf16(bytes: &[u8], order: Order) -> Result<String, TextError> {
    let broken = |at: usize| {
        TextError(format!(
            "The text is UTF-16 and damaged near byte {at}. Save it as UTF-8, or fetch it again: it may be cut."
        ))
    };
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        match order {
            Order::Little => u16::from_le_bytes(pair),
            Order::Big => u16::from_be_bytes(pair),
        }
    };
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut pairs = bytes.chunks_exact(2);
    for letter in char::decode_utf16(pairs.by_ref().map(unit)) {
        text.push(letter.map_err(|_| broken(2 * text.encode_utf16().count()))?);
    }
    if pairs.remainder().is_empty() { Ok(text) } else { Err(broken(bytes.len())) }
}

/// `bytes` without its mark, of a file with `all` these bytes.
fn utf8(bytes: &[u8], all: &[u8]) -> Result<String, TextError> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => error,
    };
    if binary::has_controls(all) {
        return Err(TextError(Foreign::Binary(Bytes::bytes(all.len() as f64)).to_string()));
    }
    let good = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
    let line = good.matches('\n').count() + 1;
    let at = error.valid_up_to() + all.len() - bytes.len() + 1;
    // A letter whose bytes end with the file is no letter of another encoding.
    if error.error_len().is_none() {
        return Err(TextError(format!(
            "The text ends within a letter, at byte {at} (line {line}): the file is cut. Fetch or save it again."
        )));
    }
    let byte = bytes[error.valid_up_to()];
    Err(TextError(format!(
        "Byte {at} (line {line}) is {byte:#04X}, which is no UTF-8. The file looks like Latin-1 or Windows-1252: save it as UTF-8 and open it again."
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn every_encoding_of_a_text_is_the_text() {
        for text in ["{\"v\":1,\"name\":\"Prüfung 😀\"}", "time,writes/s\r\n0,1\r\n"] {
            let mut files = vec![text.as_bytes().to_vec(), [b"\xef\xbb\xbf", text.as_bytes()].concat()];
            for little in [true, false] {
                files.extend([true, false].map(|mark| encoded(text, little, mark)));
            }
            for file in files {
                assert_eq!(read(&file).as_deref(), Ok(text), "{file:?}");
            }
        }
        assert_eq!(read(b"").as_deref(), Ok(""));
    }

    /// The place is the byte's in the file, counted from 1: `latin1-plan.json` has 0xFC as its eighteenth.
    #[test]
    fn what_is_no_text_says_where_and_what_to_do() {
        let cases: [(&[u8], &str); 6] = [
            (b"{\"v\":1,\"name\":\"Pr\xfcfung\"}", "Byte 18 (line 1) is 0xFC, which is no UTF-8."),
            (b"a\nb\xe4c", "Byte 4 (line 2) is 0xE4"),
            (b"Pr\xc3", "ends within a letter, at byte 3 (line 1)"),
            (b"\xff\xfea\0b", "UTF-16 and damaged near byte"),
            (b"\xff\xfea\0\0\xd8b\0", "UTF-16 and damaged near byte 2."),
            (b"text\0text", "binary"),
        ];
        for (bytes, part) in cases {
            let said = read(bytes).expect_err(part).to_string();
            assert!(said.contains(part), "{said}");
        }
        assert!(read(&[0xfe, 0x01, 0x02, 0x99, 0xff]).expect_err("noise").to_string().contains("binary"));
    }
}
