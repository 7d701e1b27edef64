//! Making classes: which bases go together, what instances look like, what the namespace becomes.
//!
//! A class is made in one step, by [`Machine::make_class`]; what runs Python code before and after it
//! (`__prepare__`, the body, `__set_name__`, `__init_subclass__`) are tasks.

mod bases;
mod layout;
mod slots;

use std::rc::Rc;

use super::Machine;
use super::mro;
use super::names;
use super::object::accessors;
use super::object::class::{Class, Hooks};
use super::object::text_signature::signature_in_docstring;
use super::object::{Payload, types};
use super::raise::Raise;
use super::value::{Handle, Value};

pub(in crate::machine) use slots::SlotNames;

/// What a class is made of.
#[derive(Debug)]
pub(in crate::machine) struct Parts {
    /// The metaclass.
    pub metaclass: Handle,
    /// `__name__`, a str.
    pub name: Value,
    /// The bases, at least one.
    pub bases: Vec<Handle>,
    /// The namespace, which is copied.
    pub namespace: Handle,
    /// What `__slots__` gave, where it had to be gone through.
    pub slots: Option<Value>,
}

impl Machine {
    /// The most derived of `metaclass` and the types of `bases`.
    pub(in crate::machine) fn best_metaclass(
        &mut self,
        metaclass: Handle,
        bases: &[Value],
    ) -> Result<Handle, Raise> {
        let mut best = metaclass;
        for base in bases {
            let own = self.heap.class_of(*base);
            if self.heap.is_subclass(best, own) {
                continue;
            }
            if !self.heap.is_subclass(own, best) {
                return Err(self.type_error(
                    "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of \
                     the metaclasses of all its bases",
                ));
            }
            best = own;
        }
        Ok(best)
    }

    /// `type.__new__` up to the point where Python code hears of the class.
    pub(in crate::machine) fn make_class(&mut self, parts: &Parts) -> Result<Handle, Raise> {
        let base = self.best_base(&parts.bases)?;
        let slots = self.declared_slots(parts, base)?;
        let name = self.class_name_text(parts.name)?;
        let qualname = self.qualname_from(parts.namespace)?.unwrap_or_else(|| Rc::clone(&name));
        let namespace = self.class_namespace(parts.namespace)?;
        let doc = self.heap.get_name(namespace, names::DOC).filter(|doc| self.heap.text_of(*doc).is_some());
        if let Some(doc) = doc {
            self.check_utf8(doc)?;
        }
        let doc = doc.and_then(|doc| self.heap.text_of(doc));
        let text_signature = doc.and_then(|doc| signature_in_docstring(&name, &doc.to_string_lossy()));
        let inherited = self.heap.class(base);
        let class = Class {
            name,
            qualname,
            bases: parts.bases.clone(),
            base: Some(base),
            mro: Rc::new([]),
            module: "",
            doc: None,
            text_signature,
            namespace,
            layout: slots.layout(inherited),
            builtin: false,
            subclassable: true,
            has_dict: inherited.has_dict || slots.dict,
            has_weakref: inherited.has_weakref || slots.weakref,
            slots: inherited.slots + slots.members.len() as u32,
            is_abstract: false,
            has_del: false,
            hooks: Hooks::default(),
            subclasses: Vec::new(),
            is_unordered: false,
            changed: (0, self.heap.now),
            collection: None,
        };
        let first = inherited.slots;
        let class = self.heap.alloc(parts.metaclass, Payload::Class(Box::new(class)));
        self.set_mro(class)?;
        self.fill_class_cells(class)?;
        for base in &parts.bases {
            self.heap.class_mut(*base).subclasses.push(class);
        }
        self.add_descriptors(class, &slots, first);
        self.finish_namespace(class);
        self.heap.remember(class);
        self.heap.class_mut(class).changed.0 = 0;
        Ok(class)
    }

    fn set_mro(&mut self, class: Handle) -> Result<(), Raise> {
        let waits = self.has_own_mro(self.heap.get(class).class)
            && self.heap.class(class).bases.iter().any(|base| self.heap.class(*base).is_unordered);
        // Python code is asked for the order then, and hears of a base that has none itself.
        let order = if waits { vec![class] } else { self.linear_order(class)? };
        for held in &order {
            self.heap.retain_handle(*held);
        }
        self.heap.class_mut(class).mro = order.into();
        Ok(())
    }

    /// The method resolution order of a class by its bases alone: what `type.mro` gives.
    pub(in crate::machine) fn linear_order(&mut self, class: Handle) -> Result<Vec<Handle>, Raise> {
        let bases = self.heap.class(class).bases.clone();
        if let Some(base) = bases.iter().find(|base| self.heap.class(**base).is_unordered) {
            let name = self.heap.class(*base).name.clone();
            return Err(self.type_error(format!("Cannot extend an incomplete type '{name}'")));
        }
        let orders: Vec<(Handle, Rc<[Handle]>)> =
            bases.iter().map(|base| (*base, Rc::clone(&self.heap.class(*base).mro))).collect();
        let orders: Vec<(Handle, &[Handle])> = orders.iter().map(|(base, mro)| (*base, &**mro)).collect();
        match mro::linearize(class, &orders) {
            Ok(order) => Ok(order),
            Err(error) => {
                // Without an MRO the class is nothing; it goes at the end of the step.
                let message = error.message(|class| self.heap.class(*class).name.clone());
                Err(self.type_error(message))
            }
        }
    }

