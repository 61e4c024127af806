//! An invented estate of Redis caches, as the commands of Azure print it.

use serde_json::{Value, json};

/// Subscription of every cache.
pub const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-000000000000";
const REGIONS: [&str; 4] = ["West Europe", "North Europe", "East US", "Japan East"];

fn id(kind: &str, name: &str) -> String {
    format!("{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Cache/{kind}/{name}")
}

fn redis(at: usize, peer: Option<usize>) -> Value {
    let name = format!("redis-{at}");
    let links = peer.map(|peer| json!({"id": format!("{}/linkedServers/redis-{peer}", id("Redis", &name))}));
    json!({"id": id("Redis", &name), "name": name, "type": "Microsoft.Cache/Redis", "location": REGIONS[at % 4],
        "sku": {"name": "Premium", "family": "P", "capacity": 1 + at % 4}, "shardCount": 1 + at % 3, "redisVersion": "6.0",
        "enableNonSslPort": false, "minimumTlsVersion": "1.2", "provisioningState": "Succeeded", "publicNetworkAccess": "Enabled",
        "redisConfiguration": {"maxmemoryPolicy": "volatile-lru", "rdbBackupEnabled": "false"},
        "linkedServers": links.into_iter().collect::<Vec<_>>(), "tags": {"team": format!("team-{}", at % 10)}})
}

fn link(owner: usize, peer: usize, role: &str) -> Value {
    let (owner, peer) = (format!("redis-{owner}"), format!("redis-{peer}"));
    json!({"id": format!("{}/linkedServers/{peer}", id("Redis", &owner)), "linkedRedisCacheId": id("Redis", &peer),
        "linkedRedisCacheLocation": "North Europe", "serverRole": role, "provisioningState": "Succeeded"})
}

fn cluster(at: usize, members: &[usize]) -> Value {
    let name = format!("amr-{at}");
    let database = |at: usize| format!("{}/databases/default", id("redisEnterprise", &format!("amr-{at}")));
    let linked: Vec<Value> = members.iter().map(|at| json!({"id": database(*at), "state": "Linked"})).collect();
    json!({"id": id("redisEnterprise", &name), "name": name, "location": REGIONS[at % 4], "sku": {"name": "Balanced_B10"},
        "kind": "v2", "highAvailability": "Enabled", "provisioningState": "Succeeded", "resourceState": "Running",
        "databases": [{"id": database(at), "clusteringPolicy": "OSSCluster", "evictionPolicy": "NoEviction",
            "clientProtocol": "Encrypted", "geoReplication": {"groupNickname": "g", "linkedDatabases": linked}}]})
}

/// Hours of nine metrics, as `az monitor metrics list` prints them: two days; `ESTATE_DAYS=30` measures a month.
fn metrics(resource: &str, namespace: &str) -> Value {
    let names = [
        "usedmemory",
        "usedmemorypercentage",
        "setcommands",
        "getcommands",
        "expiredkeys",
        "evictedkeys",
        "connectedclients",
        "cacheWrite",
        "serverLoad",
    ];
    let days = std::env::var("ESTATE_DAYS").ok().and_then(|it| it.parse::<i32>().ok()).unwrap_or(2);
    let data: Vec<Value> = (0..24 * days)
        .map(|hour| {
            let stamp = format!("2026-10-{:02}T{:02}:00:00Z", 1 + hour / 24, hour % 24);
            json!({"timeStamp": stamp, "average": 40.0 + f64::from(hour % 24), "maximum": 50.0 + f64::from(hour % 24), "minimum": null, "total": 3_600.0})
        })
        .collect();
    let value: Vec<Value> = names
        .iter()
        .map(|name| {
            json!({"id": format!("{resource}/providers/Microsoft.Insights/metrics/{name}"), "name": {"value": name},
                "timeseries": [{"metadatavalues": [], "data": data}]})
        })
        .collect();
    json!({"interval": "PT1H", "namespace": namespace, "value": value})
}

/// Sixty pairs, ten groups of three and fifty caches alone, two hundred caches, each with its metrics: names and contents of files.
#[must_use]
pub fn invented() -> Vec<(String, Vec<u8>)> {
    let mut caches: Vec<Value> = (0..120).map(|at| redis(at, Some(at ^ 1))).collect();
    caches.extend((120..170).map(|at| redis(at, None)));
    let links = (0..120).map(|at| link(at, at ^ 1, if at % 2 == 0 { "Secondary" } else { "Primary" }));
    let clusters = (0..30).map(|at| cluster(at, &[at / 3 * 3, at / 3 * 3 + 1, at / 3 * 3 + 2]));
    let mut files = vec![
        ("caches".to_owned(), Value::from(caches)),
        ("links".to_owned(), links.collect()),
        ("clusters".to_owned(), clusters.collect()),
    ];
    for at in 0..200 {
        let (resource, namespace) = if at < 170 {
            (id("Redis", &format!("redis-{at}")), "Microsoft.Cache/redis")
        } else {
            (id("redisEnterprise", &format!("amr-{}", at - 170)), "Microsoft.Cache/redisEnterprise")
        };
        files.push((format!("metrics-{at}"), metrics(&resource, namespace)));
    }
    files.into_iter().map(|(name, value)| (name, value.to_string().into_bytes())).collect()
}

/// A text that is part of every secret that is planted.
pub const PLANTED: &str = "PLANTEDx7Q";

/// Caches with secrets wherever a file could have one: keys, connection strings, tokens, in fields, tags and settings.
#[must_use]
pub fn with_secrets() -> (String, Vec<u8>) {
    let mut caches = [redis(900, Some(901)), redis(901, Some(900)), cluster(902, &[902])];
    let string = format!("redis-900.redis.cache.windows.net:6380,password={PLANTED},ssl=True");
    for cache in &mut caches {
        cache["accessKeys"] = json!({"primaryKey": PLANTED, "secondaryKey": PLANTED});
        cache["connectionString"] = Value::from(string.as_str());
        cache["redisConfiguration"]["rdb-storage-connection-string"] = format!("AccountKey={PLANTED}").into();
        cache["redisConfiguration"]["aof-storage-connection-string-0"] = format!("sig={PLANTED}").into();
        cache["tags"] =
            json!({"team": "shop", "redisPassword": PLANTED, "note": string, "auth": format!("Bearer {PLANTED}")});
    }
    ("caches-with-secrets.json".to_owned(), Value::from(caches.to_vec()).to_string().into_bytes())
}

/// What `az redis list-keys` prints, and a file that is cut in the middle of a key.
#[must_use]
pub fn files_of_secrets() -> Vec<(String, Vec<u8>)> {
    let keys = json!({"primaryKey": PLANTED, "secondaryKey": PLANTED}).to_string();
    let cut = format!(r#"[{{"id": "{}", "tags": {{"a": "password={PLANTED}"#, id("Redis", "redis-903"));
    [("keys.json", keys), ("cut.json", cut)].map(|(name, text)| (name.to_owned(), text.into_bytes())).into()
}
