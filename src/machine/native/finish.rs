//! The end of the program: the uncaught exception is printed, what is left is finalized.

use super::{Advance, Input, NativeTask, Occasion, Progress, Reason, Report};
use crate::machine::Machine;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::{GENERATIONS, Heap};
use crate::machine::object::exceptions::stop;
use crate::machine::object::types;
use crate::machine::output::Stream;
use crate::machine::traceback::printable;
use crate::machine::value::{Handle, Kind, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The program's code has ended just now.
    Begin,
    /// The program's own `sys.excepthook` is told of the exception that ended it.
    Hook,
    /// What that raised is being printed.
    HookReporting,
    /// The exception that ended it is being printed.
    Reporting,
    /// The `str()` of a SystemExit's code is being made.
    Exiting,
    /// What the program still holds goes, part by part.
    Finalizing(Part),
}

/// The parts in which CPython takes down what a program has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// The module `threading` is told.
    Threads,
    /// What `atexit` has is called.
    Calls,
    /// Garbage is collected while all modules are there.
    Garbage,
    /// `sys.modules` lets go of the modules.
    Modules,
    /// What they have left in cycles is collected.
    Cycles,
    /// Modules that something still holds lose their names, the last first.
    Names,
    /// What is garbage without those names is collected.
    Rest,
    /// All is gone that goes.
    Done,
}

/// What follows when the bottom frame is gone.  Its result is the exit status.
#[derive(Clone, Debug, Hash)]
pub struct Finish {
    phase: Phase,
    status: i64,
    /// Modules that `sys.modules` has let go of, not counted, each with the step that made it.
    modules: Vec<(Handle, u64)>,
}

impl Default for Finish {
    /// The program's code has ended.
    fn default() -> Self {
        Self { phase: Phase::Begin, status: 0, modules: Vec::new() }
    }
}

impl Finish {
    fn begin(mut self, machine: &mut Machine) -> Advance {
        let Some(Err(exception)) = machine.thread.result else { return self.finalize(machine) };
        if machine.heap.is_instance(exception, types::SYSTEM_EXIT) {
            let code = machine.exception_field(exception, stop::VALUE).unwrap_or(Value::NONE);
            return self.exit(machine, code);
        }
        let interrupted = machine.heap.is_instance(exception, types::KEYBOARD_INTERRUPT);
        self.status = if interrupted { INTERRUPTED } else { 1 };
        match machine.hook("excepthook") {
            Some(hook) if !machine.is_own_hook(hook) => {
                self.phase = Phase::Hook;
                let args = machine.exception_parts(exception);
                let flow = machine.call(hook, args);
                match flow {
                    Err(raise) => self.hook_failed(machine, raise.exception),
                    flow => self.wait(machine, flow),
                }
            }
            None => {
                machine.write(Stream::Stderr, "sys.excepthook is missing\n");
                self.report(machine, exception)
            }
            Some(_) => self.report(machine, exception),
        }
    }

    fn report(mut self, machine: &mut Machine, exception: Value) -> Advance {
        self.phase = Phase::Reporting;
        let report = Report::new(machine, exception, Occasion::Uncaught);
        let flow = machine.begin(report);
        self.wait(machine, flow)
    }

    /// The program's own hook has raised something: that is told, and then what the hook was called for.
    fn hook_failed(mut self, machine: &mut Machine, raised: Value) -> Advance {
        // What was handled while it was raised is what the hook was called for.
        machine.write(Stream::Stderr, "Error in sys.excepthook:\n");
        self.phase = Phase::HookReporting;
        let report = Report::new(machine, raised, Occasion::Uncaught);
        match machine.begin(report) {
            Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
            Ok(Flow::Value(_)) | Err(_) => self.original(machine),
        }
    }

    fn original(self, machine: &mut Machine) -> Advance {
        machine.write(Stream::Stderr, "\nOriginal exception was:\n");
        match machine.thread.result {
            Some(Err(exception)) => self.report(machine, exception),
            Some(Ok(_)) | None => self.finalize(machine),
        }
    }

    /// `code` of a SystemExit: a number is the exit status, anything else is printed.
    fn exit(mut self, machine: &mut Machine, code: Value) -> Advance {
        self.status = match code.kind() {
            Kind::None => 0,
            Kind::Int(status) => status,
            Kind::Bool(status) => i64::from(status),
            _ if machine.heap.is_instance(code, types::INT) => -1,
            _ => {
                self.status = 1;
                self.phase = Phase::Exiting;
                let flow = machine.str(code);
                return self.wait(machine, flow);
            }
        };
        self.finalize(machine)
    }

    fn wait(self, machine: &mut Machine, flow: Eval) -> Advance {
        match flow {
            Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
            Ok(Flow::Value(value)) => self.printed(machine, Some(value)),
            Err(_) => self.printed(machine, None),
        }
    }

