//! Data in two parts: the first has zeros in place of what the second brings, which weigh next to nothing.

use super::bytes::{block, constant};
use super::module::Module;
use std::ops::Range;

/// The section of data with zeros at these addresses.
pub(super) fn without(module: &Module<'_>, content: &[u8], addresses: &[Range<u32>]) -> Vec<u8> {
    let mut section = content.to_vec();
    for segment in &module.segments {
        for (address, at) in (segment.address..).zip(segment.at..segment.at + segment.bytes.len()) {
            let after = addresses.partition_point(|range| range.end <= address);
            if addresses.get(after).is_some_and(|range| range.contains(&address)) {
                section[at] = 0;
            }
        }
    }
    section
}

/// Segments with what stands at these addresses, which are in order.
pub(super) fn segments(module: &Module<'_>, addresses: &[Range<u32>]) -> Vec<Vec<u8>> {
    let memory = module.memory();
    let entry = |range: &Range<u32>| {
        let mut entry = vec![0];
        constant(&mut entry, range.start);
        entry.push(0x0b);
        block(&mut entry, &memory[range.start as usize..range.end as usize]);
        entry
    };
    addresses.iter().map(entry).collect()
}
