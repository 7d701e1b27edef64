//! Whole screens, drawn from rows made by hand: how they look, and that no size of terminal and no text
//! makes drawing fail.

use std::rc::Rc;

use insta::assert_snapshot;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use wordcode::timeline::Step;
use wordcode::tui::draw::{self, Desk, Status};
use wordcode::tui::glyph::{self, Glyphs};
use wordcode::tui::highlight::{self, Colours};
use wordcode::tui::layout::{Choice, Layout};
use wordcode::tui::pane::{Pane, Scene, Scroll};
use wordcode::tui::theme::{Depth, Theme};
use wordcode::view::compare::Outcome;
use wordcode::view::{
    CompareLine, ComparePane, CompareRow, Evidence, FrameKind, FrameRow, HandlerRow, Held, Jump, Listing,
    NameRow, OutputRow, Phase, Reason, RowKind, Scope, Shown, Snapshot, SourcePane, SourceText, Span,
    StackRow, Stream, Tag, WordRow, WordcodePane,
};

fn shown(kind: &str, text: &str, tag: u64) -> Shown {
    Shown { kind: kind.to_owned(), text: text.to_owned(), tag: Some(Tag(tag)) }
}

fn word(
    offset: u32,
    bytes: [u8; 2],
    opcode: &'static str,
    arg: Option<u32>,
    meaning: &str,
    line: u32,
) -> WordRow {
    WordRow {
        offset,
        bytes,
        kind: RowKind::Instruction,
        opcode: opcode.into(),
        arg,
        meaning: meaning.to_owned(),
        label: None,
        target: None,
        span: Some(Span { line, end_line: line, columns: Some((4, 9)) }),
        starts_line: false,
    }
}

const TEXT: &str = "# watch the verdicts
c = 1000
d = int('1000')
if c is d:
    print('漢字', c)
print(\"a rather long line, to be cut where the pane ends, which is not far away\", c, d)
";

fn wordcode() -> WordcodePane {
    let mut rows = vec![
        word(0, [0x80, 0], "RESUME", Some(0), "", 0),
        word(2, [0x52, 0], "LOAD_CONST", Some(0), "1000", 2),
        word(4, [0x74, 0], "STORE_NAME", Some(0), "c", 2),
        word(6, [0x5d, 1], "LOAD_NAME", Some(1), "int", 3),
        word(8, [0x21, 0], "PUSH_NULL", None, "", 3),
        word(10, [0x52, 1], "LOAD_CONST", Some(1), "'1000'", 3),
        word(12, [0x34, 1], "CALL", Some(1), "", 3),
        word(14, [0, 0], "CACHE", None, "", 3),
        word(16, [0x4a, 0], "IS_OP", Some(0), "is", 4),
        word(18, [0x64, 3], "POP_JUMP_IF_FALSE", Some(3), "to L1", 4),
        word(20, [0x52, 2], "LOAD_CONST", Some(2), "None", 4),
        word(22, [0x23, 0], "RETURN_VALUE", None, "", 4),
    ];
    rows[7].kind = RowKind::Cache;
    rows[10].label = Some(1);
    rows[9].target = Some(10);
    let handler = HandlerRow { start: 2, end: 12, target: 20, label: Some(1), depth: 1, lasti: true };
    WordcodePane {
        listing: Some(Rc::new(Listing::of_rows("<module>".into(), rows, vec![handler]))),
        chosen: false,
        current: Some(9),
        operands: "False".to_owned(),
        result: String::new(),
        jump: Some(Jump { target: 10, taken: Some(true) }),
        breakpoints: vec![6],
    }
}

fn stack() -> Vec<StackRow> {
    let row = |slot, held, value| StackRow { slot, role: None, held, value, pushed: false };
    let long = shown("str", "'a long text that no pane of this width can ever show whole'", 17);
    let top = row(3, Held::Owned, Some(shown("bool", "False", 3)));
    vec![
        StackRow { role: Some("condition".to_owned()), pushed: true, ..top },
        row(2, Held::Borrowed, Some(long)),
        row(1, Held::Null, None),
        row(0, Held::Owned, Some(shown("type", "int", 4))),
    ]
}

fn frames() -> Vec<FrameRow> {
    vec![
        FrameRow {
            depth: 1,
            kind: FrameKind::Native,
            title: "sorted: computing key 3 of 10".to_owned(),
            file: String::new(),
            line: None,
            instruction: String::new(),
            selected: false,
        },
        FrameRow {
            depth: 0,
            kind: FrameKind::Python,
            title: "<module>".to_owned(),
            file: "is.py".to_owned(),
            line: Some(4),
            instruction: "POP_JUMP_IF_FALSE 3".to_owned(),
            selected: true,
        },
    ]
}

/// A program that stands behind the comparison of `c is d`, with the kinds of rows every pane has.
fn snapshot() -> Snapshot {
    let name = |scope, name: &str, value, changed| NameRow { scope, name: name.to_owned(), value, changed };
    Snapshot {
        script: "is.py".to_owned(),
        step: Step(8),
        end: Some(Step(23)),
        phase: Phase::Running,
        source: SourcePane {
            text: Some(Rc::new(SourceText::new("/home/is.py", "is.py", TEXT))),
            span: Some(Span { line: 4, end_line: 4, columns: Some((3, 9)) }),
            breakpoints: vec![4, 6],
        },
        wordcode: wordcode(),
        stack: stack(),
        frames: frames(),
        linked: None,
        compare: ComparePane {
            numbers: 0..1,
            count: 1,
            rows: vec![CompareLine::Evaluation(Box::new(CompareRow {
                number: 0,
                step: Step(7),
                line: Some(4),
                operator: "is",
                left: shown("int", "1000", 5),
                right: shown("int", "1000", 9),
                outcome: Outcome::Done,
                verdict: Some("False".to_owned()),
                same_object: false,
                reason: Some(Reason::DistinctObjectsEqual),
                text: "Two int objects with equal values, 1000: only -5 to 256 are cached.".to_owned(),
                otherwise: Some("In a file: True, where equal constants are merged.".to_owned()),
                cause: String::new(),
                inner: false,
                skipped: 0,
                fresh: true,
            }))],
        },
        evidence: Some(Evidence {
            number: 0,
            lines: vec!["@5: constant 0 of <module>; c".to_owned(), "@9: made in step 4; d".to_owned()],
        }),
        names: vec![
            name(Scope::Global, "c", Some(shown("int", "1000", 5)), false),
            name(Scope::Global, "d", Some(shown("int", "1000", 9)), true),
            name(Scope::Local, "unbound", None, false),
        ],
        objects: Vec::new(),
        output: vec![
            OutputRow { stream: Stream::Stdout, text: "漢字 \x1b[31m1000\r".to_owned(), fresh: false },
            OutputRow { stream: Stream::Stderr, text: "oh no\u{202e}".to_owned(), fresh: true },
        ],
        says: vec![
            "Takes `condition`, bool False @3, off the stack and jumps to L1, as it is False.".to_owned(),
        ],
    }
}

struct Setup {
    snapshot: Snapshot,
    colours: Colours,
    theme: Theme,
    glyphs: &'static Glyphs,
    choice: Choice,
    picked: Option<usize>,
    caches: bool,
}

impl Setup {
    fn new() -> Self {
        let snapshot = snapshot();
        Self {
            colours: highlight::colour(TEXT.lines()),
            snapshot,
            theme: Theme::built_in("dark", Depth::Full).unwrap(),
            glyphs: &glyph::UNICODE,
            choice: Choice { zoomed: None, tab: None },
            picked: None,
            caches: false,
        }
    }

    fn screen(&self, width: u16, height: u16) -> Terminal<TestBackend> {
        let scene = Scene {
            snapshot: &self.snapshot,
            colours: &self.colours,
            theme: &self.theme,
            glyphs: self.glyphs,
            caches: self.caches,
            quiz: None,
        };
        let layout = Layout::new(width, height, self.choice);
        let mut scrolls = [Scroll { first: 0, picked: self.picked }; Pane::ALL.len()];
        for place in layout.iter().flat_map(|layout| &layout.places) {
            let extent = place.pane.extent(&scene, place.area.width);
            let scroll = &mut scrolls[place.pane as usize];
            *scroll = scroll.settled(extent, usize::from(place.inside().height));
        }
        let desk = Desk {
            layout: layout.as_ref(),
            focus: Pane::Wordcode,
            scrolls: &scrolls,
            status: &Status::Did("one instruction".to_owned()),
            count: None,
            furthest: Step(9),
            busy: false,
            progress: None,
        };
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw::draw(frame, &scene, &desk)).unwrap();
        terminal
    }
}

