//! Breakpoints: places where a travel through time stops.
//!
//! They belong to the timeline and not to a state of the machine, so that they are the same in the past
//! and in the future.

use std::rc::Rc;

use super::place::{self, Lines};
use crate::code::{CodeObject, CodeUnit};
use crate::machine::Machine;

/// A place to stop at.
#[derive(Clone, Debug)]
pub enum Breakpoint {
    /// Where a line begins.
    Line {
        /// The file name, as code objects carry it.
        file: Rc<str>,
        /// The line, from 1.
        line: u32,
    },
    /// Before an instruction.
    Instruction {
        /// The code object.
        code: Rc<CodeObject>,
        /// The instruction.
        at: CodeUnit,
    },
}

impl PartialEq for Breakpoint {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Line { file, line }, Self::Line { file: other, line: other_line }) => {
                file == other && line == other_line
            }
            (Self::Instruction { code, at }, Self::Instruction { code: other, at: other_at }) => {
                Rc::ptr_eq(code, other) && at == other_at
            }
            (Self::Line { .. }, Self::Instruction { .. }) | (Self::Instruction { .. }, Self::Line { .. }) => {
                false
            }
        }
    }
}

/// All breakpoints, in the order in which they were set.
#[derive(Clone, Debug, Default)]
pub struct Breakpoints {
    all: Vec<Breakpoint>,
}

impl Breakpoints {
    /// Sets a breakpoint, or removes it where it is set already; whether it is set now.
    pub fn toggle(&mut self, breakpoint: Breakpoint) -> bool {
        let before = self.all.len();
        self.all.retain(|other| *other != breakpoint);
        let set = self.all.len() == before;
        if set {
            self.all.push(breakpoint);
        }
        set
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The lines of a file that have one, in order.
    pub fn lines(&self, file: &str) -> Vec<u32> {
        let mut lines: Vec<u32> = self
            .all
            .iter()
            .filter_map(|breakpoint| match breakpoint {
                Breakpoint::Line { file: other, line } => (**other == *file).then_some(*line),
                Breakpoint::Instruction { .. } => None,
            })
            .collect();
        lines.sort_unstable();
        lines
    }

    /// The instructions of a code object that have one, in order.
    pub fn instructions(&self, code: &Rc<CodeObject>) -> Vec<CodeUnit> {
        let mut units: Vec<CodeUnit> = self
            .all
            .iter()
            .filter_map(|breakpoint| match breakpoint {
                Breakpoint::Instruction { code: other, at } => Rc::ptr_eq(other, code).then_some(*at),
                Breakpoint::Line { .. } => None,
            })
            .collect();
        units.sort_unstable();
        units
    }

    /// Whether the machine stands at one.
    pub fn hit(&self, machine: &Machine, lines: &mut Lines) -> bool {
        if self.all.is_empty() {
            return false;
        }
        let Some(frame) = place::running(machine) else { return false };
        let code = &frame.code.code;
        self.all.iter().any(|breakpoint| match breakpoint {
            Breakpoint::Instruction { code: wanted, at } => {
                frame.next == *at && frame.extended == 0 && Rc::ptr_eq(wanted, code)
            }
            Breakpoint::Line { file, line } => {
                lines.of(code, frame.next) == Some(*line)
                    && code.filename == *file
                    && place::line_start(machine, lines).is_some()
            }
        })
    }
}
