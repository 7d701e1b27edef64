//! `wordcode trace`: one line for each instruction that is about to run, with the value stack.

use std::io::{self, Write};

use serde::Serialize;

use crate::machine::frame::{Frame, PythonFrame};
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::output::Stream;
use crate::machine::value::{Kind, Slot, SlotKind, Value};
use crate::timeline::{self, Forward, Timeline};
use crate::view;

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
pub struct Row<'a> {
    /// The step that runs it.
    pub step: u64,
    /// How many Python frames of the script there are; the module is 1.
    pub depth: usize,
    /// `co_qualname`.
    pub code: &'a str,
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
    rows: &mut impl Write,
    stdout: &mut impl Write,
    stderr: &mut impl Write,
) -> io::Result<Option<i32>> {
    let mut written = 0;
    let mut printed = 0;
    while written < options.limit {
        let (machine, lines) = timeline.machine_and_lines();
        let is_of_file = |frame: &PythonFrame| *frame.code.code.filename == *options.file;
        if let Some(Frame::Python(frame)) = machine.thread().frames.last()
            && is_of_file(frame)
            // What objects do on their way out no tool sees in CPython either.
            && !machine.is_ending()
            && let Some((opcode, arg)) = timeline::instruction(frame)
        {
            let row = Row {
                step: machine.steps(),
                depth: machine.thread().python_frames().filter(|frame| is_of_file(frame)).count(),
                code: &frame.code.code.qualname,
                line: lines.of(&frame.code.code, frame.next),
                offset: frame.next.bytes(),
                op: opcode.name(),
                arg: opcode.has_arg().then_some(arg),
                stack: frame.stack().iter().map(|slot| show(&machine.heap, *slot)).collect(),
            };
            match options.form {
                Form::Json => {
                    serde_json::to_writer(&mut *rows, &row)?;
                    writeln!(rows)?;
                }
                Form::Text => writeln!(rows, "{}", text(&row))?,
            }
            written += 1;
        }
        let forward = timeline.forward();
        printed = print(timeline, printed, stdout, stderr)?;
        match forward {
            Forward::Ran => {}
            Forward::Ended | Forward::Asks => break,
        }
    }
    stdout.flush()?;
    Ok(timeline.machine().exit_status())
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
            Stream::Stdout => stdout.write_all(write.text.as_bytes())?,
            Stream::Stderr => {
                stdout.flush()?;
                stderr.write_all(write.text.as_bytes())?;
            }
        }
    }
    Ok(output.len())
}

fn text(row: &Row<'_>) -> String {
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
