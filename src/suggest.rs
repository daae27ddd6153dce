//! The nearest names to a misspelt one.

/// Up to `most` of the candidates that a typing error could have turned into `name`, nearest first.
///
/// Letters that are wrong, missing, doubled or exchanged with their neighbour count one each, a wrong case half. A
/// short name bears fewer of them than a long one.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let name: Vec<char> = name.chars().collect();
    let limit = allowed(name.len());
    let mut found: Vec<(usize, &str)> = Vec::new();
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().collect();
        if letters == name || letters.len().abs_diff(name.len()) * STEP > limit {
            continue;
        }
        let distance = distance(&name, &letters);
        if distance <= limit && !found.iter().any(|(_, known)| *known == candidate) {
            found.push((distance, candidate));
        }
    }
    // Of equally near ones, those that begin alike first: endings are where people err.
    let shared = |candidate: &str| name.iter().zip(candidate.chars()).take_while(|(a, b)| **a == *b).count();
    found.sort_by_key(|(distance, candidate)| (*distance, std::cmp::Reverse(shared(candidate)), *candidate));
    found.into_iter().take(most).map(|(_, candidate)| candidate).collect()
}

/// ``did you mean `eig` or `eigen`?``; nothing for no names.
pub fn question(near: &[&str]) -> Option<String> {
    let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")))
}

/// What one error costs; a wrong case costs half.
const STEP: usize = 2;

/// How far a name of this length may be from a candidate: a name of one letter only in case.
fn allowed(length: usize) -> usize {
    match length {
        0 | 1 => STEP / 2,
        2..=4 => STEP,
        5..=8 => 2 * STEP,
        _ => 3 * STEP,
    }
}

/// The Damerau–Levenshtein distance in its simple form: no letter is moved twice.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).map(|j| j * STEP).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push((i + 1) * STEP);
        for (j, y) in b.iter().enumerate() {
            let replaced = last[j] + cost(*x, *y);
            let mut best = replaced.min(last[j + 1] + STEP).min(row[j] + STEP);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + cost(*x, b[j - 1]).max(STEP));
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

fn cost(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.to_lowercase().eq(b.to_lowercase()) {
        STEP / 2
    } else {
        STEP
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const NAMES: &[&str] =
        &["zeros", "ones", "size", "length", "eigvals", "eigen", "x", "X", "sum", "cumsum", "transpose"];

    fn first(name: &str) -> Vec<&'static str> {
        nearest(name, NAMES.iter().copied(), 2)
    }

    #[test]
    fn finds_typing_errors() {
        assert_eq!(first("zeroes"), ["zeros"]);
        assert_eq!(first("lenght"), ["length"]);
        assert_eq!(first("tranpose"), ["transpose"]);
        assert_eq!(first("eigenvals"), ["eigvals"]);
        assert_eq!(first("Size"), ["size"]);
        assert_eq!(first("smu"), ["sum"]);
    }

    #[test]
    fn stays_silent_about_other_words() {
        assert!(first("q").is_empty());
        assert!(first("matrix").is_empty());
        assert!(first("y1").is_empty());
        assert_eq!(first("x"), ["X"]);
        assert!(nearest("zeroes", [], 3).is_empty());
    }

    #[test]
    fn gives_no_more_than_asked_and_nothing_twice() {
        assert_eq!(nearest("sun", ["sum", "sum", "sin", "run"], 2), ["sum", "sin"]);
        assert!(nearest("sun", ["sum"], 0).is_empty());
    }
}
