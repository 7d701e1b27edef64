//! Operators on constant strings, bytes and tuples, with the limits on the size of what is folded.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use crate::code::{Const, Text};

/// The most items of a repeated tuple.
const MAX_COLLECTION_SIZE: usize = 256;
/// The most characters or bytes of a repeated string.
const MAX_STR_SIZE: usize = 4096;
/// The most items of a repeated tuple, those of tuples in it included.
const MAX_TOTAL_ITEMS: i64 = 1024;

fn code_points(text: &Text) -> Vec<u32> {
    match text {
        Text::Unicode(text) => text.chars().map(u32::from).collect(),
        Text::Surrogates(points) => points.to_vec(),
    }
}

fn text_of(points: Vec<u32>) -> Const {
    let unicode: Option<String> = points.iter().map(|&point| char::from_u32(point)).collect();
    Const::Str(unicode.map_or_else(|| Text::Surrogates(points.into()), |text| Text::Unicode(text.into())))
}

/// `left + right`.
pub(super) fn concatenate(left: &Const, right: &Const) -> Option<Const> {
    match (left, right) {
        (Const::Str(Text::Unicode(left)), Const::Str(Text::Unicode(right))) => {
            Some(Const::Str(Text::Unicode(format!("{left}{right}").into())))
        }
        (Const::Str(left), Const::Str(right)) => {
            Some(text_of([code_points(left), code_points(right)].concat()))
        }
        (Const::Bytes(left), Const::Bytes(right)) => Some(Const::Bytes([&**left, &**right].concat().into())),
        (Const::Tuple(left), Const::Tuple(right)) => Some(Const::Tuple([&**left, &**right].concat().into())),
        _ => None,
    }
}

/// What is left of `limit` when all items of `constant` and of tuples in it are counted; negative
/// once it is exceeded.
fn count_down(constant: &Const, limit: i64) -> i64 {
    let Const::Tuple(items) = constant else { return limit };
    let mut limit = limit - items.len() as i64;
    for item in &**items {
        if limit < 0 {
            break;
        }
        limit = count_down(item, limit);
    }
    limit
}

/// `sequence * count`, unless it is too long.
pub(super) fn repeat(sequence: &Const, count: &BigInt) -> Option<Const> {
    let (size, limit) = match sequence {
        Const::Str(Text::Unicode(text)) => (text.chars().count(), MAX_STR_SIZE),
        Const::Str(Text::Surrogates(points)) => (points.len(), MAX_STR_SIZE),
        Const::Bytes(bytes) => (bytes.len(), MAX_STR_SIZE),
        Const::Tuple(items) => (items.len(), MAX_COLLECTION_SIZE),
        _ => return None,
    };
    // An empty one may be repeated any number of times that fits a C `ssize_t`.
    let times = count.to_i64()?;
    if size == 0 {
        return Some(sequence.clone());
    }
    let times = usize::try_from(times).ok().filter(|&times| times <= limit / size)?;
    if matches!(sequence, Const::Tuple(_))
        && times > 0
        && count_down(sequence, MAX_TOTAL_ITEMS / times as i64) < 0
    {
        return None;
    }
    Some(match sequence {
        Const::Str(Text::Unicode(text)) => Const::Str(Text::Unicode(text.repeat(times).into())),
        Const::Str(Text::Surrogates(points)) => text_of(points.repeat(times)),
        Const::Bytes(bytes) => Const::Bytes(bytes.repeat(times).into()),
        Const::Tuple(items) => {
            Const::Tuple(std::iter::repeat_n(&**items, times).flatten().cloned().collect())
        }
        _ => return None,
    })
}

/// `container[index]`.
pub(super) fn subscript(container: &Const, index: &Const) -> Option<Const> {
    if let Const::Slice(bounds) = index {
        return slice(container, bounds);
    }
    let index = match index {
        Const::Int(index) => index.to_i64()?,
        Const::Bool(index) => i64::from(*index),
        _ => return None,
    };
    let place = |len: usize| {
        let index = if index < 0 { index + len as i64 } else { index };
        usize::try_from(index).ok().filter(|&index| index < len)
    };
    match container {
        Const::Str(text) => {
            let points = code_points(text);
            Some(text_of(vec![points[place(points.len())?]]))
        }
        Const::Bytes(bytes) => Some(Const::Int(bytes[place(bytes.len())?].into())),
        Const::Tuple(items) => Some(items[place(items.len())?].clone()),
        _ => None,
    }
}

fn slice(container: &Const, bounds: &[Const; 3]) -> Option<Const> {
    Some(match container {
        Const::Str(text) => text_of(take(&code_points(text), bounds)?),
        Const::Bytes(bytes) => Const::Bytes(take(bytes, bounds)?.into()),
        Const::Tuple(items) => Const::Tuple(take(items, bounds)?.into()),
        _ => return None,
    })
}

/// A bound of a slice, cut to the size of a C `ssize_t`, or `default` for None; nothing for what
/// cannot be a bound.
fn bound(constant: &Const, default: i64) -> Option<i64> {
    match constant {
        Const::None => Some(default),
        Const::Bool(value) => Some(i64::from(*value)),
        Const::Int(int) => {
            let cut = if int.is_negative() { i64::MIN } else { i64::MAX };
            Some(int.to_i64().unwrap_or(cut))
        }
        _ => None,
    }
}

fn take<Item: Clone>(items: &[Item], bounds: &[Const; 3]) -> Option<Vec<Item>> {
    let len = items.len() as i64;
    let step = bound(&bounds[2], 1)?.max(-i64::MAX);
    if step == 0 {
        return None;
    }
    // Going down, the places one before the first and at the last take the part of the ends.
    let (lowest, highest) = if step < 0 { (-1, len - 1) } else { (0, len) };
    let place = |constant: &Const, default: i64| match constant {
        Const::None => Some(default),
        _ => bound(constant, default)
            .map(|index| if index < 0 { index.saturating_add(len).max(lowest) } else { index.min(highest) }),
    };
    let (first, last) = if step < 0 { (highest, lowest) } else { (lowest, highest) };
    let start = place(&bounds[0], first)?;
    let stop = place(&bounds[1], last)?;
    let mut taken = Vec::new();
    let mut at = start;
    while if step < 0 { at > stop } else { at < stop } {
        taken.push(items[at as usize].clone());
        at = at.saturating_add(step);
    }
    Some(taken)
}
