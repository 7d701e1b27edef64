//! `re.Pattern`: code words and what they were made of.

use std::rc::Rc;

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::{Eval, Flow};
use super::super::super::hash;
use super::super::super::native::Style;
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::function::{NativeBody, NativeDef};
use super::super::super::object::iterator::Iter;
use super::super::super::object::{Payload, types};
use super::super::super::protocol::compare::Comparison;
use super::super::super::protocol::wrappers_container::CLASS_GETITEM;
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::engine::Mode;
use super::load::load;
use super::one::{Matching, Wanted};
use super::program::Program;
use super::sweep::Sweep;
use super::{MAX_GROUPS, Regex, limit, replacement, scanner};

/// What a pattern can be used on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A str.
    Text,
    /// What is bytes-like.
    Bytes,
    /// Either: it was compiled without its text.
    Any,
}

/// The payload of a pattern.
#[derive(Clone, Debug, Hash)]
pub struct Pattern {
    /// What the engine runs.
    pub program: Rc<Program>,
    /// What it can be used on.
    pub kind: Kind,
    /// `pattern`: the text, or None.
    source: Value,
    flags: i32,
    /// A dict of the names of groups with their numbers.
    pub group_numbers: Handle,
    /// A tuple of the names of groups by their numbers, None for those without one.
    pub group_names: Value,
}

impl Pattern {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.source);
        visit(Value::object(self.group_numbers));
        visit(self.group_names);
    }
}

/// A method that looks for one match.
macro_rules! one_match {
    ($name:literal, $mode:ident) => {
        NativeDef::method($name, SUBJECT, |m, args| {
            bounded(m, $name, args, |m, args| {
                let matcher = m.new_matcher(Mode::$mode, args)?;
                let found = Matching::new($name, matcher, args.at(0), args.at(1), Wanted::Match);
                let found = m.begin(found)?;
                Ok(m.exporting($name, [args.at(1)], found))
            })
        })
        .of_class()
    };
}

const SUBJECT: Params = Params::named(&["string", "pos", "endpos"], 1);

