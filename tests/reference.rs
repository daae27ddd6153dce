//! `docs/reference.md` lists every builtin by family, with its help and its examples as the prompt shows them. It is
//! written from the tables by `HLANG_BLESS=1 cargo test --test reference`.

mod support;

use hlang::library;
use hlang::value::Builtin;
use hlang::value::function::Example;

const HEAD: &str = "# Reference

Every function of hlang, by family, with examples as the prompt shows them.

This page is written from the tables in `src/library` by `HLANG_BLESS=1 cargo test --test reference`.
";

#[test]
fn the_reference_is_current() {
    support::enter_scratch_directory("reference");
    hlang::session::on_large_stack(|| {
        let mut page = String::from(HEAD);
        for (title, family) in library::FAMILIES {
            let names: Vec<String> = family.iter().map(|b| format!("`{}`", b.name())).collect();
            page.push_str(&format!("\n- [{title}](#{}): {}", anchor(title), names.join(" ")));
        }
        page.push('\n');
        for (title, family) in library::FAMILIES {
            page.push_str(&format!("\n## {title}\n"));
            page.extend(family.iter().map(entry));
        }
        let compared = support::compare(&support::root().join("docs/reference.md"), &page);
        support::report(compared.err().into_iter().collect());
    });
}

/// The name that a heading has as the target of a link.
fn anchor(title: &str) -> String {
    let kept =
        title.to_lowercase().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')).collect::<String>();
    kept.replace(' ', "-")
}

fn entry(builtin: &Builtin) -> String {
    let forms: Vec<String> = builtin.sig.split(" | ").map(|form| format!("`{form}`")).collect();
    let mut text = format!("\n### {}\n\n{}\n\n{}\n", plain(builtin.name()), forms.join("  \n"), plain(builtin.doc));
    if !builtin.more.is_empty() {
        text.push_str(&format!("\n{}\n", plain(builtin.more)));
    }
    let (mut typed, mut run) = (Vec::new(), Vec::new());
    for example in builtin.examples {
        match example {
            Example::Shows(line, _) | Example::Fails(line, _) => typed.push(*line),
            Example::Runs(line) => run.push(*line),
        }
    }
    if !typed.is_empty() {
        text.push_str(&format!("\n```hlang\n{}\n```\n", support::typed(&typed)));
    }
    if !run.is_empty() {
        text.push_str(&format!("\n```hlang\n{}\n```\n", run.join("\n")));
    }
    text
}

/// Text in which no sign means emphasis.
fn plain(text: &str) -> String {
    text.chars()
        .flat_map(|c| matches!(c, '*' | '_' | '<' | '[' | '\\').then_some('\\').into_iter().chain([c]))
        .collect()
}
