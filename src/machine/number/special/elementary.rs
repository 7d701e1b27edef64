//! Elementary functions of complex numbers, by the formulas of W. Kahan, "Branch cuts for complex elementary
//! functions, or: much ado about nothing's sign bit" (1987), in the order of operations that CPython's results show;
//! what becomes of infinities and NaN is what annex G of the C standard says, and where that leaves a sign open, what
//! CPython gives.

use std::f64::consts::{E, FRAC_PI_2, LN_2, LN_10};

use super::super::complex::{self, Complex, Operand};
use super::gamma::Trouble;
use super::rounded;

/// What a function gives, or why it has no value.
pub type Result = std::result::Result<Complex, Trouble>;

/// Above this a sum of two squares or of four parts may leave the floats.
const LARGE: f64 = f64::MAX / 4.0;

/// Numbers whose exponential is still below [`LARGE`].
fn large_logarithm() -> f64 {
    LARGE.ln()
}

/// 2 to the power of 53, which makes each subnormal number normal.
const LIFT: f64 = 9_007_199_254_740_992.0;
const LIFT_BITS: f64 = 53.0;

const fn new(real: f64, imag: f64) -> Complex {
    Complex { real, imag }
}

const fn times_i(z: Complex) -> Complex {
    new(-z.imag, z.real)
}

const fn divided_by_i(z: Complex) -> Complex {
    new(z.imag, -z.real)
}

fn is_finite(z: Complex) -> bool {
    z.real.is_finite() && z.imag.is_finite()
}

fn has_infinity(z: Complex) -> bool {
    z.real.is_infinite() || z.imag.is_infinite()
}

fn is_large(z: Complex) -> bool {
    z.real.abs() > LARGE || z.imag.abs() > LARGE
}

/// `size` with the sign of `of`; a NaN counts as positive.
fn signed(size: f64, of: f64) -> f64 {
    if of.is_nan() { size } else { size.copysign(of) }
}

/// The logarithm of the absolute value of a number that is large.
fn log_of_large(z: Complex) -> f64 {
    (z.real / 2.0).hypot(z.imag / 2.0).ln()
}

/// The angle of a number.
fn angle(z: Complex) -> f64 {
    z.imag.atan2(z.real)
}

/// The angle of a number, which is out of range where it is nearer to zero than any float.
pub fn phase(z: Complex) -> std::result::Result<f64, Trouble> {
    let angle = angle(z);
    let lost = angle == 0.0 && z.imag != 0.0 && z.real.is_finite();
    if lost { Err(Trouble::Range) } else { Ok(angle) }
}

/// Values that leave the floats are none.
fn in_range(z: Complex) -> Result {
    if has_infinity(z) { Err(Trouble::Range) } else { Ok(z) }
}

/// A number of this length and angle, where the length is infinite.
fn infinite(angle: f64) -> Result {
    if angle.is_infinite() {
        return Err(Trouble::Domain);
    }
    if angle.is_nan() || angle == 0.0 {
        return Ok(new(f64::INFINITY, angle));
    }
    Ok(new(f64::INFINITY.copysign(angle.cos()), f64::INFINITY.copysign(angle.sin())))
}

/// The square root with a real part that is not negative.
pub fn sqrt(z: Complex) -> Complex {
    let (x, y) = (z.real, z.imag);
    if !is_finite(z) {
        return if y.is_infinite() {
            new(f64::INFINITY, y)
        } else if x == f64::INFINITY {
            new(x, if y.is_nan() { y } else { 0_f64.copysign(y) })
        } else if x == f64::NEG_INFINITY {
            new(if y.is_nan() { y } else { 0.0 }, signed(f64::INFINITY, y))
        } else {
            new(f64::NAN, f64::NAN)
        };
    }
    if x == 0.0 && y == 0.0 {
        return new(0.0, y);
    }
    let (across, up) = (x.abs(), y.abs());
    let root = if across < f64::MIN_POSITIVE && up < f64::MIN_POSITIVE {
        let across = across * LIFT;
        (across + across.hypot(up * LIFT)).sqrt() / 134_217_728.0
    } else {
        let across = across / 8.0;
        2.0 * (across + across.hypot(up / 8.0)).sqrt()
    };
    let other = up / (2.0 * root);
    if x >= 0.0 { new(root, other.copysign(y)) } else { new(other, root.copysign(y)) }
}

