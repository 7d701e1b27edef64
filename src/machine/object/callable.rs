//! What functions and methods, Python's and the interpreter's own, can be asked.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::protocol::attribute_wrappers::{CALL, GET, GETATTRIBUTE};
use super::super::protocol::wrappers::{EQ, GE, GT, HASH, LE, LT, NE};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::{Accessor, Setter, TypeSpec};
use super::function::{Binding, Function, NativeDef, NativeKind};
use super::reducing::{DESCRIPTOR_REDUCE, METHOD_REDUCE, WRAPPER_REDUCE};
use super::{Payload, types};
use crate::code::LocalKind;

/// `function`.
pub static FUNCTION: TypeSpec = TypeSpec {
    has_dict: true,
    natives: &[NativeDef::new(
        Params::named(&["code", "globals", "name", "argdefs", "closure", "kwdefaults"], 2),
        new_function,
    )],
    wrappers: &[&CALL, &GET, &REPR],
    accessors: &[
        Accessor::read_only("__closure__", |m, f| optional(m, f, |f| f.closure)).as_member(),
        Accessor::new(
            "__doc__",
            |m, f| part(m, f, |f| f.doc),
            |m, f, value| {
                set_part(m, f, |f| &mut f.doc, value.unwrap_or(Value::NONE));
                Ok(())
            },
        )
        .as_member(),
        Accessor::read_only("__globals__", |m, f| part(m, f, |f| Value::object(f.globals))).as_member(),
        Accessor::new(
            "__module__",
            |m, f| part(m, f, |f| f.module),
            |m, f, value| {
                set_part(m, f, |f| &mut f.module, value.unwrap_or(Value::NONE));
                Ok(())
            },
        )
        .as_member(),
        Accessor::read_only("__builtins__", |m, f| part(m, f, |f| Value::object(f.builtins))).as_member(),
        Accessor::new("__code__", |m, f| part(m, f, |f| Value::object(f.code)), set_code),
        Accessor::new("__defaults__", |m, f| optional(m, f, |f| f.defaults), set_defaults),
        Accessor::new("__kwdefaults__", |m, f| optional(m, f, |f| f.kwdefaults), set_kwdefaults),
        Accessor::new("__annotations__", annotations, set_annotations),
        Accessor::new("__annotate__", |m, f| optional(m, f, |f| f.annotate), set_annotate),
        Accessor::new("__name__", |m, f| part(m, f, |f| f.name), set_name),
        Accessor::new("__qualname__", |m, f| part(m, f, |f| f.qualname), set_qualname),
        Accessor::new("__type_params__", type_params, set_type_params),
    ],
    ..TypeSpec::new(types::FUNCTION, "function")
};

/// `__repr__` of these types.
pub(super) static REPR: NativeDef =
    NativeDef::wrapper("__repr__", Params::None, |m, args| m.builtin_repr(args.at(0)));

fn function(m: &Machine, value: Value) -> &Function {
    match m.heap.payload_of(value) {
        Some(Payload::Function(function)) => function,
        _ => panic!("an attribute of functions is asked of one"),
    }
}

fn part(m: &mut Machine, value: Value, part: fn(&Function) -> Value) -> Eval {
    Ok(part(function(m, value)).into())
}

fn optional(m: &mut Machine, value: Value, part: fn(&Function) -> Option<Value>) -> Eval {
    Ok(part(function(m, value)).unwrap_or(Value::NONE).into())
}

fn function_mut(m: &mut Machine, value: Value) -> &mut Function {
    match value.handle().map(|handle| m.heap.payload_mut(handle)) {
        Some(Payload::Function(function)) => function,
        _ => panic!("an attribute of functions is set on one"),
    }
}

fn set_part(m: &mut Machine, value: Value, part: fn(&mut Function) -> &mut Value, new: Value) {
    m.heap.retain(new);
    let old = std::mem::replace(part(function_mut(m, value)), new);
    m.heap.release(old);
}

