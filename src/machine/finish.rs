//! The end of things: of the program, and of objects that have something to say when they go.

use super::Machine;
use super::object::Payload;
use super::object::generator::GeneratorState;
use super::output::{Stream, Write};
use super::value::{Handle, Value};

impl Machine {
    /// The bottom frame has returned, or an exception went through it.
    pub(super) fn main_ended(&mut self) {
        self.exit = Some(i32::from(!matches!(self.thread.result, Some(Ok(_)))));
    }

    /// Lets the objects that nothing holds any more run their `__del__`, or their `finally`.
    pub(super) fn finalize_waiting(&mut self) {
        while let Some(handle) = self.heap.next_finalizer() {
            self.finalize(handle);
        }
    }

    fn finalize(&mut self, handle: Handle) {
        if let Payload::Generator(generator) = self.heap.payload_mut(handle) {
            generator.state = GeneratorState::Finished;
        }
        self.heap.release_handle(handle);
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
            super::frame::Owner::Generator(handle) => Value::object(handle),
            super::frame::Owner::Thread => Value::NONE,
        }
    }
}
