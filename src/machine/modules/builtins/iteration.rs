//! Functions on containers and iterators.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::{Eval, Flow};
use super::super::super::native::{Collected, Consume, Extreme, NextOr, Quantifier, Sink, Style, Sum};
use super::super::super::object::function::NativeDef;
use super::super::super::object::iterator::Iter;
use super::super::super::object::{Payload, types};
use super::super::super::protocol::compare::Comparison;
use super::super::super::protocol::iterate::Next;
use super::super::super::raise::Raise;
use super::super::super::value::Value;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("len", Params::One, |m, args| m.length(args.at(0))),
    NativeDef::function("iter", Params::Range(1, 2), iter),
    NativeDef::function("next", Params::Range(1, 2), next),
    NativeDef::function("aiter", Params::One, |m, args| m.aiter(args.at(0))),
    NativeDef::function("anext", Params::Range(1, 2), |m, args| m.anext(args.at(0), args.get(1))),
    NativeDef::function("sorted", Params::Any, sorted),
    NativeDef::function("sum", Params::Named { names: &["", "start"], required: 1, positional: 2 }, sum),
    NativeDef::function("any", Params::One, |m, args| {
        m.begin(Consume::new(args.at(0), Sink::Quantifier(Quantifier::new(true))))
    }),
    NativeDef::function("all", Params::One, |m, args| {
        m.begin(Consume::new(args.at(0), Sink::Quantifier(Quantifier::new(false))))
    }),
    NativeDef::function("min", Params::Any, |m, args| extreme(m, args, "min", Comparison::Lt)),
    NativeDef::function("max", Params::Any, |m, args| extreme(m, args, "max", Comparison::Gt)),
];

fn iter(m: &mut Machine, args: &Args) -> Eval {
    let Some(sentinel) = args.get(1) else { return m.iter(args.at(0)) };
    if !m.is_callable(args.at(0)) {
        return Err(m.type_error("iter(v, w): v must be callable"));
    }
    let iterator = Iter::Callable(Some((args.at(0), sentinel)));
    Ok(m.heap.new_iterator(types::CALLABLE_ITERATOR, iterator).into())
}

fn next(m: &mut Machine, args: &Args) -> Eval {
    let iterator = args.at(0);
    if !m.is_iterator(iterator) {
        let class = m.class_name(iterator);
        return Err(m.type_error(format!("'{class}' object is not an iterator")));
    }
    if let Some(default) = args.get(1) {
        return m.begin(NextOr::new(iterator, default));
    }
    match m.next_for_program(iterator)? {
        Next::Value(value) => Ok(value.into()),
        Next::Exhausted(value) => Err(m.stop_iteration(value)),
        Next::Enter(entry) => Ok(Flow::Enter(entry)),
    }
}

fn sorted(m: &mut Machine, args: &Args) -> Eval {
    m.check_count("sorted", args.positional(), 1, 1)?;
    if !m.is_iterable(args.at(0)) {
        return Err(m.not_iterable(args.at(0)));
    }
    m.collect(args.at(0), Collected::Sorted(args.clone()))
}

impl Machine {
    /// Sorts a new list by the keywords of `sorted`, which are looked at now that its items are there.
    pub(in crate::machine) fn sort_collected(&mut self, args: &Args) -> Eval {
        let [key, reverse] = self.keywords_among("sort", args, ["key", "reverse"])?;
        let args = Args::new([args.at(0), key.unwrap_or(Value::NONE), reverse.unwrap_or(Value::FALSE)]);
        self.with_indices("sorted", &args, &[2], Style::Truth, |m, args| {
            let list = args.at(0).handle().expect("a list is a heap object");
            m.sort_list(list, args.at(1), args.at(2) == Value::TRUE, args.at(0))
        })
    }
}

fn sum(m: &mut Machine, args: &Args) -> Eval {
    if !m.is_iterable(args.at(0)) {
        return Err(m.not_iterable(args.at(0)));
    }
    let zero = Value::small_int(0).unwrap_or(Value::NONE);
    let start = args.get(1).unwrap_or(zero);
    let join = match m.heap.payload_of(start) {
        Some(Payload::Str(_)) => Some(("strings", "''")),
        Some(Payload::Bytes(_)) => Some(("bytes", "b''")),
        Some(Payload::ByteArray(_)) => Some(("bytearray", "b''")),
        _ => None,
    };
    if let Some((what, empty)) = join {
        return Err(m.type_error(format!("sum() can't sum {what} [use {empty}.join(seq) instead]")));
    }
    m.begin(Consume::new(args.at(0), Sink::Sum(Sum::new(start))))
}

fn extreme(m: &mut Machine, args: &Args, name: &'static str, comparison: Comparison) -> Eval {
    let count = args.positional();
    if count == 0 {
        return Err(m.type_error(format!("{name} expected at least 1 argument, got 0")));
    }
    let (key, default) = extreme_keywords(m, args, name)?;
    if count > 1 && default.is_some() {
        let message = format!("Cannot specify a default for {name}() with multiple positional arguments");
        return Err(m.type_error(message));
    }
    let items = if count == 1 {
        args.at(0)
    } else {
        let items = args.rest(0).collect();
        m.heap.tuple(items)
    };
    m.begin(Consume::new(items, Sink::Extreme(Extreme::new(comparison, key, default))))
}

fn extreme_keywords(
    m: &mut Machine,
    args: &Args,
    name: &str,
) -> Result<(Option<Value>, Option<Value>), Raise> {
    let [key, default] = m.keywords_among(name, args, ["key", "default"])?;
    Ok((key.filter(|key| !key.is_none()), default))
}
