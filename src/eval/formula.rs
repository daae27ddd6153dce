//! Functions as formulas: a body without effects, of operators, `? :`, calls and names of its own, becomes an expression
//! that kernels compute for whole arrays.

use crate::op::{BinaryOp, UnaryOp};
use crate::resolve::code::{Code, CodeKind, FunctionCode, Global, Item, Loops, Place, Target};
use crate::value::Value;
use crate::value::dotted::{Dotted, Formula, FormulaBody, Inside};
use std::cell::OnceCell;
use std::rc::Rc;

/// Parts of an expression that a formula may have; longer bodies are rather run than looked through.
const MOST_PARTS: usize = 1000;

/// A formula without the values that its names stand for.
pub struct FormulaCode {
    body: Rc<FormulaBody>,
    reads: Vec<Read>,
}

/// Where a value comes from.
enum Read {
    /// A slot of the frame.
    Slot(usize),
    Global(Rc<Global>),
    Constant(Value),
}

impl FormulaCode {
    /// The formula of a function, if it is one and its parameters are plain names.
    pub fn of_function(function: &FunctionCode) -> Option<FormulaCode> {
        let plain = function.params.iter().all(|p| p.default.is_none() && !p.local.is_shared());
        let special = function.rest || function.keyword_rest.is_some();
        if special || !plain || !function.keywords.is_empty() || !function.unpack.is_empty() {
            return None;
        }
        let arguments = function.params.iter().map(|p| p.local.slot as usize).collect();
        FormulaCode::new(arguments, &function.body)
    }

    /// The formula of a comprehension over one or two clauses: its body as a function of their variables.
    pub fn of_loops(loops: &[Loops], body: &Code) -> Option<FormulaCode> {
        let [Loops { clauses, .. }] = loops else { return None };
        FormulaCode::of_clauses(clauses, body)
    }

    /// The formula of a comprehension's condition.
    pub fn of_filter(loops: &[Loops]) -> Option<FormulaCode> {
        let [Loops { clauses, filter: Some(filter), .. }] = loops else { return None };
        FormulaCode::of_clauses(clauses, filter)
    }

    fn of_clauses(clauses: &[(Target, Code)], body: &Code) -> Option<FormulaCode> {
        let variable = |(target, _): &(Target, Code)| match target {
            Target::Place(Place::Local(local), _) if !local.is_shared() => Some(local.slot as usize),
            _ => None,
        };
        FormulaCode::new(clauses.iter().map(variable).collect::<Option<_>>()?, body)
    }

    /// An expression as a function of the values in these slots.
    fn new(arguments: Vec<usize>, body: &Code) -> Option<FormulaCode> {
        let leaves = arguments.len();
        let bound = arguments.into_iter().zip(0..).collect();
        let mut builder = Builder { bound, leaves, inside: Vec::new(), reads: Vec::new(), parts: 0 };
        let result = builder.tail(body)?;
        let body = FormulaBody { inside: builder.inside, result, kept: OnceCell::new() };
        Some(FormulaCode { body: Rc::new(body), reads: builder.reads })
    }

    /// The formula with the values of now; `None` if a name has no value.
    pub fn now(&self, slot: impl Fn(usize) -> Value) -> Option<Formula> {
        let value = |read: &Read| {
            let value = match read {
                Read::Slot(k) => match slot(*k) {
                    Value::Variable(shared) => shared.get(),
                    value => value,
                },
                Read::Global(global) => global.variable.get(),
                Read::Constant(value) => value.clone(),
            };
            (!matches!(value, Value::Undefined)).then_some(value)
        };
        let values = self.reads.iter().map(value).collect::<Option<_>>()?;
        Some(Formula { body: self.body.clone(), values })
    }
}

/// Turns code into a formula. Everything gives `None` where the code is more than that.
struct Builder {
    /// Slots of the names that are the formula's own, with their leaves. Later ones hide earlier ones.
    bound: Vec<(usize, usize)>,
    /// Leaves so far.
    leaves: usize,
    inside: Vec<Inside>,
    reads: Vec<Read>,
    parts: usize,
}

