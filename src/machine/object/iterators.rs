//! The iterator types: those of the containers, and `enumerate`, `zip`, `map`, `filter`, `reversed`.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::native::{ReversedNew, Sources, SourcesFor, Style, holding};
use super::super::number::Int;
use super::super::protocol::wrappers_container as containers;
use super::super::raise::Raise;
use super::super::range::RangeIter;
use super::super::value::{Handle, Value};
use super::class::TypeSpec;
use super::function::NativeDef;
use super::iterator::Iter;
use super::iterator_copy::{REDUCE, SET_REVERSED, SET_STATE, SET_STRICT};
use super::types;

pub(super) const HINT: NativeDef = NativeDef::method("__length_hint__", Params::None, length_hint);
pub(in crate::machine) const PROTOCOL: &[&NativeDef] = &[&containers::ITER, &containers::NEXT];

macro_rules! iterator_types {
    ($($name:ident $text:literal $natives:expr,)*) => {
        $(
            #[doc = concat!("`", $text, "`.")]
            pub static $name: TypeSpec = TypeSpec {
                natives: $natives,
                wrappers: PROTOCOL,
                ..TypeSpec::new(types::$name, $text)
            };
        )*
    };
}

iterator_types! {
    LIST_ITERATOR "list_iterator" &[HINT, REDUCE, SET_STATE],
    LIST_REVERSE_ITERATOR "list_reverseiterator" &[HINT, REDUCE, SET_STATE],
    TUPLE_ITERATOR "tuple_iterator" &[HINT, REDUCE, SET_STATE],
    STR_ITERATOR "str_iterator" &[HINT, REDUCE, SET_STATE],
    STR_ASCII_ITERATOR "str_ascii_iterator" &[HINT, REDUCE, SET_STATE],
    BYTES_ITERATOR "bytes_iterator" &[HINT, REDUCE, SET_STATE],
    BYTEARRAY_ITERATOR "bytearray_iterator" &[HINT, REDUCE, SET_STATE],
    RANGE_ITERATOR "range_iterator" &[HINT, REDUCE, SET_STATE],
    LONG_RANGE_ITERATOR "longrange_iterator" &[HINT, REDUCE, SET_STATE],
    DICT_KEY_ITERATOR "dict_keyiterator" &[HINT, REDUCE],
    DICT_VALUE_ITERATOR "dict_valueiterator" &[HINT, REDUCE],
    DICT_ITEM_ITERATOR "dict_itemiterator" &[HINT, REDUCE],
    DICT_REVERSE_KEY_ITERATOR "dict_reversekeyiterator" &[HINT, REDUCE],
    DICT_REVERSE_VALUE_ITERATOR "dict_reversevalueiterator" &[HINT, REDUCE],
    DICT_REVERSE_ITEM_ITERATOR "dict_reverseitemiterator" &[HINT, REDUCE],
    SET_ITERATOR "set_iterator" &[HINT, REDUCE],
    SEQUENCE_ITERATOR "iterator" &[HINT, REDUCE, SET_STATE],
    CALLABLE_ITERATOR "callable_iterator" &[REDUCE],
    MEMORY_ITERATOR "memory_iterator" &[],
}

/// `enumerate`.
pub static ENUMERATE: TypeSpec = TypeSpec {
    subclassable: true,
    natives: &[NativeDef::new(Params::Any, new_enumerate), REDUCE],
    wrappers: &[&containers::ITER, &containers::NEXT, &containers::CLASS_GETITEM],
    ..TypeSpec::new(types::ENUMERATE, "enumerate")
};

/// `zip`.
pub static ZIP: TypeSpec = TypeSpec {
    subclassable: true,
    natives: &[NativeDef::new(Params::Any, new_zip), REDUCE, SET_STRICT],
    wrappers: PROTOCOL,
    ..TypeSpec::new(types::ZIP, "zip")
};

/// `map`.
pub static MAP: TypeSpec = TypeSpec {
    subclassable: true,
    natives: &[NativeDef::new(Params::Any, new_map), REDUCE, SET_STRICT],
    wrappers: PROTOCOL,
    ..TypeSpec::new(types::MAP, "map")
};

/// `filter`.
pub static FILTER: TypeSpec = TypeSpec {
    subclassable: true,
    natives: &[NativeDef::new(Params::Any, new_filter), REDUCE],
    wrappers: PROTOCOL,
    ..TypeSpec::new(types::FILTER, "filter")
};

