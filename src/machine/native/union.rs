//! Unions of types: which members are the same is told by their hashes and `==`, as in a set; members that have no
//! hash are compared one by one.

use super::{Do, Got, Part, SetAction, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::object::union::Union;
use crate::machine::object::{Payload, types};
use crate::machine::protocol::compare::Comparison;
use crate::machine::raise::Raise;
use crate::machine::table::Set;
use crate::machine::value::{Handle, Value};

/// What is said of a member that is no type.
const NO_TYPE: &str = "Union[arg, ...]: each arg must be a type.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The next member is looked at.
    Next,
    /// `typing` is imported, which knows whether the member is a type.
    Import,
    /// `typing` says what it makes of the member.
    Check,
    /// The hash of the member is asked.
    Hash,
    /// Whether the set of members has it.
    Look,
    /// It goes into the set.
    Add,
    /// Whether the list of members without a hash has it.
    Search,
}

/// Makes a union.
#[derive(Clone, Debug, Hash)]
pub struct Making {
    /// What the union is made of.
    operands: Vec<Value>,
    /// Whether they need be no types, and `typing` is asked about those that are none.
    checked: bool,
    /// The members still to be looked at, the next one last.  What is given holds them.
    pending: Vec<Value>,
    /// The member that is looked at.
    member: Value,
    /// Whether `typing` made it.
    made: bool,
    /// Lists of all members and of those without a hash, and the set of those that have one.
    lists: Option<(Handle, Handle, Option<Handle>)>,
    phase: Phase,
}

/// See [`Making`].
pub type UnionMaking = Steps<Making>;

impl UnionMaking {
    /// `left | right`.
    pub fn either(left: Value, right: Value, checked: bool) -> Self {
        Making::of(vec![left, right], vec![right, left], checked)
    }

    /// `Union[given]`, where `given` may be a tuple of types.
    pub fn all(given: Value) -> Self {
        Making::of(vec![given], Vec::new(), true)
    }
}

impl Making {
    const fn of(operands: Vec<Value>, pending: Vec<Value>, checked: bool) -> UnionMaking {
        Steps::new(Self {
            operands,
            checked,
            pending,
            member: Value::NONE,
            made: false,
            lists: None,
            phase: Phase::Next,
        })
    }

    fn start(&mut self, m: &mut Machine) {
        let all = m.heap.list(Vec::new()).handle().expect("a list is a heap object");
        self.lists = Some((all, m.heap.new_set(types::SET, Set::new()), None));
        if let [given] = self.operands[..] {
            self.pending = match m.heap.payload_of(given) {
                Some(Payload::Tuple(items)) => items.iter().rev().copied().collect(),
                _ => vec![given],
            };
        }
    }

    fn lists(&self) -> (Handle, Handle, Option<Handle>) {
        self.lists.expect("they are made first")
    }

    /// Takes the next member; `None` where there is none left.
    fn take(&mut self, m: &mut Machine) -> Result<Option<Do>, Raise> {
        while let Some(next) = self.pending.pop() {
            if let Some(Payload::Union(union)) = m.heap.payload_of(next) {
                self.pending.extend(m.tuple_items(union.members).iter().rev());
                continue;
            }
            self.member = if next.is_none() { Value::object(types::NONE_TYPE) } else { next };
            self.made = false;
            if !self.checked || m.is_unionable(self.member) {
                return self.hash(m).map(Some);
            }
            // Where no program has imported typing, which CPython does by itself, what needs no `ForwardRef` is told
            // here.
            if m.loaded_module("typing").is_some() || m.heap.text_of(self.member).is_some() {
                self.phase = Phase::Import;
                let typing = m.text_handle("typing");
                return Ok(Some(m.import(typing, None, None, 0)?.into()));
            }
            if m.heap.class_of(self.member) == types::TUPLE {
                return Ok(Some(Do::Tail(no_type(m, self.member)?)));
            }
            return self.hash(m).map(Some);
        }
        Ok(None)
    }

    fn check(&mut self, m: &mut Machine, typing: Value) -> Eval {
        self.phase = Phase::Check;
        let name = m.text_handle("_type_check");
        let check = m.get_attr(typing, name)?;
        let message = m.heap.str(NO_TYPE);
        let args = Args::new([Value::NONE, self.member, message]);
        m.continue_with("Union", check, args, 0, |m, args| m.call(args.at(0), args.without_first()))
    }

