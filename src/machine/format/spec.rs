//! The format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]`.

use super::{FormatError, Result};
use crate::machine::text::Str;
use crate::machine::text::unicode::decimal_value;

/// Where the padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`: to the right of the text.
    Left,
    /// `>`: to the left of the text.
    Right,
    /// `^`: to both sides.
    Center,
    /// `=`: between a number's sign and its digits.
    AfterSign,
}

/// What stands before a number that is not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `-`: nothing.
    Minus,
    /// `+`: a plus.
    Plus,
    /// ` `: a space.
    Space,
}

/// What stands between groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Nothing.
    None,
    /// `,`.
    Comma,
    /// `_`.
    Underscore,
}

impl Grouping {
    /// The separator.
    pub const fn separator(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::Comma => Some(','),
            Self::Underscore => Some('_'),
        }
    }
}

/// A specification taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// What the padding is made of.
    pub fill: u32,
    /// Where the padding goes.
    pub align: Align,
    /// What a number that is not negative begins with, if the specification says so.
    pub sign: Option<Sign>,
    /// `z`: no negative zero.
    pub no_negative_zero: bool,
    /// `#`: the alternate form.
    pub alternate: bool,
    /// The least width, in code points.
    pub width: usize,
    /// Separators before the point.
    pub grouping: Grouping,
    /// What stands after the point.
    pub precision: Option<usize>,
    /// Separators behind the decimal point.
    pub fraction_grouping: Grouping,
    /// The presentation type; none only where the object's default is none.
    pub kind: Option<u32>,
}

/// A specification being read.
struct Reader<'a> {
    text: &'a Str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u32> {
        self.text.get(self.at)
    }

    fn takes(&mut self, wanted: char) -> bool {
        let is = self.peek() == Some(u32::from(wanted));
        self.at += usize::from(is);
        is
    }

    /// A decimal number, if one stands here.
    fn number(&mut self) -> Result<Option<usize>> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(decimal_value) {
            let next =
                number.unwrap_or(0_usize).checked_mul(10).and_then(|tens| tens.checked_add(digit as usize));
            let next = next.filter(|&next| i64::try_from(next).is_ok());
            number =
                Some(next.ok_or_else(|| FormatError::value("Too many decimal digits in format string"))?);
            self.at += 1;
        }
        Ok(number)
    }

    fn grouping(&mut self) -> Result<Grouping> {
        let comma = self.takes(',');
        let underscore = self.takes('_');
        if underscore && (comma || self.peek() == Some(u32::from(','))) {
            return Err(FormatError::value("Cannot specify both ',' and '_'."));
        }
        Ok(match (comma, underscore) {
            (true, _) => Grouping::Comma,
            (false, true) => Grouping::Underscore,
            (false, false) => Grouping::None,
        })
    }
}

const fn align_of(point: u32) -> Option<Align> {
    Some(match point {
        0x3C => Align::Left,
        0x3E => Align::Right,
        0x5E => Align::Center,
        0x3D => Align::AfterSign,
        _ => return None,
    })
}

/// Takes a specification apart; `kind` and `align` are the defaults of objects of type `type_name`.
pub fn parse(text: &Str, kind: Option<char>, align: Align, type_name: &str) -> Result<Spec> {
    let mut reader = Reader { text, at: 0 };
    let mut spec = Spec {
        fill: 0x20,
        align,
        sign: None,
        no_negative_zero: false,
        alternate: false,
        width: 0,
        grouping: Grouping::None,
        precision: None,
        fraction_grouping: Grouping::None,
        kind: kind.map(u32::from),
    };
    read_alignment(&mut reader, &mut spec)?;
    spec.grouping = reader.grouping()?;
    if reader.takes('.') {
        spec.precision = reader.number()?;
        spec.fraction_grouping = reader.grouping()?;
        if spec.precision.is_none() && spec.fraction_grouping == Grouping::None {
            return Err(FormatError::value("Format specifier missing precision"));
        }
    }
    if text.len() > reader.at + 1 {
        return Err(FormatError::value(format!(
            "Invalid format specifier '{}' for object of type '{type_name}'",
            text.to_string_lossy()
        )));
    }
    spec.kind = reader.peek().or(spec.kind);
    check_grouping(&spec)?;
    Ok(spec)
}

/// Fill, alignment, sign, `z`, `#`, `0` and width.
fn read_alignment(reader: &mut Reader<'_>, spec: &mut Spec) -> Result<()> {
    let mut given_fill = false;
    let mut given_align = true;
    if let Some(align) = reader.text.get(1).and_then(align_of) {
        spec.fill = reader.peek().unwrap_or(spec.fill);
        spec.align = align;
        given_fill = true;
        reader.at = 2;
    } else if let Some(align) = reader.peek().and_then(align_of) {
        spec.align = align;
        reader.at = 1;
    } else {
        given_align = false;
    }
    spec.sign = match reader.peek() {
        Some(0x2B) => Some(Sign::Plus),
        Some(0x2D) => Some(Sign::Minus),
        Some(0x20) => Some(Sign::Space),
        _ => None,
    };
    reader.at += usize::from(spec.sign.is_some());
    spec.no_negative_zero = reader.takes('z');
    spec.alternate = reader.takes('#');
    if !given_fill && reader.takes('0') {
        spec.fill = 0x30;
        if !given_align && spec.align == Align::Right {
            spec.align = Align::AfterSign;
        }
    }
    spec.width = reader.number()?.unwrap_or(0);
    Ok(())
}

/// Digits are grouped only where digits are shown.
fn check_grouping(spec: &Spec) -> Result<()> {
    let kind = spec.kind.map(|kind| char::from_u32(kind).unwrap_or(char::REPLACEMENT_CHARACTER));
    let whole = match kind {
        None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F') => Grouping::None,
        Some('b' | 'o' | 'x' | 'X') if spec.grouping == Grouping::Underscore => Grouping::None,
        Some(_) => spec.grouping,
    };
    let fraction = if kind == Some('n') { spec.fraction_grouping } else { Grouping::None };
    let refused = whole.separator().or(fraction.separator());
    match (refused, spec.kind) {
        (Some(separator), Some(kind)) => {
            let kind = shown(kind, |point| point > 0x20 && point < 0x80);
            Err(FormatError::value(format!("Cannot specify '{separator}' with '{kind}'.")))
        }
        (_, _) => Ok(()),
    }
}

/// A character of a specification as error messages show it: itself, or its number.
pub(super) fn shown(point: u32, as_itself: impl Fn(u32) -> bool) -> String {
    match char::from_u32(point) {
        Some(char) if as_itself(point) => char.to_string(),
        _ => format!("\\x{point:x}"),
    }
}

/// The error for a presentation type that objects of type `type_name` do not have.
pub fn unknown_kind(kind: Option<u32>, type_name: &str) -> FormatError {
    let kind = shown(kind.unwrap_or(0), |point| point > 0x20 && point < 0x80);
    FormatError::value(format!("Unknown format code '{kind}' for object of type '{type_name}'"))
}
