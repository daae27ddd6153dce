//! What the text around a mistake tells of what was meant: comparisons on both sides of `&`, a name after `np.`, the
//! number before `i`, `zeros(3)` where a matrix was meant.

use super::*;

/// Comparisons of arrays, as they stand in a text.
const COMPARISONS: &[&str] = &[" .> ", " .< ", " .>= ", " .<= ", " .== ", " .!= ", " .≥ ", " .≤ ", " .≠ "];

/// Functions whose one argument is a length, and whose two are the sizes of a matrix.
const MAKERS: &[&str] = &["zeros", "ones", "rand", "randn", "trues", "falses"];

/// `x .> 1 & x .< 3`: the line that was meant, `(x .> 1) .& (x .< 3)`, from the text around the `&`.
pub(super) fn joined_comparisons(vm: &Vm, op: BinaryOp, op_span: Span) -> Option<String> {
    if !matches!(op, BinaryOp::And | BinaryOp::Or) {
        return None;
    }
    let sources = vm.sources.borrow();
    let text = &sources.get(op_span.source)?.text;
    let (before, after) = (text.get(..op_span.start as usize)?, text.get(op_span.end as usize..)?);
    let left = before.rsplit(['\n', ';']).next()?.rsplit(" = ").next()?.trim();
    let right = after.split(['\n', ';', '#']).next()?.trim();
    let left = left.strip_prefix("if ").or_else(|| left.strip_prefix("while ")).unwrap_or(left);
    let compares = |side: &str| COMPARISONS.iter().any(|sign| side.contains(sign)) && is_balanced(side);
    (compares(left) && compares(right)).then(|| format!("({left}) .{} ({right})", op.text()))
}

/// Does every bracket of a text have its partner in it?
fn is_balanced(text: &str) -> bool {
    let mut depth = 0i32;
    for c in text.chars() {
        depth += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// `zeros(3)` beside a product sign: how a matrix of that size is made.
pub(super) fn square_instead(vm: &Vm, value: &Value, span: Span) -> Option<String> {
    let text = vm.text(span);
    let (name, length) = text.strip_suffix(')')?.split_once('(')?;
    let plain = !length.is_empty() && length.chars().all(|c| c.is_alphanumeric() || c == '_');
    (MAKERS.contains(&name) && plain && is_vector(value)).then(|| {
        let n = size(value);
        format!("`{text}` is a {n}-vector; a {n}×{n} matrix is `{name}({length}, {length})`")
    })
}

/// `np.dot`: what the name after the module is called here.
pub(super) fn in_foreign_module(vm: &Vm, name: &str, span: Span) -> Option<String> {
    if !library::foreign::is_module(name) {
        return None;
    }
    let sources = vm.sources.borrow();
    let after = sources.get(span.source)?.text.get(span.end as usize..)?;
    let path: &str = after.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).next()?;
    let member = path.strip_prefix('.')?.rsplit('.').next().filter(|member| !member.is_empty())?;
    if let Some(foreign) = library::foreign::lookup(member) {
        return Some(format!("`{name}{path}` is written like this: {}", foreign.here));
    }
    let builtin = library::builtin(member)?;
    let form = builtin.sig.split(" | ").next().unwrap_or(member);
    Some(format!("functions stand without a module in front: {form}"))
}

/// `2i`, `3j`: the number with the imaginary unit behind it.
pub(super) fn imaginary(vm: &Vm, name: &str, span: Span) -> Option<String> {
    if !matches!(name, "i" | "j") {
        return None;
    }
    let sources = vm.sources.borrow();
    let before = sources.get(span.source)?.text.get(..span.start as usize)?;
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &before[digits.len()..];
    (!number.is_empty()).then(|| format!("{number}im"))
}

/// `[x, y]` where `[x y]`, the matrix with these columns, was meant: its text and its columns.
pub(super) fn columns_instead(vm: &Vm, value: &Value, span: Span) -> Option<(String, Vec<Value>)> {
    let columns = vectors_of(value)?;
    let text = vm.text(span);
    let names: Vec<&str> = text.strip_prefix('[')?.strip_suffix(']')?.split(',').map(str::trim).collect();
    let plain = |name: &&str| name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (names.len() == columns.len() && names.iter().all(plain)).then(|| (format!("[{}]", names.join(" ")), columns))
}

/// The elements of a vector of vectors.
pub(super) fn vectors_of(value: &Value) -> Option<Vec<Value>> {
    let Value::Array(array) = value else { return None };
    if !array.is_vector() || array.is_empty() || array.len() > MOST_OFFERS * 8 {
        return None;
    }
    let items: Vec<Value> = (0..array.len()).map(|k| array.value(k)).collect();
    items.iter().all(is_vector).then_some(items)
}
