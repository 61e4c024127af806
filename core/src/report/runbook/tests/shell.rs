//! Scripts are read by a real shell, and what a person typed stays text.

use super::{
    GAMING, HOSTILE, MARINE, commands, confirmed, course, created, created_with_entra, entra, hostile, of, preset, run,
    run_tonight, shell, variables,
};
use crate::catalog::{RegionId, SkuId};
use crate::model::Topology;
use crate::plan::{Network, Plan};
use crate::report::markdown::tests::{HOSTILE as HOSTILE_TEXTS, assert_reads};
use crate::report::runbook::document;
use crate::report::runbook::shell::{one_line, quote};
use crate::report::runbook::to_markdown;
use crate::report::visible;
use proptest::prelude::*;

#[test]
fn a_shell_reads_quoted_words_back() {
    for word in ["plain", "", "a b", "it's", "$HOME", "`id`", "a\"b", "\\", "é–✓", "a\nb", "''", HOSTILE] {
        let output = shell("/bin/sh", &["-eu"], &format!("say {}", quote(word)));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said, format!("+{word}\n"));
    }
    assert_eq!(quote("eastus"), "eastus");
    assert_eq!(quote("it's"), r"'it'\''s'");
}

#[test]
fn every_script_runs_in_a_shell() {
    let plans: [fn() -> Plan; 7] =
        [|| preset(MARINE), confirmed, || preset(GAMING), Plan::default, entra, created, hostile];
    for plan in plans.map(|make| Box::new(make())) {
        for topology in Topology::ALL {
            for script in commands(&of(topology, &plan)) {
                run(script);
            }
        }
    }
}

/// A cache without a firewall rule takes every address: a first rule would lock its clients out.
#[test]
fn a_pair_without_firewall_rules_gets_none() {
    let mut plan = created();
    plan.passive.network = Network::Public;
    let book = of(Topology::Passive, &plan);
    let scripts: Vec<&str> =
        commands(&book).into_iter().filter(|script| script.contains("firewall-rules create")).collect();
    assert_eq!(scripts.len(), 2, "Afterwards and Change");
    for script in scripts {
        assert_eq!(run(script).lines().filter(|line| *line == "+create").count(), 2, "{script}");
        // Of none that are listed; and of a list that is refused, which is no list of none.
        for (listed, well) in [("printf 0", true), (":", false)] {
            let none = format!("az() {{ say az \"$@\"; {listed}; }}\n{}{script}", variables(script));
            let output = shell("/bin/sh", &["-eu"], &none);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.success(), well, "{said}");
            assert!(said.contains("+list") && !said.contains("+create"), "{said}");
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
    let said: String = commands(&create).iter().map(|script| run(script)).collect();
    let name = one_line(HOSTILE);
    assert!(said.lines().any(|line| line == format!("+plan={name}")), "{said}");
}

/// The words that `az` receives are the plan's, with what nobody could see made visible.
#[test]
fn az_receives_the_words_of_the_plan() {
    let plan = hostile();
    let seen = |text: &str| visible::line(text);
    for (topology, sku) in [
        (Topology::Active, plan.active.sku.as_ref().unwrap().as_str().to_owned()),
        (Topology::Rebuild, plan.rebuild.sku.as_ref().unwrap().as_str().to_owned()),
    ] {
        let (book, first) = (of(topology, &plan), super::names_of(topology, &plan).swap_remove(0));
        let said: String = course(&book).iter().map(|script| run_tonight(&book, &first, script)).collect();
        let regions: Vec<String> = plan.regions.iter().map(|share| seen(share.region.as_str())).collect();
        for after in ["--location", "--sku"] {
            let lines: Vec<&str> = said.lines().collect();
            let words = lines.windows(2).filter(|pair| pair[0] == format!("+{after}")).map(|pair| pair[1]);
            for word in words {
                let word = word.strip_prefix('+').unwrap().to_owned();
                let expected = if after == "--sku" { vec![seen(&sku)] } else { regions.clone() };
                assert!(expected.contains(&word), "{after} {word:?} of {expected:?}");
            }
        }
        assert!(said.contains("--object-id\n+the value of APP_OBJECT_ID\n"), "{said}");
    }
}

/// Nothing in a command can move a terminal's cursor or turn the direction of the text: the copy button hands over what is seen.
#[test]
fn control_characters_are_shown_and_not_sent() {
    let plan = hostile();
    for topology in Topology::ALL {
        let book = of(topology, &plan);
        for section in &book.sections {
            assert!(!section.when.contains(char::is_control), "{:?}", section.when);
            for step in &section.steps {
                assert!(!step.text.contains(char::is_control) && !step.check.contains(char::is_control), "{step:?}");
                assert!(!step.commands.contains(|c: char| c.is_control() && c != '\n'), "{:?}", step.commands);
            }
        }
    }
}

/// A variable that is not set stops its command before `az` is called.
#[test]
fn a_missing_variable_stops_the_command() {
    for topology in Topology::ALL {
        let book = of(topology, &created_with_entra());
        for script in commands(&book) {
            let line = script.lines().find(|line| line.contains(":?}"));
            // A function that is defined does nothing yet.
            let Some(needed) = line.filter(|_| !script.contains("() {")) else { continue };
            let output = shell("/bin/sh", &["-eu"], script);
            assert!(!output.status.success(), "{needed}");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!said.contains("the value of"), "{said}");
        }
    }
}

/// B1, B2: the Markdown has exactly the blocks of the runbook, whatever the plan is called.
#[test]
fn hostile_text_stays_text_in_markdown() {
    for name in HOSTILE_TEXTS {
        let mut plan = hostile();
        plan.name = (*name).to_owned();
        plan.regions[1].region = RegionId::new(name);
        for topology in Topology::ALL {
            let book = of(topology, &plan);
            assert_reads(&to_markdown(&book, &plan), &document(&book, &plan).blocks());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_stays_text_in_markdown_and_shell(name in any::<String>(), region in ".{1,40}", size in ".{1,40}") {
        let mut plan = hostile();
        plan.name = name;
        plan.regions[0].region = RegionId::new(&region);
        plan.active.sku = Some(SkuId::new(&size));
        plan.passive.sku = Some(SkuId::new(&size));
        for topology in Topology::ALL {
            let book = of(topology, &plan);
            assert_reads(&to_markdown(&book, &plan), &document(&book, &plan).blocks());
            let all = commands(&book).join("\n");
            for name in ["/bin/sh", "bash"] {
                prop_assert!(shell(name, &["-n"], &all).status.success(), "{all}");
            }
        }
    }
}
