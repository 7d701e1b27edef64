//! Random operations on sets, whose comparisons and orders CPython saw before us.

use serde::Deserialize;
use wordcode::machine::hash;
use wordcode::machine::table::{Find, FindToAdd, Question, Sameness, Set, SetCursor, SlotIndex, Vacancy};

use crate::dict::{Run, World};
use crate::support::{Digest, Expected, expected};

/// Items and the order in which a set of them iterates.
#[derive(Deserialize)]
#[serde(untagged)]
enum Order {
    Numbers(Vec<i64>, Vec<i64>),
    Words(Vec<String>, Vec<String>),
}

#[derive(Deserialize)]
struct Sets {
    runs: Vec<Run>,
    orders: Vec<Order>,
    large: Vec<(i64, usize, usize, Expected)>,
}

/// Two sets and what happens to them.
struct TwoSets {
    world: World,
    sets: [Set<u64>; 2],
    keys: u64,
}

/// Which set an operation works on: one of the two, or one in the making.
#[derive(Clone, Copy)]
enum Target<'a> {
    Which(usize),
    Other(&'a Set<u64>),
}

impl TwoSets {
    fn fresh(&mut self) -> u64 {
        let value = self.world.random.below(self.keys);
        self.world.new_key(value)
    }

    fn fresh_list(&mut self) -> Vec<u64> {
        // In the order in which Python evaluates `[fresh() for _ in range(random.below(10))]`.
        let count = self.world.random.below(10);
        (0..count).map(|_| self.fresh()).collect()
    }

    fn answer(&mut self, question: Question<u64, SetCursor>, key: u64) -> bool {
        let compared = self.world.compare(question.key, key);
        if compared.meddle {
            self.meddle(question.key);
        }
        compared.equal
    }

    fn find_in(&mut self, target: Target, key: u64) -> Option<SlotIndex> {
        let hash = self.world.hash(key);
        let ask = |_| Sameness::Unknown;
        let mut asked = None;
        loop {
            let set = match target {
                Target::Which(which) => &self.sets[which],
                Target::Other(set) => set,
            };
            let found = match asked {
                None => set.find(key, hash, ask),
                Some((question, answer)) => set.resume(key, hash, question, answer, ask),
            };
            match found {
                Find::Found(at) => return Some(at),
                Find::Absent => return None,
                Find::Ask(question) => asked = Some((question, self.answer(question, key))),
            }
        }
    }

    fn contains(&mut self, set: &Set<u64>, key: u64) -> bool {
        self.find_in(Target::Other(set), key).is_some()
    }

    fn add(&mut self, which: usize, key: u64) {
        let hash = self.world.hash(key);
        let ask = |_| Sameness::Unknown;
        let mut asked = None;
        loop {
            let set = &self.sets[which];
            let found = match asked {
                None => set.find_to_add(key, hash, ask),
                Some((question, answer)) => set.resume_to_add(key, hash, question, answer, ask),
            };
            match found {
                FindToAdd::Found => return,
                FindToAdd::Vacant(at) => return self.sets[which].add(at, key, hash),
                FindToAdd::Ask(question) => asked = Some((question, self.answer(question, key))),
            }
        }
    }

    fn discard(&mut self, which: usize, key: u64) -> bool {
        let at = self.find_in(Target::Which(which), key);
        at.is_some_and(|at| self.sets[which].remove(at).is_some())
    }

    fn meddle(&mut self, stored: u64) {
        self.world.nested = true;
        let which = self.world.random.below(2) as usize;
        match self.world.random.below(4) {
            0 => {
                self.discard(which, stored);
            }
            1 => {
                let key = self.world.new_key(1000 + self.world.made());
                self.add(which, key);
            }
            2 => self.sets[which].clear(),
            _ => {
                let key = self.fresh();
                self.add(which, key);
            }
        }
        self.world.nested = false;
    }

    fn merge(&mut self, which: usize, other: &Set<u64>) {
        if !self.sets[which].prepare_merge(other) {
            for (_, key) in other.iter() {
                self.add(which, key);
            }
        }
    }

    /// Does `make` with the set replaced by a new one, and gives it the old one.
    fn renew(&mut self, which: usize, make: impl FnOnce(&mut Self, Set<u64>)) {
        let old = std::mem::take(&mut self.sets[which]);
        make(self, old);
    }

