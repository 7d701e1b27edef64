//! `collections.deque`: a list that grows and shrinks at both ends.

use std::collections::VecDeque;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::native::{Consume, DequeSearch, DequeWanted, Part, Sink, Style, Supply};
use super::super::number::IntRef;
use super::super::protocol::compare::Comparison;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::{Accessor, TypeSpec};
use super::function::{NativeBody, NativeDef, indexed};
use super::generic::CLASS_GETITEM;
use super::iterator::Iter;
use super::list::MAX_ITEMS;
use super::{Payload, types};

/// The payload of a deque.
#[derive(Clone, Debug, Default, Hash)]
pub struct Deque {
    /// The items.
    pub items: VecDeque<Value>,
    /// The most it may hold; what is too much goes at the other end.
    pub most: Option<usize>,
    /// Changes with each item that comes or goes, so that iterators notice.
    pub version: u64,
}

/// `collections.deque`.
pub static DEQUE: TypeSpec = TypeSpec {
    module: "collections",
    subclassable: true,
    unhashable: true,
    doc: Some("Items that come and go at both ends."),
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = m.class_argument(args)?;
            Ok(Value::object(m.heap.alloc(class, Payload::Deque(Box::default()))).into())
        }),
        NativeDef::wrapper("__init__", Params::named(&["iterable", "maxlen"], 0), init),
        NativeDef::wrapper("__repr__", Params::None, repr),
        NativeDef::wrapper("__len__", Params::None, |m, args| {
            let len = deque(m, args).items.len();
            Ok(m.heap.int(len as i64).into())
        }),
        NativeDef::wrapper("__iter__", Params::None, |m, args| {
            Ok(m.deque_iterator(args.at(0), false).into())
        }),
        NativeDef::method("__reversed__", Params::None, |m, args| {
            Ok(m.deque_iterator(args.at(0), true).into())
        }),
        NativeDef::wrapper("__contains__", Params::One, |m, args| {
            m.begin(DequeSearch::new(DequeWanted::Presence, handle(args), args.at(1), 0, i64::MAX))
        }),
        NativeDef::wrapper("__getitem__", Params::One, |m, args| {
            index_like(m, args.at(1))?;
            m.with_indices("deque", args, &[1], Style::Plain, |m, args| {
                let at = place(m, args)?;
                Ok(deque(m, args).items[at].into())
            })
        }),
        NativeDef::wrapper("__setitem__", Params::Range(2, 2), |m, args| {
            m.with_indices("deque", args, &[1], Style::Plain, |m, args| {
                let at = place(m, args)?;
                let new = args.at(2);
                m.heap.retain(new);
                let old = std::mem::replace(&mut m.heap.deque_mut(handle(args)).items[at], new);
                m.heap.release(old);
                Ok(Value::NONE.into())
            })
        }),
        NativeDef::wrapper("__delitem__", Params::One, |m, args| {
            m.with_indices("deque", args, &[1], Style::Plain, |m, args| {
                let at = place(m, args)?;
                m.deque_remove(handle(args), at);
                Ok(Value::NONE.into())
            })
        }),
        NativeDef::method("append", Params::One, |m, args| {
            m.deque_push(handle(args), args.at(1), false);
            Ok(Value::NONE.into())
        }),
        NativeDef::method("appendleft", Params::One, |m, args| {
            m.deque_push(handle(args), args.at(1), true);
            Ok(Value::NONE.into())
        }),
        NativeDef::method("pop", Params::None, |m, args| pop(m, args, false)),
        NativeDef::method("popleft", Params::None, |m, args| pop(m, args, true)),
        NativeDef::method("clear", Params::None, |m, args| {
            m.clear_deque(handle(args));
            Ok(Value::NONE.into())
        }),
        NativeDef::method("extend", Params::One, |m, args| m.deque_extend(handle(args), args.at(1), false)),
        NativeDef::method("extendleft", Params::One, |m, args| {
            m.deque_extend(handle(args), args.at(1), true)
        }),
        NativeDef::method("copy", Params::None, |m, args| m.deque_copy(args.at(0))),
        NativeDef::method("__copy__", Params::None, |m, args| m.deque_copy(args.at(0))),
        NativeDef::method("count", Params::One, |m, args| {
            m.begin(DequeSearch::new(DequeWanted::Count, handle(args), args.at(1), 0, i64::MAX))
        }),
        indexed!("index", Params::Range(1, 3), &[2, 3], Bound, index),
        indexed!("insert", Params::Range(2, 2), &[1], Plain, insert),
        NativeDef::method("remove", Params::One, |m, args| {
            m.begin(DequeSearch::new(DequeWanted::Removal, handle(args), args.at(1), 0, i64::MAX))
        }),
        NativeDef::method("reverse", Params::None, |m, args| {
            m.heap.deque_mut(handle(args)).items.make_contiguous().reverse();
            Ok(Value::NONE.into())
        }),
        indexed!("rotate", Params::Range(0, 1), &[1], Plain, rotate),
        NativeDef::wrapper("__add__", Params::One, add),
        NativeDef::wrapper("__iadd__", Params::One, |m, args| {
            let flow = m.deque_extend(handle(args), args.at(1), false)?;
            m.flow_then(flow, args.at(0))
        }),
        NativeDef::wrapper("__mul__", Params::One, multiply),
        NativeDef::wrapper("__rmul__", Params::One, multiply),
        NativeDef::wrapper("__imul__", Params::One, |m, args| {
            countable(m, args.at(1))?;
            m.with_indices("deque", args, &[1], Style::Plain, |m, args| {
                repeat(m, handle(args), args.at(1))?;
                Ok(args.at(0).into())
            })
        }),
        NativeDef::wrapper("__lt__", Params::One, |m, args| compare(m, Comparison::Lt, args)),
        NativeDef::wrapper("__le__", Params::One, |m, args| compare(m, Comparison::Le, args)),
        NativeDef::wrapper("__eq__", Params::One, |m, args| compare(m, Comparison::Eq, args)),
        NativeDef::wrapper("__ne__", Params::One, |m, args| compare(m, Comparison::Ne, args)),
        NativeDef::wrapper("__gt__", Params::One, |m, args| compare(m, Comparison::Gt, args)),
        NativeDef::wrapper("__ge__", Params::One, |m, args| compare(m, Comparison::Ge, args)),
        NativeDef::method("__reduce__", Params::None, reduce),
    ],
    wrappers: &[&CLASS_GETITEM],
    accessors: &[Accessor::read_only("maxlen", |m, value| {
        let most = value.handle().and_then(|handle| m.heap.deque(handle).most);
        Ok(most.map_or(Value::NONE, |most| m.heap.int(most as i64)).into())
    })],
    ..TypeSpec::new(types::DEQUE, "deque")
};

