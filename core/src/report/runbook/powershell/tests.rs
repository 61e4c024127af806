//! What is translated, and that a name stays one word.

use super::super::tests::{all_plans, hostile_site};
use super::super::{Shell, shell};
use super::{quote, translated};
use crate::model::Topology;
use proptest::prelude::*;

#[test]
fn calls_become_cmdlets_where_one_takes_every_option() {
    let cases = [
        (
            "az redis show --name a --resource-group g --query hostName --output tsv",
            "(Ran { Get-AzRedisCache -Name a -ResourceGroupName g }).HostName",
        ),
        (
            "az redis show --name a --resource-group g --query 'a[].b'",
            "az redis show --name a --resource-group g --query 'a[].b'",
        ),
        // The object of the cmdlet has no such property.
        (
            "az redis show --name a --resource-group g --query publicNetworkAccess --output tsv",
            "az redis show --name a --resource-group g --query publicNetworkAccess --output tsv",
        ),
        (
            "az redis flush --name a --resource-group g --yes",
            "Ran { Clear-AzRedisCache -Name a -ResourceGroupName g -Force }",
        ),
        (
            "az redis server-link create --name a --resource-group g --replication-role Secondary \\\n  --server-to-link \"/subscriptions/${SUBSCRIPTION:?}/x/Redis/\"'b c'\"\"",
            "Ran { New-AzRedisCacheLink -PrimaryServerName a -SecondaryServerName 'b c' }",
        ),
        (
            "az redisenterprise database force-unlink --cluster-name a --resource-group g --unlink-ids \"/s/${SUBSCRIPTION:?}/d\"",
            "Ran { Invoke-AzRedisEnterpriseCacheForceDatabaseUnlink -ClusterName a -ResourceGroupName g `\n  -Id \"/s/${SUBSCRIPTION}/d\" }",
        ),
        (
            "az redis server-link delete --name a --resource-group g --linked-server-name b",
            "az redis server-link delete --name a --resource-group g --linked-server-name b",
        ),
        (
            "az group create --name g --location l --tags 'plan=it'\\''s'",
            "Ran { New-AzResourceGroup -Name g -Location l -Tag @{ 'plan' = 'it''s' } -Force }",
        ),
        ("save x az redis list", "Save x { az redis list }"),
        // az.cmd loses double quotes.
        (
            "az role definition create --role-definition '{\"Name\":\"'\"${S:?}\"'\"}'",
            "az role definition create --role-definition (AsFile \"{`\"Name`\":`\"${S}`\"}\")",
        ),
        // PowerShell's own $Host cannot be set.
        (
            "HOST=\"$(az redis show --name a --resource-group g --query hostName --output tsv)\"\nnslookup \"$HOST\"",
            "$REDIS_HOST = $null\n$REDIS_HOST = (Ran { Get-AzRedisCache -Name a -ResourceGroupName g }).HostName\nnslookup $REDIS_HOST",
        ),
        (
            "KEY=\"$(az redis list-keys --name a --resource-group g --query primaryKey --output tsv)\"\nexport KEY",
            "$KEY = $null\n$KEY = (Ran { Get-AzRedisCacheKey -Name a -ResourceGroupName g }).PrimaryKey\n$env:KEY = $KEY",
        ),
        (
            ": \"${X:?set it to a thing}\"",
            "if (-not (Get-Variable X -ValueOnly -ErrorAction Ignore)) { throw 'Set $X to a thing' }",
        ),
        (
            "echo \"$(( $(date +%s) - ${SEEN:-0} )) s behind\"",
            "Write-Output \"$( ([DateTimeOffset]::UtcNow.ToUnixTimeSeconds()) - [long]$(if ($SEEN) { $SEEN } else { 0 }) ) s behind\"",
        ),
        (
            "az redis server-link create --name \"${NEXT:?}\" --resource-group \"${G:?}\" --replication-role Secondary \\\n  --server-to-link \"${S_SCOPE:?}/x/Redis/${S:?}\"",
            "Ran { New-AzRedisCacheLink -PrimaryServerName $NEXT -SecondaryServerName $S }",
        ),
        ("find_primary\nset_primary \"${NEXT:?}\"\ntake_over", "Find-Primary\nSet-Primary $NEXT\nSwitch-Primary"),
        // What az is told not to print, a cmdlet does not print either: it is a key.
        (
            "az redis regenerate-keys --name a --resource-group g --key-type Primary --output none",
            "Ran { New-AzRedisCacheKey -Name a -ResourceGroupName g -KeyType Primary -Force | Out-Null }",
        ),
        (
            "az redisenterprise database regenerate-key --cluster-name a --resource-group g --key-type Primary --output none",
            "Ran { New-AzRedisEnterpriseCacheKey -ClusterName a -ResourceGroupName g -KeyType Primary | Out-Null }",
        ),
        (
            "with_each \"${C:?}/\" \"?${T:?}\" \"${F:?}\" \\\n  az redis import --name a --resource-group g --yes --files",
            "$EACH = @(foreach ($word in ($F -split '\\s+' | Where-Object { $_ })) { \"${C}/${word}?${T}\" })\nif (-not $EACH) { throw 'The list is empty: nothing ran.' }\nRan { Import-AzRedisCache -Name a -ResourceGroupName g -Force -Files $EACH }",
        ),
        (
            "if [ \"${LOST:?}\" != a ]; then\n  az one\nfi\nfind_primary",
            "if ($LOST -cne 'a') {\n  az one\n}\nFind-Primary",
        ),
        // Between double quotes the variable of the confirmation stands for itself.
        (
            "if [ \"${CONFIRM-}\" != \"unlink ${A:?}\" ]; then\n  unset CONFIRM; echo \"Enter: CONFIRM='unlink ${A:?}'\" >&2; false\nelse\n  unset CONFIRM\n  az one\nfi",
            "if ($CONFIRM -cne \"unlink ${A}\") {\n  $CONFIRM = $null\n  Write-Warning \"Enter: `$CONFIRM = 'unlink ${A}'\"\n  throw 'Nothing ran.'\n} else {\n  $CONFIRM = $null\n  az one\n}",
        ),
        (
            "if [ \"${CONFIRM-}\" != 'empty a' ]; then\n  unset CONFIRM; echo 'No.' >&2; false\nelse\n  unset CONFIRM\n  az one\nfi",
            "if ($CONFIRM -cne 'empty a') {\n  $CONFIRM = $null\n  Write-Warning 'No.'\n  throw 'Nothing ran.'\n} else {\n  $CONFIRM = $null\n  az one\n}",
        ),
    ];
    for (shell, powershell) in cases {
        assert_eq!(translated(shell).unwrap(), powershell);
    }
    for unknown in ["az a | tee b", "rm -rf x", "az `id`", "for x in y; do az; done"] {
        assert!(translated(unknown).is_err(), "{unknown}");
    }
}

