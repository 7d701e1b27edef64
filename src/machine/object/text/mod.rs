//! `str`.

mod argument;
mod build;
mod search;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::object::class::TypeSpec;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::protocol::operator::Binary;
use super::super::protocol::wrappers::*;
use super::super::protocol::wrappers_container::{CONTAINS, GETITEM, ITER, LEN};
use super::super::raise::Raise;
use super::super::text::{MAX_LENGTH, Str};
use super::super::value::{Handle, Value};

/// `str`.
pub static STR_TYPE: TypeSpec = TypeSpec {
    subclassable: true,
    doc: Some("A text: a sequence of Unicode code points."),
    natives: METHODS,
    wrappers: &[
        &ADD, &MUL, &RMUL, &MOD, &RMOD, &REPR, &STR, &HASH, &EQ, &NE, &LT, &LE, &GT, &GE, &FORMAT, &LEN,
        &GETITEM, &CONTAINS, &ITER,
    ],
    ..TypeSpec::new(types::STR, "str")
};

/// A method that makes another str of the receiver alone.
macro_rules! mapped {
    ($name:literal, $method:ident) => {
        NativeDef::method($name, Params::None, |m, args| {
            let text = this(m, args).$method();
            Ok(m.heap.str(text).into())
        })
    };
}

/// A method that tells something of the receiver.
macro_rules! tested {
    ($name:literal, $method:ident) => {
        NativeDef::method($name, Params::None, |m, args| Ok(Value::bool(this(m, args).$method()).into()))
    };
}

static METHODS: &[NativeDef] = &[
    NativeDef::new(Params::Any, new_str),
    mapped!("capitalize", capitalize),
    mapped!("casefold", to_folded),
    mapped!("lower", to_lower),
    mapped!("swapcase", swap_case),
    mapped!("title", to_title),
    mapped!("upper", to_upper),
    tested!("isalnum", is_alnum),
    tested!("isalpha", is_alpha),
    tested!("isascii", is_ascii),
    tested!("isdecimal", is_decimal),
    tested!("isdigit", is_digit),
    tested!("isidentifier", is_identifier),
    tested!("islower", is_lower),
    tested!("isnumeric", is_numeric),
    tested!("isprintable", is_printable),
    tested!("isspace", is_space),
    tested!("istitle", is_title),
    tested!("isupper", is_upper),
    NativeDef::method("find", Params::Range(1, 3), search::find),
    NativeDef::method("rfind", Params::Range(1, 3), search::rfind),
    NativeDef::method("index", Params::Range(1, 3), search::index),
    NativeDef::method("rindex", Params::Range(1, 3), search::rindex),
    NativeDef::method("count", Params::Range(1, 3), search::count),
    NativeDef::method("startswith", Params::Range(1, 3), search::starts_with),
    NativeDef::method("endswith", Params::Range(1, 3), search::ends_with),
    NativeDef::method("split", Params::named(&["sep", "maxsplit"], 0), search::split),
    NativeDef::method("rsplit", Params::named(&["sep", "maxsplit"], 0), search::rsplit),
    NativeDef::method("splitlines", Params::named(&["keepends"], 0), search::split_lines),
    NativeDef::method("partition", Params::One, search::partition),
    NativeDef::method("rpartition", Params::One, search::rpartition),
    NativeDef::method(
        "replace",
        Params::Named { names: &["", "", "count"], required: 2, positional: 3 },
        build::replace,
    ),
    NativeDef::method("strip", Params::Range(0, 1), build::strip),
    NativeDef::method("lstrip", Params::Range(0, 1), build::lstrip),
    NativeDef::method("rstrip", Params::Range(0, 1), build::rstrip),
    NativeDef::method("removeprefix", Params::One, build::remove_prefix),
    NativeDef::method("removesuffix", Params::One, build::remove_suffix),
    NativeDef::method("center", Params::Range(1, 2), build::center),
    NativeDef::method("ljust", Params::Range(1, 2), build::ljust),
    NativeDef::method("rjust", Params::Range(1, 2), build::rjust),
    NativeDef::method("zfill", Params::One, build::zfill),
    NativeDef::method("expandtabs", Params::named(&["tabsize"], 0), build::expand_tabs),
    NativeDef::method("join", Params::One, build::join),
    NativeDef::method("translate", Params::One, build::translate),
    NativeDef::static_method("maketrans", Params::Range(1, 3), build::make_trans),
    NativeDef::method("format", Params::Any, |m, args| m.format_template(args)),
    NativeDef::method("format_map", Params::One, |m, args| m.format_template_map(args.at(0), args.at(1))),
    NativeDef::method("encode", Params::named(&["encoding", "errors"], 0), |m, args| m.encode(args)),
];

/// The text of the receiver.
fn this<'a>(m: &'a Machine, args: &Args) -> &'a Str {
    m.str_text(args.at(0))
}

