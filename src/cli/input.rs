//! The program that a command works on: its code, its text, and the arguments it will see.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{self, Path};
use std::rc::Rc;

use wordcode::cache::{self, CacheError, Policy};
use wordcode::code::pyc::{self, Source};
use wordcode::code::{CodeObject, flags};
use wordcode::compile::{self, CompileError, Mode, Options, Warning};
use wordcode::machine::ask::Loaded;
use wordcode::machine::{self, Machine, MainModule};
use wordcode::outside::{Outside, Stdin, main_module};
use wordcode::text::{Outline, SourceFile};
use wordcode::view::{Explainer, SourceText, Viewer};

use super::error::CliError;

/// A program, ready to run.
pub struct Program {
    /// Its code.
    pub code: Rc<CodeObject>,
    /// Its text; empty for a compiled file whose source cannot be read.
    source: SourceFile,
    /// Whether the text is what was compiled: that of a compiled file may have changed since, or be gone.
    has_source: bool,
    /// What became of the compiled file, or of the source of one.
    notice: Option<String>,
    /// `sys.argv`.
    argv: Vec<String>,
    /// Its file, as `__file__` names it, for a program that has one.
    file: Option<Rc<str>>,
    /// What it is as a module, for `-m`.
    module: Option<MainModule>,
    /// The first entry of `sys.path`: where modules are looked for before all else.
    folder: String,
    /// How compiled files are used, of the program and of what it imports.
    policy: Policy,
    /// Whether it came from standard input, where nothing is left for it to read.
    pub took_stdin: bool,
    /// Whether the user wants to know where code came from.
    pub verbose: bool,
    /// Whether each top-level statement is compiled by itself; then `code` is the first of them.
    pub line_by_line: bool,
    /// What `-W` asks for, each time it is given.
    pub warnings: Vec<String>,
    /// The others.
    rest: Vec<Rc<CodeObject>>,
}

impl Program {
    /// The program in a file, which may be a compiled one; else its compiled file is used as `policy` says.
    ///
    /// As in CPython its name is the absolute path: that is what tracebacks show.
    pub fn from_file(path: &Path, argv: Vec<String>, policy: &Policy) -> Result<Self, CliError> {
        let absolute = path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let name = absolute.to_string_lossy();
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = real.parent().map_or_else(String::new, |folder| folder.to_string_lossy().into_owned());
        let bytes = read(path)?;
        let program = if is_compiled(path, &bytes) {
            let (tie, code) = compiled(path, &bytes)?;
            let (source, missing) = source_of(&code, tie)?;
            Self { has_source: missing.is_none(), notice: missing, ..Self::new(code, source, argv, policy) }
        } else {
            let cached = cache::load(path, &name, policy).map_err(|error| not_loaded(path, error))?;
            let has_source = cached.source.is_some();
            let source = cached.source.map_or_else(|| SourceFile::from_text(&name, ""), Ok);
            let source = source.map_err(CliError::Syntax)?;
            warn(&cached.warnings, &source);
            let notice = Some(cached.verdict.to_string());
            Self { has_source, notice, ..Self::new(cached.code, source, argv, policy) }
        };
        Ok(Self { file: Some(name.into()), folder, ..program })
    }

    /// The program that is the module `name`, or the `__main__` of the package `name`.
    pub fn from_module(name: &str, mut argv: Vec<String>, policy: &Policy) -> Result<Self, CliError> {
        let here = std::env::current_dir().map_err(CliError::Output)?.to_string_lossy().into_owned();
        let path = search_path(here.clone());
        let (name, file) = main_module(name, &path, policy).map_err(CliError::NoModule)?;
        let origin = file.origin.to_string_lossy().into_owned();
        argv[0].clone_from(&origin);
        let notice = file.notice.as_deref().map(str::to_owned);
        let cached = file.cached.map(|cached| cached.to_string_lossy().into());
        let module = Some(MainModule { name: name.into(), cached });
        let program = match file.loaded {
            Loaded::Code(compiled) => {
                let source = SourceFile::from_text(&origin, &compiled.text).map_err(CliError::Syntax)?;
                Self { notice, ..Self::new(compiled.code, source, argv, policy) }
            }
            // The error is told as for any program in a file.
            Loaded::Refused(_) | Loaded::Failed(_) | Loaded::Damaged(_) => {
                Self::from_file(Path::new(&origin), argv, policy)?
            }
        };
        Ok(Self { module, folder: here, file: Some(origin.into()), ..program })
    }

