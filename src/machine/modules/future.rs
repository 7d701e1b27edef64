//! The module `__future__`: when each feature came, or will come.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Part;
use super::super::object::class::{Accessor, TypeSpec};
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::value::{Handle, Value};
use super::native::{NativeModule, StandsIn};

/// A version as `sys.version_info` gives it.
type Version = (i64, i64, i64, &'static str, i64);

/// Name, the first version that has it for those who ask, the version that has it always, compiler flag.
const FEATURES: &[(&str, Version, Option<Version>, i64)] = &[
    ("nested_scopes", (2, 1, 0, "beta", 1), Some((2, 2, 0, "alpha", 0)), 0x10),
    ("generators", (2, 2, 0, "alpha", 1), Some((2, 3, 0, "final", 0)), 0),
    ("division", (2, 2, 0, "alpha", 2), Some((3, 0, 0, "alpha", 0)), 0x2_0000),
    ("absolute_import", (2, 5, 0, "alpha", 1), Some((3, 0, 0, "alpha", 0)), 0x4_0000),
    ("with_statement", (2, 5, 0, "alpha", 1), Some((2, 6, 0, "alpha", 0)), 0x8_0000),
    ("print_function", (2, 6, 0, "alpha", 2), Some((3, 0, 0, "alpha", 0)), 0x10_0000),
    ("unicode_literals", (2, 6, 0, "alpha", 2), Some((3, 0, 0, "alpha", 0)), 0x20_0000),
    ("barry_as_FLUFL", (3, 1, 0, "alpha", 2), Some((4, 0, 0, "alpha", 0)), 0x40_0000),
    ("generator_stop", (3, 5, 0, "beta", 1), Some((3, 7, 0, "alpha", 0)), 0x80_0000),
    ("annotations", (3, 7, 0, "beta", 1), None, 0x100_0000),
];

/// `__future__._Feature`.
static FEATURE: TypeSpec = TypeSpec {
    module: "__future__",
    natives: &[
        NativeDef::method("getOptionalRelease", Params::None, |m, args: &Args| part::<0>(m, args.at(0))),
        NativeDef::method("getMandatoryRelease", Params::None, |m, args: &Args| part::<1>(m, args.at(0))),
        NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| m.repr_of_feature(args.at(0))),
    ],
    accessors: &[
        Accessor::read_only("optional", part::<0>),
        Accessor::read_only("mandatory", part::<1>),
        Accessor::read_only("compiler_flag", part::<2>),
    ],
    ..TypeSpec::new(types::FEATURE, "_Feature")
};

fn part<const N: usize>(m: &mut Machine, feature: Value) -> Eval {
    match m.heap.payload_of(feature) {
        Some(Payload::Slots(parts)) => Ok(parts[N].unwrap_or(Value::NONE).into()),
        _ => panic!("an attribute of features is asked of one"),
    }
}

/// `__future__`.
pub static MODULE: NativeModule = NativeModule {
    types: &[&FEATURE],
    fill: Machine::fill_future,
    stands_in: StandsIn::Always,
    ..NativeModule::new("__future__", "When each feature that a program may ask for came, or will come.")
};

impl Machine {
    fn fill_future(&mut self, dict: Handle) {
        let mut names = Vec::with_capacity(FEATURES.len());
        for (name, optional, mandatory, flag) in FEATURES {
            let optional = self.version(*optional);
            let mandatory = mandatory.map_or(Value::NONE, |version| self.version(version));
            let flag = self.heap.int(*flag);
            let parts = [optional, mandatory, flag].map(Some);
            let feature = self.heap.alloc(types::FEATURE, Payload::Slots(Box::new(parts)));
            self.set_text_name(dict, name, Value::object(feature));
            names.push(self.heap.intern(*name));
        }
        let names = self.heap.list(names);
        self.set_text_name(dict, "all_feature_names", names);
    }

    fn version(&mut self, (major, minor, micro, level, serial): Version) -> Value {
        let mut items: Vec<Value> = [major, minor, micro].map(|number| self.heap.int(number)).to_vec();
        items.extend([self.heap.intern(level), self.heap.int(serial)]);
        self.heap.tuple(items)
    }

    /// `_Feature((3, 7, 0, 'beta', 1), None, 16777216)`.
    pub(in crate::machine) fn repr_of_feature(&mut self, feature: Value) -> Eval {
        let parts = match self.heap.payload_of(feature) {
            Some(Payload::Slots(parts)) => parts.iter().map(|part| part.unwrap_or(Value::NONE)).collect(),
            _ => Vec::new(),
        };
        let items = self.heap.tuple(parts);
        self.compose(vec!["_Feature".into(), Part::Repr(items)])
    }
}