/// The natural logarithm.
pub fn log(z: Complex) -> Result {
    let imag = angle(z);
    if !is_finite(z) {
        return Ok(new(if has_infinity(z) { f64::INFINITY } else { f64::NAN }, imag));
    }
    let (across, up) = (z.real.abs(), z.imag.abs());
    let real = if is_large(z) {
        log_of_large(z) + LN_2
    } else if across < f64::MIN_POSITIVE && up < f64::MIN_POSITIVE {
        if across == 0.0 && up == 0.0 {
            return Err(Trouble::Domain);
        }
        (across * LIFT).hypot(up * LIFT).ln() - LIFT_BITS * LN_2
    } else {
        let size = across.hypot(up);
        // Near one the logarithm is small, and the rounding of the size would be most of it.
        if (0.71..=1.73).contains(&size) {
            let (more, less) = (across.max(up), across.min(up));
            ((more - 1.0) * (more + 1.0) + less * less).ln_1p() / 2.0
        } else {
            size.ln()
        }
    };
    Ok(new(real, imag))
}

/// The logarithm to base 10.
pub fn log10(z: Complex) -> Result {
    let natural = log(z)?;
    Ok(new(natural.real / LN_10, natural.imag / LN_10))
}

/// The logarithm to another base.
pub fn log_to(z: Complex, base: Complex) -> Result {
    let (above, below) = (log(z)?, log(base)?);
    complex::truediv(Operand::Complex(above), Operand::Complex(below)).map_err(|_| Trouble::Domain)
}

/// e to a power.
pub fn exp(z: Complex) -> Result {
    let (x, y) = (z.real, z.imag);
    if !is_finite(z) {
        return if x == f64::INFINITY {
            infinite(y)
        } else if x == f64::NEG_INFINITY {
            let angle = if y.is_finite() { new(y.cos(), y.sin()) } else { new(1.0, 1.0) };
            Ok(new(0_f64.copysign(angle.real), 0_f64.copysign(angle.imag)))
        } else if x.is_nan() {
            Ok(new(x, if y == 0.0 { y } else { f64::NAN }))
        } else if y.is_infinite() {
            Err(Trouble::Domain)
        } else {
            Ok(new(f64::NAN, f64::NAN))
        };
    }
    let (length, rest) = if x > large_logarithm() { ((x - 1.0).exp(), E) } else { (x.exp(), 1.0) };
    in_range(new(length * y.cos() * rest, length * y.sin() * rest))
}

/// The hyperbolic cosine.
pub fn cosh(z: Complex) -> Result {
    let (x, y) = (z.real, z.imag);
    if is_finite(z) {
        return hyperbolic(z, |x, y| new(y.cos() * x.cosh(), y.sin() * x.sinh()));
    }
    if x.is_infinite() {
        return infinite(if x > 0.0 || y.is_nan() { y } else { -y });
    }
    if y.is_infinite() && !x.is_nan() {
        return Err(Trouble::Domain);
    }
    let small = x == 0.0 || y == 0.0;
    Ok(new(f64::NAN, if small { 0.0 } else { f64::NAN }))
}

/// The hyperbolic sine.
pub fn sinh(z: Complex) -> Result {
    let (x, y) = (z.real, z.imag);
    if is_finite(z) {
        return hyperbolic(z, |x, y| new(y.cos() * x.sinh(), y.sin() * x.cosh()));
    }
    if x.is_infinite() {
        let positive = infinite(y)?;
        let turned = x < 0.0 && !y.is_nan();
        // Minus the sine of minus the number; of the imaginary part both signs go.
        return Ok(if turned { new(-positive.real, positive.imag) } else { positive });
    }
    // Unlike tanh it loses the sign of a real zero.
    flat(new(if x == 0.0 { 0.0 } else { x }, y))
}

