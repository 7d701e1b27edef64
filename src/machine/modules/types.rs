//! `_types`: names for the types that have none among the builtins.

use super::native::{Constant, NativeModule};
use crate::machine::object::types;
use crate::machine::value::Handle;

const fn class(handle: Handle) -> Constant {
    Constant::Type(handle)
}

/// `_types`.
pub static MODULE: NativeModule = NativeModule {
    constants: &[
        ("AsyncGeneratorType", class(types::ASYNC_GENERATOR)),
        ("BuiltinFunctionType", class(types::BUILTIN_FUNCTION)),
        ("BuiltinMethodType", class(types::BUILTIN_FUNCTION)),
        ("CellType", class(types::CELL)),
        ("ClassMethodDescriptorType", class(types::CLASS_METHOD_DESCRIPTOR)),
        ("CodeType", class(types::CODE)),
        ("CoroutineType", class(types::COROUTINE)),
        ("EllipsisType", class(types::ELLIPSIS_TYPE)),
        ("FrameType", class(types::FRAME)),
        ("FunctionType", class(types::FUNCTION)),
        ("GeneratorType", class(types::GENERATOR)),
        ("GenericAlias", class(types::GENERIC_ALIAS)),
        ("GetSetDescriptorType", class(types::GETSET_DESCRIPTOR)),
        ("LambdaType", class(types::FUNCTION)),
        ("MappingProxyType", class(types::MAPPING_PROXY)),
        ("MemberDescriptorType", class(types::MEMBER_DESCRIPTOR)),
        ("MethodDescriptorType", class(types::METHOD_DESCRIPTOR)),
        ("MethodType", class(types::METHOD)),
        ("MethodWrapperType", class(types::METHOD_WRAPPER)),
        ("ModuleType", class(types::MODULE)),
        ("NoneType", class(types::NONE_TYPE)),
        ("NotImplementedType", class(types::NOT_IMPLEMENTED_TYPE)),
        ("SimpleNamespace", class(types::SIMPLE_NAMESPACE)),
        ("TracebackType", class(types::TRACEBACK)),
        ("UnionType", class(types::UNION)),
        ("WrapperDescriptorType", class(types::WRAPPER_DESCRIPTOR)),
    ],
    ..NativeModule::new("_types", "The types that have no name among the builtins.")
};
