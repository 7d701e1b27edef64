//! Standard input, output and error, below the files that programs see: numbers 0, 1 and 2 of the operating system.
//!
//! What is written there is the machine's output, at once; what is read there is asked for line by line, so that
//! whoever looks on can be asked.

use super::Machine;
use super::ask::{Answer, OsFailure};
use super::object::io::{Buffered, Io, Newline, Raw, Wrapper};
use super::object::types;
use super::output::Stream;
use super::raise::Raise;
use super::system::{Call, Reply};
use super::text::codec::Codec;
use super::text::str::is_surrogate;
use super::value::Value;

/// What the machine keeps of them.
#[derive(Clone, Debug, Default, Hash)]
pub struct Standard {
    /// What was given of the last line of input and has not been read.
    unread: Vec<u8>,
    /// Which of the three numbers have been closed.
    closed: [bool; 3],
}

/// What a call of the operating system comes to.
#[derive(Debug)]
pub enum Below {
    /// It concerns another file: the outside is asked.
    Elsewhere,
    /// It is answered.
    Replied(Result<Reply, OsFailure>),
    /// A line of standard input is asked for, and so many bytes of it are the reply.
    Line(usize),
}

/// How one of the standard streams is made.
struct Stand {
    fd: i32,
    name: &'static str,
    mode: &'static str,
    errors: &'static str,
}

const STREAMS: [(&str, Stand); 3] = [
    ("stdin", Stand { fd: 0, name: "<stdin>", mode: "r", errors: "strict" }),
    ("stdout", Stand { fd: 1, name: "<stdout>", mode: "w", errors: "strict" }),
    ("stderr", Stand { fd: 2, name: "<stderr>", mode: "w", errors: "backslashreplace" }),
];

fn failed(errno: i32, text: &str) -> Below {
    Below::Replied(Err(OsFailure { errno, text: text.to_owned(), filename: None }))
}

impl Machine {
    /// Makes `sys.stdin`, `sys.stdout` and `sys.stderr`: names and files.
    pub(in crate::machine) fn standard_streams(&mut self) -> [(&'static str, Value); 3] {
        STREAMS.map(|(attribute, stand)| {
            let (name, mode) = (self.heap.intern(stand.name), self.heap.intern(stand.mode));
            let reads = stand.fd == 0;
            let raw = self.new_io(types::FILE_IO, Io::Raw(Raw::standard(stand.fd, name, reads)));
            let class = if reads { types::BUFFERED_READER } else { types::BUFFERED_WRITER };
            let buffer = self.new_io(class, Io::Buffered(Buffered::new(raw)));
            let way = (Codec::Utf8, "utf-8".into(), stand.errors.into());
            let wrapper = Wrapper::new(buffer, Some(mode), way, Newline::Lf, stand.fd == 2);
            (attribute, self.new_io(types::TEXT_IO, Io::Wrapper(wrapper)))
        })
    }

    /// What a call comes to that may concern one of the standard streams.
    pub(in crate::machine) fn standard_call(&mut self, call: &Call) -> Below {
        let (Call::Read(fd, _)
        | Call::Write(fd, _)
        | Call::Seek(fd, ..)
        | Call::Truncate(fd, _)
        | Call::Close(fd)) = call
        else {
            return Below::Elsewhere;
        };
        let Some(closed) = usize::try_from(*fd).ok().and_then(|fd| self.standard.closed.get(fd)) else {
            return Below::Elsewhere;
        };
        if *closed {
            return failed(9, "Bad file descriptor");
        }
        match call {
            Call::Read(0, size) if self.standard.unread.is_empty() => Below::Line(*size),
            Call::Read(0, size) => {
                let end = (*size).min(self.standard.unread.len());
                let bytes: Vec<u8> = self.standard.unread.drain(..end).collect();
                Below::Replied(Ok(Reply::Bytes(bytes.into())))
            }
            Call::Write(fd @ 1..=2, bytes) => {
                self.write_bytes(if *fd == 1 { Stream::Stdout } else { Stream::Stderr }, bytes);
                Below::Replied(Ok(Reply::Number(bytes.len() as i64)))
            }
            Call::Close(fd) => {
                self.standard.closed[*fd as usize] = true;
                Below::Replied(Ok(Reply::Nothing))
            }
            Call::Seek(..) => failed(29, "Illegal seek"),
            Call::Truncate(..) => failed(22, "Invalid argument"),
            _ => failed(9, "Bad file descriptor"),
        }
    }

    /// So many bytes of the line that was asked for; the rest waits for who reads next.
    pub(in crate::machine) fn line_of_input(&mut self, size: usize) -> Reply {
        let answer = self.take_answer();
        let Answer::Line(line) = &*answer else {
            panic!("a line was asked for, and the answer is {answer:?}")
        };
        let (given, rest) = line.split_at(size.min(line.len()));
        self.standard.unread = rest.to_vec();
        Reply::Bytes(given.into())
    }

    /// Writes a str to the standard output, whose encoding has nothing for a lone surrogate.
    pub(in crate::machine) fn write_standard(&mut self, text: Value) -> Result<(), Raise> {
        let text_object = self.str_text(text);
        if !text_object.is_ascii() && text_object.points().any(is_surrogate) {
            self.encode_text(text, None, None, "write")?;
        }
        let text = self.str_text(text).to_string_lossy().into_owned();
        self.write(Stream::Stdout, &text);
        Ok(())
    }

    /// Whether what is printed to a file goes to one of the standard streams as it is: an open wrapper of that number
    /// that nobody has configured otherwise.
    pub(in crate::machine) fn is_standard(&self, file: Value, stream: Stream) -> bool {
        let (fd, errors) = match stream {
            Stream::Stdout => (1, "strict"),
            Stream::Stderr => (2, "backslashreplace"),
        };
        let Some(handle) = file.handle().filter(|file| self.heap.get(*file).class == types::TEXT_IO) else {
            return false;
        };
        let Some(Io::Wrapper(wrapper)) = self.io(handle) else { return false };
        wrapper.codec == Codec::Utf8
            && &*wrapper.errors == errors
            && wrapper.newline.written() == "\n"
            && wrapper.pending.is_empty()
            && self.raw_below(handle).is_some_and(|raw| self.raw_file(raw).fd == fd)
            && !self.standard.closed[fd as usize]
    }
}
