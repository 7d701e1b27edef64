//! `list[int]` and `int | None`: types with arguments, and unions of types.

use super::super::Machine;
use super::super::args::Params;
use super::super::frame::{Eval, Flow};
use super::super::hash;
use super::super::names;
use super::super::native::Part;
use super::super::protocol::attribute_wrappers::{CALL, GETATTRIBUTE};
use super::super::protocol::wrappers::{EQ, HASH, NE};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::callable::REPR;
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::{Payload, types};

/// `__class_getitem__` of the builtin types that take arguments: `list[int]`.
pub static CLASS_GETITEM: NativeDef = NativeDef::class_method("__class_getitem__", Params::One, |m, args| {
    Ok(m.generic_alias(args.at(0), args.at(1)).into())
});

/// `types.GenericAlias`.
pub static GENERIC_ALIAS: TypeSpec = TypeSpec {
    module: "types",
    subclassable: true,
    natives: &[
        NativeDef::new(Params::Range(2, 2), |m, args| Ok(m.generic_alias(args.at(1), args.at(2)).into())),
        NativeDef::wrapper("__or__", Params::One, |m, args| m.union_of(args.at(0), args.at(1))),
        NativeDef::wrapper("__ror__", Params::One, |m, args| m.union_of(args.at(1), args.at(0))),
        NativeDef::wrapper("__getitem__", Params::One, |m, args| {
            let text = m.type_text(args.at(0));
            Err(m.type_error(format!("{text} is not a generic class")))
        }),
        NativeDef::method("__mro_entries__", Params::One, |m, args| {
            let origin = alias(m, args.at(0)).0;
            Ok(m.heap.tuple(vec![origin]).into())
        }),
        NativeDef::method("__instancecheck__", Params::One, |m, _| {
            Err(m.type_error("isinstance() argument 2 cannot be a parameterized generic"))
        }),
        NativeDef::method("__subclasscheck__", Params::One, |m, _| {
            Err(m.type_error("issubclass() argument 2 cannot be a parameterized generic"))
        }),
    ],
    wrappers: &[&REPR, &CALL, &GETATTRIBUTE, &EQ, &NE, &HASH],
    accessors: &[
        Accessor::read_only("__origin__", |m, value| Ok(alias(m, value).0.into())).as_member(),
        Accessor::read_only("__args__", |m, value| Ok(alias(m, value).1.into())).as_member(),
        Accessor::read_only("__parameters__", |_, _| Ok(Value::object(types::EMPTY_TUPLE).into())),
    ],
    ..TypeSpec::new(types::GENERIC_ALIAS, "GenericAlias")
};

/// `typing.Union`.
pub static UNION: TypeSpec = TypeSpec {
    module: "typing",
    natives: &[
        NativeDef::wrapper("__or__", Params::One, |m, args| m.union_of(args.at(0), args.at(1))),
        NativeDef::wrapper("__ror__", Params::One, |m, args| m.union_of(args.at(1), args.at(0))),
        NativeDef::method("__instancecheck__", Params::One, |m, args| {
            m.instance_check(args.at(1), args.at(0))
        }),
        NativeDef::method("__subclasscheck__", Params::One, |m, args| {
            m.subclass_check(args.at(1), args.at(0))
        }),
        NativeDef::method("__mro_entries__", Params::One, |m, args| {
            let text = m.type_text(args.at(0));
            Err(m.type_error(format!("Cannot subclass {text}")))
        }),
    ],
    wrappers: &[&REPR, &EQ, &NE, &HASH],
    accessors: &[
        Accessor::read_only("__args__", |m, value| Ok(members(m, value).into())).as_member(),
        Accessor::read_only("__origin__", |_, _| Ok(Value::object(types::UNION).into())),
        Accessor::read_only("__parameters__", |_, _| Ok(Value::object(types::EMPTY_TUPLE).into())),
    ],
    ..TypeSpec::new(types::UNION, "Union")
};

fn alias(m: &Machine, value: Value) -> (Value, Value) {
    match m.heap.payload_of(value) {
        Some(Payload::GenericAlias(origin, args)) => (*origin, *args),
        _ => panic!("an attribute of generic aliases is asked of one"),
    }
}

fn members(m: &Machine, value: Value) -> Value {
    match m.heap.payload_of(value) {
        Some(Payload::Union(members)) => *members,
        _ => panic!("an attribute of unions is asked of one"),
    }
}

