//! Every script is read by a real shell, hostile names included.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod asked;
mod complete;
mod confirm;
mod pair;
mod pause;
mod reader;
mod rebuild;
pub(super) mod roles;
mod shell;
mod site;
mod traffic;
mod what_runs;

use super::{Names, Runbook, runbook};
use crate::catalog::{Catalog, RegionId, SkuId};
use crate::codec;
use crate::evaluate::evaluate;
use crate::model::Topology;
use crate::plan::{Confirmation, Module, Network, Plan};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Mutex;

const MARINE: &str = include_str!("../../../../../public/plans/marine-logistics.json");
const GAMING: &str = include_str!("../../../../../public/plans/gaming-leaderboard.json");
pub(super) const HOSTILE: &str = "x'; touch pwned; echo \"$(touch pwned)` touch pwned`\" #\n& | > pwned \\";

fn catalog() -> Catalog {
    Catalog::bundled().expect("the bundled catalogue")
}

fn preset(text: &str) -> Plan {
    codec::from_json(text).expect("a plan file")
}

pub(super) fn of(topology: Topology, plan: &Plan) -> Runbook {
    let catalog = catalog();
    runbook(topology, plan, &catalog, &evaluate(plan, &catalog))
}

/// A pair whose geo-replicated name is known to lead to both private endpoints, so that the roles are swapped.
fn confirmed() -> Plan {
    let mut plan = preset(MARINE);
    plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
    plan
}

/// What a step does, then what shows that it did.
fn commands(runbook: &Runbook) -> Vec<&str> {
    let steps = runbook.sections.iter().flat_map(|section| &section.steps);
    let scripts = steps.flat_map(|step| [step.commands.as_str(), step.verify.as_str()]);
    scripts.filter(|commands| !commands.is_empty()).collect()
}

/// The commands of what is done once and in an outage, without changes, drills, recovery points and cleaning up, and without what only checks.
fn course(runbook: &Runbook) -> Vec<&str> {
    const ELSEWHERE: [&str; 6] =
        ["Before a change", "Readiness check", "Change", "Recovery point", "Drill", "Clean up"];
    let sections = runbook.sections.iter().filter(|section| !ELSEWHERE.contains(&section.title.as_str()));
    let scripts = sections.flat_map(|section| &section.steps).map(|step| step.commands.as_str());
    scripts.filter(|commands| !commands.is_empty()).collect()
}

/// Plans that differ in what their runbooks print.
pub(super) fn all_plans() -> Vec<Plan> {
    vec![
        preset(MARINE),
        confirmed(),
        preset(GAMING),
        Plan::default(),
        entra(),
        created(),
        created_with_entra(),
        joined(),
        hostile(),
        hostile_site("rg (one)"),
    ]
}

/// A plan whose site file has this name wherever it takes one.
pub(super) fn hostile_site(name: &str) -> Plan {
    let mut plan = created_with_entra();
    let site = &mut plan.site;
    for text in [
        &mut site.nickname,
        &mut site.action_group,
        &mut site.application,
        &mut site.operators,
        &mut site.dns_zone,
        &mut site.dns_record,
        &mut site.owner,
        &mut site.approver,
    ] {
        name.clone_into(text);
    }
    for place in 0..2 {
        let site = plan.site_of_mut(place).unwrap();
        for text in
            [&mut site.resource_group, &mut site.subscription, &mut site.vnet, &mut site.subnet, &mut site.zone_group]
        {
            name.clone_into(text);
        }
        site.cache = format!("{name}{place}");
    }
    plan
}

/// A plan whose every free text attacks the shell, with everything that a runbook can print.
fn hostile() -> Plan {
    let mut plan = Plan { name: HOSTILE.to_owned(), ..Plan::default() };
    plan.regions[0].region = RegionId::new(&fence_region());
    plan.regions[1].region = RegionId::new("north'europe; touch pwned\u{1b}[31m\u{0}$(touch pwned)");
    plan.active.sku = Some(SkuId::new("Balanced_B10'; touch pwned #\n`touch pwned`"));
    plan.passive.sku = Some(SkuId::new("Premium_P1$(touch pwned)"));
    plan.rebuild.sku = Some(SkuId::new("`touch pwned`"));
    plan.active.modules = vec![Module::Search, Module::Json];
    plan.passive.exists = Confirmation::NotSo;
    (plan.passive.entra_id, plan.active.entra_id) = (true, true);
    plan
}

