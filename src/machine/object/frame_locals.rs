//! `f_locals` of a function's frame: a mapping through which its local variables are read and written.

use super::super::Machine;
use super::super::args::Params;
use super::super::frame::{Eval, Flow};
use super::super::native::DictAction;
use super::super::protocol::compare::Comparison;
use super::super::protocol::operator::Binary;
use super::super::protocol::wrappers::{EQ, GE, GT, LE, LT, NE, REPR};
use super::super::raise::Raise;
use super::super::table::Sameness;
use super::super::value::{Handle, Slot, Value};
use super::class::TypeSpec;
use super::exception::FrameObject;
use super::function::NativeDef;
use super::{Payload, types};
use crate::code::LocalKind;

/// `FrameLocalsProxy`.
pub static FRAME_LOCALS: TypeSpec = TypeSpec {
    unhashable: true,
    natives: &[
        NativeDef::new(Params::Range(1, 1), |m, args| {
            let frame = args.at(1);
            if !matches!(m.heap.payload_of(frame), Some(Payload::Frame(_))) {
                let class = m.class_name(frame);
                return Err(m.type_error(format!("expect frame, not {class}")));
            }
            Ok(m.frame_locals_proxy(frame).into())
        }),
        NativeDef::wrapper("__len__", Params::None, |m, args| {
            let count = variables(m, args.at(0)).len();
            Ok(m.heap.int(count as i64).into())
        }),
        NativeDef::wrapper("__getitem__", Params::One, |m, args| match find(m, args.at(0), args.at(1)) {
            Some(value) => Ok(value.into()),
            None => Err(missing(m, args.at(1))),
        }),
        NativeDef::wrapper("__setitem__", Params::Range(2, 2), |m, args| {
            set(m, args.at(0), args.at(1), args.at(2))
        }),
        NativeDef::wrapper("__delitem__", Params::One, |m, args| {
            delete(m, args.at(0), args.at(1)).map(|_| Value::NONE.into())
        }),
        NativeDef::wrapper("__contains__", Params::One, |m, args| {
            Ok(Value::bool(find(m, args.at(0), args.at(1)).is_some()).into())
        }),
        NativeDef::wrapper("__iter__", Params::None, |m, args| {
            let names = names_of(m, args.at(0));
            let names = m.heap.list(names);
            m.iter(names)
        }),
        NativeDef::method("__reversed__", Params::None, |m, args| {
            let mut names = names_of(m, args.at(0));
            names.reverse();
            Ok(m.heap.list(names).into())
        }),
        NativeDef::method("keys", Params::None, |m, args| {
            let names = names_of(m, args.at(0));
            Ok(m.heap.list(names).into())
        }),
        NativeDef::method("values", Params::None, |m, args| {
            let values = variables(m, args.at(0)).into_iter().map(|(_, value)| value).collect();
            Ok(m.heap.list(values).into())
        }),
        NativeDef::method("items", Params::None, |m, args| {
            let variables = variables(m, args.at(0));
            let pairs = variables.into_iter().map(|(name, value)| m.heap.pair(name, value)).collect();
            Ok(m.heap.list(pairs).into())
        }),
        NativeDef::method("copy", Params::None, |m, args| Ok(m.locals_in_dict(args.at(0)).into())),
        NativeDef::method("get", Params::Range(1, 2), |m, args| {
            let default = args.get(2).unwrap_or(Value::NONE);
            Ok(find(m, args.at(0), args.at(1)).unwrap_or(default).into())
        }),
        NativeDef::method("setdefault", Params::Range(1, 2), |m, args| {
            if let Some(value) = find(m, args.at(0), args.at(1)) {
                return Ok(value.into());
            }
            let default = args.get(2).unwrap_or(Value::NONE);
            set(m, args.at(0), args.at(1), default)?;
            Ok(default.into())
        }),
        NativeDef::method("pop", Params::Range(1, 2), |m, args| match args.get(2) {
            Some(default) if find(m, args.at(0), args.at(1)).is_none() => Ok(default.into()),
            _ => delete(m, args.at(0), args.at(1)).map(Into::into),
        }),
        NativeDef::method("update", Params::One, |m, args| {
            m.update_frame_locals(args.at(0), args.at(1)).map(|()| Value::NONE.into())
        }),
        NativeDef::wrapper("__or__", Params::One, |m, args| joined(m, args.at(0), args.at(1))),
        NativeDef::wrapper("__ror__", Params::One, |m, args| joined(m, args.at(1), args.at(0))),
        NativeDef::wrapper("__ior__", Params::One, |m, args| {
            m.update_frame_locals(args.at(0), args.at(1)).map(|()| args.at(0).into())
        }),
    ],
    wrappers: &[&REPR, &LT, &LE, &EQ, &NE, &GT, &GE],
    ..TypeSpec::new(types::FRAME_LOCALS, "FrameLocalsProxy")
};

