//! Where an object comes from: the step that made it, or the constant that it is; and what holds it.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::compare::Explainer;
use super::names;
use super::show;
use super::tags::{Identity, Tags};
use crate::machine::Machine;
use crate::machine::frame::Frame;
use crate::machine::heap::Heap;
use crate::machine::object::Payload;
use crate::machine::value::{Handle, Kind, SMALL_INT_MAX, SMALL_INT_MIN, Value};
use crate::machine::verdict::{Operand, Verdict};
use crate::timeline::{self, Made, Step, Timeline};

/// Steps that may be made again for what a pane shows: a millisecond or two.
pub(super) const GLANCE: u64 = 10_000;
/// Steps that may be made again for an answer that was asked for: a second or so.
pub const LOOK: u64 = 20_000_000;
/// How many names of an object are told at most.
const MOST_NAMES: usize = 8;

/// How many objects that hold one are told at most.
const MOST_REFERRERS: usize = 8;

/// Where the operands of an evaluation come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The evaluation.
    pub number: u64,
    /// A line for each operand; one line where both are one object.
    pub lines: Vec<String>,
}

/// How an object came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Birth {
    /// It was there before the program started.
    BeforeStart,
    /// It is a constant: which, of what code.
    Constant(String),
    /// A step made it.
    Step {
        /// The step.
        step: Step,
        /// The source line, where there is one.
        line: Option<u32>,
        /// What the step did: an instruction of a function, or the work of a native.
        by: String,
    },
    /// A step between these two made it; which one would take long to find out.
    Between(Step, Step),
}

impl Birth {
    /// It in words.
    pub fn words(&self) -> String {
        match self {
            Self::BeforeStart => "there before the program started".to_owned(),
            Self::Constant(place) => place.clone(),
            Self::Step { step, line, by } => {
                let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
                format!("made in step {step}{line}, by {by}")
            }
            Self::Between(from, to) => format!("made between steps {from} and {to}"),
        }
    }

    /// The step that made it, where a step did and is known.
    pub const fn step(&self) -> Option<Step> {
        match self {
            Self::Step { step, .. } => Some(*step),
            Self::BeforeStart | Self::Constant(_) | Self::Between(..) => None,
        }
    }
}

/// The births that were looked up so far.
#[derive(Clone, Debug, Default)]
pub struct Births {
    known: FxHashMap<Identity, Birth>,
}

impl Births {
    /// How an object came to be; steps are made again to find that out, but not more than `most`.
    pub(super) fn of(
        &mut self,
        timeline: &mut Timeline,
        explainer: &mut Explainer,
        value: Value,
        born: Option<u64>,
        most: u64,
    ) -> Birth {
        let identity = Identity::new(value, born);
        if let Some(known) = self.known.get(&identity) {
            return known.clone();
        }
        let birth = look_up(timeline, explainer, value, born, most);
        if !matches!(birth, Birth::Between(..)) {
            self.known.insert(identity, birth.clone());
        }
        birth
    }

    /// Where the operands of an evaluation come from, and what holds them now.
    pub(super) fn evidence(
        &mut self,
        timeline: &mut Timeline,
        explainer: &mut Explainer,
        tags: &mut Tags,
        verdict: &Verdict,
    ) -> Evidence {
        let mut line = |operand: &Operand, timeline: &mut Timeline| {
            let birth = self.of(timeline, explainer, operand.value, operand.born, GLANCE);
            let machine = timeline.machine();
            let identity = Identity::new(operand.value, operand.born);
            let names = if is_alive(&machine.heap, identity) {
                names_of(machine, operand.value)
            } else {
                vec!["gone by now".to_owned()]
            };
            let names = if names.is_empty() { "no name holds it now".to_owned() } else { names.join(", ") };
            format!("{}: {}; {names}", tags.of_identity(identity), birth.words())
        };
        let mut lines = vec![line(&verdict.left, timeline)];
        if !verdict.is_one_object() {
            lines.push(line(&verdict.right, timeline));
        }
        Evidence { number: verdict.number, lines }
    }
}

fn look_up(
    timeline: &mut Timeline,
    explainer: &mut Explainer,
    value: Value,
    born: Option<u64>,
    most: u64,
) -> Birth {
    let made = match (value.kind(), value.serial(), born) {
        (Kind::Int(SMALL_INT_MIN..=SMALL_INT_MAX), ..) => return Birth::BeforeStart,
        (_, Some(serial), _) => {
            if let Some(place) = explainer.constant(timeline.machine(), value, born) {
                return Birth::Constant(place);
            }
            timeline.maker_of(serial, most)
        }
        (_, None, Some(born)) => {
            if let Some(place) = explainer.constant(timeline.machine(), value, Some(born)) {
                return Birth::Constant(place);
            }
            Made::At(Step(born))
        }
        (_, None, None) => Made::BeforeStart,
    };
    match made {
        Made::BeforeStart | Made::At(Step::START) => Birth::BeforeStart,
        Made::Between(from, to) => Birth::Between(from, to),
        Made::At(step) => match timeline.state_before(step, most) {
            Some(machine) => {
                let (line, by) = at_work(&machine);
                Birth::Step { step, line, by }
            }
            None => Birth::Between(step, step),
        },
    }
}

