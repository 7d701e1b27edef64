//! The application without a terminal: keys go in, screens come out.

use insta::assert_snapshot;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use wordcode::compile::{self, Mode, Options};
use wordcode::machine::{Machine, Program};
use wordcode::text::SourceFile;
use wordcode::timeline::{Stdin, Timeline, World};
use wordcode::tui::app::{App, Leaving, Look, Request};
use wordcode::tui::event::Event;
use wordcode::tui::glyph;
use wordcode::tui::highlight;
use wordcode::tui::theme::{Depth, Theme};
use wordcode::view::Viewer;

const PROGRAM: &str = "\
def add(left, right):
    total = left + right
    return total

a = 1000
b = add(a, 1)
c = a is b
d = add
";

/// An application that shows a program, as a user drives it.
struct User {
    app: App,
}

impl User {
    fn of(program: &str) -> Self {
        let source = SourceFile::from_text("add.py", program).unwrap();
        let code = compile::compile(&source, Mode::Exec, Options::default()).unwrap();
        let program = Program {
            file: Some(source.name().clone()),
            ..Program::new(code, source.text().clone(), vec!["add.py".to_owned()])
        };
        let timeline = Timeline::new(Machine::new(&program).unwrap(), World::new(Stdin::Asked));
        let theme = Theme::built_in("dark", Depth::Full).unwrap();
        let look = Look { theme, depth: Depth::Full, glyphs: &glyph::UNICODE };
        let mut user = Self { app: App::new(timeline, Viewer::new("add.py", &source), look).unwrap() };
        if let Some((text, lines)) = user.app.uncoloured() {
            highlight::spawn(text, lines, |_| false);
        }
        user.app.fit(Size::new(80, 24));
        user
    }

    /// Presses keys, with blanks between them, and waits until they have had their effect.
    fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.app.update(Event::Key(key.parse().unwrap()));
            while self.app.is_busy() {
                self.app.work();
            }
            self.app.fit(Size::new(80, 24));
        }
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let key = if c == ' ' { "Space".to_owned() } else { c.to_string() };
            self.press(&key);
        }
        self
    }

    fn draw(&mut self, width: u16, height: u16) -> Terminal<TestBackend> {
        self.app.fit(Size::new(width, height));
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| self.app.draw(frame)).unwrap();
        terminal
    }

    fn screen(&mut self, width: u16, height: u16) -> String {
        self.draw(width, height).backend().to_string()
    }

    /// The left part of the status line.
    fn status(&mut self) -> String {
        let screen = self.screen(120, 24);
        let last = screen.lines().last().unwrap().trim_matches('"').trim();
        last.split("  ").next().unwrap().to_owned()
    }

    fn step(&self) -> u64 {
        self.app.now().0
    }
}

#[test]
fn a_real_program_at_80_by_24() {
    assert_snapshot!(User::of(PROGRAM).press("1 3 j").screen(80, 24));
}

#[test]
fn a_real_program_at_160_by_48() {
    assert_snapshot!(User::of(PROGRAM).press("1 9 j").screen(160, 48));
}

#[test]
fn a_real_program_at_40_by_12() {
    assert_snapshot!(User::of(PROGRAM).press("1 3 j").screen(40, 12));
}

#[test]
fn every_key_says_what_it_did_or_why_it_did_nothing() {
    let mut user = User::of(PROGRAM);
    for (keys, said) in [
        ("k", "at the first step: nothing lies before it"),
        ("S", "at the first step: nothing lies before it"),
        ("F", "no caller: this is the outermost frame"),
        ("j", "ran RESUME 0"),
        ("4 j", "4 steps forward"),
        ("k", "took one step back"),
        ("2 k", "2 steps back"),
        ("g", "at the first step"),
        ("n n n", "<module>, line 6"),
        ("s", "add, line 2"),
        ("u", "frame <module>"),
        ("u", "no caller: this is the outermost frame"),
        ("d", "frame add"),
        ("d", "this is the newest frame"),
        ("f", "returned to <module>, line 6"),
        ("f", "no caller: this is the outermost frame"),
        ("N", "<module>, line 6"),
        ("G", "at the end: exit status 0"),
        ("j", "at the end: exit status 0"),
        ("c", "at the end: exit status 0"),
        ("C", "at the first step"),
        ("x", "nothing is on the key x; ? lists the keys"),
        ("Esc", "nothing to leave; q ends wordcode"),
        ("i", "inline caches have rows"),
        ("y", "copied: wordcode add.py --at 0"),
    ] {
        assert_eq!(user.press(keys).status(), said, "{keys}");
    }
}

