//! `collections.defaultdict` and `collections.OrderedDict`: dicts with methods of their own.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::native::{
    Consume, DictAction, FromKeys, OrderedAction, OrderedUpdate, Part, SameOrder, Sink, Style,
};
use super::super::protocol::compare::Comparison;
use super::super::protocol::wrappers;
use super::super::value::{Handle, Value};
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::iterator::DictPart;
use super::iterator_copy::REDUCE;
use super::{Payload, iterators, types};

/// `collections.defaultdict`.
pub static DEFAULT_DICT: TypeSpec = TypeSpec {
    module: "collections",
    base: types::DICT,
    subclassable: true,
    unhashable: true,
    doc: Some("A dict that makes the values of keys that are not there."),
    natives: &[
        NativeDef::wrapper("__init__", Params::Any, init_default),
        NativeDef::method("__missing__", Params::One, missing),
        NativeDef::wrapper("__repr__", Params::None, |m, args| m.repr_of_default_dict(args.at(0))),
        NativeDef::method("copy", Params::None, |m, args| copy_default(m, args.at(0))),
        NativeDef::method("__copy__", Params::None, |m, args| copy_default(m, args.at(0))),
        NativeDef::wrapper("__or__", Params::One, |m, args| union(m, args.at(0), args.at(1), args.at(0))),
        NativeDef::wrapper("__ror__", Params::One, |m, args| union(m, args.at(1), args.at(0), args.at(0))),
        NativeDef::method("__reduce__", Params::None, |m, args| {
            let parts = match m.heap.dict(handle(args)).factory() {
                Some(factory) => m.heap.tuple(vec![factory]),
                None => Value::object(types::EMPTY_TUPLE),
            };
            let class = Value::object(m.heap.class_of(args.at(0)));
            let items = m.dict_iterator(args.at(0), DictPart::Items, false);
            Ok(m.heap.tuple(vec![class, parts, Value::NONE, Value::NONE, items]).into())
        }),
    ],
    accessors: &[Accessor::new(
        "default_factory",
        |m, value| {
            let dict = value.handle().expect("a dict is a heap object");
            Ok(m.heap.dict(dict).factory().unwrap_or(Value::NONE).into())
        },
        |m, value, factory| {
            let dict = value.handle().expect("a dict is a heap object");
            m.set_default_factory(dict, factory.filter(|factory| !factory.is_none()));
            Ok(())
        },
    )
    .as_member()],
    ..TypeSpec::new(types::DEFAULT_DICT, "defaultdict")
};

