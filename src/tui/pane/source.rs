//! Draws the Source pane.

use ratatui::layout::Position;

use super::{Canvas, Extent, Pen, Scene, Scroll};
use crate::tui::text;
use crate::tui::theme::Role;

/// One row a line.
pub(super) fn extent(scene: &Scene<'_>) -> Extent {
    let pane = &scene.snapshot.source;
    Extent {
        rows: pane.text.as_ref().map_or(0, |text| text.lines.len()),
        follow: pane.span.map_or(0, |span| span.line.saturating_sub(1) as usize),
    }
}

pub(super) fn whole(scene: &Scene<'_>, index: usize) -> Option<String> {
    scene.snapshot.source.text.as_ref()?.lines.get(index).map(ToString::to_string)
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, scroll: Scroll) -> Option<Position> {
    let scene = canvas.scene;
    let pane = &scene.snapshot.source;
    let Some(source) = &pane.text else {
        canvas.nothing("the source of this frame is not at hand");
        return None;
    };
    let digits = source.lines.len().max(1).ilog10() as usize + 1;
    let mut cursor = None;
    for (row, (index, line)) in
        source.lines.iter().enumerate().skip(scroll.first).take(canvas.height()).enumerate()
    {
        let number = index as u32 + 1;
        let is_current = pane.span.is_some_and(|span| span.line == number);
        let in_span = pane.span.is_some_and(|span| span.line <= number && number <= span.end_line);
        if is_current {
            canvas.paint(row, Role::Current);
        } else if scroll.picked == Some(index) {
            canvas.paint(row, Role::Picked);
        }
        let has_breakpoint = pane.breakpoints.binary_search(&number).is_ok();
        let sign = match (is_current, has_breakpoint) {
            (true, true) => scene.glyphs.now_at_breakpoint,
            (true, false) => scene.glyphs.now,
            (false, true) => scene.glyphs.breakpoint,
            (false, false) if scroll.picked == Some(index) => scene.glyphs.picked,
            (false, false) => " ",
        };
        let span = if in_span { pane.span.and_then(|span| span.on_line(number)) } else { None };
        let mut pen = canvas.row(row);
        pen.put(sign, if has_breakpoint { Role::Breakpoint } else { Role::Fresh });
        pen.put(&format!("{number:>digits$} "), Role::Dim);
        let at = pen_line(&mut pen, line, span, |byte| scene.colours.role(index, byte));
        if is_current {
            cursor = Some(at);
        }
    }
    cursor
}

/// Writes a line of source and tells where its span begins, or else its text.
///
/// A long line is shifted to the left so that the span is in sight.
fn pen_line(
    pen: &mut Pen<'_>,
    line: &str,
    span: Option<(usize, usize)>,
    role: impl Fn(usize) -> Role,
) -> Position {
    let cells = cells(line);
    let total = cells.last().map_or(0, |cell| cell.column + text::width(&cell.text));
    let room = pen.room();
    let column_of =
        |byte: usize| cells.iter().find(|cell| cell.byte >= byte).map_or(total, |cell| cell.column);
    let shift = match span {
        Some((from, to)) if total > room => {
            let (from, to) = (column_of(from), column_of(to.min(line.len())));
            let wanted = to.min(from + room).saturating_sub(room.saturating_sub(2));
            if wanted > 0 { wanted.min(from.saturating_sub(2)) } else { 0 }
        }
        _ => 0,
    };
    let (start, marked) = (pen.x, pen.scene.style(Role::Span));
    let first_text = line.len() - line.trim_start().len();
    let target = span.map_or(first_text, |(from, _)| from);
    let mut cursor = Position { x: start, y: pen.y };
    for cell in cells.iter().skip_while(|cell| cell.column < shift) {
        let x = start.saturating_add((cell.column - shift).min(usize::from(u16::MAX)) as u16);
        let width = text::width(&cell.text);
        if usize::from(x) + width > usize::from(pen.end) {
            break;
        }
        if cell.byte <= target {
            cursor.x = x;
        }
        let mut style = pen.scene.style(role(cell.byte));
        if span.is_some_and(|(from, to)| from <= cell.byte && cell.byte < to) {
            style = style.patch(marked);
        }
        pen.buffer.set_stringn(x, pen.y, &cell.text, width, style);
    }
    let cut_left = shift > 0;
    let cut_right = total - shift > room;
    let sign = &pen.scene.glyphs.cut[..pen.scene.glyphs.cut.chars().next().map_or(0, char::len_utf8)];
    let dim = pen.scene.style(Role::Dim);
    if cut_left && room > 0 {
        pen.buffer.set_stringn(start, pen.y, sign, 1, dim);
    }
    if cut_right && room > 0 {
        pen.buffer.set_stringn(pen.end - 1, pen.y, sign, 1, dim);
    }
    cursor
}

/// A piece of a line that is drawn at once: a character with what combines with it, made harmless.
struct CellText {
    byte: usize,
    column: usize,
    text: String,
}

fn cells(line: &str) -> Vec<CellText> {
    let mut cells: Vec<CellText> = Vec::with_capacity(line.len().min(MOST_CELLS));
    let mut column = 0;
    for (byte, c) in line.char_indices() {
        if column >= MOST_CELLS {
            break;
        }
        if text::is_zero_width(c)
            && !c.is_control()
            && let Some(last) = cells.last_mut()
        {
            text::push_harmless(&mut last.text, c, column);
            continue;
        }
        let mut text = String::new();
        text::push_harmless(&mut text, c, column);
        let width = text::width(&text);
        cells.push(CellText { byte, column, text });
        column += width;
    }
    cells
}

/// Lines longer than this are not looked at to their end, so that one line of megabytes costs no time.
const MOST_CELLS: usize = 20_000;
