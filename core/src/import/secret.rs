//! Texts that are or hold a secret: they are dropped where a file is read, before anything is kept or quoted of them.

/// What connection strings, SAS addresses and tokens have in them, in small letters.
const MARKS: [&str; 53] = [
    "sig=",
    "accountkey=",
    "sharedaccesskey",
    "sharedaccesssignature",
    "password=",
    "password:",
    "passwd=",
    "pwd=",
    "pwd:",
    "pass=",
    "secret=",
    "secret:",
    "token=",
    "apikey=",
    "apikey:",
    "api_key=",
    "api-key=",
    "api-key:",
    "accesskey=",
    "access_key=",
    "access-key=",
    "token:",
    "credential=",
    "passphrase",
    "instrumentationkey=",
    "connectionstring=",
    "bearer ",
    "authorization:",
    "primarykey",
    "secondarykey",
    "private key",
    // Addresses of hooks are keys themselves;
    "hooks.slack.com/",
    "webhook.office.com/",
    "discord.com/api/webhooks/",
    "discordapp.com/api/webhooks/",
    "logic.azure.com",
    "events.pagerduty.com/integration/",
    // and so is the code of a function's.
    "?code=",
    "&code=",
    "?key=",
    "&key=",
    "kennwort=",
    "passwort=",
    "requirepass",
    "masterauth",
    "--pass ",
    "--pass=",
    "--password",
    "password is ",
    "secret is ",
    "passwort ist ",
    "kennwort ist ",
    "mot de passe",
];

/// Short marks that count at the beginning of a word alone: "bypass: on" is no secret.
const BEGINS: [&str; 6] = ["pw=", "pw:", "pass:", "key:", "kennwort:", "passwort:"];

/// Spaces and signs of any width as those of ASCII, one space for several, and nothing that has no width.
fn narrow(text: &str) -> String {
    let one = |it: char| match it {
        // Full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(it) - 0xfee0),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        it if it.is_whitespace() => Some(' '),
        it => Some(it),
    };
    let text: String = text.chars().filter_map(one).collect();
    text.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether one of the short marks begins a word.
fn begins_so(lower: &str) -> bool {
    let is_first = |at: usize| !lower[..at].ends_with(|it: char| it.is_alphanumeric());
    BEGINS.iter().any(|mark| lower.match_indices(mark).any(|(at, _)| is_first(at)))
}

/// What the commands of tools have beside their passwords: `redis-cli -a x`, `curl -u a:x`, `AUTH x`, `Basic YTp4`.
fn is_command(text: &str, lower: &str) -> bool {
    let basic = lower.find("basic ").and_then(|at| text.get(at + 6..)?.split(' ').next());
    let is_base64 = |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || b"+/=".contains(&it));
    lower.contains("redis-cli ") && lower.contains(" -a ")
        || lower.contains("curl ") && lower.contains(" -u ")
        || format!(" {text}").contains(" AUTH ")
        || basic.is_some_and(|it| is_base64(it) && (it.len() >= 8 && it.ends_with('=') || it.len() >= 20))
}

/// How tokens of services begin, and how many letters they have at least: those that their makers publish for scanners.
const PREFIXES: [(&str, usize); 36] = [
    ("ghp_", 20),
    ("gho_", 20),
    ("ghu_", 20),
    ("ghs_", 20),
    ("ghr_", 20),
    ("github_pat_", 20),
    ("glpat-", 20),
    ("xoxb-", 12),
    ("xoxp-", 12),
    ("xoxa-", 12),
    ("xoxr-", 12),
    ("xoxs-", 12),
    ("xoxe", 12),
    ("xapp-", 12),
    ("AKIA", 20),
    ("ASIA", 20),
    ("AIza", 39),
    ("npm_", 30),
    ("pypi-", 30),
    ("dop_v1_", 30),
    ("hvs.", 20),
    ("sk-", 24),
    ("sk_live_", 20),
    ("rk_live_", 20),
    ("SG.", 40),
    ("ya29.", 20),
    ("shpat_", 30),
    ("hf_", 30),
    ("dckr_pat_", 20),
    ("glsa_", 30),
    ("glptt-", 20),
    ("gldt-", 20),
    ("glrt-", 20),
    ("rubygems_", 40),
    ("AGE-SECRET-KEY-", 40),
    ("-----BEGIN", 10),
];

