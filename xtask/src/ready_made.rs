//! Programs as their makers build them: an archive that is known by its digest, or nothing.

use crate::Outcome;
use crate::shell::{answer, command, say};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// A packed folder with programs.
pub(crate) struct Archive {
    /// Where it is.
    pub(crate) address: &'static str,
    /// The SHA-256 of its bytes; another archive under the same address is not opened.
    pub(crate) sha256: &'static str,
}

/// Puts the programs of an archive into a folder; `scratch` is this archive's own and is gone afterwards.
///
/// # Errors
/// This is another kind of machine, or the archive cannot be had, or it is another: whoever calls builds instead.
pub(crate) fn install(archive: &Archive, scratch: &Path, programs: &Path) -> Outcome {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Err("the archives are for Linux on x86-64".to_owned());
    }
    for folder in [scratch, programs] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let done = fetch(archive, scratch).and_then(|()| take_over(scratch, programs));
    let _ = fs::remove_dir_all(scratch);
    done
}

/// Fetches, checks and opens it in `scratch`.
fn fetch(archive: &Archive, scratch: &Path) -> Outcome {
    let file = scratch.join("archive.tar.gz");
    let mut curl = command("curl");
    curl.args(["--fail", "--silent", "--location", "--connect-timeout", "10", "--max-time", "120", "--output"]);
    answer(curl.arg(&file).arg(archive.address)).ok_or_else(|| format!("{} cannot be had", archive.address))?;
    let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let digest = format!("{:x}", Sha256::digest(bytes));
    if digest != archive.sha256 {
        let refused = format!("{} has the SHA-256 {digest}, not {}: it is not used", archive.address, archive.sha256);
        say(&refused);
        return Err(refused);
    }
    let opened = answer(command("tar").arg("-xzf").arg(&file).arg("-C").arg(scratch));
    fs::remove_file(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    opened.map(drop).ok_or_else(|| format!("{} cannot be opened with tar", archive.address))
}

/// Moves what can be run, wherever it stands in the archive.
fn take_over(opened: &Path, programs: &Path) -> Outcome {
    for file in crate::build::files(opened).iter().filter(|file| may_run(file)) {
        let to = programs.join(file.file_name().unwrap_or_default());
        fs::rename(file, &to).map_err(|error| format!("{}: {error}", to.display()))?;
    }
    Ok(())
}

#[cfg(unix)]
fn may_run(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|found| found.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
fn may_run(_: &Path) -> bool {
    false
}

#[cfg(all(test, target_os = "linux", target_arch = "x86_64"))]
mod tests {
    use super::*;
    use crate::shell::run_quietly;

    /// An archive with one program in a folder and a text beside it, as the makers pack theirs.
    fn packed(folder: &Path) -> (String, String) {
        let inside = folder.join("made/tool-1.0");
        fs::create_dir_all(&inside).unwrap();
        fs::write(inside.join("tool"), "#!/bin/sh\necho tool 1.0\n").unwrap();
        fs::write(inside.join("README.md"), "read me").unwrap();
        run_quietly(command("chmod").arg("+x").arg(inside.join("tool"))).unwrap();
        let archive = folder.join("made.tar.gz");
        run_quietly(command("tar").arg("-czf").arg(&archive).arg("-C").arg(folder.join("made")).arg("tool-1.0"))
            .unwrap();
        let digest = format!("{:x}", Sha256::digest(fs::read(&archive).unwrap()));
        (format!("file://{}", archive.display()), digest)
    }

    #[test]
    fn an_archive_gives_its_programs_and_only_if_it_is_the_one_that_is_meant() {
        let folder = std::env::temp_dir().join(format!("dr-planner-ready-made-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let (address, sha256) = packed(&folder);
        let (address, sha256): (&'static str, &'static str) = (address.leak(), sha256.leak());
        let (scratch, programs) = (folder.join("scratch"), folder.join("bin"));
        let other = "0".repeat(64).leak();
        for wrong in [Archive { address, sha256: other }, Archive { address: "file:///none.tar.gz", sha256 }] {
            assert!(install(&wrong, &scratch, &programs).is_err(), "{}", wrong.address);
            assert!(!programs.join("tool").exists() && !scratch.exists());
        }
        install(&Archive { address, sha256 }, &scratch, &programs).unwrap();
        assert_eq!(answer(&mut command(programs.join("tool"))).as_deref(), Some("tool 1.0"));
        assert!(!programs.join("README.md").exists() && !scratch.exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
