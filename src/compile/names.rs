//! Identifiers, each text once in a compilation, so that to compare two is to compare two addresses.

use std::cell::RefCell;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::FxHashMap;

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

/// All names of one compilation, in the arena of its tree.
pub struct Names<'a> {
    arena: &'a Arena,
    known: RefCell<FxHashMap<&'a str, Name<'a>>>,
}

impl<'a> Names<'a> {
    /// No names yet.
    pub fn new(arena: &'a Arena) -> Self {
        Self { arena, known: RefCell::default() }
    }

    /// The arena that the names are in.
    pub fn arena(&self) -> &'a Arena {
        self.arena
    }

    /// The name with that text.
    pub fn get(&self, text: &str) -> Name<'a> {
        let mut known = self.known.borrow_mut();
        if let Some(name) = known.get(text) {
            return *name;
        }
        let text = self.arena.name(text.into());
        known.insert(text, Name(text));
        Name(text)
    }
}

/// As long as there are so few names, looking at each is the fastest.
const FEW: usize = 8;

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
