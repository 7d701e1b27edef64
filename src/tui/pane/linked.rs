//! Draws code, function and frame as linked boxes, or, where there is no room for that, as a tree.

use super::{Canvas, Scene};
use crate::tui::glyph::Glyphs;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::view::{CodeBox, FrameBox, FunctionBox, Keeper, Linked};

/// The cells that three boxes beside one another need at least.
const THREE_BOXES: usize = 90;
/// The cells between two boxes.
const GAP: usize = 3;

/// A row: texts and their roles, from left to right.
pub(super) type Row = Vec<(String, Role)>;

/// The rows in a pane `width` cells wide.
pub(super) fn rows(linked: &Linked, glyphs: &Glyphs, width: usize) -> Vec<Row> {
    if width >= THREE_BOXES { boxes(linked, glyphs, width) } else { tree(linked, glyphs) }
}

/// Draws one of them into a row of the canvas.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, at: usize, row: &Row) {
    let mut pen = canvas.row(at);
    for (text, role) in row {
        pen.put(text, *role);
    }
}

/// What a pane shows of it, if there is something.
pub(super) fn of_scene(scene: &Scene<'_>, width: usize) -> Vec<Row> {
    scene.snapshot.linked.as_ref().map_or_else(Vec::new, |linked| rows(linked, scene.glyphs, width))
}

/// One box: its title and what stands in it.
struct Block {
    title: String,
    role: Role,
    lines: Vec<String>,
}

impl Block {
    fn of_code(code: &CodeBox) -> Self {
        Self {
            title: format!("code {} {}", code.qualname, code.tag),
            role: Role::Opcode,
            lines: vec![
                format!("from line {}, {} bytes", code.line, code.bytes),
                format!("{}, {}", counted(code.consts, "constant"), counted(code.locals, "local")),
                format!("needs a stack of {}", code.stacksize),
            ],
        }
    }

    fn of_function(function: &FunctionBox) -> Self {
        let mut lines = vec![format!("made at step {}", function.born)];
        lines.extend(function.defaults.as_ref().map(|defaults| format!("defaults {}", defaults.text)));
        lines.extend(function.cells.iter().map(|cell| format!("cell {cell}")));
        Self { title: function_title(function), role: Role::Function, lines }
    }

    fn of_frame(frame: &FrameBox) -> Self {
        Self {
            title: frame_title(frame),
            role: if frame.selected { Role::Fresh } else { Role::Text },
            lines: vec![place(frame), holds(frame)],
        }
    }

