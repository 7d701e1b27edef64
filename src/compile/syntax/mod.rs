//! The parser, and what its errors become.

mod function_type;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use ruff_python_ast as ast;
use ruff_python_ast::PythonVersion;
use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_parser::{ParseError, ParseErrorType, ParseOptions, Parsed, parse_unchecked};
use ruff_text_size::Ranged;

use super::diagnosis::{diagnose, incomplete, not_equals, translate};
use super::error::{CompileError, ErrorKind, ErrorPlace, Place, Warning};
use super::limits::Survey;
use super::lower::{self, Body};
use super::names::Names;
use super::tree::Tree;
use super::type_comments::TypeComments;
use super::{Mode, stack};
use crate::text::SourceFile;

pub use function_type::function_type;

/// What the parser takes for a part of the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parsing {
    /// Whether comments that begin with `type:` are.
    pub type_comments: bool,
    /// Whether `!=` is written `<>` from the start on.
    pub has_flufl: bool,
    /// Whether more of it may come, so that to end too early is an error of its own.
    pub is_beginning: bool,
    /// Whether a block at the end of what was typed at a prompt ends only with a line end.
    pub needs_line_end: bool,
}

/// CPython's tree of a source.
pub fn parse<'a>(
    source: &SourceFile,
    mode: Mode,
    parsing: Parsing,
    names: &Names<'a>,
) -> Result<(Tree<'a>, Vec<Warning>), CompileError> {
    let parser_mode = match mode {
        Mode::Exec | Mode::Single => ruff_python_parser::Mode::Module,
        Mode::Eval => ruff_python_parser::Mode::Expression,
    };
    let text = with_usual_operators(source, parsing.has_flufl)?;
    let options = ParseOptions::from(parser_mode).with_target_version(PythonVersion::PY314);
    let parsed = parse_unchecked(&text, options.clone());
    let survey = Survey::of(parsed.tokens());
    let refused = refusal(&parsed, &text, source, options);
    let refused_at = refused.as_ref().map(|refused| refused.at);
    let result = match accepted(&parsed, &survey, source, mode, parsing, refused.map(|refused| refused.error))
    {
        Ok(()) => lower_parsed(parsed, &survey, source, mode, parsing, names),
        Err(error) => {
            stack::drop_deep(parsed, survey.longest_line);
            Err(error)
        }
    };
    result.map_err(|error| {
        let ends_early =
            || incomplete(source, mode, refused_at.unwrap_or_else(|| stopped_at(&error, source)));
        let is_syntax = matches!(error.kind, ErrorKind::Syntax | ErrorKind::Indentation | ErrorKind::Tab);
        let or_early = (parsing.is_beginning && is_syntax).then(ends_early).flatten();
        or_early.unwrap_or(error)
    })
}

/// What the library does not take.
struct Refusal {
    /// CPython's words for it.
    error: CompileError,
    /// The byte at which it gives up.
    at: usize,
}

/// What the library has refused first.
fn refusal(
    parsed: &Parsed<ast::Mod>,
    text: &str,
    source: &SourceFile,
    options: ParseOptions,
) -> Option<Refusal> {
    let told = |parsed: &Parsed<ast::Mod>, source: &SourceFile| {
        let error = parsed.errors().iter().find(|error| !is_bare_raise(error, parsed.tokens()))?;
        let at = error.location.start().to_usize();
        let error = translate(error, source, parsed.tokens());
        // CPython's parser stands behind the line end where a block should be.
        let is_before = error.kind == ErrorKind::Indentation
            && source.text().get(at..).is_some_and(|rest| rest.starts_with('\n'));
        Some(Refusal { error, at: at + usize::from(is_before) })
    };
    let first = told(parsed, source)?;
    if text.ends_with('\n') {
        return Some(first);
    }
    // For CPython the last line ends in any case; where no line end stands, the library has errors of its own.
    let whole = SourceFile::from_text(source.name(), &format!("{}\n", source.text())).ok()?;
    let again = parse_unchecked(&format!("{text}\n"), options);
    let refusal = told(&again, &whole).or(Some(first));
    let depth = Survey::of(again.tokens()).longest_line;
    stack::drop_deep(again, depth);
    refusal
}

/// Where CPython's parser gives up a source that the library has taken: behind what an error is about.
fn stopped_at(error: &CompileError, source: &SourceFile) -> usize {
    match &error.place {
        ErrorPlace::Range(range) if range.end > 0 => range.end as usize,
        ErrorPlace::Range(_) | ErrorPlace::Columns(_) | ErrorPlace::Nowhere => source.text().len(),
    }
}

/// The text in which `!=` is written so, also where `barry_as_FLUFL` wants it to be `<>`.
fn with_usual_operators(source: &SourceFile, has_flufl: bool) -> Result<Cow<'_, str>, CompileError> {
    let text = &**source.text();
    if !has_flufl && memmem::find(text.as_bytes(), b"barry_as_FLUFL").is_none() {
        return Ok(text.into());
    }
    let mut usual = text.to_owned();
    for at in not_equals(source, has_flufl)? {
        usual.replace_range(at..at + 2, "!=");
    }
    Ok(usual.into())
}

/// Shows the statements of a module, as far as the parser understood it.
pub fn with_statements<T>(source: &SourceFile, show: impl FnOnce(&[ast::Stmt]) -> T) -> T {
    let options =
        ParseOptions::from(ruff_python_parser::Mode::Module).with_target_version(PythonVersion::PY314);
    let parsed = parse_unchecked(source.text(), options);
    let depth = Survey::of(parsed.tokens()).longest_line;
    let shown = match parsed.syntax() {
        ast::Mod::Module(module) => show(&module.body),
        ast::Mod::Expression(_) => show(&[]),
    };
    stack::drop_deep(parsed, depth);
    shown
}

