//! The syntax tree as plain data, as CPython's module `ast` shows it: nodes with named fields.
//!
//! The compiler works on the types of `tree`; [`Node`] is for whoever looks at a tree from outside: each
//! node with CPython's name for it, its fields in the order of CPython's `_fields`, its position.

mod expr;
mod stmt;
mod version;

use std::rc::Rc;

use super::arena::Arena;
use super::error::{CompileError, Warning};
use super::names::{Name, Names};
use super::sequence::Location;
use super::syntax::{self, Parsing};
use super::tree::{List, Mod, Tree};
use super::{Mode, future, lower, preprocess, stack};
use crate::code::Const;
use crate::text::SourceFile;

/// What a field of a node holds.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing, in a field that may be left out.
    Nothing,
    /// A small number: a flag, a level, the character of a conversion.
    Int(i64),
    /// An identifier or another piece of text that is a Python `str`.
    Text(Rc<str>),
    /// The value of a constant.
    Const(Const),
    /// A node.
    Node(Node),
    /// A list; of a list of optional nodes some may be [`Value::Nothing`].
    List(Vec<Value>),
}

/// A node of the tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// CPython's name of its class.
    pub kind: &'static str,
    /// Its fields, in the order of `_fields`.
    pub fields: Vec<(&'static str, Value)>,
    /// Its position; `None` for a node that has none, as `Load` and `arguments`.
    pub location: Option<Location>,
}

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
    root: Option<Node>,
    /// Every `SyntaxWarning`, in CPython's order.
    pub warnings: Vec<Warning>,
}

impl Ast {
    /// The whole of a tree.
    pub(super) fn of(tree: &Tree) -> Self {
        Self { root: Some(plain_tree(tree)), warnings: Vec::new() }
    }

    /// The node at the root.
    pub fn root(&self) -> &Node {
        self.root.as_ref().expect("the root is taken when the tree is dropped")
    }
}

/// Levels of [`Node`] and [`Value`] for one of the compiler's tree.
const LEVELS: u32 = 4;

impl Drop for Ast {
    fn drop(&mut self) {
        stack::drop_deep(self.root.take(), lower::MAX_DEPTH * LEVELS);
    }
}

/// The tree of a source, or what CPython would say is wrong with it.
pub fn ast(source: &SourceFile, options: AstOptions) -> Result<Ast, CompileError> {
    if options.input == Input::FunctionType {
        return function_type(source, options);
    }
    let mode = match options.input {
        Input::File | Input::FunctionType => Mode::Exec,
        Input::Expression => Mode::Eval,
        Input::Statement => Mode::Single,
    };
    let parsing = Parsing { type_comments: options.type_comments, has_flufl: false };
    let arena = Arena::default();
    let names = Names::new(&arena);
    let (mut tree, mut warnings) = syntax::parse(source, mode, parsing, &names)?;
    check_version(&tree, source, options)?;
    // CPython looks for the features of the future, and warns of jumps out of `finally`, in any case.
    let future = future::future(&tree, 0, source.lines())?;
    let written = options.optimize.is_none().then(|| plain_tree(&tree));
    let optimize = options.optimize.unwrap_or(0);
    let found = preprocess::preprocess(&mut tree, &arena, optimize, future.features, source.lines());
    warnings.extend(found.warnings);
    let root = written.unwrap_or_else(|| plain_tree(&tree));
    Ok(Ast { root: Some(root), warnings })
}

fn function_type(source: &SourceFile, options: AstOptions) -> Result<Ast, CompileError> {
    let arena = Arena::default();
    let parsed = syntax::function_type(source, &Names::new(&arena))?;
    let mut plain = Vec::new();
    // CPython does not optimize these trees.
    for tree in parsed.argtypes.into_iter().chain([parsed.returns]) {
        check_version(&tree, source, options)?;
        if let Mod::Expression(expr) = &*tree.root {
            plain.push(expr.plain());
        }
    }
    let returns = plain.pop().unwrap_or(Value::Nothing);
    let fields = vec![("argtypes", Value::List(plain)), ("returns", returns)];
    let root = Node { kind: "FunctionType", fields, location: None };
    Ok(Ast { root: Some(root), warnings: parsed.warnings })
}

fn check_version(tree: &Tree, source: &SourceFile, options: AstOptions) -> Result<(), CompileError> {
    if options.feature_version >= version::NEWEST {
        return Ok(());
    }
    version::check(Ast::of(tree).root(), source, options.feature_version)
}

/// The whole of a tree.
fn plain_tree(tree: &Tree) -> Node {
    match &*tree.root {
        Mod::Module(body) => node!("Module", body = body, type_ignores = tree.type_ignores),
        Mod::Interactive(body) => node!("Interactive", body = body),
        Mod::Expression(body) => node!("Expression", body = body),
    }
}

/// What can be seen as plain data.
trait Plain {
    fn plain(&self) -> Value;
}

impl<T: Plain + ?Sized> Plain for &T {
    fn plain(&self) -> Value {
        (**self).plain()
    }
}

impl<T: Plain + ?Sized> Plain for &mut T {
    fn plain(&self) -> Value {
        (**self).plain()
    }
}

impl<T: Plain> Plain for Option<T> {
    fn plain(&self) -> Value {
        self.as_ref().map_or(Value::Nothing, Plain::plain)
    }
}

impl<T: Plain> Plain for Vec<T> {
    fn plain(&self) -> Value {
        Value::List(self.iter().map(Plain::plain).collect())
    }
}

impl<T: Plain> Plain for List<'_, T> {
    fn plain(&self) -> Value {
        Value::List(self.iter().map(Plain::plain).collect())
    }
}

impl Plain for Rc<str> {
    fn plain(&self) -> Value {
        Value::Text(Rc::clone(self))
    }
}

impl Plain for str {
    fn plain(&self) -> Value {
        Value::Text(self.into())
    }
}

impl Plain for Name<'_> {
    fn plain(&self) -> Value {
        Value::Text(self.text())
    }
}

impl Plain for Const {
    fn plain(&self) -> Value {
        Value::Const(self.clone())
    }
}

impl Plain for bool {
    fn plain(&self) -> Value {
        Value::Int(i64::from(*self))
    }
}

impl Plain for u32 {
    fn plain(&self) -> Value {
        Value::Int(i64::from(*self))
    }
}

impl Plain for i32 {
    fn plain(&self) -> Value {
        Value::Int(i64::from(*self))
    }
}

/// A [`Node`] with its fields; with `at`, one that has a position.
macro_rules! node {
    ($kind:expr, at $location:expr $(, $field:ident = $value:expr)* $(,)?) => {
        $crate::compile::ast::Node {
            kind: $kind,
            fields: vec![$((stringify!($field), $crate::compile::ast::Plain::plain(&$value))),*],
            location: Some($location),
        }
    };
    ($kind:expr $(, $field:ident = $value:expr)* $(,)?) => {
        $crate::compile::ast::Node {
            kind: $kind,
            fields: vec![$((stringify!($field), $crate::compile::ast::Plain::plain(&$value))),*],
            location: None,
        }
    };
}
use node;
