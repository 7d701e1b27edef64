//! The parser's tree to CPython's tree.
//!
//! Every node gets the position CPython's parser gives it, and every node that opens a scope a
//! [`NodeId`].  Nothing is checked here but what cannot be represented.

mod expr;
mod fstring;
mod literal;
mod pattern;
mod stmt;

use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::arena::{Arena, Growing};
use super::error::{CompileError, ErrorKind, Warning};
use super::lines::Locator;
use super::names::Names;
use super::sequence::Location;
use super::stack;
use super::tree::{ExprKind, List, Mod, Name, NodeId, Tree};
use super::type_comments::TypeComments;
use crate::code::Const;
use crate::text::SourceFile;

/// How deeply a tree may be nested; a deeper one is refused as CPython refuses it.
pub const MAX_DEPTH: u32 = 30_000;

/// What a module's statements are compiled as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// A file.
    Module,
    /// What was typed at a prompt.
    Interactive,
}

/// How deep a statement may be nested, blocks in it aside, that is dropped where the stack is as large as anywhere.
const SHALLOW: u32 = 100;

/// The tree of a whole module, of whose own tree little may be left; `depth` says how deep its statements are nested
/// at most.
pub fn module<'a>(
    module: &mut ast::ModModule,
    depth: u32,
    body: Body,
    source: &SourceFile,
    type_comments: Option<&TypeComments>,
    names: &Names<'a>,
) -> Result<(Tree<'a>, Vec<Timed>), CompileError> {
    let mut lower = Lower::new(source, names);
    lower.type_comments = type_comments;
    lower.is_shallow = depth <= SHALLOW;
    let statements = lower.body(&mut module.body)?;
    let root = match body {
        Body::Module => Mod::Module(statements),
        Body::Interactive => Mod::Interactive(statements),
    };
    let type_ignores = type_comments.map(|comments| comments.ignores.clone()).unwrap_or_default();
    let root = names.arena().node(root);
    Ok((Tree { root, nodes: lower.next_id, type_ignores }, lower.warnings))
}

/// The tree of an expression.
pub fn expression<'a>(
    expression: &ast::ModExpression,
    source: &SourceFile,
    names: &Names<'a>,
) -> Result<(Tree<'a>, Vec<Timed>), CompileError> {
    let mut lower = Lower::new(source, names);
    let root = Mod::Expression(lower.boxed(&expression.body)?);
    let root = names.arena().node(root);
    Ok((Tree { root, nodes: lower.next_id, type_ignores: Vec::new() }, lower.warnings))
}

/// A warning, and the byte that CPython has read when it gives it.
pub type Timed = (u32, Warning);

/// What the walk over the parser's tree carries along.
struct Lower<'s, 'a> {
    source: &'s str,
    type_comments: Option<&'s TypeComments>,
    locator: Locator<'s>,
    /// How many digits a decimal literal may have; 0 for any number.
    digit_limit: usize,
    next_id: u32,
    depth: u32,
    /// Whether what is lowered may be dropped at once.
    is_shallow: bool,
    /// Nodes so far that `preprocess` has to look at.
    to_preprocess: u32,
    /// How many format specifications are open.
    spec_depth: u32,
    names: &'s Names<'a>,
    warnings: Vec<Timed>,
}

type Lowered<T> = Result<T, CompileError>;

impl<'s, 'a> Lower<'s, 'a> {
    fn new(source: &'s SourceFile, names: &'s Names<'a>) -> Self {
        Self {
            source: source.text(),
            type_comments: None,
            locator: Locator::new(source.lines()),
            digit_limit: source.digit_limit(),
            next_id: 1,
            depth: 0,
            is_shallow: false,
            to_preprocess: 0,
            spec_depth: 0,
            names,
            warnings: Vec::new(),
        }
    }

    /// `count` numbers in a row; the first of them.
    fn id(&mut self, count: u32) -> NodeId {
        let id = NodeId(self.next_id);
        self.next_id += count;
        id
    }

    fn name(&self, name: &str) -> Name<'a> {
        self.names.get(name)
    }

    fn identifier(&mut self, identifier: Option<&ast::Identifier>) -> Option<Name<'a>> {
        identifier.map(|name| self.name(name.as_str()))
    }

    fn loc(&self, node: &impl Ranged) -> Location {
        self.location(node.range())
    }

    fn location(&self, range: TextRange) -> Location {
        self.span(range.start(), range.end())
    }

    fn span(&self, start: TextSize, end: TextSize) -> Location {
        self.locator.location(start.to_u32(), end.to_u32())
    }

    /// What the tree lies in.
    fn arena(&self) -> &'a Arena {
        self.names.arena()
    }

    /// A copy of a text in the arena.
    fn text(&self, text: &str) -> &'a str {
        self.arena().text(text)
    }

    /// A list of `room` nodes to come.
    fn list<T>(&self, room: usize) -> Growing<'a, T> {
        self.arena().list(room)
    }

    /// A constant that stands for itself.
    fn constant(&self, value: Const) -> ExprKind<'a> {
        ExprKind::Constant { value: self.arena().constant(value), u_prefix: false }
    }

    /// Each of `nodes` lowered.
    fn each<N, T>(
        &mut self,
        nodes: &[N],
        mut lower: impl FnMut(&mut Self, &N) -> Lowered<T>,
    ) -> Lowered<List<'a, T>> {
        let mut lowered = self.list(nodes.len());
        for node in nodes {
            lowered.push(lower(self, node)?);
        }
        Ok(lowered.done())
    }

    /// Goes one level down the tree, on a stack that is large enough.
    fn nested<T>(&mut self, visit: impl FnOnce(&mut Self) -> Lowered<T>) -> Lowered<T> {
        if self.depth >= MAX_DEPTH {
            return Err(CompileError::nowhere(
                ErrorKind::Recursion,
                "maximum recursion depth exceeded during compilation",
            ));
        }
        self.depth += 1;
        let result = stack::grow(|| visit(self));
        self.depth -= 1;
        result
    }
}
