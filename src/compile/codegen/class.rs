//! Classes.

use super::super::sequence::Location;
use super::super::tree::{ClassDef, Context, Name};
use super::emit::{Metadata, Table};
use super::function::first_line;
use super::unit_state::ScopeType;
use super::{Codegen, Done};
use crate::code::{Const, Opcode, Text};

/// `CALL_INTRINSIC_1` for `Generic[…]`.
const SUBSCRIPT_GENERIC: u32 = 10;

impl<'t> Codegen<'_, 't> {
    pub(super) fn class_def(&mut self, loc: Location, node: &'t ClassDef<'t>) -> Done {
        self.exprs(&node.decorator_list)?;
        let line = first_line(loc, &node.decorator_list);
        let generic = !node.type_params.is_empty();
        let type_params: Name<'t> = self.context.names.get(".type_params");
        if generic {
            let name = format!("<generic parameters of {}>", node.name);
            let id = node.id.type_params();
            let private = Some(&node.name);
            self.enter_scope(
                self.context.names.get(&name),
                ScopeType::Annotations,
                id,
                line,
                private,
                Metadata::default(),
            )?;
            self.type_params(&node.type_params)?;
            self.name_op(loc, &type_params, Context::Store)?;
        }
        self.class_body(loc, node, line)?;
        if generic {
            let generic_base: Name<'t> = self.context.names.get(".generic_base");
            self.name_op(loc, &type_params, Context::Load)?;
            self.op_i(loc, Opcode::CALL_INTRINSIC_1, SUBSCRIPT_GENERIC);
            self.name_op(loc, &generic_base, Context::Store)?;
            self.call_helper(loc, 2, &node.bases, Some(&generic_base), &node.keywords)?;
            let code = self.assemble(false)?;
            self.make_closure(loc, code, 0)?;
            self.op(loc, Opcode::PUSH_NULL);
            self.op_i(loc, Opcode::CALL, 0);
        } else {
            self.call_helper(loc, 2, &node.bases, None, &node.keywords)?;
        }
        self.apply_decorators(&node.decorator_list);
        self.name_op(loc, &node.name, Context::Store)
    }

    fn class_body(&mut self, stmt_loc: Location, node: &'t ClassDef<'t>, line: i32) -> Done {
        let private = Some(&node.name);
        let counts = Metadata::default();
        self.enter_scope(node.name, ScopeType::Class, node.id, line, private, counts)?;
        let loc = Location { line, end_line: line, column: 0, end_column: 0 };
        self.name_op(loc, &self.context.names.get("__name__"), Context::Load)?;
        self.name_op(loc, &self.context.names.get("__module__"), Context::Store)?;
        let qualname = self.unit_ref().qualname.clone();
        self.load_const(loc, Const::Str(Text::Unicode(qualname)));
        self.name_op(loc, &self.context.names.get("__qualname__"), Context::Store)?;
        self.load_int(loc, line as u32);
        self.name_op(loc, &self.context.names.get("__firstlineno__"), Context::Store)?;
        if !node.type_params.is_empty() {
            self.name_op(loc, &self.context.names.get(".type_params"), Context::Load)?;
            self.name_op(loc, &self.context.names.get("__type_params__"), Context::Store)?;
        }
        if self.entry().needs_classdict {
            self.op(loc, Opcode::LOAD_LOCALS);
            // A name operation would store it in the namespace; it has to go into the cell.
            self.op_table(
                loc,
                Opcode::STORE_DEREF,
                Table::Cellvars,
                &self.context.names.get("__classdict__"),
            );
        }
        if self.entry().has_conditional_annotations {
            self.op_i(loc, Opcode::BUILD_SET, 0);
            let name = self.context.names.get("__conditional_annotations__");
            self.op_table(loc, Opcode::STORE_DEREF, Table::Cellvars, &name);
        }
        self.body(loc, &node.body, false)?;
        self.class_end()?;
        let code = self.assemble(true)?;
        // From here on the class's own line counts, not a decorator's.
        self.op(stmt_loc, Opcode::LOAD_BUILD_CLASS);
        self.op(stmt_loc, Opcode::PUSH_NULL);
        self.make_closure(stmt_loc, code, 0)?;
        self.load_name_text(stmt_loc, &node.name);
        Ok(())
    }

    /// What stands behind every class body: attributes of `self`, and the cells for the class.
    fn class_end(&mut self) -> Done {
        let none = Location::NONE;
        let attributes = self.unit_ref().static_attributes.clone();
        self.load_names(none, &attributes);
        self.name_op(none, &self.context.names.get("__static_attributes__"), Context::Store)?;
        if self.entry().needs_classdict {
            self.load_own_cell("__classdict__");
            self.name_op(none, &self.context.names.get("__classdictcell__"), Context::Store)?;
        }
        if self.entry().needs_class_closure {
            self.load_own_cell("__class__");
            self.op_i(none, Opcode::COPY, 1);
            self.name_op(none, &self.context.names.get("__classcell__"), Context::Store)?;
        } else {
            self.load_none(none);
        }
        self.op(none, Opcode::RETURN_VALUE);
        Ok(())
    }

    fn load_own_cell(&mut self, name: &str) {
        let name = self.context.names.get(name);
        let arg = self.unit().cellvars.add(&name);
        self.op_i(Location::NONE, Opcode::LOAD_CLOSURE, arg);
    }
}
