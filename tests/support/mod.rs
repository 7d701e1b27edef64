//! What the tests that hold wordcode against CPython's answers share: the programs and the expected files.

#![allow(dead_code, reason = "each of those tests uses a part of it")]

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use wordcode::code::CodeObject;
use wordcode::compile::{Mode, Options, compile, pieces};
use wordcode::machine::{self, Answer, Ask, Machine, Outcome};
use wordcode::outside::{Outside, Stdin};
use wordcode::text::SourceFile;

/// The project's folder.
pub const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A program in samples/ or tests/programs/.
pub struct Program {
    /// Its path inside the project, with `/` between folders.
    pub name: String,
}

impl Program {
    /// The file.
    pub fn path(&self) -> PathBuf {
        Path::new(ROOT).join(&self.name)
    }

    /// The expected file with this ending; `None` where there is none.
    pub fn expected(&self, ending: &str) -> Option<String> {
        let inside = self.name.strip_prefix("tests/").unwrap_or(&self.name);
        let path = Path::new(ROOT).join("tests/expected").join(inside).with_extension(ending);
        fs::read_to_string(path).ok()
    }

    /// Whether it is a sample.
    pub fn is_sample(&self) -> bool {
        self.name.starts_with("samples/")
    }
}

/// All programs, samples first, in the order of their names.
pub fn programs() -> Vec<Program> {
    let mut found: Vec<Program> = ["samples", "tests/programs"].into_iter().flat_map(programs_in).collect();
    found.sort_by(|a, b| (!a.is_sample(), &a.name).cmp(&(!b.is_sample(), &b.name)));
    assert!(found.len() > 90, "the programs are not where they are looked for");
    found
}

/// The programs in a folder.  One with a `main.py` holds that program and what it imports.
fn programs_in(folder: &str) -> Vec<Program> {
    let mut found = Vec::new();
    let main = format!("{folder}/main.py");
    if Path::new(ROOT).join(&main).exists() {
        return vec![Program { name: main }];
    }
    for entry in fs::read_dir(Path::new(ROOT).join(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            found.extend(programs_in(&name));
        } else if entry.path().extension().is_some_and(|extension| extension == "py") {
            found.push(Program { name });
        }
    }
    found
}

/// Holds `ours` against the lines of `expected`; what to print where they differ.
pub fn difference(expected: &[&str], ours: &[String]) -> Option<String> {
    const BEFORE: usize = 4;
    const AFTER: usize = 6;
    let at = expected.iter().zip(ours).take_while(|(theirs, ours)| **theirs == ours.as_str()).count();
    if at == expected.len() && at == ours.len() {
        return None;
    }
    let mut told = vec![format!("    line {}:", at + 1)];
    told.extend(expected[at.saturating_sub(BEFORE)..at].iter().map(|line| format!("      {line}")));
    told.extend(expected.iter().skip(at).take(AFTER).map(|line| format!("    - {line}")));
    told.extend(ours.iter().skip(at).take(AFTER).map(|line| format!("    + {line}")));
    Some(told.join("\n"))
}

/// Runs `check` on every program and fails with all that is wrong, but for programs that `list` names.
///
/// `list` is a file in tests/expected with a program and a reason on each line.  It can only get
/// shorter: a program on it that passes is a failure too.
pub fn check_all(list: &str, check: impl Fn(&Program) -> Option<String>) {
    let listed = fs::read_to_string(Path::new(ROOT).join("tests/expected").join(list)).unwrap_or_default();
    let excused: Vec<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let (mut failures, mut same) = (Vec::new(), 0);
    for program in programs() {
        let excused = excused.contains(&program.name.as_str());
        // A program that brings the machine down is one failure, and the others are still checked.
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| check(&program)));
        match outcome.unwrap_or_else(|_| Some("    panicked".into())) {
            None if excused => {
                failures.push(format!("  {} passes: take it off tests/expected/{list}", program.name));
            }
            None => same += 1,
            Some(_) if excused => {}
            Some(why) => failures.push(format!("  {}\n{why}", program.name)),
        }
    }
    println!("{same} programs are the same, {} are excused", excused.len());
    assert!(failures.is_empty(), "- is CPython, + is wordcode\n{}", failures.join("\n"));
}

/// The CRC-32 of `lines`, each with its line end, as eight hexadecimal digits.
pub fn digest<Line: AsRef<str>>(lines: &[Line]) -> String {
    let mut crc = !0_u32;
    for byte in lines.iter().flat_map(|line| line.as_ref().bytes().chain([b'\n'])) {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    format!("{:08x}", !crc)
}

/// A program's source, under its name inside the project.
pub fn source(program: &Program) -> SourceFile {
    SourceFile::from_bytes(&program.name, &fs::read(program.path()).unwrap()).unwrap()
}

/// A program's code object.
pub fn code(program: &Program) -> Rc<CodeObject> {
    compile(&source(program), Mode::Exec, Options::default()).unwrap()
}

/// A machine before a program's first instruction.
pub fn machine(program: &Program) -> Machine {
    let source = source(program);
    let argv = vec![program.name.clone()];
    let file = Some(source.name().clone());
    let folder = program.path().parent().unwrap().to_str().unwrap().to_owned();
    let program = machine::Program {
        file,
        path: vec![folder],
        keeps_nothing: true,
        ..machine::Program::new(code(program), source.text().clone(), argv)
    };
    Machine::new(&program).unwrap()
}

/// Runs a machine for at most `budget` steps, and answers what it asks.
pub fn run(machine: &mut Machine, budget: u64, mut answer: impl FnMut(&Ask) -> Answer) -> Outcome {
    let end = machine.steps() + budget;
    loop {
        match machine.run(end - machine.steps()) {
            Outcome::Asks(ask) => machine.answer(answer(&ask)),
            other => return other,
        }
    }
}

/// An outside with an empty standard input.
pub fn outside() -> Outside {
    Outside::new(Stdin::Text(String::new()))
}

/// The same, each top-level statement compiled by itself as at the prompt.
pub fn machine_line_by_line(program: &Program) -> Machine {
    let source = source(program);
    let compiled = |piece: &SourceFile| compile(piece, Mode::Single, Options::default()).unwrap();
    let mut codes = pieces(&source).iter().map(compiled).collect::<Vec<_>>().into_iter();
    let argv = vec![program.name.clone()];
    let file = Some(source.name().clone());
    let code = codes.next().unwrap();
    let first = machine::Program { file, ..machine::Program::new(code, source.text().clone(), argv) };
    Machine::line_by_line(&first, codes.collect()).unwrap()
}

/// The text with the digits of each address, such as those in the `repr` of an object, taken out.
pub fn without_addresses(text: &str) -> String {
    const MARK: &str = " at 0x";
    let mut parts = text.split(MARK);
    let first = parts.next().unwrap_or_default().to_owned();
    let is_digit = |digit: char| digit.is_ascii_digit() || ('a'..='f').contains(&digit);
    parts.fold(first, |kept, part| kept + MARK + part.trim_start_matches(is_digit))
}
