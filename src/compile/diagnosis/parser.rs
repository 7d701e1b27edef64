//! Reads a source by the rules of `python.peg`, as CPython's parser does: in their order, token by token, and
//! with the same memory, because the token that was read last is the place of many an error.

use rustc_hash::FxHashMap;

use super::super::Mode;
use super::super::error::{CompileError, ErrorKind, Place, Warning};
use super::super::stack;
use super::grammar::{Alternative, Grammar, Item, Memory, Outcome};
use super::token::{Kind, Point, Stop, Token};
use super::tokenizer::{Bracket, Tokenizer};

/// How deeply CPython's parser follows rules in one another.
const MAX_DEPTH: u32 = 6_000;

/// An index into [`Parser::nodes`].
pub type NodeId = u32;

/// What was read.
#[derive(Clone, Debug)]
pub struct Node {
    /// What messages call it; empty for lists, `token` for keywords and operators.
    pub kind: &'static str,
    /// The index of its first token.
    pub token: usize,
    /// Where it begins.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    /// What it is made of.
    pub children: Vec<NodeId>,
}

type Memo = FxHashMap<(usize, usize, bool), (Option<NodeId>, usize)>;

/// A source on its way through the rules.
pub struct Parser<'a> {
    pub(super) grammar: &'a Grammar,
    pub(super) source: &'a str,
    pub(super) tokenizer: Tokenizer<'a>,
    pub(super) tokens: Vec<Token>,
    pub(super) mark: usize,
    pub(super) nodes: Vec<Node>,
    memo: Memo,
    /// Whether rules that only refuse are tried.
    pub(super) is_second: bool,
    /// What is wrong, once something is.
    pub(super) error: Option<CompileError>,
    /// Why there are no more tokens, and whether the tokenizer said so itself.
    stopped: Option<bool>,
    pub(super) has_flufl: bool,
    pub(super) warnings: Vec<Warning>,
    depth: u32,
    start: Start,
    /// Whether there was a token since the last line end that was added.
    has_begun: bool,
}

/// What a source is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// A file.
    File,
    /// An expression.
    Eval,
    /// What was typed at a prompt.
    Single,
    /// The type of a function in a comment.
    FunctionType,
}

impl From<Mode> for Start {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Exec => Self::File,
            Mode::Eval => Self::Eval,
            Mode::Single => Self::Single,
        }
    }
}

impl Start {
    const fn rule(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Eval => "eval",
            Self::Single => "single",
            Self::FunctionType => "function_type",
        }
    }
}

/// What was named in an alternative, and the nodes of its items.
#[derive(Default)]
pub(super) struct Values {
    pub named: Vec<(char, NodeId)>,
    pub all: Vec<NodeId>,
}

impl Values {
    pub fn get(&self, name: char) -> Option<NodeId> {
        self.named.iter().find(|(known, _)| *known == name).map(|(_, node)| *node)
    }
}

impl<'a> Parser<'a> {
    /// For a source; that of a file ends with a line end.
    pub fn new(grammar: &'a Grammar, source: &'a str, start: Start, has_flufl: bool) -> Self {
        Self {
            grammar,
            source,
            tokenizer: Tokenizer::new(source),
            tokens: Vec::new(),
            mark: 0,
            nodes: Vec::new(),
            memo: Memo::default(),
            is_second: false,
            error: None,
            stopped: None,
            has_flufl,
            warnings: Vec::new(),
            depth: 0,
            start,
            has_begun: false,
        }
    }

    /// Reads the whole source; gives back what is wrong with it, if anything is.
    pub fn run(&mut self) -> Option<CompileError> {
        let start = self.grammar.rule(self.start.rule());
        if self.rule(start).is_some() && self.error.is_none() {
            self.check_rest();
            return self.error.take();
        }
        if self.error.is_some() {
            self.rest_of_tokens();
            return self.error.take();
        }
        let last = self.tokens.len().saturating_sub(1);
        (self.mark, self.is_second, self.depth) = (0, true, 0);
        self.memo.clear();
        self.rule(start);
        let is_indentation = matches!(self.tokens[last].kind, Kind::Indent | Kind::Dedent);
        let is_generic = self.error.is_none();
        if is_generic {
            self.generic(last);
        }
        if !(is_generic && is_indentation) {
            self.rest_of_tokens();
        }
        self.error.take()
    }

