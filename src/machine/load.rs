//! Loading: a code object's constants and names become objects.
//!
//! Within one compilation equal constants are one object, as CPython's compiler makes them; constants
//! of different compilations are different objects, however equal.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;

use super::Machine;
use super::object::code::LoadedCode;
use super::object::{Payload, Real, types};
use super::protocol::number::Number;
use super::text::Str;
use super::value::{Handle, Value};
use crate::code::verify::{VerifyError, verify};
use crate::code::{CodeObject, Const, Text, exceptiontable, stack};

/// What makes two constants one: type and value, floats by their bits.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Int(BigInt),
    Float(u64),
    Complex(u64, u64),
    Str(Text),
    Bytes(Rc<[u8]>),
    Tuple(Vec<Value>),
    FrozenSet(Vec<Value>),
    Slice([Value; 3]),
}

/// How deeply constants may be nested that a program has put together: far below what the stack has room for.
const MAX_CONSTANT_DEPTH: u32 = 1000;

/// Why a value cannot be a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::machine) enum NoConstant {
    /// This, which it is or holds, is of no type that constants have.
    Type(Value),
    /// It is nested too deeply.
    TooDeep,
}

/// The constants of one compilation, as they are made.
struct Loader<'a> {
    machine: &'a mut Machine,
    source: Option<Rc<str>>,
    known: FxHashMap<Key, Value>,
    /// The code objects that are made already: one that two others hold is one object.
    codes: FxHashMap<*const CodeObject, Handle>,
}

impl Machine {
    /// Makes a code object, and those nested in it, objects of this machine; `source` is the text it was
    /// compiled from.
    ///
    /// Whatever the code comes from, it is verified first: the machine relies on what [`verify`] proves.
    pub fn load(&mut self, code: &Rc<CodeObject>, source: Option<Rc<str>>) -> Result<Handle, VerifyError> {
        verify(code)?;
        self.loaded.begin_unit();
        let (known, codes) = (FxHashMap::default(), FxHashMap::default());
        Ok(Loader { machine: self, source, known, codes }.code(code))
    }

    /// Makes a code object that has been verified an object of this machine, with these objects for constants.
    pub(in crate::machine) fn load_with_constants(
        &mut self,
        code: &Rc<CodeObject>,
        consts: Vec<Value>,
    ) -> Handle {
        self.loaded.begin_unit();
        self.code_with(code, consts, None)
    }

    fn code_with(&mut self, code: &Rc<CodeObject>, consts: Vec<Value>, source: Option<Rc<str>>) -> Handle {
        let handlers = exceptiontable::decode(&code.exceptiontable).expect("the table has been verified");
        let mut name = |text: &Rc<str>| self.heap.intern(&**text).handle().expect("a str is a heap object");
        let loaded = LoadedCode {
            consts: consts.into(),
            names: code.names.iter().map(&mut name).collect(),
            locals: code.localsplusnames.iter().map(&mut name).collect(),
            name: name(&code.name),
            qualname: name(&code.qualname),
            handlers: handlers.into(),
            code: Rc::clone(code),
            source,
        };
        let loaded = Rc::new(loaded);
        self.loaded.note(&self.heap, &loaded);
        self.heap.alloc(types::CODE, Payload::Code(loaded))
    }

    /// The constant that a value is which holds no others, or a code object.
    pub(in crate::machine) fn atomic_constant(&self, value: Value) -> Option<Const> {
        if value.is_none() {
            return Some(Const::None);
        }
        if value == Value::ELLIPSIS {
            return Some(Const::Ellipsis);
        }
        match (self.heap.class_of(value), self.heap.payload_of(value)) {
            (types::BOOL, _) => Some(Const::Bool(value == Value::TRUE)),
            (types::INT, _) => self.heap.int_ref(value).map(|int| Const::Int(int.to_int().into_big())),
            (types::FLOAT, _) => match self.heap.number(value) {
                Some(Number::Float(value)) => Some(Const::Float(value)),
                _ => None,
            },
            (types::COMPLEX, Some(Payload::Complex(real, imaginary))) => {
                Some(Const::Complex(real.0, imaginary.0))
            }
            (types::STR, Some(Payload::Str(text))) => Some(Const::Str(text.text.to_text())),
            (types::BYTES, Some(Payload::Bytes(bytes))) => Some(Const::Bytes(Rc::clone(bytes))),
            (_, Some(Payload::Code(code))) => Some(Const::Code(Rc::clone(&code.code))),
            _ => None,
        }
    }

    /// A complex number.
    pub(in crate::machine) fn complex_number(&mut self, real: f64, imaginary: f64) -> Value {
        let payload = Payload::Complex(Real(real), Real(imaginary));
        Value::object(self.heap.alloc(types::COMPLEX, payload))
    }

    /// A constant that stands alone.
    pub(in crate::machine) fn constant(&mut self, constant: &Const) -> Value {
        let (known, codes) = (FxHashMap::default(), FxHashMap::default());
        Loader { machine: self, source: None, known, codes }.constant(constant)
    }

