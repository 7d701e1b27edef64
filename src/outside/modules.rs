//! Finding and loading a module: the file system's part of `import`.
//!
//! Where it looks, and in which order, is that of `importlib`'s `PathFinder` and `FileFinder`.

use std::io;
use std::path::Path;
use std::rc::Rc;

use super::library::Library;
use super::os;
use super::source;
use crate::cache::{self, CacheError, Cached, Policy};
use crate::code::filename::renamed;
use crate::compile::{self, Mode, Options};
use crate::machine::ask::{
    Compiled, Form, FoundModule, FrozenWanted, Loaded, ModuleFile, ModuleWanted, OsFailure, frozen_file,
};
use crate::machine::file_name;
use crate::machine::text::Str;
use crate::text::SourceFile;

/// What a file of an extension module ends with.
const EXTENSIONS: [&str; 3] = [".cpython-314-x86_64-linux-gnu.so", ".abi3.so", ".so"];

/// The file that a folder is known by to hold CPython's library: no program has one of that name by chance.
const LANDMARK: &str = "_collections_abc.py";

/// Looks for a module, and loads it where it is found.
pub fn find(wanted: &ModuleWanted, library: Library, policy: &Policy) -> FoundModule {
    let policy = Policy { read_only: policy.read_only || wanted.keeps_nothing, ..policy.clone() };
    if let Some(found) = wanted.frozen.as_ref().and_then(|wanted| find_frozen(wanted, library, &policy)) {
        return found;
    }
    let mut portions = Vec::new();
    for entry in &wanted.path {
        let folder = absolute(&String::from_utf8_lossy(&os::bytes(entry)));
        match find_in(&folder, &wanted.child, library, &policy) {
            InFolder::Nothing => {}
            InFolder::Portion(portion) => portions.push(portion.as_str().into()),
            InFolder::Found(found) => return found,
        }
    }
    if portions.is_empty() { FoundModule::Nothing } else { FoundModule::Namespace(portions) }
}

/// Looks in CPython's library for a module that CPython carries frozen.  Its code tells of no file, and so
/// tracebacks show none of its lines.
fn find_frozen(wanted: &FrozenWanted, library: Library, policy: &Policy) -> Option<FoundModule> {
    let folders = wanted.path.iter().map(|entry| absolute(&String::from_utf8_lossy(&os::bytes(entry))));
    let mut libraries = folders.filter(|folder| is_file(&joined(folder, LANDMARK)));
    let inside = wanted.name.replace('.', "/");
    let found = libraries.find_map(|folder| match find_in(&folder, &inside, library, policy) {
        InFolder::Found(FoundModule::File(file)) => Some(file),
        InFolder::Found(_) | InFolder::Portion(_) | InFolder::Nothing => None,
    });
    let mut file = found?;
    file.frozen = Some(Rc::clone(&wanted.name));
    if let Loaded::Code(compiled) = &mut file.loaded {
        compiled.code = renamed(&compiled.code, &Rc::from(frozen_file(&wanted.name)));
        compiled.file_text = None;
    }
    Some(FoundModule::File(file))
}

enum InFolder {
    Nothing,
    /// A folder without `__init__`: a part of a namespace package.
    Portion(String),
    Found(FoundModule),
}

fn find_in(folder: &str, child: &str, library: Library, policy: &Policy) -> InFolder {
    let base = joined(folder, child);
    let is_folder =
        if Library::has_path(&base) { library.has_folder(&base) } else { Path::new(&base).is_dir() };
    let stems =
        [is_folder.then(|| (joined(&base, "__init__"), Some(base.clone()))), Some((base.clone(), None))];
    for (stem, package) in stems.into_iter().flatten() {
        if let Some(extension) =
            EXTENSIONS.iter().map(|end| format!("{stem}{end}")).find(|path| is_file(path))
        {
            return InFolder::Found(FoundModule::Extension(extension.as_str().into()));
        }
        let package = package.as_deref();
        let source = format!("{stem}.py");
        if let Some(text) = library.file(&source) {
            return InFolder::Found(FoundModule::File(Box::new(from_library(&source, package, text))));
        }
        if is_file(&source) {
            return InFolder::Found(FoundModule::File(Box::new(from_source(&source, package, policy))));
        }
        let compiled = format!("{stem}.pyc");
        if is_file(&compiled) {
            return InFolder::Found(FoundModule::File(Box::new(from_compiled(&compiled, package))));
        }
    }
    if is_folder { InFolder::Portion(base) } else { InFolder::Nothing }
}

