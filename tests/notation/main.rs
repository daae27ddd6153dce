//! `notation` and `hlang translate`: the texts for every system, and, where a system is installed, the values that they
//! give there, compared with hlang's own.

#[path = "../fuzz/dice.rs"]
mod dice;
mod peers;
mod random;
mod scripts;
#[path = "../support/mod.rs"]
mod support;
mod texts;
mod values;
