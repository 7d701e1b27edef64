//! What is said of arguments that cannot be spread: the message begins with the name of what was to be called.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Eval;
use super::super::names;
use super::super::native::Part;
use super::super::object::types;
use super::super::value::Value;

impl Machine {
    /// A TypeError of a call of `callable`: its qualified name with its module, unless that is builtins; without
    /// such a name its `str()`.  Then what is `said`.
    #[cold]
    pub(in crate::machine) fn refuse_call(&mut self, callable: Value, said: &str) -> Eval {
        let said = self.heap.str(said);
        let name = self.get_attr_or(callable, names::QUALNAME, Value::NOT_IMPLEMENTED)?;
        let args = Args::new([Value::NONE, callable, said, Value::NONE]);
        self.continue_with("naming what is called", name, args, 0, |m, args| {
            if args.at(0) == Value::NOT_IMPLEMENTED {
                let parts = vec![Part::Str(args.at(1)), Part::Str(args.at(2))];
                return m.raise_composed(types::TYPE_ERROR, parts);
            }
            let module = m.get_attr_or(args.at(1), names::MODULE, Value::NONE)?;
            m.continue_with("naming what is called", module, args.clone(), 3, |m, args| {
                let module = args.at(3);
                let is_builtins = m.heap.text_of(module).and_then(|name| name.as_ascii()) == Some("builtins");
                let mut parts = Vec::new();
                if !module.is_none() && !is_builtins {
                    parts.extend([Part::Str(module), ".".into()]);
                }
                parts.extend([Part::Str(args.at(0)), "()".into(), Part::Str(args.at(2))]);
                m.raise_composed(types::TYPE_ERROR, parts)
            })
        })
    }
}
