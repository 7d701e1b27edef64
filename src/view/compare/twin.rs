//! What a verdict would be in the other mode: a file is compiled as a whole, what is typed at a prompt
//! statement by statement, and constants are merged only within one compilation.

use super::Explainer;
use super::judge::Sites;
use super::provenance::Site;
use crate::machine::value::{Kind, SMALL_INT_MAX, SMALL_INT_MIN};
use crate::machine::verdict::{Question, Shared, Verdict};
use crate::view::reason::Reason;
use crate::view::tags::Identity;

impl Explainer {
    /// What the verdict would be in the other mode, and why; `None` where it would be the same, or that
    /// cannot be told.
    pub(super) fn otherwise(&self, verdict: &Verdict, reason: Reason, sites: &Sites) -> Option<String> {
        let invert = match verdict.question {
            Question::Is => false,
            Question::IsNot => true,
            Question::Eq | Question::Ne | Question::In | Question::NotIn => return None,
        };
        if verdict.inner > 0 || self.outline.statements.is_empty() {
            return None;
        }
        let word = |one_object: bool| if one_object == invert { "False" } else { "True" };
        if self.line_by_line {
            self.would_be_merged(verdict).then(|| {
                format!("In a file: {}; equal constants that are compiled together are one.", word(true))
            })
        } else {
            self.would_be_apart(reason, sites).then(|| {
                format!("In the REPL (--interactive): {}; each statement has its own constants.", word(false))
            })
        }
    }

    /// Whether one constant of a file would be two at a prompt.
    fn would_be_apart(&self, reason: Reason, sites: &Sites) -> bool {
        let merged = matches!(reason, Reason::MergedConstant | Reason::FoldedConstant | Reason::SameConstant);
        let Some([left, right]) = &sites.operands else { return false };
        let (left, right) = (self.statement(left), self.statement(right));
        merged && left.is_some() && right.is_some() && left != right
    }

    fn statement(&self, site: &Site) -> Option<usize> {
        self.outline.statement_of(u32::try_from(site.location.line).ok()?)
    }

    /// Whether two constants that were compiled apart would be one in a file.
    fn would_be_merged(&self, verdict: &Verdict) -> bool {
        let (left, right) = (&verdict.left, &verdict.right);
        if verdict.is_one_object() || verdict.equal != Some(true) || left.class != right.class {
            return false;
        }
        let small = matches!(left.value.kind(), Kind::Int(SMALL_INT_MIN..=SMALL_INT_MAX));
        let (text, other) = (left.shown(), right.shown());
        let units = |operand: &crate::machine::verdict::Operand| {
            let places = self.constants.places(Identity::new(operand.value, operand.born));
            places.iter().map(|place| place.unit).collect::<Vec<_>>()
        };
        let (one, two) = (units(left), units(right));
        let is_cut = text.contains('\u{2026}');
        !small
            && verdict.shared == Shared::No
            && text == other
            && !is_cut
            && !one.is_empty()
            && !two.is_empty()
            && !one.iter().any(|unit| two.contains(unit))
    }
}
