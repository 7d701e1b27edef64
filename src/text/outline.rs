//! What is where in a program, as far as whoever shows it has to know.

/// A place: the line, from 1, and the byte of the line, from 0.
pub type Place = (u32, u32);

/// The outline of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The first and the last line of each top-level statement, in order; simple statements on one line count
    /// as one, as they do at a prompt.
    pub statements: Vec<(u32, u32)>,
    /// Where each pattern of a `case` begins and ends, in order.
    pub patterns: Vec<(Place, Place)>,
}

impl Outline {
    /// Which top-level statement a line belongs to.
    pub fn statement_of(&self, line: u32) -> Option<usize> {
        let behind = self.statements.partition_point(|(first, _)| *first <= line);
        let at = behind.checked_sub(1)?;
        (line <= self.statements[at].1).then_some(at)
    }

    /// Whether a place is inside the pattern of a `case`.
    pub fn is_pattern(&self, place: Place) -> bool {
        let behind = self.patterns.partition_point(|(start, _)| *start <= place);
        behind.checked_sub(1).is_some_and(|at| place < self.patterns[at].1)
    }
}
