//! What a `range` computes: its length, its items, parts of it, and how it is gone through.

use super::number::Int;
use super::slicing::{self, ZeroStep};

/// The numbers from `start` on before `stop`, `step` apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// The first number, if there is one.
    pub start: Int,
    /// Where it stops, itself not meant.
    pub stop: Int,
    /// From one number to the next; not 0.
    pub step: Int,
    len: Int,
}

/// How CPython goes through a range: two types of iterators, which a program can tell apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RangeIter {
    /// `range_iterator`: neither a number nor what would come after the last needs more than 64 bits.
    Short {
        /// The next number.
        next: i64,
        /// The step.
        step: i64,
        /// How many are left.
        left: u64,
    },
    /// `longrange_iterator`.
    Long {
        /// The next number.
        next: Int,
        /// The step.
        step: Int,
        /// How many are left.
        left: Int,
    },
}

impl Range {
    /// The range of these three, as `range()` makes it.
    pub fn new(start: Int, stop: Int, step: Int) -> Result<Self, ZeroStep> {
        let len = match (&start, &stop, &step) {
            (_, _, Int::Small(0)) => return Err(ZeroStep),
            (Int::Small(start), Int::Small(stop), Int::Small(step)) => {
                slicing::count(*start, *stop, *step).into()
            }
            _ => {
                let gap = if step.is_negative() { &start - &stop } else { &stop - &start };
                let stride = if step.is_negative() { -&step } else { step.clone() };
                match (&gap - &Int::ONE).div_mod(&stride) {
                    Some((steps, _)) if gap > Int::ZERO => &steps + &Int::ONE,
                    Some(_) | None => Int::ZERO,
                }
            }
        };
        Ok(Self { start, stop, step, len })
    }

    /// How many numbers there are.
    pub const fn len(&self) -> &Int {
        &self.len
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len.is_zero()
    }

    /// The number at `index`, which counts from the end if it is negative; None out of range.
    pub fn item(&self, index: &Int) -> Option<Int> {
        let index = if index.is_negative() { index + &self.len } else { index.clone() };
        (!index.is_negative() && index < self.len).then(|| self.at(&index))
    }

    /// Where `number` stands; None if it is not in the range.
    pub fn index_of(&self, number: &Int) -> Option<Int> {
        let (index, rest) = (number - &self.start).div_mod(&self.step)?;
        (rest.is_zero() && !index.is_negative() && index < self.len).then_some(index)
    }

    /// `range[start:stop:step]`; None stands for a part that is left out.
    pub fn slice(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
    ) -> Result<Self, ZeroStep> {
        let (start, stop, step) = slicing::indices(start, stop, step, &self.len)?;
        Self::new(self.at(&start), self.at(&stop), &self.step * &step)
    }

    /// What `==` and `hash()` look at: the length, and as far as they matter the first number and the
    /// step.
    pub fn identity(&self) -> (&Int, Option<&Int>, Option<&Int>) {
        let start = (!self.is_empty()).then_some(&self.start);
        (&self.len, start, start.and((self.len != Int::ONE).then_some(&self.step)))
    }

    /// `iter(range)`.
    pub fn iter(&self) -> RangeIter {
        self.short_iter().unwrap_or_else(|| RangeIter::Long {
            next: self.start.clone(),
            step: self.step.clone(),
            left: self.len.clone(),
        })
    }

    /// `reversed(range)`.
    pub fn reversed(&self) -> RangeIter {
        self.short_reversed().unwrap_or_else(|| RangeIter::Long {
            next: self.at(&(&self.len - &Int::ONE)),
            step: -&self.step,
            left: self.len.clone(),
        })
    }

    fn short_iter(&self) -> Option<RangeIter> {
        let (start, stop, step) = (self.start.small()?, self.stop.small()?, self.step.small()?);
        let left = self.len.small()? as u64;
        if left > 0 {
            // What would come after the last number goes beyond `stop` by less than a step.
            stop.checked_add(if step > 0 { step - 1 } else { step + 1 })?;
        }
        Some(RangeIter::Short { next: start, step, left })
    }

    fn short_reversed(&self) -> Option<RangeIter> {
        let (start, _, step) = (self.start.small()?, self.stop.small()?, self.step.small()?);
        let left = self.len.small()?;
        let (back, before) = (step.checked_neg()?, start.checked_sub(step)?);
        // Every number of the range fits, and so does the one before the first.
        let next = before.wrapping_add(left.wrapping_mul(step));
        Some(RangeIter::Short { next, step: back, left: left as u64 })
    }

    fn at(&self, index: &Int) -> Int {
        &self.start + &(index * &self.step)
    }
}

impl IntoIterator for &Range {
    type Item = Int;
    type IntoIter = RangeIter;

    fn into_iter(self) -> RangeIter {
        self.iter()
    }
}

impl Iterator for RangeIter {
    type Item = Int;

    fn next(&mut self) -> Option<Int> {
        match self {
            Self::Short { left: 0, .. } => None,
            Self::Short { next, step, left } => {
                let number = *next;
                *next = number.wrapping_add(*step);
                *left -= 1;
                Some(Int::Small(number))
            }
            Self::Long { next, step, left } => {
                if *left <= Int::ZERO {
                    return None;
                }
                let after = &*next + step;
                *left = &*left - &Int::ONE;
                Some(std::mem::replace(next, after))
            }
        }
    }
}
