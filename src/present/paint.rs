//! Text whose words know what they are, so that whoever prints it decides on color.

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// Nothing special.
    Plain,
    /// The word that heads a block.
    Head,
    /// The answer.
    Answer,
    /// A goal met.
    Good,
    /// A goal met now and then.
    Middling,
    /// A goal missed.
    Bad,
}

/// Lines of painted stretches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Painted {
    lines: Vec<Vec<(Paint, String)>>,
}

impl Painted {
    /// Add a plain line.
    pub fn line(&mut self, text: impl Into<String>) {
        self.lines.push(vec![(Paint::Plain, text.into())]);
    }

    /// Add a line of several stretches.
    pub fn stretches(&mut self, stretches: Vec<(Paint, String)>) {
        self.lines.push(stretches);
    }

    /// Add a line that begins with the name of its block.
    pub fn head(&mut self, head: &str, rest: &str) {
        self.lines.push(vec![(Paint::Head, head.into()), (Paint::Plain, rest.into())]);
    }

    /// Add an empty line.
    pub fn blank(&mut self) {
        self.lines.push(Vec::new());
    }

    /// Add all lines of another text.
    pub fn append(&mut self, other: Painted) {
        self.lines.extend(other.lines);
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// How many of them are not empty.
    pub fn full(&self) -> usize {
        self.lines.iter().filter(|line| !line.is_empty()).count()
    }

    /// Whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Take out empty lines, the last ones first, until at most so many lines are left.
    pub fn tighten(&mut self, most: usize) {
        while most < self.lines.len() {
            let Some(at) = self.lines.iter().rposition(Vec::is_empty) else { break };
            self.lines.remove(at);
        }
    }

    /// Leave out lines at the end until at most so many are left that are not empty.
    pub fn keep(&mut self, most: usize) {
        let mut seen = 0;
        self.lines.retain(|line| {
            seen += usize::from(!line.is_empty());
            seen <= most
        });
        while self.lines.last().is_some_and(Vec::is_empty) {
            self.lines.pop();
        }
    }

    /// The name of the first block.
    pub fn first_head(&self) -> Option<&str> {
        let mut stretches = self.lines.iter().flatten();
        stretches.find(|(paint, _)| *paint == Paint::Head).map(|(_, text)| text.trim())
    }

    /// Without any paint.
    pub fn plain(&self) -> String {
        self.painted(|_, text| text.into())
    }

    /// Each stretch as `with` writes it: with color codes, with tags, or as it is.
    pub fn painted(&self, with: impl Fn(Paint, &str) -> String) -> String {
        let mut all = String::new();
        for line in &self.lines {
            let text: String = line.iter().map(|(paint, text)| with(*paint, text)).collect();
            all.push_str(text.trim_end());
            all.push('\n');
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_prints_decides_on_color() {
        let mut text = Painted::default();
        text.stretches(vec![(Paint::Good, "yes".into()), (Paint::Plain, "  ".into())]);
        assert_eq!(text.plain(), "yes\n");
        let tagged = text.painted(|paint, text| match paint {
            Paint::Good => format!("<{text}>"),
            _ => text.into(),
        });
        assert_eq!(tagged, "<yes>\n");
    }

    #[test]
    fn tightening_takes_empty_lines_only() {
        let mut text = Painted::default();
        text.line("a");
        text.blank();
        text.line("b");
        text.blank();
        text.line("c");
        text.tighten(4);
        assert_eq!(text.plain(), "a\n\nb\nc\n");
        text.tighten(1);
        assert_eq!(text.len(), 3);
    }
}
