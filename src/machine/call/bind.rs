//! Putting the arguments of a call into the fast locals of a Python function's frame.

use super::super::Machine;
use super::super::args::{Args, unexpected};
use super::super::frame::PythonFrame;
use super::super::object::Payload;
use super::super::object::function::Function;
use super::super::raise::Raise;
use super::super::value::{Handle, Slot, Value};
use crate::code::CodeObject;
use crate::code::object::flags;

/// The parameters of a function while its arguments are put in order.
struct Binding<'a> {
    handle: Handle,
    function: Function,
    names: &'a [Handle],
    positional: usize,
    positional_only: usize,
    keyword_only: usize,
    variadic: bool,
    slots: Vec<Option<Value>>,
}

impl Binding<'_> {
    /// Parameters that take one argument each.
    const fn named(&self) -> usize {
        self.positional + self.keyword_only
    }
}

/// Whether a function has positional parameters only, so that as many arguments fill them.
fn is_plain(code: &CodeObject) -> bool {
    code.kwonlyargcount == 0 && code.flags & (flags::VARARGS | flags::VARKEYWORDS) == 0
}

impl Machine {
    /// The frame of a call of the function at `handle`.  Arguments that do not fit are a TypeError in
    /// CPython's words.
    pub(super) fn bind_function(&mut self, handle: Handle, args: &Args) -> Result<PythonFrame, Raise> {
        let Payload::Function(function) = self.heap.payload(handle) else {
            panic!("a function is called");
        };
        let loaded = self.code(function.code);
        let code = &loaded.code;
        let positional = code.argcount as usize;
        if is_plain(code) && args.positional() == positional && args.len() == positional {
            let mut locals = Vec::with_capacity(loaded.frame_size());
            locals.extend(args.rest(0).map(Slot::owned));
            return Ok(self.new_frame(handle, locals, None));
        }
        let function = (**function).clone();
        let mut binding = Binding {
            handle,
            function,
            names: &loaded.locals,
            positional,
            positional_only: code.posonlyargcount as usize,
            keyword_only: code.kwonlyargcount as usize,
            variadic: code.flags & flags::VARARGS != 0,
            slots: Vec::new(),
        };
        let keywords = code.flags & flags::VARKEYWORDS != 0;
        let total = binding.named() + usize::from(binding.variadic) + usize::from(keywords);
        binding.slots = vec![None; total];
        for (slot, value) in binding.slots.iter_mut().zip(args.rest(0).take(positional)) {
            *slot = Some(value);
        }
        if binding.variadic {
            let extra: Vec<Value> = args.rest(positional).collect();
            binding.slots[binding.positional + binding.keyword_only] = Some(self.heap.tuple(extra));
        }
        let mut extra_keywords = Vec::new();
        let given: Vec<Value> = args.keywords().map(|(name, _)| name).collect();
        for (name, value) in args.keywords() {
            self.bind_keyword(&mut binding, name, value, &given, keywords.then_some(&mut extra_keywords))?;
        }
        if keywords {
            let dict = self.dict_from_names(&extra_keywords);
            binding.slots[total - 1] = Some(dict);
        }
        if args.positional() > positional && !binding.variadic {
            return Err(self.too_many_positional(&binding, args.positional()));
        }
        self.fill_defaults(&mut binding, args.positional())?;
        let locals = binding.slots.iter().map(|slot| slot.map_or(Slot::NULL, Slot::owned)).collect();
        Ok(self.new_frame(handle, locals, None))
    }

    fn bind_keyword(
        &mut self,
        binding: &mut Binding<'_>,
        name: Value,
        value: Value,
        given: &[Value],
        extra: Option<&mut Vec<(Value, Value)>>,
    ) -> Result<(), Raise> {
        let found = (binding.positional_only..binding.named())
            .find(|index| self.same_name(binding.names[*index], name));
        if let Some(index) = found {
            if binding.slots[index].replace(value).is_some() {
                let (function, name) =
                    (self.function_name(binding.handle), self.str_text(name).to_string_lossy().into_owned());
                return Err(
                    self.type_error(format!("{function}() got multiple values for argument '{name}'"))
                );
            }
            return Ok(());
        }
        if let Some(extra) = extra {
            extra.push((name, value));
            return Ok(());
        }
        Err(self.unexpected_keyword(binding, name, given))
    }

