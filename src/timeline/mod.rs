//! State to history: checkpoints and replay.
//!
//! Time is the count of steps.  What must hold: the state at a step is the same however one came there,
//! forward or back (`tests/replay.rs`), and nothing outside the machine is touched twice.

mod births;
mod breakpoints;
mod checkpoints;
mod delta;
mod place;
mod step;
mod travel;
mod verdicts;
mod world;

use std::time::Instant;

use checkpoints::Checkpoints;

pub use births::Made;
pub use breakpoints::{Breakpoint, Breakpoints};
pub use delta::{Before, Bound, Delta, instruction, instruction_at};
pub use place::{Lines, depth, line_start, running, shown_unit};
pub use step::Step;
pub use travel::{Arrival, Goal, Progress, Travel};
pub use verdicts::KnownVerdicts;
pub use world::World;

pub use crate::outside::Stdin;

use crate::machine::{Machine, Outcome};

/// A run of a program: where it is, and how to get to any other moment of it.
pub struct Timeline {
    machine: Machine,
    world: World,
    checkpoints: Checkpoints<Machine>,
    /// When the next checkpoint is due.
    due: Step,
    /// When the last one was made, and at which step: what steps cost is measured from there.
    since: (Instant, Step),
    end: Option<Step>,
    furthest: Step,
    /// What was noted before the last step, if it was made here.
    noted: Option<Before>,
    /// Where one may stop on the way.
    pub breakpoints: Breakpoints,
    /// Where there are some, a travel ahead stops at each verdict that is not among them.
    pub known_verdicts: Option<KnownVerdicts>,
    lines: Lines,
}

/// What came of an attempt to make one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forward {
    /// It was made.
    Ran,
    /// The program has ended; there is no further step.
    Ended,
    /// The program waits for a line of standard input.
    Asks,
}

impl Timeline {
    /// A run that begins with `machine`, which has made no step yet.
    pub fn new(machine: Machine, world: World) -> Self {
        let checkpoints = Checkpoints::new(machine.clone());
        Self {
            due: checkpoints.due_after(Step::START),
            checkpoints,
            since: (Instant::now(), Step::START),
            machine,
            world,
            end: None,
            furthest: Step::START,
            noted: None,
            breakpoints: Breakpoints::default(),
            known_verdicts: None,
            lines: Lines::default(),
        }
    }

    /// The step that the machine stands before.
    pub fn now(&self) -> Step {
        Step(self.machine.steps())
    }

    /// The state.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// The last step, once it has been seen.
    pub fn end(&self) -> Option<Step> {
        self.end
    }

    /// The furthest step that has been seen.
    pub fn furthest(&self) -> Step {
        self.furthest
    }

    /// What the last step touched.
    pub fn delta(&self) -> Delta {
        let nothing = Delta { writes: self.machine.output.len(), ..Delta::default() };
        self.noted.as_ref().map_or(nothing, |noted| noted.delta(&self.machine))
    }

    /// The state, and the source lines of code objects.
    pub fn machine_and_lines(&mut self) -> (&Machine, &mut Lines) {
        (&self.machine, &mut self.lines)
    }

    /// Whether the last step gave a verdict that is to be guessed.
    fn is_at_verdict(&self) -> bool {
        self.known_verdicts.as_ref().is_some_and(|known| known.stops(&self.machine))
    }

    /// Answers the question that the program waits with, with a line that ends in a newline, or nothing for
    /// the end of standard input.
    pub fn answer(&mut self, line: String) {
        self.world.note(self.now(), line);
    }

    /// Makes one step.
    pub fn forward(&mut self) -> Forward {
        let before = self.machine.steps();
        let noted = Before::new(&self.machine);
        let mut outcome = self.machine.step();
        if self.machine.steps() == before
            && let Outcome::Asks(ask) = &outcome
        {
            let Some(answer) = self.world.answer(Step(before), ask) else { return Forward::Asks };
            self.machine.answer(answer);
            outcome = self.machine.step();
        }
        let now = self.now();
        if let Outcome::Exited(_) = outcome {
            self.end = Some(now);
        }
        if now.0 == before {
            return Forward::Ended;
        }
        self.noted = Some(noted);
        self.furthest = self.furthest.max(now);
        if now >= self.due {
            self.keep_checkpoint();
        }
        Forward::Ran
    }

    /// Where the code of the imported module in the file `origin` came from, and why; a line for the user.
    pub fn loaded_from(&self, origin: &str) -> Option<String> {
        self.world.loaded_from(origin, self.now())
    }

    /// Whether the program waits for a line that nobody has given yet.
    pub fn asks(&self) -> bool {
        self.machine.asked().is_some_and(|ask| self.world.must_ask(self.now(), ask))
    }

    /// The lines that were typed before now, with the steps that asked for them.
    pub fn typed(&self) -> &[(Step, String)] {
        let typed = self.world.typed();
        &typed[..typed.partition_point(|(step, _)| *step < self.now())]
    }

    /// What the last step ran, where it was an instruction: `LOAD_CONST 0`.
    pub fn executed(&self) -> Option<String> {
        let (opcode, arg) = self.delta().executed?;
        Some(if opcode.has_arg() { format!("{} {arg}", opcode.name()) } else { opcode.name().to_owned() })
    }

    /// Goes back to where `travel` began, after an error of this program itself has left the state in
    /// pieces; the step at which that happened.
    pub fn recover(&mut self, travel: &Travel) -> Step {
        let failed = self.now();
        self.put(travel.origin_state().clone());
        failed
    }

    /// Goes to `step`, or to the end of the program, or to where it asks for input, whichever comes first.
    pub fn go_to(&mut self, step: Step) -> Arrival {
        let mut travel = self.begin(Goal::Step(step), 1);
        loop {
            if let Progress::Arrived(arrival) = self.travel(&mut travel, u64::MAX) {
                return arrival;
            }
        }
    }

    /// Goes to the last checkpoint at or before `step`.
    fn rewind(&mut self, step: Step) {
        let (_, machine) = self.checkpoints.before(step);
        self.put(machine.clone());
    }

    /// Makes `machine`, an earlier or later state of this run, the state.
    fn put(&mut self, machine: Machine) {
        self.machine = machine;
        self.noted = None;
        self.due = self.checkpoints.due_after(self.now());
        self.since = (Instant::now(), self.now());
    }

    fn keep_checkpoint(&mut self) {
        let (then, from) = self.since;
        let start = Instant::now();
        let machine = self.machine.clone();
        let copied = Instant::now();
        let now = self.now();
        self.checkpoints.pace(now.0 - from.0, start - then, copied - start);
        self.checkpoints.keep(now, machine);
        self.due = self.checkpoints.due_after(now);
        self.since = (copied, now);
    }
}
