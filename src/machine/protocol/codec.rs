//! `str.encode`, `bytes.decode`, `str(bytes, encoding)`: codecs by name, and their errors as exceptions.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Eval;
use super::super::modules::codecs::registry::{Lookup, Purpose};
use super::super::names;
use super::super::native::CodecWork;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::text::codec::work::Form;
use super::super::text::codec::{self, Codec, CodecError, Failure, Handler};
use super::super::value::Value;

/// A codec and what it does where it cannot go on, as a call names them.
struct Chosen {
    codec: Codec,
    /// The name of the error handler, looked up only when there is an error.
    errors: String,
}

impl Chosen {
    fn handler(&self) -> Handler {
        Handler::named(&self.errors).unwrap_or(Handler::Strict)
    }
}

/// By what a text is encoded, or bytes decoded.
enum Way {
    /// A codec and a handler that need nobody.
    Simple,
    /// A codec that may have to ask a handler.
    Task(Form),
    /// A codec that has to be found.
    Lookup(String),
}

/// What CPython adds to the error of a codec, but for those that it has a short way to.
fn note(doing: &str, encoding: Option<&str>) -> Option<String> {
    const SHORT: [&str; 10] =
        ["utf8", "utf-8", "utf16", "utf-16", "utf32", "utf-32", "ascii", "us-ascii", "latin1", "latin-1"];
    let name = encoding?;
    let plain = name.to_ascii_lowercase().replace('_', "-");
    let is_short = SHORT.contains(&plain.as_str()) || matches!(&*plain, "iso-8859-1" | "iso8859-1");
    (!is_short).then(|| format!("{doing} with '{name}' codec failed"))
}

impl Machine {
    /// `str.encode`: the receiver, then encoding and errors.
    pub(in crate::machine) fn encode(&mut self, args: &Args) -> Eval {
        self.encode_by(args.at(0), args.get(1), args.get(2), "encode")
    }

    /// `bytes.decode`: the receiver, then encoding and errors.
    pub(in crate::machine) fn decode_method(&mut self, args: &Args) -> Eval {
        self.decode_by(args.at(0), args.get(1), args.get(2), "decode")
    }

    /// `str(value, encoding, errors)`, where one of the latter two is given.
    pub(in crate::machine) fn decode_to_str(
        &mut self,
        value: Option<Value>,
        encoding: Option<Value>,
        errors: Option<Value>,
    ) -> Eval {
        let Some(value) = value else {
            self.codec_argument(encoding, "str", "encoding")?;
            self.codec_argument(errors, "str", "errors")?;
            return Ok(Value::object(names::EMPTY).into());
        };
        self.decode_by(value, encoding, errors, "str")
    }

    /// What a str is encoded as, by whatever codec and handler there is; `function` is whose arguments these are.
    pub(in crate::machine) fn encode_by(
        &mut self,
        text: Value,
        encoding: Option<Value>,
        errors: Option<Value>,
        function: &str,
    ) -> Eval {
        let name = self.codec_argument(encoding, function, "encoding")?;
        let handler = self.codec_argument(errors, function, "errors")?;
        match self.way(name.as_deref(), handler.as_deref()) {
            Way::Simple => {
                let result = self.encode_text(text, encoding, errors, function);
                self.noted(result, note("encoding", name.as_deref()))
            }
            Way::Task(form) => {
                let errors = handler.unwrap_or_else(|| "strict".to_owned());
                let work = CodecWork::encode(self, form, text, &errors);
                self.begin(work.noted(note("encoding", name.as_deref())))
            }
            Way::Lookup(name) => {
                let purpose = Purpose::Translate { encodes: true, text_only: true, object: text, errors };
                self.begin(Lookup::new(&name, purpose))
            }
        }
    }