/// cosh or sinh of finite numbers, whose parts `parts` gives; where those would be too great too early, of a number
/// nearer to zero by one.
fn hyperbolic(z: Complex, parts: fn(f64, f64) -> Complex) -> Result {
    if z.real.abs() <= large_logarithm() {
        return in_range(parts(z.real, z.imag));
    }
    let near = parts(z.real - 1_f64.copysign(z.real), z.imag);
    in_range(new(near.real * E, near.imag * E))
}

/// What sinh and tanh give of numbers that are not finite, and whose real part is not infinite.
fn flat(z: Complex) -> Result {
    let (x, y) = (z.real, z.imag);
    if x.is_nan() {
        return Ok(new(x, if y == 0.0 { y } else { f64::NAN }));
    }
    if y.is_infinite() {
        return Err(Trouble::Domain);
    }
    Ok(new(if x == 0.0 { x } else { f64::NAN }, f64::NAN))
}

/// The hyperbolic tangent.
pub fn tanh(z: Complex) -> Result {
    let (x, y) = (z.real, z.imag);
    if x.is_infinite() {
        let turn = if y.is_finite() { 2.0 * y.sin() * y.cos() } else { 0.0 };
        return Ok(new(1_f64.copysign(x), 0_f64.copysign(turn)));
    }
    if !is_finite(z) {
        return flat(z);
    }
    if x.abs() > large_logarithm() {
        return Ok(new(1_f64.copysign(x), 4.0 * y.sin() * y.cos() * (-2.0 * x.abs()).exp()));
    }
    let (across, up, shrink) = (x.tanh(), y.tan(), 1.0 / x.cosh());
    let both = across * up;
    let below = 1.0 + both * both;
    Ok(new(across * (1.0 + up * up) / below, ((up / below) * shrink) * shrink))
}

/// The square roots of one minus a number and of one plus it, of which the inverse functions are made.
fn roots(z: Complex) -> (Complex, Complex) {
    (sqrt(new(1.0 - z.real, -z.imag)), sqrt(new(1.0 + z.real, z.imag)))
}

/// The inverse cosine.
pub fn acos(z: Complex) -> Complex {
    let (x, y) = (z.real, z.imag);
    if has_infinity(z) {
        let imag = if y.is_nan() { f64::INFINITY } else { f64::INFINITY.copysign(-y) };
        return new(y.abs().atan2(x), imag);
    }
    if !is_finite(z) {
        return new(if x == 0.0 { FRAC_PI_2 } else { f64::NAN }, f64::NAN);
    }
    if is_large(z) {
        let size = log_of_large(z) + LN_2 * 2.0;
        return new(y.abs().atan2(x), size.copysign(-y));
    }
    let (minus, plus) = roots(z);
    new(2.0 * minus.real.atan2(plus.real), rounded::asinh(plus.real * minus.imag - plus.imag * minus.real))
}

/// The inverse hyperbolic cosine.
pub fn acosh(z: Complex) -> Complex {
    let (x, y) = (z.real, z.imag);
    if has_infinity(z) {
        return new(f64::INFINITY, angle(z));
    }
    if !is_finite(z) {
        return new(f64::NAN, if x == 0.0 { FRAC_PI_2 } else { f64::NAN });
    }
    if is_large(z) {
        return new(log_of_large(z) + LN_2 * 2.0, angle(z));
    }
    let (minus, plus) = (sqrt(new(x - 1.0, y)), sqrt(new(x + 1.0, y)));
    new(rounded::asinh(minus.real * plus.real + minus.imag * plus.imag), 2.0 * minus.imag.atan2(plus.real))
}

