//! `from __future__ import …`: which features a program asks for, and where the last such line is.

use super::error::CompileError;
use super::lines;
use super::sequence::Location;
use super::tree::{ImportFrom, Mod, Stmt, StmtKind, Tree, docstring};
use crate::code::flags;
use crate::text::LineIndex;

/// What a program asks of the future.
#[derive(Clone, Copy, Debug)]
pub struct Future {
    /// Bits of `co_flags`.
    pub features: u32,
    /// Whether `await` may stand outside of functions, whose module then is a coroutine.
    pub top_level_await: bool,
    /// Where the last of the imports is.
    location: Option<Location>,
}

impl Future {
    /// Whether a `from __future__ import` at `loc` comes too late.
    pub fn is_behind(&self, loc: Location) -> bool {
        let Some(last) = self.location else { return true };
        loc.line > last.line || loc.line == last.end_line && loc.column > last.end_column
    }
}

/// The features a program asks for, which must be its first statements.
pub fn future(tree: &Tree, inherited: u32, lines: &LineIndex) -> Result<Future, CompileError> {
    let mut future = Future {
        features: inherited & !flags::TOP_LEVEL_AWAIT,
        top_level_await: inherited & flags::TOP_LEVEL_AWAIT != 0,
        location: None,
    };
    let body: &[Stmt] = match &tree.root {
        Mod::Module(body) | Mod::Interactive(body) => body,
        Mod::Expression(_) => return Ok(future),
    };
    let first = usize::from(docstring(body).is_some());
    for stmt in &body[first..] {
        let StmtKind::ImportFrom(node) = &stmt.kind else { break };
        let ImportFrom { module: Some(module), names, level: 0 } = &**node else { break };
        if &**module != "__future__" {
            break;
        }
        for alias in names {
            future.features |= feature(&alias.name)
                .map_err(|message| CompileError::syntax(message, lines::range(lines, alias.loc)))?;
        }
        future.location = Some(stmt.loc);
    }
    Ok(future)
}

/// The bits of a feature; most have long been part of the language and need none.
fn feature(name: &str) -> Result<u32, String> {
    match name {
        "nested_scopes" | "generators" | "division" | "absolute_import" | "with_statement"
        | "print_function" | "unicode_literals" | "generator_stop" => Ok(0),
        "barry_as_FLUFL" => Ok(flags::FUTURE_BARRY_AS_BDFL),
        "annotations" => Ok(flags::FUTURE_ANNOTATIONS),
        "braces" => Err("not a chance".to_owned()),
        _ => Err(format!("future feature {name} is not defined")),
    }
}
