//! What a role is for, must know, and with whom it works: sentences read off its card.

use super::voice::{Voice, names, of_hundred, sentence};
use crate::model::LinkKind;
use crate::present::document::{Block, Section, items};
use crate::present::numbers::{goal, measured, share, time};
use crate::present::words::list;
use crate::study::{Aim, Contact, Deed, Knows, RoleCard, Tie};
use crate::units::{SimTime, counted};

/// Topics that are named as those that come most.
const MOST_TOPICS: usize = 4;

/// What it is for.
pub(super) fn purpose(card: &RoleCard) -> Section {
    let mut lines: Vec<String> = card.aims.iter().map(|aim| serves(aim, card.aims.len())).collect();
    if lines.is_empty() && !card.plain {
        lines.push(match 0 < card.objectives {
            true => "It has no part in any objective as far as the run shows.".into(),
            false => {
                "The scenario states no objectives, so nothing says what the role is for.".into()
            }
        });
    }
    Section::new("What the role is for", items(lines))
}

/// `Answers inquiries on x and decides which of them need a reply. Why: …`
fn serves(aim: &Aim, of: usize) -> String {
    let place = place(aim);
    let mut said = Vec::new();
    for (number, deed) in aim.deeds.iter().enumerate() {
        let them = if number == 0 { format!("inquiries{place}") } else { "them".into() };
        said.push(match deed {
            Deed::Answers => format!("answers {them}"),
            Deed::Sorts if number == 0 => format!("decides which {them} get a reply"),
            Deed::Sorts => "decides which of them get a reply".into(),
            Deed::Approves => format!("approves replies to {them}"),
            Deed::Decides => format!("decides on exceptions in {them}"),
            Deed::Advises => format!("advises colleagues on {them}"),
            Deed::Listens => format!(
                "looks for people who speak about us{place} without addressing us, and answers them"
            ),
        });
    }
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let above: Vec<&str> = aim.serves.iter().map(|above| above.id.as_str()).collect();
    let above = match above.as_slice() {
        [] => String::new(),
        line => format!(" It serves {}.", line.join(", and so ")),
    };
    let why = aim.why.as_ref().or(aim.serves.iter().find_map(|above| above.why.as_ref()));
    let why = why.map_or(String::new(), |why| format!(" Why: {why}."));
    let part = match aim.share_of_work {
        part if 1 < of && 0.0 < part => {
            format!(" ({} of its work for customers)", share(part, None))
        }
        _ => String::new(),
    };
    format!("{}: {}{part}.{above}{why}", sentence(&aim.objective), list(&said))
}

/// ` on x and reviews about sales lead in French only`.
fn place(aim: &Aim) -> String {
    let part = |word: &str, all: &[String]| match all {
        [] => String::new(),
        all => format!(" {word} {}", names(all)),
    };
    let some = match aim.languages.as_slice() {
        [] => String::new(),
        some => format!(" in {} only", names(some)),
    };
    part("on", &aim.channels) + &part("about", &aim.topics) + &some
}

/// How success is measured: the goals it serves with their values.
pub(super) fn success(card: &RoleCard, voice: Voice<'_>) -> Section {
    let line = |aim: &Aim| {
        let unit = aim.quantity.unit();
        let wanted = goal(aim.wanted.0, aim.wanted.1, &aim.quantity, voice.currency);
        let aimed = format!("{}: {wanted}{}", sentence(&aim.objective), place(aim));
        let Some(value) = aim.value.as_ref().filter(|value| value.interval.is_some()) else {
            return format!("{aimed}.");
        };
        if !voice.exact {
            let mean =
                crate::present::numbers::value(value.mean().unwrap_or(0.0), unit, voice.currency);
            return format!("{aimed}; today about {mean}.");
        }
        let today = measured(Some(value), unit, voice.currency);
        let met = aim.met.map_or(String::new(), |(met, of)| {
            format!(", met in {met} of {}", counted(of, "repetition", "repetitions"))
        });
        format!("{aimed}; measured {today}{met}.")
    };
    Section::new("How success is measured", items(card.aims.iter().map(line).collect()))
}

/// What comes to it and what it knows.
pub(super) fn knowledge(card: &RoleCard) -> Section {
    let mut blocks = Vec::new();
    let all: f64 = card.topics.iter().map(|(_, weekly)| weekly).sum();
    let most: Vec<String> = card
        .topics
        .iter()
        .take(MOST_TOPICS)
        .map(|(name, weekly)| format!("{name} {}", share(weekly / all, None)))
        .collect();
    if !most.is_empty() {
        let rest = match card.topics.len().saturating_sub(MOST_TOPICS) {
            0 => String::new(),
            n => format!(", and {n} more"),
        };
        blocks.push(Block::Item(format!("What comes to it: {}{rest}.", most.join(", "))));
    }
    let rights = &card.rights;
    if rights.answers || rights.approves() || !rights.advises.is_empty() {
        blocks.extend(card.knows.iter().flat_map(knows).map(Block::Item));
    }
    if card.plain {
        blocks.clear();
    }
    blocks.extend(must_speak(card).into_iter().chain(speaks(card)).map(Block::Item));
    Section::new("What it must know", blocks)
}

