//! Descriptors: what an attribute found on a type gives for an instance, or for the type itself.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Eval;
use super::super::names;
use super::super::native::holding;
use super::super::object::function::{Binding, NativeKind};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

/// What one of an object's `__slots__` holds.
enum SlotContent {
    /// A value.
    Value(Value),
    /// Nothing yet, or nothing any more.
    Unset,
    /// The object has no such slot.
    NoSlot,
}

impl Machine {
    /// Whether `method`, found on a type, is a function that simply takes the receiver as its first
    /// argument.
    #[inline]
    pub fn is_plain_method(&self, method: Value) -> bool {
        match self.heap.payload_of(method) {
            Some(Payload::Function(_)) => true,
            Some(Payload::Native(native, Binding::Owner(_))) => {
                matches!(native.kind, NativeKind::Method | NativeKind::Wrapper)
            }
            Some(Payload::Extension(_)) => self.heap.class_of(method) == types::LRU_CACHE_WRAPPER,
            _ => false,
        }
    }

    /// Whether `value` is a descriptor that decides about setting an attribute too, so that the
    /// instance's own attributes come after it.
    #[inline]
    pub(in crate::machine) fn is_data_descriptor(&self, value: Value) -> bool {
        let Some(handle) = value.handle() else { return false };
        let object = self.heap.get(handle);
        matches!(
            object.payload(),
            Payload::Property(_) | Payload::Accessor(..) | Payload::Member(_) | Payload::TupleGetter(..)
        ) || self.heap.class(object.class).hooks.set
    }

    /// Whether a data descriptor has a `__get__`, too: without one it leaves reading to the instance.
    pub(in crate::machine) fn can_be_read(&self, descriptor: Value) -> bool {
        let Some(object) = descriptor.handle().map(|handle| self.heap.get(handle)) else { return false };
        !matches!(object.payload(), Payload::Plain) || self.heap.class(object.class).hooks.get
    }

    /// The function in a staticmethod; anything else as it is.
    pub fn unwrap_static(&self, value: Value) -> Value {
        match self.heap.payload_of(value) {
            Some(Payload::StaticMethod(function)) => *function,
            _ => value,
        }
    }

    /// What a descriptor found on the type of `receiver` gives for it: a bound method, a property's
    /// value.  What is no descriptor gives itself.
    pub fn bind_descriptor(&mut self, descriptor: Value, receiver: Value) -> Eval {
        let class = self.heap.class_of(receiver);
        self.bind(descriptor, Some(receiver), class)
    }

    /// `descriptor.__get__(receiver, class)`; without a receiver, what it gives for the class itself.
    pub(in crate::machine) fn bind(
        &mut self,
        descriptor: Value,
        receiver: Option<Value>,
        class: Handle,
    ) -> Eval {
        let Some(handle) = descriptor.handle() else { return Ok(descriptor.into()) };
        let object = self.heap.get(handle);
        if self.heap.class(object.class).hooks.get {
            let get = self.heap.lookup(object.class, names::GET).expect("the hook stands for __get__");
            let args = Args::new([receiver.unwrap_or(Value::NONE), Value::object(class)]);
            // The descriptor was found in a class, which may lose it.
            return Ok(holding("__get__", [descriptor], self.call_method(get, descriptor, args)?));
        }
        self.bind_natively(descriptor, receiver, class)
    }

