//! Other ways to set the week, and what hangs on the role.

use super::voice::{Voice, names, plain, sentence, tenths};
use crate::model::{Better, LinkKind, MeasureUnit};
use crate::present::document::{Block, Section};
use crate::present::numbers::{Told, money, points, points_told, share, told, value};
use crate::stats::Interval;
use crate::study::{Away, Contact, RoleCard, Split, Tie, TriedEffect};
use crate::units::counted;

/// Other ways to set the week and which serves best.
pub(super) fn split(card: &RoleCard, voice: Voice<'_>) -> Section {
    const TITLE: &str = "The week that would serve best";
    let split = &card.split;
    if card.falls_behind.is_some() || card.plain {
        return Section::new(TITLE, Vec::new());
    }
    let Some(first) = split.tried.first() else {
        let none = "Nothing to try: the scenario gives this role no hours of looking for mentions, no approvals and no \
                    choice about mentions that could be set otherwise.";
        return Section::new(TITLE, vec![Block::Say(none.into())]);
    };
    let goals = first.effects.iter().any(|effect| effect.met.is_some());
    let judged =
        if goals { "what it changes in the goals the role serves" } else { "what it changes" };
    let better = if mixed(split) { "" } else { ", + for better" };
    let told = format!(
        "Each was tried on the same customers, {}. The table shows {judged}, shares in points{better}; · means \
         next to none or no more than luck, ✓ and ✗ a goal met or missed with it.",
        counted(split.repetitions, "repetition", "repetitions")
    );
    let mut blocks = vec![Block::Say(told), Block::Table(table(split, voice))];
    let price = split.tried.iter().any(|tried| !tried.judged);
    if price {
        blocks.push(Block::Say(
            "In square brackets: what the time costs. What it is good for is not simulated, so less of it is no advice.".into(),
        ));
    }
    blocks.push(Block::Say(advice(split, voice)));
    Section::new(TITLE, blocks)
}

fn table(split: &Split, voice: Voice<'_>) -> Vec<Vec<String>> {
    let first = &split.tried[0];
    let mut rows = vec![vec![String::new()]];
    rows[0].extend(first.effects.iter().map(|effect| effect.name.clone()));
    let mut now = vec!["as it is".to_owned()];
    now.extend(first.effects.iter().map(|effect| {
        let mark = effect.met.map_or("", |(met, _)| if met { " ✓" } else { " ✗" });
        format!("{}{mark}", value(effect.before, effect.quantity.unit(), voice.currency))
    }));
    rows.push(now);
    if mixed(split) {
        let mut better = vec!["better is".to_owned()];
        better.extend(first.effects.iter().map(|effect| match is_lower(effect) {
            true => "less".into(),
            false => "more".to_owned(),
        }));
        rows.push(better);
    }
    for tried in &split.tried {
        let name = if tried.judged { tried.what.clone() } else { format!("[{}]", tried.what) };
        let mut row = vec![name];
        row.extend(tried.effects.iter().map(|effect| cell(effect, voice)));
        rows.push(row);
    }
    rows
}

/// Whether less of it is better.
fn is_lower(effect: &TriedEffect) -> bool {
    effect.quantity.measure.better == Better::Lower
}

/// Whether less of something in the table is better, so that a plus does not say it.
fn mixed(split: &Split) -> bool {
    split.tried.iter().flat_map(|tried| &tried.effects).any(is_lower)
}

/// `+1.2 ±.4 points ✓`: what it changes, not whether that is better.
fn cell(effect: &TriedEffect, voice: Voice<'_>) -> String {
    let mark = match effect.met {
        Some((before, after)) if before != after => {
            if after {
                " ✓"
            } else {
                " ✗"
            }
        }
        _ => "",
    };
    let told = size(effect, voice);
    if !effect.is_sure() || told.is_nothing() {
        return format!("·{mark}");
    }
    let grows = (effect.gain.mean < 0.0) == is_lower(effect);
    let sign = if grows { "+" } else { "-" };
    format!("{sign}{told}{mark}")
}

/// How large a change is, without its direction.
fn size(effect: &TriedEffect, voice: Voice<'_>) -> Told {
    let (mean, luck) = (effect.gain.mean.abs(), voice.luck(effect.gain));
    match effect.quantity.unit() {
        MeasureUnit::Share => points_told(mean, luck).bare(),
        unit => told(mean, luck, unit, voice.currency),
    }
}

fn advice(split: &Split, voice: Voice<'_>) -> String {
    let Some(best) = split.best.and_then(|at| split.tried.get(at)) else {
        return match split.tried.iter().filter(|tried| tried.judged).count() {
            0 => "None of this is advice: the present week can stay.".into(),
            n => {
                let others = counted(n, "other way", "other ways");
                format!(
                    "Of {others} tried none meets one more goal or gains what is worth noticing without a loss \
                     elsewhere: the present week can stay."
                )
            }
        };
    };
    let gains: Vec<String> = best
        .effects
        .iter()
        .filter(|effect| effect.is_sure())
        .map(|effect| sentence(&format!("{} {}", effect.name, from_to(effect, voice))))
        .collect();
    let settings = best.settings.arguments();
    format!("Best of those tried: {}. {}. To have it:  {settings}", best.what, gains.join("; "))
}

