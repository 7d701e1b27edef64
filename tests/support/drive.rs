//! Running code that may be anything: whatever it does, the machine must not fail.

use std::rc::Rc;

use wordcode::code::CodeObject;
use wordcode::code::verify::VerifyError;
use wordcode::machine::{Answer, Ask, Machine, Outcome, Program};
use wordcode::text::SourceFile;
use wordcode::timeline::{Stdin, Step, Timeline, World};
use wordcode::view::{Detail, Viewer};

/// Between two audits.
const STRETCH: u64 = 500;
/// How many objects a program may make before it is left alone: it is not memory that is tested.
const OBJECTS: usize = 200_000;

/// Runs code for at most `steps` steps; reference counts must be right all the way.  `text` stands for the
/// text of its source, which need not fit.
pub fn run(code: &Rc<CodeObject>, text: &str, steps: u64) -> Result<(), VerifyError> {
    let program = program(code, text);
    let mut machine = Machine::new(&program)?;
    while machine.exit_status().is_none() && machine.steps() < steps {
        let end = machine.steps() + STRETCH;
        while machine.steps() < end {
            match machine.step() {
                Outcome::Ran => {}
                Outcome::Asks(Ask::Line) => machine.answer(Answer::Line(b"a line\n".to_vec())),
                Outcome::Asks(ask) => machine.answer(ask.nothing()),
                Outcome::Exited(_) => break,
            }
        }
        assert_eq!(
            machine.audit().map_err(|error| error.to_string()),
            Ok(()),
            "after step {}",
            machine.steps()
        );
        if machine.heap.objects().count() > OBJECTS {
            break;
        }
    }
    Ok(())
}

/// Looks at code as the stepper shows it, after each of its first steps.
pub fn look(code: &Rc<CodeObject>, text: &str, steps: u64) -> Result<(), VerifyError> {
    let source = SourceFile::from_text(&code.filename, text).expect("a source");
    let mut viewer = Viewer::new("hostile.py", &source);
    let world = World::alone(Stdin::Text("a line\n".to_owned()));
    let mut timeline = Timeline::new(Machine::new(&program(code, text))?, world);
    for step in 0..steps {
        timeline.go_to(Step(step));
        viewer.snapshot(&mut timeline, None, Detail::Whole);
    }
    Ok(())
}

fn program(code: &Rc<CodeObject>, text: &str) -> Program {
    Program::new(Rc::clone(code), text.into(), vec!["hostile.py".into()])
}
