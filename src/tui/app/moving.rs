//! Moving through time: travels, what they come to, and breakpoints.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Instant;

use super::{App, SLICE, STRIDE, Session, Status};
use crate::code::CodeUnit;
use crate::timeline::{Arrival, Breakpoint, Goal, Progress, Step, Travel};
use crate::tui::layer::{Layer, Line};
use crate::tui::pane::{self, Pane};
use crate::tui::quiz::Quiz;
use crate::tui::{terminal, words};
use crate::view::Detail;

impl App {
    /// Whether a travel is not over yet.
    pub fn is_busy(&self) -> bool {
        self.session.travel.is_some()
    }

    /// The step that the program stands before.
    pub fn now(&self) -> Step {
        self.session.timeline.now()
    }

    /// Where one is, or is going if that is a step.
    pub fn heading(&self) -> Step {
        self.session.travel.as_ref().and_then(Travel::target).unwrap_or(self.now())
    }

    /// Begins a travel; short ones are over at once.
    pub fn travel(&mut self, goal: Goal, count: u64) -> Status {
        if let Some(row) = self.open_question()
            && goes_ahead(goal, self.now())
        {
            return Status::Nothing(Quiz::prompt(row));
        }
        if let Some(travel) = self.session.travel.take() {
            self.session.timeline.give_up(travel);
        }
        let travel = self.session.timeline.begin(goal, count);
        self.session.travel = Some(travel);
        self.session.interrupted = None;
        self.slice().unwrap_or_else(|| Status::Did("under way".to_owned()))
    }

    /// Goes on with the travel for a while.
    pub fn work(&mut self) {
        if let Some(status) = self.slice() {
            self.status = status;
        }
    }

    /// One slice of the travel; its words if that was the last one.
    fn slice(&mut self) -> Option<Status> {
        let mut travel = self.session.travel.take()?;
        let start = Instant::now();
        let timeline = &mut self.session.timeline;
        let progress = terminal::quietly(|| {
            catch_unwind(AssertUnwindSafe(|| {
                loop {
                    let progress = timeline.travel(&mut travel, STRIDE);
                    if start.elapsed() >= SLICE || matches!(progress, Progress::Arrived(_)) {
                        break progress;
                    }
                }
            }))
        });
        match progress {
            Ok(Progress::Working(_)) => {
                self.session.travel = Some(travel);
                None
            }
            Ok(Progress::Arrived(arrival)) => Some(self.arrive(&travel, arrival)),
            Err(_) => Some(self.fault(&travel)),
        }
    }

    fn arrive(&mut self, travel: &Travel, arrival: Arrival) -> Status {
        self.session.frame = None;
        self.session.code = None;
        self.refresh();
        if let Some(row) = self.open_question() {
            return Status::Did(Quiz::prompt(row));
        }
        if arrival == Arrival::Asks {
            self.session.interrupted = Some(travel.goal());
            let prompt = words::prompt(&self.session.snapshot);
            self.layers.push(Layer::Input(Line::new(prompt, Vec::new())));
        }
        words::arrival(&self.session.snapshot, travel.goal(), travel.home(), arrival, &self.session.timeline)
    }

    /// Goes back to where a travel began that ran into an error of this program itself.
    fn fault(&mut self, travel: &Travel) -> Status {
        let step = self.session.timeline.recover(travel);
        self.session.frame = None;
        self.session.code = None;
        self.refresh();
        Status::Nothing(format!(
            "internal error of wordcode at step {step}; please report it with the program"
        ))
    }

    /// Stops the travel, if there is one.
    pub fn stop_travel(&mut self) -> Option<Status> {
        let travel = self.session.travel.take()?;
        self.session.timeline.give_up(travel);
        self.session.frame = None;
        self.session.code = None;
        self.refresh();
        Some(Status::Did(format!("stopped at step {}", self.now())))
    }

    /// Makes the rows anew.  Looking ahead makes a step on a copy of the machine; should that run into an error
    /// of this program itself, the rows are made without, and only an attempt to make the step fails.
    pub(super) fn refresh(&mut self) {
        let Session { timeline, viewer, frame, code, snapshot, .. } = &mut self.session;
        let mut make = || viewer.snapshot(timeline, *frame, Detail::Row);
        if let Ok(made) = terminal::quietly(|| catch_unwind(AssertUnwindSafe(&mut make))) {
            *snapshot = made;
        } else {
            viewer.looks_ahead = false;
            *snapshot = viewer.snapshot(timeline, *frame, Detail::Row);
        }
        if let Some(code) = code {
            viewer.choose(snapshot, timeline, code);
        }
    }

    /// Sets a breakpoint or removes it; whether it is set now.
    pub fn toggle_breakpoint(&mut self, breakpoint: Breakpoint) -> bool {
        let is_set = self.session.timeline.breakpoints.toggle(breakpoint);
        self.refresh();
        is_set
    }

    /// The line that is picked in Source, or else the current one.
    pub fn line_here(&self) -> Result<Breakpoint, &'static str> {
        let picked = self.desk.scrolls[Pane::Source as usize].picked.map(|row| row as u32 + 1);
        let current = self.session.snapshot.source.span.map(|span| span.line);
        self.line_at(picked.or(current).ok_or("no line to set a breakpoint on")?)
    }

    /// A line of the file that is shown.
    pub fn line_at(&self, line: u32) -> Result<Breakpoint, &'static str> {
        let text =
            self.session.snapshot.source.text.as_ref().ok_or("the source of this frame is not at hand")?;
        if line == 0 || line as usize > text.lines.len() {
            return Err("the file has no such line");
        }
        Ok(Breakpoint::Line { file: Rc::clone(&text.name), line })
    }

    /// The instruction that is picked in Wordcode, or else the current one.
    pub fn instruction_here(&self) -> Result<Breakpoint, &'static str> {
        let picked = self.desk.scrolls[Pane::Wordcode as usize].picked;
        let picked = picked.and_then(|row| pane::listing_row(&self.scene(), row));
        let row = picked
            .or(self.session.snapshot.wordcode.current)
            .ok_or("no instruction to set a breakpoint on")?;
        self.instruction_at(CodeUnit(row as u32))
    }

    /// An instruction of the code object that is shown.
    pub fn instruction_at(&self, at: CodeUnit) -> Result<Breakpoint, &'static str> {
        self.session.viewer.breakpoint(&self.session.snapshot, at)
    }
}

/// Whether a travel leads, or may lead, into the future.
fn goes_ahead(goal: Goal, now: Step) -> bool {
    match goal {
        Goal::Step(step) => step > now,
        Goal::End | Goal::NextLine | Goal::NextLineOver | Goal::Out | Goal::Continue => true,
        Goal::PreviousLine | Goal::PreviousLineOver | Goal::Call | Goal::ReverseContinue => false,
    }
}
