//! Numbers, and strings with what the parser cannot keep: lone surrogates.

use memchr::memchr;
use num_bigint::BigInt;
use ruff_python_ast as ast;
use ruff_text_size::TextRange;

use super::super::diagnosis::literal;
use super::super::error::Warning;
use super::super::tree::ExprKind;
use super::{Lower, Lowered};
use crate::code::{Const, Text};

/// What the parser puts in the place of a lone surrogate.
const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

impl<'a> Lower<'_, 'a> {
    pub(super) fn number(&self, node: &ast::ExprNumberLiteral) -> Lowered<Const> {
        Ok(match &node.value {
            ast::Number::Int(int) => Const::Int(match int.as_u64() {
                Some(small) => BigInt::from(small),
                None => self.big_int(node)?,
            }),
            ast::Number::Float(float) => Const::Float(*float),
            ast::Number::Complex { real, imag } => Const::Complex(*real, *imag),
        })
    }

    fn big_int(&self, node: &ast::ExprNumberLiteral) -> Lowered<BigInt> {
        let text = self.source[node.range].replace('_', "");
        let (digits, radix) = match text.get(..2) {
            Some("0x" | "0X") => (&text[2..], 16),
            Some("0o" | "0O") => (&text[2..], 8),
            Some("0b" | "0B") => (&text[2..], 2),
            _ => (&*text, 10),
        };
        if radix == 10 && self.digit_limit > 0 && digits.len() > self.digit_limit {
            let line = self.loc(node).line as u32;
            return Err(literal::too_many_digits(digits.len(), self.digit_limit, line));
        }
        BigInt::parse_bytes(digits.as_bytes(), radix).ok_or_else(|| Self::invalid(node))
    }

    pub(super) fn string(&mut self, node: &ast::ExprStringLiteral) -> ExprKind<'a> {
        let text = match node.value.as_slice() {
            [only] => self.literal(only),
            parts => {
                let mut pieces = Pieces::default();
                for part in parts {
                    pieces.push(&self.literal(part));
                }
                pieces.text()
            }
        };
        let u_prefix = node.value.iter().next().is_some_and(|first| self.has_u_prefix(first));
        ExprKind::Constant { value: self.arena().constant(Const::Str(text)), u_prefix }
    }

    /// Whether a literal begins with `u`; CPython takes no note of `U`.
    pub(super) fn has_u_prefix(&self, part: &ast::StringLiteral) -> bool {
        self.source[part.range].starts_with('u')
    }

    /// One string literal, escapes resolved.
    pub(super) fn literal(&mut self, part: &ast::StringLiteral) -> Text {
        if !part.flags.prefix().is_raw() {
            self.check_escapes(part.range, part.content_range(), false);
        }
        if part.flags.prefix().is_raw() || !may_be_replaced(&part.value) {
            return Text::from(part.as_str());
        }
        Self::resolve(&self.source[part.content_range()], &part.value)
    }

    /// A bytes literal, whose escapes are checked.
    pub(super) fn bytes(&mut self, node: &ast::ExprBytesLiteral) -> ExprKind<'a> {
        for part in node.value.as_slice() {
            if !part.flags.prefix().is_raw() {
                self.check_escapes(part.range, part.content_range(), true);
            }
        }
        self.constant(Const::Bytes(node.value.bytes().collect()))
    }

    /// Warns of the first escape that is none in the content of a literal.
    pub(super) fn check_escapes(&mut self, literal: TextRange, range: TextRange, is_bytes: bool) {
        if let Some((at, length, message)) = literal::first_invalid_escape(&self.source[range], is_bytes) {
            let start = range.start().to_u32() + at as u32;
            let refused = refused_escape(self.source, literal, range, at).map(|at| at..at + 2);
            let warning = Warning { message, range: start..start + length as u32, refused };
            self.warnings.push((range.end().to_u32(), warning));
        }
    }

    /// The text of `source`, of which the parser made `value`, with lone surrogates where it has
    /// replacement characters for them.
    pub(super) fn resolve(source: &str, value: &str) -> Text {
        let mut escapes = surrogate_escapes(source).into_iter();
        let mut points = Vec::with_capacity(value.len());
        for character in value.chars() {
            if character == REPLACEMENT {
                points.push(escapes.next().flatten().unwrap_or(character as u32));
            } else {
                points.push(character as u32);
            }
        }
        Pieces::of(points)
    }
}

