//! Changing case: `upper`, `lower`, `title`, `capitalize`, `swapcase`, `casefold`, by full Unicode mappings.

use super::str::Units;
use super::unicode::{
    Mapped, is_case_ignorable, is_cased, is_lower, is_upper, to_folded, to_lower, to_title, to_upper,
};
use super::{Str, StrBuilder};

const CAPITAL_SIGMA: u32 = 0x3A3;
const SMALL_SIGMA: u32 = 0x3C3;
const FINAL_SIGMA: u32 = 0x3C2;

impl Str {
    /// `str.upper`.
    #[must_use]
    pub fn to_upper(&self) -> Self {
        match self.as_ascii() {
            Some(text) => text.to_ascii_uppercase().into(),
            None => self.map_each(to_upper),
        }
    }

    /// `str.casefold`.
    #[must_use]
    pub fn to_folded(&self) -> Self {
        match self.as_ascii() {
            Some(text) => text.to_ascii_lowercase().into(),
            None => self.map_each(to_folded),
        }
    }

    /// `str.lower`.
    #[must_use]
    pub fn to_lower(&self) -> Self {
        match self.units() {
            Units::Ascii(_) => self.to_folded(),
            Units::Wide(points) => {
                let mut lowered = StrBuilder::with_capacity(points.len());
                for at in 0..points.len() {
                    push_lower(&mut lowered, points, at);
                }
                lowered.finish()
            }
        }
    }

    /// `str.capitalize`.
    #[must_use]
    pub fn capitalize(&self) -> Self {
        let points: Vec<u32> = self.points().collect();
        let mut capitalized = StrBuilder::with_capacity(points.len());
        for (at, &point) in points.iter().enumerate() {
            if at == 0 {
                capitalized.extend(to_title(point).as_slice().iter().copied());
            } else {
                push_lower(&mut capitalized, &points, at);
            }
        }
        capitalized.finish()
    }

    /// `str.title`.
    #[must_use]
    pub fn to_title(&self) -> Self {
        let points: Vec<u32> = self.points().collect();
        let mut titled = StrBuilder::with_capacity(points.len());
        let mut in_word = false;
        for (at, &point) in points.iter().enumerate() {
            if in_word {
                push_lower(&mut titled, &points, at);
            } else {
                titled.extend(to_title(point).as_slice().iter().copied());
            }
            in_word = is_cased(point);
        }
        titled.finish()
    }

    /// `str.swapcase`.
    #[must_use]
    pub fn swap_case(&self) -> Self {
        let points: Vec<u32> = self.points().collect();
        let mut swapped = StrBuilder::with_capacity(points.len());
        for (at, &point) in points.iter().enumerate() {
            if is_upper(point) {
                push_lower(&mut swapped, &points, at);
            } else if is_lower(point) {
                swapped.extend(to_upper(point).as_slice().iter().copied());
            } else {
                swapped.push(point);
            }
        }
        swapped.finish()
    }

    fn map_each(&self, map: fn(u32) -> Mapped) -> Self {
        let mut mapped = StrBuilder::with_capacity(self.len());
        for point in self.points() {
            mapped.extend(map(point).as_slice().iter().copied());
        }
        mapped.finish()
    }
}

/// Appends the lower case of the character at `at`, which for a capital sigma depends on its neighbours.
fn push_lower(out: &mut StrBuilder, points: &[u32], at: usize) {
    if points[at] == CAPITAL_SIGMA {
        out.push(if is_final(points, at) { FINAL_SIGMA } else { SMALL_SIGMA });
    } else {
        out.extend(to_lower(points[at]).as_slice().iter().copied());
    }
}

/// Whether a cased character stands before `at` and none after it, ignorable ones between not counted.
fn is_final(points: &[u32], at: usize) -> bool {
    let before = points[..at].iter().rfind(|&&point| !is_case_ignorable(point));
    let after = points[at + 1..].iter().find(|&&point| !is_case_ignorable(point));
    before.is_some_and(|&point| is_cased(point)) && !after.is_some_and(|&point| is_cased(point))
}
