//! Looking around: which pane, which row of it, and what is asked of that row.

use std::ops::Range;
use std::rc::Rc;

use super::{App, Arrangement, Digits, Request, Session, Status};
use crate::machine::object::code::LoadedCode;
use crate::tui::layer::Layer;
use crate::tui::pane::{self, Pane, Scene, Scroll};
use crate::tui::stages::StagesWindow;
use crate::tui::theme::{Theme, ThemeError};
use crate::view::{CodeRow, Detail, Snapshot, Tag, Who, codes};

impl App {
    /// How the panes are set up.
    pub fn desk(&self) -> &Arrangement {
        &self.desk
    }

    /// The rows that are shown.
    pub fn snapshot(&self) -> &Snapshot {
        &self.session.snapshot
    }

    /// What was typed on the command line before.
    pub fn history(&self) -> &[String] {
        &self.history
    }

    /// Puts a window in front.
    pub fn open(&mut self, layer: Layer) {
        self.layers.push(layer);
    }

    /// Changes the colours.
    pub fn set_theme(&mut self, name: &str) -> Result<(), ThemeError> {
        self.look.theme = Theme::built_in(name, self.look.depth)?;
        Ok(())
    }

    /// Gives a pane the focus; one that is on a tab is opened.
    pub fn focus(&mut self, pane: Pane) {
        self.desk.focus = pane;
        if self.desk.choice.zoomed.is_some() {
            self.desk.choice.zoomed = Some(pane);
        }
        let is_tab = self.desk.layout.as_ref().is_none_or(|layout| layout.tabs.contains(&pane));
        if is_tab || self.desk.choice.zoomed.is_some() {
            self.desk.choice.tab = Some(pane);
        }
    }

    /// Takes a digit as the number of a pane, and as the next digit of a count.
    pub fn push_digit(&mut self, digit: u32) -> Status {
        let before = self.digits.map_or((self.desk.focus, self.desk.choice), |digits| digits.before);
        let value =
            self.digits.map_or(0, |digits| digits.value).saturating_mul(10).saturating_add(u64::from(digit));
        self.digits = Some(Digits { value, before });
        let Some(pane) = Pane::ALL.into_iter().find(|pane| u32::from(pane.number()) == digit) else {
            return Status::Did(format!("count {value}"));
        };
        if self.desk.focus == pane {
            let zoomed = self.desk.choice.zoomed;
            self.desk.choice.zoomed = if zoomed.is_some() { None } else { Some(pane) };
            let said = if zoomed.is_some() { "as before" } else { "zoomed" };
            return Status::Did(format!("{} {said}", pane.title()));
        }
        self.focus(pane);
        Status::Did(format!("{} has the focus; {digit} again zooms it", pane.title()))
    }

    /// The frame that the panes show, counted from the newest.
    pub fn selected_frame(&self) -> usize {
        self.session.snapshot.frames.iter().position(|frame| frame.selected).unwrap_or(0)
    }

    /// The window with the stages of the compiler.  It begins at what the row stands for that is picked in
    /// Wordcode or in is / ==, if one of those has the focus, else at the current instruction.
    pub fn stages(&mut self) -> Result<StagesWindow, String> {
        let picked = self.picked_row();
        let listed = match self.desk.focus {
            Pane::Wordcode => pane::listing_row(&self.scene(), picked),
            _ => None,
        };
        let Session { timeline, viewer, snapshot, .. } = &mut self.session;
        let (stages, place) = match (self.desk.focus, snapshot.compare.at(picked)) {
            (Pane::Compare, Some(row)) => viewer.stages_of_verdict(timeline, row.number)?,
            _ => viewer.stages(snapshot, listed.or(snapshot.wordcode.current))?,
        };
        Ok(StagesWindow::new(stages, place))
    }

    /// Every code object that is alive.
    pub fn codes(&self) -> Vec<CodeRow> {
        codes::rows(self.session.timeline.machine())
    }

    /// Shows the wordcode of a code object until time moves, or until one leaves it.
    pub(super) fn choose(&mut self, name: Rc<str>, code: Rc<LoadedCode>) -> Status {
        self.session.code = Some(code);
        self.desk.scrolls[Pane::Wordcode as usize] = Scroll::default();
        self.focus(Pane::Wordcode);
        self.refresh();
        Status::Did(format!("the wordcode of {name}; Esc follows again"))
    }

    /// Shows another frame.
    pub fn select_frame(&mut self, frame: usize) {
        self.session.code = None;
        self.session.frame = Some(frame);
        self.refresh();
    }

    /// The picked row of the pane with the focus, or else the one that it follows.
    pub fn picked_row(&self) -> usize {
        let pane = self.desk.focus;
        let follow = pane.extent(&self.scene(), self.desk.size.width).follow;
        self.desk.scrolls[pane as usize].picked.unwrap_or(follow)
    }

