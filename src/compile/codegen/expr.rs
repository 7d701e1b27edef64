//! Expressions.

use super::super::sequence::Location;
use super::super::tree::{Context, Expr, ExprKind, Name, Slice, UnaryOp};
use super::jump::SUBSCRIPT;
use super::unit_state::ScopeType;
use super::{Codegen, Done};
use crate::code::{Const, Opcode};

/// With more items than this a display is built step by step, so that the stack stays small.
pub(super) const STACK_USE_GUIDELINE: usize = 30;

/// `CALL_INTRINSIC_1` for `+value`.
const UNARY_POSITIVE: u32 = 5;
/// `CALL_INTRINSIC_1` for what an asynchronous generator yields.
const ASYNC_GEN_WRAP: u32 = 4;
/// `CALL_INTRINSIC_1` for a list that becomes a tuple.
pub(super) const LIST_TO_TUPLE: u32 = 6;

/// The instructions that build a display.
#[derive(Clone, Copy)]
pub(super) struct Display {
    build: Opcode,
    add: Opcode,
    extend: Opcode,
    is_tuple: bool,
}

impl Display {
    const LIST: Self = Self {
        build: Opcode::BUILD_LIST,
        add: Opcode::LIST_APPEND,
        extend: Opcode::LIST_EXTEND,
        is_tuple: false,
    };
    pub(super) const TUPLE: Self = Self { is_tuple: true, ..Self::LIST };
    const SET: Self =
        Self { build: Opcode::BUILD_SET, add: Opcode::SET_ADD, extend: Opcode::SET_UPDATE, is_tuple: false };
}

