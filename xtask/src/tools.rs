//! The build tools, each pinned: found on PATH in the right version, or fetched ready-made, or built.

use crate::Outcome;
use crate::shell::{answer, cargo, command, exists, run, say, tools_dir};
use std::fs;

/// A tool that cargo can install.
struct Tool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    usually: &'static str,
}

/// Builds the page around the wasm. 0.22 asks for a newer compiler than the stable one this project pins to.
const TRUNK: Tool = Tool { package: "trunk", program: "trunk", version: "0.21.14", usually: "4–9 minutes" };
/// Must equal the library's version in Cargo.lock.
const BINDGEN: Tool =
    Tool { package: "wasm-bindgen-cli", program: "wasm-bindgen", version: "0.2.129", usually: "2–6 minutes" };

/// Runs the targets of `tests/fuzz` under libFuzzer; only on request.
const FUZZ: Tool = Tool { package: "cargo-fuzz", program: "cargo-fuzz", version: "0.13.2", usually: "a minute" };

/// The release of binaryen whose wasm-opt shrinks the page; `Trunk.toml` names the same.
const BINARYEN: &str = "132";
/// The accessibility checker that the browser tests inject.
const AXE: &str = "4.14";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Everything that a build needs.
///
/// # Errors
/// A tool is missing and cannot be installed; the sentence says how to do it by hand.
pub fn for_build() -> Outcome {
    wasm_target()?;
    TRUNK.ensure()?;
    BINDGEN.ensure()?;
    wasm_opt()
}

/// What the wasm tests need.
///
/// # Errors
/// As [`for_build`].
pub fn for_wasm_tests() -> Outcome {
    wasm_target()?;
    BINDGEN.ensure()
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
    let folder = tools_dir().join("npm/node_modules/axe-core");
    let manifest = fs::read_to_string(folder.join("package.json")).unwrap_or_default();
    if !manifest.contains(&format!("\"version\": \"{AXE}")) {
        npm(&format!("axe-core@{AXE}"), "a few seconds")?;
    }
    Ok(folder.join("axe.min.js"))
}

impl Tool {
    fn ensure(&self) -> Outcome {
        if self.is_right() {
            return Ok(());
        }
        if exists("cargo-binstall") && self.binstall().is_ok() && self.is_right() {
            return Ok(());
        }
        self.build()?;
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

    fn binstall(&self) -> Outcome {
        say(&format!("fetching {} {} with cargo binstall (usually seconds)", self.package, self.version));
        let spec = format!("{}@{}", self.package, self.version);
        run(cargo()
            .args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"])
            .arg(tools_dir())
            .arg(spec))
    }

    fn build(&self) -> Outcome {
        say(&format!(
            "building {} {} from the crates registry into .tools (once; {} on two cores)",
            self.package, self.version, self.usually
        ));
        let scratch = tools_dir().join("build");
        let mut install = cargo();
        install.args(["install", "--locked", "--force", self.package, "--version", self.version, "--root"]);
        install.arg(tools_dir()).env("CARGO_TARGET_DIR", &scratch);
        // The tools' own release profiles optimise for hours of use; here a build of the page takes seconds anyway.
        install.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
        let done = run(&mut install);
        let _ = fs::remove_dir_all(&scratch);
        done.map_err(|error| {
            format!("{error}. Install it by hand: cargo install --locked {} --version {}", self.package, self.version)
        })
    }
}

fn wasm_target() -> Outcome {
    let sysroot = answer(command("rustc").args(["--print", "sysroot"])).unwrap_or_default();
    if std::path::Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    say("adding the wasm target to the compiler (seconds)");
    run(command("rustup").args(["target", "add", WASM_TARGET])).map_err(|error| {
        format!("{error}. The compiler needs the target {WASM_TARGET}: rustup target add {WASM_TARGET}")
    })
}

fn wasm_opt() -> Outcome {
    let said = answer(command("wasm-opt").arg("--version")).unwrap_or_default();
    if said.split_whitespace().any(|word| word == BINARYEN) {
        return Ok(());
    }
    npm(&format!("binaryen@{BINARYEN}"), "under a minute")
}

fn npm(package: &str, usually: &str) -> Outcome {
    if !exists("npm") {
        return Err(format!("npm is missing, which brings {package}. On Debian: apt-get install -y nodejs npm"));
    }
    say(&format!("installing {package} from the npm registry into .tools (once; usually {usually})"));
    let prefix = tools_dir().join("npm");
    fs::create_dir_all(&prefix).map_err(|error| format!("{} cannot be made: {error}", prefix.display()))?;
    run_npm(&prefix, package)
}

fn run_npm(prefix: &std::path::Path, package: &str) -> Outcome {
    run(command("npm")
        .args(["install", "--no-fund", "--no-audit", "--save-exact", "--prefix"])
        .arg(prefix)
        .arg(package))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::root;

    /// The command-line tool refuses wasm of a library of another version, so both are pinned to one number.
    #[test]
    fn the_pins_agree_with_the_manifests() {
        let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("wasm-bindgen = \"={}\"", BINDGEN.version)));
        let trunk = fs::read_to_string(root().join("Trunk.toml")).unwrap();
        assert!(trunk.contains(&format!("wasm_opt = \"version_{BINARYEN}\"")));
        assert!(trunk.contains(&format!("wasm_bindgen = \"{}\"", BINDGEN.version)));
    }
}
