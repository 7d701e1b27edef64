//! `_ast`: the classes of syntax tree nodes.
//!
//! `AST` is a type of the interpreter; the others are made from the table of [`crate::ast`] as a program makes classes,
//! when they are first asked for.  [`build`] makes objects of a tree, [`read`] a tree of objects.

mod build;
mod copying;
mod init;
mod read;
mod repr;

use std::rc::Rc;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::ask::{Form, TreeForm, TreePurpose};
use super::super::class::Parts;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{Do, Steps};
use super::super::object::class::TypeSpec;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::native::{Constant, NativeModule};
use crate::ast::{Count, Field, Kind, Role, Type};

use init::InitWork;
use read::ReadWork;
use repr::ReprWork;

/// The constructor of a node.
pub type NodeInit = Steps<InitWork>;
/// The `repr` of a node.
pub type NodeRepr = Steps<ReprWork>;
/// The reading of nodes that are to be compiled.
pub type NodeRead = Steps<ReadWork>;
/// `copy.replace` of a node.
pub type NodeReplace = Steps<copying::ReplaceWork>;

/// `compile()` gives the tree.
pub const ONLY_AST: i64 = 0x400;
/// Comments that begin with `type:` are part of it.
pub const TYPE_COMMENTS: i64 = 0x1000;
/// The tree is the optimized one.
pub const OPTIMIZED_AST: i64 = 0x8000 | ONLY_AST;

/// `_ast`.
pub static MODULE: NativeModule = NativeModule {
    types: &[&AST],
    constants: &[
        ("PyCF_ALLOW_TOP_LEVEL_AWAIT", Constant::Int(0x2000)),
        ("PyCF_ONLY_AST", Constant::Int(ONLY_AST)),
        ("PyCF_TYPE_COMMENTS", Constant::Int(TYPE_COMMENTS)),
        ("PyCF_OPTIMIZED_AST", Constant::Int(OPTIMIZED_AST)),
    ],
    fill: |m, dict| {
        m.heap.set_name(dict, names::DOC, Value::NONE);
        let classes = m.node_classes();
        for kind in Kind::all() {
            m.set_text_name(dict, kind.name(), Value::object(classes.class(kind)));
        }
    },
    ..NativeModule::new("_ast", "The classes of syntax tree nodes.")
};

/// `ast.AST`.
static AST: TypeSpec = TypeSpec {
    module: "ast",
    subclassable: true,
    has_dict: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = m.class_argument(args)?;
            Ok(Value::object(m.heap.alloc(class, Payload::Plain)).into())
        }),
        NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| {
            let task = NodeRepr::new(ReprWork::new(args.at(0)));
            m.begin(task)
        }),
        NativeDef::wrapper("__init__", Params::Any, |m, args: &Args| {
            m.begin(NodeInit::new(InitWork::new(args.at(0), args.without_first())))
        }),
        NativeDef::method("__reduce__", Params::None, copying::reduce),
        NativeDef::method("__replace__", Params::Any, copying::replace),
    ],
    ..TypeSpec::new(types::AST, "AST")
};

/// The classes of nodes in a running program, and the nodes of which one is enough.
#[derive(Clone, Debug)]
pub struct NodeClasses {
    /// By [`Kind::number`].
    classes: Rc<[Handle]>,
    /// `Load()`, `Add()` and the like, by the same number.
    words: Rc<[Option<Handle>]>,
}

impl NodeClasses {
    /// A class.
    pub fn class(&self, kind: Kind) -> Handle {
        self.classes[kind.number()]
    }

    /// The one node that stands for each of its class in trees, where there is nothing to say but that.
    pub fn word(&self, kind: Kind) -> Option<Handle> {
        self.words[kind.number()]
    }

    /// What it holds.
    pub fn roots(&self) -> impl Iterator<Item = Value> {
        self.classes.iter().chain(self.words.iter().flatten()).copied().map(Value::object)
    }
}

/// Whether every node of a class is like any other: it belongs to a group of which nothing has fields or a position.
fn is_word(kind: Kind) -> bool {
    let Some(group) = kind.group() else { return false };
    !kind.is_placed() && group.members().all(|member| member.class().fields.is_empty())
}

impl Machine {
    /// `compile(node, …)`.
    pub(in crate::machine) fn compile_node(&mut self, node: Value, purpose: TreePurpose) -> Eval {
        let classes = self.node_classes();
        let wanted = match purpose.form {
            TreeForm::Code(Form::Exec) => const { Kind::named("Module") },
            TreeForm::Code(Form::Eval) => const { Kind::named("Expression") },
            TreeForm::Code(Form::Single) => const { Kind::named("Interactive") },
            TreeForm::FunctionType => const { Kind::named("FunctionType") },
        };
        if !self.heap.is_instance(node, classes.class(wanted)) {
            let (wanted, given) = (wanted.name(), self.class_name(node));
            return Err(self.type_error(format!("expected {wanted} node, got {given}")));
        }
        self.begin(NodeRead::new(ReadWork::new(node, purpose)))
    }

