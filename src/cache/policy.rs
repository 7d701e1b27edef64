//! What CPython's environment and options say about compiled files.

use std::ffi::OsString;
use std::path::PathBuf;

/// Which files that are tied to their source by a hash are checked against it: `--check-hash-based-pycs`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HashChecks {
    /// Those that ask for it.
    #[default]
    Default,
    /// All.
    Always,
    /// None.
    Never,
}

/// How compiled files are used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Whether they are not used at all: neither read nor written.
    pub off: bool,
    /// Whether none is written: `PYTHONDONTWRITEBYTECODE`, `sys.dont_write_bytecode`.
    pub read_only: bool,
    /// The folder that holds all of them, instead of a `__pycache__` beside each source:
    /// `PYTHONPYCACHEPREFIX`, `sys.pycache_prefix`.
    pub prefix: Option<PathBuf>,
    /// Whether a compiled file that should be fresh and is damaged is made anew.  CPython's import fails.
    pub repairs: bool,
    /// Which hashes are checked.
    pub hash_checks: HashChecks,
    /// `sys.flags.optimize`: 0, 1 or 2.
    pub optimize: u8,
}

impl Policy {
    /// Compiled files are not used.
    pub fn off() -> Self {
        Self { off: true, ..Self::default() }
    }

    /// What the environment says; as in CPython a variable that is empty says nothing.
    pub fn of_environment(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let value = |name: &str| variable(name).filter(|value| !value.is_empty());
        Self {
            read_only: value("PYTHONDONTWRITEBYTECODE").is_some(),
            prefix: value("PYTHONPYCACHEPREFIX").map(PathBuf::from),
            ..Self::default()
        }
    }
}
