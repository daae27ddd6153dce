//! A code's page: its text in parts.
//!
//! The text begins with a heading, `# Title`. Then follow the rule in running words and the picture, which is indented
//! by four blanks; two blocks of code between lines of three backquotes, what is wrong and what is right; and the
//! exercises: lines that begin with `-`, each with an answer below, a line of code after `>`.

/// What a page says.
#[derive(Debug, PartialEq)]
pub struct Page {
    /// What goes wrong, in a few words.
    pub title: String,
    /// The rule, in a sentence or two.
    pub rule: String,
    /// A drawing of the rule.
    pub picture: String,
    /// Lines of which the last one fails with the page's code.
    pub wrong: String,
    /// Lines that work.
    pub right: String,
    /// What the reader can try.
    pub exercises: Vec<Exercise>,
}

/// A question with the line that answers it.
#[derive(Debug, PartialEq)]
pub struct Exercise {
    /// The question.
    pub question: String,
    /// A line that works after those of the right example.
    pub answer: String,
}

const FENCE: &str = "```";
const DRAWN: &str = "    ";

impl Page {
    /// Reads the text of a page; an error says what is missing.
    pub(super) fn read(text: &str) -> Result<Page, String> {
        let mut lines = text.lines();
        let title = lines.next().and_then(|line| line.strip_prefix("# ")).ok_or("it begins with `# ` and its title")?;
        let (mut rule, mut picture, mut blocks, mut exercises) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        while let Some(line) = lines.next() {
            if line.starts_with(FENCE) {
                let block: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with(FENCE)).collect();
                blocks.push(block.join("\n"));
            } else if let Some(drawn) = line.strip_prefix(DRAWN) {
                picture.push(drawn);
            } else if let Some(question) = line.strip_prefix("- ") {
                let answer = lines.next().and_then(|line| line.trim_start().strip_prefix("> "));
                let answer = answer.ok_or_else(|| format!("no answer under `{question}`"))?;
                exercises.push(Exercise { question: question.to_string(), answer: answer.to_string() });
            } else if !line.is_empty() {
                rule.push(line);
            }
        }
        let [wrong, right] = <[String; 2]>::try_from(blocks).map_err(|_| "it has two blocks, wrong and right")?;
        if rule.is_empty() {
            return Err("it has no rule".to_string());
        }
        let (rule, picture) = (rule.join(" "), picture.join("\n"));
        Ok(Page { title: title.to_string(), rule, picture, wrong, right, exercises })
    }
}