    /// A program that is no file.
    fn new(code: Rc<CodeObject>, source: SourceFile, argv: Vec<String>, policy: &Policy) -> Self {
        Self {
            code,
            source,
            has_source: true,
            notice: None,
            argv,
            file: None,
            module: None,
            folder: String::new(),
            policy: policy.clone(),
            took_stdin: false,
            verbose: false,
            line_by_line: false,
            warnings: Vec::new(),
            rest: Vec::new(),
        }
    }

    /// The program of `-c`.
    pub fn from_code(code: &str, argv: Vec<String>, policy: &Policy) -> Result<Self, CliError> {
        let source = SourceFile::from_text("<string>", code).map_err(CliError::Syntax)?;
        Ok(Self::new(compile(&source, 0)?, source, argv, policy))
    }

    /// The program on standard input.
    pub fn from_stdin(argv: Vec<String>, policy: &Policy) -> Result<Self, CliError> {
        let source = SourceFile::from_bytes("<stdin>", &standard_input()?).map_err(CliError::Syntax)?;
        Ok(Self { took_stdin: true, ..Self::new(compile(&source, 0)?, source, argv, policy) })
    }

    /// The same program, each top-level statement compiled by itself as at a prompt.
    pub fn line_by_line(mut self) -> Result<Self, CliError> {
        if !self.has_source {
            return Err(CliError::NoSource(Path::new(self.script()).to_owned()));
        }
        let mut options = Options::default();
        let mut codes = Vec::new();
        for piece in compile::pieces(&self.source) {
            let code =
                compile::compile(&piece, Mode::Single, options).map_err(|error| refused(error, &piece))?;
            // What a statement imports from __future__ holds for those behind it.
            options.features |= code.flags & flags::FUTURE;
            codes.push(code);
        }
        let mut codes = codes.into_iter();
        // A program of nothing but comments stays as it is.
        if let Some(first) = codes.next() {
            (self.code, self.rest, self.line_by_line) = (first, codes.collect(), true);
        }
        Ok(self)
    }

    /// The outline of its text.
    pub fn outline(&self) -> Rc<Outline> {
        Rc::new(compile::outline(&self.source))
    }

    /// What the compiler warns about, with the lines.
    fn warnings(&self) -> Vec<(u32, String)> {
        let stages = compile::stages(&self.source, Mode::Exec, Options::default());
        let warnings = stages.map(|stages| stages.warnings.clone()).unwrap_or_default();
        warnings.iter().map(|warning| (warning.line(&self.source), warning.message.clone())).collect()
    }

    /// What knows why its comparisons come out as they do.
    pub fn explainer(&self) -> Explainer {
        let mut explainer = Explainer::new(Rc::new(SourceText::of(&self.source, self.script())));
        explainer.set_outline(self.outline(), self.line_by_line);
        explainer
    }

    /// The program as the user named it.
    pub fn script(&self) -> &str {
        self.argv.first().map_or("", String::as_str)
    }

    /// What the user may want to know of how the program was loaded, in a line.
    pub fn notice(&self) -> Option<String> {
        self.notice.as_ref().map(|notice| format!("{}: {notice}", self.script()))
    }

    /// A viewer of a run of the program.
    pub fn viewer(&self) -> Viewer {
        let mut viewer = if self.has_source {
            Viewer::new(self.script(), &self.source)
        } else {
            Viewer::without_source(self.script())
        };
        viewer.notice.extend(self.notice());
        if self.has_source {
            viewer.set_outline(self.outline(), self.line_by_line);
            viewer.set_warnings(self.warnings());
        }
        viewer
    }

    /// The outside of the program, with `stdin` for its standard input.  What it imports is loaded by
    /// CPython's own rules, where a compiled file that is damaged is an error.
    pub fn outside(&self, stdin: Stdin) -> Outside {
        Outside::new(stdin).with_policy(Policy { repairs: false, ..self.policy.clone() })
    }

    /// A machine that stands before the program's first instruction.
    pub fn machine(&self) -> Result<Machine, CliError> {
        // CPython cannot read a second time what came from standard input.
        let text = if self.took_stdin { Rc::default() } else { Rc::clone(self.source.text()) };
        let program = machine::Program {
            file: self.file.clone(),
            module: self.module.clone(),
            path: search_path(self.folder.clone()),
            keeps_nothing: self.policy.read_only,
            warn_options: self.warn_options(),
            environment: std::env::vars_os()
                .map(|(name, value)| (name.into_encoded_bytes(), value.into_encoded_bytes()))
                .collect(),
            ..machine::Program::new(Rc::clone(&self.code), text, self.argv.clone())
        };
        let machine = if self.line_by_line {
            Machine::line_by_line(&program, self.rest.clone())?
        } else {
            Machine::new(&program)?
        };
        Ok(machine)
    }
}

