//! `Dialect`: how a table is written, and how one is made of an object and keywords.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Steps, Stepwise};
use super::super::super::object::class::Accessor;
use super::super::super::object::extension::Extension;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::value::{Handle, Value};
use super::{Csv, Reader, Writer, content};

/// Which fields are in quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quoting {
    /// Those that need it.
    Minimal,
    /// All.
    All,
    /// All but numbers.
    NonNumeric,
    /// None.
    None,
    /// Texts.
    Strings,
    /// All but None.
    NotNull,
}

const QUOTINGS: [Quoting; 6] =
    [Quoting::Minimal, Quoting::All, Quoting::NonNumeric, Quoting::None, Quoting::Strings, Quoting::NotNull];

/// How a table is written.
#[derive(Clone, Debug, Hash)]
#[allow(clippy::struct_excessive_bools, reason = "the flags of a dialect, which combine freely")]
pub struct Dialect {
    /// What stands between fields.
    pub delimiter: u32,
    /// Whether a quote within quotes is written twice.
    pub doublequote: bool,
    /// What takes the meaning from the character behind it.
    pub escapechar: Option<u32>,
    /// What stands behind a row.
    pub lineterminator: Str,
    /// What stands around a field.
    pub quotechar: Option<u32>,
    /// Which fields are in quotes.
    pub quoting: Quoting,
    /// Whether blanks behind a delimiter are passed over.
    pub skipinitialspace: bool,
    /// Whether what is written wrongly is an error.
    pub strict: bool,
}

/// The attributes, in the order in which they are read.
const NAMES: [&str; 8] = [
    "delimiter",
    "doublequote",
    "escapechar",
    "lineterminator",
    "quotechar",
    "quoting",
    "skipinitialspace",
    "strict",
];
/// Those that are flags.
const FLAGS: [usize; 3] = [1, 6, 7];

fn of(m: &Machine, value: Value) -> &Dialect {
    match content(m, value) {
        Some(Csv::Dialect(dialect)) => dialect,
        _ => panic!("a dialect is there"),
    }
}

/// The dialect behind a value that is one.
pub(super) fn dialect_of(m: &Machine, value: Value) -> Dialect {
    of(m, value).clone()
}

fn character(m: &mut Machine, point: Option<u32>) -> Eval {
    Ok(match point {
        Some(point) => m.heap.str(Str::from_point(point)).into(),
        None => Value::NONE.into(),
    })
}

pub(super) const ACCESSORS: &[Accessor] = &[
    Accessor::read_only("delimiter", |m, value| {
        let point = of(m, value).delimiter;
        character(m, Some(point))
    }),
    Accessor::read_only("doublequote", |m, value| Ok(Value::bool(of(m, value).doublequote).into()))
        .as_member(),
    Accessor::read_only("escapechar", |m, value| {
        let point = of(m, value).escapechar;
        character(m, point)
    }),
    Accessor::read_only("lineterminator", |m, value| {
        let end = of(m, value).lineterminator.clone();
        Ok(m.heap.str(end).into())
    }),
    Accessor::read_only("quotechar", |m, value| {
        let point = of(m, value).quotechar;
        character(m, point)
    }),
    Accessor::read_only("quoting", |m, value| {
        let quoting = of(m, value).quoting;
        let number = QUOTINGS.iter().position(|known| *known == quoting).unwrap_or_default();
        Ok(m.heap.int(number as i64).into())
    }),
    Accessor::read_only("skipinitialspace", |m, value| Ok(Value::bool(of(m, value).skipinitialspace).into()))
        .as_member(),
    Accessor::read_only("strict", |m, value| Ok(Value::bool(of(m, value).strict).into())).as_member(),
];

/// What a dialect is made for.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) enum Purpose {
    /// For itself, as an instance of this class.
    Object(Handle),
    /// To have this name.
    Name(Value),
    /// For a reader of this iterator.
    Reader(Value),
    /// For a writer that calls this.
    Writer(Value),
}

