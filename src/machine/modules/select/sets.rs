//! `select.select()`: three lists of files, of each those that are ready.

use std::rc::Rc;

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::ask::OsFailure;
use super::super::super::frame::{Eval, Flow};
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Steps, Stepwise, SystemCall};
use super::super::super::raise::Raise;
use super::super::super::system::Call;
use super::super::super::value::Value;
use super::{descriptor, nanoseconds, refuse_standard};

/// What `poll` is asked for a file of each list.
const ASKED: [u32; 3] = [1, 4, 2];
/// What it says of files that are ready in the sense of each list: an end or an error is something to read, an error
/// is something to write.
const READY: [u32; 3] = [1 | 8 | 16 | 64 | 128, 4 | 8 | 256 | 512, 2];
/// What it says of a number that stands for no open file.
const NO_FILE: u32 = 32;
/// A number that `select` has no room for.
const ROOM: i32 = 1024;

/// What is being waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asked {
    /// A list is taken.
    List,
    /// The number of a file in it.
    Number,
    /// The operating system.
    Wait,
}

/// The call, under way.
#[derive(Clone, Debug, Hash)]
pub struct SelectingWork {
    lists: [Value; 3],
    /// The list that is looked at, and the place in it.
    at: (usize, usize),
    /// The number of each file, and its list and place there.
    files: Vec<(i32, usize, usize)>,
    timeout: Option<u64>,
    asked: Asked,
}

/// See [`SelectingWork`].
pub type Selecting = Steps<SelectingWork>;

/// `select(readers, writers, exceptional, timeout=None)`.
pub fn select(m: &mut Machine, args: &Args) -> Eval {
    const SECOND: i64 = 1_000_000_000;
    let timeout = match nanoseconds(m, args.some(3), SECOND, "a float")? {
        Some(..0) => return Err(m.value_error("timeout must be non-negative")),
        timeout => timeout.map(i64::cast_unsigned),
    };
    let lists = [0, 1, 2].map(|index| args.at(index));
    m.begin(Selecting::new(SelectingWork {
        lists,
        at: (0, 0),
        files: Vec::new(),
        timeout,
        asked: Asked::List,
    }))
}

impl SelectingWork {
    /// Takes the next list, or waits when all have been taken.
    fn list(&mut self, m: &mut Machine) -> Eval {
        self.asked = Asked::List;
        match self.lists.get(self.at.0) {
            Some(list) if m.heap.items_of(*list).is_some() => Ok(Flow::Value(*list)),
            Some(list) if m.is_iterable(*list) => m.collect_list(*list),
            Some(_) => Err(m.type_error("arguments 1-3 must be sequences")),
            None => self.wait(m),
        }
    }

    /// Asks the next file of a list for its number.
    fn number(&mut self, m: &mut Machine) -> Eval {
        self.asked = Asked::Number;
        let (list, place) = self.at;
        match m.heap.items_of(self.lists[list]).and_then(|files| files.get(place)).copied() {
            Some(file) => descriptor(m, file),
            None => {
                self.at = (list + 1, 0);
                self.list(m)
            }
        }
    }

    fn wait(&mut self, m: &mut Machine) -> Eval {
        self.asked = Asked::Wait;
        for (fd, ..) in &self.files {
            refuse_standard(m, *fd)?;
        }
        let wanted: Rc<[_]> = self.files.iter().map(|(fd, list, _)| (*fd, ASKED[*list])).collect();
        m.begin(SystemCall::new("select", Call::Poll(wanted, self.timeout)))
    }

    /// The lists of those that are ready.
    fn told(&self, m: &mut Machine, told: Value) -> Result<Value, Raise> {
        let mut events = Vec::new();
        for event in m.heap.items_of(told).unwrap_or_default() {
            let [fd, event] = [0, 1].map(|index| m.index_clamped(m.tuple_items(*event)[index]).unwrap_or(0));
            events.push((fd as i32, event as u32));
        }
        if events.iter().any(|(_, event)| event & NO_FILE != 0) {
            const BAD_NUMBER: i32 = 9;
            let text = "Bad file descriptor".to_owned();
            return Err(m.os_error(&OsFailure { errno: BAD_NUMBER, text, filename: None }));
        }
        let mut ready: [Vec<Value>; 3] = Default::default();
        for (fd, list, place) in &self.files {
            let all = events.iter().filter(|event| event.0 == *fd).fold(0, |all, event| all | event.1);
            if all & READY[*list] != 0 {
                let file = m.heap.items_of(self.lists[*list]).and_then(|files| files.get(*place));
                ready[*list].extend(file);
            }
        }
        if !events.is_empty() && ready.iter().all(Vec::is_empty) {
            return Err(m.unsupported("waiting for a file that has come to its end (select)"));
        }
        let ready = ready.map(|files| m.heap.list(files));
        Ok(m.heap.tuple(ready.to_vec()))
    }
}

impl Stepwise for SelectingWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.asked, got) {
            (Asked::List, Got::Value(list)) => {
                self.lists[self.at.0] = list;
                Ok(self.number(m)?.into())
            }
            (Asked::Number, Got::Value(fd)) => {
                let fd = m.c_int(fd)?;
                if fd >= ROOM {
                    return Err(m.value_error("filedescriptor out of range in select()"));
                }
                self.files.push((fd, self.at.0, self.at.1));
                self.at.1 += 1;
                Ok(self.number(m)?.into())
            }
            (Asked::Wait, Got::Value(told)) => Ok(Do::Done(self.told(m, told)?)),
            _ => Ok(self.list(m)?.into()),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.lists.iter().copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.asked {
            Asked::List => "select: taking a list of files".to_owned(),
            Asked::Number => "select: asking a file for its number".to_owned(),
            Asked::Wait => "select: waiting for the operating system".to_owned(),
        }
    }
}
