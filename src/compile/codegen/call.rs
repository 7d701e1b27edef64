//! Calls.

use rustc_hash::FxHashSet;

use super::super::sequence::{Label, Location};
use super::super::symtable::{Symtable, def};
use super::super::tree::{Call, CmpOp, CompKind, Context, Expr, ExprKind, Keyword, Name};
use super::expr::{Display, LIST_TO_TUPLE, STACK_USE_GUIDELINE, attribute_location};
use super::{Codegen, Done};
use crate::code::{Const, Opcode};

/// `LOAD_COMMON_CONSTANT` for builtins whose call on a generator expression is done in place.
mod builtin {
    pub const TUPLE: u32 = 2;
    pub const ALL: u32 = 3;
    pub const ANY: u32 = 4;
}

/// So many keyword arguments are few.
const FEW_KEYWORDS: usize = 8;

impl<'t> Codegen<'_, 't> {
    pub(super) fn call(&mut self, loc: Location, call: &'t Call<'t>) -> Done {
        self.check_keywords(&call.keywords)?;
        if let ExprKind::Attribute { value, attr, ctx: Context::Load } = &call.func.kind
            && self.is_method_call(value, call)
        {
            return self.method_call(loc, call, value, attr);
        }
        let skip = self.label();
        self.check_caller(&call.func);
        self.expr(&call.func)?;
        self.generator_call(call, skip)?;
        self.op(call.func.loc, Opcode::PUSH_NULL);
        self.call_helper(loc, 0, &call.args, None, &call.keywords)?;
        self.place(skip);
        Ok(())
    }

    fn check_keywords(&self, keywords: &[Keyword]) -> Done {
        let mut known = FxHashSet::default();
        let names = || keywords.iter().filter_map(|keyword| keyword.arg.as_ref());
        // To look at each pair takes no time where there are few.
        if keywords.len() > FEW_KEYWORDS && names().all(|name| known.insert(name)) {
            return Ok(());
        }
        for (at, keyword) in keywords.iter().enumerate() {
            let Some(name) = &keyword.arg else { continue };
            let again = keywords[at + 1..].iter().find(|other| other.arg.as_ref() == Some(name));
            if let Some(again) = again {
                return self.error(format!("keyword argument repeated: {name}"), again.loc);
            }
        }
        Ok(())
    }

    /// Whether a call of an attribute is made without a bound method: not for what is imported, not
    /// with `*` or `**`, not with many arguments.
    fn is_method_call(&self, owner: &Expr, call: &Call) -> bool {
        let imported = match &owner.kind {
            ExprKind::Name { id, .. } => self.table[Symtable::TOP].symbols.get(id).flags & def::IMPORT != 0,
            _ => false,
        };
        let keywords = call.keywords.len();
        let slots = call.args.len() + keywords + usize::from(keywords > 0);
        !imported
            && slots < STACK_USE_GUIDELINE
            && !call.args.iter().any(Expr::is_starred)
            && call.keywords.iter().all(|keyword| keyword.arg.is_some())
    }

    fn method_call(
        &mut self,
        loc: Location,
        call: &'t Call<'t>,
        owner: &'t Expr<'t>,
        attr: &'t Name<'t>,
    ) -> Done {
        let method = &call.func;
        let attr_loc;
        if let Some(super_call) = self.super_call(owner, attr) {
            self.load_super_args(owner.loc, super_call)?;
            let low = if super_call.args.is_empty() { 1 } else { 3 };
            self.op_attr(method.loc, Opcode::LOAD_SUPER_ATTR, low, attr);
            attr_loc = attribute_location(method.loc, method, attr);
            self.op(attr_loc, Opcode::NOP);
        } else {
            self.expr(owner)?;
            attr_loc = attribute_location(method.loc, method, attr);
            self.op_attr(attr_loc, Opcode::LOAD_ATTR, 1, attr);
        }
        self.exprs(&call.args)?;
        let call_loc = attribute_location(loc, method, attr);
        let count = (call.args.len() + call.keywords.len()) as u32;
        if call.keywords.is_empty() {
            self.op_i(call_loc, Opcode::CALL, count);
        } else {
            self.keyword_values(attr_loc, &call.keywords)?;
            self.op_i(call_loc, Opcode::CALL_KW, count);
        }
        Ok(())
    }

    /// The values of keyword arguments and the tuple of their names.
    fn keyword_values(&mut self, loc: Location, keywords: &'t [Keyword<'t>]) -> Done {
        for keyword in keywords {
            self.expr(&keyword.value)?;
        }
        self.load_names(loc, keywords.iter().filter_map(|keyword| keyword.arg.as_ref()));
        Ok(())
    }

    /// `all`, `any` and `tuple` of a generator expression run its loop in place, if at run time the
    /// name still means the builtin; the function is on the stack.
    fn generator_call(&mut self, call: &'t Call<'t>, end: Label) -> Done {
        let ExprKind::Name { id, .. } = &call.func.kind else { return Ok(()) };
        let [generator] = &call.args[..] else { return Ok(()) };
        let ExprKind::Comp(comp) = &generator.kind else { return Ok(()) };
        let is_async = self.table.lookup(comp.id).is_none_or(|entry| self.table[entry].coroutine);
        if !call.keywords.is_empty() || comp.kind != CompKind::Generator || is_async {
            return Ok(());
        }
        let loc = call.func.loc;
        let skip = self.label();
        let (builtin, result, on) = match &**id {
            "all" => (builtin::ALL, Some(true), Opcode::POP_JUMP_IF_TRUE),
            "any" => (builtin::ANY, Some(false), Opcode::POP_JUMP_IF_FALSE),
            "tuple" => (builtin::TUPLE, None, Opcode::NOP),
            _ => {
                self.place(skip);
                return Ok(());
            }
        };
        self.op_i(loc, Opcode::COPY, 1);
        self.op_i(loc, Opcode::LOAD_COMMON_CONSTANT, builtin);
        self.compare_op(loc, CmpOp::Is);
        self.jump(loc, Opcode::POP_JUMP_IF_FALSE, skip);
        self.op(loc, Opcode::POP_TOP);
        if result.is_none() {
            self.op_i(loc, Opcode::BUILD_LIST, 0);
        }
        self.expr(generator)?;
        let (again, cleanup) = (self.label(), self.label());
        self.place(again);
        self.jump(loc, Opcode::FOR_ITER, cleanup);
        if result.is_none() {
            self.op_i(loc, Opcode::LIST_APPEND, 2);
            self.jump(loc, Opcode::JUMP, again);
        } else {
            self.op(loc, Opcode::TO_BOOL);
            self.jump(loc, on, again);
        }
        self.op(Location::NONE, Opcode::POP_ITER);
        if let Some(result) = result {
            self.load_const(loc, Const::Bool(!result));
        }
        self.jump(loc, Opcode::JUMP, end);
        self.place(cleanup);
        self.op(Location::NONE, Opcode::END_FOR);
        self.op(Location::NONE, Opcode::POP_ITER);
        match result {
            None => self.op_i(loc, Opcode::CALL_INTRINSIC_1, LIST_TO_TUPLE),
            Some(result) => self.load_const(loc, Const::Bool(result)),
        }
        self.jump(loc, Opcode::JUMP, end);
        self.place(skip);
        Ok(())
    }

    /// The arguments of a call and the call itself; `pushed` arguments lie on the stack already, and
    /// `injected` is a name whose value comes last.
    pub(super) fn call_helper(
        &mut self,
        loc: Location,
        pushed: u32,
        args: &'t [Expr<'t>],
        injected: Option<&Name<'t>>,
        keywords: &'t [Keyword<'t>],
    ) -> Done {
        self.check_keywords(keywords)?;
        let simple = args.len() + keywords.len() * 2 <= STACK_USE_GUIDELINE
            && !args.iter().any(Expr::is_starred)
            && keywords.iter().all(|keyword| keyword.arg.is_some());
        if !simple {
            return self.call_unpacking(loc, pushed, args, injected, keywords);
        }
        self.exprs(args)?;
        if let Some(name) = injected {
            self.name_op(loc, name, Context::Load)?;
        }
        let count = pushed + (args.len() + usize::from(injected.is_some()) + keywords.len()) as u32;
        if keywords.is_empty() {
            self.op_i(loc, Opcode::CALL, count);
        } else {
            self.keyword_values(loc, keywords)?;
            self.op_i(loc, Opcode::CALL_KW, count);
        }
        Ok(())
    }

    fn call_unpacking(
        &mut self,
        loc: Location,
        pushed: u32,
        args: &'t [Expr<'t>],
        injected: Option<&Name<'t>>,
        keywords: &'t [Keyword<'t>],
    ) -> Done {
        match args {
            [Expr { kind: ExprKind::Starred { value, .. }, .. }] if pushed == 0 => self.expr(value)?,
            _ => self.display(loc, args, injected, pushed, Display::TUPLE)?,
        }
        let mut have_dict = false;
        // Named arguments met but not yet written.
        let mut waiting = 0;
        for (at, keyword) in keywords.iter().enumerate() {
            if keyword.arg.is_some() {
                waiting += 1;
                continue;
            }
            if waiting > 0 {
                self.keyword_dict(loc, &keywords[at - waiting..at], have_dict)?;
                have_dict = true;
                waiting = 0;
            }
            if !have_dict {
                self.op_i(loc, Opcode::BUILD_MAP, 0);
                have_dict = true;
            }
            self.expr(&keyword.value)?;
            self.op_i(loc, Opcode::DICT_MERGE, 1);
        }
        if waiting > 0 {
            self.keyword_dict(loc, &keywords[keywords.len() - waiting..], have_dict)?;
        }
        if keywords.is_empty() {
            self.op(loc, Opcode::PUSH_NULL);
        }
        self.op(loc, Opcode::CALL_FUNCTION_EX);
        Ok(())
    }

    fn keyword_dict(&mut self, loc: Location, keywords: &'t [Keyword<'t>], have_dict: bool) -> Done {
        let big = keywords.len() * 2 > STACK_USE_GUIDELINE;
        if big {
            self.op_i(Location::NONE, Opcode::BUILD_MAP, 0);
        }
        for keyword in keywords {
            if let Some(name) = &keyword.arg {
                self.load_name_text(loc, name);
            }
            self.expr(&keyword.value)?;
            if big {
                self.op_i(Location::NONE, Opcode::MAP_ADD, 1);
            }
        }
        if !big {
            self.op_i(loc, Opcode::BUILD_MAP, keywords.len() as u32);
        }
        if have_dict {
            self.op_i(loc, Opcode::DICT_MERGE, 1);
        }
        Ok(())
    }
}