    /// At a prompt nothing but comments may follow the statement.
    fn check_rest(&mut self) {
        let rest = self.tokenizer.rest().lines().map(|line| line.trim_matches([' ', '\t', '\x0c']));
        if self.start == Start::Single
            && rest.into_iter().any(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let message = "multiple statements found while compiling a single statement".to_owned();
            self.refuse_at_last(ErrorKind::Syntax, message);
        }
    }

    /// The error where no rule says what is wrong.
    fn generic(&mut self, last: usize) {
        let token = self.tokens[last];
        match token.kind {
            Kind::Indent => self.refuse_at_last(ErrorKind::Indentation, "unexpected indent".to_owned()),
            Kind::Dedent => self.refuse_at_last(ErrorKind::Indentation, "unexpected unindent".to_owned()),
            _ => {
                let place = self.place(token.from, token.to);
                self.refuse(ErrorKind::Syntax, "invalid syntax".to_owned(), place);
            }
        }
    }

    /// An error of the tokenizer further on is told rather than one of the parser, and so is a bracket that
    /// was opened on an earlier line and never closed.
    fn rest_of_tokens(&mut self) {
        if self.stopped.is_some() || self.error.as_ref().is_none_or(|error| error.kind == ErrorKind::Memory) {
            return;
        }
        let line = self.tokens.last().map_or(0, |token| token.from.line);
        loop {
            let next = self.tokenizer.next();
            self.warnings.append(&mut self.tokenizer.warnings);
            match next {
                Ok(token) if token.kind == Kind::EndMarker => return,
                Ok(_) => {}
                // What is wrong in an expression counts for more than an f-string that does not end behind it.
                Err(_) if self.tokenizer.is_in_string() => return,
                Err((_, Stop::Said(said))) => {
                    self.error = None;
                    return self.refuse_said(said);
                }
                Err(_) => {
                    if let Some(bracket) = self.tokenizer.open_bracket().filter(|bracket| line > bracket.line)
                    {
                        self.error = None;
                        self.never_closed(bracket);
                    }
                    return;
                }
            }
        }
    }

    /// Sees to it that the token at `mark` was read; whether there is one.
    pub(super) fn fill(&mut self) -> bool {
        if self.mark < self.tokens.len() {
            return true;
        }
        if self.stopped.is_some() {
            return false;
        }
        let next = self.tokenizer.next();
        self.warnings.append(&mut self.tokenizer.warnings);
        match next {
            Ok(token) => {
                let token = self.at_prompt_end(token);
                self.tokens.push(token);
                true
            }
            Err((token, stop)) => {
                self.tokens.push(token);
                self.stopped = Some(matches!(stop, Stop::Said(_)));
                self.refuse_stop(stop);
                false
            }
        }
    }

    /// What was typed at a prompt ends a line, even if it does not, and what is open in it.
    fn at_prompt_end(&mut self, token: Token) -> Token {
        let ends = token.kind == Kind::EndMarker && self.start == Start::Single && self.has_begun;
        self.has_begun = !ends;
        if !ends {
            return token;
        }
        self.tokenizer.close_blocks();
        Token { kind: Kind::Newline, ..token }
    }

    fn refuse_stop(&mut self, stop: Stop) {
        let (line, _) = self.tokenizer.position();
        let at_line = |column: u32| Place { line, column, end_line: line, end_column: Some(0) };
        match stop {
            Stop::Said(said) => self.refuse_said(said),
            Stop::EndOfSource => self.unexpected_end(),
            Stop::Dedent => {
                let message = "unindent does not match any outer indentation level".to_owned();
                self.refuse_at_last(ErrorKind::Indentation, message);
            }
            Stop::Line(kind, message) => self.refuse(kind, message.to_owned(), at_line(1)),
            Stop::Continuation(column) => {
                let message = "unexpected character after line continuation character".to_owned();
                let column = self.characters(line, column + 1);
                self.refuse(ErrorKind::Syntax, message, at_line(column));
            }
        }
    }

    pub(super) fn unexpected_end(&mut self) {
        match self.tokenizer.open_bracket() {
            Some(bracket) => self.never_closed(bracket),
            None => self.refuse_at_last(ErrorKind::Syntax, "unexpected EOF while parsing".to_owned()),
        }
    }

