//! Access keys are renewed in two steps.

use super::confirm::confirmed;
use super::{Step, step};

/// Two keys, so that one is always valid: the clients move to the second before the first is made anew. `renew` writes the commands for a
/// key, `of` is what has the keys.
pub(super) fn rotated(of: &str, renew: impl Fn(&str) -> Vec<String>) -> Vec<Step> {
    let renewed = |text: String, key: &str| {
        let harm = "locks out every client that still has the old key";
        let commands = confirmed(&format!("renew the {key} keys"), harm, &renew(key).join("\n"));
        step(text, commands, "No client is refused (WRONGPASS) in the next minutes, and the clients stay connected.")
            .if_fails("A client that still has the old key gets the new one.")
            .rolled_back("None: a key cannot be brought back.")
    };
    let first = format!(
        "Rotate keys, 1 of 2: clients use the Secondary key of their {of} first; then renew the Primary keys. Each {of} has keys \
         of its own."
    );
    let second = "Rotate keys, 2 of 2: move the clients to the Primary key, then renew the Secondary keys.".to_owned();
    vec![renewed(first, "Primary"), renewed(second, "Secondary")]
}
