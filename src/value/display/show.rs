//! The one-line form of every value, Julia's `show`: what `repr` gives and what stands inside other values.

use super::number::{COMPACT, FloatForm, push_complex, push_float, push_int};
use super::text::push_quoted;
use crate::interrupt;
use crate::value::{
    Array, Complex, Digits, Elements, ErrorValue, Function, FunctionKind, Lazy, Range, Screen, Stream, Tuple, Type,
    Value,
};

/// Values nested deeper than this are shown as `…`.
const MAX_DEPTH: usize = 200;
/// A cut vector shows this many elements at each end, and is cut if it has more than twice as many.
const VECTOR_ENDS: usize = 10;
/// A cut matrix shows this many rows and columns at each end.
const MATRIX_ENDS: usize = 2;

/// What surrounds a shown value.
pub struct Context<'a> {
    /// Are floats cut to six digits and blanks left out?
    pub compact: bool,
    /// The width of the screen, if long values are cut to fit.
    pub limit: Option<usize>,
    /// How many digits of floats the user wants to see.
    digits: Digits,
    /// The value's type as far as its surroundings tell it already: inside `Bool[…]` true is shown as `1`.
    known: Option<Type>,
    outer: Option<(&'a Array, &'a Context<'a>)>,
    depth: usize,
}

impl<'a> Context<'a> {
    /// No surroundings; nothing is cut.
    pub fn whole() -> Context<'static> {
        Context { compact: false, limit: None, digits: Digits::Usual, known: None, outer: None, depth: 0 }
    }

    /// No surroundings; floats are cut.
    pub fn compact() -> Context<'static> {
        Context { compact: true, ..Context::whole() }
    }

    /// No surroundings; long values are cut for a screen, with the digits that it shows.
    pub fn cut(screen: Screen) -> Context<'static> {
        Context { limit: Some(screen.cols), digits: screen.digits, ..Context::whole() }
    }

    /// How floats are written here.
    pub fn form(&self) -> FloatForm {
        match self.digits {
            Digits::Usual if self.compact => COMPACT,
            Digits::Usual | Digits::Long => FloatForm::Shortest,
            Digits::Short => FloatForm::Cut(5),
            Digits::Significant(count) => FloatForm::Cut(usize::from(count)),
            Digits::Rational => FloatForm::Fraction,
        }
    }

    /// Inside an array whose element type is told by its surroundings, or is to be told by each element.
    pub fn inside(&'a self, array: &'a Array, known: Option<Type>) -> Context<'a> {
        Context { known, outer: Some((array, self)), depth: self.depth + 1, ..*self }
    }

    /// Inside a tuple or the like, with what its surroundings tell of the value's type.
    pub fn field(&'a self, known: Option<Type>) -> Context<'a> {
        Context { known, depth: self.depth + 1, ..*self }
    }

    /// Would showing this array here not end, or lead too deep?
    pub fn excludes(&self, array: &Array) -> bool {
        self.is_too_deep() || self.distance_to(array).is_some()
    }

    /// Are there too many arrays and tuples around this place, or has the user asked to stop? Few values inside each
    /// other can be a text without end.
    pub fn is_too_deep(&self) -> bool {
        self.depth > MAX_DEPTH || interrupt::requested()
    }

    /// How many arrays up the same array is being shown already.
    fn distance_to(&self, array: &Array) -> Option<usize> {
        let mut outer = self.outer;
        let mut distance = 1;
        while let Some((shown, context)) = outer {
            if std::ptr::eq(shown, array) {
                return Some(distance);
            }
            outer = context.outer;
            distance += 1;
        }
        None
    }
}