#[test]
fn digits_are_a_count_before_a_motion_and_a_pane_otherwise() {
    let mut user = User::of(PROGRAM);
    let focus = user.app.desk().focus;
    user.press("1 2 j");
    assert_eq!(user.step(), 12);
    assert_eq!(user.app.desk().focus, focus, "a count leaves the focus where it was");
    user.press("3");
    assert_ne!(user.app.desk().focus, focus);
    user.app.update(Event::Pause);
    user.press("j");
    assert_eq!(user.step(), 13, "after a pause the digit is no count");
    let before = user.screen(80, 24);
    user.press("3");
    let zoomed = user.screen(80, 24);
    assert!(zoomed.contains("3 Value stack") && !zoomed.contains("Wordcode"));
    user.press("3");
    assert!(user.screen(80, 24).contains("Wordcode"));
    assert!(before.contains("Wordcode"));
    user.press("9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 j");
    assert_eq!(user.status(), "at the end: exit status 0");
}

#[test]
fn the_command_line_takes_steps_commands_and_actions() {
    let mut user = User::of(PROGRAM);
    for (typed, said) in [
        ("goto 7", "7 steps forward"),
        ("9", "2 steps forward"),
        ("goto +1", "ran LOAD_SMALL_INT 1"),
        ("goto -3", "3 steps back"),
        ("goto x", "not a step: x; goto takes 1234, +10, -10, start or end"),
        ("goto", "goto where? goto 1234, goto +10, goto end"),
        (
            "goto 99999999999999999999999",
            "not a step: 99999999999999999999999; goto takes 1234, +10, -10, start or end",
        ),
        ("goto 99999", "at the end: exit status 0"),
        ("goto start", "at the first step"),
        ("step", "ran RESUME 0"),
        ("setp", "no command named setp; did you mean step?"),
        ("xyzzy", "no command named xyzzy; ? lists them"),
        ("step 4", "step takes nothing behind it"),
        ("theme light", "theme light"),
        ("break 2", "breakpoint set at 2"),
        ("break 77", "the file has no such line"),
        ("break at 3", "not an offset in bytes, which are even: 3"),
        ("", "nothing typed"),
    ] {
        user.press(":").types(typed).press("Enter");
        assert_eq!(user.status(), said, "{typed}");
    }
    user.press(":").types("theme darc").press("Enter");
    assert!(user.status().starts_with("no theme named darc; there are dark, light"));
}

#[test]
fn breakpoints_stop_both_ways_and_are_seen() {
    let mut user = User::of(PROGRAM);
    user.press(":").types("break 2").press("Enter c");
    assert_eq!(user.status(), "at a breakpoint: add, line 2");
    assert!(user.screen(80, 24).contains("◉"));
    user.press("G C");
    assert_eq!(user.status(), "at a breakpoint: add, line 2");
    user.press("1");
    user.app.update(Event::Pause);
    user.press("b");
    assert_eq!(user.status(), "breakpoint removed at line 2");
    user.press("C");
    assert_eq!(user.step(), 0);
}

#[test]
fn input_is_asked_for_once() {
    let mut user = User::of("name = input('Who? ')\nprint('hello', name)\nmore = input()\n");
    user.press("G");
    assert!(user.screen(80, 24).contains("Who?  input:"));
    user.types("Ada").press("Enter");
    assert_eq!(user.status().trim(), "input:");
    user.press("Ctrl-d");
    assert_eq!(user.status(), "at the end: exit status 1", "the end of input is an EOFError");
    user.press("8");
    user.app.update(Event::Pause);
    user.press("g");
    assert!(!user.screen(80, 24).contains("hello Ada"));
    user.press("G");
    assert_eq!(user.status(), "at the end: exit status 1", "nobody is asked again");
    user.press("N");
    let screen = user.screen(80, 24);
    assert!(screen.contains("Who? Ada") && screen.contains("hello Ada"), "{screen}");
}

