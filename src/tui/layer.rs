//! The windows above the panes: help, one row shown whole, the command line, a line of input.
//!
//! They are a stack.  A key goes to the one in front; what that does not want goes to the one behind it,
//! and at last to the panes.  Drawing goes from back to front.

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use super::action::{ACTIONS, Action, Group};
use super::codes::Codes;
use super::command::COMMANDS;
use super::draw::centred;
use super::keys::Key;
use super::pane::Scene;
use super::stages::StagesWindow;
use super::text;
use super::theme::Role;

/// A window above the panes.
pub enum Layer {
    /// What every key does.
    Help(Help),
    /// A text that is too long for its row.
    Whole(Whole),
    /// All code objects.
    Codes(Codes),
    /// Every form of the program on its way to wordcode.
    Stages(StagesWindow),
    /// The command line.
    Command(Line),
    /// A line of standard input for the program.
    Input(Line),
}

/// What a layer makes of a key.
#[derive(Debug, PartialEq, Eq)]
pub enum Reaction {
    /// It took it.
    Taken,
    /// It is not for this layer.
    PassedOn,
    /// The layer is done.
    Close,
    /// The layer is done, and this is the line that was typed in it.
    Entered(String),
    /// The layer is done, and this ends the program's standard input.
    EndOfInput,
    /// The layer is done, and what is picked in it is wanted.
    Chosen,
}

impl Layer {
    /// Handles a key.
    pub fn key(&mut self, key: Key) -> Reaction {
        match self {
            Self::Help(help) => help.key(key),
            Self::Whole(whole) => whole.key(key),
            Self::Codes(codes) => codes.key(key),
            Self::Stages(stages) => stages.key(key),
            Self::Command(line) => line.key(key),
            Self::Input(line) => match (key.code, key.modifiers) {
                (KeyCode::Char('d'), KeyModifiers::CONTROL) if line.text.is_empty() => Reaction::EndOfInput,
                _ => line.key(key),
            },
        }
    }

    /// Handles pasted text: only its first line is taken.
    pub fn paste(&mut self, pasted: &str) {
        if let Self::Command(line) | Self::Input(line) = self {
            let first = pasted.lines().next().unwrap_or_default();
            first.chars().filter(|c| !c.is_control()).for_each(|c| line.insert(c));
        }
    }

    /// Draws it over what is there.
    pub fn draw(&self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        let area = frame.area();
        if area.is_empty() {
            return;
        }
        match self {
            Self::Help(help) => help.draw(frame, scene),
            Self::Whole(whole) => whole.draw(frame, scene),
            Self::Codes(codes) => codes.draw(frame, scene),
            Self::Stages(stages) => stages.draw(frame, scene),
            Self::Command(line) => line.draw(frame, scene, ":"),
            Self::Input(line) => {
                let prompt = format!("{} input: ", text::harmless(&line.prompt));
                line.draw(frame, scene, &prompt);
            }
        }
    }
}

/// The help window.
#[derive(Default)]
pub struct Help {
    filter: String,
    first: usize,
}

impl Help {
    fn key(&mut self, key: Key) -> Reaction {
        match (key.code, key.typed()) {
            (KeyCode::Esc, _) if !self.filter.is_empty() => self.filter.clear(),
            (KeyCode::Esc | KeyCode::Enter | KeyCode::F(1), _) => return Reaction::Close,
            (KeyCode::Char('q' | '?'), _) if self.filter.is_empty() => return Reaction::Close,
            (KeyCode::Backspace, _) => _ = self.filter.pop(),
            (KeyCode::Down, _) => self.first += 1,
            (KeyCode::Up, _) => self.first = self.first.saturating_sub(1),
            (KeyCode::PageDown, _) => self.first += 10,
            (KeyCode::PageUp, _) => self.first = self.first.saturating_sub(10),
            (_, Some(c)) => {
                self.filter.push(c);
                self.first = 0;
            }
            (_, None) => return Reaction::PassedOn,
        }
        self.first = self.first.min(self.rows().len().saturating_sub(1));
        Reaction::Taken
    }

