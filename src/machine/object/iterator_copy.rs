//! What iterators are copied and pickled by: `__reduce__` says how to make one that stands at the same place,
//! `__setstate__` puts one there.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Style;
use super::super::number::{Int, IntRef};
use super::super::raise::Raise;
use super::super::range::RangeIter;
use super::super::value::{Handle, Value};
use super::function::NativeDef;
use super::iterator::{Iter, OrderedIter};
use super::iterators::iterator_at;
use super::{Payload, types};

/// `__reduce__` of every builtin iterator.
pub(super) const REDUCE: NativeDef = NativeDef::method("__reduce__", Params::None, reduce);
/// `__setstate__` of those that stand at an index.
pub(super) const SET_STATE: NativeDef = NativeDef::method("__setstate__", Params::One, set_state);
/// `__setstate__` of `zip` and `map`: whether all must be of one length.
pub(super) const SET_STRICT: NativeDef = NativeDef::method("__setstate__", Params::One, set_strict);
/// `__setstate__` of `reversed`, which asks for the length.
pub(super) const SET_REVERSED: NativeDef = NativeDef::method("__setstate__", Params::One, set_reversed);

/// What makes such an iterator, of which arguments, and its state.
struct Recipe {
    maker: Value,
    arguments: Vec<Value>,
    state: Option<Value>,
}

impl Recipe {
    fn by(maker: Value, arguments: Vec<Value>) -> Self {
        Self { maker, arguments, state: None }
    }

    fn with_state(self, state: Value) -> Self {
        Self { state: Some(state), ..self }
    }
}

fn reduce(m: &mut Machine, args: &Args) -> Eval {
    let handle = iterator_at(m, args.at(0))?;
    if let Iter::Ordered(ordered) = m.heap.iterator(handle) {
        let rest = Iter::Ordered(Box::new(OrderedIter { given: None, ..**ordered }));
        let rest = m.heap.new_iterator(types::ORDERED_ITERATOR, rest);
        let rest = m.call(Value::object(types::LIST), Args::new([rest]))?;
        return m.continue_with("odict_iterator.__reduce__", rest, Args::new([Value::NONE]), 0, |m, args| {
            let (maker, arguments) = (builtin(m, "iter"), m.heap.tuple(vec![args.at(0)]));
            Ok(m.heap.pair(maker, arguments).into())
        });
    }
    let recipe = recipe(m, handle)?;
    let arguments = m.heap.tuple(recipe.arguments);
    let parts = [recipe.maker, arguments].into_iter().chain(recipe.state).collect();
    Ok(m.heap.tuple(parts).into())
}

fn builtin(m: &mut Machine, name: &str) -> Value {
    let name = m.heap.intern(name).handle().expect("a str is a heap object");
    m.builtin(name)
}

