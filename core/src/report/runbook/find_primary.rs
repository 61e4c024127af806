//! `find_primary`: which cache of a pair is primary tonight, asked of Azure; where no link says it, what a person can tell it by.

use super::Scope;
use super::names::Cache;
use super::powershell::{self, in_quotes};
use super::shell::quote;

const NO_LINK: &str = "No cache that answers lists a link.";
const SILENT: &str =
    "Neither cache answered: the sign-in (az login), the subscription, or a name is wrong, or both regions are down.";
const NAME_IT: &str = "Run set_primary with the name of the cache that clients write to, as shown above, and go on; after an unlink whose record is \
                       not moved yet, of the cache that was secondary.";
/// Before the record is moved, what was written and where it leads speak for the old primary.
const SETTLES: &str = "The link is still being made or removed: wait until it is made or gone before you link again. The roles are as ordered.";
const UNDER_WAY: &str = "Azure does not say which cache is primary: a link is being made or removed (one side lists none, or it is in Deleting). Wait a \
                         minute and run find_primary again.";
const UNCLEAR: &str =
    "The two caches do not agree on their roles: a change is under way. Wait a minute and run find_primary again.";

/// The functions of a pair that ask who is primary.
pub(super) struct Finder<'a> {
    caches: [&'a Cache; 2],
    /// Prints what each cache was written and where the clients' record leads.
    shows: String,
}

impl Scope<'_> {
    pub(super) fn finder<'a>(&self, first: &'a Cache, second: &'a Cache) -> Finder<'a> {
        let caches = [first, second];
        let mut shows = caches.map(writes).to_vec();
        if self.leads_by_record() {
            shows.extend(caches.map(leads));
        }
        Finder { caches, shows: shows.join("\n") }
    }
}

/// The state of each link and the role of the other cache, a line for each link.
fn asks(cache: &Cache) -> String {
    format!(
        "az redis server-link list --name {} --resource-group {} --query '[].[provisioningState,serverRole]' --output tsv",
        cache.name, cache.group
    )
}

/// The writes of the last ten minutes; the metrics answer while a cache does not.
fn writes(cache: &Cache) -> String {
    format!(
        "echo {}\naz monitor metrics list --resource \"{}/providers/Microsoft.Cache/Redis/{}\" --metrics setcommands \\\n  \
         --aggregation Total --interval PT1M --offset 1h --query 'value[0].timeseries[0].data[-10:].[timeStamp,total]' --output tsv",
        quote(&format!("Writes of each minute to {}:", cache.plain)),
        cache.scope,
        cache.spliced
    )
}

fn leads(region: &Cache) -> String {
    format!(
        "echo {}\naz network private-dns record-set cname show --resource-group {} \\\n  \
         --zone-name \"${{DNS_ZONE:?}}\" --name \"${{DNS_RECORD:?}}\" --query cnameRecord.cname --output tsv",
        quote(&format!("The record of {} leads to:", region.place)),
        region.dns.0
    )
}

fn indented(lines: &str) -> String {
    lines.lines().flat_map(|line| ["  ", line, "\n"]).collect()
}

/// The shell follows what was ordered; where a link stands, what it says counts: it is asked, and nothing else. Its last line has both names.
const TAKE_OVER: &str = "take_over() {\n  set_primary \"${NEXT:?}\" || return 1\n  NEXT=''\n  find_primary ordered || :\n  set_primary \"$PRIMARY\"\n}";

