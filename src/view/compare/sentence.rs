//! A verdict's reason as a sentence, made of the real values.

use super::Explainer;
use super::judge::{Sites, is_nan};
use crate::machine::object::types;
use crate::machine::value::{Kind, SMALL_INT_MAX, SMALL_INT_MIN};
use crate::machine::verdict::{Answer, Means, Operand, Question, Side, Verdict, Verdicts};
use crate::view::reason::Reason;

/// The build that the rules hold for.
const BUILD: &str = "CPython 3.14";

impl Explainer {
    /// The sentence for a verdict that has the reason `reason`.
    pub(super) fn sentence(
        &mut self,
        verdicts: &Verdicts,
        verdict: &Verdict,
        reason: Reason,
        sites: &Sites,
    ) -> String {
        match verdict.question {
            Question::In | Question::NotIn => membership(verdicts, verdict),
            Question::Is | Question::IsNot if verdict.is_one_object() => {
                self.of_one_object(verdict, reason, sites)
            }
            Question::Is | Question::IsNot => two_objects(verdict, reason),
            Question::Eq | Question::Ne => self.equality_of(verdicts, verdict, reason),
        }
    }

    /// Why an `is` found one object.
    fn of_one_object(&mut self, verdict: &Verdict, reason: Reason, sites: &Sites) -> String {
        let (operand, value) = (&verdict.left, verdict.left.shown());
        let place = || self.constant_place(verdict).unwrap_or_else(|| "a constant".to_owned());
        match reason {
            Reason::Singleton => {
                format!("There is only one {value}, so every {value} is this object.")
            }
            Reason::SmallIntCache => format!(
                "{BUILD} keeps one object for each int from {SMALL_INT_MIN} to {SMALL_INT_MAX}, so every {value} is \
                 this object (3.15: up to 1024)."
            ),
            Reason::SameConstant => {
                format!("{value} is {}: each time it is loaded, that same object is pushed.", place())
            }
            Reason::MergedConstant => format!(
                "{value} is written more than once, but {BUILD} makes equal constants that are compiled together one \
                 object: {}.",
                place()
            ),
            Reason::FoldedConstant => {
                let folded = sites.all.iter().find(|site| self.is_folded(site));
                let text = folded.and_then(|site| self.excerpt(&site.code, site.location));
                let text =
                    text.map_or_else(|| "an expression".to_owned(), |text| format!("`{}`", short(&text)));
                format!(
                    "The compiler computed {text} before the program ran; the result, {value}, and the equal constant \
                     are one object in {BUILD}."
                )
            }
            Reason::InternedString if is_name_like(operand) => format!(
                "{BUILD} interns string constants that look like names: there is one {value}, wherever it is written."
            ),
            Reason::InternedString => {
                format!("{value} is interned: there is one object for its text in the whole program.")
            }
            Reason::CachedObject => cached(operand, &value),
            Reason::Alias
            | Reason::DistinctObjectsEqual
            | Reason::DistinctObjectsUnequal
            | Reason::EqualAcrossTypes
            | Reason::UnequalTypes
            | Reason::DunderEq
            | Reason::IdentityShortcut
            | Reason::Nan
            | Reason::Reflected
            | Reason::DefaultIdentity => self.alias(verdict, value),
        }
    }

    fn alias(&mut self, verdict: &Verdict, value: String) -> String {
        let kind = &verdict.left.class_name;
        let what = if value.contains(&**kind) { value } else { format!("{kind} object {value}") };
        let (left, right) = self.operand_names(verdict);
        if left == right {
            format!("{left} is one object, the {what}: it is compared with itself.")
        } else {
            format!("{left} and {right} refer to one object, the {what}; no second one was made.")
        }
    }

