//! Objects: what a handle of the heap stands for.
//!
//! An object is its type, its attribute dict (where it has one) and a payload.  A subclass of a
//! builtin type has that type's payload, so `class Words(list)` makes objects with a list inside.

pub mod accessors;
pub mod awaitable;
pub mod bytes;
pub mod callable;
pub mod class;
pub mod code;
mod code_build;
pub mod code_rows;
pub mod deque;
pub mod descriptors;
pub mod dict;
pub mod exception;
pub mod exceptions;
pub mod extension;
pub mod float;
pub mod frame_locals;
pub mod frame_type;
pub mod function;
pub mod generator;
pub mod generic;
pub mod head;
pub mod int;
pub mod introspection;
pub mod io;
pub mod iterator;
mod iterator_copy;
pub mod iterators;
pub mod list;
pub mod list_items;
pub mod mapping_proxy;
pub mod mapping_types;
pub(in crate::machine) mod memory;
pub mod memory_view;
pub mod metatype;
pub mod module;
pub mod namespace;
pub mod property;
pub mod range;
mod reducing;
pub mod root;
pub mod set;
pub mod singletons;
pub mod slice;
pub mod struct_sequence;
pub mod template;
pub mod text;
pub mod text_io;
pub mod text_signature;
pub mod tuple;
pub mod type_flags;
pub mod types;
pub mod typing;
pub mod union;
pub mod weakref;

use std::cell::Cell;
use std::rc::Rc;

use num_bigint::BigInt;

use super::table::{Dict, Order, Set};
use super::text::Str;
use super::value::{Handle, Value};

use class::{Accessor, Class, Layout, Member};
use code::LoadedCode;
use exception::{Exception, Traceback};
use extension::Extension;
use function::{Binding, Function, NativeDef};
use generator::Generator;
use head::Head;
use iterator::Iter;
use list_items::Items;
use property::Property;
use weakref::WeakRef;

/// One object.
#[derive(Clone, Debug, Hash)]
pub struct Object {
    /// Its type.
    pub class: Handle,
    /// The dict of its attributes, made when the first one is set or the dict is asked for.
    pub dict: Option<Handle>,
    /// The step that made it; 0 for what was there before the program started.
    pub born: u64,
    /// What the garbage collector notes of it.
    pub head: Head,
    /// Its payload, inside [`Payload::Slotted`] where its class adds slots to a builtin type.
    contents: Payload,
}

/// A float inside an object or a table: hashed and compared by its bits.
#[derive(Clone, Copy, Debug)]
pub struct Real(pub f64);

impl std::hash::Hash for Real {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// The payload of a str.
#[derive(Clone, Debug)]
pub struct StrObject {
    /// Its code points.
    pub text: Str,
    /// Python's hash of it, once somebody asked.
    hash: Cell<Option<i64>>,
    /// Whether it is the one str with this text in the table of interned strings.
    pub interned: bool,
}

impl StrObject {
    /// Python's `hash()` of the text.
    pub fn hash(&self) -> i64 {
        self.hash.get().unwrap_or_else(|| {
            let hash = super::hash::code_points(self.text.points());
            self.hash.set(Some(hash));
            hash
        })
    }
}

impl std::hash::Hash for StrObject {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        // The cached hash is no part of the state: it follows from the text.
        self.text.hash(state);
        self.interned.hash(state);
    }
}

/// The payload of a builtin type with slots in front of it.
#[derive(Clone, Debug, Hash)]
pub struct Slotted {
    /// What the builtin type makes of the object.
    payload: Payload,
    /// The slots of the classes derived from it; one may be unset.
    slots: Box<[Option<Value>]>,
}

