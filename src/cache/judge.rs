//! Whether a compiled file is what its source would compile to: from bytes and numbers alone.

use super::{Found, HashChecks};
use crate::code::pyc::{self, PycError, Source};

/// What counts of a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceStat {
    /// Its last change in whole seconds since 1970.
    pub mtime: i64,
    /// Its size in bytes.
    pub size: u64,
}

impl SourceStat {
    /// How a compiled file is tied to the source by these; both are kept modulo 2**32.
    pub const fn tie(self) -> Source {
        Source::Timestamp { mtime: self.mtime as u32, size: self.size as u32 }
    }
}

/// What becomes of a compiled file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement<'bytes> {
    /// It is fresh: these are the marshalled bytes.
    Fresh(&'bytes [u8]),
    /// It is not, and the source has to be compiled.
    Stale {
        /// Why.
        found: Found,
        /// How the new file is tied to its source: as the old one, where that one was tied by a hash.
        tie: Source,
    },
}

/// Judges the compiled file `bytes`; `source` is the bytes of the source, none where it cannot be read, which
/// matters only where a hash has to be compared.
pub fn judge<'bytes>(
    bytes: &'bytes [u8],
    stat: SourceStat,
    checks: HashChecks,
    source: Option<&[u8]>,
) -> Judgement<'bytes> {
    let stale = |found| Judgement::Stale { found, tie: stat.tie() };
    let (tie, marshalled) = match pyc::header(bytes) {
        Ok(header) => header,
        Err(PycError::Magic(magic)) => return stale(Found::Magic(magic)),
        Err(PycError::Short) => return stale(Found::Short),
        Err(PycError::Flags(flags)) => return stale(Found::Flags(flags)),
        Err(error @ (PycError::Code(_) | PycError::Verify(_))) => return stale(Found::Damaged(error)),
    };
    match tie {
        Source::Timestamp { mtime, .. } if mtime != stat.mtime as u32 => {
            stale(Found::Time { newer_by: i64::from((stat.mtime as u32).wrapping_sub(mtime) as i32) })
        }
        Source::Timestamp { size, .. } if size != stat.size as u32 => {
            stale(Found::Size { then: size, now: stat.size })
        }
        Source::Timestamp { .. } => Judgement::Fresh(marshalled),
        Source::Hash { hash, checked } => {
            let is_checked = match checks {
                HashChecks::Default => checked,
                HashChecks::Always => true,
                HashChecks::Never => false,
            };
            if !is_checked {
                return Judgement::Fresh(marshalled);
            }
            match source.map(pyc::source_hash) {
                Some(now) if now == hash => Judgement::Fresh(marshalled),
                now => {
                    let tie = Source::Hash { hash: now.unwrap_or(hash), checked };
                    Judgement::Stale { found: Found::Hash, tie }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Found;
    use super::*;
    use crate::code::pyc::{MAGIC, Magic};

    const STAT: SourceStat = SourceStat { mtime: 1000, size: 5 };

    fn header(flags: u32, rest: &[u8]) -> Vec<u8> {
        [&MAGIC[..], &flags.to_le_bytes(), rest, b"code"].concat()
    }

    fn times(mtime: u32, size: u32) -> Vec<u8> {
        [mtime.to_le_bytes(), size.to_le_bytes()].concat()
    }

    fn found(bytes: &[u8], checks: HashChecks) -> Option<Found> {
        match judge(bytes, STAT, checks, Some(b"x = 1")) {
            Judgement::Fresh(marshalled) => {
                assert_eq!(marshalled, b"code");
                None
            }
            Judgement::Stale { found, .. } => Some(found),
        }
    }

    #[test]
    fn a_file_of_the_same_time_and_size_is_fresh() {
        assert_eq!(found(&header(0, &times(1000, 5)), HashChecks::Default), None);
        assert_eq!(found(&header(0, &times(998, 5)), HashChecks::Default), Some(Found::Time { newer_by: 2 }));
        assert_eq!(
            found(&header(0, &times(1060, 5)), HashChecks::Default),
            Some(Found::Time { newer_by: -60 })
        );
        assert_eq!(
            found(&header(0, &times(1000, 4)), HashChecks::Default),
            Some(Found::Size { then: 4, now: 5 })
        );
        // A flag that only means something with a hash is ignored, as CPython ignores it.
        assert_eq!(found(&header(2, &times(1000, 5)), HashChecks::Default), None);
    }

    #[test]
    fn a_hash_is_compared_where_the_file_or_the_user_asks_for_it() {
        let right = pyc::source_hash(b"x = 1");
        for (flags, hash, checks, expected) in [
            (3, right, HashChecks::Default, None),
            (3, [0; 8], HashChecks::Default, Some(Found::Hash)),
            (3, [0; 8], HashChecks::Never, None),
            (1, [0; 8], HashChecks::Default, None),
            (1, [0; 8], HashChecks::Always, Some(Found::Hash)),
            (1, right, HashChecks::Always, None),
        ] {
            assert_eq!(found(&header(flags, &hash), checks), expected);
        }
    }

    #[test]
    fn a_stale_file_that_was_tied_by_a_hash_is_written_so_again() {
        for flags in [1, 3] {
            let bytes = header(flags, &[0; 8]);
            let judged = judge(&bytes, STAT, HashChecks::Always, Some(b"x = 1"));
            let tie = Source::Hash { hash: pyc::source_hash(b"x = 1"), checked: flags == 3 };
            assert_eq!(judged, Judgement::Stale { found: Found::Hash, tie });
        }
    }

    #[test]
    fn a_foreign_file_is_stale() {
        let other = [b"\xf3\r\r\n".to_vec(), times(1000, 5)].concat();
        assert_eq!(found(&other, HashChecks::Default), Some(Found::Magic(Magic(*b"\xf3\r\r\n"))));
        assert_eq!(found(&MAGIC, HashChecks::Default), Some(Found::Short));
        assert_eq!(found(b"", HashChecks::Default), Some(Found::Short));
        assert_eq!(found(&header(4, &times(1000, 5)), HashChecks::Default), Some(Found::Flags(4)));
    }

    #[test]
    fn a_source_that_cannot_be_read_matters_only_where_it_is_needed() {
        let bytes = header(3, &[0; 8]);
        let is_fresh = |checks| matches!(judge(&bytes, STAT, checks, None), Judgement::Fresh(_));
        assert!(!is_fresh(HashChecks::Default));
        assert!(is_fresh(HashChecks::Never));
    }

    #[test]
    fn the_hash_of_a_source_is_cpythons() {
        // `importlib.util.source_hash` of CPython 3.14.
        assert_eq!(pyc::source_hash(b""), [0x61, 0xf5, 0xb7, 0xcb, 0x65, 0x3a, 0x6a, 0xa4]);
        assert_eq!(pyc::source_hash(b"hello"), [0x84, 0xe3, 0x97, 0xfd, 0xb7, 0xfb, 0x6d, 0x47]);
    }
}
