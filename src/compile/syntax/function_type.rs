//! The type of a function as a type comment writes it: `(int, *str, **bool) -> float`.
//!
//! It is no form that the parser knows, so that it is taken apart here and the parser gets the expressions.

use ruff_python_ast as ast;
use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_parser::{Mode, ParseOptions, parse_expression_range, parse_unchecked};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::super::diagnosis::diagnose;
use super::super::error::{CompileError, Warning};
use super::super::limits::Survey;
use super::super::lower;
use super::super::names::Names;
use super::super::tree::Tree;
use crate::text::SourceFile;

/// The expressions of a function's type, each as a tree of its own.
pub struct FunctionType<'a> {
    /// The types of the parameters.
    pub argtypes: Vec<Tree<'a>>,
    /// The type of what it returns.
    pub returns: Tree<'a>,
    /// What is hardly meant.
    pub warnings: Vec<Warning>,
}

/// Reads the type of a function.
pub fn function_type<'a>(source: &SourceFile, names: &Names<'a>) -> Result<FunctionType<'a>, CompileError> {
    parsed(source, names).map_err(|error| {
        let diagnosis = diagnose(source, super::super::Mode::Eval, Some(error.clone()));
        diagnosis.error.unwrap_or(error).after(diagnosis.warnings)
    })
}

fn parsed<'a>(source: &SourceFile, names: &Names<'a>) -> Result<FunctionType<'a>, CompileError> {
    let parsed = parse_unchecked(source.text(), ParseOptions::from(Mode::Module));
    if !Survey::of(parsed.tokens()).limits_are_kept {
        return Err(invalid(TextRange::default()));
    }
    let blank = [TokenKind::Comment, TokenKind::NonLogicalNewline, TokenKind::Newline];
    let tokens: Vec<&Token> = parsed.tokens().iter().filter(|token| !blank.contains(&token.kind())).collect();
    let end = TextSize::new(source.text().len() as u32);
    let place = |at: usize| tokens.get(at).map_or(TextRange::empty(end), Ranged::range);
    let expect = |at: usize, kind: TokenKind| match tokens.get(at) {
        Some(token) if token.kind() == kind => Ok(()),
        _ => Err(invalid(place(at))),
    };
    expect(0, TokenKind::Lpar)?;
    let parts = parts(&tokens).ok_or_else(|| invalid(place(tokens.len())))?;
    expect(parts.close + 1, TokenKind::Rarrow)?;
    let mut warnings = Vec::new();
    let mut expression = |first: usize, behind: usize| {
        let Some(last) = behind.checked_sub(1).filter(|last| *last >= first && *last < tokens.len()) else {
            return Err(invalid(place(first)));
        };
        let range = TextRange::new(tokens[first].start(), tokens[last].end());
        let expression =
            parse_expression_range(source.text(), range).map_err(|error| invalid(error.location))?;
        if needs_parentheses(expression.expr()) && expression.expr().range() == range {
            return Err(invalid(place(first)));
        }
        let (tree, warned) = lower::expression(expression.syntax(), source, names)?;
        warnings.extend(warned.into_iter().map(|(_, warning)| warning));
        Ok(tree)
    };
    let mut argtypes = Vec::with_capacity(parts.parameters.len());
    let mut most = Stars::None;
    for &(stars, first, behind) in &parts.parameters {
        // Those without stars, then at most one with a star, then at most one with two.
        if stars < most || (stars == most && stars != Stars::None) {
            return Err(invalid(place(first)));
        }
        most = stars;
        argtypes.push(expression(first, behind)?);
    }
    let returns = expression(parts.close + 2, tokens.len())?;
    Ok(FunctionType { argtypes, returns, warnings })
}

/// Whether an expression has to stand in parentheses to be the type of something.
const fn needs_parentheses(expression: &ast::Expr) -> bool {
    match expression {
        ast::Expr::Tuple(tuple) => !tuple.parenthesized,
        ast::Expr::Starred(_) | ast::Expr::Named(_) | ast::Expr::Yield(_) | ast::Expr::YieldFrom(_) => true,
        _ => false,
    }
}

/// The stars before a parameter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stars {
    None,
    One,
    Two,
}

/// The tokens of the parameters.
struct Parts {
    /// For each its stars, its first token behind them, and the token behind it.
    parameters: Vec<(Stars, usize, usize)>,
    /// The closing parenthesis.
    close: usize,
}

/// Finds the parameters; `None` where the parenthesis is not closed.
fn parts(tokens: &[&Token]) -> Option<Parts> {
    let mut parameters = Vec::new();
    let (mut depth, mut lambdas, mut start) = (0u32, 0u32, 1);
    for (index, token) in tokens.iter().enumerate() {
        match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth = depth.checked_sub(1)?,
            // The commas between the parameters of a lambda part nothing.
            TokenKind::Lambda if depth == 1 => lambdas += 1,
            TokenKind::Colon if depth == 1 => lambdas = lambdas.saturating_sub(1),
            _ => {}
        }
        let closes = depth == 0;
        let parts = depth == 1 && lambdas == 0 && token.kind() == TokenKind::Comma;
        if (closes && index > 1) || parts {
            let stars = match tokens[start].kind() {
                TokenKind::Star => Stars::One,
                TokenKind::DoubleStar => Stars::Two,
                _ => Stars::None,
            };
            parameters.push((stars, start + usize::from(stars != Stars::None), index));
            start = index + 1;
        }
        if closes {
            return Some(Parts { parameters, close: index });
        }
    }
    None
}

fn invalid(range: TextRange) -> CompileError {
    CompileError::syntax("invalid syntax", range.start().to_u32()..range.end().to_u32())
}
