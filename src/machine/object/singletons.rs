//! The types of `None`, `NotImplemented` and `...`.

use super::super::args::Params;
use super::super::protocol::wrappers::{EQ, GE, GT, HASH, LE, LT, NE, REPR};
use super::super::value::Value;
use super::class::TypeSpec;
use super::function::NativeDef;
use super::types;

/// They are copied and pickled by their names.
const REDUCE: NativeDef = NativeDef::method("__reduce__", Params::None, |m, args| m.builtin_repr(args.at(0)));

macro_rules! singleton {
    ($(#[$doc:meta])* $constant:ident $handle:ident $name:literal $instance:ident [$($native:expr),*] [$($wrapper:expr),*]) => {
        $(#[$doc])*
        pub static $constant: TypeSpec = TypeSpec {
            natives: &[
                NativeDef::new(Params::Any, |m, args| {
                    if args.len() > 1 {
                        return Err(m.type_error(concat!($name, " takes no arguments")));
                    }
                    Ok(Value::$instance.into())
                }),
                $($native),*
            ],
            wrappers: &[&REPR $(, $wrapper)*],
            ..TypeSpec::new(types::$handle, $name)
        };
    };
}

singleton! {
    /// `NoneType`.
    NONE_TYPE NONE_TYPE "NoneType" NONE
    [NativeDef::wrapper("__bool__", Params::None, |_, _| Ok(Value::FALSE.into()))] [&HASH, &LT, &LE, &EQ, &NE, &GT, &GE]
}

singleton! {
    /// `NotImplementedType`.
    NOT_IMPLEMENTED_TYPE NOT_IMPLEMENTED_TYPE "NotImplementedType" NOT_IMPLEMENTED
    [REDUCE, NativeDef::wrapper("__bool__", Params::None, |m, _| {
        Err(m.type_error("NotImplemented should not be used in a boolean context"))
    })] []
}

singleton! {
    /// `ellipsis`.
    ELLIPSIS_TYPE ELLIPSIS_TYPE "ellipsis" ELLIPSIS [REDUCE] []
}