/// `collections.OrderedDict`.
pub static ORDERED_DICT: TypeSpec = TypeSpec {
    module: "collections",
    base: types::DICT,
    subclassable: true,
    has_dict: true,
    unhashable: true,
    doc: Some("A dict whose order can be changed, and counts when two are compared."),
    natives: &[
        NativeDef::wrapper("__init__", Params::Any, |m, args| {
            if args.positional() > 2 {
                let given = args.positional() - 1;
                return Err(m.type_error(format!("expected at most 1 argument, got {given}")));
            }
            fill_ordered(m, args)
        }),
        NativeDef::wrapper("__eq__", Params::One, |m, args| {
            m.compare_ordered(Comparison::Eq, args.at(0), args.at(1))
        }),
        NativeDef::wrapper("__ne__", Params::One, |m, args| {
            m.compare_ordered(Comparison::Ne, args.at(0), args.at(1))
        }),
        NativeDef::wrapper("__repr__", Params::None, repr_ordered),
        NativeDef::wrapper("__iter__", Params::None, |m, args| {
            Ok(m.ordered_iterator(args.at(0), DictPart::Keys, false).into())
        }),
        NativeDef::wrapper("__setitem__", Params::Range(2, 2), |m, args| {
            m.ordered_act(handle(args), args.at(1), OrderedAction::Set(args.at(2)))
        }),
        NativeDef::wrapper("__delitem__", Params::One, |m, args| {
            m.ordered_act(handle(args), args.at(1), OrderedAction::Delete)
        }),
        NativeDef::method("__reversed__", Params::None, |m, args| {
            Ok(m.ordered_iterator(args.at(0), DictPart::Keys, true).into())
        }),
        NativeDef::method("clear", Params::None, |m, args| {
            m.ordered_clear(handle(args));
            Ok(Value::NONE.into())
        }),
        NativeDef::method("keys", Params::None, |m, args| {
            Ok(m.heap.new_view(types::ORDERED_KEYS, args.at(0)).into())
        }),
        NativeDef::method("items", Params::None, |m, args| {
            Ok(m.heap.new_view(types::ORDERED_ITEMS, args.at(0)).into())
        }),
        NativeDef::method("values", Params::None, |m, args| {
            Ok(m.heap.new_view(types::ORDERED_VALUES, args.at(0)).into())
        }),
        NativeDef::method("copy", Params::None, |m, args| copy_ordered(m, args.at(0))),
        NativeDef::method("__sizeof__", Params::None, |m, args| {
            let size = m.heap.dict(handle(args)).ordered_size_in_cpython();
            Ok(m.heap.int(size as i64).into())
        }),
        NativeDef::class_method("fromkeys", Params::named(&["iterable", "value"], 1), |m, args| {
            let value = args.get(2).unwrap_or(Value::NONE);
            let made = m.call(args.at(0), Args::default())?;
            m.continue_with(
                "OrderedDict.fromkeys",
                made,
                Args::new([Value::NONE, args.at(1), value]),
                0,
                |m, args| {
                    m.begin(Consume::new(args.at(1), Sink::FromKeys(FromKeys::new(args.at(0), args.at(2)))))
                },
            )
        }),
        NativeDef::method("move_to_end", Params::named(&["key", "last"], 1), |m, args| {
            m.with_indices("move_to_end", args, &[2], Style::Truth, |m, args| {
                m.ordered_act(handle(args), args.at(1), OrderedAction::Move { last: args.flag(2, true) })
            })
        }),
        NativeDef::method("pop", Params::named(&["key", "default"], 1), |m, args| {
            m.ordered_act(handle(args), args.at(1), OrderedAction::Pop(args.get(2)))
        }),
        NativeDef::method("popitem", Params::named(&["last"], 0), |m, args| {
            m.with_indices("popitem", args, &[1], Style::Truth, |m, args| {
                m.ordered_pop_item(handle(args), args.flag(1, true))
            })
        }),
        NativeDef::method("setdefault", Params::named(&["key", "default"], 1), |m, args| {
            let default = args.get(2).unwrap_or(Value::NONE);
            if m.heap.class_of(args.at(0)) == types::ORDERED_DICT {
                return m.ordered_act(handle(args), args.at(1), OrderedAction::SetDefault(default));
            }
            // A subclass is asked by its special methods.
            let found = m.contains(args.at(0), args.at(1))?;
            let args = Args::new([args.at(0), args.at(1), default, Value::NONE]);
            m.continue_with("OrderedDict.setdefault", found, args, 3, |m, args| {
                if args.flag(3, false) {
                    return m.get_item(args.at(0), args.at(1));
                }
                let stored = m.set_item(args.at(0), args.at(1), Some(args.at(2)))?;
                m.flow_then(stored, args.at(2))
            })
        }),
        NativeDef::method("update", Params::Any, |m, args| {
            m.check_count("update", args.positional() - 1, 0, 1)?;
            fill_ordered(m, args)
        }),
        NativeDef::wrapper("__or__", Params::One, |m, args| union(m, args.at(0), args.at(1), args.at(0))),
        NativeDef::wrapper("__ror__", Params::One, |m, args| union(m, args.at(1), args.at(0), args.at(0))),
        NativeDef::wrapper("__ior__", Params::One, |m, args| {
            let done = m.ordered_update(args.at(0), args.at(1))?;
            m.flow_then(done, args.at(0))
        }),
        NativeDef::method("__reduce__", Params::None, |m, args| {
            let state = m.object_state(args.at(0), false)?;
            let args = Args::new([args.at(0), Value::NONE, Value::NONE]);
            m.continue_with("OrderedDict.__reduce__", state, args, 1, |m, args| {
                let items = m.call_attr(args.at(0), names::ITEMS, vec![])?;
                m.continue_with("OrderedDict.__reduce__", items, args.clone(), 2, |m, args| {
                    let items = m.iter(args.at(2))?;
                    m.continue_with("OrderedDict.__reduce__", items, args.clone(), 2, |m, args| {
                        let class = Value::object(m.heap.class_of(args.at(0)));
                        let empty = Value::object(types::EMPTY_TUPLE);
                        Ok(m.heap.tuple(vec![class, empty, args.at(1), Value::NONE, args.at(2)]).into())
                    })
                })
            })
        }),
    ],
    wrappers: &[&wrappers::LT, &wrappers::LE, &wrappers::GT, &wrappers::GE],
    ..TypeSpec::new(types::ORDERED_DICT, "OrderedDict")
};

