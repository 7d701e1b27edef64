//! Types: the payload of a class object, and how the builtin ones are described.

use std::borrow::Cow;
use std::rc::Rc;

use super::super::Machine;
use super::super::frame::Eval;
use super::super::heap::Heap;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::Payload;
use super::function::NativeDef;

/// What kind of payload the instances of a class have.  Two bases with different layouts, neither of
/// which is plain, cannot be combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// No contents of their own.
    Plain,
    /// Slots from `__slots__`, of this class or one of its bases.
    Slots,
    /// The payload of this builtin type.
    Builtin(Handle),
}

/// The special methods of attribute access that a class has in Python: remembered, so that the plain
/// way is taken without looking for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hooks {
    /// `__getattribute__`.
    pub getattribute: bool,
    /// `__getattr__`.
    pub getattr: bool,
    /// `__setattr__` or `__delattr__`.
    pub setattr: bool,
    /// `__get__`: its instances are descriptors.
    pub get: bool,
    /// `__set__` or `__delete__`: its instances are data descriptors.
    pub set: bool,
}

/// What `match` takes the instances of a class for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Collection {
    /// A pattern in brackets may match them.
    Sequence,
    /// A pattern in braces may match them.
    Mapping,
}

/// A type object.
#[derive(Clone, Debug, Hash)]
pub struct Class {
    /// `__name__`.
    pub name: Rc<str>,
    /// `__qualname__`.
    pub qualname: Rc<str>,
    /// `__bases__`.
    pub bases: Vec<Handle>,
    /// The base that decides what instances look like; `None` for object alone.
    pub base: Option<Handle>,
    /// The method resolution order, this class itself first.
    pub mro: Rc<[Handle]>,
    /// Whether its metaclass is still to say that order: there is no `__mro__` until then.
    pub is_unordered: bool,
    /// `__module__` of a builtin type; other classes have it in their namespace.
    pub module: &'static str,
    /// `__doc__` of a builtin type; other classes have it in their namespace.
    pub doc: Option<&'static str>,
    /// `__text_signature__` of a class that Python code has made: from the docstring it was made with.
    pub text_signature: Option<Rc<str>>,
    /// The dict of what the class body defined: names to values.
    pub namespace: Handle,
    /// What instances look like.
    pub layout: Layout,
    /// A builtin type: its attributes cannot be changed.
    pub builtin: bool,
    /// Whether it can be a base.
    pub subclassable: bool,
    /// Whether instances have a `__dict__`.
    pub has_dict: bool,
    /// Whether instances can be referred to weakly.
    pub has_weakref: bool,
    /// Slots of instances, those of the bases included.
    pub slots: u32,
    /// Whether `__abstractmethods__` has been set to something that is true: it has no instances.
    pub is_abstract: bool,
    /// Whether a class of the MRO defines `__del__`.
    pub has_del: bool,
    /// Which ways of attribute access Python code of the MRO has taken over.
    pub hooks: Hooks,
    /// The direct subclasses; not counted, as CPython holds them weakly.
    pub subclasses: Vec<Handle>,
    /// How often its attributes or its order have changed, and the step that changed them last.
    pub changed: (u32, u64),
    /// What its instances are to `match`, where an abstract base class says so.
    pub collection: Option<Collection>,
}

impl Class {
    /// Its name as most messages give it: that of some builtin types has the module in front, because CPython's
    /// source writes it so.
    pub fn name_in_messages(&self) -> Cow<'_, str> {
        let from_python = matches!(
            self.module,
            "builtins" | "__future__" | "io" | "_frozen_importlib" | "_frozen_importlib_external"
        );
        let short = matches!(self.module, "typing" | "string.templatelib" | "weakref" | "collections")
            && self.name.starts_with('_');
        let with_module = !from_python && !short;
        if self.builtin && with_module {
            return format!("{}.{}", self.module, self.name).into();
        }
        (&*self.name).into()
    }

    /// Visits every value that is held and counted.  The class itself is among them, in its MRO, unless a
    /// metaclass has left it out: it goes when the collector finds that cycle.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.namespace));
        self.mro.iter().for_each(|class| visit(Value::object(*class)));
        self.bases.iter().chain(&self.base).for_each(|class| visit(Value::object(*class)));
    }
}

/// The descriptor of one of a class's `__slots__`.
#[derive(Clone, Debug, Hash)]
pub struct Member {
    /// The class that declares it.
    pub owner: Handle,
    /// Its name.
    pub name: Rc<str>,
    /// Its place among the slots.
    pub index: u32,
}

/// Computes an attribute.
pub type Getter = fn(&mut Machine, Value) -> Eval;
/// Sets an attribute, or deletes it (`None`).
pub type Setter = fn(&mut Machine, Value, Option<Value>) -> Result<(), Raise>;

/// The same where Python code may have to run first.
pub type LateSetter = fn(&mut Machine, Value, Option<Value>) -> Eval;

/// An attribute of a builtin type's instances that is computed when read (`getset_descriptor`).
#[derive(Debug)]
pub struct Accessor {
    /// Its name.
    pub name: &'static str,
    /// Reads it.
    pub get: Getter,
    /// Writes it, where it can be written.
    pub set: Option<Setter>,
    /// Writes it, where that may have to run Python code.
    pub set_later: Option<LateSetter>,
    /// Whether CPython shows it as a member descriptor.
    pub member: bool,
}

