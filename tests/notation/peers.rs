//! The systems that may be installed, how a program for each looks, and how it is run.

use crate::support;
use crate::texts;
use hlang::notation::{self, System};
use hlang::session::Session;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A value as it comes back: rows, columns, elements column by column.
#[derive(Debug)]
pub struct Row {
    pub rows: usize,
    pub cols: usize,
    pub items: Vec<f64>,
}

impl Row {
    /// Equal up to rounding, and of the same size.
    pub fn is_close(&self, other: &Row) -> bool {
        let close = |(a, b): (&f64, &f64)| {
            a == b || a.is_nan() && b.is_nan() || (a - b).abs() <= 1e-8 * (1.0 + a.abs().max(b.abs()))
        };
        let sizes = (self.rows, self.cols) == (other.rows, other.cols);
        sizes && self.items.len() == other.items.len() && self.items.iter().zip(&other.items).all(close)
    }
}

/// A system that translations can be run in.
pub struct Peer {
    pub name: &'static str,
    /// Its word on the command line.
    word: &'static str,
    /// Runs a program from standard input, or compiles a file and runs it.
    how: How,
    /// What stands before the definitions,
    head: &'static str,
    /// a definition of `$x` as `$t` of kind `$k`,
    define: fn(&str, &str, &Row) -> String,
    /// the functions f and g,
    functions: &'static str,
    /// the line that shows `$t` as number `$k`,
    show: &'static str,
    /// and what stands at the end.
    foot: &'static str,
}

enum How {
    /// Programs are files with this extension.
    File(&'static [&'static str], &'static str),
    Interpreted(&'static [&'static str], &'static [&'static str]),
    Compiled {
        compiler: &'static [&'static str],
        libraries: &'static [&'static str],
        extension: &'static str,
        probe: &'static str,
    },
}

impl Peer {
    /// The system.
    pub fn system(&self) -> &'static System {
        notation::named(self.word).expect("the word names a system")
    }

    /// Can it be run on this machine?
    pub fn is_there(&self) -> bool {
        let (command, input) = match &self.how {
            How::Interpreted(command, probe) => (*command, probe.join("\n")),
            How::File(command, _) => (*command, String::new()),
            How::Compiled { probe, .. } => return self.compile("probe", probe).is_ok(),
        };
        let mut process = Command::new(command[0]);
        process.args(&command[1..]);
        // A command that cannot be started is a system that is not there.
        if Command::new(command[0]).arg("--version").output().is_err() {
            return false;
        }
        support::run(&mut process, input.as_bytes(), 120).status == Some(0)
    }

    /// The definitions of the setup's names, as the system writes their values.
    pub fn setup(&self, session: &mut Session) -> String {
        let mut out = String::new();
        for line in texts::SETUP.lines() {
            let (name, value) = line.split_once(" = ").expect("every line defines a name");
            if name.contains('(') {
                continue;
            }
            if let Ok(text) = texts::translated(session, value, self.system()) {
                let row = crate::values::value(session, name).expect("it has a value");
                out.push_str(&(self.define)(name, &text, &row));
                out.push('\n');
            }
        }
        out
    }

    /// What the texts give: a value or an error each.
    pub fn run(&self, setup: &str, asked: &[(&str, &Row)]) -> BTreeMap<usize, Result<Row, String>> {
        let mut program = format!("{}\n{}\n", self.head, self.functions);
        if self.name == "Fortran" {
            program = format!("{}\n", self.head);
        }
        program.push_str(setup);
        for (k, (text, _)) in asked.iter().enumerate() {
            program.push_str(&self.show.replace("$k", &k.to_string()).replace("$t", text));
            program.push('\n');
        }
        program.push_str(self.foot);
        let ran = match &self.how {
            How::File(..) | How::Interpreted(..) => self.run_script(&program),
            How::Compiled { .. } => match self.compile("values", &program) {
                Ok(built) => support::run(&mut Command::new(built), b"", 120),
                Err(message) => panic!("{}: {message}", self.name),
            },
        };
        let rows = ran.stdout.lines().filter_map(row).collect::<BTreeMap<_, _>>();
        assert!(!rows.is_empty(), "{}: {}\n{}", self.name, ran.stdout, ran.stderr);
        rows
    }

    /// A file of this system, without an extension. Several tests run at the same time.
    fn file(&self, name: &str) -> PathBuf {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("notation");
        std::fs::create_dir_all(&directory).expect("the target directory can be written");
        directory.join(format!("{name}_{}_{}", self.name, COUNT.fetch_add(1, Ordering::Relaxed)))
    }

    /// Runs a whole program of an interpreted system.
    pub fn run_script(&self, text: &str) -> support::Ran {
        match &self.how {
            // From standard input it shows every value, as its prompt does.
            How::Interpreted(command, _) if self.name == "Julia" => {
                support::run(Command::new(command[0]).args(&command[1..]).args(["-e", text]), b"", 300)
            }
            How::Interpreted(command, _) => {
                support::run(Command::new(command[0]).args(&command[1..]), text.as_bytes(), 300)
            }
            How::File(command, extension) => {
                let file = self.file("script").with_extension(extension);
                std::fs::write(&file, text).expect("the target directory can be written");
                support::run(Command::new(command[0]).args(&command[1..]).arg(file), b"", 300)
            }
            How::Compiled { .. } => panic!("{} takes no scripts", self.name),
        }
    }

    /// Compiles a program; gives the file to run, or what the compiler says.
    fn compile(&self, file: &str, program: &str) -> Result<PathBuf, String> {
        let How::Compiled { compiler, libraries, extension, .. } = &self.how else {
            return Err("it is not compiled".to_string());
        };
        let built = self.file(file);
        let source = built.with_extension(extension);
        std::fs::write(&source, program).map_err(|error| error.to_string())?;
        let directory = built.parent().unwrap_or(&built);
        let mut command = Command::new(compiler[0]);
        command.args(&compiler[1..]).arg(&source).arg("-o").arg(&built).args(*libraries).current_dir(directory);
        let output = command.output().map_err(|error| error.to_string())?;
        if output.status.success() { Ok(built) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
    }
}

