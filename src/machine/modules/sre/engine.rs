//! The engine: runs a pattern at a place of a subject, and tries another way where one leads nowhere.
//!
//! What is left to try lies on a vector of the engine's own, so that a match is a value: it can be stopped
//! after any instruction and gone on with later, and how deep it tries costs no stack of Rust's.  On the
//! same vector lies what has to be put back when an older choice is taken up again.

use super::super::super::text::search::Unit;
use super::program::{At, Bounds, Greed, Inner, Item, Op, Prefix, Program};
use super::scan::{candidate, count, fits};

/// A place in a subject: a text is no longer than 32 bits count.
type Pos = u32;

/// No place: a group that has not matched, a loop that has not come round.
const NOWHERE: Pos = Pos::MAX;

/// How many things may be left to try: 256 MiB of them.
const MOST_ENTRIES: usize = 1 << 24;

/// How many characters are gone through in the time of one instruction.
const UNITS_A_FUEL: usize = 32;

/// How a subject is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// From the start.
    Match,
    /// From the start to the end.
    FullMatch,
    /// From anywhere.
    Search,
}

/// How far a match came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It has matched.
    Matched,
    /// Nothing matches.
    Failed,
    /// It has done as much as it was told to, and can go on.
    Paused,
    /// There is no room for what is left to try.
    NoRoom,
    /// The subject is shorter than it was.
    Shrunk,
}

/// What an engine does next with the way it is on.
enum Way {
    On,
    Back,
    Accept,
}

/// What is left to try, or to put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Entry {
    /// Goes on there.
    Choice { op: At, pos: Pos },
    /// A run of characters gives one back, down to a least place.
    Shrink { op: At, pos: Pos, low: Pos },
    /// A run of characters takes one more, so many at most.
    Grow { op: At, pos: Pos, left: u32 },
    /// Once round a loop more.
    Round { number: u32, pos: Pos },
    /// A mark was there, and this was the group that ended last.
    Mark { mark: u32, pos: Pos, last_group: u32 },
    /// A loop had been gone round so often, and began there the last time.
    Loop { number: u32, count: u32, pos: Pos },
    /// A part that is matched for itself began here.
    Barrier { op: At, pos: Pos },
}

/// How often a loop has been gone round, and where it began the last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Round {
    count: u32,
    from: Pos,
}

/// A match that is being looked for.
#[derive(Clone, Debug, Hash)]
pub struct Matcher {
    mode: Mode,
    /// Where it was begun.
    from: Pos,
    /// Where the next attempt begins; where one is on its way, the place after it.
    next: Pos,
    /// The subject ends here.
    end: Pos,
    /// No match may end where it begins if that is here: the one before did.
    advance_from: Pos,
    /// Whether an attempt is on its way.
    underway: bool,
    start: Pos,
    op: At,
    pos: Pos,
    entries: Vec<Entry>,
    /// Which entries are barriers.
    barriers: Vec<usize>,
    rounds: Box<[Round]>,
    marks: Box<[Pos]>,
    last_group: u32,
}

impl Matcher {
    /// Looks for a match of `program` between `start` and `end`.
    pub fn new(program: &Program, mode: Mode, start: usize, end: usize) -> Self {
        Self {
            mode,
            from: start as Pos,
            next: start as Pos,
            end: end as Pos,
            advance_from: NOWHERE,
            underway: false,
            start: 0,
            op: 0,
            pos: 0,
            entries: Vec::new(),
            barriers: Vec::new(),
            rounds: vec![Round { count: 0, from: NOWHERE }; program.loops.len()].into(),
            marks: vec![NOWHERE; program.groups * 2].into(),
            last_group: 0,
        }
    }

    /// Looks for the next match behind one that was found; an empty one there does not count if that was empty.
    pub fn again(&mut self) {
        self.advance_from = if self.start == self.pos { self.pos } else { NOWHERE };
        self.next = self.pos;
        self.underway = false;
    }

    /// The same match looked for from `next` on; an empty one there does not count if `advance`.
    pub fn resumed(self, next: usize, advance: bool) -> Self {
        let next = next as Pos;
        Self { next, advance_from: if advance { next } else { NOWHERE }, ..self }
    }

