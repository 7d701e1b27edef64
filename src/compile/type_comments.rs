//! Comments that CPython's parser takes for a part of the program if it is asked to: `# type: …` behind an
//! assignment, a parameter or the head of a block, and `# type: ignore…` anywhere.
//!
//! The parser here drops comments, so that they are found among the tokens, each with the place in the
//! grammar that its neighbours give it, and fetched by `lower` where a node may have one.  One that nobody
//! fetches stands where the grammar has no room for it.

use std::cell::Cell;
use std::rc::Rc;

use ruff_python_ast::token::{Token, TokenKind, Tokens};
use ruff_text_size::{Ranged, TextSize};

use super::error::{CompileError, ErrorKind, ErrorPlace};
use super::tree::TypeIgnore;
use crate::text::{ByteOffset, LineIndex};

/// Where a type comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Right behind a token that ends here, and before the end of the line.
    Behind(TextSize),
    /// The same, and a closing parenthesis comes next.
    Last(TextSize),
    /// Behind a comma that stands behind a token that ends here.
    Comma(TextSize),
    /// Behind the colon of a head whose indented block begins here.
    Head(TextSize),
    /// On a line of its own before the indented block that begins here.
    OwnLine(TextSize),
    /// Anywhere else.
    Nowhere,
}

#[derive(Debug)]
struct TypeComment {
    /// Its place among the tokens.
    index: usize,
    end: TextSize,
    text: Rc<str>,
    place: Place,
    fetched: Cell<bool>,
}

/// The type comments of a source.
#[derive(Debug, Default)]
pub struct TypeComments {
    /// In the order of the source.
    comments: Vec<TypeComment>,
    /// Those that say `ignore`.
    pub ignores: Vec<TypeIgnore>,
}

/// What a comment says to CPython's tokenizer.
#[derive(Debug, PartialEq, Eq)]
enum Said<'c> {
    Type(&'c str),
    /// What stands behind `ignore`.
    Ignore(&'c str),
}

/// Reads a comment, its `#` included; `None` for one that is no type comment.
fn read(comment: &str) -> Option<Said<'_>> {
    let blank = |c: char| c == ' ' || c == '\t';
    let behind = comment.strip_prefix('#')?.trim_start_matches(blank).strip_prefix("type:")?;
    let text = behind.trim_start_matches(blank);
    Some(match text.strip_prefix("ignore") {
        Some(tag) if !tag.starts_with(|c: char| !c.is_ascii() || c.is_ascii_alphanumeric()) => {
            Said::Ignore(tag)
        }
        _ => Said::Type(text),
    })
}

impl TypeComments {
    /// Finds the type comments among the tokens of `source`.
    pub fn find(tokens: &Tokens, source: &str, lines: &LineIndex) -> Self {
        let mut found = Self::default();
        // The last two tokens that count.
        let (mut before, mut last): (Option<&Token>, Option<&Token>) = (None, None);
        for (index, token) in tokens.iter().enumerate() {
            match token.kind() {
                TokenKind::Comment => match read(&source[token.range()]) {
                    Some(Said::Type(text)) => found.comments.push(TypeComment {
                        index,
                        end: token.end(),
                        text: text.into(),
                        place: place(before, last, &tokens[index + 1..]),
                        fetched: Cell::new(false),
                    }),
                    Some(Said::Ignore(tag)) => {
                        let line = lines.line(ByteOffset(token.start().to_u32()));
                        // The tag of one that has its line for itself goes to the end of the line.
                        let start = lines.span(line).unwrap_or_default().start.index();
                        let is_alone = source[start..token.start().to_usize()].trim().is_empty();
                        let end = if is_alone { "\n" } else { "" };
                        found.ignores.push(TypeIgnore { line: line.0, tag: format!("{tag}{end}").into() });
                    }
                    None => {}
                },
                TokenKind::NonLogicalNewline => {}
                _ => (before, last) = (last, Some(token)),
            }
        }
        found
    }

    fn fetch(&self, places: &[Place]) -> Option<&TypeComment> {
        let wanted = |comment: &&TypeComment| places.contains(&comment.place) && !comment.fetched.get();
        let comment = self.comments.iter().find(wanted)?;
        comment.fetched.set(true);
        Some(comment)
    }

    /// The comment of an assignment that ends at `end`, and where the comment ends.
    pub fn assignment(&self, end: TextSize) -> Option<(Rc<str>, TextSize)> {
        self.fetch(&[Place::Behind(end)]).map(|comment| (comment.text.clone(), comment.end))
    }

    /// The comment of a parameter that ends, with its default, at `end`.
    pub fn parameter(&self, end: TextSize) -> Option<Rc<str>> {
        self.fetch(&[Place::Comma(end), Place::Last(end)]).map(|comment| comment.text.clone())
    }

    /// The comment of a `for` or `with` whose block begins at `block`.
    pub fn head(&self, block: TextSize) -> Option<Rc<str>> {
        self.fetch(&[Place::Head(block)]).map(|comment| comment.text.clone())
    }

