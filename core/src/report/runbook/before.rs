//! What every shell needs first: tools, a place for the evidence, and the names that commands use, known or asked for.

use super::names::Cache;
use super::{Scope, Section, Step, powershell, section, shell, step};
use crate::model::Topology;
use crate::plan::{RegionSite, known};
use crate::units::format;

/// Each call of `az` goes into the shell's own transcript with its time, what it printed and how it ended; `save` keeps what a command prints as
/// JSON; `settled` waits so many minutes at most; `with_each` runs a command with the words of a list behind it,
/// `one_by_one` once for each of them. Keys and tokens are left out.
const EVIDENCE: &str = r#"[ -z "${ZSH_VERSION-}" ] || setopt sh_word_split
EVIDENCE="${EVIDENCE:-$PWD/dr-evidence}"
mkdir -p "$EVIDENCE"
TRANSCRIPT="$EVIDENCE/transcript-$(date -u +%Y%m%dT%H%M%SZ)-$$.txt"
hide() { sed 's/sig=[^& "]*/sig=hidden/g; s/AccountKey=[^;"]*/AccountKey=hidden/g; s/\("[A-Za-z]*[kK]ey" *: *"\)[^"]*/\1hidden/g' "$@"; }
told() { printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" | hide >> "$TRANSCRIPT"; }
note() { [ -e "$TRANSCRIPT" ] || told "shell $$"; told "$*"; }
az() {
  note "az $*"
  CODE=0; KEPT="$EVIDENCE/.az.$$"
  case " $* " in
    *' list-keys '* | *' get-access-token '* | *' regenerate-key'* | *' credential list '*)
      command az "$@" || CODE=$?
      echo '(a secret, not kept)' >> "$TRANSCRIPT"
      ;;
    *)
      { { command az "$@" || CODE=$?; echo "$CODE" > "$KEPT.code"; } 2>&1 >&3 3>&- | tee "$KEPT.err" >&2; } 3>&1 | tee "$KEPT.out"
      hide "$KEPT.out" "$KEPT.err" >> "$TRANSCRIPT"
      CODE="$(cat "$KEPT.code")"
      rm -f "$KEPT.out" "$KEPT.err" "$KEPT.code"
      ;;
  esac
  note "ended with $CODE"
  return "$CODE"
}
save() {
  NAME="$(date -u +%Y%m%dT%H%M%SZ)-$1.json"; shift
  if "$@" > "$EVIDENCE/$NAME"; then cat "$EVIDENCE/$NAME"; else rm -f "$EVIDENCE/$NAME"; return 1; fi
}
with_each() {
  BEFORE=$1; AFTER=$2; LIST=$3; shift 3
  if [ -z "$LIST" ]; then echo 'The list is empty: nothing ran.' >&2; return 1; fi
  for WORD in $LIST; do set -- "$@" "$BEFORE$WORD$AFTER"; done
  "$@"
}
one_by_one() {
  LIST=$1; shift
  for WORD in $LIST; do "$@" "$WORD" || return 1; done
}
settled() {
  TRIES=$(( $1 * 2 )); shift
  while STATE="$("$@")"; do
    case "$STATE" in
      Succeeded) return 0 ;;
      Failed | Canceled | Cancelled) break ;;
    esac
    [ "$TRIES" -gt 0 ] || break
    TRIES=$(( TRIES - 1 )); sleep 30
  done
  echo "It is ${STATE:-unknown}, not Succeeded: stop, and read the activity log." >&2
  return 1
}"#;

