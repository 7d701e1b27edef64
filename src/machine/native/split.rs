//! Splitting a group of exceptions: `split`, `subgroup`, and what `except*` leaves to be raised.
//!
//! Groups nest, a predicate may be Python code, and so may the `derive` that makes the parts.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::exceptions::group;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::Value;

/// Which exceptions match.
#[derive(Clone, Debug, Hash)]
pub enum Matcher {
    /// Instances of a class, or of one in a tuple of classes.
    Types(Value),
    /// Those for which a callable says so.
    Predicate(Value),
    /// These, which are no groups.
    Leaves(Box<[Value]>),
}

/// What is wanted of the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SplitResult {
    /// Both, as a tuple.
    Pair,
    /// What matches.
    Match,
    /// What matches, raised together with the exceptions in a list: the end of `except*`.
    Reraise(Value),
}

/// What the task waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Waiting {
    Start,
    Predicate,
    Truth,
    DeriveMatch,
    DeriveRest,
}

/// A group that is being split.
#[derive(Clone, Debug, Hash)]
struct Level {
    group: Value,
    at: usize,
    matches: Vec<Value>,
    rests: Vec<Value>,
    /// The part that matches, once it is made.
    matching: Option<Value>,
}

/// The splitting of a group.
#[derive(Clone, Debug, Hash)]
pub struct Split {
    matcher: Matcher,
    wanted: SplitResult,
    /// The exception that is looked at.
    current: Value,
    levels: Vec<Level>,
    waiting: Waiting,
}

/// The parts of an exception: what matches, what does not.
type Parts = (Option<Value>, Option<Value>);

impl Split {
    /// Splits `group`.
    pub const fn new(group: Value, matcher: Matcher, wanted: SplitResult) -> Self {
        Self { matcher, wanted, current: group, levels: Vec::new(), waiting: Waiting::Start }
    }

    /// Whether the current exception matches; `None` where Python code has to tell.
    fn matches(&mut self, machine: &mut Machine) -> Result<Result<bool, Flow>, Raise> {
        let is_group = machine.heap.is_instance(self.current, types::BASE_EXCEPTION_GROUP);
        match &self.matcher {
            Matcher::Types(wanted) => Ok(Ok(machine.matches_types(self.current, *wanted))),
            Matcher::Leaves(leaves) => Ok(Ok(!is_group && leaves.contains(&self.current))),
            Matcher::Predicate(predicate) => {
                self.waiting = Waiting::Predicate;
                machine.call(*predicate, Args::new([self.current])).map(Err)
            }
        }
    }

    /// The parts of the current exception are known, unless it is a group that matches in part.
    fn parts(&mut self, machine: &Machine, matches: bool) -> Option<Parts> {
        if matches {
            return Some((Some(self.current), None));
        }
        if !machine.heap.is_instance(self.current, types::BASE_EXCEPTION_GROUP) {
            return Some((None, Some(self.current)));
        }
        let (matches, rests) = (Vec::new(), Vec::new());
        self.levels.push(Level { group: self.current, at: 0, matches, rests, matching: None });
        None
    }

