//! What a rule sees: the tokens around the place where the parser stopped, and expressions among them.

use std::ops::Range;

use ruff_python_ast::Expr;
use ruff_python_ast::token::{Token, TokenKind, Tokens};
use ruff_python_parser::{
    Mode, ParseError, ParseErrorType, ParseOptions, parse_expression_range,
    parse_parenthesized_expression_range, parse_unchecked,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

/// How many tokens an expression may have that is read anew: more than people write, and few enough for hostile
/// sources.
const MOST: usize = 64;

/// How many tokens may be read anew where the parser has told the place: that many levels do not exhaust a stack.
const DEEPEST: usize = 1000;

/// The place where the parser stopped, and what is around it.
pub struct Scene<'a> {
    /// What the parser says.
    pub error: &'a ParseErrorType,
    /// The bytes it says it of.
    pub range: Range<u32>,
    /// The text of the program.
    pub text: &'a str,
    /// The tokens without comments and without line ends that mean nothing.
    tokens: Vec<Token>,
    /// The first token at that place or behind it.
    pub at: usize,
}

/// An expression, and the tokens it is made of.
pub struct Found {
    /// The expression.
    pub expr: Expr,
    /// Its tokens, by their numbers.
    pub tokens: Range<usize>,
    /// Its bytes, with parentheses around it.
    pub range: Range<u32>,
}

impl Found {
    /// Whether it stands in parentheses.
    pub fn is_parenthesized(&self) -> bool {
        match &self.expr {
            Expr::Tuple(tuple) => tuple.parenthesized,
            expr => expr.start().to_u32() > self.range.start,
        }
    }
}

impl<'a> Scene<'a> {
    pub fn new(error: &'a ParseError, text: &'a str, tokens: &Tokens) -> Self {
        let means_something =
            |token: &&Token| !matches!(token.kind(), TokenKind::Comment | TokenKind::NonLogicalNewline);
        let tokens: Vec<Token> = tokens.iter().filter(means_something).copied().collect();
        let at = tokens.partition_point(|token| token.end() <= error.location.start());
        Self { error: &error.error, range: bytes(error.location), text, tokens, at }
    }

    /// The kind of a token; that of the end of the file behind the last.
    pub fn kind(&self, index: usize) -> TokenKind {
        self.tokens.get(index).map_or(TokenKind::EndOfFile, Token::kind)
    }

    /// The first token that begins at a byte or behind it.
    pub fn behind(&self, offset: u32) -> usize {
        self.tokens.partition_point(|token| token.start().to_u32() < offset)
    }

    /// Whether an expression may begin with this token, from what stands before it.
    pub fn begins_expression(&self, index: usize) -> bool {
        index == self.statement(index)
            || matches!(
                self.kind_before(index),
                Some(
                    TokenKind::Lpar
                        | TokenKind::Lsqb
                        | TokenKind::Lbrace
                        | TokenKind::Comma
                        | TokenKind::Equal
                        | TokenKind::ColonEqual
                        | TokenKind::Colon
                        | TokenKind::Else
                        | TokenKind::Return
                        | TokenKind::Assert
                        | TokenKind::If
                        | TokenKind::Elif
                        | TokenKind::While
                        | TokenKind::Yield
                )
            )
    }

    /// Whether an expression that begins with this token may have a `:=` without parentheses of its own.
    pub fn may_be_named(&self, index: usize) -> bool {
        let begins_statement = |index| index == self.statement(index);
        let Some(before) = index.checked_sub(1).filter(|_| !begins_statement(index)) else { return true };
        let within = |bracket| {
            let is_brace = matches!(self.kind(bracket), TokenKind::Lsqb | TokenKind::Lbrace);
            is_brace || !self.is_call(bracket) && !self.is_def(bracket)
        };
        match self.kind(before) {
            TokenKind::Elif | TokenKind::While => true,
            TokenKind::If => begins_statement(before) || self.kind(self.statement(before)) == TokenKind::Case,
            TokenKind::Match | TokenKind::At => begins_statement(before),
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => within(before),
            TokenKind::Comma => self.open_bracket(before).is_some_and(within),
            _ => false,
        }
    }

    /// The items between `first` and `end` with commas between them: stars and names that are given a value may stand
    /// before their expressions.  Which bytes they are; what is no such item makes it `None`.
    pub fn items(&self, first: usize, end: usize) -> Option<Vec<Range<u32>>> {
        let open = self.open_bracket(first);
        let commas: Vec<usize> = (first..end)
            .filter(|&index| self.kind(index) == TokenKind::Comma && self.open_bracket(index) == open)
            .collect();
        let starts = std::iter::once(first).chain(commas.iter().map(|comma| comma + 1));
        let ends = commas.iter().copied().chain([end]);
        let mut pieces: Vec<Range<usize>> = starts.zip(ends).map(|(start, end)| start..end).collect();
        if !commas.is_empty() {
            pieces.pop_if(|piece| piece.start == piece.end);
        }
        let item = |piece: Range<usize>| {
            let prefix = match (self.kind(piece.start), self.kind(piece.start + 1)) {
                (TokenKind::Star, _) => 1,
                (TokenKind::Name, TokenKind::ColonEqual) => 2,
                _ => 0,
            };
            let item = bytes(self.expression(piece.start + prefix..piece.end)?.expr.range());
            Some(if prefix == 0 { item } else { self.bytes(piece.start).start..item.end })
        };
        pieces.into_iter().map(item).collect()
    }

