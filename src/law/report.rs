//! What is said about a law: few lines, for someone who wants to know why.

use super::fit::Misfit;
use super::judge::Numbers;
use super::layout::listed;
use super::run::{Evidence, Verdict};
use super::sample::Field;
use super::shrink::Failure;
use super::statement::Law;
use crate::fault::{Fault, Outcome};
use crate::op::BinaryOp;
use crate::value::display::{describe, float_text, repr};
use crate::value::{Array, Complex64, Elements, Value};
use std::fmt::Write;

/// Digits of the decimals in a counterexample.
const DIGITS: i32 = 5;

/// A verdict in words, and whether the law holds; an error where the law says nothing.
pub fn report(law: &Law, verdict: &Verdict) -> Outcome<(String, bool)> {
    let mut out = String::new();
    let holds = match verdict {
        Verdict::Holds { layout, unusual, evidence } => {
            let cases =
                if evidence.held == 1 { "the one case".to_owned() } else { format!("all {} cases", evidence.held) };
            line(&mut out, 0, &format!("{} holds in {cases} tried{}", law.text, condition(law)));
            if law.free > 0 {
                line(&mut out, 2, &format!("{}{}", layout.describe(law), sizes(evidence)));
                line(&mut out, 2, &numbers(evidence));
            }
            surroundings(&mut out, law, unusual.as_ref());
            remarks(&mut out, law, evidence);
            if law.free > 0 {
                line(&mut out, 2, "This is evidence, not a proof.");
            }
            true
        }
        Verdict::Fails { failure, unusual } => {
            line(&mut out, 0, &format!("{} does not hold{}", law.text, condition(law)));
            surroundings(&mut out, law, unusual.as_ref());
            counterexample(&mut out, law, failure);
            false
        }
        Verdict::SizesDiffer(failure) => {
            let what: Vec<String> = failure.sides.iter().map(kind_of).collect();
            let what: Vec<&str> = what.iter().map(String::as_str).collect();
            line(&mut out, 0, &format!("{} does not hold: its sides are {}", law.text, listed(&what)));
            counterexample(&mut out, law, failure);
            false
        }
        Verdict::Nonsense(misfit) => return Err(nonsense(misfit)),
        Verdict::Untested(reason) => return Err(untested(reason.as_deref())),
    };
    Ok((out, holds))
}

#[cold]
fn nonsense(misfit: &Misfit) -> Fault {
    Fault::argument("for no sizes of its names that were tried is this law defined")
        .rule("the names of a law must have sizes with which both of its sides can be computed")
        .hint(format!("in {}: {}", misfit.text, misfit.message))
}

#[cold]
fn untested(reason: Option<&str>) -> Fault {
    let fault = Fault::argument("there was no case in which this law could be tried");
    match reason {
        Some(reason) => fault.hint(format!("in the first case: {reason}")),
        None => fault.hint("no values were found that meet its conditions"),
    }
}

fn line(out: &mut String, indent: usize, text: &str) {
    let _ = writeln!(out, "{:indent$}{text}", "");
}

fn condition(law: &Law) -> String {
    if law.condition_text.is_empty() { String::new() } else { format!(" where {}", law.condition_text) }
}

fn sizes(evidence: &Evidence) -> String {
    match evidence.sizes {
        Some((low, high)) if low < high => format!("; sizes {low} to {high}"),
        Some(_) | None => String::new(),
    }
}

fn numbers(evidence: &Evidence) -> String {
    let names: Vec<&str> = evidence
        .fields
        .iter()
        .map(|field| match field {
            Field::Integer => "integers",
            Field::Decimal => "decimals",
            Field::Complex => "complex numbers",
        })
        .collect();
    format!("{}: zeros, ones and other special values, then random ones", listed(&names))
}

/// What of the program's own or of the usual reading of names plays a part.
fn surroundings(out: &mut String, law: &Law, unusual: Option<&Misfit>) {
    if !law.kept.is_empty() {
        let kept: Vec<&str> = law.kept.iter().map(|name| &**name).collect();
        let (keep, their) = if kept.len() == 1 { ("keeps", "its value") } else { ("keep", "their values") };
        line(out, 2, &format!("{} {keep} {their} here.", listed(&kept)));
    }
    if let Some(misfit) = unusual {
        line(
            out,
            2,
            &format!("(As the letters are usually meant, {} is not defined: {}.)", misfit.text, misfit.message),
        );
    }
}

