//! Draws the Wordcode pane.

use ratatui::layout::Position;

use super::{Canvas, Extent, Pen, Scene, Scroll};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::view::{Arrow, HandlerRow, Listing, RowKind, WordRow, WordcodePane};

/// One row an instruction, an `EXTENDED_ARG` being one, then the exception table.
pub(super) fn extent(scene: &Scene<'_>) -> Extent {
    let pane = &scene.snapshot.wordcode;
    let Some(listing) = &pane.listing else { return Extent::top(0) };
    let current = pane.current.unwrap_or(0);
    let table = if listing.handlers.is_empty() { 0 } else { listing.handlers.len() + 1 };
    let follow =
        if scene.caches { current } else { listing.instructions.partition_point(|row| *row < current) };
    Extent { rows: count(listing, scene.caches) + table, follow }
}

/// How many rows the instructions take, with or without those of inline caches.
fn count(listing: &Listing, caches: bool) -> usize {
    if caches { listing.rows.len() } else { listing.instructions.len() }
}

/// The row of the listing behind the row `index` of the pane.
pub(crate) fn listing_row(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let listing = scene.snapshot.wordcode.listing.as_ref()?;
    if scene.caches {
        (index < listing.rows.len()).then_some(index)
    } else {
        listing.instructions.get(index).copied()
    }
}

pub(super) fn whole(scene: &Scene<'_>, index: usize) -> Option<String> {
    let listing = scene.snapshot.wordcode.listing.as_ref()?;
    let row = &listing.rows[listing_row(scene, index)?];
    let arg = row.arg.map(|arg| format!(" {arg}")).unwrap_or_default();
    Some(format!("{} {}{arg}\n{}", row.offset, row.opcode, row.meaning))
}

/// The cells for what an argument means that arrows do not take away.
const ROOM_FOR_MEANING: usize = 14;

/// How wide the columns are, for one listing and one width of the pane.
struct Columns {
    line: usize,
    /// Lanes of arrows.
    lanes: usize,
    label: usize,
    offset: usize,
    bytes: usize,
    opcode: usize,
    arg: usize,
}