    /// The rows that pass the filter, headings among them.
    fn rows(&self) -> Vec<HelpRow> {
        let wanted = self.filter.to_lowercase();
        let passes = |texts: &[&str]| texts.iter().any(|text| text.to_lowercase().contains(&wanted));
        let mut rows = Vec::new();
        for group in Group::ALL {
            let of_group = |action: &&Action| action.group == group;
            let kept = |action: &&Action| passes(&[action.name, action.doc, &action.keys.join(" ")]);
            let fitting: Vec<_> = ACTIONS.iter().filter(of_group).filter(kept).collect();
            if !fitting.is_empty() {
                rows.push(HelpRow { keys: String::new(), text: group.title().to_owned(), is_heading: true });
            }
            rows.extend(fitting.iter().map(|action| {
                let keys = if action.keys.len() > 4 { "1 to 9".to_owned() } else { action.keys.join(" ") };
                HelpRow { keys, text: action.doc.to_owned(), is_heading: false }
            }));
        }
        let commands: Vec<_> =
            COMMANDS.iter().filter(|command| passes(&[command.usage, command.doc])).collect();
        if !commands.is_empty() {
            rows.push(HelpRow {
                keys: String::new(),
                text: "On the command line".to_owned(),
                is_heading: true,
            });
        }
        rows.extend(commands.iter().map(|command| HelpRow {
            keys: format!(":{}", command.usage),
            text: command.doc.to_owned(),
            is_heading: false,
        }));
        rows
    }

    fn draw(&self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        let area = centred(frame.area(), 100, 60);
        let inside = window(frame, scene, area, "Help  (type to filter, Esc closes)");
        let rows = self.rows();
        let keys =
            rows.iter().map(|row| text::width(&row.keys)).max().unwrap_or(0).min(usize::from(area.width) / 3);
        let width = usize::from(inside.width).saturating_sub(keys + 2);
        let mut y = inside.y;
        if !self.filter.is_empty() {
            put(frame, inside, y, 0, &format!("filter: {}", self.filter), scene, Role::Key);
            y += 1;
        }
        if rows.is_empty() {
            put(frame, inside, y, 0, "no key does that", scene, Role::Why);
        }
        for row in rows.iter().skip(self.first) {
            if row.is_heading {
                put(frame, inside, y, 0, &row.text, scene, Role::Title);
                y += 1;
                continue;
            }
            put(frame, inside, y, 0, &text::cut_middle(&row.keys, keys, scene.glyphs.cut), scene, Role::Key);
            for line in text::wrap(&row.text, width) {
                put(frame, inside, y, keys + 2, &line, scene, Role::Text);
                y += 1;
            }
            if y >= inside.bottom() {
                break;
            }
        }
    }
}

struct HelpRow {
    keys: String,
    text: String,
    is_heading: bool,
}

/// A row shown whole.
pub struct Whole {
    /// Which pane it is from.
    pub title: &'static str,
    /// The text, as the machine has it.
    pub text: String,
    /// The first line in sight.
    pub first: usize,
    /// What Enter runs, as the command line takes it, and what that does, in a word or two.
    pub enter: Option<(String, &'static str)>,
}

impl Whole {
    fn key(&mut self, key: Key) -> Reaction {
        match key.code {
            KeyCode::Enter if self.enter.is_some() => {
                return self.enter.take().map_or(Reaction::Close, |(command, _)| Reaction::Entered(command));
            }
            KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q') => return Reaction::Close,
            KeyCode::Down => self.first += 1,
            KeyCode::Up => self.first = self.first.saturating_sub(1),
            KeyCode::PageDown => self.first += 10,
            KeyCode::PageUp => self.first = self.first.saturating_sub(10),
            // Anything else is meant for the program: the window makes way.
            _ => return Reaction::PassedOn,
        }
        self.first = self.first.min(self.text.lines().count().saturating_sub(1).max(self.text.len() / 20));
        Reaction::Taken
    }

