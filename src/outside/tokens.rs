//! The tokens of a source for a running program, as the module `token` numbers them.

use std::rc::Rc;

use super::source;
use crate::compile::{self, Behind, Bracket, Kind, LineState, Shown, StreamToken, Wrong};
use crate::machine::ask::{FoundToken, Place, Refused, TokenState, TokensBehind, TokensFound, TokensWanted};

/// The tokens of some lines.
pub fn find(wanted: &TokensWanted) -> TokensFound {
    let lines: Vec<&str> = wanted.lines.iter().map(|line| &**line).collect();
    let (tokens, behind) = compile::stream(&opened(&wanted.state), &lines, wanted.ended);
    let behind = match behind {
        Behind::Line(state) => TokensBehind::Line(kept(&state)),
        Behind::More => TokensBehind::More,
        Behind::End => TokensBehind::End,
        Behind::Wrong(wrong) => TokensBehind::Wrong(Rc::new(refused(wrong))),
    };
    TokensFound { tokens: tokens.into_iter().map(found).collect(), behind }
}

fn opened(state: &TokenState) -> LineState {
    let bracket = |&(character, line, column): &(char, u32, u32)| Bracket { character, line, column };
    let brackets = state.brackets.iter().map(bracket).collect();
    LineState { line: state.line, indents: state.indents.clone(), brackets }
}

fn kept(state: &LineState) -> TokenState {
    let bracket = |bracket: &Bracket| (bracket.character, bracket.line, bracket.column);
    let brackets = state.brackets.iter().map(bracket).collect();
    TokenState { line: state.line, indents: state.indents.clone(), brackets }
}

fn found(token: StreamToken) -> FoundToken {
    let StreamToken { kind, text, from, to, line } = token;
    FoundToken { kind: number(kind), text: text.into(), from, to, line: line.into() }
}

/// The number of a kind of token in the module `token`, where all operators are one.
const fn number(shown: Shown) -> u8 {
    match shown {
        Shown::Comment => 65,
        Shown::LineEnd => 66,
        Shown::Language(kind) => match kind {
            Kind::EndMarker => 0,
            Kind::Name | Kind::Keyword => 1,
            Kind::Number => 2,
            Kind::String => 3,
            Kind::Newline => 4,
            Kind::Indent => 5,
            Kind::Dedent => 6,
            Kind::Operator | Kind::Unknown | Kind::Error => 55,
            Kind::FStringStart => 59,
            Kind::FStringMiddle => 60,
            Kind::FStringEnd => 61,
            Kind::TStringStart => 62,
            Kind::TStringMiddle => 63,
            Kind::TStringEnd => 64,
        },
    }
}

fn refused(wrong: Wrong) -> Refused {
    let column = i64::from(wrong.column);
    let place = Place {
        filename: Some("<string>".into()),
        line: wrong.line,
        column,
        in_args: wrong.text.is_some(),
        text: wrong.text.as_deref().map(Into::into),
        end: wrong.is_range.then_some((wrong.line, column)),
        has_no_end: !wrong.is_range,
        metadata: None,
    };
    Refused { kind: source::kind(wrong.kind), message: wrong.message, place: Some(Box::new(place)) }
}
