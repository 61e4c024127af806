//! Which cmdlet says what a command of `az` says, and what its options are called there.
//!
//! Names and parameters: help of Az.RedisCache and Az.RedisEnterpriseCache in Azure/azure-powershell, read 2026-11-29. Left with
//! `az` on purpose: `server-link delete` (the cmdlet asks which side is the primary, and works on that side, which may be down),
//! `redisenterprise create` (no parameter for public access in the help that was read), force-link (its help names its parameters in
//! two ways), and everything of the network, of alerts and of roles.

use super::parse::{Piece, Word};
use super::{argument, broken, quote, text, value};

/// How an option becomes a parameter.
#[derive(Clone, Copy)]
enum As {
    /// With its one value.
    One,
    /// With the last segment of its value, an id.
    LastSegment,
    /// With all its values, as an array.
    Many,
    /// With its values `key=value` as a table.
    Table,
    /// With its value, a JSON object, as a table.
    Json,
    /// Without a value: it is another word for this.
    Flag,
    /// Not at all, with its one value.
    Nothing,
}
use As::{Flag, Json, LastSegment, Many, Nothing, One, Table};

/// The command, the cmdlet, and its options.
type Cmdlet = (&'static str, &'static str, &'static [(&'static str, &'static str, As)]);

const NAME: (&str, &str, As) = ("--name", "-Name", One);
const CLUSTER: (&str, &str, As) = ("--cluster-name", "-ClusterName", One);
const GROUP: (&str, &str, As) = ("--resource-group", "-ResourceGroupName", One);
const OUTPUT: (&str, &str, As) = ("--output", "", Nothing);
const SURE: (&str, &str, As) = ("--yes", "-Force", Flag);
const SUBSCRIPTION: (&str, &str, As) = ("--subscription", "-SubscriptionId", One);

const CMDLETS: &[Cmdlet] = &[
    ("redis show", "Get-AzRedisCache", &[NAME, GROUP, OUTPUT]),
    (
        "redis create",
        "New-AzRedisCache",
        &[
            NAME,
            GROUP,
            ("--location", "-Location", One),
            ("--sku", "-Sku", One),
            ("--vm-size", "-Size", One),
            ("--shard-count", "-ShardCount", One),
            ("--subnet-id", "-SubnetId", One),
            ("--redis-configuration", "-RedisConfiguration", Json),
            ("--tags", "-Tag", Table),
        ],
    ),
    ("redis delete", "Remove-AzRedisCache", &[NAME, GROUP, SURE]),
    ("redis flush", "Clear-AzRedisCache", &[NAME, GROUP, SURE]),
    (
        "redis server-link create",
        "New-AzRedisCacheLink",
        &[
            ("--name", "-PrimaryServerName", One),
            ("--resource-group", "", Nothing),
            ("--replication-role", "", Nothing),
            ("--server-to-link", "-SecondaryServerName", LastSegment),
        ],
    ),
    ("redis server-link list", "Get-AzRedisCacheLink", &[NAME, ("--resource-group", "", Nothing), OUTPUT]),
    (
        "redis export",
        "Export-AzRedisCache",
        &[
            NAME,
            GROUP,
            ("--prefix", "-Prefix", One),
            ("--container", "-Container", One),
            ("--file-format", "-Format", One),
        ],
    ),
    (
        "redis import",
        "Import-AzRedisCache",
        &[NAME, GROUP, ("--files", "-Files", Many), ("--file-format", "-Format", One), SURE],
    ),
    ("redis list-keys", "Get-AzRedisCacheKey", &[NAME, GROUP, OUTPUT]),
    ("redis regenerate-keys", "New-AzRedisCacheKey", &[NAME, GROUP, ("--key-type", "-KeyType", One), OUTPUT]),
    ("redis firewall-rules list", "Get-AzRedisCacheFirewallRule", &[NAME, GROUP, OUTPUT]),
    (
        "redis firewall-rules create",
        "New-AzRedisCacheFirewallRule",
        &[NAME, GROUP, ("--rule-name", "-RuleName", One), ("--start-ip", "-StartIP", One), ("--end-ip", "-EndIP", One)],
    ),
    ("redis patch-schedule show", "Get-AzRedisCachePatchSchedule", &[NAME, GROUP, OUTPUT]),
    (
        "redis access-policy-assignment create",
        "New-AzRedisCacheAccessPolicyAssignment",
        &[
            NAME,
            GROUP,
            ("--policy-assignment-name", "-AccessPolicyAssignmentName", One),
            ("--access-policy-name", "-AccessPolicyName", One),
            ("--object-id", "-ObjectId", One),
            ("--object-id-alias", "-ObjectIdAlias", One),
        ],
    ),
    ("redis access-policy-assignment list", "Get-AzRedisCacheAccessPolicyAssignment", &[NAME, GROUP, OUTPUT]),
    ("redisenterprise show", "Get-AzRedisEnterpriseCache", &[CLUSTER, GROUP, SUBSCRIPTION, OUTPUT]),
    ("redisenterprise delete", "Remove-AzRedisEnterpriseCache", &[CLUSTER, GROUP, SUBSCRIPTION, ("--yes", "", Flag)]),
    (
        "redisenterprise update",
        "Update-AzRedisEnterpriseCache",
        &[CLUSTER, GROUP, SUBSCRIPTION, ("--sku", "-Sku", One)],
    ),
    ("redisenterprise database show", "Get-AzRedisEnterpriseCacheDatabase", &[CLUSTER, GROUP, SUBSCRIPTION, OUTPUT]),
    (
        "redisenterprise database force-unlink",
        "Invoke-AzRedisEnterpriseCacheForceDatabaseUnlink",
        &[CLUSTER, GROUP, SUBSCRIPTION, ("--unlink-ids", "-Id", Many)],
    ),
    (
        "redisenterprise database flush",
        "Invoke-AzRedisEnterpriseCacheDatabaseFlush",
        &[CLUSTER, GROUP, SUBSCRIPTION, ("--linked-ids", "-Id", Many)],
    ),
    ("redisenterprise database list-keys", "Get-AzRedisEnterpriseCacheKey", &[CLUSTER, GROUP, SUBSCRIPTION, OUTPUT]),
    (
        "redisenterprise database regenerate-key",
        "New-AzRedisEnterpriseCacheKey",
        &[CLUSTER, GROUP, SUBSCRIPTION, ("--key-type", "-KeyType", One), OUTPUT],
    ),
    (
        "redisenterprise database export",
        "Export-AzRedisEnterpriseCache",
        &[CLUSTER, GROUP, SUBSCRIPTION, ("--sas-uri", "-SasUri", One)],
    ),
    (
        "redisenterprise database import",
        "Import-AzRedisEnterpriseCache",
        &[CLUSTER, GROUP, SUBSCRIPTION, ("--sas-uris", "-SasUri", Many)],
    ),
    (
        "redisenterprise database access-policy-assignment create",
        "New-AzRedisEnterpriseCacheAccessPolicyAssignment",
        &[
            CLUSTER,
            GROUP,
            SUBSCRIPTION,
            ("--database-name", "-DatabaseName", One),
            ("--access-policy-assignment-name", "-AccessPolicyAssignmentName", One),
            ("--access-policy-name", "-AccessPolicyName", One),
            ("--object-id", "-UserObjectId", One),
        ],
    ),
    ("group create", "New-AzResourceGroup", &[NAME, ("--location", "-Location", One), ("--tags", "-Tag", Table)]),
];

/// A call of `az` as a cmdlet; `None` where none takes every option of it.
pub(super) fn call(words: &[Word]) -> Option<Result<String, String>> {
    let options =
        words.iter().position(|word| text(word).is_some_and(|it| it.starts_with("--"))).unwrap_or(words.len());
    let path: Option<Vec<&str>> = words.get(1..options)?.iter().map(text).collect();
    let path = path?.join(" ");
    let (_, cmdlet, known) = CMDLETS.iter().find(|(of, ..)| *of == path)?;
    let (mut parameters, mut property, mut silent) = (Vec::new(), None, false);
    let mut rest = &words[options..];
    while let [option, others @ ..] = rest {
        let option = text(option)?;
        let end =
            others.iter().position(|word| text(word).is_some_and(|it| it.starts_with("--"))).unwrap_or(others.len());
        let (values, after) = others.split_at(end);
        rest = after;
        if option == "--query" {
            let query = text(values.first()?)?;
            property = Some(PROPERTIES.iter().find(|(of, _)| *of == query)?.1);
            continue;
        }
        silent |= option == "--output" && values.first().and_then(text) == Some("none");
        let (_, parameter, how) = known.iter().find(|(of, ..)| *of == option)?;
        match parameter_of(parameter, *how, values)? {
            Ok(words) => parameters.extend(words),
            Err(fault) => return Some(Err(fault)),
        }
    }
    // Who deletes has confirmed it already.
    let force = *cmdlet == "New-AzRedisCacheKey" || *cmdlet == "New-AzResourceGroup";
    parameters.extend(force.then(|| "-Force".to_owned()));
    let call = broken(&[vec![(*cmdlet).to_owned()], parameters].concat());
    // What az was told not to print, keys for one, stays out of the transcript, which has the rest.
    let call = if silent { format!("Ran {{ {call} | Out-Null }}") } else { format!("Ran {{ {call} }}") };
    Some(Ok(property.map_or_else(|| call.clone(), |property| format!("({call}).{property}"))))
}

/// Queries of one property that the objects of every cmdlet which is asked for it have, by the module's source (`RedisCacheAttributes`,
/// `RedisAccessKeys`, `ICluster`, `IDatabase`, `IAccessKeys`, read 2026-11-30): another one, as `publicNetworkAccess`, is an error under the runbook's strict
/// mode, and stays with `az`.
const PROPERTIES: [(&str, &str); 4] =
    [("hostName", "HostName"), ("id", "Id"), ("primaryKey", "PrimaryKey"), ("provisioningState", "ProvisioningState")];

/// An option and its values as words; `None` where it cannot be said.
fn parameter_of(name: &str, how: As, values: &[Word]) -> Option<Result<Vec<String>, String>> {
    let one = || match values {
        [one] => Some(one),
        _ => None,
    };
    let named = |it: Result<String, String>| it.map(|it| vec![name.to_owned(), it]);
    Some(match how {
        Nothing => Ok(Vec::new()),
        Flag => Ok(Some(name.to_owned()).filter(|it| !it.is_empty()).into_iter().collect()),
        One => named(argument(one()?)),
        LastSegment => {
            let word = one()?;
            let last = match word.as_slice() {
                [.., Piece::Text(text)] => vec![Piece::Text(text.rsplit('/').next()?.to_owned())],
                [.., Piece::Text(text), Piece::Variable(name)] if text.ends_with('/') => {
                    vec![Piece::Variable(name.clone())]
                }
                _ => return None,
            };
            named(argument(&last))
        }
        Many => {
            let all: Result<Vec<String>, String> = values.iter().map(value).collect();
            named(all.map(|all| all.join(",")))
        }
        Table => {
            let pair = |word: &Word| {
                let (key, value) = text(word)?.split_once('=')?;
                Some(format!("{} = {}", quote(key), quote(value)))
            };
            let all: Option<Vec<String>> = values.iter().map(pair).collect();
            named(Ok(format!("@{{ {} }}", all?.join("; "))))
        }
        Json => named(Ok(format!("(ConvertFrom-Json -AsHashtable {})", quote(text(one()?)?)))),
    })
}
