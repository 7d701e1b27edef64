//! The machine's tables and algorithms against CPython 3.14; `expected.py` writes `expected.json`.

mod dict;
mod hash;
mod mro;
mod number;
mod set;
mod sort;
mod suggest;
mod support;
