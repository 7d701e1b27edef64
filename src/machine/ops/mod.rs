//! The opcodes: one function each, by family.  Each does what the table in `code::opcode` says of it.

mod call;
mod compare;
mod container;
mod exception;
mod flow;
mod format;
mod function;
mod generator;
mod intrinsic;
mod name;
mod pattern;
mod quick;
mod stack;
mod variable;

use super::Machine;
use super::frame::{Frame, Resume};
use super::raise::Raise;
use super::tracing::Told;
use super::value::{Slot, Value};
use crate::code::Opcode;

/// Executes the next instruction of the Python frame on top.
pub(super) fn execute(machine: &mut Machine) -> Result<(), Raise> {
    let Some(Frame::Python(frame)) = machine.thread.frames.last_mut() else {
        panic!("a Python frame is on top");
    };
    frame.told = Told::Nothing;
    let at = frame.next;
    let Some((byte, low)) = frame.code.unit(at) else {
        return Err(machine.system_error("the code ends without a return"));
    };
    let Some(opcode) = Opcode::from_byte(byte) else {
        return Err(machine.system_error(format!("unknown opcode {byte}")));
    };
    frame.last = at;
    frame.next = at.plus(1 + u32::from(opcode.caches()));
    let arg = frame.extended << 8 | u32::from(low);
    if opcode == Opcode::EXTENDED_ARG {
        frame.extended = arg;
        return Ok(());
    }
    frame.extended = 0;
    machine.popped.clear();
    if machine.heap.collector.is_due() {
        return with_collection(machine, opcode, arg);
    }
    if machine.quickens && quick::quick(&mut machine.heap, frame, opcode, arg) {
        return Ok(());
    }
    dispatch(machine, opcode, arg)
}

/// Executes an instruction while garbage waits to be collected: that happens where CPython looks whether
/// something has to be done between two instructions.
#[cold]
fn with_collection(machine: &mut Machine, opcode: Opcode, arg: u32) -> Result<(), Raise> {
    let frames = machine.thread.frames.len();
    dispatch(machine, opcode, arg)?;
    let looks = match opcode {
        Opcode::RESUME => arg & RESUME_LOCATION <= RESUME_AFTER_YIELD,
        Opcode::JUMP_BACKWARD | Opcode::CALL | Opcode::CALL_KW | Opcode::CALL_FUNCTION_EX => true,
        _ => false,
    };
    if looks && machine.thread.frames.len() == frames {
        machine.collect_if_due();
    }
    Ok(())
}

/// The part of RESUME's argument that says where in the code it stands.
const RESUME_LOCATION: u32 = 3;
/// The last of these places that CPython looks at: not behind `yield from` and `await`.
const RESUME_AFTER_YIELD: u32 = 1;

/// Executes instructions of the Python frame on top as long as they take the short way, at most `most`;
/// each is a step, and leaves what [`execute`] leaves.
pub(super) fn burst(machine: &mut Machine, most: u64) {
    let Some(Frame::Python(frame)) = machine.thread.frames.last_mut() else { return };
    if !machine.quickens || machine.watching || frame.extended != 0 {
        return;
    }
    let heap = &mut machine.heap;
    let mut count = 0;
    while count < most && !heap.has_dying() && !heap.collector.is_due() {
        let (at, last) = (frame.next, frame.last);
        let Some((byte, arg)) = frame.code.unit(at) else { break };
        let Some(opcode) = Opcode::from_byte(byte) else { break };
        frame.last = at;
        frame.next = at.plus(1 + u32::from(opcode.caches()));
        if !quick::quick(heap, frame, opcode, u32::from(arg)) {
            frame.last = last;
            frame.next = at;
            break;
        }
        count += 1;
    }
    machine.steps += count;
    machine.heap.now = machine.steps;
    machine.bury();
}

