//! What the printed answer tells beside the numbers: guesses, inputs not swept, warnings.

use anstyle::{AnsiColor, Style};

use crate::cli::terminal::harmless;
use crate::present::{Guesses, Paint, Painted, input_label, written};
use crate::report::Assumption;
use crate::scenario::{Range, Scenario, is_guess, pointer_steps};

/// Declared inputs that were not swept, with their ranges: `customers.messages 100/day to 600/day`.
pub(super) fn not_swept(scenario: &Scenario) -> Vec<String> {
    let word =
        |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), String::from);
    let range = |range: &Range| match range {
        Range::Between(track) => format!("{} to {}", word(track.ends().0), word(track.ends().1)),
        Range::OneOf(values) => values.iter().map(word).collect::<Vec<_>>().join(", "),
    };
    scenario
        .depends
        .iter()
        .map(|depends| format!("{} {}", depends.what, range(&depends.range)))
        .collect()
}

/// Inputs that are guesses: those the author calls so, in their sources or in notes, and the defaults that are.
/// `laid_over`: the file with what the command line lays over it, as arguments.
pub(super) fn guesses(scenario: &Scenario, laid_over: &str) -> Guesses {
    let stated = scenario.depends.iter().filter(|of| of.source.as_deref().is_some_and(is_guess));
    Guesses {
        inputs: stated.map(|of| &of.what).chain(&scenario.guessed).cloned().collect(),
        defaults: scenario.defaults_used.iter().filter(|of| is_guess(of.source)).count(),
        listed_by: format!("orgsim check {laid_over} --defaults"),
    }
}

/// What the scenario declares as uncertain, then the defaults it relies on.
pub(super) fn assumptions(scenario: &Scenario) -> Vec<Assumption> {
    let range = |range: &Range| match range {
        Range::Between(track) => {
            let (from, to) = track.ends();
            format!("{} to {}", written(from), written(to))
        }
        Range::OneOf(values) => values.iter().map(written).collect::<Vec<_>>().join(", "),
    };
    let declared = scenario.depends.iter().map(|depends| Assumption {
        what: depends.what.clone(),
        label: input_label(&depends.what),
        value: depends.yours.as_ref().map_or_else(|| "as stated".into(), written),
        range: range(&depends.range),
        source: depends.source.clone().unwrap_or_default(),
        declared: true,
    });
    let json = |text: &str| -> serde_json::Value {
        serde_json::from_str(text).expect("a default is JSON")
    };
    let defaults = scenario.defaults_used.iter().map(|default| Assumption {
        what: default.key.into(),
        label: input_label(default.key),
        value: written(&json(default.value)),
        range: default.range.map_or(String::new(), |of| {
            format!("{} to {}", written(&json(of.low)), written(&json(of.high)))
        }),
        source: default.source.into(),
        declared: false,
    });
    declared.chain(defaults).collect()
}

/// Warnings of the scenario, one line each.
pub(super) fn warnings(scenario: &Scenario) -> Vec<String> {
    let line = |warning: &crate::model::Diagnostic| {
        format!("{}{}", warning.message, place(&warning.pointer))
    };
    scenario.warnings.iter().map(line).collect()
}

/// Where a finding is, as a reader of an answer would look for it: ` (in Hub and spoke)`, or the path that `--set` takes.
fn place(pointer: &str) -> String {
    let steps: Vec<String> = pointer_steps(pointer).collect();
    match steps.as_slice() {
        [] => String::new(),
        [root, design, ..] if root == "designs" => format!(" (in {design})"),
        path => format!(" (at {})", path.join(".")),
    }
}

/// Painted text with the terminal's colors; names in it cannot bring their own.
pub(super) fn colored(text: &Painted) -> String {
    text.painted(|paint, stretch| {
        let stretch = harmless(stretch);
        let style = match paint {
            Paint::Plain => return stretch,
            Paint::Head => Style::new().bold(),
            Paint::Answer => Style::new().bold().fg_color(Some(AnsiColor::Cyan.into())),
            Paint::Good => Style::new().fg_color(Some(AnsiColor::Green.into())),
            Paint::Middling => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
            Paint::Bad => Style::new().fg_color(Some(AnsiColor::Red.into())),
        };
        format!("{style}{stretch}{style:#}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_as_it_is_looked_for() {
        assert_eq!(place("/designs/A~1B/centralized/open"), " (in A/B)");
        assert_eq!(place("/customers/channels/x"), " (at customers.channels.x)");
        assert_eq!(place(""), "");
    }

    #[test]
    fn colors_are_ours_alone() {
        let mut text = Painted::default();
        text.stretches(vec![
            (Paint::Good, "ok\u{1b}[31m".into()),
            (Paint::Plain, " \u{202e}x".into()),
        ]);
        assert_eq!(colored(&text), "\u{1b}[32mok\\u{1b}[31m\u{1b}[0m \\u{202e}x\n");
    }
}
