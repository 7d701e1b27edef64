//! The fewest digits that tell a float from its neighbours.

/// A float as a digit, a point with more digits where there are more, and an exponent: `1.5e-7`; with a sign
/// where it is negative.  Of the shortest texts that read back as `value` it is the nearest to it, and of two
/// that are equally near the one whose last digit is even, as CPython's `repr` has it.  Rust's own `{:e}` leaves
/// open which of two such it gives.
pub fn shortest(value: f64) -> String {
    let any = format!("{value:e}");
    let digits = any.split('e').next().unwrap_or_default().bytes().filter(u8::is_ascii_digit).count();
    let nearest = format!("{value:.*e}", digits.saturating_sub(1));
    if nearest.parse() == Ok(value) { nearest } else { any }
}

#[cfg(test)]
mod tests {
    use super::shortest;

    #[test]
    fn of_two_that_are_equally_near_the_even_one_is_taken() {
        for (value, expected) in [
            (2f64.powi(-25), "2.9802322387695312e-8"),
            (-2f64.powi(-25), "-2.9802322387695312e-8"),
            (2f64.powi(-44), "5.684341886080802e-14"),
            (0.1, "1e-1"),
            (0.0, "0e0"),
            (-0.0, "-0e0"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e308"),
            (9_007_199_254_740_993.0, "9.007199254740992e15"),
            (2e23, "2e23"),
        ] {
            assert_eq!(shortest(value), expected);
        }
    }
}
