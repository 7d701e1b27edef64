//! `wordcode run`: a program from its first instruction to its last, with nothing in between.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use wordcode::machine::output::Stream;
use wordcode::machine::{Ask, Machine, Outcome};
use wordcode::outside::Stdin;

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
                screen.stdout.flush()?;
                return Ok(fault.exit(&machine));
            }
        };
        match outcome {
            Outcome::Ran => {}
            Outcome::Asks(ask) => {
                if ask == Ask::Line {
                    screen.stdout.flush()?;
                }
                let answer = outside.answer(&ask).map_err(CliError::Stdin)?;
                let answer = answer.expect("nobody else has to be asked");
                if let Some(loaded) = answer.loaded_from().filter(|_| program.verbose) {
                    eprintln!("wordcode: {loaded}");
                }
                machine.answer(answer);
            }
            Outcome::Exited(status) => {
                screen.stdout.flush()?;
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
}

impl Screen {
    fn new() -> Self {
        let stdout = io::stdout();
        let stdout: Box<dyn Write> =
            if stdout.is_terminal() { Box::new(stdout) } else { Box::new(BufWriter::new(stdout)) };
        Self { stdout, shown: 0 }
    }

    /// Shows what the program has written since the last time.
    fn show(&mut self, machine: &Machine) -> io::Result<()> {
        if machine.output.len() == self.shown {
            return Ok(());
        }
        for write in machine.output.since(self.shown) {
            match write.stream {
                Stream::Stdout => self.stdout.write_all(write.bytes())?,
                Stream::Stderr => {
                    self.stdout.flush()?;
                    io::stderr().write_all(write.bytes())?;
                }
            }
        }
        self.shown = machine.output.len();
        Ok(())
    }
}
