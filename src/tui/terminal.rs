//! The real terminal: taken over, and given back on every way out.
//!
//! What must hold: whoever took it over gives it back, be it by returning, by an error, by a panic on any
//! thread, by a signal, or before the process is stopped.

use std::cell::Cell;
use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::{ResetColor, force_color_output};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;

type Backend = CrosstermBackend<BufWriter<Stdout>>;

/// Whether the terminal is ours at the moment.
static TAKEN: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

thread_local! {
    /// Whether somebody on this thread catches the panic and shows it on the screen.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// A whole frame is written at once.
const BUFFER: usize = 1 << 16;

/// The terminal while it is ours; dropping it gives it back.
pub struct Terminal {
    terminal: ratatui::Terminal<Backend>,
    mouse: bool,
}

impl Terminal {
    /// Takes the terminal over: raw mode, the alternate screen, and a panic hook that gives it back before
    /// it says anything.
    pub fn enter() -> io::Result<Self> {
        HOOK.call_once(|| {
            let print = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                if !QUIET.get() {
                    give_back();
                    print(info);
                }
            }));
        });
        // Whether there are colours is the theme's decision; crossterm's own would reset bold and reverse too.
        force_color_output(true);
        take()?;
        Ok(Self { terminal: ratatui::Terminal::new(backend())?, mouse: false })
    }

    /// How large it is.
    pub fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// Draws one frame.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(draw)?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Whether mouse events are reported.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        if on { execute!(stdout(), EnableMouseCapture) } else { execute!(stdout(), DisableMouseCapture) }
    }

    /// Hands a text to the terminal's clipboard (OSC 52).
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let mut out = stdout();
        write!(out, "\x1b]52;c;{}\x07", base64(text.as_bytes()))?;
        out.flush()
    }

    /// Gives the terminal back, stops the process as Ctrl-Z does, and takes the terminal over again once
    /// the process goes on.
    pub fn suspend(&mut self) -> io::Result<()> {
        give_back();
        stop()?;
        self.resume()
    }

    /// Takes the terminal over again, after somebody else may have had it, and draws everything anew next time.
    pub fn resume(&mut self) -> io::Result<()> {
        take()?;
        if self.mouse {
            self.set_mouse(true)?;
        }
        // Not ratatui's own clear(): that asks the terminal where its cursor is, and the answer would have to
        // come through the thread that reads the keys.
        execute!(stdout(), Clear(ClearType::All))?;
        self.terminal = ratatui::Terminal::new(backend())?;
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Runs `work`, whose panics the caller catches: the terminal stays taken, and nothing is printed into it.
pub fn quietly<T>(work: impl FnOnce() -> T) -> T {
    QUIET.set(true);
    let result = work();
    QUIET.set(false);
    result
}

fn backend() -> Backend {
    CrosstermBackend::new(BufWriter::with_capacity(BUFFER, stdout()))
}

fn take() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, SetCursorStyle::SteadyBlock)
}

/// Gives the terminal back, if it is ours.  Nothing can be done about an error here: the terminal is gone.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        _ = execute!(
            stdout(),
            EndSynchronizedUpdate,
            DisableMouseCapture,
            DisableBracketedPaste,
            ResetColor,
            SetCursorStyle::DefaultUserShape,
            LeaveAlternateScreen,
            Show
        );
        _ = disable_raw_mode();
    }
}

/// Stops the process until somebody continues it.
#[cfg(unix)]
fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

#[cfg(not(unix))]
fn stop() -> io::Result<()> {
    Ok(())
}

/// Ends the process as the signal would have done, had nobody listened.
#[cfg(unix)]
pub fn end_by(signal: i32) -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal)
}

/// Ends the process as the signal would have done, had nobody listened.
#[cfg(not(unix))]
pub fn end_by(_signal: i32) -> io::Result<()> {
    Ok(())
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let mut number = 0;
        for at in 0..3 {
            number = number << 8 | u32::from(group.get(at).copied().unwrap_or(0));
        }
        for at in 0..4 {
            let digit = DIGITS[(number >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= group.len() { digit as char } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_padded() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let expected = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        assert_eq!(texts.map(|text| base64(text.as_bytes())), expected);
    }
}
