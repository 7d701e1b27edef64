//! Code objects as rows, one an instruction, with what arguments mean and where jumps go.
//!
//! The rows are those of CPython's `dis`; how a constant is written is left to who shows them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::exceptiontable::{self, Handler};
use super::{CodeObject, CodeUnit, Const, Location, Opcode, linetable, operand};
use crate::code::opcode::ArgKind;

/// What an argument means.
#[derive(Clone, Debug)]
pub enum Meaning<'code> {
    /// There is nothing to say.
    None,
    /// A constant of the code object.
    Const(&'code Const),
    /// A name, an operator, a label: as `dis` shows it.
    Text(Cow<'code, str>),
}

/// An instruction, or an `EXTENDED_ARG` before one.
#[derive(Clone, Debug)]
pub struct Row<'code> {
    /// Where it stands.
    pub at: CodeUnit,
    /// The opcode's byte.
    pub byte: u8,
    /// The opcode; `None` for a byte that is none.
    pub opcode: Option<Opcode>,
    /// The argument with its `EXTENDED_ARG`s, where the opcode takes one.
    pub arg: Option<u32>,
    /// What the argument means.
    pub meaning: Meaning<'code>,
    /// The number of the label that stands here, from 1.
    pub label: Option<u32>,
    /// Where it may jump to.
    pub target: Option<CodeUnit>,
    /// The source line, where there is one.
    pub line: Option<u32>,
    /// Whether another line begins here.
    pub starts_line: bool,
    /// Where it comes from.
    pub location: Location,
}

impl Row<'_> {
    /// The opcode's name, or its number in angle brackets.
    pub fn name(&self) -> Cow<'static, str> {
        self.opcode.map_or_else(|| format!("<{}>", self.byte).into(), |opcode| opcode.name().into())
    }

    /// Inline cache units behind it.
    pub fn caches(&self) -> u8 {
        self.opcode.map_or(0, Opcode::caches)
    }
}

/// A code object as rows.
#[derive(Clone, Debug)]
pub struct Listing<'code> {
    /// The instructions in order.
    pub rows: Vec<Row<'code>>,
    /// The exception table.
    pub handlers: Vec<Handler>,
    /// Where the labels stand, in order; the first is label 1.
    pub labels: Vec<CodeUnit>,
}

impl Listing<'_> {
    /// The number of the label at `place`, from 1.
    pub fn label(&self, place: CodeUnit) -> Option<u32> {
        label(&self.labels, place)
    }
}

fn label(labels: &[CodeUnit], place: CodeUnit) -> Option<u32> {
    labels.binary_search(&place).ok().map(|index| index as u32 + 1)
}

/// The rows of a code object.  Code that no compiler writes gives rows, too: with the numbers of
/// unknown opcodes, and nothing where an argument points nowhere.
pub fn disassemble(code: &CodeObject) -> Listing<'_> {
    let mut rows = decode(code);
    let locals = &code.localsplusnames;
    let tables = Tables { consts: &code.consts, names: &code.names, locals, free: locals };
    let handlers = exceptiontable::decode(&code.exceptiontable).unwrap_or_default();
    let mut places: BTreeSet<CodeUnit> = rows.iter().filter_map(|row| row.target).collect();
    places.extend(handlers.iter().flat_map(|handler| [handler.start, handler.end, handler.target]));
    let labels: Vec<CodeUnit> = places.into_iter().collect();
    let mut line_starts = linetable::line_starts(&code.linetable, code.firstlineno).into_iter().peekable();
    let mut locations = linetable::entries(&code.linetable, code.firstlineno).peekable();
    let mut line = None;
    for row in &mut rows {
        while let Some((start, new_line)) = line_starts.next_if(|&(start, _)| start <= row.at) {
            // A line that begins inside an instruction's cache begins nowhere.
            if start == row.at {
                line = new_line;
                row.starts_line = true;
            }
        }
        row.line = line;
        while locations.next_if(|entry| entry.end <= row.at).is_some() {}
        row.location = locations.peek().map_or(Location::NONE, |entry| entry.location);
        row.label = label(&labels, row.at);
        if let Some(opcode) = row.opcode
            && let Some(arg) = row.arg
        {
            row.meaning = meaning(tables, opcode, arg, row.target.and_then(|target| label(&labels, target)));
        }
    }
    Listing { rows, handlers, labels }
}

