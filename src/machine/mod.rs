//! Code object to state: the machine is a value, and `step()` is one transition of it.

pub mod hash;
pub mod sort;
pub mod table;
pub mod text;