/// No runbook has a command without its PowerShell.
#[test]
fn every_command_of_every_runbook_is_translated() {
    for plan in all_plans().into_iter().chain([hostile_site("x'y \"z\" $(id) `id`")]) {
        for topology in Topology::ALL {
            for section in super::super::tests::of(topology, &plan).sections {
                for step in section.steps {
                    for commands in [&step.commands, &step.verify] {
                        if step.powershell.is_empty() || *commands == step.verify {
                            translated(commands).unwrap_or_else(|rest| panic!("{rest}\nof\n{commands}"));
                        }
                    }
                    let (commands, verify) = step.commands_in(Shell::PowerShell);
                    assert!(!commands.contains("POSIX") && !verify.contains("POSIX"));
                }
            }
        }
    }
}

/// Strict mode refuses a property that an object has not. What is asked of a cmdlet is in its object by the module's source: caches have
/// `Id`, `HostName` and `ProvisioningState` (`RedisCacheAttributes`, `ICluster`), a database the last (`IDatabase`), keys `PrimaryKey`
/// (`RedisAccessKeys`, `IAccessKeys`).
#[test]
fn a_cmdlet_is_asked_for_what_its_object_has() {
    let known = [
        ("Get-AzRedisCache", &["Id", "HostName", "ProvisioningState"][..]),
        ("Get-AzRedisEnterpriseCache", &["Id", "HostName", "ProvisioningState"]),
        ("Get-AzRedisEnterpriseCacheDatabase", &["ProvisioningState"]),
        ("Get-AzRedisCacheKey", &["PrimaryKey"]),
        ("Get-AzRedisEnterpriseCacheKey", &["PrimaryKey"]),
    ];
    let mut seen = std::collections::BTreeSet::new();
    for plan in all_plans() {
        for topology in Topology::ALL {
            for step in super::super::tests::of(topology, &plan).sections.iter().flat_map(|it| &it.steps) {
                let (commands, verify) = step.commands_in(Shell::PowerShell);
                for line in [commands, verify].iter().flat_map(|script| lines(script)) {
                    for call in line.split("(Ran { ").skip(1) {
                        let cmdlet = call.split(' ').next().unwrap();
                        let Some((_, after)) = call.split_once("}).") else { continue };
                        let property: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
                        let has = known.iter().any(|(of, all)| *of == cmdlet && all.contains(&property.as_str()));
                        assert!(has, "{cmdlet} has no {property}: {line}");
                        seen.insert(property);
                    }
                }
            }
        }
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
}

/// Lines of scripts with the lines that go on in them.
fn lines(script: &str) -> Vec<String> {
    script.replace(" `\n ", "").lines().map(|line| line.trim().to_owned()).collect()
}

/// What a call of `az` in a line gets as a value with a double quote in it, past the quotes of PowerShell: none may.
fn quoted_for_az(line: &str) -> bool {
    let Some(call) = ["az ", "(az ", "{ az "].iter().find_map(|begin| match *begin {
        "az " => line.strip_prefix("az "),
        inside => line.split_once(inside).map(|(_, rest)| rest),
    }) else {
        return false;
    };
    call.contains("`\"") || call.split('\'').skip(1).step_by(2).any(|text| text.contains('"'))
}

/// `az` on Windows is `az.cmd`, which loses the double quotes inside a value.
#[test]
fn no_call_of_az_has_a_value_with_double_quotes() {
    assert!(quoted_for_az("az a --query 'b.\"c\"'") && quoted_for_az("$x = (az a --b \"{`\"c`\"}\")"));
    assert!(!quoted_for_az("Write-Warning \"`\"az`\"\"") && !quoted_for_az("az a --query '[].b' --name \"${C}\""));
    let mut seen = 0;
    for plan in all_plans() {
        for topology in Topology::ALL {
            for step in super::super::tests::of(topology, &plan).sections.iter().flat_map(|it| &it.steps) {
                let (commands, verify) = step.commands_in(Shell::PowerShell);
                for line in [commands, verify].iter().flat_map(|script| lines(script)) {
                    // The file is written by PowerShell itself.
                    let (before, after) = line.split_once("(AsFile ").unwrap_or((&line, ""));
                    seen += usize::from(!after.is_empty());
                    assert!(!quoted_for_az(before), "{line}");
                }
            }
        }
    }
    assert!(seen > 10, "{seen} roles and links are written to files");
}

/// A block that the evidence calls sees the variables of its functions: no step has one of the same name.
#[test]
fn steps_and_evidence_share_no_variable() {
    let variables = |script: &str| -> std::collections::BTreeSet<String> {
        let names = script.split('$').skip(1).map(|rest| rest.trim_start_matches('{'));
        names
            .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>())
            .filter(|name| name.len() > 1)
            .map(|name| name.to_ascii_lowercase())
            .collect()
    };
    let mut own = variables(super::EVIDENCE);
    assert!(own.contains("told") && own.contains("secret"));
    for shared in ["evidence", "confirm", "true", "false", "null", "lastexitcode", "global", "env"] {
        own.remove(shared);
    }
    for plan in all_plans() {
        for topology in Topology::ALL {
            for step in super::super::tests::of(topology, &plan).sections.iter().flat_map(|it| &it.steps).skip(1) {
                let (commands, verify) = step.commands_in(Shell::PowerShell);
                let used = variables(&[commands, verify].concat());
                assert_eq!(used.intersection(&own).collect::<Vec<_>>(), Vec::<&String>::new(), "{}", step.text);
            }
        }
    }
}

