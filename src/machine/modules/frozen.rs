//! The modules that CPython carries frozen, what their importer says of them, and their specs.
//!
//! CPython has their code inside and takes nothing else for them.  Here it is that of CPython's library, where
//! that is on the path: it names no file, and the module's spec is the one that CPython makes.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::ask::{FrozenWanted, ModuleFile};
use super::super::frame::Eval;
use super::super::names;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::importlib::{CORE, EXTERNAL};

/// Those of them that the library has as files, sorted.
const NAMES: [&str; 17] = [
    "_collections_abc",
    "_frozen_importlib",
    "_frozen_importlib_external",
    "_sitebuiltins",
    "abc",
    "codecs",
    "genericpath",
    "importlib.machinery",
    "importlib.util",
    "io",
    "ntpath",
    "os",
    "posixpath",
    "runpy",
    "site",
    "stat",
    "zipimport",
];

/// Whether CPython carries the module of this whole name frozen, and its library has a file of it.
pub fn is_frozen(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

/// The name by which its library has the file of a frozen module, and its code names it.
pub fn name_in_library(name: &str) -> &str {
    match name {
        CORE => "importlib._bootstrap",
        EXTERNAL => "importlib._bootstrap_external",
        name => name,
    }
}

/// What `FrozenImporter` can do for a program that asks it.
pub const IMPORTER: &[NativeDef] = &[
    NativeDef::class_method("get_source", Params::One, |m, args| {
        check(m, args)?;
        Ok(Value::NONE.into())
    }),
    NativeDef::class_method("is_package", Params::One, |m, args| {
        check(m, args)?;
        Ok(Value::FALSE.into())
    }),
    NativeDef::class_method("get_code", Params::One, |m, _| refuse(m, "get_code")),
    NativeDef::class_method("find_spec", Params::Any, |m, _| refuse(m, "find_spec")),
    NativeDef::class_method("load_module", Params::One, |m, _| refuse(m, "load_module")),
    NativeDef::static_method("create_module", Params::One, |m, _| refuse(m, "create_module")),
    NativeDef::static_method("exec_module", Params::One, |m, _| refuse(m, "exec_module")),
];

fn refuse(m: &mut Machine, name: &str) -> Eval {
    Err(m.unsupported(format!("FrozenImporter.{name}()")))
}

/// Refuses a name that is none of a frozen module.
fn check(m: &mut Machine, args: &Args) -> Result<(), Raise> {
    let name = args.at(1);
    let Some(text) = m.heap.text_of(name) else {
        let given = m.argument_class(name);
        return Err(m.type_error(format!("is_frozen() argument must be str, not {given}")));
    };
    let text = text.to_string_lossy().into_owned();
    if is_frozen(&text) {
        return Ok(());
    }
    let message = format!("{} is not a frozen module", m.brief_repr(name));
    Err(m.import_error(types::IMPORT_ERROR, message, name, None))
}

impl Machine {
    /// What to ask the outside for to get a frozen module.
    pub(in crate::machine) fn frozen_wanted(&mut self, name: &str) -> Result<FrozenWanted, Raise> {
        let path = self.sys_attribute(names::SYS_PATH).unwrap_or(Value::NONE);
        Ok(FrozenWanted { name: name_in_library(name).into(), path: self.search_path(path)? })
    }

    /// The spec of a frozen module that was found in this file.
    pub(super) fn frozen_spec(&mut self, name: &str, file: &ModuleFile) -> Handle {
        let spec = self.located_spec(name, types::FROZEN_IMPORTER, "frozen");
        let state = self.heap.alloc(types::SIMPLE_NAMESPACE, Payload::Plain);
        let attributes = self.heap.attributes(state);
        let (path, name) = (self.heap.str(file.origin.clone()), self.heap.str(name));
        for (key, value) in [("filename", path), ("origname", name)] {
            self.set_text_name(attributes, key, value);
        }
        let dict = self.heap.attributes(spec);
        self.heap.set_name(dict, names::LOADER_STATE, Value::object(state));
        spec
    }

    /// The file that the spec of a frozen module knows it by.
    pub(in crate::machine) fn file_of_frozen(&mut self, spec: Handle) -> Option<Value> {
        let importer = Value::object(self.machinery_class(types::FROZEN_IMPORTER));
        let own = |name| self.heap.own_attribute(spec, name);
        if own(names::PLAIN_LOADER) != Some(importer) {
            return None;
        }
        let state = own(names::LOADER_STATE)?.handle()?;
        let filename = self.text_handle("filename");
        self.heap.own_attribute(state, filename)
    }
}
