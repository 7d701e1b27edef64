//! `_contextvars`: variables whose values belong to contexts, and contexts that code runs in.
//!
//! A context keeps its values in a dict of its own.  CPython's order of iteration hangs on addresses; here it is the
//! order in which variables were first set.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::heap::Heap;
use super::super::native::{Advance, DictAction, Input, NativeTask, Part, Progress};
use super::super::object::class::{Accessor, TypeSpec};
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::protocol::wrappers_container::CLASS_GETITEM;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::native::NativeModule;

/// `_contextvars`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[NativeDef::function("copy_context", Params::None, |m, _| {
        let current = current(m);
        Ok(copy(m, current).into())
    })]],
    types: &[&CONTEXT, &CONTEXT_VAR, &TOKEN],
    hidden_types: &[&MISSING_TYPE],
    fill: |m, _| {
        let missing = Value::object(m.heap.alloc(types::TOKEN_MISSING, Payload::Plain));
        let namespace = m.heap.class(types::TOKEN).namespace;
        m.set_text_name(namespace, "MISSING", missing);
    },
    ..NativeModule::new("_contextvars", "Variables whose values belong to contexts.")
};

// A variable: its name, and its default, if it has one.
const NAME: usize = 0;
const DEFAULT: usize = 1;

// A token: its variable, the context in which it was made, the value before, and whether it has been used.
const VAR: usize = 0;
const MADE_IN: usize = 1;
const OLD: usize = 2;
const USED: usize = 3;

// A context: its dict, and whether code runs in it.
const VALUES: usize = 0;
const ENTERED: usize = 1;

fn slot(m: &Machine, object: Value, index: usize) -> Option<Value> {
    match m.heap.payload_of(object) {
        Some(Payload::Slots(slots)) => slots[index],
        _ => panic!("what belongs to contexts has slots"),
    }
}

/// Sets a slot to a bool, which is no object of the heap.
fn set_flag(m: &mut Machine, object: Value, index: usize, flag: bool) {
    let handle = object.handle().expect("what belongs to contexts is a heap object");
    if let Payload::Slots(slots) = m.heap.payload_mut(handle) {
        slots[index] = Some(Value::bool(flag));
    }
}

fn is_set(m: &Machine, object: Value, index: usize) -> bool {
    slot(m, object, index) == Some(Value::TRUE)
}

fn with_slots(m: &mut Machine, class: Handle, slots: Vec<Option<Value>>) -> Value {
    Value::object(m.heap.alloc(class, Payload::Slots(slots.into())))
}

fn new_context(m: &mut Machine, dict: Handle) -> Value {
    with_slots(m, types::CONTEXT, vec![Some(Value::object(dict)), Some(Value::FALSE)])
}

/// The dict of a context's values.
fn values(m: &Machine, context: Value) -> Handle {
    slot(m, context, VALUES).and_then(Value::handle).expect("a context has a dict")
}

fn copy(m: &mut Machine, context: Value) -> Value {
    let values = values(m, context);
    let values = m.copy_dict(values);
    new_context(m, values)
}

/// The context that runs; it is made when it is first asked for.
fn current(m: &mut Machine) -> Value {
    if let Some(context) = m.thread().context {
        return context;
    }
    let dict = m.heap.new_dict();
    let context = new_context(m, dict);
    set_flag(m, context, ENTERED, true);
    set_current(m, Some(context));
    context
}

fn set_current(m: &mut Machine, context: Option<Value>) {
    if let Some(context) = context {
        m.heap.retain(context);
    }
    if let Some(old) = std::mem::replace(&mut m.thread_mut().context, context) {
        m.heap.release(old);
    }
}

/// The value that a context has for a variable.
fn value_in(m: &Machine, context: Value, variable: Value) -> Option<Value> {
    m.heap.dict(values(m, context)).iter().find(|entry| entry.key == variable).map(|entry| entry.value)
}

/// A variable with this name and no default.
pub fn variable(m: &mut Machine, name: &str) -> Value {
    m.describe_when_needed(&CONTEXT_VAR);
    let name = m.heap.intern(name);
    with_slots(m, types::CONTEXT_VAR, vec![Some(name), None])
}

