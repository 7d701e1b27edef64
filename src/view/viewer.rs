//! Makes snapshots of a timeline: it keeps what is the same from one step to the next.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::ahead::{Ahead, Turn};
use super::births::{self, Births, Evidence, Who};
use super::compare::{self, ComparePane, Explainer};
use super::linked::{self, Linked};
use super::rows::{Shown, Tag};
use super::show::{self, Detail, Show};
use super::source::{SourcePane, SourceText, Span};
use super::stages::Stages;
use super::tags::Tags;
use super::wordcode::{Jump, Listing, RowKind, WordcodePane};
use super::{Phase, Snapshot, frames, names, objects, output, says, stack};
use crate::code::{CodeUnit, Opcode};
use crate::machine::Machine;
use crate::machine::frame::{Frame, PythonFrame, Unwind};
use crate::machine::heap::Heap;
use crate::machine::object::code::LoadedCode;
use crate::machine::verdict::{Verdict, Verdicts};
use crate::text::{Outline, SourceFile};
use crate::timeline::{self, Breakpoint, Step, Timeline};

/// Stages, and a place in them: a stage and a row of it.
pub type StagesAt = (Rc<Stages>, (usize, Option<usize>));

/// Makes snapshots.
pub struct Viewer {
    script: String,
    /// The script's text, where it is there.
    script_text: Option<Rc<SourceText>>,
    /// The texts of modules and of what is compiled on the way, by the text that their code objects keep.
    others: Vec<(Rc<str>, Rc<SourceText>)>,
    /// The script as it was read, where it is there.
    program: Option<SourceFile>,
    /// The forms on the way to wordcode that somebody has asked for last, with the text they begin with.
    stages: Option<(Rc<str>, Rc<Stages>)>,
    listings: FxHashMap<*const LoadedCode, (Rc<LoadedCode>, Rc<Listing>)>,
    tags: Tags,
    /// What is said before the first step besides what it does: where the program's code came from.
    pub notice: Vec<String>,
    explainer: Explainer,
    births: Births,
    /// What the compiler warned about, with the lines.
    warnings: Vec<(u32, String)>,
    /// Whether the next step may be tried on a copy, to tell what it will do.
    pub looks_ahead: bool,
    /// Whether the functions and frames of the code that runs are looked for in the whole heap.
    pub links: bool,
    /// Whether the rows of the Objects pane are made: all objects have to be looked at for them.
    pub shows_objects: bool,
    /// Whether each comparison that a container or a search makes has a row.
    pub shows_inner: bool,
    /// An older page of the record of comparisons, as long as time stands at this step.
    page: Option<(Step, Verdicts)>,
}

/// How a frame is looked at.
#[derive(Clone, Copy)]
struct Looks<'a> {
    /// Counted from the newest.
    from_top: usize,
    /// How much of each value is shown.
    detail: Detail,
    /// What the last step touched.
    delta: &'a timeline::Delta,
}

impl Viewer {
    /// A viewer of a run of `script`, whose text is `source`.
    pub fn new(script: &str, source: &SourceFile) -> Self {
        let text = Rc::new(SourceText::of(source, script));
        let explainer = Explainer::new(Rc::clone(&text));
        let (script_text, program) = (Some(text), Some(source.clone()));
        Self { script_text, program, explainer, ..Self::without_source(script) }
    }

    /// A viewer of a run of the compiled file `script`, whose source is not there.
    pub fn without_source(script: &str) -> Self {
        Self {
            script: script.to_owned(),
            explainer: Explainer::default(),
            script_text: None,
            others: Vec::new(),
            program: None,
            stages: None,
            listings: FxHashMap::default(),
            tags: Tags::default(),
            births: Births::default(),
            warnings: Vec::new(),
            notice: Vec::new(),
            looks_ahead: true,
            links: false,
            shows_objects: false,
            shows_inner: false,
            page: None,
        }
    }

    /// Tells where the program's statements are, and whether each was compiled by itself, as at a prompt.
    pub fn set_outline(&mut self, outline: Rc<Outline>, line_by_line: bool) {
        self.explainer.set_outline(outline, line_by_line);
    }

    /// Tells what the compiler warned about, with the lines of the program.
    pub fn set_warnings(&mut self, warnings: Vec<(u32, String)>) {
        self.warnings = warnings;
    }

