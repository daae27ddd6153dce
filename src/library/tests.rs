//! Tests of the tables and of calls, through a host without an evaluator.

use super::*;
use crate::fault::{ErrorKind, Fault};
use crate::value::display::repr;
use crate::value::{Complex64, Digits, Screen, Style};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;

/// A host that calls builtins only, counts its random numbers up and keeps what is written.
struct Desk {
    random: Cell<u64>,
    written: RefCell<String>,
    screen: Cell<Screen>,
}

impl Desk {
    fn new() -> Desk {
        let screen = Screen { rows: 24, cols: 80, style: Style::Julia, digits: Digits::Usual };
        Desk { random: Cell::new(1), written: RefCell::new(String::new()), screen: Cell::new(screen) }
    }
}

impl Host for Desk {
    fn call(&self, function: &Value, args: &[Value]) -> Outcome<Value> {
        self.call_with(function, args, &[])
    }

    fn call_with(&self, function: &Value, args: &[Value], keyword: &[(Rc<str>, Value)]) -> Outcome<Value> {
        let Value::Function(function) = function else { return Err(Fault::method("not a function")) };
        match &function.kind {
            crate::value::FunctionKind::Builtin(b) => {
                call(b, &Arguments { name: b.name(), positional: args, keyword }, self)
            }
            _ => Err(Fault::method("not a builtin")),
        }
    }

    fn write(&self, text: &str) {
        self.written.borrow_mut().push_str(text);
    }

    fn write_error(&self, _text: &str) {}

    fn flush(&self) {}

    fn read_line(&self) -> Outcome<Option<String>> {
        Ok(None)
    }

    fn exit(&self, _status: i32) -> Fault {
        Fault::Passing
    }

    fn throw(&self, _value: &Value) -> Fault {
        Fault::Passing
    }

    fn rethrow(&self) -> Fault {
        Fault::Passing
    }

    fn include(&self, _path: &str) -> Outcome<Value> {
        Ok(Value::Nothing)
    }

    fn random(&self) -> u64 {
        let state = self.random.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.random.set(state);
        state ^ (state >> 29)
    }

    fn seed(&self, seed: u64) {
        self.random.set(seed);
    }

    fn screen(&self) -> Screen {
        self.screen.get()
    }

    fn set_screen(&self, screen: Screen) {
        self.screen.set(screen);
    }
}

fn run_with(name: &str, args: &[Value], keyword: &[(&str, Value)]) -> Outcome<Value> {
    let keyword: Vec<(Rc<str>, Value)> = keyword.iter().map(|(k, v)| (Rc::from(*k), v.clone())).collect();
    let args = Arguments { name, positional: args, keyword: &keyword };
    call(builtin(name).expect("the test names a builtin"), &args, &Desk::new())
}

fn run(name: &str, args: &[Value]) -> Outcome<Value> {
    run_with(name, args, &[])
}

fn shown(name: &str, args: &[Value]) -> String {
    repr(&run(name, args).expect("the call succeeds"))
}

fn fault(result: Outcome<Value>) -> (ErrorKind, String) {
    match result {
        Err(Fault::Raised(report)) => (report.kind, format!("{} {}", report.message, report.hints.join(" "))),
        Err(Fault::Passing) => panic!("a placed error"),
        Ok(value) => panic!("no error but {}", repr(&value)),
    }
}

fn ints(items: &[i64]) -> Value {
    Value::vector(items.to_vec())
}

#[test]
fn every_name_is_declared_once() {
    let mut seen = HashSet::new();
    for (family, builtins) in FAMILIES {
        for builtin in *builtins {
            assert!(seen.insert(builtin.name()), "{} again in {family}", builtin.name());
        }
    }
}

#[test]
fn every_entry_is_one_sentence_and_every_form_has_the_name() {
    for builtin in FAMILIES.iter().flat_map(|(_, family)| family.iter()) {
        assert!(builtin.doc.ends_with(['.', '?']), "{} has no sentence", builtin.name());
        for form in builtin.sig.split(" | ") {
            assert!(form.starts_with(&format!("{}(", builtin.name())), "{form} in {}", builtin.sig);
        }
    }
}

#[test]
fn scalars_keep_the_type_that_they_promise() {
    assert_eq!(shown("abs", &[Value::Int(-3)]), "3");
    assert_eq!(shown("abs", &[Value::bool(true)]), "true");
    assert_eq!(shown("max", &[Value::bool(false), Value::bool(true)]), "true");
    assert_eq!(shown("max", &[Value::Int(1), Value::float(2.0)]), "2.0");
    assert_eq!(shown("real", &[Value::complex_int(Complex64::new(3.0, 4.0))]), "3");
    assert_eq!(shown("sqrt", &[Value::Int(9)]), "3.0");
}

