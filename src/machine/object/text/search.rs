//! Searching and splitting.

use std::ops::Range;

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::value::Value;
use super::this;

type Search = fn(&Str, &Str, Range<usize>) -> Option<usize>;

fn search(m: &mut Machine, args: &Args, name: &str, search: Search) -> Result<Option<usize>, Raise> {
    let needle = m.text_argument(args.at(1), &format!("{name}() argument 1"))?;
    let text = this(m, args).clone();
    Ok(m.bounds(args, 2, text.len())?.and_then(|range| search(&text, &needle, range)))
}

fn position(m: &mut Machine, found: Option<usize>) -> Eval {
    let position = found.map_or(-1, |position| position as i64);
    Ok(m.heap.int(position).into())
}

fn required(m: &mut Machine, found: Option<usize>) -> Eval {
    match found {
        Some(position) => Ok(m.heap.int(position as i64).into()),
        None => Err(m.value_error("substring not found")),
    }
}

pub(super) fn find(m: &mut Machine, args: &Args) -> Eval {
    let found = search(m, args, "find", Str::find)?;
    position(m, found)
}

pub(super) fn rfind(m: &mut Machine, args: &Args) -> Eval {
    let found = search(m, args, "rfind", Str::rfind)?;
    position(m, found)
}

pub(super) fn index(m: &mut Machine, args: &Args) -> Eval {
    let found = search(m, args, "index", Str::find)?;
    required(m, found)
}

pub(super) fn rindex(m: &mut Machine, args: &Args) -> Eval {
    let found = search(m, args, "rindex", Str::rfind)?;
    required(m, found)
}

pub(super) fn count(m: &mut Machine, args: &Args) -> Eval {
    let found = search(m, args, "count", |text, needle, range| Some(text.count(needle, range)))?;
    Ok(m.heap.int(found.unwrap_or(0) as i64).into())
}

type Affix = fn(&Str, &Str, Range<usize>) -> bool;

fn affix(m: &mut Machine, args: &Args, name: &str, test: Affix) -> Eval {
    let candidates = match m.heap.payload_of(args.at(1)) {
        Some(Payload::Tuple(items)) => items.to_vec(),
        _ => vec![args.at(1)],
    };
    let in_tuple = candidates.len() != 1 || candidates[0] != args.at(1);
    let text = this(m, args).clone();
    let range = m.bounds(args, 2, text.len())?;
    for candidate in candidates {
        let Some(affix) = m.heap.text_of(candidate) else {
            let class = m.class_name(candidate);
            return Err(m.type_error(if in_tuple {
                format!("tuple for {name} must only contain str, not {class}")
            } else {
                format!("{name} first arg must be str or a tuple of str, not {class}")
            }));
        };
        if range.clone().is_some_and(|range| test(&text, affix, range)) {
            return Ok(Value::TRUE.into());
        }
    }
    Ok(Value::FALSE.into())
}

pub(super) fn starts_with(m: &mut Machine, args: &Args) -> Eval {
    affix(m, args, "startswith", Str::starts_with)
}

pub(super) fn ends_with(m: &mut Machine, args: &Args) -> Eval {
    affix(m, args, "endswith", Str::ends_with)
}

fn list_of(m: &mut Machine, args: &Args, parts: Vec<Str>) -> Eval {
    // What is not split at all is itself the only part.
    if let [whole] = &parts[..]
        && whole.len() == this(m, args).len()
        && m.heap.class_of(args.at(0)) == types::STR
    {
        return Ok(m.heap.list(vec![args.at(0)]).into());
    }
    let items = parts.into_iter().map(|part| m.heap.str(part)).collect();
    Ok(m.heap.list(items).into())
}

/// How often a text is split; `None` for as often as it goes.
fn limit(m: &mut Machine, args: &Args) -> Result<Option<usize>, Raise> {
    match args.get(2) {
        None => Ok(None),
        Some(limit) => Ok(usize::try_from(m.size_argument(limit)?).ok()),
    }
}

type Split = fn(&Str, &Str, Option<usize>) -> Vec<Str>;
type SplitWhitespace = fn(&Str, Option<usize>) -> Vec<Str>;

fn split_by(m: &mut Machine, args: &Args, split: Split, whitespace: SplitWhitespace) -> Eval {
    let limit = limit(m, args)?;
    let text = this(m, args).clone();
    let Some(separator) = args.some(1) else {
        let parts = whitespace(&text, limit);
        if limit == Some(0) {
            // What is left behind the last cut is a copy, also where nothing was cut.
            let items = parts.into_iter().map(|part| m.heap.str(part)).collect();
            return Ok(m.heap.list(items).into());
        }
        return list_of(m, args, parts);
    };
    let Some(separator) = m.heap.text_of(separator) else {
        let class = m.class_name(separator);
        return Err(m.type_error(format!("must be str or None, not {class}")));
    };
    if separator.is_empty() {
        return Err(m.value_error("empty separator"));
    }
    if separator.len() > text.len() || separator.unit_size() > text.unit_size() {
        // It cannot be in there, and CPython looks no further, nor at the class.
        return Ok(m.heap.list(vec![args.at(0)]).into());
    }
    let parts = split(&text, separator, limit);
    list_of(m, args, parts)
}

pub(super) fn split(m: &mut Machine, args: &Args) -> Eval {
    split_by(m, args, Str::split, Str::split_whitespace)
}

pub(super) fn rsplit(m: &mut Machine, args: &Args) -> Eval {
    split_by(m, args, Str::rsplit, Str::rsplit_whitespace)
}

pub(super) fn split_lines(m: &mut Machine, args: &Args) -> Eval {
    let keep = args.flag(1, false);
    let parts = this(m, args).split_lines(keep);
    list_of(m, args, parts)
}

fn parts(m: &mut Machine, args: &Args, last: bool) -> Eval {
    let separator = m.text_argument(args.at(1), "")?;
    if separator.is_empty() {
        return Err(m.value_error("empty separator"));
    }
    let text = this(m, args);
    let found = if last { text.rpartition(&separator) } else { text.partition(&separator) };
    let items = if let Some((before, after)) = found {
        vec![m.heap.str(before), args.at(1), m.heap.str(after)]
    } else {
        let (whole, empty) = (args.at(0), m.heap.str(""));
        if last { vec![empty, empty, whole] } else { vec![whole, empty, empty] }
    };
    Ok(m.heap.tuple(items).into())
}

pub(super) fn partition(m: &mut Machine, args: &Args) -> Eval {
    parts(m, args, false)
}

pub(super) fn rpartition(m: &mut Machine, args: &Args) -> Eval {
    parts(m, args, true)
}
