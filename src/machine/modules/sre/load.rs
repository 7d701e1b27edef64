//! From code words, which a program may have made up, to instructions, which the engine can rely on.
//!
//! The words are those that `re/_compiler.py` writes.  Parts nest as deep as the words go, so what is open is
//! kept in a vector.

use std::cmp::Ordering;

use super::category::{Category, Place};
use super::charset::{Charset, Part};
use super::fold::Fold;
use super::program::{At, Bounds, Greed, Inner, Item, Loop, Op, Prefix, Program, Run};

/// The words that stand for operations, by their names in `re/_constants.py`.
mod word {
    pub const FAILURE: u32 = 0;
    pub const SUCCESS: u32 = 1;
    pub const ANY: u32 = 2;
    pub const ANY_ALL: u32 = 3;
    pub const ASSERT: u32 = 4;
    pub const ASSERT_NOT: u32 = 5;
    pub const AT: u32 = 6;
    pub const BRANCH: u32 = 7;
    pub const CATEGORY: u32 = 8;
    pub const CHARSET: u32 = 9;
    pub const BIGCHARSET: u32 = 10;
    pub const GROUPREF: u32 = 11;
    pub const GROUPREF_EXISTS: u32 = 12;
    pub const IN: u32 = 13;
    pub const INFO: u32 = 14;
    pub const JUMP: u32 = 15;
    pub const LITERAL: u32 = 16;
    pub const MARK: u32 = 17;
    pub const MAX_UNTIL: u32 = 18;
    pub const MIN_UNTIL: u32 = 19;
    pub const NOT_LITERAL: u32 = 20;
    pub const NEGATE: u32 = 21;
    pub const RANGE: u32 = 22;
    pub const REPEAT: u32 = 23;
    pub const REPEAT_ONE: u32 = 24;
    pub const MIN_REPEAT_ONE: u32 = 26;
    pub const ATOMIC_GROUP: u32 = 27;
    pub const POSSESSIVE_REPEAT: u32 = 28;
    pub const POSSESSIVE_REPEAT_ONE: u32 = 29;
    pub const GROUPREF_IGNORE: u32 = 30;
    pub const IN_IGNORE: u32 = 31;
    pub const LITERAL_IGNORE: u32 = 32;
    pub const NOT_LITERAL_IGNORE: u32 = 33;
    pub const GROUPREF_LOC_IGNORE: u32 = 34;
    pub const IN_LOC_IGNORE: u32 = 35;
    pub const LITERAL_LOC_IGNORE: u32 = 36;
    pub const NOT_LITERAL_LOC_IGNORE: u32 = 37;
    pub const GROUPREF_UNI_IGNORE: u32 = 38;
    pub const IN_UNI_IGNORE: u32 = 39;
    pub const LITERAL_UNI_IGNORE: u32 = 40;
    pub const NOT_LITERAL_UNI_IGNORE: u32 = 41;
    pub const RANGE_UNI_IGNORE: u32 = 42;
}

/// What an INFO block says of the pattern.
mod info {
    pub const PREFIX: u32 = 1;
    pub const CHARSET: u32 = 4;
}

/// The words are none that the compiler writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invalid;

/// The result of loading a part.
type Loaded<T> = Result<T, Invalid>;

/// A jump whose target is not known yet.
const OPEN: At = At::MAX;

/// What is done where a part ends.
#[derive(Clone, Copy, Debug)]
enum Ending {
    /// The whole pattern.
    Whole,
    /// What `Op::Open` at this place begins.
    Inner(At),
    /// The body of a loop.
    Loop(u32),
    /// An alternative of the branch with this number: the `Op::Try` before it, if it is not the last.
    Alternative { branch: usize, before: Option<At> },
    /// What matches if a group has: the `Op::IfGroup` before it.
    Yes(At),
    /// What matches if it has not: the `Op::Jump` before it.
    No(At),
}

/// A part whose words are being read.
#[derive(Clone, Copy, Debug)]
struct Region {
    /// Where it ends: the place of the word behind it.
    end: usize,
    part: Ending,
}