    /// Goes on until all is split or Python code has to run.
    fn run(mut self, machine: &mut Machine, mut parts: Option<Parts>) -> Advance {
        loop {
            if let Some((matching, rest)) = parts.take() {
                let Some(level) = self.levels.last_mut() else { return self.done(machine, matching, rest) };
                level.matches.extend(matching);
                level.rests.extend(rest);
                level.at += 1;
            }
            let level = self.levels.last().expect("a group is being split");
            let members = group::parts(machine, level.group).1;
            if let Some(member) = machine.tuple_items(members).get(level.at).copied() {
                self.current = member;
                match self.matches(machine)? {
                    Ok(matches) => parts = self.parts(machine, matches),
                    Err(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                    Err(Flow::Value(answer)) => match self.truth(machine, answer)? {
                        Ok(matches) => parts = self.parts(machine, matches),
                        Err(entry) => return Ok(Progress::Wait(self.into(), entry)),
                    },
                }
                continue;
            }
            match self.derive(machine, Waiting::DeriveMatch)? {
                Some(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                Some(Flow::Value(part)) => self.take_match(machine, part)?,
                None => {}
            }
            match self.derive(machine, Waiting::DeriveRest)? {
                Some(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                Some(Flow::Value(part)) => parts = Some(self.take_rest(machine, part)?),
                None => parts = Some(self.leave(None)),
            }
        }
    }

    fn truth(
        &mut self,
        machine: &mut Machine,
        answer: Value,
    ) -> Result<Result<bool, crate::machine::frame::Entry>, Raise> {
        self.waiting = Waiting::Truth;
        match machine.truth(answer)? {
            Flow::Value(truth) => Ok(Ok(truth == Value::TRUE)),
            Flow::Enter(entry) => Ok(Err(entry)),
        }
    }

    /// Lets the innermost group make a part of itself; `None` where that part is empty.
    fn derive(&mut self, machine: &mut Machine, which: Waiting) -> Result<Option<Flow>, Raise> {
        let level = self.levels.last().expect("a group is being split");
        let members = if which == Waiting::DeriveMatch { &level.matches } else { &level.rests };
        let wanted = which == Waiting::DeriveMatch || self.wanted == SplitResult::Pair;
        if members.is_empty() || !wanted {
            return Ok(None);
        }
        let (group, members) = (level.group, members.clone());
        self.waiting = which;
        let members = machine.heap.list(members);
        machine.call_attr(group, names::DERIVE, vec![members]).map(Some)
    }

    fn take_match(&mut self, machine: &mut Machine, part: Value) -> Result<(), Raise> {
        let level = self.levels.last_mut().expect("a group is being split");
        machine.finish_part(level.group, part)?;
        level.matching = Some(part);
        Ok(())
    }

    fn take_rest(&mut self, machine: &mut Machine, part: Value) -> Result<Parts, Raise> {
        let level = self.levels.last().expect("a group is being split");
        machine.finish_part(level.group, part)?;
        Ok(self.leave(Some(part)))
    }

    fn leave(&mut self, rest: Option<Value>) -> Parts {
        let level = self.levels.pop().expect("a group is being split");
        (level.matching, rest)
    }

    fn done(self, machine: &mut Machine, matching: Option<Value>, rest: Option<Value>) -> Advance {
        let or_none = |part: Option<Value>| part.unwrap_or(Value::NONE);
        Ok(Progress::Done(match self.wanted {
            SplitResult::Pair => machine.heap.tuple(vec![or_none(matching), or_none(rest)]),
            SplitResult::Match => or_none(matching),
            SplitResult::Reraise(raised) => {
                return machine.reraise_star(raised, matching).map(Progress::Done);
            }
        }))
    }
}

impl NativeTask for Split {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let Input::Value(value) = input else {
            let checked = self.matches(machine)?;
            return match checked {
                Ok(matches) => {
                    let parts = self.parts(machine, matches);
                    self.run(machine, parts)
                }
                Err(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
                Err(Flow::Value(answer)) => self.answered(machine, answer),
            };
        };
        match self.waiting {
            Waiting::Start => panic!("nothing was asked"),
            Waiting::Predicate => self.answered(machine, value),
            Waiting::Truth => {
                let parts = self.parts(machine, value == Value::TRUE);
                self.run(machine, parts)
            }
            Waiting::DeriveMatch => {
                self.take_match(machine, value)?;
                match self.derive(machine, Waiting::DeriveRest)? {
                    Some(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
                    Some(Flow::Value(part)) => {
                        let parts = self.take_rest(machine, part)?;
                        self.run(machine, Some(parts))
                    }
                    None => {
                        let parts = self.leave(None);
                        self.run(machine, Some(parts))
                    }
                }
            }
            Waiting::DeriveRest => {
                let parts = self.take_rest(machine, value)?;
                self.run(machine, Some(parts))
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.current);
        match &self.matcher {
            Matcher::Types(value) | Matcher::Predicate(value) => visit(*value),
            Matcher::Leaves(leaves) => leaves.iter().copied().for_each(&mut *visit),
        }
        if let SplitResult::Reraise(raised) = self.wanted {
            visit(raised);
        }
        for level in &self.levels {
            visit(level.group);
            level.matches.iter().chain(&level.rests).chain(&level.matching).copied().for_each(&mut *visit);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.waiting {
            Waiting::Start | Waiting::Predicate | Waiting::Truth => "split: waiting for the predicate",
            Waiting::DeriveMatch => "split: making the group of what matches",
            Waiting::DeriveRest => "split: making the group of the rest",
        }
        .to_owned()
    }
}

impl Split {
    fn answered(mut self, machine: &mut Machine, answer: Value) -> Advance {
        match self.truth(machine, answer)? {
            Ok(matches) => {
                let parts = self.parts(machine, matches);
                self.run(machine, parts)
            }
            Err(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }
}

impl Machine {
    /// Whether an exception is an instance of a class, or of one in a tuple of classes.
    pub(in crate::machine) fn matches_types(&self, exception: Value, wanted: Value) -> bool {
        match self.heap.payload_of(wanted) {
            Some(Payload::Tuple(classes)) => classes
                .iter()
                .filter_map(|class| self.exception_class(*class))
                .any(|class| self.heap.is_instance(exception, class)),
            _ => self.exception_class(wanted).is_some_and(|class| self.heap.is_instance(exception, class)),
        }
    }

    /// Gives a part of a group what the group has: traceback, context, cause, notes.
    fn finish_part(&mut self, group: Value, part: Value) -> Result<(), Raise> {
        if !self.heap.is_instance(part, types::BASE_EXCEPTION_GROUP) {
            return Err(self.type_error("derive must return an instance of BaseExceptionGroup"));
        }
        let exception = self.exception(group);
        let (traceback, context, cause) = (exception.traceback, exception.context, exception.cause);
        self.set_exception(part, |part| &mut part.traceback, traceback);
        self.set_exception(part, |part| &mut part.context, context);
        self.set_exception_cause(part, cause);
        let notes = group.handle().and_then(|group| self.heap.own_attribute(group, names::NOTES));
        let copy = match notes.and_then(|notes| self.heap.payload_of(notes)) {
            Some(Payload::List(notes)) => Some(notes.to_vec()),
            Some(Payload::Tuple(notes)) => Some(notes.to_vec()),
            _ => None,
        };
        if let (Some(copy), Some(part)) = (copy, part.handle()) {
            let notes = self.heap.list(copy);
            let dict = self.heap.attributes(part);
            self.heap.set_name(dict, names::NOTES, notes);
        }
        Ok(())
    }

    /// The end of an `except*`: what is raised of `original`, given what its clauses raised and what
    /// none of them caught; None where nothing is.
    pub(in crate::machine) fn prepare_reraise_star(&mut self, original: Value, raised: Value) -> Eval {
        let items = match self.heap.payload_of(raised) {
            Some(Payload::List(items)) => items.to_vec(),
            _ => return Err(self.system_error("what an except* raises is in a list")),
        };
        if !self.heap.is_instance(original, types::BASE_EXCEPTION_GROUP) {
            // A single exception was caught, so one clause at most has run.
            return Ok(items.first().copied().unwrap_or(Value::NONE).into());
        }
        let exceptions: Vec<Value> = items.into_iter().filter(|item| !item.is_none()).collect();
        if exceptions.iter().any(|item| !self.is_exception(*item)) {
            return Err(self.system_error("only exceptions are raised by an except*"));
        }
        let (again, new): (Vec<Value>, Vec<Value>) =
            exceptions.into_iter().partition(|exception| self.is_part_of(*exception, original));
        let raised = self.heap.list(new);
        if again.is_empty() {
            return self.reraise_star(raised, None).map(Flow::Value);
        }
        let leaves = self.leaves(again);
        self.begin(Split::new(original, Matcher::Leaves(leaves.into()), SplitResult::Reraise(raised)))
    }

    /// Whether an exception is a part of a group as it was caught, and not raised anew.
    fn is_part_of(&self, exception: Value, group: Value) -> bool {
        let (one, other) = (self.exception(exception), self.exception(group));
        one.traceback == other.traceback && one.cause == other.cause && one.context == other.context
    }

    /// The exceptions in groups, and in groups in these, that are no groups themselves.
    fn leaves(&self, groups: Vec<Value>) -> Vec<Value> {
        let (mut leaves, mut todo) = (Vec::new(), groups);
        while let Some(exception) = todo.pop() {
            if self.heap.is_instance(exception, types::BASE_EXCEPTION_GROUP) {
                todo.extend(self.tuple_items(group::parts(self, exception).1));
            } else {
                leaves.push(exception);
            }
        }
        leaves
    }

    /// What is raised: the exceptions in a list and the uncaught part of the group, as one.
    fn reraise_star(&mut self, raised: Value, uncaught: Option<Value>) -> Result<Value, Raise> {
        let mut all = match self.heap.payload_of(raised) {
            Some(Payload::List(items)) => items.to_vec(),
            _ => Vec::new(),
        };
        all.extend(uncaught);
        match *all {
            [] => Ok(Value::NONE),
            [one] => Ok(one),
            _ => {
                let all = self.heap.list(all);
                self.new_group(all)
            }
        }
    }

    /// A group without a message.
    pub(in crate::machine) fn new_group(&mut self, exceptions: Value) -> Result<Value, Raise> {
        let class = Value::object(types::BASE_EXCEPTION_GROUP);
        let args = Args::new([class, Value::object(names::EMPTY), exceptions]);
        match group::new(self, &args)? {
            Flow::Value(group) => Ok(group),
            Flow::Enter(_) => panic!("the type itself is made by no Python code"),
        }
    }
}
