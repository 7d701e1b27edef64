//! `dict` and its views.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::native::{
    Consume, DictAction, DictMerge, FromKeys, Repr, SetLoop, SetLoopKind, SetWork, SetWorkKind, Sink, Then,
    ViewContains, holding,
};
use super::super::protocol::compare::Comparison;
use super::super::protocol::operator::Binary;
use super::super::protocol::{wrappers, wrappers_container as containers};
use super::super::raise::Raise;
use super::super::table::{Dict, KeyKind, Set};
use super::super::value::{Handle, Value};
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::iterator::DictPart;
use super::{Payload, types};

/// `dict.__repr__`, whatever class derived from dict the receiver is of.
const REPR: NativeDef =
    NativeDef::wrapper("__repr__", Params::None, |m, args| m.begin(Repr::of_plain_dict(args.at(0))));

/// `dict`.
pub static DICT: TypeSpec = TypeSpec {
    subclassable: true,
    unhashable: true,
    doc: Some("Keys and their values, in the order in which the keys came."),
    natives: &[
        NativeDef::new(Params::Any, new),
        NativeDef::wrapper("__init__", Params::Any, |m, args| update_with(m, args, "dict")),
        NativeDef::wrapper("__iter__", Params::None, |m, args| {
            m.dict_at(args.at(0))?;
            Ok(m.dict_iterator(args.at(0), DictPart::Keys, false).into())
        }),
        NativeDef::wrapper("__setitem__", Params::Range(2, 2), |m, args| {
            let dict = m.dict_at(args.at(0))?;
            m.dict_act(dict, args.at(1), DictAction::Set(args.at(2)))
        }),
        NativeDef::wrapper("__delitem__", Params::One, |m, args| {
            let dict = m.dict_at(args.at(0))?;
            let deleted = m.dict_act(dict, args.at(1), DictAction::Delete)?;
            m.flow_then(deleted, Value::NONE)
        }),
        NativeDef::method("__reversed__", Params::None, |m, args| {
            m.dict_at(args.at(0))?;
            Ok(m.dict_iterator(args.at(0), DictPart::Keys, true).into())
        }),
        NativeDef::method("__sizeof__", Params::None, |m, args| {
            let dict = m.dict_at(args.at(0))?;
            let size = m.heap.dict(dict).size_in_cpython();
            Ok(m.heap.int(size as i64).into())
        }),
        NativeDef::method("get", Params::Range(1, 2), |m, args| {
            let dict = m.dict_at(args.at(0))?;
            m.dict_act(dict, args.at(1), DictAction::Get(args.get(2).unwrap_or(Value::NONE)))
        }),
        NativeDef::method("setdefault", Params::Range(1, 2), |m, args| {
            let dict = m.dict_at(args.at(0))?;
            m.dict_act(dict, args.at(1), DictAction::SetDefault(args.get(2).unwrap_or(Value::NONE)))
        }),
        NativeDef::method("pop", Params::Range(1, 2), pop),
        NativeDef::method("popitem", Params::None, popitem),
        NativeDef::method("keys", Params::None, |m, args| view(m, args, types::DICT_KEYS)),
        NativeDef::method("items", Params::None, |m, args| view(m, args, types::DICT_ITEMS)),
        NativeDef::method("values", Params::None, |m, args| view(m, args, types::DICT_VALUES)),
        NativeDef::method("update", Params::Any, |m, args| {
            // Its arguments stand in a tuple.
            Ok(holding("dict.update", args.rest(1), update_with(m, args, "update")?))
        }),
        NativeDef::class_method("fromkeys", Params::Range(1, 2), from_keys),
        NativeDef::method("clear", Params::None, |m, args| {
            let dict = m.dict_at(args.at(0))?;
            m.heap.clear_dict(dict);
            Ok(Value::NONE.into())
        }),
        NativeDef::method("copy", Params::None, |m, args| {
            let dict = m.dict_at(args.at(0))?;
            m.dict_copy(dict)
        }),
    ],
    wrappers: &[
        &REPR,
        &wrappers::LT,
        &wrappers::LE,
        &wrappers::EQ,
        &wrappers::NE,
        &wrappers::GT,
        &wrappers::GE,
        &wrappers::OR,
        &wrappers::ROR,
        &wrappers::IOR,
        &containers::LEN,
        &containers::GETITEM_METHOD,
        &containers::CONTAINS_METHOD,
        &containers::CLASS_GETITEM,
    ],
    ..TypeSpec::new(types::DICT, "dict")
};

