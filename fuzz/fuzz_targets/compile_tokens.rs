//! Programs that the parser takes, most of them: each byte of the input chooses a rule of a small grammar.

#![no_main]

#[path = "../check.rs"]
mod check;

use libfuzzer_sys::fuzz_target;
use wordcode::text::SourceFile;

/// How deeply statements and expressions stand in one another.
const MAX_DEPTH: usize = 6;
/// The longest program.
const MAX_LENGTH: usize = 20_000;

/// `E` an expression, `T` a target, `N` a name, `P` parameters, `B` an indented block, `C` a clause of a
/// comprehension, `M` a pattern, `Y` type parameters; all else stands for itself.
const STATEMENTS: &[&str] = &[
    "E",
    "T = E",
    "T = T = E",
    "N += E",
    "N: E = E",
    "N: E",
    "pass",
    "return E",
    "return",
    "break",
    "continue",
    "raise E from E",
    "raise",
    "del T",
    "assert E, E",
    "global N",
    "nonlocal N",
    "import N as N",
    "from . import N",
    "from N import *",
    "yield E",
    "type NY = E",
    "if E:B",
    "if E:Belif E:Belse:B",
    "while E:Belse:B",
    "for T in E:Belse:B",
    "with E as T, E:B",
    "try:Bexcept E as N:Belse:Bfinally:B",
    "try:Bexcept* E:B",
    "try:Bfinally:B",
    "def NY(P) -> E:B",
    "async def NY(P):B",
    "class NY(E, N=E):B",
    "@E\ndef N(P):B",
    "match E:\n case M:B",
    "match E:\n case M if E:B",
    "async with E as T:B",
    "async for T in E:B",
    "N = N = 1; N",
    "from __future__ import annotations",
    "'docstring'",
    "__debug__",
    "print(N, N=N)",
    "lambda P: (yield)",
];
const EXPRESSIONS: &[&str] = &[
    "N",
    "N",
    "1",
    "-1",
    "2.5",
    "3j",
    "'s'",
    "b'b'",
    "None",
    "True",
    "...",
    "(E, E)",
    "[E, *E]",
    "{E: E, **E}",
    "{E, E}",
    "(E + E)",
    "(E * E)",
    "(E ** E)",
    "(E // E)",
    "(E % E)",
    "(E << E)",
    "(not E)",
    "(-E)",
    "(~E)",
    "(E and E or E)",
    "(E < E <= E)",
    "(E is E)",
    "(E not in E)",
    "E.N",
    "E[E]",
    "E[E:E]",
    "E[E:E:E]",
    "E(E, *E)",
    "E(N=E, **E)",
    "(E if E else E)",
    "(lambda P: E)",
    "(N := E)",
    "[E C]",
    "{E C}",
    "{E: E C}",
    "(E C)",
    "f'{E!r:>{E}} t'",
    "f'{N=}'",
    "t'{E}'",
    "(await E)",
    "(yield E)",
    "(yield from E)",
    "'%s %r' % (E, E)",
    "super().N",
    "__class__",
    "(1, 2, 3)",
    "[1, 2, 3]",
    "E.N(E)",
    "'x' * 10",
    "2 ** 70",
    "all(E C)",
];
const TARGETS: &[&str] = &["N", "N", "E.N", "E[E]", "(T, T)", "[T, *T]", "T, T"];
const PARAMETERS: &[&str] =
    &["", "N", "N, N=E", "N, /, N", "*N, N=E", "N: E, *, N: E = E", "**N", "*, N, **N"];
const CLAUSES: &[&str] = &["for T in E", "for T in E if E", "async for T in E", "for T in E for T in E"];
const PATTERNS: &[&str] = &[
    "_",
    "N",
    "1",
    "-1 + 2j",
    "'s'",
    "None",
    "N.N",
    "[M, *N]",
    "(M, M)",
    "{1: M, **N}",
    "N(M, N=M)",
    "(M | M)",
    "M as N",
];
const TYPES: &[&str] = &["", "", "[N]", "[N: E = E]", "[*N, **N]"];
const NAMES: &[&str] = &["a", "b", "c", "__d", "x", "_", "é"];

struct Writer<'a> {
    choices: std::slice::Iter<'a, u8>,
    text: String,
}

impl Writer<'_> {
    fn choose(&mut self, from: &[&'static str]) -> &'static str {
        // Behind the input's end the simplest is taken, so that all ends.
        from[usize::from(self.choices.next().copied().unwrap_or(0)) % from.len()]
    }

    fn block(&mut self, indent: usize, depth: usize) {
        let count = 1 + self.choices.next().map_or(0, |byte| byte % 3);
        self.text.push('\n');
        for _ in 0..count {
            self.text.push_str(&" ".repeat(indent));
            let rule = if depth >= MAX_DEPTH { "N" } else { self.choose(STATEMENTS) };
            self.write(rule, indent, depth + 1);
            if !self.text.ends_with('\n') {
                self.text.push('\n');
            }
        }
    }

    fn write(&mut self, rule: &str, indent: usize, depth: usize) {
        let is_deep = depth >= 2 * MAX_DEPTH || self.text.len() > MAX_LENGTH;
        for sign in rule.chars() {
            let inner = match sign {
                'N' => self.choose(NAMES),
                'E' | 'T' | 'M' if is_deep => "N",
                'E' => self.choose(EXPRESSIONS),
                'T' => self.choose(TARGETS),
                'M' => self.choose(PATTERNS),
                'P' => self.choose(PARAMETERS),
                'C' => self.choose(CLAUSES),
                'Y' => self.choose(TYPES),
                'B' => {
                    // The words `elif`, `else` and so on stand behind a block where the statement began.
                    self.block(indent + 2, depth + 1);
                    self.text.push_str(&" ".repeat(indent));
                    continue;
                }
                '\n' => {
                    self.text.push('\n');
                    self.text.push_str(&" ".repeat(indent));
                    continue;
                }
                _ => {
                    self.text.push(sign);
                    continue;
                }
            };
            if sign == 'N' {
                self.text.push_str(inner);
            } else {
                self.write(inner, indent, depth + 1);
            }
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut writer = Writer { choices: bytes.iter(), text: String::new() };
    while writer.choices.len() > 0 && writer.text.len() < MAX_LENGTH {
        let rule = writer.choose(STATEMENTS);
        writer.write(rule, 0, 0);
        // What is left of a block's indentation is no statement.
        let end = writer.text.trim_end_matches(' ').len();
        writer.text.truncate(end);
        if !writer.text.ends_with('\n') {
            writer.text.push('\n');
        }
    }
    let source = SourceFile::from_text("fuzz.py", &writer.text).expect("there is no NUL in it");
    check::check(&source);
});
