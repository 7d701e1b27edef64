//! `strftime`: moments as text, as the GNU C library writes them where no language is set.

use std::fmt::Write;

use super::super::super::number::calendar::is_leap;
use super::super::super::text::{Str, StrBuilder};

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A moment as `struct tm` of C has it, but for the year, the month and the day of the year, which count as people do.
#[derive(Clone, Debug, Default)]
pub struct Broken {
    /// The year.
    pub year: i64,
    /// From 1.
    pub month: i64,
    /// From 1.
    pub day: i64,
    /// From 0.
    pub hour: i64,
    /// From 0.
    pub minute: i64,
    /// From 0.
    pub second: i64,
    /// From Sunday, which is 0.
    pub weekday: i64,
    /// From 1.
    pub yearday: i64,
    /// Whether it is summer time: 1, 0, or -1 if nobody knows.
    pub is_dst: i64,
    /// What the time is called.
    pub zone: String,
    /// By how many seconds the clocks are ahead of those in Greenwich.
    pub offset: i64,
    /// The seconds since 1970 began, where the format asks for them.
    pub seconds: i64,
}

/// What stands between `%` and the letter.
#[derive(Clone, Copy, Default)]
struct Flags {
    /// `_`, `-` or `0`, where one of them is given.
    pad: Option<char>,
    upper: bool,
    change: bool,
    width: usize,
}

/// Whether a format has a directive, were it with flags or without.
pub fn asks_for(format: &Str, letter: char) -> bool {
    let points: Vec<u32> = format.points().collect();
    let mut at = 0;
    while let Some(start) = points[at..].iter().position(|point| *point == u32::from('%')) {
        let (directive, end) = directive(&points, at + start);
        if directive.is_some_and(|(_, _, found)| found == letter) {
            return true;
        }
        at = end;
    }
    false
}

/// The directive that begins with the `%` at `start`, if it can be one: flags, modifier and letter; and where it ends.
fn directive(points: &[u32], start: usize) -> (Option<(Flags, Option<char>, char)>, usize) {
    let char_at = |at: usize| points.get(at).copied().and_then(char::from_u32).filter(char::is_ascii);
    let (mut flags, mut at) = (Flags::default(), start + 1);
    while let Some(flag) = char_at(at).filter(|found| "_-0^#".contains(*found)) {
        match flag {
            '^' => flags.upper = true,
            '#' => flags.change = true,
            pad => flags.pad = Some(pad),
        }
        at += 1;
    }
    while let Some(digit) = char_at(at).and_then(|found| found.to_digit(10)) {
        flags.width = flags.width.saturating_mul(10).saturating_add(digit as usize);
        at += 1;
    }
    let modifier = char_at(at).filter(|found| "EO".contains(*found));
    at += usize::from(modifier.is_some());
    match char_at(at) {
        Some(letter) => (Some((flags, modifier, letter)), at + 1),
        // A character that is no ASCII belongs to what is copied; the end of the format does not.
        None => (None, points.len().min(at + 1)),
    }
}

/// The format with each directive replaced; `None` where a width is beyond reason.
pub fn strftime(format: &Str, moment: &Broken) -> Option<Str> {
    const WIDEST: usize = 1 << 20;
    let points: Vec<u32> = format.points().collect();
    let mut out = StrBuilder::with_capacity(points.len());
    let mut at = 0;
    while at < points.len() {
        if points[at] != u32::from('%') {
            out.push(points[at]);
            at += 1;
            continue;
        }
        let (directive, end) = directive(&points, at);
        match directive
            .and_then(|(flags, modifier, letter)| Some((flags, moment.field(flags, modifier, letter)?)))
        {
            Some((flags, _)) if flags.width > WIDEST => return None,
            Some((flags, text)) => {
                let fill = if flags.pad == Some('0') { '0' } else { ' ' };
                let missing = flags.width.saturating_sub(text.chars().count());
                out.extend(std::iter::repeat_n(u32::from(fill), missing));
                out.extend(text.chars().map(u32::from));
            }
            None => out.extend(points[at..end].iter().copied()),
        }
        at = end;
    }
    Some(out.finish())
}

/// A number with a sign, filled up to so many digits.
fn number(value: i64, digits: usize, flags: Flags) -> String {
    match flags.pad {
        Some('-') => value.to_string(),
        Some('_') => format!("{value:digits$}"),
        _ => {
            let digits = digits.max(flags.width);
            format!("{value:0digits$}")
        }
    }
}

