//! A dial as a table: values down, designs across, the best one marked.

use super::sentences::{Told, caption, note, of_dial};
use super::words::{Words, written};
use crate::present::numbers::estimate;
use crate::present::paint::Painted;
use crate::present::words::{LINE, NOTHING, fill, right, shortened, wrap};
use crate::study::{Dial, Dials, Point, State};

/// Width of the values.
const LABELS: usize = 28;

/// Each declared dial by each score, and what follows.
///
/// The best design is marked `*` where it surely is, noticeably so; else what keeps it from being named is
/// told at the end of the row.
pub fn dials_text(dials: &Dials, currency: &str) -> Painted {
    let mut text = Painted::default();
    for (at, dial) in dials.dials.iter().filter(|dial| dial.input.declared).enumerate() {
        if 0 < at {
            text.blank();
        }
        one(dials, dial, currency, &mut text);
    }
    text
}

fn one(dials: &Dials, dial: &Dial, currency: &str, text: &mut Painted) {
    text.head("SWEEP", &format!("  {}  ({})", Words::of(&dial.input).label, dial.input.what));
    let names: Vec<&str> = dials.designs.iter().map(String::as_str).collect();
    let wide = (56 / names.len().max(1)).clamp(11, 15);
    let names = shortened(&names, wide - 3);
    for (score, headline) in dials.headlines.iter().enumerate() {
        let mut head = fill(&format!("  {}", headline.name), LABELS);
        names.iter().for_each(|name| head.push_str(&right(&format!("{name} "), wide)));
        text.line(head.trim_end());
        for point in &dial.points {
            let mark = match (point.yours, dial.input.assumed) {
                (false, _) => "",
                (true, false) => " (yours)",
                (true, true) => " (assumed)",
            };
            let mut row = fill(&format!("    {}{mark}", written(&point.value)), LABELS);
            for (at, design) in point.designs.iter().enumerate() {
                let value = match design.values[score] {
                    Some(of) => estimate(of.mean, of.half_width, headline.unit, currency),
                    None if design.withheld => "behind".into(),
                    None => NOTHING.into(),
                };
                let best = point.answers[score].winner() == Some(at);
                row.push_str(&right(&format!("{value}{}", if best { "*" } else { " " }), wide));
            }
            row.push_str(why(point, score));
            text.line(row.trim_end());
        }
    }
    let mut sentences: Vec<String> = of_dial(dials, dial).iter().map(Told::text).collect();
    if sentences.is_empty() {
        sentences.push(caption(dials, dial));
    } else {
        sentences.extend(note(dial));
    }
    for sentence in sentences {
        for line in wrap(&sentence, 2, LINE, 2) {
            text.line(format!("  {}", line.trim_start()));
        }
    }
}

/// Why nobody is marked.
fn why(point: &Point, score: usize) -> &'static str {
    match point.answers[score].state {
        State::Best | State::Nobody => "",
        State::Alone => "  alone",
        State::TooSmall => "  too small",
        State::CannotTell => "  too close",
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::Words;
    use crate::present::depends::made_up_dials;
    use crate::present::depends::sentences::tipping;
    use crate::study::Tipping;

    #[test]
    fn a_dial_is_a_table_for_each_score() {
        let mut dials = made_up_dials();
        dials.dials.truncate(1);
        dials.headlines.truncate(2);
        expect![[r#"
            SWEEP  Inquiries only a business unit can answer  (customers.need_unit_knowledge)
              answered within 1h          Centralized     Hub&spoke    Decentral.    Outsourced
                5%                             50 ±1%        50 ±1%        50 ±1%        60 ±1%*
                20% (yours)                    50 ±1%        50 ±1%        50 ±1%        60 ±1%*
                41%                            50 ±1%        50 ±1%        50 ±1%        60 ±1%*
                44%                            50 ±1%        50 ±1%        50 ±1%        60 ±1%*
                47%                            50 ±1%        50 ±1%        50 ±1%        60 ±1%*
                80%                            behind        50 ±1%        50 ±1%        60 ±1%*
              settled in conversation     Centralized     Hub&spoke    Decentral.    Outsourced
                5%                             60 ±1%*       50 ±1%        50 ±1%        50 ±1%
                20% (yours)                    60 ±1%*       50 ±1%        50 ±1%        50 ±1%
                41%                            60 ±1%*       50 ±1%        50 ±1%        50 ±1%
                44%                            50 ±1%        50 ±1%        50 ±1%        50 ±1%   too close
                47%                            50 ±1%        60 ±1%*       50 ±1%        50 ±1%
                80%                            behind        60 ±1%*       50 ±1%        50 ±1%
              Hub and spoke overtakes Centralized in settling when 44–47% of inquiries need a business unit's
              knowledge (you said 20%); the difference is worth noticing only up to 41% or from 47%.
              Centralized falls behind for good when at least 80% of inquiries need a business unit's knowledge,
              but not yet at 47% (you said 20%).
        "#]].assert_eq(&super::dials_text(&dials, "$").plain());
    }

    #[test]
    fn whoever_alone_copes_is_not_called_clearly_best() {
        let mut dials = made_up_dials();
        let there = &mut dials.dials[1].points[3].designs;
        there.iter_mut().enumerate().for_each(|(at, of)| of.withheld = at != 3);
        let dial = &dials.dials[1];
        let of = Tipping { from: 2, to: 3, before: None, after: Some(3), crossing: (2, 3) };
        let told = tipping(&dials, dial, &Words::of(&dial.input), &of, "settling").text();
        expect!["Outsourced, the only one that copes, is best at settling when at least 400 messages a day come in, but not yet at 370 a day (you said 300 a day)."].assert_eq(&told);
    }
}
