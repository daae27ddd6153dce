//! Making arrays and ranges: `zeros`, `fill`, `range`, `collect`, …

use super::arguments::{integer, is_number, real};
use super::arrays::{Shape, filled, number_of_type, shape_argument, shaped, vector};
use super::conversion::{empty_array, with_eltype};
use super::stream;
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::operators;
use crate::maths;
use crate::op::BinaryOp;
use crate::value::display::repr;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Elements, Form, Host, Range, Tuple, Type, Value, index, iterate, promote};
use std::collections::HashMap;
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "zeros(sizes...) | zeros(T, sizes...)",
        doc: "An array of zeros: a vector for one size, a matrix for two; of type T if one is given first.",
        more: "zeros(3) is a 3-vector, zeros(3, 3) a 3×3 matrix, zeros(size(A)) has the size of A.",
        run: Run::Call(|args, _| of_number(args, 0)),
        examples: &[
            Shows("zeros(3)", "3-element Vector{Float64}:\n 0.0\n 0.0\n 0.0"),
            Shows("zeros(Int64, 2, 2)", "2×2 Matrix{Int64}:\n 0  0\n 0  0"),
            Fails("zeros(-1)", "negative"),
        ],
    },
    Builtin {
        sig: "ones(sizes...) | ones(T, sizes...)",
        doc: "An array of ones: a vector for one size, a matrix for two; of type T if one is given first.",
        more: "ones(m, n) is the identity of the Hadamard product, as I is that of the matrix product.",
        run: Run::Call(|args, _| of_number(args, 1)),
        examples: &[
            Shows("ones(1, 2)", "1×2 Matrix{Float64}:\n 1.0  1.0"),
            Shows("ones(Int64, 2)", "2-element Vector{Int64}:\n 1\n 1"),
        ],
    },
    Builtin {
        sig: "fill(x, sizes...)",
        doc: "An array in which every element is x.",
        more: "",
        run: Run::Call(fill),
        examples: &[
            Shows("fill(7, 2)", "2-element Vector{Int64}:\n 7\n 7"),
            Shows("fill(0.5, 1, 2)", "1×2 Matrix{Float64}:\n 0.5  0.5"),
        ],
    },
    Builtin {
        sig: "trues(sizes...)",
        doc: "An array in which every element is true.",
        more: "",
        run: Run::Call(|args, _| filled(shape_argument(args, 0)?, &Value::bool(true))),
        examples: &[Shows("trues(2)", "2-element Vector{Bool}:\n 1\n 1")],
    },
    Builtin {
        sig: "falses(sizes...)",
        doc: "An array in which every element is false.",
        more: "",
        run: Run::Call(|args, _| filled(shape_argument(args, 0)?, &Value::bool(false))),
        examples: &[Shows("falses(2)", "2-element Vector{Bool}:\n 0\n 0")],
    },
    Builtin {
        sig: "similar(A, sizes...) | similar(A, T, sizes...)",
        doc: "A new array with the size and element type of A, or those given; its elements are zeros.",
        more: "",
        run: Run::Call(similar),
        examples: &[Shows("similar([1 2])", "1×2 Matrix{Int64}:\n 0  0"), Shows("size(similar([1 2], 3))", "(3,)")],
    },
    Builtin {
        sig: "copy(x)",
        doc: "A new array with the same elements, so that changes to one leave the other alone.",
        more: "B = A gives the same array a second name; B = copy(A) makes another array.",
        run: Run::Call(copy),
        examples: &[Shows("x = [1, 2]; y = copy(x); y[1] = 9; x", "2-element Vector{Int64}:\n 1\n 2")],
    },
    Builtin {
        sig: "deepcopy(x)",
        doc: "A copy of x in which the arrays inside are copied too.",
        more: "",
        run: Run::Call(|args, _| Ok(deep(args.at(0), &mut Copies::new()))),
        examples: &[Shows("deepcopy([1, 2])", "2-element Vector{Int64}:\n 1\n 2")],
    },
    Builtin {
        sig: "collect(x) | collect(T, x)",
        doc: "The elements of a range, tuple, string or generator as an array.",
        more: "",
        run: Run::Call(collect),
        examples: &[
            Shows("collect(1:3)", "3-element Vector{Int64}:\n 1\n 2\n 3"),
            Shows("collect(Float64, 1:2)", "2-element Vector{Float64}:\n 1.0\n 2.0"),
        ],
    },
    Builtin {
        sig: "range(start, stop, length; step) | range(start, stop; length, step) | range(start; stop, length, step) | range(; start, stop, length, step)",
        doc: "Evenly spaced numbers from start to stop, by their number or their step.",
        more: "",
        run: Run::Call(range),
        examples: &[
            Shows("range(0, 1, length=5)", "0.0:0.25:1.0"),
            Shows("range(1, 10, step=3)", "1:3:10"),
            Shows("range(1, length=4)", "1:4"),
        ],
    },
    Builtin {
        sig: "LinRange(start, stop, length)",
        doc: "This many evenly spaced floats from start to stop.",
        more: "",
        run: Run::Call(linear),
        examples: &[Shows("collect(LinRange(0, 1, 3))", "3-element Vector{Float64}:\n 0.0\n 0.5\n 1.0")],
    },
    Builtin {
        sig: "step(r)",
        doc: "The distance between the elements of a range.",
        more: "",
        run: Run::Call(step),
        examples: &[Shows("step(1:2:9)", "2")],
    },
    Builtin {
        sig: "vect(items...)",
        doc: "The vector of its arguments, as [a, b, c].",
        more: "",
        run: Run::Call(|args, _| promote::literal_vector(args.positional.to_vec()).map(Value::array)),
        examples: &[Shows("vect(1, 2)", "2-element Vector{Int64}:\n 1\n 2")],
    },
    Builtin {
        sig: "linspace(start, stop, n = 100)",
        doc: "A vector of n evenly spaced numbers from start to stop.",
        more: "MATLAB's name; range(start, stop, length=n) is the lazy form.",
        run: Run::Call(linspace),
        examples: &[Shows("linspace(0, 1, 3)", "3-element Vector{Float64}:\n 0.0\n 0.5\n 1.0")],
    },
    Builtin {
        sig: "logspace(a, b, n = 50)",
        doc: "A vector of n numbers from 10^a to 10^b whose logarithms are evenly spaced.",
        more: "",
        run: Run::Call(logspace),
        examples: &[Shows("logspace(0, 2, 3)", "3-element Vector{Float64}:\n   1.0\n  10.0\n 100.0")],
    },
    Builtin {
        sig: "eye(n) | eye(m, n)",
        doc: "The identity matrix of floats.",
        more: "Where only its effect is wanted, I does without a size: A + 2I.",
        run: Run::Call(eye),
        examples: &[Shows("eye(2)", "2×2 Matrix{Float64}:\n 1.0  0.0\n 0.0  1.0")],
    },
    Builtin {
        sig: "meshgrid(x) | meshgrid(x, y)",
        doc: "Two matrices with the x and the y of every point of a grid.",
        more: "x repeats in every row of the first, y in every column of the second.",
        run: Run::Call(meshgrid),
        examples: &[Shows("meshgrid([1, 2], [3, 4])[1]", "2×2 Matrix{Int64}:\n 1  2\n 1  2")],
    },
];

