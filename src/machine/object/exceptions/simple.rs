//! The exception types that keep nothing but `args`.

use super::super::class::TypeSpec;
use super::super::function::NativeDef;
use super::super::types::*;
use super::{plain, text_of_args};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;

/// Those that derive from BaseException, Exception or one another, each behind its base.
pub(super) const FIRST: &[&TypeSpec] = &[
    &plain(GENERATOR_EXIT, "GeneratorExit", BASE_EXCEPTION),
    &plain(KEYBOARD_INTERRUPT, "KeyboardInterrupt", BASE_EXCEPTION),
    &plain(EXCEPTION, "Exception", BASE_EXCEPTION),
    &plain(ARITHMETIC_ERROR, "ArithmeticError", EXCEPTION),
    &plain(FLOATING_POINT_ERROR, "FloatingPointError", ARITHMETIC_ERROR),
    &plain(OVERFLOW_ERROR, "OverflowError", ARITHMETIC_ERROR),
    &plain(ZERO_DIVISION_ERROR, "ZeroDivisionError", ARITHMETIC_ERROR),
    &plain(ASSERTION_ERROR, "AssertionError", EXCEPTION),
    &plain(BUFFER_ERROR, "BufferError", EXCEPTION),
    &plain(EOF_ERROR, "EOFError", EXCEPTION),
    &plain(LOOKUP_ERROR, "LookupError", EXCEPTION),
    &plain(INDEX_ERROR, "IndexError", LOOKUP_ERROR),
    &plain(MEMORY_ERROR, "MemoryError", EXCEPTION),
    &plain(REFERENCE_ERROR, "ReferenceError", EXCEPTION),
    &plain(RUNTIME_ERROR, "RuntimeError", EXCEPTION),
    &plain(NOT_IMPLEMENTED_ERROR, "NotImplementedError", RUNTIME_ERROR),
    &plain(PYTHON_FINALIZATION_ERROR, "PythonFinalizationError", RUNTIME_ERROR),
    &plain(RECURSION_ERROR, "RecursionError", RUNTIME_ERROR),
    &plain(STOP_ASYNC_ITERATION, "StopAsyncIteration", EXCEPTION),
    &plain(SYSTEM_ERROR, "SystemError", EXCEPTION),
    &plain(TYPE_ERROR, "TypeError", EXCEPTION),
    &plain(VALUE_ERROR, "ValueError", EXCEPTION),
    &plain(UNICODE_ERROR, "UnicodeError", VALUE_ERROR),
    &plain(WARNING, "Warning", EXCEPTION),
    &plain(BYTES_WARNING, "BytesWarning", WARNING),
    &plain(DEPRECATION_WARNING, "DeprecationWarning", WARNING),
    &plain(ENCODING_WARNING, "EncodingWarning", WARNING),
    &plain(FUTURE_WARNING, "FutureWarning", WARNING),
    &plain(IMPORT_WARNING, "ImportWarning", WARNING),
    &plain(PENDING_DEPRECATION_WARNING, "PendingDeprecationWarning", WARNING),
    &plain(RESOURCE_WARNING, "ResourceWarning", WARNING),
    &plain(RUNTIME_WARNING, "RuntimeWarning", WARNING),
    &plain(SYNTAX_WARNING, "SyntaxWarning", WARNING),
    &plain(UNICODE_WARNING, "UnicodeWarning", WARNING),
    &plain(USER_WARNING, "UserWarning", WARNING),
];

/// `KeyError`: a single key is shown as its `repr()`, so that an empty one can be seen.
pub(super) const KEY_ERROR: &[&TypeSpec] = &[&TypeSpec {
    natives: &[NativeDef::wrapper("__str__", Params::None, key_error_str)],
    ..plain(super::types::KEY_ERROR, "KeyError", LOOKUP_ERROR)
}];

fn key_error_str(m: &mut Machine, args: &Args) -> Eval {
    let tuple = m.exception(args.at(0)).args;
    match *m.tuple_items(tuple) {
        [key] => m.repr(key),
        _ => text_of_args(m, args.at(0)),
    }
}
