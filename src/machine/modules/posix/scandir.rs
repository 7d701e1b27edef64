//! `os.scandir`: the entries of a folder, with what the folder itself knows of them.

use std::rc::Rc;

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::ask::{Answer, Ask};
use super::super::super::frame::Eval;
use super::super::super::heap::Heap;
use super::super::super::native::{Advance, Input, NativeTask, Part, Progress, Style, SystemCall};
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::protocol::wrappers_container::CLASS_GETITEM;
use super::super::super::system::{Call, Entry, Kind, Reply};
use super::super::super::text::Str;
use super::super::super::value::Value;
use super::{path, text};

/// `scandir(path=None)`.
pub static FUNCTIONS: &[NativeDef] =
    &[NativeDef::function("scandir", Params::named(&["path"], 0), |m, args| match args.some(0) {
        None => {
            let here = m.heap.intern(".");
            m.begin(SystemCall::new("scandir", Call::Scan(Str::from("."))).about(m, [here]))
        }
        Some(_) => path(m, args, 0, "scandir", |m, args| {
            let path = text(m, args.at(0), "scandir")?;
            m.begin(SystemCall::new("scandir", Call::Scan(path)).about(m, [args.at(0)]))
        }),
    })];

/// The bits of a mode that tell the kind of a file, and the kinds that are asked for.
const KIND: u32 = 0o170_000;
const FOLDER: u32 = 0o040_000;
const FILE: u32 = 0o100_000;

/// Where a `DirEntry` has what.
mod slot {
    /// `name`.
    pub const NAME: usize = 0;
    /// `path`.
    pub const PATH: usize = 1;
    /// The letter of its kind.
    pub const KIND: usize = 2;
    /// The inode.
    pub const INODE: usize = 3;
    /// What `stat` said of what it leads to.
    pub const STAT: usize = 4;
    /// What `stat` said of the entry itself.
    pub const OWN_STAT: usize = 5;
    /// How many there are.
    pub const COUNT: usize = 6;
}

/// `posix.ScandirIterator`: the entries that are left, the next one last.
pub static SCANDIR_ITERATOR: TypeSpec = TypeSpec {
    module: "posix",
    natives: &[
        NativeDef::wrapper("__iter__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::wrapper("__next__", Params::None, |m, args| {
            let list = left(m, args.at(0));
            let next = list.handle().and_then(|list| match m.heap.payload_mut(list) {
                Payload::List(entries) => entries.pop(),
                _ => None,
            });
            match next {
                Some(entry) => {
                    // The list has let go of it: the caller has it now.
                    m.heap.release(entry);
                    Ok(entry.into())
                }
                None => Err(m.stop_iteration(Value::NONE)),
            }
        }),
        NativeDef::method("__enter__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::method("__exit__", Params::AtLeast(0), close),
        NativeDef::method("close", Params::None, close),
    ],
    ..TypeSpec::new(types::SCANDIR_ITERATOR, "ScandirIterator")
};

/// The list of the entries that an iterator has left.
fn left(m: &Machine, iterator: Value) -> Value {
    slot(m, iterator, 0).expect("an iterator over a folder has a list")
}

fn slot(m: &Machine, object: Value, index: usize) -> Option<Value> {
    match m.heap.payload_of(object) {
        Some(Payload::Slots(slots)) => slots[index],
        _ => panic!("an object of posix.scandir has slots"),
    }
}

fn close(m: &mut Machine, args: &Args) -> Eval {
    let list = left(m, args.at(0)).handle().expect("a list is a heap object");
    if let Payload::List(entries) = m.heap.payload_mut(list) {
        for entry in entries.take() {
            m.heap.release(entry);
        }
    }
    Ok(Value::NONE.into())
}

const FOLLOWS: Params = Params::Named { names: &["follow_symlinks"], required: 0, positional: 0 };

/// `posix.DirEntry`.
pub static DIR_ENTRY: TypeSpec = TypeSpec {
    module: "posix",
    natives: &[
        NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| {
            let name = slot(m, args.at(0), slot::NAME).unwrap_or(Value::NONE);
            m.compose(vec!["<DirEntry ".into(), Part::Repr(name), ">".into()])
        }),
        NativeDef::method("is_dir", FOLLOWS, |m, args| is_kind(m, args, "is_dir", FOLDER)),
        NativeDef::method("is_file", FOLLOWS, |m, args| is_kind(m, args, "is_file", FILE)),
        NativeDef::method("is_symlink", Params::None, |m, args| {
            Ok(Value::bool(kind(m, args.at(0)) == Kind::Link).into())
        }),
        NativeDef::method("is_junction", Params::None, |_, _| Ok(Value::FALSE.into())),
        NativeDef::method("stat", FOLLOWS, |m, args| {
            m.with_indices("stat", args, &[1], Style::Truth, |m, args| {
                let follows = args.flag(1, true);
                m.begin(EntryStat { entry: args.at(0), follows, wanted: None, call: None })
            })
        }),
        NativeDef::method("inode", Params::None, |m, args| {
            Ok(slot(m, args.at(0), slot::INODE).unwrap_or(Value::NONE).into())
        }),
        NativeDef::method("__fspath__", Params::None, |m, args| {
            Ok(slot(m, args.at(0), slot::PATH).unwrap_or(Value::NONE).into())
        }),
    ],
    wrappers: &[&CLASS_GETITEM],
    accessors: &[
        Accessor::read_only("name", |m, entry| Ok(slot(m, entry, slot::NAME).unwrap_or(Value::NONE).into()))
            .as_member(),
        Accessor::read_only("path", |m, entry| Ok(slot(m, entry, slot::PATH).unwrap_or(Value::NONE).into()))
            .as_member(),
    ],
    ..TypeSpec::new(types::DIR_ENTRY, "DirEntry")
};