    fn hash(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        self.phase = Phase::Hash;
        Ok(m.hash(self.member)?.into())
    }

    /// The member is a new one.
    fn keep(&self, m: &mut Machine) {
        append(m, self.lists().0, self.member);
    }

    fn finish(&self, m: &mut Machine) -> Result<Do, Raise> {
        let (all, hashable, unhashable) = self.lists();
        let members = items(m, all);
        match members[..] {
            [] => Err(m.type_error("Cannot take a Union of no types.")),
            [only] => Ok(Do::Done(only)),
            _ => {
                let members = m.heap.tuple(members);
                let keys = m.heap.set(hashable).copy();
                let hashable = Value::object(m.heap.new_set(types::FROZENSET, keys));
                let unhashable = unhashable.map(|list| {
                    let items = items(m, list);
                    m.heap.tuple(items)
                });
                Ok(Do::Done(m.new_union(Union { members, hashable, unhashable, parameters: None })))
            }
        }
    }
}

/// What a tuple cannot be.
fn no_type(m: &mut Machine, member: Value) -> Eval {
    let text = m.compose(vec![Part::Repr(member)])?;
    m.continue_with("Union", text, Args::new([Value::NONE]), 0, |m, args| {
        let shown: String = m.str_text(args.at(0)).to_string_lossy().chars().take(100).collect();
        Err(m.type_error(format!("{NO_TYPE} Got {shown}.")))
    })
}

fn items(m: &Machine, list: Handle) -> Vec<Value> {
    match m.heap.payload(list) {
        Payload::List(items) => items.to_vec(),
        _ => panic!("the members are in lists"),
    }
}

fn append(m: &mut Machine, list: Handle, value: Value) {
    m.heap.retain(value);
    if let Payload::List(items) = m.heap.payload_mut(list) {
        items.push(value);
    }
}

impl Stepwise for Making {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.phase, got) {
            (Phase::Next, _) => self.start(m),
            (Phase::Import, Got::Value(typing)) => return Ok(self.check(m, typing)?.into()),
            (Phase::Check, Got::Value(member)) => {
                self.made = member != self.member;
                self.member = member;
                return self.hash(m);
            }
            (Phase::Hash, Got::Value(_)) => {
                self.phase = Phase::Look;
                return Ok(m.set_act(self.lists().1, self.member, SetAction::Contains)?.into());
            }
            (Phase::Hash, _) => match self.lists() {
                (_, _, Some(list)) => {
                    self.phase = Phase::Search;
                    return Ok(m.contains(Value::object(list), self.member)?.into());
                }
                (all, hashable, None) => {
                    let list = m.heap.list(vec![self.member]).handle().expect("a list is a heap object");
                    self.lists = Some((all, hashable, Some(list)));
                    self.keep(m);
                }
            },
            (Phase::Look | Phase::Search, Got::Value(Value::TRUE)) => {}
            (Phase::Look, _) => {
                self.phase = Phase::Add;
                return Ok(m.set_act(self.lists().1, self.member, SetAction::Add)?.into());
            }
            (Phase::Add, _) => self.keep(m),
            (Phase::Search, _) => {
                if let (_, _, Some(list)) = self.lists() {
                    append(m, list, self.member);
                }
                self.keep(m);
            }
            (Phase::Import | Phase::Check, Got::Start | Got::End | Got::Raised(_)) => {
                panic!("an import and a call give a value")
            }
        }
        match self.take(m)? {
            Some(wanted) => Ok(wanted),
            None => self.finish(m),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.operands.iter().copied().for_each(&mut *visit);
        if self.made {
            visit(self.member);
        }
        if let Some((all, hashable, unhashable)) = self.lists {
            [Some(all), Some(hashable), unhashable].into_iter().flatten().map(Value::object).for_each(visit);
        }
    }

    fn borrows(&self, _heap: &Heap, visit: &mut impl FnMut(Value)) {
        visit(self.member);
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Next => "Union: taking the next member",
            Phase::Import | Phase::Check => "Union: is it a type?",
            Phase::Hash => "Union: waiting for the hash of a member",
            Phase::Look | Phase::Add | Phase::Search => "Union: is the member there already?",
        }
        .to_owned()
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        // Whatever goes wrong, the member has no hash.
        self.phase == Phase::Hash
    }
}

