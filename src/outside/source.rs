//! Compiling a source for a running program, and what CPython says of one that cannot be compiled.

use std::path::Path;
use std::rc::Rc;

use crate::ast::Tree;
use crate::compile::ast::{self, AstOptions, Input};
use crate::compile::{self, CompileError, ErrorKind, Mode, Options, Pass, Stages};
use crate::machine::ask::{
    CompileWarning, Compiled, Form, Parsed, Place, Refused, RefusedKind, Source, SourceText, SymbolScope,
    SymbolTable, TreeForm, TreeSource, TreeWanted,
};
use crate::text::{CharColumn, LineIndex, LineNumber, SourceFile, SyntaxError, SyntaxErrorKind};

/// Compiles a source.
pub fn compile(source: &Source) -> Result<Compiled, Refused> {
    let file = file(&source.text, &source.filename)?.with_digit_limit(source.digit_limit);
    let options = Options {
        optimize: source.optimize,
        features: source.features,
        is_beginning: source.is_beginning,
        needs_line_end: source.needs_line_end,
        ..Options::default()
    };
    match compile::passes(&file, mode(source.form), options) {
        Ok(stages) => Ok(compiled(&stages, source.form, &file)),
        Err((pass, error)) => Err(refused(&error, pass, source.form, &file)),
    }
}

/// Makes the tree of a source.
pub fn parse(wanted: &TreeWanted) -> Result<Parsed, Refused> {
    let file = file(&wanted.text, &wanted.filename)?.with_digit_limit(wanted.digit_limit);
    let (input, form) = input(wanted.form);
    let usual = AstOptions::default();
    let options = AstOptions {
        input,
        optimize: wanted.optimize,
        type_comments: wanted.type_comments,
        feature_version: wanted.feature_version.unwrap_or(usual.feature_version),
    };
    match ast::passes(&file, options) {
        Ok(made) => Ok(Parsed { warnings: warnings(&made.warnings, form, &file), tree: Rc::new(made.tree) }),
        Err((pass, error)) => Err(refused(&error, pass, form, &file)),
    }
}

/// Makes the symbol table of a source.
pub fn symbols(source: &Source) -> Result<SymbolTable, Refused> {
    let file = file(&source.text, &source.filename)?.with_digit_limit(source.digit_limit);
    let options = Options { features: source.features, ..Options::default() };
    match compile::symbols(&file, mode(source.form), options) {
        Ok((scopes, told)) => Ok(SymbolTable {
            scopes: scopes.into_iter().map(scope).collect(),
            warnings: warnings(&told, source.form, &file),
        }),
        Err((pass, error)) => Err(refused(&error, pass, source.form, &file)),
    }
}

fn scope(facts: compile::ScopeFacts) -> SymbolScope {
    SymbolScope {
        name: facts.name.into(),
        kind: facts.kind,
        line: facts.line,
        nested: facts.nested,
        parameters: facts.parameters.into_iter().map(Rc::from).collect(),
        symbols: facts.symbols.into_iter().map(|(name, bits)| (name.into(), bits)).collect(),
        children: facts.children,
    }
}

/// Compiles a tree that a program has made.
pub fn compile_tree(source: &TreeSource) -> Result<Compiled, Refused> {
    let purpose = &source.purpose;
    let file = file_of_tree(source)?;
    let (_, form) = input(purpose.form);
    let optimize = purpose.optimize.unwrap_or(0);
    let options = Options { optimize, features: purpose.features, ..Options::default() };
    match compile::passes_of_tree(&source.tree, &file, mode(form), options) {
        Ok(stages) => Ok(compiled(&stages, form, &file)),
        Err((pass, error)) => Err(refused(&error, pass, form, &file)),
    }
}

/// Looks a tree through that a program has made.
pub fn check_tree(source: &TreeSource) -> Result<Parsed, Refused> {
    let purpose = &source.purpose;
    let file = file_of_tree(source)?;
    let (input, form) = input(purpose.form);
    match ast::passes_of_tree(&source.tree, &file, input, purpose.optimize) {
        Ok(made) => Ok(Parsed { tree: Rc::new(made.tree), warnings: Rc::default() }),
        Err((pass, error)) => Err(refused(&error, pass, form, &file)),
    }
}

const fn input(form: TreeForm) -> (Input, Form) {
    match form {
        TreeForm::Code(form @ Form::Exec) => (Input::File, form),
        TreeForm::Code(form @ Form::Eval) => (Input::Expression, form),
        TreeForm::Code(form @ Form::Single) => (Input::Statement, form),
        TreeForm::FunctionType => (Input::FunctionType, Form::Eval),
    }
}

