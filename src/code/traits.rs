//! What the compiler's passes ask of instructions: where each may go on, and what there is to do for it.

use super::Opcode;
use super::opcode::{ArgKind, NUMBERS};

/// What the compiler's passes ask of every instruction, so often that each answer is one bit; of many
/// instructions together, what any of them is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u16);

impl Traits {
    /// Nothing of it.
    pub const NONE: Self = Self(0);
    /// It may go on elsewhere; `END_ASYNC_FOR` counts, as its argument names a place.
    pub const JUMP: Self = Self(1);
    /// It takes a condition off the stack and jumps or not.
    pub const CONDITIONAL_JUMP: Self = Self(1 << 1);
    /// It always jumps.
    pub const UNCONDITIONAL_JUMP: Self = Self(1 << 2);
    /// It opens a protected region.
    pub const BLOCK_PUSH: Self = Self(1 << 3);
    /// It returns or raises.
    pub const SCOPE_EXIT: Self = Self(1 << 4);
    /// Others may get their turn at it.
    pub const EVAL_BREAK: Self = Self(1 << 5);
    /// Its argument is the index of one fast local.
    pub const NAMES_LOCAL: Self = Self(1 << 6);
    /// Behind it a local may be unbound.
    pub const UNBINDS: Self = Self(1 << 7);
    /// It stands for deferred code.
    pub const PLACEHOLDER: Self = Self(1 << 8);
    /// It loads a constant, or copies what may be one.
    pub const GIVES_CONST: Self = Self(1 << 9);
    /// With what stands before or behind it, it may be something simpler.
    pub const BEGINS_PATTERN: Self = Self(1 << 10);
    /// Only the compiler knows it, and an instruction that is no jump takes its place.
    pub const REPLACED: Self = Self(1 << 11);

    /// What an opcode is.
    pub const fn of(opcode: Opcode) -> Self {
        TRAITS[opcode as usize]
    }

    /// All that either is.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of it is among `others`.
    pub const fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    const fn all_of(opcode: Opcode) -> Self {
        let traits = Self::way_on(opcode).or(Self::matter(opcode));
        if matches!(opcode.info().arg, ArgKind::Local) { traits.or(Self::NAMES_LOCAL) } else { traits }
    }

    /// Where it may go on.
    const fn way_on(opcode: Opcode) -> Self {
        match opcode {
            Opcode::END_ASYNC_FOR
            | Opcode::FOR_ITER
            | Opcode::JUMP_IF_FALSE
            | Opcode::JUMP_IF_TRUE
            | Opcode::SEND => Self::JUMP,
            Opcode::POP_JUMP_IF_FALSE
            | Opcode::POP_JUMP_IF_TRUE
            | Opcode::POP_JUMP_IF_NONE
            | Opcode::POP_JUMP_IF_NOT_NONE => Self::JUMP.or(Self::CONDITIONAL_JUMP),
            Opcode::JUMP_NO_INTERRUPT | Opcode::JUMP_FORWARD | Opcode::JUMP_BACKWARD_NO_INTERRUPT => {
                Self::JUMP.or(Self::UNCONDITIONAL_JUMP)
            }
            Opcode::JUMP | Opcode::JUMP_BACKWARD => {
                Self::JUMP.or(Self::UNCONDITIONAL_JUMP).or(Self::EVAL_BREAK)
            }
            Opcode::SETUP_FINALLY | Opcode::SETUP_WITH | Opcode::SETUP_CLEANUP => {
                Self::BLOCK_PUSH.or(Self::REPLACED)
            }
            Opcode::RETURN_VALUE | Opcode::RAISE_VARARGS | Opcode::RERAISE => Self::SCOPE_EXIT,
            Opcode::RESUME | Opcode::CALL | Opcode::CALL_KW | Opcode::CALL_FUNCTION_EX => Self::EVAL_BREAK,
            _ => Self::NONE,
        }
    }

    /// What the passes look for.
    const fn matter(opcode: Opcode) -> Self {
        match opcode {
            Opcode::ANNOTATIONS_PLACEHOLDER => Self::PLACEHOLDER,
            Opcode::LOAD_CONST | Opcode::LOAD_SMALL_INT | Opcode::COPY => Self::GIVES_CONST,
            Opcode::DELETE_FAST | Opcode::LOAD_FAST_AND_CLEAR => Self::UNBINDS,
            Opcode::STORE_FAST_MAYBE_NULL => Self::UNBINDS.or(Self::REPLACED),
            Opcode::LOAD_CLOSURE => Self::REPLACED,
            Opcode::LOAD_GLOBAL
            | Opcode::STORE_FAST
            | Opcode::BUILD_TUPLE
            | Opcode::BUILD_LIST
            | Opcode::BUILD_SET
            | Opcode::LIST_APPEND
            | Opcode::SET_ADD
            | Opcode::SWAP
            | Opcode::COMPARE_OP
            | Opcode::CONTAINS_OP
            | Opcode::IS_OP
            | Opcode::TO_BOOL
            | Opcode::UNARY_NOT
            | Opcode::UNARY_INVERT
            | Opcode::UNARY_NEGATIVE
            | Opcode::CALL_INTRINSIC_1
            | Opcode::BINARY_OP => Self::BEGINS_PATTERN,
            _ => Self::NONE,
        }
    }
}

/// By number of the opcode.
static TRAITS: [Traits; NUMBERS] = {
    let mut table = [Traits::NONE; NUMBERS];
    let mut at = 0;
    while at < Opcode::ALL.len() {
        table[Opcode::ALL[at] as usize] = Traits::all_of(Opcode::ALL[at]);
        at += 1;
    }
    table
};
