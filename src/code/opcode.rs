//! The opcodes of CPython 3.14, one row each: what the program knows about an opcode is in this table, and what
//! the compiler's passes look for in [`Traits`].
//!
//! Numbers, argument kinds, cache units and stack effects are those that CPython 3.14's `opcode`
//! and `dis` modules report; `tests/opcodes.rs` holds the table against a file written from them.
//! The names of the stack slots are the ones its instruction definitions use.

#![allow(non_camel_case_types, reason = "opcodes keep the names CPython gives them")]

use super::Traits;

/// What an instruction's argument means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// The opcode takes none; the argument byte is 0 and ignored.
    None,
    /// A plain number: a count, a depth, flags.
    Number,
    /// Index into `co_consts`.
    Const,
    /// Index into `co_names`; the opcode says what lower bits are flags (see [`Opcode::name_shift`]).
    Name,
    /// Index into the fast locals (`co_localsplusnames`).
    Local,
    /// Two fast locals, four bits each.
    LocalPair,
    /// Index into the fast locals, of a cell or free variable.
    Free,
    /// Distance in code units, forward from the end of the instruction and its caches.
    JumpForward,
    /// Distance in code units, backward from the end of the instruction and its caches.
    JumpBackward,
    /// A comparison operator in the bits from 5 on; 16 asks for the result as a bool.
    Compare,
    /// An operator of `BINARY_OP`.
    BinaryOperator,
    /// The small int itself.
    SmallInt,
    /// Index into the common constants (`AssertionError`, …).
    CommonConstant,
    /// Index into the special methods (`__enter__`, …).
    SpecialMethod,
    /// Index into the intrinsic functions of one operand.
    Intrinsic1,
    /// Index into the intrinsic functions of two operands.
    Intrinsic2,
    /// `is` (0) against `is not` (1), `in` (0) against `not in` (1).
    Invert,
    /// A label, or the index of a block: pseudo-instructions only.
    Label,
}

/// How many stack slots a [`Slot`] stands for, as a function of the argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Exactly one.
    One,
    /// As many as the argument says.
    Arg,
    /// One fewer than the argument.
    ArgMinus1,
    /// Two fewer than the argument.
    ArgMinus2,
    /// Twice the argument.
    TwiceArg,
    /// One where the argument is odd, none where it is even.
    LowBit,
    /// The argument's low byte.
    LowByte,
    /// The argument without its low byte.
    HighByte,
}

impl Count {
    /// The number of slots for the argument `arg`.
    pub const fn of(self, arg: u32) -> u32 {
        match self {
            Self::One => 1,
            Self::Arg => arg,
            Self::ArgMinus1 => arg.saturating_sub(1),
            Self::ArgMinus2 => arg.saturating_sub(2),
            Self::TwiceArg => 2 * arg,
            Self::LowBit => arg & 1,
            Self::LowByte => arg & 0xFF,
            Self::HighByte => arg >> 8,
        }
    }
}

/// One or more neighbouring slots of the value stack under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The role, as CPython's instruction definitions name it: `left`, `callable`, `self_or_null`.
    pub name: &'static str,
    /// How many slots.
    pub count: Count,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// CPython's name.
    pub name: &'static str,
    /// What the argument means.
    pub arg: ArgKind,
    /// Inline cache units behind the instruction.
    pub caches: u8,
    /// Slots taken off the stack, deepest first.
    pub takes: &'static [Slot],
    /// Slots put on the stack, deepest first, where the instruction falls through.
    pub gives: &'static [Slot],
    /// One sentence of plain English, without the real values.
    pub says: &'static str,
}

macro_rules! slot {
    ($name:ident) => {
        Slot { name: stringify!($name), count: Count::One }
    };
    ($name:ident $count:ident) => {
        Slot { name: stringify!($name), count: Count::$count }
    };
}

