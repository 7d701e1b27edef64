//! f-strings and template strings, implicit concatenation included.
//!
//! CPython joins neighbouring literal pieces into one constant that spans them all, drops empty
//! ones, and turns the text of `{x=}` into such a piece.

use std::borrow::Cow;

use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::super::arena::{Arena, Growing};
use super::super::diagnosis::literal;
use super::super::error::{CompileError, Warning};
use super::super::sequence::Location;
use super::super::tree::{Conversion, Expr, ExprKind, Interpolation, List};
use super::literal::Pieces;
use super::{Lower, Lowered};
use crate::code::{Const, Text};

/// So many replacement fields may stand in one another's format specifications.
const MAX_SPEC_DEPTH: u32 = 3;

/// The values of a joined string so far; literal text is held back until something else follows.
struct Values<'a> {
    done: Growing<'a, Expr<'a>>,
    pieces: Pieces,
    /// The span of the text held back.
    span: Option<(TextSize, TextSize)>,
    /// Whether the first of the literals held back has the prefix `u`.
    u_prefix: bool,
}

/// What a piece of text is in.
#[derive(Clone, Copy)]
struct Around {
    raw: bool,
    template: bool,
    /// Where CPython's parser has got to when it looks at the escapes; none for the end of the piece.
    moment: Option<TextSize>,
}

impl<'a> Values<'a> {
    fn new(arena: &'a Arena) -> Self {
        Self { done: arena.list(0), pieces: Pieces::default(), span: None, u_prefix: false }
    }

    fn literal(&mut self, text: &Text, start: TextSize, end: TextSize, u_prefix: bool) {
        self.pieces.push(text);
        if self.span.is_none() {
            self.u_prefix = u_prefix;
        }
        let first = self.span.map_or(start, |(first, _)| first);
        self.span = Some((first, end));
    }
}

