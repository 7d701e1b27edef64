//! Python objects of a tree.

use super::super::super::Machine;
use super::super::super::object::Payload;
use super::super::super::value::Value;
use crate::ast::{self, NodeId, Tree, Type};

impl Machine {
    /// The node at the root of a tree, as an object with all those below it.
    pub(in crate::machine) fn tree_objects(&mut self, tree: &Tree) -> Value {
        let classes = self.node_classes();
        let positions =
            ["lineno", "col_offset", "end_lineno", "end_col_offset"].map(|name| self.text_handle(name));
        let mut made: Vec<Value> = Vec::with_capacity(tree.nodes().len());
        for node in tree.nodes() {
            if let Some(word) = classes.word(node.kind) {
                made.push(Value::object(word));
                continue;
            }
            let object = self.heap.alloc(classes.class(node.kind), Payload::Plain);
            let dict = self.heap.attributes(object);
            for (field, value) in node.kind.class().fields.iter().zip(&node.fields) {
                let value = self.field_object(value, field.holds, &made);
                self.set_text_name(dict, field.name, value);
            }
            if let Some(at) = node.location {
                let numbers = [at.line, at.column, at.end_line, at.end_column];
                for (name, number) in positions.into_iter().zip(numbers) {
                    let number = self.heap.int(number.into());
                    self.heap.set_name(dict, name, number);
                }
            }
            made.push(Value::object(object));
        }
        made[NodeId::index(tree.root())]
    }

    fn field_object(&mut self, value: &ast::Value, holds: Type, made: &[Value]) -> Value {
        match value {
            ast::Value::Nothing => Value::NONE,
            ast::Value::Int(number) => self.heap.int(*number),
            ast::Value::Text(text) if holds == Type::Identifier => self.heap.intern(&**text),
            ast::Value::Text(text) => self.heap.str(&**text),
            ast::Value::Const(value) => self.constant(value),
            ast::Value::Node(id) => made[id.index()],
            ast::Value::List(items) => {
                let items = items.iter().map(|item| self.field_object(item, holds, made)).collect();
                self.heap.list(items)
            }
        }
    }
}
