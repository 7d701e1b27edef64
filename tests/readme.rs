//! What the README shows is what the program shows.  `WRITE_README=1 cargo test --test readme` writes the
//! README's parts anew.

mod support;

use std::path::Path;
use std::rc::Rc;
use std::{env, fs};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use support::{Program, ROOT, machine, machine_line_by_line, source};
use wordcode::compile;
use wordcode::timeline::{Stdin, Timeline, World};
use wordcode::tui::action;
use wordcode::tui::app::{App, Look};
use wordcode::tui::event::Event;
use wordcode::tui::glyph;
use wordcode::tui::theme::{Depth, Theme};
use wordcode::view::Viewer;

/// A screen of the README: its mark, the program, whether it runs line by line, the size, and the keys.
struct Picture {
    mark: &'static str,
    sample: &'static str,
    line_by_line: bool,
    size: Size,
    keys: &'static str,
}

const PICTURES: [Picture; 3] = [
    // To behind the second `is`, and a look at what it compared.
    Picture {
        mark: "screen",
        sample: "samples/is_against_equal.py",
        line_by_line: false,
        size: Size { width: 100, height: 30 },
        keys: "3 3 j 5",
    },
    // The same comparison both ways.
    Picture {
        mark: "file",
        sample: "samples/file_against_prompt.py",
        line_by_line: false,
        size: Size { width: 80, height: 24 },
        keys: "n n n n 5",
    },
    Picture {
        mark: "prompt",
        sample: "samples/file_against_prompt.py",
        line_by_line: true,
        size: Size { width: 80, height: 24 },
        keys: "n n n n 5",
    },
];

#[test]
fn the_pictures_are_the_screens() {
    for picture in &PICTURES {
        part_is(picture.mark, &format!("```text\n{}\n```\n", screen(picture)));
    }
}

fn screen(picture: &Picture) -> String {
    let program = Program { name: picture.sample.into() };
    let source = source(&program);
    let machine = if picture.line_by_line { machine_line_by_line(&program) } else { machine(&program) };
    let timeline = Timeline::new(machine, World::new(Stdin::Asked));
    let mut viewer = Viewer::new(picture.sample, &source);
    viewer.set_outline(Rc::new(compile::outline(&source)), picture.line_by_line);
    let look = Look {
        theme: Theme::built_in("dark", Depth::Full).unwrap(),
        depth: Depth::Full,
        glyphs: &glyph::UNICODE,
    };
    let mut app = App::new(timeline, viewer, look).unwrap();
    let size = picture.size;
    for key in picture.keys.split_whitespace() {
        app.fit(size);
        app.update(Event::Key(key.parse().unwrap()));
        while app.is_busy() {
            app.work();
        }
    }
    app.fit(size);
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    terminal.draw(|frame| app.draw(frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let row = |y| (0..size.width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    let rows: Vec<String> = (0..size.height).map(row).collect();
    rows.join("\n")
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
