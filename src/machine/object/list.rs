//! `list`: its methods, and what `+` and `*` make of lists and tuples.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::native::{Collect, Collected, Consume, Find, Sink, Style, Wanted};
use super::super::protocol::{wrappers, wrappers_container as containers};
use super::super::raise::Raise;
use super::super::slicing;
use super::super::value::{Handle, Value};
use super::class::TypeSpec;
use super::function::NativeDef;
use super::iterator::Iter;
use super::list_items::Items;
use super::{Payload, types};

/// How many items a list or tuple of this machine may have: a quarter of a gigabyte of them.
pub const MAX_ITEMS: usize = 1 << 24;

/// `list`.
pub static LIST: TypeSpec = TypeSpec {
    subclassable: true,
    unhashable: true,
    doc: Some("A sequence that can be changed: any objects, in order."),
    natives: &[
        NativeDef::new(Params::Any, new),
        NativeDef::wrapper("__init__", Params::Any, init),
        NativeDef::method("__reversed__", Params::None, reversed),
        NativeDef::method("__sizeof__", Params::None, size),
        NativeDef::method("clear", Params::None, clear),
        NativeDef::method("copy", Params::None, copy),
        NativeDef::method("append", Params::One, append),
        NativeDef::method("insert", Params::Range(2, 2), insert),
        NativeDef::method("extend", Params::One, extend),
        NativeDef::method("pop", Params::Range(0, 1), pop),
        NativeDef::method("remove", Params::One, remove),
        NativeDef::method("index", Params::Range(1, 3), index),
        NativeDef::method("count", Params::One, count),
        NativeDef::method("reverse", Params::None, reverse),
        NativeDef::method(
            "sort",
            Params::Named { names: &["key", "reverse"], required: 0, positional: 0 },
            sort,
        ),
    ],
    wrappers: &[
        &wrappers::REPR,
        &wrappers::LT,
        &wrappers::LE,
        &wrappers::EQ,
        &wrappers::NE,
        &wrappers::GT,
        &wrappers::GE,
        &containers::ITER,
        &containers::LEN,
        &containers::GETITEM_METHOD,
        &containers::SETITEM,
        &containers::DELITEM,
        &wrappers::ADD,
        &wrappers::MUL,
        &wrappers::RMUL,
        &containers::CONTAINS,
        &wrappers::IADD,
        &wrappers::IMUL,
        &containers::CLASS_GETITEM,
    ],
    ..TypeSpec::new(types::LIST, "list")
};

fn new(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    Ok(Value::object(m.heap.alloc(class, Payload::List(Items::exact(Vec::new())))).into())
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    m.refuse_keywords("list", types::LIST, names::NEW, args)?;
    m.check_count("list", args.positional() - 1, 0, 1)?;
    let list = m.list_at(args.at(0))?;
    let len = m.heap.list_items(list).len();
    m.heap.list_splice(list, 0..len, &[]);
    match args.get(1).filter(|_| args.positional() > 1) {
        Some(iterable) => m.list_extend(list, iterable),
        None => Ok(Value::NONE.into()),
    }
}

fn reversed(m: &mut Machine, args: &Args) -> Eval {
    let list = m.list_at(args.at(0))?;
    let len = m.heap.list_items(list).len();
    let iterator = Iter::ListReverse(Some(args.at(0)), len);
    Ok(m.heap.new_iterator(types::LIST_REVERSE_ITERATOR, iterator).into())
}

fn size(m: &mut Machine, args: &Args) -> Eval {
    let list = m.list_at(args.at(0))?;
    let room = match m.heap.payload(list) {
        Payload::List(items) if items.is_empty() => Some(items.room().unwrap_or(0)),
        Payload::List(items) => items.room(),
        _ => None,
    };
    let Some(room) = room else {
        // How much room CPython keeps behind the items depends on how they came there.
        return Err(m.unsupported("the size of a list that another builtin has made"));
    };
    let basic = m.instance_memory(m.heap.class_of(args.at(0)))?.basic;
    Ok(m.heap.int(basic + size_of::<usize>() as i64 * room as i64).into())
}

