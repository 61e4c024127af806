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

/// Commands that run only where the cache has firewall rules: the first rule of a cache locks every other address out. They are counted: a
/// list that fails counts none.
pub(super) fn with_rules(cache: &Cache, commands: &str) -> String {
    let inner: String = commands.lines().flat_map(|line| ["    ", line, "\n"]).collect();
    format!(
        "RULES=\"$(az redis firewall-rules list --name {} --resource-group {} --query 'length(@)' --output tsv)\"\n\
         if [ \"rules: $RULES\" = 'rules: ' ]; then\n  \
           echo 'The rules cannot be listed: look at the error above.' >&2; false\n\
         else\n  \
           if [ \"rules: $RULES\" = 'rules: 0' ]; then\n    \
             echo 'No rule is listed: nothing to do.'\n  \
           else\n{inner}  fi\n\
         fi",
        cache.name, cache.group
    )
}

fn test(variable: &str, sign: &str, cache: &Cache, commands: &str) -> String {
    let inner: String = commands.lines().flat_map(|line| ["  ", line, "\n"]).collect();
    format!("if [ \"${{{variable}:?}}\" {sign} {} ]; then\n{inner}fi", cache.name)
}
