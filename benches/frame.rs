//! How long one frame takes: a step, the rows of every pane, and drawing them on 200 × 60 cells.
//!
//! ```text
//! cargo bench --bench frame -- samples/recursion.py
//! ```

use std::error::Error;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use wordcode::compile::{self, Mode, Options};
use wordcode::machine::{Machine, Program};
use wordcode::text::SourceFile;
use wordcode::timeline::{Stdin, Timeline, World};
use wordcode::tui::app::{App, Look};
use wordcode::tui::event::Event;
use wordcode::tui::glyph;
use wordcode::tui::theme::{Depth, Theme};
use wordcode::view::Viewer;

const FRAMES: usize = 400;
const SIZE: Size = Size { width: 200, height: 60 };

fn main() -> Result<(), Box<dyn Error>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/recursion.py");
    let script =
        std::env::args().skip(1).find(|word| word != "--bench").unwrap_or_else(|| default.to_owned());
    let source = SourceFile::from_bytes(&script, &std::fs::read(&script)?)?;
    let code =
        compile::compile(&source, Mode::Exec, Options::default()).map_err(|error| format!("{error:?}"))?;
    let program = Program {
        file: Some(source.name().clone()),
        ..Program::new(code, source.text().clone(), vec![script.clone()])
    };
    let timeline = Timeline::new(Machine::new(&program)?, World::new(Stdin::Text(String::new())));
    let look =
        Look { theme: Theme::built_in("dark", Depth::Full)?, depth: Depth::Full, glyphs: &glyph::UNICODE };
    let mut app = App::new(timeline, Viewer::new(&script, &source), look)?;
    let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height))?;
    let mut times = Vec::with_capacity(FRAMES);
    for _ in 0..FRAMES {
        let start = Instant::now();
        app.update(Event::Key("j".parse()?));
        app.fit(SIZE);
        terminal.draw(|frame| app.draw(frame))?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let at = |share: usize| times[(FRAMES - 1) * share / 100];
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{script}: {FRAMES} steps, each with a frame of {} × {}", SIZE.width, SIZE.height);
    for (name, share) in [("median", 50), ("p99", 99), ("longest", 100)] {
        println!("{name:>8} {:.3} ms", milliseconds(at(share)));
    }
    Ok(())
}