/// What an object is.  Each variant says what it holds; [`Payload::each_value`] visits all of it.
#[derive(Clone, Debug, Hash)]
pub enum Payload {
    /// A place in the arena that holds nothing.
    Free,
    /// An object without contents of its own: `object()`, instances of plain classes.
    Plain,
    /// An instance of a class with `__slots__`; a slot may be unset.
    Slots(Box<[Option<Value>]>),
    /// An instance of a class that adds `__slots__` to a builtin type.  Nobody meets it but [`Object`], whose payload
    /// is the one inside.
    Slotted(Box<Slotted>),
    /// An int that does not fit 64 bits, or an instance of a subclass of int.
    Int(Box<BigInt>),
    /// An instance of a subclass of float.
    Float(Real),
    /// A complex number: real and imaginary part.
    Complex(Real, Real),
    /// A str.
    Str(Box<StrObject>),
    /// A bytes object.
    Bytes(Rc<[u8]>),
    /// A bytearray.
    ByteArray(Vec<u8>),
    /// A list.
    List(Items),
    /// A tuple.
    Tuple(Box<[Value]>),
    /// A dict.
    Dict(Box<Dict<Value>>),
    /// A set or frozenset.
    Set(Box<Set<Value>>),
    /// A range: start, stop, step, each an int.
    Range(Box<[Value; 3]>),
    /// A slice: start, stop, step.
    Slice(Box<[Value; 3]>),
    /// A type.
    Class(Box<Class>),
    /// A function made by `def` or `lambda`.
    Function(Box<Function>),
    /// A function of the interpreter itself.
    Native(&'static NativeDef, Binding),
    /// A function bound to its first argument.
    Method {
        /// What is called.
        function: Value,
        /// The first argument.
        receiver: Value,
    },
    /// An attribute of a builtin type's instances that is computed when read.
    Accessor(&'static Accessor, Handle),
    /// One of a class's `__slots__`.
    Member(Box<Member>),
    /// `property`.
    Property(Box<Property>),
    /// `classmethod`.
    ClassMethod(Value),
    /// `staticmethod`.
    StaticMethod(Value),
    /// `super(class, object)`: the class, the object or None, the type whose MRO is searched or None.
    Super(Box<[Value; 3]>),
    /// A variable shared between a function and those defined in it; empty while unbound.
    Cell(Option<Value>),
    /// A code object.
    Code(Rc<LoadedCode>),
    /// A module; its names are in the attribute dict.
    Module,
    /// A generator, coroutine or asynchronous generator.
    Generator(Box<Generator>),
    /// An exception.
    Exception(Box<Exception>),
    /// One entry of a traceback.
    Traceback(Box<Traceback>),
    /// A frame that somebody can still ask about: `tb_frame`, `sys._getframe`.
    Frame(Box<exception::FrameObject>),
    /// `f_locals` of a function's frame: the frame.
    FrameLocals(Value),
    /// A file, or what behaves like one.
    Io(Box<io::Io>),
    /// An iterator of a builtin type.
    Iter(Box<Iter>),
    /// `dict.keys()`, `.values()`, `.items()` by the object's type: the dict.
    DictView(Value),
    /// A read-only view of a mapping; `__dict__` of a class is one of its namespace, a dict.
    MappingProxy(Value),
    /// `list[int]`: origin, then the tuple of arguments; the tuple of type parameters, once it was asked for.
    GenericAlias(Value, Value, Option<Handle>),
    /// `*tuple[int]`: the generic alias whose arguments stand for themselves.
    UnpackedAlias(Value, Value, Option<Handle>),
    /// A step of an asynchronous generator, and what else `await` waits for besides coroutines.
    Awaitable(Box<awaitable::Awaitable>),
    /// A type parameter: `T` in `class C[T]`.
    TypeParam(Box<typing::TypeParam>),
    /// A type alias: `type X = int`.
    TypeAlias(Box<typing::TypeAlias>),
    /// `int | None`.
    Union(Box<union::Union>),
    /// A weak reference, or a proxy of what it leads to.
    WeakRef(Box<WeakRef>),
    /// What a type of a native module holds.
    Extension(Box<Extension>),
    /// A deque.
    Deque(Box<deque::Deque>),
    /// A memoryview.
    MemoryView(Box<memory_view::MemoryView>),
    /// A field of a named tuple: its index and its docstring.
    TupleGetter(usize, Value),
}

impl Payload {
    /// Whether it is a builtin sequence, whose `+` and `*` join and repeat.
    pub const fn is_joinable(&self) -> bool {
        matches!(self, Self::List(_) | Self::Tuple(_) | Self::Str(_) | Self::Bytes(_) | Self::ByteArray(_))
    }

    /// A str's payload, not interned.
    pub fn str(text: Str) -> Self {
        Self::Str(Box::new(StrObject { text, hash: Cell::new(None), interned: false }))
    }

    /// Whether the type brings special methods that are its own: the general way asks those, and has no
    /// shorter one for it.
    pub const fn speaks_for_itself(&self) -> bool {
        matches!(self, Self::WeakRef(_) | Self::Deque(_) | Self::MemoryView(_) | Self::TupleGetter(..))
    }

    /// Visits every value that this payload holds a counted reference to.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::Free
            | Self::Plain
            | Self::Int(_)
            | Self::Float(_)
            | Self::Complex(..)
            | Self::Str(_)
            | Self::Bytes(_)
            | Self::ByteArray(_)
            | Self::Module
            | Self::Native(_, Binding::None | Binding::Owner(_)) => {}
            Self::Slots(slots) => slots.iter().flatten().copied().for_each(visit),
            Self::Slotted(slotted) => {
                slotted.slots.iter().flatten().copied().for_each(&mut *visit);
                slotted.payload.each_value(visit);
            }
            // The last first: in this order CPython lets go of them.
            Self::List(items) => items.iter().rev().copied().for_each(visit),
            Self::Tuple(items) => items.iter().rev().copied().for_each(visit),
            Self::Dict(dict) => {
                dict.order().into_iter().flat_map(Order::iter).for_each(|(_, node)| visit(node.key));
                dict.each_value(visit);
                dict.factory().into_iter().for_each(visit);
            }
            Self::Set(set) => set.each_value(visit),
            Self::Range(parts) | Self::Slice(parts) | Self::Super(parts) => {
                parts.iter().copied().for_each(visit);
            }
            Self::Class(class) => class.each_value(visit),
            Self::Function(function) => function.each_value(visit),
            Self::Native(_, Binding::Module(_, module)) => visit(Value::object(*module)),
            Self::Native(_, Binding::Receiver(value))
            | Self::ClassMethod(value)
            | Self::StaticMethod(value)
            | Self::DictView(value)
            | Self::MappingProxy(value)
            | Self::FrameLocals(value)
            | Self::Cell(Some(value)) => visit(*value),
            Self::Cell(None) => {}
            Self::Awaitable(awaitable) => awaitable.each_value(visit),
            Self::TypeParam(param) => param.each_value(visit),
            Self::TypeAlias(alias) => alias.each_value(visit),
            Self::Method { function: first, receiver: second } => {
                visit(*first);
                visit(*second);
            }
            Self::GenericAlias(origin, args, parameters) | Self::UnpackedAlias(origin, args, parameters) => {
                visit(*origin);
                visit(*args);
                parameters.map(Value::object).into_iter().for_each(visit);
            }
            Self::Union(union) => union.each_value(visit),
            Self::Accessor(_, owner) => visit(Value::object(*owner)),
            Self::Member(member) => visit(Value::object(member.owner)),
            Self::Property(property) => property.each_value(visit),
            Self::Code(code) => code.each_value(visit),
            Self::Generator(generator) => generator.each_value(visit),
            Self::Exception(exception) => exception.each_value(visit),
            Self::Traceback(traceback) => traceback.each_value(visit),
            Self::Frame(frame) => frame.each_value(visit),
            Self::Io(io) => io.each_value(visit),
            Self::WeakRef(weakref) => weakref.each_value(visit),
            Self::Extension(extension) => extension.each_value(visit),
            Self::Deque(deque) => deque.items.iter().copied().for_each(visit),
            Self::MemoryView(view) => view.owner.into_iter().for_each(visit),
            Self::TupleGetter(_, doc) => visit(*doc),
            Self::Iter(iterator) => iterator.each_value(visit),
        }
    }
}

