//! The parser, and what its errors become.

mod function_type;

use ruff_python_ast as ast;
use ruff_python_ast::PythonVersion;
use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_parser::{ParseOptions, Parsed, parse_unchecked};
use ruff_text_size::Ranged;

use super::error::{CompileError, Warning};
use super::lower::{self, Body};
use super::tree::Tree;
use super::type_comments::TypeComments;
use super::{Mode, limits, messages, stack};
use crate::text::SourceFile;

pub use function_type::function_type;

/// What the parser takes for a part of the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parsing {
    /// Whether comments that begin with `type:` are.
    pub type_comments: bool,
}

/// CPython's tree of a source.
pub fn parse(
    source: &SourceFile,
    mode: Mode,
    parsing: Parsing,
) -> Result<(Tree, Vec<Warning>), CompileError> {
    let parser_mode = match mode {
        Mode::Exec | Mode::Single => ruff_python_parser::Mode::Module,
        Mode::Eval => ruff_python_parser::Mode::Expression,
    };
    let options = ParseOptions::from(parser_mode).with_target_version(PythonVersion::PY314);
    let parsed = parse_unchecked(source.text(), options);
    let depth = longest_statement(&parsed);
    let tree = lower_parsed(&parsed, source, mode, parsing);
    stack::drop_deep(parsed, depth);
    tree
}

fn lower_parsed(
    parsed: &Parsed<ast::Mod>,
    source: &SourceFile,
    mode: Mode,
    parsing: Parsing,
) -> Result<(Tree, Vec<Warning>), CompileError> {
    if let Some(error) = parsed.errors().first() {
        return Err(messages::translate(error, source, parsed.tokens()));
    }
    limits::check(parsed.tokens())?;
    if let Some(error) = parsed.unsupported_syntax_errors().first() {
        let range = error.range.start().to_u32()..error.range.end().to_u32();
        return Err(CompileError::syntax(error.to_string(), range));
    }
    let find = || TypeComments::find(parsed.tokens(), source.text(), source.lines());
    let type_comments = parsing.type_comments.then(find);
    let (tree, mut warnings) = match parsed.syntax() {
        ast::Mod::Module(module) => {
            let body = if mode == Mode::Single { Body::Interactive } else { Body::Module };
            if body == Body::Interactive {
                one_statement(&module.body, source, parsed.tokens())?;
            }
            lower::module(module, body, source, type_comments.as_ref())
        }
        ast::Mod::Expression(expression) => lower::expression(expression, source),
    }?;
    type_comments.map_or(Ok(()), |comments| comments.check())?;
    warnings.extend(limits::glued_numbers(parsed.tokens(), source.text()));
    warnings.sort_by_key(|warning| warning.range.start);
    Ok((tree, warnings))
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

/// At a prompt: the statements of one line, or one compound statement with its line end.
fn one_statement(body: &[ast::Stmt], source: &SourceFile, tokens: &Tokens) -> Result<(), CompileError> {
    let Some(first) = body.first() else {
        return Err(CompileError::syntax("invalid syntax", 0..0));
    };
    let line_end =
        tokens.iter().find(|token| token.kind() == TokenKind::Newline && token.start() >= first.end());
    let line_end = line_end.map_or(first.end(), Ranged::start);
    let is_compound = matches!(
        first,
        ast::Stmt::FunctionDef(_)
            | ast::Stmt::ClassDef(_)
            | ast::Stmt::For(_)
            | ast::Stmt::While(_)
            | ast::Stmt::If(_)
            | ast::Stmt::With(_)
            | ast::Stmt::Match(_)
            | ast::Stmt::Try(_)
    );
    // A suite on the line of its header needs a line end of its own.
    let ends_indented = tokens.iter().any(|token| token.kind() == TokenKind::Dedent);
    if is_compound && !ends_indented && !source.text().ends_with('\n') {
        return Err(CompileError::syntax("invalid syntax", 0..0));
    }
    match body.iter().find(|stmt| stmt.start() > line_end) {
        Some(second) if is_compound => {
            let at = second.start().to_u32();
            Err(CompileError::syntax("invalid syntax", at..at))
        }
        Some(_) => {
            let at = line_end.to_u32();
            let message = "multiple statements found while compiling a single statement";
            Err(CompileError::syntax(message, at..at))
        }
        None => Ok(()),
    }
}
