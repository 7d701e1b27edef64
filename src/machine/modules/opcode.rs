//! `_opcode`: what the opcode table says, for `dis`.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Style;
use super::super::object::Payload;
use super::super::object::function::NativeDef;
use super::super::value::{Kind, Value};
use super::native::{Constant, NativeModule};
use crate::code::Opcode;
use crate::code::opcode::ArgKind;
use crate::code::operand;

/// A question about the opcode of a number, which may be none.
macro_rules! question {
    ($name:literal, $answer:expr) => {
        NativeDef::function($name, Params::named(&["opcode"], 1), |m, args| {
            m.with_indices($name, args, &[0], Style::Plain, |m, args| {
                let answer: fn(Facts) -> bool = $answer;
                let facts = m.index_clamped(args.at(0)).and_then(Facts::of);
                Ok(Value::bool(facts.is_some_and(answer)).into())
            })
        })
    };
}

/// `_opcode`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function(
            "stack_effect",
            Params::Named { names: &["", "", "jump"], required: 1, positional: 2 },
            |m, args| m.with_indices("stack_effect", args, &[0], Style::Plain, stack_effect),
        ),
        question!("is_valid", |_| true),
        question!("has_arg", |facts| facts.has_arg),
        question!("has_const", |facts| facts.arg == ArgKind::Const),
        question!("has_name", |facts| facts.arg == ArgKind::Name),
        question!("has_jump", |facts| facts.jumps),
        question!("has_free", |facts| facts.arg == ArgKind::Free),
        question!("has_local", |facts| matches!(facts.arg, ArgKind::Local | ArgKind::LocalPair)),
        question!("has_exc", |facts| facts.sets_up),
        NativeDef::function("get_executor", Params::named(&["code", "offset"], 2), |m, args| {
            if !matches!(m.heap.payload_of(args.at(0)), Some(Payload::Code(_))) {
                let class = m.class_name(args.at(0));
                return Err(m.type_error(format!("expected a code object, not '{class}'")));
            }
            // There is no machine code here, and so nothing that runs it.
            Err(m.value_error("no executor at given byte offset"))
        }),
        NativeDef::function("get_specialization_stats", Params::None, |_, _| Ok(Value::NONE.into())),
        NativeDef::function("get_intrinsic1_descs", Params::None, |m, _| names(m, &operand::INTRINSICS_1)),
        NativeDef::function("get_intrinsic2_descs", Params::None, |m, _| names(m, &operand::INTRINSICS_2)),
        NativeDef::function("get_special_method_names", Params::None, |m, _| {
            names(m, &operand::SPECIAL_METHODS)
        }),
        NativeDef::function("get_nb_ops", Params::None, |m, _| {
            let pairs = operand::BINARY_OPERATOR_NAMES.iter().zip(operand::BINARY_OPERATORS);
            let pairs = pairs.map(|(name, sign)| {
                let (name, sign) = (m.heap.str(*name), m.heap.str(sign));
                m.heap.pair(name, sign)
            });
            let pairs = pairs.collect();
            Ok(m.heap.list(pairs).into())
        }),
    ]],
    // As CPython has them, which these tell of.
    constants: &[("ENABLE_SPECIALIZATION", Constant::Int(1)), ("ENABLE_SPECIALIZATION_FT", Constant::Int(1))],
    ..NativeModule::new("_opcode", "What there is to know of opcodes.")
};

fn names(m: &mut Machine, names: &[&str]) -> Eval {
    let names = names.iter().map(|name| m.heap.str(*name)).collect();
    Ok(m.heap.list(names).into())
}

/// What `dis` asks of an opcode.
#[derive(Clone, Copy, Debug)]
struct Facts {
    arg: ArgKind,
    has_arg: bool,
    jumps: bool,
    sets_up: bool,
}

impl Facts {
    fn of(number: i64) -> Option<Self> {
        let Some(opcode) = opcode_of(number) else { return Self::of_special(number) };
        let arg = match opcode {
            // CPython does not count it among those that are about cells.
            Opcode::LOAD_DEREF => ArgKind::Local,
            _ => opcode.info().arg,
        };
        Some(Self {
            arg,
            has_arg: opcode.has_arg(),
            jumps: opcode.is_jump(),
            sets_up: opcode.is_block_push(),
        })
    }

    /// Of the forms that a running CPython gives instructions, and that no compiler emits.
    fn of_special(number: i64) -> Option<Self> {
        let (arg, jumps) = match number {
            3 => (ArgKind::Local, false),
            190 | 191 => (ArgKind::Const, false),
            179 | 189 | 194 | 195 | 200 | 249 => (ArgKind::Name, false),
            172..=176 | 237 | 248 => (ArgKind::JumpForward, true),
            129..=142 | 154 | 196 | 198 | 199 | 201..=208 => (ArgKind::None, false),
            234..=236 | 238 | 240 | 246 | 252 | 254 => (ArgKind::None, false),
            143..=211 | 239..=255 => (ArgKind::Number, false),
            _ => return None,
        };
        // One form has its argument in the instruction behind it.
        let has_arg = arg != ArgKind::None && number != 3;
        Some(Self { arg, has_arg, jumps, sets_up: false })
    }
}

/// The opcode of a number, if the compiler has one.
fn opcode_of(number: i64) -> Option<Opcode> {
    Opcode::ALL.iter().find(|opcode| i64::from(opcode.number()) == number).copied()
}

fn stack_effect(m: &mut Machine, args: &Args) -> Eval {
    let jumps = match args.get(2).map(Value::kind) {
        None | Some(Kind::None) => None,
        Some(Kind::Bool(jumps)) => Some(jumps),
        Some(_) => return Err(m.value_error("stack_effect: jump must be False, True or None")),
    };
    if args.some(1).is_none() {
        return effect(m, args.at(0), 0, jumps);
    }
    m.with_indices("stack_effect", args, &[1], Style::Plain, |m, args| {
        let Some(arg) = m.heap.int_ref(args.at(1)).and_then(super::super::number::IntRef::small) else {
            return Err(m.overflow_error("Python int too large to convert to C long"));
        };
        let jumps = match args.get(2).map(Value::kind) {
            Some(Kind::Bool(jumps)) => Some(jumps),
            _ => None,
        };
        effect(m, args.at(0), arg as u32, jumps)
    })
}

fn effect(m: &mut Machine, number: Value, arg: u32, jumps: Option<bool>) -> Eval {
    let number = m.index_clamped(number).unwrap_or(-1);
    let Some(opcode) = opcode_of(number) else {
        if (129..256).contains(&number) && Facts::of(number).is_some() {
            return Err(
                m.unsupported(format!("the stack effect of opcode {number}, which no compiler emits"))
            );
        }
        return Err(m.value_error("invalid opcode or oparg"));
    };
    let popped = i64::from(opcode.popped(arg));
    let (through, there) = (i64::from(opcode.pushed(arg)), i64::from(opcode.pushed_at_target(arg)));
    let effect = match jumps {
        // Of what sets a handler up, nothing is on the stack before that runs.
        Some(false) => through - popped,
        Some(true) => there - popped,
        None => through.max(there) - popped,
    };
    Ok(m.heap.int(effect).into())
}