fn recipe(m: &mut Machine, handle: Handle) -> Result<Recipe, Raise> {
    let class = Value::object(m.heap.get(handle).class);
    let strict = |strict: bool| strict.then_some(Value::TRUE);
    let by_class = |arguments: Vec<Value>| Recipe::by(class, arguments);
    let (source, index) = match m.heap.iterator(handle) {
        Iter::Enumerate(source, number, _) => return Ok(by_class(vec![*source, *number])),
        Iter::Filter(function, source) => return Ok(by_class(vec![*function, *source])),
        Iter::Zip(sources, is_strict, _) => {
            return Ok(Recipe { state: strict(*is_strict), ..by_class(sources.to_vec()) });
        }
        Iter::Map(function, sources, is_strict, _) => {
            let arguments = std::iter::once(*function).chain(sources.iter().copied()).collect();
            return Ok(Recipe { state: strict(*is_strict), ..by_class(arguments) });
        }
        Iter::Reversed(source, index) => {
            let (source, index) = (*source, *index);
            return Ok(match source {
                Some(source) => by_class(vec![source]).with_state(m.heap.int(index)),
                None => by_class(vec![Value::object(types::EMPTY_TUPLE)]),
            });
        }
        Iter::Callable(parts) => {
            let parts = match parts {
                Some((callable, sentinel)) => vec![*callable, *sentinel],
                None => vec![Value::object(types::EMPTY_TUPLE)],
            };
            return Ok(Recipe::by(builtin(m, "iter"), parts));
        }
        Iter::Range { .. } | Iter::LongRange(..) => {
            let range = rest_of_range(m, handle);
            return Ok(Recipe::by(builtin(m, "iter"), vec![range]).with_state(Value::NONE));
        }
        Iter::Dict { .. } | Iter::Set { .. } => {
            let rest = rest_of_table(m, handle)?;
            return Ok(Recipe::by(builtin(m, "iter"), vec![rest]));
        }
        Iter::List(source, index)
        | Iter::Tuple(source, index)
        | Iter::Str(source, index)
        | Iter::Bytes(source, index) => (*source, *index as i64),
        Iter::ListReverse(source, index) => (*source, *index as i64 - 1),
        Iter::Sequence(source, index) => (*source, *index),
        Iter::Items(..) | Iter::Code(_) | Iter::Deque { .. } | Iter::Ordered(_) | Iter::Tool(_) => {
            return Err(m.unsupported("copying this iterator"));
        }
    };
    let reverse = matches!(m.heap.iterator(handle), Iter::ListReverse(..));
    let maker = builtin(m, if reverse && source.is_some() { "reversed" } else { "iter" });
    let Some(source) = source else {
        let empty = m.heap.list(Vec::new());
        return Ok(Recipe::by(maker, vec![empty]));
    };
    Ok(Recipe::by(maker, vec![source]).with_state(m.heap.int(index)))
}

/// Where a range's iterator stands: the next number, the step, how many are left.
fn range_parts(m: &Machine, handle: Handle) -> [Int; 3] {
    let short = |next: i64, step: i64, left: u64| [Int::from(next), Int::from(step), Int::from(left)];
    match m.heap.iterator(handle) {
        Iter::Range { next, step, left } => short(*next, *step, *left),
        Iter::LongRange(range, _) => match &**range {
            RangeIter::Long { next, step, left } => [next.clone(), step.clone(), left.clone()],
            RangeIter::Short { next, step, left } => short(*next, *step, *left),
        },
        _ => panic!("an iterator over a range is there"),
    }
}

/// The range of the numbers that are left.
fn rest_of_range(m: &mut Machine, handle: Handle) -> Value {
    let [next, step, left] = range_parts(m, handle);
    let stop = &next + &(&left * &step);
    let first = match m.heap.iterator(handle) {
        Iter::LongRange(_, first) => *first,
        _ => None,
    };
    let [next, stop, step] = [next, stop, step].map(|part| m.heap.new_int(part));
    m.new_range([first.unwrap_or(next), stop, step])
}

/// A list of what is left, which the iterator still has to give.
fn rest_of_table(m: &mut Machine, handle: Handle) -> Result<Value, Raise> {
    let (class, copy) = (m.heap.get(handle).class, m.heap.iterator(handle).clone());
    let copy = m.heap.new_iterator(class, copy).handle().expect("an iterator is a heap object");
    let mut rest = Vec::new();
    while let Some(item) = m.simple_next(copy)? {
        rest.push(item);
    }
    Ok(m.heap.list(rest))
}

impl Machine {
    /// The state of most iterators must be an int: no `__index__` is asked.
    pub(in crate::machine) fn check_state(&mut self, state: Value) -> Result<(), Raise> {
        match self.heap.int_ref(state) {
            Some(_) => self.size_argument(state).map(drop),
            None => Err(self.type_error("an integer is required")),
        }
    }
}

