//! Where the items of a view lie: how many there are in each dimension, and how far apart.

use super::super::slicing::Indices;

/// The most dimensions there may be.
pub const MOST_DIMENSIONS: usize = 64;

/// In what order items are gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The last dimension changes fastest: C's.
    Row,
    /// The first dimension changes fastest: Fortran's.
    Column,
}

/// The places of items in the bytes of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// Where the first item is.
    pub start: usize,
    /// How many bytes an item has.
    pub size: usize,
    /// How many items there are in each dimension.
    pub shape: Vec<usize>,
    /// How many bytes on the next item in each dimension is.
    pub strides: Vec<isize>,
}

impl Layout {
    /// Items one behind the other, the last dimension changing fastest.
    pub fn contiguous(start: usize, size: usize, shape: Vec<usize>) -> Self {
        let strides = strides(&shape, size);
        Self { start, size, shape, strides }
    }

    /// How many items there are.
    pub fn items(&self) -> usize {
        self.shape.iter().product()
    }

    /// How many bytes the items have together.
    pub fn bytes(&self) -> usize {
        self.items() * self.size
    }

    /// Whether the items lie one behind the other in that order.
    pub fn is_contiguous(&self, order: Order) -> bool {
        let mut shape = self.shape.clone();
        if order == Order::Column {
            shape.reverse();
        }
        let mut wanted = strides(&shape, self.size);
        if order == Order::Column {
            wanted.reverse();
        }
        // The stride of a dimension with one item is never used; of no items CPython looks at it all the same,
        // if there is one dimension.
        let mut dimensions = self.shape.iter().zip(self.strides.iter().zip(&wanted));
        (self.shape.len() > 1 && self.shape.contains(&0))
            || dimensions.all(|(count, (stride, wanted))| *count == 1 || stride == wanted)
    }

    /// Where the items are, in that order.
    pub fn places(&self, order: Order) -> Vec<usize> {
        let mut dimensions: Vec<(usize, isize)> =
            self.shape.iter().copied().zip(self.strides.iter().copied()).collect();
        if order == Order::Column {
            dimensions.reverse();
        }
        let mut places = vec![self.start];
        for (count, stride) in dimensions {
            let steps = (0..count as isize).map(|index| index * stride);
            places = places
                .iter()
                .flat_map(|place| steps.clone().map(move |step| place.wrapping_add_signed(step)))
                .collect();
        }
        places
    }

    /// Where the item at these indices is, which must lie within the shape.
    pub fn place(&self, indices: &[usize]) -> usize {
        let steps = indices.iter().zip(&self.strides).map(|(index, stride)| *index as isize * stride);
        self.start.wrapping_add_signed(steps.sum())
    }

    /// The part that a slice of the first dimension means.
    #[must_use]
    pub fn slice(&self, indices: Indices) -> Self {
        let mut part = self.clone();
        if indices.count > 0 {
            part.start = self.place(&[indices.start as usize]);
        }
        part.shape[0] = indices.count;
        part.strides[0] = self.strides[0].wrapping_mul(indices.step as isize);
        part
    }
}

/// The strides of items that lie one behind the other.
fn strides(shape: &[usize], size: usize) -> Vec<isize> {
    let mut strides = vec![0; shape.len()];
    let mut stride = size as isize;
    for (place, count) in strides.iter_mut().zip(shape).rev() {
        *place = stride;
        stride = stride.wrapping_mul(*count as isize);
    }
    strides
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_gone_through_in_both_orders() {
        let layout = Layout::contiguous(0, 1, vec![2, 3]);
        assert_eq!(layout.places(Order::Row), [0, 1, 2, 3, 4, 5]);
        assert_eq!(layout.places(Order::Column), [0, 3, 1, 4, 2, 5]);
        assert!(layout.is_contiguous(Order::Row) && !layout.is_contiguous(Order::Column));
    }

    #[test]
    fn a_slice_backward_begins_at_its_last_item() {
        let indices = Indices::new(None, None, Some(-2), 5).expect("the step is not zero");
        let part = Layout::contiguous(0, 4, vec![5]).slice(indices);
        assert_eq!(part.places(Order::Row), [16, 8, 0]);
        assert!(!part.is_contiguous(Order::Row));
    }

    #[test]
    fn a_view_without_dimensions_has_one_item() {
        let layout = Layout::contiguous(3, 4, Vec::new());
        assert_eq!((layout.items(), layout.places(Order::Row)), (1, vec![3]));
    }
}
