//! `wordcode trace`: one line for each instruction that is about to run, with the value stack.

use std::io::{self, Write};
use std::rc::Rc;

use serde::Serialize;

use crate::code::Opcode;
use crate::machine::frame::{Frame, PythonFrame};
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::output::Stream;
use crate::machine::value::{Kind, Slot, SlotKind, Value};
use crate::machine::{Machine, Outcome};
use crate::timeline::{self, Forward, Timeline};
use crate::view::compare::of_step;
use crate::view::{self, Explainer, IdentityRow};

/// The longest `repr` in a row, in characters.
const LONGEST: usize = 60;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One object of JSON a line.
    Json,
    /// One line of text.
    Text,
}

/// One instruction that is about to run.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The step that runs it.
    pub step: u64,
    /// How many Python frames of the script there are; the module is 1.
    pub depth: usize,
    /// `co_qualname`.
    pub code: Rc<str>,
    /// The source line.
    pub line: Option<u32>,
    /// Its offset in `co_code`, in bytes.
    pub offset: u32,
    /// The opcode.
    pub op: &'static str,
    /// The argument with its `EXTENDED_ARG`s, where the opcode takes one.
    pub arg: Option<u32>,
    /// The value stack, bottom first.
    pub stack: Vec<String>,
    /// What it asks, where that is an `is`, `==` or `in`, and what comes out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<IdentityRow>,
}

/// What one wants of a trace.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// How rows are written.
    pub form: Form,
    /// The most rows.
    pub limit: u64,
    /// The file whose code is traced, as code objects name it.
    pub file: &'a str,
}

/// Runs the program to its end, or for as many rows as wanted, and writes a row before each instruction; what
/// the program itself prints goes to `stdout` and `stderr`.  The exit status, if it ended.
pub fn trace(
    timeline: &mut Timeline,
    options: Options<'_>,
    explainer: &mut Explainer,
    rows: &mut impl Write,
    stdout: &mut impl Write,
    stderr: &mut impl Write,
) -> io::Result<Option<i32>> {
    let mut written = 0;
    let mut printed = 0;
    while written < options.limit {
        let mut row = None;
        let (machine, lines) = timeline.machine_and_lines();
        let is_of_file = |frame: &PythonFrame| *frame.code.code.filename == *options.file;
        if let Some(Frame::Python(frame)) = machine.thread().frames.last()
            && is_of_file(frame)
            // What objects do on their way out no tool sees in CPython either.
            && !machine.is_ending()
            && let Some((opcode, arg)) = timeline::instruction(frame)
        {
            row = Some(Row {
                step: machine.steps(),
                depth: machine.thread().python_frames().filter(|frame| is_of_file(frame)).count(),
                code: Rc::clone(&frame.code.code.qualname),
                line: lines.of(&frame.code.code, frame.next),
                offset: frame.next.bytes(),
                op: opcode.name(),
                arg: opcode.has_arg().then_some(arg),
                stack: frame.stack().iter().map(|slot| show(&machine.heap, *slot)).collect(),
                identity: None,
            });
        }
        // What comes of a comparison is known behind it only; its row is written all the same before what the
        // program prints next.
        let step = timeline.now().0 + 1;
        let waits = row.as_ref().is_some_and(|_| options.form == Form::Json && asks(timeline.machine()));
        if let Some(row) = row.take_if(|_| !waits) {
            write(rows, options.form, &row)?;
            written += 1;
        }
        let forward = timeline.forward();
        if let Some(mut row) = row {
            row.identity = identity(timeline.machine(), explainer, step);
            write(rows, options.form, &row)?;
            written += 1;
        }
        printed = print(timeline, printed, stdout, stderr)?;
        match forward {
            Forward::Ran => {}
            Forward::Ended | Forward::Asks => break,
        }
    }
    stdout.flush()?;
    Ok(timeline.machine().exit_status())
}

/// The most steps that are made on a copy in order to see what an `__eq__` written in Python gives.
const PATIENCE: u64 = 10_000;

