//! What became of a compiled file, for the user: found or not, and why; kept or not, and why not.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::code::pyc::{Magic, PycError};

/// What was found where the compiled file would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file that is fresh; it was loaded.
    Fresh,
    /// Nobody looked: compiled files are switched off.
    NotAsked,
    /// The time of the source is not known, and so no file could be judged.
    NoStat,
    /// No file.
    Nothing,
    /// One that cannot be read.
    Unreadable(io::ErrorKind),
    /// One of another version.
    Magic(Magic),
    /// One that ends inside its header.
    Short,
    /// One with flags that CPython 3.14 does not write.
    Flags(u32),
    /// One of another state of the source, by its time.
    Time {
        /// By how many seconds the source is newer now; negative where it is older.
        newer_by: i64,
    },
    /// One of another state of the source, by its size.
    Size {
        /// The size in bytes that was compiled, modulo 2**32.
        then: u32,
        /// The size now.
        now: u64,
    },
    /// One of another state of the source, by its hash.
    Hash,
    /// One that should be fresh, and holds no code that can be run.
    Damaged(PycError),
}

/// Whether a new compiled file was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// There is none: the old one is fresh, or compiled files are not used.
    NotNeeded,
    /// Yes, in this file.
    Written(PathBuf),
    /// No: the environment forbids it.
    Forbidden,
    /// No: the file or its folder cannot be written.
    NotWritable(io::ErrorKind),
}

/// What became of a compiled file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What was found.
    pub found: Found,
    /// What was kept.
    pub kept: Kept,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fresh => f.write_str("loaded from cache"),
            Self::NotAsked => f.write_str("compiled: caches are switched off"),
            Self::NoStat => f.write_str("compiled: the time of the source is not known"),
            Self::Nothing => f.write_str("compiled: no cache yet"),
            Self::Unreadable(kind) => write!(f, "compiled: the cache cannot be read ({kind})"),
            Self::Magic(magic) => write!(f, "recompiled: bad magic {magic}"),
            Self::Short => f.write_str("recompiled: the cache ends inside its header"),
            Self::Flags(flags) => write!(f, "recompiled: the cache has unknown flags {flags:#x}"),
            Self::Time { newer_by } => {
                let age = if *newer_by < 0 { "older" } else { "newer" };
                write!(f, "recompiled: source is {age} by {}", span(newer_by.unsigned_abs()))
            }
            Self::Size { then, now } => {
                write!(f, "recompiled: source size changed from {then} to {now} bytes")
            }
            Self::Hash => f.write_str("recompiled: source hash changed"),
            Self::Damaged(error) => write!(f, "recompiled: the cache is damaged ({error})"),
        }
    }
}

/// A stretch of time in its two largest units.
fn span(seconds: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")];
    let mut left = seconds;
    let mut parts = Vec::new();
    for (size, unit) in UNITS {
        if left >= size || (size == 1 && parts.is_empty()) {
            parts.push(format!("{} {unit}", left / size));
            left %= size;
        }
    }
    parts.truncate(2);
    parts.join(" ")
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotNeeded => f.write_str("nothing to write"),
            Self::Written(path) => write!(f, "written to {}", path.display()),
            Self::Forbidden => f.write_str("not written: PYTHONDONTWRITEBYTECODE is set"),
            Self::NotWritable(io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) => {
                f.write_str("not written: folder not writable")
            }
            Self::NotWritable(kind) => write!(f, "not written: {kind}"),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kept {
            Kept::NotNeeded => self.found.fmt(f),
            _ => write!(f, "{}; {}", self.found, self.kept),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_says_what_happened_and_why() {
        let kept = || Kept::NotNeeded;
        for (found, kept, expected) in [
            (Found::Fresh, kept(), "loaded from cache"),
            (Found::Nothing, Kept::Written("a.pyc".into()), "compiled: no cache yet; written to a.pyc"),
            (Found::Time { newer_by: 2 }, kept(), "recompiled: source is newer by 2 s"),
            (Found::Time { newer_by: -3700 }, kept(), "recompiled: source is older by 1 h 1 min"),
            (Found::Size { then: 3, now: 4 }, kept(), "recompiled: source size changed from 3 to 4 bytes"),
            (Found::Magic(Magic(*b"\xf3\r\r\n")), kept(), "recompiled: bad magic (CPython 3.13's 3571)"),
            (Found::Magic(Magic(*b"\x7fELF")), kept(), "recompiled: bad magic (\\x7fELF)"),
            (
                Found::Hash,
                Kept::NotWritable(io::ErrorKind::PermissionDenied),
                "recompiled: source hash changed; not written: folder not writable",
            ),
        ] {
            assert_eq!(Verdict { found, kept }.to_string(), expected);
        }
    }
}
