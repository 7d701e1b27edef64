//! `type(name, bases, namespace)`: the class is made, then its descriptors and its bases hear of it.

use super::{Advance, Collected, Input, NativeTask, Progress, holding};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Entry, Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::class::Layout;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The metaclass's own `mro()` runs.
    Mro,
    /// What it gave is gone through.
    MroItems,
    /// A warning is given about keys of the namespace that are no str.
    Keys,
    /// `__set_name__` of the descriptor with this number runs next, or runs.
    SetName(usize),
    /// `__init_subclass__` of the next class in the MRO runs.
    InitSubclass,
}

/// A class that is made, while Python code hears of it.
#[derive(Clone, Debug, Hash)]
pub struct NewClass {
    class: Handle,
    /// The attributes that want to know their name: name and value.
    named: Vec<(Value, Value)>,
    /// The keyword arguments of the class statement.
    keywords: Args,
    phase: Phase,
}

impl NewClass {
    /// The rest of `type.__new__` for a class that has just been made.
    pub fn new(heap: &Heap, class: Handle, keywords: Args) -> Self {
        let named = heap
            .dict(heap.class(class).namespace)
            .iter()
            .filter(|entry| heap.special(entry.value, names::SET_NAME).is_some())
            .map(|entry| (entry.key, entry.value))
            .collect();
        Self { class, named, keywords, phase: Phase::Keys }
    }

    /// The same, after the metaclass has said with a `mro()` of its own what the class inherits from.
    const fn with_own_mro(mut self) -> Self {
        self.phase = Phase::Mro;
        self
    }

    /// Lets the metaclass say the order; what has to run first, if anything.
    fn settle_mro(
        &mut self,
        machine: &mut Machine,
        mut given: Option<Value>,
    ) -> Result<Option<Entry>, Raise> {
        loop {
            let flow = match (self.phase, given.take()) {
                (Phase::Mro, Some(order)) => {
                    self.phase = Phase::MroItems;
                    machine.collect(order, Collected::Tuple)?
                }
                (Phase::MroItems, Some(order)) => {
                    machine.take_mro(self.class, order)?;
                    machine.heap.class_mut(self.class).is_unordered = false;
                    self.phase = Phase::Keys;
                    return Ok(None);
                }
                _ => {
                    let class = Value::object(self.class);
                    let method = machine.heap.special(class, names::MRO_METHOD).expect("type has mro()");
                    machine.call_method(method, class, Args::default())?
                }
            };
            match flow {
                Flow::Value(value) => given = Some(value),
                Flow::Enter(entry) => return Ok(Some(entry)),
            }
        }
    }

    /// Warns of keys that are no str.
    fn check_keys(&self, machine: &mut Machine) -> Result<Flow, Raise> {
        let class = machine.heap.class(self.class);
        let (namespace, name) = (class.namespace, class.name.clone());
        if machine.heap.dict(namespace).iter().all(|entry| machine.heap.text_of(entry.key).is_some()) {
            return Ok(Value::NONE.into());
        }
        let text = format!("non-string key in the __dict__ of class {name}");
        machine.warned(types::RUNTIME_WARNING, &text, Value::NONE)
    }

    fn set_name(&self, machine: &mut Machine, index: usize) -> Result<Flow, Raise> {
        let (name, value) = self.named[index];
        let Some(method) = machine.heap.special(value, names::SET_NAME) else {
            return Ok(Value::NONE.into());
        };
        let args = Args::new([Value::object(self.class), name]);
        // They are gone through in a copy of the namespace.
        Ok(holding("type.__new__", [value], machine.call_method(method, value, args)?))
    }

    fn init_subclass(&self, machine: &mut Machine) -> Result<Flow, Raise> {
        if !machine.heap.class(self.class).mro.contains(&self.class) {
            let name = machine.heap.class(self.class).name.clone();
            let message = format!(
                "super(type, obj): obj (type {name}) is not an instance or subtype of type ({name})."
            );
            return Err(machine.type_error(message));
        }
        let order = machine.heap.class(self.class).mro.iter().skip_while(|owner| **owner != self.class);
        let found = order.skip(1).find_map(|owner| {
            machine.heap.get_name(machine.heap.class(*owner).namespace, names::INIT_SUBCLASS)
        });
        // Where nothing in the order has one, `super()` gives its own.
        let found = found.unwrap_or_else(|| machine.heap.slot(types::SUPER, names::INIT_SUBCLASS));
        match machine.bind(found, None, self.class)? {
            Flow::Value(callable) => machine.call(callable, self.keywords.clone()),
            Flow::Enter(entry) => machine.call_later(entry, self.keywords.clone()),
        }
    }