    /// The innermost f-string or template string that is open before a token: where it begins.
    pub fn open_string(&self, index: usize) -> Option<usize> {
        let mut closed = 0_usize;
        for before in (0..index.min(self.tokens.len())).rev() {
            match self.kind(before) {
                TokenKind::FStringEnd | TokenKind::TStringEnd => closed += 1,
                TokenKind::FStringStart | TokenKind::TStringStart if closed == 0 => return Some(before),
                TokenKind::FStringStart | TokenKind::TStringStart => closed -= 1,
                _ => {}
            }
        }
        None
    }

    /// The kind of the token before.
    pub fn kind_before(&self, index: usize) -> Option<TokenKind> {
        index.checked_sub(1).map(|before| self.kind(before))
    }

    /// The bytes of a token; the end of the text behind the last.
    pub fn bytes(&self, index: usize) -> Range<u32> {
        let end = self.text.len() as u32;
        self.tokens.get(index).map_or(end..end, |token| bytes(token.range()))
    }

    /// The text of a token.
    pub fn word(&self, index: usize) -> &'a str {
        let Range { start, end } = self.bytes(index);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The bytes from the first to the last of some tokens.
    pub fn across(&self, first: usize, last: usize) -> Range<u32> {
        self.bytes(first).start..self.bytes(last).end
    }

    /// The first token of the statement that a token belongs to.
    pub fn statement(&self, index: usize) -> usize {
        let mut depth = 0_usize;
        for before in (0..index.min(self.tokens.len())).rev() {
            let kind = self.kind(before);
            match kind {
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth += 1,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth = depth.saturating_sub(1),
                TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent => return before + 1,
                TokenKind::Semi if depth == 0 => return before + 1,
                _ => {}
            }
        }
        0
    }

    /// The innermost bracket that is open before a token.
    pub fn open_bracket(&self, index: usize) -> Option<usize> {
        let mut closed = 0_usize;
        for before in (self.statement(index)..index.min(self.tokens.len())).rev() {
            match self.kind(before) {
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => closed += 1,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace if closed == 0 => return Some(before),
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => closed -= 1,
                _ => {}
            }
        }
        None
    }

    /// Whether the expression that begins with token `first` goes on to the end of the source, where a bracket is
    /// open; `goes_on` if others may follow it without anything in between.
    pub fn is_cut_off(&self, first: usize, goes_on: bool) -> bool {
        let mut depth = 0_usize;
        let mut is_operand = false;
        let mut last = first;
        let is_inside = self.open_bracket(first).is_some();
        for index in first..self.tokens.len() {
            let kind = self.kind(index);
            match kind {
                // The lexer's own error at the end of the source is one without text.
                TokenKind::Unknown if !self.bytes(index).is_empty() => return false,
                TokenKind::Unknown => {}
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace if depth == 0 => return false,
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth -= 1,
                TokenKind::Newline if depth == 0 && !is_inside => return false,
                _ if depth > 0 || is_silent(kind) => {}
                TokenKind::Comma if goes_on => {
                    last = index + 1;
                    is_operand = false;
                }
                _ if begins_operand(kind) => {
                    if is_operand && !goes_on {
                        return false;
                    }
                    if is_operand {
                        last = index;
                    }
                    is_operand = true;
                }
                _ if is_between_operands(kind) => is_operand = false,
                _ => return false,
            }
        }
        (depth > 0 || is_inside) && self.ends_early(last)
    }

    /// Whether the parser takes the expression that begins with a token up to the end of the source.
    fn ends_early(&self, first: usize) -> bool {
        if self.tokens.len() - first > DEEPEST {
            return false;
        }
        let rest = self.text[self.bytes(first).start as usize..].trim_end();
        let options = ParseOptions::from(Mode::ParenthesizedExpression);
        let parsed = parse_unchecked(rest, options);
        parsed.errors().first().is_none_or(|error| error.location.end().to_usize() >= rest.len())
    }

    /// Whether an open parenthesis holds the parameters of a `def`.
    pub fn is_def(&self, bracket: usize) -> bool {
        let name = bracket.checked_sub(1).filter(|_| self.kind(bracket) == TokenKind::Lpar);
        name.is_some_and(|name| self.kind_before(name) == Some(TokenKind::Def))
    }

