//! The Says pane: what the next step does, in one or two sentences with the real values.

use super::ahead::{Ahead, Turn};
use super::rows::Shown;
use super::wordcode::WordRow;
use crate::code::Opcode;

/// Values longer than this are cut in the middle of a sentence.
const LONGEST: usize = 40;

/// What an instruction is about to do, and what its opcode does in general.
pub(super) fn instruction(opcode: Opcode, row: Option<&WordRow>, ahead: Option<&Ahead>) -> Vec<String> {
    let general = opcode.info().says.replace('`', "");
    match ahead {
        Some(ahead) => vec![with_values(opcode, row, ahead), general],
        None => vec![general],
    }
}

/// What a frame does that has frames above it.
pub(super) fn waiting(name: &str, row: Option<&WordRow>, above: &str) -> String {
    match row {
        Some(row) => format!("{name} waits at {} for the frame above it, {above}.", row.opcode),
        None => format!("{name} waits for the frame above it, {above}."),
    }
}

fn with_values(opcode: Opcode, row: Option<&WordRow>, ahead: &Ahead) -> String {
    let mut parts = Vec::new();
    let taken = ahead.takes.get(ahead.kept..).unwrap_or_default();
    if !taken.is_empty() {
        let values: Vec<String> = taken.iter().map(|value| slot(value.as_ref())).collect();
        parts.push(format!("takes {} off the stack", listed(&values)));
    }
    for (before, (after, _)) in ahead.takes.iter().zip(&ahead.gives).take(ahead.kept) {
        if let Some(after) = after.as_ref().filter(|_| before != after) {
            let tag = after.tag.map(|tag| format!(" {tag}")).unwrap_or_default();
            parts.push(format!("changes the {}{tag} below to {}", after.kind, slot(Some(after))));
        }
    }
    let given = ahead.gives.get(ahead.kept..).unwrap_or_default();
    if !given.is_empty() {
        let values: Vec<String> = given.iter().map(|(value, is_new)| made(value.as_ref(), *is_new)).collect();
        parts.push(format!("pushes {}", listed(&values)));
    }
    for (name, value) in &ahead.binds {
        parts.push(match value {
            Some(value) => format!("binds {name} to {}", slot(Some(value))),
            None => format!("unbinds {name}"),
        });
    }
    if !ahead.prints.is_empty() {
        parts.push(format!("prints {}", cut(&format!("{:?}", ahead.prints))));
    }
    parts.extend(jump(opcode, row, ahead));
    parts.extend(turn(&ahead.turn));
    let what = match row {
        Some(row) if !row.meaning.is_empty() => format!("{} {}", opcode.name(), cut(&row.meaning)),
        Some(WordRow { arg: Some(arg), .. }) => format!("{} {arg}", opcode.name()),
        Some(_) | None => opcode.name().to_owned(),
    };
    if parts.is_empty() {
        return format!("{what} changes nothing on the stack.");
    }
    format!("{what} {}.", listed(&parts))
}

fn jump(opcode: Opcode, row: Option<&WordRow>, ahead: &Ahead) -> Option<String> {
    let row = row.filter(|row| row.target.is_some())?;
    let behind = row.offset / 2 + 1 + u32::from(opcode.caches());
    let next = ahead.next?;
    let label = if row.meaning.is_empty() { format!("to {}", next.bytes()) } else { row.meaning.clone() };
    Some(if next.0 == behind { "does not jump".to_owned() } else { format!("jumps {label}") })
}

fn turn(turn: &Turn) -> Option<String> {
    match turn {
        Turn::Stays => None,
        Turn::Enters(what) => Some(format!("enters a new frame, {what}")),
        Turn::Returns(Some(value), Some(below)) => Some(format!("gives {} to {below}", slot(Some(value)))),
        Turn::Returns(None, Some(below)) => Some(format!("goes back to {below}")),
        Turn::Returns(_, None) => Some("ends the program's main code".to_owned()),
        Turn::Raises(what) => Some(format!("raises {what}")),
        Turn::Asks => Some("waits for a line of input".to_owned()),
        Turn::Exits(status) => Some(format!("ends the program with exit status {status}")),
    }
}

fn slot(value: Option<&Shown>) -> String {
    value.map_or_else(|| "NULL".to_owned(), |value| cut(&plain(value)))
}