/// `Must speak English and French, in which cases come to it; French for prompt in French.`
fn must_speak(card: &RoleCard) -> Option<String> {
    let all: Vec<String> = card.must_speak.iter().map(|(language, _)| language.clone()).collect();
    if all.is_empty() {
        return None;
    }
    let mut goals: Vec<&String> = card.must_speak.iter().flat_map(|(_, goals)| goals).collect();
    goals.sort_unstable();
    goals.dedup();
    let wanted = card.aims.iter().filter(|aim| goals.contains(&&aim.objective)).map(|aim| {
        let mut some = aim.languages.clone();
        some.retain(|language| all.contains(language));
        format!("; {} for {}", names(&some), aim.objective)
    });
    let wanted: String = wanted.collect();
    let who = if card.is_one_person() { "Must" } else { "Between them its people must" };
    Some(format!("{who} speak {}, in which cases come to it{wanted}.", names(&all)))
}

/// `Speaks English, and of its people some German (2 of 6).`; nothing where languages are not told apart.
fn speaks(card: &RoleCard) -> Option<String> {
    let persons = card.persons?;
    let (all, some): (Vec<_>, Vec<_>) = card.speaks.iter().partition(|(_, n)| *n == persons);
    let all: Vec<String> = all.into_iter().map(|(language, _)| language.clone()).collect();
    let some: Vec<String> =
        some.into_iter().map(|(language, n)| format!("{language} ({n} of {persons})")).collect();
    match (all.as_slice(), some.as_slice()) {
        ([], []) => None,
        (all, []) => Some(format!("Speaks {}.", names(all))),
        ([], some) => Some(format!("Of its people some speak {}.", names(some))),
        (all, some) => {
            Some(format!("Speaks {}, and of its people some {}.", names(all), names(some)))
        }
    }
}

/// `Everyday questions: knows the answer to nearly all (90 of 100).`
fn knows(knows: &Knows) -> Vec<String> {
    let about = match knows.topics.as_slice() {
        [] => String::new(),
        topics => format!("about {}: ", names(topics)),
    };
    let level = |share: f64| format!("{} ({})", level(share), of_hundred(share));
    let everyday =
        format!("{about}knows the answer to {} of the everyday questions.", level(knows.everyday));
    let units = knows.units.iter().map(|(units, share)| {
        let whose = names(units);
        format!(
            "{about}of the questions that only the people of {whose} can answer, {}.",
            level(*share)
        )
    });
    std::iter::once(everyday).chain(units).map(|line| sentence(&line)).collect()
}

/// A share of questions in words.
fn level(share: f64) -> &'static str {
    match share {
        share if 0.995 <= share => "all",
        share if 0.8 <= share => "nearly all",
        share if 0.6 <= share => "most",
        share if 0.4 <= share => "about half",
        share if 0.2 <= share => "some",
        share if 0.0 < share => "few",
        _ => "none",
    }
}

/// With whom it works.
pub(super) fn works_with(card: &RoleCard, voice: Voice<'_>) -> Section {
    let line = |contact: &Contact| {
        let often = contact.per_week.map_or(String::new(), |weekly| match voice.exact {
            true => format!(": {} a week", voice.cases(weekly)),
            false => format!(", about {} a week", voice.cases(weekly)),
        });
        format!("{}{often}.", line(contact))
    };
    Section::new("Whom it works with", items(card.contacts.iter().map(line).collect()))
}

fn line(contact: &Contact) -> String {
    let others = names(&contact.others);
    let kind = match contact.kind {
        Tie::Link(kind) => kind,
        tie => return beyond_links(tie, contact.inward, &others),
    };
    match (kind, contact.inward) {
        (LinkKind::Intake { .. }, _) => format!("Gets inquiries from {others}"),
        (LinkKind::Listen, _) => format!("Looks for mentions on {others}"),
        (LinkKind::Overflow(after), true) => {
            format!("Helps out {others} with {}", what_waits(after))
        }
        (LinkKind::Overflow(after), false) => {
            format!("Is helped out by {others} with {}", what_waits(after))
        }
        (LinkKind::Consult, true) => format!("Is asked by {others}"),
        (LinkKind::Consult, false) => format!("Asks {others}"),
        (LinkKind::Approve, true) => format!("Gets replies to approve from {others}"),
        (LinkKind::Approve, false) => format!("Sends replies for approval to {others}"),
        (LinkKind::Report, true) => format!("Leads {others}"),
        (LinkKind::Report, false) => format!("Reports to {others}"),
        (LinkKind::Policy(_), true) => format!("Gets its playbook from {others}"),
        (LinkKind::Policy(_), false) => format!("Keeps the playbook of {others}"),
        (LinkKind::Route(_) | LinkKind::RouteShare(_) | LinkKind::Escalate, true) => {
            format!("Is handed cases by {others}")
        }
        (LinkKind::Route(_) | LinkKind::RouteShare(_) | LinkKind::Escalate, false) => {
            format!("Hands cases over to {others}")
        }
    }
}

/// What is between roles without a link of its own.
fn beyond_links(tie: Tie, inward: bool, others: &str) -> String {
    match (tie, inward) {
        (Tie::LateReviews, true) => {
            format!("Gets replies to approve that {others} found no time for")
        }
        (Tie::LateReviews, false) => {
            format!("Leaves to {others} replies to approve that it finds no time for")
        }
        (Tie::SamePosts, _) => {
            format!("Takes up posts that {others} took up before, without knowing it")
        }
        (_, true) => format!("Gets exceptions to decide on from {others}"),
        (_, false) => format!("Puts exceptions before {others}"),
    }
}

/// What may be taken from a line by whoever helps out.
fn what_waits(after: SimTime) -> String {
    match after {
        SimTime::ZERO => "whatever waits".into(),
        after => format!("what has waited {}", time(after.minutes(), None)),
    }
}
