//! `_suggestions`: the name that was probably meant, for what `traceback` says of an error.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::suggest;
use super::super::value::{Kind, Value};
use super::native::NativeModule;

/// `_suggestions`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[NativeDef::function("_generate_suggestions", Params::Range(2, 2), suggested)]],
    ..NativeModule::new("_suggestions", "The names that were probably meant.")
};

/// The first of the candidates nearest to a name, or None.
fn suggested(m: &mut Machine, args: &Args) -> Eval {
    let (list, item) = (args.at(0), args.at(1));
    if m.heap.text_of(item).is_none() {
        let given = m.argument_class(item);
        let message = format!("_generate_suggestions() argument 2 must be str, not {given}");
        return Err(m.type_error(message));
    }
    let candidates = match list.kind() {
        Kind::Object(handle) if m.heap.get(handle).class == types::LIST => m.heap.items_of(list),
        _ => None,
    };
    let Some(candidates) = candidates.map(<[Value]>::to_vec) else {
        return Err(m.type_error("candidates must be a list"));
    };
    if candidates.iter().any(|candidate| m.heap.text_of(*candidate).is_none()) {
        return Err(m.type_error("all elements in 'candidates' must be strings"));
    }
    if candidates.len() >= suggest::MAX_CANDIDATES {
        return Ok(Value::NONE.into());
    }
    m.check_utf8(item)?;
    for candidate in &candidates {
        m.check_utf8(*candidate)?;
    }
    let text = |value: &Value| m.str_text(*value).to_string_lossy();
    let texts: Vec<_> = candidates.iter().map(text).collect();
    let names: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    let found = suggest::suggestion(&text(&item), &names);
    let found = found.and_then(|found| names.iter().position(|name| std::ptr::eq(*name, found)));
    Ok(found.map_or(Value::NONE, |index| candidates[index]).into())
}
