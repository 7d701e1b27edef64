//! Where the arrows of jumps run beside a listing: each gets a lane, so that no two lie over one another.

use std::collections::BTreeMap;

use serde::Serialize;

/// The arrow of one jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Arrow {
    /// The row that jumps.
    pub from: usize,
    /// The row it goes to.
    pub to: usize,
    /// Which lane it runs in; 0 is the one beside the rows.
    pub lane: usize,
}

impl Arrow {
    /// Its first row and its last.
    pub fn rows(&self) -> (usize, usize) {
        (self.from.min(self.to), self.from.max(self.to))
    }
}

/// More lanes than this would be a tangle; jumps that find none free have no arrow, only their label.
const MOST_LANES: usize = 8;

/// Arrows for jumps given as pairs of rows, the shortest in the lanes nearest to the rows.
pub(super) fn arrows(jumps: impl IntoIterator<Item = (usize, usize)>) -> Vec<Arrow> {
    let arrow = |(from, to)| Arrow { from, to, lane: 0 };
    let mut all: Vec<Arrow> = jumps.into_iter().map(arrow).filter(|arrow| arrow.from != arrow.to).collect();
    all.sort_by_key(|arrow| (arrow.from.abs_diff(arrow.to), arrow.from));
    // The arrows in each lane: first row to last row.
    let mut lanes: [BTreeMap<usize, usize>; MOST_LANES] = Default::default();
    all.retain_mut(|arrow| {
        let (first, last) = arrow.rows();
        // Those in a lane do not overlap, so that only the last that begins before this one ends can.
        let is_free = |lane: &BTreeMap<usize, usize>| {
            lane.range(..=last).next_back().is_none_or(|(_, other_last)| *other_last < first)
        };
        let Some(lane) = lanes.iter().position(is_free) else { return false };
        arrow.lane = lane;
        lanes[lane].insert(first, last);
        true
    });
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn inner_jumps_lie_nearer_to_the_rows() {
        let arrows = arrows([(0, 10), (2, 4), (5, 8), (20, 12)]);
        let lanes: Vec<_> = arrows.iter().map(|arrow| (arrow.from, arrow.to, arrow.lane)).collect();
        assert_eq!(lanes, [(2, 4, 0), (5, 8, 0), (20, 12, 0), (0, 10, 1)]);
    }

    proptest! {
        #[test]
        fn no_two_arrows_of_a_lane_touch(jumps in proptest::collection::vec((0usize..60, 0usize..60), 0..30)) {
            let arrows = arrows(jumps);
            for (index, arrow) in arrows.iter().enumerate() {
                for other in arrows[index + 1..].iter().filter(|other| other.lane == arrow.lane) {
                    let ((first, last), (other_first, other_last)) = (arrow.rows(), other.rows());
                    prop_assert!(last < other_first || other_last < first);
                }
            }
        }
    }
}
