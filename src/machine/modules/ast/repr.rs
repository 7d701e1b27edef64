//! The `repr` of nodes: three levels of them, and of long lists the first and the last.

use super::super::super::Machine;
use super::super::super::frame::{Entry, Flow, Frame};
use super::super::super::heap::Heap;
use super::super::super::names;
use super::super::super::native::{Collected, Do, Got, ReprOf, Stepwise, Task};
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::value::{Handle, Value};

/// How many levels of nodes are shown.
const LEVELS: u8 = 3;

/// What is still to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Piece {
    Text(&'static str),
    /// What a field holds, with so many levels of nodes left.
    Value(Value, u8),
    /// An item of a list: there, lists are not shortened any more.
    Item(Value, u8),
    /// The field of this name, behind this separator.
    Field(Value, Value, &'static str, u8),
    /// A node is complete.
    Close,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Waits {
    Nothing,
    /// `_fields` of a node.
    Fields(Value, u8),
    /// Its names, as a tuple.
    Names(Value, u8),
    /// A field.
    Field(u8),
    /// The `repr` of what is no node.
    Repr,
}

/// The text of a node that is being put together.
#[derive(Clone, Debug, Hash)]
pub struct ReprWork {
    text: Str,
    /// The next one last.
    pieces: Vec<Piece>,
    /// The nodes that are being shown, the innermost last.
    open: Vec<Handle>,
    waits: Waits,
}

impl ReprWork {
    /// The `repr` of a node.
    pub fn new(node: Value) -> Self {
        let pieces = vec![Piece::Value(node, LEVELS)];
        Self { text: Str::empty(), pieces, open: Vec::new(), waits: Waits::Nothing }
    }

    fn write(&mut self, text: &str) {
        self.text = self.text.concat(&text.into());
    }

    fn value(&mut self, m: &mut Machine, value: Value, levels: u8) -> Result<Do, Raise> {
        if m.heap.is_instance(value, types::AST) {
            return self.node(m, value, levels);
        }
        let brackets = match m.heap.payload_of(value) {
            Some(Payload::List(_)) => ["[", "]"],
            Some(Payload::Tuple(_)) => ["(", ")"],
            _ => return self.whatever(m, value),
        };
        let items = m.heap.items_of(value).unwrap_or_default().to_vec();
        let mut pieces = vec![Piece::Text(brackets[0])];
        match items[..] {
            [] => {}
            [only] => pieces.push(Piece::Item(only, levels)),
            [first, last] => {
                pieces.extend([Piece::Item(first, levels), Piece::Text(", "), Piece::Item(last, levels)]);
            }
            [first, .., last] => {
                pieces.extend([
                    Piece::Item(first, levels),
                    Piece::Text(", ..., "),
                    Piece::Item(last, levels),
                ]);
            }
        }
        pieces.push(Piece::Text(brackets[1]));
        self.pieces.extend(pieces.into_iter().rev());
        Ok(Do::Wait(Flow::Value(Value::NONE)))
    }

    fn whatever(&mut self, m: &mut Machine, value: Value) -> Result<Do, Raise> {
        self.waits = Waits::Repr;
        if m.is_shown_plainly(value) {
            return Ok(m.repr(value)?.into());
        }
        // On the frame chain, where those inside find what is shown already.
        Ok(Do::Wait(Flow::Enter(Entry::again(ReprOf::new(value).into()))))
    }

    fn node(&mut self, m: &mut Machine, node: Value, levels: u8) -> Result<Do, Raise> {
        let handle = node.handle().expect("a node is a heap object");
        let name = m.heap.class(m.heap.class_of(node)).name.clone();
        let shown = self.open.contains(&handle)
            || m.thread().frames.iter().any(|frame| match frame {
                Frame::Native(frame) => {
                    matches!(&frame.task, Task::NodeRepr(task) if task.work().open.contains(&handle))
                }
                Frame::Python(_) | Frame::Unwind(_) => false,
            });
        self.write(&name);
        if levels == 0 || shown {
            self.write("(...)");
            return Ok(Do::Wait(Flow::Value(Value::NONE)));
        }
        self.write("(");
        self.open.push(handle);
        self.waits = Waits::Fields(node, levels);
        m.node_names(node, "_fields")
    }

    fn next(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        self.waits = Waits::Nothing;
        match self.pieces.pop() {
            None => Ok(Do::Done(m.heap.str(self.text.clone()))),
            Some(Piece::Text(text)) => {
                self.write(text);
                Ok(Do::Wait(Flow::Value(Value::NONE)))
            }
            Some(Piece::Close) => {
                self.open.pop();
                self.write(")");
                Ok(Do::Wait(Flow::Value(Value::NONE)))
            }
            Some(Piece::Value(value, levels)) => self.value(m, value, levels),
            Some(Piece::Item(value, levels)) if m.heap.is_instance(value, types::AST) => {
                self.node(m, value, levels)
            }
            Some(Piece::Item(value, _)) => self.whatever(m, value),
            Some(Piece::Field(node, name, separator, levels)) => {
                let name = m.attribute_name(name)?;
                let text = m.name_text(name);
                self.write(separator);
                self.write(&text);
                self.write("=");
                self.waits = Waits::Field(levels);
                Ok(m.get_attr(node, name)?.into())
            }
        }
    }
}

impl Stepwise for ReprWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let value = if let Got::Value(value) = got { value } else { Value::NONE };
        match self.waits {
            Waits::Nothing => {}
            Waits::Fields(node, levels) => {
                self.waits = Waits::Names(node, levels);
                // What is no sequence has no length: CPython asks for that first.
                if m.heap.special(value, names::LEN).is_none() {
                    m.length(value)?;
                }
                return Ok(m.collect(value, Collected::Tuple)?.into());
            }
            Waits::Names(node, levels) => {
                let names = m.tuple_items(value).to_vec();
                self.pieces.push(Piece::Close);
                let fields = names.into_iter().enumerate().rev();
                self.pieces.extend(
                    fields.map(|(at, name)| {
                        Piece::Field(node, name, if at == 0 { "" } else { ", " }, levels - 1)
                    }),
                );
            }
            Waits::Field(levels) => self.pieces.push(Piece::Value(value, levels)),
            Waits::Repr => self.text = self.text.concat(m.str_text(value)),
        }
        self.next(m)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        for piece in &self.pieces {
            match piece {
                Piece::Text(_) | Piece::Close => {}
                Piece::Value(value, _) | Piece::Item(value, _) => visit(*value),
                Piece::Field(node, name, ..) => {
                    visit(*node);
                    visit(*name);
                }
            }
        }
        self.open.iter().for_each(|node| visit(Value::object(*node)));
        if let Waits::Fields(node, _) | Waits::Names(node, _) = self.waits {
            visit(node);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        "AST.__repr__: putting fields in place".to_owned()
    }
}