/// `reversed`.
pub static REVERSED: TypeSpec = TypeSpec {
    subclassable: true,
    natives: &[NativeDef::new(Params::Any, new_reversed), HINT, REDUCE, SET_REVERSED],
    wrappers: PROTOCOL,
    ..TypeSpec::new(types::REVERSED, "reversed")
};

fn new_enumerate(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    let names = ["iterable", "start"];
    let by_position = args.positional() - 1;
    let given = args.len() - 1;
    if given > names.len() {
        return Err(m.type_error(format!("enumerate() takes at most 2 arguments ({given} given)")));
    }
    let mut bound: [Option<Value>; 2] = [None, None];
    for (place, value) in bound.iter_mut().zip(args.rest(1)) {
        *place = Some(value);
    }
    let alone = given == 1;
    for (name, value) in args.keywords().collect::<Vec<_>>() {
        let text = m.str_text(name).to_string_lossy().into_owned();
        let place = names.iter().position(|known| *known == text).filter(|place| {
            // One that stands alone must be the iterable.
            bound[*place].is_none() && *place >= by_position && (!alone || *place == 0)
        });
        match place {
            Some(place) => bound[place] = Some(value),
            None => {
                let message = format!("'{text}' is an invalid keyword argument for enumerate()");
                return Err(m.type_error(message));
            }
        }
    }
    let Some(iterable) = bound[0] else {
        return Err(m.type_error("enumerate() missing required argument 'iterable'"));
    };
    let zero = Value::small_int(0).unwrap_or(Value::NONE);
    let parts = Args::new([Value::object(class), iterable, bound[1].unwrap_or(zero)]);
    m.with_indices("enumerate", &parts, &[2], Style::Plain, |m, args| {
        let start = m.exact_int(args.at(2));
        m.begin(Sources::new(SourcesFor::Enumerate(start), args.at(0), vec![args.at(1)]))
    })
}

/// The keyword `strict`, the only one that `zip` and `map` know.
fn strict(m: &mut Machine, args: &Args, name: &str) -> Result<Option<Value>, Raise> {
    let [strict] = m.keywords_among(name, args, ["strict"])?;
    Ok(strict)
}

fn new_zip(m: &mut Machine, args: &Args) -> Eval {
    m.class_argument(args)?;
    let strict = strict(m, args, "zip")?.unwrap_or(Value::FALSE);
    let parts = Args::new([strict].into_iter().chain(args.rest(0)));
    m.with_indices("zip", &parts, &[0], Style::Truth, |m, args| {
        let strict = args.at(0) == Value::TRUE;
        m.begin(Sources::new(SourcesFor::Zip(strict), args.at(1), args.rest(2).collect()))
    })
}

fn new_map(m: &mut Machine, args: &Args) -> Eval {
    m.class_argument(args)?;
    let strict = strict(m, args, "map")?;
    if args.positional() < 3 {
        return Err(m.type_error("map() must have at least two arguments."));
    }
    let parts = Args::new([strict.unwrap_or(Value::FALSE)].into_iter().chain(args.rest(0)));
    m.with_indices("map", &parts, &[0], Style::Truth, |m, args| {
        let what = SourcesFor::Map(args.at(2), args.at(0) == Value::TRUE);
        m.begin(Sources::new(what, args.at(1), args.rest(3).collect()))
    })
}

fn new_filter(m: &mut Machine, args: &Args) -> Eval {
    m.class_argument(args)?;
    m.refuse_keywords("filter", types::FILTER, names::INIT, args)?;
    m.check_count("filter", args.positional() - 1, 2, 2)?;
    m.begin(Sources::new(SourcesFor::Filter(args.at(1)), args.at(0), vec![args.at(2)]))
}

fn new_reversed(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    m.refuse_keywords("reversed", types::REVERSED, names::INIT, args)?;
    m.check_count("reversed", args.positional() - 1, 1, 1)?;
    let sequence = args.at(1);
    if let Some(method) = m.heap.special(sequence, names::REVERSED) {
        if method.is_none() {
            return Err(not_reversible(m, sequence));
        }
        // The method is bound.
        return Ok(holding("reversed", [sequence], m.call_method(method, sequence, Args::default())?));
    }
    // These have items, but no places in a row.
    let only_mapping =
        [types::GENERIC_ALIAS, types::MATCH, types::CONTEXT].contains(&m.heap.class_of(sequence));
    if only_mapping || m.heap.special(sequence, names::GETITEM).is_none() || m.exact_dict(sequence).is_some()
    {
        return Err(not_reversible(m, sequence));
    }
    m.begin(ReversedNew::new(class, sequence))
}