/// The views and the iterator of an OrderedDict.
pub static ORDERED_PARTS: [&TypeSpec; 4] = [
    &TypeSpec {
        base: types::DICT_KEYS,
        unhashable: true,
        ..TypeSpec::new(types::ORDERED_KEYS, "odict_keys")
    },
    &TypeSpec {
        base: types::DICT_ITEMS,
        unhashable: true,
        ..TypeSpec::new(types::ORDERED_ITEMS, "odict_items")
    },
    &TypeSpec { base: types::DICT_VALUES, ..TypeSpec::new(types::ORDERED_VALUES, "odict_values") },
    &TypeSpec {
        natives: &[REDUCE],
        wrappers: iterators::PROTOCOL,
        ..TypeSpec::new(types::ORDERED_ITERATOR, "odict_iterator")
    },
];

fn handle(args: &Args) -> Handle {
    args.at(0).handle().expect("a dict is a heap object")
}

fn init_default(m: &mut Machine, args: &Args) -> Eval {
    let factory = (args.positional() > 1).then(|| args.at(1)).filter(|factory| !factory.is_none());
    if factory.is_some_and(|factory| !m.is_callable(factory)) {
        return Err(m.type_error("first argument must be callable or None"));
    }
    m.set_default_factory(handle(args), factory);
    let rest = if args.positional() > 1 { args.without(1) } else { args.clone() };
    super::dict::update_with(m, &rest, "dict")
}

/// `defaultdict.__missing__`: what the factory makes becomes the value.
fn missing(m: &mut Machine, args: &Args) -> Eval {
    let Some(factory) = m.heap.dict(handle(args)).factory() else { return Err(m.key_error(args.at(1))) };
    let made = m.call(factory, Args::default())?;
    let parts = Args::new([Value::NONE, args.at(0), args.at(1)]);
    m.continue_with("defaultdict.__missing__", made, parts, 0, |m, args| {
        let dict = m.dict_at(args.at(1))?;
        m.dict_act(dict, args.at(2), DictAction::SetDefault(args.at(0)))
    })
}

fn copy_default(m: &mut Machine, value: Value) -> Eval {
    let dict = value.handle().expect("a dict is a heap object");
    let factory = m.heap.dict(dict).factory().unwrap_or(Value::NONE);
    m.call(Value::object(m.heap.class_of(value)), Args::new([factory, value]))
}

fn copy_ordered(m: &mut Machine, value: Value) -> Eval {
    let class = m.heap.class_of(value);
    let copy = m.call(Value::object(class), Args::default())?;
    m.continue_with("OrderedDict.copy", copy, Args::new([Value::NONE, value]), 0, |m, args| {
        let Some(dict) = args.at(0).handle().filter(|dict| matches!(m.heap.payload(*dict), Payload::Dict(_)))
        else {
            let name = m.class_name(args.at(0));
            return Err(m.type_error(format!("a copy must be an OrderedDict, not {name}")));
        };
        m.ordered_copy(Value::object(dict), args.at(1))
    })
}

/// Fills an OrderedDict with the arguments behind it: at most one by position, and those by name.
fn fill_ordered(m: &mut Machine, args: &Args) -> Eval {
    let keywords: Vec<(Value, Value)> = args.keywords().collect();
    let keywords = if keywords.is_empty() { None } else { m.dict_from_names(&keywords).handle() };
    let other = (args.positional() > 1).then(|| args.at(1));
    m.begin(OrderedUpdate::of(args.at(0), other, keywords))
}

