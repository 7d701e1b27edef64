//! The types of exceptions: BaseException with what all of them share, and the whole tree below it.
//!
//! A type that keeps more than `args` has its own file and says there, as constants, which of
//! [`Exception::fields`] holds what.

pub mod fields;
pub mod group;
pub mod import;
pub mod name;
pub mod os;
mod simple;
pub mod stop;
pub mod syntax;
pub mod unicode;

use super::class::{Accessor, Layout, TypeSpec};
use super::exception::Exception;
use super::function::NativeDef;
use super::{Payload, types};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::names;
use crate::machine::native::{Part, lending};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Kind, Value};

/// Every exception type, each behind its base.
pub const SPECS: &[&[&TypeSpec]] = &[
    &[&BASE_EXCEPTION],
    simple::FIRST,
    stop::SPECS,
    import::SPECS,
    name::SPECS,
    os::SPECS,
    syntax::SPECS,
    simple::KEY_ERROR,
    unicode::SPECS,
    group::SPECS,
];

/// `BaseException`.
pub const BASE_EXCEPTION: TypeSpec = TypeSpec {
    natives: &[
        NEW,
        NativeDef::wrapper("__init__", Params::Any, init),
        NativeDef::wrapper("__repr__", Params::None, repr),
        NativeDef::wrapper("__str__", Params::None, str),
        NativeDef::method("__reduce__", Params::None, reduce),
        NativeDef::method("__setstate__", Params::One, set_state),
        NativeDef::method("with_traceback", Params::One, with_traceback),
        NativeDef::method("add_note", Params::One, add_note),
    ],
    accessors: &[
        Accessor::new("__suppress_context__", suppress_context, set_suppress_context).as_member(),
        Accessor::late("args", args, set_args),
        Accessor::new("__traceback__", traceback, set_traceback),
        Accessor::new("__context__", context, set_context),
        Accessor::new("__cause__", cause, set_cause),
    ],
    ..plain(types::BASE_EXCEPTION, "BaseException", types::OBJECT)
};

/// A type that has nothing but what BaseException has.
const fn plain(handle: Handle, name: &'static str, base: Handle) -> TypeSpec {
    TypeSpec {
        base,
        layout: Layout::Builtin(types::BASE_EXCEPTION),
        subclassable: true,
        has_dict: true,
        natives: &[NEW],
        ..TypeSpec::new(handle, name)
    }
}

/// `__new__`, which most types have as their own.
const NEW: NativeDef = NativeDef::new(Params::Any, new);

/// A type with fields of its own.
const fn with_fields(handle: Handle, name: &'static str, base: Handle) -> TypeSpec {
    TypeSpec { layout: Layout::Builtin(handle), ..plain(handle, name, base) }
}

/// The class that a `__new__` is called for.
fn class_argument(args: &Args) -> Handle {
    args.at(0).handle().expect("__new__ is called with a class")
}

fn new(m: &mut Machine, args: &Args) -> Eval {
    let class = class_argument(args);
    Ok(make(m, class, args.rest(1).collect()).into())
}

/// An exception of any class, with `args` and without contents of its fields.
fn make(m: &mut Machine, class: Handle, args: Vec<Value>) -> Value {
    let fields = vec![None; fields::count(&m.heap, class)].into();
    let args = m.heap.tuple(args);
    let payload =
        Exception { args, traceback: None, context: None, cause: None, suppress_context: false, fields };
    Value::object(m.heap.alloc(class, Payload::Exception(Box::new(payload))))
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    no_keywords(m, args)?;
    take_args(m, args);
    Ok(Value::NONE.into())
}

/// Keyword arguments are for some types only.
fn no_keywords(m: &mut Machine, args: &Args) -> Result<(), Raise> {
    if args.keywords().next().is_none() {
        return Ok(());
    }
    let class = m.class_name(args.at(0));
    Err(m.type_error(format!("{class}() takes no keyword arguments")))
}

/// The positional arguments of `__init__` become `args`.
fn take_args(m: &mut Machine, args: &Args) {
    let tuple = m.heap.tuple(args.rest(1).collect());
    replace_args(m, args.at(0), tuple);
}

fn replace_args(m: &mut Machine, exception: Value, tuple: Value) {
    m.heap.retain(tuple);
    let old = std::mem::replace(&mut exception_mut(m, exception).args, tuple);
    m.heap.release(old);
}

fn exception_mut(m: &mut Machine, value: Value) -> &mut Exception {
    match value.handle().map(|handle| m.heap.payload_mut(handle)) {
        Some(Payload::Exception(exception)) => exception,
        _ => panic!("a method of exceptions has one as its receiver"),
    }
}

