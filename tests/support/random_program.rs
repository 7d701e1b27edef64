//! Programs that end: each byte chooses how one goes on.
//!
//! Expressions have types, so that most of what is written does something.  Loops go over things that do not
//! grow, and functions call only functions that stand before them, so that every program ends.

use std::fmt::Write;

/// The longest program.
const MAX_LENGTH: usize = 6_000;
/// How deeply blocks stand in one another.
const MAX_BLOCKS: usize = 3;
/// How deeply expressions stand in one another.
const MAX_DEPTH: usize = 4;

/// What every program has to work with: a variable of each type, a class with most special methods, a function
/// and a generator.
const PRELUDE: &str = "\
class C0:
    made = 0
    def __init__(self, n=0):
        self.n = n
        C0.made += 1
    def __eq__(self, other):
        return isinstance(other, C0) and self.n % 3 == other.n % 3
    def __hash__(self):
        return hash(self.n % 3)
    def __lt__(self, other):
        return self.n < other.n
    def __repr__(self):
        return f'C0({self.n})'
    def __enter__(self):
        self.n += 1
        return self
    def __exit__(self, kind, value, trace):
        self.n -= 1
        return kind is ValueError
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError(i)
        return self.n + i
    def __len__(self):
        return 3
    def __bool__(self):
        return self.n % 2 == 0
    def __index__(self):
        return self.n % 7
    def __add__(self, other):
        return C0((self.n + int(other)) % 1000) if isinstance(other, int) else NotImplemented
    __radd__ = __add__
    def __getattr__(self, name):
        if name.startswith('x'):
            return len(name)
        raise AttributeError(name)
    def __del__(self):
        C0.made -= 1
    @property
    def double(self):
        return self.n * 2
    @classmethod
    def of(cls, n):
        return cls(n)
def f0(a=1, *b, c=2, **d):
    return (a + c + len(b) + len(d)) % 1009
def g0(n=3):
    try:
        for i in range(n % 5):
            got = yield i
            if got:
                yield got
    finally:
        print('closed', n)
    return n
i0, i1, s0, s1, l0, l1, d0, t0 = 3, 5, 'ab', 'xyz', [1, 2, 3], [], {1: 2}, {1, 2}
o0, o1 = C0(1), C0(2)
";

/// Writes one program.
pub struct Writer<'a> {
    choices: std::slice::Iter<'a, u8>,
    text: String,
    functions: usize,
    generators: usize,
    names: usize,
}

/// The program that these bytes choose.
pub fn program(bytes: &[u8]) -> String {
    let mut writer =
        Writer { choices: bytes.iter(), text: PRELUDE.to_owned(), functions: 1, generators: 1, names: 0 };
    while writer.choices.len() > 0 && writer.text.len() < MAX_LENGTH {
        writer.statement(0, false);
    }
    writer.text.push_str("print(i0, i1, s0, s1, l0, l1, d0, sorted(t0), o0, o1, C0.made)\n");
    writer.text
}

