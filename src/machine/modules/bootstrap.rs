//! `_frozen_importlib` and `_frozen_importlib_external` where there is no library to take them from.
//!
//! There is a name for each part of CPython's machinery, and `importlib.import_module` works; what a program would
//! have to take apart refuses by its name.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::object::class::TypeSpec;
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::imp::EXTENSION_SUFFIXES;
use super::native::{Constant, NativeModule, StandsIn};
use crate::code::pyc;

/// A function that there is a name for and nothing behind it.
macro_rules! refused {
    ($module:literal: $($name:literal),* $(,)?) => {
        &[$(NativeDef::function($name, Params::Any, |m, _| {
            Err(m.unsupported(concat!($module, ".", $name, "()")))
        })),*]
    };
}

/// `_frozen_importlib`.
pub static CORE: NativeModule = NativeModule {
    functions: &[
        &[
            NativeDef::function("_gcd_import", Params::named(&["name", "package", "level"], 1), |m, args| {
                let name = absolute(m, args)?;
                let leaf = Args::new([Value::NONE, Value::object(name)]);
                let whole = m.import(name, None, None, 0)?;
                m.continue_with("importlib", whole, leaf, 0, |m, args| {
                    let name = args.at(1).handle().expect("a name is a str");
                    match m.heap.get_name(m.modules, name) {
                        Some(module) => Ok(module.into()),
                        None => Err(m.key_error(args.at(1))),
                    }
                })
            }),
            NativeDef::function("_resolve_name", Params::Range(3, 3), |m, args| {
                Ok(Value::object(absolute(m, args)?).into())
            }),
        ],
        refused!("importlib._bootstrap": "module_from_spec", "spec_from_loader", "_find_spec", "_exec", "_load",
            "_load_module_shim", "_module_repr_from_spec", "_verbose_message"),
    ],
    constants: &[
        ("ModuleSpec", Constant::Type(types::MODULE_SPEC)),
        ("BuiltinImporter", Constant::Type(types::BUILTIN_IMPORTER)),
        ("FrozenImporter", Constant::Type(types::FROZEN_IMPORTER)),
    ],
    fill: |m, dict| {
        let import = m.text_handle("__import__");
        let import = m.builtin(import);
        m.set_text_name(dict, "__import__", import);
    },
    stands_in: StandsIn::WithoutLibrary,
    ..NativeModule::new("_frozen_importlib", "The types of what finds modules, and importing by name.")
};

/// `_frozen_importlib_external`.
pub static EXTERNAL: NativeModule = NativeModule {
    functions: &[refused!("importlib._bootstrap_external":
        "_pack_uint32", "_unpack_uint64", "_unpack_uint32", "_unpack_uint16", "_path_join", "_path_split",
        "_path_stat", "cache_from_source", "decode_source", "source_from_cache", "spec_from_file_location",
        "_classify_pyc", "_validate_timestamp_pyc", "_validate_hash_pyc", "_fix_up_module")],
    types: &[
        &TypeSpec { natives: BASICS, ..refusing(types::LOADER_BASICS, "_LoaderBasics") },
        &refusing(types::SOURCE_LOADER, "SourceLoader"),
        &refusing(types::FILE_LOADER, "FileLoader"),
        &refusing(types::WINDOWS_REGISTRY_FINDER, "WindowsRegistryFinder"),
        &refusing(types::EXTENSION_FILE_LOADER, "ExtensionFileLoader"),
        &refusing(types::FILE_FINDER, "FileFinder"),
        &refusing(types::APPLE_FRAMEWORK_LOADER, "AppleFrameworkLoader"),
    ],
    constants: &[
        ("SourceFileLoader", Constant::Type(types::SOURCE_FILE_LOADER)),
        ("SourcelessFileLoader", Constant::Type(types::SOURCELESS_FILE_LOADER)),
        ("NamespaceLoader", Constant::Type(types::NAMESPACE_LOADER)),
        ("PathFinder", Constant::Type(types::PATH_FINDER)),
        ("path_sep", Constant::Text("/")),
        ("path_separators", Constant::Text("/")),
    ],
    fill: |m, dict| {
        let magic = m.heap.bytes(&pyc::MAGIC);
        m.set_text_name(dict, "MAGIC_NUMBER", magic);
        let lists: [(&str, &[&str]); 5] = [
            ("SOURCE_SUFFIXES", &[".py"]),
            ("EXTENSION_SUFFIXES", &EXTENSION_SUFFIXES),
            ("BYTECODE_SUFFIXES", &[".pyc"]),
            ("DEBUG_BYTECODE_SUFFIXES", &[".pyc"]),
            ("OPTIMIZED_BYTECODE_SUFFIXES", &[".pyc"]),
        ];
        for (name, suffixes) in lists {
            let list = texts(m, suffixes);
            m.set_text_name(dict, name, list);
        }
    },
    stands_in: StandsIn::WithoutLibrary,
    ..NativeModule::new("_frozen_importlib_external", "The types of what finds and loads files.")
};

/// A type that there is for a program to name; none of its instances can be made.
const fn refusing(handle: Handle, name: &'static str) -> TypeSpec {
    TypeSpec {
        module: "_frozen_importlib_external",
        subclassable: true,
        natives: REFUSES,
        ..TypeSpec::new(handle, name)
    }
}

const REFUSES: &[NativeDef] = &[NativeDef::new(Params::Any, refuse_instance)];

fn refuse_instance(m: &mut Machine, _: &Args) -> Eval {
    Err(m.unsupported("finders and loaders of importlib that a program makes"))
}

/// `importlib.abc` takes its methods for loaders that a program makes.
const BASICS: &[NativeDef] = &[
    NativeDef::new(Params::Any, refuse_instance),
    NativeDef::method("exec_module", Params::One, |m, _| Err(m.unsupported("exec_module() of loaders"))),
    NativeDef::method("load_module", Params::One, |m, _| Err(m.unsupported("load_module() of loaders"))),
];

pub(super) fn texts(m: &mut Machine, texts: &[&str]) -> Value {
    let items = texts.iter().map(|text| m.heap.intern(*text)).collect();
    m.heap.list(items)
}

/// The whole name that `name`, `package` and `level` stand for.
fn absolute(m: &mut Machine, args: &Args) -> Result<Handle, Raise> {
    let name = args.at(0);
    let Some(text) = m.heap.text_of(name).map(|name| name.to_string_lossy().into_owned()) else {
        let given = m.class_name(name);
        return Err(m.type_error(format!("module name must be str, not <class '{given}'>")));
    };
    let level = match args.get(2) {
        Some(level) => m.index_i64(level, types::OVERFLOW_ERROR)?,
        None => 0,
    };
    if level <= 0 {
        return Ok(m.text_handle(&text));
    }
    let package = args.get(1).unwrap_or(Value::NONE);
    let Some(package) = m.heap.text_of(package).map(|name| name.to_string_lossy().into_owned()) else {
        return Err(m.type_error("__package__ not set to a string"));
    };
    let up = usize::try_from(level - 1).unwrap_or(usize::MAX);
    let mut parts: Vec<&str> = package.split('.').collect();
    if parts.len() <= up {
        return Err(m.raise(types::IMPORT_ERROR, "attempted relative import beyond top-level package"));
    }
    parts.truncate(parts.len() - up);
    if !text.is_empty() {
        parts.push(&text);
    }
    Ok(m.text_handle(&parts.join(".")))
}
