//! The application: what is shown, and how it changes.
//!
//! It knows no terminal.  [`App::update`] takes one event and changes the state, [`App::work`] goes on
//! with a travel that takes long, [`App::draw`] draws; nothing else changes anything.

mod looking;
mod moving;

use std::rc::Rc;
use std::time::Duration;

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Size};

use super::action::{Call, Group, Keymap};
use super::command;
use super::draw::{self, Desk, Status};
use super::event::{Event, Signal};
use super::glyph::Glyphs;
use super::highlight::Colours;
use super::keys::{Key, KeyError};
use super::layer::{Layer, Reaction};
use super::layout::{Choice, Layout};
use super::pane::{Pane, Scene, Scroll};
use super::quiz::Quiz;
use super::theme::{Depth, Theme};
use crate::machine::object::code::LoadedCode;
use crate::timeline::{Goal, Step, Timeline, Travel};
use crate::view::{CompareRow, Detail, Snapshot, SourceText, Viewer};

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
        self.session.snapshot.compare.evaluations().find(|row| quiz.is_covered(row))
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
