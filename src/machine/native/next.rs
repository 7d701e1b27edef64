//! The next item of the iterators that go through other iterators or call functions.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::iterator::Iter;
use crate::machine::object::{Payload, types};
use crate::machine::protocol::compare::Comparison;
use crate::machine::protocol::iterate::Next;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// `iter(value)` by a Python `__iter__`, whose result has to be an iterator.
#[derive(Clone, Debug, Hash)]
pub struct MakeIter {
    method: Value,
    value: Value,
}

impl MakeIter {
    /// Calls `method`, the `__iter__` of the type of `value`.
    pub const fn new(method: Value, value: Value) -> Self {
        Self { method, value }
    }
}

impl NativeTask for MakeIter {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let iterator = match input {
            Input::Value(value) => value,
            _ => match machine.call_method(self.method, self.value, Args::default())? {
                Flow::Value(value) => value,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            },
        };
        if machine.is_iterator(iterator) {
            return Ok(Progress::Done(iterator));
        }
        let class = machine.class_name(iterator);
        Err(machine.type_error(format!("iter() returned non-iterator of type '{class}'")))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.method);
        visit(self.value);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("iter: waiting for {}.__iter__", heap.class(heap.class_of(self.value)).name)
    }
}

impl Machine {
    /// A tuple of two for an iterator that has `given` one before: the same with other items, where it may be given
    /// again and nobody else holds it, else a new one.
    pub(in crate::machine) fn pair_again(
        &mut self,
        iterator: Handle,
        given: Option<Value>,
        reuses: bool,
        [first, second]: [Value; 2],
    ) -> Value {
        if let Some(given) = given
            && reuses
            && self.refill_tuple(given, &[first, second])
        {
            return given;
        }
        let pair = self.heap.pair(first, second);
        // One that a native takes is not remembered: the next would hold its items beside it, where CPython gives
        // the one tuple again.
        if reuses && given.is_none() {
            match self.heap.iterator_mut(iterator) {
                Iter::Enumerate(_, _, given) | Iter::Dict { given, .. } => *given = Some(pair),
                Iter::Ordered(ordered) => ordered.given = Some(pair),
                _ => return pair,
            }
            self.heap.retain(pair);
        }
        pair
    }
}

/// The next pair of an `enumerate`.
#[derive(Clone, Debug, Hash)]
pub struct EnumerateNext {
    iterator: Handle,
    reuses: bool,
}

impl EnumerateNext {
    /// Of this `enumerate` object; whether it may give the same tuple again.
    pub const fn new(iterator: Handle, reuses: bool) -> Self {
        Self { iterator, reuses }
    }
}

