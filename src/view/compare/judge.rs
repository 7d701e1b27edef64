//! The reason for a verdict.

use super::Explainer;
use super::provenance::Site;
use crate::machine::object::types;
use crate::machine::value::{Kind, SMALL_INT_MAX, SMALL_INT_MIN};
use crate::machine::verdict::{Answer, Means, Operand, Question, Shared, Side, Verdict, Verdicts};
use crate::view::reason::Reason;
use crate::view::tags::Identity;

/// How an `is` of one constant came about.
#[derive(Clone, Debug, Default)]
pub(super) struct Sites {
    /// The loads that the two operands go back to, where both are known.
    pub operands: Option<[Site; 2]>,
    /// The loads that may have to do with it: those two, or all that load the object.
    pub all: Vec<Site>,
}

impl Explainer {
    /// The reason; `None` where there is no answer.
    pub(super) fn judge(&mut self, verdicts: &Verdicts, verdict: &Verdict, sites: &Sites) -> Option<Reason> {
        let Answer::Given(answer) = &verdict.answer else { return None };
        let is_true = answer.value == crate::machine::value::Value::TRUE;
        Some(match verdict.question {
            Question::Is | Question::IsNot if verdict.is_one_object() => self.one_object(verdict, sites),
            Question::Is | Question::IsNot => two_objects(verdict),
            Question::Eq => equality(verdict, is_true),
            Question::Ne => equality(verdict, !is_true),
            Question::In | Question::NotIn => {
                let decider = verdict.decided_by.and_then(|number| verdicts.get(number));
                let found = is_true == (verdict.question == Question::In);
                match decider.filter(|_| found) {
                    Some(decider) => {
                        let decider = decider.clone();
                        self.judge(verdicts, &decider, sites)?
                    }
                    None if found => Reason::DistinctObjectsEqual,
                    None => Reason::DistinctObjectsUnequal,
                }
            }
        })
    }

    /// The loads of the constant that both operands of an `is` are.
    pub(super) fn sites(&mut self, verdict: &Verdict) -> Sites {
        if verdict.inner > 0 || !matches!(verdict.question, Question::Is | Question::IsNot) {
            return Sites::default();
        }
        let Self { constants, provenance, .. } = self;
        let (code, at) = (&verdict.origin.code, verdict.origin.at);
        let mut site = |operand: &Operand, depth| provenance.site(constants, code, at, depth, operand.value);
        let (left, right) = (site(&verdict.left, 1), site(&verdict.right, 0));
        if let (Some(left), Some(right)) = (left, right) {
            let all = if left == right { vec![left.clone()] } else { vec![left.clone(), right.clone()] };
            return Sites { operands: Some([left, right]), all };
        }
        let places = constants.places(Identity::new(verdict.left.value, verdict.left.born));
        let all =
            places.iter().flat_map(|place| provenance.loads(&place.code, place.slot, place.item)).collect();
        Sites { operands: None, all }
    }

    fn one_object(&self, verdict: &Verdict, sites: &Sites) -> Reason {
        let operand = &verdict.left;
        match operand.value.kind() {
            Kind::None | Kind::NotImplemented | Kind::Ellipsis | Kind::Bool(_) => return Reason::Singleton,
            Kind::Int(SMALL_INT_MIN..=SMALL_INT_MAX) => return Reason::SmallIntCache,
            Kind::Int(_) | Kind::Float(_) | Kind::Object(_) => {}
        }
        if verdict.shared == Shared::Cached {
            return Reason::CachedObject;
        }
        let is_constant = !self.constants.places(Identity::new(operand.value, operand.born)).is_empty();
        if let Some([left, right]) = &sites.operands
            && left == right
            && !(left.called && right.called)
        {
            return Reason::Alias;
        }
        if verdict.shared == Shared::Interned {
            return Reason::InternedString;
        }
        match sites.all.as_slice() {
            _ if !is_constant => Reason::Alias,
            [] | [_] => Reason::SameConstant,
            all if all.iter().any(|site| self.is_folded(site)) => Reason::FoldedConstant,
            _ => Reason::MergedConstant,
        }
    }

    /// Whether what a load pushes is the result of an expression that the compiler computed.
    pub(super) fn is_folded(&self, site: &Site) -> bool {
        site.item.is_none() && self.excerpt(&site.code, site.location).is_some_and(|text| !is_literal(&text))
    }
}