/// `from 52% to 58%`.
fn from_to(effect: &TriedEffect, voice: Voice<'_>) -> String {
    let tell = |number: f64| value(number, effect.quantity.unit(), voice.currency);
    format!("goes from {} to {}", tell(effect.before), tell(effect.after))
}

/// What hangs on the role.
pub(super) fn risk(card: &RoleCard, voice: Voice<'_>) -> Section {
    let risk = &card.risk;
    let mut lines = Vec::new();
    match card.persons {
        Some(1) => lines.push("It is one person: nobody stands in.".to_owned()),
        Some(n) => lines.push(format!("{} share it.", counted(n, "person", "persons"))),
        None => {}
    }
    if 0.0 < risk.needed_by {
        let part = if 0.9995 <= risk.needed_by {
            "any inquiry".into()
        } else {
            format!("{} of all inquiries", share(risk.needed_by, None))
        };
        lines.push(format!(
            "Without the role nobody could answer {part} (on {}).",
            names(&risk.channels)
        ));
    } else {
        lines.push("No inquiry stays without an answer for want of this role alone.".into());
    }
    if !risk.alone_knows.is_empty() {
        lines.push(format!("Nobody else knows the matters of {}.", names(&risk.alone_knows)));
    }
    if !risk.alone_speaks.is_empty() {
        lines.push(format!("One person of it alone answers in {}.", names(&risk.alone_speaks)));
    }
    if !risk.alone_approves_for.is_empty() {
        let approvals =
            |contact: &&Contact| contact.inward && contact.kind == Tie::Link(LinkKind::Approve);
        let weekly = card.contacts.iter().find(approvals).and_then(|contact| contact.per_week);
        let weekly = weekly.map_or(String::new(), |weekly| {
            format!("; {} a week wait for it", voice.cases(weekly))
        });
        lines.push(format!(
            "Nobody else can approve the replies of {}{weekly}.",
            names(&risk.alone_approves_for)
        ));
    }
    if let Some(away) = &risk.away {
        lines.extend(day_off(card, away, voice));
    }
    Section::new("What hangs on it", lines.into_iter().map(Block::Item).collect())
}

/// What a day without one of its people does.
fn day_off(card: &RoleCard, away: &Away, voice: Voice<'_>) -> Vec<String> {
    let who = if card.is_one_person() { "that person is" } else { "one of them is" };
    let when = format!(
        "If {who} away for a working day ({})",
        counted(plain(away.hours), "hour", "hours")
    );
    let tell = |(number, effect): (usize, &TriedEffect)| {
        let unit = effect.quantity.unit();
        let (before, after) =
            (value(effect.before, unit, voice.currency), value(effect.after, unit, voice.currency));
        let subject = if number == 0 {
            format!("{when}, of that day's work: ")
        } else {
            "Also that day: ".into()
        };
        let name = &effect.name;
        let moved = match before == after {
            true => format!("{name} {before}, much as before"),
            false => format!("{name} {after} instead of {before}"),
        };
        match (effect.is_sure(), effect.gain.half_width) {
            (true, _) => {
                let way = if effect.gain.mean < 0.0 { "worse" } else { "better" };
                format!("{subject}{moved} ({} {way}).", difference(effect, voice))
            }
            (false, Some(luck)) if 0.0 < luck => {
                let luck = match unit {
                    MeasureUnit::Share => format!("{} points", tenths(100.0 * luck, None)),
                    unit => value(luck, unit, voice.currency),
                };
                format!("{subject}{moved} (luck alone may move it by {luck}).")
            }
            (false, Some(_)) => format!("{subject}{moved}."),
            (false, None) => {
                format!("{subject}{moved} (from one repetition, so luck is not known).")
            }
        }
    };
    away.effects.iter().enumerate().map(tell).collect()
}

fn difference(effect: &TriedEffect, voice: Voice<'_>) -> String {
    match effect.quantity.unit() {
        MeasureUnit::Share => points(effect.gain.mean.abs(), voice.luck(effect.gain)),
        _ => size(effect, voice).to_string(),
    }
}

/// What a leader should know about the numbers.
pub(super) fn about(card: &RoleCard, voice: Voice<'_>) -> Section {
    let mut lines = Vec::new();
    if let Some(role) = &card.falls_behind {
        lines.push(format!(
            "{role} falls behind for good in this design, so waits, goals and changes are not told: they would \
             depend on how long one looks."
        ));
    }
    if 0.0 < card.cost_per_year {
        let cost = money(card.cost_per_year, None, voice.currency);
        let fees = card.fees.map_or(String::new(), |of| fees(of, voice));
        lines.push(format!("The role costs {cost} a year{fees}."));
    }
    let times = counted(card.repetitions, "repetition", "repetitions");
    lines.push(format!(
        "Measured in {times} of the design {}; ± is what luck may have done.",
        card.design
    ));
    Section::new("About these numbers", lines.into_iter().map(Block::Item).collect())
}

/// What a vendor is paid beyond the cost of the role, or what is kept back of it.
fn fees(of: Interval, voice: Voice<'_>) -> String {
    let amount = told(of.mean.abs(), voice.luck(of), MeasureUnit::Money, voice.currency);
    match of.mean < 0.0 {
        false => format!(", and fees of {amount} beyond that"),
        true => format!(", less {amount} kept back for missed promises"),
    }
}
