//! The next item of an iterator of `itertools`: what all of them share.

use smallvec::SmallVec;

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Steps, Stepwise};
use super::super::super::object::iterator::Iter;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::tool::{Choosing, Tool};
use super::{choose, group, tee};

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Nothing yet.
    Begin,
    /// An item.
    Item,
    /// An item of a second iterator, or the iterator over a new source.
    Second,
    /// The result of a function.
    Call,
    /// A truth, or the answer of a comparison.
    Test,
}

/// The next item in the making.
#[derive(Clone, Debug, Hash)]
pub struct Turn {
    /// The iterator.
    pub iterator: Handle,
    /// What is waited for.
    pub phase: Phase,
    /// What is held meanwhile.
    pub held: SmallVec<[Value; 2]>,
    /// Whether the tuple it gave before may be given again.
    pub reuses: bool,
}

/// See [`Turn`].
pub type ToolNext = Steps<Turn>;

impl ToolNext {
    /// Of this iterator; whether it may give the tuple that it gave before again.
    pub fn of(iterator: Handle, reuses: bool) -> Self {
        Self::new(Turn { iterator, phase: Phase::Begin, held: SmallVec::new(), reuses })
    }
}

impl Stepwise for Turn {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match m.heap.tool(self.iterator) {
            Tool::Accumulate { .. } => self.accumulate(m, got),
            Tool::Batched(..) => self.batched(m, got),
            Tool::Chain(..) => self.chain(m, got),
            Tool::Choose(choice) => match choice.kind {
                Choosing::Permutations => Ok(choose::next_permutation(m, self.iterator, self.reuses)),
                Choosing::Combinations | Choosing::WithReplacement => {
                    Ok(choose::next_combination(m, self.iterator, self.reuses))
                }
            },
            Tool::Compress(..) => self.compress(m, got),
            Tool::Count(number) => {
                let number = *number;
                let value = m.heap.int(number);
                let next = match number.checked_add(1) {
                    Some(next) => Tool::Count(next),
                    None => {
                        let (next, one) = (m.int_plus(value, 1), m.heap.int(1));
                        m.heap.retain(next);
                        Tool::CountBy(next, one)
                    }
                };
                *m.heap.tool_mut(self.iterator) = next;
                Ok(Do::Done(value))
            }
            Tool::CountBy(..) => self.count_by(m, got),
            Tool::Cycle(..) => self.cycle(m, got),
            Tool::DropWhile(..) | Tool::TakeWhile(..) => self.judged(m, got),
            Tool::FilterFalse(..) => self.filter_false(m, got),
            Tool::GroupBy(_) => group::next_group(self, m, got),
            Tool::Grouper(..) => group::next_member(self, m, got),
            Tool::Slice { .. } => self.slice(m, got),
            Tool::Pairwise(..) => self.pairwise(m, got),
            Tool::Product(_) => Ok(choose::next_product(m, self.iterator, self.reuses)),
            Tool::Repeat(value, left) => {
                let (value, left) = (*value, *left);
                if left == Some(0) {
                    return Ok(Do::Exhausted);
                }
                if let (Some(left), Tool::Repeat(_, now)) = (left, m.heap.tool_mut(self.iterator)) {
                    *now = Some(left - 1);
                }
                Ok(Do::Done(value))
            }
            Tool::StarMap(..) => self.star_map(m, got),
            Tool::Tee(..) => tee::next_of_tee(self, m, got),
            Tool::TeeData(_) => Ok(Do::Exhausted),
            Tool::ZipLongest { .. } => self.zip_longest(m, got),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.iterator));
        self.held.iter().copied().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let name = heap.tool(self.iterator).name();
        match self.phase {
            Phase::Begin | Phase::Item => format!("{name}: taking the next item"),
            Phase::Second => format!("{name}: asking its other iterator"),
            Phase::Call => format!("{name}: waiting for its function"),
            Phase::Test => format!("{name}: waiting for a truth"),
        }
    }

    /// What goes through a slice, a batch, … lets go of its source, whatever ended it.
    fn abandon(&mut self, m: &mut Machine) {
        if let Some(data) = self.held.first().filter(|_| matches!(m.heap.tool(self.iterator), Tool::Tee(..)))
        {
            tee::stop(m, *data);
        }
        if !matches!(self.phase, Phase::Item | Phase::Second) {
            return;
        }
        match m.heap.tool_mut(self.iterator) {
            Tool::Batched(..) | Tool::Slice { .. } => m.set_tool(self.iterator, source, None),
            Tool::Chain(..) if self.phase == Phase::Second => m.set_tool(self.iterator, source, None),
            Tool::Pairwise(..) => {
                m.set_tool(self.iterator, source, None);
                m.set_tool(self.iterator, before, None);
            }
            Tool::ZipLongest { active, .. } => *active = 0,
            _ => {}
        }
    }
}

