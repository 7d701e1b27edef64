//! The colours of Python source, by role.
//!
//! syntect reads the text with its own Python syntax, packed into `assets/python.packdump`; its scopes
//! become our roles, so that a theme colours source and panes alike.  The regular expressions take
//! tens of milliseconds to warm up, so this runs on a thread of its own while the screen is already up.

use std::thread;

use syntect::dumps::from_uncompressed_data;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use super::theme::Role;

/// Lines longer than this, in bytes, stay plain: no one reads them, and they would take seconds.
const LONGEST: usize = 4_000;
/// Lines that are handed over at a time.
const CHUNK: usize = 200;

/// The roles of a source text, line by line; of lines that are not coloured yet, [`Role::Text`].
#[derive(Clone, Debug, Default)]
pub struct Colours {
    lines: Vec<Line>,
}

/// Where in a line which role begins, in bytes.
type Line = Vec<(u32, Role)>;

impl Colours {
    /// No colours at all.
    pub const PLAIN: Self = Self { lines: Vec::new() };

    /// The role of a byte of a line, both from 0.
    pub fn role(&self, line: usize, byte: usize) -> Role {
        let Some(changes) = self.lines.get(line) else { return Role::Text };
        let behind = changes.partition_point(|&(start, _)| start as usize <= byte);
        behind.checked_sub(1).map_or(Role::Text, |last| changes[last].1)
    }

    /// Appends the colours of the next lines.
    pub fn extend(&mut self, lines: Vec<Line>) {
        self.lines.extend(lines);
    }
}

/// A part of a text's colours, in order.
pub struct Chunk {
    /// Which text, as the caller numbers them.
    pub text: usize,
    /// The colours of its next lines.
    pub lines: Vec<Line>,
}

/// Colours `lines` on a thread of its own and hands them over to `deliver`, a chunk at a time; stops when
/// `deliver` says that nobody listens any more.
pub fn spawn(text: usize, lines: Vec<String>, deliver: impl Fn(Chunk) -> bool + Send + 'static) {
    thread::spawn(move || {
        let Some(mut highlighter) = Highlighter::new() else { return };
        for chunk in lines.chunks(CHUNK) {
            let lines = chunk.iter().map(|line| highlighter.line(line)).collect();
            if !deliver(Chunk { text, lines }) {
                return;
            }
        }
    });
}

/// Colours a whole text at once.
pub fn colour<'a>(lines: impl IntoIterator<Item = &'a str>) -> Colours {
    let mut colours = Colours::default();
    if let Some(mut highlighter) = Highlighter::new() {
        colours.extend(lines.into_iter().map(|line| highlighter.line(line)).collect());
    }
    colours
}

struct Highlighter {
    syntaxes: SyntaxSet,
    state: ParseState,
    scopes: ScopeStack,
    roles: Vec<(Scope, Role)>,
}

impl Highlighter {
    /// Ready for the first line; `None` only if the packed syntax were damaged, which a test rules out.
    fn new() -> Option<Self> {
        let syntaxes: SyntaxSet =
            from_uncompressed_data(include_bytes!("../../assets/python.packdump")).ok()?;
        let state = ParseState::new(syntaxes.find_syntax_by_name("Python")?);
        let roles = ROLES.iter().filter_map(|&(scope, role)| Some((Scope::new(scope).ok()?, role))).collect();
        Some(Self { syntaxes, state, scopes: ScopeStack::new(), roles })
    }

    fn line(&mut self, line: &str) -> Line {
        if line.len() > LONGEST {
            return Line::new();
        }
        // A string may go on from the line before.
        let mut changes = vec![(0, self.role())];
        let Ok(operations) = self.state.parse_line(&format!("{line}\n"), &self.syntaxes) else {
            return changes;
        };
        for (at, operation) in operations {
            if self.scopes.apply(&operation).is_err() {
                return changes;
            }
            let (at, role) = (at as u32, self.role());
            match changes.last_mut() {
                Some((last, its_role)) if *last == at => *its_role = role,
                Some((_, its_role)) if *its_role == role => {}
                _ => changes.push((at, role)),
            }
        }
        changes
    }

    /// The role of the innermost scope that has one.
    fn role(&self) -> Role {
        let role_of = |scope: &Scope| {
            let fitting = self.roles.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope));
            fitting.map(|&(_, role)| role)
        };
        self.scopes.as_slice().iter().rev().find_map(role_of).unwrap_or(Role::Text)
    }
}

/// Scopes and their roles; of several that fit, the first.
const ROLES: [(&str, Role); 21] = [
    ("comment", Role::Comment),
    ("constant.character.escape", Role::Number),
    ("constant.character.format", Role::Number),
    ("meta.interpolation", Role::Text),
    ("string", Role::Str),
    ("constant.numeric", Role::Number),
    ("constant.language", Role::Number),
    ("keyword.operator.logical", Role::Keyword),
    ("keyword.operator", Role::Operator),
    ("keyword", Role::Keyword),
    ("storage", Role::Keyword),
    ("entity.name.function", Role::Function),
    ("entity.name.class", Role::Class),
    ("entity.other.inherited-class", Role::Class),
    ("variable.function", Role::Function),
    ("variable.language", Role::Builtin),
    ("support.function", Role::Builtin),
    ("support.type", Role::Builtin),
    ("support.class", Role::Builtin),
    ("support.constant", Role::Builtin),
    ("punctuation.definition.comment", Role::Comment),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(lines: &[&str], line: usize) -> Vec<(String, Role)> {
        let colours = colour(lines.iter().copied());
        let mut runs: Vec<(String, Role)> = Vec::new();
        for (byte, c) in lines[line].char_indices() {
            let role = colours.role(line, byte);
            match runs.last_mut() {
                Some((text, last)) if *last == role => text.push(c),
                _ => runs.push((c.to_string(), role)),
            }
        }
        runs.retain(|(text, _)| !text.trim().is_empty());
        runs
    }

    #[test]
    fn python_gets_its_roles() {
        let found = roles(&["def f(x): return 'a' + 12  # why"], 0);
        for (text, role) in [
            ("def", Role::Keyword),
            ("f", Role::Function),
            ("return", Role::Keyword),
            ("'a'", Role::Str),
            ("12", Role::Number),
            ("# why", Role::Comment),
        ] {
            assert!(found.iter().any(|(t, r)| t.trim() == text && *r == role), "{text} in {found:?}");
        }
    }

    #[test]
    fn a_string_goes_on_over_lines() {
        let lines = ["x = '''one", "two", "three''' + y"];
        assert_eq!(roles(&lines, 1), [("two".to_owned(), Role::Str)]);
        assert_eq!(roles(&lines, 2)[0], ("three'''".to_owned(), Role::Str));
    }

    #[test]
    fn lines_that_are_not_coloured_yet_are_plain() {
        assert_eq!(Colours::default().role(7, 3), Role::Text);
        assert_eq!(colour(["x"]).role(0, 999), Role::Text);
    }
}