/// One word of nine signs at most, without those of an address or of a name and its value: every mark and every key is longer, or has others.
fn is_short_word(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte);
    text.len() < 10 && text.bytes().all(is_plain) && !text.starts_with("eyJ")
}

/// True for a text that holds a secret: the words of connection strings and tokens, an address with a password, or a word that is a
/// key by its form: that of a service's tokens, base64 of 32 bytes or more that ends in "=", letters and digits without any order, or
/// the parts of a web token.
pub(crate) fn is_in(text: &str) -> bool {
    if is_short_word(text) {
        return false;
    }
    let text = narrow(text);
    let lower = text.to_ascii_lowercase();
    // In JSON a quote and a space stand between a name and its value.
    let plain = lower.replace(['"', '\'', ' '], "");
    // Most texts are names and ids, without the signs that most marks have.
    let [has_equals, has_colon] = ['=', ':'].map(|sign| lower.contains(sign));
    let may_stand = |mark: &&&str| (has_equals || !mark.contains('=')) && (has_colon || !mark.contains(':'));
    let is_spaced = plain.len() < lower.len();
    MARKS.iter().filter(may_stand).any(|mark| lower.contains(mark) || is_spaced && plain.contains(mark))
        || begins_so(&lower.replace(['"', '\''], "").replace(" =", "=").replace(" :", ":"))
        || is_command(&text, &lower)
        || text.split(|it: char| it.is_whitespace() || ",;\"'`()[]{}<>".contains(it)).any(is_key)
}

/// True for the name of a tag whose value is a secret.
pub(crate) fn is_named_by(name: &str) -> bool {
    const INSIDE: [&str; 32] = [
        "password",
        "passwd",
        "passwort",
        "kennwort",
        "wachtwoord",
        "motdepasse",
        "contrasena",
        "secret",
        "token",
        "connectionstring",
        "credential",
        "authcode",
        "accesscode",
        "connstr",
        "passw",
        "pword",
        "sasurl",
        "bearer",
        "sharedaccess",
        "webhook",
        "authorization",
        "oauth",
        "pswd",
        "pwrd",
        "cookie",
        "hmac",
        "geheim",
        "schlussel",
        "schluessel",
        "haslo",
        "пароль",
        "密码",
    ];
    const ENDS: [&str; 5] = ["key", "keys", "pwd", "pw", "pass"];
    // Names that end in "pass" and are none.
    const PLAIN: [&str; 4] = ["compass", "bypass", "overpass", "underpass"];
    const WORDS: [&str; 30] = [
        "pw",
        "pwd",
        "pass",
        "passphrase",
        "passcode",
        "pin",
        "key",
        "keys",
        "sas",
        "cred",
        "creds",
        "connection",
        "connstr",
        "auth",
        "jwt",
        "sig",
        "signature",
        "otp",
        "psk",
        "psw",
        "dsn",
        "conn",
        "cstr",
        "apik",
        "pem",
        "pfx",
        "mypin",
        "pincode",
        "clave",
        "senha",
    ];
    // In longer names these are none: "session-store", "public-access".
    const WHOLE: [&str; 4] = ["access", "session", "sessionid", "login"];
    // "apikey1" is one of several keys.
    let mut words = words(name);
    for word in &mut words {
        word.truncate(word.trim_end_matches(|it: char| it.is_ascii_digit()).len());
    }
    let plain = words.concat();
    let ends = |it: &&str| plain.ends_with(*it) && !PLAIN.iter().any(|other| plain.ends_with(other));
    INSIDE.iter().any(|it| plain.contains(it))
        || ENDS.iter().any(ends)
        || WHOLE.contains(&plain.as_str())
        || words.iter().any(|word| WORDS.contains(&word.as_str()))
        || is_in(name)
}

