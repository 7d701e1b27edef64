//! Iteration: what gives an iterator, and what an iterator gives next.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Entry, Eval, Flow, Sent};
use super::super::modules::itertools::ToolNext;
use super::super::names;
use super::super::native::{
    CallableNext, Collect, Collected, Consume, EnumerateNext, FilterNext, MakeIter, OrderedNext,
    SequenceNext, Sink, TogetherNext,
};
use super::super::object::iterator::{DictPart, Iter};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::range::RangeIter;
use super::super::table::{EntryIndex, SlotIndex};
use super::super::value::{Handle, Value};

/// What an iterator gives next.
#[derive(Debug)]
pub enum Next {
    /// An item.
    Value(Value),
    /// Nothing any more; a generator's return value, else None.
    Exhausted(Value),
    /// Python code has to run.  What it returns is the item; a StopIteration, or the end of a generator,
    /// means that there is none.
    Enter(Entry),
}

impl Machine {
    /// `iter(value)`.
    #[allow(clippy::iter_not_returning_iterator, reason = "it is the iter() of Python")]
    pub fn iter(&mut self, value: Value) -> Eval {
        let class = self.heap.class_of(value);
        if self.heap.class(class).builtin
            && let Some(iterator) = self.builtin_iter(value)
        {
            return Ok(iterator.into());
        }
        match self.heap.lookup(class, names::ITER) {
            Some(method) if method.is_none() => Err(self.not_iterable(value)),
            Some(method) => {
                if self.heap.is_builtin_special(class, names::ITER, method)
                    && let Some(iterator) = self.builtin_iter(value)
                {
                    return Ok(iterator.into());
                }
                self.begin(MakeIter::new(method, value))
            }
            None if self.has_items_in_order(class) => {
                Ok(self.heap.new_iterator(types::SEQUENCE_ITERATOR, Iter::Sequence(Some(value), 0)).into())
            }
            None => Err(self.not_iterable(value)),
        }
    }

    #[cold]
    pub(in crate::machine) fn not_iterable(&mut self, value: Value) -> Raise {
        let class = self.class_name(value);
        self.type_error(format!("'{class}' object is not iterable"))
    }

    /// The iterator over a container of a builtin type, or of a class derived from one; an iterator itself.
    pub(in crate::machine) fn builtin_iter(&mut self, value: Value) -> Option<Value> {
        let handle = value.handle()?;
        let (class, iterator) = match self.heap.payload(handle) {
            Payload::List(_) => (types::LIST_ITERATOR, Iter::List(Some(value), 0)),
            Payload::Tuple(_) => (types::TUPLE_ITERATOR, Iter::Tuple(Some(value), 0)),
            Payload::Str(text) if text.text.is_ascii() && self.heap.get(handle).class == types::STR => {
                (types::STR_ASCII_ITERATOR, Iter::Str(Some(value), 0))
            }
            Payload::Str(_) => (types::STR_ITERATOR, Iter::Str(Some(value), 0)),
            Payload::Bytes(_) => (types::BYTES_ITERATOR, Iter::Bytes(Some(value), 0)),
            Payload::ByteArray(_) => (types::BYTEARRAY_ITERATOR, Iter::Bytes(Some(value), 0)),
            Payload::Dict(_) if self.heap.is_instance(value, types::ORDERED_DICT) => {
                return Some(self.ordered_iterator(value, DictPart::Keys, false));
            }
            Payload::Dict(_) => return Some(self.dict_iterator(value, DictPart::Keys, false)),
            Payload::Set(set) => {
                let (at, len) = (SlotIndex::FIRST, set.len());
                (types::SET_ITERATOR, Iter::Set { set: Some(value), at, len })
            }
            Payload::DictView(dict) => {
                let dict = *dict;
                return Some(self.view_iterator(handle, dict, false));
            }
            Payload::MappingProxy(mapping) => {
                let mapping = *mapping;
                return match self.heap.payload_of(mapping) {
                    Some(Payload::Dict(_)) if self.heap.class_of(mapping) == types::ORDERED_DICT => {
                        Some(self.ordered_iterator(mapping, DictPart::Keys, false))
                    }
                    Some(Payload::Dict(_)) if self.heap.class(self.heap.class_of(mapping)).builtin => {
                        Some(self.dict_iterator(mapping, DictPart::Keys, false))
                    }
                    _ => None,
                };
            }
            Payload::Range(_) => {
                let (range, start) = (self.range(handle), self.range_part(value, 0));
                return Some(self.range_iterator(range.iter(), (!range.is_empty()).then_some(start)));
            }
            Payload::Iter(_) => return Some(value),
            // Coroutines and asynchronous generators are no iterables.
            Payload::Generator(_) if self.heap.get(handle).class == types::GENERATOR => return Some(value),
            _ => return None,
        };
        Some(self.heap.new_iterator(class, iterator))
    }

