//! Generators and coroutines: objects that keep a frame while it does not run.

use super::super::frame::PythonFrame;
use super::super::value::Value;
use crate::code::Opcode;

/// The bit of RESUME's argument which says that no handler but the implicit one protects it.
const RESUME_NOT_IN_TRY: u8 = 0x4;

/// Where a generator stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GeneratorState {
    /// Nothing of its body has run.
    Created,
    /// It stopped at a `yield`.
    Suspended,
    /// Its frame is on the frame chain.
    Running,
    /// It has ended.
    Finished,
}

/// The payload of a generator, coroutine or asynchronous generator.
#[derive(Clone, Debug, Hash)]
pub struct Generator {
    /// Where it stands.
    pub state: GeneratorState,
    /// Its frame, while it does not run and has not ended.
    pub frame: Option<Box<PythonFrame>>,
    /// `__name__`, a str.
    pub name: Value,
    /// `__qualname__`, a str.
    pub qualname: Value,
    /// Its code object; it stays when the frame is gone.
    pub code: Value,
    /// The exception its body is handling while it is suspended.
    pub handled: Option<Value>,
}

impl Generator {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.name, self.qualname, self.code].into_iter().for_each(&mut *visit);
        self.handled.into_iter().for_each(&mut *visit);
        if let Some(frame) = &self.frame {
            frame.each_value(visit);
        }
    }

    /// Whether code of the body still has to run when the generator is dropped: it stands inside a
    /// `try` or `with` of its own.  The compiler notes in the RESUME behind a `yield` that it does not.
    pub fn must_close(&self) -> bool {
        let Some(frame) = &self.frame else { return false };
        if self.state != GeneratorState::Suspended {
            return false;
        }
        match frame.code.unit(frame.next) {
            Some((opcode, arg)) if u16::from(opcode) == Opcode::RESUME.number() => {
                arg & RESUME_NOT_IN_TRY == 0
            }
            _ => true,
        }
    }
}
