//! What kind of expression a piece of source is at its root, and where its operator or brackets stand.
//!
//! A traceback marks `+` in `a + b`, the brackets in `a[0]` and the parentheses in `f(x)`.  CPython parses
//! the text for that; the machine has no parser and need not have one: only the tokens outside of
//! brackets matter, and the text is known to be a piece of a program that compiled.

/// A piece of source, by characters.
pub(super) struct Segment<'a> {
    text: &'a [char],
}

/// What an expression is, as far as its marks depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// A binary operator: it has these characters (end excluded).
    Binary(usize, usize),
    /// A subscript with these brackets: from the opening one to behind the closing one.
    Subscript(usize, usize),
    /// A call with these parentheses; whether the callable is a plain name.
    Call(usize, usize, bool),
}

/// Binds loosest of the binary operators.
const LOOSEST: u8 = 1;
/// `**` binds tighter than the unary operators before it, and to the right.
const POWER: u8 = 8;
/// How deep strings may nest in the braces of f-strings.
const NESTING: usize = 32;

const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
    "pass", "raise", "return", "try", "while", "with", "yield",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Name,
    Keyword,
    Await,
    Number,
    String,
    Operator,
    Dot,
    /// A group in brackets, from the opening one to behind the closing one.
    Group(char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Item {
    kind: Kind,
    start: usize,
    end: usize,
}

/// A string does not close.
struct Unclosed;

/// What an expression is at its root; `None` for everything that gets no marks of its own.
pub(super) fn root(text: &[char]) -> Option<Root> {
    let segment = Segment { text };
    let (mut start, mut end) = (0, text.len());
    loop {
        let items = segment.items(start, end)?;
        match items[..] {
            // Parentheses around the whole of it are no part of the expression.
            [Item { kind: Kind::Group('('), start: open, end: close }] => {
                (start, end) = (open + 1, close - 1);
            }
            _ => return segment.root_of(&items),
        }
    }
}

/// Whether a text is a name that can be assigned to.
pub(super) fn is_name(text: &[char]) -> bool {
    let word: String = text.iter().collect();
    text.first().is_some_and(|first| is_name_start(*first))
        && text.iter().all(|char| is_name_part(*char))
        && !KEYWORDS.contains(&&*word)
        && !["True", "False", "None", "await"].contains(&&*word)
}

fn is_name_start(char: char) -> bool {
    char == '_' || char.is_alphabetic() || !char.is_ascii()
}

fn is_name_part(char: char) -> bool {
    is_name_start(char) || char.is_ascii_digit()
}

impl Segment<'_> {
    fn char(&self, at: usize) -> Option<char> {
        self.text.get(at).copied()
    }

    /// The tokens outside of brackets, and the brackets as groups; `None` where brackets or strings do not
    /// close.
    fn items(&self, start: usize, end: usize) -> Option<Vec<Item>> {
        let (mut items, mut at) = (Vec::new(), start);
        while let Some(item) = self.token(at, end).ok()? {
            at = item.end;
            if let Some(closing) = closing(item.kind, self.text[item.start]) {
                at = self.close(item.end, end, closing)?;
                items.push(Item { kind: Kind::Group(self.text[item.start]), start: item.start, end: at });
            } else {
                items.push(item);
            }
        }
        Some(items)
    }

    /// Behind the bracket that closes the one before `at`.
    fn close(&self, at: usize, end: usize, closing_one: char) -> Option<usize> {
        let (mut open, mut at) = (vec![closing_one], at);
        while let Some(item) = self.token(at, end).ok()? {
            at = item.end;
            let char = self.text[item.start];
            if let Some(closing) = closing(item.kind, char) {
                open.push(closing);
            } else if item.kind == Kind::Operator && matches!(char, ')' | ']' | '}') {
                if open.pop() != Some(char) {
                    return None;
                }
                if open.is_empty() {
                    return Some(at);
                }
            }
        }
        None
    }

    /// The first token from `at` on; `None` at the end.
    fn token(&self, at: usize, end: usize) -> Result<Option<Item>, Unclosed> {
        let start = self.skip(at, end);
        if start >= end {
            return Ok(None);
        }
        let char = self.text[start];
        let (kind, end) = if is_name_start(char) {
            let stop = self.while_(start, is_name_part);
            let word: String = self.text[start..stop].iter().collect();
            match self.char(stop) {
                Some('"' | '\'') if is_string_prefix(&word) => {
                    let raw = word.to_ascii_lowercase();
                    (Kind::String, self.string(stop, raw.contains(['f', 't']), NESTING).ok_or(Unclosed)?)
                }
                _ if word == "await" => (Kind::Await, stop),
                _ if KEYWORDS.contains(&&*word) => (Kind::Keyword, stop),
                _ => (Kind::Name, stop),
            }
        } else if char == '"' || char == '\'' {
            (Kind::String, self.string(start, false, NESTING).ok_or(Unclosed)?)
        } else if char.is_ascii_digit()
            || (char == '.' && self.char(start + 1).is_some_and(|next| next.is_ascii_digit()))
        {
            (Kind::Number, self.number(start))
        } else if char == '.' && self.text[start..].starts_with(&['.', '.', '.']) {
            (Kind::Name, start + 3)
        } else if char == '.' {
            (Kind::Dot, start + 1)
        } else {
            (Kind::Operator, start + self.operator_len(start))
        };
        Ok(Some(Item { kind, start, end }))
    }

    /// Over white space, comments and line continuations.
    fn skip(&self, mut at: usize, end: usize) -> usize {
        while at < end {
            match self.text[at] {
                '#' => at = self.while_(at, |char| char != '\n'),
                char if char.is_whitespace() || char == '\\' => at += 1,
                _ => break,
            }
        }
        at
    }

    fn while_(&self, start: usize, wanted: impl Fn(char) -> bool) -> usize {
        self.text[start..].iter().position(|char| !wanted(*char)).map_or(self.text.len(), |len| start + len)
    }

    fn number(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(char) = self.char(at) {
            let exponent = at > start
                && matches!(self.text[at - 1], 'e' | 'E')
                && !matches!(self.char(start + 1), Some('x' | 'X'));
            if char == '.' || is_name_part(char) || (exponent && matches!(char, '+' | '-')) {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    fn operator_len(&self, start: usize) -> usize {
        const LONG: &[&str] = &[
            "**=", "//=", ">>=", "<<=", "**", "//", "<<", ">>", "!=", "<=", ">=", "==", "->", ":=", "+=",
            "-=", "*=", "/=", "%=", "@=", "&=", "|=", "^=",
        ];
        let long = LONG.iter().find(|operator| {
            operator.chars().enumerate().all(|(index, char)| self.char(start + index) == Some(char))
        });
        long.map_or(1, |operator| operator.len())
    }

    /// Behind the string whose first quote is at `at`.
    fn string(&self, at: usize, braces: bool, nesting: usize) -> Option<usize> {
        let quote = self.char(at)?;
        let triple = self.char(at + 1) == Some(quote) && self.char(at + 2) == Some(quote);
        let width = if triple { 3 } else { 1 };
        let mut at = at + width;
        loop {
            let char = self.char(at)?;
            let closes = (0..width).all(|index| self.char(at + index) == Some(quote));
            match char {
                _ if closes => return Some(at + width),
                // A raw string keeps the backslash, but it still guards a quote.
                '\\' => at += 2,
                '{' | '}' if braces && self.char(at + 1) == Some(char) => at += 2,
                '{' if braces => at = self.replacement(at + 1, nesting)?,
                _ => at += 1,
            }
        }
    }

    /// Behind the brace that closes a replacement field of an f-string.
    fn replacement(&self, mut at: usize, nesting: usize) -> Option<usize> {
        let nesting = nesting.checked_sub(1)?;
        let mut depth = 0usize;
        loop {
            match self.char(at)? {
                '"' | '\'' => at = self.string(at, self.has_braces(at), nesting)?,
                '(' | '[' | '{' => (depth, at) = (depth + 1, at + 1),
                '}' if depth == 0 => return Some(at + 1),
                ')' | ']' | '}' => (depth, at) = (depth.checked_sub(1)?, at + 1),
                ':' if depth == 0 => return self.specification(at + 1, nesting),
                _ => at += 1,
            }
        }
    }

    /// Behind the brace that closes the format specification which begins at `at`.
    fn specification(&self, mut at: usize, nesting: usize) -> Option<usize> {
        loop {
            match self.char(at)? {
                '{' => at = self.replacement(at + 1, nesting)?,
                '}' => return Some(at + 1),
                _ => at += 1,
            }
        }
    }

    /// Whether the quote at `at` begins a string with replacement fields.
    fn has_braces(&self, at: usize) -> bool {
        self.text[..at]
            .iter()
            .rev()
            .take_while(|char| char.is_ascii_alphabetic())
            .any(|char| matches!(char, 'f' | 'F' | 't' | 'T'))
    }

    fn root_of(&self, items: &[Item]) -> Option<Root> {
        let operators = self.binary_operators(items)?;
        let unary = matches!(items.first(), Some(Item { kind: Kind::Operator, .. }));
        let loosest = operators.iter().map(|(_, binds)| *binds).min();
        match loosest {
            Some(POWER) if unary => None,
            Some(POWER) => operators.first().map(|(index, _)| self.binary(items, *index)),
            Some(loosest) => operators
                .iter()
                .rfind(|(_, binds)| *binds == loosest)
                .map(|(index, _)| self.binary(items, *index)),
            None if unary => None,
            None => match *items {
                [Item { kind: Kind::Await, .. }, ..] => None,
                [first, .., last] => match last.kind {
                    Kind::Group('[') => Some(Root::Subscript(last.start, last.end)),
                    Kind::Group('(') => {
                        Some(Root::Call(last.start, last.end, first.kind == Kind::Name && items.len() == 2))
                    }
                    _ => None,
                },
                _ => None,
            },
        }
    }

    /// The binary operators outside of brackets with how tight they bind; `None` where the items are no
    /// operands joined by such operators.
    fn binary_operators(&self, items: &[Item]) -> Option<Vec<(usize, u8)>> {
        let (mut found, mut operand_next) = (Vec::new(), true);
        for (index, item) in items.iter().enumerate() {
            let char = self.text[item.start];
            let behind_dot = index > 0 && items[index - 1].kind == Kind::Dot;
            match item.kind {
                Kind::Name | Kind::Number | Kind::Group(_) if operand_next => operand_next = false,
                Kind::String => operand_next = false,
                Kind::Name if behind_dot => {}
                Kind::Group('(' | '[') | Kind::Dot if !operand_next => {}
                Kind::Await if operand_next => {}
                Kind::Operator
                    if operand_next && matches!(char, '+' | '-' | '~') && item.end == item.start + 1 => {}
                Kind::Operator if !operand_next => {
                    found.push((index, self.binding(item)?));
                    operand_next = true;
                }
                _ => return None,
            }
        }
        (!operand_next).then_some(found)
    }

    fn binding(&self, item: &Item) -> Option<u8> {
        let text: String = self.text[item.start..item.end].iter().collect();
        Some(match &*text {
            "|" => LOOSEST,
            "^" => 2,
            "&" => 3,
            "<<" | ">>" => 4,
            "+" | "-" => 5,
            "*" | "/" | "//" | "%" | "@" => 6,
            "**" => POWER,
            _ => return None,
        })
    }

    /// The marks of a binary operator: its first character, and the next one too unless that is white
    /// space or belongs to the right operand.
    fn binary(&self, items: &[Item], index: usize) -> Root {
        let start = items[index].start;
        let right = self.node_start(&items[index + 1..]);
        let second = self.char(start + 1);
        let two = second.is_some_and(|char| !char.is_whitespace() && char != '\\' && char != '#')
            && right.is_none_or(|right| start + 1 < right);
        Root::Binary(start, start + 1 + usize::from(two))
    }

    /// Where the syntax tree says that an expression of these items begins: parentheses around the whole
    /// of it do not count, those of a tuple or of a generator expression do.
    fn node_start(&self, items: &[Item]) -> Option<usize> {
        let mut start = items.first()?.start;
        let mut items = items.to_vec();
        while let [Item { kind: Kind::Group('('), start: open, end: close }] = items[..] {
            let inner = self.items(open + 1, close - 1)?;
            let own = inner.iter().any(|item| {
                let text = &self.text[item.start..item.end];
                text == [','] || text == ['f', 'o', 'r']
            });
            if own || inner.is_empty() {
                break;
            }
            start = inner[0].start;
            items = inner;
        }
        Some(start)
    }
}

fn closing(kind: Kind, char: char) -> Option<char> {
    match char {
        _ if kind != Kind::Operator => None,
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    }
}

fn is_string_prefix(word: &str) -> bool {
    word.len() <= 2 && word.chars().all(|char| "rRbBuUfFtT".contains(char))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Option<String> {
        let chars: Vec<char> = text.chars().collect();
        let (Root::Binary(start, end) | Root::Subscript(start, end) | Root::Call(start, end, _)) =
            root(&chars)?;
        Some(chars[start..end].iter().collect())
    }

    #[test]
    fn marks_stand_where_cpython_puts_them() {
        for (text, marks) in [
            ("a + b", Some("+")),
            ("a+b", Some("+")),
            ("a+(b)", Some("+(")),
            ("a // b", Some("//")),
            ("a * b + c * d", Some("+")),
            ("a - b - c", Some("-")),
            ("a ** b ** c", Some("**")),
            ("-a ** b", None),
            ("-a * b", Some("*")),
            ("await f(x)", None),
            ("await a + b", Some("+")),
            ("f(a + b)", Some("(a + b)")),
            ("f(1)[x['y']]", Some("[x['y']]")),
            ("f(')')", Some("(')')")),
            ("f(f'{x[\")\"]:{y}}')", Some("(f'{x[\")\"]:{y}}')")),
            ("a.b", None),
            ("(a + b)", Some("+")),
            ("a < b + c", None),
            ("a if b else c", None),
            ("not f(x)", None),
            ("a, b + c", None),
            ("x = f(1)", None),
            ("[a for a in b]", None),
            ("'a' 'b' % c", Some("%")),
            ("1e-5 + x", Some("+")),
            ("lambda: f()", None),
            ("f(", None),
            ("'", None),
            ("", None),
        ] {
            assert_eq!(marked(text).as_deref(), marks, "{text}");
        }
    }
}