    /// The box, `width` cells wide.
    fn rows(&self, glyphs: &Glyphs, width: usize) -> Vec<Row> {
        let [top_left, top_right, bottom_left, bottom_right] = glyphs.corners;
        let inside = width.saturating_sub(4);
        let title = fitting(&self.title, inside, glyphs);
        let rule = glyphs.rule.repeat(inside - text::width(&title));
        let mut rows = vec![vec![
            (format!("{top_left} "), Role::Rule),
            (title, self.role),
            (format!(" {rule}{top_right}"), Role::Rule),
        ]];
        rows.extend(self.lines.iter().map(|line| {
            let line = fitting(line, inside, glyphs);
            let blanks = " ".repeat(inside - text::width(&line));
            vec![
                (format!("{} ", glyphs.wall), Role::Rule),
                (line, Role::Text),
                (format!("{blanks} {}", glyphs.wall), Role::Rule),
            ]
        }));
        let rule = glyphs.rule.repeat(inside + 2);
        rows.push(vec![(format!("{bottom_left}{rule}{bottom_right}"), Role::Rule)]);
        rows
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn fitting(words: &str, room: usize, glyphs: &Glyphs) -> String {
    text::cut_middle(&text::harmless(words), room, glyphs.cut).into_owned()
}

fn function_title(function: &FunctionBox) -> String {
    let tag = function.function.tag.map(|tag| format!(" {tag}")).unwrap_or_default();
    format!("function {}{tag}", function.function.text)
}

fn frame_title(frame: &FrameBox) -> String {
    match &frame.keeper {
        Keeper::Chain(depth) => format!("frame {depth}"),
        Keeper::Generator(generator) => {
            let tag = generator.tag.map(|tag| format!(" {tag}")).unwrap_or_default();
            format!("frame kept by {}{tag}", generator.kind)
        }
    }
}

fn place(frame: &FrameBox) -> String {
    let line = frame.line.map(|line| format!("line {line}, ")).unwrap_or_default();
    format!("{line}at {} {}", frame.offset, frame.opcode)
}

fn holds(frame: &FrameBox) -> String {
    format!("{} bound, stack {}", counted(frame.bound, "local"), frame.depth)
}

/// The frames of a function that are not shown one by one.
fn more(function: &FunctionBox) -> Option<String> {
    (function.more_frames > 0).then(|| format!("and {} more", counted(function.more_frames, "frame")))
}

/// The code on the left, its functions in the middle, their frames on the right; arrows point to what each one
/// holds: a frame its function, a function its code.
fn boxes(linked: &Linked, glyphs: &Glyphs, width: usize) -> Vec<Row> {
    let box_width = (width - 2 * GAP) / 3;
    let code = Column { rows: Block::of_code(&linked.code).rows(glyphs, box_width), width: box_width };
    let mut right = Vec::new();
    let mut heads = Vec::new();
    for function in &linked.functions {
        heads.push(right.len());
        right.extend(function_and_frames(function, glyphs, box_width));
    }
    let right = Column { rows: right, width: width - box_width - GAP };
    code.beside(right, &heads, glyphs)
}

fn function_and_frames(function: &FunctionBox, glyphs: &Glyphs, box_width: usize) -> Vec<Row> {
    let left = Column { rows: Block::of_function(function).rows(glyphs, box_width), width: box_width };
    let mut frames = Vec::new();
    let mut heads = Vec::new();
    for frame in &function.frames {
        heads.push(frames.len());
        frames.extend(Block::of_frame(frame).rows(glyphs, box_width));
    }
    frames.extend(more(function).map(|words| vec![(words, Role::Dim)]));
    if frames.is_empty() {
        frames.push(vec![(fitting("no frame runs it now", box_width, glyphs), Role::Dim)]);
    }
    left.beside(Column { rows: frames, width: box_width }, &heads, glyphs)
}

/// Rows that are all of one width.
struct Column {
    rows: Vec<Row>,
    width: usize,
}

impl Column {
    /// This column and another to the right of it; the boxes there that begin at `heads` point to the first box
    /// here.
    fn beside(self, right: Self, heads: &[usize], glyphs: &Glyphs) -> Vec<Row> {
        let height = self.rows.len().max(right.rows.len());
        let last = heads.last().copied();
        let mut left_rows = self.rows.into_iter();
        let mut right_rows = right.rows.into_iter();
        (0..height)
            .map(|at| {
                let mut row = padded(left_rows.next().unwrap_or_default(), self.width);
                let (first, is_head) = (heads.first() == Some(&at), heads.contains(&at));
                let link = match (first, is_head) {
                    (true, _) if heads.len() > 1 => format!("{}{}{}", glyphs.left, glyphs.rule, glyphs.fork),
                    (true, _) => format!("{}{}", glyphs.left, glyphs.rule.repeat(2)),
                    (false, true) if last == Some(at) => format!("  {}", glyphs.corners[2]),
                    (false, true) => format!("  {}", glyphs.branch),
                    (false, false) if last.is_some_and(|last| at < last) => format!("  {}", glyphs.wall),
                    (false, false) => " ".repeat(GAP),
                };
                row.push((link, Role::Rule));
                row.extend(right_rows.next().unwrap_or_default());
                row
            })
            .collect()
    }
}

fn padded(mut row: Row, width: usize) -> Row {
    let cells: usize = row.iter().map(|(words, _)| text::width(words)).sum();
    row.push((" ".repeat(width.saturating_sub(cells)), Role::Text));
    row
}

/// The same for a narrow pane.
fn tree(linked: &Linked, glyphs: &Glyphs) -> Vec<Row> {
    let code = &linked.code;
    let mut rows = vec![vec![
        (format!("code {} {}", code.qualname, code.tag), Role::Opcode),
        (format!("  from line {}, {} bytes", code.line, code.bytes), Role::Dim),
    ]];
    let stem = |is_last: bool| if is_last { glyphs.corners[2] } else { glyphs.branch };
    for (index, function) in linked.functions.iter().enumerate() {
        let is_last = index + 1 == linked.functions.len();
        let cells = function.cells.iter().fold(String::new(), |cells, cell| cells + ", " + cell);
        rows.push(vec![
            (format!("{} ", stem(is_last)), Role::Rule),
            (function_title(function), Role::Function),
            (format!("  made at step {}{cells}", function.born), Role::Dim),
        ]);
        let before = if is_last { "  " } else { &format!("{} ", glyphs.wall) };
        let more = more(function);
        for (index, frame) in function.frames.iter().enumerate() {
            let is_last = index + 1 == function.frames.len() && more.is_none();
            let role = if frame.selected { Role::Fresh } else { Role::Text };
            rows.push(vec![
                (format!("{before}{} ", stem(is_last)), Role::Rule),
                (frame_title(frame), role),
                (format!("  {}", place(frame)), Role::Dim),
            ]);
        }
        rows.extend(
            more.map(|words| vec![(format!("{before}{} ", stem(true)), Role::Rule), (words, Role::Dim)]),
        );
    }
    rows
}
