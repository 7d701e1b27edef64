//! The panes: what each is called, and one file for each that draws its rows.
//!
//! A pane draws what the snapshot and its own [`Scroll`] say, and changes neither.

mod compare;
mod frames;
mod linked;
mod names;
mod objects;
mod output;
mod says;
mod source;
mod stack;
mod wordcode;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::glyph::Glyphs;
use super::highlight::Colours;
use super::quiz::Quiz;
use super::text;
use super::theme::{Role, Theme};
use crate::view::{CompareRow, Shown, Snapshot};

pub(super) use wordcode::listing_row;

/// A pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The source text.
    Source,
    /// The instructions.
    Wordcode,
    /// The value stack.
    Stack,
    /// The frames.
    Frames,
    /// The identity and equality tests.
    Compare,
    /// The names.
    Names,
    /// The heap.
    Objects,
    /// The program's output.
    Output,
    /// The current instruction in plain English.
    Says,
}

impl Pane {
    /// Every pane, in the order of their numbers.
    pub const ALL: [Self; 9] = [
        Self::Source,
        Self::Wordcode,
        Self::Stack,
        Self::Frames,
        Self::Compare,
        Self::Names,
        Self::Objects,
        Self::Output,
        Self::Says,
    ];

    /// The digit that jumps to it.
    pub const fn number(self) -> u8 {
        match self {
            Self::Source => 1,
            Self::Wordcode => 2,
            Self::Stack => 3,
            Self::Frames => 4,
            Self::Compare => 5,
            Self::Names => 6,
            Self::Objects => 7,
            Self::Output => 8,
            Self::Says => 9,
        }
    }

    /// What stands over it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Source => "Source",
            Self::Wordcode => "Wordcode",
            Self::Stack => "Value stack",
            Self::Frames => "Frames",
            Self::Compare => "is / ==",
            Self::Names => "Names",
            Self::Objects => "Objects",
            Self::Output => "Output",
            Self::Says => "Says",
        }
    }

    /// What stands in a row of tabs.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Stack => "Stack",
            other => other.title(),
        }
    }

    /// How many rows it has to show, in a place `room` cells wide, and the row that must stay in sight.
    pub fn extent(self, scene: &Scene<'_>, room: u16) -> Extent {
        match self {
            Self::Source => source::extent(scene),
            Self::Wordcode => wordcode::extent(scene),
            Self::Stack => Extent::top(scene.snapshot.stack.len()),
            Self::Frames => frames::extent(scene, room),
            Self::Compare => compare::extent(scene),
            Self::Names => names::extent(scene),
            Self::Objects => objects::extent(scene),
            Self::Output => Extent::bottom(scene.snapshot.output.len()),
            Self::Says => Extent::top(says::lines(scene, room).len()),
        }
    }

    /// How many rows of it are in sight at a time, in a place of `area`.
    pub fn height(self, scene: &Scene<'_>, scroll: Scroll, area: Rect) -> usize {
        let height = usize::from(area.height);
        match self {
            Self::Compare => compare::height(scene, scroll, usize::from(area.width), height),
            Self::Objects => objects::height(scene, usize::from(area.width), height),
            Self::Source
            | Self::Wordcode
            | Self::Stack
            | Self::Frames
            | Self::Names
            | Self::Output
            | Self::Says => height,
        }
    }

    /// Draws its rows into `area` and tells where the current instruction stands, if it is in there.
    pub fn draw(
        self,
        scene: &Scene<'_>,
        scroll: Scroll,
        area: Rect,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let mut canvas = Canvas { scene, area, buffer };
        match self {
            Self::Source => return source::draw(&mut canvas, scroll),
            Self::Wordcode => return wordcode::draw(&mut canvas, scroll),
            Self::Stack => stack::draw(&mut canvas, scroll),
            Self::Frames => frames::draw(&mut canvas, scroll),
            Self::Compare => compare::draw(&mut canvas, scroll),
            Self::Names => names::draw(&mut canvas, scroll),
            Self::Objects => objects::draw(&mut canvas, scroll),
            Self::Output => output::draw(&mut canvas, scroll),
            Self::Says => says::draw(&mut canvas, scroll),
        }
        None
    }

    /// The row `index` of the pane in full, for the window that shows one row whole.
    pub fn whole(self, scene: &Scene<'_>, index: usize) -> Option<String> {
        match self {
            Self::Source => source::whole(scene, index),
            Self::Wordcode => wordcode::whole(scene, index),
            Self::Stack => stack::whole(scene, index),
            Self::Frames => frames::whole(scene, index),
            Self::Compare => compare::whole(scene, index),
            Self::Names => names::whole(scene, index),
            Self::Objects => objects::whole(scene, index),
            Self::Output => scene.snapshot.output.get(index).map(|row| row.text.clone()),
            Self::Says => Some(scene.snapshot.says.join("\n")),
        }
    }
}

