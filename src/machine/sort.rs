//! CPython's list sort as a state machine: between two comparisons the whole sort is plain data.
//!
//! It asks for the same comparisons in the same order as CPython 3.14, because a program sees each
//! `__lt__`.  Natural runs are found and made ascending, short ones lengthened by binary insertion,
//! and runs merged in the order of powersort; a merge gallops when one side keeps winning.
//!
//! What must hold between two steps: `keys` (with `temp`, while merging) is a permutation of what was
//! given, whatever the answers were, and `values`, if there are any, the same permutation.  Where no
//! program can see the comparisons and the order is total (exact ints, say), any stable sort does the
//! same.

mod gallop;

use gallop::{Gallop, GallopStage};

/// What a sort needs next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortStep<V> {
    /// Whether the first is less than the second.
    Compare(V, V),
    /// Nothing: it is sorted.
    Done,
}

/// A sort under way.
#[derive(Clone, Debug, Hash)]
pub struct Sort<V> {
    keys: Vec<V>,
    values: Option<Vec<V>>,
    /// One of two runs being merged, while its place is written to.
    temp_keys: Vec<V>,
    temp_values: Vec<V>,
    /// Runs found and not yet merged with a neighbour.
    pending: Vec<Run>,
    /// How often one side must win before a merge gallops.
    min_gallop: usize,
    /// How long a run is made at least.
    min_run: usize,
    /// Where the run that is being made begins; all before it is in `pending`.
    start: usize,
    /// What is to be merged before the next run is looked for.
    collapse: Collapse,
    state: State<V>,
    reverse: bool,
}

/// How many wins in a row make galloping worth it, at first.
const MIN_GALLOP: usize = 7;
/// Shorter lists are sorted by insertion alone.
const MAX_MIN_RUN: usize = 64;

#[derive(Clone, Copy, Debug, Hash)]
struct Run {
    start: usize,
    len: usize,
    /// The depth, in an ideal tree of merges, of the node between this run and the next.
    power: u32,
}

/// Which comparison is waited for.
#[derive(Clone, Copy, Debug, Hash)]
enum State<V> {
    /// A natural run is being measured.
    Count(Count),
    /// The elements from `sorted` on are put among those before.
    Insert(Insert),
    /// Two runs are being merged.
    Merge(Merge<V>),
    Done,
}

/// Places are relative to the start of the run.
#[derive(Clone, Copy, Debug, Hash)]
struct Count {
    /// How many elements belong to the run so far.
    len: usize,
    stage: CountStage,
}

#[derive(Clone, Copy, Debug, Hash)]
enum CountStage {
    /// Is the next less than the last?  So far none was.
    Ascending,
    /// The next is less: is the first less than the last, or are all equal so far?
    AllEqual,
    /// Is the next less than the last?  The last `equals + 1` are equal.
    Falling { equals: usize },
    /// It is not less: is the last less than the next?
    Rising { equals: usize },
    /// The run fell and was reversed: does it go on upwards?
    Extending,
}

#[derive(Clone, Copy, Debug, Hash)]
struct Insert {
    /// How many elements the run is to have.
    len: usize,
    sorted: usize,
    /// The element at `sorted` belongs between these two.
    left: usize,
    right: usize,
}

#[derive(Clone, Copy, Debug, Hash)]
enum Collapse {
    /// A run of this length and power (as the previous run has it from now on) was found.
    For { len: usize, power: u32 },
    /// All runs are found.
    Everything,
}

/// The merge of run A and run B, which follows it.  The shorter one is in `temp`: A if the merge goes
/// up from the low end, B if it goes down from the high end.
#[derive(Clone, Copy, Debug, Hash)]
struct Merge<V> {
    stage: MergeStage<V>,
    /// From the high end to the low one.
    high: bool,
    /// The part of the list that is written to.
    low_end: usize,
    high_end: usize,
    /// How much of each is left.
    a: usize,
    b: usize,
    /// How often each won in a row.
    a_wins: usize,
    b_wins: usize,
}

#[derive(Clone, Copy, Debug, Hash)]
enum MergeStage<V> {
    /// Is the next of B less than the next of A?
    Duel,
    Search(Search, Gallop<V>),
}