/// Alternatives that are being read.
#[derive(Clone, Debug, Default)]
struct Branch {
    /// The jumps at the ends of those that are read.
    jumps: Vec<At>,
    /// Where their words say that they lead.
    target: Option<usize>,
}

struct Loader<'a> {
    words: &'a [u32],
    at: usize,
    groups: usize,
    regions: Vec<Region>,
    branches: Vec<Branch>,
    ops: Vec<Op>,
    sets: Vec<Charset>,
    runs: Vec<Run>,
    loops: Vec<Loop>,
}

/// Makes a program of code words for a pattern with so many groups.
pub fn load(words: Vec<u32>, groups: usize) -> Loaded<Program> {
    let Some((&word::SUCCESS, body)) = words.split_last() else { return Err(Invalid) };
    let mut loader = Loader {
        words: &words,
        at: 0,
        groups,
        regions: vec![Region { end: body.len(), part: Ending::Whole }],
        branches: Vec::new(),
        ops: Vec::new(),
        sets: Vec::new(),
        runs: Vec::new(),
        loops: Vec::new(),
    };
    let (least, prefix) = loader.opening()?;
    while let Some(region) = loader.regions.last().copied() {
        match loader.at.cmp(&region.end) {
            Ordering::Less => loader.operation(region)?,
            Ordering::Equal => {
                loader.regions.pop();
                loader.close(region)?;
            }
            Ordering::Greater => return Err(Invalid),
        }
    }
    let prefix = match prefix {
        Prefix::Nothing => loader.beginning(),
        known => known,
    };
    let Loader { ops, sets, runs, loops, .. } = loader;
    let (ops, sets, runs, loops) = (ops.into(), sets.into(), runs.into(), loops.into());
    Ok(Program { words: words.into(), ops, sets, runs, loops, groups, least, prefix })
}

