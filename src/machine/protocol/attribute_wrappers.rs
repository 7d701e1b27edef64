//! Special methods of attribute access, descriptors and calls, as builtin types share them.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::object::function::{Binding, NativeDef};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

/// `__getattribute__`.
pub static GETATTRIBUTE: NativeDef = NativeDef::wrapper("__getattribute__", Params::One, get_attribute);
/// `__setattr__`.
pub static SETATTR: NativeDef = NativeDef::wrapper("__setattr__", Params::Range(2, 2), set_attribute);
/// `__delattr__`.
pub static DELATTR: NativeDef = NativeDef::wrapper("__delattr__", Params::One, delete_attribute);
/// `__call__`.
pub static CALL: NativeDef = NativeDef::wrapper("__call__", Params::Any, call);
/// `__get__`.
pub static GET: NativeDef = NativeDef::wrapper("__get__", Params::Range(1, 2), get);
/// `__set__`.
pub static SET: NativeDef = NativeDef::wrapper("__set__", Params::Range(2, 2), set);
/// `__delete__`.
pub static DELETE: NativeDef = NativeDef::wrapper("__delete__", Params::One, delete);

/// `object.__getattribute__`.
pub static OBJECT_GETATTRIBUTE: NativeDef =
    NativeDef::wrapper("__getattribute__", Params::One, get_plain_attribute);
/// `object.__setattr__`.
pub static OBJECT_SETATTR: NativeDef = NativeDef::wrapper("__setattr__", Params::Range(2, 2), |m, args| {
    not_a_class(m, args.at(0), "__setattr__")?;
    set_attribute(m, args)
});
/// `object.__delattr__`.
pub static OBJECT_DELATTR: NativeDef = NativeDef::wrapper("__delattr__", Params::One, |m, args| {
    not_a_class(m, args.at(0), "__delattr__")?;
    delete_attribute(m, args)
});

/// The plain way, even where the object's type has another.
fn get_plain_attribute(m: &mut Machine, args: &Args) -> Eval {
    let (object, name) = (args.at(0), m.attribute_name(args.at(1))?);
    match m.find_plain_attr(object, name)? {
        Some(flow) => Ok(flow),
        None => Err(m.no_attribute(object, name)),
    }
}

/// Classes have their own way of setting attributes, which must not be gone around.
fn not_a_class(m: &mut Machine, object: Value, method: &str) -> Result<(), Raise> {
    if !m.is_class(object) {
        return Ok(());
    }
    let class = m.class_name(object);
    Err(m.type_error(format!("can't apply this {method} to {class} object")))
}

fn get_attribute(m: &mut Machine, args: &Args) -> Eval {
    let name = m.attribute_name(args.at(1))?;
    match m.find_attr_natively(args.at(0), name)? {
        Some(flow) => Ok(flow),
        None => Err(m.no_attribute(args.at(0), name)),
    }
}

fn set_attribute(m: &mut Machine, args: &Args) -> Eval {
    let name = m.attribute_name(args.at(1))?;
    m.set_attr_natively(args.at(0), name, Some(args.at(2)))
}

fn delete_attribute(m: &mut Machine, args: &Args) -> Eval {
    let name = m.attribute_name(args.at(1))?;
    m.set_attr_natively(args.at(0), name, None)
}

fn call(m: &mut Machine, args: &Args) -> Eval {
    m.call(args.at(0), args.without_first())
}

fn get(m: &mut Machine, args: &Args) -> Eval {
    let receiver = args.some(1);
    let class = match (args.some(2), receiver) {
        (Some(class), _) => class.handle().filter(|_| m.is_class(class)),
        (None, Some(receiver)) => Some(m.heap.class_of(receiver)),
        (None, None) => {
            return Err(m.type_error("__get__(None, None) is invalid"));
        }
    };
    if let Some((name, owner)) = class_method(m, args.at(0)) {
        check_class(m, name, owner, class, args)?;
    }
    if let (Some(Payload::ClassMethod(function)), Some(odd), None) =
        (m.heap.payload_of(args.at(0)), args.some(2), class)
    {
        // Whatever is given as the class is taken for it.
        let function = *function;
        return Ok(m.new_method(function, odd).into());
    }
    m.bind_natively(args.at(0), receiver, class.unwrap_or(types::OBJECT))
}

/// The name of a builtin class method, and the type that has it.
fn class_method(m: &Machine, descriptor: Value) -> Option<(&'static str, Handle)> {
    match m.heap.payload_of(descriptor) {
        Some(Payload::Native(native, Binding::Owner(owner)))
            if m.heap.class_of(descriptor) == types::CLASS_METHOD_DESCRIPTOR =>
        {
            Some((native.name, *owner))
        }
        _ => None,
    }
}

/// A class method of a builtin type is bound to that type or one derived from it.
fn check_class(
    m: &mut Machine,
    name: &str,
    owner: Handle,
    class: Option<Handle>,
    args: &Args,
) -> Result<(), Raise> {
    let title = m.type_name(owner);
    Err(match class {
        Some(class) if m.heap.is_subclass(class, owner) => return Ok(()),
        Some(class) => {
            let given = m.type_name(class);
            m.type_error(format!(
                "descriptor '{name}' requires a subtype of '{title}' but received '{given}'"
            ))
        }
        None => {
            let given = m.class_name(args.at(2));
            let message =
                format!("descriptor '{name}' for type '{title}' needs a type, not a '{given}' as arg 2");
            m.type_error(message)
        }
    })
}

fn set(m: &mut Machine, args: &Args) -> Eval {
    m.set_through_natively(args.at(0), args.at(1), Some(args.at(2)))
}

fn delete(m: &mut Machine, args: &Args) -> Eval {
    m.set_through_natively(args.at(0), args.at(1), None)
}

impl Machine {
    /// The name of an attribute as a program gives it, interned; anything but a str is a TypeError.
    pub(in crate::machine) fn attribute_name(&mut self, name: Value) -> Result<Handle, Raise> {
        match self.heap.payload_of(name) {
            Some(Payload::Str(text)) => {
                let text = text.text.clone();
                if self.heap.class_of(name) == types::STR {
                    return Ok(self.heap.intern_value(name).handle().expect("a str is a heap object"));
                }
                Ok(self.heap.intern(text).handle().expect("a str is a heap object"))
            }
            _ => {
                let given = self.class_name(name);
                Err(self.type_error(format!("attribute name must be string, not '{given}'")))
            }
        }
    }
}