fn of_number(args: &Arguments<'_>, number: i64) -> Outcome<Value> {
    let (ty, from) = match args.get(0) {
        Some(Value::Type(ty)) => ((**ty).clone(), 1),
        Some(Value::Array(_) | Value::Range(_)) if args.count() == 1 => {
            return Err(args.refuse(0, "sizes").hint(format!("{}(size(A)) has the size of A", args.name)));
        }
        _ => (Type::Float64, 0),
    };
    let item = number_of_type(&ty, number).ok_or_else(|| {
        Fault::method(format!("{} has no {number}", ty)).label(Part::Argument(0), "no type of numbers")
    })?;
    filled(shape_argument(args, from)?, &item)
}

fn fill(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    filled(shape_argument(args, 1)?, args.at(0))
}

fn similar(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    let (ty, from) = match args.get(1) {
        Some(Value::Type(ty)) => ((**ty).clone(), 2),
        _ => (array.eltype(), 1),
    };
    let shape = if args.count() > from { shape_argument(args, from)? } else { Shape::of(&array) };
    empty_array(&ty, shape)
}

fn copy(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    Ok(match args.at(0) {
        Value::Array(array) => Value::array(array.copy()),
        other => other.clone(),
    })
}

/// The arrays that were copied, by their addresses: what was one array is one array again, also inside itself.
type Copies = HashMap<*const Array, Rc<Array>>;

