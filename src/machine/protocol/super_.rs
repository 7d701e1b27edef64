//! `super`: attributes of the classes behind a class in the MRO of another.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::object::function::NativeBody;
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
        let Some(start) = self.super_start(handle, receiver) else {
            let names = [class, receiver, Value::object(name)];
            let found = self.with_claimed_start(names, |m, args| {
                let (start, name) = (m.claimed_start(args)?, args.at(3).handle().expect("a name is a str"));
                m.super_attr_from(args.at(1), args.at(2), start, name)
            });
            return found.map(Method::Bound);
        };
        if let Some(found) = self.find_behind(handle, start, name) {
            let plain = self.looks_up_plainly(receiver, self.heap.class_of(receiver));
            if plain && self.is_plain_method(found) {
                return Ok(Method::Unbound { function: found, receiver });
            }
            return self.bind_super_attr(found, receiver, start).map(Method::Bound);
        }
        self.super_attr_from(class, receiver, start, name).map(Method::Bound)
    }

    /// `.name` of a super object that goes through the MRO of `start`.
    fn super_attr_from(&mut self, class: Value, receiver: Value, start: Handle, name: Handle) -> Eval {
        let object = self.new_super(class, receiver, start);
        self.get_attr(object, name)
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

    /// The type whose MRO `super(class, receiver)` goes through; `None` where the receiver is of another, and only its
    /// `__class__` may say what it is.
    pub(in crate::machine) fn super_start(&self, class: Handle, receiver: Value) -> Option<Handle> {
        if let Some(handle) = receiver.handle().filter(|_| self.is_class(receiver))
            && self.heap.is_subclass(handle, class)
        {
            return Some(handle);
        }
        let own = self.heap.class_of(receiver);
        self.heap.is_subclass(own, class).then_some(own)
    }

    /// Asks the receiver of a super object for its `__class__`, and does `body` with that, the class, the receiver, and
    /// what is third.
    pub(in crate::machine) fn with_claimed_start(
        &mut self,
        [class, receiver, third]: [Value; 3],
        body: NativeBody,
    ) -> Eval {
        let claimed = self.get_attr_or(receiver, names::CLASS, Value::NONE)?;
        let args = Args::new([Value::NONE, class, receiver, third]);
        self.continue_with("super", claimed, args, 0, body)
    }

    /// The type whose MRO is gone through, by what the receiver says.
    pub(in crate::machine) fn claimed_start(&mut self, args: &Args) -> Result<Handle, Raise> {
        let (claimed, class, receiver) = (args.at(0), args.at(1), args.at(2));
        let class = class.handle().expect("super has a class");
        let claim = claimed.handle().filter(|_| self.is_class(claimed));
        if let Some(claim) = claim.filter(|claim| self.heap.is_subclass(*claim, class)) {
            return Ok(claim);
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
        match self.super_start(handle, receiver) {
            Some(start) => Ok(self.new_super(class, receiver, start).into()),
            None => self.with_claimed_start([class, receiver, Value::NONE], |m, args| {
                let start = m.claimed_start(args)?;
                Ok(m.new_super(args.at(1), args.at(2), start).into())
            }),
        }
    }

    fn new_super(&mut self, class: Value, receiver: Value, start: Handle) -> Value {
        let parts = [class, receiver, Value::object(start)];
        Value::object(self.heap.alloc(types::SUPER, Payload::Super(Box::new(parts))))
    }

    #[cold]
    pub(in crate::machine) fn not_a_class_for_super(&mut self, given: Value) -> Raise {
        let given = self.class_name(given);
        self.type_error(format!("super() argument 1 must be a type, not {given}"))
    }
}
