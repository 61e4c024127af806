//! Texts that are or hold a secret: they are dropped where a file is read, before anything is kept of them.

/// What connection strings, SAS addresses and tokens have in them, in small letters.
const MARKS: [&str; 12] = [
    "sig=",
    "accountkey=",
    "sharedaccesskey",
    "sharedaccesssignature",
    "password=",
    "password:",
    "pwd=",
    "secret=",
    "bearer ",
    "primarykey",
    "secondarykey",
    "private key",
];

/// True for a text that holds a secret: the words of connection strings and tokens, an address with a password, or a word that is a
/// key by its form (base64 of 32 bytes or more that ends in "=", or the three parts of a web token).
pub(super) fn is_in(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    MARKS.iter().any(|mark| lower.contains(mark))
        || text.split(|it: char| it.is_whitespace() || ",;\"'".contains(it)).any(is_key)
}

/// True for the name of a tag whose value is a secret.
pub(super) fn is_named_by(name: &str) -> bool {
    const NAMES: [&str; 7] = ["password", "passwd", "secret", "token", "connectionstring", "accesskey", "apikey"];
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    NAMES.iter().any(|it| plain.contains(it)) || is_in(name)
}

fn is_key(word: &str) -> bool {
    let base64 = |it: &str| it.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte));
    let padded = word.trim_end_matches('=');
    let key = word.len() >= 44 && padded.len() < word.len() && base64(padded);
    let token = word.starts_with("eyJ") && word.split('.').count() >= 2;
    // rediss://:password@host
    let address =
        word.split_once("://").is_some_and(|(_, rest)| rest.split('/').next().is_some_and(|host| host.contains('@')));
    key || token || address
}

#[cfg(test)]
mod tests {
    use super::is_in;

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
        ];
        for text in plain {
            assert!(!is_in(text), "{text}");
        }
    }
}
