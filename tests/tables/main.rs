//! The machine's tables and algorithms against CPython 3.14; `expected.py` writes `expected.json`.

mod dict;
mod hash;
mod set;
mod sort;
mod support;