#[allow(clippy::too_many_lines, reason = "one row an opcode")]
fn dispatch(m: &mut Machine, opcode: Opcode, arg: u32) -> Result<(), Raise> {
    #[allow(clippy::enum_glob_use, reason = "the table reads like CPython's own list of instructions")]
    use Opcode::*;
    match opcode {
        CACHE | NOP | RESUME | NOT_TAKEN | EXTENDED_ARG => Ok(()),
        BINARY_OP => compare::binary_op(m, arg),
        BINARY_SLICE => container::binary_slice(m),
        STORE_SLICE => container::store_slice(m),
        STORE_SUBSCR => container::store_subscr(m),
        DELETE_SUBSCR => container::delete_subscr(m),
        BUILD_LIST => container::build_list(m, arg),
        BUILD_MAP => container::build_map(m, arg),
        BUILD_SET => container::build_set(m, arg),
        BUILD_SLICE => container::build_slice(m, arg),
        BUILD_TUPLE => container::build_tuple(m, arg),
        LIST_APPEND => container::list_append(m, arg),
        LIST_EXTEND => container::list_extend(m, arg),
        SET_ADD => container::set_add(m, arg),
        SET_UPDATE => container::set_update(m, arg),
        MAP_ADD => container::map_add(m, arg),
        DICT_UPDATE => container::dict_update(m, arg),
        DICT_MERGE => container::dict_merge(m, arg),
        UNPACK_SEQUENCE => container::unpack_sequence(m, arg),
        UNPACK_EX => container::unpack_ex(m, arg),
        GET_LEN => container::get_len(m),

        POP_TOP | END_FOR | POP_ITER => stack::pop_top(m),
        PUSH_NULL => stack::push_null(m),
        COPY => stack::copy(m, arg),
        SWAP => stack::swap(m, arg),
        LOAD_CONST => stack::load_const(m, arg),
        LOAD_SMALL_INT => stack::load_small_int(m, arg),
        LOAD_COMMON_CONSTANT => stack::load_common_constant(m, arg),

        LOAD_FAST => variable::load_fast(m, arg),
        LOAD_FAST_BORROW => variable::load_fast_borrow(m, arg),
        LOAD_FAST_CHECK => variable::load_fast_check(m, arg),
        LOAD_FAST_AND_CLEAR => variable::load_fast_and_clear(m, arg),
        LOAD_FAST_LOAD_FAST => {
            variable::load_fast(m, arg >> 4)?;
            variable::load_fast(m, arg & 15)
        }
        LOAD_FAST_BORROW_LOAD_FAST_BORROW => {
            variable::load_fast_borrow(m, arg >> 4)?;
            variable::load_fast_borrow(m, arg & 15)
        }
        STORE_FAST => variable::store_fast(m, arg),
        STORE_FAST_LOAD_FAST => {
            variable::store_fast(m, arg >> 4)?;
            variable::load_fast(m, arg & 15)
        }
        STORE_FAST_STORE_FAST => {
            variable::store_fast(m, arg >> 4)?;
            variable::store_fast(m, arg & 15)
        }
        DELETE_FAST => variable::delete_fast(m, arg),
        MAKE_CELL => variable::make_cell(m, arg),
        COPY_FREE_VARS => variable::copy_free_vars(m, arg),
        LOAD_DEREF => variable::load_deref(m, arg),
        STORE_DEREF => variable::store_deref(m, arg),
        DELETE_DEREF => variable::delete_deref(m, arg),
        LOAD_FROM_DICT_OR_DEREF => variable::load_from_dict_or_deref(m, arg),

        LOAD_NAME => name::load_name(m, arg),
        LOAD_GLOBAL => name::load_global(m, arg),
        LOAD_FROM_DICT_OR_GLOBALS => name::load_from_dict_or_globals(m, arg),
        LOAD_LOCALS => name::load_locals(m),
        STORE_NAME => name::store_name(m, arg),
        STORE_GLOBAL => name::store_global(m, arg),
        DELETE_NAME => name::delete_name(m, arg),
        DELETE_GLOBAL => name::delete_global(m, arg),
        LOAD_ATTR => name::load_attr(m, arg),
        STORE_ATTR => name::store_attr(m, arg),
        DELETE_ATTR => name::delete_attr(m, arg),
        LOAD_SUPER_ATTR => name::load_super_attr(m, arg),
        LOAD_SPECIAL => name::load_special(m, arg),
        IMPORT_NAME => name::import_name(m, arg),
        IMPORT_FROM => name::import_from(m, arg),
        SETUP_ANNOTATIONS => name::setup_annotations(m),

        COMPARE_OP => compare::compare_op(m, arg),
        CONTAINS_OP => compare::contains_op(m, arg),
        IS_OP => compare::is_op(m, arg),
        TO_BOOL => compare::to_bool(m),
        UNARY_NOT => compare::unary_not(m),
        UNARY_NEGATIVE | UNARY_INVERT => compare::unary(m, opcode),

        JUMP_FORWARD => flow::jump_forward(m, arg),
        JUMP_BACKWARD | JUMP_BACKWARD_NO_INTERRUPT => flow::jump_backward(m, arg),
        POP_JUMP_IF_FALSE => flow::pop_jump_if(m, arg, |value| value == Value::FALSE),
        POP_JUMP_IF_TRUE => flow::pop_jump_if(m, arg, |value| value == Value::TRUE),
        POP_JUMP_IF_NONE => flow::pop_jump_if_none(m, arg, true),
        POP_JUMP_IF_NOT_NONE => flow::pop_jump_if_none(m, arg, false),
        GET_ITER => flow::get_iter(m),
        FOR_ITER => flow::for_iter(m, arg),
        RETURN_VALUE => flow::return_value(m),
        INTERPRETER_EXIT => flow::return_value(m),

        CALL => call::call(m, arg),
        CALL_KW => call::call_kw(m, arg),
        CALL_FUNCTION_EX => call::call_function_ex(m),
        EXIT_INIT_CHECK => call::exit_init_check(m),
        CALL_INTRINSIC_1 => intrinsic::one(m, arg),
        CALL_INTRINSIC_2 => intrinsic::two(m, arg),

        MAKE_FUNCTION => function::make_function(m),
        SET_FUNCTION_ATTRIBUTE => function::set_function_attribute(m, arg),
        LOAD_BUILD_CLASS => function::load_build_class(m),

        RETURN_GENERATOR => generator::return_generator(m),
        YIELD_VALUE => generator::yield_value(m),
        SEND => generator::send(m, arg),
        END_SEND => generator::end_send(m),
        GET_YIELD_FROM_ITER => generator::get_yield_from_iter(m),
        CLEANUP_THROW => generator::cleanup_throw(m),
        GET_AWAITABLE => generator::get_awaitable(m, arg),
        GET_AITER => generator::get_aiter(m),
        GET_ANEXT => generator::get_anext(m),
        END_ASYNC_FOR => generator::end_async_for(m),

        PUSH_EXC_INFO => exception::push_exc_info(m),
        POP_EXCEPT => exception::pop_except(m),
        CHECK_EXC_MATCH => exception::check_exc_match(m),
        CHECK_EG_MATCH => exception::check_eg_match(m),
        RAISE_VARARGS => exception::raise_varargs(m, arg),
        RERAISE => exception::reraise(m, arg),
        WITH_EXCEPT_START => exception::with_except_start(m),

        FORMAT_SIMPLE => format::format_simple(m),
        FORMAT_WITH_SPEC => format::format_with_spec(m),
        CONVERT_VALUE => format::convert_value(m, arg),
        BUILD_STRING => format::build_string(m, arg),
        BUILD_TEMPLATE => format::build_template(m),
        BUILD_INTERPOLATION => format::build_interpolation(m, arg),

        MATCH_MAPPING => pattern::match_mapping(m),
        MATCH_SEQUENCE => pattern::match_sequence(m),
        MATCH_KEYS => pattern::match_keys(m),
        MATCH_CLASS => pattern::match_class(m, arg),

        RESERVED
        | ANNOTATIONS_PLACEHOLDER
        | JUMP
        | JUMP_IF_FALSE
        | JUMP_IF_TRUE
        | JUMP_NO_INTERRUPT
        | LOAD_CLOSURE
        | POP_BLOCK
        | SETUP_CLEANUP
        | SETUP_FINALLY
        | SETUP_WITH
        | STORE_FAST_MAYBE_NULL => {
            Err(m.system_error(format!("{} is not an instruction that can be executed", opcode.name())))
        }
    }
}