    /// [`Machine::bind`] as the descriptor's builtin type does it, whatever Python code says.
    pub(in crate::machine) fn bind_natively(
        &mut self,
        descriptor: Value,
        receiver: Option<Value>,
        class: Handle,
    ) -> Eval {
        let Some(handle) = descriptor.handle() else { return Ok(descriptor.into()) };
        let object = self.heap.get(handle);
        let value = match (object.payload(), receiver) {
            (Payload::Function(_), Some(receiver)) => self.new_method(descriptor, receiver),
            (Payload::Native(native, Binding::Owner(owner)), receiver) => {
                let (native, owner) = (*native, *owner);
                let (bound_class, receiver) = match (native.kind, receiver) {
                    (NativeKind::Method, Some(receiver)) => (native.bound, receiver),
                    (NativeKind::Wrapper, Some(receiver)) => (types::METHOD_WRAPPER, receiver),
                    (NativeKind::ClassMethod, _) => (types::BUILTIN_FUNCTION, Value::object(class)),
                    _ => return Ok(descriptor.into()),
                };
                if native.kind != NativeKind::ClassMethod && !self.heap.is_instance(receiver, owner) {
                    return Err(self.wrong_instance(native.name, owner, receiver));
                }
                let payload = Payload::Native(native, Binding::Receiver(receiver));
                Value::object(self.heap.alloc(bound_class, payload))
            }
            (Payload::ClassMethod(function), _) => {
                let function = *function;
                self.new_method(function, Value::object(class))
            }
            (Payload::StaticMethod(function), _) => *function,
            (Payload::Property(property), Some(receiver)) => {
                return match property.getter {
                    Some(getter) => self.call(getter, Args::new([receiver])),
                    None => Err(self.property_error(descriptor, receiver, "getter")),
                };
            }
            (Payload::Accessor(accessor, owner), Some(receiver)) => {
                let (accessor, owner) = (*accessor, *owner);
                if !self.heap.is_instance(receiver, owner) {
                    return Err(self.wrong_instance(accessor.name, owner, receiver));
                }
                return (accessor.get)(self, receiver);
            }
            (Payload::Member(member), Some(receiver)) => {
                let (owner, index) = (member.owner, member.index);
                match self.slot_content(receiver, owner, index) {
                    SlotContent::Value(value) => value,
                    SlotContent::Unset => {
                        let name = self.heap.intern(&*self.member_name(descriptor)).handle();
                        let name = name.expect("a str is a heap object");
                        let class = self.full_class_name(receiver);
                        let text = self.name_text(name);
                        let message = format!("'{class}' object has no attribute '{text}'");
                        return Err(self.attribute_error(message, receiver, name));
                    }
                    SlotContent::NoSlot => {
                        let name = self.member_name(descriptor);
                        return Err(self.wrong_instance(&name, owner, receiver));
                    }
                }
            }
            (Payload::TupleGetter(index, _), Some(receiver)) => {
                let index = *index;
                return self.tuple_field(index, receiver);
            }
            (Payload::Super(parts), Some(receiver)) if parts[1].is_none() => {
                let class = parts[0];
                return self.bind_super(descriptor, class, receiver);
            }
            _ => descriptor,
        };
        Ok(value.into())
    }

    /// A field of a named tuple.
    fn tuple_field(&mut self, index: usize, receiver: Value) -> Eval {
        let Some(Payload::Tuple(items)) = self.heap.payload_of(receiver) else {
            let class = self.class_name(receiver);
            return Err(self.type_error(format!(
                "descriptor for index '{index}' for tuple subclasses doesn't apply to '{class}' object"
            )));
        };
        match items.get(index).copied() {
            Some(item) => Ok(item.into()),
            None => Err(self.raise(types::INDEX_ERROR, "tuple index out of range")),
        }
    }

    /// A function bound to its first argument.
    pub(in crate::machine) fn new_method(&mut self, function: Value, receiver: Value) -> Value {
        Value::object(self.heap.alloc(types::METHOD, Payload::Method { function, receiver }))
    }

    /// Sets an attribute through the data descriptor found on the type of `receiver`, or deletes it
    /// without a value.
    pub(in crate::machine) fn set_through(
        &mut self,
        descriptor: Value,
        receiver: Value,
        value: Option<Value>,
    ) -> Eval {
        let handle = descriptor.handle().expect("a data descriptor is a heap object");
        let object = self.heap.get(handle);
        if self.heap.class(object.class).hooks.set {
            return self.set_through_python(descriptor, receiver, value);
        }
        self.set_through_natively(descriptor, receiver, value)
    }

    /// [`Machine::set_through`] as the descriptor's builtin type does it, whatever Python code says.
    pub(in crate::machine) fn set_through_natively(
        &mut self,
        descriptor: Value,
        receiver: Value,
        value: Option<Value>,
    ) -> Eval {
        let handle = descriptor.handle().expect("a data descriptor is a heap object");
        match self.heap.payload(handle) {
            Payload::Property(property) => {
                let (function, what) = match value {
                    Some(_) => (property.setter, "setter"),
                    None => (property.deleter, "deleter"),
                };
                match function {
                    Some(function) => self.call(function, Args::new([receiver].into_iter().chain(value))),
                    None => Err(self.property_error(descriptor, receiver, what)),
                }
            }
            Payload::Accessor(accessor, owner) => {
                let (accessor, owner) = (*accessor, *owner);
                if !self.heap.is_instance(receiver, owner) {
                    return Err(self.wrong_instance(accessor.name, owner, receiver));
                }
                if let Some(set) = accessor.set_later {
                    return set(self, receiver, value);
                }
                let Some(set) = accessor.set else {
                    let message = if accessor.member {
                        "readonly attribute".to_owned()
                    } else {
                        let owner = self.type_name(owner);
                        format!("attribute '{}' of '{owner}' objects is not writable", accessor.name)
                    };
                    return Err(self.raise(types::ATTRIBUTE_ERROR, message));
                };
                set(self, receiver, value)?;
                Ok(Value::NONE.into())
            }
            Payload::Member(member) => {
                let (owner, index) = (member.owner, member.index);
                match self.slot_content(receiver, owner, index) {
                    SlotContent::NoSlot => {
                        let name = self.member_name(descriptor);
                        return Err(self.wrong_instance(&name, owner, receiver));
                    }
                    SlotContent::Unset if value.is_none() => {
                        let name = self.member_name(descriptor);
                        return Err(self.raise(types::ATTRIBUTE_ERROR, &*name));
                    }
                    SlotContent::Value(_) | SlotContent::Unset => {}
                }
                self.set_slot_value(receiver, index, value);
                Ok(Value::NONE.into())
            }
            Payload::TupleGetter(..) => {
                let what = if value.is_some() { "set" } else { "delete" };
                Err(self.raise(types::ATTRIBUTE_ERROR, format!("can't {what} attribute")))
            }
            _ => panic!("only a data descriptor is asked to set"),
        }
    }