/// A dialect that is being made: its attributes are asked of an object, and their truth where it counts.
#[derive(Clone, Debug, Hash)]
pub struct Making {
    purpose: Purpose,
    /// Whose attributes are taken where a keyword does not say.
    base: Option<Value>,
    values: [Option<Value>; 8],
    at: usize,
    /// Whether the truth of flags is asked for.
    asks_truth: bool,
}

/// See [`Making`].
pub type DialectMaking = Steps<Making>;

/// Makes a dialect of the arguments behind the first, and what it is for of that.
pub(super) fn make_dialect(m: &mut Machine, args: &Args, purpose: Purpose) -> Eval {
    if args.positional() > 1 {
        let count = args.positional();
        return Err(m.type_error(format!("Dialect expected at most 1 argument, got {count}")));
    }
    let mut base = args.rest(0).next();
    let mut values = [None; 8];
    for (name, value) in args.keywords() {
        let text = m.str_text(name).to_string_lossy().into_owned();
        match NAMES.iter().position(|known| **known == *text) {
            Some(place) => values[place] = Some(value),
            None if text == "dialect" && base.is_none() => base = Some(value),
            None => {
                let message = format!("this function got an unexpected keyword argument '{text}'");
                return Err(m.type_error(message));
            }
        }
    }
    if let Some(name) = base.filter(|base| m.heap.text_of(*base).is_some()) {
        base = Some(m.dialect_named(name)?);
    }
    let base = base.filter(|base| !base.is_none());
    if let Some(dialect) = base
        && values.iter().all(Option::is_none)
        && m.heap.is_instance(dialect, types::CSV_DIALECT)
    {
        return finish(m, purpose, dialect);
    }
    m.begin(DialectMaking::new(Making { purpose, base, values, at: 0, asks_truth: base.is_none() }))
}

/// What a dialect was made for.
fn finish(m: &mut Machine, purpose: Purpose, dialect: Value) -> Eval {
    let (class, csv) = match purpose {
        Purpose::Object(_) => return Ok(dialect.into()),
        Purpose::Name(name) => {
            m.name_dialect(name, dialect);
            return Ok(Value::NONE.into());
        }
        Purpose::Reader(source) => (types::CSV_READER, Csv::Reader(Reader { source, dialect, lines: 0 })),
        Purpose::Writer(write) => (types::CSV_WRITER, Csv::Writer(Writer { write, dialect })),
    };
    Ok(Value::object(m.heap.alloc(class, Payload::Extension(Box::new(Extension::Csv(csv))))).into())
}

impl Making {
    fn flag(&self, place: usize, default: bool) -> bool {
        self.values[place].map_or(default, |value| value == Value::TRUE)
    }

    fn character(
        &self,
        m: &mut Machine,
        place: usize,
        default: Option<char>,
        or_none: bool,
    ) -> Result<Option<u32>, Raise> {
        let Some(value) = self.values[place] else { return Ok(default.map(u32::from)) };
        if or_none && value.is_none() {
            return Ok(None);
        }
        let name = NAMES[place];
        let wanted = if or_none { "a unicode character or None" } else { "a unicode character" };
        let Some(text) = m.heap.text_of(value) else {
            let class = m.class_name(value);
            return Err(m.type_error(format!("\"{name}\" must be {wanted}, not {class}")));
        };
        match (text.len(), text.get(0)) {
            (1, Some(point)) => Ok(Some(point)),
            (length, _) => {
                Err(m.type_error(format!("\"{name}\" must be {wanted}, not a string of length {length}")))
            }
        }
    }

    fn quoting(&self, m: &mut Machine, has_quotechar: bool) -> Result<Quoting, Raise> {
        let Some(value) = self.values[5] else {
            // Who says that there is no quote means it.
            return Ok(if has_quotechar || self.values[4].is_none() {
                Quoting::Minimal
            } else {
                Quoting::None
            });
        };
        if m.heap.class_of(value) != types::INT {
            let class = m.class_name(value);
            return Err(m.type_error(format!("\"quoting\" must be an integer, not {class}")));
        }
        let number = m.index_clamped(value).and_then(|number| usize::try_from(number).ok());
        match number.and_then(|number| QUOTINGS.get(number)) {
            Some(quoting) => Ok(*quoting),
            None => Err(m.type_error("bad \"quoting\" value")),
        }
    }

