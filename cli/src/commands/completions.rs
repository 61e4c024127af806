//! `dr-planner completions`: what a shell needs to complete the command line.

use crate::output::Printed;
use clap::Args;
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  dr-planner completions bash > ~/.local/share/bash-completion/completions/dr-planner
  dr-planner completions zsh > ~/.zfunc/_dr-planner
  dr-planner completions fish > ~/.config/fish/completions/dr-planner.fish";

/// Print the completions of this command line for a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl Arguments {
    pub(super) fn completions(&self) -> Printed {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut crate::command_line(), "dr-planner", &mut script);
        String::from_utf8_lossy(&script).into_owned().into()
    }
}
