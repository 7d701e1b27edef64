//! Colours by role, from theme files in `assets/themes`.
//!
//! A theme file has one line for each [`Role`]: `role = COLOUR [on COLOUR] [bold] [dim] [italic]
//! [underline] [reverse]`.  A colour is `#rrggbb/NAME`, where NAME is what a terminal of 16 colours shows
//! instead, or `default`.  No role says anything by colour that a sign or a word does not say too.

use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};
use thiserror::Error;

macro_rules! roles {
    ($($role:ident $name:literal $doc:literal,)*) => {
        /// What a piece of text on the screen is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Role { $(#[doc = $doc] $role,)* }

        impl Role {
            /// Every role, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$role),*];

            /// Its name in theme files.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$role => $name,)* }
            }
        }
    };
}

roles! {
    Text "text" "Anything without a role of its own.",
    Dim "dim" "What matters less: line numbers, raw bytes, borders' neighbours.",
    Rule "rule" "Lines between panes.",
    Title "title" "The title of a pane.",
    Focused "focused" "The title of the pane with the focus.",
    Current "current" "The row of the current line or instruction.",
    Span "span" "The exact span of the current instruction in its line.",
    Picked "picked" "The row the user has picked.",
    Opcode "opcode" "The name of an opcode.",
    Meaning "meaning" "What an argument means.",
    Operands "operands" "The values the current instruction works on.",
    Label "label" "A jump label.",
    Slot "slot" "What the instruction calls a slot.",
    Kind "kind" "The name of a type.",
    Value "value" "A value.",
    Tag "tag" "An object's tag.",
    Fresh "fresh" "What the last step made or changed.",
    Yes "yes" "True; a jump taken.",
    No "no" "False; a jump not taken.",
    Breakpoint "breakpoint" "A breakpoint's sign.",
    Error "error" "Standard error; what went wrong.",
    Status "status" "The status line.",
    Why "why" "In the status line: why the last key did nothing.",
    Key "key" "The name of a key.",
    Past "past" "The timeline up to now.",
    Keyword "keyword" "Source: a keyword.",
    Operator "operator" "Source: an operator.",
    Str "string" "Source: a string.",
    Number "number" "Source: a number or another constant.",
    Comment "comment" "Source: a comment.",
    Function "function" "Source: a function's name.",
    Class "class" "Source: a class's name.",
    Builtin "builtin" "Source: a builtin name.",
}

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None wanted: `NO_COLOR`.
    None,
    /// The 16 of old.
    Sixteen,
    /// The palette of 256.
    Palette,
    /// All of them.
    Full,
}

impl Depth {
    /// What the environment says: `NO_COLOR` set and not empty, `COLORTERM`, `TERM`.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name| variable(name).unwrap_or_default();
        if !text("NO_COLOR").is_empty() || text("TERM") == "dumb" {
            return Self::None;
        }
        let (full, term) = (text("COLORTERM"), text("TERM"));
        if full == "truecolor" || full == "24bit" || term.ends_with("-direct") {
            Self::Full
        } else if term.contains("256") {
            Self::Palette
        } else {
            Self::Sixteen
        }
    }
}

/// A theme that could not be had.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ThemeError {
    /// No theme of this name.
    #[error("no theme named {0}; there are {names}", names = Theme::names().join(", "))]
    Unknown(String),
    /// A line of a theme file that says nothing.
    #[error("theme, line {0}: {1}")]
    Line(usize, String),
    /// A role that the file does not mention.
    #[error("theme: no line for the role {0}")]
    Missing(&'static str),
}

/// A style for each role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    styles: Vec<Style>,
}

/// The built-in themes: name and file.
const BUILT_IN: [(&str, &str); 5] = [
    ("dark", include_str!("../../assets/themes/dark.theme")),
    ("light", include_str!("../../assets/themes/light.theme")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.theme")),
    ("colour-blind-safe", include_str!("../../assets/themes/colour-blind-safe.theme")),
    ("mono", include_str!("../../assets/themes/mono.theme")),
];

impl Theme {
    /// The built-in themes' names, the default first.
    pub fn names() -> [&'static str; 5] {
        BUILT_IN.map(|(name, _)| name)
    }

    /// A built-in theme for a terminal of `depth`.  Without colours every theme is `mono`, which tells
    /// its states by bold, reverse and underline.
    pub fn built_in(name: &str, depth: Depth) -> Result<Self, ThemeError> {
        let find = |name: &str| BUILT_IN.iter().find(|(n, _)| *n == name);
        let (_, file) = find(name).ok_or_else(|| ThemeError::Unknown(name.to_owned()))?;
        match (depth, find("mono")) {
            (Depth::None, Some((_, mono))) => Self::parse(mono, depth),
            _ => Self::parse(file, depth),
        }
    }

    /// Reads a theme file.
    pub fn parse(file: &str, depth: Depth) -> Result<Self, ThemeError> {
        let mut styles = vec![None; Role::ALL.len()];
        for (number, line) in file.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with("# ") || line == "#" {
                continue;
            }
            let wrong = |why: String| ThemeError::Line(number + 1, why);
            let (name, style) = line.split_once('=').ok_or_else(|| wrong("no `=`".to_owned()))?;
            let role = Role::ALL.iter().find(|role| role.name() == name.trim());
            let role = role.ok_or_else(|| wrong(format!("no role named {}", name.trim())))?;
            styles[*role as usize] = Some(parse_style(style, depth).map_err(wrong)?);
        }
        let missing = |role: &Role| ThemeError::Missing(role.name());
        let styles = Role::ALL.iter().map(|role| styles[*role as usize].ok_or_else(|| missing(role)));
        Ok(Self { styles: styles.collect::<Result<_, _>>()? })
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }
}

