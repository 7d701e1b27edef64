//! `unicodedata`: the database of Unicode 16.0, and that of 3.2 as far as it is another.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::object::class::{Accessor, TypeSpec};
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::text::Str;
use super::super::value::Value;
use super::native::{Constant, NativeModule};
use crate::text::unicode_data::{self, Edition, Form};

/// The longest name that is looked for.
const LONGEST_NAME: usize = 256;

/// A function by the database of today, for the module, and the same as a method of that of Unicode 3.2.
macro_rules! both {
    ($($name:literal, $params:expr, $function:expr;)*) => {
        const FUNCTIONS: &[NativeDef] =
            &[$(NativeDef::function($name, $params, |m, args| $function(m, args, Edition::Current)),)*];
        const METHODS: &[NativeDef] = &[$(NativeDef::method($name, $params, |m, args| {
            $function(m, &args.without_first(), Edition::Old)
        }),)*];
    };
}

both! {
    "bidirectional", Params::One, |m: &mut Machine, args: &Args, edition: Edition| {
        let point = character(m, args, "bidirectional() argument", "bidirectional(): argument")?;
        Ok(m.heap.str(&*unicode_data::properties(point, edition).bidirectional).into())
    };
    "category", Params::One, |m: &mut Machine, args: &Args, edition: Edition| {
        let point = character(m, args, "category() argument", "category(): argument")?;
        Ok(m.heap.str(&*unicode_data::properties(point, edition).category).into())
    };
    "combining", Params::One, |m: &mut Machine, args: &Args, edition: Edition| {
        let point = character(m, args, "combining() argument", "combining(): argument")?;
        Ok(m.heap.int(unicode_data::properties(point, edition).combining.into()).into())
    };
    "decimal", Params::Range(1, 2), |m: &mut Machine, args: &Args, edition: Edition| {
        let point = character(m, args, "decimal() argument 1", "decimal(): argument 1")?;
        let value = unicode_data::numbers(point, edition).and_then(|numbers| numbers.decimal);
        let value = value.map(|value| m.heap.int(value.into()));
        or_default(m, args, value, "not a decimal")
    };
    "decomposition", Params::One, |m: &mut Machine, args: &Args, edition: Edition| {
        let point = character(m, args, "decomposition() argument", "decomposition(): argument")?;
        Ok(m.heap.str(unicode_data::decomposition(point, edition)).into())
    };
    "digit", Params::Range(1, 2), |m: &mut Machine, args: &Args, edition: Edition| {
        let point = character(m, args, "digit() argument 1", "digit(): argument 1")?;
        let value = unicode_data::numbers(point, edition).and_then(|numbers| numbers.digit);
        let value = value.map(|value| m.heap.int(value.into()));
        or_default(m, args, value, "not a digit")
    };
    "east_asian_width", Params::One, |m: &mut Machine, args: &Args, edition: Edition| {
        let point = character(m, args, "east_asian_width() argument", "east_asian_width(): argument")?;
        Ok(m.heap.str(&*unicode_data::properties(point, edition).width).into())
    };
    "is_normalized", Params::Range(2, 2), |m: &mut Machine, args: &Args, edition: Edition| {
        let (text, normalized) = normalized(m, args, "is_normalized", edition)?;
        Ok(Value::bool(text == normalized).into())
    };
    "lookup", Params::One, |m: &mut Machine, args: &Args, edition: Edition| {
        m.with_buffers("lookup", args, &[0], match edition {
            Edition::Current => |m, args| lookup(m, args, Edition::Current),
            Edition::Old => |m, args| lookup(m, args, Edition::Old),
        })
    };
    "mirrored", Params::One, |m: &mut Machine, args: &Args, edition: Edition| {
        let point = character(m, args, "mirrored() argument", "mirrored(): argument")?;
        Ok(m.heap.int(unicode_data::properties(point, edition).mirrored.into()).into())
    };
    "name", Params::Range(1, 2), |m: &mut Machine, args: &Args, edition: Edition| {
        let point = character(m, args, "name() argument 1", "name(): argument 1")?;
        let value = unicode_data::name(point, edition).map(|name| m.heap.str(name));
        or_default(m, args, value, "no such name")
    };
    "normalize", Params::Range(2, 2), |m: &mut Machine, args: &Args, edition: Edition| {
        let (text, normalized) = normalized(m, args, "normalize", edition)?;
        if text == normalized && m.heap.class_of(args.at(1)) == types::STR {
            return Ok(args.at(1).into());
        }
        Ok(m.heap.str(normalized).into())
    };
    "numeric", Params::Range(1, 2), |m: &mut Machine, args: &Args, edition: Edition| {
        let point = character(m, args, "numeric() argument 1", "numeric(): argument 1")?;
        let value = unicode_data::numbers(point, edition).and_then(|numbers| numbers.numeric);
        let value = value.map(|value| m.heap.float(value));
        or_default(m, args, value, "not a numeric character")
    };
}

