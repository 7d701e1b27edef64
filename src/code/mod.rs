//! What a code object is, without any idea of how one is made or run.

pub mod disassemble;
pub mod exceptiontable;
pub mod filename;
pub mod linetable;
pub mod marshal;
pub mod object;
pub mod opcode;
pub mod operand;
pub mod pyc;
pub mod stack;
mod traits;
pub mod unit;
pub mod verify;

pub use linetable::Location;
pub use object::{CodeObject, Const, LocalKind, Text, flags};
pub use opcode::Opcode;
pub use traits::Traits;
pub use unit::CodeUnit;