    /// What a bytes-like object is decoded as, by whatever codec and handler there is.
    fn decode_by(
        &mut self,
        value: Value,
        encoding: Option<Value>,
        errors: Option<Value>,
        function: &str,
    ) -> Eval {
        let name = self.codec_argument(encoding, function, "encoding")?;
        let handler = self.codec_argument(errors, function, "errors")?;
        let way = self.way(name.as_deref(), handler.as_deref());
        let bytes = self.heap.byte_string(value).map(<[u8]>::to_vec);
        if bytes.as_ref().is_some_and(Vec::is_empty) {
            // Then CPython does not look for the codec.
            return Ok(Value::object(names::EMPTY).into());
        }
        match (way, bytes) {
            (Way::Task(form), Some(bytes)) => {
                let object = self.heap.bytes(&bytes);
                let errors = handler.unwrap_or_else(|| "strict".to_owned());
                let work = CodecWork::decode(form, &bytes, object, &errors, true);
                let text = self.begin(work.noted(note("decoding", name.as_deref())))?;
                Ok(self.exporting("decode", [value], text))
            }
            (Way::Lookup(_), Some(bytes)) if bytes.is_empty() => Ok(Value::object(names::EMPTY).into()),
            (Way::Lookup(name), Some(_)) => {
                let purpose = Purpose::Translate { encodes: false, text_only: true, object: value, errors };
                self.begin(Lookup::new(&name, purpose))
            }
            (Way::Simple, _) | (_, None) => {
                let result = self.decode_bytes(value, encoding, errors, function);
                let is_bytes = self.heap.byte_string(value).is_some();
                self.noted(result, note("decoding", name.as_deref()).filter(|_| is_bytes))
            }
        }
    }

    /// A result; an error of the codec with this note.
    fn noted(&mut self, result: Result<Value, Raise>, note: Option<String>) -> Eval {
        if let (Err(raise), Some(note)) = (&result, note) {
            self.add_note(raise.exception, &note);
        }
        result.map(Into::into)
    }

    /// By what a text is encoded, or bytes decoded.
    fn way(&self, encoding: Option<&str>, errors: Option<&str>) -> Way {
        let form = match encoding {
            None => Form::Plain(Codec::Utf8),
            Some(name) => match Form::named(name) {
                // The library's decoder is Python code.
                None | Some(Form::Utf7 | Form::Plain(Codec::Utf8Signed)) => {
                    return Way::Lookup(name.to_owned());
                }
                Some(form) => form,
            },
        };
        let own_handler = errors.is_none_or(|errors| Handler::named(errors).is_some());
        if own_handler && matches!(form, Form::Plain(_)) { Way::Simple } else { Way::Task(form) }
    }

    /// The bytes object that a str is encoded as; `function` is whose arguments encoding and errors are.
    pub(in crate::machine) fn encode_text(
        &mut self,
        text: Value,
        encoding: Option<Value>,
        errors: Option<Value>,
        function: &str,
    ) -> Result<Value, Raise> {
        let chosen = self.choose(encoding, errors, function)?;
        let failure = match codec::encode(self.str_text(text), chosen.codec, chosen.handler()) {
            Ok(bytes) => return Ok(self.heap.bytes(&bytes)),
            Err(failure) => failure,
        };
        let CodecError { encoding, start, end, reason } = self.codec_error(failure, &chosen)?;
        let fields = self.codec_fields(encoding, text, start, end, reason);
        Err(self.raise_with(types::UNICODE_ENCODE_ERROR, fields))
    }

    /// The str that a bytes-like object is decoded as; `function` is whose arguments encoding and errors
    /// are.
    pub(in crate::machine) fn decode_bytes(
        &mut self,
        value: Value,
        encoding: Option<Value>,
        errors: Option<Value>,
        function: &str,
    ) -> Result<Value, Raise> {
        let encoding = self.codec_argument(encoding, function, "encoding")?;
        let errors = self.codec_argument(errors, function, "errors")?;
        if self.heap.text_of(value).is_some() {
            return Err(self.type_error("decoding str is not supported"));
        }
        let Some(bytes) = self.heap.byte_string(value).map(<[u8]>::to_vec) else {
            self.refuse_python_buffer(value)?;
            let class = self.class_name(value);
            let message = format!("decoding to str: need a bytes-like object, {class} found");
            return Err(self.type_error(message));
        };
        let chosen = self.chosen(encoding, errors)?;
        let failure = match codec::decode(&bytes, chosen.codec, chosen.handler()) {
            Ok(text) => return Ok(self.heap.str(text)),
            Err(failure) => failure,
        };
        let CodecError { encoding, start, end, reason } = self.codec_error(failure, &chosen)?;
        let object = self.heap.bytes(&bytes);
        let fields = self.codec_fields(encoding, object, start, end, reason);
        Err(self.raise_with(types::UNICODE_DECODE_ERROR, fields))
    }

