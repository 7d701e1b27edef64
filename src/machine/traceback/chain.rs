//! An exception with its causes, contexts and, for a group, its members: what is printed in which order.

use std::fmt::Write;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Machine;
use super::super::names;
use super::super::object::exceptions::{group, syntax as fields};
use super::super::object::{Payload, types};
use super::super::value::Value;
use super::hint;

/// More exceptions of a group are only counted.
const MAX_GROUP_WIDTH: usize = 15;
/// Groups that are nested deeper are not shown.
const MAX_GROUP_DEPTH: usize = 10;
/// More exceptions than anyone reads: groups may hold one exception many times.
const MAX_EXCEPTIONS: usize = 10_000;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

/// An exception and where the exceptions stand that belong to it.
#[derive(Debug)]
struct Node {
    exception: Value,
    cause: Option<usize>,
    context: Option<usize>,
    members: Option<Vec<usize>>,
}

/// All exceptions that are printed for one.
#[derive(Debug)]
pub(in crate::machine) struct Chain {
    nodes: Vec<Node>,
}

/// The texts that had to be made with Python's help.
#[derive(Debug, Default)]
pub(in crate::machine) struct Texts {
    /// `str()` of an exception.
    pub exceptions: FxHashMap<Value, String>,
    /// `str()` of a note, or `repr()` of what stands in the place of notes.
    pub notes: FxHashMap<Value, String>,
    /// The names that an object has, of those that Python code tells, for an exception about one that it has not.
    pub names: FxHashMap<Value, Vec<String>>,
}

/// What stands in `__notes__`.
pub(in crate::machine) enum Notes {
    /// No notes.
    None,
    /// A list or tuple of them.
    Some(Vec<Value>),
    /// Something else, which is shown as it is.
    Odd(Value),
}

impl Chain {
    /// What is printed for `exception`.
    pub(in crate::machine) fn of(m: &Machine, exception: Value) -> Self {
        let mut chain = Self { nodes: Vec::new() };
        let mut seen = FxHashSet::default();
        let mut todo = vec![chain.add(exception, &mut seen)];
        while let Some(index) = todo.pop() {
            let exception = m.exception(chain.nodes[index].exception);
            let (cause, context) = (exception.cause, exception.context);
            let mut linked = |chain: &mut Self, other: Option<Value>| {
                let other = other.filter(|other| !seen.contains(other))?;
                Some(chain.add(other, &mut seen))
            };
            let cause = linked(&mut chain, cause);
            let context = linked(&mut chain, context);
            let members = chain.members(m, index, &mut seen);
            let node = &mut chain.nodes[index];
            node.cause = cause;
            node.context = context;
            todo.extend(cause);
            todo.extend(context);
            todo.extend(members.iter().flatten().copied());
            node.members = members;
        }
        chain
    }

    fn add(&mut self, exception: Value, seen: &mut FxHashSet<Value>) -> usize {
        seen.insert(exception);
        self.nodes.push(Node { exception, cause: None, context: None, members: None });
        self.nodes.len() - 1
    }

    fn members(&mut self, m: &Machine, index: usize, seen: &mut FxHashSet<Value>) -> Option<Vec<usize>> {
        let exception = self.nodes[index].exception;
        if !m.heap.is_instance(exception, types::BASE_EXCEPTION_GROUP) {
            return None;
        }
        let exceptions = m.tuple_items(group::parts(m, exception).1).to_vec();
        let room = MAX_EXCEPTIONS.saturating_sub(self.nodes.len());
        Some(exceptions.into_iter().take(room).map(|member| self.add(member, seen)).collect())
    }

    /// Every exception in it.
    pub(in crate::machine) fn exceptions(&self) -> impl Iterator<Item = Value> + '_ {
        self.nodes.iter().map(|node| node.exception)
    }

    /// The whole text.
    pub(in crate::machine) fn text(&self, m: &Machine, texts: &Texts) -> String {
        let mut printer = Printer { m, chain: self, texts, out: String::new(), depth: 0, need_close: false };
        printer.print(0);
        printer.out
    }
}

impl Machine {
    /// The notes of an exception.
    pub(in crate::machine) fn notes_of(&self, exception: Value) -> Notes {
        let own = exception.handle().and_then(|handle| self.heap.own_attribute(handle, names::NOTES));
        let Some(notes) = own.or_else(|| self.heap.special(exception, names::NOTES)) else {
            return Notes::None;
        };
        match self.heap.payload_of(notes) {
            Some(Payload::List(items)) => Notes::Some(items.to_vec()),
            Some(Payload::Tuple(items)) => Notes::Some(items.to_vec()),
            _ if notes.is_none() => Notes::None,
            _ => Notes::Odd(notes),
        }
    }
}

