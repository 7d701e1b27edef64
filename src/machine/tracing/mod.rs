//! Watching a program from inside it: `sys.settrace`, `sys.setprofile` and `sys.monitoring`.
//!
//! As in CPython the first two are tools like those of the third: numbers 7 and 6 of eight.  A tool says of which
//! events it wants to be told.  Between two steps [`Machine::announce`] looks at what the Python frame on top is about
//! to do; if a tool wants to know of it, a native frame that [`Tell`]s it is put on top, and calls the tools one after
//! the other.  Only then the instruction runs, or the exception goes on.  While a tool is being told, nobody is told
//! of anything.
//!
//! What must hold: where nobody watches, all of this costs one look at [`Machine::watching`] a step.

mod after_call;
mod announce;
mod event;
mod jump;
mod legacy;
mod lines;
mod stacks;
mod tell;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use super::Machine;
use super::object::code::LoadedCode;
use super::value::{Handle, Value};
use crate::code::CodeUnit;

pub use after_call::AfterCall;
pub use event::{Event, set_of};
pub use lines::Lines;
pub use tell::{CallTracing, Tell, Then};

/// The number of the tool that `sys.setprofile` is.
const PROFILE: u8 = 6;
/// The number of the tool that `sys.settrace` is.
const TRACE: u8 = 7;

/// How far the tools have been told of what a Python frame is about to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Told {
    /// Nothing.
    #[default]
    Nothing,
    /// That a `for` goes on.
    Branch,
    /// That a line begins.
    Line,
    /// That there is an instruction.
    Instruction,
    /// What the instruction does.
    Own,
}

/// How far an exception has come in a frame, as far as tools are told of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Passage {
    /// It has just come up.
    #[default]
    Fresh,
    /// The same, out of a Python function that the instruction has called.
    FromCall,
    /// The tools know that, and that it was there.
    Told(CodeUnit),
    /// The tools know that the frame ends with it.
    Leaving,
}

/// A tool of `sys.monitoring`.
#[derive(Clone, Debug, Default, Hash)]
pub struct Tool {
    /// What it is called, while it is in use.
    pub name: Option<Value>,
    /// What it wants to be called at each event.
    pub callbacks: [Option<Value>; Event::COUNT],
    /// Those of the callbacks, one bit each, that were registered for both ways of a branch: told to be left alone with
    /// one way, they are left alone with the other, too.
    pub both_ways: u32,
}

/// What tools want to know of one code object.
#[derive(Clone, Debug, Hash)]
struct Local {
    /// The code; another object may get its handle.
    code: Rc<LoadedCode>,
    /// Who wants to be told of each event in it alone.
    wanted: [u8; Event::LOCAL],
    /// Who was told of each event in it, wherever from they wanted to, when it began to run the last time.
    active: [u8; Event::LOCAL],
    /// Who does not want to be told any more of an event at a place.
    disabled: BTreeMap<(CodeUnit, Event), u8>,
}

/// The lines of a code object, which is there to be known again.
type LinesOf = (Rc<LoadedCode>, Rc<Lines>);

/// The tools, and what they want to be told of.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// What `sys.settrace` was given.
    pub trace: Option<Value>,
    /// What `sys.setprofile` was given.
    pub profile: Option<Value>,
    /// The tools of `sys.monitoring`.
    pub tools: [Tool; PROFILE as usize],
    /// Who wants to be told of each event, wherever it happens.
    wanted: [u8; Event::UNGROUPED],
    /// Who wants to be told of what in single code objects.
    local: Rc<BTreeMap<Handle, Local>>,
    /// Where lines begin, of code that has run while somebody wanted to know.
    lines: Rc<BTreeMap<Handle, LinesOf>>,
    /// How many tools are being told, one within the other.
    pub telling: u32,
    /// Of which event one is being told.
    pub event: Option<Event>,
}

impl Hash for Watch {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.trace, self.profile, &self.tools, self.wanted).hash(state);
        (&*self.local, self.telling, self.event).hash(state);
    }
}

