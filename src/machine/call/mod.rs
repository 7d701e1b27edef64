//! Calling: any callable with any arguments.

mod bind;

use smallvec::SmallVec;

use super::Machine;
use super::args::Args;
use super::frame::{Entry, Eval, Flow, Frame, Owner, PythonFrame, Resume};
use super::names;
use super::native::{
    AliasCall, CallLater, Input, Instantiate, NESTING, NativeFrame, arguments_of_wrapper, holding,
};
use super::object::Payload;
use super::object::function::{Binding, NativeDef, NativeKind};
use super::object::types;
use super::raise::Raise;
use super::specialize::{FrameMemory, Inlined};
use super::tracing::Told;
use super::value::{Handle, Slot, Value};
use crate::code::CodeUnit;
use crate::code::object::flags;

impl Machine {
    /// `callable(*args)`.
    pub fn call(&mut self, callable: Value, args: Args) -> Eval {
        if self.nesting >= NESTING {
            let task = CallLater::new(args).into();
            let frame = NativeFrame::told(task, Input::Value(callable));
            return Ok(Flow::Enter(Entry::one(Frame::Native(Box::new(frame)))));
        }
        self.nesting += 1;
        let result = self.call_now(callable, args);
        self.nesting -= 1;
        result
    }

    fn call_now(&mut self, mut callable: Value, mut args: Args) -> Eval {
        while let Some(handle) = callable.handle() {
            match self.heap.payload(handle) {
                Payload::Function(_) => return self.call_function(handle, &args),
                Payload::Native(native, binding) => {
                    let (native, binding) = (*native, *binding);
                    if native.kind != NativeKind::Wrapper {
                        return self.call_native(native, binding, args);
                    }
                    let bound = matches!(binding, Binding::Receiver(_));
                    let held = arguments_of_wrapper(&args, bound);
                    return Ok(holding(native.name, held, self.call_native(native, binding, args)?));
                }
                Payload::Method { function, receiver } => {
                    args.prepend(*receiver);
                    callable = *function;
                }
                Payload::Class(_) => return self.call_class(handle, args),
                Payload::GenericAlias(origin, ..) | Payload::UnpackedAlias(origin, ..) => {
                    let task = AliasCall::new(callable, *origin, args);
                    return self.begin(task);
                }
                _ => break,
            }
        }
        self.call_instance(callable, args, false)
    }

    /// `callable(*args)` where the arguments stand in a tuple that somebody holds.
    pub fn call_with_tuple(&mut self, callable: Value, args: Args) -> Eval {
        match self.heap.payload_of(callable) {
            Some(Payload::Plain | Payload::Slots(_)) if self.nesting < NESTING => {
                self.nesting += 1;
                let result = self.call_instance(callable, args, true);
                self.nesting -= 1;
                result
            }
            _ => self.call(callable, args),
        }
    }

    /// Calls something by the `__call__` of its class; whether the arguments already stand in a tuple.
    fn call_instance(&mut self, callable: Value, args: Args, in_tuple: bool) -> Eval {
        match self.heap.special(callable, names::CALL) {
            Some(call) if matches!(self.heap.payload_of(call), Some(Payload::Native(..))) => {
                self.call_method(call, callable, args)
            }
            Some(call) => {
                // They are put into a tuple, and taken out of it again together with what is called where some have
                // names.
                let mut held: SmallVec<[Value; 4]> = SmallVec::new();
                if !in_tuple {
                    held.extend(args.all());
                }
                if args.len() > args.positional() {
                    held.push(callable);
                    held.extend(args.all());
                }
                Ok(holding("__call__", held, self.call_method(call, callable, args)?))
            }
            None => {
                let class = self.class_name(callable);
                let hint = self
                    .namesake(callable)
                    .map_or_else(String::new, |name| format!(". Did you mean: '{name}.{name}(...)'?"));
                Err(self.type_error(format!("'{class}' object is not callable{hint}")))
            }
        }
    }

    /// The name of a module that has something to call of the same name.
    fn namesake(&self, module: Value) -> Option<String> {
        let handle = module.handle().filter(|handle| self.heap.get(*handle).class == types::MODULE)?;
        let name = self.heap.own_attribute(handle, names::NAME)?;
        let text = self.heap.text_of(name)?.to_string_lossy().into_owned();
        let found = self.heap.own_attribute(handle, name.handle()?)?;
        self.is_callable(found).then_some(text)
    }

    fn call_native(&mut self, native: &'static NativeDef, binding: Binding, mut args: Args) -> Eval {
        match binding {
            Binding::Receiver(receiver) => args.prepend(receiver),
            Binding::Owner(owner) => self.check_receiver(native, owner, &args)?,
            Binding::None | Binding::Module(..) => {}
        }
        let args = self.bind_native(native, binding, args)?;
        (native.body)(self, &args)
    }

    /// Calls the function `method`, found on the type of `receiver`, as a method of it.
    pub fn call_method(&mut self, method: Value, receiver: Value, mut args: Args) -> Eval {
        match self.heap.payload_of(method) {
            // What CPython has in a slot of the type is called without the wrapper around it.
            Some(Payload::Native(native, binding @ Binding::Owner(_)))
                if native.kind == NativeKind::Wrapper && self.nesting < NESTING =>
            {
                let (native, binding) = (*native, *binding);
                args.prepend(receiver);
                self.nesting += 1;
                let result = self.call_native(native, binding, args);
                self.nesting -= 1;
                result
            }
            Some(_) if self.is_plain_method(method) => {
                args.prepend(receiver);
                self.call(method, args)
            }
            _ => match self.bind_descriptor(method, receiver)? {
                Flow::Value(bound) => self.call(bound, args),
                Flow::Enter(entry) => self.call_later(entry, args),
            },
        }
    }