/// What an iterator goes through and may let go of.
fn source(tool: &mut Tool) -> &mut Option<Value> {
    match tool {
        Tool::Batched(source, ..)
        | Tool::Slice { source, .. }
        | Tool::Chain(source, _)
        | Tool::Cycle(source, ..)
        | Tool::Pairwise(source, ..) => source,
        _ => panic!("this one keeps its source"),
    }
}

/// What an iterator keeps from one item to the next.
fn before(tool: &mut Tool) -> &mut Option<Value> {
    match tool {
        Tool::Accumulate { total, .. } => total,
        Tool::Chain(_, active) => active,
        Tool::Pairwise(_, before, _) => before,
        _ => panic!("this one keeps nothing"),
    }
}

/// A place of a tool that holds a value.
type Place = fn(&mut Tool) -> &mut Option<Value>;

impl Machine {
    /// Puts a value in the place of another, and keeps the counts right.
    pub(super) fn set_tool(&mut self, iterator: Handle, place: Place, value: Option<Value>) {
        if let Some(value) = value {
            self.heap.retain(value);
        }
        if let Some(old) = std::mem::replace(place(self.heap.tool_mut(iterator)), value) {
            self.heap.release(old);
        }
    }

    /// Gives a tuple other items, if nobody but the iterator it belongs to has it, as CPython does; whether
    /// it could be done.
    pub(in crate::machine) fn refill_tuple(&mut self, tuple: Value, items: &[Value]) -> bool {
        let Some(handle) = tuple.handle().filter(|handle| self.heap.count(*handle) == Some(1)) else {
            return false;
        };
        // An iterator that asks for its own next item is given the tuple itself.
        if items.contains(&tuple) {
            return false;
        }
        self.heap.track(handle);
        for item in items {
            self.heap.retain(*item);
        }
        let Payload::Tuple(now) = self.heap.payload_mut(handle) else { panic!("a tuple is given") };
        let old = std::mem::replace(now, items.into());
        for item in &old {
            self.heap.release(*item);
        }
        true
    }
}

impl Turn {
    /// The tuple of these items: `own` once more, or a new one.
    fn tuple_again(&self, m: &mut Machine, own: Value, items: &[Value]) -> Value {
        if self.reuses && m.refill_tuple(own, items) { own } else { m.heap.tuple(items.to_vec()) }
    }

    /// Asks an iterator for its next item.
    pub fn take(&mut self, m: &mut Machine, source: Value) -> Result<Do, Raise> {
        self.phase = Phase::Item;
        Ok(m.next(source)?.into())
    }

    /// Calls a function with one argument.
    fn call(&mut self, m: &mut Machine, function: Value, item: Value) -> Result<Do, Raise> {
        self.phase = Phase::Call;
        Ok(m.call(function, Args::new([item]))?.into())
    }

    /// Asks for the truth of a value.
    fn test(&mut self, m: &mut Machine, value: Value) -> Result<Do, Raise> {
        self.phase = Phase::Test;
        Ok(m.truth(value)?.into())
    }