fn set_optional(
    m: &mut Machine,
    value: Value,
    part: fn(&mut Function) -> &mut Option<Value>,
    new: Option<Value>,
) {
    if let Some(new) = new {
        m.heap.retain(new);
    }
    if let Some(old) = std::mem::replace(part(function_mut(m, value)), new) {
        m.heap.release(old);
    }
}

/// A str, or a TypeError that says what the attribute must be.
fn text(m: &mut Machine, attribute: &str, value: Option<Value>) -> Result<Value, Raise> {
    match value.filter(|value| m.heap.text_of(*value).is_some()) {
        Some(value) => Ok(value),
        None => Err(m.type_error(format!("{attribute} must be set to a string object"))),
    }
}

fn set_name(m: &mut Machine, f: Value, value: Option<Value>) -> Result<(), Raise> {
    let value = text(m, "__name__", value)?;
    set_part(m, f, |f| &mut f.name, value);
    Ok(())
}

fn set_qualname(m: &mut Machine, f: Value, value: Option<Value>) -> Result<(), Raise> {
    let value = text(m, "__qualname__", value)?;
    set_part(m, f, |f| &mut f.qualname, value);
    Ok(())
}

fn set_code(m: &mut Machine, f: Value, value: Option<Value>) -> Result<(), Raise> {
    let code = value.and_then(|value| match m.heap.payload_of(value) {
        Some(Payload::Code(code)) => {
            Some((value, code.code.localspluskinds.iter().filter(|kind| kind.has(LocalKind::FREE)).count()))
        }
        _ => None,
    });
    let Some((code, wanted)) = code else {
        return Err(m.type_error("__code__ must be set to a code object"));
    };
    let closure = function(m, f).closure.map_or(0, |closure| m.tuple_items(closure).len());
    if closure != wanted {
        let name = m.brief_text(function(m, f).name);
        return Err(
            m.value_error(format!("{name}() requires a code object with {closure} free vars, not {wanted}"))
        );
    }
    let code = code.handle().expect("a code object is a heap object");
    m.heap.retain_handle(code);
    let old = std::mem::replace(&mut function_mut(m, f).code, code);
    m.heap.release_handle(old);
    Ok(())
}

/// `types.FunctionType(code, globals, …)`.
fn new_function(m: &mut Machine, args: &Args) -> Eval {
    let (code, globals) = (args.at(1), args.at(2));
    let is_code = matches!(m.heap.payload_of(code), Some(Payload::Code(_)));
    let is_dict = matches!(m.heap.payload_of(globals), Some(Payload::Dict(_)));
    if !is_code || !is_dict {
        let (name, wanted, value) =
            if is_code { ("globals", "dict", globals) } else { ("code", "code", code) };
        let given = m.argument_class(value);
        return Err(m.type_error(format!("function() argument '{name}' must be {wanted}, not {given}")));
    }
    let globals = globals.handle().expect("a dict is a heap object");
    let builtins = m.builtins_of(globals)?;
    let made = m.new_function(code.handle().expect("a code object is a heap object"), globals, builtins);
    let made = Value::object(made);
    if let Some(name) = args.some(3) {
        if m.heap.text_of(name).is_none() {
            return Err(m.type_error("arg 3 (name) must be None or string"));
        }
        set_name(m, made, Some(name))?;
    }
    let defaults = args.some(4);
    if defaults.is_some_and(|given| !matches!(m.heap.payload_of(given), Some(Payload::Tuple(_)))) {
        return Err(m.type_error("arg 4 (defaults) must be None or tuple"));
    }
    set_defaults(m, made, defaults)?;
    set_closure(m, made, args.some(5))?;
    let kwdefaults = args.some(6);
    if kwdefaults.is_some_and(|given| !matches!(m.heap.payload_of(given), Some(Payload::Dict(_)))) {
        return Err(m.type_error("arg 6 (kwdefaults) must be None or dict"));
    }
    set_kwdefaults(m, made, kwdefaults)?;
    Ok(made.into())
}

