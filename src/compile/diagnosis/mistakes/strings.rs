//! Strings that end too early, and what stands in the braces of f-strings and template strings.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{InterpolatedStringErrorType, LexicalErrorType, ParseErrorType};

use super::Told;
use super::kinds::is_single;
use super::scene::Scene;

/// What is wrong within the braces of an f-string or a template string.
pub fn inside_quotes(scene: &Scene<'_>) -> Option<Told> {
    let string = scene.open_string(scene.at)?;
    let kind = if scene.kind(string) == TokenKind::TStringStart { "t-string" } else { "f-string" };
    let told = |said: &str, range| Some(Told::new(format!("{kind}: {said}"), range));
    if let ParseErrorType::FStringError(error)
    | ParseErrorType::TStringError(error)
    | ParseErrorType::Lexical(
        LexicalErrorType::FStringError(error) | LexicalErrorType::TStringError(error),
    ) = scene.error
    {
        return told_by_the_parser(scene, error, kind, string);
    }
    let brace = scene.open_bracket(scene.at).filter(|&brace| brace > string)?;
    let here = scene.bytes(scene.at);
    let is_first = brace + 1 == scene.at;
    match (scene.kind(brace), scene.kind(scene.at)) {
        (TokenKind::Lpar | TokenKind::Lsqb, TokenKind::Rbrace) => {
            let opened = scene.word(brace);
            let message = format!("closing parenthesis '}}' does not match opening parenthesis '{opened}'");
            Some(Told::new(message, here.start..here.start))
        }
        (TokenKind::Lbrace, TokenKind::Rpar | TokenKind::Rsqb) if is_first => {
            told(&format!("unmatched '{}'", scene.word(scene.at)), here.start..here.start)
        }
        (
            TokenKind::Lbrace,
            TokenKind::Rbrace | TokenKind::Exclamation | TokenKind::Colon | TokenKind::Equal,
        ) if is_first => told(&format!("valid expression required before '{}'", scene.word(scene.at)), here),
        (TokenKind::Lbrace, TokenKind::Rbrace)
            if scene.kind(brace + 1) == TokenKind::Star && brace + 2 == scene.at =>
        {
            told("expecting a valid expression after '{'", scene.bytes(brace + 1))
        }
        (TokenKind::Lbrace, TokenKind::Star) => None,
        (TokenKind::Lbrace, _) if is_first => told("expecting a valid expression after '{'", here),
        (TokenKind::Lbrace, _) if let Some(lambda) = bare_lambda(scene, brace) => {
            // The colon of the lambda begins a format specification.
            let colon = (lambda + 1..=scene.at).find(|&index| scene.kind(index) == TokenKind::Colon)?;
            told("lambda expressions are not allowed without parentheses", scene.across(lambda, colon))
        }
        (TokenKind::Lbrace, _) => match scene.expression_from(brace + 1, |_| true) {
            None => told("expecting a valid expression after '{'", scene.bytes(brace + 1)),
            Some(found) if found.tokens.end == scene.at && scene.kind(scene.at) == TokenKind::Unknown => {
                told("expecting '=', or '!', or ':', or '}'", here)
            }
            Some(_) => None,
        },
        _ => None,
    }
}

/// A lambda in the braces that begin at `brace`, with none around it: where an expression may begin.
fn bare_lambda(scene: &Scene<'_>, brace: usize) -> Option<usize> {
    (brace + 1..scene.at).find(|&index| {
        scene.kind(index) == TokenKind::Lambda
            && scene.begins_expression(index)
            && scene.open_bracket(index) == Some(brace)
    })
}

/// What the parser says of an f-string, at CPython's places.
fn told_by_the_parser(
    scene: &Scene<'_>,
    error: &InterpolatedStringErrorType,
    kind: &str,
    string: usize,
) -> Option<Told> {
    let told = |said: &str, range| Some(Told::new(format!("{kind}: {said}"), range));
    let here = scene.bytes(scene.at);
    match error {
        InterpolatedStringErrorType::InvalidConversionFlag if scene.kind(scene.at) == TokenKind::Name => {
            let word = scene.word(scene.at);
            told(&format!("invalid conversion character '{word}': expected 's', 'r', or 'a'"), here)
        }
        InterpolatedStringErrorType::InvalidConversionFlag
            if matches!(scene.kind(scene.at), TokenKind::Colon | TokenKind::Rbrace) =>
        {
            told("missing conversion character", here)
        }
        InterpolatedStringErrorType::InvalidConversionFlag => told("invalid conversion character", here),
        InterpolatedStringErrorType::ConversionFlagNotImmediatelyAfterExclamation => {
            let mark = scene.at.checked_sub(1)?;
            told("conversion type must come right after the exclamation mark", scene.across(mark, scene.at))
        }
        InterpolatedStringErrorType::SingleRbrace => {
            told("single '}' is not allowed", scene.range.start..scene.range.start)
        }
        InterpolatedStringErrorType::NewlineInFormatSpec => {
            let said = format!("newlines are not allowed in format specifiers for single quoted {kind}s");
            told(&said, scene.range.clone())
        }
        InterpolatedStringErrorType::UnclosedLbrace
            if scene.kind(scene.at.checked_sub(2)?) == TokenKind::Exclamation =>
        {
            told("expecting ':' or '}'", here)
        }
        InterpolatedStringErrorType::UnclosedLbrace => {
            let brace = scene.open_bracket(scene.at).filter(|&brace| brace > string)?;
            let has = |kind| (brace + 1..scene.at).any(|index| scene.kind(index) == kind);
            if !has(TokenKind::Equal) && scene.expression_from(scene.at, |_| true).is_some() {
                // Two expressions side by side are told as such.
                None
            } else if has(TokenKind::Colon) {
                told("expecting '}', or format specs", here)
            } else if scene.kind(scene.at) == TokenKind::FStringEnd || has(TokenKind::Exclamation) {
                None
            } else if has(TokenKind::Equal) {
                told("expecting '!', or ':', or '}'", here)
            } else {
                told("expecting '=', or '!', or ':', or '}'", here)
            }
        }
        InterpolatedStringErrorType::LambdaWithoutParentheses
        | InterpolatedStringErrorType::UnterminatedString
        | InterpolatedStringErrorType::UnterminatedTripleQuotedString => None,
    }
}

/// A str and a bytes literal side by side.
pub fn of_two_kinds(scene: &Scene<'_>) -> Option<Told> {
    if !scene.error.to_string().starts_with("Bytes literal cannot be mixed") {
        return None;
    }
    // CPython has read one token more when it finds out.
    let behind = scene.bytes(scene.behind(scene.range.end));
    Some(Told::new("cannot mix bytes and nonbytes literals", behind))
}

/// `"a" b c "d"`: two strings, or one with quotes in it that end it.
pub fn between_two(scene: &Scene<'_>) -> Option<Told> {
    if scene.kind_before(scene.at) != Some(TokenKind::String) {
        return None;
    }
    let mut end = scene.at;
    let is_string = |index| scene.kind(index) == TokenKind::String;
    while !is_string(end) && end - scene.at < MOST_BETWEEN {
        end = scene
            .expression_from(end, |found| is_single(found) && !found.tokens.clone().any(is_string))?
            .tokens
            .end;
    }
    let message = "invalid syntax. Is this intended to be part of the string?";
    (is_string(end) && end > scene.at).then(|| Told::new(message, scene.across(scene.at, end - 1)))
}

/// How many tokens are looked through for the second string.
const MOST_BETWEEN: usize = 64;