fn set_state(m: &mut Machine, args: &Args) -> Eval {
    let of_range = args.at(0).handle().map(|handle| m.heap.payload(handle));
    let of_range = matches!(of_range, Some(Payload::Iter(iterator))
        if matches!(**iterator, Iter::Range { .. } | Iter::LongRange(..)));
    if !of_range {
        m.check_state(args.at(1))?;
    }
    m.with_indices("__setstate__", args, &[1], Style::Plain, |m, args| {
        let handle = iterator_at(m, args.at(0))?;
        if let Iter::Range { .. } | Iter::LongRange(..) = m.heap.iterator(handle) {
            skip_in_range(m, handle, args.at(1));
            return Ok(Value::NONE.into());
        }
        let state = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?;
        let length = match m.heap.iterator(handle) {
            Iter::List(Some(source), _)
            | Iter::ListReverse(Some(source), _)
            | Iter::Tuple(Some(source), _)
            | Iter::Str(Some(source), _)
            | Iter::Bytes(Some(source), _) => {
                m.heap.payload_of(*source).and_then(|payload| m.payload_length(payload)).unwrap_or(0)
            }
            _ => usize::MAX,
        };
        let place = (state.max(0) as usize).min(length);
        match m.heap.iterator_mut(handle) {
            Iter::List(Some(_), index)
            | Iter::Tuple(Some(_), index)
            | Iter::Str(Some(_), index)
            | Iter::Bytes(Some(_), index) => *index = place,
            Iter::ListReverse(Some(_), index) => *index = (state.max(-1) + 1) as usize,
            Iter::Sequence(Some(_), index) => *index = state.max(0),
            _ => {}
        }
        Ok(Value::NONE.into())
    })
}

/// Passes over so many numbers of a range, none or all if that is more than there are.
fn skip_in_range(m: &mut Machine, handle: Handle, count: Value) {
    let count = m.heap.int_ref(count).map_or(Int::ZERO, IntRef::to_int);
    let [next, step, left] = range_parts(m, handle);
    let count = if count < Int::ZERO { Int::ZERO } else { count.min(left.clone()) };
    let (next, left) = (&next + &(&count * &step), &left - &count);
    if let Iter::LongRange(_, first) = m.heap.iterator_mut(handle)
        && let Some(first) = first.take()
    {
        m.heap.release(first);
    }
    let iterator = m.heap.iterator_mut(handle);
    if let (Iter::Range { .. }, Some(next), Some(step), Some(left)) =
        (&*iterator, next.small(), step.small(), left.small())
    {
        *iterator = Iter::Range { next, step, left: left as u64 };
    } else {
        *iterator = Iter::LongRange(Box::new(RangeIter::Long { next, step, left }), None);
    }
}

fn set_strict(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("__setstate__", args, &[1], Style::Truth, |m, args| {
        let handle = iterator_at(m, args.at(0))?;
        if let Iter::Zip(_, strict, _) | Iter::Map(_, _, strict, _) = m.heap.iterator_mut(handle) {
            *strict = args.at(1) == Value::TRUE;
        }
        Ok(Value::NONE.into())
    })
}

fn set_reversed(m: &mut Machine, args: &Args) -> Eval {
    m.check_state(args.at(1))?;
    m.with_indices("__setstate__", args, &[1], Style::Plain, |m, args| {
        let handle = iterator_at(m, args.at(0))?;
        let Iter::Reversed(Some(source), _) = m.heap.iterator(handle) else { return Ok(Value::NONE.into()) };
        let source = *source;
        m.index_i64(args.at(1), types::OVERFLOW_ERROR)?;
        let length = m.length(source)?;
        let parts = Args::new([args.at(0), args.at(1), Value::NONE]);
        m.continue_with("__setstate__", length, parts, 2, |m, args| {
            let handle = iterator_at(m, args.at(0))?;
            let state = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?;
            let last = m.index_i64(args.at(2), types::OVERFLOW_ERROR)? - 1;
            if let Iter::Reversed(Some(_), index) = m.heap.iterator_mut(handle) {
                *index = state.max(-1).min(last);
            }
            Ok(Value::NONE.into())
        })
    })
}
