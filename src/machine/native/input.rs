//! `input()`: the prompt, and a line of whatever file the program has as `sys.stdin`.

use super::{Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::Value;

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// Nothing has been done.
    Begin,
    /// What waits in `sys.stderr` is being written.
    Error,
    /// The file is being asked for its number, which would tell a terminal.
    Number,
    /// The prompt's `str()` is being made.
    Prompt,
    /// The prompt is being written.
    Write,
    /// What waits in `sys.stdout` is being written.
    Flush,
    /// The line is being read.
    Line,
}

/// `input(prompt)`.
#[derive(Clone, Debug, Hash)]
pub struct Line {
    prompt: Option<Value>,
    /// `sys.stdin`, `sys.stdout`, `sys.stderr`.
    streams: [Value; 3],
    phase: Phase,
}

/// `input(prompt)` at work.
pub type ReadLine = Steps<Line>;

impl Line {
    fn flush(m: &mut Machine, file: Value) -> Result<Flow, Raise> {
        let name = m.text_handle("flush");
        m.call_attr(file, name, vec![])
    }

    fn read(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        self.phase = Phase::Line;
        let name = m.text_handle("readline");
        Ok(m.call_attr(self.streams[0], name, vec![])?.into())
    }

    /// The line without its end.
    fn given(m: &mut Machine, line: Value) -> Result<Do, Raise> {
        let Some(text) = m.heap.text_of(line).cloned() else {
            return Err(m.type_error("object.readline() returned non-string"));
        };
        match text.len() {
            0 => Err(m.raise(types::EOF_ERROR, "EOF when reading a line")),
            end if text.get(end - 1) == Some(u32::from('\n')) => {
                Ok(Do::Done(m.heap.str(text.slice(0..end - 1))))
            }
            _ => Ok(Do::Done(line)),
        }
    }
}

impl Stepwise for Line {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.phase, got) {
            (Phase::Begin, _) => {
                for (stream, name) in self.streams.iter_mut().zip(["stdin", "stdout", "stderr"]) {
                    *stream = match m.hook(name).filter(|stream| !stream.is_none()) {
                        Some(stream) => stream,
                        None => {
                            return Err(m.raise(types::RUNTIME_ERROR, format!("input(): lost sys.{name}")));
                        }
                    };
                }
                self.phase = Phase::Error;
                Ok(Self::flush(m, self.streams[2])?.into())
            }
            (Phase::Error, _) => {
                self.phase = Phase::Number;
                let name = m.text_handle("fileno");
                Ok(m.call_attr(self.streams[0], name, vec![])?.into())
            }
            (Phase::Number, _) => match self.prompt {
                Some(prompt) => {
                    self.phase = Phase::Prompt;
                    Ok(m.str(prompt)?.into())
                }
                None => {
                    self.phase = Phase::Flush;
                    Ok(Self::flush(m, self.streams[1])?.into())
                }
            },
            (Phase::Prompt, Got::Value(text)) => {
                self.phase = Phase::Write;
                Ok(m.call_attr(self.streams[1], names::WRITE, vec![text])?.into())
            }
            (Phase::Prompt | Phase::Write, _) => {
                self.phase = Phase::Flush;
                Ok(Self::flush(m, self.streams[1])?.into())
            }
            (Phase::Flush, _) => self.read(m),
            (Phase::Line, Got::Value(line)) => Self::given(m, line),
            (Phase::Line, got) => panic!("a line is waited for, not {got:?}"),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.prompt.into_iter().chain(self.streams).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        let waiting = match self.phase {
            Phase::Begin | Phase::Error => "the flush of sys.stderr",
            Phase::Number => "the fileno of sys.stdin",
            Phase::Prompt => "the prompt's __str__",
            Phase::Write => "the prompt to be written",
            Phase::Flush => "the flush of sys.stdout",
            Phase::Line => "a line of standard input",
        };
        format!("input: waiting for {waiting}")
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        // CPython asks these without being told what is wrong with them.
        matches!(self.phase, Phase::Error | Phase::Number | Phase::Flush)
            && heap.is_instance(exception, types::EXCEPTION)
    }
}

impl ReadLine {
    /// `input(prompt)`.
    pub const fn input(prompt: Option<Value>) -> Self {
        Self::new(Line { prompt, streams: [Value::NONE; 3], phase: Phase::Begin })
    }
}
