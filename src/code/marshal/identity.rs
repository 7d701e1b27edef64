//! Which values of a code object CPython would hold as one object, and how many owners each has.
//!
//! marshal gives a number to an object that has more than one reference.  A freshly compiled code
//! object is a known graph: the compiler keeps every constant, tuple of names and table once for
//! the whole file, strings like names are interned, and a few objects exist once for ever.  So the
//! graph, and with it the counts, follow from the values.  What also counts is which strings the
//! process has interned before; this is what CPython writes for a file whose names it has seen.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;

use super::read::{CodeParts, Container};
use super::write::{Graph, View};
use crate::code::object::flags;
use crate::code::{CodeObject, Const, Opcode, Text, stack};

/// An object of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id(u32);

/// What an object is: a value, and for one that holds others, these.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Value {
    None,
    Ellipsis,
    Bool(bool),
    Int(BigInt),
    /// By its bits.
    Float(u64),
    Complex(u64, u64),
    Str {
        text: Text,
        /// An interned and another str of the same text are two objects.
        interned: bool,
    },
    /// The file name, one object that all code objects of a file share.
    Filename(Rc<str>),
    Bytes(Rc<[u8]>),
    Tuple(Box<[Id]>),
    FrozenSet(Box<[Id]>),
    Slice(Box<[Id]>),
    /// By its place in [`Objects::codes`].
    Code(u32),
}

/// A code object and those of its fields that are shared.
pub(super) struct CodeIds<'code> {
    pub(super) code: &'code CodeObject,
    pub(super) consts: Id,
    pub(super) names: Id,
    pub(super) localsplusnames: Id,
    /// The kinds of the locals, where there are none; else every code object has its own.
    pub(super) kinds: Option<Id>,
    pub(super) filename: Id,
    pub(super) name: Id,
    pub(super) qualname: Id,
    pub(super) linetable: Id,
    pub(super) exceptiontable: Id,
}

/// The graph of objects.
#[derive(Default)]
pub struct Objects<'code> {
    /// The objects by number, each with the count of references from others.
    values: Vec<(Value, u32)>,
    codes: Vec<CodeIds<'code>>,
    code_ids: FxHashMap<*const CodeObject, Id>,
    /// The compiler's table of constants: for each value the object that was first made of it.  The
    /// parts of a value are named here by the first objects, too.
    first: FxHashMap<Value, Id>,
}

impl<'code> Objects<'code> {
    fn value(&self, id: Id) -> &Value {
        &self.values[id.0 as usize].0
    }

    /// The objects that the constants of a code object are.
    pub fn constants_of(&self, code: Id) -> &[Id] {
        match self.value(code) {
            Value::Code(index) => match self.value(self.codes[*index as usize].consts) {
                Value::Tuple(items) => items,
                _ => &[],
            },
            _ => &[],
        }
    }

    /// A new object; it owns a reference to each of its parts.
    fn push(&mut self, value: Value, parts: &[Id]) -> Id {
        for part in parts {
            self.values[part.0 as usize].1 += 1;
        }
        self.values.push((value, 0));
        Id(self.values.len() as u32 - 1)
    }

    /// The one object for a value without parts.
    fn leaf(&mut self, value: Value) -> Id {
        if let Some(&id) = self.first.get(&value) {
            return id;
        }
        let id = self.push(value.clone(), &[]);
        self.first.insert(value, id);
        id
    }

    /// The one object for a value made of `firsts`; where there is none yet, it is made of `parts`,
    /// which may be other objects of the same values.
    fn whole(&mut self, kind: fn(Box<[Id]>) -> Value, firsts: Vec<Id>, parts: &[Id]) -> Id {
        let key = kind(firsts.into());
        if let Some(&id) = self.first.get(&key) {
            return id;
        }
        let id = self.push(kind(parts.into()), parts);
        self.first.insert(key, id);
        id
    }

    fn tuple(&mut self, items: Vec<Id>) -> Id {
        let parts = items.clone();
        self.whole(Value::Tuple, items, &parts)
    }

    fn name(&mut self, name: &Rc<str>) -> Id {
        self.leaf(Value::Str { text: Text::Unicode(Rc::clone(name)), interned: true })
    }

    fn bytes(&mut self, bytes: &[u8]) -> Id {
        self.leaf(Value::Bytes(bytes.into()))
    }

    fn constants(&mut self, constants: &'code [Const]) -> Vec<Id> {
        constants.iter().map(|constant| self.constant(constant)).collect()
    }

