//! Builtin functions about objects and their attributes, classes and namespaces.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::{Eval, Flow};
use super::super::super::names;
use super::super::super::native::{BuildClass, holding};
use super::super::super::object::code::LoadedCode;
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::value::{Slot, Value};
use crate::code::LocalKind;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("__build_class__", Params::Any, |m, args| {
        let task = BuildClass::new(m, args)?;
        m.begin(task)
    }),
    NativeDef::function("isinstance", Params::Range(2, 2), |m, args| {
        m.instance_check(args.at(0), args.at(1))
    }),
    NativeDef::function("issubclass", Params::Range(2, 2), |m, args| {
        m.subclass_check(args.at(0), args.at(1))
    }),
    NativeDef::function("getattr", Params::Range(2, 3), getattr),
    NativeDef::function("hasattr", Params::Range(2, 2), |m, args| {
        let name = m.attribute_name(args.at(1))?;
        m.has_attr(args.at(0), name)
    }),
    NativeDef::function("setattr", Params::Range(3, 3), |m, args| {
        let name = m.attribute_name(args.at(1))?;
        let done = m.set_attr(args.at(0), name, Some(args.at(2)))?;
        Ok(nothing(done))
    }),
    NativeDef::function("delattr", Params::Range(2, 2), |m, args| {
        let name = m.attribute_name(args.at(1))?;
        let done = m.set_attr(args.at(0), name, None)?;
        Ok(nothing(done))
    }),
    NativeDef::function("callable", Params::One, |m, args| Ok(Value::bool(m.is_callable(args.at(0))).into())),
    NativeDef::function("id", Params::One, |m, args| {
        let identity = m.identity(args.at(0));
        Ok(m.heap.int(i64::try_from(identity).unwrap_or(i64::MAX)).into())
    }),
    NativeDef::function("vars", Params::Range(0, 1), vars),
    NativeDef::function("dir", Params::Range(0, 1), dir),
    NativeDef::function("globals", Params::None, |m, _| {
        let globals = m.thread().python_frames().next().map(|frame| frame.globals);
        Ok(globals.map_or(Value::NONE, Value::object).into())
    }),
    NativeDef::function("locals", Params::None, |m, _| Ok(m.current_locals().into())),
];

/// `setattr` and `delattr` give None, whatever a `__setattr__` gives.
fn nothing(flow: Flow) -> Flow {
    match flow {
        Flow::Value(_) => Flow::Value(Value::NONE),
        Flow::Enter(entry) => Flow::Enter(entry),
    }
}

fn getattr(m: &mut Machine, args: &Args) -> Eval {
    let name = m.attribute_name(args.at(1))?;
    match args.get(2) {
        Some(default) => m.get_attr_or(args.at(0), name, default),
        None => m.get_attr(args.at(0), name),
    }
}

fn vars(m: &mut Machine, args: &Args) -> Eval {
    let Some(object) = args.get(0) else { return Ok(m.current_locals().into()) };
    match m.find_attr(object, names::DICT)? {
        Some(flow) => Ok(holding("vars", [object], flow)),
        None => Err(m.type_error("vars() argument must have __dict__ attribute")),
    }
}

fn dir(m: &mut Machine, args: &Args) -> Eval {
    let names = match args.get(0) {
        None => {
            let locals = m.current_locals();
            match m.heap.payload_of(locals) {
                Some(Payload::Dict(names)) if m.heap.class_of(locals) == types::DICT => {
                    let keys = names.iter().map(|entry| entry.key).collect();
                    Flow::Value(m.heap.list(keys))
                }
                _ if locals.is_none() => Flow::Value(m.heap.list(Vec::new())),
                _ => m.call_attr(locals, names::KEYS, Vec::new())?,
            }
        }
        Some(object) => {
            let Some(method) = m.heap.special(object, names::DIR) else {
                return Err(m.type_error("object does not provide __dir__"));
            };
            // They stand in a tuple, and the method is bound.
            holding("dir", [object, object], m.call_method(method, object, Args::default())?)
        }
    };
    m.sorted_names(names)
}

impl Machine {
    /// Whether a value can be called.
    pub(in crate::machine) fn is_callable(&self, value: Value) -> bool {
        match self.heap.payload_of(value) {
            Some(Payload::Function(_) | Payload::Native(..) | Payload::Class(_) | Payload::Method { .. }) => {
                true
            }
            _ => self.heap.special(value, names::CALL).is_some(),
        }
    }

    /// `locals()` of the frame that runs: its namespace, else a new dict of its fast locals, or of those of the frame
    /// in whose `f_locals` it runs.
    pub(in crate::machine) fn current_locals(&mut self) -> Value {
        let Some(frame) = self.thread.python_frames().next() else { return Value::NONE };
        if let Some(namespace) = frame.namespace
            && !self.has_hidden_locals(&frame.code, frame.locals())
        {
            return match self.heap.payload_of(namespace) {
                Some(Payload::FrameLocals(_)) => self.locals_in_dict(namespace),
                _ => namespace,
            };
        }
        let mut items = self.named_locals(&frame.code, frame.locals());
        if let Some(Payload::Frame(object)) = frame.object.map(|object| self.heap.payload(object)) {
            items.extend_from_slice(&object.added);
        }
        self.dict_of_locals(&items)
    }

    /// Whether a module or class body is within a comprehension whose names it holds beside its namespace: they are its
    /// local variables as long.
    pub(in crate::machine) fn has_hidden_locals(&self, code: &LoadedCode, slots: &[Slot]) -> bool {
        let kinds = code.code.localspluskinds.iter().zip(slots);
        kinds.into_iter().any(|(kind, slot)| kind.has(LocalKind::HIDDEN) && slot.value().is_some())
    }

    /// The names of fast locals that `locals()` shows, with what they hold; unbound ones are left out.
    pub(in crate::machine) fn named_locals(&self, code: &LoadedCode, slots: &[Slot]) -> Vec<(Value, Value)> {
        let mut items = Vec::new();
        for ((name, slot), kind) in code.locals.iter().zip(slots).zip(&code.code.localspluskinds) {
            let value = match slot.value().map(|value| (value, self.heap.payload_of(value))) {
                Some((_, Some(Payload::Cell(content)))) if kind.has(LocalKind::CELL | LocalKind::FREE) => {
                    *content
                }
                Some((value, _)) => Some(value),
                None => None,
            };
            if let Some(value) = value {
                items.push((Value::object(*name), value));
            }
        }
        items
    }
}
