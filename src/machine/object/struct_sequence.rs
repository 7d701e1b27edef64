//! Tuples whose items have names (CPython's struct sequences): `sys.version_info`, `time.struct_time`.
//!
//! What such an object has beyond its items is kept in a dict of its own that no program sees.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::modules::{posix, sys, thread, time};
use super::super::names;
use super::super::native::Part;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::{Accessor, Layout, TypeSpec};
use super::function::NativeDef;
use super::{Payload, types};

const REPR: NativeDef =
    NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| m.repr_of_named_tuple(args.at(0)));
const REDUCE: NativeDef = NativeDef::method("__reduce__", Params::None, |m, args| {
    let shape = Shape::of_value(m, args.at(0));
    Ok(shape.reduce(m, args.at(0)).into())
});
const REPLACE: NativeDef = NativeDef::method("__replace__", Params::Any, |m, args| {
    if args.positional() > 1 {
        return Err(m.type_error("__replace__() takes no positional arguments"));
    }
    Shape::of_value(m, args.at(0)).replace(m, args)
});

const NATIVES: &[NativeDef] =
    &[NativeDef::new(Params::named(&["sequence", "dict"], 0), construct), REPR, REDUCE, REPLACE];

/// What such a type has of its own of which programs make no objects.
pub const SINGLE: &[NativeDef] = &[
    NativeDef::new(Params::Any, |m, args| {
        let class = m.class_argument(args)?;
        let title = m.class_title(class);
        Err(m.type_error(format!("cannot create '{title}' instances")))
    }),
    REPR,
    REDUCE,
    REPLACE,
];

/// Such a type of `sys`, whose items its accessors name.
pub const fn named_tuple(handle: Handle, name: &'static str) -> TypeSpec {
    TypeSpec {
        module: "sys",
        base: types::TUPLE,
        layout: Layout::Builtin(types::TUPLE),
        natives: NATIVES,
        ..TypeSpec::new(handle, name)
    }
}

/// The name of the item at a place.
pub const fn item<const N: usize>(name: &'static str) -> Accessor {
    Accessor::read_only(name, |m, tuple| Ok(m.tuple_items(tuple)[N].into())).as_member()
}

/// The description of a type, if it is one of a tuple whose items have names.
fn named(class: Handle) -> Option<&'static TypeSpec> {
    sys::info::SPECS
        .into_iter()
        .chain([
            &time::STRUCT_TIME,
            &thread::EXCEPT_HOOK_ARGS,
            &posix::TERMINAL_SIZE,
            &posix::UNAME_RESULT,
            &posix::STATVFS_RESULT,
        ])
        .find(|spec| spec.handle == class)
}

/// `__new__(sequence, dict=None)`.
fn construct(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    let Some(sequence) = args.get(1) else {
        return Err(m.type_error("structseq() missing required argument 'sequence' (pos 1)"));
    };
    let iterable = [names::ITER, names::GETITEM].iter().any(|name| m.heap.special(sequence, *name).is_some());
    if !iterable {
        return Err(m.type_error("constructor requires a sequence"));
    }
    let title = m.class_title(class);
    if let Some(dict) = args.some(2)
        && !m.heap.is_instance(dict, types::DICT)
    {
        return Err(m.type_error(format!("{title}() takes a dict as second arg, if any")));
    }
    let list = m.collect_list(sequence)?;
    m.continue_with("structseq", list, args.clone(), 1, |m, args| {
        let shape = m.class_argument(args).ok().and_then(Shape::of).expect("its __new__ is called");
        Ok(shape.of_items(m, args.at(1), args.some(2))?.into())
    })
}

/// A struct sequence: how many items it has and what else.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Its type.
    pub spec: &'static TypeSpec,
    /// How many of the accessors name items; the others name what there is beyond them.
    pub items: usize,
}

impl Shape {
    /// That of a type, if it is one of struct sequences.
    pub fn of(class: Handle) -> Option<Self> {
        let spec = named(class)?;
        let beyond = match class {
            types::SYS_FLAGS => 3,
            types::STRUCT_TIME => 2,
            types::STATVFS_RESULT => 1,
            _ => 0,
        };
        Some(Self { spec, items: spec.accessors.len() - beyond })
    }

    fn of_value(m: &Machine, tuple: Value) -> Self {
        Self::of(m.heap.class_of(tuple)).expect("a method of struct sequences is called with one")
    }

