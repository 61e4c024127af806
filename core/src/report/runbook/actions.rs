//! Which actions of Azure Resource Manager a command of the CLI needs: one table, for the roles and for the tests that hold each printed
//! command to them.

/// The table (`core/data/az-actions.txt`).
const TABLE: &str = include_str!("../../../data/az-actions.txt");

/// A command of each row, by what follows `az`, and its actions as they stand there: "owner" and "nobody" are none, "a|b" is one of them.
pub(super) fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" |"))
}

/// The actions of a command, each of those of which one is enough too; empty for one that the table does not have.
pub(super) fn actions(command: &str) -> impl Iterator<Item = &'static str> {
    let row = rows().find(|(path, _)| *path == command).map_or("", |(_, actions)| actions);
    row.split_whitespace().filter(|action| action.contains('/')).flat_map(|action| action.split('|'))
}