fn deep(value: &Value, copies: &mut Copies) -> Value {
    match value {
        Value::Array(array) => Value::Array(deep_array(array, copies)),
        Value::Tuple(tuple) => {
            let items = tuple.items.iter().map(|item| deep(item, copies)).collect();
            Value::Tuple(Rc::new(Tuple { items, names: tuple.names.clone() }))
        }
        other => other.clone(),
    }
}

fn deep_array(array: &Rc<Array>, copies: &mut Copies) -> Rc<Array> {
    if let Some(copy) = copies.get(&Rc::as_ptr(array)) {
        return copy.clone();
    }
    let copy = Rc::new(array.copy());
    copies.insert(Rc::as_ptr(array), copy.clone());
    if let Elements::Any(items, _) = &mut *copy.elements_mut() {
        items.iter_mut().for_each(|item| *item = deep(item, copies));
    }
    copy
}

fn collect(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if let [Value::Type(ty), x] = args.positional {
        return with_eltype(ty, &collect_value(x, host)?);
    }
    if args.count() == 2 {
        return Err(args.refuse(0, "a type"));
    }
    if is_number(args.at(0)) {
        return Err(args.refuse(0, "something with elements").hint("[x] is a vector of one number"));
    }
    collect_value(args.at(0), host)
}

/// The elements of anything as a new array; the shape is kept where it is known.
pub fn collect_value(x: &Value, host: &dyn Host) -> Outcome<Value> {
    if let Some(array) = promote::as_array(x)? {
        return Ok(Value::array(Array::new(Shape::of(&array).form, array.elements().clone())));
    }
    if let Some(values) = stream::computed(x, host)? {
        return Ok(values);
    }
    let items = iterate::elements(x, host)?;
    match iterate::shape(x) {
        Some((rows, cols, form)) if form != Form::Vector && items.len() == rows * cols => {
            shaped(items, Shape::matrix(rows, cols))
        }
        _ => vector(items),
    }
}

fn range(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let given = |k: usize, name: &str| args.get(k).or_else(|| args.keyword(name));
    let (start, stop, length, step) = (given(0, "start"), given(1, "stop"), given(2, "length"), args.keyword("step"));
    let length = match length {
        None => None,
        Some(value) => Some(length_of_range(args, value)?),
    };
    for (k, end) in [start, stop, step].into_iter().enumerate() {
        if let Some(end) = end
            && real(end).is_none()
        {
            return Err(Fault::method(format!("{} takes real numbers", args.name))
                .label(Part::Argument(k), "not a real number"));
        }
    }
    let range = match (start, stop, length, step) {
        (Some(_), Some(_), Some(_), Some(_)) => {
            return Err(Fault::argument("start, stop, length and step together say too much")
                .rule("three of the four determine a range"));
        }
        (Some(start), Some(stop), Some(length), None) => Range::linear(number(start), number(stop), length)?,
        (Some(start), Some(stop), None, step) => Range::from_values(start, step, stop)?,
        (Some(start), None, Some(length), Some(step)) => Range::stepped(start, step, length)?,
        (Some(start), None, Some(length), None) => counted(start, length)?,
        (None, Some(stop), Some(length), step) => {
            let step = step.cloned().unwrap_or(Value::Int(1));
            let back = operators::binary(BinaryOp::Mul, &step, &Value::Int(length as i64 - 1))?;
            let start = operators::binary(BinaryOp::Sub, stop, &back)?;
            if let (Value::Int(1), Some(a), Some(b)) = (&step, integer(&start), integer(stop)) {
                Range::between(a, b)?
            } else {
                Range::stepped(&start, &step, length)?
            }
        }
        (None, Some(stop), None, None) => Range::from_values(&Value::Int(1), None, stop)?,
        (Some(stop), None, None, None) => {
            return Err(Fault::argument("one number does not determine a range")
                .rule("a range needs its start and two of stop, length and step")
                .hint(format!("1:{} are the numbers from 1 to {0}", repr(stop))));
        }
        _ => {
            return Err(Fault::argument("this does not determine a range")
                .rule("a range needs its start and two of stop, length and step")
                .hint("range(0, 1, length=5), range(0, 1, step=0.25)"));
        }
    };
    Ok(Value::Range(Rc::new(range)))
}