    fn class_name_text(&mut self, name: Value) -> Result<Rc<str>, Raise> {
        self.check_utf8(name)?;
        let text = self.str_text(name).to_string_lossy();
        if text.contains('\0') {
            return Err(self.value_error("type name must not contain null characters"));
        }
        Ok(text.into())
    }

    fn qualname_from(&mut self, namespace: Handle) -> Result<Option<Rc<str>>, Raise> {
        let Some(qualname) = self.heap.get_name(namespace, names::QUALNAME) else { return Ok(None) };
        match self.heap.text_of(qualname) {
            Some(text) => Ok(Some(text.to_string_lossy().into())),
            None => {
                let given = self.class_name(qualname);
                Err(self.type_error(format!("type __qualname__ must be a str, not {given}")))
            }
        }
    }

    /// The namespace of a new class: a copy of what its body filled, with what every class has.
    fn class_namespace(&mut self, body: Handle) -> Result<Handle, Raise> {
        let namespace = self.copy_dict(body);
        self.heap.delete_name(namespace, names::QUALNAME);
        if self.heap.get_name(namespace, names::MODULE).is_none()
            && let Some(module) = self
                .thread
                .python_frames()
                .next()
                .and_then(|frame| self.heap.get_name(frame.globals, names::NAME))
        {
            self.heap.set_name(namespace, names::MODULE, module);
        }
        self.wrap_function(namespace, names::NEW, types::STATICMETHOD, Payload::StaticMethod);
        self.wrap_function(namespace, names::INIT_SUBCLASS, types::CLASSMETHOD, Payload::ClassMethod);
        self.wrap_function(namespace, names::CLASS_GETITEM, types::CLASSMETHOD, Payload::ClassMethod);
        Ok(namespace)
    }

    /// These are static or class methods even where the class body says nothing of it.
    fn wrap_function(&mut self, namespace: Handle, name: Handle, kind: Handle, wrap: fn(Value) -> Payload) {
        if let Some(function) = self.heap.get_name(namespace, name)
            && matches!(self.heap.payload_of(function), Some(Payload::Function(_)))
        {
            let wrapped = self.heap.alloc(kind, wrap(function));
            self.heap.set_name(namespace, name, Value::object(wrapped));
        }
    }

    fn add_descriptors(&mut self, class: Handle, slots: &SlotNames, first: u32) {
        for (index, name) in (first..).zip(&slots.members) {
            let member = self.new_member(class, *name, index);
            let namespace = self.heap.class(class).namespace;
            self.heap.set_name(namespace, *name, member);
        }
        let namespace = self.heap.class(class).namespace;
        for (wanted, accessor, name) in [
            (slots.dict, &accessors::INSTANCE_DICT, names::DICT),
            (slots.weakref, &accessors::WEAKREF, names::WEAKREF),
        ] {
            if wanted && self.heap.get_name(namespace, name).is_none() {
                let descriptor =
                    self.heap.alloc(types::GETSET_DESCRIPTOR, Payload::Accessor(accessor, class));
                self.heap.set_name(namespace, name, Value::object(descriptor));
            }
        }
    }

    fn finish_namespace(&mut self, class: Handle) {
        let namespace = self.heap.class(class).namespace;
        if self.heap.get_name(namespace, names::DOC).is_none() {
            self.heap.set_name(namespace, names::DOC, Value::NONE);
        }
        // Who says what is equal must say what hashes alike.
        if self.heap.get_name(namespace, names::EQ).is_some()
            && self.heap.get_name(namespace, names::HASH).is_none()
        {
            self.heap.set_name(namespace, names::HASH, Value::NONE);
        }
    }

    /// The cells through which the class body's functions know the class and its namespace.
    fn fill_class_cells(&mut self, class: Handle) -> Result<(), Raise> {
        let namespace = self.heap.class(class).namespace;
        if let Some(cell) = self.heap.get_name(namespace, names::CLASSCELL) {
            let Some(handle) = self.cell_handle(cell) else {
                let shown = self.class_title(self.heap.class_of(cell));
                return Err(
                    self.type_error(format!("__classcell__ must be a nonlocal cell, not <class '{shown}'>"))
                );
            };
            self.set_cell(handle, Some(Value::object(class)));
            self.heap.delete_name(namespace, names::CLASSCELL);
        }
        if let Some(cell) = self.heap.get_name(namespace, names::CLASSDICTCELL) {
            let Some(handle) = self.cell_handle(cell) else {
                let shown = self.class_title(self.heap.class_of(cell));
                return Err(self.type_error(format!(
                    "__classdictcell__ must be a nonlocal cell, not <class '{shown}'>"
                )));
            };
            self.set_cell(handle, Some(Value::object(namespace)));
            self.heap.delete_name(namespace, names::CLASSDICTCELL);
        }
        Ok(())
    }

    fn cell_handle(&self, cell: Value) -> Option<Handle> {
        cell.handle().filter(|cell| matches!(self.heap.payload(*cell), Payload::Cell(_)))
    }

    /// Changes what a cell holds.
    pub(in crate::machine) fn set_cell(&mut self, cell: Handle, value: Option<Value>) {
        if let Some(value) = value {
            self.heap.retain(value);
        }
        if let Payload::Cell(content) = self.heap.payload_mut(cell)
            && let Some(old) = std::mem::replace(content, value)
        {
            self.heap.release(old);
        }
    }

    /// A copy of a dict, in its order.
    pub(in crate::machine) fn copy_dict(&mut self, dict: Handle) -> Handle {
        let copy = self.heap.dict(dict).clone();
        let copy = copy.copy().unwrap_or(copy);
        self.heap.alloc(types::DICT, Payload::Dict(Box::new(copy)))
    }
}
