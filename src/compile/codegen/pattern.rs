//! `match`.
//!
//! Code for a pattern takes the subject off the stack and jumps to a failure block if it does not
//! match.  `on_top` counts what must stay on top meanwhile; names are bound only when the whole
//! pattern has matched, so their values wait under that.  A failure block pops all of it.

use super::super::sequence::{Label, Location};
use super::super::tree::{CmpOp, Context, Expr, ExprKind, MatchCase, Name, Operator, Pattern, PatternKind};
use super::jump::SUBSCRIPT;
use super::{Codegen, Done};
use crate::code::{Const, Opcode};

/// What is known while a pattern is written.
#[derive(Clone, Debug, Default)]
struct State<'t> {
    /// Names captured so far.
    stores: Vec<Name<'t>>,
    /// Whether a pattern that matches anything may stand here.
    allow_irrefutable: bool,
    /// Where to jump to pop as many values as the index says.
    fail_pop: Vec<Label>,
    on_top: usize,
}

impl<'t> Codegen<'_, 't> {
    pub(super) fn match_(&mut self, subject: &'t Expr<'t>, cases: &'t [MatchCase<'t>]) -> Done {
        self.expr(subject)?;
        let end = self.label();
        let Some(last) = cases.last() else { return Ok(()) };
        let has_default = last.pattern.is_wildcard() && cases.len() > 1;
        let tested = cases.len() - usize::from(has_default);
        for (at, case) in cases[..tested].iter().enumerate() {
            let loc = case.pattern.loc;
            let keep_subject = at + 1 != tested;
            if keep_subject {
                self.op_i(loc, Opcode::COPY, 1);
            }
            let allow_irrefutable = case.guard.is_some() || at + 1 == cases.len();
            let mut state = State { allow_irrefutable, ..State::default() };
            self.pattern(&case.pattern, &mut state)?;
            for name in &state.stores {
                self.name_op(loc, name, Context::Store)?;
            }
            if let Some(guard) = &case.guard {
                self.ensure_fail_pop(&mut state, 0);
                self.jump_if(guard, state.fail_pop[0], false)?;
            }
            if keep_subject {
                self.op(Location::NEXT, Opcode::POP_TOP);
            }
            self.stmts(&case.body)?;
            self.jump(Location::NONE, Opcode::JUMP, end);
            self.emit_fail_pop(loc, &mut state);
        }
        if has_default {
            // Shows that the default case was reached; it makes no other code.
            self.op(last.pattern.loc, Opcode::NOP);
            if let Some(guard) = &last.guard {
                self.jump_if(guard, end, false)?;
            }
            self.stmts(&last.body)?;
        }
        self.place(end);
        Ok(())
    }

    fn ensure_fail_pop(&mut self, state: &mut State<'t>, pops: usize) {
        while state.fail_pop.len() <= pops {
            state.fail_pop.push(self.label());
        }
    }

    fn jump_to_fail_pop(&mut self, loc: Location, state: &mut State<'t>, opcode: Opcode) {
        let pops = state.on_top + state.stores.len();
        self.ensure_fail_pop(state, pops);
        self.jump(loc, opcode, state.fail_pop[pops]);
    }

    /// The failure blocks, each of which pops one value and falls into the next.
    fn emit_fail_pop(&mut self, loc: Location, state: &mut State<'t>) {
        let labels = std::mem::take(&mut state.fail_pop);
        for (pops, label) in labels.into_iter().enumerate().rev() {
            self.place(label);
            if pops > 0 {
                self.op(loc, Opcode::POP_TOP);
            }
        }
    }

    fn rotate(&mut self, loc: Location, count: usize) {
        for depth in (2..=count).rev() {
            self.op_i(loc, Opcode::SWAP, depth as u32);
        }
    }

    fn store_name(&mut self, loc: Location, name: Option<&Name<'t>>, state: &mut State<'t>) -> Done {
        let Some(name) = name else {
            self.op(loc, Opcode::POP_TOP);
            return Ok(());
        };
        if state.stores.contains(name) {
            return self.duplicate_store(loc, name);
        }
        self.rotate(loc, state.on_top + state.stores.len() + 1);
        state.stores.push(*name);
        Ok(())
    }

    fn duplicate_store(&self, loc: Location, name: &Name<'t>) -> Done {
        self.error(format!("multiple assignments to name '{name}' in pattern"), loc)
    }

    fn subpattern(&mut self, pattern: &'t Pattern<'t>, state: &mut State<'t>) -> Done {
        let before = std::mem::replace(&mut state.allow_irrefutable, true);
        self.pattern(pattern, state)?;
        state.allow_irrefutable = before;
        Ok(())
    }

    fn pattern(&mut self, pattern: &'t Pattern<'t>, state: &mut State<'t>) -> Done {
        super::super::stack::grow(|| self.pattern_inner(pattern, state))
    }

    fn pattern_inner(&mut self, pattern: &'t Pattern<'t>, state: &mut State<'t>) -> Done {
        let loc = pattern.loc;
        match &pattern.kind {
            PatternKind::MatchValue(value) => {
                if !matches!(value.kind, ExprKind::Constant { .. } | ExprKind::Attribute { .. }) {
                    return self.error("patterns may only match literals and attribute lookups", loc);
                }
                self.expr(value)?;
                self.compare_op(loc, CmpOp::Eq);
                self.op(loc, Opcode::TO_BOOL);
                self.jump_to_fail_pop(loc, state, Opcode::POP_JUMP_IF_FALSE);
                Ok(())
            }
            PatternKind::MatchSingleton(value) => {
                self.load_const_ref(loc, value);
                self.compare_op(loc, CmpOp::Is);
                self.jump_to_fail_pop(loc, state, Opcode::POP_JUMP_IF_FALSE);
                Ok(())
            }
            PatternKind::MatchSequence(patterns) => self.match_sequence(loc, patterns, state),
            PatternKind::MatchMapping { keys, patterns, rest } => {
                self.match_mapping(loc, keys, patterns, rest.as_ref(), state)
            }
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
                self.match_class(loc, cls, [patterns, kwd_patterns], kwd_attrs, state)
            }
            PatternKind::MatchStar(name) => self.store_name(loc, name.as_ref(), state),
            PatternKind::MatchAs { pattern: None, name } => {
                if !state.allow_irrefutable {
                    let what = match name {
                        Some(name) => format!("name capture '{name}'"),
                        None => "wildcard".to_owned(),
                    };
                    return self.error(format!("{what} makes remaining patterns unreachable"), loc);
                }
                self.store_name(loc, name.as_ref(), state)
            }
            PatternKind::MatchAs { pattern: Some(inner), name } => {
                state.on_top += 1;
                self.op_i(loc, Opcode::COPY, 1);
                self.pattern(inner, state)?;
                state.on_top -= 1;
                self.store_name(loc, name.as_ref(), state)
            }
            PatternKind::MatchOr(patterns) => self.match_or(loc, patterns, state),
        }
    }

    fn check_length(&mut self, loc: Location, length: usize, op: CmpOp, state: &mut State<'t>) {
        self.op(loc, Opcode::GET_LEN);
        self.load_int(loc, length as u32);
        self.compare_op(loc, op);
        self.jump_to_fail_pop(loc, state, Opcode::POP_JUMP_IF_FALSE);
    }

    fn match_sequence(&mut self, loc: Location, patterns: &'t [Pattern<'t>], state: &mut State<'t>) -> Done {
        let is_star = |pattern: &Pattern| matches!(pattern.kind, PatternKind::MatchStar(_));
        let star = patterns.iter().position(is_star);
        if patterns.iter().filter(|pattern| is_star(pattern)).count() > 1 {
            return self.error("multiple starred names in sequence pattern", loc);
        }
        let only_wildcards =
            patterns.iter().all(|pattern| pattern.is_wildcard() || pattern.is_star_wildcard());
        state.on_top += 1;
        self.op(loc, Opcode::MATCH_SEQUENCE);
        self.jump_to_fail_pop(loc, state, Opcode::POP_JUMP_IF_FALSE);
        match star {
            None => self.check_length(loc, patterns.len(), CmpOp::Eq, state),
            Some(_) if patterns.len() > 1 => {
                self.check_length(loc, patterns.len() - 1, CmpOp::GtE, state);
            }
            Some(_) => {}
        }
        state.on_top -= 1;
        if only_wildcards {
            self.op(loc, Opcode::POP_TOP);
            return Ok(());
        }
        match star {
            Some(at) if patterns[at].is_star_wildcard() => self.sequence_subscr(loc, patterns, at, state),
            _ => self.sequence_unpack(loc, patterns, star, state),
        }
    }

    fn sequence_unpack(
        &mut self,
        loc: Location,
        patterns: &'t [Pattern<'t>],
        star: Option<usize>,
        state: &mut State<'t>,
    ) -> Done {
        match star {
            None => self.op_i(loc, Opcode::UNPACK_SEQUENCE, patterns.len() as u32),
            Some(before) => {
                let after = patterns.len() - before - 1;
                if before >= 1 << 8 || after >= (i32::MAX >> 8) as usize {
                    let message = "too many expressions in star-unpacking sequence pattern";
                    return self.error(message, loc);
                }
                self.op_i(loc, Opcode::UNPACK_EX, before as u32 | (after as u32) << 8);
            }
        }
        state.on_top += patterns.len();
        for pattern in patterns {
            state.on_top -= 1;
            self.subpattern(pattern, state)?;
        }
        Ok(())
    }

    /// With `*_` among the patterns the items are fetched one by one.
    fn sequence_subscr(
        &mut self,
        loc: Location,
        patterns: &'t [Pattern<'t>],
        star: usize,
        state: &mut State<'t>,
    ) -> Done {
        state.on_top += 1;
        for (at, pattern) in patterns.iter().enumerate() {
            if pattern.is_wildcard() || at == star {
                continue;
            }
            self.op_i(loc, Opcode::COPY, 1);
            if at < star {
                self.load_int(loc, at as u32);
            } else {
                // The subject may not support negative indices.
                self.op(loc, Opcode::GET_LEN);
                self.load_int(loc, (patterns.len() - at) as u32);
                self.binary_op(loc, Operator::Sub, false);
            }
            self.op_i(loc, Opcode::BINARY_OP, SUBSCRIPT);
            self.subpattern(pattern, state)?;
        }
        state.on_top -= 1;
        self.op(loc, Opcode::POP_TOP);
        Ok(())
    }

    /// Fails unless the top of the stack is not None.
    fn fail_if_none(&mut self, loc: Location, state: &mut State<'t>) {
        self.op_i(loc, Opcode::COPY, 1);
        self.load_none(loc);
        self.op_i(loc, Opcode::IS_OP, 1);
        self.jump_to_fail_pop(loc, state, Opcode::POP_JUMP_IF_FALSE);
    }

    fn match_class(
        &mut self,
        loc: Location,
        cls: &'t Expr<'t>,
        [patterns, kwd_patterns]: [&'t [Pattern<'t>]; 2],
        kwd_attrs: &'t [Name],
        state: &mut State<'t>,
    ) -> Done {
        for (at, attr) in kwd_attrs.iter().enumerate() {
            if let Some(again) = kwd_attrs[at + 1..].iter().position(|other| other == attr) {
                let place = kwd_patterns[at + 1 + again].loc;
                return self.error(format!("attribute name repeated in class pattern: {attr}"), place);
            }
        }
        self.expr(cls)?;
        self.load_names(loc, kwd_attrs);
        self.op_i(loc, Opcode::MATCH_CLASS, patterns.len() as u32);
        self.op_i(loc, Opcode::COPY, 1);
        self.load_none(loc);
        self.op_i(loc, Opcode::IS_OP, 1);
        // On top now: a tuple of attributes, or None.
        state.on_top += 1;
        self.jump_to_fail_pop(loc, state, Opcode::POP_JUMP_IF_FALSE);
        let count = patterns.len() + kwd_attrs.len();
        self.op_i(loc, Opcode::UNPACK_SEQUENCE, count as u32);
        state.on_top = state.on_top + count - 1;
        for pattern in patterns.iter().chain(kwd_patterns) {
            state.on_top -= 1;
            if pattern.is_wildcard() {
                self.op(loc, Opcode::POP_TOP);
            } else {
                self.subpattern(pattern, state)?;
            }
        }
        Ok(())
    }

    fn mapping_key(&mut self, loc: Location, key: &'t Expr<'t>, seen: &mut Vec<&'t Const>) -> Done {
        match &key.kind {
            ExprKind::Constant { value, .. } => {
                if seen.iter().any(|other| super::super::constants::equal(other, value)) {
                    let shown = super::super::unparse::constant(value);
                    return self.error(format!("mapping pattern checks duplicate key ({shown})"), loc);
                }
                seen.push(value);
            }
            ExprKind::Attribute { .. } => {}
            _ => {
                let message = "mapping pattern keys may only match literals and attribute lookups";
                return self.error(message, loc);
            }
        }
        self.expr(key)
    }

    fn match_mapping(
        &mut self,
        loc: Location,
        keys: &'t [Expr<'t>],
        patterns: &'t [Pattern<'t>],
        rest: Option<&'t Name<'t>>,
        state: &mut State<'t>,
    ) -> Done {
        state.on_top += 1;
        self.op(loc, Opcode::MATCH_MAPPING);
        self.jump_to_fail_pop(loc, state, Opcode::POP_JUMP_IF_FALSE);
        let size = keys.len();
        if size == 0 && rest.is_none() {
            state.on_top -= 1;
            self.op(loc, Opcode::POP_TOP);
            return Ok(());
        }
        if size > 0 {
            self.check_length(loc, size, CmpOp::GtE, state);
        }
        let mut seen = Vec::new();
        for key in keys {
            self.mapping_key(loc, key, &mut seen)?;
        }
        self.op_i(loc, Opcode::BUILD_TUPLE, size as u32);
        self.op(loc, Opcode::MATCH_KEYS);
        // On top now: the subject, a tuple of keys, a tuple of values or None.
        state.on_top += 2;
        self.fail_if_none(loc, state);
        self.op_i(loc, Opcode::UNPACK_SEQUENCE, size as u32);
        state.on_top = state.on_top + size - 1;
        for pattern in patterns {
            state.on_top -= 1;
            self.subpattern(pattern, state)?;
        }
        state.on_top -= 2;
        if rest.is_none() {
            self.op(loc, Opcode::POP_TOP);
            self.op(loc, Opcode::POP_TOP);
            return Ok(());
        }
        // A copy of the subject without the keys.
        self.op_i(loc, Opcode::BUILD_MAP, 0);
        self.op_i(loc, Opcode::SWAP, 3);
        self.op_i(loc, Opcode::DICT_UPDATE, 2);
        self.op_i(loc, Opcode::UNPACK_SEQUENCE, size as u32);
        for left in (1..=size).rev() {
            self.op_i(loc, Opcode::COPY, 1 + left as u32);
            self.op_i(loc, Opcode::SWAP, 2);
            self.op(loc, Opcode::DELETE_SUBSCR);
        }
        self.store_name(loc, rest, state)
    }

    fn match_or(&mut self, loc: Location, patterns: &'t [Pattern<'t>], state: &mut State<'t>) -> Done {
        let end = self.label();
        // The names that the first alternative binds, in its order; the others must bind the same.
        let mut control: Vec<Name<'t>> = Vec::new();
        for (at, alternative) in patterns.iter().enumerate() {
            let allow_irrefutable = at + 1 == patterns.len() && state.allow_irrefutable;
            let mut inner = State { allow_irrefutable, ..State::default() };
            self.op_i(alternative.loc, Opcode::COPY, 1);
            self.pattern(alternative, &mut inner)?;
            if at == 0 {
                control.clone_from(&inner.stores);
            } else {
                self.reorder(loc, alternative.loc, &control, &mut inner.stores)?;
            }
            self.jump(alternative.loc, Opcode::JUMP, end);
            self.emit_fail_pop(alternative.loc, &mut inner);
        }
        // None matched: drop the copy of the subject and fail.
        self.op(loc, Opcode::POP_TOP);
        self.jump_to_fail_pop(loc, state, Opcode::JUMP);
        self.place(end);
        let rotations = control.len() + 1 + state.on_top + state.stores.len();
        for name in control {
            self.rotate(loc, rotations);
            if state.stores.contains(&name) {
                return self.duplicate_store(loc, &name);
            }
            state.stores.push(name);
        }
        self.op(loc, Opcode::POP_TOP);
        Ok(())
    }

    /// Brings the captures of an alternative into the order of the first one's.
    fn reorder(
        &mut self,
        loc: Location,
        place: Location,
        control: &[Name],
        stores: &mut Vec<Name<'t>>,
    ) -> Done {
        let differ = "alternative patterns bind different names";
        if stores.len() != control.len() {
            return self.error(differ, loc);
        }
        for wanted in (0..control.len()).rev() {
            let Some(found) = stores.iter().position(|name| *name == control[wanted]) else {
                return self.error(differ, loc);
            };
            if found == wanted {
                continue;
            }
            let count = found + 1;
            let rotated: Vec<Name<'t>> = stores.drain(..count).collect();
            let to = wanted - found;
            stores.splice(to..to, rotated);
            for _ in 0..count {
                self.rotate(place, wanted + 1);
            }
        }
        Ok(())
    }
}