/// A function has exactly the cells that its code asks for.
fn set_closure(m: &mut Machine, f: Value, closure: Option<Value>) -> Result<(), Raise> {
    let loaded = m.code(function(m, f).code);
    let wanted = loaded.code.localspluskinds.iter().filter(|kind| kind.has(LocalKind::FREE)).count();
    let cells = match closure {
        None if wanted > 0 => return Err(m.type_error("arg 5 (closure) must be tuple")),
        None => Vec::new(),
        Some(closure) => match m.heap.payload_of(closure) {
            Some(Payload::Tuple(items)) => items.to_vec(),
            _ => return Err(m.type_error("arg 5 (closure) must be None or tuple")),
        },
    };
    if cells.len() != wanted {
        let (name, given) = (&loaded.code.name, cells.len());
        return Err(m.value_error(format!("{name} requires closure of length {wanted}, not {given}")));
    }
    for cell in cells {
        if !matches!(m.heap.payload_of(cell), Some(Payload::Cell(_))) {
            let given = m.class_name(cell);
            return Err(m.type_error(format!("arg 5 (closure) expected cell, found {given}")));
        }
    }
    set_optional(m, f, |f| &mut f.closure, closure);
    Ok(())
}

/// A value of some kind, or None, which stands for no value.
fn kind_or_none(
    m: &mut Machine,
    attribute: &str,
    wanted: &str,
    value: Option<Value>,
    right: fn(&Payload) -> bool,
) -> Result<Option<Value>, Raise> {
    let value = value.filter(|value| !value.is_none());
    match value {
        Some(value) if !m.heap.payload_of(value).is_some_and(right) => {
            Err(m.type_error(format!("{attribute} must be set to a {wanted} object")))
        }
        value => Ok(value),
    }
}

fn set_defaults(m: &mut Machine, f: Value, value: Option<Value>) -> Result<(), Raise> {
    let value =
        kind_or_none(m, "__defaults__", "tuple", value, |payload| matches!(payload, Payload::Tuple(_)))?;
    set_optional(m, f, |f| &mut f.defaults, value);
    Ok(())
}

fn set_kwdefaults(m: &mut Machine, f: Value, value: Option<Value>) -> Result<(), Raise> {
    let value =
        kind_or_none(m, "__kwdefaults__", "dict", value, |payload| matches!(payload, Payload::Dict(_)))?;
    set_optional(m, f, |f| &mut f.kwdefaults, value);
    Ok(())
}

fn annotations(m: &mut Machine, f: Value) -> Eval {
    let found = function(m, f);
    match (found.annotations, found.annotate) {
        (Some(annotations), _) => match m.heap.payload_of(annotations) {
            // The compiler may leave a tuple of names and values in turns.
            Some(Payload::Tuple(items)) => {
                let pairs: Vec<(Value, Value)> =
                    items.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                let dict = m.dict_from_names(&pairs);
                set_optional(m, f, |f| &mut f.annotations, Some(dict));
                Ok(dict.into())
            }
            _ => Ok(annotations.into()),
        },
        (None, annotate) => m.annotations_by(f, annotate),
    }
}

fn set_annotations(m: &mut Machine, f: Value, value: Option<Value>) -> Result<(), Raise> {
    let value =
        kind_or_none(m, "__annotations__", "dict", value, |payload| matches!(payload, Payload::Dict(_)))?;
    set_optional(m, f, |f| &mut f.annotations, value);
    set_optional(m, f, |f| &mut f.annotate, None);
    Ok(())
}

fn set_annotate(m: &mut Machine, f: Value, value: Option<Value>) -> Result<(), Raise> {
    match value {
        None => Err(m.type_error("__annotate__ cannot be deleted")),
        Some(value) if value.is_none() => {
            set_optional(m, f, |f| &mut f.annotate, None);
            Ok(())
        }
        Some(value) if m.is_callable(value) => {
            set_optional(m, f, |f| &mut f.annotate, Some(value));
            set_optional(m, f, |f| &mut f.annotations, None);
            Ok(())
        }
        Some(_) => Err(m.type_error("__annotate__ must be callable or None")),
    }
}

