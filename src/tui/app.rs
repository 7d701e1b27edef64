//! The application: what is shown, and how it changes.
//!
//! It knows no terminal.  [`App::update`] takes one event and changes the state, [`App::work`] goes on
//! with a travel that takes long, [`App::draw`] draws; nothing else changes anything.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::{Duration, Instant};

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Size};

use super::action::{Call, Group, Keymap};
use super::draw::{self, Desk, Status};
use super::event::{Event, Signal};
use super::glyph::Glyphs;
use super::highlight::Colours;
use super::keys::{Key, KeyError};
use super::layer::{Layer, Line, Reaction};
use super::layout::{Choice, Layout};
use super::pane::{self, Pane, Scene, Scroll};
use super::quiz::Quiz;
use super::stages::StagesWindow;
use super::terminal;
use super::theme::{Depth, Theme, ThemeError};
use super::{command, words};
use crate::code::CodeUnit;
use crate::machine::object::code::LoadedCode;
use crate::timeline::{Arrival, Breakpoint, Goal, Progress, Step, Timeline, Travel};
use crate::view::{CodeRow, CompareRow, Detail, Snapshot, SourceText, Tag, Viewer, Who, codes};

/// How long a slice of work may take before keys are looked at again.
const SLICE: Duration = Duration::from_millis(8);
/// Steps between two looks at the clock.
const STRIDE: u64 = 4_000;

/// Why the loop is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// The user is done, or the terminal is gone.
    Quit,
    /// A signal with this number ends the process.
    Signal(i32),
}

/// What the terminal is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Put a text into the clipboard.
    Copy(String),
    /// Report the mouse, or stop doing so.
    Mouse(bool),
    /// Give the terminal back and stop the process.
    Suspend,
    /// Take the terminal over again.
    Resume,
    /// Draw everything anew.
    Redraw,
}

/// How the panes are set up.
#[derive(Clone, Debug)]
pub struct Arrangement {
    /// The pane that has the focus; it never moves by itself.
    pub focus: Pane,
    choice: Choice,
    scrolls: [Scroll; Pane::ALL.len()],
    layout: Option<Layout>,
    size: Size,
    caches: bool,
    mouse: bool,
}

/// Colours and signs.
pub struct Look {
    /// The styles.
    pub theme: Theme,
    /// How many colours the terminal has.
    pub depth: Depth,
    /// The signs.
    pub glyphs: &'static Glyphs,
}

/// Digits typed so far.
#[derive(Clone, Copy, Debug)]
struct Digits {
    value: u64,
    /// The focus and the zoom before the first of them: should they turn out to be a count, that comes back.
    before: (Pane, Choice),
}

/// A run of the program, and the rows of where it is.
struct Session {
    timeline: Timeline,
    viewer: Viewer,
    snapshot: Snapshot,
    /// The selected frame, counted from the newest, if the user has selected one.
    frame: Option<usize>,
    /// The code object the user has chosen to look at, if it is not the one that runs.
    code: Option<Rc<LoadedCode>>,
    travel: Option<Travel>,
    /// What goes on once the program has got its line of input.
    interrupted: Option<Goal>,
}

/// The application.
pub struct App {
    session: Session,
    desk: Arrangement,
    look: Look,
    /// The source texts seen so far, and their colours.
    colours: Vec<(Rc<SourceText>, Colours)>,
    layers: Vec<Layer>,
    keymap: Keymap,
    digits: Option<Digits>,
    status: Status,
    history: Vec<String>,
    /// The verdicts that are to be guessed, while one plays that.
    pub(super) quiz: Option<Quiz>,
    requests: Vec<Request>,
    leaving: Option<Leaving>,
}

impl App {
    /// Shows `timeline` where it stands.
    pub fn new(mut timeline: Timeline, mut viewer: Viewer, look: Look) -> Result<Self, KeyError> {
        let snapshot = viewer.snapshot(&mut timeline, None, Detail::Row);
        let choice = Choice { zoomed: None, tab: None };
        Ok(Self {
            session: Session {
                timeline,
                viewer,
                snapshot,
                frame: None,
                code: None,
                travel: None,
                interrupted: None,
            },
            desk: Arrangement {
                focus: Pane::Wordcode,
                choice,
                scrolls: [Scroll::default(); Pane::ALL.len()],
                layout: None,
                size: Size::new(0, 0),
                caches: false,
                mouse: false,
            },
            look,
            colours: Vec::new(),
            layers: Vec::new(),
            keymap: Keymap::new()?,
            digits: None,
            status: Status::Did("j next instruction  k back  s next line  ? help  q quit".to_owned()),
            history: Vec::new(),
            quiz: None,
            requests: Vec::new(),
            leaving: None,
        })
    }

