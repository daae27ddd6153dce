//! Pasted transcripts: what was typed at the prompt of hlang, Julia, MATLAB, Octave, Python or IPython, with its output.

use crate::syntax;

/// The inputs of a transcript, without prompts and outputs; nothing if the text does not begin with a prompt.
pub(super) fn inputs(text: &str) -> Option<Vec<String>> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    after_prompt(first)?;
    let mut inputs: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        if let Some(input) = after_prompt(line) {
            inputs.push(input.to_owned());
        } else if let (true, Some(input)) = (open, inputs.last_mut()) {
            input.push('\n');
            input.push_str(continued(line));
        } else {
            continue;
        }
        open = inputs.last().is_some_and(|input| syntax::is_incomplete(input));
    }
    inputs.retain(|input| !input.trim().is_empty());
    Some(inputs)
}

/// What stands after a prompt at the beginning of a line.
fn after_prompt(line: &str) -> Option<&str> {
    let line = line.trim_start();
    for prompt in ["hlang>", "julia>", "help?>", ">>>", ">>"] {
        if let Some(rest) = line.strip_prefix(prompt)
            && (rest.is_empty() || rest.starts_with(' '))
        {
            return Some(rest.trim_start());
        }
    }
    numbered(line, "octave:", ">").or_else(|| numbered(line, "In [", "]:"))
}

/// After a prompt with a number in it: `octave:1> `.
fn numbered<'t>(line: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let rest = line.strip_prefix(before)?.trim_start_matches(|c: char| c.is_ascii_digit());
    Some(rest.strip_prefix(after)?.trim_start())
}

/// A further line of an input: Python and IPython put dots before it.
fn continued(line: &str) -> &str {
    match line.trim_start().strip_prefix("...") {
        Some(rest) => rest.strip_prefix(':').unwrap_or(rest),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::inputs;

    #[test]
    fn inputs_of_transcripts() {
        let julia = "julia> A = [1 2\n            3 4]\n2×2 Matrix{Int64}:\n 1  2\n 3  4\n\njulia> A .* A\n2×2";
        assert_eq!(inputs(julia), Some(vec!["A = [1 2\n            3 4]".to_owned(), "A .* A".to_owned()]));
        assert_eq!(inputs(">> x = 3\n\nx =\n\n     3\n\n>> x + 1"), Some(vec!["x = 3".into(), "x + 1".into()]));
        assert_eq!(inputs("octave:1> x = 3\nx = 3\noctave:2> x"), Some(vec!["x = 3".into(), "x".into()]));
        assert_eq!(inputs(">>> x = [1,\n... 2]\n>>> x"), Some(vec!["x = [1,\n 2]".into(), "x".into()]));
        assert_eq!(inputs("x = 1\n2"), None);
        assert_eq!(inputs("a >> 2"), None);
    }
}
