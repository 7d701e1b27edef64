//! Python's abstract syntax tree as its module `ast` shows it: the classes of nodes, and trees of them as plain data.
//!
//! Here the compiler and the machine meet: the compiler makes such a tree of its own, and its own of such a tree; the
//! machine makes Python objects of it, and it of Python objects.

mod class;
mod tree;

pub use class::{CLASSES, Class, Count, Field, Kind, Role, Type};
pub use tree::{Node, NodeId, Tree, Value};