impl Object {
    /// What an unused place in the arena holds.
    pub const FREE: Self =
        Self { class: types::OBJECT, dict: None, born: 0, head: Head::NONE, contents: Payload::Free };

    /// An object of a class whose instances have so many slots, all unset; where the class derives from a builtin type,
    /// they stand beside what that makes of the object.
    #[inline]
    pub fn new(class: Handle, layout: Layout, slots: u32, born: u64, payload: Payload) -> Self {
        let contents = match layout {
            _ if slots == 0 => payload,
            Layout::Plain | Layout::Slots => Payload::Slots(unset(slots)),
            Layout::Builtin(_) => Payload::Slotted(Box::new(Slotted { payload, slots: unset(slots) })),
        };
        Self { class, dict: None, born, head: Head::NONE, contents }
    }

    /// What kind of thing it is, and its contents.
    #[inline]
    pub fn payload(&self) -> &Payload {
        match &self.contents {
            Payload::Slotted(slotted) => &slotted.payload,
            payload => payload,
        }
    }

    /// The same, to change it.
    #[inline]
    pub fn payload_mut(&mut self) -> &mut Payload {
        match &mut self.contents {
            Payload::Slotted(slotted) => &mut slotted.payload,
            payload => payload,
        }
    }

    /// What is in its slots.
    pub fn slots(&self) -> &[Option<Value>] {
        match &self.contents {
            Payload::Slots(slots) => slots,
            Payload::Slotted(slotted) => &slotted.slots,
            _ => &[],
        }
    }