impl Machine {
    /// Pushes a value; the stack owns it.
    #[inline]
    pub(super) fn push(&mut self, value: Value) {
        self.heap.retain(value);
        self.frame_mut().slots.push(Slot::owned(value));
    }

    /// Takes the top slot off as it is.  Whoever calls this takes over what the slot owns.
    #[inline]
    fn pop_slot(&mut self) -> Result<Slot, Raise> {
        let frame = self.frame_mut();
        if frame.slots.len() <= frame.code.locals_len() {
            return Err(self.system_error("the value stack is empty"));
        }
        let slot = frame.slots.pop().unwrap_or(Slot::NULL);
        self.popped.push(slot);
        Ok(slot)
    }

    /// Takes the top value off; the caller may use it until the end of the step.
    #[inline]
    fn pop(&mut self) -> Result<Value, Raise> {
        let slot = self.pop_slot()?;
        self.heap.release_slot(slot);
        match slot.value() {
            Some(value) => Ok(value),
            None => Err(self.system_error("the value stack has no value there")),
        }
    }

    /// Takes the top slot off; `None` for NULL.
    fn pop_or_null(&mut self) -> Result<Option<Value>, Raise> {
        let slot = self.pop_slot()?;
        self.heap.release_slot(slot);
        Ok(slot.value())
    }