impl NativeTask for EnumerateNext {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let item = match input {
            Input::Value(value) => value,
            Input::Exhausted | Input::Raised(_) => return Ok(Progress::Exhausted),
            Input::Start => {
                let Iter::Enumerate(source, ..) = machine.heap.iterator(self.iterator) else {
                    panic!("an enumerate is there")
                };
                match machine.next(*source)? {
                    Next::Value(value) => value,
                    Next::Exhausted(_) => return Ok(Progress::Exhausted),
                    Next::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                }
            }
        };
        let Iter::Enumerate(_, number, given) = machine.heap.iterator(self.iterator) else {
            panic!("an enumerate is there")
        };
        let (number, given) = (*number, *given);
        let following = machine.int_plus(number, 1);
        if let Iter::Enumerate(_, number, _) = machine.heap.iterator_mut(self.iterator) {
            *number = following;
        }
        machine.heap.retain(following);
        machine.heap.release(number);
        Ok(Progress::Done(machine.pair_again(self.iterator, given, self.reuses, [number, item])))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.iterator));
    }

    fn title(&self, _heap: &Heap) -> String {
        "enumerate: taking the next item".to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::STOP_ITERATION)
    }

    fn takes_exhaustion(&self) -> bool {
        true
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Together {
    /// The next item of each iterator is taken.
    Take,
    /// The first is exhausted: the others have to be as well.
    Check(usize),
    /// The function of a `map` is called with the items.
    Call,
}

/// The next item of a `zip` or a `map`: one item of each of several iterators.
#[derive(Clone, Debug, Hash)]
pub struct TogetherNext {
    iterator: Handle,
    items: Vec<Value>,
    /// The tuple that the items are put into one by one, where a `zip` gives one again.
    tuple: Option<Handle>,
    reuses: bool,
    phase: Together,
}

impl TogetherNext {
    /// Of this `zip` or `map` object; whether a `zip` may give the same tuple again.
    pub const fn new(iterator: Handle, reuses: bool) -> Self {
        Self { iterator, items: Vec::new(), tuple: None, reuses, phase: Together::Take }
    }

    /// The tuple that is given again, if nobody but the `zip` holds it.
    fn unshared(&self, machine: &Machine) -> Option<Handle> {
        let Iter::Zip(_, _, given) = machine.heap.iterator(self.iterator) else { return None };
        let tuple = given.and_then(Value::handle).filter(|_| self.reuses)?;
        (machine.heap.count(tuple) == Some(1)).then_some(tuple)
    }

    /// Takes the next item in; that of the last round goes.  Whether it has something to do before it does.
    fn take(&mut self, machine: &mut Machine, item: Value) -> bool {
        let mut finalizes = false;
        if let Some(tuple) = self.tuple
            && let Payload::Tuple(items) = machine.heap.payload_mut(tuple)
        {
            let old = std::mem::replace(&mut items[self.items.len()], item);
            machine.heap.retain(item);
            machine.heap.release(old);
            let gone = old.handle().filter(|old| machine.heap.count(*old) == Some(0));
            finalizes = gone.is_some_and(|gone| machine.heap.needs_finalizer(gone));
        }
        self.items.push(item);
        finalizes
    }

    /// What the function of a `map` made of the items.
    fn mapped(&self, machine: &mut Machine, value: Value) -> Progress {
        if let Iter::Map(.., is_plain) = machine.heap.iterator_mut(self.iterator) {
            *is_plain = value.handle().is_none();
        }
        Progress::Done(value)
    }

    /// The tuple of all items; the first is remembered.
    fn zipped(&mut self, machine: &mut Machine) -> Value {
        if let Some(tuple) = self.tuple {
            return Value::object(tuple);
        }
        let tuple = machine.heap.tuple(std::mem::take(&mut self.items));
        if self.reuses
            && let Iter::Zip(_, _, given @ None) = machine.heap.iterator_mut(self.iterator)
        {
            *given = Some(tuple);
            machine.heap.retain(tuple);
        }
        tuple
    }

    fn sources<'a>(&self, heap: &'a Heap) -> (&'a [Value], bool, Option<Value>) {
        match heap.iterator(self.iterator) {
            Iter::Zip(sources, strict, _) => (sources, *strict, None),
            Iter::Map(function, sources, strict, _) => (sources, *strict, Some(*function)),
            _ => panic!("a zip or map is there"),
        }
    }

    fn name(&self, heap: &Heap) -> &'static str {
        if self.sources(heap).2.is_some() { "map" } else { "zip" }
    }

    /// The iterator at `index` is of another length than those before it.
    fn mismatch(&self, machine: &mut Machine, index: usize, how: &str) -> Raise {
        let name = self.name(&machine.heap);
        let before = if index == 1 { " 1".to_owned() } else { format!("s 1-{index}") };
        machine.value_error(format!("{name}() argument {} is {how} than argument{before}", index + 1))
    }

    /// What follows when the iterator at `index` is exhausted; None if others are to be checked.
    fn exhausted(&mut self, machine: &mut Machine) -> Option<Advance> {
        let (sources, strict, _) = self.sources(&machine.heap);
        let count = sources.len();
        let index = self.items.len();
        match self.phase {
            Together::Take if !strict => Some(Ok(Progress::Exhausted)),
            Together::Take if index > 0 => Some(Err(self.mismatch(machine, index, "shorter"))),
            Together::Take => {
                self.phase = Together::Check(1);
                (count == 1).then_some(Ok(Progress::Exhausted))
            }
            Together::Check(at) => {
                self.phase = Together::Check(at + 1);
                (at + 1 == count).then_some(Ok(Progress::Exhausted))
            }
            Together::Call => Some(Ok(Progress::Exhausted)),
        }
    }
}

