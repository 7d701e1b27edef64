//! Compiled files (`.pyc`): a header of 16 bytes, then the marshalled code object.

use std::fmt;
use std::hash::Hasher;
use std::rc::Rc;

use siphasher::sip::SipHasher13;
use thiserror::Error;

use super::CodeObject;
use super::marshal::{self, MarshalError};
use super::verify::{VerifyError, verify};

/// The number that CPython 3.14's files begin with.
pub const MAGIC_NUMBER: u16 = 3627;

/// The first four bytes: the number, and a line end that breaks where a file is copied as text.
pub const MAGIC: [u8; 4] = {
    let [low, high] = MAGIC_NUMBER.to_le_bytes();
    [low, high, b'\r', b'\n']
};

/// The length of the header in bytes.
const HEADER: usize = 16;
/// In the flags: the file is tied to its source by a hash.
const FLAG_HASH: u32 = 1;
/// In the flags, with a hash: it is to be checked.
const FLAG_CHECK_SOURCE: u32 = 2;

/// How a compiled file is tied to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// By the time of the last change, in seconds since 1970, and the size in bytes, both modulo
    /// 2**32.
    Timestamp {
        /// The time.
        mtime: u32,
        /// The size.
        size: u32,
    },
    /// By the SipHash of the source, which may be checked or believed.
    Hash {
        /// The hash, as CPython's `_imp.source_hash` gives it.
        hash: [u8; 8],
        /// Whether an import checks it.
        checked: bool,
    },
}

/// Why a file is not a compiled file of CPython 3.14.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PycError {
    /// It is too short for a header.
    #[error("not a .pyc file: it ends inside the header")]
    Short,
    /// It does not begin with the magic number of CPython 3.14.
    #[error("not a .pyc file of CPython 3.14: bad magic {0}")]
    Magic(Magic),
    /// The flags are none that CPython 3.14 writes.
    #[error("not a .pyc file of CPython 3.14: unknown flags {0:#x}")]
    Flags(u32),
    /// What follows the header is not a code object.
    #[error(transparent)]
    Code(#[from] MarshalError),
    /// It is one that cannot be run.
    #[error(transparent)]
    Verify(#[from] VerifyError),
}

/// The first four bytes of a file; shown with the version of CPython that writes them, where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Magic(pub [u8; 4]);

/// The numbers that a version of CPython 3 and its pre-releases have used, the first and the last.
const VERSIONS: [(u16, u16, &str); 10] = [
    (3360, 3379, "3.6"),
    (3390, 3399, "3.7"),
    (3400, 3419, "3.8"),
    (3420, 3429, "3.9"),
    (3430, 3449, "3.10"),
    (3450, 3499, "3.11"),
    (3500, 3549, "3.12"),
    (3550, 3599, "3.13"),
    (3600, MAGIC_NUMBER - 1, "3.14 before its release"),
    (3650, 3699, "3.15"),
];

impl fmt::Display for Magic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [low, high, end @ ..] = self.0;
        let number = u16::from_le_bytes([low, high]);
        if end != [b'\r', b'\n'] {
            return write!(f, "({})", self.0.escape_ascii());
        }
        let known = VERSIONS.iter().find(|(first, last, _)| (first..=last).contains(&&number));
        match known {
            Some((_, _, version)) => write!(f, "(CPython {version}'s {number})"),
            None => write!(f, "({number})"),
        }
    }
}

/// Reads the header of a compiled file, and gives what follows it.
///
/// As in CPython the magic number is looked at first, and a file that is not tied by a hash is tied by a
/// timestamp, whatever the flag that asks for a check says.
pub fn header(bytes: &[u8]) -> Result<(Source, &[u8]), PycError> {
    match bytes.first_chunk() {
        Some(&magic) if magic != MAGIC => return Err(PycError::Magic(Magic(magic))),
        _ => {}
    }
    let Some((header, marshalled)) = bytes.split_first_chunk::<HEADER>() else {
        return Err(PycError::Short);
    };
    let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let flags = word(4);
    if flags & !(FLAG_HASH | FLAG_CHECK_SOURCE) != 0 {
        return Err(PycError::Flags(flags));
    }
    let source = if flags & FLAG_HASH == 0 {
        Source::Timestamp { mtime: word(8), size: word(12) }
    } else {
        let mut hash = [0; 8];
        hash.copy_from_slice(&header[8..]);
        Source::Hash { hash, checked: flags & FLAG_CHECK_SOURCE != 0 }
    };
    Ok((source, marshalled))
}

/// Reads a compiled file.
pub fn read(bytes: &[u8]) -> Result<(Source, Rc<CodeObject>), PycError> {
    let (source, marshalled) = header(bytes)?;
    Ok((source, code(marshalled)?))
}

/// Reads the code object behind a header, and verifies it.
pub fn code(marshalled: &[u8]) -> Result<Rc<CodeObject>, PycError> {
    let code = marshal::read(marshalled)?;
    verify(&code)?;
    Ok(code)
}

/// The hash that ties a compiled file to the bytes of its source: what `_imp.source_hash` gives for the
/// magic number of CPython 3.14.
pub fn source_hash(source: &[u8]) -> [u8; 8] {
    keyed_hash(u32::from_le_bytes(MAGIC).into(), source)
}

/// The same for any key.
pub fn keyed_hash(key: u64, source: &[u8]) -> [u8; 8] {
    let mut hasher = SipHasher13::new_with_keys(key, 0);
    hasher.write(source);
    hasher.finish().to_le_bytes()
}

/// Writes a compiled file.
pub fn write(code: &CodeObject, source: Source) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    match source {
        Source::Timestamp { mtime, size } => {
            for word in [0, mtime, size] {
                bytes.extend(word.to_le_bytes());
            }
        }
        Source::Hash { hash, checked } => {
            let flags = FLAG_HASH | if checked { FLAG_CHECK_SOURCE } else { 0 };
            bytes.extend(flags.to_le_bytes());
            bytes.extend(hash);
        }
    }
    bytes.extend(marshal::write(code));
    bytes
}
