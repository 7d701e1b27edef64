//! `cls.__bases__ = …`: the class and all that derive from it get their method resolution order anew, which a metaclass
//! may say with a `mro()` of its own.

use std::rc::Rc;

use super::{Collected, Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// A method resolution order.
type Order = Rc<[Handle]>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The next class gets its order.
    Next,
    /// The `mro()` of its metaclass runs.
    Mro,
    /// What that gave is gone through.
    Items,
}

/// Gives a class other bases.
#[derive(Clone, Debug, Hash)]
pub struct Assigning {
    class: Handle,
    new: Vec<Handle>,
    new_base: Handle,
    old: Vec<Handle>,
    old_base: Option<Handle>,
    /// The classes still to be ordered anew, the next one last.
    todo: Vec<Handle>,
    /// Those that have been, with the order they had and the one they were given, and the one at hand.
    done: Vec<(Handle, Order, Option<Order>)>,
    phase: Phase,
}

/// See [`Assigning`].
pub type AssignBases = Steps<Assigning>;

impl AssignBases {
    /// Lets `class` derive from `new`, of which `new_base` decides what instances look like.
    pub fn of(heap: &Heap, class: Handle, new: Vec<Handle>, new_base: Handle) -> Self {
        let object = heap.class(class);
        let (old, old_base) = (object.bases.clone(), object.base);
        let (todo, done) = (vec![class], Vec::new());
        Self::new(Assigning { class, new, new_base, old, old_base, todo, done, phase: Phase::Next })
    }
}

impl Assigning {
    /// Puts other bases in the place of those the class has.
    fn put(&self, m: &mut Machine, bases: &[Handle], base: Option<Handle>) {
        for held in bases.iter().chain(&base) {
            m.heap.retain_handle(*held);
        }
        let object = m.heap.class_mut(self.class);
        let old = std::mem::replace(&mut object.bases, bases.to_vec());
        let old_base = std::mem::replace(&mut object.base, base);
        for held in old.iter().chain(&old_base) {
            m.heap.release_handle(*held);
        }
    }

    /// Orders classes anew until a metaclass has to be asked, or all are done.
    fn go_on(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        while let Some(class) = self.todo.pop() {
            self.done.push((class, Rc::clone(&m.heap.class(class).mro), None));
            if m.has_own_mro(m.heap.get(class).class) {
                let class = Value::object(class);
                let method = m.heap.special(class, names::MRO_METHOD).expect("type has mro()");
                self.phase = Phase::Mro;
                return Ok(m.call_method(method, class, Args::default())?.into());
            }
            let order = m.linear_order(class)?;
            m.put_mro(class, order.into());
            self.ordered(m);
        }
        if m.heap.class(self.class).bases == self.new {
            for base in &self.old {
                m.heap.class_mut(*base).subclasses.retain(|subclass| *subclass != self.class);
            }
            for base in &self.new {
                m.heap.class_mut(*base).subclasses.push(self.class);
            }
        }
        Ok(Do::Done(Value::NONE))
    }

    /// The class at hand has its order: those that derive from it are next.
    fn ordered(&mut self, m: &Machine) {
        let Some((class, _, given)) = self.done.last_mut() else { return };
        *given = Some(Rc::clone(&m.heap.class(*class).mro));
        let class = *class;
        self.todo.extend(m.heap.class(class).subclasses.iter().rev());
    }
}

impl Stepwise for Assigning {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.phase, got) {
            (Phase::Mro, Got::Value(order)) => {
                self.phase = Phase::Items;
                return Ok(m.collect(order, Collected::Tuple)?.into());
            }
            (Phase::Items, Got::Value(order)) => {
                let (class, before, _) = self.done.last().cloned().expect("a class is being ordered");
                // Its mro() may itself have assigned bases: then that has decided.
                if Rc::ptr_eq(&m.heap.class(class).mro, &before) {
                    m.take_mro(class, order)?;
                    self.ordered(m);
                }
            }
            (Phase::Next | Phase::Mro | Phase::Items, _) => {
                let new = self.new.clone();
                self.put(m, &new, Some(self.new_base));
            }
        }
        self.phase = Phase::Next;
        self.go_on(m)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        let classes = [self.class, self.new_base].into_iter().chain(self.new.iter().copied());
        let before = self.old.iter().copied().chain(self.old_base);
        classes.chain(before).chain(self.todo.iter().copied()).map(Value::object).for_each(&mut *visit);
        for (class, order, given) in &self.done {
            let order = order.iter().chain(given.iter().flat_map(|given| given.iter()));
            visit(Value::object(*class));
            order.copied().map(Value::object).for_each(&mut *visit);
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let name = &heap.class(self.class).name;
        match self.done.last() {
            Some((class, ..)) => format!("{name}.__bases__ = …: mro() of {} runs", heap.class(*class).name),
            None => format!("{name}.__bases__ = …"),
        }
    }

    fn abandon(&mut self, m: &mut Machine) {
        for (class, order, given) in std::mem::take(&mut self.done).into_iter().rev() {
            // Python code may have given it another one since.
            if given.is_some_and(|given| Rc::ptr_eq(&m.heap.class(class).mro, &given)) {
                m.put_mro(class, order);
            }
        }
        if m.heap.class(self.class).bases == self.new {
            let old = self.old.clone();
            self.put(m, &old, self.old_base);
        }
    }
}

impl Machine {
    /// Whether a metaclass says with a `mro()` of its own what its classes inherit from.
    pub(in crate::machine) fn has_own_mro(&self, metaclass: Handle) -> bool {
        metaclass != types::TYPE
            && self.heap.lookup(metaclass, names::MRO_METHOD)
                != self.heap.lookup(types::TYPE, names::MRO_METHOD)
    }

    /// Puts another method resolution order in the place of the one a class has.
    pub(in crate::machine) fn put_mro(&mut self, class: Handle, order: Rc<[Handle]>) {
        for owner in order.iter() {
            self.heap.retain_handle(*owner);
        }
        let now = self.heap.now;
        let object = self.heap.class_mut(class);
        object.changed = (object.changed.0.saturating_add(1), now);
        let old = std::mem::replace(&mut object.mro, order);
        for owner in old.iter() {
            self.heap.release_handle(*owner);
        }
        self.heap.remember(class);
    }
}