/// What iterators over a deque are called.
pub static ITERATORS: [&TypeSpec; 2] = [
    &TypeSpec {
        module: "collections",
        natives: &[
            NativeDef::new(Params::Any, |m, args| new_iterator(m, args, false)),
            super::iterators::HINT,
            NativeDef::method("__reduce__", Params::None, reduce_iterator),
        ],
        wrappers: super::iterators::PROTOCOL,
        ..TypeSpec::new(types::DEQUE_ITERATOR, "_deque_iterator")
    },
    &TypeSpec {
        module: "collections",
        natives: &[
            NativeDef::new(Params::Any, |m, args| new_iterator(m, args, true)),
            super::iterators::HINT,
            NativeDef::method("__reduce__", Params::None, reduce_iterator),
        ],
        wrappers: super::iterators::PROTOCOL,
        ..TypeSpec::new(types::DEQUE_REVERSE_ITERATOR, "_deque_reverse_iterator")
    },
];

fn handle(args: &Args) -> Handle {
    args.at(0).handle().expect("a deque is a heap object")
}

/// An iterator over a deque, behind as many items as a number says.
fn new_iterator(m: &mut Machine, args: &Args, reverse: bool) -> Eval {
    let given = args.positional() - 1;
    if given == 0 || given > 2 {
        let (bound, most, plural) = if given == 0 { ("least", 1, "") } else { ("most", 2, "s") };
        return Err(
            m.type_error(format!("function takes at {bound} {most} argument{plural} ({given} given)"))
        );
    }
    if !m.heap.is_instance(args.at(1), types::DEQUE) {
        let class = m.class_name(args.at(1));
        return Err(m.type_error(format!("argument 1 must be collections.deque, not {class}")));
    }
    let make: NativeBody = if reverse {
        |m, args| iterator_behind(m, args, true)
    } else {
        |m, args| iterator_behind(m, args, false)
    };
    m.with_indices("_deque_iterator", args, &[2], Style::Plain, make)
}

fn iterator_behind(m: &mut Machine, args: &Args, reverse: bool) -> Eval {
    let behind = match args.get(2) {
        Some(number) => m.index_i64(number, types::OVERFLOW_ERROR)?.max(0) as usize,
        None => 0,
    };
    let deque = m.heap.deque(args.at(1).handle().expect("a deque is a heap object"));
    let (left, version) = (deque.items.len().saturating_sub(behind), deque.version);
    let class = if reverse { types::DEQUE_REVERSE_ITERATOR } else { types::DEQUE_ITERATOR };
    Ok(m.heap.new_iterator(class, Iter::Deque { deque: Some(args.at(1)), left, version, reverse }).into())
}

