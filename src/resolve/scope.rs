//! Names to places: scopes, captured variables, globals. Julia's rules as at its prompt, in files too.
//!
//! Assigning makes a name local to the innermost scope, unless an enclosing local scope has it, or, in a loop or `try` of
//! the top level, the session has a global of that name.

use super::code::{Global, Local, Place, Slot};
use crate::law::Meaning;
use crate::library;
use crate::syntax::ast::{Declaration, Expr, ExprKind, ForClause, Name, StrPart};
use crate::value::{Function, Value, Variable};
use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

/// The session's globals, by name.
#[derive(Default)]
pub struct Globals {
    by_name: HashMap<Rc<str>, Rc<Global>>,
}

impl Globals {
    /// The global with this name; made if there is none, holding what the library has under the name.
    pub fn entry(&mut self, name: &str) -> Rc<Global> {
        if let Some(global) = self.by_name.get(name) {
            return global.clone();
        }
        let name: Rc<str> = Rc::from(name);
        let global = Rc::new(Global {
            name: name.clone(),
            variable: Variable::new(of_library(&name)),
            constant: Cell::new(false),
            own: Cell::new(false),
        });
        self.by_name.insert(name, global.clone());
        global
    }

    /// The global with this name, if the program has assigned it.
    pub fn own(&self, name: &str) -> Option<&Rc<Global>> {
        self.by_name.get(name).filter(|g| g.own.get())
    }

    /// Every global that the program has assigned.
    pub fn own_globals(&self) -> impl Iterator<Item = &Rc<Global>> {
        self.by_name.values().filter(|g| g.own.get())
    }

    /// Puts a value under a name that the program may use and assign.
    pub fn provide(&mut self, name: &str, value: Value) {
        self.entry(name).variable.set(value);
    }

    /// Forgets what the program has assigned to a name; false if it has assigned nothing.
    pub fn forget(&mut self, name: &str) -> bool {
        let Some(global) = self.own(name) else { return false };
        // Code that was resolved before holds the global itself.
        global.variable.set(of_library(name));
        global.constant.set(false);
        global.own.set(false);
        true
    }

    /// Sets a global as the program would.
    pub fn set(&mut self, name: &str, value: Value) {
        let global = self.entry(name);
        global.own.set(true);
        global.variable.set(value);
    }
}

/// What a name stands for before the program assigns it.
fn of_library(name: &str) -> Value {
    match library::builtin(name) {
        Some(builtin) => Value::Function(Rc::new(Function::builtin(builtin))),
        None => library::constant(name).unwrap_or(Value::Undefined),
    }
}

/// What a scope knows of a name.
#[derive(Clone)]
enum Binding {
    Local(Rc<Local>),
    Global,
}

#[derive(Default)]
struct Scope {
    names: HashMap<Name, Binding>,
    /// Locals in order, for making them anew when the scope is entered again.
    locals: Vec<Rc<Local>>,
    /// What is assigned in it stays in it, though the session has a global of that name: `let`, comprehensions.
    closed: bool,
}

/// A function being resolved; the first one is the top level.
struct Frame {
    scopes: Vec<Scope>,
    slots: Slot,
    captures: Vec<(Place, Rc<Local>)>,
    /// Captured variables by the outer local they stand for.
    stand_ins: HashMap<*const Local, Rc<Local>>,
    /// How many loops and how many branches the place stands in.
    depth: (u32, u32),
}

/// The scopes around the place that is being resolved.
pub struct Scopes<'g> {
    /// The session's globals.
    pub globals: &'g mut Globals,
    frames: Vec<Frame>,
}

impl<'g> Scopes<'g> {
    /// The top level.
    pub fn new(globals: &'g mut Globals) -> Scopes<'g> {
        Scopes { globals, frames: vec![Frame::new()] }
    }

    fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the top level is always there")
    }

    /// Is the place outside every function, loop and `let`?
    pub fn is_top(&self) -> bool {
        self.frames.len() == 1 && self.frames[0].scopes.is_empty()
    }

    /// Is the place inside a function?
    pub fn in_function(&self) -> bool {
        self.frames.len() > 1
    }

    /// Slots of the innermost frame so far.
    pub fn slots(&self) -> usize {
        self.frames.last().map_or(0, |f| f.slots as usize)
    }

