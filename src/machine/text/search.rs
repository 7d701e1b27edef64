//! Finding one sequence in another: `find`, `count`, `startswith`, `replace` and their kin.
//!
//! All of it takes time linear in the text, whatever the program under the machine searches for.  A range
//! whose start lies behind its end holds nothing, not even the empty text: so does `"abc".find("", 4)`.

use std::ops::Range;

use super::str::{Units, is_surrogate};
use super::{MAX_LENGTH, Str, StrBuilder};

/// An element of a `bytes` or of a form of a `str`.
pub trait Unit: Copy + Eq + Into<u32> {}

impl Unit for u8 {}
impl Unit for u32 {}

/// Needles up to this long are compared at every place; longer ones are worth a table.
const SHORT: usize = 8;

/// Calls `visit` with the start of every occurrence that does not overlap the one before it, from the
/// left, until `visit` returns false.  The empty needle occurs before every unit and at the end.
pub fn each_match<T: Unit>(hay: &[T], needle: &[T], visit: impl FnMut(usize) -> bool) {
    let last = hay.len();
    scan(last, |at| hay[at], needle.len(), |at| needle[at], visit);
}

/// As [`each_match`], from the right: occurrences do not overlap the one after them.
pub fn each_match_back<T: Unit>(hay: &[T], needle: &[T], mut visit: impl FnMut(usize) -> bool) {
    let (length, width) = (hay.len(), needle.len());
    let mirrored = |at: usize| visit(length - at - width);
    scan(length, |at| hay[length - 1 - at], width, |at| needle[width - 1 - at], mirrored);
}

/// The search itself, on sequences given by their length and their elements.
fn scan<T: Unit>(
    length: usize,
    hay: impl Fn(usize) -> T,
    width: usize,
    needle: impl Fn(usize) -> T,
    mut visit: impl FnMut(usize) -> bool,
) {
    if width > length {
        return;
    }
    if width == 0 {
        let _ = (0..=length).all(visit);
        return;
    }
    if width <= SHORT {
        let mut at = 0;
        while at <= length - width {
            if (0..width).all(|offset| hay(at + offset) == needle(offset)) {
                if !visit(at) {
                    return;
                }
                at += width;
            } else {
                at += 1;
            }
        }
        return;
    }
    let failure = failure_table(width, &needle);
    let mut matched = 0;
    for at in 0..length {
        let unit = hay(at);
        while matched > 0 && needle(matched) != unit {
            matched = failure[matched - 1];
        }
        if needle(matched) == unit {
            matched += 1;
        }
        if matched == width {
            if !visit(at + 1 - width) {
                return;
            }
            matched = 0;
        }
    }
}

/// For each prefix of the needle, how long its longest proper prefix is that is also its suffix (Knuth,
/// Morris and Pratt).
fn failure_table<T: Unit>(width: usize, needle: impl Fn(usize) -> T) -> Vec<usize> {
    let mut failure = vec![0; width];
    let mut matched = 0;
    for at in 1..width {
        while matched > 0 && needle(at) != needle(matched) {
            matched = failure[matched - 1];
        }
        if needle(at) == needle(matched) {
            matched += 1;
        }
        failure[at] = matched;
    }
    failure
}

/// The part of `units` in `range`, or nothing where the range's start lies behind its end or the text's.
fn part<T>(units: &[T], range: &Range<usize>) -> Option<(usize, usize)> {
    let end = range.end.min(units.len());
    (range.start <= end).then_some((range.start, end))
}

/// Where `needle` first occurs within `range`.
pub fn find<T: Unit>(hay: &[T], needle: &[T], range: Range<usize>) -> Option<usize> {
    let (start, end) = part(hay, &range)?;
    if let [unit] = needle {
        return hay[start..end].iter().position(|other| other == unit).map(|at| start + at);
    }
    let mut found = None;
    each_match(&hay[start..end], needle, |at| {
        found = Some(start + at);
        false
    });
    found
}

