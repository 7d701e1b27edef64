//! What Python's `str` and `bytes` can do, as functions on plain data that know nothing of the machine.

pub mod bytes;
pub mod case;
pub mod classify;
pub mod codec;
pub mod justify;
pub mod repr;
pub mod search;
pub mod split;
pub mod str;
pub mod strip;

pub use crate::text::unicode;
pub use str::{Str, StrBuilder};

/// The most code points or bytes an operation here makes: a program that asks for more gets a MemoryError.
pub const MAX_LENGTH: usize = 1 << 28;
