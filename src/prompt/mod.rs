//! The prompt: reads inputs, runs them, shows results; an error or Ctrl-C ends the input and never the session.

mod assistant;
mod block;
mod command;
mod complete;
mod history;
mod input;
mod keys;
mod notes;
mod offered;
mod paint;
mod pasted;
mod settings;
mod symbols;

use crate::console::{self, ColorChoice, Output, Terminal, status};
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::help;
use crate::interrupt;
use crate::learn::{Given, Guide, Progress, Room, Start};
use crate::report;
use crate::session::Session;
use crate::state;
use crate::transcript;
use crate::value::{Screen, Style};
use command::Command;
use input::{Input, Lines, Manner};
use keys::Shared;
use notes::Notes;
use std::cell::RefCell;
use std::io::IsTerminal;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

/// The file that keeps earlier inputs.
const HISTORY: &str = "history";

/// What the prompt's texts are called in errors.
const NAME: &str = "prompt";

const GREETING: &str = concat!(
    "hlang ",
    env!("CARGO_PKG_VERSION"),
    ". No dot: the whole array. A dot: every element. ? is help.\n",
    "Try [1 2; 3 4] .* [5 6; 7 8] and ?*, or tour for lessons. Ctrl-D leaves.\n"
);

/// What the command line asks of the prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// Whose way of showing results; the settings' without it.
    pub style: Option<Style>,
    /// When colours are used; `Auto` leaves it to the settings.
    pub color: ColorChoice,
    /// Read the user's settings and run the user's startup file?
    pub startup: bool,
    /// A lesson or questions to begin with.
    pub start: Option<Start>,
}

/// Runs the prompt until the user leaves; gives the exit status.
pub fn run(choices: &Choices) -> u8 {
    let piped = !std::io::stdin().is_terminal();
    let output = Output::stdout();
    let directory = state::settings().filter(|_| choices.startup && !piped);
    let (settings, problems) = directory.as_deref().map(settings::of_directory).unwrap_or_default();
    let color = if choices.color == ColorChoice::Auto { settings.color } else { choices.color };
    let color = color.for_errors();
    let terminal = Terminal::new(output.clone(), input::ask, color);
    let screen = console::screen(choices.style.or(settings.style).unwrap_or(Style::Julia));
    let session = Session::new(Box::new(terminal), Screen { digits: settings.digits, ..screen });
    let session = Rc::new(RefCell::new(session));
    let shared = Arc::<Shared>::default();
    let text = choices.style.map_or(transcript::PROMPT, transcript::prompt_of);
    let manner = Manner {
        color,
        theme: settings.theme.unwrap_or_else(paint::Theme::of_terminal),
        vi: std::env::var("HLANG_KEYS").map_or(settings.vi, |keys| keys == "vi"),
        size_hints: settings.size_hints,
        history: settings.history,
    };
    // What comes through a pipe was not typed.
    let history = if piped { None } else { state::file(HISTORY) };
    let mut lines = match Lines::open(session.clone(), &shared, text, history, &manner) {
        Ok(lines) => lines,
        Err(error) => {
            console::write_error(
                &output,
                &report::render_plain(&format!("cannot start the prompt: {error}"), None, color),
            );
            return 1;
        }
    };
    // Without a handler Ctrl-C would end the program while an evaluation runs. While a line is edited it is a key.
    let handled = signal_hook::flag::register(signal_hook::consts::SIGINT, interrupt::flag());
    if let Err(error) = handled {
        let warning = format!("Ctrl-C cannot stop an evaluation here: {error}");
        console::write_error(&output, &report::render_plain(&warning, None, color));
    }
    let guide = Guide::new(Progress::of_user());
    let mut prompt = Prompt { session, output, color, text, shared, piped, guide, notes: Notes::default() };
    if settings.progress {
        console::status::enable();
    }
    let banner = settings.banner && std::env::var_os("HLANG_BANNER").is_none_or(|banner| banner != "off");
    if banner && choices.start.is_none() {
        prompt.output.write(&format!("{GREETING}\n"));
    }
    for problem in problems {
        console::write_error(&prompt.output, &report::render_warning(&problem, color));
    }
    if let Some(start) = &choices.start {
        if !prompt.with_guide(|guide, room| guide.start(start, room)) {
            return 1;
        }
        if *start == Start::List {
            prompt.output.flush();
            return 0;
        }
    } else if let Some(status) = directory.as_deref().and_then(settings::startup).and_then(|file| prompt.start(&file)) {
        return status;
    }
    prompt.run(&mut lines)
}

struct Prompt {
    session: Rc<RefCell<Session>>,
    output: Output,
    color: bool,
    text: &'static str,
    /// Holds what the last error offers.
    shared: Arc<Shared>,
    /// Is there nobody who types?
    piped: bool,
    guide: Guide,
    /// Which notes have been told.
    notes: Notes,
}

impl Prompt {
    fn run(&mut self, lines: &mut Lines) -> u8 {
        loop {
            self.output.fresh_line();
            self.output.flush();
            match lines.next() {
                Ok(Input::Text(text)) => {
                    if self.piped {
                        self.output.write(&transcript::typed(self.text, &text));
                    }
                    if let Some(status) = self.enter(&text) {
                        return status;
                    }
                }
                Ok(Input::Cancelled) => {}
                Ok(Input::End) => return 0,
                Err(error) => {
                    let problem = format!("cannot read the input: {error}");
                    self.complain(&problem);
                    return 1;
                }
            }
        }
    }

