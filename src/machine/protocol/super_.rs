//! `super`: attributes of the classes behind a class in the MRO of another.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::attribute::Method;

impl Machine {
    /// `super(class, receiver).name`.
    pub fn super_attr(&mut self, class: Value, receiver: Value, name: Handle) -> Eval {
        match self.super_method(class, receiver, name)? {
            Method::Unbound { function, receiver } => self.bind_descriptor(function, receiver),
            Method::Bound(flow) => Ok(flow),
        }
    }

    /// `super(class, receiver).name`, to be called at once.
    pub fn super_method(&mut self, class: Value, receiver: Value, name: Handle) -> Result<Method, Raise> {
        let Some(handle) = class.handle().filter(|_| self.is_class(class)) else {
            return Err(self.not_a_class_for_super(class));
        };
        let start = self.super_type(handle, receiver)?;
        if let Some(found) = self.find_behind(handle, start, name) {
            let plain = self.looks_up_plainly(receiver, self.heap.class_of(receiver));
            if plain && self.is_plain_method(found) {
                return Ok(Method::Unbound { function: found, receiver });
            }
            return self.bind_super_attr(found, receiver, start).map(Method::Bound);
        }
        let parts = [class, receiver, Value::object(start)];
        let object = self.heap.alloc(types::SUPER, Payload::Super(Box::new(parts)));
        self.get_attr(Value::object(object), name).map(Method::Bound)
    }

    /// `.name` of what something that is not the builtin `super` returns when called as it would be.
    pub fn call_other_super(&mut self, callable: Value, args: Option<(Value, Value)>, name: Handle) -> Eval {
        let args = args.map_or_else(Vec::new, |(class, receiver)| vec![class, receiver]);
        let object = self.call(callable, Args::new(args))?;
        self.get_attr_of(object, name)
    }

    /// An attribute of a `super` object.
    pub(in crate::machine) fn find_super_attr(
        &mut self,
        object: Value,
        name: Handle,
    ) -> Result<Option<Flow>, Raise> {
        if let Some(Payload::Super(parts)) = self.heap.payload_of(object)
            && let [class, receiver, start] = **parts
            && let (Some(class), Some(start)) = (class.handle(), start.handle())
            && let Some(found) = self.find_behind(class, start, name)
        {
            return self.bind_super_attr(found, receiver, start).map(Some);
        }
        self.find_plain_attr(object, name)
    }

    /// Looks `name` up in the MRO of `start`, behind `class`.  `__class__` is that of the super object.
    fn find_behind(&self, class: Handle, start: Handle, name: Handle) -> Option<Value> {
        if name == names::CLASS {
            return None;
        }
        let mro = &self.heap.class(start).mro;
        let at = mro.iter().position(|owner| *owner == class)?;
        mro[at + 1..].iter().find_map(|owner| self.heap.get_name(self.heap.class(*owner).namespace, name))
    }

    fn bind_super_attr(&mut self, found: Value, receiver: Value, start: Handle) -> Eval {
        let receiver = (receiver != Value::object(start)).then_some(receiver);
        self.bind(found, receiver, start)
    }

    /// The type whose MRO `super(class, receiver)` goes through.
    pub(in crate::machine) fn super_type(&mut self, class: Handle, receiver: Value) -> Result<Handle, Raise> {
        if let Some(handle) = receiver.handle().filter(|_| self.is_class(receiver))
            && self.heap.is_subclass(handle, class)
        {
            return Ok(handle);
        }
        let own = self.heap.class_of(receiver);
        if self.heap.is_subclass(own, class) {
            return Ok(own);
        }
        let wanted = self.heap.class(class).name.clone();
        let given = match self.heap.payload_of(receiver) {
            Some(Payload::Class(class)) => format!("type {}", class.name),
            _ => format!("instance of {}", self.class_name(receiver)),
        };
        Err(self.type_error(format!(
            "super(type, obj): obj ({given}) is not an instance or subtype of type ({wanted})."
        )))
    }

    /// `super.__get__`: an unbound super object becomes one for `receiver`.
    pub(in crate::machine) fn bind_super(&mut self, unbound: Value, class: Value, receiver: Value) -> Eval {
        let kind = self.heap.class_of(unbound);
        if kind != types::SUPER {
            return self.call(Value::object(kind), Args::new([class, receiver]));
        }
        let handle = class.handle().expect("super has a class");
        let start = self.super_type(handle, receiver)?;
        let parts = [class, receiver, Value::object(start)];
        Ok(Value::object(self.heap.alloc(types::SUPER, Payload::Super(Box::new(parts)))).into())
    }

    #[cold]
    pub(in crate::machine) fn not_a_class_for_super(&mut self, given: Value) -> Raise {
        let given = self.class_name(given);
        self.type_error(format!("super() argument 1 must be a type, not {given}"))
    }
}
