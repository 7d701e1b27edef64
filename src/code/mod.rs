//! What a code object is, without any idea of how one is made or run.

pub mod object;
pub mod opcode;

pub use object::{CodeObject, Const, LocalKind, Text};
pub use opcode::Opcode;
