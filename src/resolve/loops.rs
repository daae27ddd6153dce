//! Loops, comprehensions, `let` and `try`: what makes a scope inside a function. What leaves them.

use super::code::{Code, CodeKind, Local, Loops, Place, Target};
use super::{Around, Resolved, Resolver, refuse};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Expr, ExprKind, ForClause, Generator, GeneratorLoop, Name};
use std::rc::Rc;

/// A variable of an outer clause of a `for`, and a variable that keeps its value where the body assigns it.
pub(super) struct Kept {
    variable: Rc<Local>,
    kept: Rc<Local>,
}

impl Resolver<'_> {
    /// A body in a scope of its own.
    fn scoped(&mut self, body: &Expr) -> Resolved<Code> {
        self.scopes.enter();
        self.scopes.declare_assigned(body);
        let code = self.expr(body);
        let locals = self.scopes.leave();
        Ok(scope(locals, code?, body))
    }

    /// `while c … end`
    pub(super) fn while_loop(&mut self, cond: &Expr, body: &Expr) -> Resolved<CodeKind> {
        self.scopes.enter_loop();
        let cond = self.boxed(cond);
        let body = self.within(Around::Loop, |this| this.scoped(body));
        self.scopes.leave_loop();
        Ok(CodeKind::While { cond: cond?, body: Box::new(body?) })
    }

    /// `for a in x, b in y … end`: the first clause's loop holds the next one's.
    pub(super) fn for_loop(&mut self, clauses: &[ForClause], body: &Expr, outer: &mut Vec<Kept>) -> Resolved<CodeKind> {
        let inner = !outer.is_empty();
        let (clause, rest) = clauses.split_first().expect("a for has a clause");
        let iterable = self.boxed(&clause.iterable)?;
        self.scopes.enter_loop();
        self.scopes.enter();
        self.declare_targets(&clause.target);
        if rest.is_empty() {
            self.scopes.declare_assigned(body);
        }
        let code = self.for_body(clause, rest, body, outer);
        let locals = self.scopes.leave();
        self.scopes.leave_loop();
        let (target, code) = code?;
        Ok(CodeKind::For { target: Box::new(target), iterable, body: Box::new(code), inner, locals })
    }

    fn for_body(
        &mut self,
        clause: &ForClause,
        rest: &[ForClause],
        body: &Expr,
        outer: &mut Vec<Kept>,
    ) -> Resolved<(Target, Code)> {
        let target = self.target(&clause.target)?;
        if rest.is_empty() {
            let code = self.innermost(outer, body)?;
            return Ok((target, code));
        }
        let before = outer.len();
        for variable in self.scopes.locals_here() {
            let kept = self.scopes.declare(&Rc::from(format!("{} as it was", variable.name)));
            outer.push(Kept { variable, kept });
        }
        let inner = self.for_loop(rest, body, outer)?;
        let used = outer.drain(before..).filter(|kept| kept.kept.touched.get());
        let mut steps: Vec<Code> = used.map(|kept| self.copied(&kept.variable, &kept.kept, body.span)).collect();
        steps.push(Code::new(inner, body.span));
        Ok((target, block(steps, body.span)))
    }

    /// The body of a `for`. The variables of its outer clauses are new in every round of the inner ones: what the body
    /// assigns to them is put right at the beginning of the next round.
    fn innermost(&mut self, outer: &[Kept], body: &Expr) -> Resolved<Code> {
        let assignments: Vec<u32> = outer.iter().map(|kept| kept.variable.assigned.get()).collect();
        let code = self.within(Around::Loop, |this| this.expr(body))?;
        let changed = outer.iter().zip(assignments).filter(|(kept, before)| kept.variable.assigned.get() != *before);
        let mut steps: Vec<Code> =
            changed.map(|(kept, _)| self.copied(&kept.kept, &kept.variable, body.span)).collect();
        steps.push(code);
        Ok(block(steps, body.span))
    }

    /// `to = from`, of two variables of this function.
    fn copied(&mut self, from: &Rc<Local>, to: &Rc<Local>, span: Span) -> Code {
        from.touched.set(true);
        self.scopes.note_binding(to);
        let value = Box::new(Code::new(CodeKind::Read(Place::Local(from.clone())), span));
        Code::new(CodeKind::Assign { place: Place::Local(to.clone()), value }, span)
    }

    /// Declares the names of a loop's target in the innermost scope: they are always new.
    pub(super) fn declare_targets(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) if &**name == "_" => {}
            ExprKind::Name(name) => {
                self.scopes.declare(name);
            }
            ExprKind::Tuple(items) => items.iter().for_each(|item| self.declare_targets(item)),
            ExprKind::NamedTuple(fields) => fields.iter().filter_map(|field| field.name()).for_each(|name| {
                self.scopes.declare(&name.node);
            }),
            ExprKind::Splat(inner) => self.declare_targets(inner),
            // Anything else is refused when the target is resolved.
            _ => {}
        }
    }

    /// `[body for …]`, as loops in the frame of the function around it.
    pub(super) fn comprehension(&mut self, eltype: Option<&Expr>, generator: &Generator) -> Resolved<CodeKind> {
        let eltype = self.optional(eltype)?;
        self.scopes.enter_loop();
        let parts =
            self.within(Around::Comprehension, |this| this.comprehension_loops(&generator.loops, &generator.body));
        self.scopes.leave_loop();
        let (loops, body) = parts?;
        Ok(CodeKind::Comprehension { eltype, loops, body: Box::new(body) })
    }

    fn comprehension_loops(&mut self, loops: &[GeneratorLoop], body: &Expr) -> Resolved<(Vec<Loops>, Code)> {
        let Some((first, rest)) = loops.split_first() else {
            let code = self.expr(body)?;
            return Ok((Vec::new(), code));
        };
        if first.clauses.len() > 2 {
            return refuse("arrays have at most two dimensions, so a comprehension has at most two clauses", body.span);
        }
        // What is iterated is computed before the loop's variables exist: a clause cannot use the one before it.
        let iterables = first.clauses.iter().map(|c| self.expr(&c.iterable)).collect::<Resolved<Vec<_>>>()?;
        self.scopes.enter_closed();
        first.clauses.iter().for_each(|c| self.declare_targets(&c.target));
        if rest.is_empty() {
            self.scopes.declare_assigned(body);
        }
        let inner = self.comprehension_loop(first, rest, body);
        let locals = self.scopes.leave();
        let (targets, filter, mut inner, code) = inner?;
        inner.insert(0, Loops { clauses: targets.into_iter().zip(iterables).collect(), filter, locals });
        Ok((inner, code))
    }

    #[allow(clippy::type_complexity)]
    fn comprehension_loop(
        &mut self,
        first: &GeneratorLoop,
        rest: &[GeneratorLoop],
        body: &Expr,
    ) -> Resolved<(Vec<Target>, Option<Code>, Vec<Loops>, Code)> {
        let targets = first.clauses.iter().map(|c| self.target(&c.target)).collect::<Resolved<_>>()?;
        let filter = first.filter.as_ref().map(|f| self.expr(f)).transpose()?;
        let (inner, code) = self.comprehension_loops(rest, body)?;
        Ok((targets, filter, inner, code))
    }

    /// `let x = 1, y … end`: each value is computed before its name exists, except that a function can call itself.
    pub(super) fn let_block(&mut self, bindings: &[(Expr, Option<Expr>)], body: &Expr) -> Resolved<CodeKind> {
        let mut scopes = 0;
        let mut steps = Vec::new();
        let result = self.let_bindings(bindings, body, &mut scopes, &mut steps);
        let mut locals = Vec::new();
        for _ in 0..scopes {
            locals.extend(self.scopes.leave());
        }
        steps.push(result?);
        let body = Code::new(CodeKind::Block(steps), body.span);
        Ok(CodeKind::Scope { locals, body: Box::new(body) })
    }

    fn let_bindings(
        &mut self,
        bindings: &[(Expr, Option<Expr>)],
        body: &Expr,
        scopes: &mut usize,
        steps: &mut Vec<Code>,
    ) -> Resolved<Code> {
        for (target, value) in bindings {
            let function = value.as_ref().filter(|v| matches!(v.kind, ExprKind::FunctionDef { .. }));
            let value = value.as_ref().filter(|_| function.is_none()).map(|v| self.expr(v)).transpose()?;
            self.scopes.enter_closed();
            *scopes += 1;
            self.declare_targets(target);
            if let Some(function) = function {
                steps.push(self.expr(function)?);
            }
            let Some(value) = value else { continue };
            let span = target.span.to(value.span);
            let target = self.target(target)?;
            steps.push(Code::new(bind(target, value), span));
        }
        self.scopes.enter_closed();
        *scopes += 1;
        self.scopes.declare_assigned(body);
        self.expr(body)
    }

    /// A block whose variables are its own, as with `let`.
    pub(super) fn closed(&mut self, body: &Expr) -> Resolved<Code> {
        self.scopes.enter_closed();
        self.scopes.declare_assigned(body);
        let code = self.expr(body);
        let locals = self.scopes.leave();
        Ok(scope(locals, code?, body))
    }

    /// `try … catch e … else … finally … end`; the blocks are `[catch, else, finally]`.
    pub(super) fn try_block(
        &mut self,
        body: &Expr,
        error: Option<&Spanned<Name>>,
        [catch, other, finally]: [Option<&Expr>; 3],
    ) -> Resolved<CodeKind> {
        self.scopes.enter_branch();
        let blocks = self.try_blocks(body, error, [catch, other, finally]);
        self.scopes.leave_branch();
        blocks
    }

    fn try_blocks(
        &mut self,
        body: &Expr,
        error: Option<&Spanned<Name>>,
        [catch, other, finally]: [Option<&Expr>; 3],
    ) -> Resolved<CodeKind> {
        let body = Box::new(self.scoped(body)?);
        self.scopes.enter();
        let mut place = None;
        let caught = catch.map(|block| {
            if let Some(name) = error {
                self.scopes.declare(&name.node);
                place = Some(self.place(&name.node, name.span)?);
            }
            self.scopes.declare_assigned(block);
            self.expr(block)
        });
        let locals = self.scopes.leave();
        let catch = match (caught, catch) {
            (Some(code), Some(block)) => Some(Box::new(scope(without(locals, &place), code?, block))),
            _ => None,
        };
        let other = other.map(|block| self.scoped(block).map(Box::new)).transpose()?;
        let finally = finally.map(|block| self.scoped(block).map(Box::new)).transpose()?;
        Ok(CodeKind::Try { body, error: place, catch, other, finally })
    }
}

