//! The source lines of a traceback entry, with the marks below that show which part was running.

use unicode_width::UnicodeWidthChar;

use super::expression::{self, Root};

/// The part of some source lines that an instruction comes from.
pub(super) struct Excerpt<'a> {
    /// The lines from its first to its last.
    pub lines: Vec<&'a str>,
    /// The column of its first byte in the first line, and the one behind its last in the last line;
    /// `None` where only the line is known.
    pub columns: Option<(usize, usize)>,
}

/// Where the marks change: line and column, by characters.
type Place = (usize, usize);

/// The marks of an operator or of brackets, between two places.
struct Anchors {
    left: Place,
    right: Place,
}

/// What is to be shown: lines by characters, and the part of them.
struct Shown {
    lines: Vec<Vec<char>>,
    start: usize,
    end: usize,
    anchors: Option<Anchors>,
    carets: bool,
}

impl Excerpt<'_> {
    /// The lines as a traceback shows them, indented by four spaces, each with its line end.
    pub(super) fn text(&self) -> String {
        let original: Vec<Vec<char>> =
            self.lines.iter().map(|line| line.trim_end().chars().collect()).collect();
        let dedented = dedent(&original);
        if dedented.iter().all(|line| line.iter().all(|char| char.is_whitespace())) {
            return String::new();
        }
        let Some((start, end)) = self.columns else {
            return format!("    {}\n", self.lines.first().map_or("", |line| line.trim()));
        };
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else { return String::new() };
        let margin = original[0].len() - dedented[0].len();
        let start = characters(first.trim_end(), start).saturating_sub(margin);
        let end = characters(last.trim_end(), end).saturating_sub(margin);
        let shown = Shown::new(dedented, start, end);
        let lines = dedent(&shown.rows());
        let mut text = String::new();
        for line in lines {
            text.push_str("    ");
            text.extend(line);
            text.push('\n');
        }
        text
    }
}

impl Shown {
    fn new(lines: Vec<Vec<char>>, start: usize, end: usize) -> Self {
        let mut text: Vec<char> = lines.join(&'\n');
        let last = lines.last().map_or(0, Vec::len);
        let stop = text.len() - last.saturating_sub(end).min(text.len());
        text.truncate(stop);
        let segment: Vec<char> = text.get(start..).unwrap_or_default().to_vec();
        let root = expression::root(&segment);
        let anchors = root.and_then(|root| Anchors::new(root, &segment));
        let mut shown = Self { lines, start, end, anchors, carets: false };
        shown.carets = !shown.is_plain_call(root) && (shown.anchors.is_some() || shown.has_more());
        shown
    }

    /// Whether the lines have anything but the part.
    fn has_more(&self) -> bool {
        let first = self.lines.first().map_or(&[][..], |line| &line[..self.start.min(line.len())]);
        let last = self.lines.last().map_or(&[][..], |line| &line[self.end.min(line.len())..]);
        first.iter().chain(last).any(|char| !char.is_whitespace())
    }

    /// Whether the lines are nothing but `return f(…)` or `name = f(…)`, which need no marks.
    fn is_plain_call(&self, root: Option<Root>) -> bool {
        let Some(Root::Call(_, _, by_name)) = root else { return false };
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else { return false };
        let before: Vec<char> = first[..self.start.min(first.len())].to_vec();
        let after = &last[self.end.min(last.len())..];
        let open = before.iter().rev().take_while(|char| matches!(char, ' ' | '\t' | '('));
        let parentheses = open.clone().filter(|char| **char == '(').count();
        let head = &before[..before.len() - open.count()];
        let is_return = by_name && head == ['r', 'e', 't', 'u', 'r', 'n'];
        let is_assignment = head.strip_suffix(&['=']).is_some_and(|target| {
            let target: String = target.iter().collect();
            expression::is_name(&target.trim_end().chars().collect::<Vec<_>>())
        });
        // CPython compares columns of its syntax tree, which count bytes, with these, which count characters.
        let counts_alike = before.iter().chain(&last[..self.end.min(last.len())]).all(char::is_ascii);
        if (!is_return && !is_assignment) || !counts_alike {
            return false;
        }
        let mut rest = after.iter().filter(|char| !char.is_whitespace());
        (0..parentheses).all(|_| rest.next() == Some(&')')) && matches!(rest.next(), None | Some('#' | ';'))
    }

