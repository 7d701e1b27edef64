//! Draws the Objects pane: a row for each object, and below them, where there is room, the names of the selected
//! frame with an arrow to the box of each object.

use super::{Canvas, Extent, Scene, Scroll};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::view::{ObjectRow, Shown};

/// From this height on there is a drawing below the rows.
const TALL: usize = 14;
/// From this width on.
const WIDE: usize = 30;
/// Rows of a box: its edges and the value.
const BOX: usize = 3;

pub(super) fn extent(scene: &Scene<'_>) -> Extent {
    let objects = &scene.snapshot.objects;
    Extent { rows: objects.len(), follow: objects.iter().rposition(|row| row.fresh).unwrap_or(0) }
}

/// The rows of the list that are in sight.
pub(super) fn height(scene: &Scene<'_>, width: usize, height: usize) -> usize {
    if height < TALL || width < WIDE {
        return height;
    }
    let wanted: usize = boxes(scene).iter().map(Boxed::height).sum();
    height - wanted.min(height - height / 2)
}

pub(super) fn whole(scene: &Scene<'_>, index: usize) -> Option<String> {
    scene.snapshot.objects.get(index).map(|row| row.value.to_string())
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, scroll: Scroll) {
    let scene = canvas.scene;
    let rows = &scene.snapshot.objects;
    if rows.is_empty() {
        canvas.nothing("no objects yet");
        return;
    }
    let list = height(scene, canvas.width(), canvas.height());
    for (at, row) in rows.iter().enumerate().skip(scroll.first).take(list) {
        if scroll.picked == Some(at) {
            canvas.paint(at - scroll.first, Role::Picked);
        }
        draw_row(canvas, row, at - scroll.first, scroll.picked == Some(at));
    }
    // Right below the rows, where these leave room.
    let mut at = if list < canvas.height() { list.min(rows.len() + 1) } else { list };
    for boxed in boxes(scene) {
        if at + BOX > canvas.height() {
            break;
        }
        boxed.draw(canvas, at);
        at += boxed.height();
    }
}

fn draw_row(canvas: &mut Canvas<'_, '_>, row: &ObjectRow, at: usize, is_picked: bool) {
    let width = canvas.width();
    let mut pen = canvas.row(at);
    pen.sign(row.fresh, is_picked);
    let tag = row.value.tag.map(|tag| tag.to_string()).unwrap_or_default();
    pen.column(&tag, Role::Tag, 6);
    let untagged = Shown { tag: None, ..row.value.clone() };
    let end = pen.end;
    let room = if width >= 44 { pen.room() / 2 } else { pen.room() };
    pen.end = pen.x + room as u16;
    pen.value(&untagged);
    pen.x = pen.end;
    pen.end = end;
    let count = row.count.map_or_else(|| "-".to_owned(), |count| count.to_string());
    pen.skip(1).column(&format!("{count} refs"), Role::Dim, 8);
    let born = match row.born {
        Some(step) if step.0 > 0 => format!("step {step}"),
        Some(_) | None => String::new(),
    };
    pen.column(&born, Role::Dim, 11);
    pen.put(&row.names.join(", "), Role::Text);
}

/// The names that are bound to one object.
struct Boxed<'a> {
    names: Vec<&'a str>,
    value: &'a Shown,
}

/// The objects that the selected frame has names for, in the order of the names.
fn boxes<'a>(scene: &Scene<'a>) -> Vec<Boxed<'a>> {
    let mut boxes: Vec<Boxed<'a>> = Vec::new();
    for row in &scene.snapshot.names {
        let Some(value) = row.value.as_ref().filter(|value| value.tag.is_some()) else { continue };
        match boxes.iter_mut().find(|boxed| boxed.value.tag == value.tag) {
            Some(boxed) => boxed.names.push(&row.name),
            None => boxes.push(Boxed { names: vec![&row.name], value }),
        }
    }
    boxes
}

impl Boxed<'_> {
    fn height(&self) -> usize {
        BOX.max(self.names.len() + 1)
    }

    /// Draws the names on the left, the box on the right, and arrows between them.
    fn draw(&self, canvas: &mut Canvas<'_, '_>, top: usize) {
        let glyphs = canvas.scene.glyphs;
        let names = (canvas.width() / 4).clamp(6, 16);
        let last = self.names.len().saturating_sub(1);
        for (at, name) in self.names.iter().enumerate() {
            if top + 1 + at >= canvas.height() {
                break;
            }
            let mut pen = canvas.row(top + 1 + at);
            pen.skip(1).put_within(name, Role::Text, names - 1);
            pen.x = pen.x.min(pen.end);
            let line = names.saturating_sub(text::width(name).min(names - 1));
            pen.skip(1).put(&glyphs.rule.repeat(line), Role::Rule);
            let joint = match (at, last) {
                (0, 0) => glyphs.rule,
                (0, _) => glyphs.fork,
                (at, last) if at == last => glyphs.corners[3],
                _ => glyphs.tee,
            };
            pen.put(joint, Role::Rule);
            if at == 0 {
                pen.put(glyphs.rule, Role::Rule).put(glyphs.right, Role::Rule);
            }
        }
        let head =
            format!("{} {}", self.value.kind, self.value.tag.map(|tag| tag.to_string()).unwrap_or_default());
        let left = names + 6;
        let most = canvas.width().saturating_sub(left + 3);
        let inner = text::width(&self.value.text).max(text::width(&head) + 2).min(most);
        let [open, close, bottom_left, bottom_right] = glyphs.corners;
        let rule = glyphs.rule.repeat((inner + 1).saturating_sub(text::width(&head) + 2));
        let mut pen = canvas.row(top);
        pen.skip(left).put(open, Role::Rule).put(glyphs.rule, Role::Rule).put(" ", Role::Rule);
        pen.put_within(&head, Role::Kind, inner)
            .put(" ", Role::Rule)
            .put(&rule, Role::Rule)
            .put(close, Role::Rule);
        let mut pen = canvas.row(top + 1);
        pen.skip(left).put(glyphs.wall, Role::Rule).skip(1).column(&self.value.text, Role::Value, inner);
        pen.skip(1).put(glyphs.wall, Role::Rule);
        let mut pen = canvas.row(top + 2);
        let rule = glyphs.rule.repeat(inner + 2);
        pen.skip(left).put(bottom_left, Role::Rule).put(&rule, Role::Rule).put(bottom_right, Role::Rule);
    }
}
