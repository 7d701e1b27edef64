//! The compiler's tree of one that is plain data, as a program makes trees of its own.
//!
//! Here is refused what no source could say: an empty body, a number where a name must be, a place that ends before it
//! begins.  Conditions and words are CPython's.  That each field holds what its class says is known already.

mod expr;
mod pattern;
mod stmt;

use super::error::{CompileError, ErrorKind};
use super::lower::MAX_DEPTH;
use super::names::Names;
use super::sequence::Location;
use super::tree::{Expr, List, Mod, Name, NodeId, Tree, TypeIgnore};
use super::{Mode, stack};
use crate::ast::{self, Node, Value};

type Restored<T> = Result<T, CompileError>;

/// The compiler's tree of a plain one, whose root is what `mode` compiles.
pub fn tree<'a>(plain: &ast::Tree, mode: Mode, names: &Names<'a>) -> Restored<Tree<'a>> {
    let mut restore = Restore { tree: plain, names, next_id: 1, depth: 0 };
    let root = plain.node(plain.root());
    let (root, type_ignores) = match mode {
        Mode::Exec => {
            let [body, ignores] = fields(root);
            (Mod::Module(restore.stmts(body)?), restore.type_ignores(ignores))
        }
        Mode::Single => {
            let [body] = fields(root);
            (Mod::Interactive(restore.stmts(body)?), Vec::new())
        }
        Mode::Eval => {
            let [body] = fields(root);
            (Mod::Expression(restore.boxed(body)?), Vec::new())
        }
    };
    Ok(Tree { root: names.arena().node(root), nodes: restore.next_id, type_ignores })
}

/// The types of arguments and of what is returned, the last, in the plain tree of a function's type comment.
pub fn function_type<'a>(plain: &ast::Tree, names: &Names<'a>) -> Restored<(List<'a, Expr<'a>>, Expr<'a>)> {
    let mut restore = Restore { tree: plain, names, next_id: 1, depth: 0 };
    let [argtypes, returns] = fields(plain.node(plain.root()));
    Ok((restore.exprs(argtypes)?, restore.expr(returns)?))
}

/// The walk over a plain tree.
struct Restore<'t, 'n, 'a> {
    tree: &'t ast::Tree,
    names: &'n Names<'a>,
    next_id: u32,
    depth: u32,
}

/// All fields of a node.
fn fields<const N: usize>(node: &Node) -> &[Value; N] {
    (&*node.fields).try_into().expect("a node has the fields of its class")
}

fn items(value: &Value) -> &[Value] {
    match value {
        Value::List(items) => items,
        Value::Nothing | Value::Int(_) | Value::Text(_) | Value::Const(_) | Value::Node(_) => {
            panic!("a field for many things holds a list")
        }
    }
}

/// A flag or a number.
fn int(value: &Value) -> i64 {
    match value {
        Value::Int(number) => *number,
        // A level that is left out.
        Value::Nothing => 0,
        Value::Text(_) | Value::Const(_) | Value::Node(_) | Value::List(_) => {
            panic!("a number was to be there")
        }
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Nothing => None,
        Value::Int(_) | Value::Const(_) | Value::Node(_) | Value::List(_) => panic!("a text was to be there"),
    }
}

fn invalid(message: impl Into<String>) -> CompileError {
    CompileError::nowhere(ErrorKind::Value, message)
}

fn wrong_type(message: impl Into<String>) -> CompileError {
    CompileError::nowhere(ErrorKind::Type, message)
}

/// What must not be empty.
fn filled<'t>(value: &'t Value, what: &str, node: &Node) -> Restored<&'t Value> {
    if items(value).is_empty() {
        return Err(invalid(format!("empty {what} on {}", node.kind.name())));
    }
    Ok(value)
}

/// The place of a node, which must end where it begins or behind.
fn location(node: &Node) -> Restored<Location> {
    let at = node.location.expect("a node of this class has a place");
    if at.line > at.end_line {
        return Err(invalid(format!("AST node line range ({}, {}) is not valid", at.line, at.end_line)));
    }
    if at.line < 0 && at.line != at.end_line || at.column < 0 && at.column != at.end_column {
        let (columns, lines) = ((at.column, at.end_column), (at.line, at.end_line));
        return Err(invalid(format!(
            "AST node column range {columns:?} for line range {lines:?} is not valid"
        )));
    }
    if at.line == at.end_line && at.column > at.end_column {
        let message =
            format!("line {}, column {}-{} is not a valid range", at.line, at.column, at.end_column);
        return Err(invalid(message));
    }
    // Below 0 there are no lines; the code generator has a meaning of its own for such numbers.
    Ok(if at.line < 0 { Location::NONE } else { at })
}

impl<'t, 'a> Restore<'t, '_, 'a> {
    fn node(&self, value: &Value) -> &'t Node {
        match value {
            Value::Node(id) => self.tree.node(*id),
            Value::Nothing | Value::Int(_) | Value::Text(_) | Value::Const(_) | Value::List(_) => {
                panic!("a node was to be there")
            }
        }
    }

    /// `count` numbers in a row; the first of them.
    fn id(&mut self, count: u32) -> NodeId {
        let id = NodeId(self.next_id);
        self.next_id += count;
        id
    }

    /// A name, whatever it is.
    fn any_name(&self, value: &Value) -> Option<Name<'a>> {
        text(value).map(|name| self.names.get(name))
    }

    /// A name that something can be called.
    fn optional_name(&self, value: &Value) -> Restored<Option<Name<'a>>> {
        match text(value) {
            Some(name @ ("None" | "True" | "False")) => {
                Err(invalid(format!("identifier field can't represent '{name}' constant")))
            }
            name => Ok(name.map(|name| self.names.get(name))),
        }
    }

    fn name(&self, value: &Value) -> Restored<Name<'a>> {
        Ok(self.optional_name(value)?.expect("a name was to be there"))
    }

    /// Names of a list.
    fn names_of(&self, value: &Value) -> List<'a, Name<'a>> {
        self.names.arena().collect(items(value).iter().filter_map(|name| self.any_name(name)))
    }

    fn type_comment(&self, value: &Value) -> Option<&'a str> {
        text(value).map(|text| self.names.arena().text(text))
    }

    fn type_ignores(&self, value: &Value) -> Vec<TypeIgnore> {
        let ignore = |item| {
            let [line, tag] = fields(self.node(item));
            let line = u32::try_from(int(line)).unwrap_or_default();
            TypeIgnore { line, tag: text(tag).unwrap_or_default().into() }
        };
        items(value).iter().map(ignore).collect()
    }

    /// What `restore` makes of each item.
    fn all<T>(
        &mut self,
        values: &Value,
        mut restore: impl FnMut(&mut Self, &Value) -> Restored<T>,
    ) -> Restored<List<'a, T>> {
        let values = items(values);
        let mut list = self.names.arena().list(values.len());
        for value in values {
            list.push(restore(self, value)?);
        }
        Ok(list.done())
    }

    /// One level further in.
    fn deeper<T>(&mut self, restore: impl FnOnce(&mut Self) -> Restored<T>) -> Restored<T> {
        if self.depth == MAX_DEPTH {
            let message = "maximum recursion depth exceeded during compilation";
            return Err(CompileError::nowhere(ErrorKind::Recursion, message));
        }
        self.depth += 1;
        let restored = stack::grow(|| restore(self));
        self.depth -= 1;
        restored
    }
}