    /// The lines that are shown, each with its marks: the first, the last, those around the anchors.
    fn rows(&self) -> Vec<Vec<char>> {
        let count = self.lines.len();
        let mut significant = vec![0, count - 1];
        if let Some(anchors) = &self.anchors {
            for (line, _) in [anchors.left, anchors.right] {
                significant.extend(line.saturating_sub(1)..(line + 2).min(count));
            }
        }
        significant.sort_unstable();
        significant.dedup();
        let mut rows = Vec::new();
        let mut previous: Option<usize> = None;
        for line in significant {
            match previous.map_or(1, |previous| line - previous) {
                1 => {}
                2 => self.row(line - 1, &mut rows),
                gap => rows.push(format!("...<{} lines>...", gap - 1).chars().collect()),
            }
            self.row(line, &mut rows);
            previous = Some(line);
        }
        rows
    }

    fn row(&self, number: usize, rows: &mut Vec<Vec<char>>) {
        let line = &self.lines[number];
        rows.push(line.clone());
        if !self.carets {
            return;
        }
        let indent = line.iter().take_while(|char| char.is_whitespace()).count();
        let begin = display_width(&self.lines[0], self.start);
        let stop = if number == self.lines.len() - 1 {
            display_width(line, self.end)
        } else {
            display_width(line, line.len())
        };
        let anchors = self.anchors.as_ref().map(|anchors| {
            let wide =
                |(line, column): Place| (line, display_width(&self.lines[line], column + self.shift(line)));
            (wide(anchors.left), wide(anchors.right))
        });
        let marks = (0..stop).map(|column| match anchors {
            _ if column < indent || (number == 0 && column < begin) => ' ',
            Some((left, right)) if (number, column) >= left && (number, column) < right => '^',
            Some(_) => '~',
            None => '^',
        });
        rows.push(marks.collect());
    }

    /// Places inside the part count from its start, which only its first line notices.
    const fn shift(&self, line: usize) -> usize {
        if line == 0 { self.start } else { 0 }
    }
}

impl Anchors {
    fn new(root: Root, segment: &[char]) -> Option<Self> {
        let (Root::Binary(start, end) | Root::Subscript(start, end) | Root::Call(start, end, _)) = root;
        let place = |at: usize| {
            let before = segment.get(..at)?;
            let line = before.iter().filter(|char| **char == '\n').count();
            let column = before.iter().rev().take_while(|char| **char != '\n').count();
            Some((line, column))
        };
        Some(Self { left: place(start)?, right: place(end)? })
    }
}

/// Takes the white space off that all lines begin with; a line of nothing else becomes empty.
fn dedent(lines: &[Vec<char>]) -> Vec<Vec<char>> {
    let blank = |line: &[char]| line.iter().all(|char| char.is_whitespace());
    let mut margin: Option<&[char]> = None;
    for line in lines.iter().filter(|line| !blank(line)) {
        let indent = line.iter().take_while(|char| matches!(char, ' ' | '\t')).count();
        let common = match margin {
            Some(margin) => margin.iter().zip(line).take_while(|(a, b)| a == b).count().min(indent),
            None => indent,
        };
        margin = Some(&line[..common]);
    }
    let margin = margin.map_or(0, <[char]>::len);
    lines.iter().map(|line| if blank(line) { Vec::new() } else { line[margin..].to_vec() }).collect()
}

/// How many characters the first `bytes` bytes of a line are.
fn characters(line: &str, bytes: usize) -> usize {
    String::from_utf8_lossy(&line.as_bytes()[..bytes.min(line.len())]).chars().count()
}

/// How many cells the first `count` characters take.
fn display_width(line: &[char], count: usize) -> usize {
    if line.iter().all(char::is_ascii) {
        return count;
    }
    line.iter().take(count).map(|char| if char.width() == Some(2) { 2 } else { 1 }).sum()
}
