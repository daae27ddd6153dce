//! The smallest program that panics in the same place.

use crate::guard::panics;

/// Leaves out statements, then parts of them, as long as the panic stays the same.
pub fn shrink(statements: &[String], panic: &str) -> Vec<String> {
    let mut best = statements.to_vec();
    let place = |panic: &str| panic.split(": ").next().map(str::to_string);
    let same = |tried: &[String]| panics(tried).is_some_and(|other| place(&other) == place(panic));
    let mut k = 0;
    while k < best.len() {
        let mut tried = best.clone();
        tried.remove(k);
        if same(&tried) { best = tried } else { k += 1 }
    }
    for k in 0..best.len() {
        let mut size = best[k].chars().count() / 2;
        while size > 0 {
            let mut at = 0;
            while at + size <= best[k].chars().count() {
                let mut tried = best.clone();
                tried[k] = best[k].chars().take(at).chain(best[k].chars().skip(at + size)).collect();
                if same(&tried) { best = tried } else { at += size.div_ceil(2) }
            }
            size /= 2;
        }
    }
    best
}
