//! Results written into an array that is given for them: `sum!`, `transpose!`, `broadcast!` and the like.

use crate::fault::{Fault, Outcome, Part};
use crate::kernel::{linalg, operators, reduce};
use crate::op::BinaryOp;
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Value, index};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "sum!(B, A; init = true)",
        doc: "Writes sums of A into B: along the dimensions in which B has the size 1; init=false adds them to B.",
        more: "",
        run: Run::Call(|args, _| accumulated(args, reduce::sum, BinaryOp::Add)),
        examples: &[Shows("sum!([0, 0], [1 2; 3 4])", "2-element Vector{Int64}:\n 3\n 7")],
    },
    Builtin {
        sig: "prod!(B, A; init = true)",
        doc: "Writes products of A into B: along the dimensions in which B has the size 1; init=false multiplies B by them.",
        more: "",
        run: Run::Call(|args, _| accumulated(args, reduce::prod, BinaryOp::Hadamard)),
        examples: &[Shows("prod!([0 0], [1 2; 3 4])", "1×2 Matrix{Int64}:\n 3  8")],
    },
    Builtin {
        sig: "maximum!(B, A)",
        doc: "Writes the largest elements of A into B: along the dimensions in which B has the size 1.",
        more: "",
        run: Run::Call(|args, _| reduced(args, reduce::maximum)),
        examples: &[Shows("maximum!([0, 0], [1 2; 3 4])", "2-element Vector{Int64}:\n 2\n 4")],
    },
    Builtin {
        sig: "minimum!(B, A)",
        doc: "Writes the smallest elements of A into B: along the dimensions in which B has the size 1.",
        more: "",
        run: Run::Call(|args, _| reduced(args, reduce::minimum)),
        examples: &[Shows("minimum!([0, 0], [1 2; 3 4])", "2-element Vector{Int64}:\n 1\n 3")],
    },
    Builtin {
        sig: "any!(B, A)",
        doc: "Writes into B whether any is true: along the dimensions in which B has the size 1.",
        more: "",
        run: Run::Call(|args, _| reduced(args, reduce::any)),
        examples: &[Shows("any!([false, false], [true false; false false])", "2-element Vector{Bool}:\n 1\n 0")],
    },
    Builtin {
        sig: "all!(B, A)",
        doc: "Writes into B whether all are true: along the dimensions in which B has the size 1.",
        more: "",
        run: Run::Call(|args, _| reduced(args, reduce::all)),
        examples: &[Shows("all!([false, false], [true true; false true])", "2-element Vector{Bool}:\n 1\n 0")],
    },
    Builtin {
        sig: "transpose!(B, A)",
        doc: "Writes the transpose of A into B.",
        more: "",
        run: Run::Call(|args, _| written(args, &linalg::transpose(args.at(1))?)),
        examples: &[Shows("transpose!([0 0; 0 0], [1 2; 3 4])", "2×2 Matrix{Int64}:\n 1  3\n 2  4")],
    },
    Builtin {
        sig: "adjoint!(B, A)",
        doc: "Writes the adjoint of A into B.",
        more: "",
        run: Run::Call(|args, _| written(args, &linalg::adjoint(args.at(1))?)),
        examples: &[Shows("adjoint!([0 0; 0 0], [1 2; 3 4])", "2×2 Matrix{Int64}:\n 1  3\n 2  4")],
    },
    Builtin {
        sig: "broadcast!(f, B, arrays...)",
        doc: "Writes f.(arrays...) into B, as B .= f.(arrays...).",
        more: "",
        run: Run::Call(broadcast),
        examples: &[Shows("broadcast!(+, [0, 0], [1, 2], 10)", "2-element Vector{Int64}:\n 11\n 12")],
    },
    Builtin {
        sig: "clamp!(A, low, high)",
        doc: "Brings every element of A between two limits, in place.",
        more: "",
        run: Run::Call(clamp),
        examples: &[Shows("clamp!([0, 2, 9], 1, 3)", "3-element Vector{Int64}:\n 1\n 2\n 3")],
    },
];

fn written(args: &Arguments<'_>, result: &Value) -> Outcome<Value> {
    super::overwrite::write_into(args, args.array(0)?, result)?;
    Ok(args.at(0).clone())
}

fn reduced(args: &Arguments<'_>, kernel: fn(&Value, Option<usize>) -> Outcome<Value>) -> Outcome<Value> {
    let (into, from) = (args.array(0)?, args.read_array(1)?);
    let (wanted, given) = (into.shape(), from.shape());
    let mut result = Value::Array(from);
    for (dims, wanted, given) in [(1, wanted.0, given.0), (2, wanted.1, given.1)] {
        if wanted != given && wanted != 1 {
            let (into, from) = (describe(args.at(0)), describe(args.at(1)));
            return Err(Fault::dimension(format!("{} of a {from} does not make a {into}", args.name))
                .rule("in each dimension the result has the size of A, or 1")
                .label(Part::Argument(0), into)
                .label(Part::Argument(1), from));
        }
        if wanted == 1 {
            result = kernel(&result, Some(dims))?;
        }
    }
    let Value::Array(array) = &result else { return written(args, &result) };
    let elements = array.elements().clone().reshaped(wanted.0, wanted.1);
    written(args, &Value::array(crate::value::Array::new(into.form(), elements)))
}

/// With `init=false` what B holds already takes part.
fn accumulated(
    args: &Arguments<'_>,
    kernel: fn(&Value, Option<usize>) -> Outcome<Value>,
    op: BinaryOp,
) -> Outcome<Value> {
    if args.flag("init", true)? {
        return reduced(args, kernel);
    }
    let before = Value::array(args.array(0)?.copy());
    reduced(args, kernel)?;
    written(args, &operators::binary(op, &before, args.at(0))?)
}

fn broadcast(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    args.array(1)?;
    let mut given = vec![args.at(0).clone()];
    given.extend_from_slice(&args.positional[2..]);
    let Some(call) = super::function("broadcast") else { return Err(args.refuse(0, "a function")) };
    let result = host.call(&call, &given)?;
    if super::arguments::is_number(&result) {
        let filled = super::arrays::filled(super::arrays::Shape::of(args.array(1)?), &result)?;
        index::set(args.at(1), &[Value::Colon], &vector_of(&filled)?)?;
        return Ok(args.at(1).clone());
    }
    let (into, from) = (args.array(1)?, &result);
    super::overwrite::write_into(args, into, from)?;
    Ok(args.at(1).clone())
}

/// All elements of an array as one vector.
fn vector_of(array: &Value) -> Outcome<Value> {
    index::get(array, &[Value::Colon])
}

fn clamp(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    args.array(0)?;
    let Some(clamp) = super::function("clamp") else { return Err(args.refuse(0, "an array")) };
    let Some(call) = super::function("broadcast") else { return Err(args.refuse(0, "an array")) };
    let given = [clamp, args.at(0).clone(), args.at(1).clone(), args.at(2).clone()];
    written(args, &host.call(&call, &given)?)
}
