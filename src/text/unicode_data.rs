//! What the module `unicodedata` of CPython 3.14 knows of every code point: names, classes, what it is made of.
//!
//! It is kept deflated, because few programs ask; the first question unpacks it.  `tests/unicode_database.py`
//! writes it and says how it is laid out.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;
use rustc_hash::FxHashMap;

static PACKED: &[u8] = include_bytes!("../../assets/unicode.bin");
static DATABASE: LazyLock<Database> = LazyLock::new(Database::unpack);

/// The version of Unicode.
pub const VERSION: &str = "16.0.0";
/// The version that is there besides.
pub const OLD_VERSION: &str = "3.2.0";

/// Whose word is taken: that of the database, or that of Unicode 3.2, as far as the database has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// [`VERSION`].
    Current,
    /// [`OLD_VERSION`], of which international domain names are made.
    Old,
}

/// Properties that many code points share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Properties {
    /// The general category.
    pub category: String,
    /// The class of the bidirectional algorithm; empty where there is none.
    pub bidirectional: String,
    /// The canonical combining class.
    pub combining: u8,
    /// Whether it is mirrored in text from right to left.
    pub mirrored: bool,
    /// How wide it is beside East Asian characters.
    pub width: String,
}

/// The values of a code point as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Numbers {
    /// As a decimal digit.
    pub decimal: Option<u8>,
    /// As a digit.
    pub digit: Option<u8>,
    /// As a number.
    pub numeric: Option<f64>,
}

/// The forms that texts of the same meaning are brought into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Taken apart: NFD.
    Decomposed,
    /// Put together again: NFC.
    Composed,
    /// NFKD.
    CompatiblyDecomposed,
    /// NFKC.
    CompatiblyComposed,
}

impl Form {
    /// The form of that name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "NFD" => Self::Decomposed,
            "NFC" => Self::Composed,
            "NFKD" => Self::CompatiblyDecomposed,
            "NFKC" => Self::CompatiblyComposed,
            _ => return None,
        })
    }

    const fn is_compatible(self) -> bool {
        matches!(self, Self::CompatiblyDecomposed | Self::CompatiblyComposed)
    }

    const fn is_composed(self) -> bool {
        matches!(self, Self::Composed | Self::CompatiblyComposed)
    }
}

/// A run of code points whose names are a prefix and their number.
struct Numbered {
    first: u32,
    last: u32,
    prefix: String,
    /// Whether the name is told, or only found.
    told: bool,
}

struct Database {
    properties: Vec<Properties>,
    /// Where each run begins, and the number of its properties.
    runs: Vec<(u32, u16)>,
    decompositions: FxHashMap<u32, String>,
    /// What becomes of two code points.
    composed: FxHashMap<(u32, u32), u32>,
    numbers: FxHashMap<u32, Numbers>,
    numbered: Vec<Numbered>,
    names: FxHashMap<u32, String>,
    points: FxHashMap<String, Vec<u32>>,
    old_properties: Vec<Properties>,
    old_runs: Vec<(u32, u16)>,
    /// What Unicode 3.2 says otherwise.
    old_numbers: FxHashMap<u32, Option<Numbers>>,
    old_parts: FxHashMap<u32, String>,
}

fn hex(text: &str) -> u32 {
    u32::from_str_radix(text, 16).expect("the database holds hexadecimal numbers")
}