impl Scope<'_> {
    /// What the plan knows and what it does not, of all that a command of these sections uses; and the tools that they need.
    pub(super) fn before(&self, sections: &[Section]) -> Section {
        let mut steps = vec![evidence(), self.tools(), self.values(sections)];
        steps.extend(self.sides(sections));
        steps.push(self.people());
        let when = "In every shell, also in an incident. NotFound, of any command: a name in the Site inputs is another. AuthorizationFailed: a role of “Roles” is missing.";
        section("Before you start", when, steps)
    }

    /// What an outage needs: of its sections, and of the functions that say which cache is primary or lost. These set names that a shell may
    /// lack (`${NAME-}`) only for steps that use them.
    fn in_an_outage(&self, sections: &[Section]) -> impl Fn(&str) -> bool {
        let there: Vec<Section> = sections.iter().filter(|it| in_an_outage(it)).cloned().collect();
        let functions = |of: &[Section]| self.sides(of).map_or_else(String::new, |step| step.commands);
        let (all, own) = (functions(sections), functions(&there));
        move |name| {
            there.iter().any(|it| uses(it, name))
                || all.contains(&format!("${{{name}:?}}"))
                || own.contains(&format!("${{{name}-}}"))
        }
    }

    /// Names that the site file holds are set; a command stops where one of the others is missing.
    fn values(&self, sections: &[Section]) -> Step {
        let signed_in = if self.entra() { " Sign in as the identity of OPERATOR_OBJECT_ID, in jobs too." } else { "" };
        let text = format!(
            "Set what the plan does not hold; a command stops where one is missing.{signed_in} A destructive step runs only after CONFIRM is set to the words it prints."
        );
        let account = "az account set --subscription \"${SUBSCRIPTION:?}\"".to_owned();
        let asked = |name: &str| name == "SUBSCRIPTION" || self.names.asks(name);
        let outage = self.in_an_outage(sections);
        let used = |name: &str| asked(name) || outage(name);
        step(text, [self.lines(used), vec![account]].concat().join("\n"), "No error.")
            .verified("az account show --query '{subscription:id, user:user.name}' --output json")
            .about("a minute where the Site inputs are filled")
            .if_fails("Set the named variable and run it again; the Site inputs keep it.")
    }

    /// What no outage needs is asked for apart: at night it would be in the way.
    pub(super) fn before_changes(&self, sections: &[Section]) -> Option<Section> {
        let outage = self.in_an_outage(sections);
        let above = |name: &str| name == "SUBSCRIPTION" || self.names.asks(name) || outage(name);
        let used = |name: &str| !above(name) && sections.iter().any(|it| uses(it, name));
        let lines = self.lines(used);
        let steps = vec![
            step("Set what these use besides; a command stops where one is missing.", lines.join("\n"), "No error.")
                .about("a minute where the Site inputs are filled")
                .if_fails("Set the named variable and run it again; the Site inputs keep it."),
        ];
        let switch = if sections.iter().any(|it| it.title == "Traffic switch") { " “Traffic switch”," } else { "" };
        let when =
            format!("Before “Roles”, “Create”,{switch} “Change” and “Recovery point”; an outage needs none of it.");
        (!lines.is_empty()).then(|| section("Before a change", when, steps))
    }

    /// Each value that is used, set or asked for.
    pub(super) fn lines(&self, used: impl Fn(&str) -> bool) -> Vec<String> {
        let (mut set, mut asked) = (Vec::new(), Vec::new());
        for Value { name, what, known } in self.used().into_iter().filter(|it| used(&it.name)) {
            match known {
                Some(text) => set.push(format!("{name}={}", shell::arg(&text))),
                None => asked.push(format!(": \"${{{name}:?set it to {what}}}\"")),
            }
        }
        [set, asked].concat()
    }

    /// Who decides, whom to call, and when: known, or to be filled in before an incident.
    fn people(&self) -> Step {
        let site = &self.plan.site;
        let all = [
            ("Owner", &site.owner),
            ("Approver", &site.approver),
            ("Contacts", &site.contacts),
            ("Change window", &site.change_window),
        ];
        let given: Vec<String> =
            all.iter().filter_map(|(what, text)| known(text).map(|text| format!("{what}: {text}."))).collect();
        let missing: Vec<&str> = all.iter().filter(|(_, text)| known(text).is_none()).map(|(what, _)| *what).collect();
        let missing = match missing.as_slice() {
            [] => String::new(),
            some => format!(" Fill in before an incident: {}.", format::listed(some).to_ascii_lowercase()),
        };
        let text = format!("{}{missing}", given.join(" "));
        step(text.trim(), "", "Everybody named has said that the number is right.")
            .about("minutes, before an incident")
            .if_fails("Nobody answers: name a deputy; without an approver nobody orders an unlink.")
    }

    /// The approver, for the text of a step.
    pub(super) fn approver(&self) -> String {
        known(&self.plan.site.approver).unwrap_or("the approver").to_owned()
    }

    /// Every variable that a command can use, what it is, and its value where the site file has it.
    fn used(&self) -> Vec<Value> {
        let site = &self.plan.site;
        let mut used = vec![
            Value::new("SUBSCRIPTION", "the subscription id of the caches", &site.subscription),
            Value::new("ACTION_GROUP", "the resource id of the action group", &site.action_group),
            Value::new("APP_OBJECT_ID", "the object id of the application identity", &site.application),
            Value::new("OPERATOR_OBJECT_ID", "the object id of the identity that runs these commands", &site.operators),
            Value::new("DNS_ZONE", "the private DNS zone of the cache name that clients use", &site.dns_zone),
            Value::new("DNS_RECORD", "the record of that name in DNS_ZONE", &site.dns_record),
            Value::new(
                "TRAFFIC_GROUP",
                "the resource group of the traffic switch, in none of these regions",
                &site.traffic_group,
            ),
            Value::new("TRAFFIC_NAME", "the name of the traffic switch", &site.traffic_name),
            Value::new("EXPORT_CONTAINER", "the address of the storage container for exports", &site.export_container),
            Value::new("EXPORT_TOKEN", "a SAS token of that container, without the question mark", ""),
            Value::new("NEW_CACHE", "the name of the cache that is added", ""),
            Value::new("NEW_GROUP", "its resource group", ""),
            Value::new("NEW_REGION", "its region, as Azure writes it in small letters", ""),
            Value::new("SUBNET_ID_NEW", "the id of the subnet that it is injected into", ""),
        ];
        let left = self.names.left.iter().flat_map(|it| &it.variables);
        used.extend(left.map(|(name, what, known)| Value::new(name, what, known)));
        used.extend(self.names.asked.iter().map(|(name, what)| Value::new(name, what, "")));
        used.extend(super::traffic::unknown(self).iter().map(|(name, what)| Value::new(name, what, "")));
        for Cache { variable, place, at, .. } in self.regions() {
            let (place, site) = (shell::slug(place, 40), self.plan.site_of(*at));
            let of = |name: &str, what: String, text: Option<&str>| {
                Value::new(&format!("{name}_{variable}"), &what, text.unwrap_or_default())
            };
            used.extend([
                of("VNET_ID", format!("the id of the virtual network in {place}"), site.and_then(|it| it.network())),
                of("SUBNET_ID", format!("the id of the subnet in {place}"), site.map(|it| it.subnet.as_str())),
                of(
                    "DNS_GROUP",
                    format!("the resource group of DNS_ZONE in {place}; of another subscription enter its id in the Site inputs"),
                    site.and_then(RegionSite::dns).map(|it| it.name),
                ),
            ]);
        }
        used
    }

    /// The CLI's version; for Azure Managed Redis its extension too, which an incident's shell may lack.
    fn tools(&self) -> Step {
        let modules = "Get-Module -ListAvailable -Name 'Az.Accounts','Az.RedisCache','Az.RedisEnterpriseCache' | Select-Object Name,Version";
        let (text, commands, check) = if self.answer.topology == Topology::Passive {
            let version = "az version --output json";
            ("Check the Azure CLI.", version, "The commands match azure-cli 2.91.0.")
        } else {
            (
                "Add the Azure Managed Redis extension; check its version.",
                "az extension add --name redisenterprise --upgrade --yes\naz version --query extensions.redisenterprise --output tsv",
                "1.3.0 or later: older versions create differently. The commands match 1.4.0.",
            )
        };
        let step = step(text, commands, check)
            .about("a minute or two")
            .if_fails("az upgrade; without internet use Cloud Shell.");
        Step { powershell: format!("{commands}\n{modules}"), ..step }
    }
}