/// Where `needle` last occurs within `range`.
pub fn rfind<T: Unit>(hay: &[T], needle: &[T], range: Range<usize>) -> Option<usize> {
    let (start, end) = part(hay, &range)?;
    let mut found = None;
    each_match_back(&hay[start..end], needle, |at| {
        found = Some(start + at);
        false
    });
    found
}

/// How often `needle` occurs within `range` without overlap.
pub fn count<T: Unit>(hay: &[T], needle: &[T], range: Range<usize>) -> usize {
    let Some((start, end)) = part(hay, &range) else { return 0 };
    let mut count = 0;
    each_match(&hay[start..end], needle, |_| {
        count += 1;
        true
    });
    count
}

/// Whether the part in `range` begins with `prefix`.
pub fn starts_with<T: Unit>(hay: &[T], prefix: &[T], range: Range<usize>) -> bool {
    part(hay, &range).is_some_and(|(start, end)| hay[start..end].starts_with(prefix))
}

/// Whether the part in `range` ends with `suffix`.
pub fn ends_with<T: Unit>(hay: &[T], suffix: &[T], range: Range<usize>) -> bool {
    part(hay, &range).is_some_and(|(start, end)| hay[start..end].ends_with(suffix))
}

/// The starts of the first `limit` occurrences of `needle`, from the left.
pub fn starts<T: Unit>(hay: &[T], needle: &[T], limit: usize) -> Vec<usize> {
    let mut starts = Vec::new();
    if limit > 0 {
        each_match(hay, needle, |at| {
            starts.push(at);
            starts.len() < limit
        });
    }
    starts
}

/// How long a text becomes when `count` parts of it grow or shrink, where that is within [`MAX_LENGTH`].
pub(super) fn replaced_length(length: usize, old: usize, new: usize, count: usize) -> Option<usize> {
    let kept = length.checked_sub(old.checked_mul(count)?)?;
    kept.checked_add(new.checked_mul(count)?).filter(|&length| length <= MAX_LENGTH)
}

/// Runs `$body` with the units of a text and of a needle in one form, or gives `$never` where the needle
/// has characters that the text cannot have.
macro_rules! in_one_form {
    ($hay:expr, $needle:expr, |$h:ident, $n:ident| $body:expr, $never:expr) => {
        match ($hay.units(), $needle.units()) {
            ($crate::machine::text::str::Units::Ascii($h), $crate::machine::text::str::Units::Ascii($n)) => {
                $body
            }
            ($crate::machine::text::str::Units::Wide($h), $crate::machine::text::str::Units::Wide($n)) => {
                $body
            }
            (
                $crate::machine::text::str::Units::Wide($h),
                $crate::machine::text::str::Units::Ascii(narrow),
            ) => {
                let widened: Vec<u32> = narrow.iter().copied().map(u32::from).collect();
                let $n = widened.as_slice();
                $body
            }
            ($crate::machine::text::str::Units::Ascii(_), $crate::machine::text::str::Units::Wide(_)) => {
                $never
            }
        }
    };
}
pub(super) use in_one_form;

impl Str {
    /// `str.find` within `range`.
    pub fn find(&self, needle: &Self, range: Range<usize>) -> Option<usize> {
        in_one_form!(self, needle, |hay, needle| find(hay, needle, range), None)
    }

    /// `str.rfind` within `range`.
    pub fn rfind(&self, needle: &Self, range: Range<usize>) -> Option<usize> {
        in_one_form!(self, needle, |hay, needle| rfind(hay, needle, range), None)
    }

    /// `str.count` within `range`.
    pub fn count(&self, needle: &Self, range: Range<usize>) -> usize {
        in_one_form!(self, needle, |hay, needle| count(hay, needle, range), 0)
    }

    /// Whether `needle` occurs at all (`needle in self`).
    pub fn contains(&self, needle: &Self) -> bool {
        self.find(needle, 0..self.len()).is_some()
    }

