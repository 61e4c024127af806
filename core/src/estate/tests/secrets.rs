//! Secrets are dropped where a file is read: planted in every field, they are in nothing that comes out.

use super::*;
use crate::portfolio;
use serde_json::{Map, Value, json};

static CATALOG: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();

const PLANTED: &str = "PLANTEDx7Q";

/// Every text of a document replaced by one that holds a secret, one text at a time.
fn with_secret(value: &Value, at: &mut usize, secret: &str) -> Value {
    match value {
        Value::String(text) => {
            let here = *at == 0;
            *at = at.wrapping_sub(1);
            if here { secret.into() } else { text.as_str().into() }
        }
        Value::Array(list) => list.iter().map(|it| with_secret(it, at, secret)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, it)| (name.clone(), with_secret(it, at, secret))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

fn texts(value: &Value) -> usize {
    match value {
        Value::String(_) => 1,
        Value::Array(list) => list.iter().map(texts).sum(),
        Value::Object(fields) => fields.values().map(texts).sum(),
        _ => 0,
    }
}

/// Every field that has a secret, in every object.
fn with_fields(value: &Value) -> Value {
    match value {
        Value::Array(list) => list.iter().map(with_fields).collect(),
        Value::Object(fields) => {
            let tags = |name: &str, it: &Value| if name == "tags" { with_tags(it) } else { with_fields(it) };
            let mut fields: Map<String, Value> =
                fields.iter().map(|(name, it)| (name.clone(), tags(name, it))).collect();
            let names = [
                "rdbStorageConnectionString",
                "aofStorageConnectionString0",
                "aof-storage-connection-string-1",
                "rdb-storage-connection-string",
                "storageSubscriptionId",
                "primary_access_key",
                "secondary_connection_string",
                "authToken",
                "requestMessage",
                "description",
                "primary_connection_string",
                "rdb_storage_connection_string",
            ];
            for name in names {
                fields.insert(name.to_owned(), PLANTED.into());
            }
            fields.insert("accessKeys".to_owned(), json!({"primaryKey": PLANTED, "secondaryKey": PLANTED}));
            fields.insert("tenantSettings".to_owned(), json!({"a": PLANTED}));
            fields.insert("primaryKey".to_owned(), PLANTED.into());
            fields.into()
        }
        other => other.clone(),
    }
}

/// Tags are free: those that are named as a secret are one.
fn with_tags(value: &Value) -> Value {
    let mut tags = value.as_object().cloned().unwrap_or_default();
    let names = [
        "dbPassword",
        "api-token",
        "connectionString",
        "Client Secret",
        "access_key",
        "pw",
        "dbPwd",
        "redis-pass",
        "blobSas",
        "apikey",
    ];
    for name in names {
        tags.insert(name.to_owned(), PLANTED.into());
    }
    // Values that are tokens by their form, under a name that says nothing.
    let values = [
        format!("ghp_{PLANTED}0000000000000000000000"),
        format!("xoxb-{PLANTED}-0000"),
        format!("eyJ{PLANTED}.e30.x"),
        format!("Server=a;Uid=b;Pwd={PLANTED};"),
        format!("{PLANTED}aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF"),
    ];
    for (at, value) in values.into_iter().enumerate() {
        tags.insert(format!("note{at}"), value.into());
    }
    tags.into()
}

/// Everything that can be stored, shown or exported of a file.
fn everything(bytes: Vec<u8>) -> String {
    let mut read = read(vec![("file".to_owned(), bytes)]);
    // Texts of price sheets wait for their reader; what it keeps of them has a test of its own.
    read.sheets.clear();
    let estate = Estate::of(&read.facts, CATALOG.get_or_init(|| Catalog::bundled().unwrap()));
    format!("{read:?}{estate:?}{}", portfolio::write(&estate.portfolio()))
}

#[test]
fn planted_secrets_are_in_nothing_that_comes_out() {
    for name in [&ESTATE[..], &CODE[..]].concat() {
        let document: Value = serde_json::from_slice(&bytes(name)).unwrap();
        let out = everything(with_fields(&document).to_string().into_bytes());
        assert!(!out.contains(PLANTED), "{name}: a field of secrets is kept");
        // Points have no text but their time: the first objects of a file of metrics have every field.
        for at in 0..texts(&document).min(if name.starts_with("code/") { 250 } else { 70 }) {
            let secrets = [format!("AccountKey={PLANTED}"), format!("https://a.blob/c?sv=2022-11-02&sig={PLANTED}")];
            // Of the longer documents each text has one of the two.
            let both = name.starts_with("estate/");
            for secret in secrets.into_iter().enumerate().filter(|(kind, _)| both || *kind == at % 2).map(|it| it.1) {
                let text = with_secret(&document, &mut at.clone(), &secret).to_string();
                assert!(text.contains(PLANTED));
                let out = everything(text.into_bytes());
                assert!(!out.contains(PLANTED), "{name}: text {at}");
            }
        }
    }
}

/// Forms in which a secret stands in a text.
fn planted() -> [String; 4] {
    [
        format!("AccountKey={PLANTED}"),
        format!("https://a.blob.core.windows.net/c?sv=2022-11-02&sig={PLANTED}"),
        format!("a.redis.cache.windows.net:6380,password={PLANTED},ssl=True"),
        format!("InstrumentationKey={PLANTED}"),
    ]
}

/// Every table, and records a line each: a secret in each cell of the header and of the first rows.
#[test]
fn no_cell_of_a_table_carries_a_secret_out() {
    let tables = [
        "metrics/azure-metrics-solo.csv",
        "metrics/portal-chart-solo.csv",
        "costs/focus-november.csv",
        "costs/cost-details-november.csv",
        "files/azure-metrics.csv",
        "files/log-analytics-us.csv",
        "files/cost-details-mca.csv",
        "files/cost-usage-ea.csv",
        "files/cost-focus-1.0.csv",
        "files/cost-analysis.csv",
        "files/estimate.csv",
        "files/diagnostic-records.ndjson",
    ];
    for name in tables {
        let text = String::from_utf8_lossy(&bytes(name)).into_owned();
        let separator = if name.ends_with("ndjson") { '"' } else { ',' };
        let lines: Vec<&str> = text.lines().take(7).collect();
        for (at, line) in lines.iter().enumerate().take(6) {
            for cell in 0..line.split(separator).count() {
                let secret = &planted()[(at + cell) % 4].replace(separator, ";");
                let cells =
                    line.split(separator).enumerate().map(|(place, own)| if place == cell { secret } else { own });
                let changed = cells.collect::<Vec<_>>().join(&separator.to_string());
                let all: Vec<&str> =
                    lines.iter().enumerate().map(|(place, own)| if place == at { &changed } else { *own }).collect();
                let out = everything(all.join("\n").into_bytes());
                assert!(!out.contains(PLANTED), "{name}: line {at}, cell {cell}: {changed}\n{out}");
            }
        }
    }
}

/// Price sheets: what is kept of them are prices, and a report of what was left out.
#[test]
fn no_cell_of_a_price_sheet_carries_a_secret_out() {
    use crate::import::retail::{persisted, read_files_dated};
    let catalog = CATALOG.get_or_init(|| Catalog::bundled().unwrap());
    let start = crate::plan::Plan::default().horizon.start;
    for name in ["sheets/agreement-ea.csv", "files/retail-prices-westus.csv", "files/price-sheet-mca.csv"] {
        let text = String::from_utf8(bytes(name)).unwrap();
        let lines: Vec<&str> = text.lines().take(5).collect();
        for (at, line) in lines.iter().enumerate() {
            for cell in 0..line.split(',').count() {
                let secret = &planted()[(at + cell) % 2];
                let cells = line.split(',').enumerate().map(|(place, own)| if place == cell { secret } else { own });
                let changed = cells.collect::<Vec<_>>().join(",");
                let all: Vec<&str> =
                    lines.iter().enumerate().map(|(place, own)| if place == at { &changed } else { *own }).collect();
                let out = match read_files_dated(&[("sheet".to_owned(), all.join("\n"))], catalog, start, None) {
                    Ok(read) => persisted(&read, &read.over(catalog).0),
                    Err(error) => error.to_string(),
                };
                assert!(!out.contains(PLANTED), "{name}: line {at}, cell {cell}: {out}");
            }
        }
    }
}

/// What tools print of secrets on purpose: settings of apps and outputs of a template, parameters, outputs of Terraform and PowerShell,
/// keys, and addresses of next pages.
#[test]
fn what_tools_print_of_secrets_is_not_kept() {
    let head = r#""$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0""#;
    let [key, sas, redis, insights] = planted();
    let cache = r#"{"type": "Microsoft.Cache/redis", "name": "[parameters('name')]", "location": "westeurope", "tags": {"note": "[parameters('connection')]"},
        "properties": {"sku": {"name": "Premium", "family": "P", "capacity": 1}, "redisConfiguration": {"rdb-storage-connection-string": "[parameters('connection')]"}}}"#;
    let template = format!(
        r#"{{{head}, "parameters": {{"name": {{"type": "string", "defaultValue": "shop"}}, "connection": {{"type": "securestring", "defaultValue": "{PLANTED}"}},
            "open": {{"type": "string", "defaultValue": "{key}"}}}}, "variables": {{"v": "{sas}"}},
            "resources": [{cache}, {{"type": "Microsoft.Web/sites/config", "name": "app/appsettings", "properties": {{"REDIS": "{redis}", "AzureWebJobsStorage": "{key}",
            "APPLICATIONINSIGHTS_CONNECTION_STRING": "{insights}"}}}},
            {{"type": "Microsoft.Web/sites", "name": "app", "properties": {{"siteConfig": {{"connectionStrings": [{{"name": "redis", "connectionString": "{redis}"}}],
            "appSettings": [{{"name": "KEY", "value": "{PLANTED}"}}]}}}}}}],
            "outputs": {{"key": {{"type": "string", "value": "{PLANTED}"}}, "redis": {{"type": "string", "value": "{redis}"}}}}}}"#
    );
    let given = format!(
        r#"{{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0",
            "parameters": {{"name": {{"value": "{sas}"}}, "connection": {{"value": "{PLANTED}"}}}}}}"#
    );
    let state = format!(
        r#"{{"format_version": "1.0", "terraform_version": "1.9.0", "values": {{"outputs": {{"key": {{"sensitive": true, "value": "{PLANTED}"}}}},
            "root_module": {{"resources": [{{"address": "a", "type": "azurerm_redis_cache", "name": "a", "values": {{"id":
            "/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/Redis/a", "primary_access_key": "{PLANTED}", "primary_connection_string": "{redis}",
            "location": "westeurope", "sku_name": "Premium", "family": "P", "capacity": 1, "tags": {{"storage": "{key}"}},
            "redis_configuration": [{{"rdb_storage_connection_string": "{key}", "maxmemory_policy": "{sas}"}}]}},
            "sensitive_values": {{"primary_access_key": true}}}}, {{"address": "b", "type": "azurerm_linux_web_app", "values": {{"app_settings": {{"REDIS": "{redis}"}}}}}}]}}}}}}"#
    );
    let cases = [
        template.clone(),
        format!("{template}\n{given}"),
        given,
        state,
        format!(r#"{{"redis_key": {{"sensitive": true, "type": "string", "value": "{PLANTED}"}}}}"#),
        format!(r#"{{"PrimaryKey": "{PLANTED}", "SecondaryKey": "{PLANTED}"}}"#),
        format!(r#"{{"primaryKey": "{PLANTED}", "secondaryKey": null}}"#),
        format!("PrimaryKey   : {PLANTED}\nSecondaryKey : {PLANTED}\n"),
        format!("redis_key = \"{PLANTED}\"\n"),
        format!(
            r#"{{"value": [{{"id": "/subscriptions/0/x/y"}}], "nextLink": "https://management.azure.com/subscriptions/0/x?$skiptoken={PLANTED}"}}"#
        ),
        format!(r#"{{"value": [], "nextLink": "{sas}"}}"#),
        format!(r#"{{"data": [{{"id": "/subscriptions/0/x/y"}}], "skip_token": "{PLANTED}"}}"#),
    ];
    for text in cases {
        let out = everything(text.clone().into_bytes());
        assert!(!out.contains(PLANTED), "{text}\n{out}");
    }
    let keys = read(vec![(
        "k".to_owned(),
        format!(r#"{{"PrimaryKey": "{PLANTED}", "SecondaryKey": "{PLANTED}"}}"#).into_bytes(),
    )]);
    assert!(keys.unread[0].contains("access keys of a cache, and nothing of it is read"), "{:?}", keys.unread);
}

/// A file that ends within a secret, and a table with one where a time should be.
#[test]
fn sentences_quote_no_secret() {
    let cut = format!(r#"[{{"id":"/subscriptions/0","accessKeys":{{"primaryKey":"{PLANTED}"#);
    let table = format!("MetricName,ResourceId,TimeGenerated,Total\nsetcommands,/a,AccountKey={PLANTED},1\n");
    let series = [
        format!("time,writes/s\n0,{PLANTED}\n60,1\n"),
        format!("time,writes/s\n0,1\n{PLANTED},1\n"),
        format!("time,writes/s\n0,-{PLANTED}\n60,1\n"),
        format!("time,{PLANTED},b\n0,1,2\n60,1,2\n"),
        format!("{PLANTED},b,c\n1,2,3\n"),
        format!(r#"{{"{PLANTED}": 1}}"#),
        format!("time,writes/s\n0,1,{PLANTED}\n"),
        format!("BilledCost,ChargeCategory,ChargePeriodStart,ResourceId,SkuMeter\n1,Usage,{PLANTED},/a,P2 Cache\n"),
    ];
    for text in [cut, table].into_iter().chain(series.into_iter().take(7)) {
        let out = everything(text.clone().into_bytes());
        assert!(!out.contains(PLANTED), "{text}: {out}");
        assert!(out.contains("unread: [\"file: "), "{out}");
    }
}
