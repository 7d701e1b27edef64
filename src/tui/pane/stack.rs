//! Draws the Value stack pane.

use super::{Canvas, Scene, Scroll, value_cells};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::view::Held;

/// Behind a value that the slot does not own; a narrow row has room for its first letter.
const BORROWED: &str = " borrowed";

pub(super) fn whole(scene: &Scene<'_>, index: usize) -> Option<String> {
    let row = scene.snapshot.stack.get(index)?;
    let value = row.value.as_ref().map(ToString::to_string).unwrap_or_default();
    Some(format!("slot {} ({})\n{value}", row.slot, row.held.word()))
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, scroll: Scroll) {
    let scene = canvas.scene;
    let rows = &scene.snapshot.stack;
    if rows.is_empty() {
        canvas.nothing("empty");
        return;
    }
    let digits = rows.len().ilog10() as usize + 1;
    let width = canvas.width();
    let roles = rows.iter().filter_map(|row| row.role.as_deref()).map(text::width).max();
    let roles = roles.map_or(0, |longest| (longest + 1).min(width * 2 / 5));
    for (at, row) in rows.iter().enumerate().skip(scroll.first).take(canvas.height()) {
        if scroll.picked == Some(at) {
            canvas.paint(at - scroll.first, Role::Picked);
        }
        let mut pen = canvas.row(at - scroll.first);
        pen.sign(row.pushed, scroll.picked == Some(at));
        pen.put(&format!("{:>digits$} ", row.slot), Role::Dim);
        if roles > 0 {
            let role = row.role.as_deref().unwrap_or_default();
            pen.column(role, Role::Slot, roles - 1).skip(1);
        }
        let Some(value) = &row.value else {
            pen.put(row.held.word(), Role::Dim);
            continue;
        };
        let end = pen.end;
        let note = match row.held {
            Held::Borrowed if pen.room() >= value_cells(value) + BORROWED.len() => BORROWED,
            Held::Borrowed => " b",
            Held::Owned | Held::Null => "",
        };
        pen.end = end.saturating_sub(note.len() as u16).max(pen.x);
        if at == 0 && row.pushed && scene.covers_top() {
            pen.put("?", Role::Value);
        } else {
            pen.value(value);
        }
        pen.end = end;
        pen.put(note, Role::Dim);
    }
}