    /// A slot without a name.
    pub fn temporary(&mut self) -> Slot {
        let frame = self.frame();
        frame.slots += 1;
        frame.slots - 1
    }

    /// Enters a function.
    pub fn enter_function(&mut self) {
        self.frames.push(Frame::new());
        self.enter();
    }

    /// Leaves a function; gives its captures and its number of slots.
    pub fn leave_function(&mut self) -> (Vec<(Place, Rc<Local>)>, usize) {
        let frame = self.frames.pop().expect("entered before");
        (frame.captures, frame.slots as usize)
    }

    /// Enters a scope.
    pub fn enter(&mut self) {
        self.frame().scopes.push(Scope::default());
    }

    /// Enters a scope that assigns no global without saying so.
    pub fn enter_closed(&mut self) {
        self.frame().scopes.push(Scope { closed: true, ..Scope::default() });
    }

    /// Leaves a scope; gives its locals.
    pub fn leave(&mut self) -> Vec<Rc<Local>> {
        self.frame().scopes.pop().expect("entered before").locals
    }

    /// Inside a loop, what is assigned once in the text may be assigned often.
    pub fn enter_loop(&mut self) {
        self.frame().depth.0 += 1;
    }

    /// The end of the loop's text.
    pub fn leave_loop(&mut self) {
        self.frame().depth.0 -= 1;
    }

    /// What follows may not be run.
    pub fn enter_branch(&mut self) {
        self.frame().depth.1 += 1;
    }

    /// The end of what may not be run.
    pub fn leave_branch(&mut self) {
        self.frame().depth.1 -= 1;
    }

    /// Declares a new local in the innermost scope.
    pub fn declare(&mut self, name: &Name) -> Rc<Local> {
        let slot = self.temporary();
        self.declare_in(name, slot)
    }

    /// Declares a new local that lives in this slot.
    pub fn declare_in(&mut self, name: &Name, slot: Slot) -> Rc<Local> {
        let frame = self.frame();
        let local = Rc::new(Local::new(name, slot, None, frame.depth));
        let scope = frame.scopes.last_mut().expect("locals stand in a scope");
        scope.names.insert(name.clone(), Binding::Local(local.clone()));
        scope.locals.push(local.clone());
        local
    }

    /// The locals of the innermost scope, in order.
    pub fn locals_here(&self) -> Vec<Rc<Local>> {
        let scope = self.frames.last().and_then(|frame| frame.scopes.last());
        scope.map_or_else(Vec::new, |scope| scope.locals.clone())
    }

    /// How many locals the innermost scope has so far.
    pub fn declared(&self) -> usize {
        self.frames.last().and_then(|f| f.scopes.last()).map_or(0, |scope| scope.locals.len())
    }

    /// Declares that the name means the global in the innermost scope.
    pub fn declare_global(&mut self, name: &Name) {
        if let Some(scope) = self.frame().scopes.last_mut() {
            scope.names.insert(name.clone(), Binding::Global);
        }
    }

    /// Has the innermost scope this name itself?
    pub fn is_declared_here(&self, name: &str) -> bool {
        self.frames.last().and_then(|f| f.scopes.last()).is_some_and(|s| s.names.contains_key(name))
    }

    /// Declares the names that a body assigns and that no enclosing scope has.
    pub fn declare_assigned(&mut self, body: &Expr) {
        let mut found = Assigned::default();
        found.visit(body);
        for (name, how) in found.names {
            match how {
                Some(Declaration::Global) => self.declare_global(&name),
                Some(Declaration::Local) if !self.is_declared_here(&name) => {
                    self.declare(&name);
                }
                Some(Declaration::Local) => {}
                Some(Declaration::Const) | None => {
                    if self.find(&name).is_none() && !self.assigns_global(&name) {
                        self.declare(&name);
                    }
                }
            }
        }
    }

    /// Enters a scope for what a statement of the top level calls `local`, if there is any. The other names that it
    /// assigns are global.
    pub fn enter_if_local(&mut self, statement: &Expr) -> bool {
        let mut found = Assigned::default();
        found.visit(statement);
        found.names.retain(|(_, how)| *how == Some(Declaration::Local));
        if found.names.is_empty() {
            return false;
        }
        self.enter();
        found.names.iter().for_each(|(name, _)| {
            self.declare(name);
        });
        true
    }

