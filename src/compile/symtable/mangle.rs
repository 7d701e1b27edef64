//! Private names: `__name` in a class `C` is called `_C__name`.

use super::super::names::{Name, Names};

/// `name` as it is called inside the class `private`.
#[inline]
pub fn mangle<'a>(private: Option<Name<'a>>, name: Name<'a>, names: &Names<'a>) -> Name<'a> {
    match private {
        // Almost all names are told from private ones by their first two bytes.
        Some(private) if name.starts_with("__") => mangle_dunder(private, name, names),
        _ => name,
    }
}

/// The same for a name that begins with two underscores.
#[inline(never)]
fn mangle_dunder<'a>(private: Name<'a>, name: Name<'a>, names: &Names<'a>) -> Name<'a> {
    if name.ends_with("__") || name.contains('.') {
        return name;
    }
    let class = private.trim_start_matches('_');
    if class.is_empty() {
        return name;
    }
    names.get(&format!("_{class}{name}"))
}

#[cfg(test)]
mod tests {
    use super::super::super::arena::Arena;
    use super::*;

    fn check(class: &str, name: &str, expected: &str) {
        let arena = Arena::default();
        let names = Names::new(&arena);
        assert_eq!(&*mangle(Some(names.get(class)), names.get(name), &names), expected);
    }

    #[test]
    fn only_private_names_change() {
        check("C", "__x", "_C__x");
        check("__C", "__x", "_C__x");
        check("C", "__x_", "_C__x_");
        check("C", "__x__", "__x__");
        check("C", "_x", "_x");
        check("C", "__a.b", "__a.b");
        check("___", "__x", "__x");
        let arena = Arena::default();
        let names = Names::new(&arena);
        assert_eq!(&*mangle(None, names.get("__x"), &names), "__x");
    }
}
