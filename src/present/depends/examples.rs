//! Dials made up for tests of what is said about them.

use serde_json::{Value, json};

use crate::experiment::Quantity;
use crate::model::{Better, MeasureId, MeasureUnit, Score, WorthNoticing};
use crate::scenario::{Overlay, Range, Source, load};
use crate::stats::Interval;
use crate::study::{Answer, By, DesignThere, Dial, Dials, Headline, Input, Point, State, Together};

/// Designs of the made-up result.
const DESIGNS: [&str; 4] = ["Centralized", "Hub and spoke", "Decentralized", "Outsourced"];

/// An input as a scenario declares it, with the scenario's own value.
fn input(what: &str, range: &str, source: &str) -> Input {
    let text = format!(
        r#"{{ "orgsim": 1, "customers": {{ "messages": "300/day", "need_unit_knowledge": "20%",
            "business_units": ["a"] }},
        "people": {{ "line expert": {{ "cost": "$1/year" }} }},
        "designs": {{ "A": {{ "centralized": {{ "care agent": 9, "strategist": 1 }} }} }},
        "it_depends_on": [ {{ "what": "{what}", {range}, "source": "{source}" }} ] }}"#
    );
    let source = Source::new("mine.json", text);
    let scenario = load(&source, &Overlay::default()).unwrap_or_else(|problems| {
        panic!("{}", crate::scenario::render(&source, &problems, false))
    });
    Input::declared(&scenario.depends[0])
}

fn interval(mean: f64) -> Option<Interval> {
    Some(Interval { mean, half_width: Some(0.01), n: 4, standard_error: Some(0.003) })
}

/// What is said by score: a digit for the best design, `-` for too small, `?` for nothing to tell; designs
/// named behind a colon fall behind.
fn point(input: &Input, value: Value, told: &str, yours: bool) -> Point {
    let (scores, behind) = told.split_once(':').unwrap_or((told, ""));
    let number = input.track().and_then(|track| track.number(&value));
    let place = number.zip(input.track()).map(|(number, track)| track.place(number));
    let designs = (0..DESIGNS.len())
        .map(|at| {
            let withheld = behind.contains(&at.to_string());
            let value = |score: usize| {
                let best = scores.chars().nth(score) == char::from_digit(at as u32, 10);
                interval(if best { 0.6 } else { 0.5 }).filter(|_| !withheld)
            };
            DesignThere {
                replications: if yours { 30 } else { 4 },
                cost_per_year: 1_000_000.0,
                falls_behind: withheld.then(|| ("hub triage".to_owned(), 14.0)),
                withheld,
                is_full: false,
                values: (0..3).map(value).collect(),
                unmoved: yours,
                gave_up: None,
                fees_differ: false,
            }
        })
        .collect();
    let answer = |told: char| {
        let (state, best, rivals) = match told {
            '-' => (State::TooSmall, 2, vec![1]),
            '?' => (State::CannotTell, 0, vec![1]),
            digit => (State::Best, digit.to_digit(10).expect("a digit") as usize, vec![]),
        };
        let second = Some(if best == 0 { 1 } else { 0 });
        let ahead_of = (0..DESIGNS.len()).filter(|other| *other != best).collect();
        let (best, lead, open) = (Some(best), interval(0.1), false);
        Answer { state, best, rivals, second, lead, ahead_of, open }
    };
    let answers = scores.chars().map(answer).collect();
    Point { value, number, place, yours, designs, answers }
}

fn dial(input: Input, values: &[(&str, &str)]) -> Dial {
    let of = |(value, told): &(&str, &str)| {
        let yours = input.yours == Some(json!(value));
        point(&input, json!(value), told, yours)
    };
    let points = values.iter().map(of).collect();
    Dial { input, points, refused: None, swept: true, stopped: false }
}

/// A dial of those below whose input has this path: what is said at each point, and whether it is the scenario as it stands.
pub(crate) fn made_up_dial(what: &str, points: &[(&str, bool)]) -> Dial {
    let (what, range) = (what.to_owned(), Range::OneOf(vec![]));
    let input = Input {
        what,
        declared: true,
        paths: vec![],
        range,
        yours: None,
        assumed: false,
        by_contract: false,
        source: None,
    };
    let points = points.iter().map(|(told, yours)| point(&input, Value::Null, told, *yours));
    let points = points.collect();
    Dial { input, points, refused: None, swept: true, stopped: false }
}

/// Three dials as they might be.
pub(crate) fn made_up_dials() -> Dials {
    let need = input("customers.need_unit_knowledge", r#""from": "5%", "to": "80%""#, "assumption");
    let messages =
        input("customers.messages", r#""from": "100/day", "to": "600/day""#, "published");
    let open = input(
        "designs.*.open",
        r#""try": ["weekdays 09:00-18:00", "daily 08:00-20:00", "always"]"#,
        "yours",
    );
    let dials = vec![
        dial(
            need,
            &[
                ("5%", "300"),
                ("20%", "300"),
                ("41%", "300"),
                ("44%", "3?0"),
                ("47%", "310"),
                ("80%", "312:0"),
            ],
        ),
        dial(
            messages,
            &[
                ("100/day", "300"),
                ("300/day", "300"),
                ("370/day", "300"),
                ("400/day", "300:1"),
                ("600/day", "300:1"),
            ],
        ),
        dial(
            open,
            &[("weekdays 09:00-18:00", "330"), ("daily 08:00-20:00", "300"), ("always", "0-0")],
        ),
    ];
    let headline = |score, id: MeasureId| Headline {
        by: By::Score(score, id.into()),
        name: Quantity::usual(id).id().replace('_', " "),
        unit: MeasureUnit::Share,
        better: Better::Higher,
    };
    let own = point(&dials[0].input, Value::Null, "300", true);
    let corner = point(&dials[0].input, Value::Null, "210:3", false);
    Dials {
        designs: DESIGNS.map(String::from).to_vec(),
        headlines: vec![
            headline(Score::Responsive, MeasureId::AnsweredWithin),
            headline(Score::Interactive, MeasureId::SettledInConversation),
            headline(Score::Proactive, MeasureId::MentionsReached),
        ],
        baseline: own.answers.clone(),
        own,
        noticed: WorthNoticing { share: 0.02, minutes: 10.0, money: 1.0 },
        dials,
        together: Some(Together {
            dials: [0, 1],
            values: [json!("80%"), json!("600/day")],
            point: corner,
            strong: vec![0],
            only_together: vec![3],
        }),
        confidence: 0.95,
        allowance: 1000,
        events: 900,
        replications: 300,
        short: false,
        complete: true,
    }
}

#[test]
fn ranges_of_an_example_are_those_of_a_scenario() {
    let dials = made_up_dials();
    assert!(matches!(dials.dials[0].input.range, Range::Between(_)));
    assert!(dials.dials[2].input.is_guess() != dials.dials[0].input.is_guess());
}