/// What a place is searched for.
#[derive(Clone, Copy, Debug, Hash)]
enum Search {
    /// Where does the first of B go in A?  What is before stays.
    TrimA,
    /// Where does the last of A go in B?  What is after stays.
    TrimB,
    /// How many of A go before the next of B?
    GallopA,
    /// How many of B go before the next of A?
    GallopB,
}

/// What to do when no comparison is waited for.
enum Next {
    FindRun,
    RunFound(usize),
    RunReady(usize),
    Collapse,
    Wait,
}

impl<V: Copy> Sort<V> {
    /// Sorts `keys`, and `values` with them if there are any, as many as keys: `list.sort(key=…)`
    /// sorts what its function returned and takes the items along.  `reverse` sorts downwards, and
    /// still leaves equal elements in their order.
    pub fn new(mut keys: Vec<V>, mut values: Option<Vec<V>>, reverse: bool) -> Self {
        if reverse {
            keys.reverse();
            if let Some(values) = &mut values {
                values.reverse();
            }
        }
        let mut sort = Self {
            min_run: min_run(keys.len()),
            keys,
            values,
            temp_keys: Vec::new(),
            temp_values: Vec::new(),
            pending: Vec::new(),
            min_gallop: MIN_GALLOP,
            start: 0,
            collapse: Collapse::Everything,
            state: State::Done,
            reverse,
        };
        if sort.keys.len() > 1 {
            sort.proceed(Next::FindRun);
        }
        sort
    }

    /// Takes the answer to the last comparison, if it has come, and says what is needed next.
    pub fn step(&mut self, less: Option<bool>) -> SortStep<V> {
        if let Some(less) = less {
            let next = match self.state {
                State::Count(count) => self.count(count, less),
                State::Insert(insert) => self.insert(insert, less),
                State::Merge(merge) => self.merge(merge, less),
                State::Done => Next::Wait,
            };
            self.proceed(next);
        }
        self.question()
    }

    /// The items in their order: the values if there are any, else the keys.  If the sort is not done,
    /// because a comparison raised, they are in the order in which CPython leaves the list then.
    pub fn into_items(self) -> Vec<V> {
        let (keys, items) = self.into_parts();
        items.unwrap_or(keys)
    }

    /// The keys in the order in which CPython lets them go, and the values, as for [`Sort::into_items`].
    pub fn into_parts(mut self) -> (Vec<V>, Option<Vec<V>>) {
        if let State::Merge(merge) = self.state {
            self.put_back(merge);
        }
        if self.reverse {
            self.values.as_mut().unwrap_or(&mut self.keys).reverse();
        }
        (self.keys, self.values)
    }

    /// Visits all keys and all values, each as often as it was given, for those who count references.
    pub fn each_value(&self, visit: &mut impl FnMut(V)) {
        // While merging, some are only in `temp`, and others twice in the list.
        let mut whole = self.clone();
        if let State::Merge(merge) = whole.state {
            whole.put_back(merge);
        }
        whole.keys.into_iter().chain(whole.values.into_iter().flatten()).for_each(visit);
    }

    fn question(&self) -> SortStep<V> {
        let key = |at: usize| self.keys[self.start + at];
        let (a, b) = match self.state {
            State::Count(Count { len, stage }) => match stage {
                CountStage::Ascending | CountStage::Falling { .. } | CountStage::Extending => {
                    (key(len), key(len - 1))
                }
                CountStage::AllEqual => (key(0), key(len - 1)),
                CountStage::Rising { .. } => (key(len - 1), key(len)),
            },
            State::Insert(insert) => (key(insert.sorted), key(insert.middle())),
            State::Merge(merge) => match merge.stage {
                MergeStage::Search(_, gallop) => {
                    let other = self.side(gallop.in_temp)[gallop.base + gallop.probe()];
                    if gallop.left { (other, gallop.needle) } else { (gallop.needle, other) }
                }
                MergeStage::Duel => (self.next_of_b(merge), self.next_of_a(merge)),
            },
            State::Done => return SortStep::Done,
        };
        SortStep::Compare(a, b)
    }

