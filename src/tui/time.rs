//! The actions that move through time.

use super::action::Call;
use super::app::App;
use super::draw::Status;
use super::pane::Pane;
use crate::timeline::{Breakpoint, Goal, Step};

/// Runs so many instructions.
pub fn step(app: &mut App, call: Call) -> Status {
    let target = app.heading().plus(call.times());
    app.travel(Goal::Step(target), 1)
}

/// Takes so many instructions back.
pub fn back(app: &mut App, call: Call) -> Status {
    let from = app.heading();
    if from == Step::START {
        return Status::Nothing("at the first step: nothing lies before it".to_owned());
    }
    app.travel(Goal::Step(from.minus(call.times())), 1)
}

/// To the next line, into calls.
pub fn line(app: &mut App, call: Call) -> Status {
    app.travel(Goal::NextLine, call.times())
}

/// To a line before, into calls.
pub fn line_back(app: &mut App, call: Call) -> Status {
    app.travel(Goal::PreviousLine, call.times())
}

/// To the next line, over calls.
pub fn over(app: &mut App, call: Call) -> Status {
    app.travel(Goal::NextLineOver, call.times())
}

/// To a line before, over calls.
pub fn over_back(app: &mut App, call: Call) -> Status {
    app.travel(Goal::PreviousLineOver, call.times())
}

/// Out of the frame.
pub fn out(app: &mut App, call: Call) -> Status {
    app.travel(Goal::Out, call.times())
}

/// Back to the call of the frame.
pub fn call(app: &mut App, call: Call) -> Status {
    app.travel(Goal::Call, call.times())
}

/// To the next breakpoint.
pub fn go_on(app: &mut App, call: Call) -> Status {
    app.travel(Goal::Continue, call.times())
}

/// To the last breakpoint.
pub fn reverse(app: &mut App, call: Call) -> Status {
    app.travel(Goal::ReverseContinue, call.times())
}

/// To the first step, or to the step that the count says.
pub fn start(app: &mut App, call: Call) -> Status {
    app.travel(Goal::Step(call.count.map_or(Step::START, Step)), 1)
}

/// To the end.
pub fn end(app: &mut App, _call: Call) -> Status {
    app.travel(Goal::End, 1)
}

/// Sets or removes a breakpoint at the picked row, or else where the program stands.
pub fn toggle_breakpoint(app: &mut App, _call: Call) -> Status {
    let breakpoint = if app.desk().focus == Pane::Source { app.line_here() } else { app.instruction_here() };
    match breakpoint {
        Ok(breakpoint) => {
            let place = match &breakpoint {
                Breakpoint::Line { line, .. } => format!("line {line}"),
                Breakpoint::Instruction { code, at } => format!("offset {} of {}", at.bytes(), code.qualname),
            };
            let is_set = app.toggle_breakpoint(breakpoint);
            Status::Did(format!("breakpoint {} at {place}", if is_set { "set" } else { "removed" }))
        }
        Err(why) => Status::Nothing(why.to_owned()),
    }
}