/// A file for the places of a tree.
fn file_of_tree(source: &TreeSource) -> Result<SourceFile, Refused> {
    let name = &source.purpose.filename;
    lines_of_tree(&source.tree).map(|lines| SourceFile::of_places(name, lines)).ok_or_else(|| {
        let message = format!("wordcode does not support trees with more than {MOST_LINES} lines yet");
        Refused { kind: RefusedKind::System, message, place: None }
    })
}

/// In a tree there may be any number for a line, and each line up to it takes room.
const MOST_LINES: u32 = 10_000_000;

/// Lines that have room for every place in a tree; `None` where they are too many.
fn lines_of_tree(tree: &Tree) -> Option<LineIndex> {
    let mut widths = vec![0];
    for at in tree.nodes().iter().filter_map(|node| node.location) {
        for (line, column) in [(at.line, at.column), (at.end_line, at.end_column)] {
            let Some(index) = u32::try_from(line).ok().and_then(|line| line.checked_sub(1)) else { continue };
            if index >= MOST_LINES {
                return None;
            }
            if widths.len() <= index as usize {
                widths.resize(index as usize + 1, 0);
            }
            let width = &mut widths[index as usize];
            *width = u32::try_from(column).unwrap_or(0).max(*width);
        }
    }
    Some(LineIndex::of_widths(&widths))
}

fn file(text: &SourceText, name: &str) -> Result<SourceFile, Refused> {
    let file = match text {
        SourceText::Text(text) => SourceFile::from_text(name, text),
        SourceText::Bytes(bytes) => SourceFile::from_bytes(name, bytes),
    };
    file.map_err(|error| unreadable(error, name))
}

const fn mode(form: Form) -> Mode {
    match form {
        Form::Exec => Mode::Exec,
        Form::Eval => Mode::Eval,
        Form::Single => Mode::Single,
    }
}

/// What the compiler made of a file.
pub fn compiled(stages: &Stages, form: Form, file: &SourceFile) -> Compiled {
    Compiled {
        code: Rc::clone(&stages.code),
        text: Rc::clone(file.text()),
        file_text: text_of_file(file.name()),
        warnings: warnings(&stages.warnings, form, file),
    }
}

/// What the compiler warns of in a file.
pub fn warnings(warnings: &[compile::Warning], form: Form, file: &SourceFile) -> Rc<[CompileWarning]> {
    let told = |warning: &compile::Warning| {
        let message = warning.message.clone();
        let of_tokens = message.starts_with("\"\\") || message.starts_with("invalid ");
        let pass = if of_tokens { Pass::Parser } else { Pass::Codegen };
        let said = message.replace("Such sequences will not work in the future. ", "");
        let as_error = warning.refused.as_ref().map(|range| {
            let error = CompileError::syntax(said, range.clone());
            refused(&error, pass, form, file)
        });
        CompileWarning { line: warning.line(file), message, as_error }
    };
    warnings.iter().map(told).collect()
}

