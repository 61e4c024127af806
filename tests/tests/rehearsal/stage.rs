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

    /// Two caches are linked, and this one is the primary.
    pub(super) fn link(&self, primary: &str) {
        std::fs::write(self.0.join("link"), format!("{primary}\n")).unwrap();
    }

    /// Who is the primary of a link, if there is one.
    pub(super) fn linked(&self) -> Option<String> {
        std::fs::read_to_string(self.0.join("link")).ok().map(|text| text.trim_end().to_owned())
    }

    /// These caches do not answer.
    pub(super) fn down(&self, names: &[&str]) {
        std::fs::write(self.0.join("down"), names.iter().flat_map(|name| [*name, "\n"]).collect::<String>()).unwrap();
    }

    /// These commands are refused, as by a lock or for want of a right.
    pub(super) fn refuse(&self, commands: &[&str]) {
        let lines: String = commands.iter().flat_map(|command| [*command, "\n"]).collect();
        std::fs::write(self.0.join("refused"), lines).unwrap();
    }

    /// What a cache lists of its link: state and role, or nothing where it is not in the list.
    pub(super) fn says(&self, answers: &[(&str, &str)]) {
        let lines = answers.iter().map(|(name, answer)| format!("{name}\t{answer}\n"));
        std::fs::write(self.0.join("says"), lines.collect::<String>()).unwrap();
    }

    /// What each shell has kept, a text each, in the order of their files.
    pub(super) fn transcripts(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.0.join("evidence")).unwrap().map(|it| it.unwrap().path());
        let kept = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("transcript-");
        let mut files: Vec<PathBuf> = files.filter(kept).collect();
        files.sort();
        files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }

    pub(super) fn run(&self, shell: &str, script: &str) -> Output {
        self.run_on(shell, &["-eu"], script)
    }

    pub(super) fn run_on(&self, shell: &str, options: &[&str], script: &str) -> Output {
        let _ = std::fs::remove_file(self.log());
        Command::new(shell)
            .args(options)
            .args(["-c", script])
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