    /// Would an assignment to a name that no scope has be to a global here?
    fn assigns_global(&self, name: &str) -> bool {
        let open = || !self.in_function() && !self.frames[0].scopes.iter().any(|scope| scope.closed);
        self.is_top() || (open() && self.globals.own(name).is_some())
    }

    fn find(&self, name: &str) -> Option<(usize, Binding)> {
        for (depth, frame) in self.frames.iter().enumerate().rev() {
            for scope in frame.scopes.iter().rev() {
                if let Some(binding) = scope.names.get(name) {
                    return Some((depth, binding.clone()));
                }
            }
        }
        None
    }

    /// What a name means to a law: a local keeps its value; any other name is free unless it is a function, a constant
    /// or a type.
    pub fn meaning_in_law(&self, name: &Name) -> Meaning {
        if let Some((_, Binding::Local(_))) = self.find(name) {
            return Meaning::Kept;
        }
        let known = match self.globals.own(name) {
            Some(global) => matches!(global.variable.get(), Value::Function(_)),
            None => library::builtin(name).is_some() || library::constant(name).is_some(),
        };
        if known { Meaning::Known } else { Meaning::Free }
    }

    /// Where a name that is read lives.
    pub fn read(&mut self, name: &Name) -> Place {
        match self.find(name) {
            Some((depth, Binding::Local(local))) => {
                local.touched.set(true);
                Place::Local(self.reach(depth, local))
            }
            Some((_, Binding::Global)) | None => Place::Global(self.globals.entry(name)),
        }
    }

    /// Where a name that is assigned lives. What a body assigns was declared when its scope was entered.
    pub fn assign(&mut self, name: &Name) -> Place {
        match self.find(name) {
            Some((depth, Binding::Local(local))) => {
                let here = self.reach(depth, local.clone());
                self.note_assignment(depth, &local);
                Place::Local(here)
            }
            Some((_, Binding::Global)) | None => Place::Global(self.globals.entry(name)),
        }
    }

    /// Notes that a local of the innermost function gets its value, as a parameter or loop variable.
    pub fn note_binding(&mut self, local: &Local) {
        self.note_assignment(self.frames.len() - 1, local);
    }

    fn note_assignment(&mut self, depth: usize, local: &Local) {
        let (loops, branches) = self.frames[depth].depth;
        let repeated = loops > local.declared_at.0;
        local.assigned.set(local.assigned.get() + if repeated { 2 } else { 1 });
        if !local.touched.replace(true) && !repeated && branches == local.declared_at.1 {
            local.reset.set(false);
        }
        if local.captured.get() {
            local.changes.set(true);
        }
    }

    /// The local of the innermost frame that stands for a local of an outer one.
    fn reach(&mut self, depth: usize, local: Rc<Local>) -> Rc<Local> {
        if depth + 1 < self.frames.len() {
            // Captured before it has its one value, or after several: owner and closure must hold the same variable.
            if local.assigned.get() != 1 {
                local.changes.set(true);
            }
            local.captured.set(true);
        }
        (depth + 1..self.frames.len()).fold(local, |outer, inner| self.stand_in(inner, outer))
    }

    fn stand_in(&mut self, depth: usize, outer: Rc<Local>) -> Rc<Local> {
        let frame = &mut self.frames[depth];
        if let Some(found) = frame.stand_ins.get(&Rc::as_ptr(&outer)) {
            return found.clone();
        }
        let local = Rc::new(Local::new(&outer.name, frame.slots, Some(outer.clone()), frame.depth));
        frame.slots += 1;
        frame.stand_ins.insert(Rc::as_ptr(&outer), local.clone());
        frame.captures.push((Place::Local(outer), local.clone()));
        local
    }
}

impl Local {
    fn new(name: &Name, slot: Slot, origin: Option<Rc<Local>>, declared_at: (u32, u32)) -> Local {
        Local {
            name: name.clone(),
            slot,
            origin,
            captured: Cell::new(false),
            changes: Cell::new(false),
            reset: Cell::new(true),
            touched: Cell::new(false),
            assigned: Cell::new(0),
            declared_at,
        }
    }
}

impl Frame {
    fn new() -> Frame {
        Frame { scopes: Vec::new(), slots: 0, captures: Vec::new(), stand_ins: HashMap::new(), depth: (0, 0) }
    }
}

