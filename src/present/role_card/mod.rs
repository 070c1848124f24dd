//! Role cards as text, as a job description in Markdown, and as data.

mod changes;
mod data;
mod duties;
mod rights;
#[cfg(test)]
mod tests;
mod voice;
mod week;

use crate::present::document::{Section, safe, to_markdown, to_text};
use crate::present::paint::{Paint, Painted};
use crate::study::RoleCard;

use voice::{Voice, sentence};

pub use data::role_cards_json;

/// A card for the terminal, in leaders' words, every measured number with its ±.
pub fn role_card_text(card: &RoleCard, currency: &str) -> Painted {
    let voice = Voice { exact: true, currency };
    let mut text = Painted::default();
    text.stretches(vec![
        (Paint::Head, "ROLE  ".into()),
        (Paint::Answer, card.role.clone()),
        (Paint::Plain, belongs(card)),
    ]);
    let mut sections = posting(card, voice);
    sections.extend(notes(card, voice));
    to_text(&sections, &mut text);
    text
}

/// A card as a job description: what can stand in a posting, with round numbers, and below it the notes of
/// whoever posts it.
pub fn job_description(card: &RoleCard, currency: &str) -> String {
    let round = Voice { exact: false, currency };
    let exact = Voice { exact: true, currency };
    let mut text = format!("# {}\n\n{}\n", safe(&sentence(&card.role)), safe(&header(card)));
    text.push_str(&to_markdown(&posting(card, round), 2));
    text.push_str("\n---\n\n## Notes for whoever posts this (leave them out)\n");
    let mut sections =
        vec![measured(duties::success(card, exact)), measured(week::week(card, exact))];
    sections.extend(notes(card, exact));
    text.push_str(&to_markdown(&sections, 3));
    text
}

/// The same section among the notes.
fn measured(section: Section) -> Section {
    let title = match section.title {
        "How success is measured" => "Goals as measured",
        _ => "The week as measured",
    };
    Section { title, ..section }
}

/// What can stand in a posting.
fn posting(card: &RoleCard, voice: Voice<'_>) -> Vec<Section> {
    vec![
        duties::purpose(card),
        week::week(card, voice),
        rights::decides(card),
        duties::knowledge(card),
        duties::works_with(card, voice),
        duties::success(card, voice),
    ]
}

/// What a leader looks at before posting.
fn notes(card: &RoleCard, voice: Voice<'_>) -> Vec<Section> {
    vec![
        week::need(card),
        week::waiting(card, voice),
        changes::split(card, voice),
        changes::risk(card, voice),
        changes::about(card, voice),
    ]
}

/// `, of phones, in Hub and spoke`.
fn belongs(card: &RoleCard) -> String {
    let kind =
        card.kind.as_ref().filter(|&kind| *kind != card.role && Some(kind) != card.vendor.as_ref());
    let kind = kind.map_or(String::new(), |kind| format!(" ({kind})"));
    let unit = card.unit.as_ref().map_or(String::new(), |unit| format!(", for {unit}"));
    let vendor =
        card.vendor.as_ref().map_or(String::new(), |vendor| format!(", employed by {vendor}"));
    format!("{kind}{unit}{vendor}, in the design {}", card.design)
}

/// `Filled by: care agent. Unit: phones.`
fn header(card: &RoleCard) -> String {
    let mut parts = Vec::new();
    if let Some(kind) = &card.kind {
        parts.push(format!("Post: {kind}."));
    }
    if let Some(unit) = &card.unit {
        parts.push(format!("Unit: {unit}."));
    }
    if let Some(vendor) = &card.vendor {
        parts.push(format!("Employer: {vendor}."));
    }
    parts.push(format!("Way of working: {}.", card.design));
    parts.join(" ")
}