fn length_of_range(args: &Arguments<'_>, value: &Value) -> Outcome<usize> {
    let length = integer(value).ok_or_else(|| args.refuse_keyword("length", "an integer", value))?;
    usize::try_from(length).map_err(|_| Fault::argument(format!("length={length}: a length must not be negative")))
}

fn number(x: &Value) -> f64 {
    real(x).unwrap_or(f64::NAN)
}

/// From a start on in steps of 1: an integer start gives a range that shows as `a:b`.
fn counted(start: &Value, length: usize) -> Outcome<Range> {
    match integer(start) {
        Some(a) => {
            let last = i64::try_from(length).ok().and_then(|n| a.checked_add(n)).and_then(|end| end.checked_sub(1));
            last.map(|last| Range::unit(a, last))
                .ok_or_else(|| Fault::overflow("the end of the range does not fit into 64 bits"))
        }
        None => Range::stepped(start, &Value::float(1.0), length),
    }
}

fn linear(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    Ok(Value::Range(Rc::new(Range::linear(args.float(0)?, args.float(1)?, args.size(2)?)?)))
}

fn step(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    match args.at(0) {
        Value::Range(range) => Ok(range.step()),
        _ => Err(args.refuse(0, "a range")),
    }
}

fn linspace(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let n = if args.count() == 3 { args.size(2)? } else { 100 };
    Ok(Value::array(Range::linear(args.float(0)?, args.float(1)?, n)?.to_array()?))
}

fn logspace(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let n = if args.count() == 3 { args.size(2)? } else { 50 };
    let exponents = Range::linear(args.float(0)?, args.float(1)?, n)?.to_floats()?;
    Ok(Value::vector(exponents.into_iter().map(|x| maths::power(10.0, x)).collect::<Vec<f64>>()))
}

fn eye(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let shape = shape_argument(args, 0)?;
    let cols = if shape == Shape::vector(shape.rows) { shape.rows } else { shape.cols };
    identity(shape.rows, cols, &Value::float(1.0))
}

/// A matrix with `one` on the diagonal and zeros elsewhere.
pub fn identity(rows: usize, cols: usize, one: &Value) -> Outcome<Value> {
    let zero = number_of_type(&one.type_of(), 0).unwrap_or(Value::Int(0));
    let matrix = filled(Shape::matrix(rows, cols), &zero)?;
    for k in 1..=rows.min(cols) as i64 {
        index::set(&matrix, &[Value::Int(k), Value::Int(k)], one)?;
    }
    Ok(matrix)
}

fn meshgrid(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let part = |k: usize| args.read_array(k);
    let x = part(0)?;
    let y = if args.count() == 2 { part(1)? } else { x.clone() };
    let shape = Shape::matrix(y.len(), x.len());
    let xs = super::arrays::gather(&x, shape, |_, j| j)?;
    let ys = super::arrays::gather(&y, shape, |i, _| i)?;
    Ok(Value::tuple(vec![xs, ys]))
}
