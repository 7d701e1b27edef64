//! What fills an `OrderedDict`: as in CPython each item is stored by the dict's own `__setitem__`, which a subclass may
//! have in Python.

use super::ordered::MUTATED;
use super::{DictAction, Do, Got, OrderedAct, OrderedAction, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Start,
    /// The keys are those of the mapping that is copied.
    Copy,
    /// The other object is asked for its `keys`, they are called, and gone through.
    Keys,
    KeysCall,
    KeysIter,
    /// The next key, then the value that the other object has for it, which is stored.
    Key,
    Value,
    /// It has none, and is asked for its `items`.
    Items,
    ItemsCall,
    /// Pairs are gone through, and each of them.
    PairsIter,
    Pair,
    PairIter,
    First,
    Second,
    Third,
    /// An item is being stored; whether pairs are gone through.
    Store {
        pairs: bool,
    },
}

/// Stores the items of another mapping, or pairs, then keyword arguments; the result is None.
#[derive(Clone, Debug, Hash)]
pub struct Updating {
    target: Value,
    /// The mapping or the pairs, while they are still to come.
    other: Option<Value>,
    /// The keyword arguments, while they are still to come.
    keywords: Option<Handle>,
    /// What is gone through, or was just asked for.
    source: Value,
    /// The mapping whose values are asked for.
    mapping: Value,
    pair: Value,
    key: Value,
    value: Value,
    phase: Phase,
    /// The state of the order of an OrderedDict that is copied.
    copied: Option<u64>,
    /// Of one that is not of a subclass the hashes of the keys to come, the next one last.
    hashes: Vec<i64>,
}

/// See [`Updating`].
pub type OrderedUpdate = Steps<Updating>;

impl OrderedUpdate {
    /// Fills `target` from `other` and the dict `keywords`.
    pub const fn of(target: Value, other: Option<Value>, keywords: Option<Handle>) -> Self {
        const NONE: Value = Value::NONE;
        Self::new(Updating {
            target,
            other,
            keywords,
            source: NONE,
            mapping: NONE,
            pair: NONE,
            key: NONE,
            value: NONE,
            phase: Phase::Start,
            copied: None,
            hashes: Vec::new(),
        })
    }
}

impl Updating {
    /// Begins with what is still to come.
    fn begin(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        if let Some(other) = self.other.take() {
            if m.heap.class_of(other) == types::DICT {
                return self.pairs_of(m, other.handle().expect("a dict is a heap object"));
            }
            self.mapping = other;
            self.phase = Phase::Keys;
            return Ok(m.get_attr_or(other, names::KEYS, Value::NOT_IMPLEMENTED)?.into());
        }
        match self.keywords.take() {
            Some(keywords) => self.pairs_of(m, keywords),
            None => Ok(Do::Done(Value::NONE)),
        }
    }

    /// Goes through the items that a dict has now.
    fn pairs_of(&mut self, m: &mut Machine, dict: Handle) -> Result<Do, Raise> {
        let Payload::Dict(dict) = m.heap.payload(dict) else { panic!("a dict is there") };
        let items: Vec<(Value, Value)> = dict.iter().map(|entry| (entry.key, entry.value)).collect();
        let pairs = items.into_iter().map(|(key, value)| m.heap.pair(key, value)).collect();
        let pairs = m.heap.list(pairs);
        self.pairs(m, pairs)
    }

    /// Goes through the keys that the mapping has now.
    fn copy(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let source = self.mapping.handle().expect("a dict is a heap object");
        let Payload::Dict(dict) = m.heap.payload(source) else { panic!("a dict is copied") };
        self.copied = Some(dict.order_state());
        let nodes: Vec<_> =
            dict.order().map(|order| order.iter().map(|(_, node)| node).collect()).unwrap_or_default();
        if m.heap.class_of(self.mapping) == types::ORDERED_DICT {
            self.hashes = nodes.iter().rev().map(|node| node.hash).collect();
            // What stands for no value.
            self.pair = m.heap.list(Vec::new());
        }
        let keys = m.heap.list(nodes.into_iter().map(|node| node.key).collect());
        self.phase = Phase::KeysIter;
        Ok(m.iter(keys)?.into())
    }

    fn pairs(&mut self, m: &mut Machine, pairs: Value) -> Result<Do, Raise> {
        self.phase = Phase::PairsIter;
        Ok(m.iter(pairs)?.into())
    }

    fn take(&mut self, m: &mut Machine, phase: Phase, iterator: Value) -> Result<Do, Raise> {
        self.phase = phase;
        Ok(m.next(iterator)?.into())
    }

    fn store(&mut self, m: &mut Machine, pairs: bool) -> Result<Do, Raise> {
        self.phase = Phase::Store { pairs };
        Ok(m.set_item(self.target, self.key, Some(self.value))?.into())
    }

    /// What is copied may not change meanwhile.
    fn check(&mut self, m: &mut Machine) -> Result<(), Raise> {
        match (self.copied, self.mapping.handle()) {
            (Some(state), Some(source)) if m.heap.dict(source).order_state() != state => {
                Err(m.runtime_error(MUTATED))
            }
            _ => Ok(()),
        }
    }