/// The kind that the folder tells of an entry.
fn kind(m: &Machine, entry: Value) -> Kind {
    let number = slot(m, entry, slot::KIND).and_then(|kind| m.index_clamped(kind)).unwrap_or(0);
    Kind::of_number(number)
}

/// `is_dir()` and `is_file()`: without asking, where the folder knows.
fn is_kind(m: &mut Machine, args: &Args, name: &'static str, bits: u32) -> Eval {
    m.with_indices(name, args, &[1], Style::Truth, if bits == FOLDER { is_folder } else { is_file })
}

fn is_folder(m: &mut Machine, args: &Args) -> Eval {
    of_kind(m, args, FOLDER)
}

fn is_file(m: &mut Machine, args: &Args) -> Eval {
    of_kind(m, args, FILE)
}

fn of_kind(m: &mut Machine, args: &Args, bits: u32) -> Eval {
    let (entry, follows) = (args.at(0), args.flag(1, true));
    let known = match kind(m, entry) {
        Kind::Folder => Some(bits == FOLDER),
        Kind::File => Some(bits == FILE),
        Kind::Link if !follows => Some(false),
        Kind::Other => Some(false),
        Kind::Link | Kind::Unknown => None,
    };
    match known {
        Some(known) => Ok(Value::bool(known).into()),
        None => m.begin(EntryStat { entry, follows, wanted: Some(bits), call: None }),
    }
}

/// `stat()` of an entry, which is asked once, or whether that tells this kind of file.
#[derive(Clone, Debug, Hash)]
pub struct EntryStat {
    entry: Value,
    follows: bool,
    /// The kind that is asked for.
    wanted: Option<u32>,
    /// What the operating system is asked.
    call: Option<Rc<Call>>,
}

impl EntryStat {
    fn place(&self, m: &Machine) -> usize {
        if self.follows && kind(m, self.entry) == Kind::Link { slot::STAT } else { slot::OWN_STAT }
    }

    fn told(&self, m: &Machine, stat: Value) -> Value {
        let mode = m.index_clamped(m.tuple_items(stat)[0]).unwrap_or(0);
        self.wanted.map_or(stat, |kind| Value::bool(mode as u32 & KIND == kind))
    }
}

impl NativeTask for EntryStat {
    fn advance(mut self, m: &mut Machine, _input: Input) -> Advance {
        let place = self.place(m);
        if self.call.is_none() {
            if let Some(stat) = slot(m, self.entry, place) {
                return Ok(Progress::Done(self.told(m, stat)));
            }
            let path = slot(m, self.entry, slot::PATH).unwrap_or(Value::NONE);
            let path = m.name_of_file(path).expect("the path of an entry is a path");
            let call = Rc::new(Call::Stat(path, place == slot::STAT));
            self.call = Some(call.clone());
            let entry = m.ask(Ask::System(call));
            return Ok(Progress::Wait(self.into(), entry));
        }
        match &*m.take_answer() {
            Answer::System(Ok(Reply::Stat(stat))) => {
                let stat = m.stat_result(stat);
                let entry = self.entry.handle().expect("an entry is a heap object");
                m.heap.retain(stat);
                if let Payload::Slots(slots) = m.heap.payload_mut(entry) {
                    slots[place] = Some(stat);
                }
                Ok(Progress::Done(self.told(m, stat)))
            }
            Answer::System(Err(failure)) => {
                const NOT_THERE: i32 = 2;
                if self.wanted.is_some() && failure.errno == NOT_THERE {
                    return Ok(Progress::Done(Value::FALSE));
                }
                let path = slot(m, self.entry, slot::PATH).unwrap_or(Value::NONE);
                let (errno, text) = (m.heap.int(failure.errno.into()), m.heap.str(failure.text.as_str()));
                Err(m.raise_os_error(vec![errno, text, path]))
            }
            other => panic!("a file was asked for, and the answer is {other:?}"),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.entry);
    }

    fn title(&self, _heap: &Heap) -> String {
        "DirEntry: waiting for the operating system".to_owned()
    }
}

impl Machine {
    /// The iterator over the entries of a folder, whose path the program gave as `path`.
    pub(in crate::machine) fn folder_entries(&mut self, path: Value, entries: &[Entry]) -> Value {
        let in_bytes = self.heap.bytes_object(path).is_some();
        let folder = self.name_of_file(path).unwrap_or_else(|| Str::from("."));
        let ends = folder.points().next_back().is_none_or(|point| point == u32::from('/'));
        let folder = if ends { folder } else { folder.concat(&Str::from("/")) };
        let mut objects = Vec::with_capacity(entries.len());
        for entry in entries.iter().rev() {
            let whole = folder.concat(&entry.name);
            let (name, whole) = if in_bytes {
                let [name, whole] = [&entry.name, &whole].map(crate::machine::file_bytes);
                (self.heap.bytes(&name), self.heap.bytes(&whole))
            } else {
                (self.heap.str(entry.name.clone()), self.heap.str(whole))
            };
            let (kind, inode) = (self.heap.int(entry.kind.number()), self.heap.int(entry.inode as i64));
            let mut slots = [None; slot::COUNT];
            for (place, value) in
                [(slot::NAME, name), (slot::PATH, whole), (slot::KIND, kind), (slot::INODE, inode)]
            {
                slots[place] = Some(value);
            }
            let object = self.heap.alloc(types::DIR_ENTRY, Payload::Slots(slots.into()));
            objects.push(Value::object(object));
        }
        let list = self.heap.list(objects);
        Value::object(self.heap.alloc(types::SCANDIR_ITERATOR, Payload::Slots([Some(list)].into())))
    }
}