/// B1: the region of the link that broke out of a code block.
fn fence_region() -> String {
    let text = include_str!("../../../../../tests/fixtures/hostile/fence-region.json");
    let plan: serde_json::Value = serde_json::from_str(text).expect("JSON");
    plan["regions"][0]["region"].as_str().expect("a region").to_owned()
}

/// The variables that a script asks for, each with a value that has to stay one word.
fn variables(script: &str) -> String {
    let names = script.split("${").skip(1).filter_map(|rest| rest.split_once(":?")).map(|(name, _)| name);
    // One takes two words and no other.
    let value = |name: &str| if name == "DATA_PRESERVE" { "True".to_owned() } else { format!("'the value of {name}'") };
    let set: Vec<String> = names.map(|name| format!("{name}={}\n", value(name))).collect();
    let set = set.concat();
    asked(script).map_or(set.clone(), |word| format!("{set}CONFIRM={word}\n"))
}

/// The word, as the shell reads it, that confirms a step which destroys; none where it asks for none.
fn asked(script: &str) -> Option<&str> {
    script.split_once("\"${CONFIRM-}\" != ").and_then(|(_, rest)| rest.split_once(" ]; then")).map(|(word, _)| word)
}

/// A shell with these words of its own: `az`, `redis-cli` and `touch` only print their arguments, one a line after `+`.
pub(super) fn shell(name: &str, options: &[&str], script: &str) -> std::process::Output {
    let stubs = "PATH=/nonexistent; say() { printf '+%s\\n' \"$@\" >&2; }; az() { say az \"$@\"; case \"$*\" in \"tag list \"*) printf True ;; *\"--query provisioningState\"*) printf Succeeded ;; *) printf id ;; esac; }\n\
                 redis_cli() { say redis-cli \"$@\"; printf 1; }; touch() { say PWNED; }; date() { printf 1; }; \
                 find_primary() { :; }; set_primary() { :; }; take_over() { :; }; set_lost() { :; }; set_living() { :; }; \
                 save() { shift; \"$@\"; }; with_each() { BEFORE=$1; AFTER=$2; LIST=$3; shift 3; for WORD in $LIST; do set -- \"$@\" \"$BEFORE$WORD$AFTER\"; done; \"$@\"; }; one_by_one() { LIST=$1; shift; for WORD in $LIST; do \"$@\" \"$WORD\"; done; }; settled() { shift; \"$@\"; }; mkdir() { :; }; nslookup() { say nslookup \"$@\"; }; sleep() { :; }\n";
    let script = format!("{stubs}{}\n", script.replace("redis-cli ", "redis_cli "));
    let mut shell = Command::new(name)
        .args(options)
        .arg("-s")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell");
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    shell.wait_with_output().unwrap()
}

/// Runs a script in a POSIX shell with its variables set, and reads it in bash and sh: what `az` and the others were given.
pub(super) fn run(script: &str) -> String {
    static RUN: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());
    let known = RUN.lock().unwrap().get(script).cloned();
    known.unwrap_or_else(|| {
        let said = run_anew(script);
        RUN.lock().unwrap().insert(script.to_owned(), said.clone());
        said
    })
}

/// The same, whether or not it has run before.
fn run_anew(script: &str) -> String {
    for name in ["/bin/sh", "bash"] {
        let read = shell(name, &["-n"], script);
        assert!(read.status.success(), "{name} -n\n{script}\n{}", String::from_utf8_lossy(&read.stderr));
    }
    let output = shell("/bin/sh", &["-eu"], &format!("{}{script}", variables(script)));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{script}\n{said}");
    said
}

