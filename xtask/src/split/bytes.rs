//! Reading and writing the parts of a wasm file: sections, numbers, names.

use crate::Outcome;

/// Reads from the left.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.at >= self.bytes.len()
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) fn byte(&mut self) -> Outcome<u8> {
        let byte = *self.bytes.get(self.at).ok_or("the wasm ends in the middle of something")?;
        self.at += 1;
        Ok(byte)
    }

    /// An unsigned number of up to 32 bits.
    pub(super) fn number(&mut self) -> Outcome<u32> {
        let mut value = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return u32::try_from(value).map_err(|_| "a number of the wasm is too large".to_owned());
            }
        }
        Err("a number of the wasm is too long".to_owned())
    }

    pub(super) fn take(&mut self, length: usize) -> Outcome<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at + length).ok_or("the wasm ends in the middle of something")?;
        self.at += length;
        Ok(taken)
    }

    /// A length and as many bytes.
    pub(super) fn block(&mut self) -> Outcome<&'a [u8]> {
        let length = self.number()?;
        self.take(length as usize)
    }

    pub(super) fn name(&mut self) -> Outcome<String> {
        Ok(String::from_utf8_lossy(self.block()?).into_owned())
    }
}

/// Appends an unsigned number.
pub(super) fn number(out: &mut Vec<u8>, mut value: u32) {
    loop {
        let [low, ..] = (value & 0x7f).to_le_bytes();
        value >>= 7;
        if value == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

/// Appends `i32.const`, whose number is signed.
pub(super) fn constant(out: &mut Vec<u8>, mut value: u32) {
    out.push(0x41);
    while value >= 0x40 {
        let [low, ..] = (value & 0x7f).to_le_bytes();
        out.push(low | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

/// Appends a length and the bytes.
pub(super) fn block(out: &mut Vec<u8>, bytes: &[u8]) {
    number(out, u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    out.extend_from_slice(bytes);
}

/// Appends a section of entries.
pub(super) fn section(out: &mut Vec<u8>, id: u8, entries: &[Vec<u8>]) {
    if entries.is_empty() {
        return;
    }
    let mut content = Vec::new();
    number(&mut content, u32::try_from(entries.len()).unwrap_or(u32::MAX));
    content.extend(entries.iter().flatten());
    out.push(id);
    block(out, &content);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values: the examples of LEB128 in the WebAssembly and DWARF specifications.
    #[test]
    fn numbers_are_leb128() {
        for (value, bytes) in [(2, &[2_u8][..]), (127, &[127]), (128, &[0x80, 1]), (624_485, &[0xe5, 0x8e, 0x26])] {
            let mut out = Vec::new();
            number(&mut out, value);
            assert_eq!(out, bytes);
            assert_eq!(Reader::new(bytes).number(), Ok(value));
        }
        for (value, bytes) in [(63, &[0x41, 63][..]), (64, &[0x41, 0xc0, 0]), (128, &[0x41, 0x80, 1])] {
            let mut out = Vec::new();
            constant(&mut out, value);
            assert_eq!(out, bytes, "{value} is not negative");
        }
        assert!(Reader::new(&[0x80]).number().is_err());
    }
}
