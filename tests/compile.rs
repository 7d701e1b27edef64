//! Programs that are only compiled: the whole language against CPython's code objects, and programs
//! that it refuses, with what it says.

#[allow(dead_code, reason = "the dump in full is for samples")]
#[path = "support/dump.rs"]
mod dump;
mod support;

use std::fs;
use std::path::Path;

use support::{Program, ROOT, difference};
use wordcode::compile::{ErrorKind, Mode, Options, Pass, Warning, compile, passes, stages};
use wordcode::text::{ByteOffset, CharColumn, SourceFile};

fn source(text: &str) -> SourceFile {
    SourceFile::from_text("<test>", text).expect("the text of a test holds no NUL")
}

#[test]
fn the_whole_language_compiles_as_cpython_compiles_it() {
    let mut wrong = Vec::new();
    let folder = Path::new(ROOT).join("tests/compile");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "py"))
        .collect();
    names.sort();
    assert!(names.len() >= 9, "the programs are not where they are looked for");
    for name in names {
        let program = Program { name: format!("tests/compile/{name}") };
        let expected = program.expected("code").unwrap_or_default();
        let code = compile(&support::source(&program), Mode::Exec, Options::default());
        let ours = dump::in_digests(&code.unwrap_or_else(|error| panic!("{name}: {error}")));
        if let Some(told) = difference(&expected.lines().collect::<Vec<_>>(), &ours) {
            wrong.push(format!("{name}\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_cpython_refuses_is_refused_as_the_same_exception() {
    let read = |name: &str| fs::read_to_string(Path::new(ROOT).join(name)).unwrap();
    let expected = read("tests/expected/compile/refused.txt");
    let programs = read("tests/compile/refused.txt");
    let (programs, expected) = (programs.split("====\n"), expected.split("====\n"));
    assert_eq!(programs.clone().count(), expected.clone().count(), "an answer for each program");
    // Where the parser's words or places are not CPython's; `WRITE_DIFFERENCES=1` writes them anew.
    let mut differences = String::new();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (program, expected) in programs.zip(expected) {
        count += 1;
        let said = refusal(program);
        if said != expected {
            let difference = format!("{program}CPython: {expected}Ours:    {said}====\n");
            differences.push_str(&difference);
            let exception =
                |told: &str| told.lines().last().and_then(|last| last.split(' ').next().map(str::to_owned));
            if exception(&said) != exception(expected) || refuses(program) != Some(Pass::Parser) {
                wrong.push(difference);
            }
        }
    }
    assert!(count > 250, "the programs are not where they are looked for");
    let name = "tests/compile/refused_differs.txt";
    if std::env::var_os("WRITE_DIFFERENCES").is_some() {
        fs::write(Path::new(ROOT).join(name), &differences).unwrap();
    }
    assert_eq!(read(name), differences);
    assert!(wrong.is_empty(), "{} of {count}\n\n{}", wrong.len(), wrong.concat());
}

/// The pass that refuses a program.
fn refuses(program: &str) -> Option<Pass> {
    passes(&source(program), Mode::Exec, Options::default()).err().map(|(pass, _)| pass)
}

/// What is said of a program: warnings, then the exception with where it begins and ends.
fn refusal(program: &str) -> String {
    let text = source(program);
    let Err(error) = compile(&text, Mode::Exec, Options::default()) else { return "compiles\n".to_owned() };
    let line = |warning: &Warning| text.lines().line(ByteOffset(warning.range.start)).0;
    let mut said: Vec<String> =
        error.warnings.iter().map(|warning| format!("{}: {}\n", line(warning), warning.message)).collect();
    let told = error.in_source(&text).expect("what is refused has a place");
    let column = |column: Option<CharColumn>| column.map_or(-1, |column| i64::from(column.0));
    let (end_line, end) = told.end.map_or((told.line, None), |(line, end)| (line, Some(end)));
    let (start, end) = (column(told.column), column(end));
    let (kind, line, message) = (told.kind.name(), told.line, told.message);
    said.push(format!("{kind} {line}:{start} to {end_line}:{end} {message}\n"));
    said.concat()
}

fn kind(text: &str) -> Option<ErrorKind> {
    compile(&source(text), Mode::Exec, Options::default()).err().map(|error| error.kind)
}

#[test]
fn deep_nesting_is_refused_and_overflows_nothing() {
    let many = 40_000;
    assert_eq!(kind(&("(".repeat(201) + &")".repeat(201))), Some(ErrorKind::Syntax));
    assert_eq!(kind(&("(".repeat(200) + "1" + &")".repeat(200))), None);
    let blocks = |count| (0..count).map(|depth| " ".repeat(depth) + "if 1:\n").collect::<String>();
    assert_eq!(kind(&(blocks(99) + &" ".repeat(99) + "pass")), None);
    assert_eq!(kind(&(blocks(100) + &" ".repeat(100) + "pass")), Some(ErrorKind::Indentation));
    for deep in [
        "-".repeat(many) + "1",
        "1+".repeat(many) + "1",
        "x".to_owned() + &".a".repeat(many),
        "f".to_owned() + &"()".repeat(many),
        "x if y else ".repeat(many) + "z",
        "lambda: ".repeat(many) + "z",
        "a ** ".repeat(many) + "b",
    ] {
        assert_eq!(kind(&deep), Some(ErrorKind::Recursion), "{}…", &deep[..12]);
    }
    assert_eq!(kind(&("1+".repeat(20_000) + "1")), None);
    assert_eq!(kind(&("-".repeat(many) + "1 2")), Some(ErrorKind::Syntax));
    for bad in ["(", "[", "{a: ", "f(b, ", "(\"a\"\n", "[x for x in ", "f\"{", "{x: [y, "] {
        assert_eq!(kind(&(bad.repeat(100) + "c d")), Some(ErrorKind::Syntax), "{bad}");
        assert_eq!(kind(&(bad.repeat(many) + "c d")), Some(ErrorKind::Syntax), "{bad}");
    }
    for bad in ["-", "x.", "(1)+", "x if y else ", "not ", "\"a\" ", "f(", "lambda: "] {
        assert_eq!(kind(&(bad.repeat(many) + "1 = 2")), Some(ErrorKind::Syntax), "{bad}");
        assert_eq!(kind(&("del ".to_owned() + &bad.repeat(many) + "1")), Some(ErrorKind::Syntax), "{bad}");
    }
    let long = "if x if y else z: pass\n".repeat(20_000) + "elif 1: pass\nelse: pass\nelif 2: pass\n";
    assert_eq!(kind(&long), Some(ErrorKind::Syntax));
    assert_eq!(kind(&("x = 1\n".repeat(2_000) + "x = = 1\n")), Some(ErrorKind::Syntax));
    assert_eq!(kind("if a:\n\tb\n        c\n"), Some(ErrorKind::Tab));
    assert_eq!(kind("if a:\n    b\n  c\n"), Some(ErrorKind::Indentation));
    let nested = "[".repeat(30) + &" for x in y]".repeat(30).replacen(" for", "x for", 1);
    assert_eq!(kind(&nested), Some(ErrorKind::Syntax));
}

#[test]
fn what_is_hardly_meant_is_warned_about() {
    let text = source(
        "try: pass\nfinally:\n    x is 1; x is 1\n\nassert (x, 'y')\n'\\d'()\nfor i in x:\n    try: pass\n    finally: break\n",
    );
    let stages = stages(&text, Mode::Exec, Options::default()).unwrap();
    let shown: String = stages.warnings.iter().map(|warning| warning.shown(&text)).collect();
    let expected = "\
<test>:6: SyntaxWarning: \"\\d\" is an invalid escape sequence. Such sequences will not work in the future. \
Did you mean \"\\\\d\"? A raw string is also an option.
  '\\d'()
<test>:9: SyntaxWarning: 'break' in a 'finally' block
  finally: break
<test>:3: SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?
  x is 1; x is 1
<test>:3: SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?
  x is 1; x is 1
<test>:5: SyntaxWarning: assertion is always true, perhaps remove parentheses?
  assert (x, 'y')
<test>:6: SyntaxWarning: 'str' object is not callable; perhaps you missed a comma?
  '\\d'()
";
    assert_eq!(shown, expected);
}

#[test]
fn a_prompt_takes_one_statement() {
    let single = |text: &str| {
        compile(&source(text), Mode::Single, Options::default()).err().map(|error| error.message.clone())
    };
    assert_eq!(single("a = 1; b = 2\n"), None);
    assert_eq!(single("if a:\n    b"), None);
    assert_eq!(single("if a: b\n"), None);
    assert_eq!(single("if a: b").as_deref(), Some("invalid syntax"));
    assert_eq!(single("# nothing").as_deref(), Some("invalid syntax"));
    let two = "multiple statements found while compiling a single statement";
    assert_eq!(single("a = 1\nb = 2\n").as_deref(), Some(two));
}

#[test]
fn an_expression_is_compiled_without_a_none_behind_it() {
    let code = compile(&source("1000 + a"), Mode::Eval, Options::default()).unwrap();
    assert_eq!(code.consts.len(), 1);
    assert!(compile(&source("a = 1"), Mode::Eval, Options::default()).is_err());
}

#[test]
fn stages_keep_what_is_in_between() {
    let options = Options { keep: true, ..Options::default() };
    let stages = stages(&source("x = 1\ndef f(a):\n    return lambda: a\n"), Mode::Exec, options).unwrap();
    let names: Vec<&str> = stages.units.iter().map(|kept| &*kept.unit.qualname).collect();
    assert_eq!(names, ["f.<locals>.<lambda>", "f", "<module>"]);
    let scopes = &stages.scopes;
    assert_eq!(
        scopes.iter().map(|scope| (&*scope.name, scope.depth)).collect::<Vec<_>>(),
        [("top", 0), ("__annotate__", 1), ("f", 1), ("lambda", 2)]
    );
    assert_eq!(scopes[2].symbols[0].scope, "cell");
    assert_eq!(scopes[3].symbols[0].scope, "free");
}
