//! The outside of the machine with a memory: what it answered, by the step that asked.
//!
//! What must hold: a question that was answered once gets the same answer whenever the run comes by
//! again, and nothing outside is touched a second time.

use super::Step;
use crate::machine::ask::FoundModule;
use crate::machine::{Answer, Ask};
use crate::outside::{Outside, Stdin};

/// The outside, and the log of what it answered.
#[derive(Debug)]
pub struct World {
    outside: Outside,
    /// The answers, by the step that asked, in order.
    log: Vec<(Step, Answer)>,
    /// What somebody who was asked has typed, with the steps that asked.
    typed: Vec<(Step, String)>,
}

impl World {
    /// A world whose standard input is `stdin`.
    pub fn new(stdin: Stdin) -> Self {
        Self::of(Outside::new(stdin))
    }

    /// The world that `outside` is.
    pub const fn of(outside: Outside) -> Self {
        Self { outside, log: Vec::new(), typed: Vec::new() }
    }

    /// A world of standard input and the compiler, where no file is ever touched.
    pub fn alone(stdin: Stdin) -> Self {
        Self { outside: Outside::alone(stdin), log: Vec::new(), typed: Vec::new() }
    }

    /// The answer to a question that was asked by `step`; `None` where somebody has to be asked first.
    ///
    /// An error in reading standard input ends it, as it does for CPython's `input()` on a closed
    /// terminal; Python code sees an end of file.
    pub fn answer(&mut self, step: Step, ask: &Ask) -> Option<Answer> {
        let place = self.place(step);
        if let Some((asked, answer)) = self.log.get(place)
            && *asked == step
        {
            return Some(answer.clone());
        }
        let answer = self.outside.answer(ask).unwrap_or_else(|_| Some(ask.nothing()))?;
        self.log.insert(place, (step, answer.clone()));
        Some(answer)
    }

    /// The answer to the question that `step` asked, if it has been given.
    pub fn known(&self, step: Step) -> Option<Answer> {
        self.log.get(self.place(step)).filter(|(asked, _)| *asked == step).map(|(_, answer)| answer.clone())
    }

    /// What somebody who was asked has typed, with the steps that asked; nothing where the lines come from
    /// elsewhere.
    pub fn typed(&self) -> &[(Step, String)] {
        &self.typed
    }

    /// Where the code with this `co_filename`, that of a module, came from when it was last loaded before `step`, and
    /// why; a line for the user.
    pub fn loaded_from(&self, filename: &str, step: Step) -> Option<String> {
        let before = self.log[..self.place(step)].iter().rev();
        let of_file = |answer: &Answer| match answer {
            Answer::Module(FoundModule::File(file)) => file.is_named(filename),
            Answer::Module(FoundModule::Nothing | FoundModule::Namespace(_) | FoundModule::Extension(_))
            | Answer::Line(_)
            | Answer::Compiled(_)
            | Answer::Parsed(_)
            | Answer::Tokens(_)
            | Answer::Symbols(_)
            | Answer::System(_) => false,
        };
        before.map(|(_, answer)| answer).find(|answer| of_file(answer))?.loaded_from()
    }

    /// Whether somebody has to be asked for the answer to a question that was asked by `step`.
    pub fn must_ask(&self, step: Step, ask: &Ask) -> bool {
        self.outside.must_ask(ask) && self.log.get(self.place(step)).is_none_or(|(asked, _)| *asked != step)
    }

    /// Notes a line that was asked for by `step`.
    pub fn note(&mut self, step: Step, line: String) {
        if self.outside.is_asked() {
            let place = self.typed.partition_point(|(asked, _)| *asked < step);
            self.typed.insert(place, (step, line.clone()));
        }
        self.log.insert(self.place(step), (step, Answer::Line(line.into_bytes())));
    }

    fn place(&self, step: Step) -> usize {
        self.log.partition_point(|(asked, _)| *asked < step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(answer: Option<Answer>) -> Option<String> {
        let answer = answer?;
        let Answer::Line(line) = answer else { panic!("a line was asked for, not {answer:?}") };
        Some(String::from_utf8(line).expect("the lines of this test are texts"))
    }

    #[test]
    fn an_answer_is_given_again() {
        let mut world = World::new(Stdin::Text("one\ntwo".to_owned()));
        for (step, expected) in [(3, "one\n"), (9, "two"), (3, "one\n"), (12, ""), (9, "two")] {
            assert_eq!(line(world.answer(Step(step), &Ask::Line)).as_deref(), Some(expected));
        }
    }

    #[test]
    fn somebody_is_asked_once() {
        let mut world = World::new(Stdin::Asked);
        assert_eq!(line(world.answer(Step(3), &Ask::Line)), None);
        world.note(Step(3), "typed\n".to_owned());
        assert_eq!(line(world.answer(Step(3), &Ask::Line)).as_deref(), Some("typed\n"));
        assert_eq!(line(world.answer(Step(4), &Ask::Line)), None);
    }
}
