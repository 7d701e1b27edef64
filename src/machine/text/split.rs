//! Cutting a sequence into parts: `split`, `rsplit`, `splitlines`, `partition`, `rpartition`.
//!
//! Parts are ranges of the sequence, from left to right.

use std::iter;
use std::ops::Range;

use super::Str;
use super::search::{self, Unit, in_one_form};
use super::str::Units;
use super::unicode::{is_line_break, is_space};

/// At most `limit` cuts (none: as many as there are) at runs of white space; no part is empty, and only
/// what is left after the last cut allowed keeps the white space at its end.
pub fn split_whitespace<T: Unit>(
    units: &[T],
    limit: Option<usize>,
    is_space: impl Fn(u32) -> bool,
) -> Vec<Range<usize>> {
    let limit = limit.unwrap_or(usize::MAX);
    let space = |at: usize| is_space(units[at].into());
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        while at < units.len() && space(at) {
            at += 1;
        }
        if at == units.len() {
            return parts;
        }
        let start = at;
        if parts.len() == limit {
            parts.push(start..units.len());
            return parts;
        }
        while at < units.len() && !space(at) {
            at += 1;
        }
        parts.push(start..at);
    }
}

/// As [`split_whitespace`], with the cuts counted from the right.
pub fn rsplit_whitespace<T: Unit>(
    units: &[T],
    limit: Option<usize>,
    is_space: impl Fn(u32) -> bool,
) -> Vec<Range<usize>> {
    let mirrored: Vec<u32> = units.iter().rev().map(|&unit| unit.into()).collect();
    let mut parts = split_whitespace(&mirrored, limit, is_space);
    parts.reverse();
    parts.iter().map(|part| units.len() - part.end..units.len() - part.start).collect()
}

/// At most `limit` cuts at `separator`, which is not empty.
pub fn split<T: Unit>(units: &[T], separator: &[T], limit: Option<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut done = 0;
    for start in search::starts(units, separator, limit.unwrap_or(usize::MAX)) {
        parts.push(done..start);
        done = start + separator.len();
    }
    parts.push(done..units.len());
    parts
}

/// As [`split`], with the cuts made from the right.
pub fn rsplit<T: Unit>(units: &[T], separator: &[T], limit: Option<usize>) -> Vec<Range<usize>> {
    let limit = limit.unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    let mut end = units.len();
    if limit > 0 {
        search::each_match_back(units, separator, |start| {
            parts.push(start + separator.len()..end);
            end = start;
            parts.len() < limit
        });
    }
    parts.push(0..end);
    parts.reverse();
    parts
}

/// The lines, with their ends where `keep_ends`; "\r\n" is one end.
pub fn split_lines<T: Unit>(
    units: &[T],
    keep_ends: bool,
    is_break: impl Fn(u32) -> bool,
) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < units.len() {
        let mut end = start;
        while end < units.len() && !is_break(units[end].into()) {
            end += 1;
        }
        let mut next = end;
        if next < units.len() {
            let carriage_return = units[next].into() == 0x0D;
            next += 1;
            if carriage_return && next < units.len() && units[next].into() == 0x0A {
                next += 1;
            }
        }
        lines.push(start..if keep_ends { next } else { end });
        start = next;
    }
    lines
}

impl Str {
    /// `str.split()` without a separator.
    pub fn split_whitespace(&self, limit: Option<usize>) -> Vec<Self> {
        self.parts(match self.units() {
            Units::Ascii(units) => split_whitespace(units, limit, is_space),
            Units::Wide(units) => split_whitespace(units, limit, is_space),
        })
    }

    /// `str.rsplit()` without a separator.
    pub fn rsplit_whitespace(&self, limit: Option<usize>) -> Vec<Self> {
        self.parts(match self.units() {
            Units::Ascii(units) => rsplit_whitespace(units, limit, is_space),
            Units::Wide(units) => rsplit_whitespace(units, limit, is_space),
        })
    }

    /// `str.split` at a separator that is not empty.
    pub fn split(&self, separator: &Self, limit: Option<usize>) -> Vec<Self> {
        let whole = || iter::once(0..self.len()).collect();
        self.parts(in_one_form!(self, separator, |units, separator| split(units, separator, limit), whole()))
    }

    /// `str.rsplit` at a separator that is not empty.
    pub fn rsplit(&self, separator: &Self, limit: Option<usize>) -> Vec<Self> {
        let whole = || iter::once(0..self.len()).collect();
        self.parts(in_one_form!(self, separator, |units, separator| rsplit(units, separator, limit), whole()))
    }

    /// `str.splitlines`.
    pub fn split_lines(&self, keep_ends: bool) -> Vec<Self> {
        self.parts(match self.units() {
            Units::Ascii(units) => split_lines(units, keep_ends, is_line_break),
            Units::Wide(units) => split_lines(units, keep_ends, is_line_break),
        })
    }

    /// `str.partition`: what stands before and after the first `separator`, which is not empty.
    pub fn partition(&self, separator: &Self) -> Option<(Self, Self)> {
        let at = self.find(separator, 0..self.len())?;
        Some((self.slice(0..at), self.slice(at + separator.len()..self.len())))
    }

    /// `str.rpartition`: what stands before and after the last `separator`, which is not empty.
    pub fn rpartition(&self, separator: &Self) -> Option<(Self, Self)> {
        let at = self.rfind(separator, 0..self.len())?;
        Some((self.slice(0..at), self.slice(at + separator.len()..self.len())))
    }

    fn parts(&self, ranges: Vec<Range<usize>>) -> Vec<Self> {
        ranges.into_iter().map(|range| self.slice(range)).collect()
    }
}
