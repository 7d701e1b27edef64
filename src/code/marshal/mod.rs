//! CPython's format for code objects in files, and for other values (`marshal`, version 5).
//!
//! A value is one byte that names its type, then its content.  Bit 7 of the type gives the value a
//! number, counted from 0; a later occurrence of the same object is written as that number.
//!
//! One reader and one writer: what is made of values, a compiler's constants or objects of a machine, a
//! [`Make`] says; what values there are to write, a [`Graph`].

mod constant;
mod identity;
mod read;
mod write;

pub use constant::{MAX_VALUES, MarshalError, code_object, decode_text, read, read_constant};
pub use identity::{Id, Objects};
pub use read::{Atom, CodeParts, Container, Make, Missing, Problem, Progress, Reader};
pub use write::{Graph, Unwritable, View, write, write_graph};

/// The version that CPython 3.14 writes.
pub const VERSION: i32 = 5;

/// The type bytes.
mod kind {
    pub(super) const NONE: u8 = b'N';
    pub(super) const FALSE: u8 = b'F';
    pub(super) const TRUE: u8 = b'T';
    pub(super) const ELLIPSIS: u8 = b'.';
    pub(super) const STOP_ITERATION: u8 = b'S';
    pub(super) const NULL: u8 = b'0';
    pub(super) const INT: u8 = b'i';
    pub(super) const INT64: u8 = b'I';
    pub(super) const LONG: u8 = b'l';
    pub(super) const FLOAT: u8 = b'g';
    pub(super) const FLOAT_TEXT: u8 = b'f';
    pub(super) const COMPLEX: u8 = b'y';
    pub(super) const COMPLEX_TEXT: u8 = b'x';
    pub(super) const BYTES: u8 = b's';
    pub(super) const INTERNED: u8 = b't';
    pub(super) const UNICODE: u8 = b'u';
    pub(super) const ASCII: u8 = b'a';
    pub(super) const ASCII_INTERNED: u8 = b'A';
    pub(super) const SHORT_ASCII: u8 = b'z';
    pub(super) const SHORT_ASCII_INTERNED: u8 = b'Z';
    pub(super) const TUPLE: u8 = b'(';
    pub(super) const SMALL_TUPLE: u8 = b')';
    pub(super) const LIST: u8 = b'[';
    pub(super) const DICT: u8 = b'{';
    pub(super) const SET: u8 = b'<';
    pub(super) const FROZENSET: u8 = b'>';
    pub(super) const SLICE: u8 = b':';
    pub(super) const CODE: u8 = b'c';
    pub(super) const REFERENCE: u8 = b'r';
    /// The bit that gives a value a number.
    pub(super) const FLAG_REF: u8 = 0x80;
}