/// The type, the deque, and how many items are behind.
fn reduce_iterator(m: &mut Machine, args: &Args) -> Eval {
    let iterator = super::iterators::iterator_at(m, args.at(0))?;
    let Iter::Deque { deque: Some(deque), left, .. } = m.heap.iterator(iterator) else {
        panic!("an iterator over a deque has its deque")
    };
    let (deque, left) = (*deque, *left);
    let len = m.heap.deque(deque.handle().expect("a deque is a heap object")).items.len();
    let behind = m.heap.int(len as i64 - left as i64);
    let class = Value::object(m.heap.get(iterator).class);
    let arguments = m.heap.pair(deque, behind);
    Ok(m.heap.pair(class, arguments).into())
}

/// `deque([…])`, of a list of the items; a subclass that has its own way to go through them is asked for them.
fn repr(m: &mut Machine, args: &Args) -> Eval {
    let class = m.heap.class_of(args.at(0));
    let iter = m.heap.lookup_with_owner(class, names::ITER);
    if iter.is_none_or(|(_, owner)| m.heap.class(owner).builtin) {
        return m.repr_container(args.at(0));
    }
    let items = m.call(Value::object(types::LIST), Args::new([args.at(0)]))?;
    m.continue_with("deque.__repr__", items, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
        let head = format!("{}(", m.heap.class(m.heap.class_of(args.at(0))).name);
        let tail = match deque(m, args).most {
            Some(most) => format!(", maxlen={most})"),
            None => ")".to_owned(),
        };
        m.compose(vec![head.as_str().into(), Part::Repr(args.at(1)), tail.as_str().into()])
    })
}

fn deque<'a>(m: &'a Machine, args: &Args) -> &'a Deque {
    m.heap.deque(handle(args))
}

fn index_like(m: &mut Machine, value: Value) -> Result<(), Raise> {
    if m.heap.int_ref(value).is_some() || m.heap.special(value, names::INDEX).is_some() {
        return Ok(());
    }
    let class = m.class_name(value);
    Err(m.type_error(format!("sequence index must be integer, not '{class}'")))
}

/// The place that an index means.
fn place(m: &mut Machine, args: &Args) -> Result<usize, Raise> {
    let index = m.index_i64(args.at(1), types::INDEX_ERROR)?;
    let len = deque(m, args).items.len();
    super::super::slicing::item(index, len)
        .ok_or_else(|| m.raise(types::INDEX_ERROR, "deque index out of range"))
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    let most = match args.some(2) {
        None => None,
        Some(most) if m.heap.int_ref(most).is_none() => return Err(m.type_error("an integer is required")),
        Some(most) => {
            let most = m.heap.int_ref(most).and_then(IntRef::small);
            let too_large = "Python int too large to convert to C ssize_t";
            let most = most.ok_or_else(|| m.overflow_error(too_large))?;
            let most = usize::try_from(most).map_err(|_| m.value_error("maxlen must be non-negative"))?;
            Some(most)
        }
    };
    let handle = handle(args);
    m.heap.deque_mut(handle).most = most;
    m.clear_deque(handle);
    match args.get(1) {
        Some(iterable) => m.deque_extend(handle, iterable, false),
        None => Ok(Value::NONE.into()),
    }
}

fn pop(m: &mut Machine, args: &Args, left: bool) -> Eval {
    let deque = m.heap.deque_mut(handle(args));
    let popped = if left { deque.items.pop_front() } else { deque.items.pop_back() };
    match popped {
        Some(value) => {
            deque.version += 1;
            m.heap.release(value);
            Ok(value.into())
        }
        None => Err(m.raise(types::INDEX_ERROR, "pop from an empty deque")),
    }
}

fn index(m: &mut Machine, args: &Args) -> Eval {
    let len = deque(m, args).items.len() as i64;
    let bound = |index: usize, default: i64| {
        let wanted = args.get(index).and_then(|value| m.index_clamped(value)).unwrap_or(default);
        if wanted < 0 { (wanted + len).max(0) } else { wanted }
    };
    let (start, stop) = (bound(2, 0), bound(3, len));
    m.begin(DequeSearch::new(DequeWanted::Place, handle(args), args.at(1), start, stop.min(len)))
}

