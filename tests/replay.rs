//! Time: the state at a step is the same however one came there.

use std::fs;
use std::path::{Path, PathBuf};

use wordcode::compile::{self, Mode, Options};
use wordcode::machine::{Machine, Program};
use wordcode::text::SourceFile;
use wordcode::timeline::{Arrival, Forward, Goal, Progress, Stdin, Step, Timeline, World};

/// Longer runs are looked at up to here: every step of them is reached in several ways.
const MOST: u64 = 3_000;

fn timeline(name: &str, text: &str, input: &str) -> Timeline {
    let source = SourceFile::from_text(name, text).unwrap();
    let code = compile::compile(&source, Mode::Exec, Options::default()).unwrap();
    let program = Program {
        file: Some(source.name().clone()),
        ..Program::new(code, source.text().clone(), vec![name.to_owned()])
    };
    Timeline::new(Machine::new(&program).unwrap(), World::new(Stdin::Text(input.to_owned())))
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    paths.sort();
    paths
}

/// The digest of each step, running forward.
fn digests(timeline: &mut Timeline) -> Vec<u64> {
    let mut digests = vec![timeline.machine().digest()];
    while digests.len() as u64 <= MOST && timeline.forward() == Forward::Ran {
        digests.push(timeline.machine().digest());
    }
    digests
}

fn go(timeline: &mut Timeline, goal: Goal) -> Arrival {
    go_by(timeline, goal, 1, u64::MAX)
}

fn go_by(timeline: &mut Timeline, goal: Goal, count: u64, budget: u64) -> Arrival {
    let mut travel = timeline.begin(goal, count);
    loop {
        if let Progress::Arrived(arrival) = timeline.travel(&mut travel, budget) {
            return arrival;
        }
    }
}

#[test]
fn every_step_of_every_sample_is_the_same_forward_and_back() {
    for path in samples() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let mut timeline = timeline(&name, &text, "");
        let digests = digests(&mut timeline);
        let last = digests.len() - 1;
        // Back one by one, then forward in leaps that do not divide anything.
        for step in (0..=last).rev() {
            timeline.go_to(Step(step as u64));
            assert_eq!(timeline.machine().digest(), digests[step], "{name}: back to step {step}");
        }
        for leap in 0..200 {
            let step = leap * 7919 % (last + 1);
            timeline.go_to(Step(step as u64));
            assert_eq!(timeline.machine().digest(), digests[step], "{name}: leap to step {step}");
        }
    }
}

#[test]
fn counts_are_right_after_every_step_of_every_sample() {
    for path in samples() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut timeline = timeline(&name, &fs::read_to_string(&path).unwrap(), "");
        while timeline.now().0 < MOST && timeline.forward() == Forward::Ran {
            timeline
                .machine()
                .audit()
                .unwrap_or_else(|error| panic!("{name}, step {}: {error:?}", timeline.now()));
        }
    }
}

const CALLS: &str = "\
def inner(n):
    a = n
    return a

def outer(n):
    b = inner(n)
    b = inner(b)
    return b

x = outer(1)
y = outer(2)
";

/// The lines at which the goal stops when it is asked for again and again.
fn stops(timeline: &mut Timeline, goal: Goal) -> Vec<u32> {
    let mut lines = Vec::new();
    loop {
        match go(timeline, goal) {
            Arrival::Reached => {
                let (machine, known) = timeline.machine_and_lines();
                lines.push(wordcode::timeline::line_start(machine, known).unwrap());
            }
            _ => return lines,
        }
    }
}

#[test]
fn lines_are_the_same_forward_and_back() {
    let mut timeline = timeline("calls.py", CALLS, "");
    let into = stops(&mut timeline, Goal::NextLine);
    let body = [6, 2, 3, 7, 2, 3, 8];
    assert_eq!(into, [&[1, 5, 10][..], &body, &[11], &body].concat());
    let mut back = stops(&mut timeline, Goal::PreviousLine);
    back.reverse();
    assert_eq!(back, into);
}

#[test]
fn lines_over_calls_leave_them_out() {
    let mut timeline = timeline("calls.py", CALLS, "");
    assert_eq!(stops(&mut timeline, Goal::NextLineOver), [1, 5, 10, 11]);
    assert_eq!(stops(&mut timeline, Goal::PreviousLineOver), [11, 10, 5, 1]);
    assert_eq!(timeline.now(), Step::START);
}

