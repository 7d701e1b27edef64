//! The modules that have no Python source.

pub mod abc;
pub mod bisect;
pub mod builtins;
pub mod collections;
pub mod copyreg;
pub mod errno;
pub mod functools;
pub mod future;
pub mod gc;
pub mod heapq;
pub mod importlib;
pub mod io;
pub mod itertools;
pub mod math;
pub mod native;
pub mod operator;
pub mod posix;
pub mod random;
pub mod stat;
pub mod stdlib;
pub mod sys;
pub mod time;
pub mod types;
pub mod typing;
pub mod weakref;
