//! The prompt: reading lines with rustyline, running them, showing results.
