//! What CPython's tokenizer limits and warns about: how deeply brackets, indented blocks and f-strings
//! may nest; numbers with a keyword right behind them.

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_text_size::Ranged;

use super::error::Warning;

/// Open brackets.
const MAX_BRACKETS: u32 = 200;
/// Indented blocks, the module itself included.
const MAX_INDENT: u32 = 100;
/// f-strings and template strings inside one another.
const MAX_STRINGS: u32 = 150;

/// What the tokens of a source show; read once, as there are many.
#[derive(Debug, Default)]
pub struct Survey {
    /// Whether CPython's tokenizer would follow.
    pub limits_are_kept: bool,
    /// The tokens of the longest logical line: no tree in it is nested more deeply than that.
    pub longest_line: u32,
    /// By their index in the tokens: numbers with a keyword right behind them, as in `1if x else 2`.
    glued_numbers: Vec<usize>,
}

impl Survey {
    /// Looks through all tokens.
    pub fn of(tokens: &Tokens) -> Self {
        let mut survey = Self { limits_are_kept: true, ..Self::default() };
        let (mut brackets, mut indents, mut strings) = (0u32, 1u32, 0u32);
        let mut line = 0;
        // Where the token before ends, if that is a number.
        let mut number_end = None;
        for (index, token) in tokens.iter().enumerate() {
            line += 1;
            let kind = token.kind();
            if number_end.take() == Some(token.start()) && kind.is_keyword() {
                survey.glued_numbers.push(index - 1);
            }
            match kind {
                TokenKind::Newline => {
                    survey.longest_line = survey.longest_line.max(line - 1);
                    line = 0;
                }
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                    brackets += 1;
                    survey.limits_are_kept &= brackets <= MAX_BRACKETS;
                }
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                    brackets = brackets.saturating_sub(1);
                }
                TokenKind::Indent => {
                    indents += 1;
                    survey.limits_are_kept &= indents <= MAX_INDENT;
                }
                TokenKind::Dedent => indents = indents.saturating_sub(1),
                TokenKind::FStringStart | TokenKind::TStringStart => {
                    strings += 1;
                    survey.limits_are_kept &= strings < MAX_STRINGS;
                }
                TokenKind::FStringEnd | TokenKind::TStringEnd => strings = strings.saturating_sub(1),
                TokenKind::Int | TokenKind::Float | TokenKind::Complex => number_end = Some(token.end()),
                _ => {}
            }
        }
        survey.longest_line = survey.longest_line.max(line);
        survey
    }

    /// A warning for each number with a keyword right behind it.
    pub fn glued_numbers(&self, tokens: &Tokens, source: &str) -> impl Iterator<Item = Warning> {
        self.glued_numbers.iter().map(|&index| {
            let number = &tokens[index];
            let kind = match source[number.range()].get(..2) {
                Some("0x" | "0X") => "hexadecimal",
                Some("0o" | "0O") => "octal",
                Some("0b" | "0B") => "binary",
                _ if number.kind() == TokenKind::Complex => "imaginary",
                _ => "decimal",
            };
            let range = number.start().to_u32()..number.end().to_u32();
            Warning { message: format!("invalid {kind} literal"), range }
        })
    }
}
