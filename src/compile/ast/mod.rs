//! The syntax tree as plain data, as CPython's module `ast` shows it: nodes with named fields.
//!
//! The compiler works on the types of `tree`; a [`crate::ast::Tree`] is for whoever looks at one from outside.

mod expr;
mod stmt;
mod version;

use std::rc::Rc;

use super::arena::Arena;
use super::error::{CompileError, Warning};
use super::names::{Name, Names};
use super::syntax::{self, Parsing};
use super::tree::{Expr, List, Mod, Tree};
use super::{Mode, Pass, future, preprocess, restore};
use crate::ast::{self as plain, Value};
use crate::code::Const;
use crate::text::SourceFile;

/// What a tree is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// A file: `Module`.
    #[default]
    File,
    /// An expression: `Expression`.
    Expression,
    /// One statement at a prompt: `Interactive`.
    Statement,
    /// A type comment of a function, `(int, str) -> bool`: `FunctionType`.
    FunctionType,
}

impl Input {
    const fn mode(self) -> Mode {
        match self {
            Self::File | Self::FunctionType => Mode::Exec,
            Self::Expression => Mode::Eval,
            Self::Statement => Mode::Single,
        }
    }
}

/// How a tree is made.
#[derive(Clone, Copy, Debug)]
pub struct AstOptions {
    /// What the source is.
    pub input: Input,
    /// The optimizations that CPython makes on the tree; `None` for the tree as it was written.
    pub optimize: Option<u8>,
    /// Whether comments that begin with `type:` are part of the tree.
    pub type_comments: bool,
    /// N: what Python 3.N does not know is refused, as far as CPython 3.14 checks that.
    pub feature_version: u8,
}

impl Default for AstOptions {
    fn default() -> Self {
        Self { input: Input::File, optimize: None, type_comments: false, feature_version: version::NEWEST }
    }
}

/// A tree, and what is to be warned about.
#[derive(Clone, Debug)]
pub struct Ast {
    /// The tree.
    pub tree: plain::Tree,
    /// Every `SyntaxWarning`, in CPython's order.
    pub warnings: Vec<Warning>,
}

impl Ast {
    /// The whole of a tree.
    pub(super) fn of(tree: &Tree) -> Self {
        Self { tree: plain_tree(tree), warnings: Vec::new() }
    }
}

/// The tree of a source, or what CPython would say is wrong with it.
pub fn ast(source: &SourceFile, options: AstOptions) -> Result<Ast, CompileError> {
    passes(source, options).map_err(|(_, error)| error)
}

/// As [`ast`], with the pass that an error comes from.
pub fn passes(source: &SourceFile, options: AstOptions) -> Result<Ast, (Pass, CompileError)> {
    let of = |pass: Pass| move |error: CompileError| (pass, error);
    if options.input == Input::FunctionType {
        return function_type(source, options).map_err(of(Pass::Parser));
    }
    let parsing = Parsing { type_comments: options.type_comments, ..Parsing::default() };
    let arena = Arena::default();
    let names = Names::new(&arena);
    let (tree, warnings) =
        syntax::parse(source, options.input.mode(), parsing, &names).map_err(of(Pass::Parser))?;
    check_version(&tree, source, options).map_err(of(Pass::Parser))?;
    let tree = finished(tree, source, options.optimize, &arena)?;
    Ok(Ast { tree, warnings })
}

/// As [`passes`], of a tree that a program has made, which is checked; `source` has its name and its places.
pub fn passes_of_tree(
    plain: &plain::Tree,
    source: &SourceFile,
    input: Input,
    optimize: Option<u8>,
) -> Result<Ast, (Pass, CompileError)> {
    let of = |error: CompileError| (Pass::Codegen, error);
    let arena = Arena::default();
    let names = Names::new(&arena);
    let tree = if input == Input::FunctionType {
        let (argtypes, returns) = restore::function_type(plain, &names).map_err(of)?;
        function_type_tree(argtypes.iter(), &returns)
    } else {
        let tree = restore::tree(plain, input.mode(), &names).map_err(of)?;
        finished(tree, source, optimize, &arena)?
    };
    Ok(Ast { tree, warnings: Vec::new() })
}

/// What is done with a tree that is not compiled.
fn finished<'a>(
    mut tree: Tree<'a>,
    source: &SourceFile,
    optimize: Option<u8>,
    arena: &'a Arena,
) -> Result<plain::Tree, (Pass, CompileError)> {
    // CPython looks for the features of the future in any case.
    let future = future::future(&tree, 0, source.lines()).map_err(|error| (Pass::Symtable, error))?;
    if let Some(level) = optimize {
        // What it would warn of in what is compiled it passes over in what is only looked at.
        preprocess::preprocess(&mut tree, arena, level, future.features, source.lines());
    }
    Ok(plain_tree(&tree))
}

fn function_type(source: &SourceFile, options: AstOptions) -> Result<Ast, CompileError> {
    let arena = Arena::default();
    let parsed = syntax::function_type(source, &Names::new(&arena))?;
    // CPython does not optimize these trees.
    let mut types = Vec::new();
    for tree in parsed.argtypes.iter().chain([&parsed.returns]) {
        check_version(tree, source, options)?;
        match &*tree.root {
            Mod::Expression(expr) => types.push(&**expr),
            Mod::Module(_) | Mod::Interactive(_) => panic!("a type is an expression"),
        }
    }
    let returns = types.pop().expect("what is returned has a type");
    Ok(Ast { tree: function_type_tree(types, returns), warnings: parsed.warnings })
}

