//! The module that `-m` runs, as `runpy` finds it.

use super::library::Library;
use super::modules;
use crate::cache::Policy;
use crate::machine::ask::{FoundModule, ModuleFile, ModuleWanted};
use crate::machine::text::Str;

/// The file of the module `name`, or of the `__main__` in the package of that name, looked for along `path`;
/// with the name it was found by.  The error is what CPython says.
pub fn main_module(
    name: &str,
    path: &[String],
    policy: &Policy,
) -> Result<(String, Box<ModuleFile>), String> {
    let keeps_nothing = policy.read_only;
    let find = |child: &str, path: Vec<Str>| {
        let wanted = ModuleWanted { child: child.into(), path, frozen: None, keeps_nothing };
        modules::find(&wanted, Library::own(), policy)
    };
    let mut folders: Vec<Str> = path.iter().map(|entry| entry.as_str().into()).collect();
    let mut last = None;
    for part in name.split('.') {
        (folders, last) = match find(part, folders) {
            FoundModule::Nothing | FoundModule::Extension(_) => {
                return Err(format!("No module named {name}"));
            }
            FoundModule::Namespace(portions) => (portions, None),
            FoundModule::File(file) => match &file.package {
                Some(package) => (vec![package.clone()], None),
                None => (Vec::new(), Some(file)),
            },
        };
    }
    if let Some(file) = last {
        return Ok((name.to_owned(), file));
    }
    match find("__main__", folders) {
        FoundModule::File(file) if file.package.is_none() => Ok((format!("{name}.__main__"), file)),
        FoundModule::File(_)
        | FoundModule::Nothing
        | FoundModule::Namespace(_)
        | FoundModule::Extension(_) => Err(format!(
            "No module named {name}.__main__; '{name}' is a package and cannot be directly executed"
        )),
    }
}