    /// Where it was to begin, and where the subject ends for it.
    pub const fn bounds(&self) -> (usize, usize) {
        (self.from as usize, self.end as usize)
    }

    /// Where it is.
    pub const fn at(&self) -> usize {
        self.pos as usize
    }

    /// Where the match begins and ends.
    pub const fn span(&self) -> (usize, usize) {
        (self.start as usize, self.pos as usize)
    }

    /// Where a group, from 0, begins and ends, if it has matched.
    pub fn group(&self, group: usize) -> Option<(usize, usize)> {
        match self.marks.get(group * 2..group * 2 + 2) {
            Some(&[start, end]) if start != NOWHERE && end != NOWHERE => Some((start as usize, end as usize)),
            _ => None,
        }
    }

    /// The group that ended last, from 1.
    pub const fn last_group(&self) -> Option<usize> {
        if self.last_group == 0 { None } else { Some(self.last_group as usize) }
    }

    /// Goes on until there is a result or `fuel` is used up: an instruction uses one.
    pub fn run<T: Unit + TryFrom<u32>>(
        &mut self,
        program: &Program,
        subject: &[T],
        fuel: &mut u32,
    ) -> Outcome {
        let Some(subject) = subject.get(..self.end as usize) else { return Outcome::Shrunk };
        loop {
            if !self.underway
                && let Some(outcome) = self.begin(program, subject, fuel)
            {
                return outcome;
            }
            match self.attempt(program, subject, fuel) {
                Outcome::Failed if self.mode == Mode::Search => self.underway = false,
                outcome => return outcome,
            }
        }
    }

    /// Begins an attempt at the next place where there can be a match, or says why not.
    fn begin<T: Unit + TryFrom<u32>>(
        &mut self,
        program: &Program,
        subject: &[T],
        fuel: &mut u32,
    ) -> Option<Outcome> {
        if self.next > self.end || ((self.end - self.next) as usize) < program.least {
            return Some(Outcome::Failed);
        }
        if self.mode == Mode::Search {
            let from = self.next as usize;
            let Some(found) = candidate(program, subject, from) else { return Some(Outcome::Failed) };
            self.next = found as Pos;
            *fuel = fuel.saturating_sub(((found - from) / UNITS_A_FUEL) as u32);
            if *fuel == 0 {
                return Some(Outcome::Paused);
            }
            if let Prefix::Text(text) = &program.prefix {
                // A long one is made ready anew for each attempt.
                *fuel = fuel.saturating_sub((text.len() / UNITS_A_FUEL) as u32);
            }
        }
        self.start = self.next;
        self.pos = self.start;
        self.next = self.start.saturating_add(1);
        self.underway = true;
        self.op = 0;
        self.entries.clear();
        self.barriers.clear();
        self.marks.fill(NOWHERE);
        self.last_group = 0;
        None
    }

    /// Goes on with an attempt.
    fn attempt<T: Unit + TryFrom<u32>>(
        &mut self,
        program: &Program,
        subject: &[T],
        fuel: &mut u32,
    ) -> Outcome {
        loop {
            if *fuel == 0 {
                return Outcome::Paused;
            }
            *fuel -= 1;
            let way = self.execute(program, subject, fuel);
            match way {
                Way::On => {}
                Way::Accept => return Outcome::Matched,
                Way::Back => {
                    if !self.back(program, subject, fuel) {
                        return Outcome::Failed;
                    }
                }
            }
            if self.entries.len() > MOST_ENTRIES {
                return Outcome::NoRoom;
            }
        }
    }

