//! `type`, the type of types: what a class can be asked and told.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::protocol::attribute_wrappers as wrappers;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::{Accessor, Class, TypeSpec};
use super::function::NativeDef;
use super::memory::Memory;
use super::{Payload, types};

/// `type`.
pub static TYPE: TypeSpec = TypeSpec {
    subclassable: true,
    has_dict: true,
    doc: Some("The class of classes: tells the class of an object, or makes a new class."),
    natives: &[
        NativeDef::new(Params::Any, Machine::new_class),
        NativeDef::wrapper("__repr__", Params::None, |m, args| m.builtin_repr(args.at(0))),
        NativeDef::wrapper("__call__", Params::Any, call),
        NativeDef::wrapper("__init__", Params::Any, init),
        NativeDef::wrapper("__or__", Params::One, |m, args| m.union_of(args.at(0), args.at(1))),
        NativeDef::wrapper("__ror__", Params::One, |m, args| m.union_of(args.at(1), args.at(0))),
        NativeDef::method("mro", Params::None, mro),
        NativeDef::method("__subclasses__", Params::None, subclasses),
        NativeDef::class_method("__prepare__", Params::Any, prepare),
        NativeDef::method("__instancecheck__", Params::One, instance_check),
        NativeDef::method("__subclasscheck__", Params::One, subclass_check),
        NativeDef::method("__dir__", Params::None, dir),
    ],
    wrappers: &[&wrappers::GETATTRIBUTE, &wrappers::SETATTR, &wrappers::DELATTR],
    accessors: &[
        Accessor::new("__name__", name, set_name),
        Accessor::new("__qualname__", qualname, set_qualname),
        Accessor::late("__bases__", bases, set_bases),
        Accessor::read_only("__base__", base).as_member(),
        Accessor::read_only("__mro__", mro_tuple),
        Accessor::new("__module__", module, set_module),
        Accessor::read_only("__dict__", dict),
        Accessor::new("__doc__", doc, set_doc),
        Accessor::new("__abstractmethods__", abstract_methods, set_abstract_methods),
        Accessor::new("__annotations__", Machine::class_annotations, set_annotations),
        Accessor::new("__annotate__", annotate, set_annotate),
        Accessor::new("__type_params__", type_params, set_type_params),
        Accessor::read_only("__basicsize__", |m, class| memory(m, class, |memory| memory.basic)).as_member(),
        Accessor::read_only("__itemsize__", |m, class| memory(m, class, |memory| memory.item)).as_member(),
        Accessor::read_only("__flags__", super::type_flags::flags).as_member(),
        Accessor::read_only("__dictoffset__", |m, class| memory(m, class, |memory| memory.dict)).as_member(),
        Accessor::read_only("__weakrefoffset__", |m, class| memory(m, class, |memory| memory.weakref))
            .as_member(),
        Accessor::read_only("__text_signature__", text_signature),
    ],
    ..TypeSpec::new(types::TYPE, "type")
};

fn handle_of(value: Value) -> Handle {
    value.handle().expect("a class is a heap object")
}

fn class_of(m: &Machine, value: Value) -> &Class {
    m.heap.class(handle_of(value))
}

/// What the class itself, not one of its bases, has under `name`.
fn own(m: &Machine, class: Value, name: Handle) -> Option<Value> {
    m.heap.get_name(class_of(m, class).namespace, name)
}

/// How CPython lays instances out in memory.
fn memory(m: &mut Machine, class: Value, part: fn(&Memory) -> i64) -> Eval {
    let memory = m.instance_memory(handle_of(class))?;
    Ok(m.heap.int(part(&memory)).into())
}

/// What the docstring of a type says of its arguments, in CPython's form of it.
fn text_signature(m: &mut Machine, class: Value) -> Eval {
    let handle = handle_of(class);
    if m.heap.class(handle).builtin {
        let (signature, name) = (m.signature_of_type(handle), m.class_title(handle));
        return m.shown_signature(signature, &name);
    }
    let text = m.heap.class(handle).text_signature.clone();
    Ok(text.map_or(Value::NONE, |text| m.heap.str(&*text)).into())
}

fn call(m: &mut Machine, args: &Args) -> Eval {
    m.instantiate(handle_of(args.at(0)), args.without_first())
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    let given = args.positional() - 1;
    if given == 1 && args.keywords().next().is_some() {
        return Err(m.type_error("type.__init__() takes no keyword arguments"));
    }
    if given != 1 && given != 3 {
        return Err(m.type_error("type.__init__() takes 1 or 3 arguments"));
    }
    Ok(Value::NONE.into())
}

fn prepare(m: &mut Machine, _: &Args) -> Eval {
    Ok(Value::object(m.heap.new_dict()).into())
}

fn mro(m: &mut Machine, args: &Args) -> Eval {
    let items = m.linear_order(handle_of(args.at(0)))?;
    let items = items.into_iter().map(Value::object).collect();
    Ok(m.heap.list(items).into())
}

fn mro_items(m: &Machine, class: Value) -> Vec<Value> {
    class_of(m, class).mro.iter().copied().map(Value::object).collect()
}

