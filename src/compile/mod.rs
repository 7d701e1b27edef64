//! Syntax tree to code object, one file per pass.
//!
//! The passes, in order: the parser (a library), `lower` to CPython's tree, [`future`], `preprocess`,
//! `symtable` (build, analyze), `codegen`, and for every code unit the graph passes of [`flowgraph`]
//! and [`assemble`].  Each takes the value of the one before and returns its own.

mod arena;
pub mod assemble;
pub mod ast;
mod codegen;
mod constants;
mod diagnosis;
mod docstring;
pub mod error;
mod evaluate;
pub mod flowgraph;
mod future;
mod limits;
mod lines;
mod lower;
mod names;
mod outline;
mod preprocess;
mod restore;
pub mod sequence;
mod symtable;
mod syntax;
mod tree;
mod type_comments;
pub mod unit;
mod unparse;

use std::rc::Rc;

pub use diagnosis::{Behind, Bracket, Kind, LineState, Shown, StreamToken, Wrong, stream};
pub use error::{CompileError, ErrorKind, ErrorPlace, Place, Warning};
pub use outline::{outline, pieces};
pub use preprocess::{TreeChange, TreeChangeKind};
pub use symtable::{ScopeFacts, ScopeRow, SymbolRow};

use crate::code::{CodeObject, flags, stack};
use crate::scratch;
use crate::text::SourceFile;
use arena::Arena;
use names::Names;
use unit::Unit;

/// What a source is compiled as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A file.
    #[default]
    Exec,
    /// An expression.
    Eval,
    /// One statement at a prompt: the value of an expression is printed.
    Single,
}

/// How a source is compiled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// 0, 1 (`-O`: no `assert`, `__debug__` is False) or 2 (`-OO`: no docstrings either).
    pub optimize: u8,
    /// Features from `__future__` that are on already, as bits of `co_flags`, and perhaps
    /// [`TOP_LEVEL_AWAIT`](crate::code::flags::TOP_LEVEL_AWAIT).
    pub features: u32,
    /// Whether the rest of the source may still come: to end too early is then an error of its own.
    pub is_beginning: bool,
    /// Whether a block at the end of a statement at a prompt ends only with a line end.
    pub needs_line_end: bool,
    /// Whether [`Stages`] keeps the forms in between.
    pub keep: bool,
}

/// Every form a source takes on its way to a code object.
#[derive(Clone, Debug)]
pub struct Stages {
    /// The tree after preprocessing, if it was to be kept.
    pub tree: Option<ast::Ast>,
    /// The symbol table, each scope before those inside it, if it was to be kept.
    pub scopes: Vec<ScopeRow>,
    /// The tree as it was written, if it was to be kept.
    pub written: Option<ast::Ast>,
    /// What preprocessing changed in the tree.
    pub tree_changes: Vec<TreeChange>,
    /// The code units, innermost first, if they were to be kept.
    pub units: Vec<KeptUnit>,
    /// The code object of the whole.
    pub code: Rc<CodeObject>,
    /// Every `SyntaxWarning`, in CPython's order.
    pub warnings: Vec<Warning>,
}

/// A code unit as it was before its passes, and what became of it.
#[derive(Clone, Debug)]
pub struct KeptUnit {
    /// The unit with its instruction sequence.
    pub unit: Unit,
    /// Its code object.
    pub code: Rc<CodeObject>,
}

/// The code object of a source, or what CPython would say is wrong with it.
pub fn compile(source: &SourceFile, mode: Mode, options: Options) -> Result<Rc<CodeObject>, CompileError> {
    stages(source, mode, options).map(|stages| stages.code)
}

/// The part of CPython that a program did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// The tokenizer or the parser.
    Parser,
    /// `from __future__ import …`, and the symbol table.
    Symtable,
    /// The code generator, and all behind it.
    Codegen,
}

/// As [`compile`], with the forms in between.
pub fn stages(source: &SourceFile, mode: Mode, options: Options) -> Result<Stages, CompileError> {
    passes(source, mode, options).map_err(|(_, error)| error)
}

/// As [`stages`], with the pass that an error comes from.
pub fn passes(source: &SourceFile, mode: Mode, options: Options) -> Result<Stages, (Pass, CompileError)> {
    scratch::within(|| all_passes(source, mode, options))
}

