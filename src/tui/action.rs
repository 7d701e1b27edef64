//! The table of what the user can do: the one place that names a key.
//!
//! The keymap, the help window, the command line and the list in the README all come from [`ACTIONS`].

use std::collections::HashMap;
use std::fmt::Write as _;

use super::app::App;
use super::draw::Status;
use super::keys::{Key, KeyError};
use super::{look_around, time};

/// Under which heading an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Moving through time.
    Time,
    /// Looking at what there is.
    Look,
    /// Everything else.
    Other,
}

impl Group {
    /// Every group, in the order of the help window.
    pub const ALL: [Self; 3] = [Self::Time, Self::Look, Self::Other];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Time => "Moving through time",
            Self::Look => "Looking around",
            Self::Other => "The program",
        }
    }
}

/// How an action is called.
#[derive(Clone, Copy, Debug, Default)]
pub struct Call {
    /// The count typed before it: `10j`.
    pub count: Option<u64>,
    /// The key, if it was one.
    pub key: Option<Key>,
}

impl Call {
    /// How often to do it.
    pub fn times(self) -> u64 {
        self.count.unwrap_or(1).max(1)
    }
}

/// One thing that the user can do.
pub struct Action {
    /// Its name, as the command line takes it.
    pub name: &'static str,
    /// What it does, as a sentence.
    pub doc: &'static str,
    /// Its heading.
    pub group: Group,
    /// The keys it is on.
    pub keys: &'static [&'static str],
    /// Does it.
    pub run: fn(&mut App, Call) -> Status,
}

macro_rules! actions {
    ($($group:ident $name:literal [$($key:literal)*] $run:path, $doc:literal;)*) => {
        /// Everything that the user can do with a key.
        pub const ACTIONS: &[Action] = &[
            $(Action { name: $name, doc: $doc, group: Group::$group, keys: &[$($key),*], run: $run },)*
        ];
    };
}

actions! {
    Time "step" ["j" "Right" "Space"] time::step, "Runs one instruction.";
    Time "back" ["k" "Left"] time::back, "Takes the last instruction back.";
    Time "line" ["s" "F11"] time::line, "Runs to where the next line begins, into calls.";
    Time "line-back" ["S"] time::line_back, "Goes back to where a line began, into calls.";
    Time "over" ["n" "F10"] time::over, "Runs to where the next line begins, over calls.";
    Time "over-back" ["N"] time::over_back, "Goes back to where a line began, over calls.";
    Time "out" ["f" "Shift-F11"] time::out, "Runs until this frame has returned.";
    Time "call" ["F"] time::call, "Goes back to the call of this frame.";
    Time "continue" ["c" "F5"] time::go_on, "Runs to the next breakpoint, or to the end.";
    Time "reverse" ["C" "Shift-F5"] time::reverse, "Goes back to the last breakpoint, or to the start.";
    Time "start" ["g"] time::start, "Goes to the first step; with a count, to that step.";
    Time "end" ["G"] time::end, "Runs to the end of the program.";
    Time "breakpoint" ["b"] time::toggle_breakpoint, "Sets or removes a breakpoint: on the line if Source has the focus, else on the instruction.";

    Look "pane" ["1" "2" "3" "4" "5" "6" "7" "8" "9"] look_around::digit, "Jumps to the pane with that number, again to zoom it; before another key it is a count: 10j.";
    Look "next-pane" ["Tab"] look_around::next_pane, "Gives the focus to the next pane.";
    Look "previous-pane" ["Shift-Tab"] look_around::previous_pane, "Gives the focus to the pane before.";
    Look "caller" ["u"] look_around::frame_up, "Shows the frame that called this one.";
    Look "callee" ["d"] look_around::frame_down, "Shows the frame that this one called.";
    Look "row-down" ["Down"] look_around::row_down, "Picks the next row of the pane.";
    Look "row-up" ["Up"] look_around::row_up, "Picks the row before.";
    Look "page-down" ["PageDown"] look_around::page_down, "Picks a row one page further down.";
    Look "page-up" ["PageUp"] look_around::page_up, "Picks a row one page further up.";
    Look "first-row" ["Home"] look_around::first_row, "Picks the first row.";
    Look "last-row" ["End"] look_around::last_row, "Picks the last row.";
    Look "open" ["Enter"] look_around::open, "Shows the picked row whole, and of an object where it was made and what holds it; in Frames, selects the frame; in is / ==, goes to the step that asked.";
    Look "codes" ["o"] look_around::codes, "Lists all code objects as a tree; Enter shows one in Wordcode.";
    Look "stages" ["t"] look_around::stages, "Shows every form of the program on its way to wordcode, at what became of the picked instruction; in is / ==, at where the constants of the picked verdict were merged or folded.";
    Look "caches" ["i"] look_around::caches, "Shows inline caches as rows, or hides them.";
    Look "predict" ["P"] look_around::predict, "Covers each new verdict until you guess it: t True, f False, r reveals; again to stop.";
    Look "leave" ["Esc"] look_around::leave, "Stops what runs; forgets a count; follows the current row again; ends a zoom.";

    Other "command" [":"] look_around::command_line, "Opens the command line: goto 1234, break 12, theme light, or the name of any action.";
    Other "help" ["?" "F1"] look_around::help, "Shows this list; typing filters it.";
    Other "copy" ["y"] look_around::copy, "Copies the command that comes back to this step.";
    Other "mouse" ["m"] look_around::mouse, "Switches the mouse on or off: a click picks a row or a moment of the timeline.";
    Other "redraw" ["Ctrl-l"] look_around::redraw, "Draws the screen anew.";
    Other "suspend" ["Ctrl-z"] look_around::suspend, "Stops wordcode and gives the terminal to the shell, until fg.";
    Other "quit" ["q"] look_around::quit, "Ends wordcode.";
    Other "interrupt" ["Ctrl-c"] look_around::interrupt, "Stops what runs; if nothing does, ends wordcode.";
}

