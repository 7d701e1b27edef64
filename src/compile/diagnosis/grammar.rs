//! Reads `python.peg`: the rules of the parser that tells what is wrong with a source.
//!
//! A rule is a name at the start of a line, what is to be remembered of it, and alternatives behind `|`, of
//! which the first that fits is taken (PEP 617).  In an alternative:
//!
//! | sign | meaning |
//! |---|---|
//! | `'x'` `"x"` | this keyword or operator; this soft keyword |
//! | `NAME` … | a token of this kind |
//! | `x?` `x*` `x+` `','.x+` | at most one; any number; at least one; the same with something in between |
//! | `&x` `!x` | `x` follows, or does not; nothing is read |
//! | `~` | no further alternative is tried |
//! | `&&'x'` | `x`, or an error at once |
//! | `a:x` | `x` gets a name |
//! | `? check` | goes on only if a check holds; a check may also refuse the source |
//! | `<kind>` | what messages call it |
//! | `=> a` | the alternative stands for what is named `a` |
//! | `!! place a b "text"` | the source is refused, with the places in [`Place`] |
//!
//! Behind a rule's name: `memo`, what it gave is kept and used again; `left`, it is recursive to its left;
//! `fresh`, it is never kept; `quiet`, rules that only refuse are not tried inside it.  Those have names with
//! `invalid_`, and are tried only once a first reading has failed.

use rustc_hash::FxHashMap;

use super::token::Kind;

/// The rules.
#[derive(Debug)]
pub struct Grammar {
    /// Each rule.
    pub rules: Vec<Rule>,
    names: FxHashMap<&'static str, usize>,
}

/// What is remembered of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// Kept for each of the two ways of reading.
    Plain,
    /// Kept for both ways together.
    Memo,
    /// Recursive to its left.
    Left,
    /// Never kept.
    Fresh,
    /// Read without the rules that only refuse.
    Quiet,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// What is remembered of it.
    pub memory: Memory,
    /// Whether it only refuses.
    pub is_invalid: bool,
    /// What it may be.
    pub alternatives: Vec<Alternative>,
}

/// One way to read a rule.
#[derive(Debug)]
pub struct Alternative {
    /// What follows one another, with the names given.
    pub items: Vec<(Option<char>, Item)>,
    /// What becomes of it.
    pub result: Outcome,
}

/// What becomes of an alternative that was read.
#[derive(Debug)]
pub enum Outcome {
    /// A node that messages call so; without a name, the only item or a list of them.
    Node(&'static str),
    /// What was named so.
    Named(char),
    /// An error.
    Refused {
        /// Its place.
        place: Place,
        /// What the place is about.
        about: Vec<&'static str>,
        /// The message, with things to fill in within braces.
        message: String,
    },
}

/// Where an error is.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// At what is named.
    At,
    /// From the first to the second.
    Range,
    /// From what is named to where the tokenizer stands.
    From,
    /// At the last byte of what is named.
    LastOf,
    /// At the last token that was read.
    Last,
    /// At the next token.
    Next,
    /// At the last token, as an `IndentationError`.
    Indent,
    /// At what cannot be assigned to in a target, if there is such a thing.
    Target,
    /// The same in the target of a loop.
    Loop,
    /// At what cannot be deleted, if there is such a thing.
    Delete,
}

