//! The stepper, on a screen or as plain lines, and `wordcode trace`.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use wordcode::record::{plain, trace};
use wordcode::timeline::{Stdin, Step, Timeline, World};
use wordcode::tui;

use super::StepOptions;
use super::error::CliError;
use super::input::{self, Program};

/// Steps through a program.
pub fn step(options: &StepOptions) -> Result<ExitCode, CliError> {
    let program = options.program.program()?;
    let mut viewer = program.viewer();
    let has_keys = io::stdin().is_terminal();
    let on_screen = !options.plain && io::stdout().is_terminal() && (has_keys || has_terminal());
    let stdin = match &options.stdin {
        Some(path) => Stdin::Text(String::from_utf8_lossy(&input::read(path)?).into_owned()),
        None if program.took_stdin => Stdin::Text(String::new()),
        None if on_screen && has_keys => Stdin::Asked,
        None => Stdin::Process,
    };
    let mut timeline = Timeline::new(program.machine()?, World::of(program.outside(stdin)));
    if on_screen {
        let options = tui::Options { at: Some(options.at), theme: options.theme.clone() };
        tui::run(timeline, viewer, &options)?;
    } else {
        let mut out = BufWriter::new(io::stdout());
        timeline.go_to(Step(options.at));
        plain::plain(&mut timeline, &mut viewer, &mut out)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes one line for each instruction of a program.
pub fn trace(program: &Program, json: bool, limit: u64, output: Option<&Path>) -> Result<ExitCode, CliError> {
    let form = if json { trace::Form::Json } else { trace::Form::Text };
    let options = trace::Options { form, limit, file: &program.code.filename };
    let mut timeline = Timeline::new(program.machine()?, World::of(program.outside(Stdin::Process)));
    let mut explainer = program.explainer();
    let (mut stdout, mut stderr) = (io::stdout(), io::stderr());
    let status = match output {
        Some(path) => {
            let wrong = |error| CliError::Write { path: path.to_owned(), error };
            let mut rows = BufWriter::new(File::create(path).map_err(wrong)?);
            let status =
                trace::trace(&mut timeline, options, &mut explainer, &mut rows, &mut stdout, &mut stderr)?;
            rows.flush().map_err(wrong)?;
            status
        }
        None => {
            trace::trace(&mut timeline, options, &mut explainer, &mut io::stdout(), &mut stdout, &mut stderr)?
        }
    };
    // As for `run`; a trace that was cut short has gone well.
    Ok(status.map_or(ExitCode::SUCCESS, |status| ExitCode::from(status as u8)))
}

/// Whether there is a terminal to read keys from, though standard input is none.
#[cfg(unix)]
fn has_terminal() -> bool {
    File::open("/dev/tty").is_ok()
}

#[cfg(not(unix))]
fn has_terminal() -> bool {
    false
}