impl NativeTask for TogetherNext {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut next = match input {
            Input::Value(value) => Some(Next::Value(value)),
            Input::Exhausted | Input::Raised(_) => Some(Next::Exhausted(Value::NONE)),
            Input::Start => {
                if self.items.is_empty() {
                    self.tuple = self.unshared(machine);
                }
                None
            }
        };
        loop {
            match (next.take(), self.phase) {
                (Some(Next::Value(value)), Together::Take) => {
                    if self.take(machine, value) {
                        return Ok(Progress::Again(self.into()));
                    }
                }
                (Some(Next::Value(value)), Together::Call) => return Ok(self.mapped(machine, value)),
                (Some(Next::Value(_)), Together::Check(at)) => {
                    return Err(self.mismatch(machine, at, "longer"));
                }
                (Some(Next::Exhausted(_)), _) => {
                    if let Some(result) = self.exhausted(machine) {
                        return result;
                    }
                }
                (Some(Next::Enter(entry)), _) => return Ok(Progress::Wait(self.into(), entry)),
                (None, _) => {}
            }
            let (sources, _, function) = self.sources(&machine.heap);
            let index = if let Together::Check(at) = self.phase { at } else { self.items.len() };
            let Some(source) = sources.get(index).copied() else {
                if sources.is_empty() {
                    return Ok(Progress::Exhausted);
                }
                let Some(function) = function else { return Ok(Progress::Done(self.zipped(machine))) };
                self.phase = Together::Call;
                return match machine.call(function, Args::new(self.items.iter().copied()))? {
                    Flow::Value(value) => Ok(self.mapped(machine, value)),
                    Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
                };
            };
            // Of one iterator, the item before went to the function and nowhere else.
            next = Some(match machine.heap.iterator(self.iterator) {
                Iter::Map(_, sources, _, true) if sources.len() == 1 => machine.next_for_program(source)?,
                _ => machine.next(source)?,
            });
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.iterator));
        match self.tuple {
            Some(tuple) => visit(Value::object(tuple)),
            None => self.items.iter().copied().for_each(visit),
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let name = self.name(heap);
        match self.phase {
            Together::Take => format!("{name}: taking from iterator {}", self.items.len() + 1),
            Together::Check(at) => format!("{name}: checking the length of iterator {}", at + 1),
            Together::Call => format!("{name}: waiting for its function"),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::STOP_ITERATION)
    }

    fn takes_exhaustion(&self) -> bool {
        true
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Filtering {
    Take,
    /// The function is called with this item.
    Call(Value),
    /// The truth of what it returned for this item is computed.
    Test(Value),
}

/// The next item of a `filter`.
#[derive(Clone, Debug, Hash)]
pub struct FilterNext {
    iterator: Handle,
    phase: Filtering,
}

/// How many items are passed over in one step.
const FILTERED_IN_A_STEP: usize = 10_000;

impl FilterNext {
    /// Of this `filter` object.
    pub const fn new(iterator: Handle) -> Self {
        Self { iterator, phase: Filtering::Take }
    }

    /// The call, or the truth, that decides about the item.
    fn judge(&self, machine: &mut Machine, function: Value, answer: Option<Value>) -> Eval {
        match (self.phase, answer) {
            (Filtering::Call(item), _) => machine.call(function, Args::new([item])),
            (Filtering::Test(item), answer) => machine.truth(answer.unwrap_or(item)),
            (Filtering::Take, _) => panic!("an item was taken"),
        }
    }
}

impl NativeTask for FilterNext {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let Iter::Filter(function, source) = machine.heap.iterator(self.iterator) else {
            panic!("a filter is there")
        };
        let (function, source) = (*function, *source);
        let plain = function.is_none() || function == Value::object(types::BOOL);
        let mut answer = match input {
            Input::Value(value) => Some(value),
            Input::Exhausted | Input::Raised(_) => return Ok(Progress::Exhausted),
            Input::Start => None,
        };
        let mut passed = 0;
        loop {
            let flow = match (self.phase, answer.take()) {
                (Filtering::Take, None) => match machine.next(source)? {
                    Next::Value(value) => {
                        answer = Some(value);
                        continue;
                    }
                    Next::Exhausted(_) => return Ok(Progress::Exhausted),
                    Next::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                },
                (Filtering::Take, Some(item)) => {
                    self.phase = if plain { Filtering::Test(item) } else { Filtering::Call(item) };
                    self.judge(machine, function, None)?
                }
                (Filtering::Call(item), answer) => {
                    self.phase = Filtering::Test(item);
                    self.judge(machine, function, answer)?
                }
                (Filtering::Test(item), Some(truth)) => {
                    if truth == Value::TRUE {
                        return Ok(Progress::Done(item));
                    }
                    self.phase = Filtering::Take;
                    passed += 1;
                    if passed == FILTERED_IN_A_STEP {
                        return Ok(Progress::Again(self.into()));
                    }
                    continue;
                }
                (Filtering::Test(_), None) => return Ok(Progress::Exhausted),
            };
            match flow {
                Flow::Value(value) => answer = Some(value),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.iterator));
        if let Filtering::Call(item) | Filtering::Test(item) = self.phase {
            visit(item);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Filtering::Take => "filter: taking the next item",
            Filtering::Call(_) => "filter: waiting for its function",
            Filtering::Test(_) => "filter: waiting for a truth",
        }
        .to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.phase == Filtering::Take && heap.is_instance(exception, types::STOP_ITERATION)
    }

    fn takes_exhaustion(&self) -> bool {
        self.phase == Filtering::Take
    }
}