impl Loader<'_> {
    fn next(&mut self) -> Loaded<u32> {
        let word = self.words.get(self.at).copied().ok_or(Invalid)?;
        self.at += 1;
        Ok(word)
    }

    fn word(&self, at: usize) -> Loaded<u32> {
        self.words.get(at).copied().ok_or(Invalid)
    }

    /// Reads how far something reaches: the place it ends at, no further than what holds it.
    fn skip(&mut self) -> Loaded<usize> {
        self.reach(self.at)
    }

    /// The same where the distance counts from another word.
    fn reach(&mut self, from: usize) -> Loaded<usize> {
        let end = from.checked_add(self.next()? as usize).ok_or(Invalid)?;
        let most = self.regions.last().map_or(self.words.len(), |region| region.end);
        if end > from && end <= most { Ok(end) } else { Err(Invalid) }
    }

    fn here(&self) -> At {
        self.ops.len() as At
    }

    fn emit(&mut self, op: Op) -> At {
        self.ops.push(op);
        self.here() - 1
    }

    /// Lets the jump at a place lead to the next instruction.
    fn land(&mut self, from: At) {
        let here = self.here();
        match &mut self.ops[from as usize] {
            Op::Jump(at) | Op::Try(at) | Op::IfGroup(_, at) | Op::Open(_, at) => *at = here,
            op => panic!("{op:?} does not jump"),
        }
    }

    fn group(&mut self) -> Loaded<u32> {
        let group = self.next()?;
        if (group as usize) < self.groups { Ok(group) } else { Err(Invalid) }
    }

    /// Reads the INFO block that a pattern begins with: its least length, and what its matches begin with.
    fn opening(&mut self) -> Loaded<(usize, Prefix)> {
        if self.words.first() != Some(&word::INFO) {
            return Ok((0, Prefix::Nothing));
        }
        self.at = 1;
        let end = self.skip()?;
        let flags = self.next()?;
        let least = self.next()? as usize;
        self.next()?;
        let mut prefix = Prefix::Nothing;
        if flags & info::PREFIX != 0 {
            let length = self.next()? as usize;
            self.next()?;
            let text = self.words.get(self.at..).and_then(|rest| rest.get(..length)).ok_or(Invalid)?;
            if length > 0 {
                prefix = Prefix::Text(text.into());
            }
            // Behind it a table of how it overlaps itself, which this search has no use for.
            self.at = length.checked_mul(2).and_then(|both| self.at.checked_add(both)).ok_or(Invalid)?;
        }
        if flags & info::CHARSET != 0 {
            prefix = Prefix::Set(self.charset(end, Fold::Exact)?);
        }
        if self.at > end {
            return Err(Invalid);
        }
        self.at = end;
        Ok((least, prefix))
    }

    /// What a match begins with, by the first instruction.
    fn beginning(&self) -> Prefix {
        match self.ops.iter().find(|op| !matches!(op, Op::Mark(_))) {
            Some(Op::One(item)) => Prefix::One(*item),
            Some(Op::Run(number)) if self.runs[*number as usize].bounds.low > 0 => {
                Prefix::One(self.runs[*number as usize].item)
            }
            Some(Op::Place(Place::LineStart)) => Prefix::Line,
            _ => Prefix::Nothing,
        }
    }

    /// Reads an operation with its arguments.
    fn operation(&mut self, region: Region) -> Loaded<()> {
        if let Some(item) = self.item()? {
            self.emit(Op::One(item));
            return Ok(());
        }
        match self.next()? {
            word::SUCCESS => self.success(),
            word::AT => {
                let place = Place::from_code(self.next()?).ok_or(Invalid)?;
                self.emit(Op::Place(place));
            }
            word::MARK => {
                let mark = self.next()?;
                if mark as usize / 2 >= self.groups {
                    return Err(Invalid);
                }
                self.emit(Op::Mark(mark));
            }
            word::GROUPREF => self.reference(Fold::Exact)?,
            word::GROUPREF_IGNORE => self.reference(Fold::Ascii)?,
            word::GROUPREF_LOC_IGNORE => self.reference(Fold::Locale)?,
            word::GROUPREF_UNI_IGNORE => self.reference(Fold::Unicode)?,
            word::ASSERT => self.inner(Inner::Ahead)?,
            word::ASSERT_NOT => self.inner(Inner::NotAhead)?,
            word::ATOMIC_GROUP => {
                let end = self.skip()?;
                self.open(Inner::Atomic, end)?;
            }
            word::BRANCH => {
                self.branches.push(Branch::default());
                self.alternative()?;
            }
            word::REPEAT_ONE => self.run(Greed::Greedy)?,
            word::MIN_REPEAT_ONE => self.run(Greed::Lazy)?,
            word::POSSESSIVE_REPEAT_ONE => self.run(Greed::Possessive)?,
            word::REPEAT => self.enter(false)?,
            word::POSSESSIVE_REPEAT => self.enter(true)?,
            word::GROUPREF_EXISTS => {
                let group = self.group()?;
                // The distance counts from the group's number.
                let end = self.reach(self.at - 1)?;
                if end < self.at {
                    return Err(Invalid);
                }
                let test = self.emit(Op::IfGroup(group, OPEN));
                self.regions.push(Region { end, part: Ending::Yes(test) });
            }
            word::JUMP => {
                let Ending::Yes(test) = region.part else { return Err(Invalid) };
                self.regions.pop();
                let end = if self.at + 1 == region.end { self.skip()? } else { return Err(Invalid) };
                let jump = self.emit(Op::Jump(OPEN));
                self.land(test);
                self.regions.push(Region { end, part: Ending::No(jump) });
            }
            word::INFO => self.at = self.skip()?,
            _ => return Err(Invalid),
        }
        Ok(())
    }

    /// The part that is read has matched.
    fn success(&mut self) {
        let op = self.regions.iter().rev().find_map(|region| match region.part {
            Ending::Whole => Some(Op::Accept),
            Ending::Inner(_) => Some(Op::Close),
            Ending::Loop(number) if self.is_possessive(number) => Some(Op::Again(number)),
            Ending::Loop(_) | Ending::Alternative { .. } | Ending::Yes(_) | Ending::No(_) => None,
        });
        self.emit(op.unwrap_or(Op::Accept));
    }

    fn is_possessive(&self, number: u32) -> bool {
        self.loops[number as usize].bounds.greed == Greed::Possessive
    }

    /// Ends a part whose last word has been read.
    fn close(&mut self, region: Region) -> Loaded<()> {
        match region.part {
            Ending::Whole => drop(self.emit(Op::Accept)),
            Ending::Inner(open) => {
                self.emit(Op::Close);
                self.land(open);
                self.at += 1;
            }
            Ending::Loop(number) => {
                self.emit(Op::Again(number));
                self.loops[number as usize].exit = self.here();
                self.at += 1;
            }
            Ending::Yes(jump) | Ending::No(jump) => self.land(jump),
            Ending::Alternative { branch, before } => {
                self.at += 1;
                let target = self.skip()?;
                let jump = self.emit(Op::Jump(OPEN));
                if let Some(before) = before {
                    self.land(before);
                }
                let branch = &mut self.branches[branch];
                branch.jumps.push(jump);
                if *branch.target.get_or_insert(target) != target {
                    return Err(Invalid);
                }
                self.alternative()?;
            }
        }
        Ok(())
    }

    /// Begins the next alternative of the innermost branch, or ends that.
    fn alternative(&mut self) -> Loaded<()> {
        if self.word(self.at)? == 0 {
            self.at += 1;
            let branch = self.branches.pop().ok_or(Invalid)?;
            if branch.target.is_none_or(|target| target != self.at) {
                return Err(Invalid);
            }
            branch.jumps.into_iter().for_each(|jump| self.land(jump));
            return Ok(());
        }
        let next = self.skip()?;
        let end = next.checked_sub(2).filter(|end| *end >= self.at).ok_or(Invalid)?;
        if self.word(end)? != word::JUMP {
            return Err(Invalid);
        }
        let before = (self.word(next)? != 0).then(|| self.emit(Op::Try(OPEN)));
        let branch = self.branches.len() - 1;
        self.regions.push(Region { end, part: Ending::Alternative { branch, before } });
        Ok(())
    }

    fn reference(&mut self, fold: Fold) -> Loaded<()> {
        let group = self.group()?;
        self.emit(Op::Reference(fold, group));
        Ok(())
    }

    fn inner(&mut self, kind: fn(u32) -> Inner) -> Loaded<()> {
        let end = self.skip()?;
        let back = self.next()?;
        self.open(kind(back), end)
    }

    /// Begins a part that is matched for itself, and whose last word is SUCCESS.
    fn open(&mut self, inner: Inner, end: usize) -> Loaded<()> {
        let end = end - 1;
        if end < self.at || self.word(end)? != word::SUCCESS {
            return Err(Invalid);
        }
        let open = self.emit(Op::Open(inner, OPEN));
        self.regions.push(Region { end, part: Ending::Inner(open) });
        Ok(())
    }

    fn bounds(&mut self, greed: Greed) -> Loaded<Bounds> {
        let (low, high) = (self.next()?, self.next()?);
        if low > high { Err(Invalid) } else { Ok(Bounds { low, high, greed }) }
    }

    /// A character repeated.
    fn run(&mut self, greed: Greed) -> Loaded<()> {
        let end = self.skip()?;
        let bounds = self.bounds(greed)?;
        let item = self.item()?.ok_or(Invalid)?;
        if self.next()? != word::SUCCESS || self.at != end {
            return Err(Invalid);
        }
        let number = self.runs.len() as u32;
        self.runs.push(Run { item, bounds });
        self.emit(Op::Run(number));
        Ok(())
    }

    /// A part repeated.
    fn enter(&mut self, possessive: bool) -> Loaded<()> {
        let end = self.skip()?;
        let greed = match self.word(end)? {
            word::SUCCESS if possessive => Greed::Possessive,
            word::MAX_UNTIL if !possessive => Greed::Greedy,
            word::MIN_UNTIL if !possessive => Greed::Lazy,
            _ => return Err(Invalid),
        };
        // What ends the loop must lie within the same part as the loop.
        if self.regions.last().is_none_or(|region| end >= region.end) {
            return Err(Invalid);
        }
        let bounds = self.bounds(greed)?;
        let number = self.loops.len() as u32;
        self.emit(Op::Enter(number));
        self.loops.push(Loop { bounds, body: self.here(), exit: OPEN });
        self.regions.push(Region { end, part: Ending::Loop(number) });
        Ok(())
    }

    /// Reads what a single character must be, if that comes next.
    fn item(&mut self) -> Loaded<Option<Item>> {
        let start = self.at;
        let item = match self.next()? {
            word::ANY => Item::Any,
            word::ANY_ALL => Item::AnyAll,
            word::FAILURE => Item::Never,
            word::LITERAL => Item::Literal(self.next()?),
            word::NOT_LITERAL => Item::NotLiteral(self.next()?),
            word::LITERAL_IGNORE => Item::Folded(Fold::Ascii, self.next()?),
            word::NOT_LITERAL_IGNORE => Item::NotFolded(Fold::Ascii, self.next()?),
            word::LITERAL_LOC_IGNORE => Item::Folded(Fold::Locale, self.next()?),
            word::NOT_LITERAL_LOC_IGNORE => Item::NotFolded(Fold::Locale, self.next()?),
            word::LITERAL_UNI_IGNORE => Item::Folded(Fold::Unicode, self.next()?),
            word::NOT_LITERAL_UNI_IGNORE => Item::NotFolded(Fold::Unicode, self.next()?),
            word::CATEGORY => {
                let category = Category::from_code(self.next()?).ok_or(Invalid)?;
                self.set(Charset::new(vec![Part::Category(category)], Fold::Exact))
            }
            word::IN => self.set_of_words(Fold::Exact)?,
            word::IN_IGNORE => self.set_of_words(Fold::Ascii)?,
            word::IN_LOC_IGNORE => self.set_of_words(Fold::Locale)?,
            word::IN_UNI_IGNORE => self.set_of_words(Fold::Unicode)?,
            _ => {
                self.at = start;
                return Ok(None);
            }
        };
        Ok(Some(item))
    }

    fn set(&mut self, set: Charset) -> Item {
        self.sets.push(set);
        Item::Set(self.sets.len() as u32 - 1)
    }

    fn set_of_words(&mut self, fold: Fold) -> Loaded<Item> {
        let end = self.skip()?;
        let set = self.charset(end, fold)?;
        if self.at != end {
            return Err(Invalid);
        }
        Ok(self.set(set))
    }

    /// Reads a set, up to and with the FAILURE at its end.
    fn charset(&mut self, end: usize, fold: Fold) -> Loaded<Charset> {
        let mut parts = Vec::new();
        while self.at < end {
            parts.push(match self.next()? {
                word::FAILURE => return Ok(Charset::new(parts, fold)),
                word::NEGATE => Part::Negate,
                word::LITERAL => Part::Literal(self.next()?),
                word::RANGE => Part::Range(self.next()?, self.next()?),
                word::RANGE_UNI_IGNORE => Part::RangeIgnore(self.next()?, self.next()?),
                word::CATEGORY => Part::Category(Category::from_code(self.next()?).ok_or(Invalid)?),
                word::CHARSET => Part::Bits(Box::new(self.bits()?)),
                word::BIGCHARSET => self.chunks()?,
                _ => return Err(Invalid),
            });
        }
        Err(Invalid)
    }

    fn bits(&mut self) -> Loaded<[u32; 8]> {
        let mut bits = [0; 8];
        for word in &mut bits {
            *word = self.next()?;
        }
        Ok(bits)
    }

    fn chunks(&mut self) -> Loaded<Part> {
        let count = self.next()? as usize;
        let mut numbers = Box::new([0; 256]);
        for four in numbers.chunks_mut(4) {
            four.copy_from_slice(&self.next()?.to_le_bytes());
        }
        if numbers.iter().any(|number| usize::from(*number) >= count) {
            return Err(Invalid);
        }
        // No more of them are made room for than there are words.
        let chunks: Vec<[u32; 8]> = (0..count).map(|_| self.bits()).collect::<Loaded<_>>()?;
        Ok(Part::Chunks(numbers, chunks.into()))
    }
}
