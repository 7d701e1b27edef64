//! `set` and `frozenset`, and the operators of dict views, which make sets.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{
    Consume, SetAction, SetChain, SetChainKind, SetLoop, SetLoopKind, SetWork, SetWorkKind, Sink,
};
use super::super::protocol::compare::Comparison;
use super::super::protocol::operator::Binary;
use super::super::protocol::{wrappers, wrappers_container as containers};
use super::super::raise::Raise;
use super::super::table::Set;
use super::super::value::{Handle, Value};
use super::class::TypeSpec;
use super::function::NativeDef;
use super::iterator::DictPart;
use super::{Payload, types};

/// `set`.
pub static SET: TypeSpec = TypeSpec {
    subclassable: true,
    unhashable: true,
    doc: Some("Hashable objects, each at most once."),
    natives: &[
        NativeDef::new(Params::Any, new),
        NativeDef::wrapper("__init__", Params::Any, init),
        NativeDef::method("add", Params::One, |m, args| {
            let set = m.set_at(args.at(0))?;
            m.set_act(set, args.at(1), SetAction::Add)
        }),
        NativeDef::method("clear", Params::None, |m, args| {
            let set = m.set_at(args.at(0))?;
            m.clear_set(set);
            Ok(Value::NONE.into())
        }),
        NativeDef::method("copy", Params::None, copy),
        NativeDef::method("discard", Params::One, |m, args| {
            let set = m.set_at(args.at(0))?;
            let flow = m.set_act(set, args.at(1), SetAction::Discard)?;
            m.flow_then(flow, Value::NONE)
        }),
        NativeDef::method("difference", Params::AtLeast(0), difference),
        NativeDef::method("difference_update", Params::AtLeast(0), |m, args| {
            update(m, args, SetChainKind::Discard)
        }),
        NativeDef::method("intersection", Params::AtLeast(0), intersection),
        NativeDef::method("intersection_update", Params::AtLeast(0), intersection_update),
        NativeDef::method("isdisjoint", Params::One, |m, args| m.is_disjoint(args.at(0), args.at(1))),
        NativeDef::method("issubset", Params::One, |m, args| {
            m.set_at(args.at(0))?;
            m.is_subset_of(args.at(0), args.at(1))
        }),
        NativeDef::method("issuperset", Params::One, is_superset),
        NativeDef::method("pop", Params::None, pop),
        NativeDef::method("__reduce__", Params::None, reduce),
        NativeDef::method("remove", Params::One, |m, args| {
            let set = m.set_at(args.at(0))?;
            let flow = m.set_act(set, args.at(1), SetAction::Remove(args.at(1)))?;
            m.flow_then(flow, Value::NONE)
        }),
        NativeDef::method("__sizeof__", Params::None, size),
        NativeDef::method("symmetric_difference", Params::One, symmetric_difference),
        NativeDef::method("symmetric_difference_update", Params::One, |m, args| {
            update(m, args, SetChainKind::Toggle)
        }),
        NativeDef::method("union", Params::AtLeast(0), union),
        NativeDef::method("update", Params::AtLeast(0), |m, args| update(m, args, SetChainKind::Update)),
    ],
    wrappers: &[
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
        &wrappers::ISUB,
        &wrappers::IAND,
        &wrappers::IXOR,
        &wrappers::IOR,
        &containers::LEN,
        &containers::CONTAINS_METHOD,
        &containers::CLASS_GETITEM,
    ],
    ..TypeSpec::new(types::SET, "set")
};

