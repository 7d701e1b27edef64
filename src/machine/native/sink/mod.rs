//! Sinks: what is done with the items that a [`Consume`](super::Consume) takes.

mod bytes;
mod collect;
mod pairs;
mod reduce;
mod search;
mod sets;
mod supply;

use super::super::Machine;
use super::super::frame::{Entry, Eval, Flow};
use super::super::heap::Heap;
use super::super::modules::array::FillArray;
use super::super::raise::Raise;
use super::super::value::Value;

pub use bytes::{Bytes, BytesFor};
pub use collect::{Collect, Collected};
pub use pairs::{FromKeys, Pairs};
pub use reduce::{Extreme, Sum};
pub use search::{Quantifier, Search, SearchFor};
pub use sets::{SetWork, SetWorkKind};
pub use supply::{Supply, Tally};

/// What became of an item.
#[derive(Debug)]
pub enum Taken {
    /// The next one is wanted.
    More,
    /// The result is there before the end.
    Done(Value),
    /// Python code has to run; the sink is told what it returns.
    Wait(Entry),
}

/// One kind of sink.
pub trait Takes {
    /// Takes an item.
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise>;

    /// Goes on with what Python code returned.
    fn answer(&mut self, machine: &mut Machine, value: Value) -> Result<Taken, Raise>;

    /// There are no more items.
    fn finish(&mut self, machine: &mut Machine) -> Eval;

    /// Visits every value it holds.
    fn each_value(&self, visit: &mut impl FnMut(Value));

    /// The function that is at work.
    fn name(&self) -> &'static str;

    /// What is done with item `number`, from 1.
    fn doing(&self, number: usize) -> String;
}

/// Who is asked how many items there will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Nobody.
    Nobody,
    /// What is iterated over.
    Iterable,
    /// Its iterator.
    Iterator,
}

/// What is done with the items.
#[derive(Clone, Debug, Hash)]
pub enum Sink {
    /// They are collected: `list()`, `tuple()`, `sorted()`, unpacking.
    Collect(Collect),
    /// They are bytes: `bytes()`, `bytearray()`.
    Bytes(Bytes),
    /// They are keys of a set: `set()`, `set.update()`, `set.difference()`.
    Set(SetWork),
    /// They are pairs of a key and a value: `dict()`, `dict.update()`.
    Pairs(Pairs),
    /// They are keys with one value: `dict.fromkeys()`.
    FromKeys(FromKeys),
    /// `sum()`.
    Sum(Sum),
    /// `any()`, `all()`.
    Quantifier(Quantifier),
    /// `min()`, `max()`.
    Extreme(Extreme),
    /// `in`, `index`, `count` of an iterable that is no container.
    Search(Search),
    /// They go into a deque.
    Supply(Supply),
    /// They are counted in a mapping.
    Tally(Tally),
    /// They go into an array.
    Array(FillArray),
}

macro_rules! each_sink {
    ($self:ident, $sink:ident => $body:expr) => {
        match $self {
            Sink::Collect($sink) => $body,
            Sink::Bytes($sink) => $body,
            Sink::Set($sink) => $body,
            Sink::Pairs($sink) => $body,
            Sink::FromKeys($sink) => $body,
            Sink::Sum($sink) => $body,
            Sink::Quantifier($sink) => $body,
            Sink::Extreme($sink) => $body,
            Sink::Search($sink) => $body,
            Sink::Supply($sink) => $body,
            Sink::Tally($sink) => $body,
            Sink::Array($sink) => $body,
        }
    };
}

impl Sink {
    /// Takes an item.
    pub fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        each_sink!(self, sink => sink.take(machine, item))
    }

    /// Goes on with what Python code returned.
    pub fn answer(&mut self, machine: &mut Machine, value: Value) -> Result<Taken, Raise> {
        each_sink!(self, sink => sink.answer(machine, value))
    }

    /// There are no more items.
    pub fn finish(&mut self, machine: &mut Machine) -> Eval {
        each_sink!(self, sink => sink.finish(machine))
    }

    /// Visits every value it holds.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        each_sink!(self, sink => sink.each_value(visit));
    }

    /// The function that is at work.
    pub fn name(&self) -> &'static str {
        each_sink!(self, sink => sink.name())
    }

    /// What is done with item `number`, from 1.
    pub fn doing(&self, _heap: &Heap, number: usize) -> String {
        each_sink!(self, sink => sink.doing(number))
    }

    /// Whether the next items are to be taken from the `iter()` of the iterator.
    pub fn wants_iterator_again(&mut self, machine: &Machine) -> bool {
        match self {
            Self::Collect(collect) => collect.wants_iterator_again(machine),
            Self::Bytes(_)
            | Self::Set(_)
            | Self::Pairs(_)
            | Self::FromKeys(_)
            | Self::Sum(_)
            | Self::Quantifier(_)
            | Self::Extreme(_)
            | Self::Search(_)
            | Self::Supply(_)
            | Self::Array(_)
            | Self::Tally(_) => false,
        }
    }

    /// Whom CPython asks how many items there will be, to make room for them.
    pub fn hint(&self) -> Hint {
        match self {
            Self::Collect(collect) => collect.hint(),
            Self::Bytes(bytes) => bytes.hint(),
            Self::Set(_)
            | Self::Pairs(_)
            | Self::FromKeys(_)
            | Self::Sum(_)
            | Self::Quantifier(_)
            | Self::Extreme(_)
            | Self::Search(_)
            | Self::Supply(_)
            | Self::Array(_)
            | Self::Tally(_) => Hint::Nobody,
        }
    }
}

/// A flow whose value means nothing: the next item is wanted as soon as it is there.
fn more(flow: Flow) -> Taken {
    match flow {
        Flow::Value(_) => Taken::More,
        Flow::Enter(entry) => Taken::Wait(entry),
    }
}
