//! Everything that can happen to the screen from outside, as one closed list.
//!
//! Keys and signals are read on threads of their own and arrive in one channel, so that the loop sleeps
//! until something happens and an idle screen costs nothing.

use std::sync::mpsc::Sender;
use std::{io, thread};

use crossterm::event::{KeyEventKind, MouseEvent};

use super::highlight::Chunk;
use super::keys::Key;

/// Something that happened.
pub enum Event {
    /// A key was pressed, or is held down.
    Key(Key),
    /// The mouse.
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resized,
    /// Some lines of source have got their colours.
    Coloured(Chunk),
    /// No key for a while, after a digit.
    Pause,
    /// The operating system wants something.
    Signal(Signal),
    /// There is no terminal any more.
    Closed,
}

/// What the operating system wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// To end, with the signal's number: SIGTERM, SIGHUP, SIGINT, SIGQUIT.
    End(i32),
    /// To stop until it is continued: SIGTSTP.
    Stop,
    /// To go on: SIGCONT.
    Continue,
}

/// Reads keys until the terminal is gone.
pub fn read_terminal(sender: Sender<Event>) {
    thread::spawn(move || {
        loop {
            let event = match crossterm::event::read() {
                Ok(crossterm::event::Event::Key(key)) if key.kind == KeyEventKind::Release => continue,
                Ok(crossterm::event::Event::Key(key)) => Event::Key(Key::from(key)),
                Ok(crossterm::event::Event::Mouse(mouse)) => Event::Mouse(mouse),
                Ok(crossterm::event::Event::Paste(text)) => Event::Paste(text),
                Ok(crossterm::event::Event::Resize(..)) => Event::Resized,
                Ok(crossterm::event::Event::FocusGained | crossterm::event::Event::FocusLost) => continue,
                Err(_) => Event::Closed,
            };
            let closed = matches!(event, Event::Closed);
            if sender.send(event).is_err() || closed {
                return;
            }
        }
    });
}

/// Reads signals for as long as the process lives.
#[cfg(unix)]
pub fn read_signals(sender: Sender<Event>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};

    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    thread::spawn(move || {
        for number in signals.forever() {
            let signal = match number {
                SIGTSTP => Signal::Stop,
                SIGCONT => Signal::Continue,
                number => Signal::End(number),
            };
            if sender.send(Event::Signal(signal)).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Windows has no such signals; closing the window ends the process.
#[cfg(not(unix))]
pub fn read_signals(_sender: Sender<Event>) -> io::Result<()> {
    Ok(())
}
