//! What CPython's `OrderedDict` does with a key beyond what a dict does: it looks the key up once more, in its order.

use super::{DictAction, Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::protocol::compare::Comparison;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// What is done next with the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// It is hashed.
    Hash,
    /// It is looked up in the order, to find the node to take out.
    Node,
    /// The same once more, where the node is taken out.
    NodeAgain,
    /// Whether it has a value already.
    Known,
    /// It is hashed anew, to be stored.
    HashAgain,
    /// The dict does what there is to do.
    Act,
    /// A key that was stored is looked up in the order, to see whether it is new there.
    Stored,
}

/// Stores a key of an OrderedDict or takes it out.
#[derive(Clone, Debug, Hash)]
pub struct Acting {
    dict: Handle,
    key: Value,
    hash: i64,
    action: DictAction,
    result: Value,
    phase: Phase,
}

/// See [`Acting`].
pub type OrderedAct = Steps<Acting>;

impl OrderedAct {
    /// Does `action` with `key`.
    pub const fn of(dict: Handle, key: Value, action: DictAction) -> Self {
        Self::new(Acting { dict, key, hash: 0, action, result: Value::NONE, phase: Phase::Hash })
    }
}

impl Acting {
    fn look(&mut self, m: &mut Machine, phase: Phase, action: DictAction) -> Result<Do, Raise> {
        self.phase = phase;
        Ok(m.dict_act_hashed(self.dict, self.key, self.hash, action)?.into())
    }

    fn act(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        self.look(m, Phase::Act, self.action)
    }

    fn begin(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        match self.action {
            DictAction::Delete | DictAction::Pop(_) if !m.heap.dict(self.dict).is_empty() => {
                self.look(m, Phase::Node, DictAction::Contains)
            }
            DictAction::SetDefault(_) => {
                // What stands for no value is an object that nobody else has.
                self.result = m.heap.list(Vec::new());
                self.look(m, Phase::Known, DictAction::Get(self.result))
            }
            DictAction::Delete
            | DictAction::Pop(_)
            | DictAction::Subscript
            | DictAction::Get(_)
            | DictAction::Contains
            | DictAction::Set(_)
            | DictAction::SetNew(_)
            | DictAction::Move { .. }
            | DictAction::DropDead => self.act(m),
        }
    }
}

impl Stepwise for Acting {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Got::Value(value) = got else {
            // `setdefault` looks the key up in the dict first, which complains in its own words.
            return match self.action {
                DictAction::SetDefault(_) => Ok(m.hash_key(self.key, "a dict key")?.into()),
                _ => Ok(m.hash(self.key)?.into()),
            };
        };
        match self.phase {
            Phase::Hash => {
                self.hash = m.hash_from_result(value)?;
                self.begin(m)
            }
            Phase::Node if let DictAction::Pop(default) = self.action => match default {
                _ if value == Value::TRUE => self.look(m, Phase::NodeAgain, DictAction::Contains),
                Some(default) => Ok(Do::Done(default)),
                None => Err(m.key_error(self.key)),
            },
            Phase::Known if value == self.result => {
                self.phase = Phase::HashAgain;
                Ok(m.hash(self.key)?.into())
            }
            Phase::HashAgain => {
                self.hash = m.hash_from_result(value)?;
                self.act(m)
            }
            Phase::Known => Ok(Do::Done(value)),
            Phase::Node | Phase::NodeAgain => self.act(m),
            Phase::Act => match self.action {
                DictAction::Set(_) | DictAction::SetNew(_) | DictAction::SetDefault(_) => {
                    self.result = value;
                    self.look(m, Phase::Stored, DictAction::Contains)
                }
                DictAction::Delete
                | DictAction::Pop(_)
                | DictAction::Subscript
                | DictAction::Get(_)
                | DictAction::Contains
                | DictAction::Move { .. }
                | DictAction::DropDead => Ok(Do::Done(value)),
            },
            Phase::Stored => Ok(Do::Done(self.result)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.dict));
        visit(self.key);
        visit(self.result);
        self.action.value().into_iter().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = self.action.name();
        match self.phase {
            Phase::Hash | Phase::HashAgain => format!("OrderedDict: {name}: waiting for the hash of the key"),
            Phase::Act | Phase::Known => format!("OrderedDict: {name}: looking for the key"),
            Phase::Node | Phase::NodeAgain | Phase::Stored => {
                format!("OrderedDict: {name}: looking for the place of the key")
            }
        }
    }
}

/// Whether the keys of two OrderedDicts with equal items come in the same order.
#[derive(Clone, Debug, Hash)]
pub struct Ordering {
    left: Handle,
    right: Handle,
    not_equal: bool,
    /// The keys of both when it began; only which they are matters, since they may be gone.
    keys: [Vec<Value>; 2],
    at: usize,
    /// The keys that are compared.
    pair: [Value; 2],
}

/// See [`Ordering`].
pub type SameOrder = Steps<Ordering>;

impl SameOrder {
    /// Whether the keys come in the same order, or, for `not_equal`, whether they do not.
    pub const fn of(left: Handle, right: Handle, not_equal: bool) -> Self {
        let keys = [Vec::new(), Vec::new()];
        Self::new(Ordering { left, right, not_equal, keys, at: 0, pair: [Value::NONE; 2] })
    }
}

impl Ordering {
    fn keys(m: &Machine, dict: Handle) -> Vec<Value> {
        m.heap.dict(dict).iter().map(|entry| entry.key).collect()
    }

    fn compare(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        match (self.keys[0].get(self.at), self.keys[1].get(self.at)) {
            (Some(left), Some(right)) => {
                self.pair = [*left, *right];
                Ok(m.compare_bool(Comparison::Eq, *left, *right)?.into())
            }
            (left, right) => Ok(Do::Done(Value::bool((left == right) != self.not_equal))),
        }
    }
}

impl Stepwise for Ordering {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Got::Value(answer) = got else {
            self.keys = [self.left, self.right].map(|dict| Self::keys(m, dict));
            return self.compare(m);
        };
        m.check_order_kept(self.left, &self.keys[0])?;
        m.check_order_kept(self.right, &self.keys[1])?;
        if answer != Value::TRUE {
            return Ok(Do::Done(Value::bool(self.not_equal)));
        }
        self.at += 1;
        self.compare(m)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.left));
        visit(Value::object(self.right));
        self.pair.into_iter().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("OrderedDict ==: comparing key {} of both", self.at)
    }
}

impl Machine {
    /// What stores a key of an OrderedDict, or takes it out.
    pub(in crate::machine) fn ordered_act(&mut self, dict: Handle, key: Value, action: DictAction) -> Eval {
        self.begin(OrderedAct::of(dict, key, action))
    }

    /// An OrderedDict that is gone through must have the keys it had.
    pub(in crate::machine) fn check_order_kept(&mut self, dict: Handle, keys: &[Value]) -> Result<(), Raise> {
        let kept = self.heap.dict(dict).iter().map(|entry| entry.key).eq(keys.iter().copied());
        if kept { Ok(()) } else { Err(self.runtime_error("OrderedDict mutated during iteration")) }
    }
}