/// `frozenset`.
pub static FROZENSET: TypeSpec = TypeSpec {
    subclassable: true,
    doc: Some("A set that cannot be changed, and so can be hashed."),
    natives: &[
        NativeDef::new(Params::Any, new_frozen),
        NativeDef::method("copy", Params::None, copy),
        NativeDef::method("difference", Params::AtLeast(0), difference),
        NativeDef::method("intersection", Params::AtLeast(0), intersection),
        NativeDef::method("isdisjoint", Params::One, |m, args| m.is_disjoint(args.at(0), args.at(1))),
        NativeDef::method("issubset", Params::One, |m, args| {
            m.set_at(args.at(0))?;
            m.is_subset_of(args.at(0), args.at(1))
        }),
        NativeDef::method("issuperset", Params::One, is_superset),
        NativeDef::method("__reduce__", Params::None, reduce),
        NativeDef::method("__sizeof__", Params::None, size),
        NativeDef::method("symmetric_difference", Params::One, symmetric_difference),
        NativeDef::method("union", Params::AtLeast(0), union),
    ],
    wrappers: &[
        &wrappers::REPR,
        &wrappers::HASH,
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
        &containers::CONTAINS_METHOD,
        &containers::CLASS_GETITEM,
    ],
    ..TypeSpec::new(types::FROZENSET, "frozenset")
};

fn new(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    Ok(Value::object(m.heap.new_set(class, Set::new())).into())
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    m.check_no_keywords("set", args)?;
    let name = m.class_name(args.at(0));
    m.check_count(&name, args.len() - 1, 0, 1)?;
    let set = m.set_at(args.at(0))?;
    m.clear_set(set);
    match args.get(1) {
        Some(iterable) => m.set_merge(set, iterable, Value::NONE),
        None => Ok(Value::NONE.into()),
    }
}

fn new_frozen(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    m.refuse_keywords("frozenset", types::FROZENSET, names::INIT, args)?;
    let name = m.heap.class(class).name.clone();
    m.check_count(&name, args.positional() - 1, 0, 1)?;
    let iterable = args.get(1).filter(|_| args.positional() > 1);
    if let Some(iterable) = iterable
        && class == types::FROZENSET
        && m.heap.class_of(iterable) == types::FROZENSET
    {
        return Ok(iterable.into());
    }
    let set = m.heap.new_set(class, Set::new());
    match iterable {
        Some(iterable) => m.set_merge(set, iterable, Value::object(set)),
        None => Ok(Value::object(set).into()),
    }
}

fn copy(m: &mut Machine, args: &Args) -> Eval {
    let set = m.set_at(args.at(0))?;
    if m.heap.get(set).class == types::FROZENSET {
        return Ok(args.at(0).into());
    }
    Ok(Value::object(m.copy_set(set)).into())
}

fn union(m: &mut Machine, args: &Args) -> Eval {
    let set = m.set_at(args.at(0))?;
    let copy = m.copy_set(set);
    m.begin(SetChain::new(SetChainKind::Update, copy, args.clone(), 1))
}

fn update(m: &mut Machine, args: &Args, kind: SetChainKind) -> Eval {
    let set = m.set_at(args.at(0))?;
    m.begin(SetChain::new(kind, set, args.clone(), 1).giving(Value::NONE))
}

fn intersection(m: &mut Machine, args: &Args) -> Eval {
    let set = m.set_at(args.at(0))?;
    if args.len() == 1 {
        return Ok(Value::object(m.copy_set(set)).into());
    }
    m.begin(SetChain::new(SetChainKind::Intersect, set, args.clone(), 1))
}

fn intersection_update(m: &mut Machine, args: &Args) -> Eval {
    let set = m.set_at(args.at(0))?;
    if args.len() == 1 {
        return Ok(Value::NONE.into());
    }
    let chain = SetChain::new(SetChainKind::Intersect, set, args.clone(), 1);
    m.begin(chain.giving(Value::NONE).into_target(set))
}

fn difference(m: &mut Machine, args: &Args) -> Eval {
    let set = m.set_at(args.at(0))?;
    let Some(first) = args.get(1).and_then(|other| m.set_or_dict(other)) else {
        let copy = m.copy_set(set);
        return m.begin(SetChain::new(SetChainKind::Discard, copy, args.clone(), 1));
    };
    let difference = m.set_difference(set, first)?;
    m.continue_with("set.difference", difference, args.without(1), 0, |m, args| {
        let result = m.set_at(args.at(0))?;
        m.begin(SetChain::new(SetChainKind::Discard, result, args.clone(), 1))
    })
}