    /// What went wrong in a `__set_name__`, with a note about whose it was.
    fn noted(&self, machine: &mut Machine, exception: Value, index: usize) {
        let (name, value) = self.named[index];
        let (kind, name) = (machine.class_name(value), machine.brief_repr(name));
        let class = machine.heap.class(self.class).name.clone();
        let note = format!("Error calling __set_name__ on '{kind}' instance {name} in '{class}'");
        machine.add_note(exception, &note);
    }
}

impl NativeTask for NewClass {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        if matches!(self.phase, Phase::Mro | Phase::MroItems) {
            let given = if let Input::Value(value) = input { Some(value) } else { None };
            if let Some(entry) = self.settle_mro(machine, given)? {
                return Ok(Progress::Wait(self.into(), entry));
            }
            return self.advance(machine, Input::Start);
        }
        match (self.phase, input) {
            (Phase::Keys, Input::Value(_)) => self.phase = Phase::SetName(0),
            (Phase::Keys, _) => match self.check_keys(machine)? {
                Flow::Value(_) => self.phase = Phase::SetName(0),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            },
            (Phase::SetName(index), Input::Value(_)) => self.phase = Phase::SetName(index + 1),
            (Phase::SetName(index), Input::Raised(exception)) => {
                self.noted(machine, exception, index);
                return Err(Raise::again(exception));
            }
            (Phase::InitSubclass, Input::Value(_)) => {
                return Ok(Progress::Done(Value::object(self.class)));
            }
            (Phase::SetName(_) | Phase::InitSubclass | Phase::Mro | Phase::MroItems, _) => {}
        }
        while let Phase::SetName(index) = self.phase {
            if index == self.named.len() {
                self.phase = Phase::InitSubclass;
                break;
            }
            match self.set_name(machine, index) {
                Ok(Flow::Value(_)) => self.phase = Phase::SetName(index + 1),
                Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                Err(raise) => {
                    self.noted(machine, raise.exception, index);
                    return Err(raise);
                }
            }
        }
        Ok(match self.init_subclass(machine)? {
            Flow::Value(_) => Progress::Done(Value::object(self.class)),
            Flow::Enter(entry) => Progress::Wait(self.into(), entry),
        })
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.class));
        for (name, value) in &self.named {
            visit(*name);
            visit(*value);
        }
        self.keywords.each_value(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(self.class).name;
        match self.phase {
            Phase::SetName(index) => {
                let name = self.named.get(index).map_or_else(String::new, |(name, _)| heap.brief(*name, 40));
                format!("type: {class}: __set_name__ of {name} runs")
            }
            Phase::Mro | Phase::MroItems => format!("type: {class}: mro() runs"),
            Phase::Keys => format!("type: {class}: looking through the namespace"),
            Phase::InitSubclass => format!("type: {class}: __init_subclass__ runs"),
        }
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        matches!(self.phase, Phase::SetName(_))
    }
}

impl Machine {
    /// Adds to the `__notes__` of an exception.
    pub(in crate::machine) fn add_note(&mut self, exception: Value, note: &str) {
        let handle = exception.handle().expect("an exception is a heap object");
        let note = self.heap.str(note);
        let notes = self.heap.own_attribute(handle, names::NOTES).and_then(Value::handle);
        match notes.filter(|notes| matches!(self.heap.payload(*notes), Payload::List(_))) {
            Some(notes) => {
                self.heap.retain(note);
                if let Payload::List(items) = self.heap.payload_mut(notes) {
                    items.push(note);
                }
            }
            None => {
                let notes = self.heap.list(vec![note]);
                let dict = self.heap.attributes(handle);
                self.heap.set_name(dict, names::NOTES, notes);
            }
        }
    }

    /// `type.__new__(metaclass, name, bases, namespace, **keywords)`.
    pub(in crate::machine) fn new_class(&mut self, args: &Args) -> Eval {
        self.new_class_with(args, None)
    }

