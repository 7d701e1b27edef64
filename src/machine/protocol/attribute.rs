//! Attribute access: `getattr`, `setattr`, methods.
//!
//! The plain way must stay short: the type's MRO, then the instance's own dict, and nothing allocated
//! on the way.  What a class has taken over in Python (`__getattribute__`, `__getattr__`, …) is known
//! from its [`Hooks`](super::super::object::class::Hooks).

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::GetAttribute;
use super::super::object::class::Layout;
use super::super::object::{Payload, type_flags, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

/// An attribute that is about to be called.
#[derive(Debug)]
pub enum Method {
    /// A function found on the type, and its first argument: the object it was looked up on, or for a
    /// class method that object's type.
    Unbound {
        /// What is called.
        function: Value,
        /// The first argument.
        receiver: Value,
    },
    /// Anything else: it is called as it is.
    Bound(Flow),
}

impl Machine {
    /// `object.name`.
    pub fn get_attr(&mut self, object: Value, name: Handle) -> Eval {
        match self.find_attr(object, name)? {
            Some(flow) => Ok(flow),
            None => Err(self.no_attribute(object, name)),
        }
    }

    /// `object.name`, `None` where the plain way finds nothing.  Where Python code has a say, nothing
    /// found is an AttributeError, now or from the frames that are entered.
    pub(in crate::machine) fn find_attr(
        &mut self,
        object: Value,
        name: Handle,
    ) -> Result<Option<Flow>, Raise> {
        let class = self.heap.class_of(object);
        let hooks = self.heap.class(class).hooks;
        if hooks.getattribute || hooks.getattr {
            return self.begin(GetAttribute::new(object, name)).map(Some);
        }
        self.find_attr_natively(object, name)
    }

    /// [`Machine::find_attr`] as the type that is builtin does it, whatever Python code says.
    pub(in crate::machine) fn find_attr_natively(
        &mut self,
        object: Value,
        name: Handle,
    ) -> Result<Option<Flow>, Raise> {
        match self.heap.payload_of(object) {
            Some(Payload::Class(_)) => self.find_class_attr(object, name),
            Some(Payload::Module) => self.find_module_attr(object, name),
            Some(Payload::Super(_)) => self.find_super_attr(object, name),
            Some(Payload::Method { .. } | Payload::GenericAlias(..) | Payload::UnpackedAlias(..)) => {
                self.find_forwarded_attr(object, name)
            }
            Some(Payload::Union(_)) if name == names::MODULE => Ok(Some(self.heap.intern("typing").into())),
            Some(Payload::WeakRef(_)) if self.is_weak_proxy(object) => {
                let behind = self.behind_proxy(object)?;
                self.get_attr(behind, name).map(Some)
            }
            _ => self.find_plain_attr(object, name),
        }
    }

    /// An attribute of a method or a generic alias: where it has none itself, that of its function or
    /// origin.
    fn find_forwarded_attr(&mut self, object: Value, name: Handle) -> Result<Option<Flow>, Raise> {
        let mut at = object;
        loop {
            let (next, own) = match self.heap.payload_of(at) {
                Some(Payload::Method { function, .. }) => (*function, true),
                Some(Payload::GenericAlias(origin, ..)) if self.is_typing_alias(at) => (*origin, true),
                Some(Payload::GenericAlias(origin, ..) | Payload::UnpackedAlias(origin, ..)) => {
                    (*origin, self.is_own_alias_name(name))
                }
                _ => return self.get_attr(at, name).map(Some),
            };
            if own && let Some(flow) = self.find_plain_attr(at, name)? {
                return Ok(Some(flow));
            }
            if self.is_typing_alias(at) {
                // The origin is asked for names that are not the language's own.
                let text = self.name_text(name);
                if text.starts_with("__") && text.ends_with("__") && !self.is_origins_name(name) {
                    return Err(self.attribute_error(text, at, name));
                }
            } else if own && !matches!(self.heap.payload_of(at), Some(Payload::Method { .. })) {
                return Err(self.no_attribute(at, name));
            }
            at = next;
        }
    }

    /// The plain way: data descriptors of the type, the object's own dict, the rest of the type.
    pub(in crate::machine) fn find_plain_attr(
        &mut self,
        object: Value,
        name: Handle,
    ) -> Result<Option<Flow>, Raise> {
        let class = self.heap.class_of(object);
        let on_type = self.heap.lookup(class, name);
        if let Some(descriptor) = on_type
            && self.is_data_descriptor(descriptor)
            && self.can_be_read(descriptor)
        {
            return self.bind(descriptor, Some(object), class).map(Some);
        }
        if let Some(handle) = object.handle()
            && let Some(value) = self.heap.own_attribute(handle, name)
        {
            return Ok(Some(value.into()));
        }
        match on_type {
            Some(descriptor) => self.bind(descriptor, Some(object), class).map(Some),
            None => Ok(None),
        }
    }

    /// An attribute of a class: the metaclass's data descriptors, the class's MRO, the metaclass's rest.
    fn find_class_attr(&mut self, object: Value, name: Handle) -> Result<Option<Flow>, Raise> {
        let class = object.handle().expect("a class is a heap object");
        let metaclass = self.heap.class_of(object);
        let on_metaclass = self.heap.lookup(metaclass, name);
        if let Some(descriptor) = on_metaclass
            && self.is_data_descriptor(descriptor)
            && self.can_be_read(descriptor)
        {
            return self.bind(descriptor, Some(object), metaclass).map(Some);
        }
        if let Some(value) = self.heap.lookup(class, name) {
            return self.bind(value, None, class).map(Some);
        }
        match on_metaclass {
            Some(descriptor) => self.bind(descriptor, Some(object), metaclass).map(Some),
            None => Ok(None),
        }
    }

    /// An attribute of a module: what its `__getattr__` gives, where there is nothing else.
    fn find_module_attr(&mut self, object: Value, name: Handle) -> Result<Option<Flow>, Raise> {
        let found = self.find_plain_attr(object, name)?;
        let getattr = object.handle().and_then(|module| self.heap.own_attribute(module, names::GETATTR));
        match (found, getattr) {
            (None, Some(getattr)) => self.call(getattr, Args::new([Value::object(name)])).map(Some),
            (found, _) => Ok(found),
        }
    }

    /// `object.name`, to be called at once.
    pub fn get_method(&mut self, object: Value, name: Handle) -> Result<Method, Raise> {
        let class = self.heap.class_of(object);
        if self.looks_up_plainly(object, class)
            && let Some(method) = self.heap.lookup(class, name)
            && self.is_plain_method(method)
        {
            let own = object.handle().and_then(|handle| self.heap.own_attribute(handle, name));
            let unbound = Method::Unbound { function: method, receiver: object };
            return Ok(own.map_or(unbound, |value| Method::Bound(value.into())));
        }
        if self.looks_up_plainly(object, class)
            && let Some(Payload::ClassMethod(function)) =
                self.heap.lookup(class, name).and_then(|found| self.heap.payload_of(found))
            && object.handle().and_then(|handle| self.heap.own_attribute(handle, name)).is_none()
        {
            return Ok(Method::Unbound { function: *function, receiver: Value::object(class) });
        }
        self.get_attr(object, name).map(Method::Bound)
    }

    /// Whether attributes of `object` are looked up in the plain way, CPython's
    /// `PyObject_GenericGetAttr`.
    pub(in crate::machine) fn looks_up_plainly(&self, object: Value, class: Handle) -> bool {
        let hooks = self.heap.class(class).hooks;
        !hooks.getattribute
            && !hooks.getattr
            && !matches!(
                self.heap.payload_of(object),
                Some(
                    Payload::Class(_)
                        | Payload::Module
                        | Payload::Super(_)
                        | Payload::Method { .. }
                        | Payload::GenericAlias(..)
                        | Payload::UnpackedAlias(..)
                )
            )
            && !self.is_weak_proxy(object)
    }

    /// `object.name = value`, or `del object.name` without a value.  The flow's value means nothing.
    pub fn set_attr(&mut self, object: Value, name: Handle, value: Option<Value>) -> Eval {
        let class = self.heap.class_of(object);
        if !self.heap.class(class).hooks.setattr {
            return self.set_attr_natively(object, name, value);
        }
        let special = if value.is_some() { names::SETATTR } else { names::DELATTR };
        let method = self.heap.slot(class, special);
        if self.sets_attributes(method) {
            return self.set_attr_natively(object, name, value);
        }
        let args = Args::new([Value::object(name)].into_iter().chain(value));
        self.call_method(method, object, args)
    }

    /// Whether a method is a `__setattr__` or `__delattr__` of a builtin type.
    fn sets_attributes(&self, method: Value) -> bool {
        matches!(self.heap.payload_of(method), Some(Payload::Native(native, _))
            if matches!(native.name, "__setattr__" | "__delattr__"))
    }

    /// [`Machine::set_attr`] as the type that is builtin does it, whatever Python code says.
    pub(in crate::machine) fn set_attr_natively(
        &mut self,
        object: Value,
        name: Handle,
        value: Option<Value>,
    ) -> Eval {
        if self.is_weak_proxy(object) {
            let behind = self.behind_proxy(object)?;
            return self.set_attr(behind, name, value);
        }
        let class = self.heap.class_of(object);
        let own_class = object.handle().filter(|_| self.is_class(object));
        if let Some(target) = own_class
            && type_flags::is_immutable(&self.heap, target)
        {
            let (attribute, target) = (self.name_repr(name), self.type_name(target));
            return Err(
                self.type_error(format!("cannot set {attribute} attribute of immutable type '{target}'"))
            );
        }
        let on_type = self.heap.lookup(class, name);
        if let Some(descriptor) = on_type
            && self.is_data_descriptor(descriptor)
        {
            return self.set_through(descriptor, object, value);
        }
        let done = match (own_class, object.handle(), value) {
            (Some(target), _, Some(value)) => {
                self.heap.set_class_name(target, name, value);
                true
            }
            (Some(target), _, None) => self.heap.delete_class_name(target, name),
            (None, Some(handle), _) if self.heap.class(class).has_dict => match value {
                Some(value) => {
                    let dict = self.heap.attributes(handle);
                    self.heap.set_name(dict, name, value);
                    true
                }
                None => match self.heap.get(handle).dict {
                    Some(dict) => self.heap.delete_name(dict, name),
                    None => false,
                },
            },
            _ => return Err(self.no_dict(object, name, on_type.is_some())),
        };
        if done { Ok(Value::NONE.into()) } else { Err(self.no_attribute_to_delete(object, name)) }
    }

    /// `object.name(*values)`.
    pub fn call_attr(&mut self, object: Value, name: Handle, values: Vec<Value>) -> Eval {
        self.call_attr_with(object, name, Args::new(values))
    }

    /// `object.name(*args, **keywords)`.
    pub fn call_attr_with(&mut self, object: Value, name: Handle, mut args: Args) -> Eval {
        match self.get_method(object, name)? {
            Method::Unbound { function, receiver } => {
                args.prepend(receiver);
                self.call(function, args)
            }
            Method::Bound(Flow::Value(callable)) => self.call(callable, args),
            Method::Bound(Flow::Enter(entry)) => self.call_later(entry, args),
        }
    }

    /// The AttributeError of `object.name`.
    #[cold]
    pub(in crate::machine) fn no_attribute(&mut self, object: Value, name: Handle) -> Raise {
        let text = self.name_text(name);
        let message = match self.heap.payload_of(object) {
            Some(Payload::Class(class)) => {
                format!("type object '{}' has no attribute '{text}'", class.name_in_messages())
            }
            Some(Payload::Module) => self.no_module_attribute(object, name),
            _ => format!("'{}' object has no attribute '{text}'", self.class_name(object)),
        };
        self.attribute_error(message, object, name)
    }

    #[cold]
    fn no_attribute_to_delete(&mut self, object: Value, name: Handle) -> Raise {
        let text = self.name_text(name);
        let message = match self.heap.payload_of(object) {
            Some(Payload::Class(class)) => {
                format!("type object '{}' has no attribute '{text}'", class.name_in_messages())
            }
            _ => format!("'{}' object has no attribute '{text}'", self.class_name(object)),
        };
        // What keeps its attributes in itself does not say where it looked.
        let class = self.heap.class(self.heap.class_of(object));
        if !class.builtin && class.layout == Layout::Plain && class.has_dict {
            return self.raise(types::ATTRIBUTE_ERROR, message);
        }
        self.attribute_error(message, object, name)
    }

    /// The AttributeError of `object.name = value` where the object has no `__dict__`.
    #[cold]
    fn no_dict(&mut self, object: Value, name: Handle, on_type: bool) -> Raise {
        let (class, text) = (self.class_name(object), self.name_text(name));
        let hooked = self.heap.class(self.heap.class_of(object)).hooks.setattr;
        let message = if on_type {
            format!("'{class}' object attribute '{text}' is read-only")
        } else if hooked {
            format!("'{class}' object has no attribute '{text}'")
        } else {
            format!("'{class}' object has no attribute '{text}' and no __dict__ for setting new attributes")
        };
        self.attribute_error(message, object, name)
    }

    /// `repr()` of a name, for messages.
    pub(in crate::machine) fn name_repr(&self, name: Handle) -> String {
        self.heap.text(name).repr().to_string_lossy().into_owned()
    }
}
