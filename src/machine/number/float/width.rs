//! Floats of two and four bytes: how a float is narrowed to them, and what they stand for.
//!
//! Both have the shape of IEEE 754: a sign, an exponent whose highest value means infinities and NaNs, and a
//! mantissa.  What a NaN carries is kept as far as it fits.

/// How many bits the parts of a narrow float have; the sign has one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width {
    exponent: u32,
    mantissa: u32,
}

const WIDE: u32 = 52;

impl Width {
    /// Two bytes.
    pub const HALF: Self = Self { exponent: 5, mantissa: 10 };
    /// Four bytes.
    pub const SINGLE: Self = Self { exponent: 8, mantissa: 23 };

    const fn bias(self) -> i32 {
        (1 << (self.exponent - 1)) - 1
    }

    /// The bits of the infinity.
    const fn infinity(self) -> u64 {
        ((1 << self.exponent) - 1) << self.mantissa
    }

    /// The bits of the nearest float of this width, of two equally near ones the even one; `Err` has those of
    /// the infinity that a number too large comes to.
    pub fn narrow(self, number: f64) -> Result<u64, u64> {
        let bits = number.to_bits();
        let sign = (bits >> 63) << (self.exponent + self.mantissa);
        if number.is_nan() {
            let carried = (bits & ((1 << WIDE) - 1)) >> (WIDE - self.mantissa);
            let carried = if carried == 0 { 1 << (self.mantissa - 1) } else { carried };
            return Ok(sign | self.infinity() | carried);
        }
        if number.is_infinite() {
            return Ok(sign | self.infinity());
        }
        let exponent = ((bits >> WIDE & 0x7FF) as i32 - 1023).max(1 - self.bias());
        // Exact: only the exponent changes.  Below the least normal number all have one exponent.
        let scaled = number.abs() * power_of_two(self.mantissa as i32 - exponent);
        let mantissa = scaled.round_ties_even() as u64;
        // The leading bit of a normal number, and what rounding carries over, count the exponent up.
        let narrow = (((exponent + self.bias() - 1) as u64) << self.mantissa) + mantissa;
        if narrow < self.infinity() { Ok(sign | narrow) } else { Err(sign | self.infinity()) }
    }

    /// The float that these bits stand for.
    pub fn widen(self, bits: u64) -> f64 {
        let sign = bits >> (self.exponent + self.mantissa) & 1;
        let field = (bits & self.infinity()) >> self.mantissa;
        let mantissa = bits & ((1 << self.mantissa) - 1);
        if field << self.mantissa == self.infinity() {
            return f64::from_bits(sign << 63 | 0x7FF << WIDE | mantissa << (WIDE - self.mantissa));
        }
        let least = 1 - self.bias() - self.mantissa as i32;
        let magnitude = match field {
            0 => mantissa as f64 * power_of_two(least),
            field => (1 << self.mantissa | mantissa) as f64 * power_of_two(least + field as i32 - 1),
        };
        if sign == 1 { -magnitude } else { magnitude }
    }
}

/// Two to a power from −1022 to 1023.
const fn power_of_two(power: i32) -> f64 {
    f64::from_bits(((power + 1023) as u64) << WIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_comes_back_as_it_was() {
        for bits in 0..=u64::from(u16::MAX) {
            assert_eq!(Width::HALF.narrow(Width::HALF.widen(bits)), Ok(bits), "{bits:#x}");
        }
    }

    #[test]
    fn singles_are_those_of_the_hardware() {
        let mut bits = 1u64;
        for _ in 0..100_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = f64::from_bits(bits);
            let single = number as f32;
            if !number.is_nan() {
                let expected = u64::from(single.to_bits());
                let overflow = single.is_infinite() && number.is_finite();
                assert_eq!(Width::SINGLE.narrow(number), if overflow { Err(expected) } else { Ok(expected) });
            }
            let single = f32::from_bits((bits >> 20) as u32);
            if !single.is_nan() {
                let wide = Width::SINGLE.widen(u64::from(single.to_bits()));
                assert_eq!(wide.to_bits(), f64::from(single).to_bits());
            }
        }
    }

    #[test]
    fn halves_round_to_the_even_one_and_overflow_at_the_edge() {
        assert_eq!(Width::HALF.narrow(1.0 + 1.0 / 2048.0), Ok(0x3C00));
        assert_eq!(Width::HALF.narrow(1.0 + 3.0 / 2048.0), Ok(0x3C02));
        assert_eq!(Width::HALF.narrow(65519.99), Ok(0x7BFF));
        assert_eq!(Width::HALF.narrow(-65520.0), Err(0xFC00));
        assert_eq!(Width::HALF.narrow(2f64.powi(-25)), Ok(0));
        assert_eq!(Width::HALF.narrow(2f64.powi(-25) * 1.5), Ok(1));
    }
}
