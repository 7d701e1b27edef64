//! Writes `assets/python.packdump`: syntect's own Python syntax (MIT) and the ones it refers to, without
//! compression, so that the program loads a few syntaxes in a millisecond and not all of them.
//!
//! ```text
//! cargo run --example pack_assets --features pack
//! ```
//!
//! Run it again after an update of syntect; the dump's form is syntect's own and may change with it.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use serde_json::Value;
use syntect::dumps::dump_to_uncompressed_file;
use syntect::parsing::{SyntaxDefinition, SyntaxSet, SyntaxSetBuilder};

fn main() -> Result<(), Box<dyn Error>> {
    // Lines with their newline: syntect's Python syntax ends comments and strings there.
    let all = SyntaxSet::load_defaults_newlines().into_builder();
    let definitions: Vec<Value> =
        all.syntaxes().iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    let python = all
        .syntaxes()
        .iter()
        .position(|syntax| syntax.name == "Python")
        .ok_or("syntect has no syntax named Python")?;

    // Linked contexts name their syntax by its index: keep what is reached, and give it new indices.
    let mut new_index = BTreeMap::from([(python, 0)]);
    let mut order = vec![python];
    let mut next = 0;
    while let Some(&index) = order.get(next) {
        for reached in references(&definitions[index]) {
            if !new_index.contains_key(&reached) {
                new_index.insert(reached, order.len());
                order.push(reached);
            }
        }
        next += 1;
    }
    let mut packed = SyntaxSetBuilder::new();
    for &index in &order {
        let mut definition = definitions[index].clone();
        renumber(&mut definition, &new_index);
        packed.add(serde_json::from_value::<SyntaxDefinition>(definition)?);
    }
    let packed = packed.build();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/python.packdump");
    dump_to_uncompressed_file(&packed, &path)?;
    for syntax in packed.syntaxes() {
        println!("{} ({})", syntax.name, syntax.scope);
    }
    println!("{} bytes", path.metadata()?.len());
    Ok(())
}

/// The syntaxes that the contexts in `value` refer to, by index.
fn references(value: &Value) -> Vec<usize> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("syntax_index").and_then(Value::as_u64).map(|index| index as usize);
            own.into_iter().chain(fields.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// Replaces every syntax index in `value` by its new one.
fn renumber(value: &mut Value, new_index: &BTreeMap<usize, usize>) {
    match value {
        Value::Object(fields) => {
            if let Some(index) = fields.get_mut("syntax_index") {
                let new = index.as_u64().and_then(|old| new_index.get(&(old as usize)));
                *index = Value::from(new.copied());
            }
            fields.values_mut().for_each(|field| renumber(field, new_index));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| renumber(item, new_index)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
