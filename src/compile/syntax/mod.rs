//! The parser, and what its errors become.

mod function_type;

use std::borrow::Cow;

use ruff_python_ast as ast;
use ruff_python_ast::PythonVersion;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{ParseOptions, Parsed, parse_unchecked};

use super::diagnosis::diagnose;
use super::error::{CompileError, ErrorKind, Warning};
use super::lower::{self, Body};
use super::names::Names;
use super::tree::Tree;
use super::type_comments::TypeComments;
use super::{Mode, limits, stack};
use crate::text::SourceFile;

pub use function_type::function_type;

/// What the parser takes for a part of the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parsing {
    /// Whether comments that begin with `type:` are.
    pub type_comments: bool,
    /// Whether `!=` is written `<>` from the start on.
    pub has_flufl: bool,
}

/// CPython's tree of a source.
pub fn parse(
    source: &SourceFile,
    mode: Mode,
    parsing: Parsing,
    names: &Names,
) -> Result<(Tree, Vec<Warning>), CompileError> {
    let parser_mode = match mode {
        Mode::Exec | Mode::Single => ruff_python_parser::Mode::Module,
        Mode::Eval => ruff_python_parser::Mode::Expression,
    };
    let text = with_usual_operators(source, mode, parsing.has_flufl)?;
    let options = ParseOptions::from(parser_mode).with_target_version(PythonVersion::PY314);
    let parsed = parse_unchecked(&text, options);
    let depth = longest_statement(&parsed);
    let tree = lower_parsed(&parsed, source, mode, parsing, names);
    stack::drop_deep(parsed, depth);
    tree
}

/// The text in which `!=` is written so, also where `barry_as_FLUFL` wants it to be `<>`.
fn with_usual_operators(
    source: &SourceFile,
    mode: Mode,
    has_flufl: bool,
) -> Result<Cow<'_, str>, CompileError> {
    let text = &**source.text();
    if !has_flufl && !text.contains("barry_as_FLUFL") {
        return Ok(text.into());
    }
    let diagnosis = diagnose(text, mode.into(), has_flufl);
    if let Some(error) = diagnosis.error {
        return Err(error.after(diagnosis.warnings));
    }
    let mut usual = text.to_owned();
    for at in diagnosis.not_equals {
        usual.replace_range(at..at + 2, "!=");
    }
    Ok(usual.into())
}

/// Shows the statements of a module, as far as the parser understood it.
pub fn with_statements<T>(source: &SourceFile, show: impl FnOnce(&[ast::Stmt]) -> T) -> T {
    let options =
        ParseOptions::from(ruff_python_parser::Mode::Module).with_target_version(PythonVersion::PY314);
    let parsed = parse_unchecked(source.text(), options);
    let depth = longest_statement(&parsed);
    let shown = match parsed.syntax() {
        ast::Mod::Module(module) => show(&module.body),
        ast::Mod::Expression(_) => show(&[]),
    };
    stack::drop_deep(parsed, depth);
    shown
}

fn lower_parsed(
    parsed: &Parsed<ast::Mod>,
    source: &SourceFile,
    mode: Mode,
    parsing: Parsing,
    names: &Names,
) -> Result<(Tree, Vec<Warning>), CompileError> {
    let refused = parsed.errors().first().map(|error| error.error.to_string()).or_else(|| {
        let unsupported = parsed.unsupported_syntax_errors().first();
        unsupported.map(ToString::to_string)
    });
    // What ends at a prompt, and where, is CPython's own; and a mark at the start of a text is dropped only once.
    let is_special = mode == Mode::Single || source.text().starts_with('\u{feff}');
    let diagnosis = (is_special || refused.is_some() || !limits::are_kept(parsed.tokens()))
        .then(|| diagnose(source.text(), mode.into(), parsing.has_flufl))
        .filter(|diagnosis| refused.is_some() || diagnosis.error.is_some());
    if let Some(diagnosis) = diagnosis {
        // CPython would take it: what is missing is ours.
        let missing = || {
            let message = format!("wordcode cannot parse this: {}", refused.unwrap_or_default());
            let at = parsed
                .errors()
                .first()
                .map_or(0..0, |error| error.location.start().to_u32()..error.location.end().to_u32());
            CompileError::syntax(message, at)
        };
        return Err(diagnosis.error.unwrap_or_else(missing).after(diagnosis.warnings));
    }
    let find = || TypeComments::find(parsed.tokens(), source.text(), source.lines());
    let type_comments = parsing.type_comments.then(find);
    let (tree, mut warnings) = match parsed.syntax() {
        ast::Mod::Module(module) => {
            let body = if mode == Mode::Single { Body::Interactive } else { Body::Module };
            lower::module(module, body, source, type_comments.as_ref(), names)
        }
        ast::Mod::Expression(expression) => lower::expression(expression, source, names),
    }
    .map_err(|error| match error.kind {
        ErrorKind::Syntax => {
            let diagnosis = diagnose(source.text(), mode.into(), parsing.has_flufl);
            diagnosis.error.unwrap_or(error).after(diagnosis.warnings)
        }
        _ => error,
    })?;
    type_comments.map_or(Ok(()), |comments| comments.check())?;
    let numbers = limits::glued_numbers(parsed.tokens(), source.text());
    warnings.extend(numbers.into_iter().map(|warning| (warning.range.start, warning)));
    warnings.sort_by_key(|(moment, _)| *moment);
    Ok((tree, warnings.into_iter().map(|(_, warning)| warning).collect()))
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