    /// Handles one event.
    pub fn update(&mut self, event: Event) {
        match event {
            Event::Key(key) => self.key(key),
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Paste(text) => {
                if let Some(layer) = self.layers.last_mut() {
                    layer.paste(&text);
                }
            }
            Event::Coloured(chunk) => {
                if let Some((_, colours)) = self.colours.get_mut(chunk.text) {
                    colours.extend(chunk.lines);
                }
            }
            Event::Resized => {}
            Event::Pause => self.digits = None,
            Event::Signal(Signal::End(number)) => self.leave(Leaving::Signal(number)),
            Event::Signal(Signal::Stop) => self.request(Request::Suspend),
            Event::Signal(Signal::Continue) => self.request(Request::Resume),
            Event::Closed => self.leave(Leaving::Quit),
        }
    }

    fn key(&mut self, key: Key) {
        while let Some(layer) = self.layers.last_mut() {
            match layer.key(key) {
                Reaction::Taken => return,
                Reaction::PassedOn => {
                    // The one window that passes keys on makes way for them.
                    self.layers.pop();
                }
                Reaction::Close => {
                    self.layers.pop();
                    self.status = Status::Did(String::new());
                    return;
                }
                Reaction::Entered(text) => {
                    match self.layers.pop() {
                        Some(Layer::Input(_)) => self.answer(format!("{text}\n")),
                        _ => self.run_command(text),
                    }
                    return;
                }
                Reaction::Chosen => {
                    if let Some(Layer::Codes(codes)) = self.layers.pop()
                        && let Some((name, code)) = codes.chosen()
                    {
                        self.status = self.choose(name, code);
                    }
                    return;
                }
                Reaction::EndOfInput => {
                    self.layers.pop();
                    self.answer(String::new());
                    return;
                }
            }
        }
        if key.typed().is_some_and(|c| c.is_ascii_digit()) {
            self.status = super::look_around::digit(self, Call { count: None, key: Some(key) });
            return;
        }
        if let Some(status) = self.guess(key) {
            self.digits = None;
            self.status = status;
            return;
        }
        let digits = self.digits.take();
        let Some(action) = self.keymap.action(key) else {
            self.status = Status::Nothing(format!("nothing is on the key {key}; ? lists the keys"));
            return;
        };
        if let Some(digits) = digits
            && action.group == Group::Time
        {
            (self.desk.focus, self.desk.choice) = digits.before;
        }
        self.status = (action.run)(self, Call { count: digits.map(|digits| digits.value), key: Some(key) });
    }

    /// Takes `key` as an answer, where a verdict is to be guessed.
    fn guess(&mut self, key: Key) -> Option<Status> {
        let row = self.open_question()?.clone();
        let quiz = self.quiz.as_mut()?;
        let said = match key.typed() {
            Some('t') => quiz.answer(&row, true),
            Some('f') => quiz.answer(&row, false),
            Some('r') => {
                quiz.give_up(&row);
                format!("it is {}; {}", row.verdict.as_deref().unwrap_or_default(), quiz.score())
            }
            _ => return None,
        };
        self.session.timeline.known_verdicts.as_mut()?.insert(row.number);
        self.refresh();
        Some(Status::Did(said))
    }

    /// The verdict that is to be guessed next.
    pub fn open_question(&self) -> Option<&CompareRow> {
        let quiz = self.quiz.as_ref()?;
        self.session.snapshot.compare.iter().find(|row| quiz.is_covered(row))
    }

    /// Begins to play at guessing verdicts, or ends it.
    pub fn toggle_quiz(&mut self) -> Status {
        let said = if let Some(quiz) = self.quiz.take() {
            self.session.timeline.known_verdicts = None;
            format!("predict mode off: {}", quiz.score())
        } else {
            let quiz = Quiz::new(&self.session.snapshot.compare);
            self.session.timeline.known_verdicts = Some(quiz.known());
            self.quiz = Some(quiz);
            self.focus(Pane::Compare);
            "predict mode: at each new verdict, t True, f False, r reveals".to_owned()
        };
        self.session.viewer.looks_ahead = self.quiz.is_none();
        self.refresh();
        Status::Did(said)
    }

    fn run_command(&mut self, typed: String) {
        self.status = command::run(self, &typed);
        if self.history.last() != Some(&typed) {
            self.history.push(typed);
        }
    }

