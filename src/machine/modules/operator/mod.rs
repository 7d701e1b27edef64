//! `_operator`: the operators as functions, and callables that take things out of objects.

mod functions;
mod getters;

use super::native::NativeModule;

pub use getters::{GetAttributes, GetItems};

/// `_operator`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[functions::FUNCTIONS],
    types: &[&getters::ATTRGETTER, &getters::ITEMGETTER, &getters::METHODCALLER],
    ..NativeModule::new("_operator", "The operators of the language as functions.")
};