    /// Everything that one screen shows of where `timeline` stands; `frame` counts from the newest, and
    /// without it the newest Python frame is selected; `detail` says how much of each value is in the rows.
    pub fn snapshot(&mut self, timeline: &mut Timeline, frame: Option<usize>, detail: Detail) -> Snapshot {
        let (phase, delta) = (phase(timeline), timeline.delta());
        let (machine, lines) = timeline.machine_and_lines();
        let from_top = select(machine, frame).map_or(0, |(from_top, _)| from_top);
        let frame_rows = frames::rows(machine, lines, from_top);
        let mut snapshot = Snapshot {
            script: self.script.clone(),
            step: timeline.now(),
            end: timeline.end(),
            source: SourcePane::default(),
            wordcode: WordcodePane::default(),
            stack: Vec::new(),
            frames: frame_rows,
            linked: None,
            compare: self.compare(timeline),
            evidence: None,
            names: Vec::new(),
            objects: if self.shows_objects {
                objects::rows(timeline.machine(), &mut self.tags)
            } else {
                Vec::new()
            },
            output: output::rows(timeline.machine(), timeline.typed(), delta.writes),
            says: Vec::new(),
            phase,
        };
        match select(timeline.machine(), frame) {
            Some((from_top, Frame::Python(frame))) => {
                self.python(timeline, frame, Looks { from_top, detail, delta: &delta }, &mut snapshot);
                if self.links {
                    snapshot.linked = self.linked(timeline, from_top, detail);
                }
            }
            Some((_, Frame::Native(_) | Frame::Unwind(_))) | None => {
                snapshot.source.text.clone_from(&self.script_text);
            }
        }
        let newest = snapshot.compare.evaluations().next_back().map(|row| row.number);
        snapshot.evidence = newest.and_then(|number| self.evidence(timeline, number));
        snapshot.says = Self::top_says(timeline.machine(), &snapshot).unwrap_or(snapshot.says);
        if snapshot.step == Step(0) {
            snapshot.says.extend(self.notice.iter().cloned());
        }
        snapshot
    }

    /// Lets `snapshot` show the wordcode of another code object than the one that runs.
    pub fn choose(&mut self, snapshot: &mut Snapshot, timeline: &Timeline, code: &Rc<LoadedCode>) {
        snapshot.wordcode = WordcodePane {
            listing: Some(self.listing(code, &timeline.machine().heap)),
            chosen: true,
            breakpoints: breakpoints(timeline, code),
            ..WordcodePane::default()
        };
    }

    fn linked(&mut self, timeline: &mut Timeline, from_top: usize, detail: Detail) -> Option<Linked> {
        let (machine, lines) = timeline.machine_and_lines();
        let Some((_, Frame::Python(frame))) = select(machine, Some(from_top)) else { return None };
        let mut show = Show { heap: &machine.heap, tags: &mut self.tags, detail };
        Some(linked::of(machine, frame, lines, &mut show))
    }

    /// Every form that the program which `snapshot` shows takes on its way to wordcode, and where in there to
    /// look for what became of the instruction in a row of its listing; or why there is nothing to see.
    pub fn stages(&mut self, snapshot: &Snapshot, row: Option<usize>) -> Result<StagesAt, String> {
        let listing = snapshot.wordcode.listing.as_ref();
        let known =
            self.listings.values().find(|(_, known)| listing.is_some_and(|shown| Rc::ptr_eq(known, shown)));
        let span = listing.and_then(|listing| listing.rows.get(row?)?.span);
        self.stages_of(known.map(|(code, _)| Rc::clone(code)), span)
    }

    /// The same for an evaluation: where its operands were compiled, if they are constants, or else the
    /// instruction that asked.
    pub fn stages_of_verdict(&mut self, timeline: &Timeline, number: u64) -> Result<StagesAt, String> {
        let verdict = self.verdict(timeline, number).ok_or("this evaluation is not kept any more")?;
        let (code, span) = self.explainer.compiled_at(timeline.machine(), &verdict);
        self.stages_of(Some(code), span)
    }

