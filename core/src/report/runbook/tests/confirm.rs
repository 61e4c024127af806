//! What destroys waits for its own confirmation, in the shells that people have, with an `az` on the path.

use super::{asked, commands, confirmed, created, created_with_entra, entra, joined, of, preset, variables};
use crate::model::Topology;
use crate::plan::Plan;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

/// A folder with an `az` that writes each call into a file beside it.
struct Stub(PathBuf);

impl Stub {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("runbook-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let az = "#!/bin/sh\necho \"az $*\" >> \"$(dirname \"$0\")/calls\"\necho Succeeded\n";
        for (name, text) in [
            ("az", az),
            ("redis-cli", "#!/bin/sh\n"),
            ("nslookup", "#!/bin/sh\n"),
            ("save", "#!/bin/sh\nshift\nexec \"$@\"\n"),
            ("settled", "#!/bin/sh\nshift\nexec \"$@\"\n"),
            ("with_each", "#!/bin/sh\nshift 3\nexec \"$@\"\n"),
            ("one_by_one", "#!/bin/sh\nshift\nexec \"$@\"\n"),
            ("take_over", "#!/bin/sh\n"),
            ("mkdir", "#!/bin/sh\n"),
            ("find_primary", "#!/bin/sh\n"),
            ("set_primary", "#!/bin/sh\n"),
            ("set_lost", "#!/bin/sh\n"),
            ("set_living", "#!/bin/sh\n"),
        ] {
            std::fs::write(folder.join(name), text).unwrap();
            std::fs::set_permissions(folder.join(name), PermissionsExt::from_mode(0o755)).unwrap();
        }
        Self(folder)
    }

    /// What `az` was called with, and whether the shell ended well.
    fn run(&self, shell: &str, options: &[&str], script: &str) -> (String, bool) {
        let calls = self.0.join("calls");
        std::fs::write(&calls, "").unwrap();
        let path = format!("{}:/usr/bin:/bin", self.0.display());
        let status = Command::new(shell)
            .args(options)
            .args(["-c", script])
            .env("PATH", path)
            .env_remove("CONFIRM")
            .stderr(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();
        (std::fs::read_to_string(&calls).unwrap(), status.success())
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Calls that lose data, a copy or a cache; everything else that the runbooks call makes or shows something.
fn destroys(call: &str) -> bool {
    const HARMFUL: [&str; 10] = [
        "force-link",
        "server-link create",
        " delete ",
        "force-unlink",
        " flush ",
        " import ",
        "regenerate",
        "reboot",
        "purge",
        "remove",
    ];
    // A role that may do it does nothing yet.
    !call.starts_with("az role ") && HARMFUL.iter().any(|word| call.contains(word))
}

/// The scripts of every runbook of plans that differ in what is destroyed.
fn scripts() -> Vec<String> {
    let plans = vec![preset(super::MARINE), confirmed(), preset(super::GAMING), Plan::default(), entra(), created()];
    let plans = plans.into_iter().chain([created_with_entra(), joined()]);
    let of_all = |plan: Plan| Topology::ALL.map(|topology| of(topology, &plan));
    let mut all: Vec<String> = plans
        .flat_map(of_all)
        .flat_map(|book| commands(&book).into_iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    all.sort();
    all.dedup();
    all
}

/// A reader ran a flush and a geo-failover by pasting them: no runbook's step that destroys runs without its word, with a wrong one, or
/// with the word of another.
#[test]
fn nothing_destroys_without_its_own_word() {
    let stub = Stub::new("word");
    let mut guarded = 0;
    for script in scripts() {
        let set = variables(&script);
        let without: String =
            set.lines().filter(|line| !line.starts_with("CONFIRM=")).flat_map(|it| [it, "\n"]).collect();
        let Some(word) = asked(&script) else {
            assert!(!stub.run("bash", &[], &format!("{set}{script}")).0.lines().any(destroys), "{script}");
            continue;
        };
        guarded += 1;
        for begin in [without.clone(), format!("{without}CONFIRM=yes\n"), format!("{without}CONFIRM='empty other'\n")] {
            for (shell, options) in [("bash", &[][..]), ("sh", &["-eu"][..])] {
                let (calls, well) = stub.run(shell, options, &format!("{begin}{script}"));
                assert!(calls.is_empty() && !well, "{begin}{script}\n{calls}");
            }
        }
        let (calls, well) = stub.run("bash", &["-eu"], &format!("{without}CONFIRM={word}\n{script}"));
        assert!(well && calls.lines().any(destroys), "{script}\n{calls}");
    }
    // Creation, swap there and back, unlink and deletion of a pair; unlink, deletion and flush of a group; the rebuilt cache.
    assert!(guarded >= 9, "{guarded}");
}

/// A confirmation counts once, whether its step ran or not, exported too: the next step that destroys is refused again.
#[test]
fn a_confirmation_counts_once() {
    let stub = Stub::new("once");
    for plan in [confirmed(), created_with_entra(), preset(super::GAMING)] {
        for topology in Topology::ALL {
            let book = of(topology, &plan);
            let steps: Vec<&str> = commands(&book).into_iter().filter(|script| asked(script).is_some()).collect();
            for (first, next) in steps.iter().zip(steps.iter().cycle().skip(1)) {
                let word = asked(first).unwrap();
                let set = variables(&[*first, *next].join("\n")).replace("CONFIRM=", "export CONFIRM=");
                let alone = stub.run("bash", &[], &format!("{set}{first}"));
                let both = stub.run("bash", &[], &format!("{set}{first}\n{next}"));
                assert_eq!((both.0, both.1), (alone.0, false), "{word}: {next}");
                let refused = stub.run("bash", &[], &format!("{set}CONFIRM=no\n{first}\n{first}"));
                assert_eq!(refused, (String::new(), false), "{first}");
            }
        }
    }
}

/// Pasted into an interactive shell, which goes on after a line that fails.
#[test]
fn an_interactive_shell_goes_no_further() {
    let stub = Stub::new("interactive");
    let script = super::super::confirm::confirmed("delete a", "deletes a", "az one delete a\naz two delete a");
    let typed = format!("set +e; eval {}\n:", super::super::shell::quote(&script));
    assert_eq!(stub.run("bash", &["--norc", "-i"], &typed).0, "");
    let (calls, _) = stub.run("bash", &["--norc", "-i"], &format!("CONFIRM='delete a'\n{typed}"));
    assert_eq!(calls, "az one delete a\naz two delete a\n");
}