fn symmetric_difference(m: &mut Machine, args: &Args) -> Eval {
    let set = m.set_at(args.at(0))?;
    let result = m.heap.new_set(m.set_base(set), Set::new());
    let flow = m.set_merge(result, args.at(1), Value::NONE)?;
    let toggle = SetLoop::new(&m.heap, SetLoopKind::Toggle, set, result, Value::object(result));
    match flow {
        Flow::Value(_) => m.begin(toggle),
        Flow::Enter(entry) => m.then(entry, toggle),
    }
}

fn is_superset(m: &mut Machine, args: &Args) -> Eval {
    let set = m.set_at(args.at(0))?;
    if let Some(other) = m.any_set(args.at(1)) {
        return m.subset(other, set, true);
    }
    let work = SetWork::new(SetWorkKind::Superset, set);
    m.begin(Consume::new(args.at(1), Sink::Set(work)))
}

fn pop(m: &mut Machine, args: &Args) -> Eval {
    let set = m.set_at(args.at(0))?;
    match m.heap.set_mut(set).pop() {
        Some(key) => {
            m.heap.release(key);
            Ok(key.into())
        }
        None => {
            let message = m.heap.str("pop from an empty set");
            Err(m.key_error(message))
        }
    }
}

fn reduce(m: &mut Machine, args: &Args) -> Eval {
    let set = m.set_at(args.at(0))?;
    let keys = m.heap.set(set).iter().map(|(_, key)| key).collect();
    let keys = m.heap.list(keys);
    let arguments = m.heap.tuple(vec![keys]);
    let class = Value::object(m.heap.get(set).class);
    let state = m.object_state(args.at(0), false)?;
    m.continue_with("set.__reduce__", state, Args::new([Value::NONE, class, arguments]), 0, |m, args| {
        Ok(m.heap.tuple(vec![args.at(1), args.at(2), args.at(0)]).into())
    })
}

fn size(m: &mut Machine, args: &Args) -> Eval {
    let set = m.set_at(args.at(0))?;
    let size = m.heap.set(set).size_in_cpython();
    Ok(m.heap.int(size as i64).into())
}

impl Machine {
    /// The set or frozenset that a receiver must be.
    fn set_at(&mut self, value: Value) -> Result<Handle, Raise> {
        match self.any_set(value) {
            Some(set) => Ok(set),
            None => Err(self.wrong_self("set", value)),
        }
    }

    /// The handle of a value that is a set or frozenset.
    fn any_set(&self, value: Value) -> Option<Handle> {
        value.handle().filter(|handle| matches!(self.heap.payload(*handle), Payload::Set(_)))
    }

    /// `set` or `frozenset`, whichever a set's class derives from: the type of what operators make.
    fn set_base(&self, set: Handle) -> Handle {
        let class = self.heap.get(set).class;
        if self.heap.is_subclass(class, types::FROZENSET) { types::FROZENSET } else { types::SET }
    }

    /// A new set with the same keys, of the builtin type.
    fn copy_set(&mut self, set: Handle) -> Handle {
        let copy = self.heap.set(set).copy();
        let class = self.set_base(set);
        self.heap.new_set(class, copy)
    }

    fn clear_set(&mut self, set: Handle) {
        let old = self.heap.set(set).clone();
        self.heap.set_mut(set).clear();
        old.each_value(&mut |key| self.heap.release(key));
    }

    /// Gives `target` the keys of `source`, in the same table.
    pub(in crate::machine) fn take_over_set(&mut self, target: Handle, source: Handle) {
        let keys = self.heap.set(source).clone();
        keys.each_value(&mut |key| self.heap.retain(key));
        let old = self.heap.set(target).clone();
        self.heap.set_mut(target).take_over(keys);
        old.each_value(&mut |key| self.heap.release(key));
    }

