//! Exceptions, tracebacks, and frame objects: what remains of a frame for those who ask later.

use std::rc::Rc;

use super::super::frame::FrameId;
use super::super::value::{Handle, Slot, Value};
use super::code::LoadedCode;
use crate::code::CodeUnit;

/// The payload of an exception.
#[derive(Clone, Debug, Hash)]
pub struct Exception {
    /// `args`: a tuple.
    pub args: Value,
    /// `__traceback__`: a traceback.
    pub traceback: Option<Value>,
    /// `__context__`: an exception.
    pub context: Option<Value>,
    /// `__cause__`: an exception.
    pub cause: Option<Value>,
    /// `__suppress_context__`.
    pub suppress_context: bool,
    /// What its type keeps apart from `args`, in the order that `exceptions.rs` gives for the type:
    /// StopIteration's `value`, SystemExit's `code`, NameError's `name`, …
    pub fields: Box<[Option<Value>]>,
}

impl Exception {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.fields.iter().rev().flatten().copied().for_each(&mut *visit);
        visit(self.args);
        [self.traceback, self.cause, self.context].into_iter().flatten().for_each(visit);
    }
}

/// One entry of a traceback: a frame that the exception went through.
#[derive(Clone, Debug, Hash)]
pub struct Traceback {
    /// `tb_frame`: a frame object.
    pub frame: Value,
    /// `tb_lasti`, in code units: the instruction that was running.
    pub at: CodeUnit,
    /// `tb_next`: the entry nearer to where it was raised.
    pub next: Option<Value>,
    /// `tb_lasti` in bytes and `tb_lineno` as a program has given them that made the entry itself; a negative one
    /// is none.
    pub given: Option<(i32, i32)>,
}

impl Traceback {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.frame);
        self.next.into_iter().for_each(visit);
    }
}

/// A frame as an object of Python.  While the frame runs, or a generator keeps it, its contents are
/// there; when it ends they move in here.
#[derive(Clone, Debug, Hash)]
pub struct FrameObject {
    /// Which frame.
    pub id: FrameId,
    /// `f_code`.
    pub code: Rc<LoadedCode>,
    /// `f_code` as an object.
    pub code_handle: Handle,
    /// `f_globals`.
    pub globals: Handle,
    /// The function that ran.
    pub function: Handle,
    /// `f_locals` of a module or class body.
    pub namespace: Option<Value>,
    /// `f_back`, once known: the frame object of the caller.
    pub back: Option<Value>,
    /// `f_lasti` in code units when it ended.
    pub at: CodeUnit,
    /// The fast locals when it ended; empty before.
    pub locals: Box<[Slot]>,
    /// What has been put among its locals under names that are none of its own.
    pub added: Vec<(Value, Value)>,
    /// Values of locals that were overwritten through `f_locals` while the value stack may have borrowed them.
    pub overwritten: Vec<Value>,
    /// Whether the frame has ended.
    pub ended: bool,
    /// `f_trace`, where a program has put something there.
    pub trace: Option<Value>,
    /// `f_trace_lines`.
    pub trace_lines: bool,
    /// `f_trace_opcodes`.
    pub trace_opcodes: bool,
}

impl FrameObject {
    /// Visits every value that is held and counted, in the order in which CPython lets go of them: the fast
    /// locals from the last to the first.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.function));
        self.namespace.into_iter().for_each(&mut *visit);
        let locals = self.locals.iter().rev().filter_map(|slot| slot.owned_handle());
        locals.for_each(|handle| visit(Value::object(handle)));
        self.back.into_iter().for_each(&mut *visit);
        self.added.iter().for_each(|(name, value)| [*name, *value].into_iter().for_each(&mut *visit));
        self.overwritten.iter().copied().chain(self.trace).for_each(&mut *visit);
        [self.globals, self.code_handle].map(Value::object).into_iter().for_each(visit);
    }
}