fn all_passes(source: &SourceFile, mode: Mode, options: Options) -> Result<Stages, (Pass, CompileError)> {
    let arena = Arena::default();
    let names = Names::new(&arena);
    let parsing = syntax::Parsing {
        has_flufl: options.features & flags::FUTURE_BARRY_AS_BDFL != 0,
        is_beginning: options.is_beginning,
        needs_line_end: options.needs_line_end,
        ..syntax::Parsing::default()
    };
    let (tree, mut warnings) =
        syntax::parse(source, mode, parsing, &names).map_err(|error| (Pass::Parser, error))?;
    behind_the_parser(tree, source, &names, options, &mut warnings)
        .map_err(|(pass, error)| (pass, error.after(warnings)))
}

/// The symbol table of a source as it was written, the module's scope first, and what the parser warns of.
pub fn symbols(
    source: &SourceFile,
    mode: Mode,
    options: Options,
) -> Result<(Vec<ScopeFacts>, Vec<Warning>), (Pass, CompileError)> {
    scratch::within(|| {
        let arena = Arena::default();
        let names = Names::new(&arena);
        let (tree, warnings) = syntax::parse(source, mode, syntax::Parsing::default(), &names)
            .map_err(|error| (Pass::Parser, error))?;
        let of_table = |error: CompileError| (Pass::Symtable, error);
        let lines = source.lines();
        let future = future::future(&tree, options.features, lines).map_err(of_table)?;
        let mut table = symtable::build(&tree, &future, lines, &names).map_err(of_table)?;
        symtable::analyze(&mut table, lines, &names).map_err(of_table)?;
        Ok((table.facts(), warnings))
    })
}

/// As [`passes`], of a tree that a program has made; `source` has its name and its places.
pub fn passes_of_tree(
    plain: &crate::ast::Tree,
    source: &SourceFile,
    mode: Mode,
    options: Options,
) -> Result<Stages, (Pass, CompileError)> {
    scratch::within(|| all_passes_of_tree(plain, source, mode, options))
}

fn all_passes_of_tree(
    plain: &crate::ast::Tree,
    source: &SourceFile,
    mode: Mode,
    options: Options,
) -> Result<Stages, (Pass, CompileError)> {
    let arena = Arena::default();
    let names = Names::new(&arena);
    let tree = restore::tree(plain, mode, &names).map_err(|error| (Pass::Codegen, error))?;
    let mut warnings = Vec::new();
    behind_the_parser(tree, source, &names, options, &mut warnings)
        .map_err(|(pass, error)| (pass, error.after(warnings)))
}

/// The passes behind the parser.  What they warn about is also known where one of them fails.
fn behind_the_parser<'a>(
    mut tree: tree::Tree<'a>,
    source: &SourceFile,
    names: &Names<'a>,
    options: Options,
    warnings: &mut Vec<Warning>,
) -> Result<Stages, (Pass, CompileError)> {
    let of = |pass: Pass| move |error: CompileError| (pass, error);
    let lines = source.lines();
    let future = future::future(&tree, options.features, lines).map_err(of(Pass::Symtable))?;
    let written = options.keep.then(|| ast::Ast::of(&tree));
    let preprocessed =
        preprocess::preprocess(&mut tree, names.arena(), options.optimize, future.features, lines);
    warnings.extend(preprocessed.warnings);
    let changed = options.keep.then(|| ast::Ast::of(&tree));
    let mut table = symtable::build(&tree, &future, lines, names).map_err(of(Pass::Symtable))?;
    symtable::analyze(&mut table, lines, names).map_err(of(Pass::Symtable))?;
    // Code generation writes in the table.
    let scopes = if options.keep { table.rows() } else { Vec::new() };
    let context = codegen::Context {
        filename: source.name(),
        lines,
        names,
        future: &future,
        optimize: options.optimize,
        keep: options.keep,
    };
    let generated = codegen::generate(tree.root, table, context).map_err(of(Pass::Codegen))?;
    warnings.extend(generated.warnings);
    Ok(Stages {
        tree: changed,
        scopes,
        written,
        tree_changes: preprocessed.changes,
        units: generated.units,
        code: generated.code,
        warnings: std::mem::take(warnings),
    })
}
