//! The tree of Python objects, to be compiled.
//!
//! That each field holds what its class says is seen to here; what a tree must be beyond that the compiler knows.  A
//! tree may be of any depth, and properties of its nodes may run Python code: the walk is a list of open nodes.

use super::super::super::Machine;
use super::super::super::ask::{TreePurpose, TreeSource};
use super::super::super::frame::{Eval, Flow};
use super::super::super::heap::Heap;
use super::super::super::load::NoConstant;
use super::super::super::native::{Do, Execute, Got, Part, Stepwise};
use super::super::super::number::IntRef;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::is_word;
use crate::ast::{self, Count, Field, Kind, Node, Role, Tree, Type};
use crate::code::{Const, Location};

/// How deeply nodes may be nested.  CPython's limit is that of its stack; a node that holds itself passes any.
const MAX_DEPTH: usize = 30_000;
/// The attributes of a position, in the order in which they are asked for.
const POSITION: [&str; 4] = ["lineno", "col_offset", "end_lineno", "end_col_offset"];

/// A list whose items are gone through.
#[derive(Clone, Debug, Hash)]
struct OpenList {
    list: Value,
    length: usize,
    items: Vec<ast::Value>,
}

/// A node whose attributes are gone through.
#[derive(Clone, Debug, Hash)]
struct Open {
    object: Value,
    /// What is wanted: a group, or a class that is its own.
    group: Kind,
    /// What it is, once that is known.
    kind: Option<Kind>,
    /// How much of its position is known.
    position: Vec<i32>,
    fields: Vec<ast::Value>,
    list: Option<OpenList>,
}

impl Open {
    fn new(object: Value, group: Kind) -> Self {
        let kind = (group.class().role == Role::Product).then_some(group);
        Self { object, group, kind, position: Vec::new(), fields: Vec::new(), list: None }
    }

    /// The name of an attribute of the position that is asked for next, if it is its turn: that of a group comes
    /// before the fields, that of another class behind them.
    fn wants_position(&self) -> Option<&'static str> {
        let is_turn = match self.kind {
            None => true,
            Some(kind) => self.fields.len() == kind.class().fields.len(),
        };
        if is_turn && self.group.is_placed() { POSITION.get(self.position.len()).copied() } else { None }
    }

    fn field(&self) -> Option<(Kind, &'static Field)> {
        let kind = self.kind?;
        Some((kind, kind.class().fields.get(self.fields.len())?))
    }
}

/// Objects on their way to a tree.
#[derive(Clone, Debug, Hash)]
pub struct ReadWork {
    open: Vec<Open>,
    tree: Tree,
    purpose: TreePurpose,
    /// Whether an attribute of the last open node is waited for.
    asked: bool,
}

impl ReadWork {
    /// Reads the nodes from this one on.
    pub fn new(root: Value, purpose: TreePurpose) -> Self {
        let open = vec![Open::new(root, const { Kind::named("mod") })];
        Self { open, tree: Tree::default(), purpose, asked: false }
    }

    fn top(&mut self) -> &mut Open {
        self.open.last_mut().expect("a node is open")
    }

    /// Puts a value where it belongs in the node that is open.
    fn put(&mut self, value: ast::Value) {
        let top = self.top();
        match &mut top.list {
            Some(list) => list.items.push(value),
            None => top.fields.push(value),
        }
    }

    /// What an attribute was found to be; nothing where there is none.
    fn attribute(&mut self, m: &mut Machine, found: Option<Value>) -> Result<Option<Flow>, Raise> {
        if let Some(name) = self.top().wants_position() {
            return self.position(m, name, found);
        }
        let (kind, field) = self.top().field().expect("an attribute is a field, or of the position");
        match (field.count, found) {
            (Count::One, None) => {
                let (name, kind) = (field.name, kind.name());
                Err(m.type_error(format!("required field \"{name}\" missing from {kind}")))
            }
            (Count::Optional, None | Some(Value::NONE)) => {
                self.put(ast::Value::Nothing);
                Ok(None)
            }
            (Count::One | Count::Optional, Some(value)) => self.value(m, field.holds, value),
            (Count::Many | Count::ManyOptional, None) => {
                self.put(ast::Value::List(Box::default()));
                Ok(None)
            }
            (Count::Many | Count::ManyOptional, Some(list)) => {
                let Some(Payload::List(items)) = m.heap.payload_of(list) else {
                    let (given, name, kind) = (m.class_name(list), field.name, kind.name());
                    return Err(
                        m.type_error(format!("{kind} field \"{name}\" must be a list, not a {given}"))
                    );
                };
                let length = items.len();
                self.top().list = Some(OpenList { list, length, items: Vec::with_capacity(length) });
                Ok(None)
            }
        }
    }

