//! `types.SimpleNamespace`: nothing but attributes.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Part;
use super::super::protocol::wrappers::{EQ, NE};
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
            if args.positional() > 1 {
                return Err(m.unsupported("SimpleNamespace() with a mapping"));
            }
            let dict = m.heap.attributes(handle(args));
            for (name, value) in args.keywords().collect::<Vec<_>>() {
                m.heap.set_name(dict, name.handle().expect("a name is a str"), value);
            }
            Ok(Value::NONE.into())
        }),
        NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| m.repr_of_namespace(args.at(0))),
    ],
    wrappers: &[&EQ, &NE],
    ..TypeSpec::new(types::SIMPLE_NAMESPACE, "SimpleNamespace")
};

fn handle(args: &Args) -> Handle {
    args.at(0).handle().expect("a namespace is a heap object")
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
        self.compose(parts)
    }
}
