//! A text as whoever types it sees it: its pieces by class, for colour; the names that it binds itself; brackets that
//! belong together; how deep its blocks are at the end. None of this needs a text that is complete.

use super::lexeme::{Bad, Keyword, Kind, Lexeme};
use super::lexer;
use std::collections::HashSet;
use std::ops::Range;

/// What a piece of a text is to the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Keyword,
    Number,
    /// Of a string: its text and its quotes.
    Text,
    Comment,
    Operator,
    /// An operator, call or macro that goes through every element.
    Dotted,
    Name,
    /// The name after the dot of `t.x`.
    Field,
    Macro,
    Bracket,
    /// What is part of no program.
    Bad,
}

/// The pieces of a text in order; blanks and commas are in none.
pub fn pieces(text: &str) -> Vec<(Class, Range<usize>)> {
    let lexemes = lexer::lexemes(text);
    let mut pieces = Vec::new();
    let mut end = 0;
    let mut in_text = false;
    for (k, lexeme) in lexemes.iter().enumerate() {
        let start = lexeme.start as usize;
        if !in_text {
            comments(text, end..start, &mut pieces);
        }
        end = end_of(text, lexeme, lexemes.get(k + 1));
        in_text = matches!(lexeme.kind, Kind::StringOpen { .. } | Kind::StringText | Kind::StringName);
        if let Some(class) = class(&lexemes, k) {
            pieces.push((class, start..end));
        }
    }
    comments(text, end..text.len(), &mut pieces);
    pieces
}

/// A string or comment that nobody closed goes on to what is read of it, or else to the end of the text.
fn end_of(text: &str, lexeme: &Lexeme, next: Option<&Lexeme>) -> usize {
    match lexeme.kind {
        Kind::Bad(Bad::OpenString | Bad::OpenComment) => next.map_or(text.len(), |next| next.start as usize),
        _ => lexeme.end as usize,
    }
}

/// Whatever stands between two lexemes is blank or comment.
fn comments(text: &str, between: Range<usize>, pieces: &mut Vec<(Class, Range<usize>)>) {
    let Some(gap) = text.get(between.clone()) else { return };
    if let Some(at) = gap.find('#') {
        pieces.push((Class::Comment, between.start + at..between.start + gap.trim_end().len()));
    }
}

fn class(lexemes: &[Lexeme], k: usize) -> Option<Class> {
    let next = lexemes.get(k + 1).map(|l| l.kind);
    let before = k.checked_sub(1).map(|k| lexemes[k].kind);
    Some(match lexemes[k].kind {
        Kind::Number => Class::Number,
        Kind::Name if before == Some(Kind::Dot) => Class::Field,
        Kind::Name | Kind::StringName => Class::Name,
        Kind::Keyword(_) => Class::Keyword,
        Kind::Macro => Class::Macro,
        Kind::Operator { dotted: true, .. }
        | Kind::Unary { dotted: true, .. }
        | Kind::Assign { dotted: true, .. }
        | Kind::And { dotted: true }
        | Kind::Or { dotted: true } => Class::Dotted,
        Kind::Dot if matches!(next, Some(Kind::ParenOpen { .. })) => Class::Dotted,
        Kind::Operator { .. }
        | Kind::Unary { .. }
        | Kind::Assign { .. }
        | Kind::And { .. }
        | Kind::Or { .. }
        | Kind::Arrow
        | Kind::Question
        | Kind::Colon
        | Kind::Dot
        | Kind::Splat
        | Kind::Prime => Class::Operator,
        Kind::StringOpen { .. } | Kind::StringText | Kind::StringClose => Class::Text,
        Kind::Bad(Bad::OpenString | Bad::Quote) => Class::Text,
        Kind::Bad(Bad::OpenComment) => Class::Comment,
        Kind::Bad(Bad::Character | Bad::Dollar | Bad::Foreign) => Class::Bad,
        Kind::ParenOpen { .. }
        | Kind::ParenClose
        | Kind::BracketOpen
        | Kind::BracketClose
        | Kind::BraceOpen
        | Kind::BraceClose
        | Kind::InterpolationOpen => Class::Bracket,
        Kind::Comma | Kind::Semicolon | Kind::Newline => return None,
    })
}

