//! The systems, each a table in a file of its own.

mod apl;
mod armadillo;
mod eigen;
mod fortran;
mod gauss;
mod j;
mod julia;
mod matlab;
mod numpy;
mod pandas;
mod prime;
mod pytorch;
mod r;
mod sympy;
mod wolfram;

use super::system::System;

pub use julia::JULIA;
pub use matlab::MATLAB;
pub use numpy::NUMPY;

/// Every system, in the order of the tables.
pub const SYSTEMS: &[&System] = &[
    &MATLAB,
    &JULIA,
    &NUMPY,
    &pytorch::PYTORCH,
    &sympy::SYMPY,
    &pandas::PANDAS,
    &r::R,
    &fortran::FORTRAN,
    &apl::APL,
    &j::J,
    &wolfram::WOLFRAM,
    &eigen::EIGEN,
    &armadillo::ARMADILLO,
    &gauss::GAUSS,
    &prime::PRIME,
];

/// The system with this name on the command line.
pub fn named(word: &str) -> Option<&'static System> {
    let word = word.to_lowercase();
    SYSTEMS.iter().find(|system| system.words.contains(&word.as_str())).copied()
}
