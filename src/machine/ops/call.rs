//! Calls.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow, Resume};
use super::super::native::{CallWith, Instantiate};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Slot, Value};
use crate::code::Opcode;

/// Takes the callable, its self and the values of a call off the stack.
fn operands(m: &mut Machine, count: u32) -> Result<(Value, Vec<Value>), Raise> {
    let mut values = m.pop_many(count)?;
    if let Some(receiver) = m.pop_or_null()? {
        values.insert(0, receiver);
    }
    Ok((m.pop()?, values))
}

/// Whether a call of `callable` makes a frame of Python code in the evaluation loop itself, which takes over
/// the operands; all else is called as C code is, which has them from the value stack.
fn is_inlined(m: &Machine, callable: Value) -> bool {
    let function = match m.heap.payload_of(callable) {
        Some(Payload::Method { function, .. }) => *function,
        _ => callable,
    };
    matches!(m.heap.payload_of(function), Some(Payload::Function(_)))
}

fn finish(m: &mut Machine, callable: Value, watched: Option<[Value; 2]>, result: Eval) -> Result<(), Raise> {
    if let Some(called) = watched
        && !is_inlined(m, callable)
    {
        let result = m.after_call(called, result);
        return m.complete(result, Resume::Push);
    }
    if is_inlined(m, callable) {
        let result = result.map(|flow| lend(m, flow));
        m.complete_moved(result, Resume::Push)
    } else {
        m.complete(result, Resume::Push)
    }
}

/// Lets the frame of a Python function have its arguments as the value stack of the caller had them: what is
/// borrowed there is borrowed from the caller's fast locals, which do not change before the call is over.
fn lend(m: &Machine, mut flow: Flow) -> Flow {
    if let Flow::Enter(entry) = &mut flow
        && let Some(frame) = entry.only_python()
    {
        let parameters = (frame.code.code.argcount + frame.code.code.kwonlyargcount) as usize;
        for slot in m.popped.iter().filter(|slot| slot.is_borrowed()) {
            let owned = slot.value().map(Slot::owned);
            let place = frame.slots[..parameters].iter_mut().find(|place| Some(**place) == owned);
            if let Some(place) = place {
                *place = *slot;
            }
        }
    }
    flow
}

/// What the instruction calls and its first argument, where somebody watches calls.
#[inline]
fn watched(m: &Machine, opcode: Opcode, arg: u32) -> Option<[Value; 2]> {
    if m.watching { m.watched_call(opcode, arg) } else { None }
}

pub(super) fn call(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let watched = watched(m, Opcode::CALL, count);
    let (callable, values) = operands(m, count)?;
    let result = match callable.handle().filter(|_| m.is_class(callable)) {
        Some(class) if m.is_class_call_inlined(class) => {
            m.begin(Instantiate::inlined(class, Args::new(values)))
        }
        _ => m.call(callable, Args::new(values)),
    };
    finish(m, callable, watched, result)
}

pub(super) fn call_kw(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let watched = watched(m, Opcode::CALL_KW, count);
    let names = m.pop()?;
    let names = match m.heap.payload_of(names) {
        Some(Payload::Tuple(names)) if names.iter().all(|name| m.heap.text_of(*name).is_some()) => {
            names.to_vec()
        }
        _ => return Err(m.system_error("keyword names are a tuple of str")),
    };
    let (callable, values) = operands(m, count)?;
    if names.len() > values.len() {
        return Err(m.system_error("more keyword names than arguments"));
    }
    let result = m.call(callable, Args::with_names(values, names));
    finish(m, callable, watched, result)
}

/// Where the positional arguments of `CALL_FUNCTION_EX` stand, from the top of the value stack.
const SPREAD: u32 = 2;

pub(super) fn call_function_ex(m: &mut Machine) -> Result<(), Raise> {
    let positional = m.peek(SPREAD)?;
    if m.heap.class_of(positional) == types::TUPLE {
        return call_spread(m, CallWith::now);
    }
    if let Some(items) = m.known_items(positional) {
        let items = m.heap.tuple(items);
        m.replace(SPREAD, items);
        // A list that nothing else holds has gone by then, with its references to the items.
        return call_spread(m, if m.heap.has_dying() { CallWith::later } else { CallWith::now });
    }
    let callable = m.peek(SPREAD + 2)?;
    let collected = m.collect_arguments(positional, callable);
    m.complete_in_place(collected, Resume::Spread, SPREAD as usize + 2)
}

/// Goes on where the positional arguments have been made a tuple, which stands on the value stack instead of what it
/// was made of: the call comes behind the finalizers of that.
pub(super) fn call_collected(m: &mut Machine, items: Value) -> Result<(), Raise> {
    m.replace(SPREAD, items);
    call_spread(m, CallWith::later)
}

fn call_spread(m: &mut Machine, call: fn(&mut Machine, CallWith) -> Eval) -> Result<(), Raise> {
    let watched = watched(m, Opcode::CALL_FUNCTION_EX, 0);
    let keywords = m.pop_or_null()?;
    let positional = m.pop()?;
    let receiver = m.pop_or_null()?;
    let callable = m.pop()?;
    let given = m.tuple_items(positional).to_vec();
    let result = call(m, CallWith::new(callable, receiver, positional, keywords));
    if matches!(m.heap.payload_of(callable), Some(Payload::Function(_))) {
        return m.complete_moved(result, Resume::Push);
    }
    let result = match watched {
        Some(called) if !is_inlined(m, callable) => m.after_call(called, result),
        _ => result,
    };
    m.complete_lending(result, Resume::Push, &given)
}

pub(super) fn exit_init_check(m: &mut Machine) -> Result<(), Raise> {
    let value = m.pop()?;
    m.check_init_result(value)
}