    /// A method of a builtin type that is called unbound needs a receiver of that type; `__new__` needs
    /// a class that it can make instances of.
    fn check_receiver(
        &mut self,
        native: &'static NativeDef,
        owner: Handle,
        args: &Args,
    ) -> Result<(), Raise> {
        match (native.kind, args.get(0).filter(|_| args.positional() > 0)) {
            (NativeKind::Method | NativeKind::Wrapper, Some(receiver))
                if self.heap.is_instance(receiver, owner) =>
            {
                Ok(())
            }
            (NativeKind::New, class) => self.check_new(owner, class),
            (NativeKind::Function | NativeKind::StaticMethod, _) => Ok(()),
            (_, receiver) => Err(self.wrong_receiver(native, owner, receiver)),
        }
    }

    #[cold]
    fn wrong_receiver(
        &mut self,
        native: &'static NativeDef,
        owner: Handle,
        receiver: Option<Value>,
    ) -> Raise {
        let (name, owner) = (native.name, self.type_name(owner));
        let wrapper = native.kind == NativeKind::Wrapper;
        let message = match receiver.map(|receiver| self.class_name(receiver)) {
            Some(given) if wrapper => {
                format!("descriptor '{name}' requires a '{owner}' object but received a '{given}'")
            }
            Some(given) => {
                format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object")
            }
            None if wrapper => format!("descriptor '{name}' of '{owner}' object needs an argument"),
            None => {
                let owner = owner.rsplit('.').next().unwrap_or_default();
                format!("unbound method {owner}.{name}() needs an argument")
            }
        };
        self.type_error(message)
    }

    /// `owner.__new__(class)` makes sense only where instances of `class` have the layout of `owner`.
    fn check_new(&mut self, owner: Handle, class: Option<Value>) -> Result<(), Raise> {
        let class_given = class.and_then(Value::handle).filter(|class| self.heap.type_of(*class).is_some());
        let fits = |class| self.heap.is_subclass(class, owner) && self.makes_alike(self.maker(class), owner);
        if class_given.is_some_and(fits) {
            return Ok(());
        }
        Err(self.unsuitable_for_new(owner, class))
    }

    #[cold]
    fn unsuitable_for_new(&mut self, owner: Handle, class: Option<Value>) -> Raise {
        let name = self.type_name(owner);
        let Some(class) = class else {
            return self.type_error(format!("{name}.__new__(): not enough arguments"));
        };
        let Some(handle) = class.handle().filter(|_| self.is_class(class)) else {
            let given = self.class_name(class);
            return self.type_error(format!("{name}.__new__(X): X is not a type object ({given})"));
        };
        let given = self.type_name(handle);
        if !self.heap.is_subclass(handle, owner) {
            return self.type_error(format!("{name}.__new__({given}): {given} is not a subtype of {name}"));
        }
        // The message names the nearest class that has no Python code to make its instances.
        let mut maker = handle;
        while let (Some(new), Some(base)) = (self.heap.lookup(maker, names::NEW), self.heap.class(maker).base)
        {
            if matches!(self.heap.payload_of(new), Some(Payload::Native(..))) {
                break;
            }
            maker = base;
        }
        let maker = self.type_name(maker);
        self.type_error(format!("{name}.__new__({given}) is not safe, use {maker}.__new__()"))
    }

    /// Whether two builtin types have the same `__new__`, as most exceptions do, each in its own namespace.
    fn makes_alike(&self, one: Handle, other: Handle) -> bool {
        let is = |class, base| self.heap.is_subclass(class, base);
        let different = [types::OS_ERROR, types::BASE_EXCEPTION_GROUP, types::MEMORY_ERROR];
        let both = |base| is(one, base) && is(other, base);
        one == other
            || both(types::BASE_EXCEPTION)
                && different.into_iter().all(|base| is(one, base) == is(other, base) && !both(base))
    }

    /// The builtin type whose `__new__` makes the instances of `class`.
    fn maker(&self, class: Handle) -> Handle {
        let mut at = class;
        loop {
            let object = self.heap.class(at);
            if object.builtin && self.heap.get_name(object.namespace, names::NEW).is_some() {
                return at;
            }
            match object.base {
                Some(base) => at = base,
                None => return at,
            }
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

    /// A frame that runs a function's code as `exec` does: without arguments, and with `namespace` as the
    /// locals of code that keeps them in one.
    pub(super) fn frame_of_code(&mut self, function: Handle, namespace: Value) -> Result<Frame, Raise> {
        let mut frame = self.bind_function(function, &Args::default())?;
        if frame.code.code.flags & flags::OPTIMIZED == 0 {
            frame.namespace = Some(namespace);
        }
        Ok(Frame::Python(Box::new(frame)))
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
        // Code of a module or a class body, called as a function, has the globals for its names.
        let optimized = code.code.flags & flags::OPTIMIZED != 0;
        let namespace = namespace.or_else(|| (!optimized).then_some(Value::object(globals)));
        let mut slots = locals;
        slots.reserve(code.frame_size() - slots.len());
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
            operands: 0,
            since: 0,
            owner: Owner::Thread,
            object: None,
            told: Told::Nothing,
            inlined: Inlined::Checked,
            memory_below: FrameMemory::EMPTY,
        }
    }
}
