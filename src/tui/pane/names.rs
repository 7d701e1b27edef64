//! Draws the Names pane.

use super::{Canvas, Extent, Scene, Scroll};
use crate::tui::text;
use crate::tui::theme::Role;

/// One row a name; the one that changed stays in sight.
pub(super) fn extent(scene: &Scene<'_>) -> Extent {
    let names = &scene.snapshot.names;
    Extent { rows: names.len(), follow: names.iter().position(|name| name.changed).unwrap_or(0) }
}

pub(super) fn whole(scene: &Scene<'_>, index: usize) -> Option<String> {
    let row = scene.snapshot.names.get(index)?;
    let value = row.value.as_ref().map_or_else(|| "not bound".to_owned(), ToString::to_string);
    Some(format!("{} ({})\n{value}", row.name, row.scope.word()))
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, scroll: Scroll) {
    let scene = canvas.scene;
    let names = &scene.snapshot.names;
    if names.is_empty() {
        canvas.nothing("no names yet");
        return;
    }
    let width = canvas.width();
    let longest = names.iter().map(|name| text::width(&name.name)).max().unwrap_or(0);
    let column = (longest + 1).min((width / 3).max(6));
    for (at, name) in names.iter().enumerate().skip(scroll.first).take(canvas.height()) {
        if scroll.picked == Some(at) {
            canvas.paint(at - scroll.first, Role::Picked);
        }
        let mut pen = canvas.row(at - scroll.first);
        pen.sign(name.changed, scroll.picked == Some(at));
        if width >= 36 {
            pen.column(name.scope.word(), Role::Dim, 7);
        }
        let role = if name.changed { Role::Fresh } else { Role::Text };
        pen.column(&name.name, role, column - 1).skip(1);
        match &name.value {
            Some(value) => _ = pen.value(value),
            None => _ = pen.put("not bound", Role::Dim),
        }
    }
}
