//! `re.Match`: where a pattern and its groups have matched.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::heap::Heap;
use super::super::super::names;
use super::super::super::native::{DictAction, Do, Got, Steps, Stepwise, holding};
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::function::NativeDef;
use super::super::super::object::types;
use super::super::super::protocol::wrappers_container::CLASS_GETITEM;
use super::super::super::raise::Raise;
use super::super::super::table::EntryIndex;
use super::super::super::text::Str;
use super::super::super::value::Value;
use super::Regex;
use super::engine::Matcher;

/// The payload of a match.
#[derive(Clone, Debug, Hash)]
pub struct Match {
    pattern: Value,
    subject: Value,
    /// Where it was looked for: `pos` and `endpos`.
    bounds: (usize, usize),
    /// The span of all of it, then of each group; a group without one has not matched.
    spans: Box<[Option<(usize, usize)>]>,
    last_group: Option<usize>,
    /// `regs`, once somebody asked.
    regs: Option<Value>,
}

impl Match {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.pattern, self.subject].into_iter().chain(self.regs).for_each(visit);
    }
}

/// `re.Match`.
pub static MATCH: TypeSpec = TypeSpec {
    module: "re",
    doc: Some("What a regular expression has matched.  It is always true."),
    natives: &[
        NativeDef::wrapper("__repr__", Params::None, repr),
        NativeDef::wrapper("__getitem__", Params::One, |m, args| look_up(m, args, Part::Text)),
        NativeDef::method("group", Params::AtLeast(0), |m, args| {
            // The groups stand in a tuple.
            Ok(holding("group", args.rest(1), look_up(m, args, Part::Text)?))
        }),
        NativeDef::method("start", Params::Range(0, 1), |m, args| look_up(m, args, Part::Start)),
        NativeDef::method("end", Params::Range(0, 1), |m, args| look_up(m, args, Part::End)),
        NativeDef::method("span", Params::Range(0, 1), |m, args| look_up(m, args, Part::Span)),
        NativeDef::method("groups", Params::named(&["default"], 0), |m, args| {
            let default = args.get(1).unwrap_or(Value::NONE);
            let Match { subject, ref spans, .. } = *m.found(args.at(0));
            let spans = spans[1..].to_vec();
            let groups = spans.into_iter().map(|span| m.subject_group(subject, span).unwrap_or(default));
            let groups = groups.collect();
            Ok(m.heap.tuple(groups).into())
        }),
        NativeDef::method("groupdict", Params::named(&["default"], 0), group_dict),
        NativeDef::method("expand", Params::One, |m, args| {
            let template = m.compile_template(m.found(args.at(0)).pattern, args.at(1))?;
            m.continue_with("expand", template, args.clone(), 1, |m, args| {
                let Match { pattern, subject, ref spans, .. } = *m.found(args.at(0));
                let spans = spans.clone();
                Ok(m.expand(args.at(1), pattern, subject, |group| spans.get(group).copied().flatten())?
                    .into())
            })
        }),
        NativeDef::method("__copy__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::method("__deepcopy__", Params::One, |_, args| Ok(args.at(0).into())),
    ],
    wrappers: &[&CLASS_GETITEM],
    accessors: &[
        Accessor::read_only("string", |m, value| Ok(m.found(value).subject.into())).as_member(),
        Accessor::read_only("re", |m, value| Ok(m.found(value).pattern.into())).as_member(),
        Accessor::read_only("pos", |m, value| {
            let pos = m.found(value).bounds.0;
            Ok(m.heap.int(pos as i64).into())
        })
        .as_member(),
        Accessor::read_only("endpos", |m, value| {
            let end = m.found(value).bounds.1;
            Ok(m.heap.int(end as i64).into())
        })
        .as_member(),
        Accessor::read_only("lastindex", |m, value| {
            let last = m.found(value).last_group;
            Ok(last.map_or(Value::NONE, |last| m.heap.int(last as i64)).into())
        }),
        Accessor::read_only("lastgroup", |m, value| {
            let Match { pattern, last_group, .. } = *m.found(value);
            let names = m.tuple_items(m.pattern(pattern).group_names);
            Ok(last_group.and_then(|last| names.get(last).copied()).unwrap_or(Value::NONE).into())
        }),
        Accessor::read_only("regs", |m, value| {
            if let Some(regs) = m.found(value).regs {
                return Ok(regs.into());
            }
            let spans = m.found(value).spans.clone();
            let pairs = spans.iter().map(|span| m.span_pair(*span)).collect();
            let regs = m.heap.tuple(pairs);
            m.heap.retain(regs);
            if let Some(Regex::Match(found)) = value.handle().and_then(|handle| m.regex_mut(handle)) {
                found.regs = Some(regs);
            }
            Ok(regs.into())
        }),
    ],
    ..TypeSpec::new(types::MATCH, "Match")
};

/// How many characters of the match its repr shows.
const SHOWN: usize = 50;

fn repr(m: &mut Machine, args: &Args) -> Eval {
    let Match { subject, ref spans, .. } = *m.found(args.at(0));
    let (start, end) = spans[0].unwrap_or_default();
    let text = m.subject_slice(subject, start, end);
    let shown = m.repr(text)?;
    let text = format!("<re.Match object; span=({start}, {end}), match=");
    let text = m.heap.str(text);
    m.continue_with("Match.__repr__", shown, Args::new([text, Value::NONE]), 1, |m, args| {
        let shown = m.str_text(args.at(1)).slice(0..SHOWN);
        let text = m.str_text(args.at(0)).concat(&shown).concat(&Str::from(">"));
        Ok(m.heap.str(text).into())
    })
}

fn group_dict(m: &mut Machine, args: &Args) -> Eval {
    let default = args.get(1).unwrap_or(Value::NONE);
    let Match { pattern, subject, ref spans, .. } = *m.found(args.at(0));
    let spans = spans.clone();
    // The hashes of the names are known: nothing of Python is asked.
    let groups = m.copy_dict(m.pattern(pattern).group_numbers);
    let mut at = m.heap.dict(groups).next_entry(EntryIndex::FIRST);
    while let Some((place, entry)) = at {
        let number = if m.heap.int_ref(entry.key).is_some() { entry.key } else { entry.value };
        let number = m.index_clamped(number).and_then(|number| usize::try_from(number).ok());
        let Some(span) = number.and_then(|number| spans.get(number)) else {
            return Err(m.raise(types::INDEX_ERROR, "no such group"));
        };
        let text = m.subject_group(subject, *span).unwrap_or(default);
        m.heap.retain(text);
        if let Some(old) = m.heap.dict_mut(groups).replace(place, text) {
            m.heap.release(old);
        }
        at = m.heap.dict(groups).next_entry(place.next());
    }
    Ok(Value::object(groups).into())
}

/// What is wanted of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Text,
    Start,
    End,
    Span,
}

