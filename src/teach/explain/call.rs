//! Calls: of the builtins with an explanation of their own, of any other builtin, of the program's functions.

use super::dispatch::shown;
use super::{Explainer, Named, Step, entry_label, explained_entries, is_square};
use crate::syntax::ast::{Args, Expr, ExprKind, Field};
use crate::teach::page::Piece;
use crate::teach::picture::{Table, joined, operand, short};
use crate::value::function::{FunctionKind, Run};
use crate::value::{Builtin, Value};

/// Lines of a definition that are shown.
const MOST_LINES: usize = 8;

impl Explainer<'_> {
    /// `f(x, y; k = v)`
    pub(super) fn call(&mut self, callee: &Expr, args: &Args, step: &Step<'_>) {
        if args.positional.iter().any(|arg| matches!(arg.kind, ExprKind::Splat(_))) {
            return self.result(step);
        }
        let operands =
            args.positional.iter().map(|arg| self.named(arg, "the argument")).collect::<Option<Vec<Named>>>();
        let (Some(operands), Some(function)) = (operands, self.named(callee, "the function")) else {
            return self.result(step);
        };
        let operands: Vec<&Named> = operands.iter().collect();
        let Value::Function(known) = &function.value else { return self.result(step) };
        match &known.kind {
            FunctionKind::Builtin(builtin) => self.builtin(builtin, &operands, &args.keyword, step),
            _ => self.applied(&function, &operands, step),
        }
    }

    fn builtin(&mut self, builtin: &'static Builtin, args: &[&Named], keyword: &[Field], step: &Step<'_>) {
        let matrix = |named: &Named| named.is_array() && !named.table().is_vector();
        match (builtin.name(), args) {
            ("det", [a]) if is_square(&a.value) => self.determinant(a, step),
            ("inv", [a]) if is_square(&a.value) => self.inverse(a, step),
            ("adjoint" | "transpose", [a]) => self.transposed(a, step, builtin.name() == "adjoint"),
            ("kron", [a, b]) if a.is_array() && b.is_array() => self.kronecker(a, b, step),
            ("dot", [a, b]) if a.is_array() && b.is_array() => self.dot_product(a, b, step),
            ("cross", [a, b]) => self.cross_product(a, b, step),
            ("map", [f, over]) if Table::of(&step.value).shape() == over.table().shape() => self.mapped(f, over, step),
            ("tr" | "norm", [a]) if a.is_array() => self.of_all_entries(builtin, a, step),
            (_, [a]) if self.reduces(builtin, a, keyword, step) => {}
            (_, [a]) if matches!(builtin.run, Run::Scalar(_)) && matrix(a) && is_square(&a.value) => {
                self.matrix_function(builtin, a, step);
            }
            _ => {
                self.page.text(builtin.doc);
                self.applied_result(args, step);
            }
        }
    }

    /// A function of the program, or one put together: called once, with the whole of its arguments.
    pub(super) fn applied(&mut self, function: &Named, args: &[&Named], step: &Step<'_>) {
        if let Some(definition) = (self.desk.definition)(&function.value, args.len()) {
            let lines = definition.lines().count();
            let mut shown: Vec<String> = definition.lines().take(MOST_LINES).map(str::to_string).collect();
            if lines > MOST_LINES {
                shown.push("⋯".to_string());
            }
            self.page.lines(&shown);
        }
        let arrays: Vec<&str> = args.iter().filter(|arg| arg.is_array()).map(|arg| arg.name.as_str()).collect();
        let name = &function.name;
        match (arrays.as_slice(), args) {
            ([], _) => {}
            ([one], [_]) => {
                self.page.text(&format!("Called once, with the whole of {one}; every element: {name}.({one})"))
            }
            (arrays, _) => self.page.text(&format!("Called once, with the whole of {}.", arrays.join(" and "))),
        }
        let values: Vec<String> =
            args.iter().map(|arg| if arg.is_array() { arg.name.clone() } else { shown(&arg.value) }).collect();
        self.equals(&format!("{name}({})", values.join(", ")), step);
    }

    /// `map(f, v)`
    fn mapped(&mut self, f: &Named, over: &Named, step: &Step<'_>) {
        let (table, result) = (over.table(), Table::of(&step.value));
        let (name, over) = (&f.name, &over.name);
        self.page.text(&format!(
            "{name} is called for every element of {over}, as in {name}.({over}): {} calls.",
            result.len()
        ));
        let rows = explained_entries(&result, step.chosen).into_iter().map(|entry| match entry {
            Some((i, j)) => {
                let (x, y) = (table.get(i, j), result.get(i, j));
                [entry_label(&result, (i, j)), format!("{}({}) = {}", f.name, shown(&x), shown(&y))]
            }
            None => ["⋯".to_string(), String::new()],
        });
        let rows: Vec<[String; 2]> = rows.collect();
        self.page.table(&rows);
    }

    /// What goes in and what comes out of a builtin.
    fn applied_result(&mut self, args: &[&Named], step: &Step<'_>) {
        match args {
            [a] if a.is_array() && Table::of(&step.value).is_array() => {
                let result = self.whole(step);
                self.page.equation(&[a.piece(), Piece::Sign("→"), result]);
            }
            _ => {
                let title = self.title(step.expr);
                self.equals(&title, step);
            }
        }
    }

    /// The trace, the norm.
    fn of_all_entries(&mut self, builtin: &Builtin, a: &Named, step: &Step<'_>) {
        let table = a.table();
        let (rows, cols) = table.shape();
        let value = short(&step.value);
        if builtin.name() == "tr" {
            self.page.text("The sum of the diagonal.");
            let diagonal = joined(rows.min(cols), |k| operand(&table.get(k, k)), " + ");
            return self.page.text(&format!("{diagonal} = {value}"));
        }
        self.page.text("The square root of the sum of all squares.");
        let squares = joined(table.len(), |k| format!("{}^2", operand(&table.at(k))), " + ");
        self.page.text(&format!("sqrt({squares}) = {value}"));
    }
}