impl Columns {
    fn new(listing: &Listing, width: usize) -> Self {
        let digits = |number: u32| number.max(1).ilog10() as usize + 1;
        let largest = listing.largest;
        let label = largest.label.map_or(0, |label| digits(label) + 2);
        let offset = digits(largest.offset).max(3) + 1;
        let arg = digits(largest.arg).max(2) + 1;
        let line = if width >= 54 { largest.line.map_or(0, |line| digits(line) + 1) } else { 0 };
        let width = width - line;
        // The raw bytes give way first: the opcode and its argument say the same.
        let bytes = if width >= 2 + label + offset + 6 + 18 + arg + 6 { 6 } else { 0 };
        let rest = width.saturating_sub(2 + label + offset + bytes + arg);
        let opcode = (largest.opcode + 1).min((rest * 2 / 3).max(10));
        // Arrows come last: the labels say the same.  The outermost lanes give way first.
        let spare = rest.saturating_sub(opcode + ROOM_FOR_MEANING + 1);
        let lanes = largest.lanes.min(spare);
        Self { line, lanes, label, offset, bytes, opcode, arg }
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, scroll: Scroll) -> Option<Position> {
    let scene = canvas.scene;
    let Some(listing) = &scene.snapshot.wordcode.listing else {
        let has_ended = scene.snapshot.frames.is_empty();
        canvas.nothing(if has_ended {
            "the program has ended: no frame runs wordcode"
        } else {
            "this frame runs no wordcode: it is the interpreter's own"
        });
        return None;
    };
    let columns = Columns::new(listing, canvas.width());
    let height = canvas.height();
    let mut cursor = None;
    let mut drawn = 0;
    for row in 0..height {
        let Some(index) = listing_row(scene, scroll.first + row) else { break };
        let word = &listing.rows[index];
        let at = draw_row(canvas, row, index, word, &columns, scroll.picked == Some(scroll.first + row));
        cursor = cursor.or(at);
        drawn = row + 1;
    }
    if drawn < height && !listing.handlers.is_empty() {
        let skipped = scroll.first.saturating_sub(count(listing, scene.caches));
        for row in drawn..height {
            match (skipped + row - drawn).checked_sub(1) {
                None => _ = canvas.row(row).skip(2).put("Exception table", Role::Title),
                Some(entry) => match listing.handlers.get(entry) {
                    Some(handler) => draw_handler(canvas, row, handler),
                    None => break,
                },
            }
        }
    }
    cursor
}

fn draw_row(
    canvas: &mut Canvas<'_, '_>,
    row: usize,
    index: usize,
    word: &WordRow,
    columns: &Columns,
    is_picked: bool,
) -> Option<Position> {
    let scene = canvas.scene;
    let pane = &scene.snapshot.wordcode;
    let is_current = pane.current == Some(index);
    if is_current {
        canvas.paint(row, Role::Current);
    } else if is_picked {
        canvas.paint(row, Role::Picked);
    }
    let has_breakpoint = pane.breakpoints.binary_search(&index).is_ok();
    let jump = pane.jump.filter(|jump| jump.target == index);
    let (sign, role) = match (is_current, has_breakpoint, jump.map(|jump| jump.taken)) {
        (true, true, _) => (scene.glyphs.now_at_breakpoint, Role::Breakpoint),
        (true, false, _) => (scene.glyphs.now, Role::Fresh),
        (false, true, _) => (scene.glyphs.breakpoint, Role::Breakpoint),
        (false, false, Some(Some(true))) => (scene.glyphs.yes, Role::Yes),
        (false, false, Some(Some(false))) => (scene.glyphs.no, Role::No),
        (false, false, Some(None)) => (scene.glyphs.maybe, Role::Label),
        (false, false, None) if is_picked => (scene.glyphs.picked, Role::Text),
        (false, false, None) => (" ", Role::Text),
    };
    let mut pen = canvas.row(row);
    pen.column(sign, role, 2);
    if columns.line > 0 {
        let line =
            word.span.filter(|_| word.starts_line).map(|span| span.line.to_string()).unwrap_or_default();
        pen.put(&format!("{line:>width$} ", width = columns.line - 1), Role::Dim);
    }
    if columns.lanes > 0 {
        draw_arrows(&mut pen, index, pane, columns.lanes);
    }
    if columns.label > 0 {
        let label = word.label.map(|label| format!("L{label}")).unwrap_or_default();
        pen.column(&label, Role::Label, columns.label);
    }
    pen.put(&format!("{:>width$} ", word.offset, width = columns.offset - 1), Role::Dim);
    if columns.bytes > 0 {
        pen.column(&format!("{:02X} {:02X}", word.bytes[0], word.bytes[1]), Role::Dim, columns.bytes);
    }
    let cursor = Position { x: pen.x, y: pen.y };
    if word.kind == RowKind::Cache {
        pen.put(&word.opcode, Role::Dim);
        return None;
    }
    let arg = word.arg.map(|arg| arg.to_string()).unwrap_or_default();
    if is_current && pen.room() < columns.opcode + columns.arg + cells_for_values(scene, word, pane) {
        // The values matter more than that the columns are in line.
        pen.put(&word.opcode, Role::Opcode).skip(1);
        if !arg.is_empty() {
            pen.put(&arg, Role::Dim).skip(1);
        }
    } else {
        pen.column(&word.opcode, Role::Opcode, columns.opcode.saturating_sub(1)).skip(1);
        pen.put(&format!("{arg:>width$} ", width = columns.arg - 1), Role::Dim);
    }
    let has_operator = pane.operands.contains(' ') && word.target.is_none() && is_operator(&word.meaning);
    if !(is_current && has_operator) {
        let room = if is_current && !pane.operands.is_empty() { pen.room() / 2 } else { pen.room() };
        pen.put_within(&word.meaning, Role::Meaning, room);
    }
    if is_current {
        let own_jump = pane.jump.and_then(|jump| jump.taken);
        if let Some(taken) = own_jump {
            let (sign, said, role) = if taken {
                (scene.glyphs.yes, "taken", Role::Yes)
            } else {
                (scene.glyphs.no, "not taken", Role::No)
            };
            pen.skip(1).put(sign, role).skip(1).put(said, role);
        }
        pen.skip(if word.meaning.is_empty() || has_operator { 0 } else { 2 });
        if !pane.operands.is_empty() {
            let room = if pane.result.is_empty() { pen.room() } else { pen.room() * 2 / 3 };
            pen.put_within(&pane.operands, Role::Operands, room).skip(1);
        }
        if !pane.result.is_empty() {
            pen.put(scene.glyphs.gives, Role::Dim).skip(1).put(&pane.result, Role::Operands);
        }
    }
    is_current.then_some(cursor)
}

/// Draws what of the arrows of jumps passes a row of the listing.
fn draw_arrows(pen: &mut Pen<'_>, index: usize, pane: &WordcodePane, lanes: usize) {
    let glyphs = pen.scene.glyphs;
    let Some(listing) = &pane.listing else { return };
    // The outermost lane is the leftmost; a last cell is for heads.
    let mut cells = vec![(" ", Role::Rule); lanes + 1];
    let passes = |arrow: &&Arrow| {
        let (first, last) = arrow.rows();
        arrow.lane < lanes && (first..=last).contains(&index)
    };
    for arrow in listing.arrows.iter().filter(passes) {
        let is_current = pane.current == Some(arrow.from);
        let role = if is_current { Role::Fresh } else { Role::Rule };
        let (first, last) = arrow.rows();
        let at = lanes - 1 - arrow.lane;
        if index != first && index != last {
            cells[at] = (glyphs.wall, role);
            continue;
        }
        cells[at] = (glyphs.corners[if index == first { 0 } else { 2 }], role);
        for cell in &mut cells[at + 1..lanes] {
            if cell.0 == " " {
                *cell = (glyphs.rule, role);
            }
        }
        let head = if index == arrow.to { glyphs.right } else { glyphs.rule };
        if cells[lanes].0 != glyphs.right {
            cells[lanes] = (head, role);
        }
    }
    for (sign, role) in cells {
        pen.put(sign, role);
    }
}

/// The cells that the meaning and the values of the current instruction would take.
fn cells_for_values(scene: &Scene<'_>, word: &WordRow, pane: &WordcodePane) -> usize {
    let part = |text: &str| if text.is_empty() { 0 } else { text::width(text) + 2 };
    part(&word.meaning) + part(&pane.operands) + part(&pane.result) + text::width(scene.glyphs.gives)
}

/// Whether a meaning is an operator, which the operands show between them.
fn is_operator(meaning: &str) -> bool {
    meaning.starts_with("bool(")
        || ["is", "is not", "in", "not in"].contains(&meaning)
        || !meaning.contains(char::is_alphanumeric)
}

fn draw_handler(canvas: &mut Canvas<'_, '_>, row: usize, handler: &HandlerRow) {
    let lasti = if handler.lasti { ", with the offset that raised" } else { "" };
    let target = handler.label.map_or_else(|| handler.target.to_string(), |label| format!("L{label}"));
    let said = format!(
        "{} to {}: handler {target}, stack cut to {}{lasti}",
        handler.start, handler.end, handler.depth
    );
    canvas.row(row).skip(2).put(&said, Role::Meaning);
}