    /// Runs the user's startup file; gives the exit status if it asks to leave.
    fn start(&mut self, file: &Path) -> Option<u8> {
        let name = file.display().to_string();
        let mut session = self.session.borrow_mut();
        let _watched = status::begin();
        match std::fs::read_to_string(file) {
            Ok(text) => {
                if let Err(diagnostic) = session.eval(&name, &text)
                    && session.exit_status().is_none()
                {
                    self.report(&session, &diagnostic);
                }
            }
            Err(error) => self.complain(&format!("{name} cannot be read: {error}")),
        }
        session.exit_status().map(|status| (status & 0xff) as u8)
    }

    /// Runs what was typed or pasted; gives the exit status if it asks to leave.
    fn enter(&mut self, text: &str) -> Option<u8> {
        let Some(inputs) = pasted::inputs(text) else { return self.enter_one(text) };
        for input in inputs {
            self.output.write(&transcript::typed(self.text, &input));
            if let Some(status) = self.enter_one(&input) {
                return Some(status);
            }
        }
        None
    }

    /// Runs one input; gives the exit status if it asks to leave.
    fn enter_one(&mut self, text: &str) -> Option<u8> {
        self.shared.offer(Vec::new());
        let command = command::read(text, |name| self.session.borrow().variable(name).is_some());
        match command {
            Command::Empty => None,
            Command::Leave => Some(0),
            Command::Help(topic) => {
                let page = help::about(&self.session.borrow(), topic, self.color);
                self.output.write(&format!("{page}\n"));
                None
            }
            Command::Shell(line) => {
                self.shell(line);
                None
            }
            Command::Clear(names) => {
                self.clear(&names);
                None
            }
            Command::Call(function, words) => {
                let words: Vec<String> = words.iter().map(|word| argument(word)).collect();
                self.evaluate(&format!("{function}({})", words.join(", ")), false)
            }
            Command::Page(expression) => self.evaluate(&format!("page({expression})"), false),
            Command::Program if self.with_guide(|guide, room| guide.hear(text, room)) => None,
            Command::Notation(expr) => self.evaluate(&format!("@notation {expr}"), false),
            Command::Program => self.evaluate(text, !text.trim_start().starts_with("history(")),
        }
    }

    /// Lets the guide through lessons act in this session.
    fn with_guide<T>(&mut self, act: impl FnOnce(&mut Guide, &mut Room<'_>) -> T) -> T {
        let mut session = self.session.borrow_mut();
        fit_screen(&mut session);
        interrupt::clear();
        let mut room = Room { session: &mut session, output: &self.output, prompt: self.text, color: self.color };
        act(&mut self.guide, &mut room)
    }

    /// Runs a program and shows its result. One that is to be kept, and succeeds, stands in what `history` gives.
    fn evaluate(&mut self, text: &str, kept: bool) -> Option<u8> {
        let mut session = self.session.borrow_mut();
        fit_screen(&mut session);
        let written = self.output.count();
        interrupt::clear();
        let watched = status::begin();
        let entered = transcript::evaluate(&mut session, NAME, text);
        drop(watched);
        let given = Given::of(&entered);
        self.output.fresh_line();
        if let Some(status) = session.exit_status() {
            self.output.flush();
            return Some((status & 0xff) as u8);
        }
        if kept && entered.is_ok() {
            session.remember(text.trim());
        }
        match entered.map(|entered| entered.shown) {
            Ok(shown) => {
                if let Some(shown) = shown {
                    let shown = if self.color { paint::result(&shown) } else { shown };
                    self.output.write(&format!("{shown}\n"));
                }
                if let Some(note) = self.notes.on(&session, text) {
                    console::write_error(&self.output, &report::render_note(&note, self.color));
                }
            }
            Err(diagnostic) => {
                self.report(&session, &diagnostic);
                self.shared.offer(offered::lines(&session, &diagnostic, text));
            }
        }
        if transcript::blank_after(session.screen().style, self.output.count() > written) {
            self.output.write("\n");
        }
        drop(session);
        self.with_guide(|guide, room| guide.judge(text, &given, room));
        None
    }

    fn complain(&self, problem: &str) {
        console::write_error(&self.output, &report::render_plain(problem, None, self.color));
    }

    /// Runs a line in the user's shell, on this terminal.
    fn shell(&self, line: &str) {
        self.output.flush();
        let shell = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
        let problem = match std::process::Command::new(shell.0).arg(shell.1).arg(line).status() {
            Ok(status) if status.success() => None,
            Ok(status) => Some(format!("{line}: {status}")),
            Err(error) => Some(format!("the shell cannot be started: {error}")),
        };
        if let Some(problem) = problem {
            self.complain(&problem);
        }
        self.output.write("\n");
    }

    /// Forgets variables: those named, or all.
    fn clear(&mut self, names: &[&str]) {
        let mut session = self.session.borrow_mut();
        let all = session.names();
        let names =
            if matches!(names, [] | ["all"]) { all.iter().map(String::as_str).collect() } else { names.to_vec() };
        for name in names {
            if !session.forget(name) {
                self.complain(&format!("there is no variable {name}"));
            }
        }
    }

    fn report(&self, session: &Session, diagnostic: &Diagnostic) {
        if diagnostic.kind == ErrorKind::InterruptException {
            // The terminal has shown `^C` on this line.
            self.output.write("\n");
        }
        let text = report::render(diagnostic, &session.sources(), self.color, session.screen().cols);
        console::write_error(&self.output, &text);
    }
}

/// Takes in the size of the window, which may have changed since the last input.
fn fit_screen(session: &mut Session) {
    let (rows, cols) = console::size();
    let screen = session.screen();
    session.set_screen(Screen { rows, cols, ..screen });
}

/// A word as an argument: numbers as they are, anything else as a string.
fn argument(word: &str) -> String {
    if word.parse::<u8>().is_ok() { word.to_owned() } else { format!("{word:?}") }
}