    fn never_closed(&mut self, bracket: Bracket) {
        let (line, column) = (bracket.line, self.characters(bracket.line, bracket.column + 1));
        let place = Place { line, column, end_line: line, end_column: Some(0) };
        self.refuse(ErrorKind::Syntax, format!("'{}' was never closed", bracket.character), place);
    }

    /// Follows a rule from where the parser stands.
    pub(super) fn rule(&mut self, index: usize) -> Option<NodeId> {
        if self.error.is_some() {
            return None;
        }
        let grammar = self.grammar;
        let rule = &grammar.rules[index];
        if rule.is_invalid && !self.is_second {
            return None;
        }
        if self.depth >= MAX_DEPTH {
            let message = "Parser stack overflowed - Python source too complex to parse".to_owned();
            self.refuse(ErrorKind::Memory, message, Place::default());
            return None;
        }
        let start = self.mark;
        let key =
            (index, start, rule.memory != Memory::Memo && rule.memory != Memory::Left && self.is_second);
        if rule.memory != Memory::Fresh
            && let Some(&(node, mark)) = self.memo.get(&key)
        {
            self.mark = mark;
            return node;
        }
        self.depth += 1;
        let node = stack::grow(|| match rule.memory {
            Memory::Left => self.grow_seed(key, &rule.alternatives),
            Memory::Quiet => {
                let before = std::mem::replace(&mut self.is_second, false);
                let node = self.alternatives(&rule.alternatives);
                self.is_second = before;
                node
            }
            Memory::Plain | Memory::Memo | Memory::Fresh => self.alternatives(&rule.alternatives),
        });
        self.depth -= 1;
        if !matches!(rule.memory, Memory::Fresh | Memory::Left) {
            self.memo.insert(key, (node, self.mark));
        }
        node
    }

    /// A rule that begins with itself: it fails first, and is read again for as long as it reaches further.
    fn grow_seed(&mut self, key: (usize, usize, bool), alternatives: &'a [Alternative]) -> Option<NodeId> {
        let start = self.mark;
        let mut best = (None, start);
        loop {
            self.memo.insert(key, best);
            self.mark = start;
            let node = self.alternatives(alternatives);
            if self.error.is_some() {
                return None;
            }
            if node.is_none() || self.mark <= best.1 {
                break;
            }
            best = (node, self.mark);
        }
        self.mark = best.1;
        best.0
    }

    fn alternatives(&mut self, alternatives: &'a [Alternative]) -> Option<NodeId> {
        let start = self.mark;
        for alternative in alternatives {
            if self.error.is_some() {
                return None;
            }
            let (node, was_cut) = self.alternative(alternative);
            if node.is_some() {
                return node;
            }
            self.mark = start;
            if was_cut {
                return None;
            }
        }
        None
    }

    /// The node of an alternative, and whether no other may be tried.
    fn alternative(&mut self, alternative: &'a Alternative) -> (Option<NodeId>, bool) {
        let start = self.mark;
        let mut values = Values::default();
        let mut was_cut = false;
        for (name, item) in &alternative.items {
            let read = match item {
                Item::Cut => {
                    was_cut = true;
                    continue;
                }
                Item::Check(check) => {
                    if !self.check(*check, &values) {
                        return (None, was_cut);
                    }
                    continue;
                }
                Item::Look(positive, inner) => {
                    let mark = self.mark;
                    let found = self.item(inner).is_some();
                    self.mark = mark;
                    if found != *positive {
                        return (None, was_cut);
                    }
                    continue;
                }
                Item::Optional(inner) => {
                    let found = self.item(inner);
                    if self.error.is_some() {
                        return (None, was_cut);
                    }
                    found.map_or_else(|| Some(self.list(Vec::new())), Some)
                }
                _ => self.item(item),
            };
            let Some(node) = read else { return (None, was_cut) };
            values.all.push(node);
            if let Some(name) = name {
                values.named.push((*name, node));
            }
        }
        let node = match &alternative.result {
            Outcome::Named(name) => values.get(*name),
            Outcome::Node("") if values.all.len() == 1 => values.all.pop(),
            Outcome::Node(kind) => Some(self.node(kind, start, values.all)),
            Outcome::Refused { place, about, message } => {
                self.refuse_alternative(*place, about, message, &values);
                None
            }
        };
        (node, was_cut)
    }

