//! Codecs of one byte a character, by tables that the program gives.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::{Eval, Flow};
use super::super::super::native::{CodecWork, DictAction};
use super::super::super::object::function::NativeDef;
use super::super::super::object::types;
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::text::codec::Codec;
use super::super::super::text::codec::work::{EncodingTable, Form};
use super::super::super::value::Value;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("charmap_encode", Params::Range(1, 3), |m, args| {
        let Some(table) = args.some(2) else {
            return super::encode(m, args, "charmap_encode", Form::Plain(Codec::Latin1));
        };
        let Some(text) = m.heap.text_of(args.at(0)).cloned() else {
            let class = m.argument_class(args.at(0));
            return Err(m.type_error(format!("charmap_encode() argument 1 must be str, not {class}")));
        };
        let errors = super::errors(m, args, "charmap_encode")?;
        let known = m.encodings_of(table, text.points())?;
        let work = CodecWork::encode(m, Form::EncodingMap(known), args.at(0), &errors);
        m.begin(work.with_table(table).in_pair())
    }),
    NativeDef::function("charmap_decode", Params::Range(1, 3), |m, args| {
        let Some(table) = args.some(2) else {
            return super::decode(m, args, "charmap_decode", Form::Plain(Codec::Latin1), true);
        };
        let bytes = m.bytes_argument(args.at(0))?;
        let errors = super::errors(m, args, "charmap_decode")?;
        let mut known = BTreeMap::new();
        for byte in &bytes {
            if !known.contains_key(byte) {
                known.insert(*byte, text_of_byte(m, table, *byte)?);
            }
        }
        let object = m.heap.bytes(&bytes);
        let work = CodecWork::decode(Form::DecodingMap(known), &bytes, object, &errors, true);
        let pair = m.begin(work.in_pair())?;
        Ok(m.exporting("charmap_decode", [args.at(0)], pair))
    }),
    NativeDef::function("charmap_build", Params::One, build),
];

/// What a table has for a number; `None` if there is nothing.
fn entry(m: &mut Machine, table: Value, number: u32) -> Result<Option<Value>, Raise> {
    if !m.heap.is_instance(table, types::DICT) || !m.heap.class(m.heap.class_of(table)).builtin {
        return Err(m.unsupported("a table for characters that is no dict"));
    }
    let key = m.heap.int(number.into());
    let dict = table.handle().expect("a dict is a heap object");
    match m.dict_act(dict, key, DictAction::Get(Value::NONE))? {
        Flow::Value(value) => Ok(Some(value).filter(|value| !value.is_none())),
        Flow::Enter(_) => Err(m.unsupported("a table for characters whose keys are compared by Python code")),
    }
}

/// The text that a table has for a byte.
fn text_of_byte(m: &mut Machine, table: Value, byte: u8) -> Result<Option<Str>, Raise> {
    const UNDEFINED: u32 = 0xFFFE;
    let found = match m.heap.text_of(table) {
        Some(text) => text.get(byte.into()).map(Str::from_point),
        None => match entry(m, table, byte.into())? {
            None => None,
            Some(value) => match (m.heap.text_of(value).cloned(), m.index_clamped(value)) {
                (Some(text), _) => Some(text),
                (None, Some(number)) => {
                    match u32::try_from(number).ok().filter(|number| *number <= 0x10_FFFF) {
                        Some(point) => Some(Str::from_point(point)),
                        None => return Err(m.type_error("character mapping must be in range(0x110000)")),
                    }
                }
                (None, None) => {
                    return Err(m.type_error("character mapping must return integer, None or str"));
                }
            },
        },
    };
    Ok(found.filter(|text| text.get(0) != Some(UNDEFINED) || text.len() != 1))
}

/// The dict that encodes what this str decodes: character to byte.
fn build(m: &mut Machine, args: &Args) -> Eval {
    const UNDEFINED: u32 = 0xFFFE;
    let Some(text) = m.heap.text_of(args.at(0)).cloned() else {
        let class = m.argument_class(args.at(0));
        return Err(m.type_error(format!("charmap_build() argument must be str, not {class}")));
    };
    let mut items = Vec::new();
    for (byte, point) in text.points().enumerate().take(256).filter(|(_, point)| *point != UNDEFINED) {
        items.extend([m.heap.int(point.into()), m.heap.int(byte as i64)]);
    }
    m.build_dict(items)
}

impl Machine {
    /// The bytes that a table has for these characters.
    pub(in crate::machine) fn encodings_of(
        &mut self,
        table: Value,
        points: impl Iterator<Item = u32>,
    ) -> Result<EncodingTable, Raise> {
        let mut known = EncodingTable::new();
        for point in points {
            if known.contains_key(&point) {
                continue;
            }
            let bytes: Option<Rc<[u8]>> = match entry(self, table, point)? {
                None => None,
                Some(value) => match (self.heap.byte_string(value), self.index_clamped(value)) {
                    (Some(bytes), _) => Some(bytes.into()),
                    (None, Some(number)) => match u8::try_from(number) {
                        Ok(byte) => Some([byte].into()),
                        Err(_) => return Err(self.type_error("character mapping must be in range(256)")),
                    },
                    (None, None) => {
                        let class = self.class_name(value);
                        let message =
                            format!("character mapping must return integer, bytes or None, not {class}");
                        return Err(self.type_error(message));
                    }
                },
            };
            known.insert(point, bytes);
        }
        Ok(known)
    }
}