struct Printer<'a> {
    m: &'a Machine,
    chain: &'a Chain,
    texts: &'a Texts,
    out: String,
    /// How many groups enclose what is printed now.
    depth: usize,
    /// Whether the line that closes the innermost group is still to be printed.
    need_close: bool,
}

impl Printer<'_> {
    fn indent(&self) -> String {
        "  ".repeat(self.depth)
    }

    fn emit(&mut self, text: &str, margin: char) {
        let mut prefix = self.indent();
        if self.depth > 0 {
            prefix.push(margin);
            prefix.push(' ');
        }
        for line in text.split_inclusive('\n') {
            self.out.push_str(&prefix);
            self.out.push_str(line);
        }
    }

    /// Prints what led to an exception, then itself.  Groups in groups go no deeper than their limit.
    fn print(&mut self, index: usize) {
        let mut row = vec![(None, index)];
        let mut at = index;
        loop {
            let node = &self.chain.nodes[at];
            let (message, next) = match (node.cause, node.context) {
                (Some(cause), _) => (CAUSE, cause),
                (None, Some(context)) if !self.m.exception(node.exception).suppress_context => {
                    (CONTEXT, context)
                }
                _ => break,
            };
            if let Some(last) = row.last_mut() {
                last.0 = Some(message);
            }
            row.push((None, next));
            at = next;
        }
        for (message, index) in row.into_iter().rev() {
            if let Some(message) = message {
                self.emit(message, '|');
            }
            match &self.chain.nodes[index].members {
                None => self.exception(index, "Traceback (most recent call last):\n", '|'),
                Some(_) if self.depth > MAX_GROUP_DEPTH => {
                    self.emit(&format!("... (max_group_depth is {MAX_GROUP_DEPTH})\n"), '|');
                }
                Some(members) => self.group(index, members),
            }
        }
    }

    fn exception(&mut self, index: usize, head: &str, margin: char) {
        let exception = self.chain.nodes[index].exception;
        if let Some(traceback) = self.m.exception(exception).traceback {
            self.emit(head, margin);
            if self.m.thread.result == Some(Err(exception)) {
                self.emit(self.m.started.frames(), '|');
            }
            let text = self.m.traceback_text(Some(traceback), true);
            self.emit(&text, '|');
        }
        let text = self.last_lines(exception);
        self.emit(&text, '|');
    }

    fn group(&mut self, index: usize, members: &[usize]) {
        let top = self.depth == 0;
        self.depth += usize::from(top);
        self.exception(
            index,
            "Exception Group Traceback (most recent call last):\n",
            if top { '+' } else { '|' },
        );
        let shown = members.len().min(MAX_GROUP_WIDTH + 1);
        self.need_close = false;
        for (number, member) in members.iter().take(shown).enumerate() {
            let last = number == shown - 1;
            self.need_close |= last;
            let cut = number >= MAX_GROUP_WIDTH;
            let title = if cut { "...".to_owned() } else { (number + 1).to_string() };
            let start = if number == 0 { "+-" } else { "  " };
            let _ = writeln!(self.out, "{}{start}+---------------- {title} ----------------", self.indent());
            self.depth += 1;
            if cut {
                let more = members.len() - MAX_GROUP_WIDTH;
                let plural = if more > 1 { "s" } else { "" };
                self.emit(&format!("and {more} more exception{plural}\n"), '|');
            } else {
                self.print(*member);
            }
            if last && self.need_close {
                let _ = writeln!(self.out, "{}+------------------------------------", self.indent());
                self.need_close = false;
            }
            self.depth -= 1;
        }
        if top {
            self.depth = 0;
        }
    }

    /// Type, text and notes of an exception.
    fn last_lines(&self, exception: Value) -> String {
        let m = self.m;
        let title = m.exception_title(exception);
        let mut text = self.texts.exceptions.get(&exception).cloned().unwrap_or_default();
        let mut out = if m.heap.is_instance(exception, types::SYNTAX_ERROR) {
            let message = m.exception_field(exception, fields::MSG).unwrap_or(Value::NONE);
            let message = self.texts.notes.get(&message).cloned().unwrap_or_default();
            m.syntax_error_text(exception, &title, &message)
        } else {
            if let Some(hint) = hint::hint(m, exception, self.texts.names.get(&exception).map(Vec::as_slice))
            {
                text.push_str(&hint);
            }
            if text.is_empty() { format!("{title}\n") } else { format!("{title}: {text}\n") }
        };
        let mut note = |value: &Value| {
            let note = self.texts.notes.get(value).map_or("", String::as_str);
            for line in note.split('\n') {
                let _ = writeln!(out, "{line}");
            }
        };
        match m.notes_of(exception) {
            Notes::None => {}
            Notes::Some(notes) => notes.iter().for_each(note),
            Notes::Odd(value) => note(&value),
        }
        out
    }
}