    /// The same for what stands at `span` in the text of `code`; without that, the program from its beginning.
    fn stages_of(&mut self, code: Option<Rc<LoadedCode>>, span: Option<Span>) -> Result<StagesAt, String> {
        let script = self.program.as_ref();
        let source = match &code {
            Some(code) if script.is_none_or(|script| *script.name() != code.code.filename) => {
                let text = code.source.as_deref().ok_or("the text of this code object is not known")?;
                &SourceFile::from_text(&code.code.filename, text).map_err(|error| error.to_string())?
            }
            _ => script.ok_or("there is no source, and so no way from source to wordcode")?,
        };
        let stages = match &self.stages {
            Some((text, stages)) if **text == **source.text() => Rc::clone(stages),
            _ => {
                let stages = Rc::new(Stages::new(source).map_err(|error| error.to_string())?);
                self.stages = Some((Rc::clone(source.text()), Rc::clone(&stages)));
                stages
            }
        };
        let Some(code) = code else { return Ok((stages, (0, None))) };
        match stages.find(&code.code, span) {
            Some(place) => Ok((stages, place)),
            None => Err("this code object was not compiled from the text as a file is".to_owned()),
        }
    }

    /// The page of the record of comparisons that is to be shown: the newest, unless an older one was turned to.
    fn compare(&mut self, timeline: &Timeline) -> ComparePane {
        let now = timeline.now();
        self.page.take_if(|(at, _)| *at != now);
        let machine = timeline.machine();
        let record = self.page.as_ref().map_or(&machine.verdicts, |(_, record)| record);
        let wanted = compare::Wanted { record, all: self.shows_inner };
        compare::pane(machine, wanted, &mut self.explainer, &mut self.tags)
    }

    /// Turns to the page of the record of comparisons that ends at number `until` of those that have come to an
    /// end, until time moves; whether it was found in a second or so.
    pub fn turn_to(&mut self, timeline: &mut Timeline, until: usize) -> bool {
        self.page = None;
        if until >= timeline.machine().verdicts.ended() {
            return true;
        }
        self.page = timeline.record_at(until, births::LOOK).map(|record| (timeline.now(), record));
        self.page.is_some()
    }

    /// An evaluation, if it is among those that are kept or on the page that is shown.
    fn verdict(&self, timeline: &Timeline, number: u64) -> Option<Verdict> {
        let on_page = self.page.as_ref().and_then(|(_, record)| record.get(number));
        on_page.or_else(|| timeline.machine().verdicts.get(number)).cloned()
    }

    /// Where the operands of an evaluation come from, if it is among those that are kept or on the page that is
    /// shown.
    pub fn evidence(&mut self, timeline: &mut Timeline, number: u64) -> Option<Evidence> {
        let verdict = self.verdict(timeline, number)?;
        Some(self.births.evidence(timeline, &mut self.explainer, &mut self.tags, &verdict))
    }

    /// All that is known of the object with a tag; `None` where no object has it, or it is not there now.
    pub fn who(&mut self, timeline: &mut Timeline, tag: Tag) -> Option<Who> {
        let identity = self.tags.identity(tag)?;
        self.births.who(timeline, &mut self.explainer, &mut self.tags, identity)
    }

