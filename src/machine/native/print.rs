//! `print`: each value is turned into a str and written, one after the other.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Waiting {
    /// For nothing: the next piece is to be written.
    No,
    /// For the `__str__` of the value at hand.
    Text,
    /// For the `write` of a file that is not the standard output.
    Write,
    /// For its `flush`.
    Flush,
}

/// `print(*values, sep=…, end=…, file=…)`.
#[derive(Clone, Debug, Hash)]
pub struct Print {
    values: Args,
    separator: Option<Value>,
    end: Option<Value>,
    /// Where to; standard output if absent.
    file: Option<Value>,
    flush: bool,
    /// Pieces written: value 0, separator, value 1, …, end.
    written: usize,
    waiting: Waiting,
}

impl Print {
    /// Nothing is written yet.
    pub const fn new(
        values: Args,
        separator: Option<Value>,
        end: Option<Value>,
        file: Option<Value>,
        flush: bool,
    ) -> Self {
        Self { values, separator, end, file, flush, written: 0, waiting: Waiting::No }
    }

    /// How many pieces there are: values, separators between them, the end.
    fn pieces(&self) -> usize {
        if self.values.is_empty() { 1 } else { self.values.len() * 2 }
    }

    /// Writes a str; `None` if that is done at once.
    fn write(
        &mut self,
        machine: &mut Machine,
        text: Value,
    ) -> Result<Option<Flow>, crate::machine::raise::Raise> {
        let Some(file) = self.file else {
            machine.write_standard(text)?;
            return Ok(None);
        };
        self.waiting = Waiting::Write;
        machine.call_attr(file, names::WRITE, vec![text]).map(Some)
    }
}

impl NativeTask for Print {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut text = match (self.waiting, input) {
            (Waiting::Text, Input::Value(text)) => Some(text),
            (Waiting::Flush, Input::Value(_)) => return Ok(Progress::Done(Value::NONE)),
            (Waiting::Write, _) => {
                self.written += 1;
                None
            }
            _ => None,
        };
        while self.written < self.pieces() {
            let last = self.written + 1 == self.pieces();
            let piece = match text.take() {
                Some(text) => text,
                None if last => self.end.unwrap_or_else(|| machine.heap.str("\n")),
                None if self.written % 2 == 1 => self.separator.unwrap_or_else(|| machine.heap.str(" ")),
                None => match machine.str(self.values.at(self.written / 2))? {
                    Flow::Value(text) => text,
                    Flow::Enter(entry) => {
                        self.waiting = Waiting::Text;
                        return Ok(Progress::Wait(self.into(), entry));
                    }
                },
            };
            if let Some(Flow::Enter(entry)) = self.write(machine, piece)? {
                return Ok(Progress::Wait(self.into(), entry));
            }
            self.written += 1;
        }
        if let (true, Some(file)) = (self.flush, self.file) {
            let flush = machine.heap.intern("flush").handle().expect("a str is a heap object");
            if let Flow::Enter(entry) = machine.call_attr(file, flush, vec![])? {
                self.waiting = Waiting::Flush;
                return Ok(Progress::Wait(self.into(), entry));
            }
        }
        Ok(Progress::Done(Value::NONE))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.values.each_value(visit);
        [self.separator, self.end, self.file].into_iter().flatten().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        let (number, count) = (self.written / 2 + 1, self.values.len());
        match self.waiting {
            Waiting::No | Waiting::Text => {
                format!("print: waiting for the __str__ of value {number} of {count}")
            }
            Waiting::Write => "print: waiting for the file's write".to_owned(),
            Waiting::Flush => "print: waiting for the file's flush".to_owned(),
        }
    }
}
