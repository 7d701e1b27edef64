//! `print`, and the functions that turn a value into a str.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::Print;
use super::super::super::object::function::NativeDef;
use super::super::super::raise::Raise;
use super::super::super::value::Value;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("print", Params::Any, print),
    NativeDef::function("repr", Params::One, |m, args| m.repr(args.at(0))),
    NativeDef::function("ascii", Params::One, |m, args| m.ascii(args.at(0))),
    NativeDef::function("format", Params::Range(1, 2), |m, args| {
        let spec = args.get(1).unwrap_or(Value::object(names::EMPTY));
        if m.heap.text_of(spec).is_none() {
            let class = m.class_name(spec);
            return Err(m.type_error(format!("format() argument 2 must be str, not {class}")));
        }
        m.format(args.at(0), spec)
    }),
];

fn print(m: &mut Machine, args: &Args) -> Eval {
    let (mut separator, mut end, mut file, mut flush) = (None, None, None, false);
    for (name, value) in args.keywords() {
        match m.str_text(name).as_ascii() {
            Some("sep") => separator = text_argument(m, value, "sep")?,
            Some("end") => end = text_argument(m, value, "end")?,
            Some("file") => file = Some(value).filter(|file| !file.is_none()),
            Some("flush") => flush = m.plain_truth(value).unwrap_or(true),
            _ => {
                let name = m.name_text(name.handle().expect("a name is a str"));
                return Err(m.type_error(format!("print() got an unexpected keyword argument '{name}'")));
            }
        }
    }
    if file.is_none() {
        // The program may have put another file in the place of standard output.
        file = m.sys_attribute(names::STDOUT).filter(|file| !m.is_standard_output(*file));
    }
    m.begin(Print::new(Args::new(args.rest(0)), separator, end, file, flush))
}

fn text_argument(m: &mut Machine, value: Value, name: &str) -> Result<Option<Value>, Raise> {
    if value.is_none() || m.heap.text_of(value).is_some() {
        return Ok(Some(value).filter(|value| !value.is_none()));
    }
    let class = m.class_name(value);
    Err(m.type_error(format!("{name} must be None or a string, not {class}")))
}