    /// The name that an argument for a codec or an error handler gives.
    pub(in crate::machine) fn codec_argument(
        &mut self,
        value: Option<Value>,
        function: &str,
        argument: &str,
    ) -> Result<Option<String>, Raise> {
        let Some(value) = value else { return Ok(None) };
        let Some(name) = self.heap.text_of(value) else {
            // `str()` reads its arguments in another way.
            let class = if function == "str" { self.class_name(value) } else { self.argument_class(value) };
            let message = format!("{function}() argument '{argument}' must be str, not {class}");
            return Err(self.type_error(message));
        };
        let name = name.clone();
        self.check_utf8(value)?;
        let name = name.to_string_lossy().into_owned();
        if name.contains('\0') {
            return Err(self.value_error("embedded null character"));
        }
        Ok(Some(name))
    }

    /// Refuses a str with lone surrogates as everything does that is written in C and wants UTF-8.
    pub(in crate::machine) fn check_utf8(&mut self, text: Value) -> Result<(), Raise> {
        let Err(failure) = codec::encode(self.str_text(text), Codec::Utf8, Handler::Strict) else {
            return Ok(());
        };
        let plain = self.chosen(None, None)?;
        let CodecError { encoding, start, end, reason } = self.codec_error(failure, &plain)?;
        let fields = self.codec_fields(encoding, text, start, end, reason);
        Err(self.raise_with(types::UNICODE_ENCODE_ERROR, fields))
    }

    fn choose(
        &mut self,
        encoding: Option<Value>,
        errors: Option<Value>,
        function: &str,
    ) -> Result<Chosen, Raise> {
        let encoding = self.codec_argument(encoding, function, "encoding")?;
        let errors = self.codec_argument(errors, function, "errors")?;
        self.chosen(encoding, errors)
    }

    /// The codec of that name, or the LookupError.
    pub(in crate::machine) fn codec_named(&mut self, name: &str) -> Result<Codec, Raise> {
        if codec::is_no_text(name) {
            return Err(self.raise(types::LOOKUP_ERROR, format!("'{name}' is not a text encoding")));
        }
        self.chosen(Some(name.to_owned()), None).map(|chosen| chosen.codec)
    }

    fn chosen(&mut self, encoding: Option<String>, errors: Option<String>) -> Result<Chosen, Raise> {
        let errors = errors.unwrap_or_else(|| "strict".to_owned());
        let Some(encoding) = encoding else { return Ok(Chosen { codec: Codec::Utf8, errors }) };
        match Codec::named(&encoding) {
            Some(codec) => Ok(Chosen { codec, errors }),
            None if codec::is_elsewhere(&encoding) => {
                Err(self.unsupported(format!("the encoding {encoding}")))
            }
            None => Err(self.raise(types::LOOKUP_ERROR, format!("unknown encoding: {encoding}"))),
        }
    }

    /// What a codec failed at, if that is for the error handler to know; else the exception.
    #[cold]
    fn codec_error(&mut self, failure: Failure, chosen: &Chosen) -> Result<CodecError, Raise> {
        match failure {
            Failure::TooLong => Err(self.out_of_memory()),
            Failure::NotForDecoding => Err(self.type_error(codec::NOT_FOR_DECODING)),
            Failure::Unicode(error) if Handler::named(&chosen.errors).is_some() => Ok(error),
            Failure::Unicode(_) => {
                let name = &chosen.errors;
                self.error_handler(name)?;
                Err(self.unsupported(format!("the error handler {name} here")))
            }
        }
    }

    fn codec_fields(
        &mut self,
        encoding: &str,
        object: Value,
        start: usize,
        end: usize,
        reason: &str,
    ) -> Vec<Value> {
        let encoding = self.heap.str(encoding);
        let (start, end) = (self.heap.int(start as i64), self.heap.int(end as i64));
        let reason = self.heap.str(reason);
        vec![encoding, object, start, end, reason]
    }
}
