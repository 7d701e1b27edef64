//! `_md5`, `_sha1`, `_sha2`, `_sha3`, `_blake2`: hash functions, by the crates of RustCrypto and `blake2*_simd`.

mod blake;
mod hasher;

pub use hasher::Hasher;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::native::Style;
use super::super::object::class::{Accessor, TypeSpec};
use super::super::object::extension::Extension;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::native::{Constant, NativeModule};

/// From how many bytes on CPython lets other threads run meanwhile.
const GIL_MINSIZE: (&str, Constant) = ("_GIL_MINSIZE", Constant::Int(2048));
/// The longest digest of a function without a size of its own: CPython's limit.
const MOST: i64 = (1 << 29) - 1;
/// The parameters of a function: the data, whether it is used for security, the data by an older name.
const PARAMS: Params =
    Params::Named { names: &["data", "usedforsecurity", "string"], required: 0, positional: 1 };

/// The function that makes an object of a type.
macro_rules! function {
    ($name:literal, $class:ident) => {
        NativeDef::function($name, PARAMS, |m, args| {
            m.with_indices($name, args, &[1], Style::Truth, |m, args| {
                m.with_buffers($name, args, &[0, 2], |m, args| {
                    let data = data(m, args, 0, 2)?;
                    let hasher = Hasher::named($name).expect("the function is known");
                    Ok(new_hash(m, types::$class, hasher, &data).into())
                })
            })
        })
    };
}

/// `__new__` of a type that programs call themselves.
macro_rules! constructor {
    ($name:literal) => {
        NativeDef::new(PARAMS, |m, args| {
            m.with_indices($name, args, &[2], Style::Truth, |m, args| {
                m.with_buffers($name, args, &[1, 3], |m, args| {
                    let class = m.class_argument(args)?;
                    let data = data(m, args, 1, 3)?;
                    let hasher = Hasher::named($name).expect("the function is known");
                    Ok(new_hash(m, class, hasher, &data).into())
                })
            })
        })
    };
}

const COPY: NativeDef = NativeDef::method("copy", Params::None, |m, args| {
    let (class, hasher) = (m.heap.class_of(args.at(0)), hasher_of(m, args.at(0)).clone());
    Ok(new_hash(m, class, hasher, &[]).into())
});
const UPDATE: NativeDef = NativeDef::method("update", Params::One, |m, args| {
    m.with_buffers("update", args, &[1], |m, args| {
        let bytes = data(m, args, 1, 1)?;
        if let Payload::Extension(extension) =
            m.heap.payload_mut(args.at(0).handle().expect("a hash is an object"))
            && let Extension::Hasher(hasher) = &mut **extension
        {
            hasher.update(&bytes);
        }
        Ok(Value::NONE.into())
    })
});
const DIGEST: NativeDef = NativeDef::method("digest", Params::None, |m, args| {
    let digest = hasher_of(m, args.at(0)).digest(0);
    Ok(m.heap.bytes(&digest).into())
});
const HEXDIGEST: NativeDef = NativeDef::method("hexdigest", Params::None, |m, args| {
    let digest = hasher_of(m, args.at(0)).digest(0);
    Ok(m.heap.str(hexadecimal(&digest)).into())
});
const DIGEST_OF: NativeDef = NativeDef::method("digest", Params::named(&["length"], 1), |m, args| {
    m.with_indices("digest", args, &[1], Style::Plain, |m, args| {
        let digest = digest_of(m, args)?;
        Ok(m.heap.bytes(&digest).into())
    })
});
const HEXDIGEST_OF: NativeDef = NativeDef::method("hexdigest", Params::named(&["length"], 1), |m, args| {
    m.with_indices("hexdigest", args, &[1], Style::Plain, |m, args| {
        let digest = digest_of(m, args)?;
        Ok(m.heap.str(hexadecimal(&digest)).into())
    })
});

