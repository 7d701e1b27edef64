//! `types.SimpleNamespace`: nothing but attributes.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Part;
use super::super::protocol::wrappers::{EQ, GE, GT, LE, LT, NE};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::TypeSpec;
use super::function::NativeDef;
use super::{Payload, types};

/// `types.SimpleNamespace`.
pub static SIMPLE_NAMESPACE: TypeSpec = TypeSpec {
    module: "types",
    subclassable: true,
    has_dict: true,
    unhashable: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = args.at(0).handle().expect("__new__ is called with a class");
            Ok(Value::object(m.heap.alloc(class, Payload::Plain)).into())
        }),
        NativeDef::wrapper("__init__", Params::Any, |m, args| {
            m.check_count("SimpleNamespace", args.positional() - 1, 0, 1)?;
            let Some(mapping) = args.rest(1).next() else {
                take_keywords(m, handle(args), args);
                return Ok(Value::NONE.into());
            };
            let mapping = match m.heap.class_of(mapping) {
                types::DICT => mapping.into(),
                _ => m.call(Value::object(types::DICT), Args::new([mapping]))?,
            };
            m.continue_with("SimpleNamespace", mapping, args.clone(), 1, |m, args| {
                take_entries(m, handle(args), args.at(1))?;
                take_keywords(m, handle(args), args);
                Ok(Value::NONE.into())
            })
        }),
        NativeDef::method("__reduce__", Params::None, |m, args| {
            let dict = m.heap.attributes(handle(args));
            let class = Value::object(m.heap.class_of(args.at(0)));
            let none = m.heap.tuple(Vec::new());
            Ok(m.heap.tuple(vec![class, none, Value::object(dict)]).into())
        }),
        NativeDef::method("__replace__", Params::Any, |m, args| {
            if args.positional() > 1 {
                return Err(m.type_error("__replace__() takes no positional arguments"));
            }
            let class = Value::object(m.heap.class_of(args.at(0)));
            let copy = m.call(class, Args::default())?;
            let mut with_copy = args.clone();
            with_copy.prepend(Value::NONE);
            m.continue_with("__replace__", copy, with_copy, 0, |m, args| {
                let (copy, this) = (args.at(0), args.at(1));
                if !m.heap.is_instance(copy, types::SIMPLE_NAMESPACE) {
                    let (class, given) = (m.class_name(this), m.class_name(copy));
                    return Err(m.type_error(format!(
                        "expect types.SimpleNamespace type, but {class}() returned '{given}' object"
                    )));
                }
                let dict = m.heap.attributes(this.handle().expect("a namespace is a heap object"));
                take_entries(m, handle(args), Value::object(dict))?;
                take_keywords(m, handle(args), args);
                Ok(copy.into())
            })
        }),
        NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| m.repr_of_namespace(args.at(0))),
    ],
    wrappers: &[&LT, &LE, &EQ, &NE, &GT, &GE],
    ..TypeSpec::new(types::SIMPLE_NAMESPACE, "SimpleNamespace")
};

fn handle(args: &Args) -> Handle {
    args.at(0).handle().expect("a namespace is a heap object")
}

/// Keyword arguments become attributes.
fn take_keywords(m: &mut Machine, namespace: Handle, args: &Args) {
    let dict = m.heap.attributes(namespace);
    for (name, value) in args.keywords().collect::<Vec<_>>() {
        m.heap.set_name(dict, name.handle().expect("a name is a str"), value);
    }
}

/// The entries of a dict become attributes, if all keys are str.
fn take_entries(m: &mut Machine, namespace: Handle, from: Value) -> Result<(), Raise> {
    let from = m.heap.dict(from.handle().expect("a dict is a heap object"));
    let entries: Vec<(Value, Value)> = from.iter().map(|entry| (entry.key, entry.value)).collect();
    if !entries.iter().all(|(key, _)| m.heap.text_of(*key).is_some()) {
        return Err(m.type_error("keywords must be strings"));
    }
    let dict = m.heap.attributes(namespace);
    for (key, value) in entries {
        let name = m.heap.intern_value(key).handle().expect("a name is a str");
        m.heap.set_name(dict, name, value);
    }
    Ok(())
}

impl Machine {
    /// Whether both values are namespaces, which are equal where their attributes are.
    pub(in crate::machine) fn are_namespaces(&self, one: Value, other: Value) -> bool {
        [one, other].into_iter().all(|value| self.heap.is_instance(value, types::SIMPLE_NAMESPACE))
    }

    /// `namespace(a=1, b=2)`.
    pub(in crate::machine) fn repr_of_namespace(&mut self, value: Value) -> Eval {
        let object = value.handle().expect("a namespace is a heap object");
        let class = self.heap.class_of(value);
        let name = if class == types::SIMPLE_NAMESPACE {
            "namespace".into()
        } else {
            self.heap.class(class).name.clone()
        };
        let dict = self.heap.attributes(object);
        let entries: Vec<(Value, Value)> =
            self.heap.dict(dict).iter().map(|entry| (entry.key, entry.value)).collect();
        let mut parts: Vec<Part> = vec![format!("{name}(").as_str().into()];
        for (index, (key, value)) in entries.into_iter().enumerate() {
            let Some(key) = self.heap.text_of(key) else { continue };
            let separator = if index == 0 { "" } else { ", " };
            parts.push(format!("{separator}{}=", key.to_string_lossy()).as_str().into());
            parts.push(Part::Repr(value));
        }
        parts.push(")".into());
        match self.compose_repr(object, parts)? {
            Some(flow) => Ok(flow),
            None => Ok(self.heap.str(format!("{name}(...)")).into()),
        }
    }
}