#[test]
fn the_way_out() {
    let mut user = User::of(PROGRAM);
    user.press("q");
    assert_eq!(user.app.leaving(), Some(Leaving::Quit));
    let mut user = User::of(PROGRAM);
    user.press("? q");
    assert_eq!(user.app.leaving(), None, "q closes the help window");
    user.press("m Ctrl-z");
    assert_eq!(user.app.requests(), [Request::Mouse(true), Request::Suspend]);
}

#[test]
fn frames_show_code_function_and_frame_as_linked_boxes() {
    let program =
        "def fact(n, end=1):\n    return end if n < 2 else n * fact(n - 1)\ntwice = fact\nfact(3)\n";
    let mut user = User::of(program);
    user.press(": b r e a k Space 2 Enter c c c 4");
    user.app.update(Event::Pause);
    user.press("4");
    assert_snapshot!(user.screen(100, 24));
    assert_snapshot!(user.screen(60, 20));
}

#[test]
fn arrows_run_beside_the_instructions_that_jump() {
    let mut user = User::of("n = 3\nwhile n:\n    for x in ():\n        if x: break\n    n -= 1\n");
    user.press("9 j 2");
    assert_snapshot!(user.screen(72, 40));
}

#[test]
fn any_code_object_can_be_looked_at() {
    let mut user = User::of(PROGRAM);
    user.press("3 j o");
    assert!(user.screen(80, 24).contains("  add"), "{}", user.screen(80, 24));
    user.press("Down Enter");
    assert_eq!(user.status(), "the wordcode of add; Esc follows again");
    assert!(user.screen(80, 24).contains("add, chosen"));
    user.press("b");
    assert_eq!(user.status(), "no instruction to set a breakpoint on");
    user.press("Home b");
    assert_eq!(user.status(), "breakpoint set at offset 0 of add");
    user.press("Esc Esc");
    assert_eq!(user.status(), "the wordcode that runs");
    let mut user = User::of("a = 1\n");
    user.press("G o");
    assert_eq!(user.status(), "no code object is alive: the program has ended");
}

const TWINS: &str = "a = 1000\nb = a\nc = [a, b]\nd = c\nprint(a is b, c == d)\n";

#[test]
fn a_verdict_is_covered_until_it_is_guessed() {
    let mut user = User::of(TWINS);
    user.press("P c");
    assert_eq!(user.status(), "1000 is 1000: what comes out? t True, f False, r reveals it");
    let screen = user.screen(80, 24);
    assert!(!screen.contains("True ") && screen.contains("◇ ?"), "{screen}");
    user.press("j");
    assert_eq!(user.status(), "1000 is 1000: what comes out? t True, f False, r reveals it");
    user.press("t");
    assert_eq!(user.status(), "right: 1000 is 1000 is True; 1 of 1 guessed");
    assert!(user.screen(80, 24).contains("✓ True"));
    user.press("c f");
    assert_eq!(user.status(), "no: [1000, 1000] == [1000, 1000] is True; 1 of 2 guessed");
    user.press("k k k c");
    assert_eq!(user.status(), "at the end: exit status 0", "what was guessed is not asked again");
    user.press("P");
    assert_eq!(user.status(), "predict mode off: 1 of 2 guessed");
}

#[test]
fn the_answer_keys_do_what_they_always_do_where_nothing_is_asked() {
    let mut user = User::of(TWINS);
    user.press("P f");
    assert_eq!(user.status(), "no caller: this is the outermost frame");
}

#[test]
fn an_object_tells_where_it_was_made_and_what_holds_it() {
    let mut user = User::of(TWINS);
    user.press("n n n n n 6 Home Down Down Enter");
    let screen = user.screen(80, 24);
    assert!(screen.contains("birth: made in step 8, line 3, by BUILD_LIST in <module>"), "{screen}");
    assert!(screen.contains("names: c, d"), "{screen}");
    user.press("Enter");
    assert_eq!(user.status(), "4 steps back");
    user.press("Esc : w h o Space @ 9 9 Enter");
    assert_eq!(user.status(), "no object @99 is there now");
    user.press(": w h o Space x Enter");
    assert_eq!(user.status(), "not an object's tag: x; they look like @17");
}

