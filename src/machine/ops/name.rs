//! Names that are looked up: globals, class and module namespaces, attributes, imports.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow, Resume};
use super::super::names;
use super::super::native::NameLookup;
use super::super::object::{Payload, types};
use super::super::protocol::attribute::Method;
use super::super::raise::Raise;
use super::super::value::{Handle, Slot, Value};
use crate::code::Opcode;

fn name(m: &mut Machine, index: u32) -> Result<Handle, Raise> {
    match m.frame().code.names.get(index as usize) {
        Some(name) => Ok(*name),
        None => Err(m.system_error(format!("there is no name {index}"))),
    }
}

/// The namespace of a module or class body.
fn namespace(m: &mut Machine) -> Result<Value, Raise> {
    match m.frame().namespace {
        Some(namespace) => Ok(namespace),
        None => Err(m.system_error("no locals")),
    }
}

#[cold]
fn undefined(m: &mut Machine, name: Handle) -> Raise {
    let text = m.name_text(name);
    m.name_error(types::NAME_ERROR, format!("name '{text}' is not defined"), name)
}

fn global(m: &Machine, name: Handle) -> Option<Value> {
    m.heap.get_name(m.frame().globals, name).or_else(|| builtin(m, name))
}

/// What the builtins have under a name, where they are a plain dict.
fn builtin(m: &Machine, name: Handle) -> Option<Value> {
    let builtins = m.frame().builtins;
    (m.heap.get(builtins).class == types::DICT).then(|| m.heap.get_name(builtins, name)).flatten()
}

/// Builtins that are no plain dict, and have to be asked.
fn odd_builtins(m: &Machine) -> Option<Handle> {
    let builtins = m.frame().builtins;
    (m.heap.get(builtins).class != types::DICT).then_some(builtins)
}

/// Pushes what is found in `namespace`, or the fallback.
fn push_found(m: &mut Machine, namespace: Value, name: Handle) -> Result<(), Raise> {
    let found = match (m.exact_dict(namespace), odd_builtins(m)) {
        (Some(dict), odd) => match (m.heap.get_name(dict, name).or_else(|| global(m, name)), odd) {
            (None, Some(odd)) => m.find_in_mapping(Value::object(odd), name, None)?,
            (found, _) => found.map(Flow::Value),
        },
        (None, odd) => {
            let fallback = global(m, name);
            let odd = odd.filter(|_| fallback.is_none());
            Some(m.begin(NameLookup::new(namespace, name, fallback).with_outer(odd))?)
        }
    };
    match found {
        Some(flow) => m.complete(Ok(flow), Resume::Push),
        None => Err(undefined(m, name)),
    }
}

impl Machine {
    /// Looks a name up in a class body's namespace, which may be any mapping; `fallback` is what is
    /// found where the mapping does not have it.
    pub(super) fn find_in_namespace(
        &mut self,
        namespace: Value,
        name: Handle,
        fallback: Option<Value>,
    ) -> Result<Option<Flow>, Raise> {
        match namespace.handle() {
            Some(dict) if self.heap.get(dict).class == types::DICT => {
                Ok(self.heap.get_name(dict, name).or(fallback).map(Flow::Value))
            }
            _ => self.find_in_mapping(namespace, name, fallback),
        }
    }
}

pub(super) fn load_name(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let name = name(m, index)?;
    let namespace = namespace(m)?;
    push_found(m, namespace, name)
}

pub(super) fn load_from_dict_or_globals(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let name = name(m, index)?;
    let namespace = m.pop()?;
    let (globals, odd) = (m.frame().globals, odd_builtins(m));
    if m.heap.get(globals).class == types::DICT {
        return push_found(m, namespace, name);
    }
    // Globals that are no plain dict have a say too, as they have for LOAD_GLOBAL.
    let fallback = builtin(m, name);
    let found = m.begin(NameLookup::new(namespace, name, fallback).with_outer(Some(globals)).with_outer(odd));
    m.complete(found, Resume::Push)
}

pub(super) fn load_global(m: &mut Machine, arg: u32) -> Result<(), Raise> {
    let name = name(m, arg >> 1)?;
    let (globals, odd) = (m.frame().globals, odd_builtins(m));
    if m.heap.get(globals).class != types::DICT || odd.is_some() {
        let fallback = builtin(m, name);
        let resume = if arg & 1 == 1 { Resume::PushWithNull } else { Resume::Push };
        let lookup = NameLookup::new(Value::object(globals), name, fallback).with_outer(odd);
        let found = m.begin(lookup)?;
        return m.complete(Ok(found), resume);
    }
    let Some(value) = global(m, name) else {
        return Err(undefined(m, name));
    };
    m.push(value);
    if arg & 1 == 1 {
        m.frame_mut().slots.push(Slot::NULL);
    }
    Ok(())
}

pub(super) fn load_locals(m: &mut Machine) -> Result<(), Raise> {
    let namespace = namespace(m)?;
    m.push(namespace);
    Ok(())
}

pub(super) fn store_name(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let name = name(m, index)?;
    let namespace = namespace(m)?;
    let value = m.pop()?;
    match namespace.handle() {
        Some(dict) if m.heap.get(dict).class == types::DICT => {
            m.heap.set_name(dict, name, value);
            Ok(())
        }
        _ => {
            let done = m.set_item(namespace, Value::object(name), Some(value));
            m.complete(done, Resume::Discard)
        }
    }
}

pub(super) fn store_global(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let name = name(m, index)?;
    let value = m.pop()?;
    let globals = m.frame().globals;
    m.heap.set_name(globals, name, value);
    Ok(())
}

