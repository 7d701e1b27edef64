//! Files: reading a source and its compiled file, and writing the latter.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use thiserror::Error;

use super::judge::{Judgement, SourceStat, judge};
use super::{Found, Kept, Policy, Verdict, cache_file};
use crate::code::CodeObject;
use crate::code::filename::renamed;
use crate::code::pyc::{self, PycError, Source};
use crate::compile::{self, CompileError, Mode, Options, Warning};
use crate::text::{SourceFile, SyntaxError};

/// A source file's code object, and how it came about.
#[derive(Clone, Debug)]
pub struct Cached {
    /// The code object; its file name is the one that was asked for, also if it comes from a compiled file.
    pub code: Rc<CodeObject>,
    /// The source; none where it cannot be read or is not text in its encoding, which does not matter to a
    /// compiled file that is fresh.
    pub source: Option<SourceFile>,
    /// What the compiler warned of; nothing where a compiled file was loaded, as in CPython.
    pub warnings: Vec<Warning>,
    /// What became of the compiled file.
    pub verdict: Verdict,
}

/// Why a source file has no code object.
#[derive(Debug, Error)]
pub enum CacheError {
    /// It cannot be read.
    #[error("{0}")]
    Source(#[from] io::Error),
    /// Its bytes are no text.
    #[error(transparent)]
    Syntax(SyntaxError),
    /// It cannot be compiled.
    #[error("{error}")]
    Compile {
        /// Why not; with a place in the source, as a rule.
        error: Box<CompileError>,
        /// The source.
        file: Box<SourceFile>,
    },
    /// Its compiled file should be fresh and cannot be used: where CPython's import fails, too.
    #[error("the compiled file '{}' is damaged: {error}; delete it, or switch caches off", path.display())]
    Damaged {
        /// The compiled file.
        path: PathBuf,
        /// What is wrong with it.
        error: PycError,
    },
}

/// The code object of the source file at `path`, named `name` in `co_filename` and in errors: loaded from
/// its compiled file if that is fresh, else compiled, and the compiled file written if `policy` and the file
/// system let it.  As `SourceLoader.get_code` of CPython's import.
pub fn load(path: &Path, name: &str, policy: &Policy) -> Result<Cached, CacheError> {
    let bytes = fs::read(path);
    if policy.off {
        return compiled(&bytes?, name, policy, Found::NotAsked, None);
    }
    let Ok(stat) = stat(path) else {
        return compiled(&bytes?, name, policy, Found::NoStat, None);
    };
    let place = cache_file(path, policy);
    let (found, tie) = match fs::read(&place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => (Found::Nothing, stat.tie()),
        Err(error) => (Found::Unreadable(error.kind()), stat.tie()),
        Ok(cached) => match judge(&cached, stat, policy.hash_checks, bytes.as_deref().ok()) {
            Judgement::Stale { found, tie } => (found, tie),
            Judgement::Fresh(marshalled) => match pyc::code(marshalled) {
                Err(error) if policy.repairs => (Found::Damaged(error), stat.tie()),
                Err(error) => return Err(CacheError::Damaged { path: place, error }),
                Ok(code) => {
                    return Ok(Cached {
                        code: renamed(&code, &Rc::from(name)),
                        source: bytes.ok().and_then(|bytes| SourceFile::from_bytes(name, &bytes).ok()),
                        warnings: Vec::new(),
                        verdict: Verdict { found: Found::Fresh, kept: Kept::NotNeeded },
                    });
                }
            },
        },
    };
    compiled(&bytes?, name, policy, found, Some((path, &place, tie)))
}

/// What counts of the source file at `path`.
pub fn stat(path: &Path) -> io::Result<SourceStat> {
    let metadata = fs::metadata(path)?;
    Ok(SourceStat { mtime: seconds(metadata.modified()?), size: metadata.len() })
}

/// The code object of a compiled file that stands in the place of a source, as `SourcelessFileLoader` of
/// CPython's import loads it; what the file is tied to does not matter.
pub fn load_sourceless(path: &Path) -> Result<Rc<CodeObject>, CacheError> {
    let bytes = fs::read(path)?;
    let damaged = |error| CacheError::Damaged { path: path.to_owned(), error };
    let (_, marshalled) = pyc::header(&bytes).map_err(damaged)?;
    pyc::code(marshalled).map_err(damaged)
}

/// Compiles a source; `write` is the path of the source, that of its compiled file, and how they are tied.
fn compiled(
    bytes: &[u8],
    name: &str,
    policy: &Policy,
    found: Found,
    write: Option<(&Path, &Path, Source)>,
) -> Result<Cached, CacheError> {
    let source = SourceFile::from_bytes(name, bytes).map_err(CacheError::Syntax)?;
    let options = Options { optimize: policy.optimize, ..Options::default() };
    let mut stages = match compile::stages(&source, Mode::Exec, options) {
        Ok(stages) => stages,
        Err(error) => {
            return Err(CacheError::Compile { error: Box::new(error), file: Box::new(source) });
        }
    };
    let code = Rc::clone(&stages.code);
    let kept = match write {
        None => Kept::NotNeeded,
        Some(_) if policy.read_only => Kept::Forbidden,
        Some((source, place, tie)) => match keep(source, place, &pyc::write(&code, tie)) {
            Ok(()) => Kept::Written(place.to_owned()),
            Err(error) => Kept::NotWritable(error.kind()),
        },
    };
    let warnings = std::mem::take(&mut stages.warnings);
    Ok(Cached { code, source: Some(source), warnings, verdict: Verdict { found, kept } })
}

/// Writes a compiled file with the permissions of its source, and the folders it lies in.
fn keep(source: &Path, place: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    write_whole(place, bytes, mode_of(source))
}

/// Writes a file so that whoever opens it meanwhile sees the old one or the new one, never a part: under
/// another name first, which then takes the place of the old.
pub fn write_whole(place: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut name = place.as_os_str().to_owned();
    // Two programs, or two threads of one, that write the same file must not meet.
    name.push(format!(".{}.{:?}", std::process::id(), std::thread::current().id()));
    let temporary = PathBuf::from(name);
    let written = create(&temporary, mode)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&temporary, place));
    if written.is_err() {
        // What is left over helps nobody; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&temporary);
    }
    written
}

