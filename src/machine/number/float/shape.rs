//! Floats as text, in the four shapes that `repr`, format specifications and `%` share.

use crate::text::float;

/// How the digits of a float are chosen and laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As few digits as tell the float from its neighbours; no precision.
    Repr,
    /// One digit before the point and `precision` after it, then an exponent.
    Exponent,
    /// `precision` digits after the point.
    Fixed,
    /// `precision` digits altogether, laid out as in [`Style::Fixed`] unless too great or too small.
    General,
}

/// What a float is to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Which digits, and how.
    pub style: Style,
    /// How many digits; what that counts depends on the style.
    pub precision: usize,
    /// Keep the point and the zeros at the end (`#`).
    pub alternate: bool,
    /// Put ".0" behind a whole number.
    pub add_dot_zero: bool,
    /// Drop the sign of a zero, also of what was rounded to one (`z`).
    pub no_negative_zero: bool,
}

impl Shape {
    /// The shape of `repr()`.
    pub const REPR: Self = Self::new(Style::Repr, 0);

    /// A shape with nothing special.
    pub const fn new(style: Style, precision: usize) -> Self {
        Self { style, precision, alternate: false, add_dot_zero: false, no_negative_zero: false }
    }
}

/// `repr()` of a float.
pub fn repr(value: f64) -> String {
    Shape { add_dot_zero: true, ..Shape::REPR }.text(value)
}

/// No float has more decimal places than this; those asked for beyond it are zeros.
const MOST_PLACES: usize = 1074;

/// No float has more significant digits than this; those asked for beyond it are zeros.
const MOST_DIGITS: usize = 770;

/// Digits without a point, and how many of them stand before the point (which may be less than none).
struct Digits {
    digits: String,
    point: i32,
}

impl Digits {
    /// Takes apart a text with an exponent: "1.5e-7".
    fn from_exponent_form(text: &str) -> Self {
        let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
        Self { digits: digits.replace('.', ""), point: exponent.parse::<i32>().unwrap_or(0) + 1 }
    }

    /// The fewest digits that tell `value` from its neighbours.
    fn shortest(value: f64) -> Self {
        Self::from_exponent_form(&float::shortest(value))
    }

    /// `count` significant digits, correctly rounded, ties to even.
    fn significant(value: f64, count: usize) -> Self {
        let known = count.min(MOST_DIGITS);
        let mut digits = Self::from_exponent_form(&format!("{value:.*e}", known - 1));
        digits.pad(count);
        digits
    }

    fn pad(&mut self, length: usize) {
        while self.digits.len() < length {
            self.digits.push('0');
        }
    }

    fn drop_zeros(&mut self) {
        let kept = self.digits.trim_end_matches('0').len().max(1);
        self.digits.truncate(kept);
    }

    /// The digits around their point, which stands only before a digit unless `alternate`.
    fn positional(mut self, alternate: bool) -> String {
        let whole = usize::try_from(self.point).unwrap_or(0);
        self.pad(whole);
        let mut text = String::with_capacity(self.digits.len() + 8);
        if whole == 0 {
            text.push('0');
        }
        text.push_str(&self.digits[..whole]);
        let fraction = &self.digits[whole..];
        if alternate || !fraction.is_empty() {
            text.push('.');
        }
        // Digits that begin behind the point have zeros before them.
        for _ in self.point..0 {
            text.push('0');
        }
        text.push_str(fraction);
        text
    }

    /// One digit, the others behind the point, the exponent.
    fn exponential(&self, alternate: bool) -> String {
        let (first, rest) = self.digits.split_at(1);
        let point = if alternate || !rest.is_empty() { "." } else { "" };
        let exponent = self.point - 1;
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{first}{point}{rest}e{sign}{:02}", exponent.unsigned_abs())
    }
}

impl Shape {
    /// The text of `value`, with a sign only where it is negative; "inf" and "nan" as they are.
    pub fn text(&self, value: f64) -> String {
        if value.is_nan() {
            return "nan".to_owned();
        }
        let size = if value.is_infinite() { "inf".to_owned() } else { self.size(value.abs()) };
        let mantissa = size.split('e').next().unwrap_or(&size);
        let is_zero = value.is_finite() && !mantissa.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
        if value.is_sign_negative() && !(self.no_negative_zero && is_zero) {
            format!("-{size}")
        } else {
            size
        }
    }

    /// The text of a finite `value` that is not negative.
    fn size(&self, value: f64) -> String {
        match self.style {
            Style::Repr => {
                let digits = Digits::shortest(value);
                if digits.point <= -4 || digits.point > 16 {
                    return digits.exponential(self.alternate);
                }
                self.with_dot_zero(digits.positional(self.alternate))
            }
            Style::Exponent => {
                Digits::significant(value, self.precision.saturating_add(1)).exponential(self.alternate)
            }
            Style::Fixed => {
                let known = self.precision.min(MOST_PLACES);
                let mut text = format!("{value:.known$}");
                text.extend(std::iter::repeat_n('0', self.precision - known));
                if self.alternate && self.precision == 0 {
                    text.push('.');
                }
                text
            }
            Style::General => self.general(value),
        }
    }

    fn general(&self, value: f64) -> String {
        let precision = self.precision.max(1);
        let mut digits = Digits::significant(value, precision.min(MOST_DIGITS));
        if self.alternate {
            digits.pad(precision);
        } else {
            digits.drop_zeros();
        }
        let most = i64::try_from(precision).unwrap_or(i64::MAX) - i64::from(self.add_dot_zero);
        if digits.point <= -4 || i64::from(digits.point) > most {
            return digits.exponential(self.alternate);
        }
        self.with_dot_zero(digits.positional(self.alternate))
    }

    fn with_dot_zero(&self, mut text: String) -> String {
        if self.add_dot_zero && !text.contains('.') {
            text.push_str(".0");
        } else if self.add_dot_zero && text.ends_with('.') {
            text.push('0');
        }
        text
    }
}
