//! Guessing verdicts: each stays covered until it is answered or given up.

use std::collections::BTreeMap;

use crate::timeline::KnownVerdicts;
use crate::view::{ComparePane, CompareRow};

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guess {
    Right,
    Wrong,
    /// It was uncovered without an answer.
    GivenUp,
}

/// The verdicts that are to be guessed, and the score.
#[derive(Clone, Debug)]
pub struct Quiz {
    /// Verdicts with smaller numbers were there before the game began.
    first: u64,
    guesses: BTreeMap<u64, Guess>,
}

impl Quiz {
    /// Begins behind the evaluations that have been seen.
    pub fn new(seen: &ComparePane) -> Self {
        let first = seen.evaluations().map(|row| row.number + 1).max().unwrap_or(0);
        Self { first, guesses: BTreeMap::new() }
    }

    /// The verdicts that nobody is asked for.
    pub const fn known(&self) -> KnownVerdicts {
        KnownVerdicts::before(self.first)
    }

    /// Whether the verdict of a row is covered: it is True or False, and nobody has guessed.
    pub fn is_covered(&self, row: &CompareRow) -> bool {
        !row.inner
            && row.number >= self.first
            && row.truth().is_some()
            && !self.guesses.contains_key(&row.number)
    }

    /// Takes an answer; what to say of it.
    pub fn answer(&mut self, row: &CompareRow, answer: bool) -> String {
        let is_right = row.truth() == Some(answer);
        self.guesses.insert(row.number, if is_right { Guess::Right } else { Guess::Wrong });
        let said = if is_right { "right" } else { "no" };
        let verdict = row.verdict.as_deref().unwrap_or_default();
        format!(
            "{said}: {} {} {} is {verdict}; {}",
            row.left.text,
            row.operator,
            row.right.text,
            self.score()
        )
    }

    /// Uncovers a verdict.
    pub fn give_up(&mut self, row: &CompareRow) {
        self.guesses.insert(row.number, Guess::GivenUp);
    }

    /// The score, as the status line shows it.
    pub fn score(&self) -> String {
        let right = self.guesses.values().filter(|guess| **guess == Guess::Right).count();
        format!("{right} of {} guessed", self.guesses.len())
    }

    /// What is asked of whoever is to guess a verdict.
    pub fn prompt(row: &CompareRow) -> String {
        format!(
            "{} {} {}: what comes out? t True, f False, r reveals it",
            row.left.text, row.operator, row.right.text
        )
    }
}
