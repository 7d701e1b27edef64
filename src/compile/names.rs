//! Identifiers, each text once in a compilation, so that to compare two is to compare two addresses.

use std::cell::RefCell;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

/// An identifier, in normal form NFKC; also what the compiler itself calls something, as `.0`.
///
/// Made by [`Names`] only: two of one compilation are equal if they are the same allocation. Their
/// order is that of their texts.
#[derive(Clone)]
pub struct Name(Rc<str>);

impl Name {
    /// The text, shared.
    pub fn text(&self) -> Rc<str> {
        Rc::clone(&self.0)
    }

    fn address(&self) -> *const u8 {
        Rc::as_ptr(&self.0).cast()
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<Name> for Rc<str> {
    fn from(name: Name) -> Self {
        name.0
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.address() == other.address()
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.address().hash(state);
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// All names of one compilation.
#[derive(Debug, Default)]
pub struct Names(RefCell<FxHashSet<Rc<str>>>);

impl Names {
    /// The name with that text.
    pub fn get(&self, text: &str) -> Name {
        let mut known = self.0.borrow_mut();
        if let Some(name) = known.get(text) {
            return Name(Rc::clone(name));
        }
        let name: Rc<str> = text.into();
        known.insert(Rc::clone(&name));
        Name(name)
    }
}

/// As long as there are so few names, looking at each is the fastest.
const FEW: usize = 8;

/// The places of names in a list that is kept elsewhere; small, as most lists are short.
#[derive(Clone, Debug, Default)]
pub struct Places(Option<Box<FxHashMap<Name, u32>>>);

impl Places {
    /// The place of `name` in `list`.
    pub fn find<T>(&self, list: &[T], name: &Name, name_of: impl Fn(&T) -> &Name) -> Option<usize> {
        if list.len() <= FEW {
            list.iter().position(|item| name_of(item) == name)
        } else {
            self.0.as_ref()?.get(name).map(|&place| place as usize)
        }
    }

    /// Notes that the last item of `list` is new.
    pub fn appended<T>(&mut self, list: &[T], name_of: impl Fn(&T) -> &Name) {
        if list.len() <= FEW {
            return;
        }
        // From the first one too many on all are noted.
        let places = self.0.get_or_insert_default();
        for (place, item) in list.iter().enumerate().skip(places.len()) {
            places.insert(name_of(item).clone(), place as u32);
        }
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        if let Some(places) = &mut self.0 {
            places.clear();
        }
    }

    /// Notes all items of `list` anew.
    pub fn renumbered<T>(&mut self, list: &[T], name_of: impl Fn(&T) -> &Name) {
        self.clear();
        self.appended(list, name_of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_name() {
        let names = Names::default();
        assert_eq!(names.get("a"), names.get(&String::from("a")));
        assert_ne!(names.get("a"), names.get("b"));
        assert!(names.get("a") < names.get("b"));
    }

    #[test]
    fn names_are_found_in_short_and_long_lists() {
        let names = Names::default();
        let (mut list, mut places) = (Vec::new(), Places::default());
        for number in 0..3 * FEW {
            let name = names.get(&number.to_string());
            assert_eq!(places.find(&list, &name, |name| name), None);
            list.push(name);
            places.appended(&list, |name| name);
            for (place, name) in list.iter().enumerate() {
                assert_eq!(places.find(&list, name, |name| name), Some(place));
            }
        }
        list.remove(0);
        places.renumbered(&list, |name| name);
        assert_eq!(places.find(&list, &list[FEW], |name| name), Some(FEW));
    }
}