    /// One instruction.
    #[inline]
    fn execute<T: Unit + TryFrom<u32>>(&mut self, program: &Program, subject: &[T], fuel: &mut u32) -> Way {
        let at = self.op;
        self.op += 1;
        match program.ops[at as usize] {
            Op::Accept => {
                let whole = self.mode != Mode::FullMatch || self.pos == self.end;
                let advances = self.pos != self.advance_from || self.start != self.pos;
                return if whole && advances { Way::Accept } else { Way::Back };
            }
            Op::Fail => return Way::Back,
            Op::One(item) => match subject.get(self.pos as usize) {
                Some(unit) if fits(program, item, (*unit).into()) => self.pos += 1,
                _ => return Way::Back,
            },
            Op::Place(place) => {
                if !place.is(subject, self.pos as usize) {
                    return Way::Back;
                }
            }
            Op::Mark(mark) => self.mark(mark),
            Op::Jump(to) => self.op = to,
            Op::Try(other) => {
                // A choice that ends with its first character is none.
                if let Op::One(item) = program.ops[self.op as usize]
                    && !subject.get(self.pos as usize).is_some_and(|unit| fits(program, item, (*unit).into()))
                {
                    self.op = other;
                } else {
                    self.entries.push(Entry::Choice { op: other, pos: self.pos });
                }
            }
            Op::Reference(fold, group) => {
                let Some((start, end)) = self.group(group as usize) else { return Way::Back };
                let Some(matched) = subject.get(start..end) else { return Way::Back };
                let from = self.pos as usize;
                let Some(here) = subject.get(from..from + matched.len()) else { return Way::Back };
                let same = |(one, two): (&T, &T)| fold.lower((*one).into()) == fold.lower((*two).into());
                *fuel = fuel.saturating_sub((matched.len() / UNITS_A_FUEL) as u32);
                if !matched.iter().zip(here).all(same) {
                    return Way::Back;
                }
                self.pos += matched.len() as Pos;
            }
            Op::IfGroup(group, otherwise) => {
                if self.group(group as usize).is_none() {
                    self.op = otherwise;
                }
            }
            Op::Run(number) => return self.repeat(program, subject, at, number, fuel),
            Op::Enter(number) => {
                self.note_round(number);
                self.rounds[number as usize] = Round { count: 0, from: NOWHERE };
                return self.turn(program, at, number);
            }
            Op::Again(number) => {
                let bounds = program.loops[number as usize].bounds;
                let from = (bounds.greed == Greed::Possessive).then(|| self.cut());
                self.note_round(number);
                let round = &mut self.rounds[number as usize];
                round.count = round.count.saturating_add(1);
                if from == Some(self.pos) {
                    // Once more would be the same.
                    round.count = bounds.high;
                }
                return self.turn(program, at, number);
            }
            Op::Open(inner, _) => return self.open(at, inner),
            Op::Close => return self.close(program),
        }
        Way::On
    }

    /// Begins a part that is matched for itself.
    fn open(&mut self, at: At, inner: Inner) -> Way {
        let back = match inner {
            Inner::Ahead(back) | Inner::NotAhead(back) => back,
            Inner::Atomic => 0,
        };
        self.bar(at);
        match self.pos.checked_sub(back) {
            Some(pos) => {
                self.pos = pos;
                Way::On
            }
            None => Way::Back,
        }
    }

    /// A part that is matched for itself has matched.
    fn close(&mut self, program: &Program) -> Way {
        let Some(at) = self.barriers.last().copied() else { return Way::Back };
        let Entry::Barrier { op, pos } = self.entries[at] else { return Way::Back };
        let Op::Open(inner, exit) = program.ops[op as usize] else { return Way::Back };
        match inner {
            Inner::Ahead(_) => {
                self.cut();
                self.pos = pos;
            }
            Inner::Atomic => {
                self.cut();
            }
            Inner::NotAhead(_) => {
                // What it has matched is forgotten, and so is where it could go on.
                while self.entries.len() > at {
                    self.put_back();
                }
                self.barriers.pop();
                return Way::Back;
            }
        }
        self.op = exit;
        Way::On
    }

    /// Goes round a loop, or on behind it.
    fn turn(&mut self, program: &Program, at: At, number: u32) -> Way {
        let a_loop = program.loops[number as usize];
        let Bounds { low, high, greed } = a_loop.bounds;
        let round = self.rounds[number as usize];
        self.op = a_loop.exit;
        match greed {
            Greed::Possessive => {
                if round.count < high {
                    self.bar(at);
                    self.op = a_loop.body;
                }
            }
            Greed::Greedy | Greed::Lazy if round.count < low => self.op = a_loop.body,
            Greed::Greedy => {
                // A round that has matched nothing is the last one.
                if (round.count < high || high == u32::MAX) && round.from != self.pos {
                    self.entries.push(Entry::Choice { op: a_loop.exit, pos: self.pos });
                    self.note_round(number);
                    self.rounds[number as usize].from = self.pos;
                    self.op = a_loop.body;
                }
            }
            Greed::Lazy => {
                if (round.count < high || high == u32::MAX) && round.from != self.pos {
                    self.entries.push(Entry::Round { number, pos: self.pos });
                }
            }
        }
        Way::On
    }

