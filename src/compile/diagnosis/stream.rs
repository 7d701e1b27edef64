//! The tokens of a source that comes line by line, as `tokenize` of CPython's library shows them: with comments and
//! the ends of lines that end no statement.
//!
//! What stands open at the end of a physical line is plain data, so that whoever reads lines may stop there. Where a
//! token goes on in the next line, its lines are read again with that one behind them.

use super::super::error::ErrorKind;
use super::token::{Kind, Stop, Token};
use super::tokenizer::{Bracket, Tokenizer};

/// What stands open where a line begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LineState {
    /// The number of the line, from 1.
    pub line: u32,
    /// The columns at which the open blocks stand, with tabs of eight and of one.
    pub indents: Vec<(usize, usize)>,
    /// The open brackets, with their places.
    pub brackets: Vec<Bracket>,
}

impl Default for LineState {
    /// The first line.
    fn default() -> Self {
        Self { line: 1, indents: vec![(0, 0)], brackets: Vec::new() }
    }
}

/// What a token is to `tokenize`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// A token of the language.
    Language(Kind),
    /// A comment.
    Comment,
    /// The end of a line that ends no statement.
    LineEnd,
}

/// A token as `tokenize` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StreamToken {
    /// What it is.
    pub kind: Shown,
    /// Its text, as the lines had it.
    pub text: String,
    /// Where it begins: the line, from 1, and the characters before it on the line.
    pub from: (u32, u32),
    /// Where it ends, likewise.
    pub to: (u32, u32),
    /// The lines on which it stands.
    pub line: String,
}

/// What comes behind the tokens of some lines.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Behind {
    /// Another line, that begins with this open.
    Line(LineState),
    /// Another line, to be read with these.
    More,
    /// Nothing.
    End,
    /// What is no token.
    Wrong(Wrong),
}

/// What is wrong with a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wrong {
    /// Which kind of error it is.
    pub kind: ErrorKind,
    /// What it says.
    pub message: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1; 0 for that of a line that is not read.
    pub column: u32,
    /// The line itself; none where the source has come to its end.
    pub text: Option<String>,
    /// Whether the place is told as a range.
    pub is_range: bool,
}

impl Wrong {
    fn null_byte(line: u32, text: &str) -> Self {
        Self {
            kind: ErrorKind::Syntax,
            message: "source code cannot contain null bytes".to_owned(),
            line,
            column: 0,
            text: text.split('\0').next().map(str::to_owned),
            is_range: true,
        }
    }
}

/// The tokens of `lines`, the first of which begins with `state` open; `ended` says that no line follows.
pub fn stream(state: &LineState, lines: &[&str], ended: bool) -> (Vec<StreamToken>, Behind) {
    if let Some(index) = lines.iter().position(|line| line.contains('\0')) {
        // Such a line is not read at all.
        let (tokens, _) = stream(state, &lines[..index], false);
        return (tokens, Behind::Wrong(Wrong::null_byte(state.line + index as u32, lines[index])));
    }
    let lines = Lines::join(state.line, lines);
    let tokenizer = Tokenizer::of_lines(&lines.text, state);
    let mut stream = Stream { lines: &lines, tokenizer, at: 0, starts_line: true, tokens: Vec::new() };
    let behind = stream.run(ended);
    (stream.tokens, behind)
}

/// Lines put together, with `\n` as their only end, each with one.
struct Lines {
    text: String,
    /// The number of the first.
    first: u32,
    /// Where a `\n` had a `\r` before it.
    returns: Vec<usize>,
    /// Where a `\n` was not there.
    added: Vec<usize>,
}

