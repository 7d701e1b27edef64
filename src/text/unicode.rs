//! What one code point is and what it becomes in another case, in CPython 3.14's version of Unicode.
//!
//! Rust's own `char` methods know a later Unicode than CPython 3.14 does; these do not change with the
//! compiler that builds them.

use super::unicode_table as table;

/// The bits of `point`'s class, as named in the table; none above 0x10FFFF.
fn class(point: u32) -> u16 {
    if let Some(&class) = table::LATIN.get(point as usize) {
        return table::CLASSES[usize::from(class)];
    }
    let run = table::RUNS.partition_point(|&run| run >> 8 <= point);
    table::CLASSES[(table::RUNS[run - 1] & 0xFF) as usize]
}

/// Letters (`str.isalpha`).
pub fn is_alpha(point: u32) -> bool {
    class(point) & table::ALPHA != 0
}

/// Decimal digits, the ones `int()` takes (`str.isdecimal`).
pub fn is_decimal(point: u32) -> bool {
    class(point) & table::DECIMAL != 0
}

/// Digits, superscripts included (`str.isdigit`).
pub fn is_digit(point: u32) -> bool {
    class(point) & table::DIGIT != 0
}

/// Everything with a numeric value, fractions included (`str.isnumeric`).
pub fn is_numeric(point: u32) -> bool {
    class(point) & table::NUMERIC != 0
}

/// Letters and everything with a numeric value (`str.isalnum`).
pub fn is_alnum(point: u32) -> bool {
    class(point) & (table::ALPHA | table::DECIMAL | table::DIGIT | table::NUMERIC) != 0
}

/// What `repr` shows as it is (`str.isprintable`).
pub fn is_printable(point: u32) -> bool {
    class(point) & table::PRINTABLE != 0
}

/// White space (`str.isspace`).
pub fn is_space(point: u32) -> bool {
    class(point) & table::SPACE != 0
}

/// Upper case characters (`str.isupper`).
pub fn is_upper(point: u32) -> bool {
    class(point) & table::UPPER != 0
}

/// Lower case characters (`str.islower`).
pub fn is_lower(point: u32) -> bool {
    class(point) & table::LOWER != 0
}

/// Characters that are upper case in front and lower case behind, as "ǅ".
pub fn is_title(point: u32) -> bool {
    class(point) & table::TITLE != 0
}

/// Characters that have a case.
pub fn is_cased(point: u32) -> bool {
    class(point) & table::CASED != 0
}

/// Characters that are not seen when one looks for the cased neighbour of a capital sigma.
pub fn is_case_ignorable(point: u32) -> bool {
    class(point) & table::IGNORABLE != 0
}

/// What an identifier may begin with, the underscore included.
pub fn is_identifier_start(point: u32) -> bool {
    class(point) & table::ID_START != 0
}

/// What an identifier may go on with.
pub fn is_identifier_continue(point: u32) -> bool {
    class(point) & table::ID_CONTINUE != 0
}

/// Line ends, as `str.splitlines` sees them.
pub const fn is_line_break(point: u32) -> bool {
    matches!(point, 0x0A..=0x0D | 0x1C..=0x1E | 0x85 | 0x2028 | 0x2029)
}

/// The value 0 to 9 of a decimal digit.
pub fn decimal_value(point: u32) -> Option<u32> {
    let zero = table::ZEROS.partition_point(|&zero| zero <= point).checked_sub(1)?;
    Some(point - table::ZEROS[zero]).filter(|&value| value < 10)
}

/// The one to three code points a code point becomes in another case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapped {
    points: [u32; 3],
    len: u8,
}

impl Mapped {
    const fn one(point: u32) -> Self {
        Self { points: [point, 0, 0], len: 1 }
    }

    /// The code points.
    pub fn as_slice(&self) -> &[u32] {
        &self.points[..usize::from(self.len)]
    }
}

/// A mapping's table of runs (first, last, stride, what to add).
type Runs = [(u32, u32, u32, i32)];

/// A mapping's table of those that become several.
type Several = [(u32, [u32; 3])];

fn lookup(point: u32, several: &Several, runs: &Runs) -> Option<Mapped> {
    if let Ok(found) = several.binary_search_by_key(&point, |&(from, _)| from) {
        let points = several[found].1;
        let len = if points[2] == 0 { 2 } else { 3 };
        return Some(Mapped { points, len });
    }
    let &(first, last, stride, delta) = runs.get(runs.partition_point(|run| run.1 < point))?;
    if point < first || !(point - first).is_multiple_of(stride) || point > last {
        return None;
    }
    Some(Mapped::one(point.wrapping_add_signed(delta)))
}

/// Upper case.
pub fn to_upper(point: u32) -> Mapped {
    if point < 0x80 {
        return Mapped::one(u32::from((point as u8).to_ascii_uppercase()));
    }
    lookup(point, table::UPPER_SEVERAL, table::UPPER_RUNS).unwrap_or(Mapped::one(point))
}

/// Lower case, of a character that stands alone: a capital sigma at a word's end is the caller's.
pub fn to_lower(point: u32) -> Mapped {
    if point < 0x80 {
        return Mapped::one(u32::from((point as u8).to_ascii_lowercase()));
    }
    lookup(point, table::LOWER_SEVERAL, table::LOWER_RUNS).unwrap_or(Mapped::one(point))
}

/// Title case.
pub fn to_title(point: u32) -> Mapped {
    lookup(point, table::TITLE_SEVERAL, table::TITLE_RUNS).unwrap_or_else(|| to_upper(point))
}

/// Folded case, for comparing without regard to case.
pub fn to_folded(point: u32) -> Mapped {
    lookup(point, table::FOLD_SEVERAL, table::FOLD_RUNS).unwrap_or_else(|| to_lower(point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_sorted_and_whole() {
        assert!(table::RUNS.is_sorted());
        assert_eq!(table::RUNS[0] >> 8, 0);
        for runs in [table::UPPER_RUNS, table::LOWER_RUNS, table::TITLE_RUNS, table::FOLD_RUNS] {
            assert!(runs.is_sorted_by_key(|run| run.0));
        }
    }

    #[test]
    fn single_code_points() {
        assert!(is_alpha(0xAA) && is_alpha(0x4E00) && !is_alpha(0xB2));
        assert!(is_digit(0xB2) && !is_decimal(0xB2) && is_numeric(0xBD) && !is_digit(0xBD));
        assert!(is_space(0x1F) && is_space(0x3000) && !is_space(0x200B));
        assert!(!is_printable(0xAD) && !is_printable(0xD800) && is_printable(0x1_F600));
        assert_eq!(decimal_value(0x0663), Some(3));
        assert_eq!(decimal_value(0x1_D7FF), Some(9));
        assert_eq!(decimal_value(0x2F), None);
        assert_eq!(to_upper(0xDF).as_slice(), [0x53, 0x53]);
        assert_eq!(to_title(0xDF).as_slice(), [0x53, 0x73]);
        assert_eq!(to_lower(0x130).as_slice(), [0x69, 0x307]);
        assert_eq!(to_folded(0x13A0).as_slice(), [0x13A0]);
        assert_eq!(to_title(0x1C6).as_slice(), [0x1C5]);
        assert_eq!(to_upper(u32::MAX).as_slice(), [u32::MAX]);
    }
}
