//! The stages of a whole program: its text, its tree, its symbol table; and at the end its compiled file.

use std::fmt::Write as _;

use super::difference::difference;
use super::words::{short, tree_change};
use super::{Stage, StageRow, StageRowKind};
use crate::ast::{Tree, Value};
use crate::code::{Location, pyc};
use crate::compile::{Stages as Compiled, TreeChangeKind};
use crate::text::{ByteColumn, LineNumber, Position, SourceFile};

pub fn stages(compiled: &Compiled, source: &SourceFile) -> Vec<Stage> {
    let mut stages = vec![text(source)];
    let written = compiled.written.as_ref();
    stages.extend(written.map(|written| Stage {
        name: "tree",
        unit: None,
        title: "Syntax tree".to_owned(),
        says: "What the parser makes of the text: each thing the program says as a node, with the nodes it is \
               made of below it."
            .to_owned(),
        rows: tree(&written.tree),
    }));
    if !compiled.tree_changes.is_empty() {
        stages.push(preprocessed(compiled, source));
    }
    stages.push(symbols(compiled));
    stages
}

fn text(source: &SourceFile) -> Stage {
    let count = source.text().lines().count();
    let width = count.max(1).ilog10() as usize + 1;
    let line = |(index, line): (usize, &str)| {
        // A control character could tell a terminal to do something.
        let line: String =
            line.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect();
        StageRow::new(StageRowKind::Line, format!("{:>width$} {line}", index + 1))
    };
    Stage {
        name: "text",
        unit: None,
        title: format!("Text of {}", source.name()),
        says: "What the programmer wrote; columns in all that follows are counted in bytes of UTF-8, from 0."
            .to_owned(),
        rows: source.text().lines().enumerate().map(line).collect(),
    }
}

/// The nodes of a tree, each before those in it; what is no node stands behind the name of its node.
fn tree(tree: &Tree) -> Vec<StageRow> {
    let mut rows = Vec::new();
    let mut waiting = vec![(0, "", tree.node(tree.root()))];
    while let Some((depth, field, node)) = waiting.pop() {
        let mut text = "  ".repeat(depth);
        if !field.is_empty() {
            text.push_str(field);
            text.push_str(": ");
        }
        text.push_str(node.kind.name());
        let mut below = Vec::new();
        for (name, value) in node.named_fields() {
            match value {
                Value::Nothing => {}
                Value::Int(number) => _ = write!(text, " {name}={number}"),
                Value::Text(word) => _ = write!(text, " {name}={word}"),
                Value::Const(value) => _ = write!(text, " {name}={}", short(value)),
                // `Load`, `Add` and the like say all there is to say with their name.
                Value::Node(child) => match tree.node(*child) {
                    child if child.is_word() => _ = write!(text, " {name}={}", child.kind.name()),
                    child => below.push((depth + 1, name, child)),
                },
                Value::List(items) => {
                    let words: Vec<&str> = items.iter().filter_map(|item| word(tree, item)).collect();
                    if !words.is_empty() {
                        _ = write!(text, " {name}={}", words.join(","));
                    }
                    below.extend(items.iter().filter_map(|item| match item {
                        Value::Node(child) if word(tree, item).is_none() => {
                            Some((depth + 1, name, tree.node(*child)))
                        }
                        _ => None,
                    }));
                }
            }
        }
        waiting.extend(below.into_iter().rev());
        rows.push(StageRow::new(StageRowKind::Node, text).at(node.location.unwrap_or(Location::NONE)));
    }
    rows
}

/// An item of a list that says all with one word.
fn word<'tree>(tree: &Tree, item: &'tree Value) -> Option<&'tree str> {
    match item {
        Value::Text(word) => Some(word),
        Value::Node(node) => {
            Some(tree.node(*node)).filter(|node| node.is_word()).map(|node| node.kind.name())
        }
        Value::Nothing | Value::Int(_) | Value::Const(_) | Value::List(_) => None,
    }
}