fn new_str(m: &mut Machine, args: &Args) -> Eval {
    const NAMES: [&str; 3] = ["object", "encoding", "errors"];
    let class = args.at(0).handle().expect("__new__ gets a class");
    if args.len() > 4 {
        return Err(m.type_error(format!("str expected at most 3 arguments, got {}", args.len() - 1)));
    }
    let mut parts: [Option<Value>; 3] = [None; 3];
    for (part, value) in parts.iter_mut().zip(args.rest(1)) {
        *part = Some(value);
    }
    for (name, value) in args.keywords() {
        let text = m.str_text(name).to_string_lossy().into_owned();
        match NAMES.iter().position(|known| *known == text) {
            Some(index) if parts[index].is_none() => parts[index] = Some(value),
            Some(index) => {
                let message =
                    format!("argument for str() given by name ('{text}') and position ({})", index + 1);
                return Err(m.type_error(message));
            }
            None => return Err(m.type_error(format!("str() got an unexpected keyword argument '{text}'"))),
        }
    }
    let made = match parts {
        [None, None, None] => m.heap.str("").into(),
        [Some(value), None, None] => m.str(value)?,
        [value, encoding, errors] => m.decode_to_str(value, encoding, errors)?,
    };
    if class == types::STR {
        return Ok(made);
    }
    m.str_instance(class, made)
}

impl Machine {
    /// An instance of a subclass of str, of the str that a conversion gives.
    fn str_instance(&mut self, class: Handle, made: Flow) -> Eval {
        match made {
            Flow::Value(value) => {
                let text = self.str_text(value).clone();
                Ok(Value::object(self.heap.alloc(class, Payload::str(text))).into())
            }
            Flow::Enter(_) => {
                Err(self.unsupported("a str subclass made of an object with __str__ in Python"))
            }
        }
    }

    /// `left operator right` for str: `+`, `*`; `None` where neither is a str.
    pub(in crate::machine) fn str_binary(
        &mut self,
        operator: Binary,
        left: Value,
        right: Value,
    ) -> Result<Option<Value>, Raise> {
        let text = match (operator, self.heap.text_of(left), self.heap.text_of(right)) {
            (Binary::Add, Some(one), Some(_))
                if one.is_empty() && self.heap.class_of(right) == types::STR =>
            {
                return Ok(Some(right));
            }
            (Binary::Add, Some(_), Some(two)) if two.is_empty() && self.heap.class_of(left) == types::STR => {
                return Ok(Some(left));
            }
            (Binary::Add, Some(one), Some(two)) if one.len() + two.len() > MAX_LENGTH => None,
            (Binary::Add, Some(one), Some(two)) => Some(one.concat(two)),
            (Binary::Add, Some(_), None) => {
                let class = self.class_name(right);
                return Err(self.type_error(format!("can only concatenate str (not \"{class}\") to str")));
            }
            (Binary::Multiply, Some(text), None) => {
                let text = text.clone();
                return self.repeat_str(left, &text, right).map(Some);
            }
            (Binary::Multiply, None, Some(_)) if self.is_sequence_payload(left) => return Ok(None),
            (Binary::Multiply, None, Some(text)) => {
                let text = text.clone();
                return self.repeat_str(right, &text, left).map(Some);
            }
            (Binary::Multiply, Some(_), Some(_)) => {
                return Err(self.type_error("can't multiply sequence by non-int of type 'str'"));
            }
            _ => return Ok(None),
        };
        match text {
            Some(text) => Ok(Some(self.heap.str(text))),
            None => Err(self.raise_with(types::MEMORY_ERROR, vec![])),
        }
    }

    fn repeat_str(&mut self, value: Value, text: &Str, count: Value) -> Result<Value, Raise> {
        let count = self.repeat_count(count)?;
        if count == 1 && self.heap.class_of(value) == types::STR {
            return Ok(value);
        }
        match text.repeat(count) {
            Some(text) => Ok(self.heap.str(text)),
            None => Err(self.raise_with(types::MEMORY_ERROR, vec![])),
        }
    }

    /// Whether a builtin sequence other than str decides itself what `*` means.
    fn is_sequence_payload(&self, value: Value) -> bool {
        matches!(
            self.heap.payload_of(value),
            Some(Payload::List(_) | Payload::Tuple(_) | Payload::Bytes(_) | Payload::ByteArray(_))
        )
    }

    /// How often a sequence is repeated by `* count`; a negative number is none.
    pub(in crate::machine) fn repeat_count(&mut self, count: Value) -> Result<usize, Raise> {
        let Some(int) = self.heap.int_ref(count) else {
            let class = self.class_name(count);
            return Err(self.type_error(format!("can't multiply sequence by non-int of type '{class}'")));
        };
        match int.small() {
            Some(count) => Ok(usize::try_from(count).unwrap_or(0)),
            None if int.signum() < 0 => Ok(0),
            None => Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
        }
    }
}
