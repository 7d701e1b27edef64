//! The Frames pane: who called whom, newest first, natives in their place.

use serde::Serialize;

use super::show;
use crate::machine::Machine;
use crate::machine::frame::Frame;
use crate::timeline::{Lines, instruction_at, shown_unit};

/// What a frame runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum FrameKind {
    /// Bytecode.
    Python,
    /// A builtin that is in the middle of something and calls Python code.
    Native,
    /// An exception on its way through the frames.
    Unwind,
}

/// One frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FrameRow {
    /// How many frames lie below it.
    pub depth: usize,
    /// What it runs.
    pub kind: FrameKind,
    /// The function's qualified name, or what the native is in the middle of.
    pub title: String,
    /// The source file; empty where there is none.
    pub file: String,
    /// The line it stands at.
    pub line: Option<u32>,
    /// The instruction it stands at.
    pub instruction: String,
    /// Whether the panes show this frame.
    pub selected: bool,
}

/// All frames, newest first; `selected` counts from the newest.
pub(super) fn rows(machine: &Machine, lines: &mut Lines, selected: usize) -> Vec<FrameRow> {
    let frames = &machine.thread().frames;
    let mut rows = Vec::with_capacity(frames.len());
    for (from_top, frame) in frames.iter().rev().enumerate() {
        let depth = frames.len() - 1 - from_top;
        let selected = from_top == selected;
        rows.push(match frame {
            Frame::Python(frame) => {
                let unit = shown_unit(frame, from_top == 0);
                let instruction = instruction_at(&frame.code, unit);
                FrameRow {
                    depth,
                    kind: FrameKind::Python,
                    title: frame.code.code.qualname.to_string(),
                    file: frame.code.code.filename.to_string(),
                    line: lines.of(&frame.code.code, unit).filter(|line| *line > 0),
                    instruction: instruction.map_or_else(String::new, |(opcode, arg)| {
                        if opcode.has_arg() {
                            format!("{} {arg}", opcode.name())
                        } else {
                            opcode.name().to_owned()
                        }
                    }),
                    selected,
                }
            }
            Frame::Native(frame) => {
                other(depth, FrameKind::Native, frame.task.title(&machine.heap), selected)
            }
            Frame::Unwind(unwind) => {
                let kind = show::type_name(&machine.heap, unwind.exception);
                let title = format!("{kind} on its way down");
                other(depth, FrameKind::Unwind, title, selected)
            }
        });
    }
    rows
}

fn other(depth: usize, kind: FrameKind, title: String, selected: bool) -> FrameRow {
    FrameRow { depth, kind, title, file: String::new(), line: None, instruction: String::new(), selected }
}