    /// The first object of a constant.
    fn constant(&mut self, constant: &'code Const) -> Id {
        match constant {
            Const::None => self.leaf(Value::None),
            Const::Ellipsis => self.leaf(Value::Ellipsis),
            Const::Bool(value) => self.leaf(Value::Bool(*value)),
            Const::Int(int) => self.leaf(Value::Int(int.clone())),
            // Each nan is an object of its own.
            Const::Float(value) if value.is_nan() => self.push(Value::Float(value.to_bits()), &[]),
            Const::Float(value) => self.leaf(Value::Float(value.to_bits())),
            Const::Complex(real, imaginary) => self.leaf(Value::Complex(real.to_bits(), imaginary.to_bits())),
            Const::Str(text) => self.leaf(Value::Str { text: text.clone(), interned: is_interned(text) }),
            Const::Bytes(bytes) => self.leaf(Value::Bytes(Rc::clone(bytes))),
            Const::Tuple(items) => {
                let items = self.constants(items);
                self.tuple(items)
            }
            Const::FrozenSet(members) => {
                let members = self.constants(members);
                // The order of the members does not make another set.
                let mut firsts = members.clone();
                firsts.sort_by_key(|id| id.0);
                self.whole(Value::FrozenSet, firsts, &members)
            }
            Const::Slice(bounds) => {
                let firsts = self.constants(&bounds[..]);
                // The compiler does not look for the bounds in its table.
                let parts: Vec<Id> = firsts.iter().map(|&bound| self.own(bound)).collect();
                self.whole(Value::Slice, firsts, &parts)
            }
            Const::Code(code) => stack::grow(|| self.code(code)),
        }
    }

    /// Another object of the same value, unless there can only be one.
    fn own(&mut self, first: Id) -> Id {
        let value = self.value(first).clone();
        if is_immortal(&value) {
            return first;
        }
        let parts = match &value {
            Value::Tuple(parts) | Value::FrozenSet(parts) | Value::Slice(parts) => parts.to_vec(),
            _ => Vec::new(),
        };
        self.push(value, &parts)
    }

    /// Whether it is a frozenset with a str in it of which there is an interned one already.  That
    /// one takes its place, which makes a new frozenset for each tuple of constants.
    fn is_made_anew(&self, constant: Id) -> bool {
        let Value::FrozenSet(members) = self.value(constant) else { return false };
        members.iter().any(|&member| match self.value(member) {
            Value::Str { text: Text::Unicode(text), interned } => *interned && text.len() > 1,
            _ => false,
        })
    }

    /// Adds a code object and all that it holds.
    pub fn code(&mut self, code: &'code CodeObject) -> Id {
        if let Some(&id) = self.code_ids.get(&std::ptr::from_ref(code)) {
            return id;
        }
        let keywords = keyword_names(code);
        let firsts: Vec<Id> = code
            .consts
            .iter()
            .enumerate()
            .map(|(index, constant)| match constant {
                Const::Str(Text::Unicode(text)) if !text.is_ascii() && is_class_name(code, text) => {
                    self.name(text)
                }
                Const::Tuple(names) if keywords.contains(&index) => {
                    let names = names.iter().map(|name| match name {
                        Const::Str(Text::Unicode(text)) => self.name(text),
                        other => self.constant(other),
                    });
                    let names = names.collect();
                    self.tuple(names)
                }
                _ => self.constant(constant),
            })
            .collect();
        let parts: Vec<Id> = firsts
            .iter()
            .map(|&constant| if self.is_made_anew(constant) { self.own(constant) } else { constant })
            .collect();
        let consts = self.whole(Value::Tuple, firsts, &parts);
        let names = code.names.iter().map(|name| self.name(name)).collect();
        let names = self.tuple(names);
        let locals: Vec<Id> = code.localsplusnames.iter().map(|name| self.name(name)).collect();
        let localsplusnames = if is_annotate_function(code) {
            // Its parameter is renamed at last, in a tuple of its own.
            self.push(Value::Tuple(locals.clone().into()), &locals)
        } else {
            self.tuple(locals)
        };
        let kinds = code.localspluskinds.is_empty().then(|| self.bytes(&[]));
        let filename = self.leaf(Value::Filename(Rc::clone(&code.filename)));
        let name = self.name(&code.name);
        let qualname = self.name(&code.qualname);
        let linetable = self.bytes(&code.linetable);
        let exceptiontable = self.bytes(&code.exceptiontable);
        self.codes.push(CodeIds {
            code,
            consts,
            names,
            localsplusnames,
            kinds,
            filename,
            name,
            qualname,
            linetable,
            exceptiontable,
        });
        let parts = [consts, names, localsplusnames, filename, name, qualname, linetable, exceptiontable];
        let id = self.push(Value::Code(self.codes.len() as u32 - 1), &parts);
        self.code_ids.insert(std::ptr::from_ref(code), id);
        id
    }
}

impl<'code> Graph<'code> for Objects<'code> {
    type Id = Id;
    type Key = Id;

    fn key(&self, id: Id) -> Id {
        id
    }

    fn is_shared(&self, id: Id) -> bool {
        let (value, count) = &self.values[id.0 as usize];
        *count > 1 || is_immortal(value)
    }

    fn view(&mut self, id: Id) -> View<'code, Id> {
        self.view_of(id)
    }
}

