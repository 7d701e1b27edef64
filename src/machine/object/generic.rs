//! `list[int]`: types with arguments, and how types are shown.

use super::super::Machine;
use super::super::args::Params;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{Part, lending};
use super::super::protocol::attribute_wrappers::{CALL, GETATTRIBUTE};
use super::super::protocol::wrappers::{EQ, GE, GT, HASH, LE, LT, NE};
use super::super::protocol::wrappers_container as containers;
use super::super::value::{Handle, Value};
use super::callable::REPR;
use super::class::{Accessor, TypeSpec};
use super::function::{Binding, NativeDef};
use super::iterator::Iter;
use super::reducing::{ALIAS_ITERATOR_REDUCE, ALIAS_REDUCE, unpacked_alias};
use super::{Payload, types};

/// `__class_getitem__` of the builtin types that take arguments: `list[int]`.
pub static CLASS_GETITEM: NativeDef = CLASS_GETITEM_DEF;

/// The same, to stand in a list.
pub const CLASS_GETITEM_DEF: NativeDef =
    NativeDef::class_method("__class_getitem__", Params::One, |m, args| {
        Ok(m.generic_alias(args.at(0), args.at(1)).into())
    });

/// `types.GenericAlias`.
pub static GENERIC_ALIAS: TypeSpec = TypeSpec {
    module: "types",
    subclassable: true,
    natives: &[
        NativeDef::new(Params::Range(2, 2), |m, args| {
            let class = m.class_argument(args)?;
            let arguments = m.as_arguments(args.at(2));
            let payload = Payload::GenericAlias(args.at(1), arguments, None);
            Ok(Value::object(m.heap.alloc(class, payload)).into())
        }),
        NativeDef::wrapper("__or__", Params::One, |m, args| m.union_of(args.at(0), args.at(1))),
        NativeDef::wrapper("__ror__", Params::One, |m, args| m.union_of(args.at(1), args.at(0))),
        NativeDef::wrapper("__getitem__", Params::One, Machine::subscript_type),
        NativeDef::wrapper("__iter__", Params::None, |m, args| {
            let unpacked = unpacked_alias(m, args.at(0));
            let items = m.heap.tuple(vec![unpacked]);
            Ok(m.heap.new_iterator(types::GENERIC_ALIAS_ITERATOR, Iter::Tuple(Some(items), 0)).into())
        }),
        NativeDef::method("__mro_entries__", Params::One, |m, args| {
            let origin = m.alias_parts(args.at(0)).0;
            Ok(m.heap.tuple(vec![origin]).into())
        }),
        ALIAS_REDUCE,
        NativeDef::method("__instancecheck__", Params::One, |m, _| {
            Err(m.type_error("isinstance() argument 2 cannot be a parameterized generic"))
        }),
        NativeDef::method("__subclasscheck__", Params::One, |m, _| {
            Err(m.type_error("issubclass() argument 2 cannot be a parameterized generic"))
        }),
    ],
    wrappers: &[&REPR, &CALL, &GETATTRIBUTE, &LT, &LE, &EQ, &NE, &GT, &GE, &HASH],
    accessors: &[
        Accessor::read_only("__origin__", |m, value| Ok(m.alias_parts(value).0.into())).as_member(),
        Accessor::read_only("__args__", |m, value| Ok(m.alias_parts(value).1.into())).as_member(),
        Accessor::read_only("__parameters__", Machine::type_parameters_of),
        Accessor::read_only("__typing_unpacked_tuple_args__", |m, value| {
            let args = match m.heap.payload_of(value) {
                Some(Payload::UnpackedAlias(origin, args, ..)) if *origin == Value::object(types::TUPLE) => {
                    *args
                }
                _ => Value::NONE,
            };
            Ok(args.into())
        }),
        Accessor::read_only("__unpacked__", |m, value| {
            let unpacked = matches!(m.heap.payload_of(value), Some(Payload::UnpackedAlias(..)));
            Ok(Value::bool(unpacked).into())
        })
        .as_member(),
    ],
    ..TypeSpec::new(types::GENERIC_ALIAS, "GenericAlias")
};

/// What goes through `*list[int]`.
pub static GENERIC_ALIAS_ITERATOR: TypeSpec = TypeSpec {
    natives: &[ALIAS_ITERATOR_REDUCE],
    wrappers: &[&containers::ITER, &containers::NEXT],
    ..TypeSpec::new(types::GENERIC_ALIAS_ITERATOR, "generic_alias_iterator")
};

