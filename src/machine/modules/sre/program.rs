//! A pattern as the engine runs it: what became of the code words.

use super::category::Place;
use super::charset::Charset;
use super::fold::Fold;

/// A place among the instructions.
pub type At = u32;

/// What one character must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// Any but a newline.
    Any,
    /// Any.
    AnyAll,
    /// This one.
    Literal(u32),
    /// Any but this one.
    NotLiteral(u32),
    /// This one, whatever its case.
    Folded(Fold, u32),
    /// Any but this one, whatever its case.
    NotFolded(Fold, u32),
    /// One of the set with this number.
    Set(u32),
    /// None fits.
    Never,
}

/// How a repetition goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Greed {
    /// As often as it can, then less.
    Greedy,
    /// As seldom as it can, then more.
    Lazy,
    /// As often as it can, and never less.
    Possessive,
}

/// How often something is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// At least so often.
    pub low: u32,
    /// At most so often; `u32::MAX` is no limit.
    pub high: u32,
    /// In which order numbers of repetitions are tried.
    pub greed: Greed,
}

/// A character repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Run {
    /// What each must be.
    pub item: Item,
    /// How many.
    pub bounds: Bounds,
}

/// A part of a pattern repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Loop {
    /// How often.
    pub bounds: Bounds,
    /// Where what is repeated begins.
    pub body: At,
    /// Where it goes on behind the repetition.
    pub exit: At,
}

/// A part of a pattern that is matched for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Inner {
    /// `(?=…)`, `(?<=…)`: it must match, so many characters before.
    Ahead(u32),
    /// `(?!…)`, `(?<!…)`: it must not.
    NotAhead(u32),
    /// `(?>…)`.
    Atomic,
}

/// An instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// The pattern has matched.
    Accept,
    /// No match this way.
    Fail,
    /// A character.
    One(Item),
    /// A place between characters.
    Place(Place),
    /// Notes the place: 2n for the start of group n, from 0, and 2n + 1 for its end.
    Mark(u32),
    /// Goes on elsewhere.
    Jump(At),
    /// Goes on with the next instruction, and elsewhere if that leads nowhere.
    Try(At),
    /// What a group, from 0, has matched, once more.
    Reference(Fold, u32),
    /// Goes on elsewhere if a group, from 0, has matched nothing.
    IfGroup(u32, At),
    /// The run with this number.
    Run(u32),
    /// Begins the loop with this number.
    Enter(u32),
    /// The body of the loop has matched.
    Again(u32),
    /// Begins a part that is matched for itself, and goes on elsewhere behind it.
    Open(Inner, At),
    /// Ends it.
    Close,
}

/// What a match begins with, so that a search need not try every place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Prefix {
    /// Anything.
    Nothing,
    /// These characters.
    Text(Box<[u32]>),
    /// One of these.
    Set(Charset),
    /// A character that is this: no INFO block said so, the first instruction does.
    One(Item),
    /// A line.
    Line,
}

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Program {
    /// The code words it was made of.
    pub words: Box<[u32]>,
    /// The instructions; it begins at the first.
    pub ops: Box<[Op]>,
    /// The sets.
    pub sets: Box<[Charset]>,
    /// The repeated characters.
    pub runs: Box<[Run]>,
    /// The repeated parts.
    pub loops: Box<[Loop]>,
    /// How many groups it has.
    pub groups: usize,
    /// How many characters it matches at least.
    pub least: usize,
    /// What a match begins with.
    pub prefix: Prefix,
}
