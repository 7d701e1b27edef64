//! `_csv`: tables as text, a row a line.

mod dialect;
mod reader;
mod writer;

pub use dialect::{Dialect, DialectMaking};
pub use reader::{CsvNext, Reader};
pub use writer::{CsvRow, CsvRows, Writer};

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::object::class::{Accessor, Layout, TypeSpec};
use super::super::object::extension::Extension;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::Value;
use super::native::{Constant, NativeModule};
use dialect::{Purpose, make_dialect};

/// How long a field may be, until a program says otherwise.
const FIELD_LIMIT: i64 = 128 * 1024;

/// What the module keeps.
#[derive(Clone, Copy, Debug, Hash)]
pub struct CsvState {
    /// The dialects that have names: a dict, once the module is there.
    pub dialects: Option<Value>,
    /// How many characters a field may have.
    pub limit: i64,
}

impl Default for CsvState {
    fn default() -> Self {
        Self { dialects: None, limit: FIELD_LIMIT }
    }
}

/// `_csv`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("field_size_limit", Params::named(&["new_limit"], 0), |m, args| {
            let before = m.csv.limit;
            if let Some(limit) = args.get(0) {
                if m.heap.int_ref(limit).is_none() {
                    return Err(m.type_error("limit must be an integer"));
                }
                m.csv.limit = m.size_argument(limit)?;
            }
            Ok(m.heap.int(before).into())
        }),
        NativeDef::function("get_dialect", Params::named(&["name"], 1), |m, args| {
            Ok(m.dialect_named(args.at(0))?.into())
        }),
        NativeDef::function("list_dialects", Params::None, |m, _| {
            let names = match m.csv.dialects.and_then(Value::handle) {
                Some(dict) => m.heap.dict(dict).iter().map(|entry| entry.key).collect(),
                None => Vec::new(),
            };
            Ok(m.heap.list(names).into())
        }),
        NativeDef::function("reader", Params::Any, |m, args| {
            let source = first_argument(m, "reader", args)?;
            let iterator = m.iter(source)?;
            m.continue_with("csv.reader", iterator, args.clone(), 0, |m, args| {
                make_dialect(m, &args.without_first(), Purpose::Reader(args.at(0)))
            })
        }),
        NativeDef::function("register_dialect", Params::Any, |m, args| {
            let name = first_argument(m, "register_dialect", args)?;
            if m.heap.text_of(name).is_none() {
                return Err(m.type_error("dialect name must be a string"));
            }
            make_dialect(m, &args.without_first(), Purpose::Name(name))
        }),
        NativeDef::function("unregister_dialect", Params::named(&["name"], 1), |m, args| {
            m.dialect_named(args.at(0))?;
            if let (Some(dict), Some(name)) = (m.csv.dialects.and_then(Value::handle), args.at(0).handle()) {
                m.heap.delete_name(dict, name);
            }
            Ok(Value::NONE.into())
        }),
        NativeDef::function("writer", Params::Any, |m, args| {
            let file = first_argument(m, "writer", args)?;
            let write = m.get_attr_or(file, names::WRITE, Value::NONE)?;
            m.continue_with("csv.writer", write, args.clone(), 0, |m, args| {
                if !m.is_callable(args.at(0)) {
                    return Err(m.type_error("argument 1 must have a \"write\" method"));
                }
                make_dialect(m, &args.without_first(), Purpose::Writer(args.at(0)))
            })
        }),
    ]],
    types: &[&DIALECT],
    hidden_types: &[&ERROR, &READER, &WRITER],
    constants: &[
        ("Error", Constant::Type(types::CSV_ERROR)),
        ("Reader", Constant::Type(types::CSV_READER)),
        ("Writer", Constant::Type(types::CSV_WRITER)),
        ("QUOTE_MINIMAL", Constant::Int(0)),
        ("QUOTE_ALL", Constant::Int(1)),
        ("QUOTE_NONNUMERIC", Constant::Int(2)),
        ("QUOTE_NONE", Constant::Int(3)),
        ("QUOTE_STRINGS", Constant::Int(4)),
        ("QUOTE_NOTNULL", Constant::Int(5)),
    ],
    fill: |m, dict| {
        let dialects = Value::object(m.heap.new_dict());
        let mut known = m.csv.dialects;
        m.heap.replace(&mut known, Some(dialects));
        m.csv.dialects = known;
        m.set_text_name(dict, "_dialects", dialects);
    },
    ..NativeModule::new("_csv", "Tables as text, a row a line.")
};

/// `_csv.Error`.
static ERROR: TypeSpec = TypeSpec {
    module: "_csv",
    base: types::EXCEPTION,
    layout: Layout::Builtin(types::BASE_EXCEPTION),
    subclassable: true,
    has_dict: true,
    ..TypeSpec::new(types::CSV_ERROR, "Error")
};

