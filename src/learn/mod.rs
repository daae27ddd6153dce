//! Lessons and questions at the prompt: `tour` and `quiz`.
//!
//! A lesson is a text with marks (`marks`), which make it a [`Lesson`]. It is played once in a session of its own
//! (`rehearsal`), so that right answers are known by their values; then its steps are shown, and what the learner types
//! is judged (`tour`, `judge`). Questions are made by chance, and answered by evaluating them (`quiz`).

mod judge;
mod lesson;
mod marks;
mod page;
mod progress;
pub mod quiz;
mod rehearsal;
mod room;
mod scratch;
mod tour;
mod words;

pub use judge::Given;
pub use lesson::{LESSONS, Lesson, Part, Question, Snippet, Step, Wrong};
pub use marks::Problem;
pub use progress::Progress;
pub use room::Room;
pub use tour::{Tour, Verdict};
pub use words::Start;

use page::Page;
use progress::Part as Done;
use quiz::Quiz;
use std::collections::BTreeSet;
use std::path::Path;
use words::Word;

/// Who leads through lessons and asks questions, at a prompt.
pub struct Guide {
    doing: Doing,
    progress: Progress,
    /// Variables that lessons have brought.
    ours: BTreeSet<String>,
}

/// What goes on.
enum Doing {
    Nothing,
    Tour(Box<Tour>),
    Quiz(Box<Quiz>),
}

/// What the questions are remembered as.
const QUIZ: &str = "quiz";

impl Guide {
    /// A guide who remembers how far the learner has come.
    pub fn new(progress: Progress) -> Guide {
        Guide { doing: Doing::Nothing, progress, ours: BTreeSet::new() }
    }

    /// Does an input speak to the guide? If so, it is answered.
    pub fn hear(&mut self, text: &str, room: &mut Room<'_>) -> bool {
        let tour = matches!(self.doing, Doing::Tour(_));
        let quiz = match &self.doing {
            Doing::Quiz(quiz) => quiz.choices(),
            Doing::Nothing | Doing::Tour(_) => 0,
        };
        let Some(word) = words::read(text, tour, quiz, |name| room.session.variable(name).is_some()) else {
            return false;
        };
        match word {
            Word::Start(start) => {
                self.start(&start, room);
            }
            Word::List => self.list(room),
            Word::Hint => self.in_tour(room, Tour::hint),
            Word::Again => match &mut self.doing {
                Doing::Tour(tour) => tour.again(room),
                Doing::Quiz(quiz) => quiz.ask(room),
                Doing::Nothing => {}
            },
            Word::Back => self.back(room),
            Word::Skip => self.skip(room),
            Word::Stop => self.stop(room),
            Word::Answer(number) => self.answer(number, room),
        }
        true
    }

    /// Judges a line that was run, if something is asked.
    pub fn judge(&mut self, text: &str, given: &Given, room: &mut Room<'_>) {
        let Doing::Tour(tour) = &mut self.doing else { return };
        if tour.judge(text, given, room) == Verdict::Right {
            self.go_on(room);
        }
    }

    /// Begins a lesson or questions; false if there are none such, which is said.
    pub fn start(&mut self, start: &Start, room: &mut Room<'_>) -> bool {
        match start {
            Start::List => {
                self.list(room);
                true
            }
            Start::Tour(None) => self.next_lesson(room),
            Start::Tour(Some(name)) => self.lesson(name, room),
            Start::Quiz(seed) => {
                let mut quiz = Quiz::new(*seed);
                quiz.begin(room);
                self.doing = Doing::Quiz(Box::new(quiz));
                true
            }
        }
    }

    /// The lesson in which the learner stopped, or the first that is not done.
    fn next_lesson(&mut self, room: &mut Room<'_>) -> bool {
        if let Doing::Tour(tour) = &mut self.doing {
            tour.again(room);
            return true;
        }
        if self.progress.is_empty() {
            let mut page = room.page();
            page.text(WELCOME);
            page.blank();
            room.show(page);
        }
        match self.undone() {
            Some(name) => self.lesson(name, room),
            None => {
                let mut page = room.page();
                page.text(
                    "You have been through all lessons. `quiz` asks whether they stayed; `tour dot` begins one again.",
                );
                page.blank();
                room.show(page);
                self.list(room);
                true
            }
        }
    }