/// The value that the context which runs has for a variable.
pub fn current_value(m: &Machine, variable: Value) -> Option<Value> {
    value_in(m, m.thread().context?, variable)
}

fn set_in(m: &mut Machine, context: Value, variable: Value, value: Option<Value>) -> Result<(), Raise> {
    let action = value.map_or(DictAction::Delete, DictAction::Set);
    let dict = values(m, context);
    match m.dict_act(dict, variable, action)? {
        Flow::Value(_) => Ok(()),
        Flow::Enter(_) => panic!("variables are compared without Python code"),
    }
}

/// `_contextvars.ContextVar`.
static CONTEXT_VAR: TypeSpec = TypeSpec {
    module: "_contextvars",
    natives: &[
        NativeDef::new(Params::Any, new_variable),
        NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| {
            let parts = title(m, args.at(0));
            m.compose(parts)
        }),
        NativeDef::method("get", Params::Range(0, 1), |m, args| {
            let (variable, current) = (args.at(0), current(m));
            let found = value_in(m, current, variable).or(args.get(1)).or(slot(m, variable, DEFAULT));
            match found {
                Some(value) => Ok(value.into()),
                None => Err(m.raise_with(types::LOOKUP_ERROR, vec![variable])),
            }
        }),
        NativeDef::method("set", Params::One, |m, args| {
            let (variable, current) = (args.at(0), current(m));
            let old = value_in(m, current, variable);
            set_in(m, current, variable, Some(args.at(1)))?;
            let slots = vec![Some(variable), Some(current), old, Some(Value::FALSE)];
            Ok(with_slots(m, types::TOKEN, slots).into())
        }),
        NativeDef::method("reset", Params::One, |m, args| {
            if m.heap.class_of(args.at(1)) != types::TOKEN {
                return complain(m, "", args.at(1), types::TYPE_ERROR, "expected an instance of Token, got ");
            }
            reset(m, args.at(0), args.at(1))
        }),
    ],
    wrappers: &[&CLASS_GETITEM],
    accessors: &[
        Accessor::read_only("name", |m, v| Ok(slot(m, v, NAME).unwrap_or(Value::NONE).into())).as_member()
    ],
    ..TypeSpec::new(types::CONTEXT_VAR, "ContextVar")
};

/// `ContextVar(name, *, default)`.
fn new_variable(m: &mut Machine, args: &Args) -> Eval {
    let rest = args.without_first();
    let positional = rest.positional();
    if positional != 1 {
        let (how, one) = if positional == 0 { ("exactly", 0) } else { ("at most", positional) };
        let message = format!("ContextVar() takes {how} 1 positional argument ({one} given)");
        return Err(m.type_error(message));
    }
    let bound = m.bind_as("ContextVar", &["", "default"], 1, &rest)?;
    if m.heap.text_of(bound.at(0)).is_none() {
        return Err(m.type_error("context variable name must be a str"));
    }
    Ok(with_slots(m, types::CONTEXT_VAR, vec![Some(bound.at(0)), bound.get(1)]).into())
}

/// `<ContextVar name='x' default=1 at 0x…>`.
fn title(m: &Machine, variable: Value) -> Vec<Part> {
    let name = slot(m, variable, NAME).expect("a variable has a name");
    let mut parts: Vec<Part> = vec!["<ContextVar name=".into(), Part::Repr(name)];
    if let Some(default) = slot(m, variable, DEFAULT) {
        parts.extend([" default=".into(), Part::Repr(default)]);
    }
    parts.push(format!(" at 0x{:x}>", m.identity(variable)).as_str().into());
    parts
}

/// An error of this class that shows a value between two texts.
fn complain(m: &mut Machine, after: &'static str, shown: Value, class: Handle, before: &str) -> Eval {
    m.raise_composed(class, vec![before.into(), Part::Repr(shown), after.into()])
}

