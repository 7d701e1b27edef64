//! `__pycache__`: compiled files that are kept beside their sources, as CPython's import keeps them.
//!
//! [`load`] is the whole of it: the code object of a source file, from its cached compiled file where that
//! is fresh, else compiled and written for the next time.  What is decided, and from what, is [`judge`]'s:
//! it touches no file.  Everything here follows `importlib._bootstrap_external` of CPython 3.14.

mod file;
mod judge;
mod place;
mod policy;
mod verdict;

pub use file::{CacheError, Cached, load, load_sourceless, mode_of, stat, write_whole};
pub use judge::{Judgement, SourceStat, judge};
pub use place::cache_file;
pub use policy::{HashChecks, Policy};
pub use verdict::{Found, Kept, Verdict};