/// A cmdlet that lists nothing gives nothing, and strict mode refuses the first of nothing: `[]` is saved then, as in the other shell; of a call
/// that was refused no file is written there either.
#[test]
fn what_lists_nothing_is_saved_as_an_empty_list() {
    let (_, save) = super::EVIDENCE.split_once("function Save(").unwrap();
    let place = |text: &str| save.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(place("$result = @(& $Command)") < place("$result.Count -eq 0) { '[]' }"));
    assert!(place("$result.Count -eq 0) { '[]' }") < place("$result[0]"));
    assert!(place("if ($global:SHELL_ENDED -ne 0)") < place("Set-Content"));
    assert!(super::EVIDENCE.contains("$global:SHELL_ENDED = $code"));
}

/// PowerShell's own rule for single quotes, read back: a doubled quote is one, whatever kind of quote it is.
fn read_back(quoted: &str) -> Option<String> {
    let is_quote = |c: char| "'\u{2018}\u{2019}\u{201a}\u{201b}".contains(c);
    let mut letters = quoted.strip_prefix('\'')?.chars().peekable();
    let mut text = String::new();
    while let Some(c) = letters.next() {
        if is_quote(c) {
            match letters.next() {
                Some(second) if is_quote(second) => text.push(c),
                None => return Some(text),
                Some(_) => return None,
            }
        } else {
            text.push(c);
        }
    }
    None
}

proptest! {
    /// Any text in single quotes is that text, and a word of the shell is that word in PowerShell.
    #[test]
    fn quoting_is_read_back(text in "(?s).*") {
        prop_assert_eq!(read_back(&quote(&text)), Some(text.clone()));
        let call = translated(&format!("nslookup {}", shell::quote(&format!("{text}\u{7}")))).unwrap();
        prop_assert_eq!(read_back(call.strip_prefix("nslookup ").unwrap()), Some(format!("{text}\u{7}")));
    }

    /// Between variables too: what stands in double quotes begins no variable and ends no quotes.
    #[test]
    fn double_quotes_hold_any_text(text in "[^\\\\`]*") {
        let word = format!("\"/a/${{X:?}}/\"{}\"/b\"", shell::quote(&text));
        let call = translated(&format!("nslookup {word}")).unwrap();
        let inside = call.strip_prefix("nslookup \"/a/${X}/").unwrap().strip_suffix("/b\"").unwrap();
        let mut letters = inside.chars();
        let mut read = String::new();
        while let Some(c) = letters.next() {
            if c == '`' {
                read.extend(letters.next());
            } else {
                prop_assert!(!super::doubled(c), "{}", inside);
                read.push(c);
            }
        }
        prop_assert_eq!(read, text);
    }
}
