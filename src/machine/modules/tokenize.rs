//! `_tokenize`: the tokens of a source, for the library's `tokenize`.

use super::super::args::Params;
use super::super::object::class::TypeSpec;
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::native::NativeModule;

/// `_tokenize`.
pub static MODULE: NativeModule =
    NativeModule { types: &[&TOKENIZER_ITER], ..NativeModule::new("_tokenize", "The tokens of a source.") };

/// `_tokenize.TokenizerIter`.
static TOKENIZER_ITER: TypeSpec = TypeSpec {
    module: "_tokenize",
    natives: &[NativeDef::new(Params::Any, |m, _| Err(m.unsupported("the tokens of a source (_tokenize)")))],
    ..TypeSpec::new(types::TOKENIZER_ITER, "TokenizerIter")
};