impl Broken {
    fn hour12(&self) -> i64 {
        (self.hour + 11) % 12 + 1
    }

    /// Year and number of the week that has the day, by ISO 8601: those of its Thursday.
    fn week(&self) -> (i64, i64) {
        let length = |year: i64| 365 + i64::from(is_leap(year));
        let thursday = self.yearday - (self.weekday + 6) % 7 + 3;
        if thursday < 1 {
            let before = self.year - 1;
            (before, (thursday + length(before) - 1) / 7 + 1)
        } else if thursday > length(self.year) {
            (self.year + 1, (thursday - length(self.year) - 1) / 7 + 1)
        } else {
            (self.year, (thursday - 1) / 7 + 1)
        }
    }

    fn composed(&self, format: &str) -> Option<String> {
        Some(strftime(&Str::from(format), self)?.to_string_lossy().into_owned())
    }

    /// What stands for a directive, before it is filled up to its width; `None` if there is no such directive.
    fn field(&self, flags: Flags, modifier: Option<char>, letter: char) -> Option<String> {
        let fits = match modifier {
            None => true,
            Some('E') => "cCxXyYnt%".contains(letter),
            Some(_) => "BbdeHIhmMSuUVwWyklnt%".contains(letter),
        };
        if !fits {
            return None;
        }
        let spaced = Flags { pad: flags.pad.or(Some('_')), ..flags };
        let upper = |text: String, turned: bool| if turned { text.to_uppercase() } else { text };
        let name = |text: &str| upper(text.to_owned(), flags.upper || flags.change);
        let weekday = DAYS[self.weekday.rem_euclid(7) as usize];
        let month = MONTHS[(self.month - 1).rem_euclid(12) as usize];
        let part = if self.hour > 11 { "PM" } else { "AM" };
        Some(match letter {
            '%' => "%".to_owned(),
            'n' => "\n".to_owned(),
            't' => "\t".to_owned(),
            'a' => name(&weekday[..3]),
            'A' => name(weekday),
            'b' | 'h' => name(&month[..3]),
            'B' => name(month),
            'p' if flags.change => part.to_lowercase(),
            'p' => part.to_owned(),
            'P' => part.to_lowercase(),
            'Z' if flags.change => self.zone.to_lowercase(),
            'Z' => upper(self.zone.clone(), flags.upper),
            'z' => self.offset_text(flags),
            'c' => upper(self.composed("%a %b %e %H:%M:%S %Y")?, flags.upper),
            'D' | 'x' => self.composed("%m/%d/%y")?,
            'F' => self.composed("%Y-%m-%d")?,
            'R' => self.composed("%H:%M")?,
            'r' => self.composed("%I:%M:%S %p")?,
            'T' | 'X' => self.composed("%H:%M:%S")?,
            'C' => number(self.year.div_euclid(100), 1, flags),
            'd' => number(self.day, 2, flags),
            'e' => number(self.day, 2, spaced),
            'g' => number(self.week().0.rem_euclid(100), 2, flags),
            'G' => number(self.week().0, 1, flags),
            'H' => number(self.hour, 2, flags),
            'I' => number(self.hour12(), 2, flags),
            'j' => number(self.yearday, 3, flags),
            'k' => number(self.hour, 2, spaced),
            'l' => number(self.hour12(), 2, spaced),
            'm' => number(self.month, 2, flags),
            'M' => number(self.minute, 2, flags),
            's' => number(self.seconds, 1, flags),
            'S' => number(self.second, 2, flags),
            'u' => number((self.weekday + 6) % 7 + 1, 1, flags),
            'U' => number((self.yearday + 6 - self.weekday) / 7, 2, flags),
            'V' => number(self.week().1, 2, flags),
            'w' => number(self.weekday, 1, flags),
            'W' => number((self.yearday + 6 - (self.weekday + 6) % 7) / 7, 2, flags),
            'y' => number(self.year.rem_euclid(100), 2, flags),
            'Y' => number(self.year, 1, flags),
            _ => return None,
        })
    }

    /// `+0130`.
    fn offset_text(&self, flags: Flags) -> String {
        if self.is_dst < 0 {
            return String::new();
        }
        let minutes = self.offset.abs() / 60;
        let mut text = String::from(if self.offset < 0 { "-" } else { "+" });
        let digits = 4.max(flags.width.saturating_sub(1));
        let _ = write!(text, "{:0digits$}", minutes / 60 * 100 + minutes % 60);
        text
    }
}
