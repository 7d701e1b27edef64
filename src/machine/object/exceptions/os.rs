//! `OSError` and the types that errno numbers select.

use super::super::class::{Accessor, TypeSpec};
use super::super::function::NativeDef;
use super::super::types;
use super::fields::{fill, member};
use super::{
    Layout, class_argument, instance_dict, make, no_keywords, plain, reduced, replace_args, text_of_args,
    with_fields,
};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::names;
use crate::machine::native::{Part, lending};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Kind, Value};

/// `errno`.
pub const ERRNO: usize = 0;
/// `strerror`.
pub const STRERROR: usize = 1;
/// `filename`.
pub const FILENAME: usize = 2;
/// `filename2`.
pub const FILENAME2: usize = 3;
/// `characters_written`, an int.
pub const WRITTEN: usize = 4;
pub(super) const COUNT: usize = 5;

pub(super) const SPECS: &[&TypeSpec] = &[
    &TypeSpec {
        natives: &[
            NativeDef::new(Params::Any, new),
            NativeDef::wrapper("__init__", Params::Any, init),
            NativeDef::wrapper("__str__", Params::None, str),
            NativeDef::method("__reduce__", Params::None, reduce),
        ],
        accessors: &[
            member::<ERRNO>("errno"),
            member::<STRERROR>("strerror"),
            member::<FILENAME>("filename"),
            member::<FILENAME2>("filename2"),
            Accessor::new("characters_written", written, set_written),
        ],
        ..with_fields(types::OS_ERROR, "OSError", types::EXCEPTION)
    },
    &below(types::BLOCKING_IO_ERROR, "BlockingIOError", types::OS_ERROR),
    &below(types::CHILD_PROCESS_ERROR, "ChildProcessError", types::OS_ERROR),
    &below(types::CONNECTION_ERROR, "ConnectionError", types::OS_ERROR),
    &below(types::BROKEN_PIPE_ERROR, "BrokenPipeError", types::CONNECTION_ERROR),
    &below(types::CONNECTION_ABORTED_ERROR, "ConnectionAbortedError", types::CONNECTION_ERROR),
    &below(types::CONNECTION_REFUSED_ERROR, "ConnectionRefusedError", types::CONNECTION_ERROR),
    &below(types::CONNECTION_RESET_ERROR, "ConnectionResetError", types::CONNECTION_ERROR),
    &below(types::FILE_EXISTS_ERROR, "FileExistsError", types::OS_ERROR),
    &below(types::FILE_NOT_FOUND_ERROR, "FileNotFoundError", types::OS_ERROR),
    &below(types::INTERRUPTED_ERROR, "InterruptedError", types::OS_ERROR),
    &below(types::IS_A_DIRECTORY_ERROR, "IsADirectoryError", types::OS_ERROR),
    &below(types::NOT_A_DIRECTORY_ERROR, "NotADirectoryError", types::OS_ERROR),
    &below(types::PERMISSION_ERROR, "PermissionError", types::OS_ERROR),
    &below(types::PROCESS_LOOKUP_ERROR, "ProcessLookupError", types::OS_ERROR),
    &below(types::TIMEOUT_ERROR, "TimeoutError", types::OS_ERROR),
];

const fn below(handle: Handle, name: &'static str, base: Handle) -> TypeSpec {
    TypeSpec { layout: Layout::Builtin(types::OS_ERROR), natives: &[], ..plain(handle, name, base) }
}