#[test]
fn outside_of_the_domain_the_complex_form_is_offered() {
    let (kind, text) = fault(run("sqrt", &[Value::Int(-1)]));
    assert_eq!(kind, ErrorKind::DomainError);
    assert!(text.contains("sqrt(complex(-1))"), "{text}");
}

#[test]
fn a_function_of_numbers_sends_arrays_to_the_dot() {
    let (kind, text) = fault(run("log2", &[ints(&[1, 2])]));
    assert_eq!(kind, ErrorKind::MethodError);
    assert!(text.contains("log2.("), "{text}");
    let (kind, text) = fault(run("sin", &[Value::matrix(1, 2, vec![1i64, 2])]));
    assert_eq!(kind, ErrorKind::DimensionMismatch);
    assert!(text.contains("square") && text.contains("1×2"), "{text}");
}

#[test]
fn wrong_calls_say_what_is_missing_or_unknown() {
    assert!(fault(run("norm", &[])).1.contains("A is missing"));
    assert!(fault(run("norm", &[ints(&[1]), Value::Int(1), Value::Int(1)])).1.contains("at most"));
    assert!(fault(run_with("sum", &[ints(&[1])], &[("dim", Value::Int(1))])).1.contains("dims"));
    assert!(fault(run("sum", &[ints(&[1]), Value::Int(1)])).1.contains("dims=1"));
    assert!(fault(run("cumsum", &[ints(&[1]), Value::Int(1)])).1.contains("dims=1"));
    assert!(fault(run("max", &[ints(&[1])])).1.contains("maximum"));
}

#[test]
fn sizes_are_checked_before_memory_is_asked_for() {
    assert_eq!(fault(run("zeros", &[Value::Int(-1)])).0, ErrorKind::ArgumentError);
    assert_eq!(fault(run("zeros", &[Value::float(2.0)])).0, ErrorKind::MethodError);
    let huge = Value::Int(10_000_000_000);
    assert_eq!(fault(run("ones", &[huge.clone(), huge.clone()])).0, ErrorKind::OutOfMemoryError);
    assert_eq!(fault(run("repeat", &[ints(&[1]), huge.clone(), huge])).0, ErrorKind::OutOfMemoryError);
}

#[test]
fn reshape_keeps_every_element() {
    let six = Value::Range(Rc::new(crate::value::Range::unit(1, 6)));
    assert_eq!(shown("reshape", &[six.clone(), Value::Int(2), Value::Colon]), "[1 3 5; 2 4 6]");
    assert_eq!(fault(run("reshape", &[six, Value::Int(4), Value::Int(2)])).0, ErrorKind::DimensionMismatch);
}

#[test]
fn vectors_grow_and_shrink_in_place() {
    let v = ints(&[1, 2, 3]);
    run("push!", &[v.clone(), Value::Int(4)]).expect("an integer fits");
    assert_eq!(shown("splice!", &[v.clone(), Value::Int(2)]), "2");
    assert_eq!(repr(&v), "[1, 3, 4]");
    assert_eq!(fault(run("push!", &[v, Value::float(0.5)])).0, ErrorKind::InexactError);
}

#[test]
fn a_vector_can_be_appended_to_itself() {
    let v = ints(&[1, 2]);
    run("append!", &[v.clone(), v.clone()]).expect("the elements fit");
    assert_eq!(repr(&v), "[1, 2, 1, 2]");
}

#[test]
fn the_same_seed_gives_the_same_numbers() {
    let twice = || {
        let desk = Desk::new();
        let args = [Value::Int(3)];
        let args = Arguments { name: "randn", positional: &args, keyword: &[] };
        repr(&call(builtin("randn").expect("randn is there"), &args, &desk).expect("three numbers"))
    };
    assert_eq!(twice(), twice());
}

#[test]
fn factorials_end_where_the_integers_do() {
    assert_eq!(shown("factorial", &[Value::Int(20)]), "2432902008176640000");
    assert_eq!(fault(run("factorial", &[Value::Int(21)])).0, ErrorKind::OverflowError);
}

#[test]
fn half_a_turn_is_exact_in_degrees() {
    assert_eq!(shown("sind", &[Value::Int(180)]), "0.0");
    assert_eq!(shown("cosd", &[Value::Int(60)]), "0.5");
    assert_eq!(shown("tand", &[Value::Int(45)]), "1.0");
}

#[test]
fn constants_and_types_have_values() {
    for name in CONSTANTS {
        assert!(constant(name).is_some(), "{name}");
    }
    assert!(constant("Int64").is_some() && constant("unknown").is_none());
    assert!(names().any(|n| n == "Float64") && names().any(|n| n == "zeros"));
}
