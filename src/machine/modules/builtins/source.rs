//! `compile`, `exec` and `eval`: source that a running program has made.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::ask::{
    Form, Refused, RefusedKind, Source, SourceText, TreeForm, TreePurpose, TreeWanted,
};
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::{Execute, Scope, Style, Use};
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::super::ast::{ONLY_AST, OPTIMIZED_AST, TYPE_COMMENTS};
use crate::code::LocalKind;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function(
        "compile",
        Params::Named {
            names: &["source", "filename", "mode", "flags", "dont_inherit", "optimize", "_feature_version"],
            required: 3,
            positional: 6,
        },
        |m, args| {
            let filename = m.fs_path(args.at(1))?;
            m.continue_with("compile", filename, args.clone(), 1, |m, args| {
                m.with_indices("compile", args, &[3], Style::Plain, |m, args| {
                    m.with_indices("compile", args, &[4], Style::Truth, |m, args| {
                        m.with_indices("compile", args, &[5, 6], Style::Plain, compile)
                    })
                })
            })
        },
    ),
    NativeDef::function(
        "exec",
        Params::Named { names: &["", "globals", "locals", "closure"], required: 1, positional: 3 },
        exec,
    ),
    NativeDef::function("eval", Params::named(&["", "globals", "locals"], 1), eval),
];

/// The bits that `from __future__ import …` sets in `co_flags`.
const FEATURES: i64 = 0x01FE_0000;
/// `ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`.
const TOP_LEVEL_AWAIT: i64 = crate::code::flags::TOP_LEVEL_AWAIT as i64;
/// `ast.PyCF_*` and the bits of old versions, which all are allowed in `flags`.
const KNOWN_FLAGS: i64 = FEATURES | 0x10 | 0x100 | 0x200 | 0x400 | 0x800 | 0x1000 | 0x2000 | 0x4000 | 0x8000;
/// The source may be only the beginning of one (`PyCF_ALLOW_INCOMPLETE_INPUT`).
const INCOMPLETE_INPUT: i64 = 0x4000;
/// The end of the source does not end its blocks (`PyCF_DONT_IMPLY_DEDENT`).
const NO_IMPLIED_DEDENT: i64 = 0x200;

fn compile(m: &mut Machine, args: &Args) -> Eval {
    let flags = flag_number(m, args.get(3), 0)?;
    let optimize = flag_number(m, args.get(5), -1)?;
    if flags & !KNOWN_FLAGS != 0 {
        return Err(m.value_error("compile(): unrecognised flags"));
    }
    if !(-1..=2).contains(&optimize) {
        return Err(m.value_error("compile(): invalid optimize value"));
    }
    let filename = file_name(m, args.at(1))?;
    let Some(mode) = m.heap.text_of(args.at(2)) else {
        let given = m.argument_class(args.at(2));
        return Err(m.type_error(format!("compile() argument 'mode' must be str, not {given}")));
    };
    let wants_tree = flags & ONLY_AST != 0;
    let form = match mode.as_ascii() {
        Some("exec") => TreeForm::Code(Form::Exec),
        Some("eval") => TreeForm::Code(Form::Eval),
        Some("single") => TreeForm::Code(Form::Single),
        Some("func_type") if wants_tree => TreeForm::FunctionType,
        Some("func_type") => {
            return Err(m.value_error("compile() mode 'func_type' requires flag PyCF_ONLY_AST"));
        }
        _ if !wants_tree => {
            return Err(m.value_error("compile() mode must be 'exec', 'eval' or 'single'"));
        }
        _ => return Err(m.value_error("compile() mode must be 'exec', 'eval', 'single' or 'func_type'")),
    };
    if !wants_tree && flags & TYPE_COMMENTS != 0 {
        return Err(m.unsupported("compile() with type comments, but to a tree"));
    }
    let level = u8::try_from(optimize).unwrap_or(0);
    let version = flag_number(m, args.get(6), -1)?;
    let is_node = m.heap.is_instance(args.at(0), types::AST);
    let optimizes = !wants_tree || flags & OPTIMIZED_AST == OPTIMIZED_AST;
    let inherits = args.get(4) != Some(Value::TRUE);
    let features = (flags & (FEATURES | TOP_LEVEL_AWAIT)) as u32 | if inherits { inherited(m) } else { 0 };
    if is_node {
        let optimize = optimizes.then_some(level);
        return m.compile_node(args.at(0), TreePurpose { filename, form, features, optimize, wants_tree });
    }
    if wants_tree {
        let text = source_text(m, args.at(0), "compile", "string, bytes or AST")?;
        return m.begin(Execute::parse(TreeWanted {
            text,
            filename,
            form,
            optimize: optimizes.then_some(level),
            type_comments: flags & TYPE_COMMENTS != 0,
            feature_version: u8::try_from(version).ok(),
            digit_limit: m.thread().settings.digit_limit,
        }));
    }
    let TreeForm::Code(form) = form else { panic!("a function's type is no code") };
    let text = source_text(m, args.at(0), "compile", "string, bytes or AST")?;
    let digit_limit = m.thread().settings.digit_limit;
    m.begin(Execute::keep(Source {
        text,
        filename,
        form,
        features,
        optimize: level,
        is_beginning: flags & INCOMPLETE_INPUT != 0,
        needs_line_end: flags & NO_IMPLIED_DEDENT != 0,
        digit_limit,
    }))
}

