//! The rows of every pane, without a screen: what is in them at chosen moments of small programs.

use wordcode::compile::{self, Mode, Options};
use wordcode::machine::{Machine, Program};
use wordcode::text::SourceFile;
use wordcode::timeline::{Forward, Goal, Progress, Stdin, Step, Timeline, World};
use wordcode::view::{
    CompareLine, Detail, FrameBox, FrameKind, Held, Keeper, Phase, Scope, Shown, Snapshot, Stream, Viewer,
    codes,
};

struct Look {
    timeline: Timeline,
    viewer: Viewer,
}

impl Look {
    fn at(program: &str) -> Self {
        let source = SourceFile::from_text("t.py", program).unwrap();
        let code = compile::compile(&source, Mode::Exec, Options::default()).unwrap();
        let program = Program::new(code, source.text().clone(), vec!["t.py".to_owned()]);
        let timeline = Timeline::new(Machine::new(&program).unwrap(), World::new(Stdin::Asked));
        Self { timeline, viewer: Viewer::new("t.py", &source) }
    }

    /// Goes on until an instruction with this opcode is next.
    fn until(&mut self, opcode: &str) -> Snapshot {
        loop {
            let snapshot = self.now();
            let pane = &snapshot.wordcode;
            let here = pane
                .listing
                .as_ref()
                .zip(pane.current)
                .map(|(listing, at)| listing.rows[at].opcode.to_string());
            if here.as_deref() == Some(opcode) && snapshot.frames[0].kind == FrameKind::Python {
                return snapshot;
            }
            assert_eq!(self.timeline.forward(), Forward::Ran, "{opcode} never came");
        }
    }

    fn go(&mut self, goal: Goal) -> Snapshot {
        let mut travel = self.timeline.begin(goal, 1);
        while let Progress::Working(_) = self.timeline.travel(&mut travel, 1000) {}
        self.now()
    }

    fn step(&mut self) -> Snapshot {
        self.timeline.forward();
        self.now()
    }

    fn now(&mut self) -> Snapshot {
        self.viewer.snapshot(&mut self.timeline, None, Detail::Row)
    }
}

fn said(value: Option<&Shown>) -> String {
    value.map_or_else(|| "NULL".to_owned(), |value| format!("{} {}", value.kind, value.text))
}

#[test]
fn slots_have_the_roles_that_the_instruction_gives_them() {
    let mut look = Look::at("def f(a, b):\n    return a - b\nf(7, 5)\n");
    let snapshot = look.until("BINARY_OP");
    let rows: Vec<_> = snapshot
        .stack
        .iter()
        .map(|row| (row.slot, row.role.clone().unwrap(), row.held, said(row.value.as_ref()), row.pushed))
        .collect();
    assert_eq!(
        rows,
        [
            (1, "right".to_owned(), Held::Borrowed, "int 5".to_owned(), true),
            (0, "left".to_owned(), Held::Borrowed, "int 7".to_owned(), true),
        ]
    );
    assert_eq!((snapshot.wordcode.operands.as_str(), snapshot.wordcode.result.as_str()), ("7 - 5", "2"));
    let snapshot = look.step();
    assert_eq!(snapshot.stack.len(), 1);
    assert!(snapshot.stack[0].pushed && snapshot.stack[0].held == Held::Owned);
}

#[test]
fn a_call_names_its_slots_and_shows_null() {
    let snapshot = Look::at("len('abc')\n").until("CALL");
    let roles: Vec<_> = snapshot.stack.iter().map(|row| row.role.clone().unwrap()).collect();
    assert_eq!(roles, ["args", "self_or_null", "callable"]);
    assert_eq!(snapshot.stack[1].held, Held::Null);
    assert_eq!(snapshot.wordcode.operands, "len('abc')");
    assert_eq!(snapshot.wordcode.result, "3");
}

#[test]
fn a_conditional_jump_says_beforehand_whether_it_is_taken() {
    for (program, taken) in [("x = 0\nif x:\n    y = 1\n", true), ("x = 1\nif x:\n    y = 1\n", false)] {
        let snapshot = Look::at(program).until("POP_JUMP_IF_FALSE");
        let jump = snapshot.wordcode.jump.unwrap();
        assert_eq!(jump.taken, Some(taken), "{program}");
        let target = &snapshot.wordcode.listing.unwrap().rows[jump.target];
        assert_eq!(target.label, Some(1));
    }
    let mut look = Look::at("for x in (1, 2):\n    pass\n");
    assert_eq!(look.until("FOR_ITER").wordcode.jump.unwrap().taken, Some(false));
    for _ in 0..2 {
        look.step();
        look.until("FOR_ITER");
    }
    assert_eq!(look.now().wordcode.jump.unwrap().taken, Some(true), "the tuple is exhausted");
}