/// Names that a body assigns in its own scope, with the declaration that says more, if there is one. Scopes inside it
/// (loops, `let`, `try`, functions, comprehensions) are not entered.
#[derive(Default)]
struct Assigned {
    names: Vec<(Name, Option<Declaration>)>,
}

impl Assigned {
    fn add(&mut self, name: &Name, how: Option<Declaration>) {
        match self.names.iter_mut().find(|(n, _)| n == name) {
            Some((_, known)) => *known = known.or(how),
            None => self.names.push((name.clone(), how)),
        }
    }

    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) => self.add(name, None),
            ExprKind::Tuple(items) => items.iter().for_each(|item| self.target(item)),
            ExprKind::NamedTuple(fields) => {
                fields.iter().filter_map(|field| field.name()).for_each(|name| self.add(&name.node, None));
            }
            ExprKind::Splat(inner) => self.target(inner),
            _ => self.visit(target),
        }
    }

    fn visit_all<'a>(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) {
        exprs.into_iter().for_each(|e| self.visit(e));
    }

    fn visit(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Assign { target, value, dotted, .. } => {
                if *dotted {
                    self.visit(target);
                } else {
                    self.target(target);
                }
                self.visit(value);
            }
            ExprKind::FunctionDef { name, .. } => self.add(&name.node, None),
            ExprKind::Declare { how, names, assign } => {
                names.iter().for_each(|name| self.add(&name.node, Some(*how)));
                self.visit_all(assign.as_deref());
            }
            ExprKind::Block(items) | ExprKind::Tuple(items) => self.visit_all(items),
            ExprKind::Vector { items, .. } => self.visit_all(items),
            ExprKind::Rows { rows, .. } => self.visit_all(rows.iter().flatten()),
            ExprKind::If { arms, other } => {
                arms.iter().for_each(|(cond, body)| {
                    self.visit(cond);
                    self.visit(body);
                });
                self.visit_all(other.as_deref());
            }
            ExprKind::Ternary { cond, then, other } => self.visit_all([&**cond, &**then, &**other]),
            ExprKind::And(a, b) | ExprKind::Or(a, b) => self.visit_all([&**a, &**b]),
            ExprKind::Binary { lhs, rhs, .. } => self.visit_all([&**lhs, &**rhs]),
            ExprKind::Unary { operand, .. } => self.visit(operand),
            ExprKind::Chain { first, rest } => {
                self.visit(first);
                self.visit_all(rest.iter().map(|c| &c.rhs));
            }
            ExprKind::Range { start, step, stop } => {
                self.visit_all([&**start, &**stop]);
                self.visit_all(step.as_deref());
            }
            ExprKind::Call { callee, args, .. } => {
                self.visit(callee);
                self.visit_all(&args.positional);
            }
            ExprKind::Index { object, args } => {
                self.visit(object);
                self.visit_all(args);
            }
            ExprKind::TypeParameters { of, parameters } => {
                self.visit(of);
                self.visit_all(parameters);
            }
            ExprKind::Field { object, .. } => self.visit(object),
            ExprKind::Splat(inner) => self.visit(inner),
            ExprKind::NamedTuple(fields) => self.visit_all(fields.iter().map(|field| field.value())),
            ExprKind::Return(value) => self.visit_all(value.as_deref()),
            ExprKind::Macro { args, .. } => self.visit_all(args),
            ExprKind::For { clauses, .. } => self.visit_all(clauses.iter().map(|c: &ForClause| &c.iterable)),
            ExprKind::Str(parts) => parts.iter().for_each(|part| match part {
                StrPart::Value(value) => self.visit(value),
                StrPart::Text(_) => {}
            }),
            ExprKind::Comprehension { .. }
            | ExprKind::Generator(_)
            | ExprKind::Lambda(_)
            | ExprKind::Let { .. }
            | ExprKind::While { .. }
            | ExprKind::Try { .. }
            | ExprKind::Nothing
            | ExprKind::Bool(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Name(_)
            | ExprKind::Operator { .. }
            | ExprKind::Colon
            | ExprKind::End
            | ExprKind::Begin
            | ExprKind::Break
            | ExprKind::Continue
            | ExprKind::Using { .. } => {}
        }
    }
}