    /// The comment of a function whose body begins at `block`.
    pub fn function(&self, block: TextSize) -> Option<Rc<str>> {
        self.fetch(&[Place::Head(block), Place::OwnLine(block)]).map(|comment| comment.text.clone())
    }

    /// Where a statement that ends at `end` ends with its comment, if it has one.
    pub fn end_behind(&self, end: TextSize) -> Option<TextSize> {
        self.comments.iter().find(|comment| comment.place == Place::Behind(end)).map(|comment| comment.end)
    }

    /// Refuses a program with a comment that nobody fetched.
    pub fn check(&self, tokens: &Tokens, source: &str, lines: &LineIndex) -> Result<(), CompileError> {
        let Some(left) = self.comments.iter().find(|comment| !comment.fetched.get()) else { return Ok(()) };
        let end = left.end.to_u32();
        // CPython's token is what the comment says.
        let range = end - left.text.len() as u32..end;
        let Place::OwnLine(block) = left.place else {
            return Err(CompileError::syntax("invalid syntax", range));
        };
        let is_second =
            self.comments.iter().any(|other| other.place == Place::Head(block) && other.fetched.get());
        let header = header(&tokens[..left.index]);
        let keyword = header.map_or("", |token| &source[token.range()]);
        let message = match keyword {
            "def" if is_second => {
                return Err(CompileError::syntax("Cannot have two type comments on def", range));
            }
            _ if is_second => "expected an indented block".to_owned(),
            _ => {
                let line = header.map_or(1, |token| lines.line(ByteOffset(token.start().to_u32())).0);
                let what = match keyword {
                    "def" => "function definition".to_owned(),
                    "class" => "class definition".to_owned(),
                    keyword => format!("'{keyword}' statement"),
                };
                format!("expected an indented block after {what} on line {line}")
            }
        };
        Err(CompileError::new(ErrorKind::Indentation, message, ErrorPlace::Range(range)))
    }
}

/// The word that says what statement the logical line is that ends `before` a comment on the line behind it.
fn header(before: &[Token]) -> Option<&Token> {
    let is_between = |token: &&Token| {
        matches!(token.kind(), TokenKind::NonLogicalNewline | TokenKind::Comment | TokenKind::Newline)
    };
    let line = before.iter().rev().skip_while(is_between);
    let ends = [TokenKind::Newline, TokenKind::Indent, TokenKind::Dedent, TokenKind::Semi];
    let mut words: Vec<&Token> = line.take_while(|token| !ends.contains(&token.kind())).collect();
    let is_word = |token: &&Token| !matches!(token.kind(), TokenKind::NonLogicalNewline | TokenKind::Comment);
    words.retain(is_word);
    words.into_iter().rev().find(|token| token.kind() != TokenKind::Async)
}

fn place(before: Option<&Token>, last: Option<&Token>, behind: &[Token]) -> Place {
    let Some(last) = last else { return Place::Nowhere };
    let skipped = [TokenKind::Comment, TokenKind::NonLogicalNewline];
    let mut behind = behind.iter().filter(|token| !skipped.contains(&token.kind()));
    let next = behind.next().map(Token::kind);
    match (last.kind(), next) {
        (TokenKind::Comma, _) => before.map_or(Place::Nowhere, |before| Place::Comma(before.end())),
        (TokenKind::Colon, Some(TokenKind::Newline)) => {
            match behind.find(|token| token.kind() != TokenKind::Indent) {
                Some(first) => Place::Head(first.start()),
                None => Place::Nowhere,
            }
        }
        (TokenKind::Newline, Some(TokenKind::Indent))
            if before.is_some_and(|token| token.kind() == TokenKind::Colon) =>
        {
            behind.next().map_or(Place::Nowhere, |first| Place::OwnLine(first.start()))
        }
        (_, Some(TokenKind::Rpar)) => Place::Last(last.end()),
        (_, Some(TokenKind::Newline)) => Place::Behind(last.end()),
        _ => Place::Nowhere,
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, read};

    #[test]
    fn a_type_comment_is_known_by_its_first_word() {
        for (comment, said) in [
            ("# type: int", Some(Said::Type("int"))),
            ("#type:int ", Some(Said::Type("int "))),
            ("#\t type: \tList[int]  # x", Some(Said::Type("List[int]  # x"))),
            ("# type: ", Some(Said::Type(""))),
            ("# type:", Some(Said::Type(""))),
            ("# type : int", None),
            ("# types: int", None),
            ("## type: int", None),
            ("# type: ignore", Some(Said::Ignore(""))),
            ("# type: ignore[x] y", Some(Said::Ignore("[x] y"))),
            ("# type: ignores", Some(Said::Type("ignores"))),
            ("# type: ignoreé", Some(Said::Type("ignoreé"))),
        ] {
            assert_eq!(read(comment), said, "{comment}");
        }
    }
}