    /// A breakpoint on an instruction of the code object that `snapshot` shows.
    pub fn breakpoint(&self, snapshot: &Snapshot, at: CodeUnit) -> Result<Breakpoint, &'static str> {
        let listing = snapshot.wordcode.listing.as_ref().ok_or("this frame runs no wordcode")?;
        let row = listing.rows.get(at.0 as usize).ok_or("the code object has no such offset")?;
        if row.kind != RowKind::Instruction {
            return Err("there is no instruction at this offset");
        }
        let known = self.listings.values().find(|(_, known)| Rc::ptr_eq(known, listing));
        let (code, _) = known.ok_or("the code object is not known")?;
        Ok(Breakpoint::Instruction { code: Rc::clone(&code.code), at })
    }

    /// Fills in what a Python frame shows.
    fn python(
        &mut self,
        timeline: &Timeline,
        frame: &PythonFrame,
        looks: Looks<'_>,
        snapshot: &mut Snapshot,
    ) {
        let machine = timeline.machine();
        let Looks { from_top, detail, delta } = looks;
        let is_top = from_top == 0;
        let unit = timeline::shown_unit(frame, is_top);
        let listing = self.listing(&frame.code, &machine.heap);
        let row = listing.rows.get(unit.0 as usize);
        let span = row.and_then(|row| row.span);
        snapshot.source = self.source(timeline, &frame.code, span);
        let instruction = timeline::instruction_at(&frame.code, unit);
        let next = instruction.filter(|_| is_top);
        let mut show = Show { heap: &machine.heap, tags: &mut self.tags, detail };
        snapshot.stack = stack::rows(frame, next, delta, &mut show);
        snapshot.names = names::rows(frame, delta, &mut show);
        let can_run = is_top && snapshot.phase == Phase::Running;
        let ahead =
            if can_run && self.looks_ahead { Ahead::look(machine, frame, &mut self.tags) } else { None };
        let meaning = row.map(|row| row.meaning.as_str()).unwrap_or_default();
        let jump = row.and_then(|row| row.target).map(|target| {
            let behind = unit.0 + 1 + u32::from(instruction.map_or(0, |(opcode, _)| opcode.caches()));
            let next = ahead.as_ref().and_then(|ahead| ahead.next);
            Jump { target, taken: next.map(|next| next.0 != behind) }
        });
        if let Some((opcode, _)) = instruction {
            snapshot.says = says::instruction(opcode, row, ahead.as_ref());
            snapshot.says.extend(self.warned(&frame.code.code.filename, span));
            // Whoever goes by lines comes to the instruction behind RESUME first.
            if unit.0 <= 1 && &*frame.code.code.qualname == "<module>" {
                snapshot.says.extend(timeline.loaded_from(&frame.code.code.filename));
            }
        }
        if let Some(above) = from_top.checked_sub(1).and_then(|above| snapshot.frames.get(above)) {
            let waiting = says::waiting(&frame.code.code.qualname, row, &above.title);
            snapshot.says.insert(0, waiting);
        }
        snapshot.wordcode = WordcodePane {
            current: Some(unit.0 as usize).filter(|at| *at < listing.rows.len()),
            operands: ahead.as_ref().map_or_else(String::new, |ahead| operands(instruction, meaning, ahead)),
            // A constant's row says already what is pushed.
            result: ahead.as_ref().map(result).filter(|result| result != meaning).unwrap_or_default(),
            jump: jump.filter(|_| is_top),
            breakpoints: breakpoints(timeline, &frame.code),
            listing: Some(listing),
            chosen: false,
        };
    }

    /// What the compiler warned about on the line of an instruction of the program.
    fn warned(&self, file: &str, span: Option<Span>) -> Option<String> {
        let is_script = self.script_text.as_ref().is_some_and(|text| *text.name == *file);
        let line = span.filter(|_| is_script)?.line;
        let (_, message) = self.warnings.iter().find(|(warned, _)| *warned == line)?;
        Some(format!("CPython warns of line {line}: SyntaxWarning: {message}"))
    }

    /// The text that a code object was compiled from.  Two sources may have one name, as those of `exec()`.
    fn source(&mut self, timeline: &Timeline, code: &LoadedCode, span: Option<Span>) -> SourcePane {
        let file = &*code.code.filename;
        let text = match (&self.script_text, &code.source) {
            (Some(script), _) if *script.name == *file => Some(Rc::clone(script)),
            (_, None) => None,
            (_, Some(text)) => Some(match self.others.iter().find(|(known, _)| Rc::ptr_eq(known, text)) {
                Some((_, shown)) => Rc::clone(shown),
                None => {
                    let shown = Rc::new(SourceText::new(file, file, text));
                    self.others.push((Rc::clone(text), Rc::clone(&shown)));
                    shown
                }
            }),
        };
        SourcePane { text, span, breakpoints: timeline.breakpoints.lines(file) }
    }

    fn listing(&mut self, code: &Rc<LoadedCode>, heap: &Heap) -> Rc<Listing> {
        let make = || (Rc::clone(code), Rc::new(Listing::new(code, heap)));
        let (_, listing) = self.listings.entry(Rc::as_ptr(code)).or_insert_with(make);
        Rc::clone(listing)
    }

    /// What is said where no instruction of a Python frame runs next.
    fn top_says(machine: &Machine, snapshot: &Snapshot) -> Option<Vec<String>> {
        match &snapshot.phase {
            Phase::Running => {}
            Phase::Input(_) => {
                return Some(vec!["The program waits for a line of standard input.".to_owned()]);
            }
            Phase::Exited(status) => {
                return Some(vec![format!("The program has ended with exit status {status}.")]);
            }
            Phase::Fault(fault) => return Some(vec![fault.clone()]),
        }
        match machine.thread().frames.last()? {
            Frame::Python(_) => None,
            Frame::Native(frame) => {
                Some(vec![format!("The interpreter goes on with {}.", frame.task.title(&machine.heap))])
            }
            Frame::Unwind(unwind) => Some(unwinding(machine, unwind)),
        }
    }
}