    /// Which part of a dict a view shows.
    pub(in crate::machine) fn view_part(&self, view: Handle) -> DictPart {
        match self.heap.get(view).class {
            types::DICT_VALUES | types::ORDERED_VALUES => DictPart::Values,
            types::DICT_ITEMS | types::ORDERED_ITEMS => DictPart::Items,
            _ => DictPart::Keys,
        }
    }

    /// Which part of a dict a value shows, if it is a view.
    pub(in crate::machine) fn view_of(&self, value: Value) -> Option<DictPart> {
        let view = value.handle().filter(|view| matches!(self.heap.payload(*view), Payload::DictView(_)))?;
        Some(self.view_part(view))
    }

    /// An iterator over the part of a dict that a view shows.
    pub(in crate::machine) fn view_iterator(&mut self, view: Handle, dict: Value, reverse: bool) -> Value {
        let part = self.view_part(view);
        match self.heap.get(view).class {
            types::ORDERED_KEYS | types::ORDERED_ITEMS | types::ORDERED_VALUES => {
                self.ordered_iterator(dict, part, reverse)
            }
            _ => self.dict_iterator(dict, part, reverse),
        }
    }

    /// An iterator over a part of a dict, in the order of its table.
    pub(in crate::machine) fn dict_iterator(&mut self, dict: Value, part: DictPart, reverse: bool) -> Value {
        let table = self.heap.dict(dict.handle().expect("a dict is a heap object"));
        let at = if reverse { table.end() } else { EntryIndex::FIRST };
        let len = table.len();
        let class = match (part, reverse) {
            (DictPart::Keys, false) => types::DICT_KEY_ITERATOR,
            (DictPart::Values, false) => types::DICT_VALUE_ITERATOR,
            (DictPart::Items, false) => types::DICT_ITEM_ITERATOR,
            (DictPart::Keys, true) => types::DICT_REVERSE_KEY_ITERATOR,
            (DictPart::Values, true) => types::DICT_REVERSE_VALUE_ITERATOR,
            (DictPart::Items, true) => types::DICT_REVERSE_ITEM_ITERATOR,
        };
        self.heap.new_iterator(
            class,
            Iter::Dict { dict: Some(dict), part, at, len, left: len, reverse, given: None },
        )
    }

    /// An iterator over the numbers of a range, which has the first of them.
    pub(in crate::machine) fn range_iterator(&mut self, iterator: RangeIter, first: Option<Value>) -> Value {
        match iterator {
            RangeIter::Short { next, step, left } => {
                self.heap.new_iterator(types::RANGE_ITERATOR, Iter::Range { next, step, left })
            }
            long @ RangeIter::Long { .. } => {
                self.heap.new_iterator(types::LONG_RANGE_ITERATOR, Iter::LongRange(Box::new(long), first))
            }
        }
    }

    /// Whether a value can be asked for its next item.
    pub(in crate::machine) fn is_iterator(&self, value: Value) -> bool {
        match self.heap.payload_of(value) {
            Some(Payload::Iter(_)) => true,
            _ => self.heap.special(value, names::NEXT).is_some(),
        }
    }

    /// Whether an exception is a StopIteration.
    pub(in crate::machine) fn is_stop(&self, exception: Value) -> bool {
        self.heap.is_instance(exception, types::STOP_ITERATION)
    }

    /// The value of a StopIteration.
    fn stop_value(&self, exception: Value) -> Value {
        self.exception(exception).fields.first().copied().flatten().unwrap_or(Value::NONE)
    }

    /// `next(iterator)`.
    pub fn next(&mut self, iterator: Value) -> Result<Next, Raise> {
        match self.next_or_stop(iterator) {
            Err(raise) if self.is_stop(raise.exception) => {
                Ok(Next::Exhausted(self.stop_value(raise.exception)))
            }
            next => next,
        }
    }

