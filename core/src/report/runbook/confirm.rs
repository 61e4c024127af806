//! Steps that destroy something: each waits for a confirmation of its own, and a confirmation counts once.

use super::names::Cache;
use super::shell::quote;

/// Commands that run only after `CONFIRM` was set to `word`, which names the act and its object ("delete shop-eastus"); `harm` goes
/// on after "This step". The variable is unset whether they run or not, so that the next such step asks again. One compound command, for
/// an interactive shell that is given several goes on to the next where one fails.
pub(super) fn confirmed(word: &str, harm: &str, commands: &str) -> String {
    // A word that a person can type between double quotes is shown so: it stands inside single quotes here.
    let typed = word.chars().all(|c| c.is_ascii_alphanumeric() || " -_./".contains(c));
    let shown = if typed { format!("\"{word}\"") } else { quote(word) };
    let told = quote(&format!(
        "Nothing ran. This step {harm}. To run it, enter this line and then the step again: CONFIRM={shown}"
    ));
    guarded(&quote(word), &told, commands)
}

/// The same where word and harm name caches by a shell's variables, as in "unlink ${SECONDARY:?}": both stand in double quotes and hold
/// nothing that a person typed.
pub(super) fn confirmed_now(word: &str, harm: &str, commands: &str) -> String {
    let told = format!(
        "\"Nothing ran. This step {harm}. To run it, enter this line and then the step again: CONFIRM='{word}'\""
    );
    guarded(&format!("\"{word}\""), &told, commands)
}

/// One of the two, by whether the cache that the words name is known to the shell alone.
pub(super) fn confirmed_of(cache: &Cache, word: &str, harm: &str, commands: &str) -> String {
    if cache.is_variable() { confirmed_now(word, harm, commands) } else { confirmed(word, harm, commands) }
}

fn guarded(word: &str, told: &str, commands: &str) -> String {
    let inner: String = commands.lines().flat_map(|line| ["  ", line, "\n"]).collect();
    format!(
        "if [ \"${{CONFIRM-}}\" != {word} ]; then\n  unset CONFIRM; echo {told} >&2; false\nelse\n  unset CONFIRM\n{inner}fi"
    )
}
