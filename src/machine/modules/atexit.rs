//! `atexit`: functions that are called when the program ends, the last one first.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::heap::Heap;
use super::super::native::{Do, Got, Steps, Stepwise};
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::protocol::compare::Comparison;
use super::super::raise::Raise;
use super::super::value::Value;
use super::native::NativeModule;

/// `atexit`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("register", Params::Any, register),
        NativeDef::function("unregister", Params::One, |m, args| {
            let calls = m.exit_calls();
            m.begin(Unregister::new(UnregisterWork { function: args.at(0), calls, at: 0 }))
        }),
        NativeDef::function("_clear", Params::None, |m, _| {
            m.forget_exit_calls();
            Ok(Value::NONE.into())
        }),
        NativeDef::function("_ncallbacks", Params::None, |m, _| {
            let calls = m.exit_calls();
            let count = m.heap.items_of(calls).unwrap_or_default().len();
            Ok(m.heap.int(count as i64).into())
        }),
        NativeDef::function("_run_exitfuncs", Params::None, |m, _| m.make_exit_calls()),
    ]],
    ..NativeModule::new("atexit", "Functions that are called when the program ends.")
};

/// `register(function, *args, **keywords)`.
fn register(m: &mut Machine, args: &Args) -> Eval {
    if args.positional() == 0 {
        return Err(m.type_error("register() takes at least 1 argument (0 given)"));
    }
    let function = args.at(0);
    if !m.is_callable(function) {
        return Err(m.type_error("the first argument must be callable"));
    }
    let positional = args.rest(1).collect();
    let (names, values): (Vec<Value>, Vec<Value>) = args.keywords().unzip();
    let parts = [positional, names, values].map(|part| m.heap.tuple(part));
    let call = m.heap.tuple([function].into_iter().chain(parts).collect());
    let calls = m.exit_calls().handle().expect("a list is a heap object");
    m.heap.list_push(calls, call);
    Ok(function.into())
}

/// The calls that are made when the program ends, one after the other.  What they register is not called any more.
#[derive(Clone, Debug, Hash)]
pub struct ExitWork {
    /// A list of the calls, in the order in which they were registered.
    calls: Value,
    /// How many of them are still to be made.
    left: usize,
    /// The function that is being called.
    function: Value,
}

/// See [`ExitWork`].
pub type ExitCalls = Steps<ExitWork>;

impl Stepwise for ExitWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        if let Got::Raised(exception) = got {
            return Ok(m.report_ignored(exception, "in atexit callback", self.function)?.into());
        }
        let Some(at) = self.left.checked_sub(1) else {
            m.forget_exit_calls();
            return Ok(Do::Done(Value::NONE));
        };
        self.left = at;
        let call = m.heap.items_of(self.calls).unwrap_or_default()[at];
        let [function, positional, names, values] = *m.tuple_items(call) else {
            panic!("a call has a function, arguments and their names")
        };
        self.function = function;
        let all: Vec<Value> =
            [positional, values].iter().flat_map(|part| m.tuple_items(*part).to_vec()).collect();
        let names = m.tuple_items(names).to_vec();
        Ok(m.call(function, Args::with_names(all, names))?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.calls);
        visit(self.function);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("atexit: calling what was registered, {} more to go", self.left)
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        true
    }
}

/// `unregister(function)`: every call of a function that is equal goes.
#[derive(Clone, Debug, Hash)]
pub struct UnregisterWork {
    function: Value,
    /// The list of the calls.
    calls: Value,
    /// The call that is asked.
    at: usize,
}

/// See [`UnregisterWork`].
pub type Unregister = Steps<UnregisterWork>;

impl Stepwise for UnregisterWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let list = self.calls.handle().expect("a list is a heap object");
        if let Got::Value(equal) = got {
            if equal != Value::TRUE {
                self.at += 1;
            } else if self.at < m.heap.list_items(list).len() {
                let next = self.at + 1;
                m.heap.list_splice(list, self.at..next, &[]);
            }
        }
        let Some(call) = m.heap.list_items(list).get(self.at).copied() else {
            return Ok(Do::Done(Value::NONE));
        };
        let other = m.tuple_items(call)[0];
        if other == self.function {
            return Ok(Do::Wait(Value::TRUE.into()));
        }
        Ok(m.compare_bool(Comparison::Eq, self.function, other)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.function);
        visit(self.calls);
    }

    fn title(&self, _heap: &Heap) -> String {
        "atexit.unregister: comparing functions".to_owned()
    }
}

impl Machine {
    /// The list of the calls that are made when the program ends.
    fn exit_calls(&mut self) -> Value {
        if let Some(calls) = self.exit_calls {
            return calls;
        }
        let calls = self.heap.list(Vec::new());
        self.heap.replace(&mut self.exit_calls, Some(calls));
        calls
    }

    fn forget_exit_calls(&mut self) {
        self.heap.replace(&mut self.exit_calls, None);
    }

    /// Makes the calls that have been registered.
    pub(in crate::machine) fn make_exit_calls(&mut self) -> Eval {
        let Some(calls) = self.exit_calls else { return Ok(Value::NONE.into()) };
        let calls = self.heap.items_of(calls).unwrap_or_default().to_vec();
        let left = calls.len();
        let calls = self.heap.list(calls);
        self.begin(ExitCalls::new(ExitWork { calls, left, function: Value::NONE }))
    }

    /// Tells the module `threading`, if the program has it, that it ends.
    pub(in crate::machine) fn end_threading(&mut self) -> Eval {
        let shutdown = self.text_handle("_shutdown");
        let module = self.loaded_module("threading").and_then(Value::handle);
        let module = module.filter(|module| self.heap.is_instance(Value::object(*module), types::MODULE));
        match module.and_then(|module| self.heap.own_attribute(module, shutdown)) {
            Some(shutdown) => self.call(shutdown, Args::default()),
            None => Ok(Value::NONE.into()),
        }
    }
}