/// Opcodes, arguments and jump targets.
fn decode(code: &CodeObject) -> Vec<Row<'_>> {
    let mut rows = Vec::with_capacity(code.code.len() / 4);
    let mut extended = 0u32;
    let mut at = 0;
    while let Some(&[byte, low]) = code.code.get(at..at + 2) {
        let unit = CodeUnit::from_bytes(at as u32);
        let opcode = Opcode::from_byte(byte);
        let arg = opcode.filter(|opcode| opcode.has_arg()).map(|_| extended | u32::from(low));
        extended = match (opcode, arg) {
            (Some(Opcode::EXTENDED_ARG), Some(arg)) => arg << 8,
            _ => 0,
        };
        let behind = unit.plus(1 + u32::from(opcode.map_or(0, Opcode::caches)));
        let target = match (opcode.map(|opcode| opcode.info().arg), arg) {
            (Some(ArgKind::JumpForward), Some(arg)) => behind.0.checked_add(arg).map(CodeUnit),
            (Some(ArgKind::JumpBackward), Some(arg)) => behind.0.checked_sub(arg).map(CodeUnit),
            _ => None,
        };
        rows.push(Row {
            at: unit,
            byte,
            opcode,
            arg,
            meaning: Meaning::None,
            label: None,
            target,
            line: None,
            starts_line: false,
            location: Location::NONE,
        });
        at = behind.bytes() as usize;
    }
    rows
}

/// The tables that arguments index.
#[derive(Clone, Copy)]
pub struct Tables<'code> {
    /// The constants.
    pub consts: &'code [Const],
    /// The names of globals and attributes.
    pub names: &'code [Rc<str>],
    /// The names of what [`ArgKind::Local`] counts.
    pub locals: &'code [Rc<str>],
    /// The names of what [`ArgKind::Free`] counts: the same, but cells and free variables alone as long as a
    /// code unit is being compiled.
    pub free: &'code [Rc<str>],
}

/// What an argument means; `label` is that of the place a jump leads to.
pub fn meaning(code: Tables<'_>, opcode: Opcode, arg: u32, label: Option<u32>) -> Meaning<'_> {
    let local = |index: u32| code.locals.get(index as usize).map(|name| Cow::Borrowed(&**name));
    let free = |index: u32| code.free.get(index as usize).map(|name| Cow::Borrowed(&**name));
    let entry = |table: &'static [&'static str], index: u32| {
        table.get(index as usize).map(|&name| Cow::Borrowed(name))
    };
    let text = match opcode.info().arg {
        ArgKind::Const => {
            return code.consts.get(arg as usize).map_or(Meaning::None, Meaning::Const);
        }
        ArgKind::Name => code.names.get((arg >> opcode.name_shift()) as usize).map(|name| match opcode {
            Opcode::LOAD_GLOBAL if arg & 1 != 0 => format!("{name} + NULL").into(),
            Opcode::LOAD_ATTR | Opcode::LOAD_SUPER_ATTR if arg & 1 != 0 => {
                format!("{name} + NULL|self").into()
            }
            _ => Cow::Borrowed(&**name),
        }),
        ArgKind::Local if opcode != Opcode::LOAD_CLOSURE => local(arg),
        ArgKind::Local | ArgKind::Free => free(arg),
        ArgKind::LocalPair => {
            let pair = local(arg >> 4).zip(local(arg & 15));
            pair.map(|(first, second)| format!("{first}, {second}").into())
        }
        ArgKind::JumpForward | ArgKind::JumpBackward => label.map(|label| {
            let preposition = if opcode == Opcode::END_ASYNC_FOR { "from" } else { "to" };
            format!("{preposition} L{label}").into()
        }),
        ArgKind::Compare => {
            let operator = entry(&operand::COMPARISONS, arg >> 5);
            operator.map(|operator| if arg & 16 != 0 { format!("bool({operator})").into() } else { operator })
        }
        ArgKind::BinaryOperator => entry(&operand::BINARY_OPERATORS, arg),
        ArgKind::CommonConstant => entry(&operand::COMMON_CONSTANTS, arg),
        ArgKind::SpecialMethod => entry(&operand::SPECIAL_METHODS, arg),
        ArgKind::Intrinsic1 => entry(&operand::INTRINSICS_1, arg),
        ArgKind::Intrinsic2 => entry(&operand::INTRINSICS_2, arg),
        ArgKind::Invert => Some(Cow::Borrowed(match (opcode, arg) {
            (Opcode::IS_OP, 0) => "is",
            (Opcode::IS_OP, _) => "is not",
            (_, 0) => "in",
            (_, _) => "not in",
        })),
        ArgKind::Number if opcode == Opcode::CONVERT_VALUE => entry(&operand::CONVERSIONS, arg),
        ArgKind::Number if opcode == Opcode::SET_FUNCTION_ATTRIBUTE => {
            let set = operand::FUNCTION_ATTRIBUTES.iter().enumerate().filter(|(bit, _)| arg >> bit & 1 != 0);
            Some(set.map(|(_, &name)| name).collect::<Vec<_>>().join(", ").into())
        }
        ArgKind::None | ArgKind::Number | ArgKind::SmallInt | ArgKind::Label => None,
    };
    text.filter(|text| !text.is_empty()).map_or(Meaning::None, Meaning::Text)
}