    /// [`Machine::next`] for an instruction or a function that gives the item to the program at once: nobody but the
    /// iterator has the tuple it gave before, unless it is counted.
    pub fn next_for_program(&mut self, iterator: Value) -> Result<Next, Raise> {
        self.reuses_tuples = true;
        let next = self.next(iterator);
        self.reuses_tuples = false;
        next
    }

    fn next_or_stop(&mut self, iterator: Value) -> Result<Next, Raise> {
        if let Some(handle) = iterator.handle() {
            match self.heap.payload(handle) {
                Payload::Iter(iter) if iter.is_simple() => {
                    return Ok(match self.simple_next(handle)? {
                        Some(value) => Next::Value(value),
                        None => Next::Exhausted(Value::NONE),
                    });
                }
                Payload::Iter(_) if self.heap.class(self.heap.get(handle).class).builtin => {
                    return self.builtin_next(handle);
                }
                Payload::Generator(_) if self.heap.get(handle).class == types::GENERATOR => {
                    return self.resume_generator(handle, Sent::Value(Value::NONE));
                }
                _ => {}
            }
        }
        let Some(method) = self.heap.special(iterator, names::NEXT) else {
            let class = self.class_name(iterator);
            return Err(self.type_error(format!("'{class}' object is not an iterator")));
        };
        if let (Some(Payload::Native(..)), Some(handle)) = (self.heap.payload_of(method), iterator.handle())
            && let Payload::Iter(_) = self.heap.payload(handle)
        {
            return self.builtin_next(handle);
        }
        Ok(match self.call_method(method, iterator, Args::default())? {
            Flow::Value(value) => Next::Value(value),
            Flow::Enter(entry) => Next::Enter(entry),
        })
    }

    /// What the `__next__` of a builtin iterator gives.
    pub(in crate::machine) fn builtin_next(&mut self, handle: Handle) -> Result<Next, Raise> {
        let iterator = self.heap.iterator(handle);
        if iterator.is_simple() {
            return Ok(match self.simple_next(handle)? {
                Some(value) => Next::Value(value),
                None => Next::Exhausted(Value::NONE),
            });
        }
        // What is taken from on the way is given to the natives that take it.
        let reuses = std::mem::take(&mut self.reuses_tuples);
        match self.heap.iterator(handle) {
            Iter::Enumerate(..) => self.begin_next(EnumerateNext::new(handle, reuses)),
            Iter::Zip(..) | Iter::Map(..) => self.begin_next(TogetherNext::new(handle, reuses)),
            Iter::Filter(..) => self.begin_next(FilterNext::new(handle)),
            Iter::Callable(_) => self.begin_next(CallableNext::new(handle)),
            Iter::Tool(_) => self.begin_next(ToolNext::of(handle, reuses)),
            Iter::Ordered(_) => self.begin_next(OrderedNext::of(handle, reuses)),
            Iter::Items(..) => self.next_item(handle),
            Iter::Code(_) => Ok(match self.next_code_row(handle) {
                Some(row) => Next::Value(row),
                None => Next::Exhausted(Value::NONE),
            }),
            Iter::Sequence(..)
            | Iter::Reversed(..)
            | Iter::List(..)
            | Iter::ListReverse(..)
            | Iter::Tuple(..)
            | Iter::Str(..)
            | Iter::Bytes(..)
            | Iter::Range { .. }
            | Iter::LongRange(..)
            | Iter::Dict { .. }
            | Iter::Deque { .. }
            | Iter::Set { .. } => self.begin_next(SequenceNext::new(handle)),
        }
    }

    /// The list of the items of `iterable`.
    pub(in crate::machine) fn collect_list(&mut self, iterable: Value) -> Eval {
        self.collect(iterable, Collected::List)
    }

    /// The items of `iterable`, made into a list, a tuple or what else.
    pub(in crate::machine) fn collect(&mut self, iterable: Value, into: Collected) -> Eval {
        let internal = matches!(into, Collected::List);
        let list = if internal { self.heap.list(Vec::new()) } else { self.heap.list_of(Vec::new()) };
        let list = list.handle().expect("a list is a heap object");
        self.begin(Consume::new(iterable, Sink::Collect(Collect::new(list, into))))
    }