const ACCESSORS: &[Accessor] = &[
    Accessor::read_only("block_size", |m, value| {
        let size = hasher_of(m, value).block_size();
        Ok(m.heap.int(size as i64).into())
    }),
    Accessor::read_only("digest_size", |m, value| {
        let size = hasher_of(m, value).digest_size();
        Ok(m.heap.int(size as i64).into())
    }),
    Accessor::read_only("name", |m, value| {
        let name = hasher_of(m, value).name();
        Ok(m.heap.str(name).into())
    }),
];

/// A type of which a function makes objects.
macro_rules! made_by_function {
    ($spec:ident, $module:literal, $class:ident, $name:literal) => {
        static $spec: TypeSpec = TypeSpec {
            module: $module,
            natives: &[COPY, DIGEST, HEXDIGEST, UPDATE],
            accessors: ACCESSORS,
            ..TypeSpec::new(types::$class, $name)
        };
    };
}

/// A type of SHA-3.
macro_rules! sha3 {
    ($spec:ident, $class:ident, $name:literal, $digest:ident, $hexdigest:ident) => {
        static $spec: TypeSpec = TypeSpec {
            module: "_sha3",
            natives: &[constructor!($name), COPY, $digest, $hexdigest, UPDATE],
            accessors: ACCESSORS,
            ..TypeSpec::new(types::$class, $name)
        };
    };
}

made_by_function!(MD5, "_md5", MD5, "md5");
made_by_function!(SHA1, "_sha1", SHA1, "sha1");
made_by_function!(SHA224, "_sha2", SHA224, "SHA224Type");
made_by_function!(SHA256, "_sha2", SHA256, "SHA256Type");
made_by_function!(SHA384, "_sha2", SHA384, "SHA384Type");
made_by_function!(SHA512, "_sha2", SHA512, "SHA512Type");
sha3!(SHA3_224, SHA3_224, "sha3_224", DIGEST, HEXDIGEST);
sha3!(SHA3_256, SHA3_256, "sha3_256", DIGEST, HEXDIGEST);
sha3!(SHA3_384, SHA3_384, "sha3_384", DIGEST, HEXDIGEST);
sha3!(SHA3_512, SHA3_512, "sha3_512", DIGEST, HEXDIGEST);
sha3!(SHAKE_128, SHAKE_128, "shake_128", DIGEST_OF, HEXDIGEST_OF);
sha3!(SHAKE_256, SHAKE_256, "shake_256", DIGEST_OF, HEXDIGEST_OF);

static BLAKE2B: TypeSpec = TypeSpec {
    module: "_blake2",
    subclassable: true,
    natives: &[NativeDef::new(blake::PARAMS, blake::new), COPY, DIGEST, HEXDIGEST, UPDATE],
    accessors: ACCESSORS,
    ..TypeSpec::new(types::BLAKE2B, "blake2b")
};

static BLAKE2S: TypeSpec = TypeSpec {
    module: "_blake2",
    subclassable: true,
    natives: &[NativeDef::new(blake::PARAMS, blake::new), COPY, DIGEST, HEXDIGEST, UPDATE],
    accessors: ACCESSORS,
    ..TypeSpec::new(types::BLAKE2S, "blake2s")
};

/// `_md5`.
pub static MD5_MODULE: NativeModule = NativeModule {
    functions: &[&[function!("md5", MD5)]],
    hidden_types: &[&MD5],
    constants: &[("MD5Type", Constant::Type(types::MD5)), GIL_MINSIZE],
    ..NativeModule::new("_md5", "The hash function MD5.")
};

/// `_sha1`.
pub static SHA1_MODULE: NativeModule = NativeModule {
    functions: &[&[function!("sha1", SHA1)]],
    hidden_types: &[&SHA1],
    constants: &[("SHA1Type", Constant::Type(types::SHA1)), GIL_MINSIZE],
    ..NativeModule::new("_sha1", "The hash function SHA-1.")
};