fn type_params(m: &mut Machine, f: Value) -> Eval {
    Ok(function(m, f).type_params.unwrap_or(Value::object(types::EMPTY_TUPLE)).into())
}

fn set_type_params(m: &mut Machine, f: Value, value: Option<Value>) -> Result<(), Raise> {
    match value.filter(|value| matches!(m.heap.payload_of(*value), Some(Payload::Tuple(_)))) {
        Some(value) => {
            set_optional(m, f, |f| &mut f.type_params, Some(value));
            Ok(())
        }
        None => Err(m.type_error("__type_params__ must be set to a tuple")),
    }
}

impl Machine {
    /// Gives a function its type parameters, a tuple.
    pub(in crate::machine) fn set_type_params(
        &mut self,
        function: Value,
        params: Value,
    ) -> Result<(), Raise> {
        if !matches!(self.heap.payload_of(function), Some(Payload::Function(_))) {
            return Err(self.system_error("only a function gets type parameters"));
        }
        set_type_params(self, function, Some(params))
    }

    /// Keeps the annotations of a function.
    pub(in crate::machine) fn set_function_annotations(&mut self, function: Handle, value: Option<Value>) {
        set_optional(self, Value::object(function), |f| &mut f.annotations, value);
    }

    /// The text of a str, for messages.
    pub(in crate::machine) fn brief_text(&self, value: Value) -> String {
        self.heap.text_of(value).map_or_else(String::new, |text| text.to_string_lossy().into_owned())
    }
}

/// `method`.
pub static METHOD: TypeSpec = TypeSpec {
    natives: &[NativeDef::new(Params::Range(2, 2), new_method), METHOD_REDUCE],
    wrappers: &[&CALL, &GET, &GETATTRIBUTE, &REPR, &HASH, &LT, &LE, &EQ, &NE, &GT, &GE],
    accessors: &[
        Accessor::read_only("__func__", |m, method| Ok(method_parts(m, method).0.into())).as_member(),
        Accessor::read_only("__self__", |m, method| Ok(method_parts(m, method).1.into())).as_member(),
        Accessor::read_only("__doc__", |m, method| {
            let function = method_parts(m, method).0;
            m.get_attr(function, names::DOC)
        }),
    ],
    ..TypeSpec::new(types::METHOD, "method")
};

fn method_parts(m: &Machine, method: Value) -> (Value, Value) {
    match m.heap.payload_of(method) {
        Some(Payload::Method { function, receiver }) => (*function, *receiver),
        _ => panic!("an attribute of methods is asked of one"),
    }
}

fn new_method(m: &mut Machine, args: &Args) -> Eval {
    let (function, receiver) = (args.at(1), args.at(2));
    if !m.is_callable(function) {
        return Err(m.type_error("first argument must be callable"));
    }
    if receiver.is_none() {
        return Err(m.type_error("instance must not be None"));
    }
    Ok(m.new_method(function, receiver).into())
}

