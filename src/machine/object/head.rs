//! What the garbage collector notes of an object: CPython's `PyGC_Head`, with two flags of other makers.

/// Where the collector keeps an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Generation {
    /// Nowhere: it cannot be part of a cycle, or lives for ever.
    Untracked,
    /// Made since the last collection.
    Young,
    /// It has outlived one collection.
    Middle,
    /// It has outlived more.
    Old,
    /// Set aside by `gc.freeze()`.
    Permanent,
}

const FINALIZED: u64 = 1;
const WEAKLY_HELD: u64 = 2;
const GENERATION_AT: u32 = 2;
const GENERATION: u64 = 7 << GENERATION_AT;
const ORDER_AT: u32 = 8;

/// Flags, generation and place among the objects of that generation, in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Head(u64);

impl Head {
    /// What an object starts with that nothing is known of.
    pub const NONE: Self = Self(0);

    /// Whether its `__del__` has run, or is about to: it runs once.
    pub const fn is_finalized(self) -> bool {
        self.0 & FINALIZED != 0
    }

    /// Notes that `__del__` runs.
    pub const fn set_finalized(&mut self) {
        self.0 |= FINALIZED;
    }

    /// Whether a weak reference leads to it.
    #[inline]
    pub const fn is_weakly_held(self) -> bool {
        self.0 & WEAKLY_HELD != 0
    }

    /// Notes whether a weak reference leads to it.
    pub const fn set_weakly_held(&mut self, held: bool) {
        self.0 = if held { self.0 | WEAKLY_HELD } else { self.0 & !WEAKLY_HELD };
    }

    /// Where the collector keeps it.
    #[inline]
    pub const fn generation(self) -> Generation {
        match (self.0 & GENERATION) >> GENERATION_AT {
            0 => Generation::Untracked,
            1 => Generation::Young,
            2 => Generation::Middle,
            3 => Generation::Old,
            _ => Generation::Permanent,
        }
    }

    /// Whether the collector knows it.
    #[inline]
    pub const fn is_tracked(self) -> bool {
        self.0 & GENERATION != 0
    }

    /// Its place among the objects of its generation: the larger, the later.
    #[inline]
    pub const fn order(self) -> u64 {
        self.0 >> ORDER_AT
    }

    /// Moves it to a place of a generation.
    #[inline]
    pub const fn place(&mut self, generation: Generation, order: u64) {
        let flags = self.0 & (FINALIZED | WEAKLY_HELD);
        self.0 = flags | (generation as u64) << GENERATION_AT | order << ORDER_AT;
    }
}