impl Database {
    fn unpack() -> Self {
        let mut text = String::new();
        ZlibDecoder::new(PACKED).read_to_string(&mut text).expect("the database is whole");
        let mut sections = text.split('\u{c}').map(str::lines);
        let mut section = || sections.next().expect("the database has twelve sections");
        let properties = section().map(properties_of).collect();
        let runs = runs_of(section());
        let mut decompositions = FxHashMap::default();
        let mut composed = FxHashMap::default();
        for line in section() {
            let mut fields = line.splitn(3, ' ');
            let mut field = || fields.next().expect("three fields");
            let (point, again, parts) = (hex(field()), field(), field());
            decompositions.insert(point, parts.to_owned());
            if let ("1", false, Some((first, second))) =
                (again, parts.starts_with('<'), parts.rsplit_once(' '))
            {
                // Of the three parts of a Hangul syllable the first two are one as well, which stands before it.
                let first = match first.split_once(' ') {
                    Some((one, two)) => composed[&(hex(one), hex(two))],
                    None => hex(first),
                };
                composed.insert((first, hex(second)), point);
            }
        }
        let numbers = section().map(numbers_of).filter_map(|(point, some)| Some((point, some?))).collect();
        let mut numbered: Vec<Numbered> = section().map(|line| numbered_of(line, true)).collect();
        let mut last = 0;
        let (mut names, mut points) = (FxHashMap::default(), FxHashMap::default());
        for line in section() {
            let (step, name) = line.split_once(' ').expect("a step and a name");
            last += hex(step);
            names.insert(last, name.to_owned());
            points.insert(name.to_owned(), vec![last]);
        }
        for line in section() {
            let is_point = |word: &&str| u32::from_str_radix(word, 16).is_ok() && word.len() < 7;
            let words: Vec<&str> = line.split(' ').collect();
            let count = words.iter().take_while(|word| is_point(word) && word.bytes().all(is_small)).count();
            points.insert(words[count..].join(" "), words[..count].iter().map(|word| hex(word)).collect());
        }
        numbered.extend(section().map(|line| numbered_of(line, false)));
        let (old_properties, old_runs) = (section().map(properties_of).collect(), runs_of(section()));
        let old_numbers = section().map(numbers_of).collect();
        let parts = |line: &str| line.split_once(' ').map(|(point, parts)| (hex(point), parts.to_owned()));
        let old_parts = section().filter_map(parts).collect();
        Self {
            properties,
            runs,
            decompositions,
            composed,
            numbers,
            numbered,
            names,
            points,
            old_properties,
            old_runs,
            old_numbers,
            old_parts,
        }
    }
}

fn runs_of<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(u32, u16)> {
    let mut start = 0;
    lines
        .map(|line| {
            let (step, number) = line.split_once(' ').expect("two numbers");
            start += hex(step);
            (start, hex(number) as u16)
        })
        .collect()
}

/// Whether a letter is none of a name, which has capitals.
const fn is_small(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_lowercase()
}

fn properties_of(line: &str) -> Properties {
    let fields: Vec<&str> = line.split(' ').collect();
    Properties {
        category: fields[0].to_owned(),
        bidirectional: if fields[1] == "-" { String::new() } else { fields[1].to_owned() },
        combining: hex(fields[2]) as u8,
        mirrored: fields[3] == "1",
        width: fields[4].to_owned(),
    }
}

/// A code point, and its values as a number, if it has any.
fn numbers_of(line: &str) -> (u32, Option<Numbers>) {
    let fields: Vec<&str> = line.split(' ').collect();
    let numbers = Numbers {
        decimal: fields[1].parse().ok(),
        digit: fields[2].parse().ok(),
        numeric: fields[3].parse().ok(),
    };
    (hex(fields[0]), Some(numbers).filter(|numbers| *numbers != Numbers::default()))
}

fn numbered_of(line: &str, told: bool) -> Numbered {
    let mut fields = line.splitn(3, ' ');
    let mut field = || fields.next().expect("three fields");
    Numbered { first: hex(field()), last: hex(field()), prefix: field().to_owned(), told }
}

/// The properties of a code point, which is at most 0x10FFFF.
pub fn properties(point: u32, edition: Edition) -> &'static Properties {
    let database = &*DATABASE;
    let (runs, properties) = match edition {
        Edition::Current => (&database.runs, &database.properties),
        Edition::Old => (&database.old_runs, &database.old_properties),
    };
    let run = runs.partition_point(|run| run.0 <= point);
    &properties[usize::from(runs[run - 1].1)]
}

/// Whether there was no such character yet.
fn is_too_new(point: u32, edition: Edition) -> bool {
    edition == Edition::Old && properties(point, edition).category == "Cn"
}

/// What a code point is made of: the numbers of others, hexadecimal, and in front of them, in angle brackets, in
/// which way it is more than these; empty where it is made of nothing else.
pub fn decomposition(point: u32, edition: Edition) -> &'static str {
    if is_too_new(point, edition) {
        return "";
    }
    DATABASE.decompositions.get(&point).map_or("", String::as_str)
}

/// The values of a code point as a number.
pub fn numbers(point: u32, edition: Edition) -> Option<Numbers> {
    if edition == Edition::Old
        && let Some(numbers) = DATABASE.old_numbers.get(&point)
    {
        return *numbers;
    }
    DATABASE.numbers.get(&point).copied()
}

/// The name of a code point.
pub fn name(point: u32, edition: Edition) -> Option<String> {
    if is_too_new(point, edition) {
        return None;
    }
    if let Some(name) = DATABASE.names.get(&point) {
        return Some(name.clone());
    }
    let run = DATABASE.numbered.iter().find(|run| run.told && (run.first..=run.last).contains(&point))?;
    Some(format!("{}{point:X}", run.prefix))
}

