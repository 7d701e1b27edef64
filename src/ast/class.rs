//! The classes of nodes: their names, what they derive from, their fields and what those hold.
//!
//! Names, order and types are those of CPython's module `_ast`, whose docstrings say all of it.

use Type::{Constant, Identifier, Int, Node, Text};

/// What one value of a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A node of the class with this name, or of one that derives from it.
    Node(&'static str),
    /// A name.
    Identifier,
    /// Another str.
    Text,
    /// A small number.
    Int,
    /// A constant: any type that a literal can have.
    Constant,
}

/// How many values a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// One.
    One,
    /// One or None.
    Optional,
    /// A list.
    Many,
    /// A list in which None may stand.
    ManyOptional,
}

/// A field of a node.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What a value of it is.
    pub holds: Type,
    /// How many it holds.
    pub count: Count,
}

/// What a class is among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What the classes behind it, up to the next that is no [`Role::Node`], derive from.
    Group,
    /// One of the group before it.
    Node,
    /// A class that is its own group.
    Product,
}

/// A class of nodes.
#[derive(Clone, Copy, Debug)]
pub struct Class {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub role: Role,
    /// Whether its nodes have a position; that of a [`Role::Node`] is what its group says.
    placed: bool,
    /// `_fields`.
    pub fields: &'static [Field],
}

/// A class of nodes, by its place among [`CLASSES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind(u8);

impl Kind {
    /// The class of this name; for a name that is none it does not compile, where it is asked for in a constant.
    pub const fn named(name: &str) -> Self {
        let mut at = 0;
        while at < CLASSES.len() {
            if is_same(CLASSES[at].name, name) {
                return Self(at as u8);
            }
            at += 1;
        }
        panic!("there is no class of nodes with this name");
    }

    /// Every class, in the order of `_ast`.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CLASSES.len() as u8).map(Self)
    }

    /// Its place among all.
    pub const fn number(self) -> usize {
        self.0 as usize
    }

    /// What is known of it.
    pub const fn class(self) -> &'static Class {
        &CLASSES[self.0 as usize]
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        self.class().name
    }

    /// The class that a [`Role::Node`] derives from; others derive from `AST` itself.
    pub const fn group(self) -> Option<Self> {
        let mut at = self.0 as usize;
        match self.class().role {
            Role::Group | Role::Product => None,
            Role::Node => {
                while matches!(CLASSES[at].role, Role::Node) {
                    at -= 1;
                }
                Some(Self(at as u8))
            }
        }
    }

    /// Whether its nodes have a position.
    pub const fn is_placed(self) -> bool {
        match self.group() {
            Some(group) => group.class().placed,
            None => self.class().placed,
        }
    }

    /// Whether the end of a node's position may be left out: then it is the start.
    pub const fn may_lack_end(self) -> bool {
        let group = match self.group() {
            Some(group) => group,
            None => self,
        };
        self.is_placed() && !is_same(group.name(), "pattern") && !is_same(group.name(), "type_param")
    }

    /// The classes that derive from a group; a [`Role::Product`] alone.
    pub fn members(self) -> impl Iterator<Item = Self> {
        let first = if self.class().role == Role::Group { self.0 + 1 } else { self.0 };
        let nodes = Self::all().skip(usize::from(first));
        nodes.take_while(move |kind| *kind == self || kind.class().role == Role::Node)
    }

    /// Whether its fields are these, in this order.
    pub const fn has_fields(self, names: &[&str]) -> bool {
        let fields = self.class().fields;
        if fields.len() != names.len() {
            return false;
        }
        let mut at = 0;
        while at < names.len() {
            if !is_same(fields[at].name, names[at]) {
                return false;
            }
            at += 1;
        }
        true
    }
}

const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

const PLACED: bool = true;
const UNPLACED: bool = false;

const fn group(name: &'static str, placed: bool) -> Class {
    Class { name, role: Role::Group, placed, fields: &[] }
}

const fn node(name: &'static str, fields: &'static [Field]) -> Class {
    Class { name, role: Role::Node, placed: false, fields }
}

const fn product(name: &'static str, placed: bool, fields: &'static [Field]) -> Class {
    Class { name, role: Role::Product, placed, fields }
}