#[test]
fn objects_have_rows_and_the_names_of_the_frame_have_arrows_to_boxes() {
    let mut user = User::of(TWINS);
    user.press("n n n n 7");
    user.app.update(Event::Pause);
    user.press("7");
    assert_snapshot!(user.screen(80, 24));
    assert_snapshot!(user.screen(160, 48));
}

#[test]
fn verdicts_are_explained_below_their_rows() {
    let mut user = User::of("c = 1000\nd = 1000\nc is d\nx = [c, [d]]\n[d] in x\nc == 1000.0\n");
    user.press("G 5");
    assert_snapshot!(user.screen(80, 24));
    user.app.update(Event::Pause);
    user.press("5 Home");
    assert_snapshot!(user.screen(160, 48));
}

#[test]
fn the_first_row_of_verdicts_leads_to_older_ones() {
    let mut user = User::of("for i in range(1200):\n    i == 7\n");
    user.press("G 5 Home Up");
    assert_eq!(user.status(), "evaluations 201 to 700 of 1200; Esc follows again");
    assert!(user.screen(80, 24).contains("201 to 700 of 1200"));
    user.press("Home Up Home Up");
    assert_eq!(user.status(), "at the first row of is / ==");
    assert!(user.screen(80, 24).contains("✗ False int 0"));
    user.press("Home Enter");
    assert_eq!(user.step(), 10, "to the step that asks");
    user.press("G End Home Up Down");
    assert_eq!(user.status(), "evaluations 701 to 1200 of 1200; Esc follows again");
    user.press("Home Up Esc");
    assert!(user.screen(80, 24).contains("newest last"));
}

#[test]
fn a_verdict_leads_to_where_its_constants_were_folded() {
    let mut user = User::of("a = 6000\nb = 2 * 3000\nc = [a]\nprint(a is b, c == a)\n");
    user.press("G 5 Home t");
    let screen = user.screen(80, 24);
    assert!(screen.contains("› * 2:4-12       folded 2 * 3000 to 6000"), "{screen}");
    // A constant that was not folded is looked at where it stands; what is none, where it is compared.
    let mut user = User::of("a = 6000\nb = a\nprint(a is b, [] == {})\n");
    user.press("G 5 Home t");
    let screen = user.screen(80, 24);
    assert!(screen.contains("Code object <module>") && screen.contains("›   1:4-8 "), "{screen}");
    user.press("Esc Home Down t");
    let screen = user.screen(80, 24);
    assert!(screen.contains("›   3:14-22 "), "{screen}");
}

#[test]
fn every_window_fits_every_size() {
    for open in [
        "",
        "?",
        "t",
        "t Tab Tab Tab Tab Tab",
        ": a b c",
        "6 Enter",
        "5 5",
        "1 1 Down",
        "4 4",
        "o",
        "7 7",
        "7 Enter",
    ] {
        let mut user = User::of(PROGRAM);
        user.press("1 9 j").press(open);
        for width in (0..=200).step_by(9).chain(38..43) {
            for height in (0..=60).step_by(6).chain(10..14) {
                user.draw(width, height);
            }
        }
    }
}

#[test]
fn a_folded_constant_leads_to_where_it_was_folded() {
    let mut user = User::of("x = 1\ny = x + 2 * 3000\nprint(y)\n");
    // The rows of Wordcode: RESUME, 1, x, x, 6000.
    user.press("Home Down Down Down Down t");
    let screen = user.screen(80, 24);
    assert!(screen.contains("› * 2:8-16       folded 2 * 3000 to 6000"), "{screen}");
    assert!(screen.contains("optimize_basic_blocks of <module>, pass 7 of 21"), "{screen}");
    user.press("Esc Home t");
    assert!(
        user.screen(80, 24).contains("Instructions of <module>"),
        "without a place it is where the unit begins"
    );
    user.press("q j");
    assert_eq!(user.status(), "ran RESUME 0");
    user.press("Esc j j t");
    let screen = user.screen(80, 24);
    assert!(screen.contains("Code object <module>") && screen.contains("›   2:4-5 "), "{screen}");
}
