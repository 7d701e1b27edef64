//! `itertools`: iterators over iterators, each with its state in [`tool::Tool`].

mod choose;
mod group;
mod new;
mod next;
mod tee;
mod tool;

use super::super::args::Params;
use super::super::object::class::TypeSpec;
use super::super::object::function::{NativeBody, NativeDef};
use super::super::object::types;
use super::super::protocol::wrappers_container as containers;
use super::super::value::Handle;
use super::native::NativeModule;

pub use new::{ToolNew, size as small_size};
pub use next::ToolNext;
pub use tool::Tool;

/// `itertools`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[NativeDef::function("tee", Params::Range(1, 2), |m, args| {
        m.with_indices("tee", args, &[1], super::super::native::Style::Plain, tee::tee)
    })]],
    types: &[
        &ACCUMULATE,
        &BATCHED,
        &CHAIN,
        &COMBINATIONS,
        &COMPRESS,
        &COUNT,
        &WITH_REPLACEMENT,
        &CYCLE,
        &DROPWHILE,
        &FILTERFALSE,
        &GROUPBY,
        &GROUPER,
        &ISLICE,
        &PAIRWISE,
        &PERMUTATIONS,
        &PRODUCT,
        &REPEAT,
        &STARMAP,
        &TAKEWHILE,
        &TEE,
        &TEE_DATA,
        &ZIP_LONGEST,
    ],
    ..NativeModule::new("itertools", "Iterators that go through others.")
};

const ITERATOR: &[&NativeDef] = &[&containers::ITER, &containers::NEXT];

const fn tool(handle: Handle, name: &'static str, natives: &'static [NativeDef]) -> TypeSpec {
    TypeSpec {
        module: "itertools",
        subclassable: true,
        natives,
        wrappers: ITERATOR,
        ..TypeSpec::new(handle, name)
    }
}

const fn made_by(params: Params, body: NativeBody) -> NativeDef {
    NativeDef::new(params, body)
}

/// Parameters that can be given by name, some of them by position.
const fn named(names: &'static [&'static str], required: usize, positional: usize) -> Params {
    Params::Named { names, required, positional }
}

static ACCUMULATE: TypeSpec = tool(
    types::ACCUMULATE,
    "accumulate",
    &[made_by(named(&["iterable", "func", "initial"], 1, 2), new::accumulate)],
);
static BATCHED: TypeSpec =
    tool(types::BATCHED, "batched", &[made_by(named(&["iterable", "n", "strict"], 2, 2), new::batched)]);
static CHAIN: TypeSpec = TypeSpec {
    wrappers: &[&containers::ITER, &containers::NEXT, &containers::CLASS_GETITEM],
    ..tool(
        types::CHAIN,
        "chain",
        &[
            made_by(Params::Any, new::chain),
            NativeDef::class_method("from_iterable", Params::One, new::chain_from_iterable),
        ],
    )
};
static COMBINATIONS: TypeSpec = tool(
    types::COMBINATIONS,
    "combinations",
    &[made_by(Params::named(&["iterable", "r"], 2), new::combinations)],
);
static COMPRESS: TypeSpec =
    tool(types::COMPRESS, "compress", &[made_by(Params::named(&["data", "selectors"], 2), new::compress)]);
static COUNT: TypeSpec = tool(
    types::COUNT,
    "count",
    &[
        made_by(Params::named(&["start", "step"], 0), new::count),
        NativeDef::wrapper("__repr__", Params::None, new::repr_of_count),
    ],
);
static WITH_REPLACEMENT: TypeSpec = tool(
    types::WITH_REPLACEMENT,
    "combinations_with_replacement",
    &[made_by(Params::named(&["iterable", "r"], 2), new::with_replacement)],
);
static CYCLE: TypeSpec = tool(types::CYCLE, "cycle", &[made_by(Params::Any, new::cycle)]);
static DROPWHILE: TypeSpec = tool(types::DROPWHILE, "dropwhile", &[made_by(Params::Any, new::dropwhile)]);
static FILTERFALSE: TypeSpec =
    tool(types::FILTERFALSE, "filterfalse", &[made_by(Params::Any, new::filterfalse)]);
static GROUPBY: TypeSpec =
    tool(types::GROUPBY, "groupby", &[made_by(Params::named(&["iterable", "key"], 1), new::groupby)]);
static GROUPER: TypeSpec = TypeSpec {
    subclassable: false,
    ..tool(types::GROUPER, "_grouper", &[made_by(Params::Any, new::new_grouper)])
};
static ISLICE: TypeSpec = tool(types::ISLICE, "islice", &[made_by(Params::Any, new::islice)]);
static PAIRWISE: TypeSpec = tool(types::PAIRWISE, "pairwise", &[made_by(Params::Any, new::pairwise)]);
static PERMUTATIONS: TypeSpec = tool(
    types::PERMUTATIONS,
    "permutations",
    &[made_by(Params::named(&["iterable", "r"], 1), new::permutations)],
);
static PRODUCT: TypeSpec = tool(types::PRODUCT, "product", &[made_by(Params::Any, new::product)]);
static REPEAT: TypeSpec = tool(
    types::REPEAT,
    "repeat",
    &[
        made_by(Params::named(&["object", "times"], 1), new::repeat),
        NativeDef::wrapper("__repr__", Params::None, new::repr_of_repeat),
        NativeDef::method("__length_hint__", Params::None, new::repeat_hint),
    ],
);
static STARMAP: TypeSpec = tool(types::STARMAP, "starmap", &[made_by(Params::Any, new::starmap)]);
static TAKEWHILE: TypeSpec = tool(types::TAKEWHILE, "takewhile", &[made_by(Params::Any, new::takewhile)]);
static TEE: TypeSpec = TypeSpec {
    subclassable: false,
    ..tool(
        types::TEE,
        "_tee",
        &[
            made_by(Params::Any, new::new_tee),
            NativeDef::method("__copy__", Params::None, |m, args| Ok(tee::copy(m, args.at(0)).into())),
        ],
    )
};
static TEE_DATA: TypeSpec =
    TypeSpec { module: "itertools", ..TypeSpec::new(types::TEE_DATA, "_tee_dataobject") };
static ZIP_LONGEST: TypeSpec =
    tool(types::ZIP_LONGEST, "zip_longest", &[made_by(Params::Any, new::zip_longest)]);