/// Writes a value on one line.
pub fn show(out: &mut String, value: &Value, context: &Context<'_>) {
    match value {
        Value::Undefined | Value::Variable(_) => out.push_str("#undef"),
        Value::Nothing => out.push_str("nothing"),
        Value::Colon => out.push_str("Colon()"),
        Value::Bool(x) => show_bool(out, x.get(), context),
        Value::Int(x) => push_int(out, *x),
        Value::Float(x) => push_float(out, x.get(), context.form()),
        Value::Complex(x) => push_complex(out, x, context.compact, context.form()),
        Value::Str(x) => push_quoted(out, x),
        Value::Array(x) => show_array(out, x, context),
        Value::Range(x) => show_range(out, x, context),
        Value::Tuple(x) => show_tuple(out, value, x, context),
        Value::Pair(x) => show_pair(out, &x.0, &x.1, context),
        Value::CartesianIndex(x) => out.push_str(&format!("CartesianIndex({}, {})", x[0], x[1])),
        Value::Scaling(x) => show_scaling(out, x),
        Value::Type(x) => out.push_str(&x.to_string()),
        Value::Function(x) => show_function(out, x, context),
        Value::Error(x) => show_error(out, x, context),
        Value::Iterator(x) => show_lazy(out, x, context),
        Value::Stream(x) => out.push_str(&match &**x {
            Stream::File(_) => format!("IOStream(<file {}>)", x.name()),
            Stream::Out | Stream::Err | Stream::In | Stream::Null | Stream::Buffer(_) => format!("{}()", x.type_of()),
        }),
        Value::Reference(_) if context.is_too_deep() => out.push('…'),
        Value::Reference(x) => {
            out.push_str(&value.type_of().to_string());
            out.push('(');
            show(out, &x.get(), &context.field(None));
            out.push(')');
        }
    }
}

fn show_bool(out: &mut String, x: bool, context: &Context<'_>) {
    let told = context.known == Some(Type::Bool);
    out.push_str(match (x, told) {
        (true, true) => "1",
        (false, true) => "0",
        (true, false) => "true",
        (false, false) => "false",
    });
}

/// Writes element number `k` of an array, without boxing it.
pub fn show_element(out: &mut String, elements: &Elements, k: usize, context: &Context<'_>) {
    match elements {
        Elements::Bool(m) => show_bool(out, m[k], context),
        Elements::Int(m) => push_int(out, m[k]),
        Elements::Float(m) => push_float(out, m[k], context.form()),
        Elements::Complex(m) => push_complex(out, &Complex::new(m[k], false), context.compact, context.form()),
        Elements::Any(m, _) => show(out, &m[k], context),
    }
}

fn show_array(out: &mut String, array: &Array, context: &Context<'_>) {
    if let Some(distance) = context.distance_to(array) {
        return out.push_str(&format!("#= circular reference @-{distance} =#"));
    }
    if context.is_too_deep() {
        return out.push('…');
    }
    let eltype = array.eltype();
    let told = context.known.as_ref().filter(|known| array.type_of().is_subtype(known));
    let told_eltype = told.and_then(Type::element_type);
    if array.is_empty() && !array.is_vector() {
        let (rows, cols) = array.shape();
        return out.push_str(&format!("Matrix{{{eltype}}}(undef, {rows}, {cols})"));
    }
    let known = if told_eltype.as_ref() == Some(&eltype) {
        Some(eltype)
    } else if !array.is_empty() && reads_back(&eltype) {
        context.known.clone()
    } else {
        out.push_str(&eltype.to_string());
        Some(eltype)
    };
    let inner = context.inside(array, known);
    out.push('[');
    if array.is_vector() {
        show_vector_items(out, array, &inner);
    } else {
        show_matrix_items(out, array, &inner);
    }
    out.push(']');
}

/// Types whose values are read back as the same type from their bare text.
fn reads_back(eltype: &Type) -> bool {
    match eltype {
        Type::Float64 | Type::Int64 | Type::String | Type::Nothing => true,
        Type::Vector(Some(of)) | Type::Matrix(Some(of)) => reads_back(of),
        Type::Tuple(Some(fields)) => fields.iter().all(reads_back),
        Type::Pair(Some(sides)) => reads_back(&sides.0) && reads_back(&sides.1),
        _ => false,
    }
}

