//! Text for terminal cells: made harmless, measured, cut to a width.
//!
//! Whatever comes out of [`harmless`] holds no control character and nothing that reorders or hides
//! text, so that no program under the machine can reach the terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns from one tab stop to the next.
const TAB: usize = 8;

/// How many terminal cells `text` takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` with every control character written out (`^[`, `\x9b`, `\u202e`) and tabs as spaces.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    let mut column = 0;
    for c in text.chars() {
        let before = safe.len();
        push_harmless(&mut safe, c, column);
        column += width(&safe[before..]);
    }
    Cow::Owned(safe)
}

/// Appends `c`, made harmless, to a text that is `column` cells wide.
pub fn push_harmless(safe: &mut String, c: char, column: usize) {
    match c {
        '\t' => safe.extend(std::iter::repeat_n(' ', TAB - column % TAB)),
        '\0'..='\x1f' => safe.extend(['^', (c as u8 ^ 0x40) as char]),
        '\x7f' => safe.push_str("^?"),
        // Writing to a String cannot fail.
        '\u{80}'..='\u{9f}' => _ = write!(safe, "\\x{:02x}", c as u32),
        _ if is_harmful(c) => _ = write!(safe, "\\u{:04x}", c as u32),
        _ => safe.push(c),
    }
}

/// Whether a terminal could do anything else with `c` than show it in its place.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Marks, embeddings, overrides and isolates of writing direction; line and paragraph separators.
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Byte order mark, interlinear annotations, tag characters.
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// `text`, where it takes more than `room` cells, without its middle: `begin…end`.
///
/// The end is kept as it often tells more (a closing quote, a tag); `mark` stands for what is gone.
pub fn cut_middle<'a>(text: &'a str, room: usize, mark: &str) -> Cow<'a, str> {
    // A cell takes at least one byte, so that short texts need no measuring.
    if text.len() <= room || width(text) <= room {
        return Cow::Borrowed(text);
    }
    let Some(kept) = room.checked_sub(width(mark)) else {
        return Cow::Owned(take_cells(text, room).to_owned());
    };
    let tail = kept / 3;
    let head = take_cells(text, kept - tail);
    let end = take_cells_back(&text[head.len()..], tail);
    Cow::Owned(format!("{head}{mark}{end}"))
}

/// The longest beginning of `text` that fits into `room` cells.
pub fn take_cells(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > room {
            return &text[..at];
        }
    }
    text
}

fn take_cells_back(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += width(grapheme);
        if used > room {
            return &text[at + grapheme.len()..];
        }
    }
    text
}

/// `text` in lines of at most `room` cells, broken at spaces where there are some.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end_matches(' ');
        if used > 0 && used + width(bare) > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        let mut rest = word;
        while width(rest.trim_end_matches(' ')) > room.max(2) {
            let head = take_cells(rest, room.max(2));
            lines.push(head.to_owned());
            rest = &rest[head.len()..];
        }
        line.push_str(rest);
        used += width(rest);
    }
    lines.push(line);
    for line in &mut lines {
        line.truncate(line.trim_end_matches(' ').len());
    }
    lines
}

/// Whether `c` takes no cell of its own.
pub fn is_zero_width(c: char) -> bool {
    c.width().unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_written_out() {
        assert_eq!(harmless("plain é 漢"), "plain é 漢");
        assert_eq!(harmless("\x1b[31mred\r\x07"), "^[[31mred^M^G");
        assert_eq!(harmless("a\tb"), "a       b");
        assert_eq!(harmless("\u{9b}31m\u{202e}x\x7f"), "\\x9b31m\\u202ex^?");
        assert!(!harmless("\0\x1b\u{85}\u{2029}\u{e0041}").chars().any(is_harmful));
    }

    #[test]
    fn a_cut_text_keeps_both_ends_and_never_exceeds_its_room() {
        assert_eq!(cut_middle("abcdefghij", 10, "…"), "abcdefghij");
        assert_eq!(cut_middle("abcdefghijk", 10, "…"), "abcdef…ijk");
        assert_eq!(cut_middle("漢字漢字漢字", 7, "…"), "漢字…字");
        for room in 0..14 {
            for text in ["abcdefghijklm", "漢字漢字漢字x", "e\u{301}e\u{301}e\u{301}e\u{301}", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦"]
            {
                for mark in ["…", "..."] {
                    assert!(width(&cut_middle(text, room, mark)) <= room, "{text} {room} {mark}");
                }
            }
        }
    }

    #[test]
    fn wrapped_lines_fit() {
        assert_eq!(wrap("takes 40 and 2 off", 8), ["takes 40", "and 2", "off"]);
        assert_eq!(wrap("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("", 4), [""]);
        assert!(wrap("漢字漢字 漢字", 0).iter().all(|line| width(line) <= 2));
    }
}
