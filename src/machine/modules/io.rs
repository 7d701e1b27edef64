//! The modules `_io` and `io`, and the builtin `open`.

use std::rc::Rc;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::{OpenArgs, OpenFile, Style};
use super::super::object::callable::BUILTIN_METHOD;
use super::super::object::function::NativeDef;
use super::super::object::io::Newline;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::system::{Call, OpenMode};
use super::super::text::codec::Codec;
use super::super::value::{Kind, Value};
use super::native::{Constant, NativeModule, StandsIn};

/// The functions, the first of which the builtins module has, too.
static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function(
        "open",
        Params::named(
            &["file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"],
            1,
        ),
        |m, args| {
            check_texts(m, args)?;
            m.with_indices("open", args, &[2], Style::Plain, |m, args| {
                m.with_indices("open", args, &[6], Style::Truth, |m, args| {
                    if m.heap.int_ref(args.at(0)).is_some() {
                        return open(m, args);
                    }
                    let path = m.fs_path(args.at(0))?;
                    m.continue_with("open", path, args.clone(), 0, open)
                })
            })
        },
    ),
    NativeDef::function("open_code", Params::named(&["path"], 1), |m, args| {
        if m.heap.text_of(args.at(0)).is_none() {
            let class = m.argument_class(args.at(0));
            return Err(m.type_error(format!("open_code() argument 'path' must be str, not {class}")));
        }
        let mode = m.heap.intern("rb");
        open(m, &Args::new([args.at(0), mode]))
    }),
    NativeDef::function("text_encoding", Params::Range(1, 2), |m, args| {
        m.with_indices("text_encoding", args, &[1], Style::Plain, |m, args| match args.some(0) {
            Some(encoding) => Ok(encoding.into()),
            None => Ok(m.heap.intern("locale").into()),
        })
    }),
];

/// `_io`, which is there from the start because of `open`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[FUNCTIONS],
    hidden_types: &[&BUILTIN_METHOD],
    constants: &[
        ("_IOBase", Constant::Type(types::IO_BASE)),
        ("_RawIOBase", Constant::Type(types::RAW_IO_BASE)),
        ("_BufferedIOBase", Constant::Type(types::BUFFERED_IO_BASE)),
        ("_TextIOBase", Constant::Type(types::TEXT_IO_BASE)),
        ("FileIO", Constant::Type(types::FILE_IO)),
        ("BytesIO", Constant::Type(types::BYTES_IO)),
        ("StringIO", Constant::Type(types::STRING_IO)),
        ("BufferedReader", Constant::Type(types::BUFFERED_READER)),
        ("BufferedWriter", Constant::Type(types::BUFFERED_WRITER)),
        ("BufferedRandom", Constant::Type(types::BUFFERED_RANDOM)),
        ("BufferedRWPair", Constant::Type(types::BUFFERED_RW_PAIR)),
        ("IncrementalNewlineDecoder", Constant::Type(types::NEWLINE_DECODER)),
        ("TextIOWrapper", Constant::Type(types::TEXT_IO)),
        ("UnsupportedOperation", Constant::Type(types::UNSUPPORTED_OPERATION)),
        ("BlockingIOError", Constant::Type(types::BLOCKING_IO_ERROR)),
        ("_BytesIOBuffer", Constant::Type(types::BYTES_IO_BUFFER)),
        ("DEFAULT_BUFFER_SIZE", Constant::Int(super::super::native::BUFFER_SIZE as i64)),
    ],
    ..NativeModule::new("_io", "Files and standard streams.")
};

/// `io` where there is no library of CPython, which has the same with some Python around it.
pub static STAND_IN: NativeModule = NativeModule {
    constants: &[
        ("SEEK_SET", Constant::Int(0)),
        ("SEEK_CUR", Constant::Int(1)),
        ("SEEK_END", Constant::Int(2)),
    ],
    fill: |m, dict| {
        let module = m.loaded_module("_io").and_then(Value::handle);
        for function in FUNCTIONS {
            let name = m.text_handle(function.name);
            let function = module.and_then(|module| m.heap.own_attribute(module, name));
            m.heap.set_name(dict, name, function.unwrap_or(Value::NONE));
        }
        let shown = MODULE.constants.iter().filter(|(name, _)| *name != "_BytesIOBuffer");
        for (name, constant) in shown {
            // The four classes one derives from have no underscore here.
            let name = name.strip_prefix('_').unwrap_or(name);
            m.set_constant(dict, name, *constant);
        }
    },
    stands_in: StandsIn::WithoutLibrary,
    ..NativeModule::new("io", "Files and standard streams.")
};

impl Machine {
    /// `FileIO(file, mode='r', closefd=True)`, whose file is a path or a number.
    pub(in crate::machine) fn open_raw(&mut self, args: &Args) -> Eval {
        let mode = match args.get(2) {
            None => "r".to_owned(),
            Some(mode) => match self.heap.text_of(mode) {
                Some(mode) => mode.to_string_lossy().into_owned(),
                None => {
                    let class = self.argument_class(mode);
                    return Err(self.type_error(format!("FileIO() argument 'mode' must be str, not {class}")));
                }
            },
        };
        if mode.chars().any(|letter| !"rwaxb+".contains(letter)) {
            return Err(self.value_error(format!("invalid mode: {mode}")));
        }
        let with_letter = |letters: &str| mode.matches(|letter| letters.contains(letter)).count();
        if with_letter("rwax") != 1 || with_letter("+") > 1 {
            let message = "Must have exactly one of create/read/write/append mode and at most one plus";
            return Err(self.value_error(message));
        }
        let mode = self.heap.str(mode.replace('b', "") + "b");
        let (unbuffered, closes) = (self.heap.int(0), Value::bool(args.flag(3, true)));
        let none = Value::NONE;
        let opener = args.get(4).unwrap_or(none);
        open(self, &Args::new([args.at(1), mode, unbuffered, none, none, none, closes, opener]))
    }

