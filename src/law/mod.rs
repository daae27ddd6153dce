//! `@law`: does an identity between expressions hold for all values of its names? It is tried, not proved.
//!
//! A law is read from the tree ([`Reader`]); kinds and sizes of its names are found by trying where it is defined
//! (`fit`); many cases are drawn (`draw`) and judged (`trial`, `judge`); a failure is made small (`shrink`) and shown
//! (`report`). The law's parts are evaluated by whoever runs the program ([`Evaluate`]).

mod draw;
mod fit;
mod judge;
mod layout;
mod names;
mod random;
mod report;
mod run;
mod sample;
mod sets;
mod shrink;
mod statement;
mod trial;

pub use layout::Kind;
pub use names::{Meaning, free_names};
pub use random::Random;
pub use statement::{Law, Reader, USAGE};
pub use trial::Evaluate;

use crate::fault::Outcome;

/// Tries a law; gives what there is to say about it, and whether it holds as far as could be seen.
pub fn check(law: &Law, evaluator: &dyn Evaluate) -> Outcome<(String, bool)> {
    report::report(law, &run::run(law, evaluator)?)
}
