//! `object`, the base of all types, and what every object can do.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::hash;
use super::super::names;
use super::super::native::Style;
use super::super::protocol::attribute_wrappers as wrappers;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::{Accessor, Layout, TypeSpec};
use super::function::NativeDef;
use super::{Payload, types};

/// `object`.
pub static OBJECT: TypeSpec = TypeSpec {
    layout: Layout::Plain,
    subclassable: true,
    doc: Some("What every class derives from: an object with nothing of its own."),
    natives: &[
        NativeDef::new(Params::Any, new),
        NativeDef::wrapper("__repr__", Params::None, repr),
        NativeDef::wrapper("__hash__", Params::None, hash),
        NativeDef::wrapper("__str__", Params::None, str),
        NativeDef::wrapper("__lt__", Params::One, not_implemented),
        NativeDef::wrapper("__le__", Params::One, not_implemented),
        NativeDef::wrapper("__eq__", Params::One, eq),
        NativeDef::wrapper("__ne__", Params::One, ne),
        NativeDef::wrapper("__gt__", Params::One, not_implemented),
        NativeDef::wrapper("__ge__", Params::One, not_implemented),
        NativeDef::wrapper("__init__", Params::Any, init),
        NativeDef::method("__reduce_ex__", Params::One, reduce_ex),
        NativeDef::method("__reduce__", Params::None, reduce),
        NativeDef::method("__getstate__", Params::None, getstate),
        NativeDef::class_method("__subclasshook__", Params::One, not_implemented),
        NativeDef::class_method("__init_subclass__", Params::None, nothing),
        NativeDef::method("__format__", Params::One, format),
        NativeDef::method("__sizeof__", Params::None, size_of),
        NativeDef::method("__dir__", Params::None, dir),
    ],
    wrappers: &[&wrappers::OBJECT_GETATTRIBUTE, &wrappers::OBJECT_SETATTR, &wrappers::OBJECT_DELATTR],
    accessors: &[Accessor::new("__class__", class, set_class)],
    ..TypeSpec::new(types::OBJECT, "object")
};

fn class_argument(args: &Args) -> Handle {
    args.at(0).handle().expect("__new__ is called with a class")
}

/// Whether `class` has its own `name`, in place of object's.
fn overrides(m: &Machine, class: Handle, name: Handle) -> bool {
    m.heap.lookup(class, name) != m.heap.lookup(types::OBJECT, name)
}

