//! The languages: how they are started, and how a program in them times itself.

use crate::Times;
use crate::figures::{Figure, Group, Programs};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// A language.
pub struct Peer {
    pub name: &'static str,
    /// The program and its arguments before those below. The empty program is this one.
    command: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
    /// Prints the version.
    version: &'static [&'static str],
    /// Starts and evaluates nothing much; empty if its start says nothing.
    start: &'static [&'static str],
    /// Runs what comes through standard input, or in the place of `PROGRAM`.
    input: &'static [&'static str],
    /// Defines `report`, which calls a function again and again and prints name, fastest and median time.
    prelude: &'static str,
    /// The program of a group's setup or of a figure.
    program: fn(&Programs) -> &'static str,
    /// Calls `report` for a figure; `NAME` and `CODE` stand for what they say.
    call: &'static str,
}

/// Stands for a program in the arguments of a language that does not define functions from standard input.
const PROGRAM: &str = "PROGRAM";

const HLANG: &str = "
function report(name, f)
    times = Float64[]
    total = 0.0
    while total < SECONDS || length(times) < 3
        t = @elapsed f()
        push!(times, t)
        total += t
    end
    println(name, \"\\t\", minimum(times), \"\\t\", sort(times)[length(times) ÷ 2 + 1])
end";

pub const PEERS: &[Peer] = &[
    Peer {
        name: "hlang",
        command: &[env!("CARGO_BIN_EXE_hlang")],
        environment: &[],
        version: &["--version"],
        start: &["-e", "1"],
        input: &["-"],
        prelude: HLANG,
        program: |programs| programs.julia,
        call: "try; report(\"NAME\", () -> (CODE)); catch error; println(\"NAME\", \"\\t\", error); end",
    },
    Peer {
        name: "hlang, 1 thread",
        command: &[env!("CARGO_BIN_EXE_hlang")],
        environment: &[("HLANG_THREADS", "1")],
        version: &["--version"],
        start: &[],
        input: &["-"],
        prelude: HLANG,
        program: |programs| programs.julia,
        call: "try; report(\"NAME\", () -> (CODE)); catch error; println(\"NAME\", \"\\t\", error); end",
    },
    Peer {
        name: "Rust",
        command: &["", "--loops"],
        environment: &[],
        version: &["--version"],
        start: &[],
        input: &[],
        prelude: "SECONDS",
        program: |programs| programs.rust,
        call: "NAME\tCODE",
    },
    Peer {
        name: "NumPy",
        command: &["python3"],
        environment: &[],
        version: &["-c", "import sys, numpy; print('NumPy', numpy.__version__, 'in Python', sys.version.split()[0])"],
        start: &["-c", "import numpy; 1"],
        input: &["-"],
        prelude: "
import numpy as np
from time import perf_counter
def report(name, f):
    times, total = [], 0.0
    while total < SECONDS or len(times) < 3:
        begin = perf_counter()
        f()
        times.append(perf_counter() - begin)
        total += times[-1]
    print(name, min(times), sorted(times)[len(times) // 2], sep='\\t', flush=True)",
        program: |programs| programs.python,
        call: "def f():
    global y, x
    CODE
report('NAME', f)",
    },
    Peer {
        name: "numexpr",
        command: &["python3"],
        environment: &[],
        version: &["-c", "import numexpr as n; print('numexpr', n.__version__, 'with', n.nthreads, 'threads')"],
        start: &[],
        input: &["-"],
        prelude: "
import numpy as np, numexpr as ne
from time import perf_counter
def report(name, code):
    times, total = [], 0.0
    while total < SECONDS or len(times) < 3:
        begin = perf_counter()
        ne.evaluate(code)
        times.append(perf_counter() - begin)
        total += times[-1]
    print(name, min(times), sorted(times)[len(times) // 2], sep='\\t', flush=True)",
        program: |programs| programs.numexpr,
        call: "report('NAME', 'CODE')",
    },
    Peer {
        name: "Julia",
        command: &["julia", "--startup-file=no"],
        environment: &[],
        version: &["--version"],
        start: &["-e", "1"],
        input: &[],
        prelude: "
using LinearAlgebra
function report(name, f)
    f()
    times = Float64[]
    total = 0.0
    while total < SECONDS || length(times) < 3
        t = @elapsed f()
        push!(times, t)
        total += t
    end
    println(name, \"\\t\", minimum(times), \"\\t\", sort(times)[length(times) ÷ 2 + 1])
end",
        program: |programs| programs.julia,
        // A function of its own arguments: globals are slow in Julia.
        call: "let f = () -> (CODE); report(\"NAME\", f); end",
    },
    Peer {
        name: "Lua",
        command: &["lua5.4"],
        environment: &[],
        version: &["-v"],
        start: &["-e", "print(1)"],
        input: &["-"],
        prelude: "
local clock = os.clock
function report(name, f)
    local times, total = {}, 0.0
    while total < SECONDS or #times < 3 do
        local begin = clock()
        f()
        times[#times + 1] = clock() - begin
        total = total + times[#times]
    end
    table.sort(times)
    print(name .. '\\t' .. times[1] .. '\\t' .. times[#times // 2 + 1])
end",
        program: |programs| programs.lua,
        call: "report('NAME', function() return CODE end)",
    },
    Peer {
        name: "Octave",
        command: &["octave-cli", "-q", "--no-init-file"],
        environment: &[],
        version: &["--eval", "disp(['Octave ' version])"],
        start: &["--eval", "1"],
        input: &["--eval", PROGRAM],
        prelude: "
1;
function report(name, code)
  times = []; total = 0;
  f = evalin('base', ['@() ' code]);
  while total < SECONDS || numel(times) < 3
    begin = tic; f(); t = toc(begin);
    times(end + 1) = t; total += t;
  end
  printf('%s\\t%.9g\\t%.9g\\n', name, min(times), median(times));
end",
        program: |programs| programs.octave,
        call: "try, report('NAME', 'CODE'); catch, end",
    },
];

impl Peer {
    fn command(&self, arguments: &[&str]) -> Command {
        let own = || std::env::current_exe().unwrap_or_default();
        let mut command = if self.command[0].is_empty() { Command::new(own()) } else { Command::new(self.command[0]) };
        command.args(&self.command[1..]).args(arguments).envs(self.environment.iter().copied()).stderr(Stdio::null());
        command
    }

    /// What it says of itself; `None` if it is not installed.
    pub fn version(&self) -> Option<String> {
        let output = self.command(self.version).stdin(Stdio::null()).output().ok().filter(|o| o.status.success())?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// Starts it once; `None` if its start is not measured.
    pub fn start(&self) -> Option<()> {
        if self.start.is_empty() {
            return None;
        }
        let mut command = self.command(self.start);
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status().ok()?;
        status.success().then_some(())
    }

    /// Runs the figures of a group that it has programs for. One that fails is left out.
    pub fn measure(&self, group: &Group, figures: &[&'static Figure], size: usize) -> Vec<(&'static str, Times)> {
        let mine: Vec<&Figure> = figures.iter().copied().filter(|f| !(self.program)(&f.programs).is_empty()).collect();
        if mine.is_empty() {
            return Vec::new();
        }
        let output = self.run(&self.text(group, &mine, size)).unwrap_or_default();
        let times = |figure: &Figure| {
            let k = mine.iter().position(|other| other.name == figure.name)?;
            let label = label(k);
            let mut fields = output.lines().find_map(|line| line.strip_prefix(&label)?.strip_prefix('\t'))?.split('\t');
            let mut number = || fields.next()?.trim().parse::<f64>().ok();
            Some(Times { best: number()?, median: number()? })
        };
        let found = |figure: &&&'static Figure| {
            let mine = !(self.program)(&figure.programs).is_empty();
            let times = times(figure).filter(|_| mine);
            if mine && times.is_none() {
                eprintln!("  {} has no time for {} at {size}", self.name, figure.name);
            }
            times.map(|times| (figure.name, times))
        };
        figures.iter().filter_map(|figure| found(&figure)).collect()
    }

    /// The whole program: the prelude, the group's data, the figures.
    fn text(&self, group: &Group, figures: &[&Figure], size: usize) -> String {
        let seconds = std::env::var("HLANG_BENCH_SECONDS").unwrap_or_else(|_| "0.3".to_owned());
        let size = size.to_string();
        let mut text = self.prelude.replace("SECONDS", &seconds);
        let _ = writeln!(text, "\n{}", (self.program)(&group.setup).replace("{n}", &size));
        for (k, figure) in figures.iter().enumerate() {
            let code = (self.program)(&figure.programs).replace("{n}", &size);
            let _ = writeln!(text, "{}\n", self.call.replace("NAME", &label(k)).replace("CODE", &code));
        }
        text
    }

    /// Is this hlang as it comes?
    pub fn is_hlang(&self) -> bool {
        self.name == "hlang"
    }

    /// Runs a program; what it prints.
    pub fn run(&self, text: &str) -> Option<String> {
        let input: Vec<&str> = self.input.iter().map(|word| if *word == PROGRAM { text } else { word }).collect();
        let mut child = self.command(&input).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
        let mut stdin = child.stdin.take()?;
        if !self.input.contains(&PROGRAM) {
            stdin.write_all(text.as_bytes()).ok()?;
        }
        drop(stdin);
        let output = child.wait_with_output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// What a program prints before the times of its figure number `k`: a name that needs no quoting in any language.
fn label(k: usize) -> String {
    format!("figure {k}")
}
