//! `slice`.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::{Style, lending};
use super::super::number::Int;
use super::super::protocol::subscript::SLICE_ORDER;
use super::super::protocol::wrappers;
use super::super::slicing;
use super::super::value::Value;
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::{Payload, types};

/// `slice`.
pub static SLICE: TypeSpec = TypeSpec {
    doc: Some("Which items of a sequence are meant: from where, to where, by what step."),
    natives: &[
        NativeDef::new(Params::Any, new),
        NativeDef::method("indices", Params::One, indices),
        NativeDef::method("__reduce__", Params::None, |m, args| {
            let parts = parts(m, args.at(0)).to_vec();
            let parts = m.heap.tuple(parts);
            Ok(m.heap.pair(Value::object(types::SLICE), parts).into())
        }),
    ],
    wrappers: &[
        &wrappers::REPR,
        &wrappers::HASH,
        &wrappers::LT,
        &wrappers::LE,
        &wrappers::EQ,
        &wrappers::NE,
        &wrappers::GT,
        &wrappers::GE,
    ],
    accessors: &[
        Accessor::read_only("start", |m, slice| Ok(parts(m, slice)[0].into())).as_member(),
        Accessor::read_only("stop", |m, slice| Ok(parts(m, slice)[1].into())).as_member(),
        Accessor::read_only("step", |m, slice| Ok(parts(m, slice)[2].into())).as_member(),
    ],
    ..TypeSpec::new(types::SLICE, "slice")
};

fn parts(m: &Machine, slice: Value) -> [Value; 3] {
    match m.heap.payload_of(slice) {
        Some(Payload::Slice(parts)) => **parts,
        _ => [Value::NONE; 3],
    }
}

fn new(m: &mut Machine, args: &Args) -> Eval {
    m.check_no_keywords("slice", args)?;
    m.check_count("slice", args.len() - 1, 1, 3)?;
    let none = Value::NONE;
    let parts = match args.len() {
        2 => [none, args.at(1), none],
        _ => [args.at(1), args.at(2), args.get(3).unwrap_or(none)],
    };
    Ok(Value::object(m.heap.alloc(types::SLICE, Payload::Slice(Box::new(parts)))).into())
}

fn indices(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("slice.indices", args, &[1], Style::Plain, |m, args| {
        let slice = args.at(0);
        let [start, stop, step] = parts(m, slice);
        let args = Args::new([args.at(1), start, stop, step]);
        let flow = m.with_indices("slice.indices", &args, SLICE_ORDER, Style::Slice, |m, args| {
            let len = m.int_number(args.at(0)).unwrap_or(Int::Small(0));
            if len.is_negative() {
                return Err(m.value_error("length should not be negative"));
            }
            let [start, stop, step] =
                [1, 2, 3].map(|index| args.get(index).and_then(|part| m.int_number(part)));
            match slicing::indices(start.as_ref(), stop.as_ref(), step.as_ref(), &len) {
                Ok((start, stop, step)) => {
                    // What is taken as it is given is the very int that was given.
                    let items = [(start, 1), (stop, 2), (step, 3)].map(|(part, index)| {
                        let given = [args.some(index), args.get(0).filter(|_| index < 3)];
                        let same = given
                            .into_iter()
                            .flatten()
                            .find(|int| m.int_number(*int).as_ref() == Some(&part));
                        match same {
                            Some(same) => m.exact_int(same),
                            None => m.heap.new_int(part),
                        }
                    });
                    Ok(m.heap.tuple(items.to_vec()).into())
                }
                Err(error) => Err(m.value_error(error.to_string())),
            }
        })?;
        Ok(lending("slice.indices", slice, flow))
    })
}
