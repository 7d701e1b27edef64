//! Constants of code objects as Python's `repr` shows them.

use crate::code::{CodeObject, Const, Text};
use crate::machine::hash::{self, TupleHash};
use crate::machine::number::{Complex, float};
use crate::machine::table::{FindToAdd, Set};
use crate::machine::text::{Str, repr};

/// The constant's `repr`; `address` gives the number shown for a code object.
pub fn text(constant: &Const, address: &impl Fn(&CodeObject) -> u64) -> String {
    let mut out = String::new();
    write(constant, address, &mut out);
    out
}

/// The `repr` of a code object.
pub fn code_text(code: &CodeObject, address: u64) -> String {
    format!(
        "<code object {} at {address:#x}, file \"{}\", line {}>",
        code.name, code.filename, code.firstlineno
    )
}

fn write(constant: &Const, address: &impl Fn(&CodeObject) -> u64, out: &mut String) {
    match constant {
        Const::None => out.push_str("None"),
        Const::Ellipsis => out.push_str("Ellipsis"),
        Const::Bool(value) => out.push_str(if *value { "True" } else { "False" }),
        Const::Int(int) => out.push_str(&int.to_string()),
        Const::Float(value) => out.push_str(&float::repr(*value)),
        Const::Complex(real, imaginary) => out.push_str(&Complex { real: *real, imag: *imaginary }.repr()),
        Const::Str(text) => out.push_str(&Str::from(text).repr().to_string_lossy()),
        Const::Bytes(bytes) => out.push_str(&repr::bytes(bytes)),
        Const::Tuple(items) => {
            out.push('(');
            write_items(items, address, out);
            out.push_str(if items.len() == 1 { ",)" } else { ")" });
        }
        Const::FrozenSet(members) if members.is_empty() => out.push_str("frozenset()"),
        Const::FrozenSet(members) => {
            out.push_str("frozenset({");
            write_items(&in_set_order(members), address, out);
            out.push_str("})");
        }
        Const::Slice(bounds) => {
            out.push_str("slice(");
            write_items(&**bounds, address, out);
            out.push(')');
        }
        Const::Code(code) => out.push_str(&code_text(code, address(code))),
    }
}

fn write_items(items: &[Const], address: &impl Fn(&CodeObject) -> u64, out: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(item, address, out);
    }
}

/// The hash of a constant; `None` where it hangs on the object's address.
fn hash_of(constant: &Const) -> Option<i64> {
    Some(match constant {
        Const::None => hash::NONE,
        Const::Bool(value) => hash::int(i64::from(*value)),
        Const::Int(int) => hash::big_int(int),
        Const::Float(value) => hash::float(*value, 0),
        Const::Complex(real, imaginary) => hash::complex(*real, *imaginary, 0),
        Const::Str(text) => hash::code_points(Str::from(text).points()),
        Const::Bytes(bytes) => hash::bytes(bytes),
        Const::Tuple(items) => {
            let mut hash = TupleHash::new(items.len());
            for item in &**items {
                hash.add(hash_of(item)?);
            }
            hash.finish()
        }
        Const::FrozenSet(members) => set_of(members)?.frozenset_hash(),
        Const::Ellipsis | Const::Slice(_) | Const::Code(_) => return None,
    })
}

/// A set of the members' indices, filled in their order.
fn set_of(members: &[Const]) -> Option<Set<usize>> {
    let mut set = Set::new();
    for (index, member) in members.iter().enumerate() {
        let hash = hash_of(member)?;
        if let FindToAdd::Vacant(place) = set.find_to_add(index, hash, |_| false.into()) {
            set.add(place, index, hash);
        }
    }
    Some(set)
}

/// The members in the order in which CPython iterates over them, with hash seed 0.
fn in_set_order(members: &[Const]) -> Vec<Const> {
    let ordered = |members: &[Const]| {
        set_of(members).map(|set| set.iter().map(|(_, index)| members[index].clone()).collect::<Vec<_>>())
    };
    let Some(once) = ordered(members) else { return members.to_vec() };
    // Interning replaces a string by an equal one that is interned already, and with it the whole set.  Only
    // strings that could be names are interned, and those of one character are from the beginning.
    if members.iter().any(|member| matches!(member, Const::Str(text) if is_interned_later(text))) {
        ordered(&once).unwrap_or(once)
    } else {
        once
    }
}

fn is_interned_later(text: &Text) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    text.as_str().is_some_and(|text| text.len() > 1 && text.bytes().all(is_part))
}
