//! Docstrings as they are stored: tabs expanded, the common indentation taken off.

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
    let lines: Vec<&str> = doc.split('\n').collect();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let margins = lines[1..].iter().filter(|line| indent(line) < line.len()).map(|line| indent(line));
    let margin = margins.min().unwrap_or(0);
    let mut clean = lines[0].trim_start_matches(' ').to_owned();
    for line in &lines[1..] {
        clean.push('\n');
        clean.push_str(&line[margin.min(indent(line))..]);
    }
    clean
}

/// `str.expandtabs()` with tab stops every eight columns.
fn expand_tabs(text: &str) -> String {
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
    expanded
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
