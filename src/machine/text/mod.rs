//! What Python's `str` and `bytes` can do, as functions on plain data that know nothing of the machine.

pub mod str;

pub use str::{Str, StrBuilder};
