//! What an input asks for: most are programs; `?`, `;` and a few bare words are for the prompt itself.

/// What an input asks for.
#[derive(Debug, PartialEq)]
pub(super) enum Command<'t> {
    /// Nothing.
    Empty,
    /// `exit`, `quit`
    Leave,
    /// `?sum`, `help sum`: help on a topic, or what help there is.
    Help(&'t str),
    /// `;ls`: a line for the shell.
    Shell(&'t str),
    /// `clear x y`, `clear`: forget these variables, or all.
    Clear(Vec<&'t str>),
    /// `whos`, `format long`: a function called without parentheses, with words as its arguments.
    Call(&'t str, Vec<&'t str>),
    /// `page A`, `page`: this in a pager.
    Page(&'t str),
    /// `notation A .* B`: the expression in other systems.
    Notation(&'t str),
    /// A program.
    Program,
}

/// Functions that may be called by their bare name.
const BARE: &[&str] = &["clc", "history", "tic", "toc", "varinfo", "who", "whos"];

/// Functions that also take words: `format long`.
const WITH_WORDS: &[&str] = &["format", "style"];

/// The other words that mean something to the prompt.
const OTHERS: &[&str] = &["clear", "exit", "help", "quit", "quiz", "tour"];

/// Does a name mean something to the prompt?
pub(super) fn is_word(name: &str) -> bool {
    [BARE, WITH_WORDS, OTHERS].iter().any(|words| words.contains(&name))
}

/// Reads an input. A word that the user has given a value means that value.
pub(super) fn read<'t>(text: &'t str, is_variable: impl Fn(&str) -> bool) -> Command<'t> {
    let text = text.trim();
    if text.is_empty() {
        return Command::Empty;
    }
    if let Some(topic) = text.strip_prefix('?') {
        return Command::Help(topic.trim());
    }
    if let Some(line) = text.strip_prefix(';').filter(|line| !line.trim().is_empty()) {
        return Command::Shell(line.trim());
    }
    let mut words = text.split_whitespace();
    let (first, rest): (&str, Vec<&str>) = (words.next().unwrap_or(""), words.collect());
    if is_variable(first) || text.contains('\n') {
        return Command::Program;
    }
    let names = rest.iter().all(|word| is_name(word));
    match (first, rest.as_slice()) {
        ("exit" | "quit", []) => Command::Leave,
        ("help", []) => Command::Help(""),
        ("help" | "doc", [topic]) if !topic.starts_with(['=', '(', '.']) => Command::Help(topic),
        ("page", []) => Command::Page("ans"),
        ("page", [name]) if names => Command::Page(name),
        ("notation", []) => Command::Notation(""),
        ("notation", [next, ..]) if !next.starts_with('=') || next.starts_with("==") => {
            Command::Notation(text["notation".len()..].trim())
        }
        ("clear", _) if names => Command::Clear(rest),
        (word, []) if BARE.contains(&word) || WITH_WORDS.contains(&word) => Command::Call(first, rest),
        (word, [argument]) if WITH_WORDS.contains(&word) && (names || argument.parse::<u8>().is_ok()) => {
            Command::Call(first, rest)
        }
        _ => Command::Program,
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '!')
}

#[cfg(test)]
mod tests {
    use super::{Command, read};

    fn asked(text: &str) -> Command<'_> {
        read(text, |name| name == "mine")
    }

    #[test]
    fn words_for_the_prompt() {
        assert_eq!(asked("  "), Command::Empty);
        assert_eq!(asked("quit "), Command::Leave);
        assert_eq!(asked("? sum"), Command::Help("sum"));
        assert_eq!(asked("help sum"), Command::Help("sum"));
        assert_eq!(asked(";ls -l"), Command::Shell("ls -l"));
        assert_eq!(asked("clear x y"), Command::Clear(vec!["x", "y"]));
        assert_eq!(asked("whos"), Command::Call("whos", vec![]));
        assert_eq!(asked("format long"), Command::Call("format", vec!["long"]));
        assert_eq!(asked("page A"), Command::Page("A"));
        assert_eq!(asked("page"), Command::Page("ans"));
        assert_eq!(asked("notation"), Command::Notation(""));
        assert_eq!(asked("notation A .* B'"), Command::Notation("A .* B'"));
        assert_eq!(asked("format 7"), Command::Call("format", vec!["7"]));
    }

    #[test]
    fn programs_that_look_like_them() {
        for text in [
            "help = 3",
            "clear = 2",
            "exit(3)",
            "mine",
            "whos + 1",
            ";",
            "format(\"long\")",
            "clear\nx",
            "page(A)",
            "page = 2",
            "notation = 2",
            "notation(2)",
        ] {
            let command = asked(text);
            assert!(matches!(command, Command::Program), "{text:?} is {command:?}");
        }
    }
}
