//! f-strings and template strings.

use super::super::sequence::Location;
use super::super::tree::{Conversion, Expr, ExprKind, Interpolation};
use super::expr::STACK_USE_GUIDELINE;
use super::{Codegen, Done};
use crate::code::{Const, Opcode, Text};

/// The argument of `CONVERT_VALUE`.
fn conversion_number(conversion: Conversion) -> u32 {
    match conversion {
        Conversion::Str => 1,
        Conversion::Repr => 2,
        Conversion::Ascii => 3,
    }
}

impl<'t> Codegen<'_, 't> {
    pub(super) fn joined_str(&mut self, loc: Location, values: &'t [Expr<'t>]) -> Done {
        if values.len() > STACK_USE_GUIDELINE {
            self.load_str(loc, "");
            self.op_attr(loc, Opcode::LOAD_ATTR, 1, &self.context.names.get("join"));
            self.op_i(loc, Opcode::BUILD_LIST, 0);
            for value in values {
                self.expr(value)?;
                self.op_i(loc, Opcode::LIST_APPEND, 1);
            }
            self.op_i(loc, Opcode::CALL, 1);
            return Ok(());
        }
        self.exprs(values)?;
        match values.len() {
            0 => self.load_str(loc, ""),
            1 => {}
            count => self.op_i(loc, Opcode::BUILD_STRING, count as u32),
        }
        Ok(())
    }

    pub(super) fn formatted_value(
        &mut self,
        loc: Location,
        value: &'t Expr<'t>,
        conversion: Option<Conversion>,
        format_spec: Option<&'t Expr<'t>>,
    ) -> Done {
        self.expr(value)?;
        if let Some(conversion) = conversion {
            self.op_i(loc, Opcode::CONVERT_VALUE, conversion_number(conversion));
        }
        match format_spec {
            Some(spec) => {
                self.expr(spec)?;
                self.op(loc, Opcode::FORMAT_WITH_SPEC);
            }
            None => self.op(loc, Opcode::FORMAT_SIMPLE),
        }
        Ok(())
    }

    /// A template: a tuple of the strings, of which one stands before, between and behind all
    /// interpolations, and a tuple of these.
    pub(super) fn template_str(&mut self, loc: Location, values: &'t [Expr<'t>]) -> Done {
        let is_interpolation = |value: &Expr| matches!(value.kind, ExprKind::Interpolation(_));
        let mut after_interpolation = true;
        let mut strings = 0;
        for value in values {
            if is_interpolation(value) {
                if after_interpolation {
                    self.load_str(loc, "");
                    strings += 1;
                }
                after_interpolation = true;
            } else {
                self.expr(value)?;
                strings += 1;
                after_interpolation = false;
            }
        }
        if after_interpolation {
            self.load_str(loc, "");
            strings += 1;
        }
        self.op_i(loc, Opcode::BUILD_TUPLE, strings);
        let mut count = 0;
        for value in values.iter().filter(|value| is_interpolation(value)) {
            self.expr(value)?;
            count += 1;
        }
        self.op_i(loc, Opcode::BUILD_TUPLE, count);
        self.op(loc, Opcode::BUILD_TEMPLATE);
        Ok(())
    }

    pub(super) fn interpolation(&mut self, loc: Location, node: &'t Interpolation<'t>) -> Done {
        self.expr(&node.value)?;
        self.load_const(loc, Const::Str(Text::from(node.str)));
        let mut arg = 2;
        if let Some(spec) = &node.format_spec {
            self.expr(spec)?;
            arg += 1;
        }
        arg |= node.conversion.map_or(0, conversion_number) << 2;
        self.op_i(loc, Opcode::BUILD_INTERPOLATION, arg);
        Ok(())
    }
}
