//! Code objects as the lines that `tests/expected/regenerate.py` writes of CPython's.

use wordcode::code::linetable::{self, Location};
use wordcode::code::{CodeObject, Const, LocalKind, Opcode, Text, exceptiontable};

use crate::support::digest;

/// The code object and all in it, written out.
pub fn in_full(module: &CodeObject) -> Vec<String> {
    let mut lines = Vec::new();
    each(module, &mut |code| {
        lines.push(format!("= {}", code.qualname));
        for (name, field) in fields(code) {
            lines.push(format!("- {name}"));
            lines.extend(field);
        }
    });
    lines
}

/// The code object and all in it, a digest for each field.
pub fn in_digests(module: &CodeObject) -> Vec<String> {
    let mut lines = Vec::new();
    each(module, &mut |code| {
        lines.push(format!("= {}", code.qualname));
        let digests: Vec<String> =
            fields(code).iter().map(|(name, field)| format!("{name} {}", digest(field))).collect();
        lines.push(digests.join(" "));
    });
    lines
}

fn each(code: &CodeObject, visit: &mut impl FnMut(&CodeObject)) {
    visit(code);
    for child in code.children() {
        each(child, visit);
    }
}

fn fields(code: &CodeObject) -> Vec<(&'static str, Vec<String>)> {
    vec![
        ("head", head(code)),
        ("names", code.names.iter().map(ToString::to_string).collect()),
        ("locals", locals(code)),
        ("consts", code.consts.iter().map(constant).collect()),
        ("code", instructions(code)),
        ("lines", positions(code)),
        ("linetable", hexadecimal(&code.linetable)),
        ("exceptions", exceptions(code)),
        ("exceptiontable", hexadecimal(&code.exceptiontable)),
    ]
}

fn head(code: &CodeObject) -> Vec<String> {
    let CodeObject { name, firstlineno, flags, stacksize, argcount, posonlyargcount, kwonlyargcount, .. } =
        code;
    vec![
        format!("name {name}  first line {firstlineno}  flags {flags:#x}  stack size {stacksize}"),
        format!("parameters {argcount}  positional only {posonlyargcount}  keyword only {kwonlyargcount}"),
    ]
}

/// CPython tells of locals by name only, in three lists.
fn locals(code: &CodeObject) -> Vec<String> {
    let named = |wanted: fn(LocalKind) -> Option<&'static str>| {
        let kinds = code.localspluskinds.iter().zip(&code.localsplusnames);
        kinds.filter_map(move |(kind, name)| Some(format!("{} {name}", wanted(*kind)?)))
    };
    let local = |kind: LocalKind| match (kind.has(LocalKind::LOCAL), kind.has(LocalKind::CELL)) {
        (true, true) => Some("local and cell"),
        (true, false) => Some("local"),
        (false, _) => None,
    };
    let cell = |kind: LocalKind| (kind.has(LocalKind::CELL) && !kind.has(LocalKind::LOCAL)).then_some("cell");
    let free = |kind: LocalKind| kind.has(LocalKind::FREE).then_some("free");
    named(local).chain(named(cell)).chain(named(free)).collect()
}

fn constant(value: &Const) -> String {
    let all = |values: &[Const]| values.iter().map(constant).collect::<Vec<_>>();
    match value {
        Const::None => "NoneType None".into(),
        Const::Ellipsis => "ellipsis Ellipsis".into(),
        Const::Bool(true) => "bool True".into(),
        Const::Bool(false) => "bool False".into(),
        Const::Int(value) => format!("int {value}"),
        Const::Float(value) => format!("float {:016x}", value.to_bits()),
        Const::Complex(real, imag) => format!("complex {:016x} {:016x}", real.to_bits(), imag.to_bits()),
        Const::Str(Text::Unicode(text)) => format!("str {}", escaped(text.chars().map(u32::from))),
        Const::Str(Text::Surrogates(codes)) => format!("str {}", escaped(codes.iter().copied())),
        Const::Bytes(bytes) => format!("bytes {}", escaped(bytes.iter().copied().map(u32::from))),
        Const::Tuple(values) => format!("tuple({})", all(values).join(", ")),
        Const::FrozenSet(values) => {
            let mut values = all(values);
            values.sort();
            format!("frozenset({})", values.join(", "))
        }
        Const::Slice(parts) => format!("slice({})", all(&parts[..]).join(", ")),
        Const::Code(code) => format!("code {}", code.qualname),
    }
}

fn escaped(codes: impl Iterator<Item = u32>) -> String {
    let plain = codes.map(|code| match char::from_u32(code) {
        Some(char @ ' '..='~') if char != '"' && char != '\\' => char.to_string(),
        _ => format!("\\u{{{code:x}}}"),
    });
    format!("\"{}\"", plain.collect::<String>())
}

fn instructions(code: &CodeObject) -> Vec<String> {
    let (mut lines, mut at) = (Vec::new(), 0);
    while at < code.code.len() {
        let opcode = Opcode::from_byte(code.code[at]);
        let name = opcode.map_or_else(|| format!("<{}>", code.code[at]), |opcode| opcode.name().to_owned());
        lines.push(format!("{at} {name} {}", code.code[at + 1]));
        at += 2 + 2 * opcode.map_or(0, |opcode| opcode.info().caches as usize);
    }
    lines
}

fn positions(code: &CodeObject) -> Vec<String> {
    let (mut lines, mut last): (Vec<String>, Option<Location>) = (Vec::new(), None);
    for entry in linetable::entries(&code.linetable, code.firstlineno) {
        if last != Some(entry.location) {
            let part = |number: i32| u32::try_from(number).map_or("?".into(), |number| number.to_string());
            let Location { line, end_line, column, end_column } = entry.location;
            let (line, end_line) = (part(line), part(end_line));
            let place = format!("{line}:{} to {end_line}:{}", part(column), part(end_column));
            lines.push(format!("{} {place}", 2 * entry.start.0));
        }
        last = Some(entry.location);
    }
    lines
}

fn exceptions(code: &CodeObject) -> Vec<String> {
    let Some(handlers) = exceptiontable::decode(&code.exceptiontable) else {
        return vec!["not an exception table".into()];
    };
    let tell = |handler: &exceptiontable::Handler| {
        let [start, end, target] = [handler.start, handler.end, handler.target].map(|unit| 2 * unit.0);
        let lasti = if handler.push_lasti { " lasti" } else { "" };
        format!("{start} to {end} -> {target} depth {}{lasti}", handler.depth)
    };
    handlers.iter().map(tell).collect()
}

fn hexadecimal(bytes: &[u8]) -> Vec<String> {
    let line = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    bytes.chunks(32).map(line).collect()
}
