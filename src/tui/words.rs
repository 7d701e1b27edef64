//! What the status line says about a travel that is over.

use super::draw::Status;
use crate::timeline::{Arrival, Goal, Step, Timeline};
use crate::view::{FrameRow, Phase, Snapshot};

/// The last line that the program printed without ending it: its prompt.
pub fn prompt(snapshot: &Snapshot) -> String {
    match &snapshot.phase {
        Phase::Input(prompt) => prompt.clone(),
        Phase::Running | Phase::Exited(_) | Phase::Fault(_) => String::new(),
    }
}

/// What came of a travel to `goal` from `home`.
pub fn arrival(snapshot: &Snapshot, goal: Goal, home: Step, arrival: Arrival, timeline: &Timeline) -> Status {
    let here = snapshot.step;
    let moved = here != home;
    match arrival {
        Arrival::Reached => reached(snapshot, goal, home, timeline),
        Arrival::Breakpoint => Status::Did(format!("at a breakpoint: {}", place(snapshot))),
        Arrival::AtStart if moved => Status::Did("at the first step".to_owned()),
        Arrival::AtStart => Status::Nothing("at the first step: nothing lies before it".to_owned()),
        Arrival::AtEnd if moved => Status::Did(format!("at the end: {}", ending(snapshot))),
        Arrival::AtEnd => Status::Nothing(format!("at the end: {}", ending(snapshot))),
        Arrival::Asks => Status::Did("the program reads a line".to_owned()),
        Arrival::Verdict => Status::Did(place(snapshot)),
        Arrival::NoCaller => Status::Nothing("no caller: this is the outermost frame".to_owned()),
    }
}

fn reached(snapshot: &Snapshot, goal: Goal, home: Step, timeline: &Timeline) -> Status {
    match goal {
        Goal::Step(step) if step == home => Status::Did(format!("at step {step}, as before")),
        Goal::Step(step) if step == home.plus(1) => Status::Did(match timeline.executed() {
            Some(words) => format!("ran {words}"),
            None => "one step".to_owned(),
        }),
        Goal::Step(step) if step == home.minus(1) => Status::Did("took one step back".to_owned()),
        Goal::Step(Step::START) => Status::Did("at the first step".to_owned()),
        Goal::Step(step) if step > home => Status::Did(format!("{} steps forward", step.0 - home.0)),
        Goal::Step(step) => Status::Did(format!("{} steps back", home.0 - step.0)),
        Goal::End => Status::Did(format!("at the end: {}", ending(snapshot))),
        Goal::NextLine | Goal::NextLineOver | Goal::PreviousLine | Goal::PreviousLineOver => {
            Status::Did(place(snapshot))
        }
        Goal::Out => Status::Did(format!("returned to {}", place(snapshot))),
        Goal::Call => Status::Did(format!("at the call in {}", place(snapshot))),
        Goal::Continue | Goal::ReverseContinue => Status::Did(place(snapshot)),
    }
}

fn place(snapshot: &Snapshot) -> String {
    let frame = snapshot.frames.iter().find(|frame| frame.selected);
    match frame {
        Some(FrameRow { title, line: Some(line), .. }) => format!("{title}, line {line}"),
        Some(FrameRow { title, line: None, .. }) => title.clone(),
        None => "no frame".to_owned(),
    }
}

fn ending(snapshot: &Snapshot) -> String {
    match snapshot.phase {
        Phase::Exited(status) => format!("exit status {status}"),
        Phase::Running | Phase::Input(_) | Phase::Fault(_) => "the program has ended".to_owned(),
    }
}
