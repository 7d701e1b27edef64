//! `_posixsubprocess`: other processes, which no program begins here.

use super::super::args::Params;
use super::super::object::function::NativeDef;
use super::native::NativeModule;

/// `_posixsubprocess`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[NativeDef::function("fork_exec", Params::AtLeast(0), |m, _| {
        Err(m.unsupported("beginning other processes (subprocess)"))
    })]],
    ..NativeModule::new("_posixsubprocess", "Other processes, which no program begins here.")
};
