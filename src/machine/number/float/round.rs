//! `round(float, digits)`: to a multiple of a power of ten, from the float's exact value.

use super::super::{NumberError, Result};

/// Beyond this many decimal places no float changes.
const MOST_PLACES: i64 = 323;

/// From this many places before the point on, every float becomes zero.
const LEAST_PLACES: i64 = -308;

/// `round(value, places)`, ties to even; the result is the float nearest to the rounded number.
pub fn round(value: f64, places: i64) -> Result<f64> {
    if !value.is_finite() || places > MOST_PLACES {
        return Ok(value);
    }
    if places < LEAST_PLACES {
        return Ok(0.0_f64.copysign(value));
    }
    let text = match usize::try_from(places) {
        Ok(places) => format!("{value:.places$}"),
        Err(_) => round_before_point(value, places.unsigned_abs() as usize),
    };
    // Only digits and a point were written, so that this cannot fail.
    let rounded = text.parse::<f64>().unwrap_or(value);
    if rounded.is_infinite() {
        return Err(NumberError::overflow("rounded value too large to represent"));
    }
    Ok(rounded)
}

/// The exact value rounded to `zeros` zeros before the point, as text.
fn round_before_point(value: f64, zeros: usize) -> String {
    // A whole float is written with all its digits.
    let whole = format!("{:.0}", value.abs().trunc());
    let kept = whole.len().saturating_sub(zeros);
    let (head, tail) = whole.split_at(kept);
    let half = format!("{:0<zeros$}", "5");
    let tail = format!("{tail:0>zeros$}");
    let is_odd = head.ends_with(['1', '3', '5', '7', '9']);
    let up = tail > half || tail == half && (value.fract() != 0.0 || is_odd);
    let sign = if value.is_sign_negative() { "-" } else { "" };
    format!("{sign}{}{}", if up { increment(head) } else { format!("0{head}") }, "0".repeat(zeros))
}

/// The decimal number `digits` plus one; no digits are a zero.
fn increment(digits: &str) -> String {
    let nines = digits.len() - digits.trim_end_matches('9').len();
    let (head, _) = digits.split_at(digits.len() - nines);
    let (front, last) = head.split_at(head.len().saturating_sub(1));
    let last = last.bytes().next().unwrap_or(b'0') + 1;
    format!("{front}{}{}", char::from(last), "0".repeat(nines))
}
