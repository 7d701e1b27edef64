//! The real program in a real pseudo-terminal: keys go in, a terminal emulator reads what comes out.
#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longer than anything takes, even on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(30);

const PROGRAM: &str = "\
def twice(n):
    return n + n

a = 1000
b = twice(a)
c = a is b
i = 0
while i < 500:
    i = i + 1
";

/// A terminal with a program in it.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    seen: Arc<Mutex<Seen>>,
    /// How the terminal treated lines before the program began.
    modes: String,
}

struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
}

impl Terminal {
    fn start(mut command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let modes = modes(&*pair.master);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new(Seen {
            parser: vt100::Parser::new(at_least_one(rows), at_least_one(columns), 0),
            bytes: Vec::new(),
        }));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (filled, keys) = (Arc::clone(&seen), pair.master.take_writer().unwrap());
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let mut seen = filled.lock().unwrap();
                seen.parser.process(&buffer[..count]);
                seen.bytes.extend(&buffer[..count]);
            }
        });
        Self { child, master: pair.master, keys, seen, modes }
    }

    fn stepper(program: &str, columns: u16, rows: u16, environment: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_wordcode"));
        command.arg(file(program));
        command.env("LC_ALL", "C.UTF-8");
        command.env("TERM", "xterm-256color");
        command.env_remove("NO_COLOR");
        for (name, value) in environment {
            command.env(name, value);
        }
        Self::start(command, columns, rows)
    }

    fn send(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn screen(&self) -> String {
        self.seen.lock().unwrap().parser.screen().contents()
    }

    /// Waits until the screen shows `words`.
    fn shows(&self, words: &str) {
        self.wait(|terminal| terminal.screen().contains(words), words);
    }

    fn wait(&self, until: impl Fn(&Self) -> bool, what: &str) {
        let start = Instant::now();
        while !until(self) {
            assert!(start.elapsed() < PATIENCE, "{what} never came; the screen is:\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// Waits for the end and returns what the exit status says.
    fn ends(&mut self) -> String {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return format!("{status:?}");
            }
            assert!(start.elapsed() < PATIENCE, "it does not end; the screen is:\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// That the terminal is as it was: no alternate screen, a cursor, lines that are echoed and edited.
    fn is_given_back(&self) {
        let is_as_before = |terminal: &Self| {
            let seen = terminal.seen.lock().unwrap();
            let screen = seen.parser.screen();
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
                && modes(&*terminal.master) == terminal.modes
        };
        self.wait(is_as_before, "the terminal as it was");
    }
}

/// A file with this program, one for each test.
fn file(program: &str) -> PathBuf {
    let name = thread::current().name().unwrap_or("main").replace("::", "_");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.py"));
    std::fs::write(&path, program).unwrap();
    path
}

/// The emulator is not made for a size of nothing.
fn at_least_one(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap_or(NonZeroU16::MIN)
}

fn modes(master: &dyn MasterPty) -> String {
    let modes = master.get_termios().unwrap();
    format!("{:?} {:?} {:?}", modes.input_flags, modes.output_flags, modes.local_flags)
}

#[test]
fn steps_forward_and_back_goes_to_a_step_and_quits() {
    let mut terminal = Terminal::stepper(PROGRAM, 80, 24, &[]);
    terminal.shows("? help");
    terminal.send("j");
    terminal.shows("ran RESUME 0");
    terminal.send("jj");
    terminal.shows("step 3");
    terminal.send("k");
    terminal.shows("step 2 of 3+");
    terminal.send("10j");
    terminal.shows("step 12");
    terminal.send(":goto 5\r");
    terminal.shows("step 5 of 12+");
    terminal.send(":no\r");
    terminal.shows("no command named no");
    terminal.send("G");
    terminal.shows("ended: 0");
    terminal.send("g");
    terminal.shows("at the first step");
    terminal.send("k");
    terminal.shows("nothing lies before it");
    terminal.send("q");
    assert!(terminal.ends().contains("code: 0"));
    terminal.is_given_back();
}

#[test]
fn a_key_that_is_held_down_is_never_behind() {
    let mut terminal = Terminal::stepper(PROGRAM, 160, 48, &[]);
    terminal.shows("? help");
    terminal.send(&"j".repeat(800));
    terminal.shows("step 800");
    terminal.send(&"k".repeat(799));
    terminal.shows("step 1 of 800+");
    terminal.send("q");
    terminal.ends();
}

#[test]
fn an_endless_loop_is_stopped_by_esc() {
    let mut terminal = Terminal::stepper("while True: pass\n", 80, 24, &[]);
    terminal.shows("? help");
    terminal.send("c");
    terminal.shows("Esc stops");
    terminal.send("\x1b");
    terminal.shows("stopped at step");
    terminal.send("C");
    terminal.shows("at the first step");
    terminal.send("q");
    terminal.ends();
    terminal.is_given_back();
}

#[test]
fn signals_end_it_and_the_terminal_is_given_back() {
    for (signal, number) in [("-TERM", "15"), ("-HUP", "1"), ("-INT", "2")] {
        let mut terminal = Terminal::stepper(PROGRAM, 80, 24, &[]);
        terminal.shows("? help");
        terminal.signal(signal);
        let status = terminal.ends();
        assert!(!status.contains("code: 0"), "{signal} is {number}: {status}");
        terminal.is_given_back();
    }
}

#[test]
fn stopped_and_continued() {
    let mut terminal = Terminal::stepper(PROGRAM, 80, 24, &[]);
    terminal.shows("? help");
    terminal.send("j\x1a");
    terminal.is_given_back();
    terminal.signal("-CONT");
    terminal.wait(|terminal| terminal.seen.lock().unwrap().parser.screen().alternate_screen(), "the screen");
    terminal.send("j");
    terminal.shows("step 2");
    terminal.send("q");
    terminal.ends();
    terminal.is_given_back();
}

#[test]
fn any_size_at_any_time() {
    let mut terminal = Terminal::stepper(PROGRAM, 80, 24, &[]);
    terminal.shows("? help");
    for (columns, rows) in [(1, 1), (0, 0), (200, 60), (39, 11), (40, 12), (84, 30)] {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        terminal.seen.lock().unwrap().parser.screen_mut().set_size(at_least_one(rows), at_least_one(columns));
        terminal.master.resize(size).unwrap();
        terminal.send("j");
        thread::sleep(Duration::from_millis(20));
    }
    // crossterm reads a key that comes in the same moment as a change of the size when the next one comes, so there
    // is a next one: a step back, and forward again.
    terminal.send("kj");
    terminal.shows("step 6");
    terminal.send("q");
    assert!(terminal.ends().contains("code: 0"));
}

/// Every sequence that sets colours, `ESC [ … m`, without those that set them back to the default.
fn colours(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    for sequence in text.split("\x1b[").skip(1) {
        let Some((numbers, _)) = sequence.split_once('m') else { continue };
        if !numbers.chars().all(|c| c.is_ascii_digit() || c == ';') {
            continue;
        }
        let is_colour = |number: &str| {
            number.parse().is_ok_and(|n: u8| matches!(n, 30..=38 | 40..=48 | 58 | 90..=97 | 100..=107))
        };
        if numbers.split(';').any(is_colour) {
            found.push(numbers.to_owned());
        }
    }
    found
}

#[test]
fn without_colours_bold_and_reverse_remain() {
    let mut terminal = Terminal::stepper(PROGRAM, 80, 24, &[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]);
    terminal.shows("? help");
    terminal.send("jjjj");
    terminal.shows("step 4");
    terminal.send(":theme light\r");
    terminal.shows("theme light");
    {
        let seen = terminal.seen.lock().unwrap();
        assert_eq!(colours(&seen.bytes), [""; 0]);
        let screen = seen.parser.screen();
        let cells = (0..24).flat_map(|row| (0..80).filter_map(move |column| screen.cell(row, column)));
        let (mut bold, mut reverse) = (0, 0);
        for cell in cells {
            bold += usize::from(cell.bold());
            reverse += usize::from(cell.inverse() && cell.bold());
        }
        assert!(bold > 20 && reverse > 5, "{bold} bold, {reverse} of them reverse");
    }
    terminal.send("q");
    terminal.ends();
}

#[test]
fn an_empty_no_color_changes_nothing() {
    let mut terminal = Terminal::stepper(PROGRAM, 80, 24, &[("NO_COLOR", "")]);
    terminal.shows("? help");
    terminal.wait(|terminal| !colours(&terminal.seen.lock().unwrap().bytes).is_empty(), "a colour");
    terminal.send("q");
    terminal.ends();
}

#[test]
fn without_a_terminal_it_is_plain_text() {
    let output = Command::new(env!("CARGO_BIN_EXE_wordcode")).arg(file(PROGRAM)).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(!text.contains('\x1b'));
    assert!(text.starts_with("step 0, <module>: RESUME 0"), "{}", &text[..200]);
    assert!(text.trim_end().ends_with("the program has ended, exit status 0"));
}

/// Run as a program of its own by the test below: takes the terminal over and panics.
#[test]
#[ignore = "it is a part of another test"]
fn panics_with_the_terminal_taken() {
    let _terminal = wordcode::tui::terminal::Terminal::enter().unwrap();
    panic!("on purpose");
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "panics_with_the_terminal_taken", "--ignored", "--nocapture"]);
    let mut terminal = Terminal::start(command, 80, 24);
    assert!(!terminal.ends().contains("code: 0"));
    terminal.is_given_back();
    let bytes = String::from_utf8_lossy(&terminal.seen.lock().unwrap().bytes).into_owned();
    let (back, said) = (bytes.find("\x1b[?1049l").unwrap(), bytes.find("on purpose").unwrap());
    assert!(back < said, "the message would be lost with the alternate screen");
}
