//! What `match` asks of its subject.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::native::{MatchClass, MatchKeys};
use super::super::object::class::Collection;
use super::super::object::types;
use super::super::value::{Handle, Value};

/// Types whose instances a pattern in brackets may match, with those derived from them.
const SEQUENCES: [Handle; 6] =
    [types::LIST, types::TUPLE, types::RANGE, types::DEQUE, types::MEMORY_VIEW, types::ARRAY];
/// The same for a pattern in braces.
const MAPPINGS: [Handle; 3] = [types::DICT, types::MAPPING_PROXY, types::FRAME_LOCALS];
/// Types whose class pattern binds the subject itself to its one positional sub-pattern.
const MATCH_SELF: [Handle; 11] = [
    types::BOOL,
    types::BYTEARRAY,
    types::BYTES,
    types::DICT,
    types::FLOAT,
    types::FROZENSET,
    types::INT,
    types::LIST,
    types::SET,
    types::STR,
    types::TUPLE,
];

impl Machine {
    /// Whether a pattern in braces may match it.
    pub fn is_mapping(&self, subject: Value) -> bool {
        self.collection_of(self.heap.class_of(subject)) == Some(Collection::Mapping)
    }

    /// Whether a pattern in brackets may match it.
    pub fn is_sequence(&self, subject: Value) -> bool {
        self.collection_of(self.heap.class_of(subject)) == Some(Collection::Sequence)
    }

    /// What the instances of a class are to `match`: what the first class of its MRO that says something says, a
    /// builtin type or one that an abstract base class speaks for.
    pub(in crate::machine) fn collection_of(&self, class: Handle) -> Option<Collection> {
        self.heap.class(class).mro.iter().find_map(|class| {
            if MAPPINGS.contains(class) {
                Some(Collection::Mapping)
            } else if SEQUENCES.contains(class) {
                Some(Collection::Sequence)
            } else {
                self.heap.class(*class).collection
            }
        })
    }

    /// Whether a class pattern of `class` binds the subject itself.
    pub(in crate::machine) fn matches_self(&self, class: Handle) -> bool {
        MATCH_SELF.iter().any(|known| self.heap.is_subclass(class, *known))
    }

    /// The tuple of the values of `keys`, or None if one is missing.
    pub fn match_keys(&mut self, subject: Value, keys: Value) -> Eval {
        let task = MatchKeys::new(self, subject, keys)?;
        self.begin(task)
    }

    /// The tuple of the attributes that a class pattern names, or None if it does not match.
    pub fn match_class(&mut self, subject: Value, class: Value, names: Value, positional: usize) -> Eval {
        let Some(handle) = class.handle().filter(|_| self.is_class(class)) else {
            return Err(self.type_error("called match pattern must be a class"));
        };
        self.begin(MatchClass::new(subject, handle, names, positional))
    }
}