/// `D({…})`, of a dict of the items; nobody sees that dict if the items can be told without Python code.
fn repr_ordered(m: &mut Machine, args: &Args) -> Eval {
    let class = m.heap.class_of(args.at(0));
    let own =
        |name| m.heap.lookup_with_owner(class, name).is_some_and(|(_, owner)| !m.heap.class(owner).builtin);
    let dict = m.heap.dict(handle(args));
    let nodes: Vec<Value> =
        dict.order().map(|order| order.iter().map(|(_, node)| node.key).collect()).unwrap_or_default();
    let in_step = nodes.iter().copied().eq(dict.iter().map(|entry| entry.key));
    let plain = in_step && nodes.iter().all(|key| m.hash_atom(*key).is_some());
    if dict.is_empty() || plain && !(own(names::KEYS) || own(names::GETITEM)) || m.is_shown(handle(args)) {
        return m.repr_container(args.at(0));
    }
    let items = m.call(Value::object(types::DICT), Args::new([args.at(0)]))?;
    m.continue_with("OrderedDict.__repr__", items, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
        let name = m.heap.class(m.heap.class_of(args.at(0))).name.to_string();
        let head = format!("{name}(");
        m.compose(vec![head.as_str().into(), Part::Repr(args.at(1)), ")".into()])
    })
}

/// `left | right`, as an instance of the type of `own`, which is one of them.
fn union(m: &mut Machine, left: Value, right: Value, own: Value) -> Eval {
    let is_dict = |value: Value| matches!(m.heap.payload_of(value), Some(Payload::Dict(_)));
    if !is_dict(left) || !is_dict(right) {
        return Ok(Value::NOT_IMPLEMENTED.into());
    }
    let class = Value::object(m.heap.class_of(own));
    let default = m.heap.is_instance(own, types::DEFAULT_DICT);
    let factory = own.handle().and_then(|own| m.heap.dict(own).factory()).unwrap_or(Value::NONE);
    let parts = if default { vec![factory, left] } else { vec![left] };
    let made = m.call(class, Args::new(parts))?;
    m.continue_with("dict | dict", made, Args::new([Value::NONE, right]), 0, |m, args| {
        let dict = m.dict_at(args.at(0))?;
        let flow = if m.heap.is_instance(args.at(0), types::ORDERED_DICT) {
            m.ordered_update(args.at(0), args.at(1))?
        } else {
            m.dict_update(dict, args.at(1))?
        };
        m.flow_then(flow, args.at(0))
    })
}

impl Machine {
    /// Dicts are equal by their items, two ordered ones by their order too.
    pub(in crate::machine) fn compare_ordered(
        &mut self,
        comparison: Comparison,
        left: Value,
        right: Value,
    ) -> Eval {
        let (Some(one), Some(two)) = (left.handle(), right.handle()) else {
            return Ok(Value::NOT_IMPLEMENTED.into());
        };
        if !matches!(self.heap.payload(two), Payload::Dict(_)) {
            return Ok(Value::NOT_IMPLEMENTED.into());
        }
        let not_equal = comparison == Comparison::Ne;
        if !self.heap.is_instance(right, types::ORDERED_DICT) {
            return self.compare_dicts(not_equal, one, two);
        }
        let equal = self.compare_dicts(false, one, two)?;
        let args = Args::new([Value::NONE, left, right, Value::bool(not_equal)]);
        self.continue_with("OrderedDict ==", equal, args, 0, |m, args| {
            let not_equal = args.flag(3, false);
            match (args.at(1).handle(), args.at(2).handle()) {
                (Some(left), Some(right)) if args.at(0) == Value::TRUE => {
                    m.begin(SameOrder::of(left, right, not_equal))
                }
                _ => Ok(Value::bool(not_equal).into()),
            }
        })
    }

    fn set_default_factory(&mut self, dict: Handle, factory: Option<Value>) {
        if let Some(factory) = factory {
            self.heap.retain(factory);
        }
        if let Some(old) = self.heap.dict_mut(dict).replace_factory(factory) {
            self.heap.release(old);
        }
    }

    /// `defaultdict(<class 'list'>, {…})`.
    pub(in crate::machine) fn repr_of_default_dict(&mut self, value: Value) -> Eval {
        let factory = value.handle().and_then(|dict| self.heap.dict(dict).factory()).unwrap_or(Value::NONE);
        let name = self.heap.class(self.heap.class_of(value)).name.to_string();
        let head = format!("{name}(");
        self.compose(vec![
            head.as_str().into(),
            Part::Factory(factory),
            ", ".into(),
            Part::PlainRepr(value),
            ")".into(),
        ])
    }

    /// Whether a dict is one that is shown by its type's own `__repr__`.
    pub(in crate::machine) fn is_default_dict(&self, value: Value) -> bool {
        self.heap.is_instance(value, types::DEFAULT_DICT)
    }
}
