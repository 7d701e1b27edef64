//! Places in code, counted in code units.

/// A place or distance in `co_code`, counted in code units of two bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct CodeUnit(pub u32);

impl CodeUnit {
    /// The unit that starts at a byte offset.
    pub const fn from_bytes(bytes: u32) -> Self {
        Self(bytes / 2)
    }

    /// The same place in bytes.
    pub const fn bytes(self) -> u32 {
        self.0 * 2
    }

    /// So many units further on.
    #[must_use]
    pub const fn plus(self, units: u32) -> Self {
        Self(self.0 + units)
    }
}
