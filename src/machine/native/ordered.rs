//! What CPython's `OrderedDict` does with a key beyond what a dict does: it looks the key up once more, to find its node.

use super::{DictAction, Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::protocol::compare::Comparison;
use crate::machine::raise::Raise;
use crate::machine::table::NodeId;
use crate::machine::value::{Handle, Value};

/// What is said where the order of an OrderedDict changes while it is gone through.
pub(super) const MUTATED: &str = "OrderedDict mutated during iteration";

/// Finds the place of a key, by which its node is known: of a new table the places of all nodes are found first.
#[derive(Clone, Debug, Hash)]
pub struct Placing {
    dict: Handle,
    key: Value,
    hash: i64,
    /// The nodes whose places are still to be found, the next one last.
    rest: Vec<NodeId>,
    /// The node whose place is looked for.
    node: Option<NodeId>,
    places: Vec<Option<NodeId>>,
}

/// See [`Placing`].
pub type OrderedPlace = Steps<Placing>;

impl OrderedPlace {
    /// Of this key.
    pub const fn of(dict: Handle, key: Value, hash: i64) -> Self {
        Self::new(Placing { dict, key, hash, rest: Vec::new(), node: None, places: Vec::new() })
    }
}

impl Placing {
    fn look(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        while let Some(id) = self.rest.pop() {
            // Python code may have taken the node out meanwhile.
            if let Some(node) = m.heap.dict(self.dict).order().and_then(|order| order.node(id)) {
                self.node = Some(id);
                return Ok(m.dict_act_hashed(self.dict, node.key, node.hash, DictAction::Place)?.into());
            }
        }
        if self.node.take().is_some() || !m.heap.dict(self.dict).knows_places() {
            m.heap.dict_mut(self.dict).set_places(std::mem::take(&mut self.places));
        }
        Ok(Do::Tail(m.dict_act_hashed(self.dict, self.key, self.hash, DictAction::Place)?))
    }
}

impl Stepwise for Placing {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        if let Got::Value(place) = got {
            let place = m.index_clamped(place).unwrap_or(0) as usize;
            if let Some(slot) = self.places.get_mut(place) {
                *slot = self.node;
            }
            return self.look(m);
        }
        let dict = m.heap.dict(self.dict);
        if !dict.knows_places() {
            self.places = vec![None; dict.places()];
            self.rest =
                dict.order().map(|order| order.iter().map(|(id, _)| id).collect()).unwrap_or_default();
            self.rest.reverse();
        }
        self.look(m)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.dict));
        visit(self.key);
    }

    fn title(&self, _heap: &Heap) -> String {
        "OrderedDict: looking for the place of the key".to_owned()
    }
}

/// What is done with a key of an OrderedDict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderedAction {
    /// `ordered[key] = value`.
    Set(Value),
    /// `ordered.setdefault(key, default)`.
    SetDefault(Value),
    /// `del ordered[key]`.
    Delete,
    /// `ordered.pop(key)`, or with a default.
    Pop(Option<Value>),
    /// `ordered.popitem()`, which knows the hash of the key.
    PopItem,
    /// `ordered.move_to_end(key, last)`.
    Move {
        /// Whether behind all others, or before them.
        last: bool,
    },
}

impl OrderedAction {
    const fn name(self) -> &'static str {
        match self {
            Self::Set(_) => "storing a value",
            Self::SetDefault(_) => "setdefault",
            Self::Delete => "deleting a key",
            Self::Pop(_) => "pop",
            Self::PopItem => "popitem",
            Self::Move { .. } => "move_to_end",
        }
    }
}

/// What is done next with the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// It is hashed.
    Hash,
    /// Its place is looked for, to find the node to take out or to move.
    Node,
    /// The same once more, where the node is taken out.
    NodeAgain,
    /// Whether it has a value already.
    Known,
    /// It is hashed anew, to be stored.
    HashAgain,
    /// The dict does what there is to do.
    Act,
    /// The place of a key that was stored is looked for, to see whether it has a node.
    Stored,
}

/// Stores a key of an OrderedDict, takes it out or moves it.
#[derive(Clone, Debug, Hash)]
pub struct Acting {
    dict: Handle,
    key: Value,
    hash: Option<i64>,
    action: OrderedAction,
    result: Value,
    phase: Phase,
}

/// See [`Acting`].
pub type OrderedAct = Steps<Acting>;

impl OrderedAct {
    /// Does `action` with `key`.
    pub const fn of(dict: Handle, key: Value, action: OrderedAction) -> Self {
        Self::new(Acting { dict, key, hash: None, action, result: Value::NONE, phase: Phase::Hash })
    }

