//! Keys as the table of actions writes them: `j`, `Ctrl-p`, `Shift-F11`, `Space`.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use thiserror::Error;

/// One key press: what was pressed, and which modifiers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Ctrl, Alt and Shift; no Shift with characters, which are capitals or signs already.
    pub modifiers: KeyModifiers,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, modifiers: KeyModifiers::NONE }
    }

    /// The character it types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let counted = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        let mut modifiers = event.modifiers & counted;
        let code = match event.code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            KeyCode::Char(c) => {
                // Terminals report Ctrl-P and Ctrl-p alike.
                modifiers -= KeyModifiers::SHIFT;
                KeyCode::Char(if modifiers.contains(KeyModifiers::CONTROL) {
                    c.to_ascii_lowercase()
                } else {
                    c
                })
            }
            other => other,
        };
        Self { code, modifiers }
    }
}

/// A text that names no key.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("not a key: {0}")]
pub struct KeyError(String);

/// Keys with a name, and their names.
const NAMED: [(&str, KeyCode); 15] = [
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
];

const PREFIXES: [(&str, KeyModifiers); 3] =
    [("Ctrl-", KeyModifiers::CONTROL), ("Alt-", KeyModifiers::ALT), ("Shift-", KeyModifiers::SHIFT)];

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = text;
        for (prefix, modifier) in PREFIXES {
            if let Some(behind) = rest.strip_prefix(prefix) {
                modifiers |= modifier;
                rest = behind;
            }
        }
        let mut characters = rest.chars();
        let function = rest.strip_prefix('F').and_then(|number| number.parse().ok());
        let code = match (characters.next(), characters.next()) {
            (Some(c), None) => Some(KeyCode::Char(c)),
            _ => NAMED
                .iter()
                .find(|(name, _)| *name == rest)
                .map(|&(_, code)| code)
                .or(function.map(KeyCode::F)),
        };
        code.map(|code| Self { code, modifiers }).ok_or_else(|| KeyError(text.to_owned()))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (prefix, modifier) in PREFIXES {
            if self.modifiers.contains(modifier) {
                f.write_str(prefix)?;
            }
        }
        if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            other => write!(f, "{other}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_keys_go_both_ways() {
        for text in
            ["j", "G", "?", ":", "-", "Ctrl-p", "Shift-F11", "F5", "Space", "Shift-Tab", "PageDown", "Alt-x"]
        {
            assert_eq!(text.parse::<Key>().unwrap().to_string(), text);
        }
        assert_eq!("".parse::<Key>(), Err(KeyError(String::new())));
        assert!("Hyper".parse::<Key>().is_err());
    }

    #[test]
    fn terminals_report_shift_in_many_ways() {
        let event = |code, modifiers| Key::from(KeyEvent::new(code, modifiers)).to_string();
        assert_eq!(event(KeyCode::Char('G'), KeyModifiers::SHIFT), "G");
        assert_eq!(event(KeyCode::Char('?'), KeyModifiers::SHIFT), "?");
        assert_eq!(event(KeyCode::BackTab, KeyModifiers::NONE), "Shift-Tab");
        assert_eq!(event(KeyCode::Char('P'), KeyModifiers::CONTROL), "Ctrl-p");
        assert_eq!(event(KeyCode::F(11), KeyModifiers::SHIFT), "Shift-F11");
    }
}