fn exec(m: &mut Machine, args: &Args) -> Eval {
    let (globals, locals) = namespaces(m, args)?;
    let Some(globals) = dict(m, globals) else {
        let given = m.class_name(globals);
        return Err(m.type_error(format!("exec() globals must be a dict, not {given}")));
    };
    if !is_mapping(m, locals) {
        let given = m.class_name(locals);
        return Err(m.type_error(format!("locals must be a mapping or None, not {given}")));
    }
    m.add_builtins(globals);
    let scope = Scope { globals, locals };
    let closure = args.some(3);
    if let Some(code) = code(m, args.at(0)) {
        let wanted = free_variables(m, code);
        let cells = closure.and_then(|closure| cells(m, closure));
        if wanted == 0 && closure.is_some() {
            return Err(m.type_error("cannot use a closure with this code object"));
        }
        if wanted > 0 && cells != Some(wanted) {
            let message = format!("code object requires a closure of exactly length {wanted}");
            return Err(m.type_error(message));
        }
        return m.begin(Execute::code(Use::Exec, code, scope, closure));
    }
    if closure.is_some() {
        return Err(m.type_error("closure can only be used when source is a code object"));
    }
    let text = source_text(m, args.at(0), "exec", "string, bytes or code")?;
    let source = source_of_string(m, text, Form::Exec);
    m.begin(Execute::source(Use::Exec, source, scope))
}

fn eval(m: &mut Machine, args: &Args) -> Eval {
    if let Some(locals) = args.some(2)
        && !is_mapping(m, locals)
    {
        return Err(m.type_error("locals must be a mapping"));
    }
    if let Some(globals) = args.some(1)
        && dict(m, globals).is_none()
    {
        let mapping = is_mapping(m, globals);
        return Err(m.type_error(if mapping {
            "globals must be a real dict; try eval(expr, {}, mapping)"
        } else {
            "globals must be a dict"
        }));
    }
    let (globals, locals) = namespaces(m, args)?;
    let globals = dict(m, globals).expect("the globals of a frame are a dict");
    m.add_builtins(globals);
    let scope = Scope { globals, locals };
    if let Some(code) = code(m, args.at(0)) {
        if free_variables(m, code) > 0 {
            return Err(m.type_error("code object passed to eval() may not contain free variables"));
        }
        return m.begin(Execute::code(Use::Eval, code, scope, None));
    }
    let text = match source_text(m, args.at(0), "eval", "string, bytes or code")? {
        SourceText::Text(text) => SourceText::Text(text.trim_start_matches([' ', '\t']).into()),
        SourceText::Bytes(bytes) => {
            let start = bytes.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(bytes.len());
            SourceText::Bytes(bytes[start..].into())
        }
    };
    let source = source_of_string(m, text, Form::Eval);
    m.begin(Execute::source(Use::Eval, source, scope))
}