    /// Adds all keys of one set to another, and gives `result`.
    pub(in crate::machine) fn set_merge_set(&mut self, set: Handle, other: Handle, result: Value) -> Eval {
        if set == other {
            return Ok(result.into());
        }
        let source = self.heap.set(other).clone();
        if self.heap.set_mut(set).prepare_merge(&source) {
            source.each_value(&mut |key| self.heap.retain(key));
            return Ok(result.into());
        }
        self.begin(SetLoop::new(&self.heap, SetLoopKind::Merge, other, set, result))
    }

    /// A new set of the keys of `set` that are in `other`, any iterable.
    pub(in crate::machine) fn set_intersection(&mut self, set: Handle, other: Value) -> Eval {
        let Some(other_set) = self.any_set(other) else {
            let result = self.heap.new_set(self.set_base(set), Set::new());
            let work = SetWork::new(SetWorkKind::Intersect(result), set);
            return self.begin(Consume::new(other, Sink::Set(work)));
        };
        if set == other_set {
            return Ok(Value::object(self.copy_set(set)).into());
        }
        let result = self.heap.new_set(self.set_base(set), Set::new());
        let swap = self.heap.set(other_set).len() > self.heap.set(set).len();
        let (over, with) = if swap { (set, other_set) } else { (other_set, set) };
        self.begin(SetLoop::new(&self.heap, SetLoopKind::Intersect(result), over, with, Value::NONE))
    }

    /// Takes all items of `other`, any iterable, out of a set; the flow's value means nothing.
    pub(in crate::machine) fn set_difference_update(&mut self, set: Handle, other: Value) -> Eval {
        match self.any_set(other) {
            Some(other) if other == set => {
                self.clear_set(set);
                Ok(Value::NONE.into())
            }
            Some(other) => {
                self.begin(SetLoop::new(&self.heap, SetLoopKind::Discard, other, set, Value::NONE))
            }
            None => {
                let work = SetWork::new(SetWorkKind::Discard(Value::NONE), set);
                self.begin(Consume::new(other, Sink::Set(work)))
            }
        }
    }

    /// Toggles all items of `other`, any iterable, in a set; the flow's value means nothing.
    pub(in crate::machine) fn set_toggle(&mut self, set: Handle, other: Value) -> Eval {
        if other == Value::object(set) {
            self.clear_set(set);
            return Ok(Value::NONE.into());
        }
        let keyed = self.any_set(other).or_else(|| self.exact_dict(other));
        if let Some(over) = keyed {
            return self.begin(SetLoop::new(&self.heap, SetLoopKind::Toggle, over, set, Value::NONE));
        }
        let over = self.heap.new_set(types::SET, Set::new());
        let flow = self.set_merge(over, other, Value::NONE)?;
        let toggle = SetLoop::new(&self.heap, SetLoopKind::Toggle, over, set, Value::NONE);
        match flow {
            Flow::Value(_) => self.begin(toggle),
            Flow::Enter(entry) => self.then(entry, toggle),
        }
    }

    /// Whether all keys of `set` are in `of`: `yes` if they are.
    fn subset(&mut self, set: Handle, of: Handle, yes: bool) -> Eval {
        if self.heap.set(set).len() > self.heap.set(of).len() {
            return Ok(Value::bool(!yes).into());
        }
        self.begin(SetLoop::new(&self.heap, SetLoopKind::Subset { yes }, set, of, Value::NONE))
    }

    /// `set.issubset(other)` for any iterable.
    fn is_subset_of(&mut self, set: Value, other: Value) -> Eval {
        let set = self.set_at(set)?;
        if let Some(other) = self.any_set(other) {
            return self.subset(set, other, true);
        }
        let (flow, set) = (self.set_intersection(set, other)?, Value::object(set));
        self.continue_with("issubset", flow, Args::new([Value::NONE, set]), 0, |m, args| {
            let (common, set) = (m.set_at(args.at(0))?, m.set_at(args.at(1))?);
            Ok(Value::bool(m.heap.set(common).len() == m.heap.set(set).len()).into())
        })
    }