/// The comparisons and operators of views that are like sets.
const SET_LIKE: &[&NativeDef] = &[
    &wrappers::REPR,
    &wrappers::LT,
    &wrappers::LE,
    &wrappers::EQ,
    &wrappers::NE,
    &wrappers::GT,
    &wrappers::GE,
    &containers::ITER,
    &wrappers::SUB,
    &wrappers::RSUB,
    &wrappers::AND,
    &wrappers::RAND,
    &wrappers::XOR,
    &wrappers::RXOR,
    &wrappers::OR,
    &wrappers::ROR,
    &containers::LEN,
    &containers::CONTAINS,
];

const VIEW_METHODS: &[NativeDef] = &[
    NativeDef::method("isdisjoint", Params::One, |m, args| m.is_disjoint(args.at(0), args.at(1))),
    NativeDef::method("__reversed__", Params::None, reversed_view),
];

const MAPPING: &[Accessor] = &[Accessor::read_only("mapping", |m, view| {
    let dict = m.view_dict(view)?;
    Ok(Value::object(m.heap.alloc(types::MAPPING_PROXY, Payload::MappingProxy(dict))).into())
})];

/// `dict_keys`.
pub static DICT_KEYS: TypeSpec = TypeSpec {
    natives: VIEW_METHODS,
    wrappers: SET_LIKE,
    accessors: MAPPING,
    unhashable: true,
    ..TypeSpec::new(types::DICT_KEYS, "dict_keys")
};

/// `dict_items`.
pub static DICT_ITEMS: TypeSpec = TypeSpec {
    natives: VIEW_METHODS,
    wrappers: SET_LIKE,
    accessors: MAPPING,
    unhashable: true,
    ..TypeSpec::new(types::DICT_ITEMS, "dict_items")
};

/// `dict_values`.
pub static DICT_VALUES: TypeSpec = TypeSpec {
    natives: &[NativeDef::method("__reversed__", Params::None, reversed_view)],
    wrappers: &[&wrappers::REPR, &containers::ITER, &containers::LEN],
    accessors: MAPPING,
    ..TypeSpec::new(types::DICT_VALUES, "dict_values")
};

fn new(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    Ok(Value::object(m.heap.alloc(class, Payload::Dict(Box::default()))).into())
}

/// `dict.update(other, **keywords)`, which `dict.__init__` does as well.
pub(super) fn update_with(m: &mut Machine, args: &Args, name: &str) -> Eval {
    let dict = m.dict_at(args.at(0))?;
    m.check_count(name, args.positional() - 1, 0, 1)?;
    let keywords: Vec<(Value, Value)> = args.keywords().collect();
    let keywords = if keywords.is_empty() { None } else { m.dict_from_names(&keywords).handle() };
    let other = (args.positional() > 1).then(|| args.at(1));
    match (other, keywords) {
        (None, None) => Ok(Value::NONE.into()),
        (Some(other), None) => m.dict_update(dict, other),
        (None, Some(keywords)) => m.begin(DictMerge::new(dict, keywords)),
        (Some(other), Some(keywords)) => match m.dict_update(dict, other)? {
            Flow::Value(_) => m.begin(DictMerge::new(dict, keywords)),
            Flow::Enter(entry) => m.then(entry, DictMerge::new(dict, keywords)),
        },
    }
}

fn pop(m: &mut Machine, args: &Args) -> Eval {
    let dict = m.dict_at(args.at(0))?;
    if m.heap.dict(dict).is_empty() {
        // The key of an empty dict is not even hashed.
        return match args.get(2) {
            Some(default) => Ok(default.into()),
            None => Err(m.key_error(args.at(1))),
        };
    }
    m.dict_act(dict, args.at(1), DictAction::Pop(args.get(2)))
}

fn popitem(m: &mut Machine, args: &Args) -> Eval {
    let dict = m.dict_at(args.at(0))?;
    match m.heap.dict_mut(dict).pop_last() {
        None => {
            let message = m.heap.str("popitem(): dictionary is empty");
            Err(m.key_error(message))
        }
        Some(entry) => {
            m.heap.release(entry.key);
            m.heap.release(entry.value);
            Ok(m.heap.pair(entry.key, entry.value).into())
        }
    }
}

