//! Signatures: what `sig` of a builtin says about the number and names of its arguments, and the errors for calls that
//! do not fit it.

use crate::codes::Code;
use crate::fault::{Fault, Outcome, Part};
use crate::suggest;
use crate::value::Builtin;
use crate::value::function::Arguments;
use std::cell::RefCell;
use std::collections::HashMap;

/// One of the forms in which a builtin can be called.
#[derive(Debug, PartialEq)]
pub struct Form {
    /// Names of the arguments that must be given.
    pub required: Vec<&'static str>,
    /// Names of the arguments that may follow.
    pub optional: Vec<&'static str>,
    /// Any number of arguments more.
    pub rest: bool,
    /// Names of the keyword arguments.
    pub keywords: Vec<&'static str>,
}

impl Form {
    fn takes(&self, count: usize) -> bool {
        count >= self.required.len() && (self.rest || count <= self.most())
    }

    fn most(&self) -> usize {
        self.required.len() + self.optional.len()
    }
}

/// The forms that a signature lists.
pub fn parse(sig: &'static str) -> Vec<Form> {
    sig.split(" | ").map(parse_form).collect()
}

fn parse_form(text: &'static str) -> Form {
    let mut form = Form { required: Vec::new(), optional: Vec::new(), rest: false, keywords: keywords(text) };
    let (positional, _) = parameters(text);
    for parameter in split_parameters(positional) {
        let (name, default) = name_and_default(parameter);
        if name.ends_with("...") {
            form.rest = true;
        } else if default {
            form.optional.push(name);
        } else {
            form.required.push(name);
        }
    }
    form
}

/// The positional parameters of a head, and what follows its `;`.
fn parameters(head: &str) -> (&str, &str) {
    let inside = head.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')).map_or("", |(inside, _)| inside);
    inside.split_once(';').unwrap_or((inside, ""))
}

/// The names of the keyword parameters of a head.
pub fn keywords(head: &str) -> Vec<&str> {
    split_parameters(parameters(head).1).map(|p| name_and_default(p).0).filter(|name| !name.ends_with("...")).collect()
}

/// The parameters between commas; a default such as `(1, 2)` or `", "` may hold commas itself.
fn split_parameters(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0i32;
    let mut quoted = false;
    let pieces = text.split(move |c: char| {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0 && !quoted
    });
    pieces.map(str::trim).filter(|p| !p.is_empty())
}

fn name_and_default(parameter: &str) -> (&str, bool) {
    match parameter.split_once('=') {
        Some((name, _)) => (name.trim(), true),
        None => (parameter, false),
    }
}

thread_local! {
    /// Parsed signatures by the address of their builtin. They are leaked: there is one for each builtin at most.
    static PARSED: RefCell<HashMap<usize, &'static [Form]>> = RefCell::new(HashMap::new());
}

/// The forms of a builtin.
pub fn of(builtin: &'static Builtin) -> &'static [Form] {
    let address = std::ptr::from_ref(builtin) as usize;
    PARSED.with_borrow_mut(|parsed| *parsed.entry(address).or_insert_with(|| parse(builtin.sig).leak()))
}

/// Does a form of the builtin take this number of arguments and no keyword?
pub fn takes(builtin: &'static Builtin, count: usize) -> bool {
    of(builtin).iter().any(|form| form.takes(count))
}

/// The name of the argument with a number from 0, in the first form that takes so many.
pub fn parameter(builtin: &'static Builtin, count: usize, k: usize) -> Option<&'static str> {
    let form = of(builtin).iter().find(|form| form.takes(count))?;
    form.required.iter().chain(&form.optional).nth(k).copied()
}

/// Do number and names of the arguments fit the signature?
pub fn check(builtin: &'static Builtin, args: &Arguments<'_>) -> Outcome<()> {
    let forms = of(builtin);
    if let Some((name, _)) = args.keyword.iter().find(|(name, _)| !forms.iter().any(|f| f.keywords.contains(&&**name)))
    {
        return Err(unknown_keyword(builtin, forms, name));
    }
    if takes(builtin, args.positional.len()) {
        return Ok(());
    }
    Err(wrong_count(builtin, args))
}

#[cold]
fn unknown_keyword(builtin: &'static Builtin, forms: &[Form], given: &str) -> Fault {
    let name = builtin.name();
    let known: Vec<&str> = forms.iter().flat_map(|f| f.keywords.iter().copied()).collect();
    let fault = Fault::method(format!("{name} has no keyword argument {given}")).code(Code::UnknownKeyword);
    let fault = match suggest::nearest(given, known.iter().copied(), 1).first() {
        Some(near) => fault.hint(format!("did you mean {near}=…?")),
        None if known.is_empty() => fault.rule(format!("{name} takes no keyword arguments")),
        None => fault,
    };
    usage(fault, builtin)
}

/// The error for a number of arguments that no form of the builtin takes.
#[cold]
pub fn wrong_count(builtin: &'static Builtin, args: &Arguments<'_>) -> Fault {
    let name = builtin.name();
    let count = args.positional.len();
    if let Some(fault) = args.dims_as_position(of(builtin).iter().any(|f| f.keywords.contains(&"dims"))) {
        return fault;
    }
    let forms = of(builtin);
    let longer = forms.iter().filter(|f| f.required.len() > count).min_by_key(|f| f.required.len());
    if let Some(form) = longer {
        let missing = form.required[count..].join(" and ");
        let verb = if form.required.len() - count == 1 { "is" } else { "are" };
        return usage(
            Fault::method(format!("{name} is called with {}; {missing} {verb} missing", arguments(count)))
                .code(Code::ArgumentCount),
            builtin,
        );
    }
    let most = forms.iter().map(Form::most).max().unwrap_or(0);
    let fault = Fault::method(format!("{name} takes {} at most; {count} are given", arguments(most)));
    let fault = fault.code(Code::ArgumentCount);
    usage(fault.label(Part::Argument(most), "one too many"), builtin)
}

fn usage(fault: Fault, builtin: &Builtin) -> Fault {
    builtin.sig.split(" | ").fold(fault, |fault, form| fault.hint(format!("it is called as {form}")))
}

fn arguments(count: usize) -> String {
    match count {
        0 => "no argument".to_string(),
        1 => "one argument".to_string(),
        n => format!("{n} arguments"),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_signature_says_what_is_needed() {
        let forms = parse("norm(A, p = 2)");
        assert_eq!(forms[0].required, ["A"]);
        assert_eq!(forms[0].optional, ["p"]);
        assert!(!forms[0].rest && forms[0].takes(2) && !forms[0].takes(0));
    }

    #[test]
    fn forms_keywords_and_rests() {
        let forms = parse("join(v, between = \", \") | sum(f, A; dims, init = (1, 2)) | max(x, y, rest...)");
        assert_eq!(forms[0].optional, ["between"]);
        assert_eq!(forms[1].keywords, ["dims", "init"]);
        assert!(forms[2].takes(7) && !forms[2].takes(1));
    }

    #[test]
    fn a_name_alone_takes_nothing() {
        assert!(parse("undef")[0].takes(0));
    }
}