    /// The same, to change it.
    pub fn slots_mut(&mut self) -> &mut [Option<Value>] {
        match &mut self.contents {
            Payload::Slots(slots) => slots,
            Payload::Slotted(slotted) => &mut slotted.slots,
            _ => &mut [],
        }
    }

    /// Takes away what it is and holds.
    pub fn take_contents(&mut self) -> Payload {
        std::mem::replace(&mut self.contents, Payload::Plain)
    }

    /// Visits every value that its slots and its payload hold a counted reference to.
    pub fn each_content(&self, visit: &mut impl FnMut(Value)) {
        self.contents.each_value(visit);
    }

    /// Whether the place is unused.
    pub const fn is_free(&self) -> bool {
        matches!(self.contents, Payload::Free)
    }

    /// Visits every value that this object holds a counted reference to: its type, its dict, its contents.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        if self.is_free() {
            return;
        }
        visit(Value::object(self.class));
        if let Some(dict) = self.dict {
            visit(Value::object(dict));
        }
        self.contents.each_value(visit);
    }

    /// The same values in the order in which CPython lets go of them when the object goes.
    pub fn each_dropped(&self, visit: &mut impl FnMut(Value)) {
        if self.is_free() {
            return;
        }
        self.slots().iter().flatten().copied().for_each(&mut *visit);
        if let Some(dict) = self.dict {
            visit(Value::object(dict));
        }
        match self.payload() {
            _ if matches!(self.contents, Payload::Slots(_)) => {}
            Payload::List(items) => items.iter().rev().copied().for_each(&mut *visit),
            Payload::Tuple(items) => items.iter().rev().copied().for_each(&mut *visit),
            Payload::Generator(generator) => generator.each_dropped(visit),
            payload => payload.each_value(visit),
        }
        visit(Value::object(self.class));
    }
}

fn unset(slots: u32) -> Box<[Option<Value>]> {
    vec![None; slots as usize].into()
}
