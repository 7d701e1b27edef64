//! Going through an iterator to its end, with a sink for the items.
//!
//! Builtin iterators are gone through within one step; Python ones item by item, each a visible frame.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Entry, Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::iterator::Iter;
use crate::machine::object::iterators::length_hint;
use crate::machine::object::{Payload, types};
use crate::machine::protocol::iterate::Next;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

use super::sink::{Hint, Sink, Taken};

/// How many items CPython guesses that there will be where nothing says so.
const GUESS: usize = 8;

/// The types whose items CPython puts into a list without an iterator.
const TABLES: [Handle; 6] =
    [types::DICT, types::DICT_KEYS, types::DICT_VALUES, types::DICT_ITEMS, types::SET, types::FROZENSET];

/// How many items are taken in one step at most.
const ITEMS_IN_A_STEP: usize = 50_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// `source` is what to go through; its `__iter__` is asked.
    Iter,
    /// `source` is the iterator; the `__len__` of this is asked how much room to make, as CPython does.
    Hint(Value, bool),
    /// The next item is taken.
    Next,
    /// The sink works on an item.
    Sink,
}

/// Goes through an iterable to its end.
#[derive(Clone, Debug, Hash)]
pub struct Consume {
    source: Value,
    sink: Box<Sink>,
    phase: Phase,
    taken: usize,
}

impl Consume {
    /// Gives all items of `iterable` to `sink`.
    pub fn new(iterable: Value, sink: Sink) -> Self {
        Self { source: iterable, sink: Box::new(sink), phase: Phase::Iter, taken: 0 }
    }

    /// Asks `source` for its iterator.  Its value is there, or it has to be waited for.
    fn start(&mut self, machine: &mut Machine) -> Eval {
        self.phase = Phase::Iter;
        machine.iter(self.source)
    }

    /// The same for the first time: where something is looked for, what cannot be gone through is no container.
    fn start_or_refuse(&mut self, machine: &mut Machine) -> Eval {
        match self.start(machine) {
            Err(raise) if self.catches(&machine.heap, raise.exception) => {
                Err(self.refusal(machine).unwrap_or(raise))
            }
            started => started,
        }
    }

    fn refusal(&self, machine: &mut Machine) -> Option<Raise> {
        match &*self.sink {
            Sink::Search(search) => Some(search.refuse(machine, self.source)),
            _ => None,
        }
    }

    /// After the iterator is there: asks how many items there will be, where Python code can see that.
    fn hint(&mut self, machine: &mut Machine, iterator: Value) -> Result<Option<Entry>, Raise> {
        let iterable = std::mem::replace(&mut self.source, iterator);
        self.phase = Phase::Next;
        let mut asked = match self.sink.hint() {
            Hint::Nobody => return Ok(None),
            Hint::Iterable => iterable,
            Hint::Iterator => iterator,
        };
        if TABLES.contains(&machine.heap.class_of(iterable)) {
            let items = machine.heap.payload_of(iterable).and_then(|table| machine.payload_length(table));
            self.expect(machine, items, true);
            return Ok(None);
        }
        // These iterators ask what they go through in their turn.
        if let Some(Payload::Iter(iterator)) = machine.heap.payload_of(asked) {
            if matches!(**iterator, Iter::Reversed(_, index) if index < 0) {
                self.expect(machine, None, false);
                return Ok(None);
            }
            if let Iter::Sequence(Some(source), _) | Iter::Reversed(Some(source), _) = &**iterator {
                asked = *source;
            }
        }
        for (name, is_len) in [(names::LEN, true), (names::LENGTH_HINT, false)] {
            let Some(method) = machine.heap.special(asked, name) else { continue };
            if let Some(Payload::Native(..)) = machine.heap.payload_of(method)
                && !machine.is_weak_proxy(asked)
                && !machine.shows_derived_mapping(asked)
            {
                let guess = self.known_length(machine, asked)?;
                self.expect(machine, guess, false);
                return Ok(None);
            }
            self.phase = Phase::Hint(asked, is_len);
            let flow = machine.call_method(method, asked, Args::default());
            return match flow {
                Ok(Flow::Enter(entry)) => Ok(Some(entry)),
                Ok(Flow::Value(value)) => self.hinted(machine, value).map(|()| None),
                Err(raise) if machine.heap.is_instance(raise.exception, types::TYPE_ERROR) => {
                    self.phase = Phase::Next;
                    self.expect(machine, None, false);
                    Ok(None)
                }
                Err(raise) => Err(raise),
            };
        }
        self.expect(machine, Some(GUESS), false);
        Ok(None)
    }