fn view(m: &mut Machine, args: &Args, class: Handle) -> Eval {
    m.dict_at(args.at(0))?;
    Ok(m.heap.new_view(class, args.at(0)).into())
}

fn reversed_view(m: &mut Machine, args: &Args) -> Eval {
    let dict = m.view_dict(args.at(0))?;
    let view = args.at(0).handle().expect("a view is a heap object");
    Ok(m.view_iterator(view, dict, true).into())
}

fn from_keys(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    let value = args.get(2).unwrap_or(Value::NONE);
    if class != types::DICT {
        let flow = m.call(Value::object(class), Args::default())?;
        let parts = Args::new([Value::NONE, args.at(1), value]);
        return m.continue_with("dict.fromkeys", flow, parts, 0, |m, args| {
            let fill = FromKeys::new(args.at(0), args.at(2));
            m.begin(Consume::new(args.at(1), Sink::FromKeys(fill)))
        });
    }
    let mut table = Dict::new();
    match m.heap.payload_of(args.at(1)) {
        Some(Payload::Set(set)) => table.presize(set.len(), KeyKind::Other),
        Some(Payload::Dict(dict)) => table.presize(dict.len(), KeyKind::Other),
        _ => {}
    }
    let dict = Value::object(m.heap.alloc(types::DICT, Payload::Dict(Box::new(table))));
    let source = m.heap.class_of(args.at(1));
    if matches!(source, types::SET | types::FROZENSET | types::DICT)
        && let (Some(source), Some(target)) = (args.at(1).handle(), dict.handle())
    {
        // Their hashes are known.
        return m.begin(SetLoop::new(&m.heap, SetLoopKind::Keys(value), source, target, dict));
    }
    m.begin(Consume::new(args.at(1), Sink::FromKeys(FromKeys::new(dict, value))))
}

impl Machine {
    /// The dict that a receiver must be.
    pub(in crate::machine) fn dict_at(&mut self, value: Value) -> Result<Handle, Raise> {
        match value.handle() {
            Some(handle) if matches!(self.heap.payload(handle), Payload::Dict(_)) => Ok(handle),
            _ => Err(self.wrong_self("dict", value)),
        }
    }

    /// The dict that a view shows.
    fn view_dict(&mut self, view: Value) -> Result<Value, Raise> {
        match self.heap.payload_of(view) {
            Some(Payload::DictView(dict)) => Ok(*dict),
            _ => Err(self.wrong_self("dict_keys", view)),
        }
    }

    /// `dict.copy()`.
    pub(in crate::machine) fn dict_copy(&mut self, dict: Handle) -> Eval {
        if self.plain_dict(Value::object(dict)).is_some()
            && let Some(copy) = self.heap.dict(dict).copy()
        {
            return Ok(Value::object(self.heap.alloc(types::DICT, Payload::Dict(Box::new(copy)))).into());
        }
        let copy = self.heap.new_dict();
        let filled = match self.plain_dict(Value::object(dict)) {
            Some(source) => self.begin(DictMerge::new(copy, source))?,
            None => self.dict_update(copy, Value::object(dict))?,
        };
        match filled {
            Flow::Value(_) => Ok(Value::object(copy).into()),
            Flow::Enter(entry) => self.then(entry, Then::value(Value::object(copy))),
        }
    }

    /// The items that a view shows, pairs made anew.
    pub(in crate::machine) fn view_items(&mut self, view: Handle) -> Vec<Value> {
        let Payload::DictView(dict) = self.heap.payload(view) else { return Vec::new() };
        let part = self.view_part(view);
        let dict = dict.handle().expect("a dict is a heap object");
        let ordered = matches!(
            self.heap.get(view).class,
            types::ORDERED_KEYS | types::ORDERED_ITEMS | types::ORDERED_VALUES
        );
        let table = self.heap.dict(dict);
        let entries = if ordered { table.shown() } else { table.iter().collect() };
        entries
            .into_iter()
            .map(|entry| match part {
                DictPart::Keys => entry.key,
                DictPart::Values => entry.value,
                DictPart::Items => self.heap.pair(entry.key, entry.value),
            })
            .collect()
    }

