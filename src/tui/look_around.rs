//! The actions that look around, and those on the program itself: none of them moves time.

use super::action::Call;
use super::app::{App, Leaving, Request};
use super::codes::Codes;
use super::draw::Status;
use super::keys::Key;
use super::layer::{Help, Layer, Line, Whole};
use super::pane::Pane;
use crate::timeline::{Goal, Step};
use crate::view::{CompareRow, Tag};

/// A digit: jumps to a pane, and may be the beginning of a count.
pub fn digit(app: &mut App, call: Call) -> Status {
    let Some(digit) = call.key.and_then(Key::typed).and_then(|c| c.to_digit(10)) else {
        return Status::Nothing("type the number of a pane".to_owned());
    };
    app.push_digit(digit)
}

/// The focus to the next pane.
pub fn next_pane(app: &mut App, call: Call) -> Status {
    turn(app, call.times() as usize)
}

/// The focus to the pane before.
pub fn previous_pane(app: &mut App, call: Call) -> Status {
    let panes = Pane::ALL.len();
    turn(app, panes - call.times() as usize % panes)
}

fn turn(app: &mut App, by: usize) -> Status {
    let at = app.desk().focus as usize;
    let pane = Pane::ALL[(at + by % Pane::ALL.len()) % Pane::ALL.len()];
    app.focus(pane);
    Status::Did(format!("{} has the focus", pane.title()))
}

/// To the frame that called this one.
pub fn frame_up(app: &mut App, call: Call) -> Status {
    match app.selected_frame().checked_add(call.times() as usize) {
        Some(frame) if frame < app.snapshot().frames.len() => select(app, frame),
        _ => Status::Nothing("no caller: this is the outermost frame".to_owned()),
    }
}

/// To the frame that this one called.
pub fn frame_down(app: &mut App, call: Call) -> Status {
    match app.selected_frame().checked_sub(call.times() as usize) {
        Some(frame) => select(app, frame),
        None => Status::Nothing("this is the newest frame".to_owned()),
    }
}

fn select(app: &mut App, frame: usize) -> Status {
    app.select_frame(frame);
    let title = app.snapshot().frames.get(frame).map(|row| row.title.clone()).unwrap_or_default();
    Status::Did(format!("frame {title}"))
}

/// Picks the next row.
pub fn row_down(app: &mut App, call: Call) -> Status {
    app.pick(|row, _, last| row.saturating_add(call.times() as usize).min(last))
}

/// Picks the row before.
pub fn row_up(app: &mut App, call: Call) -> Status {
    app.pick(|row, _, _| row.saturating_sub(call.times() as usize))
}

/// Picks a row one page further down.
pub fn page_down(app: &mut App, _call: Call) -> Status {
    app.pick(|row, height, last| (row + height.max(1)).min(last))
}

/// Picks a row one page further up.
pub fn page_up(app: &mut App, _call: Call) -> Status {
    app.pick(|row, height, _| row.saturating_sub(height.max(1)))
}

/// Picks the first row.
pub fn first_row(app: &mut App, _call: Call) -> Status {
    app.pick(|_, _, _| 0)
}

/// Picks the last row.
pub fn last_row(app: &mut App, _call: Call) -> Status {
    app.pick(|_, _, last| last)
}

/// Opens the picked row.
pub fn open(app: &mut App, _call: Call) -> Status {
    let pane = app.desk().focus;
    let row = app.picked_row();
    if pane == Pane::Compare
        && let Some(CompareRow { step, .. }) = app.snapshot().compare.at(row)
    {
        // The state in which the operands were still on the stack.
        return app.travel(Goal::Step(step.minus(1)), 1);
    }
    match pane {
        Pane::Frames if row < app.snapshot().frames.len() => select(app, row),
        Pane::Source
        | Pane::Wordcode
        | Pane::Stack
        | Pane::Frames
        | Pane::Compare
        | Pane::Names
        | Pane::Objects
        | Pane::Output
        | Pane::Says => match app.whole_row(row) {
            Some(mut text) => {
                let who = app.picked_tag().and_then(|tag| app.who(tag));
                let enter = who.as_ref().and_then(|who| way_to(who.made));
                for line in who.iter().flat_map(|who| &who.lines[1..]) {
                    text.push('\n');
                    text.push_str(line);
                }
                app.open(Layer::Whole(Whole { title: pane.title(), text, first: 0, enter }));
                Status::Did("the row whole".to_owned())
            }
            None => Status::Nothing(format!("{} has no row to open", pane.title())),
        },
    }
}

