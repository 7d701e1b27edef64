//! `open()`: a call of the operating system, and the objects that are stacked on what it gives.

use std::rc::Rc;

use crate::machine::Machine;
use crate::machine::ask::{Answer, Ask};
use crate::machine::heap::Heap;
use crate::machine::native::{Advance, Input, NativeTask, Progress};
use crate::machine::object::io::{Buffered, Io, Newline, Raw, Wrapper};
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::system::{Call, OpenMode, Reply};
use crate::machine::text::codec::Codec;
use crate::machine::value::{Handle, Value};

/// `io.DEFAULT_BUFFER_SIZE`.
pub const BUFFER_SIZE: usize = 131_072;

/// What `open` was asked for.
#[derive(Clone, Debug, Hash)]
#[allow(clippy::struct_excessive_bools, reason = "the flags that a mode is made of")]
pub struct OpenArgs {
    /// A path or a number.
    pub file: Value,
    /// `mode`, a str.
    pub mode: Value,
    /// How the operating system opens it.
    pub flags: OpenMode,
    /// Without decoding.
    pub binary: bool,
    /// `buffering`; −1 where it was not given.
    pub buffering: i64,
    /// How it is decoded.
    pub codec: Codec,
    /// `encoding`.
    pub encoding: Rc<str>,
    /// `errors`.
    pub errors: Rc<str>,
    /// Where lines end.
    pub newline: Newline,
    /// Whether closing the object closes the file.
    pub closes: bool,
}

/// A file that is being opened.
#[derive(Clone, Debug, Hash)]
pub struct OpenFile {
    args: Box<OpenArgs>,
    /// What the operating system is asked, as long as it is not.
    call: Option<Rc<Call>>,
    /// The object, once the file is open and its end is looked for.
    opened: Option<Value>,
    /// It cannot be what was asked for, and is being closed again.
    refused: bool,
}

impl OpenFile {
    /// Opens a file by this call.
    pub fn new(args: OpenArgs, call: Call) -> Self {
        Self { args: Box::new(args), call: Some(Rc::new(call)), opened: None, refused: false }
    }

    fn open(mut self, m: &mut Machine) -> Advance {
        let reply = match &*m.take_answer() {
            Answer::System(Ok(reply)) => reply.clone(),
            Answer::System(Err(failure)) => return Err(self.failed(m, failure.errno, &failure.text)),
            other => panic!("a file was to be opened, and the answer is {other:?}"),
        };
        let Reply::Opened { fd, is_terminal, is_seekable, is_folder } = reply else {
            panic!("a file was to be opened, and the reply is {reply:?}");
        };
        if is_folder {
            const IS_A_FOLDER: i32 = 21;
            return Err(self.failed(m, IS_A_FOLDER, "Is a directory"));
        }
        let flags = self.args.flags;
        if self.args.buffering == 0 && !self.args.binary {
            self.refused = true;
            if self.args.closes {
                let entry = m.ask(Ask::System(Rc::new(Call::Close(fd))));
                return Ok(Progress::Wait(self.into(), entry));
            }
            return Err(unbuffered(m));
        }
        let raw = Raw {
            fd,
            name: self.args.file,
            reads: flags.read,
            writes: flags.write,
            appends: flags.append,
            created: flags.new,
            closes: self.args.closes,
            seeks: is_seekable,
            terminal: is_terminal,
        };
        let file = self.stack(m, raw);
        if !flags.append || !is_seekable {
            return Ok(Progress::Done(file));
        }
        self.opened = Some(file);
        let entry = m.ask(Ask::System(Rc::new(Call::Seek(fd, 0, 2))));
        Ok(Progress::Wait(self.into(), entry))
    }

    fn failed(&self, m: &mut Machine, errno: i32, text: &str) -> Raise {
        let (errno, text) = (m.heap.int(errno.into()), m.heap.str(text));
        let is_number = m.heap.int_ref(self.args.file).is_some();
        let name = (!is_number).then_some(self.args.file);
        m.raise_os_error([errno, text].into_iter().chain(name).collect())
    }

    /// The objects that are stacked on the file; the one on top.
    fn stack(&self, m: &mut Machine, raw: Raw) -> Value {
        let OpenArgs { mode, flags, binary, buffering, .. } = *self.args;
        let line_buffering = buffering == 1 || buffering < 0 && raw.terminal;
        let file = m.new_io(types::FILE_IO, Io::Raw(raw));
        if buffering == 0 {
            return file;
        }
        let class = match (flags.read, flags.write) {
            (true, true) => types::BUFFERED_RANDOM,
            (true, false) => types::BUFFERED_READER,
            (false, _) => types::BUFFERED_WRITER,
        };
        let size = if buffering > 1 { buffering as usize } else { BUFFER_SIZE };
        let buffer = m.new_io(class, Io::Buffered(Buffered { size, ..Buffered::new(file) }));
        if binary {
            return buffer;
        }
        let way = (self.args.codec, self.args.encoding.clone(), self.args.errors.clone());
        let wrapper = Wrapper::new(buffer, Some(mode), way, self.args.newline, line_buffering);
        m.new_io(types::TEXT_IO, Io::Wrapper(wrapper))
    }
}

fn unbuffered(m: &mut Machine) -> Raise {
    m.value_error("can't have unbuffered text I/O")
}

impl NativeTask for OpenFile {
    fn advance(mut self, m: &mut Machine, _input: Input) -> Advance {
        if let Some(call) = self.call.take() {
            let entry = m.ask(Ask::System(call));
            return Ok(Progress::Wait(self.into(), entry));
        }
        match self.opened {
            None if self.refused => {
                m.system_reply()?;
                Err(unbuffered(m))
            }
            None => self.open(m),
            Some(file) => {
                let Reply::Number(end) = m.system_reply()? else { panic!("the end was looked for") };
                if end > 0 {
                    m.begin_in_the_middle(file);
                }
                Ok(Progress::Done(file))
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.args.file);
        visit(self.args.mode);
        self.opened.into_iter().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "open: waiting for the operating system".to_owned()
    }
}

impl Machine {
    /// A new file object.
    pub(in crate::machine) fn new_io(&mut self, class: Handle, io: Io) -> Value {
        Value::object(self.heap.alloc(class, Payload::Io(Box::new(io))))
    }

    /// A text that is written behind others gets no mark at its beginning.
    pub(in crate::machine) fn begin_in_the_middle(&mut self, file: Value) {
        let Some(handle) = file.handle().filter(|file| matches!(self.io(*file), Some(Io::Wrapper(_)))) else {
            return;
        };
        let part = self.wrapper_mut(handle);
        part.codec = part.codec.behind_mark().unwrap_or(part.codec);
    }
}