fn repr(m: &mut Machine, args: &Args) -> Eval {
    let exception = args.at(0);
    let class = m.heap.class_of(exception);
    let name = m.heap.class(class).name.to_string();
    let tuple = m.exception(exception).args;
    match *m.tuple_items(tuple) {
        [one] => {
            let flow = m.compose(vec![name.as_str().into(), "(".into(), Part::Repr(one), ")".into()])?;
            Ok(lending("repr", tuple, flow))
        }
        _ => m.compose(vec![name.as_str().into(), Part::Repr(tuple)]),
    }
}

fn str(m: &mut Machine, args: &Args) -> Eval {
    text_of_args(m, args.at(0))
}

/// What `str()` gives for an exception that has nothing better to say.
fn text_of_args(m: &mut Machine, exception: Value) -> Eval {
    let tuple = m.exception(exception).args;
    match *m.tuple_items(tuple) {
        [] => Ok(Value::object(names::EMPTY).into()),
        [one] => {
            let flow = m.str(one)?;
            Ok(lending("str", tuple, flow))
        }
        _ => m.repr(tuple),
    }
}

fn reduce(m: &mut Machine, args: &Args) -> Eval {
    let (arguments, dict) = (m.exception(args.at(0)).args, instance_dict(m, args.at(0)));
    Ok(reduced(m, args.at(0), arguments, dict).into())
}

/// The class, what it is called with, and the state, if there is one.
fn reduced(m: &mut Machine, exception: Value, arguments: Value, state: Option<Value>) -> Value {
    let class = Value::object(m.heap.class_of(exception));
    m.heap.tuple([class, arguments].into_iter().chain(state).collect())
}

/// The instance's dict, if it has one by now.
fn instance_dict(m: &Machine, exception: Value) -> Option<Value> {
    exception.handle().and_then(|handle| m.heap.get(handle).dict).map(Value::object)
}

/// The instance's dict, copied, with the fields of these names that are set; without any, the dict itself.
fn state_with(m: &mut Machine, exception: Value, fields: &[(&str, Option<Value>)]) -> Option<Value> {
    let dict = instance_dict(m, exception);
    if fields.iter().all(|(_, value)| value.is_none()) {
        return dict;
    }
    let copy = match dict.and_then(Value::handle) {
        Some(dict) => m.copy_dict(dict),
        None => m.heap.new_dict(),
    };
    for (name, value) in fields {
        if let Some(value) = value {
            m.set_text_name(copy, name, *value);
        }
    }
    Some(Value::object(copy))
}

fn set_state(m: &mut Machine, args: &Args) -> Eval {
    if args.at(1).is_none() {
        return Ok(Value::NONE.into());
    }
    let items: Vec<(Value, Value)> = match m.heap.payload_of(args.at(1)) {
        Some(Payload::Dict(dict)) => dict.iter().map(|entry| (entry.key, entry.value)).collect(),
        _ => return Err(m.type_error("state is not a dictionary")),
    };
    for (name, value) in items {
        let name = m.attribute_name(name)?;
        if let super::super::frame::Flow::Enter(_) = m.set_attr(args.at(0), name, Some(value))? {
            return Err(m.unsupported("a state of an exception whose __setattr__ is Python code"));
        }
    }
    Ok(Value::NONE.into())
}

fn with_traceback(m: &mut Machine, args: &Args) -> Eval {
    set_traceback(m, args.at(0), Some(args.at(1)))?;
    Ok(args.at(0).into())
}

fn add_note(m: &mut Machine, args: &Args) -> Eval {
    let (exception, note) = (args.at(0), args.at(1));
    if m.heap.text_of(note).is_none() {
        let class = m.argument_class(note);
        return Err(m.type_error(format!("add_note() argument must be str, not {class}")));
    }
    let handle = exception.handle().expect("an exception is a heap object");
    let dict = m.heap.attributes(handle);
    let notes = if let Some(notes) = m.heap.get_name(dict, names::NOTES) {
        notes
    } else {
        let notes = m.heap.list(Vec::new());
        m.heap.set_name(dict, names::NOTES, notes);
        notes
    };
    let Some(Payload::List(items)) = notes.handle().map(|notes| m.heap.payload_mut(notes)) else {
        return Err(m.type_error("Cannot add note: __notes__ is not a list"));
    };
    items.push(note);
    m.heap.retain(note);
    Ok(Value::NONE.into())
}

fn args(m: &mut Machine, exception: Value) -> Eval {
    Ok(m.exception(exception).args.into())
}