const NATIVE_NAME: Accessor = Accessor::read_only("__name__", |m, value| {
    let name = native(m, value).0.name;
    Ok(m.heap.intern(name).into())
});
const NATIVE_QUALNAME: Accessor = Accessor::read_only("__qualname__", native_qualname);
const NATIVE_DOC: Accessor = Accessor::read_only("__doc__", |_, _| Ok(Value::NONE.into()));
const NATIVE_OBJCLASS: Accessor = Accessor::read_only("__objclass__", |m, value| {
    let owner = match native(m, value) {
        (_, Binding::Owner(owner)) => owner,
        (native, Binding::Receiver(receiver)) => native_owner(m, native, receiver),
        (_, Binding::None | Binding::Module(..)) => types::OBJECT,
    };
    Ok(Value::object(owner).into())
});
const NATIVE_SIGNATURE: Accessor = Accessor::read_only("__text_signature__", |m, value| {
    let (native, binding) = native(m, value);
    let owner = match binding {
        Binding::Owner(owner) => Some(owner),
        Binding::Receiver(receiver) => Some(native_owner(m, native, receiver)),
        Binding::None | Binding::Module(..) => None,
    };
    let signature = m.signature_of_native(native, binding, owner);
    m.shown_signature(signature, native.name)
});
const NATIVE_SELF: Accessor = Accessor::read_only("__self__", |m, value| {
    Ok(match native(m, value) {
        (_, Binding::Receiver(receiver)) => receiver,
        (native, Binding::Owner(_)) if native.kind == NativeKind::StaticMethod => Value::NONE,
        (_, Binding::Owner(owner)) => Value::object(owner),
        (_, Binding::Module(_, module)) => Value::object(module),
        (_, Binding::None) => m.heap.get_name(m.modules, names::BUILTINS_MODULE).unwrap_or(Value::NONE),
    }
    .into())
});

/// `builtin_function_or_method`.
pub static BUILTIN_FUNCTION: TypeSpec = TypeSpec {
    natives: &[NativeDef::method("__reduce__", Params::None, |m, args| {
        let name = m.heap.intern(native(m, args.at(0)).0.name);
        let receiver = match native(m, args.at(0)).1 {
            Binding::Receiver(receiver) => Some(receiver),
            Binding::Owner(owner) => Some(Value::object(owner)),
            Binding::None | Binding::Module(..) => None,
        };
        match receiver {
            Some(receiver) => {
                let text = names::GETATTR_FUNCTION;
                let getattr = m.heap.get_name(m.builtins, text).unwrap_or(Value::NONE);
                let parts = m.heap.pair(receiver, name);
                Ok(m.heap.pair(getattr, parts).into())
            }
            None => Ok(name.into()),
        }
    })],
    wrappers: &[&CALL, &REPR, &HASH, &LT, &LE, &EQ, &NE, &GT, &GE],
    accessors: &[
        NATIVE_DOC,
        NATIVE_NAME,
        NATIVE_QUALNAME,
        NATIVE_SELF,
        NATIVE_SIGNATURE,
        Accessor::new(
            "__module__",
            |m, value| {
                Ok(match native(m, value).1 {
                    Binding::None => Value::object(names::BUILTINS_MODULE),
                    Binding::Module(module, _) => m.heap.intern(module.name),
                    Binding::Owner(_) | Binding::Receiver(_) => Value::NONE,
                }
                .into())
            },
            READ_ONLY,
        )
        .as_member(),
    ],
    ..TypeSpec::new(types::BUILTIN_FUNCTION, "builtin_function_or_method")
};

/// `builtin_method`: what a method is bound to that knows its class.  The module `_io`, which is there from the
/// start, brings it along.
pub static BUILTIN_METHOD: TypeSpec = TypeSpec {
    base: types::BUILTIN_FUNCTION,
    layout: BUILTIN_FUNCTION.layout,
    ..TypeSpec::new(types::BUILTIN_METHOD, "builtin_method")
};

/// Natives are shared by all programs, so nothing about them can be set.
const READ_ONLY: Setter = |m, value, _| {
    let class = m.class_name(value);
    Err(m.raise(types::ATTRIBUTE_ERROR, format!("attribute of '{class}' objects is not writable")))
};

fn native(m: &Machine, value: Value) -> (&'static NativeDef, Binding) {
    match m.heap.payload_of(value) {
        Some(Payload::Native(native, binding)) => (native, *binding),
        _ => panic!("an attribute of natives is asked of one"),
    }
}