/// Opens the tree of code objects.
pub fn codes(app: &mut App, _call: Call) -> Status {
    let rows = app.codes();
    if rows.is_empty() {
        return Status::Nothing("no code object is alive: the program has ended".to_owned());
    }
    app.open(Layer::Codes(Codes::new(rows)));
    Status::Did("all code objects; Enter shows one, Esc closes".to_owned())
}

/// Opens the window with the stages, at what the compiler made of the instruction that is looked at.
pub fn stages(app: &mut App, _call: Call) -> Status {
    match app.stages() {
        Ok(window) => {
            app.open(Layer::Stages(window));
            Status::Did("stages of the compiler; Tab goes to the next, Esc closes".to_owned())
        }
        Err(why) => Status::Nothing(why),
    }
}

/// What goes to the step that made an object.
fn way_to(made: Option<Step>) -> Option<(String, &'static str)> {
    // The state in which the step was about to be made.
    made.map(|step| (format!("goto {}", step.0.saturating_sub(1)), "goes to its birth"))
}

/// Shows what is known of the object with a tag.
pub fn who(app: &mut App, tag: Tag) -> Status {
    match app.who(tag) {
        Some(who) => {
            let (text, enter) = (who.lines.join("\n"), way_to(who.made));
            app.open(Layer::Whole(Whole { title: "Object", text, first: 0, enter }));
            Status::Did(format!("object {tag}"))
        }
        None => Status::Nothing(format!("no object {tag} is there now")),
    }
}

/// Goes to the step that made the object with a tag.
pub fn birth(app: &mut App, tag: Tag) -> Status {
    let Some(who) = app.who(tag) else { return Status::Nothing(format!("no object {tag} is there now")) };
    match who.made {
        Some(step) => app.travel(Goal::Step(step.minus(1)), 1),
        None => Status::Nothing(format!("no step made {tag}: {}", who.lines[1])),
    }
}

/// Begins to play at guessing verdicts, or ends it.
pub fn predict(app: &mut App, _call: Call) -> Status {
    app.toggle_quiz()
}

/// Caches as rows, or not.
pub fn caches(app: &mut App, _call: Call) -> Status {
    let shown = app.toggle_caches();
    let said = if shown { "inline caches have rows" } else { "inline caches are hidden" };
    Status::Did(said.to_owned())
}

/// Leaves whatever one is in, one thing at a time.
pub fn leave(app: &mut App, _call: Call) -> Status {
    app.leave_one().unwrap_or_else(|| Status::Nothing("nothing to leave; q ends wordcode".to_owned()))
}

/// Opens the command line.
pub fn command_line(app: &mut App, _call: Call) -> Status {
    let history = app.history().to_vec();
    app.open(Layer::Command(Line::new(String::new(), history)));
    Status::Did("a command; Enter runs it, Esc leaves".to_owned())
}

/// Opens the help window.
pub fn help(app: &mut App, _call: Call) -> Status {
    app.open(Layer::Help(Help::default()));
    Status::Did("help; Esc closes it".to_owned())
}

/// Copies the command that comes back here.
pub fn copy(app: &mut App, _call: Call) -> Status {
    let command = format!("wordcode {} --at {}", quoted(&app.snapshot().script), app.now());
    app.request(Request::Copy(command.clone()));
    Status::Did(format!("copied: {command}"))
}

/// A file name as a shell takes it.
fn quoted(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./+=:,@".contains(c);
    if !name.is_empty() && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "'\\''"))
    }
}

/// Mouse on or off.
pub fn mouse(app: &mut App, _call: Call) -> Status {
    let on = app.toggle_mouse();
    Status::Did(format!("mouse {}", if on { "on" } else { "off" }))
}

/// Draws everything anew.
pub fn redraw(app: &mut App, _call: Call) -> Status {
    app.request(Request::Redraw);
    Status::Did("drawn anew".to_owned())
}

/// Stops the process.
pub fn suspend(app: &mut App, _call: Call) -> Status {
    app.request(Request::Suspend);
    Status::Did("back".to_owned())
}

/// Ends the program.
pub fn quit(app: &mut App, _call: Call) -> Status {
    app.leave(Leaving::Quit);
    Status::Did("bye".to_owned())
}

/// Stops what runs, or else ends the program.
pub fn interrupt(app: &mut App, call: Call) -> Status {
    match app.stop_travel() {
        Some(status) => status,
        None => quit(app, call),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn file_names_are_quoted_for_the_shell() {
        assert_eq!(quoted("samples/is.py"), "samples/is.py");
        assert_eq!(quoted("it's here.py"), "'it'\\''s here.py'");
        assert_eq!(quoted(""), "''");
    }
}