/// The type that Linux's errno numbers stand for.
const fn type_of_errno(errno: i64) -> Option<Handle> {
    Some(match errno {
        1 | 13 => types::PERMISSION_ERROR,
        2 => types::FILE_NOT_FOUND_ERROR,
        3 => types::PROCESS_LOOKUP_ERROR,
        4 => types::INTERRUPTED_ERROR,
        10 => types::CHILD_PROCESS_ERROR,
        11 | 114 | 115 => types::BLOCKING_IO_ERROR,
        17 => types::FILE_EXISTS_ERROR,
        20 => types::NOT_A_DIRECTORY_ERROR,
        21 => types::IS_A_DIRECTORY_ERROR,
        32 | 108 => types::BROKEN_PIPE_ERROR,
        103 => types::CONNECTION_ABORTED_ERROR,
        104 => types::CONNECTION_RESET_ERROR,
        110 => types::TIMEOUT_ERROR,
        111 => types::CONNECTION_REFUSED_ERROR,
        _ => return None,
    })
}

/// Whether the fields of this class are filled by `__init__`: it has its own, and no own `__new__`.
/// Otherwise `__new__` has filled them, because the errno selects the type there.
fn init_fills(m: &Machine, class: Handle) -> bool {
    let own = |name| m.heap.lookup(class, name) != m.heap.lookup(types::OS_ERROR, name);
    own(names::INIT) && !own(names::NEW)
}

fn new(m: &mut Machine, args: &Args) -> Eval {
    let mut class = class_argument(args);
    if init_fills(m, class) {
        return Ok(make(m, class, Vec::new()).into());
    }
    if args.keywords().next().is_some() {
        let name = m.heap.class(class).name.to_string();
        return Err(m.type_error(format!("{name}() takes no keyword arguments")));
    }
    let values: Vec<Value> = args.rest(1).collect();
    if class == types::OS_ERROR
        && let [errno, _, ..] = *values
        && values.len() <= 5
        && let Kind::Int(errno) = errno.kind()
    {
        class = type_of_errno(errno).unwrap_or(class);
    }
    let exception = make(m, class, values.clone());
    take_fields(m, exception, &values)?;
    Ok(exception.into())
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    let class = m.heap.class_of(args.at(0));
    if init_fills(m, class) {
        no_keywords(m, args)?;
        let values: Vec<Value> = args.rest(1).collect();
        let tuple = m.heap.tuple(values.clone());
        replace_args(m, args.at(0), tuple);
        take_fields(m, args.at(0), &values)?;
    }
    Ok(Value::NONE.into())
}

/// Two to five arguments are errno, text, file name, an error number of Windows, and a second file name.
/// The names are then not in `args`.  A BlockingIOError may have a number in the place of the first name: how much
/// was written before.
fn take_fields(m: &mut Machine, exception: Value, values: &[Value]) -> Result<(), Raise> {
    let [errno, strerror, ref rest @ ..] = *values else { return Ok(()) };
    if rest.len() > 3 {
        return Ok(());
    }
    if let Some(number) = rest.first()
        && m.heap.is_instance(exception, types::BLOCKING_IO_ERROR)
        && is_number(m, *number)
    {
        let count = count_or_none(m, *number)?;
        fill(m, exception, [Some(errno), Some(strerror), None, None]);
        m.set_exception_field(exception, WRITTEN, count);
        return Ok(());
    }
    let name = |index: usize| rest.get(index).copied().filter(|name| !name.is_none());
    fill(m, exception, [Some(errno), Some(strerror), name(0), name(0).and(name(2))]);
    if name(0).is_some() {
        let tuple = m.heap.tuple(vec![errno, strerror]);
        replace_args(m, exception, tuple);
    }
    Ok(())
}

/// Whether arithmetic takes a value for a number.
fn is_number(m: &Machine, value: Value) -> bool {
    let asks = [names::INDEX, names::INT, names::FLOAT];
    asks.iter().any(|name| m.heap.special(value, *name).is_some()) || m.heap.number(value).is_some()
}

/// An int of a machine word; -1 stands for none.
fn count_or_none(m: &mut Machine, value: Value) -> Result<Option<Value>, Raise> {
    if m.heap.int_ref(value).is_none() {
        if m.heap.special(value, names::INDEX).is_some() {
            return Err(m.unsupported("characters_written given by an __index__ in Python"));
        }
        let class = m.class_name(value);
        return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
    }
    let count = m.exact_int(value);
    match count.kind() {
        Kind::Int(-1) => Ok(None),
        Kind::Int(_) => Ok(Some(count)),
        _ => {
            let class = m.class_name(value);
            Err(m.value_error(format!("cannot fit '{class}' into an index-sized integer")))
        }
    }
}

