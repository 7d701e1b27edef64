//! `property` objects.

use super::super::value::Value;

/// The payload of a property.
#[derive(Clone, Debug, Default, Hash)]
pub struct Property {
    /// `fget`.
    pub getter: Option<Value>,
    /// `fset`.
    pub setter: Option<Value>,
    /// `fdel`.
    pub deleter: Option<Value>,
    /// `__doc__`.
    pub doc: Option<Value>,
    /// `__name__`, as the class body that has it, or the program, has set it.
    pub name: Option<Value>,
    /// Whether the docstring is the getter's, so that another getter brings another one.
    pub getter_doc: bool,
}

impl Property {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.getter, self.setter, self.deleter, self.doc, self.name].into_iter().flatten().for_each(visit);
    }
}