/// A source that has no file, with the features of the code that runs.
fn source_of_string(m: &Machine, text: SourceText, form: Form) -> Source {
    let digit_limit = m.thread().settings.digit_limit;
    let (features, filename) = (inherited(m), "<string>".into());
    let optimize = 0;
    let (is_beginning, needs_line_end) = (false, false);
    Source { text, filename, form, features, optimize, is_beginning, needs_line_end, digit_limit }
}

/// Globals and locals as given, or those of the frame that runs.
fn namespaces(m: &mut Machine, args: &Args) -> Result<(Value, Value), Raise> {
    match (args.some(1), args.some(2)) {
        (Some(globals), locals) => Ok((globals, locals.unwrap_or(globals))),
        (None, locals) => {
            let Some(globals) = m.thread().python_frames().next().map(|frame| frame.globals) else {
                return Err(m.system_error("globals and locals cannot be NULL"));
            };
            Ok((Value::object(globals), locals.unwrap_or_else(|| m.current_locals())))
        }
    }
}

fn dict(m: &Machine, value: Value) -> Option<Handle> {
    value.handle().filter(|handle| matches!(m.heap.payload(*handle), Payload::Dict(_)))
}

fn code(m: &Machine, value: Value) -> Option<Handle> {
    value.handle().filter(|handle| matches!(m.heap.payload(*handle), Payload::Code(_)))
}

fn free_variables(m: &Machine, code: Handle) -> usize {
    let kinds = m.code(code);
    kinds.code.localspluskinds.iter().filter(|kind| kind.has(LocalKind::FREE)).count()
}

/// How many cells a tuple of cells has.
fn cells(m: &Machine, closure: Value) -> Option<usize> {
    match m.heap.payload_of(closure) {
        Some(Payload::Tuple(items)) => items
            .iter()
            .all(|item| matches!(m.heap.payload_of(*item), Some(Payload::Cell(_))))
            .then_some(items.len()),
        _ => None,
    }
}

/// The features of the code that runs, which what it compiles has too.
fn inherited(m: &Machine) -> u32 {
    let frame = m.thread().python_frames().next();
    frame.map_or(0, |frame| frame.code.code.flags & FEATURES as u32)
}

fn flag_number(m: &mut Machine, value: Option<Value>, default: i64) -> Result<i64, Raise> {
    let Some(value) = value else { return Ok(default) };
    match m.index_clamped(value) {
        Some(number) if i32::try_from(number).is_ok() => Ok(number),
        _ => Err(m.overflow_error("Python int too large to convert to C int")),
    }
}

/// A file's name; one in bytes is taken as UTF-8.
fn file_name(m: &mut Machine, value: Value) -> Result<std::rc::Rc<str>, Raise> {
    let name = m.path_text(value)?;
    Ok(name.to_string_lossy().into())
}

/// The text of a source: a str, or bytes in whatever form.
pub(in crate::machine) fn source_text(
    m: &mut Machine,
    value: Value,
    function: &str,
    wanted: &str,
) -> Result<SourceText, Raise> {
    let text = if m.heap.text_of(value).is_some() {
        let bytes = m.encode_text(value, None, None, function)?;
        let bytes = m.heap.byte_string(bytes).unwrap_or_default();
        SourceText::Text(String::from_utf8_lossy(bytes).into())
    } else if let Some(bytes) = m.heap.byte_string(value) {
        SourceText::Bytes(bytes.into())
    } else {
        let object = if wanted.ends_with("code") { "code object" } else { "AST object" };
        let wanted = wanted.rsplit_once(' ').map_or(wanted, |(before, _)| before);
        return Err(m.type_error(format!("{function}() arg 1 must be a {wanted} {object}")));
    };
    let has_nul = match &text {
        SourceText::Text(text) => text.contains('\0'),
        SourceText::Bytes(bytes) => bytes.contains(&0),
    };
    if has_nul {
        return Err(m.refused(&Refused {
            kind: RefusedKind::Syntax,
            message: "source code string cannot contain null bytes".to_owned(),
            place: None,
        }));
    }
    Ok(text)
}

/// Whether a value can be the locals of code: it has `__getitem__`.
fn is_mapping(m: &Machine, value: Value) -> bool {
    m.heap.special(value, names::GETITEM).is_some()
}
