//! Looking a key up in a dict or set where Python code has a say: its `__hash__`, and the `__eq__` of
//! the keys that hash alike.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::protocol::compare::Comparison;
use crate::machine::table::{DictCursor, EntryIndex, Find, FindToAdd, Question, SetCursor};
use crate::machine::value::{Handle, Value};
use crate::machine::verdict::Asked;

/// The hash of a key that Python code computes; a TypeError is put into the words of containers.
#[derive(Clone, Debug, Hash)]
pub struct HashKey {
    key: Value,
    /// What the key is to be: `a dict key`, `a set element`.
    role: &'static str,
}

impl HashKey {
    /// The hash of `key`, which is to be `role`.
    pub const fn new(key: Value, role: &'static str) -> Self {
        Self { key, role }
    }
}

impl NativeTask for HashKey {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        match input {
            Input::Value(hash) => Ok(Progress::Done(hash)),
            Input::Raised(exception) => Err(machine.reword_unhashable(exception, self.key, self.role)),
            Input::Start | Input::Exhausted => match machine.hash(self.key) {
                Ok(Flow::Value(hash)) => Ok(Progress::Done(hash)),
                Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
                Err(raise) if machine.heap.class_of(raise.exception) == types::TYPE_ERROR => {
                    Err(machine.reword_unhashable(raise.exception, self.key, self.role))
                }
                Err(raise) => Err(raise),
            },
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.key);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("hash: waiting for {}.__hash__", heap.class(heap.class_of(self.key)).name)
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.class_of(exception) == types::TYPE_ERROR
    }
}

/// What is done with a key of a dict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DictAction {
    /// `dict[key]`, with `__missing__` of a subclass.
    Subscript,
    /// `dict.get(key, default)`.
    Get(Value),
    /// `key in dict`.
    Contains,
    /// `dict[key] = value`.
    Set(Value),
    /// A keyword argument of a call: the key must be new; None else.
    SetNew(Value),
    /// `dict.setdefault(key, default)`.
    SetDefault(Value),
    /// `del dict[key]`.
    Delete,
    /// `dict.pop(key)`, or with a default.
    Pop(Option<Value>),
    /// The number of the key's entry; of a key that is not there, of the next new one.
    Place,
    /// Deletes an item whose value is a dead weak reference, and nothing else.
    DropDead,
}

