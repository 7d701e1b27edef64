//! `tee`: several iterators over one, which share what was taken from it until each has seen it.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::native::{Do, Got};
use super::super::super::object::iterator::Iter;
use super::super::super::object::types;
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::next::{Phase, Turn};
use super::tool::{Shared, Tool};

/// How many items one object keeps, as in CPython: with the last iterator that needs them, they go together.
const ITEMS: usize = 57;

/// How many iterators one call may make; more would not fit in memory.
const MOST_TEES: i64 = 1 << 24;

fn shared(m: &mut Machine, data: Value) -> (Handle, &mut Shared) {
    let handle = data.handle().expect("shared items are a heap object");
    match m.heap.tool_mut(handle) {
        Tool::TeeData(shared) => (handle, shared),
        _ => panic!("shared items are there"),
    }
}

fn new_data(m: &mut Machine, source: Value) -> Value {
    let shared = Shared { source, items: Vec::new(), next: None, running: false };
    m.heap.new_iterator(types::TEE_DATA, Iter::Tool(Box::new(Tool::TeeData(shared))))
}

fn new_tee(m: &mut Machine, data: Value, index: usize) -> Value {
    m.heap.new_iterator(types::TEE, Iter::Tool(Box::new(Tool::Tee(data, index))))
}

/// A tee that stands where this one stands.
pub fn copy(m: &mut Machine, tee: Value) -> Value {
    let Tool::Tee(data, index) = m.heap.tool(tee.handle().expect("a tee is a heap object")) else {
        panic!("a tee is copied")
    };
    let (data, index) = (*data, *index);
    new_tee(m, data, index)
}

/// A tee over an iterator: a copy of it, if it is one itself.
pub fn over(m: &mut Machine, iterator: Value) -> Value {
    if m.heap.class_of(iterator) == types::TEE {
        return copy(m, iterator);
    }
    let data = new_data(m, iterator);
    new_tee(m, data, 0)
}

/// `tee(iterable, n)`.
pub fn tee(m: &mut Machine, args: &Args) -> Eval {
    let count = match args.get(1) {
        Some(count) => super::new::size(m, count)?,
        None => 2,
    };
    if count < 0 {
        return Err(m.value_error("n must be >= 0"));
    }
    if count == 0 {
        return Ok(m.heap.tuple(Vec::new()).into());
    }
    if count > MOST_TEES {
        return Err(m.out_of_memory());
    }
    let count_value = m.heap.int(count);
    let flow = m.iter(args.at(0))?;
    // CPython asks for the iterator of the iterator, too.
    m.continue_with("tee", flow, Args::new([args.at(0), count_value]), 0, |m, args| {
        let flow = m.iter(args.at(0))?;
        m.continue_with("tee", flow, args.clone(), 0, tees_over)
    })
}

/// So many iterators over one.
fn tees_over(m: &mut Machine, args: &Args) -> Eval {
    let count = m.index_clamped(args.at(1)).unwrap_or(0);
    let first = over(m, args.at(0));
    let mut tees = vec![first];
    for _ in 1..count {
        tees.push(copy(m, first));
    }
    Ok(m.heap.tuple(tees).into())
}

/// The next item of one of them.
pub fn next_of_tee(turn: &mut Turn, m: &mut Machine, got: Got) -> Result<Do, Raise> {
    let Tool::Tee(data, index) = m.heap.tool(turn.iterator) else { panic!("the kind of an iterator stays") };
    let (mut data, mut index) = (*data, *index);
    if turn.phase == Phase::Begin {
        if index >= ITEMS {
            data = next_data(m, data);
            index = 0;
            move_to(m, turn.iterator, data);
        }
        let (_, shared) = shared(m, data);
        if let Some(item) = shared.items.get(index).copied() {
            step_on(m, turn.iterator);
            return Ok(Do::Done(item));
        }
        if shared.running {
            return Err(m.runtime_error("cannot re-enter the tee iterator"));
        }
        shared.running = true;
        let source = shared.source;
        turn.held.push(data);
        turn.phase = Phase::Item;
        return Ok(m.next(source)?.into());
    }
    let data = turn.held[0];
    let (_, shared) = shared(m, data);
    shared.running = false;
    match got {
        Got::Value(item) => {
            shared.items.push(item);
            m.heap.retain(item);
            step_on(m, turn.iterator);
            Ok(Do::Done(item))
        }
        Got::Start | Got::End | Got::Raised(_) => Ok(Do::Exhausted),
    }
}

/// An item could not be taken.
pub fn stop(m: &mut Machine, data: Value) {
    shared(m, data).1.running = false;
}

/// The items behind those that an object keeps.
fn next_data(m: &mut Machine, data: Value) -> Value {
    let (_, now) = shared(m, data);
    let source = now.source;
    if let Some(next) = now.next {
        return next;
    }
    let next = new_data(m, source);
    m.heap.retain(next);
    shared(m, data).1.next = Some(next);
    next
}

fn move_to(m: &mut Machine, tee: Handle, data: Value) {
    m.heap.retain(data);
    if let Tool::Tee(place, index) = m.heap.tool_mut(tee) {
        let old = std::mem::replace(place, data);
        *index = 0;
        m.heap.release(old);
    }
}

fn step_on(m: &mut Machine, tee: Handle) {
    if let Tool::Tee(_, index) = m.heap.tool_mut(tee) {
        *index += 1;
    }
}