/// The inverse hyperbolic sine.
pub fn asinh(z: Complex) -> Complex {
    let (x, y) = (z.real, z.imag);
    if has_infinity(z) {
        return new(signed(f64::INFINITY, x), y.atan2(x.abs()));
    }
    if !is_finite(z) {
        return new(f64::NAN, if y == 0.0 { y } else { f64::NAN });
    }
    if is_large(z) {
        return new((log_of_large(z) + LN_2 * 2.0).copysign(x), y.atan2(x.abs()));
    }
    let (right, left) = (sqrt(new(1.0 + y, -x)), sqrt(new(1.0 - y, x)));
    new(
        rounded::asinh(right.real * left.imag - left.real * right.imag),
        y.atan2(right.real * left.real - right.imag * left.imag),
    )
}

/// The inverse hyperbolic tangent.
pub fn atanh(z: Complex) -> Result {
    if has_infinity(z) {
        let imag = if z.imag.is_nan() { f64::NAN } else { FRAC_PI_2.copysign(z.imag) };
        return Ok(new(signed(0.0, z.real), imag));
    }
    if !is_finite(z) {
        return Ok(new(if z.real == 0.0 { z.real } else { f64::NAN }, f64::NAN));
    }
    if z.real.is_sign_negative() {
        return atanh(z.neg()).map(Complex::neg);
    }
    let (x, y, up) = (z.real, z.imag, z.imag.abs());
    let most = LARGE.sqrt();
    if x > most || up > most {
        // One over the number: its squares may be beyond the floats.
        let half = (x / 2.0).hypot(up / 2.0);
        return Ok(new(x / 4.0 / half / half, FRAC_PI_2.copysign(y)));
    }
    if x == 1.0 && up < f64::MIN_POSITIVE.sqrt() {
        if up == 0.0 {
            return Err(Trouble::Domain);
        }
        let real = -(up.sqrt() / up.hypot(2.0).sqrt()).ln();
        return Ok(new(real, (2_f64.atan2(-up) / 2.0).copysign(y)));
    }
    let below = 1.0 - x;
    Ok(new(
        (4.0 * x / (below * below + up * up)).ln_1p() / 4.0,
        -(-2.0 * y).atan2(below * (1.0 + x) - up * up) / 2.0,
    ))
}

/// The cosine.
pub fn cos(z: Complex) -> Result {
    cosh(times_i(z))
}

/// The sine.
pub fn sin(z: Complex) -> Result {
    sinh(times_i(z)).map(divided_by_i)
}

/// The tangent.
pub fn tan(z: Complex) -> Result {
    tanh(times_i(z)).map(divided_by_i)
}

/// The inverse sine.
pub fn asin(z: Complex) -> Complex {
    divided_by_i(asinh(times_i(z)))
}

/// The inverse tangent.
pub fn atan(z: Complex) -> Result {
    atanh(times_i(z)).map(divided_by_i)
}

/// The number of this length and angle.
pub fn rect(length: f64, angle: f64) -> Result {
    if length.is_finite() && angle.is_finite() {
        // An angle of minus zero stays one.
        let turned = if angle == 0.0 { new(1.0, angle) } else { new(angle.cos(), angle.sin()) };
        return Ok(new(length * turned.real, length * turned.imag));
    }
    if length.is_infinite() {
        let positive = infinite(angle)?;
        return Ok(if length < 0.0 && !angle.is_nan() { positive.neg() } else { positive });
    }
    if length == 0.0 {
        return Ok(new(0.0, 0.0));
    }
    if angle.is_infinite() && !length.is_nan() {
        return Err(Trouble::Domain);
    }
    Ok(new(f64::NAN, if angle == 0.0 { 0.0 } else { f64::NAN }))
}

/// Length and angle of a number.
pub fn polar(z: Complex) -> std::result::Result<(f64, f64), Trouble> {
    let length = z.abs().map_err(|_| Trouble::Range)?;
    Ok((length, angle(z)))
}
