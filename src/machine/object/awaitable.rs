//! What `await` waits for besides coroutines: the steps of asynchronous generators, `coroutine.__await__()`
//! and `anext()` with a default.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{AnextStep, AsyncAction, AsyncStep, Close};
use super::super::protocol::wrappers::REPR;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::generator;
use super::{Payload, types};

/// What an awaitable does when it is awaited.
#[derive(Clone, Debug, Hash)]
pub enum AwaitKind {
    /// `__anext__()` or `asend(value)` of an asynchronous generator.
    Send(Value),
    /// `athrow(type, value, traceback)` of one.
    Throw([Value; 3]),
    /// `aclose()` of one.
    Close,
    /// `coroutine.__await__()`.
    Coroutine,
    /// `anext(iterator, default)`: what `__anext__()` gave is the source.
    Default(Value),
}

/// How far an awaitable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AwaitState {
    /// Nobody has awaited it.
    Created,
    /// It is being awaited.
    Begun,
    /// It is done, and cannot be used again.
    Done,
}

/// The payload of such an object.
#[derive(Clone, Debug, Hash)]
pub struct Awaitable {
    /// The generator, coroutine or awaitable that is resumed.
    pub source: Value,
    /// What is done to it.
    pub kind: AwaitKind,
    /// How far it is.
    pub state: AwaitState,
}

impl Awaitable {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.source);
        match &self.kind {
            AwaitKind::Send(value) | AwaitKind::Default(value) => visit(*value),
            AwaitKind::Throw(thrown) => thrown.iter().copied().for_each(visit),
            AwaitKind::Close | AwaitKind::Coroutine => {}
        }
    }

    /// The method of an asynchronous generator that made it and whose result nobody has awaited.
    pub const fn never_awaited(&self) -> Option<&'static str> {
        match (self.state, &self.kind) {
            (AwaitState::Created, AwaitKind::Send(_)) => Some("asend"),
            (AwaitState::Created, AwaitKind::Throw(_)) => Some("athrow"),
            (AwaitState::Created, AwaitKind::Close) => Some("aclose"),
            _ => None,
        }
    }
}

const AWAIT: NativeDef = NativeDef::wrapper("__await__", Params::None, |_, args| Ok(args.at(0).into()));
const ITER: NativeDef = NativeDef::wrapper("__iter__", Params::None, |_, args| Ok(args.at(0).into()));

