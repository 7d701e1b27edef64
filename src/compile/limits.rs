//! What CPython's tokenizer limits and warns about: how deeply brackets, indented blocks and f-strings
//! may nest; numbers with a keyword right behind them.

use ruff_python_ast::token::{Token, TokenKind, Tokens};
use ruff_text_size::Ranged;

use super::error::Warning;

/// Open brackets.
const MAX_BRACKETS: usize = 200;
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

/// By kind of token whether the survey stops at it: every token of a source is looked up.
static MATTERS: [bool; 256] = {
    let mut matters = [false; 256];
    matters[TokenKind::Newline as usize] = true;
    matters[TokenKind::Indent as usize] = true;
    matters[TokenKind::Dedent as usize] = true;
    matters[TokenKind::FStringStart as usize] = true;
    matters[TokenKind::FStringEnd as usize] = true;
    matters[TokenKind::TStringStart as usize] = true;
    matters[TokenKind::TStringEnd as usize] = true;
    matters[TokenKind::Int as usize] = true;
    matters[TokenKind::Float as usize] = true;
    matters[TokenKind::Complex as usize] = true;
    matters
};

/// Whether a logical line keeps to the limit of open brackets.
fn keeps_brackets(line: &[Token]) -> bool {
    // Fewer tokens open fewer brackets, so that hardly any line has to be counted.
    if line.len() <= MAX_BRACKETS {
        return true;
    }
    let (mut open, mut most) = (0usize, 0);
    for token in line {
        match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => open += 1,
            // What closes nothing, counts for nothing.
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most <= MAX_BRACKETS
}

impl Survey {
    /// Looks through all tokens.
    pub fn of(tokens: &Tokens) -> Self {
        let mut survey = Self { limits_are_kept: true, ..Self::default() };
        let (mut indents, mut strings) = (1u32, 0u32);
        // The first token of the logical line.
        let mut line = 0;
        for (index, token) in tokens.iter().enumerate() {
            let kind = token.kind();
            if !MATTERS[kind as usize] {
                continue;
            }
            // The commonest first: a table of branches would be guessed wrong as often as not.
            if kind == TokenKind::Newline {
                survey.end_line(&tokens[line..index]);
                line = index + 1;
            } else if matches!(kind, TokenKind::Int | TokenKind::Float | TokenKind::Complex) {
                let behind = tokens.get(index + 1);
                if behind.is_some_and(|next| next.start() == token.end() && next.kind().is_keyword()) {
                    survey.glued_numbers.push(index);
                }
            } else {
                match kind {
                    TokenKind::Indent => {
                        indents += 1;
                        survey.limits_are_kept &= indents <= MAX_INDENT;
                    }
                    TokenKind::Dedent => indents = indents.saturating_sub(1),
                    TokenKind::FStringStart | TokenKind::TStringStart => {
                        strings += 1;
                        survey.limits_are_kept &= strings < MAX_STRINGS;
                    }
                    // What is left ends one.
                    _ => strings = strings.saturating_sub(1),
                }
            }
        }
        survey.end_line(&tokens[line..]);
        survey
    }

    /// Takes in a logical line.
    fn end_line(&mut self, line: &[Token]) {
        self.longest_line = self.longest_line.max(line.len() as u32);
        self.limits_are_kept &= keeps_brackets(line);
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
            let last = number.end().to_u32() - 1;
            let line = source[..last as usize].rsplit('\n').next();
            let refused = line.is_some_and(str::is_ascii).then_some(last..last);
            Warning { message: format!("invalid {kind} literal"), range, refused }
        })
    }
}
