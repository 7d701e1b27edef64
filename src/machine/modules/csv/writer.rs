//! `Writer`: rows as lines, each given to a function in one piece.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Steps, Stepwise};
use super::super::super::object::types;
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::value::Value;
use super::dialect::{Quoting, dialect_of};
use super::{Csv, Dialect, content};

/// What a writer holds.
#[derive(Clone, Debug, Hash)]
pub struct Writer {
    /// What is called with each line.
    pub write: Value,
    /// How a line is written: a `Dialect`.
    pub dialect: Value,
}

/// The writer behind a value that is one.
pub(super) fn of(m: &Machine, value: Value) -> &Writer {
    match content(m, value) {
        Some(Csv::Writer(writer)) => writer,
        _ => panic!("a writer is there"),
    }
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Waiting {
    Iterator,
    Field,
    Text,
}

/// A row that is being written.
#[derive(Clone, Debug, Hash)]
pub struct Line {
    writer: Value,
    /// The row, then its iterator.
    row: Value,
    waiting: Waiting,
    /// Whether the field whose text is waited for is in quotes.
    quoted: bool,
    points: Vec<u32>,
    count: usize,
    /// Whether the field before was None.
    was_none: bool,
}

/// See [`Line`].
pub type CsvRow = Steps<Line>;

/// `writerow`.
pub(super) fn write_row(writer: Value, row: Value) -> CsvRow {
    CsvRow::new(Line {
        writer,
        row,
        waiting: Waiting::Iterator,
        quoted: false,
        points: Vec::new(),
        count: 0,
        was_none: false,
    })
}

impl Line {
    /// Appends a field: its text, or none for None.
    fn join(
        &mut self,
        m: &mut Machine,
        dialect: &Dialect,
        text: Option<&Str>,
        mut quoted: bool,
    ) -> Result<(), Raise> {
        let is_missing = text.is_none();
        let points: Vec<u32> = text.map(|text| text.points().collect()).unwrap_or_default();
        if points.is_empty() && dialect.delimiter == 32 && dialect.skipinitialspace {
            let leaves_out = is_missing && matches!(dialect.quoting, Quoting::Strings | Quoting::NotNull);
            if dialect.quoting == Quoting::None || leaves_out {
                return Err(m.csv_error(
                    "empty field must be quoted if delimiter is a space and skipinitialspace is true",
                ));
            }
            quoted = true;
        }
        let mut written = Vec::with_capacity(points.len() + 2);
        for point in points {
            let is_quote = Some(point) == dialect.quotechar;
            let is_escape = Some(point) == dialect.escapechar;
            let is_special = point == dialect.delimiter
                || is_quote
                || is_escape
                || matches!(point, 10 | 13)
                || dialect.lineterminator.points().any(|end| end == point);
            if is_special {
                let escapes = if dialect.quoting == Quoting::None {
                    true
                } else if is_quote && dialect.doublequote {
                    written.push(point);
                    quoted = true;
                    false
                } else {
                    quoted |= !(is_quote || is_escape);
                    is_quote || is_escape
                };
                match dialect.escapechar {
                    Some(escape) if escapes => written.push(escape),
                    None if escapes => {
                        return Err(m.csv_error("need to escape, but no escapechar set"));
                    }
                    _ => {}
                }
            }
            written.push(point);
        }
        if self.count > 0 {
            self.points.push(dialect.delimiter);
        }
        let quote = dialect.quotechar.filter(|_| quoted);
        self.points.extend(quote);
        self.points.append(&mut written);
        self.points.extend(quote);
        self.count += 1;
        Ok(())
    }

    /// Takes a field; what its text is, if that has to be asked for.
    fn take(&mut self, m: &mut Machine, dialect: &Dialect, field: Value) -> Result<Option<Do>, Raise> {
        let text = m.heap.text_of(field).cloned();
        let quoted = match dialect.quoting {
            Quoting::NonNumeric => !m.is_number_like(field),
            Quoting::All => true,
            Quoting::Strings => text.is_some(),
            Quoting::NotNull => !field.is_none(),
            Quoting::Minimal | Quoting::None => false,
        };
        self.was_none = field.is_none();
        if field.is_none() {
            self.join(m, dialect, None, quoted)?;
        } else if let Some(text) = text {
            self.join(m, dialect, Some(&text), quoted)?;
        } else {
            (self.waiting, self.quoted) = (Waiting::Text, quoted);
            return Ok(Some(m.str(field)?.into()));
        }
        Ok(None)
    }

    /// All fields are there: the line is written.
    fn end(&mut self, m: &mut Machine, dialect: &Dialect) -> Result<Do, Raise> {
        if self.count > 0 && self.points.is_empty() {
            let leaves_out = self.was_none && matches!(dialect.quoting, Quoting::Strings | Quoting::NotNull);
            if dialect.quoting == Quoting::None || leaves_out {
                return Err(m.csv_error("single empty field record must be quoted"));
            }
            self.count -= 1;
            self.join(m, dialect, None, true)?;
        }
        self.points.extend(dialect.lineterminator.points());
        let line = m.heap.str(std::mem::take(&mut self.points));
        let write = of(m, self.writer).write;
        Ok(Do::Tail(m.call(write, Args::new([line]))?))
    }
}

impl Stepwise for Line {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let dialect = dialect_of(m, of(m, self.writer).dialect);
        match (self.waiting, got) {
            (_, Got::Start) => return Ok(m.iter(self.row)?.into()),
            (Waiting::Iterator, Got::Value(iterator)) => self.row = iterator,
            (_, Got::Raised(_)) => {
                let class = m.class_name(self.row);
                self.waiting = Waiting::Field;
                return Err(m.csv_error(format!("iterable expected, not {class}")));
            }
            (Waiting::Field, Got::Value(field)) => {
                if let Some(wanted) = self.take(m, &dialect, field)? {
                    return Ok(wanted);
                }
            }
            (Waiting::Text, Got::Value(text)) => {
                let text = m.str_text(text).clone();
                self.join(m, &dialect, Some(&text), self.quoted)?;
            }
            (_, Got::End) => return self.end(m, &dialect),
        }
        self.waiting = Waiting::Field;
        Ok(m.next(self.row)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.writer);
        visit(self.row);
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.waiting == Waiting::Iterator && heap.is_instance(exception, types::TYPE_ERROR)
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.waiting {
            Waiting::Iterator => "csv.writer: waiting for the iterator of a row".to_owned(),
            Waiting::Field => format!("csv.writer: taking field {}", self.count + 1),
            Waiting::Text => format!("csv.writer: waiting for the __str__ of field {}", self.count + 1),
        }
    }
}

/// Rows that are being written.
#[derive(Clone, Debug, Hash)]
pub struct Rows {
    writer: Value,
    /// The rows, then their iterator.
    source: Value,
    begun: bool,
    /// Whether a row is being written.
    writes: bool,
}

/// See [`Rows`].
pub type CsvRows = Steps<Rows>;

/// `writerows`.
pub(super) fn write_rows(writer: Value, rows: Value) -> CsvRows {
    CsvRows::new(Rows { writer, source: rows, begun: false, writes: false })
}

impl Stepwise for Rows {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match got {
            Got::Start | Got::Raised(_) => return Ok(m.iter(self.source)?.into()),
            Got::End => return Ok(Do::Done(Value::NONE)),
            Got::Value(iterator) if !self.begun => {
                (self.source, self.begun) = (iterator, true);
            }
            Got::Value(_) if self.writes => self.writes = false,
            Got::Value(row) => {
                self.writes = true;
                return Ok(m.begin(write_row(self.writer, row))?.into());
            }
        }
        Ok(m.next(self.source)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.writer);
        visit(self.source);
    }

    fn title(&self, _heap: &Heap) -> String {
        "csv.writer: taking the next row".to_owned()
    }
}
