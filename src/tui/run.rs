//! The loop: wait for an event, handle all that have come, work a little if there is work, draw.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::{Duration, Instant};

use thiserror::Error;

use super::app::{App, Leaving, Look, Request};
use super::event::{self, Event};
use super::glyph;
use super::highlight;
use super::keys::KeyError;
use super::terminal::{self, Terminal};
use super::theme::{Depth, Theme, ThemeError};
use crate::timeline::{Arrival, Step, Timeline};
use crate::view::Viewer;

/// Digits are forgotten as a count when no key follows for so long.
const PAUSE: Duration = Duration::from_millis(1200);
/// While a travel runs the screen is drawn no more often than this.
const BETWEEN_FRAMES: Duration = Duration::from_millis(40);

/// Why there was no screen, or none any more.
#[derive(Debug, Error)]
pub enum RunError {
    /// The terminal did not do what it should.
    #[error("the terminal: {0}")]
    Terminal(#[from] io::Error),
    /// No such theme.
    #[error(transparent)]
    Theme(#[from] ThemeError),
    /// The table of actions names a key that is none.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// How the screen begins.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The step to begin at.
    pub at: Option<u64>,
    /// The name of a theme; without one, `dark`.
    pub theme: Option<String>,
}

/// Shows `timeline` in the terminal until the user leaves.
pub fn run(mut timeline: Timeline, viewer: Viewer, options: &Options) -> Result<(), RunError> {
    let variable = |name: &str| std::env::var(name).ok();
    let depth = Depth::of_environment(variable);
    let theme = Theme::built_in(options.theme.as_deref().unwrap_or("dark"), depth)?;
    if let Some(step) = options.at {
        let _: Arrival = timeline.go_to(Step(step));
    }
    let look = Look { theme, depth, glyphs: glyph::of_locale(variable) };
    let mut app = App::new(timeline, viewer, look)?;
    let mut terminal = Terminal::enter()?;
    let leaving = turn(&mut app, &mut terminal);
    drop(terminal);
    match leaving? {
        Leaving::Quit => Ok(()),
        Leaving::Signal(number) => Ok(terminal::end_by(number)?),
    }
}

fn turn(app: &mut App, terminal: &mut Terminal) -> io::Result<Leaving> {
    let (sender, events) = channel();
    event::read_signals(sender.clone())?;
    event::read_terminal(sender.clone());
    let mut drawn: Option<Instant> = None;
    loop {
        if !app.is_busy() || drawn.is_none_or(|at| at.elapsed() >= BETWEEN_FRAMES) {
            app.fit(terminal.size()?);
            terminal.draw(|frame| app.draw(frame))?;
            drawn = Some(Instant::now());
        }
        if let Some((text, lines)) = app.uncoloured() {
            let sender = sender.clone();
            highlight::spawn(text, lines, move |chunk| sender.send(Event::Coloured(chunk)).is_ok());
        }
        wait(app, &events);
        if app.is_busy() {
            app.work();
        }
        for request in app.requests() {
            fulfil(terminal, request)?;
        }
        if let Some(leaving) = app.leaving() {
            return Ok(leaving);
        }
    }
}

/// Sleeps until something happens, unless there is work to do, and handles everything that has happened.
fn wait(app: &mut App, events: &Receiver<Event>) {
    if !app.is_busy() {
        let first = if app.waits_for_digit() {
            match events.recv_timeout(PAUSE) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => Event::Pause,
                Err(RecvTimeoutError::Disconnected) => Event::Closed,
            }
        } else {
            events.recv().unwrap_or(Event::Closed)
        };
        app.update(first);
    }
    while app.leaving().is_none() {
        match events.try_recv() {
            Ok(event) => app.update(event),
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => app.update(Event::Closed),
        }
    }
}

fn fulfil(terminal: &mut Terminal, request: Request) -> io::Result<()> {
    match request {
        Request::Copy(text) => terminal.copy(&text),
        Request::Mouse(on) => terminal.set_mouse(on),
        Request::Suspend => terminal.suspend(),
        Request::Resume | Request::Redraw => terminal.resume(),
    }
}