    /// Does `action` with `key`, whose hash is known.
    pub const fn hashed(dict: Handle, key: Value, hash: i64, action: OrderedAction) -> Self {
        Self::new(Acting { dict, key, hash: Some(hash), action, result: Value::NONE, phase: Phase::Hash })
    }
}

impl Acting {
    fn act(&mut self, m: &mut Machine, phase: Phase, action: DictAction) -> Result<Do, Raise> {
        self.phase = phase;
        Ok(m.dict_act_hashed(self.dict, self.key, self.known_hash(), action)?.into())
    }

    fn known_hash(&self) -> i64 {
        self.hash.expect("the key was hashed")
    }

    /// Looks for the place of the key.
    fn place(&mut self, m: &mut Machine, phase: Phase) -> Result<Do, Raise> {
        self.phase = phase;
        Ok(m.begin(OrderedPlace::of(self.dict, self.key, self.known_hash()))?.into())
    }

    fn has_nodes(&self, m: &Machine) -> bool {
        m.heap.dict(self.dict).order().is_some_and(|order| !order.is_empty())
    }

    /// What comes first.
    fn begin(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        if self.hash.is_some() {
            return self.hashed(m);
        }
        match self.action {
            OrderedAction::Move { last } => {
                let order = m.heap.dict(self.dict).order();
                let end = order.and_then(|order| order.node(order.end(last)?));
                match end {
                    None => Err(m.key_error(self.key)),
                    Some(node) if node.key == self.key => Ok(Do::Done(Value::NONE)),
                    Some(_) => Ok(m.hash(self.key)?.into()),
                }
            }
            // It looks the key up in the dict first, which complains in its own words.
            OrderedAction::SetDefault(_) => Ok(m.hash_key(self.key, "a dict key")?.into()),
            OrderedAction::Set(_)
            | OrderedAction::Delete
            | OrderedAction::Pop(_)
            | OrderedAction::PopItem => Ok(m.hash(self.key)?.into()),
        }
    }

    fn hashed(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        match self.action {
            OrderedAction::Set(value) => self.act(m, Phase::Act, DictAction::Set(value)),
            OrderedAction::SetDefault(_) => {
                // What stands for no value is an object that nobody else has.
                self.result = m.heap.list(Vec::new());
                self.act(m, Phase::Known, DictAction::Get(self.result))
            }
            OrderedAction::Delete if !self.has_nodes(m) => self.act(m, Phase::Act, DictAction::Delete),
            OrderedAction::Pop(_) if !self.has_nodes(m) => self.missing(m),
            OrderedAction::Delete
            | OrderedAction::Pop(_)
            | OrderedAction::PopItem
            | OrderedAction::Move { .. } => self.place(m, Phase::Node),
        }
    }

    /// The key has no node.
    fn missing(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        match self.action {
            OrderedAction::Delete => self.act(m, Phase::Act, DictAction::Delete),
            OrderedAction::Pop(Some(default)) => Ok(Do::Done(default)),
            _ => Err(m.key_error(self.key)),
        }
    }

    /// The node was looked for at `place`.
    fn found(&mut self, m: &mut Machine, place: usize) -> Result<Do, Raise> {
        let node = m.heap.dict(self.dict).order().and_then(|order| order.at(place));
        match (self.action, node) {
            (_, None) => self.missing(m),
            (OrderedAction::Move { last }, Some(node)) => {
                m.heap.dict_mut(self.dict).move_node(node, last);
                Ok(Do::Done(Value::NONE))
            }
            (OrderedAction::Pop(_) | OrderedAction::PopItem, _) if self.phase == Phase::Node => {
                self.place(m, Phase::NodeAgain)
            }
            _ => {
                if let Some(key) = m.heap.dict_mut(self.dict).remove_node(place) {
                    m.heap.release(key);
                }
                let action = match self.action {
                    OrderedAction::Pop(default) => DictAction::Pop(default),
                    OrderedAction::PopItem => DictAction::Pop(None),
                    _ => DictAction::Delete,
                };
                self.act(m, Phase::Act, action)
            }
        }
    }

    /// The key was stored at `place`.
    fn stored(&mut self, m: &mut Machine, place: usize) -> Do {
        if m.heap.dict(self.dict).order().is_none_or(|order| order.at(place).is_none()) {
            m.heap.retain(self.key);
            m.heap.dict_mut(self.dict).add_node(place, self.key, self.known_hash());
        }
        Do::Done(self.result)
    }
}

