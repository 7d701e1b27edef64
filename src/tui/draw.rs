//! Draws a whole screen: titles, tabs, panes, the timeline bar, the status line.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::layout::{Layout, Place, SMALLEST};
use super::pane::{Pane, Scene, Scroll};
use super::text;
use super::theme::Role;
use crate::timeline::Step;
use crate::view::{ComparePane, Phase, Snapshot};

/// What stands in the status line besides the step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// What the last key did.
    Did(String),
    /// Why it did nothing.
    Nothing(String),
}

impl Status {
    /// Its words.
    pub fn text(&self) -> &str {
        match self {
            Self::Did(text) | Self::Nothing(text) => text,
        }
    }
}

/// How the screen is set up and what goes on, besides the rows.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Where the panes are; `None` where the terminal is too small for them.
    pub layout: Option<&'a Layout>,
    /// The pane that keys like Up and Down go to.
    pub focus: Pane,
    /// Which rows of each pane are in sight, in the order of [`Pane::ALL`].
    pub scrolls: &'a [Scroll; Pane::ALL.len()],
    /// The last key's effect.
    pub status: &'a Status,
    /// The count typed so far.
    pub count: Option<u64>,
    /// The furthest step that has been seen.
    pub furthest: Step,
    /// Whether a travel goes on that takes long.
    pub busy: bool,
    /// How much of it is done, of 100, where that can be told.
    pub progress: Option<u8>,
}

/// Draws everything but the layers above the panes, and puts the hardware cursor on the current instruction.
pub fn draw(frame: &mut Frame<'_>, scene: &Scene<'_>, desk: &Desk<'_>) {
    let area = frame.area();
    frame.buffer_mut().set_style(area, scene.style(Role::Text));
    let Some(layout) = desk.layout else {
        draw_too_small(frame, scene);
        return;
    };
    let buffer = frame.buffer_mut();
    for wall in &layout.walls {
        for y in wall.top()..wall.bottom() {
            buffer.set_string(wall.x, y, scene.glyphs.wall, scene.style(Role::Rule));
        }
    }
    let mut cursors = [None, None];
    for place in &layout.places {
        let scroll = desk.scrolls[place.pane as usize];
        draw_title(buffer, scene, desk, layout, *place);
        let at = place.pane.draw(scene, scroll, place.inside(), buffer);
        match place.pane {
            Pane::Wordcode => cursors[0] = at,
            Pane::Source => cursors[1] = at,
            _ => {}
        }
    }
    draw_bar(buffer, scene, desk, layout.bar);
    draw_status(buffer, scene, desk, layout.status);
    if let Some(cursor) = cursors.into_iter().flatten().next() {
        frame.set_cursor_position(cursor);
    }
}

/// The first words of the status line: `step 12 of 345`.
pub fn step_words(snapshot: &Snapshot, furthest: Step) -> String {
    match snapshot.end {
        Some(end) => format!("step {} of {end}", snapshot.step),
        None if furthest > snapshot.step => format!("step {} of {furthest}+", snapshot.step),
        None => format!("step {}", snapshot.step),
    }
}

fn draw_too_small(frame: &mut Frame<'_>, scene: &Scene<'_>) {
    let area = frame.area();
    let (width, height) = SMALLEST;
    let wordcode = &scene.snapshot.wordcode;
    let current =
        wordcode.listing.as_ref().zip(wordcode.current).and_then(|(listing, at)| listing.rows.get(at));
    let instruction = current.map_or_else(String::new, |row| {
        let arg = row.arg.map(|arg| format!(" {arg}")).unwrap_or_default();
        format!("{} {} {}{arg}", scene.glyphs.now, row.offset, row.opcode)
    });
    let lines = [
        format!("needs {width}x{height}, has {}x{}", area.width, area.height),
        step_words(scene.snapshot, scene.snapshot.step),
        instruction,
    ];
    for (y, line) in (area.top()..area.bottom()).zip(&lines) {
        let line = text::cut_middle(line, usize::from(area.width), scene.glyphs.cut);
        let role = if y == area.top() { Role::Why } else { Role::Text };
        frame.buffer_mut().set_stringn(area.x, y, line, usize::from(area.width), scene.style(role));
    }
}

fn title_words(pane: Pane) -> Vec<String> {
    vec![format!(" {} {} ", pane.number(), pane.title())]
}

/// What stands in a row of tabs: where it is narrow, fewer letters of those that are not open.
fn tab_words(tabs: &[Pane], open: Pane, room: usize) -> Vec<String> {
    let with = |letters: usize, blank: &str| -> Vec<String> {
        let word = |tab: &Pane| {
            if *tab == open {
                return format!("[{} {}]", tab.number(), tab.short());
            }
            let name: String = tab.short().chars().take(letters).collect();
            format!("{blank}{} {} ", tab.number(), name.trim_end()).replace("  ", " ")
        };
        tabs.iter().map(word).collect()
    };
    let fits = |words: &Vec<String>| words.iter().map(|word| text::width(word)).sum::<usize>() < room;
    let all = with(usize::MAX, " ");
    if fits(&all) {
        return all;
    }
    (0..=9).rev().map(|letters| with(letters, "")).find(fits).unwrap_or_else(|| with(0, ""))
}

