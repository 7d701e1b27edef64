//! The search for the place of one element in a sorted stretch, in growing jumps and then by halves.

/// The search for where `needle` belongs in a sorted stretch, in growing jumps from a hint.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct Gallop<V> {
    pub(super) needle: V,
    /// Equal elements go after the needle (`gallop_left`), not before it (`gallop_right`).
    pub(super) left: bool,
    /// The stretch is in `temp`.
    pub(super) in_temp: bool,
    /// Where the stretch begins.
    pub(super) base: usize,
    pub(super) len: usize,
    /// Places from here on are relative to `base`.
    pub(super) hint: usize,
    pub(super) stage: GallopStage,
}

#[derive(Clone, Copy, Debug, Hash)]
pub(super) enum GallopStage {
    /// Which way to go from the hint.
    Hint,
    /// The jump that was good, and the one being tried.
    Up {
        last: usize,
        jump: usize,
    },
    Down {
        last: usize,
        jump: usize,
    },
    /// The needle belongs at `from` at the lowest, at `to` at the highest.
    Halve {
        from: usize,
        to: usize,
    },
}

impl<V> Gallop<V> {
    /// The place of the element that the needle is compared with.
    pub(super) const fn probe(&self) -> usize {
        match self.stage {
            GallopStage::Hint => self.hint,
            GallopStage::Up { jump, .. } => self.hint + jump,
            GallopStage::Down { jump, .. } => self.hint - jump,
            GallopStage::Halve { from, to } => usize::midpoint(from, to),
        }
    }

    /// Takes an answer; gives the place of the needle once it is known.
    pub(super) fn take(&mut self, less: bool) -> Option<usize> {
        let up = less == self.left;
        let stage = match self.stage {
            GallopStage::Hint if up => self.up(0, 1),
            GallopStage::Hint => self.down(0, 1),
            GallopStage::Up { jump, .. } if up => self.up(jump, 2 * jump + 1),
            GallopStage::Up { last, jump } => self.up_found(last, jump),
            GallopStage::Down { jump, .. } if !up => self.down(jump, 2 * jump + 1),
            GallopStage::Down { last, jump } => self.down_found(last, jump),
            GallopStage::Halve { to, .. } if up => GallopStage::Halve { from: self.probe() + 1, to },
            GallopStage::Halve { from, .. } => GallopStage::Halve { from, to: self.probe() },
        };
        self.stage = stage;
        if let GallopStage::Halve { from, to } = stage
            && from >= to
        {
            return Some(to);
        }
        None
    }

    fn up(&self, last: usize, jump: usize) -> GallopStage {
        let most = self.len - self.hint;
        if jump < most { GallopStage::Up { last, jump } } else { self.up_found(last, most) }
    }

    const fn up_found(&self, last: usize, jump: usize) -> GallopStage {
        GallopStage::Halve { from: self.hint + last + 1, to: self.hint + jump }
    }

    fn down(&self, last: usize, jump: usize) -> GallopStage {
        let most = self.hint + 1;
        if jump < most { GallopStage::Down { last, jump } } else { self.down_found(last, most) }
    }

    const fn down_found(&self, last: usize, jump: usize) -> GallopStage {
        GallopStage::Halve { from: self.hint + 1 - jump, to: self.hint - last }
    }
}