fn two_objects(verdict: &Verdict) -> Reason {
    if verdict.left.class != verdict.right.class {
        return Reason::UnequalTypes;
    }
    match verdict.equal {
        Some(true) => Reason::DistinctObjectsEqual,
        Some(false) => Reason::DistinctObjectsUnequal,
        None => Reason::DunderEq,
    }
}

fn equality(verdict: &Verdict, equal: bool) -> Reason {
    let (left, right) = (&verdict.left, &verdict.right);
    match &verdict.means {
        Means::Identity => Reason::IdentityShortcut,
        Means::Method { side: Side::Left, .. } => Reason::DunderEq,
        Means::Method { side: Side::Right | Side::RightFirst, .. } => Reason::Reflected,
        Means::Default => Reason::DefaultIdentity,
        Means::Fallback { gave_up: Some(_) } => Reason::DefaultIdentity,
        Means::Fallback { gave_up: None } if left.class == right.class => Reason::DefaultIdentity,
        Means::Fallback { gave_up: None } => Reason::UnequalTypes,
        Means::Values | Means::Items => {
            let of_numbers = is_number(left) && is_number(right);
            if !equal && of_numbers && (is_nan(left) || is_nan(right)) {
                return Reason::Nan;
            }
            match (verdict.is_one_object(), equal) {
                // These do not look whether they are one object: it might be a NaN.
                (true, true) if [types::FLOAT, types::COMPLEX].contains(&left.class) => Reason::Alias,
                (true, true) if left.class == types::NONE_TYPE => Reason::DefaultIdentity,
                (true, true) => Reason::IdentityShortcut,
                (_, true) if left.class == right.class => Reason::DistinctObjectsEqual,
                (_, true) => Reason::EqualAcrossTypes,
                (_, false) if left.class == right.class || of_numbers || are_kin(left, right) => {
                    Reason::DistinctObjectsUnequal
                }
                (_, false) => Reason::UnequalTypes,
            }
        }
    }
}

/// Whether it is a number of a builtin type.
pub(super) fn is_number(operand: &Operand) -> bool {
    [types::INT, types::FLOAT, types::BOOL, types::COMPLEX].contains(&operand.class)
}

/// Whether two types are different and all the same compared by value.
fn are_kin(left: &Operand, right: &Operand) -> bool {
    [[types::SET, types::FROZENSET], [types::BYTES, types::BYTEARRAY]]
        .iter()
        .any(|kin| kin.contains(&left.class) && kin.contains(&right.class))
}

/// Whether it is a NaN.
pub(super) fn is_nan(operand: &Operand) -> bool {
    matches!(operand.value.kind(), Kind::Float(value) if value.is_nan())
        || operand.class == types::COMPLEX && operand.shown().contains("nan")
}

/// Whether a text is one literal, or several strings in a row, which the parser joins; no operator.
fn is_literal(text: &str) -> bool {
    let text = text.trim();
    let is_quoted = text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with(['\'', '"']);
    if is_quoted {
        return only_strings(text);
    }
    // The sign of an exponent belongs to the number: 1e-5.
    let is_hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    let mut before = ' ';
    text.chars().all(|c| {
        let is_sign = matches!(c, '+' | '-') && matches!(before, 'e' | 'E') && !is_hexadecimal;
        let is_part = c.is_alphanumeric() || c == '_' || c == '.' || is_sign;
        before = c;
        is_part
    })
}

/// Whether there are only string literals and blanks.
fn only_strings(text: &str) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return true;
        }
        let prefix = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        rest = &rest[prefix..];
        let quote = ["'''", "\"\"\"", "'", "\""].into_iter().find(|quote| rest.starts_with(quote));
        let Some(quote) = quote else { return false };
        rest = &rest[quote.len()..];
        let mut escaped = false;
        let end = rest.char_indices().find(|(at, c)| {
            let ends = !escaped && rest[*at..].starts_with(quote);
            escaped = !escaped && *c == '\\';
            ends
        });
        let Some((end, _)) = end else { return false };
        rest = &rest[end + quote.len()..];
    }
}

#[cfg(test)]
mod tests {
    use super::is_literal;

    #[test]
    fn literals_have_no_operators() {
        for text in
            ["1000", "0xFF", "1_000", "1.5e-7", "'a + b'", "b\"x\"", "'a' \"b\"", "'it\\'s'", "'''a\nb'''"]
        {
            assert!(is_literal(text), "{text}");
        }
        for text in ["-1000", "10 * 100", "'a' + 'b'", "0xe+1", "(1, 2)", "'a' * 3"] {
            assert!(!is_literal(text), "{text}");
        }
    }
}
