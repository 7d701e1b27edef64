//! Searching and splitting.

use std::ops::Range;

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::raise::Raise;
use super::super::super::text::{bytes, search, split};
use super::super::super::value::Value;
use super::super::{Payload, types};
use super::{made, this};

type Search = fn(&[u8], &[u8], Range<usize>) -> Option<usize>;

fn position_of(m: &mut Machine, args: &Args, search: Search) -> Result<Option<usize>, Raise> {
    let needle = m.needle_argument(args.at(1))?;
    let range = m.bounds(args, 2, this(m, args).len())?;
    Ok(range.and_then(|range| search(this(m, args), needle.as_slice(), range)))
}

fn position(m: &mut Machine, found: Option<usize>) -> Eval {
    let position = found.map_or(-1, |position| position as i64);
    Ok(m.heap.int(position).into())
}

fn required(m: &mut Machine, found: Option<usize>) -> Eval {
    match found {
        Some(position) => Ok(m.heap.int(position as i64).into()),
        None => Err(m.value_error("subsection not found")),
    }
}

pub(super) fn find(m: &mut Machine, args: &Args) -> Eval {
    m.with_needle("find", args, |m, args| {
        let found = position_of(m, args, search::find)?;
        position(m, found)
    })
}

pub(super) fn rfind(m: &mut Machine, args: &Args) -> Eval {
    m.with_needle("rfind", args, |m, args| {
        let found = position_of(m, args, search::rfind)?;
        position(m, found)
    })
}

pub(super) fn index(m: &mut Machine, args: &Args) -> Eval {
    m.with_needle("index", args, |m, args| {
        let found = position_of(m, args, search::find)?;
        required(m, found)
    })
}

pub(super) fn rindex(m: &mut Machine, args: &Args) -> Eval {
    m.with_needle("rindex", args, |m, args| {
        let found = position_of(m, args, search::rfind)?;
        required(m, found)
    })
}

pub(super) fn count(m: &mut Machine, args: &Args) -> Eval {
    m.with_needle("count", args, |m, args| {
        let found = position_of(m, args, |hay, needle, range| Some(search::count(hay, needle, range)))?;
        Ok(m.heap.int(found.unwrap_or(0) as i64).into())
    })
}

type Affix = fn(&[u8], &[u8], Range<usize>) -> bool;

fn affix(m: &mut Machine, args: &Args, name: &str, test: Affix) -> Eval {
    let range = m.bounds(args, 2, this(m, args).len())?;
    let matches =
        |m: &Machine, affix: &[u8]| range.clone().is_some_and(|range| test(this(m, args), affix, range));
    if let Some(Payload::Tuple(items)) = m.heap.payload_of(args.at(1)) {
        let candidates = items.clone();
        for candidate in candidates {
            let affix = m.bytes_argument(candidate)?;
            if matches(m, &affix) {
                return Ok(Value::TRUE.into());
            }
        }
        return Ok(Value::FALSE.into());
    }
    if let Some(affix) = m.heap.byte_string(args.at(1)) {
        return Ok(Value::bool(matches(m, affix)).into());
    }
    m.refuse_python_buffer(args.at(1))?;
    let class = m.class_name(args.at(1));
    Err(m.type_error(format!("{name} first arg must be bytes or a tuple of bytes, not {class}")))
}

pub(super) fn starts_with(m: &mut Machine, args: &Args) -> Eval {
    m.with_buffers("startswith", args, &[1], |m, args| affix(m, args, "startswith", search::starts_with))
}

pub(super) fn ends_with(m: &mut Machine, args: &Args) -> Eval {
    m.with_buffers("endswith", args, &[1], |m, args| affix(m, args, "endswith", search::ends_with))
}

fn list_of(m: &mut Machine, args: &Args, parts: &[Range<usize>], copies: bool) -> Eval {
    // What is not split at all is itself the only part.
    if let [whole] = parts
        && !copies
        && *whole == (0..this(m, args).len())
        && m.heap.class_of(args.at(0)) == types::BYTES
    {
        return Ok(m.heap.list(vec![args.at(0)]).into());
    }
    let bytes = this(m, args).to_vec();
    let items = parts.iter().map(|part| made(m, args, bytes[part.clone()].to_vec())).collect();
    Ok(m.heap.list(items).into())
}

type Split = fn(&[u8], &[u8], Option<usize>) -> Vec<Range<usize>>;
type SplitWhitespace = fn(&[u8], Option<usize>, fn(u32) -> bool) -> Vec<Range<usize>>;

fn split_by(m: &mut Machine, args: &Args, split: Split, whitespace: SplitWhitespace) -> Eval {
    let limit = m.limit_argument(args.get(2))?;
    let parts = match args.some(1) {
        None => whitespace(this(m, args), limit, bytes::is_space),
        Some(separator) => {
            let separator = separator_argument(m, separator)?;
            split(this(m, args), &separator, limit)
        }
    };
    // What is left behind the last cut at white space is a copy, also where nothing was cut.
    let copies = args.some(1).is_none() && limit == Some(0);
    list_of(m, args, &parts, copies)
}

fn separator_argument(m: &mut Machine, separator: Value) -> Result<Vec<u8>, Raise> {
    let separator = m.bytes_argument(separator)?;
    if separator.is_empty() { Err(m.value_error("empty separator")) } else { Ok(separator) }
}

pub(super) fn split(m: &mut Machine, args: &Args) -> Eval {
    m.while_exporting("split", args, |m, args| split_by(m, args, split::split, split::split_whitespace))
}

pub(super) fn rsplit(m: &mut Machine, args: &Args) -> Eval {
    m.while_exporting("rsplit", args, |m, args| split_by(m, args, split::rsplit, split::rsplit_whitespace))
}

pub(super) fn split_lines(m: &mut Machine, args: &Args) -> Eval {
    let keep = args.flag(1, false);
    let parts = split::split_lines(this(m, args), keep, bytes::is_line_break);
    list_of(m, args, &parts, false)
}

fn parts(m: &mut Machine, args: &Args, last: bool) -> Eval {
    let separator = separator_argument(m, args.at(1))?;
    let whole = this(m, args).to_vec();
    let is_bytes = m.heap.is_instance(args.at(0), types::BYTES);
    let find: Search = if last { search::rfind } else { search::find };
    let items = if let Some(at) = find(&whole, &separator, 0..whole.len()) {
        let end = at + separator.len();
        let before = made(m, args, whole[..at].to_vec());
        let middle = if is_bytes { args.at(1) } else { made(m, args, separator) };
        vec![before, middle, made(m, args, whole[end..].to_vec())]
    } else {
        let whole = if is_bytes { args.at(0) } else { made(m, args, whole) };
        let (one, two) = (made(m, args, Vec::new()), made(m, args, Vec::new()));
        if last { vec![one, two, whole] } else { vec![whole, one, two] }
    };
    Ok(m.heap.tuple(items).into())
}

pub(super) fn partition(m: &mut Machine, args: &Args) -> Eval {
    parts(m, args, false)
}

pub(super) fn rpartition(m: &mut Machine, args: &Args) -> Eval {
    parts(m, args, true)
}
