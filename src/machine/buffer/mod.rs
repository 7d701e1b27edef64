//! Memory that objects show one another: how an item is coded in bytes, and where the items lie.
//!
//! Who has such memory, and who looks at it, is told in `protocol/buffer.rs`.

pub mod item;
pub mod layout;