impl<'a> Lower<'_, 'a> {
    pub(super) fn joined_str(&mut self, node: &ast::ExprFString) -> Lowered<ExprKind<'a>> {
        let mut values = Values::new(self.arena());
        for part in node.value.as_slice() {
            match part {
                ast::FStringPart::Literal(literal) => {
                    let u_prefix = self.has_u_prefix(literal);
                    values.literal(&self.literal(literal), literal.start(), literal.end(), u_prefix);
                }
                ast::FStringPart::FString(fstring) => {
                    let raw = fstring.flags.prefix().is_raw();
                    let around = Around { raw, template: false, moment: Some(fstring.end()) };
                    self.elements(&fstring.elements, around, &mut values)?;
                }
            }
        }
        Ok(ExprKind::JoinedStr(self.finish(values)))
    }

    pub(super) fn template_str(&mut self, node: &ast::ExprTString) -> Lowered<ExprKind<'a>> {
        let mut values = Values::new(self.arena());
        for part in node.value.as_slice() {
            let raw = part.flags.prefix().is_raw();
            let around = Around { raw, template: true, moment: Some(part.end()) };
            self.elements(&part.elements, around, &mut values)?;
        }
        Ok(ExprKind::TemplateStr(self.finish(values)))
    }

    fn flush(&self, values: &mut Values<'a>) {
        let pieces = std::mem::take(&mut values.pieces);
        if let Some((start, end)) = values.span.take()
            && !pieces.is_empty()
        {
            let loc = self.span(start, end);
            let value = self.arena().constant(Const::Str(pieces.text()));
            let kind = ExprKind::Constant { value, u_prefix: values.u_prefix };
            values.done.push(Expr { loc, kind });
        }
    }

    fn finish(&self, mut values: Values<'a>) -> List<'a, Expr<'a>> {
        self.flush(&mut values);
        values.done.done()
    }

    fn elements(
        &mut self,
        elements: &ast::InterpolatedStringElements,
        around: Around,
        values: &mut Values<'a>,
    ) -> Lowered<()> {
        let Around { raw, template, moment } = around;
        for element in elements {
            match element {
                ast::InterpolatedStringElement::Literal(piece) => {
                    if piece.value.is_empty() {
                        continue;
                    }
                    if !raw {
                        let end = self.escape_end(piece.range);
                        self.check_fstring_escapes(TextRange::new(piece.start(), end), moment);
                    }
                    let text = if raw || !piece.value.contains(char::REPLACEMENT_CHARACTER) {
                        Text::from(&*piece.value)
                    } else {
                        Self::resolve(&self.source[piece.range], &piece.value)
                    };
                    values.literal(&text, piece.start(), piece.end(), false);
                }
                ast::InterpolatedStringElement::Interpolation(element) => {
                    if let Some(debug) = &element.debug_text {
                        let start = element.start() + TextSize::new(1);
                        let end = start + TextSize::new(debug.as_str().len() as u32);
                        values.literal(&Text::from(&*without_comments(debug.as_str())), start, end, false);
                    }
                    self.flush(values);
                    let value = self.interpolation(element, raw, template)?;
                    values.done.push(value);
                }
            }
        }
        Ok(())
    }

    /// Warns of what is no escape in a piece of text; CPython's parser does so at `moment`.
    fn check_fstring_escapes(&mut self, range: TextRange, moment: Option<TextSize>) {
        let (braces, others) = literal::invalid_escapes_in_fstring(&self.source[range]);
        let start = range.start().to_u32();
        let moment = moment.unwrap_or(range.end()).to_u32();
        let braces = braces.into_iter().map(|brace| (start + brace.0 as u32, brace));
        for (moment, (at, length, message)) in braces.chain(others.into_iter().map(|other| (moment, other))) {
            let at = start + at as u32;
            self.warnings.push((moment, Warning { message, range: at..at + length as u32, refused: None }));
        }
    }

    /// Where the escapes of a literal piece end: a backslash before a brace takes the brace along.
    fn escape_end(&self, range: TextRange) -> TextSize {
        let behind = self.source.as_bytes().get(range.end().to_usize());
        let backslashes = self.source[range].bytes().rev().take_while(|&byte| byte == b'\\').count();
        if backslashes % 2 == 1 && matches!(behind, Some(b'{' | b'}')) {
            range.end() + TextSize::new(1)
        } else {
            range.end()
        }
    }

    fn interpolation(
        &mut self,
        element: &ast::InterpolatedElement,
        raw: bool,
        template: bool,
    ) -> Lowered<Expr<'a>> {
        let loc = self.loc(element);
        let value = self.expr(&element.expression)?;
        let conversion = match element.conversion {
            ast::ConversionFlag::None if element.debug_text.is_some() && element.format_spec.is_none() => {
                Some(Conversion::Repr)
            }
            ast::ConversionFlag::None => None,
            ast::ConversionFlag::Str => Some(Conversion::Str),
            ast::ConversionFlag::Repr => Some(Conversion::Repr),
            ast::ConversionFlag::Ascii => Some(Conversion::Ascii),
        };
        let format_spec = match &element.format_spec {
            Some(spec) => Some(self.format_spec(spec, raw)?),
            None => None,
        };
        let kind = if template {
            let str = self.expression_text(element);
            ExprKind::Interpolation(self.arena().node(Interpolation { value, str, conversion, format_spec }))
        } else {
            let format_spec = format_spec.map(|spec| self.arena().node(spec));
            ExprKind::FormattedValue { value: self.arena().node(value), conversion, format_spec }
        };
        Ok(Expr { loc, kind })
    }

    /// A format specification; its position starts at the colon.
    fn format_spec(&mut self, spec: &ast::InterpolatedStringFormatSpec, raw: bool) -> Lowered<Expr<'a>> {
        self.spec_depth += 1;
        if self.spec_depth >= MAX_SPEC_DEPTH && spec.elements.interpolations().next().is_some() {
            let range = spec.range.start().to_u32()..spec.range.end().to_u32();
            return Err(CompileError::syntax("f-string: expressions nested too deeply", range));
        }
        let mut values = Values::new(self.arena());
        let around = Around { raw, template: false, moment: None };
        self.elements(&spec.elements, around, &mut values)?;
        self.spec_depth -= 1;
        let loc: Location = self.span(spec.range.start() - TextSize::new(1), spec.range.end());
        Ok(Expr { loc, kind: ExprKind::JoinedStr(self.finish(values)) })
    }

    /// The source text of an expression of a template string: all between the brace and what
    /// ends the expression; of `{x = }` the part before the `=`.
    fn expression_text(&self, element: &ast::InterpolatedElement) -> &'a str {
        let start = element.start().to_usize() + 1;
        if let Some(debug) = &element.debug_text {
            let trailing = without_comments(debug.trailing());
            let before = trailing.split('=').next().unwrap_or_default();
            let leading = without_comments(debug.leading());
            let expression = without_comments(debug.expression());
            return self.text(&format!("{leading}{expression}{before}"));
        }
        let mut end = match &element.format_spec {
            Some(spec) => spec.range.start().to_usize() - 1,
            None => element.end().to_usize() - 1,
        };
        if element.conversion != ast::ConversionFlag::None {
            let text = &self.source[start..end];
            end = start + text.rfind('!').unwrap_or(text.len());
        }
        self.text(&without_comments(&self.source[start..end]))
    }
}

/// The text of an expression as a string keeps it: comments go, their line ends stay.
fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains('#') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut quote = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                kept.push(character);
                kept.extend(characters.next());
            }
            // A string in three quotes opens, closes and opens again, which comes to the same.
            '"' | '\'' => {
                match quote {
                    None => quote = Some(character),
                    Some(open) if open == character => quote = None,
                    Some(_) => {}
                }
                kept.push(character);
            }
            '#' if quote.is_none() => {
                if characters.any(|skipped| skipped == '\n') {
                    kept.push('\n');
                }
            }
            _ => kept.push(character),
        }
    }
    Cow::Owned(kept)
}
