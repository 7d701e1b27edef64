//! The objects of the machine as marshal writes them.

use std::rc::Rc;

use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;

use super::super::super::Machine;
use super::super::super::number::IntRef;
use super::super::super::object::code::LoadedCode;
use super::super::super::object::{Payload, types};
use super::super::super::value::{Handle, Kind, Value};
use super::super::sys::places_of_numbers;
use crate::code::marshal::{CodeParts, Container, Graph, Id, Objects, View};
use crate::code::{CodeObject, Const, Text};

/// An object to write.
#[derive(Clone, Copy, Debug)]
pub(super) enum Node {
    /// One of the machine.
    Object(Value),
    /// A part of a code object, by the number of the compilation it belongs to.
    Part(usize, Id),
}

/// What tells whether two are one object.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Key {
    Object(Value),
    Part(usize, Id),
    /// One that there is only one of.
    Single(Single),
}

/// An object that is known by its value.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Single {
    Interned(Text),
    Int(i64),
    /// None or one.
    Bytes(Option<u8>),
    EmptyTuple,
}

/// The code objects of one compilation that are alive, as the compiler made them.
struct Unit<'m> {
    objects: Objects<'m>,
    ids: FxHashMap<Handle, Id>,
    /// The constants that are objects of the machine, which others may hold as well.
    constants: FxHashMap<Id, Value>,
    /// The code objects.
    codes: FxHashMap<Id, Handle>,
}

/// All that the machine holds.
pub(super) struct MachineGraph<'m> {
    m: &'m Machine,
    root: Value,
    /// What the count of the root lacks of what CPython counts: the references on the value stack.
    root_more: i64,
    /// In how many places each number stands that is no heap object.
    numbers: FxHashMap<Value, u32>,
    units: Vec<Unit<'m>>,
    unit_of: FxHashMap<*const u8, usize>,
}

impl<'m> MachineGraph<'m> {
    pub(super) fn new(m: &'m Machine, root: Value, root_more: i64) -> Self {
        Self {
            m,
            root,
            root_more,
            numbers: places_of_numbers(m),
            units: Vec::new(),
            unit_of: FxHashMap::default(),
        }
    }

    pub(super) const fn root(&self) -> Node {
        Node::Object(self.root)
    }

    /// In how many places an object stands; none for one that lives for ever.
    fn count(&self, value: Value) -> Option<i64> {
        let count = match value.kind() {
            Kind::None | Kind::NotImplemented | Kind::Ellipsis | Kind::Bool(_) => return None,
            Kind::Int(number) if Value::small_int(number) == Some(value) => return None,
            Kind::Int(_) | Kind::Float(_) => self.numbers.get(&value).copied().unwrap_or(0),
            Kind::Object(handle) => self.m.heap.count(handle)?,
        };
        Some(i64::from(count) + if value == self.root { self.root_more } else { 0 })
    }

    /// The compilation that a code object belongs to, and its part there.
    fn part(&mut self, handle: Handle, code: &'m LoadedCode) -> Node {
        let file = code.code.filename.as_ptr();
        let unit = match self.unit_of.get(&file) {
            Some(unit) => *unit,
            None => {
                self.units.push(Unit::of(self.m, handle, code));
                self.unit_of.insert(file, self.units.len() - 1);
                self.units.len() - 1
            }
        };
        Node::Part(unit, self.units[unit].ids[&handle])
    }

    fn object(&mut self, value: Value) -> View<'m, Node> {
        let m = self.m;
        let nodes = |values: &[Value]| values.iter().copied().map(Node::Object).collect::<Vec<_>>();
        if value == Value::object(types::STOP_ITERATION) {
            return View::StopIteration;
        }
        match m.atomic_constant(value) {
            Some(Const::None) => return View::None,
            Some(Const::Ellipsis) => return View::Ellipsis,
            Some(Const::Bool(value)) => return View::Bool(value),
            Some(Const::Int(value)) => return View::Int(value),
            Some(Const::Float(value)) => return View::Float(value),
            Some(Const::Complex(real, imaginary)) => return View::Complex(real, imaginary),
            Some(Const::Str(text)) => {
                let interned =
                    matches!(m.heap.payload_of(value), Some(Payload::Str(object)) if object.interned);
                return View::Str { text, interned };
            }
            Some(Const::Bytes(bytes)) => return View::Bytes(bytes),
            Some(Const::Tuple(_) | Const::FrozenSet(_) | Const::Slice(_) | Const::Code(_)) | None => {}
        }
        let class = m.heap.class_of(value);
        match m.heap.payload_of(value) {
            Some(Payload::Tuple(items)) if class == types::TUPLE => {
                View::Container(Container::Tuple, nodes(items))
            }
            Some(Payload::List(items)) if class == types::LIST => {
                View::Container(Container::List, nodes(items))
            }
            Some(Payload::Dict(dict)) if class == types::DICT => {
                let pairs = dict.iter().flat_map(|entry| [entry.key, entry.value]);
                View::Container(Container::Dict, pairs.map(Node::Object).collect())
            }
            Some(Payload::Set(set)) if matches!(class, types::SET | types::FROZENSET) => {
                let what = if class == types::SET { Container::Set } else { Container::FrozenSet };
                View::Container(what, set.iter().map(|(_, item)| Node::Object(item)).collect())
            }
            Some(Payload::Slice(bounds)) => View::Container(Container::Slice, nodes(&bounds[..])),
            Some(Payload::Code(code)) => {
                let handle = value.handle().expect("a code object is a heap object");
                let node = self.part(handle, code);
                self.view(node)
            }
            _ => match m.heap.byte_string(value) {
                Some(bytes) => View::Bytes(bytes.into()),
                None => View::Unknown,
            },
        }
    }
}

