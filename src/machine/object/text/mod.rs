//! `str`.

mod argument;
mod build;
mod search;

use super::super::Machine;
use super::super::args::{Args, Params, unexpected};
use super::super::frame::Eval;
use super::super::names;
use super::super::native::{Follow, Style};
use super::super::object::class::TypeSpec;
use super::super::object::function::{NativeDef, indexed};
use super::super::object::{Payload, types};
use super::super::protocol::wrappers::{
    ADD, EQ, FORMAT, GE, GT, HASH, LE, LT, MOD, MUL, NE, REPR, RMOD, RMUL, STR,
};
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
            Ok(m.heap.new_str(text).into())
        })
    };
}

/// A method that tells something of the receiver.
macro_rules! tested {
    ($name:literal, $method:ident) => {
        NativeDef::method($name, Params::None, |m, args| Ok(Value::bool(this(m, args).$method()).into()))
    };
}

/// A method that looks for a str between two places; whether it is one is asked before the places are.
macro_rules! searched {
    ($name:literal, $body:path) => {
        NativeDef::method($name, Params::Range(1, 3), |m, args| {
            m.text_argument(args.at(1), concat!($name, "() argument 1"))?;
            m.with_indices($name, args, &[2, 3], Style::Slice, $body)
        })
    };
}

static METHODS: &[NativeDef] = &[
    NativeDef::method("__sizeof__", Params::None, |m, args| {
        let size = m.text_size(args.at(0));
        Ok(m.heap.int(size).into())
    }),
    NativeDef::method("__getnewargs__", Params::None, |m, args| {
        // A copy, and no letter is so short that it would be the one that is kept.
        let text = m.str_text(args.at(0)).clone();
        let text = m.heap.new_str(text);
        Ok(m.heap.tuple(vec![text]).into())
    }),
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
    searched!("find", search::find),
    searched!("rfind", search::rfind),
    searched!("index", search::index),
    searched!("rindex", search::rindex),
    searched!("count", search::count),
    indexed!("startswith", Params::Range(1, 3), &[2, 3], Slice, search::starts_with),
    indexed!("endswith", Params::Range(1, 3), &[2, 3], Slice, search::ends_with),
    indexed!("split", Params::named(&["sep", "maxsplit"], 0), &[2], Plain, search::split),
    indexed!("rsplit", Params::named(&["sep", "maxsplit"], 0), &[2], Plain, search::rsplit),
    indexed!("splitlines", Params::named(&["keepends"], 0), &[1], Truth, search::split_lines),
    NativeDef::method("partition", Params::One, search::partition),
    NativeDef::method("rpartition", Params::One, search::rpartition),
    NativeDef::method(
        "replace",
        Params::Named { names: &["", "", "count"], required: 2, positional: 3 },
        |m, args| {
            m.text_argument(args.at(1), "replace() argument 1")?;
            m.text_argument(args.at(2), "replace() argument 2")?;
            m.with_indices("replace", args, &[3], Style::Plain, build::replace)
        },
    ),
    NativeDef::method("strip", Params::Range(0, 1), build::strip),
    NativeDef::method("lstrip", Params::Range(0, 1), build::lstrip),
    NativeDef::method("rstrip", Params::Range(0, 1), build::rstrip),
    NativeDef::method("removeprefix", Params::One, build::remove_prefix),
    NativeDef::method("removesuffix", Params::One, build::remove_suffix),
    indexed!("center", Params::Range(1, 2), &[1], Plain, build::center),
    indexed!("ljust", Params::Range(1, 2), &[1], Plain, build::ljust),
    indexed!("rjust", Params::Range(1, 2), &[1], Plain, build::rjust),
    indexed!("zfill", Params::One, &[1], Plain, build::zfill),
    indexed!("expandtabs", Params::named(&["tabsize"], 0), &[1], Plain, build::expand_tabs),
    NativeDef::method("join", Params::One, build::join),
    NativeDef::method("translate", Params::One, build::translate),
    NativeDef::static_method("maketrans", Params::Range(1, 3), build::make_trans),
    NativeDef::method("format", Params::Any, Machine::format_template),
    NativeDef::method("format_map", Params::One, |m, args| m.format_template_map(args.at(0), args.at(1))),
    NativeDef::method("encode", Params::named(&["encoding", "errors"], 0), Machine::encode),
];

/// The text of the receiver.
fn this<'a>(m: &'a Machine, args: &Args) -> &'a Str {
    m.str_text(args.at(0))
}

fn new_str(m: &mut Machine, args: &Args) -> Eval {
    const NAMES: [&str; 3] = ["object", "encoding", "errors"];
    let class = args.at(0).handle().expect("__new__ gets a class");
    if args.len() > 4 && args.keywords().next().is_some() {
        return Err(m.type_error(format!("str() takes at most 3 arguments ({} given)", args.len() - 1)));
    }
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
            None => return Err(m.type_error(unexpected("str", &text, &NAMES))),
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
    m.after(made, Follow::StrInstance(class))
}

impl Machine {
    /// An instance of `class`, which derives from str, with the text of a str.
    pub(in crate::machine) fn str_instance(&mut self, class: Handle, value: Value) -> Value {
        let text = self.str_text(value).clone();
        Value::object(self.heap.alloc(class, Payload::str(text)))
    }

    /// `left + right` for a left operand that is a str.
    pub(in crate::machine) fn str_add(&mut self, left: Value, right: Value) -> Result<Value, Raise> {
        let (Some(one), Some(two)) = (self.heap.text_of(left), self.heap.text_of(right)) else {
            let class = self.class_name(right);
            return Err(self.type_error(format!("can only concatenate str (not \"{class}\") to str")));
        };
        // CPython asks whether one of them is the empty str that it keeps, not whether it is empty.
        let empty = Value::object(names::EMPTY);
        if left == empty && self.heap.class_of(right) == types::STR {
            return Ok(right);
        }
        if right == empty && self.heap.class_of(left) == types::STR {
            return Ok(left);
        }
        if one.len() + two.len() > MAX_LENGTH {
            return Err(self.out_of_memory());
        }
        let sum = one.concat(two);
        Ok(self.heap.new_str(sum))
    }
}