impl<'t> Codegen<'_, 't> {
    pub(super) fn expr(&mut self, expr: &'t Expr<'t>) -> Done {
        if expr.is_leaf() {
            return self.expr_inner(expr);
        }
        super::super::stack::grow(|| self.expr_inner(expr))
    }

    fn expr_inner(&mut self, expr: &'t Expr<'t>) -> Done {
        let loc = expr.loc;
        match &expr.kind {
            ExprKind::NamedExpr { target, value } => {
                self.expr(value)?;
                self.op_i(loc, Opcode::COPY, 1);
                self.expr(target)
            }
            ExprKind::BoolOp { op, values } => self.bool_op(loc, *op, values),
            ExprKind::BinOp(node) => {
                self.expr(&node.left)?;
                self.expr(&node.right)?;
                self.binary_op(loc, node.op, false);
                Ok(())
            }
            ExprKind::UnaryOp { op, operand } => self.unary_op(loc, *op, operand),
            ExprKind::Lambda { id, args, body } => self.lambda(loc, *id, args, body),
            ExprKind::IfExp(node) => self.if_exp(node),
            ExprKind::Dict(node) => self.dict(loc, &node.keys, &node.values),
            ExprKind::Set(elts) => self.display(loc, elts, None, 0, Display::SET),
            ExprKind::Comp(comp) => self.comprehension(loc, comp),
            ExprKind::Yield(value) => self.yield_expr(loc, value.as_deref()),
            ExprKind::YieldFrom(value) => self.yield_from_expr(loc, value),
            ExprKind::Await(value) => {
                self.expr(value)?;
                self.op_i(loc, Opcode::GET_AWAITABLE, 0);
                self.load_none(loc);
                self.yield_from(loc, true);
                Ok(())
            }
            ExprKind::Compare(node) => self.compare(loc, node),
            ExprKind::Call(call) => self.call(loc, call),
            ExprKind::Constant { value, .. } => {
                self.load_const_ref(loc, value);
                Ok(())
            }
            ExprKind::JoinedStr(values) => self.joined_str(loc, values),
            ExprKind::TemplateStr(values) => self.template_str(loc, values),
            ExprKind::FormattedValue { value, conversion, format_spec } => {
                self.formatted_value(loc, value, *conversion, format_spec.as_deref())
            }
            ExprKind::Interpolation(node) => self.interpolation(loc, node),
            ExprKind::Attribute { value, attr, ctx } => self.attribute(expr, value, attr, *ctx),
            ExprKind::Subscript(node) => self.subscript(loc, &node.value, &node.slice, node.ctx),
            ExprKind::Starred { ctx: Context::Store, .. } => {
                self.error("starred assignment target must be in a list or tuple", loc)
            }
            ExprKind::Starred { .. } => self.error("can't use starred expression here", loc),
            ExprKind::Slice(node) => {
                self.slice(loc, node.lower.as_ref(), node.upper.as_ref(), node.step.as_ref())
            }
            ExprKind::Name { id, ctx } => self.name_op(loc, id, *ctx),
            ExprKind::List { elts, ctx } => match ctx {
                Context::Load => self.display(loc, elts, None, 0, Display::LIST),
                Context::Store => self.unpack(loc, elts),
                Context::Del => self.exprs(elts),
            },
            ExprKind::Tuple { elts, ctx } => match ctx {
                Context::Load => self.display(loc, elts, None, 0, Display::TUPLE),
                Context::Store => self.unpack(loc, elts),
                Context::Del => self.exprs(elts),
            },
        }
    }

    fn unary_op(&mut self, loc: Location, op: UnaryOp, operand: &'t Expr<'t>) -> Done {
        self.expr(operand)?;
        match op {
            UnaryOp::UAdd => self.op_i(loc, Opcode::CALL_INTRINSIC_1, UNARY_POSITIVE),
            UnaryOp::Not => {
                self.op(loc, Opcode::TO_BOOL);
                self.op(loc, Opcode::UNARY_NOT);
            }
            UnaryOp::Invert => self.op(loc, Opcode::UNARY_INVERT),
            UnaryOp::USub => self.op(loc, Opcode::UNARY_NEGATIVE),
        }
        Ok(())
    }

    fn yield_expr(&mut self, loc: Location, value: Option<&'t Expr<'t>>) -> Done {
        if !self.entry().is_function_like() {
            return self.error("'yield' outside function", loc);
        }
        match value {
            Some(value) => self.expr(value)?,
            None => self.load_none(loc),
        }
        self.op_yield(loc);
        Ok(())
    }

    fn yield_from_expr(&mut self, loc: Location, value: &'t Expr<'t>) -> Done {
        if !self.entry().is_function_like() {
            return self.error("'yield from' outside function", loc);
        }
        if self.unit_ref().scope_type == ScopeType::AsyncFunction {
            return self.error("'yield from' inside async function", loc);
        }
        self.expr(value)?;
        self.op(loc, Opcode::GET_YIELD_FROM_ITER);
        self.load_none(loc);
        self.yield_from(loc, false);
        Ok(())
    }

    pub(super) fn op_yield(&mut self, loc: Location) {
        if self.entry().generator && self.entry().coroutine {
            self.op_i(loc, Opcode::CALL_INTRINSIC_1, ASYNC_GEN_WRAP);
        }
        self.op_i(loc, Opcode::YIELD_VALUE, 0);
        self.op_i(loc, Opcode::RESUME, 1);
    }

    /// Drives the iterator under the top of the stack until it returns.
    pub(super) fn yield_from(&mut self, loc: Location, is_await: bool) {
        let (send, fail, exit) = (self.label(), self.label(), self.label());
        self.place(send);
        self.jump(loc, Opcode::SEND, exit);
        // Only `close` and `throw` make YIELD_VALUE raise.
        self.jump(loc, Opcode::SETUP_FINALLY, fail);
        self.op_i(loc, Opcode::YIELD_VALUE, 1);
        self.op(Location::NONE, Opcode::POP_BLOCK);
        self.op_i(loc, Opcode::RESUME, if is_await { 3 } else { 2 });
        self.jump(loc, Opcode::JUMP_NO_INTERRUPT, send);
        self.place(fail);
        self.op(loc, Opcode::CLEANUP_THROW);
        self.place(exit);
        self.op(loc, Opcode::END_SEND);
    }

    /// A list, tuple or set of `elts`, of which `pushed` more lie on the stack already; `injected`
    /// is a name whose value comes last.
    pub(super) fn display(
        &mut self,
        loc: Location,
        elts: &'t [Expr<'t>],
        injected: Option<&Name<'t>>,
        pushed: u32,
        display: Display,
    ) -> Done {
        let count = elts.len() + usize::from(injected.is_some());
        let big = count + pushed as usize > STACK_USE_GUIDELINE;
        if !big && !elts.iter().any(Expr::is_starred) {
            self.exprs(elts)?;
            if let Some(name) = injected {
                self.name_op(loc, name, Context::Load)?;
            }
            let build = if display.is_tuple { Opcode::BUILD_TUPLE } else { display.build };
            self.op_i(loc, build, count as u32 + pushed);
            return Ok(());
        }
        let mut built = big;
        if big {
            self.op_i(loc, display.build, pushed);
        }
        for (at, elt) in elts.iter().enumerate() {
            if let ExprKind::Starred { value, .. } = &elt.kind {
                if !built {
                    self.op_i(loc, display.build, at as u32 + pushed);
                    built = true;
                }
                self.expr(value)?;
                self.op_i(loc, display.extend, 1);
            } else {
                self.expr(elt)?;
                if built {
                    self.op_i(loc, display.add, 1);
                }
            }
        }
        if let Some(name) = injected {
            self.name_op(loc, name, Context::Load)?;
            self.op_i(loc, display.add, 1);
        }
        if display.is_tuple {
            self.op_i(loc, Opcode::CALL_INTRINSIC_1, LIST_TO_TUPLE);
        }
        Ok(())
    }

    fn sub_dict(&mut self, loc: Location, keys: &'t [Option<Expr<'t>>], values: &'t [Expr<'t>]) -> Done {
        let big = values.len() * 2 > STACK_USE_GUIDELINE;
        if big {
            self.op_i(loc, Opcode::BUILD_MAP, 0);
        }
        for (key, value) in keys.iter().zip(values) {
            if let Some(key) = key {
                self.expr(key)?;
            }
            self.expr(value)?;
            if big {
                self.op_i(loc, Opcode::MAP_ADD, 1);
            }
        }
        if !big {
            self.op_i(loc, Opcode::BUILD_MAP, values.len() as u32);
        }
        Ok(())
    }

    fn dict(&mut self, loc: Location, keys: &'t [Option<Expr<'t>>], values: &'t [Expr<'t>]) -> Done {
        let mut have_dict = false;
        // Pairs met but not yet written.
        let mut waiting = 0;
        for at in 0..values.len() {
            if keys[at].is_none() {
                if waiting > 0 {
                    self.dict_part(loc, &keys[at - waiting..at], &values[at - waiting..at], have_dict)?;
                    have_dict = true;
                    waiting = 0;
                }
                if !have_dict {
                    self.op_i(loc, Opcode::BUILD_MAP, 0);
                    have_dict = true;
                }
                self.expr(&values[at])?;
                self.op_i(loc, Opcode::DICT_UPDATE, 1);
            } else if waiting * 2 > STACK_USE_GUIDELINE {
                self.dict_part(loc, &keys[at - waiting..=at], &values[at - waiting..=at], have_dict)?;
                have_dict = true;
                waiting = 0;
            } else {
                waiting += 1;
            }
        }
        if waiting > 0 {
            let from = values.len() - waiting;
            self.dict_part(loc, &keys[from..], &values[from..], have_dict)?;
        } else if !have_dict {
            self.op_i(loc, Opcode::BUILD_MAP, 0);
        }
        Ok(())
    }

    fn dict_part(
        &mut self,
        loc: Location,
        keys: &'t [Option<Expr<'t>>],
        values: &'t [Expr<'t>],
        have_dict: bool,
    ) -> Done {
        self.sub_dict(loc, keys, values)?;
        if have_dict {
            self.op_i(loc, Opcode::DICT_UPDATE, 1);
        }
        Ok(())
    }

    fn attribute(
        &mut self,
        expr: &'t Expr<'t>,
        value: &'t Expr<'t>,
        attr: &'t Name<'t>,
        ctx: Context,
    ) -> Done {
        if ctx == Context::Load
            && let Some(call) = self.super_call(value, attr)
        {
            self.load_super_args(value.loc, call)?;
            let low = if call.args.is_empty() { 0 } else { 2 };
            self.op_attr(expr.loc, Opcode::LOAD_SUPER_ATTR, low, attr);
            let loc = attribute_location(expr.loc, expr, attr);
            self.op(loc, Opcode::NOP);
            return Ok(());
        }
        if ctx == Context::Store {
            self.note_static_attribute(value, attr);
        }
        self.expr(value)?;
        let loc = attribute_location(expr.loc, expr, attr);
        let opcode = match ctx {
            Context::Load => Opcode::LOAD_ATTR,
            Context::Store => Opcode::STORE_ATTR,
            Context::Del => Opcode::DELETE_ATTR,
        };
        self.op_attr(loc, opcode, 0, attr);
        Ok(())
    }

    /// `self.attr = …` in a method is noted with the class around it.
    fn note_static_attribute(&mut self, value: &Expr, attr: &Name<'t>) {
        if !matches!(&value.kind, ExprKind::Name { id, .. } if &**id == "self") {
            return;
        }
        let (_, above) = self.units.split_last_mut().expect("a unit is open");
        if let Some(class) = above.iter_mut().rev().find(|unit| unit.scope_type == ScopeType::Class) {
            class.static_attributes.insert(*attr);
        }
    }

    pub(super) fn subscript(
        &mut self,
        loc: Location,
        value: &'t Expr<'t>,
        slice: &'t Expr<'t>,
        ctx: Context,
    ) -> Done {
        if ctx == Context::Load {
            self.check_subscript(value, slice);
        }
        self.expr(value)?;
        if ctx != Context::Del
            && let Some((lower, upper)) = two_part_slice(slice)
        {
            self.slice_parts(slice.loc, lower, upper)?;
            let opcode = if ctx == Context::Load { Opcode::BINARY_SLICE } else { Opcode::STORE_SLICE };
            self.op(loc, opcode);
            return Ok(());
        }
        self.expr(slice)?;
        match ctx {
            Context::Load => self.op_i(loc, Opcode::BINARY_OP, SUBSCRIPT),
            Context::Store => self.op(loc, Opcode::STORE_SUBSCR),
            Context::Del => self.op(loc, Opcode::DELETE_SUBSCR),
        }
        Ok(())
    }

    pub(super) fn slice_parts(
        &mut self,
        loc: Location,
        lower: Option<&'t Expr<'t>>,
        upper: Option<&'t Expr<'t>>,
    ) -> Done {
        for part in [lower, upper] {
            match part {
                Some(part) => self.expr(part)?,
                None => self.load_none(loc),
            }
        }
        Ok(())
    }

    fn slice(
        &mut self,
        loc: Location,
        lower: Option<&'t Expr<'t>>,
        upper: Option<&'t Expr<'t>>,
        step: Option<&'t Expr<'t>>,
    ) -> Done {
        if let Some(parts) = constant_slice([lower, upper, step]) {
            self.load_const(loc, Const::Slice(parts.into()));
            return Ok(());
        }
        self.slice_parts(loc, lower, upper)?;
        if let Some(step) = step {
            self.expr(step)?;
        }
        self.op_i(loc, Opcode::BUILD_SLICE, if step.is_some() { 3 } else { 2 });
        Ok(())
    }
}