fn frame_of(m: &Machine, proxy: Value) -> (Handle, &FrameObject) {
    let frame = match m.heap.payload_of(proxy) {
        Some(Payload::FrameLocals(frame)) => frame.handle().expect("a frame is a heap object"),
        _ => panic!("a method of a FrameLocalsProxy is called on one"),
    };
    match m.heap.payload(frame) {
        Payload::Frame(object) => (frame, object),
        _ => panic!("a FrameLocalsProxy is of a frame"),
    }
}

/// Names and values: the fast locals that are bound, then what has been added.
fn variables(m: &Machine, proxy: Value) -> Vec<(Value, Value)> {
    m.frame_locals_of(Value::object(frame_of(m, proxy).0))
}

fn names_of(m: &Machine, proxy: Value) -> Vec<Value> {
    variables(m, proxy).into_iter().map(|(name, _)| name).collect()
}

fn find(m: &Machine, proxy: Value, key: Value) -> Option<Value> {
    variables(m, proxy).into_iter().find(|(name, _)| same_key(m, *name, key)).map(|(_, value)| value)
}

/// Whether two keys are the same name.
fn same_key(m: &Machine, one: Value, other: Value) -> bool {
    let texts = (m.heap.text_of(one), m.heap.text_of(other));
    one == other || matches!(texts, (Some(a), Some(b)) if a == b) || m.same_key(one, other) == Sameness::Same
}

fn missing(m: &mut Machine, key: Value) -> Raise {
    let shown = m.brief_repr(key);
    let text = m.heap.str(format!("local variable '{shown}' is not defined"));
    m.key_error(text)
}

/// The place of a name among the fast locals.
fn place(m: &Machine, frame: &FrameObject, key: Value) -> Option<usize> {
    let kinds = &frame.code.code.localspluskinds;
    frame.code.locals.iter().zip(kinds).position(|(name, _)| same_key(m, Value::object(*name), key))
}

fn set(m: &mut Machine, proxy: Value, key: Value, value: Value) -> Eval {
    let (handle, frame) = frame_of(m, proxy);
    let (id, ended) = (frame.id, frame.ended);
    let Some(index) = place(m, frame, key) else {
        if let Flow::Enter(_) = m.hash(key)? {
            return Err(m.unsupported("names of local variables whose __hash__ is in Python"));
        }
        m.add_local(handle, key, value);
        return Ok(Value::NONE.into());
    };
    let old = m.frame_locals(frame).get(index).copied();
    let kind = frame.code.code.localspluskinds[index];
    let cell = old.and_then(Slot::value).and_then(Value::handle);
    let cell = cell.filter(|cell| {
        kind.has(LocalKind::CELL | LocalKind::FREE) && matches!(m.heap.payload(*cell), Payload::Cell(_))
    });
    if let Some(cell) = cell {
        m.set_cell(cell, Some(value));
        return Ok(Value::NONE.into());
    }
    m.heap.retain(value);
    let slot = Slot::owned(value);
    let old = if ended {
        match m.heap.payload_mut(handle) {
            Payload::Frame(frame) => frame.locals.get_mut(index).map(|place| std::mem::replace(place, slot)),
            _ => None,
        }
    } else {
        m.live_frame_mut(id).map(|frame| std::mem::replace(&mut frame.slots[index], slot))
    };
    // The value stack may have borrowed what was there: the frame keeps it as long as it runs.
    if let Some(old) = old.and_then(Slot::owned_handle)
        && let Payload::Frame(frame) = m.heap.payload_mut(handle)
    {
        frame.overwritten.push(Value::object(old));
    }
    Ok(Value::NONE.into())
}

fn delete(m: &mut Machine, proxy: Value, key: Value) -> Result<Value, Raise> {
    let (handle, frame) = frame_of(m, proxy);
    if place(m, frame, key).is_some() {
        return Err(m.value_error("cannot remove local variables from FrameLocalsProxy"));
    }
    let added = frame.added.iter().position(|(name, _)| same_key(m, *name, key));
    let Some(index) = added else {
        return Err(m.key_error(key));
    };
    let (name, value) = match m.heap.payload_mut(handle) {
        Payload::Frame(frame) => frame.added.remove(index),
        _ => panic!("a FrameLocalsProxy is of a frame"),
    };
    m.heap.release(name);
    m.heap.release(value);
    Ok(value)
}