#[test]
fn names_say_where_they_live_and_which_one_changed() {
    let mut look = Look::at(
        "g = 1\ndef outer():\n    shared = 2\n    def inner():\n        own = shared\n        return own\n    return inner()\nouter()\n",
    );
    look.until("COPY_FREE_VARS");
    look.until("STORE_FAST");
    let snapshot = look.step();
    let rows: Vec<_> = snapshot
        .names
        .iter()
        .map(|row| (row.scope, row.name.as_str(), said(row.value.as_ref()), row.changed))
        .collect();
    assert_eq!(rows[0], (Scope::Local, "own", "int 2".to_owned(), true));
    assert_eq!(rows[1], (Scope::Free, "shared", "int 2".to_owned(), false));
    assert_eq!(rows[2], (Scope::Global, "g", "int 1".to_owned(), false));
    assert_eq!(rows[3], (Scope::Global, "outer", "function outer".to_owned(), false));
    let tags: Vec<_> = snapshot.names[..2].iter().map(|row| row.value.as_ref().unwrap().tag).collect();
    assert_eq!(tags[0], tags[1], "two names for one object");
}

#[test]
fn a_tag_is_the_same_whichever_way_one_comes() {
    let mut look = Look::at("a = [1]\nb = a\nc = [1]\nd = 5\n");
    let there = look.go(Goal::End);
    assert!(there.names.is_empty());
    let tags = |snapshot: &Snapshot| {
        snapshot
            .names
            .iter()
            .map(|row| (row.name.clone(), row.value.as_ref().unwrap().tag))
            .collect::<Vec<_>>()
    };
    let first = tags(&look.go(Goal::PreviousLine));
    look.timeline.go_to(Step::START);
    look.now();
    for _ in 0..3 {
        look.go(Goal::NextLine);
    }
    let again = tags(&look.go(Goal::NextLine));
    assert_eq!(first, again);
    let of = |name: &str| first.iter().find(|(n, _)| n == name).unwrap().1;
    assert_eq!(of("a"), of("b"));
    assert_ne!(of("a"), of("c"));
}

#[test]
fn comparisons_are_listed_with_their_verdicts() {
    let mut look = Look::at("a = [1]\nb = [1]\na == b\na is b\na is not b\n1 != 2\n");
    let snapshot = look.go(Goal::End);
    let rows: Vec<_> = snapshot
        .compare
        .evaluations()
        .filter(|row| !row.inner)
        .map(|row| (row.line.unwrap(), row.operator, row.verdict.clone().unwrap(), row.same_object))
        .collect();
    let row = |line, operator, verdict: &str| (line, operator, verdict.to_owned(), false);
    assert_eq!(
        rows,
        [row(3, "==", "True"), row(4, "is", "False"), row(5, "is not", "True"), row(6, "!=", "True")]
    );
    let at = |row| snapshot.compare.at(row).unwrap();
    assert_eq!(at(0).left.tag, at(2).left.tag);
    assert_ne!(at(0).left.tag, at(0).right.tag);
}

#[test]
fn comparisons_of_a_sort_stand_under_their_heading() {
    let program = "a = [(2, 'b'), (1, 'z'), (1, 'a')]\nb = sorted(a)\nc = 1 in [2, 1]\nd = {1: 2}[1]\n";
    let mut look = Look::at(program);
    look.viewer.shows_inner = true;
    let snapshot = look.go(Goal::End);
    let row = |row: &CompareLine| match row {
        CompareLine::Heading(heading) => format!("{} {}", heading.cause, heading.count),
        CompareLine::Evaluation(row) => {
            format!("  {} {} {} {}", row.left.text, row.operator, row.right.text, row.cause)
                .trim_end()
                .to_owned()
        }
    };
    let rows: Vec<String> = snapshot.compare.rows.iter().map(row).collect();
    assert_eq!(
        rows,
        [
            "sorted(a) 3",
            "  1 == 2",
            "  1 == 1",
            "  'a' == 'z'",
            "  1 in (2, 1)",
            "  2 == 1 in",
            "  1 == 1 in",
            "  1 == 1 key",
        ]
    );
}

