//! Figures as loops that one writes by hand in Rust: over slices, with a thread for each core where there is enough
//! work for that. This program runs itself with `--loops` to measure them.

use std::hint::black_box;
use std::io::Read as _;
use std::time::Instant;

/// Elements for which a second thread is worth its start.
const ENOUGH: usize = 200_000;

/// Reads the seconds, the size and the labels and names of figures from standard input, and prints the times.
pub fn main() {
    if std::env::args().any(|word| word == "--version") {
        println!("loops over slices, compiled for any x86-64");
        return;
    }
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (Ok(_), Some(seconds), Some(n)) = (read, number(lines.next()), number(lines.next())) else { return };
    for (label, name) in lines.filter_map(|line| line.split_once('\t')) {
        measure(label, name, n as usize, seconds);
    }
}

fn number(line: Option<&str>) -> Option<f64> {
    line?.parse().ok()
}

fn measure(label: &str, name: &str, n: usize, seconds: f64) {
    let random = |seed: u64| -> Vec<f64> {
        // Any numbers in 0 .. 1 do.
        (0..n as u64)
            .map(|k| ((k + seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 11) as f64 / (1u64 << 53) as f64)
            .collect()
    };
    let (x, mut y, z) = (random(1), random(2), random(3));
    let a = black_box(1.5);
    let times: &mut dyn FnMut() = match name {
        "x .* y .+ z" => &mut || drop(black_box(elements(n, |k| x[k] * y[k] + z[k]))),
        "exp.(-x .^ 2)" => &mut || drop(black_box(elements(n, |k| (-x[k] * x[k]).exp()))),
        "sin.(x) .^ 2 .+ cos.(x) .^ 2" => &mut || {
            drop(black_box(elements(n, |k| x[k].sin().powi(2) + x[k].cos().powi(2))));
        },
        "@. 3x^3 - 2x + 1" => &mut || drop(black_box(elements(n, |k| 3.0 * x[k].powi(3) - 2.0 * x[k] + 1.0))),
        "sqrt.(x .^ 2 .+ y .^ 2)" => &mut || drop(black_box(elements(n, |k| (x[k] * x[k] + y[k] * y[k]).sqrt()))),
        "x .> 0.5" => &mut || drop(black_box(elements(n, |k| x[k] > 0.5))),
        "y .= a .* x .+ y" => &mut || axpy(a, &x, &mut y),
        "u .* v'" => &mut || drop(black_box(outer(&x, &z))),
        _ => return,
    };
    let (mut spent, mut all) = (0.0, Vec::new());
    while spent < seconds || all.len() < 3 {
        let begin = Instant::now();
        times();
        all.push(begin.elapsed().as_secs_f64());
        spent += all[all.len() - 1];
    }
    all.sort_by(f64::total_cmp);
    println!("{label}\t{}\t{}", all[0], all[all.len() / 2]);
}

fn threads(n: usize) -> usize {
    if n < ENOUGH { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) }
}

/// A new vector of what `f` says of every place.
fn elements<T: Send>(n: usize, f: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let mut out = Vec::with_capacity(n);
    let threads = threads(n);
    if threads == 1 {
        out.extend((0..n).map(f));
        return out;
    }
    let part = n.div_ceil(threads);
    std::thread::scope(|scope| {
        for (t, room) in out.spare_capacity_mut()[..n].chunks_mut(part).enumerate() {
            let f = &f;
            scope.spawn(move || {
                for (k, place) in room.iter_mut().enumerate() {
                    place.write(f(t * part + k));
                }
            });
        }
    });
    // SAFETY: the threads have written all n places.
    unsafe { out.set_len(n) };
    out
}

fn axpy(a: f64, x: &[f64], y: &mut [f64]) {
    let part = y.len().div_ceil(threads(y.len())).max(1);
    std::thread::scope(|scope| {
        for (x, y) in x.chunks(part).zip(y.chunks_mut(part)) {
            let run = move || {
                for (x, y) in x.iter().zip(y) {
                    *y += a * x;
                }
            };
            if part == x.len() { run() } else { drop(scope.spawn(run)) }
        }
    });
}

/// Every product of two vectors, column by column.
fn outer(u: &[f64], v: &[f64]) -> Vec<f64> {
    let n = u.len();
    let mut out = Vec::with_capacity(n * v.len());
    let part = v.len().div_ceil(threads(n * v.len())).max(1);
    std::thread::scope(|scope| {
        for (room, v) in out.spare_capacity_mut()[..n * v.len()].chunks_mut(part * n).zip(v.chunks(part)) {
            scope.spawn(move || {
                for (column, v) in room.chunks_mut(n).zip(v) {
                    for (place, u) in column.iter_mut().zip(u) {
                        place.write(u * v);
                    }
                }
            });
        }
    });
    // SAFETY: the threads have written every column.
    unsafe { out.set_len(n * v.len()) };
    out
}
