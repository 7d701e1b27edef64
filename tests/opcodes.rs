//! Holds the opcode table against what CPython 3.14 says, written by `tests/opcodes.py`.

use std::collections::BTreeSet;

use serde::Deserialize;
use wordcode::code::opcode::ArgKind;
use wordcode::code::{Opcode, operand};

#[derive(Deserialize)]
struct Expected {
    opcodes: Vec<Row>,
    tables: Tables,
}

#[derive(Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "one for each list of the dis module")]
struct Row {
    name: String,
    number: u16,
    caches: Vec<(String, u8)>,
    hasarg: bool,
    hasconst: bool,
    hasname: bool,
    hasjump: bool,
    hasfree: bool,
    haslocal: bool,
    hasexc: bool,
    /// The argument, the slots gained falling through, and those gained at the target.
    effects: Vec<(u32, i64, i64)>,
}

#[derive(Deserialize)]
struct Tables {
    binary_operators: Vec<String>,
    comparisons: Vec<String>,
    intrinsics_1: Vec<String>,
    intrinsics_2: Vec<String>,
    special_methods: Vec<String>,
    common_constants: Vec<String>,
    function_attributes: Vec<String>,
}

fn expected() -> Expected {
    serde_json::from_str(include_str!("expected/opcodes.json")).expect("the file is what the script wrote")
}

fn find(name: &str) -> Opcode {
    *Opcode::ALL.iter().find(|opcode| opcode.name() == name).unwrap_or_else(|| panic!("no opcode {name}"))
}

#[test]
fn the_table_has_cpythons_opcodes_and_no_others() {
    let theirs: BTreeSet<(u16, String)> =
        expected().opcodes.into_iter().map(|row| (row.number, row.name)).collect();
    let ours = Opcode::ALL.iter().map(|opcode| (opcode.number(), opcode.name().to_owned())).collect();
    assert_eq!(theirs, ours);
    for opcode in Opcode::ALL {
        if let Ok(byte) = u8::try_from(opcode.number()) {
            assert_eq!(Opcode::from_byte(byte), Some(*opcode));
            assert!(!opcode.is_pseudo());
        } else {
            assert!(opcode.is_pseudo());
        }
    }
}

#[test]
fn caches_are_laid_out_as_in_cpython() {
    for row in expected().opcodes {
        let opcode = find(&row.name);
        let fields: Vec<(String, u8)> =
            opcode.cache_fields().iter().map(|&(name, units)| (name.to_owned(), units)).collect();
        assert_eq!(fields, row.caches, "{}", row.name);
        assert_eq!(opcode.caches(), row.caches.iter().map(|(_, units)| units).sum::<u8>(), "{}", row.name);
    }
}

#[test]
fn arguments_are_of_cpythons_kinds() {
    for row in expected().opcodes {
        let opcode = find(&row.name);
        let kind = opcode.info().arg;
        assert_eq!(opcode.is_jump(), row.hasjump, "{}", row.name);
        assert_eq!(opcode.is_block_push(), row.hasexc, "{}", row.name);
        // In co_code; what a pseudo-instruction's argument is, only the compiler says.
        if !opcode.is_pseudo() {
            assert_eq!(opcode.has_arg(), row.hasarg, "{}", row.name);
            let jumps = matches!(kind, ArgKind::JumpForward | ArgKind::JumpBackward);
            assert_eq!(jumps, row.hasjump, "{}", row.name);
        }
        assert_eq!(matches!(kind, ArgKind::Const), row.hasconst, "{}", row.name);
        assert_eq!(matches!(kind, ArgKind::Name), row.hasname, "{}", row.name);
        // dis counts LOAD_DEREF among the locals and the other cell opcodes among the free.
        let is_variable = matches!(kind, ArgKind::Local | ArgKind::LocalPair | ArgKind::Free);
        assert_eq!(is_variable, row.hasfree || row.haslocal, "{}", row.name);
    }
}

#[test]
fn stack_effects_are_cpythons() {
    for row in expected().opcodes {
        let opcode = find(&row.name);
        for (arg, through, at_target) in row.effects {
            let popped = i64::from(opcode.popped(arg));
            let ours = i64::from(opcode.pushed(arg)) - popped;
            assert_eq!(ours, through, "{} {arg}", row.name);
            let ours = i64::from(opcode.pushed_at_target(arg)) - popped;
            assert_eq!(ours, at_target, "{} {arg} at its target", row.name);
        }
    }
}

#[test]
fn numbers_stand_for_what_cpython_says() {
    let tables = expected().tables;
    assert_eq!(tables.binary_operators, operand::BINARY_OPERATORS);
    assert_eq!(tables.comparisons, operand::COMPARISONS);
    assert_eq!(tables.intrinsics_1, operand::INTRINSICS_1);
    assert_eq!(tables.intrinsics_2, operand::INTRINSICS_2);
    assert_eq!(tables.special_methods, operand::SPECIAL_METHODS);
    assert_eq!(tables.common_constants, operand::COMMON_CONSTANTS);
    assert_eq!(tables.function_attributes, operand::FUNCTION_ATTRIBUTES);
}
