//! Symbols by their names in LaTeX: `\odot` is `⊙`. The table is Julia's.

use std::sync::OnceLock;

/// Lines of a name, without its backslash, and the symbol.
const TABLE: &str = include_str!("symbols.txt");

fn table() -> &'static [(&'static str, &'static str)] {
    static PARSED: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    PARSED.get_or_init(|| TABLE.lines().filter_map(|line| line.split_once(' ')).collect())
}

/// The symbol of a whole name.
pub(super) fn symbol(name: &str) -> Option<&'static str> {
    let table = table();
    let found = table.iter().find(|(known, _)| *known == name);
    found.map(|(_, symbol)| *symbol).or_else(|| script(name))
}

/// Several letters up or down at once: `\_12` is `₁₂`.
fn script(name: &str) -> Option<&'static str> {
    let (mark, letters) = name.split_at_checked(1)?;
    if !matches!(mark, "_" | "^") || letters.chars().count() < 2 {
        return None;
    }
    let one = |c: char| table().iter().find(|(known, _)| known.strip_prefix(mark) == Some(c.encode_utf8(&mut [0; 4])));
    let joined: Option<String> = letters.chars().map(|c| one(c).map(|(_, symbol)| *symbol)).collect();
    // A few of these are asked for in a session.
    joined.map(|symbols| &*symbols.leak())
}

/// Every name that begins so, with its symbol.
pub(super) fn beginning(prefix: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table().iter().copied().filter(move |(name, _)| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::{beginning, symbol};

    #[test]
    fn names_lead_to_symbols() {
        for (name, expected) in
            [("odot", "⊙"), ("alpha", "α"), ("otimes", "⊗"), ("_1", "₁"), ("^2", "²"), ("sqrt", "√")]
        {
            assert_eq!(symbol(name), Some(expected));
        }
        assert_eq!(symbol("_12"), Some("₁₂"));
        assert_eq!(symbol("nosuchname"), None);
        assert!(beginning("ot").any(|(name, _)| name == "otimes"));
        assert!(beginning("").count() > 2000);
    }
}
