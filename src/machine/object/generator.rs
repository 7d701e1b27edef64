//! Generators and coroutines: objects that keep a frame while it does not run.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow, PythonFrame, Sent};
use super::super::native::{CalledDel, CalledDelWork, Close};
use super::super::protocol::iterate::Next;
use super::super::protocol::wrappers::REPR;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::generic::CLASS_GETITEM_DEF;
use super::{Payload, types};
use crate::code::Opcode;

/// The bit of RESUME's argument which says that no handler but the implicit one protects it.
const RESUME_NOT_IN_TRY: u8 = 0x4;

/// Where a generator stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GeneratorState {
    /// Nothing of its body has run.
    Created,
    /// It stopped at a `yield`.
    Suspended,
    /// Its frame is on the frame chain.
    Running,
    /// It has ended.
    Finished,
}

/// What an asynchronous generator knows besides.
#[derive(Clone, Debug, Default, Hash)]
pub struct Asynchronous {
    /// `ag_running`: somebody awaits a step of it.
    pub running: bool,
    /// It has ended, or has been told to.
    pub closed: bool,
    /// The hooks have heard of it.
    pub hooked: bool,
    /// The hook that is told when it goes.
    pub finalizer: Option<Value>,
}

/// The payload of a generator, coroutine or asynchronous generator.
#[derive(Clone, Debug, Hash)]
pub struct Generator {
    /// Where it stands.
    pub state: GeneratorState,
    /// Its frame, while it does not run and has not ended.
    pub frame: Option<Box<PythonFrame>>,
    /// `__name__`, a str.
    pub name: Value,
    /// `__qualname__`, a str.
    pub qualname: Value,
    /// Its code object; it stays when the frame is gone.
    pub code: Value,
    /// The exception its body is handling while it is suspended.
    pub handled: Option<Value>,
    /// Where it was made, of a coroutine: `cr_origin`.
    pub origin: Option<Value>,
    /// What concerns asynchronous generators alone.
    pub asynchronous: Asynchronous,
}

impl Generator {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.name, self.qualname, self.code].into_iter().for_each(&mut *visit);
        self.handled.into_iter().chain(self.asynchronous.finalizer).chain(self.origin).for_each(&mut *visit);
        if let Some(frame) = &self.frame {
            frame.each_value(visit);
        }
    }

    /// The same values in the order in which CPython lets go of them.
    pub fn each_dropped(&self, visit: &mut impl FnMut(Value)) {
        if let Some(frame) = &self.frame {
            frame.each_dropped(visit);
        }
        self.handled.into_iter().chain(self.asynchronous.finalizer).chain(self.origin).for_each(&mut *visit);
        [self.name, self.qualname, self.code].into_iter().for_each(visit);
    }

    /// Whether it is a coroutine that nothing of has run: somebody forgot to await it.
    pub fn never_awaited(&self, class: Handle) -> bool {
        class == types::COROUTINE && self.state == GeneratorState::Created
    }

    /// Whether a hook wants to hear that it goes, as it has not ended.
    pub fn has_finalizer(&self) -> bool {
        self.asynchronous.finalizer.is_some()
            && !self.asynchronous.closed
            && self.state != GeneratorState::Finished
    }

    /// What it delegates to with `yield from` or `await`, while it is suspended there.
    pub fn delegate(&self) -> Option<Value> {
        let frame = self.frame.as_ref().filter(|_| self.state == GeneratorState::Suspended)?;
        match frame.code.unit(frame.last) {
            Some((opcode, arg)) if u16::from(opcode) == Opcode::YIELD_VALUE.number() && arg & 1 == 1 => {
                frame.stack().last()?.value()
            }
            _ => None,
        }
    }

    /// Whether code of the body still has to run when the generator is dropped: it stands inside a
    /// `try` or `with` of its own.  The compiler notes in the RESUME behind a `yield` that it does not.  Where ends by
    /// an exception are `watched`, all that is suspended ends by one.
    pub fn must_close(&self, watched: bool) -> bool {
        let Some(frame) = &self.frame else { return false };
        if self.state != GeneratorState::Suspended {
            return false;
        }
        if watched {
            return true;
        }
        match frame.code.unit(frame.next) {
            Some((opcode, arg)) if u16::from(opcode) == Opcode::RESUME.number() => {
                arg & RESUME_NOT_IN_TRY == 0
            }
            _ => true,
        }
    }
}

