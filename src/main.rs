//! The command line: arguments and exit status.

fn main() {}