#[test]
fn out_of_a_frame_and_back_to_its_call() {
    let mut timeline = timeline("calls.py", CALLS, "");
    let depth = |timeline: &Timeline| wordcode::timeline::depth(timeline.machine());
    while depth(&timeline) < 3 {
        timeline.forward();
    }
    let entered = timeline.now();
    timeline.go_to(entered.plus(2));
    assert_eq!(go(&mut timeline, Goal::Call), Arrival::Reached);
    assert_eq!(timeline.now(), entered.minus(1));
    timeline.go_to(entered.plus(2));
    assert_eq!(go(&mut timeline, Goal::Out), Arrival::Reached);
    assert_eq!(depth(&timeline), 2);
    assert_eq!(go_by(&mut timeline, Goal::Out, 1, 1), Arrival::Reached);
    assert_eq!(depth(&timeline), 1);
    let here = timeline.now();
    assert_eq!(go(&mut timeline, Goal::Out), Arrival::NoCaller);
    assert_eq!(go(&mut timeline, Goal::Call), Arrival::NoCaller);
    assert_eq!(timeline.now(), here);
}

#[test]
fn slices_of_any_size_lead_to_the_same_place() {
    for goal in [
        Goal::NextLine,
        Goal::NextLineOver,
        Goal::PreviousLine,
        Goal::PreviousLineOver,
        Goal::End,
        Goal::Call,
    ] {
        for budget in [1, 2, 7, u64::MAX] {
            let mut whole = timeline("calls.py", CALLS, "");
            let mut sliced = timeline("calls.py", CALLS, "");
            for timeline in [&mut whole, &mut sliced] {
                timeline.go_to(Step(20));
            }
            assert_eq!(
                go_by(&mut whole, goal, 3, u64::MAX),
                go_by(&mut sliced, goal, 3, budget),
                "{goal:?} {budget}"
            );
            assert_eq!(whole.now(), sliced.now(), "{goal:?} {budget}");
        }
    }
}

#[test]
fn a_search_of_the_past_that_is_given_up_goes_back_to_where_it_began() {
    let mut timeline = timeline("loop.py", "i = 0\nwhile i < 2000:\n    i = i + 1\n", "");
    go(&mut timeline, Goal::End);
    timeline.go_to(timeline.now().minus(5));
    let home = timeline.now();
    let mut travel = timeline.begin(Goal::ReverseContinue, 1);
    assert!(matches!(timeline.travel(&mut travel, 10), Progress::Working(_)));
    timeline.give_up(travel);
    assert_eq!(timeline.now(), home);
    assert_eq!(go(&mut timeline, Goal::ReverseContinue), Arrival::AtStart);
}

#[test]
fn breakpoints_stop_in_both_directions() {
    let mut timeline = timeline("calls.py", CALLS, "");
    let breakpoint = wordcode::timeline::Breakpoint::Line { file: "calls.py".into(), line: 2 };
    assert!(timeline.breakpoints.toggle(breakpoint.clone()));
    let mut forward = Vec::new();
    while go(&mut timeline, Goal::Continue) == Arrival::Breakpoint {
        forward.push(timeline.now());
    }
    assert_eq!(forward.len(), 4);
    let mut back = Vec::new();
    while go(&mut timeline, Goal::ReverseContinue) == Arrival::Breakpoint {
        back.push(timeline.now());
    }
    back.reverse();
    assert_eq!(forward, back);
    assert!(!timeline.breakpoints.toggle(breakpoint));
    assert_eq!(go(&mut timeline, Goal::Continue), Arrival::AtEnd);
}

/// A program that compiles, runs and writes.
const OUTSIDE: &str = "\
code = compile('x = 6 * 7', 'made.py', 'exec')
exec(code)
with open(PATH, 'a') as file:
    file.write(f'{x} {eval(\"x + 1\")}\\n')
print(open(PATH).read())
";

#[test]
fn what_a_program_does_outside_is_done_once() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("written_once.txt");
    let _ = fs::remove_file(&path);
    let text = OUTSIDE.replace("PATH", &format!("{:?}", path.to_str().unwrap()));
    let mut timeline = timeline("outside.py", &text, "");
    let digests = digests(&mut timeline);
    for step in (0..digests.len()).rev().step_by(3) {
        timeline.go_to(Step(step as u64));
        assert_eq!(timeline.machine().digest(), digests[step], "back to step {step}");
    }
    go(&mut timeline, Goal::End);
    assert_eq!(fs::read_to_string(&path).unwrap(), "42 43\n");
    assert!(timeline.machine().audit().is_ok());
}