    /// The positional arguments that `*iterable` stands for in a call of `callable`: a tuple.
    pub(in crate::machine) fn collect_arguments(&mut self, iterable: Value, callable: Value) -> Eval {
        if !self.is_iterable(iterable) {
            let class = self.class_name(iterable);
            return self
                .refuse_call(callable, &format!(" argument after * must be an iterable, not {class}"));
        }
        self.collect(iterable, Collected::Tuple)
    }

    /// Whether a value's type says that it can be iterated over.
    pub(in crate::machine) fn is_iterable(&self, value: Value) -> bool {
        let class = self.heap.class_of(value);
        self.heap.lookup(class, names::ITER).is_some() || self.has_items_in_order(class)
    }

    /// Whether a class without `__iter__` is gone through by its `__getitem__`; some of CPython's own have it for
    /// keys alone.
    fn has_items_in_order(&self, class: Handle) -> bool {
        !matches!(class, types::UNION | types::MATCH) && self.heap.lookup(class, names::GETITEM).is_some()
    }

    /// The items of an assignment with `before` targets, or, with a starred one, so many before it and
    /// `after` behind: a tuple with an item for each target.
    pub fn unpack(&mut self, sequence: Value, before: usize, after: Option<usize>) -> Eval {
        let class = self.heap.class_of(sequence);
        if matches!(class, types::LIST | types::TUPLE)
            && let Some(items) = sequence.handle().and_then(|handle| self.heap.sequence_items(handle))
        {
            if after.is_none() && items.len() == before {
                return Ok(sequence.into());
            }
            let items = items.to_vec();
            return self.unpacked(items, before, after, true).map(Flow::Value);
        }
        if !self.is_iterable(sequence) {
            let class = self.class_name(sequence);
            return Err(self.type_error(format!("cannot unpack non-iterable {class} object")));
        }
        let into = match (after, class) {
            (None, types::DICT) => {
                let length = self.heap.dict(sequence.handle().expect("a dict is a heap object")).len();
                Collected::Unpacked { before, after, length: Some(length), rest: false }
            }
            _ => Collected::Unpacked { before, after, length: None, rest: false },
        };
        self.collect(sequence, into)
    }

    /// Distributes items over the targets of an assignment; `whole` says that they are all there are.
    pub(in crate::machine) fn unpacked(
        &mut self,
        mut items: Vec<Value>,
        before: usize,
        after: Option<usize>,
        whole: bool,
    ) -> Result<Value, Raise> {
        let least = before + after.unwrap_or(0);
        let got = items.len();
        if got < least {
            let at_least = if after.is_some() { "at least " } else { "" };
            let message = format!("not enough values to unpack (expected {at_least}{least}, got {got})");
            return Err(self.value_error(message));
        }
        let Some(after) = after else {
            if got == before {
                return Ok(self.heap.tuple(items));
            }
            let got = if whole { format!(", got {got}") } else { String::new() };
            return Err(self.value_error(format!("too many values to unpack (expected {before}{got})")));
        };
        let behind = items.split_off(got - after);
        let middle = items.split_off(before);
        let middle = self.heap.list(middle);
        items.push(middle);
        items.extend(behind);
        Ok(self.heap.tuple(items))
    }

    /// Appends all items of `iterable` to a list, for `[*iterable]`.
    pub fn extend_list_for_display(&mut self, list: Handle, iterable: Value) -> Eval {
        if !self.is_iterable(iterable) {
            let class = self.class_name(iterable);
            return Err(self.type_error(format!("Value after * must be an iterable, not {class}")));
        }
        self.list_extend(list, iterable)
    }

    /// `list.extend(iterable)`.
    pub(in crate::machine) fn list_extend(&mut self, list: Handle, iterable: Value) -> Eval {
        if let Some(items) = self.known_items(iterable) {
            self.heap.list_extend(list, &items);
            return Ok(Value::NONE.into());
        }
        self.begin(Consume::new(iterable, Sink::Collect(Collect::new(list, Collected::Extended))))
    }

    /// The items of an exact list or tuple.
    pub(in crate::machine) fn known_items(&self, value: Value) -> Option<Vec<Value>> {
        let handle = value.handle()?;
        if !matches!(self.heap.get(handle).class, types::LIST | types::TUPLE) {
            return None;
        }
        self.heap.sequence_items(handle).map(<[Value]>::to_vec)
    }
}
