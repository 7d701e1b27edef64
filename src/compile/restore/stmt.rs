//! Statements.

use super::super::error::{CompileError, ErrorKind};
use super::super::tree::{
    Alias, AnnAssign, Assign, AugAssign, ClassDef, Context, ExceptHandler, For, FunctionDef, If, ImportFrom,
    List, MatchCase, Stmt, StmtKind, Try, TypeAlias, TypeParam, TypeParamKind, While, With, WithItem,
};
use super::{Restore, Restored, fields, filled, int, invalid, items, location, wrong_type};
use crate::ast::{Node, Value};

impl<'a> Restore<'_, '_, 'a> {
    pub(super) fn stmts(&mut self, values: &Value) -> Restored<List<'a, Stmt<'a>>> {
        self.all(values, |restore, value| {
            if matches!(value, Value::Nothing) {
                return Err(invalid("None disallowed in statement list"));
            }
            let node = restore.node(value);
            restore.deeper(|restore| {
                let loc = location(node)?;
                Ok(Stmt { loc, kind: restore.stmt(node)? })
            })
        })
    }

    fn body(&mut self, value: &Value, node: &Node) -> Restored<List<'a, Stmt<'a>>> {
        self.stmts(filled(value, "body", node)?)
    }

    fn stmt(&mut self, node: &Node) -> Restored<StmtKind<'a>> {
        Ok(match node.kind.name() {
            "FunctionDef" | "AsyncFunctionDef" => self.function(node)?,
            "ClassDef" => {
                let [name, bases, keywords, body, decorators, type_params] = fields(node);
                let id = self.id(3);
                let body = self.body(body, node)?;
                let class = ClassDef {
                    id,
                    name: self.name(name)?,
                    type_params: self.type_params(type_params)?,
                    bases: self.exprs(bases)?,
                    keywords: self.keywords(keywords)?,
                    body,
                    decorator_list: self.exprs(decorators)?,
                };
                StmtKind::ClassDef(self.names.arena().node(class))
            }
            "Return" => {
                let [value] = fields(node);
                StmtKind::Return(self.optional_boxed(value)?)
            }
            "Delete" => {
                let [targets] = fields(node);
                StmtKind::Delete(self.exprs_in(filled(targets, "targets", node)?, Context::Del)?)
            }
            "Assign" | "AugAssign" | "AnnAssign" | "TypeAlias" => self.assignment(node)?,
            "For" | "AsyncFor" | "While" | "If" | "With" | "AsyncWith" | "Match" | "Try" | "TryStar" => {
                self.compound(node)?
            }
            "Raise" => {
                let [exc, cause] = fields(node);
                if matches!((exc, cause), (Value::Nothing, Value::Node(_))) {
                    return Err(invalid("Raise with cause but no exception"));
                }
                StmtKind::Raise { exc: self.optional_boxed(exc)?, cause: self.optional_boxed(cause)? }
            }
            "Assert" => {
                let [test, msg] = fields(node);
                StmtKind::Assert { test: self.boxed(test)?, msg: self.optional_boxed(msg)? }
            }
            "Import" => {
                let [names] = fields(node);
                StmtKind::Import(self.aliases(filled(names, "names", node)?)?)
            }
            "ImportFrom" => {
                let [module, names, level] = fields(node);
                let Ok(level) = u32::try_from(int(level)) else {
                    return Err(invalid("Negative ImportFrom level"));
                };
                let names = self.aliases(filled(names, "names", node)?)?;
                let import = ImportFrom { module: self.any_name(module), names, level };
                StmtKind::ImportFrom(self.names.arena().node(import))
            }
            "Global" => {
                let [names] = fields(node);
                StmtKind::Global(self.names_of(filled(names, "names", node)?))
            }
            "Nonlocal" => {
                let [names] = fields(node);
                StmtKind::Nonlocal(self.names_of(filled(names, "names", node)?))
            }
            "Expr" => {
                let [value] = fields(node);
                StmtKind::Expr(self.boxed(value)?)
            }
            "Pass" => StmtKind::Pass,
            "Break" => StmtKind::Break,
            "Continue" => StmtKind::Continue,
            other => panic!("{other} is no statement"),
        })
    }

    fn function(&mut self, node: &Node) -> Restored<StmtKind<'a>> {
        let [name, args, body, decorators, returns, type_comment, type_params] = fields(node);
        let id = self.id(3);
        let body = self.body(body, node)?;
        let function = FunctionDef {
            id,
            is_async: node.kind.name() == "AsyncFunctionDef",
            to_preprocess: true,
            name: self.name(name)?,
            type_params: self.type_params(type_params)?,
            args: self.arguments(args)?,
            body,
            decorator_list: self.exprs(decorators)?,
            returns: self.optional_boxed(returns)?,
            type_comment: self.type_comment(type_comment),
        };
        Ok(StmtKind::FunctionDef(self.names.arena().node(function)))
    }

    fn assignment(&mut self, node: &Node) -> Restored<StmtKind<'a>> {
        Ok(match (node.kind.name(), &*node.fields) {
            ("Assign", [targets, value, type_comment]) => {
                let targets = self.exprs_in(filled(targets, "targets", node)?, Context::Store)?;
                let value = self.expr(value)?;
                let assign = Assign { targets, value, type_comment: self.type_comment(type_comment) };
                StmtKind::Assign(self.names.arena().node(assign))
            }
            ("AugAssign", [target, op, value]) => {
                self.check_target(target, "augmented")?;
                let target = self.expr_in(target, Context::Store)?;
                let (op, value) = (self.operator(op), self.expr(value)?);
                StmtKind::AugAssign(self.names.arena().node(AugAssign { target, op, value }))
            }
            ("AnnAssign", [target, annotation, value, simple]) => {
                let simple = int(simple) != 0;
                if simple && self.node(target).kind.name() != "Name" {
                    return Err(wrong_type("AnnAssign with simple non-Name target"));
                }
                let place = self.expr_in(target, Context::Store)?;
                self.check_target(target, "annotated")?;
                let value = self.optional(value)?;
                let annotation = self.expr(annotation)?;
                let assign = AnnAssign { target: place, annotation, value, simple };
                StmtKind::AnnAssign(self.names.arena().node(assign))
            }
            (_, [target, type_params, value]) => {
                let named = self.node(target);
                if named.kind.name() != "Name" {
                    return Err(wrong_type("TypeAlias with non-Name name"));
                }
                let id = self.id(3);
                let target = self.expr_in(target, Context::Store)?;
                let alias = TypeAlias {
                    id,
                    target,
                    name: self.name(&named.fields[0])?,
                    type_params: self.type_params(type_params)?,
                    value: self.expr(value)?,
                };
                StmtKind::TypeAlias(self.names.arena().node(alias))
            }
            _ => panic!("an assignment has three fields, or four"),
        })
    }

    /// A target of which there can be only one: not a tuple.
    fn check_target(&self, target: &Value, what: &str) -> Restored<()> {
        let number = match self.node(target).kind.name() {
            "Starred" => 25,
            "List" => 27,
            "Tuple" => 28,
            // Any other target is one alone, or cannot be assigned to at all.
            _ => return Ok(()),
        };
        let message = format!("invalid node type ({number}) for {what} assignment");
        Err(CompileError::nowhere(ErrorKind::System, message))
    }

    fn compound(&mut self, node: &Node) -> Restored<StmtKind<'a>> {
        Ok(match (node.kind.name(), &*node.fields) {
            (name @ ("For" | "AsyncFor"), [target, iter, body, orelse, type_comment]) => {
                let target = self.expr_in(target, Context::Store)?;
                let node = For {
                    is_async: name == "AsyncFor",
                    target,
                    iter: self.expr(iter)?,
                    body: self.body(body, node)?,
                    orelse: self.stmts(orelse)?,
                    type_comment: self.type_comment(type_comment),
                };
                StmtKind::For(self.names.arena().node(node))
            }
            ("While", [test, body, orelse]) => {
                let test = self.expr(test)?;
                let node = While { test, body: self.body(body, node)?, orelse: self.stmts(orelse)? };
                StmtKind::While(self.names.arena().node(node))
            }
            ("If", [test, body, orelse]) => {
                let test = self.expr(test)?;
                let node = If { test, body: self.body(body, node)?, orelse: self.stmts(orelse)? };
                StmtKind::If(self.names.arena().node(node))
            }
            (name @ ("With" | "AsyncWith"), [managers, body, type_comment]) => {
                let managers = self.all(filled(managers, "items", node)?, |restore, item| {
                    let [context_expr, optional_vars] = fields(restore.node(item));
                    let context_expr = restore.expr(context_expr)?;
                    let optional_vars = match optional_vars {
                        Value::Nothing => None,
                        target => Some(restore.expr_in(target, Context::Store)?),
                    };
                    Ok(WithItem { context_expr, optional_vars })
                })?;
                let node = With {
                    is_async: name == "AsyncWith",
                    items: managers,
                    body: self.body(body, node)?,
                    type_comment: self.type_comment(type_comment),
                };
                StmtKind::With(self.names.arena().node(node))
            }
            ("Match", [subject, cases]) => {
                let subject = self.boxed(subject)?;
                let cases = self.all(filled(cases, "cases", node)?, |restore, case| {
                    let node = restore.node(case);
                    let [pattern, guard, body] = fields(node);
                    let pattern = restore.pattern(pattern, false)?;
                    Ok(MatchCase {
                        pattern,
                        guard: restore.optional(guard)?,
                        body: restore.body(body, node)?,
                    })
                })?;
                StmtKind::Match { subject, cases }
            }
            (name, [body, handlers, orelse, finalbody]) => {
                let body = self.body(body, node)?;
                if items(handlers).is_empty() && items(finalbody).is_empty() {
                    return Err(invalid(format!("{name} has neither except handlers nor finalbody")));
                }
                if items(handlers).is_empty() && !items(orelse).is_empty() {
                    return Err(invalid(format!("{name} has orelse but no except handlers")));
                }
                let node = Try {
                    is_star: name == "TryStar",
                    body,
                    handlers: self.handlers(handlers)?,
                    orelse: self.stmts(orelse)?,
                    finalbody: self.stmts(finalbody)?,
                };
                StmtKind::Try(self.names.arena().node(node))
            }
            (name, _) => panic!("{name} has other fields"),
        })
    }

    fn handlers(&mut self, handlers: &Value) -> Restored<List<'a, ExceptHandler<'a>>> {
        self.all(handlers, |restore, handler| {
            let node = restore.node(handler);
            let [type_, name, body] = fields(node);
            Ok(ExceptHandler {
                loc: location(node)?,
                type_: restore.optional(type_)?,
                name: restore.optional_name(name)?,
                body: restore.body(body, node)?,
            })
        })
    }

    fn aliases(&mut self, aliases: &Value) -> Restored<List<'a, Alias<'a>>> {
        self.all(aliases, |restore, alias| {
            let node = restore.node(alias);
            let [name, asname] = fields(node);
            let loc = location(node)?;
            let asname = restore.optional_name(asname)?;
            // Without another one, its own name is bound.
            let name = match asname {
                Some(_) => restore.any_name(name).expect("what is imported has a name"),
                None => restore.name(name)?,
            };
            Ok(Alias { loc, name, asname })
        })
    }

    fn type_params(&mut self, params: &Value) -> Restored<List<'a, TypeParam<'a>>> {
        self.all(params, |restore, param| {
            let node = restore.node(param);
            let loc = location(node)?;
            let id = restore.id(2);
            let (name, bound, default) = match (node.kind.name(), &*node.fields) {
                ("TypeVar", [name, bound, default]) => (name, Some(bound), default),
                (_, [name, default]) => (name, None, default),
                _ => panic!("a type parameter has two fields, or three"),
            };
            let name = restore.name(name)?;
            let kind = match (node.kind.name(), bound) {
                (_, Some(bound)) => TypeParamKind::TypeVar { bound: restore.optional(bound)? },
                ("ParamSpec", None) => TypeParamKind::ParamSpec,
                _ => TypeParamKind::TypeVarTuple,
            };
            Ok(TypeParam { id, loc, name, default_value: restore.optional(default)?, kind })
        })
    }
}