/// `_csv.Dialect`.
static DIALECT: TypeSpec = TypeSpec {
    module: "_csv",
    subclassable: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = m.class_argument(args)?;
            make_dialect(m, &args.without_first(), Purpose::Object(class))
        }),
        NativeDef::method("__reduce__", Params::Any, no_pickle),
        NativeDef::method("__reduce_ex__", Params::Any, no_pickle),
    ],
    accessors: dialect::ACCESSORS,
    ..TypeSpec::new(types::CSV_DIALECT, "Dialect")
};

fn no_pickle(m: &mut Machine, args: &Args) -> Eval {
    let class = m.heap.class(m.heap.class_of(args.at(0))).name.clone();
    Err(m.type_error(format!("cannot pickle '{class}' instances")))
}

/// `_csv.Reader`, which calls itself `reader`.
static READER: TypeSpec = TypeSpec {
    module: "_csv",
    natives: &[
        NativeDef::wrapper("__iter__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::wrapper("__next__", Params::None, |m, args| {
            let next = reader::next_row(m, args.at(0));
            m.begin(next)
        }),
    ],
    accessors: &[
        Accessor::read_only("dialect", |m, value| Ok(reader::of(m, value).dialect.into())).as_member(),
        Accessor::read_only("line_num", |m, value| {
            let lines = reader::of(m, value).lines;
            Ok(m.heap.int(lines).into())
        })
        .as_member(),
    ],
    ..TypeSpec::new(types::CSV_READER, "reader")
};

/// `_csv.Writer`, which calls itself `writer`.
static WRITER: TypeSpec = TypeSpec {
    module: "_csv",
    natives: &[
        NativeDef::method("writerow", Params::One, |m, args| {
            m.begin(writer::write_row(args.at(0), args.at(1)))
        }),
        NativeDef::method("writerows", Params::One, |m, args| {
            m.begin(writer::write_rows(args.at(0), args.at(1)))
        }),
    ],
    accessors: &[
        Accessor::read_only("dialect", |m, value| Ok(writer::of(m, value).dialect.into())).as_member()
    ],
    ..TypeSpec::new(types::CSV_WRITER, "writer")
};

/// What objects of the module hold.
#[derive(Clone, Debug, Hash)]
pub enum Csv {
    /// `Dialect`.
    Dialect(Dialect),
    /// `Reader`.
    Reader(Reader),
    /// `Writer`.
    Writer(Writer),
}

impl Csv {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::Dialect(_) => {}
            Self::Reader(reader) => [reader.source, reader.dialect].into_iter().for_each(visit),
            Self::Writer(writer) => [writer.write, writer.dialect].into_iter().for_each(visit),
        }
    }
}

/// The argument that comes first; one more may be given by position.
fn first_argument(m: &mut Machine, function: &str, args: &Args) -> Result<Value, Raise> {
    match args.positional() {
        0 => Err(m.type_error(format!("{function} expected at least 1 argument, got 0"))),
        1..=2 => Ok(args.at(0)),
        count => Err(m.type_error(format!("{function} expected at most 2 arguments, got {count}"))),
    }
}

/// What an object of the module holds.
fn content(m: &Machine, value: Value) -> Option<&Csv> {
    match m.heap.payload_of(value)? {
        Payload::Extension(extension) => match &**extension {
            Extension::Csv(csv) => Some(csv),
            Extension::Abc(_)
            | Extension::Array(_)
            | Extension::Hasher(_)
            | Extension::Tokens(_)
            | Extension::Zlib(_)
            | Extension::LruCache(_)
            | Extension::Random(_)
            | Extension::Struct(_)
            | Extension::Socket(_)
            | Extension::Waiting(_)
            | Extension::Regex(_)
            | Extension::Unpacker(_) => None,
        },
        _ => None,
    }
}

impl Machine {
    /// A `_csv.Error` with this message.
    #[cold]
    fn csv_error(&mut self, message: impl AsRef<str>) -> Raise {
        self.raise(types::CSV_ERROR, message)
    }

    /// The dialect of a name.
    fn dialect_named(&mut self, name: Value) -> Result<Value, Raise> {
        let known = self.csv.dialects.filter(|_| self.heap.text_of(name).is_some());
        match known.and_then(|dialects| self.heap.dict_get(dialects, name)) {
            Some(dialect) => Ok(dialect),
            None => Err(self.csv_error("unknown dialect")),
        }
    }

    /// Gives a dialect a name.
    fn name_dialect(&mut self, name: Value, dialect: Value) {
        if let (Some(dict), Some(name)) = (self.csv.dialects.and_then(Value::handle), name.handle()) {
            self.heap.set_name(dict, name, dialect);
        }
    }
}
