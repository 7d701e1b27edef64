//! Whether two values are equal, as far as that can be told without running any Python code or changing
//! anything: said beside an `is` that came out False.

use super::super::Machine;
use super::super::names;
use super::super::object::{Payload, types};
use super::super::value::{Handle, Kind, Value};

/// How deep containers are looked into, and how many items are compared in all: a hint may not cost more.
const DEPTH: usize = 8;
const ITEMS: usize = 500;

impl Machine {
    /// Whether `left == right`; `None` where Python code has a say, or it would take long.
    pub(super) fn values_equal(&self, left: Value, right: Value) -> Option<bool> {
        let mut left_over = ITEMS;
        self.equal_within(left, right, DEPTH, &mut left_over)
    }

    fn equal_within(&self, left: Value, right: Value, depth: usize, items: &mut usize) -> Option<bool> {
        let none = |value: Value| matches!(value.kind(), Kind::None | Kind::Ellipsis | Kind::NotImplemented);
        let is_plain = |value: Value| self.has_builtin_equality(self.heap.class_of(value));
        if !is_plain(left) || !is_plain(right) {
            return None;
        }
        if none(left) || none(right) {
            return Some(left == right);
        }
        if let Some(equal) =
            self.compare_numbers(super::super::protocol::compare::Comparison::Eq, left, right)
        {
            return Some(equal);
        }
        let (Some(one), Some(other)) = (left.handle(), right.handle()) else { return Some(false) };
        *items = items.checked_sub(1)?;
        let depth = depth.checked_sub(1)?;
        match (self.heap.payload(one), self.heap.payload(other)) {
            (Payload::Str(a), Payload::Str(b)) => Some(a.text == b.text),
            (Payload::Bytes(a), Payload::Bytes(b)) => Some(a[..] == b[..]),
            (Payload::Bytes(a), Payload::ByteArray(b)) => Some(a[..] == b[..]),
            (Payload::ByteArray(a), Payload::Bytes(b)) => Some(a[..] == b[..]),
            (Payload::ByteArray(a), Payload::ByteArray(b)) => Some(a[..] == b[..]),
            (Payload::List(a), Payload::List(b)) => self.all_equal(a, b, depth, items),
            (Payload::Tuple(a), Payload::Tuple(b)) => self.all_equal(a, b, depth, items),
            (Payload::Dict(a), Payload::Dict(b)) => {
                if a.len() != b.len() {
                    return Some(false);
                }
                for entry in a.iter() {
                    let mut stored = None;
                    for other in b.iter().filter(|other| other.hash == entry.hash) {
                        if self.item_equal(entry.key, other.key, depth, items)? {
                            stored = Some(other.value);
                            break;
                        }
                    }
                    let Some(stored) = stored else { return Some(false) };
                    if !self.item_equal(entry.value, stored, depth, items)? {
                        return Some(false);
                    }
                }
                Some(true)
            }
            (Payload::Set(a), Payload::Set(b)) => {
                if a.len() != b.len() {
                    return Some(false);
                }
                for (_, member) in a.iter() {
                    let mut is_there = false;
                    for (_, other) in b.iter() {
                        is_there = self.item_equal(member, other, depth, items)?;
                        if is_there {
                            break;
                        }
                    }
                    if !is_there {
                        return Some(false);
                    }
                }
                Some(true)
            }
            (Payload::Range(_), Payload::Range(_)) => Some(self.equal_ranges(one, other)),
            // object's own `__eq__`, or two types that know nothing of one another.
            _ => self.is_identity_only(left, right).then_some(false),
        }
    }

    fn all_equal(&self, left: &[Value], right: &[Value], depth: usize, items: &mut usize) -> Option<bool> {
        if left.len() != right.len() {
            return Some(false);
        }
        for (left, right) in left.iter().zip(right) {
            if !self.item_equal(*left, *right, depth, items)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// As containers compare their items.
    fn item_equal(&self, left: Value, right: Value, depth: usize, items: &mut usize) -> Option<bool> {
        *items = items.checked_sub(1)?;
        if left == right { Some(true) } else { self.equal_within(left, right, depth, items) }
    }

    /// Whether the `__eq__` of a type is not written in Python.
    fn has_builtin_equality(&self, class: Handle) -> bool {
        let method = self.heap.lookup(class, names::EQ);
        method.is_some_and(|method| self.heap.is_builtin_special(class, names::EQ, method))
    }

    /// Whether nothing but identity can make the two equal.
    fn is_identity_only(&self, left: Value, right: Value) -> bool {
        let by_identity = |value| self.is_default_equality(self.heap.class_of(value));
        let of_values = |value: Value| {
            let class = self.heap.class_of(value);
            [
                types::STR,
                types::BYTES,
                types::LIST,
                types::TUPLE,
                types::DICT,
                types::SET,
                types::INT,
                types::FLOAT,
            ]
            .contains(&class)
        };
        (by_identity(left) || of_values(left)) && (by_identity(right) || of_values(right))
    }

    /// Whether a type has object's own `__eq__`.
    pub(in crate::machine) fn is_default_equality(&self, class: Handle) -> bool {
        self.heap.lookup(class, names::EQ) == self.heap.lookup(types::OBJECT, names::EQ)
    }
}
