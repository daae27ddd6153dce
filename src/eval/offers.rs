//! Errors of operations, with the operands labelled and lines that would have worked: each is tried on the real operands
//! before it is offered.

use super::node::Thrown;
use super::vm::Vm;
use crate::error::{Diagnostic, Places};
use crate::fault::{ErrorKind, Fault, FaultReport, Outcome};
use crate::kernel::broadcast::{Dotted, broadcast as run_broadcast};
use crate::kernel::operators;
use crate::library;
use crate::op::{BinaryOp, UnaryOp};
use crate::source::Span;
use crate::value::display::{describe, repr};
use crate::value::function::{Arguments, Run as BuiltinRun};
use crate::value::{Array, Value};

/// Elements of operands up to which lines are tried: an error must not take long.
const MOST_ELEMENTS: usize = 100_000;

/// Elements of a result up to which a line is tried.
const MOST_RESULT: usize = 1_000_000;

/// Offers that a report shows at most.
const MOST_OFFERS: usize = 3;

/// Longest text of an operand that offers repeat; longer ones are called by a letter.
const LONGEST_NAME: usize = 16;

/// A line that may work, and how to try it.
struct Candidate<'a> {
    code: String,
    /// What the line means, where its result alone does not say: `the inner product`.
    meaning: &'static str,
    attempt: Box<dyn FnOnce() -> Outcome<Value> + 'a>,
}

impl<'a> Candidate<'a> {
    fn new(code: String, attempt: impl FnOnce() -> Outcome<Value> + 'a) -> Candidate<'a> {
        Candidate { code, meaning: "", attempt: Box::new(attempt) }
    }

    fn meaning(self, meaning: &'static str) -> Candidate<'a> {
        Candidate { meaning, ..self }
    }
}

/// An operand as offers write it.
struct Operand<'a> {
    value: &'a Value,
    /// Its own text where that is short, else a letter.
    name: String,
    span: Span,
    /// The letter stands for a longer text, which its label says.
    lettered: bool,
}

impl<'a> Operand<'a> {
    fn new(vm: &Vm, value: &'a Value, span: Span, letters: [&str; 2]) -> Operand<'a> {
        let text = vm.text(span);
        if is_atom(&text) {
            return Operand { value, name: text, span, lettered: false };
        }
        let letter = if is_vector(value) { letters[1] } else { letters[0] };
        Operand { value, name: letter.to_string(), span, lettered: true }
    }

    /// What it is, under its text; with the letter that the offers call it by.
    fn label(&self, diagnostic: Diagnostic) -> Diagnostic {
        let what = describe(self.value);
        let named = self.lettered && !diagnostic.offers.is_empty();
        diagnostic.label(self.span, if named { format!("{what} ({} below)", self.name) } else { what })
    }
}

/// A name, a number, a short string, the adjoint of a name: what can stand beside an operator as it is.
fn is_atom(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '.' || c == '!' || c == '′';
    let short = text.chars().count() <= LONGEST_NAME;
    let quoted = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).is_some_and(|t| !t.contains('"'));
    let word = text.strip_suffix('\'').unwrap_or(text);
    short && (quoted || (!word.is_empty() && word.chars().all(plain)))
}

fn is_vector(value: &Value) -> bool {
    match value {
        Value::Array(array) => array.is_vector(),
        Value::Range(_) => true,
        _ => false,
    }
}

fn is_array(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Range(_))
}

fn is_matrix(value: &Value) -> bool {
    is_array(value) && !is_vector(value)
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(array) => array.len(),
        Value::Range(range) => range.len(),
        _ => 1,
    }
}

fn is_square(value: &Value) -> bool {
    let square = |array: &Array| !array.is_vector() && array.shape().0 == array.shape().1;
    matches!(value, Value::Array(array) if square(array))
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_))
}

/// What a tried line gives, in a few words: the size of an array, a scalar itself.
fn outcome(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Range(_) => describe(value),
        _ => {
            let text = repr(value);
            if text.chars().count() <= 40 { text } else { describe(value) }
        }
    }
}

/// Tries the candidates and adds those that work. Words of advice give way to lines that were tried.
fn offer(mut diagnostic: Diagnostic, candidates: Vec<Candidate<'_>>) -> Diagnostic {
    for Candidate { code, meaning, attempt } in candidates {
        if diagnostic.offers.len() == MOST_OFFERS {
            break;
        }
        if let Ok(value) = attempt() {
            let gives = outcome(&value);
            let gives = if meaning.is_empty() { gives } else { format!("{gives}, {meaning}") };
            diagnostic = diagnostic.offer(code, gives);
        }
    }
    if !diagnostic.offers.is_empty() {
        diagnostic.hints.clear();
    }
    diagnostic
}

