//! Inputs that somebody guessed.

/// Inputs that are guesses, the author's and ours.
#[derive(Debug, Clone, Default)]
pub struct Guesses {
    /// Paths of those that the author calls so.
    pub inputs: Vec<String>,
    /// How many documented defaults are.
    pub defaults: usize,
    /// The command that lists those: `orgsim check mine.json --defaults`.
    pub listed_by: String,
}

impl Guesses {
    /// All but those of which a sentence tells already: `messages, 41 defaults (orgsim check mine.json --defaults)`;
    /// `None` where there are no others.
    pub(super) fn told(&self, is_told: impl Fn(&str) -> bool) -> Option<String> {
        let mut all: Vec<String> = Vec::new();
        for path in self.inputs.iter().filter(|path| !is_told(path)) {
            let short = short(path);
            if !all.contains(&short) {
                all.push(short);
            }
        }
        match self.defaults {
            0 => {}
            1 => all.push(format!("1 default ({})", self.listed_by)),
            n => all.push(format!("{n} defaults ({})", self.listed_by)),
        }
        (!all.is_empty()).then(|| all.join(", "))
    }
}

/// A path as few words as tell it: without the block of the file in which it stands.
fn short(path: &str) -> String {
    let blocks = ["customers.", "people.", "designs.*.", "objectives."];
    let bare = blocks.iter().find_map(|block| path.strip_prefix(block)).unwrap_or(path);
    bare.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.').into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_is_told_once_and_not_where_a_dial_tells_it() {
        let paths =
            ["customers.messages", "designs.*.open", "objectives.0.goal", "objectives.1.goal"];
        let inputs = paths.map(str::to_owned).to_vec();
        let guesses = Guesses { inputs, defaults: 0, listed_by: String::new() };
        assert_eq!(guesses.told(|_| false).as_deref(), Some("messages, open, goal"));
        // a dial of another input whose name ends alike
        let swept =
            |path: &str| path == "customers.streams.Asia.messages" || path.ends_with("goal");
        assert_eq!(guesses.told(swept).as_deref(), Some("messages, open"));
        assert_eq!(guesses.told(|_| true), None);
        let listed_by = "orgsim check x --defaults".to_owned();
        let guesses = Guesses { inputs: Vec::new(), defaults: 2, listed_by };
        assert_eq!(
            guesses.told(|_| true).as_deref(),
            Some("2 defaults (orgsim check x --defaults)")
        );
    }
}
