//! What is checked besides the order of tokens.

use super::super::error::{ErrorKind, Warning};
use super::grammar::Check;
use super::literal::{self, Literal, MAX_STR_DIGITS};
use super::parser::{NodeId, Parser, Values};
use super::token::{Kind, Token};

impl Parser<'_> {
    /// Whether an alternative may go on; a check may refuse the source as well.
    pub(super) fn check(&mut self, check: Check, values: &Values) -> bool {
        let last = values.all.last().copied();
        match check {
            Check::Future => self.note_future(values),
            Check::NotEqual => self.check_not_equal(),
            Check::AngleBrackets => self.check_angle_brackets(),
            Check::Real => self.check_number(last, false),
            Check::Imaginary => self.check_number(last, true),
            Check::Digits => self.check_digits(last),
            Check::Comma => {
                let is_legacy = values.get('a').is_some_and(|node| self.is_legacy(node));
                let in_brackets = self.mark.checked_sub(1).is_some_and(|mark| self.tokens[mark].level > 0);
                !is_legacy && in_brackets
            }
            Check::Legacy => values.get('a').is_some_and(|node| self.is_legacy(node)),
            Check::NoError => self.error.is_none(),
            Check::Escapes => {
                let token = self.tokens[self.mark - 1];
                self.check_string(token)
            }
            Check::FString => self.check_pieces(values),
            Check::FormatText => {
                let token = self.tokens[self.mark - 1];
                self.check_text(token, false)
            }
            Check::Conversion => self.check_conversion(),
            Check::Concatenation => self.check_concatenation(last),
            Check::Generator => values.get('a').is_some_and(|node| self.positional(node).len() > 1),
        }
    }

    fn token_text(&self, token: Token) -> &str {
        &self.source[token.start..token.end]
    }

    /// A statement of Python 2 that is a function now.
    fn is_legacy(&self, node: NodeId) -> bool {
        self.nodes[node as usize].kind == "name" && matches!(self.text_of(node), "print" | "exec")
    }

    fn note_future(&mut self, values: &Values) -> bool {
        let tokens = values.all.iter().map(|node| self.nodes[*node as usize].token);
        let first = tokens.clone().min().unwrap_or(0);
        let words: Vec<&str> =
            self.tokens[first..self.mark].iter().map(|token| self.token_text(*token)).collect();
        if words.get(..3) == Some(&["from", "__future__", "import"]) && words.contains(&"barry_as_FLUFL") {
            self.has_flufl = true;
        }
        true
    }

    fn check_not_equal(&mut self) -> bool {
        if self.has_flufl {
            let message = "with Barry as BDFL, use '<>' instead of '!='".to_owned();
            self.refuse_at_last(ErrorKind::Syntax, message);
        }
        !self.has_flufl
    }

    fn check_angle_brackets(&mut self) -> bool {
        let [.., less, greater] = self.tokens[..self.mark] else { return false };
        if less.end != greater.start {
            return false;
        }
        if !self.has_flufl {
            let message = "invalid syntax.  Maybe you meant '!=' instead of '<>'?".to_owned();
            let place = self.place(less.from, greater.to);
            self.refuse(ErrorKind::Syntax, message, place);
        }
        self.has_flufl
    }

    fn check_number(&mut self, node: Option<NodeId>, imaginary: bool) -> bool {
        let Some(node) = node else { return false };
        let is_imaginary = self.text_of(node).ends_with(['j', 'J']);
        if is_imaginary == imaginary {
            return true;
        }
        let what = if imaginary { "imaginary" } else { "real" };
        let place = self.place(self.nodes[node as usize].from, self.nodes[node as usize].to);
        self.refuse(ErrorKind::Syntax, format!("{what} number required in complex literal"), place);
        false
    }

    fn check_digits(&mut self, node: Option<NodeId>) -> bool {
        let Some(node) = node else { return false };
        let text = self.text_of(node);
        if text.len() <= MAX_STR_DIGITS || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_') {
            return true;
        }
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if digits <= MAX_STR_DIGITS {
            return true;
        }
        let line = self.nodes[node as usize].from.line;
        let error = literal::too_many_digits(digits, line);
        if self.error.is_none() {
            self.error = Some(error);
        }
        false
    }

    /// A string or bytes literal as a whole.
    fn check_string(&mut self, token: Token) -> bool {
        let literal = Literal::of(self.token_text(token));
        if literal.is_bytes && !literal.content.is_ascii() {
            let place = self.place(token.from, token.to);
            let message = "bytes can only contain ASCII literal characters".to_owned();
            self.refuse(ErrorKind::Syntax, message, place);
            return false;
        }
        if literal.is_raw {
            return true;
        }
        let (content, start, is_bytes) =
            (literal.content.to_owned(), token.start + literal.start, literal.is_bytes);
        self.check_escapes(&content, start, is_bytes, None)
    }

    /// The text of an f-string, whose tokens come before the last.
    fn check_pieces(&mut self, values: &Values) -> bool {
        let [first, pieces, ..] = values.all[..] else { return true };
        let is_raw = self.text_of(first).contains(['r', 'R']);
        for piece in self.nodes[pieces as usize].children.clone() {
            let token = self.tokens[self.nodes[piece as usize].token];
            if matches!(token.kind, Kind::FStringMiddle | Kind::TStringMiddle)
                && !self.check_text(token, is_raw)
            {
                return false;
            }
        }
        true
    }

    fn check_text(&mut self, token: Token, is_raw: bool) -> bool {
        let text = self.token_text(token).to_owned();
        is_raw || self.check_escapes(&text, token.start, false, Some(token))
    }

    /// `piece` is the token, if it is text of an f-string.
    fn check_escapes(&mut self, text: &str, start: usize, is_bytes: bool, piece: Option<Token>) -> bool {
        if !text.contains('\\') {
            return true;
        }
        if let Some(message) = literal::wrong_escape(text, is_bytes) {
            match piece {
                Some(token) => self.refuse(ErrorKind::Syntax, message, self.place(token.from, token.to)),
                None => self.refuse_at_last(ErrorKind::Syntax, message),
            }
            return false;
        }
        let invalid = literal::first_invalid_escape(text, is_bytes);
        // The tokenizer has warned of braces.
        let is_brace = |at: usize| piece.is_some() && text[at + 1..].starts_with(['{', '}']);
        if let Some((at, length, message)) = invalid.filter(|(at, ..)| !self.is_second && !is_brace(*at)) {
            let at = (start + at) as u32;
            self.warnings.push(Warning { message, range: at..at + length as u32 });
        }
        true
    }

    fn check_conversion(&mut self) -> bool {
        let [.., exclamation, letter] = self.tokens[..self.mark] else { return false };
        let prefix = self.tokenizer.string_prefix();
        if exclamation.to != letter.from {
            let place = self.place(exclamation.from, letter.to);
            let message =
                format!("{prefix}-string: conversion type must come right after the exclamation mark");
            self.refuse(ErrorKind::Syntax, message, place);
            return false;
        }
        let text = self.token_text(letter);
        if matches!(text, "s" | "r" | "a") {
            return true;
        }
        let message =
            format!("{prefix}-string: invalid conversion character '{text}': expected 's', 'r', or 'a'");
        let place = self.place(letter.from, letter.to);
        self.refuse(ErrorKind::Syntax, message, place);
        false
    }

    fn check_concatenation(&mut self, strings: Option<NodeId>) -> bool {
        let Some(strings) = strings else { return false };
        let is_bytes = |node: &NodeId| {
            let prefix = self.text_of(*node).split(['\'', '"']).next().unwrap_or_default();
            prefix.contains(['b', 'B'])
        };
        let parts = &self.nodes[strings as usize].children;
        let bytes = parts.iter().filter(|part| is_bytes(part)).count();
        if bytes == 0 || bytes == parts.len() {
            return true;
        }
        self.refuse_at_last(ErrorKind::Syntax, "cannot mix bytes and nonbytes literals".to_owned());
        false
    }
}
