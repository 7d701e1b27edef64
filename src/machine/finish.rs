//! The end of things: of the program, and of objects that have something to say when they go.

use super::Machine;
use super::frame::{Frame, Owner};
use super::names;
use super::native::{Finalize, Finish, Input, NativeFrame};
use super::object::Payload;
use super::output::{Stream, Write};
use super::value::{Handle, Kind, Value};

/// What `sys` has of a program that ends before its modules do.
const DROPPED_FROM_SYS: [&str; 12] = [
    "path",
    "argv",
    "ps1",
    "ps2",
    "last_exc",
    "last_type",
    "last_value",
    "last_traceback",
    "path_hooks",
    "path_importer_cache",
    "meta_path",
    "__interactivehook__",
];

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
        let frame = NativeFrame::told(Finish::default().into(), Input::Start);
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

    /// Takes the modules out of `sys.modules`, in its order, and first of all what `sys` has of the program.
    /// Gives them with the steps that made them, by which those are known again that something else holds.
    pub(super) fn drop_modules(&mut self) -> Vec<(Handle, u64)> {
        if let Some(dict) = self.dict_of_module(names::SYS) {
            for name in DROPPED_FROM_SYS {
                let name = self.text_handle(name);
                if self.heap.get_name(dict, name).is_some() {
                    self.heap.set_name(dict, name, Value::NONE);
                }
            }
            for stream in ["stdin", "stdout", "stderr"] {
                let own = self.text_handle(&format!("__{stream}__"));
                let own = self.heap.get_name(dict, own).unwrap_or(Value::NONE);
                self.set_text_name(dict, stream, own);
            }
        }
        let entries: Vec<(Value, Value)> =
            self.heap.dict(self.modules).iter().map(|entry| (entry.key, entry.value)).collect();
        let mut dropped = Vec::new();
        for (name, module) in entries {
            let is_module = matches!(self.heap.payload_of(module), Some(Payload::Module));
            let lives_for_ever = module.handle().is_none_or(|module| self.heap.count(module).is_none());
            if lives_for_ever {
                continue;
            }
            if let Some(module) = module.handle().filter(|_| is_module) {
                dropped.push((module, self.heap.get(module).born));
            }
            if let Some(name) = name.handle().filter(|name| self.heap.text_of(Value::object(*name)).is_some())
            {
                self.heap.set_name(self.modules, name, Value::NONE);
            }
        }
        dropped
    }

    /// Takes its names from a module that is still there.
    pub(super) fn clear_module(&mut self, module: Handle, born: u64) {
        let object = self.heap.get(module);
        if matches!(object.payload(), Payload::Module)
            && object.born == born
            && let Some(dict) = object.dict
        {
            self.clear_names(dict);
        }
    }

    /// Takes their names from `sys` and `builtins`: from here on nothing can be printed.
    pub(super) fn clear_builtin_modules(&mut self) {
        for module in [names::SYS, names::BUILTINS_MODULE] {
            if let Some(dict) = self.dict_of_module(module) {
                self.clear_names(dict);
            }
        }
    }

    /// Sets the names of a module to None, those with one underscore in front first.
    fn clear_names(&mut self, dict: Handle) {
        let names: Vec<Handle> = self.heap.dict(dict).iter().filter_map(|entry| entry.key.handle()).collect();
        for private in [true, false] {
            for name in &names {
                let Some(text) = self.heap.text_of(Value::object(*name)) else { continue };
                let underscore = |index| text.get(index) == Some(u32::from('_'));
                if (underscore(0) && !underscore(1)) == private && *name != names::BUILTINS {
                    self.heap.set_name(dict, *name, Value::NONE);
                }
            }
        }
    }

    fn dict_of_module(&self, name: Handle) -> Option<Handle> {
        let module = self.heap.get_name(self.modules, name)?.handle()?;
        self.heap.get(module).dict
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
        if let Some(list) = objects.handle() {
            self.heap.untrack(list);
        }
        self.heap.retain(objects);
        let frame = NativeFrame::told(Finalize::new(objects, true).into(), Input::Start);
        self.thread.frames.push(Frame::Native(Box::new(frame)));
    }

    /// Prints.
    pub(super) fn write(&mut self, stream: Stream, text: &str) {
        if !text.is_empty() {
            self.output.push(Write { stream, text: text.into(), raw: None, step: self.steps });
        }
    }

    /// Writes bytes, which need not be the UTF-8 of a text.
    pub(super) fn write_bytes(&mut self, stream: Stream, bytes: &[u8]) {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.write(stream, text),
            Err(_) => {
                let text = String::from_utf8_lossy(bytes).into();
                self.output.push(Write { stream, text, raw: Some(bytes.into()), step: self.steps });
            }
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
