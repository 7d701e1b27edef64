//! A program's states: reference counts are right all the way, two runs go through the same states, and each
//! state is the same whether one comes to it from before or from behind.

use wordcode::compile::{Mode, Options, compile};
use wordcode::machine::{Machine, Outcome, Program};
use wordcode::text::SourceFile;
use wordcode::timeline::{Forward, Stdin, Step, Timeline, World};

/// In how many places of a run its state is looked at.
const PLACES: u64 = 60;

/// Runs a program, which asks nothing of the outside, for at most `steps` steps, in several ways.
pub fn check(text: &str, steps: u64) {
    let source = SourceFile::from_text("random.py", text).expect("there is no NUL in it");
    let code = compile(&source, Mode::Exec, Options::default())
        .unwrap_or_else(|error| panic!("it is no program: {error:?}\n{text}"));
    let program = Program::new(code, source.text().clone(), vec!["random.py".to_owned()]);
    let begun = || Machine::new(&program).expect("what was compiled has been verified");

    let (mut length, mut first) = (0, begun());
    while length < steps && first.step() == Outcome::Ran {
        length += 1;
    }
    let every = length / PLACES + 1;
    let mut machine = begun();
    let mut digests = vec![(0, machine.digest())];
    while machine.steps() < length {
        assert_eq!(machine.step(), Outcome::Ran, "two runs of the same program are as long\n{text}");
        if machine.steps().is_multiple_of(every) {
            let audit = machine.audit().map_err(|error| error.to_string());
            assert_eq!(audit, Ok(()), "after step {}\n{text}", machine.steps());
            digests.push((machine.steps(), machine.digest()));
        }
    }

    let mut timeline = Timeline::new(begun(), World::alone(Stdin::Text(String::new())));
    for (step, digest) in &digests {
        while timeline.now().0 < *step {
            assert_eq!(timeline.forward(), Forward::Ran, "a third run is as long\n{text}");
        }
        assert_eq!(timeline.machine().digest(), *digest, "step {step} of another run\n{text}");
    }
    for (step, digest) in digests.iter().rev().step_by(7).chain(digests.iter().step_by(11)) {
        timeline.go_to(Step(*step));
        assert_eq!(timeline.machine().digest(), *digest, "going to step {step}\n{text}");
    }
}