    fn intersection(&mut self, which: usize, a: &Set<u64>, b: &Set<u64>) {
        let (walked, probed) = if b.len() > a.len() { (a, b) } else { (b, a) };
        for (_, key) in walked.iter() {
            if self.contains(probed, key) {
                self.add(which, key);
            }
        }
    }

    fn difference_update(&mut self, which: usize, other: &Set<u64>) {
        let common;
        let mut walked = other;
        if other.len() / 8 > self.sets[which].len() {
            let set = std::mem::take(&mut self.sets[which]);
            self.intersection(which, &set, other);
            common = std::mem::replace(&mut self.sets[which], set);
            walked = &common;
        }
        for (_, key) in walked.iter() {
            self.discard(which, key);
        }
        self.sets[which].drop_dummies();
    }

    fn difference(&mut self, which: usize, other: &Set<u64>) {
        if self.sets[which].len() / 4 > other.len() {
            self.sets[which] = self.sets[which].copy();
            return self.difference_update(which, other);
        }
        self.renew(which, |sets, old| {
            for (_, key) in old.iter() {
                if !sets.contains(other, key) {
                    sets.add(which, key);
                }
            }
        });
    }

    fn symmetric_difference_update(&mut self, which: usize, other: &Set<u64>) {
        for (_, key) in other.iter() {
            if !self.discard(which, key) {
                self.add(which, key);
            }
        }
    }

    fn is_subset(&mut self, a: &Set<u64>, b: &Set<u64>) -> bool {
        a.len() <= b.len() && a.iter().all(|(_, key)| self.contains(b, key))
    }

    fn is_disjoint(&mut self, a: &Set<u64>, b: &Set<u64>) -> bool {
        let (walked, probed) = if b.len() > a.len() { (a, b) } else { (b, a) };
        !walked.iter().any(|(_, key)| self.contains(probed, key))
    }

    fn operate(&mut self, number: u64) {
        let which = self.world.random.below(2) as usize;
        match self.world.random.below(100) {
            0..40 => {
                let key = self.fresh();
                self.add(which, key);
            }
            40..60 => {
                let key = self.fresh();
                self.discard(which, key);
            }
            60..70 => {
                let key = self.fresh();
                let found = self.find_in(Target::Which(which), key).is_some();
                self.world.digest.add(&[2, found.into()]);
            }
            70..75 => {
                if let Some(key) = self.sets[which].pop() {
                    self.world.digest.add(&[3, key]);
                }
            }
            _ if self.world.evil => {}
            choice => self.operate_on_both(which, choice),
        }
        let set = &self.sets[which];
        self.world.digest.add(&[5, set.len() as u64, set.size_in_cpython() as u64]);
        if number.is_multiple_of(5 + self.keys / 8) {
            let mut place = SlotIndex::FIRST;
            while let Some((at, hash, key)) = self.sets[which].next(place) {
                assert_eq!(hash, self.world.hash(key));
                self.world.digest.add(&[6, key]);
                place = at.next();
            }
        }
    }

    fn operate_on_both(&mut self, which: usize, choice: u64) {
        let other = self.sets[1 - which].clone();
        match choice {
            75..77 => self.sets[which] = self.sets[which].copy(),
            77..79 => self.merge(which, &other),
            79..81 => {
                self.sets[which] = self.sets[which].copy();
                self.merge(which, &other);
            }
            81..83 => self.renew(which, |sets, old| sets.intersection(which, &old, &other)),
            83..85 => {
                let mut old = self.sets[which].clone();
                self.renew(which, |sets, old| sets.intersection(which, &old, &other));
                old.take_over(std::mem::take(&mut self.sets[which]));
                self.sets[which] = old;
            }
            85..87 => self.difference_update(which, &other),
            87..89 => self.difference(which, &other),
            89..91 => self.symmetric_difference_update(which, &other),
            91..93 => self.renew(which, |sets, old| {
                sets.merge(which, &other);
                sets.symmetric_difference_update(which, &old);
            }),
            93..95 => {
                let set = self.sets[which].clone();
                let subset = self.is_subset(&set, &other);
                let disjoint = self.is_disjoint(&set, &other);
                let equal = set.len() == other.len() && self.is_subset(&set, &other);
                self.world.digest.add(&[4, subset.into(), disjoint.into(), equal.into()]);
            }
            95..97 => self.update_with_dict(which),
            97 => {
                let list = self.fresh_list();
                self.renew(which, |sets, old| {
                    for key in list {
                        if sets.contains(&old, key) {
                            sets.add(which, key);
                            if sets.sets[which].len() >= old.len() {
                                break;
                            }
                        }
                    }
                });
            }
            98 => {
                let list = self.fresh_list();
                self.sets[which] = self.sets[which].copy();
                for key in list {
                    self.discard(which, key);
                }
                self.sets[which].drop_dummies();
            }
            _ => {
                if self.world.random.below(10) == 0 {
                    self.sets[which].clear();
                }
            }
        }
    }