    fn hidden(self) -> impl Iterator<Item = &'static str> {
        self.spec.accessors[self.items..].iter().map(|accessor| accessor.name)
    }

    /// An object of these items; what is beyond them and is not given is None.
    pub fn make(self, m: &mut Machine, items: Vec<Value>, hidden: &[Value]) -> Value {
        let tuple = m.heap.alloc(self.spec.handle, Payload::Tuple(items.into()));
        let dict = m.heap.attributes(tuple);
        for (index, name) in self.hidden().enumerate() {
            m.set_text_name(dict, name, hidden.get(index).copied().unwrap_or(Value::NONE));
        }
        Value::object(tuple)
    }

    /// What an object has under a name beyond its items.
    pub fn hidden_value(m: &mut Machine, tuple: Value, name: &str) -> Value {
        let name = m.text_handle(name);
        tuple.handle().and_then(|tuple| m.heap.own_attribute(tuple, name)).unwrap_or(Value::NONE)
    }

    /// An object of what `__new__` has collected, and of what a dict has by names.
    fn of_items(self, m: &mut Machine, list: Value, dict: Option<Value>) -> Result<Value, Raise> {
        let given = m.heap.items_of(list).unwrap_or_default().to_vec();
        let (least, most) = (self.items, self.spec.accessors.len());
        let bound = if given.len() < least { ("least", least) } else { ("most", most) };
        if !(least..=most).contains(&given.len()) {
            let (title, (which, bound)) = (m.class_title(self.spec.handle), bound);
            let which = if least == most { "a".to_owned() } else { format!("an at {which}") };
            let message =
                format!("{title}() takes {which} {bound}-sequence ({}-sequence given)", given.len());
            return Err(m.type_error(message));
        }
        let (items, beyond) = given.split_at(least);
        let mut used = 0;
        let mut hidden = beyond.to_vec();
        for name in self.hidden().skip(beyond.len()) {
            let name = m.text_handle(name);
            let found = dict.and_then(Value::handle).and_then(|dict| m.heap.get_name(dict, name));
            used += usize::from(found.is_some());
            hidden.push(found.unwrap_or(Value::NONE));
        }
        if dict.and_then(Value::handle).is_some_and(|dict| m.heap.dict(dict).len() > used) {
            let title = m.class_title(self.spec.handle);
            return Err(m.type_error(format!("{title}() got duplicate or unexpected field name(s)")));
        }
        Ok(self.make(m, items.to_vec(), &hidden))
    }

    /// `__reduce__()`.
    fn reduce(self, m: &mut Machine, tuple: Value) -> Value {
        let items = m.tuple_items(tuple).to_vec();
        let items = m.heap.tuple(items);
        let dict = m.heap.new_dict();
        for name in self.hidden() {
            let value = Self::hidden_value(m, tuple, name);
            m.set_text_name(dict, name, value);
        }
        let state = m.heap.pair(items, Value::object(dict));
        m.heap.pair(Value::object(self.spec.handle), state)
    }

    /// `__replace__(**changes)`.
    fn replace(self, m: &mut Machine, args: &Args) -> Eval {
        let tuple = args.at(0);
        let mut all = m.tuple_items(tuple).to_vec();
        for name in self.hidden() {
            all.push(Self::hidden_value(m, tuple, name));
        }
        let mut strangers = Vec::new();
        for (name, value) in args.keywords().collect::<Vec<_>>() {
            let text = m.str_text(name).to_string_lossy().into_owned();
            match self.spec.accessors.iter().position(|accessor| accessor.name == text) {
                Some(index) => all[index] = value,
                None => strangers.push(name),
            }
        }
        if !strangers.is_empty() {
            let names = strangers
                .iter()
                .map(|name| m.str_text(*name).repr().to_string_lossy().into_owned())
                .collect::<Vec<_>>()
                .join(", ");
            return Err(m.type_error(format!("Got unexpected field name(s): [{names}]")));
        }
        let (items, hidden) = all.split_at(self.items);
        Ok(self.make(m, items.to_vec(), hidden).into())
    }

    /// Enters in the namespace of the type what it says of its fields.
    pub fn describe(self, m: &mut Machine) {
        let namespace = m.heap.class(self.spec.handle).namespace;
        let all = self.spec.accessors.len();
        for (name, count) in [("n_sequence_fields", self.items), ("n_fields", all), ("n_unnamed_fields", 0)] {
            let count = m.heap.int(count as i64);
            m.set_text_name(namespace, name, count);
        }
        let names = self.spec.accessors[..self.items].iter().map(|accessor| m.heap.intern(accessor.name));
        let names = names.collect();
        let names = m.heap.tuple(names);
        m.set_text_name(namespace, "__match_args__", names);
    }
}

impl Machine {
    /// Whether a value is a tuple whose items have names.
    pub(in crate::machine) fn is_named_tuple(&self, value: Value) -> bool {
        named(self.heap.class_of(value)).is_some()
    }

    /// `sys.version_info(major=3, …)`.
    pub(in crate::machine) fn repr_of_named_tuple(&mut self, tuple: Value) -> Eval {
        let Some(spec) = named(self.heap.class_of(tuple)) else { return self.repr(tuple) };
        let mut parts: Vec<Part> = vec![format!("{}(", self.class_title(spec.handle)).as_str().into()];
        for (index, (accessor, item)) in spec.accessors.iter().zip(self.tuple_items(tuple)).enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            parts.push(format!("{separator}{}=", accessor.name).as_str().into());
            parts.push(Part::Repr(*item));
        }
        parts.push(")".into());
        self.compose(parts)
    }
}
