//! The resolved tree: names are places, dotted expressions are kernels. What runs is built from it; an unresolved name
//! cannot be written down here.

use crate::kernel::broadcast::Dotted;
use crate::law::Law;
use crate::op::{BinaryOp, UnaryOp};
use crate::source::Span;
use crate::syntax::ast::{Expr, Name};
use crate::value::{Value, Variable};
use std::cell::Cell;
use std::rc::Rc;

/// Number of a frame slot.
pub type Slot = u32;

/// A global variable of the session.
pub struct Global {
    /// Its name.
    pub name: Rc<str>,
    /// What it holds; undefined until the first assignment.
    pub variable: Variable,
    /// Declared `const`.
    pub constant: Cell<bool>,
    /// Assigned by the program; false while it still names what the library put there.
    pub own: Cell<bool>,
}

/// A local variable of a function, loop or `let`. What the resolver learns of it while it reads on is kept in cells; code
/// is built when everything is known.
#[derive(Debug)]
pub struct Local {
    /// Its name.
    pub name: Rc<str>,
    /// Where it lives in the frame.
    pub slot: Slot,
    /// The local of an outer function that this one stands for.
    pub origin: Option<Rc<Local>>,
    /// An inner function uses it.
    pub captured: Cell<bool>,
    /// An inner function may see it change, so that both must hold one variable.
    pub changes: Cell<bool>,
    /// It may be read before it has a value, so that each round of a loop must forget the last one's.
    pub reset: Cell<bool>,
    /// Read or assigned before, in the order of the text.
    pub touched: Cell<bool>,
    /// How often the text assigns it; twice for an assignment in a loop that it outlives.
    pub assigned: Cell<u32>,
    /// Depth of loops and of branches where it is declared.
    pub declared_at: (u32, u32),
}

impl Local {
    /// Does its slot hold a variable that functions share, and not the value itself?
    pub fn is_shared(&self) -> bool {
        match &self.origin {
            Some(outer) => outer.is_shared(),
            None => self.captured.get() && self.changes.get(),
        }
    }

    /// The local of the function that declares it.
    pub fn root(&self) -> &Local {
        self.origin.as_deref().map_or(self, Local::root)
    }
}

/// Where a variable lives.
#[derive(Clone)]
pub enum Place {
    Local(Rc<Local>),
    Global(Rc<Global>),
}

/// An expression with its span.
pub struct Code {
    /// What to do.
    pub kind: CodeKind,
    /// For errors.
    pub span: Span,
}