macro_rules! opcodes {
    ($($name:ident = $number:literal, $arg:ident, $caches:literal,
       [$($tin:ident $($cin:ident)?),*] -> [$($tout:ident $($cout:ident)?),*], $says:literal;)*) => {
        /// An opcode: those up to 255 occur in `co_code`, those above only while compiling.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Opcode { $(#[doc = $says] $name = $number,)* }

        impl Opcode {
            /// Every opcode, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The row of the table.
            pub const fn info(self) -> &'static Info {
                match self {
                    $(Self::$name => const { &Info {
                        name: stringify!($name), arg: ArgKind::$arg, caches: $caches,
                        takes: &[$(slot!($tin $($cin)?)),*], gives: &[$(slot!($tout $($cout)?)),*],
                        says: $says,
                    } },)*
                }
            }

            const fn from_number(number: u16) -> Option<Self> {
                match number { $($number => Some(Self::$name),)* _ => None }
            }
        }
    };
}

opcodes! {
    CACHE = 0, None, 0, [] -> [], "An inline cache unit: room that the adaptive interpreter uses; it is never executed.";
    BINARY_SLICE = 1, None, 0, [container, start, stop] -> [result], "Takes `container`, `start` and `stop` off the stack and pushes `container[start:stop]`.";
    BUILD_TEMPLATE = 2, None, 0, [strings, interpolations] -> [template], "Makes a template string from the tuple of `strings` and the tuple of `interpolations`.";
    CALL_FUNCTION_EX = 4, None, 0, [callable, self_or_null, positional, keywords] -> [result], "Calls `callable` with the arguments in the tuple `positional` and the dict `keywords`.";
    CHECK_EG_MATCH = 5, None, 0, [exception, match_type] -> [rest, matched], "Splits an exception group for `except*`: pushes the `rest` and the part that matched.";
    CHECK_EXC_MATCH = 6, None, 0, [exception, match_type] -> [exception, result], "Tests whether `exception` is an instance of `match_type`, for `except`, and pushes True or False.";
    CLEANUP_THROW = 7, None, 0, [sub_iterator, last_sent, exception] -> [none, value], "Ends a `throw()` or `close()` into a delegating generator: takes the value out of a StopIteration, or raises again.";
    DELETE_SUBSCR = 8, None, 0, [container, subscript] -> [], "Runs `del container[subscript]`.";
    END_FOR = 9, None, 0, [value] -> [], "Marks the end of a `for` loop; drops the top of the stack.";
    END_SEND = 10, None, 0, [receiver, value] -> [value], "Ends a delegation (`yield from`, `await`): drops the `receiver` and keeps its `value`.";
    EXIT_INIT_CHECK = 11, None, 0, [should_be_none] -> [], "Checks that `__init__` returned None.";
    FORMAT_SIMPLE = 12, None, 0, [value] -> [result], "Formats `value` with an empty format spec, for an f-string.";
    FORMAT_WITH_SPEC = 13, None, 0, [value, format_spec] -> [result], "Formats `value` by `format_spec`, for an f-string.";
    GET_AITER = 14, None, 0, [object] -> [iterator], "Replaces `object` by its asynchronous iterator, `object.__aiter__()`.";
    GET_ANEXT = 15, None, 0, [iterator] -> [iterator, awaitable], "Pushes the awaitable that gives the next item of an asynchronous `iterator`.";
    GET_ITER = 16, None, 0, [iterable] -> [iterator], "Replaces `iterable` by its iterator, `iter(iterable)`.";
    RESERVED = 17, None, 0, [] -> [], "Reserved; the compiler never emits it.";
    GET_LEN = 18, None, 0, [object] -> [object, length], "Pushes `len(object)` and keeps `object`, for a `case` with a sequence.";
    GET_YIELD_FROM_ITER = 19, None, 0, [iterable] -> [iterator], "Replaces `iterable` by what `yield from` delegates to: itself if it is a generator, else its iterator.";
    INTERPRETER_EXIT = 20, None, 0, [value] -> [], "Leaves the interpreter loop with `value`.";
    LOAD_BUILD_CLASS = 21, None, 0, [] -> [build_class], "Pushes the builtin function that makes classes, `__build_class__`.";
    LOAD_LOCALS = 22, None, 0, [] -> [locals], "Pushes the namespace that the class or module body fills.";
    MAKE_FUNCTION = 23, None, 0, [code] -> [function], "Makes a new function object from the `code` object: one for each `def` that runs.";
    MATCH_KEYS = 24, None, 0, [subject, keys] -> [subject, keys, values], "Looks the `keys` of a mapping pattern up and pushes the tuple of values, or None.";
    MATCH_MAPPING = 25, None, 0, [subject] -> [subject, result], "Tests whether `subject` is a mapping, for a `case` with braces.";
    MATCH_SEQUENCE = 26, None, 0, [subject] -> [subject, result], "Tests whether `subject` is a sequence, for a `case` with brackets.";
    NOP = 27, None, 0, [] -> [], "Does nothing; it gives a source line an instruction of its own.";
    NOT_TAKEN = 28, None, 0, [] -> [], "Marks the side of a branch on which the jump was not taken; does nothing.";
    POP_EXCEPT = 29, None, 0, [previous_exception] -> [], "Leaves an exception handler: the `previous_exception` is the handled one again.";
    POP_ITER = 30, None, 0, [iterator] -> [], "Drops the exhausted `iterator` of a `for` loop.";
    POP_TOP = 31, None, 0, [value] -> [], "Drops the top of the stack.";
    PUSH_EXC_INFO = 32, None, 0, [exception] -> [previous_exception, exception], "Enters an exception handler: the exception handled so far goes under the new one.";
    PUSH_NULL = 33, None, 0, [] -> [null], "Pushes a NULL, the mark for \"no self here\" that a call expects.";
    RETURN_GENERATOR = 34, None, 0, [] -> [generator], "Makes a generator (or coroutine) that owns this frame and returns it to the caller.";
    RETURN_VALUE = 35, None, 0, [value] -> [result], "Ends the frame and hands `value` to the caller.";
    SETUP_ANNOTATIONS = 36, None, 0, [] -> [], "Makes sure that the namespace has a dict `__annotations__`.";
    STORE_SLICE = 37, None, 0, [value, container, start, stop] -> [], "Runs `container[start:stop] = value`.";
    STORE_SUBSCR = 38, None, 1, [value, container, subscript] -> [], "Runs `container[subscript] = value`.";
    TO_BOOL = 39, None, 3, [value] -> [result], "Replaces `value` by its truth, True or False.";
    UNARY_INVERT = 40, None, 0, [value] -> [result], "Replaces `value` by `~value`.";
    UNARY_NEGATIVE = 41, None, 0, [value] -> [result], "Replaces `value` by `-value`.";
    UNARY_NOT = 42, None, 0, [value] -> [result], "Replaces the bool `value` by its opposite.";
    WITH_EXCEPT_START = 43, None, 0, [exit_function, exit_self, last_instruction, previous_exception, exception] -> [exit_function, exit_self, last_instruction, previous_exception, exception, result], "Calls the `__exit__` of a `with` block with the exception and pushes what it returns.";
    BINARY_OP = 44, BinaryOperator, 5, [left, right] -> [result], "Takes `left` and `right` off the stack, applies the operator that the argument names and pushes the result.";
    BUILD_INTERPOLATION = 45, Number, 0, [value, expression, format_spec LowBit] -> [interpolation], "Makes an interpolation of a template string.";
    BUILD_LIST = 46, Number, 0, [values Arg] -> [list], "Makes a new list of the topmost values, as many as the argument says.";
    BUILD_MAP = 47, Number, 0, [keys_and_values TwiceArg] -> [dict], "Makes a new dict of the topmost pairs of key and value.";
    BUILD_SET = 48, Number, 0, [values Arg] -> [set], "Makes a new set of the topmost values.";
    BUILD_SLICE = 49, Number, 0, [bounds Arg] -> [slice], "Makes a slice object of start, stop and perhaps step.";
    BUILD_STRING = 50, Number, 0, [pieces Arg] -> [string], "Joins the topmost strings into one, for an f-string.";
    BUILD_TUPLE = 51, Number, 0, [values Arg] -> [tuple], "Makes a new tuple of the topmost values.";
    CALL = 52, Number, 3, [callable, self_or_null, args Arg] -> [result], "Calls `callable` with `self`, if there is one, and the arguments.";
    CALL_INTRINSIC_1 = 53, Intrinsic1, 0, [value] -> [result], "Hands `value` to a helper inside the interpreter that has no opcode of its own.";
    CALL_INTRINSIC_2 = 54, Intrinsic2, 0, [value2, value1] -> [result], "Hands two values to a helper inside the interpreter that has no opcode of its own.";
    CALL_KW = 55, Number, 3, [callable, self_or_null, args Arg, keyword_names] -> [result], "Calls `callable`; the last arguments are keyword arguments, named by the tuple on top.";
    COMPARE_OP = 56, Compare, 1, [left, right] -> [result], "Compares `left` with `right` by value and pushes the verdict.";
    CONTAINS_OP = 57, Invert, 1, [item, container] -> [result], "Tests whether `item` is in `container` and pushes True or False.";
    CONVERT_VALUE = 58, Number, 0, [value] -> [result], "Applies `!s`, `!r` or `!a` of an f-string to `value`.";
    COPY = 59, Number, 0, [bottom, between ArgMinus1] -> [bottom, between ArgMinus1, top], "Pushes a second reference to the value that lies as deep as the argument says.";
    COPY_FREE_VARS = 60, Number, 0, [] -> [], "Copies the function's closure cells into the new frame's free variables.";
    DELETE_ATTR = 61, Name, 0, [owner] -> [], "Runs `del owner.name`.";
    DELETE_DEREF = 62, Free, 0, [] -> [], "Empties the cell of a variable shared with a closure.";
    DELETE_FAST = 63, Local, 0, [] -> [], "Unbinds a local variable.";
    DELETE_GLOBAL = 64, Name, 0, [] -> [], "Unbinds a global name.";
    DELETE_NAME = 65, Name, 0, [] -> [], "Unbinds a name of the module or class body.";
    DICT_MERGE = 66, Number, 0, [callable, self_or_null, positional, dict, between ArgMinus1, update] -> [callable, self_or_null, positional, dict, between ArgMinus1], "Adds the mapping `update` to `dict` and refuses a repeated key, for `f(**update)`.";
    DICT_UPDATE = 67, Number, 0, [dict, between ArgMinus1, update] -> [dict, between ArgMinus1], "Adds the mapping `update` to `dict`, for `{**update}`.";
    END_ASYNC_FOR = 68, JumpBackward, 0, [awaitable, exception] -> [], "Ends an `async for`: drops both values on StopAsyncIteration, else raises again.";
    EXTENDED_ARG = 69, Number, 0, [] -> [], "Gives the next instruction's argument eight more bits in front.";
    FOR_ITER = 70, JumpForward, 1, [iterator] -> [iterator, next], "Pushes the next item of `iterator`, or jumps behind the loop when there is none.";
    GET_AWAITABLE = 71, Number, 0, [object] -> [awaitable], "Replaces `object` by what `await` drives: itself if it is a coroutine, else `object.__await__()`.";
    IMPORT_FROM = 72, Name, 0, [module] -> [module, value], "Pushes an attribute of `module` and keeps `module`, for `from … import`.";
    IMPORT_NAME = 73, Name, 0, [level, from_list] -> [module], "Imports a module and pushes it.";
    IS_OP = 74, Invert, 0, [left, right] -> [result], "Tests whether `left` and `right` are one and the same object.";
    JUMP_BACKWARD = 75, JumpBackward, 1, [] -> [], "Jumps back; other threads and signals may get their turn here.";
    JUMP_BACKWARD_NO_INTERRUPT = 76, JumpBackward, 0, [] -> [], "Jumps back without giving others a turn.";
    JUMP_FORWARD = 77, JumpForward, 0, [] -> [], "Jumps forward.";
    LIST_APPEND = 78, Number, 0, [list, between ArgMinus1, value] -> [list, between ArgMinus1], "Appends `value` to a `list` further down the stack, for a comprehension.";
    LIST_EXTEND = 79, Number, 0, [list, between ArgMinus1, iterable] -> [list, between ArgMinus1], "Appends every item of `iterable` to a `list` further down the stack.";
    LOAD_ATTR = 80, Name, 9, [owner] -> [attribute, self_or_null LowBit], "Replaces `owner` by one of its attributes; before a method call, by the method and its self.";
    LOAD_COMMON_CONSTANT = 81, CommonConstant, 0, [] -> [value], "Pushes a builtin that the interpreter keeps at hand.";
    LOAD_CONST = 82, Const, 0, [] -> [value], "Pushes a constant of the code object.";
    LOAD_DEREF = 83, Free, 0, [] -> [value], "Pushes what is in the cell of a variable shared with a closure.";
    LOAD_FAST = 84, Local, 0, [] -> [value], "Pushes a local variable.";
    LOAD_FAST_AND_CLEAR = 85, Local, 0, [] -> [value], "Pushes a local variable, or NULL, and unbinds it, around an inlined comprehension.";
    LOAD_FAST_BORROW = 86, Local, 0, [] -> [value], "Pushes a local variable without counting a new reference: the frame keeps it alive.";
    LOAD_FAST_BORROW_LOAD_FAST_BORROW = 87, LocalPair, 0, [] -> [value1, value2], "Pushes two local variables, both borrowed.";
    LOAD_FAST_CHECK = 88, Local, 0, [] -> [value], "Pushes a local variable that may be unbound; then it raises UnboundLocalError.";
    LOAD_FAST_LOAD_FAST = 89, LocalPair, 0, [] -> [value1, value2], "Pushes two local variables.";
    LOAD_FROM_DICT_OR_DEREF = 90, Free, 0, [namespace] -> [value], "Looks a name up in `namespace`, then in the cell of the enclosing function.";
    LOAD_FROM_DICT_OR_GLOBALS = 91, Name, 0, [namespace] -> [value], "Looks a name up in `namespace`, then in the globals, then in the builtins.";
    LOAD_GLOBAL = 92, Name, 4, [] -> [value, null LowBit], "Looks a name up in the globals, then in the builtins; before a call, pushes a NULL as well.";
    LOAD_NAME = 93, Name, 0, [] -> [value], "Looks a name up in the namespace of the module or class body, then in the globals, then in the builtins.";
    LOAD_SMALL_INT = 94, SmallInt, 0, [] -> [value], "Pushes a cached small int, the argument itself.";
    LOAD_SPECIAL = 95, SpecialMethod, 0, [owner] -> [method, self_or_null], "Replaces `owner` by a special method of its type, for `with`.";
    LOAD_SUPER_ATTR = 96, Name, 1, [global_super, class, self] -> [attribute, self_or_null LowBit], "Looks an attribute up as `super()` does, without making a super object.";
    MAKE_CELL = 97, Free, 0, [] -> [], "Puts a local variable into a cell, because an inner function uses it too.";
    MAP_ADD = 98, Number, 0, [dict, between ArgMinus1, key, value] -> [dict, between ArgMinus1], "Adds a pair to a `dict` further down the stack, for a comprehension.";
    MATCH_CLASS = 99, Number, 0, [subject, class, names] -> [attributes], "Tests `subject` against a class pattern and pushes the tuple of attributes, or None.";
    POP_JUMP_IF_FALSE = 100, JumpForward, 1, [condition] -> [], "Takes `condition` off the stack and jumps if it is False.";
    POP_JUMP_IF_NONE = 101, JumpForward, 1, [value] -> [], "Takes `value` off the stack and jumps if it is None.";
    POP_JUMP_IF_NOT_NONE = 102, JumpForward, 1, [value] -> [], "Takes `value` off the stack and jumps if it is not None.";
    POP_JUMP_IF_TRUE = 103, JumpForward, 1, [condition] -> [], "Takes `condition` off the stack and jumps if it is True.";
    RAISE_VARARGS = 104, Number, 0, [args Arg] -> [], "Raises an exception: again (0), `raise x` (1), or `raise x from y` (2).";
    RERAISE = 105, Number, 0, [values Arg, exception] -> [values Arg], "Raises `exception` again; if the argument is not 0, as if from the instruction noted below it.";
    SEND = 106, JumpForward, 1, [receiver, value] -> [receiver, result], "Sends `value` into `receiver`; jumps to the end of the delegation when it returns.";
    SET_ADD = 107, Number, 0, [set, between ArgMinus1, value] -> [set, between ArgMinus1], "Adds `value` to a `set` further down the stack, for a comprehension.";
    SET_FUNCTION_ATTRIBUTE = 108, Number, 0, [attribute, function] -> [function], "Gives a new function its defaults, keyword defaults, annotations or closure.";
    SET_UPDATE = 109, Number, 0, [set, between ArgMinus1, iterable] -> [set, between ArgMinus1], "Adds every item of `iterable` to a `set` further down the stack.";
    STORE_ATTR = 110, Name, 4, [value, owner] -> [], "Runs `owner.name = value`.";
    STORE_DEREF = 111, Free, 0, [value] -> [], "Stores `value` in the cell of a variable shared with a closure.";
    STORE_FAST = 112, Local, 0, [value] -> [], "Binds a local variable to `value`.";
    STORE_FAST_LOAD_FAST = 113, LocalPair, 0, [value1] -> [value2], "Binds one local variable to `value1` and pushes another.";
    STORE_FAST_STORE_FAST = 114, LocalPair, 0, [value2, value1] -> [], "Binds two local variables to the two topmost values.";
    STORE_GLOBAL = 115, Name, 0, [value] -> [], "Binds a global name to `value`.";
    STORE_NAME = 116, Name, 0, [value] -> [], "Binds a name of the module or class body to `value`.";
    SWAP = 117, Number, 0, [bottom, between ArgMinus2, top] -> [top, between ArgMinus2, bottom], "Swaps the top of the stack with the value that lies as deep as the argument says.";
    UNPACK_EX = 118, Number, 0, [sequence] -> [after HighByte, rest, before LowByte], "Spreads `sequence` over the stack for an assignment with a starred target.";
    UNPACK_SEQUENCE = 119, Number, 1, [sequence] -> [values Arg], "Spreads `sequence` over the stack, the first item on top.";
    YIELD_VALUE = 120, Number, 0, [value] -> [sent], "Hands `value` to the caller and stops the frame here until it is resumed.";
    RESUME = 128, Number, 0, [] -> [], "Marks where a frame starts or goes on; other threads and signals may get their turn here.";

    ANNOTATIONS_PLACEHOLDER = 256, None, 0, [] -> [], "While compiling: the place where the code that sets annotations up goes.";
    JUMP = 257, Label, 0, [] -> [], "While compiling: a jump whose direction is not known yet.";
    JUMP_IF_FALSE = 258, Label, 0, [condition] -> [condition], "While compiling: jumps if the top of the stack is false and keeps it.";
    JUMP_IF_TRUE = 259, Label, 0, [condition] -> [condition], "While compiling: jumps if the top of the stack is true and keeps it.";
    JUMP_NO_INTERRUPT = 260, Label, 0, [] -> [], "While compiling: a jump that gives others no turn, direction not known yet.";
    LOAD_CLOSURE = 261, Local, 0, [] -> [cell], "While compiling: pushes a cell itself, for a closure.";
    POP_BLOCK = 262, None, 0, [] -> [], "While compiling: the end of a protected region.";
    SETUP_CLEANUP = 263, Label, 0, [] -> [], "While compiling: the start of a region whose handler finds the last instruction and the exception.";
    SETUP_FINALLY = 264, Label, 0, [] -> [], "While compiling: the start of a region whose handler finds the exception.";
    SETUP_WITH = 265, Label, 0, [] -> [], "While compiling: the start of the body of a `with`.";
    STORE_FAST_MAYBE_NULL = 266, Local, 0, [value] -> [], "While compiling: binds a local variable to what may be NULL, behind an inlined comprehension.";
}

