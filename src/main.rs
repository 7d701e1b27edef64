//! The front door: the arguments choose a command, and what comes of it becomes the exit status.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