/// The rows of a code object's listing that have a breakpoint.
fn breakpoints(timeline: &Timeline, code: &LoadedCode) -> Vec<usize> {
    let units = timeline.breakpoints.instructions(&code.code);
    units.into_iter().map(|unit| unit.0 as usize).collect()
}

fn phase(timeline: &mut Timeline) -> Phase {
    match timeline.machine().exit_status() {
        Some(status) => Phase::Exited(status),
        None if timeline.asks() => Phase::Input(output::prompt(timeline.machine())),
        None => Phase::Running,
    }
}

/// The frame that is shown, and its place counted from the newest: the one asked for, or else the newest that
/// runs Python code.
fn select(machine: &Machine, wanted: Option<usize>) -> Option<(usize, &Frame)> {
    let mut newest_first = machine.thread().frames.iter().rev().enumerate();
    match wanted {
        Some(wanted) => newest_first.nth(wanted),
        None => newest_first.find(|(_, frame)| matches!(frame, Frame::Python(_))),
    }
}

/// What an exception on its way down meets next.
fn unwinding(machine: &Machine, unwind: &Unwind) -> Vec<String> {
    let what = show::exception(&machine.heap, unwind.exception);
    let frames = &machine.thread().frames;
    let below = frames.len().checked_sub(2).and_then(|below| frames.get(below));
    let then = match below {
        None => "No frame is left: the program ends with a traceback.".to_owned(),
        Some(Frame::Python(frame)) => {
            let name = &frame.code.code.qualname;
            match frame.code.handler_at(frame.last) {
                Some(handler) => format!(
                    "The exception table of {name} has a handler at {}: its value stack is cut to {} and the handler runs.",
                    handler.target.bytes(),
                    handler.depth
                ),
                None => format!("The exception table of {name} has no handler here: the frame is left."),
            }
        }
        Some(Frame::Native(frame)) => format!("{} gets to know of it.", frame.task.title(&machine.heap)),
        Some(Frame::Unwind(_)) => String::new(),
    };
    vec![format!("{what} is on its way down the frames."), then]
}

/// The values an instruction takes, with its operator between them where it has one.
fn operands(instruction: Option<(Opcode, u32)>, meaning: &str, ahead: &Ahead) -> String {
    let Some((opcode, _)) = instruction else { return String::new() };
    let values: Vec<String> = ahead.takes.iter().map(|value| text(value.as_ref())).collect();
    match (opcode, values.as_slice()) {
        (Opcode::BINARY_OP, [container, key]) if meaning == "[]" => format!("{container}[{key}]"),
        (Opcode::BINARY_OP | Opcode::COMPARE_OP | Opcode::IS_OP | Opcode::CONTAINS_OP, [left, right]) => {
            let operator =
                meaning.strip_prefix("bool(").and_then(|rest| rest.strip_suffix(')')).unwrap_or(meaning);
            format!("{left} {operator} {right}")
        }
        (Opcode::CALL, [callable, receiver, arguments @ ..]) => {
            let has_receiver = ahead.takes.get(1).is_some_and(Option::is_some);
            let receiver = has_receiver.then_some(receiver);
            let arguments: Vec<&str> = receiver.into_iter().chain(arguments).map(String::as_str).collect();
            let name = ahead.takes[0].as_ref().map_or(callable, |callable| &callable.text);
            format!("{name}({})", arguments.join(", "))
        }
        (opcode, [value]) if opcode.name().starts_with("STORE_") => format!("= {value}"),
        _ => values.join(", "),
    }
}

fn text(value: Option<&Shown>) -> String {
    value.map_or_else(|| "NULL".to_owned(), says::plain)
}

/// What an instruction pushes in place of what it takes.
fn result(ahead: &Ahead) -> String {
    let given = ahead.gives.get(ahead.kept..).unwrap_or_default();
    let texts = given.iter().map(|(value, _)| text(value.as_ref()));
    match &ahead.turn {
        Turn::Raises(what) => what.clone(),
        Turn::Stays | Turn::Enters(_) | Turn::Returns(..) | Turn::Asks | Turn::Exits(_) => {
            texts.collect::<Vec<_>>().join(", ")
        }
    }
}