/// Finds the numbers of groups, which Python code may have a say in, and gives what is wanted of them.
#[derive(Clone, Debug, Hash)]
pub struct Lookup {
    found: Value,
    part: Part,
    keys: Box<[Value]>,
    /// What there is for the keys so far.
    parts: Vec<Value>,
}

/// See [`Lookup`].
pub type GroupLookup = Steps<Lookup>;

fn look_up(m: &mut Machine, args: &Args, part: Part) -> Eval {
    let found = args.at(0);
    let mut keys: Box<[Value]> = args.rest(1).collect();
    if keys.is_empty() {
        keys = [m.heap.int(0)].into();
    }
    m.begin(GroupLookup::new(Lookup { found, part, keys, parts: Vec::new() }))
}

impl Lookup {
    /// What is wanted of the group with this number.
    fn part(&self, m: &mut Machine, number: Value) -> Result<Value, Raise> {
        let found = m.found(self.found);
        let subject = found.subject;
        let number = m.index_clamped(number).and_then(|number| usize::try_from(number).ok());
        let span = number.and_then(|number| found.spans.get(number)).copied();
        let Some(span) = span else { return Err(m.raise(types::INDEX_ERROR, "no such group")) };
        Ok(match self.part {
            Part::Text => m.subject_group(subject, span).unwrap_or(Value::NONE),
            Part::Start => m.heap.int(span.map_or(-1, |(start, _)| start as i64)),
            Part::End => m.heap.int(span.map_or(-1, |(_, end)| end as i64)),
            Part::Span => m.span_pair(span),
        })
    }
}

impl Stepwise for Lookup {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        if let Got::Value(number) = got {
            let part = self.part(m, number)?;
            self.parts.push(part);
        }
        if let Some(key) = self.keys.get(self.parts.len()).copied() {
            if m.heap.int_ref(key).is_some() {
                return Ok(Do::Wait(key.into()));
            }
            if m.heap.special(key, names::INDEX).is_some() {
                return Ok(m.index(key)?.into());
            }
            let names = m.pattern(m.found(self.found).pattern).group_numbers;
            return Ok(m.dict_act(names, key, DictAction::Get(Value::NONE))?.into());
        }
        Ok(Do::Done(match self.parts[..] {
            [only] => only,
            _ => m.heap.tuple(std::mem::take(&mut self.parts)),
        }))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.found);
        self.keys.iter().chain(&self.parts).copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("group: finding number {}", self.parts.len() + 1)
    }
}

impl Machine {
    /// The match that a value is.
    fn found(&self, value: Value) -> &Match {
        match self.regex(value) {
            Some(Regex::Match(found)) => found,
            _ => panic!("a match is there"),
        }
    }

    /// The match that has been found.
    pub(super) fn new_match(
        &mut self,
        pattern: Value,
        subject: Value,
        matcher: &Matcher,
    ) -> Result<Value, Raise> {
        let program = &self.pattern(pattern).program;
        let groups = (0..program.groups).map(|group| matcher.group(group));
        let spans: Box<[_]> = std::iter::once(Some(matcher.span())).chain(groups).collect();
        if spans.iter().flatten().any(|(start, end)| start > end) {
            let message = "The span of capturing group is wrong, please report a bug for the re module.";
            return Err(self.raise(types::SYSTEM_ERROR, message));
        }
        let (bounds, last_group) = (matcher.bounds(), matcher.last_group());
        let found = Match { pattern, subject, bounds, spans, last_group, regs: None };
        Ok(self.new_regex(types::MATCH, Regex::Match(found)))
    }

    /// A span as Python sees it.
    fn span_pair(&mut self, span: Option<(usize, usize)>) -> Value {
        let (start, end) = span.map_or((-1, -1), |(start, end)| (start as i64, end as i64));
        let (start, end) = (self.heap.int(start), self.heap.int(end));
        self.heap.tuple(vec![start, end])
    }
}