    /// `isdisjoint` of a set or a view.
    pub(in crate::machine) fn is_disjoint(&mut self, container: Value, other: Value) -> Eval {
        let Some(set) = self.any_set(container) else { return self.view_is_disjoint(container, other) };
        if container == other {
            return Ok(Value::bool(self.heap.set(set).is_empty()).into());
        }
        if let Some(other) = self.any_set(other) {
            let swap = self.heap.set(other).len() > self.heap.set(set).len();
            let (over, with) = if swap { (set, other) } else { (other, set) };
            return self.begin(SetLoop::new(&self.heap, SetLoopKind::Disjoint, over, with, Value::NONE));
        }
        self.begin(Consume::new(other, Sink::Set(SetWork::new(SetWorkKind::Disjoint, set))))
    }

    fn view_is_disjoint(&mut self, view: Value, other: Value) -> Eval {
        let length = |m: &Self, value: Value| {
            m.heap.payload_of(value).and_then(|payload| m.payload_length(payload)).unwrap_or(0)
        };
        if !matches!(self.heap.payload_of(view), Some(Payload::DictView(_))) {
            return Err(self.wrong_self("dict_keys", view));
        }
        if view == other {
            return Ok(Value::bool(length(self, view) == 0).into());
        }
        let set_like = matches!(self.heap.payload_of(other), Some(Payload::Set(_) | Payload::DictView(_)));
        let swap = set_like && length(self, other) > length(self, view);
        let (over, with) = if swap { (view, other) } else { (other, view) };
        let with = with.handle().expect("a set or view is a heap object");
        self.begin(Consume::new(over, Sink::Set(SetWork::new(SetWorkKind::NoneIn, with))))
    }

    /// `left comparison right` for two sets.
    pub(in crate::machine) fn compare_sets(
        &mut self,
        comparison: Comparison,
        left: Handle,
        right: Handle,
    ) -> Eval {
        let (left_len, right_len) = (self.heap.set(left).len(), self.heap.set(right).len());
        match comparison {
            Comparison::Eq | Comparison::Ne => {
                let yes = comparison == Comparison::Eq;
                if left_len == right_len {
                    self.subset(left, right, yes)
                } else {
                    Ok(Value::bool(!yes).into())
                }
            }
            Comparison::Lt if left_len >= right_len => Ok(Value::FALSE.into()),
            Comparison::Gt if right_len >= left_len => Ok(Value::FALSE.into()),
            Comparison::Lt | Comparison::Le => self.subset(left, right, true),
            Comparison::Gt | Comparison::Ge => self.subset(right, left, true),
        }
    }

    /// `left operator right` where one is a set or a dict view; `None` where they do not know it.
    pub(in crate::machine) fn set_binary(
        &mut self,
        operator: Binary,
        in_place: bool,
        left: Value,
        right: Value,
    ) -> Result<Option<Flow>, Raise> {
        if !matches!(operator, Binary::Or | Binary::And | Binary::Subtract | Binary::Xor) {
            return Ok(None);
        }
        let (Some(one), Some(other)) = (self.any_set(left), self.any_set(right)) else {
            return self.view_binary(operator, left, right);
        };
        if in_place && self.set_base(one) == types::SET {
            let flow = match operator {
                Binary::Or => self.set_merge_set(one, other, Value::NONE)?,
                Binary::Subtract => self.set_difference_update(one, right)?,
                Binary::Xor => self.set_toggle(one, right)?,
                _ => return self.intersect_in_place(one, other, left).map(Some),
            };
            return self.flow_then(flow, left).map(Some);
        }
        let eval = match operator {
            Binary::Or => {
                let copy = self.copy_set(one);
                if one == other {
                    return Ok(Some(Value::object(copy).into()));
                }
                self.set_merge_set(copy, other, Value::object(copy))
            }
            Binary::And => self.set_intersection(one, right),
            Binary::Subtract => self.set_difference(one, other),
            _ => {
                let result = self.heap.new_set(self.set_base(one), Set::new());
                let flow = self.set_merge_set(result, other, Value::NONE)?;
                let done = Value::object(result);
                let toggle = SetLoop::new(&self.heap, SetLoopKind::Toggle, one, result, done);
                match flow {
                    Flow::Value(_) => self.begin(toggle),
                    Flow::Enter(entry) => self.then(entry, toggle),
                }
            }
        };
        eval.map(Some)
    }