    /// Takes as many characters as a run begins with.
    fn repeat<T: Unit + TryFrom<u32>>(
        &mut self,
        program: &Program,
        subject: &[T],
        at: At,
        number: u32,
        fuel: &mut u32,
    ) -> Way {
        let run = program.runs[number as usize];
        let Bounds { low, high, greed } = run.bounds;
        let rest = &subject[(self.pos as usize).min(subject.len())..];
        let wanted = if greed == Greed::Lazy { low } else { high };
        let taken = count(program, run.item, rest, wanted as usize) as Pos;
        *fuel = fuel.saturating_sub(taken / UNITS_A_FUEL as u32);
        if taken < low {
            return Way::Back;
        }
        let least = self.pos + low;
        self.pos += taken;
        match greed {
            Greed::Possessive => Way::On,
            Greed::Greedy => self.shrink(program, subject, at, least, fuel),
            Greed::Lazy => self.grow(program, subject, at, high.saturating_sub(low), fuel),
        }
    }

    /// The character that must come behind the run at `at`, where there is one.
    #[inline]
    fn following(program: &Program, at: At) -> Option<u32> {
        match program.ops[at as usize + 1] {
            Op::One(Item::Literal(unit)) => Some(unit),
            _ => None,
        }
    }

    /// Goes on behind a run that has taken all it could up to here, and may give back down to `low`.
    fn shrink<T: Unit + TryFrom<u32>>(
        &mut self,
        program: &Program,
        subject: &[T],
        at: At,
        low: Pos,
        fuel: &mut u32,
    ) -> Way {
        if let Some(wanted) = Self::following(program, at) {
            let fitting = |pos: &usize| subject.get(*pos).is_some_and(|unit| (*unit).into() == wanted);
            let found = (low as usize..=self.pos as usize).rev().find(fitting);
            let passed = self.pos - found.map_or(low, |found| found as Pos);
            *fuel = fuel.saturating_sub(passed / UNITS_A_FUEL as u32);
            match found {
                Some(pos) => self.pos = pos as Pos,
                None => return Way::Back,
            }
        }
        if self.pos > low {
            self.entries.push(Entry::Shrink { op: at, pos: self.pos, low });
        }
        self.op = at + 1;
        Way::On
    }

    /// Goes on behind a run that has taken as little as it could, and may take so many more.
    fn grow<T: Unit + TryFrom<u32>>(
        &mut self,
        program: &Program,
        subject: &[T],
        at: At,
        most: u32,
        fuel: &mut u32,
    ) -> Way {
        let mut taken = 0;
        if let Some(wanted) = Self::following(program, at) {
            let Op::Run(number) = program.ops[at as usize] else { return Way::Back };
            let item = program.runs[number as usize].item;
            let rest = &subject[(self.pos as usize).min(subject.len())..];
            let stop = |unit: &T| (*unit).into() == wanted || !fits(program, item, (*unit).into());
            taken = rest.iter().take(most as usize).position(stop).unwrap_or(rest.len().min(most as usize));
            *fuel = fuel.saturating_sub((taken / UNITS_A_FUEL) as u32);
            if rest.get(taken).is_none_or(|unit| (*unit).into() != wanted) {
                return Way::Back;
            }
        }
        self.pos += taken as Pos;
        let left = most - taken as u32;
        if left > 0 {
            self.entries.push(Entry::Grow { op: at, pos: self.pos, left });
        }
        self.op = at + 1;
        Way::On
    }