    /// How many items a builtin iterable has, or an iterator has left, where that is known at once.
    fn known_length(&self, machine: &mut Machine, asked: Value) -> Result<Option<usize>, Raise> {
        let Some(payload) = machine.heap.payload_of(asked) else { return Ok(None) };
        if let Payload::Iter(iterator) = payload {
            if matches!(**iterator, Iter::Sequence(..) | Iter::Reversed(..)) {
                return Ok(None);
            }
            let left = match length_hint(machine, &Args::new([asked]))? {
                Flow::Value(left) => machine.index_clamped(left),
                Flow::Enter(_) => panic!("a builtin iterator knows how many items it has left"),
            };
            return Ok(left.and_then(|left| usize::try_from(left).ok()));
        }
        Ok(machine.payload_length(payload))
    }

    /// Tells the list that collects the items how many there will be.
    fn expect(&self, machine: &mut Machine, guess: Option<usize>, of_table: bool) {
        if let Sink::Collect(collect) = &*self.sink {
            collect.expect(machine, guess, of_table);
        }
    }

    fn hinted(&mut self, machine: &mut Machine, value: Value) -> Result<(), Raise> {
        if let Phase::Hint(_, is_len) = self.phase {
            machine.check_hint(value, is_len)?;
            let guess = if value == Value::NOT_IMPLEMENTED {
                Some(GUESS)
            } else {
                machine.index_clamped(value).and_then(|guess| usize::try_from(guess).ok())
            };
            self.expect(machine, guess, false);
        }
        self.phase = Phase::Next;
        Ok(())
    }
}

impl NativeTask for Consume {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut taken = match (self.phase, input) {
            (Phase::Iter, Input::Value(iterator)) => match self.hint(machine, iterator)? {
                Some(entry) => return Ok(Progress::Wait(self.into(), entry)),
                None => Taken::More,
            },
            (Phase::Iter, Input::Raised(exception)) => {
                return Err(self.refusal(machine).unwrap_or(Raise::again(exception)));
            }
            (Phase::Iter, _) => match self.start_or_refuse(machine)? {
                Flow::Value(iterator) => match self.hint(machine, iterator)? {
                    Some(entry) => return Ok(Progress::Wait(self.into(), entry)),
                    None => Taken::More,
                },
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            },
            (Phase::Hint(..), Input::Value(value)) => {
                self.hinted(machine, value)?;
                Taken::More
            }
            (Phase::Hint(..), _) => {
                self.expect(machine, None, false);
                self.phase = Phase::Next;
                Taken::More
            }
            (Phase::Next, Input::Start) => Taken::More,
            (Phase::Next, Input::Value(item)) => {
                self.taken += 1;
                self.phase = Phase::Sink;
                self.sink.take(machine, item)?
            }
            (Phase::Next, Input::Exhausted | Input::Raised(_)) => return self.finish(machine),
            (Phase::Sink, Input::Value(value)) => self.sink.answer(machine, value)?,
            (Phase::Sink, _) => panic!("a sink waits for a value"),
        };
        let mut count = 0;
        loop {
            match taken {
                Taken::More => {}
                Taken::Done(value) => return Ok(Progress::Done(value)),
                Taken::Wait(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
            if self.sink.wants_iterator_again(machine) {
                taken = match self.start(machine)? {
                    Flow::Value(iterator) => match self.hint(machine, iterator)? {
                        Some(entry) => Taken::Wait(entry),
                        None => Taken::More,
                    },
                    Flow::Enter(entry) => Taken::Wait(entry),
                };
                continue;
            }
            self.phase = Phase::Next;
            count += 1;
            if count == ITEMS_IN_A_STEP {
                return Ok(Progress::Again(self.into()));
            }
            match machine.next(self.source)? {
                Next::Value(item) => {
                    self.taken += 1;
                    self.phase = Phase::Sink;
                    taken = self.sink.take(machine, item)?;
                }
                Next::Exhausted(_) => return self.finish(machine),
                Next::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.source);
        if let Phase::Hint(iterable, _) = self.phase {
            visit(iterable);
        }
        self.sink.each_value(visit);
    }

    fn owns(&self, value: Value) -> bool {
        // A sum begins with a reference to what it begins with.
        matches!(*self.sink, Sink::Sum(_)) && value != self.source
    }

    fn title(&self, heap: &Heap) -> String {
        let name = self.sink.name();
        match self.phase {
            Phase::Iter => format!("{name}: waiting for __iter__"),
            Phase::Hint(..) => format!("{name}: asking how many items there will be"),
            Phase::Next => format!("{name}: taking item {}", self.taken + 1),
            Phase::Sink => format!("{name}: {}", self.sink.doing(heap, self.taken)),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        match self.phase {
            Phase::Next => heap.is_instance(exception, types::STOP_ITERATION),
            Phase::Hint(..) => heap.is_instance(exception, types::TYPE_ERROR),
            Phase::Iter => {
                matches!(*self.sink, Sink::Search(_)) && heap.is_instance(exception, types::TYPE_ERROR)
            }
            Phase::Sink => false,
        }
    }

    fn takes_exhaustion(&self) -> bool {
        self.phase == Phase::Next
    }
}

impl Consume {
    fn finish(mut self, machine: &mut Machine) -> Advance {
        Ok(self.sink.finish(machine)?.into())
    }
}