    /// Whether an open parenthesis holds the arguments of a call, or the bases of a class.
    pub fn is_call(&self, bracket: usize) -> bool {
        self.kind(bracket) == TokenKind::Lpar
            && matches!(
                self.kind_before(bracket),
                Some(
                    TokenKind::Name
                        | TokenKind::Rpar
                        | TokenKind::Rsqb
                        | TokenKind::Rbrace
                        | TokenKind::String
                        | TokenKind::FStringEnd
                        | TokenKind::Case
                        | TokenKind::Match
                        | TokenKind::Type
                )
            )
            && !self.is_def(bracket)
    }

    /// The expression that some tokens are.
    fn expression(&self, tokens: Range<usize>) -> Option<Found> {
        let range = self.across(tokens.start, tokens.end.checked_sub(1)?);
        let expr = self.read(range.clone())?;
        Some(Found { expr, tokens, range })
    }

    /// The expression that some bytes are.
    pub fn read(&self, range: Range<u32>) -> Option<Expr> {
        let range = TextRange::new(TextSize::new(range.start), TextSize::new(range.end));
        // What is deeper than any stack is no mistake that many make.
        if self.behind(range.end().to_u32()) - self.behind(range.start().to_u32()) > DEEPEST {
            return None;
        }
        let text = self.text.get(range.start().to_usize()..range.end().to_usize())?;
        // What is read has several lines or a `:=` only in brackets.
        let is_inside = text.contains('\n') || text.contains(":=");
        let parse = if is_inside { parse_parenthesized_expression_range } else { parse_expression_range };
        parse(self.text, range).ok().map(|parsed| *parsed.into_syntax().body)
    }

    /// The longest expression that begins with token `first` and that `is_wanted`.
    pub fn expression_from(&self, first: usize, is_wanted: impl Fn(&Found) -> bool) -> Option<Found> {
        let mut depth = 0_usize;
        let mut end = first;
        while end < self.tokens.len() && end - first < MOST {
            match self.kind(end) {
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace if depth == 0 => break,
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth -= 1,
                TokenKind::Newline | TokenKind::EndOfFile => break,
                TokenKind::Semi if depth == 0 => break,
                _ => {}
            }
            end += 1;
        }
        let found = (first + 1..=end).rev().filter_map(|end| self.expression(first..end));
        found.into_iter().find(|found| is_wanted(found))
    }

    /// The longest expression that ends before token `end` and that `is_wanted`.
    pub fn expression_until(&self, end: usize, is_wanted: impl Fn(&Found) -> bool) -> Option<Found> {
        let mut depth = 0_usize;
        let mut first = end;
        while let Some(before) = first.checked_sub(1).filter(|_| end - first < MOST) {
            match self.kind(before) {
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth += 1,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace if depth == 0 => break,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth -= 1,
                TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent => break,
                TokenKind::Semi if depth == 0 => break,
                _ => {}
            }
            first = before;
        }
        let found = (first..end).filter_map(|first| self.expression(first..end));
        found.into_iter().find(|found| is_wanted(found))
    }

    /// Whether the parser expected another token here.
    pub const fn expected(&self) -> Option<TokenKind> {
        match self.error {
            ParseErrorType::ExpectedToken { expected, .. } => Some(*expected),
            _ => None,
        }
    }
}

/// Whether a token is no part of an expression but may stand within one, or is a part of one that has begun.
const fn is_silent(kind: TokenKind) -> bool {
    use TokenKind::{Dedent, EndOfFile, FStringEnd, FStringMiddle, Newline, TStringEnd, TStringMiddle};
    matches!(kind, Newline | EndOfFile | Dedent | FStringMiddle | FStringEnd | TStringMiddle | TStringEnd)
}

/// Whether a token is an operand, or the first one of one.
const fn begins_operand(kind: TokenKind) -> bool {
    use TokenKind::{Case, Complex, Ellipsis, FStringStart, False, Float, Int, Lambda, Match, Name, None};
    use TokenKind::{String, TStringStart, True, Type};
    matches!(
        kind,
        Name | Match
            | Case
            | Type
            | Int
            | Float
            | Complex
            | String
            | FStringStart
            | TStringStart
            | True
            | False
            | None
            | Ellipsis
            | Lambda
    )
}

/// Whether a token stands before an operand or between two.
const fn is_between_operands(kind: TokenKind) -> bool {
    use TokenKind::{And, Await, Dot, Else, If, In, Is, Not, Or, Tilde};
    use TokenKind::{EqEqual, Greater, GreaterEqual, Less, LessEqual, NotEqual};
    kind.is_arithmetic()
        || kind.is_bitwise_or_shift()
        || matches!(kind, And | Await | Dot | Else | If | In | Is | Not | Or | Tilde)
        || matches!(kind, EqEqual | Greater | GreaterEqual | Less | LessEqual | NotEqual)
}

/// Bytes as numbers.
pub fn bytes(range: TextRange) -> Range<u32> {
    range.start().to_u32()..range.end().to_u32()
}