/// `re.Pattern`.
pub static PATTERN: TypeSpec = TypeSpec {
    module: "re",
    doc: Some("A regular expression, compiled."),
    natives: &[
        NativeDef::wrapper("__repr__", Params::None, repr),
        NativeDef::wrapper("__hash__", Params::None, hash_of),
        NativeDef::wrapper("__lt__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
        NativeDef::wrapper("__le__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
        NativeDef::wrapper("__eq__", Params::One, |m, args| compare(m, args, false)),
        NativeDef::wrapper("__ne__", Params::One, |m, args| compare(m, args, true)),
        NativeDef::wrapper("__gt__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
        NativeDef::wrapper("__ge__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
        one_match!("match", Match),
        one_match!("fullmatch", FullMatch),
        one_match!("search", Search),
        NativeDef::method("sub", REPLACING, |m, args| counted(m, "sub", args, 3, replacement::sub))
            .of_class(),
        NativeDef::method("subn", REPLACING, |m, args| counted(m, "subn", args, 3, replacement::subn))
            .of_class(),
        NativeDef::method("findall", SUBJECT, |m, args| {
            bounded(m, "findall", args, |m, args| {
                let matcher = m.new_matcher(Mode::Search, args)?;
                let task = Sweep::find_all(m, matcher, args.at(0), args.at(1));
                let list = m.begin(task)?;
                Ok(m.exporting("findall", [args.at(1)], list))
            })
        }),
        NativeDef::method("split", Params::named(&["string", "maxsplit"], 1), |m, args| {
            counted(m, "split", args, 2, |m, args| {
                let most = limit(m, args.get(2))?;
                let matcher = m.new_matcher(Mode::Search, &Args::new([args.at(0), args.at(1)]))?;
                let task = Sweep::split(m, matcher, args.at(0), args.at(1), most);
                let list = m.begin(task)?;
                Ok(m.exporting("split", [args.at(1)], list))
            })
        }),
        NativeDef::method("finditer", SUBJECT, |m, args| {
            bounded(m, "finditer", args, |m, args| {
                let scanner = scanner::new(m, args)?;
                let search = m.text_handle("search");
                let search = match m.get_attr(scanner, search)? {
                    Flow::Value(search) => search,
                    Flow::Enter(entry) => return Ok(Flow::Enter(entry)),
                };
                let iterator = Iter::Callable(Some((search, Value::NONE)));
                Ok(m.heap.new_iterator(types::CALLABLE_ITERATOR, iterator).into())
            })
        })
        .of_class(),
        NativeDef::method("scanner", SUBJECT, |m, args| {
            bounded(m, "scanner", args, |m, args| Ok(scanner::new(m, args)?.into()))
        })
        .of_class(),
        NativeDef::method("__copy__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::method("__deepcopy__", Params::One, |_, args| Ok(args.at(0).into())),
    ],
    wrappers: &[&CLASS_GETITEM],
    accessors: &[
        Accessor::read_only("pattern", |m, value| Ok(m.pattern(value).source.into())).as_member(),
        Accessor::read_only("flags", |m, value| {
            let flags = m.pattern(value).flags;
            Ok(m.heap.int(i64::from(flags)).into())
        })
        .as_member(),
        Accessor::read_only("groups", |m, value| {
            let groups = m.pattern(value).program.groups;
            Ok(m.heap.int(groups as i64).into())
        })
        .as_member(),
        Accessor::read_only("groupindex", |m, value| {
            let names = m.pattern(value).group_numbers;
            if m.heap.dict(names).is_empty() {
                // There is nothing in it that could be changed.
                return Ok(Value::object(m.heap.new_dict()).into());
            }
            let names = Value::object(names);
            Ok(Value::object(m.heap.alloc(types::MAPPING_PROXY, Payload::MappingProxy(names))).into())
        }),
    ],
    ..TypeSpec::new(types::PATTERN, "Pattern")
};

const REPLACING: Params = Params::named(&["repl", "string", "count"], 2);

/// Goes on once the bounds of the subject are ints.
fn bounded(m: &mut Machine, name: &'static str, args: &Args, body: NativeBody) -> Eval {
    m.with_indices(name, args, &[2, 3], Style::Plain, body)
}

/// Goes on once the limit, the argument at `index`, is an int.
fn counted(m: &mut Machine, name: &'static str, args: &Args, index: usize, body: NativeBody) -> Eval {
    let wanted: &'static [usize] = if index == 2 { &[2] } else { &[3] };
    m.with_indices(name, args, wanted, Style::Plain, body)
}

/// `_sre.compile(pattern, flags, code, groups, groupindex, indexgroup)`.
pub fn compile(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("compile", args, &[1, 3], Style::Plain, |m, args| {
        let flags = m.c_int(args.at(1))?;
        let Some(code) = list_of(m, args.at(2)) else {
            return Err(wrong_type(m, "code", "list", args.at(2)));
        };
        let groups = m.size_argument(args.at(3))?;
        let numbers = args.at(4).handle().filter(|dict| matches!(m.heap.payload(*dict), Payload::Dict(_)));
        let Some(group_numbers) = numbers else {
            return Err(wrong_type(m, "groupindex", "dict", args.at(4)));
        };
        if !matches!(m.heap.payload_of(args.at(5)), Some(Payload::Tuple(_))) {
            return Err(wrong_type(m, "indexgroup", "tuple", args.at(5)));
        }
        let kind = if args.at(0).is_none() { Kind::Any } else { m.subject_kind(args.at(0))? };
        let words = code.into_iter().map(|word| word_of(m, word)).collect::<Result<Vec<u32>, Raise>>()?;
        let program = usize::try_from(groups)
            .ok()
            .filter(|groups| *groups <= MAX_GROUPS as usize)
            .and_then(|groups| load(words, groups).ok());
        let Some(program) = program else { return Err(m.raise(types::RUNTIME_ERROR, "invalid SRE code")) };
        let pattern = Pattern {
            program: Rc::new(program),
            kind,
            source: args.at(0),
            flags,
            group_numbers,
            group_names: args.at(5),
        };
        Ok(m.new_regex(types::PATTERN, Regex::Pattern(pattern)).into())
    })
}

fn list_of(m: &Machine, value: Value) -> Option<Vec<Value>> {
    match m.heap.payload_of(value) {
        Some(Payload::List(items)) => Some(items.to_vec()),
        _ => None,
    }
}

fn wrong_type(m: &mut Machine, name: &str, wanted: &str, given: Value) -> Raise {
    let class = m.argument_class(given);
    m.type_error(format!("compile() argument '{name}' must be {wanted}, not {class}"))
}

/// A code word.
fn word_of(m: &mut Machine, value: Value) -> Result<u32, Raise> {
    let Some(int) = m.heap.int_ref(value) else { return Err(m.type_error("an integer is required")) };
    let too_large = match int.small() {
        Some(number) => match u32::try_from(number) {
            Ok(word) => return Ok(word),
            Err(_) if number < 0 => "can't convert negative value to unsigned int",
            Err(_) => "regular expression code size limit exceeded",
        },
        None if int.signum() < 0 => "can't convert negative value to unsigned int",
        None if int.to_int().into_big().bits() <= 64 => "regular expression code size limit exceeded",
        None => "Python int too large to convert to C unsigned long",
    };
    Err(m.overflow_error(too_large))
}

impl Machine {
    /// The pattern that a value is.
    pub(super) fn pattern(&self, value: Value) -> &Pattern {
        match self.regex(value) {
            Some(Regex::Pattern(pattern)) => pattern,
            _ => panic!("a pattern is there"),
        }
    }
}

/// The flags that `repr` shows, by their values.
const FLAGS: [(i32, &str); 8] = [
    (2, "re.IGNORECASE"),
    (4, "re.LOCALE"),
    (8, "re.MULTILINE"),
    (16, "re.DOTALL"),
    (UNICODE, "re.UNICODE"),
    (64, "re.VERBOSE"),
    (128, "re.DEBUG"),
    (256, "re.ASCII"),
];
const UNICODE: i32 = 32;
/// Those that say which letters are letters.
const ALPHABETS: i32 = 4 | UNICODE | 256;
/// How many characters of the text are shown.
const SHOWN: usize = 200;

fn repr(m: &mut Machine, args: &Args) -> Eval {
    let source = m.repr(m.pattern(args.at(0)).source)?;
    m.continue_with("Pattern.__repr__", source, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
        let Pattern { flags, kind, .. } = *m.pattern(args.at(0));
        // A text without any of them is one of Unicode: that is not worth a word.
        let mut rest =
            if kind == Kind::Text && flags & ALPHABETS == UNICODE { flags & !UNICODE } else { flags };
        let mut shown = Vec::new();
        for (flag, name) in FLAGS {
            if rest & flag != 0 {
                shown.push(name.to_owned());
                rest &= !flag;
            }
        }
        if rest != 0 {
            shown.push(format!("{rest:#x}"));
        }
        let mut text = super::super::super::text::Str::from("re.compile(");
        text = text.concat(&m.str_text(args.at(1)).slice(0..SHOWN));
        if !shown.is_empty() {
            text = text.concat(&format!(", {}", shown.join("|")).into());
        }
        text = text.concat(&")".into());
        Ok(m.heap.str(text).into())
    })
}

fn hash_of(m: &mut Machine, args: &Args) -> Eval {
    let source = m.hash(m.pattern(args.at(0)).source)?;
    m.continue_with("Pattern.__hash__", source, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
        let source = m.hash_from_result(args.at(1))?;
        let pattern = m.pattern(args.at(0));
        let words = &pattern.program.words;
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let kind = match pattern.kind {
            Kind::Text => 0,
            Kind::Bytes => 1,
            Kind::Any => -1,
        };
        let hash = source ^ hash::bytes(&bytes) ^ i64::from(pattern.flags) ^ kind ^ words.len() as i64;
        Ok(m.heap.int(if hash == -1 { -2 } else { hash }).into())
    })
}

fn compare(m: &mut Machine, args: &Args, negated: bool) -> Eval {
    let (one, two) = (args.at(0), args.at(1));
    if one == two {
        return Ok(Value::bool(!negated).into());
    }
    if m.heap.class_of(two) != types::PATTERN {
        return Ok(Value::NOT_IMPLEMENTED.into());
    }
    let (left, right) = (m.pattern(one), m.pattern(two));
    let alike = left.flags == right.flags
        && left.kind == right.kind
        && left.program.groups == right.program.groups
        && left.program.words == right.program.words;
    if !alike {
        return Ok(Value::bool(negated).into());
    }
    let (left, right) = (left.source, right.source);
    let equal = m.compare_bool(Comparison::Eq, left, right)?;
    if !negated {
        return Ok(equal);
    }
    m.continue_with("Pattern.__ne__", equal, Args::new([Value::NONE]), 0, |m, args| {
        Ok(m.invert(args.at(0)).into())
    })
}
