//! The prompt: reads inputs, runs them, shows results; an error or Ctrl-C ends the input and never the session.

mod history;
mod input;

use crate::console::{self, ColorChoice, Output, Terminal};
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::interrupt;
use crate::report;
use crate::session::Session;
use crate::transcript;
use crate::value::Style;
use input::{Input, Lines};

/// What the prompt's texts are called in errors.
const NAME: &str = "prompt";

const GREETING: &str = concat!(
    "hlang ",
    env!("CARGO_PKG_VERSION"),
    ". No dot: the whole array. A dot: every element.\n",
    "Try [1 2; 3 4] .* [5 6; 7 8]. A trailing ; hides a result. Ctrl-D leaves.\n"
);

/// Runs the prompt until the user leaves; gives the exit status.
pub fn run(style: Option<Style>, color: ColorChoice) -> u8 {
    let output = Output::stdout();
    let color = color.for_errors();
    let mut lines = match Lines::open(history::file()) {
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
    let terminal = Terminal::new(output.clone(), input::ask, color);
    let session = Session::new(Box::new(terminal), console::screen(style.unwrap_or(Style::Julia)));
    let mut prompt = Prompt { session, output, color, text: style.map_or(transcript::PROMPT, transcript::prompt_of) };
    prompt.output.write(GREETING);
    prompt.output.write("\n");
    prompt.run(&mut lines)
}

struct Prompt {
    session: Session,
    output: Output,
    color: bool,
    text: &'static str,
}

impl Prompt {
    fn run(&mut self, lines: &mut Lines) -> u8 {
        loop {
            self.output.fresh_line();
            self.output.flush();
            match lines.next(self.text, |text| self.session.is_incomplete(text)) {
                Ok(Input::Text(text)) => {
                    if let Some(status) = self.enter(&text) {
                        return status;
                    }
                }
                Ok(Input::Cancelled) => {}
                Ok(Input::End) => return 0,
                Err(error) => {
                    let problem = report::render_plain(&format!("cannot read the input: {error}"), None, self.color);
                    console::write_error(&self.output, &problem);
                    return 1;
                }
            }
        }
    }

    /// Runs one input; gives the exit status if it asks to leave.
    fn enter(&mut self, text: &str) -> Option<u8> {
        match text.trim() {
            "" => return None,
            "exit" | "quit" => return Some(0),
            _ => {}
        }
        // The window may have been resized since the last input.
        self.session.set_screen(console::screen(self.session.screen().style));
        let written = self.output.count();
        interrupt::clear();
        let entered = transcript::enter(&mut self.session, NAME, text);
        self.output.fresh_line();
        if let Some(status) = self.session.exit_status() {
            self.output.flush();
            return Some((status & 0xff) as u8);
        }
        match entered {
            Ok(Some(shown)) => self.output.write(&format!("{shown}\n")),
            Ok(None) => {}
            Err(diagnostic) => self.report(&diagnostic),
        }
        if transcript::blank_after(self.session.screen().style, self.output.count() > written) {
            self.output.write("\n");
        }
        None
    }

    fn report(&self, diagnostic: &Diagnostic) {
        if diagnostic.kind == ErrorKind::InterruptException {
            // The terminal has shown `^C` on this line.
            self.output.write("\n");
        }
        let text = report::render(diagnostic, &self.session.sources(), self.color, self.session.screen().cols);
        console::write_error(&self.output, &text);
    }
}
