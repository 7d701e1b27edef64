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

/// Whether CPython's tokenizer would follow.
pub fn are_kept(tokens: &Tokens) -> bool {
    let (mut brackets, mut indents, mut strings) = (0u32, 1, 0u32);
    tokens.iter().all(|token| {
        match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => brackets += 1,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => brackets = brackets.saturating_sub(1),
            TokenKind::Indent => indents += 1,
            TokenKind::Dedent => indents -= 1,
            TokenKind::FStringStart | TokenKind::TStringStart => strings += 1,
            TokenKind::FStringEnd | TokenKind::TStringEnd => strings = strings.saturating_sub(1),
            _ => {}
        }
        brackets <= MAX_BRACKETS && indents <= MAX_INDENT && strings < MAX_STRINGS
    })
}

/// Numbers with a keyword right behind them, as in `1if x else 2`.
pub fn glued_numbers(tokens: &Tokens, source: &str) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for pair in tokens.windows(2) {
        let (number, next) = (&pair[0], &pair[1]);
        if number.end() != next.start()
            || !matches!(number.kind(), TokenKind::Int | TokenKind::Float | TokenKind::Complex)
            || !next.kind().is_keyword()
        {
            continue;
        }
        let text = &source[number.range()];
        let kind = match text.get(..2) {
            Some("0x" | "0X") => "hexadecimal",
            Some("0o" | "0O") => "octal",
            Some("0b" | "0B") => "binary",
            _ if number.kind() == TokenKind::Complex => "imaginary",
            _ => "decimal",
        };
        let range = number.start().to_u32()..number.end().to_u32();
        warnings.push(Warning { message: format!("invalid {kind} literal"), range });
    }
    warnings
}