    fn answer(&mut self, line: String) {
        self.session.timeline.answer(line);
        let goal = self.session.interrupted.take().unwrap_or(Goal::Step(self.now().plus(1)));
        self.status = self.travel(goal, 1);
    }

    fn mouse(&mut self, mouse: MouseEvent) {
        let at = Position { x: mouse.column, y: mouse.row };
        let Some(layout) = &self.desk.layout else { return };
        let is_drag = matches!(
            mouse.kind,
            MouseEventKind::Down(MouseButton::Left) | MouseEventKind::Drag(MouseButton::Left)
        );
        if is_drag && layout.bar.contains(at) {
            let end = self.session.timeline.end().unwrap_or(self.session.timeline.furthest());
            let step = u64::from(at.x) * end.0 / u64::from(layout.bar.width.saturating_sub(1)).max(1);
            self.status = self.travel(Goal::Step(Step(step.min(end.0))), 1);
            return;
        }
        let Some(place) = layout.places.iter().copied().find(|place| place.area.contains(at)) else { return };
        let by = match mouse.kind {
            MouseEventKind::ScrollDown => 3,
            MouseEventKind::ScrollUp => -3,
            MouseEventKind::Down(MouseButton::Left) => {
                self.focus(place.pane);
                if at.y > place.area.y {
                    let scroll = &mut self.desk.scrolls[place.pane as usize];
                    scroll.picked = Some(scroll.first + usize::from(at.y - place.area.y - 1));
                }
                return;
            }
            _ => return,
        };
        self.focus(place.pane);
        self.status = self.pick(|row, _, last| row.saturating_add_signed(by).min(last));
    }

    /// Sets the screen up for a terminal of `size`: to be called before drawing.
    pub fn fit(&mut self, size: Size) {
        self.desk.size = size;
        self.desk.layout = Layout::new(size.width, size.height, self.desk.choice);
        let links = self.desk.layout.as_ref().is_some_and(|layout| layout.place(Pane::Frames).is_some());
        if links != self.session.viewer.links {
            self.session.viewer.links = links;
            self.refresh();
        }
        self.look_closer();
        let mut scrolls = self.desk.scrolls;
        let scene = self.scene();
        for place in self.desk.layout.iter().flat_map(|layout| &layout.places) {
            let scroll = &mut scrolls[place.pane as usize];
            let height = place.pane.height(&scene, *scroll, place.inside());
            *scroll = scroll.settled(place.pane.extent(&scene, place.area.width), height);
        }
        self.desk.scrolls = scrolls;
    }

    /// Has the rows made that cost more, if there is a place for them: those of the Objects pane, and all of the
    /// is / == pane.
    fn look_closer(&mut self) {
        let shown = self.desk.layout.as_ref().is_some_and(|layout| layout.place(Pane::Objects).is_some());
        let inner = self.desk.choice.zoomed == Some(Pane::Compare);
        let viewer = &mut self.session.viewer;
        if (viewer.shows_objects, viewer.shows_inner) != (shown, inner) {
            (viewer.shows_objects, viewer.shows_inner) = (shown, inner);
            self.refresh();
        }
    }

    /// Draws everything.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let scene = self.scene();
        let desk = Desk {
            layout: self.desk.layout.as_ref(),
            focus: self.desk.focus,
            scrolls: &self.desk.scrolls,
            status: &self.status,
            count: self.digits.map(|digits| digits.value),
            furthest: self.session.timeline.furthest(),
            progress: self.session.travel.as_ref().and_then(|travel| travel.progress(&self.session.timeline)),
            busy: self.is_busy(),
        };
        draw::draw(frame, &scene, &desk);
        for layer in &self.layers {
            layer.draw(frame, &scene);
        }
    }

    /// What the panes draw from.
    pub fn scene(&self) -> Scene<'_> {
        static PLAIN: Colours = Colours::PLAIN;
        let text = self.session.snapshot.source.text.as_ref();
        let colours = text.and_then(|text| self.colours.iter().find(|(known, _)| Rc::ptr_eq(known, text)));
        Scene {
            snapshot: &self.session.snapshot,
            colours: colours.map_or(&PLAIN, |(_, colours)| colours),
            theme: &self.look.theme,
            glyphs: self.look.glyphs,
            caches: self.desk.caches,
            quiz: self.quiz.as_ref(),
        }
    }

    /// A source text that is shown and has no colours yet, with the number that its colours are to come
    /// back with; each is asked for once.
    pub fn uncoloured(&mut self) -> Option<(usize, Vec<String>)> {
        let text = self.session.snapshot.source.text.clone()?;
        if self.colours.iter().any(|(known, _)| Rc::ptr_eq(known, &text)) {
            return None;
        }
        let lines = text.lines.iter().map(ToString::to_string).collect();
        self.colours.push((text, Colours::default()));
        Some((self.colours.len() - 1, lines))
    }

    /// What the terminal is to do, in order; forgotten once taken.
    pub fn requests(&mut self) -> Vec<Request> {
        std::mem::take(&mut self.requests)
    }

    /// Asks something of the terminal.
    pub fn request(&mut self, request: Request) {
        self.requests.push(request);
    }

    /// Why the loop is to end, if it is.
    pub fn leaving(&self) -> Option<Leaving> {
        self.leaving
    }

    /// Ends the loop.
    pub fn leave(&mut self, why: Leaving) {
        self.leaving = Some(why);
    }

    /// Whether a digit waits for what comes behind it.
    pub fn waits_for_digit(&self) -> bool {
        self.digits.is_some()
    }
}