/// A thing to read.
#[derive(Debug)]
pub enum Item {
    /// A keyword or an operator.
    Text(&'static str),
    /// A name that is a keyword here.
    Soft(&'static str),
    /// Any token of a kind.
    Token(Kind),
    /// Any soft keyword.
    SoftKeyword,
    /// A rule, by its index.
    Rule(usize),
    /// One of some alternatives.
    Group(Vec<Alternative>),
    /// At most one.
    Optional(Box<Item>),
    /// One after the other, at least so many.
    Many(Box<Item>, usize),
    /// At least one, with something in between.
    Gather(Box<Item>, Box<Item>),
    /// Whether it follows.
    Look(bool, Box<Item>),
    /// No further alternative.
    Cut,
    /// A token that must follow.
    Forced(&'static str),
    /// A check.
    Check(Check),
}

/// What is checked besides the order of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// `from __future__ import barry_as_FLUFL` changes how `!=` is written.
    Future,
    /// `!=` may be written so.
    NotEqual,
    /// `!=` is written `<>`, and may be.
    AngleBrackets,
    /// The number is real.
    Real,
    /// The number is imaginary.
    Imaginary,
    /// The number has not too many digits.
    Digits,
    /// Two expressions within brackets, of which the first is no statement of Python 2.
    Comma,
    /// The first name is a statement of Python 2.
    Legacy,
    /// No error was found inside.
    NoError,
    /// The escapes of a string.
    Escapes,
    /// The escapes in the text of an f-string.
    FString,
    /// The escapes in the text of a format specification.
    FormatText,
    /// The letter right behind a `!`.
    Conversion,
    /// Strings that stand side by side are of one type.
    Concatenation,
    /// There are two arguments or more.
    Generator,
}

impl Grammar {
    /// Reads the rules.
    pub fn python() -> Self {
        Self::read(include_str!("python.peg"))
    }

    /// A rule's index, by its name.
    pub fn rule(&self, name: &str) -> usize {
        *self.names.get(name).unwrap_or_else(|| panic!("python.peg has no rule {name}"))
    }

    fn read(text: &'static str) -> Self {
        let mut sections: Vec<(&str, Memory, Vec<&'static str>)> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let (head, body) = match line.find('|').filter(|_| !line.starts_with(' ')) {
                Some(bar) => (&line[..bar], &line[bar..]),
                None if line.starts_with(' ') => ("", line),
                None => (line, ""),
            };
            let mut words = head.split_whitespace();
            if let Some(name) = words.next() {
                let memory = match words.next() {
                    None => Memory::Plain,
                    Some("memo") => Memory::Memo,
                    Some("left") => Memory::Left,
                    Some("fresh") => Memory::Fresh,
                    Some("quiet") => Memory::Quiet,
                    Some(other) => panic!("python.peg: {name} is {other}"),
                };
                sections.push((name, memory, Vec::new()));
            }
            if let Some((_, _, lines)) = sections.last_mut() {
                lines.push(body);
            }
        }
        let names: FxHashMap<&str, usize> =
            sections.iter().enumerate().map(|(index, (name, ..))| (*name, index)).collect();
        let read = |(name, memory, lines): (&'static str, Memory, Vec<&'static str>)| Rule {
            memory,
            is_invalid: name.starts_with("invalid_"),
            alternatives: lines
                .into_iter()
                .flat_map(|line| Reader { rest: line, names: &names }.alternatives())
                .collect(),
        };
        Self { rules: sections.into_iter().map(read).collect(), names }
    }
}

/// Reads one line of a rule.
struct Reader<'a> {
    rest: &'static str,
    names: &'a FxHashMap<&'static str, usize>,
}

