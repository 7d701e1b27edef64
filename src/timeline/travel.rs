//! Travels through time: where they go, and how they get there bit by bit.
//!
//! A [`Travel`] is plain data and goes on in slices, so that whoever drives it stays responsive and can
//! give it up.  Backwards it works as ocamldebug does: from the checkpoint before now it runs forward
//! and remembers the last place to stop at; without one, it looks from the checkpoint before that.

use super::place::{self, Lines};
use super::{Breakpoints, Forward, Step, Timeline};
use crate::machine::Machine;

/// Where a travel goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// To a step.
    Step(Step),
    /// To the end of the program.
    End,
    /// To where the next line begins, in whatever frame.
    NextLine,
    /// To where a line began before.
    PreviousLine,
    /// To where the next line begins in this frame, or in one that it returns to.
    NextLineOver,
    /// To where a line began before, in this frame or in one that called it.
    PreviousLineOver,
    /// To where this frame has returned.
    Out,
    /// Back to the call that made this frame, or that resumed it.
    Call,
    /// To the next breakpoint, or to the end.
    Continue,
    /// To the last breakpoint, or to the start.
    ReverseContinue,
}

/// How a travel ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// At its goal.
    Reached,
    /// At a breakpoint.
    Breakpoint,
    /// At the start of the program, without having found what it looked for.
    AtStart,
    /// At the end of the program, without having found what it looked for.
    AtEnd,
    /// Where the program waits for a line of standard input.
    Asks,
    /// At a verdict that is to be guessed.
    Verdict,
    /// Nowhere: no frame called this one.
    NoCaller,
}

/// How far a travel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It goes on; so many of 100 are done, where that can be told.
    Working(Option<u8>),
    /// It is over.
    Arrived(Arrival),
}

/// A travel that has begun.
pub struct Travel {
    goal: Goal,
    /// How often the goal is still to be reached, this time included.
    remaining: u64,
    /// Where it began.
    home: Machine,
    /// From where this time's search goes.
    origin: Step,
    leg: Leg,
}

/// What a travel is doing at the moment.
#[derive(Clone, Debug)]
enum Leg {
    /// It runs to a step.
    To(Step, Arrival),
    /// It runs forward until it finds a stop.
    Ahead {
        /// The fewest frames since it began.
        floor: usize,
    },
    /// It looks for the last stop before a step.
    Behind(Search),
}

/// A look through one stretch of the past.
#[derive(Clone, Debug)]
struct Search {
    /// Where the stretch begins.
    from: Step,
    /// The first step that does not belong to it.
    until: Step,
    /// The fewest frames from the stretch's end to where the search began.
    floor: usize,
    /// The stops found, each with its depth; deeper ones behind shallower ones.
    found: Vec<(usize, Step)>,
    /// The fewest frames in the stretch.
    lowest: usize,
}

impl Timeline {
    /// Begins a travel to the `count`th place that `goal` names.
    pub fn begin(&self, goal: Goal, count: u64) -> Travel {
        let origin = self.now();
        let mut travel = Travel {
            goal,
            remaining: count.max(1),
            home: self.machine.clone(),
            origin,
            leg: Leg::Ahead { floor: 0 },
        };
        travel.leg = travel.first_leg(self);
        travel
    }

    /// Goes on with a travel for about `budget` steps.
    pub fn travel(&mut self, travel: &mut Travel, budget: u64) -> Progress {
        let mut budget = budget.max(1);
        loop {
            let arrival = match &mut travel.leg {
                Leg::To(step, arrival) => {
                    let (arrival, is_ahead) = (*arrival, *step > travel.origin);
                    match self.run_to(*step, is_ahead, &mut budget) {
                        Some(Forward::Ran) if is_ahead && self.is_at_verdict() => Arrival::Verdict,
                        None => return travel.working(self),
                        Some(Forward::Ran) => arrival,
                        Some(Forward::Ended) => Arrival::AtEnd,
                        Some(Forward::Asks) => Arrival::Asks,
                    }
                }
                Leg::Ahead { floor } => match self.run_ahead(travel.goal, floor, &travel.home, &mut budget) {
                    None => return travel.working(self),
                    Some(arrival) => arrival,
                },
                Leg::Behind(search) => {
                    match self.look_behind(travel.goal, travel.origin, search, &mut budget) {
                        None => return travel.working(self),
                        Some(leg) => {
                            travel.leg = leg;
                            continue;
                        }
                    }
                }
            };
            travel.remaining -= 1;
            if travel.remaining == 0 || !matches!(arrival, Arrival::Reached | Arrival::Breakpoint) {
                return Progress::Arrived(arrival);
            }
            travel.home = self.machine.clone();
            travel.origin = self.now();
            travel.leg = travel.first_leg(self);
        }
    }

