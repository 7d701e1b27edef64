//! Limits and other numbers that a program may set in `sys`.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::native::Style;
use super::super::super::number::int::MIN_DIGIT_LIMIT;
use super::super::super::object::function::NativeDef;
use super::super::super::protocol::number::Number;
use super::super::super::value::Value;
use super::small_int;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("getrecursionlimit", Params::None, getrecursionlimit),
    NativeDef::function("setrecursionlimit", Params::One, |m, args| {
        m.with_indices("sys.setrecursionlimit", args, &[0], Style::Plain, setrecursionlimit)
    }),
    NativeDef::function("getswitchinterval", Params::None, |m, _| {
        let seconds = m.thread.settings.switch_interval as f64 / MICROSECONDS;
        Ok(m.heap.float(seconds).into())
    }),
    NativeDef::function("setswitchinterval", Params::One, |m, args| {
        m.with_indices("sys.setswitchinterval", args, &[0], Style::Real, set_switch_interval)
    }),
    NativeDef::function("get_int_max_str_digits", Params::None, |m, _| {
        let limit = m.thread.settings.digit_limit as i64;
        Ok(m.heap.int(limit).into())
    }),
    NativeDef::function("set_int_max_str_digits", Params::named(&["maxdigits"], 1), |m, args| {
        m.with_indices("sys.set_int_max_str_digits", args, &[0], Style::Plain, set_digit_limit)
    }),
    NativeDef::function("get_coroutine_origin_tracking_depth", Params::None, |m, _| {
        let depth = m.thread.settings.origin_depth as i64;
        Ok(m.heap.int(depth).into())
    }),
    NativeDef::function("set_coroutine_origin_tracking_depth", Params::named(&["depth"], 1), |m, args| {
        m.with_indices("sys.set_coroutine_origin_tracking_depth", args, &[0], Style::Plain, set_origin_depth)
    }),
];

const MICROSECONDS: f64 = 1e6;

fn getrecursionlimit(m: &mut Machine, _args: &Args) -> Eval {
    let limit = m.thread.recursion_limit as i64;
    Ok(m.heap.int(limit).into())
}

fn setrecursionlimit(m: &mut Machine, args: &Args) -> Eval {
    let limit = small_int(m, args.at(0))?;
    let Some(limit) = usize::try_from(limit).ok().filter(|limit| *limit >= 1) else {
        return Err(m.value_error("recursion limit must be greater or equal than 1"));
    };
    let depth = m.thread.depth;
    if depth >= limit {
        return Err(m.recursion_error(format!(
            "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
        )));
    }
    m.thread.recursion_limit = limit;
    Ok(Value::NONE.into())
}

fn set_switch_interval(m: &mut Machine, args: &Args) -> Eval {
    let Some(Number::Float(seconds)) = m.heap.number(args.at(0)) else {
        return Err(m.system_error("float() gives a float"));
    };
    if seconds <= 0.0 {
        return Err(m.value_error("switch interval must be strictly positive"));
    }
    m.thread_mut().settings.switch_interval = (seconds * MICROSECONDS) as u64;
    Ok(Value::NONE.into())
}

fn set_digit_limit(m: &mut Machine, args: &Args) -> Eval {
    let wanted = small_int(m, args.at(0))?;
    let limit = usize::try_from(wanted).ok().filter(|limit| *limit == 0 || *limit >= MIN_DIGIT_LIMIT);
    let Some(limit) = limit else {
        return Err(m.value_error(format!("maxdigits must be >= {MIN_DIGIT_LIMIT} or 0 for unlimited")));
    };
    m.thread_mut().settings.digit_limit = limit;
    m.set_flag_of_digits(wanted);
    Ok(Value::NONE.into())
}

fn set_origin_depth(m: &mut Machine, args: &Args) -> Eval {
    let depth = small_int(m, args.at(0))?;
    let Ok(depth) = usize::try_from(depth) else {
        return Err(m.value_error("depth must be >= 0"));
    };
    m.thread_mut().settings.origin_depth = depth;
    Ok(Value::NONE.into())
}
