//! The program from outside: arguments, exit statuses, standard input, and everything bad that can be fed to it.

mod support;

use std::path::PathBuf;
use support::{Ran, hlang, run};

/// Seconds that any run here may take, on a slow machine too.
const LIMIT: u64 = 60;

fn code(code: &str) -> Ran {
    run(hlang().args(["-e", code]), b"", LIMIT)
}

fn script(text: impl AsRef<[u8]>) -> Ran {
    run(hlang().arg("-"), text.as_ref(), LIMIT)
}

/// The run failed as a program's error does: status 1, a report of this kind, no panic.
#[track_caller]
fn assert_fails(ran: &Ran, part: &str) {
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(part), "{ran:?}");
    assert!(!ran.stderr.contains("panicked"), "{ran:?}");
}

#[track_caller]
fn assert_prints(ran: &Ran, stdout: &str) {
    assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), stdout, ""), "{ran:?}");
}

/// A file in a directory of this test run.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("command_line");
    std::fs::create_dir_all(&directory).expect("the target directory can be written");
    let file = directory.join(name);
    std::fs::write(&file, content).expect("the target directory can be written");
    file
}

#[test]
fn code_shows_its_last_value() {
    assert_prints(&code("1 + 1"), "2\n");
    assert_prints(&code("A = [1 2; 3 4]; A .* A"), "2×2 Matrix{Int64}:\n 1   4\n 9  16\n");
    assert_prints(&code("1 + 1;"), "");
    assert_prints(&code("nothing"), "");
    assert_prints(&code("println(\"x\")"), "x\n");
    assert_prints(&code(""), "");
}

#[test]
fn errors_and_output_are_written_apart_and_in_order() {
    let both = "println(\"a\"); println(stderr, \"b\"); fprintf(2, \"%d\\n\", 3); print(\"c\"); error(\"d\")";
    let ran = code(both);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), "a\nc"), "{ran:?}");
    assert!(ran.stderr.starts_with("b\n3\nerror: ErrorException: d\n"), "{ran:?}");
    let together = PathBuf::from(env!("CARGO_BIN_EXE_hlang"));
    let sh = format!("'{}' -e 'println(\"a\"); println(stderr, \"b\"); println(\"c\")' 2>&1", together.display());
    assert_prints(&run(std::process::Command::new("sh").args(["-c", &sh]), b"", LIMIT), "a\nb\nc\n");
}

#[test]
fn lines_of_the_input_are_read() {
    let text = "println(readline(stdin)); for line in eachline(); println(line, \".\"); end; println(readlines())";
    assert_prints(&run(hlang().args(["-e", text]), b"a\nb\nc", LIMIT), "a\nb.\nc.\nString[]\n");
}

#[test]
fn a_script_prints_only_what_it_prints() {
    assert_prints(&script("1 + 1\nx = 2\nprintln(x)\n"), "2\n");
    assert_prints(&script(""), "");
    assert_prints(&script("#!/usr/bin/env hlang\n# nothing\n"), "");
    let path = file("args.hlang", b"#!/usr/bin/env hlang\nprintln(ARGS)\n");
    let ran = run(hlang().arg(&path).args(["a", "--echo"]), b"", LIMIT);
    assert_prints(&ran, "[\"a\", \"--echo\"]\n");
    let piped = run(&mut hlang(), b"println(3)", LIMIT);
    assert_prints(&piped, "3\n");
    let empty = file("empty.hlang", b"");
    assert_prints(&run(hlang().arg(&empty), b"", LIMIT), "");
}

#[test]
fn statuses_are_the_documented_ones() {
    assert_eq!(code("exit(7)").status, Some(7));
    assert_eq!(code("exit()").status, Some(0));
    let ran = script("println(1)\nexit(3)\nprintln(2)\n");
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(3), "1\n"));
    let ran = script("println(1)\nerror(\"boom\")\nprintln(2)\n");
    assert_fails(&ran, "ErrorException: boom");
    assert_eq!(ran.stdout, "1\n");
    assert!(ran.stderr.contains("stdin:2:1"), "{ran:?}");
}

