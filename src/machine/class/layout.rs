//! Layouts: which base decides what instances look like, and which bases are in each other's way.

use std::rc::Rc;

use super::super::Machine;
use super::super::object::class::Layout;
use super::super::object::type_flags;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::Handle;

impl Machine {
    /// The class along the line of bases of `class` that last added something to what instances hold.
    pub(in crate::machine) fn solid_base(&self, class: Handle) -> Handle {
        let mut at = class;
        loop {
            let object = self.heap.class(at);
            let Some(base) = object.base else { return at };
            if object.builtin {
                return match object.layout {
                    Layout::Builtin(owner) => owner,
                    Layout::Plain | Layout::Slots => types::OBJECT,
                };
            }
            if object.slots > self.heap.class(base).slots {
                return at;
            }
            at = base;
        }
    }

    /// The base whose instances those of the new class look like.
    pub(in crate::machine) fn best_base(&mut self, bases: &[Handle]) -> Result<Handle, Raise> {
        let mut best: Option<(Handle, Handle)> = None;
        for base in bases {
            let class = self.heap.class(*base);
            if !class.subclassable {
                let title = self.class_title(*base);
                return Err(if type_flags::may_be_base(&self.heap, *base) {
                    self.unsupported(format!("classes derived from '{title}'"))
                } else {
                    self.type_error(format!("type '{title}' is not an acceptable base type"))
                });
            }
            let solid = self.solid_base(*base);
            match best {
                Some((winner, _)) if self.heap.is_subclass(winner, solid) => {}
                Some((winner, _)) if !self.heap.is_subclass(solid, winner) => {
                    return Err(self.type_error("multiple bases have instance lay-out conflict"));
                }
                None | Some(_) => best = Some((solid, *base)),
            }
        }
        Ok(best.map_or(types::OBJECT, |(_, base)| base))
    }

    /// Whether an instance of `old` can become one of `new`: they hold the same things.
    pub(in crate::machine) fn same_layout(&self, old: Handle, new: Handle) -> bool {
        let (a, b) = (self.heap.class(old), self.heap.class(new));
        a.has_dict == b.has_dict
            && a.has_weakref == b.has_weakref
            && a.layout == b.layout
            && a.slots == b.slots
            && (a.slots == 0 || self.same_slots(self.solid_base(old), self.solid_base(new)))
    }

    /// Whether two classes are one, or have added the same slots to the same base.
    fn same_slots(&self, one: Handle, other: Handle) -> bool {
        let below = |class: Handle| self.heap.class(class).base.map(|base| self.solid_base(base));
        one == other || below(one) == below(other) && self.own_slots(one) == self.own_slots(other)
    }

    /// The names and places of the slots that a class has added.
    fn own_slots(&self, class: Handle) -> Vec<(u32, Rc<str>)> {
        let namespace = self.heap.dict(self.heap.class(class).namespace);
        let slots = namespace.iter().filter_map(|entry| match self.heap.payload_of(entry.value) {
            Some(Payload::Member(member)) if member.owner == class => {
                Some((member.index, Rc::clone(&member.name)))
            }
            _ => None,
        });
        let mut slots: Vec<_> = slots.collect();
        slots.sort();
        slots
    }
}
