//! The words that speak to the guide and not to the language: `tour`, `hint`, the number of an answer.

/// What may be begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// The list of lessons.
    List,
    /// A lesson by its name or file, or the next one.
    Tour(Option<String>),
    /// Questions, from a seed or by chance.
    Quiz(Option<u64>),
}

/// What is said to the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Start(Start),
    List,
    Hint,
    Skip,
    Back,
    Again,
    Stop,
    /// The number of a choice, from 1.
    Answer(usize),
}

/// Words during a lesson, and which of them mean something among the questions too.
const WORDS: &[(&str, Word, bool)] = &[
    ("hint", Word::Hint, false),
    ("skip", Word::Skip, true),
    ("back", Word::Back, false),
    ("again", Word::Again, true),
    ("list", Word::List, false),
    ("stop", Word::Stop, true),
];

/// Reads an input. `tour` says that a lesson goes on, `choices` how many answers a question has. A word that the user
/// has given a value means that value.
pub(super) fn read(text: &str, tour: bool, choices: usize, is_variable: impl Fn(&str) -> bool) -> Option<Word> {
    let text = text.trim().trim_end_matches(';').trim_end();
    if let Some(start) = start(text, &is_variable) {
        return Some(Word::Start(start));
    }
    if let Ok(number) = text.parse::<usize>() {
        return (1..=choices).contains(&number).then_some(Word::Answer(number));
    }
    let (_, word, of_quiz) = WORDS.iter().find(|(name, ..)| *name == text)?;
    let said = (tour || (choices > 0 && *of_quiz)) && !is_variable(text);
    said.then(|| word.clone())
}

/// `tour`, `tour dot`, `tour("dot")`, `quiz`, `quiz 7`, `quiz(7)`.
fn start(text: &str, is_variable: impl Fn(&str) -> bool) -> Option<Start> {
    let verb = ["tour", "quiz"].into_iter().find(|verb| text.starts_with(verb))?;
    if is_variable(verb) {
        return None;
    }
    let rest = &text[verb.len()..];
    let argument = match rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inside) => inside.trim(),
        None if rest.is_empty() => "",
        None => rest.strip_prefix(' ')?.trim(),
    };
    let quoted = argument.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let argument = quoted.unwrap_or(argument);
    if verb == "quiz" {
        return match argument {
            "" => Some(Start::Quiz(None)),
            seed => seed.parse().ok().map(|seed| Start::Quiz(Some(seed))),
        };
    }
    let name = |c: char| c.is_alphanumeric() || "_-./\\~:".contains(c);
    match argument {
        "" => Some(Start::Tour(None)),
        "list" => Some(Start::List),
        text if quoted.is_some() || text.chars().all(name) => Some(Start::Tour(Some(text.to_string()))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<Word> {
        read(text, true, 0, |name| name == "hint")
    }

    #[test]
    fn words_for_the_guide() {
        let tour = |name: &str| Some(Word::Start(Start::Tour(Some(name.to_string()))));
        assert_eq!(said("tour"), Some(Word::Start(Start::Tour(None))));
        assert_eq!(said("tour dot"), tour("dot"));
        assert_eq!(said("tour(\"my lesson.md\")"), tour("my lesson.md"));
        assert_eq!(said("tour()"), Some(Word::Start(Start::Tour(None))));
        assert_eq!(said("quiz 7"), Some(Word::Start(Start::Quiz(Some(7)))));
        assert_eq!(said("quiz(7)"), said("quiz 7"));
        assert_eq!(said(" skip "), Some(Word::Skip));
        assert_eq!(read("2", false, 4, |_| false), Some(Word::Answer(2)));
    }

    #[test]
    fn lines_that_look_like_them() {
        for text in ["hint", "tour = 3", "tourist", "quiz + 1", "skip + 1", "2", "quiz x"] {
            assert_eq!(said(text), None, "{text}");
        }
        assert_eq!(read("5", false, 4, |_| false), None);
        assert_eq!(read("skip", false, 0, |_| false), None);
    }
}