fn clear(m: &mut Machine, args: &Args) -> Eval {
    let list = m.list_at(args.at(0))?;
    let len = m.heap.list_items(list).len();
    m.heap.list_splice(list, 0..len, &[]);
    Ok(Value::NONE.into())
}

fn copy(m: &mut Machine, args: &Args) -> Eval {
    let list = m.list_at(args.at(0))?;
    let items = m.heap.list_items(list).to_vec();
    Ok(m.heap.list_of(items).into())
}

fn append(m: &mut Machine, args: &Args) -> Eval {
    let list = m.list_at(args.at(0))?;
    m.heap.list_push(list, args.at(1));
    Ok(Value::NONE.into())
}

fn insert(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("list.insert", args, &[1], Style::Plain, |m, args| {
        let list = m.list_at(args.at(0))?;
        let index = m.size_argument(args.at(1))?;
        let place = slicing::place(index, m.heap.list_items(list).len());
        m.heap.list_splice(list, place..place, &[args.at(2)]);
        Ok(Value::NONE.into())
    })
}

fn extend(m: &mut Machine, args: &Args) -> Eval {
    let list = m.list_at(args.at(0))?;
    m.list_extend(list, args.at(1))
}

fn pop(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("list.pop", args, &[1], Style::Plain, |m, args| {
        let list = m.list_at(args.at(0))?;
        let len = m.heap.list_items(list).len();
        let index = match args.get(1) {
            Some(index) => m.size_argument(index)?,
            None => -1,
        };
        if len == 0 {
            return Err(m.index_error("pop from empty list"));
        }
        let Some(place) = slicing::item(index, len) else {
            return Err(m.index_error("pop index out of range"));
        };
        let value = m.heap.list_mut(list).remove(place);
        m.heap.release(value);
        Ok(value.into())
    })
}

fn remove(m: &mut Machine, args: &Args) -> Eval {
    let list = m.list_at(args.at(0))?;
    m.begin(Find::new(Wanted::Removal, list, args.at(1), 0, i64::MAX))
}

fn count(m: &mut Machine, args: &Args) -> Eval {
    m.count_items(args)
}

fn index(m: &mut Machine, args: &Args) -> Eval {
    m.index_of_item(args)
}

fn reverse(m: &mut Machine, args: &Args) -> Eval {
    let list = m.list_at(args.at(0))?;
    m.heap.list_mut(list).reverse();
    Ok(Value::NONE.into())
}

fn sort(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("list.sort", args, &[2], Style::Truth, |m, args| {
        let list = m.list_at(args.at(0))?;
        let key = args.get(1).unwrap_or(Value::NONE);
        m.sort_list(list, key, args.get(2) == Some(Value::TRUE), Value::NONE)
    })
}

impl Machine {
    /// The list that a receiver must be.
    fn list_at(&mut self, value: Value) -> Result<Handle, Raise> {
        match value.handle() {
            Some(handle) if matches!(self.heap.payload(handle), Payload::List(_)) => Ok(handle),
            _ => Err(self.wrong_self("list", value)),
        }
    }

    /// A method of a builtin type was called with something else as its receiver.
    #[cold]
    pub(in crate::machine) fn wrong_self(&mut self, wanted: &str, value: Value) -> Raise {
        let class = self.class_name(value);
        self.type_error(format!("a '{wanted}' object is required, not '{class}'"))
    }

    /// The class that a `__new__` is to make an instance of.
    pub(in crate::machine) fn class_argument(&mut self, args: &Args) -> Result<Handle, Raise> {
        match args.get(0).and_then(Value::handle).filter(|handle| self.heap.type_of(*handle).is_some()) {
            Some(class) => Ok(class),
            None => Err(self.type_error("__new__(X): X is not a type object")),
        }
    }

    /// A function that takes no keyword arguments was given some.
    pub(in crate::machine) fn check_no_keywords(&mut self, name: &str, args: &Args) -> Result<(), Raise> {
        match args.keywords().next() {
            None => Ok(()),
            Some(_) => Err(self.type_error(format!("{name}() takes no keyword arguments"))),
        }
    }

