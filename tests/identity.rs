//! Every verdict with its reason: against CPython 3.14 in both modes, and against the value stack.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

use support::{ROOT, programs};
use wordcode::code::Opcode;
use wordcode::compile::{self, Mode, Options};
use wordcode::machine::value::Value;
use wordcode::machine::verdict::{Answer, Verdict};
use wordcode::machine::{self, Machine, Outcome};
use wordcode::text::SourceFile;
use wordcode::view::{Explainer, Explanation, Reason, SourceText};

/// A program whose last line is the comparison, and what it is to come to.
struct Case {
    text: String,
    /// Of the file, and line by line.
    reasons: [String; 2],
    verdicts: [String; 2],
}

fn cases() -> Vec<Case> {
    let read = |name: &str| fs::read_to_string(Path::new(ROOT).join("tests").join(name)).unwrap();
    let (cases, expected) = (read("identity/cases.txt"), read("expected/identity.txt"));
    let mut reasons = [String::new(), String::new()];
    let blocks: Vec<&str> = cases.trim_end().split("\n\n").collect();
    assert_eq!(blocks.len(), expected.lines().count(), "run tests/expected/identity.py again");
    let mut found = Vec::new();
    for (block, verdicts) in blocks.into_iter().zip(expected.lines()) {
        let mut text = block;
        if let Some(rest) = block.strip_prefix("# ") {
            let (header, behind) = rest.split_once('\n').unwrap();
            let (file, lines) = header.split_once(" / ").unwrap_or((header, header));
            reasons = [file.to_owned(), lines.to_owned()];
            text = behind;
        }
        let (file, lines) = verdicts.split_once(' ').unwrap();
        found.push(Case {
            text: format!("{text}\n"),
            reasons: reasons.clone(),
            verdicts: [file.to_owned(), lines.to_owned()],
        });
    }
    found
}

/// A machine before the first step of a program, and an explainer that knows it.
fn start(text: &str, line_by_line: bool) -> (Machine, Explainer) {
    let source = SourceFile::from_text("case.py", text).unwrap();
    let mut explainer = Explainer::new(Rc::new(SourceText::of(&source, "case.py")));
    explainer.set_outline(Rc::new(compile::outline(&source)), line_by_line);
    let compiled = |source: &SourceFile, mode| compile::compile(source, mode, Options::default()).unwrap();
    let argv = || vec!["case.py".to_owned()];
    let program = |code| machine::Program::new(code, source.text().clone(), argv());
    let machine = if line_by_line {
        let pieces = compile::pieces(&source);
        let mut codes = pieces.iter().map(|piece| compiled(piece, Mode::Single));
        let first = codes.next().unwrap();
        Machine::line_by_line(&program(first), codes.collect())
    } else {
        Machine::new(&program(compiled(&source, Mode::Exec)))
    };
    (machine.unwrap(), explainer)
}

/// What the last instruction that compares something came to.
fn last_verdict(text: &str, line_by_line: bool) -> Judged {
    let (mut machine, mut explainer) = start(text, line_by_line);
    assert_eq!(machine.run(1_000_000), Outcome::Exited(0), "{text}");
    let verdict = machine.verdicts.done().rev().find(|verdict| verdict.inner == 0).expect(text).clone();
    let Answer::Given(answer) = &verdict.answer else { panic!("{text} has no answer") };
    (
        answer.shown().trim_matches('\'').to_owned(),
        Explanation::clone(&explainer.explain(&machine, &machine.verdicts, &verdict).expect(text)),
    )
}

/// A verdict and its explanation.
type Judged = (String, Explanation);

/// Every case with what it comes to as a file and line by line; worked out once.
fn judged() -> &'static [(Case, [Judged; 2])] {
    static JUDGED: LazyLock<Vec<(Case, [Judged; 2])>> = LazyLock::new(|| {
        let judge = |case: Case| {
            let results = [false, true].map(|line_by_line| last_verdict(&case.text, line_by_line));
            (case, results)
        };
        cases().into_iter().map(judge).collect()
    });
    &JUDGED
}

