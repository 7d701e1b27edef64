//! Marshalled values as objects of the machine.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::super::Machine;
use super::super::super::frame::{Eval, Flow};
use super::super::super::native::{DictAction, SetAction};
use super::super::super::number::float;
use super::super::super::object::list_items::Items;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::table::Set;
use super::super::super::text::Str;
use super::super::super::value::{Handle, Value};
use crate::code::marshal::{Atom, CodeParts, Container, MAX_VALUES, Make, Problem, code_object};
use crate::code::verify::verify_alone;
use crate::code::{Const, stack};

/// How deep constants of code may be nested.
const MAX_DEPTH: usize = 2000;

/// Makes objects.
pub(super) struct Objects<'m> {
    m: &'m mut Machine,
}

impl<'m> Objects<'m> {
    pub(super) const fn new(m: &'m mut Machine) -> Self {
        Self { m }
    }

    fn text(&mut self, value: Value, interned: bool) -> Value {
        if interned { self.m.heap.intern_value(value) } else { value }
    }

    fn float_of(&mut self, digits: &[u8]) -> Result<f64, Raise> {
        float::parse(&latin1(digits)).map_err(|error| self.m.number_error(error))
    }

    /// What came of an operation with keys of builtin types, which run no Python code.
    fn done(&mut self, eval: Eval) -> Result<(), Raise> {
        match eval? {
            Flow::Value(_) => Ok(()),
            // Its hash takes so many steps that it would be a frame of its own.
            Flow::Enter(_) => Err(self.m.unsupported("so deeply nested a key in marshal data")),
        }
    }

    fn filled_set(&mut self, class: Handle, begun: Option<Value>, parts: &[Value]) -> Result<Value, Raise> {
        let set = match begun.and_then(Value::handle) {
            Some(set) => set,
            None => self.m.heap.new_set(class, Set::new()),
        };
        for part in parts {
            let added = self.m.set_act(set, *part, SetAction::Add);
            self.done(added)?;
        }
        Ok(Value::object(set))
    }
}

impl Make for Objects<'_> {
    type Value = Value;
    type Error = Raise;

    fn atom(&mut self, atom: Atom<'_>) -> Result<Value, Raise> {
        let heap = &mut self.m.heap;
        Ok(match atom {
            Atom::None => Value::NONE,
            Atom::Ellipsis => Value::ELLIPSIS,
            Atom::StopIteration => Value::object(types::STOP_ITERATION),
            Atom::Bool(value) => Value::bool(value),
            Atom::Int(value) => heap.big_int(value),
            Atom::Float(value) => heap.float(value),
            Atom::FloatText(digits) => {
                let value = self.float_of(digits)?;
                self.m.heap.float(value)
            }
            Atom::Complex(real, imaginary) => self.m.complex_number(real, imaginary),
            Atom::ComplexText(real, imaginary) => {
                let (real, imaginary) = (self.float_of(real)?, self.float_of(imaginary)?);
                self.m.complex_number(real, imaginary)
            }
            Atom::Bytes(bytes) => heap.bytes(bytes),
            Atom::Utf8 { bytes, interned } => {
                let value = match std::str::from_utf8(bytes) {
                    Ok(text) => heap.str(text),
                    Err(_) => {
                        let bytes = heap.bytes(bytes);
                        let errors = heap.str("surrogatepass");
                        self.m.decode_bytes(bytes, None, Some(errors), "loads")?
                    }
                };
                self.text(value, interned)
            }
            Atom::Latin1 { bytes, interned } => {
                let value = heap.str(latin1(bytes));
                self.text(value, interned)
            }
        })
    }

    fn begin(&mut self, what: Container, count: usize) -> Option<Value> {
        let heap = &mut self.m.heap;
        match what {
            Container::Tuple if count == 0 => None,
            Container::Tuple => Some(Value::object(heap.alloc(types::TUPLE, Payload::Tuple(Box::default())))),
            Container::List => Some(heap.list(Vec::new())),
            Container::Set => Some(Value::object(heap.new_set(types::SET, Set::new()))),
            Container::Dict => Some(Value::object(heap.new_dict())),
            Container::FrozenSet | Container::Slice => None,
        }
    }

    fn finish(&mut self, what: Container, begun: Option<Value>, parts: Vec<Value>) -> Result<Value, Raise> {
        match what {
            Container::Tuple | Container::List => {
                let Some(handle) = begun.and_then(Value::handle) else { return Ok(self.m.heap.tuple(parts)) };
                for part in &parts {
                    self.m.heap.retain(*part);
                }
                match self.m.heap.payload_mut(handle) {
                    Payload::List(items) => *items = Items::exact(parts),
                    payload => *payload = Payload::Tuple(parts.into()),
                }
                Ok(Value::object(handle))
            }
            Container::Set => self.filled_set(types::SET, begun, &parts),
            Container::FrozenSet => self.filled_set(types::FROZENSET, begun, &parts),
            Container::Dict => {
                let dict = begun.and_then(Value::handle).expect("a dict is there from its beginning");
                for pair in parts.chunks_exact(2) {
                    let stored = self.m.dict_act(dict, pair[0], DictAction::Set(pair[1]));
                    self.done(stored)?;
                }
                Ok(Value::object(dict))
            }
            Container::Slice => {
                let bounds = <[Value; 3]>::try_from(parts).expect("a slice has three parts");
                let payload = Payload::Slice(Box::new(bounds));
                Ok(Value::object(self.m.heap.alloc(types::SLICE, payload)))
            }
        }
    }

    fn code(&mut self, parts: CodeParts<Value>) -> Result<Value, Raise> {
        let consts = match self.m.heap.payload_of(parts.consts) {
            Some(Payload::Tuple(items)) => items.to_vec(),
            _ => Vec::new(),
        };
        let mut to_const = Constants { m: self.m, known: FxHashMap::default(), left: MAX_VALUES };
        let mut part = |value| to_const.constant(value, 0);
        let read = (|| {
            code_object(CodeParts {
                numbers: parts.numbers,
                code: part(parts.code)?,
                consts: part(parts.consts)?,
                names: part(parts.names)?,
                localsplusnames: part(parts.localsplusnames)?,
                localspluskinds: part(parts.localspluskinds)?,
                filename: part(parts.filename)?,
                name: part(parts.name)?,
                qualname: part(parts.qualname)?,
                linetable: part(parts.linetable)?,
                exceptiontable: part(parts.exceptiontable)?,
            })
        })();
        let code = match read {
            Ok(code) => Rc::new(code),
            Err(words) => return Err(self.refuse(Problem::Unfit(words))),
        };
        // The code among its constants was verified when it was read.
        if let Err(error) = verify_alone(&code) {
            return Err(self.m.value_error(format!("bad marshal data ({error})")));
        }
        Ok(Value::object(self.m.load_with_constants(&code, consts)))
    }

    fn refuse(&mut self, problem: Problem) -> Raise {
        self.m.bad_marshal(problem)
    }
}

