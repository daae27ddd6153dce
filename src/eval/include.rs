//! `include("file.hlang")`: runs a file relative to the one that is running.

use super::vm::Vm;
use crate::fault::{ErrorKind, Fault, Outcome};
use crate::syntax;
use crate::value::Value;
use std::path::{Path, PathBuf};

/// Files inside files that are allowed: a file that includes itself ends here.
const MOST_NESTED: usize = 100;

/// Runs the file's statements and gives the last one's value.
pub fn include(vm: &Vm, path: &str) -> Outcome<Value> {
    if vm.running.borrow().len() > MOST_NESTED {
        return Err(Fault::new(ErrorKind::StackOverflowError, format!("{path} is included by itself")));
    }
    let file = relative(vm, path);
    let name = file.display().to_string();
    let text = std::fs::read_to_string(&file)
        .map_err(|e| Fault::new(ErrorKind::SystemError, format!("{name} cannot be read: {e}")))?;
    let source = vm.sources.borrow_mut().add(name, text.clone());
    let run = || {
        let program = syntax::parse(&text, source)?;
        let mut last = Value::Nothing;
        for statement in &program.statements {
            last = super::run(&statement.expr, vm)?;
        }
        Ok(last)
    };
    run().map_err(|diagnostic| {
        vm.throw_again(diagnostic);
        Fault::Passing
    })
}

/// The path as seen from the directory of the running file.
fn relative(vm: &Vm, path: &str) -> PathBuf {
    let running = vm.running.borrow().last().copied();
    let sources = vm.sources.borrow();
    let base = running.and_then(|source| sources.get(source)).and_then(|s| Path::new(&s.name).parent());
    base.map_or_else(|| PathBuf::from(path), |base| base.join(path))
}