impl<'code> Objects<'code> {
    /// What an object is.
    pub fn view_of(&self, id: Id) -> View<'code, Id> {
        let parts = |parts: &[Id]| parts.to_vec();
        match self.value(id) {
            Value::None => View::None,
            Value::Ellipsis => View::Ellipsis,
            Value::Bool(value) => View::Bool(*value),
            Value::Int(int) => View::Int(int.clone()),
            Value::Float(bits) => View::Float(f64::from_bits(*bits)),
            Value::Complex(real, imaginary) => {
                View::Complex(f64::from_bits(*real), f64::from_bits(*imaginary))
            }
            Value::Str { text, interned } => View::Str { text: text.clone(), interned: *interned },
            Value::Filename(name) => View::Str { text: Text::Unicode(name.clone()), interned: true },
            Value::Bytes(bytes) => View::Bytes(bytes.clone()),
            Value::Tuple(items) => View::Container(Container::Tuple, parts(items)),
            Value::FrozenSet(members) => View::Container(Container::FrozenSet, parts(members)),
            Value::Slice(bounds) => View::Container(Container::Slice, parts(bounds)),
            Value::Code(index) => {
                let ids = &self.codes[*index as usize];
                let some = |id| Some(id);
                let parts = CodeParts {
                    numbers: numbers(ids.code),
                    // It is made for the asking, and then kept.
                    code: None,
                    consts: some(ids.consts),
                    names: some(ids.names),
                    localsplusnames: some(ids.localsplusnames),
                    localspluskinds: ids.kinds,
                    filename: some(ids.filename),
                    name: some(ids.name),
                    qualname: some(ids.qualname),
                    linetable: some(ids.linetable),
                    exceptiontable: some(ids.exceptiontable),
                };
                View::Code(ids.code, Box::new(parts))
            }
        }
    }
}

/// The numbers of a code object, in the order in which they are marshalled.
fn numbers(code: &CodeObject) -> [i32; 6] {
    let numbers = [
        code.argcount,
        code.posonlyargcount,
        code.kwonlyargcount,
        code.stacksize,
        code.flags,
        code.firstlineno,
    ];
    numbers.map(|number| number as i32)
}

fn is_class_body(code: &CodeObject) -> bool {
    code.flags & flags::OPTIMIZED == 0 && &*code.name != "<module>"
}

/// Whether a constant of `code` is the name of a class that begins there, or the class's own name in
/// its body: then it is the name itself, interned whatever its characters are.
fn is_class_name(code: &CodeObject, text: &Rc<str>) -> bool {
    (is_class_body(code) && *text == code.qualname && *text == code.name)
        || code.children().any(|child| is_class_body(child) && child.name == *text)
}

/// Which constants of `code` are the names of keyword arguments, and not all of them ASCII: what a call takes them from
/// are the names themselves, interned whatever their characters are.
fn keyword_names(code: &CodeObject) -> Vec<usize> {
    let is_special = |name: &Const| matches!(name, Const::Str(Text::Unicode(text)) if !text.is_ascii());
    let may_be = |constant: &Const| matches!(constant, Const::Tuple(names) if names.iter().any(is_special));
    if !code.consts.iter().any(may_be) {
        return Vec::new();
    }
    let (mut extended, mut loaded, mut found) = (0, None, Vec::new());
    for unit in code.code.chunks_exact(2) {
        let (opcode, arg) = (Opcode::from_byte(unit[0]), extended << 8 | usize::from(unit[1]));
        extended = if opcode == Some(Opcode::EXTENDED_ARG) { arg } else { 0 };
        if opcode == Some(Opcode::CALL_KW) {
            found.extend(loaded.filter(|&index| code.consts.get(index).is_some_and(may_be)));
        }
        loaded = (opcode == Some(Opcode::LOAD_CONST)).then_some(arg);
    }
    found
}

/// Whether it is the function that the compiler makes of annotations, with a positional-only
/// parameter.
fn is_annotate_function(code: &CodeObject) -> bool {
    &*code.name == "__annotate__"
        && code.posonlyargcount == 1
        && code.localsplusnames.first().is_some_and(|first| &**first == "format")
}

/// Whether a str constant is interned: if it might be a name, or is one of the characters that
/// exist once for ever.
fn is_interned(text: &Text) -> bool {
    let Text::Unicode(text) = text else { return false };
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return true;
    }
    let mut chars = text.chars();
    chars.next().is_some_and(|first| u32::from(first) < 0x100) && chars.next().is_none()
}

/// Whether CPython has the object once for ever, with a reference count that says nothing.
fn is_immortal(value: &Value) -> bool {
    match value {
        Value::None | Value::Ellipsis | Value::Bool(_) => true,
        Value::Int(int) => int.to_i32().is_some_and(|int| (-5..=256).contains(&int)),
        Value::Str { interned, .. } => *interned,
        Value::Bytes(bytes) => bytes.len() <= 1,
        Value::Tuple(items) => items.is_empty(),
        Value::Filename(_) => true,
        Value::Float(_) | Value::Complex(..) | Value::FrozenSet(_) | Value::Slice(_) | Value::Code(_) => {
            false
        }
    }
}