impl Machine {
    /// `origin[arguments]`; several arguments come as a tuple.
    pub(in crate::machine) fn generic_alias(&mut self, origin: Value, arguments: Value) -> Value {
        let arguments = self.as_arguments(arguments);
        let payload = Payload::GenericAlias(origin, arguments, None);
        Value::object(self.heap.alloc(types::GENERIC_ALIAS, payload))
    }

    /// What stands in brackets, as a tuple.
    fn as_arguments(&mut self, given: Value) -> Value {
        match self.heap.payload_of(given) {
            Some(Payload::Tuple(_)) => given,
            _ => self.heap.tuple(vec![given]),
        }
    }

    /// Whether a generic alias has the attribute itself; all others are those of its origin.
    pub(in crate::machine) fn is_own_alias_name(&self, name: Handle) -> bool {
        const OWN: [&str; 12] = [
            "__class__",
            "__origin__",
            "__args__",
            "__unpacked__",
            "__parameters__",
            "__typing_unpacked_tuple_args__",
            "__mro_entries__",
            "__reduce_ex__",
            "__reduce__",
            "__bases__",
            "__copy__",
            "__deepcopy__",
        ];
        self.heap.text(name).as_ascii().is_some_and(|name| OWN.contains(&name))
    }

    /// Whether two types are the same, as far as that needs no Python code.
    pub(in crate::machine) fn same_type(&self, one: Value, other: Value) -> bool {
        let mut pairs = vec![(one, other)];
        while let Some((one, other)) = pairs.pop() {
            match (self.heap.payload_of(one), self.heap.payload_of(other)) {
                _ if one == other => {}
                (Some(Payload::GenericAlias(a, b, ..)), Some(Payload::GenericAlias(c, d, ..)))
                | (Some(Payload::UnpackedAlias(a, b, ..)), Some(Payload::UnpackedAlias(c, d, ..))) => {
                    let (b, d) = (self.tuple_items(*b), self.tuple_items(*d));
                    if a != c || b.len() != d.len() {
                        return false;
                    }
                    pairs.extend(b.iter().copied().zip(d.iter().copied()));
                }
                _ => return false,
            }
        }
        true
    }

    /// `repr()` of a generic alias or a union.
    pub(in crate::machine) fn repr_of_generic(&mut self, value: Value) -> Eval {
        let mut parts = Vec::new();
        self.type_parts(value, &mut parts);
        let flow = self.compose(parts)?;
        Ok(match self.heap.payload_of(value) {
            Some(Payload::GenericAlias(_, held, ..) | Payload::UnpackedAlias(_, held, ..)) => {
                lending("repr", *held, flow)
            }
            Some(Payload::Union(union)) => lending("repr", union.members, flow),
            _ => flow,
        })
    }

    /// A type as it is shown, where that needs no Python code.
    pub(in crate::machine) fn type_text(&self, value: Value) -> String {
        let mut parts = Vec::new();
        self.type_parts(value, &mut parts);
        parts
            .into_iter()
            .map(|part| match part {
                Part::Text(text) => text.to_string_lossy().into_owned(),
                Part::Str(value)
                | Part::Repr(value)
                | Part::Factory(value)
                | Part::Type(value)
                | Part::PlainRepr(value) => self.heap.brief(value, 200),
            })
            .collect()
    }

