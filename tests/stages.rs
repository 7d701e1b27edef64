//! `wordcode stages` tells every form of a program, and each pass what it changed.

mod support;

use std::process::Command;

use support::{ROOT, programs, source};
use wordcode::text::SourceFile;
use wordcode::view::stages::{Mark, NAMES, StageRowKind, Stages};

fn stages(text: &str) -> Stages {
    Stages::new(&SourceFile::from_text("<test>", text).unwrap()).unwrap()
}

/// Every change that is told, with its place.
fn changes(text: &str) -> Vec<String> {
    let stages = stages(text);
    let rows = stages.list.iter().flat_map(|stage| &stage.rows);
    let told = rows.filter(|row| matches!(row.kind, StageRowKind::Change | StageRowKind::Folded));
    told.map(|row| row.to_string().trim_start_matches("* ").split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn every_kind_of_change_is_told_with_what_became_what_and_where() {
    let mut wrong = String::new();
    let mut check = |text: &str, told: &str, is_it: &dyn Fn(&str) -> bool| {
        let all = changes(text);
        if !all.iter().any(|change| is_it(change)) {
            wrong.extend([text, "\n  ", told, "\nis not in\n  ", &all.join("\n  "), "\n"]);
        }
    };
    for (text, told) in [
        ("x = 2 * 3", "1:4-9 folded 2 * 3 to 6"),
        ("x = 2 * 3 * 4", "1:4-13 folded 6 * 4 to 24"),
        ("x = 'ab'[1]", "1:4-11 folded 'ab'[1] to 'b'"),
        ("x = -1", "1:4-6 folded -1 to -1"),
        ("x = ~5", "1:4-6 folded ~5 to -6"),
        ("x = not 0", "1:8-9 the truth of 0 is known: False"),
        ("x = +1.5", "1:4-8 folded +1.5 to 1.5"),
        ("x = (1, 'a')", "1:4-12 folded a tuple of constants to one constant (1, 'a')"),
        ("x = [1, 2, 3]", "1:4-13 folded a list of constants to one constant (1, 2, 3)"),
        ("x in {1, 2}", "1:5-11 folded a set of constants to one constant frozenset({1, 2})"),
        ("if 0: x", "1:3-4 the test of False is decided: it always jumps"),
        ("while 1: x", "1:6-7 the test of True is decided: it never jumps, so that it falls through"),
        ("x = not 'a'", "1:4-11 folded not True to False"),
        ("if not 1: x", "1:7-8 the test of True is decided: it always jumps"),
        ("if x == y: z", "1:3-9 merged COMPARE_OP and TO_BOOL into COMPARE_OP"),
        ("if x is None: z", "1:3-12 merged IS_OP and POP_JUMP_IF_FALSE into POP_JUMP_IF_NOT_NONE"),
        ("if 0: x", "1:6-7 removed unreachable block B1 (2 instructions)"),
        ("y = 300; x = 1000 + 1000", "dropped the constant 1000, which nothing loads"),
        ("def f(a, b): return a + b", "1:20-21 merged LOAD_FAST and LOAD_FAST into LOAD_FAST_LOAD_FAST"),
        ("def f():\n  if a: b = 1\n  b", "3:2-3 b may be unbound here: its load checks that"),
        ("if __debug__: x", "1:3-12 folded __debug__ to True"),
        ("'%s' % (x,)", "1:0-11 turned '%s' % (x,) into an f-string"),
        ("match x:\n case -1: y", "2:6-8 folded -1 to -1"),
        ("match x:\n case 1+2j: y", "2:6-10 folded 1+2j to (1+2j)"),
        ("__debug__, x", "1:0-9 folded __debug__ to True"),
    ] {
        check(text, told, &|change| change == told);
    }
    for (text, told) in [
        ("x = a and b or c", "threaded jump: not to the jump in "),
        ("def f():\n  if a: b\n  else: c\n  return 1", "replaced a jump to "),
        ("def f():\n  try: a\n  except: b\n  return c", ", which only exceptions lead to, to the end"),
    ] {
        check(text, told, &|change| change.contains(told));
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn nothing_is_told_where_nothing_changes() {
    assert_eq!(changes("x"), Vec::<String>::new());
    let stages = stages("x = 1\n");
    assert!(stages.list.iter().all(|stage| stage.title != "Syntax tree after preprocessing"));
    for stage in stages.list.iter().filter(|stage| stage.title.contains(", pass ")) {
        assert!(stage.rows.iter().any(|row| row.mark != Mark::Same), "{}", stage.title);
    }
}

#[test]
fn every_unit_has_its_stages_and_every_instruction_a_place_in_them() {
    for program in programs() {
        let Ok(stages) = Stages::new(&source(&program)) else { panic!("{} does not compile", program.name) };
        let mut waiting = vec![stages.code.clone()];
        while let Some(code) = waiting.pop() {
            waiting.extend(code.children().cloned());
            let names: Vec<&str> = stages
                .list
                .iter()
                .filter(|stage| stage.unit.as_ref().is_some_and(|unit| unit.is(&code)))
                .map(|stage| stage.name)
                .collect();
            for name in ["instructions", "graph", "code"] {
                assert!(names.contains(&name), "{}: {} has no stage {name}", program.name, code.qualname);
            }
            assert!(stages.find(&code, None).is_some());
        }
    }
}

#[test]
fn what_a_pass_puts_in_is_what_stands_there_afterwards() {
    // Told from outside: the last graph holds the instructions of the code object, with their places.
    let stages = stages("def f(a):\n  for x in a:\n    if x is not None and x > 2 * 3: return x\n");
    let is_f = |name: &str| stages.units().contains(&name);
    assert!(is_f("f") && is_f("<module>"));
    let last = stages.list.iter().rfind(|stage| stage.name == "graph").unwrap();
    assert!(last.title.starts_with("optimize_load_fast of f, pass 21 of 21"), "{}", last.title);
    let borrowed = |row: &&wordcode::view::stages::StageRow| {
        row.mark == Mark::Added && row.text.contains("LOAD_FAST_BORROW")
    };
    assert!(last.rows.iter().any(|row| borrowed(&row)));
}

fn run(args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wordcode"));
    let output = command.current_dir(ROOT).arg("stages").args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_stage_and_a_function_can_be_chosen() {
    let sample = "samples/constants_merged_and_folded.py";
    let (status, all, _) = run(&[sample]);
    assert_eq!(status, Some(0));
    for title in [
        "== Text of ",
        "== Syntax tree ==",
        "== Symbol table ==",
        "== Code object <module> ==",
        "== Compiled file ==",
    ] {
        assert!(all.contains(title), "{title}");
    }
    for name in NAMES {
        let (status, json, _) = run(&["--json", "--stage", name, sample]);
        assert_eq!(status, Some(0), "{name}");
        for line in json.lines() {
            let stage: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(stage["name"], name);
            assert!(!stage["rows"].as_array().unwrap().is_empty(), "{name}");
        }
    }
    let (_, text, _) = run(&["--function", "f", "--stage", "code", "-c", "def f(): return lambda: 0"]);
    assert!(text.starts_with("== Code object f ==\n") && text.matches("\n== ").count() == 0, "{text}");
    let (status, _, why) = run(&["--function", "g", "-c", "def f(): return lambda: 0"]);
    assert_eq!(status, Some(2));
    assert!(why.contains("no code object named g; there are <module>, f, f.<locals>.<lambda>"), "{why}");
    assert_eq!(run(&["--function", "f", "--stage", "tree", "-c", "def f(): 0"]).0, Some(2));
    assert_eq!(run(&["--stage", "pyc", "-c", "x"]).0, Some(2));
    assert_eq!(run(&["--stage", "nonsense", "-c", "x"]).0, Some(2));
    let (status, out, why) = run(&["-c", "x ="]);
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert!(why.contains("SyntaxError: invalid syntax"), "{why}");
}