/// `from_byte` as a table: the run loop decodes one opcode an instruction.
static BY_BYTE: [Option<Opcode>; 256] = {
    let mut table = [None; 256];
    let mut number = 0;
    while number < 256 {
        table[number] = Opcode::from_number(number as u16);
        number += 1;
    }
    table
};

/// How many slots some [`Slot`]s are, where the number of one or two may hang on the argument.
///
/// Almost all are computed without a branch: `fixed` and `((arg & mask) - less) << shift`.
#[derive(Clone, Copy)]
struct Slots {
    mask: u32,
    less: u8,
    shift: u8,
    fixed: u8,
    /// What does not fit in with that.
    other: Option<Count>,
}

impl Slots {
    const NONE: Self = Self { mask: 0, less: 0, shift: 0, fixed: 0, other: None };

    const fn new(slots: &[Slot]) -> Self {
        let mut all = Self::NONE;
        let mut at = 0;
        while at < slots.len() {
            let count = slots[at].count;
            let by_arg = match count {
                Count::One => {
                    all.fixed += 1;
                    None
                }
                Count::Arg => Some((u32::MAX, 0, 0)),
                Count::ArgMinus1 => Some((u32::MAX, 1, 0)),
                Count::ArgMinus2 => Some((u32::MAX, 2, 0)),
                Count::TwiceArg => Some((u32::MAX, 0, 1)),
                Count::LowBit => Some((1, 0, 0)),
                Count::LowByte => Some((0xFF, 0, 0)),
                Count::HighByte => {
                    assert!(all.other.is_none(), "two numbers of slots that are the high byte");
                    all.other = Some(count);
                    None
                }
            };
            if let Some((mask, less, shift)) = by_arg {
                assert!(all.mask == 0, "two numbers of slots that hang on the same of the argument");
                all = Self { mask, less, shift, ..all };
            }
            at += 1;
        }
        all
    }

