//! `_random`: the Mersenne Twister, MT19937, by Matsumoto and Nishimura's description of it.

use num_bigint::{BigInt, BigUint, Sign};

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{Style, SystemCall};
use super::super::number::IntRef;
use super::super::object::class::TypeSpec;
use super::super::object::extension::Extension;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::system::Call;
use super::super::value::{Handle, Value};
use super::native::NativeModule;

/// `_random`.
pub static MODULE: NativeModule = NativeModule {
    types: &[&RANDOM],
    ..NativeModule::new("_random", "A generator of numbers that look random.")
};

/// `_random.Random`.
static RANDOM: TypeSpec = TypeSpec {
    module: "_random",
    subclassable: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = m.class_argument(args)?;
            let payload = Payload::Extension(Box::new(Extension::Random(Twister::new())));
            Ok(Value::object(m.heap.alloc(class, payload)).into())
        }),
        NativeDef::wrapper("__init__", Params::Any, |m, args| {
            m.refuse_keywords("Random", types::RANDOM, names::NEW, args)?;
            m.check_count("Random", args.positional() - 1, 0, 1)?;
            seed(m, args)
        }),
        NativeDef::method("random", Params::None, |m, args| {
            let twister = twister(m, args);
            let (high, low) = (twister.next() >> 5, twister.next() >> 6);
            // 53 bits, as many as a float has.
            let value = (f64::from(high) * f64::from(1 << 26) + f64::from(low)) / (1_u64 << 53) as f64;
            Ok(m.heap.float(value).into())
        }),
        NativeDef::method("seed", Params::Range(0, 1), seed),
        NativeDef::method("getstate", Params::None, |m, args| {
            let twister = twister(m, args);
            let numbers: Vec<i64> =
                twister.words.iter().map(|word| i64::from(*word)).chain([twister.at as i64]).collect();
            let numbers = numbers.into_iter().map(|number| m.heap.int(number)).collect();
            Ok(m.heap.tuple(numbers).into())
        }),
        NativeDef::method("setstate", Params::One, set_state),
        NativeDef::method("getrandbits", Params::One, |m, args| {
            m.with_indices("getrandbits", args, &[1], Style::Plain, random_bits)
        }),
    ],
    ..TypeSpec::new(types::RANDOM, "Random")
};

/// How many words of 32 bits the state has.
const WORDS: usize = 624;
/// The word that is mixed in, so many places on.
const MIDDLE: usize = 397;

/// The state of a generator.
#[derive(Clone, Debug, Hash)]
pub struct Twister {
    words: Box<[u32; WORDS]>,
    /// The word that is given next; [`WORDS`] when new ones have to be made.
    at: usize,
}

impl Twister {
    fn new() -> Self {
        Self { words: Box::new([0; WORDS]), at: 0 }
    }

    fn seed_by(&mut self, seed: u32) {
        self.words[0] = seed;
        for place in 1..WORDS {
            let before = self.words[place - 1];
            self.words[place] =
                (before ^ before >> 30).wrapping_mul(1_812_433_253).wrapping_add(place as u32);
        }
        self.at = WORDS;
    }

    /// Seeds it with as many words as one likes.
    fn seed_by_key(&mut self, key: &[u32]) {
        self.seed_by(19_650_218);
        let mut place = 1;
        let step = |words: &mut [u32; WORDS], place: &mut usize, factor: u32, add: &dyn Fn(u32) -> u32| {
            let before = words[*place - 1];
            words[*place] = add(words[*place] ^ (before ^ before >> 30).wrapping_mul(factor));
            *place += 1;
            if *place == WORDS {
                words[0] = words[WORDS - 1];
                *place = 1;
            }
        };
        for turn in 0..WORDS.max(key.len()) {
            let at = turn % key.len();
            step(&mut self.words, &mut place, 1_664_525, &|word| {
                word.wrapping_add(key[at]).wrapping_add(at as u32)
            });
        }
        for _ in 1..WORDS {
            let at = place as u32;
            step(&mut self.words, &mut place, 1_566_083_941, &|word| word.wrapping_sub(at));
        }
        self.words[0] = 1 << 31;
    }

    /// The next 32 bits.
    fn next(&mut self) -> u32 {
        if self.at >= WORDS {
            for place in 0..WORDS {
                let joined = self.words[place] & 1 << 31 | self.words[(place + 1) % WORDS] & !(1 << 31);
                let twist = if joined & 1 == 1 { 0x9908_B0DF } else { 0 };
                self.words[place] = self.words[(place + MIDDLE) % WORDS] ^ joined >> 1 ^ twist;
            }
            self.at = 0;
        }
        let mut word = self.words[self.at];
        self.at += 1;
        word ^= word >> 11;
        word ^= word << 7 & 0x9D2C_5680;
        word ^= word << 15 & 0xEFC6_0000;
        word ^ word >> 18
    }
}

