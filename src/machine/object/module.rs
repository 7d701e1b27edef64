//! `module`.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::protocol::attribute_wrappers::{DELATTR, GETATTRIBUTE, SETATTR};
use super::super::protocol::wrappers::REPR;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::{Payload, types};

/// `module`.
pub static MODULE: TypeSpec = TypeSpec {
    subclassable: true,
    has_dict: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = args.at(0).handle().expect("__new__ is called with a class");
            Ok(Value::object(m.heap.alloc(class, Payload::Module)).into())
        }),
        NativeDef::wrapper("__init__", Params::named(&["name", "doc"], 1), init),
        NativeDef::method("__dir__", Params::None, dir),
    ],
    wrappers: &[&REPR, &GETATTRIBUTE, &SETATTR, &DELATTR],
    accessors: &[
        Accessor::new("__annotations__", annotations, set_annotations),
        Accessor::new("__annotate__", annotate, set_annotate),
    ],
    ..TypeSpec::new(types::MODULE, "module")
};

fn namespace(m: &mut Machine, module: Value) -> Handle {
    m.heap.attributes(module.handle().expect("a module is a heap object"))
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    let name = args.at(1);
    if m.heap.text_of(name).is_none() {
        let given = m.argument_class(name);
        return Err(m.type_error(format!("module() argument 'name' must be str, not {given}")));
    }
    let dict = namespace(m, args.at(0));
    for (key, value) in [
        (names::NAME, name),
        (names::DOC, args.get(2).unwrap_or(Value::NONE)),
        (names::PACKAGE, Value::NONE),
        (names::LOADER, Value::NONE),
        (names::SPEC, Value::NONE),
    ] {
        m.heap.set_name(dict, key, value);
    }
    Ok(Value::NONE.into())
}

fn dir(m: &mut Machine, args: &Args) -> Eval {
    let dict = m.get_attr(args.at(0), names::DICT)?;
    m.continue_with("__dir__", dict, Args::new([Value::NONE]), 0, |m, args| {
        let dict = args.at(0).handle().filter(|dict| matches!(m.heap.payload(*dict), Payload::Dict(_)));
        let Some(dict) = dict else {
            return Err(m.type_error("<module>.__dict__ is not a dictionary"));
        };
        match m.heap.get_name(dict, names::DIR) {
            Some(function) => m.call(function, Args::default()),
            None => {
                let keys = m.heap.dict(dict).iter().map(|entry| entry.key).collect();
                Ok(Flow::Value(m.heap.list(keys)))
            }
        }
    })
}

fn annotations(m: &mut Machine, module: Value) -> Eval {
    let dict = namespace(m, module);
    if let Some(found) = m.heap.get_name(dict, names::ANNOTATIONS) {
        return Ok(found.into());
    }
    let annotate = m.heap.get_name(dict, names::ANNOTATE);
    m.annotations_by(module, annotate)
}

fn set_annotations(m: &mut Machine, module: Value, value: Option<Value>) -> Result<(), Raise> {
    let dict = namespace(m, module);
    match value {
        Some(value) => m.heap.set_name(dict, names::ANNOTATIONS, value),
        None if m.heap.delete_name(dict, names::ANNOTATIONS) => {}
        None => return Err(m.raise(types::ATTRIBUTE_ERROR, "__annotations__")),
    }
    m.heap.delete_name(dict, names::ANNOTATE);
    Ok(())
}

fn annotate(m: &mut Machine, module: Value) -> Eval {
    let dict = namespace(m, module);
    match m.heap.get_name(dict, names::ANNOTATE) {
        Some(function) => Ok(function.into()),
        None => {
            m.heap.set_name(dict, names::ANNOTATE, Value::NONE);
            Ok(Value::NONE.into())
        }
    }
}

fn set_annotate(m: &mut Machine, module: Value, value: Option<Value>) -> Result<(), Raise> {
    let Some(value) = value else {
        return Err(m.type_error("cannot delete __annotate__ attribute"));
    };
    if !value.is_none() && !m.is_callable(value) {
        return Err(m.type_error("__annotate__ must be callable or None"));
    }
    let dict = namespace(m, module);
    m.heap.set_name(dict, names::ANNOTATE, value);
    if !value.is_none() {
        m.heap.delete_name(dict, names::ANNOTATIONS);
    }
    Ok(())
}
