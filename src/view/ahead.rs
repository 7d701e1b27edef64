//! What the next step will do: told by making it on a copy of the machine.
//!
//! The copy is thrown away.  A step never touches anything outside the machine, so nobody notices.

use super::rows::Shown;
use super::show::{self, Detail, Show};
use super::stack;
use super::tags::Tags;
use crate::code::{CodeUnit, Opcode};
use crate::machine::frame::{Frame, FrameId, PythonFrame};
use crate::machine::object::Payload;
use crate::machine::value::{Handle, Value};
use crate::machine::{Machine, Outcome};
use crate::timeline::{self, Bound};

/// What the next step will do.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// What it works on at the top of the value stack, deepest first; `None` for NULL.
    pub takes: Vec<Option<Shown>>,
    /// What it leaves there in its place, and whether each of them is made by it.
    pub gives: Vec<(Option<Shown>, bool)>,
    /// How many of the deepest of them it only looks at, or changes, and leaves where they are.
    pub kept: usize,
    /// Where the frame goes on, if it stays on top.
    pub next: Option<CodeUnit>,
    /// Names it binds or unbinds: the new value, if any.
    pub binds: Vec<(String, Option<Shown>)>,
    /// What it prints.
    pub prints: String,
    /// What else it does.
    pub turn: Turn,
}

/// Where control goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It stays in the frame.
    Stays,
    /// A new frame goes on top: what it runs.
    Enters(String),
    /// The frame ends or stops and gives a value to the one below, if there is one: the value, and what it
    /// runs.
    Returns(Option<Shown>, Option<String>),
    /// An exception is raised: its type and its text.
    Raises(String),
    /// The program waits for a line of input.
    Asks,
    /// The program ends with this exit status.
    Exits(i32),
}

impl Ahead {
    /// Looks one step ahead of an instruction of the Python frame on top.
    pub fn look(machine: &Machine, frame: &PythonFrame, tags: &mut Tags) -> Option<Self> {
        let (opcode, arg) = timeline::instruction(frame)?;
        let mut ahead = machine.clone();
        let outcome = ahead.step();
        let popped = (opcode.popped(arg) as usize).min(frame.stack().len());
        let base = frame.stack().len() - popped;
        let mut show = Show { heap: &machine.heap, tags, detail: Detail::Row };
        let takes =
            frame.stack()[base..].iter().map(|slot| slot.value().map(|value| show.value(value))).collect();
        let returned = frame.stack().last().and_then(|slot| slot.value()).map(|value| show.value(value));
        let turn = turn(frame, &ahead, &outcome, opcode, returned);
        let same = python_on_top(&ahead).filter(|after| after.id == frame.id);
        let mut show = Show { heap: &ahead.heap, tags: show.tags, detail: Detail::Row };
        let first_new = machine.heap.next_serial();
        let gives = same.map_or_else(Vec::new, |after| {
            let given = after.stack().get(base..).unwrap_or_default();
            let give = |value: Value| {
                let is_new = match (value.handle(), value.serial()) {
                    (Some(handle), _) => ahead.heap.get(handle).born == ahead.steps(),
                    (None, Some(serial)) => serial.number() >= first_new,
                    (None, None) => false,
                };
                (Some(show.value(value)), is_new)
            };
            let mut give = give;
            given.iter().map(|slot| slot.value().map_or((None, false), &mut give)).collect()
        });
        let binds = binds(machine, frame, &ahead, &mut show);
        let prints = ahead.output.since(machine.output.len()).map(|write| &*write.text).collect();
        let kept = kept(opcode, arg);
        Some(Self { takes, gives, kept, next: same.map(|after| after.next), binds, prints, turn })
    }
}

/// The slots that an opcode takes and gives back under the same name.
fn kept(opcode: Opcode, arg: u32) -> usize {
    let (takes, gives) = (stack::roles(opcode.info().takes, arg), stack::roles(opcode.info().gives, arg));
    takes.iter().zip(&gives).take_while(|(taken, given)| taken == given).count()
}

fn python_on_top(machine: &Machine) -> Option<&PythonFrame> {
    match machine.thread().frames.last() {
        Some(Frame::Python(frame)) => Some(frame),
        Some(Frame::Native(_) | Frame::Unwind(_)) | None => None,
    }
}

fn turn(
    frame: &PythonFrame,
    ahead: &Machine,
    outcome: &Outcome,
    opcode: Opcode,
    returned: Option<Shown>,
) -> Turn {
    match outcome {
        Outcome::Exited(status) => return Turn::Exits(*status),
        Outcome::Asks(_) => return Turn::Asks,
        Outcome::Ran => {}
    }
    let stays = |id: FrameId| ahead.thread().python_frames().any(|frame| frame.id == id);
    match ahead.thread().frames.last() {
        Some(Frame::Unwind(unwind)) => Turn::Raises(show::exception(&ahead.heap, unwind.exception)),
        Some(Frame::Python(top)) if top.id == frame.id => Turn::Stays,
        Some(Frame::Python(top)) if stays(frame.id) => Turn::Enters(top.code.code.qualname.to_string()),
        Some(Frame::Native(native)) if stays(frame.id) => Turn::Enters(native.task.title(&ahead.heap)),
        Some(Frame::Python(below)) => Turn::Returns(
            returned.filter(|_| opcode != Opcode::RETURN_GENERATOR),
            Some(below.code.code.qualname.to_string()),
        ),
        Some(Frame::Native(below)) => Turn::Returns(returned, Some(below.task.title(&ahead.heap))),
        None => Turn::Returns(returned, None),
    }
}

fn binds(
    before: &Machine,
    frame: &PythonFrame,
    ahead: &Machine,
    show: &mut Show<'_>,
) -> Vec<(String, Option<Shown>)> {
    let delta = timeline::Before::new(before).delta(ahead);
    let Some((_, bound)) = delta.bound else { return Vec::new() };
    let after = ahead.thread().python_frames().find(|after| after.id == frame.id);
    let code = &frame.code.code;
    let mut binds = Vec::new();
    for bound in bound {
        match bound {
            Bound::Local(index) => {
                let Some(name) = code.localsplusnames.get(index) else { continue };
                let slot = after.and_then(|after| after.locals().get(index));
                let value = slot.and_then(|slot| super::names::content(*slot, show));
                binds.push((name.to_string(), value.map(|value| show.value(value))));
            }
            Bound::Name(index) => {
                let Some((text, name)) = code.names.get(index).zip(frame.code.names.get(index)) else {
                    continue;
                };
                let namespaces = [frame.namespace.and_then(Value::handle), Some(frame.globals)];
                let is_dict = |dict: &Handle| matches!(ahead.heap.payload(*dict), Payload::Dict(_));
                let mut dicts = namespaces.into_iter().flatten().filter(is_dict);
                let found = dicts.find_map(|dict| ahead.heap.get_name(dict, *name));
                binds.push((text.to_string(), found.map(|value| show.value(value))));
            }
        }
    }
    binds
}
