//! The build tools, each pinned: found on PATH in the right version, or fetched ready-made, or built.

use crate::Outcome;
use crate::ready_made::{self, Archive};
use crate::shell::{answer, command, exists, root, run, say, timed, tools_dir};
use std::fs;
use std::path::Path;

/// A tool that cargo can install.
struct Tool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    usually: &'static str,
    /// Its makers' own build for this kind of machine.
    archive: Option<Archive>,
    /// What cargo is told beside the version: features that nothing here uses take a third of the time to build.
    options: &'static [&'static str],
}

/// Builds the page around the wasm. 0.22 asks for a newer compiler than the stable one this project pins to. Without TLS it
/// cannot fetch tools of its own, which it never does here.
const TRUNK: Tool = Tool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    usually: "3–6 minutes",
    archive: Some(Archive {
        address: "https://github.com/trunk-rs/trunk/releases/download/v0.21.14/trunk-x86_64-unknown-linux-gnu.tar.gz",
        sha256: "f2b4680cd239693a646a2795e4633c625328d7b2a044fbe749fa3a2fe9e7036b",
    }),
    options: &["--no-default-features"],
};
/// Must equal the library's version in Cargo.lock. Its TLS is for drivers of browsers elsewhere.
const BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.129",
    usually: "2–4 minutes",
    archive: Some(Archive {
        address: "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/0.2.129/wasm-bindgen-0.2.129-x86_64-unknown-linux-musl.tar.gz",
        sha256: "82d12bb940e2d4e72e0d5605387fc1b8ca179044e012b620f0ce4e7440e8320e",
    }),
    options: &["--no-default-features"],
};

/// Holds licences, sources and advisories against `deny.toml`.
const DENY: Tool = Tool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
    usually: "3–6 minutes",
    archive: None,
    options: &[],
};
/// Runs the targets of `tests/fuzz` under libFuzzer; only on request.
const FUZZ: Tool = Tool {
    package: "cargo-fuzz",
    program: "cargo-fuzz",
    version: "0.13.2",
    usually: "a minute",
    archive: None,
    options: &[],
};

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Everything that a build needs.
///
/// # Errors
/// A tool is missing and cannot be installed; the sentence says how to do it by hand.
pub fn for_build() -> Outcome {
    wasm_target()?;
    // Each has stretches on one core, and none needs another.
    let parts: [fn() -> Outcome; 3] = [|| TRUNK.ensure(), || BINDGEN.ensure(), from_npm];
    std::thread::scope(|scope| {
        let parts = parts.map(|part| scope.spawn(part));
        let done = parts.map(|part| part.join().unwrap_or_else(|_| Err("a step of the set-up panicked".to_owned())));
        done.into_iter().collect()
    })
}

/// What the wasm tests need.
///
/// # Errors
/// As [`for_build`].
pub fn for_wasm_tests() -> Outcome {
    wasm_target()?;
    BINDGEN.ensure()
}

/// What judges the crates.
///
/// # Errors
/// As [`for_build`].
pub fn deny() -> Outcome {
    DENY.ensure()
}

/// What drives libFuzzer.
///
/// # Errors
/// As [`for_build`].
pub fn fuzz() -> Outcome {
    FUZZ.ensure()
}

/// The accessibility checker.
///
/// # Errors
/// npm is missing or cannot reach its registry.
pub fn axe() -> Outcome<std::path::PathBuf> {
    from_npm()?;
    Ok(npm_folder().join("node_modules/axe-core/axe.min.js"))
}

impl Tool {
    fn ensure(&self) -> Outcome {
        if self.is_right() {
            return Ok(());
        }
        timed(&format!("{} {}", self.package, self.version), || self.install())
    }

    /// Ready-made where that can be had, else built.
    fn install(&self) -> Outcome {
        let fetched = self.archive.as_ref().is_some_and(|archive| self.fetch(archive).is_ok() && self.is_right());
        if fetched || (exists("cargo-binstall") && self.binstall().is_ok() && self.is_right()) {
            return Ok(());
        }
        // Fewer features are for speed alone.
        if self.build(self.options).is_err() {
            self.build(&[])?;
        }
        if self.is_right() {
            return Ok(());
        }
        Err(format!("{} {} was installed but does not answer to --version", self.program, self.version))
    }

    /// `wasm-bindgen 0.2.129`: the version is the second word.
    fn is_right(&self) -> bool {
        let said = answer(command(self.program).arg("--version")).unwrap_or_default();
        said.split_whitespace().nth(1) == Some(self.version)
    }

