//! Functions beyond the operators: what `math` and `cmath` compute, on plain numbers.
//!
//! The elementary functions of Rust's own library are those of the platform's C library, as CPython's are.  Where
//! the C library that CPython 3.14 is measured on rounds correctly and others do not, [`rounded`] computes with as
//! many digits as that takes.

pub mod elementary;
pub mod gamma;
pub mod rounded;
pub mod sums;