    fn made(&self, m: &mut Machine) -> Result<Dialect, Raise> {
        let delimiter = self.character(m, 0, Some(','), false)?.unwrap_or_default();
        let escapechar = self.character(m, 2, None, true)?;
        let lineterminator = match self.values[3] {
            None => "\r\n".into(),
            Some(value) => match m.heap.text_of(value) {
                Some(text) => text.clone(),
                None => {
                    let class = m.class_name(value);
                    return Err(m.type_error(format!("\"lineterminator\" must be a string, not {class}")));
                }
            },
        };
        let quotechar = self.character(m, 4, Some('"'), true)?;
        let quoting = self.quoting(m, quotechar.is_some())?;
        if quoting != Quoting::None && quotechar.is_none() {
            return Err(m.type_error("quotechar must be set if quoting enabled"));
        }
        let dialect = Dialect {
            delimiter,
            doublequote: self.flag(1, true),
            escapechar,
            lineterminator,
            quotechar,
            quoting,
            skipinitialspace: self.flag(6, false),
            strict: self.flag(7, false),
        };
        dialect.check().map_or(Ok(dialect), |message| Err(m.value_error(message)))
    }
}

impl Dialect {
    /// What is wrong with its characters.
    fn check(&self) -> Option<String> {
        let characters = [
            ("delimiter", Some(self.delimiter), !self.skipinitialspace),
            ("escapechar", self.escapechar, !self.skipinitialspace),
            ("quotechar", self.quotechar, !self.skipinitialspace),
        ];
        for (name, point, allows_space) in characters {
            let is_end = matches!(point, Some(10 | 13));
            let is_space = point == Some(32) && !allows_space && name != "delimiter";
            if is_end || is_space {
                return Some(format!("bad {name} value"));
            }
        }
        let pairs = [(0, 1), (0, 2), (1, 2)];
        for (one, other) in pairs {
            if characters[one].1.is_some() && characters[one].1 == characters[other].1 {
                return Some(format!("bad {} or {} value", characters[one].0, characters[other].0));
            }
        }
        for (name, point, _) in characters {
            if point.is_some_and(|point| self.lineterminator.points().any(|end| end == point)) {
                return Some(format!("bad {name} or lineterminator value"));
            }
        }
        None
    }
}

impl Stepwise for Making {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match got {
            Got::Value(value) => {
                self.values[self.at] = Some(value);
                self.at += 1;
            }
            // What the object does not have, for whatever reason, is as usual.
            Got::Raised(_) => self.at += 1,
            Got::Start | Got::End => {}
        }
        while let (false, Some(base)) = (self.asks_truth, self.base) {
            let Some(name) = NAMES.get(self.at) else {
                (self.asks_truth, self.at) = (true, 0);
                break;
            };
            if self.values[self.at].is_none() {
                let name = m.text_handle(name);
                return Ok(m.get_attr(base, name)?.into());
            }
            self.at += 1;
        }
        while self.at < NAMES.len() {
            if let (true, Some(value)) = (FLAGS.contains(&self.at), self.values[self.at]) {
                return Ok(m.truth(value)?.into());
            }
            self.at += 1;
        }
        let dialect = self.made(m)?;
        let class = match self.purpose {
            Purpose::Object(class) => class,
            Purpose::Name(_) | Purpose::Reader(_) | Purpose::Writer(_) => types::CSV_DIALECT,
        };
        let payload = Payload::Extension(Box::new(Extension::Csv(Csv::Dialect(dialect))));
        let dialect = Value::object(m.heap.alloc(class, payload));
        Ok(Do::Tail(finish(m, self.purpose, dialect)?))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self.purpose {
            Purpose::Object(class) => visit(Value::object(class)),
            Purpose::Name(value) | Purpose::Reader(value) | Purpose::Writer(value) => visit(value),
        }
        self.base.into_iter().chain(self.values.into_iter().flatten()).for_each(visit);
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        !self.asks_truth
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = NAMES.get(self.at).unwrap_or(&"strict");
        format!("csv.Dialect: asking for {name}")
    }
}
