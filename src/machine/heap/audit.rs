//! The audit: every reference count counted anew from what holds what.

use thiserror::Error;

use super::{Handle, Heap, IMMORTAL};
use crate::machine::value::Value;

/// A count that is wrong: a fault of the program, never of the user's.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum AuditError {
    /// The count of a live object differs from the number of places that hold it.
    #[error("{handle:?} ({class}) is counted {counted} times and held {held} times")]
    Count {
        /// The object.
        handle: Handle,
        /// The name of its type.
        class: String,
        /// What the heap counted.
        counted: u32,
        /// What the audit found.
        held: u32,
    },
    /// Something holds an object that has been released.
    #[error("{handle:?} was released and is still held {held} times")]
    Dangling {
        /// The place in the arena.
        handle: Handle,
        /// How many places hold it.
        held: u32,
    },
}

impl Heap {
    /// Compares every count with the places that hold the object: other objects, and the `roots`.
    pub(in crate::machine) fn audit(&self, roots: impl IntoIterator<Item = Value>) -> Result<(), AuditError> {
        let mut held = vec![0u32; self.counts.len()];
        let mut hold = |value: Value| {
            if let Some(handle) = value.handle() {
                held[handle.index()] += 1;
            }
        };
        for (_, object) in self.objects() {
            object.each_value(&mut hold);
        }
        roots.into_iter().for_each(&mut hold);
        self.finalize.iter().for_each(|handle| hold(Value::object(*handle)));
        for number in 1..=self.size() {
            let handle = Handle::new(number);
            let (counted, held) = (self.counts[handle.index()], held[handle.index()]);
            let object = self.get(handle);
            if object.is_free() {
                if held > 0 {
                    return Err(AuditError::Dangling { handle, held });
                }
            } else if counted != IMMORTAL && counted != held {
                let class =
                    self.type_of(object.class).map_or_else(String::new, |class| class.name.to_string());
                return Err(AuditError::Count { handle, class, counted, held });
            }
        }
        Ok(())
    }
}