    /// Gives a travel up: a search of the past goes back to where it began, any other stays where it is.
    pub fn give_up(&mut self, travel: Travel) {
        if travel.is_backward() {
            self.put(travel.home);
        }
    }

    /// Runs to `step`, by way of a checkpoint if it lies behind; `None` where the budget was used up.
    /// One that leads ahead stops at a verdict that is to be guessed.
    fn run_to(&mut self, step: Step, is_ahead: bool, budget: &mut u64) -> Option<Forward> {
        // The last step is always made, so that what it touched is known.
        if step <= self.now() && !(step == self.now() && step == Step::START) {
            self.rewind(step.minus(1));
        }
        if self.known_verdicts.is_none() {
            self.rewind_ahead(step);
        }
        while self.now() < step {
            if *budget == 0 {
                return None;
            }
            *budget -= 1;
            match self.forward() {
                Forward::Ran if is_ahead && self.is_at_verdict() => break,
                Forward::Ran => {}
                other => return Some(other),
            }
        }
        Some(Forward::Ran)
    }

    /// Jumps to a checkpoint between now and `step`, if there is one.
    fn rewind_ahead(&mut self, step: Step) {
        if self.checkpoints.before(step.minus(1)).0 > self.now() {
            self.rewind(step.minus(1));
        }
    }

    /// Runs until a stop; `None` where the budget was used up.
    fn run_ahead(
        &mut self,
        goal: Goal,
        floor: &mut usize,
        home: &Machine,
        budget: &mut u64,
    ) -> Option<Arrival> {
        let home_depth = place::depth(home);
        if goal == Goal::Out && home_depth <= 1 && place::depth(&self.machine) == home_depth {
            return Some(Arrival::NoCaller);
        }
        while *budget > 0 {
            *budget -= 1;
            match self.forward() {
                Forward::Ran => {}
                Forward::Ended => {
                    return Some(if goal == Goal::End { Arrival::Reached } else { Arrival::AtEnd });
                }
                Forward::Asks => return Some(Arrival::Asks),
            }
            if self.is_at_verdict() {
                return Some(Arrival::Verdict);
            }
            let depth = place::depth(&self.machine);
            *floor = (*floor).min(depth);
            let Self { machine, lines, breakpoints, .. } = self;
            if is_stop(goal, machine, lines, breakpoints, depth, *floor, home_depth) {
                return Some(if goal == Goal::Continue { Arrival::Breakpoint } else { Arrival::Reached });
            }
            if goal != Goal::End && breakpoints.hit(machine, lines) {
                return Some(Arrival::Breakpoint);
            }
        }
        None
    }

    /// Looks through a stretch of the past; the next leg, or `None` where the budget was used up.
    fn look_behind(
        &mut self,
        goal: Goal,
        origin: Step,
        search: &mut Search,
        budget: &mut u64,
    ) -> Option<Leg> {
        if self.now() < search.from || self.now() >= search.until {
            self.rewind(search.from);
        }
        let Search { until, floor, found, lowest, .. } = search;
        loop {
            let depth = place::depth(&self.machine);
            *lowest = (*lowest).min(depth);
            let Self { machine, lines, breakpoints, .. } = self;
            let is_place = is_place_behind(goal, machine, lines, breakpoints, depth, *floor);
            if looks_at_depth(goal) {
                // Whoever returned since takes its stops along; of two at one depth the later counts.
                while found.last().is_some_and(|(other, _)| *other > depth || (is_place && *other == depth)) {
                    found.pop();
                }
            } else if is_place {
                found.clear();
            }
            if is_place {
                found.push((depth, Step(machine.steps())));
            }
            if self.now().plus(1) >= *until {
                break;
            }
            if *budget == 0 {
                return None;
            }
            *budget -= 1;
            if self.forward() != Forward::Ran {
                break;
            }
        }
        if looks_at_depth(goal) {
            found.retain(|(depth, _)| depth <= floor);
        }
        if let Some((_, step)) = found.last() {
            let arrival = if goal == Goal::ReverseContinue { Arrival::Breakpoint } else { Arrival::Reached };
            return Some(Leg::To(*step, arrival));
        }
        if search.from == Step::START {
            return Some(match goal {
                Goal::Call => Leg::To(origin, Arrival::NoCaller),
                _ => Leg::To(Step::START, Arrival::AtStart),
            });
        }
        let floor = if goal == Goal::Call { search.floor } else { search.floor.min(search.lowest) };
        Some(Leg::Behind(self.stretch_before(search.from, floor)))
    }