/// Sections that an outage leads through.
fn in_an_outage(section: &Section) -> bool {
    const THERE: [&str; 6] =
        ["Watch", "Planned failover", "Unplanned failover", "Loss of the secondary", "Afterwards", "Failback"];
    THERE.contains(&section.title.as_str())
}

/// True where a command of the section uses a variable.
pub(super) fn uses(section: &Section, name: &str) -> bool {
    let used = format!("${{{name}:?}}");
    section.steps.iter().any(|step| step.commands.contains(&used) || step.verify.contains(&used))
}

pub(super) fn evidence() -> Step {
    let text = "Keep the evidence in the folder EVIDENCE: each shell's az commands and their output, without secrets, and JSON from before and after each change.";
    let step = step(text, EVIDENCE, "The folder holds a transcript-….txt of this shell after the next step.")
        .about("seconds")
        .if_fails("Set EVIDENCE to a folder that can be written.");
    Step { powershell: powershell::EVIDENCE.to_owned(), ..step }
}

/// A variable of the commands.
struct Value {
    name: String,
    what: String,
    known: Option<String>,
}

impl Value {
    fn new(name: &str, what: &str, text: &str) -> Self {
        Self { name: name.to_owned(), what: what.to_owned(), known: known(text).map(str::to_owned) }
    }
}