fn new(m: &mut Machine, args: &Args) -> Eval {
    let class = class_argument(args);
    let (builtin, layout) = (m.heap.class(class).builtin, m.heap.class(class).layout);
    if builtin && matches!(layout, Layout::Builtin(_)) {
        return Err(cannot_create(m, class));
    }
    if args.len() > 1 {
        if overrides(m, class, names::NEW) {
            return Err(m.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
        }
        if !overrides(m, class, names::INIT) {
            let name = m.type_name(class);
            return Err(m.type_error(format!("{name}() takes no arguments")));
        }
    }
    no_abstract_methods(m, class)?;
    match layout {
        Layout::Plain | Layout::Slots => Ok(Value::object(m.heap.alloc(class, Payload::Plain)).into()),
        Layout::Builtin(_) => Err(cannot_create(m, class)),
    }
}

/// Only the machine makes instances of this type.
fn cannot_create(m: &mut Machine, class: Handle) -> Raise {
    let name = m.type_name(class);
    m.type_error(format!("cannot create '{name}' instances"))
}

/// A class that still has abstract methods has no instances.
fn no_abstract_methods(m: &mut Machine, class: Handle) -> Result<(), Raise> {
    if !m.heap.class(class).is_abstract {
        return Ok(());
    }
    let found = m.heap.get_name(m.heap.class(class).namespace, names::ABSTRACTMETHODS);
    let names = match found.and_then(|found| m.heap.payload_of(found)) {
        Some(Payload::Set(set)) => set.iter().map(|(_, name)| name).collect(),
        Some(Payload::Tuple(items)) => items.to_vec(),
        Some(Payload::List(items)) => items.to_vec(),
        Some(Payload::Dict(dict)) => dict.iter().map(|entry| entry.key).collect(),
        _ => {
            let given = m.class_name(found.unwrap_or(Value::NONE));
            if found.is_some_and(|found| m.is_iterable(found)) {
                return Err(m.unsupported(format!("__abstractmethods__ given as '{given}'")));
            }
            return Err(m.type_error(format!("'{given}' object is not iterable")));
        }
    };
    let mut texts: Vec<String> = names.iter().map(|name| format!("'{}'", m.brief_text(*name))).collect();
    texts.sort();
    let s = if texts.len() == 1 { "" } else { "s" };
    let name = m.heap.class(class).name.clone();
    Err(m.type_error(format!(
        "Can't instantiate abstract class {name} without an implementation for abstract method{s} {}",
        texts.join(", ")
    )))
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    if args.len() > 1 {
        let class = m.heap.class_of(args.at(0));
        if overrides(m, class, names::INIT) {
            return Err(
                m.type_error("object.__init__() takes exactly one argument (the instance to initialize)")
            );
        }
        // What only the machine makes has no `__new__` in CPython, not that of object.
        let only_made = m.heap.class(class).builtin && class != types::OBJECT;
        if !only_made && !overrides(m, class, names::NEW) {
            let name = m.heap.class(class).name.clone();
            return Err(m.type_error(format!(
                "{name}.__init__() takes exactly one argument (the instance to initialize)"
            )));
        }
    }
    Ok(Value::NONE.into())
}

fn repr(m: &mut Machine, args: &Args) -> Eval {
    let value = args.at(0);
    let class = m.class_title(m.heap.class_of(value));
    let text = format!("<{class} object at 0x{:x}>", m.identity(value));
    Ok(m.heap.str(text).into())
}

fn str(m: &mut Machine, args: &Args) -> Eval {
    m.repr(args.at(0))
}

fn hash(m: &mut Machine, args: &Args) -> Eval {
    let hash = hash::pointer(m.identity(args.at(0)));
    Ok(m.heap.int(hash).into())
}

fn eq(_: &mut Machine, args: &Args) -> Eval {
    Ok(if args.at(0) == args.at(1) { Value::TRUE } else { Value::NOT_IMPLEMENTED }.into())
}

/// The opposite of what `__eq__` says.
fn ne(m: &mut Machine, args: &Args) -> Eval {
    m.compare_by_eq(args.at(0), args.at(1))
}

fn not_implemented(_: &mut Machine, _: &Args) -> Eval {
    Ok(Value::NOT_IMPLEMENTED.into())
}

fn nothing(_: &mut Machine, _: &Args) -> Eval {
    Ok(Value::NONE.into())
}

fn reduce(m: &mut Machine, args: &Args) -> Eval {
    m.common_reduce(args.at(0), 0)
}

fn reduce_ex(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("__reduce_ex__", args, &[1], Style::Plain, |m, args| {
        let protocol = m.int_argument(args.at(1))?;
        m.reduce_ex(args.at(0), protocol.into())
    })
}

fn getstate(m: &mut Machine, args: &Args) -> Eval {
    m.default_state(args.at(0), false)
}

fn size_of(m: &mut Machine, args: &Args) -> Eval {
    let size = m.plain_size(args.at(0))?;
    Ok(m.heap.int(size).into())
}

fn format(m: &mut Machine, args: &Args) -> Eval {
    let (value, spec) = (args.at(0), args.at(1));
    match m.heap.text_of(spec) {
        Some(spec) if spec.is_empty() => m.str(value),
        Some(_) => {
            let class = m.class_name(value);
            Err(m.type_error(format!("unsupported format string passed to {class}.__format__")))
        }
        None => {
            let given = m.argument_class(spec);
            Err(m.type_error(format!("__format__() argument must be str, not {given}")))
        }
    }
}

fn dir(m: &mut Machine, args: &Args) -> Eval {
    let dict = m.get_attr_or(args.at(0), names::DICT, Value::NONE)?;
    let args = Args::new([args.at(0), Value::NONE, Value::NONE]);
    m.continue_with("__dir__", dict, args, 1, |m, args| {
        let class = m.get_attr_or(args.at(0), names::CLASS, Value::NONE)?;
        m.continue_with("__dir__", class, args.clone(), 2, |m, args| {
            let mut names = NameList::default();
            let dict = args.at(1).handle();
            if let Some(dict) = dict.filter(|dict| matches!(m.heap.payload(*dict), Payload::Dict(_))) {
                names.add(m, dict);
            }
            if let Some(class) = args.at(2).handle().filter(|_| m.is_class(args.at(2))) {
                names.add_class(m, class);
            }
            Ok(m.heap.list(names.values).into())
        })
    })
}

fn class(m: &mut Machine, value: Value) -> Eval {
    Ok(Value::object(m.heap.class_of(value)).into())
}

fn set_class(m: &mut Machine, object: Value, value: Option<Value>) -> Result<(), Raise> {
    let Some(value) = value else {
        return Err(m.type_error("can't delete __class__ attribute"));
    };
    let Some(new) = value.handle().filter(|_| m.is_class(value)) else {
        let given = m.class_name(value);
        return Err(m.type_error(format!("__class__ must be set to a class, not '{given}' object")));
    };
    let old = m.heap.class_of(object);
    let module = m.heap.is_subclass(old, types::MODULE) && m.heap.is_subclass(new, types::MODULE);
    if !module && (m.heap.class(old).builtin || m.heap.class(new).builtin) {
        return Err(
            m.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses")
        );
    }
    if !m.same_layout(old, new) {
        let (old, new) = (m.heap.class(old).name.clone(), m.heap.class(new).name.clone());
        return Err(m.type_error(format!("__class__ assignment: '{new}' object layout differs from '{old}'")));
    }
    let handle = object.handle().expect("an instance of a class made by a program is a heap object");
    m.heap.retain_handle(new);
    m.heap.get_mut(handle).class = new;
    m.heap.release_handle(old);
    Ok(())
}

impl Machine {
    /// What `type.__dir__` lists: the names of a class and its bases.
    pub(in crate::machine) fn class_attribute_names(&self, class: Handle) -> Vec<Value> {
        let mut names = NameList::default();
        names.add_class(self, class);
        names.values
    }
}

/// Names, each once, in the order in which they were found.
#[derive(Default)]
struct NameList {
    values: Vec<Value>,
    known: std::collections::BTreeSet<Vec<u32>>,
}

impl NameList {
    fn add(&mut self, m: &Machine, dict: Handle) {
        for entry in m.heap.dict(dict).iter() {
            match m.heap.text_of(entry.key) {
                Some(text) if !self.known.insert(text.points().collect()) => {}
                _ => self.values.push(entry.key),
            }
        }
    }

    fn add_class(&mut self, m: &Machine, class: Handle) {
        // Every class that can be reached through bases stands in the MRO, in the same order of first
        // sight but for diamonds, whose names `dir()` sorts in any case.
        for owner in m.heap.class(class).mro.iter() {
            self.add(m, m.heap.class(*owner).namespace);
        }
    }
}
