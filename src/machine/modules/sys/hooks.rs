//! What `sys` lets a program put in the place of its own: how values and exceptions are shown, and what
//! `breakpoint()` does.

use std::rc::Rc;

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Ignored, ImportModule, Occasion, Report, Steps, Stepwise};
use super::super::super::object::class::TypeSpec;
use super::super::super::object::function::NativeDef;
use super::super::super::object::struct_sequence::{item, named_tuple};
use super::super::super::object::{Payload, types};
use super::super::super::output::Stream;
use super::super::super::raise::Raise;
use super::super::super::value::Value;

/// The functions; each stands under its name with underscores around it, too.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("displayhook", Params::One, |m, args| m.print_expression(args.at(0))),
    NativeDef::function("excepthook", Params::Range(3, 3), |m, args| {
        let exception = args.at(1);
        if !m.is_exception(exception) {
            let class = m.class_name(exception);
            let text = format!("TypeError: print_exception(): Exception expected for value, {class} found\n");
            m.write(Stream::Stderr, &text);
            return Ok(Value::NONE.into());
        }
        let report = Report::new(m, exception, Occasion::Uncaught);
        m.begin(report)
    }),
    NativeDef::function("unraisablehook", Params::One, |m, args| {
        if m.heap.class_of(args.at(0)) != types::UNRAISABLE_HOOK_ARGS {
            return Err(m.type_error("sys.unraisablehook argument type must be UnraisableHookArgs"));
        }
        let [class, exception, traceback, message, object] = *m.tuple_items(args.at(0)) else {
            return Err(m.system_error("UnraisableHookArgs has five items"));
        };
        let told = Ignored { class, traceback, message, object };
        let report = Report::new(m, exception, Occasion::Ignored(told));
        m.begin(report)
    }),
    NativeDef::function("breakpointhook", Params::Any, breakpoint_hook),
];

/// What `sys.unraisablehook` is called with.
pub static UNRAISABLE_ARGS: TypeSpec = TypeSpec {
    accessors: &[
        item::<0>("exc_type"),
        item::<1>("exc_value"),
        item::<2>("exc_traceback"),
        item::<3>("err_msg"),
        item::<4>("object"),
    ],
    module: "builtins",
    ..named_tuple(types::UNRAISABLE_HOOK_ARGS, "UnraisableHookArgs")
};

/// `breakpoint(*args, **keywords)`: whatever `sys.breakpointhook` does.
pub fn breakpoint(m: &mut Machine, args: &Args) -> Eval {
    match m.hook("breakpointhook") {
        Some(hook) => m.call(hook, args.clone()),
        None => Err(m.runtime_error("lost sys.breakpointhook")),
    }
}

/// What `PYTHONBREAKPOINT` says: nothing is done for 0; what else it names is called, or pdb.
fn breakpoint_hook(m: &mut Machine, args: &Args) -> Eval {
    const DEFAULT: &str = "pdb.set_trace";
    let named = m.environment_variable(b"PYTHONBREAKPOINT").unwrap_or_default();
    let path: Rc<str> = match &*named {
        b"0" => return Ok(Value::NONE.into()),
        b"" => DEFAULT.into(),
        other => String::from_utf8_lossy(other).into(),
    };
    let is_default = named.is_empty();
    m.begin(Breakpoint::new(BreakpointWork { path, is_default, args: args.clone(), asked: Asked::Nothing }))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Nothing,
    Module,
    Function,
}

/// Finds what a breakpoint calls, and calls it.
#[derive(Clone, Debug, Hash)]
pub struct BreakpointWork {
    /// The module and the function, with a point between them.
    path: Rc<str>,
    /// Whether nobody has named it.  CPython goes on where there is no pdb; here that is an error, as it is not
    /// part of every wordcode.
    is_default: bool,
    args: Args,
    asked: Asked,
}

/// The same, under way.
pub type Breakpoint = Steps<BreakpointWork>;

