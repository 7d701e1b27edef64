//! What `sys` tells of the interpreter in tuples whose items have names.

use super::super::super::Machine;
use super::super::super::object::class::{Accessor, Getter, TypeSpec};
use super::super::super::object::struct_sequence::{SINGLE, Shape, item, named_tuple};
use super::super::super::object::{Payload, types};
use super::super::super::value::{Handle, Value};

/// `sys.version`.
pub const VERSION: &str = "3.14.10 (wordcode) [Rust]";
/// `sys.hexversion`.
pub const HEX_VERSION: i64 = 0x030E_0AF0;

/// The types of these tuples.
pub const SPECS: [&TypeSpec; 8] = [
    &super::hooks::UNRAISABLE_ARGS,
    &TypeSpec {
        accessors: &[item::<0>("firstiter"), item::<1>("finalizer")],
        module: "builtins",
        ..named_tuple(types::ASYNC_HOOKS, "asyncgen_hooks")
    },
    &TypeSpec {
        accessors: &[
            item::<0>("major"),
            item::<1>("minor"),
            item::<2>("micro"),
            item::<3>("releaselevel"),
            item::<4>("serial"),
        ],
        natives: SINGLE,
        ..named_tuple(types::VERSION_INFO, "version_info")
    },
    &TypeSpec {
        accessors: &[
            item::<0>("max"),
            item::<1>("max_exp"),
            item::<2>("max_10_exp"),
            item::<3>("min"),
            item::<4>("min_exp"),
            item::<5>("min_10_exp"),
            item::<6>("dig"),
            item::<7>("mant_dig"),
            item::<8>("epsilon"),
            item::<9>("radix"),
            item::<10>("rounds"),
        ],
        ..named_tuple(types::FLOAT_INFO, "float_info")
    },
    &TypeSpec {
        accessors: &[
            item::<0>("bits_per_digit"),
            item::<1>("sizeof_digit"),
            item::<2>("default_max_str_digits"),
            item::<3>("str_digits_check_threshold"),
        ],
        ..named_tuple(types::INT_INFO, "int_info")
    },
    &TypeSpec {
        accessors: &[
            item::<0>("width"),
            item::<1>("modulus"),
            item::<2>("inf"),
            item::<3>("nan"),
            item::<4>("imag"),
            item::<5>("algorithm"),
            item::<6>("hash_bits"),
            item::<7>("seed_bits"),
            item::<8>("cutoff"),
        ],
        ..named_tuple(types::HASH_INFO, "hash_info")
    },
    &TypeSpec { accessors: FLAGS, natives: SINGLE, ..named_tuple(types::SYS_FLAGS, "flags") },
    &TypeSpec {
        accessors: &[item::<0>("name"), item::<1>("lock"), item::<2>("version")],
        ..named_tuple(types::THREAD_INFO, "thread_info")
    },
];

/// The items of `sys.flags`.
const FLAGS: &[Accessor] = &[
    item::<0>("debug"),
    item::<1>("inspect"),
    item::<2>("interactive"),
    item::<3>("optimize"),
    item::<DONT_WRITE_BYTECODE>("dont_write_bytecode"),
    item::<5>("no_user_site"),
    item::<6>("no_site"),
    item::<7>("ignore_environment"),
    item::<8>("verbose"),
    item::<9>("bytes_warning"),
    item::<10>("quiet"),
    item::<11>("hash_randomization"),
    item::<12>("isolated"),
    item::<DEV_MODE>("dev_mode"),
    item::<14>("utf8_mode"),
    item::<15>("warn_default_encoding"),
    item::<SAFE_PATH>("safe_path"),
    item::<MAX_DIGITS>("int_max_str_digits"),
    // No items, in the default build of CPython.
    beyond("gil", |m, flags| Ok(Shape::hidden_value(m, flags, "gil").into())),
    beyond("thread_inherit_context", |m, flags| {
        Ok(Shape::hidden_value(m, flags, "thread_inherit_context").into())
    }),
    beyond("context_aware_warnings", |m, flags| {
        Ok(Shape::hidden_value(m, flags, "context_aware_warnings").into())
    }),
];
const fn beyond(name: &'static str, get: Getter) -> Accessor {
    Accessor::read_only(name, get).as_member()
}