    /// Picks a row of the pane with the focus: `choose` is given the one picked so far, the height of the pane
    /// and the last row.
    pub fn pick(&mut self, choose: impl FnOnce(usize, usize, usize) -> usize) -> Status {
        let pane = self.desk.focus;
        let rows = pane.extent(&self.scene(), self.desk.size.width).rows;
        if rows == 0 {
            return Status::Nothing(format!("{} has no rows", pane.title()));
        }
        let place = self.desk.layout.as_ref().and_then(|layout| layout.place(pane));
        let scroll = self.desk.scrolls[pane as usize];
        let height = place.map_or(1, |place| pane.height(&self.scene(), scroll, place.inside()));
        let before = self.picked_row();
        let picked = choose(before, height, rows - 1);
        if picked == before
            && pane == Pane::Compare
            && let Some(status) = self.turn_page(picked)
        {
            return status;
        }
        self.desk.scrolls[pane as usize].picked = Some(picked);
        self.explain_picked();
        if picked == before && rows > 1 && (picked == 0 || picked == rows - 1) {
            let end = if picked == 0 { "first" } else { "last" };
            return Status::Nothing(format!("at the {end} row of {}", pane.title()));
        }
        Status::Did(format!(
            "{} row {} of {rows}; Enter opens it, Esc follows again",
            pane.title(),
            picked + 1
        ))
    }

    /// Turns to the next page of is / ==, from its last row, or to the one before, from its first; whether there
    /// is one.
    fn turn_page(&mut self, from: usize) -> Option<Status> {
        let Session { timeline, viewer, snapshot, .. } = &mut self.session;
        let page = &snapshot.compare;
        let (until, is_back) = match from {
            0 => (page.earlier()?, true),
            _ => (page.later()?, false),
        };
        let shown = page.numbers.end;
        if !viewer.turn_to(timeline, until) {
            viewer.turn_to(timeline, shown);
            let said =
                "those before are far back in time; Enter goes to the step that asked, and they are near";
            return Some(Status::Nothing(said.to_owned()));
        }
        self.refresh();
        let page = &self.session.snapshot.compare;
        let Range { start, end } = page.numbers;
        let said = format!("evaluations {} to {end} of {}; Esc follows again", start + 1, page.count);
        let last = page.rows.len().saturating_sub(1);
        self.desk.scrolls[Pane::Compare as usize].picked = Some(if is_back { last } else { 0 });
        self.explain_picked();
        Some(Status::Did(said))
    }

    /// Turns to the newest page of is / ==.
    fn newest_page(&mut self) {
        if !self.session.snapshot.compare.is_newest() {
            let Session { timeline, viewer, .. } = &mut self.session;
            viewer.turn_to(timeline, usize::MAX);
            self.refresh();
        }
    }

    /// The object of the picked row of the pane with the focus.
    pub fn picked_tag(&self) -> Option<Tag> {
        let (row, snapshot) = (self.picked_row(), &self.session.snapshot);
        let value = match self.desk.focus {
            Pane::Stack => snapshot.stack.get(row)?.value.as_ref(),
            Pane::Names => snapshot.names.get(row)?.value.as_ref(),
            Pane::Objects => Some(&snapshot.objects.get(row)?.value),
            Pane::Compare => Some(&snapshot.compare.at(row)?.left),
            Pane::Source | Pane::Wordcode | Pane::Frames | Pane::Output | Pane::Says => None,
        };
        value?.tag
    }

    /// All that is known of the object with a tag.
    pub fn who(&mut self, tag: Tag) -> Option<Who> {
        let Session { timeline, viewer, .. } = &mut self.session;
        viewer.who(timeline, tag)
    }

    /// Looks up where the operands of the picked evaluation come from.
    fn explain_picked(&mut self) {
        let picked = self.desk.scrolls[Pane::Compare as usize].picked;
        let Session { timeline, viewer, snapshot, .. } = &mut self.session;
        let newest = || snapshot.compare.evaluations().next_back();
        let row = picked.map_or_else(newest, |picked| snapshot.compare.at(picked));
        snapshot.evidence = row.and_then(|row| viewer.evidence(timeline, row.number));
    }

    /// A row of the pane with the focus, its values in full.
    pub fn whole_row(&mut self, row: usize) -> Option<String> {
        let Session { timeline, viewer, frame, .. } = &mut self.session;
        let snapshot = viewer.snapshot(timeline, *frame, Detail::Whole);
        self.desk.focus.whole(&Scene { snapshot: &snapshot, ..self.scene() }, row)
    }

    /// Inline caches as rows or not; whether they are now.
    pub fn toggle_caches(&mut self) -> bool {
        self.desk.caches = !self.desk.caches;
        self.desk.caches
    }

    /// The mouse on or off; whether it is on now.
    pub fn toggle_mouse(&mut self) -> bool {
        self.desk.mouse = !self.desk.mouse;
        self.request(Request::Mouse(self.desk.mouse));
        self.desk.mouse
    }

    /// Leaves one thing: a travel, a picked row, a chosen code object, a selected frame, a zoom.
    pub fn leave_one(&mut self) -> Option<Status> {
        if let Some(status) = self.stop_travel() {
            return Some(status);
        }
        let scroll = &mut self.desk.scrolls[self.desk.focus as usize];
        if scroll.picked.take().is_some() {
            self.newest_page();
            return Some(Status::Did("follows the current row again".to_owned()));
        }
        if self.session.code.take().is_some() {
            self.refresh();
            return Some(Status::Did("the wordcode that runs".to_owned()));
        }
        if self.session.frame.take().is_some() {
            self.refresh();
            return Some(Status::Did("back in the newest frame".to_owned()));
        }
        let zoomed = self.desk.choice.zoomed.take()?;
        Some(Status::Did(format!("{} as before", zoomed.title())))
    }
}
