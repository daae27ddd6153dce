//! Tuples, and named tuples put together.

use super::arguments::{integer, is_callable, tuple_items};
use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::value::array::reserve;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Tuple, Value};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "tuple(items...)",
        doc: "The tuple of its arguments.",
        more: "",
        run: Run::Call(|args, _| Ok(Value::tuple(args.positional.to_vec()))),
        examples: &[Shows("tuple(1, \"a\")", "(1, \"a\")")],
    },
    Builtin {
        sig: "values(t)",
        doc: "The items of a tuple without their names; of an array, the array.",
        more: "",
        run: Run::Call(|args, _| match tuple_items(args.at(0)) {
            Some(items) => Ok(Value::tuple(items.to_vec())),
            None => Ok(args.at(0).clone()),
        }),
        examples: &[Shows("values((a = 1, b = 2))", "(1, 2)")],
    },
    Builtin {
        sig: "merge(t, rest...)",
        doc: "The fields of all the named tuples; of fields with one name, the last value.",
        more: "",
        run: Run::Call(merge),
        examples: &[Shows("merge((a = 1, b = 2), (b = 3,))", "(a = 1, b = 3)")],
    },
    Builtin {
        sig: "Ref(x)",
        doc: "Protects x from a dot: in f.(A, Ref(B)), B is one thing and not gone through.",
        more: "r[] is what it holds, r[] = y puts something else of its type in.",
        run: Run::Call(|args, _| Ok(Value::reference(args.at(0).clone()))),
        examples: &[
            Shows("in.([1, 5], Ref([1, 2]))", "2-element Vector{Bool}:\n 1\n 0"),
            Shows("r = Ref(1); r[] = 2; r[]", "2"),
        ],
    },
    Builtin {
        sig: "ntuple(f, n)",
        doc: "The tuple (f(1), f(2), …, f(n)).",
        more: "",
        run: Run::Call(ntuple),
        examples: &[Shows("ntuple(k -> k^2, 3)", "(1, 4, 9)")],
    },
];

fn merge(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let mut fields = Vec::new();
    for (k, given) in args.positional.iter().enumerate() {
        let its_fields = match given {
            Value::Tuple(tuple) => tuple.fields(),
            _ => None,
        };
        fields.extend(its_fields.ok_or_else(|| args.refuse(k, "a named tuple"))?);
    }
    Ok(Value::Tuple(Rc::new(Tuple::named(fields))))
}

fn ntuple(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = if is_callable(args.at(0)) { args.at(0) } else { return Err(args.refuse(0, "a function")) };
    let n = integer(args.at(1)).ok_or_else(|| args.refuse(1, "an integer"))?;
    if n < 0 {
        return Err(Fault::argument(format!("a tuple of {n} items")).rule("a number of items is not negative"));
    }
    let mut items = reserve(usize::try_from(n).unwrap_or(0))?;
    for k in 1..=n {
        interrupt::check()?;
        items.push(host.call(f, &[Value::Int(k)])?);
    }
    Ok(Value::tuple(items))
}
