//! `_stat`: what the bits of a file's mode mean.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Style;
use super::super::object::function::NativeDef;
use super::super::raise::Raise;
use super::super::value::Value;
use super::native::{Constant, NativeModule};

/// The bits that say what kind of file it is.
const KIND: u32 = 0o170_000;

macro_rules! is_kind {
    ($name:literal, $kind:literal) => {
        NativeDef::function($name, Params::One, |m, args| {
            of_mode(m, $name, args, |m, args| {
                let mode = mode(m, args)?;
                Ok(Value::bool($kind != 0 && mode & KIND == $kind).into())
            })
        })
    };
}

/// `_stat`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        is_kind!("S_ISDIR", 0o040_000),
        is_kind!("S_ISCHR", 0o020_000),
        is_kind!("S_ISBLK", 0o060_000),
        is_kind!("S_ISREG", 0o100_000),
        is_kind!("S_ISFIFO", 0o010_000),
        is_kind!("S_ISLNK", 0o120_000),
        is_kind!("S_ISSOCK", 0o140_000),
        is_kind!("S_ISDOOR", 0),
        is_kind!("S_ISPORT", 0),
        is_kind!("S_ISWHT", 0),
        NativeDef::function("S_IMODE", Params::One, |m, args| {
            of_mode(m, "S_IMODE", args, |m, args| {
                let mode = mode(m, args)? & 0o7777;
                Ok(m.heap.int(mode.into()).into())
            })
        }),
        NativeDef::function("S_IFMT", Params::One, |m, args| {
            of_mode(m, "S_IFMT", args, |m, args| {
                let mode = mode(m, args)? & KIND;
                Ok(m.heap.int(mode.into()).into())
            })
        }),
        NativeDef::function("filemode", Params::One, |m, args| of_mode(m, "filemode", args, file_mode)),
    ]],
    constants: &[
        ("S_IFDIR", Constant::Int(0o40000)),
        ("S_IFCHR", Constant::Int(0o20000)),
        ("S_IFBLK", Constant::Int(0o60000)),
        ("S_IFREG", Constant::Int(0o100_000)),
        ("S_IFIFO", Constant::Int(0o10000)),
        ("S_IFLNK", Constant::Int(0o120_000)),
        ("S_IFSOCK", Constant::Int(0o140_000)),
        ("S_IFDOOR", Constant::Int(0)),
        ("S_IFPORT", Constant::Int(0)),
        ("S_IFWHT", Constant::Int(0)),
        ("S_ISUID", Constant::Int(0o4000)),
        ("S_ISGID", Constant::Int(0o2000)),
        ("S_ISVTX", Constant::Int(0o1000)),
        ("S_ENFMT", Constant::Int(0o2000)),
        ("S_IREAD", Constant::Int(0o400)),
        ("S_IWRITE", Constant::Int(0o200)),
        ("S_IEXEC", Constant::Int(0o100)),
        ("S_IRWXU", Constant::Int(0o700)),
        ("S_IRUSR", Constant::Int(0o400)),
        ("S_IWUSR", Constant::Int(0o200)),
        ("S_IXUSR", Constant::Int(0o100)),
        ("S_IRWXG", Constant::Int(0o70)),
        ("S_IRGRP", Constant::Int(0o40)),
        ("S_IWGRP", Constant::Int(0o20)),
        ("S_IXGRP", Constant::Int(8)),
        ("S_IRWXO", Constant::Int(7)),
        ("S_IROTH", Constant::Int(4)),
        ("S_IWOTH", Constant::Int(2)),
        ("S_IXOTH", Constant::Int(1)),
        ("UF_SETTABLE", Constant::Int(0o177_777)),
        ("UF_NODUMP", Constant::Int(1)),
        ("UF_IMMUTABLE", Constant::Int(2)),
        ("UF_APPEND", Constant::Int(4)),
        ("UF_OPAQUE", Constant::Int(8)),
        ("UF_NOUNLINK", Constant::Int(0o20)),
        ("UF_COMPRESSED", Constant::Int(0o40)),
        ("UF_TRACKED", Constant::Int(0o100)),
        ("UF_DATAVAULT", Constant::Int(0o200)),
        ("UF_HIDDEN", Constant::Int(0o100_000)),
        ("SF_SETTABLE", Constant::Int(0o37_777_600_000)),
        ("SF_ARCHIVED", Constant::Int(0o200_000)),
        ("SF_IMMUTABLE", Constant::Int(0o400_000)),
        ("SF_APPEND", Constant::Int(0o1_000_000)),
        ("SF_NOUNLINK", Constant::Int(0o4_000_000)),
        ("SF_SNAPSHOT", Constant::Int(0o10_000_000)),
        ("SF_FIRMLINK", Constant::Int(0o40_000_000)),
        ("SF_DATALESS", Constant::Int(0o10_000_000_000)),
        ("ST_MODE", Constant::Int(0)),
        ("ST_INO", Constant::Int(1)),
        ("ST_DEV", Constant::Int(2)),
        ("ST_NLINK", Constant::Int(3)),
        ("ST_UID", Constant::Int(4)),
        ("ST_GID", Constant::Int(5)),
        ("ST_SIZE", Constant::Int(6)),
        ("ST_ATIME", Constant::Int(7)),
        ("ST_MTIME", Constant::Int(8)),
        ("ST_CTIME", Constant::Int(9)),
    ],
    ..NativeModule::new("_stat", "What the bits of a file's mode mean.")
};

fn of_mode(m: &mut Machine, name: &'static str, args: &Args, body: fn(&mut Machine, &Args) -> Eval) -> Eval {
    m.with_indices(name, args, &[0], Style::Plain, body)
}

fn mode(m: &mut Machine, args: &Args) -> Result<u32, Raise> {
    let value = m.heap.int_ref(args.at(0)).expect("an index is an int");
    match (value.signum(), value.small()) {
        (..0, _) => Err(m.overflow_error("can't convert negative value to unsigned int")),
        (_, None) => Err(m.overflow_error("Python int too large to convert to C unsigned long")),
        (_, Some(mode)) => u32::try_from(mode).map_err(|_| m.overflow_error("mode out of range")),
    }
}

/// `-rwxr-xr-x`.
fn file_mode(m: &mut Machine, args: &Args) -> Eval {
    let mode = mode(m, args)?;
    let kind = match mode & KIND {
        0o100_000 => '-',
        0o040_000 => 'd',
        0o120_000 => 'l',
        0o060_000 => 'b',
        0o020_000 => 'c',
        0o010_000 => 'p',
        0o140_000 => 's',
        _ => '?',
    };
    let mut text = String::from(kind);
    // Three letters each for the owner, the group and others; the last one tells of a special bit too.
    for (shift, special, letters) in
        [(6, 0o4000, ['s', 'S']), (3, 0o2000, ['s', 'S']), (0, 0o1000, ['t', 'T'])]
    {
        let bits = mode >> shift;
        text.push(if bits & 4 != 0 { 'r' } else { '-' });
        text.push(if bits & 2 != 0 { 'w' } else { '-' });
        text.push(match (bits & 1 != 0, mode & special != 0) {
            (true, true) => letters[0],
            (false, true) => letters[1],
            (true, false) => 'x',
            (false, false) => '-',
        });
    }
    Ok(m.heap.str(text).into())
}
