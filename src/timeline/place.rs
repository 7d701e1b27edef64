//! Where a machine stands: code, instruction, line, depth; and what counts as the start of a line.
//!
//! All of it is told from one state of the machine alone, so that a run forward and a search backward
//! agree on where they stop.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::code::{CodeObject, CodeUnit, Opcode, linetable};
use crate::machine::Machine;
use crate::machine::frame::{Frame, PythonFrame};

/// The source lines of a code object's units; `None` where there is none.
#[derive(Debug)]
struct UnitLines {
    /// Keeps the code object, and with it the address it is found by.
    _code: Rc<CodeObject>,
    lines: Vec<Option<u32>>,
}

/// The source lines of every code object that was asked about, decoded once.
#[derive(Debug, Default)]
pub struct Lines {
    known: FxHashMap<*const CodeObject, UnitLines>,
}

impl Lines {
    /// The line of the instruction at `at`; the first is 1, and 0 is where a module begins.
    pub fn of(&mut self, code: &Rc<CodeObject>, at: CodeUnit) -> Option<u32> {
        let known = self
            .known
            .entry(Rc::as_ptr(code))
            .or_insert_with(|| UnitLines { lines: unit_lines(code), _code: Rc::clone(code) });
        known.lines.get(at.0 as usize).copied().flatten()
    }
}

fn unit_lines(code: &CodeObject) -> Vec<Option<u32>> {
    let mut lines = vec![None; code.code.len() / 2];
    for entry in linetable::entries(&code.linetable, code.firstlineno) {
        let (start, end) = (entry.start.0 as usize, (entry.end.0 as usize).min(lines.len()));
        if let Some(part) = lines.get_mut(start..end) {
            part.fill(entry.location.line());
        }
    }
    lines
}

/// The Python frame on top, where it is about to run an instruction.
pub fn running(machine: &Machine) -> Option<&PythonFrame> {
    match machine.thread().frames.last() {
        Some(Frame::Python(frame)) => Some(frame),
        Some(Frame::Native(_) | Frame::Unwind(_)) | None => None,
    }
}

/// The instruction that a frame shows: the one it runs next, or, while it waits for a frame above it, the one
/// it waits in.
pub fn shown_unit(frame: &PythonFrame, is_top: bool) -> CodeUnit {
    if is_top { frame.next } else { frame.last }
}

/// How many frames there are, an exception on its way down not counted; at least 1, so that what follows the
/// last frame belongs to the module.
pub fn depth(machine: &Machine) -> usize {
    let frames = &machine.thread().frames;
    let unwinds = matches!(frames.last(), Some(Frame::Unwind(_)));
    // What runs the statements of a program one by one is none of them.
    let session = matches!(frames.first(), Some(Frame::Native(frame)) if frame.task.is_session());
    (frames.len() - usize::from(unwinds) - usize::from(session)).max(1)
}

/// The line that begins with the next instruction, if one does.
///
/// That is so where the instruction before it came from another line, or stood behind it (a jump back), or
/// was the RESUME with which the frame began to run; never at a RESUME or before it.
pub fn line_start(machine: &Machine, lines: &mut Lines) -> Option<u32> {
    let frame = running(machine)?;
    let code = &frame.code.code;
    let line = lines.of(code, frame.next)?;
    if frame.extended != 0 || is_prologue(frame.code.opcode(frame.next)?) {
        return None;
    }
    let begins = frame.code.opcode(frame.last) == Some(Opcode::RESUME)
        || frame.next <= frame.last
        || lines.of(code, frame.last) != Some(line);
    begins.then_some(line)
}

/// Whether an opcode belongs to what a frame does before its first line.
fn is_prologue(opcode: Opcode) -> bool {
    matches!(opcode, Opcode::RESUME | Opcode::MAKE_CELL | Opcode::COPY_FREE_VARS | Opcode::RETURN_GENERATOR)
}