#[test]
fn no_method_decides_what_is_finds() {
    let class = "class P:\n    def __eq__(self, other): return True\n";
    let mut look = Look::at(&format!("{class}a, b = P(), P()\na is b\na == b\n"));
    let snapshot = look.go(Goal::End);
    let words: Vec<_> =
        snapshot.compare.evaluations().map(|row| (row.operator, row.reason_words())).collect();
    assert_eq!(words, [("is", "two objects; == may say otherwise"), ("==", "a method of the class decides")]);
}

#[test]
fn the_first_step_of_an_imported_module_says_where_its_code_came_from() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("view_imports");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("helper.py"), "x = 1\n").unwrap();
    let source = SourceFile::from_text("t.py", "import helper\n").unwrap();
    let code = compile::compile(&source, Mode::Exec, Options::default()).unwrap();
    let program = Program {
        path: vec![folder.to_str().unwrap().to_owned()],
        ..Program::new(code, source.text().clone(), vec!["t.py".to_owned()])
    };
    let timeline = Timeline::new(Machine::new(&program).unwrap(), World::new(Stdin::Asked));
    let mut look = Look { timeline, viewer: Viewer::new("t.py", &source) };
    let says = look.until("LOAD_SMALL_INT").says.join("\n");
    assert!(!says.contains("helper.py"), "that is the import itself: {says}");
    look.step();
    let says = look.until("LOAD_SMALL_INT").says.join("\n");
    assert!(says.contains("helper.py: compiled") || says.contains("helper.py: loaded from cache"), "{says}");
}

#[test]
fn pages_of_comparisons_lead_back_to_the_first_one_and_forward_again() {
    let mut look =
        Look::at("seen = 0\nfor i in range(1300):\n    seen += i == 700\n    seen += i in (i, 700)\n");
    let newest = look.go(Goal::End).compare;
    let count = newest.count;
    assert_eq!(count, 3900);
    let mut numbers: Vec<u64> = newest.evaluations().map(|row| row.number).rev().collect();
    let mut pages = vec![newest];
    while let Some(until) = pages.last().unwrap().earlier() {
        assert!(look.viewer.turn_to(&mut look.timeline, until));
        let page = look.now().compare;
        assert_eq!(page.numbers.end, until);
        assert!(page.evaluations().all(|row| row.reason.is_some() && row.verdict.is_some()));
        numbers.extend(page.evaluations().map(|row| row.number).rev());
        pages.push(page);
    }
    // One that waits for another comes to an end behind it, which may be on the next page.
    numbers.sort_unstable();
    assert_eq!(numbers, (0..3900).collect::<Vec<u64>>());
    let mut page = pages.pop().unwrap();
    assert_eq!(page.numbers, 0..400);
    while let Some(until) = page.later() {
        assert!(look.viewer.turn_to(&mut look.timeline, until));
        page = look.now().compare;
    }
    assert!(page.is_newest());
    // Time leads back to the newest page.
    assert!(look.viewer.turn_to(&mut look.timeline, 500));
    assert!(look.go(Goal::Step(Step(100))).compare.is_newest());
}

#[test]
fn natives_stand_among_the_frames() {
    let mut look = Look::at("def key(x):\n    return -x\nsorted([3, 1, 2], key=key)\n");
    let snapshot = look.until("UNARY_NEGATIVE");
    let kinds: Vec<_> = snapshot.frames.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [FrameKind::Python, FrameKind::Native, FrameKind::Python]);
    assert_eq!(snapshot.frames[1].title, "sorted: computing key 1 of 3");
    assert_eq!(snapshot.frames[2].line, Some(3));
    assert!(snapshot.frames[0].selected);
    let caller = look.viewer.snapshot(&mut look.timeline, Some(2), Detail::Row);
    assert_eq!(caller.wordcode.listing.unwrap().qualname.as_ref(), "<module>");
    assert_eq!(caller.source.span.unwrap().line, 3);
    assert!(caller.says[0].starts_with("<module> waits at CALL_KW for the frame above it"));
}

#[test]
fn an_exception_is_followed_on_its_way_down() {
    let mut look = Look::at("def f():\n    1 / 0\ntry:\n    f()\nexcept ZeroDivisionError:\n    pass\n");
    let snapshot = look.until("BINARY_OP");
    assert!(snapshot.says[0].ends_with("raises ZeroDivisionError: division by zero."), "{:?}", snapshot.says);
    let snapshot = look.step();
    assert_eq!(snapshot.frames[0].kind, FrameKind::Unwind);
    assert!(snapshot.says[1].contains("f has no handler here"), "{:?}", snapshot.says);
    let snapshot = look.step();
    assert!(snapshot.says[1].contains("<module> has a handler at"), "{:?}", snapshot.says);
}