/// `async_generator`.
pub static ASYNC_GENERATOR: TypeSpec = TypeSpec {
    natives: &[
        NativeDef::wrapper("__aiter__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::wrapper("__anext__", Params::None, |m, args| m.async_next(args.at(0))),
        NativeDef::method("asend", Params::One, |m, args| {
            begin(m, args.at(0), &[args.at(1)], |m, args| {
                Ok(m.async_step(args.at(1), AwaitKind::Send(args.at(2))).into())
            })
        }),
        NativeDef::method("athrow", Params::Range(1, 3), |m, args| {
            with_signature(m, "athrow", args, |m, args| {
                let or_none = |index| args.get(index).unwrap_or(Value::NONE);
                begin(m, args.at(0), &[args.at(1), or_none(2), or_none(3)], |m, args| {
                    let thrown = [args.at(2), args.at(3), args.at(4)];
                    Ok(m.async_step(args.at(1), AwaitKind::Throw(thrown)).into())
                })
            })
        }),
        NativeDef::method("aclose", Params::None, |m, args| {
            begin(m, args.at(0), &[], |m, args| Ok(m.async_step(args.at(1), AwaitKind::Close).into()))
        }),
        super::generic::CLASS_GETITEM_DEF,
        generator::DEL,
    ],
    wrappers: &[&REPR],
    accessors: &[
        Accessor::new("__name__", generator::name, generator::set_name),
        Accessor::new("__qualname__", generator::qualname, generator::set_qualname),
        Accessor::read_only("ag_await", generator::delegate),
        Accessor::read_only("ag_frame", generator::frame),
        Accessor::read_only("ag_running", |m, value| {
            Ok(Value::bool(generator::generator(m, value).asynchronous.running).into())
        })
        .as_member(),
        Accessor::read_only("ag_code", generator::code),
        Accessor::read_only("ag_suspended", generator::suspended),
    ],
    ..TypeSpec::new(types::ASYNC_GENERATOR, "async_generator")
};

const STEP_METHODS: &[NativeDef] = &[
    AWAIT,
    ITER,
    NativeDef::wrapper("__next__", Params::None, |m, args| {
        m.begin(AsyncStep::new(handle(args), AsyncAction::Send(Value::NONE)))
    }),
    NativeDef::method("send", Params::One, |m, args| {
        m.begin(AsyncStep::new(handle(args), AsyncAction::Send(args.at(1))))
    }),
    NativeDef::method("throw", Params::Range(1, 3), |m, args| {
        with_signature(m, "throw", args, |m, args| {
            let or_none = |index| args.get(index).unwrap_or(Value::NONE);
            m.begin(AsyncStep::new(handle(args), AsyncAction::Throw([args.at(1), or_none(2), or_none(3)])))
        })
    }),
    NativeDef::method("close", Params::None, |m, args| {
        m.begin(AsyncStep::new(handle(args), AsyncAction::Close))
    }),
    generator::DEL,
];

/// What `__anext__()` and `asend()` give.
pub static ASYNC_SEND: TypeSpec =
    TypeSpec { natives: STEP_METHODS, ..TypeSpec::new(types::ASYNC_SEND, "async_generator_asend") };

/// What `athrow()` and `aclose()` give.
pub static ASYNC_THROW: TypeSpec =
    TypeSpec { natives: STEP_METHODS, ..TypeSpec::new(types::ASYNC_THROW, "async_generator_athrow") };

/// What `coroutine.__await__()` gives.
pub static COROUTINE_WRAPPER: TypeSpec = TypeSpec {
    natives: &[
        ITER,
        NativeDef::wrapper("__next__", Params::None, |m, args| {
            let coroutine = source(m, args);
            generator::go_on(m, coroutine, Value::NONE)
        }),
        NativeDef::method("send", Params::One, |m, args| {
            let coroutine = source(m, args);
            generator::go_on(m, coroutine, args.at(1))
        }),
        NativeDef::method("throw", Params::Range(1, 3), |m, args| {
            let or_none = |index| args.get(index).unwrap_or(Value::NONE);
            let coroutine = source(m, args);
            m.throw_into(coroutine, args.at(1), or_none(2), or_none(3))
        }),
        NativeDef::method("close", Params::None, |m, args| {
            let coroutine = source(m, args);
            m.begin(Close::new(coroutine))
        }),
    ],
    ..TypeSpec::new(types::COROUTINE_WRAPPER, "coroutine_wrapper")
};

/// What `anext()` with a default gives.
pub static ANEXT_AWAITABLE: TypeSpec = TypeSpec {
    natives: &[
        AWAIT,
        ITER,
        NativeDef::wrapper("__next__", Params::None, |m, args| {
            m.begin(AnextStep::new(handle(args), names::NEXT, Vec::new()))
        }),
        NativeDef::method("send", Params::One, |m, args| {
            m.begin(AnextStep::new(handle(args), names::SEND, vec![args.at(1)]))
        }),
        NativeDef::method("throw", Params::AtLeast(1), |m, args| {
            m.begin(AnextStep::new(handle(args), names::THROW, args.rest(1).collect()))
        }),
        NativeDef::method("close", Params::None, |m, args| {
            m.begin(AnextStep::new(handle(args), names::CLOSE, Vec::new()))
        }),
    ],
    ..TypeSpec::new(types::ANEXT_AWAITABLE, "anext_awaitable")
};

fn handle(args: &Args) -> Handle {
    args.at(0).handle().expect("an awaitable is a heap object")
}

fn source(m: &Machine, args: &Args) -> Handle {
    m.awaitable(handle(args)).source.handle().expect("a coroutine is a heap object")
}

/// Goes on with `body`, behind a warning where an exception is given in three parts.
fn with_signature(m: &mut Machine, method: &str, args: &Args, body: super::function::NativeBody) -> Eval {
    if args.len() <= 2 {
        return body(m, args);
    }
    let message = format!(
        "the (type, exc, tb) signature of {method}() is deprecated, use the single-arg signature instead."
    );
    let warned = m.warned(types::DEPRECATION_WARNING, &message, args.at(0))?;
    m.continue_with("throw", warned, args.clone(), 0, body)
}

/// Before the first step of an asynchronous generator its `firstiter` hook hears of it; then comes `body`,
/// with a free place, the generator and `values`.
fn begin(m: &mut Machine, generator: Value, values: &[Value], body: super::function::NativeBody) -> Eval {
    let args = Args::new([Value::NONE, generator].into_iter().chain(values.iter().copied()));
    let handle = generator.handle().expect("a generator is a heap object");
    let (first, finalizer) = m.thread().async_hooks;
    let hook = match m.heap.payload_mut(handle) {
        Payload::Generator(generator) if !generator.asynchronous.hooked => {
            generator.asynchronous.hooked = true;
            generator.asynchronous.finalizer = finalizer;
            first
        }
        _ => return body(m, &args),
    };
    if let Some(finalizer) = finalizer {
        m.heap.retain(finalizer);
    }
    let heard = match hook {
        Some(hook) => m.call(hook, Args::new([generator]))?,
        None => Value::NONE.into(),
    };
    m.continue_with("async_generator: firstiter hook", heard, args, 0, body)
}

impl Machine {
    /// `generator.__anext__()`.
    pub(in crate::machine) fn async_next(&mut self, generator: Value) -> Eval {
        begin(self, generator, &[], |m, args| {
            Ok(m.async_step(args.at(1), AwaitKind::Send(Value::NONE)).into())
        })
    }

    fn async_step(&mut self, generator: Value, kind: AwaitKind) -> Value {
        let class = match kind {
            AwaitKind::Send(_) => types::ASYNC_SEND,
            AwaitKind::Throw(_) | AwaitKind::Close => types::ASYNC_THROW,
            AwaitKind::Coroutine => types::COROUTINE_WRAPPER,
            AwaitKind::Default(_) => types::ANEXT_AWAITABLE,
        };
        let awaitable = Awaitable { source: generator, kind, state: AwaitState::Created };
        Value::object(self.heap.alloc(class, Payload::Awaitable(Box::new(awaitable))))
    }

    /// `coroutine.__await__()`.
    pub(in crate::machine) fn coroutine_wrapper(&mut self, coroutine: Value) -> Value {
        self.async_step(coroutine, AwaitKind::Coroutine)
    }

    /// The awaitable at a handle of one.
    pub(in crate::machine) fn awaitable(&self, handle: Handle) -> &Awaitable {
        match self.heap.payload(handle) {
            Payload::Awaitable(awaitable) => awaitable,
            _ => panic!("an awaitable is there"),
        }
    }

    pub(in crate::machine) fn set_await_state(&mut self, handle: Handle, state: AwaitState) {
        if let Payload::Awaitable(awaitable) = self.heap.payload_mut(handle) {
            awaitable.state = state;
        }
    }

    /// A value that an asynchronous generator yields, told apart from what it awaits.
    pub(in crate::machine) fn wrap_async_value(&mut self, value: Value) -> Value {
        Value::object(self.heap.alloc(types::ASYNC_WRAPPED, Payload::Slots(Box::new([Some(value)]))))
    }

    /// The value inside such a wrapper.
    pub(in crate::machine) fn wrapped_async_value(&self, value: Value) -> Option<Value> {
        match self.heap.payload_of(value) {
            Some(Payload::Slots(parts)) if self.heap.class_of(value) == types::ASYNC_WRAPPED => parts[0],
            _ => None,
        }
    }

    /// What `await object` resumes: the object itself, or what its `__await__` gives.  `no_method` is the
    /// TypeError where it has none.
    pub(in crate::machine) fn await_iterator(
        &mut self,
        object: Value,
        no_method: impl FnOnce(&mut Self) -> Raise,
    ) -> Eval {
        if self.is_awaitable_generator(object) {
            return Ok(object.into());
        }
        let Some(method) = self.heap.special(object, names::AWAIT) else { return Err(no_method(self)) };
        let given = self.call_method(method, object, Args::default())?;
        self.continue_with("__await__", given, Args::new([Value::NONE]), 0, |m, args| {
            let given = args.at(0);
            if m.is_awaitable_generator(given) {
                return Err(m.type_error("__await__() returned a coroutine"));
            }
            if !m.is_iterator(given) {
                let class = m.class_name(given);
                return Err(m.type_error(format!("__await__() returned non-iterator of type '{class}'")));
            }
            Ok(given.into())
        })
    }

    /// Whether it is a coroutine, or a generator that may be awaited like one.
    fn is_awaitable_generator(&self, value: Value) -> bool {
        match self.heap.payload_of(value) {
            Some(Payload::Generator(generator)) => match self.heap.class_of(value) {
                types::COROUTINE => true,
                types::GENERATOR => match self.heap.payload_of(generator.code) {
                    Some(Payload::Code(code)) => {
                        code.code.flags & crate::code::object::flags::ITERABLE_COROUTINE != 0
                    }
                    _ => false,
                },
                _ => false,
            },
            _ => false,
        }
    }

    /// `aiter(object)`.
    pub(in crate::machine) fn aiter(&mut self, object: Value) -> Eval {
        let Some(method) = self.heap.special(object, names::AITER) else {
            let class = self.class_name(object);
            return Err(self.type_error(format!("'{class}' object is not an async iterable")));
        };
        let iterator = self.call_method(method, object, Args::default())?;
        self.continue_with("aiter", iterator, Args::new([Value::NONE]), 0, |m, args| {
            if m.heap.special(args.at(0), names::ANEXT).is_none() {
                let class = m.class_name(args.at(0));
                return Err(m.type_error(format!("aiter() returned not an async iterator of type '{class}'")));
            }
            Ok(args.at(0).into())
        })
    }

    /// `anext(iterator)`, or with a default.
    pub(in crate::machine) fn anext(&mut self, iterator: Value, default: Option<Value>) -> Eval {
        let Some(method) = self.heap.special(iterator, names::ANEXT) else {
            let class = self.class_name(iterator);
            return Err(self.type_error(format!("'{class}' object is not an async iterator")));
        };
        let given: Flow = self.call_method(method, iterator, Args::default())?;
        let Some(default) = default else { return Ok(given) };
        self.continue_with("anext", given, Args::new([Value::NONE, default]), 0, |m, args| {
            Ok(m.async_step(args.at(0), AwaitKind::Default(args.at(1))).into())
        })
    }

    /// Says that nobody has awaited what a method of an asynchronous generator gave.
    pub(in crate::machine) fn warn_unawaited_step(&mut self, awaitable: Handle) -> Eval {
        let awaitable = self.awaitable(awaitable);
        let (Some(method), Some(generator)) = (awaitable.never_awaited(), awaitable.source.handle()) else {
            return Ok(Value::NONE.into());
        };
        let name = self.generator(generator).qualname;
        let name = self.str_text(name).to_string_lossy().into_owned();
        self.warn_of_coroutine(&format!("coroutine method '{method}' of '{name}' was never awaited"))
    }

    /// Whether an asynchronous generator has a hook that is told when it goes.
    pub(in crate::machine) fn async_finalizer(&self, generator: Handle) -> Option<Value> {
        let generator = self.generator(generator);
        generator.asynchronous.finalizer.filter(|_| generator.has_finalizer())
    }
}