    /// The same for the `__new__` or `__init__` of the builtin type `own`; `other` is the name of the other of the
    /// two.  A class derived from `own` that has the other for itself may take keyword arguments there, and then
    /// they are no concern of this one.
    pub(in crate::machine) fn refuse_keywords(
        &mut self,
        name: &str,
        own: Handle,
        other: Handle,
        args: &Args,
    ) -> Result<(), Raise> {
        let class = match args.at(0).handle() {
            Some(class) if other == names::INIT => class,
            _ => self.heap.class_of(args.at(0)),
        };
        let is_own = class == own || self.heap.lookup(class, other) == self.heap.lookup(own, other);
        if is_own { self.check_no_keywords(name, args) } else { Ok(()) }
    }

    /// The number of positional arguments is checked.
    pub(in crate::machine) fn check_count(
        &mut self,
        name: &str,
        given: usize,
        least: usize,
        most: usize,
    ) -> Result<(), Raise> {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let (how, limit) = if least == most && given != least {
            ("", least)
        } else if given < least {
            ("at least ", least)
        } else if given > most {
            ("at most ", most)
        } else {
            return Ok(());
        };
        Err(self.type_error(format!("{name} expected {how}{limit} argument{}, got {given}", plural(limit))))
    }

    /// `count` of a list or tuple.
    pub(super) fn count_items(&mut self, args: &Args) -> Eval {
        match args.at(0).handle().filter(|handle| self.heap.sequence_items(*handle).is_some()) {
            Some(sequence) => self.begin(Find::new(Wanted::Count, sequence, args.at(1), 0, i64::MAX)),
            None => Err(self.wrong_self("list", args.at(0))),
        }
    }

    /// `index` of a list or tuple, with its optional bounds.
    pub(super) fn index_of_item(&mut self, args: &Args) -> Eval {
        self.with_indices("index", args, &[2, 3], Style::Bound, |m, args| {
            let Some(sequence) =
                args.at(0).handle().filter(|handle| m.heap.sequence_items(*handle).is_some())
            else {
                return Err(m.wrong_self("list", args.at(0)));
            };
            let bound = |index: usize, default: i64| {
                args.get(index).and_then(|value| m.index_clamped(value)).unwrap_or(default)
            };
            let (start, stop) = (bound(2, 0), bound(3, i64::MAX));
            let len = m.heap.sequence_items(sequence).map_or(0, <[Value]>::len) as i64;
            let fit = |bound: i64| if bound < 0 { bound.saturating_add(len).max(0) } else { bound };
            m.begin(Find::new(Wanted::Place, sequence, args.at(1), fit(start), fit(stop)))
        })
    }

    /// `left + right`, or `left += right`, for a left operand that is a list or tuple.
    pub(in crate::machine) fn list_add(&mut self, in_place: bool, left: Value, right: Value) -> Eval {
        let handle = left.handle().expect("a list or tuple is a heap object");
        let items = self.heap.sequence_items(handle).unwrap_or_default();
        let is_list = matches!(self.heap.payload(handle), Payload::List(_));
        if is_list && in_place {
            if let Some(items) = self.known_items(right) {
                self.heap.list_extend(handle, &items);
                return Ok(left.into());
            }
            let sink = Sink::Collect(Collect::new(handle, Collected::Filled(left)));
            return self.begin(Consume::new(right, sink));
        }
        let other = right.handle().and_then(|other| {
            let same = matches!(self.heap.payload(other), Payload::List(_)) == is_list;
            self.heap.sequence_items(other).filter(|_| same)
        });
        let Some(other) = other else {
            let (name, class) = (if is_list { "list" } else { "tuple" }, self.class_name(right));
            return Err(self.type_error(format!("can only concatenate {name} (not \"{class}\") to {name}")));
        };
        if !is_list {
            if items.is_empty() && self.heap.class_of(right) == types::TUPLE {
                return Ok(right.into());
            }
            if other.is_empty() && self.heap.class_of(left) == types::TUPLE {
                return Ok(left.into());
            }
        }
        let mut sum = Vec::with_capacity(items.len() + other.len());
        sum.extend_from_slice(items);
        sum.extend_from_slice(other);
        if sum.len() > MAX_ITEMS {
            return Err(self.out_of_memory());
        }
        Ok(if is_list { self.heap.list_of(sum) } else { self.heap.tuple(sum) }.into())
    }
}
