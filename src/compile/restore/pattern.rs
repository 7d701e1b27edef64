//! Patterns.

use super::super::tree::{Context, List, Name, Pattern, PatternKind};
use super::expr::constant;
use super::{Restore, Restored, invalid, items, location, text};
use crate::ast::{Node, Value};
use crate::code::Const;

impl<'a> Restore<'_, '_, 'a> {
    /// A pattern; `*rest` only inside a sequence.
    pub(super) fn pattern(&mut self, value: &Value, star_fits: bool) -> Restored<Pattern<'a>> {
        let node = self.node(value);
        self.deeper(|restore| {
            let loc = location(node)?;
            Ok(Pattern { loc, kind: restore.pattern_kind(node, star_fits)? })
        })
    }

    fn patterns(&mut self, values: &Value, star_fits: bool) -> Restored<List<'a, Pattern<'a>>> {
        self.all(values, |restore, value| restore.pattern(value, star_fits))
    }

    fn pattern_kind(&mut self, node: &Node, star_fits: bool) -> Restored<PatternKind<'a>> {
        Ok(match (node.kind.name(), &*node.fields) {
            ("MatchValue", [value]) => {
                self.check_value(value)?;
                PatternKind::MatchValue(self.expr(value)?)
            }
            ("MatchSingleton", [value]) => match constant(value) {
                value @ (Const::None | Const::Bool(_)) => {
                    PatternKind::MatchSingleton(self.names.arena().constant(value.clone()))
                }
                _ => return Err(invalid("MatchSingleton can only contain True, False and None")),
            },
            ("MatchSequence", [patterns]) => PatternKind::MatchSequence(self.patterns(patterns, true)?),
            ("MatchMapping", [keys, patterns, rest]) => {
                if items(keys).len() != items(patterns).len() {
                    return Err(invalid("MatchMapping doesn't have the same number of keys as patterns"));
                }
                let rest = self.captured(rest)?;
                for key in items(keys) {
                    let is_singleton = matches!(key, Value::Node(_))
                        && self.node(key).kind.name() == "Constant"
                        && matches!(constant(&self.node(key).fields[0]), Const::None | Const::Bool(_));
                    if !is_singleton {
                        self.check_value(key)?;
                    }
                }
                let keys = self.exprs(keys)?;
                PatternKind::MatchMapping { keys, patterns: self.patterns(patterns, false)?, rest }
            }
            ("MatchClass", [cls, patterns, kwd_attrs, kwd_patterns]) => {
                if items(kwd_attrs).len() != items(kwd_patterns).len() {
                    return Err(invalid(
                        "MatchClass doesn't have the same number of keyword attributes as patterns",
                    ));
                }
                let class = self.expr(cls)?;
                if !self.is_dotted_name(cls) {
                    return Err(invalid("MatchClass cls field can only contain Name or Attribute nodes."));
                }
                for name in items(kwd_attrs) {
                    self.optional_name(name)?;
                }
                PatternKind::MatchClass {
                    cls: class,
                    patterns: self.patterns(patterns, false)?,
                    kwd_attrs: self.names_of(kwd_attrs),
                    kwd_patterns: self.patterns(kwd_patterns, false)?,
                }
            }
            ("MatchStar", [name]) if star_fits => PatternKind::MatchStar(self.captured(name)?),
            ("MatchStar", _) => return Err(invalid("can't use MatchStar here")),
            ("MatchAs", [pattern, name]) => {
                let name = self.captured(name)?;
                let pattern = match pattern {
                    Value::Nothing => None,
                    _ if name.is_none() => {
                        return Err(invalid("MatchAs must specify a target name if a pattern is given"));
                    }
                    pattern => {
                        let pattern = self.pattern(pattern, false)?;
                        Some(self.names.arena().node(pattern))
                    }
                };
                PatternKind::MatchAs { pattern, name }
            }
            ("MatchOr", [patterns]) => {
                if items(patterns).len() < 2 {
                    return Err(invalid("MatchOr requires at least 2 patterns"));
                }
                PatternKind::MatchOr(self.patterns(patterns, false)?)
            }
            (name, _) => panic!("{name} is no pattern, or has other fields"),
        })
    }

    /// A name that is bound, if there is one.
    fn captured(&self, value: &Value) -> Restored<Option<Name<'a>>> {
        if text(value) == Some("_") {
            return Err(invalid("can't capture name '_' in patterns"));
        }
        self.optional_name(value)
    }

    /// `name` or `name.attribute.attribute`.
    fn is_dotted_name(&self, value: &Value) -> bool {
        let mut node = self.node(value);
        while node.kind.name() == "Attribute" {
            node = self.node(&node.fields[0]);
        }
        node.kind.name() == "Name"
    }

    /// Whether a value can be a pattern: a literal, a number with a sign or an imaginary part, a dotted name.
    fn check_value(&mut self, value: &Value) -> Restored<()> {
        if matches!(value, Value::Nothing) {
            return Err(invalid("None disallowed in expression list"));
        }
        let node = self.node(value);
        let fits = match (node.kind.name(), &*node.fields) {
            ("Constant", [value, _]) => match constant(value) {
                Const::Int(_) | Const::Float(_) | Const::Complex(..) | Const::Bytes(_) | Const::Str(_) => {
                    true
                }
                _ => return Err(invalid("unexpected constant inside of a literal pattern")),
            },
            ("Attribute", _) => {
                self.expr_in(value, Context::Load)?;
                self.is_dotted_name(value)
            }
            ("UnaryOp", _) => self.is_number(value, true, true),
            ("BinOp", [left, op, right]) => {
                matches!(self.node(op).kind.name(), "Add" | "Sub")
                    && self.is_number(left, true, false)
                    && self.is_complex(right)
            }
            // The code generator refuses it, with its place.
            ("JoinedStr", _) => true,
            _ => false,
        };
        if fits { Ok(()) } else { Err(invalid("patterns may only match literals and attribute lookups")) }
    }

    /// A number, with a minus sign if that is allowed; an imaginary one if that is.
    fn is_number(&self, value: &Value, signed: bool, imaginary: bool) -> bool {
        let node = self.node(value);
        match (node.kind.name(), &*node.fields) {
            ("Constant", [value, _]) => match constant(value) {
                Const::Int(_) | Const::Float(_) => true,
                Const::Complex(..) => imaginary,
                _ => false,
            },
            ("UnaryOp", [op, operand]) => {
                signed
                    && self.node(op).kind.name() == "USub"
                    && matches!(operand, Value::Node(_))
                    && self.is_number(operand, false, imaginary)
            }
            _ => false,
        }
    }

    fn is_complex(&self, value: &Value) -> bool {
        let node = self.node(value);
        node.kind.name() == "Constant" && matches!(constant(&node.fields[0]), Const::Complex(..))
    }
}