/// A fault that a report can be made of; what is already on its way passes.
macro_rules! report_of {
    ($fault:expr) => {
        match $fault {
            Fault::Raised(report) => *report,
            Fault::Passing => return Thrown,
        }
    };
}

/// `a op b` failed.
#[cold]
#[inline(never)]
pub fn binary(vm: &Vm, op: BinaryOp, a: &Value, b: &Value, fault: Fault, [op_span, left, right]: [Span; 3]) -> Thrown {
    let report = report_of!(fault);
    let a = Operand::new(vm, a, left, ["A", "x"]);
    let b = Operand::new(vm, b, right, ["B", "y"]);
    let candidates = if size(a.value) + size(b.value) > MOST_ELEMENTS {
        Vec::new()
    } else {
        binary_candidates(vm, op, &a, &b, &report)
    };
    let diagnostic = Diagnostic::from_report(
        FaultReport { labels: operator_labels(&report), ..report },
        Places { operator: op_span, left: Some(left), right: Some(right), arguments: &[] },
    );
    let diagnostic = offer(diagnostic, candidates);
    vm.throw(b.label(a.label(diagnostic)))
}

/// The labels of a report that stand at the operator; the operands get their own.
fn operator_labels(report: &FaultReport) -> Vec<(crate::fault::Part, String)> {
    let at_operator = |(part, _): &&(crate::fault::Part, String)| *part == crate::fault::Part::Operator;
    report.labels.iter().filter(at_operator).cloned().collect()
}

fn binary_candidates<'a>(
    vm: &'a Vm,
    op: BinaryOp,
    a: &Operand<'a>,
    b: &Operand<'a>,
    report: &FaultReport,
) -> Vec<Candidate<'a>> {
    if !matches!(report.kind, ErrorKind::DimensionMismatch | ErrorKind::MethodError | ErrorKind::ArgumentError) {
        return Vec::new();
    }
    let (x, y) = (a.value, b.value);
    let (left, right) = (&a.name, &b.name);
    if !is_array(x) && !is_array(y) {
        return text_candidates(vm, op, a, b);
    }
    let dotted =
        |op: BinaryOp| Candidate::new(format!("{left} .{} {right}", op.text()), move || pairwise(vm, op, x, y));
    let mut list: Vec<Candidate<'a>> = Vec::new();
    match op {
        BinaryOp::Mul if is_vector(x) && is_vector(y) => {
            list.push(dotted(op).meaning("element by element"));
            let inner = Candidate::new(format!("{left}' * {right}"), move || product(&adjoint(x)?, y));
            let outer = Candidate::new(format!("{left} * {right}'"), move || product(x, &adjoint(y)?));
            list.extend([inner.meaning("the inner product"), outer.meaning("the outer product")]);
        }
        BinaryOp::Mul => {
            list.push(dotted(op));
            list.push(Candidate::new(format!("{left} * {right}'"), move || product(x, &adjoint(y)?)));
            list.push(Candidate::new(format!("{left}' * {right}"), move || product(&adjoint(x)?, y)));
            list.push(Candidate::new(format!("{right} * {left}"), move || product(y, x)));
        }
        BinaryOp::Add | BinaryOp::Sub => {
            let every = if is_number(y) || is_number(x) { "every element" } else { "" };
            list.push(dotted(op).meaning(every));
            if is_square(x) && is_number(y) {
                let code = format!("{left} {} {}", op.text(), scaled_identity(right));
                list.push(Candidate::new(code, move || with_identity(op, x, y)).meaning("the diagonal"));
            }
        }
        BinaryOp::Pow => {
            list.push(dotted(op).meaning("every element"));
            if is_vector(x) {
                let inner = Candidate::new(format!("{left}' * {left}"), move || product(&adjoint(x)?, x));
                list.push(inner.meaning("the inner product"));
            }
        }
        BinaryOp::Div if is_vector(y) && !is_array(x) => {
            list.push(dotted(op).meaning("every element"));
            let code = if left == "1" { format!("pinv({right})") } else { format!("{left} * pinv({right})") };
            let inverse = Candidate::new(code, move || product(x, &builtin(vm, "pinv", y)?));
            list.push(inverse.meaning("the pseudo-inverse"));
        }
        BinaryOp::Hadamard => list.push(dotted(BinaryOp::Mul).meaning("with broadcasting")),
        BinaryOp::HadamardDiv => list.push(dotted(BinaryOp::Div).meaning("with broadcasting")),
        _ => {
            list.push(dotted(op));
            if is_matrix(x) && is_matrix(y) {
                list.push(Candidate::new(format!("{left} * {right}"), move || product(x, y)));
                list.push(Candidate::new(format!("{right} * {left}"), move || product(y, x)));
            }
        }
    }
    list
}