    fn intersect_in_place(&mut self, set: Handle, other: Handle, result: Value) -> Eval {
        let args = Args::new([result, Value::object(other)]);
        let chain = SetChain::new(SetChainKind::Intersect, set, args, 1);
        self.begin(chain.giving(result).into_target(set))
    }

    /// A set, frozenset or instance of one, or a dict that is exactly one.
    fn set_or_dict(&self, value: Value) -> Option<Handle> {
        self.any_set(value).or_else(|| value.handle().filter(|_| self.heap.class_of(value) == types::DICT))
    }

    /// A new set of the keys of one that are not in the other, a set or dict.
    fn set_difference(&mut self, set: Handle, other: Handle) -> Eval {
        let others = self.payload_length(self.heap.payload(other)).unwrap_or(0);
        if self.heap.set(set).len() / 4 > others {
            let copy = self.copy_set(set);
            let flow = self.set_difference_update(copy, Value::object(other))?;
            return self.flow_then(flow, Value::object(copy));
        }
        let result = self.heap.new_set(self.set_base(set), Set::new());
        self.begin(SetLoop::new(&self.heap, SetLoopKind::Difference(result), set, other, Value::NONE))
    }

    /// `left operator right` where one is a view of a dict's keys or items.
    fn view_binary(&mut self, operator: Binary, left: Value, right: Value) -> Result<Option<Flow>, Raise> {
        let is_view = |m: &Self, value: Value| m.view_of(value).is_some_and(|part| part != DictPart::Values);
        if !is_view(self, left) && !is_view(self, right) {
            return Ok(None);
        }
        let kind = match operator {
            Binary::Or => SetChainKind::Update,
            Binary::Subtract => SetChainKind::Discard,
            Binary::Xor => SetChainKind::Toggle,
            _ => return self.view_and(left, right).map(Some),
        };
        let set = self.heap.new_set(types::SET, Set::new());
        // The keys of a dict are taken from the dict itself, with their hashes.
        let keys = match self.heap.payload_of(left) {
            Some(Payload::DictView(dict)) if self.view_of(left) == Some(DictPart::Keys) => {
                self.exact_dict(*dict).map_or(left, Value::object)
            }
            _ => left,
        };
        let flow = self.set_merge(set, keys, Value::NONE)?;
        let chain = SetChain::new(kind, set, Args::new([left, right]), 1);
        match flow {
            Flow::Value(_) => self.begin(chain),
            Flow::Enter(entry) => self.then(entry, chain),
        }
        .map(Some)
    }

    fn view_and(&mut self, left: Value, right: Value) -> Eval {
        let is_view = |m: &Self, value: Value| m.view_of(value).is_some_and(|part| part != DictPart::Values);
        let length = |m: &Self, value: Value| {
            m.heap.payload_of(value).and_then(|payload| m.payload_length(payload)).unwrap_or(0)
        };
        let (mut view, mut other) = if is_view(self, left) { (left, right) } else { (right, left) };
        if let Some(set) = self.any_set(other).filter(|set| self.heap.get(*set).class == types::SET)
            && length(self, view) <= length(self, other)
        {
            return self.set_intersection(set, view);
        }
        if is_view(self, other) && length(self, other) > length(self, view) {
            (view, other) = (other, view);
        }
        self.view_intersection(view, other)
    }
}
