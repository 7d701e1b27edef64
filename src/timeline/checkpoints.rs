//! Past states of the machine, kept so that going back need not begin at the start.
//!
//! What must hold: there is always one at the start; they are in order of time; and a gap between two
//! of them is never wider than a share of its distance from now.  So their number grows with the
//! logarithm of the run, going back a little is always quick, and going back far costs a part of the
//! way.  They are spaced by measured cost: making them takes a small share of the running time, and
//! running across one gap takes a few milliseconds.

use std::time::Duration;

use super::Step;

/// A gap may be as wide as its distance from now divided by this.
const SHARE: u64 = 8;
/// Running takes at least this many times as long as making checkpoints.
const RUNNING_PER_COPY: u32 = 20;
/// Running across the smallest gap takes about so long.
const SMALLEST_GAP: Duration = Duration::from_millis(2);
/// Bounds of the gap between two new checkpoints, in steps.
const GAPS: std::ops::RangeInclusive<u64> = 256..=1 << 22;

/// Past states, by their steps.
#[derive(Debug)]
pub struct Checkpoints<S> {
    /// In order of time; the first is at the start.
    kept: Vec<(Step, S)>,
    gap: u64,
}

impl<S> Checkpoints<S> {
    /// With the state before the first step.
    pub fn new(start: S) -> Self {
        Self { kept: vec![(Step::START, start)], gap: *GAPS.start() }
    }

    /// The last checkpoint at or before `step`.
    pub fn before(&self, step: Step) -> (Step, &S) {
        let behind = self.kept.partition_point(|(at, _)| *at <= step);
        let (at, state) = &self.kept[behind.saturating_sub(1)];
        (*at, state)
    }

    /// The first step behind `step` at which a checkpoint is due.
    pub fn due_after(&self, step: Step) -> Step {
        self.before(step).0.plus(self.gap).max(step.plus(1))
    }

    /// Keeps the state at `step`, unless it is kept already, and thins the others out.
    pub fn keep(&mut self, step: Step, state: S) {
        let behind = self.kept.partition_point(|(at, _)| *at <= step);
        if self.kept[behind - 1].0 != step {
            self.kept.insert(behind, (step, state));
            self.thin(step);
        }
    }

    /// Sets the gap from what was measured: one step, and one copy of the state.
    pub fn pace(&mut self, one_step: Duration, one_copy: Duration) {
        let running = (one_copy * RUNNING_PER_COPY).max(SMALLEST_GAP);
        let steps = running.as_nanos() / one_step.as_nanos().max(1);
        self.gap = u64::try_from(steps).unwrap_or(u64::MAX).clamp(*GAPS.start(), *GAPS.end());
    }

    #[cfg(test)]
    fn count(&self) -> usize {
        self.kept.len()
    }

    /// Drops each checkpoint whose neighbours are near enough to one another, seen from `now`.
    fn thin(&mut self, now: Step) {
        let distance = |at: Step| at.0.abs_diff(now.0);
        let mut kept = std::mem::take(&mut self.kept).into_iter().peekable();
        while let Some((at, state)) = kept.next() {
            let previous = self.kept.last().map(|(at, _)| *at);
            if let (Some(previous), Some((next, _))) = (previous, kept.peek()) {
                let nearest = distance(previous).min(distance(*next));
                if at != now && next.0 - previous.0 <= (nearest / SHARE).max(self.gap / 2) {
                    continue;
                }
            }
            self.kept.push((at, state));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(steps: u64) -> Checkpoints<u64> {
        let mut checkpoints = Checkpoints::new(0);
        let mut due = checkpoints.due_after(Step::START);
        while due.0 <= steps {
            checkpoints.keep(due, due.0);
            due = checkpoints.due_after(due);
        }
        checkpoints
    }

    #[test]
    fn their_number_grows_with_the_logarithm() {
        assert!(run(100_000).count() < 100, "{}", run(100_000).count());
        assert!(run(2_000_000).count() < 160, "{}", run(2_000_000).count());
    }

    #[test]
    fn gaps_are_small_near_now_and_a_share_of_the_distance_elsewhere() {
        let steps = 1_000_000;
        let checkpoints = run(steps);
        for pair in checkpoints.kept.windows(2) {
            let [(from, _), (to, _)] = pair else { unreachable!() };
            let distance = steps.saturating_sub(to.0);
            assert!(to.0 - from.0 <= (distance / SHARE).max(2 * GAPS.start()), "{from} to {to}");
        }
    }

    #[test]
    fn the_nearest_before_is_found_and_the_start_stays() {
        let checkpoints = run(10_000);
        assert_eq!(checkpoints.before(Step::START), (Step::START, &0));
        for step in [1, 255, 256, 5_000, 10_000, u64::MAX] {
            let (at, state) = checkpoints.before(Step(step));
            assert!(at.0 <= step && *state == at.0);
        }
        assert_eq!(checkpoints.before(Step(1 << 40)).0, Step(10_000 / 256 * 256));
    }

    #[test]
    fn costly_copies_are_made_rarely() {
        let mut checkpoints = Checkpoints::new(());
        checkpoints.pace(Duration::from_nanos(100), Duration::from_millis(5));
        assert_eq!(checkpoints.due_after(Step::START), Step(1_000_000));
        checkpoints.pace(Duration::from_nanos(100), Duration::from_nanos(10));
        assert_eq!(checkpoints.due_after(Step::START), Step(20_000));
        checkpoints.pace(Duration::ZERO, Duration::MAX / 100);
        assert_eq!(checkpoints.due_after(Step::START), Step(*GAPS.end()));
    }
}
