//! Methods that make another str: replacing, stripping, padding, joining, translating.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::native::{JoinPieces, Translate};
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::text::strip::Ends;
use super::super::super::value::Value;
use super::this;

/// The receiver itself if `text` is the same, as CPython gives it back; else a new str.
fn same_or_new(m: &mut Machine, args: &Args, text: Str) -> Eval {
    if m.heap.class_of(args.at(0)) == types::STR && *this(m, args) == text {
        return Ok(args.at(0).into());
    }
    Ok(copied(m, args, text).into())
}

/// What a method makes of the receiver: the whole text of an instance of a derived class is copied, and not looked up
/// among the letters that CPython keeps.
fn copied(m: &mut Machine, args: &Args, text: Str) -> Value {
    if *this(m, args) == text { m.heap.new_str(text) } else { m.heap.str(text) }
}

/// The same of what may be too long; what is new is never one of the letters that CPython keeps.
fn bounded(m: &mut Machine, args: &Args, text: Option<Str>) -> Eval {
    match text {
        Some(text) if *this(m, args) == text => same_or_new(m, args, text),
        Some(text) => Ok(m.heap.new_str(text).into()),
        None => Err(m.raise_with(types::MEMORY_ERROR, vec![])),
    }
}

pub(super) fn replace(m: &mut Machine, args: &Args) -> Eval {
    let old = m.text_argument(args.at(1), "replace() argument 1")?;
    let new = m.text_argument(args.at(2), "replace() argument 2")?;
    let limit = match args.get(3) {
        Some(count) => usize::try_from(m.size_argument(count)?).ok(),
        None => None,
    };
    let text = this(m, args).replace(&old, &new, limit);
    bounded(m, args, text)
}

fn strip_ends(m: &mut Machine, args: &Args, name: &str, ends: Ends) -> Eval {
    let set = match args.some(1) {
        None => None,
        Some(set) => match m.heap.text_of(set) {
            Some(set) => Some(set.clone()),
            None => return Err(m.type_error(format!("{name} arg must be None or str"))),
        },
    };
    let text = this(m, args).strip(ends, set.as_ref());
    same_or_new(m, args, text)
}

pub(super) fn strip(m: &mut Machine, args: &Args) -> Eval {
    strip_ends(m, args, "strip", Ends::Both)
}

pub(super) fn lstrip(m: &mut Machine, args: &Args) -> Eval {
    strip_ends(m, args, "lstrip", Ends::Left)
}

pub(super) fn rstrip(m: &mut Machine, args: &Args) -> Eval {
    strip_ends(m, args, "rstrip", Ends::Right)
}

pub(super) fn remove_prefix(m: &mut Machine, args: &Args) -> Eval {
    let prefix = m.text_argument(args.at(1), "removeprefix() argument")?;
    let text = this(m, args).remove_prefix(&prefix);
    same_or_new(m, args, text)
}

pub(super) fn remove_suffix(m: &mut Machine, args: &Args) -> Eval {
    let suffix = m.text_argument(args.at(1), "removesuffix() argument")?;
    let text = this(m, args).remove_suffix(&suffix);
    same_or_new(m, args, text)
}

/// A width; a negative one is no width at all.
fn width(m: &mut Machine, value: Value) -> Result<usize, Raise> {
    Ok(usize::try_from(m.size_argument(value)?).unwrap_or(0))
}

fn fill(m: &mut Machine, args: &Args) -> Result<u32, Raise> {
    let Some(fill) = args.get(2) else { return Ok(u32::from(' ')) };
    match m.heap.text_of(fill) {
        Some(text) if text.len() == 1 => Ok(text.get(0).unwrap_or(u32::from(' '))),
        Some(_) => Err(m.type_error("The fill character must be exactly one character long")),
        None => {
            let class = m.class_name(fill);
            Err(m.type_error(format!("The fill character must be a unicode character, not {class}")))
        }
    }
}

type Justify = fn(&Str, usize, u32) -> Option<Str>;

fn justify(m: &mut Machine, args: &Args, justify: Justify) -> Eval {
    let width = width(m, args.at(1))?;
    let fill = fill(m, args)?;
    let text = justify(this(m, args), width, fill);
    bounded(m, args, text)
}

pub(super) fn center(m: &mut Machine, args: &Args) -> Eval {
    justify(m, args, Str::center)
}

pub(super) fn ljust(m: &mut Machine, args: &Args) -> Eval {
    justify(m, args, Str::ljust)
}

pub(super) fn rjust(m: &mut Machine, args: &Args) -> Eval {
    justify(m, args, Str::rjust)
}

pub(super) fn zfill(m: &mut Machine, args: &Args) -> Eval {
    let width = width(m, args.at(1))?;
    let text = this(m, args).zfill(width);
    bounded(m, args, text)
}

pub(super) fn expand_tabs(m: &mut Machine, args: &Args) -> Eval {
    const DEFAULT: usize = 8;
    let size = match args.get(1) {
        Some(size) => usize::try_from(m.int_argument(size)?).unwrap_or(0),
        None => DEFAULT,
    };
    match this(m, args).expand_tabs(size) {
        Some(text) => same_or_new(m, args, text),
        None => Err(m.raise_with(types::MEMORY_ERROR, vec![])),
    }
}

pub(super) fn join(m: &mut Machine, args: &Args) -> Eval {
    m.begin(JoinPieces::new(args.at(0), args.at(1)))
}

pub(super) fn translate(m: &mut Machine, args: &Args) -> Eval {
    m.begin(Translate::new(args.at(0), args.at(1)))
}

pub(super) fn make_trans(m: &mut Machine, args: &Args) -> Eval {
    let Some(to) = args.get(1) else {
        return table_of_dict(m, args.at(0));
    };
    let to = m.text_argument(to, "maketrans() argument 2")?;
    let deleted = match args.get(2) {
        Some(deleted) => m.text_argument(deleted, "maketrans() argument 3")?,
        None => Str::empty(),
    };
    let Some(from) = m.heap.text_of(args.at(0)).cloned() else {
        let message = "first maketrans argument must be a string if there is a second argument";
        return Err(m.type_error(message));
    };
    if from.len() != to.len() {
        return Err(m.value_error("the first two maketrans arguments must have equal length"));
    }
    let mut items = Vec::new();
    for (from, to) in from.points().zip(to.points()) {
        items.push(m.heap.int(from.into()));
        items.push(m.heap.int(to.into()));
    }
    for point in deleted.points() {
        items.push(m.heap.int(point.into()));
        items.push(Value::NONE);
    }
    m.build_dict(items)
}

fn table_of_dict(m: &mut Machine, dict: Value) -> Eval {
    let entries = match m.heap.payload_of(dict) {
        Some(Payload::Dict(entries)) if m.heap.class_of(dict) == types::DICT => {
            entries.iter().map(|entry| (entry.key, entry.value)).collect::<Vec<_>>()
        }
        _ => return Err(m.type_error("if you give only one argument to maketrans it must be a dict")),
    };
    let mut items = Vec::new();
    for (key, value) in entries {
        let point = match (m.heap.text_of(key), m.heap.int_ref(key)) {
            (Some(text), _) if text.len() == 1 => text.get(0).map(i64::from),
            (Some(_), _) => {
                return Err(m.value_error("string keys in translatetable must be of length 1"));
            }
            (None, Some(_)) => None,
            (None, None) => {
                return Err(m.type_error("keys in translate table must be strings or integers"));
            }
        };
        items.push(point.map_or(key, |point| m.heap.int(point)));
        items.push(value);
    }
    m.build_dict(items)
}