pub(super) fn delete_name(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let name = name(m, index)?;
    let namespace = namespace(m)?;
    match namespace.handle() {
        Some(dict) if m.heap.get(dict).class == types::DICT => {
            if m.heap.delete_name(dict, name) {
                Ok(())
            } else {
                Err(undefined(m, name))
            }
        }
        _ => {
            let done = m.set_item(namespace, Value::object(name), None);
            m.complete(done, Resume::Discard)
        }
    }
}

pub(super) fn delete_global(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let name = name(m, index)?;
    let globals = m.frame().globals;
    if m.heap.delete_name(globals, name) { Ok(()) } else { Err(undefined(m, name)) }
}

pub(super) fn load_attr(m: &mut Machine, arg: u32) -> Result<(), Raise> {
    let name = name(m, arg >> 1)?;
    let owner = m.pop()?;
    if arg & 1 == 0 {
        let mut value = m.get_attr(owner, name);
        m.inline_getter(owner, name, &mut value);
        return m.complete(value, Resume::Push);
    }
    match m.get_method(owner, name)? {
        Method::Unbound { function, receiver } => {
            m.push(function);
            m.push_again(receiver);
            Ok(())
        }
        Method::Bound(flow) => m.complete(Ok(flow), Resume::PushWithNull),
    }
}

pub(super) fn store_attr(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let name = name(m, index)?;
    let owner = m.pop()?;
    let value = m.pop()?;
    let done = m.set_attr(owner, name, Some(value));
    m.complete(done, Resume::Discard)
}

pub(super) fn delete_attr(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let name = name(m, index)?;
    let owner = m.pop()?;
    let done = m.set_attr(owner, name, None);
    m.complete(done, Resume::Discard)
}

pub(super) fn load_super_attr(m: &mut Machine, arg: u32) -> Result<(), Raise> {
    let name = name(m, arg >> 2)?;
    let watched = if m.watching { m.watched_call(Opcode::LOAD_SUPER_ATTR, arg) } else { None };
    let receiver = m.pop()?;
    let class = m.pop()?;
    let global_super = m.pop()?;
    if let Some(called) = watched
        && global_super == Value::object(types::SUPER)
    {
        // Those who watch are told when there is a `super` object, whose attribute is got then.
        let object = m.call(global_super, Args::new([class, receiver]));
        let object = m.after_call(called, object)?;
        let args = Args::new([Value::NONE, Value::object(name)]);
        let value = m.continue_with("super", object, args, 0, |m, args| {
            m.get_attr(args.at(0), args.at(1).handle().expect("a name is a str"))
        });
        return m.complete(value, if arg & 1 == 1 { Resume::PushWithNull } else { Resume::Push });
    }
    if global_super != Value::object(types::SUPER) {
        let explicit = arg & 2 != 0;
        let flow = m.call_other_super(global_super, explicit.then_some((class, receiver)), name);
        return m.complete(flow, if arg & 1 == 1 { Resume::PushWithNull } else { Resume::Push });
    }
    // CPython's general form makes a bound method of it, also before a call.
    let value = m.super_attr(class, receiver, name);
    m.complete(value, if arg & 1 == 1 { Resume::PushWithNull } else { Resume::Push })
}

pub(super) fn load_special(m: &mut Machine, index: u32) -> Result<(), Raise> {
    const SPECIAL: [Handle; 4] = [names::ENTER, names::EXIT, names::AENTER, names::AEXIT];
    let Some(name) = SPECIAL.get(index as usize).copied() else {
        return Err(m.system_error(format!("there is no special method {index}")));
    };
    let owner = m.pop()?;
    let Some(method) = m.heap.special(owner, name) else {
        return Err(no_context_manager(m, owner, name));
    };
    if m.is_plain_method(method) {
        m.push(method);
        m.push_again(owner);
        return Ok(());
    }
    let bound = m.bind_descriptor(method, owner);
    m.complete(bound, Resume::PushWithNull)
}

#[cold]
fn no_context_manager(m: &mut Machine, owner: Value, missing: Handle) -> Raise {
    let class = m.qualified_class_name(owner);
    let asynchronous = missing == names::AENTER || missing == names::AEXIT;
    let protocol = if asynchronous { "asynchronous context manager" } else { "context manager" };
    let others = if asynchronous { [names::ENTER, names::EXIT] } else { [names::AENTER, names::AEXIT] };
    let hint = if others.iter().all(|name| m.heap.special(owner, *name).is_some()) {
        let which = if asynchronous { "with" } else { "async with" };
        format!(
            " but it supports the {} protocol. Did you mean to use '{which}'?",
            if asynchronous { "context manager" } else { "asynchronous context manager" }
        )
    } else {
        String::new()
    };
    let method = m.name_text(missing);
    m.type_error(format!(
        "'{class}' object does not support the {protocol} protocol (missed {method} method){hint}"
    ))
}

pub(super) fn import_name(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let name = name(m, index)?;
    let from_list = m.pop()?;
    let level = m.pop()?;
    let module = m.import_statement(name, from_list, level);
    m.complete(module, Resume::Push)
}

pub(super) fn import_from(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let name = name(m, index)?;
    let module = m.peek(1)?;
    let value: Eval = m.import_from(module, name);
    m.complete(value, Resume::Push)
}

pub(super) fn setup_annotations(m: &mut Machine) -> Result<(), Raise> {
    let namespace = namespace(m)?;
    let Some(dict) = namespace.handle().filter(|dict| matches!(m.heap.payload(*dict), Payload::Dict(_)))
    else {
        return Err(m.unsupported("annotations in a class namespace that is not a dict"));
    };
    if m.heap.get_name(dict, names::ANNOTATIONS).is_none() {
        let annotations = m.heap.new_dict();
        m.heap.set_name(dict, names::ANNOTATIONS, Value::object(annotations));
    }
    Ok(())
}
