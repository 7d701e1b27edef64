//! The type parameters in a generic alias or a union: those of its arguments that say they can be substituted, and
//! those that its arguments name in `__parameters__`.

use super::{Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The next argument is looked at.
    Next,
    /// This argument is asked for `__typing_subst__`.
    Substitute(Value),
    /// This argument is asked for `__parameters__`.
    Parameters(Value),
}

/// Looks for type parameters.
#[derive(Clone, Debug, Hash)]
pub struct Finding {
    /// The alias or union, which keeps what is found.
    generic: Value,
    /// The arguments still to be looked at: a list or tuple, and how many of them are done; those in which it stands
    /// before it.
    levels: Vec<(Value, usize)>,
    found: Vec<Value>,
    phase: Phase,
}

/// See [`Finding`].
pub type FindParameters = Steps<Finding>;

impl FindParameters {
    /// Looks among `arguments`, the tuple of `generic`.
    pub fn of(generic: Value, arguments: Value) -> Self {
        Self::new(Finding { generic, levels: vec![(arguments, 0)], found: Vec::new(), phase: Phase::Next })
    }
}

impl Finding {
    fn add(&mut self, parameters: &[Value]) {
        for parameter in parameters {
            if !self.found.contains(parameter) {
                self.found.push(*parameter);
            }
        }
    }

    fn next(&mut self, m: &Machine) -> Option<Value> {
        loop {
            let (items, at) = self.levels.last_mut()?;
            match m.heap.items_of(*items).and_then(|items| items.get(*at)).copied() {
                // A class describes the parameters of others.
                Some(item) => {
                    *at += 1;
                    if !m.is_class(item) {
                        return Some(item);
                    }
                }
                None => {
                    self.levels.pop();
                }
            }
        }
    }
}

impl Stepwise for Finding {
    fn step(&mut self, m: &mut Machine, mut got: Got) -> Result<Do, Raise> {
        loop {
            match (self.phase, got) {
                (Phase::Substitute(item), Got::Value(_)) => self.add(&[item]),
                (Phase::Substitute(item), _) => {
                    if m.heap.items_of(item).is_some() {
                        self.levels.push((item, 0));
                    } else {
                        self.phase = Phase::Parameters(item);
                        if let Some(flow) = m.find_attr(item, names::PARAMETERS)? {
                            return Ok(flow.into());
                        }
                    }
                }
                (Phase::Parameters(_), Got::Value(value)) => {
                    if let Some(Payload::Tuple(items)) = m.heap.payload_of(value) {
                        self.add(&items.clone());
                    }
                }
                (Phase::Next | Phase::Parameters(_), _) => {}
            }
            let Some(item) = self.next(m) else {
                let found = m.heap.tuple(std::mem::take(&mut self.found));
                m.keep_type_parameters(self.generic, found);
                return Ok(Do::Done(found));
            };
            self.phase = Phase::Substitute(item);
            if let Some(flow) = m.find_attr(item, names::TYPING_SUBST)? {
                return Ok(flow.into());
            }
            got = Got::End;
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.generic);
        self.found.iter().copied().for_each(visit);
    }

    fn borrows(&self, _heap: &Heap, visit: &mut impl FnMut(Value)) {
        self.levels.iter().for_each(|(items, _)| visit(*items));
        if let Phase::Substitute(item) | Phase::Parameters(item) = self.phase {
            visit(item);
        }
    }

    fn owns(&self, value: Value) -> bool {
        self.found.contains(&value)
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Next => "__parameters__: taking the next argument",
            Phase::Substitute(_) => "__parameters__: is the argument a type parameter?",
            Phase::Parameters(_) => "__parameters__: waiting for those of an argument",
        }
        .to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.phase != Phase::Next && heap.is_instance(exception, types::ATTRIBUTE_ERROR)
    }
}

impl Machine {
    /// `__parameters__` of a generic alias or a union, looked for when they are asked for first.
    pub(in crate::machine) fn type_parameters_of(&mut self, generic: Value) -> Eval {
        let (arguments, known) = match self.heap.payload_of(generic) {
            Some(Payload::GenericAlias(_, args, known) | Payload::UnpackedAlias(_, args, known)) => {
                (*args, known.map(Value::object))
            }
            Some(Payload::Union(union)) => (union.members, union.parameters),
            _ => panic!("an attribute of generic types is asked of one"),
        };
        match known {
            Some(known) => Ok(known.into()),
            None => self.begin(FindParameters::of(generic, arguments)),
        }
    }

    /// Keeps the type parameters that were found in a generic alias or a union.
    fn keep_type_parameters(&mut self, generic: Value, found: Value) {
        let (Some(generic), Some(handle)) = (generic.handle(), found.handle()) else { return };
        let before = match self.heap.payload_mut(generic) {
            Payload::GenericAlias(.., known) | Payload::UnpackedAlias(.., known) => {
                known.replace(handle).map(Value::object)
            }
            Payload::Union(union) => union.parameters.replace(found),
            _ => return,
        };
        self.heap.retain(found);
        if let Some(before) = before {
            self.heap.release(before);
        }
    }
}
