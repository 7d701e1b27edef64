//! Encoding and decoding with error handlers that may be Python code.

use std::rc::Rc;

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::text::codec::Failure;
use crate::machine::text::codec::work::{Decoding, Encoding, EncodingTable, Form, Stop};
use crate::machine::value::Value;

/// What a codec is at.
#[derive(Clone, Debug, Hash)]
enum Work {
    Encode(Rc<[u32]>, Encoding),
    Decode(Rc<[u8]>, Decoding),
}

/// A text that is being encoded, or bytes that are being decoded.
#[derive(Clone, Debug, Hash)]
pub struct CodecWork {
    work: Work,
    /// The codec's name, as errors have it.
    name: &'static str,
    /// The str, or the bytes.
    object: Value,
    /// The name of the error handler.
    errors: Rc<str>,
    /// The handler, and the exception that it is given each time, once there was an error.
    handling: Option<(Value, Value)>,
    /// What the table of the program's own is, to look further characters up in.
    table: Option<Value>,
    /// Whether the result is a pair: what was made, and how much that took.
    in_pair: bool,
    /// What is added to the notes of an error.
    noted: Option<Rc<str>>,
}

impl CodecWork {
    /// Encodes the str `object`.
    pub fn encode(m: &Machine, form: Form, object: Value, errors: &str) -> Self {
        let points: Vec<u32> = m.str_text(object).points().collect();
        let name = form.name();
        Self::new(Work::Encode(points.into(), Encoding::new(form)), name, object, errors)
    }

    /// Decodes `bytes`, which the exceptions show as `object`.
    pub fn decode(form: Form, bytes: &[u8], object: Value, errors: &str, ended: bool) -> Self {
        let work = Decoding::new(form, bytes, ended);
        // The order of bytes that a mark tells is part of the name.
        let name = work.form().name();
        Self::new(Work::Decode(bytes.into(), work), name, object, errors)
    }

    fn new(work: Work, name: &'static str, object: Value, errors: &str) -> Self {
        let (handling, table, in_pair, noted) = (None, None, false, None);
        Self { work, name, object, errors: errors.into(), handling, table, in_pair, noted }
    }

    /// The same, whose result is a pair.
    #[must_use]
    pub fn in_pair(self) -> Self {
        Self { in_pair: true, ..self }
    }

    /// The same, with a note on its errors.
    #[must_use]
    pub fn noted(self, note: Option<String>) -> Self {
        Self { noted: note.map(Into::into), ..self }
    }

    /// The same, with a table of the program's own.
    #[must_use]
    pub fn with_table(self, table: Value) -> Self {
        Self { table: Some(table), ..self }
    }

    /// Goes on to the end (`None`), or to what the codec has no answer for.
    fn run(&mut self, m: &mut Machine) -> Result<Option<Stop>, Raise> {
        let stop = match &mut self.work {
            Work::Encode(points, work) => work.run(points),
            Work::Decode(bytes, work) => work.run(bytes),
        };
        stop.map_err(|failure| match failure {
            Failure::TooLong | Failure::Unicode(_) | Failure::NotForDecoding => m.out_of_memory(),
        })
    }

    fn finish(self, m: &mut Machine) -> Eval {
        let mut strange: Option<Vec<u8>> = None;
        let (value, taken) = match self.work {
            Work::Encode(points, work) => (m.heap.bytes(&work.out), points.len()),
            Work::Decode(bytes, work) => {
                if let Some(place) = work.strange {
                    strange = Some(bytes[place..].to_vec());
                }
                let taken = work.at;
                (m.heap.str(work.out.finish()), taken)
            }
        };
        let result = if self.in_pair {
            let taken = m.heap.int(taken as i64);
            m.heap.pair(value, taken)
        } else {
            value
        };
        match strange {
            Some(bytes) => m.warn_of_escape("", &bytes, result),
            None => Ok(result.into()),
        }
    }