impl Writer<'_> {
    /// A number below `count`; behind the end of the input the first choice is always taken.
    fn pick(&mut self, count: usize) -> usize {
        usize::from(self.choices.next().copied().unwrap_or(0)) % count
    }

    fn line(&mut self, indent: usize, text: &str) {
        for _ in 0..indent {
            self.text.push_str("    ");
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn name(&mut self, kind: char) -> String {
        format!("{kind}{}", self.pick(2))
    }

    fn fresh(&mut self, kind: char) -> String {
        self.names += 1;
        format!("{kind}_{}", self.names)
    }

    fn int(&mut self, depth: usize) -> String {
        if depth >= MAX_DEPTH {
            return self.name('i');
        }
        let d = depth + 1;
        match self.pick(26) {
            0 => self.name('i'),
            1 => self.pick(300).to_string(),
            2 => format!("-{}", self.pick(9)),
            3 => format!("len({})", self.list(d)),
            4 => format!("(({} + {}) % 1009)", self.int(d), self.int(d)),
            5 => format!("(({} * {}) % 997)", self.int(d), self.int(d)),
            6 => format!("({} - {})", self.int(d), self.int(d)),
            7 => format!("({} // {})", self.int(d), self.int(d)),
            8 => format!("({} & {} | {} ^ 5)", self.int(d), self.int(d), self.int(d)),
            9 => format!("sum({})", self.list(d)),
            10 => format!("({} if {} else {})", self.int(d), self.truth(d), self.int(d)),
            11 => {
                let function = self.pick(self.functions);
                format!("f{function}({}, {}, c={})", self.int(d), self.int(d), self.int(d))
            }
            12 => format!("max({}, default=0)", self.list(d)),
            13 => format!("next(iter({}), {})", self.list(d), self.int(d)),
            14 => format!("{}[{}]", self.list(d), self.int(d)),
            15 => format!("{}.get({}, 0)", self.dict(d), self.int(d)),
            16 => format!("{}.{}", self.object(d), ["n", "double", "xa", "xab", "none"][self.pick(5)]),
            17 => format!("{}[{}]", self.object(d), self.pick(4)),
            18 => format!("({} << {}) % 1000003", self.int(d), self.pick(9)),
            19 => format!("hash({})", self.object(d)),
            20 => format!("[*{}, *{}].count({})", self.list(d), self.list(d), self.int(d)),
            21 => format!("(lambda a, b={}: a - b)({})", self.int(d), self.int(d)),
            22 => format!("abs({} % 50)", self.int(d)),
            23 => format!("divmod({}, {})[1]", self.int(d), self.int(d)),
            24 => format!("int({} % 100000)", self.int(d)),
            _ => format!("len({})", self.string(d)),
        }
    }

    fn string(&mut self, depth: usize) -> String {
        if depth >= MAX_DEPTH {
            return self.name('s');
        }
        let d = depth + 1;
        match self.pick(13) {
            0 => self.name('s'),
            1 => ["''", "'a'", "'é本'", "'a b c'", "'%s|%d'"][self.pick(5)].to_owned(),
            2 => format!("str({})", self.int(d)),
            3 => format!("repr({})[:20]", self.list(d)),
            4 => format!("f'{{({}):>5}}{{{}!r:<8}}'[:30]", self.int(d), self.name('s')),
            5 => format!("f'{{({}):#x}}{{({}):,}}'", self.int(d), self.int(d)),
            6 => format!("{}[{}:{}]", self.string(d), self.int(d), self.int(d)),
            7 => format!("{}.{}()", self.string(d), ["upper", "title", "strip", "swapcase"][self.pick(4)]),
            8 => format!("({} + {})[:20]", self.string(d), self.string(d)),
            9 => format!("'-'.join(map(str, {}))[:40]", self.list(d)),
            10 => format!("'%5s|%-4r' % ({}, {})", self.int(d), self.name('o')),
            11 => format!("'{{0:*^7}} {{1!r}}'.format({}, {})", self.int(d), self.object(d)),
            _ => format!("{}[::-1]", self.string(d)),
        }
    }

    fn list(&mut self, depth: usize) -> String {
        if depth >= MAX_DEPTH {
            return self.name('l');
        }
        let d = depth + 1;
        match self.pick(16) {
            0 => self.name('l'),
            1 => format!("[{}, {}]", self.int(d), self.int(d)),
            2 => format!("list(range({} % 6))", self.int(d)),
            3 => {
                let item = self.fresh('v');
                format!("[{item} + {} for {item} in {} if {}]", self.int(d), self.list(d), self.truth(d))
            }
            4 => format!("sorted({}, key=lambda v: -v)", self.list(d)),
            5 => format!("{}[{}:{}:{}]", self.list(d), self.int(d), self.int(d), [1, -1, 2][self.pick(3)]),
            6 => format!("list(g{}({}))", self.pick(self.generators), self.int(d)),
            7 => format!("list(map(f{}, {}))", self.pick(self.functions), self.list(d)),
            8 => format!("[*{}, {}][:8]", self.list(d), self.int(d)),
            9 => format!("list({}.values())", self.dict(d)),
            10 => format!("list(reversed({}))", self.list(d)),
            11 => format!("[a * b % 100 for a, b in zip({}, {})]", self.list(d), self.list(d)),
            12 => format!("list(filter(None, {}))", self.list(d)),
            13 => format!("list({})", self.object(d)),
            14 => format!("[i for i, v in enumerate({}) if v]", self.list(d)),
            _ => format!("sorted({{*{}}} | t0)", self.list(d)),
        }
    }

    fn dict(&mut self, depth: usize) -> String {
        if depth >= MAX_DEPTH {
            return "d0".to_owned();
        }
        let d = depth + 1;
        match self.pick(6) {
            0 => "d0".to_owned(),
            1 => format!("{{{}: {}}}", self.int(d), self.int(d)),
            2 => format!("{{v: v % 3 for v in {}}}", self.list(d)),
            3 => format!("dict(zip({}, {}))", self.list(d), self.list(d)),
            4 => format!("{{**d0, {}: {}}}", self.int(d), self.int(d)),
            _ => format!("({} | {})", self.dict(d), self.dict(d)),
        }
    }

    fn object(&mut self, depth: usize) -> String {
        match self.pick(if depth >= MAX_DEPTH { 1 } else { 5 }) {
            0 => self.name('o'),
            1 => format!("C0({})", self.int(depth + 1)),
            2 => format!("C0.of({})", self.int(depth + 1)),
            3 => format!("({} + {})", self.name('o'), self.int(depth + 1)),
            _ => format!("min([{}, {}])", self.name('o'), self.name('o')),
        }
    }

    fn truth(&mut self, depth: usize) -> String {
        if depth >= MAX_DEPTH {
            return "i0".to_owned();
        }
        let d = depth + 1;
        match self.pick(10) {
            0 => format!("{} < {} <= {}", self.int(d), self.int(d), self.int(d)),
            1 => format!("{} in {}", self.int(d), self.list(d)),
            2 => format!("not {}", self.truth(d)),
            3 => format!("({} and {})", self.truth(d), self.truth(d)),
            4 => format!("isinstance({}, (int, C0))", self.object(d)),
            5 => format!("{} == {}", self.object(d), self.object(d)),
            6 => format!("{} is {}", self.list(d), self.list(d)),
            7 => format!("any({})", self.list(d)),
            8 => format!("{} in {{{}: 1}}", self.object(d), self.object(d)),
            _ => format!("bool({})", self.object(d)),
        }
    }

    fn block(&mut self, indent: usize, in_function: bool) {
        for _ in 0..=self.pick(3) {
            self.statement(indent, in_function);
        }
    }

    fn statement(&mut self, indent: usize, in_function: bool) {
        let kinds = if indent >= MAX_BLOCKS || self.text.len() > MAX_LENGTH { 15 } else { 31 };
        match self.pick(kinds) {
            0 => {
                let text = format!("print({}, {}, sep='|')", self.int(1), self.string(1));
                self.line(indent, &text);
            }
            1 => {
                let text = format!("{} = {}", self.name('i'), self.int(0));
                self.line(indent, &text);
            }
            2 => {
                let text = format!("{} = {}", self.name('s'), self.string(0));
                self.line(indent, &text);
            }
            3 => {
                let text = format!("{} = {}", self.name('l'), self.list(0));
                self.line(indent, &text);
            }
            4 => {
                let text = format!("{} = {}", self.name('o'), self.object(0));
                self.line(indent, &text);
            }
            5 => {
                let text = format!("{}.append({} % 100)", self.name('l'), self.int(0));
                self.line(indent, &text);
            }
            6 => {
                let text = format!("d0[{} % 10] = {}", self.int(0), self.int(0));
                self.line(indent, &text);
            }
            7 => {
                let text = format!("d0.pop({} % 10, None)", self.int(0));
                self.line(indent, &text);
            }
            8 => {
                let text = format!("t0.{}({} % 20)", ["add", "discard"][self.pick(2)], self.int(0));
                self.line(indent, &text);
            }
            9 => {
                let text = format!("i0, *l1 = [{}, *{}][:9]", self.int(0), self.list(1));
                self.line(indent, &text);
            }
            10 => {
                let text =
                    format!("{}[{}:{}] = {}[:4]", self.name('l'), self.int(1), self.int(1), self.list(1));
                self.line(indent, &text);
            }
            11 => {
                let text = format!("{}.n = (i1 := {})", self.name('o'), self.int(0));
                self.line(indent, &text);
            }
            12 => {
                let text = format!("assert {}, {}", self.truth(0), self.string(1));
                self.line(indent, &text);
            }
            13 => {
                let kind = ["ValueError", "KeyError", "C0", "IndexError"][self.pick(4)];
                let text = format!("if {}: raise {kind}({})", self.truth(0), self.string(1));
                self.line(indent, &text);
            }
            14 => {
                let text = format!("print(sorted({}.items()), {})", self.dict(1), self.list(1));
                self.line(indent, &text);
            }
            kind => self.compound(kind, indent, in_function),
        }
    }

    fn compound(&mut self, kind: usize, indent: usize, in_function: bool) {
        match kind {
            15 | 16 => {
                let test = self.truth(0);
                self.line(indent, &format!("if {test}:"));
                self.block(indent + 1, in_function);
                self.line(indent, "else:");
                self.block(indent + 1, in_function);
            }
            17 | 18 => {
                let (item, over) = (self.fresh('v'), self.list(0));
                self.line(indent, &format!("for {item} in {over}[:4]:"));
                self.line(indent + 1, &format!("i0 = {item}"));
                self.block(indent + 1, in_function);
                if self.pick(3) == 0 {
                    self.line(indent + 1, ["break", "continue"][indent % 2]);
                    self.line(indent, "else:");
                    self.block(indent + 1, in_function);
                }
            }
            19 => {
                let counter = self.fresh('w');
                self.line(indent, &format!("{counter} = 3"));
                self.line(indent, &format!("while {counter}:"));
                self.line(indent + 1, &format!("{counter} -= 1"));
                self.block(indent + 1, in_function);
            }
            20..=23 => {
                self.line(indent, "try:");
                self.block(indent + 1, in_function);
                match kind {
                    20 => {
                        self.line(indent, "except* (ValueError, KeyError) as error:");
                        self.line(indent + 1, "print('group', error.exceptions)");
                        self.line(indent, "except* Exception:");
                        self.block(indent + 1, in_function);
                    }
                    21 => {
                        self.line(indent, "finally:");
                        self.block(indent + 1, in_function);
                    }
                    _ => {
                        self.line(indent, "except (ValueError, IndexError, TypeError) as error:");
                        self.line(indent + 1, "print(type(error).__name__, error)");
                        self.block(indent + 1, in_function);
                        self.line(indent, "except Exception:");
                        self.block(indent + 1, in_function);
                        self.line(indent, "else:");
                        self.block(indent + 1, in_function);
                    }
                }
            }
            24 => {
                let object = self.object(0);
                let other = self.object(1);
                self.line(indent, &format!("with {object} as o0, {other} as o1:"));
                self.block(indent + 1, in_function);
            }
            25 => self.matching(indent, in_function),
            26 | 27 => self.function(indent),
            28 => self.generator(indent),
            29 => self.class(indent),
            _ => {
                let (name, count) = (self.fresh('c'), self.int(1));
                self.line(indent, &format!("def {name}(n):"));
                self.line(indent + 1, "def step():");
                self.line(indent + 2, "nonlocal n");
                self.line(indent + 2, "n += 1");
                self.line(indent + 2, "return n");
                self.line(indent + 1, "return step");
                self.line(indent, &format!("{name} = {name}({count})"));
                self.line(indent, &format!("print({name}(), {name}())"));
            }
        }
    }

    fn matching(&mut self, indent: usize, in_function: bool) {
        let subject = match self.pick(4) {
            0 => self.int(0),
            1 => self.list(0),
            2 => self.dict(0),
            _ => self.object(0),
        };
        self.line(indent, &format!("match {subject}:"));
        for pattern in ["0 | 1 | 2", "[a, *rest] if a", "{1: found, **rest}", "C0(n=3) as o1", "int(i1)", "_"]
        {
            self.line(indent + 1, &format!("case {pattern}:"));
            self.block(indent + 2, in_function);
        }
    }

    fn function(&mut self, indent: usize) {
        let number = self.functions;
        self.line(indent, &format!("def f{number}(a=0, *b, c=1, **d):"));
        self.line(indent + 1, "global i0, i1, s0, s1, l0, l1, o0, o1");
        self.block(indent + 1, true);
        let result = self.int(0);
        self.line(indent + 1, &format!("return ({result} + a + c) % 1009"));
        // Only at the top is it sure to be there for what follows.
        if indent == 0 {
            self.functions += 1;
        } else {
            self.line(indent, &format!("f{number} = f0"));
        }
    }

    fn generator(&mut self, indent: usize) {
        let number = self.generators;
        self.line(indent, &format!("def g{number}(n):"));
        self.line(indent + 1, "global i0, i1, s0, s1, l0, l1, o0, o1");
        self.block(indent + 1, true);
        let (first, inner) = (self.int(0), self.pick(self.generators));
        self.line(indent + 1, &format!("got = yield {first}"));
        self.line(indent + 1, &format!("yield from g{inner}(n)"));
        if indent == 0 {
            self.generators += 1;
        }
    }

    fn class(&mut self, indent: usize) {
        let (name, value) = (self.fresh('K'), self.int(0));
        let base = ["C0", "list", "dict", "int", "Exception", "object"][self.pick(6)];
        let mut text = String::new();
        let _ = write!(text, "class {name}({base}):");
        self.line(indent, &text);
        self.line(indent + 1, &format!("field = {value}"));
        self.line(indent + 1, "def __init_subclass__(cls): print('subclass', cls.__name__)");
        self.line(indent + 1, "def __str__(self): return 'K' + str(self.field)");
        self.line(indent, &format!("print({name}(), {name}.field, {name}.__mro__[1].__name__)"));
    }
}