fn preprocessed(compiled: &Compiled, source: &SourceFile) -> Stage {
    let mut rows = Vec::new();
    for change in &compiled.tree_changes {
        let kind = match change.kind {
            TreeChangeKind::Debug(_) | TreeChangeKind::Number(_) | TreeChangeKind::Format => {
                StageRowKind::Folded
            }
            TreeChangeKind::Docstring | TreeChangeKind::NoDocstring => StageRowKind::Change,
        };
        let text = tree_change(change, written(source, change.location));
        rows.push(StageRow::new(kind, text).at(change.location));
    }
    let before = compiled.written.as_ref().map(|written| tree(&written.tree)).unwrap_or_default();
    let after = compiled.tree.as_ref().map(|changed| tree(&changed.tree)).unwrap_or_default();
    difference(&before, &after, |row, mark| row.clone().marked(mark), &mut rows);
    Stage {
        name: "tree",
        unit: None,
        title: "Syntax tree after preprocessing".to_owned(),
        says: "The little that CPython folds in the tree itself; arithmetic on constants is left to the \
               control-flow graph."
            .to_owned(),
        rows,
    }
}

/// The source text at a location.
fn written(source: &SourceFile, at: Location) -> &str {
    let offset = |line: i32, column: i32| {
        let line = LineNumber(u32::try_from(line).ok()?);
        let column = ByteColumn(u32::try_from(column).ok()?);
        source.lines().offset(Position { line, column })
    };
    let range = offset(at.line, at.column).zip(offset(at.end_line, at.end_column));
    range.and_then(|(start, end)| source.text().get(start.index()..end.index())).unwrap_or_default()
}

fn symbols(compiled: &Compiled) -> Stage {
    let mut rows = Vec::new();
    for scope in &compiled.scopes {
        let indent = "  ".repeat(scope.depth);
        let line = if scope.line > 0 { format!(", line {}", scope.line) } else { String::new() };
        let head = format!("{indent}{} {}{line}", scope.kind, scope.name);
        rows.push(StageRow::new(StageRowKind::Scope, head));
        let width = scope.symbols.iter().map(|symbol| symbol.name.chars().count()).max().unwrap_or(0);
        for symbol in &scope.symbols {
            let text =
                format!("{indent}  {:width$}  {:15}  {}", symbol.name, symbol.scope, symbol.uses.join(", "));
            rows.push(StageRow::new(StageRowKind::Symbol, text.trim_end()));
        }
    }
    Stage {
        name: "symbols",
        unit: None,
        title: "Symbol table".to_owned(),
        says: "For each scope every name in it: where it is bound, which decides the instruction that loads it, \
               and how it is used."
            .to_owned(),
        rows,
    }
}

/// Bytes of a compiled file in a row.
const BYTES: usize = 16;

/// The stage of a compiled file.
pub fn pyc(bytes: &[u8]) -> Stage {
    let mut rows = Vec::new();
    let mut field = |name: &str, value: String| {
        rows.push(StageRow::new(StageRowKind::Field, format!("{name:8} {value}")));
    };
    match pyc::header(bytes) {
        Ok((source, _)) => {
            field("magic", format!("{} (CPython 3.14)", pyc::MAGIC_NUMBER));
            match source {
                pyc::Source::Timestamp { mtime, size } => {
                    field("flags", "0 (tied to its source by time and size)".to_owned());
                    field("mtime", format!("{mtime} seconds after 1970"));
                    field("size", format!("{size} bytes of source"));
                }
                pyc::Source::Hash { hash, checked } => {
                    let flags = if checked { 3 } else { 1 };
                    field("flags", format!("{flags} (tied to its source by a hash)"));
                    field("hash", hash.map(|byte| format!("{byte:02x}")).concat());
                }
            }
        }
        Err(error) => field("error", error.to_string()),
    }
    for (index, row) in bytes.chunks(BYTES).enumerate() {
        let hex: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        let plain = |&byte: &u8| if (b' '..=b'~').contains(&byte) { char::from(byte) } else { '.' };
        let text: String = row.iter().map(plain).collect();
        let text = format!("{:06x}  {:47}  {text}", index * BYTES, hex.join(" "));
        rows.push(StageRow::new(StageRowKind::Field, text));
    }
    Stage {
        name: "pyc",
        unit: None,
        title: "Compiled file".to_owned(),
        says: "What an import writes into __pycache__: 16 bytes of header, then the marshalled code object."
            .to_owned(),
        rows,
    }
}
