//! Dicts as a whole: taking over the items of another mapping, comparing two.

use super::{Advance, DictAction, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::{Entry, Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::protocol::compare::Comparison;
use crate::machine::raise::Raise;
use crate::machine::table::EntryIndex;
use crate::machine::value::{Handle, Value};

/// Stores all items of one dict in another; the result is None.
#[derive(Clone, Debug, Hash)]
pub struct DictMerge {
    target: Handle,
    source: Handle,
    at: EntryIndex,
    /// The length of the source when it began: it must stay.
    len: usize,
    /// For keyword arguments: what is called; no key may be there twice.
    callable: Option<Value>,
    /// The key being stored.
    key: Option<Value>,
}

impl DictMerge {
    /// Stores the items of `source` in `target`.
    pub const fn new(target: Handle, source: Handle) -> Self {
        Self { target, source, at: EntryIndex::FIRST, len: 0, callable: None, key: None }
    }

    /// The same for the keyword arguments of a call of `callable`.
    pub const fn for_call(target: Handle, source: Handle, callable: Value) -> Self {
        Self { callable: Some(callable), ..Self::new(target, source) }
    }
}

impl NativeTask for DictMerge {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        match input {
            Input::Start | Input::Value(_) if self.key.is_none() => {
                if self.target == self.source {
                    return Ok(Progress::Done(Value::NONE));
                }
                let source = machine.heap.dict(self.source).clone();
                self.len = source.len();
                if machine.heap.dict_mut(self.target).prepare_update(&source) {
                    if !source.is_empty() {
                        source.each_value(&mut |value| machine.heap.retain(value));
                    }
                    return Ok(Progress::Done(Value::NONE));
                }
            }
            Input::Raised(exception) => {
                let (callable, key) = (self.callable.unwrap_or(Value::NONE), self.key.unwrap_or(Value::NONE));
                return Ok(machine.repeated_keyword(exception, callable, key)?.into());
            }
            Input::Start | Input::Value(_) | Input::Exhausted => {}
        }
        loop {
            if machine.heap.dict(self.source).len() != self.len {
                return Err(machine.runtime_error("dict mutated during update"));
            }
            let Some((at, entry)) = machine.heap.dict(self.source).next_entry(self.at) else {
                return Ok(Progress::Done(Value::NONE));
            };
            self.at = at.next();
            self.key = Some(entry.key);
            let action = match self.callable {
                Some(_) => DictAction::SetNew(entry.value),
                None => DictAction::Set(entry.value),
            };
            match machine.dict_act_hashed(self.target, entry.key, entry.hash, action) {
                Ok(Flow::Value(_)) => {}
                Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                Err(raise) => match self.callable {
                    Some(callable) => {
                        return Ok(machine.repeated_keyword(raise.exception, callable, entry.key)?.into());
                    }
                    None => return Err(raise),
                },
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.target));
        visit(Value::object(self.source));
        self.callable.into_iter().chain(self.key).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "dict.update: storing an item".to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.callable.is_some() && heap.is_instance(exception, types::KEY_ERROR)
    }
}

/// What the items of a mapping are for, which decides what errors say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MergeFor {
    /// `dict.update(mapping)`, `dict(mapping)`.
    Update,
    /// `{**mapping}`.
    Display,
    /// `callable(**mapping)`: no key may be there twice.
    Call(Value),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Mapping {
    /// `keys()` runs.
    Keys,
    /// The `__iter__` of what it returned runs.
    Iter(Value),
    /// A list is made of the keys.
    List(Value),
    /// For keyword arguments: this key is looked for among those there are.
    Look(Value),
    /// The item of this key is asked for.
    Item(Value),
    /// The item of this key is stored.
    Store(Value),
}

/// Stores all items of a mapping that is no dict: a list of its `keys()`, then `mapping[key]` for each.
#[derive(Clone, Debug, Hash)]
pub struct MappingUpdate {
    target: Handle,
    mapping: Value,
    wanted: MergeFor,
    /// The list of the keys.
    keys: Option<Value>,
    /// How many of them were taken.
    taken: usize,
    phase: Mapping,
}

impl MappingUpdate {
    /// Stores the items of `mapping` in `target`.
    pub const fn new(target: Handle, mapping: Value, wanted: MergeFor) -> Self {
        Self { target, mapping, wanted, keys: None, taken: 0, phase: Mapping::Keys }
    }

    /// Begins what comes next, `value` being what the phase waited for; None where all is done.
    fn go_on(&mut self, machine: &mut Machine, value: Value) -> Result<Option<Flow>, Raise> {
        let flow = match self.phase {
            Mapping::Keys => {
                if !machine.is_iterable(value) {
                    let (class, result) = (machine.class_name(self.mapping), machine.class_name(value));
                    let message = format!("{class}.keys() returned a non-iterable (type {result})");
                    return Err(machine.type_error(message));
                }
                self.phase = Mapping::Iter(value);
                machine.iter(value)
            }
            Mapping::Iter(_) => {
                self.phase = Mapping::List(value);
                machine.collect_list(value)
            }
            Mapping::List(_) => {
                self.keys = Some(value);
                return self.next_key(machine);
            }
            Mapping::Look(key) if value == Value::TRUE => return Err(machine.key_error(key)),
            Mapping::Look(key) => {
                self.phase = Mapping::Item(key);
                machine.get_item(self.mapping, key)
            }
            Mapping::Item(key) => {
                self.phase = Mapping::Store(key);
                machine.dict_act(self.target, key, DictAction::Set(value))
            }
            Mapping::Store(_) => return self.next_key(machine),
        };
        flow.map(Some)
    }

    fn next_key(&mut self, machine: &mut Machine) -> Result<Option<Flow>, Raise> {
        let keys = self.keys.and_then(|keys| machine.heap.items_of(keys)).unwrap_or_default();
        let Some(key) = keys.get(self.taken).copied() else { return Ok(None) };
        self.taken += 1;
        Ok(Some(if let MergeFor::Call(_) = self.wanted {
            self.phase = Mapping::Look(key);
            machine.dict_act(self.target, key, DictAction::Contains)?
        } else {
            self.phase = Mapping::Item(key);
            machine.get_item(self.mapping, key)?
        }))
    }

    /// The words of the instruction for what was raised on the way, wherever it was.
    fn reword(&self, machine: &mut Machine, raise: Raise) -> Eval {
        let is = |class| machine.heap.is_instance(raise.exception, class);
        let (no_attribute, no_key) = (is(types::ATTRIBUTE_ERROR), is(types::KEY_ERROR));
        let class = machine.class_name(self.mapping);
        match self.wanted {
            MergeFor::Display if no_attribute => {
                Err(machine.type_error(format!("'{class}' object is not a mapping")))
            }
            MergeFor::Call(callable) if no_attribute => {
                machine.refuse_call(callable, &format!(" argument after ** must be a mapping, not {class}"))
            }
            MergeFor::Call(callable) if no_key => {
                let args = machine.exception(raise.exception).args;
                match *machine.tuple_items(args) {
                    [key] => machine.repeated_keyword(raise.exception, callable, key),
                    _ => Err(raise),
                }
            }
            MergeFor::Update | MergeFor::Display | MergeFor::Call(_) => Err(raise),
        }
    }

    fn run(&mut self, machine: &mut Machine, input: Input) -> Result<Option<Entry>, Raise> {
        let mut flow = match input {
            Input::Value(value) => Flow::Value(value),
            _ => machine.call_attr(self.mapping, names::KEYS, Vec::new())?,
        };
        loop {
            let value = match flow {
                Flow::Value(value) => value,
                Flow::Enter(entry) => return Ok(Some(entry)),
            };
            match self.go_on(machine, value)? {
                Some(next) => flow = next,
                None => return Ok(None),
            }
        }
    }
}

impl NativeTask for MappingUpdate {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        if let Input::Raised(exception) = input {
            return Ok(self.reword(machine, Raise::new(exception))?.into());
        }
        match self.run(machine, input) {
            Ok(Some(entry)) => Ok(Progress::Wait(self.into(), entry)),
            Ok(None) => Ok(Progress::Done(Value::NONE)),
            Err(raise) => Ok(self.reword(machine, raise)?.into()),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.target));
        visit(self.mapping);
        if let MergeFor::Call(callable) = self.wanted {
            visit(callable);
        }
        self.keys.into_iter().for_each(&mut *visit);
        match self.phase {
            Mapping::Iter(value) | Mapping::List(value) => visit(value),
            // The list of the keys has these.
            Mapping::Keys | Mapping::Look(_) | Mapping::Item(_) | Mapping::Store(_) => {}
        }
    }

    fn borrows(&self, _heap: &Heap, visit: &mut impl FnMut(Value)) {
        if let Mapping::Look(key) | Mapping::Item(key) | Mapping::Store(key) = self.phase {
            visit(key);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Mapping::Keys | Mapping::Iter(_) => "dict.update: waiting for keys()",
            Mapping::List(_) => "dict.update: making a list of the keys",
            Mapping::Look(_) => "dict.update: looking a key up",
            Mapping::Item(_) => "dict.update: asking for the item of a key",
            Mapping::Store(_) => "dict.update: storing an item",
        }
        .to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        let is = |class| heap.is_instance(exception, class);
        match self.wanted {
            MergeFor::Update => false,
            MergeFor::Display => is(types::ATTRIBUTE_ERROR),
            MergeFor::Call(_) => is(types::ATTRIBUTE_ERROR) || is(types::KEY_ERROR),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Side {
    /// The next item of the left dict is looked at.
    Next,
    /// Its key is looked up in the right one.
    Look(Value),
    /// The two values are compared.
    Compare,
}

/// `left == right` for two dicts of one length.
#[derive(Clone, Debug, Hash)]
pub struct CompareDicts {
    not_equal: bool,
    left: Handle,
    right: Handle,
    at: EntryIndex,
    side: Side,
    /// An object that nothing else holds: it stands for a key that is not there.
    absent: Option<Value>,
}

impl CompareDicts {
    /// `left == right`, or `!=` if `not_equal`.
    pub const fn new(not_equal: bool, left: Handle, right: Handle) -> Self {
        Self { not_equal, left, right, at: EntryIndex::FIRST, side: Side::Next, absent: None }
    }
}

impl NativeTask for CompareDicts {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let absent = match self.absent {
            Some(absent) => absent,
            None => Value::object(machine.heap.alloc(types::OBJECT, Payload::Plain)),
        };
        self.absent = Some(absent);
        let mut flow = if let Input::Value(value) = input { Some(Flow::Value(value)) } else { None };
        loop {
            let value = match flow.take() {
                Some(Flow::Value(value)) => Some(value),
                Some(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                None => None,
            };
            let unequal = Ok(Progress::Done(Value::bool(self.not_equal)));
            flow = match (self.side, value) {
                (Side::Next, _) | (_, None) => {
                    let Some((at, entry)) = machine.heap.dict(self.left).next_entry(self.at) else {
                        return Ok(Progress::Done(Value::bool(!self.not_equal)));
                    };
                    self.at = at.next();
                    self.side = Side::Look(entry.value);
                    Some(machine.dict_act_hashed(
                        self.right,
                        entry.key,
                        entry.hash,
                        DictAction::Get(absent),
                    )?)
                }
                (Side::Look(_), Some(other)) if other == absent => return unequal,
                (Side::Look(value), Some(other)) => {
                    self.side = Side::Compare;
                    Some(machine.compare_bool(Comparison::Eq, value, other)?)
                }
                (Side::Compare, Some(equal)) => {
                    if equal != Value::TRUE {
                        return unequal;
                    }
                    self.side = Side::Next;
                    None
                }
            };
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.left));
        visit(Value::object(self.right));
        self.absent.into_iter().for_each(&mut *visit);
        if let Side::Look(value) = self.side {
            visit(value);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.side {
            Side::Next | Side::Look(_) => "dict == dict: looking a key up",
            Side::Compare => "dict == dict: comparing two values",
        }
        .to_owned()
    }
}

impl Machine {
    /// The error of a keyword argument that is there twice, instead of the KeyError it was found by.
    #[cold]
    fn repeated_keyword(&mut self, exception: Value, callable: Value, key: Value) -> Eval {
        if self.heap.class_of(exception) != types::KEY_ERROR {
            return Err(Raise::new(exception));
        }
        if let Some(text) = self.heap.text_of(key) {
            let said = format!(" got multiple values for keyword argument '{}'", text.to_string_lossy());
            return self.refuse_call(callable, &said);
        }
        let shown = self.brief_repr(key);
        self.refuse_call(callable, &format!(" got multiple values for keyword argument '{shown}'"))
    }
}