impl Resolver<'_> {
    /// `break`, `continue`
    pub(super) fn leave_loop(&self, code: CodeKind, span: Span) -> Resolved<CodeKind> {
        if self.around == Around::Loop {
            return Ok(code);
        }
        refuse(format!("`{}` leaves a loop, and there is none around it", self.sources.text(span)), span)
    }

    /// `return value`
    pub(super) fn return_from(&mut self, value: Option<&Expr>, span: Span) -> Resolved<CodeKind> {
        if self.around == Around::Comprehension {
            return refuse("`return` cannot leave a comprehension; write a loop", span);
        }
        if !self.scopes.in_function() {
            return refuse("`return` leaves a function, and there is none around it", span);
        }
        Ok(CodeKind::Return(self.optional(value)?))
    }
}

/// The error variable is bound before the block is entered, so entering must not clear it.
fn without(locals: Vec<Rc<Local>>, place: &Option<Place>) -> Vec<Rc<Local>> {
    let Some(Place::Local(bound)) = place else { return locals };
    locals.into_iter().filter(|local| !Rc::ptr_eq(local, bound)).collect()
}

fn scope(locals: Vec<Rc<Local>>, code: Code, body: &Expr) -> Code {
    if locals.is_empty() {
        return code;
    }
    Code::new(CodeKind::Scope { locals, body: Box::new(code) }, body.span)
}

/// Steps one after the other; one alone is itself.
fn block(mut steps: Vec<Code>, span: Span) -> Code {
    match steps.pop() {
        Some(only) if steps.is_empty() => only,
        last => Code::new(CodeKind::Block(steps.into_iter().chain(last).collect()), span),
    }
}

/// The assignment of a value to a target.
fn bind(target: Target, value: Code) -> CodeKind {
    let value = Box::new(value);
    match target {
        Target::Place(place, _) => CodeKind::Assign { place, value },
        other => CodeKind::Destructure { target: Box::new(other), value },
    }
}