    /// `str.startswith` within `range`, for one prefix.
    pub fn starts_with(&self, prefix: &Self, range: Range<usize>) -> bool {
        in_one_form!(self, prefix, |hay, prefix| starts_with(hay, prefix, range), false)
    }

    /// `str.endswith` within `range`, for one suffix.
    pub fn ends_with(&self, suffix: &Self, range: Range<usize>) -> bool {
        in_one_form!(self, suffix, |hay, suffix| ends_with(hay, suffix, range), false)
    }

    /// `str.replace`: at most `limit` occurrences, or all without one.  Nothing where the result would be
    /// longer than [`MAX_LENGTH`].
    pub fn replace(&self, old: &Self, new: &Self, limit: Option<usize>) -> Option<Self> {
        let limit = limit.unwrap_or(usize::MAX);
        let starts = in_one_form!(self, old, |hay, old| starts(hay, old, limit), Vec::new());
        if starts.is_empty() || old == new {
            return Some(self.clone());
        }
        let length = replaced_length(self.len(), old.len(), new.len(), starts.len())?;
        let mut replaced = StrBuilder::with_capacity(length);
        let mut done = 0;
        for start in starts {
            replaced.push_range(self, done..start);
            replaced.push_str(new);
            done = start + old.len();
        }
        replaced.push_range(self, done..self.len());
        Some(replaced.finish())
    }

    /// The index of the first surrogate within the text.
    pub fn find_surrogate(&self) -> Option<usize> {
        match self.units() {
            Units::Ascii(_) => None,
            Units::Wide(points) => points.iter().position(|&point| is_surrogate(point)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the search must find, in the plainest words.
    fn plain(hay: &[u8], needle: &[u8]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = 0;
        while at + needle.len() <= hay.len() {
            if hay[at..].starts_with(needle) {
                found.push(at);
                at += needle.len().max(1);
            } else {
                at += 1;
            }
        }
        found
    }

    #[test]
    fn long_needles_are_found_as_short_ones_are() {
        let hay = b"abaababaabaababaababaabaababaabaab".repeat(3);
        for width in 0..30 {
            for from in 0..20 {
                let needle = &hay[from..from + width];
                assert_eq!(starts(&hay, needle, usize::MAX), plain(&hay, needle), "{from} {width}");
                let mut back = Vec::new();
                each_match_back(&hay, needle, |at| {
                    back.push(at);
                    true
                });
                let mut mirrored = hay.clone();
                mirrored.reverse();
                let mirrored_needle: Vec<u8> = needle.iter().rev().copied().collect();
                let expected: Vec<usize> =
                    plain(&mirrored, &mirrored_needle).iter().map(|at| hay.len() - at - width).collect();
                assert_eq!(back, expected);
            }
        }
    }

    #[test]
    fn a_search_takes_linear_time() {
        let hay = "a".repeat(300_000);
        let needle = Str::from(format!("{}b", "a".repeat(100_000)));
        assert_eq!(Str::from(hay).find(&needle, 0..300_000), None);
    }

    #[test]
    fn forms_mix() {
        let wide = Str::from("a\u{e9}b ab \u{e9}");
        assert_eq!(wide.find(&Str::from("ab"), 0..99), Some(4));
        assert_eq!(wide.rfind(&Str::from("\u{e9}"), 0..99), Some(7));
        assert_eq!(Str::from("abc").find(&wide, 0..3), None);
        assert_eq!(wide.replace(&Str::from("\u{e9}"), &Str::from("e"), None).unwrap(), "aeb ab e");
        assert_eq!(Str::from("abc").replace(&Str::empty(), &Str::from("-"), Some(2)).unwrap(), "-a-bc");
        let many = Str::from("a".repeat(1 << 15));
        assert_eq!(many.replace(&Str::from("a"), &many, None), None);
    }
}
