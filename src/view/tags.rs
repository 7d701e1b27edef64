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
enum Identity {
    /// One of the few objects there is exactly one of.
    Singleton(u8),
    /// A number that is no heap object.
    Number(u64),
    /// A heap object: its place, and the step that made it.
    Object(Handle, u64),
}

/// The tags given so far.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    given: FxHashMap<Identity, Tag>,
}

impl Tags {
    /// The tag of a value that is alive in `heap`.
    pub fn of(&mut self, heap: &Heap, value: Value) -> Tag {
        let identity = match (value.kind(), value.serial()) {
            (Kind::Object(handle), _) => Identity::Object(handle, heap.get(handle).born),
            (_, Some(serial)) => Identity::Number(serial.number()),
            (Kind::None, None) => Identity::Singleton(0),
            (Kind::NotImplemented, None) => Identity::Singleton(1),
            (Kind::Ellipsis, None) => Identity::Singleton(2),
            (Kind::Bool(value), None) => Identity::Singleton(3 + u8::from(value)),
            (Kind::Int(_) | Kind::Float(_), None) => return Tag(0),
        };
        self.give(identity)
    }

    /// The tag of a value that was alive at `step`, where that can still be told: the place of an object
    /// that is gone may belong to another by now.
    pub fn of_past(&mut self, heap: &Heap, value: Value, step: u64) -> Option<Tag> {
        match value.handle() {
            Some(handle) if is_gone(heap, handle, step) => {
                let known = self.given.iter().filter_map(|(identity, tag)| match identity {
                    Identity::Object(other, born) if *other == handle && *born <= step => Some((*born, *tag)),
                    Identity::Object(..) | Identity::Singleton(_) | Identity::Number(_) => None,
                });
                known.max_by_key(|(born, _)| *born).map(|(_, tag)| tag)
            }
            _ => Some(self.of(heap, value)),
        }
    }

    fn give(&mut self, identity: Identity) -> Tag {
        let next = Tag(self.given.len() as u64 + 1);
        *self.given.entry(identity).or_insert(next)
    }
}

/// Whether the object that was at a place at `step` is there no more.
fn is_gone(heap: &Heap, handle: Handle, step: u64) -> bool {
    handle.number() > heap.size() || heap.get(handle).is_free() || heap.get(handle).born > step
}