fn latin1(bytes: &[u8]) -> Str {
    bytes.iter().map(|byte| u32::from(*byte)).collect::<Vec<u32>>().into()
}

/// Objects as constants of a code object.
struct Constants<'m> {
    m: &'m Machine,
    /// What was made of those that hold others, which may occur again, and for how many each counts.
    known: FxHashMap<Handle, (Const, u64)>,
    /// How many more there may be, each counted as often as it occurs.
    left: u64,
}

impl Constants<'_> {
    fn constant(&mut self, value: Value, depth: usize) -> Result<Const, &'static str> {
        let known = value.handle().and_then(|handle| self.known.get(&handle)).cloned();
        let weight = known.as_ref().map_or(1, |known| known.1);
        let before = self.left;
        self.left = before.checked_sub(weight).ok_or("more values than a program has")?;
        if let Some((known, _)) = known {
            return Ok(known);
        }
        if depth > MAX_DEPTH {
            return Err("a value nested too deeply");
        }
        if let Some(atom) = self.m.atomic_constant(value) {
            return Ok(atom);
        }
        let parts: Vec<Value> = match self.m.heap.payload_of(value) {
            Some(Payload::Tuple(items)) => items.to_vec(),
            Some(Payload::Set(set)) if self.m.heap.class_of(value) == types::FROZENSET => {
                set.iter().map(|(_, item)| item).collect()
            }
            Some(Payload::Slice(bounds)) => bounds.to_vec(),
            _ => return Err("a type that no code object holds"),
        };
        let parts = stack::grow(|| {
            parts.into_iter().map(|part| self.constant(part, depth + 1)).collect::<Result<Vec<_>, _>>()
        })?;
        let whole = match self.m.heap.class_of(value) {
            types::TUPLE => Const::Tuple(parts.into()),
            types::FROZENSET => Const::FrozenSet(parts.into()),
            _ => Const::Slice(Rc::new(parts.try_into().expect("a slice has three parts"))),
        };
        if let Some(handle) = value.handle() {
            self.known.insert(handle, (whole.clone(), before - self.left));
        }
        Ok(whole)
    }
}
