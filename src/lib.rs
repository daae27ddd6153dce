//! hlang: an interactive array language. No dot, the whole array as linear algebra defines it; a dot, every element.

pub mod console;
pub mod error;
pub mod fault;
pub mod interrupt;
pub mod kernel;
pub mod library;
pub mod op;
pub mod prompt;
pub mod report;
pub mod script;
pub mod session;
pub mod source;
pub mod suggest;
pub mod syntax;
pub mod transcript;
pub mod value;
