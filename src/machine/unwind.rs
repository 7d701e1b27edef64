//! Unwinding: an exception on its way down, one frame a step.

use super::Machine;
use super::frame::{Frame, Resume, Unwind};
use super::native::Input;
use super::object::Payload;
use super::object::exception::Traceback;
use super::object::types;
use super::raise::Raise;
use super::value::{Slot, Value};

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
    let exception = unwind.exception;
    let mut at = unwind.at;
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
        return Ok(());
    }
    if resume == Resume::Yield {
        // What was thrown into the delegate is raised at the `yield`, which gets a None all the same.
        machine.push(Value::NONE);
        at = Some(machine.frame_mut().leave_yield());
    }
    if unwind.trace {
        machine.add_traceback(exception);
    }
    let frame = machine.frame_mut();
    let (id, handler) = (frame.id, frame.code.handler_at(at.unwrap_or(frame.last)).copied());
    machine.raise_verdicts_of(id);
    let frame = machine.frame_mut();
    let Some(handler) = handler else {
        machine.leave();
        machine.throw_on(exception);
        return Ok(());
    };
    let keep = frame.code.locals_len() + handler.depth as usize;
    let last = frame.last;
    // A damaged exception table may ask for more than there is.
    let dropped = frame.slots.split_off(keep.min(frame.slots.len()));
    frame.next = handler.target;
    frame.extended = 0;
    for slot in dropped {
        machine.heap.release_slot(slot);
    }
    if handler.push_lasti {
        machine.frame_mut().slots.push(Slot::tagged(last.0));
    }
    machine.push(exception);
    Ok(())
}

impl Machine {
    /// Lets an exception go on to the next frame as it is.
    fn throw_on(&mut self, exception: Value) {
        self.heap.retain(exception);
        self.thread.frames.push(Frame::Unwind(Unwind { exception, trace: true, at: None }));
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
