//! The window with every form the program takes on its way to wordcode.

use std::borrow::Cow;
use std::rc::Rc;

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::Frame;

use super::keys::Key;
use super::layer::{Reaction, put, window};
use super::pane::Scene;
use super::text;
use super::theme::Role;
use crate::view::stages::{Mark, StageRow, StageRowKind, Stages};

/// A line of the window, before it is laid out.
#[derive(Clone, Copy)]
enum Line {
    /// The title of a stage.
    Title(usize),
    /// The sentence on a stage, which is wrapped.
    Says(usize),
    /// A row of a stage.
    Row(usize, usize),
    /// Nothing, behind a stage.
    Gap,
}

/// The window.
pub struct StagesWindow {
    stages: Rc<Stages>,
    lines: Vec<Line>,
    picked: usize,
}

impl StagesWindow {
    /// A window in which a row of a stage is picked, or else a stage's title.
    pub fn new(stages: Rc<Stages>, (stage, row): (usize, Option<usize>)) -> Self {
        let mut lines = Vec::new();
        let mut picked = 0;
        for (index, each) in stages.list.iter().enumerate() {
            if index == stage {
                picked = lines.len() + row.map_or(0, |row| row + 2);
            }
            lines.extend([Line::Title(index), Line::Says(index)]);
            lines.extend((0..each.rows.len()).map(|row| Line::Row(index, row)));
            lines.push(Line::Gap);
        }
        Self { stages, lines, picked }
    }

    /// Handles a key.
    pub fn key(&mut self, key: Key) -> Reaction {
        let last = self.lines.len().saturating_sub(1);
        let is_back = key.modifiers.contains(KeyModifiers::SHIFT);
        self.picked = match key.code {
            KeyCode::Esc | KeyCode::Char('q' | 't') => return Reaction::Close,
            KeyCode::Tab if is_back => self.title_before(),
            KeyCode::Char('N') | KeyCode::Left => self.title_before(),
            KeyCode::Tab | KeyCode::Char('n') | KeyCode::Right => self.title_behind(),
            KeyCode::Down | KeyCode::Char('j') => self.picked + 1,
            KeyCode::Up | KeyCode::Char('k') => self.picked.saturating_sub(1),
            KeyCode::PageDown | KeyCode::Char(' ') => self.picked + 10,
            KeyCode::PageUp => self.picked.saturating_sub(10),
            KeyCode::Home | KeyCode::Char('g') => 0,
            KeyCode::End | KeyCode::Char('G') => last,
            _ => return Reaction::PassedOn,
        }
        .min(last);
        Reaction::Taken
    }

    fn is_title(&self, at: usize) -> bool {
        matches!(self.lines.get(at), Some(Line::Title(_)))
    }

    fn title_behind(&self) -> usize {
        (self.picked + 1..self.lines.len()).find(|&at| self.is_title(at)).unwrap_or(self.picked)
    }

    fn title_before(&self) -> usize {
        (0..self.picked).rev().find(|&at| self.is_title(at)).unwrap_or(0)
    }

    /// The stage that the picked line belongs to.
    fn stage(&self) -> usize {
        let behind = self.picked.saturating_add(1).min(self.lines.len());
        let titles = self.lines[..behind].iter().filter(|line| matches!(line, Line::Title(_)));
        titles.count().saturating_sub(1)
    }

    /// Draws it over everything.
    pub fn draw(&self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        let stage = self.stage();
        let title = self.stages.list.get(stage).map_or("", |stage| &stage.title);
        let count = self.stages.list.len();
        let title = format!("Stage {} of {count}: {title}  (Tab next, Esc closes)", stage + 1);
        let area = frame.area();
        let title = text::cut_middle(&title, usize::from(area.width.saturating_sub(6)), scene.glyphs.cut);
        let inside = window(frame, scene, area, &title);
        let (width, height) = (usize::from(inside.width), usize::from(inside.height));
        // The picked line stands in the upper third, so that one sees what comes next.
        let first = self.picked.saturating_sub(height / 3);
        let mut y = inside.y;
        for (index, line) in self.lines.iter().enumerate().skip(first) {
            if y >= inside.bottom() {
                break;
            }
            let is_picked = index == self.picked;
            let sign = if is_picked { scene.glyphs.picked } else { " " };
            let (words, role) = match *line {
                Line::Gap => (String::new(), Role::Text),
                Line::Title(stage) => (self.stages.list[stage].title.clone(), Role::Title),
                Line::Says(stage) => {
                    for wrapped in text::wrap(&self.stages.list[stage].says, width.saturating_sub(2)) {
                        let role = if is_picked { Role::Picked } else { Role::Dim };
                        put(frame, inside, y, 0, &format!("{sign} {wrapped}"), scene, role);
                        y += 1;
                    }
                    continue;
                }
                Line::Row(stage, row) => {
                    let row = &self.stages.list[stage].rows[row];
                    (row.to_string(), role(row))
                }
            };
            let words = text::harmless(words.trim_end());
            let words = squeezed(&words, width.saturating_sub(2));
            let words = text::cut_middle(&words, width.saturating_sub(2), scene.glyphs.cut);
            put(
                frame,
                inside,
                y,
                0,
                &format!("{sign} {words}"),
                scene,
                if is_picked { Role::Picked } else { role },
            );
            y += 1;
        }
    }
}

/// A row with its columns moved together, where it does not fit otherwise; its indentation stays.
fn squeezed(row: &str, room: usize) -> Cow<'_, str> {
    if text::width(row) <= room {
        return Cow::Borrowed(row);
    }
    let (sign, rest) = row.split_at(row.chars().next().map_or(0, char::len_utf8));
    let indent = rest.len() - rest.trim_start().len();
    let words: Vec<&str> = rest.split_whitespace().collect();
    Cow::Owned(format!("{sign}{}{}", &rest[..indent.min(room / 4)], words.join(" ")))
}

/// How a row is drawn; what it is, its sign says too.
const fn role(row: &StageRow) -> Role {
    match (row.mark, row.kind) {
        (Mark::Added, _) => Role::Yes,
        (Mark::Removed, _) => Role::No,
        (Mark::Same, StageRowKind::Folded) => Role::Operands,
        (Mark::Same, StageRowKind::Change) => Role::Meaning,
        (Mark::Same, StageRowKind::Scope | StageRowKind::Block) => Role::Label,
        (Mark::Same, StageRowKind::Unchanged) => Role::Dim,
        (
            Mark::Same,
            StageRowKind::Line
            | StageRowKind::Node
            | StageRowKind::Symbol
            | StageRowKind::Instruction
            | StageRowKind::Field,
        ) => Role::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    #[test]
    fn tab_goes_from_stage_to_stage_and_never_leaves() {
        let source = SourceFile::from_text("t.py", "x = 2 * 3\n").unwrap();
        let stages = Rc::new(Stages::new(&source).unwrap());
        let count = stages.list.len();
        let mut window = StagesWindow::new(stages, (0, None));
        for stage in 1..count {
            assert_eq!(window.key("Tab".parse().unwrap()), Reaction::Taken);
            assert_eq!(window.stage(), stage);
        }
        window.key("Tab".parse().unwrap());
        assert_eq!(window.stage(), count - 1);
        for _ in 0..2 * count {
            window.key("Shift-Tab".parse().unwrap());
        }
        assert_eq!(window.picked, 0);
        window.key("End".parse().unwrap());
        window.key("PageDown".parse().unwrap());
        assert_eq!(window.picked, window.lines.len() - 1);
    }
}
