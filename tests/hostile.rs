//! Sources that nobody would write: whatever the bytes, there is a code object or an error, never a panic.

mod support;

use std::fs;

use proptest::prelude::*;
use support::programs;
use wordcode::code::{marshal, pyc};
use wordcode::compile::{Mode, Options, compile};
use wordcode::machine::{Answer, Ask, Machine, Outcome, Program};
use wordcode::record::dis::{DisOptions, disassembly};
use wordcode::text::{ByteOffset, LineIndex, SourceFile};

/// Takes a source all the way; what comes of it must be fit to be shown.
fn compile_and_show(bytes: &[u8]) {
    let source = match SourceFile::from_bytes("hostile.py", bytes) {
        Ok(source) => source,
        Err(error) => return drop(error.to_string()),
    };
    for mode in [Mode::Exec, Mode::Eval, Mode::Single] {
        match compile(&source, mode, Options::default()) {
            Ok(code) => {
                assert!(marshal::read(&marshal::write(&code)).is_ok());
                drop(disassembly(&code, DisOptions::default()));
            }
            Err(error) => drop(error.in_source(&source).map(|error| error.to_string())),
        }
    }
}

/// Runs a program for a while, if it is one; reference counts must be right wherever it ends.
fn run(text: &str) {
    const STEPS: u64 = 3_000;
    let Ok(source) = SourceFile::from_text("hostile.py", text) else { return };
    let Ok(code) = compile(&source, Mode::Exec, Options::default()) else { return };
    let program = Program::new(code, source.text().clone(), vec!["hostile.py".into()]);
    let mut machine = Machine::new(&program).unwrap();
    while machine.exit_status().is_none() && machine.steps() < STEPS {
        if let Outcome::Asks(ask) = machine.step() {
            machine.answer(if ask == Ask::Line { Answer::Line(b"a line\n".to_vec()) } else { ask.nothing() });
        }
    }
    assert_eq!(machine.audit().map_err(|error| error.to_string()), Ok(()), "after step {}", machine.steps());
}

/// The texts of all programs, to take pieces from.
fn texts() -> Vec<String> {
    programs().iter().map(|program| fs::read_to_string(program.path()).unwrap()).collect()
}

/// A piece of a text, its ends moved to the next character.
fn piece(text: &str, from: usize, length: usize) -> &str {
    let end = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let from = end(from % (text.len() + 1));
    &text[from..end((from + length).min(text.len())).max(from)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        compile_and_show(&bytes);
    }

    #[test]
    fn any_words(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..40)) {
        compile_and_show(words.join(" ").as_bytes());
        compile_and_show(words.concat().as_bytes());
    }

    #[test]
    fn pieces_of_programs(pieces in proptest::collection::vec((any::<usize>(), any::<usize>(), 1..120_usize), 1..6)) {
        let texts = texts();
        let mixed: String =
            pieces.iter().map(|(text, from, length)| piece(&texts[text % texts.len()], *from, *length)).collect();
        compile_and_show(mixed.as_bytes());
    }

    #[test]
    fn programs_with_a_piece_taken_out(text in any::<usize>(), from in any::<usize>(), length in 1..9_usize) {
        let texts = texts();
        let text = &texts[text % texts.len()];
        let cut = piece(text, from, length);
        let at = cut.as_ptr() as usize - text.as_ptr() as usize;
        compile_and_show(format!("{}{}", &text[..at], &text[at + cut.len()..]).as_bytes());
    }

    #[test]
    fn programs_made_of_lines_run_without_a_fault(picks in proptest::collection::vec((any::<usize>(), any::<usize>(), 1..12_usize), 1..5)) {
        let texts = texts();
        let mut mixed = String::new();
        for (text, from, count) in picks {
            let lines: Vec<&str> = texts[text % texts.len()].lines().collect();
            for line in lines.iter().skip(from % lines.len()).take(count) {
                mixed.push_str(line);
                mixed.push('\n');
            }
        }
        run(&mixed);
    }

    #[test]
    fn programs_with_a_word_replaced_run_without_a_fault(text in any::<usize>(), at in any::<usize>(), word in proptest::sample::select(VALUES)) {
        let texts = texts();
        let text = &texts[text % texts.len()];
        let words: Vec<(usize, &str)> = text
            .match_indices(|char: char| char.is_alphanumeric())
            .filter(|(at, _)| !text[..*at].ends_with(|char: char| char.is_alphanumeric() || char == '_'))
            .collect();
        let (start, _) = words[at % words.len()];
        let rest = &text[start..];
        let end = rest.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(rest.len());
        run(&format!("{}{word}{}", &text[..start], &rest[end..]));
    }

    #[test]
    fn compiled_files_with_a_byte_changed(at in any::<usize>(), byte in any::<u8>()) {
        let source = SourceFile::from_text("p.py", "def f(a, *b):\n    return [a + x for x in b] or 'text'\n").unwrap();
        let code = compile(&source, Mode::Exec, Options::default()).unwrap();
        let mut bytes = pyc::write(&code, pyc::Source::Timestamp { mtime: 0, size: 0 });
        let length = bytes.len();
        bytes[at % length] = byte;
        if let Ok((_, code)) = pyc::read(&bytes) {
            drop(disassembly(&code, DisOptions { show_positions: true, show_caches: true, ..DisOptions::default() }));
        }
    }

    #[test]
    fn offsets_and_positions_are_one_to_one(text in "[aé本\n\r]{0,60}") {
        let lines = LineIndex::new(&text);
        for offset in (0..=text.len() as u32).map(ByteOffset) {
            prop_assert_eq!(lines.offset(lines.position(offset)), Some(offset));
        }
    }
}