/// `generator`.
pub const GENERATOR: TypeSpec = TypeSpec {
    natives: &[
        NativeDef::wrapper("__iter__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::wrapper("__next__", Params::None, next),
        NativeDef::method("send", Params::One, send),
        NativeDef::method("throw", Params::Range(1, 3), throw),
        NativeDef::method("close", Params::None, close),
        CLASS_GETITEM_DEF,
        DEL,
    ],
    wrappers: &[&REPR],
    accessors: &[
        Accessor::new("__name__", name, set_name),
        Accessor::new("__qualname__", qualname, set_qualname),
        Accessor::read_only("gi_yieldfrom", delegate),
        Accessor::read_only("gi_running", running),
        Accessor::read_only("gi_frame", frame),
        Accessor::read_only("gi_suspended", suspended),
        Accessor::read_only("gi_code", code),
    ],
    ..TypeSpec::new(types::GENERATOR, "generator")
};

/// `coroutine`.
pub const COROUTINE: TypeSpec = TypeSpec {
    natives: &[
        NativeDef::wrapper("__await__", Params::None, |m, args| Ok(m.coroutine_wrapper(args.at(0)).into())),
        NativeDef::method("send", Params::One, send),
        NativeDef::method("throw", Params::Range(1, 3), throw),
        NativeDef::method("close", Params::None, close),
        CLASS_GETITEM_DEF,
        DEL,
    ],
    wrappers: &[&REPR],
    accessors: &[
        Accessor::new("__name__", name, set_name),
        Accessor::new("__qualname__", qualname, set_qualname),
        Accessor::read_only("cr_await", delegate),
        Accessor::read_only("cr_running", running),
        Accessor::read_only("cr_frame", frame),
        Accessor::read_only("cr_suspended", suspended),
        Accessor::read_only("cr_code", code),
        Accessor::read_only("cr_origin", |m, value| {
            Ok(generator(m, value).origin.unwrap_or(Value::NONE).into())
        })
        .as_member(),
    ],
    ..TypeSpec::new(types::COROUTINE, "coroutine")
};

/// `__del__`, of whatever is awaited or gone through.
pub(super) const DEL: NativeDef = NativeDef::wrapper("__del__", Params::None, |m, args| {
    m.begin(CalledDel::new(CalledDelWork::new(receiver(args))))
});

fn receiver(args: &Args) -> Handle {
    args.at(0).handle().expect("a generator is a heap object")
}

pub(super) fn go_on(m: &mut Machine, generator: Handle, value: Value) -> Eval {
    match m.resume_generator(generator, Sent::Value(value))? {
        Next::Value(value) => Ok(value.into()),
        Next::Exhausted(value) => Err(m.stop_iteration(value)),
        Next::Enter(entry) => Ok(Flow::Enter(entry)),
    }
}

fn next(m: &mut Machine, args: &Args) -> Eval {
    go_on(m, receiver(args), Value::NONE)
}

fn send(m: &mut Machine, args: &Args) -> Eval {
    go_on(m, receiver(args), args.at(1))
}

fn throw(m: &mut Machine, args: &Args) -> Eval {
    if args.len() > 2 {
        let message = "the (type, exc, tb) signature of throw() is deprecated, \
                       use the single-arg signature instead.";
        let warned = m.warned(types::DEPRECATION_WARNING, message, args.at(0))?;
        return m.continue_with("throw", warned, args.clone(), 0, throw_parts);
    }
    throw_parts(m, args)
}

fn throw_parts(m: &mut Machine, args: &Args) -> Eval {
    let or_none = |index| args.get(index).unwrap_or(Value::NONE);
    m.throw_into(receiver(args), args.at(1), or_none(2), or_none(3))
}

fn close(m: &mut Machine, args: &Args) -> Eval {
    m.begin(Close::new(receiver(args)))
}

pub(super) fn generator(m: &Machine, value: Value) -> &Generator {
    m.generator(value.handle().expect("a generator is a heap object"))
}

pub(super) fn name(m: &mut Machine, value: Value) -> Eval {
    Ok(generator(m, value).name.into())
}

pub(super) fn qualname(m: &mut Machine, value: Value) -> Eval {
    Ok(generator(m, value).qualname.into())
}

pub(super) fn set_name(m: &mut Machine, value: Value, new: Option<Value>) -> Result<(), Raise> {
    set_text(m, value, new, "__name__", |generator| &mut generator.name)
}

pub(super) fn set_qualname(m: &mut Machine, value: Value, new: Option<Value>) -> Result<(), Raise> {
    set_text(m, value, new, "__qualname__", |generator| &mut generator.qualname)
}

fn set_text(
    m: &mut Machine,
    value: Value,
    new: Option<Value>,
    attribute: &str,
    place: fn(&mut Generator) -> &mut Value,
) -> Result<(), Raise> {
    let Some(new) = new.filter(|new| m.heap.text_of(*new).is_some()) else {
        return Err(m.type_error(format!("{attribute} must be set to a string object")));
    };
    m.heap.retain(new);
    if let Some(Payload::Generator(generator)) = value.handle().map(|handle| m.heap.payload_mut(handle)) {
        let old = std::mem::replace(place(generator), new);
        m.heap.release(old);
    }
    Ok(())
}

pub(super) fn delegate(m: &mut Machine, value: Value) -> Eval {
    Ok(generator(m, value).delegate().unwrap_or(Value::NONE).into())
}

fn running(m: &mut Machine, value: Value) -> Eval {
    Ok(Value::bool(generator(m, value).state == GeneratorState::Running).into())
}

pub(super) fn suspended(m: &mut Machine, value: Value) -> Eval {
    Ok(Value::bool(generator(m, value).state == GeneratorState::Suspended).into())
}

pub(super) fn frame(m: &mut Machine, value: Value) -> Eval {
    let handle = value.handle().expect("a generator is a heap object");
    Ok(m.generator_frame_object(handle).unwrap_or(Value::NONE).into())
}

pub(super) fn code(m: &mut Machine, value: Value) -> Eval {
    Ok(generator(m, value).code.into())
}
