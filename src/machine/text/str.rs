//! The payload of a Python `str`: an immutable sequence of code points, lone surrogates included.
//!
//! There are two forms, and the form is canonical: a text of ASCII only is always kept as ASCII, any
//! other text is always kept as one `u32` a code point.  So both forms index in constant time, and two
//! equal texts always have the same form.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::iter::Copied;
use std::ops::Range;
use std::rc::Rc;
use std::slice;

use super::MAX_LENGTH;
use crate::code::Text;

/// The greatest code point there is.
pub const MAX_CODE_POINT: u32 = 0x0010_FFFF;

/// Whether `point` is a surrogate, which no valid Unicode text holds.
pub const fn is_surrogate(point: u32) -> bool {
    matches!(point, 0xD800..=0xDFFF)
}

/// An immutable text; a clone shares the characters.
#[derive(Clone)]
pub struct Str(Form);

#[derive(Clone)]
enum Form {
    /// Every code point is below 0x80.
    Ascii(Rc<str>),
    /// At least one code point is 0x80 or above; none is above [`MAX_CODE_POINT`].
    Wide(Rc<[u32]>),
}

/// The code points of a [`Str`] in the form they are kept in, for algorithms that are written for both.
#[derive(Clone, Copy, Debug)]
pub enum Units<'a> {
    /// Every code point is below 0x80.
    Ascii(&'a [u8]),
    /// At least one code point is 0x80 or above.
    Wide(&'a [u32]),
}

impl Str {
    /// The text with no characters.
    pub fn empty() -> Self {
        Self(Form::Ascii("".into()))
    }

    /// The text of one code point, at most [`MAX_CODE_POINT`].
    pub fn from_point(point: u32) -> Self {
        Self::from_points(&[point])
    }

    /// The text of these code points, each at most [`MAX_CODE_POINT`].
    pub fn from_points(points: &[u32]) -> Self {
        debug_assert!(points.iter().all(|&point| point <= MAX_CODE_POINT));
        if points.iter().all(|&point| point < 0x80) {
            let ascii: String = points.iter().map(|&point| char::from(point as u8)).collect();
            Self(Form::Ascii(ascii.into()))
        } else {
            Self(Form::Wide(points.into()))
        }
    }

    /// The number of code points.
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Ascii(text) => text.len(),
            Form::Wide(points) => points.len(),
        }
    }

    /// How many bytes CPython keeps for each code point: 1, 2 or 4.
    pub fn unit_size(&self) -> usize {
        match self.points().max().unwrap_or(0) {
            0..=0xFF => 1,
            0x100..=0xFFFF => 2,
            _ => 4,
        }
    }

    /// Whether there are no code points.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every code point is below 0x80 (`str.isascii`).
    pub fn is_ascii(&self) -> bool {
        matches!(self.0, Form::Ascii(_))
    }

    /// The code points in the form they are kept in.
    pub fn units(&self) -> Units<'_> {
        match &self.0 {
            Form::Ascii(text) => Units::Ascii(text.as_bytes()),
            Form::Wide(points) => Units::Wide(points),
        }
    }

    /// The code point at `index`, counted from 0.
    pub fn get(&self, index: usize) -> Option<u32> {
        match &self.0 {
            Form::Ascii(text) => text.as_bytes().get(index).copied().map(u32::from),
            Form::Wide(points) => points.get(index).copied(),
        }
    }

    /// The code points, from either end.
    pub fn points(&self) -> Points<'_> {
        match &self.0 {
            Form::Ascii(text) => Points::Ascii(text.as_bytes().iter().copied()),
            Form::Wide(points) => Points::Wide(points.iter().copied()),
        }
    }

    /// The code points of `range`, which is cut to the text.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let end = range.end.min(self.len());
        let start = range.start.min(end);
        if start == 0 && end == self.len() {
            return self.clone();
        }
        match &self.0 {
            Form::Ascii(text) => Self(Form::Ascii(text[start..end].into())),
            Form::Wide(points) => Self::from_points(&points[start..end]),
        }
    }

    /// Code points `start`, `start + step`, …: `count` of them, as `slice.indices` worked them out; those
    /// outside the text are left out.
    #[must_use]
    pub fn slice_step(&self, start: usize, step: isize, count: usize) -> Self {
        if step == 1 {
            return self.slice(start..start.saturating_add(count));
        }
        let mut builder = StrBuilder::new();
        let mut index = start;
        for _ in 0..count.min(self.len()) {
            let Some(point) = self.get(index) else { break };
            builder.push(point);
            let Some(next) = index.checked_add_signed(step) else { break };
            index = next;
        }
        builder.finish()
    }

    /// This text followed by `other`.
    #[must_use]
    pub fn concat(&self, other: &Self) -> Self {
        if other.is_empty() {
            return self.clone();
        }
        if self.is_empty() {
            return other.clone();
        }
        let mut builder = StrBuilder::with_capacity(self.len().saturating_add(other.len()));
        builder.push_str(self);
        builder.push_str(other);
        builder.finish()
    }

    /// This text `count` times over, or nothing where that is longer than [`MAX_LENGTH`].
    pub fn repeat(&self, count: usize) -> Option<Self> {
        let length = self.len().checked_mul(count).filter(|&length| length <= MAX_LENGTH)?;
        Some(match &self.0 {
            _ if length == 0 => Self::empty(),
            _ if count == 1 => self.clone(),
            Form::Ascii(text) => Self(Form::Ascii(text.repeat(count).into())),
            Form::Wide(points) => Self(Form::Wide(points.repeat(count).into())),
        })
    }

    /// The text as UTF-8, where it holds no surrogate.
    pub fn as_str(&self) -> Option<Cow<'_, str>> {
        match &self.0 {
            Form::Ascii(text) => Some(Cow::Borrowed(text)),
            Form::Wide(points) => {
                points.iter().map(|&point| char::from_u32(point)).collect::<Option<String>>().map(Cow::Owned)
            }
        }
    }

    /// The text, where it is ASCII.
    pub fn as_ascii(&self) -> Option<&str> {
        match &self.0 {
            Form::Ascii(text) => Some(text),
            Form::Wide(_) => None,
        }
    }

    /// The text for showing it: U+FFFD stands for each surrogate.
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        match &self.0 {
            Form::Ascii(text) => Cow::Borrowed(text),
            Form::Wide(points) => {
                let shown = |&point: &u32| char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER);
                Cow::Owned(points.iter().map(shown).collect())
            }
        }
    }

    /// The text as UTF-8, or the index of its first surrogate.
    pub fn to_utf8(&self) -> Result<Cow<'_, [u8]>, usize> {
        match &self.0 {
            Form::Ascii(text) => Ok(Cow::Borrowed(text.as_bytes())),
            Form::Wide(points) => {
                let mut encoded = String::with_capacity(points.len() + points.len() / 2);
                for (index, &point) in points.iter().enumerate() {
                    encoded.push(char::from_u32(point).ok_or(index)?);
                }
                Ok(Cow::Owned(encoded.into_bytes()))
            }
        }
    }

    /// The least of 0x7F, 0xFF, 0xFFFF and 0x10FFFF that no code point exceeds: it tells the width in
    /// which CPython keeps the text, and so its size and the bytes its hash is made of.
    pub fn max_char(&self) -> u32 {
        match &self.0 {
            Form::Ascii(_) => 0x7F,
            Form::Wide(points) => match points.iter().copied().max().unwrap_or(0) {
                0..=0x7F => 0x7F,
                0x80..=0xFF => 0xFF,
                0x100..=0xFFFF => 0xFFFF,
                _ => MAX_CODE_POINT,
            },
        }
    }

    /// The text as a constant of a code object has it.
    pub fn to_text(&self) -> Text {
        match self.as_str() {
            Some(text) => Text::Unicode(text.as_ref().into()),
            None => Text::Surrogates(self.points().collect()),
        }
    }
}

