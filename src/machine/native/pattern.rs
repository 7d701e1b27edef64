//! Mapping patterns and class patterns: one key, one attribute after another.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::protocol::attribute::Method;
use crate::machine::raise::Raise;
use crate::machine::table::Sameness;
use crate::machine::value::{Handle, Value};

/// The values of a mapping pattern's keys.
#[derive(Clone, Debug, Hash)]
pub struct MatchKeys {
    subject: Value,
    keys: Value,
    /// An object that no mapping holds: what `get` gives for a key that is not there.
    absent: Value,
    /// The values so far, one a key.
    values: Vec<Value>,
}

impl MatchKeys {
    /// The values of `keys`, a tuple, in `subject`.  A key that stands there twice is a ValueError.
    pub fn new(m: &mut Machine, subject: Value, keys: Value) -> Result<Self, Raise> {
        let items = m.tuple_items(keys).to_vec();
        for (index, key) in items.iter().enumerate() {
            let known = |other: &&Value| {
                *other == key
                    || m.hash_atom(**other).is_some_and(|hash| m.hash_atom(*key) == Some(hash))
                        && m.same_key(**other, *key) == Sameness::Same
            };
            if items[..index].iter().any(|other| known(&other)) {
                let shown = m.heap.brief(*key, 200);
                return Err(m.value_error(format!("mapping pattern checks duplicate key ({shown})")));
            }
        }
        let absent = Value::object(m.heap.alloc(types::OBJECT, Payload::Plain));
        Ok(Self { subject, keys, absent, values: Vec::new() })
    }

    fn get(&self, m: &mut Machine, key: Value) -> Result<Flow, Raise> {
        match m.get_method(self.subject, names::GET_KEY)? {
            Method::Unbound { function, receiver } => {
                m.call(function, Args::new([receiver, key, self.absent]))
            }
            Method::Bound(Flow::Value(callable)) => m.call(callable, Args::new([key, self.absent])),
            Method::Bound(Flow::Enter(entry)) => m.call_later(entry, Args::new([key, self.absent])),
        }
    }
}

