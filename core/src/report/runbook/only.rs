//! Commands of one cache among several: a variable of the shell names it.

use super::names::Cache;

/// Commands that run only where a variable names this cache.
pub(super) fn only(variable: &str, cache: &Cache, commands: &str) -> String {
    test(variable, "=", cache, commands)
}

/// Commands that run for every cache but the one that a variable names.
pub(super) fn but(variable: &str, cache: &Cache, commands: &str) -> String {
    test(variable, "!=", cache, commands)
}

/// Commands that run only where the cache has firewall rules: the first rule of a cache locks every other address out. The text before
/// the names makes one word of none, one or several in both shells.
pub(super) fn with_rules(cache: &Cache, commands: &str) -> String {
    let inner: String = commands.lines().flat_map(|line| ["  ", line, "\n"]).collect();
    format!(
        "if [ \"rules: $(az redis firewall-rules list --name {} --resource-group {} --query '[].name' --output tsv)\" = 'rules: ' ]; then\n  \
           echo 'No rule is listed: nothing to do.'\n\
         else\n{inner}fi",
        cache.name, cache.group
    )
}

fn test(variable: &str, sign: &str, cache: &Cache, commands: &str) -> String {
    let inner: String = commands.lines().flat_map(|line| ["  ", line, "\n"]).collect();
    format!("if [ \"${{{variable}:?}}\" {sign} {} ]; then\n{inner}fi", cache.name)
}
