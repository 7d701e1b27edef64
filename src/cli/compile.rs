//! `wordcode compile`: .pyc files for programs and folders of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use wordcode::cache::{self, Policy, cache_file};
use wordcode::code::pyc::{self, Source};
use wordcode::text::SourceFile;

use super::error::CliError;
use super::input;

/// How compiled files are tied to their sources, in the words of CPython's py_compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Invalidation {
    /// By the time of the last change, and the size
    Timestamp,
    /// By a hash that each import checks
    CheckedHash,
    /// By a hash that no import checks
    UncheckedHash,
}

/// What is written, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder to write to, instead of a `__pycache__` beside each program.
    pub output: Option<PathBuf>,
    /// How files are tied to their sources.  As in CPython the default is a hash that is checked where a
    /// build is to be reproducible, else the time.
    pub invalidation: Option<Invalidation>,
    /// 0, 1 or 2.
    pub optimize: u8,
}

/// Compiles each path, a file or a folder with all the `.py` files in it.
///
/// A file that cannot be compiled is told of, and the others are compiled all the same.
pub fn compile(paths: &[PathBuf], options: &Options) -> Result<ExitCode, CliError> {
    let environment = Policy::of_environment(|variable| std::env::var_os(variable));
    let policy = Policy { optimize: options.optimize, ..environment };
    let mut status = ExitCode::SUCCESS;
    for path in paths {
        for source in programs_in(path)? {
            let target = match &options.output {
                // In a folder the path inside it counts, of a file only the name.
                Some(folder) => {
                    let name = source.file_name().map(Path::new);
                    let inside = source.strip_prefix(path).ok().filter(|inside| inside.parent().is_some());
                    let mut target = folder.join(inside.or(name).unwrap_or(&source)).into_os_string();
                    target.push("c");
                    PathBuf::from(target)
                }
                None => cache_file(&source, &policy),
            };
            if let Err(error) = compile_file(&source, &target, options) {
                eprintln!("{error}");
                status = ExitCode::FAILURE;
            }
        }
    }
    Ok(status)
}

fn compile_file(path: &Path, target: &Path, options: &Options) -> Result<(), CliError> {
    let bytes = input::read(path)?;
    let file = SourceFile::from_bytes(&path.to_string_lossy(), &bytes).map_err(CliError::Syntax)?;
    let code = input::compile(&file, options.optimize)?;
    let tie = match options.invalidation.unwrap_or_else(usual_invalidation) {
        Invalidation::Timestamp => {
            let open = |error| CliError::Open { path: path.to_owned(), error };
            cache::stat(path).map_err(open)?.tie()
        }
        Invalidation::CheckedHash => Source::Hash { hash: pyc::source_hash(&bytes), checked: true },
        Invalidation::UncheckedHash => Source::Hash { hash: pyc::source_hash(&bytes), checked: false },
    };
    let write = || {
        // A device or a link would become a plain file.
        if fs::symlink_metadata(target).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is there, and no regular file"));
        }
        fs::create_dir_all(target.parent().unwrap_or(Path::new(".")))?;
        cache::write_whole(target, &pyc::write(&code, tie), cache::mode_of(path))
    };
    write().map_err(|error| CliError::Write { path: target.to_owned(), error })
}

fn usual_invalidation() -> Invalidation {
    if std::env::var_os("SOURCE_DATE_EPOCH").is_some_and(|epoch| !epoch.is_empty()) {
        Invalidation::CheckedHash
    } else {
        Invalidation::Timestamp
    }
}

/// The path itself if it is a file; else all `.py` files in the folder, in the order of their names.
fn programs_in(path: &Path) -> Result<Vec<PathBuf>, CliError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let (mut found, mut folders) = (Vec::new(), vec![path.to_owned()]);
    while let Some(folder) = folders.pop() {
        let listed = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        for entry in listed.map_err(|error| CliError::Open { path: folder.clone(), error })? {
            let path = entry.path();
            // A link to a folder may lead back here.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "py") && path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