/// What CPython says of what a later Python takes.
fn newer_than_cpython(said: &str, range: Range<u32>) -> CompileError {
    let iterable = "iterable unpacking cannot be used in comprehension";
    let dictionary = "dict unpacking cannot be used in dict comprehension";
    match said {
        _ if said.starts_with("Cannot use iterable unpacking") => CompileError::syntax(iterable, range),
        _ if said.starts_with("Cannot use dictionary unpacking") => {
            CompileError::syntax(dictionary, range.start..range.start + 2)
        }
        _ => CompileError::syntax(said, range),
    }
}

/// Whether an error is none: the parser wants an exception between a `raise` and the `;` behind it.
fn is_bare_raise(error: &ParseError, tokens: &Tokens) -> bool {
    let at = error.location.start();
    let behind = tokens.partition_point(|token| token.start() <= at);
    let Some([.., raise, semicolon]) = tokens.get(..behind) else { return false };
    matches!(error.error, ParseErrorType::ExpectedExpression)
        && (raise.kind(), semicolon.kind()) == (TokenKind::Raise, TokenKind::Semi)
        && semicolon.start() == at
}

/// Whether CPython's parser takes it, too, given what the library says.
fn accepted(
    parsed: &Parsed<ast::Mod>,
    survey: &Survey,
    source: &SourceFile,
    mode: Mode,
    parsing: Parsing,
    refused: Option<CompileError>,
) -> Result<(), CompileError> {
    let refused = refused.or_else(|| {
        let unsupported = parsed.unsupported_syntax_errors().first()?;
        let range = unsupported.range.start().to_u32()..unsupported.range.end().to_u32();
        Some(newer_than_cpython(&unsupported.to_string(), range))
    });
    // A mark at the start of a text is dropped only once.
    let is_marked = source.text().starts_with('\u{feff}');
    if refused.is_some() || is_marked || !survey.limits_are_kept {
        let diagnosis = diagnose(source, mode, refused);
        if let Some(error) = diagnosis.error {
            return Err(error.after(diagnosis.warnings));
        }
    }
    match parsed.syntax() {
        ast::Mod::Module(module) if mode == Mode::Single => {
            one_statement(&module.body, source, parsed.tokens(), parsing.needs_line_end).map_err(|error| {
                let diagnosis = diagnose(source, mode, Some(error.clone()));
                diagnosis.error.unwrap_or(error)
            })
        }
        ast::Mod::Module(_) | ast::Mod::Expression(_) => Ok(()),
    }
}

fn lower_parsed<'a>(
    parsed: Parsed<ast::Mod>,
    survey: &Survey,
    source: &SourceFile,
    mode: Mode,
    parsing: Parsing,
    names: &Names<'a>,
) -> Result<(Tree<'a>, Vec<Warning>), CompileError> {
    let find = || TypeComments::find(parsed.tokens(), source.text(), source.lines());
    let type_comments = parsing.type_comments.then(find);
    let commented = type_comments.as_ref().map(|_| parsed.tokens().clone());
    let numbers: Vec<Warning> = survey.glued_numbers(parsed.tokens(), source.text()).collect();
    let mut syntax = parsed.into_syntax();
    let body = if mode == Mode::Single { Body::Interactive } else { Body::Module };
    let lowered = match &mut syntax {
        ast::Mod::Module(module) => {
            lower::module(module, survey.longest_line, body, source, type_comments.as_ref(), names)
        }
        ast::Mod::Expression(expression) => lower::expression(expression, source, names),
    };
    stack::drop_deep(syntax, survey.longest_line);
    let (tree, mut warnings) = lowered.map_err(|error| match error.kind {
        ErrorKind::Syntax => {
            let diagnosis = diagnose(source, mode, Some(error.clone()));
            diagnosis.error.unwrap_or(error).after(diagnosis.warnings)
        }
        _ => error,
    })?;
    if let (Some(comments), Some(tokens)) = (type_comments, commented) {
        comments.check(&tokens, source.text(), source.lines())?;
    }
    warnings.extend(numbers.into_iter().map(|warning| (warning.range.start, warning)));
    warnings.sort_by_key(|(moment, _)| *moment);
    Ok((tree, warnings.into_iter().map(|(_, warning)| warning).collect()))
}

/// At a prompt: the statements of one line, or one compound statement with its line end.
fn one_statement(
    body: &[ast::Stmt],
    source: &SourceFile,
    tokens: &Tokens,
    needs_line_end: bool,
) -> Result<(), CompileError> {
    let end = source.text().len() as u32;
    let Some(first) = body.first() else {
        return Err(CompileError::syntax("invalid syntax", end..end));
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
    if is_compound && (!ends_indented || needs_line_end) && !source.text().ends_with('\n') {
        return Err(CompileError::syntax("invalid syntax", end..end));
    }
    match body.iter().find(|stmt| stmt.start() > line_end) {
        Some(second) if is_compound => {
            let at = second.start().to_u32();
            Err(CompileError::syntax("invalid syntax", at..at))
        }
        Some(_) => {
            let message = "multiple statements found while compiling a single statement";
            let before = &source.text()[..line_end.to_usize()];
            let line = before.matches('\n').count() as u32 + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
            let place = Place { line, column, end_line: line, end_column: Some(column + 1) };
            Err(CompileError::at(ErrorKind::Syntax, message, place))
        }
        None => Ok(()),
    }
}
