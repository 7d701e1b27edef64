//! `_sre.SRE_Scanner`: what looks for one match behind the other.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::function::NativeDef;
use super::super::super::object::types;
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::Regex;
use super::engine::Mode;
use super::one::{Matching, Wanted};

/// The payload of a scanner.
#[derive(Clone, Debug, Hash)]
pub struct Scanner {
    pattern: Value,
    subject: Value,
    /// Where it was begun and where it ends: what its matches say of that.
    bounds: (usize, usize),
    /// Where the next match begins; None at the end.
    next: Option<usize>,
    /// Whether the last match was empty, so that no empty one may follow there.
    advance: bool,
}

impl Scanner {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.pattern);
        visit(self.subject);
    }

    /// What is searched, which keeps its size as long as the scanner is there.
    pub const fn subject(&self) -> Value {
        self.subject
    }

    /// The next match has this span, if there is one.
    pub fn found(&mut self, span: Option<(usize, usize)>) {
        self.advance = span.is_some_and(|(start, end)| start == end);
        self.next = span.map(|(_, end)| end);
    }
}

/// `_sre.SRE_Scanner`.
pub static SCANNER: TypeSpec = TypeSpec {
    module: "_sre",
    natives: &[
        NativeDef::method("match", Params::None, |m, args| scan(m, args, "match", Mode::Match)).of_class(),
        NativeDef::method("search", Params::None, |m, args| scan(m, args, "search", Mode::Search)).of_class(),
    ],
    accessors: &[Accessor::read_only("pattern", |m, value| Ok(m.scanner(value).pattern.into())).as_member()],
    ..TypeSpec::new(types::SCANNER, "SRE_Scanner")
};

/// `pattern.scanner(string, pos, endpos)`, with the bounds as ints.
pub fn new(m: &mut Machine, args: &Args) -> Result<Value, Raise> {
    let bounds = m.new_matcher(Mode::Search, args)?.bounds();
    let scanner =
        Scanner { pattern: args.at(0), subject: args.at(1), bounds, next: Some(bounds.0), advance: false };
    Ok(m.new_regex(types::SCANNER, Regex::Scanner(scanner)))
}

fn scan(m: &mut Machine, args: &Args, name: &'static str, mode: Mode) -> Eval {
    let Scanner { pattern, subject, bounds, next, advance } = *m.scanner(args.at(0));
    let Some(next) = next else { return Ok(Value::NONE.into()) };
    let program = &m.pattern(pattern).program;
    let matcher = super::engine::Matcher::new(program, mode, bounds.0, bounds.1).resumed(next, advance);
    let scanner = args.at(0).handle().expect("a scanner is a heap object");
    m.begin(Matching::new(name, matcher, pattern, subject, Wanted::Scanned(scanner)))
}

impl Machine {
    fn scanner(&self, value: Value) -> &Scanner {
        match self.regex(value) {
            Some(Regex::Scanner(scanner)) => scanner,
            _ => panic!("a scanner is there"),
        }
    }

    /// A scanner, to change it.
    pub(super) fn scanner_mut(&mut self, handle: Handle) -> &mut Scanner {
        match self.regex_mut(handle) {
            Some(Regex::Scanner(scanner)) => scanner,
            _ => panic!("a scanner is there"),
        }
    }
}
