//! The command line behind `:`.
//!
//! It takes the commands of [`COMMANDS`], a bare step number, and the name of any action.

use super::action::{self, ACTIONS, Call};
use super::app::App;
use super::draw::Status;
use super::look_around;
use super::theme::Theme;
use crate::code::CodeUnit;
use crate::timeline::{Goal, Step};
use crate::view::Tag;

/// One command.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// How it is written.
    pub usage: &'static str,
    /// What it does, as a sentence.
    pub doc: &'static str,
    /// Does it, with what stands behind the name.
    run: fn(&mut App, &str) -> Status,
}

/// Every command that is not an action.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "goto",
        usage: "goto STEP",
        doc: "Goes to a step: a number, +10 or -10 from here, start or end.",
        run: goto,
    },
    Command {
        name: "break",
        usage: "break LINE | break at OFFSET",
        doc: "Sets or removes a breakpoint on a line of this file, or on an instruction of this code object.",
        run: set_breakpoint,
    },
    Command {
        name: "who",
        usage: "who @TAG",
        doc: "Shows an object: where it was made, its names, what holds it; without a tag, that of the picked row.",
        run: |app, tag| with_tag(app, tag, look_around::who),
    },
    Command {
        name: "birth",
        usage: "birth @TAG",
        doc: "Goes to the step that made an object; without a tag, that of the picked row.",
        run: |app, tag| with_tag(app, tag, look_around::birth),
    },
    Command {
        name: "theme",
        usage: "theme NAME",
        doc: "Changes the colours: dark, light, high-contrast, colour-blind-safe or mono.",
        run: theme,
    },
];

/// Runs what was typed.
pub fn run(app: &mut App, typed: &str) -> Status {
    let typed = typed.trim();
    let (name, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    if name.is_empty() {
        return Status::Nothing("nothing typed".to_owned());
    }
    if name.chars().all(|c| c.is_ascii_digit()) {
        return goto(app, typed);
    }
    if let Some(command) = COMMANDS.iter().find(|command| command.name == name) {
        return (command.run)(app, rest.trim());
    }
    match action::named(name) {
        Some(_) if !rest.is_empty() => Status::Nothing(format!("{name} takes nothing behind it")),
        Some(action) => (action.run)(app, Call::default()),
        None => Status::Nothing(match nearest(name) {
            Some(other) => format!("no command named {name}; did you mean {other}?"),
            None => format!("no command named {name}; ? lists them"),
        }),
    }
}

fn goto(app: &mut App, step: &str) -> Status {
    let number = |text: &str| text.parse::<u64>().ok();
    let now = app.now();
    let target = match step {
        "start" => Some(Step::START),
        "end" => return app.travel(Goal::End, 1),
        _ => match (step.strip_prefix('+'), step.strip_prefix('-')) {
            (Some(more), _) => number(more).map(|more| now.plus(more)),
            (None, Some(less)) => number(less).map(|less| now.minus(less)),
            (None, None) => number(step).map(Step),
        },
    };
    match target {
        Some(target) => app.travel(Goal::Step(target), 1),
        None if step.is_empty() => Status::Nothing("goto where? goto 1234, goto +10, goto end".to_owned()),
        None => Status::Nothing(format!("not a step: {step}; goto takes 1234, +10, -10, start or end")),
    }
}

fn set_breakpoint(app: &mut App, place: &str) -> Status {
    let breakpoint = match place.strip_prefix("at ").map(str::trim) {
        Some(offset) => match offset.parse::<u32>() {
            Ok(offset) if offset % 2 == 0 => app.instruction_at(CodeUnit::from_bytes(offset)),
            Ok(_) | Err(_) => {
                return Status::Nothing(format!("not an offset in bytes, which are even: {offset}"));
            }
        },
        None => match place.parse::<u32>() {
            Ok(line) => app.line_at(line),
            Err(_) => return Status::Nothing(format!("break {place}: it takes a line, or at and an offset")),
        },
    };
    match breakpoint {
        Ok(breakpoint) => {
            let is_set = app.toggle_breakpoint(breakpoint);
            Status::Did(format!("breakpoint {} at {place}", if is_set { "set" } else { "removed" }))
        }
        Err(why) => Status::Nothing(why.to_owned()),
    }
}

fn with_tag(app: &mut App, tag: &str, run: fn(&mut App, Tag) -> Status) -> Status {
    if tag.is_empty() {
        return match app.picked_tag() {
            Some(tag) => run(app, tag),
            None => Status::Nothing("which object? who @17, or pick a row with one".to_owned()),
        };
    }
    match tag.trim_start_matches('@').parse() {
        Ok(number) => run(app, Tag(number)),
        Err(_) => Status::Nothing(format!("not an object's tag: {tag}; they look like @17")),
    }
}

fn theme(app: &mut App, name: &str) -> Status {
    if name.is_empty() {
        return Status::Nothing(format!("which theme? {}", Theme::names().join(", ")));
    }
    match app.set_theme(name) {
        Ok(()) => Status::Did(format!("theme {name}")),
        Err(error) => Status::Nothing(error.to_string()),
    }
}

/// The command or action whose name is nearest to `name`, if any is near.
fn nearest(name: &str) -> Option<&'static str> {
    let names = COMMANDS.iter().map(|command| command.name).chain(ACTIONS.iter().map(|action| action.name));
    // Nobody types a name this long; a pasted text must not cost the square of its length.
    let short = name.get(..name.len().min(40))?;
    let (distance, nearest) = names.map(|other| (strsim::damerau_levenshtein(short, other), other)).min()?;
    (distance <= 2 && 2 * distance < name.chars().count()).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_is_understood() {
        assert_eq!(nearest("gto"), Some("goto"));
        assert_eq!(nearest("thme"), Some("theme"));
        assert_eq!(nearest("brake"), Some("break"));
        assert_eq!(nearest("xyzzy"), None);
        assert_eq!(nearest("z"), None);
    }
}
