//! Which items an index or a slice means.
//!
//! Sequences of the machine have fewer than 2⁶³ items, so for them a slice's bounds are cut to 64 bits
//! first, as CPython cuts them to the size of an address; only `slice.indices()` and ranges know more.

use super::number::Int;

/// The error of a slice whose step is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("slice step cannot be zero")]
pub struct ZeroStep;

/// A slice fitted to a sequence: `start`, `start + step`, … , `count` items in all.
///
/// As in CPython, `start` and `stop` lie between 0 and the length, or −1 and the length less one if the
/// step is negative; `stop` may lie on the wrong side of `start`, and then `count` is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indices {
    /// The first item.
    pub start: i64,
    /// Where to stop, itself not meant.
    pub stop: i64,
    /// From one item to the next; not 0.
    pub step: i64,
    /// How many items there are.
    pub count: usize,
}

impl Indices {
    /// Fits a slice to a sequence of `len` items; `None` stands for a part that is left out.
    pub fn new(
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
        len: usize,
    ) -> Result<Self, ZeroStep> {
        // The negative of a step must fit as well.
        let step = step.unwrap_or(1).max(-i64::MAX);
        if step == 0 {
            return Err(ZeroStep);
        }
        let len = i64::try_from(len).unwrap_or(i64::MAX);
        let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let fit = |bound: i64| if bound < 0 { (bound + len).max(low) } else { bound.min(high) };
        let start = start.map_or(if step < 0 { high } else { low }, fit);
        let stop = stop.map_or(if step < 0 { low } else { high }, fit);
        Ok(Self { start, stop, step, count: count(start, stop, step) as usize })
    }

    /// The indices that are meant, in the order of the slice.
    pub fn iter(self) -> impl ExactSizeIterator<Item = usize> + DoubleEndedIterator {
        (0..self.count).map(move |index| (self.start + index as i64 * self.step) as usize)
    }

    /// The first of the items that stand side by side, if the step is 1; else None.
    pub fn range(self) -> Option<std::ops::Range<usize>> {
        (self.step == 1).then(|| self.start as usize..self.start as usize + self.count)
    }
}

/// The item that `index` means in a sequence of `len` items, counted from the end if negative; None if
/// there is none.
pub fn item(index: i64, len: usize) -> Option<usize> {
    let from_start = if index < 0 {
        usize::try_from(index.checked_add_unsigned(len as u64)?)
    } else {
        usize::try_from(index)
    };
    from_start.ok().filter(|&index| index < len)
}

/// Where `insert(index, …)` puts an item: the nearest place there is.
pub fn place(index: i64, len: usize) -> usize {
    if index < 0 {
        len.saturating_sub(usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX))
    } else {
        usize::try_from(index).unwrap_or(usize::MAX).min(len)
    }
}

/// How many numbers there are from `start` on before `stop`, `step` apart; `step` is not 0.
pub const fn count(start: i64, stop: i64, step: i64) -> u64 {
    if step > 0 && start < stop {
        (stop.abs_diff(start) - 1) / step as u64 + 1
    } else if step < 0 && start > stop {
        (start.abs_diff(stop) - 1) / step.unsigned_abs() + 1
    } else {
        0
    }
}

/// `slice.indices(len)` for numbers of any size; `len` is not negative.
pub fn indices(
    start: Option<&Int>,
    stop: Option<&Int>,
    step: Option<&Int>,
    len: &Int,
) -> Result<(Int, Int, Int), ZeroStep> {
    let step = step.cloned().unwrap_or(Int::ONE);
    if step.is_zero() {
        return Err(ZeroStep);
    }
    let (low, high) =
        if step.is_negative() { (Int::Small(-1), len - &Int::ONE) } else { (Int::ZERO, len.clone()) };
    let fit = |bound: &Int| {
        if bound.is_negative() { (bound + len).max(low.clone()) } else { bound.clone().min(high.clone()) }
    };
    let start = start.map(fit);
    let stop = stop.map(fit);
    let (first, last) = if step.is_negative() { (high, low) } else { (low, high) };
    Ok((start.unwrap_or(first), stop.unwrap_or(last), step))
}
