//! `Reader`: rows of the lines that an iterator gives.

use super::super::super::Machine;
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Steps, Stepwise};
use super::super::super::number::float;
use super::super::super::object::Payload;
use super::super::super::object::extension::Extension;
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::value::Value;
use super::dialect::{Quoting, dialect_of};
use super::{Csv, Dialect, content};

/// What a reader holds.
#[derive(Clone, Debug, Hash)]
pub struct Reader {
    /// Where the lines come from.
    pub source: Value,
    /// How they are written: a `Dialect`.
    pub dialect: Value,
    /// How many lines were read.
    pub lines: i64,
}

/// The reader behind a value that is one.
pub(super) fn of(m: &Machine, value: Value) -> &Reader {
    match content(m, value) {
        Some(Csv::Reader(reader)) => reader,
        _ => panic!("a reader is there"),
    }
}

/// Where in a row the reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    RowStart,
    FieldStart,
    /// Behind the escape character.
    Escaped,
    /// Behind a line end that was escaped.
    EscapedEnd,
    Field,
    Quoted,
    /// Behind the escape character, in quotes.
    EscapedInQuotes,
    /// Behind a quote that ends the field, or is the first of two.
    Quote,
    /// Behind a line end.
    RowEnd,
}

/// A row that is being read.
#[derive(Clone, Debug, Hash)]
pub struct Row {
    reader: Value,
    dialect: Dialect,
    place: Place,
    field: Vec<u32>,
    /// Whether the field did not begin with a quote.
    bare: bool,
    fields: Vec<Value>,
}

/// See [`Row`].
pub type CsvNext = Steps<Row>;

/// Reads the next row.
pub(super) fn next_row(m: &Machine, reader: Value) -> CsvNext {
    let dialect = dialect_of(m, of(m, reader).dialect);
    let (field, fields) = (Vec::new(), Vec::new());
    CsvNext::new(Row { reader, dialect, place: Place::RowStart, field, bare: false, fields })
}

impl Row {
    fn add(&mut self, m: &mut Machine, point: u32) -> Result<(), Raise> {
        if self.field.len() as i64 >= m.csv.limit {
            let limit = m.csv.limit;
            return Err(m.csv_error(format!("field larger than field limit ({limit})")));
        }
        self.field.push(point);
        Ok(())
    }

    /// The field is complete.
    fn save(&mut self, m: &mut Machine) -> Result<(), Raise> {
        let text = Str::from(std::mem::take(&mut self.field));
        let quoting = self.dialect.quoting;
        let value = match (self.bare, text.is_empty(), quoting) {
            (true, true, Quoting::NotNull | Quoting::Strings) => Value::NONE,
            (true, false, Quoting::NonNumeric | Quoting::Strings) => match float::parse(&text) {
                Ok(number) => m.heap.float(number),
                Err(error) => return Err(m.number_error(error)),
            },
            _ => m.heap.str(text),
        };
        self.fields.push(value);
        Ok(())
    }

    /// The field is complete; what comes next is in `place`.
    fn end_field(&mut self, m: &mut Machine, place: Place) -> Result<(), Raise> {
        self.save(m)?;
        self.place = place;
        Ok(())
    }

    /// One character outside quotes, or the end of a line.
    fn take_bare(&mut self, m: &mut Machine, point: Option<u32>) -> Result<(), Raise> {
        match point {
            None => self.end_field(m, Place::RowStart),
            Some(10 | 13) => self.end_field(m, Place::RowEnd),
            _ if point == self.dialect.escapechar => {
                self.place = Place::Escaped;
                Ok(())
            }
            Some(point) if point == self.dialect.delimiter => self.end_field(m, Place::FieldStart),
            Some(point) => {
                // Behind an escaped line end the end of the line does not end the field, however much follows.
                if self.place != Place::EscapedEnd {
                    self.place = Place::Field;
                }
                self.add(m, point)
            }
        }
    }