#[test]
fn a_wrong_command_line_is_told_the_right_one() {
    for (args, part) in [
        (vec!["--ecko"], "did you mean --echo?"),
        (vec!["--style", "octave"], "one of julia, plain, matlab, numpy, torch"),
        (vec!["--color"], "one of auto, always, never"),
        (vec!["-e"], "-e needs the code"),
        (vec!["-q"], "no option -q"),
    ] {
        let ran = run(hlang().args(&args), b"", LIMIT);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.stderr.contains(part), "{args:?}: {ran:?}");
    }
}

#[test]
fn help_and_version() {
    let help = run(hlang().arg("--help"), b"", LIMIT);
    assert_eq!(help.status, Some(0));
    assert!(help.stdout.contains("--style julia|plain|matlab|numpy|torch"), "{help:?}");
    assert_prints(&run(hlang().arg("--version"), b"", LIMIT), concat!("hlang ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn results_follow_the_style() {
    let shown = |style| run(hlang().args(["--style", style, "-e", "A = [1 2; 3 4]"]), b"", LIMIT).stdout;
    assert_eq!(shown("matlab"), "A =\n     1     2\n     3     4\n");
    assert_eq!(shown("numpy"), "");
    assert_eq!(shown("julia"), "2×2 Matrix{Int64}:\n 1  2\n 3  4\n");
}

#[test]
fn colour_is_asked_for() {
    let stderr = |args: &[&str]| run(hlang().args(args).args(["-e", "sqrt(-1)"]), b"", LIMIT).stderr;
    assert!(stderr(&["--color", "always"]).contains('\x1b'));
    assert!(!stderr(&["--color", "never"]).contains('\x1b'));
    assert!(!stderr(&[]).contains('\x1b'));
}

#[test]
fn files_that_are_no_programs() {
    assert_fails(&run(hlang().arg("no-such-file.hlang"), b"", LIMIT), "there is no such file");
    assert_fails(&run(hlang().arg("src"), b"", LIMIT), "it is a directory");
    let latin = file("latin1.hlang", b"x = 1\ny = \"caf\xe9\"\n");
    assert_fails(&run(hlang().arg(&latin), b"", LIMIT), "not UTF-8 text (byte 15 in line 2 is 0xe9)");
    let utf16 = file("utf16.hlang", b"\xff\xfex\x00=\x001\x00");
    assert_fails(&run(hlang().arg(&utf16), b"", LIMIT), "UTF-16");
    assert_fails(&script(b"x = 1\0\n"), "ParseError");
    assert_fails(&script(b"\0\0\0\0"), "ParseError");
}

#[test]
fn very_long_and_very_deep_programs() {
    let deep = 100_000;
    for (open, close) in [("(", ")"), ("[", "]")] {
        let ran = script(format!("{}1{}", open.repeat(deep), close.repeat(deep)));
        assert_fails(&ran, "error: ");
        assert!(ran.stderr.len() < 4_000, "a readable report, not {} bytes", ran.stderr.len());
        assert_fails(&script(open.repeat(deep)), "error: ");
        assert_fails(&script(close.repeat(deep)), "ParseError");
    }
    for prefix in ["-", "!", "x -> ", "if true ", "begin ", "f(", "\"$("] {
        assert_fails(&script(prefix.repeat(deep)), "error: ");
    }
    let sum = script(format!("println(0{})", " + 1".repeat(5_000)));
    assert_prints(&sum, "5000\n");
    for (begin, part, end) in
        [("", "1 + ", "1"), ("", " ", "1"), ("", "x", " = 1"), ("\"", "é", "\""), ("", "x, ", "x = 1")]
    {
        let ran = script(format!("{begin}{}{end}", part.repeat(10_000_000 / part.len())));
        assert!(matches!(ran.status, Some(0 | 1)) && ran.stderr.len() < 4_000, "{part}: {:?}", ran.status);
    }
    let long = script(format!("println(length([{}]))", "1, ".repeat(3_500_000)));
    assert!(long.status == Some(0) && long.stdout == "3500000\n" || long.status == Some(1), "{}", long.stderr);
    let wrong = script(format!("x = [{}] + \"a\"", "1, ".repeat(3_500_000)));
    assert_fails(&wrong, "error: ");
    assert!(wrong.stderr.lines().all(|line| line.chars().count() < 200), "the report shows a window of the line");
}

#[test]
fn what_does_not_fit_or_does_not_end() {
    assert_fails(&script("f(x) = f(x + 1) + 1\nf(1)\n"), "StackOverflowError");
    assert_fails(&script("f(x) = g(x)\ng(x) = map(f, [x])\nf(1)\n"), "StackOverflowError");
    assert_fails(&script("zeros(10^7, 10^7)"), "OutOfMemoryError");
    assert_fails(&script("collect(1:10^18)"), "OutOfMemoryError");
    assert_fails(&script("ones(10^10, 10^10)"), "error: ");
    assert_fails(&script("fill(1, 10^15) .+ 1"), "OutOfMemoryError");
    assert_fails(&script("[x for x in 1:10^15]"), "OutOfMemoryError");
    assert_fails(&script("string(1, pad = 10^15)"), "OutOfMemoryError");
    assert_fails(&script("\"ab\"^(10^15)"), "error: ");
    assert_fails(&script("[1 2; 3]"), "error: ");
}

/// Linux counts the most memory that a process ever had.
#[cfg(target_os = "linux")]
#[test]
fn dotted_expressions_have_no_temporary_arrays() {
    let ran = script(
        r#"
peak() = parse(Int, split(filter(startswith("VmHWM"), readlines("/proc/self/status"))[1])[2])
x = rand(4 * 10^6)
y = rand(4 * 10^6)
before = peak()
z = sin.(x) .^ 2 .+ cos.(x) .^ 2 .- x ./ (1 .+ y) .+ exp.(-x .^ 2)
println(peak() - before)
y .= 2 .* x .+ y .* y .- z
f(t) = t^2 + sin(t)
s = sum(f, x) + sum(t^2 for t in y) + mapreduce(abs, +, x)
println(peak() - before)
"#,
    );
    let kibibytes: Vec<i64> = ran.stdout.lines().filter_map(|line| line.parse().ok()).collect();
    let result = 4_000_000 * 8 / 1024;
    let [fused, all] = kibibytes[..] else { panic!("{ran:?}") };
    assert!((0..result + 8 * 1024).contains(&fused), "{fused} KiB for a result of {result}");
    assert!((0..result + 16 * 1024).contains(&all), "{all} KiB for a result of {result}");
}

#[test]
fn arrays_inside_each_other() {
    let own = "a = Any[1]; push!(a, a); b = Any[1]; push!(b, b)";
    for code in ["a == b", "isequal(a, b)", "unique([a, b])", "deepcopy(a)", "string(a)", "a"] {
        assert_eq!(script(format!("{own}\n{code}\n")).status, Some(0), "{code}");
    }
    for code in ["a + a", "-a", "a * 2", "a .+ a", "a ≈ b", "isless(a, b)", "a'", "dot(a, b)", "norm(a)", "conj(a)"] {
        assert_fails(&script(format!("{own}\n{code}\n")), "StackOverflowError");
    }
    assert_prints(&script("a = [1]\nfor i in 1:10^6 a = Any[a] end\nprintln(length(a))\n"), "1\n");
    assert_fails(&script("a = [0]\na[1] = a\n"), "error: ");
}

#[test]
fn errors_of_a_comparison_are_passed_on() {
    assert_fails(&script("sort([3, 1, 2], lt = (x, y) -> error(\"no\"))"), "ErrorException: no");
    assert_fails(&script("sort([3, 1, 2], by = x -> undefined_name)"), "UndefVarError");
    assert_fails(&script("v = [3, 1, 2]; sort!(v, lt = (x, y) -> (empty!(v); error(\"no\")))"), "no");
}

#[test]
fn every_byte_is_answered() {
    for byte in 0..=255u8 {
        let ran = script([b'x', b' ', byte, b' ', b'y']);
        assert!(matches!(ran.status, Some(0 | 1)), "byte {byte:#x}: {ran:?}");
        assert!(!ran.stderr.contains("panicked"), "byte {byte:#x}: {ran:?}");
    }
}

#[cfg(unix)]
mod signals {
    use super::*;
    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;
    use std::io::Read;
    use std::process::{Child, Stdio};

    fn start(code: &str) -> Child {
        let mut command = hlang();
        command.args(["-e", code]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the program is built")
    }

    fn interrupt(child: &Child) {
        kill(Pid::from_raw(child.id() as i32), Signal::SIGINT).expect("the program runs");
    }

    /// Lets the program say that it has begun, interrupts it, and gives status and errors.
    fn interrupted(code: &str) -> (Option<i32>, String) {
        let mut child = start(&format!("println(\"{}\"); {code}", "begun".repeat(20_000)));
        let mut first = [0; 5];
        child.stdout.as_mut().expect("it was piped").read_exact(&mut first).expect("the program begins");
        // The rest of the output is read beside, so that the program is not kept waiting.
        let mut stdout = child.stdout.take().expect("it was piped");
        let reader = std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
        std::thread::sleep(std::time::Duration::from_millis(300));
        interrupt(&child);
        let ended = support::wait_for(LIMIT, || child.try_wait().expect("it is our child").is_some());
        if !ended {
            child.kill().expect("it is our child");
        }
        assert!(ended, "{code} is not interrupted");
        let mut stderr = String::new();
        child.stderr.take().expect("it was piped").read_to_string(&mut stderr).expect("errors are UTF-8");
        reader.join().expect("the reader does not panic").expect("output can be read");
        (child.wait().expect("it is our child").code(), stderr)
    }

    #[test]
    fn ctrl_c_ends_loops_and_products() {
        for code in [
            "while true end",
            "A = ones(3000, 3000); while true A * A end",
            "A = ones(Int, 3000, 3000); A * A * A * A",
            "sum(x % 7 for x in 1:10^15)",
            "sum(x -> 1 / x, 1:10^15)",
            "[x for x in 1:10^7, y in 1:10^7 if x < 0]",
            "x = ones(10^6); for i in 1:10^9 x .= sin.(x) .+ cos.(x) end",
            "f(x) = x > 0 ? f(x) : 1; try f(1) catch; while true end end",
            "sort(rand(10^6), lt = (x, y) -> (sum(rand(100)); x < y))",
            "g(n) = n == 0 ? 1 : g(n - 1) + g(n - 1); g(60)",
            "map(x -> sleep(1), 1:1000)",
            "sleep(100)",
        ] {
            let (status, stderr) = interrupted(code);
            assert_eq!(status, Some(130), "{code}: {stderr}");
            assert!(stderr.contains("InterruptException"), "{code}: {stderr}");
        }
    }

    /// `hlang … | head`: the reader goes away, and that is no error.
    #[test]
    fn a_closed_pipe_is_quiet() {
        let mut child = start("for i in 1:10^7 println(i) end");
        let mut first = [0; 10];
        let mut stdout = child.stdout.take().expect("it was piped");
        stdout.read_exact(&mut first).expect("the program prints");
        drop(stdout);
        let output = child.wait_with_output().expect("it is our child");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let text = "
for n in [65, 300, 600]
  S = [sin(i * j) + cos(i + j) for i in 1:n, j in 1:n]
  found = eigen(S)
  println.([found.values; found.vectors * (1:n); eigvals(S)])
end";
    let with = |threads: &str| run(hlang().arg("-").env("HLANG_THREADS", threads), text.as_bytes(), LIMIT);
    let (one, two) = (with("1"), with("2"));
    assert!(one.status == Some(0) && one.stdout.lines().count() == 3 * (65 + 300 + 600), "{one:?}");
    assert!(one.stdout == two.stdout, "two threads compute something else");
}
