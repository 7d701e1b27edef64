//! Trees as the text of `python -m ast`.

use crate::ast::{Node, Tree, Value};
use crate::code::{CodeObject, Const, Text};
use crate::view::constant;

/// What is shown, as the options of `python -m ast` say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DumpOptions {
    /// `-a`: positions too.
    pub include_attributes: bool,
    /// `-i`: blanks a level.
    pub indent: usize,
    /// `--show-empty`: empty lists too.
    pub show_empty: bool,
}

/// A node whose fields are so few and so simple that it takes one line.
const FEW: usize = 3;

/// What is still to be written, the next one last: trees may be nested more deeply than a stack allows.
enum Piece<'tree> {
    Text(&'static str),
    Field(&'static str),
    Value(&'tree Value, usize),
    Number(i64),
    NewLine(usize),
}

/// A tree, with a line end behind it.
pub fn dump(tree: &Tree, options: DumpOptions) -> String {
    let mut out = String::new();
    let mut waiting = vec![Piece::Text("\n")];
    let mut behind = Vec::new();
    node(tree, tree.node(tree.root()), 0, options, &mut behind);
    waiting.extend(behind.drain(..).rev());
    while let Some(piece) = waiting.pop() {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Field(name) => {
                out.push_str(name);
                out.push('=');
            }
            Piece::Number(number) => out.push_str(&number.to_string()),
            Piece::NewLine(level) => {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', options.indent * level));
            }
            Piece::Value(value, level) => {
                match value {
                    Value::Nothing => out.push_str("None"),
                    Value::Int(number) => out.push_str(&number.to_string()),
                    Value::Text(text) => out.push_str(&repr(&Const::Str(Text::Unicode(text.clone())))),
                    Value::Const(value) => out.push_str(&repr(value)),
                    Value::Node(child) => node(tree, tree.node(*child), level, options, &mut behind),
                    Value::List(items) => list(items, level, &mut behind),
                }
                waiting.extend(behind.drain(..).rev());
            }
        }
    }
    out
}

/// The `repr` of a constant; there are no code objects in a tree.
pub(crate) fn repr(value: &Const) -> String {
    constant::text(value, &|_: &CodeObject| 0)
}

fn list<'tree>(items: &'tree [Value], level: usize, pieces: &mut Vec<Piece<'tree>>) {
    if items.is_empty() {
        return pieces.push(Piece::Text("[]"));
    }
    pieces.push(Piece::Text("["));
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            pieces.push(Piece::Text(","));
        }
        pieces.extend([Piece::NewLine(level + 1), Piece::Value(item, level + 1)]);
    }
    pieces.push(Piece::Text("]"));
}

fn node<'tree>(
    tree: &'tree Tree,
    node: &'tree Node,
    level: usize,
    options: DumpOptions,
    pieces: &mut Vec<Piece<'tree>>,
) {
    let fields = || shown(node, options);
    let positions = node.location.filter(|_| options.include_attributes);
    let positions = positions.map(|at| {
        [
            ("lineno", at.line),
            ("col_offset", at.column),
            ("end_lineno", at.end_line),
            ("end_col_offset", at.end_column),
        ]
    });
    let count = fields().count() + positions.map_or(0, |positions| positions.len());
    let on_one_line = count <= FEW && fields().all(|(_, value)| is_simple(tree, value, options));
    pieces.extend([Piece::Text(node.kind.name()), Piece::Text("(")]);
    let mut first = true;
    let mut next = |pieces: &mut Vec<Piece<'tree>>| {
        if on_one_line {
            pieces.push(Piece::Text(if first { "" } else { ", " }));
        } else {
            pieces.extend([Piece::Text(if first { "" } else { "," }), Piece::NewLine(level + 1)]);
        }
        first = false;
    };
    for (name, value) in fields() {
        next(pieces);
        pieces.extend([Piece::Field(name), Piece::Value(value, level + 1)]);
    }
    for (name, number) in positions.into_iter().flatten() {
        next(pieces);
        pieces.extend([Piece::Field(name), Piece::Number(i64::from(number))]);
    }
    pieces.push(Piece::Text(")"));
}

/// The fields that are not left out.
fn shown(node: &Node, options: DumpOptions) -> impl Iterator<Item = (&'static str, &Value)> {
    node.named_fields().filter(move |(_, value)| match value {
        Value::Nothing => false,
        Value::List(items) => options.show_empty || !items.is_empty(),
        Value::Int(_) | Value::Text(_) | Value::Const(_) | Value::Node(_) => true,
    })
}

/// Whether a value may stand on a line with others: a node only if nothing of it is shown but its name.
fn is_simple(tree: &Tree, value: &Value, options: DumpOptions) -> bool {
    match value {
        Value::Nothing | Value::Int(_) | Value::Text(_) | Value::Const(_) => true,
        Value::List(items) => items.is_empty(),
        Value::Node(node) => {
            let node = tree.node(*node);
            let has_position = options.include_attributes && node.location.is_some();
            !has_position && shown(node, options).next().is_none()
        }
    }
}