fn joined(m: &mut Machine, left: Value, right: Value) -> Eval {
    let mut sides = [left, right];
    for side in &mut sides {
        match m.heap.payload_of(*side) {
            Some(Payload::FrameLocals(_)) => *side = m.locals_in_dict(*side),
            Some(Payload::Dict(_)) => {}
            _ => return Ok(Value::NOT_IMPLEMENTED.into()),
        }
    }
    m.binary(Binary::Or, false, sides[0], sides[1])
}

impl Machine {
    /// The mapping through which the locals of a function's frame are read and written.
    pub(in crate::machine) fn frame_locals_proxy(&mut self, frame: Value) -> Value {
        Value::object(self.heap.alloc(types::FRAME_LOCALS, Payload::FrameLocals(frame)))
    }

    /// The local variables of a frame object that are bound, then what has been added to them.
    pub(in crate::machine) fn frame_locals_of(&self, frame: Value) -> Vec<(Value, Value)> {
        let Some(Payload::Frame(frame)) = self.heap.payload_of(frame) else { return Vec::new() };
        let mut found = self.named_locals(&frame.code, self.frame_locals(frame));
        found.extend_from_slice(&frame.added);
        found
    }

    /// `proxy.update(other)`.
    pub(in crate::machine) fn update_frame_locals(
        &mut self,
        proxy: Value,
        other: Value,
    ) -> Result<(), Raise> {
        let items = match self.heap.payload_of(other) {
            Some(Payload::FrameLocals(_)) => variables(self, other),
            Some(Payload::Dict(dict)) => dict.iter().map(|entry| (entry.key, entry.value)).collect(),
            _ => return Err(self.type_error("update() argument must be dict or another FrameLocalsProxy")),
        };
        for (name, value) in items {
            set(self, proxy, name, value)?;
        }
        Ok(())
    }

    /// `left | right`, one of which is a FrameLocalsProxy: a dict.
    pub(in crate::machine) fn join_frame_locals(
        &mut self,
        left: Value,
        right: Value,
    ) -> Result<Option<Flow>, Raise> {
        joined(self, left, right).map(Some)
    }

    /// A new dict of what a FrameLocalsProxy shows now.
    pub(in crate::machine) fn locals_in_dict(&mut self, proxy: Value) -> Value {
        let variables = variables(self, proxy);
        self.dict_of_locals(&variables)
    }

    /// A new dict of local variables, whose names may be anything that has its hash at once.
    pub(in crate::machine) fn dict_of_locals(&mut self, variables: &[(Value, Value)]) -> Value {
        let (others, named): (Vec<_>, Vec<_>) =
            variables.iter().copied().partition(|(name, _)| self.heap.class_of(*name) != types::STR);
        let dict = self.dict_from_names(&named);
        let handle = dict.handle().expect("a dict is a heap object");
        for (name, value) in others {
            let Ok(Flow::Value(hash)) = self.hash(name) else { continue };
            let Ok(hash) = self.hash_from_result(hash) else { continue };
            let stored = self.dict_act_hashed(handle, name, hash, DictAction::Set(value));
            debug_assert!(matches!(stored, Ok(Flow::Value(_))), "such keys are compared at once");
        }
        dict
    }

    /// Whether both values are such mappings of the same frame; a dict is compared with what it shows.
    pub(in crate::machine) fn compare_frame_locals(
        &mut self,
        comparison: Comparison,
        proxy: Value,
        other: Value,
    ) -> Eval {
        match self.heap.payload_of(other) {
            Some(Payload::FrameLocals(frame)) => {
                let same = *frame == Value::object(frame_of(self, proxy).0);
                Ok(Value::bool(same == (comparison == Comparison::Eq)).into())
            }
            Some(Payload::Dict(_)) => {
                let shown = self.locals_in_dict(proxy);
                self.compare(comparison, shown, other)
            }
            _ => Ok(Value::NOT_IMPLEMENTED.into()),
        }
    }

    fn add_local(&mut self, frame: Handle, name: Value, value: Value) {
        let known = match self.heap.payload(frame) {
            Payload::Frame(object) => object.added.iter().position(|(known, _)| same_key(self, *known, name)),
            _ => None,
        };
        self.heap.retain(value);
        if known.is_none() {
            self.heap.retain(name);
        }
        let Payload::Frame(object) = self.heap.payload_mut(frame) else { return };
        let old = match known {
            Some(index) => Some(std::mem::replace(&mut object.added[index].1, value)),
            None => {
                object.added.push((name, value));
                None
            }
        };
        if let Some(old) = old {
            self.heap.release(old);
        }
    }
}