    /// Why an `==` came out as it did.
    fn equality_of(&self, verdicts: &Verdicts, verdict: &Verdict, reason: Reason) -> String {
        let (left, right) = (&verdict.left, &verdict.right);
        let (value, other) = (left.shown(), right.shown());
        let (kind, other_kind) = (&left.class_name, &right.class_name);
        match reason {
            Reason::Alias => format!("Both sides are one {kind}, and {value} equals itself."),
            Reason::DistinctObjectsEqual => {
                format!("Two {kind} objects, but `==` compares values, and these are equal: {value}.")
            }
            Reason::EqualAcrossTypes => format!(
                "{kind} and {other_kind} are different types, but compare by value: {value} equals {other}."
            ),
            Reason::UnequalTypes => format!(
                "{kind} and {other_kind} know nothing of one another, so {value} and {other} are not equal."
            ),
            Reason::DunderEq | Reason::Reflected => asked(verdict),
            Reason::IdentityShortcut if verdict.inner > 0 => {
                let nan = if is_nan(left) { ", even for a NaN" } else { "" };
                format!(
                    "Containers take an object as equal to itself without asking `==`{nan}: both are the {kind} {value}."
                )
            }
            Reason::IdentityShortcut => {
                format!("Both sides are one {kind} object, and that equals itself: {value}.")
            }
            Reason::Nan => "A NaN is equal to nothing, not even to itself: so says IEEE 754.".to_owned(),
            Reason::DefaultIdentity => default_identity(verdict),
            // The others are reasons of `is`.
            Reason::Singleton
            | Reason::SmallIntCache
            | Reason::SameConstant
            | Reason::MergedConstant
            | Reason::FoldedConstant
            | Reason::InternedString
            | Reason::CachedObject
            | Reason::DistinctObjectsUnequal => match self.differing_items(verdicts, verdict) {
                Some(items) => format!("`==` compares {kind}s item by item, and {items} differ."),
                None => format!("`==` compares values, and {value} and {other} differ."),
            },
        }
    }

    /// The items that the comparison of two containers stopped at.
    fn differing_items(&self, verdicts: &Verdicts, verdict: &Verdict) -> Option<String> {
        let decider = verdicts.get(verdict.decided_by?)?;
        (decider.origin == verdict.origin)
            .then(|| format!("{} and {}", decider.left.shown(), decider.right.shown()))
    }
}

/// Why an `is` found two objects.
fn two_objects(verdict: &Verdict, reason: Reason) -> String {
    let (value, other) = (verdict.left.shown(), verdict.right.shown());
    let (kind, other_kind) = (&verdict.left.class_name, &verdict.right.class_name);
    match reason {
        Reason::DistinctObjectsEqual => distinct(&verdict.left, &value),
        Reason::UnequalTypes => {
            let but = if verdict.equal == Some(true) { " (`==` finds them equal)" } else { "" };
            format!("{kind} {value} and {other_kind} {other} are two objects, of different types{but}.")
        }
        Reason::DunderEq => format!(
            "Two {kind} objects, and `is` asks for one. Whether they are equal, only `==` can tell, which may run \
             Python code."
        ),
        // The others are reasons of one object, or of `==`.
        Reason::Alias
        | Reason::Singleton
        | Reason::SmallIntCache
        | Reason::SameConstant
        | Reason::MergedConstant
        | Reason::FoldedConstant
        | Reason::InternedString
        | Reason::CachedObject
        | Reason::DistinctObjectsUnequal
        | Reason::EqualAcrossTypes
        | Reason::IdentityShortcut
        | Reason::Nan
        | Reason::Reflected
        | Reason::DefaultIdentity => {
            format!("Two {kind} objects, and their values differ too: {value} and {other}.")
        }
    }
}

/// What a method gave.
fn asked(verdict: &Verdict) -> String {
    let Means::Method { name, side } = &verdict.means else { return String::new() };
    let gave = match &verdict.answer {
        Answer::Given(answer) => answer.shown(),
        Answer::Pending | Answer::Raised => "no answer".to_owned(),
    };
    let receiver = &verdict.right.class_name;
    match side {
        Side::Left => format!("{name} ran and gave {gave}."),
        Side::Right => format!(
            "The left operand did not know (NotImplemented), so the right one was asked: {name} gave {gave}."
        ),
        Side::RightFirst => {
            format!(
                "{receiver} derives from {}, so the right operand was asked first: {name} gave {gave}.",
                verdict.left.class_name
            )
        }
    }
}

