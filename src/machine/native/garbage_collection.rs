//! The garbage collector at work: CPython's order of weak references, finalizers and the breaking of cycles.

use rustc_hash::FxHashSet;

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow, Frame};
use crate::machine::heap::{Doomed, GENERATIONS, Heap};
use crate::machine::modules::gc::Debug;
use crate::machine::native::NativeFrame;
use crate::machine::object::Payload;
use crate::machine::output::Stream;
use crate::machine::value::{Handle, Value};

/// Why objects are collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// `gc.collect()`.
    Asked,
    /// There are many more than after the last collection.
    Many,
    /// The program ends.
    Ending,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// Those in `gc.callbacks` are told that it begins.
    Starting,
    /// Garbage is about to be looked for, in a step in which nothing else is just being made or dropped.
    Searching,
    /// Callbacks of weak references to garbage are called.
    Telling,
    /// What one of them raised is being printed.
    TellingReport,
    /// Finalizers run.
    Finalizing,
    /// What one of them raised is being printed.
    FinalizingReport,
    /// Those in `gc.callbacks` are told that it is over.
    Stopping,
}

/// A collection.  Its result is the number of objects that were garbage.
#[derive(Clone, Debug, Hash)]
pub struct GarbageCollection {
    generation: usize,
    reason: Reason,
    phase: Phase,
    /// Whether what a callback of `gc.callbacks` raised is being printed.
    reporting: bool,
    /// The callback of `gc.callbacks` whose turn it is.
    at: usize,
    callback: Option<Value>,
    /// Weak references, each followed by its callback, the last first.
    calls: Vec<Value>,
    /// Objects that something held them by alone until now; not counted.
    garbage: Vec<Doomed>,
    /// How many of them have been asked to finalize.
    finalized: usize,
    /// The object whose finalizer runs.
    current: Option<Handle>,
    collected: usize,
    /// Weak references that went with their callback.
    told: usize,
}

impl GarbageCollection {
    /// Collects a generation and those younger than it.
    pub const fn new(generation: usize, reason: Reason) -> Self {
        Self {
            generation,
            reason,
            phase: Phase::Starting,
            reporting: false,
            at: 0,
            callback: None,
            calls: Vec::new(),
            garbage: Vec::new(),
            finalized: 0,
            current: None,
            collected: 0,
            told: 0,
        }
    }