impl Stepwise for BreakpointWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let path = Rc::clone(&self.path);
        let (module, function) = path.rsplit_once('.').unwrap_or(("builtins", &*path));
        match (self.asked, got) {
            (Asked::Nothing, _) => {
                self.asked = Asked::Module;
                Ok(m.begin(ImportModule::new(module, None, module.len()))?.into())
            }
            (Asked::Module, Got::Value(_)) => {
                self.asked = Asked::Function;
                let Some(module) = m.loaded_module(module) else {
                    return Err(m.raise(types::IMPORT_ERROR, "the module of a breakpoint is not there"));
                };
                let function = m.text_handle(function);
                Ok(m.get_attr(module, function)?.into())
            }
            (Asked::Function, Got::Value(function)) => Ok(Do::Tail(m.call(function, self.args.clone())?)),
            _ => {
                let text = format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{path}\"");
                Ok(Do::Tail(m.warned(types::RUNTIME_WARNING, &text, Value::NONE)?))
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.args.each_value(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("breakpoint: finding {}", self.path)
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        match self.asked {
            Asked::Nothing => false,
            Asked::Module => !self.is_default && heap.is_instance(exception, types::IMPORT_ERROR),
            Asked::Function => heap.is_instance(exception, types::ATTRIBUTE_ERROR),
        }
    }
}

impl Machine {
    /// What the program has as one of these hooks now; `None` where it has deleted it.
    pub(in crate::machine) fn hook(&mut self, name: &str) -> Option<Value> {
        let name = self.text_handle(name);
        self.sys_attribute(name)
    }

    /// Whether a hook is the one that was there from the beginning.
    pub(in crate::machine) fn is_own_hook(&self, hook: Value) -> bool {
        matches!(self.heap.payload_of(hook), Some(Payload::Native(native, _))
            if FUNCTIONS.iter().any(|own| std::ptr::eq(own, *native)))
    }

    /// Shows the value of an expression at a prompt.
    pub(in crate::machine) fn display(&mut self, value: Value) -> Eval {
        match self.hook("displayhook") {
            None => Err(self.runtime_error("lost sys.displayhook")),
            Some(hook) => self.call(hook, Args::new([value])),
        }
    }

    /// A variable of the environment as the program sees it.
    pub(in crate::machine) fn environment_variable(&self, name: &[u8]) -> Option<Vec<u8>> {
        let found = self.environment.iter().find(|(known, _)| known == name)?;
        Some(found.1.clone())
    }

    /// Type, exception and traceback, as `excepthook` is given them.
    pub(in crate::machine) fn exception_parts(&self, exception: Value) -> Args {
        let class = Value::object(self.heap.class_of(exception));
        let traceback = self.exception(exception).traceback.unwrap_or(Value::NONE);
        Args::new([class, exception, traceback])
    }
}

impl Machine {
    /// `sys.get_asyncgen_hooks()`.
    pub(super) fn async_hooks(&mut self) -> Value {
        let (first, finalizer) = self.thread().async_hooks;
        let items = [first, finalizer].map(|hook| hook.unwrap_or(Value::NONE));
        Value::object(self.heap.alloc(types::ASYNC_HOOKS, Payload::Tuple(Box::new(items))))
    }

    /// `sys.set_asyncgen_hooks(firstiter, finalizer)`; one that is not given stays.
    pub(super) fn set_async_hooks(&mut self, first: Option<Value>, finalizer: Option<Value>) -> Eval {
        for (hook, name) in [(finalizer, "finalizer"), (first, "firstiter")] {
            if let Some(hook) = hook.filter(|hook| !hook.is_none() && !self.is_callable(*hook)) {
                let class = self.class_name(hook);
                return Err(self.type_error(format!("callable {name} expected, got {class}")));
            }
        }
        let mut hooks = self.thread().async_hooks;
        for (place, hook) in [(&mut hooks.0, first), (&mut hooks.1, finalizer)] {
            if let Some(hook) = hook {
                self.heap.replace(place, Some(hook).filter(|hook| !hook.is_none()));
            }
        }
        self.thread_mut().async_hooks = hooks;
        Ok(Value::NONE.into())
    }
}
