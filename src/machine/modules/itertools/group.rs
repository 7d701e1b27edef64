//! `groupby`, and the iterators over its groups.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::native::{Do, Got};
use super::super::super::object::iterator::Iter;
use super::super::super::object::types;
use super::super::super::protocol::compare::Comparison;
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::next::{Phase, Turn};
use super::tool::{Groups, Tool};

fn groups(m: &Machine, iterator: Handle) -> &Groups {
    match m.heap.tool(iterator) {
        Tool::GroupBy(groups) => groups,
        _ => panic!("a group has a groupby"),
    }
}

fn set(
    m: &mut Machine,
    iterator: Handle,
    place: fn(&mut Groups) -> &mut Option<Value>,
    value: Option<Value>,
) {
    if let Some(value) = value {
        m.heap.retain(value);
    }
    let Tool::GroupBy(groups) = m.heap.tool_mut(iterator) else { panic!("a group has a groupby") };
    if let Some(old) = std::mem::replace(place(groups), value) {
        m.heap.release(old);
    }
}

impl Turn {
    /// Takes the next item of the source, and its key: what is to be waited for, or `None` if both are there.
    fn take_keyed(&mut self, m: &mut Machine, parent: Handle, got: Got) -> Result<Option<Do>, Raise> {
        let groups = groups(m, parent);
        let (source, function) = (groups.source, groups.function);
        let (item, key) = match (self.phase, got) {
            (Phase::Item, Got::Value(item)) if function.is_none() => (item, item),
            (Phase::Item, Got::Value(item)) => {
                self.held.push(item);
                self.phase = Phase::Call;
                return Ok(Some(m.call(function, Args::new([item]))?.into()));
            }
            (Phase::Call, Got::Value(key)) => (self.held[0], key),
            (Phase::Item, _) => return Ok(Some(Do::Exhausted)),
            _ => return self.take(m, source).map(Some),
        };
        self.held.clear();
        set(m, parent, |groups| &mut groups.item, Some(item));
        set(m, parent, |groups| &mut groups.key, Some(key));
        Ok(None)
    }

    /// Compares a key with that of the item taken last.
    fn compare_keys(&mut self, m: &mut Machine, target: Value, key: Value) -> Result<Do, Raise> {
        self.phase = Phase::Test;
        self.held.extend([target, key]);
        Ok(m.compare_bool(Comparison::Eq, target, key)?.into())
    }
}

/// The next key and group.
pub fn next_group(turn: &mut Turn, m: &mut Machine, mut got: Got) -> Result<Do, Raise> {
    let iterator = turn.iterator;
    if turn.phase == Phase::Begin
        && let Tool::GroupBy(groups) = m.heap.tool_mut(iterator)
    {
        groups.grouper = None;
        got = Got::Start;
    }
    let mut same = true;
    match turn.phase {
        Phase::Item | Phase::Call => {
            if let Some(wanted) = turn.take_keyed(m, iterator, got)? {
                return Ok(wanted);
            }
        }
        Phase::Test => {
            turn.held.clear();
            same = got == Got::Value(Value::TRUE);
        }
        Phase::Begin | Phase::Second => {}
    }
    let groups = groups(m, iterator);
    let moves_on = match (groups.key, groups.target, turn.phase) {
        (None, ..) => true,
        (Some(_), None, _) => false,
        (Some(_), Some(_), Phase::Test) => same,
        (Some(key), Some(target), _) => return turn.compare_keys(m, target, key),
    };
    if moves_on {
        turn.phase = Phase::Begin;
        return Ok(turn.take_keyed(m, iterator, Got::Start)?.expect("an item is asked for first"));
    }
    let key = groups.key.expect("an item was taken");
    set(m, iterator, |groups| &mut groups.target, Some(key));
    let grouper = Tool::Grouper(Value::object(iterator), key);
    let grouper = m.heap.new_iterator(types::GROUPER, Iter::Tool(Box::new(grouper)));
    if let Tool::GroupBy(groups) = m.heap.tool_mut(iterator) {
        groups.grouper = grouper.handle();
    }
    Ok(Do::Done(m.heap.pair(key, grouper)))
}

/// The next item of a group.
pub fn next_member(turn: &mut Turn, m: &mut Machine, got: Got) -> Result<Do, Raise> {
    let Tool::Grouper(parent, target) = m.heap.tool(turn.iterator) else {
        panic!("the kind of an iterator stays")
    };
    let (parent, target) = (parent.handle().expect("a groupby is a heap object"), *target);
    match turn.phase {
        Phase::Begin | Phase::Second => {
            let groups = groups(m, parent);
            if groups.grouper != Some(turn.iterator) {
                return Ok(Do::Exhausted);
            }
            if groups.item.is_none() {
                return Ok(turn.take_keyed(m, parent, Got::Start)?.expect("an item is asked for first"));
            }
        }
        Phase::Item | Phase::Call => {
            if let Some(wanted) = turn.take_keyed(m, parent, got)? {
                return Ok(wanted);
            }
        }
        Phase::Test => {
            turn.held.clear();
            let item = groups(m, parent).item;
            let (Got::Value(Value::TRUE), Some(item)) = (got, item) else { return Ok(Do::Exhausted) };
            set(m, parent, |groups| &mut groups.item, None);
            set(m, parent, |groups| &mut groups.key, None);
            return Ok(Do::Done(item));
        }
    }
    let key = groups(m, parent).key.expect("an item was taken");
    turn.compare_keys(m, target, key)
}