fn made(value: Option<&Shown>, is_new: bool) -> String {
    match (value, is_new) {
        (Some(Shown { tag: Some(tag), kind, text }), true) if text.is_empty() => {
            format!("a {kind} made now, {tag}")
        }
        (Some(Shown { tag: Some(tag), kind, .. }), true) => {
            let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            format!("{}, {article} {kind} object made now, {tag}", slot(value))
        }
        (Some(Shown { tag: Some(tag), text, .. }), false) if !text.is_empty() => {
            format!("{} {tag}", slot(value))
        }
        (Some(_) | None, _) => slot(value),
    }
}

/// A value as it stands in a sentence: without its type where its text says it.
pub(super) fn plain(value: &Shown) -> String {
    let says_its_type = matches!(
        value.kind.as_str(),
        "int"
            | "float"
            | "str"
            | "bytes"
            | "bool"
            | "NoneType"
            | "list"
            | "tuple"
            | "dict"
            | "set"
            | "ellipsis"
    );
    if value.kind == "builtin_function_or_method" {
        return format!("built-in {}", value.text);
    }
    match (says_its_type, value.text.is_empty()) {
        (true, false) => value.text.clone(),
        (_, true) => match value.tag {
            Some(tag) => format!("{} {tag}", value.kind),
            None => value.kind.clone(),
        },
        (false, false) => format!("{} {}", value.kind, value.text),
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST * 2 / 3).collect();
    let tail: Vec<char> = text.chars().rev().take(LONGEST / 3 - 1).collect();
    format!("{head}…{}", tail.into_iter().rev().collect::<String>())
}

/// `a`, `a and b`, `a, b and c`.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::CodeUnit;
    use crate::view::Tag;

    fn shown(kind: &str, text: &str, tag: u64) -> Shown {
        Shown { kind: kind.to_owned(), text: text.to_owned(), tag: Some(Tag(tag)) }
    }

    fn ahead() -> Ahead {
        Ahead {
            takes: Vec::new(),
            gives: Vec::new(),
            kept: 0,
            next: Some(CodeUnit(6)),
            binds: Vec::new(),
            prints: String::new(),
            turn: Turn::Stays,
        }
    }

    #[test]
    fn an_operation_is_told_with_its_values() {
        let ahead = Ahead {
            takes: vec![Some(shown("int", "40", 3)), Some(shown("int", "2", 4))],
            gives: vec![(Some(shown("int", "1042", 17)), true)],
            ..ahead()
        };
        assert_eq!(
            with_values(Opcode::BINARY_OP, None, &ahead),
            "BINARY_OP takes 40 and 2 off the stack and pushes 1042, an int object made now, @17."
        );
    }

    #[test]
    fn what_stays_is_not_mentioned() {
        let list = shown("list", "[]", 3);
        let ahead = Ahead {
            takes: vec![Some(list.clone())],
            gives: vec![(Some(list), false), (Some(shown("int", "0", 4)), false)],
            kept: 1,
            ..ahead()
        };
        assert_eq!(with_values(Opcode::GET_LEN, None, &ahead), "GET_LEN pushes 0 @4.");
    }

    #[test]
    fn what_is_changed_in_its_place_is_told_apart() {
        let ahead = Ahead {
            takes: vec![Some(shown("list", "[]", 3)), Some(shown("int", "1", 4))],
            gives: vec![(Some(shown("list", "[1]", 3)), false)],
            kept: 1,
            ..ahead()
        };
        assert_eq!(
            with_values(Opcode::LIST_APPEND, None, &ahead),
            "LIST_APPEND takes 1 off the stack and changes the list @3 below to [1]."
        );
    }

    #[test]
    fn binding_and_turning() {
        let one = shown("int", "1", 3);
        let ahead = Ahead {
            takes: vec![Some(one.clone())],
            binds: vec![("x".to_owned(), Some(one))],
            turn: Turn::Raises("KeyError: 'a'".to_owned()),
            ..ahead()
        };
        assert_eq!(
            with_values(Opcode::STORE_NAME, None, &ahead),
            "STORE_NAME takes 1 off the stack, binds x to 1 and raises KeyError: 'a'."
        );
    }
}