/// `_sha2`.
pub static SHA2_MODULE: NativeModule = NativeModule {
    functions: &[&[
        function!("sha224", SHA224),
        function!("sha256", SHA256),
        function!("sha384", SHA384),
        function!("sha512", SHA512),
    ]],
    types: &[&SHA224, &SHA256, &SHA384, &SHA512],
    constants: &[GIL_MINSIZE],
    ..NativeModule::new("_sha2", "The hash functions SHA-2.")
};

/// `_sha3`.
pub static SHA3_MODULE: NativeModule = NativeModule {
    types: &[&SHA3_224, &SHA3_256, &SHA3_384, &SHA3_512, &SHAKE_128, &SHAKE_256],
    constants: &[("implementation", Constant::Text("RustCrypto")), GIL_MINSIZE],
    ..NativeModule::new("_sha3", "The hash functions SHA-3.")
};

/// `_blake2`.
pub static BLAKE2_MODULE: NativeModule = NativeModule {
    types: &[&BLAKE2B, &BLAKE2S],
    constants: &[GIL_MINSIZE],
    fill: |m, dict| {
        for (class, title, digest, salt) in
            [(types::BLAKE2B, "BLAKE2B", 64, 16), (types::BLAKE2S, "BLAKE2S", 32, 8)]
        {
            let namespace = m.heap.class(class).namespace;
            for (name, number) in [
                ("SALT_SIZE", salt),
                ("PERSON_SIZE", salt),
                ("MAX_KEY_SIZE", digest),
                ("MAX_DIGEST_SIZE", digest),
            ] {
                m.set_constant(namespace, name, Constant::Int(number));
                m.set_constant(dict, &format!("{title}_{name}"), Constant::Int(number));
            }
        }
    },
    ..NativeModule::new("_blake2", "The hash functions BLAKE2.")
};

fn new_hash(m: &mut Machine, class: Handle, mut hasher: Hasher, data: &[u8]) -> Value {
    hasher.update(data);
    Value::object(m.heap.alloc(class, Payload::Extension(Box::new(Extension::Hasher(hasher)))))
}

fn hasher_of(m: &Machine, value: Value) -> &Hasher {
    match m.heap.payload_of(value) {
        Some(Payload::Extension(extension)) => match &**extension {
            Extension::Hasher(hasher) => hasher,
            Extension::Abc(_)
            | Extension::Array(_)
            | Extension::Csv(_)
            | Extension::Tokens(_)
            | Extension::Zlib(_)
            | Extension::LruCache(_)
            | Extension::Random(_)
            | Extension::Struct(_)
            | Extension::Socket(_)
            | Extension::Waiting(_)
            | Extension::Regex(_)
            | Extension::Unpacker(_) => panic!("a hash is there"),
        },
        _ => panic!("a hash is there"),
    }
}

/// The bytes of an argument, or of the one by its older name; none where neither is given.
fn data(m: &mut Machine, args: &Args, index: usize, older: usize) -> Result<Vec<u8>, Raise> {
    if index != older && args.get(index).is_some() && args.get(older).is_some() {
        return Err(m.type_error(
            "'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for \
             removal in a future version.",
        ));
    }
    let Some(value) = args.get(index).or(args.get(older)) else { return Ok(Vec::new()) };
    if m.heap.text_of(value).is_some() {
        return Err(m.type_error("Strings must be encoded before hashing"));
    }
    match (m.heap.byte_string(value), m.heap.payload_of(value)) {
        (Some(bytes), _) => Ok(bytes.to_vec()),
        (None, Some(Payload::MemoryView(_))) => Err(m.not_bytes_like(value)),
        (None, _) => Err(m.type_error("object supporting the buffer API required")),
    }
}

fn digest_of(m: &mut Machine, args: &Args) -> Result<Vec<u8>, Raise> {
    match m.index_clamped(args.at(1)) {
        Some(size @ 0..=MOST) => Ok(hasher_of(m, args.at(0)).digest(size as usize)),
        Some(..0) => Err(m.value_error("Cannot convert negative int")),
        _ => Err(m.value_error("length is too large")),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    super::super::text::bytes::hex(bytes, None, 1)
}