impl Builder {
    fn leaf(&mut self, inside: Inside) -> usize {
        self.inside.push(inside);
        self.leaves += 1;
        self.leaves - 1
    }

    fn value(&mut self, read: Read) -> usize {
        self.reads.push(read);
        let number = self.reads.len() - 1;
        self.leaf(Inside::Value(number))
    }

    /// The leaf of a variable.
    fn read(&mut self, place: &Place) -> usize {
        match place {
            Place::Global(global) => self.value(Read::Global(global.clone())),
            Place::Local(local) => {
                let slot = local.slot as usize;
                match self.bound.iter().rev().find(|(bound, _)| *bound == slot) {
                    Some((_, leaf)) => *leaf,
                    None => self.value(Read::Slot(slot)),
                }
            }
        }
    }

    /// Code that gives the function's value: its end, or a `return`.
    fn tail(&mut self, code: &Code) -> Option<Dotted> {
        match &code.kind {
            CodeKind::Return(Some(value)) => self.tail(value),
            CodeKind::Scope { body, .. } => self.tail(body),
            CodeKind::Block(items) => self.block(items),
            CodeKind::If { arms, other: Some(other) } => self.choice(arms, |builder| builder.branch(other)),
            _ => self.expression(code),
        }
    }

    /// Assignments of names, `if … return … end`, and an expression at the end.
    fn block(&mut self, items: &[Code]) -> Option<Dotted> {
        let (item, rest) = items.split_first()?;
        if rest.is_empty() {
            return self.tail(item);
        }
        match &item.kind {
            CodeKind::Assign { place: Place::Local(local), value } if !local.is_shared() => {
                let value = self.expression(value)?;
                let leaf = self.leaf(Inside::Step(value));
                self.bound.push((local.slot as usize, leaf));
                self.block(rest)
            }
            CodeKind::If { arms, other: None } if arms.iter().all(|(_, then)| returns(then)) => {
                self.choice(arms, |builder| builder.block(rest))
            }
            _ => None,
        }
    }

    fn choice(&mut self, arms: &[(Code, Code)], other: impl FnOnce(&mut Builder) -> Option<Dotted>) -> Option<Dotted> {
        let mut chosen = Vec::with_capacity(arms.len());
        for (condition, then) in arms {
            chosen.push((self.expression(condition)?, self.branch(then)?));
        }
        Some(joined(chosen, other(self)?))
    }

    /// A branch: names that it assigns are its own.
    fn branch(&mut self, code: &Code) -> Option<Dotted> {
        let before = self.bound.len();
        let result = self.tail(code);
        self.bound.truncate(before);
        result
    }

    fn boxed(&mut self, code: &Code) -> Option<Box<Dotted>> {
        self.expression(code).map(Box::new)
    }