    /// Pushes what this instruction has popped last, borrowed if it was.
    fn push_again(&mut self, value: Value) {
        match self.popped.last() {
            Some(slot) if slot.is_borrowed() && slot.value() == Some(value) => {
                let slot = *slot;
                self.frame_mut().slots.push(slot);
            }
            _ => self.push(value),
        }
    }

    /// The operands are owned from now on, whatever they were: CPython makes references of them.
    fn own_operands(&mut self) {
        for slot in &mut self.popped {
            if let (true, Some(value)) = (slot.is_borrowed(), slot.value()) {
                *slot = Slot::owned(value);
            }
        }
    }

    /// The `count` topmost operands do not go back on the value stack: they have gone into another object.
    fn give_operands(&mut self, count: usize) {
        self.popped.drain(..count);
    }

    /// Takes the top slot off, made to own what it holds.
    fn pop_owned(&mut self) -> Result<Slot, Raise> {
        let slot = self.pop_slot()?;
        if let (true, Some(value)) = (slot.is_borrowed(), slot.value()) {
            self.heap.retain(value);
            return Ok(Slot::owned(value));
        }
        Ok(slot)
    }

    /// Takes the `count` topmost values off, the deepest first.
    fn pop_many(&mut self, count: u32) -> Result<Vec<Value>, Raise> {
        let mut values = Vec::with_capacity(count as usize);
        for _ in 0..count {
            values.push(self.pop()?);
        }
        values.reverse();
        Ok(values)
    }

    /// The slot so deep below the top, from 1.
    fn peek_slot(&mut self, depth: u32) -> Result<Slot, Raise> {
        let stack = self.frame().stack();
        match stack.len().checked_sub(depth as usize) {
            Some(index) if depth > 0 => Ok(stack[index]),
            _ => Err(self.system_error("the value stack is not that deep")),
        }
    }

    /// The value so deep below the top, from 1.
    fn peek(&mut self, depth: u32) -> Result<Value, Raise> {
        match self.peek_slot(depth)?.value() {
            Some(value) => Ok(value),
            None => Err(self.system_error("the value stack has no value there")),
        }
    }

    /// Puts a value in the place of the one at a depth that [`Machine::peek`] has found one at.
    fn replace(&mut self, depth: u32, value: Value) {
        self.heap.retain(value);
        let slots = &mut self.frame_mut().slots;
        let at = slots.len() - depth as usize;
        let before = std::mem::replace(&mut slots[at], Slot::owned(value));
        self.heap.release_slot(before);
    }

    /// Does with `value` what a frame does with the result of an operation.
    pub(super) fn apply(&mut self, resume: Resume, value: Value) -> Result<(), Raise> {
        match resume {
            Resume::Push | Resume::ForIter(_) | Resume::Send(_) => self.push(value),
            Resume::Discard => {}
            Resume::PushWithNull => {
                self.push(value);
                self.frame_mut().slots.push(Slot::NULL);
            }
            Resume::Contains { inverted } => {
                let answer = Value::bool((value == Value::TRUE) != inverted);
                self.settle_instruction(answer);
                self.push(answer);
            }
            Resume::Compare { to_bool: false } => {
                self.settle_instruction(value);
                self.push(value);
            }
            Resume::Compare { to_bool: true } => {
                self.popped.clear();
                let truth = self.truth(value);
                return self.complete(truth, Resume::Compare { to_bool: false });
            }
            Resume::Truth => {
                self.popped.clear();
                let truth = self.truth(value);
                return self.complete(truth, Resume::Push);
            }
            Resume::SplitGroup => return exception::split_group(self, value),
            Resume::Yield => return generator::suspend(self, value),
            Resume::Unpack => return container::spread(self, value),
            Resume::Spread => return call::call_collected(self, value),
            Resume::None => panic!("the frame waits for nothing"),
        }
        Ok(())
    }
}