/// The parts of a slice that is all constants.
fn constant_slice(parts: [Option<&Expr>; 3]) -> Option<[Const; 3]> {
    let mut constants = [Const::None, Const::None, Const::None];
    for (constant, part) in constants.iter_mut().zip(parts) {
        if let Some(part) = part {
            *constant = part.as_constant()?.clone();
        }
    }
    Some(constants)
}

/// Start and stop of a slice without a step that is not all constants: there are instructions for it.
pub(super) fn two_part_slice<'t>(
    slice: &'t Expr<'t>,
) -> Option<(Option<&'t Expr<'t>>, Option<&'t Expr<'t>>)> {
    let ExprKind::Slice(Slice { lower, upper, step: None }) = &slice.kind else { return None };
    let parts = (lower.as_ref(), upper.as_ref());
    constant_slice([parts.0, parts.1, None]).is_none().then_some(parts)
}

/// The location of an attribute access: where it spans lines, it starts at the attribute's name.
pub(super) fn attribute_location(loc: Location, node: &Expr, attr: &Name) -> Location {
    let mut loc = loc;
    if loc.line != node.loc.end_line {
        loc.line = node.loc.end_line;
        let length = attr.chars().count() as i32;
        if length <= node.loc.end_column {
            loc.column = node.loc.end_column - length;
        } else {
            loc.column = -1;
            loc.end_column = -1;
        }
        loc.end_line = loc.end_line.max(loc.line);
        if loc.line == loc.end_line {
            loc.end_column = loc.end_column.max(loc.column);
        }
    }
    loc
}