    fn same_name(&self, known: Handle, name: Value) -> bool {
        Value::object(known) == name || self.str_text(Value::object(known)) == self.str_text(name)
    }

    #[cold]
    fn unexpected_keyword(&mut self, binding: &Binding<'_>, name: Value, given: &[Value]) -> Raise {
        let function = self.function_name(binding.handle);
        let text = self.str_text(name).to_string_lossy().into_owned();
        let only: Vec<String> = (0..binding.positional_only)
            .filter(|index| given.iter().any(|name| self.same_name(binding.names[*index], *name)))
            .map(|index| self.name_text(binding.names[index]))
            .collect();
        if !only.is_empty() {
            return self.type_error(format!(
                "{function}() got some positional-only arguments passed as keyword arguments: '{}'",
                only.join(", ")
            ));
        }
        let known: Vec<String> = (binding.positional_only..binding.named())
            .map(|index| self.name_text(binding.names[index]))
            .collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.type_error(unexpected(&function, &text, &known))
    }

    #[cold]
    fn too_many_positional(&mut self, binding: &Binding<'_>, given: usize) -> Raise {
        let function = self.function_name(binding.handle);
        let defaults = binding.function.defaults.map_or(0, |defaults| self.tuple_items(defaults).len());
        let most = binding.positional;
        let keyword_given = binding.slots[most..binding.named()].iter().filter(|slot| slot.is_some()).count();
        let (takes, plural) = if defaults > 0 {
            (format!("from {} to {most}", most - defaults), true)
        } else {
            (most.to_string(), most != 1)
        };
        let s = |plural: bool| if plural { "s" } else { "" };
        let also = if keyword_given > 0 {
            format!(
                " positional argument{} (and {keyword_given} keyword-only argument{})",
                s(given != 1),
                s(keyword_given != 1)
            )
        } else {
            String::new()
        };
        let verb = if given == 1 && keyword_given == 0 { "was" } else { "were" };
        self.type_error(format!(
            "{function}() takes {takes} positional argument{} but {given}{also} {verb} given",
            s(plural)
        ))
    }

    fn fill_defaults(&mut self, binding: &mut Binding<'_>, given: usize) -> Result<(), Raise> {
        if given < binding.positional {
            let defaults = binding
                .function
                .defaults
                .map_or_else(Vec::new, |defaults| self.tuple_items(defaults).to_vec());
            let required = binding.positional - defaults.len().min(binding.positional);
            let missing: Vec<usize> =
                (given..required).filter(|index| binding.slots[*index].is_none()).collect();
            if !missing.is_empty() {
                return Err(self.missing_arguments(binding, &missing, "positional"));
            }
            for index in required..binding.positional {
                binding.slots[index].get_or_insert(defaults[index - required]);
            }
        }
        let mut missing = Vec::new();
        for index in binding.positional..binding.named() {
            if binding.slots[index].is_some() {
                continue;
            }
            let default = binding
                .function
                .kwdefaults
                .and_then(|dict| self.heap.dict_get(dict, Value::object(binding.names[index])));
            match default {
                Some(value) => binding.slots[index] = Some(value),
                None => missing.push(index),
            }
        }
        if missing.is_empty() {
            Ok(())
        } else {
            Err(self.missing_arguments(binding, &missing, "keyword-only"))
        }
    }

    #[cold]
    fn missing_arguments(&mut self, binding: &Binding<'_>, missing: &[usize], kind: &str) -> Raise {
        let function = self.function_name(binding.handle);
        let names: Vec<String> =
            missing.iter().map(|index| format!("'{}'", self.name_text(binding.names[*index]))).collect();
        let list = match &names[..] {
            [one] => one.clone(),
            [first, second] => format!("{first} and {second}"),
            [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
            [] => unreachable!("something is missing"),
        };
        let s = if names.len() == 1 { "" } else { "s" };
        self.type_error(format!("{function}() missing {} required {kind} argument{s}: {list}", names.len()))
    }

    /// The qualified name of a function, for messages.
    fn function_name(&self, handle: Handle) -> String {
        match self.heap.payload(handle) {
            Payload::Function(function) => self.str_text(function.qualname).to_string_lossy().into_owned(),
            _ => String::new(),
        }
    }
}