#[test]
fn every_case_has_cpythons_verdict_and_its_reason_in_both_modes() {
    let mut wrong = Vec::new();
    for (case, results) in judged() {
        for (at, mode) in ["file", "line by line"].into_iter().enumerate() {
            let (verdict, explanation) = &results[at];
            if *verdict != case.verdicts[at] || explanation.reason.name() != case.reasons[at] {
                wrong.push(format!(
                    "{}  {mode}: {verdict} {}, not {} {}\n  {}",
                    case.text,
                    explanation.reason.name(),
                    case.verdicts[at],
                    case.reasons[at],
                    explanation.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_other_mode_is_mentioned_exactly_where_it_comes_to_something_else() {
    let mut wrong = Vec::new();
    for (case, results) in judged() {
        let differs = case.verdicts[0] != case.verdicts[1];
        for (at, (_, explanation)) in results.iter().enumerate() {
            let other = &case.verdicts[1 - at];
            match &explanation.otherwise {
                Some(said) if !differs || !said.contains(&format!(": {other};")) => {
                    wrong.push(format!("{}  but it says: {said}", case.text));
                }
                None if differs => wrong.push(format!("{}  in mode {at}: nothing", case.text)),
                Some(_) | None => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_reason_occurs_and_no_sentence_is_empty() {
    let mut seen = BTreeSet::new();
    for (case, results) in judged() {
        for (_, explanation) in results {
            assert!(explanation.text.ends_with('.') && explanation.text.len() > 20, "{}", case.text);
            seen.insert(explanation.reason);
        }
    }
    assert_eq!(seen, BTreeSet::from(Reason::ALL));
}

/// Steps through a machine and holds each verdict against what the instruction left on the value stack.
fn verdicts_are_on_the_stack(machine: &mut Machine, steps: u64, name: &str) -> usize {
    let mut checked = 0;
    let mut known = 0;
    for _ in 0..steps {
        if machine.step() != Outcome::Ran {
            break;
        }
        let fresh: Vec<Verdict> = machine
            .verdicts
            .done()
            .rev()
            .take_while(|verdict| verdict.number >= known || verdict.step == machine.steps())
            .filter(|verdict| verdict.inner == 0)
            .cloned()
            .collect();
        known = machine.verdicts.begun().saturating_sub(machine.verdicts.pending().len() as u64);
        let Some(frame) = wordcode::timeline::running(machine) else { continue };
        let Some(verdict) = fresh.first().filter(|verdict| verdict.origin.frame == frame.id) else {
            continue;
        };
        let Answer::Given(answer) = &verdict.answer else { continue };
        if frame.last != verdict.origin.at {
            continue;
        }
        match frame.code.opcode(frame.last) {
            Some(opcode @ (Opcode::POP_JUMP_IF_NONE | Opcode::POP_JUMP_IF_NOT_NONE)) => {
                let jumped = frame.next.0 != frame.last.0 + 1 + u32::from(opcode.caches());
                let is_none = answer.value == Value::TRUE;
                assert_eq!(jumped, is_none == (opcode == Opcode::POP_JUMP_IF_NONE), "{name}");
            }
            _ => {
                let top = frame.stack().last().and_then(|slot| slot.value());
                assert_eq!(top, Some(answer.value), "{name}, step {}", machine.steps());
            }
        }
        checked += 1;
    }
    checked
}

#[test]
fn the_verdict_that_is_shown_is_the_one_on_the_value_stack() {
    let mut checked = 0;
    for program in programs().into_iter().filter(|program| !program.name.contains("/imports/")) {
        checked += verdicts_are_on_the_stack(&mut support::machine(&program), 3_000, &program.name);
    }
    for case in cases() {
        for line_by_line in [false, true] {
            checked += verdicts_are_on_the_stack(&mut start(&case.text, line_by_line).0, 3_000, &case.text);
        }
    }
    assert!(checked > 1_000, "{checked}");
}

#[test]
fn a_long_search_keeps_some_of_its_comparisons_and_the_one_that_decided() {
    let (mut machine, _) = start("xs = list(range(5000))\n4999 in xs\n", false);
    machine.run(u64::MAX);
    let inner: Vec<u64> =
        machine.verdicts.done().filter(|verdict| verdict.inner > 0).map(|verdict| verdict.inner).collect();
    assert_eq!(inner.len(), 101);
    assert_eq!(inner.last(), Some(&5000));
}

#[test]
fn memory_for_verdicts_has_a_bound() {
    let (mut machine, _) = start("for i in range(20000):\n    i == -1\n", false);
    machine.run(u64::MAX);
    assert_eq!(machine.verdicts.begun(), 20_000);
    assert!(machine.verdicts.done().count() < 1_000);
}

#[test]
fn an_exception_within_a_comparison_ends_it_without_an_answer() {
    let text = "class P:\n    def __eq__(self, other):\n        1 / 0\ntry:\n    P() == 1\nexcept ZeroDivisionError:\n    1 == 2\n";
    let (mut machine, _) = start(text, false);
    machine.run(u64::MAX);
    let answers: Vec<bool> =
        machine.verdicts.done().map(|verdict| matches!(verdict.answer, Answer::Given(_))).collect();
    assert_eq!(answers, [false, true]);
    assert!(machine.verdicts.pending().is_empty());
}
