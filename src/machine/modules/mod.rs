//! The modules that have no Python source.

pub mod builtins;
pub mod copyreg;
pub mod functools;
pub mod future;
pub mod gc;
pub mod importlib;
pub mod io;
pub mod itertools;
pub mod native;
pub mod operator;
pub mod posix;
pub mod stdlib;
pub mod sys;
pub mod typing;
pub mod weakref;
