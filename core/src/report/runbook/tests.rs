//! Goldens of two presets' runbooks; every script is read by a real shell, hostile names included.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::shell::{one_line, quote, slug};
use super::watch::{window, window_words};
use super::{Runbook, runbook, to_markdown};
use crate::catalog::{Catalog, RegionId, SkuId};
use crate::codec;
use crate::evaluate::evaluate;
use crate::model::Topology;
use crate::plan::{Module, Plan, RegionShare};
use crate::units::Secs;
use std::io::Write;
use std::process::{Command, Stdio};

const MARINE: &str = include_str!("../../../../public/plans/marine-logistics.json");
const GAMING: &str = include_str!("../../../../public/plans/gaming-leaderboard.json");
const HOSTILE: &str = "x'; touch pwned; echo \"$(touch pwned)` touch pwned`\" #\n& | > pwned \\";

fn catalog() -> Catalog {
    Catalog::bundled().expect("the bundled catalogue")
}

fn preset(text: &str) -> Plan {
    codec::from_json(text).expect("a plan file")
}

fn of(topology: Topology, plan: &Plan) -> Runbook {
    let catalog = catalog();
    runbook(topology, plan, &catalog, &evaluate(plan, &catalog))
}

/// A pair whose geo-replicated name is known to lead to both private endpoints, so that the roles are swapped.
fn confirmed() -> Plan {
    let mut plan = preset(MARINE);
    plan.passive.checks.geo_name_reaches_both = true;
    plan
}

/// S1: the roles are swapped where nothing bars it; D14, S1: else the link is broken, and the .geo. name does not follow.
#[test]
fn a_pair_swaps_its_roles_only_where_nothing_bars_it() {
    let text = |plan: &Plan| to_markdown(&of(Topology::Passive, plan), plan);
    let (swapped, unlinked) = (text(&confirmed()), text(&preset(MARINE)));
    for part in
        ["Pause the clients of the primary", "Only if the failover is refused", "that use the .geo. name follow it"]
    {
        assert!(swapped.contains(part) && !unlinked.contains(part), "{part}");
    }
    for part in
        ["geo-failover is not offered here", "none is left on the .geo. name", "A planned change goes by unlink"]
    {
        assert!(unlinked.contains(part) && !swapped.contains(part), "{part}");
    }
}

fn commands(runbook: &Runbook) -> Vec<&str> {
    let steps = runbook.sections.iter().flat_map(|section| &section.steps);
    steps.map(|step| step.commands.as_str()).filter(|commands| !commands.is_empty()).collect()
}

/// A plan whose every free text attacks the shell.
fn hostile() -> Plan {
    let mut plan = Plan { name: HOSTILE.to_owned(), ..Plan::default() };
    plan.regions[1].region = RegionId::new("north'europe; touch pwned");
    plan.active.sku = Some(SkuId::new("Balanced_B10'; touch pwned #"));
    plan.passive.sku = Some(SkuId::new("Premium_P1$(touch pwned)"));
    plan.rebuild.sku = Some(SkuId::new("`touch pwned`"));
    plan.active.modules = vec![Module::Search, Module::Json];
    plan.passive.exists = false;
    plan
}

/// Runs a script in a POSIX shell; `az`, `redis-cli` and `touch` only print their arguments, one a line after `+`.
fn run(script: &str) -> String {
    let stubs = "PATH=/nonexistent; say() { printf '+%s\\n' \"$@\" >&2; }; az() { say az \"$@\"; printf id; }\n\
                 redis-cli() { say redis-cli \"$@\"; printf 1; }; touch() { say PWNED; }; date() { printf 1; }\n\
                 VNET=v SUBNET=s ACTION_GROUP=a\n";
    let stubs = stubs.replace("redis-cli()", "redis_cli()");
    let script = format!("{stubs}{}\n", script.replace("redis-cli ", "redis_cli "));
    let mut shell = Command::new("/bin/sh")
        .args(["-eu", "-s"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a POSIX shell");
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = shell.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{script}\n{said}");
    said
}

#[test]
fn a_shell_reads_quoted_words_back() {
    for word in ["plain", "", "a b", "it's", "$HOME", "`id`", "a\"b", "\\", "é–✓", "a\nb", "''", HOSTILE] {
        let said = run(&format!("say {}", quote(word)));
        assert_eq!(said, format!("+{word}\n"));
    }
    assert_eq!(quote("eastus"), "eastus");
    assert_eq!(quote("it's"), r"'it'\''s'");
}

#[test]
fn names_are_made_of_safe_characters() {
    let cases = [
        ("Marine logistics", 40, "marine-logistics"),
        ("  Prüfung – 2027 (EU)!", 40, "pr-fung-2027-eu"),
        ("a very long name that goes on and on and on", 20, "a-very-long-name-tha"),
        ("abc def", 4, "abc"),
        ("…", 40, ""),
    ];
    for (text, most, expected) in cases {
        assert_eq!(slug(text, most), expected, "{text}");
    }
    assert_eq!(one_line("a\nb\tc"), "a b c");
}

#[test]
fn cache_names_are_short_and_unique() {
    let mut plan = Plan { name: "A very long name for a plan that nobody can remember".to_owned(), ..Plan::default() };
    plan.regions = ["eastus", "eastus", "australiasoutheast", "east-us", "eastus"]
        .map(|id| RegionShare::new(id, 0.2, 0.2))
        .to_vec();
    let names = super::Names::of(&plan, &catalog());
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    for (index, cache) in names.caches.iter().enumerate() {
        assert!(cache.name.len() <= 40 && cache.name.chars().all(safe) && !cache.name.contains("--"), "{}", cache.name);
        assert!(names.caches[..index].iter().all(|other| other.name != cache.name), "{}", cache.name);
    }
    plan.name = "✓".to_owned();
    assert_eq!(super::Names::of(&plan, &catalog()).group, "rg-redis-dr");
}

#[test]
fn every_script_runs_in_a_shell() {
    for plan in [preset(MARINE), confirmed(), preset(GAMING), Plan::default()] {
        for topology in Topology::ALL {
            for script in commands(&of(topology, &plan)) {
                run(script);
            }
        }
    }
}

/// Nothing that the user typed is run, and the plan's name arrives as one argument.
#[test]
fn hostile_text_stays_text() {
    let plan = hostile();
    for topology in Topology::ALL {
        let book = of(topology, &plan);
        for script in commands(&book) {
            assert!(!run(script).lines().any(|line| line == "+PWNED"), "{script}");
        }
    }
    let create = of(Topology::Active, &plan);
    let said = run(commands(&create)[0]);
    let name = one_line(HOSTILE);
    assert!(said.lines().any(|line| line == format!("+plan={name}")), "{said}");
}

/// Markdown stays markdown: a name cannot end a code block or make a heading.
#[test]
fn hostile_text_stays_text_in_markdown() {
    let mut plan = hostile();
    plan.name = "# x\n```\n<script>alert(1)</script>".to_owned();
    let text = to_markdown(&of(Topology::Active, &plan), &plan);
    let (mut code, mut fences) = (false, 0);
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
            fences += 1;
        } else if !code {
            assert!(!line.contains("<script>"), "{line}");
        }
    }
    assert!(!code && fences > 2);
    assert_eq!(text.lines().filter(|line| line.starts_with("# ")).count(), 1);
}