fn twister<'a>(m: &'a mut Machine, args: &Args) -> &'a mut Twister {
    let handle: Handle = args.at(0).handle().expect("a generator is a heap object");
    match m.heap.payload_mut(handle) {
        Payload::Extension(extension) => match &mut **extension {
            Extension::Random(twister) => twister,
            Extension::Abc(_)
            | Extension::Array(_)
            | Extension::LruCache(_)
            | Extension::Struct(_)
            | Extension::Csv(_)
            | Extension::Tokens(_)
            | Extension::Zlib(_)
            | Extension::Hasher(_)
            | Extension::Socket(_)
            | Extension::Waiting(_)
            | Extension::Regex(_)
            | Extension::Unpacker(_) => panic!("a generator is asked"),
        },
        _ => panic!("a generator is asked"),
    }
}

fn seed(m: &mut Machine, args: &Args) -> Eval {
    let Some(given) = args.some(1) else {
        // As many bytes from the outside as the state has.
        let bytes = m.begin(SystemCall::new("seed", Call::Random(WORDS * 4)))?;
        return m.continue_with("seed", bytes, Args::new([args.at(0), Value::NONE]), 1, |m, args| {
            let number = m.heap.byte_string(args.at(1)).map(BigUint::from_bytes_le).unwrap_or_default();
            seed_by_number(m, args, &number)
        });
    };
    if let Some(int) = m.heap.int_ref(given) {
        let number = int.to_int().into_big().magnitude().clone();
        return seed_by_number(m, args, &number);
    }
    let hash = m.hash(given)?;
    m.continue_with("seed", hash, args.clone(), 1, |m, args| {
        let hash = m.hash_from_result(args.at(1))?;
        seed_by_number(m, args, &BigUint::from(hash as u64))
    })
}

fn seed_by_number(m: &mut Machine, args: &Args, number: &BigUint) -> Eval {
    let mut key = number.to_u32_digits();
    if key.is_empty() {
        key.push(0);
    }
    twister(m, args).seed_by_key(&key);
    Ok(Flow::Value(Value::NONE))
}

fn set_state(m: &mut Machine, args: &Args) -> Eval {
    let Some(Payload::Tuple(items)) = m.heap.payload_of(args.at(1)) else {
        return Err(m.type_error("state vector must be a tuple"));
    };
    let items = items.to_vec();
    if items.len() != WORDS + 1 {
        return Err(m.value_error("state vector is the wrong size"));
    }
    let mut words = Box::new([0; WORDS]);
    for (word, item) in words.iter_mut().zip(&items) {
        *word = word_of(m, *item)?;
    }
    let Some(at) = m.heap.int_ref(items[WORDS]).map(|int| int.small().unwrap_or(i64::MAX)) else {
        let class = m.class_name(items[WORDS]);
        return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
    };
    if !(0..=WORDS as i64).contains(&at) {
        return Err(m.value_error("invalid state"));
    }
    *twister(m, args) = Twister { words, at: at as usize };
    Ok(Value::NONE.into())
}

/// A word of the state: the last 32 bits of an int that is not negative.
fn word_of(m: &mut Machine, item: Value) -> Result<u32, Raise> {
    let Some(int) = m.heap.int_ref(item).map(IntRef::to_int) else {
        return Err(m.type_error("an integer is required"));
    };
    if int.is_negative() {
        return Err(m.overflow_error("can't convert negative value to unsigned int"));
    }
    match int.into_big().magnitude().to_u64_digits()[..] {
        [] => Ok(0),
        [word] => Ok(word as u32),
        _ => Err(m.overflow_error("Python int too large to convert to C unsigned long")),
    }
}

/// So many bits are refused: they would not fit in memory.
const MOST_BITS: i64 = 1 << 27;

fn random_bits(m: &mut Machine, args: &Args) -> Eval {
    let wanted = m
        .heap
        .int_ref(args.at(1))
        .map_or(0, |bits| bits.small().unwrap_or(if bits.signum() < 0 { -1 } else { i64::MAX }));
    match wanted {
        ..0 => return Err(m.value_error("Cannot convert negative int")),
        0 => return Ok(m.heap.int(0).into()),
        1..=MOST_BITS => {}
        _ => return Err(m.out_of_memory()),
    }
    let twister = twister(m, args);
    let count = (wanted as usize).div_ceil(32);
    let spare = (count * 32) as i64 - wanted;
    let mut words: Vec<u32> = (0..count).map(|_| twister.next()).collect();
    if let Some(last) = words.last_mut() {
        *last >>= spare;
    }
    let number = BigInt::from_biguint(Sign::Plus, BigUint::new(words));
    Ok(m.heap.big_int(number).into())
}