    /// The handler, and the exception that tells it of this place.
    fn handler(&mut self, m: &mut Machine, stop: &Stop) -> Result<(Value, Value), Raise> {
        use crate::machine::object::exceptions::unicode::{END, REASON, START};
        let class = match self.work {
            Work::Encode(..) => types::UNICODE_ENCODE_ERROR,
            Work::Decode(..) => types::UNICODE_DECODE_ERROR,
        };
        let (start, end) = (m.heap.int(stop.range.start as i64), m.heap.int(stop.range.end as i64));
        let reason = m.heap.str(stop.reason);
        if let Some((handler, exception)) = self.handling {
            for (field, value) in [(START, start), (END, end), (REASON, reason)] {
                m.set_exception_field(exception, field, Some(value));
            }
            return Ok((handler, exception));
        }
        let handler = if &*self.errors == "strict" { None } else { Some(m.error_handler(&self.errors)?) };
        let encoding = m.heap.str(self.name);
        let exception = m.new_exception(class, vec![encoding, self.object, start, end, reason]);
        let Some(handler) = handler else { return Err(Raise::new(exception)) };
        self.handling = Some((handler, exception));
        Ok((handler, exception))
    }

    /// Takes what the handler gave: a replacement, and where to go on.
    fn take(&mut self, m: &mut Machine, answer: Value) -> Result<(), Raise> {
        let pair = m.heap.is_instance(answer, types::TUPLE).then(|| m.tuple_items(answer).to_vec());
        let encodes = matches!(self.work, Work::Encode(..));
        let Some([replacement, place]) = pair.as_deref() else { return Err(self.wrong_answer(m)) };
        let text = m.heap.text_of(*replacement).cloned();
        let bytes = m.heap.byte_string(*replacement).filter(|_| encodes).map(<[u8]>::to_vec);
        if text.is_none() && bytes.is_none() {
            return Err(self.wrong_answer(m));
        }
        let Some(place) = m.index_clamped(*place) else {
            let class = m.class_name(*place);
            return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
        };
        let length = match &self.work {
            Work::Encode(points, _) => points.len(),
            Work::Decode(bytes, _) => bytes.len(),
        } as i64;
        let place = if place < 0 { place.saturating_add(length) } else { place };
        let Ok(next) = usize::try_from(place)
            .map_err(drop)
            .and_then(|next| if place <= length { Ok(next) } else { Err(()) })
        else {
            return Err(m.index_error(format!("position {place} from error handler out of bounds")));
        };
        let learnt = match (&text, self.table) {
            (Some(text), Some(table)) if encodes => m.encodings_of(table, text.points())?,
            _ => EncodingTable::new(),
        };
        let fits = match &mut self.work {
            Work::Decode(_, work) => {
                work.out.push_str(&text.unwrap_or_default());
                work.at = next;
                true
            }
            Work::Encode(_, work) => {
                work.learn(learnt);
                work.at = next;
                match (&text, &bytes) {
                    (Some(text), _) => work.replace(text),
                    (None, bytes) => work.replace_with_bytes(bytes.as_deref().unwrap_or_default()),
                }
            }
        };
        let (_, exception) = self.handling.expect("a handler has answered");
        if fits { Ok(()) } else { Err(Raise::new(exception)) }
    }

    /// Goes on until it is done or the handler has to be waited for.
    fn go_on(mut self, m: &mut Machine, input: Input) -> Advance {
        if let Input::Value(answer) = input {
            self.take(m, answer)?;
        }
        while let Some(stop) = self.run(m)? {
            let (handler, exception) = self.handler(m, &stop)?;
            match m.call(handler, Args::new([exception]))? {
                Flow::Value(answer) => self.take(m, answer)?,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
        self.finish(m).map(Into::into)
    }

    fn wrong_answer(&self, m: &mut Machine) -> Raise {
        m.type_error(match self.work {
            Work::Encode(..) => "encoding error handler must return (str/bytes, int) tuple",
            Work::Decode(..) => "decoding error handler must return (str, int) tuple",
        })
    }
}

impl NativeTask for CodecWork {
    fn advance(self, m: &mut Machine, input: Input) -> Advance {
        let noted = self.noted.clone();
        let progress = self.go_on(m, input);
        if let (Err(raise), Some(note)) = (&progress, noted) {
            m.add_note(raise.exception, &note);
        }
        progress
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.object);
        self.table.into_iter().for_each(&mut *visit);
        if let Some((handler, exception)) = self.handling {
            visit(handler);
            visit(exception);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        let what = if matches!(self.work, Work::Encode(..)) { "encoding" } else { "decoding" };
        format!("{what} {}: waiting for the error handler {}", self.name, self.errors)
    }
}