impl Reader<'_> {
    fn eat(&mut self, sign: &str) -> bool {
        self.rest = self.rest.trim_start();
        let found = self.rest.starts_with(sign);
        if found {
            self.rest = &self.rest[sign.len()..];
        }
        found
    }

    /// Alternatives, with a `|` before the first or not.
    fn alternatives(&mut self) -> Vec<Alternative> {
        self.eat("|");
        let mut all = Vec::new();
        while !self.rest.trim_start().is_empty() {
            all.push(self.alternative());
            if !self.eat("|") {
                break;
            }
        }
        all
    }

    fn alternative(&mut self) -> Alternative {
        let mut items = Vec::new();
        loop {
            if self.eat("=>") {
                let name = self.word().chars().next().expect("a name behind =>");
                return Alternative { items, result: Outcome::Named(name) };
            }
            if self.eat("!!") {
                return Alternative { items, result: self.refusal() };
            }
            if self.eat("<") {
                let (kind, rest) = self.rest.split_once('>').expect("a kind ends with >");
                self.rest = rest;
                return Alternative { items, result: Outcome::Node(kind) };
            }
            let rest = self.rest.trim_start();
            if rest.is_empty() || rest.starts_with(['|', ')']) {
                return Alternative { items, result: Outcome::Node("") };
            }
            items.push(self.item());
        }
    }

    fn refusal(&mut self) -> Outcome {
        let place = match self.word() {
            "at" => Place::At,
            "range" => Place::Range,
            "from" => Place::From,
            "last_of" => Place::LastOf,
            "last" => Place::Last,
            "next" => Place::Next,
            "indent" => Place::Indent,
            "target" => Place::Target,
            "loop" => Place::Loop,
            "delete" => Place::Delete,
            other => panic!("python.peg: no place is called {other}"),
        };
        let mut about = Vec::new();
        while !self.eat("\"") {
            about.push(self.word());
        }
        let end = self.rest.rfind('"').expect("a message ends with a quote");
        let message = self.rest[..end].replace("\\\"", "\"");
        self.rest = &self.rest[end + 1..];
        Outcome::Refused { place, about, message }
    }

    /// Letters, digits, underscores and dots.
    fn word(&mut self) -> &'static str {
        let rest = self.rest.trim_start();
        let end = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && !matches!(sign, '_' | '.'));
        let (word, rest) = rest.split_at(end.unwrap_or(rest.len()));
        self.rest = rest;
        word
    }

    fn item(&mut self) -> (Option<char>, Item) {
        self.rest = self.rest.trim_start();
        let mut signs = self.rest.chars();
        let name = signs.next().filter(|name| name.is_ascii_lowercase() && signs.next() == Some(':'));
        if name.is_some() {
            self.rest = &self.rest[2..];
        }
        if self.eat("~") {
            return (name, Item::Cut);
        }
        if self.eat("? ") {
            return (name, Item::Check(Check::of(self.word())));
        }
        if self.eat("&&") {
            let Item::Text(text) = self.atom() else { panic!("only a token can be forced") };
            return (name, Item::Forced(text));
        }
        if self.eat("&") {
            return (name, Item::Look(true, Box::new(self.atom())));
        }
        if self.rest.trim_start().starts_with('!') && self.eat("!") {
            return (name, Item::Look(false, Box::new(self.atom())));
        }
        let atom = self.atom();
        let item = match self.rest.chars().next() {
            Some('?') => Item::Optional(Box::new(atom)),
            Some('*') => Item::Many(Box::new(atom), 0),
            Some('+') => Item::Many(Box::new(atom), 1),
            Some('.') => {
                self.rest = &self.rest[1..];
                let gathered = Item::Gather(Box::new(atom), Box::new(self.atom()));
                assert!(self.rest.starts_with('+'), "python.peg: a list ends with +");
                gathered
            }
            _ => return (name, atom),
        };
        self.rest = &self.rest[1..];
        (name, item)
    }

    fn atom(&mut self) -> Item {
        for quote in ["'", "\""] {
            if self.eat(quote) {
                let (text, rest) = self.rest.split_once(quote).expect("a token ends with its quote");
                self.rest = rest;
                return if quote == "'" { Item::Text(text) } else { Item::Soft(text) };
            }
        }
        if self.eat("(") {
            let group = self.alternatives();
            assert!(self.eat(")"), "python.peg: a group ends with )");
            return Item::Group(group);
        }
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        Item::Token(match word {
            "NAME" => Kind::Name,
            "NUMBER" => Kind::Number,
            "STRING" => Kind::String,
            "NEWLINE" => Kind::Newline,
            "INDENT" => Kind::Indent,
            "DEDENT" => Kind::Dedent,
            "ENDMARKER" => Kind::EndMarker,
            "FSTRING_START" => Kind::FStringStart,
            "FSTRING_MIDDLE" => Kind::FStringMiddle,
            "FSTRING_END" => Kind::FStringEnd,
            "TSTRING_START" => Kind::TStringStart,
            "TSTRING_MIDDLE" => Kind::TStringMiddle,
            "TSTRING_END" => Kind::TStringEnd,
            "SOFT_KEYWORD" => return Item::SoftKeyword,
            rule => {
                let index = self.names.get(rule);
                return Item::Rule(
                    *index.unwrap_or_else(|| panic!("python.peg has no rule {rule}: {}", self.rest)),
                );
            }
        })
    }
}

impl Check {
    fn of(word: &str) -> Self {
        match word {
            "future" => Self::Future,
            "not_equal" => Self::NotEqual,
            "angle_brackets" => Self::AngleBrackets,
            "real" => Self::Real,
            "imaginary" => Self::Imaginary,
            "digits" => Self::Digits,
            "comma" => Self::Comma,
            "legacy" => Self::Legacy,
            "no_error" => Self::NoError,
            "escapes" => Self::Escapes,
            "fstring" => Self::FString,
            "format_text" => Self::FormatText,
            "conversion" => Self::Conversion,
            "concatenation" => Self::Concatenation,
            "generator" => Self::Generator,
            other => panic!("python.peg: no check is called {other}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_can_be_read_and_has_alternatives() {
        let grammar = Grammar::python();
        assert!(grammar.rules.len() > 150);
        assert!(grammar.rules.iter().all(|rule| !rule.alternatives.is_empty()));
        assert!(grammar.rules[grammar.rule("invalid_block")].is_invalid);
    }
}