/// Gives a variable the value that it had before the token was made.
fn reset(m: &mut Machine, variable: Value, token: Value) -> Eval {
    let current = current(m);
    if is_set(m, token, USED) {
        return complain(m, " has already been used once", token, types::RUNTIME_ERROR, "");
    }
    if slot(m, token, VAR) != Some(variable) {
        return complain(m, " was created by a different ContextVar", token, types::VALUE_ERROR, "");
    }
    if slot(m, token, MADE_IN) != Some(current) {
        return complain(m, " was created in a different Context", token, types::VALUE_ERROR, "");
    }
    set_flag(m, token, USED, true);
    let old = slot(m, token, OLD);
    if old.is_some() || value_in(m, current, variable).is_some() {
        set_in(m, current, variable, old)?;
    }
    Ok(Value::NONE.into())
}

/// `_contextvars.Token`.
static TOKEN: TypeSpec = TypeSpec {
    module: "_contextvars",
    unhashable: true,
    natives: &[
        NativeDef::new(Params::Any, |m, _| Err(m.runtime_error("Tokens can only be created by ContextVars"))),
        NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| {
            let token = args.at(0);
            let variable = slot(m, token, VAR).expect("a token has a variable");
            let mut parts: Vec<Part> = vec![
                "<Token".into(),
                if is_set(m, token, USED) { " used" } else { "" }.into(),
                " var=".into(),
            ];
            parts.extend(title(m, variable));
            parts.push(format!(" at 0x{:x}>", m.identity(token)).as_str().into());
            m.compose(parts)
        }),
        NativeDef::method("__enter__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::method("__exit__", Params::Range(3, 3), |m, args| {
            let variable = slot(m, args.at(0), VAR).expect("a token has a variable");
            reset(m, variable, args.at(0))
        }),
    ],
    wrappers: &[&CLASS_GETITEM],
    accessors: &[
        Accessor::read_only("var", |m, t| Ok(slot(m, t, VAR).unwrap_or(Value::NONE).into())),
        Accessor::read_only("old_value", |m, token| match slot(m, token, OLD) {
            Some(old) => Ok(old.into()),
            None => {
                let name = m.text_handle("MISSING");
                Ok(m.heap.lookup(types::TOKEN, name).unwrap_or(Value::NONE).into())
            }
        }),
    ],
    ..TypeSpec::new(types::TOKEN, "Token")
};

/// The type of `Token.MISSING`.
static MISSING_TYPE: TypeSpec = TypeSpec {
    module: "Token",
    natives: &[NativeDef::wrapper("__repr__", Params::None, |m, _| {
        Ok(m.heap.intern("<Token.MISSING>").into())
    })],
    ..TypeSpec::new(types::TOKEN_MISSING, "MISSING")
};

/// A variable, as the key of a context.
fn key(m: &mut Machine, value: Value) -> Result<Option<Value>, Raise> {
    Ok((m.heap.class_of(value) == types::CONTEXT_VAR).then_some(value))
}

fn no_key(m: &mut Machine, value: Value) -> Eval {
    complain(m, "", value, types::TYPE_ERROR, "a ContextVar key was expected, got ")
}

/// Variables or values or both, in a list.
fn listed(m: &mut Machine, context: Value, item: fn(&mut Machine, Value, Value) -> Value) -> Value {
    let values = values(m, context);
    let entries: Vec<_> = m.heap.dict(values).iter().map(|entry| (entry.key, entry.value)).collect();
    let items = entries.into_iter().map(|(key, value)| item(m, key, value)).collect();
    m.heap.list(items)
}