/// How many rows a pane has, and which of them it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The number of rows.
    pub rows: usize,
    /// The row that stays in sight while the user has not scrolled.
    pub follow: usize,
}

impl Extent {
    const fn top(rows: usize) -> Self {
        Self { rows, follow: 0 }
    }

    const fn bottom(rows: usize) -> Self {
        Self { rows, follow: rows.saturating_sub(1) }
    }
}

/// Which rows of a pane are in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    /// The first row in sight.
    pub first: usize,
    /// The row the user has picked; while there is one, it is followed instead of the current one.
    pub picked: Option<usize>,
}

impl Scroll {
    /// The scroll that keeps the row to be followed in sight, in a pane of `height` rows, and moves as
    /// little as it can.
    #[must_use]
    pub fn settled(self, extent: Extent, height: usize) -> Self {
        let last = extent.rows.saturating_sub(1);
        let picked = self.picked.map(|row| row.min(last));
        let follow = picked.unwrap_or(extent.follow).min(last);
        // Some rows around it stay in sight, so that one sees where it comes from and what comes next.
        let margin = if picked.is_some() { 0 } else { height.saturating_sub(1) / 4 };
        let lowest = (follow + margin + 1).saturating_sub(height);
        let highest = follow.saturating_sub(margin);
        let first = self.first.clamp(lowest.min(highest), highest).min(extent.rows.saturating_sub(height));
        Self { first, picked }
    }
}

/// Everything that panes draw from.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The rows.
    pub snapshot: &'a Snapshot,
    /// The colours of the source text.
    pub colours: &'a Colours,
    /// Styles by role.
    pub theme: &'a Theme,
    /// The signs.
    pub glyphs: &'a Glyphs,
    /// Whether inline caches have rows of their own.
    pub caches: bool,
    /// The verdicts that are to be guessed, where one plays that.
    pub quiz: Option<&'a Quiz>,
}

impl Scene<'_> {
    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// Whether a verdict is still to be guessed.
    pub fn is_covered(&self, row: &CompareRow) -> bool {
        self.quiz.is_some_and(|quiz| quiz.is_covered(row))
    }

    /// Whether what the last step pushed is a verdict that is still to be guessed.
    pub fn covers_top(&self) -> bool {
        self.snapshot.compare.evaluations().any(|row| row.fresh && self.is_covered(row))
    }

    /// What is asked of whoever is to guess a verdict.
    pub fn prompt(&self, row: &CompareRow) -> String {
        Quiz::prompt(row)
    }
}

/// The part of the screen that a pane may draw on.
struct Canvas<'a, 'b> {
    scene: &'a Scene<'a>,
    area: Rect,
    buffer: &'b mut Buffer,
}

impl Canvas<'_, '_> {
    fn height(&self) -> usize {
        self.area.height as usize
    }

    fn width(&self) -> usize {
        self.area.width as usize
    }

    /// A pen at the beginning of row `row` of the canvas.  Text that would not fit is cut.
    fn row(&mut self, row: usize) -> Pen<'_> {
        let y = self.area.y.saturating_add(row.min(u16::MAX as usize) as u16);
        let room = if y < self.area.bottom() { self.area.width } else { 0 };
        Pen {
            scene: self.scene,
            x: self.area.x,
            y,
            end: self.area.x.saturating_add(room),
            buffer: self.buffer,
        }
    }

    /// Says in the first row why there is nothing to show.
    fn nothing(&mut self, why: &str) {
        self.row(0).skip(1).put(why, Role::Dim);
    }

    /// Gives a whole row another style over what is drawn there.
    fn paint(&mut self, row: usize, role: Role) {
        if row < self.height() {
            let y = self.area.y + row as u16;
            let style = self.scene.style(role);
            self.buffer.set_style(Rect { y, height: 1, ..self.area }, style);
        }
    }
}