fn show_vector_items(out: &mut String, array: &Array, context: &Context<'_>) {
    let elements = array.elements();
    let len = elements.len();
    let mut items = |range: std::ops::Range<usize>| {
        for k in range.clone() {
            if k > range.start {
                out.push_str(", ");
            }
            show_element(out, &elements, k, context);
        }
        out.len()
    };
    if context.limit.is_none() || len <= 2 * VECTOR_ENDS {
        items(0..len);
        return;
    }
    let end = items(0..VECTOR_ENDS);
    items(len - VECTOR_ENDS..len);
    out.insert_str(end, "  …  ");
}

fn show_matrix_items(out: &mut String, array: &Array, context: &Context<'_>) {
    let elements = array.elements();
    let (rows, cols) = elements.shape();
    let cut = |count: usize| context.limit.is_some() && count > 2 * MATRIX_ENDS;
    for i in shown_ends(rows, cut(rows)) {
        if i > 0 {
            out.push_str("; ");
        }
        if cut(rows) && i == rows - MATRIX_ENDS {
            out.push_str("… ; ");
        }
        for j in shown_ends(cols, cut(cols)) {
            if cut(cols) && j == cols - MATRIX_ENDS {
                out.push_str(" …");
            }
            if j > 0 {
                out.push(' ');
            }
            show_element(out, &elements, i + j * rows, context);
        }
    }
    if cols == 1 {
        out.push_str(";;");
    }
}

/// All numbers below `count`, or only those at the ends.
fn shown_ends(count: usize, cut: bool) -> impl Iterator<Item = usize> {
    let first = if cut { MATRIX_ENDS } else { count };
    (0..first).chain(if cut { count - MATRIX_ENDS..count } else { 0..0 })
}

fn show_range(out: &mut String, range: &Range, context: &Context<'_>) {
    match range {
        Range::Int { start, step, len, unit } => {
            // An empty range shows the number before its start: `5:4`.
            let last = match *len as i128 {
                0 => i128::from(*start) - i128::from(step.signum()),
                len => i128::from(*start) + i128::from(*step) * (len - 1),
            };
            let text = if *unit { format!("{start}:{last}") } else { format!("{start}:{step}:{last}") };
            out.push_str(&text);
        }
        Range::Float { start, step, stop, .. } => {
            for (k, part) in [start, step, stop].into_iter().enumerate() {
                if k > 0 {
                    out.push(':');
                }
                // A range is never compact: its parts stand alone.
                let form = if context.form() == COMPACT { FloatForm::Shortest } else { context.form() };
                push_float(out, *part, form);
            }
        }
    }
}

fn show_tuple(out: &mut String, value: &Value, tuple: &Tuple, context: &Context<'_>) {
    if context.is_too_deep() {
        return out.push('…');
    }
    let names = tuple.names.as_deref();
    if tuple.items.is_empty() {
        return out.push_str(if names.is_some() { "NamedTuple()" } else { "()" });
    }
    let told = context.known.as_ref().filter(|known| value.type_of().is_subtype(known));
    out.push('(');
    for (k, item) in tuple.items.iter().enumerate() {
        if k > 0 {
            out.push_str(", ");
        }
        if let Some(name) = names.and_then(|names| names.get(k)) {
            out.push_str(name);
            out.push_str(" = ");
        }
        let known = match told {
            Some(Type::Tuple(Some(fields))) => fields.get(k).cloned(),
            Some(Type::NamedTuple(Some(fields))) => fields.get(k).map(|(_, field)| field.clone()),
            _ => None,
        };
        show(out, item, &context.field(known));
    }
    out.push_str(if tuple.items.len() == 1 { ",)" } else { ")" });
}

fn show_pair(out: &mut String, first: &Value, second: &Value, context: &Context<'_>) {
    if context.is_too_deep() {
        return out.push('…');
    }
    show_side(out, first, context, |sides| &sides.0);
    out.push_str(if context.compact { "=>" } else { " => " });
    show_side(out, second, context, |sides| &sides.1);
}

