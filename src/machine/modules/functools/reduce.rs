//! `reduce(function, iterable, initial)`.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Steps, Stepwise};
use super::super::super::object::types;
use super::super::super::raise::Raise;
use super::super::super::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Start,
    Iter,
    Item,
    Call,
}

/// Items that are made into one, two at a time.
#[derive(Clone, Debug, Hash)]
pub struct Reduce {
    function: Value,
    /// The iterable, then its iterator.
    source: Value,
    result: Option<Value>,
    /// The arguments of the last call, which CPython keeps until the next one.
    last: Option<(Value, Value)>,
    phase: Phase,
    count: usize,
}

/// See [`Reduce`].
pub type ReduceCall = Steps<Reduce>;

impl ReduceCall {
    /// `reduce(function, iterable, initial)`.
    pub const fn of(function: Value, source: Value, initial: Option<Value>) -> Self {
        Self::new(Reduce { function, source, result: initial, last: None, phase: Phase::Start, count: 0 })
    }
}

impl Stepwise for Reduce {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.phase, got) {
            (Phase::Start, _) => {
                self.phase = Phase::Iter;
                return Ok(m.iter(self.source)?.into());
            }
            (Phase::Iter, Got::Value(iterator)) => self.source = iterator,
            (Phase::Iter, _) => {
                self.phase = Phase::Start;
                return Err(m.type_error("reduce() arg 2 must support iteration"));
            }
            (Phase::Item, Got::Value(item)) => match self.result {
                None => self.result = Some(item),
                Some(result) => {
                    self.phase = Phase::Call;
                    self.last = Some((result, item));
                    self.count += 1;
                    return Ok(m.call(self.function, Args::new([result, item]))?.into());
                }
            },
            (Phase::Item, _) => {
                return match self.result {
                    Some(result) => Ok(Do::Done(result)),
                    None => Err(m.type_error("reduce() of empty iterable with no initial value")),
                };
            }
            (Phase::Call, Got::Value(result)) => self.result = Some(result),
            (Phase::Call, _) => panic!("a call gives a value"),
        }
        self.phase = Phase::Item;
        Ok(m.next(self.source)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.function);
        visit(self.source);
        if let Some((left, right)) = self.last {
            visit(left);
            visit(right);
        }
        // While the function runs, its first argument is all that holds the result so far.
        if self.phase != Phase::Call {
            self.result.into_iter().for_each(visit);
        }
    }

    fn owns(&self, value: Value) -> bool {
        value != self.function && value != self.source
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Start | Phase::Iter => "reduce: waiting for __iter__".to_owned(),
            Phase::Item => "reduce: taking the next item".to_owned(),
            Phase::Call => format!("reduce: call {} of its function", self.count),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.phase == Phase::Iter && heap.is_instance(exception, types::TYPE_ERROR)
    }
}