fn subclasses(m: &mut Machine, args: &Args) -> Eval {
    let items = class_of(m, args.at(0)).subclasses.iter().copied().map(Value::object).collect();
    Ok(m.heap.list(items).into())
}

fn instance_check(m: &mut Machine, args: &Args) -> Eval {
    m.plain_instance_check(args.at(1), args.at(0))
}

fn subclass_check(m: &mut Machine, args: &Args) -> Eval {
    m.plain_subclass_check(args.at(1), args.at(0))
}

fn dir(m: &mut Machine, args: &Args) -> Eval {
    let names = m.class_attribute_names(handle_of(args.at(0)));
    Ok(m.heap.list(names).into())
}

fn name(m: &mut Machine, class: Value) -> Eval {
    let name = class_of(m, class).name.clone();
    Ok(m.heap.intern(&*name).into())
}

fn qualname(m: &mut Machine, class: Value) -> Eval {
    let name = class_of(m, class).qualname.clone();
    Ok(m.heap.intern(&*name).into())
}

/// The class as one that can be changed, and the value; deleting is an error.
fn changeable(
    m: &mut Machine,
    class: Value,
    value: Option<Value>,
    attribute: &str,
) -> Result<(Handle, Value), Raise> {
    let builtin = super::type_flags::is_immutable(&m.heap, handle_of(class));
    let name = m.type_name(handle_of(class));
    match value {
        Some(value) if !builtin => Ok((handle_of(class), value)),
        Some(_) => {
            Err(m.type_error(format!("cannot set '{attribute}' attribute of immutable type '{name}'")))
        }
        None => {
            Err(m.type_error(format!("cannot delete '{attribute}' attribute of immutable type '{name}'")))
        }
    }
}

fn new_name(
    m: &mut Machine,
    class: Value,
    value: Option<Value>,
    attribute: &str,
) -> Result<(Handle, std::rc::Rc<str>), Raise> {
    let (handle, value) = changeable(m, class, value, attribute)?;
    match m.heap.text_of(value) {
        Some(text) => Ok((handle, text.to_string_lossy().into())),
        None => {
            let (name, given) = (m.heap.class(handle).name.clone(), m.class_name(value));
            Err(m.type_error(format!("can only assign string to {name}.{attribute}, not '{given}'")))
        }
    }
}

fn set_name(m: &mut Machine, class: Value, value: Option<Value>) -> Result<(), Raise> {
    let (handle, name) = new_name(m, class, value, "__name__")?;
    value.map_or(Ok(()), |value| m.check_utf8(value))?;
    if name.contains('\0') {
        return Err(m.value_error("type name must not contain null characters"));
    }
    m.heap.class_mut(handle).name = name;
    Ok(())
}

fn set_qualname(m: &mut Machine, class: Value, value: Option<Value>) -> Result<(), Raise> {
    let (handle, name) = new_name(m, class, value, "__qualname__")?;
    m.heap.class_mut(handle).qualname = name;
    Ok(())
}

fn bases(m: &mut Machine, class: Value) -> Eval {
    let items = class_of(m, class).bases.iter().copied().map(Value::object).collect();
    Ok(m.heap.tuple(items).into())
}

fn set_bases(m: &mut Machine, class: Value, value: Option<Value>) -> Eval {
    let (handle, value) = changeable(m, class, value, "__bases__")?;
    let name = m.heap.class(handle).name.clone();
    match m.heap.payload_of(value) {
        Some(Payload::Tuple(items)) if items.is_empty() => {
            Err(m.type_error(format!("can only assign non-empty tuple to {name}.__bases__, not ()")))
        }
        Some(Payload::Tuple(items)) => {
            let items = items.to_vec();
            m.assign_bases(handle, &items)
        }
        _ => {
            let given = m.class_name(value);
            Err(m.type_error(format!("can only assign tuple to {name}.__bases__, not {given}")))
        }
    }
}

fn base(m: &mut Machine, class: Value) -> Eval {
    Ok(class_of(m, class).base.map_or(Value::NONE, Value::object).into())
}

fn mro_tuple(m: &mut Machine, class: Value) -> Eval {
    if class_of(m, class).is_unordered {
        return Ok(Value::NONE.into());
    }
    let items = mro_items(m, class);
    Ok(m.heap.tuple(items).into())
}

fn module(m: &mut Machine, class: Value) -> Eval {
    let object = class_of(m, class);
    if object.builtin {
        let module = object.module;
        return Ok(m.heap.intern(module).into());
    }
    match own(m, class, names::MODULE) {
        Some(module) => Ok(module.into()),
        None => Err(m.raise(types::ATTRIBUTE_ERROR, "__module__")),
    }
}

fn set_module(m: &mut Machine, class: Value, value: Option<Value>) -> Result<(), Raise> {
    let (handle, value) = changeable(m, class, value, "__module__")?;
    m.heap.set_class_name(handle, names::MODULE, value);
    m.heap.delete_class_name(handle, names::FIRSTLINENO);
    Ok(())
}

