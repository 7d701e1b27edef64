//! The outside of the machine, and the log of what it answered.
//!
//! What must hold: a question that was answered once gets the same answer whenever the run comes by
//! again, and nothing outside is touched a second time.

use std::io::{self, BufRead};

use super::Step;
use crate::machine::Ask;

/// Where lines of standard input come from.
#[derive(Debug)]
pub enum Stdin {
    /// From whoever looks on: the travel stops and waits for [`Timeline::answer`](super::Timeline::answer).
    Asked,
    /// From a text read beforehand; what is left of it.
    Text(String),
    /// From the process's own standard input, a line when one is wanted.
    Process,
}

/// The outside.
#[derive(Debug)]
pub struct World {
    stdin: Stdin,
    /// The answers, by the step that asked, in order.
    log: Vec<(Step, String)>,
}

impl World {
    /// A world whose standard input is `stdin`.
    pub const fn new(stdin: Stdin) -> Self {
        Self { stdin, log: Vec::new() }
    }

    /// The answer to a question that was asked by `step`; `None` where somebody has to be asked first.
    ///
    /// An error in reading standard input ends it, as it does for CPython's `input()` on a closed
    /// terminal; Python code sees an end of file.
    pub fn answer(&mut self, step: Step, ask: &Ask) -> Option<&str> {
        let known = self.log.partition_point(|(asked, _)| *asked < step);
        if self.log.get(known).is_none_or(|(asked, _)| *asked != step) {
            let Ask::Line = ask;
            let line = self.read_line()?;
            self.log.insert(known, (step, line));
        }
        self.log.get(known).map(|(_, line)| line.as_str())
    }

    /// What somebody who was asked has typed, with the steps that asked; nothing where the lines come from
    /// elsewhere.
    pub fn typed(&self) -> &[(Step, String)] {
        match self.stdin {
            Stdin::Asked => &self.log,
            Stdin::Text(_) | Stdin::Process => &[],
        }
    }

    /// Whether somebody has to be asked for the answer to a question that was asked by `step`.
    pub fn must_ask(&self, step: Step) -> bool {
        matches!(self.stdin, Stdin::Asked)
            && self.log.binary_search_by_key(&step, |(asked, _)| *asked).is_err()
    }

    /// Notes an answer that was asked for by `step`.
    pub fn note(&mut self, step: Step, line: String) {
        let place = self.log.partition_point(|(asked, _)| *asked < step);
        self.log.insert(place, (step, line));
    }

    fn read_line(&mut self) -> Option<String> {
        match &mut self.stdin {
            Stdin::Asked => None,
            Stdin::Text(rest) => {
                let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
                let behind = rest.split_off(end);
                Some(std::mem::replace(rest, behind))
            }
            Stdin::Process => {
                let mut bytes = Vec::new();
                let read = io::stdin().lock().read_until(b'\n', &mut bytes);
                Some(read.map_or_else(|_| String::new(), |_| String::from_utf8_lossy(&bytes).into_owned()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_given_again() {
        let mut world = World::new(Stdin::Text("one\ntwo".to_owned()));
        assert_eq!(world.answer(Step(3), &Ask::Line), Some("one\n"));
        assert_eq!(world.answer(Step(9), &Ask::Line), Some("two"));
        assert_eq!(world.answer(Step(3), &Ask::Line), Some("one\n"));
        assert_eq!(world.answer(Step(12), &Ask::Line), Some(""));
        assert_eq!(world.answer(Step(9), &Ask::Line), Some("two"));
    }

    #[test]
    fn somebody_is_asked_once() {
        let mut world = World::new(Stdin::Asked);
        assert_eq!(world.answer(Step(3), &Ask::Line), None);
        world.note(Step(3), "typed\n".to_owned());
        assert_eq!(world.answer(Step(3), &Ask::Line), Some("typed\n"));
        assert_eq!(world.answer(Step(4), &Ask::Line), None);
    }
}