    /// Takes up what was left to try last; false if there is nothing.
    fn back<T: Unit + TryFrom<u32>>(&mut self, program: &Program, subject: &[T], fuel: &mut u32) -> bool {
        while let Some(entry) = self.entries.last().copied() {
            let way = match entry {
                Entry::Choice { op, pos } => {
                    self.entries.pop();
                    self.op = op;
                    self.pos = pos;
                    Way::On
                }
                Entry::Shrink { op, pos, low } => {
                    self.entries.pop();
                    self.pos = pos - 1;
                    self.shrink(program, subject, op, low, fuel)
                }
                Entry::Grow { op, pos, left } => {
                    self.entries.pop();
                    let Op::Run(number) = program.ops[op as usize] else { return false };
                    let item = program.runs[number as usize].item;
                    match subject.get(pos as usize) {
                        Some(unit) if fits(program, item, (*unit).into()) => {
                            self.pos = pos + 1;
                            self.grow(program, subject, op, left - 1, fuel)
                        }
                        _ => Way::Back,
                    }
                }
                Entry::Round { number, pos } => {
                    self.entries.pop();
                    self.pos = pos;
                    self.note_round(number);
                    self.rounds[number as usize].from = pos;
                    self.op = program.loops[number as usize].body;
                    Way::On
                }
                Entry::Mark { .. } | Entry::Loop { .. } => {
                    self.put_back();
                    Way::Back
                }
                Entry::Barrier { op, pos } => {
                    self.entries.pop();
                    self.barriers.pop();
                    match program.ops[op as usize] {
                        Op::Open(Inner::NotAhead(_), exit) => {
                            self.op = exit;
                            self.pos = pos;
                            Way::On
                        }
                        Op::Enter(number) | Op::Again(number) => self.leave(program, number, pos),
                        _ => Way::Back,
                    }
                }
            };
            if matches!(way, Way::On) {
                return true;
            }
        }
        false
    }

    /// A possessive loop could not go round once more: it goes on behind it, if that was often enough.
    fn leave(&mut self, program: &Program, number: u32, pos: Pos) -> Way {
        let a_loop = program.loops[number as usize];
        if self.rounds[number as usize].count < a_loop.bounds.low {
            return Way::Back;
        }
        self.op = a_loop.exit;
        self.pos = pos;
        Way::On
    }

    /// Whether something is left to try, so that what changes must be put back some time.
    fn may_go_back(&self) -> bool {
        !self.entries.is_empty()
    }

    fn mark(&mut self, mark: u32) {
        let pos = &mut self.marks[mark as usize];
        let (old, last_group) = (std::mem::replace(pos, self.pos), self.last_group);
        if mark % 2 == 1 {
            self.last_group = mark / 2 + 1;
        }
        if self.may_go_back() {
            self.entries.push(Entry::Mark { mark, pos: old, last_group });
        }
    }

    fn note_round(&mut self, number: u32) {
        if self.may_go_back() {
            let Round { count, from } = self.rounds[number as usize];
            self.entries.push(Entry::Loop { number, count, pos: from });
        }
    }

    /// Takes the last entry, and puts back what it says.
    fn put_back(&mut self) {
        match self.entries.pop() {
            Some(Entry::Mark { mark, pos, last_group }) => {
                self.marks[mark as usize] = pos;
                self.last_group = last_group;
            }
            Some(Entry::Loop { number, count, pos }) => {
                self.rounds[number as usize] = Round { count, from: pos };
            }
            Some(
                Entry::Choice { .. }
                | Entry::Shrink { .. }
                | Entry::Grow { .. }
                | Entry::Round { .. }
                | Entry::Barrier { .. },
            )
            | None => {}
        }
    }

    /// Begins a part that is matched for itself.
    fn bar(&mut self, op: At) {
        self.barriers.push(self.entries.len());
        self.entries.push(Entry::Barrier { op, pos: self.pos });
    }

    /// Ends it: what was left to try within it is dropped, what has to be put back is not.  Gives where it
    /// began.
    fn cut(&mut self) -> Pos {
        let Some(at) = self.barriers.pop() else { return NOWHERE };
        let Entry::Barrier { pos, .. } = self.entries[at] else { return NOWHERE };
        let mut kept = at;
        for index in at + 1..self.entries.len() {
            let entry = self.entries[index];
            if at > 0 && matches!(entry, Entry::Mark { .. } | Entry::Loop { .. }) {
                self.entries[kept] = entry;
                kept += 1;
            }
        }
        self.entries.truncate(kept);
        pos
    }
}
