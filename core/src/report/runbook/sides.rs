//! Which cache is primary tonight, and which member is lost: shell functions that set variables, so that the steps hold whichever it is.
//!
//! A pair's roles are read from Azure each time (`serverRole` of a link is the role of the *other* cache); a member that is lost is named
//! by a person, who knows which region is down.

use super::before::uses;
use super::names::Cache;
use super::powershell::{self, in_quotes};
use super::shell::quote;
use super::{Scope, Section, Step, step};
use crate::model::Topology;
use crate::plan::{Network, TrafficSwitch};

/// The time of a step that waits for nothing.
pub(super) const AT_ONCE: &str = "Takes seconds.";

/// A variable that a cache is known by, and its value as one word of a shell.
type Held = (String, String);

impl Scope<'_> {
    /// A cache in variables that begin so.
    pub(super) fn held(&self, prefix: &str, plain: &str) -> Cache {
        Cache::held(prefix, plain, self.subscriptions())
    }

    /// True where a cache is in another subscription than the site's.
    fn subscriptions(&self) -> bool {
        self.names.caches.iter().any(|cache| cache.within.1.is_some())
    }

    /// Everything that steps of these sections use of a cache that a variable names.
    fn variables(&self, prefix: &str, cache: &Cache, sections: &[Section]) -> Vec<Held> {
        let mut all = vec![
            (String::new(), cache.name.clone()),
            ("_GROUP".to_owned(), cache.within.0.clone()),
            ("_SCOPE".to_owned(), format!("\"{}\"", cache.scope)),
            ("_REGION".to_owned(), cache.location.clone()),
        ];
        if self.subscriptions() {
            let site = || "\"${SUBSCRIPTION:?}\"".to_owned();
            all.push(("_SUBSCRIPTION".to_owned(), cache.within.1.clone().unwrap_or_else(site)));
        }
        if self.answer.topology == Topology::Passive && self.plan.passive.network == Network::VnetInjected {
            all.push(("_SUBNET".to_owned(), format!("\"${{SUBNET_ID_{}-}}\"", cache.variable)));
        }
        if self.plan.traffic.switch == TrafficSwitch::AppConfiguration {
            all.push(("_STORE".to_owned(), self.store(cache)));
        }
        let named = all.into_iter().map(|(ending, value)| (format!("{prefix}{ending}"), value));
        named.filter(|(name, _)| *name == prefix || sections.iter().any(|section| uses(section, name))).collect()
    }

    /// Words that a person may call a cache by: its name, and its region where no other cache has it.
    fn called(&self, cache: &Cache) -> Vec<String> {
        let alone = self.names.caches.iter().filter(|other| other.region == cache.region).count() == 1;
        let region = Some(cache.location.clone()).filter(|region| alone && *region != cache.name);
        [cache.name.clone()].into_iter().chain(region).collect()
    }

    /// The functions of this design, for “Before you start”, with what these sections use; `None` for one cache alone.
    pub(super) fn sides(&self, sections: &[Section]) -> Option<Step> {
        match (self.answer.topology, self.names.caches.as_slice()) {
            (Topology::Passive, [first, second, ..]) => Some(self.pair_sides(first, second, sections)),
            (Topology::Active, [_, _, ..]) => Some(self.member_sides(sections)),
            _ => None,
        }
    }

    fn pair_sides(&self, first: &Cache, second: &Cache, sections: &[Section]) -> Step {
        let of = |primary: &Cache, secondary: &Cache| {
            let set = [self.variables("PRIMARY", primary, sections), self.variables("SECONDARY", secondary, sections)]
                .concat();
            (self.called(primary), set)
        };
        let told = "Primary: ${PRIMARY:?}; secondary: ${SECONDARY:?}.";
        let chosen = Chosen { function: "set_primary", told };
        let cases = [of(first, second), of(second, first)];
        let (set, set_powershell) = chosen.written(&cases, &self.names.caches);
        let finder = self.finder(first, second);
        let step = step(
            "Define find_primary (asks Azure for the roles), set_primary (sets them by hand where no link is listed) and take_over (NEXT becomes PRIMARY).",
            format!("{set}\n{}", finder.bash()),
            "No error; nothing is asked or changed yet.",
        )
        .at_once()
        .if_fails("Paste the whole block at once.")
        .only_looks();
        Step { powershell: format!("{set_powershell}\n{}", finder.powershell()), ..step }
    }

    fn member_sides(&self, sections: &[Section]) -> Step {
        let all = &self.names.caches;
        let lost = all.iter().map(|lost| {
            let living = all.iter().find(|other| other.name != lost.name).unwrap_or(lost);
            let set = [self.variables("LOST", lost, sections), self.variables("LIVING", living, sections)].concat();
            (self.called(lost), set)
        });
        let living = all.iter().map(|living| (self.called(living), self.variables("LIVING", living, sections)));
        let told = "Lost: ${LOST:?}; the commands run on: ${LIVING:?}.";
        let one = Chosen { function: "set_lost", told }.written(&lost.collect::<Vec<_>>(), all);
        let other = Chosen { function: "set_living", told }.written(&living.collect::<Vec<_>>(), all);
        let step = step(
            "Define set_lost, which sets LOST to the member that is lost and LIVING to another, and set_living, which sets LIVING by name.",
            format!("{}\n{}", one.0, other.0),
            "No error; nothing is asked or changed yet.",
        )
        .at_once()
        .if_fails("Paste the whole block at once.")
        .only_looks();
        Step { powershell: format!("{}\n{}", one.1, other.1), ..step }
    }

    /// The first step of each section about a member: which one.
    pub(super) fn name_the_lost(&self, verb: &str) -> Step {
        let names: Vec<&str> = self.names.caches.iter().map(|cache| cache.plain.as_str()).collect();
        step(
            format!("Name the member that {verb}: set MEMBER to its name or region ({}).", names.join(", ")),
            ": \"${MEMBER:?set it to the name or the region of that member}\"\nset_lost \"${MEMBER:?}\"",
            "LOST is that member, LIVING another; set_living NAME changes the second.",
        )
        .at_once()
        .if_fails("Not found: run “Before you start” in this shell.")
        .rolled_back("Set MEMBER again and repeat the step.")
    }
}

