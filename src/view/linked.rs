//! Code, function and frame: what the selected frame runs, the function objects made from it, and every frame
//! of theirs, so that one sees that the three are different things.
//!
//! Telling it looks at every object of the heap, so it is made only for a pane that has room for it.

use serde::Serialize;

use super::rows::{Shown, Tag};
use super::show::Show;
use crate::machine::Machine;
use crate::machine::frame::{Frame, PythonFrame};
use crate::machine::heap::Heap;
use crate::machine::object::Payload;
use crate::machine::object::function::Function;
use crate::machine::object::generator::GeneratorState;
use crate::machine::value::{Handle, Value};
use crate::timeline::{Lines, Step, instruction_at, shown_unit};

/// The frames of one function that are shown, the newest of them; a recursion may have very many.
const MOST_FRAMES: usize = 8;

/// The one code object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodeBox {
    /// `co_qualname`.
    pub qualname: String,
    /// Which object it is.
    pub tag: Tag,
    /// `co_firstlineno`.
    pub line: u32,
    /// Bytes of `co_code`.
    pub bytes: usize,
    /// Constants in `co_consts`.
    pub consts: usize,
    /// Fast locals, cells and free variables among them.
    pub locals: usize,
    /// `co_stacksize`.
    pub stacksize: u32,
}

/// A function object made from the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FunctionBox {
    /// The function.
    pub function: Shown,
    /// The step that made it.
    pub born: Step,
    /// `__defaults__`, where there are some.
    pub defaults: Option<Shown>,
    /// The free variables with their cells, where it is a closure: `total = 3`.
    pub cells: Vec<String>,
    /// The frames that run it, newest first; no more than a few.
    pub frames: Vec<FrameBox>,
    /// How many more there are.
    pub more_frames: usize,
}

/// Where a frame is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Keeper {
    /// On the frame chain, with so many frames below it.
    Chain(usize),
    /// In a generator or coroutine that is not running now.
    Generator(Shown),
}

/// A frame that runs the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FrameBox {
    /// Where it is kept.
    pub keeper: Keeper,
    /// Whether it is the one that the panes show.
    pub selected: bool,
    /// The line it stands at.
    pub line: Option<u32>,
    /// The offset of the instruction it stands at, in bytes.
    pub offset: u32,
    /// That instruction's name.
    pub opcode: &'static str,
    /// How many of its fast locals have a value.
    pub bound: usize,
    /// How deep its value stack is.
    pub depth: usize,
}

/// A code object, its functions, their frames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Linked {
    /// The code object.
    pub code: CodeBox,
    /// The functions made from it that are alive, oldest first.
    pub functions: Vec<FunctionBox>,
}

/// What belongs to the code that `selected` runs.
pub(super) fn of(
    machine: &Machine,
    selected: &PythonFrame,
    lines: &mut Lines,
    show: &mut Show<'_>,
) -> Linked {
    let code = &selected.code.code;
    let Made { functions, generators } = made_from(&machine.heap, selected.code_handle);
    let frames = &machine.thread().frames;
    let functions = functions.into_iter().map(|(handle, function)| {
        let on_chain = frames.iter().enumerate().rev().filter_map(|(depth, frame)| match frame {
            Frame::Python(frame) if frame.function == handle => {
                Some((Keeper::Chain(depth), &**frame, depth + 1 == frames.len()))
            }
            Frame::Python(_) | Frame::Native(_) | Frame::Unwind(_) => None,
        });
        let kept = generators.iter().filter(|(_, frame)| frame.function == handle);
        let mut running: Vec<_> = on_chain.collect();
        running.extend(kept.map(|(object, frame)| (Keeper::Generator(show.value(*object)), *frame, true)));
        let more_frames = running.len().saturating_sub(MOST_FRAMES);
        running.truncate(MOST_FRAMES);
        let frames = running.into_iter().map(|(keeper, frame, is_top)| {
            frame_box(keeper, frame, is_top, std::ptr::eq(frame, selected), lines)
        });
        let frames = frames.collect();
        FunctionBox {
            function: show.value(Value::object(handle)),
            born: Step(machine.heap.get(handle).born),
            defaults: function.defaults.map(|defaults| show.value(defaults)),
            cells: cells(&machine.heap, function, selected),
            frames,
            more_frames,
        }
    });
    Linked {
        functions: functions.collect(),
        code: CodeBox {
            qualname: code.qualname.to_string(),
            tag: show.tag(Value::object(selected.code_handle)),
            line: code.firstlineno,
            bytes: code.code.len(),
            consts: code.consts.len(),
            locals: code.localsplusnames.len(),
            stacksize: code.stacksize,
        },
    }
}

/// What was made from a code object.
struct Made<'a> {
    /// The functions, oldest first.
    functions: Vec<(Handle, &'a Function)>,
    /// The generators that keep a frame of it, and that frame.
    generators: Vec<(Value, &'a PythonFrame)>,
}

fn made_from(heap: &Heap, code: Handle) -> Made<'_> {
    let mut functions = Vec::new();
    let mut generators = Vec::new();
    for (handle, object) in heap.objects() {
        match object.payload() {
            Payload::Function(function) if function.code == code => {
                functions.push((object.born, handle, &**function));
            }
            Payload::Generator(generator) if generator.state != GeneratorState::Running => {
                let frame = generator.frame.as_deref().filter(|frame| frame.code_handle == code);
                generators.extend(frame.map(|frame| (Value::object(handle), frame)));
            }
            _ => {}
        }
    }
    functions.sort_by_key(|(born, handle, _)| (*born, handle.number()));
    let functions = functions.into_iter().map(|(_, handle, function)| (handle, function)).collect();
    Made { functions, generators }
}

/// The free variables of a closure and what their cells hold.
fn cells(heap: &Heap, function: &Function, frame: &PythonFrame) -> Vec<String> {
    let Some(Payload::Tuple(cells)) = function.closure.and_then(|closure| heap.payload_of(closure)) else {
        return Vec::new();
    };
    // Free variables are the last of the fast locals.
    let names = &frame.code.code.localsplusnames;
    let names = &names[names.len().saturating_sub(cells.len())..];
    let content = |cell: &Value| match heap.payload_of(*cell) {
        Some(Payload::Cell(Some(content))) => heap.brief(*content, LONGEST_CELL),
        _ => "empty".to_owned(),
    };
    names.iter().zip(cells.iter()).map(|(name, cell)| format!("{name} = {}", content(cell))).collect()
}

/// The longest text of a cell's content, in characters.
const LONGEST_CELL: usize = 40;

fn frame_box(
    keeper: Keeper,
    frame: &PythonFrame,
    is_top: bool,
    selected: bool,
    lines: &mut Lines,
) -> FrameBox {
    let unit = shown_unit(frame, is_top);
    FrameBox {
        keeper,
        selected,
        line: lines.of(&frame.code.code, unit).filter(|line| *line > 0),
        offset: unit.bytes(),
        opcode: instruction_at(&frame.code, unit).map_or("", |(opcode, _)| opcode.name()),
        bound: frame.locals().iter().filter(|slot| slot.value().is_some()).count(),
        depth: frame.stack().len(),
    }
}
