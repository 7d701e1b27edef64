//! The module `_typing`: the part of `typing` that has no Python source.

use super::super::args::Params;
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::value::Value;
use super::native::{Constant, NativeModule};

/// `_typing`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[NativeDef::function("_idfunc", Params::One, |_, args| Ok(args.at(0).into()))]],
    constants: &[
        ("TypeVar", Constant::Type(types::TYPE_VAR)),
        ("ParamSpec", Constant::Type(types::PARAM_SPEC)),
        ("TypeVarTuple", Constant::Type(types::TYPE_VAR_TUPLE)),
        ("ParamSpecArgs", Constant::Type(types::PARAM_SPEC_ARGS)),
        ("ParamSpecKwargs", Constant::Type(types::PARAM_SPEC_KWARGS)),
        ("TypeAliasType", Constant::Type(types::TYPE_ALIAS_TYPE)),
        ("Generic", Constant::Type(types::GENERIC)),
        ("Union", Constant::Type(types::UNION)),
    ],
    fill: |m, dict| m.set_text_name(dict, "NoDefault", Value::object(types::NO_DEFAULT)),
    ..NativeModule::new("_typing", "What typing is made of: type parameters, type aliases, generic classes.")
};