/// What there is to do.
pub enum CodeKind {
    /// A literal.
    Constant(Value),
    /// A variable's value.
    Read(Place),
    /// A string with values in it.
    Text(Vec<TextPart>),
    /// `op a`
    Unary {
        op: UnaryOp,
        op_span: Span,
        operand: Box<Code>,
    },
    /// `a op b`
    Binary {
        op: BinaryOp,
        op_span: Span,
        lhs: Box<Code>,
        rhs: Box<Code>,
    },
    /// `a < b <= c`
    Chain {
        first: Box<Code>,
        rest: Vec<(BinaryOp, Span, Code)>,
    },
    And(Box<Code>, Box<Code>),
    Or(Box<Code>, Box<Code>),
    /// `a:s:b`
    Range {
        start: Box<Code>,
        step: Option<Box<Code>>,
        stop: Box<Code>,
    },
    /// `f(args...; keyword...)`
    Call {
        callee: Box<Code>,
        args: Vec<Item>,
        keyword: Vec<Keyword>,
    },
    /// `object[indices]`; `keep` holds the object where an index uses `end`.
    Index {
        object: Box<Code>,
        keep: Option<Slot>,
        indices: Vec<Item>,
    },
    /// `end` as index `position` of `count` of the object in a slot.
    End {
        object: Slot,
        position: usize,
        count: usize,
    },
    /// `Vector{Int}`
    TypeParameters {
        of: Box<Code>,
        parameters: Vec<Item>,
    },
    /// `object.name`
    Field {
        object: Box<Code>,
        name: Rc<str>,
        name_span: Span,
    },
    Tuple(Vec<Item>),
    NamedTuple(Vec<Keyword>),
    /// `[a, b]`, `T[a, b]`
    Vector {
        eltype: Option<Box<Code>>,
        items: Vec<Item>,
    },
    /// `[a b; c d]`
    Rows {
        eltype: Option<Box<Code>>,
        rows: Vec<Vec<Item>>,
    },
    /// `[body for … if …]`
    Comprehension {
        eltype: Option<Box<Code>>,
        loops: Vec<Loops>,
        body: Box<Code>,
    },
    /// A generator: maps, filters, products and flattenings over functions.
    Lazy(Box<LazyCode>),
    /// A maximal dotted expression over its leaves.
    Broadcast {
        tree: Rc<Dotted>,
        leaves: Vec<Code>,
    },
    /// `target .= tree`; with indices `target[indices] .= tree`.
    BroadcastInto {
        target: Box<Code>,
        indices: Option<Indices>,
        tree: Rc<Dotted>,
        leaves: Vec<Code>,
    },
    /// A function value.
    Function(Rc<FunctionCode>),
    /// `f(x) = …`: adds a method to the function in a place, or puts a new one there.
    Define {
        place: Place,
        function: Rc<FunctionCode>,
    },
    /// `x = value`
    Assign {
        place: Place,
        value: Box<Code>,
    },
    /// `object[indices] = value`
    AssignIndex {
        object: Box<Code>,
        indices: Indices,
        value: Box<Code>,
    },
    /// `object[indices] op= value`
    UpdateIndex {
        object: Box<Code>,
        indices: Indices,
        op: BinaryOp,
        op_span: Span,
        value: Box<Code>,
    },
    /// `a, (b, c), rest... = value`, `(; a, b) = value`
    Destructure {
        target: Box<Target>,
        value: Box<Code>,
    },
    /// `const x = value`: the assignment, and the names that it fixes.
    AssignConstant {
        globals: Vec<Rc<Global>>,
        assign: Box<Code>,
    },
    Block(Vec<Code>),
    /// A block with variables of its own, made anew each time it is entered.
    Scope {
        locals: Vec<Rc<Local>>,
        body: Box<Code>,
    },
    If {
        arms: Vec<(Code, Code)>,
        other: Option<Box<Code>>,
    },
    While {
        cond: Box<Code>,
        body: Box<Code>,
    },
    /// One loop; `inner` if it stands directly in another clause of the same `for`, which `break` leaves too.
    For {
        target: Box<Target>,
        iterable: Box<Code>,
        body: Box<Code>,
        inner: bool,
        locals: Vec<Rc<Local>>,
    },
    Try {
        body: Box<Code>,
        error: Option<Place>,
        catch: Option<Box<Code>>,
        other: Option<Box<Code>>,
        finally: Option<Box<Code>>,
    },
    Return(Option<Box<Code>>),
    Break,
    Continue,
    /// A macro, by its name.
    Macro(MacroCode),
    /// A part of an explained expression: its value is kept for the explanation.
    Traced(Box<Code>),
}

/// A piece of a string.
pub enum TextPart {
    Text(Rc<String>),
    Value(Code),
}

/// An argument, item or index; `splat` for `v...`.
pub struct Item {
    pub code: Code,
    pub splat: bool,
}

/// A keyword argument, or an element of a named tuple; without a name a splatted named tuple.
pub struct Keyword {
    pub name: Option<Rc<str>>,
    pub value: Code,
}

/// The indices of an indexed target; `keep` holds the object where an index uses `end`.
pub struct Indices {
    pub keep: Option<Slot>,
    pub items: Vec<Item>,
    pub span: Span,
}

/// One `for` of a comprehension: clauses that make a product, and a filter.
pub struct Loops {
    pub clauses: Vec<(Target, Code)>,
    pub filter: Option<Code>,
    /// Variables of the loop, made anew for each element.
    pub locals: Vec<Rc<Local>>,
}