    /// `descriptor.__set__(receiver, value)`, or `descriptor.__delete__(receiver)`.
    fn set_through_python(&mut self, descriptor: Value, receiver: Value, value: Option<Value>) -> Eval {
        let name = if value.is_some() { names::SET } else { names::DELETE };
        match self.heap.special(descriptor, name) {
            Some(method) => {
                let args = Args::new([receiver].into_iter().chain(value));
                let set = self.call_method(method, descriptor, args)?;
                Ok(holding("__set__", [descriptor], set))
            }
            None => Err(self.raise_with(types::ATTRIBUTE_ERROR, vec![Value::object(name)])),
        }
    }

    #[cold]
    fn wrong_instance(&mut self, name: &str, owner: Handle, receiver: Value) -> Raise {
        let owner = self.type_name(owner);
        let given = self.class_name(receiver);
        self.type_error(format!(
            "descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object"
        ))
    }

    /// The error of a property that cannot be read, set or deleted.
    #[cold]
    fn property_error(&mut self, descriptor: Value, receiver: Value, missing: &str) -> Raise {
        let class = self.heap.class(self.heap.class_of(receiver)).qualname.clone();
        let name = self.property_name(descriptor).map(|name| self.brief_repr(name));
        let message = match name {
            Some(name) => format!("property {name} of '{class}' object has no {missing}"),
            None => format!("property of '{class}' object has no {missing}"),
        };
        self.raise(types::ATTRIBUTE_ERROR, message)
    }

    /// `__name__` of a property that the program or a class body has set, else that of its getter.
    pub(in crate::machine) fn property_name(&self, property: Value) -> Option<Value> {
        let Some(Payload::Property(property)) = self.heap.payload_of(property) else { return None };
        property.name.or_else(|| match self.heap.payload_of(property.getter?) {
            Some(Payload::Function(function)) => Some(function.name),
            _ => None,
        })
    }

    /// `repr()` of a str, for messages.
    pub(in crate::machine) fn brief_repr(&self, value: Value) -> String {
        match self.heap.text_of(value) {
            Some(text) => text.repr().to_string_lossy().into_owned(),
            None => self.heap.brief(value, 200),
        }
    }

    fn member_name(&self, descriptor: Value) -> std::rc::Rc<str> {
        match self.heap.payload_of(descriptor) {
            Some(Payload::Member(member)) => std::rc::Rc::clone(&member.name),
            _ => panic!("a slot is described by a member"),
        }
    }

    /// What is in a slot of `receiver`.
    fn slot_content(&self, receiver: Value, owner: Handle, index: u32) -> SlotContent {
        if !self.heap.is_instance(receiver, owner) {
            return SlotContent::NoSlot;
        }
        let slots = receiver.handle().map(|receiver| self.heap.get(receiver).slots());
        match slots.and_then(|slots| slots.get(index as usize)) {
            Some(Some(value)) => SlotContent::Value(*value),
            Some(None) => SlotContent::Unset,
            None => SlotContent::NoSlot,
        }
    }

    fn set_slot_value(&mut self, receiver: Value, index: u32, value: Option<Value>) {
        let handle = receiver.handle().expect("an object with slots is a heap object");
        if let Some(value) = value {
            self.heap.retain(value);
        }
        let slots = self.heap.get_mut(handle).slots_mut();
        if let Some(old) = std::mem::replace(&mut slots[index as usize], value) {
            self.heap.release(old);
        }
    }
}