/// Writes one side of a pair; a pair inside a pair stands in parentheses.
fn show_side(out: &mut String, side: &Value, context: &Context<'_>, pick: fn(&(Type, Type)) -> &Type) {
    let known = match &context.known {
        Some(Type::Pair(Some(sides))) => Some(pick(sides).clone()),
        _ => None,
    };
    let inner = context.field(known);
    if !matches!(side, Value::Pair(_)) {
        return show(out, side, &inner);
    }
    out.push('(');
    show(out, side, &inner);
    out.push(')');
}

/// How many columns of a shown pair stand before its `=>` ends its `=`: pairs align there.
pub fn width_before_arrow(first: &Value, context: &Context<'_>) -> usize {
    let mut text = String::new();
    show_side(&mut text, first, context, |sides| &sides.0);
    super::text::width(&text) + usize::from(!context.compact) + 1
}

fn show_scaling(out: &mut String, scale: &Value) {
    out.push_str(&format!("UniformScaling{{{}}}(", scale.type_of()));
    show(out, scale, &Context::whole());
    out.push(')');
}

fn show_function(out: &mut String, function: &Function, context: &Context<'_>) {
    if context.is_too_deep() {
        return out.push('…');
    }
    let inner = context.field(None);
    match &function.kind {
        FunctionKind::Composed(outer, first) => {
            show(out, outer, &inner);
            out.push_str(" ∘ ");
            show(out, first, &inner);
        }
        FunctionKind::Partial(operator, right) => {
            show(out, operator, &inner);
            out.push('(');
            show(out, right, &inner);
            out.push(')');
        }
        FunctionKind::Builtin(_) | FunctionKind::User(_) | FunctionKind::Operator { .. } => {
            out.push_str(&function.name);
        }
    }
}

fn show_error(out: &mut String, error: &ErrorValue, context: &Context<'_>) {
    if context.is_too_deep() {
        return out.push('…');
    }
    out.push_str(&error.kind.name());
    out.push('(');
    for (k, (_, value)) in error.fields.iter().enumerate() {
        if k > 0 {
            out.push_str(", ");
        }
        show(out, value, &context.field(None));
    }
    if error.fields.is_empty() {
        push_quoted(out, &error.message);
    }
    out.push(')');
}

fn show_lazy(out: &mut String, lazy: &Lazy, context: &Context<'_>) {
    if context.is_too_deep() {
        return out.push('…');
    }
    let inner = context.field(None);
    let mut call = |name: &str, arguments: &[&Value], count: Option<usize>| {
        out.push_str(name);
        out.push('(');
        for (k, argument) in arguments.iter().enumerate() {
            if k > 0 {
                out.push_str(", ");
            }
            show(out, argument, &inner);
        }
        if let Some(count) = count {
            out.push_str(&format!(", {count}"));
        }
        out.push(')');
    };
    match lazy {
        Lazy::Enumerate(over) => call("enumerate", &[over], None),
        Lazy::Zip(all) => call("zip", &all.iter().collect::<Vec<_>>(), None),
        Lazy::Map(function, over) => call("Base.Generator", &[function, over], None),
        Lazy::Filter(keep, over) => call("Iterators.filter", &[keep, over], None),
        Lazy::Product(all) => call("Iterators.product", &all.iter().collect::<Vec<_>>(), None),
        Lazy::Flatten(over) => call("Iterators.flatten", &[over], None),
        Lazy::Rows(over) => call("eachrow", &[over], None),
        Lazy::Columns(over) => call("eachcol", &[over], None),
        Lazy::Pairs(over) => call("pairs", &[over], None),
        Lazy::Reverse(over) => call("Iterators.reverse", &[over], None),
        Lazy::Take(over, count) => call("Iterators.take", &[over], Some(*count)),
        Lazy::Drop(over, count) => call("Iterators.drop", &[over], Some(*count)),
        Lazy::Cycle(over) => call("Iterators.cycle", &[over], None),
        Lazy::Lines(stream) => call("eachline", &[&Value::Stream(stream.clone())], None),
    }
}
