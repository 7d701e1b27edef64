//! The lists of what the machine is set up with: builtin types, builtin functions.

use super::super::modules::{builtins, sys};
use super::super::object::class::TypeSpec;
use super::super::object::function::NativeDef;
use super::super::object::{
    callable, descriptors, float, generator, generic, int, introspection, mapping_proxy, metatype, module,
    root, singletons, text, text_io, types,
};
use super::super::value::Handle;

/// The builtin types that have a description; the others have a name and nothing else.
pub(super) const ALL: &[&TypeSpec] = &[
    &root::OBJECT,
    &metatype::TYPE,
    &callable::FUNCTION,
    &callable::METHOD,
    &callable::BUILTIN_FUNCTION,
    &callable::METHOD_DESCRIPTOR,
    &callable::CLASS_METHOD_DESCRIPTOR,
    &callable::WRAPPER_DESCRIPTOR,
    &callable::METHOD_WRAPPER,
    &descriptors::PROPERTY,
    &descriptors::CLASSMETHOD,
    &descriptors::STATICMETHOD,
    &descriptors::SUPER,
    &descriptors::GETSET_DESCRIPTOR,
    &descriptors::MEMBER_DESCRIPTOR,
    &generic::GENERIC_ALIAS,
    &generic::UNION,
    &module::MODULE,
    &mapping_proxy::MAPPING_PROXY,
    &introspection::CODE,
    &introspection::FRAME,
    &introspection::TRACEBACK,
    &introspection::CELL,
    &singletons::NONE_TYPE,
    &singletons::NOT_IMPLEMENTED_TYPE,
    &singletons::ELLIPSIS_TYPE,
    &int::INT,
    &int::BOOL_TYPE,
    &float::FLOAT,
    &float::COMPLEX,
    &text::STR_TYPE,
    &generator::GENERATOR,
    &generator::COROUTINE,
    &text_io::TEXT_IO,
    sys::info::SPECS[0],
    sys::info::SPECS[1],
    sys::info::SPECS[2],
    sys::info::SPECS[3],
];

/// The functions of the builtins module, by the file that has them.
pub(super) const FUNCTIONS: &[&[NativeDef]] = &[
    builtins::attributes::FUNCTIONS,
    builtins::number::FUNCTIONS,
    builtins::print::FUNCTIONS,
    builtins::run::FUNCTIONS,
];

/// The types that the builtins module has a name for, exceptions excepted.
pub(super) const BUILTIN_TYPES: &[Handle] = &[
    types::OBJECT,
    types::TYPE,
    types::INT,
    types::BOOL,
    types::FLOAT,
    types::COMPLEX,
    types::STR,
    types::BYTES,
    types::BYTEARRAY,
    types::LIST,
    types::TUPLE,
    types::DICT,
    types::SET,
    types::FROZENSET,
    types::RANGE,
    types::SLICE,
    types::PROPERTY,
    types::CLASSMETHOD,
    types::STATICMETHOD,
    types::SUPER,
    types::ENUMERATE,
    types::ZIP,
    types::MAP,
    types::FILTER,
    types::REVERSED,
];