/// Writes one row from left to right.
struct Pen<'a> {
    scene: &'a Scene<'a>,
    x: u16,
    y: u16,
    end: u16,
    buffer: &'a mut Buffer,
}

impl Pen<'_> {
    /// Cells left in the row.
    fn room(&self) -> usize {
        self.end.saturating_sub(self.x) as usize
    }

    /// Writes `text`, made harmless, and cuts its middle where the row ends.
    fn put(&mut self, text: &str, role: Role) -> &mut Self {
        self.put_within(text, role, usize::MAX)
    }

    /// Writes `text` in at most `room` cells.
    fn put_within(&mut self, text: &str, role: Role, room: usize) -> &mut Self {
        let room = room.min(self.room());
        if room == 0 {
            return self;
        }
        let safe = text::harmless(text);
        let fitting = text::cut_middle(&safe, room, self.scene.glyphs.cut);
        let style = self.scene.style(role);
        self.x = self.buffer.set_stringn(self.x, self.y, &fitting, room, style).0;
        self
    }

    /// Writes `text` and fills up to `width` cells with blanks.
    fn column(&mut self, text: &str, role: Role, width: usize) -> &mut Self {
        let start = self.x;
        self.put_within(text, role, width);
        self.x = start.saturating_add(width.min(usize::from(u16::MAX)) as u16).min(self.end);
        self
    }

    /// Leaves `cells` cells blank.
    fn skip(&mut self, cells: usize) -> &mut Self {
        self.x = self.x.saturating_add(cells.min(usize::from(u16::MAX)) as u16).min(self.end);
        self
    }

    /// Writes the sign before a row: that the last step made it, or else that the user has picked it.
    fn sign(&mut self, is_fresh: bool, is_picked: bool) -> &mut Self {
        let sign = match (is_fresh, is_picked) {
            (true, _) => self.scene.glyphs.fresh,
            (false, true) => self.scene.glyphs.picked,
            (false, false) => " ",
        };
        self.put(sign, Role::Fresh)
    }

    /// Writes a value: type, text and tag; the text gives way where the row is too narrow.
    fn value(&mut self, value: &Shown) -> &mut Self {
        let tag = value.tag.map(|tag| tag.to_string()).unwrap_or_default();
        let behind = if tag.is_empty() { 0 } else { tag.len() + 1 };
        let kind = text::width(&value.kind) + 1;
        // The text tells more than the type; a narrow row may keep a few letters of each.
        let fits = value_cells(value) <= self.room();
        let kind_room = if fits { kind } else { kind.min((self.room().saturating_sub(behind) / 2).max(2)) };
        self.put_within(&value.kind, Role::Kind, kind_room - 1);
        if !value.text.is_empty() {
            let room = self.room().saturating_sub(behind + 1);
            self.skip(1).put_within(&value.text, Role::Value, room);
        }
        if !tag.is_empty() {
            self.skip(1).put(&tag, Role::Tag);
        }
        self
    }
}

/// The cells that a value takes where there is room for all of it.
fn value_cells(value: &Shown) -> usize {
    let tag = value.tag.map_or(0, |tag| tag.to_string().len() + 1);
    text::width(&value.kind) + usize::from(!value.text.is_empty()) + text::width(&value.text) + tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_moves_as_little_as_it_can() {
        let at =
            |first, follow| Scroll { first, picked: None }.settled(Extent { rows: 100, follow }, 10).first;
        assert_eq!(at(0, 0), 0);
        assert_eq!(at(0, 7), 0);
        assert_eq!(at(0, 8), 1);
        assert_eq!(at(20, 25), 20);
        assert_eq!(at(20, 21), 19);
        assert_eq!(at(0, 99), 90);
        assert_eq!(Scroll { first: 5, picked: None }.settled(Extent::top(3), 10).first, 0);
        assert_eq!(
            Scroll { first: 5, picked: Some(7) }.settled(Extent::top(0), 0),
            Scroll { first: 0, picked: Some(0) }
        );
    }
}
