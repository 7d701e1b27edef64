//! Random operations on dicts, whose comparisons, items and sizes CPython saw before us.

use serde::Deserialize;
use wordcode::machine::hash;
use wordcode::machine::table::{Dict, DictCursor, EntryIndex, Find, KeyKind, Question, Sameness};

use crate::support::{Digest, Expected, Random, expected};

#[derive(Deserialize)]
pub struct Run {
    pub how: String,
    pub evil: bool,
    #[serde(default)]
    pub strings: bool,
    pub keys: u64,
    pub operations: u64,
    pub seed: u64,
    #[serde(flatten)]
    pub expected: Expected,
}

#[derive(Deserialize)]
struct Dicts {
    runs: Vec<Run>,
    sizes: Vec<(usize, usize, usize)>,
}

/// A key is the number of its object; `value` and `kind` say what it is equal to.
#[derive(Clone, Copy)]
pub struct Key {
    value: u64,
    kind: KeyKind,
    pub hash: i64,
}

/// The numbers handed out for objects, the random numbers and the events.
pub struct World {
    how: String,
    strings: bool,
    pub evil: bool,
    pub random: Random,
    pub digest: Digest,
    keys: Vec<Key>,
    compared: u64,
    pub nested: bool,
}

/// What an `__eq__` does next.
pub struct Compared {
    pub equal: bool,
    pub meddle: bool,
}

impl World {
    pub fn new(run: &Run) -> Self {
        Self {
            how: run.how.clone(),
            strings: run.strings,
            evil: run.evil,
            random: Random(run.seed),
            digest: Digest::new(),
            keys: Vec::new(),
            compared: 0,
            nested: false,
        }
    }

    pub fn made(&self) -> u64 {
        self.keys.len() as u64
    }

    pub fn new_key(&mut self, value: u64) -> u64 {
        let key = if self.strings && !value.is_multiple_of(3) {
            Key { value, kind: KeyKind::Str, hash: hash::str(&format!("key {value}")) }
        } else {
            let spread = match self.how.as_str() {
                "plain" => value,
                "few" => value % 7,
                "high" => value << 40,
                "mixed" => (u128::from(value) * 0x9E37_79B9_7F4A_7C15 % (1 << 61)) as u64,
                "strides" => value * 64 + value % 3,
                other => panic!("no such spread: {other}"),
            };
            Key { value, kind: KeyKind::Other, hash: hash::int(spread as i64) }
        };
        self.keys.push(key);
        self.made() - 1
    }

    pub fn key(&self, key: u64) -> Key {
        self.keys[key as usize]
    }

    pub fn hash(&self, key: u64) -> i64 {
        self.key(key).hash
    }

    pub fn name(&self, key: u64) -> u64 {
        match self.key(key).kind {
            KeyKind::Str => (1 << 32) + self.key(key).value,
            KeyKind::Other => key,
        }
    }

    /// What is known without `__eq__`: two strings.
    pub fn known(&self, stored: u64, key: u64) -> Sameness {
        match (self.key(stored).kind, self.key(key).kind) {
            (KeyKind::Str, KeyKind::Str) => Sameness::from(self.key(stored).value == self.key(key).value),
            (KeyKind::Str, KeyKind::Other) | (KeyKind::Other, KeyKind::Str) => Sameness::Different,
            (KeyKind::Other, KeyKind::Other) => Sameness::Unknown,
        }
    }

    /// The `__eq__` of keys that are not strings.
    pub fn compare(&mut self, stored: u64, key: u64) -> Compared {
        self.digest.add(&[1, stored, key]);
        self.compared += 1;
        let meddle = self.evil && !self.nested && self.compared.is_multiple_of(7);
        Compared { equal: self.key(stored).value == self.key(key).value, meddle }
    }
}

/// Two dicts and what happens to them.
struct Dicts2 {
    world: World,
    dicts: [Dict<u64>; 2],
    keys: u64,
}

impl Dicts2 {
    fn find(&mut self, which: usize, key: u64) -> Option<EntryIndex> {
        let hash = self.world.hash(key);
        let mut asked: Option<(Question<u64, DictCursor>, bool)> = None;
        loop {
            let (dict, world) = (&self.dicts[which], &self.world);
            let known = |stored| world.known(stored, key);
            let found = match asked {
                None => dict.find(key, hash, known),
                Some((question, answer)) => dict.resume(key, hash, question, answer, known),
            };
            match found {
                Find::Found(at) => return Some(at),
                Find::Absent => return None,
                Find::Ask(question) => {
                    let compared = self.world.compare(question.key, key);
                    if compared.meddle {
                        self.meddle(question.key);
                    }
                    asked = Some((question, compared.equal));
                }
            }
        }
    }

    fn set(&mut self, which: usize, key: u64, value: u64) {
        let kind = self.world.key(key).kind;
        self.dicts[which].prepare_insert(kind);
        if let Some(at) = self.find(which, key) {
            assert!(self.dicts[which].replace(at, value).is_some());
        } else {
            let hash = self.world.hash(key);
            let at = self.dicts[which].insert_absent(kind, key, hash, value);
            assert_eq!(self.dicts[which].entry(at).map(|entry| entry.key), Some(key));
        }
    }

    fn pop(&mut self, which: usize, key: u64) -> u64 {
        match self.find(which, key) {
            Some(at) => self.dicts[which].remove(at).expect("it was found").value,
            None => u64::MAX,
        }
    }