    const fn is_fixed(&self) -> bool {
        self.mask == 0 && self.other.is_none()
    }

    #[inline]
    const fn of(&self, arg: u32) -> u32 {
        let slots = self.fixed as u32 + ((arg & self.mask).saturating_sub(self.less as u32) << self.shift);
        match self.other {
            None => slots,
            Some(count) => slots + count.of(arg),
        }
    }
}

/// How many opcodes there are, gaps between the numbers included.
pub const NUMBERS: usize = 267;

/// By number: what is taken off the stack, and what is put on.
static SLOTS: [(Slots, Slots); NUMBERS] = {
    let mut table = [(Slots::NONE, Slots::NONE); NUMBERS];
    let mut at = 0;
    while at < Opcode::ALL.len() {
        let opcode = Opcode::ALL[at];
        let info = opcode.info();
        table[opcode as usize] = (Slots::new(info.takes), Slots::new(info.gives));
        at += 1;
    }
    table
};

/// Stands in [`FIXED`] for numbers of slots that hang on the argument.
const VARIES: (u8, u8) = (u8::MAX, u8::MAX);

/// By number: the same where the argument does not matter, which is so for most instructions.
static FIXED: [(u8, u8); NUMBERS] = {
    let mut table = [VARIES; NUMBERS];
    let mut number = 0;
    while number < NUMBERS {
        let (popped, pushed) = &SLOTS[number];
        if popped.is_fixed() && pushed.is_fixed() {
            table[number] = (popped.fixed, pushed.fixed);
        }
        number += 1;
    }
    table
};