const fn one(name: &'static str, holds: Type) -> Field {
    Field { name, holds, count: Count::One }
}

const fn optional(name: &'static str, holds: Type) -> Field {
    Field { name, holds, count: Count::Optional }
}

const fn many(name: &'static str, holds: Type) -> Field {
    Field { name, holds, count: Count::Many }
}

const fn many_optional(name: &'static str, holds: Type) -> Field {
    Field { name, holds, count: Count::ManyOptional }
}

/// Every class but `AST` itself.
pub const CLASSES: &[Class] = &[
    group("mod", UNPLACED),
    node("Module", &[many("body", Node("stmt")), many("type_ignores", Node("type_ignore"))]),
    node("Interactive", &[many("body", Node("stmt"))]),
    node("Expression", &[one("body", Node("expr"))]),
    node("FunctionType", &[many("argtypes", Node("expr")), one("returns", Node("expr"))]),
    group("stmt", PLACED),
    node(
        "FunctionDef",
        &[
            one("name", Identifier),
            one("args", Node("arguments")),
            many("body", Node("stmt")),
            many("decorator_list", Node("expr")),
            optional("returns", Node("expr")),
            optional("type_comment", Text),
            many("type_params", Node("type_param")),
        ],
    ),
    node(
        "AsyncFunctionDef",
        &[
            one("name", Identifier),
            one("args", Node("arguments")),
            many("body", Node("stmt")),
            many("decorator_list", Node("expr")),
            optional("returns", Node("expr")),
            optional("type_comment", Text),
            many("type_params", Node("type_param")),
        ],
    ),
    node(
        "ClassDef",
        &[
            one("name", Identifier),
            many("bases", Node("expr")),
            many("keywords", Node("keyword")),
            many("body", Node("stmt")),
            many("decorator_list", Node("expr")),
            many("type_params", Node("type_param")),
        ],
    ),
    node("Return", &[optional("value", Node("expr"))]),
    node("Delete", &[many("targets", Node("expr"))]),
    node(
        "Assign",
        &[many("targets", Node("expr")), one("value", Node("expr")), optional("type_comment", Text)],
    ),
    node(
        "TypeAlias",
        &[one("name", Node("expr")), many("type_params", Node("type_param")), one("value", Node("expr"))],
    ),
    node(
        "AugAssign",
        &[one("target", Node("expr")), one("op", Node("operator")), one("value", Node("expr"))],
    ),
    node(
        "AnnAssign",
        &[
            one("target", Node("expr")),
            one("annotation", Node("expr")),
            optional("value", Node("expr")),
            one("simple", Int),
        ],
    ),
    node(
        "For",
        &[
            one("target", Node("expr")),
            one("iter", Node("expr")),
            many("body", Node("stmt")),
            many("orelse", Node("stmt")),
            optional("type_comment", Text),
        ],
    ),
    node(
        "AsyncFor",
        &[
            one("target", Node("expr")),
            one("iter", Node("expr")),
            many("body", Node("stmt")),
            many("orelse", Node("stmt")),
            optional("type_comment", Text),
        ],
    ),
    node("While", &[one("test", Node("expr")), many("body", Node("stmt")), many("orelse", Node("stmt"))]),
    node("If", &[one("test", Node("expr")), many("body", Node("stmt")), many("orelse", Node("stmt"))]),
    node(
        "With",
        &[many("items", Node("withitem")), many("body", Node("stmt")), optional("type_comment", Text)],
    ),
    node(
        "AsyncWith",
        &[many("items", Node("withitem")), many("body", Node("stmt")), optional("type_comment", Text)],
    ),
    node("Match", &[one("subject", Node("expr")), many("cases", Node("match_case"))]),
    node("Raise", &[optional("exc", Node("expr")), optional("cause", Node("expr"))]),
    node(
        "Try",
        &[
            many("body", Node("stmt")),
            many("handlers", Node("excepthandler")),
            many("orelse", Node("stmt")),
            many("finalbody", Node("stmt")),
        ],
    ),
    node(
        "TryStar",
        &[
            many("body", Node("stmt")),
            many("handlers", Node("excepthandler")),
            many("orelse", Node("stmt")),
            many("finalbody", Node("stmt")),
        ],
    ),
    node("Assert", &[one("test", Node("expr")), optional("msg", Node("expr"))]),
    node("Import", &[many("names", Node("alias"))]),
    node(
        "ImportFrom",
        &[optional("module", Identifier), many("names", Node("alias")), optional("level", Int)],
    ),
    node("Global", &[many("names", Identifier)]),
    node("Nonlocal", &[many("names", Identifier)]),
    node("Expr", &[one("value", Node("expr"))]),
    node("Pass", &[]),
    node("Break", &[]),
    node("Continue", &[]),
    group("expr", PLACED),
    node("BoolOp", &[one("op", Node("boolop")), many("values", Node("expr"))]),
    node("NamedExpr", &[one("target", Node("expr")), one("value", Node("expr"))]),
    node("BinOp", &[one("left", Node("expr")), one("op", Node("operator")), one("right", Node("expr"))]),
    node("UnaryOp", &[one("op", Node("unaryop")), one("operand", Node("expr"))]),
    node("Lambda", &[one("args", Node("arguments")), one("body", Node("expr"))]),
    node("IfExp", &[one("test", Node("expr")), one("body", Node("expr")), one("orelse", Node("expr"))]),
    node("Dict", &[many_optional("keys", Node("expr")), many("values", Node("expr"))]),
    node("Set", &[many("elts", Node("expr"))]),
    node("ListComp", &[one("elt", Node("expr")), many("generators", Node("comprehension"))]),
    node("SetComp", &[one("elt", Node("expr")), many("generators", Node("comprehension"))]),
    node(
        "DictComp",
        &[one("key", Node("expr")), one("value", Node("expr")), many("generators", Node("comprehension"))],
    ),
    node("GeneratorExp", &[one("elt", Node("expr")), many("generators", Node("comprehension"))]),
    node("Await", &[one("value", Node("expr"))]),
    node("Yield", &[optional("value", Node("expr"))]),
    node("YieldFrom", &[one("value", Node("expr"))]),
    node(
        "Compare",
        &[one("left", Node("expr")), many("ops", Node("cmpop")), many("comparators", Node("expr"))],
    ),
    node("Call", &[one("func", Node("expr")), many("args", Node("expr")), many("keywords", Node("keyword"))]),
    node(
        "FormattedValue",
        &[one("value", Node("expr")), one("conversion", Int), optional("format_spec", Node("expr"))],
    ),
    node(
        "Interpolation",
        &[
            one("value", Node("expr")),
            one("str", Constant),
            one("conversion", Int),
            optional("format_spec", Node("expr")),
        ],
    ),
    node("JoinedStr", &[many("values", Node("expr"))]),
    node("TemplateStr", &[many("values", Node("expr"))]),
    node("Constant", &[one("value", Constant), optional("kind", Text)]),
    node(
        "Attribute",
        &[one("value", Node("expr")), one("attr", Identifier), one("ctx", Node("expr_context"))],
    ),
    node(
        "Subscript",
        &[one("value", Node("expr")), one("slice", Node("expr")), one("ctx", Node("expr_context"))],
    ),
    node("Starred", &[one("value", Node("expr")), one("ctx", Node("expr_context"))]),
    node("Name", &[one("id", Identifier), one("ctx", Node("expr_context"))]),
    node("List", &[many("elts", Node("expr")), one("ctx", Node("expr_context"))]),
    node("Tuple", &[many("elts", Node("expr")), one("ctx", Node("expr_context"))]),
    node(
        "Slice",
        &[optional("lower", Node("expr")), optional("upper", Node("expr")), optional("step", Node("expr"))],
    ),
    group("expr_context", UNPLACED),
    node("Load", &[]),
    node("Store", &[]),
    node("Del", &[]),
    group("boolop", UNPLACED),
    node("And", &[]),
    node("Or", &[]),
    group("operator", UNPLACED),
    node("Add", &[]),
    node("Sub", &[]),
    node("Mult", &[]),
    node("MatMult", &[]),
    node("Div", &[]),
    node("Mod", &[]),
    node("Pow", &[]),
    node("LShift", &[]),
    node("RShift", &[]),
    node("BitOr", &[]),
    node("BitXor", &[]),
    node("BitAnd", &[]),
    node("FloorDiv", &[]),
    group("unaryop", UNPLACED),
    node("Invert", &[]),
    node("Not", &[]),
    node("UAdd", &[]),
    node("USub", &[]),
    group("cmpop", UNPLACED),
    node("Eq", &[]),
    node("NotEq", &[]),
    node("Lt", &[]),
    node("LtE", &[]),
    node("Gt", &[]),
    node("GtE", &[]),
    node("Is", &[]),
    node("IsNot", &[]),
    node("In", &[]),
    node("NotIn", &[]),
    product(
        "comprehension",
        UNPLACED,
        &[
            one("target", Node("expr")),
            one("iter", Node("expr")),
            many("ifs", Node("expr")),
            one("is_async", Int),
        ],
    ),
    group("excepthandler", PLACED),
    node(
        "ExceptHandler",
        &[optional("type", Node("expr")), optional("name", Identifier), many("body", Node("stmt"))],
    ),
    product(
        "arguments",
        UNPLACED,
        &[
            many("posonlyargs", Node("arg")),
            many("args", Node("arg")),
            optional("vararg", Node("arg")),
            many("kwonlyargs", Node("arg")),
            many_optional("kw_defaults", Node("expr")),
            optional("kwarg", Node("arg")),
            many("defaults", Node("expr")),
        ],
    ),
    product(
        "arg",
        PLACED,
        &[one("arg", Identifier), optional("annotation", Node("expr")), optional("type_comment", Text)],
    ),
    product("keyword", PLACED, &[optional("arg", Identifier), one("value", Node("expr"))]),
    product("alias", PLACED, &[one("name", Identifier), optional("asname", Identifier)]),
    product(
        "withitem",
        UNPLACED,
        &[one("context_expr", Node("expr")), optional("optional_vars", Node("expr"))],
    ),
    product(
        "match_case",
        UNPLACED,
        &[one("pattern", Node("pattern")), optional("guard", Node("expr")), many("body", Node("stmt"))],
    ),
    group("pattern", PLACED),
    node("MatchValue", &[one("value", Node("expr"))]),
    node("MatchSingleton", &[one("value", Constant)]),
    node("MatchSequence", &[many("patterns", Node("pattern"))]),
    node(
        "MatchMapping",
        &[many("keys", Node("expr")), many("patterns", Node("pattern")), optional("rest", Identifier)],
    ),
    node(
        "MatchClass",
        &[
            one("cls", Node("expr")),
            many("patterns", Node("pattern")),
            many("kwd_attrs", Identifier),
            many("kwd_patterns", Node("pattern")),
        ],
    ),
    node("MatchStar", &[optional("name", Identifier)]),
    node("MatchAs", &[optional("pattern", Node("pattern")), optional("name", Identifier)]),
    node("MatchOr", &[many("patterns", Node("pattern"))]),
    group("type_ignore", UNPLACED),
    node("TypeIgnore", &[one("lineno", Int), one("tag", Text)]),
    group("type_param", PLACED),
    node(
        "TypeVar",
        &[one("name", Identifier), optional("bound", Node("expr")), optional("default_value", Node("expr"))],
    ),
    node("ParamSpec", &[one("name", Identifier), optional("default_value", Node("expr"))]),
    node("TypeVarTuple", &[one("name", Identifier), optional("default_value", Node("expr"))]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_holds_nodes_of_a_class_that_exists() {
        for class in CLASSES {
            for field in class.fields {
                if let Node(name) = field.holds {
                    assert_ne!(Kind::named(name).class().role, Role::Node, "{}.{}", class.name, field.name);
                }
            }
        }
    }

    #[test]
    fn a_group_has_the_classes_that_follow_it() {
        let names = |name| Kind::named(name).members().map(Kind::name).collect::<Vec<_>>();
        assert_eq!(names("expr_context"), ["Load", "Store", "Del"]);
        assert_eq!(names("keyword"), ["keyword"]);
        assert_eq!(names("type_param"), ["TypeVar", "ParamSpec", "TypeVarTuple"]);
        for kind in Kind::all() {
            assert_eq!(kind.group().is_some(), kind.class().role == Role::Node);
        }
    }
}
