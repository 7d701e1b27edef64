//! Draws the Frames pane.

use super::{Canvas, Extent, Scene, Scroll, linked};
use crate::tui::theme::Role;
use crate::view::{FrameKind, FrameRow};

/// One row a frame, then code, function and frame linked; the selected frame stays in sight.
pub(super) fn extent(scene: &Scene<'_>, width: u16) -> Extent {
    let frames = &scene.snapshot.frames;
    let linked = linked::of_scene(scene, usize::from(width)).len();
    let rows = frames.len() + if linked > 0 { linked + 1 } else { 0 };
    Extent { rows, follow: frames.iter().position(|frame| frame.selected).unwrap_or(0) }
}

pub(super) fn whole(scene: &Scene<'_>, index: usize) -> Option<String> {
    let row = scene.snapshot.frames.get(index)?;
    Some(format!("{}\n{}\n{}", row.title, place(row), row.instruction))
}

fn place(row: &FrameRow) -> String {
    match row.line {
        Some(line) => format!("{}:{line}", row.file),
        None => row.file.clone(),
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, scroll: Scroll) {
    let scene = canvas.scene;
    let frames = &scene.snapshot.frames;
    if frames.is_empty() {
        canvas.nothing("no frames: the program has ended");
        return;
    }
    let digits = frames.len().ilog10() as usize + 1;
    let width = canvas.width();
    for (at, frame) in frames.iter().enumerate().skip(scroll.first).take(canvas.height()) {
        if frame.selected {
            canvas.paint(at - scroll.first, Role::Current);
        } else if scroll.picked == Some(at) {
            canvas.paint(at - scroll.first, Role::Picked);
        }
        let sign = match (frame.selected, scroll.picked == Some(at)) {
            (true, _) => scene.glyphs.now,
            (false, true) => scene.glyphs.picked,
            (false, false) => " ",
        };
        let mut pen = canvas.row(at - scroll.first);
        pen.put(sign, Role::Fresh);
        pen.put(&format!("{:>digits$} ", frame.depth), Role::Dim);
        let role = match frame.kind {
            FrameKind::Python => Role::Function,
            FrameKind::Native => Role::Builtin,
            FrameKind::Unwind => Role::Error,
        };
        let title = if frame.kind == FrameKind::Python { (width / 3).max(8) } else { usize::MAX };
        pen.put_within(&frame.title, role, title);
        let place = match frame.line {
            Some(line) => format!(" line {line}"),
            None => String::new(),
        };
        pen.put(&place, Role::Dim).skip(2).put(&frame.instruction, Role::Opcode);
    }
    // A blank row parts the two.
    for (at, row) in linked::of_scene(scene, width).iter().enumerate() {
        let at = frames.len() + 1 + at;
        if at >= scroll.first && at < scroll.first + canvas.height() {
            linked::draw(canvas, at - scroll.first, row);
            if scroll.picked == Some(at) {
                canvas.paint(at - scroll.first, Role::Picked);
            }
        }
    }
}