impl Default for Str {
    fn default() -> Self {
        Self::empty()
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Self {
        if text.is_ascii() {
            Self(Form::Ascii(text.into()))
        } else {
            Self(Form::Wide(text.chars().map(u32::from).collect()))
        }
    }
}

impl From<String> for Str {
    fn from(text: String) -> Self {
        if text.is_ascii() { Self(Form::Ascii(text.into())) } else { Self::from(text.as_str()) }
    }
}

impl From<Rc<str>> for Str {
    fn from(text: Rc<str>) -> Self {
        if text.is_ascii() { Self(Form::Ascii(text)) } else { Self::from(&*text) }
    }
}

impl From<Vec<u32>> for Str {
    fn from(points: Vec<u32>) -> Self {
        Self::from_points(&points)
    }
}

impl From<&Text> for Str {
    fn from(text: &Text) -> Self {
        match text {
            Text::Unicode(text) => Self::from(Rc::clone(text)),
            Text::Surrogates(points) => Self(Form::Wide(Rc::clone(points))),
        }
    }
}

impl PartialEq for Str {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Form::Ascii(left), Form::Ascii(right)) => Rc::ptr_eq(left, right) || left == right,
            (Form::Wide(left), Form::Wide(right)) => Rc::ptr_eq(left, right) || left == right,
            (Form::Ascii(_), Form::Wide(_)) | (Form::Wide(_), Form::Ascii(_)) => false,
        }
    }
}

