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
use crate::model::rto::RtoChain;
use crate::plan::{Network, TrafficSwitch};
use crate::units::{Range, Secs, format};

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
        let step = step(
            "Define find_primary, which asks Azure which cache is primary tonight and sets PRIMARY, SECONDARY and NEXT; set_primary, which \
             sets the first two by hand where Azure lists no link; and take_over, which makes NEXT the primary of this shell. The role \
             that a link shows is that of the other cache.",
            format!("{set}\n{}", find_primary(first, second)),
            "No error; nothing is asked or changed yet.",
        )
        .at_once()
        .if_fails("Paste the whole block at once.")
        .only_looks();
        Step { powershell: format!("{set_powershell}\n{}", find_primary_powershell(first, second)), ..step }
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
            "Define set_lost, which sets LOST to the member that is lost and LIVING to one that lives, and set_living, which sets LIVING to \
             another that lives.",
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
            format!(
                "Name the member that {verb}: set MEMBER to its name or region ({}), then run this.",
                names.join(", ")
            ),
            "set_lost \"${MEMBER:?}\"",
            "LOST is that member, LIVING one that answers; set_living NAME changes the second.",
        )
        .at_once()
        .if_fails("set_lost is not found: run “Before you start” in this shell.")
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

/// The state of each link and the role of the other cache, a line for each link.
fn asks(cache: &Cache) -> String {
    format!(
        "az redis server-link list --name {} --resource-group {} --query '[].[provisioningState,serverRole]' --output tsv",
        cache.name, cache.group
    )
}

const NO_LINK: &str = "No cache that answers lists a link.";
const SILENT: &str =
    "Neither cache answered: the sign-in (az login), the subscription, or a name is wrong, or both regions are down.";
const NAME_IT: &str = "Run set_primary with the name of the cache that clients write to, and go on: their DNS record leads to it, and its setcommands \
                       are not 0.";
const UNDER_WAY: &str = "Azure does not say which cache is primary: a link is being made or removed (one side lists none, or it is in Deleting). Wait a \
                         minute and run find_primary again.";
const UNCLEAR: &str =
    "The two caches do not agree on their roles: a change is under way. Wait a minute and run find_primary again.";

/// Three answers of each side are told apart: a role, no link, no answer. A role counts where the other side gives the same or does not
/// answer; a link in Deleting, and one that the other side does not list, give none. Only a link sets NEXT: without one nothing can change
/// sides, and a new shell after an unlink has no next primary.
fn find_primary(first: &Cache, second: &Cache) -> String {
    format!(
        "find_primary() {{\n  \
           ONE=\"$({})\" || ONE=silent\n  \
           TWO=\"$({})\" || TWO=silent\n  \
           case \"$ONE/$TWO\" in\n    \
             silent/silent)\n      echo '{SILENT}' >&2\n      return 1\n      ;;\n    \
             / | /silent | silent/)\n      \
               if [ -z \"${{PRIMARY-}}\" ]; then\n        echo '{NO_LINK} {NAME_IT}' >&2\n        return 1\n      fi\n      \
               echo \"{NO_LINK} As this shell has it: primary $PRIMARY, secondary $SECONDARY.\"\n      \
               return 0\n      ;;\n    \
             *Deleting* | /* | */)\n      echo '{UNDER_WAY} Does it last? {NAME_IT}' >&2\n      return 1\n      ;;\n    \
             *Secondary/*Primary | *Secondary/silent | silent/*Primary) set_primary {} ;;\n    \
             *Primary/*Secondary | *Primary/silent | silent/*Secondary) set_primary {} ;;\n    \
             *)\n      echo '{UNCLEAR}' >&2\n      return 1\n      ;;\n  \
           esac\n  NEXT=$SECONDARY\n}}\n{TAKE_OVER}",
        asks(first),
        asks(second),
        first.name,
        second.name
    )
}

/// The shell follows what was ordered; where a link stands, what it says counts.
const TAKE_OVER: &str = "take_over() {\n  set_primary \"${NEXT:?}\" || return 1\n  NEXT=''\n  find_primary || :\n}";

fn find_primary_powershell(first: &Cache, second: &Cache) -> String {
    let [find, set, over, name_it, under_way, unclear] =
        ["find_primary", "set_primary", "take_over", NAME_IT, UNDER_WAY, UNCLEAR].map(powershell::named);
    format!(
        "function {find} {{\n  \
           $one = {}\n  if ($LASTEXITCODE) {{ $one = 'silent' }}\n  \
           $two = {}\n  if ($LASTEXITCODE) {{ $two = 'silent' }}\n  \
           $both = \"$one/$two\"\n  \
           if ($both -eq 'silent/silent') {{ throw {} }}\n  \
           if ($both -in '/', '/silent', 'silent/') {{\n    \
             if (-not (Get-Variable PRIMARY -ValueOnly -ErrorAction Ignore)) {{ throw {} }}\n    \
             Write-Output \"{NO_LINK} As this shell has it: primary $PRIMARY, secondary $SECONDARY.\"\n    return\n  }}\n  \
           if ($both -match 'Deleting|^/|/$') {{\n    throw {}\n  \
           }} elseif ($both -match 'Secondary/(.*Primary|silent)$|^silent/.*Primary$') {{\n    {set} {}\n  \
           }} elseif ($both -match 'Primary/(.*Secondary|silent)$|^silent/.*Secondary$') {{\n    {set} {}\n  \
           }} else {{\n    throw {}\n  }}\n  $global:NEXT = $SECONDARY\n}}\n\
         function {over} {{\n  \
           if (-not (Get-Variable NEXT -ValueOnly -ErrorAction Ignore)) {{ throw 'NEXT is not set.' }}\n  \
           {set} $NEXT\n  $global:NEXT = $null\n  try {{ {find} }} catch {{ Write-Warning \"$_\" }}\n}}",
        powershell::in_powershell(&asks(first)),
        powershell::in_powershell(&asks(second)),
        in_quotes(SILENT),
        in_quotes(&format!("{NO_LINK} {name_it}")),
        in_quotes(&format!("{under_way} Does it last? {name_it}")),
        powershell::word(&first.name),
        powershell::word(&second.name),
        in_quotes(&unclear),
    )
}

impl Step {
    /// It waits for nothing.
    pub(super) fn at_once(self) -> Self {
        Self { takes: "Takes seconds.".to_owned(), ..self }
    }
}

/// The sum of a path's steps without those that a planned change does not have: nobody notices or decides.
pub(super) fn without_notice(chain: &RtoChain) -> String {
    format::duration_range(planned_time(chain))
}

fn planned_time(chain: &RtoChain) -> Range<Secs> {
    let steps = || chain.steps.iter().filter(|step| !["recovery.detect", "recovery.decide"].contains(&step.field));
    let sum = |end: fn(&Range<Secs>) -> Secs| steps().map(|step| end(&step.time)).sum::<Secs>();
    Range::new(sum(|it| it.low), sum(|it| it.mode), sum(|it| it.high))
}