    fn heading(&self) -> String {
        match &self.enter {
            Some((_, does)) => format!("{}  (Enter {does}, Esc closes)", self.title),
            None => format!("{}  (Esc closes)", self.title),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        let full = frame.area();
        let width = full.width.saturating_sub(8).max(30);
        let room = usize::from(width.saturating_sub(4));
        let lines: Vec<String> =
            self.text.lines().flat_map(|line| text::wrap(&text::harmless(line), room)).collect();
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let area = centred(full, width, height.min(full.height.saturating_sub(4).max(3)));
        let inside = window(frame, scene, area, &self.heading());
        let most = lines.len().saturating_sub(usize::from(inside.height));
        for (y, line) in (inside.top()..inside.bottom()).zip(lines.iter().skip(self.first.min(most))) {
            put(frame, inside, y, 0, line, scene, Role::Value);
        }
    }
}

/// A line that is being typed.
#[derive(Default)]
pub struct Line {
    /// What stands before it.
    pub prompt: String,
    text: String,
    /// Where the cursor is, in bytes.
    cursor: usize,
    /// What was entered before, oldest first.
    history: Vec<String>,
    /// How far back in there one is; 0 for the line being typed.
    back: usize,
}

impl Line {
    /// An empty line with a prompt, and what was entered before.
    pub fn new(prompt: String, history: Vec<String>) -> Self {
        Self { prompt, history, ..Self::default() }
    }

    fn insert(&mut self, c: char) {
        self.text.insert(self.cursor, c);
        self.cursor += c.len_utf8();
    }

    fn key(&mut self, key: Key) -> Reaction {
        let before = self.text[..self.cursor].chars().next_back().map_or(0, char::len_utf8);
        let behind = self.text[self.cursor..].chars().next().map_or(0, char::len_utf8);
        match (key.code, key.modifiers) {
            (KeyCode::Esc, _) | (KeyCode::Char('c'), KeyModifiers::CONTROL) => return Reaction::Close,
            (KeyCode::Enter, _) => return Reaction::Entered(std::mem::take(&mut self.text)),
            (KeyCode::Backspace, _) => {
                self.cursor -= before;
                self.text.drain(self.cursor..self.cursor + before);
            }
            (KeyCode::Delete, _) => _ = self.text.drain(self.cursor..self.cursor + behind),
            (KeyCode::Left, _) => self.cursor -= before,
            (KeyCode::Right, _) => self.cursor += behind,
            (KeyCode::Home, _) | (KeyCode::Char('a'), KeyModifiers::CONTROL) => self.cursor = 0,
            (KeyCode::End, _) | (KeyCode::Char('e'), KeyModifiers::CONTROL) => self.cursor = self.text.len(),
            (KeyCode::Char('u'), KeyModifiers::CONTROL) => {
                self.text.drain(..self.cursor);
                self.cursor = 0;
            }
            (KeyCode::Up, _) => self.recall(self.back + 1),
            (KeyCode::Down, _) => self.recall(self.back.saturating_sub(1)),
            (KeyCode::Char(c), KeyModifiers::NONE) => self.insert(c),
            _ => {}
        }
        Reaction::Taken
    }

    fn recall(&mut self, back: usize) {
        if back > self.history.len() {
            return;
        }
        self.back = back;
        self.text = if back == 0 { String::new() } else { self.history[self.history.len() - back].clone() };
        self.cursor = self.text.len();
    }

