//! `dr-planner`: the page's answers on a terminal and in a pipeline. One module a subcommand; the core does the rest.

mod commands;
mod error;
mod files;
mod output;
mod prices;

use clap::Parser;
use commands::Command;
use std::process::ExitCode;

/// Disaster recovery of Redis on Azure, evaluated as on the page.
#[derive(Debug, Parser)]
#[command(name = "dr-planner", version, arg_required_else_help = true, after_help = commands::EXIT_CODES)]
struct Terminal {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    match Terminal::try_parse() {
        Ok(terminal) => output::finish(terminal.command.run()),
        Err(usage) => output::usage(&usage),
    }
}

/// The whole command line, for those who describe it.
fn command_line() -> clap::Command {
    <Terminal as clap::CommandFactory>::command()
}

#[cfg(test)]
mod tests {
    use super::command_line;

    /// What clap itself holds a command line to: no name twice, no argument that cannot be given.
    #[test]
    fn the_command_line_is_sound() {
        command_line().debug_assert();
    }

    #[test]
    fn every_subcommand_shows_examples_that_it_takes() {
        for command in command_line().get_subcommands() {
            let help = command.clone().render_long_help().to_string();
            let (_, examples) =
                help.split_once("Examples:\n").unwrap_or_else(|| panic!("{}: {help}", command.get_name()));
            let examples: Vec<&str> =
                examples.lines().map(str::trim).filter(|line| line.starts_with("dr-planner ")).collect();
            assert!(!examples.is_empty(), "{help}");
            for example in examples {
                let words = example.split(['>', '<']).next().unwrap_or_default().split_whitespace();
                let parsed = command_line().try_get_matches_from(words);
                assert!(
                    parsed.is_ok(),
                    "{example}: {}",
                    parsed.err().map(|error| error.to_string()).unwrap_or_default()
                );
            }
        }
    }
}
