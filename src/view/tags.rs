//! Objects' tags: small numbers, given in the order in which objects are first shown.
//!
//! What must hold: an object has one tag for as long as anybody looks, whichever way one moves in time.
//! So a tag belongs to an identity that is the same in every state of a run: the serial of a number, or the
//! place of an object in the heap together with the step that made it, as places are used again.

use rustc_hash::FxHashMap;

use super::rows::Tag;
use crate::machine::heap::Heap;
use crate::machine::value::{Handle, Kind, Value};

/// What makes an object this object, in every state of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    /// One of the few objects there is exactly one of.
    Singleton(u8),
    /// A number that is no heap object.
    Number(u64),
    /// A heap object: its place, and the step that made it.
    Object(Handle, u64),
}

impl Identity {
    /// The identity of a value; of an object with the step that made it.
    pub const fn new(value: Value, born: Option<u64>) -> Self {
        match (value.kind(), value.serial()) {
            (Kind::Object(handle), _) => Self::Object(
                handle,
                match born {
                    Some(born) => born,
                    None => 0,
                },
            ),
            (_, Some(serial)) => Self::Number(serial.number()),
            (Kind::NotImplemented, None) => Self::Singleton(1),
            (Kind::Ellipsis, None) => Self::Singleton(2),
            (Kind::Bool(false), None) => Self::Singleton(3),
            (Kind::Bool(true), None) => Self::Singleton(4),
            (Kind::None | Kind::Int(_) | Kind::Float(_), None) => Self::Singleton(0),
        }
    }

    /// The identity of a value that is alive in `heap`.
    pub fn of(heap: &Heap, value: Value) -> Self {
        Self::new(value, value.handle().map(|handle| heap.get(handle).born))
    }
}

/// The tags given so far.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    given: FxHashMap<Identity, Tag>,
}

impl Tags {
    /// The tag of a value that is alive in `heap`.
    pub fn of(&mut self, heap: &Heap, value: Value) -> Tag {
        self.give(Identity::of(heap, value))
    }

    /// The tag of an object, alive or not.
    pub fn of_identity(&mut self, identity: Identity) -> Tag {
        self.give(identity)
    }

    /// The object with a tag.
    pub fn identity(&self, tag: Tag) -> Option<Identity> {
        self.given.iter().find(|(_, other)| **other == tag).map(|(identity, _)| *identity)
    }

    fn give(&mut self, identity: Identity) -> Tag {
        let next = Tag(self.given.len() as u64 + 1);
        *self.given.entry(identity).or_insert(next)
    }
}
