//! The exception types that keep nothing but `args`.

use super::super::class::TypeSpec;
use super::super::function::NativeDef;
use super::super::types;
use super::{plain, text_of_args};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::native::lending;

/// Those that derive from BaseException, Exception or one another, each behind its base.
pub(super) const FIRST: &[&TypeSpec] = &[
    &plain(types::GENERATOR_EXIT, "GeneratorExit", types::BASE_EXCEPTION),
    &plain(types::KEYBOARD_INTERRUPT, "KeyboardInterrupt", types::BASE_EXCEPTION),
    &plain(types::EXCEPTION, "Exception", types::BASE_EXCEPTION),
    &plain(types::ARITHMETIC_ERROR, "ArithmeticError", types::EXCEPTION),
    &plain(types::FLOATING_POINT_ERROR, "FloatingPointError", types::ARITHMETIC_ERROR),
    &plain(types::OVERFLOW_ERROR, "OverflowError", types::ARITHMETIC_ERROR),
    &plain(types::ZERO_DIVISION_ERROR, "ZeroDivisionError", types::ARITHMETIC_ERROR),
    &plain(types::ASSERTION_ERROR, "AssertionError", types::EXCEPTION),
    &plain(types::BUFFER_ERROR, "BufferError", types::EXCEPTION),
    &plain(types::EOF_ERROR, "EOFError", types::EXCEPTION),
    &plain(types::LOOKUP_ERROR, "LookupError", types::EXCEPTION),
    &plain(types::INDEX_ERROR, "IndexError", types::LOOKUP_ERROR),
    &plain(types::MEMORY_ERROR, "MemoryError", types::EXCEPTION),
    &plain(types::REFERENCE_ERROR, "ReferenceError", types::EXCEPTION),
    &plain(types::RUNTIME_ERROR, "RuntimeError", types::EXCEPTION),
    &plain(types::NOT_IMPLEMENTED_ERROR, "NotImplementedError", types::RUNTIME_ERROR),
    &plain(types::PYTHON_FINALIZATION_ERROR, "PythonFinalizationError", types::RUNTIME_ERROR),
    &plain(types::RECURSION_ERROR, "RecursionError", types::RUNTIME_ERROR),
    &plain(types::STOP_ASYNC_ITERATION, "StopAsyncIteration", types::EXCEPTION),
    &plain(types::SYSTEM_ERROR, "SystemError", types::EXCEPTION),
    &plain(types::TYPE_ERROR, "TypeError", types::EXCEPTION),
    &plain(types::VALUE_ERROR, "ValueError", types::EXCEPTION),
    &plain(types::UNICODE_ERROR, "UnicodeError", types::VALUE_ERROR),
    &plain(types::WARNING, "Warning", types::EXCEPTION),
    &plain(types::BYTES_WARNING, "BytesWarning", types::WARNING),
    &plain(types::DEPRECATION_WARNING, "DeprecationWarning", types::WARNING),
    &plain(types::ENCODING_WARNING, "EncodingWarning", types::WARNING),
    &plain(types::FUTURE_WARNING, "FutureWarning", types::WARNING),
    &plain(types::IMPORT_WARNING, "ImportWarning", types::WARNING),
    &plain(types::PENDING_DEPRECATION_WARNING, "PendingDeprecationWarning", types::WARNING),
    &plain(types::RESOURCE_WARNING, "ResourceWarning", types::WARNING),
    &plain(types::RUNTIME_WARNING, "RuntimeWarning", types::WARNING),
    &plain(types::SYNTAX_WARNING, "SyntaxWarning", types::WARNING),
    &plain(types::UNICODE_WARNING, "UnicodeWarning", types::WARNING),
    &plain(types::USER_WARNING, "UserWarning", types::WARNING),
];

/// `KeyError`: a single key is shown as its `repr()`, so that an empty one can be seen.
pub(super) const KEY_ERROR: &[&TypeSpec] = &[&TypeSpec {
    natives: &[NativeDef::wrapper("__str__", Params::None, key_error_str)],
    ..plain(types::KEY_ERROR, "KeyError", types::LOOKUP_ERROR)
}];

fn key_error_str(m: &mut Machine, args: &Args) -> Eval {
    let tuple = m.exception(args.at(0)).args;
    match *m.tuple_items(tuple) {
        [key] => {
            let flow = m.repr(key)?;
            Ok(lending("KeyError", tuple, flow))
        }
        _ => text_of_args(m, args.at(0)),
    }
}