fn draw_title(buffer: &mut Buffer, scene: &Scene<'_>, desk: &Desk<'_>, layout: &Layout, place: Place) {
    let Rect { x, y, width, .. } = place.area;
    let end = x + width;
    buffer.set_string(x, y, scene.glyphs.rule.repeat(usize::from(width)), scene.style(Role::Rule));
    let shares = layout.tabs.contains(&place.pane) && layout.places.len() > 1;
    let alone = [place.pane];
    let tabs: &[Pane] = if shares { &layout.tabs } else { &alone };
    let mut x = x + 1;
    let words =
        if shares { tab_words(tabs, place.pane, usize::from(width)) } else { title_words(place.pane) };
    for (&tab, words) in tabs.iter().zip(words) {
        let role = match (tab == place.pane, tab == desk.focus) {
            (true, true) => Role::Focused,
            (true, false) => Role::Title,
            (false, _) => Role::Dim,
        };
        let room = usize::from(end.saturating_sub(x));
        x = buffer.set_stringn(x, y, &words, room, scene.style(role)).0;
    }
    let note = note(scene.snapshot, place.pane);
    let note = text::harmless(&note);
    let room = usize::from(end.saturating_sub(x + 1));
    if !note.is_empty() && room > 6 {
        let note = format!(" {} ", text::cut_middle(&note, room - 3, scene.glyphs.cut));
        x = buffer.set_stringn(x, y, &note, room, scene.style(Role::Dim)).0;
    }
    let extent = place.pane.extent(scene, place.area.width);
    let inside = usize::from(place.inside().height);
    let first = desk.scrolls[place.pane as usize].first;
    let below = extent.rows > first + inside;
    let mut more = String::new();
    for (is_more, sign) in [(first > 0, scene.glyphs.above), (below, scene.glyphs.below)] {
        more.push_str(if is_more { sign } else { "" });
    }
    let more_width = text::width(&more) as u16;
    if more_width > 0 && end.saturating_sub(x) > more_width + 1 {
        buffer.set_string(end - 1 - more_width, y, &more, scene.style(Role::Dim));
    }
}

/// What a pane's title says besides its name.
fn note(snapshot: &Snapshot, pane: Pane) -> String {
    match pane {
        Pane::Source => snapshot.source.text.as_ref().map(|text| text.title.to_string()).unwrap_or_default(),
        Pane::Wordcode => {
            let name = snapshot.wordcode.listing.as_ref().map(|listing| listing.qualname.to_string());
            let chosen = if snapshot.wordcode.chosen { ", chosen; Esc follows again" } else { "" };
            name.unwrap_or_default() + chosen
        }
        Pane::Stack => "top first".to_owned(),
        Pane::Frames => "newest first".to_owned(),
        Pane::Compare if !snapshot.compare.is_newest() => {
            let ComparePane { numbers, count, .. } = &snapshot.compare;
            format!("{} to {} of {count}", numbers.start + 1, numbers.end)
        }
        Pane::Compare | Pane::Output => "newest last".to_owned(),
        Pane::Names | Pane::Objects | Pane::Says => String::new(),
    }
}

fn draw_bar(buffer: &mut Buffer, scene: &Scene<'_>, desk: &Desk<'_>, area: Rect) {
    let end = scene.snapshot.end.unwrap_or(desk.furthest).max(scene.snapshot.step);
    // A run whose end has not been seen goes on behind the bar.
    let behind = if scene.snapshot.end.is_some() { "" } else { scene.glyphs.cut };
    let width = area.width.saturating_sub(text::width(behind) as u16);
    let last = u64::from(width.saturating_sub(1));
    let at = (u128::from(scene.snapshot.step.0) * u128::from(last) / u128::from(end.0.max(1)))
        .min(u128::from(last)) as u16;
    let past = scene.glyphs.past.repeat(usize::from(at));
    let future = scene.glyphs.future.repeat(usize::from(width.saturating_sub(at + 1)));
    let (x, y) = (area.x, area.y);
    let x = buffer.set_stringn(x, y, past, usize::from(width), scene.style(Role::Past)).0;
    let x = buffer.set_stringn(x, y, scene.glyphs.moment, 1, scene.style(Role::Fresh)).0;
    let x = buffer.set_stringn(x, y, future, usize::from(width), scene.style(Role::Dim)).0;
    let room = usize::from(area.right().saturating_sub(x));
    buffer.set_stringn(x, y, behind, room, scene.style(Role::Dim));
}

fn draw_status(buffer: &mut Buffer, scene: &Scene<'_>, desk: &Desk<'_>, area: Rect) {
    buffer.set_string(area.x, area.y, " ".repeat(usize::from(area.width)), scene.style(Role::Status));
    let step = step_words(scene.snapshot, desk.furthest);
    let mut right = match &scene.snapshot.phase {
        Phase::Running => step,
        Phase::Input(_) => format!("{step}, reads input"),
        Phase::Exited(status) => format!("{step}, ended: {status}"),
        Phase::Fault(_) => format!("{step}, internal error"),
    };
    if let Some(count) = desk.count {
        right = format!("count {count}  {right}");
    }
    if desk.busy {
        let done = desk.progress.map(|progress| format!("{progress}% done, ")).unwrap_or_default();
        right = format!("{done}Esc stops  {right}");
    }
    let right = text::cut_middle(&right, usize::from(area.width), scene.glyphs.cut).into_owned();
    let right_width = text::width(&right) as u16;
    let role = if matches!(desk.status, Status::Nothing(_)) { Role::Why } else { Role::Status };
    let room = usize::from(area.width.saturating_sub(right_width + 3));
    let said = text::harmless(desk.status.text());
    let said = text::cut_middle(&said, room, scene.glyphs.cut);
    buffer.set_stringn(area.x + 1, area.y, said, room, scene.style(role));
    let x = area.right().saturating_sub(right_width + 1).max(area.x);
    buffer.set_stringn(x, area.y, &right, usize::from(right_width), scene.style(Role::Status));
}

/// The place on the screen where the layers above the panes go: a box of at most `width` × `height` in
/// the middle of `area`.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    let origin = Position { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2 };
    Rect { x: origin.x, y: origin.y, width, height }
}