#[test]
fn one_column() {
    assert_snapshot!(Setup::new().screen(80, 24).backend());
}

#[test]
fn two_columns() {
    assert_snapshot!(Setup::new().screen(100, 32).backend());
}

#[test]
fn three_columns() {
    assert_snapshot!(Setup::new().screen(160, 48).backend());
}

#[test]
fn the_smallest() {
    assert_snapshot!(Setup::new().screen(40, 12).backend());
}

#[test]
fn smaller_than_the_smallest() {
    assert_snapshot!(Setup::new().screen(30, 6).backend());
}

#[test]
fn signs_in_ascii() {
    let screen = Setup { glyphs: &glyph::ASCII, ..Setup::new() }.screen(80, 24);
    let text = screen.backend().to_string();
    // What the program itself says may hold anything.
    assert!(text.replace(['漢', '字'], "").is_ascii(), "{text}");
    assert_snapshot!(screen.backend());
}

#[test]
fn no_size_and_no_choice_makes_drawing_fail() {
    for zoomed in std::iter::once(None).chain(Pane::ALL.map(Some)) {
        for caches in [false, true] {
            let choice = Choice { zoomed, tab: zoomed };
            let setup = Setup { choice, picked: zoomed.map(|_| 2), caches, ..Setup::new() };
            let stride = if zoomed.is_none() && !caches { 1 } else { 7 };
            for width in (0..=200).step_by(stride) {
                for height in (0..=60).step_by(stride) {
                    setup.screen(width, height);
                }
            }
        }
    }
}

#[test]
fn the_cursor_stands_on_the_current_instruction() {
    let mut screen = Setup::new().screen(80, 24);
    let at = screen.get_cursor_position().unwrap();
    let buffer = screen.backend().buffer();
    let line: String = (at.x..at.x + 17).map(|x| buffer[(x, at.y)].symbol().to_owned()).collect();
    assert_eq!(line, "POP_JUMP_IF_FALSE");
}
