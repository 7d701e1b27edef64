//! `_lru_cache_wrapper`: what a function returned, kept by its arguments.

use std::collections::BTreeMap;

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::heap::Heap;
use super::super::super::names;
use super::super::super::native::{DictAction, Do, Got, Steps, Stepwise};
use super::super::super::object::class::TypeSpec;
use super::super::super::object::extension::Extension;
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Kind, Value};

/// `functools._lru_cache_wrapper`.
pub static WRAPPER: TypeSpec = TypeSpec {
    module: "functools",
    has_dict: true,
    natives: &[
        NativeDef::new(Params::Any, new),
        NativeDef::wrapper("__call__", Params::Any, call),
        NativeDef::wrapper("__get__", Params::Range(1, 2), super::bind_as_method),
        NativeDef::method("cache_info", Params::None, info),
        NativeDef::method("cache_clear", Params::None, clear),
        NativeDef::method("__reduce__", Params::None, |m, args| m.get_attr(args.at(0), names::QUALNAME)),
        NativeDef::method("__copy__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::method("__deepcopy__", Params::AtLeast(0), |_, args| Ok(args.at(0).into())),
    ],
    ..TypeSpec::new(types::LRU_CACHE_WRAPPER, "_lru_cache_wrapper")
};

/// An entry of a cache with a limit: key, result, hash, and when it was used last.
pub static LINK: TypeSpec =
    TypeSpec { module: "functools", ..TypeSpec::new(types::LRU_LINK, "_lru_list_elem") };

/// A function and what it returned.
#[derive(Clone, Debug, Hash)]
pub struct LruCache {
    function: Value,
    /// How many results are kept; `None` for all.
    limit: Option<usize>,
    /// Whether arguments of different types are different.
    typed: bool,
    /// A dict: results by key, or with a limit, entries by key.
    results: Value,
    /// Stands between positional and keyword arguments in a key.
    mark: Value,
    /// What `cache_info()` calls.
    info: Value,
    hits: i64,
    misses: i64,
    /// The entries by when they were used last.  The dict is what holds them.
    used: BTreeMap<u64, Handle>,
    /// Uses so far.
    clock: u64,
}

impl LruCache {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.function, self.results, self.mark, self.info].into_iter().for_each(visit);
    }
}

fn cache(m: &Machine, wrapper: Value) -> &LruCache {
    match m.heap.payload_of(wrapper) {
        Some(Payload::Extension(extension)) => {
            let Extension::LruCache(cache) = &**extension else { panic!("a cache is there") };
            cache
        }
        _ => panic!("a cache is there"),
    }
}

fn cache_mut(m: &mut Machine, wrapper: Value) -> &mut LruCache {
    match m.heap.payload_mut(wrapper.handle().expect("a cache is a heap object")) {
        Payload::Extension(extension) => {
            let Extension::LruCache(cache) = &mut **extension else { panic!("a cache is there") };
            cache
        }
        _ => panic!("a cache is there"),
    }
}

fn new(m: &mut Machine, args: &Args) -> Eval {
    const NAMES: [&str; 4] = ["user_function", "maxsize", "typed", "cache_info_type"];
    let class = m.class_argument(args)?;
    let args = m.bind_as("lru_cache", &NAMES, 4, &args.without_first())?;
    if !m.is_callable(args.at(0)) {
        return Err(m.type_error("the first argument must be callable"));
    }
    let (maxsize, class) = (args.at(1), Value::object(class));
    if !maxsize.is_none()
        && m.heap.int_ref(maxsize).is_none()
        && m.heap.special(maxsize, names::INDEX).is_none()
    {
        return Err(m.type_error("maxsize should be integer or None"));
    }
    let truth = m.truth(args.at(2))?;
    let args = Args::new([args.at(0), maxsize, args.at(2), args.at(3), class]);
    m.continue_with("lru_cache", truth, args, 2, |m, args| {
        if args.some(1).is_none() {
            return made(m, args, None);
        }
        let limit = m.index(args.at(1))?;
        m.continue_with("lru_cache", limit, args.clone(), 1, |m, args| {
            let limit = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?;
            made(m, args, Some(limit.max(0) as usize))
        })
    })
}

fn made(m: &mut Machine, args: &Args, limit: Option<usize>) -> Eval {
    let results = Value::object(m.heap.new_dict());
    let mark = Value::object(m.heap.alloc(types::OBJECT, Payload::Plain));
    let cache = LruCache {
        function: args.at(0),
        limit,
        typed: args.at(2) == Value::TRUE,
        results,
        mark,
        info: args.at(3),
        hits: 0,
        misses: 0,
        used: BTreeMap::new(),
        clock: 0,
    };
    let class = args.at(4).handle().expect("a class is a heap object");
    let payload = Payload::Extension(Box::new(Extension::LruCache(cache)));
    Ok(Value::object(m.heap.alloc(class, payload)).into())
}

