//! Draws the is / == pane: a row for each evaluation, and below them why the picked one, or else the newest,
//! came out as it did.

use super::{Canvas, Extent, Scene, Scroll, value_cells};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::view::compare::{Heading, Outcome};
use crate::view::{CompareLine, CompareRow};

/// Rows that the list of evaluations keeps, whatever there is to say of one of them.
const LEAST: usize = 2;

pub(super) fn whole(scene: &Scene<'_>, index: usize) -> Option<String> {
    let row = scene.snapshot.compare.at(index)?;
    let line = row.line.map(|line| format!("line {line}, ")).unwrap_or_default();
    let object = if row.same_object { "one object" } else { "two objects" };
    let reason = row.reason.map(|reason| format!("{}\n", reason.name())).unwrap_or_default();
    let head = format!("{line}step {}\n{}\n{}\n{}", row.step, row.left, row.operator, row.right);
    let mut lines = vec![format!("{head}\n{} ({object})\n{reason}{}", verdict(scene, row), row.text)];
    lines.extend(row.otherwise.clone());
    lines.extend(evidence(scene, row));
    Some(lines.join("\n"))
}

fn verdict<'a>(scene: &Scene<'_>, row: &'a CompareRow) -> &'a str {
    match (&row.verdict, row.outcome) {
        (Some(_), _) if scene.is_covered(row) => "?",
        (Some(verdict), _) => verdict,
        (None, Outcome::Raised) => "raised",
        (None, Outcome::Running | Outcome::Done) => "running",
    }
}

/// The evaluation that is explained.
fn explained<'a>(scene: &Scene<'a>, scroll: Scroll) -> Option<&'a CompareRow> {
    let rows = &scene.snapshot.compare;
    rows.at(scroll.picked.unwrap_or(rows.rows.len().saturating_sub(1)))
}

/// Where the operands come from, where that is known.
fn evidence(scene: &Scene<'_>, row: &CompareRow) -> Vec<String> {
    let evidence = scene.snapshot.evidence.as_ref().filter(|evidence| evidence.number == row.number);
    evidence.map(|evidence| evidence.lines.clone()).unwrap_or_default()
}

/// What is said below the rows of an evaluation, in lines of at most `room` cells.
fn details(scene: &Scene<'_>, scroll: Scroll, room: usize) -> Vec<(String, Role)> {
    let Some(row) = explained(scene, scroll) else { return Vec::new() };
    let wrapped = |said: &str, role: Role| {
        let lines = text::wrap(&text::harmless(said), room.saturating_sub(1));
        lines.into_iter().map(move |line| (line, role)).collect::<Vec<_>>()
    };
    if scene.is_covered(row) {
        return wrapped(&scene.prompt(row), Role::Text);
    }
    let mut lines = wrapped(&row.text, Role::Text);
    if let Some(otherwise) = &row.otherwise {
        lines.extend(wrapped(otherwise, Role::Operands));
    }
    for line in evidence(scene, row) {
        lines.extend(wrapped(&line, Role::Dim));
    }
    lines
}

/// How many of `height` rows the evaluations get, and what is said below them.
fn split(scene: &Scene<'_>, scroll: Scroll, room: usize, height: usize) -> (usize, Vec<(String, Role)>) {
    let mut details = details(scene, scroll, room);
    let rows = scene.snapshot.compare.rows.len();
    // What is said gets what the rows leave free, and at least half.
    let most =
        (height - height.min(rows)).max(height.div_ceil(2)).min(height.saturating_sub(LEAST.min(rows)));
    if details.len() > most {
        details.truncate(most);
        if let Some((last, _)) = details.last_mut() {
            // One sees that there is more.
            let cut = scene.glyphs.cut;
            let kept = text::take_cells(last, room.saturating_sub(text::width(cut) + 2));
            *last = format!("{} {cut}", kept.trim_end());
        }
    }
    (height - details.len(), details)
}

/// The rows of the list that are in sight.
pub(super) fn height(scene: &Scene<'_>, scroll: Scroll, room: usize, height: usize) -> usize {
    split(scene, scroll, room, height).0
}

pub(super) fn extent(scene: &Scene<'_>) -> Extent {
    Extent::bottom(scene.snapshot.compare.rows.len())
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, scroll: Scroll) {
    let scene = canvas.scene;
    let rows = &scene.snapshot.compare.rows;
    if rows.is_empty() {
        canvas.nothing("no is or == so far");
        return;
    }
    let lines = scene
        .snapshot
        .compare
        .evaluations()
        .filter_map(|row| row.line)
        .max()
        .map_or(0, |line| line.max(1).ilog10() as usize + 1);
    let (height, details) = split(scene, scroll, canvas.width(), canvas.height());
    for (at, row) in rows.iter().enumerate().skip(scroll.first).take(height) {
        if scroll.picked == Some(at) {
            canvas.paint(at - scroll.first, Role::Picked);
        }
        let place = Place { at: at - scroll.first, is_picked: scroll.picked == Some(at), lines };
        match row {
            CompareLine::Heading(heading) => draw_heading(canvas, heading, place),
            CompareLine::Evaluation(row) => draw_row(canvas, row, place),
        }
    }
    let first = height.min(rows.len().saturating_sub(scroll.first));
    for (at, (line, role)) in details.iter().enumerate() {
        canvas.row(first + at).skip(1).put(line, *role);
    }
}

/// Where a row is drawn.
#[derive(Clone, Copy)]
struct Place {
    /// Counted from the first in sight.
    at: usize,
    is_picked: bool,
    /// How many digits the numbers of lines have.
    lines: usize,
}

fn draw_heading(canvas: &mut Canvas<'_, '_>, heading: &Heading, place: Place) {
    let Place { at, is_picked, lines } = place;
    let mut pen = canvas.row(at);
    pen.sign(false, is_picked);
    let line = heading.line.map(|line| line.to_string()).unwrap_or_default();
    pen.put(&format!("{line:>lines$} "), Role::Dim);
    let asks = format!("compares {} times", heading.count);
    let room = pen.room().saturating_sub(asks.len() + 2);
    pen.put_within(&heading.cause, Role::Opcode, room).skip(2).put(&asks, Role::Dim);
}

fn draw_row(canvas: &mut Canvas<'_, '_>, row: &CompareRow, place: Place) {
    let Place { at, is_picked, lines } = place;
    let scene = canvas.scene;
    let mut pen = canvas.row(at);
    pen.sign(row.fresh, is_picked);
    let line = row.line.map(|line| line.to_string()).unwrap_or_default();
    pen.put(&format!("{line:>lines$} "), Role::Dim);
    if row.inner {
        pen.skip(2);
    }
    let (sign, role) = match row.truth().filter(|_| !scene.is_covered(row)) {
        Some(true) => (scene.glyphs.yes, Role::Yes),
        Some(false) => (scene.glyphs.no, Role::No),
        None => (scene.glyphs.maybe, Role::Dim),
    };
    pen.put(sign, role).skip(1).column(verdict(scene, row), role, 6);
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
    let cause = match row.skipped {
        0 => row.cause.clone(),
        1 => format!("{} after 1 other", row.cause).trim_start().to_owned(),
        skipped => format!("{} after {skipped} others", row.cause).trim_start().to_owned(),
    };
    if !cause.is_empty() && pen.room() >= text::width(&cause) + 2 {
        pen.skip(2).put(&cause, Role::Opcode);
    }
    let reason = if scene.is_covered(row) { "" } else { row.reason_words() };
    if pen.room() >= text::width(reason) + 2 {
        pen.skip(2).put(reason, Role::Dim);
    }
}