/// The text of the file that a source says it comes from, where there is one: CPython looks lines up there,
/// whatever was compiled.
fn text_of_file(name: &str) -> Option<Rc<str>> {
    let path = Path::new(name);
    if !path.is_file() {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    SourceFile::from_bytes(name, &bytes).ok().map(|file| Rc::clone(file.text()))
}

/// Bytes that are no text.
pub fn unreadable(error: SyntaxError, name: &str) -> Refused {
    let kind = match error.kind {
        SyntaxErrorKind::Syntax => RefusedKind::Syntax,
        SyntaxErrorKind::Indentation => RefusedKind::Indentation,
        SyntaxErrorKind::Tab => RefusedKind::Tab,
        SyntaxErrorKind::Incomplete => RefusedKind::Incomplete,
    };
    // What is compiled from memory has no file that CPython could name here.
    let in_file = format!(" in file {name}");
    let from_memory = error.message.contains(&in_file) && !Path::new(name).is_file();
    let message = if from_memory { error.message.replace(&in_file, "") } else { error.message };
    let place = Place {
        filename: (!from_memory).then(|| error.filename.as_str().into()),
        line: error.line,
        column: error.column.map_or(-1, |column| column.0.into()),
        text: error.text.as_deref().map(Into::into),
        end: error.column.map(|column| (error.line, column.0.into())),
        in_args: true,
        has_no_end: false,
        metadata: None,
    };
    Refused { kind, message, place: Some(Box::new(place)) }
}

/// What CPython's exception holds.
pub fn refused(error: &CompileError, pass: Pass, form: Form, file: &SourceFile) -> Refused {
    let place = error.in_source(file).map(|told| place(error, &told, pass, form, file));
    Refused { kind: kind(error.kind), message: error.message.clone(), place: place.map(Box::new) }
}

/// The class of CPython's exception.
pub(super) const fn kind(kind: ErrorKind) -> RefusedKind {
    match kind {
        ErrorKind::Syntax => RefusedKind::Syntax,
        ErrorKind::Indentation => RefusedKind::Indentation,
        ErrorKind::Tab => RefusedKind::Tab,
        ErrorKind::Incomplete => RefusedKind::Incomplete,
        ErrorKind::Recursion => RefusedKind::Recursion,
        ErrorKind::System => RefusedKind::System,
        ErrorKind::Overflow => RefusedKind::Overflow,
        ErrorKind::Value => RefusedKind::Value,
        ErrorKind::Type => RefusedKind::Type,
    }
}

fn place(error: &CompileError, told: &SyntaxError, pass: Pass, form: Form, file: &SourceFile) -> Place {
    let filename = Some((&**file.name()).into());
    if file.has_text() && file.text().is_empty() {
        // There is no line to name.
        let text = Some("".into());
        return Place {
            filename,
            line: 0,
            column: 0,
            text,
            end: Some((0, 0)),
            in_args: true,
            has_no_end: false,
            metadata: Some(Rc::clone(file.text())),
        };
    }
    let line = LineNumber(told.line);
    let column = |column: Option<CharColumn>| column.map_or(-1, |column| i64::from(column.0));
    let (end_line, end) = told.end.map_or((told.line, None), |(line, end)| (line, Some(end)));
    let in_file = match (pass, form) {
        (Pass::Parser, Form::Eval | Form::Single) => None,
        _ => line_of_file(file.name(), line),
    };
    let text = match pass {
        Pass::Parser => in_file.or_else(|| own_line(error, form, file, line)),
        Pass::Symtable | Pass::Codegen => in_file,
    };
    Place {
        filename,
        line: line.0,
        column: column(told.column),
        text: text.map(|text| text.as_str().into()),
        end: Some((end_line, column(end))),
        in_args: pass != Pass::Symtable,
        has_no_end: false,
        metadata: (pass == Pass::Parser && kept_by_parser(error)).then(|| read_by_parser(form, file)),
    }
}

/// The line as the parser shows it: with its line end, but for errors of the tokenizer.
fn own_line(error: &CompileError, form: Form, file: &SourceFile, line: LineNumber) -> Option<String> {
    let text = file.line(line)?;
    let is_last = file.line(LineNumber(line.0 + 1)).is_none() && !file.text().ends_with('\n');
    let has_end = !is_of_the_tokenizer(error) && (form == Form::Exec || !is_last);
    Some(if has_end { format!("{text}\n") } else { text.to_owned() })
}

fn line_of_file(name: &str, line: LineNumber) -> Option<String> {
    let text = text_of_file(name)?;
    text.split_inclusive('\n').nth((line.0 as usize).checked_sub(1)?).map(str::to_owned)
}

/// Whether CPython's parser keeps the source with an error.
fn kept_by_parser(error: &CompileError) -> bool {
    let is_literal = error.message.starts_with("unterminated ");
    is_literal || !is_of_the_tokenizer(error) && !error.message.starts_with("multiple statements found")
}

/// The source with the line end that CPython adds to a file without one.
fn read_by_parser(form: Form, file: &SourceFile) -> Rc<str> {
    let text = file.text();
    if form == Form::Exec && !text.ends_with('\n') { format!("{text}\n").into() } else { Rc::clone(text) }
}

/// Whether it is CPython's tokenizer that complains.
fn is_of_the_tokenizer(error: &CompileError) -> bool {
    const BEGINNINGS: [&str; 12] = [
        "unterminated ",
        "invalid character",
        "invalid non-printable character",
        "invalid decimal literal",
        "invalid hexadecimal literal",
        "invalid octal literal",
        "invalid binary literal",
        "invalid imaginary literal",
        "invalid digit",
        "leading zeros in decimal integer literals",
        "too many nested parentheses",
        "unexpected character after line continuation",
    ];
    BEGINNINGS.iter().any(|beginning| error.message.starts_with(beginning))
        || error.message.starts_with("unmatched '")
        || error.message.contains("does not match opening parenthesis")
}