impl<'m> Unit<'m> {
    /// The code objects that were compiled together with this one, it itself first.
    fn of(m: &'m Machine, handle: Handle, code: &'m LoadedCode) -> Self {
        let mut unit = Self {
            objects: Objects::default(),
            ids: FxHashMap::default(),
            constants: FxHashMap::default(),
            codes: FxHashMap::default(),
        };
        let mut left = vec![handle];
        left.extend(m.heap.objects().filter_map(|(handle, object)| match object.payload() {
            Payload::Code(other) if Rc::ptr_eq(&other.code.filename, &code.code.filename) => Some(handle),
            _ => None,
        }));
        for handle in left {
            let Payload::Code(code) = m.heap.payload(handle) else { continue };
            let code_object: &'m CodeObject = &code.code;
            let id = unit.objects.code(code_object);
            unit.ids.insert(handle, id);
            unit.codes.insert(id, handle);
            let constants: Vec<Id> = unit.objects.constants_of(id).to_vec();
            unit.constants.extend(constants.into_iter().zip(code.consts.iter().copied()));
        }
        unit
    }
}

impl<'m> Graph<'m> for MachineGraph<'m> {
    type Id = Node;
    type Key = Key;

    fn key(&self, node: Node) -> Key {
        let (unit, id, value) = match node {
            Node::Object(value) => (0, None, Some(value)),
            Node::Part(unit, id) => {
                let unit_of = &self.units[unit];
                let code = unit_of.codes.get(&id).map(|handle| Value::object(*handle));
                (unit, Some(id), code.or_else(|| unit_of.constants.get(&id).copied()))
            }
        };
        let single = match (value, id) {
            (Some(value), _) => single_object(self.m, value),
            (None, Some(id)) => single_part(&self.units[unit].objects, id),
            (None, None) => None,
        };
        match (single, value, id) {
            (Some(single), ..) => Key::Single(single),
            (None, Some(value), _) => Key::Object(value),
            (None, None, Some(id)) => Key::Part(unit, id),
            (None, None, None) => unreachable!("a node is an object or a part"),
        }
    }

    fn is_shared(&self, node: Node) -> bool {
        match node {
            Node::Object(value) => {
                let interned =
                    matches!(self.m.heap.payload_of(value), Some(Payload::Str(text)) if text.interned);
                interned || self.count(value).is_none_or(|count| count > 1)
            }
            Node::Part(unit, id) => {
                let unit = &self.units[unit];
                let code = unit.codes.get(&id).map(|handle| Value::object(*handle));
                if let Some(code) = code {
                    return self.is_shared(Node::Object(code));
                }
                let held = unit.constants.get(&id);
                unit.objects.is_shared(id) || held.is_some_and(|value| self.is_shared(Node::Object(*value)))
            }
        }
    }

    fn view(&mut self, node: Node) -> View<'m, Node> {
        let (unit, id) = match node {
            Node::Object(value) => return self.object(value),
            Node::Part(unit, id) => (unit, id),
        };
        match self.units[unit].objects.view(id) {
            View::None => View::None,
            View::Ellipsis => View::Ellipsis,
            View::StopIteration => View::StopIteration,
            View::Bool(value) => View::Bool(value),
            View::Int(value) => View::Int(value),
            View::Float(value) => View::Float(value),
            View::Complex(real, imaginary) => View::Complex(real, imaginary),
            View::Str { text, interned } => View::Str { text, interned },
            View::Bytes(bytes) => View::Bytes(bytes),
            View::Container(what, parts) => {
                View::Container(what, parts.into_iter().map(|part| Node::Part(unit, part)).collect())
            }
            View::Code(code, parts) => {
                let part = |id: Option<Id>| id.map(|id| Node::Part(unit, id));
                let parts = CodeParts {
                    numbers: parts.numbers,
                    code: part(parts.code),
                    consts: part(parts.consts),
                    names: part(parts.names),
                    localsplusnames: part(parts.localsplusnames),
                    localspluskinds: part(parts.localspluskinds),
                    filename: part(parts.filename),
                    name: part(parts.name),
                    qualname: part(parts.qualname),
                    linetable: part(parts.linetable),
                    exceptiontable: part(parts.exceptiontable),
                };
                View::Code(code, Box::new(parts))
            }
            View::Unknown => View::Unknown,
        }
    }
}

fn single_object(m: &Machine, value: Value) -> Option<Single> {
    if let Some(number) = m.heap.int_ref(value).and_then(IntRef::small)
        && Value::small_int(number) == Some(value)
    {
        return Some(Single::Int(number));
    }
    match m.heap.payload_of(value)? {
        Payload::Str(text) if text.interned => Some(Single::Interned(text.text.to_text())),
        Payload::Bytes(bytes) if bytes.len() <= 1 => Some(Single::Bytes(bytes.first().copied())),
        Payload::Tuple(items) if items.is_empty() => Some(Single::EmptyTuple),
        _ => None,
    }
}

fn single_part(objects: &Objects<'_>, id: Id) -> Option<Single> {
    match objects.view_of(id) {
        View::Str { text, interned: true } => Some(Single::Interned(text)),
        View::Int(number) => {
            number.to_i64().filter(|number| Value::small_int(*number).is_some()).map(Single::Int)
        }
        View::Bytes(bytes) if bytes.len() <= 1 => Some(Single::Bytes(bytes.first().copied())),
        View::Container(Container::Tuple, items) if items.is_empty() => Some(Single::EmptyTuple),
        _ => None,
    }
}
