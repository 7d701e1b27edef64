//! A call of the operating system that a program makes itself: the functions of `posix`.

use std::rc::Rc;

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::ask::{Answer, Ask};
use crate::machine::heap::Heap;
use crate::machine::modules::posix::{STATVFS_RESULT, TERMINAL_SIZE, UNAME_RESULT};
use crate::machine::standard::Below;
use crate::machine::system::{Call, Reply};
use crate::machine::text::Str;
use crate::machine::value::Value;
use crate::machine::{file_bytes, file_name};

/// A call, and how its reply is told.
#[derive(Clone, Debug, Hash)]
pub struct SystemCall {
    /// The function.
    name: &'static str,
    /// The call, as long as it is not made.
    call: Option<Rc<Call>>,
    /// The paths as the program gave them, for the error.
    paths: Vec<Value>,
    /// Whether names are told in bytes.
    in_bytes: bool,
    /// Whether a number is told as a bool.
    as_bool: bool,
    /// How many bytes of a line of standard input are waited for, where one is.
    line: Option<usize>,
}

impl SystemCall {
    /// A call that the function `name` makes.
    pub fn new(name: &'static str, call: Call) -> Self {
        let (paths, in_bytes, as_bool) = (Vec::new(), false, false);
        Self { name, call: Some(Rc::new(call)), paths, in_bytes, as_bool, line: None }
    }

    /// The same, about these paths.
    #[must_use]
    pub fn about(mut self, m: &Machine, paths: impl IntoIterator<Item = Value>) -> Self {
        self.paths = paths.into_iter().collect();
        self.in_bytes = self.paths.first().is_some_and(|path| m.heap.bytes_object(*path).is_some());
        self
    }

    /// The same, with names in bytes.
    #[must_use]
    pub const fn in_bytes(mut self) -> Self {
        self.in_bytes = true;
        self
    }

    /// The same, with a bool for a number.
    #[must_use]
    pub const fn as_bool(mut self) -> Self {
        self.as_bool = true;
        self
    }

    fn named(&self, m: &mut Machine, name: &Str) -> Value {
        if self.in_bytes { m.heap.bytes(&file_bytes(name)) } else { m.heap.str(name.clone()) }
    }

    fn told(&self, m: &mut Machine, reply: &Reply) -> Value {
        match reply {
            Reply::Nothing => Value::NONE,
            Reply::Number(number) if self.as_bool => Value::bool(*number != 0),
            Reply::Number(number) => m.heap.int(*number),
            Reply::Bytes(bytes) => m.heap.bytes(bytes),
            Reply::Path(path) => self.named(m, path),
            Reply::Names(names) => {
                let names = names.iter().map(|name| self.named(m, name)).collect();
                m.heap.list(names)
            }
            Reply::Opened { fd, .. } => m.heap.int((*fd).into()),
            Reply::Pair(first, second) => {
                let (first, second) = (m.heap.int((*first).into()), m.heap.int((*second).into()));
                m.heap.pair(first, second)
            }
            Reply::TerminalSize(columns, lines) => {
                let items = [columns, lines].map(|number| m.heap.int((*number).into()));
                m.named_tuple_of(&TERMINAL_SIZE, items.into())
            }
            Reply::System(parts) => {
                let items = parts.iter().map(|part| m.heap.str(part.clone())).collect();
                m.named_tuple_of(&UNAME_RESULT, items)
            }
            Reply::Entries(entries) => {
                let path = self.paths.first().copied().unwrap_or(Value::NONE);
                m.folder_entries(path, entries)
            }
            Reply::Stat(stat) => m.stat_result(stat),
            Reply::FileSystem(known) => {
                let items = known.iter().map(|number| m.heap.big_int((*number).into())).collect();
                m.named_tuple_of(&STATVFS_RESULT, items)
            }
            Reply::Local(time) => m.local_time(time),
            Reply::Socket(kind) => {
                let kind = kind.iter().map(|number| m.heap.int((*number).into())).collect();
                m.heap.tuple(kind)
            }
            Reply::Address(address) => m.socket_address(address),
            Reply::Events(events) => {
                let events = events
                    .iter()
                    .map(|(fd, event)| {
                        let (fd, event) = (m.heap.int((*fd).into()), m.heap.int((*event).into()));
                        m.heap.pair(fd, event)
                    })
                    .collect();
                m.heap.list(events)
            }
            Reply::Seasons(seasons) => {
                let [winter, summer] = &**seasons;
                let (winter, summer) = (m.local_time(winter), m.local_time(summer));
                m.heap.pair(winter, summer)
            }
        }
    }
}

impl NativeTask for SystemCall {
    fn advance(mut self, m: &mut Machine, _input: Input) -> Advance {
        let answer = match self.call.take() {
            Some(call) => match m.standard_call(&call) {
                Below::Replied(reply) => Rc::new(Answer::System(reply)),
                below => {
                    if let Below::Line(size) = below {
                        self.line = Some(size);
                    }
                    let ask = if self.line.is_some() { Ask::Line } else { Ask::System(call) };
                    let entry = m.ask(ask);
                    return Ok(Progress::Wait(self.into(), entry));
                }
            },
            None => match self.line {
                Some(size) => Rc::new(Answer::System(Ok(m.line_of_input(size)))),
                None => m.take_answer(),
            },
        };
        match &*answer {
            Answer::System(Ok(reply)) => Ok(Progress::Done(self.told(m, reply))),
            Answer::System(Err(failure)) => {
                let (errno, text) = (m.heap.int(failure.errno.into()), m.heap.str(failure.text.as_str()));
                let mut args = vec![errno, text];
                args.extend(self.paths.first());
                if let Some(second) = self.paths.get(1) {
                    args.extend([Value::NONE, *second]);
                }
                Err(m.raise_os_error(args))
            }
            other => panic!("a call was made, and the answer is {other:?}"),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.paths.iter().copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("{}: waiting for the operating system", self.name)
    }
}

impl Machine {
    /// The text of a file's name that is given in bytes or as a str.
    pub(in crate::machine) fn name_of_file(&self, value: Value) -> Option<Str> {
        match (self.heap.text_of(value), self.heap.bytes_object(value)) {
            (Some(text), _) => Some(text.clone()),
            (None, Some(bytes)) => Some(file_name(bytes)),
            (None, None) => None,
        }
    }
}