const WORDS: &[&str] = &[
    "def",
    "f",
    "(",
    ")",
    ":",
    "\n",
    "\n    ",
    "\n  ",
    "\t",
    "class",
    "C",
    "return",
    "yield",
    "from",
    "import",
    "a",
    "b",
    ".",
    ",",
    "=",
    "==",
    "+=",
    ":=",
    "->",
    "*",
    "**",
    "lambda",
    "if",
    "else",
    "elif",
    "while",
    "for",
    "in",
    "not",
    "and",
    "or",
    "is",
    "try",
    "except",
    "finally",
    "raise",
    "with",
    "as",
    "match",
    "case",
    "_",
    "[",
    "]",
    "{",
    "}",
    "'s'",
    "f'{a}'",
    "f\"{a!r:>{b}}\"",
    "b'x'",
    "1",
    "1.5",
    "2j",
    "0x1F",
    "\"\"\"",
    "'",
    "\\",
    "\\\n",
    "#",
    "async",
    "await",
    "global",
    "nonlocal",
    "del",
    "pass",
    "break",
    "continue",
    "assert",
    "None",
    "True",
    "...",
    "@",
    "~",
    "-",
    "%",
    "<",
    ">>",
    "type",
    "é",
    "\u{0}",
    ";",
    "|",
    "t'{a}'",
];

const VALUES: &[&str] = &[
    "None",
    "True",
    "0",
    "-1",
    "256",
    "10**30",
    "1.5",
    "1e400",
    "2j",
    "''",
    "'text'",
    "b'x'",
    "[]",
    "[1, 2]",
    "()",
    "(1,)",
    "{}",
    "{1: 2}",
    "{1}",
    "...",
    "range(3)",
    "iter([])",
    "object()",
    "int",
    "type",
    "len",
    "print",
    "str",
    "list",
    "dict",
    "super",
    "self",
    "lambda: 0",
    "lambda x: x",
    "ValueError",
    "ValueError()",
    "StopIteration()",
    "NotImplemented",
    "slice(1, 2)",
    "(x for x in [1])",
    "property()",
    "__name__",
    "zip([1])",
    "map(str, [1])",
    "sorted",
    "max",
    "sum",
    "isinstance",
    "'%s'",
    "'{}'",
    "repr",
    "open",
];