/// What a machine is about to do: the line, and the instruction.
fn at_work(machine: &Machine) -> (Option<u32>, String) {
    let python = machine.thread().frames.iter().rev().find_map(|frame| match frame {
        Frame::Python(frame) => Some(frame),
        Frame::Native(_) | Frame::Unwind(_) => None,
    });
    let is_top = matches!(machine.thread().frames.last(), Some(Frame::Python(_)));
    let at = python.map(|frame| timeline::shown_unit(frame, is_top));
    let line = python.zip(at).and_then(|(frame, at)| frame.code.line_at(at));
    let by = match machine.thread().frames.last() {
        Some(Frame::Native(frame)) => frame.task.title(&machine.heap),
        Some(Frame::Unwind(_)) => "an exception on its way down".to_owned(),
        Some(Frame::Python(frame)) => {
            let opcode = timeline::instruction_at(&frame.code, frame.next);
            let opcode = opcode.map_or("no instruction", |(opcode, _)| opcode.name());
            format!("{opcode} in {}", frame.code.code.qualname)
        }
        None => "the end of the program".to_owned(),
    };
    (line, by)
}

/// Whether an object is still there.
pub(super) fn is_alive(heap: &Heap, identity: Identity) -> bool {
    match identity {
        Identity::Object(handle, born) => {
            handle.number() <= heap.size() && !heap.get(handle).is_free() && heap.get(handle).born == born
        }
        Identity::Singleton(_) | Identity::Number(_) => true,
    }
}

/// The names that are bound to an object, of all frames and of the modules they belong to.
pub(super) fn names_of(machine: &Machine, value: Value) -> Vec<String> {
    let heap = &machine.heap;
    let mut found = Vec::new();
    let mut namespaces: Vec<Handle> = Vec::new();
    for frame in machine.thread().python_frames() {
        let code = &frame.code.code;
        for (slot, name) in frame.locals().iter().zip(&*code.localsplusnames) {
            let content = slot.value().map(|held| match heap.payload_of(held) {
                Some(Payload::Cell(Some(content))) => *content,
                _ => held,
            });
            if content == Some(value) {
                found.push(format!("{name} in {}", code.qualname));
            }
        }
        let namespace = frame.namespace.and_then(Value::handle).filter(|dict| *dict != frame.globals);
        for dict in namespace.into_iter().chain([frame.globals]) {
            if namespaces.contains(&dict) {
                continue;
            }
            namespaces.push(dict);
            let Payload::Dict(entries) = heap.payload(dict) else { continue };
            let bound = entries.iter().filter(|entry| entry.value == value);
            found.extend(bound.filter_map(|entry| {
                let name = heap.text_of(entry.key)?.to_string_lossy().into_owned();
                (!names::is_of_every_module(&name)).then_some(name)
            }));
        }
    }
    let more = found.len().saturating_sub(MOST_NAMES);
    found.truncate(MOST_NAMES);
    if more > 0 {
        found.push(format!("{more} more names"));
    }
    found
}

/// Objects that refer to an object: what each is.
pub(super) fn referrers(heap: &Heap, tags: &mut Tags, value: Value, most: usize) -> (usize, Vec<String>) {
    let mut count = 0;
    let mut shown = Vec::new();
    for (handle, object) in heap.objects() {
        let mut holds = false;
        object.each_value(&mut |held| holds |= held == value);
        if holds {
            count += 1;
            if shown.len() < most {
                let referrer = Value::object(handle);
                let kind = show::type_name(heap, referrer);
                shown.push(format!("{kind} {}", tags.of(heap, referrer)));
            }
        }
    }
    (count, shown)
}

/// All that is known of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Who {
    /// What it is, where it comes from, and what holds it: a line each.
    pub lines: Vec<String>,
    /// The step that made it.
    pub made: Option<Step>,
}

impl Births {
    /// All that is known of the object with an identity; `None` where it is not there now.
    pub(super) fn who(
        &mut self,
        timeline: &mut Timeline,
        explainer: &mut Explainer,
        tags: &mut Tags,
        identity: Identity,
    ) -> Option<Who> {
        let value = super::objects::find(timeline.machine(), identity)?;
        let born = value.handle().map(|handle| timeline.machine().heap.get(handle).born);
        let birth = self.of(timeline, explainer, value, born, LOOK);
        let machine = timeline.machine();
        let heap = &machine.heap;
        let kind = show::type_name(heap, value);
        let text = show::text(heap, value, show::Detail::Row);
        let names = names_of(machine, value);
        let names = if names.is_empty() { "no name is bound to it".to_owned() } else { names.join(", ") };
        let references = match value.handle().map(|handle| heap.count(handle)) {
            Some(Some(1)) => "1 reference".to_owned(),
            Some(Some(count)) => format!("{count} references"),
            Some(None) => "immortal: its references are not counted".to_owned(),
            None => "references to it are not counted".to_owned(),
        };
        let (count, shown) = referrers(heap, tags, value, MOST_REFERRERS);
        let more =
            if count > shown.len() { format!(", {} more", count - shown.len()) } else { String::new() };
        let holders = if count == 0 { "no object".to_owned() } else { format!("{}{more}", shown.join(", ")) };
        let lines = vec![
            format!("{} {kind} {text}", tags.of_identity(identity)),
            format!("birth: {}", birth.words()),
            format!("names: {names}"),
            references,
            format!("held by: {holders}"),
        ];
        Some(Who { lines, made: birth.step() })
    }
}
