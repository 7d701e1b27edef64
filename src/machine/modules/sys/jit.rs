//! `sys._jit`: whether there is a compiler to machine code, and there is none.

use super::super::super::Machine;
use super::super::super::args::Params;
use super::super::super::names;
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::value::{Handle, Value};
use super::super::native::NativeModule;

/// `sys._jit`, which `sys.modules` does not have.
static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("is_available", Params::None, |_, _| Ok(Value::FALSE.into())),
        NativeDef::function("is_enabled", Params::None, |_, _| Ok(Value::FALSE.into())),
        NativeDef::function("is_active", Params::None, |_, _| Ok(Value::FALSE.into())),
    ]],
    ..NativeModule::new("sys._jit", "Whether code is compiled to machine code while it runs.")
};

impl Machine {
    /// Enters the module in the dict of `sys`.
    pub(super) fn add_jit(&mut self, sys: Handle) {
        let module = self.heap.alloc(types::MODULE, Payload::Module);
        let dict = self.heap.attributes(module);
        let (name, doc) = (self.heap.intern(MODULE.name), self.heap.str(MODULE.doc));
        let (nothing, none) = ([names::PACKAGE, names::LOADER, names::SPEC], Value::NONE);
        for (key, value) in
            [(names::NAME, name), (names::DOC, doc)].into_iter().chain(nothing.map(|key| (key, none)))
        {
            self.heap.set_name(dict, key, value);
        }
        self.add_functions(&MODULE, module, MODULE.functions.iter().copied().flatten());
        self.set_text_name(sys, "_jit", Value::object(module));
    }
}
