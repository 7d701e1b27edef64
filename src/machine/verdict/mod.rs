//! The record of comparisons: every `is` and `==` that was evaluated, with its verdict and how it was found.
//!
//! What must hold: the record says what happened and has no part in it; of a long run only the last
//! evaluations are kept ([`Verdicts`]), as the timeline can come by the others again.

mod equality;
mod note;
mod record;

use std::rc::Rc;

use super::frame::FrameId;
use super::heap::Heap;
use super::number::float;
use super::object::code::LoadedCode;
use super::text::Str;
use super::value::{Handle, Kind, Value};
use crate::code::CodeUnit;

pub(super) use note::{Asked, Asker};
pub use record::Verdicts;

/// What was asked of the two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// `is`.
    Is,
    /// `is not`.
    IsNot,
    /// `==`.
    Eq,
    /// `!=`.
    Ne,
    /// `in`, for a container that compares its items.
    In,
    /// `not in`.
    NotIn,
}

/// An operand as it was when it was compared.
#[derive(Clone, Debug)]
pub struct Operand {
    /// The value; its handle may belong to another object by now.
    pub value: Value,
    /// The step that made it, for an object of the heap; 0 is before the program started.
    pub born: Option<u64>,
    /// Its type; the handle may belong to another object by now.
    pub class: Handle,
    /// The name of its type.
    pub class_name: Rc<str>,
    form: Form,
}

/// What is kept of an operand in order to show it later.
#[derive(Clone, Debug)]
enum Form {
    /// The value says it all: a number, a singleton.
    Value,
    /// An instance of a class, of which the name says all that is shown.
    Plain,
    /// A str, which never changes.
    Str(Str),
    /// A short form, as it was then.
    Text(Rc<str>),
}

/// The longest short form of an operand, in characters.
const BRIEF: usize = 60;

impl Operand {
    /// A short form of it, made without running any Python code.
    pub fn shown(&self) -> String {
        match &self.form {
            Form::Value => match self.value.kind() {
                Kind::None => "None".to_owned(),
                Kind::NotImplemented => "NotImplemented".to_owned(),
                Kind::Ellipsis => "Ellipsis".to_owned(),
                Kind::Bool(value) => if value { "True" } else { "False" }.to_owned(),
                Kind::Int(value) => value.to_string(),
                Kind::Float(value) => float::repr(value),
                Kind::Object(handle) => format!("{handle:?}"),
            },
            Form::Plain => format!("<{} object>", self.class_name),
            Form::Str(text) => Heap::brief_text(text, BRIEF),
            Form::Text(text) => text.to_string(),
        }
    }

    /// The text of a str.
    pub const fn str(&self) -> Option<&Str> {
        match &self.form {
            Form::Str(text) => Some(text),
            Form::Value | Form::Plain | Form::Text(_) => None,
        }
    }
}

/// The instruction that an evaluation belongs to.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The frame that runs it.
    pub frame: FrameId,
    /// Its code object.
    pub code: Rc<LoadedCode>,
    /// The handle of that, at the time.
    pub code_handle: Handle,
    /// The instruction.
    pub at: CodeUnit,
    /// The step that began the instruction.
    pub began: u64,
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        self.frame == other.frame && self.at == other.at && self.began == other.began
    }
}

/// Whose method was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The left operand's.
    Left,
    /// The right operand's, because the left one did not know.
    Right,
    /// The right operand's before the left one's: its type derives from the left one's.
    RightFirst,
}

/// Who found the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Means {
    /// Identity: that is all `is` asks, and a container takes an object as equal to itself.
    Identity,
    /// The types compared the values, without any Python code.
    Values,
    /// A method written in Python.
    Method {
        /// Its qualified name.
        name: Rc<str>,
        /// Whose method it is.
        side: Side,
    },
    /// `object.__eq__`: an object equals itself and nothing else.
    Default,
    /// Neither type knew the other: identity is what is left.
    Fallback {
        /// The last method written in Python that gave NotImplemented, if one was asked.
        gave_up: Option<Rc<str>>,
    },
    /// The comparisons of the items: a search of a container.
    Items,
}

/// What all references to an object have in common, whatever the program does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Nothing.
    No,
    /// It is an interned str: there is one for its text.
    Interned,
    /// The interpreter keeps one for all: `()`, `''`, `b'a'`.
    Cached,
}

/// What came out.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Nothing yet: Python code is at work on it.
    Pending,
    /// This value; `==` may give any.
    Given(Operand),
    /// Nothing: an exception came in between.
    Raised,
}

/// One evaluation.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// How many evaluations began before it.
    pub number: u64,
    /// The step that asked.
    pub step: u64,
    /// The instruction that asked, or that had it asked.
    pub origin: Origin,
    /// Of those that the instruction had asked within its work, which one this is, from 1; 0 for the
    /// question of the instruction itself.
    pub inner: u64,
    /// What was asked.
    pub question: Question,
    /// The left operand.
    pub left: Operand,
    /// The right operand.
    pub right: Operand,
    /// For two objects that are compared by identity: whether their values are equal, where that can be told
    /// without Python code.
    pub equal: Option<bool>,
    /// What the interpreter shares of the left operand, where the two are one object.
    pub shared: Shared,
    /// Who found the answer.
    pub means: Means,
    /// What came out.
    pub answer: Answer,
    /// The number of the inner evaluation that was the last before the answer.
    pub decided_by: Option<u64>,
}

impl Verdict {
    /// Whether both operands are one object.
    pub fn is_one_object(&self) -> bool {
        self.left.value == self.right.value
    }

    /// The source line, where the instruction has one.
    pub fn line(&self) -> Option<u32> {
        self.origin.code.line_at(self.origin.at)
    }
}