    fn proceed(&mut self, mut next: Next) {
        loop {
            next = match next {
                Next::FindRun => self.find_run(),
                Next::RunFound(len) => self.lengthen_run(len),
                Next::RunReady(len) => self.take_run(len),
                Next::Collapse => self.collapse(),
                Next::Wait => return,
            }
        }
    }

    /// How many elements there are from the start of the run on.
    fn remaining(&self) -> usize {
        self.keys.len() - self.start
    }

    fn find_run(&mut self) -> Next {
        match self.remaining() {
            0 => {
                self.collapse = Collapse::Everything;
                Next::Collapse
            }
            1 => Next::RunFound(1),
            _ => self.go_on_counting(1, CountStage::Ascending),
        }
    }

    fn go_on_counting(&mut self, len: usize, stage: CountStage) -> Next {
        self.state = State::Count(Count { len, stage });
        Next::Wait
    }

    fn count(&mut self, count: Count, less: bool) -> Next {
        let Count { len, stage } = count;
        let more = len + 1 < self.remaining();
        match (stage, less) {
            (CountStage::Ascending, false) if more => self.go_on_counting(len + 1, stage),
            (CountStage::Ascending, false) => Next::RunFound(len + 1),
            (CountStage::Ascending, true) if len > 1 => self.go_on_counting(len, CountStage::AllEqual),
            (CountStage::Ascending, true) => self.fall(1, 0),
            (CountStage::AllEqual, true) => Next::RunFound(len),
            (CountStage::AllEqual, false) => {
                // A falling run that begins with equals: it is turned round twice.
                self.reverse(0, len);
                self.fall(len, 0)
            }
            (CountStage::Falling { equals }, true) => {
                self.reverse_equals(len, equals);
                self.fall(len, 0)
            }
            (CountStage::Falling { equals }, false) => {
                self.go_on_counting(len, CountStage::Rising { equals })
            }
            (CountStage::Rising { equals }, false) => self.fall(len, equals + 1),
            (CountStage::Rising { equals }, true) => self.end_fall(len, equals),
            (CountStage::Extending, true) => Next::RunFound(len),
            (CountStage::Extending, false) if more => self.go_on_counting(len + 1, stage),
            (CountStage::Extending, false) => Next::RunFound(len + 1),
        }
    }

    /// Takes the element after `len` into the falling run.
    fn fall(&mut self, len: usize, equals: usize) -> Next {
        let len = len + 1;
        if len < self.remaining() {
            self.go_on_counting(len, CountStage::Falling { equals })
        } else {
            self.end_fall(len, equals)
        }
    }

    fn end_fall(&mut self, len: usize, equals: usize) -> Next {
        self.reverse_equals(len, equals);
        self.reverse(0, len);
        if len < self.remaining() {
            self.go_on_counting(len, CountStage::Extending)
        } else {
            Next::RunFound(len)
        }
    }

    /// Turns round the equals at the end of a falling run, so that turning round the whole run leaves
    /// them in their order.
    fn reverse_equals(&mut self, len: usize, equals: usize) {
        if equals > 0 {
            self.reverse(len - equals - 1, len);
        }
    }

    fn reverse(&mut self, from: usize, to: usize) {
        let range = self.start + from..self.start + to;
        self.keys[range.clone()].reverse();
        if let Some(values) = &mut self.values {
            values[range].reverse();
        }
    }

    fn lengthen_run(&mut self, found: usize) -> Next {
        let len = self.min_run.min(self.remaining());
        if found >= len {
            return Next::RunReady(found);
        }
        self.state = State::Insert(Insert { len, sorted: found, left: 0, right: found });
        Next::Wait
    }

    fn insert(&mut self, insert: Insert, less: bool) -> Next {
        let Insert { len, sorted, mut left, mut right } = insert;
        if less {
            right = insert.middle();
        } else {
            left = insert.middle() + 1;
        }
        if left < right {
            self.state = State::Insert(Insert { len, sorted, left, right });
            return Next::Wait;
        }
        let range = self.start + left..=self.start + sorted;
        self.keys[range.clone()].rotate_right(1);
        if let Some(values) = &mut self.values {
            values[range].rotate_right(1);
        }
        let sorted = sorted + 1;
        if sorted == len {
            return Next::RunReady(len);
        }
        self.state = State::Insert(Insert { len, sorted, left: 0, right: sorted });
        Next::Wait
    }