fn info(m: &mut Machine, args: &Args) -> Eval {
    let cache = cache(m, args.at(0));
    let (info, limit, hits, misses) = (cache.info, cache.limit, cache.hits, cache.misses);
    let size = m.heap.dict(cache.results.handle().expect("a dict is a heap object")).len();
    let limit = limit.map_or(Value::NONE, |limit| m.heap.int(limit as i64));
    let [hits, misses, size] = [hits, misses, size as i64].map(|number| m.heap.int(number));
    m.call(info, Args::new([hits, misses, limit, size]))
}

fn clear(m: &mut Machine, args: &Args) -> Eval {
    let cache = cache_mut(m, args.at(0));
    (cache.hits, cache.misses) = (0, 0);
    cache.used.clear();
    let results = cache.results.handle().expect("a dict is a heap object");
    m.heap.clear_dict(results);
    Ok(Value::NONE.into())
}

/// What the results of a call are kept by.
fn key_of(m: &mut Machine, wrapper: Value, positional: Value, args: &Args) -> Value {
    let cache = cache(m, wrapper);
    let (typed, mark) = (cache.typed, cache.mark);
    let keywords: Vec<(Value, Value)> = args.keywords().collect();
    if !typed && keywords.is_empty() {
        return match *m.tuple_items(positional) {
            [only] if matches!(m.heap.class_of(only), types::STR | types::INT) => only,
            _ => positional,
        };
    }
    let mut key = m.tuple_items(positional).to_vec();
    let count = key.len();
    if !keywords.is_empty() {
        key.push(mark);
        key.extend(keywords.iter().flat_map(|(name, value)| [*name, *value]));
    }
    if typed {
        let of = |value: &Value| Value::object(m.heap.class_of(*value));
        let classes: Vec<Value> =
            key[..count].iter().map(of).chain(keywords.iter().map(|(_, value)| of(value))).collect();
        key.extend(classes);
    }
    m.heap.tuple(key)
}

fn call(m: &mut Machine, args: &Args) -> Eval {
    let wrapper = args.at(0);
    let args = args.without_first();
    let known = cache(m, wrapper);
    let phase = if known.limit == Some(0) { Phase::Pass } else { Phase::Hash };
    let positional = args.rest(0).collect();
    let positional = m.heap.tuple(positional);
    let key = if phase == Phase::Pass { positional } else { key_of(m, wrapper, positional, &args) };
    let absent = Value::object(m.heap.alloc(types::OBJECT, Payload::Plain));
    m.begin(CachedCall::new(Cached { wrapper, positional, args, key, hash: 0, absent, result: None, phase }))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// Nothing is kept: the function is called, and that is all.
    Pass,
    /// The key's hash is asked for.
    Hash,
    /// The key is looked for.
    Find,
    /// The function runs.
    Call,
    /// The key is looked for again: the function may have called itself.
    FindAgain,
    /// The entry used least is taken out.
    Drop,
    /// The result is put in.
    Keep,
}

/// A call of a function with a cache.
#[derive(Clone, Debug, Hash)]
pub struct Cached {
    wrapper: Value,
    /// The tuple of positional arguments.
    positional: Value,
    args: Args,
    key: Value,
    hash: i64,
    /// An object that nothing else is, for a key that is not there.
    absent: Value,
    result: Option<Value>,
    phase: Phase,
}

/// See [`Cached`].
pub type CachedCall = Steps<Cached>;

impl Cached {
    fn results(&self, m: &Machine) -> Handle {
        cache(m, self.wrapper).results.handle().expect("a dict is a heap object")
    }

    fn act(
        &mut self,
        m: &mut Machine,
        phase: Phase,
        key: Value,
        hash: i64,
        action: DictAction,
    ) -> Result<Do, Raise> {
        self.phase = phase;
        let results = self.results(m);
        Ok(m.dict_act_hashed(results, key, hash, action)?.into())
    }

    /// The key is there: its result, which has now been used last.
    fn hit(&self, m: &mut Machine, found: Value) -> Value {
        let cache = cache_mut(m, self.wrapper);
        cache.hits += 1;
        if cache.limit.is_none() {
            return found;
        }
        touch(m, self.wrapper, found);
        link_part(m, found, RESULT)
    }

    fn run(&self, m: &mut Machine) -> Result<Do, Raise> {
        let cache = cache_mut(m, self.wrapper);
        cache.misses += 1;
        let function = cache.function;
        Ok(m.call(function, self.args.clone())?.into())
    }

    fn called(&mut self, m: &mut Machine, result: Value) -> Result<Do, Raise> {
        self.result = Some(result);
        let absent = self.absent;
        if cache(m, self.wrapper).limit.is_none() {
            return self.act(m, Phase::Keep, self.key, self.hash, DictAction::Set(result));
        }
        self.act(m, Phase::FindAgain, self.key, self.hash, DictAction::Get(absent))
    }

