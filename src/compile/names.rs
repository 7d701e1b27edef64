//! Identifiers, each text once in a compilation, so that to compare two is to compare two addresses.

use std::cell::RefCell;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::arena::Arena;

/// An identifier, in normal form NFKC; also what the compiler itself calls something, as `.0`.
///
/// Made by [`Names`] only: two of one compilation are equal if they are the same allocation. Their
/// order is that of their texts.
#[derive(Clone, Copy)]
pub struct Name<'a>(&'a Rc<str>);

impl Name<'_> {
    /// The text, shared.
    pub fn text(self) -> Rc<str> {
        Rc::clone(self.0)
    }

    fn address(self) -> *const Rc<str> {
        self.0
    }
}

impl Deref for Name<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.address() == other.address()
    }
}

impl Eq for Name<'_> {}

impl Hash for Name<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.address().hash(state);
    }
}

impl PartialOrd for Name<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(other.0)
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.0, f)
    }
}

impl fmt::Debug for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, f)
    }
}

/// Room for so many names from the start: most files have more, and would get there in steps.
const USUAL: usize = 100;

/// All names of one compilation, in the arena of its tree.
pub struct Names<'a> {
    arena: &'a Arena,
    /// Those that fit into a [`Short`], as almost all do.
    short: RefCell<FxHashMap<Short, Name<'a>>>,
    long: RefCell<FxHashMap<&'a str, Name<'a>>>,
}

/// A text of at most [`Short::MAX`] bytes as numbers, which are hashed and compared in no time.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Short {
    first: u64,
    last: u64,
    length: u8,
}

impl Short {
    const MAX: usize = 16;

    fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (first, last) =
            if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
                // Where there are fewer than sixteen, some are in both.
                (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
            } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
                (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
            } else {
                let all = bytes.iter().fold(0, |all, &byte| all << 8 | u64::from(byte));
                (all, 0)
            };
        (bytes.len() <= Self::MAX).then_some(Self { first, last, length: bytes.len() as u8 })
    }
}

impl<'a> Names<'a> {
    /// No names yet.
    pub fn new(arena: &'a Arena) -> Self {
        let short = FxHashMap::with_capacity_and_hasher(USUAL, FxBuildHasher);
        Self { arena, short: short.into(), long: RefCell::default() }
    }

    /// The arena that the names are in.
    pub fn arena(&self) -> &'a Arena {
        self.arena
    }

    /// The name with that text.
    pub fn get(&self, text: &str) -> Name<'a> {
        if let Some(short) = Short::of(text) {
            return *self.short.borrow_mut().entry(short).or_insert_with(|| self.new_name(text));
        }
        let mut long = self.long.borrow_mut();
        if let Some(name) = long.get(text) {
            return *name;
        }
        let name = self.new_name(text);
        long.insert(name.0, name);
        name
    }

    fn new_name(&self, text: &str) -> Name<'a> {
        Name(self.arena.name(text.into()))
    }
}

/// As long as there are so few names, looking at each is the fastest.
const FEW: usize = 16;

/// The places of names in a list that is kept elsewhere; small, as most lists are short.
#[derive(Clone, Debug, Default)]
pub struct Places<'a>(Option<Box<FxHashMap<Name<'a>, u32>>>);

impl<'a> Places<'a> {
    /// The place of `name` in `list`.
    pub fn find<T>(&self, list: &[T], name: Name<'a>, name_of: impl Fn(&T) -> Name<'a>) -> Option<usize> {
        if list.len() <= FEW {
            list.iter().position(|item| name_of(item) == name)
        } else {
            self.0.as_ref()?.get(&name).map(|&place| place as usize)
        }
    }

    /// Notes that the last item of `list` is new.
    pub fn appended<T>(&mut self, list: &[T], name_of: impl Fn(&T) -> Name<'a>) {
        if list.len() <= FEW {
            return;
        }
        // From the first one too many on all are noted.
        let places = self.0.get_or_insert_default();
        for (place, item) in list.iter().enumerate().skip(places.len()) {
            places.insert(name_of(item), place as u32);
        }
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        if let Some(places) = &mut self.0 {
            places.clear();
        }
    }

    /// Notes all items of `list` anew.
    pub fn renumbered<T>(&mut self, list: &[T], name_of: impl Fn(&T) -> Name<'a>) {
        self.clear();
        self.appended(list, name_of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_name() {
        let arena = Arena::default();
        let names = Names::new(&arena);
        assert_eq!(names.get("a"), names.get(&String::from("a")));
        assert_ne!(names.get("a"), names.get("b"));
        assert!(names.get("a") < names.get("b"));
    }

    #[test]
    fn texts_that_differ_have_different_names() {
        let arena = Arena::default();
        let names = Names::new(&arena);
        let long = "abababababababababab";
        let mut texts = vec!["é", "è", "ab\0", "\0ab", "abcdefgh", "hgfedcba"];
        texts.extend((0..=long.len()).map(|length| &long[..length]));
        texts.extend((1..long.len()).map(|start| &long[start..]).filter(|text| text.len() % 2 == 1));
        for (at, text) in texts.iter().enumerate() {
            assert_eq!(&*names.get(text), *text);
            for other in &texts[..at] {
                assert_ne!(names.get(text), names.get(other), "{text:?} {other:?}");
            }
        }
    }

    #[test]
    fn names_are_found_in_short_and_long_lists() {
        let arena = Arena::default();
        let names = Names::new(&arena);
        let (mut list, mut places) = (Vec::new(), Places::default());
        for number in 0..3 * FEW {
            let name = names.get(&number.to_string());
            assert_eq!(places.find(&list, name, |name| *name), None);
            list.push(name);
            places.appended(&list, |name| *name);
            for (place, name) in list.iter().enumerate() {
                assert_eq!(places.find(&list, *name, |name| *name), Some(place));
            }
        }
        list.remove(0);
        places.renumbered(&list, |name| *name);
        assert_eq!(places.find(&list, list[FEW], |name| *name), Some(FEW));
    }
}