/// The next item of `iter(callable, sentinel)`.
#[derive(Clone, Debug, Hash)]
pub struct CallableNext {
    iterator: Handle,
    /// What the callable returned, while it is compared with the sentinel.
    result: Option<Value>,
}

impl CallableNext {
    /// Of this iterator.
    pub const fn new(iterator: Handle) -> Self {
        Self { iterator, result: None }
    }

    fn ended(&self, machine: &mut Machine) -> Advance {
        machine.exhaust(self.iterator);
        Ok(Progress::Exhausted)
    }

    fn judged(&self, machine: &mut Machine, result: Value, is_sentinel: Value) -> Advance {
        if is_sentinel == Value::TRUE { self.ended(machine) } else { Ok(Progress::Done(result)) }
    }
}

impl NativeTask for CallableNext {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let Iter::Callable(Some((callable, sentinel))) = machine.heap.iterator(self.iterator) else {
            return Ok(Progress::Exhausted);
        };
        let (callable, sentinel) = (*callable, *sentinel);
        let result = match (self.result, input) {
            (Some(result), Input::Value(answer)) => return self.judged(machine, result, answer),
            (None, Input::Value(result)) => result,
            (_, Input::Exhausted | Input::Raised(_)) => return self.ended(machine),
            (_, Input::Start) => match machine.call(callable, Args::default()) {
                Ok(Flow::Value(value)) => value,
                Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                Err(raise) if machine.is_stop(raise.exception) => return self.ended(machine),
                Err(raise) => return Err(raise),
            },
        };
        self.result = Some(result);
        match machine.compare_bool(Comparison::Eq, sentinel, result)? {
            Flow::Value(answer) => self.judged(machine, result, answer),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.iterator));
        self.result.into_iter().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.result {
            None => "iter: waiting for its callable",
            Some(_) => "iter: comparing with the sentinel",
        }
        .to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.result.is_none() && heap.is_instance(exception, types::STOP_ITERATION)
    }
}