    /// A number of the position.  Where the end may be left out, it is the start.
    fn position(&mut self, m: &mut Machine, name: &str, found: Option<Value>) -> Result<Option<Flow>, Raise> {
        let top = self.top();
        let at = top.position.len();
        if at >= 2 && top.group.may_lack_end() && found.is_none_or(Value::is_none) {
            let start = top.position[at - 2];
            top.position.push(start);
            return Ok(None);
        }
        let Some(value) = found else {
            let group = top.group.name();
            return Err(m.type_error(format!("required field \"{name}\" missing from {group}")));
        };
        match number(m, value) {
            Ok(number) => {
                self.top().position.push(number);
                Ok(None)
            }
            Err(wrong) => wrong.map(Some),
        }
    }

    /// A value of a field or of a list, as what it has to be.
    fn value(&mut self, m: &mut Machine, holds: Type, value: Value) -> Result<Option<Flow>, Raise> {
        let read = match holds {
            Type::Node(name) => return self.node(m, name, value),
            Type::Int => match number(m, value) {
                Ok(number) => ast::Value::Int(number.into()),
                Err(wrong) => return wrong.map(Some),
            },
            Type::Identifier | Type::Text => {
                let what = if holds == Type::Identifier { "identifier" } else { "string" };
                match m.heap.text_of(value) {
                    None if value.is_none() => ast::Value::Nothing,
                    Some(text) if m.heap.class_of(value) == types::STR => match text.as_str() {
                        Some(text) => ast::Value::Text((&*text).into()),
                        None => return Err(m.unsupported("surrogates in the names of a syntax tree")),
                    },
                    _ => return Err(m.type_error(format!("AST {what} must be of type str"))),
                }
            }
            Type::Constant => ast::Value::Const(constant(m, value)?),
        };
        self.put(read);
        Ok(None)
    }

    fn node(&mut self, m: &mut Machine, name: &str, value: Value) -> Result<Option<Flow>, Raise> {
        let group = Kind::named(name);
        let classes = m.node_classes();
        if group.members().all(is_word) {
            let mut members = group.members();
            let Some(kind) = members.find(|kind| m.heap.is_instance(value, classes.class(*kind))) else {
                return unexpected(m, group, value).map(Some);
            };
            let id = self.tree.push(Node { kind, fields: Box::default(), location: None });
            self.put(ast::Value::Node(id));
            return Ok(None);
        }
        if value.is_none() && group.class().role == Role::Group {
            self.put(ast::Value::Nothing);
            return Ok(None);
        }
        if self.open.len() >= MAX_DEPTH {
            let message = format!("maximum recursion depth exceeded while traversing '{name}' node");
            return Err(m.raise(types::RECURSION_ERROR, message));
        }
        if group.class().role == Role::Group
            && !m.heap.is_instance(value, classes.class(group))
            && !group.is_placed()
        {
            return unexpected(m, group, value).map(Some);
        }
        self.open.push(Open::new(value, group));
        Ok(None)
    }

    /// The node that is open is complete.
    fn close(&mut self, m: &mut Machine) -> Result<(), Raise> {
        let done = self.open.pop().expect("a node is open");
        let kind = done.kind.expect("what is complete has a class");
        for (field, value) in kind.class().fields.iter().zip(&done.fields) {
            let (name, class) = (field.name, kind.name());
            match (field.count, value) {
                (Count::One, ast::Value::Nothing) => {
                    return Err(m.value_error(format!("field '{name}' is required for {class}")));
                }
                (Count::One, ast::Value::Const(value))
                    if class == "Interpolation" && !matches!(value, Const::Str(_)) =>
                {
                    return Err(m.unsupported("an Interpolation whose str is no str"));
                }
                // CPython would read what is not there.
                (Count::Many, ast::Value::List(items))
                    if items.contains(&ast::Value::Nothing)
                        && !matches!(field.holds, Type::Node("expr" | "stmt")) =>
                {
                    return Err(m.unsupported(format!("None in {class}.{name}")));
                }
                _ => {}
            }
        }
        let location = kind.is_placed().then(|| Location {
            line: done.position[0],
            column: done.position[1],
            end_line: done.position[2],
            end_column: done.position[3],
        });
        let id = self.tree.push(Node { kind, fields: done.fields.into(), location });
        if !self.open.is_empty() {
            self.put(ast::Value::Node(id));
        }
        Ok(())
    }

