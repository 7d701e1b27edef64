//! One step of the iterators that never need Python code: over lists, tuples, texts, ranges, dicts, sets.

use super::super::Machine;
use super::super::object::Payload;
use super::super::object::iterator::{DictPart, Iter};
use super::super::raise::Raise;
use super::super::table::{EntryIndex, SlotIndex};
use super::super::value::{Handle, Value};

/// What a look at a simple iterator shows: the item, and how the iterator stands afterwards.
enum Seen {
    Item(Value),
    Byte(u8),
    Point(u32),
    Int(i64),
    Entry(EntryIndex, Value, Value),
    Key(SlotIndex, Value),
    Long,
    End,
    Changed(&'static str),
}

impl Iter {
    /// Whether [`Machine::simple_next`] can step it.
    #[inline]
    pub(in crate::machine) const fn is_simple(&self) -> bool {
        match self {
            Self::List(..)
            | Self::ListReverse(..)
            | Self::Tuple(..)
            | Self::Str(..)
            | Self::Bytes(..)
            | Self::Range { .. }
            | Self::LongRange(..)
            | Self::Dict { .. }
            | Self::Deque { .. }
            | Self::Set { .. } => true,
            Self::Items(..)
            | Self::Code(_)
            | Self::Sequence(..)
            | Self::Reversed(..)
            | Self::Callable(_)
            | Self::Enumerate(..)
            | Self::Zip(..)
            | Self::Map(..)
            | Self::Filter(..)
            | Self::Ordered(_)
            | Self::Tool(_) => false,
        }
    }

    /// Lets go of what it went through: it is exhausted for good.  Gives what was held.
    pub(in crate::machine) fn exhaust(&mut self) -> [Option<Value>; 2] {
        match self {
            Self::List(source, _)
            | Self::ListReverse(source, _)
            | Self::Tuple(source, _)
            | Self::Str(source, _)
            | Self::Bytes(source, _)
            | Self::Dict { dict: source, .. }
            | Self::Set { set: source, .. }
            | Self::Items(source, _)
            | Self::Sequence(source, _)
            | Self::Reversed(source, _) => [source.take(), None],
            Self::Callable(parts) => match parts.take() {
                Some((callable, sentinel)) => [Some(callable), Some(sentinel)],
                None => [None, None],
            },
            // It holds its deque as long as there is the iterator.
            Self::Deque { left, .. } => {
                *left = 0;
                [None, None]
            }
            Self::Range { left, .. } => {
                *left = 0;
                [None, None]
            }
            Self::LongRange(..)
            | Self::Code(_)
            | Self::Enumerate(..)
            | Self::Zip(..)
            | Self::Map(..)
            | Self::Filter(..)
            | Self::Tool(_) => [None, None],
            Self::Ordered(ordered) => [ordered.dict.take(), ordered.current.take()],
        }
    }
}

impl Machine {
    /// The next item of a simple iterator.
    #[inline]
    pub(in crate::machine) fn simple_next(&mut self, handle: Handle) -> Result<Option<Value>, Raise> {
        match self.look(handle) {
            Seen::End => {
                self.exhaust(handle);
                Ok(None)
            }
            Seen::Changed(message) => {
                match self.heap.iterator_mut(handle) {
                    // Once changed, always changed.
                    Iter::Dict { len, .. } | Iter::Set { len, .. } => *len = usize::MAX,
                    Iter::Deque { left, .. } => *left = 0,
                    _ => {}
                }
                Err(self.runtime_error(message))
            }
            Seen::Long => match self.heap.iterator_mut(handle) {
                Iter::LongRange(range, first) => {
                    let (next, first) = (range.next(), first.take());
                    if let Some(first) = first {
                        self.heap.release(first);
                    }
                    Ok(next.map(|number| first.unwrap_or_else(|| self.heap.new_int(number))))
                }
                _ => Ok(None),
            },
            Seen::Entry(at, key, value) => Ok(Some(self.dict_item(handle, at, key, value))),
            seen => {
                self.advance_simple(handle, &seen);
                Ok(Some(match seen {
                    Seen::Byte(byte) => self.heap.int(byte.into()),
                    Seen::Point(point) => self.heap.str(super::super::text::Str::from_point(point)),
                    Seen::Int(number) => self.heap.int(number),
                    Seen::Item(value) | Seen::Key(_, value) => value,
                    Seen::Entry(..) | Seen::Long | Seen::End | Seen::Changed(_) => Value::NONE,
                }))
            }
        }
    }

    /// Lets a builtin iterator go of what it went through.
    pub(in crate::machine) fn exhaust(&mut self, handle: Handle) {
        for value in self.heap.iterator_mut(handle).exhaust().into_iter().flatten() {
            self.heap.release(value);
        }
    }

