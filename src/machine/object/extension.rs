//! What the types of native modules hold, where that is more than values in slots.

use std::rc::Rc;

use super::super::modules::abc::AbcData;
use super::super::modules::array::Array;
use super::super::modules::csv::Csv;
use super::super::modules::functools::LruCache;
use super::super::modules::hashes::Hasher;
use super::super::modules::random::Twister;
use super::super::modules::select::Waiting;
use super::super::modules::socket::Socket;
use super::super::modules::sre::Regex;
use super::super::modules::structs::{StructFormat, Unpacker};
use super::super::modules::tokenize::Tokens;
use super::super::modules::zlib::Zlib;
use super::super::value::Value;

/// The contents of an object whose type comes from a native module.
#[derive(Clone, Debug, Hash)]
pub enum Extension {
    /// `_abc._abc_data`.
    Abc(AbcData),
    /// `functools._lru_cache_wrapper`.
    LruCache(LruCache),
    /// `array.array`.
    Array(Array),
    /// `_struct.Struct`: its format, once it is initialized.
    Struct(Option<Rc<StructFormat>>),
    /// `_struct.unpack_iterator`.
    Unpacker(Unpacker),
    /// `_random.Random`.
    Random(Twister),
    /// A type of `_csv`.
    Csv(Csv),
    /// A type of `_md5`, `_sha1`, `_sha2`, `_sha3` or `_blake2`.
    Hasher(Hasher),
    /// `_tokenize.TokenizerIter`.
    Tokens(Tokens),
    /// A type of `zlib`.
    Zlib(Zlib),
    /// `_socket.socket`.
    Socket(Socket),
    /// A type of `select`.
    Waiting(Waiting),
    /// A type of `_sre`.
    Regex(Regex),
}

impl Extension {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::LruCache(cache) => cache.each_value(visit),
            Self::Csv(csv) => csv.each_value(visit),
            Self::Tokens(tokens) => tokens.each_value(visit),
            Self::Regex(regex) => regex.each_value(visit),
            Self::Unpacker(unpacker) => unpacker.view.into_iter().for_each(visit),
            Self::Zlib(_)
            | Self::Abc(_)
            | Self::Array(_)
            | Self::Hasher(_)
            | Self::Random(_)
            | Self::Socket(_)
            | Self::Waiting(_)
            | Self::Struct(_) => {}
        }
    }
}
