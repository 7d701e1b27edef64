//! Calling: any callable with any arguments.

mod bind;

use super::Machine;
use super::args::Args;
use super::frame::{Entry, Eval, Flow, Frame, Owner, PythonFrame, Resume};
use super::names;
use super::native::Instantiate;
use super::object::Payload;
use super::object::function::NativeKind;
use super::object::types;
use super::raise::Raise;
use super::value::{Handle, Slot, Value};
use crate::code::CodeUnit;

impl Machine {
    /// `callable(*args)`.
    pub fn call(&mut self, callable: Value, mut args: Args) -> Eval {
        let mut callable = callable;
        loop {
            let Some(handle) = callable.handle() else { break };
            match self.heap.payload(handle) {
                Payload::Function(_) => return self.call_function(handle, &args),
                Payload::Native(native, receiver) => {
                    let native = *native;
                    if let Some(receiver) = *receiver {
                        args.prepend(receiver);
                    } else {
                        self.check_receiver(native, &args)?;
                    }
                    let args = self.bind_native(native, args)?;
                    return (native.body)(self, &args);
                }
                Payload::Method { function, receiver } => {
                    args.prepend(*receiver);
                    callable = *function;
                }
                Payload::Class(_) => return self.call_class(handle, args),
                _ => break,
            }
        }
        match self.heap.special(callable, names::CALL) {
            Some(call) => self.call_method(call, callable, args),
            None => {
                let class = self.class_name(callable);
                Err(self.type_error(format!("'{class}' object is not callable")))
            }
        }
    }

    /// Calls the function `method`, found on the type of `receiver`, as a method of it.
    pub fn call_method(&mut self, method: Value, receiver: Value, mut args: Args) -> Eval {
        match self.heap.payload_of(method) {
            Some(Payload::Function(_) | Payload::Native(_, None)) if !self.is_static(method) => {
                args.prepend(receiver);
                self.call(method, args)
            }
            _ => match self.bind_descriptor(method, receiver)? {
                Flow::Value(bound) => self.call(bound, args),
                Flow::Enter(entry) => self.call_later(entry, args),
            },
        }
    }

    fn is_static(&self, method: Value) -> bool {
        match self.heap.payload_of(method) {
            Some(Payload::Native(native, _)) => matches!(
                native.kind,
                NativeKind::New | NativeKind::StaticMethod | NativeKind::Function | NativeKind::ClassMethod
            ),
            _ => false,
        }
    }

    /// An unbound method of a builtin type needs a receiver of that type.
    fn check_receiver(
        &mut self,
        native: &'static super::object::function::NativeDef,
        args: &Args,
    ) -> Result<(), Raise> {
        if !matches!(native.kind, NativeKind::Method | NativeKind::Wrapper) {
            return Ok(());
        }
        let owner = self.owner_of(native);
        let owner_name = owner.map_or_else(String::new, |owner| self.heap.class(owner).name.to_string());
        match (args.get(0), owner) {
            (Some(receiver), Some(owner)) if !self.heap.is_instance(receiver, owner) => {
                let given = self.class_name(receiver);
                Err(self.type_error(format!(
                    "descriptor '{}' for '{owner_name}' objects doesn't apply to a '{given}' object",
                    native.name
                )))
            }
            (Some(_), _) => Ok(()),
            (None, _) => Err(self.type_error(if native.kind == NativeKind::Wrapper {
                format!("descriptor '{}' of '{owner_name}' object needs an argument", native.name)
            } else {
                format!("unbound method {owner_name}.{}() needs an argument", native.name)
            })),
        }
    }

    fn call_class(&mut self, class: Handle, args: Args) -> Eval {
        let metaclass = self.heap.get(class).class;
        if metaclass != types::TYPE {
            let call = self.heap.lookup(metaclass, names::CALL).expect("type has __call__");
            let builtin = matches!(self.heap.payload_of(call), Some(Payload::Native(..)));
            if !builtin {
                return self.call_method(call, Value::object(class), args);
            }
        }
        self.instantiate(class, args)
    }

    /// `type.__call__`: makes an instance of `class`, or for `type(x)` tells the type of `x`.
    pub fn instantiate(&mut self, class: Handle, args: Args) -> Eval {
        if class == types::TYPE && args.len() == 1 && args.positional() == 1 {
            return Ok(Value::object(self.heap.class_of(args.at(0))).into());
        }
        self.begin(Instantiate::new(class, args))
    }

    /// `__init__` must return None.
    pub(super) fn check_init_result(&mut self, value: Value) -> Result<(), Raise> {
        if value.is_none() {
            return Ok(());
        }
        let class = self.class_name(value);
        Err(self.type_error(format!("__init__() should return None, not '{class}'")))
    }

    fn call_function(&mut self, handle: Handle, args: &Args) -> Eval {
        let frame = self.bind_function(handle, args)?;
        Ok(Flow::Enter(Entry::one(Frame::Python(Box::new(frame)))))
    }

    /// A frame that runs a function's code; `locals` are its arguments, the rest of the fast locals is
    /// empty.
    pub(super) fn new_frame(
        &mut self,
        function: Handle,
        locals: Vec<Slot>,
        namespace: Option<Value>,
    ) -> PythonFrame {
        let Payload::Function(object) = self.heap.payload(function) else {
            panic!("a frame runs a function");
        };
        let (code_handle, globals, builtins) = (object.code, object.globals, object.builtins);
        let code = self.code(code_handle);
        let mut slots = locals;
        slots.reserve(code.locals_len() - slots.len() + code.code.stacksize as usize);
        slots.resize(code.locals_len(), Slot::NULL);
        let id = self.new_frame_id();
        PythonFrame {
            id,
            code,
            code_handle,
            function,
            globals,
            builtins,
            namespace,
            slots,
            next: CodeUnit(0),
            last: CodeUnit(0),
            extended: 0,
            resume: Resume::None,
            owner: Owner::Thread,
            object: None,
        }
    }
}
