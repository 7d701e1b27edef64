//! Native modules: what each has is a row of plain data, and the module is made of it when it is imported.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::super::Machine;
use super::super::frame::Eval;
use super::super::names;
use super::super::object::Payload;
use super::super::object::class::TypeSpec;
use super::super::object::function::{Binding, NativeDef};
use super::super::object::types;
use super::super::value::{Handle, Value};

/// Every native module that is made when it is imported, in the order of their names.
#[rustfmt::skip]
static ALL: &[&NativeModule] = &[
    &super::future::MODULE,
    &super::abc::MODULE,
    &super::ast::MODULE,
    &super::bisect::MODULE,
    &super::hashes::BLAKE2_MODULE,
    &super::codecs::MODULE,
    &super::collections::MODULE,
    &super::contextvars::MODULE,
    &super::csv::MODULE,
    &super::bootstrap::CORE,
    &super::bootstrap::EXTERNAL,
    &super::functools::MODULE,
    &super::heapq::MODULE,
    &super::imp::MODULE,
    &super::io::MODULE,
    &super::locale::MODULE,
    &super::hashes::MD5_MODULE,
    &super::opcode::MODULE,
    &super::operator::MODULE,
    &super::subprocess::MODULE,
    &super::random::MODULE,
    &super::hashes::SHA1_MODULE,
    &super::hashes::SHA2_MODULE,
    &super::hashes::SHA3_MODULE,
    &super::signal::MODULE,
    &super::socket::MODULE,
    &super::sre::MODULE,
    &super::stat::MODULE,
    &super::string::MODULE,
    &super::structs::MODULE,
    &super::suggestions::MODULE,
    &super::symtable::MODULE,
    &super::thread::MODULE,
    &super::tokenize::MODULE,
    &super::tracemalloc::MODULE,
    &super::types::MODULE,
    &super::typing::MODULE,
    &super::warnings::MODULE,
    &super::weakref::MODULE,
    &super::array::MODULE,
    &super::atexit::MODULE,
    &super::binascii::MODULE,
    &super::cmath::MODULE,
    &super::copyreg::MODULE,
    &super::errno::MODULE,
    &super::gc::MODULE,
    &super::io::STAND_IN,
    &super::itertools::MODULE,
    &super::marshal::MODULE,
    &super::math::MODULE,
    &super::posix::MODULE,
    &super::select::MODULE,
    &super::time::MODULE,
    &super::unicodedata::MODULE,
    &super::zlib::MODULE,
];

/// The modules that are more than a row: they are there before the program begins.
const FROM_THE_START: [&str; 2] = ["builtins", "sys"];

/// A module without Python source.
pub struct NativeModule {
    /// `__name__`.
    pub name: &'static str,
    /// `__doc__`.
    pub doc: &'static str,
    /// Its functions, by the file that has them.
    pub functions: &'static [&'static [NativeDef]],
    /// Its types, each under its own name.  They are described when the module is first imported, so that
    /// starting a program does not pay for modules it never asks for.
    pub types: &'static [&'static TypeSpec],
    /// Types of what the module makes that it has no name for.
    pub hidden_types: &'static [&'static TypeSpec],
    /// What else it has, as far as that is known beforehand.
    pub constants: &'static [(&'static str, Constant)],
    /// Adds to its dict, which has all of the above, what must be computed.
    pub fill: fn(&mut Machine, Handle),
    /// Adds to its dict what the outside must be asked for; nobody sees the value that comes of it.
    pub ask: Option<fn(&mut Machine, Handle) -> Eval>,
    /// Whether it stands in for Python source that CPython has: such a name is none of
    /// `sys.builtin_module_names`.
    pub stands_in: StandsIn,
}

/// When a module stands in for one that CPython has Python source for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandsIn {
    /// Never: CPython has no source for it either.
    Never,
    /// Where there is no library of CPython on the path.
    WithoutLibrary,
    /// Always.
    Always,
}

/// A constant of a module.
#[derive(Clone, Copy, Debug)]
pub enum Constant {
    /// An int.
    Int(i64),
    /// A float.
    Float(f64),
    /// A str.
    Text(&'static str),
    /// A type that is not the module's own.
    Type(Handle),
}

impl NativeModule {
    /// A module with nothing in it yet; the rest is filled in with `..`.
    pub const fn new(name: &'static str, doc: &'static str) -> Self {
        Self {
            name,
            doc,
            functions: &[],
            types: &[],
            hidden_types: &[],
            constants: &[],
            fill: |_, _| {},
            ask: None,
            stands_in: StandsIn::Never,
        }
    }

    /// The module of this name, if it is one that is made when it is imported.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().copied().find(|module| module.name == name)
    }
}

impl fmt::Debug for NativeModule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "module {}", self.name)
    }
}

impl PartialEq for NativeModule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for NativeModule {}

impl Hash for NativeModule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// `sys.builtin_module_names`: sorted.
pub fn builtin_names() -> Vec<&'static str> {
    let made = ALL.iter().filter(|module| module.stands_in == StandsIn::Never).map(|module| module.name);
    let mut names: Vec<&str> = made.chain(FROM_THE_START).collect();
    names.sort_unstable();
    names
}

impl Machine {
    /// Makes a native module and enters it in `sys.modules`.
    pub(in crate::machine) fn make_native_module(&mut self, native: &'static NativeModule) -> Handle {
        let module = self.make_module(native.name);
        let dict = self.heap.attributes(module);
        let doc = self.heap.str(native.doc);
        self.heap.set_name(dict, names::DOC, doc);
        self.add_functions(native, module, native.functions.iter().copied().flatten());
        for spec in native.types.iter().chain(native.hidden_types) {
            self.describe_when_needed(spec);
        }
        for spec in native.types {
            self.set_text_name(dict, spec.name, Value::object(spec.handle));
        }
        for (name, constant) in native.constants {
            self.set_constant(dict, name, *constant);
        }
        (native.fill)(self, dict);
        module
    }

    /// Enters a constant in the dict of a module.
    pub(in crate::machine) fn set_constant(&mut self, dict: Handle, name: &str, constant: Constant) {
        let value = match constant {
            Constant::Int(number) => self.heap.int(number),
            Constant::Float(number) => self.heap.float(number),
            Constant::Text(text) => self.heap.intern(text),
            Constant::Type(class) => Value::object(class),
        };
        self.set_text_name(dict, name, value);
    }

    /// Enters functions in the dict of the module they belong to.
    pub(in crate::machine) fn add_functions(
        &mut self,
        owner: &'static NativeModule,
        module: Handle,
        functions: impl IntoIterator<Item = &'static NativeDef>,
    ) {
        let dict = self.heap.attributes(module);
        for native in functions {
            let payload = Payload::Native(native, Binding::Module(owner, module));
            let function = self.heap.alloc(types::BUILTIN_FUNCTION, payload);
            self.set_text_name(dict, native.name, Value::object(function));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_stand_in_the_order_of_their_names() {
        assert!(ALL.is_sorted_by(|left, right| left.name < right.name));
    }

    #[test]
    fn a_type_of_a_native_module_is_one_that_the_start_leaves_alone() {
        for module in ALL {
            for spec in module.types.iter().chain(module.hidden_types) {
                assert!(types::is_of_module(spec.handle), "{}.{}", module.name, spec.name);
                assert_eq!(types::NAMES[spec.handle.index()], spec.name);
            }
        }
    }
}