    fn accumulate(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Tool::Accumulate { source, function, total, initial } = m.heap.tool(self.iterator) else {
            panic!("the kind of an iterator stays")
        };
        let (source, function, total, initial) = (*source, *function, *total, *initial);
        let set_total = |m: &mut Machine, iterator, value| {
            m.set_tool(iterator, before, Some(value));
            Ok(Do::Done(value))
        };
        match (self.phase, got) {
            (Phase::Begin, _) if initial.is_some() => {
                if let Tool::Accumulate { total, initial, .. } = m.heap.tool_mut(self.iterator) {
                    *total = initial.take();
                }
                Ok(Do::Done(initial.unwrap_or(Value::NONE)))
            }
            (Phase::Begin, _) => self.take(m, source),
            (Phase::Item, Got::Value(item)) => match total {
                None => set_total(m, self.iterator, item),
                Some(total) => {
                    self.phase = Phase::Call;
                    self.held.push(item);
                    let flow = if function.is_none() {
                        let add = super::super::super::protocol::operator::Binary::Add;
                        m.binary(add, false, total, item)?
                    } else {
                        m.call(function, Args::new([total, item]))?
                    };
                    Ok(flow.into())
                }
            },
            (Phase::Call, Got::Value(value)) => set_total(m, self.iterator, value),
            _ => Ok(Do::Exhausted),
        }
    }

    fn batched(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Tool::Batched(iterator, size, strict) = m.heap.tool(self.iterator) else {
            panic!("the kind of an iterator stays")
        };
        let (iterator, size, strict) = (*iterator, *size, *strict);
        match got {
            Got::Start => {}
            Got::Value(item) => self.held.push(item),
            Got::Raised(_) => panic!("a tool catches nothing"),
            // A last batch that is smaller leaves it to the next turn to find out that there is no more.
            Got::End => {
                if self.held.is_empty() || strict {
                    m.set_tool(self.iterator, source, None);
                }
                if self.held.is_empty() {
                    return Ok(Do::Exhausted);
                }
                if strict {
                    self.phase = Phase::Begin;
                    return Err(m.value_error("batched(): incomplete batch"));
                }
                return Ok(Do::Done(m.heap.tuple(self.held.to_vec())));
            }
        }
        match iterator {
            None => Ok(Do::Exhausted),
            Some(_) if self.held.len() == size => Ok(Do::Done(m.heap.tuple(self.held.to_vec()))),
            Some(iterator) => self.take(m, iterator),
        }
    }

