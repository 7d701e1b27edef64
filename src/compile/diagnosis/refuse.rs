//! How an error gets its words and its place.

use super::super::error::{CompileError, ErrorKind, Place as ErrorPlace};
use super::grammar::Place;
use super::parser::{NodeId, Parser, Values};
use super::token::{Point, Said};

/// Whose targets are looked through.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Assigned,
    Loop,
    Deleted,
}

impl Parser<'_> {
    /// Keeps an error, if it is the first.
    pub(super) fn refuse(&mut self, kind: ErrorKind, message: String, place: ErrorPlace) {
        if self.error.is_none() {
            self.error = Some(CompileError::at(kind, message, place));
        }
    }

    pub(super) fn refuse_said(&mut self, said: Said) {
        let (line, (column, end_column)) = (said.line, said.columns);
        let place = ErrorPlace { line, column, end_line: line, end_column: Some(end_column) };
        self.refuse(ErrorKind::Syntax, said.message, place);
    }

    /// An error at the token that was read last; of one without text, where the tokenizer stands.
    pub(super) fn refuse_at_last(&mut self, kind: ErrorKind, message: String) {
        self.refuse_at_token(kind, message, self.tokens.len().saturating_sub(1));
    }

    fn refuse_at_token(&mut self, kind: ErrorKind, message: String, index: usize) {
        let Some(token) = self.tokens.get(index).copied() else {
            return self.refuse(kind, message, ErrorPlace::default());
        };
        let mut place = self.place(token.from, token.to);
        if token.from.column.is_none() {
            let (line, column) = self.tokenizer.position();
            place.column = self.characters(line, column);
        }
        if token.to.column.is_none() {
            place.end_column = None;
        }
        self.refuse(kind, message, place);
    }

    /// A place of which both ends are known; columns are counted in characters from 1, and are 0 for tokens
    /// without text.  CPython counts both on the first line.
    pub(super) fn place(&self, from: Point, to: Point) -> ErrorPlace {
        let column = |point: Point| point.column.map_or(0, |column| self.characters(from.line, column + 1));
        ErrorPlace { line: from.line, column: column(from), end_line: to.line, end_column: Some(column(to)) }
    }

    /// The characters that begin in the first `bytes` bytes of a line; its end counts as one more.  Where the
    /// tokenizer still stands on the line, its line end is part of it.
    pub(super) fn characters(&self, line: u32, bytes: u32) -> u32 {
        let whole = self.line_text(line);
        let is_current = self.tokenizer.position().0 <= line;
        let text = if is_current { whole } else { whole.trim_end_matches('\n') }.as_bytes();
        let inside = &text[..(bytes as usize).min(text.len())];
        let begins = inside.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        begins as u32 + u32::from(bytes as usize > text.len())
    }

    fn line_text(&self, line: u32) -> &str {
        self.source.split_inclusive('\n').nth(line.saturating_sub(1) as usize).unwrap_or_default()
    }

    fn span(&self, first: NodeId, last: NodeId) -> ErrorPlace {
        self.place(self.nodes[first as usize].from, self.nodes[last as usize].to)
    }

    /// An alternative that only refuses was read.
    pub(super) fn refuse_alternative(
        &mut self,
        place: Place,
        about: &[&str],
        message: &str,
        values: &Values,
    ) {
        let named: Option<Vec<NodeId>> = about.iter().map(|name| self.selected(name, values)).collect();
        let Some(mut named) = named else { return };
        let target = match place {
            Place::Target => Some(Target::Assigned),
            Place::Loop => Some(Target::Loop),
            Place::Delete => Some(Target::Deleted),
            _ => None,
        };
        let mut values = values.named.clone();
        if let Some(target) = target {
            let Some(invalid) = self.invalid_target(named[0], target) else { return };
            named = vec![invalid];
            values = vec![('a', invalid)];
        }
        let message = self.filled(message, &values);
        let at = match place {
            Place::At | Place::Target | Place::Loop | Place::Delete => self.span(named[0], named[0]),
            Place::Range => self.span(named[0], *named.last().unwrap_or(&named[0])),
            Place::From => {
                let (line, column) = self.tokenizer.position();
                let mut at = self.span(named[0], named[0]);
                (at.end_line, at.end_column) = (line, Some(self.characters(at.line, column)));
                at
            }
            Place::LastOf => {
                let (from, to) = (self.nodes[named[0] as usize].from, self.nodes[named[0] as usize].to);
                let column = to.column.map_or(0, |column| self.characters(from.line, column));
                ErrorPlace { line: from.line, column, end_line: to.line, end_column: Some(0) }
            }
            Place::Last => return self.refuse_at_last(ErrorKind::Syntax, message),
            Place::Indent => return self.refuse_at_last(ErrorKind::Indentation, message),
            Place::Next => {
                if self.fill() {
                    self.refuse_at_token(ErrorKind::Syntax, message, self.mark);
                }
                return;
            }
        };
        self.refuse(ErrorKind::Syntax, message, at);
    }

    /// What a word such as `a` or `b.last` stands for.
    fn selected(&self, word: &str, values: &Values) -> Option<NodeId> {
        let (name, part) = word.split_once('.').unwrap_or((word, ""));
        let node = values.get(name.chars().next()?)?;
        let children = |node: NodeId| &self.nodes[node as usize].children;
        match part {
            "" => Some(node),
            "last" => children(node).last().copied(),
            "items" => children(*children(node).first()?).last().copied(),
            "clause" => {
                let clause = children(*children(node).last()?);
                let (conditions, rest) = clause.split_last()?;
                match children(*conditions).last() {
                    Some(condition) => children(*condition).last().copied(),
                    None => rest.last().copied(),
                }
            }
            "argument" => self.positional(node).last().copied(),
            other => unreachable!("python.peg: no part of a node is called {other}"),
        }
    }

    /// A message with names filled in.
    fn filled(&self, message: &str, values: &[(char, NodeId)]) -> String {
        let mut filled = String::new();
        let mut rest = message;
        while let Some((before, behind)) = rest.split_once('{') {
            filled.push_str(before);
            let known = behind.split_once('}').and_then(|(word, behind)| {
                let (name, part) = word.split_once('.').unwrap_or((word, ""));
                let node = values.iter().find(|(known, _)| name.len() == 1 && name.starts_with(*known))?.1;
                Some((self.described(node, part), behind))
            });
            match known {
                Some((text, behind)) => {
                    filled.push_str(&text);
                    rest = behind;
                }
                None => {
                    filled.push('{');
                    rest = behind;
                }
            }
        }
        filled + rest
    }

    fn described(&self, node: NodeId, part: &str) -> String {
        match part {
            "" => self.kind_of(node).to_owned(),
            "text" => self.text_of(node).to_owned(),
            "line" => self.nodes[node as usize].from.line.to_string(),
            "bound" if self.kind_of(node) == "tuple" => "constraints".to_owned(),
            "bound" => "bound".to_owned(),
            "keywords" if self.holds(node, "keywords") => "keyword argument unpacking".to_owned(),
            "keywords" => "keyword argument".to_owned(),
            other => unreachable!("python.peg: nothing of a node is called {other}"),
        }
    }

    /// The text of a node's first token.
    pub(super) fn text_of(&self, node: NodeId) -> &str {
        let token = &self.tokens[self.nodes[node as usize].token];
        &self.source[token.start..token.end]
    }

    /// What messages call a node.
    pub(super) fn kind_of(&self, node: NodeId) -> &'static str {
        match self.nodes[node as usize].kind {
            "literal" if self.holds(node, "f-string expression") => "f-string expression",
            "literal" if self.holds(node, "t-string expression") => "t-string expression",
            kind => kind,
        }
    }

    /// Whether there is a node of a kind among those of which a list is made.
    fn holds(&self, node: NodeId, kind: &str) -> bool {
        let nodes = &self.nodes[node as usize].children;
        nodes.iter().any(|child| {
            let inner = self.nodes[*child as usize].kind;
            inner == kind || (inner.is_empty() && self.holds(*child, kind))
        })
    }

    /// The expressions of a tuple, a list, or arguments: what is neither a token nor a list of more.
    fn elements(&self, node: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut open: Vec<NodeId> = self.nodes[node as usize].children.iter().rev().copied().collect();
        while let Some(next) = open.pop() {
            match self.nodes[next as usize].kind {
                "token" => {}
                "" => open.extend(self.nodes[next as usize].children.iter().rev()),
                _ => found.push(next),
            }
        }
        found
    }

    /// The arguments that have no name.
    pub(super) fn positional(&self, arguments: NodeId) -> Vec<NodeId> {
        let is_list = self.nodes[arguments as usize].kind.is_empty();
        let all = if is_list { self.elements(arguments) } else { vec![arguments] };
        let named = |node: &NodeId| matches!(self.nodes[*node as usize].kind, "keyword" | "keywords");
        all.into_iter().filter(|node| !named(node)).collect()
    }

    /// What in a target can be no target.
    fn invalid_target(&self, node: NodeId, target: Target) -> Option<NodeId> {
        let inner = &self.nodes[node as usize];
        match inner.kind {
            "list" | "tuple" => {
                self.elements(node).into_iter().find_map(|element| self.invalid_target(element, target))
            }
            "starred" if target == Target::Deleted => Some(node),
            "starred" => self.invalid_target(inner.children[1], target),
            // `a in b` of `for a in b` is read as a comparison.
            "comparison" if target == Target::Loop => {
                let pair = *self.nodes[inner.children[1] as usize].children.first()?;
                let is_in = self.text_of(pair) == "in";
                is_in.then(|| self.invalid_target(inner.children[0], target)).flatten()
            }
            "name" | "subscript" | "attribute" => None,
            _ => Some(node),
        }
    }
}
