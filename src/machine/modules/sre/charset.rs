//! Sets of characters: `[a-z]`, `[^\d]`.

use super::category::Category;
use super::fold::{Fold, ascii_upper, unicode_upper};

/// How many characters the table of a set has an answer for: those a byte can be.
const TABLE: usize = 256;

/// One part of a set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// From here on a character that is found is out, and the others are in.
    Negate,
    /// One character.
    Literal(u32),
    /// From the first to the last.
    Range(u32, u32),
    /// The same; the upper case of the character counts, too.
    RangeIgnore(u32, u32),
    /// What is of a category.
    Category(Category),
    /// A bit for each of the first 256 characters.
    Bits(Box<[u32; 8]>),
    /// For each 256 of the first 65,536 characters the number of a chunk, and the chunks: a bit a character.
    Chunks(Box<[u8; 256]>, Box<[[u32; 8]]>),
}

/// A set of characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Charset {
    /// Whether each of the first characters is in.
    table: [u64; TABLE / 64],
    parts: Box<[Part]>,
    fold: Fold,
}

const fn bit(bits: &[u32; 8], unit: u32) -> bool {
    bits[(unit >> 5 & 7) as usize] >> (unit & 31) & 1 == 1
}

impl Charset {
    /// The set of these parts, for subjects whose characters are compared after `fold`.
    pub fn new(parts: Vec<Part>, fold: Fold) -> Self {
        let mut set = Self { table: [0; TABLE / 64], parts: parts.into(), fold };
        for unit in 0..TABLE as u32 {
            if set.finds(unit) {
                set.table[(unit / 64) as usize] |= 1 << (unit % 64);
            }
        }
        set
    }

    /// Whether a character is in.
    #[inline]
    pub fn has(&self, unit: u32) -> bool {
        match self.table.get((unit / 64) as usize) {
            Some(word) => word >> (unit % 64) & 1 == 1,
            None => self.finds(unit),
        }
    }

    fn finds(&self, unit: u32) -> bool {
        match self.fold {
            Fold::Exact | Fold::Ascii | Fold::Unicode => self.is_among_parts(self.fold.lower(unit)),
            Fold::Locale => {
                let (lower, upper) = (self.fold.lower(unit), ascii_upper(unit));
                self.is_among_parts(lower) || (upper != lower && self.is_among_parts(upper))
            }
        }
    }

    /// The first part that has the character decides.
    fn is_among_parts(&self, unit: u32) -> bool {
        let mut found = true;
        for part in &self.parts {
            let has = match part {
                Part::Negate => {
                    found = !found;
                    continue;
                }
                Part::Literal(literal) => *literal == unit,
                Part::Range(first, last) => (*first..=*last).contains(&unit),
                Part::RangeIgnore(first, last) => {
                    (*first..=*last).contains(&unit) || (*first..=*last).contains(&unicode_upper(unit))
                }
                Part::Category(category) => category.has(unit),
                Part::Bits(bits) => unit < TABLE as u32 && bit(bits, unit),
                Part::Chunks(numbers, chunks) => numbers
                    .get((unit >> 8) as usize)
                    .and_then(|number| chunks.get(usize::from(*number)))
                    .is_some_and(|bits| bit(bits, unit)),
            };
            if has {
                return found;
            }
        }
        !found
    }
}
