//! Compiled files (`.pyc`): a header of 16 bytes, then the marshalled code object.

use std::rc::Rc;

use thiserror::Error;

use super::CodeObject;
use super::marshal::{self, MarshalError};

/// The number that CPython 3.14's files begin with.
pub const MAGIC_NUMBER: u16 = 3627;

/// The first four bytes: the number, and a line end that breaks where a file is copied as text.
pub const MAGIC: [u8; 4] = {
    let [low, high] = MAGIC_NUMBER.to_le_bytes();
    [low, high, b'\r', b'\n']
};

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
    #[error("not a .pyc file of CPython 3.14: the magic number is {found}, not {MAGIC_NUMBER}")]
    Magic {
        /// The number it has.
        found: u16,
    },
    /// The flags are none that CPython 3.14 writes.
    #[error("not a .pyc file of CPython 3.14: unknown flags {0:#x}")]
    Flags(u32),
    /// What follows the header is not a code object.
    #[error(transparent)]
    Code(#[from] MarshalError),
}

/// Reads a compiled file.
pub fn read(bytes: &[u8]) -> Result<(Source, Rc<CodeObject>), PycError> {
    let Some((header, marshalled)) = bytes.split_first_chunk::<16>() else {
        return Err(PycError::Short);
    };
    let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    if header[..4] != MAGIC {
        return Err(PycError::Magic { found: u16::from_le_bytes([header[0], header[1]]) });
    }
    let flags = word(4);
    let source = match flags {
        0 => Source::Timestamp { mtime: word(8), size: word(12) },
        _ if flags & FLAG_HASH != 0 && flags & !(FLAG_HASH | FLAG_CHECK_SOURCE) == 0 => {
            let mut hash = [0; 8];
            hash.copy_from_slice(&header[8..]);
            Source::Hash { hash, checked: flags & FLAG_CHECK_SOURCE != 0 }
        }
        _ => return Err(PycError::Flags(flags)),
    };
    Ok((source, marshal::read(marshalled)?))
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
