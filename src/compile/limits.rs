//! What CPython's tokenizer limits and warns about: how deeply brackets, indented blocks and f-strings
//! may nest; numbers with a keyword right behind them.

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_text_size::Ranged;

use super::error::Warning;

/// Open brackets.
const MAX_BRACKETS: i32 = 200;
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

/// What a kind of token means to the survey.
#[derive(Clone, Copy)]
struct Effect {
    /// How many more brackets are open behind it.
    brackets: i8,
    /// Whether it means something else.
    is_other: bool,
}

/// By kind of token: every token of a source is looked up, and no branch could tell what comes next.
static EFFECTS: [Effect; 256] = {
    let mut effects = [Effect { brackets: 0, is_other: false }; 256];
    effects[TokenKind::Lpar as usize].brackets = 1;
    effects[TokenKind::Lsqb as usize].brackets = 1;
    effects[TokenKind::Lbrace as usize].brackets = 1;
    effects[TokenKind::Rpar as usize].brackets = -1;
    effects[TokenKind::Rsqb as usize].brackets = -1;
    effects[TokenKind::Rbrace as usize].brackets = -1;
    effects[TokenKind::Newline as usize].is_other = true;
    effects[TokenKind::Indent as usize].is_other = true;
    effects[TokenKind::Dedent as usize].is_other = true;
    effects[TokenKind::FStringStart as usize].is_other = true;
    effects[TokenKind::FStringEnd as usize].is_other = true;
    effects[TokenKind::TStringStart as usize].is_other = true;
    effects[TokenKind::TStringEnd as usize].is_other = true;
    effects[TokenKind::Int as usize].is_other = true;
    effects[TokenKind::Float as usize].is_other = true;
    effects[TokenKind::Complex as usize].is_other = true;
    effects
};

impl Survey {
    /// Looks through all tokens.
    pub fn of(tokens: &Tokens) -> Self {
        let mut survey = Self { limits_are_kept: true, ..Self::default() };
        let (mut brackets, mut most_brackets, mut indents, mut strings) = (0i32, 0i32, 1u32, 0u32);
        // The first token of the logical line.
        let mut line = 0;
        for (index, token) in tokens.iter().enumerate() {
            let kind = token.kind();
            let effect = EFFECTS[kind as usize];
            // There are fewer than 4 GiB of text; what closes nothing, counts for nothing.
            brackets = (brackets + i32::from(effect.brackets)).max(0);
            most_brackets = most_brackets.max(brackets);
            if !effect.is_other {
                continue;
            }
            // The commonest first: a table of branches would be guessed wrong as often as not.
            if kind == TokenKind::Newline {
                survey.longest_line = survey.longest_line.max((index - line) as u32);
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
        survey.longest_line = survey.longest_line.max((tokens.len() - line) as u32);
        survey.limits_are_kept &= most_brackets <= MAX_BRACKETS;
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
            let last = number.end().to_u32() - 1;
            let line = source[..last as usize].rsplit('\n').next();
            let refused = line.is_some_and(str::is_ascii).then_some(last..last);
            Warning { message: format!("invalid {kind} literal"), range, refused }
        })
    }
}
