//! Reading a line of standard input: the program waits for the world.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::ask::Ask;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::output::Stream;
use crate::machine::value::Value;

/// For what a line is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Purpose {
    /// `input()`: without its line end; the end of the input is an error.
    Input,
    /// `readline()`: with its line end; empty at the end.
    Line,
    /// `read()`: all that is left.
    Rest,
    /// `readlines()`: the same as a list of lines.
    All,
    /// `for line in sys.stdin`: with its line end; the end of the input ends the loop.
    Item,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The prompt's `str()` is being made.
    Prompt,
    /// The line is awaited.
    Line,
}

/// `input(prompt)`, or a method of `sys.stdin`.
#[derive(Clone, Debug, Hash)]
pub struct ReadLine {
    purpose: Purpose,
    prompt: Option<Value>,
    /// The lines so far, where more than one is wanted.
    lines: Vec<Value>,
    phase: Phase,
}

impl ReadLine {
    /// `input(prompt)`.
    pub const fn input(prompt: Option<Value>) -> Self {
        Self::new(Purpose::Input, prompt)
    }

    /// `readline()`.
    pub const fn whole() -> Self {
        Self::new(Purpose::Line, None)
    }

    /// `read()`.
    pub const fn rest() -> Self {
        Self::new(Purpose::Rest, None)
    }

    /// `readlines()`.
    pub const fn all() -> Self {
        Self::new(Purpose::All, None)
    }

    const fn new(purpose: Purpose, prompt: Option<Value>) -> Self {
        Self { purpose, prompt, lines: Vec::new(), phase: Phase::Prompt }
    }

    /// The next line, for a loop.
    pub const fn item() -> Self {
        Self::new(Purpose::Item, None)
    }

    fn ask(mut self, machine: &mut Machine, prompt: Option<Value>) -> Advance {
        if let Some(prompt) = prompt {
            let text = machine.str_text(prompt).to_string_lossy().into_owned();
            machine.write(Stream::Stdout, &text);
        }
        self.prompt = None;
        self.phase = Phase::Line;
        let entry = machine.ask(Ask::Line);
        Ok(Progress::Wait(self.into(), entry))
    }

    fn read(mut self, machine: &mut Machine, line: Value) -> Advance {
        let text = machine.str_text(line).clone();
        let end = text.len();
        match self.purpose {
            Purpose::Input if end == 0 => Err(machine.raise(types::EOF_ERROR, "EOF when reading a line")),
            Purpose::Item if end == 0 => Ok(Progress::Exhausted),
            Purpose::Input if text.get(end - 1) == Some(u32::from('\n')) => {
                Ok(Progress::Done(machine.heap.str(text.slice(0..end - 1))))
            }
            Purpose::Rest | Purpose::All if end > 0 => {
                self.lines.push(line);
                self.ask(machine, None)
            }
            Purpose::All => Ok(Progress::Done(machine.heap.list(self.lines))),
            Purpose::Rest => {
                let lines = self.lines.iter().map(|line| machine.str_text(*line).clone());
                let points: Vec<u32> = lines.flat_map(|line| line.points().collect::<Vec<_>>()).collect();
                Ok(Progress::Done(machine.heap.str(points)))
            }
            Purpose::Input | Purpose::Line | Purpose::Item => Ok(Progress::Done(line)),
        }
    }
}

impl NativeTask for ReadLine {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        match (self.phase, input) {
            (Phase::Line, Input::Value(line)) => self.read(machine, line),
            (Phase::Prompt, Input::Value(prompt)) => self.ask(machine, Some(prompt)),
            _ => match self.prompt {
                None => self.ask(machine, None),
                Some(prompt) => match machine.str(prompt)? {
                    Flow::Value(text) => self.ask(machine, Some(text)),
                    Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
                },
            },
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.prompt.into_iter().for_each(&mut *visit);
        self.lines.iter().copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = match self.purpose {
            Purpose::Input => "input",
            Purpose::Line => "stdin.readline",
            Purpose::Rest => "stdin.read",
            Purpose::All => "stdin.readlines",
            Purpose::Item => "stdin",
        };
        match self.phase {
            Phase::Prompt => format!("{name}: waiting for the prompt's __str__"),
            Phase::Line => format!("{name}: waiting for a line of standard input"),
        }
    }
}