/// By number: inline cache units.
static CACHES: [u8; NUMBERS] = {
    let mut table = [0; NUMBERS];
    let mut at = 0;
    while at < Opcode::ALL.len() {
        table[Opcode::ALL[at] as usize] = Opcode::ALL[at].info().caches;
        at += 1;
    }
    table
};

impl Opcode {
    /// The opcode of a byte in `co_code`; `None` for numbers CPython 3.14 does not write to a file
    /// (specialised and instrumented forms included).
    pub fn from_byte(byte: u8) -> Option<Self> {
        BY_BYTE[byte as usize]
    }

    /// The number in `co_code`; above 255 for a pseudo-instruction.
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// CPython's name.
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// Inline cache units behind the instruction, two bytes each.
    pub const fn caches(self) -> u8 {
        CACHES[self as usize]
    }

    /// Whether the argument byte means anything.
    pub const fn has_arg(self) -> bool {
        !matches!(self.info().arg, ArgKind::None)
    }

    /// Whether it exists only while compiling.
    pub const fn is_pseudo(self) -> bool {
        self as u16 > 255
    }

    /// How many low bits of a [`ArgKind::Name`] argument are flags and not part of the index.
    pub const fn name_shift(self) -> u32 {
        match self {
            Self::LOAD_ATTR | Self::LOAD_GLOBAL => 1,
            Self::LOAD_SUPER_ATTR => 2,
            _ => 0,
        }
    }

