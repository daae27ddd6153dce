//! The nearest names to a misspelt one.

/// Up to `most` of the candidates that a typing error could have turned into `name`, nearest first.
pub fn nearest<'a>(_name: &str, _candidates: impl IntoIterator<Item = &'a str>, _most: usize) -> Vec<&'a str> {
    unimplemented!()
}
