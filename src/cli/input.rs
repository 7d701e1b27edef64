//! The program that a command works on: its code, its text, and the arguments it will see.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{self, Path};
use std::rc::Rc;

use wordcode::code::{CodeObject, pyc};
use wordcode::compile::{self, CompileError, Mode, Options, Warning};
use wordcode::machine::ask::Loaded;
use wordcode::machine::{self, Machine, MainModule};
use wordcode::outside::main_module;
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
    /// What it is as a module, for `-m`.
    module: Option<MainModule>,
    /// The first entry of `sys.path`: where modules are looked for before all else.
    folder: String,
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
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = real.parent().map_or_else(String::new, |folder| folder.to_string_lossy().into_owned());
        Ok(Self { code, source, argv, has_file: true, module: None, folder, took_stdin: false })
    }

    /// The program that is the module `name`, or the `__main__` of the package `name`.
    pub fn from_module(name: &str, mut argv: Vec<String>) -> Result<Self, CliError> {
        let here = std::env::current_dir().map_err(CliError::Output)?.to_string_lossy().into_owned();
        let path = search_path(here.clone());
        let (name, file) =
            main_module(name, &path, is_set("PYTHONDONTWRITEBYTECODE")).map_err(CliError::NoModule)?;
        let origin = file.origin.to_string_lossy().into_owned();
        argv[0].clone_from(&origin);
        let (code, source) = match file.loaded {
            Loaded::Code(compiled) => {
                let source = SourceFile::from_text(&origin, &compiled.text).map_err(CliError::Syntax)?;
                (compiled.code, source)
            }
            // The error is told as for any program in a file.
            Loaded::Refused(_) | Loaded::Failed(_) | Loaded::Damaged(_) => load(Path::new(&origin), &origin)?,
        };
        let cached = file.cached.map(|cached| cached.to_string_lossy().into());
        let module = Some(MainModule { name: name.into(), cached });
        Ok(Self { code, source, argv, has_file: true, module, folder: here, took_stdin: false })
    }

    /// The program of `-c`.
    pub fn from_code(code: &str, argv: Vec<String>) -> Result<Self, CliError> {
        let source = SourceFile::from_text("<string>", code).map_err(CliError::Syntax)?;
        let (code, folder) = (compile(&source)?, String::new());
        Ok(Self { code, source, argv, has_file: false, module: None, folder, took_stdin: false })
    }

    /// The program on standard input.
    pub fn from_stdin(argv: Vec<String>) -> Result<Self, CliError> {
        let source = SourceFile::from_bytes("<stdin>", &standard_input()?).map_err(CliError::Syntax)?;
        let (code, folder) = (compile(&source)?, String::new());
        Ok(Self { code, source, argv, has_file: false, module: None, folder, took_stdin: true })
    }

    /// The program as the user named it.
    pub fn script(&self) -> &str {
        self.argv.first().map_or("", String::as_str)
    }

    /// A machine that stands before the program's first instruction.
    pub fn machine(&self) -> Result<Machine, CliError> {
        // CPython cannot read a second time what came from standard input.
        let text = if self.took_stdin { Rc::default() } else { Rc::clone(self.source.text()) };
        let program = machine::Program {
            file: self.has_file.then(|| Rc::clone(self.source.name())),
            module: self.module.clone(),
            path: search_path(self.folder.clone()),
            keeps_nothing: is_set("PYTHONDONTWRITEBYTECODE"),
            ..machine::Program::new(Rc::clone(&self.code), text, self.argv.clone())
        };
        let mut machine = Machine::new(&program)?;
        if warnings_are_ignored() {
            machine.ignore_warnings();
        }
        Ok(machine)
    }
}

/// `sys.path`: the folder of the program, and what `PYTHONPATH` names.
fn search_path(folder: String) -> Vec<String> {
    let mut path: Vec<String> = if is_set("PYTHONSAFEPATH") { Vec::new() } else { vec![folder] };
    let more = std::env::var_os("PYTHONPATH").unwrap_or_default();
    for entry in std::env::split_paths(&more).filter(|entry| !entry.as_os_str().is_empty()) {
        let entry = path::absolute(&entry).unwrap_or(entry).to_string_lossy().into_owned();
        if !path.contains(&entry) {
            path.push(entry);
        }
    }
    path
}

/// Whether the environment has a variable, and it is not empty.
fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
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
    match stages {
        Ok(stages) => {
            warn(&stages.warnings, source);
            Ok(Rc::clone(&stages.code))
        }
        Err(error) => Err(refused(error, source)),
    }
}

/// A program that cannot be compiled, with its place in the source where it has one; what was warned about
/// before goes to standard error.
pub fn refused(error: CompileError, source: &SourceFile) -> CliError {
    warn(&error.warnings, source);
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
