//! Draws the Output pane.

use super::{Canvas, Scroll};
use crate::tui::theme::Role;
use crate::view::Stream;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, scroll: Scroll) {
    let scene = canvas.scene;
    let rows = &scene.snapshot.output;
    if rows.is_empty() {
        canvas.nothing("nothing printed yet");
        return;
    }
    for (at, row) in rows.iter().enumerate().skip(scroll.first).take(canvas.height()) {
        if scroll.picked == Some(at) {
            canvas.paint(at - scroll.first, Role::Picked);
        }
        let (sign, role) = match (row.stream, row.fresh) {
            (Stream::Stderr, _) => (scene.glyphs.stderr, Role::Error),
            (Stream::Stdin, _) => (scene.glyphs.picked, Role::Dim),
            (Stream::Stdout, true) => (scene.glyphs.fresh, Role::Value),
            (Stream::Stdout, false) => (" ", Role::Text),
        };
        let mut pen = canvas.row(at - scroll.first);
        pen.put(sign, if row.fresh { Role::Fresh } else { role });
        pen.put(&row.text, role);
    }
}
