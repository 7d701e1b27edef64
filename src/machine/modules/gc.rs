//! The module `gc`.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::heap::GENERATIONS;
use super::super::native::Reason;
use super::super::object::Payload;
use super::super::object::function::NativeDef;
use super::super::object::head::Generation;
use super::super::raise::Raise;
use super::super::value::{Handle, Kind, Value};
use super::native::{Constant, NativeModule};

/// The flags of `gc.set_debug()`.
pub struct Debug;

impl Debug {
    /// Prints statistics.
    pub const STATS: i64 = 1;
    /// Prints what was found and can be freed.
    pub const COLLECTABLE: i64 = 2;
    /// Prints what was found and cannot be freed.
    pub const UNCOLLECTABLE: i64 = 4;
    /// Keeps all garbage in `gc.garbage`.
    pub const SAVEALL: i64 = 32;
    /// What helps to find a leak.
    pub const LEAK: i64 = Self::COLLECTABLE | Self::UNCOLLECTABLE | Self::SAVEALL;
}

/// The generations that objects are looked for in, the youngest first.
const KNOWN: [Generation; GENERATIONS] = [Generation::Young, Generation::Middle, Generation::Old];

static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("enable", Params::None, |m, _| {
        m.heap.collector.enabled = true;
        Ok(Value::NONE.into())
    }),
    NativeDef::function("disable", Params::None, |m, _| {
        m.heap.collector.enabled = false;
        Ok(Value::NONE.into())
    }),
    NativeDef::function("isenabled", Params::None, |m, _| Ok(Value::bool(m.heap.collector.enabled).into())),
    NativeDef::function("collect", Params::named(&["generation"], 0), |m, args| {
        let generation = match args.get(0) {
            Some(generation) => c_int(m, generation)?,
            None => GENERATIONS as i64 - 1,
        };
        match usize::try_from(generation) {
            Ok(generation) if generation < GENERATIONS => m.collect_garbage(generation, Reason::Asked),
            _ => Err(m.value_error("invalid generation")),
        }
    }),
    NativeDef::function("get_count", Params::None, |m, _| numbers(m, m.heap.collector.counts)),
    NativeDef::function("get_threshold", Params::None, |m, _| numbers(m, m.heap.collector.thresholds)),
    NativeDef::function("set_threshold", Params::Any, |m, args| {
        if args.positional() == 0 || args.positional() > GENERATIONS {
            return Err(m.type_error("gc.set_threshold requires 1 to 3 arguments"));
        }
        let mut thresholds = m.heap.collector.thresholds;
        for (threshold, wanted) in thresholds.iter_mut().zip(args.rest(0)) {
            *threshold = c_int(m, wanted)?;
        }
        m.heap.collector.thresholds = thresholds;
        Ok(Value::NONE.into())
    }),
    NativeDef::function("get_debug", Params::None, |m, _| Ok(m.heap.int(m.heap.collector.debug).into())),
    NativeDef::function("set_debug", Params::One, |m, args| {
        m.heap.collector.debug = c_int(m, args.at(0))?;
        Ok(Value::NONE.into())
    }),
    NativeDef::function("get_stats", Params::None, get_stats),
    NativeDef::function("get_objects", Params::named(&["generation"], 0), get_objects),
    NativeDef::function("get_referrers", Params::Any, get_referrers),
    NativeDef::function("get_referents", Params::Any, get_referents),
    NativeDef::function("is_tracked", Params::One, |m, args| {
        let tracked = args.at(0).handle().is_some_and(|handle| m.heap.is_tracked(handle));
        Ok(Value::bool(tracked).into())
    }),
    NativeDef::function("is_finalized", Params::One, |m, args| {
        let finalized = args.at(0).handle().is_some_and(|handle| m.heap.get(handle).head.is_finalized());
        Ok(Value::bool(finalized).into())
    }),
    NativeDef::function("freeze", Params::None, |m, _| {
        m.heap.freeze();
        Ok(Value::NONE.into())
    }),
    NativeDef::function("unfreeze", Params::None, |m, _| {
        m.heap.unfreeze();
        Ok(Value::NONE.into())
    }),
    NativeDef::function("get_freeze_count", Params::None, |m, _| {
        let count = m.heap.generation(Generation::Permanent).len();
        Ok(m.heap.int(count as i64).into())
    }),
];

/// `gc`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[FUNCTIONS],
    constants: &[
        ("DEBUG_STATS", Constant::Int(Debug::STATS)),
        ("DEBUG_COLLECTABLE", Constant::Int(Debug::COLLECTABLE)),
        ("DEBUG_UNCOLLECTABLE", Constant::Int(Debug::UNCOLLECTABLE)),
        ("DEBUG_SAVEALL", Constant::Int(Debug::SAVEALL)),
        ("DEBUG_LEAK", Constant::Int(Debug::LEAK)),
    ],
    fill: |m, dict| {
        for name in ["garbage", "callbacks"] {
            let list = m.heap.list(Vec::new());
            m.set_text_name(dict, name, list);
            let list = list.handle().expect("a list is a heap object");
            m.heap.retain_handle(list);
            let known = &mut m.heap.collector;
            let place = if name == "garbage" { &mut known.garbage } else { &mut known.callbacks };
            if let Some(old) = place.replace(list) {
                m.heap.release_handle(old);
            }
        }
    },
    ..NativeModule::new("gc", "The collector of objects that hold one another and that nothing else holds.")
};