fn default_identity(verdict: &Verdict) -> String {
    let kind = &verdict.left.class_name;
    let these = if verdict.is_one_object() { "both sides are one object" } else { "these are two objects" };
    match &verdict.means {
        Means::Fallback { gave_up: Some(name) } => {
            format!("{name} gave NotImplemented; what is left is identity, and {these}.")
        }
        Means::Fallback { gave_up: None }
        | Means::Identity
        | Means::Values
        | Means::Method { .. }
        | Means::Default
        | Means::Items => format!(
            "{kind} has no __eq__ of its own; object's finds an object equal to itself alone, and {these}."
        ),
    }
}

fn membership(verdicts: &Verdicts, verdict: &Verdict) -> String {
    let (item, container) = (verdict.left.shown(), &verdict.right.class_name);
    let found = match &verdict.answer {
        Answer::Given(answer) => {
            (answer.value == crate::machine::value::Value::TRUE) == (verdict.question == Question::In)
        }
        Answer::Pending | Answer::Raised => false,
    };
    let parts = if [types::DICT, types::SET, types::FROZENSET].contains(&verdict.right.class) {
        ("a key", "no key", " (keys are compared only where the hashes agree)")
    } else {
        ("an item", "no item", "")
    };
    let parts = if verdict.right.class == types::SET { ("a member", "no member", parts.2) } else { parts };
    if !found {
        return format!("The {container} has {} that is {item} or equals it{}.", parts.1, parts.2);
    }
    match verdict.decided_by.and_then(|number| verdicts.get(number)) {
        Some(decider) if decider.means == Means::Identity => {
            format!(
                "{item} itself is {} of the {container}; `in` asks for identity before equality.",
                parts.0
            )
        }
        Some(decider) => {
            let stored = decider.left.shown();
            format!(
                "The {container} has {} that equals {item}: {} {stored}.",
                parts.0, decider.left.class_name
            )
        }
        None => format!("The {container} has {} that equals {item}.", parts.0),
    }
}

fn cached(operand: &Operand, value: &str) -> String {
    let what = match operand.str() {
        // Not all ways of making one look it up, so there may be others.
        Some(text) if text.len() == 1 => "each one-character str up to U+00FF, and both are the one",
        Some(_) => "the empty str, and both are the one",
        None if operand.class == types::TUPLE => "the empty tuple, and both are the one",
        None if value == "b''" => "the empty bytes, and both are the one",
        None => "each bytes of one byte, and both are the one",
    };
    format!("{BUILD} keeps one object for {what} for {value}.")
}

/// Why two objects with equal values are two.
fn distinct(operand: &Operand, value: &str) -> String {
    let kind = &operand.class_name;
    let why = match operand.value.kind() {
        Kind::Int(_) => format!("only {SMALL_INT_MIN} to {SMALL_INT_MAX} are cached in {BUILD}"),
        Kind::Float(_) => "floats are never cached".to_owned(),
        _ if operand.class == types::INT => {
            format!("only {SMALL_INT_MIN} to {SMALL_INT_MAX} are cached in {BUILD}")
        }
        _ if operand.class == types::STR => {
            format!("{BUILD} does not look for an equal str that exists already")
        }
        _ => "each was made on its own".to_owned(),
    };
    format!(
        "Two {kind} objects with equal values, {value}: {why}. `==` compares values, `is` asks for one object."
    )
}

fn is_name_like(operand: &Operand) -> bool {
    operand
        .str()
        .and_then(|text| text.as_ascii())
        .is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
}

/// A source text in one line, cut where it is long.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}\u{2026}", &line[..end]),
        None => line,
    }
}
