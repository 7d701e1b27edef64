//! `__text_signature__`: what CPython's builtins say of their arguments, which `inspect.signature` reads.
//!
//! Those of builtins are facts of CPython's source; `tests/text_signatures.py` asks CPython for them. A class that
//! Python code makes may have one in its docstring.

use std::rc::Rc;

use super::super::Machine;
use super::super::frame::Eval;
use super::super::value::{Handle, Value};
use super::class::Class;
use super::function::{Binding, NativeDef};

/// A signature, or `-` for None, and the indented lines behind it name all that have it.
static TABLE: &str = include_str!("../../../assets/text_signatures.txt");

/// What CPython says of the arguments of a builtin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Signature {
    /// It has no builtin of that name, or it is not in the table.
    Unknown,
    /// Nothing: `__text_signature__` is None.
    Absent,
    /// This.
    Text(String),
}

/// The signature of what is called `name` with all that it belongs to.
fn known(name: &str) -> Signature {
    let mut signature = "-";
    for line in TABLE.lines() {
        match line.strip_prefix(' ') {
            Some(names) if names.split(' ').any(|known| known == name) => {
                return match signature {
                    "-" => Signature::Absent,
                    text => Signature::Text(text.replace('\u{2424}', "\n")),
                };
            }
            Some(_) => {}
            None => signature = line,
        }
    }
    Signature::Unknown
}

/// What stands in front of a docstring in the form `Name(arguments)`, a line `--` and an empty one.
pub(in crate::machine) fn signature_in_docstring(name: &str, doc: &str) -> Option<Rc<str>> {
    let signature = doc.strip_prefix(name).filter(|rest| rest.starts_with('('))?;
    let end = signature.find(")\n--\n\n")? + 1;
    let signature = &signature[..end];
    (!signature.contains("\n\n")).then(|| signature.into())
}

fn title(class: &Class) -> String {
    format!("{}.{}", class.module, class.qualname)
}

impl Machine {
    /// The signature of a builtin type.
    pub(super) fn signature_of_type(&self, class: Handle) -> Signature {
        known(&format!("class:{}", title(self.heap.class(class))))
    }

    /// The signature of a native.  `owner` is the type it belongs to, if it does to one.
    pub(super) fn signature_of_native(
        &self,
        native: &NativeDef,
        binding: Binding,
        owner: Option<Handle>,
    ) -> Signature {
        let name = native.name;
        let or = |first: Signature, second: &str| match first {
            Signature::Unknown => known(second),
            found => found,
        };
        if let Some(owner) = owner {
            // What CPython gives some types anew they may inherit here.
            return self.heap.class(owner).mro.iter().fold(Signature::Unknown, |found, owner| {
                or(found, &format!("{}.{name}", title(self.heap.class(*owner))))
            });
        }
        match binding {
            Binding::Module(module, _) => known(&format!("{}.{name}", module.name)),
            Binding::None | Binding::Owner(_) | Binding::Receiver(_) => {
                or(known(&format!("builtins.{name}")), &format!("_io.{name}"))
            }
        }
    }

    /// `__text_signature__`, which is refused where it is not known.
    pub(super) fn shown_signature(&mut self, signature: Signature, of: &str) -> Eval {
        match signature {
            Signature::Text(text) => Ok(self.heap.str(text).into()),
            Signature::Absent => Ok(Value::NONE.into()),
            Signature::Unknown => Err(self.unsupported(format!("the signature of {of}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Signature, known, signature_in_docstring};

    #[test]
    fn a_builtin_has_the_signature_that_cpython_gives_it_or_none_or_is_unknown() {
        assert_eq!(known("builtins.len"), Signature::Text("($module, obj, /)".to_owned()));
        assert_eq!(known("builtins.max"), Signature::Absent);
        assert_eq!(known("builtins.no_such_thing"), Signature::Unknown);
    }

    #[test]
    fn a_docstring_has_a_signature_where_its_first_paragraph_is_one() {
        assert_eq!(signature_in_docstring("C", "C(a, b=1)\n--\n\nText."), Some("(a, b=1)".into()));
        assert_eq!(signature_in_docstring("C", "C(a, b=1)\n\nText."), None);
        assert_eq!(signature_in_docstring("C", "D(a)\n--\n\n"), None);
    }
}