/// Moving through time.
impl App {
    /// Whether a travel is not over yet.
    pub fn is_busy(&self) -> bool {
        self.session.travel.is_some()
    }

    /// The step that the program stands before.
    pub fn now(&self) -> Step {
        self.session.timeline.now()
    }

    /// Where one is, or is going if that is a step.
    pub fn heading(&self) -> Step {
        self.session.travel.as_ref().and_then(Travel::target).unwrap_or(self.now())
    }

    /// Begins a travel; short ones are over at once.
    pub fn travel(&mut self, goal: Goal, count: u64) -> Status {
        if let Some(row) = self.open_question()
            && goes_ahead(goal, self.now())
        {
            return Status::Nothing(Quiz::prompt(row));
        }
        if let Some(travel) = self.session.travel.take() {
            self.session.timeline.give_up(travel);
        }
        let travel = self.session.timeline.begin(goal, count);
        self.session.travel = Some(travel);
        self.session.interrupted = None;
        self.slice().unwrap_or_else(|| Status::Did("under way".to_owned()))
    }

    /// Goes on with the travel for a while.
    pub fn work(&mut self) {
        if let Some(status) = self.slice() {
            self.status = status;
        }
    }

    /// One slice of the travel; its words if that was the last one.
    fn slice(&mut self) -> Option<Status> {
        let mut travel = self.session.travel.take()?;
        let start = Instant::now();
        let timeline = &mut self.session.timeline;
        let progress = terminal::quietly(|| {
            catch_unwind(AssertUnwindSafe(|| {
                loop {
                    let progress = timeline.travel(&mut travel, STRIDE);
                    if start.elapsed() >= SLICE || matches!(progress, Progress::Arrived(_)) {
                        break progress;
                    }
                }
            }))
        });
        match progress {
            Ok(Progress::Working(_)) => {
                self.session.travel = Some(travel);
                None
            }
            Ok(Progress::Arrived(arrival)) => Some(self.arrive(&travel, arrival)),
            Err(_) => Some(self.fault(&travel)),
        }
    }

    fn arrive(&mut self, travel: &Travel, arrival: Arrival) -> Status {
        self.session.frame = None;
        self.session.code = None;
        self.refresh();
        if let Some(row) = self.open_question() {
            return Status::Did(Quiz::prompt(row));
        }
        if arrival == Arrival::Asks {
            self.session.interrupted = Some(travel.goal());
            let prompt = words::prompt(&self.session.snapshot);
            self.layers.push(Layer::Input(Line::new(prompt, Vec::new())));
        }
        words::arrival(&self.session.snapshot, travel.goal(), travel.home(), arrival, &self.session.timeline)
    }

    /// Goes back to where a travel began that ran into an error of this program itself.
    fn fault(&mut self, travel: &Travel) -> Status {
        let step = self.session.timeline.recover(travel);
        self.session.frame = None;
        self.session.code = None;
        self.refresh();
        Status::Nothing(format!(
            "internal error of wordcode at step {step}; please report it with the program"
        ))
    }

    /// Stops the travel, if there is one.
    pub fn stop_travel(&mut self) -> Option<Status> {
        let travel = self.session.travel.take()?;
        self.session.timeline.give_up(travel);
        self.session.frame = None;
        self.session.code = None;
        self.refresh();
        Some(Status::Did(format!("stopped at step {}", self.now())))
    }

