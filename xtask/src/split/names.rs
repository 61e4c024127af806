//! Short names between the wasm and its script: those of wasm-bindgen hold digests that no compression shrinks.

use super::bytes::{Reader, block, number};
use crate::Outcome;

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// The wasm and its script with short names for what wasm-bindgen itself named.
pub(super) fn shortened(wasm: &[u8], script: &str) -> Outcome<(Vec<u8>, String)> {
    let mut names = Vec::new();
    let mut out = wasm.get(..8).ok_or("this is no wasm file")?.to_vec();
    let mut reader = Reader::new(&wasm[8..]);
    while !reader.is_empty() {
        let (id, content) = (reader.byte()?, reader.block()?);
        out.push(id);
        match id {
            IMPORTS | EXPORTS => block(&mut out, &renamed(content, id, &mut names)?),
            _ => block(&mut out, content),
        }
    }
    // One name can begin with another.
    names.sort_by_key(|(long, _)| std::cmp::Reverse(long.len()));
    let script = names.iter().fold(script.to_owned(), |script, (long, short)| script.replace(long, short));
    Ok((out, script))
}

fn renamed(content: &[u8], id: u8, names: &mut Vec<(String, String)>) -> Outcome<Vec<u8>> {
    let mut reader = Reader::new(content);
    let mut out = Vec::new();
    let count = reader.number()?;
    number(&mut out, count);
    for _ in 0..count {
        if id == IMPORTS {
            block(&mut out, reader.block()?);
        }
        let mut name = reader.name()?;
        if name.starts_with("__wbg_") || name.starts_with("wasm_bindgen_") {
            let short = format!("_{}", names.len());
            names.push((std::mem::replace(&mut name, short.clone()), short));
        }
        block(&mut out, name.as_bytes());
        out.push(reader.byte()?);
        number(&mut out, reader.number()?);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_use_the_same_short_names() {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        let export = |name: &str| [&[u8::try_from(name.len()).unwrap()], name.as_bytes(), &[0, 3]].concat();
        let exports = [vec![3], export("wasm_bindgen_a"), export("wasm_bindgen_a_1"), export("memory")].concat();
        wasm.push(EXPORTS);
        block(&mut wasm, &exports);
        let (wasm, script) = shortened(&wasm, "wasm.wasm_bindgen_a_1(wasm.wasm_bindgen_a(memory))").unwrap();
        assert_eq!(script, "wasm._1(wasm._0(memory))");
        assert!(wasm.ends_with(&[&[3][..], &export("_0"), &export("_1"), &export("memory")].concat()));
    }
}