/// The type along the receiver's MRO that has the native.
fn native_owner(m: &Machine, native: &'static NativeDef, receiver: Value) -> Handle {
    let class = match m.heap.payload_of(receiver) {
        Some(Payload::Class(_)) if native.kind == NativeKind::ClassMethod => {
            receiver.handle().expect("a class is a heap object")
        }
        _ => m.heap.class_of(receiver),
    };
    let has = |owner: &&Handle| {
        let namespace = m.heap.dict(m.heap.class(**owner).namespace);
        namespace.iter().any(|entry| match m.heap.payload_of(entry.value) {
            Some(Payload::Native(known, _)) => std::ptr::eq(*known, native),
            _ => false,
        })
    };
    m.heap.class(class).mro.iter().find(has).copied().unwrap_or(class)
}

fn native_qualname(m: &mut Machine, value: Value) -> Eval {
    let (native, binding) = native(m, value);
    let owner = match binding {
        Binding::None | Binding::Module(..) => None,
        Binding::Owner(owner) => Some(owner),
        Binding::Receiver(receiver) if native.kind == NativeKind::Wrapper => {
            Some(native_owner(m, native, receiver))
        }
        // CPython takes what has a module as its receiver for a function of it.
        Binding::Receiver(receiver) if matches!(m.heap.payload_of(receiver), Some(Payload::Module)) => None,
        Binding::Receiver(receiver) => Some(match m.heap.payload_of(receiver) {
            Some(Payload::Class(_)) => receiver.handle().expect("a class is a heap object"),
            _ => m.heap.class_of(receiver),
        }),
    };
    let name = match owner {
        Some(owner) => format!("{}.{}", m.heap.class(owner).qualname, native.name),
        None => native.name.to_owned(),
    };
    Ok(m.heap.str(name).into())
}

/// `method_descriptor`.
pub static METHOD_DESCRIPTOR: TypeSpec = TypeSpec {
    natives: &[DESCRIPTOR_REDUCE],
    wrappers: &[&CALL, &GET, &REPR],
    accessors: &[
        NATIVE_DOC,
        NATIVE_NAME.as_member(),
        NATIVE_QUALNAME,
        NATIVE_OBJCLASS.as_member(),
        NATIVE_SIGNATURE,
    ],
    ..TypeSpec::new(types::METHOD_DESCRIPTOR, "method_descriptor")
};

/// `classmethod_descriptor`.
pub static CLASS_METHOD_DESCRIPTOR: TypeSpec = TypeSpec {
    wrappers: &[&CALL, &GET, &REPR],
    accessors: &[
        NATIVE_DOC,
        NATIVE_NAME.as_member(),
        NATIVE_QUALNAME,
        NATIVE_OBJCLASS.as_member(),
        NATIVE_SIGNATURE,
    ],
    ..TypeSpec::new(types::CLASS_METHOD_DESCRIPTOR, "classmethod_descriptor")
};

/// `wrapper_descriptor`.
pub static WRAPPER_DESCRIPTOR: TypeSpec = TypeSpec {
    natives: &[DESCRIPTOR_REDUCE],
    wrappers: &[&CALL, &GET, &REPR],
    accessors: &[
        NATIVE_DOC,
        NATIVE_NAME.as_member(),
        NATIVE_QUALNAME,
        NATIVE_OBJCLASS.as_member(),
        NATIVE_SIGNATURE,
    ],
    ..TypeSpec::new(types::WRAPPER_DESCRIPTOR, "wrapper_descriptor")
};

/// `method-wrapper`.
pub static METHOD_WRAPPER: TypeSpec = TypeSpec {
    natives: &[WRAPPER_REDUCE],
    wrappers: &[&CALL, &REPR, &HASH, &LT, &LE, &EQ, &NE, &GT, &GE],
    accessors: &[NATIVE_DOC, NATIVE_NAME, NATIVE_QUALNAME, NATIVE_OBJCLASS, NATIVE_SELF, NATIVE_SIGNATURE],
    ..TypeSpec::new(types::METHOD_WRAPPER, "method-wrapper")
};