    /// Makes the rows anew.  Looking ahead makes a step on a copy of the machine; should that run into an error
    /// of this program itself, the rows are made without, and only an attempt to make the step fails.
    fn refresh(&mut self) {
        let Session { timeline, viewer, frame, code, snapshot, .. } = &mut self.session;
        let mut make = || viewer.snapshot(timeline, *frame, Detail::Row);
        if let Ok(made) = terminal::quietly(|| catch_unwind(AssertUnwindSafe(&mut make))) {
            *snapshot = made;
        } else {
            viewer.looks_ahead = false;
            *snapshot = viewer.snapshot(timeline, *frame, Detail::Row);
        }
        if let Some(code) = code {
            viewer.choose(snapshot, timeline, code);
        }
    }

    /// Sets a breakpoint or removes it; whether it is set now.
    pub fn toggle_breakpoint(&mut self, breakpoint: Breakpoint) -> bool {
        let is_set = self.session.timeline.breakpoints.toggle(breakpoint);
        self.refresh();
        is_set
    }

    /// The line that is picked in Source, or else the current one.
    pub fn line_here(&self) -> Result<Breakpoint, &'static str> {
        let picked = self.desk.scrolls[Pane::Source as usize].picked.map(|row| row as u32 + 1);
        let current = self.session.snapshot.source.span.map(|span| span.line);
        self.line_at(picked.or(current).ok_or("no line to set a breakpoint on")?)
    }

    /// A line of the file that is shown.
    pub fn line_at(&self, line: u32) -> Result<Breakpoint, &'static str> {
        let text =
            self.session.snapshot.source.text.as_ref().ok_or("the source of this frame is not at hand")?;
        if line == 0 || line as usize > text.lines.len() {
            return Err("the file has no such line");
        }
        Ok(Breakpoint::Line { file: Rc::clone(&text.name), line })
    }

    /// The instruction that is picked in Wordcode, or else the current one.
    pub fn instruction_here(&self) -> Result<Breakpoint, &'static str> {
        let picked = self.desk.scrolls[Pane::Wordcode as usize].picked;
        let picked = picked.and_then(|row| pane::listing_row(&self.scene(), row));
        let row = picked
            .or(self.session.snapshot.wordcode.current)
            .ok_or("no instruction to set a breakpoint on")?;
        self.instruction_at(CodeUnit(row as u32))
    }

    /// An instruction of the code object that is shown.
    pub fn instruction_at(&self, at: CodeUnit) -> Result<Breakpoint, &'static str> {
        self.session.viewer.breakpoint(&self.session.snapshot, at)
    }
}

/// Looking around.
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

    /// The window with the stages of the compiler.  It begins at the row that is picked in Wordcode, if that
    /// has the focus, else at the current instruction.
    pub fn stages(&mut self) -> Result<StagesWindow, String> {
        let wordcode = &self.session.snapshot.wordcode;
        let row = match self.desk.focus {
            Pane::Wordcode => pane::listing_row(&self.scene(), self.picked_row()),
            _ => None,
        };
        let row = row.or(wordcode.current);
        let (stages, place) = self.session.viewer.stages(&self.session.snapshot, row)?;
        Ok(StagesWindow::new(stages, place))
    }

    /// Every code object that is alive.
    pub fn codes(&self) -> Vec<CodeRow> {
        codes::rows(self.session.timeline.machine())
    }

    /// Shows the wordcode of a code object until time moves, or until one leaves it.
    fn choose(&mut self, name: Rc<str>, code: Rc<LoadedCode>) -> Status {
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

    /// The object of the picked row of the pane with the focus.
    pub fn picked_tag(&self) -> Option<Tag> {
        let (row, snapshot) = (self.picked_row(), &self.session.snapshot);
        let value = match self.desk.focus {
            Pane::Stack => snapshot.stack.get(row)?.value.as_ref(),
            Pane::Names => snapshot.names.get(row)?.value.as_ref(),
            Pane::Objects => Some(&snapshot.objects.get(row)?.value),
            Pane::Compare => Some(&snapshot.compare.get(row)?.left),
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
        let row = picked.map_or(snapshot.compare.last(), |picked| snapshot.compare.get(picked));
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

/// Whether a travel leads, or may lead, into the future.
fn goes_ahead(goal: Goal, now: Step) -> bool {
    match goal {
        Goal::Step(step) => step > now,
        Goal::End | Goal::NextLine | Goal::NextLineOver | Goal::Out | Goal::Continue => true,
        Goal::PreviousLine | Goal::PreviousLineOver | Goal::Call | Goal::ReverseContinue => false,
    }
}