    fn printed(self, machine: &mut Machine, text: Option<Value>) -> Advance {
        if self.phase == Phase::Exiting {
            let text = text.map_or_else(String::new, |text| printable(machine.str_text(text)));
            machine.write(Stream::Stderr, &format!("{text}\n"));
        }
        self.finalize(machine)
    }

    /// Lets go of the exception first: its frames hold objects that go now.
    fn finalize(mut self, machine: &mut Machine) -> Advance {
        self.phase = Phase::Finalizing(Part::Threads);
        machine.drop_result();
        Ok(Progress::Again(self.into()))
    }

    /// The module `threading` has raised something.
    fn failed_threads(mut self, machine: &mut Machine, exception: Value) -> Advance {
        self.phase = Phase::Finalizing(Part::Calls);
        let module = machine.loaded_module("threading").unwrap_or(Value::NONE);
        match machine.report_ignored(exception, "on threading shutdown", module)? {
            Flow::Value(_) => Ok(Progress::Again(self.into())),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    /// One part of the end; the next one has its turn when all that it has let go of is gone.
    fn tear_down(mut self, machine: &mut Machine, part: Part) -> Advance {
        let (flow, next) = match part {
            Part::Threads => match machine.end_threading() {
                Ok(Flow::Value(_)) => return self.tear_down(machine, Part::Calls),
                Ok(flow @ Flow::Enter(_)) => (flow, Part::Calls),
                Err(raise) => return self.failed_threads(machine, raise.exception),
            },
            Part::Calls => match machine.make_exit_calls()? {
                Flow::Value(_) => return self.tear_down(machine, Part::Garbage),
                flow @ Flow::Enter(_) => (flow, Part::Garbage),
            },
            Part::Garbage if machine.heap.collector.enabled => {
                (machine.collect_garbage(FULL, Reason::Asked)?, Part::Modules)
            }
            Part::Garbage => (Value::NONE.into(), Part::Modules),
            Part::Modules => {
                // CPython's files are closed by then: tracebacks have no source lines any more.
                machine.sources = std::rc::Rc::default();
                self.modules = machine.drop_modules();
                (Value::NONE.into(), Part::Cycles)
            }
            Part::Cycles => (machine.collect_garbage(FULL, Reason::Ending)?, Part::Names),
            Part::Names => match self.modules.pop() {
                Some((module, order)) => {
                    machine.clear_module(module, order);
                    (Value::NONE.into(), Part::Names)
                }
                None => {
                    machine.clear_builtin_modules();
                    (Value::NONE.into(), Part::Rest)
                }
            },
            Part::Rest => (machine.collect_garbage(FULL, Reason::Ending)?, Part::Done),
            Part::Done => return Ok(Progress::Done(machine.heap.int(self.status))),
        };
        self.phase = Phase::Finalizing(next);
        match flow {
            Flow::Value(_) => Ok(Progress::Again(self.into())),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }
}

/// The generation that a full collection collects.
const FULL: usize = GENERATIONS - 1;
/// The exit status of a program ended by Ctrl-C.
const INTERRUPTED: i64 = 130;

impl NativeTask for Finish {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        match (self.phase, input) {
            (Phase::Begin, _) => self.begin(machine),
            (Phase::Hook, Input::Raised(exception)) => self.hook_failed(machine, exception),
            (Phase::Hook, _) => self.finalize(machine),
            (Phase::HookReporting, _) => self.original(machine),
            (Phase::Reporting | Phase::Exiting, Input::Value(text)) => self.printed(machine, Some(text)),
            (Phase::Reporting | Phase::Exiting, _) => self.printed(machine, None),
            (Phase::Finalizing(Part::Calls), Input::Raised(exception)) => {
                self.failed_threads(machine, exception)
            }
            (Phase::Finalizing(part), _) => self.tear_down(machine, part),
        }
    }

    fn each_value(&self, _visit: &mut impl FnMut(Value)) {}

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Begin => "exit: the program's code has ended",
            Phase::Hook => "exit: telling sys.excepthook of the exception that nobody caught",
            Phase::HookReporting => "exit: printing what sys.excepthook raised",
            Phase::Reporting => "exit: printing the exception that nobody caught",
            Phase::Exiting => "exit: making the text of the exit code",
            Phase::Finalizing(Part::Threads) => "exit: telling the module threading",
            Phase::Finalizing(Part::Calls) => "exit: calling what atexit has",
            Phase::Finalizing(Part::Garbage | Part::Cycles | Part::Rest) => "exit: collecting garbage",
            Phase::Finalizing(Part::Modules) => "exit: letting go of the modules",
            Phase::Finalizing(Part::Names) => "exit: clearing modules that something still holds",
            Phase::Finalizing(Part::Done) => "exit",
        }
        .to_owned()
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        true
    }
}