/// A pair that exists is looked at, never created; one that does not exist cannot be created after 2026-10-01 (C1).
#[test]
fn premium_is_created_only_while_that_is_possible() {
    let mut plan = Plan::default();
    let creates =
        |plan: &Plan| commands(&of(Topology::Passive, plan)).iter().any(|script| script.contains("az redis create"));
    assert!(!creates(&plan));
    plan.passive.exists = false;
    assert!(!creates(&plan));
    assert!(of(Topology::Passive, &plan).sections[0].steps[0].text.contains("refused"));
    plan.horizon.start = "2026-09-30".parse().unwrap();
    assert!(creates(&plan));
}

/// Corrections to the field notes' commands (facts, part 6).
#[test]
fn commands_as_the_reference_has_them() {
    let plan = Plan::default();
    let passive = commands(&of(Topology::Passive, &plan)).join("\n");
    assert!(passive.contains("--replication-role Secondary") && !passive.contains("--replication-role Primary"));
    assert!(passive.contains("GeoReplicationHealthy") && !passive.contains("Geo Replication"));
    let active = commands(&of(Topology::Active, &plan)).join("\n");
    assert!(active.contains("database force-unlink") && active.contains("--unlink-ids \""));
    assert!(active.contains("max geoReplicationHealthy < 1"));
}

/// A pair of unequal sizes has no geo-failover: its only way is to unlink (S1).
#[test]
fn unequal_sizes_unlink() {
    let mut plan = Plan::default();
    plan.passive.sku = Some(SkuId::new("Premium_P3"));
    plan.passive.secondary_sku = Some(SkuId::new("Premium_P4"));
    let book = of(Topology::Passive, &plan);
    let unplanned = book.sections.iter().find(|section| section.title == "Unplanned failover").unwrap();
    let scripts: Vec<&str> = unplanned.steps.iter().map(|step| step.commands.as_str()).collect();
    assert!(scripts.iter().any(|script| script.contains("server-link delete")));
    assert!(!scripts.iter().any(|script| script.contains("server-link create")));
}

#[test]
fn windows_of_azure_monitor() {
    let cases = [(0.2, "1m"), (5.0, "5m"), (45.0, "30m"), (60.0, "1h"), (100_000.0, "24h")];
    for (minutes, expected) in cases {
        assert_eq!(window(Secs::mins(minutes)), expected);
    }
    assert_eq!(window_words(Secs::hours(1.0)), "1\u{a0}h");
    assert!(window_words(Secs::mins(45.0)).ends_with("(Azure Monitor's next shorter window is 30m)"));
}

#[test]
fn one_region_is_not_enough_for_two() {
    let mut plan = Plan::default();
    plan.regions.truncate(1);
    assert_eq!(of(Topology::Active, &plan).sections[0].title, "Not possible");
    assert_eq!(of(Topology::Rebuild, &plan).sections.len(), 5);
}

#[test]
fn marine_logistics_passive() {
    let plan = preset(MARINE);
    insta::assert_snapshot!(to_markdown(&of(Topology::Passive, &plan), &plan).replace('\u{a0}', " "));
}

#[test]
fn gaming_leaderboard_active() {
    let plan = preset(GAMING);
    insta::assert_snapshot!(to_markdown(&of(Topology::Active, &plan), &plan).replace('\u{a0}', " "));
}

#[test]
fn marine_logistics_rebuild() {
    let plan = preset(MARINE);
    insta::assert_snapshot!(to_markdown(&of(Topology::Rebuild, &plan), &plan).replace('\u{a0}', " "));
}
