//! Trees of nodes, each node once, those below it before it.

use std::rc::Rc;

use super::class::Kind;
use crate::code::{Const, Location};

/// A node of a [`Tree`], by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// Its place among the nodes of its tree.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a field of a node holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Nothing, in a field that may be left out.
    Nothing,
    /// A small number: a flag, a level, the character of a conversion.
    Int(i64),
    /// An identifier or another piece of text that is a Python `str`.
    Text(Rc<str>),
    /// The value of a constant.
    Const(Const),
    /// A node.
    Node(NodeId),
    /// A list, of what is no list; of a list of optional nodes some may be [`Value::Nothing`].
    List(Box<[Value]>),
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    /// Its class.
    pub kind: Kind,
    /// Its fields, in the order of `_fields`.
    pub fields: Box<[Value]>,
    /// Its position; `None` for a node that has none, as `Load` and `arguments`.
    pub location: Option<Location>,
}

impl Node {
    /// Its fields with their names.
    pub fn named_fields(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.kind.class().fields.iter().map(|field| field.name).zip(&self.fields)
    }

    /// The field of this name, if it has one.
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.named_fields().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// Whether its class is all there is to say of it, as of `Load` and `Add`.
    pub const fn is_word(&self) -> bool {
        self.fields.is_empty() && self.location.is_none()
    }
}

/// A whole tree, as plain data: however deep it is, nothing of it is nested.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// Adds a node, whose children are there already.
    ///
    /// # Panics
    ///
    /// Where it is the four thousand millionth.
    pub fn push(&mut self, node: Node) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).expect("a tree has fewer nodes than memory bytes"));
        self.nodes.push(node);
        id
    }

    /// The node behind all others.
    ///
    /// # Panics
    ///
    /// Where there is none yet.
    pub fn root(&self) -> NodeId {
        NodeId(u32::try_from(self.nodes.len()).ok().and_then(|count| count.checked_sub(1)).expect("a root"))
    }

    /// A node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// Every node, those below one before it.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }
}