    fn meddle(&mut self, stored: u64) {
        self.world.nested = true;
        let which = self.world.random.below(2) as usize;
        match self.world.random.below(4) {
            0 => {
                self.pop(which, stored);
            }
            1 => {
                let key = self.world.new_key(1000 + self.world.made());
                self.set(which, key, 1);
            }
            2 => self.dicts[which].clear(),
            _ => {
                let value = self.world.random.below(self.keys);
                let key = self.world.new_key(value);
                self.set(which, key, 2);
            }
        }
        self.world.nested = false;
    }

    /// `self[which].update(other)`, which CPython gives up when the other dict changes under it.
    fn update(&mut self, which: usize, other: usize) {
        let source = self.dicts[other].clone();
        if self.dicts[which].prepare_update(&source) {
            return;
        }
        for entry in source.iter() {
            self.set(which, entry.key, entry.value);
            let now = &self.dicts[other];
            if now.len() != source.len() || now.end() != source.end() {
                self.world.digest.add(&[5]);
                return;
            }
        }
    }

    /// Replaces a dict by a new one that was updated with it.
    fn update_new(&mut self, which: usize) {
        let source = std::mem::take(&mut self.dicts[which]);
        if !self.dicts[which].prepare_update(&source) {
            for entry in source.iter() {
                self.set(which, entry.key, entry.value);
            }
        }
    }

    fn operate(&mut self, number: u64) {
        let which = self.world.random.below(2) as usize;
        let choice = self.world.random.below(100);
        if choice < 85 {
            let value = self.world.random.below(self.keys);
            let key = self.world.new_key(value);
            if choice < 50 {
                self.set(which, key, number);
            } else if choice < 70 {
                let value = self.pop(which, key);
                self.world.digest.add(&[2, value]);
            } else {
                let found = self.find(which, key).and_then(|at| self.dicts[which].entry(at));
                self.world.digest.add(&[3, found.map_or(u64::MAX, |entry| entry.value)]);
            }
        } else if choice < 91 {
            if let Some(entry) = self.dicts[which].pop_last() {
                self.world.digest.add(&[4, self.world.name(entry.key), entry.value]);
            }
        } else if choice < 94 {
            match self.dicts[which].copy() {
                Some(copy) => self.dicts[which] = copy,
                None => self.update_new(which),
            }
        } else if choice < 97 {
            self.update_new(which);
        } else if choice < 99 {
            self.update(which, 1 - which);
        } else if self.world.random.below(10) == 0 {
            self.dicts[which].clear();
        }
        self.observe(which, number.is_multiple_of(50 + self.keys));
    }

    fn observe(&mut self, which: usize, items: bool) {
        let dict = &self.dicts[which];
        self.world.digest.add(&[6, dict.len() as u64, dict.size_in_cpython() as u64]);
        if !items {
            return;
        }
        let mut place = EntryIndex::FIRST;
        while let Some((at, entry)) = dict.next_entry(place) {
            self.world.digest.add(&[7, self.world.name(entry.key), entry.value]);
            place = at.next();
        }
        place = dict.end();
        while let Some((at, entry)) = dict.previous_entry(place) {
            self.world.digest.add(&[8, self.world.name(entry.key)]);
            place = at;
        }
    }
}

#[test]
fn dicts_compare_and_keep_order_as_cpython() {
    let Dicts { runs, .. } = expected("dicts");
    assert!(!runs.is_empty());
    for run in runs {
        let mut dicts = Dicts2 { world: World::new(&run), dicts: [Dict::new(), Dict::new()], keys: run.keys };
        for number in 0..run.operations {
            dicts.operate(number);
        }
        assert_eq!(dicts.world.digest.result(), run.expected, "{} seed {}", run.how, run.seed);
    }
}

#[test]
fn tables_have_cpythons_sizes() {
    let Dicts { sizes, .. } = expected("dicts");
    for (len, grown, presized) in sizes {
        let mut dict = Dict::new();
        let mut from_keys = Dict::new();
        from_keys.presize(len, KeyKind::Other);
        let mut display = Dict::with_capacity(len, KeyKind::Other);
        for key in 0..len as i64 {
            for dict in [&mut dict, &mut from_keys, &mut display] {
                dict.insert_absent(KeyKind::Other, key, hash::int(key), key);
            }
        }
        assert_eq!((dict.size_in_cpython(), from_keys.size_in_cpython()), (grown, presized), "{len} items");
        assert_eq!(display.iter().collect::<Vec<_>>(), dict.iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_clone_does_not_see_later_changes() {
    let mut dict = Dict::new();
    for key in 0..20_i64 {
        dict.insert_absent(KeyKind::Other, key, key, key);
    }
    let before = dict.clone();
    dict.replace(EntryIndex::FIRST, 99);
    dict.remove(EntryIndex::FIRST.next());
    assert_eq!(before.len(), 20);
    assert_eq!(before.entry(EntryIndex::FIRST).map(|entry| entry.value), Some(0));
    assert_eq!(dict.len(), 19);
    assert!(dict.version() > before.version());
}

#[test]
fn stale_places_do_no_harm() {
    let mut dict = Dict::new();
    let at = dict.insert_absent(KeyKind::Str, 1_u64, 1, 1);
    assert!(dict.remove(at).is_some());
    assert!(dict.remove(at).is_none());
    assert!(dict.replace(at, 2).is_none());
    dict.clear();
    assert!(dict.entry(at).is_none());
    assert_eq!(dict.len(), 0);
    assert!(size_of::<Dict<u128>>() <= 40);
}
