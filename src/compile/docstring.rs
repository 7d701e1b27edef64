//! Docstrings as they are stored: tabs expanded, the common indentation taken off.

use std::borrow::Cow;

use memchr::memchr;

use crate::code::Text;

/// A docstring without the indentation its lines have in common; blank lines stay.
pub fn clean(doc: &Text) -> Text {
    match doc {
        Text::Unicode(text) => Text::Unicode(clean_str(text).into()),
        // CPython refuses these when it is asked for the UTF-8 form; they are kept as they are.
        Text::Surrogates(_) => doc.clone(),
    }
}

fn clean_str(doc: &str) -> String {
    let doc = expand_tabs(doc);
    let (first, behind) = match memchr(b'\n', doc.as_bytes()) {
        Some(end) => (&doc[..end], Some(&doc[end + 1..])),
        None => (&*doc, None),
    };
    let first = first.trim_start_matches(' ');
    let Some(behind) = behind else { return first.to_owned() };
    let indent = |line: &str| line.bytes().take_while(|&byte| byte == b' ').count();
    let margins =
        behind.split('\n').map(|line| (line, indent(line))).filter(|(line, indent)| *indent < line.len());
    let margin = margins.map(|(_, indent)| indent).min().unwrap_or(0);
    let mut clean = String::with_capacity(doc.len());
    clean.push_str(first);
    for line in behind.split('\n') {
        clean.push('\n');
        clean.push_str(&line[margin.min(indent(line))..]);
    }
    clean
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
        assert_eq!(clean_str("  one\n    two\n      three\n    "), "one\ntwo\n  three\n");
        assert_eq!(clean_str("one\n\n\ttwo\n        three"), "one\n\ntwo\nthree");
        assert_eq!(clean_str("\n    one\n  two\n"), "\n  one\ntwo\n");
    }
}