fn remarks(out: &mut String, law: &Law, evidence: &Evidence) {
    if evidence.rounded && law.relations.contains(&BinaryOp::Eq) {
        line(out, 2, "Decimals differ in their last digits, by rounding: there write ≈ instead of ==.");
    }
    if evidence.undefined > 0 {
        let reason = evidence.reason.as_deref().unwrap_or_default();
        let cases = if evidence.undefined == 1 { "case" } else { "cases" };
        line(out, 2, &format!("In {} more {cases} it is not defined, as here: {reason}.", evidence.undefined));
    }
    if let Some(failure) = &evidence.complex_failure {
        line(out, 2, "Of real numbers only: with complex numbers it fails.");
        counterexample(out, law, failure);
    }
}

fn counterexample(out: &mut String, law: &Law, failure: &Failure) {
    let names = law.names.iter().zip(&failure.samples);
    let given: Vec<(&str, String)> = names.map(|(name, sample)| (&**name, text(&sample.to_value()))).collect();
    let sides = law.sides.iter().map(|side| law.parts[*side].text.as_str());
    let values = sides.zip(distinct(&failure.sides));
    // A side that is written as its value says nothing more.
    let values: Vec<(&str, String)> = values.filter(|(side, value)| side != value).collect();
    let width = given.iter().chain(&values).map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (k, (name, value)) in given.iter().chain(&values).enumerate() {
        let lead = if k == 0 && !given.is_empty() {
            "for  "
        } else if k == given.len() {
            "there"
        } else {
            "     "
        };
        line(out, 2, &format!("{lead} {name:<width$} = {value}"));
    }
}

/// The sides as text: short, unless they then look the same.
fn distinct(sides: &[Value]) -> Vec<String> {
    let shown: Vec<String> = sides.iter().map(text).collect();
    let same = shown.len() > 1 && shown.windows(2).all(|pair| pair[0] == pair[1]);
    if same { sides.iter().map(repr).collect() } else { shown }
}

/// A value on one line, with decimals of few digits.
fn text(value: &Value) -> String {
    match value {
        Value::Float(x) => repr(&Value::float(few_digits(x.get()))),
        Value::Complex(z) => complex_text(z.z),
        Value::Array(array) => match &*array.elements() {
            Elements::Float(m) => repr(&Value::array(Array::new(array.form(), Elements::Float(m.map(few_digits))))),
            Elements::Complex(m) => {
                let row = |i: usize| m.row(i).iter().map(|z| complex_text(*z)).collect::<Vec<_>>();
                let rows: Vec<String> = (0..m.nrows()).map(|i| row(i).join(" ")).collect();
                format!("[{}]", rows.join(if array.is_vector() { ", " } else { "; " }))
            }
            Elements::Bool(_) | Elements::Int(_) | Elements::Any(..) => repr(value),
        },
        _ => repr(value),
    }
}

/// `2`, `-im`, `1+2im`: without blanks, as an element of a row.
fn complex_text(z: Complex64) -> String {
    let part = |x: f64| {
        let x = few_digits(x);
        if x.fract() == 0.0 && x.abs() < 1e15 { format!("{x:.0}") } else { float_text(x) }
    };
    let (re, im) = (part(z.re), part(z.im));
    let im = match im.as_str() {
        "0" => return re,
        "1" => "im".to_owned(),
        "-1" => "-im".to_owned(),
        other => format!("{other}im"),
    };
    match (re.as_str(), im.starts_with('-')) {
        ("0", _) => im,
        (re, true) => format!("{re}{im}"),
        (re, false) => format!("{re}+{im}"),
    }
}

fn few_digits(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        // Without the sign of a zero, which tells nothing here.
        return x + 0.0;
    }
    let places = DIGITS - 1 - x.abs().log10().floor() as i32;
    let rounded = format!("{x:.*}", places.max(0) as usize);
    rounded.parse().unwrap_or(x)
}

/// `a number`, `a 3-vector`, `a 2×2 matrix`
fn kind_of(value: &Value) -> String {
    match value {
        Value::Array(array) if array.is_vector() => format!("a {}", array.size_text()),
        Value::Array(array) => format!("a {} matrix", array.size_text()),
        _ if Numbers::of(value).is_some() => "a number".to_owned(),
        _ => describe(value),
    }
}