/// `= 3 2 2 1 2 3 4`: number, rows, columns, elements; `! 3 message`: an error.
fn row(line: &str) -> Option<(usize, Result<Row, String>)> {
    if let Some(rest) = line.strip_prefix("! ") {
        let (k, message) = rest.split_once(' ')?;
        return Some((k.parse().ok()?, Err(message.to_string())));
    }
    let mut words = line.strip_prefix("= ")?.split_whitespace();
    let mut size = || words.next()?.parse::<usize>().ok();
    let (k, rows, cols) = (size()?, size()?, size()?);
    let items = words.map(number).collect::<Option<Vec<_>>>()?;
    Some((k, Ok(Row { rows, cols, items })))
}

fn number(word: &str) -> Option<f64> {
    match word.to_lowercase().as_str() {
        "true" | "t" => Some(1.0),
        "false" | "f" => Some(0.0),
        "inf" | "+inf" | "infinity" => Some(f64::INFINITY),
        "-inf" | "-infinity" => Some(f64::NEG_INFINITY),
        word => word.parse().ok(),
    }
}

fn plain(name: &str, text: &str, _: &Row) -> String {
    format!("{name} = {text}")
}

fn matlab(name: &str, text: &str, _: &Row) -> String {
    format!("{name} = {text};")
}

fn cpp(matrix: &'static str, vector: &'static str, name: &str, text: &str, row: &Row) -> String {
    let declared = match (row.rows, row.cols) {
        (1, 1) if text.contains('.') => "double",
        (1, 1) => "int",
        (_, 1) => vector,
        _ => matrix,
    };
    format!("{declared} {name} = {text};")
}

fn eigen(name: &str, text: &str, row: &Row) -> String {
    cpp("MatrixXd", "VectorXd", name, text, row)
}

fn armadillo(name: &str, text: &str, row: &Row) -> String {
    cpp(if name == "M" { "umat" } else { "mat" }, "vec", name, text, row)
}

/// Declarations come first in Fortran, so the variables are declared in the head.
fn fortran(name: &str, text: &str, _: &Row) -> String {
    format!("{name} = {text}")
}

const PYTHON_FUNCTIONS: &str = "def f(x):\n    return x**2 + 1\ndef g(x, y):\n    return x*y + 1";