    /// How a type is shown among others: `list[int]`, `int | None`, `__main__.Point`.
    pub(in crate::machine) fn type_parts(&self, shown: Value, parts: &mut Vec<Part>) {
        /// What is still to be shown, the next one last; of a type, whether `typing` shows it, which has its
        /// own way with NoneType.
        enum Todo {
            Type(Value, bool),
            Text(&'static str),
        }
        fn push_items(todo: &mut Vec<Todo>, items: &[Value], of_typing: bool, between: &'static str) {
            for (index, item) in items.iter().enumerate().rev() {
                todo.push(Todo::Type(*item, of_typing));
                if index > 0 {
                    todo.push(Todo::Text(between));
                }
            }
        }
        let mut todo = vec![Todo::Type(shown, false)];
        while let Some(next) = todo.pop() {
            let (value, of_typing) = match next {
                Todo::Text(text) => {
                    parts.push(Part::from(text));
                    continue;
                }
                Todo::Type(value, of_typing) => (value, of_typing),
            };
            let of_program = value != shown && !self.heap.class(self.heap.class_of(value)).builtin;
            match self.heap.payload_of(value) {
                // It may have a `__repr__` of its own.
                Some(Payload::GenericAlias(..)) if of_program => parts.push(Part::Type(value)),
                Some(Payload::GenericAlias(origin, args, ..) | Payload::UnpackedAlias(origin, args, ..)) => {
                    if let Some(Payload::UnpackedAlias(..)) = self.heap.payload_of(value) {
                        parts.push(Part::from("*"));
                    }
                    let items = self.tuple_items(*args);
                    let of_typing = self.is_typing_alias(value);
                    todo.push(Todo::Text("]"));
                    if items.is_empty() {
                        todo.push(Todo::Text("()"));
                    }
                    for (index, item) in items.iter().enumerate().rev() {
                        match self.heap.payload_of(*item) {
                            // The items of a list are shown as types; of a list in it, they are not.
                            Some(Payload::List(inner)) if self.heap.class_of(*item) == types::LIST => {
                                todo.push(Todo::Text("]"));
                                push_items(&mut todo, inner, of_typing, ", ");
                                todo.push(Todo::Text("["));
                            }
                            _ => todo.push(Todo::Type(*item, of_typing)),
                        }
                        if index > 0 {
                            todo.push(Todo::Text(", "));
                        }
                    }
                    todo.push(Todo::Text("["));
                    todo.push(Todo::Type(*origin, of_typing));
                }
                Some(Payload::Union(union)) => {
                    push_items(&mut todo, self.tuple_items(union.members), of_typing, " | ");
                }
                Some(Payload::TypeParam(_) | Payload::TypeAlias(_)) => {
                    parts.push(Part::from(self.heap.brief(value, 1000).as_str()));
                }
                Some(Payload::Plain) if value == Value::object(types::UNPACK) => {
                    parts.push(Part::from("typing.Unpack"));
                }
                Some(Payload::Tuple(items)) if of_typing => {
                    todo.push(Todo::Text("]"));
                    push_items(&mut todo, items, of_typing, ", ");
                    todo.push(Todo::Text("["));
                }
                Some(Payload::Class(_)) if value == Value::object(types::NONE_TYPE) && !of_typing => {
                    parts.push(Part::from("None"));
                }
                Some(Payload::Class(_)) => {
                    let class = value.handle().expect("a class is a heap object");
                    parts.push(Part::from(&*self.class_title(class)));
                }
                _ if value == Value::ELLIPSIS => parts.push(Part::from("...")),
                _ => parts.push(match self.title_among_types(value) {
                    Some(title) => Part::from(&*title),
                    None => Part::Type(value),
                }),
            }
        }
    }

    /// How a function is shown among types: by its module, unless that is builtins, and its qualified name;
    /// `None` for what has not both, as methods of builtin types.
    fn title_among_types(&self, value: Value) -> Option<String> {
        let (module, qualname) = match self.heap.payload_of(value)? {
            Payload::Function(function) => (function.module, self.brief_text(function.qualname)),
            Payload::Method { function, .. } => return self.title_among_types(*function),
            Payload::Native(native, Binding::Module(module, _)) => {
                return Some(format!("{}.{}", module.name, native.name));
            }
            Payload::Native(native, Binding::None) => return Some(native.name.to_owned()),
            _ => return None,
        };
        self.heap.text_of(module)?;
        Some(match self.brief_text(module) {
            module if module == "builtins" => qualname,
            module => format!("{module}.{qualname}"),
        })
    }

    /// `repr()` of a bound method.
    pub(in crate::machine) fn repr_of_method(&mut self, function: Value, receiver: Value) -> Eval {
        let name = match self.heap.payload_of(function) {
            Some(Payload::Function(function)) => self.brief_text(function.qualname),
            Some(Payload::Native(native, _)) => native.name.to_owned(),
            _ => {
                let named = |m: &mut Self, name| match m.find_attr(function, name) {
                    Ok(Some(Flow::Value(name))) => Some(name),
                    _ => None,
                };
                let name = named(self, names::QUALNAME).or_else(|| named(self, names::NAME));
                let name = name.filter(|name| self.heap.text_of(*name).is_some());
                name.map_or_else(|| "?".to_owned(), |name| self.brief_text(name))
            }
        };
        self.compose(vec![
            Part::from(&*format!("<bound method {name} of ")),
            Part::Repr(receiver),
            Part::from(">"),
        ])
    }

    /// `repr()` of a classmethod or staticmethod.
    pub(in crate::machine) fn repr_wrapped(&mut self, name: &str, function: Value) -> Eval {
        self.compose(vec![Part::from(&*format!("<{name}(")), Part::Repr(function), Part::from(")>")])
    }
}