impl DictAction {
    /// The value that comes along.
    pub(super) const fn value(self) -> Option<Value> {
        match self {
            Self::Subscript | Self::Contains | Self::Delete | Self::Place | Self::DropDead => None,
            Self::Get(value) | Self::Set(value) | Self::SetNew(value) | Self::SetDefault(value) => {
                Some(value)
            }
            Self::Pop(value) => value,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Subscript => "dict[key]",
            Self::Get(_) => "dict.get",
            Self::Contains => "in dict",
            Self::Set(_) | Self::SetNew(_) => "dict[key] = value",
            Self::SetDefault(_) => "dict.setdefault",
            Self::Delete => "del dict[key]",
            Self::Pop(_) => "dict.pop",
            Self::Place => "place in dict",
            Self::DropDead => "_remove_dead_weakref",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum DictPhase {
    Hash,
    Ask(Question<Value, DictCursor>),
}

/// A lookup of a key in a dict.
#[derive(Clone, Debug, Hash)]
pub struct DictProbe {
    dict: Handle,
    key: Value,
    hash: i64,
    action: DictAction,
    phase: DictPhase,
}

impl DictProbe {
    /// Begins with the hash of the key.
    pub const fn new(dict: Handle, key: Value, action: DictAction) -> Self {
        Self { dict, key, hash: 0, action, phase: DictPhase::Hash }
    }

    /// Begins with a comparison that Python code makes.
    pub const fn asking(
        dict: Handle,
        key: Value,
        hash: i64,
        action: DictAction,
        question: Question<Value, DictCursor>,
    ) -> Self {
        Self { dict, key, hash, action, phase: DictPhase::Ask(question) }
    }

    fn find(&self, machine: &mut Machine) -> Find<Value, EntryIndex, DictCursor> {
        machine.dict_find(self.dict, self.key, self.hash, self.action)
    }

    fn resume(
        &self,
        machine: &mut Machine,
        question: Question<Value, DictCursor>,
        answer: Value,
    ) -> Find<Value, EntryIndex, DictCursor> {
        let mut asked = Asked::new();
        let same = |stored| machine.same_key_noted(stored, self.key, &mut asked);
        let dict = machine.heap.dict(self.dict);
        let find = dict.resume(self.key, self.hash, question, answer == Value::TRUE, same);
        machine.note_lookup(self.key, &asked, false);
        find
    }
}

impl NativeTask for DictProbe {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut find = match (self.phase, input) {
            (DictPhase::Hash, Input::Value(hash)) => {
                self.hash = machine.hash_from_result(hash)?;
                self.find(machine)
            }
            (DictPhase::Ask(question), Input::Value(answer)) => self.resume(machine, question, answer),
            (DictPhase::Ask(question), _) => Find::Ask(question),
            (DictPhase::Hash, _) => match machine.hash_key(self.key, "a dict key")? {
                Flow::Value(hash) => {
                    self.hash = machine.hash_from_result(hash)?;
                    self.find(machine)
                }
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            },
        };
        loop {
            let question = match find {
                Find::Ask(question) => question,
                Find::Found(_) | Find::Absent => {
                    let at = if let Find::Found(at) = find { Some(at) } else { None };
                    return Ok(machine.dict_finish(self.dict, self.key, self.hash, self.action, at)?.into());
                }
            };
            match machine.compare_bool(Comparison::Eq, question.key, self.key)? {
                Flow::Value(answer) => find = self.resume(machine, question, answer),
                Flow::Enter(entry) => {
                    self.phase = DictPhase::Ask(question);
                    return Ok(Progress::Wait(self.into(), entry));
                }
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.dict));
        visit(self.key);
        self.action.value().into_iter().for_each(&mut *visit);
        if let DictPhase::Ask(question) = self.phase {
            visit(question.key);
        }
    }

    fn owns(&self, _value: Value) -> bool {
        matches!(self.action, DictAction::Set(_) | DictAction::SetNew(_))
    }

    fn title(&self, heap: &Heap) -> String {
        let name = self.action.name();
        match self.phase {
            DictPhase::Hash => format!("{name}: waiting for the hash of the key"),
            DictPhase::Ask(question) => {
                format!("{name}: is the key equal to the stored {}?", heap.brief(question.key, 20))
            }
        }
    }
}

/// What is done with a key of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetAction {
    /// `set.add(key)`.
    Add,
    /// `set.discard(key)`: whether it was there.
    Discard,
    /// `set.remove(key)`; the error names this value.
    Remove(Value),
    /// `key in set`.
    Contains,
}

impl SetAction {
    const fn name(self) -> &'static str {
        match self {
            Self::Add => "set.add",
            Self::Discard => "set.discard",
            Self::Remove(_) => "set.remove",
            Self::Contains => "in set",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum SetPhase {
    Hash,
    Ask(Question<Value, SetCursor>),
}

/// A lookup of a key in a set.
#[derive(Clone, Debug, Hash)]
pub struct SetProbe {
    set: Handle,
    key: Value,
    hash: i64,
    action: SetAction,
    phase: SetPhase,
    /// Whether the set cannot change, so that a stored key is compared without a reference of its own.
    frozen: bool,
}

impl SetProbe {
    /// Begins with the hash of the key.
    pub const fn new(set: Handle, key: Value, action: SetAction) -> Self {
        Self { set, key, hash: 0, action, phase: SetPhase::Hash, frozen: false }
    }

    /// Begins with a comparison that Python code makes.
    pub const fn asking(
        set: Handle,
        key: Value,
        hash: i64,
        action: SetAction,
        question: Question<Value, SetCursor>,
    ) -> Self {
        Self { set, key, hash, action, phase: SetPhase::Ask(question), frozen: false }
    }

    /// Goes on after the stored key of `question` was compared: the result, or the next question.
    fn resume(
        &self,
        machine: &mut Machine,
        question: Question<Value, SetCursor>,
        equal: Value,
    ) -> Result<Result<Value, Question<Value, SetCursor>>, crate::machine::raise::Raise> {
        let answer = equal == Value::TRUE;
        let set = machine.heap.set(self.set);
        let mut asked = Asked::new();
        let same = |stored| machine.same_key_noted(stored, self.key, &mut asked);
        if self.action == SetAction::Add {
            let find = set.resume_to_add(self.key, self.hash, question, answer, same);
            machine.note_lookup(self.key, &asked, false);
            return match find {
                FindToAdd::Found => Ok(Ok(Value::NONE)),
                FindToAdd::Vacant(at) => machine.set_insert(self.set, at, self.key, self.hash).map(Ok),
                FindToAdd::Ask(question) => Ok(Err(question)),
            };
        }
        let find = set.resume(self.key, self.hash, question, answer, same);
        machine.note_lookup(self.key, &asked, false);
        match find {
            Find::Ask(question) => Ok(Err(question)),
            Find::Found(at) => machine.set_finish(self.set, self.action, Some(at)).map(Ok),
            Find::Absent => machine.set_finish(self.set, self.action, None).map(Ok),
        }
    }
}

impl NativeTask for SetProbe {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let (mut question, mut answer) = match (self.phase, input) {
            (SetPhase::Ask(question), Input::Value(answer)) => (question, Some(answer)),
            (SetPhase::Ask(question), _) => (question, None),
            (SetPhase::Hash, input) => {
                let flow = match input {
                    Input::Value(hash) => Flow::Value(hash),
                    _ => machine.hash_key(self.key, "a set element")?,
                };
                match flow {
                    Flow::Value(hash) => {
                        self.hash = machine.hash_from_result(hash)?;
                        // The lookup goes on as a task of its own.
                        let flow = machine.set_act_hashed(self.set, self.key, self.hash, self.action)?;
                        return Ok(flow.into());
                    }
                    Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                }
            }
        };
        loop {
            if let Some(answer) = answer.take() {
                match self.resume(machine, question, answer)? {
                    Ok(value) => return Ok(Progress::Done(value)),
                    Err(next) => question = next,
                }
            }
            match machine.compare_bool(Comparison::Eq, question.key, self.key)? {
                Flow::Value(equal) => answer = Some(equal),
                Flow::Enter(entry) => {
                    self.phase = SetPhase::Ask(question);
                    let class = machine.heap.get(self.set).class;
                    self.frozen = class == types::FROZENSET && self.action != SetAction::Add;
                    return Ok(Progress::Wait(self.into(), entry));
                }
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.set));
        visit(self.key);
        if let SetAction::Remove(value) = self.action
            && value != self.key
        {
            visit(value);
        }
        if let SetPhase::Ask(question) = self.phase
            && !self.frozen
        {
            visit(question.key);
        }
    }

    fn borrows(&self, _heap: &Heap, visit: &mut impl FnMut(Value)) {
        if let SetPhase::Ask(question) = self.phase
            && self.frozen
        {
            visit(question.key);
        }
    }

    fn owns(&self, _value: Value) -> bool {
        self.action == SetAction::Add && self.phase != SetPhase::Hash
    }

    fn title(&self, heap: &Heap) -> String {
        let name = self.action.name();
        match self.phase {
            SetPhase::Hash => format!("{name}: waiting for the hash of the key"),
            SetPhase::Ask(question) => {
                format!("{name}: is the key equal to the stored {}?", heap.brief(question.key, 20))
            }
        }
    }
}
