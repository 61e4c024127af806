//! A folder in which a runbook runs: the stub of az, and stubs of what else the steps call.

use super::STUB;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with the stub as az, and with stubs of what else the steps call.
pub(super) struct Stage(pub(super) PathBuf);

impl Stage {
    pub(super) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("rehearsal-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::copy(format!("{STUB}/az.sh"), folder.join("az")).unwrap();
        std::fs::copy(format!("{STUB}/commands.txt"), folder.join("commands.txt")).unwrap();
        for (name, text) in [
            ("redis-cli", "case \"$*\" in *GET*) date +%s ;; *) echo OK ;; esac"),
            ("nslookup", "echo 10.0.0.4"),
            ("sleep", ":"),
        ] {
            std::fs::write(folder.join(name), format!("#!/bin/sh\n{text}\n")).unwrap();
        }
        let names = ["az", "redis-cli", "nslookup", "sleep"];
        assert!(Command::new("chmod").arg("+x").args(names).current_dir(&folder).status().unwrap().success());
        Self(folder)
    }

    pub(super) fn run(&self, shell: &str, script: &str) -> Output {
        let _ = std::fs::remove_file(self.log());
        Command::new(shell)
            .args(["-eu", "-c", script])
            .current_dir(&self.0)
            .env("PATH", format!("{}:/usr/bin:/bin", self.0.display()))
            .env("AZ_LOG", self.log())
            .env("EVIDENCE", self.0.join("evidence"))
            .output()
            .unwrap()
    }

    fn log(&self) -> PathBuf {
        self.0.join("log")
    }

    /// The words of each call of az.
    pub(super) fn calls(&self) -> Vec<Vec<String>> {
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        let words = |call: &str| call.split_terminator('\u{1f}').map(str::to_owned).collect();
        log.split_terminator('\u{1e}').map(words).collect()
    }
}
