//! Ranges: `a:b`, `a:s:b`, `range(a, b, length = n)`. Lazy vectors of integers or floats.

/// A range that gives its elements without storing them.
#[derive(Clone, Debug, PartialEq)]
pub enum Range {
    /// `start:step:…` of `len` integers. `unit` if it was made without a step, and shows as `a:b`.
    Int { start: i64, step: i64, len: usize, unit: bool },
    /// Floats from `start` to about `stop`: element k of `len` is exact where `start` and `step` are short decimals.
    Float { start: f64, step: f64, stop: f64, len: usize },
}

impl Range {
    /// `a:b` of integers; empty if `b < a`.
    pub fn unit(start: i64, stop: i64) -> Range {
        let len = if stop < start { 0 } else { (stop as i128 - start as i128 + 1).min(usize::MAX as i128) as usize };
        Range::Int { start, step: 1, len, unit: true }
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        match self {
            Range::Int { len, .. } | Range::Float { len, .. } => *len,
        }
    }

    /// No elements?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
