//! Paths of files: str, bytes, and what has `__fspath__`.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Eval;
use super::super::names;
use super::super::native::holding;
use super::super::object::Payload;
use super::super::raise::Raise;
use super::super::text::Str;
use super::super::text::codec::{self, Codec, Handler};
use super::super::value::Value;

impl Machine {
    /// `os.fspath(value)`: a str or bytes, where `__fspath__` gives what it should.
    pub(in crate::machine) fn fs_path(&mut self, value: Value) -> Eval {
        if self.heap.text_of(value).is_some()
            || matches!(self.heap.payload_of(value), Some(Payload::Bytes(_)))
        {
            return Ok(value.into());
        }
        match self.heap.special(value, names::FSPATH) {
            Some(method) => {
                // The method is bound.
                let path = holding("fspath", [value], self.call_method(method, value, Args::default())?);
                let args = Args::new([value, Value::NONE]);
                self.continue_with("__fspath__", path, args, 1, checked_path)
            }
            None => Err(self.no_path(value)),
        }
    }

    /// Whether a value says itself which path it stands for.
    pub(in crate::machine) fn has_fspath(&self, value: Value) -> bool {
        self.heap.special(value, names::FSPATH).is_some()
    }

    fn no_path(&mut self, value: Value) -> Raise {
        let given = self.heap.class(self.heap.class_of(value)).name.clone();
        self.type_error(format!("expected str, bytes or os.PathLike object, not {given}"))
    }

    /// The text of a path that is a str or bytes, which may hold no NUL.
    pub(in crate::machine) fn path_text(&mut self, value: Value) -> Result<Str, Raise> {
        let text = match (self.heap.text_of(value), self.heap.bytes_object(value)) {
            (Some(text), _) => text.clone(),
            (None, Some(bytes)) => file_name(bytes),
            (None, None) => return Err(self.no_path(value)),
        };
        if text.points().any(|point| point == 0) {
            return Err(self.value_error("embedded null byte"));
        }
        Ok(text)
    }
}

/// What `__fspath__` gave, if that is a path.
fn checked_path(m: &mut Machine, args: &Args) -> Eval {
    let path = args.at(1);
    if m.heap.text_of(path).is_some() || matches!(m.heap.payload_of(path), Some(Payload::Bytes(_))) {
        return Ok(path.into());
    }
    let (class, given) = (m.class_name(args.at(0)), m.class_name(path));
    Err(m.type_error(format!("expected {class}.__fspath__() to return str or bytes, not {given}")))
}

/// The text of a file's name: UTF-8, and a lone surrogate for each byte that is none.
pub fn file_name(bytes: &[u8]) -> Str {
    codec::decode(bytes, Codec::Utf8, Handler::SurrogateEscape).expect("every byte has an escape")
}

/// The bytes of a file's name, which [`file_name`] gives back; a lone surrogate that stands for no byte is
/// written as UTF-8 would.
pub fn file_bytes(name: &Str) -> Vec<u8> {
    let escaped = codec::encode(name, Codec::Utf8, Handler::SurrogateEscape);
    escaped
        .or_else(|_| codec::encode(name, Codec::Utf8, Handler::SurrogatePass))
        .expect("every text has a form")
}
