//! The room that the tree of one compilation lies in.
//!
//! A tree has tens of thousands of small nodes, which are made one after the other, in the order in which the
//! passes will walk over them, and given back all at once.  So they lie side by side, and to give them back
//! is to give back the room.

use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use bumpalo::Bump;
use bumpalo::collections::Vec as BumpVec;
use typed_arena::Arena as TypedArena;

use crate::code::Const;

/// Room for the nodes of a tree, its names and its constants.
#[derive(Default)]
pub struct Arena {
    nodes: Bump,
    // These own something, so that they have to be dropped.
    names: TypedArena<Rc<str>>,
    constants: TypedArena<Const>,
}

impl Arena {
    /// Puts a node into the arena.  It is never dropped, which is checked while this program is compiled.
    pub fn node<T>(&self, node: T) -> &mut T {
        const { assert!(!std::mem::needs_drop::<T>(), "what is never dropped must not own anything") };
        self.nodes.alloc(node)
    }

    /// A copy of a text in the arena.
    pub fn text(&self, text: &str) -> &str {
        self.nodes.alloc_str(text)
    }

    /// Puts a constant into the arena.
    pub fn constant(&self, value: Const) -> &Const {
        self.constants.alloc(value)
    }

    /// Puts the text of a name into the arena.
    pub fn name(&self, text: Rc<str>) -> &Rc<str> {
        self.names.alloc(text)
    }

    /// An empty list, which takes `room` nodes without being moved.
    pub fn list<T>(&self, room: usize) -> Growing<'_, T> {
        const { assert!(!std::mem::needs_drop::<T>(), "what is never dropped must not own anything") };
        Growing(BumpVec::with_capacity_in(room, &self.nodes))
    }

    /// The items of an iterator as a list.
    pub fn collect<T>(&self, items: impl IntoIterator<Item = T>) -> List<'_, T> {
        let items = items.into_iter();
        let mut list = self.list(items.size_hint().0);
        for item in items {
            list.push(item);
        }
        list.done()
    }
}

/// A list that is being written.
pub struct Growing<'a, T>(BumpVec<'a, T>);

impl<'a, T> Growing<'a, T> {
    /// Appends an item.
    pub fn push(&mut self, item: T) {
        self.0.push(item);
    }

    /// The list as it is to stay.
    pub fn done(self) -> List<'a, T> {
        List(self.0.into_bump_slice_mut())
    }
}

/// Nodes side by side in an [`Arena`].
#[derive(Debug)]
pub struct List<'a, T>(&'a mut [T]);

impl<T> List<'_, T> {
    /// Takes the first item off, if there is one.
    pub fn drop_first(&mut self) {
        if let Some((_, rest)) = std::mem::take(&mut self.0).split_first_mut() {
            self.0 = rest;
        }
    }
}

impl<T> Default for List<'_, T> {
    fn default() -> Self {
        Self(&mut [])
    }
}

impl<T> Deref for List<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0
    }
}

impl<T> DerefMut for List<'_, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.0
    }
}

impl<'a, T> IntoIterator for List<'a, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}

impl<'l, T> IntoIterator for &'l List<'_, T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'l, T> IntoIterator for &'l mut List<'_, T> {
    type Item = &'l mut T;
    type IntoIter = std::slice::IterMut<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_its_order_and_loses_its_first() {
        let arena = Arena::default();
        let mut list = arena.list(1);
        list.push(1);
        list.push(2);
        let mut list = list.done();
        assert_eq!(*list, [1, 2]);
        list.drop_first();
        assert_eq!(*list, [2]);
        list.drop_first();
        list.drop_first();
        assert!(list.is_empty());
        assert_eq!(*arena.collect(3..6), [3, 4, 5]);
    }
}