    fn fetch(&self, archive: &Archive) -> Outcome {
        say(&format!(
            "fetching {} {} from its makers (seconds, where they can be reached)",
            self.package, self.version
        ));
        ready_made::install(archive, &self.scratch(), &tools_dir().join("bin"))
    }

    fn binstall(&self) -> Outcome {
        say(&format!("fetching {} {} with cargo binstall (usually seconds)", self.package, self.version));
        let spec = format!("{}@{}", self.package, self.version);
        run(command("cargo")
            .args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"])
            .arg(tools_dir())
            .arg(spec))
    }

    fn build(&self, options: &[&str]) -> Outcome {
        say(&format!(
            "building {} {} from the crates registry into .tools (once; {} on two cores)",
            self.package, self.version, self.usually
        ));
        let scratch = self.scratch();
        let mut install = command("cargo");
        install.args(["install", "--locked", "--force", self.package, "--version", self.version, "--root"]);
        install.arg(tools_dir()).args(options).env("CARGO_TARGET_DIR", &scratch);
        // Two builds at once would write their progress over each other.
        install.env("CARGO_TERM_PROGRESS_WHEN", "never");
        // The tools' own release profiles optimise for hours of use; here a build of the page takes seconds anyway.
        install.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
        let done = run(&mut install);
        let _ = fs::remove_dir_all(&scratch);
        done.map_err(|error| {
            format!("{error}. Install it by hand: cargo install --locked {} --version {}", self.package, self.version)
        })
    }

    /// A folder of its own while it is installed.
    fn scratch(&self) -> std::path::PathBuf {
        tools_dir().join("build").join(self.package)
    }
}

/// What the compiler needs to build for browsers.
///
/// # Errors
/// rustup cannot add it.
pub(crate) fn wasm_target() -> Outcome {
    let sysroot = answer(command("rustc").args(["--print", "sysroot"])).unwrap_or_default();
    if Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    say("adding the wasm target to the compiler (seconds)");
    let added = timed("the wasm target", || run(command("rustup").args(["target", "add", WASM_TARGET])));
    added.map_err(|error| {
        format!("{error}. The compiler needs the target {WASM_TARGET}: rustup target add {WASM_TARGET}")
    })
}

fn npm_folder() -> std::path::PathBuf {
    tools_dir().join("npm")
}

/// What `xtask/npm` locks: the optimisers of wasm and script and the accessibility checker, each by its digest.
fn from_npm() -> Outcome {
    let names = ["package.json", "package-lock.json"];
    let wanted = names.map(|name| fs::read(root().join("xtask/npm").join(name)).unwrap_or_default());
    let folder = npm_folder();
    let there = names.map(|name| fs::read(folder.join(name)).unwrap_or_default());
    if wanted == there && folder.join("node_modules/.package-lock.json").is_file() {
        return Ok(());
    }
    if !exists("npm") {
        return Err(
            "npm is missing, which brings binaryen, terser and axe-core. On Debian: apt-get install -y nodejs npm"
                .to_owned(),
        );
    }
    say("installing binaryen, terser and axe-core from the npm registry into .tools (once; usually under a minute)");
    let refused = |error: std::io::Error| format!("{} cannot be written: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(refused)?;
    for (name, text) in names.iter().zip(&wanted) {
        fs::write(folder.join(name), text).map_err(refused)?;
    }
    let mut install = command("npm");
    // npm finds no lock file through a link.
    let folder = fs::canonicalize(&folder).unwrap_or(folder);
    install.args(["ci", "--no-fund", "--no-audit", "--prefix"]).arg(&folder);
    timed("binaryen, terser and axe-core", || run(&mut install))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The command-line tool refuses wasm of a library of another version, so both are pinned to one number.
    #[test]
    fn the_pins_agree_with_the_manifests() {
        let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("wasm-bindgen = \"={}\"", BINDGEN.version)));
        let trunk = fs::read_to_string(root().join("Trunk.toml")).unwrap();
        let locked = fs::read_to_string(root().join("xtask/npm/package-lock.json")).unwrap();
        let version = trunk.split("wasm_opt = \"version_").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert!(locked.contains(&format!("\"binaryen\": \"{version}.0.0\"")), "Trunk.toml asks for binaryen {version}");
        assert!(trunk.contains(&format!("wasm_bindgen = \"{}\"", BINDGEN.version)));
        for tool in [TRUNK, BINDGEN] {
            let archive = tool.archive.unwrap();
            assert!(
                archive.address.contains(&format!("/{}/", tool.version))
                    || archive.address.contains(&format!("/v{}/", tool.version))
            );
        }
    }
}
