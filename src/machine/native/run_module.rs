//! The program as a module of a package (`-m package.module`): the package is imported first.

use std::rc::Rc;

use super::{Advance, ImportModule, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::{Entry, Flow};
use crate::machine::heap::Heap;
use crate::machine::native::Scope;
use crate::machine::value::{Handle, Value};

/// Imports a package, and then runs code in place of itself.
#[derive(Clone, Debug, Hash)]
pub struct RunModule {
    /// The package.
    package: Rc<str>,
    /// The module.
    name: Rc<str>,
    /// The code of the program.
    code: Handle,
    /// The dict of `__main__`.
    globals: Handle,
}

impl RunModule {
    /// Runs `code`, which is that of the module `name`, in `globals` once `package` is there.
    pub const fn new(package: Rc<str>, name: Rc<str>, code: Handle, globals: Handle) -> Self {
        Self { package, name, code, globals }
    }
}

impl NativeTask for RunModule {
    fn advance(self, m: &mut Machine, input: Input) -> Advance {
        if input == Input::Start {
            let import = ImportModule::new(&self.package, None, self.package.len());
            if let Flow::Enter(entry) = m.begin(import)? {
                return Ok(Progress::Wait(self.into(), entry));
            }
        }
        if m.loaded_module(&self.name).is_some() {
            // Nobody is there yet who could have filters or ways to show it in Python.
            m.warn_of_early_import(&self.package, &self.name)?;
        }
        m.started = crate::machine::Started::Module;
        let scope = Scope { globals: self.globals, locals: Value::object(self.globals) };
        let frame = m.code_frame(self.code, scope, None)?;
        Ok(Progress::Tail(Entry::one(frame)))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.code));
        visit(Value::object(self.globals));
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("-m: importing the package {}", self.package)
    }
}