    fn take_run(&mut self, len: usize) -> Next {
        let power = match self.pending.last() {
            Some(last) => power_between(last.start, last.len, len, self.keys.len()),
            None => 0,
        };
        self.collapse = Collapse::For { len, power };
        Next::Collapse
    }

    fn collapse(&mut self) -> Next {
        let count = self.pending.len();
        match self.collapse {
            Collapse::For { power, .. } if count > 1 && self.pending[count - 2].power > power => {
                self.start_merge(count - 2)
            }
            Collapse::For { len, power } => {
                if let Some(last) = self.pending.last_mut() {
                    last.power = power;
                }
                self.pending.push(Run { start: self.start, len, power: 0 });
                self.start += len;
                Next::FindRun
            }
            Collapse::Everything
                if count > 2 && self.pending[count - 3].len < self.pending[count - 1].len =>
            {
                self.start_merge(count - 3)
            }
            Collapse::Everything if count > 1 => self.start_merge(count - 2),
            Collapse::Everything => {
                self.state = State::Done;
                Next::Wait
            }
        }
    }

    /// Begins to merge the pending runs `index` and `index + 1`.
    fn start_merge(&mut self, index: usize) -> Next {
        let b = self.pending.remove(index + 1);
        let a = &mut self.pending[index];
        let (start, a_len) = (a.start, a.len);
        a.len += b.len;
        // CPython lets the run after the two slide down with its power; the merged run keeps A's.
        let merge = Merge {
            stage: MergeStage::Search(
                Search::TrimA,
                Gallop {
                    needle: self.keys[b.start],
                    left: false,
                    in_temp: false,
                    base: start,
                    len: a_len,
                    hint: 0,
                    stage: GallopStage::Hint,
                },
            ),
            high: false,
            low_end: start,
            high_end: b.start + b.len,
            a: a_len,
            b: b.len,
            a_wins: 0,
            b_wins: 0,
        };
        self.go_on_merging(merge)
    }

    fn go_on_merging(&mut self, merge: Merge<V>) -> Next {
        self.state = State::Merge(merge);
        Next::Wait
    }

    fn merge(&mut self, mut merge: Merge<V>, less: bool) -> Next {
        match merge.stage {
            MergeStage::Duel => self.duel(merge, less),
            MergeStage::Search(search, mut gallop) => match (gallop.take(less), search) {
                (None, _) => {
                    merge.stage = MergeStage::Search(search, gallop);
                    self.go_on_merging(merge)
                }
                (Some(place), Search::TrimA) => self.trim_a(merge, place),
                (Some(place), Search::TrimB) => self.trim_b(merge, place),
                (Some(place), Search::GallopA) => self.galloped_a(merge, place),
                (Some(place), Search::GallopB) => self.galloped_b(merge, place),
            },
        }
    }

    fn trim_a(&mut self, mut merge: Merge<V>, place: usize) -> Next {
        merge.low_end += place;
        merge.a -= place;
        if merge.a == 0 {
            return Next::Collapse;
        }
        let base = merge.low_end + merge.a;
        merge.stage = MergeStage::Search(
            Search::TrimB,
            Gallop {
                needle: self.keys[base - 1],
                left: true,
                in_temp: false,
                base,
                len: merge.b,
                hint: merge.b - 1,
                stage: GallopStage::Hint,
            },
        );
        self.go_on_merging(merge)
    }

    fn trim_b(&mut self, mut merge: Merge<V>, place: usize) -> Next {
        merge.b = place;
        if merge.b == 0 {
            return Next::Collapse;
        }
        let middle = merge.low_end + merge.a;
        merge.high_end = middle + merge.b;
        merge.high = merge.a > merge.b;
        merge.stage = MergeStage::Duel;
        let range = if merge.high { middle..merge.high_end } else { merge.low_end..middle };
        self.temp_keys.clear();
        self.temp_keys.extend_from_slice(&self.keys[range.clone()]);
        if let Some(values) = &self.values {
            self.temp_values.clear();
            self.temp_values.extend_from_slice(&values[range]);
        }
        // The trimming has shown already which comes first.
        if merge.high {
            self.move_a(&mut merge, 1);
        } else {
            self.move_b(&mut merge, 1);
        }
        self.duel_on(merge)
    }