/// `FunctionType`.
fn function_type_tree<'t, 'a: 't>(
    argtypes: impl IntoIterator<Item = &'t Expr<'a>>,
    returns: &Expr<'a>,
) -> plain::Tree {
    let mut plain = plain::Tree::default();
    let to = &mut plain;
    let argtypes: Vec<&Expr> = argtypes.into_iter().collect();
    node!(to, "FunctionType", argtypes = argtypes, returns = returns);
    plain
}

fn check_version(tree: &Tree, source: &SourceFile, options: AstOptions) -> Result<(), CompileError> {
    if options.feature_version >= version::NEWEST {
        return Ok(());
    }
    version::check(&plain_tree(tree), source, options.feature_version)
}

/// The whole of a tree.
fn plain_tree(tree: &Tree) -> plain::Tree {
    let mut plain = plain::Tree::default();
    let to = &mut plain;
    _ = match &*tree.root {
        Mod::Module(body) => node!(to, "Module", body = body, type_ignores = tree.type_ignores),
        Mod::Interactive(body) => node!(to, "Interactive", body = body),
        Mod::Expression(body) => node!(to, "Expression", body = body),
    };
    plain
}

/// What can be seen as plain data.
trait Plain {
    fn plain(&self, to: &mut plain::Tree) -> Value;
}

impl<T: Plain + ?Sized> Plain for &T {
    fn plain(&self, to: &mut plain::Tree) -> Value {
        (**self).plain(to)
    }
}

impl<T: Plain + ?Sized> Plain for &mut T {
    fn plain(&self, to: &mut plain::Tree) -> Value {
        (**self).plain(to)
    }
}

impl<T: Plain> Plain for Option<T> {
    fn plain(&self, to: &mut plain::Tree) -> Value {
        self.as_ref().map_or(Value::Nothing, |value| value.plain(to))
    }
}

impl<T: Plain> Plain for Vec<T> {
    fn plain(&self, to: &mut plain::Tree) -> Value {
        Value::List(self.iter().map(|item| item.plain(to)).collect())
    }
}

impl<T: Plain> Plain for List<'_, T> {
    fn plain(&self, to: &mut plain::Tree) -> Value {
        Value::List(self.iter().map(|item| item.plain(to)).collect())
    }
}

impl Plain for Rc<str> {
    fn plain(&self, _to: &mut plain::Tree) -> Value {
        Value::Text(Rc::clone(self))
    }
}

impl Plain for str {
    fn plain(&self, _to: &mut plain::Tree) -> Value {
        Value::Text(self.into())
    }
}

impl Plain for Name<'_> {
    fn plain(&self, _to: &mut plain::Tree) -> Value {
        Value::Text(self.text())
    }
}

impl Plain for Const {
    fn plain(&self, _to: &mut plain::Tree) -> Value {
        Value::Const(self.clone())
    }
}

impl Plain for bool {
    fn plain(&self, _to: &mut plain::Tree) -> Value {
        Value::Int(i64::from(*self))
    }
}

impl Plain for u32 {
    fn plain(&self, _to: &mut plain::Tree) -> Value {
        Value::Int(i64::from(*self))
    }
}

impl Plain for i32 {
    fn plain(&self, _to: &mut plain::Tree) -> Value {
        Value::Int(i64::from(*self))
    }
}

/// Adds a node with its fields to a tree; with `at`, one that has a position.  A name of a class or field that the table
/// of [`crate::ast`] does not have there does not compile.
macro_rules! node {
    (@kind $kind:expr, [$($field:ident)*]) => {
        const {
            let kind = $crate::ast::Kind::named($kind);
            assert!(kind.has_fields(&[$(stringify!($field)),*]), "the fields are those of the class");
            kind
        }
    };
    (@add $to:ident, $kind:expr, $location:expr, [$($field:ident = $value:expr)*]) => {{
        let fields = Box::new([$($crate::compile::ast::Plain::plain(&$value, $to)),*]);
        let node = $crate::ast::Node { kind: $kind, fields, location: $location };
        $crate::ast::Value::Node($to.push(node))
    }};
    ($to:ident, if $flag:expr => $one:literal else $other:literal, at $location:expr $(, $field:ident = $value:expr)* $(,)?) => {{
        let one = node!(@kind $one, [$($field)*]);
        let other = node!(@kind $other, [$($field)*]);
        let kind = if $flag { one } else { other };
        node!(@add $to, kind, Some($location), [$($field = $value)*])
    }};
    ($to:ident, $kind:expr, at $location:expr $(, $field:ident = $value:expr)* $(,)?) => {
        node!(@add $to, node!(@kind $kind, [$($field)*]), Some($location), [$($field = $value)*])
    };
    ($to:ident, $kind:expr $(, $field:ident = $value:expr)* $(,)?) => {
        node!(@add $to, node!(@kind $kind, [$($field)*]), None, [$($field = $value)*])
    };
}
use node;