impl Accessor {
    /// An attribute that can only be read.
    pub const fn read_only(name: &'static str, get: Getter) -> Self {
        Self { name, get, set: None, set_later: None, member: false }
    }

    /// An attribute that can be read and written.
    pub const fn new(name: &'static str, get: Getter, set: Setter) -> Self {
        Self { name, get, set: Some(set), set_later: None, member: false }
    }

    /// An attribute that can be read, and written where Python code may have to run first.
    pub const fn late(name: &'static str, get: Getter, set: LateSetter) -> Self {
        Self { name, get, set: None, set_later: Some(set), member: false }
    }

    /// The same, shown as a member descriptor.
    #[must_use]
    pub const fn as_member(self) -> Self {
        Self { member: true, ..self }
    }
}

impl std::hash::Hash for Accessor {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// A builtin type as the source of this program describes it; the machine makes a [`Class`] of it.
#[derive(Debug)]
pub struct TypeSpec {
    /// Its fixed place.
    pub handle: Handle,
    /// `__name__`.
    pub name: &'static str,
    /// `__module__`.
    pub module: &'static str,
    /// The base; object where there is none to name.
    pub base: Handle,
    /// What its instances look like.
    pub layout: Layout,
    /// Whether it can be a base.
    pub subclassable: bool,
    /// Whether instances of it have a `__dict__`.
    pub has_dict: bool,
    /// `__doc__`.
    pub doc: Option<&'static str>,
    /// Methods of its own, `__new__` included.
    pub natives: &'static [NativeDef],
    /// Special methods it shares with other types (`__add__`, `__len__`, …).
    pub wrappers: &'static [&'static NativeDef],
    /// Computed attributes.
    pub accessors: &'static [Accessor],
    /// Whether it is unhashable: `__hash__` is None.
    pub unhashable: bool,
}

impl TypeSpec {
    /// A type with nothing in it yet; the rest is filled in with `..`.
    pub const fn new(handle: Handle, name: &'static str) -> Self {
        Self {
            handle,
            name,
            module: "builtins",
            base: super::types::OBJECT,
            layout: Layout::Builtin(handle),
            subclassable: false,
            has_dict: false,
            doc: None,
            natives: &[],
            wrappers: &[],
            accessors: &[],
            unhashable: false,
        }
    }
}

impl Heap {
    /// The type at `handle`, if it is one.
    #[inline]
    pub fn type_of(&self, handle: Handle) -> Option<&Class> {
        match self.payload(handle) {
            Payload::Class(class) => Some(class),
            _ => None,
        }
    }

    /// The type at `handle`, which must be one: an object's type, a base, a member of an MRO.
    #[inline]
    pub fn class(&self, handle: Handle) -> &Class {
        self.type_of(handle).expect("the type of an object is a type")
    }

    /// The same, to change it.
    pub fn class_mut(&mut self, handle: Handle) -> &mut Class {
        match self.payload_mut(handle) {
            Payload::Class(class) => class,
            _ => panic!("the type of an object is a type"),
        }
    }

    /// Whether `class` is `base` or derives from it.
    #[inline]
    pub fn is_subclass(&self, class: Handle, base: Handle) -> bool {
        class == base || self.class(class).mro.contains(&base)
    }

    /// Whether `value` is an instance of `base` or of a class derived from it.
    #[inline]
    pub fn is_instance(&self, value: Value, base: Handle) -> bool {
        self.is_subclass(self.class_of(value), base)
    }

    /// Looks `name`, an interned str, up along the MRO of `class`: the value, and the class that has it.
    pub fn lookup_with_owner(&self, class: Handle, name: Handle) -> Option<(Value, Handle)> {
        self.class(class)
            .mro
            .iter()
            .find_map(|owner| Some((self.get_name(self.class(*owner).namespace, name)?, *owner)))
    }

    /// Looks `name`, an interned str, up along the MRO of `class`.
    pub fn lookup(&self, class: Handle, name: Handle) -> Option<Value> {
        self.lookup_with_owner(class, name).map(|found| found.0)
    }

    /// Whether `method`, found as `name` on `class`, is what the builtin type has under that name that `class` is or
    /// derives from.  It need not be: a class may take any other wrapper for its own, as `__str__ = int.__repr__`.
    pub fn is_builtin_special(&self, class: Handle, name: Handle, method: Value) -> bool {
        if !matches!(self.payload_of(method), Some(Payload::Native(..))) {
            return false;
        }
        let mut base = class;
        while !self.class(base).builtin {
            base = self.class(base).base.expect("only object has no base, and it is builtin");
        }
        base == class || self.lookup(base, name) == Some(method)
    }

    /// A special method that every class has: object's, where a metaclass's `mro()` has left object out.
    pub fn slot(&self, class: Handle, name: Handle) -> Value {
        let found = self.lookup(class, name).or_else(|| self.lookup(super::types::OBJECT, name));
        found.expect("it is a special method of object")
    }

    /// Looks the special method `name` of `value` up: on its type, never on itself.
    pub fn special(&self, value: Value, name: Handle) -> Option<Value> {
        self.lookup(self.class_of(value), name)
    }
}