fn set_args(m: &mut Machine, exception: Value, value: Option<Value>) -> Eval {
    let Some(value) = value else { return Err(m.type_error("args may not be deleted")) };
    let items = m.collect_tuple(value)?;
    m.continue_with("args", items, Args::new([Value::NONE, exception]), 0, |m, args| {
        replace_args(m, args.at(1), args.at(0));
        Ok(Value::NONE.into())
    })
}

fn traceback(m: &mut Machine, exception: Value) -> Eval {
    Ok(m.exception(exception).traceback.unwrap_or(Value::NONE).into())
}

fn set_traceback(m: &mut Machine, exception: Value, value: Option<Value>) -> Result<(), Raise> {
    let Some(value) = value else { return Err(m.type_error("__traceback__ may not be deleted")) };
    if !value.is_none() && !matches!(m.heap.payload_of(value), Some(Payload::Traceback(_))) {
        return Err(m.type_error("__traceback__ must be a traceback or None"));
    }
    m.set_exception(exception, |exception| &mut exception.traceback, Some(value).filter(|tb| !tb.is_none()));
    Ok(())
}

fn context(m: &mut Machine, exception: Value) -> Eval {
    Ok(m.exception(exception).context.unwrap_or(Value::NONE).into())
}

fn set_context(m: &mut Machine, exception: Value, value: Option<Value>) -> Result<(), Raise> {
    let value = exception_or_none(m, value, "context")?;
    m.set_exception(exception, |exception| &mut exception.context, value);
    Ok(())
}

fn cause(m: &mut Machine, exception: Value) -> Eval {
    Ok(m.exception(exception).cause.unwrap_or(Value::NONE).into())
}

fn set_cause(m: &mut Machine, exception: Value, value: Option<Value>) -> Result<(), Raise> {
    let value = exception_or_none(m, value, "cause")?;
    m.set_exception_cause(exception, value);
    Ok(())
}

/// An exception; `None` for None, an error for anything else and for a deletion.
fn exception_or_none(m: &mut Machine, value: Option<Value>, what: &str) -> Result<Option<Value>, Raise> {
    let Some(value) = value else { return Err(m.type_error(format!("__{what}__ may not be deleted"))) };
    if value.is_none() {
        return Ok(None);
    }
    if m.is_exception(value) {
        return Ok(Some(value));
    }
    Err(m.type_error(format!("exception {what} must be None or derive from BaseException")))
}

fn suppress_context(m: &mut Machine, exception: Value) -> Eval {
    Ok(Value::bool(m.exception(exception).suppress_context).into())
}

fn set_suppress_context(m: &mut Machine, exception: Value, value: Option<Value>) -> Result<(), Raise> {
    match value.map(Value::kind) {
        Some(Kind::Bool(suppress)) => {
            exception_mut(m, exception).suppress_context = suppress;
            Ok(())
        }
        Some(_) => Err(m.type_error("attribute value type must be bool")),
        None => Err(m.type_error("can't delete numeric/char attribute")),
    }
}

impl Machine {
    /// What an exception that the machine itself raises keeps apart from `args`.
    pub(in crate::machine) fn exception_fields(&self, class: Handle, args: &[Value]) -> Box<[Option<Value>]> {
        let is = |base| self.heap.is_subclass(class, base);
        if is(types::STOP_ITERATION) || is(types::SYSTEM_EXIT) {
            return [args.first().copied()].into();
        }
        if is(types::OS_ERROR) {
            return os::fields_from(args).into();
        }
        if is(types::UNICODE_ERROR) && fields::count(&self.heap, class) > 0 {
            return unicode::fields_from(class, args).into();
        }
        let mut fields = vec![None; fields::count(&self.heap, class)];
        if is(types::IMPORT_ERROR) || is(types::SYNTAX_ERROR) {
            fields[0] = args.first().copied();
        }
        fields.into()
    }

    /// What the `__str__` of the builtin type gives for an exception.
    pub(in crate::machine) fn exception_str(&mut self, exception: Value) -> Eval {
        self.call_native_method(exception, names::STR)
    }

    /// What the `__repr__` of the builtin type gives for an exception.
    pub(in crate::machine) fn exception_repr(&mut self, exception: Value) -> Eval {
        self.call_native_method(exception, names::REPR)
    }

    /// Calls the special method that the nearest builtin base has.
    fn call_native_method(&mut self, exception: Value, name: Handle) -> Eval {
        let mro = self.heap.class(self.heap.class_of(exception)).mro.clone();
        let method = mro.iter().filter(|class| self.heap.class(**class).builtin).find_map(|class| {
            let namespace = self.heap.class(*class).namespace;
            self.heap.get_name(namespace, name)
        });
        self.call(method.expect("BaseException has it"), Args::new([exception]))
    }
}
