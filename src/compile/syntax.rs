//! The parser, and what its errors become.

use ruff_python_ast as ast;
use ruff_python_ast::PythonVersion;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{
    LexicalErrorType, ParseError, ParseErrorType, ParseOptions, Parsed, parse_unchecked,
};
use ruff_text_size::Ranged;

use super::error::{CompileError, ErrorKind};
use super::lower::{self, Body};
use super::tree::Tree;
use super::{Mode, stack};
use crate::text::SourceFile;

/// CPython's tree of a source.
pub fn parse(source: &SourceFile, mode: Mode) -> Result<Tree, CompileError> {
    let parser_mode = match mode {
        Mode::Exec | Mode::Single => ruff_python_parser::Mode::Module,
        Mode::Eval => ruff_python_parser::Mode::Expression,
    };
    let options = ParseOptions::from(parser_mode).with_target_version(PythonVersion::PY314);
    let parsed = parse_unchecked(source.text(), options);
    let depth = longest_statement(&parsed);
    let tree = lower_parsed(&parsed, source, mode);
    stack::drop_deep(parsed, depth);
    tree
}

fn lower_parsed(parsed: &Parsed<ast::Mod>, source: &SourceFile, mode: Mode) -> Result<Tree, CompileError> {
    if let Some(error) = parsed.errors().first() {
        return Err(parse_error(error));
    }
    if let Some(error) = parsed.unsupported_syntax_errors().first() {
        let range = error.range.start().to_u32()..error.range.end().to_u32();
        return Err(CompileError::syntax(error.to_string(), range));
    }
    match parsed.syntax() {
        ast::Mod::Module(module) => {
            let body = if mode == Mode::Single { Body::Interactive } else { Body::Module };
            if body == Body::Interactive && module.body.len() > 1 {
                let second = module.body[1].start().to_u32();
                let message = "multiple statements found while compiling a single statement";
                return Err(CompileError::syntax(message, second..second));
            }
            lower::module(module, body, source.text(), source.lines())
        }
        ast::Mod::Expression(expression) => lower::expression(expression, source.text(), source.lines()),
    }
}

/// The tokens of the longest logical line: no tree in it is nested more deeply than that.
fn longest_statement(parsed: &Parsed<ast::Mod>) -> u32 {
    let mut longest = 0;
    let mut length = 0;
    for token in parsed.tokens() {
        length = if token.kind() == TokenKind::Newline { 0 } else { length + 1 };
        longest = longest.max(length);
    }
    longest
}

fn parse_error(error: &ParseError) -> CompileError {
    let kind = match &error.error {
        ParseErrorType::UnexpectedIndentation => ErrorKind::Indentation,
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) => ErrorKind::Indentation,
        _ => ErrorKind::Syntax,
    };
    let range = error.location.start().to_u32()..error.location.end().to_u32();
    CompileError { kind, message: error.error.to_string(), range }
}
