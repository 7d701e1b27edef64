//! Sums of floats that lose nothing, or almost nothing.

/// A sum of floats as floats that do not overlap, the least first (Shewchuk's partials).
#[derive(Clone, Debug, Default)]
pub struct Partials(Vec<f64>);

impl std::hash::Hash for Partials {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|part| part.to_bits().hash(state));
    }
}

/// A number, and what it lost: the sum of two floats.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let before = sum - b;
    (sum, (a - before) + (b - (sum - before)))
}

impl Partials {
    /// Adds a float; false if the sum is beyond all floats.
    pub fn add(&mut self, value: f64) -> bool {
        let (mut x, mut kept) = (value, 0);
        for index in 0..self.0.len() {
            let mut y = self.0[index];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                self.0[kept] = low;
                kept += 1;
            }
            x = high;
        }
        self.0.truncate(kept);
        if x != 0.0 {
            if !x.is_finite() {
                return false;
            }
            self.0.push(x);
        }
        true
    }

    /// The float nearest to the sum.
    pub fn total(&self) -> f64 {
        let mut rest = self.0.iter().rev().copied();
        let Some(mut high) = rest.next() else { return 0.0 };
        let mut low = 0.0;
        for part in rest.by_ref() {
            let before = high;
            high = before + part;
            low = part - (high - before);
            if low != 0.0 {
                break;
            }
        }
        // Half way between two floats, the sign of what is left decides.
        if let Some(part) = rest.next()
            && (low < 0.0 && part < 0.0 || low > 0.0 && part > 0.0)
        {
            let twice = low * 2.0;
            let up = high + twice;
            if twice == up - high {
                high = up;
            }
        }
        high
    }
}

/// A sum of products in three floats (Ogita, Rump and Oishi's algorithm with three parts).
#[derive(Clone, Copy, Debug, Default)]
pub struct Triple {
    high: f64,
    low: f64,
    tiny: f64,
}

impl std::hash::Hash for Triple {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        [self.high, self.low, self.tiny].map(f64::to_bits).hash(state);
    }
}

impl Triple {
    /// The same with `x * y` added; `None` where that is no number.
    pub fn add_product(self, x: f64, y: f64) -> Option<Self> {
        let product = x * y;
        let lost = x.mul_add(y, -product);
        let (high, below) = two_sum(self.high, product);
        let (first, rest) = two_sum(self.low, lost);
        let (low, more) = two_sum(first, below);
        high.is_finite().then_some(Self { high, low, tiny: self.tiny + rest + more })
    }

    /// The float that it comes to.
    pub fn total(self) -> f64 {
        let (last, _) = two_sum(self.low, self.tiny);
        self.high + last
    }
}
