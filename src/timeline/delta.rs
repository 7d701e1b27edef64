//! What the last step touched, for the display only.

use crate::code::{CodeUnit, Opcode};
use crate::machine::Machine;
use crate::machine::frame::{Frame, FrameId, PythonFrame};
use crate::machine::object::code::LoadedCode;

/// A name that a step bound or unbound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A fast local, by its index.
    Local(usize),
    /// A name of a namespace or of the globals, by its index in `co_names`.
    Name(usize),
}

/// What a step touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delta {
    /// The frame on whose value stack the topmost `pushed` slots are new.
    pub frame: Option<FrameId>,
    /// How many slots of that frame's value stack are new.
    pub pushed: usize,
    /// The frame whose names changed, and which.
    pub bound: Option<(FrameId, Vec<Bound>)>,
    /// The instruction it ran, if it was one, with its argument.
    pub executed: Option<(Opcode, u32)>,
    /// How many writes to the output there were before.
    pub writes: usize,
}

/// What is noted before a step, to tell afterwards what it touched.
#[derive(Clone, Debug)]
pub struct Before {
    /// The two topmost Python frames and the sizes of their value stacks: no step touches a third.
    stacks: [Option<(FrameId, usize)>; 2],
    /// The frame that is about to run an instruction, the instruction's two bytes, and what EXTENDED_ARG
    /// gave it; as this is noted at every step, it is made sense of only when somebody asks.
    running: Option<(FrameId, (u8, u8), u32)>,
    writes: usize,
}

impl Before {
    /// Notes what has to be known of the state before a step.
    pub fn new(machine: &Machine) -> Self {
        let mut frames = machine.thread().python_frames();
        let mut stack = || frames.next().map(|frame| (frame.id, frame.settled_depth()));
        let stacks = [stack(), stack()];
        let running = match machine.thread().frames.last() {
            Some(Frame::Python(frame)) => {
                frame.code.unit(frame.next).map(|unit| (frame.id, unit, frame.extended))
            }
            Some(Frame::Native(_) | Frame::Unwind(_)) | None => None,
        };
        Self { stacks, running, writes: machine.output.len() }
    }

    /// What the step that was made since then touched.
    pub fn delta(&self, machine: &Machine) -> Delta {
        let mut delta = Delta { writes: self.writes, ..Delta::default() };
        let executed = self.running.and_then(|(id, (byte, arg), extended)| {
            Some((id, Opcode::from_byte(byte)?, extended << 8 | u32::from(arg)))
        });
        if let Some((id, opcode, arg)) = executed {
            delta.executed = Some((opcode, arg));
            let bound = bound(opcode, arg);
            if !bound.is_empty() {
                delta.bound = Some((id, bound));
            }
        }
        let Some(frame) = machine.thread().python_frames().next() else { return delta };
        let known = self.stacks.iter().flatten().find(|(id, _)| *id == frame.id);
        let kept = match (known, executed) {
            // What the instruction took is gone, whatever it put there instead.
            (Some((id, before)), Some((executed, opcode, arg))) if *id == executed => {
                before.saturating_sub(opcode.popped(arg) as usize)
            }
            (Some((_, before)), _) => *before,
            (None, _) => 0,
        };
        delta.frame = Some(frame.id);
        delta.pushed = frame.settled_depth().saturating_sub(kept);
        delta
    }
}

/// The instruction that a frame runs next, with its whole argument.
pub fn instruction(frame: &PythonFrame) -> Option<(Opcode, u32)> {
    let (byte, arg) = frame.code.unit(frame.next)?;
    Some((Opcode::from_byte(byte)?, frame.extended << 8 | u32::from(arg)))
}

/// The instruction at `at` with its whole argument, the EXTENDED_ARGs before it counted in.
pub fn instruction_at(code: &LoadedCode, at: CodeUnit) -> Option<(Opcode, u32)> {
    let (byte, arg) = code.unit(at)?;
    let mut whole = u32::from(arg);
    for (before, shift) in (0..at.0).rev().zip([8, 16, 24]) {
        match code.unit(CodeUnit(before)) {
            Some((byte, arg)) if Opcode::from_byte(byte) == Some(Opcode::EXTENDED_ARG) => {
                whole |= u32::from(arg) << shift;
            }
            _ => break,
        }
    }
    Some((Opcode::from_byte(byte)?, whole))
}

/// The names that an instruction binds or unbinds.
fn bound(opcode: Opcode, arg: u32) -> Vec<Bound> {
    let arg = arg as usize;
    match opcode {
        Opcode::STORE_FAST | Opcode::DELETE_FAST | Opcode::LOAD_FAST_AND_CLEAR => vec![Bound::Local(arg)],
        Opcode::STORE_FAST_LOAD_FAST => vec![Bound::Local(arg >> 4)],
        Opcode::STORE_FAST_STORE_FAST => vec![Bound::Local(arg >> 4), Bound::Local(arg & 15)],
        Opcode::STORE_DEREF | Opcode::DELETE_DEREF => vec![Bound::Local(arg)],
        Opcode::STORE_NAME | Opcode::DELETE_NAME | Opcode::STORE_GLOBAL | Opcode::DELETE_GLOBAL => {
            vec![Bound::Name(arg)]
        }
        _ => Vec::new(),
    }
}