impl NativeTask for MatchKeys {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        let mut given = match input {
            Input::Value(value) => Some(value),
            Input::Start | Input::Exhausted | Input::Raised(_) => None,
        };
        loop {
            if let Some(value) = given.take() {
                if value == self.absent {
                    return Ok(Progress::Done(Value::NONE));
                }
                self.values.push(value);
            }
            let Some(key) = m.tuple_items(self.keys).get(self.values.len()).copied() else {
                return Ok(Progress::Done(m.heap.tuple(self.values)));
            };
            match self.get(m, key)? {
                Flow::Value(value) => given = Some(value),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        for value in [self.subject, self.keys, self.absent] {
            visit(value);
        }
        self.values.iter().copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("match: looking for key {}", self.values.len() + 1)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// Whether the subject is an instance of the class.
    Instance,
    /// `__match_args__` of the class.
    MatchArgs,
    /// The attributes, one after another.
    Attributes,
}

/// The attributes of a class pattern.
#[derive(Clone, Debug, Hash)]
pub struct MatchClass {
    subject: Value,
    class: Handle,
    /// The names of the keyword sub-patterns: a tuple.
    keywords: Value,
    /// How many sub-patterns have no name.
    positional: usize,
    phase: Phase,
    /// The names of all sub-patterns, positional ones first.
    names: Vec<Value>,
    /// How often the subject itself stands in front of the attributes.
    selves: usize,
    /// What the sub-patterns are matched with, so far.
    values: Vec<Value>,
}

impl MatchClass {
    /// The pattern `class(…)` with so many positional sub-patterns, and with these names.
    pub const fn new(subject: Value, class: Handle, keywords: Value, positional: usize) -> Self {
        Self {
            subject,
            class,
            keywords,
            positional,
            phase: Phase::Instance,
            names: Vec::new(),
            selves: 0,
            values: Vec::new(),
        }
    }

    /// Settles which attribute each sub-pattern means; `match_args` is None where the class has none.
    fn name_all(&mut self, m: &mut Machine, match_args: Option<Value>) -> Result<(), Raise> {
        self.phase = Phase::Attributes;
        let class = m.heap.class(self.class).name.clone();
        let known: Vec<Value> = match match_args {
            None => Vec::new(),
            Some(args) => match m.heap.payload_of(args) {
                Some(Payload::Tuple(items)) if m.heap.class_of(args) == types::TUPLE => items.to_vec(),
                _ => {
                    let given = m.class_name(args);
                    return Err(m.type_error(format!("{class}.__match_args__ must be a tuple (got {given})")));
                }
            },
        };
        let match_self = match_args.is_none() && m.matches_self(self.class);
        let allowed = if match_self { 1 } else { known.len() };
        if allowed < self.positional {
            let s = if allowed == 1 { "" } else { "s" };
            let given = self.positional;
            return Err(m.type_error(format!(
                "{class}() accepts {allowed} positional sub-pattern{s} ({given} given)"
            )));
        }
        if match_self {
            self.selves = self.positional;
            self.values.extend(std::iter::repeat_n(self.subject, self.selves));
        } else {
            for name in &known[..self.positional] {
                if m.heap.text_of(*name).is_none() {
                    let given = m.class_name(*name);
                    return Err(
                        m.type_error(format!("__match_args__ elements must be strings (got {given})"))
                    );
                }
                self.names.push(*name);
            }
        }
        self.names.extend_from_slice(m.tuple_items(self.keywords));
        Ok(())
    }

    /// The next attribute; `Ok(None)` where the subject does not have it.
    fn next_attribute(&mut self, m: &mut Machine, index: usize) -> Result<Option<Flow>, Raise> {
        let name = self.names[index];
        if self.names[..index].iter().any(|known| m.str_text(*known) == m.str_text(name)) {
            let (class, shown) = (m.heap.class(self.class).name.clone(), m.brief_repr(name));
            return Err(m.type_error(format!("{class}() got multiple sub-patterns for attribute {shown}")));
        }
        let name = m.attribute_name(name)?;
        self.find(m, self.subject, name)
    }

    fn find(&self, m: &mut Machine, object: Value, name: Handle) -> Result<Option<Flow>, Raise> {
        match m.find_attr(object, name) {
            Err(raise) if self.catches(&m.heap, raise.exception) => Ok(None),
            found => found,
        }
    }
}

impl NativeTask for MatchClass {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        // What has just come: `Some(None)` is an attribute that is not there.
        let mut given = match input {
            Input::Value(value) => Some(Some(value)),
            Input::Raised(_) => Some(None),
            Input::Start | Input::Exhausted => None,
        };
        loop {
            let flow = match (self.phase, given.take()) {
                (Phase::Instance, None) => Some(m.instance_check(self.subject, Value::object(self.class))?),
                (Phase::Instance, Some(answer)) => {
                    if answer != Some(Value::TRUE) {
                        return Ok(Progress::Done(Value::NONE));
                    }
                    self.phase = Phase::MatchArgs;
                    if self.positional == 0 {
                        self.name_all(m, None)?;
                        continue;
                    }
                    self.find(m, Value::object(self.class), names::MATCH_ARGS)?
                }
                (Phase::MatchArgs, match_args) => {
                    self.name_all(m, match_args.flatten())?;
                    continue;
                }
                (Phase::Attributes, Some(None)) => return Ok(Progress::Done(Value::NONE)),
                (Phase::Attributes, found) => {
                    self.values.extend(found.flatten());
                    let index = self.values.len() - self.selves;
                    if index == self.names.len() {
                        return Ok(Progress::Done(m.heap.tuple(self.values)));
                    }
                    self.next_attribute(m, index)?
                }
            };
            given = Some(match flow {
                Some(Flow::Value(value)) => Some(value),
                Some(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                None => None,
            });
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        for value in [self.subject, Value::object(self.class), self.keywords] {
            visit(value);
        }
        self.names.iter().chain(&self.values).copied().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(self.class).name;
        match self.phase {
            Phase::Instance => format!("match: is it a {class}?"),
            Phase::MatchArgs => format!("match: {class}.__match_args__"),
            Phase::Attributes => format!("match: attribute {} of {class}", self.values.len() + 1),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.phase != Phase::Instance && heap.is_instance(exception, types::ATTRIBUTE_ERROR)
    }
}