    fn draw(&self, frame: &mut Frame<'_>, scene: &Scene<'_>, prompt: &str) {
        let area = frame.area();
        let y = area.bottom() - 1;
        let row = Rect { y, height: 1, ..area };
        Clear.render(row, frame.buffer_mut());
        frame.buffer_mut().set_style(row, scene.style(Role::Status));
        let room = usize::from(area.width);
        let prompt = text::cut_middle(prompt, room / 2, scene.glyphs.cut);
        put(frame, row, y, 0, &prompt, scene, Role::Status);
        let start = text::width(&prompt);
        let room = room.saturating_sub(start + 1);
        // The part around the cursor stays in sight.
        let mut from = 0;
        while text::width(&text::harmless(&self.text[from..self.cursor])) > room {
            from += self.text[from..].chars().next().map_or(1, char::len_utf8);
        }
        let safe = text::harmless(&self.text[from..]);
        put(frame, row, y, start, text::take_cells(&safe, room), scene, Role::Status);
        let x = start + text::width(&text::harmless(&self.text[from..self.cursor]));
        let x = area.x.saturating_add(x as u16).min(area.right().saturating_sub(1));
        frame.set_cursor_position(Position { x, y });
    }
}

/// Clears `area`, draws a border of rules with a title, and returns what is inside.
pub(super) fn window(frame: &mut Frame<'_>, scene: &Scene<'_>, area: Rect, title: &str) -> Rect {
    Clear.render(area, frame.buffer_mut());
    let buffer = frame.buffer_mut();
    buffer.set_style(area, scene.style(Role::Text));
    let rule = scene.glyphs.rule.repeat(usize::from(area.width));
    let style = scene.style(Role::Focused);
    for y in [area.top(), area.bottom().saturating_sub(1)] {
        buffer.set_stringn(area.x, y, &rule, usize::from(area.width), style);
    }
    for y in area.top() + 1..area.bottom().saturating_sub(1) {
        for x in [area.left(), area.right().saturating_sub(1)] {
            buffer.set_stringn(x, y, scene.glyphs.wall, 1, style);
        }
    }
    let room = usize::from(area.width.saturating_sub(4));
    buffer.set_stringn(area.x + 1.min(area.width), area.y, format!(" {title} "), room, style);
    Rect {
        x: area.x + 2.min(area.width),
        y: area.y + 1.min(area.height),
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

/// Writes `words` at column `x` of `area`, as far as they fit.
pub(super) fn put(
    frame: &mut Frame<'_>,
    area: Rect,
    y: u16,
    x: usize,
    words: &str,
    scene: &Scene<'_>,
    role: Role,
) {
    let room = usize::from(area.width).saturating_sub(x);
    if y < area.bottom() && room > 0 {
        let x = area.x + x as u16;
        frame.buffer_mut().set_stringn(x, y, words, room, scene.style(role));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_keys(line: &mut Line, keys: &[&str]) -> Reaction {
        let mut last = Reaction::Taken;
        for key in keys {
            last = line.key(key.parse().unwrap());
        }
        last
    }

    #[test]
    fn a_line_is_edited_by_characters() {
        let mut line = Line::default();
        let reaction = type_keys(
            &mut line,
            &["a", "漢", "b", "Left", "Backspace", "x", "Home", "Delete", "End", "!", "Enter"],
        );
        assert_eq!(reaction, Reaction::Entered("xb!".to_owned()));
    }

    #[test]
    fn what_was_entered_before_comes_back() {
        let mut line = Line::new(String::new(), vec!["one".to_owned(), "two".to_owned()]);
        assert_eq!(type_keys(&mut line, &["Up", "Up", "Up", "Enter"]), Reaction::Entered("one".to_owned()));
    }

    #[test]
    fn help_filters() {
        let mut help = Help::default();
        let all = help.rows().len();
        for c in ["b", "r", "e", "a", "k"] {
            assert_eq!(help.key(c.parse().unwrap()), Reaction::Taken);
        }
        let rows = help.rows();
        assert!(!rows.is_empty() && rows.len() < all);
        assert_eq!(help.key("Esc".parse().unwrap()), Reaction::Taken);
        assert_eq!(help.rows().len(), all);
        assert_eq!(help.key("Esc".parse().unwrap()), Reaction::Close);
    }
}