impl Stepwise for Acting {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Got::Value(value) = got else { return self.begin(m) };
        let place = |m: &mut Machine| m.index_clamped(value).unwrap_or(0) as usize;
        match self.phase {
            Phase::Hash => {
                self.hash = Some(m.hash_from_result(value)?);
                self.hashed(m)
            }
            Phase::Node | Phase::NodeAgain => {
                let place = place(m);
                self.found(m, place)
            }
            Phase::Known if value == self.result => {
                self.phase = Phase::HashAgain;
                Ok(m.hash(self.key)?.into())
            }
            Phase::Known => Ok(Do::Done(value)),
            Phase::HashAgain => {
                self.hash = Some(m.hash_from_result(value)?);
                let OrderedAction::SetDefault(default) = self.action else { return Ok(Do::Done(value)) };
                self.result = default;
                self.act(m, Phase::Act, DictAction::Set(default))
            }
            Phase::Act => match self.action {
                OrderedAction::Set(_) | OrderedAction::SetDefault(_) => self.place(m, Phase::Stored),
                OrderedAction::PopItem => Ok(Do::Done(m.heap.pair(self.key, value))),
                OrderedAction::Delete => Ok(Do::Done(Value::NONE)),
                OrderedAction::Pop(_) | OrderedAction::Move { .. } => Ok(Do::Done(value)),
            },
            Phase::Stored => {
                let place = place(m);
                Ok(self.stored(m, place))
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.dict));
        visit(self.key);
        if self.phase == Phase::Stored {
            // For the node that may be made.
            visit(self.key);
        }
        visit(self.result);
        match self.action {
            OrderedAction::Set(value) | OrderedAction::SetDefault(value) => visit(value),
            OrderedAction::Pop(value) => value.into_iter().for_each(visit),
            OrderedAction::Delete | OrderedAction::PopItem | OrderedAction::Move { .. } => {}
        }
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
    /// The nodes that are compared next.
    nodes: [Option<NodeId>; 2],
    /// The state of both when it began.
    states: [u64; 2],
    at: usize,
    /// The keys that are compared.
    pair: [Value; 2],
}

/// See [`Ordering`].
pub type SameOrder = Steps<Ordering>;

impl SameOrder {
    /// Whether the keys come in the same order, or, for `not_equal`, whether they do not.
    pub const fn of(left: Handle, right: Handle, not_equal: bool) -> Self {
        let (nodes, states) = ([None; 2], [0; 2]);
        Self::new(Ordering { left, right, not_equal, nodes, states, at: 0, pair: [Value::NONE; 2] })
    }
}

impl Ordering {
    fn compare(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let [left, right] = [(self.left, self.nodes[0]), (self.right, self.nodes[1])]
            .map(|(dict, id)| m.heap.dict(dict).order().and_then(|order| order.node(id?)));
        match (left, right) {
            (Some(left), Some(right)) => {
                self.pair = [left.key, right.key];
                Ok(m.compare_bool(Comparison::Eq, left.key, right.key)?.into())
            }
            (left, right) => {
                let same = left.is_none() && right.is_none();
                Ok(Do::Done(Value::bool(same != self.not_equal)))
            }
        }
    }
}

impl Stepwise for Ordering {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let dicts = [self.left, self.right];
        let Got::Value(answer) = got else {
            self.states = dicts.map(|dict| m.heap.dict(dict).order_state());
            self.nodes = dicts.map(|dict| m.heap.dict(dict).order().and_then(|order| order.end(false)));
            return self.compare(m);
        };
        if dicts.map(|dict| m.heap.dict(dict).order_state()) != self.states {
            return Err(m.runtime_error(MUTATED));
        }
        if answer != Value::TRUE {
            return Ok(Do::Done(Value::bool(self.not_equal)));
        }
        self.at += 1;
        for (dict, node) in dicts.into_iter().zip(&mut self.nodes) {
            *node = m.heap.dict(dict).order().and_then(|order| order.beside((*node)?, false));
        }
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
    /// What stores a key of an OrderedDict, takes it out or moves it.
    pub(in crate::machine) fn ordered_act(
        &mut self,
        dict: Handle,
        key: Value,
        action: OrderedAction,
    ) -> Eval {
        self.begin(OrderedAct::of(dict, key, action))
    }

    /// `ordered.popitem(last)`.
    pub(in crate::machine) fn ordered_pop_item(&mut self, dict: Handle, last: bool) -> Eval {
        let order = self.heap.dict(dict).order();
        match order.and_then(|order| order.node(order.end(last)?)) {
            Some(node) => self.begin(OrderedAct::hashed(dict, node.key, node.hash, OrderedAction::PopItem)),
            None => {
                let message = self.heap.str("dictionary is empty");
                Err(self.key_error(message))
            }
        }
    }

    /// `ordered.clear()`.
    pub(in crate::machine) fn ordered_clear(&mut self, dict: Handle) {
        self.heap.clear_dict(dict);
        for key in self.heap.dict_mut(dict).clear_nodes() {
            self.heap.release(key);
        }
    }
}