    const fn phase_name(&self) -> &'static str {
        if matches!(self.phase, Phase::Starting) { "start" } else { "stop" }
    }

    /// Calls the next of `gc.callbacks`; `None` once all have been called.
    fn call_back(&mut self, machine: &mut Machine) -> Option<Eval> {
        if self.reason == Reason::Ending {
            return None;
        }
        let list = machine.heap.collector.callbacks?;
        let Payload::List(callbacks) = machine.heap.payload(list) else { return None };
        let callback = *callbacks.get(self.at)?;
        self.at += 1;
        self.callback = Some(callback);
        let (collected, uncollectable) =
            if self.phase == Phase::Stopping { (self.collected, 0) } else { (0, 0) };
        let numbers =
            [("generation", self.generation), ("collected", collected), ("uncollectable", uncollectable)];
        let items: Vec<(Value, Value)> = numbers
            .map(|(name, number)| (machine.heap.intern(name), machine.heap.int(number as i64)))
            .to_vec();
        let info = machine.dict_from_names(&items);
        let phase = machine.heap.intern(self.phase_name());
        Some(machine.call(callback, Args::new([phase, info])))
    }

    /// Goes through `gc.callbacks` until one of them has to be waited for.
    fn call_all(mut self, machine: &mut Machine) -> Advance {
        while let Some(flow) = self.call_back(machine) {
            let flow = match flow {
                Err(raise) => {
                    self.reporting = true;
                    let callback = self.callback.unwrap_or(Value::NONE);
                    machine.report_ignored(raise.exception, "while calling GC callback", callback)?
                }
                Ok(flow) => flow,
            };
            if let Flow::Enter(entry) = flow {
                return Ok(Progress::Wait(self.into(), entry));
            }
            self.reporting = false;
        }
        self.callback = None;
        if self.phase == Phase::Starting {
            self.phase = Phase::Searching;
            return Ok(Progress::Again(self.into()));
        }
        self.end(machine)
    }

    /// A callback of `gc.callbacks` has come back.
    fn called_back(mut self, machine: &mut Machine, input: Input) -> Advance {
        if let (Input::Raised(exception), false) = (input, self.reporting) {
            self.reporting = true;
            let callback = self.callback.unwrap_or(Value::NONE);
            if let Flow::Enter(entry) =
                machine.report_ignored(exception, "while calling GC callback", callback)?
            {
                return Ok(Progress::Wait(self.into(), entry));
            }
        }
        self.reporting = false;
        self.call_all(machine)
    }

    /// Finds the garbage, and whom to tell of it.
    fn search(mut self, machine: &mut Machine) -> Advance {
        self.told_of_start(machine);
        self.garbage = machine.heap.find_garbage(self.generation);
        if machine.heap.collector.debug & Debug::COLLECTABLE != 0 {
            for doomed in self.garbage.clone() {
                let value = Value::object(doomed.handle);
                let (class, address) = (machine.class_name(value), machine.identity(value));
                machine.write(Stream::Stderr, &format!("gc: collectable <{class} 0x{address:x}>\n"));
            }
        }
        let doomed: FxHashSet<Handle> = self.garbage.iter().map(|doomed| doomed.handle).collect();
        let mut calls = Vec::new();
        for object in self.garbage.clone() {
            for weak in machine.heap.clear_weakrefs(object.handle) {
                // A reference that is garbage itself tells nobody.
                let callback = machine.heap.weakref(weak).callback.filter(|_| !doomed.contains(&weak));
                calls.extend(callback.map(|callback| [callback, Value::object(weak)]));
            }
        }
        self.calls = calls.into_iter().rev().flatten().collect();
        self.tell(machine)
    }

    fn told_of_start(&self, machine: &mut Machine) {
        if machine.heap.collector.debug & Debug::STATS == 0 {
            return;
        }
        let sizes = machine.heap.generation_sizes();
        let text = format!(
            "gc: collecting generation {}...\ngc: objects in each generation: {} {} {}\n\
             gc: objects in permanent generation: {}\n",
            self.generation, sizes[0], sizes[1], sizes[2], sizes[3]
        );
        machine.write(Stream::Stderr, &text);
    }

    fn tell(mut self, machine: &mut Machine) -> Advance {
        self.phase = Phase::Telling;
        while let Some(weak) = self.calls.pop() {
            let callback = self.calls.last().copied().expect("a reference stands before its callback");
            // It is held until the callback is back.
            self.callback = Some(weak);
            match machine.call(callback, Args::new([weak])) {
                Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                Ok(Flow::Value(_)) => self.count_told(machine),
                Err(raise) => return self.report_call(machine, raise.exception),
            }
        }
        self.finalize_next(machine)
    }

    fn count_told(&mut self, machine: &Machine) {
        self.calls.pop();
        let weak = self.callback.take().and_then(Value::handle);
        self.told += usize::from(weak.is_some_and(|weak| machine.heap.count(weak) == Some(0)));
    }

    fn told(mut self, machine: &mut Machine) -> Advance {
        self.count_told(machine);
        self.tell(machine)
    }

    fn report_call(mut self, machine: &mut Machine, exception: Value) -> Advance {
        let callback = self.calls.last().copied().unwrap_or(Value::NONE);
        self.phase = Phase::TellingReport;
        match machine.report_ignored(exception, "on calling weakref callback", callback)? {
            // The exception goes first, and what its traceback holds.
            Flow::Value(_) => Ok(Progress::Again(self.into())),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    /// Runs the finalizers of the garbage, in its order.
    fn finalize_next(mut self, machine: &mut Machine) -> Advance {
        self.phase = Phase::Finalizing;
        self.current = None;
        while let Some(doomed) = self.garbage.get(self.finalized).copied() {
            self.finalized += 1;
            let handle = doomed.handle;
            if !machine.heap.is_doomed(doomed) {
                continue;
            }
            if !machine.heap.needs_finalizer(handle) {
                if matches!(machine.heap.payload(handle), Payload::Generator(generator) if generator.frame.is_some())
                {
                    // Closing it runs no code of its body.
                    machine.drop_generator_frame(handle);
                    return Ok(Progress::Again(self.into()));
                }
                continue;
            }
            machine.heap.get_mut(handle).head.set_finalized();
            self.current = Some(handle);
            match machine.finalize(handle) {
                Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                Ok(Flow::Value(_)) => {}
                Err(raise) => return self.report_finalizer(machine, raise.exception),
            }
            // What it let go of goes before the next one's turn.
            return Ok(Progress::Again(self.into()));
        }
        self.clear(machine)
    }

    fn report_finalizer(mut self, machine: &mut Machine, exception: Value) -> Advance {
        self.phase = Phase::FinalizingReport;
        let Some(object) = self.current else { return self.finalize_next(machine) };
        match machine.report_finalizer(object, exception)? {
            Flow::Value(_) => {
                self.phase = Phase::Finalizing;
                self.current = None;
                Ok(Progress::Again(self.into()))
            }
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    /// Breaks the cycles of what is garbage still.
    fn clear(mut self, machine: &mut Machine) -> Advance {
        let (garbage, count) = machine.heap.spare_resurrected(&self.garbage, self.generation);
        self.garbage.clear();
        self.collected = self.told + count;
        for handle in &garbage {
            machine.heap.clear_weakrefs(*handle);
        }
        if machine.heap.collector.debug & Debug::SAVEALL != 0 {
            machine.save_garbage(&garbage, self.generation);
        } else {
            for handle in &garbage {
                machine.heap.clear_garbage(*handle);
            }
        }
        let stats = &mut machine.heap.collector.stats[self.generation];
        stats.collections += 1;
        stats.collected += self.collected as u64;
        if machine.heap.collector.debug & Debug::STATS != 0 {
            // The machine has no clock.
            let count = self.collected;
            let text = format!("gc: done, {count} unreachable, 0 uncollectable, 0.0000s elapsed\n");
            machine.write(Stream::Stderr, &text);
        }
        self.phase = Phase::Stopping;
        self.at = 0;
        // The objects go before anybody is told that they are gone.
        Ok(Progress::Again(self.into()))
    }

    fn end(self, machine: &mut Machine) -> Advance {
        machine.heap.collector.running = false;
        Ok(Progress::Done(machine.heap.int(self.collected as i64)))
    }
}

impl NativeTask for GarbageCollection {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        match (self.phase, input) {
            (Phase::Starting, Input::Start) => {
                machine.heap.collector.running = true;
                self.call_all(machine)
            }
            (Phase::Searching, _) => self.search(machine),
            (Phase::Stopping, Input::Start) => self.call_all(machine),
            (Phase::Starting | Phase::Stopping, input) => self.called_back(machine, input),
            (Phase::Telling, Input::Raised(exception)) => self.report_call(machine, exception),
            (Phase::Telling | Phase::TellingReport, _) => self.told(machine),
            (Phase::Finalizing, Input::Raised(exception)) => self.report_finalizer(machine, exception),
            (Phase::Finalizing, Input::Start) => self.finalize_next(machine),
            (Phase::Finalizing | Phase::FinalizingReport, _) => {
                self.phase = Phase::Finalizing;
                self.current = None;
                Ok(Progress::Again(self.into()))
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.calls.iter().copied().chain(self.callback).for_each(&mut *visit);
        self.current.into_iter().for_each(|object| visit(Value::object(object)));
    }

    fn title(&self, heap: &Heap) -> String {
        let generation = self.generation;
        match self.phase {
            Phase::Starting => format!("gc: about to collect generation {generation}"),
            Phase::Searching => format!("gc: looking for garbage in generation {generation}"),
            Phase::Telling => "gc: calling the callback of a weak reference to garbage".to_owned(),
            Phase::TellingReport => "gc: printing what a callback raised".to_owned(),
            Phase::Finalizing => match self.current {
                Some(object) => {
                    format!("gc: finalizing a {} object", heap.class(heap.get(object).class).name)
                }
                None => "gc: finalizing garbage".to_owned(),
            },
            Phase::FinalizingReport => "gc: printing what a finalizer raised".to_owned(),
            Phase::Stopping => format!("gc: collected {} of generation {generation}", self.collected),
        }
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        true
    }

    fn interrupts(&self) -> bool {
        self.reason == Reason::Many
    }
}

impl Machine {
    /// Collects garbage now: a generation and those younger than it.
    pub(in crate::machine) fn collect_garbage(&mut self, generation: usize, reason: Reason) -> Eval {
        if self.heap.collector.running {
            return Ok(self.heap.int(0).into());
        }
        self.begin(GarbageCollection::new(generation.min(GENERATIONS - 1), reason))
    }

    /// Collects garbage in a frame of its own, if it is time to: between two instructions.
    pub(in crate::machine) fn collect_if_due(&mut self) {
        if self.ask.is_some() || self.exit.is_some() {
            return;
        }
        let Some(generation) = self.heap.collector.chosen() else { return };
        let task = GarbageCollection::new(generation, Reason::Many).into();
        let frame = NativeFrame::told(task, Input::Start);
        self.thread.frames.push(Frame::Native(Box::new(frame)));
    }

    /// `gc.DEBUG_SAVEALL`: keeps in `gc.garbage` what would have been freed.
    fn save_garbage(&mut self, garbage: &[Handle], generation: usize) {
        let objects: Vec<Value> = garbage.iter().copied().map(Value::object).collect();
        if let Some(list) = self.heap.collector.garbage {
            self.heap.list_extend(list, &objects);
        }
        self.heap.keep_alive(garbage, generation);
    }
}
