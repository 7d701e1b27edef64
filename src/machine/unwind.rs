//! Unwinding: an exception on its way down, one frame a step.

use super::Machine;
use super::frame::{Frame, Resume, Unwind};
use super::native::Input;
use super::object::Payload;
use super::object::exception::Traceback;
use super::object::exceptions::name;
use super::object::types;
use super::raise::Raise;
use super::tracing::{Event, Passage, Then};
use super::value::{Slot, Value};
use crate::code::Opcode;

/// Takes the exception on top one frame further: into a handler of the frame below, or through it.
pub(super) fn unwind(machine: &mut Machine) -> Result<(), Raise> {
    let Some(Frame::Unwind(unwind)) = machine.thread.frames.pop() else {
        panic!("an exception is on top");
    };
    machine.heap.release(unwind.exception);
    match machine.thread.frames.last() {
        Some(Frame::Python(_)) => through_python(machine, unwind),
        Some(Frame::Native(_)) => through_native(machine, unwind),
        Some(Frame::Unwind(_)) => panic!("one exception at a time is on its way"),
        None => {
            machine.main_ended(Err(unwind.exception));
            Ok(())
        }
    }
}

fn through_native(machine: &mut Machine, unwind: Unwind) -> Result<(), Raise> {
    let Some(Frame::Native(mut frame)) = machine.thread.frames.pop() else {
        panic!("a native frame is on top");
    };
    frame.each_value(&mut |value| machine.heap.release(value));
    if frame.catches(&machine.heap, unwind.exception) {
        frame.input = Some(Input::Raised(unwind.exception));
        return machine.advance_native(*frame);
    }
    frame.abandon(machine);
    machine.throw_on(unwind.exception);
    Ok(())
}

fn through_python(machine: &mut Machine, unwind: Unwind) -> Result<(), Raise> {
    match unwind.passage {
        Passage::Fresh | Passage::FromCall => comes_up(machine, unwind),
        Passage::Told(_) | Passage::Leaving => {
            find_handler(machine, unwind);
            Ok(())
        }
    }
}

/// An exception has come up in the Python frame on top.
fn comes_up(machine: &mut Machine, unwind: Unwind) -> Result<(), Raise> {
    let exception = unwind.exception;
    machine.tell_of_attribute(exception);
    machine.drop_operands();
    let resume = std::mem::replace(&mut machine.frame_mut().resume, Resume::None);
    if let Resume::ForIter(units) | Resume::Send(units) = resume
        && machine.heap.is_instance(exception, types::STOP_ITERATION)
    {
        machine.frame_mut().next.0 += units;
        if let Resume::Send(_) = resume {
            let value = machine.exception(exception).fields.first().copied().flatten().unwrap_or(Value::NONE);
            machine.push(value);
        }
        let then = if let Resume::ForIter(_) = resume { Then::Forget } else { Then::Go };
        let at = machine.frame().last;
        machine.tell_exception(Event::Raise, at, exception, then);
        return Ok(());
    }
    if resume == Resume::Yield {
        // What was thrown into the delegate is raised at the `yield`, which gets a None all the same.
        machine.push(Value::NONE);
        let at = Some(machine.frame_mut().leave_yield());
        machine.set_context_of_thrown(exception);
        return machine.push_thrown(Unwind { at, ..unwind });
    }
    let event = if unwind.trace { Event::Raise } else { Event::Reraise };
    if unwind.trace {
        machine.add_traceback(exception);
    }
    let place = machine.raised_at(&unwind);
    let unwind = Unwind { trace: false, passage: Passage::Told(place), ..unwind };
    if !machine.tell_exception(event, place, exception, Then::Throw(unwind)) {
        find_handler(machine, unwind);
    }
    Ok(())
}

/// Takes an exception to its handler in the Python frame on top, or ends that.
fn find_handler(machine: &mut Machine, unwind: Unwind) {
    let exception = unwind.exception;
    let frame = machine.frame_mut();
    let (id, handler) = (frame.id, frame.code.handler_at(unwind.at.unwrap_or(frame.last)).copied());
    machine.raise_verdicts_of(id);
    let Some(handler) = handler else {
        ends_frame(machine, unwind);
        return;
    };
    let frame = machine.frame_mut();
    let keep = frame.code.locals_len() + handler.depth as usize;
    let last = frame.last;
    // A damaged exception table may ask for more than there is.
    let dropped = frame.slots.split_off(keep.min(frame.slots.len()));
    frame.next = handler.target;
    frame.extended = 0;
    for slot in dropped.into_iter().rev() {
        machine.heap.release_slot(slot);
    }
    if handler.push_lasti {
        machine.frame_mut().slots.push(Slot::tagged(last.0));
    }
    machine.push(exception);
    let then = Then::Handled(handler.target);
    machine.tell_exception(Event::ExceptionHandled, handler.target, exception, then);
}

