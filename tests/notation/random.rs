//! Random expressions over the matrices of the setup, most of which have a value.

use crate::dice::Dice;

/// What an expression should be.
#[derive(Clone, Copy, PartialEq)]
enum Want {
    Number,
    /// of two elements
    Vector,
    /// 2×2
    Square,
    /// 2×3
    Wide,
}

/// So many expressions, the same for the same seed.
pub fn expressions(count: usize, seed: u64) -> Vec<String> {
    let mut dice = Dice::new(seed);
    (0..count)
        .map(|_| {
            let want = [Want::Number, Want::Vector, Want::Square, Want::Wide][dice.below(4)];
            expression(&mut dice, want, 4)
        })
        .collect()
}

fn expression(dice: &mut Dice, want: Want, depth: usize) -> String {
    if depth == 0 || dice.once_in(6) {
        return leaf(dice, want).to_string();
    }
    let mut part = |want: Want| expression(dice, want, depth - 1);
    let (same, other) = (part(want), part(want));
    let (number, vector, square, wide) = (part(Want::Number), part(Want::Vector), part(Want::Square), part(Want::Wide));
    let choice = dice.below(12);
    let of_any = match choice {
        0 => format!("({same} + {other})"),
        1 => format!("({same} - {other})"),
        2 => format!("{number} * ({same})"),
        3 => format!("-({same})"),
        4 => format!("({same}) .* ({other})"),
        5 => format!("({same}) ./ (1 .+ ({other}) .^ 2)"),
        6 => format!("sin.({same})"),
        7 => format!("({same}) .+ {number}"),
        _ => String::new(),
    };
    if !of_any.is_empty() {
        return of_any;
    }
    match (want, choice) {
        (Want::Number, 8) => format!("sum({wide})"),
        (Want::Number, 9) => format!("({vector})' * ({vector})"),
        (Want::Number, 10) => format!("maximum({square})"),
        (Want::Number, _) => format!("dot({vector}, u)"),
        (Want::Vector, 8) => format!("({square}) * ({vector})"),
        (Want::Vector, 9) => format!("(({vector})' * ({square}))'"),
        (Want::Vector, 10) => format!("[{number}, {number}]"),
        (Want::Vector, _) => format!("f.({vector})"),
        (Want::Square, 8) => format!("({square}) * ({square})"),
        (Want::Square, 9) => format!("({wide}) * ({wide})'"),
        (Want::Square, 10) => format!("({vector}) * ({vector})'"),
        (Want::Square, _) => format!("({square})'"),
        (Want::Wide, 8) => format!("({square}) * ({wide})"),
        (Want::Wide, 9) => format!("({wide}) .* ({vector})"),
        (Want::Wide, 10) => format!("({wide}) .- w'"),
        (Want::Wide, _) => format!("({vector}) .* w'"),
    }
}

fn leaf(dice: &mut Dice, want: Want) -> &'static str {
    match want {
        Want::Number => dice.pick(&["s", "2", "3", "0.5", "-1", "n", "A[2, 1]", "v[end]"]),
        Want::Vector => dice.pick(&["u", "v", "[1, 2]", "H[:, 2]", "A[1, :]", "[0.5; -2]"]),
        Want::Square => dice.pick(&["A", "B", "A'", "[1 2; 3 4]", "H[:, 2:3]", "H[:, [1, 3]]"]),
        Want::Wide => dice.pick(&["H", "[1 0 2; 0 3 -1]", "[u v u]", "[A v]"]),
    }
}