    /// The same, where the names in `__slots__` are in a tuple that was made of it.
    fn new_class_with(&mut self, args: &Args, slots: Option<Value>) -> Eval {
        let metaclass = args.at(0).handle().expect("__new__ is called with a class");
        let given = args.positional() - 1;
        if given != 3 {
            return Err(if metaclass == types::TYPE && given == 1 {
                self.type_error("type() takes no keyword arguments")
            } else if metaclass == types::TYPE {
                self.type_error("type() takes 1 or 3 arguments")
            } else {
                self.type_error(format!("type.__new__() takes exactly 3 arguments ({given} given)"))
            });
        }
        let (name, bases, namespace) = (args.at(1), args.at(2), args.at(3));
        self.check_class_arguments(name, bases, namespace)?;
        let items = self.tuple_items(bases).to_vec();
        for base in &items {
            if !self.is_class(*base) && self.heap.special(*base, names::MRO_ENTRIES).is_some() {
                return Err(
                    self.type_error("type() doesn't support MRO entry resolution; use types.new_class()")
                );
            }
        }
        let best = self.best_metaclass(metaclass, &items)?;
        if best != metaclass {
            let new = self.heap.slot(best, names::NEW);
            if self.heap.lookup(types::TYPE, names::NEW) != Some(new) {
                let callable = self.unwrap_static(new);
                let mut args = args.without_first();
                args.prepend(Value::object(best));
                return self.call(callable, args);
            }
        }
        let mut handles = Vec::with_capacity(items.len());
        for base in items {
            match base.handle().filter(|_| self.is_class(base)) {
                Some(base) => handles.push(base),
                None => return Err(self.type_error("bases must be types")),
            }
        }
        if handles.is_empty() {
            handles.push(types::OBJECT);
        }
        let namespace = namespace.handle().expect("a dict is a heap object");
        if slots.is_none()
            && let Some(declared) = self.heap.get_name(namespace, names::SLOTS)
            && self.slots_are_gone_through(declared)
        {
            self.best_base(&handles)?;
            let listed = self.collect(declared, Collected::Tuple)?;
            let mut args = args.clone();
            args.prepend(Value::NONE);
            return self.continue_with("type.__new__", listed, args, 0, |m, args| {
                m.new_class_with(&args.without_first(), Some(args.at(0)))
            });
        }
        let own_mro = self.has_own_mro(best);
        let parts = crate::machine::class::Parts { metaclass: best, name, bases: handles, namespace, slots };
        let class = self.make_class(&parts)?;
        let (names, values): (Vec<Value>, Vec<Value>) = args.keywords().unzip();
        let keywords = Args::with_names(values, names);
        let task = NewClass::new(&self.heap, class, keywords);
        self.heap.class_mut(class).is_unordered = own_mro;
        self.begin(if own_mro { task.with_own_mro() } else { task })
    }

    /// Takes over the method resolution order that a metaclass has given.
    pub(super) fn take_mro(&mut self, class: Handle, order: Value) -> Result<(), Raise> {
        let items = self.tuple_items(order).to_vec();
        let mut order = Vec::with_capacity(items.len());
        for item in items {
            let Some(owner) = item.handle().filter(|_| self.is_class(item)) else {
                let kind = self.class_name(item);
                return Err(self.type_error(format!("mro() returned a non-class ('{kind}')")));
            };
            let layout = self.heap.class(owner).layout;
            if layout != Layout::Plain
                && !self.heap.class(class).mro.contains(&owner)
                && layout != self.heap.class(class).layout
            {
                let name = self.heap.class(owner).name.clone();
                return Err(self.type_error(format!("mro() returned base with unsuitable layout ('{name}')")));
            }
            order.push(owner);
        }
        if order.is_empty() {
            return Err(self.type_error("type MRO must not be empty"));
        }
        self.put_mro(class, order.into());
        Ok(())
    }

    fn check_class_arguments(&mut self, name: Value, bases: Value, namespace: Value) -> Result<(), Raise> {
        let wrong = [
            (1, "str", name, matches!(self.heap.payload_of(name), Some(Payload::Str(_)))),
            (2, "tuple", bases, matches!(self.heap.payload_of(bases), Some(Payload::Tuple(_)))),
            (3, "dict", namespace, matches!(self.heap.payload_of(namespace), Some(Payload::Dict(_)))),
        ]
        .into_iter()
        .find(|(_, _, _, right)| !right);
        let Some((number, wanted, value, _)) = wrong else { return Ok(()) };
        let given = self.argument_class(value);
        Err(self.type_error(format!("type.__new__() argument {number} must be {wanted}, not {given}")))
    }
}
