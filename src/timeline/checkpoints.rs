//! Past states of the machine, kept so that going back need not begin at the start.
//!
//! What must hold: there is always one at the start; they are in order of time; and a gap between two
//! of them is never wider than a share of its distance from now.  So their number grows with the
//! logarithm of the run, going back a little is always quick, and going back far costs a part of the
//! way.  They are spaced by measured cost: making them takes a small share of the running time, and
//! running across one gap takes a few milliseconds.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::Step;

/// A gap may be as wide as its distance from now divided by this.
const SHARE: u64 = 8;
/// Running takes at least this many times as long as making checkpoints.
const RUNNING_PER_COPY: f64 = 20.0;
/// Running across the smallest gap takes about so long, in seconds.
const SMALLEST_GAP: f64 = 2e-3;
/// Bounds of the gap between two new checkpoints, in steps.
const GAPS: RangeInclusive<f64> = 256.0..=4e6;
/// How much wider the second of two gaps is, and how much wider gaps may become at a time.
const WIDENING: f64 = 1.5;

/// Past states, by their steps.
#[derive(Debug)]
pub struct Checkpoints<S> {
    /// In order of time; the first is at the start.
    kept: Vec<(Step, S)>,
    gap: f64,
    /// What a gap of the plain width took, once it is known and a wider one is on its way.
    narrow: Option<Run>,
}

/// So many steps took so many seconds.
#[derive(Clone, Copy, Debug)]
struct Run {
    steps: f64,
    seconds: f64,
}

impl<S> Checkpoints<S> {
    /// With the state before the first step.
    pub fn new(start: S) -> Self {
        Self { kept: vec![(Step::START, start)], gap: *GAPS.start(), narrow: None }
    }

    /// The last checkpoint at or before `step`.
    pub fn before(&self, step: Step) -> (Step, &S) {
        let behind = self.kept.partition_point(|(at, _)| *at <= step);
        let (at, state) = &self.kept[behind.saturating_sub(1)];
        (*at, state)
    }

    /// The last checkpoint whose state has a property that no state has again once it was lost; the first of
    /// all, where none has it.
    pub fn last_where(&self, has: impl Fn(&S) -> bool) -> (Step, &S) {
        let behind = self.kept.partition_point(|(_, state)| has(state));
        let (at, state) = &self.kept[behind.saturating_sub(1)];
        (*at, state)
    }

    /// The step of the first checkpoint behind `step`.
    pub fn first_behind(&self, step: Step) -> Option<Step> {
        let behind = self.kept.partition_point(|(at, _)| *at <= step);
        self.kept.get(behind).map(|(at, _)| *at)
    }

    /// The first step behind `step` at which a checkpoint is due.
    pub fn due_after(&self, step: Step) -> Step {
        self.before(step).0.plus(self.next_gap()).max(step.plus(1))
    }

    /// Keeps the state at `step`, unless it is kept already, and thins the others out.
    pub fn keep(&mut self, step: Step, state: S) {
        let behind = self.kept.partition_point(|(at, _)| *at <= step);
        if self.kept[behind - 1].0 != step {
            self.kept.insert(behind, (step, state));
            self.thin(step);
        }
    }

    /// Sets the gap from what was measured: so many steps took so long, and then a copy of the state so long.
    ///
    /// A state shares what it can with its copy, so that most of the cost comes later, when the program first
    /// changes what is shared.  Two gaps of different widths tell it apart from the cost of the steps.
    pub fn pace(&mut self, steps: u64, running: Duration, copying: Duration) {
        let wide = Run { steps: steps.max(1) as f64, seconds: running.as_secs_f64().max(1e-9) };
        let Some(narrow) = self.narrow.take().filter(|narrow| wide.steps > narrow.steps * 1.2) else {
            self.narrow = Some(wide);
            return;
        };
        let average = narrow.seconds / narrow.steps;
        let one_step = (wide.seconds - narrow.seconds) / (wide.steps - narrow.steps);
        let one_step = one_step.clamp(average / 10.0, average);
        let cost = copying.as_secs_f64() + narrow.seconds - one_step * narrow.steps;
        let gap = (cost * RUNNING_PER_COPY).max(SMALLEST_GAP) / one_step;
        self.gap = gap.min(self.gap * WIDENING).clamp(*GAPS.start(), *GAPS.end());
    }

    fn next_gap(&self) -> u64 {
        let gap = if self.narrow.is_some() { self.gap * WIDENING } else { self.gap };
        gap as u64
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
                if at != now && next.0 - previous.0 <= (nearest / SHARE).max(self.gap as u64 / 2) {
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
            assert!(to.0 - from.0 <= (distance / SHARE).max(2 * *GAPS.start() as u64), "{from} to {to}");
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

    /// The gap after many checkpoints, where so many steps take so long.
    fn settled_gap(take: impl Fn(u64) -> Duration, copying: Duration) -> u64 {
        let mut checkpoints = Checkpoints::new(());
        for _ in 0..200 {
            let steps = checkpoints.next_gap();
            checkpoints.pace(steps, take(steps), copying);
        }
        checkpoints.gap as u64
    }

    fn near(gap: u64, wanted: u64) {
        assert!(gap.abs_diff(wanted) < wanted / 50, "{gap} {wanted}");
    }

    #[test]
    fn costly_copies_are_made_rarely() {
        let take = |steps: u64| Duration::from_nanos(100 * steps);
        near(settled_gap(take, Duration::from_millis(5)), 1_000_000);
        near(settled_gap(take, Duration::from_nanos(10)), 20_000);
        near(settled_gap(take, Duration::from_secs(100)), *GAPS.end() as u64);
        near(settled_gap(Duration::from_millis, Duration::ZERO), *GAPS.start() as u64);
    }

    #[test]
    fn what_is_copied_later_counts_too() {
        // 10 ms once in each gap, whatever its width: the first write to a large list.
        let take = |steps: u64| Duration::from_nanos(100 * steps) + Duration::from_millis(10);
        near(settled_gap(take, Duration::ZERO), 2_000_000);
    }
}
