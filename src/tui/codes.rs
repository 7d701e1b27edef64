//! The window with the tree of all code objects, to look at one that does not run.

use std::rc::Rc;

use crossterm::event::KeyCode;
use ratatui::Frame;

use super::draw::centred;
use super::keys::Key;
use super::layer::{Reaction, put, window};
use super::pane::Scene;
use super::text;
use super::theme::Role;
use crate::machine::object::code::LoadedCode;
use crate::view::CodeRow;

/// The window.
pub struct Codes {
    rows: Vec<CodeRow>,
    picked: usize,
}

impl Codes {
    /// A window with these rows; the first that runs is picked.
    pub fn new(rows: Vec<CodeRow>) -> Self {
        let picked = rows.iter().position(|row| row.frames > 0).unwrap_or(0);
        Self { rows, picked }
    }

    /// The code object that is picked.
    pub fn chosen(&self) -> Option<(Rc<str>, Rc<LoadedCode>)> {
        self.rows.get(self.picked).map(|row| (Rc::clone(&row.qualname), Rc::clone(&row.code)))
    }

    /// Handles a key.
    pub fn key(&mut self, key: Key) -> Reaction {
        let last = self.rows.len().saturating_sub(1);
        self.picked = match key.code {
            KeyCode::Esc | KeyCode::Char('q' | 'o') => return Reaction::Close,
            KeyCode::Enter => return Reaction::Chosen,
            KeyCode::Down | KeyCode::Char('j') => self.picked + 1,
            KeyCode::Up | KeyCode::Char('k') => self.picked.saturating_sub(1),
            KeyCode::PageDown => self.picked + 10,
            KeyCode::PageUp => self.picked.saturating_sub(10),
            KeyCode::Home | KeyCode::Char('g') => 0,
            KeyCode::End | KeyCode::Char('G') => last,
            _ => return Reaction::PassedOn,
        }
        .min(last);
        Reaction::Taken
    }

    /// Draws it over what is there.
    pub fn draw(&self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        let full = frame.area();
        let height = u16::try_from(self.rows.len()).unwrap_or(u16::MAX).saturating_add(2);
        let area = centred(full, 78, height.min(full.height.saturating_sub(4)).max(3));
        let title = "Code objects  (Enter shows one, Esc closes)";
        let inside = window(frame, scene, area, title);
        let height = usize::from(inside.height);
        let first = (self.picked + 1).saturating_sub(height);
        let room = usize::from(inside.width);
        for (y, (index, row)) in (inside.top()..inside.bottom()).zip(self.rows.iter().enumerate().skip(first))
        {
            let is_picked = index == self.picked;
            let sign = if is_picked { scene.glyphs.picked } else { " " };
            let facts = facts(row);
            let behind = text::width(&facts) + 2;
            let name = format!("{sign} {}{}", "  ".repeat(row.depth.min(20)), text::harmless(&row.qualname));
            let name = text::cut_middle(&name, room.saturating_sub(behind), scene.glyphs.cut);
            put(frame, inside, y, 0, &name, scene, if is_picked { Role::Picked } else { Role::Function });
            let column = room.saturating_sub(text::width(&facts));
            put(frame, inside, y, column, &facts, scene, if is_picked { Role::Picked } else { Role::Dim });
        }
    }
}

/// What stands behind a name: `line 3, 24 bytes, 2 frames`.
fn facts(row: &CodeRow) -> String {
    let frames = match row.frames {
        0 => String::new(),
        1 => ", 1 frame".to_owned(),
        frames => format!(", {frames} frames"),
    };
    format!("line {}, {} bytes{frames}", row.line, row.bytes)
}
