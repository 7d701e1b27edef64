//! What goes through many characters at once: runs of one kind, and places where a match can begin.

use super::super::super::text::search::{Unit, find};
use super::program::{Item, Prefix, Program};

/// Whether a character is what it must be.
#[inline]
pub fn fits(program: &Program, item: Item, unit: u32) -> bool {
    match item {
        Item::Any => unit != 0x0A,
        Item::AnyAll => true,
        Item::Literal(literal) => unit == literal,
        Item::NotLiteral(literal) => unit != literal,
        Item::Folded(fold, literal) => fold.same(literal, unit),
        Item::NotFolded(fold, literal) => !fold.same(literal, unit),
        Item::Set(set) => program.sets[set as usize].has(unit),
        Item::Never => false,
    }
}

/// How many characters from the first on are what they must be, `most` at most.
pub fn count<T: Copy + Into<u32>>(program: &Program, item: Item, units: &[T], most: usize) -> usize {
    let units = &units[..most.min(units.len())];
    let until = |stop: &dyn Fn(u32) -> bool| run_length(units, stop);
    match item {
        Item::Any => run_length(units, |unit| unit == 0x0A),
        Item::AnyAll => units.len(),
        Item::Literal(literal) => run_length(units, |unit| unit != literal),
        Item::NotLiteral(literal) => run_length(units, |unit| unit == literal),
        Item::Folded(fold, literal) => until(&|unit| !fold.same(literal, unit)),
        Item::NotFolded(fold, literal) => until(&|unit| fold.same(literal, unit)),
        Item::Set(set) => {
            let set = &program.sets[set as usize];
            run_length(units, |unit| !set.has(unit))
        }
        Item::Never => 0,
    }
}

#[inline]
fn run_length<T: Copy + Into<u32>>(units: &[T], stop: impl Fn(u32) -> bool) -> usize {
    units.iter().position(|unit| stop((*unit).into())).unwrap_or(units.len())
}

/// Up to this length a prefix is compared at every place; for longer ones a table is worth its making.
const SHORT: usize = 8;

/// The first place from `from` on where a match can begin.
pub fn candidate<T: Unit + TryFrom<u32>>(program: &Program, units: &[T], from: usize) -> Option<usize> {
    let last = units.len().checked_sub(program.least)?;
    if from > last {
        return None;
    }
    let rest = &units[from..];
    let found = match &program.prefix {
        Prefix::Nothing => Some(0),
        Prefix::One(item) => rest.iter().position(|unit| fits(program, *item, (*unit).into())),
        Prefix::Line if from == 0 => Some(0),
        Prefix::Line => units[from - 1..].iter().position(|unit| (*unit).into() == 0x0A),
        Prefix::Set(set) => rest.iter().position(|unit| set.has((*unit).into())),
        Prefix::Text(text) if text.len() > SHORT => {
            // A character that the subject cannot have is not there.
            let text: Vec<T> = text.iter().map(|unit| T::try_from(*unit).ok()).collect::<Option<_>>()?;
            find(rest, &text, 0..rest.len())
        }
        Prefix::Text(text) => {
            let (first, more) = text.split_first()?;
            let first = T::try_from(*first).ok()?;
            let matches = |at: usize| {
                rest.get(at + 1..at + text.len()).is_some_and(|units| {
                    units.iter().zip(more).all(|(unit, wanted)| (*unit).into() == *wanted)
                })
            };
            let mut at = 0;
            loop {
                at += rest.get(at..)?.iter().position(|unit| *unit == first)?;
                if matches(at) {
                    break Some(at);
                }
                at += 1;
            }
        }
    };
    found.map(|at| from + at)
}