impl Machine {
    /// `origin[arguments]`; several arguments come as a tuple.
    pub(in crate::machine) fn generic_alias(&mut self, origin: Value, arguments: Value) -> Value {
        let arguments = match self.heap.payload_of(arguments) {
            Some(Payload::Tuple(_)) if self.heap.class_of(arguments) == types::TUPLE => arguments,
            _ => self.heap.tuple(vec![arguments]),
        };
        let payload = Payload::GenericAlias(origin, arguments);
        Value::object(self.heap.alloc(types::GENERIC_ALIAS, payload))
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

    /// `left | right` for types; NotImplemented where one of them is none.
    pub(in crate::machine) fn union_of(&mut self, left: Value, right: Value) -> Eval {
        Ok(self.try_union(left, right).unwrap_or(Value::NOT_IMPLEMENTED).into())
    }

    /// `left | right`, where one of them is a type, a generic alias or a union, and the other too or None.
    pub(in crate::machine) fn type_union(
        &mut self,
        left: Value,
        right: Value,
    ) -> Result<Option<Flow>, Raise> {
        if left.is_none() && right.is_none() {
            return Ok(None);
        }
        Ok(self.try_union(left, right).map(Flow::Value))
    }

    fn try_union(&mut self, left: Value, right: Value) -> Option<Value> {
        let mut all: Vec<Value> = Vec::new();
        for operand in [left, right] {
            let members = match self.heap.payload_of(operand) {
                Some(Payload::Union(members)) => self.tuple_items(*members).to_vec(),
                Some(Payload::Class(_) | Payload::GenericAlias(..)) => vec![operand],
                _ if operand.is_none() => vec![Value::object(types::NONE_TYPE)],
                _ => return None,
            };
            for member in members {
                if !all.iter().any(|known| self.same_type(*known, member)) {
                    all.push(member);
                }
            }
        }
        if let [only] = all[..] {
            return Some(only);
        }
        let members = self.heap.tuple(all);
        Some(Value::object(self.heap.alloc(types::UNION, Payload::Union(members))))
    }

    /// Whether two unions have the same members, in whatever order.
    pub(in crate::machine) fn same_union(&self, one: Value, other: Value) -> bool {
        let (one, other) = (self.tuple_items(members(self, one)), self.tuple_items(members(self, other)));
        one.len() == other.len() && one.iter().all(|a| other.iter().any(|b| self.same_type(*a, *b)))
    }

    /// A hash that does not hang on the order of a union's members.
    pub(in crate::machine) fn union_hash(&self, union: Value) -> i64 {
        let of_member = |member: &Value| {
            let class = match self.heap.payload_of(*member) {
                Some(Payload::GenericAlias(origin, _)) => *origin,
                _ => *member,
            };
            hash::pointer(self.identity(class))
        };
        self.tuple_items(members(self, union)).iter().map(of_member).fold(0, |all, one| all ^ one)
    }

    /// Whether two members of a union are the same type, as far as that needs no Python code.
    fn same_type(&self, one: Value, other: Value) -> bool {
        let mut pairs = vec![(one, other)];
        while let Some((one, other)) = pairs.pop() {
            match (self.heap.payload_of(one), self.heap.payload_of(other)) {
                _ if one == other => {}
                (Some(Payload::GenericAlias(a, b)), Some(Payload::GenericAlias(c, d))) => {
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
        self.compose(parts)
    }

    /// A type as it is shown, where that needs no Python code.
    fn type_text(&self, value: Value) -> String {
        let mut parts = Vec::new();
        self.type_parts(value, &mut parts);
        parts
            .into_iter()
            .map(|part| match part {
                Part::Text(text) => text.to_string_lossy().into_owned(),
                Part::Str(value) | Part::Repr(value) => self.heap.brief(value, 200),
            })
            .collect()
    }

    /// How a type is shown among others: `list[int]`, `int | None`, `__main__.Point`.
    fn type_parts(&self, value: Value, parts: &mut Vec<Part>) {
        /// What is still to be shown, the next one last.
        enum Todo {
            Type(Value),
            Text(&'static str),
        }
        let mut todo = vec![Todo::Type(value)];
        while let Some(next) = todo.pop() {
            let value = match next {
                Todo::Text(text) => {
                    parts.push(Part::from(text));
                    continue;
                }
                Todo::Type(value) => value,
            };
            match self.heap.payload_of(value) {
                Some(Payload::GenericAlias(origin, args)) => {
                    let items = self.tuple_items(*args);
                    todo.push(Todo::Text("]"));
                    if items.is_empty() {
                        todo.push(Todo::Text("()"));
                    }
                    for (index, item) in items.iter().enumerate().rev() {
                        todo.push(Todo::Type(*item));
                        if index > 0 {
                            todo.push(Todo::Text(", "));
                        }
                    }
                    todo.push(Todo::Text("["));
                    todo.push(Todo::Type(*origin));
                }
                Some(Payload::Union(members)) => {
                    for (index, item) in self.tuple_items(*members).iter().enumerate().rev() {
                        todo.push(Todo::Type(*item));
                        if index > 0 {
                            todo.push(Todo::Text(" | "));
                        }
                    }
                }
                Some(Payload::Class(_)) if value == Value::object(types::NONE_TYPE) => {
                    parts.push(Part::from("None"));
                }
                Some(Payload::Class(_)) => {
                    let class = value.handle().expect("a class is a heap object");
                    parts.push(Part::from(&*self.class_title(class)));
                }
                _ if value == Value::ELLIPSIS => parts.push(Part::from("...")),
                _ => parts.push(Part::Repr(value)),
            }
        }
    }

    /// `repr()` of a bound method.
    pub(in crate::machine) fn repr_of_method(&mut self, function: Value, receiver: Value) -> Eval {
        let name = match self.heap.payload_of(function) {
            Some(Payload::Function(function)) => self.brief_text(function.qualname),
            Some(Payload::Native(native, _)) => native.name.to_owned(),
            _ => match self.find_attr(function, names::QUALNAME) {
                Ok(Some(Flow::Value(name))) if self.heap.text_of(name).is_some() => self.brief_text(name),
                _ => "?".to_owned(),
            },
        };
        self.compose(vec![
            Part::from(&*format!("<bound method {name} of ")),
            Part::Repr(receiver),
            Part::from(">"),
        ])
    }

    /// `repr()` of a classmethod or staticmethod.
    pub(in crate::machine) fn repr_wrapped(&mut self, class: Handle, function: Value) -> Eval {
        let name = self.heap.class(class).name.clone();
        self.compose(vec![Part::from(&*format!("<{name}(")), Part::Repr(function), Part::from(")>")])
    }
}
