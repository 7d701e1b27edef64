//! `__slots__`: what a class says its instances have.

use super::super::Machine;
use super::super::names;
use super::super::object::class::{Class, Layout, Member};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::text::Str;
use super::super::value::{Handle, Value};
use super::Parts;

/// What a class adds to what the instances of its base have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::machine) struct SlotNames {
    /// The slots, mangled, in their order.
    pub members: Vec<Handle>,
    /// Whether instances get a `__dict__`.
    pub dict: bool,
    /// Whether instances can be referred to weakly.
    pub weakref: bool,
}

impl SlotNames {
    /// What instances look like, those of the base included.
    pub(super) const fn layout(&self, base: &Class) -> Layout {
        match base.layout {
            Layout::Plain if !self.members.is_empty() => Layout::Slots,
            layout => layout,
        }
    }
}

impl Machine {
    /// What `__slots__` of a new class adds to its base; without it, everything that may be added.
    pub(super) fn declared_slots(&mut self, parts: &Parts, base: Handle) -> Result<SlotNames, Raise> {
        let sized = self.has_items(base);
        let inherited = self.heap.class(base);
        let may_add = SlotNames {
            members: Vec::new(),
            dict: !inherited.has_dict,
            weakref: !inherited.has_weakref && !sized,
        };
        let Some(declared) = self.heap.get_name(parts.namespace, names::SLOTS) else { return Ok(may_add) };
        let declared = self.slot_items(parts.slots.unwrap_or(declared))?;
        if sized && !declared.is_empty() {
            let name = self.heap.class(base).name.clone();
            return Err(self.type_error(format!("nonempty __slots__ not supported for subtype of '{name}'")));
        }
        let mut slots = SlotNames::default();
        for name in declared {
            self.declare_slot(parts, &may_add, &mut slots, name)?;
        }
        slots.members.sort_by(|a, b| self.heap.text(*a).points().cmp(self.heap.text(*b).points()));
        slots.members.dedup();
        // A further base may have what the slots leave out.
        for other in parts.bases.iter().filter(|other| **other != base) {
            let other = self.heap.class(*other);
            slots.dict |= may_add.dict && other.has_dict;
            slots.weakref |= may_add.weakref && other.has_weakref;
        }
        Ok(slots)
    }

    /// What `__slots__` of a class names, mangled, in the order in which it has them; not `__dict__` and `__weakref__`.
    pub(in crate::machine) fn declared_names(&mut self, class: Handle) -> Result<Vec<Value>, Raise> {
        let namespace = self.heap.class(class).namespace;
        let Some(declared) = self.heap.get_name(namespace, names::SLOTS) else { return Ok(Vec::new()) };
        let owner = Str::from(&*self.heap.class(class).name);
        let mut members = Vec::new();
        for name in self.slot_items(declared)? {
            let Some(text) = self.heap.text_of(name) else { continue };
            if !matches!(text.as_ascii(), Some("__dict__" | "__weakref__")) {
                members.push(self.heap.intern(mangle(&owner, text)));
            }
        }
        Ok(members)
    }

    fn declare_slot(
        &mut self,
        parts: &Parts,
        may_add: &SlotNames,
        slots: &mut SlotNames,
        name: Value,
    ) -> Result<(), Raise> {
        let Some(text) = self.heap.text_of(name).cloned() else {
            let given = self.class_name(name);
            return Err(self.type_error(format!("__slots__ items must be strings, not '{given}'")));
        };
        if !text.is_identifier() {
            return Err(self.type_error("__slots__ must be identifiers"));
        }
        let twice = |what: &str| format!("{what} slot disallowed: we already got one");
        match text.as_ascii() {
            Some("__dict__") if !may_add.dict || slots.dict => return Err(self.type_error(twice("__dict__"))),
            Some("__dict__") => slots.dict = true,
            Some("__weakref__") if !may_add.weakref || slots.weakref => {
                return Err(self.type_error(twice("__weakref__")));
            }
            Some("__weakref__") => slots.weakref = true,
            _ => {
                let mangled = mangle(self.str_text(parts.name), &text);
                let member = self.heap.intern(mangled).handle().expect("a str is a heap object");
                let special = [names::QUALNAME, names::CLASSCELL, names::CLASSDICTCELL].contains(&member);
                if !special && self.heap.get_name(parts.namespace, member).is_some() {
                    let shown = self.name_repr(member);
                    return Err(
                        self.value_error(format!("{shown} in __slots__ conflicts with class variable"))
                    );
                }
                slots.members.push(member);
            }
        }
        Ok(())
    }

    /// Whether the names in `__slots__` are known only when it is gone through.
    pub(in crate::machine) fn slots_are_gone_through(&self, declared: Value) -> bool {
        !matches!(
            self.heap.payload_of(declared),
            Some(
                Payload::Str(_)
                    | Payload::Tuple(_)
                    | Payload::List(_)
                    | Payload::Dict(_)
                    | Payload::Set(_)
                    | Payload::Bytes(_)
                    | Payload::ByteArray(_)
                    | Payload::DictView(_)
            )
        ) && self.heap.special(declared, names::ITER).is_some()
    }

    /// The names that `__slots__` holds: one str, or a container of them.
    fn slot_items(&mut self, declared: Value) -> Result<Vec<Value>, Raise> {
        Ok(match self.heap.payload_of(declared) {
            Some(Payload::Str(_)) => vec![declared],
            Some(Payload::Tuple(items)) => items.to_vec(),
            Some(Payload::List(items)) => items.to_vec(),
            Some(Payload::Dict(dict)) => dict.iter().map(|entry| entry.key).collect(),
            Some(Payload::Set(set)) => {
                let mut items = Vec::new();
                set.each_value(&mut |item| items.push(item));
                items
            }
            Some(Payload::Bytes(bytes)) => {
                bytes.iter().filter_map(|byte| Value::small_int(i64::from(*byte))).collect()
            }
            Some(Payload::ByteArray(bytes)) => {
                bytes.iter().filter_map(|byte| Value::small_int(i64::from(*byte))).collect()
            }
            Some(Payload::DictView(dict)) => dict
                .handle()
                .map_or_else(Vec::new, |dict| self.heap.dict(dict).iter().map(|entry| entry.key).collect()),
            _ => {
                let given = self.class_name(declared);
                if self.heap.special(declared, names::ITER).is_none() {
                    return Err(self.type_error(format!("'{given}' object is not iterable")));
                }
                return Err(self.unsupported(format!("__slots__ given as '{given}'")));
            }
        })
    }

    /// Whether instances differ in size, so that nothing can stand behind their contents.
    fn has_items(&self, class: Handle) -> bool {
        matches!(
            self.heap.class(class).layout,
            Layout::Builtin(types::INT | types::BOOL | types::TUPLE | types::BYTES | types::TYPE)
        )
    }

    /// The descriptor of a slot.
    pub(super) fn new_member(&mut self, owner: Handle, name: Handle, index: u32) -> Value {
        let member = Member { owner, name: self.name_text(name).into(), index };
        Value::object(self.heap.alloc(types::MEMBER_DESCRIPTOR, Payload::Member(Box::new(member))))
    }
}

/// `__name` inside a class is `_Class__name`.
fn mangle(class: &Str, name: &Str) -> Str {
    let text = name.to_string_lossy();
    let class = class.to_string_lossy();
    let owner = class.trim_start_matches('_');
    if !text.starts_with("__") || text.ends_with("__") || text.contains('.') || owner.is_empty() {
        return name.clone();
    }
    Str::from(format!("_{owner}{text}").as_str())
}