    /// The classes of nodes; they are made when they are first asked for.
    pub(in crate::machine) fn node_classes(&mut self) -> NodeClasses {
        if let Some(classes) = &self.nodes {
            return classes.clone();
        }
        self.describe_when_needed(&AST);
        let namespace = self.heap.class(types::AST).namespace;
        for name in ["_fields", "__match_args__", "_attributes"] {
            self.set_text_name(namespace, name, Value::object(types::EMPTY_TUPLE));
        }
        let mut classes = Vec::new();
        for kind in Kind::all() {
            let class = self.make_node_class(kind, &classes);
            classes.push(class);
        }
        for kind in Kind::all().filter(|kind| kind.class().role != Role::Group) {
            self.set_field_types(kind, &classes);
        }
        let word =
            |kind: Kind| is_word(kind).then(|| self.heap.alloc(classes[kind.number()], Payload::Plain));
        let words = Kind::all().map(word).collect();
        let made = NodeClasses { classes: classes.into(), words };
        for value in made.roots() {
            self.heap.retain(value);
        }
        self.nodes = Some(made.clone());
        made
    }

    /// One class, after those it derives from.
    fn make_node_class(&mut self, kind: Kind, known: &[Handle]) -> Handle {
        let namespace = self.heap.new_dict();
        let names = kind.class().fields.iter().map(|field| self.heap.intern(field.name)).collect();
        let (fields, module) = (self.heap.tuple(names), self.heap.intern("ast"));
        let doc = self.heap.str(doc(kind));
        for (name, value) in
            [("_fields", fields), ("__match_args__", fields), ("__module__", module), ("__doc__", doc)]
        {
            self.set_text_name(namespace, name, value);
        }
        let base = kind.group().map_or(types::AST, |group| known[group.number()]);
        let name = self.heap.intern(kind.name());
        let parts = Parts { metaclass: types::TYPE, name, bases: vec![base], namespace, slots: None };
        let Ok(class) = self.make_class(&parts) else {
            panic!("a class that derives from one class can be made")
        };
        let namespace = self.heap.class(class).namespace;
        if kind.group().is_none() {
            let positions: &[&str] = if kind.is_placed() {
                &["lineno", "col_offset", "end_lineno", "end_col_offset"]
            } else {
                &[]
            };
            let names = positions.iter().map(|name| self.heap.intern(*name)).collect();
            let attributes = self.heap.tuple(names);
            self.set_text_name(namespace, "_attributes", attributes);
        }
        let optional = kind.class().fields.iter().filter(|field| field.count == Count::Optional);
        let mut optional: Vec<&str> = optional.map(|field| field.name).collect();
        if kind.group().is_none() && kind.may_lack_end() {
            optional.extend(["end_lineno", "end_col_offset"]);
        }
        for name in optional {
            self.set_text_name(namespace, name, Value::NONE);
        }
        class
    }

    /// `_field_types`, which are the annotations too.
    fn set_field_types(&mut self, kind: Kind, classes: &[Handle]) {
        let dict = self.heap.new_dict();
        for field in kind.class().fields {
            let value = self.field_type(field, classes);
            self.set_text_name(dict, field.name, value);
        }
        let class = classes[kind.number()];
        let namespace = self.heap.class(class).namespace;
        self.set_text_name(namespace, "_field_types", Value::object(dict));
        let name = self.text_handle("__annotations__");
        let set = self.set_attr(Value::object(class), name, Some(Value::object(dict)));
        debug_assert!(matches!(set, Ok(Flow::Value(_))), "a class takes annotations");
    }

    fn field_type(&mut self, field: &Field, classes: &[Handle]) -> Value {
        let item = match field.holds {
            Type::Node(name) => classes[Kind::named(name).number()],
            Type::Identifier | Type::Text => types::STR,
            Type::Int => types::INT,
            Type::Constant => types::OBJECT,
        };
        let item = Value::object(item);
        match field.count {
            Count::One => item,
            Count::Optional => self.union_of_classes(&[item, Value::object(types::NONE_TYPE)]),
            Count::Many | Count::ManyOptional => self.generic_alias(Value::object(types::LIST), item),
        }
    }

    /// The items of a class's `_fields` or `_attributes`, or what has to run before they are known.
    fn node_names(&mut self, node: Value, name: &str) -> Result<Do, Raise> {
        let class = Value::object(self.heap.class_of(node));
        let name = self.text_handle(name);
        Ok(self.get_attr(class, name)?.into())
    }
}

/// The docstring of a class: what it consists of.
fn doc(kind: Kind) -> String {
    match kind.class().role {
        Role::Group => {
            let members = kind.members().map(signature).collect::<Vec<_>>();
            // Words stand side by side, what has fields one below the other.
            let has_fields = kind.members().any(|member| !member.class().fields.is_empty());
            let between = if has_fields {
                format!("\n{}| ", " ".repeat(kind.name().len() + 1))
            } else {
                " | ".to_owned()
            };
            format!("{} = {}", kind.name(), members.join(&between))
        }
        Role::Node | Role::Product => signature(kind),
    }
}

fn signature(kind: Kind) -> String {
    let field = |field: &Field| {
        let holds = match field.holds {
            Type::Node(name) => name,
            Type::Identifier => "identifier",
            Type::Text => "string",
            Type::Int => "int",
            Type::Constant => "constant",
        };
        let count = match field.count {
            Count::One => "",
            Count::Optional => "?",
            Count::Many => "*",
            Count::ManyOptional => "?*",
        };
        format!("{holds}{count} {}", field.name)
    };
    let fields: Vec<String> = kind.class().fields.iter().map(field).collect();
    if fields.is_empty() { kind.name().to_owned() } else { format!("{}({})", kind.name(), fields.join(", ")) }
}
