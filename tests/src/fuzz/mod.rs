//! What is thrown at every reader: text of any kind goes in, and either a sentence comes out or something that holds what the
//! product promises of it. One function a target, run by the harness of `cargo xtask fuzz` on the pinned compiler, by libFuzzer
//! where a nightly one is there (`tests/fuzz`), and over the seeds by plain `cargo test`.

pub mod mutate;
pub mod seeds;
mod targets;

/// A reader under fire.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name on the command line and in `tests/fuzz/fuzz_targets`.
    pub name: &'static str,
    /// Panics where a promise is broken.
    pub run: fn(&[u8]),
    /// Inputs to start from.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// Every target.
pub const TARGETS: [Target; 8] = [
    Target { name: "plan", run: targets::plan, seeds: seeds::plans },
    Target { name: "fragment", run: targets::fragment, seeds: seeds::fragments },
    Target { name: "portfolio", run: targets::portfolio, seeds: seeds::portfolios },
    Target { name: "sheet", run: targets::sheet, seeds: seeds::sheets },
    Target { name: "persisted_sheet", run: targets::persisted_sheet, seeds: seeds::persisted_sheets },
    Target { name: "series", run: targets::series, seeds: seeds::series },
    Target { name: "job", run: targets::job, seeds: seeds::jobs },
    Target { name: "quantity", run: targets::quantity, seeds: seeds::quantities },
];

/// Runs one input through the target of a name.
///
/// # Panics
/// No target has this name, or a promise is broken.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("no target {name}"));
    (target.run)(data);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_takes_its_seeds_and_the_seeds_of_all_others() {
        let all: Vec<Vec<u8>> = TARGETS.iter().flat_map(|target| (target.seeds)()).collect();
        assert!(TARGETS.iter().all(|target| !(target.seeds)().is_empty()));
        for target in TARGETS {
            for seed in all.iter().filter(|seed| seed.len() < 100_000) {
                (target.run)(seed);
            }
        }
    }

    #[test]
    fn every_target_has_its_file_for_libfuzzer() {
        for target in TARGETS {
            let file = format!("{}/fuzz/fuzz_targets/{}.rs", env!("CARGO_MANIFEST_DIR"), target.name);
            let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert!(text.contains(&format!("{:?}", target.name)), "{file} runs another target");
        }
    }
}
