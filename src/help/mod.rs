//! Help: what `?topic` shows of functions, operators, keywords, macros, codes of errors, names of other systems, and the
//! user's own functions.

mod codes;
mod functions;
mod other;
mod page;
mod search;
mod signs;

use crate::library::{self, foreign};
use crate::session::Session;
use crate::suggest;
use page::Page;

pub use codes::explain;
pub use functions::summary;
pub use signs::{SIGNS, Sign};

/// What is shown for a topic: a name, an operator, a keyword, `@macro`, an error's code, or words in quotes to search for.
pub fn about(session: &Session, topic: &str, color: bool) -> String {
    let mut page = Page::new(color);
    let topic = topic.trim();
    if topic.is_empty() {
        page.code(OVERVIEW);
    } else if let Some(words) = quoted(topic) {
        search::results(&mut page, words);
    } else if !(functions::own(&mut page, session, topic) || known(&mut page, topic)) {
        unknown(&mut page, session, topic);
    }
    page.finish()
}

const OVERVIEW: &str = "\
?sum             a function                  ?*  ?.*           an operator
?for             a keyword                   ?@time            a macro
?f               your own function           ?numpy.dot        what another system calls it
?H0012           an error, by its code         ?codes           all of them
?\"row sums\"      searches everything

tour             lessons                     quiz              questions
whos             your variables              ans               the last value
clear x          forgets a variable          ;ls               a command of the shell
format long      more digits                 page A            all of a value
Tab              completes, lists            Alt-Enter         a new line
↑                earlier inputs that begin so    Ctrl-R        searches them
Ctrl-C           stops what runs             Ctrl-D            leaves";

fn quoted(topic: &str) -> Option<&str> {
    let words = topic.strip_prefix('"')?;
    Some(words.strip_suffix('"').unwrap_or(words))
}

/// What the language and its library have under a name.
fn known(page: &mut Page, topic: &str) -> bool {
    let call = topic.strip_suffix("()").unwrap_or(topic);
    if let Some(sign) = signs::lookup(topic) {
        signs::describe(page, sign);
        // `!`, `in` and a few more are functions too.
        if let Some(builtin) = library::builtin(call) {
            page.blank();
            functions::builtin(page, builtin);
        }
        return true;
    }
    if let Some(builtin) = library::builtin(call) {
        functions::builtin(page, builtin);
        return true;
    }
    codes::describe(page, topic)
        || functions::constant(page, topic)
        || other::describe(page, topic)
        || qualified(page, topic)
}

/// `np.dot`: of a module that the library stands for, and what it has under the name after the dot.
fn qualified(page: &mut Page, topic: &str) -> bool {
    let Some((module, name)) = topic.rsplit_once('.') else { return false };
    let ours = library::MODULES.contains(&module);
    if name.is_empty() || !(ours || foreign::is_module(module)) {
        return false;
    }
    if !ours {
        page.text(&format!("{module} is a module of another system; here the names stand without one."));
        page.blank();
    }
    known(page, name)
}

/// Nothing has this name: the nearest ones, and what the words of the help say.
fn unknown(page: &mut Page, session: &Session, topic: &str) {
    page.text(&format!("There is nothing called {topic}."));
    let own = session.names();
    let there = library::names().chain(foreign::FOREIGN.iter().map(|entry| entry.name));
    let names: Vec<String> = own.into_iter().chain(there.map(str::to_owned)).collect();
    let near = suggest::nearest(topic, names.iter().map(String::as_str), 3);
    if let Some(question) = suggest::question(&near) {
        page.text(&sentence(&question));
    }
    search::related(page, topic);
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests;
