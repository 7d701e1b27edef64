//! `wordcode compile`: .pyc files for programs and folders of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::UNIX_EPOCH;

use wordcode::code::pyc::{self, Source};
use wordcode::text::SourceFile;

use super::error::CliError;
use super::input;

/// Compiles each path, a file or a folder with all the `.py` files in it.
///
/// A file that cannot be compiled is told of, and the others are compiled all the same.
pub fn compile(paths: &[PathBuf], output: Option<&Path>) -> Result<ExitCode, CliError> {
    let mut status = ExitCode::SUCCESS;
    for path in paths {
        for source in programs_in(path)? {
            let target = match output {
                // In a folder the path inside it counts, of a file only the name.
                Some(folder) => {
                    let name = source.file_name().map(Path::new);
                    let inside = source.strip_prefix(path).ok().filter(|inside| inside.parent().is_some());
                    let mut target = folder.join(inside.or(name).unwrap_or(&source)).into_os_string();
                    target.push("c");
                    PathBuf::from(target)
                }
                None => cache_file(&source),
            };
            if let Err(error) = compile_file(&source, &target) {
                eprintln!("{error}");
                status = ExitCode::FAILURE;
            }
        }
    }
    Ok(status)
}

fn compile_file(path: &Path, target: &Path) -> Result<(), CliError> {
    let bytes = input::read(path)?;
    let file = SourceFile::from_bytes(&path.to_string_lossy(), &bytes).map_err(CliError::Syntax)?;
    let code = input::compile(&file)?;
    let open = |error| CliError::Open { path: path.to_owned(), error };
    let changed = fs::metadata(path).and_then(|metadata| metadata.modified()).map_err(open)?;
    let seconds = changed.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    // Both are kept modulo 2**32.
    let tie = Source::Timestamp { mtime: seconds as u32, size: bytes.len() as u32 };
    let write = || {
        fs::create_dir_all(target.parent().unwrap_or(Path::new(".")))?;
        fs::write(target, pyc::write(&code, tie))
    };
    write().map_err(|error| CliError::Write { path: target.to_owned(), error })
}

/// Where an import looks for the compiled file of a source.
fn cache_file(source: &Path) -> PathBuf {
    let mut name = source.file_stem().unwrap_or_default().to_owned();
    name.push(".cpython-314.pyc");
    source.with_file_name("__pycache__").join(name)
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