pub static PEERS: &[Peer] = &[
    Peer {
        name: "Octave",
        word: "matlab",
        how: How::File(&["octave", "--no-gui", "--norc", "-q"], "m"),
        head: "1;\nfunction show(k, x)\n  printf('= %d %d %d', k, rows(x), columns(x)); printf(' %.17g', double(x(:))); printf('\\n');\nend",
        define: matlab,
        functions: "function y = f(x)\n  y = x^2 + 1;\nend\nfunction z = g(x, y)\n  z = x * y + 1;\nend",
        show: "try\n show($k, $t);\ncatch e\n printf('! %d %s\\n', $k, strrep(e.message, \"\\n\", ' '));\nend",
        foot: "",
    },
    Peer {
        name: "Julia",
        word: "julia",
        how: How::Interpreted(&["julia", "--startup-file=no"], &["1"]),
        head: "using LinearAlgebra, Statistics\nfunction show_value(k, x)\n  y = x isa Number ? [x] : collect(x)\n  println(\"= \", k, \" \", size(y, 1), \" \", size(y, 2), \" \", join(map(Float64, vec(y)), \" \"))\nend",
        define: plain,
        functions: "f(x) = x^2 + 1\ng(x, y) = x * y + 1",
        show: "try show_value($k, $t) catch e println(\"! \", $k, \" \", replace(string(e), \"\\n\" => \" \")) end",
        foot: "",
    },
    Peer {
        name: "NumPy",
        word: "numpy",
        how: How::Interpreted(&["python3", "-"], &["import numpy"]),
        head: "import numpy as np\ntry:\n    import scipy.linalg\nexcept ImportError:\n    pass\ndef show(k, value):\n    try:\n        x = np.asarray(value())\n        r, c = (x.shape if x.ndim == 2 else (x.size, 1))\n        print('=', k, r, c, *[repr(float(e)) for e in x.ravel(order='F')])\n    except NameError as e:\n        if 'scipy' not in str(e): print('!', k, e)\n    except Exception as e:\n        print('!', k, repr(e).replace('\\n', ' '))",
        define: plain,
        functions: PYTHON_FUNCTIONS,
        show: "show($k, lambda: $t)",
        foot: "",
    },
    Peer {
        name: "PyTorch",
        word: "pytorch",
        how: How::Interpreted(&["python3", "-"], &["import torch"]),
        head: "import torch, math\ntorch.set_default_dtype(torch.float64)\ndef show(k, value):\n    try:\n        x = torch.as_tensor(value())\n        r, c = (x.shape if x.ndim == 2 else (x.numel(), 1))\n        print('=', k, r, c, *[repr(float(e)) for e in (x.T.ravel() if x.ndim == 2 else x.ravel())])\n    except Exception as e:\n        print('!', k, repr(e).replace('\\n', ' '))",
        define: plain,
        functions: PYTHON_FUNCTIONS,
        show: "show($k, lambda: $t)",
        foot: "",
    },
    Peer {
        name: "SymPy",
        word: "sympy",
        how: How::Interpreted(&["python3", "-"], &["import sympy"]),
        head: "from sympy import *\nfrom sympy import kronecker_product\ndef show(k, value):\n    try:\n        x = value()\n        if hasattr(x, 'shape'):\n            r, c = x.shape\n            items = [x[i, j] for j in range(c) for i in range(r)]\n        else:\n            r, c, items = 1, 1, [x]\n        print('=', k, r, c, *[repr(float(bool(e)) if e in (true, false) else float(N(e))) for e in items])\n    except Exception as e:\n        print('!', k, repr(e).replace('\\n', ' '))",
        define: plain,
        functions: PYTHON_FUNCTIONS,
        show: "show($k, lambda: $t)",
        foot: "",
    },
    Peer {
        name: "pandas",
        word: "pandas",
        how: How::Interpreted(&["python3", "-"], &["import pandas"]),
        head: "import numpy as np\nimport pandas as pd\ndef show(k, value):\n    try:\n        x = np.asarray(value())\n        r, c = (x.shape if x.ndim == 2 else (x.size, 1))\n        print('=', k, r, c, *[repr(float(e)) for e in x.ravel(order='F')])\n    except Exception as e:\n        print('!', k, repr(e).replace('\\n', ' '))",
        define: plain,
        functions: PYTHON_FUNCTIONS,
        show: "show($k, lambda: $t)",
        foot: "",
    },
    Peer {
        name: "R",
        word: "r",
        how: How::Interpreted(&["R", "--no-echo", "--vanilla"], &["1"]),
        head: "show <- function(k, x) tryCatch({\n  d <- if (is.null(dim(x))) c(length(x), 1) else dim(x)\n  cat('=', k, d, sprintf('%.17g', as.numeric(x)), '\\n')\n}, error = function(e) cat('!', k, gsub('\\n', ' ', conditionMessage(e)), '\\n'))",
        define: plain,
        functions: "f <- function(x) x^2 + 1\ng <- function(x, y) x * y + 1",
        show: "show($k, $t)",
        foot: "",
    },
    Peer {
        name: "Fortran",
        word: "fortran",
        how: How::Compiled {
            compiler: &["gfortran", "-fdefault-real-8", "-ffree-line-length-none", "-w"],
            libraries: &[],
            extension: "f90",
            probe: "print *, 1\nend\n",
        },
        head: include_str!("show.f90"),
        define: fortran,
        functions: "",
        show: "call show($k, $t)",
        foot: "end program\n",
    },
    Peer {
        name: "Eigen",
        word: "eigen",
        how: How::Compiled {
            compiler: &["g++", "-std=c++17", "-O0", "-w", "-I/usr/include/eigen3"],
            libraries: &[],
            extension: "cpp",
            probe: "#include <Eigen/Dense>\n#include <unsupported/Eigen/MatrixFunctions>\nint main() {}\n",
        },
        head: include_str!("show_eigen.h"),
        define: eigen,
        functions: "",
        show: "try { show($k, $t); } catch (const std::exception& e) { std::printf(\"! $k %s\\n\", e.what()); }",
        foot: "}\n",
    },
    Peer {
        name: "Armadillo",
        word: "armadillo",
        how: How::Compiled {
            compiler: &["g++", "-std=c++17", "-O0", "-w"],
            libraries: &["-larmadillo"],
            extension: "cpp",
            probe: "#include <armadillo>\nint main() {}\n",
        },
        head: include_str!("show_armadillo.h"),
        define: armadillo,
        functions: "",
        show: "try { show($k, $t); } catch (const std::exception& e) { std::printf(\"! $k %s\\n\", e.what()); }",
        foot: "}\n",
    },
];
