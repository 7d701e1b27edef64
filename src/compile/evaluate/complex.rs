//! Operators on complex numbers, and on one complex and one real operand (C99's Annex G).
//!
//! The parts of the left operand are `a` and `b`, those of the right one `c` and `d`.

#![allow(clippy::many_single_char_names, reason = "the formulas are known by these names")]

/// Real and imaginary part.
pub(super) type Complex = (f64, f64);

/// What the recovery of infinities works with: an infinity as 1, anything else as 0, signs kept.
fn boxed(value: f64) -> f64 {
    (if value.is_infinite() { 1.0f64 } else { 0.0 }).copysign(value)
}

fn nan_to_zero(value: f64) -> f64 {
    if value.is_nan() { 0.0f64.copysign(value) } else { value }
}

fn is_infinite(value: Complex) -> bool {
    value.0.is_infinite() || value.1.is_infinite()
}

fn is_finite(value: Complex) -> bool {
    value.0.is_finite() && value.1.is_finite()
}

/// `left * right`.
pub(super) fn multiply(left: Complex, right: Complex) -> Complex {
    let ((mut a, mut b), (mut c, mut d)) = (left, right);
    let products = [a * c, b * d, a * d, b * c];
    let result = (products[0] - products[1], products[2] + products[3]);
    if !(result.0.is_nan() && result.1.is_nan()) {
        return result;
    }
    let mut recalculate = false;
    if is_infinite((a, b)) {
        (a, b) = (boxed(a), boxed(b));
        (c, d) = (nan_to_zero(c), nan_to_zero(d));
        recalculate = true;
    }
    if is_infinite((c, d)) {
        (c, d) = (boxed(c), boxed(d));
        (a, b) = (nan_to_zero(a), nan_to_zero(b));
        recalculate = true;
    }
    if !recalculate && products.iter().any(|product| product.is_infinite()) {
        (a, b) = (nan_to_zero(a), nan_to_zero(b));
        (c, d) = (nan_to_zero(c), nan_to_zero(d));
        recalculate = true;
    }
    if recalculate { (f64::INFINITY * (a * c - b * d), f64::INFINITY * (a * d + b * c)) } else { result }
}

/// `left / right`; `None` for a division by zero.
pub(super) fn divide(left: Complex, right: Complex) -> Option<Complex> {
    let ((a, b), (c, d)) = (left, right);
    let result = if c.abs() >= d.abs() {
        if c == 0.0 {
            return None;
        }
        let ratio = d / c;
        let denominator = c + d * ratio;
        ((a + b * ratio) / denominator, (b - a * ratio) / denominator)
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let denominator = c * ratio + d;
        ((a * ratio + b) / denominator, (b * ratio - a) / denominator)
    } else {
        (f64::NAN, f64::NAN)
    };
    if !(result.0.is_nan() && result.1.is_nan()) {
        return Some(result);
    }
    Some(if is_infinite(left) && is_finite(right) {
        let (x, y) = (boxed(a), boxed(b));
        (f64::INFINITY * (x * c + y * d), f64::INFINITY * (y * c - x * d))
    } else if is_infinite(right) && is_finite(left) {
        let (x, y) = (boxed(c), boxed(d));
        (0.0 * (a * x + b * y), 0.0 * (b * x - a * y))
    } else {
        result
    })
}

/// `left / right` for a real `left`.
pub(super) fn divide_real(left: f64, right: Complex) -> Option<Complex> {
    let (c, d) = right;
    let result = if c.abs() >= d.abs() {
        if c == 0.0 {
            return None;
        }
        let ratio = d / c;
        let denominator = c + d * ratio;
        (left / denominator, (-left * ratio) / denominator)
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let denominator = c * ratio + d;
        ((left * ratio) / denominator, -left / denominator)
    } else {
        (f64::NAN, f64::NAN)
    };
    if result.0.is_nan() && result.1.is_nan() && left.is_finite() && is_infinite(right) {
        let (x, y) = (boxed(c), boxed(d));
        return Some((0.0 * (left * x), 0.0 * (-left * y)));
    }
    Some(result)
}

/// `left ** right`; `None` where Python raises.
pub(super) fn power(left: Complex, right: Complex) -> Option<Complex> {
    let result = if right.1 == 0.0 && right.0.fract() == 0.0 && right.0.abs() <= 100.0 {
        let size = whole_power(left, right.0.abs() as u32);
        if right.0 > 0.0 { size } else { divide((1.0, 0.0), size)? }
    } else {
        general_power(left, right)?
    };
    (!is_infinite(result)).then_some(result)
}

fn whole_power(base: Complex, exponent: u32) -> Complex {
    let mut result = (1.0, 0.0);
    let mut square = base;
    let mut left = exponent;
    while left > 0 {
        if left & 1 == 1 {
            result = multiply(result, square);
        }
        left >>= 1;
        square = multiply(square, square);
    }
    result
}

fn general_power(left: Complex, right: Complex) -> Option<Complex> {
    if left == (0.0, 0.0) {
        return (right.1 == 0.0 && right.0 >= 0.0).then_some((0.0, 0.0));
    }
    let size = left.0.hypot(left.1);
    let angle = left.1.atan2(left.0);
    let mut length = size.powf(right.0);
    let mut phase = angle * right.0;
    if right.1 != 0.0 {
        length *= (-angle * right.1).exp();
        phase += right.1 * size.ln();
    }
    // An infinite angle has no cosine.
    (!phase.is_infinite()).then(|| (length * phase.cos(), length * phase.sin()))
}