/// `"a" + "b"`, `"a" + 1`
fn text_candidates<'a>(vm: &'a Vm, op: BinaryOp, a: &Operand<'a>, b: &Operand<'a>) -> Vec<Candidate<'a>> {
    let (x, y) = (a.value, b.value);
    let joined = || {
        let code = format!("string({}, {})", a.name, b.name);
        Candidate::new(code, move || builtin_of(vm, "string", &[x.clone(), y.clone()]))
    };
    match (op, x, y) {
        (BinaryOp::Add, Value::Str(_), Value::Str(_)) => {
            vec![Candidate::new(format!("{} * {}", a.name, b.name), move || operators::binary(BinaryOp::Mul, x, y))]
        }
        (BinaryOp::Add | BinaryOp::Mul, Value::Str(_), _) | (BinaryOp::Add | BinaryOp::Mul, _, Value::Str(_)) => {
            vec![joined()]
        }
        _ => Vec::new(),
    }
}

/// `1I` for a literal, `c*I` for anything else.
fn scaled_identity(text: &str) -> String {
    if text.chars().all(|c| c.is_ascii_digit() || c == '.') { format!("{text}I") } else { format!("{text}*I") }
}

fn with_identity(op: BinaryOp, a: &Value, number: &Value) -> Outcome<Value> {
    operators::binary(op, a, &Value::Scaling(std::rc::Rc::new(number.clone())))
}

fn adjoint(a: &Value) -> Outcome<Value> {
    operators::unary(UnaryOp::Adjoint, a)
}

/// A product of values whose result stays small.
fn product(a: &Value, b: &Value) -> Outcome<Value> {
    let (rows, cols) = (shape(a).0, shape(b).1);
    if rows.saturating_mul(cols).saturating_mul(shape(a).1.max(1)) > MOST_RESULT * 10 {
        return Err(Fault::Passing);
    }
    operators::binary(BinaryOp::Mul, a, b)
}

fn shape(value: &Value) -> (usize, usize) {
    match value {
        Value::Array(array) => array.shape(),
        Value::Range(range) => (range.len(), 1),
        _ => (1, 1),
    }
}

fn pairwise(vm: &Vm, op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
    let ((r1, c1), (r2, c2)) = (shape(a), shape(b));
    if r1.max(r2).saturating_mul(c1.max(c2)) > MOST_RESULT {
        return Err(Fault::Passing);
    }
    let tree = Dotted::Binary(op, Box::new(Dotted::Leaf(0)), Box::new(Dotted::Leaf(1)));
    run_broadcast(&tree, &[a.clone(), b.clone()], vm)
}

fn builtin(vm: &Vm, name: &str, arg: &Value) -> Outcome<Value> {
    builtin_of(vm, name, std::slice::from_ref(arg))
}

fn builtin_of(vm: &Vm, name: &str, args: &[Value]) -> Outcome<Value> {
    let builtin = library::builtin(name).ok_or(Fault::Passing)?;
    library::call(builtin, &Arguments { name, positional: args, keyword: &[] }, vm)
}

/// `op a` failed.
#[cold]
#[inline(never)]
pub fn unary(vm: &Vm, op: UnaryOp, a: &Value, fault: Fault, [op_span, operand]: [Span; 2]) -> Thrown {
    let report = report_of!(fault);
    let a = Operand::new(vm, a, operand, ["A", "x"]);
    let value = a.value;
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    if is_array(value) && size(value) <= MOST_ELEMENTS && op != UnaryOp::Adjoint {
        let attempt = move || {
            let tree = Dotted::Unary(op, Box::new(Dotted::Leaf(0)));
            run_broadcast(&tree, std::slice::from_ref(value), vm)
        };
        candidates.push(Candidate::new(format!(".{}{}", op.text(), a.name), attempt));
    }
    let diagnostic = Diagnostic::from_report(
        FaultReport { labels: operator_labels(&report), ..report },
        Places { operator: op_span, left: Some(operand), right: None, arguments: &[] },
    );
    vm.throw(a.label(offer(diagnostic, candidates)))
}