/// `unicodedata`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[FUNCTIONS],
    types: &[&UCD],
    constants: &[("unidata_version", Constant::Text(unicode_data::VERSION))],
    fill: |m, dict| {
        let old = Value::object(m.heap.alloc(types::UCD, Payload::Plain));
        m.set_text_name(dict, "ucd_3_2_0", old);
    },
    ..NativeModule::new("unicodedata", "What Unicode says of characters.")
};

/// `unicodedata.UCD`: the database of Unicode 3.2 is one.
static UCD: TypeSpec = TypeSpec {
    module: "unicodedata",
    natives: METHODS,
    accessors: &[Accessor::read_only("unidata_version", |m, _| {
        Ok(m.heap.str(unicode_data::OLD_VERSION).into())
    })
    .as_member()],
    ..TypeSpec::new(types::UCD, "UCD")
};

/// The character that argument 0 must be; `title` and `other` begin the messages for what is no str, and for one of
/// another length.
fn character(m: &mut Machine, args: &Args, title: &str, other: &str) -> Result<u32, Raise> {
    let Some(text) = m.heap.text_of(args.at(0)) else {
        let class = m.argument_class(args.at(0));
        return Err(m.type_error(format!("{title} must be a unicode character, not {class}")));
    };
    match (text.len(), text.get(0)) {
        (1, Some(point)) => Ok(point),
        (length, _) => {
            let message = format!("{other} must be a unicode character, not a string of length {length}");
            Err(m.type_error(message))
        }
    }
}

/// A value; where there is none, argument 1, or else a ValueError.
fn or_default(m: &mut Machine, args: &Args, value: Option<Value>, message: &str) -> Eval {
    match value.or(args.get(1)) {
        Some(value) => Ok(value.into()),
        None => Err(m.value_error(message)),
    }
}

fn lookup(m: &mut Machine, args: &Args, edition: Edition) -> Eval {
    let name = match m.heap.text_of(args.at(0)) {
        Some(text) => text.to_string_lossy().into_owned(),
        None => {
            let bytes = m.bytes_argument(args.at(0))?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    if name.len() > LONGEST_NAME {
        return Err(m.raise(types::KEY_ERROR, "name too long"));
    }
    match unicode_data::lookup(&name, edition) {
        Some(points) => Ok(m.heap.str(points).into()),
        None => Err(m.raise(types::KEY_ERROR, format!("undefined character name '{name}'"))),
    }
}

/// Argument 1 as it is, and in the form that argument 0 names.
fn normalized(m: &mut Machine, args: &Args, function: &str, edition: Edition) -> Result<(Str, Str), Raise> {
    for index in 0..2 {
        if m.heap.text_of(args.at(index)).is_none() {
            let class = m.argument_class(args.at(index));
            let message = format!("{function}() argument {} must be str, not {class}", index + 1);
            return Err(m.type_error(message));
        }
    }
    let (form, text) =
        (m.str_text(args.at(0)).to_string_lossy().into_owned(), m.str_text(args.at(1)).clone());
    if text.is_empty() {
        return Ok((text.clone(), text));
    }
    let Some(form) = Form::named(&form) else { return Err(m.value_error("invalid normalization form")) };
    if text.is_ascii() {
        return Ok((text.clone(), text));
    }
    let normalized = Str::from(unicode_data::normalize(form, text.points(), edition));
    Ok((text, normalized))
}
