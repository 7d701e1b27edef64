//! `_sre`: what `re` compiles its patterns for.
//!
//! [`load`] makes a [`program`] of code words, [`engine`] runs it; the types are in [`pattern`],
//! [`matching`], [`scanner`] and [`replacement`].  What may take long, or call Python, is a task: one match is
//! a [`Matching`], all of a subject a [`Sweep`].

mod category;
mod charset;
mod engine;
mod fold;
mod load;
mod matching;
mod one;
mod pattern;
mod program;
mod replacement;
mod scan;
mod scanner;
mod subject;
mod sweep;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Style;
use super::super::object::Payload;
use super::super::object::extension::Extension;
use super::super::object::function::{NativeBody, NativeDef};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::native::{Constant, NativeModule};

pub use matching::{GroupLookup, Match};
pub use one::Matching;
pub use pattern::Pattern;
pub use replacement::{Template, TemplateCall};
pub use scanner::Scanner;
pub use sweep::Sweep;

/// What the words are that `re/_compiler.py` writes: it must know the same number.
const MAGIC: i64 = 20_230_612;
/// The largest code word: no limit to a repetition.
const MAX_REPEAT: i64 = u32::MAX as i64;
/// How many groups a pattern may have.
const MAX_GROUPS: i64 = (1 << 30) - 1;

/// How much an engine does in one step.
const FUEL: u32 = 100_000;

/// What the types of this module hold.
#[derive(Clone, Debug, Hash)]
pub enum Regex {
    /// `re.Pattern`.
    Pattern(Pattern),
    /// `re.Match`.
    Match(Match),
    /// `_sre.SRE_Scanner`.
    Scanner(Scanner),
    /// `_sre.SRE_Template`.
    Template(Template),
}

impl Regex {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::Pattern(pattern) => pattern.each_value(visit),
            Self::Match(found) => found.each_value(visit),
            Self::Scanner(scanner) => scanner.each_value(visit),
            Self::Template(template) => template.each_value(visit),
        }
    }
}

impl Machine {
    /// A new object of a type of this module.
    fn new_regex(&mut self, class: Handle, regex: Regex) -> Value {
        Value::object(self.heap.alloc(class, Payload::Extension(Box::new(Extension::Regex(regex)))))
    }

    /// What an object of a type of this module holds.
    fn regex(&self, value: Value) -> Option<&Regex> {
        match self.heap.payload_of(value) {
            Some(Payload::Extension(extension)) => {
                let Extension::Regex(regex) = &**extension else { return None };
                Some(regex)
            }
            _ => None,
        }
    }

    /// The same, to change it.
    fn regex_mut(&mut self, handle: Handle) -> Option<&mut Regex> {
        match self.heap.payload_mut(handle) {
            Payload::Extension(extension) => {
                let Extension::Regex(regex) = &mut **extension else { return None };
                Some(regex)
            }
            _ => None,
        }
    }
}

/// A function of one character.
macro_rules! of_character {
    ($name:literal, $make:expr) => {
        NativeDef::function($name, Params::One, |m, args| {
            with_character(m, $name, args, |m, args| {
                let unit = character(m, args)?;
                let make: fn(&mut Machine, u32) -> Value = $make;
                Ok(make(m, unit).into())
            })
        })
    };
}

static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function(
        "compile",
        Params::named(&["pattern", "flags", "code", "groups", "groupindex", "indexgroup"], 6),
        pattern::compile,
    ),
    NativeDef::function("template", Params::Range(2, 2), replacement::template),
    NativeDef::function("getcodesize", Params::None, |m, _| Ok(m.heap.int(CODE_SIZE).into())),
    of_character!("ascii_iscased", |_, unit| Value::bool(fold::ascii_is_cased(unit))),
    of_character!("unicode_iscased", |_, unit| Value::bool(fold::unicode_is_cased(unit))),
    of_character!("ascii_tolower", |m, unit| m.heap.int(i64::from(fold::ascii_lower(unit) as i32))),
    of_character!("unicode_tolower", |m, unit| m.heap.int(i64::from(fold::unicode_lower(unit) as i32))),
];

/// How many bytes a code word has.
const CODE_SIZE: i64 = 4;

fn with_character(m: &mut Machine, name: &'static str, args: &Args, body: NativeBody) -> Eval {
    m.with_indices(name, args, &[0], Style::Plain, body)
}

/// The character that a number stands for: what C calls an int.
fn character(m: &mut Machine, args: &Args) -> Result<u32, Raise> {
    Ok(m.c_int(args.at(0))? as u32)
}

/// How many matches are taken at most: 0 is no limit, and below it there are none.
fn limit(m: &mut Machine, value: Option<Value>) -> Result<Option<usize>, Raise> {
    Ok(match value {
        None => None,
        Some(value) => Some(m.size_argument(value)?).filter(|most| *most != 0),
    }
    .map(|most| usize::try_from(most).unwrap_or(0)))
}

/// `_sre`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[FUNCTIONS],
    hidden_types: &[&pattern::PATTERN, &matching::MATCH, &scanner::SCANNER, &replacement::TEMPLATE],
    constants: &[
        ("MAGIC", Constant::Int(MAGIC)),
        ("CODESIZE", Constant::Int(CODE_SIZE)),
        ("MAXREPEAT", Constant::Int(MAX_REPEAT)),
        ("MAXGROUPS", Constant::Int(MAX_GROUPS)),
    ],
    ..NativeModule::new("_sre", "Matches what re has compiled.")
};