fn not_reversible(m: &mut Machine, value: Value) -> Raise {
    let class = m.class_name(value);
    m.type_error(format!("'{class}' object is not reversible"))
}

/// `__length_hint__` of a builtin iterator.
pub(in crate::machine) fn length_hint(m: &mut Machine, args: &Args) -> Eval {
    let handle = iterator_at(m, args.at(0))?;
    let length = |source: &Option<Value>| {
        source
            .and_then(|source| m.heap.payload_of(source))
            .and_then(|payload| m.payload_length(payload))
            .unwrap_or(0)
    };
    let left = match m.heap.iterator(handle) {
        Iter::List(source, index)
        | Iter::Tuple(source, index)
        | Iter::Str(source, index)
        | Iter::Bytes(source, index) => length(source).saturating_sub(*index),
        Iter::ListReverse(source, index) => {
            if length(source) < *index {
                0
            } else {
                *index
            }
        }
        Iter::Range { left, .. } => *left as usize,
        Iter::Deque { left, .. } => *left,
        Iter::LongRange(range, _) => {
            let left = match &**range {
                RangeIter::Long { left, .. } => left.clone(),
                RangeIter::Short { left, .. } => Int::from(*left),
            };
            return Ok(m.heap.new_int(left).into());
        }
        Iter::Dict { dict: Some(dict), len, left, .. } => {
            let now = m.heap.dict(dict.handle().expect("a dict is a heap object")).len();
            if now == *len { *left } else { 0 }
        }
        Iter::Set { set: Some(set), at, len } => {
            let set = m.heap.set(set.handle().expect("a set is a heap object"));
            let mut at = *at;
            let mut left = 0;
            while let Some((found, ..)) = set.next(at) {
                at = found.next();
                left += 1;
            }
            if set.len() == *len { left } else { 0 }
        }
        Iter::Sequence(Some(source), index) => {
            let index = *index;
            return sequence_hint(m, *source, index);
        }
        Iter::Reversed(Some(source), index) if *index >= 0 => {
            let (source, left) = (*source, *index + 1);
            let (flow, left) = (m.length(source)?, m.heap.int(left));
            // The sequence may have become shorter.
            return m.continue_with("__length_hint__", flow, Args::new([Value::NONE, left]), 0, |m, args| {
                let [length, left] = [0, 1].map(|part| m.index_clamped(args.at(part)).unwrap_or(0));
                Ok(m.heap.int(if length < left { 0 } else { left }).into())
            });
        }
        Iter::Dict { dict: None, .. }
        | Iter::Set { set: None, .. }
        | Iter::Items(..)
        | Iter::Code(_)
        | Iter::Sequence(None, _)
        | Iter::Reversed(..)
        | Iter::Callable(_)
        | Iter::Enumerate(..)
        | Iter::Zip(..)
        | Iter::Map(..)
        | Iter::Filter(..)
        | Iter::Ordered(_)
        | Iter::Tool(_) => 0,
    };
    Ok(m.heap.int(left as i64).into())
}

fn sequence_hint(m: &mut Machine, source: Value, index: i64) -> Eval {
    if m.heap.special(source, names::LEN).is_none() {
        return Ok(Value::NOT_IMPLEMENTED.into());
    }
    let (flow, index) = (m.length(source)?, m.heap.int(index));
    m.continue_with("__length_hint__", flow, Args::new([Value::NONE, index]), 0, |m, args| {
        let [length, index] = [0, 1].map(|part| m.index_clamped(args.at(part)).unwrap_or(0));
        Ok(m.heap.int(length.saturating_sub(index).max(0)).into())
    })
}

/// The builtin iterator that a receiver must be.
pub(super) fn iterator_at(m: &mut Machine, value: Value) -> Result<Handle, Raise> {
    match value.handle() {
        Some(handle) if matches!(m.heap.payload(handle), super::Payload::Iter(_)) => Ok(handle),
        _ => Err(m.wrong_self("list_iterator", value)),
    }
}
