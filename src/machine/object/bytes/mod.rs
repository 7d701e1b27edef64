//! `bytes` and `bytearray`.

mod argument;
