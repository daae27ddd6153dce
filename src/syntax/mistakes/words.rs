//! Habits about words: what another language says where hlang has a sign, or says otherwise.

use super::tables::{Instead, Spelling, WORDS};
use super::{Finding, Site, finding};
use crate::syntax::lexeme::{Keyword, Kind, Lexeme};

/// `x if c else y`
pub fn conditional_expression(site: &Site) -> Option<Finding> {
    let word = site.lexeme(site.at).filter(|l| l.kind == Kind::Keyword(Keyword::If))?;
    let line = site.line(site.at);
    let other = (site.at..line.end).find(|k| site.kind(*k) == Some(Kind::Keyword(Keyword::Else)))?;
    let first = (line.start..site.at).rev().find(|k| {
        matches!(site.kind(*k), Some(Kind::Assign { .. } | Kind::Keyword(Keyword::Return) | Kind::ParenOpen { .. }))
    });
    let first = site.lexeme(first.map_or(line.start, |k| k + 1))?;
    let last = site.lexeme(line.end.checked_sub(1)?)?;
    let part = |from: u32, to: u32| site.text[from as usize..to as usize].trim();
    let value = part(first.start, word.start);
    let cond = part(word.end, site.lexeme(other)?.start);
    let otherwise = part(site.lexeme(other)?.end, last.end);
    Some(
        finding("… if … else …", "Python", "a choice is written `condition ? this : that`", word)
            .edit(first.start as usize..last.end as usize, format!("{cond} ? {value} : {otherwise}")),
    )
}

/// `lambda x: x^2`
pub fn lambda_word(site: &Site) -> Option<Finding> {
    let word = site.before(site.at).filter(|l| l.kind == Kind::Name && site.slice(*l) == "lambda")?;
    let line = site.line(site.at);
    let colon = (site.at..line.end).find(|k| site.kind(*k) == Some(Kind::Colon))?;
    let params = site.text[word.end as usize..site.lexeme(colon)?.start as usize].trim();
    let params = if params.contains(',') { format!("({params})") } else { params.to_string() };
    let colon = site.lexeme(colon)?;
    Some(
        finding("lambda", "Python", "a function without a name is `x -> …`", word)
            .edit(word.start as usize..colon.end as usize, format!("{params} ->")),
    )
}

/// `import numpy as np`
pub fn import_as(site: &Site) -> Option<Finding> {
    let line = site.line(site.at);
    let word = site.lexeme(line.start).filter(|l| l.kind == Kind::Keyword(Keyword::Using))?;
    site.lexemes[line].iter().find(|l| l.kind == Kind::Name && site.slice(**l) == "as")?;
    Some(finding(
        "import … as",
        "Python",
        "everything is loaded already; `using LinearAlgebra` is accepted and does nothing",
        word,
    ))
}

/// The words of the table, before or after which something else stands without an operator.
pub fn foreign_word(site: &Site) -> Option<Finding> {
    let candidates = [Some(site.at), site.at.checked_sub(1)];
    candidates.into_iter().flatten().find_map(|number| {
        let word = site.lexeme(number)?;
        let is_word = matches!(word.kind, Kind::Name | Kind::Keyword(Keyword::Do));
        let followed = site.lexeme(number + 1).is_some_and(|l| l.blank && l.kind != Kind::Newline);
        let spelling = WORDS.iter().find(|s| is_word && s.written == site.slice(word))?;
        if !followed && spelling.written != "then" {
            return None;
        }
        Some(replaced(site, number, word, spelling))
    })
}

fn replaced(site: &Site, number: usize, word: Lexeme, spelling: &Spelling) -> Finding {
    let found = finding(spelling.written, spelling.language, spelling.rule, word);
    match spelling.instead {
        Instead::Nothing => found,
        Instead::Text(text) => {
            let next = site.lexeme(number + 1).map_or(word.end, |l| l.start) as usize;
            let tight = text.is_empty() || text == "!";
            let end = if tight { next } else { word.end as usize };
            let start = if text == ";" { site.before(number).map_or(word.start, |l| l.end) } else { word.start };
            let last = matches!(site.kind(number + 1), None | Some(Kind::Newline));
            found.edit(start as usize..end, if text == ";" && last { "" } else { text })
        }
        Instead::Call(function) => {
            let line = site.line(number);
            let ends = |k: &usize| site.kind(*k) == Some(Kind::Semicolon);
            let end = (number..line.end).find(ends).unwrap_or(line.end);
            match (site.lexeme(number + 1), site.before(end)) {
                (Some(first), Some(last)) if last.start >= first.start => found
                    .edit(word.start as usize..first.start as usize, format!("{function}("))
                    .edit(last.end as usize..last.end as usize, ")"),
                _ => found,
            }
        }
    }
}