/// `_contextvars.Context`.
static CONTEXT: TypeSpec = TypeSpec {
    module: "_contextvars",
    unhashable: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            if args.len() > 1 {
                return Err(m.type_error("Context() does not accept any arguments"));
            }
            let dict = m.heap.new_dict();
            Ok(new_context(m, dict).into())
        }),
        NativeDef::wrapper("__len__", Params::None, |m, args: &Args| {
            let values = values(m, args.at(0));
            let length = m.heap.dict(values).len();
            Ok(m.heap.int(length as i64).into())
        }),
        NativeDef::wrapper("__iter__", Params::None, |m, args: &Args| {
            let list = listed(m, args.at(0), |_, key, _| key);
            m.iter(list)
        }),
        NativeDef::wrapper("__contains__", Params::One, |m, args: &Args| match key(m, args.at(1))? {
            Some(key) => Ok(Value::bool(value_in(m, args.at(0), key).is_some()).into()),
            None => no_key(m, args.at(1)),
        }),
        NativeDef::wrapper("__getitem__", Params::One, |m, args: &Args| match key(m, args.at(1))? {
            Some(key) => match value_in(m, args.at(0), key) {
                Some(value) => Ok(value.into()),
                None => Err(m.key_error(key)),
            },
            None => no_key(m, args.at(1)),
        }),
        NativeDef::wrapper("__eq__", Params::One, |m, args: &Args| same(m, args, false)),
        NativeDef::wrapper("__ne__", Params::One, |m, args: &Args| same(m, args, true)),
        NativeDef::method("get", Params::Range(1, 2), |m, args| match key(m, args.at(1))? {
            Some(key) => {
                let found = value_in(m, args.at(0), key).or(args.get(2));
                Ok(found.unwrap_or(Value::NONE).into())
            }
            None => no_key(m, args.at(1)),
        }),
        NativeDef::method("keys", Params::None, |m, args| {
            let list = listed(m, args.at(0), |_, key, _| key);
            m.iter(list)
        }),
        NativeDef::method("values", Params::None, |m, args| {
            let list = listed(m, args.at(0), |_, _, value| value);
            m.iter(list)
        }),
        NativeDef::method("items", Params::None, |m, args| {
            let list = listed(m, args.at(0), |m, key, value| m.heap.pair(key, value));
            m.iter(list)
        }),
        NativeDef::method("copy", Params::None, |m, args| Ok(copy(m, args.at(0)).into())),
        NativeDef::method("run", Params::Any, |m, args| {
            if args.positional() < 2 {
                return Err(m.type_error("run() missing 1 required positional argument"));
            }
            let (context, call) = (args.at(0), args.without_first());
            if is_set(m, context, ENTERED) {
                let after = " is already entered";
                return complain(m, after, context, types::RUNTIME_ERROR, "cannot enter context: ");
            }
            m.begin(ContextRun { context, call: Some(call), before: None })
        }),
    ],
    ..TypeSpec::new(types::CONTEXT, "Context")
};

fn same(m: &mut Machine, args: &Args, not: bool) -> Eval {
    let (one, other) = (args.at(0), args.at(1));
    if m.heap.class_of(other) != types::CONTEXT {
        return Ok(Value::NOT_IMPLEMENTED.into());
    }
    let (one, other) = (values(m, one), values(m, other));
    m.compare_dicts(not, one, other)
}

/// `Context.run(callable, …)`: calls it while the context is the current one.
#[derive(Clone, Debug, Hash)]
pub struct ContextRun {
    context: Value,
    /// The callable and its arguments, as long as it is not called.
    call: Option<Args>,
    /// The context to which it goes back.
    before: Option<Value>,
}

impl ContextRun {
    fn leave(&self, m: &mut Machine) {
        set_flag(m, self.context, ENTERED, false);
        set_current(m, self.before);
    }
}

impl NativeTask for ContextRun {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        let result = match (self.call.take(), input) {
            (Some(call), _) => {
                self.before = Some(current(m));
                set_flag(m, self.context, ENTERED, true);
                set_current(m, Some(self.context));
                match m.call(call.at(0), call.without_first()) {
                    Ok(Flow::Value(value)) => value,
                    Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                    Err(raise) => {
                        self.leave(m);
                        return Err(raise);
                    }
                }
            }
            (None, Input::Value(value)) => value,
            (None, _) => panic!("a call in a context gives a value"),
        };
        self.leave(m);
        Ok(Progress::Done(result))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.context);
        self.before.into_iter().for_each(&mut *visit);
        if let Some(call) = &self.call {
            call.each_value(visit);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        "Context.run: waiting for what runs in it".to_owned()
    }

    fn abandon(self, m: &mut Machine) {
        self.leave(m);
    }
}
