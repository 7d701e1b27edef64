//! How files are shown: `<_io.BufferedReader name='x'>`.

use super::Io;
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Eval;
use crate::machine::native::Part;
use crate::machine::value::{Handle, Value};

fn handle(value: Value) -> Handle {
    value.handle().expect("a file is a heap object")
}

impl Machine {
    /// What `__repr__` calls the class of a file: the module stands before a class of `_io` alone.
    pub(in crate::machine) fn shown_class(&self, file: Value) -> String {
        let class = self.heap.class(self.heap.class_of(file));
        if class.builtin { format!("_io.{}", class.name) } else { class.name.to_string() }
    }

    /// `repr()` of a file.
    pub(in crate::machine) fn repr_of_io(&mut self, value: Value) -> Eval {
        let file = handle(value);
        match self.io(file) {
            Some(Io::Raw(raw)) => {
                let head = format!("<{}", self.shown_class(value));
                if raw.fd < 0 {
                    return Ok(self.heap.str(head + " [closed]>").into());
                }
                let closes = if raw.closes { "True" } else { "False" };
                let tail = format!(" mode='{}' closefd={closes}>", raw.mode());
                let name = raw.name;
                self.compose(vec![(head + " name=").as_str().into(), Part::Repr(name), tail.as_str().into()])
            }
            Some(Io::Buffered(buffered)) if buffered.raw.is_none() => {
                let text = format!("<{}>", self.shown_class(value));
                Ok(self.heap.str(text).into())
            }
            Some(Io::Wrapper(wrapper)) if wrapper.detached => {
                let encoding = wrapper.encoding.clone();
                let text = format!("<{} encoding='{encoding}'>", self.shown_class(value));
                Ok(self.heap.str(text).into())
            }
            Some(Io::Wrapper(_)) => {
                self.attached(file)?;
                self.repr_by_name(value)
            }
            Some(Io::Buffered(_)) => self.repr_by_name(value),
            Some(Io::Text(_) | Io::Bytes(_) | Io::Pair(_) | Io::Newlines(_)) | None => {
                panic!("these are shown as any object is")
            }
        }
    }

    /// The same of what has the name of the file below, or none.
    fn repr_by_name(&mut self, value: Value) -> Eval {
        let below = match self.io(handle(value)) {
            Some(Io::Wrapper(wrapper)) => wrapper.buffer,
            Some(Io::Buffered(buffered)) => buffered.raw,
            _ => value,
        };
        let name = self.text_handle("name");
        let name = self.get_attr_or(below, name, Value::NOT_IMPLEMENTED)?;
        self.continue_with("__repr__", name, Args::new([value, Value::NONE]), 1, |m, args| {
            let (mode, tail, class) = match m.io(handle(args.at(0))) {
                Some(Io::Wrapper(wrapper)) => {
                    (wrapper.mode, format!(" encoding='{}'>", wrapper.encoding), m.shown_class(args.at(0)))
                }
                _ => (None, ">".to_owned(), m.shown_class(args.at(0))),
            };
            let mut parts: Vec<Part> = vec![format!("<{class}").as_str().into()];
            if args.at(1) != Value::NOT_IMPLEMENTED {
                parts.extend([" name=".into(), Part::Repr(args.at(1))]);
            }
            parts.extend(mode.into_iter().flat_map(|mode| [" mode=".into(), Part::Repr(mode)]));
            parts.push(tail.as_str().into());
            m.compose(parts)
        })
    }
}
