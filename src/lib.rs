//! hlang: an interactive array language. No dot, the whole array as linear algebra defines it; a dot, every element.
//!
//! The way of a line, one pass each: text, tokens, tree ([`syntax`]), slots ([`resolve`]), value ([`eval`]), screen
//! ([`value::display`]). The modules:
//!
//! - [`codec`] files of each format as values and back, in memory
//! - [`codes`] the codes of errors, each with its page: `H0012`
//! - [`console`] the terminal: buffered output, lines of input, size, colour
//! - [`error`] the one diagnostic: an error with its place, labels, rule and offers
//! - [`eval`] running resolved code: a tree of nodes that walks itself
//! - [`fault`] what can go wrong, before anyone knows where
//! - [`help`] what `?topic` shows
//! - [`interrupt`] Ctrl-C
//! - [`kernel`] typed loops over numbers; the bridge to the decompositions
//! - [`law`] does an identity hold? `@law`
//! - [`learn`] lessons and questions at the prompt
//! - [`library`] the builtins, each declared once
//! - [`maths`] elementary functions of floats
//! - [`memory`] the allocator: large blocks are used again
//! - [`notation`] the same expression in other systems
//! - [`op`] the operators: names and spellings
//! - [`progress`] how far a long loop is
//! - [`prompt`] the interactive prompt
//! - [`report`] diagnostics as text
//! - [`resolve`] names to places, dotted expressions to kernels
//! - [`script`] running a program from a file, a pipe or the command line; running the tests of files
//! - [`session`] variables, output and the one door for evaluating text
//! - [`sizes`] the sizes of expressions from those of their variables
//! - [`source`] texts, and where in them something stands
//! - [`state`] where the user's files are: what is remembered, the settings
//! - [`suggest`] the nearest names to a misspelt one
//! - [`syntax`] from text to tree
//! - [`teach`] how a value comes about, for people
//! - [`transcript`] what a prompt shows: inputs with their results
//! - [`value`] what a name can hold
//! - [`warning`] what is doubtful about a result
//!
//! `tests/architecture.rs` keeps this map and the direction of the imports true.

pub mod codec;
pub mod codes;
pub mod console;
pub mod error;
pub mod eval;
pub mod fault;
pub mod help;
pub mod interrupt;
pub mod kernel;
pub mod law;
pub mod learn;
pub mod library;
pub mod maths;
pub mod memory;
pub mod notation;
pub mod op;
pub mod progress;
pub mod prompt;
pub mod report;
pub mod resolve;
pub mod script;
pub mod session;
pub mod sizes;
pub mod source;
pub mod state;
pub mod suggest;
pub mod syntax;
pub mod teach;
pub mod transcript;
pub mod value;
pub mod warning;