    /// Makes a code object of parts that a program has put together, `consts` being the objects that its constants are.
    pub(in crate::machine) fn load_parts(
        &mut self,
        code: CodeObject,
        consts: Vec<Value>,
        source: Option<Rc<str>>,
    ) -> Result<Handle, VerifyError> {
        let code = Rc::new(code);
        verify(&code)?;
        self.loaded.begin_unit();
        Ok(self.code_with(&code, consts, source))
    }

    /// The constant that a value is, unless it is a code object; a slice is one where there may be `slices`.
    pub(in crate::machine) fn constant_of(&self, value: Value, slices: bool) -> Result<Const, NoConstant> {
        self.constant_within(value, slices, 0)
    }

    fn constant_within(&self, value: Value, slices: bool, depth: u32) -> Result<Const, NoConstant> {
        match self.atomic_constant(value) {
            Some(Const::Code(_)) => return Err(NoConstant::Type(value)),
            Some(atom) => return Ok(atom),
            None => {}
        }
        if depth > MAX_CONSTANT_DEPTH {
            return Err(NoConstant::TooDeep);
        }
        let class = self.heap.class_of(value);
        let all = |items: &[Value]| -> Result<Rc<[Const]>, NoConstant> {
            items.iter().map(|item| self.constant_within(*item, slices, depth + 1)).collect()
        };
        Ok(match self.heap.payload_of(value) {
            Some(Payload::Tuple(items)) if class == types::TUPLE => Const::Tuple(all(items)?),
            Some(Payload::Set(set)) if class == types::FROZENSET => {
                Const::FrozenSet(all(&set.iter().map(|(_, item)| item).collect::<Vec<_>>())?)
            }
            Some(Payload::Slice(parts)) if slices => {
                let [start, stop, step] = **parts;
                let part = |part| self.constant_within(part, slices, depth + 1);
                Const::Slice(Rc::new([part(start)?, part(stop)?, part(step)?]))
            }
            _ => return Err(NoConstant::Type(value)),
        })
    }

    /// The code behind a handle of a code object.
    pub(super) fn code(&self, handle: Handle) -> Rc<LoadedCode> {
        match self.heap.payload(handle) {
            Payload::Code(code) => Rc::clone(code),
            _ => panic!("a function has a code object"),
        }
    }
}

impl Loader<'_> {
    fn code(&mut self, code: &Rc<CodeObject>) -> Handle {
        if let Some(&known) = self.codes.get(&Rc::as_ptr(code)) {
            return known;
        }
        let consts = self.constants(&code.consts);
        let handle = self.machine.code_with(code, consts, self.source.clone());
        self.codes.insert(Rc::as_ptr(code), handle);
        handle
    }

    fn constant(&mut self, constant: &Const) -> Value {
        let key = match constant {
            Const::None => return Value::NONE,
            Const::Ellipsis => return Value::ELLIPSIS,
            Const::Bool(value) => return Value::bool(*value),
            Const::Code(code) => return Value::object(stack::grow(|| self.code(code))),
            Const::Int(value) => Key::Int(value.clone()),
            Const::Float(value) => Key::Float(value.to_bits()),
            Const::Complex(real, imaginary) => Key::Complex(real.to_bits(), imaginary.to_bits()),
            Const::Str(text) => Key::Str(text.clone()),
            Const::Bytes(bytes) => Key::Bytes(Rc::clone(bytes)),
            Const::Tuple(items) => Key::Tuple(self.constants(items)),
            Const::FrozenSet(items) => Key::FrozenSet(self.constants(items)),
            Const::Slice(parts) => {
                Key::Slice([self.constant(&parts[0]), self.constant(&parts[1]), self.constant(&parts[2])])
            }
        };
        if let Some(value) = self.known.get(&key) {
            return *value;
        }
        let heap = &mut self.machine.heap;
        let value = match &key {
            Key::Int(value) => match value.to_i64() {
                Some(value) => heap.int(value),
                None => heap.big_int(value.clone()),
            },
            Key::Float(bits) => heap.float(f64::from_bits(*bits)),
            Key::Complex(real, imaginary) => {
                let payload = Payload::Complex(Real(f64::from_bits(*real)), Real(f64::from_bits(*imaginary)));
                Value::object(heap.alloc(types::COMPLEX, payload))
            }
            Key::Str(text) => {
                let text = Str::from(text);
                if is_identifier_like(&text) { heap.intern(text) } else { heap.str(text) }
            }
            Key::Bytes(bytes) => heap.bytes(bytes),
            Key::Tuple(items) => heap.tuple(items.clone()),
            Key::FrozenSet(items) => self.machine.frozen_set_of_constants(items),
            Key::Slice(parts) => Value::object(heap.alloc(types::SLICE, Payload::Slice(Box::new(*parts)))),
        };
        self.known.insert(key, value);
        value
    }

    fn constants(&mut self, constants: &[Const]) -> Vec<Value> {
        constants.iter().map(|constant| self.constant(constant)).collect()
    }
}

/// Whether CPython interns a string constant: all of it could stand in a name.
fn is_identifier_like(text: &Str) -> bool {
    text.as_ascii().is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
}