    /// `s.update({fresh(): None, …})`; the keys of the dict are compared as they come in.
    fn update_with_dict(&mut self, which: usize) {
        use wordcode::machine::table::{Dict, KeyKind};
        let mut dict: Dict<u64> = Dict::new();
        for _ in 0..self.world.random.below(10) {
            let key = self.fresh();
            let hash = self.world.hash(key);
            let found = dict.find(key, hash, |stored| self.world.compare(stored, key).equal.into());
            if found == Find::Absent {
                dict.insert_absent(KeyKind::Other, key, hash, 0);
            }
        }
        self.sets[which].reserve(dict.len());
        for entry in dict.iter() {
            self.add(which, entry.key);
        }
    }
}

/// Adds what no program can compare.
fn add_plain<V: Copy + Eq>(set: &mut Set<V>, key: V, hash: i64) {
    match set.find_to_add(key, hash, |_| Sameness::Different) {
        FindToAdd::Found => {}
        FindToAdd::Vacant(at) => set.add(at, key, hash),
        FindToAdd::Ask(_) => unreachable!("the answer is always known"),
    }
}

fn order_of<T: Copy + Eq>(items: &[T], hash: impl Fn(T) -> i64) -> Vec<T> {
    let mut set = Set::new();
    for &item in items {
        add_plain(&mut set, item, hash(item));
    }
    set.iter().map(|(_, key)| key).collect()
}

#[test]
fn sets_compare_and_keep_order_as_cpython() {
    let Sets { runs, .. } = expected("sets");
    assert!(!runs.is_empty());
    for run in runs {
        let mut sets = TwoSets { world: World::new(&run), sets: [Set::new(), Set::new()], keys: run.keys };
        for number in 0..run.operations {
            sets.operate(number);
        }
        assert_eq!(sets.world.digest.result(), run.expected, "{} seed {}", run.how, run.seed);
    }
}

#[test]
fn sets_of_numbers_and_words_iterate_as_in_cpython() {
    let Sets { orders, .. } = expected("sets");
    assert!(orders.len() > 100);
    for order in orders {
        match order {
            Order::Numbers(items, order) => assert_eq!(order_of(&items, hash::int), order),
            Order::Words(items, order) => {
                let items: Vec<&str> = items.iter().map(String::as_str).collect();
                assert_eq!(order_of(&items, hash::str), order);
            }
        }
    }
}

#[test]
fn large_sets_grow_as_in_cpython() {
    let Sets { large, .. } = expected("sets");
    for (count, size, copy_size, digest) in large {
        let mut set = Set::new();
        for number in 0..count {
            let key = number * 7919 % 1_000_003;
            add_plain(&mut set, key, hash::int(key));
        }
        let copy = set.copy();
        assert_eq!((set.size_in_cpython(), copy.size_in_cpython()), (size, copy_size));
        let mut seen = Digest::new();
        for (_, key) in set.iter().chain(copy.iter()) {
            seen.add(&[key as u64]);
        }
        assert_eq!(seen.result(), digest);
    }
}

#[test]
fn a_stale_vacancy_loses_no_key() {
    let mut set = Set::new();
    let vacancy = |set: &Set<u64>, key: u64| -> Vacancy {
        match set.find_to_add(key, 8, |_| Sameness::Different) {
            FindToAdd::Vacant(at) => at,
            other => panic!("{key} should not be there: {other:?}"),
        }
    };
    let at = vacancy(&set, 1);
    set.add(at, 1, 8);
    set.add(at, 2, 8);
    set.add(at, 2, 8);
    assert_eq!(set.iter().map(|(_, key)| key).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(set.len(), 2);
}
