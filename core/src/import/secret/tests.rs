//! Secrets of tools and services by their forms, and texts that are none.

use super::*;

#[test]
fn keys_strings_and_tokens_are_secrets_and_names_are_not() {
    let key = format!("{}=", "Ab1+/".repeat(9));
    let secrets = [
        key.as_str(),
        "a.redis.cache.windows.net:6380,password=x,ssl=True",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=b",
        "https://a.blob.core.windows.net/c?sv=2022-11-02&sig=abc",
        "eyJhbGciOi.eyJzdWIi.c2ln",
        "Bearer abc",
        "rediss://:pass@host:6380",
        // Prefixes as the makers of the tokens publish them; the rest is invented.
        "ghp_0000000000000000000000000000000000AA",
        "github_pat_00000000000000000000",
        "xoxb-000000000000-abcdef",
        "AKIA0000000000000000",
        "value is AKIA0000000000000000, rotate it",
        "glpat-00000000000000000000",
        "key=ghp_0000000000000000000000000000000000AA",
        "Server=tcp:a;Uid=b;Pwd=c;",
        "pw=x",
        "pw: x",
        "pass:x",
        "key: x",
        "--password x",
        "AUTH x",
        "requirepass x",
        "kennwort=x",
        "{\"pass\":\"x\"}",
        "password\u{a0}=x",
        "password\u{ff1d}x",
        "\u{ff30}\u{ff37}\u{ff1a}x",
        "pass\u{200b}word=x",
        "pw   =  x",
        "the secret is x",
        "Mot de passe : x",
        "user:x@cache-1",
        "user:x@orders.redis.cache.windows.net",
        "user:x@host:6379",
        ":x@host",
        "curl -u a:x https://b",
        "Basic YTp4eHg=",
        "https://a.azurewebsites.net/api/b?code=x",
        "https://discord.com/api/webhooks/1/x",
        "https://prod-1.westeurope.logic.azure.com/workflows/x",
        "https://events.pagerduty.com/integration/x/enqueue",
        "Endpoint=https://a.service;AccessKey=b",
        "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://a",
        "{\"token\": \"x\"}",
        "dckr_pat_00000000000000000000",
        "{\"password\": \"x\"}",
        // A client secret of Entra ID by its form; the rest is invented.
        "abc8Q~0000000000000000000000000000.-_000",
        // 32 bytes as base64 for addresses, with a hyphen and no padding; invented.
        "q7Xz2-Lm4Rt8Vb1Nc6Ks9Wd3Fg5Hj0Pa2Yu4Ei7Oq1Z",
        "https://hooks.slack.com/services/T000/B000/x",
        "redis-cli -h a -a x",
        // 52 letters without padding, as newer keys of Redis have them.
        "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF3hJ5kL7nP9rS1uV3xAzC",
    ];
    for text in secrets {
        assert!(is_in(text), "{text}");
    }
    let plain = [
        "pair-weu",
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Cache/redisEnterprise/a-very-long-name-of-a-cache",
        "production",
        "cost=center",
        "",
        "MyTeamProductionCacheWestEurope2026Shop1",
        "MyTeam-Production-Cache-WestEurope-2026-01",
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/RG-A1b2C3d4E5",
        "3f786850e387550fdab836ed7e6dc881de23001b",
        "2026-11-29T12:00:00Z",
        "https://wiki.example/caches#shop",
        "RG-Shop-3f786850-e387-550f-dab8-36ed7e6dc881",
        "MyTeamProductionCaches-WestEurope-2026-01-02-03",
        "mailto:ops@contoso.com",
        "owner:alice@contoso.com",
        "https://code.example/shop/caches@v1",
        "registry.example/shop/cache:1@sha256:00",
        "Basic tier of the shop",
        "compass: north",
    ];
    for text in plain {
        assert!(!is_in(text), "{text}");
    }
}

#[test]
fn names_of_secrets_are_told_by_their_words() {
    let secrets = [
        "pw",
        "dbPw",
        "PWD",
        "db_pwd",
        "pass",
        "redis-pass",
        "adminPassword",
        "authToken",
        "secret",
        "apiKey",
        "api key",
        "storagekey",
        "sas",
        "blobSas",
        "SAS_TOKEN",
        "connectionString",
        "Credentials",
        "cred",
        "PIN",
        "Kennwort",
        "passwort",
        "mot_de_passe",
        "authcode",
        "accessCode",
        "connection",
        "dbpass",
        "userpass",
        "passw",
        "psw",
        "pword",
        "connString",
        "ConnStr1",
        "apikey1",
        "SASURL",
        "sig",
        "signature",
        "bearer",
        "otp",
        "psk",
        "webhook",
        "access",
        "dsn",
        "db_conn",
        "cstr",
        "OAuth",
        "authorization",
        "pswd",
        "pincode",
        "cookie",
        "hmac",
        "tls-pfx",
        "Schlüssel",
        "contraseña",
        "clave",
        "geheim",
        "session",
        "PINcode",
        "mypin",
        "apik",
        "pwrd",
        "tls.pem",
        "Schluessel",
        "SENHA",
        "hasło",
        "пароль",
    ];
    for name in secrets {
        assert!(is_named_by(name), "{name}");
    }
    for name in [
        "team",
        "environment",
        "compass",
        "bypass-proxy",
        "keyspace",
        "passenger",
        "Owner",
        "cost-centre",
        "sassy",
        "public-access",
        "signal",
        "enclave",
        "session-store",
        "Größe",
        "connected-to",
    ] {
        assert!(!is_named_by(name), "{name}");
    }
}

/// What is passed over as a short word is shorter than every mark and every key, or lacks their signs.
#[test]
fn no_mark_is_a_short_word() {
    for mark in MARKS.iter().chain(&BEGINS) {
        assert!(!is_short_word(mark), "{mark}");
    }
    assert!(PREFIXES.iter().all(|(_, least)| *least >= 10) && !is_short_word("eyJ.a"));
    assert!(is_short_word("Succeeded") && is_short_word("6.0"));
}