impl Lines {
    fn join(first: u32, lines: &[&str]) -> Self {
        let mut joined = Self { text: String::new(), first, returns: Vec::new(), added: Vec::new() };
        for line in lines {
            let is_complete = line.ends_with('\n');
            let body = line.strip_suffix('\n').unwrap_or(line);
            let has_return = body.ends_with('\r');
            joined.text.push_str(body.strip_suffix('\r').unwrap_or(body));
            if has_return {
                joined.returns.push(joined.text.len());
            }
            if !is_complete {
                joined.added.push(joined.text.len());
            }
            joined.text.push('\n');
        }
        joined
    }

    /// A part as the lines had it.
    fn own(&self, from: usize, to: usize) -> String {
        let mut text = String::new();
        let mut done = from;
        for (at, _) in self.text[from..to].match_indices('\n') {
            let at = from + at;
            text.push_str(&self.text[done..at]);
            done = at + 1;
            if self.returns.contains(&at) {
                text.push('\r');
            }
            if !self.added.contains(&at) {
                text.push('\n');
            }
        }
        text + &self.text[done..to]
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        rest.iter().position(|byte| *byte == b'\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// The line and the characters before a place.
    fn place(&self, at: usize) -> (u32, u32) {
        let line = self.text[..at].matches('\n').count() as u32 + self.first;
        (line, self.text[self.line_start(at)..at].chars().count() as u32)
    }

    /// The lines from that of one place to that of another.
    fn around(&self, from: usize, to: usize) -> String {
        self.own(self.line_start(from), self.line_end(to))
    }
}

struct Stream<'a> {
    lines: &'a Lines,
    tokenizer: Tokenizer<'a>,
    /// Behind the last token.
    at: usize,
    /// Whether a line begins there, or an end of one that ended a statement.
    starts_line: bool,
    tokens: Vec<StreamToken>,
}

impl Stream<'_> {
    fn run(&mut self, ended: bool) -> Behind {
        loop {
            let in_brackets = self.tokenizer.open_bracket().is_some();
            if !self.tokenizer.is_in_string() && self.is_gap(in_brackets) && (in_brackets || self.starts_line)
            {
                self.gap(self.lines.text.len());
                if !ended {
                    return Behind::Line(self.state());
                }
                if in_brackets {
                    return self.end_of_source(0);
                }
            }
            match self.tokenizer.next() {
                Ok(token) => {
                    self.push(&token);
                    if token.kind == Kind::EndMarker {
                        return Behind::End;
                    }
                }
                Err((_, stop)) => {
                    let is_open = matches!(stop, Stop::EndOfSource) || self.tokenizer.has_seen_end();
                    let in_text = self.tokenizer.strings.last().is_some_and(|string| string.in_text);
                    if is_open && in_brackets && !in_text && self.is_gap(true) {
                        self.gap(self.lines.text.len());
                    }
                    if is_open && !ended {
                        return Behind::More;
                    }
                    return self.wrong(stop);
                }
            }
        }
    }

    /// Whether nothing is left but what stands between tokens; a line may go on in brackets alone.
    fn is_gap(&self, may_go_on: bool) -> bool {
        let rest = &self.lines.text[self.at..];
        rest.split_inclusive('\n').all(|line| {
            let line = line.trim_start_matches([' ', '\t', '\x0c']);
            line.is_empty() || line.starts_with(['\n', '#']) || may_go_on && line == "\\\n"
        })
    }

    fn state(&self) -> LineState {
        let lines = self.lines.text.matches('\n').count() as u32;
        self.tokenizer.line_state(self.lines.first + lines)
    }

    fn add(&mut self, kind: Shown, from: usize, to: usize) {
        let lines = self.lines;
        let (text, begin) = (lines.own(from, to), lines.place(from));
        let ends_line = matches!(kind, Shown::LineEnd | Shown::Language(Kind::Newline));
        // The end of a line belongs to that line, a line end of two characters with both.
        let end = if ends_line {
            (begin.0, begin.1 + 1 + u32::from(lines.returns.contains(&from)))
        } else {
            lines.place(to)
        };
        let line = lines.around(from, if ends_line { from } else { to });
        self.tokens.push(StreamToken { kind, text, from: begin, to: end, line });
        self.at = to;
    }