    fn expression(&mut self, code: &Code) -> Option<Dotted> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return None;
        }
        match &code.kind {
            CodeKind::Constant(value @ (Value::Bool(_) | Value::Int(_) | Value::Float(_))) => {
                Some(Dotted::Constant(value.clone()))
            }
            CodeKind::Read(place) => Some(Dotted::Leaf(self.read(place))),
            CodeKind::Unary { op, operand, .. } if *op != UnaryOp::Adjoint => {
                Some(Dotted::Unary(*op, self.boxed(operand)?))
            }
            CodeKind::Binary { op: BinaryOp::Pipe, lhs, rhs, .. } => {
                let argument = self.expression(lhs)?;
                self.call(rhs, vec![argument], Vec::new())
            }
            CodeKind::Binary { op, lhs, rhs, .. } => Some(Dotted::Binary(*op, self.boxed(lhs)?, self.boxed(rhs)?)),
            CodeKind::Chain { first, rest } => self.chain(first, rest),
            CodeKind::And(a, b) => Some(Dotted::And(self.boxed(a)?, self.boxed(b)?)),
            CodeKind::Or(a, b) => Some(Dotted::Or(self.boxed(a)?, self.boxed(b)?)),
            CodeKind::If { arms, other: Some(other) } => {
                let mut chosen = Vec::with_capacity(arms.len());
                for (condition, then) in arms {
                    chosen.push((self.expression(condition)?, self.expression(then)?));
                }
                Some(joined(chosen, self.expression(other)?))
            }
            CodeKind::Scope { body, .. } => self.expression(body),
            CodeKind::Block(items) => match items.as_slice() {
                [only] => self.expression(only),
                _ => None,
            },
            CodeKind::Call { callee, args, keyword } => {
                let argument = |item: &Item| if item.splat { None } else { self.expression(&item.code) };
                let args = args.iter().map(argument).collect::<Option<_>>()?;
                let keyword = keyword.iter().map(|k| Some((k.name.clone()?, self.keyword(&k.value)?)));
                let keyword = keyword.collect::<Option<_>>()?;
                self.call(callee, args, keyword)
            }
            CodeKind::Broadcast { tree, leaves } => self.dots(tree, leaves),
            _ => None,
        }
    }

    fn chain<S>(&mut self, first: &Code, rest: &[(BinaryOp, S, Code)]) -> Option<Dotted> {
        let mut left = self.expression(first)?;
        let mut all: Option<Dotted> = None;
        for (op, _, code) in rest {
            // It is used twice, so it gets a name.
            let right = self.expression(code)?;
            let right = Dotted::Leaf(self.leaf(Inside::Step(right)));
            let pair = Dotted::Binary(*op, Box::new(left), Box::new(right.clone()));
            all = Some(match all {
                None => pair,
                Some(before) => Dotted::And(Box::new(before), Box::new(pair)),
            });
            left = right;
        }
        all
    }

    /// The leaf of a keyword argument that need not be computed: `digits = 2`.
    fn keyword(&mut self, value: &Code) -> Option<usize> {
        match &value.kind {
            CodeKind::Read(place) => Some(self.read(place)),
            CodeKind::Constant(value) => Some(self.value(Read::Constant(value.clone()))),
            _ => None,
        }
    }

    fn call(&mut self, callee: &Code, args: Vec<Dotted>, keyword: Vec<(Rc<str>, usize)>) -> Option<Dotted> {
        let function = match &callee.kind {
            CodeKind::Read(place) => self.read(place),
            CodeKind::Constant(value) => self.value(Read::Constant(value.clone())),
            _ => return None,
        };
        Some(Dotted::Call { function, args, keyword })
    }

    /// Dots on numbers are the operators themselves.
    fn dots(&mut self, tree: &Dotted, leaves: &[Code]) -> Option<Dotted> {
        let mut boxed = |tree: &Dotted| self.dots(tree, leaves).map(Box::new);
        match tree {
            Dotted::Leaf(k) => self.expression(&leaves[*k]),
            Dotted::Constant(_) => Some(tree.clone()),
            Dotted::Unary(op, a) => Some(Dotted::Unary(*op, boxed(a)?)),
            Dotted::Binary(op, a, b) => Some(Dotted::Binary(*op, boxed(a)?, boxed(b)?)),
            Dotted::And(a, b) => Some(Dotted::And(boxed(a)?, boxed(b)?)),
            Dotted::Or(a, b) => Some(Dotted::Or(boxed(a)?, boxed(b)?)),
            Dotted::If(_) => None,
            Dotted::Call { function, args, keyword } => {
                let args = args.iter().map(|arg| self.dots(arg, leaves)).collect::<Option<_>>()?;
                let keyword = keyword.iter().map(|(name, leaf)| Some((name.clone(), self.keyword(&leaves[*leaf])?)));
                let keyword = keyword.collect::<Option<_>>()?;
                self.call(&leaves[*function], args, keyword)
            }
        }
    }
}

fn joined(chosen: Vec<(Dotted, Dotted)>, other: Dotted) -> Dotted {
    let join = |other, (condition, then)| Dotted::If(Box::new([condition, then, other]));
    chosen.into_iter().rev().fold(other, join)
}

/// Does this code leave the function, whatever happens?
fn returns(code: &Code) -> bool {
    match &code.kind {
        CodeKind::Return(_) => true,
        CodeKind::Block(items) => items.last().is_some_and(returns),
        CodeKind::Scope { body, .. } => returns(body),
        _ => false,
    }
}