    /// Makes room for a new entry, if need be, and puts it in.
    fn keep(&mut self, m: &mut Machine, result: Value) -> Result<Do, Raise> {
        let results = self.results(m);
        let size = m.heap.dict(results).len();
        let cache = cache(m, self.wrapper);
        let oldest = cache.used.first_key_value().map(|(_, link)| Value::object(*link));
        if let Some(oldest) = oldest.filter(|_| cache.limit.is_some_and(|limit| size >= limit)) {
            let (key, hash) = (link_part(m, oldest, KEY), link_hash(m, oldest));
            forget(m, self.wrapper, oldest);
            let absent = self.absent;
            return self.act(m, Phase::Drop, key, hash, DictAction::Pop(Some(absent)));
        }
        self.put(m, result)
    }

    fn put(&mut self, m: &mut Machine, result: Value) -> Result<Do, Raise> {
        let (hash, stamp) = (m.heap.int(self.hash), m.heap.int(0));
        let parts = [self.key, result, hash, stamp].map(Some);
        let link = Value::object(m.heap.alloc(types::LRU_LINK, Payload::Slots(Box::new(parts))));
        touch(m, self.wrapper, link);
        self.act(m, Phase::Keep, self.key, self.hash, DictAction::Set(link))
    }
}

const KEY: usize = 0;
const RESULT: usize = 1;
const HASH: usize = 2;
const STAMP: usize = 3;

fn link_part(m: &Machine, link: Value, index: usize) -> Value {
    match m.heap.payload_of(link) {
        Some(Payload::Slots(slots)) => slots[index].expect("an entry has all its parts"),
        _ => panic!("an entry has slots"),
    }
}

fn link_number(m: &Machine, link: Value, index: usize) -> i64 {
    match link_part(m, link, index).kind() {
        Kind::Int(number) => number,
        _ => panic!("an entry has its hash and its stamp"),
    }
}

fn link_hash(m: &Machine, link: Value) -> i64 {
    link_number(m, link, HASH)
}

/// Takes an entry out of the order of use.
fn forget(m: &mut Machine, wrapper: Value, link: Value) {
    let stamp = link_number(m, link, STAMP) as u64;
    let cache = cache_mut(m, wrapper);
    if cache.used.get(&stamp).copied() == link.handle() {
        cache.used.remove(&stamp);
    }
}

/// Makes an entry the one used last.
fn touch(m: &mut Machine, wrapper: Value, link: Value) {
    forget(m, wrapper, link);
    let handle = link.handle().expect("an entry is a heap object");
    let cache = cache_mut(m, wrapper);
    cache.clock += 1;
    let stamp = cache.clock;
    cache.used.insert(stamp, handle);
    let stamp = m.heap.int(stamp as i64);
    // An int is no object of the heap: there is nothing to count.
    if let Payload::Slots(slots) = m.heap.payload_mut(handle) {
        slots[STAMP] = Some(stamp);
    }
}

impl Stepwise for Cached {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let value = match got {
            Got::Value(value) => value,
            Got::Start if self.phase == Phase::Pass => return self.run(m),
            Got::Start => return Ok(m.hash(self.key)?.into()),
            Got::End | Got::Raised(_) => panic!("a cache takes no items and catches nothing"),
        };
        match self.phase {
            Phase::Hash => {
                self.hash = m.hash_from_result(value)?;
                let absent = self.absent;
                self.act(m, Phase::Find, self.key, self.hash, DictAction::Get(absent))
            }
            Phase::Find if value != self.absent => Ok(Do::Done(self.hit(m, value))),
            Phase::Find => {
                self.phase = Phase::Call;
                self.run(m)
            }
            Phase::Pass => Ok(Do::Done(value)),
            Phase::Call => self.called(m, value),
            Phase::FindAgain | Phase::Drop | Phase::Keep => {
                let result = self.result.expect("the function has returned");
                match self.phase {
                    Phase::FindAgain if value == self.absent => self.keep(m, result),
                    // What was to be dropped is gone already: the new result is not kept either.
                    Phase::Drop if value != self.absent => self.put(m, result),
                    _ => Ok(Do::Done(result)),
                }
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.wrapper, self.positional, self.absent].into_iter().for_each(&mut *visit);
        if self.key != self.positional {
            visit(self.key);
        }
        // The caller has the arguments, and so has the tuple, or the dict, that CPython makes of them.
        self.args.each_value(visit);
        self.args.keywords().for_each(|(_, value)| visit(value));
        if self.args.keywords().next().is_some() && matches!(self.phase, Phase::Call | Phase::Pass) {
            // Both are unpacked for the call.
            self.args.rest(0).for_each(&mut *visit);
            self.args.keywords().for_each(|(_, value)| visit(value));
        }
        self.result.into_iter().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Hash => "lru_cache: hashing the arguments",
            Phase::Find | Phase::FindAgain => "lru_cache: looking for the arguments",
            Phase::Call | Phase::Pass => "lru_cache: waiting for the function",
            Phase::Drop => "lru_cache: dropping the result used least",
            Phase::Keep => "lru_cache: keeping the result",
        }
        .to_owned()
    }
}
