//! `object.__getstate__()`: the instance's dict, with the slots that are set.

use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::native::{Do, Got, Steps, Stepwise};
use crate::machine::object::class::Layout;
use crate::machine::object::function::Binding;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// The task: each slot is an attribute, and looking for it may run Python code.
pub type ObjectState = Steps<Slots>;

/// The slots of an object are gone through.
#[derive(Clone, Debug, Hash)]
pub struct Slots {
    object: Value,
    /// The instance's dict, or None.
    dict: Value,
    /// The names of the slots that are still to be asked for, the next one last.
    names: Vec<Value>,
    /// The slots that are set.
    found: Vec<(Value, Value)>,
    /// Whether the value of the slot on top is waited for.
    asked: bool,
}

impl Stepwise for Slots {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        if self.asked {
            self.asked = false;
            let name = self.names.pop().expect("a slot has been asked for");
            if let Got::Value(value) = got {
                self.found.push((name, value));
            }
        }
        if let Some(name) = self.names.last().and_then(|name| name.handle()) {
            self.asked = true;
            return m.get_attr(self.object, name).map(Do::Wait);
        }
        if self.found.is_empty() {
            return Ok(Do::Done(self.dict));
        }
        let slots = m.dict_from_names(&self.found);
        Ok(Do::Done(m.heap.pair(self.dict, slots)))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.object);
        visit(self.dict);
        self.names.iter().copied().for_each(&mut *visit);
        for (name, value) in &self.found {
            visit(*name);
            visit(*value);
        }
    }

    fn title(&self, heap: &Heap) -> String {
        format!("__getstate__: the slots of a {}", heap.class(heap.class_of(self.object)).name)
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.asked && heap.is_instance(exception, types::ATTRIBUTE_ERROR)
    }
}

impl Machine {
    /// `object.__getstate__()`. `required` says that the object must be nothing more than that, where it is object's
    /// method that answers.
    pub(in crate::machine) fn object_state(&mut self, object: Value, required: bool) -> Eval {
        let found = self.get_attr(object, names::GETSTATE)?;
        let args = Args::new([Value::NONE, object, Value::bool(required)]);
        self.continue_with("__reduce_ex__", found, args, 0, |m, args| {
            let (method, object) = (args.at(0), args.at(1));
            let plain =
                m.heap.lookup(types::OBJECT, names::GETSTATE).and_then(|plain| m.heap.payload_of(plain));
            match (plain, m.heap.payload_of(method)) {
                (
                    Some(Payload::Native(plain, _)),
                    Some(Payload::Native(native, Binding::Receiver(receiver))),
                ) if std::ptr::eq(*plain, *native) && *receiver == object => {
                    m.default_state(object, args.at(2) == Value::TRUE)
                }
                _ => m.call(method, Args::default()),
            }
        })
    }

    /// What object's own `__getstate__` gives.
    pub(in crate::machine) fn default_state(&mut self, object: Value, required: bool) -> Eval {
        let class = self.heap.class_of(object);
        if required && matches!(class, types::TYPE | types::MEMORY_VIEW) {
            let name = self.class_name(object);
            return Err(self.type_error(format!("cannot pickle {name} objects")));
        }
        let dict = object.handle().and_then(|handle| self.heap.get(handle).dict);
        let dict = dict.filter(|dict| !self.heap.dict(*dict).is_empty()).map_or(Value::NONE, Value::object);
        let names = self.slot_names(class)?;
        if required && !self.is_dict_and_slots(class, names.as_ref().map_or(0, Vec::len)) {
            let name = self.class_name(object);
            return Err(self.type_error(format!("cannot pickle '{name}' object")));
        }
        let mut names = names.unwrap_or_default();
        if let Some(name) = names.iter().find(|name| self.heap.text_of(**name).is_none()) {
            let given = self.class_name(*name);
            return Err(self.type_error(format!("attribute name must be string, not '{given}'")));
        }
        names.reverse();
        self.begin(ObjectState::new(Slots { object, dict, names, found: Vec::new(), asked: false }))
    }

    /// Whether instances hold nothing but a dict and so many slots.
    fn is_dict_and_slots(&self, class: Handle, slots: usize) -> bool {
        let object = self.heap.class(class);
        let empty = [types::NONE_TYPE, types::NOT_IMPLEMENTED_TYPE, types::ELLIPSIS_TYPE, types::OBJECT];
        object.slots as usize <= slots
            && match object.layout {
                Layout::Plain | Layout::Slots => true,
                Layout::Builtin(kind) => empty.contains(&kind),
            }
    }

    /// `copyreg._slotnames(class)`, which the class keeps as `__slotnames__`; `None` where that is None.
    fn slot_names(&mut self, class: Handle) -> Result<Option<Vec<Value>>, Raise> {
        let namespace = self.heap.class(class).namespace;
        let Some(known) = self.heap.get_name(namespace, names::SLOTNAMES) else {
            let list = self.new_slot_names(class)?;
            return Ok(match self.heap.payload_of(list) {
                Some(Payload::List(items)) => Some(items.to_vec()),
                _ => None,
            });
        };
        match self.heap.payload_of(known) {
            Some(Payload::List(items)) => Ok(Some(items.to_vec())),
            _ if known.is_none() => Ok(None),
            _ => {
                let (name, given) = (self.type_name(class), self.class_name(known));
                Err(self.type_error(format!("{name}.__slotnames__ should be a list or None, not {given}")))
            }
        }
    }

    /// The names of all slots that a class and its bases declare, in a new list that the class keeps if it can.
    pub(in crate::machine) fn new_slot_names(&mut self, class: Handle) -> Result<Value, Raise> {
        let mut slots = Vec::new();
        for owner in self.heap.class(class).mro.clone().iter() {
            slots.extend(self.declared_names(*owner)?);
        }
        let list = self.heap.list(slots);
        if !self.heap.class(class).builtin {
            self.heap.set_class_name(class, names::SLOTNAMES, list);
        }
        Ok(list)
    }
}
