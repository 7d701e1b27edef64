//! Draws the is / == pane.

use super::{Canvas, Scene, Scroll, value_cells};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::view::CompareRow;

pub(super) fn whole(scene: &Scene<'_>, index: usize) -> Option<String> {
    let row = scene.snapshot.compare.get(index)?;
    let line = row.line.map(|line| format!("line {line}, ")).unwrap_or_default();
    let object = if row.same_object { "one object" } else { "two objects" };
    Some(format!(
        "{line}step {}\n{}\n{}\n{}\n{} ({object})\n{}",
        row.step,
        row.left,
        row.operator,
        row.right,
        verdict(row),
        row.reason
    ))
}

fn verdict(row: &CompareRow) -> &str {
    row.verdict.as_deref().unwrap_or("running")
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, scroll: Scroll) {
    let scene = canvas.scene;
    let rows = &scene.snapshot.compare;
    if rows.is_empty() {
        canvas.nothing("no is or == so far");
        return;
    }
    let lines =
        rows.iter().filter_map(|row| row.line).max().map_or(0, |line| line.max(1).ilog10() as usize + 1);
    for (at, row) in rows.iter().enumerate().skip(scroll.first).take(canvas.height()) {
        if scroll.picked == Some(at) {
            canvas.paint(at - scroll.first, Role::Picked);
        }
        let mut pen = canvas.row(at - scroll.first);
        let sign = match (row.fresh, scroll.picked == Some(at)) {
            (true, _) => scene.glyphs.fresh,
            (false, true) => scene.glyphs.picked,
            (false, false) => " ",
        };
        pen.put(sign, Role::Fresh);
        let line = row.line.map(|line| line.to_string()).unwrap_or_default();
        pen.put(&format!("{line:>lines$} "), Role::Dim);
        let (sign, role) = match row.verdict.as_deref() {
            Some("True") => (scene.glyphs.yes, Role::Yes),
            Some("False") => (scene.glyphs.no, Role::No),
            Some(_) | None => (scene.glyphs.maybe, Role::Dim),
        };
        pen.put(sign, role).skip(1).column(verdict(row), role, 6);
        let operator = text::width(row.operator) + 2;
        let room = pen.room().saturating_sub(operator);
        let (left, right) = (value_cells(&row.left), value_cells(&row.right));
        let left_room =
            if left + right <= room { left } else { left.min((room / 2).max(room.saturating_sub(right))) };
        let end = pen.end;
        pen.end = pen.x + left_room.min(pen.room()) as u16;
        pen.value(&row.left);
        pen.end = end;
        pen.skip(1).put(row.operator, Role::Operands).skip(1).value(&row.right);
        pen.skip(2);
        let fits = pen.room() >= text::width(&row.reason);
        if fits {
            pen.put(&row.reason, Role::Dim);
        }
        // Where rows are too narrow for it, the reason of the newest has a line of its own, if there is one.
        let below = at + 1 - scroll.first;
        if !fits && at + 1 == rows.len() && below < canvas.height() {
            canvas.row(below).skip(lines + 2).put(&row.reason, Role::Dim);
        }
    }
}