    /// Goes on element by element, or ends the merge.
    fn duel_on(&mut self, mut merge: Merge<V>) -> Next {
        if merge.is_decided() {
            return self.end_merge(merge);
        }
        merge.stage = MergeStage::Duel;
        self.go_on_merging(merge)
    }

    fn duel(&mut self, mut merge: Merge<V>, less: bool) -> Next {
        // From the low end the lesser one is taken, from the high end the greater one.
        if less == merge.high {
            self.move_a(&mut merge, 1);
            merge.a_wins += 1;
            merge.b_wins = 0;
        } else {
            self.move_b(&mut merge, 1);
            merge.b_wins += 1;
            merge.a_wins = 0;
        }
        if merge.is_decided() || merge.a_wins.max(merge.b_wins) < self.min_gallop {
            return self.duel_on(merge);
        }
        self.min_gallop += 1;
        self.gallop_a(merge)
    }

    fn gallop_a(&mut self, mut merge: Merge<V>) -> Next {
        // Each round of galloping makes the next one come sooner.
        self.min_gallop = (self.min_gallop - 1).max(1);
        merge.stage = MergeStage::Search(
            Search::GallopA,
            Gallop {
                needle: self.next_of_b(merge),
                left: false,
                in_temp: !merge.high,
                base: if merge.high { merge.low_end } else { self.temp_keys.len() - merge.a },
                len: merge.a,
                hint: if merge.high { merge.a - 1 } else { 0 },
                stage: GallopStage::Hint,
            },
        );
        self.go_on_merging(merge)
    }

    fn galloped_a(&mut self, mut merge: Merge<V>, place: usize) -> Next {
        merge.a_wins = if merge.high { merge.a - place } else { place };
        let count = merge.a_wins;
        self.move_a(&mut merge, count);
        if merge.is_decided() {
            return self.end_merge(merge);
        }
        self.move_b(&mut merge, 1);
        if merge.is_decided() {
            return self.end_merge(merge);
        }
        merge.stage = MergeStage::Search(
            Search::GallopB,
            Gallop {
                needle: self.next_of_a(merge),
                left: true,
                in_temp: merge.high,
                base: if merge.high { 0 } else { merge.high_end - merge.b },
                len: merge.b,
                hint: if merge.high { merge.b - 1 } else { 0 },
                stage: GallopStage::Hint,
            },
        );
        self.go_on_merging(merge)
    }

    fn galloped_b(&mut self, mut merge: Merge<V>, place: usize) -> Next {
        merge.b_wins = if merge.high { merge.b - place } else { place };
        let count = merge.b_wins;
        self.move_b(&mut merge, count);
        if merge.is_decided() {
            return self.end_merge(merge);
        }
        self.move_a(&mut merge, 1);
        if merge.is_decided() {
            return self.end_merge(merge);
        }
        if merge.a_wins >= MIN_GALLOP || merge.b_wins >= MIN_GALLOP {
            return self.gallop_a(merge);
        }
        // It did not pay in the end: make it harder to begin again.
        self.min_gallop += 1;
        merge.a_wins = 0;
        merge.b_wins = 0;
        self.duel_on(merge)
    }

    /// Writes the last of the run in `temp`, which may have to go past what is left of the other.
    fn end_merge(&mut self, mut merge: Merge<V>) -> Next {
        if merge.high && merge.b == 1 {
            let count = merge.a;
            self.move_a(&mut merge, count);
        } else if !merge.high && merge.a == 1 {
            let count = merge.b;
            self.move_b(&mut merge, count);
        }
        self.put_back(merge);
        Next::Collapse
    }