/// Whether the next instruction may compare something.
fn asks(machine: &Machine) -> bool {
    let Some(frame) = timeline::running(machine) else { return false };
    matches!(
        timeline::instruction(frame),
        Some((
            Opcode::IS_OP
                | Opcode::COMPARE_OP
                | Opcode::CONTAINS_OP
                | Opcode::POP_JUMP_IF_NONE
                | Opcode::POP_JUMP_IF_NOT_NONE,
            _
        ))
    )
}

/// What the instruction that step `step` ran asked.  Where Python code is at work on the answer, a copy goes on
/// until it is there.
fn identity(machine: &Machine, explainer: &mut Explainer, step: u64) -> Option<IdentityRow> {
    let number = of_step(&machine.verdicts, step)?.number;
    let waits = |machine: &Machine| machine.verdicts.pending().iter().any(|verdict| verdict.number == number);
    if !waits(machine) {
        return explainer.of_step(machine, step);
    }
    let mut ahead = machine.clone();
    let mut patience = PATIENCE;
    while waits(&ahead) && patience > 0 && ahead.step() == Outcome::Ran {
        patience -= 1;
    }
    explainer.of_step(&ahead, step)
}

fn write(rows: &mut impl Write, form: Form, row: &Row) -> io::Result<()> {
    match form {
        Form::Json => {
            serde_json::to_writer(&mut *rows, row)?;
            writeln!(rows)
        }
        Form::Text => writeln!(rows, "{}", text(row)),
    }
}

/// Prints what the program wrote since the write number `printed`, and counts it.
pub fn print(
    timeline: &Timeline,
    printed: usize,
    stdout: &mut impl Write,
    stderr: &mut impl Write,
) -> io::Result<usize> {
    let output = &timeline.machine().output;
    for write in output.since(printed) {
        match write.stream {
            Stream::Stdout => stdout.write_all(write.bytes())?,
            Stream::Stderr => {
                stdout.flush()?;
                stderr.write_all(write.bytes())?;
            }
        }
    }
    Ok(output.len())
}

fn text(row: &Row) -> String {
    let line = row.line.map_or_else(String::new, |line| line.to_string());
    let arg = row.arg.map_or_else(String::new, |arg| arg.to_string());
    let indent = "  ".repeat(row.depth.saturating_sub(1).min(20));
    let Row { step, code, offset, op, stack, .. } = row;
    format!("{step:>6} {line:>5} {indent}{code} {offset:>4} {op:<22} {arg:<5} [{}]", stack.join(" | "))
}

/// A slot as the oracle shows it.
fn show(heap: &Heap, slot: Slot) -> String {
    match slot.kind() {
        SlotKind::Null => "NULL".to_owned(),
        SlotKind::Tagged(unit) => format!("tagged {unit}"),
        SlotKind::Owned(value) | SlotKind::Borrowed(value) => show_value(heap, value),
    }
}

fn show_value(heap: &Heap, value: Value) -> String {
    let class = heap.class_of(value);
    let kind = &heap.class(class).name;
    if is_simple(heap, value) {
        let repr = view::repr(heap, value);
        return match repr.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{kind} {}…", &repr[..end]),
            None => format!("{kind} {repr}"),
        };
    }
    if [types::TYPE, types::FUNCTION, types::BUILTIN_FUNCTION].contains(&class) {
        return format!("{kind} {}", view::qualname(heap, value));
    }
    kind.to_string()
}

/// Whether a value is of a type, exactly, whose `repr` is shown.
fn is_simple(heap: &Heap, value: Value) -> bool {
    match value.kind() {
        Kind::None | Kind::Ellipsis | Kind::Bool(_) | Kind::Int(_) | Kind::Float(_) => true,
        Kind::NotImplemented => false,
        Kind::Object(handle) => [types::INT, types::FLOAT, types::COMPLEX, types::STR, types::BYTES]
            .contains(&heap.get(handle).class),
    }
}