impl Eq for Str {}

impl PartialEq<str> for Str {
    fn eq(&self, other: &str) -> bool {
        match &self.0 {
            Form::Ascii(text) => **text == *other,
            Form::Wide(points) => points.iter().copied().eq(other.chars().map(u32::from)),
        }
    }
}

impl PartialEq<&str> for Str {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl Ord for Str {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Ascii(left), Form::Ascii(right)) => left.cmp(right),
            (Form::Wide(left), Form::Wide(right)) => left.cmp(right),
            _ => self.points().cmp(other.points()),
        }
    }
}

impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Str {
    /// For Rust's own maps; Python's hash is another one.
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Form::Ascii(text) => text.hash(state),
            Form::Wide(points) => points.hash(state),
        }
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Ascii(text) => fmt::Debug::fmt(text, out),
            Form::Wide(points) => match self.as_str() {
                Some(text) => fmt::Debug::fmt(&text, out),
                None => out.debug_tuple("Surrogates").field(points).finish(),
            },
        }
    }
}

impl fmt::Display for Str {
    /// U+FFFD stands for each surrogate.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.to_string_lossy())
    }
}

/// The code points of a [`Str`], one by one.
#[derive(Clone, Debug)]
pub enum Points<'a> {
    /// Of an ASCII text.
    Ascii(Copied<slice::Iter<'a, u8>>),
    /// Of any other text.
    Wide(Copied<slice::Iter<'a, u32>>),
}

impl Iterator for Points<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        match self {
            Self::Ascii(units) => units.next().map(u32::from),
            Self::Wide(units) => units.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Ascii(units) => units.size_hint(),
            Self::Wide(units) => units.size_hint(),
        }
    }
}

impl DoubleEndedIterator for Points<'_> {
    fn next_back(&mut self) -> Option<u32> {
        match self {
            Self::Ascii(units) => units.next_back().map(u32::from),
            Self::Wide(units) => units.next_back(),
        }
    }
}

impl ExactSizeIterator for Points<'_> {}

/// A text that is being put together; it becomes wide with its first code point above 0x7F.
#[derive(Clone, Debug, Hash)]
pub struct StrBuilder(Growing);

#[derive(Clone, Debug, Hash)]
enum Growing {
    Ascii(String),
    Wide(Vec<u32>),
}

impl Default for StrBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl StrBuilder {
    /// An empty text.
    pub const fn new() -> Self {
        Self(Growing::Ascii(String::new()))
    }

    /// An empty text with room for about `length` code points.
    pub fn with_capacity(length: usize) -> Self {
        Self(Growing::Ascii(String::with_capacity(length)))
    }

    /// The number of code points so far.
    pub fn len(&self) -> usize {
        match &self.0 {
            Growing::Ascii(text) => text.len(),
            Growing::Wide(points) => points.len(),
        }
    }

    /// Whether nothing was pushed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends one code point, at most [`MAX_CODE_POINT`].
    pub fn push(&mut self, point: u32) {
        match &mut self.0 {
            Growing::Ascii(text) if point < 0x80 => text.push(char::from(point as u8)),
            Growing::Ascii(_) => self.widen(&[point]),
            Growing::Wide(points) => points.push(point),
        }
    }

    /// Appends `count` times the same code point.
    pub fn push_n(&mut self, point: u32, count: usize) {
        for _ in 0..count {
            self.push(point);
        }
    }

    /// Appends a whole text.
    pub fn push_str(&mut self, text: &Str) {
        match (&mut self.0, &text.0) {
            (Growing::Ascii(grown), Form::Ascii(text)) => grown.push_str(text),
            (Growing::Ascii(_), Form::Wide(points)) => self.widen(points),
            (Growing::Wide(grown), Form::Ascii(text)) => grown.extend(text.bytes().map(u32::from)),
            (Growing::Wide(grown), Form::Wide(points)) => grown.extend_from_slice(points),
        }
    }

