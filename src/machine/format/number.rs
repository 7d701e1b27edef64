//! Laying out a number: sign, prefix, grouped digits, point, fraction, and the padding between and around.

use super::spec::{Align, Grouping, Sign, Spec};
use super::{FormatError, Result};
use crate::machine::text::{MAX_LENGTH, Str, StrBuilder};

/// A number's text in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Whether it begins with a minus.
    pub negative: bool,
    /// "0x" and its like.
    pub prefix: &'static str,
    /// What stands before the point.
    pub digits: String,
    /// Whether there is a point.
    pub point: bool,
    /// What stands behind the point.
    pub fraction: String,
    /// What follows the digits: an exponent, a percent sign; or "inf" or "nan", which have no digits.
    pub rest: String,
    /// How many digits are a group, when they are grouped.
    pub group: usize,
}

impl Parts {
    /// Takes apart what a float was written as: "-1.5e+16", "inf".
    pub fn of_float(text: &str) -> Self {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
        let digits_end = |text: &str| text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
        let (digits, rest) = text.split_at(digits_end(text));
        let (point, rest) = rest.strip_prefix('.').map_or((false, rest), |rest| (true, rest));
        let (fraction, rest) = rest.split_at(if point { digits_end(rest) } else { 0 });
        Self {
            negative,
            prefix: "",
            digits: digits.to_owned(),
            point,
            fraction: fraction.to_owned(),
            rest: rest.to_owned(),
            group: 3,
        }
    }

    /// What stands before the number, by the sign that `spec` asks for.
    fn sign(&self, spec: &Spec) -> &'static str {
        match (self.negative, spec.sign) {
            (true, _) => "-",
            (false, Some(Sign::Plus)) => "+",
            (false, Some(Sign::Space)) => " ",
            (false, Some(Sign::Minus) | None) => "",
        }
    }

    /// The number by `spec`.
    pub fn layout(&self, spec: &Spec) -> Result<Str> {
        if spec.width > MAX_LENGTH {
            return Err(FormatError::MEMORY);
        }
        let sign = self.sign(spec);
        let fraction = grouped_fraction(&self.fraction, spec.fraction_grouping);
        let fixed =
            sign.len() + self.prefix.len() + usize::from(self.point) + fraction.len() + self.rest.len();
        // Zeros that fill up to the width are digits as the others are: separators go between them too.
        let zeros = spec.fill == 0x30 && spec.align == Align::AfterSign;
        let least = if zeros { spec.width.saturating_sub(fixed) } else { 0 };
        let digits = self.grouped_digits(spec.grouping, least);
        let padding = spec.width.saturating_sub(fixed + digits.len());
        let (left, inner) = match spec.align {
            Align::Left => (0, 0),
            Align::Right => (padding, 0),
            Align::Center => (padding / 2, 0),
            Align::AfterSign => (0, padding),
        };
        let mut text = StrBuilder::with_capacity(fixed + digits.len() + padding);
        text.push_n(spec.fill, left);
        text.push_chars(sign);
        text.push_chars(self.prefix);
        text.push_n(spec.fill, inner);
        text.push_chars(&digits);
        if self.point {
            text.push(0x2E);
        }
        text.push_chars(&fraction);
        text.push_chars(&self.rest);
        text.push_n(spec.fill, padding - left - inner);
        Ok(text.finish())
    }

    /// The digits before the point, with separators, and with zeros before them up to the width `least`,
    /// or one more where a separator would come first.
    fn grouped_digits(&self, grouping: Grouping, least: usize) -> String {
        if self.digits.is_empty() {
            return String::new();
        }
        let Some(separator) = grouping.separator() else { return format!("{:0>least$}", self.digits) };
        let mut reversed = String::with_capacity(self.digits.len() * 2);
        let mut digits = self.digits.chars().rev();
        let mut in_group = 0;
        loop {
            let digit = digits.next();
            if digit.is_none() && reversed.len() >= least && in_group > 0 {
                break;
            }
            if in_group == self.group {
                reversed.push(separator);
                in_group = 0;
            }
            reversed.push(digit.unwrap_or('0'));
            in_group += 1;
        }
        reversed.chars().rev().collect()
    }
}

/// The digits behind the point, with separators after every three.
fn grouped_fraction(fraction: &str, grouping: Grouping) -> String {
    let Some(separator) = grouping.separator() else { return fraction.to_owned() };
    let mut grouped = String::with_capacity(fraction.len() * 4 / 3 + 1);
    for (at, digit) in fraction.chars().enumerate() {
        if at > 0 && at % 3 == 0 {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}
