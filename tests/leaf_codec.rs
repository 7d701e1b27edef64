//! Codecs and their error handlers against CPython's answers.

mod leaf;

use leaf::{Case, Value, check};
use wordcode::machine::text::codec::{self, Codec, Failure, Handler};

fn codec_answer(case: &Case) -> Value {
    let name = |at: usize| case.str(at).to_string();
    if case.operation == "named" {
        let Some(codec) = Codec::named(&name(0)) else {
            return Value::Error("LookupError".to_owned(), format!("unknown encoding: {}", name(0)));
        };
        return codec::encode(&"\u{e9}".into(), codec, Handler::Ignore).expect("ignored").into();
    }
    let codec = Codec::named(&name(1)).expect("a codec");
    let handler = Handler::named(&name(2)).expect("a handler");
    let (kind, outcome): (_, Result<Value, Failure>) = match case.operation.as_str() {
        "encode" => ("UnicodeEncodeError", codec::encode(case.str(0), codec, handler).map(Into::into)),
        "decode" => ("UnicodeDecodeError", codec::decode(case.bytes(0), codec, handler).map(Into::into)),
        other => panic!("unknown operation {other}"),
    };
    match outcome {
        Ok(value) => value,
        Err(Failure::Unicode(error)) => {
            let (start, end, reason) = (error.start, error.end, error.reason);
            let message = match &case.args[0] {
                Value::Bytes(bytes) => codec::decode_message(error.encoding, bytes, start, end, reason),
                _ => codec::encode_message(error.encoding, case.str(0), start, end, reason),
            };
            Value::Error(kind.to_owned(), message)
        }
        Err(Failure::NotForDecoding) => {
            Value::Error("TypeError".to_owned(), codec::NOT_FOR_DECODING.to_owned())
        }
        Err(Failure::TooLong) => Value::Error("MemoryError".to_owned(), String::new()),
    }
}

#[test]
fn codecs() {
    check("codec", codec_answer);
}
