//! Docstrings as they are stored: tabs expanded, the common indentation taken off.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2};

use crate::code::Text;

/// A docstring without the indentation its lines have in common; blank lines stay.
pub fn clean(doc: &Text) -> Text {
    match doc {
        Text::Unicode(text) if is_clean(text) => doc.clone(),
        Text::Unicode(text) => Text::Unicode(clean_str(text).into()),
        // CPython refuses these when it is asked for the UTF-8 form; they are kept as they are.
        Text::Surrogates(_) => doc.clone(),
    }
}

/// Whether a docstring is one line that stays as it is, as many are.
fn is_clean(doc: &str) -> bool {
    !doc.starts_with(' ') && memchr2(b'\n', b'\t', doc.as_bytes()).is_none()
}

fn clean_str(doc: &str) -> String {
    let doc = expand_tabs(doc);
    let mut lines = lines(&doc);
    let first = lines.next().unwrap_or_default();
    let indent = |line: &str| line.bytes().take_while(|&byte| byte == b' ').count();
    let margins = lines.clone().map(|line| (line, indent(line)));
    let margin = margins.filter(|(line, indent)| *indent < line.len()).map(|(_, indent)| indent).min();
    let mut clean = String::with_capacity(doc.len());
    clean.push_str(first.trim_start_matches(' '));
    for line in lines {
        clean.push('\n');
        clean.push_str(&line[margin.unwrap_or(0).min(indent(line))..]);
    }
    clean
}

/// The lines of a text without their ends; one more than there are ends.
fn lines(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut start = 0;
    memchr_iter(b'\n', text.as_bytes()).chain([text.len()]).map(move |end| {
        let line = &text[start..end];
        start = end + 1;
        line
    })
}

/// `str.expandtabs()` with tab stops every eight columns.
fn expand_tabs(text: &str) -> Cow<'_, str> {
    if memchr(b'\t', text.as_bytes()).is_none() {
        return text.into();
    }
    let mut expanded = String::with_capacity(text.len());
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\t' => {
                let width = 8 - column % 8;
                expanded.extend(std::iter::repeat_n(' ', width));
                column += width;
            }
            '\n' | '\r' => {
                expanded.push(character);
                column = 0;
            }
            _ => {
                expanded.push(character);
                column += 1;
            }
        }
    }
    expanded.into()
}

#[cfg(test)]
mod tests {
    use super::clean_str;

    #[test]
    fn the_common_margin_goes_and_blank_lines_stay() {
        assert_eq!(clean_str("one"), "one");
        assert_eq!(clean_str(""), "");
        assert_eq!(clean_str("one\n"), "one\n");
        assert_eq!(clean_str("  one\n    two\n      three\n    "), "one\ntwo\n  three\n");
        assert_eq!(clean_str("one\n\n\ttwo\n        three"), "one\n\ntwo\nthree");
        assert_eq!(clean_str("\n    one\n  two\n"), "\n  one\ntwo\n");
    }
}