/// The names that a text assigns, declares or takes as parameters: they are known in it.
pub fn bound_names(text: &str) -> HashSet<&str> {
    let lexemes = lexer::lexemes(text);
    let mut bound = HashSet::new();
    let name = |l: &Lexeme| (l.kind == Kind::Name).then(|| &text[l.start as usize..l.end as usize]);
    for (k, lexeme) in lexemes.iter().enumerate() {
        match lexeme.kind {
            // `x = …`, `a, b = …`, `f(x, y) = …`, `x -> …`, `(x, y) -> …`
            Kind::Assign { .. } | Kind::Arrow => {
                let target = target(&lexemes[..k]);
                bound.extend(lexemes[target..k].iter().filter_map(name));
            }
            Kind::Keyword(Keyword::Function) => {
                let head = &lexemes[k + 1..];
                let end = head.iter().position(|l| l.kind == Kind::ParenClose).unwrap_or(head.len());
                bound.extend(head[..end].iter().filter_map(name));
            }
            Kind::Keyword(
                Keyword::For
                | Keyword::Catch
                | Keyword::Local
                | Keyword::Global
                | Keyword::Const
                | Keyword::Let
                | Keyword::Do,
            ) => {
                let names = lexemes[k + 1..].iter().take_while(|l| {
                    matches!(l.kind, Kind::Name | Kind::Comma | Kind::ParenOpen { .. } | Kind::ParenClose)
                });
                bound.extend(names.filter_map(name));
            }
            _ => {}
        }
    }
    bound
}

/// Where the target begins that ends these lexemes: names with commas between them, or one with its parentheses.
fn target(before: &[Lexeme]) -> usize {
    let mut depth = 0usize;
    let mut at = before.len();
    while let Some(lexeme) = at.checked_sub(1).map(|k| &before[k]) {
        match lexeme.kind {
            Kind::ParenClose => depth += 1,
            Kind::ParenOpen { .. } if depth == 0 => break,
            Kind::ParenOpen { .. } => depth -= 1,
            Kind::Name => {}
            Kind::Comma => {}
            _ if depth > 0 => {}
            _ => break,
        }
        at -= 1;
    }
    at
}

/// The offsets of the bracket at or just before a place, and of its partner.
pub fn brackets_at(text: &str, place: usize) -> Option<[usize; 2]> {
    let lexemes = lexer::lexemes(text);
    let mut open: Vec<&Lexeme> = Vec::new();
    for lexeme in &lexemes {
        match lexeme.kind {
            Kind::ParenOpen { .. } | Kind::InterpolationOpen | Kind::BracketOpen | Kind::BraceOpen => open.push(lexeme),
            Kind::ParenClose | Kind::BracketClose | Kind::BraceClose => {
                let Some(opener) = open.pop() else { continue };
                // The offset of the bracket itself: `$(` and `.(` have a sign before it.
                let pair = [opener.end as usize - 1, lexeme.start as usize];
                if pair.contains(&place) || place.checked_sub(1) == Some(pair[1]) {
                    return Some(pair);
                }
            }
            _ => {}
        }
    }
    None
}

/// What is open at the end of a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Open {
    /// A string: its further lines are text.
    Text,
    /// The bracket at this offset.
    Bracket(usize),
    /// This many blocks.
    Blocks(usize),
}

/// What is open at the end of a text: what decides how far its next line is indented.
pub fn open_at_end(text: &str) -> Open {
    let lexemes = lexer::lexemes(text);
    let mut open: Vec<Option<&Lexeme>> = Vec::new();
    for lexeme in &lexemes {
        let in_list = matches!(open.last(), Some(Some(opener)) if opener.kind == Kind::BracketOpen);
        let in_parens = matches!(open.last(), Some(Some(_)));
        match lexeme.kind {
            Kind::Bad(Bad::OpenString) => return Open::Text,
            Kind::ParenOpen { .. } | Kind::InterpolationOpen | Kind::BracketOpen | Kind::BraceOpen => {
                open.push(Some(lexeme))
            }
            Kind::ParenClose | Kind::BracketClose | Kind::BraceClose => {
                open.pop();
            }
            // In brackets these words belong to a comprehension or an index.
            Kind::Keyword(Keyword::For | Keyword::If) if in_parens => {}
            Kind::Keyword(Keyword::Begin | Keyword::End) if in_list => {}
            Kind::Keyword(
                Keyword::Begin
                | Keyword::Do
                | Keyword::For
                | Keyword::Function
                | Keyword::If
                | Keyword::Let
                | Keyword::Try
                | Keyword::While,
            ) => open.push(None),
            Kind::Keyword(Keyword::End) => {
                if matches!(open.last(), Some(None)) {
                    open.pop();
                }
            }
            _ => {}
        }
    }
    match open.last() {
        Some(Some(opener)) => Open::Bracket(opener.end as usize - 1),
        Some(None) | None => Open::Blocks(open.iter().filter(|opener| opener.is_none()).count()),
    }
}