    fn chain(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.phase, got) {
            // The next source is there, then its iterator.
            (Phase::Second, Got::Value(source)) if self.held.is_empty() => {
                self.held.push(source);
                return Ok(m.iter(source)?.into());
            }
            (Phase::Second, Got::Value(iterator)) => {
                self.held.clear();
                m.set_tool(self.iterator, before, Some(iterator));
            }
            (Phase::Second, Got::End) => {
                m.set_tool(self.iterator, source, None);
                return Ok(Do::Exhausted);
            }
            (Phase::Item, Got::Value(item)) => return Ok(Do::Done(item)),
            (Phase::Item, Got::End) => m.set_tool(self.iterator, before, None),
            _ => {}
        }
        let Tool::Chain(sources, active) = m.heap.tool(self.iterator) else {
            panic!("the kind of an iterator stays")
        };
        match (*sources, *active) {
            (None, _) => Ok(Do::Exhausted),
            (_, Some(active)) => self.take(m, active),
            (Some(sources), None) => {
                self.phase = Phase::Second;
                Ok(m.next(sources)?.into())
            }
        }
    }

    fn compress(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Tool::Compress(data, selectors) = m.heap.tool(self.iterator) else {
            panic!("the kind of an iterator stays")
        };
        let (data, selectors) = (*data, *selectors);
        match (self.phase, got) {
            (_, Got::End) => Ok(Do::Exhausted),
            (Phase::Item, Got::Value(item)) => {
                self.held.push(item);
                self.phase = Phase::Second;
                Ok(m.next(selectors)?.into())
            }
            (Phase::Second, Got::Value(selector)) => {
                self.held.push(selector);
                self.test(m, selector)
            }
            (Phase::Test, Got::Value(Value::TRUE)) => Ok(Do::Done(self.held[0])),
            _ => {
                self.held.clear();
                self.take(m, data)
            }
        }
    }

    fn count_by(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Tool::CountBy(number, step) = m.heap.tool(self.iterator) else {
            panic!("the kind of an iterator stays")
        };
        let (number, step) = (*number, *step);
        match got {
            Got::Value(following) => {
                m.heap.retain(following);
                let Tool::CountBy(place, _) = m.heap.tool_mut(self.iterator) else {
                    panic!("the kind of an iterator stays")
                };
                let old = std::mem::replace(place, following);
                m.heap.release(old);
                Ok(Do::Done(self.held[0]))
            }
            _ => {
                self.phase = Phase::Call;
                self.held.push(number);
                let add = super::super::super::protocol::operator::Binary::Add;
                Ok(m.binary(add, false, number, step)?.into())
            }
        }
    }

    fn cycle(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Tool::Cycle(iterator, saved, index) = m.heap.tool(self.iterator) else {
            panic!("the kind of an iterator stays")
        };
        let (iterator, index) = (*iterator, *index);
        let saved = saved.handle().expect("a list is a heap object");
        match (self.phase, got) {
            (Phase::Item, Got::Value(item)) => {
                m.heap.list_push(saved, item);
                return Ok(Do::Done(item));
            }
            (Phase::Item, _) => m.set_tool(self.iterator, source, None),
            (_, _) => {
                if let Some(iterator) = iterator {
                    return self.take(m, iterator);
                }
            }
        }
        let items = m.heap.list_items(saved);
        let (count, item) = (items.len(), items.get(index).copied());
        let Some(item) = item else { return Ok(Do::Exhausted) };
        if let Tool::Cycle(_, _, index) = m.heap.tool_mut(self.iterator) {
            *index = (*index + 1) % count;
        }
        Ok(Do::Done(item))
    }

    /// `dropwhile` and `takewhile`.
    fn judged(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let (function, source, decided, takes) = match m.heap.tool(self.iterator) {
            Tool::DropWhile(function, source, decided) => (*function, *source, *decided, false),
            Tool::TakeWhile(function, source, decided) => (*function, *source, *decided, true),
            _ => panic!("the kind of an iterator stays"),
        };
        match (self.phase, got) {
            (Phase::Begin, _) if decided && takes => Ok(Do::Exhausted),
            (Phase::Begin, _) => self.take(m, source),
            (Phase::Item, Got::Value(item)) if decided => Ok(Do::Done(item)),
            (Phase::Item, Got::Value(item)) => {
                self.held.push(item);
                self.call(m, function, item)
            }
            (Phase::Call, Got::Value(good)) => self.test(m, good),
            (Phase::Test, Got::Value(good)) => {
                let good = good == Value::TRUE;
                if !good
                    && let Tool::DropWhile(_, _, decided) | Tool::TakeWhile(_, _, decided) =
                        m.heap.tool_mut(self.iterator)
                {
                    *decided = true;
                }
                if good == takes {
                    return Ok(Do::Done(self.held[0]));
                }
                if takes {
                    return Ok(Do::Exhausted);
                }
                self.held.clear();
                self.take(m, source)
            }
            _ => Ok(Do::Exhausted),
        }
    }

    fn filter_false(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Tool::FilterFalse(function, source) = m.heap.tool(self.iterator) else {
            panic!("the kind of an iterator stays")
        };
        let (function, source) = (*function, *source);
        match (self.phase, got) {
            (_, Got::End) => Ok(Do::Exhausted),
            (Phase::Item, Got::Value(item)) => {
                self.held.push(item);
                if function.is_none() || function == Value::object(types::BOOL) {
                    self.test(m, item)
                } else {
                    self.call(m, function, item)
                }
            }
            (Phase::Call, Got::Value(good)) => self.test(m, good),
            (Phase::Test, Got::Value(Value::FALSE)) => Ok(Do::Done(self.held[0])),
            _ => {
                self.held.clear();
                self.take(m, source)
            }
        }
    }

    fn slice(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Tool::Slice { source: iterator, taken, next, stop, step } = m.heap.tool_mut(self.iterator) else {
            panic!("the kind of an iterator stays")
        };
        let Some(iterator) = *iterator else { return Ok(Do::Exhausted) };
        if let Got::Value(item) = got {
            *taken += 1;
            if *taken > *next {
                let most = stop.unwrap_or(i64::MAX);
                *next = next.checked_add(*step).map_or(most, |next| next.min(most));
                return Ok(Do::Done(item));
            }
        }
        let ends = got == Got::End || (*taken >= *next && stop.is_some_and(|stop| *taken >= stop));
        if ends {
            m.set_tool(self.iterator, source, None);
            return Ok(Do::Exhausted);
        }
        self.take(m, iterator)
    }

    fn pairwise(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Tool::Pairwise(iterator, last, result) = m.heap.tool(self.iterator) else {
            panic!("the kind of an iterator stays")
        };
        let (iterator, last, result) = (*iterator, *last, *result);
        match (self.phase, got) {
            (Phase::Begin, _) => {
                let Some(iterator) = iterator else { return Ok(Do::Exhausted) };
                // Held while the next one is taken, even if the iterator is asked again meanwhile.
                self.held.extend(last);
                self.take(m, iterator)
            }
            (_, Got::Value(item)) if self.held.is_empty() => {
                m.set_tool(self.iterator, before, Some(item));
                let Some(iterator) = iterator else {
                    m.set_tool(self.iterator, before, None);
                    return Ok(Do::Exhausted);
                };
                self.held.push(item);
                self.take(m, iterator)
            }
            (_, Got::Value(item)) => {
                let pair = self.tuple_again(m, result, &[self.held[0], item]);
                m.set_tool(self.iterator, before, Some(item));
                Ok(Do::Done(pair))
            }
            _ => {
                m.set_tool(self.iterator, source, None);
                m.set_tool(self.iterator, before, None);
                Ok(Do::Exhausted)
            }
        }
    }

    fn star_map(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Tool::StarMap(function, source) = m.heap.tool(self.iterator) else {
            panic!("the kind of an iterator stays")
        };
        let (function, source) = (*function, *source);
        match (self.phase, got) {
            (Phase::Begin, _) => self.take(m, source),
            (Phase::Item, Got::Value(item)) => {
                self.phase = Phase::Second;
                if m.heap.class_of(item) == types::TUPLE {
                    return Ok(super::super::super::frame::Flow::Value(item).into());
                }
                Ok(m.collect(item, super::super::super::native::Collected::Tuple)?.into())
            }
            (Phase::Second, Got::Value(items)) => {
                self.phase = Phase::Call;
                self.held.push(items);
                let args = Args::new(m.tuple_items(items).iter().copied());
                Ok(m.call_with_tuple(function, args)?.into())
            }
            (Phase::Call, Got::Value(result)) => Ok(Do::Done(result)),
            _ => Ok(Do::Exhausted),
        }
    }

    fn zip_longest(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let index = self.held.len();
        match got {
            Got::Start => {}
            Got::Value(item) => self.held.push(item),
            Got::Raised(_) => panic!("a tool catches nothing"),
            Got::End => {
                let Tool::ZipLongest { sources, fill, active, .. } = m.heap.tool_mut(self.iterator) else {
                    panic!("the kind of an iterator stays")
                };
                *active = active.saturating_sub(1);
                if *active == 0 {
                    return Ok(Do::Exhausted);
                }
                self.held.push(*fill);
                if let Some(source) = sources[index].take() {
                    m.heap.release(source);
                }
            }
        }
        loop {
            let Tool::ZipLongest { sources, fill, active, result } = m.heap.tool(self.iterator) else {
                panic!("the kind of an iterator stays")
            };
            if *active == 0 {
                return Ok(Do::Exhausted);
            }
            match sources.get(self.held.len()) {
                None => {
                    let result = *result;
                    return Ok(Do::Done(self.tuple_again(m, result, &self.held)));
                }
                Some(None) => self.held.push(*fill),
                Some(Some(source)) => {
                    let source = *source;
                    return self.take(m, source);
                }
            }
        }
    }
}

impl Heap {
    /// The tool behind a handle of one.
    pub fn tool(&self, handle: Handle) -> &Tool {
        match self.iterator(handle) {
            Iter::Tool(tool) => tool,
            _ => panic!("an iterator of itertools is there"),
        }
    }

    /// The same, to change it.
    pub fn tool_mut(&mut self, handle: Handle) -> &mut Tool {
        match self.iterator_mut(handle) {
            Iter::Tool(tool) => tool,
            _ => panic!("an iterator of itertools is there"),
        }
    }
}
