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
use super::tree::{List, Mod, Tree};
use super::{Mode, Pass, future, preprocess};
use crate::ast::{self as plain, Kind, Value};
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
    let mode = match options.input {
        Input::File | Input::FunctionType => Mode::Exec,
        Input::Expression => Mode::Eval,
        Input::Statement => Mode::Single,
    };
    let parsing = Parsing { type_comments: options.type_comments, has_flufl: false };
    let arena = Arena::default();
    let names = Names::new(&arena);
    let (mut tree, warnings) = syntax::parse(source, mode, parsing, &names).map_err(of(Pass::Parser))?;
    check_version(&tree, source, options).map_err(of(Pass::Parser))?;
    // CPython looks for the features of the future in any case.
    let future = future::future(&tree, 0, source.lines()).map_err(of(Pass::Symtable))?;
    let written = options.optimize.is_none().then(|| plain_tree(&tree));
    let optimize = options.optimize.unwrap_or(0);
    // What it would warn of in what is compiled it passes over in what is only looked at.
    preprocess::preprocess(&mut tree, &arena, optimize, future.features, source.lines());
    Ok(Ast { tree: written.unwrap_or_else(|| plain_tree(&tree)), warnings })
}

fn function_type(source: &SourceFile, options: AstOptions) -> Result<Ast, CompileError> {
    let arena = Arena::default();
    let parsed = syntax::function_type(source, &Names::new(&arena))?;
    let (mut root, mut types) = (plain::Tree::default(), Vec::new());
    // CPython does not optimize these trees.
    for tree in parsed.argtypes.into_iter().chain([parsed.returns]) {
        check_version(&tree, source, options)?;
        if let Mod::Expression(expr) = &*tree.root {
            types.push(expr.plain(&mut root));
        }
    }
    let returns = types.pop().unwrap_or(Value::Nothing);
    let (kind, argtypes) = (Kind::named("FunctionType"), Value::List(types.into()));
    root.push(plain::Node { kind, fields: Box::new([argtypes, returns]), location: None });
    Ok(Ast { tree: root, warnings: parsed.warnings })
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