    #[inline]
    fn look(&self, handle: Handle) -> Seen {
        let sequence = |source: &Option<Value>, index: usize| {
            source
                .and_then(Value::handle)
                .and_then(|source| self.heap.sequence_items(source)?.get(index).copied())
                .map_or(Seen::End, Seen::Item)
        };
        match self.heap.iterator(handle) {
            Iter::Range { left: 0, .. } => Seen::End,
            Iter::Range { next, .. } => Seen::Int(*next),
            Iter::List(source, index) | Iter::Tuple(source, index) => sequence(source, *index),
            Iter::ListReverse(_, 0) => Seen::End,
            Iter::ListReverse(source, index) => sequence(source, index - 1),
            Iter::Str(source, index) => match source.and_then(|source| self.heap.text_of(source)) {
                Some(text) => text.get(*index).map_or(Seen::End, Seen::Point),
                None => Seen::End,
            },
            Iter::Bytes(source, index) => {
                let bytes = match source.and_then(|source| self.heap.payload_of(source)) {
                    Some(Payload::Bytes(bytes)) => &bytes[..],
                    Some(Payload::ByteArray(bytes)) => &bytes[..],
                    _ => &[],
                };
                bytes.get(*index).map_or(Seen::End, |byte| Seen::Byte(*byte))
            }
            Iter::LongRange(..) => Seen::Long,
            Iter::Dict { dict: None, .. } | Iter::Set { set: None, .. } | Iter::Deque { deque: None, .. } => {
                Seen::End
            }
            Iter::Deque { deque: Some(deque), left, version, reverse } => {
                let deque = self.heap.deque(deque.handle().expect("a deque is a heap object"));
                if deque.version != *version {
                    return Seen::Changed("deque mutated during iteration");
                }
                let at = if *reverse { left.checked_sub(1) } else { deque.items.len().checked_sub(*left) };
                at.and_then(|at| deque.items.get(at).copied()).map_or(Seen::End, Seen::Item)
            }
            Iter::Dict { dict: Some(dict), at, len, left, reverse, .. } => {
                let table = self.heap.dict(dict.handle().expect("a dict is a heap object"));
                if table.len() != *len {
                    return Seen::Changed("dictionary changed size during iteration");
                }
                let found = if *reverse { table.previous_entry(*at) } else { table.next_entry(*at) };
                match found {
                    None => Seen::End,
                    Some(_) if *left == 0 => Seen::Changed("dictionary keys changed during iteration"),
                    Some((at, entry)) => Seen::Entry(at, entry.key, entry.value),
                }
            }
            Iter::Set { set: Some(set), at, len } => {
                let set = self.heap.set(set.handle().expect("a set is a heap object"));
                if set.len() != *len {
                    return Seen::Changed("Set changed size during iteration");
                }
                set.next(*at).map_or(Seen::End, |(at, _, key)| Seen::Key(at, key))
            }
            Iter::Items(..)
            | Iter::Code(_)
            | Iter::Sequence(..)
            | Iter::Reversed(..)
            | Iter::Callable(_)
            | Iter::Enumerate(..)
            | Iter::Zip(..)
            | Iter::Map(..)
            | Iter::Filter(..)
            | Iter::Ordered(_)
            | Iter::Tool(_) => Seen::End,
        }
    }

    /// Moves an iterator on behind what was seen.
    #[inline]
    fn advance_simple(&mut self, handle: Handle, seen: &Seen) {
        match self.heap.iterator_mut(handle) {
            Iter::Range { next, step, left } => {
                *next = next.wrapping_add(*step);
                *left -= 1;
            }
            Iter::List(_, index) | Iter::Tuple(_, index) | Iter::Str(_, index) | Iter::Bytes(_, index) => {
                *index += 1;
            }
            Iter::ListReverse(_, index) => *index -= 1,
            Iter::Deque { left, .. } => *left -= 1,
            Iter::Set { at, .. } => {
                if let Seen::Key(found, _) = seen {
                    *at = found.next();
                }
            }
            _ => {}
        }
    }

    /// Moves a dict's iterator on, and gives the item it found.
    fn dict_item(&mut self, handle: Handle, found: EntryIndex, key: Value, value: Value) -> Value {
        let Iter::Dict { at, part, left, reverse, given, .. } = self.heap.iterator_mut(handle) else {
            panic!("an iterator over a dict is there")
        };
        *at = if *reverse { found } else { found.next() };
        *left -= 1;
        match part {
            DictPart::Keys => key,
            DictPart::Values => value,
            DictPart::Items => {
                let (given, reuses) = (*given, self.reuses_tuples);
                self.pair_again(handle, given, reuses, [key, value])
            }
        }
    }
}
