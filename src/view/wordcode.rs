//! The Wordcode pane: one row per instruction of a code object, and where in it a frame stands.
//!
//! The rows of a code object never change, so they are made once, as a [`Listing`]; only
//! [`WordcodePane`] is made anew each step.

use std::borrow::Cow;
use std::rc::Rc;

use serde::Serialize;

use super::arrows::{Arrow, arrows};
use super::source::Span;
use crate::code::Opcode;
use crate::code::disassemble::{self, Meaning};
use crate::machine::heap::Heap;
use crate::machine::object::code::LoadedCode;

/// Constants longer than this are cut in the listing.
const LONGEST_CONSTANT: usize = 200;

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum RowKind {
    /// An instruction.
    Instruction,
    /// An `EXTENDED_ARG` before one.
    ExtendedArg,
    /// A unit of inline cache behind one.
    Cache,
}

/// One code unit of two bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordRow {
    /// Offset in `co_code`, in bytes.
    pub offset: u32,
    /// The two bytes: opcode and argument.
    pub bytes: [u8; 2],
    /// What the row stands for.
    pub kind: RowKind,
    /// The opcode's name.
    pub opcode: Cow<'static, str>,
    /// The argument with its `EXTENDED_ARG`s, where the opcode takes one.
    pub arg: Option<u32>,
    /// What the argument means: `x`, `1000`, `to L2`, `<`; empty where there is nothing to say.
    pub meaning: String,
    /// The number of the label that stands here.
    pub label: Option<u32>,
    /// The row this instruction may jump to.
    pub target: Option<usize>,
    /// Its place in the source.
    pub span: Option<Span>,
    /// Whether it is the first instruction of its source line in a row.
    pub starts_line: bool,
}

/// One entry of the exception table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HandlerRow {
    /// First protected offset, in bytes.
    pub start: u32,
    /// First offset behind the protected range, in bytes.
    pub end: u32,
    /// Where the handler starts, in bytes.
    pub target: u32,
    /// The label of the handler.
    pub label: Option<u32>,
    /// How deep the stack is cut before the handler runs.
    pub depth: u32,
    /// Whether the offset that raised is pushed too.
    pub lasti: bool,
}

/// A code object's rows.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// `co_qualname`.
    pub qualname: Rc<str>,
    /// One row per code unit, so that the row of offset `n` is `n / 2`.
    pub rows: Vec<WordRow>,
    /// The exception table.
    pub handlers: Vec<HandlerRow>,
    /// The rows that are executed, an `EXTENDED_ARG` being so too: all but inline caches, so that nobody has to look for them in each frame.
    pub instructions: Vec<usize>,
    /// The arrows of its jumps.
    pub arrows: Vec<Arrow>,
    /// The largest numbers and the longest name in the rows: how wide columns have to be.
    pub largest: Largest,
}

/// The largest of what stands in the rows of a listing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Largest {
    /// Source line.
    pub line: Option<u32>,
    /// Label.
    pub label: Option<u32>,
    /// Offset in bytes.
    pub offset: u32,
    /// Argument.
    pub arg: u32,
    /// Length of an opcode's name.
    pub opcode: usize,
    /// How many lanes the arrows of jumps take.
    pub lanes: usize,
}

impl Listing {
    /// A listing with these rows.
    pub fn of_rows(qualname: Rc<str>, rows: Vec<WordRow>, handlers: Vec<HandlerRow>) -> Self {
        let is_instruction = |(_, row): &(usize, &WordRow)| row.kind != RowKind::Cache;
        let instructions = rows.iter().enumerate().filter(is_instruction).map(|(index, _)| index).collect();
        let jumps = rows.iter().enumerate().filter_map(|(from, row)| Some((from, row.target?)));
        let arrows = arrows(jumps);
        let largest = Largest {
            line: rows.iter().filter_map(|row| row.span.map(|span| span.line)).max(),
            label: rows.iter().filter_map(|row| row.label).max(),
            offset: rows.last().map_or(0, |row| row.offset),
            arg: rows.iter().filter_map(|row| row.arg).max().unwrap_or(0),
            opcode: rows.iter().map(|row| row.opcode.len()).max().unwrap_or(0),
            lanes: arrows.iter().map(|arrow| arrow.lane + 1).max().unwrap_or(0),
        };
        Self { qualname, rows, handlers, instructions, arrows, largest }
    }

    /// The rows of a code object that the machine runs.
    pub fn new(code: &LoadedCode, heap: &Heap) -> Self {
        let plain = disassemble::disassemble(&code.code);
        let mut rows = Vec::with_capacity(code.code.code.len() / 2);
        for row in &plain.rows {
            let meaning = match &row.meaning {
                Meaning::None => String::new(),
                Meaning::Text(text) => text.to_string(),
                Meaning::Const(_) => {
                    let constant = row.arg.and_then(|arg| code.consts.get(arg as usize));
                    constant.map_or_else(String::new, |constant| heap.brief(*constant, LONGEST_CONSTANT))
                }
            };
            let span = Span::of(row.location);
            rows.push(WordRow {
                offset: row.at.bytes(),
                bytes: [row.byte, code.unit(row.at).map_or(0, |(_, arg)| arg)],
                kind: match row.opcode {
                    Some(Opcode::EXTENDED_ARG) => RowKind::ExtendedArg,
                    _ => RowKind::Instruction,
                },
                opcode: row.name(),
                arg: row.arg,
                meaning,
                label: row.label,
                target: row.target.map(|target| target.0 as usize),
                span,
                starts_line: row.starts_line,
            });
            for behind in 1..=u32::from(row.caches()) {
                let Some((byte, arg)) = code.unit(row.at.plus(behind)) else { break };
                rows.push(WordRow {
                    offset: row.at.plus(behind).bytes(),
                    bytes: [byte, arg],
                    kind: RowKind::Cache,
                    opcode: Cow::Borrowed(Opcode::CACHE.name()),
                    arg: None,
                    meaning: String::new(),
                    label: None,
                    target: None,
                    span,
                    starts_line: false,
                });
            }
        }
        let handlers = plain.handlers.iter().map(|handler| HandlerRow {
            start: handler.start.bytes(),
            end: handler.end.bytes(),
            target: handler.target.bytes(),
            label: plain.label(handler.target),
            depth: handler.depth,
            lasti: handler.push_lasti,
        });
        Self::of_rows(Rc::clone(&code.code.qualname), rows, handlers.collect())
    }
}

/// The jump that the current instruction may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Jump {
    /// The row it goes to.
    pub target: usize,
    /// Whether it will be taken, where that can be told before it runs.
    pub taken: Option<bool>,
}

/// The Wordcode pane.
#[derive(Clone, Debug, Default, Serialize)]
pub struct WordcodePane {
    /// The code object of the selected frame; `None` where it is not a Python frame.
    pub listing: Option<Rc<Listing>>,
    /// Whether it is another code object, which the user has chosen to look at.
    pub chosen: bool,
    /// The row that runs next, or at which the frame stopped for a call.
    pub current: Option<usize>,
    /// The values the current instruction works on, with their operator: `40 + 2`.
    pub operands: String,
    /// What it will push, where that can be told before it runs.
    pub result: String,
    /// Where it may jump.
    pub jump: Option<Jump>,
    /// Rows with a breakpoint, in order.
    pub breakpoints: Vec<usize>,
}
