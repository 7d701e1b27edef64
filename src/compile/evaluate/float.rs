//! Operators on floats, as Python defines them on top of C's.

#![allow(clippy::float_cmp, reason = "the special cases are exact values")]

/// `left % right`; `None` where Python raises.
pub(super) fn remainder(left: f64, right: f64) -> Option<f64> {
    if right == 0.0 {
        return None;
    }
    let rest = left % right;
    Some(if rest == 0.0 {
        0.0f64.copysign(right)
    } else if (right < 0.0) == (rest < 0.0) {
        rest
    } else {
        rest + right
    })
}

/// `left // right`; `None` where Python raises.
pub(super) fn floor_divide(left: f64, right: f64) -> Option<f64> {
    if right == 0.0 {
        return None;
    }
    let rest = left % right;
    let mut quotient = (left - rest) / right;
    if rest != 0.0 && (right < 0.0) != (rest < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return Some(0.0f64.copysign(left / right));
    }
    let floor = quotient.floor();
    Some(if quotient - floor > 0.5 { floor + 1.0 } else { floor })
}

/// What `left ** right` is for two floats.
pub(super) enum Power {
    Real(f64),
    /// A fractional power of a negative number.
    Complex,
    /// Python raises.
    Error,
}

/// `left ** right`.
pub(super) fn power(left: f64, right: f64) -> Power {
    let is_odd = (right.abs() % 2.0) == 1.0;
    if right == 0.0 || left == 1.0 {
        return Power::Real(1.0);
    }
    if left.is_nan() || right.is_nan() {
        return Power::Real(if left.is_nan() { left } else { right });
    }
    if right.is_infinite() {
        let size = left.abs();
        let grows = (right > 0.0) == (size > 1.0);
        return Power::Real(match () {
            () if size == 1.0 => 1.0,
            () if grows => f64::INFINITY,
            () => 0.0,
        });
    }
    if left.is_infinite() {
        let size: f64 = if right > 0.0 { f64::INFINITY } else { 0.0 };
        return Power::Real(if is_odd { size.copysign(left) } else { size });
    }
    if left == 0.0 {
        if right < 0.0 {
            return Power::Error;
        }
        return Power::Real(if is_odd { left } else { 0.0 });
    }
    if left < 0.0 && right.fract() != 0.0 {
        return Power::Complex;
    }
    let size = left.abs().powf(right);
    if size.is_infinite() {
        return Power::Error;
    }
    Power::Real(if left < 0.0 && is_odd { -size } else { size })
}