    /// Slots taken off the stack with the argument `arg`.
    pub const fn popped(self, arg: u32) -> u32 {
        SLOTS[self as usize].0.of(arg)
    }

    /// Slots put on the stack with the argument `arg`, where the instruction falls through.
    pub const fn pushed(self, arg: u32) -> u32 {
        SLOTS[self as usize].1.of(arg)
    }

    /// Slots taken off the stack and put on it, as [`Self::popped`] and [`Self::pushed`] say.
    #[inline]
    pub const fn exchanged(self, arg: u32) -> (u32, u32) {
        let (popped, pushed) = FIXED[self as usize];
        if popped == VARIES.0 { (self.popped(arg), self.pushed(arg)) } else { (popped as u32, pushed as u32) }
    }

    /// What it is to the passes.
    pub const fn traits(self) -> Traits {
        Traits::of(self)
    }

    /// Whether it is any of `traits`.
    pub const fn is(self, traits: Traits) -> bool {
        self.traits().any(traits)
    }

    /// Whether its argument is the index of one fast local.
    pub const fn names_local(self) -> bool {
        self.is(Traits::NAMES_LOCAL)
    }

    /// Whether it may go on elsewhere than at the next instruction (`hasjump`); `END_ASYNC_FOR`
    /// counts, as its argument names a place.
    pub const fn is_jump(self) -> bool {
        self.is(Traits::JUMP)
    }