/// The variables of a night on which this cache is the primary, or the member that is lost; empty for one cache alone. Azure is not asked.
pub(super) fn tonight(book: &Runbook, cache: &str) -> String {
    let before = book.sections.iter().find(|it| it.title == "Before you start").unwrap();
    let defined = before
        .steps
        .iter()
        .find(|step| ["set_primary() {", "set_lost() {"].iter().any(|it| step.commands.contains(it)));
    defined.map_or_else(String::new, |step| {
        let (one, word) =
            if book.topology == Topology::Passive { ("set_primary", "NEXT=\"$SECONDARY\"") } else { ("set_lost", "") };
        format!(
            "{}{}\n{one} {cache} >/dev/null\n{word}\nfind_primary() {{ NEXT=\"$SECONDARY\"; }}; set_lost() {{ :; }}\n",
            variables(&step.commands),
            step.commands
        )
    })
}

/// Runs a script of a runbook on such a night.
pub(super) fn run_tonight(book: &Runbook, cache: &str, script: &str) -> String {
    let set = variables(script);
    // What the night sets stays.
    let held = ["PRIMARY", "SECONDARY", "LOST", "LIVING", "NEXT"];
    let kept: String = set
        .lines()
        .filter(|line| {
            // An address is asked for in the step itself.
            line.contains("_IP=")
                || !held
                    .iter()
                    .any(|name| line.starts_with(&format!("{name}=")) || line.starts_with(&format!("{name}_")))
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    let output = shell("/bin/sh", &["-eu"], &format!("{}{kept}{script}", tonight(book, cache)));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{script}\n{said}");
    said
}

/// Every command that `az` was given, as words.
pub(super) fn calls(said: &str) -> Vec<Vec<String>> {
    let mut calls: Vec<Vec<String>> = Vec::new();
    if said.is_empty() {
        return calls;
    }
    for line in said.trim_end_matches('\n').trim_start_matches('+').split("\n+") {
        match (line, calls.last_mut()) {
            ("az" | "redis-cli" | "nslookup", _) => calls.push(vec![line.to_owned()]),
            (word, Some(call)) => call.push(word.to_owned()),
            (word, None) => panic!("{word}"),
        }
    }
    calls
}

/// A pair and a group of new caches behind private endpoints, with Entra ID.
fn created_with_entra() -> Plan {
    let mut plan = entra();
    plan.passive.exists = Confirmation::NotSo;
    plan.passive.tenant_had_cache = Confirmation::Confirmed;
    plan
}

/// The primary of a pair stays, in another size, and the secondary was elsewhere.
fn joined() -> Plan {
    let mut plan = created_with_entra();
    plan.passive.exists = Confirmation::Confirmed;
    (plan.today.sku, plan.today.elsewhere) = (Some(SkuId::new("Premium_P5")), "eastus, westus".to_owned());
    plan
}

fn entra() -> Plan {
    let mut plan = Plan { name: "Shop".to_owned(), ..Plan::default() };
    (plan.passive.entra_id, plan.active.entra_id) = (true, true);
    (plan.passive.network, plan.active.network) = (Network::PrivateEndpoint, Network::PrivateEndpoint);
    plan
}

fn created() -> Plan {
    let mut plan = confirmed();
    plan.passive.exists = Confirmation::NotSo;
    plan.passive.network = Network::VnetInjected;
    plan
}

/// The names of a runbook's caches as its commands have them.
fn names_of(topology: Topology, plan: &Plan) -> Vec<String> {
    let catalog = catalog();
    let plan = super::placed(topology, plan, &catalog);
    Names::of_design(topology, &plan, &catalog).caches.into_iter().map(|cache| cache.name).collect()
}

/// Words of every command of a runbook.
fn all_calls(topology: Topology, plan: &Plan) -> Vec<Vec<String>> {
    let (book, first) = (of(topology, plan), names_of(topology, plan).swap_remove(0));
    course(&book).iter().flat_map(|script| calls(&run_tonight(&book, &first, script))).collect()
}

pub(super) fn value<'a>(call: &'a [String], option: &str) -> Option<&'a str> {
    call.iter().position(|word| word == option).and_then(|at| call.get(at + 1)).map(String::as_str)
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

#[test]
fn one_region_is_not_enough_for_two() {
    let mut plan = Plan::default();
    plan.regions.truncate(1);
    assert_eq!(of(Topology::Active, &plan).sections[0].title, "Not possible");
    assert_eq!(of(Topology::Rebuild, &plan).sections.len(), 14);
}