    fn too_few(m: &mut Machine, count: usize) -> Raise {
        let plural = if count == 1 { "" } else { "s" };
        m.value_error(format!("need more than {count} value{plural} to unpack"))
    }
}

impl Stepwise for Updating {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Got::Value(value) = got else {
            return match self.phase {
                Phase::First => Err(Self::too_few(m, 0)),
                Phase::Second => Err(Self::too_few(m, 1)),
                Phase::Third => self.store(m, true),
                Phase::Copy => self.copy(m),
                _ => self.begin(m),
            };
        };
        match self.phase {
            Phase::Start | Phase::Copy => self.begin(m),
            Phase::Keys if value == Value::NOT_IMPLEMENTED => {
                self.phase = Phase::Items;
                Ok(m.get_attr_or(self.mapping, names::ITEMS, Value::NOT_IMPLEMENTED)?.into())
            }
            Phase::Items if value == Value::NOT_IMPLEMENTED => self.pairs(m, self.mapping),
            Phase::Keys | Phase::Items => {
                self.phase = if self.phase == Phase::Keys { Phase::KeysCall } else { Phase::ItemsCall };
                Ok(m.call(value, Args::default())?.into())
            }
            Phase::KeysCall => {
                self.phase = Phase::KeysIter;
                Ok(m.iter(value)?.into())
            }
            Phase::ItemsCall => self.pairs(m, value),
            Phase::KeysIter => {
                self.source = value;
                self.take(m, Phase::Key, value)
            }
            Phase::Key => {
                (self.key, self.phase) = (value, Phase::Value);
                if !self.hashes.is_empty() {
                    let source = self.mapping.handle().expect("a dict is a heap object");
                    return Ok(m.dict_act(source, value, DictAction::Get(self.pair))?.into());
                }
                Ok(m.get_item(self.mapping, value)?.into())
            }
            Phase::Value => {
                self.check(m)?;
                let Some(hash) = self.hashes.pop() else {
                    self.value = value;
                    return self.store(m, false);
                };
                if value == self.pair {
                    return Err(m.key_error(self.key));
                }
                (self.value, self.phase) = (value, Phase::Store { pairs: false });
                let target = self.target.handle().expect("a dict is a heap object");
                Ok(m.begin(OrderedAct::hashed(target, self.key, hash, OrderedAction::Set(value)))?.into())
            }
            Phase::PairsIter => {
                self.source = value;
                self.take(m, Phase::Pair, value)
            }
            Phase::Pair => {
                self.phase = Phase::PairIter;
                Ok(m.iter(value)?.into())
            }
            Phase::PairIter => {
                self.pair = value;
                self.take(m, Phase::First, value)
            }
            Phase::First => {
                self.key = value;
                self.take(m, Phase::Second, self.pair)
            }
            Phase::Second => {
                self.value = value;
                self.take(m, Phase::Third, self.pair)
            }
            Phase::Third => Err(m.value_error("too many values to unpack (expected 2)")),
            Phase::Store { pairs } => {
                self.check(m)?;
                (self.key, self.value) = (Value::NONE, Value::NONE);
                if pairs {
                    self.pair = Value::NONE;
                }
                self.take(m, if pairs { Phase::Pair } else { Phase::Key }, self.source)
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.target);
        self.other.into_iter().for_each(&mut *visit);
        self.keywords.into_iter().for_each(|keywords| visit(Value::object(keywords)));
        [self.source, self.mapping, self.pair, self.key, self.value].into_iter().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Start | Phase::Copy | Phase::Keys | Phase::KeysCall | Phase::KeysIter => {
                "OrderedDict: asking for the keys".to_owned()
            }
            Phase::Items | Phase::ItemsCall | Phase::PairsIter => {
                "OrderedDict: asking for the items".to_owned()
            }
            Phase::Key | Phase::Pair => "OrderedDict: taking the next item".to_owned(),
            Phase::PairIter | Phase::First | Phase::Second | Phase::Third => {
                "OrderedDict: unpacking an item".to_owned()
            }
            Phase::Value => "OrderedDict: asking for the value of a key".to_owned(),
            Phase::Store { .. } => "OrderedDict: storing an item".to_owned(),
        }
    }
}

impl Machine {
    /// Fills an OrderedDict with what `other` has.
    pub(in crate::machine) fn ordered_update(&mut self, target: Value, other: Value) -> Eval {
        self.begin(OrderedUpdate::of(target, Some(other), None))
    }

    /// Fills `copy`, which is empty, with what an OrderedDict has: of a subclass, each item is asked for.
    pub(in crate::machine) fn ordered_copy(&mut self, copy: Value, source: Value) -> Eval {
        let mut update = OrderedUpdate::of(copy, None, None);
        (update.work.mapping, update.work.phase) = (source, Phase::Copy);
        let filled = self.begin(update)?;
        self.flow_then(filled, copy)
    }
}