/// Which key does what.
pub struct Keymap(HashMap<Key, &'static Action>);

impl Keymap {
    /// The default keys.
    pub fn new() -> Result<Self, KeyError> {
        let mut map = HashMap::new();
        for action in ACTIONS {
            for key in action.keys {
                map.insert(key.parse()?, action);
            }
        }
        Ok(Self(map))
    }

    /// What a key does.
    pub fn action(&self, key: Key) -> Option<&'static Action> {
        self.0.get(&key).copied()
    }
}

/// The action with a name.
pub fn named(name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.name == name)
}

/// The list of keys as the README shows it.
pub fn readme() -> String {
    let mut text = String::new();
    for group in Group::ALL {
        // Writing to a String cannot fail.
        _ = writeln!(text, "**{}**\n\n| keys | name | what it does |\n|---|---|---|", group.title());
        for action in ACTIONS.iter().filter(|action| action.group == group) {
            let keys: Vec<String> = action.keys.iter().map(|key| format!("`{key}`")).collect();
            _ = writeln!(text, "| {} | {} | {} |", keys.join(" "), action.name, action.doc);
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_a_key_and_does_one_thing() {
        let keys: usize = ACTIONS.iter().map(|action| action.keys.len()).sum();
        assert_eq!(Keymap::new().unwrap().0.len(), keys);
    }

    #[test]
    fn every_action_has_a_key_that_any_recorder_can_press() {
        for action in ACTIONS {
            let pressable = action.keys.iter().any(|key| {
                key.chars().count() == 1
                    || key.starts_with("Ctrl-")
                    || [
                        "Left",
                        "Right",
                        "Up",
                        "Down",
                        "Enter",
                        "Tab",
                        "Shift-Tab",
                        "Esc",
                        "Space",
                        "Home",
                        "End",
                        "PageUp",
                        "PageDown",
                    ]
                    .contains(key)
            });
            assert!(pressable, "{}", action.name);
        }
    }

    #[test]
    fn names_and_sentences_are_in_order() {
        for (index, action) in ACTIONS.iter().enumerate() {
            assert!(
                ACTIONS[index + 1..].iter().all(|other| other.name != action.name),
                "{} twice",
                action.name
            );
            assert!(action.doc.ends_with('.'), "{}", action.name);
            assert!(!action.doc.contains('|'), "{}", action.name);
        }
    }
}