    /// The comments and line ends up to a place.
    fn gap(&mut self, end: usize) {
        while self.at < end {
            let rest = &self.lines.text[self.at..end];
            match rest.as_bytes()[0] {
                b'#' => {
                    let length = rest.find('\n').unwrap_or(rest.len());
                    self.add(Shown::Comment, self.at, self.at + length);
                }
                b'\n' => self.add(Shown::LineEnd, self.at, self.at + 1),
                b'\\' if rest.starts_with("\\\n") => self.at += 2,
                _ => self.at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
    }

    fn push(&mut self, token: &Token) {
        let kind = Shown::Language(token.kind);
        self.starts_line = matches!(token.kind, Kind::Newline);
        match token.kind {
            Kind::Indent | Kind::Dedent | Kind::EndMarker => {
                let (place, text) = (self.tokenizer.at, &self.lines.text);
                let start = self.lines.line_start(place);
                self.gap(if token.kind == Kind::EndMarker { place } else { start });
                let from = if token.kind == Kind::Indent { start } else { place };
                let line = if place < text.len() { self.lines.around(place, place) } else { String::new() };
                let (text, from) = (text[from..place].to_owned(), self.lines.place(from));
                let to = self.lines.place(place);
                self.tokens.push(StreamToken { kind, text, from, to, line });
                self.at = place;
            }
            Kind::Newline => {
                self.gap(token.end - 1);
                self.add(kind, token.end - 1, token.end);
            }
            Kind::Name
            | Kind::Keyword
            | Kind::Number
            | Kind::String
            | Kind::FStringStart
            | Kind::FStringMiddle
            | Kind::FStringEnd
            | Kind::TStringStart
            | Kind::TStringMiddle
            | Kind::TStringEnd
            | Kind::Operator
            | Kind::Unknown
            | Kind::Error => {
                self.gap(token.start);
                self.add(kind, token.start, token.end);
            }
        }
    }

    fn end_of_source(&self, column: u32) -> Behind {
        let line = self.lines.first + self.lines.text.matches('\n').count() as u32;
        Behind::Wrong(Wrong {
            kind: ErrorKind::Syntax,
            message: "unexpected EOF in multi-line statement".to_owned(),
            line: line.saturating_sub(1),
            column,
            text: None,
            is_range: false,
        })
    }

    fn wrong(&self, stop: Stop) -> Behind {
        let line_at = |line: u32| {
            let index = line.saturating_sub(self.lines.first) as usize;
            self.lines.text.lines().nth(index).unwrap_or_default().to_owned()
        };
        let here = self.tokenizer.position().0;
        let at_end = |kind: ErrorKind, message: &str| {
            let (text, message) = (line_at(here), message.to_owned());
            let column = text.chars().count() as u32 + 1;
            Behind::Wrong(Wrong { kind, message, line: here, column, text: Some(text), is_range: false })
        };
        match stop {
            Stop::Said(said) => Behind::Wrong(Wrong {
                kind: ErrorKind::Syntax,
                message: said.message,
                line: said.line,
                column: said.columns.0,
                text: Some(line_at(said.line)),
                is_range: true,
            }),
            Stop::EndOfSource => {
                let last = self.lines.text.lines().next_back().unwrap_or_default();
                let continues = last.ends_with('\\') && !last.trim_start().starts_with('\\');
                let goes_on = continues || self.tokenizer.is_in_string();
                self.end_of_source(if goes_on { last.len() as u32 + 1 } else { 0 })
            }
            Stop::Dedent => {
                at_end(ErrorKind::Indentation, "unindent does not match any outer indentation level")
            }
            Stop::Line(kind, message) => at_end(kind, message),
            Stop::Continuation(_) => {
                at_end(ErrorKind::Syntax, "unexpected character after line continuation character")
            }
        }
    }
}
