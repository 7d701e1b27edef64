//! What can go wrong in a command, in the words the user reads.

use std::io;
use std::path::PathBuf;

use thiserror::Error;
use wordcode::code::pyc::PycError;
use wordcode::code::verify::VerifyError;
use wordcode::compile::CompileError;
use wordcode::text::SyntaxError;
use wordcode::tui::RunError;

/// Why a command did not do its work.
#[derive(Debug, Error)]
pub enum CliError {
    /// The arguments make no sense.
    #[error(transparent)]
    Usage(clap::Error),
    /// A file cannot be read.
    #[error("wordcode: can't open file '{}': {error}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// A folder was given where a program is needed.
    #[error("wordcode: '{}' is a folder, not a program", .0.display())]
    Folder(PathBuf),
    /// The module of `-m` is not there.
    #[error("wordcode: {0}")]
    NoModule(String),
    /// Standard input cannot be read.
    #[error("wordcode: can't read standard input: {0}")]
    Stdin(io::Error),
    /// The program is not Python.
    #[error(transparent)]
    Syntax(SyntaxError),
    /// The program cannot be compiled for a reason that has no place in it.
    #[error(transparent)]
    Compile(CompileError),
    /// A compiled file is none of CPython 3.14's.
    #[error("wordcode: can't load '{}': {error}", path.display())]
    Pyc {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: PycError,
    },
    /// The code of a compiled file is not what a compiler makes.
    #[error("wordcode: the program cannot be run: {0}")]
    Verify(#[from] VerifyError),
    /// A compiled file was given where its source is needed, and that is gone or has changed.
    #[error("wordcode: --interactive needs the source of a program, and that of '{}' is gone or has changed", .0.display())]
    NoSource(PathBuf),
    /// A compiled file was given where only source tells what is asked for.
    #[error(
        "wordcode: '{}' is compiled, and this is told from source: give the program it was made of, \
         or see what is in it with `wordcode dis`", .0.display()
    )]
    IsCompiled(PathBuf),
    /// A file cannot be written.
    #[error("wordcode: can't write '{}': {error}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The screen or standard output does not work.
    #[error("wordcode: can't write the output: {0}")]
    Output(io::Error),
    /// The stepper's screen cannot be shown.
    #[error("wordcode: {0}")]
    Screen(#[from] RunError),
    /// Whoever read standard output has enough: no reason to say anything.
    #[error("nobody reads the output")]
    NobodyReads,
}

impl From<io::Error> for CliError {
    /// An error in writing to standard output.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::NobodyReads } else { Self::Output(error) }
    }
}