/// The words of a name in small letters, without accents: of `dbPassword`, `db-password` and `DB_PASSWORD` alike.
fn words(name: &str) -> Vec<String> {
    let (mut words, mut low) = (vec![String::new()], false);
    for letter in narrow(name).chars() {
        let begins = !letter.is_alphanumeric() || (letter.is_uppercase() && low);
        low = letter.is_lowercase() || letter.is_ascii_digit();
        if begins {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.extend(letter.to_lowercase().map(plain));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A letter without its accent, of the languages whose words for a secret are known here.
const fn plain(letter: char) -> char {
    match letter {
        'ä' | 'á' | 'à' | 'â' | 'ã' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'í' => 'i',
        'ö' | 'ó' | 'ô' | 'õ' => 'o',
        'ü' | 'ú' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        'ł' => 'l',
        other => other,
    }
}

fn is_key(word: &str) -> bool {
    let base64 = |it: &str| it.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte));
    // `name=value` and `name:value`.
    let value = word.trim_end_matches('=').rsplit_once(['=', ':']).map_or(word, |(_, value)| value);
    let begins = |it: &str| PREFIXES.iter().any(|(begin, least)| it.starts_with(begin) && it.len() >= *least);
    let padded = word.trim_end_matches('=');
    let key = word.len() >= 44 && padded.len() < word.len() && base64(padded);
    let token = value.starts_with("eyJ") && value.split('.').count() >= 2;
    // rediss://:password@host
    let address =
        word.split_once("://").is_some_and(|(_, rest)| rest.split('/').next().is_some_and(|host| host.contains('@')));
    // A client secret of Entra ID: three letters, a digit, "Q~".
    let client = value.len() >= 37 && value.as_bytes().get(4..6) == Some(b"Q~");
    key || token || address || is_login(word) || client || begins(word) || begins(value) || is_disorder(value)
}

/// True for `:password@host` and for `user:password@host` where the host is no domain of mail: it has a port, no dot, or caches.
fn is_login(word: &str) -> bool {
    let Some((before, host)) = word.rsplit_once('@') else { return false };
    let host = host.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let is_port = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| is_port(port));
    let is_of_caches = ["redis", "cache"].iter().any(|it| host.contains(it));
    let is_host = !host.is_empty() && (has_port || !host.contains(['.', ':']) || is_of_caches);
    // An address has its own rule; the name of an image has a path before its ":".
    let has_user = before.split_once(':').is_some_and(|(user, _)| !user.contains('/')) && !before.contains("://");
    before.starts_with(':') || has_user && is_host
}

/// Letters of both cases and digits without any order, as keys have them: names and ids keep their digits together.
fn is_disorder(word: &str) -> bool {
    let word = word.trim_end_matches('=');
    // base64 for addresses may have a hyphen somewhere; in names and ids it stands between short words.
    let part = word.split('-').max_by_key(|it| it.len()).unwrap_or_default();
    let is_long = part.len() == word.len() || part.len() >= 16;
    let letters = |is: fn(&u8) -> bool| part.bytes().filter(is).count();
    let kinds = [letters(u8::is_ascii_uppercase), letters(u8::is_ascii_lowercase), letters(u8::is_ascii_digit)];
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/_-".contains(&byte));
    let changes = part.as_bytes().windows(2).filter(|it| it[0].is_ascii_digit() != it[1].is_ascii_digit()).count();
    let mixed = kinds.iter().all(|count| *count >= 2) && changes >= 5;
    word.len() >= 32 && !word.starts_with('/') && plain && is_long && mixed
}

#[cfg(test)]
mod tests;