impl Watch {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.trace.into_iter().chain(self.profile).for_each(&mut *visit);
        for tool in &self.tools {
            tool.name.into_iter().chain(tool.callbacks.iter().copied().flatten()).for_each(&mut *visit);
        }
    }

    /// Whether anybody wants to be told of anything.
    fn has_listeners(&self) -> bool {
        let any = |wanted: &[u8]| wanted.iter().any(|tools| *tools != 0);
        any(&self.wanted) || self.local.values().any(|local| any(&local.wanted))
    }

    /// The tools that want to be told of `event` at a place of a code object: one bit each.
    fn tools(&self, code: Handle, loaded: &Rc<LoadedCode>, at: CodeUnit, event: Event) -> u8 {
        let event = event.asked_as();
        let tools = self.wanted[event as usize];
        match self.local.get(&code) {
            Some(local) if event.is_local() && Rc::ptr_eq(&local.code, loaded) => {
                let disabled = local.disabled.get(&(at, event)).copied().unwrap_or(0);
                (tools | local.wanted[event as usize]) & !disabled
            }
            _ => tools,
        }
    }

    /// The tools that want to be told of an event wherever it happens: one bit each.
    pub const fn tools_for(&self, event: Event) -> u8 {
        self.wanted[event as usize]
    }

    /// Whether a tool has said that it does not want to be told any more of an event at a place.
    fn is_disabled(&self, tool: u8, code: Handle, at: CodeUnit, event: Event) -> bool {
        let local = self.local.get(&code);
        local.and_then(|local| local.disabled.get(&(at, event))).is_some_and(|tools| tools >> tool & 1 == 1)
    }

    /// The events that a tool wants to be told of everywhere.
    pub fn events(&self, tool: u8) -> u32 {
        events_in(&self.wanted, tool)
    }

    /// The events that a tool wants to be told of in a code object.
    pub fn local_events(&self, tool: u8, code: Handle, loaded: &Rc<LoadedCode>) -> u32 {
        match self.local.get(&code) {
            Some(local) if Rc::ptr_eq(&local.code, loaded) => events_in(&local.wanted, tool),
            _ => 0,
        }
    }

    fn local_mut(&mut self, code: Handle, loaded: &Rc<LoadedCode>) -> &mut Local {
        let mut active = [0; Event::LOCAL];
        active.copy_from_slice(&self.wanted[..Event::LOCAL]);
        let all = Rc::make_mut(&mut self.local);
        let fresh = || Local {
            code: Rc::clone(loaded),
            wanted: [0; Event::LOCAL],
            active,
            disabled: BTreeMap::new(),
        };
        let local = all.entry(code).or_insert_with(fresh);
        if !Rc::ptr_eq(&local.code, loaded) {
            *local = fresh();
        }
        local
    }

    /// Lets code know what tools want to be told of now: it begins to run, or is running while that changes.  A tool
    /// that did not want to be told at some places, and has not wanted to be told at all since, is told there again.
    fn instrument(&mut self, code: Handle) {
        if !self.local.contains_key(&code) {
            return;
        }
        let Some(local) = Rc::make_mut(&mut self.local).get_mut(&code) else { return };
        for event in &Event::ALL[..Event::LOCAL] {
            let index = *event as usize;
            let now = self.wanted[index] | local.wanted[index];
            let ended = local.active[index] & !now;
            local.active[index] = now;
            if ended != 0 {
                let places = local.disabled.iter_mut().filter(|((_, other), _)| other == event);
                places.for_each(|(_, tools)| *tools &= !ended);
            }
        }
    }

    /// Where lines begin in a code object.
    fn lines_of(&mut self, code: Handle, loaded: &Rc<LoadedCode>) -> Rc<Lines> {
        match self.lines.get(&code) {
            Some((known, lines)) if Rc::ptr_eq(known, loaded) => Rc::clone(lines),
            _ => {
                let lines = Rc::new(Lines::of(loaded));
                let entry = (Rc::clone(loaded), Rc::clone(&lines));
                Rc::make_mut(&mut self.lines).insert(code, entry);
                lines
            }
        }
    }
}

fn events_in(wanted: &[u8], tool: u8) -> u32 {
    let mut events = 0;
    for (event, tools) in wanted.iter().enumerate() {
        events |= u32::from(tools >> tool & 1) << event;
    }
    events
}

fn set_events_in(wanted: &mut [u8], tool: u8, events: u32) {
    for (event, tools) in wanted.iter_mut().enumerate() {
        *tools = *tools & !(1 << tool) | ((events >> event & 1) as u8) << tool;
    }
}

impl Machine {
    /// Says of which events a tool is to be told, wherever they happen.
    pub(in crate::machine) fn set_tool_events(&mut self, tool: u8, events: u32) {
        set_events_in(&mut self.watch.wanted, tool, events);
        self.instrument_running();
        self.look_who_watches();
    }

    /// Says of which events a tool is to be told in one code object.
    pub(in crate::machine) fn set_local_events(&mut self, tool: u8, code: Handle, events: u32) {
        let loaded = self.code(code);
        set_events_in(&mut self.watch.local_mut(code, &loaded).wanted, tool, events);
        self.watch.instrument(code);
        self.look_who_watches();
    }

    /// Takes from a tool all that it wants to be told of.
    pub(in crate::machine) fn forget_tool_events(&mut self, tool: u8) {
        for local in Rc::make_mut(&mut self.watch.local).values_mut() {
            set_events_in(&mut local.wanted, tool, 0);
        }
        self.set_tool_events(tool, 0);
    }

    /// Lets the code of all frames on the chain know what tools want to be told of now.
    fn instrument_running(&mut self) {
        if self.watch.local.is_empty() {
            return;
        }
        let codes: Vec<Handle> = self.thread.python_frames().map(|frame| frame.code_handle).collect();
        for code in codes {
            self.watch.instrument(code);
        }
    }

    /// Tells the tools of everything again that they did not want to be told of any more.
    pub(in crate::machine) fn restart_events(&mut self) {
        for local in Rc::make_mut(&mut self.watch.local).values_mut() {
            local.disabled.clear();
        }
    }

    /// A tool does not want to be told any more of an event at a place.
    fn disable(&mut self, tool: u8, code: Handle, at: CodeUnit, event: Event) {
        let loaded = self.code(code);
        *self.watch.local_mut(code, &loaded).disabled.entry((at, event)).or_default() |= 1 << tool;
    }

    /// Finds out whether anybody has to be told of anything.
    pub(in crate::machine) fn look_who_watches(&mut self) {
        self.watching = self.watch.telling == 0 && self.watch.has_listeners();
        self.heap.watches_ends = self.watch.tools_for(Event::PyUnwind) != 0;
    }
}