/// The hash of a union with members that had none when it was made: there is none, whatever they say now.
#[derive(Clone, Debug, Hash)]
pub struct Hashing {
    union: Value,
    at: usize,
}

/// See [`Hashing`].
pub type UnionHash = Steps<Hashing>;

impl UnionHash {
    /// The hash of this union.
    pub const fn of(union: Value) -> Self {
        Steps::new(Hashing { union, at: 0 })
    }
}

impl Hashing {
    fn members<'a>(&self, heap: &'a Heap) -> &'a [Value] {
        let unhashable = match heap.payload_of(self.union) {
            Some(Payload::Union(union)) => union.unhashable,
            _ => None,
        };
        match unhashable.and_then(|tuple| heap.payload_of(tuple)) {
            Some(Payload::Tuple(items)) => items,
            _ => &[],
        }
    }
}

impl Stepwise for Hashing {
    fn step(&mut self, m: &mut Machine, _got: Got) -> Result<Do, Raise> {
        let members = self.members(&m.heap);
        let Some(member) = members.get(self.at).copied() else {
            let count = members.len();
            return Err(m.type_error(format!("union contains {count} unhashable elements")));
        };
        self.at += 1;
        Ok(m.hash(member)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.union);
    }

    fn borrows(&self, heap: &Heap, visit: &mut impl FnMut(Value)) {
        self.members(heap).iter().copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("hash of a Union: member {} without a hash", self.at)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ComparePhase {
    Sets,
    /// Whether the members without a hash of the one, from this on, are among those of the other.
    There(usize),
    /// The same the other way round.
    Back(usize),
}

/// `one == other` for unions.
#[derive(Clone, Debug, Hash)]
pub struct Comparing {
    one: Value,
    other: Value,
    phase: ComparePhase,
}

/// See [`Comparing`].
pub type UnionCompare = Steps<Comparing>;

impl UnionCompare {
    /// Whether these unions have the same members.
    pub const fn of(one: Value, other: Value) -> Self {
        Steps::new(Comparing { one, other, phase: ComparePhase::Sets })
    }
}

impl Stepwise for Comparing {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let (one, other) = (m.union(self.one), m.union(self.other));
        if got == Got::Start {
            let (one, other) = (one.hashable, other.hashable);
            return Ok(m.compare_bool(Comparison::Eq, one, other)?.into());
        }
        if got == Got::Value(Value::FALSE) {
            return Ok(Do::Done(Value::FALSE));
        }
        let (a, b) = match (one.unhashable, other.unhashable) {
            (Some(a), Some(b)) => (a, b),
            (a, b) => return Ok(Do::Done(Value::bool(a == b))),
        };
        let (left, right) = (m.tuple_items(a), m.tuple_items(b));
        if left.len() != right.len() {
            return Ok(Do::Done(Value::FALSE));
        }
        self.phase = match self.phase {
            ComparePhase::Sets => ComparePhase::There(0),
            ComparePhase::There(at) if at + 1 < left.len() => ComparePhase::There(at + 1),
            ComparePhase::There(_) => ComparePhase::Back(0),
            ComparePhase::Back(at) => ComparePhase::Back(at + 1),
        };
        let (member, container) = match self.phase {
            ComparePhase::There(at) => (left.get(at), b),
            ComparePhase::Back(at) => (right.get(at), a),
            ComparePhase::Sets => (None, a),
        };
        match member.copied() {
            Some(member) => Ok(m.contains(container, member)?.into()),
            None => Ok(Do::Done(Value::TRUE)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.one);
        visit(self.other);
    }

    fn borrows(&self, heap: &Heap, visit: &mut impl FnMut(Value)) {
        for union in [self.one, self.other] {
            if let Some(Payload::Union(union)) = heap.payload_of(union) {
                union.each_value(visit);
            }
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        "Union == Union: comparing their members".to_owned()
    }
}
