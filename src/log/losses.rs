//! Rows that could not be read, by reason.

use super::names::Numbers;
use super::recorded::Dropped;
use super::stamp::Refusal;
use crate::model::Diagnostic;
use crate::units::grouped;

/// Dropped rows by reason.
#[derive(Debug, Default)]
pub(super) struct Losses {
    numbers: Numbers,
    dropped: Vec<Dropped>,
}

impl Losses {
    /// Count a dropped row.
    pub(super) fn add(&mut self, line: u64, refusal: Refusal) {
        let number = self.numbers.of(&refusal.reason) as usize;
        if number == self.dropped.len() {
            let Refusal { reason, example } = refusal;
            self.dropped.push(Dropped { reason, count: 0, lines: Vec::new(), example });
        }
        let dropped = &mut self.dropped[number];
        dropped.count += 1;
        if dropped.lines.len() < Dropped::LINES {
            dropped.lines.push(line);
        }
    }

    /// All of them, the most frequent reason first.
    pub(super) fn by_frequency(mut self) -> Vec<Dropped> {
        self.dropped.sort_by_key(|dropped| std::cmp::Reverse(dropped.count));
        self.dropped
    }
}

impl Dropped {
    /// The warning about these rows.
    pub(super) fn finding(&self) -> Diagnostic {
        let shown = self.lines.iter().take(5).map(u64::to_string).collect::<Vec<_>>().join(", ");
        let more = if 5 < self.count { ", …" } else { "" };
        let (rows, lines) =
            if self.count == 1 { ("row was", "line") } else { ("rows were", "lines") };
        let example =
            self.example.as_ref().map_or(String::new(), |text| format!(", as in `{text}`"));
        let message = format!(
            "{} {rows} dropped: {}{example} ({lines} {shown}{more})",
            grouped(self.count as f64, 0),
            self.reason
        );
        let found = Diagnostic::warning("log-rows-dropped", "", message);
        match self.example.as_deref().filter(|text| stands_for_nothing(text)) {
            _ if self.reason.contains("UTF-8") => {
                found.help("save the file again as `CSV UTF-8`: what is dropped are the rows with letters beyond a to z")
            }
            Some(text) => {
                let marker = serde_json::Value::from(text);
                found.help(format!("if `{text}` stands for nothing known, say so: `\"missing\": [{marker}]`"))
            }
            None => found,
        }
    }
}

/// Whether people write this where they know nothing.
fn stands_for_nothing(text: &str) -> bool {
    const WORDS: [&str; 11] =
        ["null", "none", "nil", "nan", "na", "n/a", "unknown", "n.a.", "k.a.", "tbd", "#n/a"];
    text.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '?' | '.' | '*' | '/'))
        || WORDS.contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_nothing_can_be_said_to() {
        let help = |text: &str| {
            let mut losses = Losses::default();
            let (reason, example) = ("`took` is not a number of hours".into(), Some(text.into()));
            losses.add(5, Refusal { reason, example });
            losses.by_frequency()[0].finding().help.unwrap_or_default()
        };
        let told = "if `N/A` stands for nothing known, say so: `\"missing\": [\"N/A\"]`";
        assert_eq!(help("N/A"), told);
        assert!(help("--").contains(r#"["--"]"#) && help("a while").is_empty());
    }

    #[test]
    fn thousands_of_rows_are_grouped_as_everywhere() {
        let mut losses = Losses::default();
        for line in 0..7000 {
            losses.add(line, Refusal { reason: "no".into(), example: None });
        }
        let told = losses.by_frequency()[0].finding().message;
        assert!(told.starts_with("7,000 rows were dropped: no"), "{told}");
    }
}