/// The code points that have a name, in whatever case it is written: one, or some that have a name together.  The
/// old edition knows none of the latter, and one name of each, but those of newer characters, too.
pub fn lookup(name: &str, edition: Edition) -> Option<Vec<u32>> {
    let found = lookup_any(name)?;
    let is_own = |point: &u32| match DATABASE.names.get(point) {
        Some(own) => own.eq_ignore_ascii_case(name),
        None => DATABASE.numbered.iter().any(|run| (run.first..=run.last).contains(point)),
    };
    match (edition, found.as_slice()) {
        (Edition::Current, _) => Some(found),
        (Edition::Old, [point]) => is_own(point).then_some(found),
        (Edition::Old, _) => None,
    }
}

fn lookup_any(name: &str) -> Option<Vec<u32>> {
    let name = name.to_ascii_uppercase();
    if let Some(points) = DATABASE.points.get(&name) {
        return Some(points.clone());
    }
    DATABASE.numbered.iter().find_map(|run| {
        let number = name.strip_prefix(&run.prefix)?;
        let point = u32::from_str_radix(number, 16).ok()?;
        let is_it = (run.first..=run.last).contains(&point) && format!("{point:X}") == number;
        is_it.then(|| vec![point])
    })
}

/// The text in one of the forms.
pub fn normalize(form: Form, points: impl IntoIterator<Item = u32>, edition: Edition) -> Vec<u32> {
    let mut apart = Vec::new();
    for point in points {
        take_apart(point, form, edition, &mut apart);
    }
    // Marks go in the order of their classes; those of one class stay in theirs.
    let mut at = 0;
    while at < apart.len() {
        let marks = apart[at..].iter().take_while(|mark| mark.1 != 0).count();
        apart[at..at + marks].sort_by_key(|mark| mark.1);
        at += marks.max(1);
    }
    if form.is_composed() {
        return put_together(&apart);
    }
    apart.into_iter().map(|(point, _)| point).collect()
}

/// Appends what a code point is made of, each with its combining class.
fn take_apart(point: u32, form: Form, edition: Edition, out: &mut Vec<(u32, u8)>) {
    let whole = match DATABASE.old_parts.get(&point) {
        _ if point < 0x80 => "",
        Some(parts) if edition == Edition::Old => parts,
        _ => decomposition(point, edition),
    };
    let parts = match whole.strip_prefix('<') {
        Some(_) if !form.is_compatible() => "",
        Some(tagged) => tagged.split_once("> ").map_or("", |(_, parts)| parts),
        None => whole,
    };
    if parts.is_empty() {
        let class = if point < 0x80 { 0 } else { properties(point, Edition::Current).combining };
        return out.push((point, class));
    }
    // None is made of others to more than a few levels.
    for part in parts.split(' ') {
        take_apart(hex(part), form, edition, out);
    }
}

/// Puts characters and the marks behind them together wherever there is one that is both.
fn put_together(apart: &[(u32, u8)]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::with_capacity(apart.len());
    let mut starter: Option<usize> = None;
    let mut before: Option<u8> = None;
    for &(point, class) in apart {
        let is_blocked = before.is_some_and(|before| before == 0 || before >= class);
        if let Some(starter) = starter
            && !is_blocked
            && let Some(composed) = DATABASE.composed.get(&(out[starter], point))
        {
            out[starter] = *composed;
            continue;
        }
        if class == 0 {
            (starter, before) = (Some(out.len()), None);
        } else {
            before = Some(class);
        }
        out.push(point);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Edition::{Current, Old};
    use super::*;

    #[test]
    fn names_and_characters_find_each_other() {
        for point in [0x20, 0xE9, 0x4E00, 0xAC01, 0x1F600] {
            assert_eq!(lookup(&name(point, Current).unwrap(), Current), Some(vec![point]));
        }
        assert_eq!(name(0, Current), None);
        assert_eq!(lookup("null", Current), Some(vec![0]));
        assert_eq!(lookup("KEYCAP DIGIT ONE", Current), Some(vec![0x31, 0xFE0F, 0x20E3]));
        assert_eq!(lookup("CJK UNIFIED IDEOGRAPH-41", Current), None);
        assert_eq!((name(0x1F600, Old), lookup("null", Old)), (None, None));
    }

    #[test]
    fn forms_are_reached_from_each_other() {
        let text = [0x44, 0x307, 0x323, 0xAC01, 0x212B];
        let composed = normalize(Form::Composed, text, Current);
        assert_eq!(composed, [0x1E0C, 0x307, 0xAC01, 0xC5]);
        let apart = normalize(Form::Decomposed, composed.clone(), Current);
        assert_eq!(normalize(Form::Composed, apart, Current), composed);
    }
}
