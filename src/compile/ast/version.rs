//! What an older Python 3 does not know, as far as CPython's parser checks that when it is told to read as
//! an older one.

use super::{Node, Value};
use crate::code::Const;
use crate::compile::error::CompileError;
use crate::compile::lines;
use crate::text::SourceFile;

/// N of the Python 3.N whose language this is.
pub const NEWEST: u8 = 14;

/// Refuses what Python 3.`version` does not know.
pub fn check(root: &Node, source: &SourceFile, version: u8) -> Result<(), CompileError> {
    // A node is complete, and so checked, behind the nodes in it: of those found the one that ends first.
    let mut first: Option<(&Node, u8, &str)> = None;
    let mut waiting = vec![(root, root)];
    while let Some((node, placed)) = waiting.pop() {
        let placed = if node.location.is_some() { node } else { placed };
        if let Some((needed, what)) = needs(node, source).filter(|&(needed, _)| needed > version)
            && first.is_none_or(|(found, ..)| end(placed) <= end(found))
        {
            first = Some((placed, needed, what));
        }
        for (_, value) in &node.fields {
            match value {
                Value::Node(child) => waiting.push((child, placed)),
                Value::List(items) => waiting.extend(items.iter().filter_map(|item| match item {
                    Value::Node(child) => Some((child, placed)),
                    Value::Nothing | Value::Int(_) | Value::Text(_) | Value::Const(_) | Value::List(_) => {
                        None
                    }
                })),
                Value::Nothing | Value::Int(_) | Value::Text(_) | Value::Const(_) => {}
            }
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
fn needs(node: &Node, source: &SourceFile) -> Option<(u8, &'static str)> {
    let field = |name: &str| node.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value);
    let has = |name: &str| match field(name) {
        Some(Value::List(items)) => !items.is_empty(),
        Some(Value::Int(number)) => *number != 0,
        Some(Value::Node(_) | Value::Text(_) | Value::Const(_)) => true,
        Some(Value::Nothing) | None => false,
    };
    Some(match node.kind {
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
        "ExceptHandler" if matches!(field("type"), Some(Value::Node(types)) if is_bare_tuple(types)) => {
            (14, "except expressions without parentheses are")
        }
        _ => return None,
    })
}

fn is_number_with_underscore(node: &Node, source: &SourceFile) -> bool {
    let number = Some(("value", true));
    let is_number = |(name, value): &(&'static str, Value)| {
        let number = matches!(value, Value::Const(Const::Int(_) | Const::Float(_) | Const::Complex(..)));
        (*name, number)
    };
    let Some(location) = node.location else { return false };
    node.fields.first().map(is_number) == number && {
        let range = lines::range(source.lines(), location);
        source.text().get(range.start as usize..range.end as usize).is_some_and(|text| text.contains('_'))
    }
}

/// Whether a node is a tuple without parentheses: it begins where its first item does.
fn is_bare_tuple(node: &Node) -> bool {
    let Some(("elts", Value::List(items))) = node.fields.first() else { return false };
    let begin = |node: &Node| node.location.map(|location| (location.line, location.column));
    node.kind == "Tuple"
        && items
            .first()
            .is_some_and(|first| matches!(first, Value::Node(first) if begin(first) == begin(node)))
}
