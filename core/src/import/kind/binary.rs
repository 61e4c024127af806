//! What a file is by its first bytes.

use super::Foreign;

/// First bytes, and what has them. Sources: the formats' own specifications, as libmagic lists them.
const FIRST: [(&[u8], Foreign); 22] = [
    (b"\x89PNG\r\n\x1a\n", Foreign::Picture("PNG")),
    (b"\xff\xd8\xff", Foreign::Picture("JPEG")),
    (b"GIF8", Foreign::Picture("GIF")),
    (b"BM", Foreign::Picture("BMP")),
    (b"II*\0", Foreign::Picture("TIFF")),
    (b"MM\0*", Foreign::Picture("TIFF")),
    (b"\0\0\x01\0", Foreign::Picture("icon")),
    (b"%PDF-", Foreign::Document("a PDF")),
    (b"{\\rtf", Foreign::Document("an RTF text")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Foreign::Spreadsheet("an old Office file (XLS, DOC or PPT)")),
    (b"\x1f\x8b", Foreign::Archive("gzip")),
    (b"BZh", Foreign::Archive("bzip2")),
    (b"\xfd7zXZ\0", Foreign::Archive("xz")),
    (b"\x28\xb5\x2f\xfd", Foreign::Archive("Zstandard")),
    (b"7z\xbc\xaf\x27\x1c", Foreign::Archive("7-Zip")),
    (b"Rar!\x1a\x07", Foreign::Archive("RAR")),
    (b"PAR1", Foreign::Parquet),
    (b"REDIS0", Foreign::RedisDump),
    (b"SQLite format 3\0", Foreign::Program("an SQLite database")),
    (b"\x7fELF", Foreign::Program("a program")),
    (b"MZ\x90\0", Foreign::Program("a program")),
    (b"\0asm", Foreign::Program("a WebAssembly program")),
];

/// The kind of a binary file that begins as its format must; none for texts and unknown data.
pub(in crate::import) fn by_first_bytes(bytes: &[u8]) -> Option<Foreign> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(zip(bytes));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(Foreign::Picture("WebP"));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Foreign::Picture("HEIC, AVIF or film"));
    }
    // Two letters begin many a text: a bitmap goes on with its length and four zeros.
    let begins =
        |first: &[u8]| bytes.starts_with(first) && (*first != *b"BM".as_slice() || bytes.get(6..10) == Some(&[0; 4]));
    FIRST.iter().find(|(first, _)| begins(first)).map(|(_, kind)| kind.clone())
}

/// A zip by the names of its parts, which stand in it uncompressed.
fn zip(bytes: &[u8]) -> Foreign {
    // The list of parts is at the end; the first part names itself at the beginning.
    let (head, tail) = (&bytes[..bytes.len().min(64_000)], &bytes[bytes.len().saturating_sub(64_000)..]);
    let has = |part: &[u8]| [head, tail].into_iter().any(|it| it.windows(part.len()).any(|window| window == part));
    if has(b"xl/") || has(b"xl\\") {
        Foreign::Spreadsheet("an Excel workbook (XLSX)")
    } else if has(b"opendocument.spreadsheet") {
        Foreign::Spreadsheet("an OpenDocument spreadsheet (ODS)")
    } else if has(b"word/") || has(b"opendocument.text") {
        Foreign::Document("a text document")
    } else if has(b"ppt/") || has(b"opendocument.presentation") {
        Foreign::Document("a presentation")
    } else if has(b"[Content_Types].xml") {
        Foreign::Spreadsheet("an Office file")
    } else {
        Foreign::Archive("zip")
    }
}

/// True where the first 4,000 bytes have one that no text has.
pub(in crate::import) fn has_controls(bytes: &[u8]) -> bool {
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    bytes.iter().take(4_000).any(control)
}
