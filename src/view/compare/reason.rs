//! Why an `is` or `==` came out as it did, in a few words.

use crate::machine::value::{Kind, SMALL_INT_MAX, SMALL_INT_MIN};
use crate::machine::verdict::{Operand, Question, Verdict};

/// Types of which two objects with the same short form are equal, if the form is whole.
const SHOWN_BY_VALUE: [&str; 11] =
    ["int", "str", "bytes", "bytearray", "list", "tuple", "dict", "set", "frozenset", "range", "complex"];

/// The reason; empty while there is no verdict.
pub(super) fn reason(verdict: &Verdict) -> String {
    let Some(result) = &verdict.result else { return String::new() };
    let same = verdict.left.value == verdict.right.value;
    match verdict.question {
        Question::Is | Question::IsNot if same => one_object(&verdict.left),
        Question::Is | Question::IsNot if look_equal(verdict) => "two objects, equal values".to_owned(),
        Question::Is | Question::IsNot => "two objects".to_owned(),
        Question::Eq | Question::Ne if verdict.ran_python => {
            format!("{} ran", if verdict.question == Question::Eq { "__eq__" } else { "__ne__ or __eq__" })
        }
        Question::Eq | Question::Ne => {
            let equal = result.text.as_ref() == "True" && verdict.question == Question::Eq
                || result.text.as_ref() == "False" && verdict.question == Question::Ne;
            by_value(same, equal).to_owned()
        }
    }
}

/// Why two operands are one object.
fn one_object(operand: &Operand) -> String {
    match operand.value.kind() {
        Kind::None | Kind::NotImplemented | Kind::Ellipsis | Kind::Bool(_) => {
            format!("there is one {}", operand.text)
        }
        Kind::Int(SMALL_INT_MIN..=SMALL_INT_MAX) => {
            format!("one object: ints {SMALL_INT_MIN}..{SMALL_INT_MAX} are cached")
        }
        Kind::Int(_) | Kind::Float(_) | Kind::Object(_) => "one object".to_owned(),
    }
}

/// Why an `==` that no Python code had a say in came out as it did.
const fn by_value(same: bool, equal: bool) -> &'static str {
    match (same, equal) {
        (true, true) => "one object",
        (true, false) => "NaN is equal to nothing",
        (false, true) => "equal values",
        (false, false) => "different values",
    }
}

/// Whether two objects are of one type and show the same value, all of it.
fn look_equal(verdict: &Verdict) -> bool {
    let (left, right) = (&verdict.left, &verdict.right);
    let whole = |text: &str| !text.contains(['\u{2026}', '<']);
    left.class == right.class
        && left.text == right.text
        && (matches!(left.value.kind(), Kind::Float(float) if !float.is_nan())
            || SHOWN_BY_VALUE.contains(&left.class.as_ref()) && whole(&left.text))
}