    /// Appends the code points of `text` in `range`, which is cut to the text.
    pub fn push_range(&mut self, text: &Str, range: Range<usize>) {
        let end = range.end.min(text.len());
        let start = range.start.min(end);
        match (&mut self.0, text.units()) {
            (Growing::Ascii(grown), Units::Ascii(units)) => {
                grown.extend(units[start..end].iter().copied().map(char::from));
            }
            (Growing::Wide(grown), Units::Wide(points)) => grown.extend_from_slice(&points[start..end]),
            (Growing::Wide(grown), Units::Ascii(units)) => {
                grown.extend(units[start..end].iter().copied().map(u32::from));
            }
            (Growing::Ascii(_), Units::Wide(points)) => self.extend(points[start..end].iter().copied()),
        }
    }

    /// Appends a Rust text.
    pub fn push_chars(&mut self, text: &str) {
        match &mut self.0 {
            Growing::Ascii(grown) if text.is_ascii() => grown.push_str(text),
            _ => self.extend(text.chars().map(u32::from)),
        }
    }

    /// The text.
    pub fn finish(self) -> Str {
        match self.0 {
            Growing::Ascii(text) => Str(Form::Ascii(text.into())),
            Growing::Wide(points) => Str(Form::Wide(points.into())),
        }
    }

    /// Appends to an ASCII text its first points above 0x7F, which make it wide.
    fn widen(&mut self, points: &[u32]) {
        if let Growing::Ascii(text) = &self.0 {
            let mut grown = Vec::with_capacity(text.capacity().max(text.len() + points.len()));
            grown.extend(text.bytes().map(u32::from));
            grown.extend_from_slice(points);
            self.0 = Growing::Wide(grown);
        }
    }
}

impl Extend<u32> for StrBuilder {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, points: I) {
        for point in points {
            self.push(point);
        }
    }
}

impl FromIterator<u32> for Str {
    fn from_iter<I: IntoIterator<Item = u32>>(points: I) -> Self {
        let mut builder = StrBuilder::new();
        builder.extend(points);
        builder.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_canonical() {
        let wide = Str::from("a\u{e9}b");
        assert!(!wide.is_ascii());
        assert!(wide.slice(0..1).is_ascii());
        assert_eq!(wide.slice(0..1), Str::from("a"));
        assert_eq!(wide.slice_step(2, -2, 2), Str::from("ba"));
        assert!(wide.slice_step(2, -2, 2).is_ascii());
        assert_eq!(Str::from(vec![0x61, 0x62]), "ab");
        assert!(wide.repeat(0).is_some_and(|text| text.is_ascii()));
        assert_eq!(wide.repeat(MAX_LENGTH), None);
    }

    #[test]
    fn surrogates_are_kept_and_reported() {
        let lone = Str::from(vec![0x61, 0xD800, 0xDC00]);
        assert_eq!(lone.len(), 3);
        assert_eq!(lone.as_str(), None);
        assert_eq!(lone.to_utf8(), Err(1));
        assert_eq!(lone.to_string_lossy(), "a\u{fffd}\u{fffd}");
        assert_eq!(Str::from(&lone.to_text()), lone);
        assert_eq!(lone.max_char(), 0xFFFF);
    }

    #[test]
    fn order_is_by_code_point() {
        let mut texts =
            [Str::from("\u{1F600}"), Str::from(vec![0xFFFF]), Str::from("b"), Str::from("a\u{e9}")];
        texts.sort();
        let shown: Vec<u32> = texts.iter().filter_map(|text| text.points().next_back()).collect();
        assert_eq!(shown, [0xE9, 0x62, 0xFFFF, 0x1_F600]);
        assert_eq!(Str::from("ab").concat(&Str::from("\u{e9}")), "ab\u{e9}");
    }

    #[test]
    fn slices_are_cut_to_the_text() {
        let text = Str::from("hello");
        assert_eq!(text.slice(2..99), "llo");
        assert_eq!(text.slice(3..3), "");
        assert_eq!(text.slice(9..12), "");
        assert_eq!(text.slice_step(0, 2, 3), "hlo");
        assert_eq!(text.slice_step(4, -1, 5), "olleh");
    }
}