#[test]
fn output_is_lines_and_what_was_typed_stands_among_them() {
    let mut look = Look::at("print('one', end=' ')\nprint('two')\nname = input('> ')\nprint(name)\n");
    let snapshot = look.go(Goal::End);
    assert_eq!(snapshot.phase, Phase::Input("> ".to_owned()));
    look.timeline.answer("Ada\n".to_owned());
    let snapshot = look.go(Goal::End);
    let rows: Vec<_> = snapshot.output.iter().map(|row| (row.stream, row.text.as_str())).collect();
    assert_eq!(rows, [(Stream::Stdout, "one two"), (Stream::Stdout, "> Ada"), (Stream::Stdout, "Ada")]);
    assert_eq!(snapshot.phase, Phase::Exited(0));
}

#[test]
fn long_values_are_short_in_rows_and_whole_on_demand() {
    let mut look = Look::at("x = list(range(1000))\n");
    look.until("STORE_NAME");
    look.step();
    let row = |snapshot: &Snapshot| snapshot.names[0].value.as_ref().unwrap().text.clone();
    assert_eq!(row(&look.now()), "[0, 1, 2, 3, 4, 5, 6, 7, …]");
    let whole = row(&look.viewer.snapshot(&mut look.timeline, None, Detail::Whole));
    assert!(whole.ends_with("998, 999]"));
}

#[test]
fn a_value_that_holds_itself_is_shown_all_the_same() {
    let mut look = Look::at("x = []\nx += [x, x, x]\ny = x\n");
    look.go(Goal::End);
    look.go(Goal::PreviousLine);
    let whole = look.viewer.snapshot(&mut look.timeline, None, Detail::Whole);
    assert!(whole.names[0].value.as_ref().unwrap().text.len() < 1_000_000);
}

#[test]
fn one_code_object_has_a_function_for_each_def_that_ran_and_a_frame_for_each_call() {
    let program = "\
def make(start):
    def count(step=1):
        yield start + step
        return start
    return count
a, b = make(10), make(20)
kept = b(5)
next(kept)
for value in a():
    print(value)
";
    let mut look = Look::at(program);
    look.viewer.links = true;
    // The loop runs one generator while another, made by the other function, waits for its next turn.
    let kept = std::iter::from_fn(|| (look.timeline.forward() == Forward::Ran).then(|| look.now().linked))
        .flatten()
        .find(|linked| {
            let is_kept =
                |frame: &FrameBox| matches!(frame.keeper, Keeper::Generator(_)) && frame.line == Some(3);
            match &linked.functions[..] {
                [a, b] => a.frames.iter().any(|frame| frame.selected) && b.frames.iter().any(is_kept),
                _ => false,
            }
        })
        .expect("a moment with both");
    let [a, b] = &kept.functions[..] else { panic!("{kept:?}") };
    assert!(a.born < b.born);
    assert_eq!(
        (&a.cells[..], &b.cells[..]),
        (&["start = 10".to_owned()][..], &["start = 20".to_owned()][..])
    );
    assert_eq!(a.frames.len(), 1);
    assert_eq!(a.frames[0].keeper, Keeper::Chain(1));
    assert_eq!(b.frames.len(), 1);
    assert!(a.function.tag != b.function.tag && a.defaults.is_some());
}

#[test]
fn code_objects_form_the_tree_that_their_constants_do() {
    let mut look = Look::at("class A:\n    def f(self):\n        return lambda: 1\ndef g(): pass\n");
    look.step();
    let rows = codes::rows(look.timeline.machine());
    let tree: Vec<_> = rows.iter().map(|row| (row.depth, &*row.qualname, row.frames)).collect();
    assert_eq!(
        tree,
        [(0, "<module>", 1), (1, "A", 0), (2, "A.f", 0), (3, "A.f.<locals>.<lambda>", 0), (1, "g", 0)]
    );
}

#[test]
fn the_source_pane_follows_code_that_is_compiled_on_the_way() {
    let mut look = Look::at("exec('made = 41\\nmade += 1')\nx = made\n");
    let mut texts = Vec::new();
    for _ in 0..40 {
        let snapshot = look.step();
        let text =
            snapshot.source.text.as_ref().map(|text| (text.name.to_string(), text.lines[0].to_string()));
        if texts.last() != text.as_ref() {
            texts.extend(text);
        }
    }
    let script = ("t.py".to_owned(), "exec('made = 41\\nmade += 1')".to_owned());
    assert_eq!(texts, [script.clone(), ("<string>".to_owned(), "made = 41".to_owned()), script]);
}