    fn item(&mut self, item: &'a Item) -> Option<NodeId> {
        match item {
            Item::Text(text) => self.token(|source, token| {
                matches!(token.kind, Kind::Keyword | Kind::Operator)
                    && &source[token.start..token.end] == *text
            }),
            Item::Soft(text) => self
                .token(|source, token| token.kind == Kind::Name && &source[token.start..token.end] == *text),
            Item::Token(kind) => self.token(|_, token| token.kind == *kind),
            Item::SoftKeyword => self.token(|source, token| {
                token.kind == Kind::Name
                    && matches!(&source[token.start..token.end], "_" | "case" | "match" | "type")
            }),
            Item::Rule(index) => self.rule(*index),
            Item::Group(alternatives) => self.alternatives(alternatives),
            Item::Optional(inner) => {
                let found = self.item(inner);
                found.or_else(|| self.error.is_none().then(|| self.list(Vec::new())))
            }
            Item::Many(inner, least) => {
                let mut found = Vec::new();
                loop {
                    let mark = self.mark;
                    match self.item(inner) {
                        // A statement of the file is never read again.
                        Some(_) if self.mark > mark && self.depth == 1 => self.forget(),
                        Some(node) if self.mark > mark => found.push(node),
                        _ => break,
                    }
                }
                (found.len() >= *least && self.error.is_none()).then(|| self.list(found))
            }
            Item::Gather(separator, inner) => {
                let mut found = vec![self.item(inner)?];
                loop {
                    let mark = self.mark;
                    let next = self.item(separator).and_then(|_| self.item(inner));
                    let Some(next) = next else {
                        self.mark = mark;
                        break;
                    };
                    found.push(next);
                }
                self.error.is_none().then(|| self.list(found))
            }
            Item::Forced(text) => {
                if self.error.is_some() || !self.fill() {
                    return None;
                }
                let token = self.tokens[self.mark];
                let found = self.item_text(text);
                if found.is_none() {
                    self.refuse(
                        ErrorKind::Syntax,
                        format!("expected '{text}'"),
                        self.place(token.from, token.to),
                    );
                }
                found
            }
            // These stand in alternatives only.
            Item::Look(..) | Item::Cut | Item::Check(_) => None,
        }
    }

    /// Drops what is kept of tokens that were read for good.
    fn forget(&mut self) {
        // To clear a map takes as long as it once was large.
        self.memo = Memo::default();
        self.nodes.clear();
    }

    fn item_text(&mut self, text: &str) -> Option<NodeId> {
        self.token(|source, token| token.kind == Kind::Operator && &source[token.start..token.end] == text)
    }

    fn token(&mut self, fits: impl Fn(&str, &Token) -> bool) -> Option<NodeId> {
        if !self.fill() || !fits(self.source, &self.tokens[self.mark]) {
            return None;
        }
        let token = self.tokens[self.mark];
        let kind = match token.kind {
            Kind::Name => "name",
            _ => "token",
        };
        let node = Node { kind, token: self.mark, from: token.from, to: token.to, children: Vec::new() };
        self.mark += 1;
        Some(self.add(node))
    }

    fn add(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() as NodeId - 1
    }

    /// What was read since `start`.
    fn node(&mut self, kind: &'static str, start: usize, children: Vec<NodeId>) -> NodeId {
        let nowhere = Point { line: 1, column: Some(0) };
        let from = self.tokens.get(start).map_or(nowhere, |token| token.from);
        let last = self.tokens[..self.mark].iter().rev().find(|token| !token.kind.is_layout());
        let to = last.map_or(from, |token| token.to);
        self.add(Node { kind, token: start, from, to, children })
    }

    fn list(&mut self, children: Vec<NodeId>) -> NodeId {
        let nowhere = Point { line: 1, column: Some(0) };
        let from = children.first().map_or(nowhere, |first| self.nodes[*first as usize].from);
        let to = children.last().map_or(nowhere, |last| self.nodes[*last as usize].to);
        self.add(Node { kind: "", token: self.mark, from, to, children })
    }
}