/// The places of a call.
#[derive(Clone, Copy)]
pub struct CallPlaces<'a> {
    /// The called name.
    pub callee: Span,
    /// The arguments; none where some were spread.
    pub args: &'a [Span],
}

/// A call failed.
#[cold]
#[inline(never)]
pub fn call(vm: &Vm, callee: &Value, args: &[Value], fault: Fault, places: CallPlaces<'_>) -> Thrown {
    let report = report_of!(fault);
    let kind = report.kind;
    let labelled = report.labels.clone();
    let mut diagnostic = Diagnostic::from_report(
        report,
        Places { operator: places.callee, left: places.args.first().copied(), right: None, arguments: places.args },
    );
    if diagnostic.kind == ErrorKind::InterruptException || places.args.len() != args.len() {
        return vm.throw(diagnostic);
    }
    let typed = matches!(kind, ErrorKind::MethodError | ErrorKind::DimensionMismatch);
    if typed && labelled.is_empty() {
        for (value, span) in args.iter().zip(places.args) {
            diagnostic = diagnostic.label(*span, describe(value));
        }
    }
    let name = vm.text(places.callee);
    let candidates = if typed { call_candidates(vm, callee, &name, args, &places) } else { Vec::new() };
    vm.throw(offer(diagnostic, candidates))
}

fn call_candidates<'a>(
    vm: &'a Vm,
    callee: &'a Value,
    name: &str,
    args: &'a [Value],
    places: &CallPlaces<'_>,
) -> Vec<Candidate<'a>> {
    let total: usize = args.iter().map(size).sum();
    // Only builtins are tried: a function of the program may do anything.
    let Value::Function(function) = callee else { return index_candidates(vm, callee, name, args, places) };
    let crate::value::FunctionKind::Builtin(builtin) = &function.kind else { return Vec::new() };
    if total > MOST_ELEMENTS || args.is_empty() || !args.iter().any(is_array) {
        return Vec::new();
    }
    let texts: Vec<String> = places.args.iter().map(|span| vm.text(*span)).collect();
    let mut list: Vec<Candidate<'a>> = Vec::new();
    if let ("max" | "min", [arg]) = (name, args) {
        let full = if name == "max" { "maximum" } else { "minimum" };
        let code = format!("{full}({})", texts[0]);
        list.push(Candidate::new(code, move || self::builtin(vm, full, arg)).meaning("the one element"));
        let code = format!("{full}({}, dims=1)", texts[0]);
        list.push(Candidate::new(code, move || along_columns(vm, full, arg)).meaning("one for each column"));
        return list;
    }
    if let (true, [first, Value::Int(dims @ 1..=2)]) = (library::takes_keyword(builtin, "dims"), args) {
        let keyword = vec![(std::rc::Rc::from("dims"), Value::Int(*dims))];
        let attempt = move || {
            let args = Arguments { name: builtin.name(), positional: std::slice::from_ref(first), keyword: &keyword };
            library::call(builtin, &args, vm)
        };
        list.push(Candidate::new(format!("{name}({}, dims={dims})", texts[0]), attempt));
        return list;
    }
    // A function of whole arrays, such as `inv`, is no better off element by element.
    if !matches!(builtin.run, BuiltinRun::Scalar(_) | BuiltinRun::Scalar2(_)) {
        return list;
    }
    let tree = Dotted::Call { function: 0, args: (1..=args.len()).map(Dotted::Leaf).collect(), keyword: Vec::new() };
    let leaves: Vec<Value> = std::iter::once(callee).chain(args).cloned().collect();
    let code = format!("{name}.({})", texts.join(", "));
    list.push(Candidate::new(code, move || run_broadcast(&tree, &leaves, vm)).meaning("every element"));
    list
}

fn along_columns(vm: &Vm, name: &str, arg: &Value) -> Outcome<Value> {
    let builtin = library::builtin(name).ok_or(Fault::Passing)?;
    let keyword = [(std::rc::Rc::from("dims"), Value::Int(1))];
    library::call(builtin, &Arguments { name, positional: std::slice::from_ref(arg), keyword: &keyword }, vm)
}

/// `A(1, 2)` where an index was meant.
fn index_candidates<'a>(
    vm: &'a Vm,
    object: &'a Value,
    name: &str,
    args: &'a [Value],
    places: &CallPlaces<'_>,
) -> Vec<Candidate<'a>> {
    let texts: Vec<String> = places.args.iter().map(|span| vm.text(*span)).collect();
    vec![Candidate::new(format!("{name}[{}]", texts.join(", ")), move || crate::value::index::get(object, args))]
}