/// An argument that CPython takes as a C int.
fn c_int(m: &mut Machine, value: Value) -> Result<i64, Raise> {
    let int = match value.kind() {
        Kind::Bool(value) => i64::from(value),
        _ => match m.heap.int_ref(value) {
            Some(int) => int.small().unwrap_or(i64::MAX),
            None => {
                let class = m.class_name(value);
                return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
            }
        },
    };
    if i32::try_from(int).is_err() {
        return Err(m.overflow_error("Python int too large to convert to C int"));
    }
    Ok(int)
}

fn numbers(m: &mut Machine, numbers: [i64; GENERATIONS]) -> Eval {
    let numbers = numbers.map(|number| m.heap.int(number)).to_vec();
    Ok(m.heap.tuple(numbers).into())
}

fn get_stats(m: &mut Machine, _args: &Args) -> Eval {
    let stats = m.heap.collector.stats;
    let dicts = stats.map(|stats| {
        let items = [
            ("collections", stats.collections),
            ("collected", stats.collected),
            ("uncollectable", stats.uncollectable),
        ];
        let items = items.map(|(name, number)| (m.heap.intern(name), m.heap.int(number as i64)));
        m.dict_from_names(&items)
    });
    Ok(m.heap.list(dicts.to_vec()).into())
}

/// The objects that the collector knows, the youngest generation first.
fn known(m: &mut Machine) -> Vec<Handle> {
    KNOWN.iter().flat_map(|generation| m.heap.generation(*generation)).collect()
}

fn get_objects(m: &mut Machine, args: &Args) -> Eval {
    let generation = args.some(0).map(|generation| c_int(m, generation)).transpose()?;
    let objects = match generation {
        None | Some(-1) => known(m),
        Some(generation) => match usize::try_from(generation) {
            Ok(generation) if generation < GENERATIONS => m.heap.generation(KNOWN[generation]),
            Ok(_) => {
                return Err(m.value_error(
                    "generation parameter must be less than the number of available generations (3)",
                ));
            }
            Err(_) => return Err(m.value_error("generation parameter cannot be negative")),
        },
    };
    let objects = objects.into_iter().map(Value::object).collect();
    Ok(m.heap.list(objects).into())
}

fn get_referrers(m: &mut Machine, args: &Args) -> Eval {
    let wanted: Vec<Value> = args.rest(0).collect();
    let mut found = Vec::new();
    for handle in known(m) {
        if let Payload::Class(_) = m.heap.payload(handle) {
            let [namespace, order, bases, base] = parts_of_class(m, handle);
            for tuple in [order, bases] {
                if m.tuple_items(tuple).iter().any(|item| wanted.contains(item)) {
                    found.push(tuple);
                }
            }
            if [namespace, order, bases, base].iter().any(|part| wanted.contains(part)) {
                found.push(Value::object(handle));
            }
            continue;
        }
        let mut holds = false;
        m.heap.each_referent(handle, &mut |value| holds |= wanted.contains(&value));
        if holds {
            found.push(Value::object(handle));
        }
    }
    Ok(m.heap.list(found).into())
}

/// What CPython's type objects hold.  The tuples are made anew: the machine keeps MRO and bases otherwise.
fn parts_of_class(m: &mut Machine, handle: Handle) -> [Value; 4] {
    let class = m.heap.class(handle);
    let (namespace, base) = (class.namespace, class.base.unwrap_or(handle));
    let order = class.mro.iter().copied().map(Value::object).collect();
    let bases = class.bases.iter().copied().map(Value::object).collect();
    let (order, bases) = (m.heap.tuple(order), m.heap.tuple(bases));
    [Value::object(namespace), order, bases, Value::object(base)]
}

fn get_referents(m: &mut Machine, args: &Args) -> Eval {
    let mut found = Vec::new();
    for value in args.rest(0).collect::<Vec<_>>() {
        let Some(handle) = value.handle().filter(|handle| m.heap.may_hold(*handle)) else { continue };
        match m.heap.payload(handle) {
            Payload::Dict(dict) => {
                let entries: Vec<_> = dict.iter().map(|entry| (entry.key, entry.value)).collect();
                let all_str = entries.iter().all(|(key, _)| m.heap.text_of(*key).is_some());
                for (key, value) in entries {
                    found.push(value);
                    found.extend((!all_str).then_some(key));
                }
            }
            Payload::Class(_) => found.extend(parts_of_class(m, handle)),
            _ => m.heap.each_referent(handle, &mut |value| found.push(value)),
        }
    }
    Ok(m.heap.list(found).into())
}
