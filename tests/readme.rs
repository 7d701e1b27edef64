//! What the README shows is what the program shows.  `WRITE_README=1 cargo test --test readme` writes the
//! README's parts anew.

mod support;

use std::path::Path;
use std::{env, fs};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use support::{Program, ROOT, machine, source};
use wordcode::timeline::{Stdin, Timeline, World};
use wordcode::tui::action;
use wordcode::tui::app::{App, Look};
use wordcode::tui::event::Event;
use wordcode::tui::glyph;
use wordcode::tui::theme::{Depth, Theme};
use wordcode::view::Viewer;

const SAMPLE: &str = "samples/is_against_equal.py";
/// To behind the second `is`, and a look at what it compared.
const KEYS: &str = "3 3 j 5";
const SIZE: Size = Size { width: 100, height: 30 };

#[test]
fn the_picture_is_the_screen() {
    let program = Program { name: SAMPLE.into() };
    let timeline = Timeline::new(machine(&program), World::new(Stdin::Asked));
    let look = Look {
        theme: Theme::built_in("dark", Depth::Full).unwrap(),
        depth: Depth::Full,
        glyphs: &glyph::UNICODE,
    };
    let mut app = App::new(timeline, Viewer::new(SAMPLE, &source(&program)), look).unwrap();
    for key in KEYS.split_whitespace() {
        app.fit(SIZE);
        app.update(Event::Key(key.parse().unwrap()));
        while app.is_busy() {
            app.work();
        }
    }
    app.fit(SIZE);
    let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).unwrap();
    terminal.draw(|frame| app.draw(frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let row = |y| (0..SIZE.width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    let rows: Vec<String> = (0..SIZE.height).map(row).collect();
    part_is("screen", &format!("```text\n{}\n```\n", rows.join("\n")));
}

#[test]
fn the_keys_are_those_of_the_table() {
    part_is("keys", action::readme().trim_end());
}

/// The part of the README between two marks is `expected`, or is made so if that is asked for.
fn part_is(name: &str, expected: &str) {
    let path = Path::new(ROOT).join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->\n"));
    let (before, rest) = text.split_once(&start).unwrap();
    let (part, behind) = rest.split_once(&end).unwrap();
    if env::var_os("WRITE_README").is_some() {
        fs::write(path, format!("{before}{start}\n{}\n\n{end}{behind}", expected.trim_end())).unwrap();
    } else {
        assert_eq!(part.trim(), expected.trim(), "WRITE_README=1 cargo test --test readme writes it anew");
    }
}