/// An index failed.
#[cold]
#[inline(never)]
pub fn index(vm: &Vm, object: &Value, at: &[Value], fault: Fault, span: Span, spans: &[Span]) -> Thrown {
    let report = report_of!(fault);
    // Spread indices have no places of their own.
    let arguments = if spans.len() == at.len() { spans } else { &[] };
    let text = vm.text(span);
    let name_length = text.find('[').unwrap_or(text.len());
    let object_span = Span { end: span.start + name_length as u32, ..span };
    let points_at = report.labels.iter().find_map(|(part, _)| match part {
        crate::fault::Part::Argument(k) => arguments.get(*k).copied(),
        _ => None,
    });
    let places = Places { operator: points_at.unwrap_or(span), left: Some(object_span), right: None, arguments };
    let mut diagnostic = Diagnostic::from_report(report, places);
    // The index at fault is where the error points: its label becomes the note.
    if let Some(k) = diagnostic.labels.iter().position(|l| Some(l.span) == points_at) {
        diagnostic.note = Some(diagnostic.labels.remove(k).text);
    }
    if is_array(object) && name_length > 0 && name_length < text.len() {
        diagnostic = diagnostic.label(object_span, describe(object));
    }
    vm.throw(diagnostic)
}

/// A dotted expression failed.
#[cold]
#[inline(never)]
pub fn broadcast(vm: &Vm, leaves: &[Value], fault: Fault, span: Span, spans: &[Span]) -> Thrown {
    let report = report_of!(fault);
    let labelled = !report.labels.is_empty();
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    if let (ErrorKind::DimensionMismatch, [x, y], [left, right]) = (report.kind, leaves, spans)
        && size(x) + size(y) <= MOST_ELEMENTS
        && vm.text(left.to(*right)).contains(".*")
    {
        let a = Operand::new(vm, x, *left, ["A", "x"]);
        let b = Operand::new(vm, y, *right, ["B", "y"]);
        candidates.push(Candidate::new(format!("{} * {}", a.name, b.name), move || product(x, y)));
        candidates.push(Candidate::new(format!("{} * {}", b.name, a.name), move || product(y, x)));
    }
    let mut diagnostic =
        Diagnostic::from_report(report, Places { operator: span, left: None, right: None, arguments: spans });
    if !labelled {
        for (value, span) in leaves.iter().zip(spans).filter(|(value, _)| is_array(value)) {
            diagnostic = diagnostic.label(*span, describe(value));
        }
    }
    vm.throw(offer(diagnostic, candidates))
}

/// What stands where a condition must is no Bool.
#[cold]
pub fn condition(vm: &Vm, value: &Value, span: Span) -> Diagnostic {
    let name = vm.text(span);
    let diagnostic = Diagnostic::new(
        ErrorKind::TypeError,
        format!("a condition is true or false, and this is {}", with_article(&describe(value))),
        span,
    )
    .note(describe(value));
    match value {
        Value::Array(array) if matches!(*array.elements(), crate::value::Elements::Bool(_)) => {
            let candidates: Vec<Candidate<'_>> = vec![
                Candidate::new(format!("any({name})"), move || builtin(vm, "any", value)),
                Candidate::new(format!("all({name})"), move || builtin(vm, "all", value)),
            ];
            offer(diagnostic, candidates)
        }
        Value::Array(_) | Value::Range(_) => {
            let nonzero = move || pairwise(vm, BinaryOp::Ne, value, &Value::Int(0));
            let candidates: Vec<Candidate<'_>> = vec![
                Candidate::new(format!("any({name} .!= 0)"), move || builtin(vm, "any", &nonzero()?)),
                Candidate::new(format!("all({name} .!= 0)"), move || builtin(vm, "all", &nonzero()?)),
            ];
            offer(diagnostic, candidates)
        }
        Value::Int(_) | Value::Float(_) => {
            let attempt = move || operators::binary(BinaryOp::Ne, value, &Value::Int(0));
            offer(diagnostic, vec![Candidate::new(format!("{name} != 0"), attempt)])
        }
        _ => diagnostic,
    }
}

/// `a 3-vector`, `an Int64`
fn with_article(what: &str) -> String {
    let vowel = what.starts_with(['A', 'E', 'I', 'O', 'U', '8']);
    format!("{} {what}", if vowel { "an" } else { "a" })
}