impl Finder<'_> {
    /// Three answers of each side are told apart: a role, no link, no answer. A role counts where the other side gives the same or does not
    /// answer; a link in Deleting, and one that the other side does not list, give none. Only a link sets NEXT: without one nothing can change
    /// sides, and a new shell after an unlink has no next primary.
    pub(super) fn bash(&self) -> String {
        let [first, second] = self.caches;
        format!(
            "show_writers() {{\n{}}}\nfind_primary() {{\n  \
               ORDERED=${{1-}}\n  \
               ONE=\"$({})\" || ONE=silent\n  \
               TWO=\"$({})\" || TWO=silent\n  \
               case \"$ONE/$TWO\" in\n    \
                 silent/silent)\n      echo '{SILENT}' >&2\n      return 1\n      ;;\n    \
                 / | /silent | silent/)\n      [ -n \"$ORDERED\" ] || show_writers\n      \
                   if [ -z \"${{PRIMARY-}}\" ]; then\n        echo '{NO_LINK} {NAME_IT}' >&2\n        return 1\n      fi\n      \
                   echo \"{NO_LINK} As this shell has it: primary $PRIMARY, secondary $SECONDARY.\"\n      \
                   return 0\n      ;;\n    \
                 *Deleting* | /* | */)\n      \
                   if [ -n \"$ORDERED\" ]; then\n        echo '{SETTLES}' >&2\n        return 1\n      fi\n      show_writers\n      \
                   echo '{UNDER_WAY} Does it last? {NAME_IT}' >&2\n      return 1\n      ;;\n    \
                 *Secondary/*Primary | *Secondary/silent | silent/*Primary) set_primary {} ;;\n    \
                 *Primary/*Secondary | *Primary/silent | silent/*Secondary) set_primary {} ;;\n    \
                 *)\n      [ -n \"$ORDERED\" ] || show_writers\n      echo '{UNCLEAR}' >&2\n      return 1\n      ;;\n  \
               esac\n  NEXT=$SECONDARY\n}}\n{TAKE_OVER}",
            indented(&self.shows),
            asks(first),
            asks(second),
            first.name,
            second.name
        )
    }

    /// The same for PowerShell.
    pub(super) fn powershell(&self) -> String {
        let [first, second] = self.caches;
        let [find, set, over, show, name_it, under_way, unclear] =
            ["find_primary", "set_primary", "take_over", "show_writers", NAME_IT, UNDER_WAY, UNCLEAR]
                .map(powershell::named);
        format!(
            "function {show} {{\n{}}}\nfunction {find}([string] $Ordered) {{\n  \
               $one = {}\n  if ($LASTEXITCODE) {{ $one = 'silent' }}\n  \
               $two = {}\n  if ($LASTEXITCODE) {{ $two = 'silent' }}\n  \
               $both = \"$one/$two\"\n  \
               if ($both -eq 'silent/silent') {{ throw {} }}\n  \
               if ($both -in '/', '/silent', 'silent/') {{\n    if (-not $Ordered) {{ {show} }}\n    \
                 if (-not (Get-Variable PRIMARY -ValueOnly -ErrorAction Ignore)) {{ throw {} }}\n    \
                 Write-Output \"{NO_LINK} As this shell has it: primary $PRIMARY, secondary $SECONDARY.\"\n    return\n  }}\n  \
               if ($both -match 'Deleting|^/|/$') {{\n    if ($Ordered) {{ throw {} }}\n    {show}\n    throw {}\n  \
               }} elseif ($both -match 'Secondary/(.*Primary|silent)$|^silent/.*Primary$') {{\n    {set} {}\n  \
               }} elseif ($both -match 'Primary/(.*Secondary|silent)$|^silent/.*Secondary$') {{\n    {set} {}\n  \
               }} else {{\n    if (-not $Ordered) {{ {show} }}\n    throw {}\n  }}\n  $global:NEXT = $SECONDARY\n}}\n\
             function {over} {{\n  \
               if (-not (Get-Variable NEXT -ValueOnly -ErrorAction Ignore)) {{ throw 'NEXT is not set.' }}\n  \
               {set} $NEXT\n  $global:NEXT = $null\n  try {{ {find} ordered }} catch {{ Write-Warning \"$_\" }}\n  {set} $PRIMARY\n}}",
            indented(&powershell::in_powershell(&self.shows)),
            powershell::in_powershell(&asks(first)),
            powershell::in_powershell(&asks(second)),
            in_quotes(SILENT),
            in_quotes(&format!("{NO_LINK} {name_it}")),
            in_quotes(SETTLES),
            in_quotes(&format!("{under_way} Does it last? {name_it}")),
            powershell::word(&first.name),
            powershell::word(&second.name),
            in_quotes(&unclear),
        )
    }
}
