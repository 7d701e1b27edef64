//! The hash functions themselves, one enum over all of them.

use std::fmt;
use std::hash::{Hash, Hasher as StdHasher};

use sha3::Digest;
use sha3::digest::{ExtendableOutput, Update, XofReader};

macro_rules! functions {
    ($($variant:ident $state:ty, $name:literal, $block:literal;)*) => {
        /// A hash function and what it has been given so far.
        #[derive(Clone)]
        pub enum Hasher {
            $(#[doc = concat!("`", $name, "`.")] $variant(Box<$state>),)*
            /// `shake_128`.
            Shake128(Box<sha3::Shake128>),
            /// `shake_256`.
            Shake256(Box<sha3::Shake256>),
            /// `blake2b`.
            Blake2b(Box<blake2b_simd::State>, usize),
            /// `blake2s`.
            Blake2s(Box<blake2s_simd::State>, usize),
        }

        impl Hasher {
            /// The function of that name, but for `blake2b` and `blake2s`, which take parameters.
            pub fn named(name: &str) -> Option<Self> {
                Some(match name {
                    $($name => Self::$variant(Box::default()),)*
                    "shake_128" => Self::Shake128(Box::default()),
                    "shake_256" => Self::Shake256(Box::default()),
                    _ => return None,
                })
            }

            /// `name`.
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $name,)*
                    Self::Shake128(_) => "shake_128",
                    Self::Shake256(_) => "shake_256",
                    Self::Blake2b(..) => "blake2b",
                    Self::Blake2s(..) => "blake2s",
                }
            }

            /// `block_size`, in bytes.
            pub const fn block_size(&self) -> usize {
                match self {
                    $(Self::$variant(_) => $block,)*
                    Self::Shake128(_) => 168,
                    Self::Shake256(_) => 136,
                    Self::Blake2b(..) => blake2b_simd::BLOCKBYTES,
                    Self::Blake2s(..) => blake2s_simd::BLOCKBYTES,
                }
            }

            /// `digest_size`, in bytes; 0 where a digest may have any size.
            pub fn digest_size(&self) -> usize {
                match self {
                    $(Self::$variant(_) => <$state as Digest>::output_size(),)*
                    Self::Shake128(_) | Self::Shake256(_) => 0,
                    Self::Blake2b(_, size) | Self::Blake2s(_, size) => *size,
                }
            }

            /// Takes more bytes.
            pub fn update(&mut self, bytes: &[u8]) {
                match self {
                    $(Self::$variant(state) => Digest::update(&mut **state, bytes),)*
                    Self::Shake128(state) => Update::update(&mut **state, bytes),
                    Self::Shake256(state) => Update::update(&mut **state, bytes),
                    Self::Blake2b(state, _) => drop(state.update(bytes)),
                    Self::Blake2s(state, _) => drop(state.update(bytes)),
                }
            }

            /// The digest of what it was given; `size` is how long it is, where it may have any size.
            pub fn digest(&self, size: usize) -> Vec<u8> {
                match self {
                    $(Self::$variant(state) => Digest::finalize((**state).clone()).to_vec(),)*
                    Self::Shake128(state) => read((**state).clone().finalize_xof(), size),
                    Self::Shake256(state) => read((**state).clone().finalize_xof(), size),
                    Self::Blake2b(state, _) => state.finalize().as_bytes().to_vec(),
                    Self::Blake2s(state, _) => state.finalize().as_bytes().to_vec(),
                }
            }
        }
    };
}

functions! {
    Md5 md5::Md5, "md5", 64;
    Sha1 sha1::Sha1, "sha1", 64;
    Sha224 sha2::Sha224, "sha224", 64;
    Sha256 sha2::Sha256, "sha256", 64;
    Sha384 sha2::Sha384, "sha384", 128;
    Sha512 sha2::Sha512, "sha512", 128;
    Sha3By224 sha3::Sha3_224, "sha3_224", 144;
    Sha3By256 sha3::Sha3_256, "sha3_256", 136;
    Sha3By384 sha3::Sha3_384, "sha3_384", 104;
    Sha3By512 sha3::Sha3_512, "sha3_512", 72;
}

fn read(mut reader: impl XofReader, size: usize) -> Vec<u8> {
    let mut bytes = vec![0; size];
    reader.read(&mut bytes);
    bytes
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Hash for Hasher {
    fn hash<H: StdHasher>(&self, state: &mut H) {
        /// As much as tells the state of a function without a size of its own.
        const ENOUGH: usize = 32;
        self.name().hash(state);
        self.digest(ENOUGH).hash(state);
    }
}