impl Program {
    /// What the environment and the command line ask for about warnings, the environment first.
    fn warn_options(&self) -> Vec<String> {
        let environment = std::env::var("PYTHONWARNINGS").unwrap_or_default();
        let given = environment.split(',').filter(|option| !option.is_empty()).map(str::to_owned);
        given.chain(self.warnings.iter().cloned()).collect()
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

/// The code of a program in a file, compiled or not; `name` is what its code objects are to be named after.
pub fn load(path: &Path, name: &str) -> Result<Rc<CodeObject>, CliError> {
    let bytes = read(path)?;
    if is_compiled(path, &bytes) {
        return Ok(compiled(path, &bytes)?.1);
    }
    compile(&SourceFile::from_bytes(name, &bytes).map_err(CliError::Syntax)?, 0)
}

/// Why the source file at `path` has no code object.
fn not_loaded(path: &Path, error: CacheError) -> CliError {
    match error {
        CacheError::Source(error) => CliError::Open { path: path.to_owned(), error },
        CacheError::Syntax(error) => CliError::Syntax(error),
        CacheError::Compile { error, file } => refused(*error, &file),
        CacheError::Damaged { path, error } => CliError::Pyc { path, error },
    }
}

/// Whether a file is a compiled one, by its name or its first bytes.
fn is_compiled(path: &Path, bytes: &[u8]) -> bool {
    path.extension().is_some_and(|extension| extension == "pyc") || bytes.starts_with(&pyc::MAGIC)
}

fn compiled(path: &Path, bytes: &[u8]) -> Result<(Source, Rc<CodeObject>), CliError> {
    pyc::read(bytes).map_err(|error| CliError::Pyc { path: path.to_owned(), error })
}

/// The source that the code of a compiled file names, empty if it cannot be read; and why it is not what was
/// compiled, if it is not.  As in CPython, tracebacks show the lines of whatever is there.
fn source_of(code: &CodeObject, tie: Source) -> Result<(SourceFile, Option<String>), CliError> {
    let name = &*code.filename;
    let path = Path::new(name);
    let empty = || SourceFile::from_text(name, "").map_err(CliError::Syntax);
    let Ok(bytes) = std::fs::read(path) else {
        return Ok((empty()?, Some(format!("its source, {name}, is not there"))));
    };
    let Ok(source) = SourceFile::from_bytes(name, &bytes) else {
        return Ok((empty()?, Some(format!("its source, {name}, is not text"))));
    };
    let is_same = match tie {
        Source::Timestamp { .. } => cache::stat(path).is_ok_and(|stat| stat.tie() == tie),
        Source::Hash { hash, .. } => pyc::source_hash(&bytes) == hash,
    };
    let changed = (!is_same).then(|| format!("its source, {name}, has changed since it was compiled"));
    Ok((source, changed))
}

/// The code object of a source; what CPython warns about goes to standard error, as it does there.
pub fn compile(source: &SourceFile, optimize: u8) -> Result<Rc<CodeObject>, CliError> {
    let stages = compile::stages(source, Mode::Exec, Options { optimize, ..Options::default() });
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

fn warnings_are_ignored() -> bool {
    std::env::var_os("PYTHONWARNINGS").is_some_and(|action| action == "ignore")
}

/// Writes what CPython warns about to standard error, unless the environment asks not to.
pub fn warn(warnings: &[Warning], source: &SourceFile) {
    if !warnings_are_ignored() {
        for warning in warnings {
            eprint!("{}", warning.shown(source));
        }
    }
}

/// The text of a program: `code` itself, or else that of a file, of standard input if that is `-`; a compiled file
/// has none.
pub fn source(code: Option<&OsString>, file: &OsString) -> Result<SourceFile, CliError> {
    match code {
        Some(code) => SourceFile::from_text("<string>", &code.to_string_lossy()),
        None if file == "-" => SourceFile::from_bytes("<stdin>", &standard_input()?),
        None => {
            let path = Path::new(file);
            let bytes = read(path)?;
            if is_compiled(path, &bytes) {
                return Err(CliError::IsCompiled(path.to_owned()));
            }
            SourceFile::from_bytes(&file.to_string_lossy(), &bytes)
        }
    }
    .map_err(CliError::Syntax)
}

fn standard_input() -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(CliError::Stdin)?;
    Ok(bytes)
}

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    if path.is_dir() {
        return Err(CliError::Folder(path.to_owned()));
    }
    std::fs::read(path).map_err(|error| CliError::Open { path: path.to_owned(), error })
}