const FLAG_ITEMS: usize = 18;
const DONT_WRITE_BYTECODE: usize = 4;
const DEV_MODE: usize = 13;
const SAFE_PATH: usize = 16;
const MAX_DIGITS: usize = 17;

impl Machine {
    /// Enters `sys.flags` in the dict of the module.
    pub(super) fn add_sys_flags(&mut self, dict: Handle, keeps_nothing: bool, safe_path: bool) {
        let mut items = vec![self.heap.int(0); FLAG_ITEMS];
        items[DONT_WRITE_BYTECODE] = self.heap.int(keeps_nothing.into());
        items[DEV_MODE] = Value::FALSE;
        items[SAFE_PATH] = Value::bool(safe_path);
        items[MAX_DIGITS] = self.heap.int(4300);
        let beyond = [1, 0, 0].map(|number| self.heap.int(number));
        let shape = Shape::of(types::SYS_FLAGS).expect("they are a struct sequence");
        let flags = shape.make(self, items, &beyond);
        self.set_text_name(dict, "flags", flags);
    }

    /// Changes `sys.flags.int_max_str_digits`.
    pub(super) fn set_flag_of_digits(&mut self, limit: i64) {
        let name = self.text_handle("flags");
        let Some(flags) = self.sys_attribute(name).and_then(Value::handle) else { return };
        if self.heap.get(flags).class != types::SYS_FLAGS {
            return;
        }
        let limit = self.heap.int(limit);
        if let Payload::Tuple(items) = self.heap.payload_mut(flags) {
            items[MAX_DIGITS] = limit;
        }
    }

    /// Enters `sys.implementation`, `sys.thread_info` and the like, which need the tuples.
    pub(super) fn add_sys_implementation(&mut self, dict: Handle) {
        let thread = ["pthread", "semaphore"].map(|text| self.heap.intern(text));
        let items = vec![thread[0], thread[1], Value::NONE];
        let thread = self.heap.alloc(types::THREAD_INFO, Payload::Tuple(items.into()));
        self.set_text_name(dict, "thread_info", Value::object(thread));
        let version = self.text_handle("version_info");
        let version = self.heap.get_name(dict, version).unwrap_or(Value::NONE);
        let namespace = self.heap.alloc(types::SIMPLE_NAMESPACE, Payload::Plain);
        let attributes = self.heap.attributes(namespace);
        let (name, tag) = (self.heap.intern("cpython"), self.heap.intern("cpython-314"));
        let (hex, machine) = (self.heap.int(HEX_VERSION), self.heap.intern("x86_64-linux-gnu"));
        for (key, value) in [
            ("name", name),
            ("cache_tag", tag),
            ("version", version),
            ("hexversion", hex),
            ("_multiarch", machine),
            ("supports_isolated_interpreters", Value::TRUE),
        ] {
            self.set_text_name(attributes, key, value);
        }
        self.set_text_name(dict, "implementation", Value::object(namespace));
    }

    /// Enters the tuples in the dict of the module.
    pub(super) fn add_sys_info(&mut self, dict: Handle) {
        let ints = |m: &mut Self, numbers: &[i64]| -> Vec<Value> {
            numbers.iter().map(|number| m.heap.int(*number)).collect()
        };
        let mut version = ints(self, &[3, 14, 10]);
        version.extend([self.heap.intern("final"), self.heap.int(0)]);
        let mut float = vec![self.heap.float(f64::MAX)];
        float.extend(ints(self, &[1024, 308]));
        float.push(self.heap.float(f64::MIN_POSITIVE));
        float.extend(ints(self, &[-1021, -307, 15, 53]));
        float.push(self.heap.float(f64::EPSILON));
        float.extend(ints(self, &[2, 1]));
        let int = ints(self, &[30, 4, 4300, 640]);
        let mut hash = ints(self, &[64, (1 << 61) - 1, 314_159, 0, 1_000_003]);
        hash.push(self.heap.intern("siphash13"));
        hash.extend(ints(self, &[64, 128, 0]));
        for (name, class, items) in [
            ("version_info", types::VERSION_INFO, version),
            ("float_info", types::FLOAT_INFO, float),
            ("int_info", types::INT_INFO, int),
            ("hash_info", types::HASH_INFO, hash),
        ] {
            let tuple = self.heap.alloc(class, Payload::Tuple(items.into()));
            self.set_text_name(dict, name, Value::object(tuple));
        }
    }
}