/// Ends the Python frame on top with an exception that it has no handler for.
fn ends_frame(machine: &mut Machine, unwind: Unwind) {
    if machine.watching
        && let Passage::Told(place) = unwind.passage
    {
        let frame = machine.frame_mut();
        let stack = frame.slots.split_off(frame.code.locals_len());
        for slot in stack.into_iter().rev() {
            machine.heap.release_slot(slot);
        }
        let then = Then::Throw(Unwind { passage: Passage::Leaving, ..unwind });
        if machine.tell_exception(Event::PyUnwind, place, unwind.exception, then) {
            return;
        }
    }
    if unwind.passage != Passage::Leaving && finalizes_stack(machine, unwind) {
        return;
    }
    machine.leave();
    let exception = unwind.exception;
    machine.heap.retain(exception);
    let unwind = Unwind { exception, trace: true, at: None, passage: Passage::FromCall };
    machine.thread.frames.push(Frame::Unwind(unwind));
}

/// Gives up what is on the value stack of the Python frame on top, last first.  Whether that calls Python code: it runs
/// while the frame is still there, and the frame ends in the step behind it.
fn finalizes_stack(machine: &mut Machine, unwind: Unwind) -> bool {
    let frame = machine.frame_mut();
    let stack = frame.slots.split_off(frame.code.locals_len().min(frame.slots.len()));
    for slot in stack.into_iter().rev() {
        machine.heap.release_slot(slot);
    }
    if !machine.heap.has_dying() {
        return false;
    }
    machine.push_unwind(Unwind { passage: Passage::Leaving, ..unwind });
    machine.heap.settle();
    if machine.heap.has_finalizers() {
        return true;
    }
    let Some(Frame::Unwind(unwind)) = machine.thread.frames.pop() else {
        panic!("an exception has just been pushed");
    };
    machine.heap.release(unwind.exception);
    false
}

impl Machine {
    /// Lets an exception go on to the next frame as it is.
    fn throw_on(&mut self, exception: Value) {
        self.heap.retain(exception);
        let unwind = Unwind { exception, trace: true, at: None, passage: Passage::Fresh };
        self.thread.frames.push(Frame::Unwind(unwind));
    }

    /// An AttributeError that comes out of what `LOAD_ATTR` of the frame on top has called learns which attribute of
    /// which object was asked for, unless it knows of one.
    fn tell_of_attribute(&mut self, exception: Value) {
        let frame = self.frame();
        if frame.operands != 1
            || frame.code.opcode(frame.last) != Some(Opcode::LOAD_ATTR)
            || !self.heap.is_instance(exception, types::ATTRIBUTE_ERROR)
        {
            return;
        }
        let argument = frame.code.argument(frame.last);
        let (asks_for_method, name) =
            (argument & 1 == 1, frame.code.names.get(argument as usize >> 1).copied());
        let (Some(name), Some(object)) = (name, frame.slots.last().and_then(|slot| slot.value())) else {
            return;
        };
        // A method is looked up on its way to a call, where the type leaves that to `object`.
        let hooks = self.heap.class(self.heap.class_of(object)).hooks;
        let asks_itself = hooks.getattribute
            || hooks.getattr
            || matches!(self.heap.payload_of(object), Some(Payload::Class(_) | Payload::Module));
        if asks_for_method && !asks_itself {
            return;
        }
        if [name::NAME, name::OBJ].iter().all(|field| self.exception_field(exception, *field).is_none()) {
            self.set_exception_field(exception, name::NAME, Some(Value::object(name)));
            self.set_exception_field(exception, name::OBJ, Some(object));
        }
    }

    /// Enters the Python frame on top in the traceback of `exception`.
    pub(super) fn add_traceback(&mut self, exception: Value) {
        let frame = Value::object(self.top_frame_object());
        self.add_traceback_entry(exception, frame);
    }

    /// Enters a frame in front of the traceback of `exception`.
    pub(super) fn add_traceback_entry(&mut self, exception: Value, frame: Value) {
        let at = match self.heap.payload_of(frame) {
            Some(Payload::Frame(frame)) => self.frame_at(frame),
            _ => return,
        };
        let next = self.exception(exception).traceback;
        let entry = Traceback { frame, at, next, given: None };
        let entry = self.heap.alloc(types::TRACEBACK, Payload::Traceback(Box::new(entry)));
        self.set_exception(exception, |exception| &mut exception.traceback, Some(Value::object(entry)));
    }
}
