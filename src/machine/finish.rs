//! The end of things: of the program, and of objects that have something to say when they go.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use super::Machine;
use super::frame::{Frame, Owner};
use super::names;
use super::native::{Finalize, Finish, Input, NativeFrame};
use super::object::Payload;
use super::output::{Stream, Write};
use super::value::{Handle, Kind, Value};

impl Machine {
    /// The bottom frame has returned `result`, or an exception went through it.  The frame that ends the
    /// program takes its place; when that has returned too, there is an exit status.
    pub(super) fn main_ended(&mut self, result: Result<Value, Value>) {
        if self.thread.result.is_some() {
            let status = match result.map(Value::kind) {
                Ok(Kind::Int(status)) => status as i32,
                _ => 1,
            };
            self.exit = Some(status);
            return;
        }
        let (Ok(value) | Err(value)) = result;
        self.heap.retain(value);
        self.thread.result = Some(result);
        let frame = NativeFrame { task: Finish::default().into(), input: Some(Input::Start) };
        self.thread.frames.push(Frame::Native(Box::new(frame)));
    }

    /// Whether the program's code has ended, and only finalizers and the like still run.
    pub const fn is_ending(&self) -> bool {
        self.thread.result.is_some()
    }

    /// Lets go of what the program's code came to.
    pub(super) fn drop_result(&mut self) {
        if let Some(Ok(value) | Err(value)) = self.thread.result.replace(Ok(Value::NONE)) {
            self.heap.release(value);
        }
    }

    /// Objects that the main module reaches and that have something to do before they go, in the order
    /// in which CPython's collector finds them.  Each is given out once.
    pub(super) fn left_to_finalize(&mut self) -> Vec<Value> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut todo: VecDeque<Handle> = VecDeque::new();
        let main = self.heap.get_name(self.modules, names::MAIN).and_then(Value::handle);
        todo.extend(main);
        seen.extend(main);
        while let Some(handle) = todo.pop_front() {
            if self.heap.needs_finalizer(handle) {
                self.heap.get_mut(handle).finalized = true;
                found.push(Value::object(handle));
            }
            let mut values = Vec::new();
            let object = self.heap.get(handle);
            // An instance holds its attributes itself, a module holds a dict.
            let attributes = object.dict.filter(|_| !matches!(object.payload, Payload::Module));
            if let Some(dict) = attributes {
                seen.insert(dict);
                self.heap.dict(dict).each_value(&mut |value| values.push(value));
            }
            object.each_dropped(&mut |value| values.push(value));
            for next in values.into_iter().filter_map(Value::handle) {
                if self.heap.count(next).is_some() && seen.insert(next) {
                    todo.push_back(next);
                }
            }
        }
        found
    }

    /// Lets the objects that nothing holds any more run their `__del__`, or their `finally`: in a frame of
    /// its own, between this instruction and the next.
    pub(super) fn finalize_waiting(&mut self) {
        if self.ask.is_some() || self.exit.is_some() || self.heap.waiting_finalizers().is_empty() {
            return;
        }
        let waiting = self.heap.take_finalizers();
        let objects = self.heap.list(waiting.iter().copied().map(Value::object).collect());
        for object in waiting {
            self.heap.release_handle(object);
        }
        self.heap.retain(objects);
        let frame = NativeFrame { task: Finalize::new(objects, true).into(), input: Some(Input::Start) };
        self.thread.frames.push(Frame::Native(Box::new(frame)));
    }

    /// Prints.
    pub(super) fn write(&mut self, stream: Stream, text: &str) {
        if !text.is_empty() {
            self.output.push(Write { stream, text: text.into(), step: self.steps });
        }
    }

    /// The generator whose frame is on top; None for another frame.
    pub(super) fn frame_generator(&self) -> Value {
        match self.frame().owner {
            Owner::Generator(handle) => Value::object(handle),
            Owner::Thread => Value::NONE,
        }
    }
}
