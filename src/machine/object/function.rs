//! Functions: those made by `def`, and those of the interpreter itself.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::modules::native::NativeModule;
use super::super::value::{Handle, Value};
use super::types;

/// A function object: one is made each time a `def` or `lambda` runs.
#[derive(Clone, Debug, Hash)]
pub struct Function {
    /// The code object it runs.
    pub code: Handle,
    /// The dict of the module it was defined in.
    pub globals: Handle,
    /// The dict of builtins.
    pub builtins: Handle,
    /// `__name__`, a str.
    pub name: Value,
    /// `__qualname__`, a str.
    pub qualname: Value,
    /// `__module__`.
    pub module: Value,
    /// `__doc__`.
    pub doc: Value,
    /// `__defaults__`: a tuple.
    pub defaults: Option<Value>,
    /// `__kwdefaults__`: a dict.
    pub kwdefaults: Option<Value>,
    /// `__closure__`: a tuple of cells.
    pub closure: Option<Value>,
    /// `__annotations__`: a dict.
    pub annotations: Option<Value>,
    /// `__annotate__`: the function that makes the annotations.
    pub annotate: Option<Value>,
    /// `__type_params__`: a tuple.
    pub type_params: Option<Value>,
}

impl Function {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        for handle in [self.code, self.globals, self.builtins] {
            visit(Value::object(handle));
        }
        let parts = [Some(self.module), self.defaults, self.kwdefaults, Some(self.doc), Some(self.name)];
        parts.into_iter().flatten().for_each(&mut *visit);
        let parts = [self.closure, self.annotations, self.annotate, self.type_params, Some(self.qualname)];
        parts.into_iter().flatten().for_each(visit);
    }
}

/// What a native function belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binding {
    /// Nothing: a function of the builtins module.
    None,
    /// The module it is a function of.
    Module(&'static NativeModule, Handle),
    /// The builtin type it is a method of.  Builtin types live for ever, so this is not counted.
    Owner(Handle),
    /// The object whose method it is: its first argument.
    Receiver(Value),
}

/// What a native function is to Python: how it is bound, shown and called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NativeKind {
    /// A function of a module: `len`.
    Function,
    /// A method of a builtin type: `str.upper`.
    Method,
    /// A special method of a builtin type (`slot wrapper`): `int.__add__`.
    Wrapper,
    /// A class method of a builtin type: `dict.fromkeys`.
    ClassMethod,
    /// A static method of a builtin type: `str.maketrans`.
    StaticMethod,
    /// `__new__`: a static method whose first argument is the class.
    New,
}

/// What a native function runs.  It gets the arguments as [`Params`] orders them and returns a value, or
/// what has to run before there is one.
pub type NativeBody = fn(&mut Machine, &Args) -> Eval;

/// A function of the interpreter itself.
pub struct NativeDef {
    /// `__name__`.
    pub name: &'static str,
    /// What it is to Python.
    pub kind: NativeKind,
    /// The arguments it takes; the receiver of a method is not among them.
    pub params: Params,
    /// What it runs; a method's receiver (or class) is argument 0.
    pub body: NativeBody,
    /// The type of what a method is once it is bound.
    pub bound: Handle,
}

impl NativeDef {
    const fn of_kind(kind: NativeKind, name: &'static str, params: Params, body: NativeBody) -> Self {
        Self { name, kind, params, body, bound: types::BUILTIN_FUNCTION }
    }

    /// A function of a module.
    pub const fn function(name: &'static str, params: Params, body: NativeBody) -> Self {
        Self::of_kind(NativeKind::Function, name, params, body)
    }

    /// A method of a builtin type.
    pub const fn method(name: &'static str, params: Params, body: NativeBody) -> Self {
        Self::of_kind(NativeKind::Method, name, params, body)
    }

    /// The same where CPython tells the method which class it belongs to: bound, it is a `builtin_method`.
    #[must_use]
    pub const fn of_class(self) -> Self {
        Self { bound: types::BUILTIN_METHOD, ..self }
    }

    /// A special method of a builtin type.
    pub const fn wrapper(name: &'static str, params: Params, body: NativeBody) -> Self {
        Self::of_kind(NativeKind::Wrapper, name, params, body)
    }

    /// A class method of a builtin type.
    pub const fn class_method(name: &'static str, params: Params, body: NativeBody) -> Self {
        Self::of_kind(NativeKind::ClassMethod, name, params, body)
    }

    /// A static method of a builtin type.
    pub const fn static_method(name: &'static str, params: Params, body: NativeBody) -> Self {
        Self::of_kind(NativeKind::StaticMethod, name, params, body)
    }

    /// The `__new__` of a builtin type.
    pub const fn new(params: Params, body: NativeBody) -> Self {
        Self::of_kind(NativeKind::New, "__new__", params, body)
    }
}

/// A method some of whose arguments are converted by their `__index__`.
macro_rules! indexed {
    ($name:literal, $params:expr, $wanted:expr, $style:ident, $body:expr) => {
        NativeDef::method($name, $params, |m, args| {
            m.with_indices($name, args, $wanted, $crate::machine::native::Style::$style, $body)
        })
    };
}
pub(in crate::machine) use indexed;

impl std::fmt::Debug for NativeDef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "native {}", self.name)
    }
}

impl std::hash::Hash for NativeDef {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.kind.hash(state);
    }
}