    /// Whether it takes a condition off the stack and jumps or not.
    pub const fn is_conditional_jump(self) -> bool {
        self.is(Traits::CONDITIONAL_JUMP)
    }

    /// Whether it always jumps.
    pub const fn is_unconditional_jump(self) -> bool {
        self.is(Traits::UNCONDITIONAL_JUMP)
    }

    /// Whether it opens a protected region, and its label is the handler (`hasexc`).
    pub const fn is_block_push(self) -> bool {
        self.is(Traits::BLOCK_PUSH)
    }

    /// Whether its argument is a place in the code while compiling.
    pub const fn has_target(self) -> bool {
        self.is(Traits::JUMP.or(Traits::BLOCK_PUSH))
    }

    /// Whether the code unit ends there: it returns or raises.
    pub const fn is_scope_exit(self) -> bool {
        self.is(Traits::SCOPE_EXIT)
    }

    /// Whether it must be the last one of a basic block.
    pub const fn is_terminator(self) -> bool {
        self.is(Traits::JUMP.or(Traits::SCOPE_EXIT))
    }

    /// Whether nothing follows it in the order of execution.
    pub const fn has_no_fallthrough(self) -> bool {
        self.is(Traits::SCOPE_EXIT.or(Traits::UNCONDITIONAL_JUMP))
    }

