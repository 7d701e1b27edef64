//! `code.replace()` and `types.CodeType()`: code objects that a program puts together.
//!
//! CPython runs whatever it is given, and crashes on some of it.  Here it is verified as what a file has is.

use std::rc::Rc;

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::load::NoConstant;
use super::super::native::Style;
use super::super::raise::Raise;
use super::super::text::Str;
use super::super::value::{Handle, Value};
use super::code::LoadedCode;
use super::{Payload, types};
use crate::code::{CodeObject, LocalKind, flags};

/// The parts of a code object in the order in which `replace()` has them: numbers, bytes, tuples, texts, bytes.
const PARTS: &[&str] = &[
    "co_argcount",
    "co_posonlyargcount",
    "co_kwonlyargcount",
    "co_nlocals",
    "co_stacksize",
    "co_flags",
    "co_firstlineno",
    "co_code",
    "co_consts",
    "co_names",
    "co_varnames",
    "co_freevars",
    "co_cellvars",
    "co_filename",
    "co_name",
    "co_qualname",
    "co_linetable",
    "co_exceptiontable",
];
const NUMBERS: usize = 7;
const CODE: usize = 7;
const CONSTS: usize = 8;
const NAMES: usize = 9;
const VARNAMES: usize = 10;
const FREEVARS: usize = 11;
const CELLVARS: usize = 12;
const FILENAME: usize = 13;
const NAME: usize = 14;
const QUALNAME: usize = 15;
const LINETABLE: usize = 16;
const EXCEPTIONTABLE: usize = 17;

/// Where `CodeType()` has each of them among its arguments.
const PLACES: [usize; 18] = [0, 1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 16, 17, 10, 11, 12, 14, 15];
/// How many of its arguments must be given; the others are the variables of enclosing and enclosed functions.
const REQUIRED: usize = 16;

/// What CPython says of parts that do not go together, and that it has no words for.
const BAD_ARGUMENT: &str = "../Objects/codeobject.c:465: bad argument to internal function";

/// `code.replace(**parts)`.
pub(super) fn replace(m: &mut Machine, args: &Args) -> Eval {
    if args.positional() > 1 {
        return Err(m.type_error("replace() takes no positional arguments"));
    }
    let given = m.bind_as("replace", PARTS, 0, &args.without_first())?;
    let mut parts = vec![args.at(0)];
    for (index, name) in PARTS.iter().enumerate() {
        parts.push(match given.get(index) {
            Some(part) => part,
            None => {
                let name = m.text_handle(name);
                match m.get_attr(args.at(0), name)? {
                    Flow::Value(part) => part,
                    Flow::Enter(_) => panic!("no Python code computes a part of a code object"),
                }
            }
        });
    }
    m.with_indices("code.replace", &Args::new(parts), &[1, 2, 3, 4, 5, 6, 7], Style::Plain, build)
}

/// `CodeType(…)`.
pub(super) fn new(m: &mut Machine, args: &Args) -> Eval {
    m.check_no_keywords("code", args)?;
    m.check_count("code", args.len() - 1, REQUIRED, PARTS.len())?;
    let parts = PLACES.map(|place| args.get(place + 1).unwrap_or(Value::object(types::EMPTY_TUPLE)));
    let parts = Args::new([args.at(0)].into_iter().chain(parts));
    m.with_indices("code", &parts, &[1, 2, 3, 4, 5, 6, 7], Style::Plain, build)
}

fn loaded(m: &Machine, value: Value) -> Option<Rc<LoadedCode>> {
    match m.heap.payload_of(value) {
        Some(Payload::Code(code)) => Some(Rc::clone(code)),
        _ => None,
    }
}

/// The parts as they are given, behind the code object they take the place of, or the type.
struct Parts<'a> {
    args: &'a Args,
    /// Whether they are for `CodeType()`.
    new: bool,
}

