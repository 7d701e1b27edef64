//! Filling up to a width: `center`, `ljust`, `rjust`, `zfill`, `expandtabs`.
//!
//! Each gives nothing where the result would be longer than [`MAX_LENGTH`].

use super::{MAX_LENGTH, Str, StrBuilder};

/// How many fill characters `center` puts to the left, of `pad` altogether in a width of `width`.
pub const fn center_left(pad: usize, width: usize) -> usize {
    pad / 2 + (pad & width & 1)
}

impl Str {
    /// `str.center`.
    pub fn center(&self, width: usize, fill: u32) -> Option<Self> {
        let pad = width.saturating_sub(self.len());
        let left = center_left(pad, width);
        self.pad(left, pad - left, fill)
    }

    /// `str.ljust`.
    pub fn ljust(&self, width: usize, fill: u32) -> Option<Self> {
        self.pad(0, width.saturating_sub(self.len()), fill)
    }

    /// `str.rjust`.
    pub fn rjust(&self, width: usize, fill: u32) -> Option<Self> {
        self.pad(width.saturating_sub(self.len()), 0, fill)
    }

    /// `left` and `right` fill characters around the text.
    pub fn pad(&self, left: usize, right: usize, fill: u32) -> Option<Self> {
        if left == 0 && right == 0 {
            return Some(self.clone());
        }
        let length =
            left.checked_add(right)?.checked_add(self.len()).filter(|&length| length <= MAX_LENGTH)?;
        let mut padded = StrBuilder::with_capacity(length);
        padded.push_n(fill, left);
        padded.push_str(self);
        padded.push_n(fill, right);
        Some(padded.finish())
    }

    /// `str.zfill`: zeros go between a sign and the rest.
    pub fn zfill(&self, width: usize) -> Option<Self> {
        let pad = width.saturating_sub(self.len());
        let sign = self.get(0).filter(|&point| pad > 0 && (point == 0x2B || point == 0x2D));
        let Some(sign) = sign else { return self.pad(pad, 0, 0x30) };
        let filled = self.slice(1..self.len()).pad(pad, 0, 0x30)?;
        Some(Self::from_point(sign).concat(&filled))
    }

    /// `str.expandtabs`: a tab fills up to the next column that `tab_size` divides; one of zero is dropped.
    pub fn expand_tabs(&self, tab_size: usize) -> Option<Self> {
        let mut expanded = StrBuilder::with_capacity(self.len());
        let mut column = 0;
        for point in self.points() {
            if point == 0x09 {
                let fill = if tab_size == 0 { 0 } else { tab_size - column % tab_size };
                if fill > MAX_LENGTH - expanded.len() {
                    return None;
                }
                expanded.push_n(0x20, fill);
                column += fill;
            } else {
                if expanded.len() == MAX_LENGTH {
                    return None;
                }
                expanded.push(point);
                column = if point == 0x0A || point == 0x0D { 0 } else { column + 1 };
            }
        }
        Some(expanded.finish())
    }
}