    /// `item in view`.
    pub(in crate::machine) fn view_contains(&mut self, view: Handle, dict: Value, item: Value) -> Eval {
        let dict = dict.handle().expect("a dict is a heap object");
        match self.view_part(view) {
            DictPart::Keys => self.dict_act(dict, item, DictAction::Contains),
            DictPart::Values => self.begin(Consume::new(
                Value::object(view),
                Sink::Search(super::super::native::Search::new(
                    item,
                    super::super::native::SearchFor::Presence,
                )),
            )),
            DictPart::Items => match self.heap.payload_of(item) {
                Some(Payload::Tuple(items)) if items.len() == 2 => {
                    let (key, value) = (items[0], items[1]);
                    self.begin(ViewContains::new(dict, key, value))
                }
                _ => Ok(Value::FALSE.into()),
            },
        }
    }

    /// A comparison of a view with a set or another view: as of two sets.
    pub(in crate::machine) fn compare_view(
        &mut self,
        comparison: Comparison,
        left: Value,
        right: Value,
    ) -> Eval {
        let set_like = |m: &Self, value: Value| match m.heap.payload_of(value) {
            Some(Payload::Set(_)) => true,
            Some(Payload::DictView(_)) => m.view_of(value) != Some(DictPart::Values),
            _ => false,
        };
        if !set_like(self, left) || !set_like(self, right) {
            let equality = matches!(comparison, Comparison::Eq | Comparison::Ne);
            return Ok(Flow::Value(match (equality, left == right) {
                (true, true) => Value::bool(comparison == Comparison::Eq),
                _ => Value::NOT_IMPLEMENTED,
            }));
        }
        let length = |m: &Self, value: Value| {
            m.heap.payload_of(value).and_then(|payload| m.payload_length(payload)).unwrap_or(0)
        };
        let (left_len, right_len) = (length(self, left), length(self, right));
        let (all, of, possible, yes) = match comparison {
            Comparison::Eq => (left, right, left_len == right_len, true),
            Comparison::Ne => (left, right, left_len == right_len, false),
            Comparison::Lt => (left, right, left_len < right_len, true),
            Comparison::Le => (left, right, left_len <= right_len, true),
            Comparison::Gt => (right, left, right_len < left_len, true),
            Comparison::Ge => (right, left, right_len <= left_len, true),
        };
        if !possible {
            return Ok(Value::bool(!yes).into());
        }
        let of = of.handle().expect("a set or view is a heap object");
        self.begin(Consume::new(all, Sink::Set(SetWork::new(SetWorkKind::AllIn(yes), of))))
    }

    /// `left | right` and `left |= right` for dicts; `None` where they do not know the operator.
    pub(in crate::machine) fn dict_binary(
        &mut self,
        operator: Binary,
        in_place: bool,
        left: Value,
        right: Value,
    ) -> Result<Option<Flow>, Raise> {
        let is_dict = |m: &Self, value: Value| matches!(m.heap.payload_of(value), Some(Payload::Dict(_)));
        let (true, Binary::Or, Some(handle)) = (is_dict(self, left), operator, left.handle()) else {
            return Ok(None);
        };
        if in_place {
            let flow = if self.heap.is_instance(left, types::ORDERED_DICT) {
                self.ordered_update(left, right)?
            } else {
                self.dict_update(handle, right)?
            };
            return self.flow_then(flow, left).map(Some);
        }
        let (true, Some(other)) = (is_dict(self, right), right.handle()) else { return Ok(None) };
        let (flow, parts) = (self.dict_copy(handle)?, Args::new([Value::NONE, Value::object(other)]));
        let union = self.continue_with("dict | dict", flow, parts, 0, |m, args| {
            let copy = m.dict_at(args.at(0))?;
            let flow = m.dict_update(copy, args.at(1))?;
            m.flow_then(flow, args.at(0))
        });
        union.map(Some)
    }

    /// Gives `value` once what `flow` stands for is done.
    pub(in crate::machine) fn flow_then(&mut self, flow: Flow, value: Value) -> Eval {
        match flow {
            Flow::Value(_) => Ok(value.into()),
            Flow::Enter(entry) => self.then(entry, Then::value(value)),
        }
    }

    /// The keys of a view that are also in `other`.
    pub(in crate::machine) fn view_intersection(&mut self, view: Value, other: Value) -> Eval {
        let result = self.heap.new_set(types::SET, Set::new());
        let view = view.handle().expect("a view is a heap object");
        let kind = SetWorkKind::IntersectView(result);
        self.begin(Consume::new(other, Sink::Set(SetWork::new(kind, view))))
    }
}