    /// Whether other threads and signals may get their turn at it.
    pub const fn has_eval_break(self) -> bool {
        self.is(Traits::EVAL_BREAK)
    }

    /// Slots put on the stack where it goes to its target: what a handler finds, for a block set-up.
    pub fn pushed_at_target(self, arg: u32) -> u32 {
        match self {
            Self::SETUP_FINALLY | Self::SETUP_WITH => 1,
            Self::SETUP_CLEANUP => 2,
            _ => self.pushed(arg),
        }
    }

    /// The fields that the adaptive interpreter keeps in the inline cache, with their code units.
    pub const fn cache_fields(self) -> &'static [(&'static str, u8)] {
        match self {
            Self::LOAD_GLOBAL => {
                &[("counter", 1), ("index", 1), ("module_keys_version", 1), ("builtin_keys_version", 1)]
            }
            Self::BINARY_OP => &[("counter", 1), ("descr", 4)],
            Self::LOAD_ATTR => &[("counter", 1), ("version", 2), ("keys_version", 2), ("descr", 4)],
            Self::STORE_ATTR => &[("counter", 1), ("version", 2), ("index", 1)],
            Self::CALL | Self::CALL_KW => &[("counter", 1), ("func_version", 2)],
            Self::TO_BOOL => &[("counter", 1), ("version", 2)],
            _ if self.caches() == 1 => &[("counter", 1)],
            _ => &[],
        }
    }

    /// What the counter in the inline cache of new code holds, before anything has run.
    pub const fn first_counter(self) -> u16 {
        match self {
            // A jump counts towards being compiled to machine code.
            Self::JUMP_BACKWARD => 0xFFFC,
            // A branch keeps which way it went the last times.
            _ if self.is_conditional_jump() => 0x5555,
            _ => 17,
        }
    }
}
