//! What CPython's tokenizer limits and warns about: how deeply brackets, indented blocks and f-strings
//! may nest; numbers with a keyword right behind them.

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_text_size::Ranged;

use super::error::{CompileError, ErrorKind, Warning};

/// Open brackets.
const MAX_BRACKETS: u32 = 200;
/// Indented blocks, the module itself included.
const MAX_INDENT: u32 = 100;
/// f-strings and template strings inside one another.
const MAX_STRINGS: u32 = 150;

/// Refuses what CPython's tokenizer would not follow.
pub fn check(tokens: &Tokens) -> Result<(), CompileError> {
    let (mut brackets, mut indents, mut strings) = (0u32, 1, 0u32);
    for token in tokens {
        let (kind, message) = match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                brackets += 1;
                if brackets <= MAX_BRACKETS {
                    continue;
                }
                (ErrorKind::Syntax, "too many nested parentheses")
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                brackets = brackets.saturating_sub(1);
                continue;
            }
            TokenKind::Indent => {
                indents += 1;
                if indents <= MAX_INDENT {
                    continue;
                }
                (ErrorKind::Indentation, "too many levels of indentation")
            }
            TokenKind::Dedent => {
                indents -= 1;
                continue;
            }
            TokenKind::FStringStart | TokenKind::TStringStart => {
                strings += 1;
                if strings < MAX_STRINGS {
                    continue;
                }
                (ErrorKind::Syntax, "too many nested f-strings or t-strings")
            }
            TokenKind::FStringEnd | TokenKind::TStringEnd => {
                strings = strings.saturating_sub(1);
                continue;
            }
            _ => continue,
        };
        let range = token.start().to_u32()..token.end().to_u32();
        return Err(CompileError { kind, message: message.to_owned(), range });
    }
    Ok(())
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
