//! Draws the Says pane.

use super::{Canvas, Scene, Scroll};
use crate::tui::text;
use crate::tui::theme::Role;

/// The sentences, each beginning a line of its own, in lines of at most `room` cells.
pub(super) fn lines(scene: &Scene<'_>, room: u16) -> Vec<String> {
    let room = usize::from(room).saturating_sub(1);
    scene.snapshot.says.iter().flat_map(|sentence| text::wrap(&text::harmless(sentence), room)).collect()
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, scroll: Scroll) {
    let lines = lines(canvas.scene, canvas.area.width);
    for (row, line) in lines.iter().skip(scroll.first).take(canvas.height()).enumerate() {
        canvas.row(row).skip(1).put(line, Role::Text);
    }
}
