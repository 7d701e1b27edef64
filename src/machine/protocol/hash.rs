//! Hashing.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Eval;
use super::super::hash;
use super::super::names;
use super::super::native::{HashItems, HashResult};
use super::super::number::IntRef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Kind, Value};
use super::number::Number;

/// How deep tuples are hashed within one step.
const PURE_DEPTH: usize = 16;

impl Machine {
    /// `hash(value)`: an int.
    pub fn hash(&mut self, value: Value) -> Eval {
        if let Some(hash) = self.hash_atom(value) {
            return Ok(self.heap.int(hash).into());
        }
        let class = self.heap.class_of(value);
        let Some(method) = self.heap.lookup(class, names::HASH) else {
            return Err(self.unhashable(value));
        };
        if method.is_none() {
            return Err(self.unhashable(value));
        }
        if self.heap.is_builtin_special(class, names::HASH, method) {
            return self.builtin_hash(value);
        }
        self.begin(HashResult::new(method, value))
    }

    /// The hash of a value that needs no Python code and cannot fail; `None` for all others.
    #[inline]
    pub(in crate::machine) fn hash_atom(&self, value: Value) -> Option<i64> {
        self.hash_deep(value, PURE_DEPTH)
    }

    fn hash_deep(&self, value: Value, depth: usize) -> Option<i64> {
        match value.kind() {
            Kind::None => Some(hash::NONE),
            Kind::NotImplemented | Kind::Ellipsis => Some(hash::pointer(self.identity(value))),
            Kind::Bool(value) => Some(value.into()),
            Kind::Int(value) => Some(hash::int(value)),
            Kind::Float(float) => Some(hash::float(float, self.identity(value))),
            Kind::Object(handle) => {
                let object = self.heap.get(handle);
                match object.payload() {
                    Payload::Str(text) if object.class == types::STR => Some(text.hash()),
                    Payload::Bytes(bytes) if object.class == types::BYTES => Some(hash::bytes(bytes)),
                    Payload::Int(value) if object.class == types::INT => Some(hash::big_int(value)),
                    Payload::Complex(real, imag) if object.class == types::COMPLEX => {
                        Some(hash::complex(real.0, imag.0, self.identity(value)))
                    }
                    Payload::Tuple(items) if object.class == types::TUPLE && depth > 0 => {
                        if let Some(hash) = self.heap.kept_hash(handle) {
                            return Some(hash);
                        }
                        let mut tuple = hash::TupleHash::new(items.len());
                        for item in items {
                            tuple.add(self.hash_deep(*item, depth - 1)?);
                        }
                        Some(tuple.finish())
                    }
                    Payload::Function(_) | Payload::Class(_) if self.heap.class(object.class).builtin => {
                        Some(hash::pointer(self.identity(value)))
                    }
                    _ => None,
                }
            }
        }
    }

    /// What the `__hash__` of a builtin type gives; `value` may be an instance of a subclass.
    pub(in crate::machine) fn builtin_hash(&mut self, value: Value) -> Eval {
        if let Some(hash) = self.ask_itself(value, names::HASH, Args::default()) {
            return hash;
        }
        if let Some(method) = self.own_special(value, names::HASH) {
            return self.call_method(method, value, Args::default());
        }
        let identity = self.identity(value);
        let number = self.heap.number(value).map(|number| match number {
            Number::Int(IntRef::Small(value)) => hash::int(value),
            Number::Int(IntRef::Big(value)) => hash::big_int(value),
            Number::Float(value) => hash::float(value, identity),
            Number::Complex(value) => hash::complex(value.real, value.imag, identity),
        });
        if let Some(hash) = number {
            return Ok(self.heap.int(hash).into());
        }
        let hash = match self.heap.payload_of(value) {
            Some(Payload::Str(text)) => text.hash(),
            Some(Payload::Bytes(bytes)) => hash::bytes(bytes),
            Some(Payload::Set(set)) => set.frozenset_hash(),
            Some(Payload::Tuple(items)) => {
                if let Some(hash) = value.handle().and_then(|tuple| self.heap.kept_hash(tuple)) {
                    return Ok(self.heap.int(hash).into());
                }
                let items = items.to_vec();
                return self.begin(HashItems::tuple(value, items));
            }
            Some(Payload::Slice(parts)) => {
                let items = parts.to_vec();
                return self.begin(HashItems::slice(value, items));
            }
            Some(Payload::Range(_)) => {
                let key = self.range_hash_key(value);
                return self.hash(key);
            }
            Some(Payload::GenericAlias(origin, args, ..) | Payload::UnpackedAlias(origin, args, ..)) => {
                let items = vec![*origin, *args];
                return self.begin(HashItems::tuple(value, items));
            }
            Some(Payload::MappingProxy(mapping)) => return self.hash(*mapping),
            // Code that is equal hashes alike; the number is not CPython's.
            Some(Payload::Code(code)) => {
                hash::bytes(&code.code.code) ^ hash::str(&code.code.name) ^ i64::from(code.code.firstlineno)
            }
            Some(Payload::Union(_)) => return self.union_hash(value),
            Some(Payload::Method { function, receiver }) => {
                let (function, receiver) = (self.identity(*function), self.identity(*receiver));
                hash::pointer(receiver) ^ hash::pointer(function)
            }
            _ => hash::pointer(identity),
        };
        Ok(self.heap.int(if hash == -1 { -2 } else { hash }).into())
    }

    /// The number that stands for an object's address: `id()` gives it, and identity hashes follow from it.
    pub fn identity(&self, value: Value) -> u64 {
        const BASE: u64 = 0x7F00_0000_0000;
        const SIZE: u64 = 48;
        match value.kind() {
            Kind::None => BASE,
            Kind::NotImplemented => BASE + SIZE,
            Kind::Ellipsis => BASE + 2 * SIZE,
            Kind::Bool(value) => BASE + (3 + u64::from(value)) * SIZE,
            Kind::Object(handle) => BASE + 0x1000 + u64::from(handle.number()) * SIZE,
            Kind::Int(_) | Kind::Float(_) => {
                let serial = value.serial().map_or(0, super::super::value::Serial::number);
                BASE + 0x40_0000_0000 + serial * 32
            }
        }
    }

    #[cold]
    pub(in crate::machine) fn unhashable(&mut self, value: Value) -> Raise {
        let class = self.class_name(value);
        self.type_error(format!("unhashable type: '{class}'"))
    }

    /// The int that a Python `__hash__` returned, cut to 64 bits as CPython does.
    pub(in crate::machine) fn hash_from_result(&mut self, value: Value) -> Result<i64, Raise> {
        let hash = match self.heap.int_ref(value) {
            Some(IntRef::Small(hash)) => hash,
            Some(IntRef::Big(hash)) => hash::big_int(hash),
            None => return Err(self.type_error("__hash__ method should return an integer")),
        };
        Ok(if hash == -1 { -2 } else { hash })
    }

    /// Calls a Python `__hash__`.
    pub(in crate::machine) fn call_hash(&mut self, method: Value, value: Value) -> Eval {
        self.call_method(method, value, Args::default())
    }
}