/// Whether there may be a replacement character in a text; few others begin with the same byte.
fn may_be_replaced(text: &str) -> bool {
    memchr(0xEF, text.as_bytes()).is_some()
}

/// For each replacement character that `source` leads to, the surrogate it stands for, if any.
fn surrogate_escapes(source: &str) -> Vec<Option<u32>> {
    let mut found = Vec::new();
    let mut characters = source.char_indices();
    while let Some((_, character)) = characters.next() {
        if character == REPLACEMENT {
            found.push(None);
        }
        if character != '\\' {
            continue;
        }
        let Some((at, kind)) = characters.next() else { break };
        let digits = match kind {
            'u' => 4,
            'U' => 8,
            'N' => {
                let name = source[at + 1..].split('}').next().unwrap_or_default();
                if name.eq_ignore_ascii_case("{REPLACEMENT CHARACTER") {
                    found.push(None);
                }
                continue;
            }
            REPLACEMENT => {
                found.push(None);
                continue;
            }
            _ => continue,
        };
        let hex = source.get(at + 1..at + 1 + digits);
        match hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()) {
            Some(point @ 0xD800..=0xDFFF) => found.push(Some(point)),
            Some(0xFFFD) => found.push(None),
            _ => {}
        }
    }
    found
}

/// Texts put one behind the other.
#[derive(Default)]
pub(super) struct Pieces {
    valid: String,
    points: Option<Vec<u32>>,
}

impl Pieces {
    pub(super) fn push(&mut self, text: &Text) {
        match (text, &mut self.points) {
            (Text::Unicode(text), None) => self.valid.push_str(text),
            (Text::Unicode(text), Some(points)) => points.extend(text.chars().map(|c| c as u32)),
            (Text::Surrogates(more), Some(points)) => points.extend_from_slice(more),
            (Text::Surrogates(more), None) => {
                let mut points: Vec<u32> = self.valid.chars().map(|c| c as u32).collect();
                points.extend_from_slice(more);
                self.points = Some(points);
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.valid.is_empty() && self.points.is_none()
    }

    pub(super) fn text(self) -> Text {
        match self.points {
            Some(points) => Self::of(points),
            None => Text::Unicode(self.valid.into()),
        }
    }

    /// Code points as a text, as valid Unicode where they are that.
    fn of(points: Vec<u32>) -> Text {
        match points.iter().map(|&point| char::from_u32(point)).collect::<Option<String>>() {
            Some(valid) => Text::Unicode(valid.into()),
            None => Text::Surrogates(points.into()),
        }
    }
}

/// Where CPython says that an escape stands that is none, where that is an error; None where that is not known.
/// `at` is its place in the content of the literal.  Behind a prefix, CPython forgets prefix and quotes as long as
/// there is no line end between them and the escape.
fn refused_escape(source: &str, literal: TextRange, content: TextRange, at: usize) -> Option<u32> {
    let (before, behind) = source[content].split_at(at);
    let escape = content.start().to_usize() + at;
    let line = source[..escape].rfind('\n').map_or(0, |end| end + 1);
    if !source[line..escape].is_ascii() || behind.contains('\n') {
        return None;
    }
    let has_prefix = !source[literal].starts_with(['\'', '"']);
    let opened = (content.start() - literal.start()).to_usize();
    let back = if has_prefix && !before.contains('\n') { opened } else { 0 };
    Some((escape - back) as u32)
}