impl Parts<'_> {
    fn at(&self, index: usize) -> Value {
        self.args.at(index + 1)
    }

    fn wrong_type(&self, m: &mut Machine, index: usize, wanted: &str) -> Raise {
        let value = self.at(index);
        let given = if value.is_none() { "None".to_owned() } else { m.class_name(value) };
        m.type_error(if self.new {
            format!("code() argument {} must be {wanted}, not {given}", PLACES[index] + 1)
        } else {
            format!("replace() argument '{}' must be {wanted}, not {given}", PARTS[index])
        })
    }

    fn check_types(&self, m: &mut Machine) -> Result<(), Raise> {
        let mut order: Vec<usize> = (CODE..PARTS.len()).collect();
        if self.new {
            order.sort_by_key(|index| PLACES[*index]);
        }
        for index in order {
            let (fits, wanted) = match (index, m.heap.payload_of(self.at(index))) {
                (CODE | LINETABLE | EXCEPTIONTABLE, payload) => {
                    (matches!(payload, Some(Payload::Bytes(_))), "bytes")
                }
                (FILENAME | NAME | QUALNAME, payload) => (matches!(payload, Some(Payload::Str(_))), "str"),
                (_, payload) => (matches!(payload, Some(Payload::Tuple(_))), "tuple"),
            };
            if !fits {
                return Err(self.wrong_type(m, index, wanted));
            }
        }
        Ok(())
    }

    fn numbers(&self, m: &mut Machine) -> Result<[i32; NUMBERS], Raise> {
        let mut numbers = [0; NUMBERS];
        for (index, number) in numbers.iter_mut().enumerate() {
            let given = m.heap.int_ref(self.at(index)).and_then(|int| i32::try_from(int.small()?).ok());
            let Some(given) = given else {
                return Err(m.overflow_error("Python int too large to convert to C int"));
            };
            *number = given;
        }
        Ok(numbers)
    }

    fn check_signs(&self, m: &mut Machine, numbers: &[i32; NUMBERS]) -> Result<(), Raise> {
        let Some(index) = numbers.iter().position(|number| *number < 0) else { return Ok(()) };
        let name = PARTS[index];
        Err(match (self.new, index) {
            (false, _) => m.value_error(format!("{name} must be a positive integer")),
            (true, 0..4) => {
                let name = name.strip_prefix("co_").unwrap_or(name);
                m.value_error(format!("code: {name} must not be negative"))
            }
            (true, 6) => m.unsupported("a code object whose first line is negative"),
            (true, _) => m.system_error(BAD_ARGUMENT),
        })
    }

    fn bytes(&self, m: &Machine, index: usize) -> Box<[u8]> {
        match m.heap.payload_of(self.at(index)) {
            Some(Payload::Bytes(bytes)) => (**bytes).into(),
            _ => panic!("the types of the parts have been checked"),
        }
    }

    fn text(&self, m: &mut Machine, value: Value) -> Result<Rc<str>, Raise> {
        let text = m.heap.text_of(value).map(Str::to_text);
        match text.as_ref().and_then(crate::code::Text::as_str) {
            Some(text) => Ok(text.into()),
            None => Err(m.unsupported("lone surrogates in the names of a code object")),
        }
    }

    fn all_names(&self, m: &mut Machine) -> Result<[Vec<Rc<str>>; 4], Raise> {
        let [names, varnames, free, cells] =
            [NAMES, VARNAMES, FREEVARS, CELLVARS].map(|index| self.names(m, index));
        Ok([names?, varnames?, free?, cells?])
    }

    fn names(&self, m: &mut Machine, index: usize) -> Result<Vec<Rc<str>>, Raise> {
        let items = m.tuple_items(self.at(index)).to_vec();
        let mut names = Vec::with_capacity(items.len());
        for item in items {
            if self.new && m.heap.text_of(item).is_none() {
                let given = m.class_name(item);
                return Err(m.type_error(format!("name tuples must contain only strings, not '{given}'")));
            }
            if !self.new && m.heap.class_of(item) != types::STR {
                return Err(m.system_error("non-string found in code slot"));
            }
            names.push(self.text(m, item)?);
        }
        Ok(names)
    }
}

/// The local variables of a code object, and what each is.
fn locals(
    code: &CodeObject,
    varnames: &[Rc<str>],
    cells: &[Rc<str>],
    free: &[Rc<str>],
    hidden: &dyn Fn(&str) -> bool,
) -> (Vec<Rc<str>>, Vec<LocalKind>) {
    const BOTH: u8 = LocalKind::ARG_POS | LocalKind::ARG_KW;
    let has = |flag| usize::from(code.flags & flag != 0);
    let (positional, only) = (code.argcount as usize, code.posonlyargcount as usize);
    let parameters = [
        (only, LocalKind::ARG_POS),
        (positional - only, BOTH),
        (code.kwonlyargcount as usize, LocalKind::ARG_KW),
        (has(flags::VARARGS), LocalKind::ARG_VAR | LocalKind::ARG_POS),
        (has(flags::VARKEYWORDS), LocalKind::ARG_VAR | LocalKind::ARG_KW),
    ];
    let marks = parameters.into_iter().flat_map(|(count, mark)| std::iter::repeat_n(mark, count));
    let marks = marks.chain(std::iter::repeat(0));
    let mut names = varnames.to_vec();
    let mut kinds: Vec<LocalKind> = varnames
        .iter()
        .zip(marks)
        .map(|(name, mark)| {
            let hidden = if hidden(name) { LocalKind::HIDDEN } else { 0 };
            LocalKind(LocalKind::LOCAL | mark | hidden)
        })
        .collect();
    for cell in cells {
        match varnames.iter().position(|name| name == cell) {
            Some(index) => kinds[index].0 |= LocalKind::CELL,
            None => {
                names.push(Rc::clone(cell));
                kinds.push(LocalKind(LocalKind::CELL));
            }
        }
    }
    names.extend(free.iter().cloned());
    kinds.resize(names.len(), LocalKind(LocalKind::FREE));
    (names, kinds)
}