    /// Makes the module `_io`, and `open` a function of builtins.
    pub(in crate::machine) fn make_io(&mut self) {
        let module = self.make_native_module(&MODULE);
        let open = self.text_handle("open");
        let function = self.heap.own_attribute(module, open).unwrap_or(Value::NONE);
        let builtins = self.builtins;
        self.heap.set_name(builtins, open, function);
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
            let class = m.argument_class(value);
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
        others: 0,
        permissions: OpenMode::PERMISSIONS,
    };
    Ok(Mode { flags, binary: has('b') })
}

/// The arguments of `open` that have to be texts are; what they say is looked at later.
fn check_texts(m: &mut Machine, args: &Args) -> Result<(), Raise> {
    if args.get(1).is_some_and(Value::is_none) {
        return Err(m.type_error("open() argument 'mode' must be str, not None"));
    }
    for (index, name) in [(1, "mode"), (3, "encoding"), (4, "errors"), (5, "newline")] {
        text_of(m, args.get(index), name)?;
    }
    Ok(())
}

/// Which argument is the opener.
const OPENER: usize = 7;

/// `open` with the number that its opener gave in the place of the opener.
fn open_opened(m: &mut Machine, args: &Args) -> Eval {
    let given = args.at(OPENER);
    if m.heap.int_ref(given).is_none() {
        return Err(m.type_error("expected integer from opener"));
    }
    match m.c_int(given)? {
        fd if fd < 0 => Err(m.value_error(format!("opener returned {fd}"))),
        fd => open_with(m, args, Some(fd)),
    }
}

/// `open` once the path and the numbers are there: with a warning of what is taken, and meant otherwise.
fn open(m: &mut Machine, args: &Args) -> Eval {
    const UNBUFFERED: &str =
        "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used";
    let mode = text_of(m, args.get(1), "mode")?.unwrap_or_else(|| "r".to_owned());
    let Mode { binary, .. } = parsed(m, &mode)?;
    check_binary(m, args, binary)?;
    let by_line = args.get(2).is_some_and(|buffering| m.index_clamped(buffering) == Some(1));
    if !(binary && by_line) {
        return open_number(m, args);
    }
    let warned = m.warned(types::RUNTIME_WARNING, UNBUFFERED, args.at(2))?;
    m.continue_with("open", warned, args.clone(), 2, open_number)
}

fn open_number(m: &mut Machine, args: &Args) -> Eval {
    if !matches!(args.at(0).kind(), Kind::Bool(_)) {
        return open_with(m, args, None);
    }
    let warned = m.warned(types::RUNTIME_WARNING, "bool is used as a file descriptor", args.at(0))?;
    m.continue_with("open", warned, args.clone(), 0, |m, args| open_with(m, args, None))
}

/// Texts have what bytes do not.
fn check_binary(m: &mut Machine, args: &Args, binary: bool) -> Result<(), Raise> {
    for (index, what) in [(3, "an encoding"), (4, "an errors"), (5, "a newline")] {
        if binary && args.some(index).is_some() {
            return Err(m.value_error(format!("binary mode doesn't take {what} argument")));
        }
    }
    Ok(())
}

/// `open`, of the file with this number where an opener has opened it.
fn open_with(m: &mut Machine, args: &Args, opened: Option<i32>) -> Eval {
    let mode = text_of(m, args.get(1), "mode")?.unwrap_or_else(|| "r".to_owned());
    let Mode { flags, binary } = parsed(m, &mode)?;
    let encoding = text_of(m, args.get(3), "encoding")?;
    let errors = text_of(m, args.get(4), "errors")?;
    let newline = args.get(5).filter(|newline| !newline.is_none());
    let buffering = match args.get(2) {
        Some(buffering) => m.index_i64(buffering, types::OVERFLOW_ERROR)?,
        None => -1,
    };
    let closes = args.flag(6, true);
    let number = m.heap.int_ref(args.at(0)).is_some().then(|| m.c_int(args.at(0))).transpose()?;
    let call = match number {
        Some(fd) if fd < 0 => return Err(m.value_error("negative file descriptor")),
        Some(fd) => Call::Look(fd),
        None if !closes => return Err(m.value_error("Cannot use closefd=False with file name")),
        None => match (opened, args.some(OPENER)) {
            (Some(fd), _) => Call::Look(fd),
            (None, Some(opener)) => {
                let flags = m.heap.int(flags.bits().into());
                let given = m.call(opener, Args::new([args.at(0), flags]))?;
                return m.continue_with("open", given, args.clone(), OPENER, open_opened);
            }
            (None, None) => Call::Open { path: m.path_text(args.at(0))?, mode: flags },
        },
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