/// The next item of an iterator over an object with `__getitem__`, forward or (`reversed`) backward.
#[derive(Clone, Debug, Hash)]
pub struct SequenceNext {
    iterator: Handle,
}

impl SequenceNext {
    /// Of this iterator.
    pub const fn new(iterator: Handle) -> Self {
        Self { iterator }
    }

    fn is_end(heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::INDEX_ERROR) || heap.is_instance(exception, types::STOP_ITERATION)
    }

    fn got(&self, machine: &mut Machine, value: Value) -> Advance {
        match machine.heap.iterator_mut(self.iterator) {
            // `__getitem__` may have set it to anything.
            Iter::Sequence(_, index) => *index = index.saturating_add(1),
            Iter::Reversed(_, index) => *index = index.saturating_sub(1),
            _ => {}
        }
        Ok(Progress::Done(value))
    }

    fn ended(&self, machine: &mut Machine) -> Advance {
        if let Iter::Reversed(_, index) = machine.heap.iterator_mut(self.iterator) {
            *index = -1;
        }
        machine.exhaust(self.iterator);
        Ok(Progress::Exhausted)
    }
}

impl NativeTask for SequenceNext {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let (source, index) = match machine.heap.iterator(self.iterator) {
            Iter::Sequence(Some(source), index) => (*source, *index),
            Iter::Reversed(Some(source), index) if *index >= 0 => (*source, *index),
            _ => return self.ended(machine),
        };
        match input {
            Input::Value(value) => return self.got(machine, value),
            Input::Exhausted | Input::Raised(_) => return self.ended(machine),
            Input::Start => {}
        }
        if index == i64::MAX && matches!(machine.heap.iterator(self.iterator), Iter::Sequence(..)) {
            return Err(machine.overflow_error("iter index too large"));
        }
        let index = machine.heap.int(index);
        match machine.get_item(source, index) {
            Ok(Flow::Value(value)) => self.got(machine, value),
            Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
            Err(raise) if Self::is_end(&machine.heap, raise.exception) => self.ended(machine),
            Err(raise) => Err(raise),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.iterator));
    }

    fn title(&self, heap: &Heap) -> String {
        match heap.payload(self.iterator) {
            Payload::Iter(iterator) => match &**iterator {
                Iter::Sequence(_, index) | Iter::Reversed(_, index) => {
                    format!("next: asking {} for item {index}", heap.text(names::GETITEM))
                }
                _ => "next".to_owned(),
            },
            _ => "next".to_owned(),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        Self::is_end(heap, exception)
    }
}

/// `next(iterator, default)`.
#[derive(Clone, Debug, Hash)]
pub struct NextOr {
    iterator: Value,
    default: Value,
}

impl NextOr {
    /// The next item of `iterator`, or `default` if there is none.
    pub const fn new(iterator: Value, default: Value) -> Self {
        Self { iterator, default }
    }
}

impl NativeTask for NextOr {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        match input {
            Input::Value(value) => Ok(Progress::Done(value)),
            Input::Exhausted | Input::Raised(_) => Ok(Progress::Done(self.default)),
            Input::Start => match machine.next(self.iterator)? {
                Next::Value(value) => Ok(Progress::Done(value)),
                Next::Exhausted(_) => Ok(Progress::Done(self.default)),
                Next::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
            },
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.iterator);
        visit(self.default);
    }

    fn title(&self, _heap: &Heap) -> String {
        "next: taking the next item, if there is one".to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::STOP_ITERATION)
    }

    fn takes_exhaustion(&self) -> bool {
        true
    }
}
