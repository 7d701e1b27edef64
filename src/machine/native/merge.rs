//! Dicts as a whole: taking over the items of another mapping, comparing two.

use super::{Advance, DictAction, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::protocol::compare::Comparison;
use crate::machine::protocol::iterate::Next;
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Mapping {
    /// `keys()` runs.
    Keys,
    /// What it returned is put into a list.
    Listed(Value),
    /// The list is to be gone through.
    Iter(Value),
    /// The next key is taken.
    Next,
    /// For keyword arguments: this key is looked for among those there are.
    Look(Value),
    /// The item of this key is asked for.
    Item(Value),
    /// The item of this key is stored.
    Store(Value),
}

/// Stores all items of a mapping that is no dict: its `keys()`, and `mapping[key]` for each.
#[derive(Clone, Debug, Hash)]
pub struct MappingUpdate {
    target: Handle,
    mapping: Value,
    /// For keyword arguments: what is called.
    callable: Option<Value>,
    keys: Option<Value>,
    phase: Mapping,
}

impl MappingUpdate {
    /// Stores the items of `mapping` in `target`; for a call of `callable` no key may be there twice.
    pub const fn new(target: Handle, mapping: Value, callable: Option<Value>) -> Self {
        Self { target, mapping, callable, keys: None, phase: Mapping::Keys }
    }

    /// Begins what comes next; a flow whose value belongs to the phase.
    fn go_on(&mut self, machine: &mut Machine, value: Value) -> Result<Option<Eval>, Raise> {
        Ok(Some(match self.phase {
            Mapping::Keys => {
                if !machine.is_iterable(value) {
                    let (class, result) = (machine.class_name(self.mapping), machine.class_name(value));
                    let message = format!("{class}.keys() returned a non-iterable (type {result})");
                    return Err(machine.type_error(message));
                }
                // They are put into a list before the first is looked at.
                self.phase = Mapping::Listed(value);
                machine.call(Value::object(types::LIST), Args::new([value]))
            }
            Mapping::Listed(_) => {
                self.phase = Mapping::Iter(value);
                machine.iter(value)
            }
            Mapping::Iter(_) => {
                self.keys = Some(value);
                return Ok(None);
            }
            Mapping::Next if self.callable.is_some() => {
                self.phase = Mapping::Look(value);
                machine.dict_act(self.target, value, DictAction::Contains)
            }
            Mapping::Next => {
                self.phase = Mapping::Item(value);
                machine.get_item(self.mapping, value)
            }
            Mapping::Look(key) if value == Value::TRUE => {
                let callable = self.callable.unwrap_or(Value::NONE);
                let raise = machine.key_error(key);
                machine.repeated_keyword(raise.exception, callable, key)
            }
            Mapping::Look(key) => {
                self.phase = Mapping::Item(key);
                machine.get_item(self.mapping, key)
            }
            Mapping::Item(key) => {
                self.phase = Mapping::Store(key);
                let action = match self.callable {
                    Some(_) => DictAction::SetNew(value),
                    None => DictAction::Set(value),
                };
                machine.dict_act(self.target, key, action)
            }
            Mapping::Store(_) => return Ok(None),
        }))
    }

    fn reword(&self, machine: &mut Machine, raise: Raise) -> Eval {
        match (self.callable, self.phase) {
            (Some(callable), Mapping::Store(key))
                if machine.heap.is_instance(raise.exception, types::KEY_ERROR) =>
            {
                machine.repeated_keyword(raise.exception, callable, key)
            }
            _ => Err(raise),
        }
    }
}

impl NativeTask for MappingUpdate {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut flow = match input {
            Input::Value(value) => Flow::Value(value),
            Input::Exhausted => return Ok(Progress::Done(Value::NONE)),
            Input::Raised(exception) => {
                return match self.phase {
                    Mapping::Next => Ok(Progress::Done(Value::NONE)),
                    _ => Ok(self.reword(machine, Raise::new(exception))?.into()),
                };
            }
            Input::Start => machine.call_attr(self.mapping, names::KEYS, Vec::new())?,
        };
        loop {
            let value = match flow {
                Flow::Value(value) => value,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            };
            flow = match self.go_on(machine, value)? {
                Some(eval) => eval.or_else(|raise| self.reword(machine, raise))?,
                None => {
                    self.phase = Mapping::Next;
                    match machine.next(self.keys.expect("the keys were asked for"))? {
                        Next::Value(key) => Flow::Value(key),
                        Next::Exhausted(_) => return Ok(Progress::Done(Value::NONE)),
                        Next::Enter(entry) => Flow::Enter(entry),
                    }
                }
            };
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.target));
        visit(self.mapping);
        self.callable.into_iter().chain(self.keys).for_each(&mut *visit);
        match self.phase {
            Mapping::Listed(value)
            | Mapping::Iter(value)
            | Mapping::Look(value)
            | Mapping::Item(value)
            | Mapping::Store(value) => {
                visit(value);
            }
            Mapping::Keys | Mapping::Next => {}
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Mapping::Keys | Mapping::Listed(_) | Mapping::Iter(_) => "dict.update: waiting for keys()",
            Mapping::Next => "dict.update: taking the next key",
            Mapping::Look(_) => "dict.update: looking a key up",
            Mapping::Item(_) => "dict.update: asking for the item of a key",
            Mapping::Store(_) => "dict.update: storing an item",
        }
        .to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        match self.phase {
            Mapping::Next => heap.is_instance(exception, types::STOP_ITERATION),
            Mapping::Store(_) => self.callable.is_some() && heap.is_instance(exception, types::KEY_ERROR),
            Mapping::Keys | Mapping::Listed(_) | Mapping::Iter(_) | Mapping::Look(_) | Mapping::Item(_) => {
                false
            }
        }
    }

    fn takes_exhaustion(&self) -> bool {
        self.phase == Mapping::Next
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
