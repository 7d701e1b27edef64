//! The parameters of `blake2b` and `blake2s`.

use std::ops::RangeInclusive;

use num_traits::ToPrimitive;

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::native::Style;
use super::super::super::object::types;
use super::super::super::raise::Raise;
use super::super::super::value::Value;
use super::hasher::Hasher;
use super::{data, new_hash};

/// The parameters of the two types, the class in front.
pub(super) const PARAMS: Params = Params::Named {
    names: &[
        "data",
        "digest_size",
        "key",
        "salt",
        "person",
        "fanout",
        "depth",
        "leaf_size",
        "node_offset",
        "node_depth",
        "inner_size",
        "last_node",
        "usedforsecurity",
        "string",
    ],
    required: 0,
    positional: 1,
};

/// What one of the two functions allows, in bytes, and what messages call it.
struct Limits {
    title: &'static str,
    digest: usize,
    salt: usize,
    /// The most that a node's offset may be.
    offset: u64,
}

const BLAKE2B: Limits = Limits { title: "Blake2b", digest: 64, salt: 16, offset: u64::MAX };
const BLAKE2S: Limits = Limits { title: "Blake2s", digest: 32, salt: 8, offset: (1 << 48) - 1 };

/// What a call asks for.
struct Wanted {
    size: usize,
    key: Vec<u8>,
    salt: Vec<u8>,
    person: Vec<u8>,
    fanout: u8,
    depth: u8,
    leaf_size: u32,
    node_offset: u64,
    node_depth: u8,
    inner_size: usize,
    last_node: bool,
}

/// `__new__` of both.
pub(super) fn new(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("blake2", args, &[2, 6, 7, 8, 9, 10, 11], Style::Plain, |m, args| {
        m.with_indices("blake2", args, &[12, 13], Style::Truth, |m, args| {
            m.with_buffers("blake2", args, &[1, 3, 4, 5, 14], begin)
        })
    })
}

fn begin(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    let is_small = m.heap.class(class).mro.contains(&types::BLAKE2S);
    let wanted = wanted(m, args, if is_small { &BLAKE2S } else { &BLAKE2B })?;
    let hasher = if is_small { wanted.small() } else { wanted.large() };
    let data = data(m, args, 1, 14)?;
    Ok(new_hash(m, class, hasher, &data).into())
}

impl Wanted {
    fn large(&self) -> Hasher {
        let mut params = blake2b_simd::Params::new();
        params.hash_length(self.size).key(&self.key).salt(&self.salt).personal(&self.person);
        params.fanout(self.fanout).max_depth(self.depth).max_leaf_length(self.leaf_size);
        params.node_offset(self.node_offset).node_depth(self.node_depth);
        params.inner_hash_length(self.inner_size).last_node(self.last_node);
        Hasher::Blake2b(Box::new(params.to_state()), self.size)
    }

    fn small(&self) -> Hasher {
        let mut params = blake2s_simd::Params::new();
        params.hash_length(self.size).key(&self.key).salt(&self.salt).personal(&self.person);
        params.fanout(self.fanout).max_depth(self.depth).max_leaf_length(self.leaf_size);
        params.node_offset(self.node_offset).node_depth(self.node_depth);
        params.inner_hash_length(self.inner_size).last_node(self.last_node);
        Hasher::Blake2s(Box::new(params.to_state()), self.size)
    }
}

/// The parameters of a call, looked at in CPython's order.
fn wanted(m: &mut Machine, args: &Args, limits: &Limits) -> Result<Wanted, Raise> {
    let Limits { title, digest, salt, offset } = *limits;
    let size = match args.get(2) {
        Some(size) => i64::from(m.c_int(size)?),
        None => digest as i64,
    };
    if size < 1 || size > digest as i64 {
        let message =
            format!("digest_size for {title} must be between 1 and {digest} bytes, here it is {size}");
        return Err(m.value_error(message));
    }
    let salt_bytes = part(m, args, 4, "salt", salt)?;
    let person = part(m, args, 5, "person", salt)?;
    let fanout = small(m, args, 6, 1, 0..=255, "fanout must be between 0 and 255")?;
    let depth = small(m, args, 7, 1, 1..=255, "depth must be between 1 and 255")?;
    let leaf_size = unsigned(m, args, 8)?;
    let leaf_size = u32::try_from(leaf_size).map_err(|_| m.overflow_error("leaf_size is too large"))?;
    let node_offset = unsigned(m, args, 9)?;
    if node_offset > offset {
        return Err(m.overflow_error("node_offset is too large"));
    }
    let node_depth = small(m, args, 10, 0, 0..=255, "node_depth must be between 0 and 255")?;
    let message = format!("inner_size must be between 0 and is {digest}");
    let inner_size = small(m, args, 11, 0, 0..=digest as i32, &message)?;
    let key = part(m, args, 3, "key", digest)?;
    Ok(Wanted {
        size: size as usize,
        key,
        salt: salt_bytes,
        person,
        fanout,
        depth,
        leaf_size,
        node_offset,
        node_depth,
        inner_size: inner_size.into(),
        last_node: args.get(12) == Some(Value::TRUE),
    })
}

/// Bytes that may be so many at most.
fn part(m: &mut Machine, args: &Args, index: usize, name: &str, most: usize) -> Result<Vec<u8>, Raise> {
    let Some(value) = args.get(index) else { return Ok(Vec::new()) };
    let bytes = m.bytes_argument(value)?;
    if bytes.len() > most {
        return Err(m.value_error(format!("maximum {name} length is {most} bytes")));
    }
    Ok(bytes)
}

fn small(
    m: &mut Machine,
    args: &Args,
    index: usize,
    default: u8,
    allowed: RangeInclusive<i32>,
    message: &str,
) -> Result<u8, Raise> {
    let Some(value) = args.get(index) else { return Ok(default) };
    let number = m.c_int(value)?;
    if allowed.contains(&number) { Ok(number as u8) } else { Err(m.value_error(message)) }
}

fn unsigned(m: &mut Machine, args: &Args, index: usize) -> Result<u64, Raise> {
    let Some(int) = args.get(index).and_then(|value| m.heap.int_ref(value)) else { return Ok(0) };
    if int.signum() < 0 {
        return Err(m.value_error("Cannot convert negative int"));
    }
    match int.to_int().into_big().to_u64() {
        Some(number) => Ok(number),
        None => Err(m.overflow_error("Python int too large to convert to C unsigned long")),
    }
}
