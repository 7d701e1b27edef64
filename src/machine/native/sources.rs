//! Making an iterator that goes through other iterators: `zip(a, b)` asks each for its `__iter__`.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::object::iterator::Iter;
use crate::machine::object::types;
use crate::machine::value::{Handle, Value};

/// What is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourcesFor {
    /// `enumerate` with its first number.
    Enumerate(Value),
    /// `zip`, strict or not.
    Zip(bool),
    /// `map` of a function, strict or not.
    Map(Value, bool),
    /// `filter` by a function.
    Filter(Value),
}

/// Makes an iterator over the iterators of its sources.
#[derive(Clone, Debug, Hash)]
pub struct Sources {
    what: SourcesFor,
    class: Value,
    /// The sources; those before `at` are iterators already.
    iterables: Vec<Value>,
    at: usize,
}

impl Sources {
    /// An instance of `class`.
    pub const fn new(what: SourcesFor, class: Value, iterables: Vec<Value>) -> Self {
        Self { what, class, iterables, at: 0 }
    }

    const fn name(&self) -> &'static str {
        match self.what {
            SourcesFor::Enumerate(_) => "enumerate",
            SourcesFor::Zip(_) => "zip",
            SourcesFor::Map(..) => "map",
            SourcesFor::Filter(_) => "filter",
        }
    }
}

impl NativeTask for Sources {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        if let Input::Value(iterator) = input {
            self.iterables[self.at] = iterator;
            self.at += 1;
        }
        while let Some(source) = self.iterables.get(self.at).copied() {
            match machine.iter(source)? {
                Flow::Value(iterator) => self.iterables[self.at] = iterator,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
            self.at += 1;
        }
        let first = self.iterables.first().copied().unwrap_or(Value::NONE);
        let iterator = match self.what {
            SourcesFor::Enumerate(start) => Iter::Enumerate(first, start, None),
            SourcesFor::Zip(strict) => Iter::Zip(self.iterables.into(), strict, None),
            SourcesFor::Map(function, strict) => Iter::Map(function, self.iterables.into(), strict, true),
            SourcesFor::Filter(function) => Iter::Filter(function, first),
        };
        let class = self.class.handle().expect("a class is a heap object");
        Ok(Progress::Done(machine.heap.new_iterator(class, iterator)))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.class);
        self.iterables.iter().copied().for_each(&mut *visit);
        match self.what {
            SourcesFor::Enumerate(value) | SourcesFor::Map(value, _) | SourcesFor::Filter(value) => {
                visit(value);
            }
            SourcesFor::Zip(_) => {}
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("{}: waiting for __iter__ of argument {}", self.name(), self.at + 1)
    }
}

/// `reversed(sequence)` of an object with `__len__` and `__getitem__`.
#[derive(Clone, Debug, Hash)]
pub struct ReversedNew {
    class: Handle,
    sequence: Value,
}

impl ReversedNew {
    /// An instance of `class`, `reversed` or one derived from it.
    pub const fn new(class: Handle, sequence: Value) -> Self {
        Self { class, sequence }
    }
}

impl NativeTask for ReversedNew {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let length = match input {
            Input::Value(length) => length,
            _ => match machine.length(self.sequence)? {
                Flow::Value(length) => length,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            },
        };
        let last = machine.index_i64(length, types::OVERFLOW_ERROR)? - 1;
        let iterator = Iter::Reversed(Some(self.sequence), last);
        Ok(Progress::Done(machine.heap.new_iterator(self.class, iterator)))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.class));
        visit(self.sequence);
    }

    fn title(&self, _heap: &Heap) -> String {
        "reversed: waiting for __len__".to_owned()
    }
}