/// Makes the code object, the numbers converted.
fn build(m: &mut Machine, args: &Args) -> Eval {
    let parts = Parts { args, new: args.at(0) == Value::object(types::CODE) };
    let numbers = parts.numbers(m)?;
    parts.check_types(m)?;
    parts.check_signs(m, &numbers)?;
    let [argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, firstlineno] =
        numbers.map(i32::cast_unsigned);
    if parts.new {
        parts.all_names(m)?;
    }
    let variables = m.tuple_items(parts.at(VARNAMES)).len();
    if posonlyargcount > argcount {
        return Err(m.system_error(BAD_ARGUMENT));
    }
    let more = [flags::VARARGS, flags::VARKEYWORDS].iter().filter(|flag| flags & **flag != 0).count();
    if argcount as usize + kwonlyargcount as usize + more > variables {
        return Err(m.value_error("code: co_varnames is too small"));
    }
    let bytes = parts.bytes(m, CODE);
    if !bytes.len().is_multiple_of(2) {
        return Err(m.value_error("code: co_code is malformed"));
    }
    if nlocals as usize != variables {
        return Err(m.value_error("code: co_nlocals != len(co_varnames)"));
    }
    let [names, varnames, free, cells] = parts.all_names(m)?;
    let consts = m.tuple_items(parts.at(CONSTS)).to_vec();
    let mut code = CodeObject {
        argcount,
        posonlyargcount,
        kwonlyargcount,
        stacksize,
        flags,
        code: bytes,
        consts: constants(m, &consts)?,
        names: names.into(),
        localsplusnames: Box::default(),
        localspluskinds: Box::default(),
        filename: parts.text(m, parts.at(FILENAME))?,
        name: parts.text(m, parts.at(NAME))?,
        qualname: parts.text(m, parts.at(QUALNAME))?,
        firstlineno,
        linetable: parts.bytes(m, LINETABLE),
        exceptiontable: parts.bytes(m, EXCEPTIONTABLE),
    };
    // Which names are those of comprehensions the tuples do not say.
    let old = loaded(m, args.at(0));
    let hidden = |name: &str| old.as_ref().is_some_and(|old| old.hides(name));
    let (names, kinds) = locals(&code, &varnames, &cells, &free, &hidden);
    (code.localsplusnames, code.localspluskinds) = (names.into(), kinds.into());
    let source = old.and_then(|old| old.source.clone());
    match m.load_parts(code, consts, source) {
        Ok(code) => {
            // These are the objects that were given; names `CodeType()` copies.
            let names = Some(NAMES).filter(|_| !parts.new);
            for index in [LINETABLE, EXCEPTIONTABLE].into_iter().chain(names) {
                let dict = m.heap.attributes(code);
                m.set_text_name(dict, PARTS[index], parts.at(index));
            }
            Ok(Value::object(code).into())
        }
        Err(wrong) => Err(m.unsupported(format!("code that could not be run ({wrong})"))),
    }
}

fn constants(m: &mut Machine, values: &[Value]) -> Result<Box<[crate::code::Const]>, Raise> {
    let mut consts = Vec::with_capacity(values.len());
    for value in values {
        consts.push(match (loaded(m, *value), m.constant_of(*value, true)) {
            (Some(code), _) => crate::code::Const::Code(Rc::clone(&code.code)),
            (None, Ok(constant)) => constant,
            (None, Err(NoConstant::Type(given))) => {
                let class = m.class_name(given);
                return Err(m.unsupported(format!("'{class}' objects as constants of a code object")));
            }
            (None, Err(NoConstant::TooDeep)) => {
                return Err(m.unsupported("constants of a code object that are nested so deeply"));
            }
        });
    }
    Ok(consts.into())
}

impl LoadedCode {
    /// The names of the variables of a kind.
    pub(super) fn variables(&self, bit: u8) -> Vec<Value> {
        let all = self.locals.iter().zip(&self.code.localspluskinds);
        all.filter(|(_, kind)| kind.has(bit)).map(|(name, _): (&Handle, _)| Value::object(*name)).collect()
    }

    /// Whether a name is that of a variable of an inlined comprehension.
    fn hides(&self, name: &str) -> bool {
        let mut all = self.code.localsplusnames.iter().zip(&self.code.localspluskinds);
        all.any(|(local, kind)| &**local == name && kind.has(LocalKind::HIDDEN))
    }
}