    /// Fills the gap in the list with what is left in `temp`.
    fn put_back(&mut self, merge: Merge<V>) {
        let (at, from, count) = match merge.stage {
            MergeStage::Search(Search::TrimA | Search::TrimB, _) => return,
            MergeStage::Duel | MergeStage::Search(Search::GallopA | Search::GallopB, _) => {
                if merge.high {
                    (merge.low_end + merge.a, 0, merge.b)
                } else {
                    (merge.high_end - merge.b - merge.a, self.temp_keys.len() - merge.a, merge.a)
                }
            }
        };
        self.fetch(from, at, count);
    }

    /// Writes the next `count` of A.
    fn move_a(&mut self, merge: &mut Merge<V>, count: usize) {
        if merge.high {
            let to = merge.low_end + merge.a + merge.b - count;
            self.slide(merge.low_end + merge.a - count, to, count);
        } else {
            let to = merge.high_end - merge.b - merge.a;
            self.fetch(self.temp_keys.len() - merge.a, to, count);
        }
        merge.a -= count;
    }

    /// Writes the next `count` of B.
    fn move_b(&mut self, merge: &mut Merge<V>, count: usize) {
        if merge.high {
            let to = merge.low_end + merge.a + merge.b - count;
            self.fetch(merge.b - count, to, count);
        } else {
            let from = merge.high_end - merge.b;
            self.slide(from, from - merge.a, count);
        }
        merge.b -= count;
    }

    fn slide(&mut self, from: usize, to: usize, count: usize) {
        self.keys.copy_within(from..from + count, to);
        if let Some(values) = &mut self.values {
            values.copy_within(from..from + count, to);
        }
    }

    fn fetch(&mut self, from: usize, to: usize, count: usize) {
        self.keys[to..to + count].copy_from_slice(&self.temp_keys[from..from + count]);
        if let Some(values) = &mut self.values {
            values[to..to + count].copy_from_slice(&self.temp_values[from..from + count]);
        }
    }

    fn side(&self, temp: bool) -> &[V] {
        if temp { &self.temp_keys } else { &self.keys }
    }

    fn next_of_a(&self, merge: Merge<V>) -> V {
        if merge.high {
            self.keys[merge.low_end + merge.a - 1]
        } else {
            self.temp_keys[self.temp_keys.len() - merge.a]
        }
    }

    fn next_of_b(&self, merge: Merge<V>) -> V {
        if merge.high { self.temp_keys[merge.b - 1] } else { self.keys[merge.high_end - merge.b] }
    }
}

impl Insert {
    const fn middle(&self) -> usize {
        usize::midpoint(self.left, self.right)
    }
}

impl<V> Merge<V> {
    /// Whether the rest needs no comparison.  Of the run in `temp` the last element is known to be the
    /// last of all; none is left only if the answers contradict each other.
    const fn is_decided(&self) -> bool {
        let (in_list, in_temp) = if self.high { (self.a, self.b) } else { (self.b, self.a) };
        in_list == 0 || in_temp <= 1
    }
}

/// How long a run is to be at least: such that as many of them as a power of two, or a few less, make
/// the list, since even merges are the best.
fn min_run(len: usize) -> usize {
    let mut part = len;
    let mut carry = 0;
    while part >= MAX_MIN_RUN {
        carry |= part & 1;
        part >>= 1;
    }
    part + carry
}

/// The depth of the node between two neighbouring runs in an ideal tree of merges: how many bits the
/// middles of both, as fractions of the list, have in common, and one more.
fn power_between(start: usize, first: usize, second: usize, len: usize) -> u32 {
    // Twice the middles, so that they are whole numbers.
    let mut a = 2 * start + first;
    let mut b = a + first + second;
    let mut power = 0;
    loop {
        power += 1;
        if a >= len {
            a -= len;
            b -= len;
        } else if b >= len {
            return power;
        }
        a <<= 1;
        b <<= 1;
    }
}

/// Sorts with comparisons that need no Python.
pub fn sort_by<V: Copy>(
    keys: Vec<V>,
    values: Option<Vec<V>>,
    reverse: bool,
    mut less: impl FnMut(V, V) -> bool,
) -> Vec<V> {
    let mut sort = Sort::new(keys, values, reverse);
    let mut answer = None;
    while let SortStep::Compare(a, b) = sort.step(answer) {
        answer = Some(less(a, b));
    }
    sort.into_items()
}