    /// The next thing to look at; what has to run before it is known.
    fn next(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        const GO_ON: Do = Do::Wait(Flow::Value(Value::NONE));
        let Some(top) = self.open.last_mut() else { return self.done(m) };
        if let Some(list) = &mut top.list {
            let (value, at, length) = (list.list, list.items.len(), list.length);
            let (kind, field) = top.field().expect("a list is a field");
            let items = m.heap.items_of(value).unwrap_or_default();
            if items.len() != length {
                let (name, kind) = (field.name, kind.name());
                let message = format!("{kind} field \"{name}\" changed size during iteration");
                return Err(m.runtime_error(message));
            }
            let Some(item) = items.get(at).copied() else {
                let list = self.top().list.take().expect("a list is open");
                self.top().fields.push(ast::Value::List(list.items.into()));
                return Ok(GO_ON);
            };
            return Ok(self.value(m, field.holds, item)?.map_or(GO_ON, Do::Tail));
        }
        let wanted = match (top.wants_position(), top.kind) {
            (Some(name), _) => name,
            (None, None) => {
                let (object, group) = (top.object, top.group);
                let classes = m.node_classes();
                let mut members = group.members();
                let kind = members.find(|kind| m.heap.is_instance(object, classes.class(*kind)));
                self.top().kind = kind;
                return match kind {
                    Some(_) => Ok(GO_ON),
                    None => Ok(Do::Tail(unexpected(m, group, object)?)),
                };
            }
            (None, Some(_)) => match top.field() {
                Some((_, field)) => field.name,
                None => {
                    self.close(m)?;
                    return Ok(GO_ON);
                }
            },
        };
        self.asked = true;
        let (object, name) = (self.top().object, m.text_handle(wanted));
        Ok(m.get_attr_or(object, name, NOTHING)?.into())
    }

    /// All is read.
    fn done(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let tree = std::mem::take(&mut self.tree);
        let task = Execute::tree(TreeSource { tree, purpose: self.purpose.clone() });
        Ok(Do::Tail(m.begin(task)?))
    }
}

/// What stands for an attribute that is not there: nobody puts that into a node.
const NOTHING: Value = Value::object(types::NO_DEFAULT);

impl Stepwise for ReadWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        if let (true, Got::Value(value)) = (self.asked, got) {
            self.asked = false;
            if let Some(wrong) = self.attribute(m, Some(value).filter(|value| *value != NOTHING))? {
                return Ok(Do::Tail(wrong));
            }
        }
        self.next(m)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        for open in &self.open {
            visit(open.object);
            open.list.iter().for_each(|list| visit(list.list));
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("compile: reading the nodes of {}", self.purpose.filename)
    }
}

/// A value that is no node of the group.
fn unexpected(m: &mut Machine, group: Kind, value: Value) -> Eval {
    complain(m, types::TYPE_ERROR, &format!("expected some sort of {}, but got ", group.name()), value)
}

/// An error that ends with the `repr` of a value.
fn complain(m: &mut Machine, class: Handle, before: &str, value: Value) -> Eval {
    m.raise_composed(class, vec![before.into(), Part::Repr(value)])
}

/// The number that a value is, or what comes of it that it is none.
fn number(m: &mut Machine, value: Value) -> Result<i32, Eval> {
    let Some(int) = m.heap.int_ref(value) else {
        return Err(complain(m, types::VALUE_ERROR, "invalid integer value: ", value));
    };
    IntRef::small(int)
        .and_then(|number| i32::try_from(number).ok())
        .ok_or_else(|| Err(m.overflow_error("Python int too large to convert to C int")))
}

/// The constant that a value is.
fn constant(m: &mut Machine, value: Value) -> Result<Const, Raise> {
    let given = match m.constant_of(value, false) {
        Ok(constant) => return Ok(constant),
        Err(NoConstant::Type(given)) => given,
        Err(NoConstant::TooDeep) => {
            return Err(
                m.raise(types::RECURSION_ERROR, "maximum recursion depth exceeded during compilation")
            );
        }
    };
    let given = m.class_name(given);
    Err(m.type_error(format!("got an invalid type in Constant: {given}")))
}
