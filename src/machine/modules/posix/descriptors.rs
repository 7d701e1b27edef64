//! What `posix` does with the numbers of open files themselves.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::native::{Style, SystemCall};
use super::super::super::object::function::NativeDef;
use super::super::super::raise::Raise;
use super::super::super::system::{Call, Descriptor};
use super::super::super::value::Value;
use super::{number, numbered};

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    numbered!("get_inheritable", Params::One, &[0], |m, args| ask(
        m,
        args,
        "get_inheritable",
        Descriptor::Inherited
    )),
    numbered!("set_inheritable", Params::Range(2, 2), &[0, 1], |m, args| {
        set(m, args, "set_inheritable", Descriptor::Inherited)
    }),
    numbered!("get_blocking", Params::One, &[0], |m, args| ask(
        m,
        args,
        "get_blocking",
        Descriptor::Blocking
    )),
    numbered!("set_blocking", Params::Range(2, 2), &[0], |m, args| {
        m.with_indices("set_blocking", args, &[1], Style::Truth, |m, args| {
            set(m, args, "set_blocking", Descriptor::Blocking)
        })
    }),
    numbered!("dup2", Params::named(&["fd", "fd2", "inheritable"], 2), &[0, 1], |m, args| {
        m.with_indices("dup2", args, &[2], Style::Truth, duplicate)
    }),
    numbered!("closerange", Params::Range(2, 2), &[0, 1], |m, args| {
        let (low, high) = (number(m, args.at(0))?, number(m, args.at(1))?);
        if (0..STANDARD).any(|fd| (low..high).contains(&fd)) {
            return Err(m.unsupported("os.closerange() of the standard streams"));
        }
        m.begin(SystemCall::new("closerange", Call::CloseRange(low, high)))
    }),
];

/// The numbers below are those of the standard streams, which are the machine's own.
const STANDARD: i32 = 3;

fn ask(m: &mut Machine, args: &Args, name: &'static str, wanted: Descriptor) -> Eval {
    let fd = number(m, args.at(0))?;
    m.begin(SystemCall::new(name, Call::AskDescriptor(fd, wanted)).as_bool())
}

fn set(m: &mut Machine, args: &Args, name: &'static str, wanted: Descriptor) -> Eval {
    let (fd, value) = (number(m, args.at(0))?, truth(m, args.at(1))?);
    m.begin(SystemCall::new(name, Call::SetDescriptor(fd, wanted, value)))
}

fn truth(m: &mut Machine, value: Value) -> Result<bool, Raise> {
    if value == Value::TRUE || value == Value::FALSE {
        return Ok(value == Value::TRUE);
    }
    number(m, value).map(|value| value != 0)
}

fn duplicate(m: &mut Machine, args: &Args) -> Eval {
    let (fd, wanted) = (number(m, args.at(0))?, number(m, args.at(1))?);
    if (0..STANDARD).contains(&wanted) && fd != wanted {
        return Err(m.unsupported("os.dup2() onto a standard stream"));
    }
    m.begin(SystemCall::new("dup2", Call::DuplicateTo(fd, wanted, args.flag(2, true))))
}
