//! `print`, and the functions that turn a value into a str.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::{Print, Style};
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
            let class = m.argument_class(spec);
            return Err(m.type_error(format!("format() argument 2 must be str, not {class}")));
        }
        m.format(args.at(0), spec)
    }),
];

fn print(m: &mut Machine, args: &Args) -> Eval {
    let [sep, end, file, flush] = m.keywords_among("print", args, ["sep", "end", "file", "flush"])?;
    let given = [sep, end, file].map(|value| value.unwrap_or(Value::NONE));
    let given = given.into_iter().chain([flush.unwrap_or(Value::FALSE)]);
    let args = Args::new(given.chain(args.rest(0)));
    m.with_indices("print", &args, &[FLUSH], Style::Truth, print_values)
}

/// Where [`print_values`] has the flag.
const FLUSH: usize = 3;

/// `print` with its keyword arguments in front of the values.
fn print_values(m: &mut Machine, args: &Args) -> Eval {
    let mut file = args.some(2);
    if file.is_none() {
        // The program may have put another file in the place of standard output.
        file = m.sys_attribute(names::STDOUT).filter(|file| !m.is_standard_output(*file));
    }
    let separator = text_argument(m, args.at(0), "sep")?;
    let end = text_argument(m, args.at(1), "end")?;
    let values = Args::new(args.rest(FLUSH + 1));
    m.begin(Print::new(values, separator, end, file, args.flag(FLUSH, false)))
}

fn text_argument(m: &mut Machine, value: Value, name: &str) -> Result<Option<Value>, Raise> {
    if value.is_none() || m.heap.text_of(value).is_some() {
        return Ok(Some(value).filter(|value| !value.is_none()));
    }
    let class = m.class_name(value);
    Err(m.type_error(format!("{name} must be None or a string, not {class}")))
}