/// Has the text a string that goes over several lines?
pub fn has_long_string(text: &str) -> bool {
    let lexemes = lexer::lexemes(text);
    lexemes.iter().any(|l| l.kind == Kind::StringText && text[l.start as usize..l.end as usize].contains('\n'))
}

/// Where the string begins, after its quotes, that is open at the end of a text.
pub fn open_string(text: &str) -> Option<usize> {
    let lexemes = lexer::lexemes(text);
    let opener = lexemes.iter().rfind(|l| l.kind == Kind::Bad(Bad::OpenString))?;
    Some(opener.end as usize)
}

/// The call that is open at the end of a text: what is called, and the offset after its `(`.
pub fn open_call(text: &str) -> Option<(&str, usize)> {
    let Open::Bracket(at) = open_at_end(text) else { return None };
    let lexemes = lexer::lexemes(text);
    let k = lexemes.iter().position(|l| l.end as usize == at + 1)?;
    if !matches!(lexemes[k].kind, Kind::ParenOpen { .. }) {
        return None;
    }
    let callee = lexemes[..k].iter().rev().find(|l| l.kind != Kind::Dot)?;
    (callee.kind == Kind::Name).then(|| (&text[callee.start as usize..callee.end as usize], at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(text: &str) -> Vec<(Class, &str)> {
        pieces(text).into_iter().map(|(class, range)| (class, &text[range])).collect()
    }

    #[test]
    fn a_dot_has_a_class_of_its_own() {
        use Class::*;
        let expected = vec![
            (Name, "f"),
            (Dotted, "."),
            (Bracket, "("),
            (Name, "A"),
            (Bracket, ")"),
            (Dotted, ".*"),
            (Number, "2"),
            (Operator, "*"),
            (Name, "t"),
            (Operator, "."),
            (Field, "x"),
            (Comment, "# why"),
        ];
        assert_eq!(classes("f.(A) .* 2 * t.x # why"), expected);
    }

    #[test]
    fn strings_with_what_they_insert() {
        use Class::*;
        let expected = vec![(Text, "\""), (Text, "a # "), (Name, "x"), (Text, " b"), (Text, "\"")];
        assert_eq!(classes("\"a # $x b\""), expected);
        assert_eq!(classes("s = \"op"), vec![(Name, "s"), (Operator, "="), (Text, "\"op")]);
    }

    #[test]
    fn names_that_a_text_binds() {
        let bound = |text| {
            let mut names: Vec<&str> = bound_names(text).into_iter().collect();
            names.sort_unstable();
            names.join(" ")
        };
        assert_eq!(bound("a, b = f(c)"), "a b");
        assert_eq!(bound("g(x, y = 2) = x + z"), "g x y");
        assert_eq!(bound("function h(u)\n u + w"), "h u");
        assert_eq!(bound("map(t -> t^2, v)"), "t");
        assert_eq!(bound("for (i, x) in pairs(v)"), "i x");
    }

    #[test]
    fn brackets_and_their_partners() {
        assert_eq!(brackets_at("f(a[1])", 1), Some([1, 6]));
        assert_eq!(brackets_at("f(a[1])", 7), Some([1, 6]));
        assert_eq!(brackets_at("f(a[1])", 3), Some([3, 5]));
        assert_eq!(brackets_at("\"(\" + (1)", 1), None);
    }

    #[test]
    fn what_is_open() {
        assert_eq!(open_at_end("function f(x)\nfor i in 1:2"), Open::Blocks(2));
        assert_eq!(open_at_end("for i in 1:2 end"), Open::Blocks(0));
        assert_eq!(open_at_end("A = [1 2"), Open::Bracket(4));
        assert_eq!(open_at_end("x = [i for i in v"), Open::Bracket(4));
        assert_eq!(open_at_end("s = \"\"\"a"), Open::Text);
        assert_eq!(open_call("y = sum.(A, di"), Some(("sum", 9)));
        assert_eq!(open_call("(1, 2"), None);
        assert_eq!(open_string("include(\"ab"), Some(9));
    }
}