    /// One character, or the end of a line that the iterator gave.
    fn take(&mut self, m: &mut Machine, point: Option<u32>) -> Result<(), Raise> {
        let is_end = matches!(point, None | Some(10 | 13));
        let quotes = self.dialect.quoting != Quoting::None;
        let is_quote = quotes && point.is_some() && point == self.dialect.quotechar;
        let is_escape = point.is_some() && point == self.dialect.escapechar;
        let is_delimiter = point == Some(self.dialect.delimiter);
        match self.place {
            Place::RowStart if point.is_none() => {}
            Place::RowStart if is_end => self.place = Place::RowEnd,
            Place::RowStart | Place::FieldStart => {
                self.bare = !is_quote;
                let is_skipped = point == Some(32) && self.dialect.skipinitialspace && !is_escape;
                if is_quote && !is_end {
                    self.place = Place::Quoted;
                } else if is_skipped {
                    self.place = Place::FieldStart;
                } else {
                    self.take_bare(m, point)?;
                }
            }
            Place::Escaped => {
                self.add(m, point.unwrap_or(10))?;
                self.place = if matches!(point, Some(10 | 13)) { Place::EscapedEnd } else { Place::Field };
            }
            Place::EscapedEnd if point.is_none() => {}
            Place::EscapedEnd | Place::Field => self.take_bare(m, point)?,
            Place::Quoted => match point {
                None => {}
                _ if is_escape => self.place = Place::EscapedInQuotes,
                _ if is_quote => {
                    self.place = if self.dialect.doublequote { Place::Quote } else { Place::Field };
                }
                Some(point) => self.add(m, point)?,
            },
            Place::EscapedInQuotes => {
                self.add(m, point.unwrap_or(10))?;
                self.place = Place::Quoted;
            }
            Place::Quote => match point {
                Some(quote) if is_quote => {
                    self.add(m, quote)?;
                    self.place = Place::Quoted;
                }
                _ if is_delimiter || is_end => self.take_bare(m, point)?,
                Some(point) if !self.dialect.strict => {
                    self.add(m, point)?;
                    self.place = Place::Field;
                }
                _ => {
                    let shown = |point: Option<u32>| point.and_then(char::from_u32).unwrap_or('\u{fffd}');
                    let (delimiter, quote) =
                        (shown(Some(self.dialect.delimiter)), shown(self.dialect.quotechar));
                    return Err(m.csv_error(format!("'{delimiter}' expected after '{quote}'")));
                }
            },
            Place::RowEnd => match point {
                None => self.place = Place::RowStart,
                _ if is_end => {}
                _ => {
                    return Err(m.csv_error(
                        "new-line character seen in unquoted field - do you need to open the file with \
                         newline=''?",
                    ));
                }
            },
        }
        Ok(())
    }

    fn finished(&mut self, m: &mut Machine) -> Do {
        let fields = std::mem::take(&mut self.fields);
        Do::Done(m.heap.list(fields))
    }
}

impl Stepwise for Row {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match got {
            Got::Start | Got::Raised(_) => {}
            Got::End if self.field.is_empty() && self.place != Place::Quoted => return Ok(Do::Exhausted),
            Got::End if self.dialect.strict => return Err(m.csv_error("unexpected end of data")),
            Got::End => {
                self.save(m)?;
                return Ok(self.finished(m));
            }
            Got::Value(line) => {
                let Some(text) = m.heap.text_of(line).cloned() else {
                    let class = m.class_name(line);
                    return Err(m.csv_error(format!(
                        "iterator should return strings, not {class} (the file should be opened in text mode)"
                    )));
                };
                let reader = self.reader.handle().expect("a reader is a heap object");
                if let Payload::Extension(extension) = m.heap.payload_mut(reader)
                    && let Extension::Csv(Csv::Reader(reader)) = &mut **extension
                {
                    reader.lines += 1;
                }
                for point in text.points().map(Some).chain([None]) {
                    self.take(m, point)?;
                }
                if self.place == Place::RowStart {
                    return Ok(self.finished(m));
                }
            }
        }
        let source = of(m, self.reader).source;
        Ok(m.next(source)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.reader);
        self.fields.iter().copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "csv.reader: taking the next line".to_owned()
    }
}
