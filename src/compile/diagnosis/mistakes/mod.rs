//! Mistakes that many make, told as CPython tells them.
//!
//! The parser says where it could not go on.  Each rule here looks at the tokens around that place, reads the
//! expressions to the left and to the right of it anew, and recognizes one kind of mistake.  The rules are asked in
//! order, and the first that recognizes something is believed; where none does, [`words`](super::words) puts the
//! parser's own error into CPython's words.

mod arguments;
mod braces;
mod commas;
mod conditional;
mod equals;
mod headers;
mod imports;
mod kinds;
mod parameters;
mod print;
mod scene;
mod strings;
mod targets;

use std::ops::Range;

use scene::Scene;

use ruff_python_ast::token::Tokens;
use ruff_python_parser::ParseError;

/// What CPython says where a comma is missing, when it has read the token behind the second expression.
pub const FORGOTTEN_COMMA: &str = "invalid syntax. Perhaps you forgot a comma?";

/// What is said where the source ends within a bracket, whichever that is.
pub const NEVER_CLOSED: &str = "a bracket was never closed";

/// What is wrong, and which bytes of the source it is about.
pub struct Told {
    /// CPython's words.
    pub message: String,
    /// The bytes.
    pub range: Range<u32>,
}

impl Told {
    fn new(message: impl Into<String>, range: Range<u32>) -> Self {
        Self { message: message.into(), range }
    }
}

/// A kind of mistake.
type Rule = fn(&Scene<'_>) -> Option<Told>;

/// The kinds of mistakes, in the order in which they are looked for.
const RULES: &[Rule] = &[
    strings::inside_quotes,
    print::without_parentheses,
    targets::that_cannot_be_assigned,
    targets::before_nothing,
    targets::of_augmented_assignment,
    targets::that_cannot_be_deleted,
    targets::of_assignment_expression,
    imports::names,
    imports::from_behind,
    arguments::keyword,
    arguments::comprehension,
    arguments::nothing_behind_equals,
    arguments::order,
    arguments::star,
    parameters::stars,
    parameters::in_parentheses,
    parameters::of_types,
    conditional::without_else,
    conditional::statement_instead,
    braces::dictionary,
    braces::comprehension,
    equals::in_a_condition,
    strings::between_two,
    commas::forgotten,
    strings::of_two_kinds,
    headers::except,
    headers::colon,
    headers::blocks,
];

/// Recognizes what is wrong where the parser stopped with `error`.
pub fn recognize(error: &ParseError, text: &str, tokens: &Tokens) -> Option<Told> {
    let scene = Scene::new(error, text, tokens);
    RULES.iter().find_map(|rule| rule(&scene))
}