/// A function that sets variables by the name that it is given.
struct Chosen<'a> {
    function: &'a str,
    /// What it prints.
    told: &'a str,
}

impl Chosen<'_> {
    /// For a POSIX shell and for PowerShell.
    fn written(&self, cases: &[(Vec<String>, Vec<Held>)], all: &[Cache]) -> (String, String) {
        let names: Vec<&str> = all.iter().map(|cache| cache.plain.as_str()).collect();
        let refused = format!("No such cache. It is one of: {}.", names.join(", "));
        let told = self.told;
        let bash_case = |(called, set): &(Vec<String>, Vec<Held>)| {
            let lines: String =
                set.iter().flat_map(|(name, value)| ["      ", name.as_str(), "=", value.as_str(), "\n"]).collect();
            format!("    {})\n{lines}      ;;\n", called.join(" | "))
        };
        let bash = cases.iter().map(bash_case).collect::<Vec<_>>().concat();
        let bash = format!(
            "{}() {{\n  case \"${{1-}}\" in\n{bash}    *)\n      echo {} >&2\n      return 1\n      ;;\n  esac\n  echo \"{told}\"\n}}",
            self.function,
            quote(&refused)
        );
        let powershell_case = |(called, set): &(Vec<String>, Vec<Held>)| {
            let called: Vec<String> = called.iter().map(|it| powershell::word(it)).collect();
            let lines: Vec<String> =
                set.iter().map(|(name, value)| format!("    $global:{name} = {}\n", powershell::word(value))).collect();
            let lines = lines.concat();
            format!("if ($Name -in {}) {{\n{lines}  }}", called.join(", "))
        };
        let cases: Vec<String> = cases.iter().map(powershell_case).collect();
        let powershell = format!(
            "function {}([string] $Name) {{\n  {} else {{\n    throw {}\n  }}\n  Write-Output {}\n}}",
            powershell::named(self.function),
            cases.join(" else"),
            in_quotes(&refused),
            powershell::word(&format!("\"{told}\""))
        );
        (bash, powershell)
    }
}

impl Step {
    /// It waits for nothing.
    pub(super) fn at_once(self) -> Self {
        Self { takes: AT_ONCE.to_owned(), ..self }
    }
}