    /// The stretch from the checkpoint before `until` up to it.
    fn stretch_before(&self, until: Step, floor: usize) -> Search {
        let (from, _) = self.checkpoints.before(until.minus(1));
        Search { from, until, floor, found: Vec::new(), lowest: usize::MAX }
    }
}

impl Travel {
    /// Whether it looks for its goal in the past.
    pub fn is_backward(&self) -> bool {
        match self.goal {
            Goal::PreviousLine | Goal::PreviousLineOver | Goal::Call | Goal::ReverseContinue => true,
            Goal::Step(step) => step < self.origin,
            Goal::End | Goal::NextLine | Goal::NextLineOver | Goal::Out | Goal::Continue => false,
        }
    }

    /// Where it goes, if that is a step.
    pub fn target(&self) -> Option<Step> {
        match self.goal {
            Goal::Step(step) => Some(step),
            _ => None,
        }
    }

    /// What it was begun with.
    pub fn goal(&self) -> Goal {
        self.goal
    }

    /// Where it began, or went on from to the next place of the kind it looks for.
    pub fn home(&self) -> Step {
        self.origin
    }

    /// The state in which it began.
    pub(super) fn origin_state(&self) -> &Machine {
        &self.home
    }

    /// How much of it is done, of 100, where that can be told.
    pub fn progress(&self, timeline: &Timeline) -> Option<u8> {
        match self.working(timeline) {
            Progress::Working(done) => done,
            Progress::Arrived(_) => None,
        }
    }

    fn first_leg(&self, timeline: &Timeline) -> Leg {
        match self.goal {
            Goal::Step(step) => Leg::To(step, Arrival::Reached),
            Goal::End | Goal::NextLine | Goal::NextLineOver | Goal::Out | Goal::Continue => {
                Leg::Ahead { floor: place::depth(&timeline.machine) }
            }
            Goal::PreviousLine | Goal::PreviousLineOver | Goal::Call | Goal::ReverseContinue
                if self.origin == Step::START =>
            {
                Leg::To(
                    Step::START,
                    if self.goal == Goal::Call { Arrival::NoCaller } else { Arrival::AtStart },
                )
            }
            Goal::PreviousLine | Goal::PreviousLineOver | Goal::Call | Goal::ReverseContinue => {
                Leg::Behind(timeline.stretch_before(self.origin, place::depth(&timeline.machine)))
            }
        }
    }

    fn working(&self, timeline: &Timeline) -> Progress {
        let (now, origin) = (timeline.now().0, self.origin.0);
        let share = |done: u64, all: u64| (done.saturating_mul(100) / all.max(1)).min(100) as u8;
        Progress::Working(match (&self.leg, timeline.end()) {
            (Leg::To(step, _), _) if step.0 > origin => {
                Some(share(now.saturating_sub(origin), step.0 - origin))
            }
            (Leg::Ahead { .. }, Some(end)) => Some(share(now, end.0)),
            (Leg::Behind(search), _) => Some(share(origin.saturating_sub(search.until.0), origin)),
            (Leg::To(..) | Leg::Ahead { .. }, _) => None,
        })
    }
}

/// Whether a travel that goes forward stops here.
fn is_stop(
    goal: Goal,
    machine: &Machine,
    lines: &mut Lines,
    breakpoints: &Breakpoints,
    depth: usize,
    floor: usize,
    home_depth: usize,
) -> bool {
    match goal {
        Goal::NextLine => place::line_start(machine, lines).is_some(),
        Goal::NextLineOver => depth <= floor && place::line_start(machine, lines).is_some(),
        Goal::Out => depth < home_depth,
        Goal::Continue => breakpoints.hit(machine, lines),
        Goal::Step(_) | Goal::End => false,
        Goal::PreviousLine | Goal::PreviousLineOver | Goal::Call | Goal::ReverseContinue => false,
    }
}

/// Whether a search of the past may stop here.
fn is_place_behind(
    goal: Goal,
    machine: &Machine,
    lines: &mut Lines,
    breakpoints: &Breakpoints,
    depth: usize,
    floor: usize,
) -> bool {
    match goal {
        Goal::PreviousLine | Goal::PreviousLineOver => place::line_start(machine, lines).is_some(),
        Goal::Call => depth < floor,
        Goal::ReverseContinue => breakpoints.hit(machine, lines),
        Goal::Step(_) | Goal::End | Goal::NextLine | Goal::NextLineOver | Goal::Out | Goal::Continue => false,
    }
}

/// Whether a stop in the past counts only if no frame has returned into a shallower one since.
fn looks_at_depth(goal: Goal) -> bool {
    goal == Goal::PreviousLineOver
}
