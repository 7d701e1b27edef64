//! The program that a command works on: its code, its text, and the arguments it will see.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{self, Path};
use std::rc::Rc;

use wordcode::code::{CodeObject, pyc};
use wordcode::compile::{self, CompileError, Mode, Options, Warning};
use wordcode::machine::{self, Machine};
use wordcode::text::SourceFile;

use super::error::CliError;

/// A program, ready to run.
pub struct Program {
    /// Its code.
    pub code: Rc<CodeObject>,
    /// Its text; empty for a compiled file whose source cannot be read.
    pub source: SourceFile,
    /// `sys.argv`.
    argv: Vec<String>,
    /// Whether it has a file, and so a `__file__`.
    has_file: bool,
    /// Whether it came from standard input, where nothing is left for it to read.
    pub took_stdin: bool,
}

impl Program {
    /// The program in a file, which may be a compiled one.
    ///
    /// As in CPython its name is the absolute path: that is what tracebacks show.
    pub fn from_file(path: &Path, argv: Vec<String>) -> Result<Self, CliError> {
        let name = path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let (code, source) = load(path, &name.to_string_lossy())?;
        Ok(Self { code, source, argv, has_file: true, took_stdin: false })
    }

    /// The program of `-c`.
    pub fn from_code(code: &str, argv: Vec<String>) -> Result<Self, CliError> {
        let source = SourceFile::from_text("<string>", code).map_err(CliError::Syntax)?;
        Ok(Self { code: compile(&source)?, source, argv, has_file: false, took_stdin: false })
    }

    /// The program on standard input.
    pub fn from_stdin(argv: Vec<String>) -> Result<Self, CliError> {
        let source = SourceFile::from_bytes("<stdin>", &standard_input()?).map_err(CliError::Syntax)?;
        Ok(Self { code: compile(&source)?, source, argv, has_file: false, took_stdin: true })
    }

    /// The program as the user named it.
    pub fn script(&self) -> &str {
        self.argv.first().map_or("", String::as_str)
    }

    /// A machine that stands before the program's first instruction.
    pub fn machine(&self) -> Result<Machine, CliError> {
        let program = machine::Program {
            code: Rc::clone(&self.code),
            // CPython cannot read a second time what came from standard input.
            source: if self.took_stdin { Rc::default() } else { Rc::clone(self.source.text()) },
            argv: self.argv.clone(),
            file: self.has_file.then(|| Rc::clone(self.source.name())),
        };
        let mut machine = Machine::new(&program)?;
        if warnings_are_ignored() {
            machine.ignore_warnings();
        }
        Ok(machine)
    }
}

/// The code and the text of a program in a file; the text of a compiled one is empty if it cannot be read.
pub fn load(path: &Path, name: &str) -> Result<(Rc<CodeObject>, SourceFile), CliError> {
    let bytes = read(path)?;
    if bytes.starts_with(&pyc::MAGIC) {
        let (_, code) = pyc::read(&bytes).map_err(|error| CliError::Pyc { path: path.to_owned(), error })?;
        let source = std::fs::read(&*code.filename).unwrap_or_default();
        let source = SourceFile::from_bytes(&code.filename, &source);
        Ok((code, source.or_else(|_| SourceFile::from_text(name, "")).map_err(CliError::Syntax)?))
    } else {
        let source = SourceFile::from_bytes(name, &bytes).map_err(CliError::Syntax)?;
        Ok((compile(&source)?, source))
    }
}

/// The code object of a source; what CPython warns about goes to standard error, as it does there.
pub fn compile(source: &SourceFile) -> Result<Rc<CodeObject>, CliError> {
    let stages = compile::stages(source, Mode::Exec, Options::default());
    let stages = stages.map_err(|error| refused(error, source))?;
    warn(&stages.warnings, source);
    Ok(Rc::clone(&stages.code))
}

/// A program that cannot be compiled, with its place in the source where it has one.
pub fn refused(error: CompileError, source: &SourceFile) -> CliError {
    match error.in_source(source) {
        Some(error) => CliError::Syntax(error),
        None => CliError::Compile(error),
    }
}

/// Writes what CPython warns about to standard error, unless the environment asks not to.
pub fn warn(warnings: &[Warning], source: &SourceFile) {
    if !warnings_are_ignored() {
        for warning in warnings {
            eprint!("{}", warning.shown(source));
        }
    }
}

/// The text of a program: `code` itself, or else that of a file, of standard input if that is `-`.
pub fn source(code: Option<&OsString>, file: &OsString) -> Result<SourceFile, CliError> {
    match code {
        Some(code) => SourceFile::from_text("<string>", &code.to_string_lossy()),
        None if file == "-" => SourceFile::from_bytes("<stdin>", &standard_input()?),
        None => SourceFile::from_bytes(&file.to_string_lossy(), &read(file.as_ref())?),
    }
    .map_err(CliError::Syntax)
}

fn standard_input() -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(CliError::Stdin)?;
    Ok(bytes)
}

fn warnings_are_ignored() -> bool {
    std::env::var_os("PYTHONWARNINGS").is_some_and(|action| action == "ignore")
}

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    if path.is_dir() {
        return Err(CliError::Folder(path.to_owned()));
    }
    std::fs::read(path).map_err(|error| CliError::Open { path: path.to_owned(), error })
}
