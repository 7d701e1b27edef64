//! The modules `_io` and `io`, and the builtin `open`.

use std::rc::Rc;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::{OpenArgs, OpenFile, Style};
use super::super::object::function::{Binding, NativeDef};
use super::super::object::io::Newline;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::system::{Call, OpenMode};
use super::super::text::codec::Codec;
use super::super::value::{Kind, Value};

/// The functions that the builtins module has, too.
pub static FUNCTIONS: &[NativeDef] = &[NativeDef::function(
    "open",
    Params::named(&["file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"], 1),
    |m, args| {
        if m.heap.int_ref(args.at(0)).is_some() {
            return m.with_indices("open", args, &[2], Style::Plain, open);
        }
        let path = m.fs_path(args.at(0))?;
        m.continue_with("open", path, args.clone(), 0, |m, args| {
            m.with_indices("open", args, &[2], Style::Plain, open)
        })
    },
)];

/// What the modules have, and under which name.
const TYPES: &[(&str, super::super::value::Handle)] = &[
    ("IOBase", types::IO_BASE),
    ("RawIOBase", types::RAW_IO_BASE),
    ("BufferedIOBase", types::BUFFERED_IO_BASE),
    ("TextIOBase", types::TEXT_IO_BASE),
    ("FileIO", types::FILE_IO),
    ("BytesIO", types::BYTES_IO),
    ("StringIO", types::STRING_IO),
    ("BufferedReader", types::BUFFERED_READER),
    ("BufferedWriter", types::BUFFERED_WRITER),
    ("BufferedRandom", types::BUFFERED_RANDOM),
    ("TextIOWrapper", types::TEXT_IO),
    ("UnsupportedOperation", types::UNSUPPORTED_OPERATION),
    ("BlockingIOError", types::BLOCKING_IO_ERROR),
];

impl Machine {
    /// Makes the modules `_io` and `io`, which has the same here.
    pub(in crate::machine) fn make_io(&mut self) {
        let open = Value::object(
            self.heap.alloc(types::BUILTIN_FUNCTION, Payload::Native(&FUNCTIONS[0], Binding::None)),
        );
        let builtins = self.builtins;
        self.set_text_name(builtins, "open", open);
        for module in ["_io", "io"] {
            let module_handle = self.make_module(module);
            let dict = self.heap.attributes(module_handle);
            self.set_text_name(dict, "open", open);
            for (name, class) in TYPES {
                let name = match class {
                    _ if module == "io" => (*name).to_owned(),
                    &types::IO_BASE
                    | &types::RAW_IO_BASE
                    | &types::BUFFERED_IO_BASE
                    | &types::TEXT_IO_BASE => format!("_{name}"),
                    _ => (*name).to_owned(),
                };
                self.set_text_name(dict, &name, Value::object(*class));
            }
            let size = self.heap.int(super::super::native::BUFFER_SIZE as i64);
            self.set_text_name(dict, "DEFAULT_BUFFER_SIZE", size);
            for (name, number) in [("SEEK_SET", 0), ("SEEK_CUR", 1), ("SEEK_END", 2)] {
                let number = self.heap.int(number);
                self.set_text_name(dict, name, number);
            }
        }
    }
}

/// The letters of a mode.
struct Mode {
    flags: OpenMode,
    binary: bool,
}

fn text_of(m: &mut Machine, value: Option<Value>, name: &str) -> Result<Option<String>, Raise> {
    let Some(value) = value.filter(|value| !value.is_none()) else { return Ok(None) };
    match m.heap.text_of(value) {
        Some(text) => Ok(Some(text.to_string_lossy().into_owned())),
        None => {
            let class = m.class_name(value);
            let or_none = if name == "mode" { "str" } else { "str or None" };
            Err(m.type_error(format!("open() argument '{name}' must be {or_none}, not {class}")))
        }
    }
}

fn parsed(m: &mut Machine, mode: &str) -> Result<Mode, Raise> {
    let has = |letter: char| mode.contains(letter);
    let repeated = mode.char_indices().any(|(at, letter)| mode[..at].contains(letter));
    if repeated || mode.chars().any(|letter| !"rwaxbt+".contains(letter)) {
        return Err(m.value_error(format!("invalid mode: '{mode}'")));
    }
    if has('t') && has('b') {
        return Err(m.value_error("can't have text and binary mode at once"));
    }
    match ['r', 'w', 'a', 'x'].into_iter().filter(|letter| has(*letter)).count() {
        1 => {}
        0 => {
            return Err(
                m.value_error("Must have exactly one of create/read/write/append mode and at most one plus")
            );
        }
        _ => return Err(m.value_error("must have exactly one of create/read/write/append mode")),
    }
    let plus = has('+');
    let flags = OpenMode {
        read: has('r') || plus,
        write: !has('r') || plus,
        append: has('a'),
        create: !has('r'),
        new: has('x'),
        truncate: has('w'),
    };
    Ok(Mode { flags, binary: has('b') })
}

fn open(m: &mut Machine, args: &Args) -> Eval {
    let mode = text_of(m, args.get(1), "mode")?.unwrap_or_else(|| "r".to_owned());
    let Mode { flags, binary } = parsed(m, &mode)?;
    let encoding = text_of(m, args.get(3), "encoding")?;
    let errors = text_of(m, args.get(4), "errors")?;
    let newline = args.get(5).filter(|newline| !newline.is_none());
    for (given, what) in [
        (encoding.is_some(), "an encoding"),
        (errors.is_some(), "an errors"),
        (newline.is_some(), "a newline"),
    ] {
        if binary && given {
            return Err(m.value_error(format!("binary mode doesn't take {what} argument")));
        }
    }
    if args.some(7).is_some() {
        return Err(m.unsupported("open() with an opener"));
    }
    let buffering = match args.get(2) {
        Some(buffering) => m.index_i64(buffering, types::OVERFLOW_ERROR)?,
        None => -1,
    };
    let closes = args.get(6).is_none_or(|closes| m.plain_truth(closes).unwrap_or(true));
    let call = match args.at(0).kind() {
        Kind::Int(fd) if fd < 0 => return Err(m.value_error("negative file descriptor")),
        Kind::Int(0..=2) => return Err(m.unsupported("open() of a standard stream")),
        Kind::Int(fd) => Call::Look(fd as i32),
        _ if !closes => return Err(m.value_error("Cannot use closefd=False with file name")),
        _ => Call::Open { path: m.path_text(args.at(0))?, mode: flags },
    };
    let newline = match newline {
        Some(newline) => m.newline_argument(newline, false)?,
        None => Newline::Universal,
    };
    let named = encoding.filter(|encoding| encoding != "locale");
    let codec = match &named {
        Some(name) => m.codec_named(name)?,
        None => Codec::Utf8,
    };
    let mode = args.get(1).unwrap_or_else(|| m.heap.intern("r"));
    m.begin(OpenFile::new(
        OpenArgs {
            file: args.at(0),
            mode,
            flags,
            binary,
            buffering: if binary && buffering == 1 { -1 } else { buffering },
            codec,
            encoding: named.map_or_else(|| Rc::from("UTF-8"), Rc::from),
            errors: errors.map_or_else(|| Rc::from("strict"), Rc::from),
            newline,
            closes,
        },
        call,
    ))
}