fn insert(m: &mut Machine, args: &Args) -> Eval {
    let index = m.size_argument(args.at(1))?;
    let handle = handle(args);
    let deque = m.heap.deque(handle);
    let len = deque.items.len() as i64;
    if deque.most == Some(deque.items.len()) {
        return Err(m.raise(types::INDEX_ERROR, "deque already at its maximum size"));
    }
    let at = if index < 0 { (index + len).max(0) } else { index.min(len) };
    m.heap.retain(args.at(2));
    let deque = m.heap.deque_mut(handle);
    deque.items.insert(at as usize, args.at(2));
    deque.version += 1;
    Ok(Value::NONE.into())
}

fn rotate(m: &mut Machine, args: &Args) -> Eval {
    let by = match args.get(1) {
        Some(by) => m.size_argument(by)?,
        None => 1,
    };
    let deque = m.heap.deque_mut(handle(args));
    if let len @ 2.. = deque.items.len() {
        deque.items.rotate_right(by.rem_euclid(len as i64) as usize);
        deque.version += 1;
    }
    Ok(Value::NONE.into())
}

fn add(m: &mut Machine, args: &Args) -> Eval {
    if !m.heap.is_instance(args.at(1), types::DEQUE) {
        let class = m.class_name(args.at(1));
        return Err(m.type_error(format!("can only concatenate deque (not \"{class}\") to deque")));
    }
    let copy = m.deque_copy(args.at(0))?;
    m.continue_with("deque + deque", copy, args.clone(), 0, |m, args| {
        let flow = m.deque_extend(handle(args), args.at(1), false)?;
        m.flow_then(flow, args.at(0))
    })
}

fn countable(m: &mut Machine, value: Value) -> Result<(), Raise> {
    if m.heap.int_ref(value).is_some() || m.heap.special(value, names::INDEX).is_some() {
        return Ok(());
    }
    let class = m.class_name(value);
    Err(m.type_error(format!("can't multiply sequence by non-int of type '{class}'")))
}

fn multiply(m: &mut Machine, args: &Args) -> Eval {
    countable(m, args.at(1))?;
    m.with_indices("deque", args, &[1], Style::Plain, |m, args| {
        let copy = m.deque_copy(args.at(0))?;
        m.continue_with("deque * int", copy, args.clone(), 0, |m, args| {
            repeat(m, handle(args), args.at(1))?;
            Ok(args.at(0).into())
        })
    })
}

/// Puts the items of a deque so many times behind one another.
fn repeat(m: &mut Machine, handle: Handle, times: Value) -> Result<(), Raise> {
    let times = m.index_i64(times, types::OVERFLOW_ERROR)?;
    if times <= 0 {
        m.clear_deque(handle);
        return Ok(());
    }
    let items: Vec<Value> = m.heap.deque(handle).items.iter().copied().collect();
    let most = m.heap.deque(handle).most;
    let all = items.len().checked_mul(times as usize).map(|all| most.map_or(all, |most| all.min(most)));
    if all.is_none_or(|all| all > MAX_ITEMS) {
        return Err(m.out_of_memory());
    }
    // Of those that do not fit the last stay: rounds that leave nothing are left out.
    let rounds = match most {
        Some(most) if !items.is_empty() => (times as usize - 1).min(most / items.len() + 1),
        Some(_) => 0,
        None => times as usize - 1,
    };
    for _ in 0..rounds {
        for item in &items {
            m.deque_push(handle, *item, false);
        }
    }
    Ok(())
}

fn compare(m: &mut Machine, comparison: Comparison, args: &Args) -> Eval {
    let items = |m: &Machine, value: Value| match m.heap.payload_of(value) {
        Some(Payload::Deque(deque)) => Some(deque.items.iter().copied().collect::<Vec<_>>()),
        _ => None,
    };
    let (Some(left), Some(right)) = (items(m, args.at(0)), items(m, args.at(1))) else {
        return Ok(Value::NOT_IMPLEMENTED.into());
    };
    let (left, right) = (m.heap.list(left), m.heap.list(right));
    m.compare(comparison, left, right)
}

fn reduce(m: &mut Machine, args: &Args) -> Eval {
    let state = m.object_state(args.at(0), false)?;
    m.continue_with("deque.__reduce__", state, Args::new([args.at(0), Value::NONE]), 1, reduce_with_state)
}

