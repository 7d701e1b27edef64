//! Iterators of the builtin types, each with where it stands.

use super::super::modules::itertools::Tool;
use super::super::range::RangeIter;
use super::super::table::{EntryIndex, SlotIndex};
use super::super::value::Value;
use super::code_rows::CodeRows;

/// Which part of a dict an iterator or view gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DictPart {
    /// `keys()`.
    Keys,
    /// `values()`.
    Values,
    /// `items()`.
    Items,
}

/// Where an iterator over an OrderedDict stands.
#[derive(Clone, Copy, Debug, Hash)]
pub struct OrderedIter {
    /// The OrderedDict.
    pub dict: Option<Value>,
    /// The key that comes next.
    pub current: Option<Value>,
    /// The state of its order when the iterator was made: another one is an error.
    pub state: u64,
    /// Its length then: another one is an error.
    pub len: usize,
    /// What the iterator gives.
    pub part: DictPart,
    /// Whether it goes from the last key to the first.
    pub reverse: bool,
    /// The first tuple that an iterator over items gave, as with a `zip`.
    pub given: Option<Value>,
}

/// An iterator of a builtin type.  An iterator that is exhausted has let go of what it went through:
/// its source is `None`.
#[derive(Clone, Debug, Hash)]
pub enum Iter {
    /// Over a list, forward: the list and the next index.
    List(Option<Value>, usize),
    /// Over a list, backward: the list and the next index plus one.
    ListReverse(Option<Value>, usize),
    /// Over a tuple.
    Tuple(Option<Value>, usize),
    /// Over a str.
    Str(Option<Value>, usize),
    /// Over bytes or a bytearray.
    Bytes(Option<Value>, usize),
    /// Over a range whose numbers fit 64 bits: the next one, the step, how many are left.
    Range {
        /// The next number.
        next: i64,
        /// The step.
        step: i64,
        /// How many are left.
        left: u64,
    },
    /// Over a range of larger numbers; and the first number, until it is given, as the range has it.
    LongRange(Box<RangeIter>, Option<Value>),
    /// Over a dict.
    Dict {
        /// The dict.
        dict: Option<Value>,
        /// What it gives.
        part: DictPart,
        /// The next entry; going backward, the one behind the next.
        at: EntryIndex,
        /// The dict's length when the iterator was made: another one is an error.
        len: usize,
        /// How many items are left to give.
        left: usize,
        /// Whether it goes from the last entry to the first.
        reverse: bool,
        /// The first tuple that an iterator over items gave, as with a `zip`.
        given: Option<Value>,
    },
    /// Over an OrderedDict.
    Ordered(Box<OrderedIter>),
    /// Over a set.
    Set {
        /// The set.
        set: Option<Value>,
        /// The next place of the table.
        at: SlotIndex,
        /// The set's length when the iterator was made: another one is an error.
        len: usize,
    },
    /// Over a deque.
    Deque {
        /// The deque.
        deque: Option<Value>,
        /// How many items are left to give.
        left: usize,
        /// The deque's version when the iterator was made: another one is an error.
        version: u64,
        /// Whether it goes from the last item to the first.
        reverse: bool,
    },
    /// Over a memoryview or an array: it and the next index.
    Items(Option<Value>, usize),
    /// Over an object with `__getitem__`: the object and the next index.
    Sequence(Option<Value>, i64),
    /// `reversed()` of an object with `__getitem__` and `__len__`.
    Reversed(Option<Value>, i64),
    /// `iter(callable, sentinel)`.
    Callable(Option<(Value, Value)>),
    /// `enumerate`: the iterator, the next number, and the first tuple it gave, as with a `zip`.
    Enumerate(Value, Value, Option<Value>),
    /// `zip`: the iterators, whether they must have one length, and the first tuple it gave, which it gives again
    /// with other items while nobody else holds it.
    Zip(Box<[Value]>, bool, Option<Value>),
    /// `map`: the function, the iterators, whether they must have one length, and whether what it gave last is no heap
    /// object, so that nobody can have the item that it was made of.
    Map(Value, Box<[Value]>, bool, bool),
    /// `filter`: the function or None, and the iterator.
    Filter(Value, Value),
    /// Over a table of a code object.
    Code(Box<CodeRows>),
    /// One of `itertools`.
    Tool(Box<Tool>),
}

impl Iter {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::List(source, _)
            | Self::ListReverse(source, _)
            | Self::Tuple(source, _)
            | Self::Str(source, _)
            | Self::Bytes(source, _)
            | Self::Set { set: source, .. }
            | Self::Deque { deque: source, .. }
            | Self::Items(source, _)
            | Self::Sequence(source, _)
            | Self::Reversed(source, _)
            | Self::LongRange(_, source) => source.iter().copied().for_each(visit),
            Self::Range { .. } | Self::Callable(None) => {}
            Self::Ordered(ordered) => {
                let OrderedIter { dict, current, given, .. } = **ordered;
                [dict, current, given].into_iter().flatten().for_each(visit);
            }
            Self::Dict { dict: source, given, .. } => source.iter().chain(given).copied().for_each(visit),
            Self::Enumerate(source, number, given) => {
                [*source, *number].into_iter().chain(*given).for_each(visit);
            }
            Self::Callable(Some((first, second))) | Self::Filter(first, second) => {
                visit(*first);
                visit(*second);
            }
            Self::Tool(tool) => tool.each_value(visit),
            Self::Code(rows) => visit(rows.code),
            Self::Zip(sources, _, given) => sources.iter().copied().chain(*given).for_each(visit),
            Self::Map(function, sources, ..) => {
                visit(*function);
                sources.iter().copied().for_each(visit);
            }
        }
    }
}