fn dict(m: &mut Machine, class: Value) -> Eval {
    let namespace = Value::object(class_of(m, class).namespace);
    Ok(Value::object(m.heap.alloc(types::MAPPING_PROXY, Payload::MappingProxy(namespace))).into())
}

fn doc(m: &mut Machine, class: Value) -> Eval {
    if let Some(doc) = class_of(m, class).doc {
        return Ok(m.heap.intern(doc).into());
    }
    match own(m, class, names::DOC) {
        Some(doc) => m.bind(doc, None, handle_of(class)),
        None => Ok(Value::NONE.into()),
    }
}

fn set_doc(m: &mut Machine, class: Value, value: Option<Value>) -> Result<(), Raise> {
    let (handle, value) = changeable(m, class, value, "__doc__")?;
    m.heap.set_class_name(handle, names::DOC, value);
    Ok(())
}

fn abstract_methods(m: &mut Machine, class: Value) -> Eval {
    match own(m, class, names::ABSTRACTMETHODS) {
        Some(value) if handle_of(class) != types::TYPE => Ok(value.into()),
        _ => Err(m.raise(types::ATTRIBUTE_ERROR, "__abstractmethods__")),
    }
}

fn set_abstract_methods(m: &mut Machine, class: Value, value: Option<Value>) -> Result<(), Raise> {
    let handle = handle_of(class);
    let is_abstract = match value {
        Some(value) => match m.truth(value)? {
            Flow::Value(truth) => truth == Value::TRUE,
            Flow::Enter(_) => return Err(m.unsupported("__abstractmethods__ whose truth is Python code")),
        },
        None => false,
    };
    match value {
        Some(value) => m.heap.set_class_name(handle, names::ABSTRACTMETHODS, value),
        None if m.heap.delete_class_name(handle, names::ABSTRACTMETHODS) => {}
        None => return Err(m.raise(types::ATTRIBUTE_ERROR, "__abstractmethods__")),
    }
    m.heap.class_mut(handle).is_abstract = is_abstract;
    Ok(())
}

fn no_annotations(m: &mut Machine, class: Value, attribute: &str) -> Raise {
    let name = class_of(m, class).name.clone();
    m.raise(types::ATTRIBUTE_ERROR, format!("type object '{name}' has no attribute '{attribute}'"))
}

fn set_annotations(m: &mut Machine, class: Value, value: Option<Value>) -> Result<(), Raise> {
    let object = class_of(m, class);
    if object.builtin {
        let name = object.name.clone();
        return Err(
            m.type_error(format!("cannot set '__annotations__' attribute of immutable type '{name}'"))
        );
    }
    let handle = handle_of(class);
    let place = if own(m, class, names::ANNOTATIONS).is_some() {
        names::ANNOTATIONS
    } else {
        names::ANNOTATIONS_CACHE
    };
    match value {
        Some(value) => m.heap.set_class_name(handle, place, value),
        None if m.heap.delete_class_name(handle, place) => {}
        None => return Err(m.raise(types::ATTRIBUTE_ERROR, "__annotations__")),
    }
    m.heap.delete_class_name(handle, names::ANNOTATE);
    m.heap.delete_class_name(handle, names::ANNOTATE_FUNC);
    Ok(())
}

fn annotate(m: &mut Machine, class: Value) -> Eval {
    if class_of(m, class).builtin {
        return Err(no_annotations(m, class, "__annotate__"));
    }
    let found = own(m, class, names::ANNOTATE).or_else(|| own(m, class, names::ANNOTATE_FUNC));
    match found {
        Some(function) => m.bind(function, None, handle_of(class)),
        None => {
            m.heap.set_class_name(handle_of(class), names::ANNOTATE_FUNC, Value::NONE);
            Ok(Value::NONE.into())
        }
    }
}

fn set_annotate(m: &mut Machine, class: Value, value: Option<Value>) -> Result<(), Raise> {
    let Some(value) = value else {
        return Err(m.type_error("cannot delete __annotate__ attribute"));
    };
    let object = class_of(m, class);
    if object.builtin {
        let name = object.name.clone();
        return Err(m.type_error(format!("cannot set '__annotate__' attribute of immutable type '{name}'")));
    }
    if !value.is_none() && !m.is_callable(value) {
        return Err(m.type_error("__annotate__ must be callable or None"));
    }
    let handle = handle_of(class);
    m.heap.set_class_name(handle, names::ANNOTATE_FUNC, value);
    if !value.is_none() {
        m.heap.delete_class_name(handle, names::ANNOTATIONS_CACHE);
    }
    Ok(())
}

fn type_params(m: &mut Machine, class: Value) -> Eval {
    let found = own(m, class, names::TYPE_PARAMS).filter(|_| !class_of(m, class).builtin);
    Ok(found.unwrap_or(Value::object(types::EMPTY_TUPLE)).into())
}

fn set_type_params(m: &mut Machine, class: Value, value: Option<Value>) -> Result<(), Raise> {
    let (handle, value) = changeable(m, class, value, "__type_params__")?;
    m.heap.set_class_name(handle, names::TYPE_PARAMS, value);
    Ok(())
}
