//! Taking characters off the ends: `strip`, `lstrip`, `rstrip`, `removeprefix`, `removesuffix`.

use std::ops::Range;

use super::Str;
use super::search::Unit;
use super::str::Units;
use super::unicode::is_space;

/// Which ends to take from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// The left end (`lstrip`).
    Left,
    /// The right end (`rstrip`).
    Right,
    /// Both ends (`strip`).
    Both,
}

/// What is left when everything that `takes` is off the ends.
pub fn strip<T: Unit>(units: &[T], ends: Ends, takes: impl Fn(u32) -> bool) -> Range<usize> {
    let mut range = 0..units.len();
    if ends != Ends::Right {
        while !range.is_empty() && takes(units[range.start].into()) {
            range.start += 1;
        }
    }
    if ends != Ends::Left {
        while !range.is_empty() && takes(units[range.end - 1].into()) {
            range.end -= 1;
        }
    }
    range
}

impl Str {
    /// `str.strip` and its kin: takes off the characters of `set`, or white space.
    #[must_use]
    pub fn strip(&self, ends: Ends, set: Option<&Self>) -> Self {
        let Some(set) = set else { return self.strip_where(ends, is_space) };
        // A set is searched for each character that goes; sorted, a long one costs little more than a short.
        let mut sorted: Vec<u32> = set.points().collect();
        sorted.sort_unstable();
        self.strip_where(ends, |point| sorted.binary_search(&point).is_ok())
    }

    fn strip_where(&self, ends: Ends, takes: impl Fn(u32) -> bool) -> Self {
        self.slice(match self.units() {
            Units::Ascii(units) => strip(units, ends, takes),
            Units::Wide(units) => strip(units, ends, takes),
        })
    }

    /// `str.removeprefix`.
    #[must_use]
    pub fn remove_prefix(&self, prefix: &Self) -> Self {
        let length = self.len();
        if self.starts_with(prefix, 0..length) { self.slice(prefix.len()..length) } else { self.clone() }
    }

    /// `str.removesuffix`.
    #[must_use]
    pub fn remove_suffix(&self, suffix: &Self) -> Self {
        let length = self.len();
        if self.ends_with(suffix, 0..length) { self.slice(0..length - suffix.len()) } else { self.clone() }
    }
}