    /// The first of hlang's lessons that is not done.
    fn undone(&self) -> Option<&'static str> {
        LESSONS.iter().map(|(name, _)| *name).find(|name| !self.progress.of(name).is_whole())
    }

    /// One of hlang's lessons by name or number, or that in a file.
    fn lesson(&mut self, name: &str, room: &mut Room<'_>) -> bool {
        let lesson = match Lesson::named(name) {
            Some(lesson) => lesson,
            None => match in_file(name) {
                Ok(lesson) => lesson,
                Err(message) => {
                    room.refuse_plainly(&message);
                    return false;
                }
            },
        };
        let begun = lesson.and_then(|lesson| {
            let done = self.progress.of(&key(&lesson.name));
            // A lesson that is done, or has been rewritten since, begins anew.
            let at = if done.of == lesson.steps.len() && !done.is_whole() { done.done } else { 0 };
            Tour::new(lesson, at, room)
        });
        match begun {
            Ok(mut tour) => {
                tour.begin(&mut self.ours, room);
                self.doing = Doing::Tour(Box::new(tour));
                true
            }
            Err(problem) => {
                room.refuse(&problem);
                false
            }
        }
    }

    /// Remembers the step, and shows the next one or the lesson's end.
    fn go_on(&mut self, room: &mut Room<'_>) {
        let Doing::Tour(tour) = &mut self.doing else { return };
        if !tour.is_over() {
            tour.show(room);
        }
        let (done, of) = tour.place();
        self.progress.set(&key(tour.name()), Done { done, of });
        if !tour.is_over() {
            return;
        }
        let mut page = room.page();
        let own = LESSONS.iter().any(|(name, _)| *name == tour.name());
        page.right("Done:", &format!("{}.", tour.title()));
        if own {
            self.suggest(&mut page);
        }
        page.blank();
        room.show(page);
        self.doing = Doing::Nothing;
    }

    /// What may come after a lesson.
    fn suggest(&self, page: &mut Page) {
        let next = self.undone().and_then(|name| Lesson::named(name)?.ok());
        match next {
            Some(next) => page.text(&format!("`tour` goes on with: {}. `tour list` shows all lessons.", next.title)),
            None => page.text("That was the last one. `quiz` asks whether it stayed."),
        }
    }

    fn back(&mut self, room: &mut Room<'_>) {
        self.in_tour(room, |tour, room| {
            if tour.back() {
                tour.again(room);
            } else {
                let mut page = room.page();
                page.text("This is the first step.");
                page.blank();
                room.show(page);
            }
        });
    }

    fn skip(&mut self, room: &mut Room<'_>) {
        match &mut self.doing {
            Doing::Tour(tour) => {
                tour.skip(room);
                self.go_on(room);
            }
            Doing::Quiz(quiz) => quiz.skip(room),
            Doing::Nothing => {}
        }
    }

    fn answer(&mut self, number: usize, room: &mut Room<'_>) {
        let Doing::Quiz(quiz) = &mut self.doing else { return };
        let right = quiz.answer(number, room);
        let before = self.progress.of(QUIZ);
        self.progress.set(QUIZ, Done { done: before.done + usize::from(right), of: before.of + 1 });
    }

    fn stop(&mut self, room: &mut Room<'_>) {
        let mut page = room.page();
        match &self.doing {
            Doing::Tour(tour) => {
                let (at, of) = tour.place();
                let name = tour.name();
                if at > 0 {
                    self.progress.set(&key(name), Done { done: at, of });
                }
                let again =
                    if Lesson::named(name).is_some() { format!("tour {name}") } else { format!("tour({name:?})") };
                page.text(&format!("Stopped at step {} of {of}. `{again}` goes on from there.", at + 1));
            }
            Doing::Quiz(quiz) => quiz.result(&mut page),
            Doing::Nothing => {}
        }
        page.blank();
        room.show(page);
        self.doing = Doing::Nothing;
    }

    fn in_tour(&mut self, room: &mut Room<'_>, act: impl FnOnce(&mut Tour, &mut Room<'_>)) {
        if let Doing::Tour(tour) = &mut self.doing {
            act(tour, room);
        }
    }

    /// All lessons, with what is done of each.
    fn list(&self, room: &Room<'_>) {
        let mut page = room.page();
        let lessons = LESSONS.iter().map(|(name, text)| {
            let title = Lesson::read(name, text).map(|lesson| lesson.title).unwrap_or_default();
            let part = self.progress.of(name);
            let state = match part {
                part if part.is_whole() => "done".to_string(),
                Done { done: 0, .. } => String::new(),
                Done { done, of } => format!("{done} of {of}"),
            };
            [(*name).to_string(), title, state]
        });
        let mut rows: Vec<[String; 3]> = lessons.collect();
        let quiz = self.progress.of(QUIZ);
        let state = if quiz.of == 0 { String::new() } else { format!("{} of {} right", quiz.done, quiz.of) };
        rows.push([QUIZ.to_string(), "Questions on all of it".to_string(), state]);
        page.rows(&rows);
        page.blank();
        page.text("`tour` goes on, `tour dot` begins that lesson, `quiz` asks.");
        page.blank();
        room.show(page);
    }
}

const WELCOME: &str = "Lessons of a few minutes. You are asked for a line; type it, and see what it gives. Between the \
                       answers, try whatever you like. `hint` helps, `skip` shows the answer and goes on, `back` goes \
                       back, `again` repeats, `list` shows all lessons, `stop` ends.";

/// The lesson in a file, or why there is none.
fn in_file(name: &str) -> Result<Result<Lesson, Problem>, String> {
    let names = || LESSONS.iter().map(|(name, _)| *name);
    match std::fs::read_to_string(name) {
        Ok(text) => Ok(Lesson::read(name, text.strip_prefix('\u{feff}').unwrap_or(&text))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let near = crate::suggest::nearest(name, names(), 2);
            let question = crate::suggest::question(&near);
            let lessons = format!("the lessons are {}", names().collect::<Vec<_>>().join(", "));
            Err(format!("there is no lesson and no file {name}; {}", question.unwrap_or(lessons)))
        }
        Err(error) => Err(format!("cannot read {name}: {error}")),
    }
}

/// What a lesson is remembered as: a file by its whole path.
fn key(name: &str) -> String {
    if Lesson::named(name).is_some() {
        return name.to_string();
    }
    std::fs::canonicalize(Path::new(name)).map_or_else(|_| name.to_string(), |path| path.display().to_string())
}