fn is_file(path: &str) -> bool {
    Path::new(path).is_file()
}

/// An entry of a path without a slash at its end, and from the root on.
fn absolute(entry: &str) -> String {
    if entry.starts_with('/') || Library::has_path(entry) {
        let trimmed = entry.trim_end_matches('/');
        return if trimmed.is_empty() { "/".to_owned() } else { trimmed.to_owned() };
    }
    let here = std::env::current_dir().unwrap_or_default();
    let here = here.to_string_lossy();
    match entry.trim_start_matches("./").trim_end_matches('/') {
        "" | "." => here.into_owned(),
        inside => joined(&here, inside),
    }
}

fn joined(folder: &str, name: &str) -> String {
    if folder.ends_with('/') { format!("{folder}{name}") } else { format!("{folder}/{name}") }
}

fn from_library(path: &str, package: Option<&str>, text: &str) -> ModuleFile {
    let file = SourceFile::from_text(path, text).map_err(|error| source::unreadable(error, path));
    let loaded = file.and_then(|file| {
        compile::passes(&file, Mode::Exec, Options::default())
            .map(|stages| source::compiled(&stages, Form::Exec, &file))
            .map_err(|(pass, error)| source::refused(&error, pass, Form::Exec, &file))
    });
    ModuleFile {
        origin: path.into(),
        cached: None,
        package: package.map(Into::into),
        is_source: true,
        frozen: None,
        notice: None,
        loaded: loaded.map_or_else(Loaded::Refused, Loaded::Code),
    }
}

fn from_source(path: &str, package: Option<&str>, policy: &Policy) -> ModuleFile {
    // A module knows the place of its compiled file whether there is one or not.
    let cached = Some(name(&cache::cache_file(Path::new(path), policy)));
    let (notice, loaded) = match cache::load(Path::new(path), path, policy) {
        Ok(cached) => (Some(cached.verdict.to_string().into()), Loaded::Code(of_cache(&cached))),
        Err(error) => (None, failed(error, path)),
    };
    let package = package.map(Into::into);
    ModuleFile { origin: path.into(), cached, package, is_source: true, frozen: None, notice, loaded }
}

fn from_compiled(path: &str, package: Option<&str>) -> ModuleFile {
    ModuleFile {
        origin: path.into(),
        cached: Some(path.into()),
        package: package.map(Into::into),
        is_source: false,
        frozen: None,
        notice: Some("a compiled file without its source".into()),
        loaded: match cache::load_sourceless(Path::new(path)) {
            Ok(code) => {
                Loaded::Code(Compiled { code, text: Rc::default(), file_text: None, warnings: Rc::default() })
            }
            Err(error) => failed(error, path),
        },
    }
}

fn of_cache(cached: &Cached) -> Compiled {
    let text: Option<Rc<str>> = cached.source.as_ref().map(|file| Rc::clone(file.text()));
    let warnings = cached.source.as_ref().map(|file| source::warnings(&cached.warnings, Form::Exec, file));
    Compiled {
        code: Rc::clone(&cached.code),
        text: text.clone().unwrap_or_default(),
        file_text: text,
        warnings: warnings.unwrap_or_default(),
    }
}

fn failed(error: CacheError, path: &str) -> Loaded {
    match error {
        CacheError::Source(error) => Loaded::Failed(os_failure(&error, path)),
        CacheError::Damaged { path, error } => {
            Loaded::Damaged(format!("the compiled file '{}' is damaged: {error}", path.display()))
        }
        CacheError::Syntax(_) | CacheError::Compile { .. } => refused(path),
    }
}

fn os_failure(error: &io::Error, path: &str) -> OsFailure {
    OsFailure { filename: Some(path.into()), ..os::failure(error) }
}

/// The error of a source that cannot be compiled, with all that CPython's exception tells of it.
fn refused(path: &str) -> Loaded {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return Loaded::Failed(os_failure(&error, path)),
    };
    let file = match SourceFile::from_bytes(path, &bytes) {
        Ok(file) => file,
        Err(error) => return Loaded::Refused(source::unreadable(error, path)),
    };
    match compile::passes(&file, Mode::Exec, Options::default()) {
        Ok(stages) => Loaded::Code(source::compiled(&stages, Form::Exec, &file)),
        Err((pass, error)) => Loaded::Refused(source::refused(&error, pass, Form::Exec, &file)),
    }
}

fn name(path: &Path) -> Str {
    file_name(path.as_os_str().as_encoded_bytes())
}