/// Argument 1 is the state.
fn reduce_with_state(m: &mut Machine, args: &Args) -> Eval {
    let (class, state) = (Value::object(m.heap.class_of(args.at(0))), args.at(1));
    let empty = Value::object(types::EMPTY_TUPLE);
    let parts = match deque(m, args).most {
        Some(most) => {
            let most = m.heap.int(most as i64);
            m.heap.tuple(vec![empty, most])
        }
        None => empty,
    };
    let iterator = m.iter(args.at(0))?;
    let parts = Args::new([Value::NONE, class, parts, state]);
    m.continue_with("deque.__reduce__", iterator, parts, 0, |m, args| {
        Ok(m.heap.tuple(vec![args.at(1), args.at(2), args.at(3), args.at(0)]).into())
    })
}

impl super::super::heap::Heap {
    /// The deque behind a handle of one.
    pub(in crate::machine) fn deque(&self, handle: Handle) -> &Deque {
        match self.payload(handle) {
            Payload::Deque(deque) => deque,
            _ => panic!("a deque is there"),
        }
    }

    /// The same, to change it; whoever adds or removes an item counts it.
    pub(in crate::machine) fn deque_mut(&mut self, handle: Handle) -> &mut Deque {
        match self.payload_mut(handle) {
            Payload::Deque(deque) => deque,
            _ => panic!("a deque is there"),
        }
    }
}

impl Machine {
    /// Adds an item at one end; if that is too much, one goes at the other.
    pub(in crate::machine) fn deque_push(&mut self, handle: Handle, item: Value, left: bool) {
        self.heap.retain(item);
        let deque = self.heap.deque_mut(handle);
        deque.version += 1;
        if left {
            deque.items.push_front(item);
        } else {
            deque.items.push_back(item);
        }
        let dropped = match deque.most {
            Some(most) if deque.items.len() > most => {
                if left {
                    deque.items.pop_back()
                } else {
                    deque.items.pop_front()
                }
            }
            _ => None,
        };
        if let Some(dropped) = dropped {
            self.heap.release(dropped);
        }
    }

    /// Takes the item at a place out.
    pub(in crate::machine) fn deque_remove(&mut self, handle: Handle, at: usize) {
        let deque = self.heap.deque_mut(handle);
        if let Some(item) = deque.items.remove(at) {
            deque.version += 1;
            self.heap.release(item);
        }
    }

    fn clear_deque(&mut self, handle: Handle) {
        let deque = self.heap.deque_mut(handle);
        let items = std::mem::take(&mut deque.items);
        deque.version += 1;
        for item in items {
            self.heap.release(item);
        }
    }

    fn deque_extend(&mut self, handle: Handle, iterable: Value, left: bool) -> Eval {
        if iterable.handle() == Some(handle) {
            // Of itself it takes what is there now.
            for item in self.heap.deque(handle).items.clone() {
                self.deque_push(handle, item, left);
            }
            return Ok(Value::NONE.into());
        }
        self.begin(Consume::new(iterable, Sink::Supply(Supply::new(handle, left))))
    }

    /// A deque with the same items: one of a subclass is made by calling that.
    fn deque_copy(&mut self, value: Value) -> Eval {
        let handle = value.handle().expect("a deque is a heap object");
        let class = self.heap.class_of(value);
        let deque = self.heap.deque(handle);
        if class == types::DEQUE {
            let payload = Deque { items: deque.items.clone(), most: deque.most, version: 0 };
            return Ok(Value::object(self.heap.alloc(class, Payload::Deque(Box::new(payload)))).into());
        }
        let most = deque.most;
        let most = most.map(|most| self.heap.int(most as i64));
        let flow = self.call(Value::object(class), Args::new([value].into_iter().chain(most)))?;
        self.continue_with("deque.copy", flow, Args::new([Value::NONE]), 0, |m, args| {
            if m.heap.is_instance(args.at(0), types::DEQUE) {
                return Ok(args.at(0).into());
            }
            let name = m.class_name(args.at(0));
            Err(m.type_error(format!("deque() must return a deque, not {name}")))
        })
    }

    /// An iterator over a deque, from its right end if `reverse`.
    fn deque_iterator(&mut self, value: Value, reverse: bool) -> Value {
        let deque = self.heap.deque(value.handle().expect("a deque is a heap object"));
        let class = if reverse { types::DEQUE_REVERSE_ITERATOR } else { types::DEQUE_ITERATOR };
        let iterator =
            Iter::Deque { deque: Some(value), left: deque.items.len(), version: deque.version, reverse };
        self.heap.new_iterator(class, iterator)
    }

    /// The items of a deque and its limit, for its repr.
    pub(in crate::machine) fn deque_parts(&self, handle: Handle) -> (Vec<Value>, Option<usize>) {
        let deque = self.heap.deque(handle);
        (deque.items.iter().copied().collect(), deque.most)
    }
}
