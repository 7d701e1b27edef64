//! What an older Python 3 does not know, as far as CPython's parser checks that when it is told to read as
//! an older one.

use crate::ast::{Kind, Node, NodeId, Tree, Value};
use crate::code::Const;
use crate::compile::error::CompileError;
use crate::compile::lines;
use crate::text::SourceFile;

/// N of the Python 3.N whose language this is.
pub const NEWEST: u8 = 14;

/// Refuses what Python 3.`version` does not know.
pub fn check(tree: &Tree, source: &SourceFile, version: u8) -> Result<(), CompileError> {
    // A node is complete, and so checked, behind the nodes in it: of those found the one that ends first.
    let mut first: Option<(&Node, u8, &str)> = None;
    let root = tree.node(tree.root());
    let mut waiting = vec![(root, root)];
    while let Some((node, placed)) = waiting.pop() {
        let placed = if node.location.is_some() { node } else { placed };
        if let Some((needed, what)) = needs(tree, node, source).filter(|&(needed, _)| needed > version)
            && first.is_none_or(|(found, ..)| end(placed) <= end(found))
        {
            first = Some((placed, needed, what));
        }
        for value in &node.fields {
            let items = if let Value::List(items) = value { items } else { std::slice::from_ref(value) };
            waiting.extend(items.iter().filter_map(|item| match item {
                Value::Node(child) => Some((tree.node(*child), placed)),
                Value::Nothing | Value::Int(_) | Value::Text(_) | Value::Const(_) | Value::List(_) => None,
            }));
        }
    }
    match first {
        None => Ok(()),
        Some((node, needed, what)) => {
            let message = format!("{what} only supported in Python 3.{needed} and greater");
            let range = node.location.map_or(0..0, |location| lines::range(source.lines(), location));
            Err(CompileError::syntax(message, range))
        }
    }
}

fn end(node: &Node) -> (i32, i32) {
    node.location.map_or((0, 0), |location| (location.end_line, location.end_column))
}

/// The N of the first Python 3.N that knows a node, and what to call it, where CPython checks that.
fn needs(tree: &Tree, node: &Node, source: &SourceFile) -> Option<(u8, &'static str)> {
    let has = |name: &str| match node.field(name) {
        Some(Value::List(items)) => !items.is_empty(),
        Some(Value::Int(number)) => *number != 0,
        Some(Value::Node(_) | Value::Text(_) | Value::Const(_)) => true,
        Some(Value::Nothing) | None => false,
    };
    Some(match node.kind.name() {
        "AnnAssign" if has("simple") => (6, "Variable annotation syntax is"),
        "AnnAssign" => (6, "Variable annotations syntax is"),
        "AsyncFunctionDef" => (5, "Async functions are"),
        "AsyncFor" => (5, "Async for loops are"),
        "AsyncWith" => (5, "Async with statements are"),
        "Await" => (5, "Await expressions are"),
        "MatMult" => (5, "The '@' operator is"),
        "comprehension" if has("is_async") => (6, "Async comprehensions are"),
        "Constant" if is_number_with_underscore(node, source) => (6, "Underscores in numeric literals are"),
        "NamedExpr" => (8, "Assignment expressions are"),
        "arguments" if has("posonlyargs") => (8, "Positional-only parameters are"),
        "Match" => (10, "Pattern matching is"),
        "TryStar" => (11, "Exception groups are"),
        "TypeAlias" => (12, "Type statement is"),
        "TypeVar" | "ParamSpec" | "TypeVarTuple" if has("default_value") => {
            (13, "Type parameter defaults are")
        }
        "TypeVar" | "ParamSpec" | "TypeVarTuple" => (12, "Type parameter lists are"),
        "TemplateStr" => (14, "t-strings are"),
        "ExceptHandler" if matches!(node.field("type"), Some(Value::Node(types)) if is_bare_tuple(tree, *types)) => {
            (14, "except expressions without parentheses are")
        }
        _ => return None,
    })
}

fn is_number_with_underscore(node: &Node, source: &SourceFile) -> bool {
    let is_number = matches!(
        node.field("value"),
        Some(Value::Const(Const::Int(_) | Const::Float(_) | Const::Complex(..)))
    );
    let Some(location) = node.location else { return false };
    is_number && {
        let range = lines::range(source.lines(), location);
        source.text().get(range.start as usize..range.end as usize).is_some_and(|text| text.contains('_'))
    }
}

/// Whether a node is a tuple without parentheses: it begins where its first item does.
fn is_bare_tuple(tree: &Tree, node: NodeId) -> bool {
    let node = tree.node(node);
    let Some(Value::List(items)) = node.field("elts") else { return false };
    let begin = |node: &Node| node.location.map(|location| (location.line, location.column));
    node.kind == const { Kind::named("Tuple") }
        && matches!(items.first(), Some(Value::Node(first)) if begin(tree.node(*first)) == begin(node))
}