/// What is assigned to: a name, an indexed place, a tuple of targets.
pub enum Target {
    Place(Place, Span),
    Index {
        object: Box<Code>,
        indices: Indices,
        span: Span,
    },
    Tuple(Vec<Target>, Span),
    /// `rest...`
    Rest(Box<Target>),
    /// `(; a, b) = t`: fields by name.
    Fields(Vec<(Rc<str>, Target)>, Span),
    /// `_`
    Nothing,
}

/// A lazy generator.
pub enum LazyCode {
    Map { function: Code, over: Box<LazyCode> },
    Filter { function: Code, over: Box<LazyCode> },
    Product(Vec<Code>),
    Flatten(Box<LazyCode>),
    Over(Code),
}

/// A function, resolved: its frame is the parameters, then the captured variables, then its other locals.
pub struct FunctionCode {
    /// `f`; `x -> …` for a nameless one, nothing for a step of a generator.
    pub name: Rc<str>,
    /// Positional parameters in frame order.
    pub params: Vec<ParamCode>,
    /// The last positional parameter takes all further arguments.
    pub rest: bool,
    /// Keyword parameters, in frame order after the positional ones.
    pub keywords: Vec<ParamCode>,
    /// `; kw...`: takes every other keyword argument.
    pub keyword_rest: Option<Rc<Local>>,
    /// Parameters that are taken apart, done first.
    pub unpack: Vec<(Slot, Target)>,
    /// What each call captures: the outer variable, and the local that stands for it here.
    pub captures: Vec<(Place, Rc<Local>)>,
    /// What a call evaluates.
    pub body: Code,
    /// Slots of a frame.
    pub slots: usize,
    /// The head `f(x, y)`, for messages.
    pub head: String,
    /// Where it is defined.
    pub span: Span,
}

/// A parameter.
pub struct ParamCode {
    pub local: Rc<Local>,
    pub default: Option<Code>,
}

/// The macros of the language.
pub enum MacroCode {
    /// `@show x`: texts and values.
    Show(Vec<(Rc<str>, Code)>),
    Time(Box<Code>),
    Elapsed(Box<Code>),
    /// `@assert cond "message"`
    Assert {
        cond: Box<Code>,
        text: Rc<str>,
        message: Option<Box<Code>>,
    },
    /// `@test cond`
    Test {
        cond: TestCode,
        text: Rc<str>,
    },
    /// `@test_throws Kind expr`
    TestThrows {
        kind: Box<Code>,
        body: Box<Code>,
        text: Rc<str>,
    },
    /// `@testset "name" begin … end`
    TestSet {
        name: Option<Box<Code>>,
        body: Box<Code>,
    },
    /// `@printf "format" args...`
    Printf(Vec<Item>),
    /// `@sprintf "format" args...`
    Sprintf(Vec<Item>),
    /// `@explain expr`: the expression as written, and resolved with its parts traced.
    Explain {
        expr: Rc<Expr>,
        code: Box<Code>,
    },
    /// `@compare A B`: texts and values.
    Compare([(Rc<str>, Box<Code>); 2]),
    /// `@notation expr`, with the names whose values the places around it give; without an expression the table.
    Notation {
        expr: Option<Rc<Expr>>,
        names: Vec<(Name, Code)>,
    },
    /// `@law lhs == rhs where …`: a function of the law's names for each of its parts.
    Law {
        law: Rc<Law>,
        parts: Vec<Code>,
    },
    /// `@__DIR__`, `@__FILE__`, `@__LINE__` are constants by now.
    Constant(Value),
}

/// What `@test` tests.
pub enum TestCode {
    /// Something that is true or false.
    Condition(Box<Code>),
    /// `lhs op rhs`: a failure shows both sides.
    Comparison { op: BinaryOp, op_span: Span, lhs: Box<Code>, rhs: Box<Code> },
}

/// A top-level statement, ready to run.
pub struct TopCode {
    pub code: Code,
    /// Slots of the frame that it runs in.
    pub slots: usize,
}

impl Code {
    /// An expression at a place.
    pub fn new(kind: CodeKind, span: Span) -> Code {
        Code { kind, span }
    }
}