fn parse_style(text: &str, depth: Depth) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        style = match word {
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "italic" => style.add_modifier(Modifier::ITALIC),
            "underline" => style.add_modifier(Modifier::UNDERLINED),
            "reverse" => style.add_modifier(Modifier::REVERSED),
            "default" => style,
            "on" => match colour(words.next().unwrap_or_default(), depth)? {
                Some(colour) => style.bg(colour),
                None => style,
            },
            _ => match colour(word, depth)? {
                Some(colour) => style.fg(colour),
                None => style,
            },
        };
    }
    Ok(style)
}

/// `#rrggbb/NAME` as `depth` allows; `None` where it allows no colour.
fn colour(text: &str, depth: Depth) -> Result<Option<Color>, String> {
    let wrong = || format!("not a colour: {text}");
    let (full, name) = text.split_once('/').ok_or_else(wrong)?;
    let full = Color::from_str(full).map_err(|_| wrong())?;
    let name = Color::from_str(name).map_err(|_| wrong())?;
    match (depth, full) {
        (Depth::None, _) => Ok(None),
        (Depth::Sixteen, _) => Ok(Some(name)),
        (Depth::Palette, Color::Rgb(r, g, b)) => Ok(Some(Color::Indexed(nearest([r, g, b])))),
        (Depth::Full, Color::Rgb(..)) => Ok(Some(full)),
        (Depth::Palette | Depth::Full, _) => Err(wrong()),
    }
}

/// The entry of the 256-colour palette that is nearest: of the 6×6×6 cube and the 24 greys.
fn nearest(rgb: [u8; 3]) -> u8 {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let distance = |other: [u8; 3]| -> u32 {
        rgb.iter().zip(other).map(|(&a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let cube = (0..216u8)
        .map(|i| (16 + i, [LEVELS[i as usize / 36], LEVELS[i as usize / 6 % 6], LEVELS[i as usize % 6]]));
    let greys = (0..24u8).map(|i| (232 + i, [8 + 10 * i; 3]));
    cube.chain(greys).min_by_key(|&(_, other)| distance(other)).map_or(16, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_theme_has_every_role_at_every_depth() {
        for name in Theme::names() {
            for depth in [Depth::None, Depth::Sixteen, Depth::Palette, Depth::Full] {
                let theme = Theme::built_in(name, depth).unwrap_or_else(|error| panic!("{name}: {error}"));
                for &role in Role::ALL {
                    let style = theme.style(role);
                    let colours = [style.fg, style.bg].into_iter().flatten();
                    match depth {
                        Depth::None => assert_eq!(colours.count(), 0, "{name} {}", role.name()),
                        Depth::Sixteen => assert!(
                            colours.into_iter().all(|c| !matches!(c, Color::Rgb(..) | Color::Indexed(_)))
                        ),
                        Depth::Palette | Depth::Full => {}
                    }
                }
            }
        }
    }

    #[test]
    fn without_colour_the_states_still_differ() {
        let mono = Theme::built_in("dark", Depth::None).unwrap();
        for role in [Role::Current, Role::Span, Role::Focused, Role::Picked] {
            assert_ne!(mono.style(role), mono.style(Role::Text), "{}", role.name());
        }
        assert_ne!(mono.style(Role::Current), mono.style(Role::Span));
    }

    #[test]
    fn errors_name_the_line() {
        assert_eq!(
            Theme::parse("# c\ntext default\n", Depth::Full),
            Err(ThemeError::Line(2, "no `=`".to_owned()))
        );
        assert_eq!(
            Theme::parse("text = #12345/red\n", Depth::Full),
            Err(ThemeError::Line(1, "not a colour: #12345/red".to_owned()))
        );
        assert_eq!(Theme::parse("text = default", Depth::Full), Err(ThemeError::Missing("dim")));
        assert!(matches!(Theme::built_in("darc", Depth::Full), Err(ThemeError::Unknown(_))));
    }

    #[test]
    fn the_environment_tells_the_depth() {
        let depth = |variables: &[(&str, &str)]| {
            Depth::of_environment(|name| {
                variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())
            })
        };
        assert_eq!(depth(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]), Depth::None);
        assert_eq!(depth(&[("NO_COLOR", ""), ("COLORTERM", "truecolor")]), Depth::Full);
        assert_eq!(depth(&[("TERM", "xterm-256color")]), Depth::Palette);
        assert_eq!(depth(&[("TERM", "linux")]), Depth::Sixteen);
        assert_eq!(depth(&[("TERM", "dumb")]), Depth::None);
    }

    #[test]
    fn the_palette_entry_is_the_nearest() {
        assert_eq!(nearest([255, 0, 0]), 196);
        assert_eq!(nearest([0, 0, 0]), 16);
        assert_eq!(nearest([128, 128, 128]), 244);
    }
}