#[cfg(unix)]
fn create(path: &Path, mode: u32) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(mode & 0o666).open(path)
}

#[cfg(not(unix))]
fn create(path: &Path, _mode: u32) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// The permissions of a source, and in any case that to write, for the next time it changes.
#[cfg(unix)]
pub fn mode_of(source: &Path) -> u32 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(source).map_or(0o666, |metadata| metadata.mode()) | 0o200
}

#[cfg(not(unix))]
pub fn mode_of(_source: &Path) -> u32 {
    0o666
}

/// Whole seconds since 1970, as CPython counts them: it keeps a time as a float of seconds, which near a
/// full second rounds up, and cuts off the fraction.
fn seconds(time: SystemTime) -> i64 {
    let (whole, nanoseconds) = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => (since.as_secs() as i64, since.subsec_nanos()),
        Err(before) => {
            let before = before.duration();
            match before.subsec_nanos() {
                0 => (-(before.as_secs() as i64), 0),
                nanoseconds => (-(before.as_secs() as i64) - 1, 1_000_000_000 - nanoseconds),
            }
        }
    };
    (whole as f64 + 1e-9 * f64::from(nanoseconds)) as i64
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn seconds_are_counted_as_cpython_counts_them() {
        let at = |nanoseconds: u64| seconds(UNIX_EPOCH + Duration::from_nanos(nanoseconds));
        assert_eq!(at(1_700_000_000_500_000_000), 1_700_000_000);
        assert_eq!(at(1_700_000_000_999_999_999), 1_700_000_001);
        let before = |nanoseconds: u64| seconds(UNIX_EPOCH - Duration::from_nanos(nanoseconds));
        assert_eq!((before(1_500_000_000), before(2_000_000_000)), (-1, -2));
    }
}
