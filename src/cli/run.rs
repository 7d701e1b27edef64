//! `wordcode run`: a program from its first instruction to its last, with nothing in between.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use wordcode::machine::ask::OsFailure;
use wordcode::machine::output::Stream;
use wordcode::machine::{Ask, Machine, Outcome};
use wordcode::outside::{Stdin, os_failure};

use super::error::CliError;
use super::fault::guarded;
use super::input::Program;

/// How many steps are made between two looks at the output.
const SLICE: u64 = 1 << 16;

/// Runs the program; the exit status is its own.
pub fn run(program: &Program) -> Result<ExitCode, CliError> {
    let mut machine = program.machine()?;
    machine.forget_verdicts();
    let mut screen = Screen::new();
    let mut outside = program.outside(Stdin::Process);
    loop {
        let outcome = guarded(&mut machine, |machine| machine.run(SLICE));
        screen.show(&machine)?;
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(fault) => {
                screen.flush();
                return Ok(fault.exit(&machine));
            }
        };
        if let Some(status) = screen.failure() {
            return Ok(status);
        }
        match outcome {
            Outcome::Ran => {}
            Outcome::Asks(ask) => {
                if ask == Ask::Line {
                    screen.flush();
                }
                let answer = outside.answer(&ask).map_err(CliError::Stdin)?;
                let answer = answer.expect("nobody else has to be asked");
                if let Some(loaded) = answer.loaded_from().filter(|_| program.verbose) {
                    eprintln!("wordcode: {loaded}");
                }
                machine.answer(answer);
            }
            Outcome::Exited(status) => {
                screen.flush();
                if let Some(status) = screen.failure() {
                    return Ok(status);
                }
                // The operating system keeps the lowest eight bits, here as there.
                return Ok(ExitCode::from(status as u8));
            }
        }
    }
}

/// Where the program's output goes.
struct Screen {
    /// As CPython does it: line by line on a terminal, in blocks elsewhere.
    stdout: Box<dyn Write>,
    /// How many writes have been shown.
    shown: usize,
    /// Why standard output takes no more.
    failed: Option<io::Error>,
}

impl Screen {
    fn new() -> Self {
        let stdout = io::stdout();
        let stdout: Box<dyn Write> =
            if stdout.is_terminal() { Box::new(stdout) } else { Box::new(BufWriter::new(stdout)) };
        Self { stdout, shown: 0, failed: None }
    }

    /// Shows what the program has written since the last time.
    fn show(&mut self, machine: &Machine) -> io::Result<()> {
        if machine.output.len() == self.shown {
            return Ok(());
        }
        for write in machine.output.since(self.shown) {
            match write.stream {
                Stream::Stdout => {
                    if self.failed.is_none() {
                        self.failed = self.stdout.write_all(write.bytes()).err();
                    }
                }
                Stream::Stderr => {
                    self.flush();
                    io::stderr().write_all(write.bytes())?;
                }
            }
        }
        self.shown = machine.output.len();
        Ok(())
    }

    /// Gives what was kept back to whoever reads it.
    fn flush(&mut self) {
        if self.failed.is_none() {
            self.failed = self.stdout.flush().err();
        }
    }

    /// The exit status, and the words, with which CPython ends where standard output takes no more.
    fn failure(&mut self) -> Option<ExitCode> {
        const FLUSH_FAILED: u8 = 120;
        let error = self.failed.take()?;
        let class = if error.kind() == io::ErrorKind::BrokenPipe { "BrokenPipeError" } else { "OSError" };
        let OsFailure { errno, text, .. } = os_failure(&error);
        // Nothing can be said where standard error takes no more either.
        let _ = writeln!(
            io::stderr(),
            "Exception ignored while flushing sys.stdout:\n{class}: [Errno {errno}] {text}"
        );
        Some(ExitCode::from(FLUSH_FAILED))
    }
}