fn written(m: &mut Machine, exception: Value) -> Eval {
    match m.exception_field(exception, WRITTEN) {
        Some(count) => Ok(count.into()),
        None => Err(m.raise(types::ATTRIBUTE_ERROR, "characters_written")),
    }
}

fn set_written(m: &mut Machine, exception: Value, value: Option<Value>) -> Result<(), Raise> {
    let count = match value {
        Some(value) => count_or_none(m, value)?,
        None if m.exception_field(exception, WRITTEN).is_some() => None,
        None => return Err(m.raise(types::ATTRIBUTE_ERROR, "characters_written")),
    };
    m.set_exception_field(exception, WRITTEN, count);
    Ok(())
}

/// The fields of an OSError that the machine raises with these `args`.
pub(super) fn fields_from(values: &[Value]) -> [Option<Value>; COUNT] {
    match *values {
        [errno, strerror] => [Some(errno), Some(strerror), None, None, None],
        [errno, strerror, filename] => [Some(errno), Some(strerror), Some(filename), None, None],
        _ => [None; COUNT],
    }
}

/// The names of files, which are not in `args`, go behind those.
fn reduce(m: &mut Machine, args: &Args) -> Eval {
    let exception = args.at(0);
    let mut arguments = m.exception(exception).args;
    if let ([errno, strerror], Some(filename)) =
        (m.tuple_items(arguments), m.exception_field(exception, FILENAME))
    {
        let mut all = vec![*errno, *strerror, filename];
        if let Some(second) = m.exception_field(exception, FILENAME2) {
            all.extend([Value::NONE, second]);
        }
        arguments = m.heap.tuple(all);
    }
    let dict = instance_dict(m, exception);
    Ok(reduced(m, exception, arguments, dict).into())
}

fn str(m: &mut Machine, args: &Args) -> Eval {
    let exception = args.at(0);
    let field = |index| m.exception_field(exception, index);
    let (errno, strerror) = (field(ERRNO), field(STRERROR));
    let or_none = |value: Option<Value>| value.unwrap_or(Value::NONE);
    let mut parts =
        vec!["[Errno ".into(), Part::Str(or_none(errno)), "] ".into(), Part::Str(or_none(strerror))];
    match (field(FILENAME), field(FILENAME2)) {
        (Some(filename), second) => {
            parts.extend([": ".into(), Part::Repr(filename)]);
            if let Some(second) = second {
                parts.extend([" -> ".into(), Part::Repr(second)]);
            }
        }
        (None, _) if errno.is_some() && strerror.is_some() => {}
        (None, _) => return text_of_args(m, exception),
    }
    let given = m.exception(exception).args;
    let flow = m.compose(parts)?;
    Ok(lending("OSError", given, flow))
}

impl Machine {
    /// An OSError, of the type that its errno stands for: errno, text, and perhaps a file's name.
    #[cold]
    pub(in crate::machine) fn raise_os_error(&mut self, args: Vec<Value>) -> Raise {
        let class = match args.first().map(|errno| errno.kind()) {
            Some(Kind::Int(errno)) => type_of_errno(errno).unwrap_or(types::OS_ERROR),
            _ => types::OS_ERROR,
        };
        self.raise_os_error_of(class, args)
    }

    /// The same of a class that errno does not tell.
    #[cold]
    pub(in crate::machine) fn raise_os_error_of(&mut self, class: Handle, args: Vec<Value>) -> Raise {
        let exception = make(self, class, args.clone());
        match take_fields(self, exception, &args) {
            Ok(()) => Raise::new(exception),
            Err(error) => error,
        }
    }
}
