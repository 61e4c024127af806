//! `public/collect.sh` against a stub of az: it only lists and shows, and what it saves is an estate.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use dr_core::catalog::Catalog;
use dr_core::estate::{Estate, Quantity, measured, read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A stub that logs its arguments and answers with the fixtures of the estate; it fails for what is in `refuses`.
fn stub(folder: &Path, refuses: &str) {
    let script = format!(
        r#"#!/bin/sh
printf '%s\n' "$*" >>"{log}"
case "$*" in {refuses}) echo "first line" >&2; echo "AuthorizationFailed: no" >&2; exit 1 ;; esac
cd "{fixtures}" || exit 9
case "$*" in
    "account list"*) echo one ;;
    "redis list"*"-o tsv"*) printf '/s/weu\tpair-weu\trg-weu\t3\t1\n/s/neu\tpair-neu\trg-neu\t3\t1\n/s/small\tsmall\trg-weu\t1\t0\n' ;;
    "redis list"*) cat az-redis-list.json ;;
    "redisenterprise list"*"-o tsv"*) printf '/s/amr\tamr-weu\trg-weu\n' ;;
    "redisenterprise list"*) cat az-redisenterprise-list.json ;;
    "network private-endpoint list"*) cat private-endpoints.json ;;
    "monitor metrics alert list"*) cat alerts.json ;;
    "redis server-link list --name pair-weu --resource-group rg-weu "*) cat server-link-weu.json ;;
    "redis server-link list --name pair-neu --resource-group rg-neu "*) cat server-link-neu.json ;;
    "monitor metrics list"*"/s/weu"*"usedmemory"*) cat metrics-pair-weu.json ;;
    "monitor metrics list"*"/s/neu"*"GeoReplication"*) cat metrics-pair-neu.json ;;
    "monitor metrics list"*"/s/amr"*"--dimension InstanceId --top 100"*) cat ../metrics/amr-instances.json ;;
    "monitor metrics list"*"/s/amr"*) cat metrics-amr.json ;;
    "monitor metrics list"*) echo '{{"namespace":"Microsoft.Cache/redis","interval":"PT1H","value":[]}}' ;;
    *) echo "unexpected: $*" >&2; exit 9 ;;
esac
"#,
        log = folder.join("log").display(),
        fixtures = Path::new(ROOT).join("tests/fixtures/estate").canonicalize().unwrap().display(),
    );
    std::fs::write(folder.join("az"), script).unwrap();
    assert!(Command::new("chmod").args(["+x", "az"]).current_dir(folder).status().unwrap().success());
}

/// The script in a folder of its own with the stub as az; its output and the folder.
fn collect(name: &str, refuses: &str) -> (Output, PathBuf) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("collect-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    stub(&folder, refuses);
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let script = Path::new(ROOT).join("public/collect.sh").canonicalize().unwrap();
    let output = Command::new("sh").arg(script).arg("saved").current_dir(&folder).env("PATH", path).output().unwrap();
    (output, folder)
}

/// The files that it saved, as the importer takes them.
fn saved(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder.join("saved")).unwrap().map(|it| it.unwrap().path());
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|it| (it.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&it).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn what_is_collected_is_the_estate() {
    let (output, folder) = collect("all", "-");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let files = saved(&folder);
    for (name, _) in &files {
        assert!(Path::new(name).extension().is_some_and(|it| it == "json"), "{name}");
    }
    let read = read(files);
    // Answers without a point are the same text for several caches, and one of them is read.
    assert!(read.unread.iter().all(|it| it.contains("which is read once")), "{:#?}", read.unread);
    let estate = Estate::of(&read.facts, &Catalog::bundled().unwrap());
    let names: Vec<&str> = estate.planned.iter().map(|it| it.draft.plan.name.as_str()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    assert!(names.contains(&"pair-weu and pair-neu") && names.contains(&"orders"), "{names:?}");

    // Read-only verbs alone; shards are split and all of them asked for.
    let log = std::fs::read_to_string(folder.join("log")).unwrap();
    for call in log.lines() {
        let words: Vec<&str> = call.split_whitespace().take_while(|it| !it.starts_with('-')).collect();
        let allowed: [&[&str]; 7] = [
            &["account", "list"],
            &["redis", "list"],
            &["redis", "server-link", "list"],
            &["redisenterprise", "list"],
            &["network", "private-endpoint", "list"],
            &["monitor", "metrics", "list"],
            &["monitor", "metrics", "alert", "list"],
        ];
        assert!(allowed.contains(&words.as_slice()), "{call}");
    }
    let of = |part: &str| log.lines().filter(|it| it.contains(part)).count();
    // Requests for metrics: one of a lone cache, two of a half (load and link), two of a cluster (whole and by instance).
    let metrics = |id: &str| of(&format!("metrics list --resource {id} "));
    assert_eq!([metrics("/s/small"), metrics("/s/weu"), metrics("/s/amr")], [1, 2, 2], "{log}");
    let orders = estate.planned.iter().find(|it| it.draft.plan.name == "orders").unwrap();
    let amr = orders.deployment.members.iter().find(|it| it.name == "amr-weu").unwrap();
    let clients = measured(&read.facts, &amr.key, Quantity::Clients).unwrap().unwrap();
    assert_eq!((clients.peak, clients.parts), (100.0, 2), "the instances' 60 and 40 together");
    assert_eq!(
        (of("server-link list"), of("--dimension ShardId --top 30"), of("geoReplicationHealthy")),
        (2, 2, 1),
        "{log}"
    );
}

/// A missing right or extension leaves no broken file behind, is named with the last line of az, and the rest is saved.
#[test]
fn what_az_refuses_is_named_and_the_rest_is_saved() {
    let (output, folder) = collect("refused", "\"redisenterprise list\"*\"-o json\"");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("Not saved: redisenterprise-one. AuthorizationFailed: no"), "{said}");
    assert!(saved(&folder).iter().any(|(name, _)| name == "redis-one.json"));
    assert!(!saved(&folder).iter().any(|(name, _)| name.starts_with("redisenterprise-")));
}

#[test]
fn without_a_subscription_nothing_is_asked() {
    let (output, folder) = collect("nobody", "\"account list\"*");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("sign in with az login"));
    assert_eq!(std::fs::read_to_string(folder.join("log")).unwrap().lines().count(), 1);
}

/// The linter of shell scripts finds nothing, where it is installed.
#[test]
fn the_script_is_clean() {
    let script = Path::new(ROOT).join("public/collect.sh");
    let Ok(output) = Command::new("shellcheck").arg("--shell=sh").arg(script).output() else { return };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
